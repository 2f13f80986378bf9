"""Laws compared with a law and a function on it, and laws of several independent draws."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from itertools import product as outcomes
from math import prod
from typing import Any

from flint import arb, fmpq
from hypothesis import strategies as st
from hypothesis.strategies import DrawFn

from deeptheory.checks.instances.divergences import Pair, kl, pairs
from deeptheory.checks.instances.laws import Law
from deeptheory.formulas.rigorous import Number

__all__ = [
    "Products",
    "Variational",
    "draws_of",
    "products",
    "tilted",
    "variationals",
]

_ZERO, _ONE = fmpq(0), fmpq(1)


# The variational formula


@dataclass(frozen=True)
class Variational:
    """A law, a function, and another law whose expectation of it is looked at.

    Parameters
    ----------
    pair : Pair
        The law looked at, and the law that the exponential moment is taken under.
    values : tuple of fmpq
        The function at each point.
    """

    pair: Pair
    values: tuple[fmpq, ...]

    @property
    def mean(self) -> fmpq:
        """The expectation of the function under the law looked at."""
        return fmpq(self.pair.mu.expect(self.values))

    def value(self, price: fmpq = _ONE) -> Number:
        """Return the expectation minus a multiple of the relative entropy, one by default."""
        return self.mean - price * self.pair.kl()

    @property
    def arguments(self) -> dict[str, Any]:
        """The number of points, the weights and the values."""
        return {"n": len(self.values), "q": self.pair.nu.weights, "f": self.values}

    def describe(self) -> dict[str, Any]:
        """Return the laws and the function."""
        return {**self.pair.describe(), "f": [str(value) for value in self.values]}


def tilted(law: Law, values: Sequence[fmpq], factor: fmpq = _ONE, digits: int = 9) -> Variational:
    """Return about the law tilted by a multiple of a function, with weights of so many digits.

    Parameters
    ----------
    law : Law
        The law to tilt.
    values : sequence of fmpq
        The function.
    factor : fmpq, optional
        The multiple; one by default, for which the variational formula is almost attained.
    digits : int
        How closely the weights are those of the tilted law, in digits after the decimal point.
    """
    raw = [w * (arb(factor * f)).exp() for w, f in zip(law.weights, values, strict=True)]
    unit, total = 10**digits, sum(raw, arb(0))
    masses = [
        max(1, round(float(unit * weight / total))) if mass else 0
        for weight, mass in zip(raw, law.masses, strict=True)
    ]
    return Variational(Pair(Law(tuple(masses)), law), tuple(values))


@st.composite
def variationals(draw: DrawFn) -> Variational:
    """Draw two laws and a function on at most five points; the first law is almost tilted often.

    The logarithm of the moment of a constant function has equal sides that balls cannot tell
    apart: a constant is zero, and other functions are not constant where both laws have weight.
    """
    pair = draw(pairs())
    unit = draw(st.sampled_from([1, 3, 10]))
    value = st.integers(-10, 10).map(lambda top: fmpq(top, unit))
    values = draw(st.tuples(*[value] * pair.nu.size))
    seen = {f for f, mass in zip(values, pair.nu.masses, strict=True) if mass}
    if len(seen) == 1:
        values = (_ZERO,) * len(values)
        return Variational(pair, values)
    if draw(st.booleans()):
        return Variational(pair, values)
    return tilted(pair.nu, values, draw(st.sampled_from([_ONE, _ONE, fmpq(1, 2), fmpq(2)])), 6)


# Several draws


@dataclass(frozen=True)
class Products:
    """Two laws for each of several independent draws from the same points.

    Parameters
    ----------
    each : tuple of Pair
        The laws of each draw.
    copies : bool
        Whether the first law draws the same point every time, as all draws from its first entry.
    """

    each: tuple[Pair, ...]
    copies: bool = False

    def joint(self) -> Number:
        """Return the relative entropy of the laws of all draws, as a sum over all outcomes."""
        size = self.each[0].mu.size
        left, right = [], []
        for x in outcomes(range(size), repeat=len(self.each)):
            drawn = list(zip(self.each, x, strict=True))
            right.append(prod((at.nu.weights[z] for at, z in drawn), start=_ONE))
            if self.copies:
                left.append(self.each[0].mu.weights[x[0]] if len(set(x)) == 1 else _ZERO)
            else:
                left.append(prod((at.mu.weights[z] for at, z in drawn), start=_ONE))
        return kl(left, right)

    def total(self) -> Number:
        """Return the sum of the relative entropies of the draws."""
        return sum((at.kl() for at in self.each), _ZERO)

    def largest(self) -> Number:
        """Return the largest of the relative entropies of the draws."""
        found = arb(0)
        for at in self.each:
            found = found.max(arb(at.kl()))
        return found

    def product(self) -> Number:
        """Return the product of the relative entropies of the draws."""
        return prod((at.kl() for at in self.each), start=_ONE)

    def describe(self) -> dict[str, Any]:
        """Return the laws."""
        return {
            "draws": [at.describe() for at in self.each],
            "first law": "copies of one draw" if self.copies else "independent draws",
        }


def draws_of(pair: Pair, n: int) -> Products:
    """Return ``n`` independent draws from the same two laws."""
    return Products((pair,) * n)


@st.composite
def products(draw: DrawFn) -> Products:
    """Draw up to four draws with laws of their own on at most three points."""
    size = draw(st.integers(1, 3))
    each = draw(st.lists(pairs(), min_size=1, max_size=4))
    return Products(tuple(_cut(at, size) for at in each))


def _cut(at: Pair, size: int) -> Pair:
    """Return two laws on so many points: the first masses, and one more where they vanish."""

    def masses(law: Law) -> tuple[int, ...]:
        return (law.masses + (0,) * size)[:size]

    mu, nu = masses(at.mu), masses(at.nu)
    if not any(mu):
        mu = (1, *mu[1:])
    nu = tuple(max(c, int(a > 0)) for a, c in zip(mu, nu, strict=True))
    return Pair(Law(mu), Law(nu))
