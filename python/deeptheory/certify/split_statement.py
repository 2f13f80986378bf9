"""The Lean file of a trained network's certificate.

Every word of the file comes from here and from names of the catalog; all else is parsed numbers.
"""

from __future__ import annotations

from flint import fmpq

from deeptheory.certificates import reify
from deeptheory.certificates.reify import stated
from deeptheory.certify.split import BITS, Side, SplitNumbers

__all__ = ["MODULE", "NAME", "THEOREM", "render_split"]

# The only place that names the theorem.
THEOREM = "DeepTheory.Generalization.split_certified"
MODULE = "DeepTheory.Generalization.PacBayes.RiskCertificate"
NAME = "Certified.split_risk_le"
"""The theorem that a file states."""


def render_split(numbers: SplitNumbers, m: int) -> str:
    """Return the text of a Lean file that states a certified risk as a theorem.

    Parameters
    ----------
    numbers : SplitNumbers
        The numbers.
    m : int
        How many examples the prior was learnt on.
    """
    own = numbers
    lemmas = "\n".join(
        [
            _above("draws_le", "The level of the draws", own.draws_side, own.draws_between),
            _below("le_draws", "the drawn networks' errors", own.inner, own.draws_between),
            _above("level_le", "The level of the examples", own.side, own.between),
            _below("le_level", "the risk", own.outer, own.between),
        ]
    )
    return f"""module

public import {MODULE}
public import DeepTheory.Certificates.Check

/-!
# A certified risk of a stochastic network

The theorem `{NAME}` is complete: what it assumes stands in its statement.
-/

open DeepTheory DeepTheory.Certificates DeepTheory.Generalization DeepTheory.Probability

namespace Certified

universe u v w

variable {{R : Type u}} [RealField R]

{lemmas}
/-- The certified risk is below one. -/
theorem below_one : {_real(own.p)} < 1 := by
  have h := (ratCast_lt (R := R)).2 (show {stated(own.p)} < 1 by decide +kernel)
  rwa [ratCast_one] at h

/-- **A certified risk.** Let `μ` be any law of examples and `ℓ` a loss between zero and one; let a
prior on the hypotheses be learnt on {m} draws in any way, and a posterior on these and {own.n}
further draws in any way; draw {own.k} hypotheses from the posterior.  With at least the stated
probability over all draws: if the posterior has a relative entropy to the prior of at most the
stated number, and the drawn hypotheses a mean loss on the second sample of at most the stated
number, then the expected loss of the posterior is at most the last number. -/
theorem split_risk_le {{Z : Type v}} [Fintype Z] {{H : Type w}} [Fintype H] (μ : Dist R Z)
    {{ℓ : H → Z → R}} (hℓ : ∀ h z, 0 ≤ ℓ h z ∧ ℓ h z ≤ 1)
    (prior : (Fin {m} → Z) → Dist R H)
    (posterior : (Fin {m} → Z) → (Fin {own.n} → Z) → Dist R H) :
    1 - ({_real(own.delta)} + {_real(own.draws_delta)}) ≤
      probOf (certificateLaw μ posterior {own.k}) fun s =>
        AbsCont (posterior s.1.1 s.1.2) (prior s.1.1) →
          klDiv (posterior s.1.1 s.1.2) (prior s.1.1) ≤
              {_real(own.entropy)} →
            empMean (fun h => empMean (ℓ h) s.1.2) s.2 ≤
                {_real(own.q)} →
              (expect (posterior s.1.1 s.1.2) fun h => expect μ (ℓ h)) ≤
                {_real(own.p)} :=
  split_certified μ hℓ prior posterior
    (r := {_real(own.r)})
    (hn := by decide +kernel)
    (hk := by decide +kernel)
    (hδ := ratCast_pos (by decide +kernel))
    (hδ' := ratCast_pos (by decide +kernel))
    (hqr := ratCast_le.2 (by decide +kernel))
    (hrp := ratCast_le.2 (by decide +kernel))
    (hp := below_one)
    (h₁ := Std.le_trans draws_le le_draws)
    (h₂ := Std.le_trans level_le le_level)

end Certified
"""


def _real(value: fmpq) -> str:
    return f"({stated(value)} : R)"


def _above(name: str, what: str, side: Side, upper: fmpq) -> str:
    reified = reify(side.formula, side.arguments)
    return f"""/-- {what}, as the kernel reads it. -/
def {name}_tree : Expr :=
  {reified.tree}

/-- {what} is at most this number. -/
theorem {name} :
    ({reified.application} : R) ≤
      {_real(upper)} :=
  check_sound_at (p := {BITS}) (qs := []) (e := {name}_tree) (by decide +kernel)
"""


def _below(name: str, what: str, side: Side, lower: fmpq) -> str:
    reified = reify(side.formula, side.arguments)
    return f"""/-- The relative entropy of {what} and its bound, as the kernel reads it. -/
def {name}_tree : Expr :=
  {reified.tree}

/-- The relative entropy of {what} and its bound is at least this number. -/
theorem {name} :
    {_real(lower)} ≤
      ({reified.application} : R) :=
  checkGe_sound_at (p := {BITS}) (qs := []) (e := {name}_tree) (by decide +kernel)
"""
