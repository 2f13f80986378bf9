module

public import DeepTheory.Generalization.Contraction
public import DeepTheory.Generalization.Symmetrization

/-!
# The margin bound for classifiers

A classifier errs where its margin, the label times the score, is not positive. The probability of
an error is at most the share of the sample with a margin below `ρ`, plus the complexity of the
scores divided by `ρ`.

## Main definitions
* `DeepTheory.Generalization.ramp`: one for negative margins, zero from `ρ` on, linear between.
* `DeepTheory.Generalization.FunctionClass.margins`: the margins of a class of scores.
* `DeepTheory.Generalization.marginBound`: the bound.

## Main theorems
* `DeepTheory.Generalization.margin_bound`, `DeepTheory.Generalization.margin_bound_witness`,
  `DeepTheory.Generalization.margin_bound_sharp`.
* `DeepTheory.Generalization.FunctionClass.rademacher_margins`: the margins have the complexity of
  the scores.

## References
* V. Koltchinskii, D. Panchenko, *Empirical margin distributions and bounding the generalization
  error of combined classifiers*, 2002.
* M. Mohri, A. Rostamizadeh, A. Talwalkar, *Foundations of Machine Learning*, 2018, Theorem 5.8.
-/

public section

namespace DeepTheory.Generalization

open Probability

universe u v w

variable {R : Type u} [RealField R] {ι : Type v} {Z : Type w} {n : Nat} {ρ δ t : R}

/-! ### The ramp -/

/-- One for negative margins, zero from `ρ` on, linear between. -/
@[expose] noncomputable def ramp (ρ t : R) : R := min 1 (max 0 (1 - t / ρ))

theorem ramp_nonneg (ρ t : R) : 0 ≤ ramp ρ t := le_min zero_le_one (le_max_left _ _)

theorem ramp_le_one (ρ t : R) : ramp ρ t ≤ 1 := min_le_left _ _

/-- The ramp has slope at most `1 / ρ`. -/
theorem abs_ramp_sub_ramp_le (hρ : 0 < ρ) (s t : R) :
    abs (ramp ρ s - ramp ρ t) ≤ 1 / ρ * abs (s - t) := by
  unfold ramp
  rw [min_comm, min_comm (1 : R), max_comm, max_comm (0 : R)]
  refine Std.le_trans (abs_min_sub_min_le_abs _ _ _)
    (Std.le_trans (abs_max_sub_max_le_abs _ _ _) ?_)
  rw [show 1 - s / ρ - (1 - t / ρ) = -(1 / ρ * (s - t)) by grind, abs_neg, abs_mul,
    abs_of_nonneg (le_of_lt (one_div_pos hρ))]
  exact Std.le_refl _

/-- An error costs one. -/
theorem indicator_nonpos_le_ramp (hρ : 0 < ρ) (t : R) : indicator R (t ≤ 0) ≤ ramp ρ t := by
  rcases indicator_cases R (t ≤ 0) with ⟨h, h₁⟩ | ⟨_, h₁⟩ <;> rw [h₁]
  · refine le_min (Std.le_refl _) (le_max_of_le_right ?_)
    have : t / ρ ≤ 0 := (div_le_iff hρ).2 (by grind)
    grind
  · exact ramp_nonneg _ _

/-- A margin from `ρ` on costs nothing. -/
theorem ramp_le_indicator_lt (hρ : 0 < ρ) (t : R) : ramp ρ t ≤ indicator R (t < ρ) := by
  rcases indicator_cases R (t < ρ) with ⟨_, h₁⟩ | ⟨h, h₁⟩ <;> rw [h₁]
  · exact ramp_le_one _ _
  · refine min_le_of_right_le (max_le (Std.le_refl _) ?_)
    have : 1 ≤ t / ρ := (one_le_div hρ).2 (not_lt.1 h)
    grind

/-! ### Margins -/

/-- The margins of a class of scores: label, as a sign, times score. -/
@[expose] noncomputable def FunctionClass.margins {X : Type w} (F : FunctionClass R ι X) :
    FunctionClass R ι (X × Bool) where
  eval i z := sign R z.2 * F.eval i z.1
  nonempty := F.nonempty
  bounded z := (F.bounded z.1).elim fun M h => ⟨M, fun i => by
    rw [abs_mul, abs_sign]
    have := h i
    grind⟩

/-- Turning a sign round where another is negative multiplies the two. -/
theorem sign_xor_not (a b : Bool) : sign R (xor (!b) a) = sign R a * sign R b := by
  cases a <;> cases b <;> simp [sign] <;> grind

/-- The margins of a class of scores have the complexity of the scores, whatever the labels. -/
theorem FunctionClass.rademacher_margins {X : Type w} (F : FunctionClass R ι X)
    (z : Fin n → X × Bool) : F.margins.rademacher z = F.rademacher fun j => (z j).1 := by
  unfold FunctionClass.rademacher
  rw [← signAverage_xor (fun j => !(z j).2) (F.correlation fun j => (z j).1)]
  refine signAverage_congr fun σ => lub_congr fun i => ?_
  refine congrArg (· / (n : R)) (sum_congr fun j => ?_)
  show sign R (σ j) * (sign R (z j).2 * F.eval i (z j).1) =
    sign R (xor (!(z j).2) (σ j)) * F.eval i (z j).1
  rw [sign_xor_not]
  grind

/-! ### The bound -/

/-- Twice the complexity `r` divided by the margin `ρ`, plus the square root of
`log (1 / δ) / (2 n)`. -/
@[expose] noncomputable def marginBound (r ρ : R) (n : Nat) (δ : R) : R :=
  2 * r / ρ + sqrt (log (1 / δ) / (2 * n))

variable [Fintype Z]

/-- **The margin bound.** Let the functions of a class be the margins of classifiers, which err
where their margin is not positive. With probability at least `1 - δ` over `n` independent draws,
every classifier of the class errs with a probability of at most its share of the sample with a
margin below `ρ`, plus `2 / ρ` times the expected Rademacher complexity, plus
`sqrt (log (1 / δ) / (2 n))`.

It explains how a classifier with very many parameters can generalize: what counts is the size of
its margins against the norm of its scores.

* controls: generalization
* assumes: n > 0 independent draws from a finite law, a class with a member, margin rho > 0 chosen
  before the sample, 0 < delta < 1
* bound: Generalization.marginBound
* witness: Generalization.margin_bound_witness
* sharp: Generalization.margin_bound_sharp (a single draw from N points and all functions to 0 and
  1: the gap is 1 - 1/N for sure, the bound 1 + sqrt(log(1/delta)/2))
* source: Koltchinskii, Panchenko 2002; Mohri, Rostamizadeh, Talwalkar 2018, Theorem 5.8 -/
theorem margin_bound (F : FunctionClass R ι Z) (μ : Dist R Z) (hρ : 0 < ρ) (hn : 0 < n)
    (hδ : 0 < δ) (hδ₁ : δ < 1) :
    1 - δ ≤ probOf (μ.iid n) fun x => ∀ i, probOf μ (fun z => F.eval i z ≤ 0) ≤
      empMean (fun z => indicator R (F.eval i z < ρ)) x +
        marginBound (F.expectedRademacher μ n) ρ n δ := by
  let G := F.comp (fun _ => ramp ρ) fun _ => abs_ramp_sub_ramp_le hρ
  have hn' := natCast_pos (R := R) hn
  have hG : G.expectedRademacher μ n ≤ 1 / ρ * F.expectedRademacher μ n := by
    unfold FunctionClass.expectedRademacher
    rw [← expect_const_mul]
    exact expect_mono _ fun x => contraction F (fun _ => abs_ramp_sub_ramp_le hρ) x
  refine Std.le_trans (rademacher_bound G μ (b := 1) (fun i z => ⟨ramp_nonneg _ _, ramp_le_one _ _⟩)
    zero_lt_one hn hδ hδ₁) (probOf_mono _ fun x hx i => ?_)
  have h₁ : probOf μ (fun z => F.eval i z ≤ 0) ≤ expect μ (G.eval i) :=
    expect_mono μ fun z => indicator_nonpos_le_ramp hρ _
  have h₂ : empMean (G.eval i) x ≤ empMean (fun z => indicator R (F.eval i z < ρ)) x :=
    div_le_div_of_nonneg_right (sum_le_sum fun j => ramp_le_indicator_lt hρ _) (le_of_lt hn')
  have h₃ := hx i
  unfold rademacherBound at h₃
  unfold marginBound
  rw [show 2 * F.expectedRademacher μ n / ρ = 2 * (1 / ρ * F.expectedRademacher μ n) by grind]
  grind

/-- The class of all functions to zero and one meets the hypotheses of `margin_bound`, and the
bound is positive. -/
theorem margin_bound_witness (μ : Dist R Z) (hρ : 0 < ρ) (δ : R) :
    0 < marginBound ((allBinary R Z).expectedRademacher μ 1) ρ 1 δ := by
  have h := sqrt_nonneg (log (1 / δ) / (2 * ((1 : Nat) : R)))
  have h₁ := one_div_pos hρ
  rw [expectedRademacher_allBinary]
  unfold marginBound
  grind

/-- For a single draw from `N` points and all functions to zero and one, taken as margins, some
classifier errs with probability `1 - 1 / N` and has the margin one on the sample for sure; the
bound for `ρ = 1` is `1 + sqrt (log (1 / δ) / 2)`. -/
theorem margin_bound_sharp [Nonempty Z] (δ : R) :
    (∀ x : Fin 1 → Z, ∃ h, probOf (Dist.uniform (R := R)) (fun z => (allBinary R Z).eval h z ≤ 0) -
      empMean (fun z => indicator R ((allBinary R Z).eval h z < 1)) x = 1 - 1 / card Z) ∧
    marginBound ((allBinary R Z).expectedRademacher Dist.uniform 1) 1 1 δ =
      1 + sqrt (log (1 / δ) / 2) := by
  refine ⟨fun x => ?_, ?_⟩
  · obtain ⟨h, hh⟩ := exists_gap_allBinary (R := R) x
    refine ⟨fun z => !h z, ?_⟩
    have h₁ (b : Bool) : indicator R (heads R (!b) ≤ 0) = heads R b := by
      cases b
      · rw [indicator_false (by simp; grind)]; rfl
      · rw [indicator_true (by simp; exact Std.le_refl _)]; rfl
    have h₂ (b : Bool) : indicator R (heads R (!b) < 1) = heads R b := by
      cases b
      · rw [indicator_false (by simp; grind)]; rfl
      · rw [indicator_true (by simp; exact zero_lt_one)]; rfl
    have h₃ : probOf (Dist.uniform (R := R)) (fun z => (allBinary R Z).eval (fun z => !h z) z ≤ 0) =
        expect Dist.uniform ((allBinary R Z).eval h) := expect_congr _ fun z => h₁ (h z)
    have h₄ : (fun z => indicator R ((allBinary R Z).eval (fun z => !h z) z < 1)) =
        (allBinary R Z).eval h := funext fun z => h₂ (h z)
    rw [← hh, h₃, h₄]
  · rw [expectedRademacher_allBinary]
    unfold marginBound
    rw [show (2 : R) * ((1 : Nat) : R) = 2 by grind]
    grind

end DeepTheory.Generalization
