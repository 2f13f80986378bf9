"""Classes of losses on one sample: how far the worst mean strays from its expectation.

A statement that holds with probability at least ``1 - delta`` is one about a quantile: the worst
deviation is at most a bound with that probability exactly where its ``(1 - delta)``-quantile is.
Where hypotheses have bounds of their own, by their weights, the worst one is that whose deviation
is the largest multiple of its own bound.  Both are found exactly, from the law of the sample.
"""

from __future__ import annotations

from abc import ABC, abstractmethod
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from functools import cached_property, cmp_to_key
from math import comb, prod
from typing import Any, TypeAlias

from flint import arb, fmpq
from hypothesis import strategies as st
from hypothesis.strategies import DrawFn, SearchStrategy

from deeptheory.checks.instances.laws import FAIR, Law, coin_tail, coins, laws
from deeptheory.formulas.rigorous import Number, compare

__all__ = [
    "DELTAS",
    "FairCoins",
    "LossClass",
    "Scale",
    "Worst",
    "coin_classes",
    "loss_classes",
]

Scale: TypeAlias = Callable[[fmpq], Number]
"""What a deviation is measured by, from the weight of the hypothesis: a positive number."""

DELTAS = tuple(fmpq(*pair) for pair in [(9, 10), (1, 2), (1, 10), (1, 20), (1, 100), (1, 1000)])

_MAX_EXACT_BITS = 1 << 16


def _one(_weight: fmpq) -> fmpq:
    return fmpq(1)


@dataclass(frozen=True)
class _Step:
    """A deviation of the hypotheses with one weight, and how large it is on their scale."""

    deviation: fmpq
    group: int
    size: Number


def _ranked(
    steps: Sequence[tuple[fmpq, int]], weights: Sequence[fmpq], scale: Scale
) -> list[_Step]:
    """Sort pairs of a deviation and a group by their size, with certainty.

    Parameters
    ----------
    steps : sequence of tuple
        Deviations, each with the place of its weight among the weights.
    weights : sequence of fmpq
        The weight of each group.
    scale : callable
        What deviations are measured by.

    Raises
    ------
    UndecidedError
        Where the precision is too low to tell.
    """

    def order(a: _Step, b: _Step) -> int:
        if a.group == b.group:
            return (a.deviation > b.deviation) - (a.deviation < b.deviation)
        return int(compare("lt", b.size, a.size)) - int(compare("lt", a.size, b.size))

    scales = {k: scale(weights[k]) for k in {k for _, k in steps}}
    found = [_Step(d, k, d / scales[k] if d else fmpq(0)) for d, k in steps]
    return sorted(found, key=cmp_to_key(order))


class Worst(ABC):
    """A class of hypotheses with weights, a sample of n draws, and a probability delta."""

    n: int
    delta: fmpq

    @property
    @abstractmethod
    def size(self) -> int:
        """The number of hypotheses."""

    @abstractmethod
    def quantile(self, scale: Scale = _one) -> tuple[fmpq, fmpq]:
        """Return the least bound on the worst deviation that holds with probability 1 - delta.

        Parameters
        ----------
        scale : callable, optional
            What the deviation of a hypothesis is measured by; 1 by default.

        Returns
        -------
        tuple
            The deviation and the weight of the hypothesis that attains it.

        Raises
        ------
        UndecidedError
            Where the precision is too low to tell.
        """

    @property
    @abstractmethod
    def largest(self) -> fmpq:
        """The largest deviation that any hypothesis may have."""

    @abstractmethod
    def describe(self) -> dict[str, Any]:
        """Return the data."""


# Few draws from few points


def _counts(points: int, n: int) -> Iterator[tuple[int, ...]]:
    """Yield how often each point may occur among n draws."""
    if points == 1:
        yield (n,)
        return
    for first in range(n + 1):
        for rest in _counts(points - 1, n - first):
            yield (first, *rest)


def _orders(counts: Sequence[int]) -> int:
    """Return the number of samples in which each point occurs so often."""
    return prod(comb(sum(counts[: k + 1]), count) for k, count in enumerate(counts))


@dataclass(frozen=True)
class LossClass(Worst):
    """Any losses on few points, by looking at how often each point is drawn.

    Parameters
    ----------
    law : Law
        The law of each draw.
    losses : tuple of tuple of fmpq
        The loss of each hypothesis at each point, between 0 and 1.
    n : int
        The number of draws, at least one.
    delta : fmpq
        The probability that is left, between 0 and 1.
    weights : tuple of fmpq, optional
        The prior weight of each hypothesis; equal ones by default.
    copies : bool
        Whether all draws are the first one, rather than independent.
    """

    law: Law
    losses: tuple[tuple[fmpq, ...], ...]
    n: int
    delta: fmpq
    weights: tuple[fmpq, ...] | None = None
    copies: bool = False

    @property
    def size(self) -> int:
        """The number of hypotheses."""
        return len(self.losses)

    @property
    def prior(self) -> tuple[fmpq, ...]:
        """The weights."""
        return self.weights or (fmpq(1, self.size),) * self.size

    @cached_property
    def expected(self) -> tuple[fmpq, ...]:
        """The expected loss of each hypothesis."""
        return tuple(fmpq(self.law.expect(row)) for row in self.losses)

    def means(self, counts: Sequence[int]) -> tuple[fmpq, ...]:
        """Return each hypothesis' mean loss on a sample, from how often each point occurs in it."""
        return tuple(
            sum((c * loss for c, loss in zip(counts, row, strict=True)), fmpq(0)) / self.n
            for row in self.losses
        )

    def deviations(self, counts: Sequence[int]) -> tuple[fmpq, ...]:
        """Return how far each hypothesis' mean is from its expectation."""
        return tuple(
            abs(mean - at) for mean, at in zip(self.means(counts), self.expected, strict=True)
        )

    def kinds(self) -> Iterator[tuple[int, tuple[int, ...]]]:
        """Yield the mass of each kind of sample that occurs, and how often each point does."""
        masses = self.law.masses
        if self.copies:
            for z, mass in enumerate(masses):
                if mass:
                    yield mass, tuple(self.n * (y == z) for y in range(len(masses)))
            return
        for counts in _counts(len(masses), self.n):
            mass = _orders(counts) * prod(m**c for m, c in zip(masses, counts, strict=True))
            if mass:
                yield mass, counts

    @cached_property
    def _samples(self) -> list[tuple[int, tuple[fmpq, ...]]]:
        """The mass of each kind of sample that occurs, and the deviations on it."""
        return [(mass, self.deviations(counts)) for mass, counts in self.kinds()]

    def quantile(self, scale: Scale = _one) -> tuple[fmpq, fmpq]:
        """Return the quantile of the worst deviation on each sample; see the base class."""
        prior = self.prior
        allowed = [(h, prior.index(w)) for h, w in enumerate(prior) if w > 0]
        steps = {(row[h], k) for _, row in self._samples for h, k in allowed}
        ranked = _ranked(sorted(steps), prior, scale)
        rank = {(step.deviation, step.group): place for place, step in enumerate(ranked)}
        worst = [0] * len(ranked)
        for mass, row in self._samples:
            worst[max(rank[row[h], k] for h, k in allowed)] += mass
        total, below = sum(worst), 0
        for mass, step in zip(worst, ranked, strict=True):
            below += mass
            if fmpq(below, total) >= 1 - self.delta:
                return step.deviation, prior[step.group]
        raise AssertionError("the masses add up to their total")

    @property
    def largest(self) -> fmpq:
        """The largest deviation that occurs."""
        return max(max(row) for _, row in self._samples)

    def describe(self) -> dict[str, Any]:
        """Return the data."""
        return {
            "weights": self.law.describe(),
            "losses": [[str(loss) for loss in row] for row in self.losses],
            "prior": [str(weight) for weight in self.prior],
            "n": self.n,
            "delta": str(self.delta),
            "draws": "copies of one" if self.copies else "independent",
        }


# Many independent hypotheses


@dataclass(frozen=True)
class FairCoins(Worst):
    """Hypotheses that are independent fair coins, each thrown n times.

    Each draw shows all coins at once; the loss of a hypothesis is whether its coin shows heads.

    Parameters
    ----------
    n : int
        The number of throws of each coin, at least one.
    groups : tuple of tuple
        The number of coins and the prior weight of each of them, group by group.
    delta : fmpq
        The probability that is left, between 0 and 1.
    """

    n: int
    groups: tuple[tuple[int, fmpq], ...]
    delta: fmpq

    @classmethod
    def equal(cls, n: int, size: int, delta: fmpq) -> FairCoins:
        """Return coins with equal weights."""
        return cls(n, ((size, fmpq(1, size)),), delta)

    @property
    def size(self) -> int:
        """The number of coins."""
        return sum(count for count, _ in self.groups)

    def _outside(self, deviation: fmpq) -> fmpq:
        """Return the probability that one coin deviates by more."""
        heads = self.n * (deviation + fmpq(1, 2))
        return 2 * coin_tail(FAIR, self.n, int(heads.floor()) + 1)

    def _likely(self, thresholds: Sequence[fmpq | None]) -> bool:
        """Whether all coins stay within the thresholds of their groups with probability 1 - delta.

        None stands for a threshold below all deviations.
        """
        if any(threshold is None for threshold in thresholds):
            return False
        outside = [self._outside(t) for t in thresholds if t is not None]
        counts = [count for count, _ in self.groups]
        if self.n * sum(counts) <= _MAX_EXACT_BITS:
            inside = prod(
                ((1 - q) ** m for q, m in zip(outside, counts, strict=True)), start=fmpq(1)
            )
            return bool(inside >= 1 - self.delta)
        logarithm = sum((m * arb(-q).log1p() for q, m in zip(outside, counts, strict=True)), arb(0))
        return compare("le", arb(-self.delta).log1p(), logarithm)

    def quantile(self, scale: Scale = _one) -> tuple[fmpq, fmpq]:
        """Return the quantile, by halving the list of all deviations; see the base class."""
        half = fmpq(1, 2)
        deviations = [fmpq(k, self.n) - half for k in range((self.n + 1) // 2, self.n + 1)]
        weights = [weight for _, weight in self.groups]
        own = [weights.index(weight) for weight in weights]
        steps = [(d, k) for k in dict.fromkeys(own) for d in deviations]
        ranked = _ranked(steps, weights, scale)

        def enough(last: int) -> bool:
            reached = {step.group: step.deviation for step in ranked[: last + 1]}
            return self._likely([reached.get(k) for k in own])

        low, high = 0, len(ranked) - 1  # the last one is enough: nothing is outside
        while low < high:
            middle = (low + high) // 2
            low, high = (low, middle) if enough(middle) else (middle + 1, high)
        return ranked[low].deviation, weights[ranked[low].group]

    @property
    def largest(self) -> fmpq:
        """The deviation of a coin that shows one side only."""
        return fmpq(1, 2)

    def describe(self) -> dict[str, Any]:
        """Return the data."""
        return {
            "fair coins": [f"{_short(m)} of weight {_short(w)}" for m, w in self.groups],
            "throws of each": self.n,
            "delta": _short(self.delta),
        }


def _short(value: fmpq | int) -> str:
    """Return a number, or about two digits of a long one."""
    text = str(value)
    if len(text) <= 20:
        return text
    return str(arb(value).str(2, radius=False))


# Strategies


def _losses(points: int, size: int) -> SearchStrategy[tuple[tuple[fmpq, ...], ...]]:
    half, third = ((fmpq(k, unit) for k in range(unit + 1)) for unit in (2, 3))
    loss = st.sampled_from(sorted({*half, *third}))
    return st.tuples(*[st.tuples(*[loss] * points)] * size)


@st.composite
def loss_classes(draw: DrawFn, weighted: bool = False) -> LossClass:
    """Draw a class of at most six losses, a law on at most four points, and some draws.

    Parameters
    ----------
    weighted : bool
        Whether the hypotheses have different weights; some may have none.
    """
    law = draw(st.one_of(coins(), laws()))
    n = draw(st.integers(1, 24 if law.size <= 2 else 5))
    losses = draw(_losses(law.size, draw(st.integers(1, 6))))
    prior = draw(laws(len(losses), len(losses))).weights if weighted else None
    return LossClass(law, losses, n, draw(st.sampled_from(DELTAS)), prior)


@st.composite
def coin_classes(draw: DrawFn, weighted: bool = False) -> FairCoins:
    """Draw up to a million fair coins in at most three groups, each thrown up to 60 times.

    Parameters
    ----------
    weighted : bool
        Whether the coins of different groups have different weights.
    """
    n, delta = draw(st.integers(1, 60)), draw(st.sampled_from(DELTAS))
    counts = draw(st.lists(st.sampled_from([1, 2, 7, 1000, 10**6]), min_size=1, max_size=3))
    if not weighted:
        return FairCoins.equal(n, sum(counts), delta)
    masses = draw(st.lists(st.integers(1, 6), min_size=len(counts), max_size=len(counts)))
    shares = [fmpq(mass, sum(masses)) for mass in masses]
    groups = tuple((m, share / m) for m, share in zip(counts, shares, strict=True))
    return FairCoins(n, groups, delta)
