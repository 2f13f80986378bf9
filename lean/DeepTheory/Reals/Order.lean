module

public import DeepTheory.Reals.Basic

/-!
# Order, products and quotients

The rules of an ordered field beyond those of `DeepTheory.Reals.Basic`: sums, products and quotients
of inequalities.  The tactics `positivity` and `bound` apply them.

## Main theorems
* `DeepTheory.add_le_add`, `DeepTheory.sub_le_sub`, `DeepTheory.mul_lt_mul_of_pos_left`, ...
* `DeepTheory.div_le_div`, `DeepTheory.inv_le_inv_of_le`, `DeepTheory.one_div_le_one_div_of_le`.
* `DeepTheory.div_le_one`, `DeepTheory.one_le_div`, `DeepTheory.div_le_div_iff`.
-/

public section

namespace DeepTheory

universe u

variable {R : Type u} [RealField R] {a b c d : R}

/-! ### Order -/

theorem le_trans (h₁ : a ≤ b) (h₂ : b ≤ c) : a ≤ c := by grind

theorem le_antisymm (h₁ : a ≤ b) (h₂ : b ≤ a) : a = b := by grind

theorem le_of_lt (h : a < b) : a ≤ b := by grind

theorem le_of_eq (h : a = b) : a ≤ b := by grind

theorem lt_of_lt_of_le (h₁ : a < b) (h₂ : b ≤ c) : a < c := by grind

theorem lt_of_le_of_lt (h₁ : a ≤ b) (h₂ : b < c) : a < c := by grind

theorem lt_trans (h₁ : a < b) (h₂ : b < c) : a < c := by grind

theorem lt_irrefl (a : R) : ¬ a < a := by grind

theorem lt_of_not_le (h : ¬ b ≤ a) : a < b := by grind

theorem not_le : ¬ a ≤ b ↔ b < a := by grind

theorem not_lt : ¬ a < b ↔ b ≤ a := by grind

theorem lt_of_le_of_ne (h₁ : a ≤ b) (h₂ : a ≠ b) : a < b := by grind

theorem ne_of_gt (h : 0 < a) : a ≠ 0 := by grind

theorem lt_or_eq_of_le (h : a ≤ b) : a < b ∨ a = b := by grind

theorem lt_trichotomy (a b : R) : a < b ∨ a = b ∨ b < a := by grind

theorem zero_le_one : (0 : R) ≤ 1 := by grind

/-! ### Sums -/

theorem add_le_add (h₁ : a ≤ b) (h₂ : c ≤ d) : a + c ≤ b + d := by grind

theorem add_lt_add (h₁ : a < b) (h₂ : c < d) : a + c < b + d := by grind

theorem add_lt_add_of_lt_of_le (h₁ : a < b) (h₂ : c ≤ d) : a + c < b + d := by grind

theorem add_lt_add_of_le_of_lt (h₁ : a ≤ b) (h₂ : c < d) : a + c < b + d := by grind

theorem sub_le_sub (h₁ : a ≤ b) (h₂ : c ≤ d) : a - d ≤ b - c := by grind

theorem sub_lt_sub (h₁ : a < b) (h₂ : c < d) : a - d < b - c := by grind

theorem neg_le_neg (h : a ≤ b) : -b ≤ -a := by grind

theorem add_nonneg (ha : 0 ≤ a) (hb : 0 ≤ b) : 0 ≤ a + b := by grind

theorem add_pos (ha : 0 < a) (hb : 0 < b) : 0 < a + b := by grind

theorem add_pos_of_pos_of_nonneg (ha : 0 < a) (hb : 0 ≤ b) : 0 < a + b := by grind

theorem add_pos_of_nonneg_of_pos (ha : 0 ≤ a) (hb : 0 < b) : 0 < a + b := by grind

theorem sub_nonneg : 0 ≤ a - b ↔ b ≤ a := by grind

theorem sub_pos : 0 < a - b ↔ b < a := by grind

/-! ### Products -/

theorem mul_lt_mul_of_pos_left (h : a < b) (hc : 0 < c) : c * a < c * b := by
  have := mul_pos (show 0 < b - a by grind) hc; grind

theorem mul_lt_mul_of_pos_right (h : a < b) (hc : 0 < c) : a * c < b * c := by
  have := mul_pos (show 0 < b - a by grind) hc; grind

theorem mul_lt_mul'' (h₁ : a < b) (h₂ : c < d) (ha : 0 ≤ a) (hc : 0 ≤ c) : a * c < b * d := by
  have := mul_pos (show 0 < b - a by grind) (show 0 < d by grind)
  have := mul_nonneg ha (show 0 ≤ d - c by grind)
  grind

theorem mul_le_mul_left_iff (hc : 0 < c) : c * a ≤ c * b ↔ a ≤ b :=
  ⟨le_of_mul_le_mul_left hc, fun h => mul_le_mul_of_nonneg_left h (le_of_lt hc)⟩

theorem mul_lt_mul_left_iff (hc : 0 < c) : c * a < c * b ↔ a < b :=
  ⟨lt_of_mul_lt_mul_left (le_of_lt hc), fun h => mul_lt_mul_of_pos_left h hc⟩

theorem mul_ne_zero (ha : a ≠ 0) (hb : b ≠ 0) : a * b ≠ 0 := by grind

theorem mul_le_one (ha : a ≤ 1) (hb₀ : 0 ≤ b) (hb : b ≤ 1) : a * b ≤ 1 := by
  have := mul_le_mul_of_nonneg_right ha hb₀; grind

theorem one_le_mul (ha : 1 ≤ a) (hb : 1 ≤ b) : 1 ≤ a * b := by
  have := mul_le_mul_of_nonneg_right ha (show 0 ≤ b by grind); grind

theorem mul_le_of_le_one_left (hb : 0 ≤ b) (ha : a ≤ 1) : a * b ≤ b := by
  have := mul_le_mul_of_nonneg_right ha hb; grind

theorem mul_le_of_le_one_right (ha : 0 ≤ a) (hb : b ≤ 1) : a * b ≤ a := by
  have := mul_le_mul_of_nonneg_left hb ha; grind

theorem le_mul_of_one_le_left (hb : 0 ≤ b) (ha : 1 ≤ a) : b ≤ a * b := by
  have := mul_le_mul_of_nonneg_right ha hb; grind

theorem le_mul_of_one_le_right (ha : 0 ≤ a) (hb : 1 ≤ b) : a ≤ a * b := by
  have := mul_le_mul_of_nonneg_left hb ha; grind

/-- A product of nonnegative numbers is zero only if one of them is. -/
theorem mul_eq_zero : a * b = 0 ↔ a = 0 ∨ b = 0 := by grind

/-- Twice a product is at most the sum of the squares. -/
theorem two_mul_le_add_sq (a b : R) : 2 * a * b ≤ a ^ 2 + b ^ 2 := by
  have := sq_nonneg (a - b); grind

/-- The square of a sum is at most twice the sum of the squares. -/
theorem add_sq_le (a b : R) : (a + b) ^ 2 ≤ 2 * (a ^ 2 + b ^ 2) := by
  have := sq_nonneg (a - b); grind

/-! ### Inverses and quotients -/

@[simp] theorem inv_zero : (0 : R)⁻¹ = 0 := by grind

theorem inv_nonneg (h : 0 ≤ a) : 0 ≤ a⁻¹ := by
  rcases lt_or_eq_of_le h with h | h
  · have := inv_pos h; grind
  · subst h; grind

theorem inv_ne_zero (h : a ≠ 0) : a⁻¹ ≠ 0 := by grind

theorem div_ne_zero (ha : a ≠ 0) (hb : b ≠ 0) : a / b ≠ 0 := by grind

/-- A quotient of nonnegative numbers, the denominator zero included, is nonnegative. -/
theorem div_nonneg_of_nonneg (ha : 0 ≤ a) (hb : 0 ≤ b) : 0 ≤ a / b := by
  have := mul_nonneg ha (inv_nonneg hb); grind

theorem inv_le_inv_of_le (ha : 0 < a) (h : a ≤ b) : b⁻¹ ≤ a⁻¹ := by
  have hb : 0 < b := by grind
  have := mul_nonneg (mul_nonneg (inv_nonneg (le_of_lt ha)) (inv_nonneg (le_of_lt hb)))
    (show 0 ≤ b - a by grind)
  have : a⁻¹ * b⁻¹ * (b - a) = a⁻¹ - b⁻¹ := by grind
  grind

theorem inv_lt_inv_of_lt (ha : 0 < a) (h : a < b) : b⁻¹ < a⁻¹ := by
  have hb : 0 < b := by grind
  have := mul_pos (mul_pos (inv_pos ha) (inv_pos hb)) (show 0 < b - a by grind)
  have : a⁻¹ * b⁻¹ * (b - a) = a⁻¹ - b⁻¹ := by grind
  grind

theorem one_div_le_one_div_of_le (ha : 0 < a) (h : a ≤ b) : 1 / b ≤ 1 / a := by
  have := inv_le_inv_of_le ha h; grind

theorem one_div_lt_one_div_of_lt (ha : 0 < a) (h : a < b) : 1 / b < 1 / a := by
  have := inv_lt_inv_of_lt ha h; grind

theorem one_div_pos (h : 0 < a) : 0 < 1 / a := by have := inv_pos h; grind

theorem one_div_nonneg (h : 0 ≤ a) : 0 ≤ 1 / a := by have := inv_nonneg h; grind

theorem div_le_div_of_nonneg_right (h : a ≤ b) (hc : 0 ≤ c) : a / c ≤ b / c := by
  have := mul_le_mul_of_nonneg_right h (inv_nonneg hc); grind

theorem div_lt_div_of_pos_right (h : a < b) (hc : 0 < c) : a / c < b / c := by
  have := mul_lt_mul_of_pos_right h (inv_pos hc); grind

theorem div_le_div_of_nonneg_left (ha : 0 ≤ a) (hc : 0 < c) (h : c ≤ b) : a / b ≤ a / c := by
  have := mul_le_mul_of_nonneg_left (inv_le_inv_of_le hc h) ha; grind

/-- A larger numerator and a smaller denominator. -/
theorem div_le_div (hb : 0 ≤ b) (h₁ : a ≤ b) (hd : 0 < d) (h₂ : d ≤ c) : a / c ≤ b / d :=
  le_trans (div_le_div_of_nonneg_right h₁ (by grind)) (div_le_div_of_nonneg_left hb hd h₂)

theorem div_lt_div (hb : 0 ≤ b) (h₁ : a < b) (hd : 0 < d) (h₂ : d ≤ c) : a / c < b / d :=
  lt_of_lt_of_le (div_lt_div_of_pos_right h₁ (by grind)) (div_le_div_of_nonneg_left hb hd h₂)

theorem div_le_div_iff (hb : 0 < b) (hd : 0 < d) : a / b ≤ c / d ↔ a * d ≤ c * b := by
  rw [div_le_iff hb, show c / d * b = c * b / d by grind, le_div_iff hd]

theorem div_lt_div_iff (hb : 0 < b) (hd : 0 < d) : a / b < c / d ↔ a * d < c * b := by
  rw [div_lt_iff hb, show c / d * b = c * b / d by grind, lt_div_iff hd]

theorem div_eq_iff (hb : b ≠ 0) : a / b = c ↔ a = c * b := by grind

theorem eq_div_iff (hb : b ≠ 0) : a = c / b ↔ a * b = c := by grind

theorem div_eq_div_iff (hb : b ≠ 0) (hd : d ≠ 0) : a / b = c / d ↔ a * d = c * b := by
  rw [div_eq_iff hb, show c / d * b = c * b / d by grind, eq_div_iff hd]

theorem div_le_one (hb : 0 < b) : a / b ≤ 1 ↔ a ≤ b := by rw [div_le_iff hb]; grind

theorem div_lt_one (hb : 0 < b) : a / b < 1 ↔ a < b := by rw [div_lt_iff hb]; grind

theorem one_le_div (hb : 0 < b) : 1 ≤ a / b ↔ b ≤ a := by rw [le_div_iff hb]; grind

theorem one_lt_div (hb : 0 < b) : 1 < a / b ↔ b < a := by rw [lt_div_iff hb]; grind

theorem div_le_one_of_le (h : a ≤ b) (hb : 0 ≤ b) : a / b ≤ 1 := by
  rcases lt_or_eq_of_le hb with hb | hb
  · exact (div_le_one hb).2 h
  · subst hb; grind

theorem inv_le_one (h : 1 ≤ a) : a⁻¹ ≤ 1 := by
  have := inv_le_inv_of_le zero_lt_one h; grind

theorem one_le_inv (h₀ : 0 < a) (h : a ≤ 1) : 1 ≤ a⁻¹ := by
  have := inv_le_inv_of_le h₀ h; grind

theorem div_le_self (ha : 0 ≤ a) (hb : 1 ≤ b) : a / b ≤ a := by
  have := mul_le_mul_of_nonneg_left (inv_le_one hb) ha; grind

theorem inv_le_iff (ha : 0 < a) (hb : 0 < b) : a⁻¹ ≤ b ↔ b⁻¹ ≤ a := by
  refine ⟨fun h => ?_, fun h => ?_⟩
  · have := inv_le_inv_of_le (inv_pos ha) h; grind
  · have := inv_le_inv_of_le (inv_pos hb) h; grind

/-! ### Absolute values -/

theorem abs_inv (a : R) : abs a⁻¹ = (abs a)⁻¹ := by
  rcases abs_cases a with ⟨h, h'⟩ | ⟨h, h'⟩ <;> rw [h']
  · exact abs_of_nonneg (inv_nonneg h)
  · rw [← abs_neg, show -a⁻¹ = (-a)⁻¹ by grind]
    exact abs_of_nonneg (inv_nonneg (by grind))

theorem abs_div (a b : R) : abs (a / b) = abs a / abs b := by
  rw [show a / b = a * b⁻¹ by grind, abs_mul, abs_inv]; grind

theorem abs_one : abs (1 : R) = 1 := abs_of_nonneg zero_le_one

theorem abs_abs (a : R) : abs (abs a) = abs a := abs_of_nonneg (abs_nonneg a)

theorem abs_of_nonpos (h : a ≤ 0) : abs a = -a := by have := abs_cases a; grind

theorem abs_pos_iff : 0 < abs a ↔ a ≠ 0 := by have := abs_cases a; grind

theorem abs_eq_zero_iff : abs a = 0 ↔ a = 0 := by have := abs_cases a; grind

theorem abs_sub_le (a b c : R) : abs (a - c) ≤ abs (a - b) + abs (b - c) := by
  have := abs_add_le (a - b) (b - c)
  rwa [show a - b + (b - c) = a - c by grind] at this

theorem abs_abs_sub_abs_le (a b : R) : abs (abs a - abs b) ≤ abs (a - b) := by
  have := abs_cases a; have := abs_cases b; have := abs_cases (a - b)
  rw [abs_le]; grind

theorem neg_abs_le (a : R) : -abs a ≤ a := by have := abs_cases a; grind

theorem abs_mul_self (a : R) : abs a * abs a = a * a := by have := sq_abs a; grind

theorem sq_le_sq_iff_abs_le_abs : a ^ 2 ≤ b ^ 2 ↔ abs a ≤ abs b := by
  rw [← sq_abs a, ← sq_abs b]
  exact ⟨le_of_sq_le_sq (abs_nonneg b), sq_le_sq (abs_nonneg a)⟩

theorem abs_le_of_sq_le_sq (hb : 0 ≤ b) (h : a ^ 2 ≤ b ^ 2) : abs a ≤ b :=
  le_of_sq_le_sq hb (by rw [sq_abs]; exact h)

end DeepTheory
