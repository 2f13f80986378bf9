module

public import DeepTheory.Optimization.Nonconvex

/-!
# Gradient descent on smooth convex functions

## Main definitions
* `DeepTheory.Optimization.gdConvexBound`: the bound.

## Main theorems
* `DeepTheory.Optimization.gd_convex`, `DeepTheory.Optimization.gd_convex_witness`,
  `DeepTheory.Optimization.gd_convex_sharp`, `DeepTheory.Optimization.gd_convex_sharp_linear`.

## References
* Y. Nesterov, *Lectures on Convex Optimization*, 2018, Theorem 2.1.14.
* Y. Drori, M. Teboulle, *Performance of first-order methods for smooth convex minimization: a
  novel approach*, 2014, Theorems 3.1 and 3.2.
-/

public section

namespace DeepTheory.Optimization

open Analysis

universe u v

variable {R : Type u} [RealField R] {V : Type v} [InnerProductSpace R V]

/-- `L` times the squared initial distance `D`, divided by twice the number `k` of steps. -/
@[expose] def gdConvexBound (L D : R) (k : Nat) : R := L * D ^ 2 / (2 * k)

/-- The potential of gradient descent on a smooth convex function does not increase: `k` times the
gap, plus half of `L` times the squared distance. -/
theorem gd_convex_potential {f : V → R} {g : V → V} {L : R} (hL : 0 < L) (hf : HasGradient f g)
    (hg : LipschitzWith L g) (hc : Convex f) (x₀ y : V) (k : Nat) :
    k * (f (gradientDescent g (1 / L) x₀ k) - f y) +
      L / 2 * ‖gradientDescent g (1 / L) x₀ k - y‖ ^ 2 ≤ L / 2 * ‖x₀ - y‖ ^ 2 := by
  induction k with
  | zero => rw [gradientDescent_zero]; grind
  | succ k ih =>
    have h₁ := gradientDescent_antitone hL hf hg x₀ k
    have h₂ := mul_le_mul_of_nonneg_left h₁ (natCast_nonneg k)
    have h₃ := step_gap_le hL hf hg (hc.first_order (hf (gradientDescent g (1 / L) x₀ k)) y)
    rw [← gradientDescent_succ] at h₃
    generalize gradientDescent g (1 / L) x₀ (k + 1) = x' at *
    generalize gradientDescent g (1 / L) x₀ k = x at *
    have : ((k + 1 : Nat) : R) = k + 1 := by grind
    grind

/-- **Gradient descent on a smooth convex function.** After `k` steps of size `1 / L` the gap to
the value at any point `y`, a minimizer for instance, is at most `L / (2 k)` times the squared
initial distance to it.

This is the reference rate of first-order optimization: ten times the accuracy costs ten times the
steps, in any dimension.

* controls: optimization
* assumes: f convex with the gradient g everywhere, g is L-Lipschitz, L > 0, k > 0, step 1/L
* bound: Optimization.gdConvexBound
* witness: Optimization.gd_convex_witness
* sharp: Optimization.gd_convex_sharp (up to the factor k / (2 k + 1) where y is a minimizer, which
  is the exact worst case; up to the factor 1/2 for other y: Optimization.gd_convex_sharp_linear)
* source: Nesterov 2018, Theorem 2.1.14 -/
theorem gd_convex {f : V → R} {g : V → V} {L : R} (hL : 0 < L) (hf : HasGradient f g)
    (hg : LipschitzWith L g) (hc : Convex f) (x₀ y : V) {k : Nat} (hk : 0 < k) :
    f (gradientDescent g (1 / L) x₀ k) - f y ≤ gdConvexBound L ‖x₀ - y‖ k := by
  have h := gd_convex_potential hL hf hg hc x₀ y k
  have hk' := natCast_pos (R := R) hk
  have h₁ := mul_nonneg (show 0 ≤ L / 2 by grind)
    (sq_nonneg ‖gradientDescent g (1 / L) x₀ k - y‖)
  unfold gdConvexBound
  rw [le_div_iff (by grind)]
  grind

/-- The hypotheses of `gd_convex` are met at once by the Huber function with `L = 2`, `τ = 1`,
from the point 3 towards its minimizer 0, and the bound is positive. -/
theorem gd_convex_witness {k : Nat} (hk : 0 < k) :
    HasGradient (huber (2 : R) 1) (fun x => 2 * clip 1 x) ∧
    LipschitzWith (2 : R) (fun x : R => 2 * clip 1 x) ∧ Convex (huber (2 : R) 1) ∧
    0 < gdConvexBound (R := R) 2 ‖(3 : R) - 0‖ k := by
  refine ⟨hasGradient_huber (by grind) (by grind), lipschitzWith_huber (by grind) (by grind),
    convex_huber (by grind) (by grind), div_pos ?_ ?_⟩
  · rw [norm_eq_abs, abs_of_nonneg (by grind)]; grind
  · have := natCast_pos (R := R) hk; grind

/-- On the Huber function with its kink at `τ`, from the point `(2 k + 1) τ`, the gap after `k`
steps is `k / (2 k + 1)` times the bound, that is `L * D ^ 2 / (4 k + 2)` at initial distance `D`:
the bound is at most three times what is needed, and tends to twice. -/
theorem gd_convex_sharp {L τ : R} (hL : 0 < L) (hτ : 0 < τ) {k : Nat} (hk : 0 < k) :
    huber L τ (gradientDescent (fun x => L * clip τ x) (1 / L) ((2 * k + 1) * τ) k) -
        huber L τ 0 =
      k / (2 * k + 1) * gdConvexBound L ‖(2 * k + 1) * τ - 0‖ k := by
  have hk' := natCast_pos (R := R) hk
  have h₁ := mul_pos hk' hτ
  have h₂ : (0 : R) ≤ (2 * k + 1) * τ - 0 := by grind
  rw [gradientDescent_huber hL hτ (by grind), huber_zero (by grind),
    huber_of_le (by grind) (by grind), norm_eq_abs, abs_of_nonneg h₂]
  unfold gdConvexBound
  grind

/-- On a linear function of slope `L * D / (2 * k)`, from the point `D` against the point 0, the
gap after `k` steps is half of the bound, for every `k`: no better constant holds for all `y`. -/
theorem gd_convex_sharp_linear {L D s : R} (hL : 0 < L) (hD : 0 ≤ D) {k : Nat} (hk : 0 < k)
    (hs : s = L * D / (2 * k)) :
    s * gradientDescent (fun _ => s) (1 / L) D k - s * 0 =
      1 / 2 * gdConvexBound L ‖D - 0‖ k := by
  have hk' := natCast_pos (R := R) hk
  have h : ∀ j : Nat, gradientDescent (fun _ => s) (1 / L) D j = D - j * (s / L) := fun j => by
    induction j with
    | zero => rw [gradientDescent_zero]; grind
    | succ j ih =>
      rw [gradientDescent_succ, ih, smul_eq_mul, show ((j + 1 : Nat) : R) = j + 1 by grind]
      grind
  rw [h, norm_eq_abs, abs_of_nonneg (show 0 ≤ D - 0 by grind), hs]
  unfold gdConvexBound
  grind

end DeepTheory.Optimization
