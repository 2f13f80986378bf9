"""The inverse of the relative entropy of two coins, enclosed by bisection in ball arithmetic."""

from __future__ import annotations

import math

from flint import arb, ctx, fmpq

__all__ = ["kl_inverse"]

_MAX_BITS = 1 << 14


def kl_inverse(q: fmpq, c: arb | fmpq, digits: int) -> tuple[fmpq, fmpq]:
    """Enclose the largest mean p with relative entropy at most c.

    Parameters
    ----------
    q : fmpq
        The mean of the first coin, in [0, 1].
    c : arb or fmpq
        The level, not negative; a ball stands for all levels in it.
    digits : int
        How many significant digits the ends are to share, where the level is narrow enough.

    Returns
    -------
    tuple of fmpq
        A lower and an upper end, with certainty.
    """
    if q == 1:
        return fmpq(1), fmpq(1)
    bits = math.ceil(digits * 3.33) + 32
    low, high = q, fmpq(1)
    close = fmpq(10) ** -digits
    while bits <= _MAX_BITS:
        with ctx.workprec(bits):
            undecided = False
            while high - low > close * high and not undecided:
                middle = _shortened((low + high) / 2, low, high)
                verdict = _exceeds(q, middle, c)
                undecided = verdict is None
                if verdict is True:
                    high = middle
                elif verdict is False:
                    low = middle
        if not undecided:
            break
        bits *= 2
    return low, high


def _exceeds(q: fmpq, p: fmpq, c: arb | fmpq) -> bool | None:
    """Decide whether the relative entropy is above all levels or below; None if that is unclear."""
    entropy = (1 - q) * (arb((1 - q) / (1 - p))).log()
    if q > 0:
        entropy += q * (arb(q / p)).log()
    level = arb(c) if isinstance(c, fmpq) else c
    if entropy > level:
        return True
    return False if entropy < level else None


def _shortened(value: fmpq, low: fmpq, high: fmpq) -> fmpq:
    """Round a number between two others to a few more bits than tell them apart."""
    gap = high - low
    places = max(int(gap.q).bit_length() - int(gap.p).bit_length(), 0) + 8
    rounded = fmpq((value * 2**places).floor(), 2**places)
    return rounded if low < rounded < high else value
