"""The inverse of the relative entropy of two coins, and the exponential moment of it at a mean."""

from __future__ import annotations

from dataclasses import dataclass
from functools import lru_cache
from math import comb
from typing import Any

from flint import arb, ctx, fmpq
from hypothesis import strategies as st
from hypothesis.strategies import DrawFn, SearchStrategy

from deeptheory.checks.instances.divergences import kl
from deeptheory.checks.instances.laws import coins, laws, sums
from deeptheory.checks.instances.sampled import Sampled
from deeptheory.formulas import UndecidedError
from deeptheory.formulas.rigorous import Number, ball, compare

__all__ = [
    "BinaryMoment",
    "Level",
    "binary_kl",
    "coin_moment",
    "levels",
    "moments",
]

_ZERO, _HALF, _ONE = fmpq(0), fmpq(1, 2), fmpq(1)


def binary_kl(q: fmpq, p: fmpq) -> Number:
    """Return the relative entropy of a coin with mean q with respect to one with mean p.

    Parameters
    ----------
    q, p : fmpq
        Between 0 and 1; what p excludes is to be excluded by q.
    """
    return kl((q, 1 - q), (p, 1 - p))


# The inverse


@dataclass(frozen=True)
class Level:
    """A mean and a level of the relative entropy.

    Parameters
    ----------
    q : fmpq
        The mean, from 0 to 1.
    c : fmpq
        The level, not negative.
    """

    q: fmpq
    c: fmpq

    def inverse(self, level: fmpq | None = None) -> Number:
        """Return the largest mean whose relative entropy is at most the level, enclosed.

        The relative entropy of q with respect to p increases with p from q on, so that halving an
        interval encloses the mean; it ends where the precision is too low to go on.

        Parameters
        ----------
        level : fmpq, optional
            Another level than the instance's own.
        """
        c = self.c if level is None else level
        if c == 0 or self.q == 1:
            return self.q
        low, high = self.q, (1 + self.q) / 2
        while not compare("le", c, binary_kl(self.q, high)):
            low, high = high, (1 + high) / 2
        for _ in range(2 * ctx.prec):
            middle = (low + high) / 2
            try:
                below = compare("le", binary_kl(self.q, middle), c)
            except UndecidedError:
                break
            low, high = (middle, high) if below else (low, middle)
        return arb(low).union(arb(high))

    def describe(self) -> dict[str, Any]:
        """Return the data."""
        return {"q": str(self.q), "c": str(self.c)}


@st.composite
def levels(draw: DrawFn) -> Level:
    """Draw a mean, 0 and 1 among them, and a level that is zero, small or large."""
    unit = draw(st.sampled_from([1, 2, 7, 100, 10**4]))
    q = fmpq(draw(st.integers(0, unit)), unit)
    scale = draw(st.sampled_from([1, 20, 1000, 10**6, 10**12]))
    return Level(q, fmpq(draw(st.integers(0, 20)), scale))


# The exponential moment


@lru_cache(maxsize=64)
def coin_moment(n: int) -> fmpq:
    """Return ``sum_k C(n, k) (k / n)^k (1 - k / n)^(n - k)``.

    For n throws of a coin, whatever its mean, that is the expectation of the exponential of n
    times the relative entropy of their mean: the coin's own probabilities cancel.

    Examples
    --------
    >>> coin_moment(2)
    5/2
    """
    terms = (comb(n, k) * k**k * (n - k) ** (n - k) for k in range(n + 1))
    return fmpq(sum(terms), n**n)


@dataclass(frozen=True)
class BinaryMoment(Sampled):
    """Draws of a quantity, whose mean is compared with its expectation by relative entropy.

    Parameters
    ----------
    law, n, copies : Law, int, bool
        The draws, as in `Sampled`.
    values : tuple of fmpq
        The quantity at each point, between 0 and 1.
    claimed : fmpq, optional
        What is claimed to be the expectation; the exact one by default.
    """

    claimed: fmpq | None = None

    @property
    def p(self) -> fmpq:
        """The expectation claimed."""
        return self.mean if self.claimed is None else self.claimed

    @property
    def throws(self) -> bool:
        """Whether the draws are those of a coin that shows both sides, and all is as it should."""
        seen = {value for value, mass in zip(self.values, self.law.masses, strict=True) if mass}
        return seen == {_ZERO, _ONE} and self.claimed is None and not self.copies

    def moment(self, factor: int | None = None) -> Number:
        """Return the expectation of the exponential of n times the relative entropy.

        Where values are not in ``[0, 1]``, samples whose mean is no probability count as 0: what
        is left is a lower bound.

        Parameters
        ----------
        factor : int, optional
            What the relative entropy is multiplied by; n by default.
        """
        if self.throws and factor is None:
            return coin_moment(self.n)
        times, p = self.n if factor is None else factor, self.p
        total: Number = _ZERO
        for drawn, weight in sums(self.law, self.values, self.n, copies=self.copies):
            q = drawn / self.n
            if not 0 <= q <= 1:
                continue
            entropy = binary_kl(q, p)
            exact = isinstance(entropy, fmpq) and entropy == 0
            total += weight * (_ONE if exact else (times * ball(entropy)).exp())
        return total

    def describe(self) -> dict[str, Any]:
        """Return the data."""
        return self.told(p=str(self.p))


@st.composite
def moments(draw: DrawFn) -> BinaryMoment:
    """Draw up to 200 throws of a coin, or up to twelve draws of any quantity in [0, 1]."""
    if draw(st.booleans()):
        return BinaryMoment(draw(coins()), (_ZERO, _ONE), draw(st.integers(1, 200)))
    law, unit = draw(laws()), draw(st.sampled_from([1, 2, 7]))
    values = draw(st.tuples(*[_values(unit)] * law.size))
    return BinaryMoment(law, values, draw(st.integers(1, 12)))


def _values(unit: int) -> SearchStrategy[fmpq]:
    return st.integers(0, unit).map(lambda top: fmpq(top, unit))
