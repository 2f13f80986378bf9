module

public import DeepTheory.Analysis.Quadratic
public import DeepTheory.Optimization.GradientDescent

/-!
# Gradient descent under the inequality of Polyak and Lojasiewicz

Where the squared gradient dominates the gap, gradient descent converges linearly, convex or not.

## Main definitions
* `DeepTheory.Optimization.gdPLBound`: the bound.

## Main theorems
* `DeepTheory.Optimization.gd_pl`, `DeepTheory.Optimization.gd_pl_witness`,
  `DeepTheory.Optimization.gd_pl_sharp`.

## References
* B. T. Polyak, *Gradient methods for minimizing functionals*, 1963.
* H. Karimi, J. Nutini, M. Schmidt, *Linear convergence of gradient and proximal-gradient methods
  under the Polyak-Lojasiewicz condition*, 2016, Theorem 1.
-/

public section

namespace DeepTheory.Optimization

open Analysis

universe u v

variable {R : Type u} [RealField R] {V : Type v} [InnerProductSpace R V]

/-- The gap `Δ`, contracted `k` times by the factor `1 - μ / L`. -/
@[expose] def gdPLBound (L μ Δ : R) (k : Nat) : R := (1 - μ / L) ^ k * Δ

/-- **Gradient descent under the inequality of Polyak and Lojasiewicz.** If the squared gradient is
at least `2 μ` times the gap to the value `m`, each step of size `1 / L` removes the fraction
`μ / L` of the gap.

Convexity is not needed: wide neural networks near their initialization satisfy the inequality
without being convex.

* controls: optimization
* assumes: f has the gradient g everywhere, g is L-Lipschitz, L > 0, mu <= L, the squared gradient
  is at least 2 mu (f - m) everywhere, step 1/L
* bound: Optimization.gdPLBound
* witness: Optimization.gd_pl_witness
* sharp: Optimization.gd_pl_sharp (up to a factor 2 in the exponent)
* source: Polyak 1963; Karimi, Nutini, Schmidt 2016, Theorem 1 -/
theorem gd_pl {f : V → R} {g : V → V} {L μ m : R} (hL : 0 < L) (hμL : μ ≤ L)
    (hf : HasGradient f g) (hg : LipschitzWith L g)
    (hpl : ∀ x, 2 * μ * (f x - m) ≤ ‖g x‖ ^ 2) (x₀ : V) (k : Nat) :
    f (gradientDescent g (1 / L) x₀ k) - m ≤ gdPLBound L μ (f x₀ - m) k := by
  unfold gdPLBound
  induction k with
  | zero => rw [pow_zero, gradientDescent_zero]; grind
  | succ k ih =>
    rw [gradientDescent_succ, pow_succ]
    generalize gradientDescent g (1 / L) x₀ k = x at *
    have h₁ := step_decrease hL hf hg x
    have hc := div_pos zero_lt_one hL
    have h₂ := mul_le_mul_of_nonneg_left (hpl x) (show 0 ≤ 1 / L / 2 by grind)
    have hq : (1 - μ / L) * (f x - m) = f x - m - 1 / L / 2 * (2 * μ * (f x - m)) := by grind
    have h₃ := mul_le_mul_of_nonneg_left ih (one_sub_div_nonneg hL hμL)
    grind

/-- On the round quadratic of curvature `μ` the squared gradient is `2 μ` times the gap. -/
theorem quadratic_pl (μ : R) (x : V) : 2 * μ * (quadratic μ x - 0) = ‖μ • x‖ ^ 2 := by
  rw [norm_sq]; expand_inner; unfold quadratic; grind

/-- The hypotheses of `gd_pl` are met at once by the function `x ^ 2` with `L = 3`, `μ = 2`, and
the bound is positive at every step. -/
theorem gd_pl_witness (k : Nat) :
    HasGradient (quadratic (2 : R)) (fun x : R => (2 : R) • x) ∧
    LipschitzWith (3 : R) (fun x : R => (2 : R) • x) ∧
    (∀ x : R, 2 * 2 * (quadratic (2 : R) x - 0) ≤ ‖(2 : R) • x‖ ^ 2) ∧
    0 < gdPLBound 3 2 (quadratic (2 : R) (1 : R) - 0) k := by
  refine ⟨hasGradient_quadratic 2, lipschitzWith_smul ?_, fun x => ?_, mul_pos (pow_pos ?_ k) ?_⟩
  · rw [abs_of_nonneg (by grind)]; grind
  · rw [quadratic_pl]; grind
  · grind
  · unfold quadratic; rw [inner_eq_mul]; grind

/-- On the round quadratic of curvature `μ` the gap is the bound at step `2 k`: the exponent is
right up to a factor of two. -/
theorem gd_pl_sharp (L μ : R) (x₀ : V) (k : Nat) :
    quadratic μ (gradientDescent (fun x => μ • x) (1 / L) x₀ k) - 0 =
      gdPLBound L μ (quadratic μ x₀ - 0) (2 * k) := by
  unfold gdPLBound quadratic
  rw [gradientDescent_smul, show 1 - 1 / L * μ = 1 - μ / L by grind]
  generalize 1 - μ / L = q
  expand_inner
  have : q ^ (2 * k) = q ^ k * q ^ k := by
    rw [show 2 * k = k + k by omega, pow_add]
  grind

end DeepTheory.Optimization
