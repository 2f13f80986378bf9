"""The inverse of the relative entropy of two coins, between two rational numbers.

``kl(q, p) = q log(q / p) + (1 - q) log((1 - q) / (1 - p))`` is Lean's ``Probability.klBin q p``,
and ``Probability.klInv q c`` is the largest ``p >= q`` with ``kl(q, p) <= c``.  A number ``p`` in
``[q, 1)`` is an upper bound on it exactly where ``c <= kl(q, p)`` and a lower bound exactly where
``kl(q, p) <= c`` (Lean's ``klInv_le_iff`` and ``le_klInv_iff``).  So an approximate root is found
first, by whatever arithmetic, and both of its rational neighbours are then put to that test.

The root is sought in ``w = log((1 - q) / (1 - p))``, in which

    ``kl = (1 - q) w - q log(1 + a (1 - exp(-w)))``  with  ``a = (1 - q) / q``

is nearly a quadratic for small ``w`` and nearly linear for large ``w``: as a function of ``log w``,
its logarithm has a slope between 1 and 2.  Halley's iteration for that logarithm starts within
twenty per cent or so of the root and triples the number of correct digits with each step.
"""

from __future__ import annotations

from flint import arb, ctx, fmpq, fmpz

from deeptheory.errors import UsageError
from deeptheory.formulas.domain import UndecidedError
from deeptheory.formulas.inputs import exact_number
from deeptheory.formulas.rigorous import exact_ends, exact_middle, refine

__all__ = ["kl_ball", "kl_inverse"]

_MAX_DIGITS = 10_000
_HALVINGS = 4096
_ENTROPY_PER_HALVING = fmpq(7, 10)
_MAX_STEPS = 60


def kl_ball(q: fmpq, p: fmpq) -> arb:
    """Enclose the relative entropy of two coins, at the current precision of python-flint.

    Parameters
    ----------
    q, p : fmpq
        The means, with ``0 <= q <= p < 1``.

    Returns
    -------
    arb
        A ball that contains ``klBin q p``.

    Examples
    --------
    >>> kl_ball(fmpq(1, 4), fmpq(1, 2)).str(10, radius=False)
    '0.1308120359'
    """
    rest = 1 - q
    away = (p - q) / rest
    second = arb(-away).log1p() if 2 * away < 1 else arb((1 - p) / rest).log()
    if q == 0:
        return -second
    return -(q * arb((p - q) / q).log1p() + rest * second)


def kl_inverse(q: fmpq, c: fmpq | arb, digits: int = 30) -> tuple[fmpq, fmpq]:
    """Enclose the largest mean whose relative entropy from ``q`` is at most ``c``.

    Parameters
    ----------
    q : fmpq
        The first mean, in ``[0, 1]``; other exact numbers (see `exact_number`) are read too.
    c : fmpq or arb
        The level, at least zero.  Where it is a ball, the enclosure holds for every nonnegative
        number in it: the lower end belongs to the ball's lower end, the upper to the upper.
    digits : int
        How many digits, 1 to 10000.

    Returns
    -------
    tuple of fmpq
        Rationals ``lower <= klInv q c <= upper``.  For an exact ``c`` they differ by at most
        ``10^-digits * min(p - q, 1 - p)``, where ``p`` is the inverse.  Where ``1 - p`` is below
        ``(1 - q) / 2^4096`` they are ``1 - (1 - q) / 2^4096`` and ``1``; otherwise the upper end
        is below one unless ``q`` is one.

    Raises
    ------
    UsageError
        Where ``q`` lies outside of ``[0, 1]``, ``c`` is negative or not finite, or ``digits`` is
        no number that is allowed.

    Examples
    --------
    >>> kl_inverse(fmpq(1, 10), fmpq(1, 20), digits=3)
    (2307371/10485760, 576999/2621440)
    """
    if isinstance(digits, bool) or not isinstance(digits, int) or not 1 <= digits <= _MAX_DIGITS:
        raise UsageError(f"digits is to be 1 to {_MAX_DIGITS}, not {digits!r}.")
    first = exact_number("q", q)
    if isinstance(first, arb):
        raise UsageError("q is to be an exact number, not a ball.")
    q = first
    if not 0 <= q <= 1:
        raise UsageError(f"q is {q}; it is to lie in [0, 1].")
    level = exact_number("c", c)
    if isinstance(level, arb):
        low, high = exact_ends(level)
    else:
        low = high = level
    if high < 0:
        raise UsageError(f"c is {c}; it is to be at least 0.")
    if q == 1 or high == 0:
        return q, q
    return _ends(q, max(low, fmpq(0)), high, digits)


def _size(value: fmpq) -> int:
    """Return the binary logarithm of a positive rational, within one."""
    return int(value.p).bit_length() - int(value.q).bit_length()


def _ends(q: fmpq, low: fmpq, high: fmpq, digits: int) -> tuple[fmpq, fmpq]:
    """Return certified ends for levels ``0 <= low <= high``, ``0 < high``, and ``q < 1``."""
    goal = digits * 10 // 3 + 8
    cancelled = max(_size(q / (low or high)) // 2, 0) if q else 0  # about log2(q / (p - q))
    result, _ = refine(
        lambda: _attempt(q, low, high, digits, goal),
        lambda _: True,
        bits=goal + 32 + cancelled,
        max_bits=1 << 20,
    )
    ends: tuple[fmpq, fmpq] = result
    return ends


def _attempt(q: fmpq, low: fmpq, high: fmpq, digits: int, goal: int) -> tuple[fmpq, fmpq]:
    """Return certified ends, or raise `UndecidedError` where more precision is needed."""
    top = None if _beyond(q, high) else _root(q, high, goal, None)
    upper = fmpq(1) if top is None else _beside(q, top, digits, goal, 1)
    if low == high:
        bottom = top
    elif low == 0 or _beyond(q, low):
        bottom = None
    else:
        bottom = _root(q, low, goal, top if high < 2 * low else None)
    if bottom is not None:
        lower = _beside(q, bottom, digits, goal, -1)
    else:
        lower = q if low == 0 else 1 - (1 - q) / (fmpz(1) << _HALVINGS)
    if not (is_upper(q, high, upper) and is_lower(q, low, lower)):
        raise UndecidedError("which side of the inverse its neighbours lie on")
    return lower, upper


def _beyond(q: fmpq, c: fmpq) -> bool:
    """Tell whether the inverse is certain to lie above ``1 - (1 - q) / 2^4096``.

    There the relative entropy is at most ``(1 - q) log(2^4096)``.
    """
    return bool(c > (1 - q) * _HALVINGS * _ENTROPY_PER_HALVING)


def is_upper(q: fmpq, c: fmpq, p: fmpq) -> bool:
    """Tell whether it is certain, at the current precision, that ``klInv q c <= p``."""
    return p >= 1 or (q <= p and bool(kl_ball(q, p) >= arb(c)))


def is_lower(q: fmpq, c: fmpq, p: fmpq) -> bool:
    """Tell whether it is certain, at the current precision, that ``p <= klInv q c``."""
    return p <= q or (p < 1 and bool(kl_ball(q, p) <= arb(c)))


def _beside(q: fmpq, w: arb, digits: int, goal: int, side: int) -> fmpq:
    """Return a rational above (``side = 1``) or below (``side = -1``) an approximate root.

    Its distance from the root is ``10^-digits / 4`` times the smaller one of ``p - q`` and
    ``1 - p``, which is rounded to ``goal`` bits.
    """
    rest = 1 - q
    near = w < 0.69
    size = -rest * (-w).expm1() if near else rest * (-w).exp()
    with ctx.workprec(goal):
        share = side / (4 * arb(10) ** digits)
        moved = exact_middle(size * (1 + share if near else 1 - share))
    return q + moved if near else 1 - moved


def _root(q: fmpq, c: fmpq, goal: int, start: arb | None) -> arb:
    """Approximate the root to ``goal`` bits (nothing is certified), from a start if there is one.

    Raises
    ------
    UndecidedError
        Where the precision does not suffice.
    """
    if q == 0:
        return arb(c).mid()
    first, second, level = arb(q).mid(), arb(1 - q).mid(), arb(c).mid()
    odds = (second / first).mid()
    w = _start(odds, level / first) if start is None else start
    enough = arb(2) ** (-(goal // 3) - 1)
    for _ in range(_MAX_STEPS):
        gone = -(-w).expm1()
        more = (odds * gone).mid()  # p / q - 1
        ratio = (1 + more).mid()
        value = (second * w - first * more.log1p()).mid()
        if not value > 0:
            raise UndecidedError("where the search is")
        rise = (more / ratio).mid()  # d kl / d w = (p - q) / p
        bend = (second * (1 - gone) / (first * ratio * ratio)).mid()
        slope = w * rise / value
        turn = slope + w * w * bend / value - slope * slope
        off = (value / level).log()
        step = (off * slope / (slope * slope - off * turn / 2)).mid()
        w = (w * (-step).exp()).mid()
        if not c <= 2 * w <= 4 * _HALVINGS:  # the root is at least c / (1 - q), and below 2900
            break
        if abs(step) < enough:
            return w
    raise UndecidedError("where the inverse is")


def _start(odds: arb, level: arb) -> arb:
    """Return a first guess at the root.

    With ``s = sqrt(2 c q / (1 - q))`` the root is ``s + (1 + 2 a) s^2 / 6 + O(s^3)`` for small
    ``s`` and ``(1 + a) s^2 / 2 + O(1)`` for large ``s``; a rational function of ``s`` has both.
    """
    square = (2 * level / (odds * (1 + odds))).mid()
    s = square.sqrt().mid()
    scale = s * (2 + odds) / 6
    return (s + square * ((1 + 2 * odds) / 6 + scale * (1 + odds) / 2) / (1 + scale)).mid()
