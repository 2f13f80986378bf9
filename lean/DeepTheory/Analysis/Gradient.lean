module

public import DeepTheory.Analysis.Continuity
public import DeepTheory.Analysis.Norm

/-!
# Gradients, convexity, smoothness

## Main definitions
* `DeepTheory.Analysis.HasGradientAt`: the gradient at a point, with epsilon and delta.
* `DeepTheory.Analysis.HasGradient`: a gradient field on the whole space.
* `DeepTheory.Analysis.LipschitzWith`: Lipschitz maps between inner-product spaces.
* `DeepTheory.Analysis.StronglyConvex`, `DeepTheory.Analysis.Convex`: by the chord inequality.

## Main theorems
* `DeepTheory.Analysis.HasGradientAt.unique`: a gradient is unique.
* `DeepTheory.Analysis.StronglyConvex.first_order`: a strongly convex function lies above its
  tangent parabola.
* `DeepTheory.Analysis.hasGradientAt_of_quadratic_error`: a quadratic error bound gives a gradient.

## References
* Y. Nesterov, *Lectures on Convex Optimization*, 2018, section 2.1.
-/

public section

namespace DeepTheory.Analysis

universe u v

variable {R : Type u} [RealField R] {V : Type v} [InnerProductSpace R V]

/-- The function `f` has the gradient `g` at `x`: the linear part is exact up to any small multiple
of the distance. -/
@[expose] def HasGradientAt (f : V → R) (g x : V) : Prop :=
  ∀ ε, 0 < ε → ∃ δ, 0 < δ ∧ ∀ y, ‖y - x‖ < δ → abs (f y - f x - ⟪g, y - x⟫) ≤ ε * ‖y - x‖

/-- The field `g` is the gradient of `f` at every point. -/
@[expose] def HasGradient (f : V → R) (g : V → V) : Prop := ∀ x, HasGradientAt f (g x) x

/-- The map `g` expands distances at most by the factor `L`. -/
@[expose] def LipschitzWith {W : Type v} [InnerProductSpace R W] (L : R) (g : V → W) : Prop :=
  ∀ x y, ‖g x - g y‖ ≤ L * ‖x - y‖

/-- The function lies below its chords by at least `μ / 2 * t * (1 - t) * ‖x - y‖ ^ 2`. -/
@[expose] def StronglyConvex (μ : R) (f : V → R) : Prop :=
  ∀ x y t, 0 ≤ t → t ≤ 1 →
    f (x + t • (y - x)) ≤ (1 - t) * f x + t * f y - μ / 2 * (t * (1 - t)) * ‖y - x‖ ^ 2

/-- The function lies below its chords. -/
@[expose] def Convex (f : V → R) : Prop :=
  ∀ x y t, 0 ≤ t → t ≤ 1 → f (x + t • (y - x)) ≤ (1 - t) * f x + t * f y

theorem Convex.stronglyConvex {f : V → R} (h : Convex f) : StronglyConvex 0 f := by
  intro x y t h₀ h₁
  have := h x y t h₀ h₁
  grind

theorem StronglyConvex.convex {μ : R} (hμ : 0 ≤ μ) {f : V → R} (h : StronglyConvex μ f) :
    Convex f := by
  intro x y t h₀ h₁
  have h₂ := h x y t h₀ h₁
  have h₃ := mul_nonneg (mul_nonneg hμ (mul_nonneg h₀ (show 0 ≤ 1 - t by grind)))
    (sq_nonneg ‖y - x‖)
  grind

/-- A step that is positive, at most one, and small against two given sizes. -/
theorem exists_small_step {c d δ η : R} (hc : 0 ≤ c) (hd : 0 ≤ d) (hδ : 0 < δ) (hη : 0 < η) :
    ∃ t, 0 < t ∧ t ≤ 1 ∧ t * c < δ ∧ t * d < η := by
  have hp := div_nonneg hc hδ
  have hq := div_nonneg hd hη
  have hp' : c / δ * δ = c := div_mul_cancel (by grind)
  have hq' : d / η * η = d := div_mul_cancel (by grind)
  generalize c / δ = p at *
  generalize d / η = q at *
  have hs : 0 < 1 + p + q := by grind
  have ht := inv_pos hs
  have ht' : (1 + p + q)⁻¹ * (1 + p + q) = 1 := by grind
  generalize (1 + p + q)⁻¹ = t at *
  have h₁ := mul_nonneg (show 0 ≤ t by grind) hp
  have h₂ := mul_nonneg (show 0 ≤ t by grind) hq
  have h₃ := mul_pos (show 0 < t + t * q by grind) hδ
  have h₄ := mul_pos (show 0 < t + t * p by grind) hη
  refine ⟨t, ht, by grind, ?_, ?_⟩
  · rw [← hp', show t * (p * δ) = δ - (t + t * q) * δ by grind]; grind
  · rw [← hq', show t * (q * η) = η - (t + t * p) * η by grind]; grind

/-- A function whose linear model errs by at most a multiple of the squared distance has the slope
of the model as its gradient. -/
theorem hasGradientAt_of_quadratic_error {f : V → R} {g x : V} {C : R} (hC : 0 ≤ C)
    (h : ∀ y, abs (f y - f x - ⟪g, y - x⟫) ≤ C * ‖y - x‖ ^ 2) : HasGradientAt f g x := by
  intro ε hε
  have hδ := div_pos hε (show 0 < C + 1 by grind)
  have hδ' : ε / (C + 1) * (C + 1) = ε := div_mul_cancel (by grind)
  refine ⟨ε / (C + 1), hδ, fun y hy => ?_⟩
  have h₀ := norm_nonneg (y - x)
  have h₁ := h y
  generalize ε / (C + 1) = δ at *
  generalize ‖y - x‖ = r at *
  have h₂ : C * r ≤ ε := by
    have := mul_le_mul_of_nonneg_left (show r ≤ δ by grind) hC
    grind
  have := mul_le_mul_of_nonneg_right h₂ h₀
  grind

/-- A gradient at a point, tested along a ray: for small steps the function is nearly linear. -/
theorem HasGradientAt.along {f : V → R} {g x : V} (h : HasGradientAt f g x) (d : V) {ε η : R}
    (hε : 0 < ε) (hη : 0 < η) :
    ∃ t, 0 < t ∧ t ≤ 1 ∧ t < η ∧ abs (f (x + t • d) - f x - t * ⟪g, d⟫) ≤ t * ε := by
  have hd := norm_nonneg d
  have hε' := div_pos hε (show 0 < ‖d‖ + 1 by grind)
  have hε'' : ε / (‖d‖ + 1) * (‖d‖ + 1) = ε := div_mul_cancel (by grind)
  obtain ⟨δ, hδ, hf⟩ := h _ hε'
  obtain ⟨t, ht, ht₁, htδ, htη⟩ := exists_small_step hd (show (0 : R) ≤ 1 by grind) hδ hη
  refine ⟨t, ht, ht₁, by grind, ?_⟩
  have hdist : x + t • d - x = t • d := by grind
  have hnorm : ‖x + t • d - x‖ = t * ‖d‖ := by
    rw [hdist, norm_smul, abs_of_nonneg (by grind)]
  have key := hf (x + t • d) (by rw [hnorm]; exact htδ)
  rw [hnorm, hdist, inner_smul_right] at key
  have h₁ := mul_pos ht hε'
  rw [show t * ε = ε / (‖d‖ + 1) * (t * ‖d‖) + t * (ε / (‖d‖ + 1)) by grind]
  grind

/-- A gradient is unique. -/
theorem HasGradientAt.unique {f : V → R} {g g' x : V} (h : HasGradientAt f g x)
    (h' : HasGradientAt f g' x) : g = g' := by
  have key : ∀ d, ⟪g, d⟫ ≤ ⟪g', d⟫ := fun d => by
    refine le_of_forall_pos_le fun ε hε => ?_
    have hm : HasGradientAt (fun y => f y - f y) (g - g') x := by
      intro e he
      obtain ⟨δ, hδ, hf⟩ := h (e / 2) (by grind)
      obtain ⟨δ', hδ', hf'⟩ := h' (e / 2) (by grind)
      obtain ⟨m, hm, hmδ, hmδ'⟩ := exists_pos_le_le hδ hδ'
      refine ⟨m, hm, fun y hy => ?_⟩
      have h₁ := abs_le.1 (hf y (by grind))
      have h₂ := abs_le.1 (hf' y (by grind))
      rw [abs_le]
      expand_inner at h₁
      expand_inner at h₂
      expand_inner
      grind
    obtain ⟨t, ht, -, -, hle⟩ := hm.along d hε zero_lt_one
    have h₁ := (abs_le.1 hle).1
    expand_inner at h₁
    refine le_of_mul_le_mul_left ht ?_
    grind
  refine ext_inner fun z => ?_
  have h₁ := key z
  have h₂ := key (-z)
  expand_inner at h₂
  grind

/-- A strongly convex function lies above its tangent parabola. -/
theorem StronglyConvex.first_order {μ : R} {f : V → R} {g x : V} (hf : StronglyConvex μ f)
    (hg : HasGradientAt f g x) (y : V) :
    f x + ⟪g, y - x⟫ + μ / 2 * ‖y - x‖ ^ 2 ≤ f y := by
  refine le_of_forall_pos_le fun ε hε => ?_
  have hD := mul_nonneg (abs_nonneg (μ / 2)) (sq_nonneg ‖y - x‖)
  generalize hDdef : abs (μ / 2) * ‖y - x‖ ^ 2 = D at *
  have hη : 0 < ε / 2 / (D + 1) := div_pos (by grind) (by grind)
  have hη' : ε / 2 / (D + 1) * (D + 1) = ε / 2 := div_mul_cancel (by grind)
  generalize ε / 2 / (D + 1) = η at *
  obtain ⟨t, ht, ht₁, htη, hle⟩ := hg.along (y - x) (show 0 < ε / 2 by grind) hη
  have h₁ := (abs_le.1 hle).1
  have h₂ := hf x y t (by grind) ht₁
  have h₃ : t * (μ / 2 * ‖y - x‖ ^ 2) ≤ t * D := by
    have := mul_le_mul_of_nonneg_right (le_abs_self (μ / 2)) (sq_nonneg ‖y - x‖)
    exact mul_le_mul_of_nonneg_left (by grind) (by grind)
  have h₄ : t * D ≤ ε / 2 := by
    have := mul_le_mul_of_nonneg_right (show t ≤ η by grind) hD
    grind
  refine le_of_mul_le_mul_left ht ?_
  have h₅ := mul_le_mul_of_nonneg_left (show t * (μ / 2 * ‖y - x‖ ^ 2) ≤ ε / 2 by grind)
    (show 0 ≤ t by grind)
  generalize ‖y - x‖ ^ 2 = N at *
  grind

/-- A convex function lies above its tangents. -/
theorem Convex.first_order {f : V → R} {g x : V} (hf : Convex f) (hg : HasGradientAt f g x)
    (y : V) : f x + ⟪g, y - x⟫ ≤ f y := by
  have := hf.stronglyConvex.first_order hg y
  grind

/-- A function that lies above all parabolas of curvature `μ` with slopes `g` is strongly convex. -/
theorem StronglyConvex.of_first_order {μ : R} {f : V → R} {g : V → V}
    (h : ∀ x y, f x + ⟪g x, y - x⟫ + μ / 2 * ‖y - x‖ ^ 2 ≤ f y) : StronglyConvex μ f := by
  intro x y t h₀ h₁
  have hx := h (x + t • (y - x)) x
  have hy := h (x + t • (y - x)) y
  rw [show x - (x + t • (y - x)) = -(t • (y - x)) by grind, norm_neg, norm_smul,
    abs_of_nonneg h₀] at hx
  rw [show y - (x + t • (y - x)) = (1 - t) • (y - x) by rw [sub_smul]; simp; grind, norm_smul,
    abs_of_nonneg (by grind)] at hy
  simp only [inner_neg_right, inner_smul_right] at hx hy
  have hx' := mul_le_mul_of_nonneg_left hx (show 0 ≤ 1 - t by grind)
  have hy' := mul_le_mul_of_nonneg_left hy h₀
  generalize ‖y - x‖ = D at *
  grind

/-- A function that lies above all its tangents is convex. -/
theorem Convex.of_first_order {f : V → R} {g : V → V} (h : ∀ x y, f x + ⟪g x, y - x⟫ ≤ f y) :
    Convex f :=
  (StronglyConvex.of_first_order (μ := 0) (g := g) fun x y => by have := h x y; grind).convex
    (by grind)

end DeepTheory.Analysis
