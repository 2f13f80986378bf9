"""The Lean file of a trained network's certificate.

Every word of the file comes from here and from names of the catalog; all else is parsed numbers.
"""

from __future__ import annotations

from deeptheory.certify.sides import above, below, real, smaller
from deeptheory.certify.split import BITS, SplitNumbers

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
            above("draws_le", "The level of the draws", own.draws_side, own.draws_between, BITS),
            below("le_draws", _entropy("the drawn networks' errors"), own.inner,
                  own.draws_between, BITS),
            above("level_le", "The level of the examples", own.side, own.between, BITS),
            below("le_level", _entropy("the risk"), own.outer, own.between, BITS),
            smaller("below_one", "The certified risk is below one.", own.p, "1", "ratCast_one"),
        ]
    )  # fmt: skip
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
    1 - ({real(own.delta)} + {real(own.draws_delta)}) ≤
      probOf (certificateLaw μ posterior {own.k}) fun s =>
        AbsCont (posterior s.1.1 s.1.2) (prior s.1.1) →
          klDiv (posterior s.1.1 s.1.2) (prior s.1.1) ≤
              {real(own.entropy)} →
            empMean (fun h => empMean (ℓ h) s.1.2) s.2 ≤
                {real(own.q)} →
              (expect (posterior s.1.1 s.1.2) fun h => expect μ (ℓ h)) ≤
                {real(own.p)} :=
  split_certified μ hℓ prior posterior
    (r := {real(own.r)})
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


def _entropy(what: str) -> str:
    return f"The relative entropy of {what} and its bound"
