"""What a check measures on one instance, and how that is decided with certainty.

A theorem with a bound is measured by a `Measurement`: its left-hand side and the arguments of the
bound, which is the catalog's formula.  A theorem without one (an identity, a chain of inequalities,
the existence of a point) is measured by `Relation`: the two sides of each claim that it makes.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import Any, Literal, TypeAlias

from flint import arb, ctx, fmpq

from deeptheory.errors import FailureError
from deeptheory.formulas import Book, Formula, PrecisionError, UndecidedError
from deeptheory.formulas.rigorous import Number, ball, compare

__all__ = ["Comparison", "Measure", "Measurement", "Relation", "decide"]

MAX_BITS = 1 << 13


@dataclass(frozen=True)
class Measurement:
    """Both sides of a theorem with a bound, on one instance, at the current precision.

    Parameters
    ----------
    lhs : fmpq or arb
        The left-hand side, exact or enclosed.
    args : dict
        The arguments of the bound by the names of its parameters.
    lower : bool
        Whether the bound is a lower one: the measured side is then claimed not to be below it.
    """

    lhs: Number
    args: dict[str, Any]
    lower: bool = False


@dataclass(frozen=True)
class Relation:
    """One claim of a theorem without a bound, on one instance, at the current precision.

    Parameters
    ----------
    lhs : fmpq, arb or int
        The left-hand side, exact or enclosed.
    relation : {"le", "lt", "eq"}
        What the theorem claims of the sides.
    rhs : fmpq, arb or int
        The right-hand side, computed in another way than the left-hand one.
    law : str
        The claim in words or symbols, for the report.
    scale : fmpq or arb, optional
        For an equality of balls: the size that its digits are counted from; that of the larger
        side by default.
    bound_first : bool
        Whether the left-hand side is a lower bound, and the right-hand one what is measured.

    Notes
    -----
    Balls can refute an equality and cannot prove one.  It counts as decided in its favour as soon
    as the difference of the sides is certainly below ``scale * 10 ** -digits``; the largest
    difference that is left is a part of the result.
    """

    lhs: Number
    relation: Literal["le", "lt", "eq"]
    rhs: Number
    law: str
    scale: Number | None = None
    bound_first: bool = False


Measure: TypeAlias = Callable[[Any, Book], Measurement | Sequence[Relation]]
"""Computes both sides on an instance; called again at a doubled precision where that is needed."""


@dataclass(frozen=True)
class Comparison:
    """The decided comparison of both sides on one instance.

    Parameters
    ----------
    holds : bool
        Whether all that is claimed holds.  A refutation is certain in any case; see `Relation` for
        what stands behind an equality that holds.
    lhs, rhs : fmpq or arb
        The sides of the claim that fails, or of the first one.
    bits : int
        The precision that decided it.
    relation : str
        What is claimed of these sides.
    laws : tuple of str
        The claims in words; where one fails, that one.  None for a bound.
    error : arb or int, optional
        An upper bound on the relative differences that equalities leave; None without equalities.
    claims : int
        How many claims were compared.
    bound_first : bool
        Whether the left-hand side is a lower bound, and the right-hand one what is measured.
    """

    holds: bool
    lhs: Number
    rhs: Number
    bits: int
    relation: str = "le"
    laws: tuple[str, ...] = ()
    error: Number | None = None
    claims: int = 1
    bound_first: bool = False

    @property
    def ratio(self) -> Number | None:
        """The quotient lhs / rhs of a single inequality, where that says how tight it is."""
        if self.relation == "eq" or self.claims != 1:
            return None
        if not (self.rhs > 0 and self.lhs >= 0):  # with certainty, where they are balls
            return None
        with ctx.workprec(self.bits):
            return (fmpq(self.lhs) if isinstance(self.lhs, int) else self.lhs) / self.rhs


def decide(
    measure: Callable[[], Measurement | Sequence[Relation]],
    bound: Formula | None,
    *,
    bits: int = 64,
    max_bits: int = MAX_BITS,
    digits: int = 15,
) -> Comparison:
    """Decide what a theorem claims, doubling the precision until that is certain.

    Parameters
    ----------
    measure : callable
        Computes at the current precision either a `Measurement`, of which ``lhs <= bound(args)``
        (for a lower bound ``bound(args) <= lhs``) is decided, or all relations of a theorem
        without a bound.
    bound : Formula, optional
        The right-hand side, where the theorem has a bound.
    bits, max_bits : int
        The first and the last precision.
    digits : int
        The digits to which the sides of an equality of balls have to agree.

    Raises
    ------
    PrecisionError
        Where the sides are not told apart at ``max_bits`` and are not both exact.
    FailureError
        Where what is measured does not fit the theorem.
    """
    while True:
        with ctx.workprec(bits):
            try:
                return _settle(_relations(measure(), bound), bits, digits)
            except UndecidedError as error:
                if 2 * bits > max_bits:
                    raise PrecisionError(
                        f"At {bits} bits the comparison {error.what} is still open."
                    ) from error
        bits *= 2


def _relations(
    measured: Measurement | Sequence[Relation], bound: Formula | None
) -> Sequence[Relation]:
    if isinstance(measured, Measurement):
        if bound is None:
            raise FailureError(
                "The theorem's card names no bound: let its check return relations, not the "
                "arguments of a bound."
            )
        rhs = bound.value(_arguments(bound, measured.args))
        if measured.lower:
            return [Relation(rhs, "le", measured.lhs, "", bound_first=True)]
        return [Relation(measured.lhs, "le", rhs, "")]
    if bound is not None:
        raise FailureError(
            f"The theorem's card names the bound {bound.name}: let its check return a Measurement "
            "with the bound's arguments."
        )
    if not measured:
        raise FailureError("The check compares nothing: let it return at least one relation.")
    return measured


def _arguments(bound: Formula, args: dict[str, Any]) -> dict[str, Any]:
    known = {param.name for param in bound.params}
    if args.keys() != known:
        raise FailureError(
            f"The check gives {', '.join(sorted(args))} to {bound.name}, "
            f"which takes {', '.join(sorted(known))}."
        )
    return args


def _settle(relations: Sequence[Relation], bits: int, digits: int) -> Comparison:
    """Compare at the current precision; one refuted claim decides, whatever the others do."""
    errors: list[Number] = []
    open_claim: UndecidedError | None = None
    for claim in relations:
        try:
            holds, error = _compare(claim, digits)
        except UndecidedError as undecided:
            open_claim = open_claim or undecided
            continue
        if not holds:
            laws = (claim.law,) if claim.law else ()
            return Comparison(
                False, claim.lhs, claim.rhs, bits, claim.relation, laws, claims=len(relations)
            )
        if error is not None:
            errors.append(error)
    if open_claim is not None:
        raise open_claim
    first = relations[0]
    return Comparison(
        True,
        first.lhs,
        first.rhs,
        bits,
        first.relation,
        tuple(claim.law for claim in relations if claim.law),
        _largest(errors),
        len(relations),
        first.bound_first,
    )


def _compare(claim: Relation, digits: int) -> tuple[bool, Number | None]:
    """Decide one claim, and return the relative difference that an equality leaves."""
    left, right = claim.lhs, claim.rhs
    if claim.relation != "eq":
        return compare(claim.relation, left, right), None
    try:
        return compare("eq", left, right), 0
    except UndecidedError:  # balls that overlap
        error = _difference(claim)
        if error is None or not error <= arb(10) ** -digits:
            raise
        return True, error


def _difference(claim: Relation) -> arb | None:
    """Return an upper bound on the relative difference; None where the sides may be zero."""
    left, right = ball(claim.lhs), ball(claim.rhs)
    size = left.abs_lower().max(right.abs_lower()) if claim.scale is None else ball(claim.scale)
    return ((left - right) / size).abs_upper() if size > 0 else None


def _largest(errors: Sequence[Number]) -> Number | None:
    """Return the largest of some exact numbers, whose order is therefore certain."""
    return max(errors, key=ball, default=None)
