module

public import DeepTheory.Probability.BinomialTail
public import DeepTheory.Probability.KlInverse
public import DeepTheory.Reals.Binomial

/-!
# The binomial law and its inverse in the mean

`binomialCdf n k p` is the probability of at most `k` heads of `n` coins with mean `p`, and
`binomialInv n k δ` is the largest mean for which this is at least `δ`.

The inverse is defined as the least upper bound of the set `binomialInvSet n k δ`, which is shown
non-empty and bounded; for `k < n` and `0 ≤ δ ≤ 1` the value is attained
(`binomialCdf_binomialInv`).

## Main definitions
* `DeepTheory.Probability.binomialCdf`: the probability of at most `k` heads.
* `DeepTheory.Probability.binomialInv`: the largest mean for which it is at least `δ`.

## Main theorems
* `DeepTheory.Probability.binomialCdf_lt`: the probability falls strictly with the mean.
* `DeepTheory.Probability.probOf_errors_le`: the number of errors has a binomial law.
* `DeepTheory.Probability.binomialInv_le`, `DeepTheory.Probability.binomialInv_le_iff`: a mean that
  bounds the inverse, as a certificate.
* `DeepTheory.Probability.binomialCdf_binomialInv`: what the inverse inverts.
* `DeepTheory.Probability.binomialInv_le_klInv`: it is at most the inverse of the relative entropy
  of two coins.

## References
* C. J. Clopper, E. S. Pearson, *The use of confidence or fiducial limits illustrated in the case of
  the binomial*, 1934.
* J. Langford, *Tutorial on practical prediction theory for classification*, 2005, section 3.
-/

public section

namespace DeepTheory.Probability

open Analysis

universe u v

variable {R : Type u} [RealField R] {Z : Type v} [Fintype Z] {n k : Nat} {p q δ : R}

/-! ### The binomial law -/

/-- The probability of at most `k` heads of `n` coins with mean `p`. -/
@[expose] noncomputable def binomialCdf (n k : Nat) (p : R) : R :=
  ∑ i : Fin (k + 1), (choose n i.val : R) * p ^ i.val * (1 - p) ^ (n - i.val)

/-- One more term. -/
theorem binomialCdf_add_one (n k : Nat) (p : R) : binomialCdf n (k + 1) p =
    binomialCdf n k p + (choose n (k + 1) : R) * p ^ (k + 1) * (1 - p) ^ (n - (k + 1)) := by
  unfold binomialCdf
  rw [sum_succ]
  rfl

/-- The probability of no head at all. -/
theorem binomialCdf_zero_right (n : Nat) (p : R) : binomialCdf n 0 p = (1 - p) ^ n := by
  unfold binomialCdf
  rw [sum_one]
  simp only [Fin.val_zero, choose_zero_right, pow_zero, Nat.sub_zero]
  generalize (1 - p) ^ n = a
  grind

/-- Without coins there is no head. -/
theorem binomialCdf_zero_left (k : Nat) (p : R) : binomialCdf 0 k p = 1 := by
  induction k with
  | zero => rw [binomialCdf_zero_right, pow_zero]
  | succ k ih =>
    rw [binomialCdf_add_one, ih, choose_zero_succ, show ((0 : Nat) : R) = 0 by grind]
    grind

/-- One coin more: it shows zero or one. -/
theorem binomialCdf_succ (n k : Nat) (p : R) : binomialCdf (n + 1) (k + 1) p =
    (1 - p) * binomialCdf n (k + 1) p + p * binomialCdf n k p := by
  have key (k : Nat) : (choose (n + 1) (k + 1) : R) * p ^ (k + 1) * (1 - p) ^ (n + 1 - (k + 1)) =
      (1 - p) * ((choose n (k + 1) : R) * p ^ (k + 1) * (1 - p) ^ (n - (k + 1))) +
        p * ((choose n k : R) * p ^ k * (1 - p) ^ (n - k)) := by
    rw [choose_succ_succ, show ((choose n k + choose n (k + 1) : Nat) : R) =
      choose n k + choose n (k + 1) by grind, show n + 1 - (k + 1) = n - k by omega, pow_succ p]
    rcases Nat.lt_or_ge k n with h | h
    · rw [show n - k = n - (k + 1) + 1 by omega, pow_succ (1 - p)]
      generalize (1 - p) ^ (n - (k + 1)) = a
      generalize p ^ k = b
      grind
    · rw [choose_eq_zero_of_lt (show n < k + 1 by omega), show ((0 : Nat) : R) = 0 by grind]
      generalize (1 - p) ^ (n - k) = a
      generalize p ^ k = b
      grind
  induction k with
  | zero =>
    have := key 0
    rw [choose_zero_right, pow_zero, show ((1 : Nat) : R) = 1 by grind, Nat.sub_zero] at this
    rw [binomialCdf_add_one, binomialCdf_add_one n, this, binomialCdf_zero_right,
      binomialCdf_zero_right, pow_succ (1 - p)]
    generalize (choose n (0 + 1) : R) * p ^ (0 + 1) * (1 - p) ^ (n - (0 + 1)) = t
    generalize (1 - p) ^ n = a
    grind
  | succ k ih =>
    rw [binomialCdf_add_one, ih, key (k + 1), binomialCdf_add_one n (k + 1),
      binomialCdf_add_one n k]
    generalize (choose n (k + 1 + 1) : R) * p ^ (k + 1 + 1) * (1 - p) ^ (n - (k + 1 + 1)) = s
    generalize (choose n (k + 1) : R) * p ^ (k + 1) * (1 - p) ^ (n - (k + 1)) = t
    generalize binomialCdf n k p = a
    grind

/-- One coin more, and no head. -/
theorem binomialCdf_succ_zero (n : Nat) (p : R) :
    binomialCdf (n + 1) 0 p = (1 - p) * binomialCdf n 0 p := by
  rw [binomialCdf_zero_right, binomialCdf_zero_right, pow_succ']

/-- A term of the sum is not negative. -/
theorem binomialCdf_le_add_one (h₀ : 0 ≤ p) (h₁ : p ≤ 1) (n k : Nat) :
    binomialCdf n k p ≤ binomialCdf n (k + 1) p := by
  rw [binomialCdf_add_one]
  have := mul_nonneg (mul_nonneg (natCast_nonneg (R := R) (choose n (k + 1)))
    (pow_nonneg h₀ (k + 1))) (pow_nonneg (show 0 ≤ 1 - p by grind) (n - (k + 1)))
  grind

/-- More heads are allowed: the probability grows. -/
theorem binomialCdf_mono (h₀ : 0 ≤ p) (h₁ : p ≤ 1) (n : Nat) {j : Nat} (h : j ≤ k) :
    binomialCdf n j p ≤ binomialCdf n k p := by
  induction h with
  | refl => exact Std.le_refl _
  | step _ ih => exact Std.le_trans ih (binomialCdf_le_add_one h₀ h₁ n _)

/-- The probability is not negative. -/
theorem binomialCdf_nonneg (h₀ : 0 ≤ p) (h₁ : p ≤ 1) (n k : Nat) : 0 ≤ binomialCdf n k p := by
  refine Std.le_trans ?_ (binomialCdf_mono h₀ h₁ n (Nat.zero_le k))
  rw [binomialCdf_zero_right]
  exact pow_nonneg (by grind) n

/-- There are never more heads than coins. -/
theorem binomialCdf_of_le (p : R) (h : n ≤ k) : binomialCdf n k p = 1 := by
  induction n generalizing k with
  | zero => exact binomialCdf_zero_left k p
  | succ n ih =>
    obtain ⟨k, rfl⟩ : ∃ m, k = m + 1 := ⟨k - 1, by omega⟩
    rw [binomialCdf_succ, ih (by omega), ih (by omega)]
    grind

/-- Coins that never show a head. -/
theorem binomialCdf_mean_zero (n k : Nat) : binomialCdf n k (0 : R) = 1 := by
  induction n generalizing k with
  | zero => exact binomialCdf_zero_left k 0
  | succ n ih =>
    cases k with
    | zero => rw [binomialCdf_succ_zero, ih]; grind
    | succ k => rw [binomialCdf_succ, ih]; grind

/-- Coins that always show a head. -/
theorem binomialCdf_mean_one (h : k < n) : binomialCdf n k (1 : R) = 0 := by
  induction n generalizing k with
  | zero => omega
  | succ n ih =>
    cases k with
    | zero => rw [binomialCdf_succ_zero]; grind
    | succ k => rw [binomialCdf_succ, ih (show k < n by omega)]; grind

/-- The probability is at most one. -/
theorem binomialCdf_le_one (h₀ : 0 ≤ p) (h₁ : p ≤ 1) (n k : Nat) : binomialCdf n k p ≤ 1 := by
  rcases Nat.le_total n k with h | h
  · rw [binomialCdf_of_le p h]; exact Std.le_refl _
  · exact Std.le_trans (binomialCdf_mono h₀ h₁ n h) (le_of_eq (binomialCdf_of_le p (Nat.le_refl n)))

/-- The probability of few heads falls where the mean grows. -/
theorem binomialCdf_antitone (h₀ : 0 ≤ p) (hpq : p ≤ q) (h₁ : q ≤ 1) (n k : Nat) :
    binomialCdf n k q ≤ binomialCdf n k p := by
  induction n generalizing k with
  | zero => rw [binomialCdf_zero_left, binomialCdf_zero_left]; exact Std.le_refl _
  | succ n ih =>
    cases k with
    | zero =>
      rw [binomialCdf_succ_zero, binomialCdf_succ_zero]
      exact mul_le_mul (by grind) (ih 0) (binomialCdf_nonneg (by grind) h₁ n 0) (by grind)
    | succ k =>
      rw [binomialCdf_succ, binomialCdf_succ]
      have a₁ := mul_le_mul_of_nonneg_left (ih (k + 1)) (show 0 ≤ 1 - q by grind)
      have a₂ := mul_le_mul_of_nonneg_left (ih k) (show 0 ≤ q by grind)
      have a₃ := mul_nonneg (show 0 ≤ q - p by grind) (show 0 ≤ binomialCdf n (k + 1) p -
        binomialCdf n k p by
          have := binomialCdf_le_add_one h₀ (show p ≤ 1 by grind) n k; grind)
      grind

/-- The probability of few heads falls strictly where the mean grows. -/
theorem binomialCdf_lt (h₀ : 0 ≤ p) (hpq : p < q) (h₁ : q ≤ 1) (hk : k < n) :
    binomialCdf n k q < binomialCdf n k p := by
  induction n generalizing k with
  | zero => omega
  | succ n ih =>
    have hpos : 0 < binomialCdf n 0 p := by
      rw [binomialCdf_zero_right]; exact pow_pos (by grind) n
    cases k with
    | zero =>
      rw [binomialCdf_succ_zero, binomialCdf_succ_zero]
      have a₁ := mul_le_mul_of_nonneg_left (binomialCdf_antitone h₀ (le_of_lt hpq) h₁ n 0)
        (show 0 ≤ 1 - q by grind)
      have a₂ := mul_pos (show 0 < q - p by grind) hpos
      grind
    | succ k =>
      rw [binomialCdf_succ, binomialCdf_succ]
      have a₁ := mul_le_mul_of_nonneg_left (binomialCdf_antitone h₀ (le_of_lt hpq) h₁ n (k + 1))
        (show 0 ≤ 1 - q by grind)
      have a₂ := mul_lt_mul_of_pos_left (ih (show k < n by omega)) (show 0 < q by grind)
      have a₃ := mul_nonneg (show 0 ≤ q - p by grind) (show 0 ≤ binomialCdf n (k + 1) p -
        binomialCdf n k p by
          have := binomialCdf_le_add_one h₀ (show p ≤ 1 by grind) n k; grind)
      grind

/-- The probability of few heads is a continuous function of the mean. -/
theorem continuousAt_binomialCdf (n k : Nat) (p : R) : ContinuousAt (binomialCdf n k) p := by
  induction n generalizing k with
  | zero =>
    rw [show binomialCdf 0 k = fun _ : R => 1 from funext fun p => binomialCdf_zero_left k p]
    exact continuousAt_const
  | succ n ih =>
    have h₁ : ContinuousAt (fun p : R => 1 - p) p := continuousAt_const.sub continuousAt_id
    cases k with
    | zero =>
      rw [show binomialCdf (n + 1) 0 = fun p : R => (1 - p) * binomialCdf n 0 p from
        funext fun p => binomialCdf_succ_zero n p]
      exact h₁.mul (ih 0)
    | succ k =>
      rw [show binomialCdf (n + 1) (k + 1) = fun p : R =>
        (1 - p) * binomialCdf n (k + 1) p + p * binomialCdf n k p from
          funext fun p => binomialCdf_succ n k p]
      exact (h₁.mul (ih (k + 1))).add (continuousAt_id.mul (ih k))

/-! ### The number of errors -/

/-- **The number of errors has a binomial law.** For `n` independent draws of a quantity that is
zero or one, with expectation `p`, the sum is at most `k` with probability `binomialCdf n k p`. -/
theorem probOf_errors_le (μ : Dist R Z) {f : Z → R} (hf : ∀ z, f z = 0 ∨ f z = 1) (n k : Nat) :
    probOf (μ.iid n) (fun x => ∑ i, f (x i) ≤ k) = binomialCdf n k (expect μ f) := by
  have hf₀ (z : Z) : 0 ≤ f z := by rcases hf z with h | h <;> grind
  induction n generalizing k with
  | zero =>
    unfold probOf
    rw [binomialCdf_zero_left, Dist.iid, expect_pi_zero]
    refine indicator_true ?_
    dsimp only
    rw [sum_zero]
    exact natCast_nonneg k
  | succ n ih =>
    unfold probOf
    rw [Dist.iid, expect_pi_succ]
    have hc (a : Z) (x : Fin n → Z) : ∑ i, f (cons a x i) = f a + ∑ i, f (x i) := by
      rw [sum_succ']; rfl
    have h₀ (k : Nat) {a : Z} (ha : f a = 0) : (expect (μ.iid n) fun x =>
        indicator R (∑ i, f (cons a x i) ≤ k)) = binomialCdf n k (expect μ f) := by
      rw [← ih k]
      exact expect_congr _ fun x => by
        rw [hc, ha, show 0 + ∑ i, f (x i) = ∑ i, f (x i) by grind]
    cases k with
    | zero =>
      rw [binomialCdf_succ_zero]
      have key (a : Z) : (expect (Dist.pi fun _ : Fin n => μ) fun x =>
          indicator R (∑ i, f (cons a x i) ≤ ((0 : Nat) : R))) =
            (1 - f a) * binomialCdf n 0 (expect μ f) := by
        rcases hf a with ha | ha
        · rw [ha]
          exact (h₀ 0 ha).trans (by grind)
        · rw [ha, expect_congr _ fun x => indicator_false (R := R) fun h => by
            rw [hc, ha] at h
            have := sum_nonneg fun i => hf₀ (x i)
            grind, expect_const]
          grind
      rw [expect_congr μ key, expect_mul_const, expect_sub, expect_const]
    | succ k =>
      rw [binomialCdf_succ]
      have key (a : Z) : (expect (Dist.pi fun _ : Fin n => μ) fun x =>
          indicator R (∑ i, f (cons a x i) ≤ ((k + 1 : Nat) : R))) =
            (1 - f a) * binomialCdf n (k + 1) (expect μ f) +
              f a * binomialCdf n k (expect μ f) := by
        rcases hf a with ha | ha
        · rw [ha]
          exact (h₀ (k + 1) ha).trans (by grind)
        · rw [ha, ← ih k]
          refine (expect_congr _ fun x => ?_).trans (show probOf (μ.iid n)
            (fun x => ∑ i, f (x i) ≤ k) = _ by grind)
          rw [hc, ha]
          congr 1
          rw [show ((k + 1 : Nat) : R) = k + 1 by grind]
          exact propext ⟨fun h => by grind, fun h => by grind⟩
      rw [expect_congr μ key, expect_add, expect_mul_const, expect_mul_const, expect_sub,
        expect_const]

/-! ### The inverse -/

/-- The error rates for which at most `k` errors in `n` draws have probability at least `δ`: zero,
and those in `[0, 1]` that qualify. -/
@[expose] def binomialInvSet (n k : Nat) (δ : R) (p : R) : Prop :=
  p = 0 ∨ (0 ≤ p ∧ p ≤ 1 ∧ δ ≤ binomialCdf n k p)

/-- The set has a least upper bound. -/
theorem exists_isLUB_binomialInvSet (n k : Nat) (δ : R) :
    ∃ s, (∀ x, binomialInvSet n k δ x → x ≤ s) ∧
      ∀ b, (∀ x, binomialInvSet n k δ x → x ≤ b) → s ≤ b :=
  RealField.exists_isLUB _ ⟨0, .inl rfl⟩ ⟨1, fun x hx => by rcases hx with hx | hx <;> grind⟩

/-- The largest error rate for which at most `k` errors in `n` draws have probability at least `δ`,
as a least upper bound; it is zero where `δ` is above one, which no probability is. -/
noncomputable def binomialInv (n k : Nat) (δ : R) : R :=
  Classical.choose (exists_isLUB_binomialInvSet n k δ)

/-- The inverse is the least upper bound that its name promises. -/
theorem isLUB_binomialInv (n k : Nat) (δ : R) :
    (∀ x, binomialInvSet n k δ x → x ≤ binomialInv n k δ) ∧
      ∀ b, (∀ x, binomialInvSet n k δ x → x ≤ b) → binomialInv n k δ ≤ b :=
  Classical.choose_spec (exists_isLUB_binomialInvSet n k δ)

/-- The inverse is an error rate. -/
theorem binomialInv_mem (n k : Nat) (δ : R) : 0 ≤ binomialInv n k δ ∧ binomialInv n k δ ≤ 1 :=
  ⟨(isLUB_binomialInv n k δ).1 0 (.inl rfl),
    (isLUB_binomialInv n k δ).2 1 fun x hx => by rcases hx with hx | hx <;> grind⟩

/-- An error rate that qualifies is at most the inverse. -/
theorem le_binomialInv (h₀ : 0 ≤ p) (h₁ : p ≤ 1) (h : δ ≤ binomialCdf n k p) :
    p ≤ binomialInv n k δ := (isLUB_binomialInv n k δ).1 p (.inr ⟨h₀, h₁, h⟩)

/-- **A certificate**: an error rate for which at most `k` errors have a probability below `δ`
bounds the inverse. -/
theorem binomialInv_le (h₀ : 0 ≤ p) (h : binomialCdf n k p < δ) : binomialInv n k δ ≤ p :=
  (isLUB_binomialInv n k δ).2 p fun x hx => by
    rcases hx with hx | ⟨_, h₂, h₃⟩
    · grind
    · refine le_of_not_lt fun h₄ => ?_
      have := binomialCdf_antitone h₀ (le_of_lt h₄) h₂ n k
      grind

/-- Below the inverse, at most `k` errors have a probability above `δ`. -/
theorem lt_binomialCdf (h₀ : 0 ≤ p) (h : p < binomialInv n k δ) (hδ : δ < 1) :
    δ < binomialCdf n k p := by
  rcases Nat.lt_or_ge k n with hk | hk
  · refine lt_of_not_le fun h₁ => ?_
    have h₂ := (isLUB_binomialInv n k δ).2 p fun x hx => by
      rcases hx with hx | ⟨_, h₂, h₃⟩
      · grind
      · refine le_of_not_lt fun h₄ => ?_
        have := binomialCdf_lt h₀ h₄ h₂ hk
        grind
    grind
  · rw [binomialCdf_of_le p hk]; exact hδ

/-- **What the inverse inverts**: at it, at most `k < n` errors have exactly the probability `δ`. -/
theorem binomialCdf_binomialInv (hk : k < n) (hδ₀ : 0 ≤ δ) (hδ₁ : δ ≤ 1) :
    binomialCdf n k (binomialInv n k δ) = δ := by
  obtain ⟨p, h₀, h₁, h⟩ := intermediate_value_Icc (f := fun p => -binomialCdf n k p) (a := (0 : R))
    (b := 1) (v := -δ) (by grind)
    (.of_continuousAt fun x _ _ => (continuousAt_binomialCdf n k x).neg)
    (by show -binomialCdf n k 0 ≤ -δ; rw [binomialCdf_mean_zero]; grind)
    (by show -δ ≤ -binomialCdf n k 1; rw [binomialCdf_mean_one hk]; grind)
  have h₂ : binomialCdf n k p = δ := by grind
  have h₃ := le_binomialInv h₀ h₁ (show δ ≤ binomialCdf n k p by grind)
  have h₄ : binomialInv n k δ ≤ p := (isLUB_binomialInv n k δ).2 p fun x hx => by
    rcases hx with hx | ⟨_, h₅, h₆⟩
    · grind
    · refine le_of_not_lt fun h₇ => ?_
      have := binomialCdf_lt h₀ h₇ h₅ hk
      grind
  rw [Std.le_antisymm h₄ h₃]
  exact h₂

/-- **The certificate is exact**: an error rate bounds the inverse exactly when at most `k < n`
errors have a probability of at most `δ` for it. -/
theorem binomialInv_le_iff (hk : k < n) (hδ₀ : 0 ≤ δ) (hδ₁ : δ ≤ 1) (h₀ : 0 ≤ p) (h₁ : p ≤ 1) :
    binomialInv n k δ ≤ p ↔ binomialCdf n k p ≤ δ := by
  have h := binomialCdf_binomialInv hk hδ₀ hδ₁
  have ⟨h₂, h₃⟩ := binomialInv_mem n k δ
  refine ⟨fun h₄ => ?_, fun h₄ => le_of_not_lt fun h₅ => ?_⟩
  · have := binomialCdf_antitone h₂ h₄ h₁ n k
    grind
  · have := binomialCdf_lt h₀ h₅ h₃ hk
    grind

/-- Where every draw may be an error the inverse is one. -/
theorem binomialInv_of_le (hk : n ≤ k) (hδ : δ ≤ 1) : binomialInv n k δ = 1 :=
  Std.le_antisymm (binomialInv_mem n k δ).2
    (le_binomialInv zero_le_one (Std.le_refl _) (by rw [binomialCdf_of_le 1 hk]; exact hδ))

/-- More errors, a larger inverse. -/
theorem binomialInv_mono (n : Nat) (δ : R) {j : Nat} (h : j ≤ k) :
    binomialInv n j δ ≤ binomialInv n k δ :=
  (isLUB_binomialInv n j δ).2 _ fun x hx => (isLUB_binomialInv n k δ).1 x (by
    rcases hx with hx | ⟨h₀, h₁, h₂⟩
    · exact .inl hx
    · exact .inr ⟨h₀, h₁, Std.le_trans h₂ (binomialCdf_mono h₀ h₁ n h)⟩)

/-- **Comparison with relative entropy.** The inverse is at most that of the relative entropy of two
coins at the level `log (1 / δ) / n`, which rests on a bound for the same probability. -/
theorem binomialInv_le_klInv (hk : k ≤ n) (hn : 0 < n) (hδ₀ : 0 < δ) (hδ₁ : δ ≤ 1) :
    binomialInv n k δ ≤ klInv ((k : R) / n) (log (1 / δ) / n) := by
  have hn' := natCast_pos (R := R) hn
  have hq₀ : 0 ≤ (k : R) / n := div_nonneg (natCast_nonneg k) hn'
  have hq₁ : (k : R) / n ≤ 1 := (div_le_one hn').2 (natCast_le hk)
  have hc : 0 ≤ log (1 / δ) / n := div_nonneg (log_nonneg ((one_le_div hδ₀).2 hδ₁)) hn'
  refine (isLUB_binomialInv n k δ).2 _ fun p hp => ?_
  have hself := le_klInv_self hq₁ (log (1 / δ) / n)
  rcases hp with hp | ⟨h₀, h₁, h⟩
  · rw [hp]; exact Std.le_trans hq₀ hself
  · rcases Nat.lt_or_eq_of_le hk with hk | hk
    · have hp₁ : p < 1 := lt_of_le_of_ne h₁ fun h₂ => by
        rw [h₂, binomialCdf_mean_one hk] at h; grind
      rcases le_total p ((k : R) / n) with h₂ | h₂
      · exact Std.le_trans h₂ hself
      · have hev (x : Fin n → Bool) :
            empMean (heads R) x ≤ (k : R) / n ↔ ∑ i, heads R (x i) ≤ k := by
          rw [empMean, div_le_iff hn', show (k : R) / n * n = k by grind]
        have h₃ := binomial_kl_tail (Dist.coin h₀ h₁) heads_mem hn hq₀ h₂ hp₁ (expect_heads h₀ h₁)
        rw [probOf_congr _ hev, probOf_errors_le _ (fun b => by cases b <;> simp), expect_heads]
          at h₃
        unfold binomialTailBound at h₃
        have h₄ := (log_le_iff_le_exp hδ₀).2 (Std.le_trans h h₃)
        refine le_klInv hq₀ hq₁ h₁ (.inl hp₁) hc ((le_div_iff hn').2 ?_)
        rw [log_div zero_lt_one hδ₀, log_one]
        grind
    · rw [hk, show (n : R) / n = 1 by grind, klInv_one]
      exact h₁

end DeepTheory.Probability
