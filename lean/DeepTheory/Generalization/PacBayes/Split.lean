module

public import DeepTheory.Generalization.PacBayes.Certified
public import DeepTheory.Probability.Map

/-!
# A prior that was learnt on other data

A PAC-Bayes bound asks for a prior that was chosen before the sample.  When the data are split, a
prior may be learnt on the first part in any way, and the bound holds on the second part.

## Main definitions
* `DeepTheory.Generalization.gibbs`: the uniform law tilted by minus the mean loss.

## Main theorems
* `DeepTheory.Generalization.le_probOf_prod`: from each value of the first draw to both draws.
* `DeepTheory.Generalization.data_dependent_prior`,
  `DeepTheory.Generalization.data_dependent_prior_witness`,
  `DeepTheory.Generalization.data_dependent_prior_sharp`.

## References
* A. Ambroladze, E. Parrado-Hernández, J. Shawe-Taylor, *Tighter PAC-Bayes bounds*, 2006.
* M. Pérez-Ortiz, O. Rivasplata, J. Shawe-Taylor, C. Szepesvári, *Tighter risk certificates for
  neural networks*, 2021.
-/

public section

namespace DeepTheory.Generalization

open Probability

universe u v w

variable {R : Type u} [RealField R] {Z : Type v} [Fintype Z] {H : Type w} [Fintype H] {m n : Nat}
  {δ t : R}

/-- An event of two independent draws that has at least a certain probability for each value of the
first draw has at least this probability. -/
theorem le_probOf_prod (μ : Dist R Z) (ν : Dist R H) {A : Z → H → Prop}
    (h : ∀ a, t ≤ probOf ν (A a)) : t ≤ probOf (μ.prod ν) fun s => A s.1 s.2 := by
  unfold probOf
  rw [expect_prod]
  exact le_expect μ h

/-- **A prior that was learnt on other data.** Let a law on a finite class be computed in any way
from a first sample of `m` independent draws. With probability at least `1 - δ` over the first and a
second sample of `n` independent draws, for every law `ρ` on the class the relative entropy of two
coins, one with the mean loss on the second sample and one with the expected loss, is at most
`(KL (ρ, prior) + log (2 sqrt n / δ)) / n`; so the expected loss is at most the inverse of the
relative entropy at this level.

The law `ρ` may depend on both samples. A prior that has learnt is close to a good `ρ`, so the
relative entropy is small; the price is that only the second sample counts.

* controls: generalization
* assumes: m + n independent draws from a finite law, n > 0, a finite class, losses in [0, 1], a
  prior law that is a function of the first m draws, delta > 0
* bound: Generalization.maurerBound
* witness: Generalization.data_dependent_prior_witness
* sharp: Generalization.data_dependent_prior_sharp (for one draw of a fair coin, whatever the prior
  has learnt, the bound exceeds the relative entropy only by log (1 / delta))
* source: Ambroladze, Parrado-Hernández, Shawe-Taylor 2006; Maurer 2004, Theorem 5 -/
theorem data_dependent_prior (μ : Dist R Z) {ℓ : H → Z → R} (hℓ : ∀ h z, 0 ≤ ℓ h z ∧ ℓ h z ≤ 1)
    (prior : (Fin m → Z) → Dist R H) (hn : 0 < n) (hδ : 0 < δ) :
    1 - δ ≤ probOf ((μ.iid m).prod (μ.iid n)) fun s => ∀ ρ : Dist R H, AbsCont ρ (prior s.1) →
      klBin (expect ρ fun h => empMean (ℓ h) s.2) (expect ρ fun h => expect μ (ℓ h)) ≤
          maurerBound (klDiv ρ (prior s.1)) n δ ∧
        (expect ρ fun h => expect μ (ℓ h)) ≤ klInv (expect ρ fun h => empMean (ℓ h) s.2)
          (maurerBound (klDiv ρ (prior s.1)) n δ) := by
  refine le_probOf_prod (μ.iid m) (μ.iid n) (A := fun a x => ∀ ρ : Dist R H, AbsCont ρ (prior a) →
      klBin (expect ρ fun h => empMean (ℓ h) x) (expect ρ fun h => expect μ (ℓ h)) ≤
          maurerBound (klDiv ρ (prior a)) n δ ∧
        (expect ρ fun h => expect μ (ℓ h)) ≤ klInv (expect ρ fun h => empMean (ℓ h) x)
          (maurerBound (klDiv ρ (prior a)) n δ)) fun a => ?_
  refine Std.le_trans (maurer μ (prior a) hℓ hn hδ) (probOf_mono _ fun x hx ρ hρ => ?_)
  have h := hx ρ hρ
  exact ⟨h.1, by grind⟩

/-! ### An example -/

/-- The law on a class that is learnt from a sample by tilting the uniform law by minus the mean
loss. -/
@[expose] noncomputable def gibbs [Nonempty H] (ℓ : H → Z → R) (x : Fin n → Z) : Dist R H :=
  (Dist.uniform : Dist R H).tilt fun h => -empMean (ℓ h) x

omit [Fintype Z] in
/-- The learnt law gives each hypothesis a positive weight. -/
theorem gibbs_pos [Nonempty H] (ℓ : H → Z → R) (x : Fin n → Z) (h : H) :
    0 < (gibbs ℓ x).prob h :=
  div_pos (mul_pos (one_div_pos (natCast_pos (R := R) (card_pos (α := H)))) (exp_pos _))
    (expect_pos _ fun _ => exp_pos _)

/-- Two losses of a coin, one the opposite of the other, meet the hypotheses of
`data_dependent_prior` with the learnt prior `gibbs`: it depends on the first sample, it may be
moved to any other law, and the bound is positive. -/
theorem data_dependent_prior_witness (hm : 0 < m) (hn : 0 < n) (hδ : 0 < δ) (hδ₁ : δ < 1) :
    (∀ h z : Bool, 0 ≤ heads R (xor h z) ∧ heads R (xor h z) ≤ 1) ∧
      (gibbs (fun h z : Bool => heads R (xor h z)) fun _ : Fin m => false).prob true <
        (gibbs (fun h z : Bool => heads R (xor h z)) fun _ : Fin m => true).prob true ∧
      ∀ (x : Fin m → Bool) (ρ : Dist R Bool),
        AbsCont ρ (gibbs (fun h z : Bool => heads R (xor h z)) x) ∧
          0 < maurerBound (klDiv ρ (gibbs (fun h z : Bool => heads R (xor h z)) x)) n δ := by
  have hm' := natCast_pos (R := R) hm
  refine ⟨fun _ _ => heads_mem _, ?_, fun x ρ => ?_⟩
  · have h₁ (h b : Bool) : (gibbs (fun h z : Bool => heads R (xor h z)) fun _ : Fin m => b).prob h =
        1 / 2 * exp (-heads R (xor h b)) /
          (1 / 2 * exp (-heads R (xor false b)) + 1 / 2 * exp (-heads R (xor true b))) := by
      have h₂ (h : Bool) : empMean (fun z => heads R (xor h z)) (fun _ : Fin m => b) =
          heads R (xor h b) := by
        rw [empMean, sum_const]; grind
      have h₃ (h : Bool) : (Dist.uniform : Dist R Bool).prob h = 1 / 2 := by
        show 1 / (card Bool : R) = 1 / 2
        rw [card_bool]; grind
      show (Dist.uniform : Dist R Bool).prob h * exp (-empMean _ _) / expect _ _ = _
      unfold expect
      rw [sum_bool, h₃, h₃, h₃]
      dsimp only
      rw [h₂, h₂, h₂]
    have h₂ := exp_lt_exp.2 (show -1 < (0 : R) by grind)
    have h₃ := exp_pos (-1 : R)
    rw [h₁, h₁]
    simp only [Bool.xor_false, Bool.xor_true, Bool.not_true, Bool.not_false, heads_true,
      heads_false, show -(0 : R) = 0 by grind]
    rw [exp_zero] at h₂ ⊢
    generalize exp (-1 : R) = e at *
    have h₄ := mul_pos (show 0 < 1 - e by grind) (show 0 < 1 + e by grind)
    rw [div_lt_div_iff (by grind) (by grind)]
    grind
  · have hac : AbsCont ρ (gibbs (fun h z : Bool => heads R (xor h z)) x) :=
      absCont_of_pos (gibbs_pos _ x)
    exact ⟨hac, maurerBound_pos hn hδ hδ₁ (klDiv_nonneg hac)⟩

/-- Let a hypothesis be learnt from the first sample in any way, and let the second sample be one
draw of a fair coin. With all weight of the prior on this hypothesis the relative entropy is `log 2`
for sure; the bound exceeds this only by `log (1 / δ)`, which tends to zero as `δ` tends to one. -/
theorem data_dependent_prior_sharp {h₀ : (0 : R) ≤ 1 / 2} {h₁ : (1 / 2 : R) ≤ 1} (hδ : 0 < δ)
    (learn : (Fin m → Bool) → Bool) (s : (Fin m → Bool) × (Fin 1 → Bool)) :
    klBin (expect (Dist.point (learn s.1)) fun h => empMean (fun z => heads R (xor h z)) s.2)
        (expect (Dist.point (learn s.1)) fun h =>
          expect (Dist.coin h₀ h₁) fun z => heads R (xor h z)) = log 2 ∧
      maurerBound (klDiv (Dist.point (R := R) (learn s.1)) (Dist.point (learn s.1))) 1 δ =
        log 2 + log (1 / δ) := by
  have e₁ : ((1 : Nat) : R) = 1 := by grind
  have h₂ := (maurer_sharp (h₀ := h₀) (h₁ := h₁) hδ).2
  rw [klDiv_self] at h₂ ⊢
  refine ⟨?_, h₂⟩
  rw [expect_point, expect_point, expect_coin, empMean, sum_one, e₁,
    show ∀ a : R, a / 1 = a by intro a; grind,
    show (1 - 1 / 2) * heads R (xor (learn s.1) false) + 1 / 2 * heads R (xor (learn s.1) true) =
      1 / 2 by cases learn s.1 <;> simp <;> grind, klBin_heads_half]

end DeepTheory.Generalization
