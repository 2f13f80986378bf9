module

public import DeepTheory.Probability.Basic
public import DeepTheory.Probability.Bernoulli

/-!
# The binomial tail in terms of relative entropy

## Main definitions
* `DeepTheory.Probability.binomialTailBound`: the bound.

## Main theorems
* `DeepTheory.Probability.binomial_kl_tail`, `DeepTheory.Probability.binomial_kl_tail_witness`,
  `DeepTheory.Probability.binomial_kl_tail_sharp`.

## References
* H. Chernoff, *A measure of asymptotic efficiency for tests of a hypothesis based on the sum of
  observations*, 1952.
* W. Hoeffding, *Probability inequalities for sums of bounded random variables*, 1963, Theorem 1.
-/

public section

namespace DeepTheory.Probability

universe u v

variable {R : Type u} [RealField R] {Z : Type v} [Fintype Z] {n : Nat} {p q : R}

/-- The exponential of `- n` times the relative entropy of coins with means `q` and `p`. -/
@[expose] noncomputable def binomialTailBound (n : Nat) (q p : R) : R := exp (-(n * klBin q p))

/-- The exponential moment of a sum of independent draws of a quantity between 0 and 1 is at most
that of as many coins with the same mean. -/
theorem expect_exp_sum_le (μ : Dist R Z) {f : Z → R} (hf : ∀ z, 0 ≤ f z ∧ f z ≤ 1) (h : R) :
    expect (μ.iid n) (fun x => exp (h * ∑ i, f (x i))) ≤
      (1 - expect μ f + expect μ f * exp h) ^ n := by
  have h₁ (x : Fin n → Z) : exp (h * ∑ i, f (x i)) = ∏ i, exp (h * f (x i)) := by
    rw [mul_sum, exp_sum]
  have h₂ : expect μ (fun z => exp (h * f z)) ≤ 1 - expect μ f + expect μ f * exp h := by
    refine Std.le_trans (expect_mono μ fun z => exp_mul_le_linear (hf z).1 (hf z).2 h) ?_
    rw [expect_add, expect_sub, expect_const, expect_mul_const]
    exact Std.le_refl _
  rw [expect_congr _ h₁, Dist.iid, expect_pi_prod (fun _ => μ) fun _ z => exp (h * f z), prod_const]
  exact pow_le_pow_left (expect_nonneg μ fun z => le_of_lt (exp_pos _)) h₂ n

/-- Nothing is drawn with at most the probability that as many coins show only zeros. -/
theorem probOf_sum_nonpos_le (μ : Dist R Z) {f : Z → R} (hf : ∀ z, 0 ≤ f z ∧ f z ≤ 1) :
    probOf (μ.iid n) (fun x => ∑ i, f (x i) ≤ 0) ≤ (1 - expect μ f) ^ n := by
  have h : expect (μ.iid n) (fun x => ∏ i, (1 - f (x i))) = (1 - expect μ f) ^ n := by
    rw [Dist.iid, expect_pi_prod (fun _ => μ) fun _ z => 1 - f z, prod_const, expect_sub,
      expect_const]
  rw [← h]
  refine expect_mono _ fun x => ?_
  have h₀ : 0 ≤ ∏ i, (1 - f (x i)) := prod_nonneg fun i => by have := hf (x i); grind
  rcases indicator_cases R (∑ i, f (x i) ≤ 0) with ⟨h₁, h₂⟩ | ⟨_, h₂⟩
  · have h₃ := (sum_eq_zero_iff fun i => (hf (x i)).1).1
      (Std.le_antisymm h₁ (sum_nonneg fun i => (hf (x i)).1))
    rw [h₂, prod_congr (g := fun _ => 1) fun i => by rw [h₃ i]; grind, prod_const, one_pow]
    exact Std.le_refl _
  · rw [h₂]; exact h₀

/-- **The binomial tail.** The mean of `n` independent draws of a quantity between 0 and 1 with
expectation `p` is at most `q ≤ p` with probability at most `exp (- n kl (q, p))`, where `kl` is the
relative entropy of two coins.

For coins this is the tail of the binomial law; where `p` is close to 0 or 1 it is far smaller than
Hoeffding's bound.

* controls: generalization
* assumes: n > 0 independent draws from a finite law, values in [0, 1], 0 <= q <= p < 1 where p is
  the expectation
* bound: Probability.binomialTailBound
* witness: Probability.binomial_kl_tail_witness
* sharp: Probability.binomial_kl_tail_sharp (equality at q = 0, for every n and p)
* source: Hoeffding 1963, Theorem 1; Chernoff 1952 -/
theorem binomial_kl_tail (μ : Dist R Z) {f : Z → R} (hf : ∀ z, 0 ≤ f z ∧ f z ≤ 1) (hn : 0 < n)
    (hq : 0 ≤ q) (hqp : q ≤ p) (hp : p < 1) (hμ : expect μ f = p) :
    probOf (μ.iid n) (fun x => empMean f x ≤ q) ≤ binomialTailBound n q p := by
  have hn' := natCast_pos (R := R) hn
  have hev (x : Fin n → Z) : empMean f x ≤ q ↔ ∑ i, f (x i) ≤ n * q := by
    rw [empMean, div_le_iff hn']
    constructor <;> intro h <;> grind
  rw [probOf_congr _ hev]
  unfold binomialTailBound
  rcases lt_or_eq_of_le hq with hq₀ | rfl
  · have hp₀ : 0 < p := by grind
    have hq₁ : q < 1 := by grind
    have ht : 0 < q * (1 - p) / (p * (1 - q)) :=
      div_pos (mul_pos hq₀ (by grind)) (mul_pos hp₀ (by grind))
    have ht₁ : q * (1 - p) / (p * (1 - q)) ≤ 1 :=
      (div_le_one (mul_pos hp₀ (by grind))).2 (by grind)
    have hlog := log_nonpos ht₁
    have h₁ := exp_neg_klBin hq₀ hq₁ hp₀ hp
    have h₂ := expect_exp_sum_le (n := n) μ hf (log (q * (1 - p) / (p * (1 - q))))
    rw [hμ, exp_log ht] at h₂
    generalize q * (1 - p) / (p * (1 - q)) = t at *
    have h₃ := chernoff (μ.iid n) (fun x => -∑ i, f (x i)) (s := -log t) (by grind) (-(n * q))
    rw [probOf_congr _ fun x : Fin n → Z =>
      show -((n : R) * q) ≤ -∑ i, f (x i) ↔ ∑ i, f (x i) ≤ n * q by
      constructor <;> intro h <;> grind, expect_congr _ fun x : Fin n → Z =>
        show exp (-log t * -∑ i, f (x i)) = exp (log t * ∑ i, f (x i)) by congr 1; grind] at h₃
    refine Std.le_trans h₃ (Std.le_trans (mul_le_mul_of_nonneg_right h₂ (le_of_lt (exp_pos _))) ?_)
    refine le_of_eq ?_
    rw [show -(-log t * -((n : R) * q)) = n * -(q * log t) by grind, exp_nat_mul,
      show -((n : R) * klBin q p) = n * -klBin q p by grind, exp_nat_mul, ← h₁, mul_pow]
    grind
  · have h := probOf_sum_nonpos_le (n := n) μ hf
    rw [hμ] at h
    rw [show (n : R) * 0 = 0 by grind, klBin_zero_left hp,
      show -((n : R) * -log (1 - p)) = n * log (1 - p) by grind, exp_nat_mul,
      exp_log (show 0 < 1 - p by grind)]
    exact h

/-- A coin meets the hypotheses of `binomial_kl_tail`, and below its mean the bound is less than
one: it says something. -/
theorem binomial_kl_tail_witness {h₀ : 0 ≤ p} {h₁ : p ≤ 1} (hn : 0 < n) (hq : 0 ≤ q) (hqp : q < p)
    (hp : p < 1) : (∀ b, 0 ≤ heads R b ∧ heads R b ≤ 1) ∧
      expect (Dist.coin h₀ h₁) (heads R) = p ∧ binomialTailBound n q p < 1 := by
  refine ⟨heads_mem, expect_heads h₀ h₁, ?_⟩
  unfold binomialTailBound
  rw [exp_lt_one_iff]
  have h₂ := klBin_nonneg hq (by grind) h₀ h₁ (.inl (by grind)) (.inl hp)
  have h₃ := klBin_eq_zero_iff hq (by grind) h₀ h₁ (.inl (by grind)) (.inl hp)
  have := mul_pos (natCast_pos (R := R) hn) (show 0 < klBin q p by grind)
  grind

/-- Coins with mean `p` show no head at all exactly with the probability that the bound gives at
`q = 0`, for every number of coins. -/
theorem binomial_kl_tail_sharp {h₀ : 0 ≤ p} {h₁ : p ≤ 1} (hn : 0 < n) (hp : p < 1) :
    probOf ((Dist.coin h₀ h₁).iid n) (fun x => empMean (heads R) x ≤ 0) =
      binomialTailBound n 0 p := by
  have hn' := natCast_pos (R := R) hn
  have hev (x : Fin n → Bool) : empMean (heads R) x ≤ 0 ↔ ∀ i, x i = false := by
    rw [empMean, div_le_iff hn', show (0 : R) * n = 0 by grind]
    refine ⟨fun h i => ?_, fun h => ?_⟩
    · have h₂ := (sum_eq_zero_iff fun i => (heads_mem (R := R) (x i)).1).1
        (Std.le_antisymm h (sum_nonneg fun i => (heads_mem _).1)) i
      cases hx : x i with
      | false => rfl
      | true => rw [hx, heads_true] at h₂; grind
    · rw [sum_congr (g := fun _ => 0) fun i => by rw [h i, heads_false], sum_const_zero]
      exact Std.le_refl _
  rw [probOf_congr _ hev, probOf_all_coins]
  unfold binomialTailBound
  rw [klBin_zero_left hp, show -((n : R) * -log (1 - p)) = n * log (1 - p) by grind, exp_nat_mul,
    exp_log (show 0 < 1 - p by grind)]
  rfl

end DeepTheory.Probability
