"""The Lean file that states a certified risk: a complete theorem about given numbers.

Every word of the file comes from here and from names of the catalog; from the input there are only
numbers, which were parsed before.
"""

from __future__ import annotations

from fractions import Fraction
from typing import TYPE_CHECKING

from flint import fmpq

from deeptheory.certify.risk import RiskBound, round_up
from deeptheory.certify.sides import Side, above, below, fraction, real, smaller
from deeptheory.errors import UsageError

if TYPE_CHECKING:
    from deeptheory.formulas import Book

__all__ = ["NAME", "render"]

NAME = "Certified.risk_le"
"""The theorem that a file states."""

_LEAST_BITS = 80
_MAX_BITS = 4000
_MOST_DIGITS = 400
_ENTROPY = "The relative entropy of the empirical risk and the bound"


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


def _direct(bound: RiskBound) -> tuple[list[str], str]:
    """State that the bound itself is at most the number."""
    assert bound.formula is not None
    assert bound.upper is not None
    side = Side.of(bound.formula, bound.arguments)
    if bound.form.kind == "excess":
        side = side.plus("q", bound.claim.risk)
    bits = _LEAST_BITS
    while not ((ends := side.ends(bits)) and ends[1] <= fraction(bound.upper)):
        bits = _more(bits, bound)
    return [above("bound_le", "The bound", side, bound.upper, bits)], "bound_le"


def _inverse(book: Book, bound: RiskBound) -> tuple[list[str], str]:
    """State that a number lies between the level and the relative entropy to the bound."""
    assert bound.formula is not None
    assert bound.upper is not None
    level = Side.of(bound.formula, bound.arguments)
    entropy = Side.entropy(book, bound.claim.risk, bound.upper)
    bits = _LEAST_BITS
    while True:
        over, under = level.ends(bits), entropy.ends(bits)
        if over and under and over[1] <= under[0]:
            break
        bits = _more(bits, bound)
    between = _between(over[1], under[0])
    lemmas = [
        above("level_le", "The level of the relative entropy", level, between, bits),
        below("le_entropy", _ENTROPY, entropy, between, bits),
    ]
    return lemmas, "Std.le_trans level_le le_entropy"


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
        if fraction(middle) <= high:
            return middle
        digits += 1
    return exact


def _file(module: str, bound: RiskBound, lemmas: list[str], inequality: str) -> str:
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
        lemmas.append(smaller("below_one", "The bound is below one.", p, "1", "ratCast_one"))
    if "hlam₂" in bound.form.hypotheses:
        assert claim.lam is not None
        lemmas.append(smaller("below_two", "The parameter is below two.", claim.lam, "2", _TWO))
    stated_lemmas = "\n".join(lemmas)
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

{stated_lemmas}
/-- **A certified risk.** Let `μ` be any law of examples, `π` a prior on the hypotheses that does
not depend on the sample, and `ℓ` a loss between zero and one.  With at least the stated probability
over the draws of the sample, every posterior `ρ` whose relative entropy with respect to the prior
is at most the stated number, and whose mean loss on the sample is at most the stated number, has an
expected loss of at most {bound.decimal}. -/
theorem risk_le {{Z : Type v}} [Fintype Z] {{H : Type w}} [Fintype H] (μ : Dist R Z) (π : Dist R H)
    {{ℓ : H → Z → R}} (hℓ : ∀ h z, 0 ≤ ℓ h z ∧ ℓ h z ≤ 1) :
    1 - {real(claim.delta)} ≤
      probOf (μ.iid {claim.n}) fun x => ∀ ρ : Dist R H, AbsCont ρ π →
        klDiv ρ π ≤ {real(claim.kl)} →
        (expect ρ fun h => empMean (ℓ h) x) ≤ {real(claim.risk)} →
        (expect ρ fun h => expect μ (ℓ h)) ≤ {real(p)} :=
  {short} μ π hℓ
    {given}

end Certified
"""


_TWO = "show ((2 : Rat) : R) = 2 from (ratCast_natCast 2).trans (by grind)"
