"""Certified upper bounds on the risk, all forms side by side."""

from __future__ import annotations

import math
from dataclasses import dataclass, replace
from functools import cached_property
from typing import TYPE_CHECKING, Any

from flint import fmpq

from deeptheory.certify.forms import BEST_LAMBDA, FORMS, Form
from deeptheory.certify.inverse import kl_inverse
from deeptheory.errors import UsageError
from deeptheory.formulas.certified import CertifiedValue

if TYPE_CHECKING:
    from collections.abc import Iterable

    from deeptheory.certify.claim import Claim
    from deeptheory.formulas import Book, Formula

__all__ = ["DIGITS", "RiskBound", "best_of", "bound_risk", "bound_risks", "round_up"]

DIGITS = 15
"""The significant digits of a certified number."""
_SPARE = 10
_MOST_SPARE = 160


@dataclass(frozen=True)
class RiskBound:
    """One form of the bound at given numbers.

    Parameters
    ----------
    form : Form
        The form.
    claim : Claim
        The numbers; ``lam`` is what the form uses.
    formula : Formula or None
        The formula from the catalog, None where the catalog lacks it.
    upper : fmpq or None
        A decimal of `DIGITS` digits that the risk is at most; None where there is none.
    reason : str
        Why there is no value, in words; empty where there is one.
    """

    form: Form
    claim: Claim
    formula: Formula | None
    upper: fmpq | None
    reason: str = ""

    @property
    def vacuous(self) -> bool:
        """Whether the bound says nothing: every risk is at most one."""
        return self.upper is not None and self.upper >= 1

    @cached_property
    def decimal(self) -> str:
        """The bound as a decimal, which is exactly `upper`."""
        assert self.upper is not None
        return CertifiedValue(self.upper, digits=DIGITS).decimal

    @property
    def status(self) -> str:
        """What the bound is worth, in a word, or why there is none."""
        return self.reason or ("vacuous" if self.vacuous else "holds")

    @property
    def arguments(self) -> dict[str, Any]:
        """The values of the formula's parameters by name."""
        assert self.formula is not None
        return arguments_of(self.formula, self.claim)


def arguments_of(formula: Formula, claim: Claim) -> dict[str, Any]:
    """Return the values of a formula's parameters by name."""
    values = {"q": claim.risk, "K": claim.kl, "n": claim.n, "δ": claim.delta, "lam": claim.lam}
    return {param.name: values[param.name] for param in formula.params}


def round_up(value: fmpq, digits: int = DIGITS) -> fmpq:
    """Return the smallest decimal of some significant digits that is not below a number.

    Examples
    --------
    >>> round_up(fmpq(2, 3), 3)
    667/1000
    """
    if value == 0:
        return fmpq(0)
    size = abs(value)
    places = digits - 1 - _exponent(size)
    unit = fmpq(10) ** -places
    return fmpq((value / unit).ceil()) * unit


def _exponent(size: fmpq) -> int:
    """Return e with 10^e <= size < 10^(e + 1)."""
    top, bottom = int(size.p), int(size.q)
    guess = math.floor((top.bit_length() - bottom.bit_length()) * math.log10(2))
    while fmpq(10) ** guess > size:
        guess -= 1
    while fmpq(10) ** (guess + 1) <= size:
        guess += 1
    return guess


def bound_risk(book: Book, form: Form, claim: Claim, digits: int = DIGITS) -> RiskBound:
    """Evaluate one form, rounded up; say why where it has no value."""
    if f"DeepTheory.{form.formula}" not in book.declarations:
        return RiskBound(form, claim, None, None, "is not in the catalog")
    formula = book.formula(form.formula)
    if form.lam == "none":
        claim = replace(claim, lam=None)
    elif form.lam == "free" and claim.lam is None:
        claim = replace(claim, lam=_good_lam(book, claim))
    elif claim.lam is None:
        return RiskBound(form, claim, formula, None, "needs --lam, fixed before the sample")
    elif form.lam == "free" and claim.lam >= 2:
        return RiskBound(form, claim, formula, None, "needs a --lam below 2")
    spare = _SPARE
    while True:
        low, high = _enclosed(formula, form, claim, digits + spare)
        upper = round_up(high, digits)
        if round_up(low, digits) == upper or spare >= _MOST_SPARE:
            return RiskBound(form, claim, formula, upper)
        spare *= 2


def bound_risks(book: Book, claim: Claim, digits: int = DIGITS) -> list[RiskBound]:
    """Evaluate all forms, in the order of `FORMS`."""
    return [bound_risk(book, form, claim, digits) for form in FORMS.values()]


def best_of(bounds: Iterable[RiskBound]) -> RiskBound:
    """Return the smallest bound among those that hold on the event of Maurer's theorem.

    They hold all at once with probability at least 1 - δ, so that the choice is free; of equal ones
    the first is taken.  A bound that holds on an event of its own is never chosen.

    Raises
    ------
    UsageError
        Where none of them has a value.
    """
    known = [
        (bound.upper, bound)
        for bound in bounds
        if bound.form.event == "maurer" and bound.upper is not None
    ]
    if not known:
        raise UsageError(
            "The catalog has none of the bounds: run `deeptheory prove` and `deeptheory export`."
        )
    return min(known, key=lambda pair: pair[0])[1]


def _good_lam(book: Book, claim: Claim) -> fmpq:
    """Return four digits of the best parameter of the form lambda.

    It is at most 1, and every number between 0 and 2 will do: the choice has no part in the
    certificate's validity.
    """
    low, high = _evaluated(book.formula(BEST_LAMBDA), claim, DIGITS)
    return round_up((low + high) / 2, 4)


def _evaluated(formula: Formula, claim: Claim, digits: int) -> tuple[fmpq, fmpq]:
    """Enclose the value of a formula between rational numbers."""
    value = formula.evaluate(arguments_of(formula, claim), digits=digits)
    middle, radius, exponent = value.decimal_enclosure()
    unit = fmpq(10) ** exponent
    return (middle - radius) * unit, (middle + radius) * unit


def _enclosed(formula: Formula, form: Form, claim: Claim, digits: int) -> tuple[fmpq, fmpq]:
    """Enclose the bound on the risk between rational numbers."""
    low, high = _evaluated(formula, claim, digits)
    if form.kind == "inverse":
        return kl_inverse(claim.risk, low, digits)[0], kl_inverse(claim.risk, high, digits)[1]
    if form.kind == "excess":
        return claim.risk + low, claim.risk + high
    return low, high
