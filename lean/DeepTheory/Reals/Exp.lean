module

public import DeepTheory.Reals.Limit
public import DeepTheory.Reals.Pow

/-!
# The exponential function

`exp x` is the limit of `(1 + x / 2 ^ n) ^ (2 ^ n)`, an increasing sequence once `2 ^ n` is at
least `-x`.  Doubling the exponent shows `exp (2 * x) = exp x ^ 2`, Bernoulli's inequality shows
`1 + x ≤ exp x`, and all laws follow from these two and from `exp x * exp (-x) = 1`.

## Main definitions
* `DeepTheory.expSeq`: the sequence `(1 + x / 2 ^ n) ^ (2 ^ n)`.
* `DeepTheory.exp`: the exponential function.

## Main theorems
* `DeepTheory.exp_add`, `DeepTheory.exp_neg`, `DeepTheory.exp_sub`, `DeepTheory.exp_nat_mul`.
* `DeepTheory.one_add_le_exp`, `DeepTheory.exp_le_inv_one_sub`: bounds that hold for all `x` and
  for `x < 1`.
* `DeepTheory.exp_lt_exp`, `DeepTheory.exp_le_exp`, `DeepTheory.exp_injective`: order.
* `DeepTheory.eq_exp_of_map_add`: the addition theorem and the tangent at zero determine `exp`.

## References
* W. Rudin, *Principles of Mathematical Analysis*, third edition, chapter 8.
-/

public section

namespace DeepTheory

universe u

variable {R : Type u} [RealField R] {x y : R}

/-! ### The sequence -/

/-- The numbers `(1 + x / 2 ^ n) ^ (2 ^ n)`, whose limit is `exp x`. -/
@[expose] def expSeq (x : R) (n : Nat) : R := (1 + x / 2 ^ n) ^ (2 ^ n)

/-- Twice the argument, and one index further, gives the square. -/
theorem expSeq_two_mul (x : R) (n : Nat) : expSeq (2 * x) (n + 1) = expSeq x n ^ 2 := by
  have h₁ := two_pow_pos (R := R) n
  have h₂ : 2 * x / 2 ^ (n + 1) = x / 2 ^ n := by
    have := pow_succ (2 : R) n
    grind
  unfold expSeq
  rw [h₂, Nat.pow_succ, pow_mul]

/-- From some index on, `x / 2 ^ n` is as small as one likes. -/
theorem exists_abs_div_two_pow_lt (x : R) {ε : R} (hε : 0 < ε) :
    ∃ N, ∀ n : Nat, N ≤ n → abs (x / 2 ^ n) < ε := by
  obtain ⟨N, hN⟩ := tendsto_div_two_pow x ε hε
  refine ⟨N, fun n hn => ?_⟩
  have := hN n hn
  rwa [show x / 2 ^ n - 0 = x / 2 ^ n by grind] at this

/-- Bernoulli's inequality for the sequence. -/
theorem one_add_le_expSeq {n : Nat} (h : -1 ≤ x / 2 ^ n) : 1 + x ≤ expSeq x n := by
  have h₁ := one_add_mul_le_pow h (2 ^ n)
  have h₂ := two_pow_pos (R := R) n
  have h₃ : x / 2 ^ n * 2 ^ n = x := div_mul_cancel (by grind)
  rw [natCast_two_pow, show 2 ^ n * (x / 2 ^ n) = x / 2 ^ n * 2 ^ n by grind, h₃] at h₁
  exact h₁

/-- The sequence increases once `-x` is at most `2 ^ n`. -/
theorem expSeq_le_succ {n : Nat} (h : -1 ≤ x / 2 ^ n) : expSeq x n ≤ expSeq x (n + 1) := by
  have h₁ := two_pow_pos (R := R) n
  have h₂ : x / 2 ^ n = 2 * (x / 2 ^ (n + 1)) := by
    have := pow_succ (2 : R) n
    grind
  unfold expSeq
  rw [Nat.pow_succ, Nat.mul_comm, pow_mul]
  refine pow_le_pow_left (by grind) ?_ _
  rw [h₂]
  have := sq_nonneg (x / 2 ^ (n + 1))
  grind

/-- The product of the sequences for `x` and `-x` lies just below one. -/
theorem expSeq_mul_expSeq_neg {n : Nat} (h : abs (x / 2 ^ n) ≤ 1) :
    1 - x * x / 2 ^ n ≤ expSeq x n * expSeq (-x) n ∧ expSeq x n * expSeq (-x) n ≤ 1 := by
  have hp := two_pow_pos (R := R) n
  have h₁ : -x / 2 ^ n = -(x / 2 ^ n) := by grind
  have h₂ : x * x / 2 ^ n = 2 ^ n * (x / 2 ^ n) ^ 2 := by grind
  unfold expSeq
  rw [h₁, h₂, ← mul_pow]
  generalize x / 2 ^ n = u at *
  have hu := abs_le.1 h
  have hu₁ := mul_nonneg (show 0 ≤ 1 + u by grind) (show 0 ≤ 1 - u by grind)
  have hu₂ := sq_nonneg u
  rw [show (1 + u) * (1 + -u) = 1 + -u ^ 2 by grind]
  have h₃ := one_add_mul_le_pow (show -1 ≤ -u ^ 2 by grind) (2 ^ n)
  rw [natCast_two_pow] at h₃
  exact ⟨by grind, pow_le_one (by grind) (by grind) _⟩

/-- The sequence converges. -/
theorem exists_tendsto_expSeq (x : R) : ∃ l, Tendsto (expSeq x) l := by
  obtain ⟨N, hN⟩ := exists_abs_div_two_pow_lt x (show 0 < 1 / 2 by grind)
  have hu : ∀ n, N ≤ n → -(1 / 2) < x / 2 ^ n ∧ x / 2 ^ n < 1 / 2 := fun n hn =>
    abs_lt.1 (hN n hn)
  have hpos : ∀ n, N ≤ n → 0 < expSeq (-x) n ∧ 0 ≤ expSeq x n := fun n hn => by
    have := hu n hn
    have : -x / 2 ^ n = -(x / 2 ^ n) := by grind
    exact ⟨pow_pos (by grind) _, pow_nonneg (by grind) _⟩
  have hN₀ := (hpos N (by omega)).1
  obtain ⟨l, hl, -, -⟩ := exists_tendsto_of_monotone (a := fun k => expSeq x (k + N))
    (x := 1 / expSeq (-x) N) (fun k => by
      have := hu (k + N) (by omega)
      simp only [show k + 1 + N = k + N + 1 by omega]
      exact expSeq_le_succ (by grind)) fun k => by
    have h₁ := hpos (k + N) (by omega)
    have h₂ : expSeq (-x) (0 + N) ≤ expSeq (-x) (k + N) := by
      refine monotone_nat_of_le_succ (a := fun k => expSeq (-x) (k + N)) (fun k => ?_) (by omega)
      have := hu (k + N) (by omega)
      have : -x / 2 ^ (k + N) = -(x / 2 ^ (k + N)) := by grind
      simp only [show k + 1 + N = k + N + 1 by omega]
      exact expSeq_le_succ (by grind)
    rw [Nat.zero_add] at h₂
    have h₃ := (expSeq_mul_expSeq_neg (Std.le_trans (Std.le_of_lt (hN (k + N) (by omega)))
      (show (1 / 2 : R) ≤ 1 by grind))).2
    have h₄ := mul_le_mul_of_nonneg_left h₂ h₁.2
    exact (le_div_iff hN₀).2 (by grind)
  exact ⟨l, (tendsto_add_nat_iff N).1 hl⟩

/-- The exponential function. -/
noncomputable def exp (x : R) : R := Classical.choose (exists_tendsto_expSeq x)

/-- The exponential function is the limit of `(1 + x / 2 ^ n) ^ (2 ^ n)`. -/
theorem tendsto_expSeq (x : R) : Tendsto (expSeq x) (exp x) :=
  Classical.choose_spec (exists_tendsto_expSeq x)

/-! ### The laws -/

/-- The exponential function lies above its tangent at zero. -/
theorem one_add_le_exp (x : R) : 1 + x ≤ exp x := by
  obtain ⟨N, hN⟩ := exists_abs_div_two_pow_lt x zero_lt_one
  refine ge_of_tendsto (N := N) (tendsto_expSeq x) fun n hn => one_add_le_expSeq ?_
  have := abs_lt.1 (hN n hn)
  grind

/-- Doubling the argument squares the value. -/
theorem exp_two_mul (x : R) : exp (2 * x) = exp x ^ 2 :=
  (tendsto_expSeq (2 * x)).succ.unique
    (((tendsto_expSeq x).pow 2).congr fun n => (expSeq_two_mul x n).symm)

/-- The values at `x` and `-x` are inverse to each other. -/
theorem exp_mul_exp_neg (x : R) : exp x * exp (-x) = 1 := by
  obtain ⟨N, hN⟩ := exists_abs_div_two_pow_lt x zero_lt_one
  have h : ∀ n, N ≤ n → abs (x / 2 ^ n) ≤ 1 := fun n hn => Std.le_of_lt (hN n hn)
  refine ((tendsto_expSeq x).mul (tendsto_expSeq (-x))).unique
    (Tendsto.squeeze' (N := N) (a := fun n => 1 - x * x / 2 ^ n) ?_ (tendsto_const 1)
      (fun n hn => (expSeq_mul_expSeq_neg (h n hn)).1)
      fun n hn => (expSeq_mul_expSeq_neg (h n hn)).2)
  exact ((tendsto_const 1).sub (tendsto_div_two_pow (x * x))).congr_lim (by grind)

/-- The exponential function is positive. -/
theorem exp_pos (x : R) : 0 < exp x := by
  have h₁ := exp_two_mul (x / 2)
  have h₂ := sq_nonneg (exp (x / 2))
  have h₃ := exp_mul_exp_neg x
  rw [show 2 * (x / 2) = x by grind] at h₁
  have : exp x ≠ 0 := fun h => by rw [h] at h₃; grind
  grind

/-- The exponential function is nowhere zero. -/
theorem exp_ne_zero (x : R) : exp x ≠ 0 := by have := exp_pos x; grind

/-- The exponential function at `-x` is the inverse. -/
theorem exp_neg (x : R) : exp (-x) = (exp x)⁻¹ := by
  have := exp_mul_exp_neg x
  have := exp_pos x
  grind

/-- The exponential function is one at zero. -/
@[simp] theorem exp_zero : exp (0 : R) = 1 := by
  have h₁ := exp_two_mul (0 : R)
  have h₂ := exp_pos (0 : R)
  rw [show 2 * (0 : R) = 0 by grind] at h₁
  grind

private theorem exp_two_pow_mul (x : R) (n : Nat) : exp (2 ^ n * x) = exp x ^ 2 ^ n := by
  induction n with
  | zero => rw [pow_zero, Nat.pow_zero, show (1 : R) * x = x by grind]; grind
  | succ n ih =>
    rw [pow_succ, show (2 : R) ^ n * 2 * x = 2 * (2 ^ n * x) by grind, exp_two_mul, ih,
      Nat.pow_succ, pow_mul]

/-- For small arguments the defect of the addition theorem is of second order. -/
private theorem exp_mul_exp_defect (hx : abs x ≤ 1 / 4) (hy : abs y ≤ 1 / 4) :
    1 - 3 * (x ^ 2 + y ^ 2) ≤ exp x * exp y * exp (-(x + y)) := by
  have hx' := abs_le.1 hx
  have hy' := abs_le.1 hy
  have h₁ := mul_le_mul (one_add_le_exp x) (one_add_le_exp y) (show 0 ≤ 1 + y by grind)
    (Std.le_of_lt (exp_pos x))
  have h₂ := mul_le_mul h₁ (one_add_le_exp (-(x + y))) (show 0 ≤ 1 + -(x + y) by grind)
    (Std.le_of_lt (mul_pos (exp_pos x) (exp_pos y)))
  refine Std.le_trans ?_ h₂
  -- the left-hand side exceeds `1 - (x + y) ^ 2 - 2 * abs (x * y)`
  have h₃ := sq_nonneg (x + y)
  have h₄ := sq_nonneg (x - y)
  have h₅ := mul_nonneg h₃ (show 0 ≤ 1 - (x + y) by grind)
  have h₆ := mul_nonneg (show 0 ≤ x ^ 2 + y ^ 2 by
    have := sq_nonneg x; have := sq_nonneg y; grind) (show 0 ≤ 1 + (x + y) by grind)
  grind

private theorem one_le_exp_mul_exp (x y : R) : 1 ≤ exp x * exp y * exp (-(x + y)) := by
  obtain ⟨N₁, h₁⟩ := exists_abs_div_two_pow_lt x (show 0 < 1 / 4 by grind)
  obtain ⟨N₂, h₂⟩ := exists_abs_div_two_pow_lt y (show 0 < 1 / 4 by grind)
  refine le_of_tendsto (N := N₁ + N₂) (a := fun n => 1 - 3 * (x ^ 2 + y ^ 2) / 2 ^ n)
    (((tendsto_const 1).sub (tendsto_div_two_pow _)).congr_lim (by grind)) fun n hn => ?_
  have hp := two_pow_pos (R := R) n
  have hx : x = 2 ^ n * (x / 2 ^ n) := by grind
  have hy : y = 2 ^ n * (y / 2 ^ n) := by grind
  have hu := h₁ n (by omega)
  have hv := h₂ n (by omega)
  have hsq : 3 * (x ^ 2 + y ^ 2) / 2 ^ n = 2 ^ n * (3 * ((x / 2 ^ n) ^ 2 + (y / 2 ^ n) ^ 2)) := by
    grind
  show 1 - 3 * (x ^ 2 + y ^ 2) / 2 ^ n ≤ _
  rw [hsq]
  generalize x / 2 ^ n = u at *
  generalize y / 2 ^ n = v at *
  rw [hx, hy, show -(2 ^ n * u + 2 ^ n * v) = 2 ^ n * -(u + v) by grind, exp_two_pow_mul,
    exp_two_pow_mul, exp_two_pow_mul, ← mul_pow, ← mul_pow]
  have hd := exp_mul_exp_defect (Std.le_of_lt hu) (Std.le_of_lt hv)
  have hu' := abs_lt.1 hu
  have hv' := abs_lt.1 hv
  have hu₂ := mul_nonneg (show 0 ≤ 1 / 4 - u by grind) (show 0 ≤ 1 / 4 + u by grind)
  have hv₂ := mul_nonneg (show 0 ≤ 1 / 4 - v by grind) (show 0 ≤ 1 / 4 + v by grind)
  have hb := one_add_mul_le_pow (a := -(3 * (u ^ 2 + v ^ 2))) (by grind) (2 ^ n)
  rw [natCast_two_pow] at hb
  have := pow_le_pow_left (a := 1 + -(3 * (u ^ 2 + v ^ 2))) (by grind)
    (show _ ≤ exp u * exp v * exp (-(u + v)) by grind) (2 ^ n)
  grind

/-- The addition theorem. -/
theorem exp_add (x y : R) : exp (x + y) = exp x * exp y := by
  have h₁ := one_le_exp_mul_exp x y
  have h₂ := one_le_exp_mul_exp (-x) (-y)
  rw [show -(-x + -y) = x + y by grind] at h₂
  have hx := exp_mul_exp_neg x
  have hy := exp_mul_exp_neg y
  have hs := exp_mul_exp_neg (x + y)
  have h₃ := mul_le_mul_of_nonneg_left h₁ (Std.le_of_lt (exp_pos (x + y)))
  have h₄ := mul_le_mul_of_nonneg_left h₂
    (Std.le_of_lt (mul_pos (exp_pos x) (exp_pos y)))
  have e₃ : exp (x + y) * (exp x * exp y * exp (-(x + y))) = exp x * exp y := by grind
  have e₄ : exp x * exp y * (exp (-x) * exp (-y) * exp (x + y)) = exp (x + y) := by grind
  grind

/-- The exponential function turns differences into quotients. -/
theorem exp_sub (x y : R) : exp (x - y) = exp x / exp y := by
  rw [show x - y = x + -y by grind, exp_add, exp_neg]
  grind

/-- The exponential function turns multiples into powers. -/
theorem exp_nat_mul (x : R) (n : Nat) : exp (n * x) = exp x ^ n := by
  induction n with
  | zero => rw [show ((0 : Nat) : R) * x = 0 by grind, exp_zero, pow_zero]
  | succ n ih =>
    rw [show ((n + 1 : Nat) : R) * x = n * x + x by grind, exp_add, ih, pow_succ]

/-! ### Bounds and order -/

/-- The exponential function lies above every tangent. -/
theorem exp_tangent_le (x y : R) : exp x + exp x * (y - x) ≤ exp y := by
  have h₁ := mul_le_mul_of_nonneg_left (one_add_le_exp (y - x)) (Std.le_of_lt (exp_pos x))
  rw [← exp_add, show x + (y - x) = y by grind] at h₁
  grind

/-- Only at zero does the exponential function touch its tangent at zero. -/
theorem add_one_lt_exp (h : x ≠ 0) : 1 + x < exp x := by
  have h₁ := one_add_le_exp (x / 2)
  have h₂ := exp_two_mul (x / 2)
  rw [show 2 * (x / 2) = x by grind] at h₂
  have h₃ := sq_pos h
  rcases le_total (-2) x with h₄ | h₄
  · have := sq_le_sq (show 0 ≤ 1 + x / 2 by grind) h₁
    grind
  · have := exp_pos x
    grind

/-- The exponential function below one. -/
theorem exp_le_inv_one_sub (h : x < 1) : exp x ≤ 1 / (1 - x) := by
  have h₁ := mul_le_mul_of_nonneg_left (one_add_le_exp (-x)) (Std.le_of_lt (exp_pos x))
  rw [exp_mul_exp_neg] at h₁
  exact (le_div_iff (by grind)).2 (by grind)

/-- The exponential function is strictly monotone. -/
theorem exp_lt_exp_of_lt (h : x < y) : exp x < exp y := by
  have h₁ := exp_tangent_le x y
  have h₂ := mul_pos (exp_pos x) (show 0 < y - x by grind)
  grind

/-- The exponential function is strictly monotone. -/
@[simp] theorem exp_lt_exp : exp x < exp y ↔ x < y := by
  refine ⟨fun h => ?_, exp_lt_exp_of_lt⟩
  have : ¬ y ≤ x := fun h' => by
    rcases (show y = x ∨ y < x by grind) with h' | h'
    · rw [h'] at h; grind
    · have := exp_lt_exp_of_lt h'; grind
  grind

/-- The exponential function is monotone. -/
@[simp] theorem exp_le_exp : exp x ≤ exp y ↔ x ≤ y := by
  have := exp_lt_exp (x := y) (y := x)
  grind

/-- The exponential function is injective. -/
theorem exp_injective (h : exp x = exp y) : x = y := by
  have := exp_le_exp (x := x) (y := y)
  have := exp_le_exp (x := y) (y := x)
  grind

/-- The exponential function is one only at zero. -/
@[simp] theorem exp_eq_one_iff : exp x = 1 ↔ x = 0 :=
  ⟨fun h => exp_injective (by rw [h, exp_zero]), fun h => by rw [h, exp_zero]⟩

/-- The exponential function is above one exactly at positive numbers. -/
theorem one_lt_exp_iff : 1 < exp x ↔ 0 < x := by
  rw [← exp_lt_exp (x := 0), exp_zero]

/-- The exponential function is at least one exactly at nonnegative numbers. -/
theorem one_le_exp_iff : 1 ≤ exp x ↔ 0 ≤ x := by
  rw [← exp_le_exp (x := 0), exp_zero]

/-- The exponential function is at most one exactly at nonpositive numbers. -/
theorem exp_le_one_iff : exp x ≤ 1 ↔ x ≤ 0 := by
  rw [← exp_le_exp (y := 0), exp_zero]

/-- The exponential function is below one exactly at negative numbers. -/
theorem exp_lt_one_iff : exp x < 1 ↔ x < 0 := by
  rw [← exp_lt_exp (y := 0), exp_zero]

/-! ### Uniqueness -/

/-- The addition theorem and the bound by the tangent at zero determine the exponential function. -/
theorem eq_exp_of_map_add {f : R → R} (hadd : ∀ x y, f (x + y) = f x * f y)
    (hone : ∀ x, 1 + x ≤ f x) (x : R) : f x = exp x := by
  have hdbl : ∀ x n, f (2 ^ n * x) = f x ^ (2 ^ n) := fun x n => by
    induction n with
    | zero => rw [pow_zero, Nat.pow_zero, show (1 : R) * x = x by grind]; grind
    | succ n ih =>
      rw [pow_succ, show (2 : R) ^ n * 2 * x = 2 ^ n * x + 2 ^ n * x by grind, hadd, ih,
        Nat.pow_succ, pow_mul]
      grind
  have hge : ∀ x, exp x ≤ f x := fun x => by
    obtain ⟨N, hN⟩ := exists_abs_div_two_pow_lt x zero_lt_one
    refine le_of_tendsto (N := N) (tendsto_expSeq x) fun n hn => ?_
    have h₁ := two_pow_pos (R := R) n
    have h₂ := abs_lt.1 (hN n hn)
    have h₃ := hdbl (x / 2 ^ n) n
    rw [show 2 ^ n * (x / 2 ^ n) = x by grind] at h₃
    rw [h₃]
    exact pow_le_pow_left (by grind) (hone _) _
  have h₀ : f 0 = 1 := by
    have h₁ := hadd 0 0
    have h₂ := hone 0
    rw [show (0 : R) + 0 = 0 by grind] at h₁
    have h₃ := mul_nonneg (show 0 ≤ f 0 by grind) (show 0 ≤ f 0 - 1 by grind)
    grind
  have h₁ := hge x
  have h₂ := mul_le_mul_of_nonneg_left (hge (-x)) (show 0 ≤ f x by have := exp_pos x; grind)
  rw [← hadd, show x + -x = 0 by grind, h₀] at h₂
  have h₃ := mul_le_mul_of_nonneg_left h₂ (Std.le_of_lt (exp_pos x))
  rw [show exp x * (f x * exp (-x)) = f x * (exp x * exp (-x)) by grind, exp_mul_exp_neg] at h₃
  grind

end DeepTheory
