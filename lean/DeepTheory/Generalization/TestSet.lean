module

public import DeepTheory.Generalization.PacBayes.Certified
public import DeepTheory.Probability.BinomialTail
public import DeepTheory.Probability.Concentration

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
* `DeepTheory.Generalization.test_set_certified`,
  `DeepTheory.Generalization.monte_carlo_certified`: the bounds for given numbers.

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
theorem testSetBound_nonneg (hn : 0 < n) (hδ : 0 < δ) (hδ₁ : δ ≤ 1) : 0 ≤ testSetBound n δ :=
  div_nonneg (log_nonneg ((one_le_div hδ).2 hδ₁)) (natCast_pos hn)

/-- The exponential of minus `n` times the level is `δ`. -/
theorem exp_neg_testSetBound (hn : 0 < n) (hδ : 0 < δ) : exp (-(n * testSetBound n δ)) = δ := by
  have hn' := natCast_pos (R := R) hn
  unfold testSetBound
  rw [log_div zero_lt_one hδ, log_one, show -((n : R) * ((0 - log δ) / n)) = log δ by grind,
    exp_log hδ]

/-- A nonnegative function attains its largest value among the elements with a property. -/
theorem exists_largest {f : Z → R} (hf : ∀ z, 0 ≤ f z) {A : Z → Prop} (h : ∃ z, A z) :
    ∃ z, A z ∧ ∀ y, A y → f y ≤ f z := by
  obtain ⟨z₀, h₀⟩ := h
  have : Nonempty Z := ⟨z₀⟩
  obtain ⟨z, hz⟩ := exists_forall_le fun z => -(indicator R (A z) * (f z + 1))
  have h₁ := hz z₀
  rw [indicator_true h₀] at h₁
  have h₂ := hf z₀
  rcases indicator_cases R (A z) with ⟨hA, h₃⟩ | ⟨_, h₃⟩
  · refine ⟨z, hA, fun y hy => ?_⟩
    have h₄ := hz y
    rw [h₃, indicator_true hy] at h₄
    grind
  · rw [h₃] at h₁
    grind

/-- **The test set bound.** With probability at least `1 - δ` over `n` independent draws the
expectation of a quantity in `[0, 1]` is at most the inverse of the relative entropy of two coins at
the mean over the sample and the level `log (1 / δ) / n`.

For the loss of a hypothesis that was chosen before the draws this is what a test set proves; near a
mean of zero it is far better than Hoeffding's bound. The draws may also be those of hypotheses on a
computer: see `monte_carlo`.

* controls: generalization
* assumes: n > 0 independent draws from a finite law, values in [0, 1], delta > 0
* bound: Generalization.testSetBound
* witness: Generalization.test_set_witness
* sharp: Generalization.test_set_sharp (with coins that show no one: at this level the inverse is
  exactly the expectation, and every smaller level fails with probability at least delta)
* source: Langford 2005, section 3; Hoeffding 1963, Theorem 1 -/
theorem test_set (μ : Dist R Z) {f : Z → R} (hf : ∀ z, 0 ≤ f z ∧ f z ≤ 1) (hn : 0 < n)
    (hδ : 0 < δ) :
    1 - δ ≤ probOf (μ.iid n) fun x => expect μ f ≤ klInv (empMean f x) (testSetBound n δ) := by
  have hn' := natCast_pos (R := R) hn
  rcases (show 1 < δ ∨ δ ≤ 1 by grind) with hδ₁ | hδ₁
  · have := probOf_nonneg (μ.iid n) fun x => expect μ f ≤ klInv (empMean f x) (testSetBound n δ)
    grind
  have hc := testSetBound_nonneg hn hδ hδ₁
  have hq (x : Fin n → Z) := empMean_mem hf hn x
  have hp₁ := expect_le μ fun z => (hf z).2
  rcases lt_or_eq_of_le hp₁ with hp | hp
  · refine le_probOf_of_bad (B := fun x => empMean f x < expect μ f ∧
      testSetBound n δ < klBin (empMean f x) (expect μ f)) _ ?_ fun x hx => ?_
    · by_cases hB : ∃ x : Fin n → Z, empMean f x < expect μ f ∧
        testSetBound n δ < klBin (empMean f x) (expect μ f)
      · obtain ⟨y, ⟨h₁, h₂⟩, h₃⟩ := exists_largest (fun x => (hq x).1) hB
        refine Std.le_trans (probOf_mono _ h₃) (Std.le_trans
          (binomial_kl_tail μ hf hn (hq y).1 (le_of_lt h₁) hp rfl) ?_)
        have h₄ := mul_lt_mul_of_pos_left h₂ hn'
        rw [← exp_neg_testSetBound hn hδ]
        exact exp_le_exp.2 (by grind)
      · rw [probOf_congr _ fun x => show _ ↔ False from ⟨fun h => hB ⟨x, h⟩, False.elim⟩]
        unfold probOf
        rw [expect_congr _ fun x : Fin n → Z => indicator_false (R := R) (p := False) id,
          expect_const]
        exact le_of_lt hδ
    · by_cases hqp : empMean f x < expect μ f
      · exact (le_klInv_iff (hq x).1 (le_of_lt hqp) hp hc).2 (le_of_not_lt fun h => hx ⟨hqp, h⟩)
      · have := le_klInv_self (hq x).2 (testSetBound n δ)
        grind
  · have h₁ : probOf (μ.iid n) (fun _ => True) = 1 := by
      unfold probOf
      rw [expect_congr _ fun x : Fin n → Z => indicator_true (R := R) trivial, expect_const]
    refine Std.le_trans (show 1 - δ ≤ probOf (μ.iid n) (fun _ => True) by grind)
      (probOf_mono_of_pos _ fun x hx _ => ?_)
    rw [empMean_eq_one μ (fun z => (hf z).2) hn hx hp, klInv_one]
    exact hp₁

/-- A coin meets the hypotheses of `test_set`; the level is positive, and after a sample without
ones the bound is less than one: it says something. -/
theorem test_set_witness {h₀ : 0 ≤ p} {h₁ : p ≤ 1} (hn : 0 < n) (hδ : 0 < δ) (hδ₁ : δ < 1) :
    (∀ b, 0 ≤ heads R b ∧ heads R b ≤ 1) ∧ expect (Dist.coin h₀ h₁) (heads R) = p ∧
      0 < testSetBound n δ ∧ klInv 0 (testSetBound n δ) < 1 :=
  ⟨heads_mem, expect_heads h₀ h₁,
    div_pos (log_pos ((one_lt_div hδ).2 hδ₁)) (natCast_pos hn),
    (klInv_spec (by grind) zero_lt_one (testSetBound_nonneg hn hδ (le_of_lt hδ₁))).1⟩

/-- Let coins with mean `p` show no one with probability `δ = (1 - p) ^ n`. After such a sample the
bound at the level for `δ` is exactly `p`, and at every smaller level it fails with probability at
least `δ`. -/
theorem test_set_sharp {h₀ : 0 ≤ p} {h₁ : p ≤ 1} (hn : 0 < n) (hp : p < 1) :
    probOf ((Dist.coin h₀ h₁).iid n) (fun x => empMean (heads R) x ≤ 0) = (1 - p) ^ n ∧
      klInv 0 (testSetBound n ((1 - p) ^ n)) = p ∧
        ∀ c, 0 ≤ c → c < testSetBound n ((1 - p) ^ n) →
          (1 - p) ^ n ≤ probOf ((Dist.coin h₀ h₁).iid n) fun x =>
            klInv (empMean (heads R) x) c < expect (Dist.coin h₀ h₁) (heads R) := by
  have hn' := natCast_pos (R := R) hn
  have hp' : 0 < 1 - p := by grind
  have hlevel : klBin 0 p = testSetBound n ((1 - p) ^ n) := by
    rw [klBin_zero_left hp, testSetBound, log_div zero_lt_one (pow_pos hp' n), log_one,
      log_pow hp']
    grind
  have e₁ : probOf ((Dist.coin h₀ h₁).iid n) (fun x => empMean (heads R) x ≤ 0) =
      (1 - p) ^ n := by
    rw [binomial_kl_tail_sharp hn hp, binomialTailBound, hlevel,
      exp_neg_testSetBound hn (pow_pos hp' n)]
  refine ⟨e₁, klInv_eq (by grind) h₀ hp hlevel, fun c hc hc' => ?_⟩
  rw [← e₁]
  refine probOf_mono _ fun x hx => ?_
  have hx₀ : empMean (heads R) x = 0 := Std.le_antisymm hx (empMean_mem heads_mem hn x).1
  rw [hx₀, expect_heads]
  refine lt_of_not_le fun h => ?_
  have := (le_klInv_iff (by grind) h₀ hp hc).1 h
  grind

/-- **The test set bound for given numbers.** If the relative entropy of two coins with means
`q ≤ p < 1` is at least the level of `test_set`, then with probability at least `1 - δ` a mean of at
most `q` over the sample goes with an expectation of at most `p`. -/
theorem test_set_certified (μ : Dist R Z) {f : Z → R} (hf : ∀ z, 0 ≤ f z ∧ f z ≤ 1) (hn : 0 < n)
    (hδ : 0 < δ) (hqp : q ≤ p) (hp : p < 1) (h : testSetBound n δ ≤ klBin q p) :
    1 - δ ≤ probOf (μ.iid n) fun x => empMean f x ≤ q → expect μ f ≤ p :=
  Std.le_trans (test_set μ hf hn hδ) (probOf_mono _ fun x hx hq =>
    Std.le_trans hx (klInv_le_of_le_klBin (empMean_mem hf hn x).1 hq hqp hp h))

/-! ### Draws of hypotheses -/

omit [Fintype Z] in
/-- **The mean loss of a randomised hypothesis by simulation.** For a fixed sample `x` and a law `ρ`
on hypotheses, with probability at least `1 - δ` over `k` independent draws of hypotheses from `ρ`
the mean loss on the sample of a hypothesis that is drawn from `ρ` is at most the inverse of the
relative entropy at the mean over the draws and the level `log (1 / δ) / k`. -/
theorem monte_carlo (ρ : Dist R H) {ℓ : H → Z → R} (hℓ : ∀ h z, 0 ≤ ℓ h z ∧ ℓ h z ≤ 1)
    (hn : 0 < n) (x : Fin n → Z) (hk : 0 < k) (hδ : 0 < δ) :
    1 - δ ≤ probOf (ρ.iid k) fun w => (expect ρ fun h => empMean (ℓ h) x) ≤
      klInv (empMean (fun h => empMean (ℓ h) x) w) (testSetBound k δ) :=
  test_set ρ (fun h => empMean_mem (hℓ h) hn x) hk hδ

omit [Fintype Z] in
/-- The bound by simulation for given numbers. -/
theorem monte_carlo_certified (ρ : Dist R H) {ℓ : H → Z → R}
    (hℓ : ∀ h z, 0 ≤ ℓ h z ∧ ℓ h z ≤ 1) (hn : 0 < n) (x : Fin n → Z) (hk : 0 < k) (hδ : 0 < δ)
    (hqp : q ≤ p) (hp : p < 1) (h : testSetBound k δ ≤ klBin q p) :
    1 - δ ≤ probOf (ρ.iid k) fun w => empMean (fun h => empMean (ℓ h) x) w ≤ q →
      (expect ρ fun h => empMean (ℓ h) x) ≤ p :=
  test_set_certified ρ (fun h => empMean_mem (hℓ h) hn x) hk hδ hqp hp h

end DeepTheory.Generalization
