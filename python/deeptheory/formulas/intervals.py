"""Intervals of doubles, many at once, that certainly contain the values of what is computed.

Sums, differences, products, quotients and square roots of doubles are rounded correctly, and the
sign of the rounding error is known exactly by error-free transformations (Dekker 1971, Knuth 1969):
so an end moves outwards by one unit in the last place only where it has to, and exact results stay
exact.  Exponentials, logarithms and real powers come from the balls of python-flint.

An interval without finite ends stands for "nothing is known": the operation is undefined
somewhere, or its value is too large for doubles.
"""

from __future__ import annotations

import math
from collections.abc import Callable
from dataclasses import dataclass
from functools import reduce
from typing import TypeAlias

import numpy as np
from flint import arb, ctx, fmpq
from numpy.typing import ArrayLike, NDArray

__all__ = ["Interval", "Reals", "hull", "maximum", "minimum", "real_power", "rounded"]

Reals: TypeAlias = NDArray[np.float64]

_SPLIT = 2.0**27 + 1
_LEAST, _MOST = 1e-280, 1e280
"""Between these the error of a product of two doubles is a double."""
_BITS = 80
_quietly = np.errstate(all="ignore")
"""Overflow and division by zero are no accidents here: they end in an unknown interval."""


def _down(value: Reals, residue: Reals) -> Reals:
    """Return a lower bound of ``value + residue``, whose value alone is the rounded one."""
    return np.where(residue >= 0, value, np.nextafter(value, -np.inf))


def _up(value: Reals, residue: Reals) -> Reals:
    return np.where(residue <= 0, value, np.nextafter(value, np.inf))


def _sum(a: Reals, b: Reals) -> tuple[Reals, Reals]:
    """Return a rounded sum and its exact residue (not a number where it overflows)."""
    value = a + b
    part = value - a
    return value, (a - (value - part)) + (b - part)


def _halves(a: Reals) -> tuple[Reals, Reals]:
    scaled = _SPLIT * a
    high = scaled - (scaled - a)
    return high, a - high


def _safe(*values: Reals) -> NDArray[np.bool_]:
    """Say where products and their residues are exact: no overflow and no underflow."""
    inside = [(np.abs(value) > _LEAST) & (np.abs(value) < _MOST) for value in values]
    safe: NDArray[np.bool_] = reduce(np.logical_and, inside)
    return safe


def _product(a: Reals, b: Reals) -> tuple[Reals, Reals]:
    """Return a rounded product and its residue, not a number where that is unknown."""
    value = a * b
    (a1, a2), (b1, b2) = _halves(a), _halves(b)
    residue = ((a1 * b1 - value) + a1 * b2 + a2 * b1) + a2 * b2
    residue = np.where(_safe(a, b, value), residue, np.nan)
    return value, np.where((a == 0) | (b == 0), 0.0, residue)


def _quotient(a: Reals, b: Reals) -> tuple[Reals, Reals]:
    """Return a rounded quotient and a number with the sign of its residue."""
    value = a / b
    back, residue = _product(value, b)
    rest = ((a - back) - residue) * np.sign(b)
    return value, np.where(a == 0, 0.0, np.where(_safe(a, b, value), rest, np.nan))


@dataclass(frozen=True)
class Interval:
    """Closed intervals, one for each entry of the two arrays, which broadcast.

    Parameters
    ----------
    low, high : ndarray
        The ends, both finite or both infinite.

    Examples
    --------
    >>> (Interval.of(fmpq(1, 10)) * 3).low < 0.3
    True
    """

    low: Reals
    high: Reals

    @classmethod
    def between(cls, low: ArrayLike, high: ArrayLike) -> Interval:
        """Return intervals from their ends; where one is not finite, nothing is known."""
        a, b = np.asarray(low, dtype=np.float64), np.asarray(high, dtype=np.float64)
        known = np.isfinite(a) & np.isfinite(b)
        return cls(np.where(known, a, -np.inf), np.where(known, b, np.inf))

    @classmethod
    def point(cls, value: ArrayLike) -> Interval:
        """Return intervals that hold one double each."""
        return cls.between(value, value)

    @classmethod
    def of(cls, value: int | fmpq) -> Interval:
        """Return the smallest interval around a rational number, or nearly so."""
        return cls.between(*rounded(fmpq(value)))

    @property
    def known(self) -> NDArray[np.bool_]:
        """Where the ends are finite."""
        return np.isfinite(self.low)

    @property
    @_quietly
    def middle(self) -> Reals:
        """A double inside each interval, not a number where nothing is known."""
        return np.clip(self.low + (self.high - self.low) / 2, self.low, self.high)

    @property
    def magnitude(self) -> Reals:
        """The largest absolute value."""
        return np.maximum(np.abs(self.low), np.abs(self.high))

    @property
    def mignitude(self) -> Reals:
        """The smallest absolute value, zero where nothing is known."""
        return np.maximum(np.maximum(self.low, -self.high), 0.0)

    def __neg__(self) -> Interval:
        return Interval(-self.high, -self.low)

    @_quietly
    def __add__(self, other: Interval | float) -> Interval:
        other = _interval(other)
        low, high = _sum(self.low, other.low), _sum(self.high, other.high)
        return Interval.between(_down(*low), _up(*high))

    def __sub__(self, other: Interval | float) -> Interval:
        return self + -_interval(other)

    @_quietly
    def __mul__(self, other: Interval | float) -> Interval:
        other = _interval(other)
        ends = [(a, b) for a in (self.low, self.high) for b in (other.low, other.high)]
        return _corners(_product, ends, self.known & other.known)

    @_quietly
    def __truediv__(self, other: Interval | float) -> Interval:
        other = _interval(other)
        ends = [(a, b) for a in (self.low, self.high) for b in (other.low, other.high)]
        away = (other.low > 0) | (other.high < 0)
        return _corners(_quotient, ends, self.known & other.known & away)

    def abs(self) -> Interval:
        """Return the absolute values."""
        return Interval(np.where(self.known, self.mignitude, -np.inf), self.magnitude)

    @_quietly
    def power(self, exponent: int) -> Interval:
        """Return the powers with a natural exponent; the zeroth one is one."""
        if exponent == 0:
            return Interval.point(np.where(self.known, 1.0, np.nan))
        if exponent % 2 == 0:
            size = self.abs()
            low, high = _raised(size.low, exponent, _down), _raised(size.high, exponent, _up)
            return Interval.between(np.where(self.known, low, -np.inf), high)
        ends = []
        for end, outwards, inwards in ((self.low, _down, _up), (self.high, _up, _down)):
            positive = _raised(np.maximum(end, 0.0), exponent, outwards)
            negative = _raised(np.maximum(-end, 0.0), exponent, inwards)
            ends.append(np.where(end >= 0, positive, -negative))
        return Interval.between(*ends)

    @_quietly
    def sqrt(self) -> Interval:
        """Return the square roots, of which nothing is known where a number may be negative."""
        roots = []
        for end, outwards in ((self.low, _down), (self.high, _up)):
            root = np.sqrt(end)
            square, residue = _product(root, root)
            rest = np.where(end == 0, 0.0, (end - square) - residue)
            roots.append(outwards(root, rest))
        return Interval.between(np.maximum(roots[0], 0.0), roots[1])

    def exp(self) -> Interval:
        """Return the exponentials."""
        return _by_balls(self, lambda t: 1 if t == 0 else arb(t).exp()).clip_below(0.0)

    @_quietly
    def log(self) -> Interval:
        """Return the logarithms, of which nothing is known where a number may not be positive."""
        domain = Interval.between(np.where(self.low > 0, self.low, np.nan), self.high)
        return _by_balls(domain, lambda t: 0 if t == 1 else arb(t).log())

    def clip_below(self, least: float) -> Interval:
        """Return the parts of the intervals that are at least a number."""
        return Interval(np.where(self.known, np.maximum(self.low, least), self.low), self.high)


def _interval(value: Interval | float) -> Interval:
    return value if isinstance(value, Interval) else Interval.point(value)


def _corners(
    operation: Callable[[Reals, Reals], tuple[Reals, Reals]],
    ends: list[tuple[Reals, Reals]],
    known: NDArray[np.bool_],
) -> Interval:
    """Return the hull of a product or a quotient at all pairs of ends."""
    lows, highs = [], []
    for a, b in ends:
        value, residue = operation(a, b)
        sign = np.sign(a) * np.sign(b)
        low, high = _down(value, residue), _up(value, residue)
        lows.append(np.where(sign >= 0, np.maximum(low, 0.0), low))  # no end crosses zero
        highs.append(np.where(sign <= 0, np.minimum(high, 0.0), high))
    low, high = reduce(np.minimum, lows), reduce(np.maximum, highs)
    return Interval.between(np.where(known, low, -np.inf), high)


def _raised(base: Reals, exponent: int, direction: Callable[[Reals, Reals], Reals]) -> Reals:
    """Return powers of numbers that are not negative, rounded in one direction."""
    result = None
    while True:
        if exponent & 1:
            result = base if result is None else _nonnegative(result, base, direction)
        exponent >>= 1
        if not exponent:
            return np.ones_like(base) if result is None else result
        base = _nonnegative(base, base, direction)


def _nonnegative(a: Reals, b: Reals, direction: Callable[[Reals, Reals], Reals]) -> Reals:
    return np.maximum(direction(*_product(a, b)), 0.0)


def hull(first: Interval, second: Interval) -> Interval:
    """Return the smallest intervals that contain both."""
    return Interval.between(np.minimum(first.low, second.low), np.maximum(first.high, second.high))


def minimum(first: Interval, second: Interval) -> Interval:
    """Return the smaller of two numbers."""
    known = first.known & second.known
    low = np.minimum(first.low, second.low)
    return Interval.between(low, np.where(known, np.minimum(first.high, second.high), np.inf))


def maximum(first: Interval, second: Interval) -> Interval:
    """Return the larger of two numbers."""
    return -minimum(-first, -second)


def real_power(base: Interval, exponent: Interval) -> Interval:
    """Return real powers of numbers that are not negative, with a constant exponent.

    Nothing is known where a base may be negative, or zero with an exponent that is not positive.
    """
    if not exponent.known.all():
        return Interval.between(np.full_like(base.low, np.nan), base.high)
    low, high = (fmpq(*float(end).as_integer_ratio()) for end in (exponent.low, exponent.high))
    powers = [
        _by_balls(base, lambda t, p=p: _power(t, p))  # type: ignore[misc]
        for p in ((low,) if low == high else (low, high))
    ]
    whole = powers[0] if len(powers) == 1 else hull(*powers)
    return Interval.between(np.where(base.low >= 0, whole.low, np.nan), whole.high).clip_below(0.0)


def _power(base: float, exponent: fmpq) -> arb | int | None:
    if base > 0:
        return arb(base) ** arb(exponent)
    return 0 if base == 0 and exponent > 0 else None


def rounded(value: fmpq | arb) -> tuple[float, float]:
    """Return doubles below and above a number, equal where it is a double."""
    if isinstance(value, arb):
        if not value.is_finite():
            return -math.inf, math.inf
        low, high = float(value.lower()), float(value.upper())
    else:
        try:
            low = high = int(value.p) / int(value.q)
        except OverflowError:
            return -math.inf, math.inf
        if fmpq(*low.as_integer_ratio()) == value:
            return low, high
    return math.nextafter(low, -math.inf), math.nextafter(high, math.inf)


def _by_balls(value: Interval, function: Callable[[float], arb | int | None]) -> Interval:
    """Apply a monotone function of one variable, in balls, to both ends of all intervals."""
    shape = np.broadcast_shapes(value.low.shape, value.high.shape)
    ends = [np.broadcast_to(end, shape).ravel() for end in (value.low, value.high)]
    inputs, places = np.unique(np.concatenate(ends), return_inverse=True)
    lows, highs = np.empty(inputs.size), np.empty(inputs.size)
    with ctx.workprec(_BITS):
        for number, entry in enumerate(inputs.tolist()):
            found = function(entry) if np.isfinite(entry) else None
            if found is None:
                lows[number], highs[number] = -np.inf, np.inf
            elif isinstance(found, int):
                lows[number] = highs[number] = found
            else:
                lows[number], highs[number] = rounded(found)
    first, last = places[: ends[0].size], places[ends[0].size :]
    low = np.minimum(lows[first], lows[last]).reshape(shape)
    high = np.maximum(highs[first], highs[last]).reshape(shape)
    return Interval.between(low, high)
