module

public import DeepTheory.Reals.Log

/-!
# Real powers

## Main definitions
* `DeepTheory.rpow`: `x` to the power `a`, for positive `x` and real `a`; at `x = 0` it is one for
  `a = 0` and zero otherwise.

## Main theorems
* `DeepTheory.rpow_add`, `DeepTheory.rpow_mul`, `DeepTheory.mul_rpow`, `DeepTheory.rpow_neg`,
  `DeepTheory.rpow_sub`, `DeepTheory.div_rpow`: the laws of powers.
* `DeepTheory.rpow_natCast`, `DeepTheory.rpow_half`: powers with natural exponent, square roots.
* `DeepTheory.rpow_le_rpow`, `DeepTheory.rpow_le_rpow_of_exponent_le`: order.
* `DeepTheory.hasDerivAt_rpow`: the derivative.

## References
* W. Rudin, *Principles of Mathematical Analysis*, third edition, chapter 8.
-/

public section

namespace DeepTheory

universe u

open Analysis

variable {R : Type u} [RealField R] {x y a b : R}

open Classical in
/-- The power `x ^ a` of a nonnegative number with a real exponent: `exp (a * log x)` for positive
`x`; for other `x` it is one if `a = 0` and zero if not. -/
@[expose] noncomputable def rpow (x a : R) : R :=
  if 0 < x then exp (a * log x) else if a = 0 then 1 else 0

/-- A power of a positive number. -/
theorem rpow_def_of_pos (hx : 0 < x) (a : R) : rpow x a = exp (a * log x) := if_pos hx

/-- Powers of zero. -/
theorem zero_rpow (ha : a ≠ 0) : rpow 0 a = 0 := by
  unfold rpow
  rw [if_neg (by grind), if_neg ha]

/-- A power with exponent zero is one. -/
@[simp] theorem rpow_zero (x : R) : rpow x 0 = 1 := by
  by_cases h : 0 < x
  · rw [rpow_def_of_pos h, show 0 * log x = 0 by grind, exp_zero]
  · unfold rpow
    rw [if_neg h, if_pos rfl]

/-- Powers of positive numbers are positive. -/
theorem rpow_pos_of_pos (hx : 0 < x) (a : R) : 0 < rpow x a := by
  rw [rpow_def_of_pos hx]
  exact exp_pos _

/-- Powers are nonnegative. -/
theorem rpow_nonneg (x a : R) : 0 ≤ rpow x a := by
  by_cases h : 0 < x
  · exact Std.le_of_lt (rpow_pos_of_pos h a)
  · unfold rpow
    rw [if_neg h]
    split <;> grind

/-- The logarithm of a power. -/
theorem log_rpow (hx : 0 < x) (a : R) : log (rpow x a) = a * log x := by
  rw [rpow_def_of_pos hx, log_exp]

/-- Powers of one are one. -/
@[simp] theorem one_rpow (a : R) : rpow 1 a = 1 := by
  rw [rpow_def_of_pos (by grind), log_one, show a * (0 : R) = 0 by grind, exp_zero]

/-- The first power of a nonnegative number. -/
theorem rpow_one (hx : 0 ≤ x) : rpow x 1 = x := by
  rcases (show x = 0 ∨ 0 < x by grind) with h | h
  · rw [h, zero_rpow (by grind)]
  · rw [rpow_def_of_pos h, show 1 * log x = log x by grind, exp_log h]

/-- Powers of the number `exp 1`. -/
theorem exp_one_rpow (a : R) : rpow (exp 1) a = exp a := by
  rw [rpow_def_of_pos (exp_pos 1), log_exp, show a * 1 = a by grind]

/-! ### Laws -/

/-- A power with a sum as exponent. -/
theorem rpow_add (hx : 0 < x) (a b : R) : rpow x (a + b) = rpow x a * rpow x b := by
  rw [rpow_def_of_pos hx, rpow_def_of_pos hx, rpow_def_of_pos hx, ← exp_add,
    show (a + b) * log x = a * log x + b * log x by grind]

/-- A power of a power. -/
theorem rpow_mul (hx : 0 < x) (a b : R) : rpow x (a * b) = rpow (rpow x a) b := by
  rw [rpow_def_of_pos (rpow_pos_of_pos hx a), log_rpow hx, rpow_def_of_pos hx,
    show a * b * log x = b * (a * log x) by grind]

/-- A power with a negative as exponent. -/
theorem rpow_neg (hx : 0 < x) (a : R) : rpow x (-a) = (rpow x a)⁻¹ := by
  rw [rpow_def_of_pos hx, rpow_def_of_pos hx, ← exp_neg, show -a * log x = -(a * log x) by grind]

/-- A power with a difference as exponent. -/
theorem rpow_sub (hx : 0 < x) (a b : R) : rpow x (a - b) = rpow x a / rpow x b := by
  rw [show a - b = a + -b by grind, rpow_add hx, rpow_neg hx]
  grind

/-- A power of a product. -/
theorem mul_rpow (hx : 0 < x) (hy : 0 < y) (a : R) : rpow (x * y) a = rpow x a * rpow y a := by
  rw [rpow_def_of_pos (mul_pos hx hy), rpow_def_of_pos hx, rpow_def_of_pos hy, ← exp_add,
    log_mul hx hy, show a * (log x + log y) = a * log x + a * log y by grind]

/-- A power of an inverse. -/
theorem inv_rpow (hx : 0 < x) (a : R) : rpow x⁻¹ a = (rpow x a)⁻¹ := by
  rw [rpow_def_of_pos (inv_pos hx), rpow_def_of_pos hx, ← exp_neg, log_inv,
    show a * -log x = -(a * log x) by grind]

/-- A power of a quotient. -/
theorem div_rpow (hx : 0 < x) (hy : 0 < y) (a : R) : rpow (x / y) a = rpow x a / rpow y a := by
  rw [show x / y = x * y⁻¹ by grind, mul_rpow hx (inv_pos hy), inv_rpow hy]
  grind

/-- A power with a natural number as exponent. -/
theorem rpow_natCast (hx : 0 ≤ x) (n : Nat) : rpow x n = x ^ n := by
  rcases (show x = 0 ∨ 0 < x by grind) with h | h
  · rcases n with _ | n
    · rw [show ((0 : Nat) : R) = 0 by grind, rpow_zero, pow_zero]
    · have := natCast_pos (R := R) (show 0 < n + 1 by omega)
      rw [h, zero_rpow (by grind), pow_succ]
      grind
  · rw [rpow_def_of_pos h, exp_nat_mul, exp_log h]

/-- The square. -/
theorem rpow_two (hx : 0 ≤ x) : rpow x 2 = x ^ 2 := by
  rw [← rpow_natCast hx, show ((2 : Nat) : R) = 2 by grind]

/-- The power one half is the square root. -/
theorem rpow_half (hx : 0 ≤ x) : rpow x (1 / 2) = sqrt x := by
  refine (sqrt_eq_of_sq_eq (rpow_nonneg _ _) ?_).symm
  rcases (show x = 0 ∨ 0 < x by grind) with h | h
  · rw [h, zero_rpow (by grind)]; grind
  · rw [show rpow x (1 / 2) ^ 2 = rpow x (1 / 2) * rpow x (1 / 2) by grind, ← rpow_add h,
      show (1 / 2 + 1 / 2 : R) = 1 by grind, rpow_one hx]

/-! ### Order -/

/-- Powers with a nonnegative exponent are monotone. -/
theorem rpow_le_rpow (hx : 0 ≤ x) (h : x ≤ y) (ha : 0 ≤ a) : rpow x a ≤ rpow y a := by
  rcases (show a = 0 ∨ 0 < a by grind) with h₀ | h₀
  · rw [h₀, rpow_zero, rpow_zero]; grind
  rcases (show x = 0 ∨ 0 < x by grind) with h₁ | h₁
  · rw [h₁, zero_rpow (by grind)]
    exact rpow_nonneg y a
  · rw [rpow_def_of_pos h₁, rpow_def_of_pos (by grind), exp_le_exp]
    exact mul_le_mul_of_nonneg_left (log_le_log h₁ h) ha

/-- Powers with a positive exponent are strictly monotone. -/
theorem rpow_lt_rpow (hx : 0 ≤ x) (h : x < y) (ha : 0 < a) : rpow x a < rpow y a := by
  rcases (show x = 0 ∨ 0 < x by grind) with h₁ | h₁
  · rw [h₁, zero_rpow (by grind)]
    exact rpow_pos_of_pos (by grind) a
  · rw [rpow_def_of_pos h₁, rpow_def_of_pos (by grind), exp_lt_exp]
    have := mul_pos ha (show 0 < log y - log x by have := log_lt_log h₁ h; grind)
    grind

/-- Powers with a negative exponent are antitone. -/
theorem rpow_le_rpow_of_nonpos (hx : 0 < x) (h : x ≤ y) (ha : a ≤ 0) : rpow y a ≤ rpow x a := by
  rw [rpow_def_of_pos hx, rpow_def_of_pos (by grind), exp_le_exp]
  have := mul_nonneg (show 0 ≤ -a by grind)
    (show 0 ≤ log y - log x by have := log_le_log hx h; grind)
  grind

/-- Powers of a number that is at least one increase with the exponent. -/
theorem rpow_le_rpow_of_exponent_le (hx : 1 ≤ x) (h : a ≤ b) : rpow x a ≤ rpow x b := by
  rw [rpow_def_of_pos (by grind), rpow_def_of_pos (by grind), exp_le_exp]
  exact mul_le_mul_of_nonneg_right h (log_nonneg hx)

/-- Powers of a number between zero and one decrease with the exponent. -/
theorem rpow_le_rpow_of_exponent_ge (hx : 0 < x) (hx₁ : x ≤ 1) (h : a ≤ b) :
    rpow x b ≤ rpow x a := by
  rw [rpow_def_of_pos hx, rpow_def_of_pos hx, exp_le_exp]
  have := mul_nonneg (show 0 ≤ b - a by grind) (show 0 ≤ -log x by
    have := log_nonpos hx₁; grind)
  grind

/-- Powers with a nonnegative exponent of numbers that are at least one are at least one. -/
theorem one_le_rpow (hx : 1 ≤ x) (ha : 0 ≤ a) : 1 ≤ rpow x a := by
  have := rpow_le_rpow (show (0 : R) ≤ 1 by grind) hx ha
  rwa [one_rpow] at this

/-- Powers with a nonnegative exponent of numbers between zero and one are at most one. -/
theorem rpow_le_one (hx : 0 ≤ x) (hx₁ : x ≤ 1) (ha : 0 ≤ a) : rpow x a ≤ 1 := by
  have := rpow_le_rpow hx hx₁ ha
  rwa [one_rpow] at this

/-! ### Bernoulli's inequality and the derivative -/

/-- Bernoulli's inequality with a real exponent that is at least one. -/
theorem one_add_mul_le_rpow (hx : -1 < x) (ha : 1 ≤ a) : 1 + a * x ≤ rpow (1 + x) a := by
  -- `1 + a * x ≤ 0`, or the logarithm of the left-hand side is at most `a * log (1 + x)`
  by_cases h : 0 < 1 + a * x
  · rw [rpow_def_of_pos (by grind), ← log_le_iff_le_exp h]
    have h₀ : 0 < a := by grind
    have hi := inv_pos h₀
    have h₁ := concave_log (x := 1) (y := 1 + a * x) (t := a⁻¹) (by grind) h (by grind) (by
      have := mul_le_mul_of_nonneg_left ha (Std.le_of_lt hi)
      grind)
    rw [log_one, show (1 - a⁻¹) * 1 + a⁻¹ * (1 + a * x) = 1 + x by grind] at h₁
    have h₂ := mul_le_mul_of_nonneg_left h₁ (Std.le_of_lt h₀)
    rw [show a * ((1 - a⁻¹) * 0 + a⁻¹ * log (1 + a * x)) = log (1 + a * x) by grind] at h₂
    exact h₂
  · have := rpow_nonneg (1 + x) a
    grind

/-- The derivative of a power with respect to the base. -/
theorem hasDerivAt_rpow (hx : 0 < x) (a : R) :
    HasDerivAt (fun y => rpow y a) (a * rpow x (a - 1)) x := by
  have h := ((hasDerivAt_log hx).const_mul a).exp
  refine (h.congr_of_eventuallyEq hx fun y hy => rpow_def_of_pos ?_ a).congr_deriv ?_
  · have := abs_lt.1 hy; grind
  · rw [rpow_sub hx, rpow_one (Std.le_of_lt hx), ← rpow_def_of_pos hx]
    grind

end DeepTheory
