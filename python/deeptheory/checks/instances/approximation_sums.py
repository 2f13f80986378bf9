"""Averages of few vectors, and of few neurons: the best of all choices, exactly.

Vectors enter by their inner products alone, so that a family may be given by these: the unit
vectors of a space whose entries are irrational numbers among them.  Every choice of ``N`` of the
vectors, repetitions allowed, is looked at once, without its order.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from functools import cached_property
from itertools import combinations, combinations_with_replacement, product
from math import isqrt
from typing import Any

from flint import fmpq
from hypothesis import strategies as st
from hypothesis.strategies import DrawFn

from deeptheory.checks.instances.laws import Law, laws, uniform
from deeptheory.checks.instances.lipschitz import clip
from deeptheory.checks.instances.strategies import positives, rationals
from deeptheory.checks.instances.vectors import Vector, dot
from deeptheory.formulas.rigorous import Number, square_root

__all__ = [
    "HARD_TANH",
    "STEP",
    "Activation",
    "Averages",
    "Neurons",
    "averages",
    "clipped",
    "few_neurons",
    "leaning",
    "leaning_neurons",
    "of_vectors",
    "rational_above_root",
]

_ZERO, _ONE = fmpq(0), fmpq(1)
_TILT = fmpq(4, 5)


@dataclass(frozen=True)
class Activation:
    """An activation with a name for reports."""

    name: str
    function: Callable[[fmpq], fmpq]

    def __call__(self, t: fmpq) -> fmpq:
        """Return the value."""
        return self.function(t)


STEP = Activation("step", lambda t: _ONE if t >= 0 else _ZERO)
"""One for numbers that are not negative, zero for the others."""


def clipped(low: fmpq, high: fmpq) -> Activation:
    """Return the identity, cut off at the ends of an interval."""
    found = clip(low, high)
    return Activation(found.name, found)


HARD_TANH = clipped(-_ONE, _ONE)
"""The identity, cut off below -1 and above 1."""


@dataclass(frozen=True)
class Averages:
    """Vectors by their inner products, weights, and how many vectors are averaged.

    Parameters
    ----------
    gram : tuple of tuple of fmpq
        The inner products of the vectors.
    law : Law
        The weights.
    bound : fmpq
        What the lengths of the vectors are claimed not to exceed.
    count : int
        The number ``N`` of vectors in an average, positive.
    mass : fmpq
        The sum of the weights; one, unless a check drops that.
    alike : bool
        Whether the vectors may change places: choices then differ by how often they repeat only.
    """

    gram: tuple[tuple[fmpq, ...], ...]
    law: Law
    bound: fmpq
    count: int
    mass: fmpq = _ONE
    alike: bool = False

    def form(self, x: Vector) -> fmpq:
        """Return the squared length of a combination of the vectors."""
        rows = zip(x, self.gram, strict=True)
        return sum((a * dot(row, x) for a, row in rows if a), _ZERO)

    @cached_property
    def weights(self) -> tuple[fmpq, ...]:
        """The weights of the combination."""
        return tuple(self.mass * weight for weight in self.law.weights)

    @property
    def length(self) -> Number:
        """The length of the combination."""
        return square_root(self.form(self.weights))

    def squares(self, choices: Iterator[tuple[int, ...]] | None = None) -> Iterator[fmpq]:
        """Yield the squared distances of averages to the combination, by default of all."""
        size = len(self.gram)
        against = [dot(row, self.weights) for row in self.gram]
        whole = self.form(self.weights)
        for chosen in choices or self.choices():
            mixed = sum((against[i] for i in chosen), _ZERO)
            own = sum((self.gram[i][i] for i in chosen), _ZERO)
            pairs = sum((self.gram[i][j] for i, j in combinations(chosen, 2)), _ZERO)
            yield (own + 2 * pairs) / self.count**2 - 2 * mixed / self.count + whole

    def choices(self) -> Iterator[tuple[int, ...]]:
        """Yield the choices of vectors, repetitions allowed, up to those with equal distances."""
        size = len(self.gram)
        if not self.alike:
            yield from combinations_with_replacement(range(size), self.count)
            return
        for parts in _partitions(self.count, self.count, size):
            yield tuple(i for i, times in enumerate(parts) for _ in range(times))

    @cached_property
    def best_square(self) -> fmpq:
        """The squared distance of the best average."""
        return min(self.squares())

    @property
    def distance(self) -> Number:
        """The distance of the best average."""
        return square_root(self.best_square)

    @property
    def worst(self) -> Number:
        """The distance of the worst average."""
        return square_root(max(self.squares()))

    @property
    def without_repetition(self) -> Number | None:
        """The distance of the best average of different vectors, where there are enough."""
        size = len(self.gram)
        if self.count > size:
            return None
        different = combinations(range(self.count if self.alike else size), self.count)
        return square_root(min(self.squares(different)))

    def describe(self) -> dict[str, Any]:
        """Return the data."""
        return {
            "inner products": [[str(entry) for entry in row] for row in self.gram],
            "weights": [str(weight) for weight in self.weights],
            "B": str(self.bound),
            "N": self.count,
        }


def _partitions(total: int, largest: int, parts: int) -> Iterator[tuple[int, ...]]:
    """Yield the ways to write a number as a sum of so many numbers at most, in falling order."""
    if not total:
        yield ()
    elif parts:
        for first in range(min(total, largest), 0, -1):
            for others in _partitions(total - first, first, parts - 1):
                yield (first, *others)


def of_vectors(
    vectors: Sequence[Sequence[Any]],
    law: Law,
    bound: fmpq,
    count: int,
    mass: fmpq = _ONE,
) -> Averages:
    """Return the averages of vectors with rational entries."""
    rows = [tuple(fmpq(entry) for entry in vector) for vector in vectors]
    gram = tuple(tuple(dot(x, y) for y in rows) for x in rows)
    return Averages(gram, law, bound, count, mass)


def _share(size: int) -> fmpq:
    """Return the part of the squared length of `leaning` vectors that is orthogonal."""
    return (1 - _TILT**2) * size / (size - 1)


def leaning(size: int, count: int, factor: fmpq = _ONE) -> Averages:
    """Return at least two vectors of the same length and the same inner products.

    The vectors are orthogonal up to a component that all share, and the length of their centre is
    4/5 of theirs, so that distances of averages to it are often rational.

    Examples
    --------
    >>> leaning(5, 4).distance
    3/20
    """
    common = 1 - _share(size)
    gram = tuple(
        tuple(factor**2 * (_ONE if i == j else common) for j in range(size)) for i in range(size)
    )
    return Averages(gram, uniform(size), factor, count, alike=True)


def rational_above_root(square: fmpq, denominator: int = 12) -> fmpq:
    """Return a rational above the square root of a number, by at most twice the unit.

    Examples
    --------
    >>> rational_above_root(fmpq(4))
    25/12
    """
    return fmpq(isqrt(int((square * denominator**2).floor())) + 1, denominator)


@st.composite
def averages(draw: DrawFn) -> Averages:
    """Draw vectors of dimension at most 3, numbers of any sign or several of one length."""
    count, kind = draw(st.integers(1, 4)), draw(st.sampled_from(["line", "space", "leaning"]))
    if kind == "leaning":
        return leaning(draw(st.integers(2, 6)), count, draw(positives()))
    law = draw(laws(max_size=4))
    dimension = 1 if kind == "line" else draw(st.integers(2, 3))
    entries = st.tuples(*[rationals()] * dimension)
    vectors = draw(st.tuples(*[entries] * law.size))
    square = max(dot(x, x) for x in vectors)
    bound = square_root(square) if kind == "line" else rational_above_root(square)
    return of_vectors(vectors, law, bound, count)


# Neurons


@dataclass(frozen=True)
class Neurons:
    """A network with one hidden layer under a law on inputs, and how many neurons to keep.

    Parameters
    ----------
    law : Law
        The law on the inputs.
    inputs : tuple of tuple of fmpq
        The inputs.
    activation : Activation
        The activation.
    units : tuple of tuple
        For each neuron its weights, its bias and its output weight.
    total : fmpq
        What the sum of the absolute output weights is claimed not to exceed.
    height : fmpq
        What the absolute values of the activation are claimed not to exceed.
    count : int
        The number ``N`` of neurons to keep, positive.
    """

    law: Law
    inputs: tuple[tuple[fmpq, ...], ...]
    activation: Activation
    units: tuple[tuple[tuple[fmpq, ...], fmpq, fmpq], ...]
    total: fmpq
    height: fmpq
    count: int

    @cached_property
    def responses(self) -> tuple[tuple[fmpq, ...], ...]:
        """The activations of each neuron at all inputs."""
        return tuple(
            tuple(self.activation(dot(weights, x) + bias) for x in self.inputs)
            for weights, bias, _ in self.units
        )

    @cached_property
    def output_weights(self) -> tuple[fmpq, ...]:
        """The output weights."""
        return tuple(weight for *_, weight in self.units)

    def equal_weight(self, k: int) -> fmpq:
        """Return the sum of the absolute output weights with the sign of one of them."""
        total = sum((abs(weight) for weight in self.output_weights), _ZERO)
        return total if self.output_weights[k] >= 0 else -total

    def _sum(self, terms: Sequence[tuple[int, fmpq]]) -> tuple[fmpq, ...]:
        return tuple(
            sum((weight * self.responses[k][z] for k, weight in terms), _ZERO)
            for z in range(len(self.inputs))
        )

    @cached_property
    def target(self) -> tuple[fmpq, ...]:
        """The values of the network."""
        return self._sum(list(enumerate(self.output_weights)))

    @property
    def size(self) -> Number:
        """The root of the mean square of the network."""
        return square_root(self.law.expect([value**2 for value in self.target]))

    def errors(self, weight: Callable[[int], fmpq] | None = None) -> Iterator[tuple[fmpq, ...]]:
        """Yield, for each choice of neurons, by how much it differs from the network.

        Parameters
        ----------
        weight : callable, optional
            The output weight of a chosen neuron, before it is divided by the number of neurons;
            by default `equal_weight`.
        """
        chosen_weight = weight or self.equal_weight
        for chosen in combinations_with_replacement(range(len(self.units)), self.count):
            values = self._sum([(k, chosen_weight(k) / self.count) for k in chosen])
            yield tuple(v - t for v, t in zip(values, self.target, strict=True))

    def distance(self, weight: Callable[[int], fmpq] | None = None) -> Number:
        """Return the root of the least mean squared error of all choices."""
        return square_root(
            min(self.law.expect([e**2 for e in error]) for error in self.errors(weight))
        )

    @property
    def largest_error(self) -> fmpq:
        """The least error of all choices at the worst input that has a positive weight."""
        return min(
            max(abs(e) for e, mass in zip(error, self.law.masses, strict=True) if mass)
            for error in self.errors()
        )

    def describe(self) -> dict[str, Any]:
        """Return the data."""
        return {
            "law": self.law.describe(),
            "inputs": [[str(entry) for entry in x] for x in self.inputs],
            "activation": self.activation.name,
            "units": [
                {"w": [str(entry) for entry in w], "b": str(b), "c": str(c)}
                for w, b, c in self.units
            ],
            "C": str(self.total),
            "M": str(self.height),
            "N": self.count,
        }


def leaning_neurons(size: int, count: int, factor: fmpq = _ONE) -> Neurons:
    """Return neurons that read one sign each, the signs being independent or all equal to one.

    The output weights are equal, and the root of the mean square of the network is 4/5 of their
    sum, which is ``factor``; compare `leaning`.

    Examples
    --------
    >>> leaning_neurons(5, 4).distance()
    3/20
    """
    signs = tuple(tuple(fmpq(s) for s in row) for row in product((1, -1), repeat=size))
    share = _share(size)
    each, common = share / len(signs), 1 - share
    scale = int(each.q) * int(common.q)
    masses = tuple(int(scale * (each + (common if i == 0 else 0))) for i in range(len(signs)))
    units = tuple(
        (tuple(fmpq(int(i == k)) for i in range(size)), _ZERO, factor / size) for k in range(size)
    )
    return Neurons(Law(masses), signs, HARD_TANH, units, factor, _ONE, count)


@st.composite
def few_neurons(draw: DrawFn) -> Neurons:
    """Draw a network with at most four neurons under a law on at most four inputs."""
    if draw(st.integers(0, 3)) == 0:
        return leaning_neurons(draw(st.integers(2, 4)), draw(st.integers(1, 3)), draw(positives()))
    law, dimension = draw(laws(max_size=4)), draw(st.integers(1, 2))
    vector = st.tuples(*[rationals()] * dimension)
    inputs = draw(st.tuples(*[vector] * law.size))
    units = draw(st.lists(st.tuples(vector, rationals(), rationals()), min_size=1, max_size=4))
    height = draw(positives())
    activation = draw(st.sampled_from([STEP, clipped(-height, height), clipped(_ZERO, height)]))
    total = sum((abs(weight) for *_, weight in units), _ZERO) + draw(positives()) / 100
    top = _ONE if activation is STEP else height
    return Neurons(law, inputs, activation, tuple(units), total, top, draw(st.integers(1, 3)))
