module

public import DeepTheory.Generalization.Massart
public import DeepTheory.Generalization.SauerShelah
public import DeepTheory.Generalization.Symmetrization

/-!
# Generalization by the growth function

## Main definitions
* `DeepTheory.Generalization.vcBound`: the bound.
* `DeepTheory.Generalization.errors`: where the classifiers of a class err.

## Main theorems
* `DeepTheory.Generalization.vc_bound`, `DeepTheory.Generalization.vc_bound_witness`,
  `DeepTheory.Generalization.vc_bound_sharp`.
* `DeepTheory.Generalization.growth_errors_le`, `DeepTheory.Generalization.vc_bound_of_vcDim`:
  classifiers, and the Vapnik-Chervonenkis dimension.

## References
* V. Vapnik, A. Chervonenkis, *On the uniform convergence of relative frequencies of events to
  their probabilities*, 1971.
* M. Mohri, A. Rostamizadeh, A. Talwalkar, *Foundations of Machine Learning*, 2018, chapter 3.
-/

public section

namespace DeepTheory.Generalization

open Probability

universe u v w

variable {R : Type u} [RealField R] {Z : Type w} {n : Nat} {δ : R}

/-- The indicators of a class of sets. -/
@[expose] noncomputable def binaryClass (R : Type u) [RealField R] (C : (Z → Bool) → Prop)
    (hC : ∃ c, C c) : FunctionClass R {c // C c} Z where
  eval c z := heads R (c.1 z)
  nonempty := hC.elim fun c hc => ⟨⟨c, hc⟩⟩
  bounded _ := ⟨1, fun _ => by
    rw [abs_of_nonneg (heads_mem _).1]
    exact (heads_mem _).2⟩

/-- The complexity of a class of sets on a sample is at most what the number of its traces says. -/
theorem rademacher_binaryClass_le {C : (Z → Bool) → Prop} (hC : ∃ c, C c) (hn : 0 < n)
    (x : Fin n → Z) :
    (binaryClass R C hC).rademacher x ≤ sqrt (2 * log ((growth C n : Nat) : R) / n) := by
  have hn' := natCast_pos (R := R) hn
  obtain ⟨e, -, -, he⟩ := exists_enum (traces C x)
  have hm := massart (R := R) (r := sqrt (n : R)) (u := fun k j => heads R (e k j))
    (binaryClass R C hC) x
    (fun c => (he (fun j => c.1 (x j)) ⟨c.1, c.2, fun _ => rfl⟩).elim fun k hk => ⟨k, fun j => by
      show heads R (c.1 (x j)) = heads R (e k j)
      rw [hk]⟩)
    (fun k => by
      rw [sq_sqrt (le_of_lt hn')]
      have := sum_le_mul (c := (1 : R)) fun j => show heads R (e k j) ^ 2 ≤ 1 by
        cases e k j <;> simp <;> grind
      grind) (sqrt_nonneg _) hn
  have hpos : 0 < count (traces C x) := by
    obtain ⟨c, hc⟩ := hC
    obtain ⟨k, -⟩ := he (fun j => c (x j)) ⟨c, hc, fun _ => rfl⟩
    exact Nat.zero_lt_of_lt k.isLt
  have hle := natCast_le (R := R) (count_traces_le_growth C x)
  have hpos' := natCast_pos (R := R) hpos
  refine Std.le_trans hm ?_
  unfold massartBound
  rw [card_fin]
  have hlog : 0 ≤ log ((count (traces C x) : Nat) : R) :=
    log_nonneg (by have := natCast_le (R := R) hpos; grind)
  have hs := sqrt_pos.2 hn'
  have hsq := sq_sqrt (le_of_lt hn')
  rw [show sqrt (n : R) * sqrt (2 * log ((count (traces C x) : Nat) : R)) / n =
    sqrt (2 * log ((count (traces C x) : Nat) : R)) / sqrt (n : R) by
      generalize sqrt (n : R) = s at *
      rw [← hsq]
      grind, ← sqrt_div (by grind) hn']
  refine sqrt_le_sqrt (div_le_div_of_nonneg_right ?_ (le_of_lt hn'))
  have := log_le_log hpos' hle
  grind

/-- Twice the square root of `2 log g / n`, plus the square root of `log (1 / δ) / (2 n)`, for the
growth `g`. -/
@[expose] noncomputable def vcBound (g n : Nat) (δ : R) : R :=
  2 * sqrt (2 * log (g : R) / n) + sqrt (log (1 / δ) / (2 * n))

variable [Fintype Z]

/-- **Generalization by the growth function.** With probability at least `1 - δ` over `n`
independent draws, every set of a class has a probability of at most its share of the sample plus
`2 sqrt (2 log g / n) + sqrt (log (1 / δ) / (2 n))`, where `g` is the growth function of the class
at `n`.

With the sets where classifiers err (`growth_errors_le`) and the lemma of Sauer and Shelah
(`vc_bound_of_vcDim`) it is the theorem of Vapnik and Chervonenkis: a class of finite dimension can
be learnt, whatever the law.

* controls: generalization
* assumes: n > 0 independent draws from a finite law, a class of sets with a member, 0 < delta < 1
* bound: Generalization.vcBound
* witness: Generalization.vc_bound_witness
* sharp: Generalization.vc_bound_sharp (a single draw from N points and all sets: the gap is 1 - 1/N
  for sure, the bound 2 sqrt(2 log 2) + sqrt(log(1/delta)/2), a ratio of 0.42; a single set, with
  growth 1, and many draws reach 0.97 in the numeric check; the first constant is not claimed to be
  the best)
* source: Vapnik, Chervonenkis 1971; Mohri, Rostamizadeh, Talwalkar 2018, Corollary 3.9 -/
theorem vc_bound {C : (Z → Bool) → Prop} (hC : ∃ c, C c) (μ : Dist R Z) (hn : 0 < n) (hδ : 0 < δ)
    (hδ₁ : δ < 1) : 1 - δ ≤ probOf (μ.iid n) fun x => ∀ c, C c →
      expect μ (fun z => heads R (c z)) ≤
        empMean (fun z => heads R (c z)) x + vcBound (growth C n) n δ := by
  refine Std.le_trans (rademacher_bound (binaryClass R C hC) μ (b := 1) (fun _ _ => heads_mem _)
    zero_lt_one hn hδ hδ₁) (probOf_mono _ fun x hx c hc => ?_)
  have h₁ := hx ⟨c, hc⟩
  have h₂ : (binaryClass R C hC).expectedRademacher μ n ≤
      sqrt (2 * log ((growth C n : Nat) : R) / n) :=
    expect_le _ fun y => rademacher_binaryClass_le hC hn y
  unfold rademacherBound at h₁
  unfold vcBound
  change expect μ (fun z => heads R (c z)) ≤ empMean (fun z => heads R (c z)) x + _ at h₁
  grind

/-! ### Classifiers -/

omit [Fintype Z] in
/-- The sets of labelled points where the classifiers of a class err. -/
@[expose] def errors (C : (Z → Bool) → Prop) : (Z × Bool → Bool) → Prop :=
  fun e => ∃ c, C c ∧ ∀ z, e z = xor (c z.1) z.2

omit [Fintype Z] in
/-- The errors of a class of classifiers grow no faster than the class. -/
theorem growth_errors_le (C : (Z → Bool) → Prop) (n : Nat) : growth (errors C) n ≤ growth C n :=
  growth_le fun z => Nat.le_trans
    (count_le_of_injOn (fun b j => xor (b j) (z j).2)
      (fun b ⟨e, ⟨c, hc, he⟩, hb⟩ => ⟨c, hc, fun j => by
        show c (z j).1 = xor (b j) (z j).2
        rw [← hb j, he]
        cases c (z j).1 <;> cases (z j).2 <;> rfl⟩)
      fun a b _ _ h => funext fun j => by
        have h' : xor (a j) (z j).2 = xor (b j) (z j).2 := congrFun h j
        cases ha : a j <;> cases hb : b j <;> cases hz : (z j).2 <;> simp_all)
    (count_traces_le_growth C fun j => (z j).1)

/-- The bound for a class of classifiers of Vapnik-Chervonenkis dimension at most `d`: with
probability at least `1 - δ` every classifier errs with a probability of at most its share of errors
on the sample plus `2 sqrt (2 d log (e n / d) / n) + sqrt (log (1 / δ) / (2 n))`. -/
theorem vc_bound_of_vcDim {C : (Z → Bool) → Prop} (hC : ∃ c, C c) (μ : Dist R (Z × Bool)) {d : Nat}
    (hd : VCDimLE C d) (hd₁ : 1 ≤ d) (hdn : d ≤ n) (hδ : 0 < δ) (hδ₁ : δ < 1) :
    1 - δ ≤ probOf (μ.iid n) fun x => ∀ c, C c →
      expect μ (fun z => heads R (xor (c z.1) z.2)) ≤
        empMean (fun z => heads R (xor (c z.1) z.2)) x +
          (2 * sqrt (2 * (d * log (exp 1 * (n : R) / d)) / n) + sqrt (log (1 / δ) / (2 * n))) := by
  have hn : 0 < n := by omega
  have hn' := natCast_pos (R := R) hn
  have hd' := natCast_pos (R := R) (show 0 < d by omega)
  have hE : ∃ e, errors C e := hC.elim fun c hc => ⟨_, c, hc, fun _ => rfl⟩
  refine Std.le_trans (vc_bound hE μ hn hδ hδ₁) (probOf_mono _ fun x hx c hc => ?_)
  have h₁ := hx _ ⟨c, hc, fun _ => rfl⟩
  have h₂ : ((growth (errors C) n : Nat) : R) ≤ (exp 1 * (n : R) / d) ^ d :=
    Std.le_trans (natCast_le (growth_errors_le C n)) (sauer_shelah_pow hd hd₁ hdn)
  have hg : 0 < growth (errors C) n := by
    obtain ⟨z⟩ := μ.nonempty
    obtain ⟨e, he⟩ := hE
    exact Nat.lt_of_lt_of_le (count_pos (H := traces (errors C) fun _ : Fin n => z)
      (a := fun _ => e z) ⟨e, he, fun _ => rfl⟩) (count_traces_le_growth _ _)
  have h₃ := log_le_log (natCast_pos (R := R) hg) h₂
  have hb : 0 < exp 1 * (n : R) / d := div_pos (mul_pos (exp_pos _) hn') hd'
  rw [log_pow hb] at h₃
  have h₄ : sqrt (2 * log ((growth (errors C) n : Nat) : R) / n) ≤
      sqrt (2 * (d * log (exp 1 * (n : R) / d)) / n) :=
    sqrt_le_sqrt (div_le_div_of_nonneg_right (by grind) (le_of_lt hn'))
  unfold vcBound at h₁
  grind

/-! ### Witness and sharpness -/

omit [Fintype Z] in
/-- All subsets of a type with an element meet the hypotheses of `vc_bound`, and the bound
is positive. -/
theorem vc_bound_witness (hn : 0 < n) (hδ : 0 < δ) (hδ₁ : δ < 1) :
    (∃ c, (fun _ : Z → Bool => True) c) ∧
      0 < vcBound (growth (fun _ : Z → Bool => True) n) n δ := by
  have hn' := natCast_pos (R := R) hn
  refine ⟨⟨fun _ => true, trivial⟩, ?_⟩
  have h₁ : 0 < sqrt (log (1 / δ) / (2 * n)) :=
    sqrt_pos.2 (div_pos (log_pos ((one_lt_div hδ).2 hδ₁)) (by grind))
  have h₂ := sqrt_nonneg (2 * log ((growth (fun _ : Z → Bool => True) n : Nat) : R) / n)
  unfold vcBound
  grind

/-- For a single draw from `N` points and all sets some set has a gap of `1 - 1 / N` for sure, and
the bound is `2 sqrt (2 log 2) + sqrt (log (1 / δ) / 2)`. -/
theorem vc_bound_sharp [Nonempty Z] (δ : R) (x : Fin 1 → Z) :
    (∃ c : Z → Bool, expect (Dist.uniform (R := R)) (fun z => heads R (c z)) -
      empMean (fun z => heads R (c z)) x = 1 - 1 / card Z) ∧
    vcBound (growth (fun _ : Z → Bool => True) 1) 1 δ =
      2 * sqrt (2 * log 2) + sqrt (log (1 / δ) / 2) := by
  refine ⟨exists_gap_allBinary x, ?_⟩
  have h : Shatters (fun _ : Z → Bool => True) x := fun b =>
    ⟨fun _ => b 0, trivial, fun i => congrArg b (Fin.fin_one_eq_zero i).symm⟩
  rw [growth_eq_two_pow h]
  unfold vcBound
  rw [show ((2 ^ 1 : Nat) : R) = 2 by grind, show 2 * log (2 : R) / ((1 : Nat) : R) = 2 * log 2 by
    grind, show (2 : R) * ((1 : Nat) : R) = 2 by grind]

end DeepTheory.Generalization
