module

public import DeepTheory.Generalization.PacBayes.Catoni
public import DeepTheory.Generalization.PacBayes.Maurer

/-!
# PAC-Bayes bounds for given numbers

The PAC-Bayes bounds in the form in which a certificate states them: given a number `K` for the
relative entropy, a number `q` for the mean loss on the sample and a number `p`, one inequality
between numbers is enough for the expected loss of every law with these numbers to be at most `p`.

## Main theorems
* `DeepTheory.Generalization.klBin_antitone_left`,
  `DeepTheory.Generalization.klInv_le_of_le_klBin`, `DeepTheory.Generalization.klInv_mono_left`:
  what is monotone.
* `DeepTheory.Generalization.certified_of_moment`, `DeepTheory.Generalization.seeger_certified`,
  `DeepTheory.Generalization.maurer_certified`: the bounds by the inverse of the relative entropy.
* `DeepTheory.Generalization.linear_certified`: the linear bound.
* `DeepTheory.Generalization.exists_certified`: a number that meets the inequality exists.

## References
* J. Langford, *Tutorial on practical prediction theory for classification*, 2005.
-/

public section

namespace DeepTheory.Generalization

open Probability

universe u v w

variable {R : Type u} [RealField R] {Z : Type v} [Fintype Z] {H : Type w} [Fintype H] {n : Nat}
  {δ lam M K p q : R}

/-! ### Monotonicity -/

/-- To the left of `p` the relative entropy of two coins is antitone in its first argument. -/
theorem klBin_antitone_left {q' : R} (hq' : 0 ≤ q') (h : q' ≤ q) (hqp : q ≤ p) (hp : p < 1) :
    klBin q p ≤ klBin q' p := by
  rcases (show q' = q ∨ q' < p by grind) with h' | h'
  · rw [h']; exact Std.le_refl _
  · have hd : 0 < p - q' := by grind
    have ht₀ : 0 ≤ (q - q') / (p - q') := div_nonneg (by grind) hd
    have ht₁ : (q - q') / (p - q') ≤ 1 := (div_le_one hd).2 (by grind)
    have h₁ := klBin_convex_left (a := q') (b := p) (p := p) (by grind) (by grind) (by grind)
      (by grind) ht₀ ht₁
    have h₂ : (q - q') / (p - q') * (p - q') = q - q' := div_mul_cancel (by grind)
    have h₃ := klBin_nonneg hq' (by grind) (show 0 ≤ p by grind) (by grind) (.inl (by grind))
      (.inl hp)
    generalize (q - q') / (p - q') = t at *
    have h₄ := mul_nonneg ht₀ h₃
    rw [show (1 - t) * q' + t * p = q by grind, klBin_self] at h₁
    grind

/-- The inverse of the relative entropy for a smaller mean and a smaller level is at most every
`p ≥ q` whose relative entropy to `q` is at least the level. -/
theorem klInv_le_of_le_klBin {c q' : R} (hq' : 0 ≤ q') (h : q' ≤ q) (hqp : q ≤ p) (hp : p < 1)
    (hc : c ≤ klBin q p) : klInv q' c ≤ p := by
  have h₁ := klBin_antitone_left hq' h hqp hp
  have h₂ := klInv_mono (show q' ≤ 1 by grind) (show c ≤ klBin q' p by grind)
  rw [klInv_eq hq' (by grind) hp rfl] at h₂
  exact h₂

/-- The inverse of the relative entropy is monotone in the mean. -/
theorem klInv_mono_left {c q' : R} (hq' : 0 ≤ q') (h : q' ≤ q) (hq : q ≤ 1) :
    klInv q' c ≤ klInv q c := by
  rcases (show q = 1 ∨ q < 1 by grind) with h₁ | h₁
  · rw [h₁, klInv_one]
    exact klInv_le_one (by grind) c
  · rcases le_total 0 c with hc | hc
    · obtain ⟨h₂, h₃⟩ := klInv_spec (show 0 ≤ q by grind) h₁ hc
      exact klInv_le_of_le_klBin hq' h (le_klInv_self hq c) h₂ (le_of_eq h₃.symm)
    · have h₂ := klInv_mono (show q' ≤ 1 by grind) hc
      rw [klInv_zero hq' (by grind)] at h₂
      have := le_klInv_self hq c
      grind

/-- Maurer's bound is positive. -/
theorem maurerBound_pos (hn : 0 < n) (hδ : 0 < δ) (hδ₁ : δ < 1) (hK : 0 ≤ K) :
    0 < maurerBound K n δ := by
  have hn₁ : (1 : R) ≤ n := by have := natCast_le (R := R) (show 1 ≤ n from hn); grind
  have hs := sqrt_le_sqrt hn₁
  rw [sqrt_one] at hs
  have h := log_pos ((one_lt_div (a := 2 * sqrt (n : R)) hδ).2 (by grind))
  exact div_pos (by grind) (natCast_pos hn)

/-- Maurer's bound is monotone in the relative entropy. -/
theorem maurerBound_mono {K' : R} (hn : 0 < n) (h : K ≤ K') :
    maurerBound K n δ ≤ maurerBound K' n δ :=
  div_le_div_of_nonneg_right (by grind) (le_of_lt (natCast_pos hn))

/-! ### The theorems -/

/-- The bounds by the inverse of the relative entropy for given numbers, for any bound of the
exponential moment. -/
theorem certified_of_moment (μ : Dist R Z) (π : Dist R H) {ℓ : H → Z → R}
    (hℓ : ∀ h z, 0 ≤ ℓ h z ∧ ℓ h z ≤ 1) (hn : 0 < n) (hδ : 0 < δ) (hM : maurerMoment R n ≤ M)
    (hqp : q ≤ p) (hp : p < 1) (h : (K + log (M / δ)) / n ≤ klBin q p) :
    1 - δ ≤ probOf (μ.iid n) fun x => ∀ ρ : Dist R H, AbsCont ρ π → klDiv ρ π ≤ K →
      (expect ρ fun h => empMean (ℓ h) x) ≤ q → (expect ρ fun h => expect μ (ℓ h)) ≤ p := by
  have hn' := natCast_pos (R := R) hn
  refine Std.le_trans (seeger_of_moment μ π hℓ hn hδ hM) (probOf_mono _ fun x hx ρ hρ hK hq => ?_)
  obtain ⟨h₁, h₂, h₃⟩ := hx ρ hρ
  have hq₀ := expect_nonneg ρ fun h => (empMean_mem (hℓ h) hn x).1
  have hq₁ := expect_le ρ fun h => (empMean_mem (hℓ h) hn x).2
  have hp₀ := expect_nonneg ρ fun h => expect_nonneg μ fun z => (hℓ h z).1
  have hp₁ := expect_le ρ fun h => expect_le μ fun z => (hℓ h z).2
  have hc := Std.le_trans (klBin_nonneg hq₀ hq₁ hp₀ hp₁ h₂ h₃) h₁
  have hc' := div_le_div_of_nonneg_right
    (show klDiv ρ π + log (M / δ) ≤ K + log (M / δ) by grind) (le_of_lt hn')
  exact Std.le_trans (le_klInv hq₀ hq₁ hp₁ h₃ hc h₁)
    (klInv_le_of_le_klBin hq₀ hq hqp hp (Std.le_trans hc' h))

/-- **The bound of Langford and Seeger for given numbers.** If the relative entropy of two coins
with means `q ≤ p < 1` is at least the bound of `seeger` for the relative entropy `K`, then with
probability at least `1 - δ` every law `ρ` on the class whose relative entropy with respect to the
prior is at most `K` and whose mean loss on the sample is at most `q` has an expected loss of at
most `p`. -/
theorem seeger_certified (μ : Dist R Z) (π : Dist R H) {ℓ : H → Z → R}
    (hℓ : ∀ h z, 0 ≤ ℓ h z ∧ ℓ h z ≤ 1) (hn : 0 < n) (hδ : 0 < δ) (hqp : q ≤ p) (hp : p < 1)
    (h : seegerBound K n δ ≤ klBin q p) :
    1 - δ ≤ probOf (μ.iid n) fun x => ∀ ρ : Dist R H, AbsCont ρ π → klDiv ρ π ≤ K →
      (expect ρ fun h => empMean (ℓ h) x) ≤ q → (expect ρ fun h => expect μ (ℓ h)) ≤ p :=
  certified_of_moment μ π hℓ hn hδ (maurerMoment_le hn) hqp hp h

/-- **Maurer's bound for given numbers.** If the relative entropy of two coins with means
`q ≤ p < 1` is at least the bound of `maurer` for the relative entropy `K`, then with probability
at least `1 - δ` every law `ρ` on the class whose relative entropy with respect to the prior is at
most `K` and whose mean loss on the sample is at most `q` has an expected loss of at most `p`. -/
theorem maurer_certified (μ : Dist R Z) (π : Dist R H) {ℓ : H → Z → R}
    (hℓ : ∀ h z, 0 ≤ ℓ h z ∧ ℓ h z ≤ 1) (hn : 0 < n) (hδ : 0 < δ) (hqp : q ≤ p) (hp : p < 1)
    (h : maurerBound K n δ ≤ klBin q p) :
    1 - δ ≤ probOf (μ.iid n) fun x => ∀ ρ : Dist R H, AbsCont ρ π → klDiv ρ π ≤ K →
      (expect ρ fun h => empMean (ℓ h) x) ≤ q → (expect ρ fun h => expect μ (ℓ h)) ≤ p :=
  certified_of_moment μ π hℓ hn hδ (maurerMoment_le_two_sqrt hn) hqp hp h

/-- **The linear bound for given numbers.** If `q` plus the bound of `catoni` for the relative
entropy `K` is at most `p`, then with probability at least `1 - δ` every law `ρ` on the class whose
relative entropy with respect to the prior is at most `K` and whose mean loss on the sample is at
most `q` has an expected loss of at most `p`. -/
theorem linear_certified (μ : Dist R Z) (π : Dist R H) {ℓ : H → Z → R}
    (hℓ : ∀ h z, 0 ≤ ℓ h z ∧ ℓ h z ≤ 1) (hn : 0 < n) (hδ : 0 < δ) (hlam : 0 < lam)
    (h : q + catoniBound K n δ lam ≤ p) :
    1 - δ ≤ probOf (μ.iid n) fun x => ∀ ρ : Dist R H, AbsCont ρ π → klDiv ρ π ≤ K →
      (expect ρ fun h => empMean (ℓ h) x) ≤ q → (expect ρ fun h => expect μ (ℓ h)) ≤ p := by
  refine Std.le_trans (catoni μ π hℓ hn hδ hlam) (probOf_mono _ fun x hx ρ hρ hK hq => ?_)
  have h₁ := hx ρ hρ
  have h₂ := div_le_div_of_nonneg_right
    (show klDiv ρ π + log (1 / δ) ≤ K + log (1 / δ) by grind) (le_of_lt hlam)
  unfold catoniBound at h h₁
  grind

/-! ### Numbers that meet the inequality -/

/-- For every mean loss `q < 1` and every level `c ≥ 0` there is a number `p < 1` that can be
certified, and the least one is the inverse of the relative entropy. -/
theorem exists_certified {c : R} (hq₀ : 0 ≤ q) (hq₁ : q < 1) (hc : 0 ≤ c) :
    (q ≤ klInv q c ∧ klInv q c < 1 ∧ c ≤ klBin q (klInv q c)) ∧
      ∀ p, q ≤ p → p < 1 → c ≤ klBin q p → klInv q c ≤ p := by
  obtain ⟨h₁, h₂⟩ := klInv_spec hq₀ hq₁ hc
  exact ⟨⟨le_klInv_self (le_of_lt hq₁) c, h₁, le_of_eq h₂.symm⟩,
    fun p h₃ h₄ h₅ => (klInv_le_iff hq₀ h₃ h₄ hc).2 h₅⟩

end DeepTheory.Generalization
