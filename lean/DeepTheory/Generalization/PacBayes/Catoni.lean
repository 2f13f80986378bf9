module

public import DeepTheory.Generalization.FiniteClass
public import DeepTheory.Generalization.PacBayes.ChangeOfMeasure

/-!
# The linear PAC-Bayes bound

## Main definitions
* `DeepTheory.Generalization.catoniBound`: the bound.

## Main theorems
* `DeepTheory.Generalization.expect_exp_deviation_le`: the exponential moment of the deviation of a
  mean.
* `DeepTheory.Generalization.catoni`, `DeepTheory.Generalization.catoni_witness`,
  `DeepTheory.Generalization.catoni_sharp`.
* `DeepTheory.Generalization.gibbs_le`, `DeepTheory.Generalization.gibbs_eq`: the law for which the
  right hand side is smallest.
* `DeepTheory.Generalization.sqrt_le_catoniBound`, `DeepTheory.Generalization.catoniBound_sqrt`: the
  best choice of the parameter.

## References
* O. Catoni, *A PAC-Bayesian approach to adaptive classification*, 2003.
* P. Alquier, *User-friendly introduction to PAC-Bayes bounds*, 2024, Theorem 2.1.
-/

public section

namespace DeepTheory.Generalization

open Probability

universe u v w

variable {R : Type u} [RealField R] {Z : Type v} [Fintype Z] {H : Type w} [Fintype H] {n : Nat}
  {δ lam K : R}

/-- The exponential moment of `lam` times the amount by which the mean of a loss in `[0, 1]` lies
below its expectation. -/
theorem expect_exp_deviation_le (μ : Dist R Z) {f : Z → R} (hf : ∀ z, 0 ≤ f z ∧ f z ≤ 1)
    (hn : 0 < n) (lam : R) :
    expect (μ.iid n) (fun x => exp (lam * (expect μ f - empMean f x))) ≤
      exp (lam ^ 2 / (8 * n)) := by
  have hn' := natCast_pos (R := R) hn
  have h := mgf_le_of_boundedDifferences (fun _ => μ) (boundedDifferences_empMean (n := n) hf)
    (-lam)
  rw [show expect (Dist.pi fun _ => μ) (empMean (n := n) f) = expect μ f from
    expect_empMean μ hn f, sum_const, show (-lam) ^ 2 * ((n : R) * ((1 - 0) / n) ^ 2) / 8 =
      lam ^ 2 / (8 * n) by grind] at h
  rw [expect_congr _ fun x : Fin n → Z => show exp (lam * (expect μ f - empMean f x)) =
    exp (-lam * (empMean f x - expect μ f)) by congr 1; grind]
  exact h

/-- `(K + log (1 / δ)) / lam + lam / (8 n)`. -/
@[expose] noncomputable def catoniBound (K : R) (n : Nat) (δ lam : R) : R :=
  (K + log (1 / δ)) / lam + lam / (8 * n)

/-- **The linear PAC-Bayes bound.** Fix a prior law `π` on a finite class and a number `lam > 0`
before the sample. With probability at least `1 - δ` over `n` independent draws, every law `ρ` on
the class has an expected loss above its mean loss on the sample by at most
`(KL (ρ, π) + log (1 / δ)) / lam + lam / (8 n)`.

Here a hypothesis is drawn from `ρ`, which may depend on the sample. The right hand side is linear
in the relative entropy, so the best `ρ` is known: the prior tilted by `- lam` times the loss on the
sample.

* controls: generalization
* assumes: n > 0 independent draws from a finite law, a finite class, losses in [0, 1], a prior law
  and lam > 0 fixed before the draws, delta > 0
* bound: Generalization.catoniBound
* witness: Generalization.catoni_witness
* sharp: Generalization.catoni_sharp (within a factor 0.85 for one draw of a fair coin and the best
  lam)
* source: Catoni 2003; Alquier 2024, Theorem 2.1 -/
theorem catoni (μ : Dist R Z) (π : Dist R H) {ℓ : H → Z → R}
    (hℓ : ∀ h z, 0 ≤ ℓ h z ∧ ℓ h z ≤ 1) (hn : 0 < n) (hδ : 0 < δ) (hlam : 0 < lam) :
    1 - δ ≤ probOf (μ.iid n) fun x => ∀ ρ : Dist R H, AbsCont ρ π →
      expect ρ (fun h => expect μ (ℓ h)) ≤
        expect ρ (fun h => empMean (ℓ h) x) + catoniBound (klDiv ρ π) n δ lam := by
  have hn' := natCast_pos (R := R) hn
  refine Std.le_trans (change_of_measure (μ.iid n) π
    (Φ := fun h x => lam * (expect μ (ℓ h) - empMean (ℓ h) x)) (exp_pos (lam ^ 2 / (8 * n))) hδ
    fun h => expect_exp_deviation_le μ (hℓ h) hn lam) (probOf_mono _ fun x hx ρ hρ => ?_)
  have h := hx ρ hρ
  unfold changeOfMeasureBound at h
  rw [expect_const_mul, expect_sub, log_div (exp_pos _) hδ, log_exp] at h
  unfold catoniBound
  rw [log_div zero_lt_one hδ, log_one]
  generalize expect ρ (fun h => expect μ (ℓ h)) = a at *
  generalize expect ρ (fun h => empMean (ℓ h) x) = b at *
  have h₁ : a - b ≤ (klDiv ρ π + (lam ^ 2 / (8 * n) - log δ)) / lam :=
    (le_div_iff hlam).2 (by grind)
  have h₂ : (klDiv ρ π + (lam ^ 2 / (8 * n) - log δ)) / lam =
      (klDiv ρ π + (0 - log δ)) / lam + lam / (8 * n) := by grind
  grind

/-! ### The best law -/

/-- The mean of a function plus the relative entropy over `lam` is at least the free energy. -/
theorem gibbs_le {π ρ : Dist R H} (hρ : AbsCont ρ π) (f : H → R) (hlam : 0 < lam) :
    -(log (expect π fun h => exp (-lam * f h)) / lam) ≤ expect ρ f + klDiv ρ π / lam := by
  have h := donsker_varadhan_le hρ fun h => -lam * f h
  rw [expect_const_mul] at h
  generalize log (expect π fun h => exp (-lam * f h)) = l at *
  have h₁ := div_le_div_of_nonneg_right h (le_of_lt hlam)
  have h₂ : -lam * expect ρ f / lam = -expect ρ f := by grind
  have h₃ : (klDiv ρ π + l) / lam = klDiv ρ π / lam + l / lam := by grind
  grind

/-- The free energy is attained at the prior tilted by `- lam` times the function. -/
theorem gibbs_eq (π : Dist R H) (f : H → R) (hlam : 0 < lam) :
    expect (π.tilt fun h => -lam * f h) f + klDiv (π.tilt fun h => -lam * f h) π / lam =
      -(log (expect π fun h => exp (-lam * f h)) / lam) := by
  have h := donsker_varadhan_tilt π fun h => -lam * f h
  rw [expect_const_mul] at h
  generalize log (expect π fun h => exp (-lam * f h)) = l at *
  generalize expect (π.tilt fun h => -lam * f h) f = a at *
  generalize klDiv (π.tilt fun h => -lam * f h) π = b at *
  have h₁ : a = -(b + l) / lam := by rw [← h]; grind
  rw [h₁]
  grind

/-! ### The parameter -/

/-- No parameter makes the bound smaller than `sqrt ((K + log (1 / δ)) / (2 n))`. -/
theorem sqrt_le_catoniBound (hn : 0 < n) (hlam : 0 < lam) (hK : 0 ≤ K + log (1 / δ)) :
    sqrt ((K + log (1 / δ)) / (2 * n)) ≤ catoniBound K n δ lam := by
  have hn' := natCast_pos (R := R) hn
  unfold catoniBound
  generalize K + log (1 / δ) = c at *
  refine sqrt_le_iff.2 ⟨add_nonneg (div_nonneg hK hlam)
    (div_nonneg (le_of_lt hlam) (by grind)), ?_⟩
  have h₁ := sq_nonneg (c / lam - lam / (8 * n))
  have h₂ : c / lam * (lam / (8 * n)) = c / (8 * n) := by grind
  have h₃ : c / (2 * n) = 4 * (c / (8 * n)) := by grind
  grind

/-- At the parameter `sqrt (8 n (K + log (1 / δ)))` the bound is
`sqrt ((K + log (1 / δ)) / (2 n))`. -/
theorem catoniBound_sqrt (hn : 0 < n) (hK : 0 < K + log (1 / δ)) :
    catoniBound K n δ (sqrt (8 * n * (K + log (1 / δ)))) =
      sqrt ((K + log (1 / δ)) / (2 * n)) := by
  have hn' := natCast_pos (R := R) hn
  unfold catoniBound
  generalize K + log (1 / δ) = c at *
  have hp := mul_pos (show 0 < 8 * (n : R) by grind) hK
  have h₁ := sq_sqrt (le_of_lt hp)
  have h₂ := sqrt_pos.2 hp
  generalize sqrt (8 * n * c) = s at *
  refine (sqrt_eq_of_sq_eq (add_nonneg (div_nonneg (le_of_lt hK) h₂)
    (div_nonneg (le_of_lt h₂) (by grind))) ?_).symm
  have h₃ : c / s = s / (8 * n) := by grind
  rw [h₃]
  grind

/-- Two losses of a coin, one the opposite of the other, meet the hypotheses of `catoni` with the
uniform prior, and the bound is positive. -/
theorem catoni_witness (hn : 0 < n) (hδ : 0 < δ) (hδ₁ : δ < 1) (hlam : 0 < lam) :
    (∀ h z : Bool, 0 ≤ heads R (xor h z) ∧ heads R (xor h z) ≤ 1) ∧
      AbsCont (Dist.point true) (Dist.uniform : Dist R Bool) ∧
        0 < catoniBound (klDiv (Dist.point true) (Dist.uniform : Dist R Bool)) n δ lam := by
  have hn' := natCast_pos (R := R) hn
  have hac : AbsCont (Dist.point true) (Dist.uniform : Dist R Bool) :=
    absCont_of_pos fun _ => one_div_pos (natCast_pos (R := R) (card_pos (α := Bool)))
  refine ⟨fun _ _ => heads_mem _, hac, add_pos (div_pos ?_ hlam) (div_pos hlam (by grind))⟩
  have h₁ := klDiv_nonneg hac
  have h₂ := log_pos ((one_lt_div hδ).2 hδ₁)
  grind

/-- For one draw of a fair coin and all weight on one hypothesis, the expected loss exceeds the mean
loss by `1 / 2` with probability `1 / 2`; for this `δ` the bound with the best parameter is
`sqrt (log 2 / 2)`, and no parameter makes it smaller. -/
theorem catoni_sharp {h₀ : (0 : R) ≤ 1 / 2} {h₁ : (1 / 2 : R) ≤ 1} :
    probOf ((Dist.coin h₀ h₁).iid 1) (fun x =>
      expect (Dist.coin h₀ h₁) (heads R) - empMean (heads R) x = 1 / 2) = 1 / 2 ∧
    catoniBound 0 1 (1 / 2 : R) (sqrt (8 * log 2)) = sqrt (log 2 / 2) ∧
    ∀ lam : R, 0 < lam → sqrt (log 2 / 2) ≤ catoniBound 0 1 (1 / 2) lam := by
  have hl : (0 : R) + log (1 / (1 / 2)) = log 2 := by
    rw [show (1 / (1 / 2) : R) = 2 by grind]; grind
  have hl₂ : (0 : R) < log 2 := log_pos (by grind)
  have e₁ : ((1 : Nat) : R) = 1 := by grind
  refine ⟨?_, ?_, fun lam hlam => ?_⟩
  · rw [probOf_congr _ fun x : Fin 1 → Bool => show
      expect (Dist.coin h₀ h₁) (heads R) - empMean (heads R) x = 1 / 2 ↔ ∀ i, x i = false by
        rw [expect_heads, empMean, sum_one, e₁]
        refine ⟨fun h i => ?_, fun h => ?_⟩
        · rw [Fin.fin_one_eq_zero i]
          cases hx : x 0 with
          | false => rfl
          | true => rw [hx, heads_true] at h; grind
        · rw [h 0, heads_false]; grind, probOf_all_coins, pow_one]
    show (1 : R) - 1 / 2 = 1 / 2
    grind
  · have h := catoniBound_sqrt (K := (0 : R)) (δ := 1 / 2) (n := 1) (by omega) (by grind)
    rw [hl, e₁, show (8 : R) * 1 = 8 by grind, show (2 : R) * 1 = 2 by grind] at h
    exact h
  · have h := sqrt_le_catoniBound (K := (0 : R)) (δ := 1 / 2) (n := 1) (by omega) hlam (by grind)
    rw [hl, e₁, show (2 : R) * 1 = 2 by grind] at h
    exact h

end DeepTheory.Generalization
