"""Finite laws with rational weights, and what several draws from them do, exactly.

A `Law` weighs the points ``0, ..., m - 1``.  Several draws are `Independent` or, where a check
drops independence, `Copies` of one draw: their probabilities and expectations are sums over all
outcomes.  Where there are too many outcomes, `SumLaw` has the law of a sum of draws, and
`coin_tail` the tail of a number of heads; both are exact as well, so that no check depends on
chance.
"""

from __future__ import annotations

from abc import ABC, abstractmethod
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from functools import lru_cache
from itertools import product
from math import gcd, lcm, prod
from typing import TypeAlias

from flint import fmpq, fmpz_poly
from hypothesis import strategies as st
from hypothesis.strategies import DrawFn, SearchStrategy

from deeptheory.formulas.rigorous import Number

__all__ = [
    "FAIR",
    "Copies",
    "Draws",
    "Independent",
    "Law",
    "Outcome",
    "SumLaw",
    "coin",
    "coin_tail",
    "coins",
    "iid",
    "laws",
    "point_mass",
    "sums",
    "uniform",
]

Outcome: TypeAlias = tuple[int, ...]
"""The points drawn, in order."""


@dataclass(frozen=True)
class Law:
    """A law on the points ``0, ..., m - 1``.

    Parameters
    ----------
    masses : tuple of int
        Nonnegative and not all zero; the weight of a point is its mass divided by their sum.

    Examples
    --------
    >>> Law((1, 2, 3)).weights
    (1/6, 1/3, 1/2)
    """

    masses: tuple[int, ...]

    @property
    def size(self) -> int:
        """The number of points, those without weight among them."""
        return len(self.masses)

    @property
    def total(self) -> int:
        """The sum of the masses."""
        return sum(self.masses)

    @property
    def weights(self) -> tuple[fmpq, ...]:
        """The weights, of sum one."""
        return tuple(fmpq(mass, self.total) for mass in self.masses)

    def expect(self, values: Sequence[Number]) -> Number:
        """Return the expectation of a function, given by its value at each point."""
        return sum((w * value for w, value in zip(self.weights, values, strict=True) if w), fmpq(0))

    def variance(self, values: Sequence[Number]) -> Number:
        """Return the expected squared distance to the expectation."""
        mean = self.expect(values)
        return self.expect([(value - mean) ** 2 for value in values])

    def probability(self, event: Callable[[int], bool]) -> fmpq:
        """Return the probability of an event."""
        return fmpq(sum(mass for z, mass in enumerate(self.masses) if event(z)), self.total)

    def describe(self) -> list[str]:
        """Return the weights, for a report."""
        return [str(weight) for weight in self.weights]


def coin(misses: int, heads: int) -> Law:
    """Return the law of a coin: point 1 is heads, and the odds are ``misses`` to ``heads``."""
    return Law((misses, heads))


FAIR = coin(1, 1)


def uniform(size: int) -> Law:
    """Return the law that draws all of several points equally often."""
    return Law((1,) * size)


def point_mass(size: int, z: int) -> Law:
    """Return the law that draws one of several points for sure."""
    return Law(tuple(int(y == z) for y in range(size)))


# Several draws


class Draws(ABC):
    """The joint law of several draws."""

    @property
    @abstractmethod
    def laws(self) -> tuple[Law, ...]:
        """The law of each draw."""

    @property
    @abstractmethod
    def total(self) -> int:
        """The sum of all masses."""

    @abstractmethod
    def outcomes(self) -> Iterator[tuple[Outcome, int]]:
        """Yield the outcomes that have weight, each with its mass."""

    def points(self) -> Iterator[Outcome]:
        """Yield all outcomes, those without weight among them."""
        return product(*(range(law.size) for law in self.laws))

    def expect(self, function: Callable[[Outcome], fmpq]) -> fmpq:
        """Return the expectation of a function of the outcome."""
        return sum((mass * function(x) for x, mass in self.outcomes()), fmpq(0)) / self.total

    def probability(self, event: Callable[[Outcome], bool]) -> fmpq:
        """Return the probability of an event."""
        return fmpq(sum(mass for x, mass in self.outcomes() if event(x)), self.total)


@dataclass(frozen=True)
class Independent(Draws):
    """Independent draws, one from each of several laws."""

    each: tuple[Law, ...]

    @property
    def laws(self) -> tuple[Law, ...]:
        """The law of each draw."""
        return self.each

    @property
    def total(self) -> int:
        """The product of the laws' sums."""
        return prod(law.total for law in self.each)

    def outcomes(self) -> Iterator[tuple[Outcome, int]]:
        """Yield the outcomes with the products of the masses."""
        support = [[(z, m) for z, m in enumerate(law.masses) if m] for law in self.each]
        for drawn in product(*support):
            yield tuple(z for z, _ in drawn), prod(m for _, m in drawn)


@dataclass(frozen=True)
class Copies(Draws):
    """Draws that depend on each other as much as possible: all are the first one."""

    law: Law
    n: int

    @property
    def laws(self) -> tuple[Law, ...]:
        """The same law for each."""
        return (self.law,) * self.n

    @property
    def total(self) -> int:
        """The sum of the law's masses."""
        return self.law.total

    def outcomes(self) -> Iterator[tuple[Outcome, int]]:
        """Yield the constant outcomes."""
        for z, mass in enumerate(self.law.masses):
            if mass:
                yield (z,) * self.n, mass


def iid(law: Law, n: int) -> Independent:
    """Return ``n`` independent draws from one law."""
    return Independent((law,) * n)


# Sums of many draws


@dataclass(frozen=True)
class SumLaw:
    """The law of a sum: the value ``start + step * k`` has the mass ``masses[k]``.

    Parameters
    ----------
    start, step : fmpq
        Where the values start, and their distance.
    masses : tuple of int
        Nonnegative, not all zero.
    """

    start: fmpq
    step: fmpq
    masses: tuple[int, ...]

    @classmethod
    def of(cls, law: Law, values: Sequence[fmpq], n: int) -> SumLaw:
        """Return the law of ``f(x_1) + ... + f(x_n)`` for independent draws from one law.

        The masses are the coefficients of the n-th power of one draw's generating function.
        """
        least = min(values)
        unit = lcm(*(int(value.q) for value in values))
        gaps = [int(((value - least) * unit).p) for value in values]
        common = gcd(*gaps) or 1
        single = [0] * (max(gaps) // common + 1)
        for gap, mass in zip(gaps, law.masses, strict=True):
            single[gap // common] += mass
        power = fmpz_poly(single) ** n
        return cls(n * least, fmpq(common, unit), tuple(int(c) for c in power.coeffs()))

    def probabilities(self) -> list[tuple[fmpq, fmpq]]:
        """Return the sums that occur, in order, and their probabilities."""
        whole = sum(self.masses)
        return [
            (self.start + self.step * k, fmpq(mass, whole))
            for k, mass in enumerate(self.masses)
            if mass
        ]

    def tail(self, threshold: fmpq) -> fmpq:
        """Return the probability that the sum is at least a threshold."""
        first = max(0, int(((threshold - self.start) / self.step).ceil()))
        return fmpq(sum(self.masses[first:]), sum(self.masses))


def sums(
    law: Law, values: Sequence[fmpq], n: int, *, copies: bool = False
) -> list[tuple[fmpq, fmpq]]:
    """Return the sums of a quantity over ``n`` draws that occur, in order, and their probabilities.

    Parameters
    ----------
    law : Law
        The law of each draw.
    values : sequence of fmpq
        The quantity at each point.
    n : int
        The number of draws, at least one.
    copies : bool
        Whether all draws are the first one, rather than independent.
    """
    if not copies:
        return SumLaw.of(law, values, n).probabilities()
    draws = Copies(law, n)
    return sorted((n * values[x[0]], fmpq(mass, draws.total)) for x, mass in draws.outcomes())


@lru_cache(maxsize=256)
def coin_tail(law: Law, n: int, k: int) -> fmpq:
    """Return the probability that ``n`` independent throws of a coin show at least ``k`` heads.

    Examples
    --------
    >>> coin_tail(FAIR, 3, 2)
    1/2
    """
    misses, heads = law.masses
    if k <= 0:
        return fmpq(1)
    if k > n or heads == 0:
        return fmpq(0)
    term = total = heads**n
    for j in range(n, k, -1):  # from j heads to one less
        term = term * j * misses // ((n - j + 1) * heads)
        total += term
    return fmpq(total, law.total**n)


# Strategies


@st.composite
def laws(draw: DrawFn, max_size: int = 4, min_size: int = 1) -> Law:
    """Draw a law; some points may have no weight, so that point masses are among them."""
    size = draw(st.integers(min_size, max_size))
    masses = draw(st.lists(st.integers(0, 6), min_size=size, max_size=size))
    return Law(tuple(masses)) if any(masses) else uniform(size)


def coins() -> SearchStrategy[Law]:
    """Draw a coin: fair, almost fair, or one that seldom shows one of its sides."""
    odds = [(1, 1), (49, 51), (51, 49), (2, 1), (1, 2), (1, 9), (9, 1), (99, 1), (1, 99)]
    return st.sampled_from([coin(*pair) for pair in odds])
