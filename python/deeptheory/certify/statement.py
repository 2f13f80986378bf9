"""The Lean file that states a certified risk: a complete theorem about given numbers.

Every word of the file comes from here and from names of the catalog; from the input there are only
numbers, which were parsed before.
"""

from __future__ import annotations

from dataclasses import dataclass
from fractions import Fraction
from typing import TYPE_CHECKING

from flint import fmpq

from deeptheory.certificates import reify
from deeptheory.certificates.checker import Checker
from deeptheory.certificates.reify import expression, stated
from deeptheory.certify.risk import RiskBound, round_up
from deeptheory.errors import UsageError
from deeptheory.formulas.syntax import Num, Op, Var

if TYPE_CHECKING:
    from collections.abc import Mapping
    from typing import Any

    from deeptheory.formulas import Book
    from deeptheory.formulas.syntax import Node

__all__ = ["NAME", "render"]

NAME = "Certified.risk_le"
"""The theorem that a file states."""

_ENTROPY = "Probability.klBin"
_LEAST_BITS = 80
_MAX_BITS = 4000
_MOST_DIGITS = 400


@dataclass(frozen=True)
class _Side:
    """A formula at given numbers and the check that bounds it."""

    application: str
    tree: str
    node: Node
    arguments: Mapping[str, Any]

    def ends(self, bits: int) -> tuple[Fraction, Fraction] | None:
        """Return the ends that the checker computes with some precision."""
        found = Checker(bits).bounds(self.node, self.arguments)
        return None if found is None else (found.lo, found.hi)


def render(book: Book, bound: RiskBound) -> str:
    """Return the text of a Lean file that states a bound on the risk as a theorem.

    Parameters
    ----------
    book : Book
        The catalog.
    bound : RiskBound
        The bound at its numbers.

    Raises
    ------
    UsageError
        Where the bound has no value or is vacuous, where the catalog lacks the theorem, or where
        the kernel's checker does not confirm the number.
    """
    key, theorem = bound.form.key, f"DeepTheory.{bound.form.theorem}"
    if bound.upper is None:
        raise UsageError(f"The bound {key} has no value here: it {bound.reason}.")
    if bound.vacuous:
        raise UsageError(
            f"The bound {key} is vacuous here: every risk is at most 1, so there is nothing to "
            "certify; more examples or a smaller relative entropy are needed."
        )
    if theorem not in book.declarations:
        raise UsageError(
            f"The catalog lacks {bound.form.theorem}, which a certificate for {key} applies: run "
            "`deeptheory prove` and `deeptheory export`."
        )
    parts = _inverse(book, bound) if bound.form.kind == "inverse" else _direct(bound)
    return _file(book.declarations[theorem]["module"], bound, *parts)


def _direct(bound: RiskBound) -> tuple[str, str]:
    """State that the bound itself is at most the number."""
    assert bound.formula is not None
    assert bound.upper is not None
    reified = reify(bound.formula, bound.arguments)
    application, tree = reified.application, reified.tree
    node = bound.formula.body
    arguments = dict(bound.arguments)
    if bound.form.kind == "excess":
        application = f"{_real(bound.claim.risk)} +\n      {application}"
        tree = f"(.add {expression(Var('q'), {'q': bound.claim.risk})} {tree})"
        node = Op("add", (Var("q"), node))
        arguments["q"] = bound.claim.risk
    side = _Side(application, tree, node, arguments)
    bits = _LEAST_BITS
    while not ((ends := side.ends(bits)) and ends[1] <= _fraction(bound.upper)):
        bits = _more(bits, bound)
    return _above("bound_le", "The bound", side, bound.upper, bits), "bound_le"


def _inverse(book: Book, bound: RiskBound) -> tuple[str, str]:
    """State that a number lies between the level and the relative entropy to the bound."""
    assert bound.formula is not None
    assert bound.upper is not None
    reified = reify(bound.formula, bound.arguments)
    level = _Side(reified.application, reified.tree, bound.formula.body, bound.arguments)
    entropy = _entropy(book, bound.claim.risk, bound.upper)
    bits = _LEAST_BITS
    while True:
        above, below = level.ends(bits), entropy.ends(bits)
        if above and below and above[1] <= below[0]:
            break
        bits = _more(bits, bound)
    between = _between(above[1], below[0])
    text = _above("level_le", "The level of the relative entropy", level, between, bits)
    text += _below(entropy, between, bits, zero=bound.claim.risk == 0)
    return text, "Std.le_trans level_le le_entropy"


def _entropy(book: Book, q: fmpq, p: fmpq) -> _Side:
    """Return the relative entropy, without the term that vanishes where the first mean is zero."""
    if q != 0:
        formula = book.formula(_ENTROPY)
        arguments = {"q": q, "p": p}
        reified = reify(formula, arguments)
        return _Side(reified.application, reified.tree, formula.body, arguments)
    node = Op("neg", (Op("log", (Op("sub", (Num(1), Var("p"))),)),))
    application = f"-log (1 - {_real(p)})"
    return _Side(application, expression(node, {"p": p}), node, {"p": p})


def _more(bits: int, bound: RiskBound) -> int:
    """Return a higher precision; give up where there is none."""
    if bits >= _MAX_BITS:
        raise UsageError(
            f"The bound {bound.form.key} has no Lean certificate at these numbers: the checker "
            f"does not confirm it with {_MAX_BITS} bits."
        )
    return bits * 3 // 2


def _between(low: Fraction, high: Fraction) -> fmpq:
    """Return a short decimal between two numbers."""
    digits = 1
    exact = fmpq(low.numerator, low.denominator)
    while digits < _MOST_DIGITS:
        middle = round_up(exact, digits)
        if _fraction(middle) <= high:
            return middle
        digits += 1
    return exact


def _fraction(value: fmpq) -> Fraction:
    return Fraction(int(value.p), int(value.q))


def _real(value: fmpq) -> str:
    return f"({stated(value)} : R)"


def _above(name: str, what: str, side: _Side, upper: fmpq, bits: int) -> str:
    return f"""
/-- {what}, as the kernel reads it. -/
def {name}_tree : Expr :=
  {side.tree}

/-- {what} is at most this number. -/
theorem {name} :
    {side.application} ≤
      {_real(upper)} :=
  check_sound_at (p := {bits}) (qs := []) (e := {name}_tree) (by decide +kernel)
"""


def _below(side: _Side, lower: fmpq, bits: int, *, zero: bool) -> str:
    p = _real(_argument_p(side))
    proof = f"""
/-- The relative entropy, as the kernel reads it. -/
def entropy_tree : Expr :=
  {side.tree}

/-- The relative entropy of the empirical risk and the bound is at least this number. -/
theorem le_entropy{"_zero" if zero else ""} :
    {_real(lower)} ≤
      {side.application} :=
  checkGe_sound_at (p := {bits}) (qs := []) (e := entropy_tree) (by decide +kernel)
"""
    if not zero:
        return proof
    return f"""{proof}
/-- The same with the empirical risk written as a number. -/
theorem le_entropy :
    {_real(lower)} ≤
      klBin {_real(fmpq(0))} {p} := by
  have h := (ratCast_lt (R := R)).2 (show {stated(_argument_p(side))} < 1 by decide +kernel)
  rw [ratCast_one] at h
  rw [ratCast_zero, klBin_zero_left h]
  exact le_entropy_zero
"""


def _argument_p(side: _Side) -> fmpq:
    value = side.arguments["p"]
    assert isinstance(value, fmpq)
    return value


def _file(module: str, bound: RiskBound, lemmas: str, inequality: str) -> str:
    claim, p = bound.claim, bound.upper
    assert p is not None
    proofs = {
        "hn": "(by decide +kernel)",
        "hδ": "(ratCast_pos (by decide +kernel))",
        "hqp": "(ratCast_le.2 (by decide +kernel))",
        "hp": "below_one",
        "hlam": "(ratCast_pos (by decide +kernel))",
        "hlam₂": "below_two",
        "h": f"({inequality})",
    }
    given = "\n    ".join(f"({name} := {proofs[name]})" for name in bound.form.hypotheses)
    short = bound.form.theorem.rsplit(".", 1)[-1]
    if "hp" in bound.form.hypotheses:
        lemmas += _smaller("below_one", "The bound is below one.", p, "1", "ratCast_one")
    if "hlam₂" in bound.form.hypotheses:
        assert claim.lam is not None
        lemmas += _smaller("below_two", "The parameter is below two.", claim.lam, "2", _TWO)
    return f"""module

public import {module}
public import DeepTheory.Certificates.Check

/-!
# A certified risk

The theorem `{NAME}` is complete: what it assumes stands in its statement.  Its numbers
are fixed.  Such theorems for all numbers hold at once on one event, that of the theorem from which
`{short}` follows; so the numbers may come from the sample.
-/

open DeepTheory DeepTheory.Certificates DeepTheory.Generalization DeepTheory.Probability

namespace Certified

universe u v w

variable {{R : Type u}} [RealField R]
{lemmas}
/-- **A certified risk.** Let `μ` be any law of examples, `π` a prior on the hypotheses that does
not depend on the sample, and `ℓ` a loss between zero and one.  With at least the stated probability
over the draws of the sample, every posterior `ρ` whose relative entropy with respect to the prior
is at most the stated number, and whose mean loss on the sample is at most the stated number, has an
expected loss of at most {bound.decimal}. -/
theorem risk_le {{Z : Type v}} [Fintype Z] {{H : Type w}} [Fintype H] (μ : Dist R Z) (π : Dist R H)
    {{ℓ : H → Z → R}} (hℓ : ∀ h z, 0 ≤ ℓ h z ∧ ℓ h z ≤ 1) :
    1 - {_real(claim.delta)} ≤
      probOf (μ.iid {claim.n}) fun x => ∀ ρ : Dist R H, AbsCont ρ π →
        klDiv ρ π ≤ {_real(claim.kl)} →
        (expect ρ fun h => empMean (ℓ h) x) ≤ {_real(claim.risk)} →
        (expect ρ fun h => expect μ (ℓ h)) ≤ {_real(p)} :=
  {short} μ π hℓ
    {given}

end Certified
"""


_TWO = "show ((2 : Rat) : R) = 2 from (ratCast_natCast 2).trans (by grind)"


def _smaller(name: str, what: str, value: fmpq, bound: str, cast: str) -> str:
    """State that a number is below a small whole one."""
    return f"""
/-- {what} -/
theorem {name} : {_real(value)} < {bound} := by
  have h := (ratCast_lt (R := R)).2 (show {stated(value)} < {bound} by decide +kernel)
  rwa [{cast}] at h
"""
