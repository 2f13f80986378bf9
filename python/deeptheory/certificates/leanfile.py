"""The Lean file that states the value of a bound, from above and from below."""

from __future__ import annotations

import math
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

from flint import arb, fmpq

from deeptheory.certificates.checker import Checker
from deeptheory.certificates.reify import Reified, reify, stated
from deeptheory.errors import UsageError
from deeptheory.formulas.rigorous import exact_or_ball
from deeptheory.formulas.syntax import At, Fold, Op, Var, walk

if TYPE_CHECKING:
    from collections.abc import Mapping
    from typing import Any

    from deeptheory.formulas.bounds import Bound

__all__ = ["Enclosure", "certificate", "enclosure", "render"]

_SPARE_BITS = 48
"""How much finer than the stated number the checker computes."""
_SHORT_BITS = 4000
"""An exact value is stated as it is, where no number on the way to it has more bits."""
_MAX_BITS = 20_000
_RATIONAL = frozenset(
    {"add", "sub", "mul", "div", "neg", "inv", "abs", "min", "max", "pow", "cast", "choose"}
)


@dataclass(frozen=True)
class Enclosure:
    """What a certificate states about a value.

    Parameters
    ----------
    lower, upper : fmpq
        The value lies between them.
    bits : int
        The precision with which the checker computes.
    """

    lower: fmpq
    upper: fmpq
    bits: int


def enclosure(bound: Bound) -> Enclosure:
    """Return rational ends around the value of a bound, to its number of digits.

    Where the formula is rational throughout, and no intermediate result is long, both ends are
    the value itself.  Otherwise they are a unit of the last digit further out than they need be,
    so that a checker of the stated precision confirms them.

    Raises
    ------
    UsageError
        Where the checker does not confirm them at any reasonable precision.
    """
    value = bound.value
    if value.exact is not None and (size := _longest(bound)) <= _SHORT_BITS:
        both = fmpq(value.number)
        return _confirmed(bound, Enclosure(both, both, int(size) + _SPARE_BITS))
    middle, radius, exponent = value.decimal_enclosure()
    unit = fmpq(10) ** exponent
    bits = max(value.bits, math.ceil(value.digits * 3.33)) + _SPARE_BITS
    lower, upper = (middle - radius - 1) * unit, (middle + radius + 1) * unit
    return _confirmed(bound, Enclosure(lower, upper, bits))


def _confirmed(bound: Bound, ends: Enclosure) -> Enclosure:
    """Return the ends with a precision at which the checker confirms them."""
    while ends.bits <= _MAX_BITS:
        found = Checker(ends.bits).bounds(bound.formula.body, bound.arguments)
        if found is not None:
            low, high = (fmpq(end.numerator, end.denominator) for end in (found.lo, found.hi))
            if ends.lower <= low and high <= ends.upper:
                return ends
        ends = replace(ends, bits=2 * ends.bits)
    raise UsageError(
        f"{bound.formula.short} has no Lean certificate at these arguments: the checker does not "
        f"confirm its value with {_MAX_BITS} bits, as where it divides by what may be zero or "
        "compares two sides that are equal."
    )


def _longest(bound: Bound) -> float:
    """Return the bits of the longest number on the way to a value, infinity where it is unknown."""
    longest = 0
    for node in walk(bound.formula.body):
        if isinstance(node, (Fold, At)) or (isinstance(node, Op) and node.op not in _RATIONAL):
            return math.inf
        if not (isinstance(node, Var) and isinstance(bound.arguments[node.name], tuple)):
            number = exact_or_ball(node, bound.arguments)
            if isinstance(number, arb):
                return math.inf
            fraction = fmpq(number)
            bits = int(fraction.p).bit_length() + int(fraction.q).bit_length()
            longest = max(longest, bits)
    return longest


def certificate(bound: Bound, module: str) -> str:
    """Return the text of a Lean file that states the value of a bound.

    Parameters
    ----------
    bound : Bound
        The value with its formula and arguments.
    module : str
        The module of the formula's definition.

    Raises
    ------
    UsageError
        Where the formula or an argument is outside what the checker knows.
    """
    return render(
        reify(bound.formula, bound.arguments),
        enclosure(bound),
        module=module,
        title=f"{bound.name} at {_listed(bound.arguments)}",
        assumed=bound.assumed,
    )


def render(
    reified: Reified, ends: Enclosure, *, module: str, title: str, assumed: list[str]
) -> str:
    """Return the text of a Lean file that states both ends."""
    trust = ""
    if assumed:
        trust = "\nThe theorem assumes besides:\n" + "".join(f"* {text}\n" for text in assumed)
    return f"""module

public import {module}
public import DeepTheory.Certificates.Check

/-!
# A certified value

{title}.
{trust}-/

open DeepTheory DeepTheory.Certificates

namespace Certified

variable {{R : Type}} [RealField R]

/-- The formula at these arguments. -/
def tree : Expr :=
  {reified.tree}

/-- The value is at most this number. -/
theorem upper :
    ({reified.application} : R) ≤
      ({stated(ends.upper)} : R) :=
  check_sound_at (p := {ends.bits}) (qs := []) (e := tree) (by decide +kernel)

/-- The value is at least this number. -/
theorem lower :
    ({stated(ends.lower)} : R) ≤
      ({reified.application} : R) :=
  checkGe_sound_at (p := {ends.bits}) (qs := []) (e := tree) (by decide +kernel)

end Certified
"""


def _listed(arguments: Mapping[str, Any]) -> str:
    shown = [f"{name} = {_short(value)}" for name, value in arguments.items()]
    return ", ".join(shown) or "no arguments"


def _short(value: Any) -> str:
    text = str(list(value)) if isinstance(value, tuple) else str(value)
    return text if len(text) <= 60 else f"{text[:57]}..."
