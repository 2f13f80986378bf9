module

/-!
# Finite types

A finite type is one with a list of all its elements, each once.

## Main definitions
* `DeepTheory.Fintype`: finite types.
* `DeepTheory.card`: the number of elements.
* `DeepTheory.cons`: a family over `Fin (n + 1)` from its first entry and the others.

## Main instances
* `Fin n`, `Bool`, `Unit`, `Option α`, `α × β`, `α ⊕ β`, `Fin n → α` (so that `Fin n → Bool`
  stands for the subsets of `Fin n` and for vectors of signs), `{a // p a}`.

## Main theorems
* `DeepTheory.perm_of_nodup`: two lists of the same elements, each once, are permutations of each
  other, so that nothing depends on the order of an enumeration.
* `DeepTheory.card_prod`, `DeepTheory.card_fun`, `DeepTheory.card_le_of_injective`,
  `DeepTheory.card_eq_of_equiv`.
-/

public noncomputable section

namespace DeepTheory

universe u v

/-- A type with a list of all its elements, each once. -/
class Fintype (α : Type u) where
  /-- The elements. -/
  elems : List α
  /-- Each occurs once. -/
  nodup : elems.Nodup
  /-- All occur. -/
  complete : ∀ a, a ∈ elems

/-- The number of elements of a finite type. -/
@[expose] def card (α : Type u) [Fintype α] : Nat := (Fintype.elems : List α).length

variable {α : Type u} {β : Type v}

/-! ### Lists without repetition -/

/-- The images under an injective function do not repeat where the list does not. -/
theorem nodup_map {f : α → β} (hf : ∀ a b, f a = f b → a = b) {l : List α} (h : l.Nodup) :
    (l.map f).Nodup :=
  List.pairwise_map.2 (h.imp fun hne he => hne (hf _ _ he))

/-- Lists without repetition, disjoint for different indices, one after the other. -/
theorem nodup_flatMap {f : α → List β} {l : List α} (h : l.Nodup) (hf : ∀ a, (f a).Nodup)
    (hd : ∀ a b c, c ∈ f a → c ∈ f b → a = b) : (l.flatMap f).Nodup := by
  refine List.pairwise_flatMap.2 ⟨fun a _ => hf a, h.imp fun hne x hx y hy he => ?_⟩
  subst he
  exact hne (hd _ _ _ hx hy)

/-- Two lists of the same elements, each once, are permutations of each other. -/
theorem perm_of_nodup {l l' : List α} (h : l.Nodup) (h' : l'.Nodup)
    (hm : ∀ a, a ∈ l ↔ a ∈ l') : l.Perm l' := by
  induction l generalizing l' with
  | nil =>
    obtain rfl : l' = [] := List.eq_nil_iff_forall_not_mem.2 fun a ha => by
      simpa using (hm a).2 ha
    exact .refl _
  | cons a l ih =>
    obtain ⟨s, t, rfl⟩ := List.append_of_mem ((hm a).1 List.mem_cons_self)
    have hp : (s ++ a :: t).Perm (a :: (s ++ t)) := List.perm_middle
    have hn := hp.nodup_iff.1 h'
    rw [List.nodup_cons] at h hn
    refine .trans (.cons a (ih h.2 hn.2 fun b => ⟨fun hb => ?_, fun hb => ?_⟩)) hp.symm
    · have hb' := hp.mem_iff.1 ((hm b).1 (List.mem_cons_of_mem a hb))
      rcases List.mem_cons.1 hb' with rfl | hb'
      · exact absurd hb h.1
      · exact hb'
    · have hb' := (hm b).2 (hp.mem_iff.2 (List.mem_cons_of_mem a hb))
      rcases List.mem_cons.1 hb' with rfl | hb'
      · exact absurd hb hn.1
      · exact hb'

/-- A list without repetition is no longer than one that has all its elements. -/
theorem length_le_of_nodup {l l' : List α} (h : l.Nodup) (hm : ∀ a, a ∈ l → a ∈ l') :
    l.length ≤ l'.length := by
  induction l generalizing l' with
  | nil => exact Nat.zero_le _
  | cons a l ih =>
    obtain ⟨s, t, rfl⟩ := List.append_of_mem (hm a List.mem_cons_self)
    rw [List.nodup_cons] at h
    have := ih (l' := s ++ t) h.2 fun b hb => by
      have hb' := hm b (List.mem_cons_of_mem a hb)
      rw [List.mem_append, List.mem_cons] at hb'
      rcases hb' with hb' | rfl | hb'
      · exact List.mem_append_left t hb'
      · exact absurd hb h.1
      · exact List.mem_append_right s hb'
    simp only [List.length_append, List.length_cons] at this ⊢
    omega

/-! ### Instances -/

/-- The numbers below `n`. -/
instance instFintypeFin (n : Nat) : Fintype (Fin n) where
  elems := List.finRange n
  nodup := by
    induction n with
    | zero => exact List.nodup_nil
    | succ n ih =>
      rw [List.finRange_succ, List.nodup_cons]
      refine ⟨fun h => ?_, nodup_map (fun a b h => Fin.succ_inj.1 h) ih⟩
      obtain ⟨a, _, ha⟩ := List.mem_map.1 h
      exact absurd ha (Fin.succ_ne_zero a)
  complete := List.mem_finRange

/-- The two truth values. -/
instance instFintypeBool : Fintype Bool where
  elems := [false, true]
  nodup := by decide
  complete a := by cases a <;> decide

/-- The type with one element. -/
instance instFintypeUnit : Fintype Unit where
  elems := [()]
  nodup := by decide
  complete _ := List.mem_cons_self

/-- A finite type with one element added. -/
instance instFintypeOption [Fintype α] : Fintype (Option α) where
  elems := none :: Fintype.elems.map some
  nodup := List.nodup_cons.2
    ⟨fun h => by
      obtain ⟨a, _, ha⟩ := List.mem_map.1 h
      exact absurd ha (by simp),
    nodup_map (fun a b h => Option.some.inj h) Fintype.nodup⟩
  complete a := match a with
    | none => List.mem_cons_self
    | some a => List.mem_cons_of_mem _ (List.mem_map.2 ⟨a, Fintype.complete a, rfl⟩)

/-- Pairs. -/
instance instFintypeProd [Fintype α] [Fintype β] : Fintype (α × β) where
  elems := Fintype.elems.flatMap fun a => Fintype.elems.map (Prod.mk a)
  nodup := nodup_flatMap Fintype.nodup
    (fun _ => nodup_map (fun _ _ h => (Prod.mk.inj h).2) Fintype.nodup) fun a b c ha hb => by
      obtain ⟨x, _, rfl⟩ := List.mem_map.1 ha
      obtain ⟨y, _, h⟩ := List.mem_map.1 hb
      exact ((Prod.mk.inj h).1).symm
  complete a := List.mem_flatMap.2
    ⟨a.1, Fintype.complete _, List.mem_map.2 ⟨a.2, Fintype.complete _, rfl⟩⟩

/-- Elements of one type or of another. -/
instance instFintypeSum [Fintype α] [Fintype β] : Fintype (α ⊕ β) where
  elems := Fintype.elems.map Sum.inl ++ Fintype.elems.map Sum.inr
  nodup := List.nodup_append.2
    ⟨nodup_map (fun _ _ h => Sum.inl.inj h) Fintype.nodup,
    nodup_map (fun _ _ h => Sum.inr.inj h) Fintype.nodup, fun a ha b hb h => by
      obtain ⟨x, _, rfl⟩ := List.mem_map.1 ha
      obtain ⟨y, _, rfl⟩ := List.mem_map.1 hb
      exact absurd h (by simp)⟩
  complete a := List.mem_append.2 <| match a with
    | .inl a => .inl (List.mem_map.2 ⟨a, Fintype.complete a, rfl⟩)
    | .inr b => .inr (List.mem_map.2 ⟨b, Fintype.complete b, rfl⟩)

/-- The elements with a property. -/
instance instFintypeSubtype [Fintype α] (p : α → Prop) : Fintype {a // p a} where
  elems := Fintype.elems.filterMap fun a => open Classical in
    if h : p a then some ⟨a, h⟩ else none
  nodup := by
    refine List.Pairwise.filterMap _ (fun a b hne x hx y hy h => ?_) Fintype.nodup
    subst h
    split at hx <;> simp only [reduceCtorEq, Option.some.injEq] at hx
    split at hy <;> simp only [reduceCtorEq, Option.some.injEq] at hy
    exact hne (congrArg Subtype.val (hx.trans hy.symm))
  complete a := List.mem_filterMap.2 ⟨a.1, Fintype.complete a.1, by rw [dif_pos a.2]⟩

/-- The family with first entry `a` and the entries of `f` after it. -/
@[expose] def cons {n : Nat} (a : α) (f : Fin n → α) : Fin (n + 1) → α :=
  fun i => Fin.cases a f i

@[simp] theorem cons_zero {n : Nat} (a : α) (f : Fin n → α) : cons a f 0 = a := rfl

@[simp] theorem cons_succ {n : Nat} (a : α) (f : Fin n → α) (i : Fin n) :
    cons a f i.succ = f i := rfl

/-- A family is its first entry with the others. -/
@[simp] theorem cons_eta {n : Nat} (f : Fin (n + 1) → α) : cons (f 0) (fun i => f i.succ) = f := by
  funext i
  induction i using Fin.cases <;> rfl

/-- Families with equal entries have equal first entries and equal others. -/
theorem cons_inj {n : Nat} {a b : α} {f g : Fin n → α} (h : cons a f = cons b g) :
    a = b ∧ f = g :=
  ⟨congrFun h 0, funext fun i => congrFun h i.succ⟩

/-- All families of `n` elements. -/
@[expose] def families [Fintype α] : (n : Nat) → List (Fin n → α)
  | 0 => [fun i => i.elim0]
  | n + 1 => Fintype.elems.flatMap fun a => (families n).map (cons a)

/-- Families of elements of a finite type. -/
instance instFintypeFun [Fintype α] (n : Nat) : Fintype (Fin n → α) where
  elems := families n
  nodup := by
    induction n with
    | zero => exact List.nodup_cons.2 ⟨List.not_mem_nil, List.nodup_nil⟩
    | succ n ih =>
      refine nodup_flatMap Fintype.nodup
        (fun a => nodup_map (fun _ _ h => (cons_inj h).2) ih) fun a b c ha hb => ?_
      obtain ⟨x, _, rfl⟩ := List.mem_map.1 ha
      obtain ⟨y, _, h⟩ := List.mem_map.1 hb
      exact ((cons_inj h).1).symm
  complete f := by
    induction n with
    | zero => exact List.mem_cons.2 (.inl (funext fun i => i.elim0))
    | succ n ih =>
      exact List.mem_flatMap.2 ⟨f 0, Fintype.complete _,
        List.mem_map.2 ⟨fun i => f i.succ, ih _, cons_eta f⟩⟩

/-! ### Numbers of elements -/

@[simp] theorem card_fin (n : Nat) : card (Fin n) = n := List.length_finRange

@[simp] theorem card_bool : card Bool = 2 := rfl

@[simp] theorem card_unit : card Unit = 1 := rfl

@[simp] theorem card_option [Fintype α] : card (Option α) = card α + 1 := by
  show (none :: Fintype.elems.map some : List (Option α)).length = _
  rw [List.length_cons, List.length_map]
  rfl

private theorem length_flatMap_map {γ : Type _} (l : List α) (l' : List β) (f : α → β → γ) :
    (l.flatMap fun a => l'.map (f a)).length = l.length * l'.length := by
  induction l with
  | nil => simp
  | cons a l ih =>
    rw [List.flatMap_cons, List.length_append, ih, List.length_map, List.length_cons,
      Nat.add_mul, Nat.one_mul, Nat.add_comm]

@[simp] theorem card_prod [Fintype α] [Fintype β] : card (α × β) = card α * card β :=
  length_flatMap_map _ _ _

@[simp] theorem card_sum [Fintype α] [Fintype β] : card (α ⊕ β) = card α + card β := by
  show (Fintype.elems.map Sum.inl ++ Fintype.elems.map Sum.inr : List (α ⊕ β)).length = _
  rw [List.length_append, List.length_map, List.length_map]
  rfl

@[simp] theorem card_fun [Fintype α] (n : Nat) : card (Fin n → α) = card α ^ n := by
  induction n with
  | zero => rfl
  | succ n ih =>
    rw [Nat.pow_succ, ← ih, Nat.mul_comm]
    exact length_flatMap_map _ _ _

/-- A finite type has an element exactly where it has a positive number of them. -/
theorem card_pos [Fintype α] [h : Nonempty α] : 0 < card α := by
  obtain ⟨a⟩ := h
  exact List.length_pos_of_mem (Fintype.complete a)

/-- A finite type without elements has none of them. -/
theorem card_eq_zero [Fintype α] (h : ¬ Nonempty α) : card α = 0 :=
  List.length_eq_zero_iff.2 (List.eq_nil_iff_forall_not_mem.2 fun a _ => h ⟨a⟩)

/-- There are no more elements than in a type into which they inject. -/
theorem card_le_of_injective [Fintype α] [Fintype β] (f : α → β)
    (hf : ∀ a b, f a = f b → a = b) : card α ≤ card β := by
  have := length_le_of_nodup (nodup_map hf (Fintype.nodup (α := α)))
    (l' := (Fintype.elems : List β)) fun b _ => Fintype.complete b
  rwa [List.length_map] at this

/-- There are no fewer elements than in a type which they cover. -/
theorem card_le_of_surjective [Fintype α] [Fintype β] (f : α → β)
    (hf : ∀ b, ∃ a, f a = b) : card β ≤ card α := by
  have := length_le_of_nodup (Fintype.nodup (α := β)) (l' := (Fintype.elems : List α).map f)
    fun b _ => (hf b).elim fun a ha => List.mem_map.2 ⟨a, Fintype.complete a, ha⟩
  rwa [List.length_map] at this

/-- Types that correspond to each other have equally many elements. -/
theorem card_eq_of_equiv [Fintype α] [Fintype β] (f : α → β) (g : β → α)
    (hgf : ∀ a, g (f a) = a) (hfg : ∀ b, f (g b) = b) : card α = card β :=
  Nat.le_antisymm
    (card_le_of_injective f fun a b h => by rw [← hgf a, ← hgf b, h])
    (card_le_of_injective g fun a b h => by rw [← hfg a, ← hfg b, h])

/-- The elements with a property are no more than all. -/
theorem card_subtype_le [Fintype α] (p : α → Prop) : card {a // p a} ≤ card α :=
  card_le_of_injective Subtype.val fun _ _ => Subtype.ext

end DeepTheory
