"""Relative entropy, total variation and mutual information of finite laws, and images of laws.

Weights are rational, so that only logarithms are enclosed in balls; the logarithm of one is exactly
zero, so that the relative entropy of a law with respect to itself is too.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from functools import cached_property
from typing import Any

from flint import fmpq
from hypothesis import strategies as st
from hypothesis.strategies import DrawFn, SearchStrategy

from deeptheory.checks.instances.laws import Law, coin, laws
from deeptheory.formulas.rigorous import Number, ball

__all__ = [
    "Images",
    "JointImages",
    "Pair",
    "entropy",
    "images",
    "joint_images",
    "kl",
    "logarithm",
    "pairs",
    "pushed",
    "shifted_coins",
    "total_variation",
]


def logarithm(x: Number) -> Number:
    """Return the logarithm of a positive number, exact at one."""
    return fmpq(0) if isinstance(x, fmpq) and x == 1 else ball(x).log()


def kl(left: Sequence[fmpq], right: Sequence[fmpq]) -> Number:
    """Return the sum of ``a log(a / c)`` over two lists of weights, in nats.

    Where ``c`` is zero the term is zero, as in Lean, where ``a / 0 = 0`` and ``log 0 = 0``; where
    the first law is absolutely continuous with respect to the second one, that does not occur
    unless ``a`` is zero too.
    """
    terms = [a * logarithm(a / c) for a, c in zip(left, right, strict=True) if a and c]
    return sum(terms, fmpq(0))


def total_variation(left: Sequence[fmpq], right: Sequence[fmpq]) -> fmpq:
    """Return half of the sum of the differences of the weights."""
    return sum((abs(a - c) for a, c in zip(left, right, strict=True)), fmpq(0)) / 2


def entropy(law: Law) -> Number:
    """Return the entropy, in nats."""
    return -sum((w * logarithm(w) for w in law.weights if w), fmpq(0))


def pushed(weights: Sequence[fmpq], targets: Sequence[int], size: int) -> tuple[fmpq, ...]:
    """Return the weights on ``size`` points after the point ``z`` is sent to ``targets[z]``."""
    image = [fmpq(0)] * size
    for weight, y in zip(weights, targets, strict=True):
        image[y] += weight
    return tuple(image)


# Two laws


@dataclass(frozen=True)
class Pair:
    """Two laws on the same points.

    Parameters
    ----------
    mu, nu : Law
        The laws; what the second one excludes is to be excluded by the first one.
    """

    mu: Law
    nu: Law

    @property
    def absolutely_continuous(self) -> bool:
        """Whether the first law excludes what the second one excludes."""
        return all(a == 0 or c > 0 for a, c in zip(self.mu.masses, self.nu.masses, strict=True))

    def kl(self) -> Number:
        """Return the relative entropy of the first law with respect to the second one."""
        return kl(self.mu.weights, self.nu.weights)

    @cached_property
    def distance(self) -> fmpq:
        """The total variation distance."""
        return total_variation(self.mu.weights, self.nu.weights)

    def describe(self) -> dict[str, Any]:
        """Return the weights of both laws."""
        return {"mu": self.mu.describe(), "nu": self.nu.describe()}


def shifted_coins(centre: fmpq, shift: fmpq) -> Pair:
    """Return two coins that show heads with the probabilities ``centre`` and ``centre + shift``."""
    heads = (centre, centre + shift)
    return Pair(*(coin(int(p.q - p.p), int(p.p)) for p in heads))


@st.composite
def _second_laws(draw: DrawFn, mu: Law) -> Law:
    """Draw a law that allows what another one allows."""
    masses = draw(st.tuples(*(st.integers(int(mass > 0), 6) for mass in mu.masses)))
    return Law(masses)


def _near(mu: Law, scale: int) -> Law:
    """Return a law close to another one: the first weight is a little larger."""
    return Law(tuple(scale * mass + (z == 0) for z, mass in enumerate(mu.masses)))


@st.composite
def pairs(draw: DrawFn) -> Pair:
    """Draw two laws on at most five points, equal, close or far from each other."""
    mu = draw(laws(5))
    close = st.sampled_from([_near(mu, scale) for scale in (1, 10, 1000)])
    return Pair(mu, draw(st.one_of(_second_laws(mu), _second_laws(mu), close, st.just(mu))))


# Images of two laws


@dataclass(frozen=True)
class Images:
    """Two laws and a map of their points.

    Parameters
    ----------
    pair : Pair
        The laws.
    targets : tuple of int
        Where each point is sent.
    size : int
        The number of points that a point may be sent to.
    """

    pair: Pair
    targets: tuple[int, ...]
    size: int

    def image(self, law: Law) -> tuple[fmpq, ...]:
        """Return the weights of a law's image."""
        return pushed(law.weights, self.targets, self.size)

    def kl(self) -> Number:
        """Return the relative entropy of the images."""
        return kl(self.image(self.pair.mu), self.image(self.pair.nu))

    @cached_property
    def lossless(self) -> bool:
        """Whether points sent to the same place have proportional weights under both laws.

        That is exactly where the relative entropy stays the same, for injective maps above all.
        """
        seen: dict[int, fmpq] = {}
        for a, c, y in zip(self.pair.mu.weights, self.pair.nu.weights, self.targets, strict=True):
            if c and seen.setdefault(y, a / c) != a / c:
                return False
        return True

    def describe(self) -> dict[str, Any]:
        """Return the laws and the map."""
        return {**self.pair.describe(), "map": list(self.targets), "into": self.size}


@st.composite
def images(draw: DrawFn) -> Images:
    """Draw two laws and any map, a bijection now and then."""
    pair = draw(pairs())
    points = pair.mu.size
    size = draw(st.integers(1, 5))
    targets = draw(st.tuples(*[st.integers(0, size - 1)] * points))
    shuffled = draw(st.permutations(range(points)))
    return draw(
        st.sampled_from(
            [Images(pair, targets, size)] * 3 + [Images(pair, tuple(shuffled), points)],
        )
    )


# Images of pairs of draws


@dataclass(frozen=True)
class JointImages:
    """The joint law of a pair of draws, and a map of each entry.

    Parameters
    ----------
    masses : tuple of tuple of int
        The mass of each pair, a row for each value of the first entry.
    rows, columns : tuple of int
        Where each value of the first and of the second entry is sent.
    """

    masses: tuple[tuple[int, ...], ...]
    rows: tuple[int, ...]
    columns: tuple[int, ...]

    @property
    def joint(self) -> Law:
        """The joint law, row by row."""
        return Law(tuple(mass for row in self.masses for mass in row))

    @property
    def first(self) -> Law:
        """The law of the first entry."""
        return Law(tuple(sum(row) for row in self.masses))

    @property
    def second(self) -> Law:
        """The law of the second entry."""
        return Law(tuple(sum(column) for column in zip(*self.masses, strict=True)))

    @property
    def independent(self) -> Law:
        """The law of independent draws of both entries, row by row."""
        return Law(tuple(a * b for a in self.first.masses for b in self.second.masses))

    def information(self) -> Number:
        """Return the mutual information of the entries, in nats."""
        return kl(self.joint.weights, self.independent.weights)

    @cached_property
    def mapped(self) -> JointImages:
        """The pair after both maps, with maps that change nothing."""
        height, width = max(self.rows) + 1, max(self.columns) + 1
        masses = [[0] * width for _ in range(height)]
        for row, y in zip(self.masses, self.rows, strict=True):
            for mass, x in zip(row, self.columns, strict=True):
                masses[y][x] += mass
        same = tuple(range(height)), tuple(range(width))
        return JointImages(tuple(map(tuple, masses)), *same)

    @cached_property
    def lossless(self) -> bool:
        """Whether the mutual information stays the same, as it does under injective maps."""
        width = max(self.columns) + 1
        targets = tuple(y * width + x for y in self.rows for x in self.columns)
        size = (max(self.rows) + 1) * width
        return Images(Pair(self.joint, self.independent), targets, size).lossless

    def describe(self) -> dict[str, Any]:
        """Return the joint weights and the maps."""
        total = sum(map(sum, self.masses))
        return {
            "weights": [[str(fmpq(mass, total)) for mass in row] for row in self.masses],
            "map of the first entry": list(self.rows),
            "map of the second entry": list(self.columns),
        }


def _tables(height: int, width: int) -> SearchStrategy[tuple[tuple[int, ...], ...]]:
    row = st.tuples(*[st.integers(0, 6)] * width)
    return st.tuples(*[row] * height).filter(lambda table: any(map(any, table)))


@st.composite
def joint_images(draw: DrawFn) -> JointImages:
    """Draw the joint law of a pair with at most four values each, and maps of both entries.

    The entries depend on each other in any way; now and then they are independent, or equal.
    """
    height, width = draw(st.integers(1, 4)), draw(st.integers(1, 4))
    a, b = draw(laws(height, height)), draw(laws(width, width))
    product = tuple(tuple(x * y for y in b.masses) for x in a.masses)
    equal = tuple(tuple(x * (i == j) for j in range(height)) for i, x in enumerate(a.masses))
    masses = draw(st.one_of(_tables(height, width), st.sampled_from([product, equal])))
    maps = []
    for size in (height, len(masses[0])):
        any_map = st.tuples(*[st.integers(0, 3)] * size)
        maps.append(draw(st.one_of(any_map, st.permutations(range(size)).map(tuple))))
    return JointImages(masses, *maps)
