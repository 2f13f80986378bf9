module

public import DeepTheory.Analysis.Huber
public import DeepTheory.Analysis.Quadratic
public import DeepTheory.Optimization.GradientDescent
public import DeepTheory.Reals.Sum

/-!
# Gradient descent on smooth functions that need not be convex

## Main definitions
* `DeepTheory.Optimization.gdNonconvexBound`: the bound.

## Main theorems
* `DeepTheory.Optimization.gd_nonconvex`, `DeepTheory.Optimization.gd_nonconvex_witness`,
  `DeepTheory.Optimization.gd_nonconvex_sharp`.
* `DeepTheory.Optimization.gradientDescent_huber`: the iterates on the Huber function.

## References
* Y. Nesterov, *Lectures on Convex Optimization*, 2018, section 1.2.3.
* H. Abbaszadehpeivasti, E. de Klerk, M. Zamani, *The exact worst-case convergence rate of the
  gradient method with fixed step lengths for L-smooth functions*, 2022.
-/

public section

namespace DeepTheory.Optimization

open Analysis

universe u v

variable {R : Type u} [RealField R] {V : Type v} [InnerProductSpace R V]

/-- Twice `L` times the initial gap `Δ`, divided by the number `K` of steps. -/
@[expose] def gdNonconvexBound (L Δ : R) (K : Nat) : R := 2 * L * Δ / K

/-- Along gradient descent with step `1 / L` the squared gradients add up to at most `2 L` times
the decrease of the function. -/
theorem sum_sq_gradient_le {f : V → R} {g : V → V} {L : R} (hL : 0 < L) (hf : HasGradient f g)
    (hg : LipschitzWith L g) (x₀ : V) (K : Nat) :
    ∑ k : Fin K, ‖g (gradientDescent g (1 / L) x₀ k)‖ ^ 2 ≤
      2 * L * (f x₀ - f (gradientDescent g (1 / L) x₀ K)) := by
  induction K with
  | zero => rw [sum_zero, gradientDescent_zero]; grind
  | succ K ih =>
    have h := mul_le_mul_of_nonneg_left
      (step_decrease hL hf hg (gradientDescent g (1 / L) x₀ K)) (show 0 ≤ 2 * L by grind)
    rw [sum_succ, gradientDescent_succ]
    simp only [Fin.val_castSucc, Fin.val_last] at ih ⊢
    generalize gradientDescent g (1 / L) x₀ K = x at *
    rw [show 2 * L * (f x - 1 / L / 2 * ‖g x‖ ^ 2) = 2 * L * f x - ‖g x‖ ^ 2 by grind] at h
    grind

/-- **Gradient descent on a smooth function.** Among the first `K` iterates there is one at which
the squared gradient is at most `2 L / K` times the initial gap.

Nothing is asked of the shape of the function: this is what gradient descent guarantees on the loss
of a neural network with smooth activations.

* controls: optimization
* assumes: f has the gradient g everywhere, g is L-Lipschitz, L > 0, f is at least m, K > 0,
  step 1/L
* bound: Optimization.gdNonconvexBound
* witness: Optimization.gd_nonconvex_witness
* sharp: Optimization.gd_nonconvex_sharp (attained at K = 1, up to the factor K / (2 K - 1) beyond;
  the exact worst case is 2 K / (3 K - 1) times the bound)
* source: Nesterov 2018, section 1.2.3 -/
theorem gd_nonconvex {f : V → R} {g : V → V} {L m : R} (hL : 0 < L) (hf : HasGradient f g)
    (hg : LipschitzWith L g) (hm : ∀ x, m ≤ f x) (x₀ : V) {K : Nat} (hK : 0 < K) :
    ∃ k : Fin K, ‖g (gradientDescent g (1 / L) x₀ k)‖ ^ 2 ≤
      gdNonconvexBound L (f x₀ - m) K := by
  refine exists_le_of_sum_le hK ?_
  have h₁ := sum_sq_gradient_le hL hf hg x₀ K
  have h₂ := mul_le_mul_of_nonneg_left (hm (gradientDescent g (1 / L) x₀ K))
    (show 0 ≤ 2 * L by grind)
  have h₃ : (K : R) * gdNonconvexBound L (f x₀ - m) K = 2 * L * (f x₀ - m) := by
    have := natCast_pos (R := R) hK
    unfold gdNonconvexBound
    grind
  grind

/-- The iterates of gradient descent on the Huber function, as long as they stay on its tangent. -/
theorem gradientDescent_huber {L τ x₀ : R} (hL : 0 < L) (hτ : 0 < τ) {k : Nat}
    (h : k * τ ≤ x₀) : gradientDescent (fun x => L * clip τ x) (1 / L) x₀ k = x₀ - k * τ := by
  induction k with
  | zero => rw [gradientDescent_zero]; grind
  | succ k ih =>
    have hk : ((k + 1 : Nat) : R) = k + 1 := by grind
    rw [hk] at h
    rw [gradientDescent_succ, ih (by grind), clip_of_le (by grind) (by grind), smul_eq_mul, hk]
    grind

/-- The hypotheses of `gd_nonconvex` are met at once by the Huber function with `L = 2`, `τ = 1`,
from the point 3, and the bound is positive. -/
theorem gd_nonconvex_witness {K : Nat} (hK : 0 < K) :
    HasGradient (huber (2 : R) 1) (fun x => 2 * clip 1 x) ∧
    LipschitzWith (2 : R) (fun x : R => 2 * clip 1 x) ∧
    (∀ x, (0 : R) ≤ huber 2 1 x) ∧ 0 < gdNonconvexBound (R := R) 2 (huber 2 1 3 - 0) K := by
  refine ⟨hasGradient_huber (by grind) (by grind), lipschitzWith_huber (by grind) (by grind),
    huber_nonneg (by grind) (by grind), div_pos ?_ (natCast_pos hK)⟩
  rw [huber_of_le (by grind) (by grind)]
  grind

/-- On the Huber function, from the point `K τ`, the squared gradient stays at `K / (2 K - 1)`
times the bound for `K` steps: the bound is attained at `K = 1`, and is never larger than twice
what is needed. -/
theorem gd_nonconvex_sharp {L τ : R} (hL : 0 < L) (hτ : 0 < τ) {K : Nat} (k : Fin K) :
    ‖L * clip τ (gradientDescent (fun x => L * clip τ x) (1 / L) (K * τ) k)‖ ^ 2 =
      K / (2 * K - 1) * gdNonconvexBound L (huber L τ (K * τ) - 0) K := by
  have hk : ((k : Nat) + 1 : R) ≤ K := by
    have := natCast_le (R := R) k.isLt
    grind
  have h₁ := mul_le_mul_of_nonneg_right hk (show 0 ≤ τ by grind)
  have h₂ : 1 ≤ (K : R) := by have := natCast_nonneg (R := R) k; grind
  have h₃ := mul_le_mul_of_nonneg_right h₂ (show 0 ≤ τ by grind)
  rw [gradientDescent_huber hL hτ (by grind), clip_of_le (by grind) (by grind),
    huber_of_le (by grind) (by grind), norm_eq_abs, sq_abs]
  unfold gdNonconvexBound
  grind

end DeepTheory.Optimization
