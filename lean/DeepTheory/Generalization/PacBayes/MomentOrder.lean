module

public import DeepTheory.Generalization.PacBayes.MomentBound
public import DeepTheory.Reals.Floor

/-!
# The order of the exponential moment of the relative entropy

For coins that are not constant the exponential moment of the relative entropy of the mean is equal
to `maurerMoment n`, and this is at least `5 / 6 * sqrt n`: the bound `2 sqrt n` has the right
order.

## Main theorems
* `DeepTheory.Generalization.expect_coin_sum`: the expectation of a function of the number of heads.
* `DeepTheory.Generalization.expect_exp_klBin_coin`: the exponential moment for coins.
* `DeepTheory.Generalization.maurerMoment_ge`, `DeepTheory.Generalization.klBin_moment_order`: the
  lower bound.

## References
* A. Maurer, *A note on the PAC Bayesian theorem*, 2004, Theorem 1.
-/

public section

namespace DeepTheory.Generalization

open Probability

universe u

variable {R : Type u} [RealField R] {n : Nat} {p : R}

/-! ### Coins -/

/-- The expectation of a function of the number of heads is its mean under the binomial law. -/
theorem expect_coin_sum (h₀ : 0 ≤ p) (h₁ : p ≤ 1) (n : Nat) (g : R → R) :
    expect ((Dist.coin h₀ h₁).iid n) (fun x => g (∑ i, heads R (x i))) = binomialMean n p g := by
  induction n generalizing g with
  | zero => rw [binomialMean_zero, Dist.iid, expect_pi_zero, sum_zero]
  | succ n ih =>
    rw [binomialMean_succ, Dist.iid, expect_pi_succ, expect_coin]
    have key (b : Bool) : (expect ((Dist.coin h₀ h₁).iid n) fun x =>
        g (∑ i, heads R (cons b x i))) = binomialMean n p fun t => g (heads R b + t) := by
      rw [← ih fun t => g (heads R b + t)]
      exact expect_congr _ fun x => by rw [sum_succ']; rfl
    have h₂ := key false
    have h₃ := key true
    rw [heads_true] at h₃
    rw [show (fun t => g (heads R false + t)) = g by
      funext t; rw [heads_false]; congr 1; grind] at h₂
    exact congr (congrArg HAdd.hAdd (congrArg _ h₂)) (congrArg _ h₃)

/-- A factor of a binomial weight, raised by the relative entropy. -/
theorem pow_mul_exp_log_div {a : R} (hp : 0 < p) (k : Nat) (h : 0 < a ∨ k = 0) :
    p ^ k * exp (k * log (a / p)) = a ^ k := by
  rcases h with ha | hk
  · rw [exp_nat_mul, exp_log (div_pos ha hp), ← mul_pow, show p * (a / p) = a by grind]
  · subst hk
    rw [pow_zero, pow_zero, show ((0 : Nat) : R) * log (a / p) = 0 by grind, exp_zero]
    grind

/-- **The exponential moment for coins.** It does not depend on the mean of the coins. -/
theorem expect_exp_klBin_coin {h₀ : 0 ≤ p} {h₁ : p ≤ 1} (hn : 0 < n) (hp₀ : 0 < p) (hp₁ : p < 1) :
    expect ((Dist.coin h₀ h₁).iid n) (fun x => exp (n * klBin (empMean (heads R) x) p)) =
      maurerMoment R n := by
  have hn' := natCast_pos (R := R) hn
  have h := expect_coin_sum h₀ h₁ n fun t => exp (n * klBin (t / n) p)
  refine h.trans ?_
  unfold binomialMean maurerMoment
  refine sum_congr fun k => ?_
  have hk : k.val ≤ n := by omega
  have hsub : ((n - k.val : Nat) : R) = n - k.val := by
    have : ((n - k.val + k.val : Nat) : R) = n := by rw [Nat.sub_add_cancel hk]
    grind
  have h₂ := pow_mul_exp_log_div hp₀ (a := (k.val : R) / n) k.val (by
    rcases Nat.eq_zero_or_pos k.val with h | h
    · exact .inr h
    · exact .inl (div_pos (natCast_pos h) hn'))
  have h₃ := pow_mul_exp_log_div (p := 1 - p) (a := 1 - (k.val : R) / n) (sub_pos.2 hp₁)
    (n - k.val) (by
      rcases Nat.eq_zero_or_pos (n - k.val) with h | h
      · exact .inr h
      · have := natCast_pos (R := R) h
        rw [hsub] at this
        exact .inl (by rw [sub_pos, div_lt_one hn']; exact sub_pos.1 this))
  have h₄ : exp ((n : R) * klBin ((k.val : R) / n) p) =
      exp ((k.val : R) * log ((k.val : R) / n / p)) *
        exp (((n - k.val : Nat) : R) * log ((1 - (k.val : R) / n) / (1 - p))) := by
    rw [← exp_add, hsub]
    unfold klBin
    congr 1
    generalize log ((k.val : R) / n / p) = l₁
    generalize log ((1 - (k.val : R) / n) / (1 - p)) = l₂
    grind
  dsimp only
  rw [h₄, ← h₂, ← h₃]
  generalize exp ((k.val : R) * log ((k.val : R) / n / p)) = e₁ at *
  generalize exp (((n - k.val : Nat) : R) * log ((1 - (k.val : R) / n) / (1 - p))) = e₂ at *
  generalize p ^ k.val = a₁ at *
  generalize (1 - p) ^ (n - k.val) = a₂ at *
  grind

/-! ### The lower bound -/

/-- The first of nonnegative terms have at most the sum of all. -/
private theorem sum_le_extend {m : Nat} (F : Nat → R) (h : m ≤ n) (hF : ∀ k, 0 ≤ F k) :
    ∑ k : Fin m, F k.val ≤ ∑ k : Fin n, F k.val := by
  induction h with
  | refl => exact Std.le_refl _
  | step h ih =>
    rw [sum_succ]
    simp only [Fin.val_castSucc, Fin.val_last]
    have := hF (by assumption)
    exact Std.le_trans ih (by grind)

/-- The terms are at least `1 - i (i - 1) / (2 n)`. -/
theorem birthdayTerm_ge (hn : 0 < n) {i : Nat} (hi : i ≤ n + 1) :
    1 - (i : R) * (i - 1) / (2 * n) ≤ birthdayTerm R n i := by
  have hn' := natCast_pos (R := R) hn
  induction i with
  | zero =>
    unfold birthdayTerm
    rw [choose_zero_right, factorial_zero, pow_zero]
    grind
  | succ i ih =>
    have h₁ := ih (by omega)
    have h₂ := birthdayTerm_succ (R := R) hn (show i ≤ n by omega)
    have h₃ := mul_le_mul_of_nonneg_left (birthdayTerm_le_one (R := R) hn i)
      (natCast_nonneg (R := R) i)
    rw [h₂] at h₃
    have h₄ : birthdayTerm R n i - birthdayTerm R n (i + 1) ≤ (i : R) / n :=
      (le_div_iff hn').2 (by grind)
    rw [show ((i + 1 : Nat) : R) = i + 1 by grind]
    have h₅ : ((i : R) + 1) * (i + 1 - 1) / (2 * n) = (i : R) * (i - 1) / (2 * n) + i / n := by
      grind
    rw [h₅]
    grind

/-- The sum of the lower bounds of the first terms. -/
theorem sum_one_sub (hn : 0 < n) (m : Nat) :
    ∑ i : Fin m, (1 - (i.val : R) * (i.val - 1) / (2 * n)) =
      m - (m : R) * (m - 1) * (m - 2) / (6 * n) := by
  have hn' := natCast_pos (R := R) hn
  induction m with
  | zero => rw [sum_zero]; grind
  | succ m ih =>
    rw [sum_succ]
    simp only [Fin.val_castSucc, Fin.val_last]
    rw [ih, show ((m + 1 : Nat) : R) = m + 1 by grind]
    generalize (m : R) = x
    grind

/-- **The moment is at least `5 / 6 * sqrt n`**: the bound `2 sqrt n` has the right order. -/
theorem maurerMoment_ge (hn : 0 < n) : 5 / 6 * sqrt (n : R) ≤ maurerMoment R n := by
  have hn' := natCast_pos (R := R) hn
  have hs := sqrt_pos.2 hn'
  have hsq := sq_sqrt (le_of_lt hn')
  have hn₁ : (1 : R) ≤ n := by have := natCast_le (R := R) (show 1 ≤ n from hn); grind
  obtain ⟨m, hm₁, hm₂⟩ : ∃ m : Nat, sqrt (n : R) ≤ m ∧ (m : R) < sqrt (n : R) + 1 :=
    ⟨natCeil (sqrt (n : R)), le_natCeil _, natCeil_lt_add_one (le_of_lt hs)⟩
  have hmn : m ≤ n + 1 := by
    refine Nat.le_of_not_lt fun h => ?_
    have h₁ := natCast_le (R := R) (show n + 2 ≤ m by omega)
    have h₂ : ((n + 2 : Nat) : R) = n + 2 := by grind
    have h₃ : sqrt (n : R) ≤ n := sqrt_le_iff.2 ⟨by grind, by
      have := mul_le_mul_of_nonneg_right hn₁ (le_of_lt hn'); grind⟩
    grind
  have hm : (1 : R) ≤ m := by
    have h₁ : 1 ≤ m := by
      refine Nat.one_le_iff_ne_zero.2 fun h => ?_
      rw [h, show ((0 : Nat) : R) = 0 by grind] at hm₁
      grind
    have := natCast_le (R := R) h₁
    grind
  have h₁ := sum_le_extend (birthdayTerm R n) hmn fun k => birthdayTerm_nonneg hn k
  have h₂ := sum_le_sum fun i : Fin m => birthdayTerm_ge (R := R) hn (show i.val ≤ n + 1 by omega)
  rw [sum_one_sub hn] at h₂
  rw [maurerMoment_eq hn]
  refine Std.le_trans ?_ (Std.le_trans h₂ h₁)
  have h₃ : (m : R) * (m - 1) * (m - 2) / (6 * n) ≤ m / 6 := by
    rw [div_le_iff (show 0 < 6 * (n : R) by grind)]
    have h₄ := sq_le_sq (show (0 : R) ≤ m - 1 by grind) (show (m : R) - 1 ≤ sqrt (n : R) by grind)
    rw [hsq] at h₄
    have h₅ := mul_le_mul_of_nonneg_left h₄ (show (0 : R) ≤ m by grind)
    have h₆ := mul_nonneg (show (0 : R) ≤ m by grind) (show (0 : R) ≤ m - 1 by grind)
    grind
  grind

/-- For any number of draws of a coin that is not constant the moment is between `5 / 12` of the
bound and the bound. -/
theorem klBin_moment_order {h₀ : 0 ≤ p} {h₁ : p ≤ 1} (hn : 0 < n) (hp₀ : 0 < p) (hp₁ : p < 1) :
    5 / 12 * klBinMomentBound R n ≤ expect ((Dist.coin h₀ h₁).iid n) (fun x =>
        exp (n * klBin (empMean (heads R) x) (expect (Dist.coin h₀ h₁) (heads R)))) ∧
      expect ((Dist.coin h₀ h₁).iid n) (fun x =>
        exp (n * klBin (empMean (heads R) x) (expect (Dist.coin h₀ h₁) (heads R)))) ≤
          klBinMomentBound R n := by
  refine ⟨?_, klBin_moment _ heads_mem hn⟩
  rw [expect_heads, expect_exp_klBin_coin hn hp₀ hp₁]
  have := maurerMoment_ge (R := R) hn
  unfold klBinMomentBound
  grind

end DeepTheory.Generalization
