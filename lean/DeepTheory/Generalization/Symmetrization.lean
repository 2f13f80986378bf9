module

public import DeepTheory.Generalization.FiniteClass
public import DeepTheory.Generalization.Rademacher

/-!
# Generalization by Rademacher complexity

The largest gap between expectation and mean over a class is, on average, at most twice the
Rademacher complexity; with high probability it is little more, also with the complexity on the
sample itself.

## Main definitions
* `DeepTheory.Generalization.FunctionClass.expectedRademacher`: the average complexity of a sample.
* `DeepTheory.Generalization.FunctionClass.deviation`: the largest gap on a sample.
* `DeepTheory.Generalization.symmetrizationBound`, `DeepTheory.Generalization.rademacherBound`,
  `DeepTheory.Generalization.empiricalRademacherBound`: the bounds.

## Main theorems
* `DeepTheory.Generalization.symmetrization`, `DeepTheory.Generalization.rademacher_bound`,
  `DeepTheory.Generalization.rademacher_empirical_bound`, each with witness and sharpness.

## References
* P. Bartlett, S. Mendelson, *Rademacher and Gaussian complexities*, 2002.
* M. Mohri, A. Rostamizadeh, A. Talwalkar, *Foundations of Machine Learning*, 2018, Theorem 3.3.
-/

public section

namespace DeepTheory.Generalization

open Probability

universe u v w

variable {R : Type u} [RealField R] {ι : Type v} {Z : Type w} [Fintype Z] {n : Nat} {b δ : R}

/-- Averages over signs and expectations can be exchanged. -/
theorem expect_signAverage {Y : Type _} [Fintype Y] (μ : Dist R Y) (f : Y → (Fin n → Bool) → R) :
    expect μ (fun y => signAverage (f y)) = signAverage fun σ => expect μ fun y => f y σ := by
  unfold signAverage
  rw [expect_div_const, expect_sum μ fun σ y => f y σ]

namespace FunctionClass

variable (F : FunctionClass R ι Z)

/-- The Rademacher complexity of a sample of `n` independent draws, on average. -/
@[expose] noncomputable def expectedRademacher (μ : Dist R Z) (n : Nat) : R :=
  expect (μ.iid n) fun x => F.rademacher x

/-- The gaps between expectation and mean are bounded. -/
theorem boundedAbove_deviation (μ : Dist R Z) (x : Fin n → Z) :
    BoundedAbove fun i => expect μ (F.eval i) - empMean (F.eval i) x := by
  let M (z : Z) : R := Classical.choose (F.bounded z)
  have hM (z : Z) (i : ι) : abs (F.eval i z) ≤ M z := Classical.choose_spec (F.bounded z) i
  refine ⟨expect μ M + (∑ j, M (x j)) / n, fun i => ?_⟩
  have h₁ : expect μ (F.eval i) ≤ expect μ M :=
    expect_mono μ fun z => Std.le_trans (le_abs_self _) (hM z i)
  have h₂ : (∑ j, -F.eval i (x j)) / n ≤ (∑ j, M (x j)) / n :=
    div_le_div_of_nonneg_right (sum_le_sum fun j => Std.le_trans (neg_le_abs _) (hM _ i))
      (natCast_nonneg n)
  rw [sum_neg] at h₂
  unfold empMean
  grind

/-- The largest gap between expectation and mean over the class: a least upper bound. -/
@[expose] noncomputable def deviation (μ : Dist R Z) (x : Fin n → Z) : R :=
  lub (fun i => expect μ (F.eval i) - empMean (F.eval i) x) F.nonempty
    (F.boundedAbove_deviation μ x)

/-! ### Symmetrization -/

omit [Fintype Z] in
/-- The signed differences of two samples are bounded. -/
theorem boundedAbove_signedGap (x y : Fin n → Z) (σ : Fin n → Bool) :
    BoundedAbove fun i => (∑ j, sign R (σ j) * (F.eval i (y j) - F.eval i (x j))) / n := by
  obtain ⟨M, hM⟩ := F.boundedAbove_sum y fun j => sign R (σ j)
  obtain ⟨N, hN⟩ := F.boundedAbove_sum x fun j => -sign R (σ j)
  refine ⟨(M + N) / n, fun i => div_le_div_of_nonneg_right ?_ (natCast_nonneg n)⟩
  refine Std.le_trans (le_of_eq ?_) (add_le_add (hM i) (hN i))
  rw [← sum_add]
  exact sum_congr fun j => by grind

/-- The largest signed difference of the means of two samples. -/
noncomputable def signedGap (x y : Fin n → Z) (σ : Fin n → Bool) : R :=
  lub (fun i => (∑ j, sign R (σ j) * (F.eval i (y j) - F.eval i (x j))) / n) F.nonempty
    (F.boundedAbove_signedGap x y σ)

omit [Fintype Z] in
/-- The signed difference of two samples is at most what each of them follows the signs. -/
theorem signedGap_le (x y : Fin n → Z) (σ : Fin n → Bool) :
    F.signedGap x y σ ≤ F.correlation y σ + F.correlation x fun j => !σ j := by
  refine lub_le fun i => Std.le_trans (le_of_eq ?_)
    (add_le_add (F.le_correlation y σ i) (F.le_correlation x (fun j => !σ j) i))
  rw [show (∑ j, sign R (σ j) * F.eval i (y j)) / n + (∑ j, sign R (!σ j) * F.eval i (x j)) / n =
    (∑ j, sign R (σ j) * F.eval i (y j) + ∑ j, sign R (!σ j) * F.eval i (x j)) / n by grind,
    ← sum_add]
  exact congrArg (· / (n : R)) (sum_congr fun j => by rw [sign_not]; grind)

/-- The gap between expectation and mean is at most the average difference to a second sample. -/
theorem deviation_le (μ : Dist R Z) (hn : 0 < n) (x : Fin n → Z) :
    F.deviation μ x ≤ expect (μ.iid n) fun y => F.signedGap x y fun _ => true := by
  refine lub_le fun i => ?_
  rw [← expect_empMean μ hn (F.eval i), ← expect_const (μ.iid n) (empMean (F.eval i) x),
    ← expect_sub]
  refine expect_mono _ fun y => Std.le_trans (le_of_eq ?_)
    (le_lub F.nonempty (F.boundedAbove_signedGap x y fun _ => true) i)
  unfold empMean
  rw [show (∑ j, F.eval i (y j)) / n - (∑ j, F.eval i (x j)) / n =
    (∑ j, F.eval i (y j) - ∑ j, F.eval i (x j)) / n by grind, ← sum_sub]
  exact congrArg (· / (n : R)) (sum_congr fun j => by rw [sign_true]; grind)

end FunctionClass

/-- Exchanging some draws of a sample with those of a second one. -/
@[expose] def exchange {Y : Type w} (σ : Fin n → Bool) (x y : Fin n → Y) : Fin n → Y :=
  fun j => if σ j then x j else y j

/-- Two independent samples of the same law may exchange some of their draws. -/
theorem expect_exchange (μ : Dist R Z) (σ : Fin n → Bool) (f : (Fin n → Z) → (Fin n → Z) → R) :
    expect (μ.iid n) (fun x => expect (μ.iid n) fun y => f (exchange σ x y) (exchange σ y x)) =
      expect (μ.iid n) fun x => expect (μ.iid n) fun y => f x y := by
  have hsum (g : (Fin n → Z) → (Fin n → Z) → R) :
      expect (μ.iid n) (fun x => expect (μ.iid n) fun y => g x y) =
        ∑ p : (Fin n → Z) × (Fin n → Z), (μ.iid n).prob p.1 * (μ.iid n).prob p.2 * g p.1 p.2 := by
    unfold expect
    rw [sum_prod_type]
    refine sum_congr fun x => ?_
    rw [mul_sum]
    exact sum_congr fun y => by grind
  let e (p : (Fin n → Z) × (Fin n → Z)) := (exchange σ p.1 p.2, exchange σ p.2 p.1)
  have he (p : (Fin n → Z) × (Fin n → Z)) : e (e p) = p := by
    refine Prod.ext (funext fun j => ?_) (funext fun j => ?_) <;>
    · show (if σ j then (if σ j then _ else _) else (if σ j then _ else _)) = _
      cases σ j <;> rfl
  rw [hsum, hsum, ← sum_equiv e e he he]
  refine sum_congr fun p => ?_
  have hp : (μ.iid n).prob (e p).1 * (μ.iid n).prob (e p).2 =
      (μ.iid n).prob p.1 * (μ.iid n).prob p.2 := by
    show (∏ j, μ.prob (if σ j then p.1 j else p.2 j)) *
      (∏ j, μ.prob (if σ j then p.2 j else p.1 j)) = (∏ j, μ.prob (p.1 j)) * ∏ j, μ.prob (p.2 j)
    rw [← prod_mul, ← prod_mul]
    exact prod_congr fun j => by cases σ j <;> simp <;> grind
  rw [hp]
  show _ * f (e (e p)).1 (e (e p)).2 = _
  rw [he]

/-- Twice the complexity `r`. -/
@[expose] def symmetrizationBound (r : R) : R := 2 * r

/-- **Symmetrization.** The largest gap between expectation and mean over a class of functions is,
on average over the sample, at most twice the expected Rademacher complexity.

This is what turns the question whether a model generalizes into the question how well models of
its kind can fit pure noise.

* controls: generalization
* assumes: n > 0 independent draws from a finite law, a class with a member, bounded at each point
* bound: Generalization.symmetrizationBound
* witness: Generalization.symmetrization_witness
* sharp: Generalization.symmetrization_sharp (a single draw from N points and all functions to 0 and
  1: the ratio is at least 1 - 1/N, so no factor below 2 will do)
* source: Bartlett, Mendelson 2002; Mohri, Rostamizadeh, Talwalkar 2018, Theorem 3.3 -/
theorem symmetrization (F : FunctionClass R ι Z) (μ : Dist R Z) (hn : 0 < n) :
    expect (μ.iid n) (fun x => F.deviation μ x) ≤
      symmetrizationBound (F.expectedRademacher μ n) := by
  have h₁ : expect (μ.iid n) (fun x => F.deviation μ x) ≤
      expect (μ.iid n) fun x => expect (μ.iid n) fun y => F.signedGap x y fun _ => true :=
    expect_mono _ fun x => F.deviation_le μ hn x
  have h₂ (σ : Fin n → Bool) :
      (expect (μ.iid n) fun x => expect (μ.iid n) fun y => F.signedGap x y fun _ => true) =
        expect (μ.iid n) fun x => expect (μ.iid n) fun y => F.signedGap x y σ := by
    rw [← expect_exchange μ σ fun x y => F.signedGap x y fun _ => true]
    refine expect_congr _ fun x => expect_congr _ fun y => lub_congr fun i => ?_
    refine congrArg (· / (n : R)) (sum_congr fun j => ?_)
    show sign R true *
      (F.eval i (if σ j then y j else x j) - F.eval i (if σ j then x j else y j)) = _
    cases σ j <;> simp <;> grind
  have h₃ : (expect (μ.iid n) fun x => expect (μ.iid n) fun y => F.signedGap x y fun _ => true) ≤
      signAverage fun σ => (expect (μ.iid n) fun y => F.correlation y σ) +
        expect (μ.iid n) fun x => F.correlation x fun j => !σ j := by
    rw [← signAverage_const (n := n) (expect (μ.iid n) fun x => expect (μ.iid n) fun y =>
      F.signedGap x y fun _ => true)]
    refine signAverage_mono fun σ => ?_
    rw [h₂ σ]
    refine Std.le_trans (expect_mono _ fun x => expect_mono _ fun y => F.signedGap_le x y σ)
      (le_of_eq ?_)
    rw [expect_congr _ fun x => by rw [expect_add, expect_const], expect_add, expect_const]
  have h₄ := signAverage_not fun σ : Fin n → Bool => expect (μ.iid n) fun x => F.correlation x σ
  rw [signAverage_add, h₄] at h₃
  have h₅ : F.expectedRademacher μ n =
      signAverage fun σ => expect (μ.iid n) fun x => F.correlation x σ :=
    expect_signAverage (μ.iid n) fun x => F.correlation x
  unfold symmetrizationBound
  rw [h₅]
  grind

/-! ### With high probability -/

/-- The deviation at which McDiarmid's bound for `n` draws with the differences `b / n` is `δ`. -/
theorem mcdiarmidBound_sqrt_log (hn : 0 < n) (hb : 0 < b) (hδ : 0 < δ) (hδ₁ : δ ≤ 1) :
    mcdiarmidBound (b * sqrt (log (1 / δ) / (2 * n))) (fun _ : Fin n => b / n) = δ := by
  have hn' := natCast_pos (R := R) hn
  have hl : 0 ≤ log (1 / δ) := log_nonneg ((one_le_div hδ).2 hδ₁)
  unfold mcdiarmidBound
  have hb' := pow_pos hb 2
  rw [sum_const, mul_pow, sq_sqrt (div_nonneg hl (by grind)),
    show (n : R) * (b / n) ^ 2 = b ^ 2 / n by grind]
  generalize b ^ 2 = v at *
  generalize hL : log (1 / δ) = L at *
  rw [show -(2 * (v * (L / (2 * n))) / (v / (n : R))) = -L by grind, ← hL, exp_neg,
    exp_log (one_div_pos hδ)]
  grind

namespace FunctionClass

variable (F : FunctionClass R ι Z)

/-- One draw changes the largest gap by at most `b / n`. -/
theorem boundedDifferences_deviation (μ : Dist R Z)
    (hF : ∀ i z, 0 ≤ F.eval i z ∧ F.eval i z ≤ b) :
    BoundedDifferences (F.deviation μ (n := n)) fun _ => b / n := fun j x y hxy =>
  lub_sub_lub_le fun i => by
    have h := boundedDifferences_empMean (n := n) (hF i) j y x fun k hk => (hxy k hk).symm
    grind

omit [Fintype Z] in
/-- One draw changes the complexity by at most `b / n`. -/
theorem boundedDifferences_rademacher (hF : ∀ i z, 0 ≤ F.eval i z ∧ F.eval i z ≤ b) :
    BoundedDifferences (F.rademacher (n := n)) fun _ => b / n := fun j x y hxy => by
  have h (σ : Fin n → Bool) : F.correlation x σ ≤ F.correlation y σ + b / n := by
    refine lub_le fun i => ?_
    have h₁ := F.le_correlation y σ i
    have h₂ : ∑ k, sign R (σ k) * F.eval i (x k) - ∑ k, sign R (σ k) * F.eval i (y k) =
        sign R (σ j) * F.eval i (x j) - sign R (σ j) * F.eval i (y j) := by
      rw [← sum_sub]
      exact sum_eq_single j fun k hk => by rw [hxy k hk]; grind
    have h₃ : sign R (σ j) * F.eval i (x j) - sign R (σ j) * F.eval i (y j) ≤ b := by
      have := hF i (x j)
      have := hF i (y j)
      cases σ j <;> simp <;> grind
    have h₄ : (∑ k, sign R (σ k) * F.eval i (x k) - ∑ k, sign R (σ k) * F.eval i (y k)) / n ≤
        b / n := div_le_div_of_nonneg_right (by grind) (natCast_nonneg n)
    grind
  have h₁ := signAverage_mono h
  rw [signAverage_add, signAverage_const] at h₁
  unfold rademacher
  grind

end FunctionClass

/-- Twice the complexity `r`, plus `b` times the square root of `log (1 / δ) / (2 n)`. -/
@[expose] noncomputable def rademacherBound (r b : R) (n : Nat) (δ : R) : R :=
  2 * r + b * sqrt (log (1 / δ) / (2 * n))

/-- **Generalization by Rademacher complexity.** With probability at least `1 - δ` over `n`
independent draws, every function of the class has an expectation of at most its mean on the sample
plus twice the expected Rademacher complexity plus `b sqrt (log (1 / δ) / (2 n))`.

It holds for all functions of the class at once, so for the one that training finds.

* controls: generalization
* assumes: n > 0 independent draws from a finite law, values in [0, b], b > 0, 0 < delta < 1
* bound: Generalization.rademacherBound
* witness: Generalization.rademacher_bound_witness
* sharp: Generalization.rademacher_bound_sharp (a single draw from N points and all functions to 0
  and 1: the gap is at least 1 - 1/N for sure, the bound 1 + sqrt(log(1/delta)/2), so that no factor
  below 2 will do in front of the complexity)
* source: Mohri, Rostamizadeh, Talwalkar 2018, Theorem 3.3 -/
theorem rademacher_bound (F : FunctionClass R ι Z) (μ : Dist R Z)
    (hF : ∀ i z, 0 ≤ F.eval i z ∧ F.eval i z ≤ b) (hb : 0 < b) (hn : 0 < n) (hδ : 0 < δ)
    (hδ₁ : δ < 1) : 1 - δ ≤ probOf (μ.iid n) fun x => ∀ i, expect μ (F.eval i) ≤
      empMean (F.eval i) x + rademacherBound (F.expectedRademacher μ n) b n δ := by
  have hm := mcdiarmid (fun _ => μ) (F.boundedDifferences_deviation (n := n) μ hF)
    (e := b * sqrt (log (1 / δ) / (2 * n))) (mul_nonneg (le_of_lt hb) (sqrt_nonneg _))
  rw [mcdiarmidBound_sqrt_log hn hb hδ (le_of_lt hδ₁)] at hm
  refine le_probOf_of_bad (μ.iid n) hm fun x hx i => ?_
  have h₁ := symmetrization F μ hn
  have h₂ := le_lub F.nonempty (F.boundedAbove_deviation μ x) i
  have h₃ := not_le.1 hx
  unfold symmetrizationBound at h₁
  unfold rademacherBound
  change _ ≤ F.deviation μ x at h₂
  change F.deviation μ x - expect (μ.iid n) (fun x => F.deviation μ x) < _ at h₃
  grind

/-- Twice the complexity `r` on the sample, plus `3 b` times the square root of
`log (2 / δ) / (2 n)`. -/
@[expose] noncomputable def empiricalRademacherBound (r b : R) (n : Nat) (δ : R) : R :=
  2 * r + 3 * b * sqrt (log (2 / δ) / (2 * n))

/-- **Generalization by the complexity of the sample.** With probability at least `1 - δ` over `n`
independent draws, every function of the class has an expectation of at most its mean on the sample
plus twice the Rademacher complexity of the class on this very sample plus
`3 b sqrt (log (2 / δ) / (2 n))`.

All of it can be computed from the data.

* controls: generalization
* assumes: n > 0 independent draws from a finite law, values in [0, b], b > 0, 0 < delta < 1
* bound: Generalization.empiricalRademacherBound
* witness: Generalization.rademacher_empirical_bound_witness
* sharp: Generalization.rademacher_empirical_bound_sharp (a single draw from N points and all
  functions to 0 and 1: the gap is at least 1 - 1/N for sure, the bound
  1 + 3 sqrt(log(2/delta)/2); many draws from far more points reach 0.998 in the numeric check, so
  that the factor 2 is needed; the factor 3 is not claimed to be the best)
* source: Mohri, Rostamizadeh, Talwalkar 2018, Theorem 3.3 -/
theorem rademacher_empirical_bound (F : FunctionClass R ι Z) (μ : Dist R Z)
    (hF : ∀ i z, 0 ≤ F.eval i z ∧ F.eval i z ≤ b) (hb : 0 < b) (hn : 0 < n) (hδ : 0 < δ)
    (hδ₁ : δ < 1) : 1 - δ ≤ probOf (μ.iid n) fun x => ∀ i, expect μ (F.eval i) ≤
      empMean (F.eval i) x + empiricalRademacherBound (F.rademacher x) b n δ := by
  have hd := mul_nonneg (le_of_lt hb) (sqrt_nonneg (log (1 / (δ / 2)) / (2 * n)))
  have hm := mcdiarmid (fun _ => μ) (F.boundedDifferences_deviation (n := n) μ hF) hd
  have hr := mcdiarmid (fun _ => μ) (f := fun x : Fin n → Z => -F.rademacher x)
    (c := fun _ => b / n) (fun j x y hxy => by
    have := F.boundedDifferences_rademacher (n := n) hF j y x fun k hk => (hxy k hk).symm
    show -F.rademacher x - -F.rademacher y ≤ b / n
    grind) hd
  rw [mcdiarmidBound_sqrt_log hn hb (show 0 < δ / 2 by grind) (by grind)] at hm hr
  refine le_probOf_of_bad (μ.iid n) (Std.le_trans (probOf_or_le (μ.iid n) _ _)
    (Std.le_trans (add_le_add hm hr) (show δ / 2 + δ / 2 ≤ δ by grind))) fun x hx i => ?_
  have h₁ := symmetrization F μ hn
  have h₂ := le_lub F.nonempty (F.boundedAbove_deviation μ x) i
  have h₃ := not_le.1 fun h => hx (.inl h)
  have h₄ := not_le.1 fun h => hx (.inr h)
  unfold symmetrizationBound at h₁
  unfold empiricalRademacherBound
  change _ ≤ F.deviation μ x at h₂
  change F.deviation μ x - expect (μ.iid n) (fun x => F.deviation μ x) < _ at h₃
  change -F.rademacher x - expect (μ.iid n) (fun x => -F.rademacher x) < _ at h₄
  rw [expect_neg, show 1 / (δ / 2) = 2 / δ by grind] at h₄
  rw [show 1 / (δ / 2) = 2 / δ by grind] at h₃
  change -F.rademacher x - -F.expectedRademacher μ n < _ at h₄
  grind

/-! ### The class of all functions to zero and one -/

/-- All functions from `X` to zero and one. -/
@[expose] noncomputable def allBinary (R : Type u) [RealField R] (X : Type w) :
    FunctionClass R (X → Bool) X where
  eval h x := heads R (h x)
  nonempty := ⟨fun _ => true⟩
  bounded _ := ⟨1, fun h => by
    rw [abs_of_nonneg (heads_mem _).1]
    exact (heads_mem _).2⟩

/-- On a single point the class of all functions to zero and one has complexity one half. -/
theorem rademacher_allBinary {X : Type w} (x : Fin 1 → X) :
    (allBinary R X).rademacher x = 1 / 2 := by
  have ht : (allBinary R X).correlation x (cons true fun i => i.elim0) = 1 := by
    refine (lub_eq_of_forall_le (fun _ => true) fun h => ?_).trans ?_ <;>
      simp only [sum_one, cons_zero, sign_true, allBinary, heads_true]
    · have := heads_mem (R := R) (h (x 0))
      grind
    · grind
  have hf : (allBinary R X).correlation x (cons false fun i => i.elim0) = 0 := by
    refine (lub_eq_of_forall_le (fun _ => false) fun h => ?_).trans ?_ <;>
      simp only [sum_one, cons_zero, sign_false, allBinary, heads_false]
    · have := heads_mem (R := R) (h (x 0))
      grind
    · grind
  unfold FunctionClass.rademacher
  rw [signAverage_succ, signAverage_zero, signAverage_zero, ht, hf]
  grind

variable [Nonempty Z]

/-- A single draw from `N` points says nothing about a function that is zero there and one
elsewhere: its expectation is `1 - 1 / N`. -/
theorem exists_gap_allBinary (x : Fin 1 → Z) : ∃ h : Z → Bool,
    expect (Dist.uniform (R := R)) ((allBinary R Z).eval h) - empMean ((allBinary R Z).eval h) x =
      1 - 1 / card Z := by
  have hN := natCast_pos (R := R) (card_pos (α := Z))
  have hd : DecidableEq Z := fun _ _ => Classical.propDecidable _
  refine ⟨fun z => decide (z ≠ x 0), ?_⟩
  have h₁ : expect (Dist.uniform (R := R)) ((allBinary R Z).eval fun z => decide (z ≠ x 0)) =
      1 - 1 / card Z := by
    rw [expect_congr (g := fun z => 1 - indicator R (z = x 0)) _ fun z => ?_, expect_sub,
      expect_const]
    · have : expect (Dist.uniform (R := R)) (fun z => indicator R (z = x 0)) = 1 / card Z := by
        show ∑ z, 1 / (card Z : R) * indicator R (z = x 0) = _
        rw [sum_eq_single (x 0) fun z h => by rw [indicator_false h]; grind, indicator_true rfl]
        grind
      rw [this]
    · show heads R (decide (z ≠ x 0)) = 1 - indicator R (z = x 0)
      rcases Classical.em (z = x 0) with h | h
      · rw [indicator_true h, decide_eq_false (by simp [h]), heads_false]; grind
      · rw [indicator_false h, decide_eq_true h, heads_true]; grind
  have h₂ : empMean ((allBinary R Z).eval fun z => decide (z ≠ x 0)) x = 0 := by
    unfold empMean
    rw [sum_one]
    show heads R (decide (x 0 ≠ x 0)) / _ = 0
    rw [decide_eq_false (by simp), heads_false]
    grind
  rw [h₁, h₂]
  grind

omit [Nonempty Z] in
/-- The expected complexity of the class of all functions to zero and one for a single draw. -/
theorem expectedRademacher_allBinary (μ : Dist R Z) :
    (allBinary R Z).expectedRademacher μ 1 = 1 / 2 := by
  unfold FunctionClass.expectedRademacher
  rw [expect_congr _ fun x => rademacher_allBinary (R := R) x, expect_const]

omit [Nonempty Z] in
/-- The class of all functions to zero and one meets the hypotheses of `symmetrization`, and the
bound is positive. -/
theorem symmetrization_witness (μ : Dist R Z) :
    0 < symmetrizationBound ((allBinary R Z).expectedRademacher μ 1) := by
  have := μ.nonempty
  rw [expectedRademacher_allBinary]
  unfold symmetrizationBound
  grind

/-- **The factor 2 cannot be improved**: for a single draw from `N` points and all functions to
zero and one the largest gap is at least `1 - 1 / N`, where the bound is one. -/
theorem symmetrization_sharp :
    1 - 1 / (card Z : R) ≤
      expect ((Dist.uniform (R := R)).iid 1) (fun x => (allBinary R Z).deviation Dist.uniform x) ∧
    symmetrizationBound ((allBinary R Z).expectedRademacher Dist.uniform 1) = 1 := by
  refine ⟨le_expect _ fun x => ?_, ?_⟩
  · obtain ⟨h, hh⟩ := exists_gap_allBinary (R := R) x
    rw [← hh]
    exact le_lub _ ((allBinary R Z).boundedAbove_deviation Dist.uniform x) h
  · rw [expectedRademacher_allBinary]
    unfold symmetrizationBound
    grind

omit [Nonempty Z] in
/-- The class of all functions to zero and one meets the hypotheses of `rademacher_bound`, and the
bound is positive. -/
theorem rademacher_bound_witness (μ : Dist R Z) (δ : R) :
    (∀ h z, 0 ≤ (allBinary R Z).eval h z ∧ (allBinary R Z).eval h z ≤ 1) ∧
      0 < rademacherBound ((allBinary R Z).expectedRademacher μ 1) 1 1 δ := by
  have := μ.nonempty
  refine ⟨fun h z => heads_mem _, ?_⟩
  have h := sqrt_nonneg (log (1 / δ) / (2 * ((1 : Nat) : R)))
  rw [expectedRademacher_allBinary]
  unfold rademacherBound
  grind

/-- For a single draw from `N` points and all functions to zero and one some function has a gap of
`1 - 1 / N` for sure, and the bound is `1 + sqrt (log (1 / δ) / 2)`. -/
theorem rademacher_bound_sharp (δ : R) :
    (∀ x : Fin 1 → Z, ∃ h, expect (Dist.uniform (R := R)) ((allBinary R Z).eval h) -
      empMean ((allBinary R Z).eval h) x = 1 - 1 / card Z) ∧
    rademacherBound ((allBinary R Z).expectedRademacher Dist.uniform 1) 1 1 δ =
      1 + sqrt (log (1 / δ) / 2) := by
  refine ⟨fun x => exists_gap_allBinary x, ?_⟩
  rw [expectedRademacher_allBinary]
  unfold rademacherBound
  rw [show (2 : R) * ((1 : Nat) : R) = 2 by grind]
  grind

omit [Fintype Z] [Nonempty Z] in
/-- The class of all functions to zero and one meets the hypotheses of
`rademacher_empirical_bound`, and the bound is positive. -/
theorem rademacher_empirical_bound_witness (x : Fin 1 → Z) (δ : R) :
    (∀ h z, 0 ≤ (allBinary R Z).eval h z ∧ (allBinary R Z).eval h z ≤ 1) ∧
      0 < empiricalRademacherBound ((allBinary R Z).rademacher x) 1 1 δ := by
  refine ⟨fun h z => heads_mem _, ?_⟩
  have h := sqrt_nonneg (log (2 / δ) / (2 * ((1 : Nat) : R)))
  rw [rademacher_allBinary]
  unfold empiricalRademacherBound
  grind

/-- For a single draw from `N` points and all functions to zero and one some function has a gap of
`1 - 1 / N` for sure, and the bound is `1 + 3 sqrt (log (2 / δ) / 2)`. -/
theorem rademacher_empirical_bound_sharp (δ : R) (x : Fin 1 → Z) :
    (∃ h, expect (Dist.uniform (R := R)) ((allBinary R Z).eval h) -
      empMean ((allBinary R Z).eval h) x = 1 - 1 / card Z) ∧
    empiricalRademacherBound ((allBinary R Z).rademacher x) 1 1 δ =
      1 + 3 * sqrt (log (2 / δ) / 2) := by
  refine ⟨exists_gap_allBinary x, ?_⟩
  rw [rademacher_allBinary]
  unfold empiricalRademacherBound
  rw [show (2 : R) * ((1 : Nat) : R) = 2 by grind]
  grind

end DeepTheory.Generalization
