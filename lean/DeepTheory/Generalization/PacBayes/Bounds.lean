module

public import DeepTheory.Generalization.PacBayes.ChangeOfMeasure
public import DeepTheory.Generalization.PacBayes.Moments
public import DeepTheory.Probability.KlInverse

/-!
# The PAC-Bayes bound of Langford and Seeger

The mean loss on the sample and the expected loss of a hypothesis that is drawn from a law `ρ` on a
finite class are close for all `ρ` at once; the price is the relative entropy of `ρ` with respect to
a law `π` that was chosen before the sample.

## Main definitions
* `DeepTheory.Generalization.seegerBound`: the bound.

## Main theorems
* `DeepTheory.Generalization.klBin_expect_le`: the relative entropy of two coins is convex in both
  arguments, for means.
* `DeepTheory.Generalization.seeger`, `DeepTheory.Generalization.seeger_witness`,
  `DeepTheory.Generalization.seeger_sharp`.

## References
* D. McAllester, *PAC-Bayesian model averaging*, 1999.
* J. Langford, M. Seeger, *Bounds for averaging classifiers*, 2001.
* A. Maurer, *A note on the PAC Bayesian theorem*, 2004.
-/

public section

namespace DeepTheory.Generalization

open Probability

universe u v w

variable {R : Type u} [RealField R] {Z : Type v} [Fintype Z] {H : Type w} [Fintype H] {n : Nat}
  {δ M K : R}

/-! ### Elements with a positive weight -/

/-- An event may be compared on the elements with a positive weight only. -/
theorem probOf_mono_of_pos (μ : Dist R Z) {A B : Z → Prop}
    (h : ∀ z, 0 < μ.prob z → A z → B z) : probOf μ A ≤ probOf μ B := by
  refine sum_le_sum fun z => ?_
  rcases lt_or_eq_of_le (μ.nonneg z) with hz | hz
  · exact mul_le_mul_of_nonneg_left (indicator_mono (h z hz)) (μ.nonneg z)
  · rw [← hz]; grind

/-- Each entry of a sample with a positive weight has a positive weight. -/
theorem prob_pos_of_iid (μ : Dist R Z) {x : Fin n → Z} (h : 0 < (μ.iid n).prob x) (i : Fin n) :
    0 < μ.prob (x i) := by
  refine lt_of_le_of_ne (μ.nonneg _) fun h₀ => ?_
  have h₁ : (μ.iid n).prob x = 0 := prod_eq_zero (f := fun i => μ.prob (x i)) i h₀.symm
  grind

/-- Where a nonnegative quantity has expectation zero its mean over a sample is zero. -/
theorem empMean_eq_zero (μ : Dist R Z) {f : Z → R} (hf : ∀ z, 0 ≤ f z) {x : Fin n → Z}
    (hx : 0 < (μ.iid n).prob x) (h : expect μ f = 0) : empMean f x = 0 := by
  have h₁ (i : Fin n) : f (x i) = 0 := by
    have h₂ := (sum_eq_zero_iff fun z => mul_nonneg (μ.nonneg z) (hf z)).1 h (x i)
    have := prob_pos_of_iid μ hx i
    grind
  rw [empMean, sum_congr h₁, sum_const_zero]
  grind

/-- Where a quantity of at most one has expectation one its mean over a sample is one. -/
theorem empMean_eq_one (μ : Dist R Z) {f : Z → R} (hf : ∀ z, f z ≤ 1) {x : Fin n → Z} (hn : 0 < n)
    (hx : 0 < (μ.iid n).prob x) (h : expect μ f = 1) : empMean f x = 1 := by
  have hn' := natCast_pos (R := R) hn
  have h₁ := empMean_eq_zero μ (f := fun z => 1 - f z) (fun z => by have := hf z; grind) hx
    (by rw [expect_sub, expect_const, h]; grind)
  rw [show empMean (fun z => 1 - f z) x = 1 - empMean f x by
    unfold empMean; rw [sum_sub, sum_const]; grind] at h₁
  grind

omit [Fintype Z] in
/-- The mean over a sample of a quantity in `[0, 1]` lies in `[0, 1]`. -/
theorem empMean_mem {f : Z → R} (hf : ∀ z, 0 ≤ f z ∧ f z ≤ 1) (hn : 0 < n) (x : Fin n → Z) :
    0 ≤ empMean f x ∧ empMean f x ≤ 1 :=
  ⟨div_nonneg (sum_nonneg fun i => (hf (x i)).1) (natCast_pos hn),
    empMean_le hn (fun z => (hf z).2) x⟩

/-! ### Convexity for means -/

/-- The log-sum inequality for means. -/
theorem log_sum_expect (ρ : Dist R H) {a c : H → R} (ha : ∀ h, 0 ≤ a h) (hc : ∀ h, 0 ≤ c h)
    (hac : ∀ h, 0 < c h ∨ a h = 0) : expect ρ a * log (expect ρ a / expect ρ c) ≤
      expect ρ fun h => a h * log (a h / c h) := by
  refine Std.le_trans (log_sum_of_zeros (a := fun h => ρ.prob h * a h)
    (c := fun h => ρ.prob h * c h) (fun h => mul_nonneg (ρ.nonneg h) (ha h))
    (fun h => mul_nonneg (ρ.nonneg h) (hc h)) fun h h₀ => ?_) (le_of_eq (sum_congr fun h => ?_))
  · have := hac h
    have := ρ.nonneg h
    grind
  · rcases lt_or_eq_of_le (ρ.nonneg h) with hρ | hρ
    · rw [show ρ.prob h * a h / (ρ.prob h * c h) = a h / c h by
        have := hac h
        grind]
      grind
    · rw [← hρ]; grind

/-- Where a second mean vanishes, so does the first. -/
theorem expect_pos_or (ρ : Dist R H) {a c : H → R} (hc : ∀ h, 0 ≤ c h)
    (hac : ∀ h, 0 < c h ∨ a h = 0) : 0 < expect ρ c ∨ expect ρ a = 0 := by
  rcases lt_or_eq_of_le (expect_nonneg ρ hc) with h | h
  · exact .inl h
  · refine .inr (sum_eq_zero fun k => ?_)
    have h₁ := (sum_eq_zero_iff fun k => mul_nonneg (ρ.nonneg k) (hc k)).1 h.symm k
    have := hac k
    grind

/-- **The relative entropy of two coins is convex**: that of two mean values is at most the mean of
the relative entropies. -/
theorem klBin_expect_le (ρ : Dist R H) {q p : H → R} (hq : ∀ h, 0 ≤ q h ∧ q h ≤ 1)
    (hp : ∀ h, 0 ≤ p h ∧ p h ≤ 1) (h₀ : ∀ h, 0 < p h ∨ q h = 0) (h₁ : ∀ h, p h < 1 ∨ q h = 1) :
    klBin (expect ρ q) (expect ρ p) ≤ expect ρ fun h => klBin (q h) (p h) := by
  have h₂ := log_sum_expect ρ (fun h => (hq h).1) (fun h => (hp h).1) h₀
  have h₃ := log_sum_expect ρ (a := fun h => 1 - q h) (c := fun h => 1 - p h)
    (fun h => by have := hq h; grind) (fun h => by have := hp h; grind) fun h => by
      have := h₁ h; grind
  rw [expect_sub, expect_sub, expect_const] at h₃
  show expect ρ q * log (expect ρ q / expect ρ p) +
    (1 - expect ρ q) * log ((1 - expect ρ q) / (1 - expect ρ p)) ≤
      expect ρ fun h => q h * log (q h / p h) + (1 - q h) * log ((1 - q h) / (1 - p h))
  rw [expect_add]
  exact add_le_add h₂ h₃

/-! ### The bounds -/

/-- The statement of Langford and Seeger for any bound of the exponential moment. Besides the bound
for the relative entropy it says that the relative entropy has its meaning: where the expected loss
is zero or one, the mean loss on the sample is the same. -/
theorem seeger_of_moment (μ : Dist R Z) (π : Dist R H) {ℓ : H → Z → R}
    (hℓ : ∀ h z, 0 ≤ ℓ h z ∧ ℓ h z ≤ 1) (hn : 0 < n) (hδ : 0 < δ) (hM : maurerMoment R n ≤ M) :
    1 - δ ≤ probOf (μ.iid n) fun x => ∀ ρ : Dist R H, AbsCont ρ π →
      klBin (expect ρ fun h => empMean (ℓ h) x) (expect ρ fun h => expect μ (ℓ h)) ≤
          (klDiv ρ π + log (M / δ)) / n ∧
        (0 < (expect ρ fun h => expect μ (ℓ h)) ∨ (expect ρ fun h => empMean (ℓ h) x) = 0) ∧
          ((expect ρ fun h => expect μ (ℓ h)) < 1 ∨ (expect ρ fun h => empMean (ℓ h) x) = 1) := by
  have hn' := natCast_pos (R := R) hn
  have hM₀ : 0 < M := by have := one_le_maurerMoment (R := R) hn; grind
  refine Std.le_trans (change_of_measure (μ.iid n) π
    (Φ := fun h x => n * klBin (empMean (ℓ h) x) (expect μ (ℓ h))) hM₀ hδ
    fun h => Std.le_trans (expect_exp_klBin_le μ (hℓ h) hn) hM)
    (probOf_mono_of_pos _ fun x hx₀ hx ρ hρ => ?_)
  have hq (h : H) := empMean_mem (hℓ h) hn x
  have hp (h : H) : 0 ≤ expect μ (ℓ h) ∧ expect μ (ℓ h) ≤ 1 :=
    ⟨expect_nonneg μ fun z => (hℓ h z).1, expect_le μ fun z => (hℓ h z).2⟩
  have h₀ (h : H) : 0 < expect μ (ℓ h) ∨ empMean (ℓ h) x = 0 := by
    rcases lt_or_eq_of_le (hp h).1 with h' | h'
    · exact .inl h'
    · exact .inr (empMean_eq_zero μ (fun z => (hℓ h z).1) hx₀ h'.symm)
  have h₁ (h : H) : expect μ (ℓ h) < 1 ∨ empMean (ℓ h) x = 1 := by
    rcases lt_or_eq_of_le (hp h).2 with h' | h'
    · exact .inl h'
    · exact .inr (empMean_eq_one μ (fun z => (hℓ h z).2) hn hx₀ h')
  refine ⟨?_, expect_pos_or ρ (fun h => (hp h).1) h₀, ?_⟩
  · have h₂ := hx ρ hρ
    unfold changeOfMeasureBound at h₂
    rw [expect_const_mul] at h₂
    have h₃ := mul_le_mul_of_nonneg_left (klBin_expect_le ρ hq hp h₀ h₁) (le_of_lt hn')
    rw [le_div_iff hn']
    grind
  · have h₂ := expect_pos_or ρ (a := fun h => 1 - empMean (ℓ h) x)
      (c := fun h => 1 - expect μ (ℓ h)) (fun h => by have := hp h; grind) fun h => by
        have := h₁ h; grind
    rw [expect_sub, expect_sub, expect_const] at h₂
    grind

/-- The relative entropy bounds the distance. -/
theorem abs_sub_le_of_klBin_le {q p c : R} (hq : 0 ≤ q ∧ q ≤ 1) (hp : 0 ≤ p ∧ p ≤ 1)
    (h₀ : 0 < p ∨ q = 0) (h₁ : p < 1 ∨ q = 1) (h : klBin q p ≤ c) :
    abs (p - q) ≤ sqrt (c / 2) := by
  have h₂ := two_mul_sq_le_klBin hq.1 hq.2 hp.1 hp.2 h₀ h₁
  refine le_sqrt_of_sq_le ?_
  rw [sq_abs]
  grind

/-- `(K + log ((n + 1) / δ)) / n`. -/
@[expose] noncomputable def seegerBound (K : R) (n : Nat) (δ : R) : R :=
  (K + log ((n + 1) / δ)) / n

/-- **The bound of Langford and Seeger.** Fix a prior law `π` on a finite class before the sample.
With probability at least `1 - δ` over `n` independent draws, for every law `ρ` on the class the
relative entropy of two coins, one with the mean loss on the sample and one with the expected loss,
is at most `(KL (ρ, π) + log ((n + 1) / δ)) / n`. So the expected loss is at most the inverse of the
relative entropy at this level.

Here a hypothesis is drawn from `ρ`, which may depend on the sample. Near zero the bound falls like
`1 / n`: a small loss on the sample makes it much better than one with a square root.

* controls: generalization
* assumes: n > 0 independent draws from a finite law, a finite class, losses in [0, 1], a prior law
  fixed before the draws, delta > 0
* bound: Generalization.seegerBound
* witness: Generalization.seeger_witness
* sharp: Generalization.seeger_sharp (for one draw of a fair coin the bound exceeds the relative
  entropy only by log (1 / delta), which vanishes as delta tends to 1)
* source: Langford, Seeger 2001, Theorem 1 -/
theorem seeger (μ : Dist R Z) (π : Dist R H) {ℓ : H → Z → R}
    (hℓ : ∀ h z, 0 ≤ ℓ h z ∧ ℓ h z ≤ 1) (hn : 0 < n) (hδ : 0 < δ) :
    1 - δ ≤ probOf (μ.iid n) fun x => ∀ ρ : Dist R H, AbsCont ρ π →
      klBin (expect ρ fun h => empMean (ℓ h) x) (expect ρ fun h => expect μ (ℓ h)) ≤
          seegerBound (klDiv ρ π) n δ ∧
        (expect ρ fun h => expect μ (ℓ h)) ≤
          klInv (expect ρ fun h => empMean (ℓ h) x) (seegerBound (klDiv ρ π) n δ) := by
  refine Std.le_trans (seeger_of_moment μ π hℓ hn hδ (maurerMoment_le hn))
    (probOf_mono _ fun x hx ρ hρ => ?_)
  obtain ⟨h₁, h₂, h₃⟩ := hx ρ hρ
  have hq₀ := expect_nonneg ρ fun h => (empMean_mem (hℓ h) hn x).1
  have hq₁ := expect_le ρ fun h => (empMean_mem (hℓ h) hn x).2
  have hp₀ := expect_nonneg ρ fun h => expect_nonneg μ fun z => (hℓ h z).1
  have hp₁ := expect_le ρ fun h => expect_le μ fun z => (hℓ h z).2
  have hc := Std.le_trans (klBin_nonneg hq₀ hq₁ hp₀ hp₁ h₂ h₃) h₁
  exact ⟨h₁, le_klInv hq₀ hq₁ hp₁ h₃ hc h₁⟩

/-- Two losses of a coin, one the opposite of the other, meet the hypotheses of `seeger` with the
uniform prior, and the bound is positive. -/
theorem seeger_witness (hn : 0 < n) (hδ : 0 < δ) (hδ₁ : δ < 1) :
    (∀ h z : Bool, 0 ≤ heads R (xor h z) ∧ heads R (xor h z) ≤ 1) ∧
      AbsCont (Dist.point true) (Dist.uniform : Dist R Bool) ∧
        0 < seegerBound (klDiv (Dist.point true) (Dist.uniform : Dist R Bool)) n δ := by
  have hn' := natCast_pos (R := R) hn
  have hac : AbsCont (Dist.point true) (Dist.uniform : Dist R Bool) :=
    absCont_of_pos fun _ => one_div_pos (natCast_pos (R := R) (card_pos (α := Bool)))
  refine ⟨fun _ _ => heads_mem _, hac, div_pos ?_ hn'⟩
  have h₁ := klDiv_nonneg hac
  have h₂ := log_pos ((one_lt_div (a := (n + 1 : R)) hδ).2 (by grind))
  grind

/-- The relative entropy of a coin that shows always the same with respect to a fair one. -/
theorem klBin_heads_half (b : Bool) : klBin (heads R b) (1 / 2) = log 2 := by
  have h : -log (1 / 2 : R) = log 2 := by rw [← log_inv]; congr 1; grind
  cases b
  · rw [heads_false, klBin_zero_left (by grind), show (1 : R) - 1 / 2 = 1 / 2 by grind, h]
  · rw [heads_true, klBin_one_left (by grind), h]

/-- For one draw of a fair coin and all weight on one hypothesis the relative entropy is `log 2` for
sure; the bound exceeds this only by `log (1 / δ)`, which tends to zero as `δ` tends to one. -/
theorem seeger_sharp {h₀ : (0 : R) ≤ 1 / 2} {h₁ : (1 / 2 : R) ≤ 1} (hδ : 0 < δ) :
    (∀ x : Fin 1 → Bool,
      klBin (empMean (heads R) x) (expect (Dist.coin h₀ h₁) (heads R)) = log 2) ∧
    seegerBound (klDiv (Dist.point (R := R) ()) (Dist.point ())) 1 δ = log 2 + log (1 / δ) := by
  have e₁ : ((1 : Nat) : R) = 1 := by grind
  have e₂ (a : R) : a / 1 = a := by grind
  refine ⟨fun x => ?_, ?_⟩
  · rw [expect_heads, empMean, sum_one, e₁, e₂, klBin_heads_half]
  · unfold seegerBound
    rw [klDiv_self, e₁, e₂, show (1 + 1 : R) = 2 by grind, log_div (by grind) hδ,
      log_div zero_lt_one hδ, log_one]
    grind

end DeepTheory.Generalization
