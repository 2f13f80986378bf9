module

public import DeepTheory.Probability.BinomialCdf

/-!
# The binomial test-set bound

The number of errors on a test set has a binomial law, so the largest error rate that makes so few
errors not too unlikely bounds the true error rate. No bound that depends on the number of errors
alone can be smaller.

## Main theorems
* `DeepTheory.Generalization.binomial_test_set`,
  `DeepTheory.Generalization.binomial_test_set_witness`,
  `DeepTheory.Generalization.binomial_test_set_sharp`: the test-set bound.

## References
* C. J. Clopper, E. S. Pearson, *The use of confidence or fiducial limits illustrated in the case of
  the binomial*, 1934.
* J. Langford, *Tutorial on practical prediction theory for classification*, 2005, Theorem 3.3.
-/

public section

namespace DeepTheory.Generalization

open Probability

universe u v

variable {R : Type u} [RealField R] {Z : Type v} [Fintype Z] {n k : Nat} {p δ : R}

/-- Few errors at which the error rate would exceed the inverse are unlikely, as long as they are
fewer than `m`. -/
theorem probOf_unlikely_errors (μ : Dist R Z) {f : Z → R} (hf : ∀ z, f z = 0 ∨ f z = 1) (n : Nat)
    (hδ : 0 ≤ δ) (m : Nat) : probOf (μ.iid n) (fun x => ∃ k, k < m ∧ ∑ i, f (x i) ≤ (k : R) ∧
      binomialCdf n k (expect μ f) < δ) ≤ δ := by
  induction m with
  | zero =>
    refine Std.le_trans (le_of_eq ?_) hδ
    unfold probOf
    rw [expect_congr _ fun x => indicator_false (R := R) fun ⟨k, hk, _⟩ => Nat.not_lt_zero k hk,
      expect_const]
  | succ m ih =>
    rcases Classical.em (binomialCdf n m (expect μ f) < δ) with h | h
    · refine Std.le_trans (probOf_mono _ fun x ⟨k, hk, hx, _⟩ => ?_)
        (le_of_lt (lt_of_le_of_lt (le_of_eq (probOf_errors_le μ hf n m)) h))
      exact Std.le_trans hx (natCast_le (by omega))
    · refine Std.le_trans (probOf_mono _ fun x ⟨k, hk, hx, hb⟩ => ?_) ih
      refine ⟨k, Nat.lt_of_le_of_ne (by omega) fun hkm => h (hkm ▸ hb), hx, hb⟩

/-- **The binomial test-set bound.** A quantity that is zero or one, such as the error of a fixed
classifier, is drawn `n` times. With probability at least `1 - δ` its expectation is at most
`binomialInv n k δ` wherever the draws sum to at most `k`: the largest error rate for which at most
`k` errors have probability at least `δ`. A number `p` for which `binomialCdf n k p` is below `δ`
bounds this rate, and for `k < n` and `0 < δ ≤ 1` these numbers come arbitrarily near to it.

It is the interval of Clopper and Pearson, from one side, for the error on a test set. It holds for
a classifier that was chosen without the test set, however that was done.

* controls: generalization
* assumes: n independent draws from a finite law, a quantity with values 0 and 1 only, δ >= 0; for
  the certificate p >= 0
* bound: Probability.binomialCdf
* witness: Generalization.binomial_test_set_witness
* sharp: Generalization.binomial_test_set_sharp (for k < n the probability of at most k errors is δ
  at the bound, and no smaller bound that grows with the number of errors holds)
* source: Langford 2005, Theorem 3.3; Clopper, Pearson 1934 -/
theorem binomial_test_set (μ : Dist R Z) {f : Z → R} (hf : ∀ z, f z = 0 ∨ f z = 1) (n : Nat)
    (hδ : 0 ≤ δ) :
    (1 - δ ≤ probOf (μ.iid n) fun x => ∀ k : Nat, ∑ i, f (x i) ≤ k →
      expect μ f ≤ binomialInv n k δ) ∧
    ∀ (k : Nat) (p : R), 0 ≤ p → binomialCdf n k p < δ → binomialInv n k δ ≤ p := by
  refine ⟨?_, fun k p h₀ h => binomialInv_le h₀ h⟩
  have h₀ : 0 ≤ expect μ f := expect_nonneg μ fun z => by rcases hf z with h | h <;> grind
  have h₁ : expect μ f ≤ 1 := expect_le μ fun z => by rcases hf z with h | h <;> grind
  rcases le_total 1 δ with hδ₁ | hδ₁
  · have h₂ := probOf_nonneg (μ.iid n) fun x => ∀ k : Nat, ∑ i, f (x i) ≤ k →
      expect μ f ≤ binomialInv n k δ
    grind
  · refine le_probOf_of_bad (μ.iid n) (probOf_unlikely_errors μ hf n hδ n) fun x hx k hk => ?_
    refine le_of_not_lt fun h => hx ⟨k, ?_, hk, ?_⟩
    · refine Nat.lt_of_not_le fun hnk => ?_
      rw [binomialInv_of_le hnk hδ₁] at h
      grind
    · refine lt_of_not_le fun h₂ => ?_
      have := le_binomialInv h₀ h₁ h₂
      grind

/-- Coins meet the hypotheses of `binomial_test_set`, and the bound says something: for no error in
ten draws and `δ = 1 / 10` the error rate is at most `1 / 4`, as certified by `(3 / 4) ^ 10`. -/
theorem binomial_test_set_witness {h₀ : 0 ≤ p} {h₁ : p ≤ 1} :
    (∀ b, heads R b = 0 ∨ heads R b = 1) ∧ expect (Dist.coin h₀ h₁) (heads R) = p ∧
      binomialCdf 10 0 (1 / 4 : R) < 1 / 10 ∧ 0 < binomialInv 10 0 (1 / 10 : R) ∧
        binomialInv 10 0 (1 / 10 : R) ≤ 1 / 4 := by
  have h : binomialCdf 10 0 (1 / 4 : R) < 1 / 10 := by
    rw [binomialCdf_zero_right]; grind
  have h₂ := binomialCdf_binomialInv (n := 10) (k := 0) (δ := (1 / 10 : R)) (by omega) (by grind)
    (by grind)
  have h₃ := (binomialInv_mem 10 0 (1 / 10 : R)).1
  refine ⟨fun b => by cases b <;> simp, expect_heads h₀ h₁, h, lt_of_le_of_ne h₃ fun h₄ => ?_,
    binomialInv_le (by grind) h⟩
  rw [← h₄, binomialCdf_mean_zero] at h₂
  grind

/-- **Nothing can be saved.** Coins whose mean is the bound for `k < n` errors show at most `k`
heads exactly with probability `δ`. And a bound `B` that grows with the number of errors and lies
below `binomialInv n k δ` for one `k` fails for some coin with a probability above `δ`. -/
theorem binomial_test_set_sharp (hk : k < n) (hδ₀ : 0 ≤ δ) (hδ₁ : δ < 1) :
    (∀ (h₀ : 0 ≤ binomialInv n k δ) (h₁ : binomialInv n k δ ≤ 1),
      probOf ((Dist.coin h₀ h₁).iid n) (fun x => ∑ i, heads R (x i) ≤ k) =
          binomialCdf n k (binomialInv n k δ) ∧
        binomialCdf n k (binomialInv n k δ) = δ) ∧
    ∀ B : Nat → R, (∀ i j, i ≤ j → B i ≤ B j) → B k < binomialInv n k δ →
      ∃ (p : R) (h₀ : 0 ≤ p) (h₁ : p ≤ 1), δ < probOf ((Dist.coin h₀ h₁).iid n) fun x =>
        ∀ j : Nat, ∑ i, heads R (x i) = j → B j < expect (Dist.coin h₀ h₁) (heads R) := by
  have hh : ∀ b, heads R b = 0 ∨ heads R b = 1 := fun b => by cases b <;> simp
  have hd := binomialCdf_binomialInv hk hδ₀ (le_of_lt hδ₁)
  refine ⟨fun h₀ h₁ => ⟨?_, hd⟩, fun B hB hlt => ?_⟩
  · rw [probOf_errors_le _ hh, expect_heads]
  · have ⟨hi₀, hi₁⟩ := binomialInv_mem n k δ
    have hpos : 0 < binomialInv n k δ := lt_of_le_of_ne hi₀ fun h => by
      rw [← h, binomialCdf_mean_zero] at hd
      grind
    obtain ⟨p, h₀, hBp, hp⟩ : ∃ p : R, 0 ≤ p ∧ B k < p ∧ p < binomialInv n k δ := by
      rcases le_total 0 (B k) with h | h
      · exact ⟨(B k + binomialInv n k δ) / 2, by grind, by grind, by grind⟩
      · exact ⟨binomialInv n k δ / 2, by grind, by grind, by grind⟩
    have h₁ : p ≤ 1 := by grind
    refine ⟨p, h₀, h₁, lt_of_lt_of_le (lt_binomialCdf h₀ hp hδ₁) ?_⟩
    have h₂ := probOf_errors_le (Dist.coin h₀ h₁) hh n k
    rw [expect_heads] at h₂
    rw [← h₂]
    refine probOf_mono _ fun x hx j hj => ?_
    rw [expect_heads]
    refine lt_of_le_of_lt (hB j k (Nat.le_of_not_lt fun h => ?_)) hBp
    have h₃ := natCast_le (R := R) (show k + 1 ≤ j from h)
    rw [show ((k + 1 : Nat) : R) = k + 1 by grind] at h₃
    change ∑ i, heads R (x i) ≤ (k : R) at hx
    grind

end DeepTheory.Generalization
