module

public import DeepTheory.Reals.Inequalities
public import DeepTheory.Reals.Tactic

/-!
# Finite probability

A law on a finite type gives each element a weight; expectations are finite sums.

## Main definitions
* `DeepTheory.Probability.Dist`: laws on a finite type.
* `DeepTheory.Probability.expect`, `DeepTheory.Probability.probOf`,
  `DeepTheory.Probability.variance`: expectation, probability of an event, variance.
* `DeepTheory.Probability.Dist.pi`, `DeepTheory.Probability.Dist.iid`: independent draws.
* `DeepTheory.Probability.empMean`: the mean of a function over a sample.

## Main theorems
* `DeepTheory.Probability.expect_add`, `DeepTheory.Probability.expect_mono`: expectation is linear
  and monotone.
* `DeepTheory.Probability.expect_pi_succ`: the first of several draws apart.
* `DeepTheory.Probability.expect_pi_prod`: the expectation of a product of functions of one draw
  each is the product of the expectations (independence).
* `DeepTheory.Probability.markov`, `DeepTheory.Probability.chebyshev`,
  `DeepTheory.Probability.probOf_exists_le` (the union bound), `DeepTheory.Probability.jensen`.
-/

public section

namespace DeepTheory.Probability

universe u v w

variable {R : Type u} [RealField R] {Z : Type v} [Fintype Z] {Y : Type w} [Fintype Y] {n : Nat}

/-- A law on a finite type: weights that are not negative and have sum one. -/
structure Dist (R : Type u) [RealField R] (Z : Type v) [Fintype Z] where
  /-- The weight of an element. -/
  prob : Z → R
  /-- No weight is negative. -/
  nonneg : ∀ z, 0 ≤ prob z
  /-- The weights have sum one. -/
  sum_eq_one : ∑ z, prob z = 1

/-- The expectation of a function under a law. -/
@[expose] noncomputable def expect (μ : Dist R Z) (f : Z → R) : R := ∑ z, μ.prob z * f z

open Classical in
/-- One where a proposition holds, zero elsewhere. -/
@[expose] noncomputable def indicator (R : Type u) [RealField R] (p : Prop) : R :=
  if p then 1 else 0

/-- The probability of an event: the expectation of its indicator. -/
@[expose] noncomputable def probOf (μ : Dist R Z) (A : Z → Prop) : R :=
  expect μ fun z => indicator R (A z)

/-- The expected squared distance to the expectation. -/
@[expose] noncomputable def variance (μ : Dist R Z) (f : Z → R) : R :=
  expect μ fun z => (f z - expect μ f) ^ 2

/-! ### Indicators -/

theorem indicator_true {p : Prop} (h : p) : indicator R p = 1 := if_pos h

theorem indicator_false {p : Prop} (h : ¬ p) : indicator R p = 0 := if_neg h

/-- An indicator is zero or one. -/
theorem indicator_cases (R : Type u) [RealField R] (p : Prop) :
    (p ∧ indicator R p = 1) ∨ (¬ p ∧ indicator R p = 0) := by
  rcases Classical.em p with h | h
  · exact .inl ⟨h, indicator_true h⟩
  · exact .inr ⟨h, indicator_false h⟩

theorem indicator_nonneg (p : Prop) : 0 ≤ indicator R p := by
  rcases indicator_cases R p with ⟨_, h⟩ | ⟨_, h⟩ <;> grind

theorem indicator_le_one (p : Prop) : indicator R p ≤ 1 := by
  rcases indicator_cases R p with ⟨_, h⟩ | ⟨_, h⟩ <;> grind

theorem indicator_mono {p q : Prop} (h : p → q) : indicator R p ≤ indicator R q := by
  rcases indicator_cases R p with ⟨h₁, h₂⟩ | ⟨_, h₂⟩
  · rw [h₂, indicator_true (h h₁)]; exact Std.le_refl _
  · rw [h₂]; exact indicator_nonneg _

/-! ### Expectation -/

variable (μ : Dist R Z)

/-- A type with a law has an element. -/
theorem Dist.nonempty (μ : Dist R Z) : Nonempty Z := Classical.byContradiction fun h => by
  have h₁ := μ.sum_eq_one
  rw [sum_eq_zero fun z => absurd ⟨z⟩ h] at h₁
  grind

/-- No weight is above one. -/
theorem Dist.prob_le_one (μ : Dist R Z) (z : Z) : μ.prob z ≤ 1 :=
  μ.sum_eq_one ▸ single_le_sum μ.nonneg z

theorem expect_congr {f g : Z → R} (h : ∀ z, f z = g z) : expect μ f = expect μ g :=
  congrArg _ (funext h)

theorem expect_add (f g : Z → R) : expect μ (fun z => f z + g z) = expect μ f + expect μ g := by
  unfold expect
  rw [← sum_add]
  exact sum_congr fun z => by grind

theorem expect_sub (f g : Z → R) : expect μ (fun z => f z - g z) = expect μ f - expect μ g := by
  unfold expect
  rw [← sum_sub]
  exact sum_congr fun z => by grind

theorem expect_const_mul (c : R) (f : Z → R) : expect μ (fun z => c * f z) = c * expect μ f := by
  unfold expect
  rw [mul_sum]
  exact sum_congr fun z => by grind

theorem expect_mul_const (f : Z → R) (c : R) : expect μ (fun z => f z * c) = expect μ f * c := by
  rw [expect_congr μ fun z => show f z * c = c * f z by grind, expect_const_mul]
  grind

theorem expect_div_const (f : Z → R) (c : R) : expect μ (fun z => f z / c) = expect μ f / c := by
  rw [expect_congr μ fun z => show f z / c = f z * c⁻¹ by grind, expect_mul_const]
  grind

theorem expect_neg (f : Z → R) : expect μ (fun z => -f z) = -expect μ f := by
  rw [expect_congr μ fun z => show -f z = (-1) * f z by grind, expect_const_mul]
  grind

@[simp] theorem expect_const (c : R) : expect μ (fun _ => c) = c := by
  unfold expect
  rw [← sum_mul, μ.sum_eq_one]
  grind

theorem expect_sum {ι : Type _} [Fintype ι] (f : ι → Z → R) :
    expect μ (fun z => ∑ i, f i z) = ∑ i, expect μ (f i) := by
  unfold expect
  rw [sum_comm]
  exact sum_congr fun z => mul_sum _ _

theorem expect_mono {f g : Z → R} (h : ∀ z, f z ≤ g z) : expect μ f ≤ expect μ g :=
  sum_le_sum fun z => mul_le_mul_of_nonneg_left (h z) (μ.nonneg z)

theorem expect_nonneg {f : Z → R} (h : ∀ z, 0 ≤ f z) : 0 ≤ expect μ f :=
  sum_nonneg fun z => mul_nonneg (μ.nonneg z) (h z)

theorem expect_le {f : Z → R} {c : R} (h : ∀ z, f z ≤ c) : expect μ f ≤ c :=
  expect_const μ c ▸ expect_mono μ h

theorem le_expect {f : Z → R} {c : R} (h : ∀ z, c ≤ f z) : c ≤ expect μ f :=
  expect_const μ c ▸ expect_mono μ h

theorem abs_expect_le (f : Z → R) : abs (expect μ f) ≤ expect μ fun z => abs (f z) := by
  refine abs_le.2 ⟨?_, expect_mono μ fun z => le_abs_self _⟩
  rw [← expect_neg]
  exact expect_mono μ fun z => neg_abs_le _

/-- Some value is at most the expectation. -/
theorem exists_le_expect (f : Z → R) : ∃ z, f z ≤ expect μ f :=
  Classical.byContradiction fun h => by
    obtain ⟨z, hz⟩ : ∃ z, μ.prob z ≠ 0 := Classical.byContradiction fun hn => by
      have := μ.sum_eq_one
      rw [sum_eq_zero fun z => Classical.byContradiction fun hz => hn ⟨z, hz⟩] at this
      grind
    have hlt (z : Z) : expect μ f < f z := not_le.1 fun hz => h ⟨z, hz⟩
    have h₁ := sum_lt_sum (f := fun z => μ.prob z * expect μ f) (g := fun z => μ.prob z * f z)
      (fun z => mul_le_mul_of_nonneg_left (le_of_lt (hlt z)) (μ.nonneg z)) (k := z)
      (mul_lt_mul_of_pos_left (hlt z) (lt_of_le_of_ne (μ.nonneg z) (Ne.symm hz)))
    rw [← sum_mul, μ.sum_eq_one] at h₁
    change 1 * expect μ f < expect μ f at h₁
    grind

/-- **Jensen's inequality.** A convex function of the expectation is at most the expectation of
the convex function. -/
theorem jensen {S : R → Prop} {φ : R → R} (hφ : ConvexOn S φ) {f : Z → R} (hf : ∀ z, S (f z)) :
    φ (expect μ f) ≤ expect μ fun z => φ (f z) :=
  hφ.jensen hf μ.nonneg μ.sum_eq_one

/-! ### Probabilities -/

theorem probOf_nonneg (A : Z → Prop) : 0 ≤ probOf μ A := expect_nonneg μ fun _ => indicator_nonneg _

theorem probOf_le_one (A : Z → Prop) : probOf μ A ≤ 1 := expect_le μ fun _ => indicator_le_one _

theorem probOf_mono {A B : Z → Prop} (h : ∀ z, A z → B z) : probOf μ A ≤ probOf μ B :=
  expect_mono μ fun z => indicator_mono (h z)

theorem probOf_congr {A B : Z → Prop} (h : ∀ z, A z ↔ B z) :
    probOf μ A = probOf μ B := by
  rw [show A = B from funext fun z => propext (h z)]

/-- The probability of the opposite event. -/
theorem probOf_not (A : Z → Prop) : probOf μ (fun z => ¬ A z) = 1 - probOf μ A := by
  unfold probOf
  rw [← expect_const μ (1 : R), ← expect_sub]
  refine expect_congr μ fun z => ?_
  rcases indicator_cases R (A z) with ⟨h₁, h₂⟩ | ⟨h₁, h₂⟩
  · rw [h₂, indicator_false (fun h => h h₁)]; grind
  · rw [h₂, indicator_true h₁]; grind

/-- Where the bad event has probability at most `δ`, the good one has at least `1 - δ`. -/
theorem le_probOf_of_bad {A B : Z → Prop} {δ : R} (hb : probOf μ B ≤ δ)
    (h : ∀ z, ¬ B z → A z) : 1 - δ ≤ probOf μ A := by
  have h₁ := probOf_mono μ h
  rw [probOf_not] at h₁
  grind

/-- Either of two events is at most as likely as both together. -/
theorem probOf_or_le (A B : Z → Prop) :
    probOf μ (fun z => A z ∨ B z) ≤ probOf μ A + probOf μ B := by
  unfold probOf
  rw [← expect_add]
  refine expect_mono μ fun z => ?_
  have h₁ := indicator_nonneg (R := R) (A z)
  have h₂ := indicator_nonneg (R := R) (B z)
  rcases indicator_cases R (A z ∨ B z) with ⟨h | h, h₃⟩ | ⟨_, h₃⟩
  · rw [h₃, indicator_true h]; grind
  · rw [h₃, indicator_true h]; grind
  · grind

/-- **The union bound**: one event of a finite family happens with at most the sum of the
probabilities. -/
theorem probOf_exists_le {ι : Type _} [Fintype ι] (A : ι → Z → Prop) :
    probOf μ (fun z => ∃ i, A i z) ≤ ∑ i, probOf μ (A i) := by
  unfold probOf
  rw [← expect_sum μ fun i z => indicator R (A i z)]
  refine expect_mono μ fun z => ?_
  rcases indicator_cases R (∃ i, A i z) with ⟨⟨i, h⟩, h₁⟩ | ⟨_, h₁⟩
  · rw [h₁, ← indicator_true (R := R) h]
    exact single_le_sum (f := fun i => indicator R (A i z)) (fun _ => indicator_nonneg _) i
  · rw [h₁]; exact sum_nonneg fun _ => indicator_nonneg _

/-- **Markov's inequality.** -/
theorem markov {f : Z → R} (hf : ∀ z, 0 ≤ f z) {t : R} (ht : 0 < t) :
    probOf μ (fun z => t ≤ f z) ≤ expect μ f / t := by
  rw [le_div_iff ht, probOf, ← expect_mul_const]
  refine expect_mono μ fun z => ?_
  have := hf z
  rcases indicator_cases R (t ≤ f z) with ⟨h, h₁⟩ | ⟨_, h₁⟩ <;> rw [h₁] <;> grind

/-- **Chebyshev's inequality.** -/
theorem chebyshev (f : Z → R) {t : R} (ht : 0 < t) :
    probOf μ (fun z => t ≤ abs (f z - expect μ f)) ≤ variance μ f / t ^ 2 := by
  refine Std.le_trans (probOf_mono μ fun z hz => ?_)
    (markov μ (f := fun z => (f z - expect μ f) ^ 2) (fun z => sq_nonneg _) (pow_pos ht 2))
  show t ^ 2 ≤ (f z - expect μ f) ^ 2
  rw [← sq_abs (f z - expect μ f)]
  exact sq_le_sq (le_of_lt ht) hz

/-- **The Chernoff bound**: a large value is at most as likely as its exponential moment says. -/
theorem chernoff (f : Z → R) {s : R} (hs : 0 ≤ s) (t : R) :
    probOf μ (fun z => t ≤ f z) ≤ expect μ (fun z => exp (s * f z)) * exp (-(s * t)) := by
  rw [probOf, ← expect_mul_const]
  refine expect_mono μ fun z => ?_
  have h₀ := mul_pos (exp_pos (s * f z)) (exp_pos (-(s * t)))
  rcases indicator_cases R (t ≤ f z) with ⟨h, h₁⟩ | ⟨_, h₁⟩
  · rw [h₁, ← exp_add, ← exp_zero (R := R)]
    have := mul_le_mul_of_nonneg_left h hs
    exact exp_le_exp.2 (by grind)
  · rw [h₁]; exact le_of_lt h₀

/-! ### Independent draws -/

/-- Independent draws, one from each of several laws. -/
@[expose] noncomputable def Dist.pi (μ : Fin n → Dist R Z) : Dist R (Fin n → Z) where
  prob x := ∏ i, (μ i).prob (x i)
  nonneg x := prod_nonneg fun i => (μ i).nonneg _
  sum_eq_one := by
    rw [← prod_sum fun i z => (μ i).prob z, prod_congr fun i => (μ i).sum_eq_one, prod_const,
      one_pow]

/-- `n` independent draws from one law. -/
@[expose] noncomputable def Dist.iid (μ : Dist R Z) (n : Nat) : Dist R (Fin n → Z) :=
  Dist.pi fun _ => μ

/-- The mean of a function over a sample. -/
@[expose] noncomputable def empMean (f : Z → R) (x : Fin n → Z) : R := (∑ i, f (x i)) / n

/-- Expectation over several draws, the first one apart. -/
theorem expect_pi_succ (μ : Fin (n + 1) → Dist R Z) (f : (Fin (n + 1) → Z) → R) :
    expect (Dist.pi μ) f =
      expect (μ 0) fun a => expect (Dist.pi fun i => μ i.succ) fun x => f (cons a x) := by
  unfold expect
  rw [sum_fun_succ]
  refine sum_congr fun a => ?_
  rw [mul_sum]
  refine sum_congr fun x => ?_
  show (∏ i, (μ i).prob (cons a x i)) * _ = _
  rw [prod_succ']
  show (μ 0).prob a * (∏ i : Fin n, (μ i.succ).prob (x i)) * _ = _
  show _ = (μ 0).prob a * ((∏ i : Fin n, (μ i.succ).prob (x i)) * _)
  grind

/-- Without a draw there is nothing to average. -/
theorem expect_pi_zero (μ : Fin 0 → Dist R Z) (f : (Fin 0 → Z) → R) :
    expect (Dist.pi μ) f = f fun i => i.elim0 := by
  unfold expect
  rw [sum_fun_zero]
  show (1 : R) * _ = _
  grind

/-- **Independence**: the expectation of a product of functions of one draw each is the product of
their expectations. -/
theorem expect_pi_prod (μ : Fin n → Dist R Z) (f : Fin n → Z → R) :
    expect (Dist.pi μ) (fun x => ∏ i, f i (x i)) = ∏ i, expect (μ i) (f i) := by
  unfold expect
  rw [prod_sum fun i z => (μ i).prob z * f i z]
  exact sum_congr fun x => (prod_mul _ _).symm

/-- A function of one draw has the expectation that it has under the law of this draw. -/
theorem expect_pi_apply (μ : Fin n → Dist R Z) (i : Fin n) (f : Z → R) :
    expect (Dist.pi μ) (fun x => f (x i)) = expect (μ i) f := by
  induction n with
  | zero => exact i.elim0
  | succ n ih =>
    rw [expect_pi_succ]
    induction i using Fin.cases with
    | zero => exact expect_congr _ fun a => expect_const (Dist.pi fun i => μ i.succ) (f a)
    | succ i => rw [show (fun a => expect (Dist.pi fun i => μ i.succ) fun x => f (cons a x i.succ))
        = fun _ => expect (μ i.succ) f from funext fun a => ih (fun i => μ i.succ) i, expect_const]

/-- The mean over a sample is right on average. -/
theorem expect_empMean (μ : Dist R Z) (hn : 0 < n) (f : Z → R) :
    expect (μ.iid n) (empMean f) = expect μ f := by
  have hn' := natCast_pos (R := R) hn
  show expect (μ.iid n) (fun x => (∑ i, f (x i)) / n) = _
  have h (i : Fin n) : expect (μ.iid n) (fun x => f (x i)) = expect μ f :=
    expect_pi_apply (fun _ => μ) i f
  rw [expect_div_const, expect_sum (μ.iid n) fun i x => f (x i), sum_congr h, sum_const]
  grind

omit [Fintype Z] in
/-- The mean is at most a bound of the values. -/
theorem empMean_le {f : Z → R} {c : R} (hn : 0 < n) (h : ∀ z, f z ≤ c) (x : Fin n → Z) :
    empMean f x ≤ c := by
  have hn' := natCast_pos (R := R) hn
  rw [empMean, div_le_iff hn']
  have := sum_le_mul fun i => h (x i)
  grind

/-! ### Laws -/

/-- The law that draws one element for sure. -/
@[expose] noncomputable def Dist.point (z : Z) : Dist R Z where
  prob y := indicator R (y = z)
  nonneg _ := indicator_nonneg _
  sum_eq_one := by
    rw [sum_eq_single z fun y h => indicator_false h, indicator_true rfl]

@[simp] theorem expect_point (z : Z) (f : Z → R) : expect (Dist.point z) f = f z := by
  show ∑ y, indicator R (y = z) * f y = f z
  rw [sum_eq_single z fun y h => by rw [indicator_false h]; grind, indicator_true rfl]
  grind

/-- The law that draws all elements equally often. -/
@[expose] noncomputable def Dist.uniform [Nonempty Z] : Dist R Z where
  prob _ := 1 / card Z
  nonneg _ := one_div_nonneg (natCast_nonneg _)
  sum_eq_one := by
    have := natCast_pos (R := R) (card_pos (α := Z))
    rw [sum_const_card]
    grind

/-- A coin that shows `true` with probability `p`. -/
@[expose] noncomputable def Dist.coin {p : R} (h₀ : 0 ≤ p) (h₁ : p ≤ 1) : Dist R Bool where
  prob b := if b then p else 1 - p
  nonneg b := by cases b <;> grind
  sum_eq_one := by rw [sum_bool]; simp; grind

theorem expect_coin {p : R} (h₀ : 0 ≤ p) (h₁ : p ≤ 1) (f : Bool → R) :
    expect (Dist.coin h₀ h₁) f = (1 - p) * f false + p * f true := by
  unfold expect
  rw [sum_bool]
  rfl

/-- The value of a coin: one for `true`, zero for `false`. -/
@[expose] noncomputable def heads (R : Type u) [RealField R] (b : Bool) : R := if b then 1 else 0

@[simp] theorem heads_true : heads R true = 1 := rfl

@[simp] theorem heads_false : heads R false = 0 := rfl

/-- The value of a coin lies between zero and one. -/
theorem heads_mem (b : Bool) : 0 ≤ heads R b ∧ heads R b ≤ 1 := by
  cases b <;> simp <;> grind

theorem expect_heads {p : R} (h₀ : 0 ≤ p) (h₁ : p ≤ 1) :
    expect (Dist.coin h₀ h₁) (heads R) = p := by
  rw [expect_coin, heads_true, heads_false]
  grind

/-- Independent coins all show `b` with the power of its probability. -/
theorem probOf_all_coins {p : R} (h₀ : 0 ≤ p) (h₁ : p ≤ 1) (b : Bool) :
    probOf ((Dist.coin h₀ h₁).iid n) (fun x => ∀ i, x i = b) = (Dist.coin h₀ h₁).prob b ^ n := by
  have h (x : Fin n → Bool) : indicator R (∀ i, x i = b) = ∏ i, indicator R (x i = b) := by
    rcases Classical.em (∀ i, x i = b) with h | h
    · rw [indicator_true h, prod_congr fun i => indicator_true (R := R) (h i), prod_const, one_pow]
    · obtain ⟨i, hi⟩ := Classical.not_forall.1 h
      rw [indicator_false h, prod_eq_zero i (indicator_false hi)]
  unfold probOf
  rw [expect_congr _ h, Dist.iid,
    expect_pi_prod (fun _ : Fin n => Dist.coin h₀ h₁) fun _ z => indicator R (z = b), ← prod_const]
  refine prod_congr fun i => ?_
  rw [expect_coin]
  cases b
  · rw [indicator_true rfl, indicator_false (by simp)]
    show _ = 1 - p
    grind
  · rw [indicator_true rfl, indicator_false (by simp)]
    show _ = p
    grind

/-- Coins show only heads exactly where the number of heads is the largest possible. -/
theorem sum_heads_ge_iff (x : Fin n → Bool) :
    (n : R) ≤ ∑ i, heads R (x i) ↔ ∀ i, x i = true := by
  refine ⟨fun h i => Classical.byContradiction fun hi => ?_, fun h => ?_⟩
  · have h₁ := sum_lt_sum (f := fun i => heads R (x i)) (g := fun _ => 1)
      (fun i => (heads_mem _).2) (k := i) (by
        show heads R (x i) < 1
        rw [show x i = false by simpa using hi, heads_false]; exact zero_lt_one)
    rw [sum_const] at h₁
    grind
  · rw [sum_congr fun i => by rw [h i, heads_true], sum_const]
    grind

end DeepTheory.Probability
