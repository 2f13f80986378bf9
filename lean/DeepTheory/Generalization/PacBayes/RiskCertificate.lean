module

public import DeepTheory.Generalization.PacBayes.Split
public import DeepTheory.Generalization.TestSet

/-!
# Certificates for randomised hypotheses

The theorem that a certificate of a trained network states.  The prior is learnt on a first sample,
the posterior on both; the mean loss of the posterior on the second sample is not computed but
estimated from draws of hypotheses.  Both steps of chance, the samples and the draws, are in one
law.

## Main definitions
* `DeepTheory.Generalization.certificateLaw`: two samples, and draws of hypotheses from the
  posterior.
* `DeepTheory.Generalization.certificateBound`: the bound.

## Main theorems
* `DeepTheory.Generalization.probOf_certificateLaw`: probabilities under the law.
* `DeepTheory.Generalization.risk_certificate`,
  `DeepTheory.Generalization.risk_certificate_witness`,
  `DeepTheory.Generalization.risk_certificate_sharp`.
* `DeepTheory.Generalization.certificateBound_le`: how a number is certified.
* `DeepTheory.Generalization.split_certified`: the certificate for given numbers.

## References
* J. Langford, R. Caruana, *(Not) bounding the true error*, 2001.
* G. K. Dziugaite, D. M. Roy, *Computing nonvacuous generalization bounds for deep (stochastic)
  neural networks with many more parameters than training data*, 2017.
* M. Pérez-Ortiz, O. Rivasplata, J. Shawe-Taylor, C. Szepesvári, *Tighter risk certificates for
  neural networks*, 2021.
-/

public section

namespace DeepTheory.Generalization

open Probability

universe u v w

variable {R : Type u} [RealField R] {Z : Type v} [Fintype Z] {H : Type w} [Fintype H]
  {k m n : Nat} {δ δ' K p q r : R}

/-! ### The law -/

/-- Two events that each fail with a small probability fail together with at most the sum. -/
theorem le_probOf_and (μ : Dist R Z) {A B : Z → Prop} (hA : 1 - δ ≤ probOf μ A)
    (hB : 1 - δ' ≤ probOf μ B) : 1 - (δ + δ') ≤ probOf μ fun z => A z ∧ B z := by
  have h₁ := probOf_or_le μ (fun z => ¬ A z) fun z => ¬ B z
  rw [probOf_not, probOf_not] at h₁
  exact le_probOf_of_bad (B := fun z => ¬ A z ∨ ¬ B z) μ (by grind) fun z hz => by grind

/-- The law of two independent samples of `m` and of `n` draws from `μ`, and of `k` independent
draws of hypotheses from a posterior that depends on the samples. -/
@[expose] noncomputable def certificateLaw (μ : Dist R Z)
    (posterior : (Fin m → Z) → (Fin n → Z) → Dist R H) (k : Nat) :
    Dist R (((Fin m → Z) × (Fin n → Z)) × (Fin k → H)) :=
  ((μ.iid m).prod (μ.iid n)).bind fun s => (Dist.point s).prod ((posterior s.1 s.2).iid k)

/-- The probability of an event is the mean over the samples of its probability over the draws. -/
theorem probOf_certificateLaw (μ : Dist R Z) (posterior : (Fin m → Z) → (Fin n → Z) → Dist R H)
    (A : ((Fin m → Z) × (Fin n → Z)) × (Fin k → H) → Prop) :
    probOf (certificateLaw μ posterior k) A = expect ((μ.iid m).prod (μ.iid n)) fun s =>
      probOf ((posterior s.1 s.2).iid k) fun w => A (s, w) := by
  unfold probOf certificateLaw
  rw [expect_bind]
  exact expect_congr _ fun s => by rw [expect_prod, expect_point]

/-- An event of the samples alone has its probability under the law of the samples. -/
theorem probOf_certificateLaw_fst (μ : Dist R Z)
    (posterior : (Fin m → Z) → (Fin n → Z) → Dist R H) (A : (Fin m → Z) × (Fin n → Z) → Prop) :
    probOf (certificateLaw μ posterior k) (fun s => A s.1) =
      probOf ((μ.iid m).prod (μ.iid n)) A := by
  rw [probOf_certificateLaw]
  exact expect_congr _ fun s => expect_const ((posterior s.1 s.2).iid k) (indicator R (A s))

/-! ### The bound -/

/-- The inverse of the relative entropy, twice: from the mean loss `q` of `k` draws to the mean loss
of the posterior on the sample, and from there to its expected loss. -/
@[expose] noncomputable def certificateBound (q K : R) (k n : Nat) (δ δ' : R) : R :=
  klInv (klInv q (testSetBound k δ')) (maurerBound K n δ)

/-- **Risk certificates.** Let a prior on a finite class of hypotheses be a function of a first
sample of `m` independent draws, and a posterior a function of this and of a second sample of `n`.
Let `k` hypotheses be drawn from the posterior. With probability at least `1 - (δ + δ')` over the
samples and the draws of hypotheses the expected loss of a hypothesis that is drawn from the
posterior is at most the inverse of the relative entropy of two coins, applied twice: to the mean
loss on the second sample of the `k` hypotheses at the level `log (1 / δ') / k`, and to the result
at the level `(KL (posterior, prior) + log (2 sqrt n / δ)) / n`.

Everything in the bound is computed from the data, whatever the training did. It is the theorem that
the certificate of a trained network instantiates.

* controls: generalization
* assumes: m + n independent draws from a finite law, n > 0, a finite class, losses in [0, 1], a
  prior that is a function of the first m draws, a posterior that is a function of all and puts no
  weight where the prior has none, k > 0 independent draws from the posterior, delta, delta' > 0
* bound: Generalization.certificateBound
* witness: Generalization.risk_certificate_witness
* sharp: Generalization.risk_certificate_sharp (the first step is attained: with probability
  delta' it is exactly the loss on the sample; the second exceeds for one draw of a fair coin the
  expected loss 1 / 2 by (1 - delta) / 2)
* source: Langford, Caruana 2001; Pérez-Ortiz, Rivasplata, Shawe-Taylor, Szepesvári 2021 -/
theorem risk_certificate (μ : Dist R Z) {ℓ : H → Z → R} (hℓ : ∀ h z, 0 ≤ ℓ h z ∧ ℓ h z ≤ 1)
    (prior : (Fin m → Z) → Dist R H) (posterior : (Fin m → Z) → (Fin n → Z) → Dist R H)
    (hn : 0 < n) (hk : 0 < k) (hδ : 0 < δ) (hδ' : 0 < δ') :
    1 - (δ + δ') ≤ probOf (certificateLaw μ posterior k) fun s =>
      AbsCont (posterior s.1.1 s.1.2) (prior s.1.1) →
        (expect (posterior s.1.1 s.1.2) fun h => expect μ (ℓ h)) ≤
          certificateBound (empMean (fun h => empMean (ℓ h) s.1.2) s.2)
            (klDiv (posterior s.1.1 s.1.2) (prior s.1.1)) k n δ δ' := by
  have h₁ := data_dependent_prior μ hℓ prior hn hδ
  rw [← probOf_certificateLaw_fst (k := k) μ posterior] at h₁
  have h₂ : 1 - δ' ≤ probOf (certificateLaw μ posterior k) fun s =>
      (expect (posterior s.1.1 s.1.2) fun h => empMean (ℓ h) s.1.2) ≤
        klInv (empMean (fun h => empMean (ℓ h) s.1.2) s.2) (testSetBound k δ') := by
    rw [probOf_certificateLaw]
    exact le_expect _ fun s => monte_carlo (posterior s.1 s.2) hℓ hn s.2 hk hδ'
  refine Std.le_trans (le_probOf_and _ h₁ h₂) (probOf_mono _ fun s hs hac => ?_)
  have hq (h : H) := empMean_mem (hℓ h) hn s.1.2
  have hw := (empMean_mem hq hk s.2).2
  exact Std.le_trans (hs.1 _ hac).2 (klInv_mono_left (expect_nonneg _ fun h => (hq h).1) hs.2
    (klInv_le_one hw _))

/-- A number is certified by two inequalities: the relative entropy of coins with means `q ≤ r` is
at least the level of the draws, and that of coins with means `r ≤ p < 1` is at least the level of
the sample. -/
theorem certificateBound_le {q' K' : R} (hq' : 0 ≤ q') (hq : q' ≤ q) (hK : K' ≤ K) (hn : 0 < n)
    (hqr : q ≤ r) (hrp : r ≤ p) (hp : p < 1) (h₁ : testSetBound k δ' ≤ klBin q r)
    (h₂ : maurerBound K n δ ≤ klBin r p) : certificateBound q' K' k n δ δ' ≤ p :=
  klInv_le_of_le_klBin (Std.le_trans hq' (le_klInv_self (by grind) _))
    (klInv_le_of_le_klBin hq' hq hqr (by grind) h₁) hrp hp
    (Std.le_trans (maurerBound_mono hn hK) h₂)

/-- **Risk certificates for given numbers.** If the relative entropy of two coins with means `q ≤ r`
is at least the level of the draws of hypotheses, and that of two coins with means `r ≤ p < 1` is at
least Maurer's bound for the relative entropy `K`, then with probability at least `1 - (δ + δ')`
this holds: when the relative entropy of the posterior with respect to the prior is at most `K` and
the mean loss of the drawn hypotheses on the second sample is at most `q`, the expected loss of the
posterior is at most `p`.

The event in `risk_certificate` does not depend on the numbers and is contained in this one for all
of them at once: so the numbers may be read off the data. -/
theorem split_certified (μ : Dist R Z) {ℓ : H → Z → R} (hℓ : ∀ h z, 0 ≤ ℓ h z ∧ ℓ h z ≤ 1)
    (prior : (Fin m → Z) → Dist R H) (posterior : (Fin m → Z) → (Fin n → Z) → Dist R H)
    (hn : 0 < n) (hk : 0 < k) (hδ : 0 < δ) (hδ' : 0 < δ') (hqr : q ≤ r) (hrp : r ≤ p) (hp : p < 1)
    (h₁ : testSetBound k δ' ≤ klBin q r) (h₂ : maurerBound K n δ ≤ klBin r p) :
    1 - (δ + δ') ≤ probOf (certificateLaw μ posterior k) fun s =>
      AbsCont (posterior s.1.1 s.1.2) (prior s.1.1) →
        klDiv (posterior s.1.1 s.1.2) (prior s.1.1) ≤ K →
          empMean (fun h => empMean (ℓ h) s.1.2) s.2 ≤ q →
            (expect (posterior s.1.1 s.1.2) fun h => expect μ (ℓ h)) ≤ p :=
  Std.le_trans (risk_certificate μ hℓ prior posterior hn hk hδ hδ') (probOf_mono _
    fun s hs hac hK hq => Std.le_trans (hs hac) (certificateBound_le
      (empMean_mem (fun h => empMean_mem (hℓ h) hn s.1.2) hk s.2).1 hq hK hn hqr hrp hp h₁ h₂))

/-! ### Examples -/

/-- The bound is less than one for every mean loss below one. -/
theorem certificateBound_lt_one (hq₀ : 0 ≤ q) (hq₁ : q < 1) (hK : 0 ≤ K) (hn : 0 < n) (hk : 0 < k)
    (hδ : 0 < δ) (hδ₁ : δ < 1) (hδ' : 0 < δ') (hδ'₁ : δ' ≤ 1) :
    certificateBound q K k n δ δ' < 1 :=
  (klInv_spec (Std.le_trans hq₀ (le_klInv_self (le_of_lt hq₁) _))
    (klInv_spec hq₀ hq₁ (testSetBound_nonneg hk hδ' hδ'₁)).1
    (le_of_lt (maurerBound_pos hn hδ hδ₁ hK))).1

/-- Two losses of a coin, one the opposite of the other, meet the hypotheses of `risk_certificate`
when the prior and the posterior are both learnt, each with the law `gibbs` of its sample: the
posterior puts no weight where the prior has none, and the bound is less than one for every mean
loss below one. -/
theorem risk_certificate_witness (hn : 0 < n) (hk : 0 < k) (hδ : 0 < δ) (hδ₁ : δ < 1)
    (hδ' : 0 < δ') (hδ'₁ : δ' < 1) (hq₀ : 0 ≤ q) (hq₁ : q < 1) :
    (∀ h z : Bool, 0 ≤ heads R (xor h z) ∧ heads R (xor h z) ≤ 1) ∧
      ∀ (x : Fin m → Bool) (y : Fin n → Bool),
        AbsCont (gibbs (fun h z : Bool => heads R (xor h z)) y)
            (gibbs (fun h z : Bool => heads R (xor h z)) x) ∧
          certificateBound q (klDiv (gibbs (fun h z : Bool => heads R (xor h z)) y)
            (gibbs (fun h z : Bool => heads R (xor h z)) x)) k n δ δ' < 1 := by
  refine ⟨fun _ _ => heads_mem _, fun x y => ?_⟩
  have hac : AbsCont (gibbs (fun h z : Bool => heads R (xor h z)) y)
      (gibbs (fun h z : Bool => heads R (xor h z)) x) := absCont_of_pos (gibbs_pos _ x)
  exact ⟨hac, certificateBound_lt_one hq₀ hq₁ (klDiv_nonneg hac) hn hk hδ hδ₁ hδ'
    (le_of_lt hδ'₁)⟩

/-- Both steps are as good as they can be. Let the loss of a hypothesis be the hypothesis itself,
which is drawn from a coin with mean `r`, so that its mean loss is `r` on every sample. The `k`
draws have no loss with probability `(1 - r) ^ k`, and for this `δ'` the first step gives exactly
`r`. For one draw of a fair coin and all weight on one hypothesis the expected loss is `1 / 2`; when
the draw has no loss, and the first step costs nothing, the bound is `1 / 2 + (1 - δ) / 2`. -/
theorem risk_certificate_sharp {h₀ : 0 ≤ r} {h₁ : r ≤ 1} (hr : r < 1) (hk : 0 < k) (hδ : 0 < δ)
    (hδ₁ : δ ≤ 1) :
    probOf ((Dist.coin h₀ h₁).iid k) (fun w => empMean (heads R) w ≤ 0) = (1 - r) ^ k ∧
      certificateBound 0 K k n δ ((1 - r) ^ k) = klInv r (maurerBound K n δ) ∧
        certificateBound 0 (klDiv (Dist.point (R := R) ()) (Dist.point ())) k 1 δ 1 =
          1 / 2 + (1 - δ) / 2 := by
  obtain ⟨e₁, e₂, _⟩ := test_set_sharp (h₀ := h₀) (h₁ := h₁) hk hr
  refine ⟨e₁, by rw [certificateBound, e₂], ?_⟩
  have e₃ : testSetBound k (1 : R) = 0 := by
    rw [testSetBound, show (1 / 1 : R) = 1 by grind, log_one]; grind
  have e₄ : maurerBound (0 : R) 1 δ = log 2 + log (1 / δ) := by
    have e₅ : ((1 : Nat) : R) = 1 := by grind
    unfold maurerBound
    rw [e₅, sqrt_one, log_div (by grind) hδ, log_div zero_lt_one hδ, log_one,
      show (2 * 1 : R) = 2 by grind]
    grind
  rw [certificateBound, e₃, klInv_zero (by grind) (by grind), klDiv_self, e₄]
  refine klInv_eq (by grind) (by grind) (by grind) ?_
  rw [klBin_zero_left (by grind), show 1 - (1 / 2 + (1 - δ) / 2) = δ / 2 by grind,
    log_div hδ (by grind), log_div zero_lt_one hδ, log_one]
  grind

end DeepTheory.Generalization
