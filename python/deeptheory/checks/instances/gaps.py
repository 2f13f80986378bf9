"""The largest gap between expectation and mean over a class of functions: its exact law.

A source is a class of functions together with ``n`` draws.  Its `SampleLaw` lists what the samples
do: the largest gap on the sample, the Rademacher complexity of the class there, and how much mass
such samples have.  `SmallClass` looks at all samples of few points, `Cube` at all patterns in
which points are drawn again, `Coin` at one function with two values and any number of draws.
"""

from __future__ import annotations

from abc import ABC, abstractmethod
from collections import Counter
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from functools import cached_property
from itertools import combinations_with_replacement
from math import comb, factorial, prod
from typing import Any, TypeAlias

from flint import fmpq

from deeptheory.checks.instances.classes import Labellings
from deeptheory.checks.instances.laws import Law, Outcome
from deeptheory.checks.instances.rademacher import rademacher
from deeptheory.formulas.rigorous import Number, ball

__all__ = [
    "Coin",
    "Cost",
    "Cube",
    "DistinctDraws",
    "Sample",
    "SampleLaw",
    "SmallClass",
    "Source",
    "Table",
    "functions_of",
]

_ZERO, _ONE = fmpq(0), fmpq(1)

Table: TypeAlias = tuple[fmpq, ...]
"""The values of one function at the points ``0, ..., m - 1``."""

Cost: TypeAlias = Callable[[fmpq], fmpq]
"""What a value of a function counts as."""


def _itself(value: fmpq) -> fmpq:
    return value


@dataclass(frozen=True)
class Sample:
    """What samples of one kind do.

    Parameters
    ----------
    mass : int
        Their probability is this mass divided by the total of the law.
    gap : fmpq
        The largest difference of expectation and mean over the class.
    complexity : fmpq
        The empirical Rademacher complexity of the class.
    """

    mass: int
    gap: fmpq
    complexity: fmpq


@dataclass(frozen=True)
class SampleLaw:
    """The joint law of the largest gap and the complexity."""

    samples: tuple[Sample, ...]

    @property
    def total(self) -> int:
        """The sum of the masses."""
        return sum(sample.mass for sample in self.samples)

    def expect(self, function: Callable[[Sample], fmpq]) -> fmpq:
        """Return the expectation of a function of the sample."""
        return sum((s.mass * function(s) for s in self.samples), _ZERO) / self.total

    @cached_property
    def expected_gap(self) -> fmpq:
        """The expectation of the largest gap."""
        return self.expect(lambda sample: sample.gap)

    @cached_property
    def expected_complexity(self) -> fmpq:
        """The expected Rademacher complexity."""
        return self.expect(lambda sample: sample.complexity)

    @cached_property
    def largest_gap(self) -> fmpq:
        """The largest gap on any sample that occurs."""
        return max(sample.gap for sample in self.samples)

    def probability(self, event: Callable[[Sample], bool]) -> fmpq:
        """Return the probability of an event."""
        return fmpq(sum(s.mass for s in self.samples if event(s)), self.total)

    def typical(self, delta: fmpq, height: Callable[[Sample], Number]) -> Sample:
        """Return the sample of which it depends whether heights stay below a level.

        Samples that are at least as high have a probability above ``delta``, those that are higher
        (by the midpoints of balls) have not.  Hence the height is at most zero with a probability
        of at least ``1 - delta`` exactly if that of the sample returned is.

        Parameters
        ----------
        delta : fmpq
            Positive, and below one.
        height : callable
            The height of a sample, exact or enclosed.
        """
        heights = [(ball(height(sample)).mid(), sample) for sample in self.samples]
        ordered = sorted(heights, key=lambda each: each[0], reverse=True)
        left = delta * self.total
        for _, sample in ordered:
            left -= sample.mass
            if left < 0:
                return sample
        raise ValueError("delta is at least one, so that nothing is claimed.")

    def quantile(self, delta: fmpq) -> fmpq:
        """Return the least number that the gap exceeds with probability at most ``delta``.

        Examples
        --------
        >>> law = SampleLaw(tuple(Sample(1, fmpq(k), fmpq(0)) for k in range(4)))
        >>> law.quantile(fmpq(1, 4)), law.quantile(fmpq(1, 5))
        (2, 3)
        """
        left = delta * self.total
        for sample in sorted(self.samples, key=lambda each: each.gap, reverse=True):
            left -= sample.mass
            if left < 0:
                return sample.gap
        raise ValueError("delta is at least one, so that nothing is claimed.")


def _merged(samples: Iterator[Sample]) -> SampleLaw:
    """Put samples of the same kind together."""
    masses: Counter[tuple[int, int, int, int]] = Counter()
    for s in samples:
        if s.mass:
            key = int(s.gap.p), int(s.gap.q), int(s.complexity.p), int(s.complexity.q)
            masses[key] += s.mass
    return SampleLaw(
        tuple(Sample(m, fmpq(*key[:2]), fmpq(*key[2:])) for key, m in sorted(masses.items()))
    )


class Source(ABC):
    """A class of functions and how its sample is drawn."""

    n: int

    @property
    @abstractmethod
    def top(self) -> fmpq:
        """The largest value of a function."""

    @property
    @abstractmethod
    def growth(self) -> int:
        """Where all values are 0 and 1: the largest number of labellings of ``n`` points."""

    @abstractmethod
    def law_of(
        self, risk: Cost = _itself, cost: Cost = _itself, *, two_sided: bool = False
    ) -> SampleLaw:
        """Return the law of the largest gap between ``E risk(f)`` and the mean of ``cost(f)``.

        Parameters
        ----------
        risk, cost : callable
            What the values count as in the expectation and on the sample.
        two_sided : bool
            Whether the gap is the largest absolute value.
        """

    @cached_property
    def law(self) -> SampleLaw:
        """The law for the functions themselves."""
        return self.law_of()

    @abstractmethod
    def describe(self) -> dict[str, Any]:
        """Return the data."""


def functions_of(found: Labellings) -> tuple[Table, ...]:
    """Return the members of a set of labellings as functions to 0 and 1."""
    return tuple(
        tuple(fmpq(member >> z & 1) for z in range(found.points))
        for member in sorted(found.members)
    )


@dataclass(frozen=True)
class SmallClass(Source):
    """Finitely many functions of few points; all samples are looked at.

    Parameters
    ----------
    point_law : Law
        The law of each draw.
    functions : tuple of tuple of fmpq
        The values of each function at each point.
    n : int
        The number of draws, from one to twelve.
    copies : bool
        Whether all draws are the first one, rather than independent.
    """

    point_law: Law
    functions: tuple[Table, ...]
    n: int
    copies: bool = False

    @property
    def top(self) -> fmpq:
        """The largest value."""
        return max(value for table in self.functions for value in table)

    @property
    def growth(self) -> int:
        """The growth function of the sets where the functions are 1."""
        members = frozenset(
            sum(1 << z for z, value in enumerate(table) if value == 1) for table in self.functions
        )
        return Labellings(self.point_law.size, members).growth(self.n)

    def samples(self) -> Iterator[tuple[Outcome, int]]:
        """Yield the samples that have weight, up to the order of the draws, with their masses."""
        masses = self.point_law.masses
        support = [z for z, mass in enumerate(masses) if mass]
        if self.copies:
            yield from (((z,) * self.n, masses[z]) for z in support)
            return
        for drawn in combinations_with_replacement(support, self.n):
            orders = factorial(self.n) // prod(factorial(k) for k in Counter(drawn).values())
            yield drawn, orders * prod(masses[z] for z in drawn)

    def complexity(self, drawn: Outcome) -> fmpq:
        """Return the empirical Rademacher complexity on a sample."""
        return rademacher([tuple(table[z] for z in drawn) for table in self.functions])

    def law_of(
        self, risk: Cost = _itself, cost: Cost = _itself, *, two_sided: bool = False
    ) -> SampleLaw:
        """Return the law of the largest gap; see `Source`."""
        risks = [self.point_law.expect([risk(v) for v in table]) for table in self.functions]
        costs = [[cost(v) for v in table] for table in self.functions]

        def gap(drawn: Outcome) -> fmpq:
            means = (sum((each[z] for z in drawn), _ZERO) / self.n for each in costs)
            gaps = (r - mean for r, mean in zip(risks, means, strict=True))
            largest: fmpq = max(map(abs, gaps) if two_sided else gaps)
            return largest

        return _merged(Sample(m, gap(x), self.complexity(x)) for x, m in self.samples())

    def describe(self) -> dict[str, Any]:
        """Return the data."""
        return {
            "weights": self.point_law.describe(),
            "functions": [[str(value) for value in table] for table in self.functions],
            "n": self.n,
            "draws": "copies of one" if self.copies else "independent",
        }


# All functions to two values


def _partitions(n: int, largest: int | None = None) -> Iterator[tuple[int, ...]]:
    """Yield the ways to write ``n`` as a sum of positive numbers, the largest first."""
    if n == 0:
        yield ()
    for first in range(min(n, largest or n), 0, -1):
        yield from ((first, *rest) for rest in _partitions(n - first, first))


def _mean_excess(m: int) -> fmpq:
    """Return the average of the positive part of a sum of ``m`` random signs."""
    return fmpq(sum(comb(m, k) * max(0, m - 2 * k) for k in range(m + 1)), 2**m)


@dataclass(frozen=True)
class Cube(Source):
    """All functions from equally likely points to two values, zero and another one.

    A sample matters by how often its points are drawn, since the functions can be chosen at each
    point alone.

    Parameters
    ----------
    points : int
        The number of points, any.
    n : int
        The number of independent draws, at most some twenty.
    high : fmpq
        The other value, positive.
    """

    points: int
    n: int
    high: fmpq = _ONE

    @property
    def top(self) -> fmpq:
        """The other value."""
        return self.high

    @property
    def growth(self) -> int:
        """All labellings of as many different points as there can be."""
        return 1 << min(self.n, self.points)

    def law_of(
        self, risk: Cost = _itself, cost: Cost = _itself, *, two_sided: bool = False
    ) -> SampleLaw:
        """Return the law of the largest gap; see `Source`."""
        values = (_ZERO, self.high)

        def largest(pattern: Sequence[int], sign: int) -> fmpq:
            """Choose the value at each point for itself."""

            def best(m: int) -> fmpq:
                return max(sign * (risk(v) / self.points - m * cost(v) / self.n) for v in values)

            return sum(map(best, pattern), _ZERO) + (self.points - len(pattern)) * best(0)

        def samples() -> Iterator[Sample]:
            for pattern in _partitions(self.n):
                ways = prod(range(self.points - len(pattern) + 1, self.points + 1))
                ways //= prod(factorial(k) for k in Counter(pattern).values())
                orders = factorial(self.n) // prod(factorial(m) for m in pattern)
                gap = max(largest(pattern, sign) for sign in ((1, -1) if two_sided else (1,)))
                excess = sum((_mean_excess(m) for m in pattern), _ZERO)
                yield Sample(ways * orders, gap, self.high * excess / self.n)

        return _merged(samples())

    def describe(self) -> dict[str, Any]:
        """Return the data."""
        return {
            "points": self.points,
            "law": "uniform",
            "class": f"all functions to 0 and {self.high}",
            "n": self.n,
        }


@dataclass(frozen=True)
class DistinctDraws(Source):
    """All functions to 0 and 1 on so many points that many draws most likely differ.

    On a sample of different points the largest gap is ``1 - n / N`` and the complexity one half.
    Any other sample has a larger gap and at most that complexity, so that the law given here, as
    if all samples were like that, is below the true one in every bound that increases with the
    complexity.  The (1 - delta)-quantile is the true one as soon as a point is drawn twice with
    probability at most delta, for which ``n (n - 1) / (2 N) <= delta`` will do.

    Parameters
    ----------
    points : int
        The number of equally likely points.
    n : int
        The number of independent draws.
    """

    points: int
    n: int

    @property
    def top(self) -> fmpq:
        """One."""
        return _ONE

    @property
    def growth(self) -> int:
        """All labellings."""
        return 1 << min(self.n, self.points)

    @property
    def repeated(self) -> fmpq:
        """An upper bound on the probability that a point is drawn twice."""
        return fmpq(self.n * (self.n - 1), 2 * self.points)

    def law_of(
        self, risk: Cost = _itself, cost: Cost = _itself, *, two_sided: bool = False
    ) -> SampleLaw:
        """Return the law of a sample of different points, for the functions themselves."""
        if risk is not _itself or cost is not _itself or two_sided:
            raise NotImplementedError("Only the functions themselves have a law here.")
        return SampleLaw((Sample(1, 1 - fmpq(self.n, self.points), fmpq(1, 2)),))

    def describe(self) -> dict[str, Any]:
        """Return the data."""
        return {
            "points": self.points,
            "law": "uniform",
            "class": "all functions to 0 and 1",
            "n": self.n,
        }


# One function


@dataclass(frozen=True)
class Coin(Source):
    """One function with two values, and any number of draws.

    Parameters
    ----------
    point_law : Law
        The law of a coin.
    n : int
        The number of draws.
    values : tuple of fmpq
        The values for misses and for heads.
    copies : bool
        Whether all draws are the first one, rather than independent.
    """

    point_law: Law
    n: int
    values: tuple[fmpq, fmpq] = (_ZERO, _ONE)
    copies: bool = False

    @property
    def top(self) -> fmpq:
        """The larger value."""
        return max(self.values)

    @property
    def growth(self) -> int:
        """There is one function."""
        return 1

    def law_of(
        self, risk: Cost = _itself, cost: Cost = _itself, *, two_sided: bool = False
    ) -> SampleLaw:
        """Return the law of the gap; see `Source`.  A single function has complexity zero."""
        misses, heads = self.point_law.masses
        expected = self.point_law.expect([risk(value) for value in self.values])
        low, high = (cost(value) for value in self.values)

        def sample(k: int, mass: int) -> Sample:
            gap = expected - (k * high + (self.n - k) * low) / self.n
            return Sample(mass, abs(gap) if two_sided else gap, _ZERO)

        if self.copies:
            return _merged(iter([sample(0, misses), sample(self.n, heads)]))
        weights = _binomial_masses(self.n, misses, heads)
        return _merged(sample(k, mass) for k, mass in enumerate(weights))

    def describe(self) -> dict[str, Any]:
        """Return the data."""
        return {
            "weights": self.point_law.describe(),
            "functions": [[str(value) for value in self.values]],
            "n": self.n,
            "draws": "copies of one" if self.copies else "independent",
        }


def _binomial_masses(n: int, misses: int, heads: int) -> list[int]:
    """Return the masses of 0, ..., n heads."""
    if misses == 0:
        return [0] * n + [heads**n]
    masses = [misses**n]
    for k in range(n):  # the quotient of neighbours is that of binomial coefficients and weights
        masses.append(masses[-1] * (n - k) * heads // ((k + 1) * misses))
    return masses
