module

public import DeepTheory.Reals.ExpDeriv

/-!
# The exponential series, and bounds of second order

## Main definitions
* `DeepTheory.expTerm`: the term `x ^ n / n!` of the exponential series.
* `DeepTheory.expTaylor`: the sum of its first `n` terms.

## Main theorems
* `DeepTheory.abs_exp_sub_expTaylor_le`: the error of the Taylor polynomial.
* `DeepTheory.expTaylor_le_exp`, `DeepTheory.exp_mul_one_sub_expTerm_le`: bounds from below and
  above at nonnegative numbers.
* `DeepTheory.tendsto_expTaylor`: the exponential series converges to the exponential function.
* `DeepTheory.tendsto_one_add_div_pow_exp`: so does `(1 + x / n) ^ n`.
* `DeepTheory.exp_le_one_add_add_sq_div`: the bound that Bernstein's inequality rests on.

## References
* W. Rudin, *Principles of Mathematical Analysis*, third edition, chapter 8.
* S. Boucheron, G. Lugosi, P. Massart, *Concentration Inequalities*, 2013, section 2.8.
-/

public section

namespace DeepTheory

universe u

open Analysis

variable {R : Type u} [RealField R] {x y : R}

/-! ### The Taylor polynomials -/

/-- The term `x ^ n / n!` of the exponential series. -/
@[expose] def expTerm (x : R) : Nat → R
  | 0 => 1
  | n + 1 => expTerm x n * x / (n + 1 : Nat)

/-- The sum of the first `n` terms of the exponential series. -/
@[expose] def expTaylor (x : R) : Nat → R
  | 0 => 0
  | n + 1 => expTaylor x n + expTerm x n

/-- The first term is one. -/
@[simp] theorem expTerm_zero (x : R) : expTerm x 0 = 1 := rfl

/-- Each term from the one before. -/
theorem expTerm_succ (x : R) (n : Nat) :
    expTerm x (n + 1) = expTerm x n * x / (n + 1 : Nat) := rfl

/-- The empty Taylor polynomial is zero. -/
@[simp] theorem expTaylor_zero (x : R) : expTaylor x 0 = 0 := rfl

/-- The last term split off. -/
theorem expTaylor_succ (x : R) (n : Nat) :
    expTaylor x (n + 1) = expTaylor x n + expTerm x n := rfl

/-- At zero all terms but the first vanish. -/
theorem expTerm_zero_succ (n : Nat) : expTerm (0 : R) (n + 1) = 0 := by
  rw [expTerm_succ]; grind

/-- At zero every Taylor polynomial with at least one term is one. -/
theorem expTaylor_zero_succ (n : Nat) : expTaylor (0 : R) (n + 1) = 1 := by
  induction n with
  | zero => rw [expTaylor_succ, expTaylor_zero, expTerm_zero]; grind
  | succ n ih => rw [expTaylor_succ, ih, expTerm_zero_succ]; grind

/-- The terms are nonnegative at nonnegative numbers. -/
theorem expTerm_nonneg (hx : 0 ≤ x) (n : Nat) : 0 ≤ expTerm x n := by
  induction n with
  | zero => rw [expTerm_zero]; grind
  | succ n ih =>
    exact div_nonneg (mul_nonneg ih hx) (natCast_pos (by omega))

/-- The terms at `-x`, up to the sign the terms at `x`. -/
theorem abs_expTerm (x : R) (n : Nat) : abs (expTerm x n) = expTerm (abs x) n := by
  induction n with
  | zero => exact abs_of_nonneg (by rw [expTerm_zero]; grind)
  | succ n ih =>
    have h := inv_pos (natCast_pos (R := R) (show 0 < n + 1 by omega))
    rw [expTerm_succ, expTerm_succ, Lean.Grind.Field.div_eq_mul_inv, abs_mul, abs_mul, ih,
      abs_of_nonneg (Std.le_of_lt h), Lean.Grind.Field.div_eq_mul_inv]

/-- The derivative of a term is the term before. -/
theorem hasDerivAt_expTerm (x : R) (n : Nat) :
    HasDerivAt (fun y => expTerm y (n + 1)) (expTerm x n) x := by
  induction n with
  | zero =>
    refine ((hasDerivAt_id x).congr_of_eventuallyEq zero_lt_one fun y _ => ?_).congr_deriv ?_
    · rw [expTerm_succ, expTerm_zero]; grind
    · rw [expTerm_zero]
  | succ n ih =>
    have hn := natCast_pos (R := R) (show 0 < n + 1 by omega)
    have hc : ((n + 1 + 1 : Nat) : R) = (n + 1 : Nat) + 1 := by grind
    refine (((ih.mul (hasDerivAt_id x)).const_mul (1 / ((n + 1 + 1 : Nat) : R))
      ).congr_of_eventuallyEq zero_lt_one fun y _ => ?_).congr_deriv ?_
    · rw [expTerm_succ _ (n + 1)]; grind
    · have := expTerm_succ x n
      rw [hc]
      generalize ((n + 1 : Nat) : R) = k at *
      have : expTerm x n * x = expTerm x (n + 1) * k := by grind
      grind

/-- The derivative of a Taylor polynomial is the one before. -/
theorem hasDerivAt_expTaylor (x : R) (n : Nat) :
    HasDerivAt (fun y => expTaylor y (n + 1)) (expTaylor x n) x := by
  induction n with
  | zero =>
    refine ((hasDerivAt_const 1 x).congr_of_eventuallyEq zero_lt_one fun y _ => ?_).congr_deriv ?_
    · rw [expTaylor_succ, expTaylor_zero, expTerm_zero]; grind
    · rw [expTaylor_zero]
  | succ n ih => exact ih.add (hasDerivAt_expTerm x n)

/-! ### The error -/

/-- At nonnegative numbers the Taylor polynomials lie below the exponential function. -/
theorem expTaylor_le_exp (hx : 0 ≤ x) (n : Nat) : expTaylor x n ≤ exp x := by
  induction n generalizing x with
  | zero => exact Std.le_of_lt (exp_pos x)
  | succ n ih =>
    have := le_of_deriv_nonneg hx
      (fun y _ _ => (hasDerivAt_exp y).sub (hasDerivAt_expTaylor y n))
      fun y h₁ _ => by have := ih (Std.le_of_lt h₁); grind
    rw [exp_zero, expTaylor_zero_succ] at this
    grind

/-- At nonnegative numbers the exponential function exceeds its Taylor polynomial at most by the
first term that is left out, times `exp x`. -/
theorem exp_sub_expTaylor_le (hx : 0 ≤ x) (n : Nat) :
    exp x - expTaylor x n ≤ expTerm x n * exp x := by
  induction n generalizing x with
  | zero => rw [expTaylor_zero, expTerm_zero]; grind
  | succ n ih =>
    have := le_of_deriv_nonneg hx (fun y _ _ =>
      ((hasDerivAt_expTerm y n).mul (hasDerivAt_exp y)).sub
        ((hasDerivAt_exp y).sub (hasDerivAt_expTaylor y n))) fun y h₁ _ => by
      have h₂ := ih (Std.le_of_lt h₁)
      have h₃ := mul_nonneg (expTerm_nonneg (Std.le_of_lt h₁) (n + 1)) (Std.le_of_lt (exp_pos y))
      grind
    rw [exp_zero, expTaylor_zero_succ, expTerm_zero_succ] at this
    grind

/-- An upper bound for the exponential function at nonnegative numbers, free of it on the right. -/
theorem exp_mul_one_sub_expTerm_le (hx : 0 ≤ x) (n : Nat) :
    exp x * (1 - expTerm x n) ≤ expTaylor x n := by
  have := exp_sub_expTaylor_le hx n
  grind

/-- At numbers that are at most zero the Taylor polynomial errs at most by the first term that is
left out. -/
theorem abs_exp_sub_expTaylor_le_of_nonpos (hx : x ≤ 0) (n : Nat) :
    abs (exp x - expTaylor x n) ≤ expTerm (-x) n := by
  -- stated for `-x`, so that the terms of the error bound are nonnegative
  suffices key : ∀ y : R, 0 ≤ y → abs (exp (-y) - expTaylor (-y) n) ≤ expTerm y n by
    have := key (-x) (by grind)
    rwa [show -(-x) = x by grind] at this
  clear hx
  induction n with
  | zero =>
    intro y hy
    have := exp_pos (-y)
    have := exp_le_one_iff.2 (show -y ≤ 0 by grind)
    rw [expTaylor_zero, expTerm_zero]
    exact abs_le.2 (by grind)
  | succ n ih =>
    intro y hy
    have hd : ∀ z : R, HasDerivAt (fun z => exp (-z) - expTaylor (-z) (n + 1))
        (-(exp (-z) - expTaylor (-z) n)) z := fun z =>
      ((hasDerivAt_id z).neg.exp.sub (HasDerivAt.comp (hasDerivAt_expTaylor (-z) n)
        (hasDerivAt_id z).neg)).congr_deriv (by grind)
    have h₁ := le_of_deriv_nonneg hy (fun z _ _ => (hasDerivAt_expTerm z n).sub (hd z))
      fun z h₁ _ => by have := abs_le.1 (ih z (Std.le_of_lt h₁)); grind
    have h₂ := le_of_deriv_nonneg hy (fun z _ _ => (hasDerivAt_expTerm z n).add (hd z))
      fun z h₁ _ => by have := abs_le.1 (ih z (Std.le_of_lt h₁)); grind
    rw [show -(0 : R) = 0 by grind, exp_zero, expTaylor_zero_succ, expTerm_zero_succ] at h₁ h₂
    exact abs_le.2 (by grind)

/-- The error of the Taylor polynomial is at most the first term that is left out, times the
exponential of the absolute value. -/
theorem abs_exp_sub_expTaylor_le (x : R) (n : Nat) :
    abs (exp x - expTaylor x n) ≤ expTerm (abs x) n * exp (abs x) := by
  rcases le_total 0 x with h | h
  · have h₁ := exp_sub_expTaylor_le h n
    have h₂ := expTaylor_le_exp h n
    rw [abs_of_nonneg h]
    have := mul_nonneg (expTerm_nonneg h n) (Std.le_of_lt (exp_pos x))
    exact abs_le.2 (by grind)
  · have h₁ := abs_exp_sub_expTaylor_le_of_nonpos h n
    have h₂ := mul_le_mul_of_nonneg_left (one_le_exp_iff.2 (abs_nonneg x))
      (expTerm_nonneg (abs_nonneg x) n)
    rw [show abs x = -x by rw [← abs_neg]; exact abs_of_nonneg (by grind)] at *
    grind

/-! ### Limits -/

/-- The terms of the exponential series tend to zero. -/
theorem tendsto_expTerm (x : R) : Tendsto (expTerm x) 0 := by
  -- from the index `N` on each term is at most half the one before
  obtain ⟨N, hN⟩ := exists_nat_gt (2 * abs x)
  have h : ∀ k, expTerm (abs x) (k + N) ≤ expTerm (abs x) N / 2 ^ k := fun k => by
    induction k with
    | zero => rw [pow_zero, Nat.zero_add]; grind
    | succ k ih =>
      have hc : (N : R) ≤ (k + N + 1 : Nat) := natCast_le (by omega)
      have hp := natCast_pos (R := R) (show 0 < k + N + 1 by omega)
      have h₁ := mul_nonneg (expTerm_nonneg (abs_nonneg x) (k + N))
        (show 0 ≤ ((k + N + 1 : Nat) : R) - 2 * abs x by grind)
      have h₂ : expTerm (abs x) (k + N + 1) ≤ expTerm (abs x) (k + N) / 2 := by
        rw [expTerm_succ]
        exact (div_le_iff hp).2 (by grind)
      have h₃ : expTerm (abs x) N / 2 ^ (k + 1) = expTerm (abs x) N / 2 ^ k / 2 := by
        have := pow_succ (2 : R) k
        have := pow_pos (show (0 : R) < 2 by grind) k
        grind
      rw [show k + 1 + N = k + N + 1 by omega, h₃]
      grind
  refine (tendsto_add_nat_iff N).1 (tendsto_of_abs_sub_le (N := 0)
    (tendsto_div_two_pow (expTerm (abs x) N)) fun n _ => ?_)
  rw [show expTerm x (n + N) - 0 = expTerm x (n + N) by grind, abs_expTerm]
  exact h n

/-- **The exponential series.** The Taylor polynomials tend to the exponential function. -/
theorem tendsto_expTaylor (x : R) : Tendsto (expTaylor x) (exp x) := by
  refine tendsto_of_abs_sub_le (N := 0) (((tendsto_expTerm (abs x)).const_mul
    (exp (abs x))).congr_lim (by grind)) fun n _ => ?_
  have := abs_exp_sub_expTaylor_le x n
  rw [abs_sub_comm]
  grind

/-- A power of `1 + x / n` is at most the exponential. -/
theorem one_add_div_pow_le_exp {n : Nat} (hn : 0 < n) (h : -(n : R) ≤ x) :
    (1 + x / n) ^ n ≤ exp x := by
  have hp := natCast_pos (R := R) hn
  have h₁ := (le_div_iff hp).2 (show -1 * (n : R) ≤ x by grind)
  have h₂ := pow_le_pow_left (show 0 ≤ 1 + x / n by grind) (one_add_le_exp (x / n)) n
  rwa [← exp_nat_mul, show (n : R) * (x / n) = x by grind] at h₂

/-- The powers of `1 + x / n` tend to the exponential function. -/
theorem tendsto_one_add_div_pow_exp (x : R) : Tendsto (fun n => (1 + x / n) ^ n) (exp x) := by
  have hu : Tendsto (fun n : Nat => x / n) 0 :=
    ((tendsto_one_div_atTop_zero.const_mul x).congr fun n => by grind).congr_lim (by grind)
  obtain ⟨N, hN⟩ := hu 1 zero_lt_one
  have hlow : Tendsto (fun n : Nat => exp (x / (1 + x / n))) (exp x) :=
    (((tendsto_const x).div (hu.const_add 1) (by grind)).congr_lim (by grind)).exp
  refine Tendsto.squeeze' (N := N + 1) hlow (tendsto_const (exp x)) (fun n hn => ?_) fun n hn => ?_
  · have h₁ := abs_lt.1 (hN n (by omega))
    have hp := natCast_pos (R := R) (show 0 < n by omega)
    have h₂ : x = n * (x / n) := by grind
    generalize x / (n : R) = u at *
    rw [h₂, show n * u / (1 + u) = n * (u / (1 + u)) by grind, exp_nat_mul]
    have h₃ : u / (1 + u) < 1 := (div_lt_iff (by grind)).2 (by grind)
    have h₄ := exp_le_inv_one_sub h₃
    rw [show 1 / (1 - u / (1 + u)) = 1 + u by grind] at h₄
    exact pow_le_pow_left (Std.le_of_lt (exp_pos _)) h₄ n
  · have h₁ := abs_lt.1 (hN n (by omega))
    have hp := natCast_pos (R := R) (show 0 < n by omega)
    have h₂ := mul_le_mul_of_nonneg_left (show -1 ≤ x / n by grind) (Std.le_of_lt hp)
    rw [show (n : R) * (x / n) = x by grind] at h₂
    exact one_add_div_pow_le_exp (by omega) (by grind)

/-! ### Bounds of second order -/

/-- At nonnegative numbers the exponential function lies above its parabola at zero. -/
theorem one_add_add_sq_div_two_le_exp (hx : 0 ≤ x) : 1 + x + x ^ 2 / 2 ≤ exp x := by
  have := expTaylor_le_exp hx 3
  simp only [expTaylor_succ, expTerm_succ, expTaylor_zero, expTerm_zero] at this
  grind

/-- At numbers that are at most zero the exponential function lies below its parabola at zero. -/
theorem exp_le_one_add_add_sq_div_two (hx : x ≤ 0) : exp x ≤ 1 + x + x ^ 2 / 2 := by
  have := (abs_le.1 (abs_exp_sub_expTaylor_le_of_nonpos hx 2)).2
  simp only [expTaylor_succ, expTerm_succ, expTaylor_zero, expTerm_zero] at this
  grind

/-- The bound on the exponential function below three that Bernstein's inequality rests on. -/
theorem exp_le_one_add_add_sq_div (h₀ : 0 ≤ x) (h₃ : x < 3) :
    exp x ≤ 1 + x + x ^ 2 / (2 * (1 - x / 3)) := by
  -- the quotient of the two sides increases from one
  have hd : ∀ y : R, y < 3 → HasDerivAt (fun y => (1 + y + y ^ 2 / (2 * (1 - y / 3))) * exp (-y))
      (exp (-y) * (y ^ 3 / (2 * (3 - y) ^ 2))) y := fun y hy => by
    have hq : HasDerivAt (fun y => 2 * (1 - y / 3)) (-2 / 3) y := by
      refine (((hasDerivAt_const 2 y).sub ((hasDerivAt_id y).const_mul (2 / 3))
        ).congr_of_eventuallyEq zero_lt_one fun z _ => ?_).congr_deriv ?_ <;> grind
    exact ((((hasDerivAt_const 1 y).add (hasDerivAt_id y)).add ((hasDerivAt_sq y).div hq
      (by grind))).mul (hasDerivAt_id y).neg.exp).congr_deriv (by grind)
  have h := le_of_deriv_nonneg h₀ (fun y _ hy => hd y (by grind)) fun y h₁ h₂ =>
    mul_nonneg (Std.le_of_lt (exp_pos (-y))) (div_nonneg (pow_nonneg (Std.le_of_lt h₁) 3)
      (mul_pos (by grind) (sq_pos (by grind))))
  rw [show -(0 : R) = 0 by grind, exp_zero] at h
  have h₁ := mul_le_mul_of_nonneg_left h (Std.le_of_lt (exp_pos x))
  have h₂ := exp_mul_exp_neg x
  generalize 1 + x + x ^ 2 / (2 * (1 - x / 3)) = p at *
  have : exp x * (p * exp (-x)) = p := by grind
  grind

end DeepTheory
