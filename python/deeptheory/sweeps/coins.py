"""Means of many throws of a coin: exact where that is cheap, enclosed in balls beyond."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from flint import arb, fmpq

from deeptheory.checks.instances.laws import Law, coin_tail
from deeptheory.formulas.rigorous import Number, ball

__all__ = ["CoinDeviation", "CoinTail", "biased", "tail"]

_EXACT = 2000
"""The most throws whose tail is summed up exactly."""


def biased(p: fmpq) -> Law:
    """Return a coin that shows heads with a rational probability."""
    return Law((int(p.q - p.p), int(p.p)))


def tail(p: fmpq, n: int, k: int) -> Number:
    """Return the probability that ``n`` throws of a coin show at least ``k`` heads.

    Up to 2000 throws it is exact, beyond them it is the regularised incomplete beta function
    ``I_p(k, n - k + 1)`` at the current precision.

    Examples
    --------
    >>> tail(fmpq(1, 2), 3, 2)
    1/2
    """
    if k <= 0:
        return fmpq(1)
    if k > n or p == 0:
        return fmpq(0)
    if p == 1:
        return fmpq(1)
    if n <= _EXACT:
        return coin_tail(biased(p), n, k)
    return ball(p).beta_lower(arb(k), arb(n - k + 1), regularized=True)


@dataclass(frozen=True)
class CoinDeviation:
    """The mean of a quantity with two values, and how far it may exceed its expectation.

    The probability of the larger value is ``(1 - e / (b - a)) / 2``, with which such deviations
    are likeliest as the draws grow many, and 0 where the deviation is longer than the interval.

    Parameters
    ----------
    n : int
        The number of draws, at least one.
    e : fmpq
        The deviation, not negative.
    ends : tuple of fmpq
        The two values, the smaller one first.
    """

    n: int
    e: fmpq
    ends: tuple[fmpq, fmpq]

    @property
    def p(self) -> fmpq:
        """The probability of the larger value."""
        low, high = self.ends
        length = high - low
        return (1 - self.e / length) / 2 if 0 <= self.e < length else fmpq(0)

    @property
    def probability(self) -> Number:
        """The probability that the mean exceeds its expectation by the deviation."""
        low, high = self.ends
        if low == high:
            return fmpq(int(self.e <= 0))
        return tail(self.p, self.n, int((self.n * (self.p + self.e / (high - low))).ceil()))

    def describe(self) -> dict[str, Any]:
        """Return the data."""
        return {
            "draws": "independent, with two values",
            "values": [str(value) for value in self.ends],
            "probability of the larger value": str(self.p),
        }


@dataclass(frozen=True)
class CoinTail:
    """The mean of throws of a coin with the probability p of heads, at most q."""

    n: int
    q: fmpq
    p: fmpq

    @property
    def probability(self) -> Number:
        """The probability of a mean of at most q: of at least so many tails."""
        return tail(1 - self.p, self.n, self.n - int((self.n * self.q).floor()))

    def describe(self) -> dict[str, Any]:
        """Return the data."""
        return {"draws": "throws of a coin", "probability of heads": str(self.p)}
