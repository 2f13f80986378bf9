module

public import DeepTheory.Reals.Pow

/-!
# Factorials and binomial coefficients

## Main definitions
* `DeepTheory.factorial`: the product of the numbers from one to `n`.
* `DeepTheory.choose`: the binomial coefficient `choose n k`, by Pascal's rule.
* `DeepTheory.chooseFast`: the same number by `k` multiplications and divisions.

## Main theorems
* `DeepTheory.choose_mul_factorial_mul_factorial`: `choose n k * k! * (n - k)! = n!`.
* `DeepTheory.choose_symm`, `DeepTheory.succ_mul_choose_eq`, `DeepTheory.choose_succ_mul`.
* `DeepTheory.chooseFast_eq`: the fast evaluation is right.
* `DeepTheory.choose_mul_factorial_le_pow`: `choose n k * k! ≤ n ^ k`.
* `DeepTheory.natCast_choose_le`: the same in a real field, `choose n k ≤ n ^ k / k!`.
-/

public section

namespace DeepTheory

/-! ### Factorials -/

/-- The factorial of `n`. -/
@[expose] def factorial : Nat → Nat
  | 0 => 1
  | n + 1 => (n + 1) * factorial n

/-- The factorial of zero. -/
@[simp] theorem factorial_zero : factorial 0 = 1 := rfl

/-- The factorial of a successor. -/
theorem factorial_succ (n : Nat) : factorial (n + 1) = (n + 1) * factorial n := rfl

/-- Factorials are positive. -/
theorem factorial_pos (n : Nat) : 0 < factorial n := by
  induction n with
  | zero => decide
  | succ n ih => exact Nat.mul_pos (by omega) ih

/-- Factorials are not zero. -/
theorem factorial_ne_zero (n : Nat) : factorial n ≠ 0 := Nat.ne_of_gt (factorial_pos n)

/-- The factorial is monotone. -/
theorem factorial_le {m n : Nat} (h : m ≤ n) : factorial m ≤ factorial n := by
  induction h with
  | refl => exact Nat.le_refl _
  | step _ ih =>
    refine Nat.le_trans ih ?_
    rw [factorial_succ]
    exact Nat.le_mul_of_pos_left _ (by omega)

/-- A number is at most its factorial. -/
theorem self_le_factorial (n : Nat) : n ≤ factorial n := by
  cases n with
  | zero => decide
  | succ n => exact Nat.le_mul_of_pos_right _ (factorial_pos n)

/-- The factorial of `n` is at most `n ^ n`. -/
theorem factorial_le_pow (n : Nat) : factorial n ≤ n ^ n := by
  induction n with
  | zero => decide
  | succ n ih =>
    rw [factorial_succ, Nat.pow_succ, Nat.mul_comm]
    exact Nat.mul_le_mul_right _ (Nat.le_trans ih (Nat.pow_le_pow_left (by omega) n))

/-! ### Binomial coefficients -/

/-- The binomial coefficient: the number of subsets with `k` elements of a set with `n`. -/
@[expose] def choose : Nat → Nat → Nat
  | _, 0 => 1
  | 0, _ + 1 => 0
  | n + 1, k + 1 => choose n k + choose n (k + 1)

/-- There is one subset without elements. -/
@[simp] theorem choose_zero_right (n : Nat) : choose n 0 = 1 := by cases n <;> rfl

/-- The empty set has no subset with elements. -/
@[simp] theorem choose_zero_succ (k : Nat) : choose 0 (k + 1) = 0 := rfl

/-- Pascal's rule. -/
theorem choose_succ_succ (n k : Nat) :
    choose (n + 1) (k + 1) = choose n k + choose n (k + 1) := rfl

/-- There are no subsets with more elements than the set. -/
theorem choose_eq_zero_of_lt {n k : Nat} (h : n < k) : choose n k = 0 := by
  induction n generalizing k with
  | zero => cases k <;> grind [choose]
  | succ n ih =>
    obtain ⟨k, rfl⟩ : ∃ m, k = m + 1 := ⟨k - 1, by omega⟩
    rw [choose_succ_succ, ih (by omega), ih (by omega)]

/-- There is one subset with all elements. -/
@[simp] theorem choose_self (n : Nat) : choose n n = 1 := by
  induction n with
  | zero => rfl
  | succ n ih => rw [choose_succ_succ, ih, choose_eq_zero_of_lt (by omega)]

/-- There are no subsets with one element more than the set. -/
@[simp] theorem choose_succ_self (n : Nat) : choose n (n + 1) = 0 :=
  choose_eq_zero_of_lt (by omega)

/-- There are as many subsets with one element as elements. -/
@[simp] theorem choose_one_right (n : Nat) : choose n 1 = n := by
  induction n with
  | zero => rfl
  | succ n ih => rw [choose_succ_succ, ih, choose_zero_right]; omega

/-- Subsets that are not too large exist. -/
theorem choose_pos {n k : Nat} (h : k ≤ n) : 0 < choose n k := by
  induction n generalizing k with
  | zero => obtain rfl : k = 0 := by omega
            decide
  | succ n ih =>
    cases k with
    | zero => rw [choose_zero_right]; omega
    | succ k => rw [choose_succ_succ]; have := ih (k := k) (by omega); omega

/-- Binomial coefficients vanish only above the diagonal. -/
theorem choose_eq_zero_iff {n k : Nat} : choose n k = 0 ↔ n < k := by
  refine ⟨fun h => ?_, choose_eq_zero_of_lt⟩
  refine Nat.not_le.1 fun hle => ?_
  have := choose_pos hle
  omega

/-- A distinguished element may be chosen first. -/
theorem succ_mul_choose_eq (n k : Nat) :
    (n + 1) * choose n k = choose (n + 1) (k + 1) * (k + 1) := by
  induction n generalizing k with
  | zero => cases k <;> simp [choose_succ_succ]
  | succ n ih =>
    cases k with
    | zero => simp [choose_one_right]
    | succ k =>
      have h₁ := ih k
      have h₂ := ih (k + 1)
      have h₃ := choose_succ_succ n k
      have h₄ := choose_succ_succ (n + 1) (k + 1)
      grind

/-- Neighbours in a row. -/
theorem choose_succ_mul (n k : Nat) : choose n (k + 1) * (k + 1) = choose n k * (n - k) := by
  rcases Nat.lt_or_ge n k with h | h
  · rw [choose_eq_zero_of_lt h, choose_eq_zero_of_lt (by omega)]; omega
  · have h₁ := succ_mul_choose_eq n k
    rw [choose_succ_succ, Nat.add_mul (choose n k)] at h₁
    have h₂ : (n + 1) * choose n k = choose n k * (k + 1) + choose n k * (n - k) := by
      rw [← Nat.mul_add, Nat.mul_comm, show k + 1 + (n - k) = n + 1 by omega]
    exact Nat.add_left_cancel (h₁.symm.trans h₂)

/-- Binomial coefficients and factorials, written without a difference. -/
theorem add_choose_mul_factorial_mul_factorial (m k : Nat) :
    choose (m + k) k * factorial k * factorial m = factorial (m + k) := by
  induction k with
  | zero => simp
  | succ k ih =>
    have h₁ := succ_mul_choose_eq (m + k) k
    rw [show m + (k + 1) = m + k + 1 by omega, factorial_succ (m + k), ← ih, factorial_succ k]
    grind

/-- Binomial coefficients in terms of factorials. -/
theorem choose_mul_factorial_mul_factorial {n k : Nat} (h : k ≤ n) :
    choose n k * factorial k * factorial (n - k) = factorial n := by
  have := add_choose_mul_factorial_mul_factorial (n - k) k
  rwa [show n - k + k = n by omega] at this

/-- Binomial coefficients as quotients of factorials. -/
theorem choose_eq_factorial_div_factorial {n k : Nat} (h : k ≤ n) :
    choose n k = factorial n / (factorial k * factorial (n - k)) := by
  rw [← choose_mul_factorial_mul_factorial h, Nat.mul_assoc, Nat.mul_div_cancel]
  exact Nat.mul_pos (factorial_pos _) (factorial_pos _)

/-- A subset and its complement determine each other. -/
theorem choose_symm {n k : Nat} (h : k ≤ n) : choose n (n - k) = choose n k := by
  have h₁ := choose_mul_factorial_mul_factorial h
  have h₂ := choose_mul_factorial_mul_factorial (show n - k ≤ n by omega)
  rw [show n - (n - k) = k by omega] at h₂
  refine Nat.eq_of_mul_eq_mul_right (Nat.mul_pos (factorial_pos k) (factorial_pos (n - k))) ?_
  grind

/-- A subset and its complement determine each other. -/
theorem choose_symm_add (m k : Nat) : choose (m + k) m = choose (m + k) k := by
  have := choose_symm (n := m + k) (k := k) (by omega)
  rwa [show m + k - k = m by omega] at this

/-- The binomial coefficient grows with the set. -/
theorem choose_le_succ (n k : Nat) : choose n k ≤ choose (n + 1) k := by
  cases k with
  | zero => simp
  | succ k => rw [choose_succ_succ]; omega

/-- The binomial coefficient grows with the set. -/
theorem choose_le_choose {m n : Nat} (h : m ≤ n) (k : Nat) : choose m k ≤ choose n k := by
  induction h with
  | refl => exact Nat.le_refl _
  | step _ ih => exact Nat.le_trans ih (choose_le_succ _ _)

/-- There are at most `n ^ k` lists of `k` different elements. -/
theorem choose_mul_factorial_le_pow (n k : Nat) : choose n k * factorial k ≤ n ^ k := by
  induction k with
  | zero => simp
  | succ k ih =>
    have h₁ := choose_succ_mul n k
    have h₂ : choose n (k + 1) * factorial (k + 1) = choose n k * factorial k * (n - k) := by
      rw [factorial_succ]; grind
    rw [h₂, Nat.pow_succ]
    exact Nat.mul_le_mul ih (by omega)

/-- There are at most `n ^ k` subsets with `k` elements. -/
theorem choose_le_pow (n k : Nat) : choose n k ≤ n ^ k :=
  Nat.le_trans (Nat.le_mul_of_pos_right _ (factorial_pos k)) (choose_mul_factorial_le_pow n k)

/-! ### Fast evaluation -/

/-- `chooseAux n k` is `choose n k`, each column from the one before. -/
@[expose] def chooseAux (n : Nat) : Nat → Nat
  | 0 => 1
  | k + 1 => chooseAux n k * (n - k) / (k + 1)

/-- The binomial coefficient by at most `n / 2` multiplications and divisions. -/
@[expose] def chooseFast (n k : Nat) : Nat :=
  if n < k then 0 else if n < 2 * k then chooseAux n (n - k) else chooseAux n k

/-- Each column from the one before. -/
theorem chooseAux_eq (n k : Nat) : chooseAux n k = choose n k := by
  induction k with
  | zero => simp [chooseAux]
  | succ k ih =>
    rw [chooseAux, ih, ← choose_succ_mul, Nat.mul_div_cancel _ (by omega)]

/-- The fast evaluation is right. -/
theorem chooseFast_eq (n k : Nat) : chooseFast n k = choose n k := by
  unfold chooseFast
  split
  · rw [choose_eq_zero_of_lt ‹_›]
  · split
    · rw [chooseAux_eq, choose_symm (by omega)]
    · rw [chooseAux_eq]

/-! ### Sums of a row -/

/-- `chooseSum n k` is the sum of `choose n i` over the `i` below `k`. -/
@[expose] def chooseSum (n : Nat) : Nat → Nat
  | 0 => 0
  | k + 1 => chooseSum n k + choose n k

/-- The first sums of two neighbouring rows. -/
theorem chooseSum_succ_succ (n k : Nat) :
    chooseSum (n + 1) (k + 1) = chooseSum n k + chooseSum n (k + 1) := by
  induction k with
  | zero => simp [chooseSum]
  | succ k ih =>
    have h₁ : chooseSum (n + 1) (k + 1 + 1) =
        chooseSum (n + 1) (k + 1) + choose (n + 1) (k + 1) := rfl
    have h₂ : chooseSum n (k + 1 + 1) = chooseSum n (k + 1) + choose n (k + 1) := rfl
    have h₃ : chooseSum n (k + 1) = chooseSum n k + choose n k := rfl
    have h₄ := choose_succ_succ n k
    omega

/-- The sum of a whole row. -/
theorem chooseSum_self (n : Nat) : chooseSum n (n + 1) = 2 ^ n := by
  induction n with
  | zero => rfl
  | succ n ih =>
    have h₁ := chooseSum_succ_succ n (n + 1)
    have h₂ : chooseSum n (n + 1 + 1) = chooseSum n (n + 1) + choose n (n + 1) := rfl
    rw [choose_succ_self] at h₂
    rw [Nat.pow_succ]
    omega

/-- Sums of a row grow with the number of terms. -/
theorem chooseSum_mono (n : Nat) {k l : Nat} (h : k ≤ l) : chooseSum n k ≤ chooseSum n l := by
  induction h with
  | refl => exact Nat.le_refl _
  | step _ ih => exact Nat.le_trans ih (Nat.le_add_right _ _)

/-- A binomial coefficient is at most the number of all subsets. -/
theorem choose_le_two_pow (n k : Nat) : choose n k ≤ 2 ^ n := by
  rcases Nat.lt_or_ge n k with h | h
  · rw [choose_eq_zero_of_lt h]; exact Nat.zero_le _
  · rw [← chooseSum_self]
    exact Nat.le_trans (Nat.le_add_left _ (chooseSum n k))
      (chooseSum_mono n (show k + 1 ≤ n + 1 by omega))

/-! ### In a real field -/

universe u

variable {R : Type u} [RealField R]

/-- The binomial coefficient is at most `n ^ k / k!`. -/
theorem natCast_choose_le (n k : Nat) : (choose n k : R) ≤ (n : R) ^ k / (factorial k : R) := by
  have h := natCast_le (R := R) (choose_mul_factorial_le_pow n k)
  rw [le_div_iff (natCast_pos (factorial_pos k)), ← natCast_pow]
  grind

/-- Factorials are positive in every real field. -/
theorem natCast_factorial_pos (n : Nat) : (0 : R) < factorial n := natCast_pos (factorial_pos n)

end DeepTheory
