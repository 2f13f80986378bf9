"""What others compute, in floating point or by bisection: nothing here is used, only compared.

The bounds on a risk are those that PAC-Bayes programs print, with the inverse of the relative
entropy by bisection in doubles.  All share the level ``c = (K + log(2 sqrt(n) / delta)) / n``.
"""

from __future__ import annotations

import math
from collections.abc import Callable

import numpy as np
from mpmath import iv
from numpy.typing import NDArray

__all__ = ["FLOAT_BOUNDS", "bisection", "bisection_iv", "maurer_level", "newton"]


def maurer_level(kl: float, n: int, delta: float) -> float:
    """Return the level that the relative entropy of the risks stays below."""
    return (kl + math.log(2 * math.sqrt(n) / delta)) / n


def bisection(q: float, c: float) -> float:
    """Return about ``klInv q c``, by halving until no double lies in between."""
    low, high = q, 1.0
    while low < (middle := (low + high) / 2) < high:
        value = -(1 - q) * math.log((1 - middle) / (1 - q))
        if q > 0:
            value -= q * math.log(middle / q)
        low, high = (middle, high) if value <= c else (low, middle)
    return high


def _mcallester(q: float, c: float) -> float:
    return q + math.sqrt(c / 2)


def _quadratic(q: float, c: float) -> float:
    return (math.sqrt(q + c / 2) + math.sqrt(c / 2)) ** 2


def best_lambda(q: float, c: float) -> float:
    """Return where the bound with ``lambda`` is smallest."""
    return 2 / (math.sqrt(2 * q / c + 1) + 1)


def _lambda(q: float, c: float) -> float:
    lam = best_lambda(q, c)
    return q / (1 - lam / 2) + c / (lam * (1 - lam / 2))


FLOAT_BOUNDS: dict[str, Callable[[float, float], float]] = {
    "inverse": bisection,
    "McAllester": _mcallester,
    "quadratic": _quadratic,
    "lambda": _lambda,
}
"""Bounds on a risk from the empirical risk ``q`` and the level ``c``."""


def bisection_iv(q: tuple[int, int], c: tuple[int, int], digits: int) -> tuple[object, object]:
    """Enclose ``klInv q c`` by bisection with mpmath's intervals.

    The benchmark measures and compares `kl_inverse` with it, as one would write it from the
    definition, without this project: so it shares no line with the inverses of
    `deeptheory.formulas`, and has to stay so.

    Parameters
    ----------
    q, c : tuple of int
        Numerators and denominators, with ``0 < q < 1`` and ``c > 0``.
    digits : int
        How many digits of ``min(p - q, 1 - p)`` the two ends are to share.

    Returns
    -------
    tuple of mpi
        A lower and an upper end, each certified.
    """
    before = iv.prec
    iv.prec = digits * 10 // 3 + 40
    try:
        first, level = iv.mpf(q[0]) / q[1], iv.mpf(c[0]) / c[1]
        fixed = first * iv.log(first) + (1 - first) * iv.log(1 - first) - level
        low, high, close = iv.mpf(first.b), iv.mpf(1), iv.mpf(10) ** -digits
        while (high - low).b > (close * min((low - first).a, (1 - high).a)).a:
            middle = iv.mpf(((low + high) / 2).a)
            value = fixed - first * iv.log(middle) - (1 - first) * iv.log(1 - middle)
            if value.b <= 0:
                low = middle
            elif value.a >= 0:
                high = middle
            else:
                break
        return low, high
    finally:
        iv.prec = before


def newton(q: NDArray[np.float64], c: NDArray[np.float64]) -> NDArray[np.float64]:
    """Return about ``klInv q c`` for ``0 < q < 1`` and ``c > 0``, by Newton's iteration.

    It starts above the root, at the better one of two bounds in closed form, and descends until no
    entry moves by as much as ``1e-9``, after which a step would change rounding errors only.
    """
    rest = 1 - q
    p = np.minimum(q + np.sqrt(c / 2), 1 - rest * np.exp(-(c - q * np.log(q)) / rest))
    fixed = q * np.log(q) + rest * np.log(rest) - c
    for _ in range(50):
        p = np.minimum(p, 1 - 2.0**-53)
        step = (fixed - q * np.log(p) - rest * np.log1p(-p)) * p * (1 - p) / (p - q)
        p -= step
        if np.max(np.abs(step)) < 1e-9:
            break
    return p
