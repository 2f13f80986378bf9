module

public import DeepTheory.Reals.Order

/-!
# Powers with natural exponents

## Main theorems
* `DeepTheory.pow_mul`, `DeepTheory.div_pow`, `DeepTheory.natCast_pow`, `DeepTheory.abs_pow`: laws.
* `DeepTheory.pow_le_pow_right`, `DeepTheory.pow_le_pow_of_le_one`, `DeepTheory.pow_lt_pow_left`:
  order.
* `DeepTheory.one_sub_mul_le_pow`, `DeepTheory.one_add_mul_le_pow_of_neg_two_le`,
  `DeepTheory.one_sub_pow_le_one_div`: forms of Bernoulli's inequality.
* `DeepTheory.exists_lt_pow`, `DeepTheory.exists_pow_lt`: powers grow and shrink without bound.
* `DeepTheory.pow_sub_pow_le`: powers are Lipschitz on bounded sets.
-/

public section

namespace DeepTheory

universe u

variable {R : Type u} [RealField R] {a b x : R} {m n : Nat}

/-! ### Laws -/

@[simp] theorem pow_one (a : R) : a ^ 1 = a := by grind

theorem pow_two (a : R) : a ^ 2 = a * a := by grind

@[simp] theorem one_pow (n : Nat) : (1 : R) ^ n = 1 := by
  induction n with
  | zero => exact pow_zero 1
  | succ n ih => rw [pow_succ, ih]; grind

theorem zero_pow (h : n ≠ 0) : (0 : R) ^ n = 0 := by
  obtain ⟨m, rfl⟩ : ∃ m, n = m + 1 := ⟨n - 1, by omega⟩
  rw [pow_succ]; grind

theorem pow_succ' (a : R) (n : Nat) : a ^ (n + 1) = a * a ^ n := by rw [pow_succ]; grind

theorem pow_mul (a : R) (m n : Nat) : a ^ (m * n) = (a ^ m) ^ n := by
  induction n with
  | zero => rw [Nat.mul_zero, pow_zero, pow_zero]
  | succ n ih => rw [Nat.mul_succ, pow_add, ih, pow_succ]

theorem pow_mul' (a : R) (m n : Nat) : a ^ (m * n) = (a ^ n) ^ m := by
  rw [Nat.mul_comm, pow_mul]

theorem pow_right_comm (a : R) (m n : Nat) : (a ^ m) ^ n = (a ^ n) ^ m := by
  rw [← pow_mul, pow_mul']

theorem inv_pow (a : R) (n : Nat) : a⁻¹ ^ n = (a ^ n)⁻¹ := by
  induction n with
  | zero => rw [pow_zero, pow_zero]; grind
  | succ n ih => rw [pow_succ, pow_succ, ih]; grind

theorem div_pow (a b : R) (n : Nat) : (a / b) ^ n = a ^ n / b ^ n := by
  rw [show a / b = a * b⁻¹ by grind, mul_pow, inv_pow]; grind

theorem one_div_pow (a : R) (n : Nat) : (1 / a) ^ n = 1 / a ^ n := by rw [div_pow, one_pow]

theorem pow_sub (ha : a ≠ 0) (h : n ≤ m) : a ^ (m - n) * a ^ n = a ^ m := by
  have := ha
  rw [← pow_add, show m - n + n = m by omega]

theorem neg_pow_two_mul (a : R) (n : Nat) : (-a) ^ (2 * n) = a ^ (2 * n) := by
  rw [pow_mul, pow_mul, show (-a) ^ 2 = a ^ 2 by grind]

theorem natCast_pow (m n : Nat) : ((m ^ n : Nat) : R) = (m : R) ^ n := by
  induction n with
  | zero => rw [Nat.pow_zero, pow_zero]; grind
  | succ n ih => rw [Nat.pow_succ, pow_succ, ← ih]; grind

theorem natCast_two_pow (n : Nat) : ((2 ^ n : Nat) : R) = 2 ^ n := by
  rw [natCast_pow, show ((2 : Nat) : R) = 2 by grind]

theorem pow_ne_zero (h : a ≠ 0) (n : Nat) : a ^ n ≠ 0 := by
  induction n with
  | zero => rw [pow_zero]; grind
  | succ n ih => rw [pow_succ]; exact mul_ne_zero ih h

theorem pow_eq_zero_iff (hn : n ≠ 0) : a ^ n = 0 ↔ a = 0 := by
  refine ⟨fun h => Classical.byContradiction fun h' => pow_ne_zero h' n h, fun h => ?_⟩
  rw [h, zero_pow hn]

theorem abs_pow (a : R) (n : Nat) : abs (a ^ n) = abs a ^ n := by
  induction n with
  | zero => rw [pow_zero, pow_zero, abs_one]
  | succ n ih => rw [pow_succ, pow_succ, abs_mul, ih]

/-- Powers with an even exponent are nonnegative. -/
theorem even_pow_nonneg (a : R) (n : Nat) : 0 ≤ a ^ (2 * n) := by
  rw [pow_mul]; exact pow_nonneg (sq_nonneg a) n

/-! ### Order -/

theorem two_pow_pos (n : Nat) : (0 : R) < 2 ^ n := pow_pos (by grind) n

theorem one_le_pow (h : 1 ≤ a) (n : Nat) : 1 ≤ a ^ n := by
  have := pow_le_pow_left zero_le_one h n
  rwa [one_pow] at this

theorem one_lt_pow (h : 1 < a) (hn : n ≠ 0) : 1 < a ^ n := by
  obtain ⟨m, rfl⟩ : ∃ m, n = m + 1 := ⟨n - 1, by omega⟩
  have h₁ := one_le_pow (le_of_lt h) m
  have h₂ := mul_le_mul_of_nonneg_right h₁ (show 0 ≤ a by grind)
  rw [pow_succ]; grind

theorem pow_lt_one (h₀ : 0 ≤ a) (h₁ : a < 1) (hn : n ≠ 0) : a ^ n < 1 := by
  obtain ⟨m, rfl⟩ : ∃ m, n = m + 1 := ⟨n - 1, by omega⟩
  have h₂ := mul_le_mul_of_nonneg_right (pow_le_one h₀ (le_of_lt h₁) m) h₀
  rw [pow_succ]; grind

/-- Powers of a number that is at least one increase with the exponent. -/
theorem pow_le_pow_right (h : 1 ≤ a) (hmn : m ≤ n) : a ^ m ≤ a ^ n := by
  obtain ⟨k, rfl⟩ := Nat.exists_eq_add_of_le hmn
  rw [pow_add]
  exact le_mul_of_one_le_right (pow_nonneg (by grind) m) (one_le_pow h k)

/-- Powers of a number above one increase strictly with the exponent. -/
theorem pow_lt_pow_right (h : 1 < a) (hmn : m < n) : a ^ m < a ^ n := by
  obtain ⟨k, rfl⟩ := Nat.exists_eq_add_of_lt hmn
  have h₁ := mul_lt_mul_of_pos_left (one_lt_pow h (show k + 1 ≠ 0 by omega))
    (pow_pos (show 0 < a by grind) m)
  rw [Nat.add_assoc, pow_add]; grind

/-- Powers of a number between zero and one decrease with the exponent. -/
theorem pow_le_pow_of_le_one (h₀ : 0 ≤ a) (h₁ : a ≤ 1) (hmn : m ≤ n) : a ^ n ≤ a ^ m := by
  obtain ⟨k, rfl⟩ := Nat.exists_eq_add_of_le hmn
  rw [pow_add]
  exact mul_le_of_le_one_right (pow_nonneg h₀ m) (pow_le_one h₀ h₁ k)

/-- Powers of a number between zero and one are at most the number. -/
theorem pow_le_of_le_one (h₀ : 0 ≤ a) (h₁ : a ≤ 1) (hn : n ≠ 0) : a ^ n ≤ a := by
  have := pow_le_pow_of_le_one h₀ h₁ (show 1 ≤ n by omega)
  rwa [pow_one] at this

/-- Powers increase strictly with the base. -/
theorem pow_lt_pow_left (h : a < b) (ha : 0 ≤ a) (hn : n ≠ 0) : a ^ n < b ^ n := by
  obtain ⟨m, rfl⟩ : ∃ m, n = m + 1 := ⟨n - 1, by omega⟩
  have h₁ := mul_le_mul_of_nonneg_right (pow_le_pow_left ha (le_of_lt h) m) ha
  have h₂ := mul_lt_mul_of_pos_left h (pow_pos (show 0 < b by grind) m)
  rw [pow_succ, pow_succ]; grind

/-- The order of powers is that of the bases. -/
theorem pow_le_pow_iff_left (ha : 0 ≤ a) (hb : 0 ≤ b) (hn : n ≠ 0) : a ^ n ≤ b ^ n ↔ a ≤ b := by
  refine ⟨fun h => le_of_not_lt fun hlt => ?_, fun h => pow_le_pow_left ha h n⟩
  have := pow_lt_pow_left hlt hb hn
  grind

/-- The strict order of powers is that of the bases. -/
theorem pow_lt_pow_iff_left (ha : 0 ≤ a) (hb : 0 ≤ b) (hn : n ≠ 0) : a ^ n < b ^ n ↔ a < b := by
  have := pow_le_pow_iff_left hb ha hn
  grind

/-- Nonnegative numbers with the same power are equal. -/
theorem pow_left_inj (ha : 0 ≤ a) (hb : 0 ≤ b) (hn : n ≠ 0) : a ^ n = b ^ n ↔ a = b := by
  have := pow_le_pow_iff_left hb ha hn
  have := pow_le_pow_iff_left ha hb hn
  grind

/-! ### Bernoulli's inequality -/

/-- Bernoulli's inequality for a loss. -/
theorem one_sub_mul_le_pow (h : a ≤ 1) (n : Nat) : 1 - n * a ≤ (1 - a) ^ n := by
  have := one_add_mul_le_pow (show -1 ≤ -a by grind) n
  rw [show 1 + -a = 1 - a by grind] at this
  grind

/-- Bernoulli's inequality down to minus two. -/
theorem one_add_mul_le_pow_of_neg_two_le (h : -2 ≤ a) (n : Nat) : 1 + n * a ≤ (1 + a) ^ n := by
  rcases le_total (-1) a with h₁ | h₁
  · exact one_add_mul_le_pow h₁ n
  · match n with
    | 0 => grind
    | 1 => grind
    | n + 2 =>
      have h₂ : abs (1 + a) ≤ 1 := abs_le.2 ⟨by grind, by grind⟩
      have h₃ := neg_abs_le ((1 + a) ^ (n + 2))
      rw [abs_pow] at h₃
      have h₄ := pow_le_one (abs_nonneg (1 + a)) h₂ (n + 2)
      have h₅ := mul_nonneg (natCast_nonneg (R := R) n) (show 0 ≤ -(a + 1) by grind)
      have h₆ := natCast_nonneg (R := R) n
      grind

/-- An upper bound of Bernoulli's kind. -/
theorem one_sub_pow_le_one_div (h₀ : 0 ≤ a) (h₁ : a ≤ 1) (n : Nat) :
    (1 - a) ^ n ≤ 1 / (1 + n * a) := by
  have hna := mul_nonneg (natCast_nonneg (R := R) n) h₀
  rw [le_div_iff (by grind)]
  have h₂ := mul_le_mul_of_nonneg_left (one_add_mul_le_pow (show -1 ≤ a by grind) n)
    (pow_nonneg (show 0 ≤ 1 - a by grind) n)
  rw [← mul_pow] at h₂
  have h₃ := pow_le_one (a := (1 - a) * (1 + a)) (mul_nonneg (by grind) (by grind))
    (by have := sq_nonneg a; grind) n
  grind

/-- A natural number is below its power of two. -/
theorem natCast_lt_two_pow (n : Nat) : (n : R) < 2 ^ n := by
  have := one_add_mul_le_pow (show (-1 : R) ≤ 1 by grind) n
  rw [show (1 + 1 : R) = 2 by grind] at this
  grind

/-- Powers of a number above one exceed every bound. -/
theorem exists_lt_pow (h : 1 < a) (x : R) : ∃ n : Nat, x < a ^ n := by
  obtain ⟨n, hn⟩ := exists_nat_gt (x / (a - 1))
  have h₁ := (div_lt_iff (show 0 < a - 1 by grind)).1 hn
  have h₂ := one_add_mul_le_pow (show -1 ≤ a - 1 by grind) n
  rw [show 1 + (a - 1) = a by grind] at h₂
  exact ⟨n, by grind⟩

/-- Powers of a number below one fall below every positive bound. -/
theorem exists_pow_lt (h₀ : 0 ≤ a) (h₁ : a < 1) (hx : 0 < x) : ∃ n : Nat, a ^ n < x := by
  rcases lt_or_eq_of_le h₀ with h₀ | h₀
  · obtain ⟨n, hn⟩ := exists_lt_pow (show 1 < a⁻¹ by
      have := inv_lt_inv_of_lt h₀ h₁; grind) x⁻¹
    have h₂ := inv_lt_inv_of_lt (inv_pos hx) hn
    rw [inv_pow] at h₂
    exact ⟨n, by grind⟩
  · exact ⟨1, by rw [← h₀, pow_one]; exact hx⟩

/-- The difference of two powers is at most the difference of the bases times `n * b ^ (n - 1)`. -/
theorem pow_sub_pow_le (ha : 0 ≤ a) (h : a ≤ b) (n : Nat) :
    b ^ n - a ^ n ≤ n * b ^ (n - 1) * (b - a) := by
  induction n with
  | zero => rw [pow_zero, pow_zero]; grind
  | succ n ih =>
    have hb : 0 ≤ b := by grind
    have h₁ := mul_le_mul_of_nonneg_right (pow_le_pow_left ha h n) (show 0 ≤ b - a by grind)
    have h₂ := mul_le_mul_of_nonneg_left ih hb
    have h₃ : b * (n * b ^ (n - 1) * (b - a)) = n * b ^ n * (b - a) := by
      cases n with
      | zero => grind
      | succ n => rw [Nat.add_sub_cancel, pow_succ]; grind
    rw [Nat.add_sub_cancel, pow_succ, pow_succ]
    grind

end DeepTheory
