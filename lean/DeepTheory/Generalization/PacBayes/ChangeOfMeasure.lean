module

public import DeepTheory.Probability.Divergence

/-!
# Change of measure

A statement about the exponential moment of one fixed hypothesis at a time becomes a statement about
all randomised hypotheses at once, at the price of their relative entropy to a law that was chosen
before the sample.

## Main definitions
* `DeepTheory.Generalization.changeOfMeasureBound`: the bound.

## Main theorems
* `DeepTheory.Generalization.expect_comm`: expectations may be interchanged.
* `DeepTheory.Generalization.change_of_measure`,
  `DeepTheory.Generalization.change_of_measure_witness`,
  `DeepTheory.Generalization.change_of_measure_sharp`.

## References
* D. McAllester, *PAC-Bayesian model averaging*, 1999.
* O. Catoni, *PAC-Bayesian supervised classification*, 2007, section 1.2.
* P. Alquier, *User-friendly introduction to PAC-Bayes bounds*, 2024, section 2.
-/

public section

namespace DeepTheory.Generalization

open Probability

universe u v w

variable {R : Type u} [RealField R] {Z : Type v} [Fintype Z] {H : Type w} [Fintype H] {n : Nat}
  {δ M : R}

/-- Expectations under two laws may be interchanged. -/
theorem expect_comm (μ : Dist R Z) (π : Dist R H) (f : H → Z → R) :
    (expect μ fun x => expect π fun h => f h x) = expect π fun h => expect μ (f h) := by
  unfold expect
  rw [sum_congr fun x => mul_sum (μ.prob x) fun h => π.prob h * f h x, sum_comm]
  refine sum_congr fun h => ?_
  rw [mul_sum]
  exact sum_congr fun x => by grind

/-- A relative entropy `K` plus the logarithm of `M / δ`. -/
@[expose] noncomputable def changeOfMeasureBound (K M δ : R) : R := K + log (M / δ)

/-- **Change of measure.** Let `π` be a law on a finite class, chosen before the sample, and let a
quantity `Φ` of a hypothesis and a draw have for each hypothesis an exponential moment of at most
`M`. Then with probability at least `1 - δ` the mean of `Φ` under every law `ρ` on the class is at
most the relative entropy of `ρ` with respect to `π` plus `log (M / δ)`.

The law `ρ` may depend on the draw: the bounds for randomised hypotheses all start here.

* controls: generalization
* assumes: a finite law of the draw, a finite class, a prior law fixed before the draw, an
  exponential moment of at most M > 0 for each hypothesis, delta > 0
* bound: Generalization.changeOfMeasureBound
* witness: Generalization.change_of_measure_witness
* sharp: Generalization.change_of_measure_sharp (the logarithm is approached for every delta, the
  relative entropy is attained at every tilted law)
* source: Catoni 2007, section 1.2; Alquier 2024, section 2 -/
theorem change_of_measure (μ : Dist R Z) (π : Dist R H) {Φ : H → Z → R} (hM : 0 < M) (hδ : 0 < δ)
    (hΦ : ∀ h, expect μ (fun x => exp (Φ h x)) ≤ M) :
    1 - δ ≤ probOf μ fun x => ∀ ρ : Dist R H, AbsCont ρ π →
      expect ρ (fun h => Φ h x) ≤ changeOfMeasureBound (klDiv ρ π) M δ := by
  have hpos (x : Z) : 0 < expect π fun h => exp (Φ h x) := expect_pos π fun h => exp_pos _
  refine le_probOf_of_bad (B := fun x => M / δ ≤ expect π fun h => exp (Φ h x)) μ ?_
    fun x hx ρ hρ => ?_
  · refine Std.le_trans (markov μ (fun x => le_of_lt (hpos x)) (div_pos hM hδ)) ?_
    rw [div_le_iff (div_pos hM hδ), expect_comm μ π fun h x => exp (Φ h x)]
    have := expect_le π hΦ
    have h₁ : δ * (M / δ) = M := by grind
    grind
  · have h₁ := donsker_varadhan_le hρ fun h => Φ h x
    have h₂ := log_le_log (hpos x) (le_of_lt (not_le.1 hx))
    unfold changeOfMeasureBound
    grind

/-- Two quantities of a fair coin, one the opposite of the other, meet the hypotheses of
`change_of_measure`, and the bound is positive. -/
theorem change_of_measure_witness {h₀ : (0 : R) ≤ 1 / 2} {h₁ : (1 / 2 : R) ≤ 1} (hδ : 0 < δ)
    (hδ₁ : δ < 1) : (∀ h : Bool, expect (Dist.coin h₀ h₁) (fun b => exp (heads R (xor h b))) ≤
      (1 + exp 1) / 2) ∧
        0 < changeOfMeasureBound (klDiv (Dist.coin h₀ h₁) (Dist.coin h₀ h₁)) ((1 + exp 1) / 2)
          δ := by
  refine ⟨fun h => ?_, ?_⟩
  · rw [expect_coin]
    cases h <;> simp <;> grind
  · unfold changeOfMeasureBound
    rw [klDiv_self]
    have h₂ := one_add_le_exp (1 : R)
    have := log_pos ((one_lt_div (a := (1 + exp 1 : R) / 2) hδ).2 (by grind))
    grind

/-- **Nothing can be saved**: for every `e > 0` there is a quantity of a coin that shows heads with
probability `δ` whose exponential moment is at most `M = exp e`, and which with probability `δ` is
at least `log (M / δ) - e`. The part for the change of the law is attained at a tilted law. -/
theorem change_of_measure_sharp {h₀ : 0 ≤ δ} {h₁ : δ ≤ 1} (hδ : 0 < δ) :
    (∀ e : R, 0 < e → ∃ Φ : Bool → R,
      expect (Dist.coin h₀ h₁) (fun b => exp (Φ b)) ≤ exp e ∧
        probOf (Dist.coin h₀ h₁) (fun b => changeOfMeasureBound 0 (exp e) δ - e ≤ Φ b) ≥ δ) ∧
    ∀ (π : Dist R H) (f : H → R), expect (π.tilt f) f =
      changeOfMeasureBound (klDiv (π.tilt f) π) (expect π fun h => exp (f h)) 1 := by
  refine ⟨fun e he => ⟨fun b => if b then log (1 / δ) else log e, ?_, ?_⟩, fun π f => ?_⟩
  · have h₂ := one_add_le_exp e
    have h₃ := mul_nonneg h₀ (le_of_lt he)
    rw [expect_coin]
    simp only [if_true, Bool.false_eq_true, if_false]
    rw [exp_log he, exp_log (one_div_pos hδ)]
    have : δ * (1 / δ) = 1 := by grind
    grind
  · unfold probOf
    rw [expect_coin, indicator_true (p := changeOfMeasureBound 0 (exp e) δ - e ≤
      if true then log (1 / δ) else log e)]
    · have := mul_nonneg (show 0 ≤ 1 - δ by grind) (indicator_nonneg (R := R)
        (changeOfMeasureBound 0 (exp e) δ - e ≤ if false then log (1 / δ) else log e))
      grind
    · unfold changeOfMeasureBound
      rw [log_div (exp_pos e) hδ, log_div zero_lt_one hδ, log_exp, log_one]
      simp only [if_true]
      grind
  · unfold changeOfMeasureBound
    rw [donsker_varadhan_tilt, show ∀ a : R, a / 1 = a by intro a; grind]

end DeepTheory.Generalization
