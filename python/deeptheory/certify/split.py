"""The numbers of a certificate: from counted errors and a relative entropy to a risk.

The theorem is `split_certified`: with a prior that was learnt on other data, n examples, k networks
drawn from the posterior, and numbers q <= r <= p < 1,

* the Monte Carlo level at k and delta' is at most ``klBin q r``,
* Maurer's level at the relative entropy K, n and delta is at most ``klBin r p``.

Both levels and the relative entropy of coins are formulas of the catalog.  Here r and p are the
least decimals of twelve places for which the checker of certificates confirms the inequalities.
"""

from __future__ import annotations

from dataclasses import dataclass
from fractions import Fraction
from functools import cache

from flint import arb, ctx, fmpq, fmpz

from deeptheory.certify.inverse import kl_inverse
from deeptheory.certify.sides import ENTROPY, Side
from deeptheory.errors import FailureError, UsageError
from deeptheory.formulas import Book

__all__ = [
    "BITS",
    "DRAWS_LEVEL",
    "LEVEL",
    "SplitNumbers",
    "certify_split",
    "check_catalog",
    "shown",
]

# With the relative entropy, the formulas of the catalog that a certificate rests on.
DRAWS_LEVEL = "Generalization.testSetBound"
LEVEL = "Generalization.maurerBound"

BITS = 160
"""The precision with which the kernel checks the inequalities."""
PLACES = 12
"""Decimal places of the certified numbers."""
_SHOWN = 20
_NEAR = 20


def check_catalog(book: Book) -> None:
    """Refuse a catalog that lacks a formula, before anything else is done.

    Raises
    ------
    UsageError
        Where it lacks one.
    """
    for name in (DRAWS_LEVEL, LEVEL, ENTROPY):
        book.formula(name)


def shown(value: arb | Side) -> str:
    """Return a nonnegative number in a ball cut off after twenty places, ``1.5 ± 1e-20``."""
    value = value.ball(BITS) if isinstance(value, Side) else value
    with ctx.workprec(2 * BITS):
        whole = (value * fmpz(10) ** _SHOWN).lower().floor().unique_fmpz()
    if whole is None:
        raise UsageError("A number is too large to be shown.")
    scaled = int(whole)
    return f"{scaled // 10**_SHOWN}.{scaled % 10**_SHOWN:0{_SHOWN}} ± 1e-{_SHOWN}"


@dataclass(frozen=True)
class SplitNumbers:
    """What a certificate states, and the way to it.

    Parameters
    ----------
    n, k, errors : int
        Examples, drawn networks, all their errors on the examples.
    delta, draws_delta : fmpq
        The probabilities of failure of Maurer's bound and of the draws.
    entropy : fmpq
        At least the relative entropy of posterior with respect to prior.
    q, r, p : fmpq
        The drawn networks' mean error, a bound on that of the posterior, the certified risk.
    draws_side, inner, side, outer : Side
        The Monte Carlo level, ``klBin q r``, Maurer's level, ``klBin r p``.
    draws_between, between : fmpq
        Numbers between the first two and between the last two.
    """

    n: int
    k: int
    errors: int
    delta: fmpq
    draws_delta: fmpq
    entropy: fmpq
    q: fmpq
    r: fmpq
    p: fmpq
    draws_side: Side
    inner: Side
    draws_between: fmpq
    side: Side
    outer: Side
    between: fmpq


def certify_split(
    book: Book,
    *,
    n: int,
    k: int,
    errors: int,
    entropy: fmpq,
    delta: fmpq,
    draws_delta: fmpq,
) -> SplitNumbers:
    """Return the least certified risk.

    Parameters
    ----------
    book : Book
        The catalog.
    n, k, errors : int
        Examples, drawn networks, all their errors on the examples.
    entropy : fmpq
        At least the relative entropy of posterior with respect to prior.
    delta, draws_delta : fmpq
        The probabilities of failure.

    Raises
    ------
    UsageError
        Where the catalog lacks a formula.
    FailureError
        Where the bound is not below one.
    """
    q = fmpq(errors, n * k)
    draws_side = Side.at(book, DRAWS_LEVEL, k, draws_delta)
    r, inner, draws_between = _inverse(book, q, draws_side)
    side = Side.at(book, LEVEL, entropy, n, delta)
    p, outer, between = _inverse(book, r, side)
    return SplitNumbers(
        n, k, errors, delta, draws_delta, entropy, q, r, p,
        draws_side, inner, draws_between, side, outer, between,
    )  # fmt: skip


def _inverse(book: Book, mean: fmpq, level: Side) -> tuple[fmpq, Side, fmpq]:
    """Return the least decimal whose relative entropy to a mean is surely at least a level."""
    unit = 10**PLACES
    ends = level.ends(BITS)

    @cache
    def enough(place: int) -> fmpq | None:
        found = Side.entropy(book, mean, fmpq(place, unit)).ends(BITS)
        if ends is None or found is None or ends[1] > found[0]:
            return None
        return _between(ends[1], found[0])

    low, high = int((mean * unit).ceil()), unit - 1
    # The certified inverse says where to look: then two places are tried, not forty.
    near = int((kl_inverse(mean, level.ball(BITS), _NEAR)[1] * unit).ceil())
    if low < near <= high and enough(near) is not None:
        high = near
        if enough(near - 1) is None:
            low = near
    if low > high or enough(high) is None:
        raise FailureError(
            "The bound is not below one, so that there is nothing to certify: more rows, or fewer "
            "errors, are needed."
        )
    while low < high:
        middle = (low + high) // 2
        if enough(middle) is None:
            low = middle + 1
        else:
            high = middle
    between = enough(high)
    assert between is not None
    p = fmpq(high, unit)
    return p, Side.entropy(book, mean, p), between


def _between(low: Fraction, high: Fraction) -> fmpq:
    """Return a short decimal between two numbers."""
    places = 1
    while True:
        up = -(-low.numerator * 10**places // low.denominator)
        if Fraction(up, 10**places) <= high or places > 2 * BITS:
            break
        places += 1
    if Fraction(up, 10**places) > high:
        return fmpq(low.numerator, low.denominator)
    return fmpq(up, 10**places)
