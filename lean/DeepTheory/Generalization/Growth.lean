module

public import DeepTheory.Reals.Sum

/-!
# Counting, the growth function and the dimension of Vapnik and Chervonenkis

A class of labellings is a property `C` of functions `X → Bool`, where `X` is any type.

## Main definitions
* `DeepTheory.Generalization.count`: the number of elements of a finite type with a property.
* `DeepTheory.Generalization.traces`: the labellings of a sample that come from a class.
* `DeepTheory.Generalization.Shatters`: every labelling of the sample comes from the class.
* `DeepTheory.Generalization.VCDimLE`: the class shatters no sample of more than `d` points.
* `DeepTheory.Generalization.growth`: the largest number of labellings of a sample of `n` points.

## Main theorems
* `DeepTheory.Generalization.count_or_add_count_and`, `DeepTheory.Generalization.count_cons`,
  `DeepTheory.Generalization.count_le_of_injOn`, `DeepTheory.Generalization.exists_enum`: counting.
* `DeepTheory.Generalization.natCast_count`: the number as a sum of indicators.
* `DeepTheory.Generalization.count_traces_le_growth`, `DeepTheory.Generalization.growth_le_iff`,
  `DeepTheory.Generalization.exists_count_eq_growth`, `DeepTheory.Generalization.growth_le_two_pow`.

## References
* V. N. Vapnik, A. Ya. Chervonenkis, *On the uniform convergence of relative frequencies of events
  to their probabilities*, 1971.
-/

public noncomputable section

namespace DeepTheory.Generalization

universe u v w

variable {α : Type u} {β : Type v}

/-! ### Numbers of elements with a property -/

open Classical in
/-- The number of elements with the property `H`. -/
@[expose] def count [Fintype α] (H : α → Prop) : Nat :=
  (Fintype.elems : List α).countP fun a => decide (H a)

open Classical in
/-- The number of elements with a property is the length of the list of these elements. -/
theorem count_eq_length [Fintype α] (H : α → Prop) :
    count H = ((Fintype.elems : List α).filter fun a => decide (H a)).length :=
  List.countP_eq_length_filter

/-- The elements with a property, numbered, each once. -/
theorem exists_enum [Fintype α] (H : α → Prop) :
    ∃ e : Fin (count H) → α, (∀ i j, e i = e j → i = j) ∧ (∀ i, H (e i)) ∧
      ∀ a, H a → ∃ i, e i = a := by
  classical
  have hn : ((Fintype.elems : List α).filter fun a => decide (H a)).Nodup :=
    Fintype.nodup.filter _
  rw [count_eq_length]
  have hm (a : α) : a ∈ (Fintype.elems : List α).filter (fun a => decide (H a)) ↔ H a := by
    simp [Fintype.complete a]
  generalize (Fintype.elems : List α).filter (fun a => decide (H a)) = l at *
  refine ⟨fun i => l[i.val], fun i j h => ?_, fun i => (hm _).1 (List.getElem_mem _),
    fun a ha => ?_⟩
  · have hp := List.pairwise_iff_getElem.1 hn
    refine Fin.ext (Classical.byContradiction fun hne => ?_)
    rcases Nat.lt_or_gt_of_ne hne with hlt | hlt
    · exact hp _ _ i.isLt j.isLt hlt h
    · exact hp _ _ j.isLt i.isLt hlt h.symm
  · obtain ⟨i, hi, h⟩ := List.mem_iff_getElem.1 ((hm a).2 ha)
    exact ⟨⟨i, hi⟩, h⟩

/-- There are no more elements with `H` than with `K` if the former inject into the latter. -/
theorem count_le_of_injOn [Fintype α] [Fintype β] {H : α → Prop} {K : β → Prop} (f : α → β)
    (hf : ∀ a, H a → K (f a)) (hinj : ∀ a b, H a → H b → f a = f b → a = b) :
    count H ≤ count K := by
  obtain ⟨e, he, hH, _⟩ := exists_enum H
  obtain ⟨e', _, _, hs⟩ := exists_enum K
  have := card_le_of_injective
    (fun i => Classical.choose (hs (f (e i)) (hf _ (hH i)))) fun i j h => by
      have hi := Classical.choose_spec (hs (f (e i)) (hf _ (hH i)))
      have hj := Classical.choose_spec (hs (f (e j)) (hf _ (hH j)))
      dsimp only at h
      rw [h] at hi
      exact he i j (hinj _ _ (hH i) (hH j) (hi.symm.trans hj))
  rwa [card_fin, card_fin] at this

/-- A weaker property holds for no fewer elements. -/
theorem count_mono [Fintype α] {H K : α → Prop} (h : ∀ a, H a → K a) : count H ≤ count K :=
  count_le_of_injOn (fun a => a) h fun _ _ _ _ h => h

/-- Equivalent properties hold for equally many elements. -/
theorem count_congr [Fintype α] {H K : α → Prop} (h : ∀ a, H a ↔ K a) : count H = count K := by
  rw [show H = K from funext fun a => propext (h a)]

/-- A property of all elements holds for as many as there are. -/
@[simp] theorem count_true [Fintype α] : count (fun _ : α => True) = card α := by
  simp [count, card]

/-- A property holds for no more elements than there are. -/
theorem count_le_card [Fintype α] (H : α → Prop) : count H ≤ card α := by
  rw [← count_true]
  exact count_mono fun _ _ => trivial

/-- A property of no element holds for none. -/
theorem count_eq_zero [Fintype α] {H : α → Prop} (h : ∀ a, ¬ H a) : count H = 0 := by
  simp [count, h]

/-- A property of some element holds for at least one. -/
theorem count_pos [Fintype α] {H : α → Prop} {a : α} (h : H a) : 0 < count H :=
  List.countP_pos_iff.2 ⟨a, Fintype.complete a, by simpa using h⟩

/-- The number of elements with a property is that of the corresponding subtype. -/
theorem count_eq_card [Fintype α] (H : α → Prop) : count H = card {a // H a} := by
  rw [← count_true]
  refine Nat.le_antisymm ?_
    (count_le_of_injOn Subtype.val (fun a _ => a.2) fun _ _ _ _ => Subtype.ext)
  obtain ⟨e, he, hH, _⟩ := exists_enum H
  have := card_le_of_injective (fun i => (⟨e i, hH i⟩ : {a // H a})) fun i j h =>
    he i j (congrArg Subtype.val h)
  rwa [card_fin, ← count_true] at this

/-- Inclusion and exclusion for two properties. -/
theorem count_or_add_count_and [Fintype α] (H K : α → Prop) :
    count (fun a => H a ∨ K a) + count (fun a => H a ∧ K a) = count H + count K := by
  classical
  unfold count
  induction (Fintype.elems : List α) with
  | nil => rfl
  | cons a l ih =>
    simp only [List.countP_cons]
    by_cases h₁ : H a <;> by_cases h₂ : K a <;> simp_all <;> omega

/-- The Boolean vectors with one more entry, counted by the first entry. -/
theorem count_cons {n : Nat} (H : (Fin (n + 1) → Bool) → Prop) :
    count H = count (fun t => H (cons false t)) + count (fun t => H (cons true t)) := by
  classical
  show List.countP _ ((families n).map (cons false) ++ ((families n).map (cons true) ++ [])) = _
  rw [List.append_nil, List.countP_append, List.countP_map, List.countP_map]
  rfl

/-- The places in a vector with one more entry, counted by the first place and the others. -/
theorem count_fin_succ {n : Nat} (H : Fin (n + 1) → Prop) [Decidable (H 0)] :
    count H = (if H 0 then 1 else 0) + count fun i : Fin n => H i.succ := by
  classical
  show List.countP _ (List.finRange (n + 1)) = _
  rw [List.finRange_succ, List.countP_cons, List.countP_map, Nat.add_comm]
  simp only [decide_eq_true_eq]
  congr

/-- The number of elements with a property as a sum of indicators. -/
theorem natCast_count {R : Type w} [RealField R] [Fintype α] (H : α → Prop) [DecidablePred H] :
    (count H : R) = ∑ a, if H a then 1 else 0 := by
  classical
  show ((List.countP _ Fintype.elems : Nat) : R) = listSum _ Fintype.elems
  induction (Fintype.elems : List α) with
  | nil => rw [listSum_nil, List.countP_nil]; grind
  | cons a l ih =>
    rw [listSum_cons, List.countP_cons, ← ih]
    by_cases h : H a <;> simp [h] <;> grind

/-! ### Classes of labellings -/

variable {X : Type u} {C : (X → Bool) → Prop} {n d : Nat}

/-- The labellings of the sample `x` by members of the class `C`. -/
@[expose] def traces (C : (X → Bool) → Prop) (x : Fin n → X) : (Fin n → Bool) → Prop :=
  fun b => ∃ c, C c ∧ ∀ i, c (x i) = b i

/-- Every labelling of the sample `x` comes from the class `C`. -/
@[expose] def Shatters (C : (X → Bool) → Prop) (x : Fin n → X) : Prop := ∀ b, traces C x b

/-- The class `C` shatters no sample of more than `d` points: its dimension in the sense of Vapnik
and Chervonenkis is at most `d`. -/
@[expose] def VCDimLE (C : (X → Bool) → Prop) (d : Nat) : Prop :=
  ∀ (m : Nat) (x : Fin m → X), Shatters C x → m ≤ d

/-- A larger bound on the dimension holds too. -/
theorem VCDimLE.mono {d' : Nat} (h : VCDimLE C d) (hd : d ≤ d') : VCDimLE C d' :=
  fun m x hx => Nat.le_trans (h m x hx) hd

/-- The points of a shattered sample are distinct. -/
theorem Shatters.injective {x : Fin n → X} (h : Shatters C x) (i j : Fin n) (hij : x i = x j) :
    i = j := by
  obtain ⟨c, _, hc⟩ := h fun k => decide (k = i)
  have hi := hc i
  rw [hij, hc j] at hi
  exact (of_decide_eq_true (hi.trans (decide_eq_true rfl))).symm

/-- A sample has at most `2 ^ n` labellings. -/
theorem count_traces_le_two_pow (C : (X → Bool) → Prop) (x : Fin n → X) :
    count (traces C x) ≤ 2 ^ n := by
  have := count_le_card (traces C x)
  rwa [card_fun, card_bool] at this

/-- There is a least bound on the numbers of labellings. -/
theorem exists_growth (C : (X → Bool) → Prop) (n : Nat) :
    ∃ N, (∀ x : Fin n → X, count (traces C x) ≤ N) ∧
      ∀ M, (∀ x : Fin n → X, count (traces C x) ≤ M) → N ≤ M := by
  have h (k : Nat) : (∃ N, N < k ∧ ∀ x : Fin n → X, count (traces C x) ≤ N) →
      ∃ N, (∀ x : Fin n → X, count (traces C x) ≤ N) ∧
        ∀ M, (∀ x : Fin n → X, count (traces C x) ≤ M) → N ≤ M := by
    induction k with
    | zero => exact fun ⟨N, hN, _⟩ => absurd hN (by omega)
    | succ k ih =>
      intro ⟨N, hN, hb⟩
      by_cases hk : ∃ N, N < k ∧ ∀ x : Fin n → X, count (traces C x) ≤ N
      · exact ih hk
      · exact ⟨N, hb, fun M hM => Nat.le_of_not_lt fun hlt => hk ⟨M, by omega, hM⟩⟩
  exact h (2 ^ n + 1) ⟨2 ^ n, by omega, count_traces_le_two_pow C⟩

/-- The growth function: the largest number of labellings of a sample of `n` points by members of
the class `C`, and zero where there is no such sample. -/
@[expose] def growth (C : (X → Bool) → Prop) (n : Nat) : Nat :=
  Classical.choose (exists_growth C n)

/-- No sample has more labellings than the growth function says. -/
theorem count_traces_le_growth (C : (X → Bool) → Prop) (x : Fin n → X) :
    count (traces C x) ≤ growth C n :=
  (Classical.choose_spec (exists_growth C n)).1 x

/-- The growth function is the least bound on the numbers of labellings. -/
theorem growth_le_iff {N : Nat} : growth C n ≤ N ↔ ∀ x : Fin n → X, count (traces C x) ≤ N :=
  ⟨fun h x => Nat.le_trans (count_traces_le_growth C x) h,
    (Classical.choose_spec (exists_growth C n)).2 N⟩

/-- A bound on the numbers of labellings bounds the growth function. -/
theorem growth_le {N : Nat} (h : ∀ x : Fin n → X, count (traces C x) ≤ N) : growth C n ≤ N :=
  growth_le_iff.2 h

/-- The growth function is at most `2 ^ n`. -/
theorem growth_le_two_pow (C : (X → Bool) → Prop) (n : Nat) : growth C n ≤ 2 ^ n :=
  growth_le (count_traces_le_two_pow C)

/-- Where there is a sample, some sample has as many labellings as the growth function says. -/
theorem exists_count_eq_growth (C : (X → Bool) → Prop) (x₀ : Fin n → X) :
    ∃ x : Fin n → X, count (traces C x) = growth C n := by
  refine Classical.byContradiction fun h => ?_
  have hlt (x : Fin n → X) : count (traces C x) < growth C n :=
    Nat.lt_of_le_of_ne (count_traces_le_growth C x) fun he => h ⟨x, he⟩
  have h₁ := hlt x₀
  have h₂ : growth C n ≤ growth C n - 1 := growth_le fun x => by have := hlt x; omega
  omega

/-- A larger class has a larger growth function. -/
theorem growth_mono {C' : (X → Bool) → Prop} (h : ∀ c, C c → C' c) (n : Nat) :
    growth C n ≤ growth C' n :=
  growth_le fun x => Nat.le_trans
    (count_mono fun _ ⟨c, hc, hb⟩ => ⟨c, h c hc, hb⟩) (count_traces_le_growth C' x)

/-- Over a type without points the growth function vanishes at positive numbers. -/
theorem growth_eq_zero (h : ¬ Nonempty X) (hn : 0 < n) : growth C n = 0 :=
  Nat.le_zero.1 (growth_le fun x => absurd ⟨x ⟨0, hn⟩⟩ h)

/-- A shattered sample has all labellings. -/
theorem growth_eq_two_pow {x : Fin n → X} (h : Shatters C x) : growth C n = 2 ^ n := by
  refine Nat.le_antisymm (growth_le_two_pow C n) ?_
  have h₁ := count_traces_le_growth C x
  rwa [count_congr (K := fun _ => True) fun b => ⟨fun _ => trivial, fun _ => h b⟩, count_true,
    card_fun, card_bool] at h₁

end DeepTheory.Generalization
