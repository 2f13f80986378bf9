module

public import DeepTheory.Reals.Basic

/-!
# Maximum and minimum

The larger and the smaller of two numbers, in core's notation `max a b` and `min a b`.  `grind`
knows the definitions and splits into the two cases by itself.

## Main definitions
* `DeepTheory.instMax`, `DeepTheory.instMin`: maximum and minimum in a real field.

## Main theorems
* `DeepTheory.max_le_iff`, `DeepTheory.le_min_iff`, and others: order.
* `DeepTheory.abs_eq_max_neg`, `DeepTheory.max_eq_half_add_abs`: the absolute value.
* `DeepTheory.max_add_add_right`, `DeepTheory.mul_max_of_nonneg`, and others: sums and products.
* `DeepTheory.abs_max_sub_max_le_max`: the maximum is 1-Lipschitz.
-/

public section

namespace DeepTheory

universe u

variable {R : Type u} [RealField R] {a b c d : R}

open Classical in
/-- The maximum of two elements of a real field. -/
@[expose] noncomputable instance instMax : Max R := ⟨fun a b => if a ≤ b then b else a⟩

open Classical in
/-- The minimum of two elements of a real field. -/
@[expose] noncomputable instance instMin : Min R := ⟨fun a b => if a ≤ b then a else b⟩

open Classical in
/-- The maximum by cases. -/
@[grind =] theorem max_def (a b : R) : max a b = if a ≤ b then b else a := rfl

open Classical in
/-- The minimum by cases. -/
@[grind =] theorem min_def (a b : R) : min a b = if a ≤ b then a else b := rfl

/-- The maximum is one of the two numbers and at least the other. -/
theorem max_cases (a b : R) : (b ≤ a ∧ max a b = a) ∨ (a < b ∧ max a b = b) := by grind

/-- The minimum is one of the two numbers and at most the other. -/
theorem min_cases (a b : R) : (a ≤ b ∧ min a b = a) ∨ (b < a ∧ min a b = b) := by grind

/-- The maximum is one of the two numbers. -/
theorem max_choice (a b : R) : max a b = a ∨ max a b = b := by grind

/-- The minimum is one of the two numbers. -/
theorem min_choice (a b : R) : min a b = a ∨ min a b = b := by grind

/-! ### Order -/

/-- The first number is at most the maximum. -/
@[simp] theorem le_max_left (a b : R) : a ≤ max a b := by grind

/-- The second number is at most the maximum. -/
@[simp] theorem le_max_right (a b : R) : b ≤ max a b := by grind

/-- The minimum is at most the first number. -/
@[simp] theorem min_le_left (a b : R) : min a b ≤ a := by grind

/-- The minimum is at most the second number. -/
@[simp] theorem min_le_right (a b : R) : min a b ≤ b := by grind

/-- The minimum is at most the maximum. -/
theorem min_le_max (a b : R) : min a b ≤ max a b := by grind

/-- The maximum is at most `c` if both numbers are. -/
theorem max_le (ha : a ≤ c) (hb : b ≤ c) : max a b ≤ c := by grind

/-- The minimum is at least `c` if both numbers are. -/
theorem le_min (ha : c ≤ a) (hb : c ≤ b) : c ≤ min a b := by grind

/-- The maximum is below `c` if both numbers are. -/
theorem max_lt (ha : a < c) (hb : b < c) : max a b < c := by grind

/-- The minimum is above `c` if both numbers are. -/
theorem lt_min (ha : c < a) (hb : c < b) : c < min a b := by grind

/-- The maximum is at most `c` exactly if both numbers are. -/
@[simp] theorem max_le_iff : max a b ≤ c ↔ a ≤ c ∧ b ≤ c := by grind

/-- The minimum is at least `c` exactly if both numbers are. -/
@[simp] theorem le_min_iff : c ≤ min a b ↔ c ≤ a ∧ c ≤ b := by grind

/-- The maximum is below `c` exactly if both numbers are. -/
@[simp] theorem max_lt_iff : max a b < c ↔ a < c ∧ b < c := by grind

/-- The minimum is above `c` exactly if both numbers are. -/
@[simp] theorem lt_min_iff : c < min a b ↔ c < a ∧ c < b := by grind

/-- The maximum is at least `c` exactly if one of the numbers is. -/
theorem le_max_iff : c ≤ max a b ↔ c ≤ a ∨ c ≤ b := by grind

/-- The minimum is at most `c` exactly if one of the numbers is. -/
theorem min_le_iff : min a b ≤ c ↔ a ≤ c ∨ b ≤ c := by grind

/-- The maximum is above `c` exactly if one of the numbers is. -/
theorem lt_max_iff : c < max a b ↔ c < a ∨ c < b := by grind

/-- The minimum is below `c` exactly if one of the numbers is. -/
theorem min_lt_iff : min a b < c ↔ a < c ∨ b < c := by grind

/-- The maximum is at least what the first number is at least. -/
theorem le_max_of_le_left (h : c ≤ a) : c ≤ max a b := by grind

/-- The maximum is at least what the second number is at least. -/
theorem le_max_of_le_right (h : c ≤ b) : c ≤ max a b := by grind

/-- The minimum is at most what the first number is at most. -/
theorem min_le_of_left_le (h : a ≤ c) : min a b ≤ c := by grind

/-- The minimum is at most what the second number is at most. -/
theorem min_le_of_right_le (h : b ≤ c) : min a b ≤ c := by grind

/-- The maximum is monotone in both arguments. -/
theorem max_le_max (h₁ : a ≤ c) (h₂ : b ≤ d) : max a b ≤ max c d := by grind

/-- The minimum is monotone in both arguments. -/
theorem min_le_min (h₁ : a ≤ c) (h₂ : b ≤ d) : min a b ≤ min c d := by grind

/-! ### Equations -/

/-- The maximum does not depend on the order. -/
theorem max_comm (a b : R) : max a b = max b a := by grind

/-- The minimum does not depend on the order. -/
theorem min_comm (a b : R) : min a b = min b a := by grind

/-- Maxima may be grouped in any way. -/
theorem max_assoc (a b c : R) : max (max a b) c = max a (max b c) := by grind

/-- Minima may be grouped in any way. -/
theorem min_assoc (a b c : R) : min (min a b) c = min a (min b c) := by grind

/-- The maximum of a number and itself. -/
@[simp] theorem max_self (a : R) : max a a = a := by grind

/-- The minimum of a number and itself. -/
@[simp] theorem min_self (a : R) : min a a = a := by grind

/-- The maximum is the larger number. -/
theorem max_eq_left (h : b ≤ a) : max a b = a := by grind

/-- The maximum is the larger number. -/
theorem max_eq_right (h : a ≤ b) : max a b = b := by grind

/-- The minimum is the smaller number. -/
theorem min_eq_left (h : a ≤ b) : min a b = a := by grind

/-- The minimum is the smaller number. -/
theorem min_eq_right (h : b ≤ a) : min a b = b := by grind

/-- The maximum is the first number exactly if that is the larger one. -/
theorem max_eq_left_iff : max a b = a ↔ b ≤ a := by grind

/-- The maximum is the second number exactly if that is the larger one. -/
theorem max_eq_right_iff : max a b = b ↔ a ≤ b := by grind

/-- The minimum is the first number exactly if that is the smaller one. -/
theorem min_eq_left_iff : min a b = a ↔ a ≤ b := by grind

/-- The minimum is the second number exactly if that is the smaller one. -/
theorem min_eq_right_iff : min a b = b ↔ b ≤ a := by grind

/-- The minimum distributes over the maximum. -/
theorem min_max_distrib_left (a b c : R) : min a (max b c) = max (min a b) (min a c) := by grind

/-- The maximum distributes over the minimum. -/
theorem max_min_distrib_left (a b c : R) : max a (min b c) = min (max a b) (max a c) := by grind

/-! ### Sums and products -/

/-- Minimum and maximum together are the two numbers. -/
theorem min_add_max (a b : R) : min a b + max a b = a + b := by grind

/-- Minimum and maximum together are the two numbers. -/
theorem min_mul_max (a b : R) : min a b * max a b = a * b := by grind

/-- The difference of maximum and minimum is the distance. -/
theorem max_sub_min_eq_abs (a b : R) : max a b - min a b = abs (a - b) := by
  have := abs_cases (a - b); grind

/-- A summand may be taken out of a maximum. -/
theorem max_add_add_right (a b c : R) : max (a + c) (b + c) = max a b + c := by grind

/-- A summand may be taken out of a maximum. -/
theorem max_add_add_left (a b c : R) : max (a + b) (a + c) = a + max b c := by grind

/-- A summand may be taken out of a minimum. -/
theorem min_add_add_right (a b c : R) : min (a + c) (b + c) = min a b + c := by grind

/-- A summand may be taken out of a minimum. -/
theorem min_add_add_left (a b c : R) : min (a + b) (a + c) = a + min b c := by grind

/-- A number may be subtracted within a maximum or after it. -/
theorem max_sub_sub_right (a b c : R) : max (a - c) (b - c) = max a b - c := by grind

/-- A number may be subtracted within a minimum or after it. -/
theorem min_sub_sub_right (a b c : R) : min (a - c) (b - c) = min a b - c := by grind

/-- Subtracting from a number exchanges maximum and minimum. -/
theorem max_sub_sub_left (a b c : R) : max (a - b) (a - c) = a - min b c := by grind

/-- Subtracting from a number exchanges minimum and maximum. -/
theorem min_sub_sub_left (a b c : R) : min (a - b) (a - c) = a - max b c := by grind

/-- The sign exchanges maximum and minimum. -/
theorem max_neg_neg (a b : R) : max (-a) (-b) = -min a b := by grind

/-- The sign exchanges minimum and maximum. -/
theorem min_neg_neg (a b : R) : min (-a) (-b) = -max a b := by grind

/-- A nonnegative factor may be multiplied into a maximum. -/
theorem mul_max_of_nonneg (b c : R) (ha : 0 ≤ a) : a * max b c = max (a * b) (a * c) := by
  rcases le_total b c with h | h <;> have := mul_le_mul_of_nonneg_left h ha <;> grind

/-- A nonnegative factor may be multiplied into a maximum. -/
theorem max_mul_of_nonneg (a b : R) (hc : 0 ≤ c) : max a b * c = max (a * c) (b * c) := by
  rcases le_total a b with h | h <;> have := mul_le_mul_of_nonneg_right h hc <;> grind

/-- A nonnegative factor may be multiplied into a minimum. -/
theorem mul_min_of_nonneg (b c : R) (ha : 0 ≤ a) : a * min b c = min (a * b) (a * c) := by
  rcases le_total b c with h | h <;> have := mul_le_mul_of_nonneg_left h ha <;> grind

/-- A nonnegative factor may be multiplied into a minimum. -/
theorem min_mul_of_nonneg (a b : R) (hc : 0 ≤ c) : min a b * c = min (a * c) (b * c) := by
  rcases le_total a b with h | h <;> have := mul_le_mul_of_nonneg_right h hc <;> grind

/-- The maximum of sums is at most the sum of the maxima. -/
theorem max_add_add_le_max_add_max (a b c d : R) :
    max (a + b) (c + d) ≤ max a c + max b d := by grind

/-! ### The absolute value -/

/-- The absolute value is the larger of a number and its negative. -/
theorem abs_eq_max_neg (a : R) : abs a = max a (-a) := by have := abs_cases a; grind

/-- The maximum in terms of the absolute value. -/
theorem max_eq_half_add_abs (a b : R) : max a b = (a + b + abs (a - b)) / 2 := by
  have := abs_cases (a - b); grind

/-- The minimum in terms of the absolute value. -/
theorem min_eq_half_sub_abs (a b : R) : min a b = (a + b - abs (a - b)) / 2 := by
  have := abs_cases (a - b); grind

/-- A number is the difference of its positive and its negative part. -/
theorem max_zero_sub_max_neg_zero (a : R) : max a 0 - max (-a) 0 = a := by grind

/-- The absolute value is the sum of the positive and the negative part. -/
theorem max_zero_add_max_neg_zero (a : R) : max a 0 + max (-a) 0 = abs a := by
  have := abs_cases a; grind

/-- The maximum lies within the larger absolute value. -/
theorem abs_max_le (a b : R) : abs (max a b) ≤ max (abs a) (abs b) := by
  rcases le_total a b with h | h
  · rw [max_eq_right h]; exact le_max_right _ _
  · rw [max_eq_left h]; exact le_max_left _ _

/-- The maximum is 1-Lipschitz in both arguments together. -/
theorem abs_max_sub_max_le_max (a b c d : R) :
    abs (max a b - max c d) ≤ max (abs (a - c)) (abs (b - d)) := by
  have h₁ := le_max_left (abs (a - c)) (abs (b - d))
  have h₂ := le_max_right (abs (a - c)) (abs (b - d))
  have h₃ := abs_le.1 h₁
  have h₄ := abs_le.1 h₂
  rw [abs_le]
  generalize max (abs (a - c)) (abs (b - d)) = m at *
  grind

/-- The minimum is 1-Lipschitz in both arguments together. -/
theorem abs_min_sub_min_le_max (a b c d : R) :
    abs (min a b - min c d) ≤ max (abs (a - c)) (abs (b - d)) := by
  have h := abs_max_sub_max_le_max (-a) (-b) (-c) (-d)
  rw [max_neg_neg, max_neg_neg, show -min a b - -min c d = -(min a b - min c d) by grind, abs_neg,
    show -a - -c = -(a - c) by grind, abs_neg, show -b - -d = -(b - d) by grind, abs_neg] at h
  exact h

/-- The maximum with a fixed number is 1-Lipschitz. -/
theorem abs_max_sub_max_le_abs (a b c : R) : abs (max a c - max b c) ≤ abs (a - b) := by
  have h := abs_max_sub_max_le_max a c b c
  rwa [show c - c = 0 by grind, abs_zero, max_eq_left (abs_nonneg _)] at h

/-- The minimum with a fixed number is 1-Lipschitz. -/
theorem abs_min_sub_min_le_abs (a b c : R) : abs (min a c - min b c) ≤ abs (a - b) := by
  have h := abs_min_sub_min_le_max a c b c
  rwa [show c - c = 0 by grind, abs_zero, max_eq_left (abs_nonneg _)] at h

end DeepTheory
