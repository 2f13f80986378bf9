module

public import DeepTheory.Generalization.PacBayes.Certified
public import DeepTheory.Probability.BinomialTail

/-!
# The quadratic form and the lambda form of the PAC-Bayes bound

Two ways to put the expected loss alone on one side of Maurer's bound.  Both can be minimised over
the law by descent, which is why trained networks use them as objectives.

## Main definitions
* `DeepTheory.Generalization.quadraticBound`, `DeepTheory.Generalization.lambdaBound`: the bounds.
* `DeepTheory.Generalization.bestLambda`: the best parameter of the second.

## Main theorems
* `DeepTheory.Generalization.le_lambda_of_klBin_le`: the expected loss for one parameter.
* `DeepTheory.Generalization.quadraticBound_le_lambdaBound`,
  `DeepTheory.Generalization.lambdaBound_bestLambda`: the quadratic form is the lambda form at its
  best parameter.
* `DeepTheory.Generalization.klBin_le_sq_div`, `DeepTheory.Generalization.quadratic_sub_le_klInv`:
  how little is lost against the inverse of the relative entropy.
* `DeepTheory.Generalization.pac_bayes_lambda`, `DeepTheory.Generalization.pac_bayes_lambda_witness`,
  `DeepTheory.Generalization.pac_bayes_lambda_sharp`, `DeepTheory.Generalization.lambda_certified`.
* `DeepTheory.Generalization.pac_bayes_quadratic`,
  `DeepTheory.Generalization.pac_bayes_quadratic_witness`,
  `DeepTheory.Generalization.pac_bayes_quadratic_sharp`,
  `DeepTheory.Generalization.quadratic_certified`.

## References
* N. Thiemann, C. Igel, O. Wintenberger, Y. Seldin, *A strongly quasiconvex PAC-Bayesian bound*,
  2017, Theorem 3.
* M. Pérez-Ortiz, O. Rivasplata, J. Shawe-Taylor, C. Szepesvári, *Tighter risk certificates for
  neural networks*, 2021.
-/

public section

namespace DeepTheory.Generalization

open Probability

universe u v w

variable {R : Type u} [RealField R] {Z : Type v} [Fintype Z] {H : Type w} [Fintype H] {n : Nat}
  {c δ lam K p q : R}

/-- With `c` half of Maurer's bound, the square of `sqrt (q + c) + sqrt c`. -/
@[expose] noncomputable def quadraticBound (q K : R) (n : Nat) (δ : R) : R :=
  (sqrt (q + maurerBound K n δ / 2) + sqrt (maurerBound K n δ / 2)) ^ 2

/-- `q / (1 - lam / 2) + (K + log (2 sqrt n / δ)) / (n lam (1 - lam / 2))`. -/
@[expose] noncomputable def lambdaBound (q K : R) (n : Nat) (δ lam : R) : R :=
  q / (1 - lam / 2) + (K + log (2 * sqrt (n : R) / δ)) / (n * lam * (1 - lam / 2))

/-- The parameter at which the lambda form is smallest. -/
@[expose] noncomputable def bestLambda (q K : R) (n : Nat) (δ : R) : R :=
  2 * sqrt (maurerBound K n δ / 2) /
    (sqrt (q + maurerBound K n δ / 2) + sqrt (maurerBound K n δ / 2))

/-! ### The two forms -/

/-- The lambda form in terms of Maurer's bound. -/
theorem lambdaBound_eq (q K : R) (n : Nat) (δ lam : R) : lambdaBound q K n δ lam =
    q / (1 - lam / 2) + maurerBound K n δ / (lam * (1 - lam / 2)) := by
  unfold lambdaBound maurerBound
  generalize K + log (2 * sqrt (n : R) / δ) = a
  generalize 1 - lam / 2 = b
  grind

/-- A relative entropy of two coins of at most `c` bounds the second mean, with a parameter that is
free. -/
theorem le_lambda_of_klBin_le (hq₀ : 0 ≤ q) (hp₀ : 0 ≤ p) (hp₁ : p ≤ 1) (h₁ : p < 1 ∨ q = 1)
    (hc : 0 ≤ c) (h : klBin q p ≤ c) (hlam : 0 < lam) (hlam₂ : lam < 2) :
    p ≤ q / (1 - lam / 2) + c / (lam * (1 - lam / 2)) := by
  have hb : 0 < 1 - lam / 2 := by grind
  have key : lam * (p * (1 - lam / 2) - q) ≤ c := by
    by_cases hqp : q < p
    · have h₂ := sq_div_two_mul_le_klBin hq₀ (le_of_lt hqp) (by grind) (by grind)
      have h₃ : (p - q) ^ 2 ≤ c * (2 * p) := by
        rw [← div_le_iff (by grind)]; grind
      have h₄ := sq_nonneg (lam * p - (p - q))
      -- `2 p` times the claim
      refine le_of_mul_le_mul_left (c := 2 * p) (by grind) ?_
      grind
    · have h₂ := mul_nonneg (le_of_lt hlam) (show 0 ≤ q - p by grind)
      have h₃ := mul_nonneg (mul_nonneg (le_of_lt hlam) hp₀) (le_of_lt hlam)
      grind
  have h₂ : q / (1 - lam / 2) + c / (lam * (1 - lam / 2)) =
      (lam * q + c) / (lam * (1 - lam / 2)) := by
    generalize 1 - lam / 2 = b at *
    grind
  rw [h₂, le_div_iff (mul_pos hlam hb)]
  grind

/-- The quadratic form is at most the lambda form, whatever the parameter. -/
theorem quadratic_le_lambda (hq : 0 ≤ q) (hc : 0 ≤ c) (hlam : 0 < lam) (hlam₂ : lam < 2) :
    (sqrt (q + c / 2) + sqrt (c / 2)) ^ 2 ≤ q / (1 - lam / 2) + c / (lam * (1 - lam / 2)) := by
  have hb : 0 < 1 - lam / 2 := by grind
  have h₁ := sq_sqrt (show 0 ≤ q + c / 2 by grind)
  have h₂ := sq_sqrt (show 0 ≤ c / 2 by grind)
  generalize sqrt (q + c / 2) = a at *
  generalize sqrt (c / 2) = b at *
  have h₃ : q / (1 - lam / 2) + c / (lam * (1 - lam / 2)) =
      (lam * q + c) / (lam * (1 - lam / 2)) := by
    generalize 1 - lam / 2 = b at *
    grind
  rw [h₃, le_div_iff (mul_pos hlam hb), show q = a ^ 2 - b ^ 2 by grind,
    show c = 2 * b ^ 2 by grind]
  have h₄ := sq_nonneg (lam * (a + b) - 2 * b)
  grind

/-- The quadratic form is the lambda form at the parameter
`2 sqrt (c / 2) / (sqrt (q + c / 2) + sqrt (c / 2))`, which lies in `(0, 2)` when `q` and `c` are
positive. -/
theorem lambda_eq_quadratic (hq : 0 < q) (hc : 0 < c)
    (h : lam = 2 * sqrt (c / 2) / (sqrt (q + c / 2) + sqrt (c / 2))) :
    0 < lam ∧ lam < 2 ∧ q / (1 - lam / 2) + c / (lam * (1 - lam / 2)) =
      (sqrt (q + c / 2) + sqrt (c / 2)) ^ 2 := by
  have h₁ := sq_sqrt (show 0 ≤ q + c / 2 by grind)
  have h₂ := sq_sqrt (show 0 ≤ c / 2 by grind)
  have h₃ := sqrt_pos.2 (show 0 < q + c / 2 by grind)
  have h₄ := sqrt_pos.2 (show 0 < c / 2 by grind)
  generalize sqrt (q + c / 2) = a at *
  generalize sqrt (c / 2) = b at *
  have hab : 0 < a + b := by grind
  have h₅ : 0 < lam := by rw [h]; exact div_pos (by grind) hab
  have h₆ : lam < 2 := by rw [h, div_lt_iff hab]; grind
  have h₇ : lam * (a + b) = 2 * b := by rw [h]; exact div_mul_cancel (by grind)
  refine ⟨h₅, h₆, ?_⟩
  have h₈ : 1 - lam / 2 = a / (a + b) := by rw [eq_div_iff (by grind)]; grind
  rw [h₈, h, show q = (a - b) * (a + b) by grind, show c = 2 * b ^ 2 by grind]
  have ha : a ≠ 0 := by grind
  have hb : b ≠ 0 := by grind
  have hs : a + b ≠ 0 := by grind
  have e₁ : (a - b) * (a + b) / (a / (a + b)) = (a - b) * (a + b) ^ 2 / a := by
    rw [div_eq_div_iff (div_ne_zero ha hs) ha]
    have := div_mul_cancel (a := a) hs
    generalize a / (a + b) = y at *
    grind
  have e₂ : 2 * b ^ 2 / (2 * b / (a + b) * (a / (a + b))) = b * (a + b) ^ 2 / a := by
    rw [div_eq_div_iff (mul_ne_zero (div_ne_zero (by grind) hs) (div_ne_zero ha hs)) ha]
    have := div_mul_cancel (a := a) hs
    have := div_mul_cancel (a := 2 * b) hs
    generalize a / (a + b) = y at *
    generalize 2 * b / (a + b) = y' at *
    grind
  rw [e₁, e₂]
  have := div_mul_cancel (a := (a + b) ^ 2) ha
  rw [show (a - b) * (a + b) ^ 2 / a + b * (a + b) ^ 2 / a = (a + b) ^ 2 / a * a by grind, this]

/-- A relative entropy of two coins of at most `c` bounds the second mean by the quadratic form. -/
theorem le_quadratic_of_klBin_le (hq₀ : 0 ≤ q) (hp₁ : p ≤ 1) (h₁ : p < 1 ∨ q = 1)
    (hc : 0 ≤ c) (h : klBin q p ≤ c) : p ≤ (sqrt (q + c / 2) + sqrt (c / 2)) ^ 2 := by
  have e₁ := sq_sqrt (show 0 ≤ q + c / 2 by grind)
  have e₂ := sq_sqrt (show 0 ≤ c / 2 by grind)
  have e₃ := sqrt_nonneg (q + c / 2)
  have e₄ := sqrt_nonneg (c / 2)
  generalize sqrt (q + c / 2) = a at *
  generalize sqrt (c / 2) = b at *
  have e₅ := mul_nonneg e₃ e₄
  have e₆ := sq_nonneg b
  by_cases hqp : q < p
  · have h₂ := sq_div_two_mul_le_klBin hq₀ (le_of_lt hqp) (by grind) (by grind)
    have h₃ : (p - q) ^ 2 ≤ c * (2 * p) := by
      rw [← div_le_iff (by grind)]; grind
    have h₄ := sq_sqrt (show 0 ≤ p by grind)
    have h₅ := sqrt_nonneg p
    generalize sqrt p = s at *
    have h₆ := mul_nonneg h₅ e₄
    have h₇ : p - q ≤ 2 * (s * b) := le_of_sq_le_sq (by grind) (by
      rw [show (2 * (s * b)) ^ 2 = 4 * (s ^ 2 * b ^ 2) by grind, h₄, e₂]; grind)
    have h₈ : s - b ≤ a := le_of_sq_le_sq e₃ (by grind)
    have h₉ := sq_le_sq h₅ (show s ≤ a + b by grind)
    grind
  · grind

/-- For `0 < q ≤ p < 1` the relative entropy of two coins is at most
`(p - q) ^ 2 / (2 q (1 - p))`. -/
theorem klBin_le_sq_div (hq : 0 < q) (hqp : q ≤ p) (hp : p < 1) :
    klBin q p ≤ (p - q) ^ 2 / (2 * q * (1 - p)) := by
  have hp' : 0 < 1 - p := by grind
  have hC : 0 < 2 * q * (1 - p) := mul_pos (by grind) hp'
  have := Analysis.le_of_deriv_nonneg (f := fun x => (2 * q * (1 - p))⁻¹ * (x - q) ^ 2 - klBin q x)
    (f' := fun x => (2 * q * (1 - p))⁻¹ * (2 * (x - q)) - ((1 - q) / (1 - x) - q / x))
    hqp (fun x h₁ h₂ =>
      (((((Analysis.hasDerivAt_id x).sub (Analysis.hasDerivAt_const q x)).pow 2).const_mul
        (2 * q * (1 - p))⁻¹).sub
      (hasDerivAt_klBin (le_of_lt hq) (by grind) (.inl (by grind)) (.inl (by grind)))).congr_deriv
        (by grind))
    fun x h₁ h₂ => by
      dsimp only
      rw [klBin_deriv_eq (by grind) (by grind)]
      have h₃ := mul_le_mul (le_of_lt h₁) (show 1 - p ≤ 1 - x by grind) (by grind) (by grind)
      have h₄ := div_le_div_of_nonneg_left (show 0 ≤ 2 * (x - q) by grind) hC
        (show 2 * q * (1 - p) ≤ 2 * (x * (1 - x)) by grind)
      have h₅ : 2 * (x - q) / (2 * (x * (1 - x))) = (x - q) / (x * (1 - x)) := by
        generalize x * (1 - x) = y
        grind
      rw [h₅] at h₄
      generalize (x - q) / (x * (1 - x)) = y at *
      generalize 2 * q * (1 - p) = C at *
      grind
  simp only [klBin_self] at this
  generalize 2 * q * (1 - p) = C at *
  grind

/-- The inverse of the relative entropy is almost as large as the quadratic form `B` where this is
small and close to `q`: it exceeds `q` by at least `sqrt (q (1 - B) / B)` times as much. -/
theorem quadratic_sub_le_klInv {B : R} (hq : 0 ≤ q) (hc : 0 ≤ c)
    (hB : B = (sqrt (q + c / 2) + sqrt (c / 2)) ^ 2) (hB₁ : B ≤ 1) :
    sqrt (q * (1 - B) / B) * (B - q) ≤ klInv q c - q := by
  have e₁ := sq_sqrt (show 0 ≤ q + c / 2 by grind)
  have e₂ := sq_sqrt (show 0 ≤ c / 2 by grind)
  have e₃ := mul_nonneg (sqrt_nonneg (q + c / 2)) (sqrt_nonneg (c / 2))
  generalize sqrt (q + c / 2) = a at *
  generalize sqrt (c / 2) = b at *
  have e₄ : (a + b) ^ 2 = a ^ 2 + 2 * (a * b) + b ^ 2 := by grind
  have e₅ := sq_nonneg b
  have hqB : q ≤ B := by rw [hB, e₄, e₁]; grind
  have hBq : B - q = 2 * b * (a + b) := by
    rw [hB, show q = a ^ 2 - b ^ 2 by rw [e₁, e₂]; grind]; grind
  have hE : (B - q) ^ 2 = 2 * c * B := by
    rw [hBq, hB, show c = 2 * b ^ 2 by rw [e₂]; grind]; grind
  clear hBq e₁ e₂ e₃ e₄ e₅ hB
  have h₀ := le_klInv_self (show q ≤ 1 by grind) c
  rcases (show q * (1 - B) = 0 ∨ (0 < q ∧ B < 1) by grind) with h | ⟨hq', hB'⟩
  · rw [h, show (0 : R) / B = 0 by grind, sqrt_zero]
    grind
  have hB₀ : 0 < B := by grind
  have hθ₀ := sqrt_nonneg (q * (1 - B) / B)
  have hθ := sq_sqrt (div_nonneg (mul_nonneg hq (show 0 ≤ 1 - B by grind)) hB₀)
  have hθB := div_mul_cancel (a := q * (1 - B)) (show B ≠ 0 by grind)
  rw [← hθ] at hθB
  have hθ₁ : sqrt (q * (1 - B) / B) ≤ 1 := sqrt_le_iff.2 ⟨by grind, by
    rw [div_le_iff hB₀]
    have := mul_nonneg hq (show 0 ≤ B by grind)
    grind⟩
  generalize sqrt (q * (1 - B) / B) = t at *
  have h₁ := mul_nonneg hθ₀ (show 0 ≤ B - q by grind)
  have h₂ := mul_nonneg (show 0 ≤ 1 - t by grind) (show 0 ≤ B - q by grind)
  have h₃ : q + t * (B - q) ≤ B := by grind
  have h₄ := klBin_le_sq_div hq' (show q ≤ q + t * (B - q) by grind) (by grind)
  have h₅ : (q + t * (B - q) - q) ^ 2 / (2 * q * (1 - (q + t * (B - q)))) ≤ c := by
    rw [div_le_iff (mul_pos (by grind) (by grind)), show (q + t * (B - q) - q) ^ 2 =
      2 * c * (t ^ 2 * B) by
        rw [show (q + t * (B - q) - q) ^ 2 = t ^ 2 * (B - q) ^ 2 by grind, hE]; grind, hθB]
    have := mul_nonneg (mul_nonneg hc hq) (show 0 ≤ B - (q + t * (B - q)) by grind)
    grind
  have := (le_klInv_iff hq (show q ≤ q + t * (B - q) by grind) (by grind) hc).2
    (Std.le_trans h₄ h₅)
  grind

/-! ### The bounds -/

/-- What follows from a bound on the relative entropy of two coins follows from Maurer's bound for
all laws at once. -/
theorem maurer_of_klBin (μ : Dist R Z) (π : Dist R H) {ℓ : H → Z → R}
    (hℓ : ∀ h z, 0 ≤ ℓ h z ∧ ℓ h z ≤ 1) (hn : 0 < n) (hδ : 0 < δ) {B : R → R → R → Prop}
    (hB : ∀ {q p c}, 0 ≤ q → 0 ≤ p → p ≤ 1 → (p < 1 ∨ q = 1) → 0 ≤ c → klBin q p ≤ c → B q p c) :
    1 - δ ≤ probOf (μ.iid n) fun x => ∀ ρ : Dist R H, AbsCont ρ π →
      B (expect ρ fun h => empMean (ℓ h) x) (expect ρ fun h => expect μ (ℓ h))
        (maurerBound (klDiv ρ π) n δ) := by
  refine Std.le_trans (seeger_of_moment μ π hℓ hn hδ (maurerMoment_le_two_sqrt hn))
    (probOf_mono _ fun x hx ρ hρ => ?_)
  obtain ⟨h₁, h₂, h₃⟩ := hx ρ hρ
  have hq₀ := expect_nonneg ρ fun h => (empMean_mem (hℓ h) hn x).1
  have hq₁ := expect_le ρ fun h => (empMean_mem (hℓ h) hn x).2
  have hp₀ := expect_nonneg ρ fun h => expect_nonneg μ fun z => (hℓ h z).1
  have hp₁ := expect_le ρ fun h => expect_le μ fun z => (hℓ h z).2
  exact hB hq₀ hp₀ hp₁ h₃ (Std.le_trans (klBin_nonneg hq₀ hq₁ hp₀ hp₁ h₂ h₃) h₁) h₁

/-- The quadratic form is at most the lambda form, whatever the parameter. -/
theorem quadraticBound_le_lambdaBound (hq : 0 ≤ q) (hc : 0 ≤ maurerBound K n δ) (hlam : 0 < lam)
    (hlam₂ : lam < 2) : quadraticBound q K n δ ≤ lambdaBound q K n δ lam := by
  rw [lambdaBound_eq]
  exact quadratic_le_lambda hq hc hlam hlam₂

/-- At the best parameter the lambda form is the quadratic form. For a mean loss of zero this
parameter would be two, which is not allowed: the quadratic form is then only approached. -/
theorem lambdaBound_bestLambda (hq : 0 < q) (hc : 0 < maurerBound K n δ) :
    0 < bestLambda q K n δ ∧ bestLambda q K n δ < 2 ∧
      lambdaBound q K n δ (bestLambda q K n δ) = quadraticBound q K n δ := by
  rw [lambdaBound_eq]
  exact lambda_eq_quadratic hq hc rfl

/-- **The lambda form of the PAC-Bayes bound.** Fix a prior law `π` on a finite class before the
sample. With probability at least `1 - δ` over `n` independent draws, for every law `ρ` on the class
and for every `lam` between zero and two the expected loss is at most
`q / (1 - lam / 2) + (KL (ρ, π) + log (2 sqrt n / δ)) / (n lam (1 - lam / 2))`, where `q` is the
mean loss on the sample.

The parameter may be chosen after the sample, together with the law. For a fixed parameter the bound
is linear in the mean loss and in the relative entropy, so the best law is known.

* controls: generalization
* assumes: n > 0 independent draws from a finite law, a finite class, losses in [0, 1], a prior law
  fixed before the draws, delta > 0; 0 < lam < 2, which may depend on the draws
* bound: Generalization.lambdaBound
* witness: Generalization.pac_bayes_lambda_witness
* sharp: Generalization.pac_bayes_lambda_sharp (at the best parameter it is the quadratic form B,
  and no parameter makes it smaller; it exceeds the mean loss q by at most sqrt (B / (q (1 - B)))
  times as much as the inverse of the relative entropy)
* source: Thiemann, Igel, Wintenberger, Seldin 2017, Theorem 3 -/
theorem pac_bayes_lambda (μ : Dist R Z) (π : Dist R H) {ℓ : H → Z → R}
    (hℓ : ∀ h z, 0 ≤ ℓ h z ∧ ℓ h z ≤ 1) (hn : 0 < n) (hδ : 0 < δ) :
    1 - δ ≤ probOf (μ.iid n) fun x => ∀ ρ : Dist R H, AbsCont ρ π → ∀ lam : R, 0 < lam → lam < 2 →
      (expect ρ fun h => expect μ (ℓ h)) ≤
        lambdaBound (expect ρ fun h => empMean (ℓ h) x) (klDiv ρ π) n δ lam := by
  simp only [lambdaBound_eq]
  exact maurer_of_klBin μ π hℓ hn hδ (B := fun q p c => ∀ lam : R, 0 < lam → lam < 2 →
      p ≤ q / (1 - lam / 2) + c / (lam * (1 - lam / 2)))
    fun hq hp hp₁ h₁ hc h _ hlam hlam₂ => le_lambda_of_klBin_le hq hp hp₁ h₁ hc h hlam hlam₂

/-- Two losses of a coin, one the opposite of the other, meet the hypotheses of `pac_bayes_lambda`
with the uniform prior, and for every mean loss `q ≥ 0` and every parameter the bound is above
`q`. -/
theorem pac_bayes_lambda_witness (hn : 0 < n) (hδ : 0 < δ) (hδ₁ : δ < 1) (hlam : 0 < lam)
    (hlam₂ : lam < 2) (hq : 0 ≤ q) :
    (∀ h z : Bool, 0 ≤ heads R (xor h z) ∧ heads R (xor h z) ≤ 1) ∧
      AbsCont (Dist.point true) (Dist.uniform : Dist R Bool) ∧
        q < lambdaBound q (klDiv (Dist.point true) (Dist.uniform : Dist R Bool)) n δ lam := by
  have hac : AbsCont (Dist.point true) (Dist.uniform : Dist R Bool) :=
    absCont_of_pos fun _ => one_div_pos (natCast_pos (R := R) (card_pos (α := Bool)))
  refine ⟨fun _ _ => heads_mem _, hac, ?_⟩
  have hb : 0 < 1 - lam / 2 := by grind
  have h₁ := div_pos (maurerBound_pos hn hδ hδ₁ (klDiv_nonneg hac)) (mul_pos hlam hb)
  have h₂ := div_le_div_of_nonneg_left hq hb (show 1 - lam / 2 ≤ 1 by grind)
  rw [lambdaBound_eq]
  grind

/-- At the best parameter the lambda form is the quadratic form, no parameter makes it smaller, and
where it is small and close to the mean loss it loses little against the inverse of the relative
entropy. -/
theorem pac_bayes_lambda_sharp (hq : 0 < q) (hc : 0 < maurerBound K n δ) :
    lambdaBound q K n δ (bestLambda q K n δ) = quadraticBound q K n δ ∧
      (∀ lam : R, 0 < lam → lam < 2 →
        lambdaBound q K n δ (bestLambda q K n δ) ≤ lambdaBound q K n δ lam) ∧
      ∀ B, B = lambdaBound q K n δ (bestLambda q K n δ) → B ≤ 1 →
        sqrt (q * (1 - B) / B) * (B - q) ≤ klInv q (maurerBound K n δ) - q := by
  obtain ⟨_, _, h⟩ := lambdaBound_bestLambda hq hc
  rw [h]
  exact ⟨rfl, fun lam => quadraticBound_le_lambdaBound (le_of_lt hq) (le_of_lt hc),
    fun B hB hB₁ => quadratic_sub_le_klInv (le_of_lt hq) (le_of_lt hc) hB hB₁⟩

/-- **The lambda form for given numbers.** If the bound of `pac_bayes_lambda` for the mean loss `q`,
the relative entropy `K` and one parameter is at most `p`, then with probability at least `1 - δ`
every law `ρ` on the class whose relative entropy with respect to the prior is at most `K` and whose
mean loss on the sample is at most `q` has an expected loss of at most `p`. -/
theorem lambda_certified (μ : Dist R Z) (π : Dist R H) {ℓ : H → Z → R}
    (hℓ : ∀ h z, 0 ≤ ℓ h z ∧ ℓ h z ≤ 1) (hn : 0 < n) (hδ : 0 < δ) (hlam : 0 < lam) (hlam₂ : lam < 2)
    (h : lambdaBound q K n δ lam ≤ p) :
    1 - δ ≤ probOf (μ.iid n) fun x => ∀ ρ : Dist R H, AbsCont ρ π → klDiv ρ π ≤ K →
      (expect ρ fun h => empMean (ℓ h) x) ≤ q → (expect ρ fun h => expect μ (ℓ h)) ≤ p := by
  refine Std.le_trans (pac_bayes_lambda μ π hℓ hn hδ) (probOf_mono _ fun x hx ρ hρ hK hq => ?_)
  have hb : 0 < 1 - lam / 2 := by grind
  have h₁ := hx ρ hρ lam hlam hlam₂
  rw [lambdaBound_eq] at h h₁
  exact Std.le_trans h₁ (Std.le_trans (add_le_add
    (div_le_div_of_nonneg_right hq (le_of_lt hb))
    (div_le_div_of_nonneg_right (maurerBound_mono hn hK) (le_of_lt (mul_pos hlam hb)))) h)

/-- **The quadratic form of the PAC-Bayes bound.** Fix a prior law `π` on a finite class before the
sample. With probability at least `1 - δ` over `n` independent draws, for every law `ρ` on the class
the expected loss is at most `(sqrt (q + c) + sqrt c) ^ 2`, where `q` is the mean loss on the sample
and `c` is `(KL (ρ, π) + log (2 sqrt n / δ)) / (2 n)`.

It is a formula in the mean loss and the relative entropy that can be minimised by descent, and for
small losses it is better than one with a square root: at a mean loss of zero it is `4 c`.

* controls: generalization
* assumes: n > 0 independent draws from a finite law, a finite class, losses in [0, 1], a prior law
  fixed before the draws, delta > 0
* bound: Generalization.quadraticBound
* witness: Generalization.pac_bayes_quadratic_witness
* sharp: Generalization.pac_bayes_quadratic_sharp (it exceeds the mean loss q by at most
  sqrt (B / (q (1 - B))) times as much as the inverse of the relative entropy, where B is the bound;
  for coins with mean p that show no one, with probability delta, it is at most 2 log (1 / (1 - p))
  + 2 log (2 sqrt n) / n, about twice p for small p and large n)
* source: Pérez-Ortiz, Rivasplata, Shawe-Taylor, Szepesvári 2021 -/
theorem pac_bayes_quadratic (μ : Dist R Z) (π : Dist R H) {ℓ : H → Z → R}
    (hℓ : ∀ h z, 0 ≤ ℓ h z ∧ ℓ h z ≤ 1) (hn : 0 < n) (hδ : 0 < δ) :
    1 - δ ≤ probOf (μ.iid n) fun x => ∀ ρ : Dist R H, AbsCont ρ π →
      (expect ρ fun h => expect μ (ℓ h)) ≤
        quadraticBound (expect ρ fun h => empMean (ℓ h) x) (klDiv ρ π) n δ :=
  maurer_of_klBin μ π hℓ hn hδ (B := fun q p c => p ≤ (sqrt (q + c / 2) + sqrt (c / 2)) ^ 2)
    fun hq _ hp₁ h₁ hc h => le_quadratic_of_klBin_le hq hp₁ h₁ hc h

/-- The quadratic form is monotone in the mean loss and in the relative entropy. -/
theorem quadraticBound_mono {q' K' : R} (hn : 0 < n) (hq : q' ≤ q) (hK : K' ≤ K) :
    quadraticBound q' K' n δ ≤ quadraticBound q K n δ := by
  have h := maurerBound_mono (δ := δ) hn hK
  exact sq_le_sq (add_nonneg (sqrt_nonneg _) (sqrt_nonneg _)) (add_le_add
    (sqrt_le_sqrt (by grind)) (sqrt_le_sqrt (by grind)))

/-- Two losses of a coin, one the opposite of the other, meet the hypotheses of
`pac_bayes_quadratic` with the uniform prior, and for every mean loss `q ≥ 0` the bound is above
`q`. -/
theorem pac_bayes_quadratic_witness (hn : 0 < n) (hδ : 0 < δ) (hδ₁ : δ < 1) (hq : 0 ≤ q) :
    (∀ h z : Bool, 0 ≤ heads R (xor h z) ∧ heads R (xor h z) ≤ 1) ∧
      AbsCont (Dist.point true) (Dist.uniform : Dist R Bool) ∧
        q < quadraticBound q (klDiv (Dist.point true) (Dist.uniform : Dist R Bool)) n δ := by
  have hac : AbsCont (Dist.point true) (Dist.uniform : Dist R Bool) :=
    absCont_of_pos fun _ => one_div_pos (natCast_pos (R := R) (card_pos (α := Bool)))
  refine ⟨fun _ _ => heads_mem _, hac, ?_⟩
  have hc := maurerBound_pos hn hδ hδ₁ (klDiv_nonneg hac)
  unfold quadraticBound
  generalize maurerBound (klDiv (Dist.point true) (Dist.uniform : Dist R Bool)) n δ = c at *
  have h₁ := sq_sqrt (show 0 ≤ q + c / 2 by grind)
  have h₂ := sq_sqrt (show 0 ≤ c / 2 by grind)
  have h₃ := mul_nonneg (sqrt_nonneg (q + c / 2)) (sqrt_nonneg (c / 2))
  rw [show ∀ a b : R, (a + b) ^ 2 = a ^ 2 + 2 * (a * b) + b ^ 2 by intro a b; grind, h₁, h₂]
  grind

/-- The bound exceeds the mean loss by little more than the inverse of the relative entropy does,
where it is small and close to the mean loss. Coins with mean `p` show no one with probability
`δ = (1 - p) ^ n`; all weight on one hypothesis, the bound is then
`2 log (1 / (1 - p)) + 2 log (2 sqrt n) / n`, which for small `p` and large `n` is about twice the
expected loss. -/
theorem pac_bayes_quadratic_sharp {h₀ : 0 ≤ p} {h₁ : p ≤ 1} (hn : 0 < n) (hp : p < 1) :
    (∀ q K δ B : R, 0 ≤ q → 0 ≤ maurerBound K n δ → B = quadraticBound q K n δ → B ≤ 1 →
      sqrt (q * (1 - B) / B) * (B - q) ≤ klInv q (maurerBound K n δ) - q) ∧
    probOf ((Dist.coin h₀ h₁).iid n) (fun x => empMean (heads R) x = 0) = (1 - p) ^ n ∧
    quadraticBound 0 (klDiv (Dist.point (R := R) ()) (Dist.point ())) n ((1 - p) ^ n) =
      2 * log (1 / (1 - p)) + 2 * log (2 * sqrt (n : R)) / n := by
  have hn' := natCast_pos (R := R) hn
  have hp' : 0 < 1 - p := by grind
  refine ⟨fun q K δ B hq hc hB hB₁ => quadratic_sub_le_klInv hq hc hB hB₁, ?_, ?_⟩
  · have h := binomial_kl_tail_sharp (h₀ := h₀) (h₁ := h₁) hn hp
    rw [probOf_congr _ fun x : Fin n → Bool => show empMean (heads R) x ≤ 0 ↔
      empMean (heads R) x = 0 from ⟨fun h => Std.le_antisymm h (empMean_mem heads_mem hn x).1,
        le_of_eq⟩] at h
    rw [h, binomialTailBound, klBin_zero_left hp,
      show -((n : R) * -log (1 - p)) = n * log (1 - p) by grind, exp_nat_mul, exp_log hp']
  · have hn₁ : (1 : R) ≤ n := by have := natCast_le (R := R) (show 1 ≤ n from hn); grind
    have hs := sqrt_le_sqrt hn₁
    rw [sqrt_one] at hs
    have e₁ : maurerBound (0 : R) n ((1 - p) ^ n) =
        log (1 / (1 - p)) + log (2 * sqrt (n : R)) / n := by
      unfold maurerBound
      rw [log_div (by grind) (pow_pos hp' n), log_pow hp', log_div zero_lt_one hp', log_one]
      generalize log (2 * sqrt (n : R)) = l
      grind
    have e₂ : 0 ≤ maurerBound (0 : R) n ((1 - p) ^ n) := by
      rw [e₁]
      exact add_nonneg (log_nonneg ((one_le_div hp').2 (by grind)))
        (div_nonneg (log_nonneg (by grind)) hn')
    have e₃ := sq_sqrt (show 0 ≤ maurerBound (0 : R) n ((1 - p) ^ n) / 2 by grind)
    rw [klDiv_self, quadraticBound, show (0 : R) + maurerBound 0 n ((1 - p) ^ n) / 2 =
      maurerBound 0 n ((1 - p) ^ n) / 2 by grind, show ∀ a : R, (a + a) ^ 2 = 4 * a ^ 2 by
        intro a; grind, e₃, e₁]
    grind

/-- **The quadratic form for given numbers.** If the bound of `pac_bayes_quadratic` for the mean
loss `q` and the relative entropy `K` is at most `p`, then with probability at least `1 - δ` every
law `ρ` on the class whose relative entropy with respect to the prior is at most `K` and whose mean
loss on the sample is at most `q` has an expected loss of at most `p`. -/
theorem quadratic_certified (μ : Dist R Z) (π : Dist R H) {ℓ : H → Z → R}
    (hℓ : ∀ h z, 0 ≤ ℓ h z ∧ ℓ h z ≤ 1) (hn : 0 < n) (hδ : 0 < δ) (h : quadraticBound q K n δ ≤ p) :
    1 - δ ≤ probOf (μ.iid n) fun x => ∀ ρ : Dist R H, AbsCont ρ π → klDiv ρ π ≤ K →
      (expect ρ fun h => empMean (ℓ h) x) ≤ q → (expect ρ fun h => expect μ (ℓ h)) ≤ p :=
  Std.le_trans (pac_bayes_quadratic μ π hℓ hn hδ) (probOf_mono _ fun _ hx ρ hρ hK hq =>
    Std.le_trans (hx ρ hρ) (Std.le_trans (quadraticBound_mono hn hq hK) h))

end DeepTheory.Generalization
