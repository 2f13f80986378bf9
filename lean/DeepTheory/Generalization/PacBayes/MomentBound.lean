module

public import DeepTheory.Generalization.PacBayes.Moments
public import DeepTheory.Reals.Sqrt

/-!
# The best bound for the exponential moment of the relative entropy

The sum `maurerMoment n` is the sum of `n (n - 1) ... (n - i + 1) / n ^ i` over `i ≤ n`, by an
identity that goes back to Abel and Cauchy; hence it is at most `2 sqrt n`.

## Main definitions
* `DeepTheory.Generalization.alternatingSum`: the difference of order `m` of a power.
* `DeepTheory.Generalization.birthdayTerm`: `n (n - 1) ... (n - i + 1) / n ^ i`.
* `DeepTheory.Generalization.klBinMomentBound`: the bound.

## Main theorems
* `DeepTheory.Generalization.alternatingSum_self`: the difference of order `m` of the power `m` is
  `m!`.
* `DeepTheory.Generalization.cauchy_identity`: the identity.
* `DeepTheory.Generalization.maurerMoment_eq`: the sum of the terms.
* `DeepTheory.Generalization.maurerMoment_le_add`: a bound close to `3 / 2 * sqrt n`.
* `DeepTheory.Generalization.klBin_moment`, `DeepTheory.Generalization.klBin_moment_witness`,
  `DeepTheory.Generalization.klBin_moment_sharp`.

## References
* A. Maurer, *A note on the PAC Bayesian theorem*, 2004, Theorem 1.
* J. Riordan, *Combinatorial Identities*, 1968, section 1.5.
-/

public section

namespace DeepTheory.Generalization

open Probability

universe u v

variable {R : Type u} [RealField R] {Z : Type v} [Fintype Z] {n : Nat}

/-! ### Sums with more terms -/

/-- Terms that are zero may be added to a sum. -/
private theorem sum_extend {m : Nat} (F : Nat → R) (h : m ≤ n) (hF : ∀ k, m < k → F k = 0) :
    ∑ k : Fin (n + 1), F k.val = ∑ k : Fin (m + 1), F k.val := by
  induction h with
  | refl => rfl
  | step h ih =>
    rw [sum_succ]
    simp only [Fin.val_castSucc, Fin.val_last]
    rw [ih, hF _ (Nat.lt_succ_of_le h)]
    grind

/-- The binomial theorem with terms that are zero. -/
theorem add_pow_extend {m : Nat} (a b : R) (h : m ≤ n) :
    (a + b) ^ m = ∑ k : Fin (n + 1), (choose m k.val : R) * (a ^ k.val * b ^ (m - k.val)) := by
  rw [sum_extend (fun k => (choose m k : R) * (a ^ k * b ^ (m - k))) h fun k hk => by
    dsimp only
    rw [choose_eq_zero_of_lt hk]; grind, add_pow]

/-! ### Differences of powers -/

/-- The sum of `(-1) ^ (m - k) * choose m k * (x + k) ^ d` over `k ≤ m`: the difference of order `m`
of the power `d`. -/
@[expose] noncomputable def alternatingSum (m d : Nat) (x : R) : R :=
  ∑ k : Fin (m + 1), (choose m k.val : R) * (-1) ^ (m - k.val) * (x + k.val) ^ d

/-- One power more. -/
theorem alternatingSum_succ (m d : Nat) (x : R) : alternatingSum (m + 1) (d + 1) x =
    x * alternatingSum (m + 1) d x + (m + 1) * alternatingSum m d (x + 1) := by
  have h₁ : alternatingSum (m + 1) (d + 1) x = x * alternatingSum (m + 1) d x +
      ∑ k : Fin (m + 1 + 1), (choose (m + 1) k.val : R) * (-1) ^ (m + 1 - k.val) *
        (x + k.val) ^ d * k.val := by
    unfold alternatingSum
    rw [mul_sum, ← sum_add]
    refine sum_congr fun k => ?_
    rw [pow_succ]
    generalize (x + k.val) ^ d = y
    generalize (-1 : R) ^ (m + 1 - k.val) = e
    grind
  rw [h₁, sum_succ']
  simp only [Fin.val_zero, Fin.val_succ]
  have h₂ (k : Fin (m + 1)) : (choose (m + 1) (k.val + 1) : R) * (-1) ^ (m + 1 - (k.val + 1)) *
      (x + (k.val + 1 : Nat)) ^ d * (k.val + 1 : Nat) =
        (m + 1) * ((choose m k.val : R) * (-1) ^ (m - k.val) * (x + 1 + k.val) ^ d) := by
    have h₃ : (choose (m + 1) (k.val + 1) : R) * ((k.val + 1 : Nat) : R) =
        (m + 1) * choose m k.val := by
      have h := congrArg (fun a : Nat => (a : R)) (succ_mul_choose_eq m k.val)
      grind
    rw [show m + 1 - (k.val + 1) = m - k.val by omega,
      show x + ((k.val + 1 : Nat) : R) = x + 1 + k.val by grind]
    generalize ((k.val + 1 : Nat) : R) = c at *
    generalize (x + 1 + k.val) ^ d = y
    generalize (-1 : R) ^ (m - k.val) = e
    grind
  rw [sum_congr h₂, ← mul_sum, show ((0 : Nat) : R) = 0 by grind]
  unfold alternatingSum
  grind

/-- A difference of a power vanishes where its order is above the power. -/
theorem alternatingSum_eq_zero {m d : Nat} (h : d < m) (x : R) : alternatingSum m d x = 0 := by
  induction d generalizing m x with
  | zero =>
    obtain ⟨m, rfl⟩ : ∃ l, m = l + 1 := ⟨m - 1, by omega⟩
    have h₁ := add_pow (1 : R) (-1) (m + 1)
    rw [show (1 : R) + -1 = 0 by grind, zero_pow (by omega)] at h₁
    rw [h₁]
    refine sum_congr fun k => ?_
    rw [pow_zero, one_pow]
    grind
  | succ d ih =>
    obtain ⟨m, rfl⟩ : ∃ l, m = l + 1 := ⟨m - 1, by omega⟩
    rw [alternatingSum_succ, ih (by omega), ih (by omega)]
    grind

/-- The difference of order `m` of the power `m` is `m!`. -/
theorem alternatingSum_self (m : Nat) (x : R) : alternatingSum m m x = factorial m := by
  induction m generalizing x with
  | zero =>
    unfold alternatingSum
    rw [sum_one]
    simp only [Fin.val_zero, choose_self, Nat.sub_self, pow_zero, factorial_zero]
    grind
  | succ m ih =>
    rw [alternatingSum_succ, alternatingSum_eq_zero (by omega), ih, factorial_succ]
    grind

/-! ### The identity -/

/-- Two disjoint subsets may be chosen in either order. -/
theorem choose_mul_choose {j k : Nat} (hj : j ≤ n) (hk : k ≤ n) :
    choose n k * choose (n - k) j = choose n j * choose (n - j) k := by
  rcases Nat.lt_or_ge n (j + k) with h | h
  · rw [choose_eq_zero_of_lt (show n - k < j by omega),
      choose_eq_zero_of_lt (show n - j < k by omega)]
    omega
  · have h₁ := choose_mul_factorial_mul_factorial hk
    have h₂ := choose_mul_factorial_mul_factorial (show j ≤ n - k by omega)
    have h₃ := choose_mul_factorial_mul_factorial hj
    have h₄ := choose_mul_factorial_mul_factorial (show k ≤ n - j by omega)
    rw [show n - j - k = n - k - j by omega] at h₄
    rw [← h₂] at h₁
    rw [← h₄, ← h₁] at h₃
    refine Nat.eq_of_mul_eq_mul_right (Nat.mul_pos (Nat.mul_pos (factorial_pos j)
      (factorial_pos k)) (factorial_pos (n - k - j))) ?_
    grind

/-- **Cauchy's identity.** The sum of `choose n k * k ^ k * (s - k) ^ (n - k)` over `k ≤ n` is the
sum of `choose n j * (n - j)! * s ^ j` over `j ≤ n`. -/
theorem cauchy_identity (n : Nat) (s : R) :
    ∑ k : Fin (n + 1), (choose n k.val : R) * ((k.val : R) ^ k.val * (s - k.val) ^ (n - k.val)) =
      ∑ j : Fin (n + 1), (choose n j.val : R) * factorial (n - j.val) * s ^ j.val := by
  have h₁ (k : Fin (n + 1)) : (choose n k.val : R) *
      ((k.val : R) ^ k.val * (s - k.val) ^ (n - k.val)) = ∑ j : Fin (n + 1),
        (choose n j.val : R) * s ^ j.val * ((choose (n - j.val) k.val : R) *
          (-1) ^ (n - j.val - k.val) * (0 + (k.val : R)) ^ (n - j.val)) := by
    rw [show s - (k.val : R) = s + -1 * k.val by grind,
      add_pow_extend s (-1 * k.val) (show n - k.val ≤ n by omega), mul_sum, mul_sum]
    refine sum_congr fun j => ?_
    have h₂ : (choose n k.val : R) * choose (n - k.val) j.val =
        choose n j.val * choose (n - j.val) k.val := by
      have h := congrArg (fun a : Nat => (a : R)) (choose_mul_choose (n := n)
        (show j.val ≤ n by omega) (show k.val ≤ n by omega))
      grind
    rcases Nat.lt_or_ge n (j.val + k.val) with h | h
    · rw [choose_eq_zero_of_lt (show n - k.val < j.val by omega),
        choose_eq_zero_of_lt (show n - j.val < k.val by omega)]
      grind
    · rw [mul_pow, show n - k.val - j.val = n - j.val - k.val by omega,
        show (0 + (k.val : R)) = k.val by grind,
        show n - j.val = k.val + (n - j.val - k.val) by omega, pow_add (k.val : R),
        show k.val + (n - j.val - k.val) - k.val = n - j.val - k.val by omega,
        show k.val + (n - j.val - k.val) = n - j.val by omega]
      generalize (k.val : R) ^ k.val = a
      generalize (k.val : R) ^ (n - j.val - k.val) = b
      generalize (-1 : R) ^ (n - j.val - k.val) = c
      generalize s ^ j.val = d
      generalize (choose n k.val : R) = e₁ at *
      generalize (choose (n - k.val) j.val : R) = e₂ at *
      generalize (choose n j.val : R) = e₃ at *
      generalize (choose (n - j.val) k.val : R) = e₄ at *
      grind
  rw [sum_congr h₁, sum_comm]
  refine sum_congr fun j => ?_
  rw [← mul_sum, sum_extend (fun k => (choose (n - j.val) k : R) *
    (-1) ^ (n - j.val - k) * (0 + (k : R)) ^ (n - j.val)) (show n - j.val ≤ n by omega)
      fun k hk => by
        dsimp only
        rw [choose_eq_zero_of_lt hk]; grind]
  have h := alternatingSum_self (R := R) (n - j.val) 0
  unfold alternatingSum at h
  rw [h]
  grind

/-- `n (n - 1) ... (n - i + 1) / n ^ i`: the probability that `i` draws from `n` equally likely
elements are all different. -/
@[expose] noncomputable def birthdayTerm (R : Type u) [RealField R] (n i : Nat) : R :=
  (choose n i : R) * factorial i / (n : R) ^ i

/-- The exponential moment is the sum of the probabilities that so many draws are all different. -/
theorem maurerMoment_eq (hn : 0 < n) :
    maurerMoment R n = ∑ i : Fin (n + 1), birthdayTerm R n i.val := by
  have hn' := natCast_pos (R := R) hn
  have hpos (k : Nat) := pow_pos hn' k
  have h₁ (k : Fin (n + 1)) : (choose n k.val : R) *
      (((k.val : R) / n) ^ k.val * (1 - (k.val : R) / n) ^ (n - k.val)) =
        (choose n k.val : R) * ((k.val : R) ^ k.val * ((n : R) - k.val) ^ (n - k.val)) /
          (n : R) ^ n := by
    have h₂ : (n : R) ^ n = (n : R) ^ k.val * (n : R) ^ (n - k.val) := by
      rw [← pow_add, show k.val + (n - k.val) = n by omega]
    have h₃ := hpos k.val
    have h₄ := hpos (n - k.val)
    rw [show 1 - (k.val : R) / n = ((n : R) - k.val) / n by grind, div_pow, div_pow, h₂]
    generalize (n : R) ^ k.val = a at *
    generalize (n : R) ^ (n - k.val) = b at *
    generalize (k.val : R) ^ k.val = c
    generalize ((n : R) - k.val) ^ (n - k.val) = d
    grind
  unfold maurerMoment
  rw [sum_congr h₁, ← sum_div, cauchy_identity, sum_div,
    ← sum_equiv Fin.rev Fin.rev Fin.rev_rev Fin.rev_rev]
  refine sum_congr fun i => ?_
  have h₂ : (n : R) ^ n = (n : R) ^ (n - i.val) * (n : R) ^ i.val := by
    rw [← pow_add, show n - i.val + i.val = n by omega]
  have h₃ := hpos i.val
  have h₄ := hpos (n - i.val)
  rw [Fin.val_rev, show n + 1 - (i.val + 1) = n - i.val by omega,
    show n - (n - i.val) = i.val by omega, choose_symm (by omega), h₂]
  unfold birthdayTerm
  generalize (n : R) ^ i.val = a at *
  generalize (n : R) ^ (n - i.val) = b at *
  generalize (choose n i.val : R) = c
  generalize (factorial i.val : R) = d
  grind

/-! ### The bound -/

/-- The terms are nonnegative. -/
theorem birthdayTerm_nonneg (hn : 0 < n) (i : Nat) : 0 ≤ birthdayTerm R n i :=
  div_nonneg (mul_nonneg (natCast_nonneg _) (natCast_nonneg _)) (pow_pos (natCast_pos hn) i)

/-- The terms are at most one. -/
theorem birthdayTerm_le_one (hn : 0 < n) (i : Nat) : birthdayTerm R n i ≤ 1 := by
  unfold birthdayTerm
  rw [div_le_one (pow_pos (natCast_pos hn) i), ← natCast_pow]
  have := natCast_le (R := R) (choose_mul_factorial_le_pow n i)
  grind

/-- The next draw differs from the `i` before with probability `1 - i / n`. -/
theorem birthdayTerm_succ (hn : 0 < n) {i : Nat} (hi : i ≤ n) :
    i * birthdayTerm R n i = -(n * (birthdayTerm R n (i + 1) - birthdayTerm R n i)) := by
  have hn' := natCast_pos (R := R) hn
  have hp := pow_pos hn' i
  have hsub : ((n - i : Nat) : R) = n - i := by
    have : ((n - i + i : Nat) : R) = n := by rw [Nat.sub_add_cancel hi]
    grind
  have h₁ : (choose n (i + 1) : R) * ((i + 1 : Nat) : R) = choose n i * ((n : R) - i) := by
    have h := congrArg (fun a : Nat => (a : R)) (choose_succ_mul n i)
    rw [← hsub]
    grind
  have h₂ : ((factorial (i + 1) : Nat) : R) = ((i + 1 : Nat) : R) * factorial i := by
    rw [factorial_succ]; grind
  have h₃ : (choose n (i + 1) : R) * factorial (i + 1) =
      choose n i * factorial i * ((n : R) - i) := by
    rw [h₂]
    generalize ((i + 1 : Nat) : R) = c at *
    grind
  unfold birthdayTerm
  rw [h₃, pow_succ]
  generalize (n : R) ^ i = a at *
  generalize (choose n i : R) * factorial i = c
  grind

/-- The terms, each times its index, have the sum `n`. -/
theorem sum_mul_birthdayTerm (hn : 0 < n) :
    ∑ i : Fin (n + 1), (i.val : R) * birthdayTerm R n i.val = n := by
  rw [sum_congr fun i : Fin (n + 1) => birthdayTerm_succ (R := R) hn (show i.val ≤ n by omega),
    sum_neg, ← mul_sum, sum_telescope (birthdayTerm R n)]
  have h₀ : birthdayTerm R n 0 = 1 := by
    unfold birthdayTerm
    rw [choose_zero_right, factorial_zero, pow_zero]
    grind
  have h₁ : birthdayTerm R n (n + 1) = 0 := by
    unfold birthdayTerm
    rw [choose_succ_self]
    grind
  rw [h₀, h₁]
  grind

/-- Half of the squared positive part, as a potential of the positive part. -/
theorem max_zero_le_potential (x : R) :
    2 * max x 0 ≤ max (x + 1 / 2) 0 ^ 2 - max (x - 1 / 2) 0 ^ 2 := by
  rcases (show 1 / 2 ≤ x ∨ (0 ≤ x ∧ x < 1 / 2) ∨ (-(1 / 2) ≤ x ∧ x < 0) ∨ x < -(1 / 2) by grind)
    with h | h | h | h
  · rw [max_eq_left (show 0 ≤ x by grind), max_eq_left (show 0 ≤ x + 1 / 2 by grind),
      max_eq_left (show 0 ≤ x - 1 / 2 by grind)]
    grind
  · have := sq_nonneg (x - 1 / 2)
    rw [max_eq_left (show 0 ≤ x by grind), max_eq_left (show 0 ≤ x + 1 / 2 by grind),
      max_eq_right (show x - 1 / 2 ≤ 0 by grind)]
    grind
  · have := sq_nonneg (x + 1 / 2)
    rw [max_eq_right (show x ≤ 0 by grind), max_eq_left (show 0 ≤ x + 1 / 2 by grind),
      max_eq_right (show x - 1 / 2 ≤ 0 by grind)]
    grind
  · rw [max_eq_right (show x ≤ 0 by grind), max_eq_right (show x + 1 / 2 ≤ 0 by grind),
      max_eq_right (show x - 1 / 2 ≤ 0 by grind)]
    grind

/-- The sum of the positive parts of `s - i` over the first `i` is at most
`(s + 1 / 2) ^ 2 / 2`. -/
theorem sum_max_zero_le {s : R} (hs : 0 ≤ s) (n : Nat) :
    ∑ i : Fin n, max (s - i.val) 0 ≤ (s + 1 / 2) ^ 2 / 2 := by
  have h₁ (i : Fin n) : max (s - i.val) 0 ≤
      -((max (s + 1 / 2 - (i.val + 1 : Nat)) 0 ^ 2 / 2 -
        max (s + 1 / 2 - (i.val : Nat)) 0 ^ 2 / 2)) := by
      have h := max_zero_le_potential (s - (i.val : R))
      rw [show s - (i.val : R) + 1 / 2 = s + 1 / 2 - i.val by grind,
        show s - (i.val : R) - 1 / 2 = s + 1 / 2 - (i.val + 1 : Nat) by grind] at h
      generalize max (s - (i.val : R)) 0 = a at *
      generalize max (s + 1 / 2 - (i.val : R)) 0 = b at *
      generalize max (s + 1 / 2 - ((i.val + 1 : Nat) : R)) 0 = c at *
      grind
  refine Std.le_trans (sum_le_sum h₁) ?_
  rw [sum_neg, sum_telescope fun i : Nat => max (s + 1 / 2 - (i : R)) 0 ^ 2 / 2]
  have h₂ := sq_nonneg (max (s + 1 / 2 - (n : R)) 0)
  rw [show s + 1 / 2 - ((0 : Nat) : R) = s + 1 / 2 by grind,
    max_eq_left (show 0 ≤ s + 1 / 2 by grind)]
  grind

/-- The exponential moment is at most `3 / 2 * sqrt n + 1 / 2 + 1 / (8 * sqrt n)`. -/
theorem maurerMoment_le_add (hn : 0 < n) :
    maurerMoment R n ≤
      sqrt (n : R) + (sqrt (n : R) + 1 / 2) ^ 2 / (2 * sqrt (n : R)) := by
  have hn' := natCast_pos (R := R) hn
  have hs := sqrt_pos.2 hn'
  have hsq := sq_sqrt (le_of_lt hn')
  have h₁ (i : Fin (n + 1)) : sqrt (n : R) * birthdayTerm R n i.val ≤
      i.val * birthdayTerm R n i.val + max (sqrt (n : R) - i.val) 0 := by
    have h₂ := birthdayTerm_nonneg (R := R) hn i.val
    have h₃ := birthdayTerm_le_one (R := R) hn i.val
    generalize birthdayTerm R n i.val = t at *
    rcases le_total (sqrt (n : R)) (i.val : R) with h | h
    · have := mul_le_mul_of_nonneg_right h h₂
      rw [max_eq_right (by grind)]
      grind
    · have := mul_le_mul_of_nonneg_left h₃ (show 0 ≤ sqrt (n : R) - i.val by grind)
      rw [max_eq_left (by grind)]
      grind
  have h₂ := sum_le_sum h₁
  rw [sum_add, sum_mul_birthdayTerm hn, ← mul_sum, ← maurerMoment_eq hn] at h₂
  have h₃ := sum_max_zero_le (le_of_lt hs) (n + 1)
  generalize sqrt (n : R) = s at *
  have h₄ : maurerMoment R n ≤ (s ^ 2 + (s + 1 / 2) ^ 2 / 2) / s :=
    (le_div_iff hs).2 (by grind)
  refine Std.le_trans h₄ (le_of_eq ?_)
  grind

/-- The exponential moment for a single draw. -/
theorem maurerMoment_one : maurerMoment R 1 = 2 := by
  rw [maurerMoment_eq (by omega), sum_two]
  show birthdayTerm R 1 0 + birthdayTerm R 1 1 = 2
  unfold birthdayTerm
  rw [choose_zero_right, factorial_zero, pow_zero, choose_self, pow_one,
    show factorial 1 = 1 from rfl]
  grind

/-- **The exponential moment is at most `2 sqrt n`.** -/
theorem maurerMoment_le_two_sqrt (hn : 0 < n) : maurerMoment R n ≤ 2 * sqrt (n : R) := by
  rcases (show n = 1 ∨ 2 ≤ n by omega) with rfl | h
  · rw [maurerMoment_one, show ((1 : Nat) : R) = 1 by grind, sqrt_one]
    grind
  · have hn' := natCast_pos (R := R) hn
    have hn₂ : (2 : R) ≤ n := by have := natCast_le (R := R) h; grind
    have hs := sqrt_pos.2 hn'
    have hsq := sq_sqrt (le_of_lt hn')
    refine Std.le_trans (maurerMoment_le_add hn) ?_
    generalize sqrt (n : R) = s at *
    have h₁ : (s + 1 / 2) ^ 2 / (2 * s) ≤ s := by
      rw [div_le_iff (show 0 < 2 * s by grind)]
      rcases le_total s (3 / 2) with h | h
      · grind
      · have := mul_nonneg (show 0 ≤ s - 3 / 2 by grind) (show 0 ≤ s + 1 / 2 by grind)
        grind
    grind

/-- `2 sqrt n`. -/
@[expose] noncomputable def klBinMomentBound (R : Type u) [RealField R] (n : Nat) : R :=
  2 * sqrt (n : R)

/-- **The exponential moment of the relative entropy of a mean.** For `n` independent draws of a
quantity in `[0, 1]` the exponential of `n` times the relative entropy of their mean with respect to
the expectation has an expectation of at most `2 sqrt n`.

So the mean is close to its expectation in the sense of the relative entropy, whatever the law; the
bounds for randomised hypotheses with this distance rest on it.

* controls: generalization
* assumes: n > 0 independent draws from a finite law, values in [0, 1]
* bound: Generalization.klBinMomentBound
* witness: Generalization.klBin_moment_witness
* sharp: Generalization.klBin_moment_sharp (equality for one draw of any coin; for every n a coin
  reaches 5/12 of it: klBin_moment_order)
* source: Maurer 2004, Theorem 1 -/
theorem klBin_moment (μ : Dist R Z) {f : Z → R} (hf : ∀ z, 0 ≤ f z ∧ f z ≤ 1) (hn : 0 < n) :
    expect (μ.iid n) (fun x => exp (n * klBin (empMean f x) (expect μ f))) ≤ klBinMomentBound R n :=
  Std.le_trans (expect_exp_klBin_le μ hf hn) (maurerMoment_le_two_sqrt hn)

/-- A coin meets the hypotheses of `klBin_moment`, and the bound is positive. -/
theorem klBin_moment_witness (hn : 0 < n) :
    (∀ b, 0 ≤ heads R b ∧ heads R b ≤ 1) ∧ 0 < klBinMomentBound R n :=
  ⟨heads_mem, mul_pos (by grind) (sqrt_pos.2 (natCast_pos hn))⟩

/-- For one draw of a coin that is not constant the moment is equal to the bound, whatever the mean
of the coin. -/
theorem klBin_moment_sharp {p : R} {h₀ : 0 ≤ p} {h₁ : p ≤ 1} (hp₀ : 0 < p) (hp₁ : p < 1) :
    expect ((Dist.coin h₀ h₁).iid 1) (fun x => exp (((1 : Nat) : R) *
      klBin (empMean (heads R) x) (expect (Dist.coin h₀ h₁) (heads R)))) =
        klBinMomentBound R 1 := by
  have e₁ : ((1 : Nat) : R) = 1 := by grind
  rw [expect_congr _ fun x : Fin 1 → Bool => show exp (((1 : Nat) : R) *
    klBin (empMean (heads R) x) (expect (Dist.coin h₀ h₁) (heads R))) =
      exp (klBin (heads R (x 0)) p) by
        rw [expect_heads, empMean, sum_one, e₁, show ∀ a : R, a / 1 = a by intro a; grind]
        congr 1
        grind, Dist.iid, expect_pi_apply (fun _ : Fin 1 => Dist.coin h₀ h₁) 0 fun b =>
          exp (klBin (heads R b) p), expect_coin, heads_true, heads_false, klBin_zero_left hp₁,
    klBin_one_left hp₀, exp_neg, exp_neg, exp_log hp₀, exp_log (sub_pos.2 hp₁)]
  unfold klBinMomentBound
  rw [e₁, sqrt_one]
  have : 0 < 1 - p := by grind
  grind

end DeepTheory.Generalization
