module

public import DeepTheory.Probability.Concentration
public import DeepTheory.Reals.Sqrt

/-!
# Uniform convergence over finite and weighted classes

A finite class of losses has, with high probability, all its means close to their expectations at
once; with a prior the price of a hypothesis is the logarithm of its weight; where some hypothesis
makes no error, those without an error on the sample are better than the square root says.

## Main definitions
* `DeepTheory.Generalization.finiteClassBound`, `DeepTheory.Generalization.ermBound`,
  `DeepTheory.Generalization.realizableBound`, `DeepTheory.Generalization.occamBound`: the bounds.

## Main theorems
* `DeepTheory.Generalization.finite_class`, `DeepTheory.Generalization.finite_class_witness`,
  `DeepTheory.Generalization.finite_class_sharp`.
* `DeepTheory.Generalization.erm_excess_risk`, `DeepTheory.Generalization.erm_excess_risk_witness`,
  `DeepTheory.Generalization.erm_excess_risk_sharp`: empirical risk minimisation.
* `DeepTheory.Generalization.realizable`, `DeepTheory.Generalization.realizable_witness`,
  `DeepTheory.Generalization.realizable_sharp`: hypotheses without an error on the sample.
* `DeepTheory.Generalization.occam`, `DeepTheory.Generalization.occam_witness`,
  `DeepTheory.Generalization.occam_sharp`.

## References
* S. Shalev-Shwartz, S. Ben-David, *Understanding Machine Learning*, 2014, chapters 2, 4 and 7.
* A. Blumer, A. Ehrenfeucht, D. Haussler, M. Warmuth, *Occam's razor*, 1987.
-/

public section

namespace DeepTheory.Generalization

open Probability

universe u v w

variable {R : Type u} [RealField R] {Z : Type v} [Fintype Z] {H : Type w} {n : Nat} {δ : R}

/-! ### Quotients -/

/-- Two is positive. -/
private theorem zero_lt_two : (0 : R) < 2 := by grind

/-- Twice a number is positive where the number is. -/
private theorem two_mul_pos {a : R} (h : 0 < a) : 0 < 2 * a := by grind

/-- A quotient by a half. -/
theorem div_half (a b : R) : a / (b / 2) = 2 * a / b := by grind

/-- A quotient by a quotient. -/
private theorem mul_div_eq_div_div (a b c : R) : a * (c / b) = c / (b / a) := by grind

/-- The product of a reciprocal and a quotient. -/
private theorem one_div_mul_div (a b c : R) : 1 / a * (c / b) = c / (b * a) := by grind

/-- The exponent of Hoeffding's bound for losses between 0 and 1. -/
private theorem hoeffding_exponent {m : R} (h : 0 < m) (L : R) :
    -(2 * m * (L / (2 * m)) / (1 - 0) ^ 2) = -L := by grind

/-! ### One hypothesis -/

/-- The deviation at which Hoeffding's bound for a loss between 0 and 1 is `δ`. -/
theorem hoeffdingBound_sqrt_log (hn : 0 < n) (hδ : 0 < δ) (hδ₁ : δ ≤ 1) :
    hoeffdingBound n (sqrt (log (1 / δ) / (2 * n))) 0 1 = δ := by
  have hn' := natCast_pos (R := R) hn
  have hl : 0 ≤ log (1 / δ) := log_nonneg ((one_le_div hδ).2 hδ₁)
  unfold hoeffdingBound
  rw [sq_sqrt (div_nonneg hl (two_mul_pos hn')), hoeffding_exponent hn', exp_neg,
    exp_log (one_div_pos hδ)]
  clear hl hn'
  grind

/-- A mean above its expectation. -/
theorem probOf_deviation_le (μ : Dist R Z) {f : Z → R} (hf : ∀ z, 0 ≤ f z ∧ f z ≤ 1) (hn : 0 < n)
    (hδ : 0 < δ) (hδ₁ : δ ≤ 1) : probOf (μ.iid n) (fun x =>
      sqrt (log (1 / δ) / (2 * n)) ≤ empMean f x - expect μ f) ≤ δ :=
  Std.le_trans (hoeffding μ hf hn (sqrt_nonneg _)) (le_of_eq (hoeffdingBound_sqrt_log hn hδ hδ₁))

/-- A mean below its expectation. -/
theorem probOf_deviation_le' (μ : Dist R Z) {f : Z → R} (hf : ∀ z, 0 ≤ f z ∧ f z ≤ 1) (hn : 0 < n)
    (hδ : 0 < δ) (hδ₁ : δ ≤ 1) : probOf (μ.iid n) (fun x =>
      sqrt (log (1 / δ) / (2 * n)) ≤ expect μ f - empMean f x) ≤ δ := by
  have hn' := natCast_pos (R := R) hn
  have h := probOf_deviation_le μ (f := fun z => 1 - f z)
    (fun z => by have := hf z; grind) hn hδ hδ₁
  rw [expect_sub, expect_const] at h
  rwa [probOf_congr _ fun x : Fin n → Z => show sqrt (log (1 / δ) / (2 * n)) ≤
    empMean (fun z => 1 - f z) x - (1 - expect μ f) ↔
      sqrt (log (1 / δ) / (2 * n)) ≤ expect μ f - empMean f x by
    rw [show empMean (fun z => 1 - f z) x = 1 - empMean f x by
      unfold empMean; rw [sum_sub, sum_const]; grind]
    constructor <;> intro h <;> grind] at h

/-- A mean away from its expectation, on either side. -/
theorem probOf_abs_deviation_le (μ : Dist R Z) {f : Z → R} (hf : ∀ z, 0 ≤ f z ∧ f z ≤ 1)
    (hn : 0 < n) (hδ : 0 < δ) (hδ₁ : δ ≤ 2) : probOf (μ.iid n) (fun x =>
      sqrt (log (2 / δ) / (2 * n)) ≤ abs (empMean f x - expect μ f)) ≤ δ := by
  have h₀ : 0 < δ / 2 ∧ δ / 2 ≤ 1 ∧ δ / 2 + δ / 2 ≤ δ := by grind
  have h₁ := probOf_deviation_le μ hf hn h₀.1 h₀.2.1
  have h₂ := probOf_deviation_le' μ hf hn h₀.1 h₀.2.1
  rw [div_half, Lean.Grind.Semiring.mul_one] at h₁ h₂
  refine Std.le_trans (probOf_mono _ fun x hx => ?_)
    (Std.le_trans (probOf_or_le (μ.iid n) _ _) (Std.le_trans (add_le_add h₁ h₂) h₀.2.2))
  rcases abs_cases (empMean f x - expect μ f) with ⟨_, h⟩ | ⟨_, h⟩ <;> rw [h] at hx
  · exact .inl hx
  · exact .inr (by rwa [Lean.Grind.AddCommGroup.neg_sub] at hx)

/-! ### Finite classes -/

/-- The square root of `(log N + log (2 / δ)) / (2 n)`. -/
@[expose] noncomputable def finiteClassBound (N n : Nat) (δ : R) : R :=
  sqrt ((log (N : R) + log (2 / δ)) / (2 * n))

/-- **Finite classes.** With probability at least `1 - δ` over `n` independent draws, all of the `N`
losses of a finite class have means within `sqrt ((log N + log (2 / δ)) / (2 n))` of their
expectations.

However the hypothesis is chosen from the class, its error on the sample is this close to its true
error; a class costs only the logarithm of its size.

* controls: generalization
* assumes: n > 0 independent draws from a finite law, losses in [0, 1], a finite class with a
  member, 0 < delta < 1
* bound: Generalization.finiteClassBound
* witness: Generalization.finite_class_witness
* sharp: Generalization.finite_class_sharp (one draw of a fair coin: the deviation is 1/2 for sure,
  the bound sqrt(log(2/delta)/2), with the ratio 0.85 as delta tends to 1)
* source: Shalev-Shwartz, Ben-David 2014, Corollary 4.6 -/
theorem finite_class [Fintype H] [Nonempty H] (μ : Dist R Z) {ℓ : H → Z → R}
    (hℓ : ∀ h z, 0 ≤ ℓ h z ∧ ℓ h z ≤ 1) (hn : 0 < n) (hδ : 0 < δ) (hδ₁ : δ < 1) :
    1 - δ ≤ probOf (μ.iid n) fun x => ∀ h,
      abs (empMean (ℓ h) x - expect μ (ℓ h)) ≤ finiteClassBound (card H) n δ := by
  have hN := natCast_pos (R := R) (card_pos (α := H))
  have hd : 0 < δ / card H := div_pos hδ hN
  have hd₁ : δ / card H ≤ 2 := by
    have := natCast_le (R := R) (show 1 ≤ card H from card_pos (α := H))
    exact (div_le_iff hN).2 (by grind)
  have heq : finiteClassBound (card H) n δ = sqrt (log (2 / (δ / card H)) / (2 * n)) := by
    unfold finiteClassBound
    rw [← log_mul hN (div_pos zero_lt_two hδ), mul_div_eq_div_div]
  refine le_probOf_of_bad (B := fun x => ∃ h, sqrt (log (2 / (δ / card H)) / (2 * n)) ≤
    abs (empMean (ℓ h) x - expect μ (ℓ h))) (μ.iid n) ?_ fun x hx h => ?_
  · refine Std.le_trans (probOf_exists_le (μ.iid n) _) (Std.le_trans
      (sum_le_card_mul (c := δ / card H) fun h => probOf_abs_deviation_le μ (hℓ h) hn hd hd₁) ?_)
    rw [Lean.Grind.CommSemiring.mul_comm, div_mul_cancel (ne_of_gt hN)]
    exact Std.le_refl _
  · rw [heq]
    exact le_of_not_lt fun h' => hx ⟨h, le_of_lt h'⟩

/-- The number of truth values is at least one. -/
private theorem one_le_card_bool : (1 : R) ≤ (card Bool : Nat) := by rw [card_bool]; grind

/-- Two losses of a fair coin, one the opposite of the other, meet the hypotheses of
`finite_class`. -/
theorem finite_class_witness (hn : 0 < n) (hδ : 0 < δ) (hδ₁ : δ < 1) :
    (∀ h z : Bool, 0 ≤ heads R (xor h z) ∧ heads R (xor h z) ≤ 1) ∧
      0 < finiteClassBound (card Bool) n δ := by
  have hn' := natCast_pos (R := R) hn
  have h₁ : 0 < log (2 / δ) := log_pos ((one_lt_div hδ).2 (by grind))
  have h₂ : 0 ≤ log ((card Bool : Nat) : R) := log_nonneg one_le_card_bool
  exact ⟨fun _ _ => heads_mem _,
    sqrt_pos.2 (div_pos (add_pos_of_nonneg_of_pos h₂ h₁) (two_mul_pos hn'))⟩

/-- For a single loss and a single draw of a fair coin the deviation is `1 / 2` for sure, and the
bound is `sqrt (log (2 / δ) / 2)`. -/
theorem finite_class_sharp {h₀ : (0 : R) ≤ 1 / 2} {h₁ : (1 / 2 : R) ≤ 1} (δ : R) :
    (∀ x : Fin 1 → Bool, abs (empMean (heads R) x - expect (Dist.coin h₀ h₁) (heads R)) = 1 / 2) ∧
      finiteClassBound (card Unit) 1 δ = sqrt (log (2 / δ) / 2) := by
  refine ⟨fun x => ?_, ?_⟩
  · rw [expect_heads, empMean, sum_one]
    cases x 0
    · rw [heads_false, abs_of_neg (by grind)]; grind
    · rw [heads_true, abs_of_nonneg (by grind)]; grind
  · unfold finiteClassBound
    rw [card_unit, show ((1 : Nat) : R) = 1 by grind, log_one]
    congr 1
    grind

/-- Twice the bound for finite classes. -/
@[expose] noncomputable def ermBound (N n : Nat) (δ : R) : R := 2 * finiteClassBound N n δ

/-- **Empirical risk minimisation.** With probability at least `1 - δ` over `n` independent draws,
every hypothesis of a finite class whose mean loss on the sample is at most that of all others has
an expected loss within `2 sqrt ((log N + log (2 / δ)) / (2 n))` of the best of the class.

Choosing what fits the sample best is nearly as good as knowing the law.

* controls: generalization
* assumes: n > 0 independent draws from a finite law, losses in [0, 1], a finite class with a
  member, 0 < delta < 1
* bound: Generalization.ermBound
* witness: Generalization.erm_excess_risk_witness
* sharp: Generalization.erm_excess_risk_sharp (one draw of a coin with mean p and its two opposite
  losses: the excess is 1 - 2 p with probability p; the constants are not claimed to be the best)
* source: Shalev-Shwartz, Ben-David 2014, Corollary 4.6 -/
theorem erm_excess_risk [Fintype H] [Nonempty H] (μ : Dist R Z) {ℓ : H → Z → R}
    (hℓ : ∀ h z, 0 ≤ ℓ h z ∧ ℓ h z ≤ 1) (hn : 0 < n) (hδ : 0 < δ) (hδ₁ : δ < 1) :
    1 - δ ≤ probOf (μ.iid n) fun x => ∀ g, (∀ h, empMean (ℓ g) x ≤ empMean (ℓ h) x) →
      ∀ h, expect μ (ℓ g) - expect μ (ℓ h) ≤ ermBound (card H) n δ := by
  refine Std.le_trans (finite_class μ hℓ hn hδ hδ₁) (probOf_mono _ fun x hx g hg h => ?_)
  have h₁ := abs_le.1 (hx g)
  have h₂ := abs_le.1 (hx h)
  have h₃ := hg h
  unfold ermBound
  grind

/-- Two losses of a coin, one the opposite of the other, meet the hypotheses of `erm_excess_risk`,
and the bound is positive. -/
theorem erm_excess_risk_witness (hn : 0 < n) (hδ : 0 < δ) (hδ₁ : δ < 1) :
    (∀ h z : Bool, 0 ≤ heads R (xor h z) ∧ heads R (xor h z) ≤ 1) ∧
      0 < ermBound (card Bool) n δ := by
  have h := finite_class_witness hn hδ hδ₁
  unfold ermBound
  exact ⟨h.1, by grind⟩

/-- For one draw of a coin with mean `p` and its two opposite losses, with probability `p` the
minimiser on the sample is the second one, and its expected loss exceeds that of the first by
`1 - 2 p`; the bound is `2 sqrt ((log 2 + log (2 / δ)) / 2)`. -/
theorem erm_excess_risk_sharp {p : R} {h₀ : 0 ≤ p} {h₁ : p ≤ 1} (δ : R) :
    probOf ((Dist.coin h₀ h₁).iid 1) (fun x => ∀ h,
      empMean (fun z => heads R (xor true z)) x ≤ empMean (fun z => heads R (xor h z)) x) = p ∧
    (expect (Dist.coin h₀ h₁) fun z => heads R (xor true z)) -
      (expect (Dist.coin h₀ h₁) fun z => heads R (xor false z)) = 1 - 2 * p ∧
    ermBound (card Bool) 1 δ = 2 * sqrt ((log 2 + log (2 / δ)) / 2) := by
  refine ⟨?_, ?_, ?_⟩
  · rw [probOf_congr _ fun x : Fin 1 → Bool =>
        show (∀ h, empMean (fun z => heads R (xor true z)) x ≤
          empMean (fun z => heads R (xor h z)) x) ↔ ∀ i, x i = true by
      refine ⟨fun h i => ?_, fun h b => ?_⟩
      · have h' := h false
        rw [empMean, empMean, sum_one, sum_one, Fin.fin_one_eq_zero i] at *
        cases hx : x 0 with
        | true => rfl
        | false => rw [hx] at h'; simp at h'; grind
      · rw [empMean, empMean, sum_one, sum_one, h 0]
        cases b <;> simp <;> grind, probOf_all_coins, pow_one]
    rfl
  · rw [expect_coin, expect_coin]
    simp
    grind
  · unfold ermBound finiteClassBound
    rw [card_bool, show ((2 : Nat) : R) = 2 by grind, show (2 : R) * ((1 : Nat) : R) = 2 by grind]

/-! ### Hypotheses without an error -/

/-- `(log N + log (1 / δ)) / n`. -/
@[expose] noncomputable def realizableBound (N n : Nat) (δ : R) : R :=
  (log (N : R) + log (1 / δ)) / n

/-- A hypothesis whose expected loss is above `ε` is without loss on the whole sample with
probability at most `exp (- n ε)`. -/
theorem probOf_empMean_eq_zero_le (μ : Dist R Z) {f : Z → R} (hf : ∀ z, 0 ≤ f z ∧ f z ≤ 1) {ε : R}
    (hε : ε ≤ expect μ f) : probOf (μ.iid n) (fun x => ∀ i, f (x i) = 0) ≤ exp (-(n * ε)) := by
  have h : expect (μ.iid n) (fun x => ∏ i, (1 - f (x i))) = (1 - expect μ f) ^ n := by
    rw [Dist.iid, expect_pi_prod (fun _ => μ) fun _ z => 1 - f z, prod_const, expect_sub,
      expect_const]
  have h₁ : (1 - expect μ f) ^ n ≤ exp (-ε) ^ n := by
    refine pow_le_pow_left (by have := expect_le μ fun z => (hf z).2; grind) ?_ n
    have := one_add_le_exp (-ε)
    grind
  rw [← exp_nat_mul, show (n : R) * -ε = -(n * ε) by grind, ← h] at h₁
  refine Std.le_trans (expect_mono _ fun x => ?_) h₁
  have h₀ : 0 ≤ ∏ i, (1 - f (x i)) := prod_nonneg fun i => by have := hf (x i); grind
  rcases indicator_cases R (∀ i, f (x i) = 0) with ⟨h₂, h₃⟩ | ⟨_, h₃⟩
  · rw [h₃, prod_congr (g := fun _ => 1) fun i => by rw [h₂ i]; grind, prod_const, one_pow]
    exact Std.le_refl _
  · rw [h₃]; exact h₀

/-- **The realizable case.** With probability at least `1 - δ` over `n` independent draws, every
hypothesis of a finite class that has no loss on the sample has an expected loss of at most
`(log N + log (1 / δ)) / n`.

Where some hypothesis is perfect the error falls like `1 / n`, not only like its square root.

* controls: generalization
* assumes: n > 0 independent draws from a finite law, losses in [0, 1], a finite class with a
  member, delta > 0
* bound: Generalization.realizableBound
* witness: Generalization.realizable_witness
* sharp: Generalization.realizable_sharp (one loss of a coin with mean p: no loss occurs with the
  probability delta = (1 - p)^n, at which the bound is - log(1 - p); its ratio to p tends to 1 with
  p)
* source: Shalev-Shwartz, Ben-David 2014, Corollary 2.3 -/
theorem realizable [Fintype H] [Nonempty H] (μ : Dist R Z) {ℓ : H → Z → R}
    (hℓ : ∀ h z, 0 ≤ ℓ h z ∧ ℓ h z ≤ 1) (hn : 0 < n) (hδ : 0 < δ) :
    1 - δ ≤ probOf (μ.iid n) fun x => ∀ h, (∀ i, ℓ h (x i) = 0) →
      expect μ (ℓ h) ≤ realizableBound (card H) n δ := by
  have hn' := natCast_pos (R := R) hn
  have hN := natCast_pos (R := R) (card_pos (α := H))
  refine le_probOf_of_bad (B := fun x => ∃ h, realizableBound (card H) n δ ≤ expect μ (ℓ h) ∧
    ∀ i, ℓ h (x i) = 0) (μ.iid n) ?_ fun x hx h h₀ =>
      le_of_not_lt fun h' => hx ⟨h, le_of_lt h', h₀⟩
  refine Std.le_trans (probOf_exists_le (μ.iid n) _) (Std.le_trans (sum_le_card_mul
    (c := exp (-(n * realizableBound (card H) n δ))) fun h => ?_) ?_)
  · rcases Classical.em (realizableBound (card H) n δ ≤ expect μ (ℓ h)) with h₁ | h₁
    · exact Std.le_trans (probOf_mono _ fun x hx => hx.2) (probOf_empMean_eq_zero_le μ (hℓ h) h₁)
    · refine Std.le_trans (probOf_mono (B := fun _ => False) _ fun x hx => h₁ hx.1) ?_
      unfold probOf
      rw [expect_congr _ fun x => indicator_false (R := R) id, expect_const]
      exact le_of_lt (exp_pos _)
  · unfold realizableBound
    rw [← log_mul hN (one_div_pos hδ), show -((n : R) * (log (card H * (1 / δ)) / n)) =
      -log (card H * (1 / δ)) by grind, exp_neg, exp_log (mul_pos hN (one_div_pos hδ))]
    exact le_of_eq (by grind)

/-- Two losses of a coin, one the opposite of the other, meet the hypotheses of `realizable`, and
the bound is positive. -/
theorem realizable_witness (hn : 0 < n) (hδ : 0 < δ) (hδ₁ : δ < 1) :
    (∀ h z : Bool, 0 ≤ heads R (xor h z) ∧ heads R (xor h z) ≤ 1) ∧
      0 < realizableBound (card Bool) n δ := by
  have h₁ : 0 < log (1 / δ) := log_pos ((one_lt_div hδ).2 hδ₁)
  have h₂ : 0 ≤ log ((card Bool : Nat) : R) := log_nonneg one_le_card_bool
  exact ⟨fun _ _ => heads_mem _, div_pos (add_pos_of_nonneg_of_pos h₂ h₁) (natCast_pos hn)⟩

/-- The loss of a coin with mean `p` is zero on the whole sample with probability `(1 - p) ^ n`; for
this `δ` the bound for a single loss is `- log (1 - p)`, at least `p` and at most `p / (1 - p)`. -/
theorem realizable_sharp {p : R} {h₀ : 0 ≤ p} {h₁ : p ≤ 1} (hn : 0 < n) (hp : p < 1) :
    probOf ((Dist.coin h₀ h₁).iid n) (fun x => ∀ i, heads R (x i) = 0) = (1 - p) ^ n ∧
    realizableBound 1 n ((1 - p) ^ n) = -log (1 - p) ∧ -log (1 - p) ≤ p / (1 - p) := by
  have hn' := natCast_pos (R := R) hn
  have hq : 0 < 1 - p := by grind
  refine ⟨?_, ?_, ?_⟩
  · rw [probOf_congr _ fun x : Fin n → Bool => show (∀ i, heads R (x i) = 0) ↔ ∀ i, x i = false from
      ⟨fun h i => by
        have h' := h i
        cases hx : x i with
        | false => rfl
        | true => rw [hx, heads_true] at h'; grind, fun h i => by rw [h i, heads_false]⟩,
      probOf_all_coins]
    rfl
  · unfold realizableBound
    rw [show ((1 : Nat) : R) = 1 by grind, log_one, log_div zero_lt_one (pow_pos hq n), log_one,
      log_pow hq]
    grind
  · have h := one_sub_inv_le_log hq
    have h₂ : p / (1 - p) = (1 - p)⁻¹ - 1 := by grind
    grind

/-! ### A prior -/

/-- The square root of `(log (1 / w) + log (2 / δ)) / (2 n)`, for a hypothesis of weight `w`. -/
@[expose] noncomputable def occamBound (w : R) (n : Nat) (δ : R) : R :=
  sqrt ((log (1 / w) + log (2 / δ)) / (2 * n))

/-- **Occam's razor.** With a prior `π` on the hypotheses, chosen before the sample, with
probability at least `1 - δ` every hypothesis `h` of positive weight has a mean loss within
`sqrt ((log (1 / π h) + log (2 / δ)) / (2 n))` of its expectation.

Simple hypotheses, those with a large weight, pay less; with equal weights it is the bound for
finite classes.

* controls: generalization
* assumes: n > 0 independent draws from a finite law, losses in [0, 1], a prior law on a finite
  class, 0 < delta < 1
* bound: Generalization.occamBound
* witness: Generalization.occam_witness
* sharp: Generalization.occam_sharp (one draw of a fair coin and all weight on one hypothesis: the
  deviation is 1/2 for sure, the bound sqrt(log(2/delta)/2))
* source: Blumer et al. 1987; Shalev-Shwartz, Ben-David 2014, Theorem 7.7 -/
theorem occam [Fintype H] (μ : Dist R Z) (π : Dist R H) {ℓ : H → Z → R}
    (hℓ : ∀ h z, 0 ≤ ℓ h z ∧ ℓ h z ≤ 1) (hn : 0 < n) (hδ : 0 < δ) (hδ₁ : δ < 1) :
    1 - δ ≤ probOf (μ.iid n) fun x => ∀ h, 0 < π.prob h →
      abs (empMean (ℓ h) x - expect μ (ℓ h)) ≤ occamBound (π.prob h) n δ := by
  have heq (h : H) (hw : 0 < π.prob h) :
      occamBound (π.prob h) n δ = sqrt (log (2 / (δ * π.prob h)) / (2 * n)) := by
    unfold occamBound
    rw [← log_mul (one_div_pos hw) (div_pos zero_lt_two hδ), one_div_mul_div]
  refine le_probOf_of_bad (B := fun x => ∃ h, 0 < π.prob h ∧
    sqrt (log (2 / (δ * π.prob h)) / (2 * n)) ≤ abs (empMean (ℓ h) x - expect μ (ℓ h)))
    (μ.iid n) ?_ fun x hx h hw => ?_
  · refine Std.le_trans (probOf_exists_le (μ.iid n) _) ?_
    refine Std.le_trans (sum_le_sum (g := fun h => δ * π.prob h) fun h => ?_) (le_of_eq (by
      rw [← mul_sum, π.sum_eq_one, Lean.Grind.Semiring.mul_one]))
    rcases lt_or_eq_of_le (π.nonneg h) with hw | hw
    · refine Std.le_trans (probOf_mono _ fun x hx => hx.2)
        (probOf_abs_deviation_le μ (hℓ h) hn (mul_pos hδ hw) ?_)
      exact le_trans (mul_le_of_le_one_right (le_of_lt hδ) (π.prob_le_one h)) (by grind)
    · refine Std.le_trans (probOf_mono (B := fun _ => False) _ fun x hx =>
        ne_of_gt hx.1 hw.symm) ?_
      unfold probOf
      rw [expect_congr _ fun x => indicator_false (R := R) id, expect_const]
      exact le_of_eq (show 0 = δ * π.prob h by
        rw [← hw, Lean.Grind.Semiring.mul_zero])
  · rw [heq h hw]
    exact le_of_not_lt fun h' => hx ⟨h, hw, le_of_lt h'⟩

/-- A prior with the weights `1 / 3` and `2 / 3` on two losses of a coin, one the opposite of the
other, meets the hypotheses of `occam`, and the bound is positive. -/
theorem occam_witness {h₀ : (0 : R) ≤ 1 / 3} {h₁ : (1 / 3 : R) ≤ 1} (hn : 0 < n) (hδ : 0 < δ)
    (hδ₁ : δ < 1) :
    (∀ h z : Bool, 0 ≤ heads R (xor h z) ∧ heads R (xor h z) ≤ 1) ∧
      ∀ h, 0 < (Dist.coin h₀ h₁).prob h ∧ 0 < occamBound ((Dist.coin h₀ h₁).prob h) n δ := by
  have hn' := natCast_pos (R := R) hn
  have hl : 0 < log (2 / δ) := log_pos ((one_lt_div hδ).2 (by grind))
  have hw (h : Bool) : 0 < (Dist.coin h₀ h₁).prob h := by
    cases h
    · show 0 < 1 - (1 / 3 : R); grind
    · show (0 : R) < 1 / 3; grind
  exact ⟨fun _ _ => heads_mem _, fun h => ⟨hw h, sqrt_pos.2 (div_pos (add_pos_of_nonneg_of_pos
    (log_nonneg ((one_le_div (hw h)).2 ((Dist.coin h₀ h₁).prob_le_one h))) hl)
    (two_mul_pos hn'))⟩⟩

/-- With all weight on one hypothesis and a single draw of a fair coin the deviation is `1 / 2` for
sure, and the bound is `sqrt (log (2 / δ) / 2)`. -/
theorem occam_sharp {h₀ : (0 : R) ≤ 1 / 2} {h₁ : (1 / 2 : R) ≤ 1} (δ : R) :
    (∀ x : Fin 1 → Bool, abs (empMean (heads R) x - expect (Dist.coin h₀ h₁) (heads R)) = 1 / 2) ∧
      occamBound ((Dist.point (R := R) ()).prob ()) 1 δ = sqrt (log (2 / δ) / 2) := by
  refine ⟨(finite_class_sharp δ).1, ?_⟩
  unfold occamBound
  rw [show (Dist.point (R := R) ()).prob () = 1 from indicator_true rfl,
    show (1 / 1 : R) = 1 by grind, log_one]
  congr 1
  grind

end DeepTheory.Generalization
