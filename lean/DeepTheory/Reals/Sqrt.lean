module

public import DeepTheory.Reals.Basic

/-!
# Square roots

Every nonnegative number has a nonnegative square root, by the least upper bound of the numbers
whose square is at most `x`.

## Main definitions
* `DeepTheory.sqrt`: the square root; zero at negative numbers.

## Main theorems
* `DeepTheory.exists_sq_eq`: existence of square roots.
* `DeepTheory.sq_sqrt`, `DeepTheory.sqrt_sq`: the square root undoes the square and conversely.
* `DeepTheory.sqrt_le_sqrt`, `DeepTheory.sqrt_le_iff`, `DeepTheory.le_sqrt`: order.
* `DeepTheory.sqrt_mul`, `DeepTheory.sqrt_div`: products and quotients.

## References
* W. Rudin, *Principles of Mathematical Analysis*, third edition, theorem 1.21.
-/

public section

namespace DeepTheory

universe u

variable {R : Type u} [RealField R] {x y : R}

/-- Every nonnegative number is the square of a nonnegative number. -/
theorem exists_sq_eq (h : 0 ≤ x) : ∃ s : R, 0 ≤ s ∧ s ^ 2 = x := by
  obtain ⟨s, hs, hmin⟩ := RealField.exists_isLUB (fun y : R => 0 ≤ y ∧ y ^ 2 ≤ x)
    ⟨0, by grind⟩ ⟨x + 1, fun y ⟨_, hy⟩ => le_of_sq_le_sq (by grind) (by
      have := sq_nonneg x; grind)⟩
  have hs₀ : 0 ≤ s := hs 0 (by grind)
  refine ⟨s, hs₀, ?_⟩
  have h₁ : ¬ s ^ 2 < x := fun hlt => by
    -- a step of length `ε ≤ 1` with `(2 s + 1) ε ≤ x - s ^ 2` stays below `x`
    have hc : 0 < 2 * s + 1 := by grind
    have hd := div_pos (show 0 < x - s ^ 2 by grind) hc
    have hdc : (x - s ^ 2) / (2 * s + 1) * (2 * s + 1) = x - s ^ 2 := div_mul_cancel (by grind)
    generalize (x - s ^ 2) / (2 * s + 1) = d at hd hdc
    obtain ⟨ε, hε, hε₁, hεd⟩ : ∃ ε : R, 0 < ε ∧ ε ≤ 1 ∧ ε ≤ d := by
      rcases le_total d 1 with hd' | hd'
      · exact ⟨d, hd, hd', by grind⟩
      · exact ⟨1, by grind, by grind, hd'⟩
    have h₂ := mul_le_mul_of_nonneg_right hεd (show 0 ≤ 2 * s + 1 by grind)
    have h₃ := mul_le_mul_of_nonneg_left hε₁ (show 0 ≤ ε by grind)
    have := hs (s + ε) ⟨by grind, by grind⟩
    grind
  have h₂ : ¬ x < s ^ 2 := fun hlt => by
    -- `s - (s ^ 2 - x) / (2 s)` would be a smaller upper bound
    have hs₁ : 0 < s := by
      have : s ≠ 0 := fun h₀ => by subst h₀; grind
      grind
    have hd := div_pos (show 0 < s ^ 2 - x by grind) (show 0 < 2 * s by grind)
    have hdc : (s ^ 2 - x) / (2 * s) * (2 * s) = s ^ 2 - x := div_mul_cancel (by grind)
    generalize (s ^ 2 - x) / (2 * s) = d at hd hdc
    have hds : 0 ≤ s - d := by
      have : ¬ s < d := fun h' => by
        have := mul_le_mul_of_nonneg_right (show s ≤ d by grind) (show 0 ≤ 2 * s by grind)
        have := sq_pos (show s ≠ 0 by grind)
        grind
      grind
    have := hmin (s - d) fun y ⟨_, hy⟩ => le_of_sq_le_sq hds (by
      have := sq_nonneg d; grind)
    grind
  grind

open Classical in
/-- The square root of a nonnegative number; zero at negative numbers. -/
noncomputable def sqrt (x : R) : R := if h : 0 ≤ x then choose (exists_sq_eq h) else 0

@[simp] theorem sqrt_nonneg (x : R) : 0 ≤ sqrt x := by
  delta sqrt
  split
  · next h => exact (Classical.choose_spec (exists_sq_eq h)).1
  · grind

theorem sq_sqrt (h : 0 ≤ x) : sqrt x ^ 2 = x := by
  delta sqrt
  rw [dif_pos h]
  exact (Classical.choose_spec (exists_sq_eq h)).2

theorem mul_self_sqrt (h : 0 ≤ x) : sqrt x * sqrt x = x := by
  have := sq_sqrt h; grind

theorem sqrt_eq_zero_of_nonpos (h : x ≤ 0) : sqrt x = 0 := by
  by_cases h' : 0 ≤ x
  · exact sq_eq_zero (by rw [sq_sqrt h']; grind)
  · delta sqrt; rw [dif_neg h']

/-- Nonnegative numbers with the same square are equal. -/
theorem eq_of_sq_eq_sq (hx : 0 ≤ x) (hy : 0 ≤ y) (h : x ^ 2 = y ^ 2) : x = y := by
  have h₁ := le_of_sq_le_sq hy (show x ^ 2 ≤ y ^ 2 by grind)
  have h₂ := le_of_sq_le_sq hx (show y ^ 2 ≤ x ^ 2 by grind)
  grind

/-- The square root is the only nonnegative number with the given square. -/
theorem sqrt_eq_of_sq_eq (hy : 0 ≤ y) (h : y ^ 2 = x) : sqrt x = y :=
  eq_of_sq_eq_sq (sqrt_nonneg x) hy (by
    rw [sq_sqrt (by have := sq_nonneg y; grind), h])

theorem sqrt_sq (h : 0 ≤ x) : sqrt (x ^ 2) = x := sqrt_eq_of_sq_eq h rfl

theorem sqrt_sq_eq_abs (x : R) : sqrt (x ^ 2) = abs x :=
  sqrt_eq_of_sq_eq (abs_nonneg x) (sq_abs x)

@[simp] theorem sqrt_zero : sqrt (0 : R) = 0 := sqrt_eq_of_sq_eq (by grind) (by grind)

@[simp] theorem sqrt_one : sqrt (1 : R) = 1 := sqrt_eq_of_sq_eq (by grind) (by grind)

/-! ### Order -/

theorem sqrt_le_sqrt (h : x ≤ y) : sqrt x ≤ sqrt y := by
  rcases le_total 0 x with hx | hx
  · exact le_of_sq_le_sq (sqrt_nonneg y) (by
      rw [sq_sqrt hx, sq_sqrt (show 0 ≤ y by grind)]; exact h)
  · rw [sqrt_eq_zero_of_nonpos hx]; exact sqrt_nonneg y

theorem sqrt_lt_sqrt (hx : 0 ≤ x) (h : x < y) : sqrt x < sqrt y := by
  have : ¬ sqrt y ≤ sqrt x := fun h' => by
    have := sq_le_sq (sqrt_nonneg y) h'
    rw [sq_sqrt hx, sq_sqrt (show 0 ≤ y by grind)] at this
    grind
  grind

theorem sqrt_le_iff : sqrt x ≤ y ↔ 0 ≤ y ∧ x ≤ y ^ 2 := by
  refine ⟨fun h => ⟨by have := sqrt_nonneg x; grind, ?_⟩, fun ⟨hy, h⟩ => ?_⟩
  · rcases le_total 0 x with hx | hx
    · have := sq_le_sq (sqrt_nonneg x) h
      rwa [sq_sqrt hx] at this
    · have := sq_nonneg y; grind
  · have := sqrt_le_sqrt h
    rwa [sqrt_sq hy] at this

theorem le_sqrt (hx : 0 ≤ x) (hy : 0 ≤ y) : x ≤ sqrt y ↔ x ^ 2 ≤ y := by
  refine ⟨fun h => ?_, fun h => ?_⟩
  · have := sq_le_sq hx h
    rwa [sq_sqrt hy] at this
  · have := sqrt_le_sqrt h
    rwa [sqrt_sq hx] at this

/-- The square root lies above every number whose square is at most `y`. -/
theorem le_sqrt_of_sq_le (h : x ^ 2 ≤ y) : x ≤ sqrt y := by
  have h₁ := sqrt_le_sqrt h
  rw [sqrt_sq_eq_abs] at h₁
  have h₂ := le_abs_self x
  grind

theorem sqrt_pos : 0 < sqrt x ↔ 0 < x := by
  refine ⟨fun h => ?_, fun h => ?_⟩
  · have : ¬ x ≤ 0 := fun h' => by rw [sqrt_eq_zero_of_nonpos h'] at h; grind
    grind
  · have := sqrt_lt_sqrt (show (0 : R) ≤ 0 by grind) h
    rwa [sqrt_zero] at this

theorem sqrt_eq_zero (h : 0 ≤ x) : sqrt x = 0 ↔ x = 0 := by
  refine ⟨fun h' => ?_, fun h' => by rw [h', sqrt_zero]⟩
  rw [← sq_sqrt h, h']; grind

/-! ### Products and quotients -/

theorem sqrt_mul (hx : 0 ≤ x) (hy : 0 ≤ y) : sqrt (x * y) = sqrt x * sqrt y :=
  sqrt_eq_of_sq_eq (mul_nonneg (sqrt_nonneg x) (sqrt_nonneg y)) (by
    have := sq_sqrt hx
    have := sq_sqrt hy
    grind)

theorem sqrt_inv (hx : 0 < x) : sqrt x⁻¹ = (sqrt x)⁻¹ := by
  have h := inv_pos (sqrt_pos.2 hx)
  refine sqrt_eq_of_sq_eq (by grind) ?_
  have := sq_sqrt (show 0 ≤ x by grind)
  grind

theorem sqrt_div (hx : 0 ≤ x) (hy : 0 < y) : sqrt (x / y) = sqrt x / sqrt y := by
  have h := inv_pos hy
  rw [show x / y = x * y⁻¹ by grind, sqrt_mul hx (by grind), sqrt_inv hy]
  grind

end DeepTheory
