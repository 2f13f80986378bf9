"""Certified upper bounds on the inverse of the relative entropy of coins, a million at a time.

Every step of Newton's iteration for a convex function gives an upper bound.  Write
``f(p) = kl(q, p)``, which is convex in ``p``, with slope ``f'(p) = (p - q) / (p (1 - p))``.  Let
``x`` be any number in ``(q, 1)`` and ``L <= f(x)``.  Then

    ``f(p) >= L + f'(x) (p - x)``,  so  ``f(p) >= c``  where  ``p >= x + (c - L) / f'(x)``,

and by Lean's ``klInv_le_iff`` such a ``p`` is at least ``klInv q c``, wherever ``x`` came from.
How much is lost is of second order in the distance from ``x`` to the inverse.  So ``x`` is found
by an iteration of which nothing is known, and one careful step after it certifies the result.

What is rigorous
----------------
The careful step uses additions, subtractions, multiplications and divisions of doubles rounded to
nearest (IEEE 754), and integer operations on their bits: no logarithm but its own.  Below, ``u``
is ``2^-53``, every rounding changes a result by a factor ``1 + e`` with ``|e| <= u``, and nothing
underflows, because the step is only taken with ``2^-400 <= q`` and ``q < p``: then
``p - q >= 2^-453``, ``1 - p >= 2^-53``, and no square or product of those below falls under
``2^-1000``.

With ``phi(t) = t - log(1 + t) >= 0`` and ``d = p - q``,

    ``kl(q, p) = q phi(d / q) + (1 - q) phi(-d / (1 - q))``,

a sum of two nonnegative numbers, so that nothing cancels between them.  For each of them the
doubles ``t`` and ``m = 1 + t`` (the ratios ``p / q`` and ``(1 - p) / (1 - q)``) come from
differences and quotients of ``p``, ``q`` and 1, each off by a factor within ``3.01 u`` of one.
The bits of ``m`` give ``m = 2^k v`` exactly, with ``v`` in ``[h, 2 h)``, ``h`` next to
``sqrt(1/2)``.  Let ``n = t`` where ``k = 0`` and ``n = v - 1``, an exact difference, otherwise.
With ``s = n / (2 + n)`` and ``z = s^2 <= 0.0295`` the series of the inverse hyperbolic tangent is

    ``phi(n) = n - 2 (s + s^3 / 3 + s^5 / 5 + ...) = s (n - z Q(z))``,
    ``Q(z) = 2/3 + 2/5 z + 2/7 z^2 + ...``,

and ``phi(t) = phi(n) + ((t - n) - k log 2)``.

*The series.*  Nine terms of ``Q`` leave out less than ``0.1 z^9 < 1.7e-15``, under ``23 u Q``.
``z`` is off by ``5.1 u``, and since ``z Q'(z) < 0.02 Q(z)`` and each step of Horner's rule adds
``2 u`` of a term that the next one scales by ``z``, the computed ``z Q`` is off by less than
``32 u`` of itself.  As ``z Q < 0.0645 |n - z Q|``, the difference is off by ``2.1 u`` and its own
rounding, the product with ``s`` (off by ``2.1 u``) by ``2.1 u + u`` more: ``phi(n)`` is off by a
factor within ``6.3 u`` of one.

*The case k = 0.*  There ``(t - n) - k log 2`` is exactly zero and ``-0.2930 < t < 0.4143``.
What ``t`` is off by enters ``phi(t)`` multiplied by ``t^2 / ((1 + t) phi(t)) < 2.3``: with
``6.3 u + 2.3 * 3.01 u`` the result is off by less than ``14 u``.

*The case k > 0.*  Here ``t > 0.4142``, ``phi(t) > 0.0676`` and absolute errors count: of
``phi(n) < 0.068``, ``0.43 u``; of ``t``, ``3.01 t u``; of ``log m``, ``3.02 u``; of ``t - n``, its
rounding, ``(t + 0.293) u``; of ``k log 2``, ``2.01 u`` times itself, which is at most
``log m + 0.347``; of the two sums, ``(2 phi(t) + 0.07) u``.  With ``t = phi(t) + log m`` they add
up to less than ``(4.6 + 6.1 phi(t) + 6.1 log m) u``; divided by ``phi(t)`` that is largest for
the smallest ``t``, and below ``107 u``.

*The case k < 0.*  Here ``t < -0.2928`` and ``phi(t) > 0.0536``.  The same terms, with
``|t - n| < 0.708`` for ``k = -1`` and ``< 1.42`` always, add up for ``k = -1`` to less than
``(5.7 + 3.01 |t| + 2 phi(t)) u``, below ``125 u phi(t)``, and for ``k < -1``, where
``phi(t) > 0.39``, to less.

So each ``phi`` is off by a factor within ``125 u`` of one, and after two products, the rounding of
``1 - q`` and one sum of nonnegative numbers the relative entropy is within ``129 u``.  Multiplied
by ``1 - 144 u`` it is a lower bound ``L``.

*The step.*  ``(L - c) / f'(x)``, computed as ``(L - c) x (1 - x) / d``, is off by a factor within
``7 u`` of one; it is moved up by ``2^-49 = 16 u`` of its size, and the final sum is moved up by at
least one unit in the last place, which outweighs its rounding.

How sharp it is
---------------
A result is above ``klInv q c`` by at most ``5e-14 (p - q)`` and three units in the last place of
``p``: the slack in ``L`` moves ``p`` by at most that slack times ``p - q``, because a convex ``f``
that is zero at ``q`` has ``f(p) <= (p - q) f'(p)``, and an entry whose step was so long that more
than ``2^-48 (p - q)`` and half a unit could be lost is iterated again.  What still stands out, and
what lies outside of the range above, is left to `deeptheory.certify.inverse`.
"""

from __future__ import annotations

import math
from typing import Any, TypeAlias

import numpy as np
from flint import fmpq
from numpy.typing import ArrayLike, NDArray

from deeptheory.certify.inverse import kl_inverse
from deeptheory.errors import UsageError

__all__ = ["kl_inverse_upper", "kl_lower"]

Doubles: TypeAlias = NDArray[np.float64]

_BLOCK = 8192
_TERMS, _ROUGH_TERMS = 9, 5
_ROUGH_STEPS = 2
_ROUNDS = 3
_SMALLEST = 2.0**-400
_TINY_LEVEL = 2.0**-330
_HUGE_LEVEL = 37.0
_BELOW_ONE = 1 - 2.0**-53
_SLACK = 1 - 144 * 2.0**-53
_LOG_2 = math.log(2)
_HALF_ROOT = np.float64(math.sqrt(0.5)).view(np.int64)
_MANTISSA = np.int64((1 << 52) - 1)


def kl_inverse_upper(q: ArrayLike, c: ArrayLike) -> Doubles:
    """Bound the inverse of the relative entropy of two coins from above, entry by entry.

    Parameters
    ----------
    q : array_like of float
        The first means, in ``[0, 1]``, each standing for the binary value that it holds.
    c : array_like of float
        The levels, finite and at least zero; broadcast against ``q``.

    Returns
    -------
    ndarray of float64
        Numbers ``p`` in ``[q, 1]`` with ``klInv q c <= p``, certified, and within
        ``5e-14 (p - q)`` and four units in the last place of ``p``.  They are ``q`` where ``c`` is
        zero or ``q`` is one, and one where the inverse is within ``2^-53`` of it.

    Raises
    ------
    UsageError
        Where ``q`` lies outside of ``[0, 1]``, or ``c`` is negative or not finite.

    Examples
    --------
    >>> kl_inverse_upper([0.0, 0.1, 1.0], 0.05)
    array([0.04877058, 0.2200786 , 1.        ])
    """
    first, level = _doubles("q", q), _doubles("c", c)
    if not np.all((first >= 0) & (first <= 1)):
        raise UsageError(f"q holds {_first(first, (first >= 0) & (first <= 1))}, not in [0, 1].")
    if not np.all((level >= 0) & (level < np.inf)):
        bad = _first(level, (level >= 0) & (level < np.inf))
        raise UsageError(f"c holds {bad}; it is to be finite and at least 0.")
    first, level = np.broadcast_arrays(first, level)
    shape = first.shape
    first, level = np.ascontiguousarray(first).ravel(), np.ascontiguousarray(level).ravel()
    result = np.empty_like(first)
    with np.errstate(all="ignore"):
        for start in range(0, first.size, _BLOCK):
            part = slice(start, start + _BLOCK)
            result[part] = _block(first[part], level[part])
    return result.reshape(shape)


def kl_lower(q: Doubles, p: Doubles) -> Doubles:
    """Bound the relative entropy of coins from below, within a factor ``1 - 2^-44`` of it.

    Parameters
    ----------
    q, p : ndarray of float64, shape (n,)
        The means, with ``2^-400 <= q < p < 1``.

    Returns
    -------
    ndarray of float64, shape (n,)
        Certified lower bounds on ``klBin q p``.
    """
    value, _, _ = _entropy(_pair(q), p, _TERMS)
    value *= _SLACK
    return value


def _doubles(name: str, value: ArrayLike) -> Doubles:
    try:
        return np.asarray(value, dtype=np.float64)
    except (TypeError, ValueError, OverflowError) as error:
        raise UsageError(f"{name} is to hold numbers.") from error


def _first(values: Doubles, good: NDArray[np.bool_]) -> Any:
    return values[~good].flat[0]


def _pair(q: Doubles) -> Doubles:
    """Stack ``q`` on ``1 - q``."""
    pair = np.empty((2, q.size))
    pair[0] = q
    np.subtract(1.0, q, out=pair[1])
    return pair


def _block(q: Doubles, c: Doubles) -> Doubles:
    """Bound the entries of one block; take the special ones out and put them back."""
    inside = (q >= _SMALLEST) & (q < 1 - 2.0**-51) & (c > 0) & (c < _HUGE_LEVEL)
    if inside.all():
        result, loose = _ordinary(q, c)
        todo = np.flatnonzero(loose)
    else:
        result, todo = np.empty_like(q), np.flatnonzero(~inside)
        places = np.flatnonzero(inside)
        result[places], loose = _ordinary(q[places], c[places])
        todo = np.concatenate([_special(q, c, result, todo), places[loose]])
    for place in todo:
        result[place] = _alone(float(q[place]), float(c[place]))
    return result


def _special(q: Doubles, c: Doubles, result: Doubles, places: NDArray[np.intp]) -> NDArray[np.intp]:
    """Fill in what lies outside of the range of the careful step; return the rest.

    The inverse grows with ``q``, so that ``2^-400`` may stand for a smaller ``q``: it changes the
    inverse by less than ``2^-380``, too little to see beside a level of ``2^-330``.  A smaller
    level bounds the inverse for ``q = 0``, which is ``1 - exp(-c)``.
    """
    first, level = q[places], c[places]
    still = (level == 0) | (first == 1)
    one = ~still & ((level >= _HUGE_LEVEL) | (first >= 1 - 2.0**-51))
    small = ~still & ~one & (level >= _TINY_LEVEL)
    zero = ~still & ~one & ~small & (first == 0)
    result[places[still]] = first[still]
    result[places[one]] = 1.0
    result[places[zero]] = level[zero]
    result[places[small]], loose = _ordinary(np.full(small.sum(), _SMALLEST), level[small])
    return np.concatenate([places[~(still | one | small | zero)], places[small][loose]])


def _alone(q: float, c: float) -> float:
    """Round the certified upper end for one entry up to a double."""
    _, upper = kl_inverse(fmpq(*q.as_integer_ratio()), fmpq(*c.as_integer_ratio()), 20)
    near = int(upper.p) / int(upper.q)
    return near if fmpq(*near.as_integer_ratio()) >= upper else math.nextafter(near, 2.0)


def _ordinary(q: Doubles, c: Doubles) -> tuple[Doubles, NDArray[np.bool_]]:
    """Bound entries in the range of the careful step; tell which results are loose."""
    pair = _pair(q)
    x = _candidate(pair, c)
    result, loose = _careful_step(pair, c, x)
    for _ in range(_ROUNDS):
        places = np.flatnonzero(loose)
        if not places.size:
            break
        some, level = pair[:, places], c[places]
        x[places] = _improve(some, level, x[places])
        again, loose[places] = _careful_step(some, level, x[places])
        result[places] = np.fmin(again, result[places])
    return result, loose


def _candidate(pair: Doubles, c: Doubles) -> Doubles:
    """Approximate the inverse; nothing is known of the result."""
    return _improve(pair, c, _start(pair, c))


def _improve(pair: Doubles, c: Doubles, x: Doubles) -> Doubles:
    """Move approximations nearer to the inverse, strictly between ``q`` and one."""
    for _ in range(_ROUGH_STEPS):
        x = _rough_step(pair, c, _between(pair[0], x))
    return _between(pair[0], x)


def _between(q: Doubles, x: Doubles) -> Doubles:
    """Return doubles strictly between ``q`` and one, the points themselves where they are."""
    inside = np.fmax(x, q * (1 + 2.0**-52))
    return np.fmin(inside, _BELOW_ONE, out=inside)


def _careful_step(pair: Doubles, c: Doubles, x: Doubles) -> tuple[Doubles, NDArray[np.bool_]]:
    """Return certified upper bounds on the inverse, from any points; tell which may be loose.

    The points are moved in between ``q`` and one if they are not there.
    """
    x = _between(pair[0], x)
    value, d, rest = _entropy(pair, x, _TERMS)
    value *= _SLACK
    value -= c
    step = x * rest
    step /= d
    bend = pair[0] * pair[1]  # (d + q (1 - q) / d) / (x (1 - x) / d) = f'' / f' * d
    bend /= d
    bend += d
    bend /= step
    step *= value
    bend *= step
    bend *= step  # f'' / f' * step^2 * d: twice the loss, times d
    np.multiply(d, 2.0**-47, out=value)
    value += x * 2.0**-52
    value *= d
    loose = ~(bend <= value)
    np.abs(step, out=value)
    value *= 2.0**-49
    step -= value
    result = np.subtract(x, step, out=step)
    result *= 1 + 2.0**-52
    loose &= ~((result >= 1) & (x == _BELOW_ONE))
    np.fmin(result, 1.0, out=result)
    return result, loose


def _rough_step(pair: Doubles, c: Doubles, x: Doubles) -> Doubles:
    """Take one step of Halley's iteration for ``kl(q, x) = c``."""
    value, d, rest = _entropy(pair, x, _ROUGH_TERMS)
    value -= c
    step = x * rest
    step *= d
    step *= value
    step *= 2.0
    bend = pair[0] * pair[1]
    d *= d
    bend += d  # f'' / f' = (d^2 + q (1 - q)) / (x (1 - x) d)
    bend *= value
    d *= 2.0
    d -= bend
    step /= d
    return np.subtract(x, step, out=step)


def _start(pair: Doubles, c: Doubles) -> Doubles:
    """Guess the inverse, as `deeptheory.certify.inverse` does, with ``exp`` by doublings."""
    odds = pair[1] / pair[0]
    square = c / odds
    square *= 2.0
    s = np.sqrt(square)
    scale = odds + 2.0
    scale *= 1 / 6
    scale *= s
    w = odds + 1.0
    w *= scale
    w *= 0.5
    odds *= 1 / 3
    odds += 1 / 6
    w += odds
    scale += 1.0
    w /= scale
    w *= square
    w += s
    np.fmin(w, 40.0, out=w)
    w *= 1 / 32
    np.multiply(w, 1 / 12, out=s)
    s += 0.5
    s *= w
    s += 1.0
    w /= s
    np.negative(w, out=w)  # exp(-w / 32) - 1, about
    for _ in range(5):
        np.add(w, 2.0, out=s)
        w *= s
    w *= pair[1]
    guess: Doubles = np.subtract(pair[0], w, out=w)
    return guess


def _entropy(pair: Doubles, x: Doubles, terms: int) -> tuple[Doubles, Doubles, Doubles]:
    """Return about ``kl(q, x)``, and ``x - q`` and ``1 - x``."""
    ratio = np.empty_like(pair)
    ratio[0] = x
    rest = np.subtract(1.0, x, out=ratio[1]).copy()
    ratio /= pair
    d = x - pair[0]
    away = d / pair
    np.negative(away[1], out=away[1])
    value = _phi(away, ratio, terms)
    value *= pair
    total: Doubles = np.add(value[0], value[1], out=value[0])
    return total, d, rest


def _phi(t: Doubles, m: Doubles, terms: int) -> Doubles:
    """Return about ``t - log(1 + t)``, given ``m = 1 + t``; both arguments are overwritten."""
    bits = m.view(np.int64)
    bits -= _HALF_ROOT
    power = (bits >> 52).astype(np.float64)
    bits &= _MANTISSA
    bits += _HALF_ROOT  # m = 2^power * (what is in m now)
    moved = np.abs(power)
    np.fmin(moved, 1.0, out=moved)
    n = np.subtract(m, 1.0, out=m)
    n *= moved
    np.subtract(1.0, moved, out=moved)
    moved *= t
    n += moved
    t -= n
    power *= _LOG_2
    t -= power
    s = np.add(n, 2.0, out=moved)
    np.divide(n, s, out=s)
    z = np.multiply(s, s, out=power)
    series = z * (2 / (2 * terms + 1))
    series += 2 / (2 * terms - 1)
    for term in range(terms - 2, 0, -1):
        series *= z
        series += 2 / (2 * term + 1)
    series *= z
    n -= series
    n *= s
    n += t
    return n
