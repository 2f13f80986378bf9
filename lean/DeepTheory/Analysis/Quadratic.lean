module

public import DeepTheory.Analysis.Gradient

/-!
# The round quadratic

The function `a / 2 * ⟪x, x⟫` on any inner-product space: the instance on which several bounds of
this library are attained.

## Main definitions
* `DeepTheory.Analysis.quadratic`: half of `a` times the squared norm.

## Main theorems
* `DeepTheory.Analysis.hasGradient_quadratic`, `DeepTheory.Analysis.lipschitzWith_smul`,
  `DeepTheory.Analysis.stronglyConvex_quadratic`, `DeepTheory.Analysis.convex_quadratic`.
-/

public section

namespace DeepTheory.Analysis

universe u v

variable {R : Type u} [RealField R] {V : Type v} [InnerProductSpace R V]

/-- Half of `a` times the squared norm. -/
@[expose] def quadratic (a : R) (x : V) : R := a / 2 * ⟪x, x⟫

/-- The quadratic at `y`, expanded at `x`. -/
theorem quadratic_eq (a : R) (x y : V) :
    quadratic a y = quadratic a x + ⟪a • x, y - x⟫ + a / 2 * ‖y - x‖ ^ 2 := by
  unfold quadratic
  rw [norm_sq]
  expand_inner
  rw [inner_comm y x]
  grind

/-- The gradient of the quadratic at `x` is `a • x`. -/
theorem hasGradient_quadratic (a : R) : HasGradient (V := V) (quadratic a) (fun x => a • x) :=
  fun x => hasGradientAt_of_quadratic_error (abs_nonneg (a / 2)) fun y => by
    rw [quadratic_eq a x y, show ∀ p q r : R, p + q + r - p - q = r by grind, abs_mul,
      abs_of_nonneg (sq_nonneg ‖y - x‖)]
    grind

/-- Multiplication by `a` is Lipschitz with any factor from `abs a` on. -/
theorem lipschitzWith_smul {a L : R} (h : abs a ≤ L) :
    LipschitzWith L (fun x : V => a • x) := fun x y => by
  rw [← smul_sub, norm_smul]
  exact mul_le_mul_of_nonneg_right h (norm_nonneg _)

/-- The quadratic is strongly convex with any modulus up to `a`. -/
theorem stronglyConvex_quadratic {μ a : R} (h : μ ≤ a) :
    StronglyConvex μ (quadratic (V := V) a) :=
  StronglyConvex.of_first_order (g := fun x => a • x) fun x y => by
    rw [quadratic_eq a x y]
    have := mul_le_mul_of_nonneg_right h (sq_nonneg ‖y - x‖)
    grind

/-- The quadratic with nonnegative curvature is convex. -/
theorem convex_quadratic {a : R} (h : 0 ≤ a) : Convex (quadratic (V := V) a) :=
  (stronglyConvex_quadratic h).convex (by grind)

end DeepTheory.Analysis
