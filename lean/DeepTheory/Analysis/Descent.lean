module

public import DeepTheory.Analysis.Gradient
public import DeepTheory.Analysis.MeanValue
public import DeepTheory.Analysis.Quadratic

/-!
# The descent lemma

A function whose gradient is `L`-Lipschitz lies below a parabola of curvature `L` that touches it
at any given point.  This is where the mean value theorem enters optimization: everything that
follows uses the parabola only.

## Main definitions
* `DeepTheory.Analysis.descentBound`: the parabola.

## Main theorems
* `DeepTheory.Analysis.descent_lemma`: the upper bound.
* `DeepTheory.Analysis.descent_lemma_witness`, `DeepTheory.Analysis.descent_lemma_sharp`.

## References
* Y. Nesterov, *Lectures on Convex Optimization*, 2018, Lemma 1.2.3.
-/

public section

namespace DeepTheory.Analysis

universe u v

variable {R : Type u} [RealField R] {V : Type v} [InnerProductSpace R V]

/-- The value at distance `d` of the parabola that touches a function at a point: `fx` is the value
there, `s` the slope along the displacement, `L` the curvature. -/
@[expose] def descentBound (fx s L d : R) : R := fx + s + L / 2 * d ^ 2

/-- A function with a gradient, restricted to a ray, has the slope along the ray as derivative. -/
theorem HasGradientAt.hasDerivAt {f : V → R} {g x d : V} {t : R}
    (h : HasGradientAt f g (x + t • d)) :
    HasDerivAt (fun s => f (x + s • d)) ⟪g, d⟫ t := by
  intro ε hε
  have hd := norm_nonneg d
  have hd₁ : 0 < ‖d‖ + 1 := by grind
  have hε' : ε / (‖d‖ + 1) * (‖d‖ + 1) = ε := div_mul_cancel (by grind)
  obtain ⟨δ, hδ, hf⟩ := h _ (div_pos hε hd₁)
  have hδ' : δ / (‖d‖ + 1) * (‖d‖ + 1) = δ := div_mul_cancel (by grind)
  refine ⟨δ / (‖d‖ + 1), div_pos hδ hd₁, fun s hs => ?_⟩
  have hst : x + s • d - (x + t • d) = (s - t) • d := by rw [sub_smul]; grind
  have hnorm : ‖x + s • d - (x + t • d)‖ = abs (s - t) * ‖d‖ := by rw [hst, norm_smul]
  have ha := abs_nonneg (s - t)
  have hlt : abs (s - t) * ‖d‖ < δ := by
    have h₁ := mul_pos (show 0 < δ / (‖d‖ + 1) - abs (s - t) by grind) hd₁
    grind
  have key := hf (x + s • d) (by rw [hnorm]; exact hlt)
  rw [hnorm, hst, inner_smul_right] at key
  have h₂ := mul_nonneg (div_nonneg (show 0 ≤ ε by grind) hd₁) ha
  rw [show ⟪g, d⟫ * (s - t) = (s - t) * ⟪g, d⟫ by grind,
    show ε * abs (s - t) = ε / (‖d‖ + 1) * (abs (s - t) * ‖d‖) + ε / (‖d‖ + 1) * abs (s - t)
      by grind]
  grind

/-- **Descent lemma.** A function whose gradient is `L`-Lipschitz lies below the parabola of
curvature `L` that touches it at `x`.

It turns smoothness into progress: a step of size `1 / L` against the gradient lowers the function
by at least the squared length of the gradient over `2 L`.

* controls: optimization
* assumes: f has the gradient g everywhere, g is L-Lipschitz
* bound: Analysis.descentBound
* witness: Analysis.descent_lemma_witness
* sharp: Analysis.descent_lemma_sharp
* source: Nesterov 2018, Lemma 1.2.3 -/
theorem descent_lemma {f : V → R} {g : V → V} {L : R} (hf : HasGradient f g)
    (hg : LipschitzWith L g) (x y : V) :
    f y ≤ descentBound (f x) ⟪g x, y - x⟫ L ‖y - x‖ := by
  have hderiv : ∀ t, 0 ≤ t → t ≤ 1 → HasDerivAt
      (fun t => f (x + t • (y - x)) - (⟪g x, y - x⟫ * t + L / 2 * ‖y - x‖ ^ 2 * t ^ 2))
      (⟪g (x + t • (y - x)), y - x⟫ - (⟪g x, y - x⟫ + L / 2 * ‖y - x‖ ^ 2 * (2 * t))) t := by
    intro t _ _
    have h₁ := (hasDerivAt_id (x := t)).const_mul ⟪g x, y - x⟫
    have h₂ := ((hasDerivAt_id (x := t)).pow 2).const_mul (L / 2 * ‖y - x‖ ^ 2)
    refine (((hf (x + t • (y - x))).hasDerivAt).sub (h₁.add h₂)).congr_deriv ?_
    grind
  have key := le_of_deriv_nonpos (show (0 : R) ≤ 1 by grind) hderiv fun t ht _ => by
    have h₁ := inner_le_norm (g (x + t • (y - x)) - g x) (y - x)
    have h₂ := hg (x + t • (y - x)) x
    rw [show x + t • (y - x) - x = t • (y - x) by grind, norm_smul,
      abs_of_nonneg (by grind)] at h₂
    have h₃ := mul_le_mul_of_nonneg_right h₂ (norm_nonneg (y - x))
    rw [inner_sub_left] at h₁
    generalize ‖y - x‖ = D at *
    grind
  simp only [one_smul, zero_smul] at key
  rw [show x + (y - x) = y by grind, show x + (0 : V) = x by grind] at key
  unfold descentBound
  grind

/-- The hypotheses of `descent_lemma` are met at once by the function `x ^ 2` with the constant
`L = 3`, and the bound is not trivial: at distance 1 from the point 1 it is 9/2, above the value 4
of the function. -/
theorem descent_lemma_witness :
    HasGradient (quadratic (2 : R)) (fun x : R => (2 : R) • x) ∧
    LipschitzWith (3 : R) (fun x : R => (2 : R) • x) ∧ quadratic (2 : R) (2 : R) = 4 ∧
    descentBound (quadratic (2 : R) (1 : R)) ⟪(2 : R) • (1 : R), (2 : R) - 1⟫ 3 1 = 9 / 2 := by
  refine ⟨hasGradient_quadratic 2, lipschitzWith_smul ?_, ?_, ?_⟩
  · rw [abs_of_nonneg (by grind)]; grind
  · unfold quadratic; rw [inner_eq_mul]; grind
  · unfold descentBound quadratic; simp only [inner_eq_mul, smul_eq_mul]; grind

/-- On the round quadratic of curvature `L` the bound is attained between any two points. -/
theorem descent_lemma_sharp (L : R) (x y : V) :
    quadratic L y = descentBound (quadratic L x) ⟪L • x, y - x⟫ L ‖y - x‖ := by
  rw [quadratic_eq L x y]
  unfold descentBound
  rfl

end DeepTheory.Analysis
