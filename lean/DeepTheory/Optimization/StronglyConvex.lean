module

public import DeepTheory.Analysis.Quadratic
public import DeepTheory.Optimization.GradientDescent

/-!
# Gradient descent on smooth strongly convex functions

A gradient step of size `1 / L` is a contraction with the factor `1 - μ / L`.

## Main definitions
* `DeepTheory.Optimization.gdStronglyConvexBound`: the bound.

## Main theorems
* `DeepTheory.Optimization.strong_cocoercivity`: the inequality behind the contraction.
* `DeepTheory.Optimization.step_contraction`: one step contracts distances.
* `DeepTheory.Optimization.gd_strongly_convex`,
  `DeepTheory.Optimization.gd_strongly_convex_witness`,
  `DeepTheory.Optimization.gd_strongly_convex_sharp`.

## References
* Y. Nesterov, *Lectures on Convex Optimization*, 2018, Theorem 2.1.15.
-/

public section

namespace DeepTheory.Optimization

open Analysis

universe u v

variable {R : Type u} [RealField R] {V : Type v} [InnerProductSpace R V]

/-- The distance `D`, contracted `k` times by the factor `1 - μ / L`. -/
@[expose] def gdStronglyConvexBound (L μ D : R) (k : Nat) : R := (1 - μ / L) ^ k * D

/-- The gradient differences of a smooth strongly convex function, less their strongly convex part,
are cocoercive: for every `t` the parabola `2 t - (L - μ) t ^ 2` bounds them below. -/
theorem strong_cocoercivity_aux {f : V → R} {g : V → V} {L μ : R} (hf : HasGradient f g)
    (hg : LipschitzWith L g) (hc : StronglyConvex μ f) (x y : V) (t : R) :
    (2 * t - (L - μ) * t ^ 2) * ‖g x - g y - μ • (x - y)‖ ^ 2 ≤
      ⟪g x - g y - μ • (x - y), x - y⟫ := by
  generalize hd : x - y = d
  generalize hu : g x - g y - μ • d = u
  have hw : g x - g y = u + μ • d := by grind
  have h₁ := hc.first_order (hf x) (y + t • u)
  have h₂ := descent_lemma hf hg y (y + t • u)
  have h₃ := hc.first_order (hf y) (x - t • u)
  have h₄ := descent_lemma hf hg x (x - t • u)
  unfold descentBound at h₂ h₄
  rw [show y + t • u - y = t • u by grind] at h₂
  rw [show x - t • u - x = -(t • u) by grind, norm_neg] at h₄
  rw [show y + t • u - x = t • u - d by grind] at h₁
  rw [show x - t • u - y = d - t • u by grind, norm_sub_comm] at h₃
  simp only [norm_sq] at *
  have hgx : ∀ z, ⟪g x, z⟫ = ⟪g y, z⟫ + ⟪u, z⟫ + μ * ⟪d, z⟫ := fun z => by
    have := inner_add_left (g x - g y) (g y) z
    rw [show g x - g y + g y = g x by grind, hw, inner_add_left, inner_smul_left] at this
    grind
  simp only [hgx] at h₁ h₂ h₃ h₄
  expand_inner at h₁
  expand_inner at h₂
  expand_inner at h₃
  expand_inner at h₄
  rw [inner_comm d u] at *
  grind

/-- The gradient differences of a smooth strongly convex function, less their strongly convex part,
are cocoercive. -/
theorem strong_cocoercivity {f : V → R} {g : V → V} {L μ : R} (hμL : μ ≤ L)
    (hf : HasGradient f g) (hg : LipschitzWith L g) (hc : StronglyConvex μ f) (x y : V) :
    ‖g x - g y - μ • (x - y)‖ ^ 2 ≤ (L - μ) * ⟪g x - g y - μ • (x - y), x - y⟫ := by
  have h := strong_cocoercivity_aux hf hg hc x y
  have hu := sq_nonneg ‖g x - g y - μ • (x - y)‖
  generalize ⟪g x - g y - μ • (x - y), x - y⟫ = s at *
  generalize ‖g x - g y - μ • (x - y)‖ ^ 2 = u at *
  by_cases hM : L = μ
  · have : ¬ 0 < u := fun hpos => by
      have h₁ := h ((s + 1) / u)
      have h₂ : (s + 1) / u * u = s + 1 := div_mul_cancel (by grind)
      have h₃ := h 0
      grind
    grind
  · have hM : 0 < L - μ := by grind
    have h₁ := mul_le_mul_of_nonneg_left (h (1 / (L - μ))) (show 0 ≤ L - μ by grind)
    have h₂ : (L - μ) * (1 / (L - μ)) = 1 := by grind
    generalize 1 / (L - μ) = c at *
    have : (L - μ) * ((2 * c - (L - μ) * c ^ 2) * u) = u := by grind
    grind

/-- A gradient step of size `1 / L` on a smooth strongly convex function contracts distances by the
factor `1 - μ / L`. -/
theorem step_contraction {f : V → R} {g : V → V} {L μ : R} (hL : 0 < L) (hμL : μ ≤ L)
    (hf : HasGradient f g) (hg : LipschitzWith L g) (hc : StronglyConvex μ f) (x y : V) :
    ‖x - (1 / L) • g x - (y - (1 / L) • g y)‖ ≤ (1 - μ / L) * ‖x - y‖ := by
  have h := strong_cocoercivity hμL hf hg hc x y
  have hq := one_sub_div_nonneg hL hμL
  refine norm_le_of_sq_le (mul_nonneg hq (norm_nonneg _)) ?_
  have hc₁ : L * (1 / L) = 1 := by grind
  rw [show μ / L = 1 / L * μ by grind]
  generalize 1 / L = c at *
  generalize hd : x - y = d at *
  generalize hu : g x - g y - μ • d = u at *
  have hw : x - c • g x - (y - c • g y) = (1 - c * μ) • d - c • u := by
    rw [← hu, ← hd, sub_smul, smul_sub c, smul_sub c, mul_smul, one_smul]; grind
  have h₁ : (1 - c * μ) = c * (L - μ) := by grind
  rw [hw, h₁, show (c * (L - μ) * ‖d‖) ^ 2 = (c * (L - μ)) ^ 2 * ‖d‖ ^ 2 by grind, norm_sq]
  rw [norm_sq] at h
  expand_inner
  rw [inner_comm d u]
  have h₂ := mul_le_mul_of_nonneg_left h (mul_self_nonneg c)
  have h₃ := mul_nonneg (mul_self_nonneg c) (inner_self_nonneg u)
  grind

/-- **Gradient descent on a smooth strongly convex function.** Every step of size `1 / L` brings
the iterate closer to the minimizer by the factor `1 - μ / L`.

The ratio `L / μ` is the condition number: it says how many steps a digit costs.

* controls: optimization
* assumes: f has the gradient g everywhere, g is L-Lipschitz, L > 0, f is mu-strongly convex,
  mu <= L, the gradient vanishes at xs, step 1/L
* bound: Optimization.gdStronglyConvexBound
* witness: Optimization.gd_strongly_convex_witness
* sharp: Optimization.gd_strongly_convex_sharp
* source: Nesterov 2018, Theorem 2.1.15 (there for the step 2/(L + mu)) -/
theorem gd_strongly_convex {f : V → R} {g : V → V} {L μ : R} (hL : 0 < L) (hμL : μ ≤ L)
    (hf : HasGradient f g) (hg : LipschitzWith L g) (hc : StronglyConvex μ f) {xs : V}
    (hxs : g xs = 0) (x₀ : V) (k : Nat) :
    ‖gradientDescent g (1 / L) x₀ k - xs‖ ≤ gdStronglyConvexBound L μ ‖x₀ - xs‖ k := by
  unfold gdStronglyConvexBound
  induction k with
  | zero => rw [pow_zero, gradientDescent_zero]; grind
  | succ k ih =>
    have h := step_contraction hL hμL hf hg hc (gradientDescent g (1 / L) x₀ k) xs
    rw [hxs, smul_zero, show xs - (0 : V) = xs by grind] at h
    have hq := one_sub_div_nonneg hL hμL
    have h₂ := mul_le_mul_of_nonneg_left ih hq
    rw [gradientDescent_succ, pow_succ]
    grind

/-- The hypotheses of `gd_strongly_convex` are met at once by the function `x ^ 2` with `L = 3`,
`μ = 2`, and the bound is positive at every step. -/
theorem gd_strongly_convex_witness (k : Nat) :
    HasGradient (quadratic (2 : R)) (fun x : R => (2 : R) • x) ∧
    LipschitzWith (3 : R) (fun x : R => (2 : R) • x) ∧
    StronglyConvex 2 (quadratic (V := R) (2 : R)) ∧ (2 : R) • (0 : R) = 0 ∧
    0 < gdStronglyConvexBound 3 2 ‖(1 : R) - 0‖ k := by
  refine ⟨hasGradient_quadratic 2, lipschitzWith_smul ?_, stronglyConvex_quadratic (by grind),
    smul_zero 2, mul_pos (pow_pos ?_ k) ?_⟩
  · rw [abs_of_nonneg (by grind)]; grind
  · grind
  · rw [norm_eq_abs, abs_of_nonneg (by grind)]; grind

/-- On the round quadratic of curvature `μ` the bound is attained at every step, from every
starting point, for every `L` from `μ` on. -/
theorem gd_strongly_convex_sharp {L μ : R} (hL : 0 < L) (hμL : μ ≤ L) (x₀ : V) (k : Nat) :
    ‖gradientDescent (fun x => μ • x) (1 / L) x₀ k - 0‖ =
      gdStronglyConvexBound L μ ‖x₀ - 0‖ k := by
  unfold gdStronglyConvexBound
  have hq := one_sub_div_nonneg hL hμL
  rw [gradientDescent_smul, show 1 - 1 / L * μ = 1 - μ / L by grind,
    show ∀ z : V, z - 0 = z by grind, show x₀ - 0 = x₀ by grind, norm_smul,
    abs_of_nonneg (pow_nonneg hq k)]

end DeepTheory.Optimization
