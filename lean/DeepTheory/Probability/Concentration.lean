module

public import DeepTheory.Probability.Basic
public import DeepTheory.Probability.Bernoulli

/-!
# Concentration

Averages, and other functions that depend little on each of many independent draws, are close to
their expectation with high probability.

## Main definitions
* `DeepTheory.Probability.BoundedDifferences`: changing one draw changes the function little.
* `DeepTheory.Probability.hoeffdingLemmaBound`, `DeepTheory.Probability.hoeffdingBound`,
  `DeepTheory.Probability.mcdiarmidBound`: the bounds.

## Main theorems
* `DeepTheory.Probability.hoeffding_lemma`, `DeepTheory.Probability.hoeffding_lemma_witness`,
  `DeepTheory.Probability.hoeffding_lemma_sharp`.
* `DeepTheory.Probability.mcdiarmid`, `DeepTheory.Probability.mcdiarmid_witness`,
  `DeepTheory.Probability.mcdiarmid_sharp`.
* `DeepTheory.Probability.hoeffding`, `DeepTheory.Probability.hoeffding_witness`,
  `DeepTheory.Probability.hoeffding_sharp`.

## References
* W. Hoeffding, *Probability inequalities for sums of bounded random variables*, 1963.
* C. McDiarmid, *On the method of bounded differences*, 1989.
-/

public section

namespace DeepTheory.Probability

universe u v

variable {R : Type u} [RealField R] {Z : Type v} [Fintype Z] {n : Nat}

/-! ### Hoeffding's lemma -/

/-- The exponential of `s ^ 2` times the squared length of the interval `[a, b]`, divided by
eight. -/
@[expose] noncomputable def hoeffdingLemmaBound (s a b : R) : R := exp (s ^ 2 * (b - a) ^ 2 / 8)

/-- **Hoeffding's lemma.** The exponential moment of a random variable with values in `[a, b]`,
centred at its expectation, is at most that of a normal law with variance `(b - a) ^ 2 / 4`.

Every bound of this library for the mean of bounded losses rests on it.

* controls: generalization
* assumes: finite law, values in [a, b]
* bound: Probability.hoeffdingLemmaBound
* witness: Probability.hoeffding_lemma_witness
* sharp: Probability.hoeffding_lemma_sharp (for every number below 1/8 in place of 1/8 a fair coin
  exceeds the bound at some s)
* source: Hoeffding 1963, inequality (4.16) -/
theorem hoeffding_lemma (μ : Dist R Z) {f : Z → R} {a b : R} (hf : ∀ z, a ≤ f z ∧ f z ≤ b)
    (s : R) : expect μ (fun z => exp (s * (f z - expect μ f))) ≤ hoeffdingLemmaBound s a b := by
  have ha := le_expect μ fun z => (hf z).1
  have hb := expect_le μ fun z => (hf z).2
  unfold hoeffdingLemmaBound
  generalize hm : expect μ f = m at *
  rcases lt_or_eq_of_le (Std.le_trans ha hb) with hab | hab
  · have hd : 0 < b - a := by grind
    have hp₀ : 0 ≤ (m - a) / (b - a) := div_nonneg (by grind) hd
    have hp₁ : (m - a) / (b - a) ≤ 1 := (div_le_iff hd).2 (by grind)
    have h := bernoulli_mgf_le hp₀ hp₁ (s * (b - a))
    rw [show (s * (b - a)) ^ 2 / 8 = s ^ 2 * (b - a) ^ 2 / 8 by grind] at h
    refine Std.le_trans ?_ h
    rw [show -((m - a) / (b - a) * (s * (b - a))) = -(s * m) + s * a by grind,
      show (1 - (m - a) / (b - a)) * (s * (b - a)) = -(s * m) + s * b by grind, exp_add, exp_add]
    have h₁ : expect μ (fun z => exp (s * (f z - m))) =
        exp (-(s * m)) * expect μ fun z => exp (s * f z) := by
      rw [← expect_const_mul]
      exact expect_congr μ fun z => by rw [← exp_add]; congr 1; grind
    have h₂ : expect μ (fun z => exp (s * f z)) ≤
        expect μ fun z => (b - f z) / (b - a) * exp (s * a) + (f z - a) / (b - a) * exp (s * b) :=
      expect_mono μ fun z => exp_mul_le_chord hab (hf z).1 (hf z).2 s
    rw [expect_add, expect_mul_const, expect_mul_const, expect_div_const, expect_div_const,
      expect_sub, expect_sub, expect_const, expect_const, hm] at h₂
    have h₃ := mul_le_mul_of_nonneg_left h₂ (le_of_lt (exp_pos (-(s * m))))
    rw [h₁]
    refine Std.le_trans h₃ (le_of_eq ?_)
    rw [show (b - m) / (b - a) = 1 - (m - a) / (b - a) by grind]
    grind
  · rw [expect_congr μ fun z => show exp (s * (f z - m)) = 1 by
      rw [← exp_zero (R := R)]; congr 1; have := hf z; grind, expect_const,
      show s ^ 2 * (b - a) ^ 2 / 8 = 0 by grind, exp_zero]
    exact Std.le_refl _

/-- A fair coin with values 0 and 1 meets the hypothesis of `hoeffding_lemma`, and the bound is
a positive number. -/
theorem hoeffding_lemma_witness (s : R) :
    (∀ b : Bool, 0 ≤ heads R b ∧ heads R b ≤ 1) ∧
      0 < hoeffdingLemmaBound s (0 : R) 1 :=
  ⟨heads_mem, exp_pos _⟩

/-- **The constant 1/8 is the smallest possible**: for any smaller one there is an `s` at which the
exponential moment of a fair coin with values 0 and 1 is above the bound. Without a tilt, at
`s = 0`, the bound is attained. -/
theorem hoeffding_lemma_sharp {h₀ : (0 : R) ≤ 1 / 2} {h₁ : (1 / 2 : R) ≤ 1} :
    (∀ c : R, c < 1 / 8 → ∃ s, 0 < s ∧ exp (s ^ 2 * (1 - 0) ^ 2 * c) <
      expect (Dist.coin h₀ h₁) fun b => exp (s * (heads R b -
        expect (Dist.coin h₀ h₁) (heads R)))) ∧
    (expect (Dist.coin h₀ h₁) fun b => exp (0 * (heads R b -
        expect (Dist.coin h₀ h₁) (heads R)))) =
      hoeffdingLemmaBound (0 : R) 0 1 := by
  simp only [expect_coin, heads_true, heads_false]
  refine ⟨fun c hc => ?_, ?_⟩
  · obtain ⟨x, hx, h⟩ := cosh_le_exp_half_sq_sharp (show 4 * c < 1 / 2 by grind)
    refine ⟨2 * x, by grind, ?_⟩
    rw [show (2 * x) ^ 2 * (1 - 0) ^ 2 * c = 4 * c * x ^ 2 by grind,
      show 2 * x * (0 - ((1 - 1 / 2) * 0 + 1 / 2 * 1)) = -x by grind,
      show 2 * x * (1 - ((1 - 1 / 2) * 0 + 1 / 2 * 1)) = x by grind]
    grind
  · unfold hoeffdingLemmaBound
    rw [show (0 : R) ^ 2 * (1 - 0) ^ 2 / 8 = 0 by grind,
      show (0 : R) * (0 - ((1 - 1 / 2) * 0 + 1 / 2 * 1)) = 0 by grind,
      show (0 : R) * (1 - ((1 - 1 / 2) * 0 + 1 / 2 * 1)) = 0 by grind, exp_zero]
    grind

/-! ### Bounded differences -/

/-- Changing the draw with number `i` alone changes the function by at most `c i`. -/
@[expose] def BoundedDifferences (f : (Fin n → Z) → R) (c : Fin n → R) : Prop :=
  ∀ i x y, (∀ j, j ≠ i → x j = y j) → f x - f y ≤ c i

omit [Fintype Z] in
/-- Where the first draw is fixed, the others have the bounded differences that they had. -/
theorem BoundedDifferences.tail {f : (Fin (n + 1) → Z) → R} {c : Fin (n + 1) → R}
    (h : BoundedDifferences f c) (a : Z) :
    BoundedDifferences (fun x => f (cons a x)) fun i => c i.succ := fun i x y hxy =>
  h i.succ _ _ fun j hj => by
    induction j using Fin.cases with
    | zero => rfl
    | succ j => exact hxy j fun h => hj (by rw [h])

omit [Fintype Z] in
/-- Where the other draws are fixed, changing the first one changes little. -/
theorem BoundedDifferences.head {f : (Fin (n + 1) → Z) → R} {c : Fin (n + 1) → R}
    (h : BoundedDifferences f c) (a b : Z) (x : Fin n → Z) :
    f (cons a x) - f (cons b x) ≤ c 0 := h 0 _ _ fun j hj => by
  induction j using Fin.cases with
  | zero => exact absurd rfl hj
  | succ j => rfl

/-- A function on a finite type with an element is smallest somewhere. -/
theorem exists_forall_le [Nonempty Z] (f : Z → R) : ∃ z, ∀ y, f z ≤ f y := by
  have h (l : List Z) (hl : l ≠ []) : ∃ z, ∀ y, y ∈ l → f z ≤ f y := by
    induction l with
    | nil => exact absurd rfl hl
    | cons a l ih =>
      rcases Classical.em (l = []) with rfl | hl'
      · exact ⟨a, fun y hy => by rw [List.mem_singleton.1 hy]; exact Std.le_refl _⟩
      · obtain ⟨z, hz⟩ := ih hl'
        rcases le_total (f a) (f z) with h | h
        · exact ⟨a, fun y hy => (List.mem_cons.1 hy).elim (fun h' => h' ▸ Std.le_refl _)
            fun h' => Std.le_trans h (hz y h')⟩
        · exact ⟨z, fun y hy => (List.mem_cons.1 hy).elim (fun h' => h' ▸ h) (hz y)⟩
  obtain ⟨z, hz⟩ := h Fintype.elems fun h => by
    obtain ⟨z⟩ := ‹Nonempty Z›
    exact List.ne_nil_of_mem (Fintype.complete z) h
  exact ⟨z, fun y => hz y (Fintype.complete y)⟩

/-- The exponential moment of a function with bounded differences. -/
theorem mgf_le_of_boundedDifferences (μ : Fin n → Dist R Z) {f : (Fin n → Z) → R} {c : Fin n → R}
    (hf : BoundedDifferences f c) (s : R) :
    expect (Dist.pi μ) (fun x => exp (s * (f x - expect (Dist.pi μ) f))) ≤
      exp (s ^ 2 * (∑ i, c i ^ 2) / 8) := by
  induction n with
  | zero =>
    rw [expect_pi_zero, expect_pi_zero, sum_zero, show s * (f _ - f _) = 0 by grind,
      show s ^ 2 * 0 / 8 = (0 : R) by grind]
    exact Std.le_refl _
  | succ n ih =>
    let g (a : Z) : R := expect (Dist.pi fun i => μ i.succ) fun x => f (cons a x)
    have hg (a : Z) : expect (Dist.pi fun i => μ i.succ) (fun x => f (cons a x)) = g a := rfl
    have := (μ 0).nonempty
    obtain ⟨z, hz⟩ := exists_forall_le g
    have hg' (a : Z) : g z ≤ g a ∧ g a ≤ g z + c 0 := by
      refine ⟨hz a, ?_⟩
      have h : expect (Dist.pi fun i => μ i.succ) (fun x => f (cons a x) - f (cons z x)) ≤ c 0 :=
        expect_le _ fun x => hf.head a z x
      rw [expect_sub, hg, hg] at h
      grind
    have h₁ := hoeffding_lemma (μ 0) hg' s
    unfold hoeffdingLemmaBound at h₁
    rw [expect_pi_succ μ f, expect_pi_succ]
    have h₂ (a : Z) := ih (fun i => μ i.succ) (hf.tail a)
    simp only [hg] at h₂ ⊢
    generalize expect (μ 0) g = m at *
    have h₃ : expect (μ 0) (fun a => expect (Dist.pi fun i => μ i.succ) fun x =>
        exp (s * (f (cons a x) - m))) ≤
        expect (μ 0) fun a => exp (s * (g a - m)) *
          exp (s ^ 2 * (∑ i : Fin n, c i.succ ^ 2) / 8) := by
      refine expect_mono _ fun a => ?_
      rw [expect_congr _ fun x => show exp (s * (f (cons a x) - m)) =
        exp (s * (g a - m)) * exp (s * (f (cons a x) - g a)) by
          rw [← exp_add]; congr 1; grind, expect_const_mul]
      exact mul_le_mul_of_nonneg_left (h₂ a) (le_of_lt (exp_pos _))
    rw [expect_mul_const] at h₃
    refine Std.le_trans h₃ (Std.le_trans (mul_le_mul_of_nonneg_right h₁ (le_of_lt (exp_pos _))) ?_)
    rw [← exp_add, sum_succ']
    exact le_of_eq (congrArg exp (by grind))

/-- The exponential of `- 2 e ^ 2` divided by the sum of the squares of the differences. -/
@[expose] noncomputable def mcdiarmidBound {n : Nat} (e : R) (c : Fin n → R) : R :=
  exp (-(2 * e ^ 2 / ∑ i, c i ^ 2))

/-- **McDiarmid's inequality.** A function of independent draws that changes by at most `c i` when
the draw with number `i` changes exceeds its expectation by `e` with probability at most
`exp (- 2 e ^ 2 / ∑ c i ^ 2)`.

The draws may have different laws. Together with a bound for the expectation it turns any
complexity of a class of functions into a bound that holds with high probability.

* controls: generalization
* assumes: independent draws from finite laws, differences bounded by c, e >= 0
* bound: Probability.mcdiarmidBound
* witness: Probability.mcdiarmid_witness
* sharp: Probability.mcdiarmid_sharp (the constant 2 in the exponent could at most be 4 log 2, as
  fair coins that show only heads tell; that 2 itself is the largest is known and not proved here)
* source: McDiarmid 1989, Lemma 1.2 -/
theorem mcdiarmid (μ : Fin n → Dist R Z) {f : (Fin n → Z) → R} {c : Fin n → R}
    (hf : BoundedDifferences f c) {e : R} (he : 0 ≤ e) :
    probOf (Dist.pi μ) (fun x => e ≤ f x - expect (Dist.pi μ) f) ≤ mcdiarmidBound e c := by
  have hc : 0 ≤ ∑ i, c i ^ 2 := sum_nonneg fun i => sq_nonneg _
  unfold mcdiarmidBound
  rcases lt_or_eq_of_le hc with hc | hc
  · have hs : 0 ≤ 4 * e / ∑ i, c i ^ 2 := div_nonneg (by grind) hc
    refine Std.le_trans (chernoff (Dist.pi μ) (fun x => f x - expect (Dist.pi μ) f) hs e) ?_
    refine Std.le_trans (mul_le_mul_of_nonneg_right (mgf_le_of_boundedDifferences μ hf _)
      (le_of_lt (exp_pos _))) ?_
    rw [← exp_add]
    refine le_of_eq (congrArg exp ?_)
    generalize (∑ i, c i ^ 2) = v at *
    grind
  · rw [← hc, show -(2 * e ^ 2 / 0) = (0 : R) by grind, exp_zero]
    exact probOf_le_one _ _

omit [Fintype Z] in
/-- A sum of functions of one draw each, with values between 0 and 1, has differences of at most
one. -/
theorem boundedDifferences_sum {f : Z → R} (hf : ∀ z, 0 ≤ f z ∧ f z ≤ 1) :
    BoundedDifferences (fun x : Fin n → Z => ∑ i, f (x i)) fun _ => 1 := fun i x y h => by
  rw [← sum_sub, sum_eq_single i fun j hj => by rw [h j hj]; grind]
  have := hf (x i)
  have := hf (y i)
  grind

/-- The number of heads of fair coins meets the hypotheses of `mcdiarmid`, and at the deviation
that only heads reach the bound is below one: it says something. -/
theorem mcdiarmid_witness (hn : 0 < n) :
    BoundedDifferences (fun x : Fin n → Bool => ∑ i, heads R (x i)) (fun _ => 1) ∧
      (0 : R) ≤ n / 2 ∧ mcdiarmidBound ((n : R) / 2) (fun _ : Fin n => 1) < 1 := by
  have hn' := natCast_pos (R := R) hn
  refine ⟨boundedDifferences_sum heads_mem, by grind, ?_⟩
  unfold mcdiarmidBound
  rw [sum_const, exp_lt_one_iff]
  have : 0 < 2 * (n / 2 : R) ^ 2 / (n * 1 ^ 2) := by positivity
  grind

/-- The number of heads of fair coins exceeds its expectation by `n / 2` with the probability
`(1 / 2) ^ n`, where the bound is `exp (- 1 / 2) ^ n`: the constant 2 in the exponent could at most
be `4 log 2`. -/
theorem mcdiarmid_sharp {h₀ : (0 : R) ≤ 1 / 2} {h₁ : (1 / 2 : R) ≤ 1} (hn : 0 < n) :
    probOf (Dist.pi fun _ : Fin n => Dist.coin h₀ h₁) (fun x => (n / 2 : R) ≤
      ∑ i, heads R (x i) - expect (Dist.pi fun _ : Fin n => Dist.coin h₀ h₁)
        fun x => ∑ i, heads R (x i)) = (1 / 2) ^ n ∧
    mcdiarmidBound ((n : R) / 2) (fun _ : Fin n => 1) = exp (-(1 / 2)) ^ n := by
  have hn' := natCast_pos (R := R) hn
  refine ⟨?_, ?_⟩
  · have h : expect (Dist.pi fun _ : Fin n => Dist.coin h₀ h₁)
        (fun x => ∑ i, heads R (x i)) = n / 2 := by
      rw [expect_sum (Dist.pi fun _ : Fin n => Dist.coin h₀ h₁)
        fun i (x : Fin n → Bool) => heads R (x i)]
      have h (i : Fin n) : expect (Dist.pi fun _ : Fin n => Dist.coin h₀ h₁)
          (fun x => heads R (x i)) = 1 / 2 := by
        rw [expect_pi_apply (fun _ => Dist.coin h₀ h₁) i (heads R), expect_heads]
      rw [sum_congr h, sum_const]
      grind
    rw [h, probOf_congr _ fun x : Fin n → Bool => show (n / 2 : R) ≤ ∑ i, heads R (x i) - n / 2 ↔
      ∀ i, x i = true by rw [← sum_heads_ge_iff (R := R)]; constructor <;> intro h <;> grind]
    exact probOf_all_coins h₀ h₁ true
  · unfold mcdiarmidBound
    rw [sum_const, ← exp_nat_mul]
    congr 1
    grind

/-! ### Means -/

omit [Fintype Z] in
/-- The mean of a function with values in `[a, b]` has differences of at most `(b - a) / n`. -/
theorem boundedDifferences_empMean {f : Z → R} {a b : R} (hf : ∀ z, a ≤ f z ∧ f z ≤ b) :
    BoundedDifferences (empMean (n := n) f) fun _ => (b - a) / n := fun i x y h => by
  have hn := natCast_pos (R := R) (show 0 < n from Nat.zero_lt_of_lt i.isLt)
  have h₁ : ∑ j, f (x j) - ∑ j, f (y j) = f (x i) - f (y i) := by
    rw [← sum_sub]
    exact sum_eq_single i fun j hj => by rw [h j hj]; grind
  have := hf (x i)
  have := hf (y i)
  unfold empMean
  rw [show (∑ j, f (x j)) / n - (∑ j, f (y j)) / n = (∑ j, f (x j) - ∑ j, f (y j)) / n by grind, h₁]
  exact div_le_div_of_nonneg_right (by grind) (le_of_lt hn)

/-- The exponential of `- 2 n e ^ 2` divided by the squared length of the interval `[a, b]`. -/
@[expose] noncomputable def hoeffdingBound (n : Nat) (e a b : R) : R :=
  exp (-(2 * n * e ^ 2 / (b - a) ^ 2))

/-- **Hoeffding's inequality.** The mean of `n` independent draws of a quantity in `[a, b]` exceeds
its expectation by `e` with probability at most `exp (- 2 n e ^ 2 / (b - a) ^ 2)`.

This is the accuracy of a held-out test set: it does not depend on the model.

* controls: generalization
* assumes: n > 0 independent draws from a finite law, values in [a, b], e >= 0
* bound: Probability.hoeffdingBound
* witness: Probability.hoeffding_witness
* sharp: Probability.hoeffding_sharp (equality without a deviation; the constant 2 in the exponent
  could at most be 4 log 2; that 2 itself is the largest is known and not proved here)
* source: Hoeffding 1963, Theorem 2 -/
theorem hoeffding (μ : Dist R Z) {f : Z → R} {a b : R} (hf : ∀ z, a ≤ f z ∧ f z ≤ b) (hn : 0 < n)
    {e : R} (he : 0 ≤ e) :
    probOf (μ.iid n) (fun x => e ≤ empMean f x - expect μ f) ≤ hoeffdingBound n e a b := by
  have h := mcdiarmid (fun _ => μ) (boundedDifferences_empMean (n := n) hf) he
  have hn' := natCast_pos (R := R) hn
  rw [show expect (Dist.pi fun _ => μ) (empMean (n := n) f) = expect μ f from
    expect_empMean μ hn f] at h
  refine Std.le_trans h (le_of_eq ?_)
  unfold mcdiarmidBound hoeffdingBound
  rw [sum_const]
  congr 1
  rcases Classical.em (b - a = 0) with h | h <;> grind

/-- Fair coins meet the hypotheses of `hoeffding`, and at the deviation that only heads reach the
bound is below one: it says something. -/
theorem hoeffding_witness (hn : 0 < n) :
    (∀ b : Bool, 0 ≤ heads R b ∧ heads R b ≤ 1) ∧
      hoeffdingBound n (1 / 2 : R) 0 1 < 1 := by
  have hn' := natCast_pos (R := R) hn
  refine ⟨heads_mem, ?_⟩
  unfold hoeffdingBound
  rw [exp_lt_one_iff]
  grind

/-- The mean of `n` fair coins with values 0 and 1 exceeds its expectation by `1 / 2` with the
probability `(1 / 2) ^ n`, where the bound is `exp (- 1 / 2) ^ n`: the constant 2 in the exponent
could at most be `4 log 2`. Without a deviation, at `e = 0`, a constant attains the bound. -/
theorem hoeffding_sharp {h₀ : (0 : R) ≤ 1 / 2} {h₁ : (1 / 2 : R) ≤ 1} (hn : 0 < n) :
    probOf ((Dist.coin h₀ h₁).iid n) (fun x => (1 / 2 : R) ≤
      empMean (heads R) x -
        expect (Dist.coin h₀ h₁) (heads R)) = (1 / 2) ^ n ∧
    hoeffdingBound n (1 / 2 : R) 0 1 = exp (-(1 / 2)) ^ n ∧
    probOf ((Dist.coin h₀ h₁).iid n) (fun x => (0 : R) ≤
      empMean (fun _ => 0) x - expect (Dist.coin h₀ h₁) fun _ => 0) = hoeffdingBound n 0 0 1 := by
  have hn' := natCast_pos (R := R) hn
  refine ⟨?_, ?_, ?_⟩
  · rw [expect_heads,
      probOf_congr _ fun x : Fin n → Bool => show (1 / 2 : R) ≤ empMean (heads R) x -
        1 / 2 ↔ ∀ i, x i = true by
          rw [← sum_heads_ge_iff (R := R), empMean,
            show ((1 / 2 : R) ≤ (∑ i, heads R (x i)) / n -
              1 / 2 ↔ 1 ≤ (∑ i, heads R (x i)) / n) by
                constructor <;> intro h <;> grind, le_div_iff hn']
          constructor <;> intro h <;> grind]
    exact probOf_all_coins h₀ h₁ true
  · unfold hoeffdingBound
    rw [← exp_nat_mul]
    congr 1
    grind
  · unfold hoeffdingBound
    rw [show -(2 * (n : R) * 0 ^ 2 / (1 - 0) ^ 2) = 0 by grind, exp_zero, probOf,
      expect_congr _ fun x => indicator_true (R := R) (by
        rw [expect_const, empMean, sum_const]; grind), expect_const]

end DeepTheory.Probability
