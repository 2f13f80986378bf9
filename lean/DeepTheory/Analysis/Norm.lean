module

public import DeepTheory.Analysis.InnerProductSpace
public import DeepTheory.Reals.Sqrt

/-!
# The norm of an inner-product space

## Main definitions
* `DeepTheory.norm`: the square root of `⟪x, x⟫`, with notation `‖x‖`.

## Main theorems
* `DeepTheory.inner_le_norm`: the inequality of Cauchy and Schwarz.
* `DeepTheory.norm_add_le`: the triangle inequality.
-/

public section

namespace DeepTheory

universe u v

variable {R : Type u} [RealField R] {V : Type v} [InnerProductSpace R V]

/-- The norm of a vector. -/
@[expose] noncomputable def norm (x : V) : R := sqrt ⟪x, x⟫

set_option compiler.extract_closed false in
@[inherit_doc norm]
notation:max "‖" x "‖" => norm x

theorem norm_nonneg (x : V) : 0 ≤ ‖x‖ := sqrt_nonneg _

theorem norm_sq (x : V) : ‖x‖ ^ 2 = ⟪x, x⟫ := sq_sqrt (inner_self_nonneg x)

theorem norm_eq_of_sq_eq {x : V} {r : R} (hr : 0 ≤ r) (h : ⟪x, x⟫ = r ^ 2) : ‖x‖ = r := by
  unfold norm; rw [h, sqrt_sq hr]

theorem norm_le_of_sq_le {x : V} {r : R} (hr : 0 ≤ r) (h : ⟪x, x⟫ ≤ r ^ 2) : ‖x‖ ≤ r :=
  le_of_sq_le_sq hr (by rw [norm_sq]; exact h)

@[simp] theorem norm_zero : ‖(0 : V)‖ = 0 := norm_eq_of_sq_eq (by grind) (by simp; grind)

theorem eq_zero_of_norm {x : V} (h : ‖x‖ = 0) : x = 0 :=
  eq_zero_of_inner_self x (by rw [← norm_sq, h]; grind)

theorem norm_pos {x : V} (h : x ≠ 0) : 0 < ‖x‖ := by
  have h₁ := norm_nonneg x
  have : ‖x‖ ≠ 0 := fun h₂ => h (eq_zero_of_norm h₂)
  grind

theorem norm_smul (a : R) (x : V) : ‖a • x‖ = abs a * ‖x‖ := by
  refine norm_eq_of_sq_eq (mul_nonneg (abs_nonneg a) (norm_nonneg x)) ?_
  have h₁ := sq_abs a
  have h₂ := norm_sq x
  expand_inner
  grind

@[simp] theorem norm_neg (x : V) : ‖-x‖ = ‖x‖ :=
  norm_eq_of_sq_eq (norm_nonneg x) (by rw [norm_sq]; expand_inner; grind)

theorem norm_sub_comm (x y : V) : ‖x - y‖ = ‖y - x‖ := by
  rw [← norm_neg (x - y), show -(x - y) = y - x by grind]

theorem abs_inner_le_norm (x y : V) : abs ⟪x, y⟫ ≤ ‖x‖ * ‖y‖ := by
  refine le_of_sq_le_sq (mul_nonneg (norm_nonneg x) (norm_nonneg y)) ?_
  have h := inner_mul_inner_le x y
  rw [← norm_sq x, ← norm_sq y] at h
  have := sq_abs ⟪x, y⟫
  grind

/-- The inequality of Cauchy and Schwarz. -/
theorem inner_le_norm (x y : V) : ⟪x, y⟫ ≤ ‖x‖ * ‖y‖ := by
  have := abs_inner_le_norm x y
  have := le_abs_self ⟪x, y⟫
  grind

/-- The triangle inequality. -/
theorem norm_add_le (x y : V) : ‖x + y‖ ≤ ‖x‖ + ‖y‖ := by
  have hx := norm_nonneg x
  have hy := norm_nonneg y
  refine norm_le_of_sq_le (by grind) ?_
  have h₁ := inner_le_norm x y
  have h₂ := norm_sq x
  have h₃ := norm_sq y
  expand_inner
  rw [inner_comm y x]
  grind

theorem norm_sub_le (x y : V) : ‖x - y‖ ≤ ‖x‖ + ‖y‖ := by
  have := norm_add_le x (-y)
  rw [norm_neg, show x + -y = x - y by grind] at this
  exact this

/-- On the line the norm is the absolute value. -/
theorem norm_eq_abs (x : R) : ‖x‖ = abs x :=
  norm_eq_of_sq_eq (abs_nonneg x) (by rw [sq_abs, inner_eq_mul]; grind)

end DeepTheory
