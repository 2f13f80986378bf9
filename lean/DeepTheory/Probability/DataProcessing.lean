module

public import DeepTheory.Probability.Divergence

/-!
# The data processing inequality

## Main definitions
* `DeepTheory.Probability.mutualInfo`: the mutual information of a pair of draws.

## Main theorems
* `DeepTheory.Probability.data_processing`, `DeepTheory.Probability.data_processing_witness`,
  `DeepTheory.Probability.data_processing_sharp`: the relative entropy does not grow under maps.
* `DeepTheory.Probability.klDiv_bind_le`: nor does it under a random step.
* `DeepTheory.Probability.tv_map_le`, `DeepTheory.Probability.tv_bind_le`: nor does the total
  variation distance.
* `DeepTheory.Probability.klBin_probOf_le`: the relative entropy of the probabilities of an event.
* `DeepTheory.Probability.mutual_information_processing`,
  `DeepTheory.Probability.mutual_information_processing_witness`,
  `DeepTheory.Probability.mutual_information_processing_sharp`: the mutual information does not grow
  when the entries of the pair are mapped.
* `DeepTheory.Probability.mutualInfo_diag`: a draw has its entropy as information of itself.

## References
* S. Kullback, R. A. Leibler, *On information and sufficiency*, 1951.
* T. M. Cover, J. A. Thomas, *Elements of Information Theory*, second edition, 2006, section 2.8.
-/

public section

namespace DeepTheory.Probability

universe u v w x y

variable {R : Type u} [RealField R] {Z : Type v} [Fintype Z] {Y : Type w} [Fintype Y]
  {Z' : Type x} [Fintype Z'] {Y' : Type y} [Fintype Y'] {μ ν : Dist R Z}

/-- The mutual information of a pair: the relative entropy of its law with respect to independent
draws of the entries. -/
@[expose] noncomputable def mutualInfo (π : Dist R (Z × Y)) : R := klDiv π (π.fst.prod π.snd)

/-! ### Relative entropy -/

/-- Two laws keep absolute continuity under the same random step. -/
theorem AbsCont.bind (h : AbsCont μ ν) (K : Z → Dist R Y) : AbsCont (μ.bind K) (ν.bind K) := by
  intro y hy
  have h₁ := (sum_eq_zero_iff fun z => mul_nonneg ((K z).nonneg y) (ν.nonneg z)).1 hy
  refine sum_eq_zero fun z => ?_
  have h₂ := h₁ z
  have h₃ := h z
  show (K z).prob y * μ.prob z = 0
  grind

/-- Two laws keep absolute continuity under the same map. -/
theorem AbsCont.map (h : AbsCont μ ν) (T : Z → Y) : AbsCont (μ.map T) (ν.map T) := by
  rw [← bind_point, ← bind_point]
  exact h.bind _

/-- **Data processing by a random step.** The relative entropy does not grow when the same random
step follows both draws. -/
theorem klDiv_bind_le (h : AbsCont μ ν) (K : Z → Dist R Y) :
    klDiv (μ.bind K) (ν.bind K) ≤ klDiv μ ν := by
  have h₁ (y : Y) := log_sum_of_zeros (a := fun z => (K z).prob y * μ.prob z)
    (c := fun z => (K z).prob y * ν.prob z) (fun z => mul_nonneg ((K z).nonneg y) (μ.nonneg z))
    (fun z => mul_nonneg ((K z).nonneg y) (ν.nonneg z)) fun z hz => by
      have := h z
      dsimp only at hz ⊢
      grind
  have h₂ (z : Z) (y : Y) : (K z).prob y * μ.prob z *
      log ((K z).prob y * μ.prob z / ((K z).prob y * ν.prob z)) =
        (K z).prob y * (μ.prob z * log (μ.prob z / ν.prob z)) := by
    generalize (K z).prob y = w
    rcases (show w = 0 ∨ w ≠ 0 by grind) with hw | hw
    · rw [hw]; grind
    · rw [show w * μ.prob z / (w * ν.prob z) = μ.prob z / ν.prob z by grind]; grind
  refine Std.le_trans (sum_le_sum h₁) (le_of_eq ?_)
  rw [sum_comm]
  refine sum_congr fun z => ?_
  rw [sum_congr (h₂ z), ← sum_mul, (K z).sum_eq_one]
  grind

/-- **The data processing inequality.** The relative entropy of two laws does not grow when both
draws are mapped by the same function.

Whatever is computed from the data, it does not tell the two laws apart better than the data do. So
the layers of a network can only lose what separates two input laws.

* controls: generalization
* assumes: finite laws, the second law allows whatever the first one allows; any function T
* bound: none
* witness: Probability.data_processing_witness
* sharp: Probability.data_processing_sharp (equality for every injective T, without any assumption
  on the laws)
* source: Kullback, Leibler 1951, section 4 -/
theorem data_processing (h : AbsCont μ ν) (T : Z → Y) : klDiv (μ.map T) (ν.map T) ≤ klDiv μ ν := by
  rw [← bind_point, ← bind_point]
  exact klDiv_bind_le h _

/-- A coin of mean 1/2 has positive relative entropy with respect to one of mean 1/4. -/
theorem klBin_half_quarter_pos : 0 < klBin (1 / 2 : R) (1 / 4) := by
  have := two_mul_sq_le_klBin (q := (1 / 2 : R)) (p := 1 / 4) (by grind) (by grind) (by grind)
    (by grind) (.inl (by grind)) (.inl (by grind))
  grind

/-- Two fair coins and two coins of mean 1/4, of which the map keeps the first: `data_processing`
applies, the left-hand side is positive, and it is half of the right-hand side. -/
theorem data_processing_witness {h₀ : (0 : R) ≤ 1 / 2} {h₁ : (1 / 2 : R) ≤ 1}
    {h₂ : (0 : R) ≤ 1 / 4} {h₃ : (1 / 4 : R) ≤ 1} :
    AbsCont ((Dist.coin h₀ h₁).prod (Dist.coin h₀ h₁))
      ((Dist.coin h₂ h₃).prod (Dist.coin h₂ h₃)) ∧
    0 < klDiv (((Dist.coin h₀ h₁).prod (Dist.coin h₀ h₁)).map Prod.fst)
      (((Dist.coin h₂ h₃).prod (Dist.coin h₂ h₃)).map Prod.fst) ∧
    klDiv ((Dist.coin h₀ h₁).prod (Dist.coin h₀ h₁)) ((Dist.coin h₂ h₃).prod (Dist.coin h₂ h₃)) =
      2 * klDiv (((Dist.coin h₀ h₁).prod (Dist.coin h₀ h₁)).map Prod.fst)
        (((Dist.coin h₂ h₃).prod (Dist.coin h₂ h₃)).map Prod.fst) := by
  have ha : AbsCont (Dist.coin h₀ h₁) (Dist.coin h₂ h₃) := absCont_coin h₀ h₁ (by grind) (by grind)
  have hf (μ ν : Dist R Bool) : (μ.prod ν).map Prod.fst = μ := fst_prod μ ν
  rw [hf, hf, klDiv_prod ha ha, klDiv_coin]
  exact ⟨ha.prod ha, klBin_half_quarter_pos, by grind⟩

/-- Under an injective map the relative entropy stays the same. -/
theorem data_processing_sharp (μ ν : Dist R Z) {T : Z → Y} (hT : ∀ a b, T a = T b → a = b) :
    klDiv (μ.map T) (ν.map T) = klDiv μ ν := by
  rw [klDiv_eq_expect, expect_map, klDiv_eq_expect]
  exact expect_congr _ fun z => by
    rw [prob_map_of_injective μ hT, prob_map_of_injective ν hT]

open Classical in
/-- An event makes a coin of a law. -/
theorem map_decide (μ : Dist R Z) (A : Z → Prop) :
    (μ.map fun z => decide (A z)) = Dist.coin (probOf_nonneg μ A) (probOf_le_one μ A) :=
  Dist.ext_expect fun f => by
    rw [expect_map, expect_coin, expect_congr μ fun z => show f (decide (A z)) =
        f false + indicator R (A z) * (f true - f false) by
      rcases indicator_cases R (A z) with ⟨h₁, h₂⟩ | ⟨h₁, h₂⟩
      · rw [h₂, decide_eq_true h₁]; grind
      · rw [h₂, decide_eq_false h₁]; grind, expect_add, expect_const, expect_mul_const]
    show f false + probOf μ A * _ = _
    grind

/-- The relative entropy of the probabilities of an event is at most that of the laws. -/
theorem klBin_probOf_le (h : AbsCont μ ν) (A : Z → Prop) :
    klBin (probOf μ A) (probOf ν A) ≤ klDiv μ ν := by
  classical
  have h₁ := data_processing h fun z => decide (A z)
  rwa [map_decide, map_decide, klDiv_coin] at h₁

/-! ### Total variation -/

/-- The total variation distance does not grow when the same random step follows both draws. -/
theorem tv_bind_le (μ ν : Dist R Z) (K : Z → Dist R Y) : tv (μ.bind K) (ν.bind K) ≤ tv μ ν := by
  rw [tv_eq_probOf_sub (μ.bind K), probOf, probOf, expect_bind, expect_bind]
  refine Std.le_trans (expect_sub_le_tv (a := 0) (b := 1) fun z =>
    ⟨probOf_nonneg (K z) _, probOf_le_one (K z) _⟩) ?_
  grind

/-- The total variation distance does not grow when both draws are mapped by the same function. -/
theorem tv_map_le (μ ν : Dist R Z) (T : Z → Y) : tv (μ.map T) (ν.map T) ≤ tv μ ν := by
  rw [← bind_point, ← bind_point]
  exact tv_bind_le μ ν _

/-! ### Mutual information -/

/-- A pair allows only what its entries allow. -/
theorem absCont_fst_prod_snd (π : Dist R (Z × Y)) : AbsCont π (π.fst.prod π.snd) := fun p hp => by
  have h₁ := prob_le_prob_map π Prod.fst p
  have h₂ := prob_le_prob_map π Prod.snd p
  have h₃ := π.nonneg p
  change π.fst.prob p.1 * π.snd.prob p.2 = 0 at hp
  change π.prob p ≤ π.fst.prob p.1 at h₁
  change π.prob p ≤ π.snd.prob p.2 at h₂
  rcases mul_eq_zero.1 hp with h | h <;> grind

/-- The mutual information is nonnegative. -/
theorem mutualInfo_nonneg (π : Dist R (Z × Y)) : 0 ≤ mutualInfo π :=
  klDiv_nonneg (absCont_fst_prod_snd π)

/-- Independent draws have no mutual information. -/
@[simp] theorem mutualInfo_prod (μ : Dist R Z) (ν : Dist R Y) : mutualInfo (μ.prod ν) = 0 := by
  rw [mutualInfo, fst_prod, snd_prod, klDiv_self]

/-- The mutual information of two entries that are always equal is the entropy of one. -/
theorem mutualInfo_diag (μ : Dist R Z) : mutualInfo (μ.map fun z => (z, z)) = entropy μ := by
  have hi : ∀ a b : Z, (a, a) = (b, b) → a = b := fun a b h => (Prod.mk.inj h).1
  have h₁ : (μ.map fun z => (z, z)).fst = μ := by rw [Dist.fst, map_map, map_id]
  have h₂ : (μ.map fun z => (z, z)).snd = μ := by rw [Dist.snd, map_map, map_id]
  rw [mutualInfo, h₁, h₂, klDiv_eq_expect, expect_map]
  unfold expect entropy
  rw [← sum_neg]
  refine sum_congr fun z => ?_
  show μ.prob z * log ((μ.map fun z => (z, z)).prob (z, z) / (μ.prob z * μ.prob z)) = _
  rw [prob_map_of_injective (T := fun z => (z, z)) μ hi z]
  generalize μ.prob z = a
  rcases (show a = 0 ∨ a ≠ 0 by grind) with h | h
  · rw [h]; grind
  · rw [show a / (a * a) = a⁻¹ by grind, log_inv]; grind

/-- **Mutual information does not grow under maps.** The mutual information of a pair of draws does
not grow when each entry is mapped by a function of its own.

What a network computes from its input is no better informed of the label than the input is, and
each further layer can only lose information.

* controls: generalization
* assumes: a pair of draws from finite sets, with any law; any functions T and U
* bound: none
* witness: Probability.mutual_information_processing_witness
* sharp: Probability.mutual_information_processing_sharp (equality for injective T and U)
* source: Cover, Thomas 2006, Theorem 2.8.1 -/
theorem mutual_information_processing (π : Dist R (Z × Y)) (T : Z → Z') (U : Y → Y') :
    mutualInfo (π.map fun p => (T p.1, U p.2)) ≤ mutualInfo π := by
  unfold mutualInfo
  rw [fst_map, snd_map, ← map_prod]
  exact data_processing (absCont_fst_prod_snd π) _

/-- The mutual information does not grow when the second entry is mapped. -/
theorem mutualInfo_map_le (π : Dist R (Z × Y)) (U : Y → Y') :
    mutualInfo (π.map fun p => (p.1, U p.2)) ≤ mutualInfo π :=
  mutual_information_processing π (fun a => a) U

/-- Two pairs of fair coins, equal in both entries, of which the maps keep the first: the mutual
information is positive and the map loses half of it. -/
theorem mutual_information_processing_witness :
    0 < mutualInfo (((Dist.uniform : Dist R (Bool × Bool)).map fun z => (z, z)).map
      fun p => (p.1.1, p.2.1)) ∧
    mutualInfo ((Dist.uniform : Dist R (Bool × Bool)).map fun z => (z, z)) =
      2 * mutualInfo (((Dist.uniform : Dist R (Bool × Bool)).map fun z => (z, z)).map
        fun p => (p.1.1, p.2.1)) := by
  have hf : (Dist.uniform.prod Dist.uniform : Dist R (Bool × Bool)).map Prod.fst = Dist.uniform :=
    fst_prod Dist.uniform Dist.uniform
  have hm : (((Dist.uniform : Dist R (Bool × Bool)).map fun z => (z, z)).map
      fun p => (p.1.1, p.2.1)) = (Dist.uniform : Dist R Bool).map fun z => (z, z) := by
    rw [map_map, ← hf, map_map, uniform_prod]
  rw [hm, mutualInfo_diag, mutualInfo_diag, entropy_uniform, entropy_uniform, card_prod, card_bool,
    show ((2 * 2 : Nat) : R) = 2 * 2 by grind, show ((2 : Nat) : R) = 2 by grind,
    log_mul (by grind) (by grind)]
  exact ⟨log_pos (by grind), by grind⟩

/-- Under injective maps of both entries the mutual information stays the same. -/
theorem mutual_information_processing_sharp (π : Dist R (Z × Y)) {T : Z → Z'} {U : Y → Y'}
    (hT : ∀ a b, T a = T b → a = b) (hU : ∀ a b, U a = U b → a = b) :
    mutualInfo (π.map fun p => (T p.1, U p.2)) = mutualInfo π := by
  unfold mutualInfo
  rw [fst_map, snd_map, ← map_prod]
  exact data_processing_sharp π _ fun a b h =>
    Prod.ext (hT _ _ (Prod.mk.inj h).1) (hU _ _ (Prod.mk.inj h).2)

end DeepTheory.Probability
