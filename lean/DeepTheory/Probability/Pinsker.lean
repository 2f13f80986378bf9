module

public import DeepTheory.Probability.DataProcessing

/-!
# Pinsker's inequality

## Main definitions
* `DeepTheory.Probability.pinskerBound`: the bound.

## Main theorems
* `DeepTheory.Probability.two_mul_tv_sq_le_klDiv`: twice the squared total variation distance is at
  most the relative entropy.
* `DeepTheory.Probability.pinsker`, `DeepTheory.Probability.pinsker_witness`,
  `DeepTheory.Probability.pinsker_sharp`: Pinsker's inequality.
* `DeepTheory.Probability.abs_expect_sub_le_pinsker`: the same for expectations.
* `DeepTheory.Probability.klDiv_eq_zero_iff`, `DeepTheory.Probability.mutualInfo_eq_zero_iff`: only
  equal laws have relative entropy zero, only independent entries mutual information zero.

## References
* M. S. Pinsker, *Information and Information Stability of Random Variables and Processes*, 1964.
* I. Csiszár, *Information-type measures of difference of probability distributions and indirect
  observations*, 1967.
* S. Kullback, *A lower bound for discrimination information in terms of variation*, 1967.
* J. H. B. Kemperman, *On the optimum rate of transmitting information*, 1969.
-/

public section

namespace DeepTheory.Probability

universe u v w

variable {R : Type u} [RealField R] {Z : Type v} [Fintype Z] {Y : Type w} [Fintype Y]
  {μ ν : Dist R Z}

/-- The square root of half of the relative entropy `k`. -/
@[expose] noncomputable def pinskerBound (k : R) : R := sqrt (k / 2)

/-- Twice the squared difference of the probabilities of an event is at most the relative
entropy. -/
theorem two_mul_probOf_sub_sq_le_klDiv (h : AbsCont μ ν) (A : Z → Prop) :
    2 * (probOf μ A - probOf ν A) ^ 2 ≤ klDiv μ ν := by
  have h₁ := h.probOf (A := A)
  have h₂ := h.probOf (A := fun z => ¬ A z)
  rw [probOf_not, probOf_not] at h₂
  have h₃ := probOf_nonneg ν A
  have h₄ := probOf_le_one ν A
  exact Std.le_trans (two_mul_sq_le_klBin (probOf_nonneg μ A) (probOf_le_one μ A) h₃ h₄ (by grind)
    (by grind)) (klBin_probOf_le h A)

/-- Twice the squared total variation distance is at most the relative entropy. -/
theorem two_mul_tv_sq_le_klDiv (h : AbsCont μ ν) : 2 * tv μ ν ^ 2 ≤ klDiv μ ν := by
  rw [tv_eq_probOf_sub]
  exact two_mul_probOf_sub_sq_le_klDiv h _

/-- **Pinsker's inequality.** The total variation distance of two laws is at most the square root of
half of their relative entropy.

So no event tells two laws apart by more than this, and no function with values in an interval of
length one has expectations further apart. It turns bounds on information, as those of PAC-Bayes
theory, into bounds on losses.

* controls: generalization
* assumes: finite laws, the second law allows whatever the first one allows
* bound: Probability.pinskerBound
* witness: Probability.pinsker_witness
* sharp: Probability.pinsker_sharp (for every factor below one two coins exceed the bound times it)
* source: Pinsker 1964; the constant by Csiszár 1967, Kullback 1967, Kemperman 1969 -/
theorem pinsker (h : AbsCont μ ν) : tv μ ν ≤ pinskerBound (klDiv μ ν) := by
  have h₁ := two_mul_tv_sq_le_klDiv h
  exact le_sqrt_of_sq_le (by grind)

/-- A coin of mean 1/2 and one of mean 1/4 meet the hypothesis of `pinsker`, and the bound is
positive. -/
theorem pinsker_witness {h₀ : (0 : R) ≤ 1 / 2} {h₁ : (1 / 2 : R) ≤ 1} {h₂ : (0 : R) ≤ 1 / 4}
    {h₃ : (1 / 4 : R) ≤ 1} :
    AbsCont (Dist.coin h₀ h₁) (Dist.coin h₂ h₃) ∧
      0 < pinskerBound (klDiv (Dist.coin h₀ h₁) (Dist.coin h₂ h₃)) := by
  rw [klDiv_coin]
  have := klBin_half_quarter_pos (R := R)
  exact ⟨absCont_coin h₀ h₁ (by grind) (by grind), sqrt_pos.2 (by grind)⟩

/-- **The constant is the best**: for every factor `θ` below one there are two coins whose total
variation distance is above `θ` times the bound. -/
theorem pinsker_sharp {θ : R} (h₀ : 0 < θ) (h₁ : θ < 1) :
    ∃ μ ν : Dist R Bool, AbsCont μ ν ∧ θ * pinskerBound (klDiv μ ν) < tv μ ν := by
  have h₂ : θ ^ 2 < 1 := by
    have := mul_lt_mul_of_pos_left h₁ h₀
    grind
  have h₃ := mul_pos h₀ h₀
  obtain ⟨t, ht, ht', h⟩ := two_mul_sq_le_klBin_sharp.2 (2 / θ ^ 2)
    ((lt_div_iff (by grind)).2 (by grind))
  have ha : AbsCont (Dist.coin (p := 1 / 2) (by grind) (by grind))
      (Dist.coin (p := 1 / 2 + t) (by grind) (by grind)) :=
    absCont_coin (by grind) (by grind) (by grind) (by grind)
  refine ⟨_, _, ha, ?_⟩
  have hk := klDiv_nonneg ha
  rw [tv_coin, klDiv_coin, show (1 / 2 : R) - (1 / 2 + t) = -t by grind, abs_neg,
    abs_of_nonneg (le_of_lt ht)]
  rw [klDiv_coin] at hk
  unfold pinskerBound
  generalize klBin (1 / 2) (1 / 2 + t) = k at *
  have hs := sq_sqrt (show 0 ≤ k / 2 by grind)
  have hs₀ := sqrt_nonneg (k / 2)
  generalize sqrt (k / 2) = s at *
  refine Classical.byContradiction fun hn => ?_
  have h₄ := sq_le_sq (le_of_lt ht) (show t ≤ θ * s by grind)
  have h₅ : k * θ ^ 2 < 2 * t ^ 2 := by
    rw [show 2 / θ ^ 2 * (1 / 2 - (1 / 2 + t)) ^ 2 = 2 * t ^ 2 / θ ^ 2 by grind,
      lt_div_iff (by grind)] at h
    exact h
  have h₆ : (θ * s) ^ 2 = θ ^ 2 * (k / 2) := by rw [mul_pow, hs]
  grind

/-! ### Consequences -/

/-- The expectations of a function with values in `[a, b]` differ by at most the length of the
interval times the square root of half of the relative entropy. -/
theorem abs_expect_sub_le_pinsker (h : AbsCont μ ν) {f : Z → R} {a b : R}
    (hf : ∀ z, a ≤ f z ∧ f z ≤ b) :
    abs (expect μ f - expect ν f) ≤ (b - a) * pinskerBound (klDiv μ ν) := by
  obtain ⟨z⟩ := μ.nonempty
  have h₁ := hf z
  exact Std.le_trans (abs_expect_sub_le_tv hf)
    (mul_le_mul_of_nonneg_left (pinsker h) (by grind))

/-- Only equal laws have relative entropy zero. -/
theorem klDiv_eq_zero_iff (h : AbsCont μ ν) : klDiv μ ν = 0 ↔ μ = ν := by
  refine ⟨fun h₀ => ?_, fun h₀ => by rw [h₀, klDiv_self]⟩
  have h₁ := two_mul_tv_sq_le_klDiv h
  have h₂ := sq_nonneg (tv μ ν)
  exact tv_eq_zero_iff.1 (sq_eq_zero (by grind))

/-- Only independent entries have no mutual information. -/
theorem mutualInfo_eq_zero_iff (π : Dist R (Z × Y)) :
    mutualInfo π = 0 ↔ π = π.fst.prod π.snd :=
  klDiv_eq_zero_iff (absCont_fst_prod_snd π)

end DeepTheory.Probability
