module

public import DeepTheory.Reals.Basic

/-!
# Inner-product spaces

Vector spaces with an inner product over a real field, and the real field itself as the space of
dimension one.

## Main definitions
* `DeepTheory.InnerProductSpace`: the class, with notation `⟪x, y⟫`.

## Main theorems
* `DeepTheory.inner_mul_inner_le`: the inequality of Cauchy and Schwarz, squared.
-/

public section

namespace DeepTheory

universe u v

/-- A vector space over the real field `R` with a symmetric, bilinear, positive definite form. -/
class InnerProductSpace (R : outParam (Type u)) [RealField R] (V : Type v) extends
    Lean.Grind.IntModule V where
  /-- Multiplication of a vector by a scalar. -/
  smul : R → V → V
  /-- The inner product. -/
  inner : V → V → R
  smul_add' : ∀ (a : R) (x y : V), smul a (x + y) = smul a x + smul a y
  add_smul' : ∀ (a b : R) (x : V), smul (a + b) x = smul a x + smul b x
  mul_smul' : ∀ (a b : R) (x : V), smul (a * b) x = smul a (smul b x)
  one_smul' : ∀ x : V, smul 1 x = x
  inner_comm : ∀ x y : V, inner x y = inner y x
  inner_add_left : ∀ x y z : V, inner (x + y) z = inner x z + inner y z
  inner_smul_left' : ∀ (a : R) (x y : V), inner (smul a x) y = a * inner x y
  inner_self_nonneg : ∀ x : V, 0 ≤ inner x x
  eq_zero_of_inner_self : ∀ x : V, inner x x = 0 → x = 0

set_option compiler.extract_closed false in
@[inherit_doc InnerProductSpace.inner]
notation:max "⟪" x ", " y "⟫" => InnerProductSpace.inner x y

export InnerProductSpace (inner_comm inner_add_left inner_self_nonneg eq_zero_of_inner_self)

variable {R : Type u} [RealField R] {V : Type v} [InnerProductSpace R V]

instance : SMul R V := ⟨InnerProductSpace.smul⟩

/-! ### Scalar multiplication -/

theorem smul_add (a : R) (x y : V) : a • (x + y) = a • x + a • y :=
  InnerProductSpace.smul_add' a x y

theorem add_smul (a b : R) (x : V) : (a + b) • x = a • x + b • x :=
  InnerProductSpace.add_smul' a b x

theorem mul_smul (a b : R) (x : V) : (a * b) • x = a • b • x :=
  InnerProductSpace.mul_smul' a b x

@[simp] theorem one_smul (x : V) : (1 : R) • x = x := InnerProductSpace.one_smul' x

@[simp] theorem zero_smul (x : V) : (0 : R) • x = 0 := by
  have := add_smul (0 : R) 0 x
  rw [show (0 : R) + 0 = 0 by grind] at this
  grind

@[simp] theorem smul_zero (a : R) : a • (0 : V) = 0 := by
  have := smul_add a (0 : V) 0
  rw [show (0 : V) + 0 = 0 by grind] at this
  grind

@[simp] theorem neg_smul (a : R) (x : V) : (-a) • x = -(a • x) := by
  have h := add_smul a (-a) x
  rw [show a + -a = 0 by grind, zero_smul] at h
  grind

@[simp] theorem smul_neg (a : R) (x : V) : a • (-x) = -(a • x) := by
  have h := smul_add a x (-x)
  rw [show x + -x = 0 by grind, smul_zero] at h
  grind

theorem smul_sub (a : R) (x y : V) : a • (x - y) = a • x - a • y := by
  have h := smul_add a (x - y) y
  rw [show x - y + y = x by grind] at h
  grind

theorem sub_smul (a b : R) (x : V) : (a - b) • x = a • x - b • x := by
  have h := add_smul (a - b) b x
  rw [show a - b + b = a by grind] at h
  grind

/-! ### The inner product -/

@[simp] theorem inner_smul_left (a : R) (x y : V) : ⟪a • x, y⟫ = a * ⟪x, y⟫ :=
  InnerProductSpace.inner_smul_left' a x y

@[simp] theorem inner_smul_right (a : R) (x y : V) : ⟪x, a • y⟫ = a * ⟪x, y⟫ := by
  rw [inner_comm, inner_smul_left, inner_comm]

theorem inner_add_right (x y z : V) : ⟪x, y + z⟫ = ⟪x, y⟫ + ⟪x, z⟫ := by
  rw [inner_comm, inner_add_left, inner_comm y, inner_comm z]

@[simp] theorem inner_zero_left (x : V) : ⟪(0 : V), x⟫ = 0 := by
  have h := inner_smul_left (0 : R) x x
  rw [zero_smul] at h
  grind

@[simp] theorem inner_zero_right (x : V) : ⟪x, (0 : V)⟫ = 0 := by
  rw [inner_comm, inner_zero_left]

@[simp] theorem inner_neg_left (x y : V) : ⟪-x, y⟫ = -⟪x, y⟫ := by
  have h := inner_add_left x (-x) y
  rw [show x + -x = 0 by grind, inner_zero_left] at h
  grind

@[simp] theorem inner_neg_right (x y : V) : ⟪x, -y⟫ = -⟪x, y⟫ := by
  rw [inner_comm, inner_neg_left, inner_comm]

theorem inner_sub_left (x y z : V) : ⟪x - y, z⟫ = ⟪x, z⟫ - ⟪y, z⟫ := by
  have h := inner_add_left (x - y) y z
  rw [show x - y + y = x by grind] at h
  grind

theorem inner_sub_right (x y z : V) : ⟪x, y - z⟫ = ⟪x, y⟫ - ⟪x, z⟫ := by
  rw [inner_comm, inner_sub_left, inner_comm y, inner_comm z]

set_option compiler.extract_closed false in
/-- Expands inner products of sums, differences and multiples in the goal. -/
macro "expand_inner" : tactic =>
  `(tactic| simp only [inner_add_left, inner_add_right, inner_sub_left, inner_sub_right,
    inner_smul_left, inner_smul_right, inner_neg_left, inner_neg_right, inner_zero_left,
    inner_zero_right])

set_option compiler.extract_closed false in
/-- Expands inner products of sums, differences and multiples in a hypothesis. -/
macro "expand_inner" "at" h:ident : tactic =>
  `(tactic| simp only [inner_add_left, inner_add_right, inner_sub_left, inner_sub_right,
    inner_smul_left, inner_smul_right, inner_neg_left, inner_neg_right, inner_zero_left,
    inner_zero_right] at $h:ident)

/-- The inequality of Cauchy and Schwarz, squared. -/
theorem inner_mul_inner_le (x y : V) : ⟪x, y⟫ ^ 2 ≤ ⟪x, x⟫ * ⟪y, y⟫ := by
  by_cases hy : ⟪y, y⟫ = 0
  · rw [eq_zero_of_inner_self y hy]
    simp; grind
  · have h := inner_self_nonneg (⟪y, y⟫ • x - ⟪x, y⟫ • y)
    have hpos : 0 < ⟪y, y⟫ := by have := inner_self_nonneg y; grind
    expand_inner at h
    rw [inner_comm y x] at h
    refine le_of_mul_le_mul_left hpos ?_
    grind

/-- Two vectors with the same inner product with every vector are equal. -/
theorem ext_inner {x y : V} (h : ∀ z, ⟪x, z⟫ = ⟪y, z⟫) : x = y := by
  have : x - y = 0 := eq_zero_of_inner_self _ (by rw [inner_sub_left, h]; grind)
  grind

/-! ### The line -/

/-- A real field is an inner-product space of dimension one. -/
noncomputable instance : InnerProductSpace R R where
  toIntModule := inferInstance
  smul a x := a * x
  inner x y := x * y
  smul_add' := by grind
  add_smul' := by grind
  mul_smul' := by grind
  one_smul' := by grind
  inner_comm := by grind
  inner_add_left := by grind
  inner_smul_left' := by grind
  inner_self_nonneg := mul_self_nonneg
  eq_zero_of_inner_self x h := sq_eq_zero (by grind)

theorem inner_eq_mul (x y : R) : ⟪x, y⟫ = x * y := rfl

theorem smul_eq_mul (a x : R) : a • x = a * x := rfl

end DeepTheory
