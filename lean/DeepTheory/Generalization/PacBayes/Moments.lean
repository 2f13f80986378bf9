module

public import DeepTheory.Probability.BinaryKl
public import DeepTheory.Probability.Basic

/-!
# The exponential moment of the relative entropy of a mean

The mean of `n` independent draws of a quantity in `[0, 1]` is rarely far from its expectation, in
the sense of the relative entropy of two coins: the exponential of `n` times this relative entropy
has an expectation of at most `n + 1`.

## Main definitions
* `DeepTheory.Generalization.binomialMean`: the mean of a function under a binomial law.
* `DeepTheory.Generalization.maurerMoment`: the exponential moment for coins that are not constant.

## Main theorems
* `DeepTheory.Generalization.expect_convex_sum_le`: a convex function of a sum of independent draws
  has the largest expectation for coins.
* `DeepTheory.Generalization.expect_exp_klBin_le`: the exponential moment of the relative entropy of
  a mean is at most `maurerMoment n`.
* `DeepTheory.Generalization.maurerMoment_le`: `maurerMoment n` is at most `n + 1`.

## References
* A. Maurer, *A note on the PAC Bayesian theorem*, 2004.
-/

public section

namespace DeepTheory.Generalization

open Probability

universe u v

variable {R : Type u} [RealField R] {Z : Type v} [Fintype Z] {n : Nat} {p : R}

/-! ### The binomial law -/

/-- The mean of a function under the binomial law of `n` coins with mean `p`. -/
@[expose] noncomputable def binomialMean (n : Nat) (p : R) (g : R → R) : R :=
  ∑ k : Fin (n + 1), (choose n k.val : R) * (p ^ k.val * (1 - p) ^ (n - k.val)) * g (k.val : R)

/-- The binomial law has nonnegative weights. -/
theorem binomial_weight_nonneg (h₀ : 0 ≤ p) (h₁ : p ≤ 1) (n k : Nat) :
    0 ≤ (choose n k : R) * (p ^ k * (1 - p) ^ (n - k)) :=
  mul_nonneg (natCast_nonneg _) (mul_nonneg (pow_nonneg h₀ _) (pow_nonneg (by grind) _))

/-- One coin more: it shows zero or one. -/
theorem binomialMean_succ (n : Nat) (p : R) (g : R → R) :
    binomialMean (n + 1) p g =
      (1 - p) * binomialMean n p g + p * binomialMean n p fun t => g (1 + t) := by
  have h₁ : p * binomialMean n p (fun t => g (1 + t)) = ∑ k : Fin (n + 1), (choose n k.val : R) *
      (p ^ (k.val + 1) * (1 - p) ^ (n - k.val)) * g ((k.val + 1 : Nat) : R) := by
    unfold binomialMean
    rw [mul_sum]
    refine sum_congr fun k => ?_
    rw [pow_succ, show ((k.val + 1 : Nat) : R) = 1 + k.val by grind]
    grind
  have h₂ : (1 - p) * binomialMean n p g = (1 - p) ^ (n + 1) * g 0 +
      ∑ k : Fin (n + 1), (choose n (k.val + 1) : R) *
        (p ^ (k.val + 1) * (1 - p) ^ (n - k.val)) * g ((k.val + 1 : Nat) : R) := by
    unfold binomialMean
    rw [mul_sum, sum_succ', sum_succ (fun k : Fin (n + 1) => (choose n (k.val + 1) : R) *
        (p ^ (k.val + 1) * (1 - p) ^ (n - k.val)) * g ((k.val + 1 : Nat) : R))]
    simp only [Fin.val_zero, Fin.val_succ, Fin.val_castSucc, Fin.val_last, Nat.sub_zero]
    rw [choose_eq_zero_of_lt (show n < n + 1 by omega), choose_zero_right, pow_zero,
      show ((0 : Nat) : R) = 0 by grind, show ((1 : Nat) : R) = 1 by grind]
    have hs : ∀ k : Fin n, (1 - p) * ((choose n (k.val + 1) : R) *
        (p ^ (k.val + 1) * (1 - p) ^ (n - (k.val + 1))) * g ((k.val + 1 : Nat) : R)) =
          (choose n (k.val + 1) : R) * (p ^ (k.val + 1) * (1 - p) ^ (n - k.val)) *
            g ((k.val + 1 : Nat) : R) := fun k => by
      rw [show n - k.val = n - (k.val + 1) + 1 by omega, pow_succ (1 - p)]
      generalize g ((k.val + 1 : Nat) : R) = y
      grind
    rw [sum_congr hs, pow_succ (1 - p) n]
    grind
  rw [h₁, h₂]
  unfold binomialMean
  rw [sum_succ' (fun k : Fin (n + 1 + 1) => (choose (n + 1) k.val : R) *
    (p ^ k.val * (1 - p) ^ (n + 1 - k.val)) * g (k.val : R))]
  simp only [Fin.val_zero, Fin.val_succ, Nat.sub_zero, choose_zero_right, pow_zero]
  rw [show ((0 : Nat) : R) = 0 by grind, show ((1 : Nat) : R) = 1 by grind]
  have hs : ∀ k : Fin (n + 1), (choose (n + 1) (k.val + 1) : R) *
      (p ^ (k.val + 1) * (1 - p) ^ (n + 1 - (k.val + 1))) * g ((k.val + 1 : Nat) : R) =
        (choose n k.val : R) * (p ^ (k.val + 1) * (1 - p) ^ (n - k.val)) *
          g ((k.val + 1 : Nat) : R) + (choose n (k.val + 1) : R) *
            (p ^ (k.val + 1) * (1 - p) ^ (n - k.val)) * g ((k.val + 1 : Nat) : R) := fun k => by
    rw [choose_succ_succ, show n + 1 - (k.val + 1) = n - k.val by omega,
      show ((choose n k.val + choose n (k.val + 1) : Nat) : R) =
        choose n k.val + choose n (k.val + 1) by grind]
    generalize g ((k.val + 1 : Nat) : R) = y
    grind
  rw [sum_congr hs, sum_add]
  grind

/-- Without coins the mean is the value at zero. -/
theorem binomialMean_zero (p : R) (g : R → R) : binomialMean 0 p g = g 0 := by
  unfold binomialMean
  rw [sum_one]
  simp only [Fin.val_zero, choose_self, Nat.sub_self, pow_zero]
  rw [show ((0 : Nat) : R) = 0 by grind, show ((1 : Nat) : R) = 1 by grind]
  grind

/-! ### Convex functions of a sum -/

/-- **Coins are the worst case for convex functions.** The expectation of a convex function of the
sum of `n` independent draws of a quantity in `[0, 1]` is at most the one for `n` coins with the
same mean. -/
theorem expect_convex_sum_le (μ : Dist R Z) {f : Z → R} (hf : ∀ z, 0 ≤ f z ∧ f z ≤ 1) {g : R → R}
    (hg : ConvexOn (fun t => 0 ≤ t ∧ t ≤ (n : R)) g) :
    expect (μ.iid n) (fun x => g (∑ i, f (x i))) ≤ binomialMean n (expect μ f) g := by
  have hp₀ := expect_nonneg μ fun z => (hf z).1
  have hp₁ := expect_le μ fun z => (hf z).2
  induction n generalizing g with
  | zero =>
    rw [binomialMean_zero, Dist.iid, expect_pi_zero, sum_zero]
    exact Std.le_refl _
  | succ n ih =>
    rw [binomialMean_succ, Dist.iid, expect_pi_succ]
    have hc : ((n + 1 : Nat) : R) = n + 1 := by grind
    have key (a : Z) : (expect (μ.iid n) fun x => g (∑ i, f (cons a x i))) ≤
        (1 - f a) * binomialMean n (expect μ f) g +
          f a * binomialMean n (expect μ f) fun t => g (1 + t) := by
      have ha := hf a
      have h₁ := ih (g := fun t => g (f a + t)) fun x y t hx hy h₀ h₁ => by
        have h₂ := (hg (x := f a + x) (y := f a + y) (by grind) (by grind) h₀ h₁).2
        rw [show (1 - t) * (f a + x) + t * (f a + y) = f a + ((1 - t) * x + t * y) by grind] at h₂
        have h₃ := mul_nonneg (show 0 ≤ 1 - t by grind) hx.1
        have h₄ := mul_nonneg h₀ hy.1
        have h₅ := mul_le_mul_of_nonneg_left hx.2 (show 0 ≤ 1 - t by grind)
        have h₆ := mul_le_mul_of_nonneg_left hy.2 h₀
        exact ⟨by grind, h₂⟩
      rw [expect_congr _ fun x : Fin n → Z => show g (∑ i, f (cons a x i)) =
        g (f a + ∑ i, f (x i)) by rw [sum_succ']; rfl]
      refine Std.le_trans h₁ ?_
      unfold binomialMean
      rw [mul_sum, mul_sum, ← sum_add]
      refine sum_le_sum fun k => ?_
      have hw := binomial_weight_nonneg hp₀ hp₁ n k.val
      have hk : (k.val : R) ≤ n := natCast_le (by omega)
      have hk₀ := natCast_nonneg (R := R) k.val
      have h₂ := (hg (x := (k.val : R)) (y := 1 + k.val) (by grind) (by grind) ha.1 ha.2).2
      rw [show (1 - f a) * (k.val : R) + f a * (1 + k.val) = f a + k.val by grind] at h₂
      have h₃ := mul_le_mul_of_nonneg_left h₂ hw
      dsimp only
      generalize (choose n k.val : R) * (expect μ f ^ k.val * (1 - expect μ f) ^ (n - k.val)) = w
        at *
      grind
    refine Std.le_trans (expect_mono μ key) (le_of_eq ?_)
    rw [expect_add, expect_mul_const, expect_mul_const, expect_sub, expect_const]

/-! ### The relative entropy -/

/-- The function `a ↦ a log (a / c)` is convex. -/
theorem mul_log_div_convex_left {a b c t : R} (ha : 0 ≤ a) (hb : 0 ≤ b) (hc : 0 ≤ c) (ht₀ : 0 ≤ t)
    (ht₁ : t ≤ 1) : ((1 - t) * a + t * b) * log (((1 - t) * a + t * b) / c) ≤
      (1 - t) * (a * log (a / c)) + t * (b * log (b / c)) := by
  rcases (show c = 0 ∨ 0 < c by grind) with hc | hc
  · have h (y : R) : y * log (y / c) = 0 := by
      rw [hc, show y / 0 = 0 by grind, log_zero]; grind
    rw [h, h, h]; grind
  · have h₁ := mul_nonneg (show 0 ≤ 1 - t by grind) ha
    have h₂ := mul_nonneg ht₀ hb
    rcases (show (1 - t) * a + t * b = 0 ∨ 0 < (1 - t) * a + t * b by grind) with h | h
    · have e₁ : (1 - t) * a = 0 := by grind
      have e₂ : t * b = 0 := by grind
      rw [h, show (1 - t) * (a * log (a / c)) = (1 - t) * a * log (a / c) by grind,
        show t * (b * log (b / c)) = t * b * log (b / c) by grind, e₁, e₂]
      grind
    · have hs := div_pos h hc
      have hc' := le_of_lt hc
      have h₃ := mul_le_mul_of_nonneg_left (mul_log_add_le_mul_log_div ha hc' (.inl hc) hs)
        (show 0 ≤ 1 - t by grind)
      have h₄ := mul_le_mul_of_nonneg_left (mul_log_add_le_mul_log_div hb hc' (.inl hc) hs) ht₀
      have h₅ := div_mul_cancel (a := (1 - t) * a + t * b) (show c ≠ 0 by grind)
      generalize ((1 - t) * a + t * b) / c = d at *
      generalize log d = l at *
      grind

/-- The relative entropy of two coins is convex in its first argument. -/
theorem klBin_convex_left {a b t : R} (ha : 0 ≤ a ∧ a ≤ 1) (hb : 0 ≤ b ∧ b ≤ 1) (hp₀ : 0 ≤ p)
    (hp₁ : p ≤ 1) (ht₀ : 0 ≤ t) (ht₁ : t ≤ 1) :
    klBin ((1 - t) * a + t * b) p ≤ (1 - t) * klBin a p + t * klBin b p := by
  have h₁ := mul_log_div_convex_left ha.1 hb.1 hp₀ ht₀ ht₁
  have h₂ := mul_log_div_convex_left (show 0 ≤ 1 - a by grind) (show 0 ≤ 1 - b by grind)
    (show 0 ≤ 1 - p by grind) ht₀ ht₁
  rw [show (1 - t) * (1 - a) + t * (1 - b) = 1 - ((1 - t) * a + t * b) by grind] at h₂
  unfold klBin
  grind

/-- The exponential of `n` times the relative entropy of the mean of a sum is convex in the sum. -/
theorem convexOn_exp_klBin (hn : 0 < n) (hp₀ : 0 ≤ p) (hp₁ : p ≤ 1) :
    ConvexOn (fun t : R => 0 ≤ t ∧ t ≤ n) fun t => exp (n * klBin (t / n) p) := by
  have hn' := natCast_pos (R := R) hn
  intro x y t hx hy h₀ h₁
  have i₁ := mul_nonneg (show 0 ≤ 1 - t by grind) hx.1
  have i₂ := mul_nonneg h₀ hy.1
  have i₃ := mul_le_mul_of_nonneg_left hx.2 (show 0 ≤ 1 - t by grind)
  have i₄ := mul_le_mul_of_nonneg_left hy.2 h₀
  refine ⟨by grind, ?_⟩
  have h := klBin_convex_left (a := x / n) (b := y / n)
    ⟨div_nonneg hx.1 hn', (div_le_one hn').2 hx.2⟩
    ⟨div_nonneg hy.1 hn', (div_le_one hn').2 hy.2⟩ hp₀ hp₁ h₀ h₁
  rw [show (1 - t) * (x / n) + t * (y / n) = ((1 - t) * x + t * y) / n by grind] at h
  have h₂ := mul_le_mul_of_nonneg_left h (le_of_lt hn')
  refine Std.le_trans (exp_le_exp.2 h₂) ?_
  rw [show (n : R) * ((1 - t) * klBin (x / n) p + t * klBin (y / n) p) =
    (1 - t) * (n * klBin (x / n) p) + t * (n * klBin (y / n) p) by grind]
  exact exp_convex_comb_le h₀ h₁ _ _

/-- A factor of a binomial weight, raised by the relative entropy. -/
theorem pow_mul_exp_log_div_le {a : R} (hp : 0 ≤ p) (k : Nat) (h : 0 < a ∨ k = 0) :
    p ^ k * exp (k * log (a / p)) ≤ a ^ k := by
  rcases (show k = 0 ∨ 0 < a by grind) with hk | ha
  · subst hk
    rw [pow_zero, pow_zero, show ((0 : Nat) : R) * log (a / p) = 0 by grind, exp_zero]
    grind
  · rcases (show p = 0 ∨ 0 < p by grind) with hp | hp
    · subst hp
      cases k with
      | zero =>
        rw [pow_zero, pow_zero, show ((0 : Nat) : R) * log (a / 0) = 0 by grind, exp_zero]
        grind
      | succ k =>
        rw [zero_pow (by omega)]
        have := pow_nonneg (le_of_lt ha) (k + 1)
        grind
    · rw [exp_nat_mul, exp_log (div_pos ha hp), ← mul_pow, show p * (a / p) = a by grind]
      exact Std.le_refl _

/-- The sum of `choose n k * (k / n) ^ k * (1 - k / n) ^ (n - k)` over `k ≤ n`. -/
@[expose] noncomputable def maurerMoment (R : Type u) [RealField R] (n : Nat) : R :=
  ∑ k : Fin (n + 1), (choose n k.val : R) *
    (((k.val : R) / n) ^ k.val * (1 - (k.val : R) / n) ^ (n - k.val))

/-- **The exponential moment of the relative entropy of a mean.** For `n` independent draws of a
quantity in `[0, 1]` the exponential of `n` times the relative entropy of their mean with respect to
the expectation has an expectation of at most `maurerMoment n`. -/
theorem expect_exp_klBin_le (μ : Dist R Z) {f : Z → R} (hf : ∀ z, 0 ≤ f z ∧ f z ≤ 1) (hn : 0 < n) :
    expect (μ.iid n) (fun x => exp (n * klBin (empMean f x) (expect μ f))) ≤ maurerMoment R n := by
  have hn' := natCast_pos (R := R) hn
  have hp₀ := expect_nonneg μ fun z => (hf z).1
  have hp₁ := expect_le μ fun z => (hf z).2
  refine Std.le_trans (expect_convex_sum_le μ hf (convexOn_exp_klBin hn hp₀ hp₁)) ?_
  unfold binomialMean maurerMoment
  generalize expect μ f = p at *
  refine sum_le_sum fun k => ?_
  have hk : k.val ≤ n := by omega
  have hkR := natCast_le (R := R) hk
  have hsub : ((n - k.val : Nat) : R) = n - k.val := by
    have : ((n - k.val + k.val : Nat) : R) = n := by rw [Nat.sub_add_cancel hk]
    grind
  have ha₀ : 0 ≤ (k.val : R) / n := div_nonneg (natCast_nonneg _) hn'
  have ha₁ : (k.val : R) / n ≤ 1 := (div_le_one hn').2 hkR
  have h₁ := pow_mul_exp_log_div_le hp₀ (a := (k.val : R) / n) k.val (by
    rcases Nat.eq_zero_or_pos k.val with h | h
    · exact .inr h
    · exact .inl (div_pos (natCast_pos h) hn'))
  have h₂ := pow_mul_exp_log_div_le (p := 1 - p) (a := 1 - (k.val : R) / n) (by grind)
    (n - k.val) (by
      rcases Nat.eq_zero_or_pos (n - k.val) with h | h
      · exact .inr h
      · have := natCast_pos (R := R) h
        rw [hsub] at this
        exact .inl (by rw [sub_pos, div_lt_one hn']; exact sub_pos.1 this))
  have h₃ := mul_le_mul h₁ h₂ (mul_nonneg (pow_nonneg (by grind) _) (le_of_lt (exp_pos _)))
    (pow_nonneg ha₀ _)
  have h₄ : exp ((n : R) * klBin ((k.val : R) / n) p) =
      exp ((k.val : R) * log ((k.val : R) / n / p)) *
        exp (((n - k.val : Nat) : R) * log ((1 - (k.val : R) / n) / (1 - p))) := by
    rw [← exp_add, hsub]
    unfold klBin
    congr 1
    generalize log ((k.val : R) / n / p) = l₁
    generalize log ((1 - (k.val : R) / n) / (1 - p)) = l₂
    grind
  have h₅ := mul_le_mul_of_nonneg_left h₃ (natCast_nonneg (R := R) (choose n k.val))
  dsimp only
  rw [h₄]
  generalize exp ((k.val : R) * log ((k.val : R) / n / p)) = e₁ at *
  generalize exp (((n - k.val : Nat) : R) * log ((1 - (k.val : R) / n) / (1 - p))) = e₂ at *
  generalize p ^ k.val = a₁ at *
  generalize (1 - p) ^ (n - k.val) = a₂ at *
  grind

/-- The exponential moment is at most `n + 1`: each of its terms is a probability. -/
theorem maurerMoment_le (hn : 0 < n) : maurerMoment R n ≤ n + 1 := by
  have hn' := natCast_pos (R := R) hn
  have h (k : Fin (n + 1)) : (choose n k.val : R) *
      (((k.val : R) / n) ^ k.val * (1 - (k.val : R) / n) ^ (n - k.val)) ≤ 1 := by
    have ha₀ : 0 ≤ (k.val : R) / n := div_nonneg (natCast_nonneg _) hn'
    have ha₁ : (k.val : R) / n ≤ 1 := (div_le_one hn').2 (natCast_le (by omega))
    have h₁ := add_pow ((k.val : R) / n) (1 - (k.val : R) / n) n
    rw [show (k.val : R) / n + (1 - (k.val : R) / n) = 1 by grind, one_pow] at h₁
    refine Std.le_trans ?_ (le_of_eq h₁.symm)
    exact single_le_sum (f := fun j : Fin (n + 1) => (choose n j.val : R) *
      (((k.val : R) / n) ^ j.val * (1 - (k.val : R) / n) ^ (n - j.val)))
      (fun j => binomial_weight_nonneg ha₀ ha₁ n j.val) k
  have h₂ := sum_le_mul h
  unfold maurerMoment
  grind

/-- The exponential moment is at least one. -/
theorem one_le_maurerMoment (hn : 0 < n) : 1 ≤ maurerMoment R n := by
  have hn' := natCast_pos (R := R) hn
  have h := single_le_sum (f := fun k : Fin (n + 1) => (choose n k.val : R) *
    (((k.val : R) / n) ^ k.val * (1 - (k.val : R) / n) ^ (n - k.val)))
    (fun k => binomial_weight_nonneg (div_nonneg (natCast_nonneg _) hn')
      ((div_le_one hn').2 (natCast_le (by omega))) n k.val) 0
  refine Std.le_trans (le_of_eq ?_) h
  simp only [Fin.val_zero, Nat.sub_zero, choose_zero_right, pow_zero]
  rw [show ((0 : Nat) : R) / n = 0 by grind, show (1 - 0 : R) = 1 by grind, one_pow]
  grind

end DeepTheory.Generalization
