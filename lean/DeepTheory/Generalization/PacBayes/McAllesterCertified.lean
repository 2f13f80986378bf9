module

public import DeepTheory.Generalization.PacBayes.Certified

/-!
# McAllester's bound for given numbers

## Main theorems
* `DeepTheory.Generalization.mcallesterBound_mono`: the bound grows with the relative entropy.
* `DeepTheory.Generalization.mcallester_certified`: the form in which a certificate states it.

## References
* D. McAllester, *PAC-Bayesian model averaging*, 1999.
-/

public section

namespace DeepTheory.Generalization

open Probability

universe u v w

variable {R : Type u} [RealField R] {Z : Type v} [Fintype Z] {H : Type w} [Fintype H] {n : Nat}
  {δ K K' p q : R}

/-- McAllester's bound grows with the relative entropy. -/
theorem mcallesterBound_mono (hn : 0 < n) (h : K ≤ K') :
    mcallesterBound K n δ ≤ mcallesterBound K' n δ := by
  have hn' := natCast_pos (R := R) hn
  unfold mcallesterBound
  exact sqrt_le_sqrt (div_le_div_of_nonneg_right (by grind) (by grind))

/-- **McAllester's bound for given numbers.** If `q` plus the bound of `mcallester` for the relative
entropy `K` is at most `p`, then with probability at least `1 - δ` every law `ρ` on the class whose
relative entropy with respect to the prior is at most `K` and whose mean loss on the sample is at
most `q` has an expected loss of at most `p`. -/
theorem mcallester_certified (μ : Dist R Z) (π : Dist R H) {ℓ : H → Z → R}
    (hℓ : ∀ h z, 0 ≤ ℓ h z ∧ ℓ h z ≤ 1) (hn : 0 < n) (hδ : 0 < δ)
    (h : q + mcallesterBound K n δ ≤ p) :
    1 - δ ≤ probOf (μ.iid n) fun x => ∀ ρ : Dist R H, AbsCont ρ π → klDiv ρ π ≤ K →
      (expect ρ fun h => empMean (ℓ h) x) ≤ q → (expect ρ fun h => expect μ (ℓ h)) ≤ p := by
  refine Std.le_trans (mcallester μ π hℓ hn hδ) (probOf_mono _ fun x hx ρ hρ hK hq => ?_)
  have h₁ := Std.le_trans (le_abs_self _) (hx ρ hρ)
  have h₂ := mcallesterBound_mono (δ := δ) hn hK
  grind

end DeepTheory.Generalization
