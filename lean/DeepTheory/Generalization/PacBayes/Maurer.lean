module

public import DeepTheory.Generalization.PacBayes.Bounds
public import DeepTheory.Generalization.PacBayes.MomentBound

/-!
# The PAC-Bayes bounds of Maurer and of McAllester

The bound of Langford and Seeger with `2 sqrt n` in place of `n + 1` inside the logarithm, and what
follows from it for the difference of the two losses.

## Main definitions
* `DeepTheory.Generalization.maurerBound`, `DeepTheory.Generalization.mcallesterBound`: the bounds.

## Main theorems
* `DeepTheory.Generalization.maurer`, `DeepTheory.Generalization.maurer_witness`,
  `DeepTheory.Generalization.maurer_sharp`.
* `DeepTheory.Generalization.maurerBound_le_seegerBound`: the bound is the better one.
* `DeepTheory.Generalization.mcallester`, `DeepTheory.Generalization.mcallester_witness`,
  `DeepTheory.Generalization.mcallester_sharp`.

## References
* D. McAllester, *PAC-Bayesian model averaging*, 1999.
* A. Maurer, *A note on the PAC Bayesian theorem*, 2004, Theorem 5.
-/

public section

namespace DeepTheory.Generalization

open Probability

universe u v w

variable {R : Type u} [RealField R] {Z : Type v} [Fintype Z] {H : Type w} [Fintype H] {n : Nat}
  {δ K : R}

/-- `(K + log (2 sqrt n / δ)) / n`. -/
@[expose] noncomputable def maurerBound (K : R) (n : Nat) (δ : R) : R :=
  (K + log (2 * sqrt (n : R) / δ)) / n

/-- **Maurer's bound.** Fix a prior law `π` on a finite class before the sample. With probability at
least `1 - δ` over `n` independent draws, for every law `ρ` on the class the relative entropy of two
coins, one with the mean loss on the sample and one with the expected loss, is at most
`(KL (ρ, π) + log (2 sqrt n / δ)) / n`. So the expected loss is at most the inverse of the relative
entropy at this level.

This is the bound of Langford and Seeger with half of the price for the size of the sample; it is
the one that is evaluated for trained networks.

* controls: generalization
* assumes: n > 0 independent draws from a finite law, a finite class, losses in [0, 1], a prior law
  fixed before the draws, delta > 0
* bound: Generalization.maurerBound
* witness: Generalization.maurer_witness
* sharp: Generalization.maurer_sharp (for one draw of a fair coin the bound exceeds the relative
  entropy only by log (1 / delta), which vanishes as delta tends to 1)
* source: Maurer 2004, Theorem 5 -/
theorem maurer (μ : Dist R Z) (π : Dist R H) {ℓ : H → Z → R}
    (hℓ : ∀ h z, 0 ≤ ℓ h z ∧ ℓ h z ≤ 1) (hn : 0 < n) (hδ : 0 < δ) :
    1 - δ ≤ probOf (μ.iid n) fun x => ∀ ρ : Dist R H, AbsCont ρ π →
      klBin (expect ρ fun h => empMean (ℓ h) x) (expect ρ fun h => expect μ (ℓ h)) ≤
          maurerBound (klDiv ρ π) n δ ∧
        (expect ρ fun h => expect μ (ℓ h)) ≤
          klInv (expect ρ fun h => empMean (ℓ h) x) (maurerBound (klDiv ρ π) n δ) := by
  refine Std.le_trans (seeger_of_moment μ π hℓ hn hδ (maurerMoment_le_two_sqrt hn))
    (probOf_mono _ fun x hx ρ hρ => ?_)
  obtain ⟨h₁, h₂, h₃⟩ := hx ρ hρ
  have hq₀ := expect_nonneg ρ fun h => (empMean_mem (hℓ h) hn x).1
  have hq₁ := expect_le ρ fun h => (empMean_mem (hℓ h) hn x).2
  have hp₀ := expect_nonneg ρ fun h => expect_nonneg μ fun z => (hℓ h z).1
  have hp₁ := expect_le ρ fun h => expect_le μ fun z => (hℓ h z).2
  have hc := Std.le_trans (klBin_nonneg hq₀ hq₁ hp₀ hp₁ h₂ h₃) h₁
  exact ⟨h₁, le_klInv hq₀ hq₁ hp₁ h₃ hc h₁⟩

/-- Maurer's bound is at most that of Langford and Seeger. -/
theorem maurerBound_le_seegerBound (hn : 0 < n) (hδ : 0 < δ) :
    maurerBound K n δ ≤ seegerBound K n δ := by
  have hn' := natCast_pos (R := R) hn
  have hs := sqrt_pos.2 hn'
  have h₁ := sq_sqrt (le_of_lt hn')
  have h₂ := sq_nonneg (sqrt (n : R) - 1)
  have h₃ := log_le_log (div_pos (show 0 < 2 * sqrt (n : R) by grind) hδ)
    (div_le_div_of_nonneg_right (show 2 * sqrt (n : R) ≤ n + 1 by grind) (le_of_lt hδ))
  unfold maurerBound seegerBound
  exact div_le_div_of_nonneg_right (by grind) (le_of_lt hn')

/-- Two losses of a coin, one the opposite of the other, meet the hypotheses of `maurer` with the
uniform prior, and the bound is positive. -/
theorem maurer_witness (hn : 0 < n) (hδ : 0 < δ) (hδ₁ : δ < 1) :
    (∀ h z : Bool, 0 ≤ heads R (xor h z) ∧ heads R (xor h z) ≤ 1) ∧
      AbsCont (Dist.point true) (Dist.uniform : Dist R Bool) ∧
        0 < maurerBound (klDiv (Dist.point true) (Dist.uniform : Dist R Bool)) n δ := by
  have hn' := natCast_pos (R := R) hn
  have hn₁ : (1 : R) ≤ n := by have := natCast_le (R := R) (show 1 ≤ n from hn); grind
  have hs := sqrt_le_sqrt hn₁
  rw [sqrt_one] at hs
  obtain ⟨h₁, h₂, _⟩ := seeger_witness (R := R) hn hδ hδ₁
  have h₃ := klDiv_nonneg h₂
  have h₄ := log_pos ((one_lt_div (a := 2 * sqrt (n : R)) hδ).2 (by grind))
  exact ⟨h₁, h₂, div_pos (by grind) hn'⟩

/-- For one draw of a fair coin and all weight on one hypothesis the relative entropy is `log 2` for
sure; the bound exceeds this only by `log (1 / δ)`, which tends to zero as `δ` tends to one. -/
theorem maurer_sharp {h₀ : (0 : R) ≤ 1 / 2} {h₁ : (1 / 2 : R) ≤ 1} (hδ : 0 < δ) :
    (∀ x : Fin 1 → Bool,
      klBin (empMean (heads R) x) (expect (Dist.coin h₀ h₁) (heads R)) = log 2) ∧
    maurerBound (klDiv (Dist.point (R := R) ()) (Dist.point ())) 1 δ = log 2 + log (1 / δ) := by
  refine ⟨(seeger_sharp hδ).1, ?_⟩
  rw [← (seeger_sharp (h₀ := h₀) (h₁ := h₁) hδ).2]
  have e₁ : ((1 : Nat) : R) = 1 := by grind
  unfold maurerBound seegerBound
  rw [e₁, sqrt_one, show (2 * 1 : R) = 1 + 1 by grind]

/-! ### The difference of the losses -/

/-- The square root of `(K + log (2 sqrt n / δ)) / (2 n)`. -/
@[expose] noncomputable def mcallesterBound (K : R) (n : Nat) (δ : R) : R :=
  sqrt ((K + log (2 * sqrt (n : R) / δ)) / (2 * n))

/-- **McAllester's bound.** Fix a prior law `π` on a finite class before the sample. With
probability at least `1 - δ` over `n` independent draws, for every law `ρ` on the class the expected
loss and the mean loss on the sample differ by at most
`sqrt ((KL (ρ, π) + log (2 sqrt n / δ)) / (2 n))`.

Here a hypothesis is drawn from `ρ`, which may depend on the sample. What counts is not the number
of hypotheses but how far the sample moves the law from the prior.

* controls: generalization
* assumes: n > 0 independent draws from a finite law, a finite class, losses in [0, 1], a prior law
  fixed before the draws, delta > 0
* bound: Generalization.mcallesterBound
* witness: Generalization.mcallester_witness
* sharp: Generalization.mcallester_sharp (within a factor 0.85 for one draw of a fair coin, as delta
  tends to 1)
* source: McAllester 1999, Theorem 1; with this constant Maurer 2004, Theorem 5 -/
theorem mcallester (μ : Dist R Z) (π : Dist R H) {ℓ : H → Z → R}
    (hℓ : ∀ h z, 0 ≤ ℓ h z ∧ ℓ h z ≤ 1) (hn : 0 < n) (hδ : 0 < δ) :
    1 - δ ≤ probOf (μ.iid n) fun x => ∀ ρ : Dist R H, AbsCont ρ π →
      abs ((expect ρ fun h => expect μ (ℓ h)) - expect ρ fun h => empMean (ℓ h) x) ≤
        mcallesterBound (klDiv ρ π) n δ := by
  have hn' := natCast_pos (R := R) hn
  refine Std.le_trans (seeger_of_moment μ π hℓ hn hδ (maurerMoment_le_two_sqrt hn))
    (probOf_mono _ fun x hx ρ hρ => ?_)
  obtain ⟨h₁, h₂, h₃⟩ := hx ρ hρ
  refine Std.le_trans (abs_sub_le_of_klBin_le
    ⟨expect_nonneg ρ fun h => (empMean_mem (hℓ h) hn x).1,
      expect_le ρ fun h => (empMean_mem (hℓ h) hn x).2⟩
    ⟨expect_nonneg ρ fun h => expect_nonneg μ fun z => (hℓ h z).1,
      expect_le ρ fun h => expect_le μ fun z => (hℓ h z).2⟩ h₂ h₃ h₁) (le_of_eq ?_)
  unfold mcallesterBound
  congr 1
  grind

/-- Two losses of a coin, one the opposite of the other, meet the hypotheses of `mcallester` with
the uniform prior, and the bound is positive. -/
theorem mcallester_witness (hn : 0 < n) (hδ : 0 < δ) (hδ₁ : δ < 1) :
    (∀ h z : Bool, 0 ≤ heads R (xor h z) ∧ heads R (xor h z) ≤ 1) ∧
      AbsCont (Dist.point true) (Dist.uniform : Dist R Bool) ∧
        0 < mcallesterBound (klDiv (Dist.point true) (Dist.uniform : Dist R Bool)) n δ := by
  have hn' := natCast_pos (R := R) hn
  obtain ⟨h₁, h₂, h₃⟩ := maurer_witness (R := R) hn hδ hδ₁
  unfold maurerBound at h₃
  refine ⟨h₁, h₂, sqrt_pos.2 ?_⟩
  generalize klDiv (Dist.point true) (Dist.uniform : Dist R Bool) +
    log (2 * sqrt (n : R) / δ) = c at *
  have := div_pos h₃ (show (0 : R) < 2 by grind)
  rwa [show c / n / 2 = c / (2 * n) by grind] at this

/-- For one draw of a fair coin and all weight on one hypothesis the deviation is `1 / 2` for sure,
and the bound is `sqrt (log (2 / δ) / 2)`. -/
theorem mcallester_sharp {h₀ : (0 : R) ≤ 1 / 2} {h₁ : (1 / 2 : R) ≤ 1} (δ : R) :
    (∀ x : Fin 1 → Bool, abs (expect (Dist.coin h₀ h₁) (heads R) - empMean (heads R) x) = 1 / 2) ∧
      mcallesterBound (klDiv (Dist.point (R := R) ()) (Dist.point ())) 1 δ =
        sqrt (log (2 / δ) / 2) := by
  have e₁ : ((1 : Nat) : R) = 1 := by grind
  refine ⟨fun x => ?_, ?_⟩
  · rw [expect_heads, empMean, sum_one, e₁]
    cases x 0
    · rw [heads_false, abs_of_nonneg (by grind)]; grind
    · rw [heads_true, abs_of_neg (by grind)]; grind
  · unfold mcallesterBound
    rw [klDiv_self, e₁, sqrt_one, show (2 * 1 : R) = 2 by grind]
    congr 1
    grind

end DeepTheory.Generalization
