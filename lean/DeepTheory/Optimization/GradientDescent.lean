module

public import DeepTheory.Analysis.Descent

/-!
# Gradient descent

The iteration `x - a • g x` and what one step of size `1 / L` achieves.

## Main definitions
* `DeepTheory.Optimization.gradientDescent`: the iterates.

## Main theorems
* `DeepTheory.Optimization.step_decrease`: a step lowers a smooth function by at least the squared
  gradient over `2 L`.
* `DeepTheory.Optimization.sum_sq_gradient_le`: the squared gradients along the way add up to at
  most `2 L` times the decrease.
* `DeepTheory.Optimization.gradientDescent_smul`: the iterates on the round quadratic.

## References
* Y. Nesterov, *Lectures on Convex Optimization*, 2018, section 1.2.3.
-/

public section

namespace DeepTheory.Optimization

open Analysis

universe u v

variable {R : Type u} [RealField R] {V : Type v} [InnerProductSpace R V]

/-- The iterates of gradient descent with gradient field `g` and step `a` from `x₀`. -/
@[expose] noncomputable def gradientDescent (g : V → V) (a : R) (x₀ : V) : Nat → V
  | 0 => x₀
  | k + 1 => gradientDescent g a x₀ k - a • g (gradientDescent g a x₀ k)

/-- The iteration begins at its starting point. -/
@[simp] theorem gradientDescent_zero (g : V → V) (a : R) (x₀ : V) :
    gradientDescent g a x₀ 0 = x₀ := rfl

/-- One step of the iteration. -/
theorem gradientDescent_succ (g : V → V) (a : R) (x₀ : V) (k : Nat) :
    gradientDescent g a x₀ (k + 1) =
      gradientDescent g a x₀ k - a • g (gradientDescent g a x₀ k) := rfl

/-- A gradient step of size `1 / L` lowers a smooth function by at least the squared gradient over
`2 L`. -/
theorem step_decrease {f : V → R} {g : V → V} {L : R} (hL : 0 < L) (hf : HasGradient f g)
    (hg : LipschitzWith L g) (x : V) :
    f (x - (1 / L) • g x) ≤ f x - 1 / L / 2 * ‖g x‖ ^ 2 := by
  have h := descent_lemma hf hg x (x - (1 / L) • g x)
  have hc : L * (1 / L) = 1 := by grind
  generalize 1 / L = c at *
  rw [show x - c • g x - x = -(c • g x) by grind, norm_neg, norm_smul, inner_neg_right,
    inner_smul_right, ← norm_sq] at h
  unfold descentBound at h
  have hs := sq_abs c
  have : L / 2 * (abs c * ‖g x‖) ^ 2 = c / 2 * ‖g x‖ ^ 2 := by
    rw [show (abs c * ‖g x‖) ^ 2 = abs c ^ 2 * ‖g x‖ ^ 2 by grind, hs]
    grind
  grind

/-- Along gradient descent with step `1 / L` the function does not increase. -/
theorem gradientDescent_antitone {f : V → R} {g : V → V} {L : R} (hL : 0 < L)
    (hf : HasGradient f g) (hg : LipschitzWith L g) (x₀ : V) (k : Nat) :
    f (gradientDescent g (1 / L) x₀ (k + 1)) ≤ f (gradientDescent g (1 / L) x₀ k) := by
  have h := step_decrease hL hf hg (gradientDescent g (1 / L) x₀ k)
  have := mul_nonneg (show 0 ≤ 1 / L / 2 by have := div_pos zero_lt_one hL; grind)
    (sq_nonneg ‖g (gradientDescent g (1 / L) x₀ k)‖)
  rw [gradientDescent_succ]
  grind

/-- A gradient step of size `1 / L` on a smooth function brings the gap to a point `y` below the
drop in squared distance to `y`, if the function lies above its tangent at `x`. -/
theorem step_gap_le {f : V → R} {g : V → V} {L : R} (hL : 0 < L) (hf : HasGradient f g)
    (hg : LipschitzWith L g) {x y : V} (hxy : f x + ⟪g x, y - x⟫ ≤ f y) :
    f (x - (1 / L) • g x) - f y ≤
      L / 2 * (‖x - y‖ ^ 2 - ‖x - (1 / L) • g x - y‖ ^ 2) := by
  have h := step_decrease hL hf hg x
  have hc : L * (1 / L) = 1 := by grind
  generalize 1 / L = c at *
  have hxy' : ⟪g x, x - y⟫ = -⟪g x, y - x⟫ := by expand_inner; grind
  have hsq : ‖x - c • g x - y‖ ^ 2 =
      ‖x - y‖ ^ 2 - 2 * c * ⟪g x, x - y⟫ + c ^ 2 * ‖g x‖ ^ 2 := by
    rw [show x - c • g x - y = (x - y) - c • g x by grind, norm_sq, norm_sq, norm_sq]
    generalize x - y = z
    expand_inner
    rw [inner_comm z (g x)]
    grind
  rw [hsq]
  have : L / 2 * (‖x - y‖ ^ 2 - (‖x - y‖ ^ 2 - 2 * c * ⟪g x, x - y⟫ + c ^ 2 * ‖g x‖ ^ 2)) =
      ⟪g x, x - y⟫ - c / 2 * ‖g x‖ ^ 2 := by grind
  grind

/-- The factor by which a step of size `1 / L` contracts is not negative. -/
theorem one_sub_div_nonneg {L μ : R} (hL : 0 < L) (hμL : μ ≤ L) : 0 ≤ 1 - μ / L := by
  have := (div_le_iff hL (a := μ) (b := 1)).2 (by grind)
  grind

/-- Gradient descent on the round quadratic contracts by the factor `1 - c * a` in each step. -/
theorem gradientDescent_smul (a c : R) (x₀ : V) (k : Nat) :
    gradientDescent (fun x => a • x) c x₀ k = (1 - c * a) ^ k • x₀ := by
  induction k with
  | zero => simp [pow_zero]
  | succ k ih =>
    rw [gradientDescent_succ, ih, ← mul_smul, ← mul_smul, ← sub_smul, pow_succ]
    congr 1
    grind

end DeepTheory.Optimization
