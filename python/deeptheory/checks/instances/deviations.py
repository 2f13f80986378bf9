"""Quantities that deviate from their expectation: what the checks of concentration draw."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from functools import cached_property
from itertools import groupby
from typing import Any, Protocol

from flint import fmpq
from hypothesis import strategies as st
from hypothesis.strategies import DrawFn, SearchStrategy

from deeptheory.checks.instances.laws import (
    FAIR,
    Copies,
    Draws,
    Independent,
    Law,
    Outcome,
    SumLaw,
    coin_tail,
    coins,
    iid,
    laws,
)
from deeptheory.checks.instances.sampled import Sampled
from deeptheory.checks.instances.strategies import nonnegatives, rationals
from deeptheory.formulas.rigorous import Number, ball

__all__ = [
    "Deviation",
    "Heads",
    "MeanDeviation",
    "Statistic",
    "StatisticDeviation",
    "Tilted",
    "deviations",
    "distinct",
    "exponential",
    "largest",
    "longest_run",
    "mean_deviations",
    "table",
    "tilted",
    "total",
]

_BITS = (fmpq(0), fmpq(1))
_MAX_OUTCOMES = 1100  # above, sums have their law from a generating function


def exponential(x: Number) -> Number:
    """Return the exponential, exact at zero."""
    return fmpq(1) if isinstance(x, fmpq) and x == 0 else ball(x).exp()


def _texts(values: Sequence[fmpq]) -> list[str]:
    return [str(value) for value in values]


# One draw and its exponential moments


@dataclass(frozen=True)
class Tilted:
    """A quantity of one draw, the interval that it is claimed to lie in, and a tilt.

    Parameters
    ----------
    law : Law
        The law of the draw.
    values : tuple of fmpq
        The quantity at each point.
    s : fmpq
        The tilt.
    slack : tuple of fmpq
        How far the interval reaches beyond the least and the largest value; negative where it is
        too short.
    """

    law: Law
    values: tuple[fmpq, ...]
    s: fmpq
    slack: tuple[fmpq, fmpq] = (fmpq(0), fmpq(0))

    @property
    def ends(self) -> tuple[fmpq, fmpq]:
        """The interval claimed."""
        return min(self.values) - self.slack[0], max(self.values) + self.slack[1]

    def moment(self, centre: Number | None = None) -> Number:
        """Return the expectation of ``exp(s (f - c))``, by default at the expectation c of f."""
        c = self.law.expect(self.values) if centre is None else centre
        return self.law.expect([exponential(self.s * (value - c)) for value in self.values])

    def describe(self) -> dict[str, Any]:
        """Return the data."""
        return {
            "weights": self.law.describe(),
            "values": _texts(self.values),
            "s": str(self.s),
            "interval": _texts(self.ends),
        }


_TILTS = (fmpq(1, 1000), fmpq(1, 20), fmpq(1, 2), fmpq(1), fmpq(3), fmpq(40))


@st.composite
def tilted(draw: DrawFn) -> Tilted:
    """Draw a law, a quantity, a tilt of any size and an interval that contains all values."""
    law = draw(st.one_of(coins(), laws()))
    values = draw(st.tuples(*[rationals()] * law.size))
    s = draw(st.one_of(st.sampled_from(_TILTS), rationals(-12, 12, 8)))
    slack = draw(st.one_of(st.just((fmpq(0),) * 2), st.tuples(nonnegatives(), nonnegatives())))
    return Tilted(law, values, s, slack)


# Means


@dataclass(frozen=True)
class MeanDeviation(Sampled):
    """The mean of a quantity over several draws, and how far it may exceed its expectation.

    Parameters
    ----------
    law, values, n, copies : Law, tuple of fmpq, int, bool
        The draws, as in `Sampled`.
    e : fmpq
        The deviation.
    slack : tuple of fmpq
        How far the interval claimed reaches beyond the least and the largest value; negative where
        it is too short.
    """

    e: fmpq
    slack: tuple[fmpq, fmpq] = (fmpq(0), fmpq(0))

    @property
    def ends(self) -> tuple[fmpq, fmpq]:
        """The interval claimed."""
        return min(self.values) - self.slack[0], max(self.values) + self.slack[1]

    @cached_property
    def probability(self) -> fmpq:
        """The probability that the mean exceeds its expectation by the deviation, exactly."""
        threshold = self.n * (self.mean + self.e)
        if self.copies or self.law.size**self.n <= _MAX_OUTCOMES:
            return self._draws.probability(lambda x: self._sum(x) >= threshold)
        if self.values == _BITS:
            return coin_tail(self.law, self.n, int(threshold.ceil()))
        return SumLaw.of(self.law, self.values, self.n).tail(threshold)

    @cached_property
    def two_sided(self) -> fmpq:
        """The probability that the mean differs from its expectation by the deviation."""
        other = MeanDeviation(
            self.law, tuple(-v for v in self.values), self.n, self.e, copies=self.copies
        )
        both = self.probability + other.probability
        return fmpq(1) if self.e <= 0 else both

    @property
    def _draws(self) -> Draws:
        return Copies(self.law, self.n) if self.copies else iid(self.law, self.n)

    def _sum(self, x: Outcome) -> fmpq:
        return sum((self.values[z] for z in x), fmpq(0))

    def describe(self) -> dict[str, Any]:
        """Return the data."""
        return self.told(interval=_texts(self.ends), e=str(self.e))


@st.composite
def mean_deviations(draw: DrawFn) -> MeanDeviation:
    """Draw independent draws and a deviation that their mean attains.

    There are few draws, whose outcomes are all looked at, or up to eighty.
    """
    law = draw(st.one_of(coins(), laws()))
    values = draw(st.tuples(*[rationals(-4, 4, 3)] * law.size))
    most = draw(st.sampled_from([2, 20]))
    counts = draw(st.lists(st.integers(0, most), min_size=law.size, max_size=law.size))
    counts = counts if any(counts) else [1] * law.size
    n = sum(counts)
    e = sum((c * v for c, v in zip(counts, values, strict=True)), fmpq(0)) / n - law.expect(values)
    if e < 0:
        values, e = tuple(-value for value in values), -e
    slack = draw(st.sampled_from([(fmpq(0), fmpq(0)), (fmpq(1, 3), fmpq(0)), (fmpq(0), fmpq(2))]))
    if min(values) == max(values):
        slack = (fmpq(1), slack[1])  # an interval has a length
    return MeanDeviation(law, values, n, e, slack)


# Functions of several draws


@dataclass(frozen=True)
class Statistic:
    """A function of several draws, with a name for the report."""

    name: str
    function: Callable[[Outcome], fmpq]


def total(*values: Sequence[fmpq]) -> Statistic:
    """Return the sum of a quantity that each draw has: its value at each point, by draws."""
    return Statistic(
        f"sum of {[_texts(each) for each in values]}",
        lambda x: sum((each[z] for each, z in zip(values, x, strict=True)), fmpq(0)),
    )


def largest() -> Statistic:
    """Return the largest of the points drawn."""
    return Statistic("the largest point", lambda x: fmpq(max(x)))


def distinct() -> Statistic:
    """Return the number of different points drawn."""
    return Statistic("the number of different points", lambda x: fmpq(len(set(x))))


def longest_run() -> Statistic:
    """Return how often, at most, a point is drawn in a row."""
    return Statistic(
        "the longest run", lambda x: fmpq(max(len(list(same)) for _, same in groupby(x)))
    )


def table(draws: Draws, entries: Sequence[fmpq]) -> Statistic:
    """Return the function with the given values, in the order of the outcomes, repeated."""
    places = {x: entries[k % len(entries)] for k, x in enumerate(draws.points())}
    return Statistic(f"the values {_texts(entries)} in turn", places.__getitem__)


class Deviation(Protocol):
    """How far a function of several draws may exceed its expectation."""

    @property
    def e(self) -> fmpq:
        """The deviation."""

    @property
    def differences(self) -> tuple[fmpq, ...]:
        """By how much changing a single draw changes the function at most, as is claimed."""

    @property
    def probability(self) -> fmpq:
        """The probability that the function exceeds its expectation by the deviation."""

    def describe(self) -> dict[str, Any]:
        """Return the data."""


@dataclass(frozen=True)
class StatisticDeviation:
    """The deviation of a function of few draws, by looking at all outcomes.

    Parameters
    ----------
    draws : Draws
        The draws.
    statistic : Statistic
        The function.
    e : fmpq
        The deviation.
    claimed : tuple of fmpq, optional
        The differences claimed; the exact ones by default.
    """

    draws: Draws
    statistic: Statistic
    e: fmpq
    claimed: tuple[fmpq, ...] | None = None

    @cached_property
    def exact_differences(self) -> tuple[fmpq, ...]:
        """By how much changing a single draw changes the function at most."""
        largest_change = []
        values = {x: self.statistic.function(x) for x in self.draws.points()}
        for i in range(len(self.draws.laws)):
            lines: dict[Outcome, list[fmpq]] = {}
            for x, value in values.items():
                lines.setdefault((*x[:i], *x[i + 1 :]), []).append(value)
            largest_change.append(max(max(line) - min(line) for line in lines.values()))
        return tuple(largest_change)

    @property
    def differences(self) -> tuple[fmpq, ...]:
        """The differences claimed."""
        return self.exact_differences if self.claimed is None else self.claimed

    @cached_property
    def probability(self) -> fmpq:
        """The probability, exactly."""
        f = self.statistic.function
        threshold = self.draws.expect(f) + self.e
        return self.draws.probability(lambda x: f(x) >= threshold)

    def describe(self) -> dict[str, Any]:
        """Return the data."""
        return {
            "weights": [law.describe() for law in self.draws.laws],
            "draws": type(self.draws).__name__.lower(),
            "function": self.statistic.name,
            "e": str(self.e),
            "differences": _texts(self.differences),
        }


@dataclass(frozen=True)
class Heads:
    """The number of heads of many fair coins, compared with a number of heads.

    Parameters
    ----------
    n : int
        The number of coins.
    k : int
        The number of heads, at least half of them.
    """

    n: int
    k: int

    @property
    def e(self) -> fmpq:
        """How far the number is above the half."""
        return self.k - fmpq(self.n, 2)

    @property
    def differences(self) -> tuple[fmpq, ...]:
        """Each coin counts once."""
        return (fmpq(1),) * self.n

    @property
    def probability(self) -> fmpq:
        """The probability of so many heads or more, exactly."""
        return coin_tail(FAIR, self.n, self.k)

    def describe(self) -> dict[str, Any]:
        """Return the data."""
        return {"fair coins": self.n, "heads": self.k}


_SIZES = [(2, 2), (2, 5), (3, 3), (4, 3), (3, 1), (4, 1)]


@st.composite
def _statistics(draw: DrawFn, draws: Draws) -> Statistic:
    sizes = [law.size for law in draws.laws]
    return draw(
        st.one_of(
            st.builds(total, *(st.tuples(*[rationals()] * size) for size in sizes)),
            st.sampled_from([largest(), distinct(), longest_run()]),
            st.lists(rationals(), min_size=2, max_size=7).map(lambda row: table(draws, row)),
        )
    )


@st.composite
def deviations(draw: DrawFn) -> StatisticDeviation:
    """Draw a function of few independent draws, and a deviation that it attains."""
    size, most = draw(st.sampled_from(_SIZES))
    n = draw(st.integers(1, most))
    single: SearchStrategy[Law] = coins() if size == 2 else laws(size, size)
    draws = Independent(draw(st.tuples(*[single] * n)))
    statistic = draw(_statistics(draws))
    at = draw(st.tuples(*[st.integers(0, size - 1)] * n))
    e = max(fmpq(0), statistic.function(at) - draws.expect(statistic.function))
    exact = StatisticDeviation(draws, statistic, e)
    slack = draw(st.sampled_from([fmpq(0), fmpq(0), fmpq(1, 2)]))
    if not any(exact.exact_differences):
        slack = fmpq(1)  # a constant may be said to change by one
    claimed = tuple(c + slack for c in exact.exact_differences)
    return StatisticDeviation(draws, statistic, e, claimed) if slack else exact
