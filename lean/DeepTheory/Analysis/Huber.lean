module

public import DeepTheory.Analysis.Gradient

/-!
# The Huber function

A parabola of curvature `L` around the origin, continued by its tangents from distance `τ` on: the
convex function on which gradient descent is slowest.

## Main definitions
* `DeepTheory.Analysis.clip`: the nearest point of the interval from `-τ` to `τ`.
* `DeepTheory.Analysis.huber`: the function, whose derivative is `L * clip τ x`.

## Main theorems
* `DeepTheory.Analysis.hasGradient_huber`, `DeepTheory.Analysis.lipschitzWith_huber`,
  `DeepTheory.Analysis.convex_huber`.

## References
* Y. Drori, M. Teboulle, *Performance of first-order methods for smooth convex minimization: a
  novel approach*, 2014, Theorem 3.2.
-/

public section

namespace DeepTheory.Analysis

universe u

variable {R : Type u} [RealField R]

open Classical in
/-- The nearest point to `x` of the interval from `-τ` to `τ`. -/
@[expose] noncomputable def clip (τ x : R) : R := if x ≤ -τ then -τ else if τ ≤ x then τ else x

/-- The Huber function: `L / 2 * x ^ 2` up to distance `τ`, continued by tangents. -/
@[expose] noncomputable def huber (L τ x : R) : R := L * (clip τ x * x - clip τ x ^ 2 / 2)

variable {L τ x : R}

theorem clip_cases (τ x : R) :
    (x ≤ -τ ∧ clip τ x = -τ) ∨ (τ ≤ x ∧ clip τ x = τ) ∨ (-τ ≤ x ∧ x ≤ τ ∧ clip τ x = x) := by
  unfold clip
  by_cases h₁ : x ≤ -τ
  · simp [h₁]
  · by_cases h₂ : τ ≤ x
    · simp [h₁, h₂]
    · simp only [h₁, h₂, if_false]; grind

theorem clip_of_le (hτ : 0 ≤ τ) (h : τ ≤ x) : clip τ x = τ := by have := clip_cases τ x; grind

theorem clip_of_abs_le (h₁ : -τ ≤ x) (h₂ : x ≤ τ) : clip τ x = x := by
  have := clip_cases τ x; grind

/-- The interval lies on one side of its nearest point to `y`. -/
theorem clip_sub_mul_nonneg (hτ : 0 ≤ τ) (x y : R) :
    0 ≤ (clip τ y - clip τ x) * (y - clip τ y) := by
  have hx : -τ ≤ clip τ x ∧ clip τ x ≤ τ := by have := clip_cases τ x; grind
  rcases clip_cases τ y with ⟨h, hc⟩ | ⟨h, hc⟩ | ⟨-, -, hc⟩ <;> rw [hc]
  · have := mul_nonneg (show 0 ≤ clip τ x + τ by grind) (show 0 ≤ -τ - y by grind); grind
  · exact mul_nonneg (by grind) (by grind)
  · grind

/-- The error of the tangent at `x`, at the point `y`. -/
theorem huber_sub (L τ x y : R) : huber L τ y - huber L τ x - L * clip τ x * (y - x) =
    L * ((clip τ y - clip τ x) * (y - clip τ y) + (clip τ y - clip τ x) ^ 2 / 2) := by
  unfold huber; grind

theorem huber_first_order (hL : 0 ≤ L) (hτ : 0 ≤ τ) (x y : R) :
    0 ≤ huber L τ y - huber L τ x - L * clip τ x * (y - x) := by
  rw [huber_sub]
  have := clip_sub_mul_nonneg hτ x y
  have := sq_nonneg (clip τ y - clip τ x)
  exact mul_nonneg hL (by grind)

theorem huber_le (hL : 0 ≤ L) (hτ : 0 ≤ τ) (x y : R) :
    huber L τ y - huber L τ x - L * clip τ x * (y - x) ≤ L / 2 * (y - x) ^ 2 := by
  rw [huber_sub, show L / 2 * (y - x) ^ 2 = L * ((y - x) ^ 2 / 2) by grind]
  have h₁ := clip_sub_mul_nonneg hτ y x
  have h₂ := sq_nonneg ((y - clip τ y) - (x - clip τ x))
  exact mul_le_mul_of_nonneg_left (by grind) hL

theorem hasGradient_huber (hL : 0 ≤ L) (hτ : 0 ≤ τ) :
    HasGradient (huber L τ) (fun x => L * clip τ x) :=
  fun x => hasGradientAt_of_quadratic_error (C := L / 2) (by grind) fun y => by
    have h₁ := huber_first_order hL hτ x y
    have h₂ := huber_le hL hτ x y
    rw [inner_eq_mul, norm_eq_abs, sq_abs, abs_le]
    grind

theorem lipschitzWith_huber (hL : 0 ≤ L) (hτ : 0 ≤ τ) :
    LipschitzWith L (fun x : R => L * clip τ x) := fun x y => by
  rw [show L * clip τ x - L * clip τ y = L • (clip τ x - clip τ y) by rw [smul_eq_mul]; grind,
    norm_smul, abs_of_nonneg hL]
  refine mul_le_mul_of_nonneg_left ?_ hL
  rw [norm_eq_abs, norm_eq_abs]
  refine le_of_sq_le_sq (abs_nonneg _) ?_
  rw [sq_abs, sq_abs]
  have h₁ := clip_sub_mul_nonneg hτ x y
  have h₂ := clip_sub_mul_nonneg hτ y x
  have h₃ := sq_nonneg ((y - clip τ y) - (x - clip τ x))
  grind

theorem convex_huber (hL : 0 ≤ L) (hτ : 0 ≤ τ) : Convex (huber L τ) :=
  Convex.of_first_order (g := fun x => L * clip τ x) fun x y => by
    have := huber_first_order hL hτ x y
    rw [inner_eq_mul]
    grind

theorem huber_zero (hτ : 0 ≤ τ) : huber L τ 0 = 0 := by
  unfold huber
  rw [clip_of_abs_le (by grind) (by grind)]
  grind

theorem huber_nonneg (hL : 0 ≤ L) (hτ : 0 ≤ τ) (x : R) : 0 ≤ huber L τ x := by
  have h₁ := huber_first_order hL hτ 0 x
  rw [huber_zero hτ, clip_of_abs_le (by grind) (by grind)] at h₁
  grind

/-- The Huber function on its tangents. -/
theorem huber_of_le (hτ : 0 ≤ τ) (h : τ ≤ x) : huber L τ x = L * (τ * x - τ ^ 2 / 2) := by
  unfold huber
  rw [clip_of_le hτ h]

end DeepTheory.Analysis
