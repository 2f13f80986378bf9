module

public import DeepTheory.Reals.Basic
public import DeepTheory.Reals.Fintype

/-!
# Finite sums

`∑ i, f i` is the sum of a family `f : ι → R` of real numbers over a finite type `ι`, for instance
`Fin n`.

## Main definitions
* `DeepTheory.sum`: the sum of a finite family, with the notation `∑ i, f i` (several indices, as
  in `∑ i j, f i j`, and a type, as in `∑ i : Fin n, f i`, are allowed).

## Main theorems
* `DeepTheory.sum_succ`, `DeepTheory.sum_succ'`, `DeepTheory.sum_telescope`: sums over `Fin n`.
* `DeepTheory.sum_add`, `DeepTheory.mul_sum`: sums are linear.
* `DeepTheory.sum_le_sum`, `DeepTheory.sum_nonneg`, `DeepTheory.single_le_sum`: sums are monotone.
* `DeepTheory.sum_comm`, `DeepTheory.sum_prod_type`: double sums.
* `DeepTheory.sum_equiv`: reindexing.
* `DeepTheory.sum_fun_succ`: a sum over families, the first entry summed apart.
* `DeepTheory.exists_le_of_sum_le`: some entry is at most the average.
* `DeepTheory.sum_mul_sq_le`: the Cauchy-Schwarz inequality.
-/

public section

namespace DeepTheory

universe u v w

variable {R : Type u} [RealField R] {ι : Type v} {κ : Type w}

/-- The sum of the values of a function on a list. -/
@[expose] noncomputable def listSum (f : ι → R) : List ι → R
  | [] => 0
  | i :: l => f i + listSum f l

/-- The sum of a family of real numbers over a finite type. -/
@[expose] noncomputable def sum [Fintype ι] (f : ι → R) : R := listSum f Fintype.elems

-- The parser and the printer below run in the files that import this one.
set_option compiler.extract_closed false

/-- `∑ i, f i` is the sum of the finite family `f`. -/
syntax (name := bigSum) "∑ " Lean.explicitBinders ", " term:67 : term

macro_rules
  | `(∑ $xs, $b) => Lean.expandExplicitBinders ``DeepTheory.sum xs b

open Lean in
/-- Prints a sum in the notation in which it is written. -/
@[app_unexpander DeepTheory.sum] meta def unexpandSum : PrettyPrinter.Unexpander := fun s ref st =>
  let f : Syntax := (s.getArg 1).getArg 0
  let basic : Syntax := f.getArg 1
  let x : Syntax := (basic.getArg 0).getArg 0
  if f.getKind == `Lean.Parser.Term.fun && x.isIdent then
    let i := SourceInfo.fromRef ref
    let none := Array.empty
    let name := Syntax.node i ``binderIdent (none.push x)
    let names := Syntax.node i ``unbracketedExplicitBinders
      ((none.push (.node i `null (none.push name))).push (.node i `null none))
    let binders := Syntax.node i ``explicitBinders (none.push names)
    .ok (.node i ``bigSum ((((none.push (.atom i "∑ ")).push binders).push (.atom i ", ")).push
      (basic.getArg 3))) st
  else .error () st

/-! ### Lists -/

@[simp] theorem listSum_nil (f : ι → R) : listSum f [] = 0 := rfl

@[simp] theorem listSum_cons (f : ι → R) (i : ι) (l : List ι) :
    listSum f (i :: l) = f i + listSum f l := rfl

@[simp] theorem listSum_append (f : ι → R) (l l' : List ι) :
    listSum f (l ++ l') = listSum f l + listSum f l' := by
  induction l with
  | nil => simp only [List.nil_append, listSum_nil]; grind
  | cons i l ih => simp only [List.cons_append, listSum_cons, ih]; grind

@[simp] theorem listSum_map (f : κ → R) (g : ι → κ) (l : List ι) :
    listSum f (l.map g) = listSum (fun i => f (g i)) l := by
  induction l with
  | nil => rfl
  | cons i l ih => rw [List.map_cons, listSum_cons, ih, listSum_cons]

theorem listSum_flatMap (f : κ → R) (g : ι → List κ) (l : List ι) :
    listSum f (l.flatMap g) = listSum (fun i => listSum f (g i)) l := by
  induction l with
  | nil => rfl
  | cons i l ih => rw [List.flatMap_cons, listSum_append, ih, listSum_cons]

/-- A sum does not depend on the order of its terms. -/
theorem listSum_perm (f : ι → R) {l l' : List ι} (h : l.Perm l') : listSum f l = listSum f l' := by
  induction h with
  | nil => rfl
  | cons i _ ih => rw [listSum_cons, listSum_cons, ih]
  | swap i j l => simp only [listSum_cons]; grind
  | trans _ _ h₁ h₂ => exact h₁.trans h₂

theorem listSum_add (f g : ι → R) (l : List ι) :
    listSum (fun i => f i + g i) l = listSum f l + listSum g l := by
  induction l with
  | nil => simp only [listSum_nil]; grind
  | cons i l ih => simp only [listSum_cons, ih]; grind

theorem mul_listSum (c : R) (f : ι → R) (l : List ι) :
    c * listSum f l = listSum (fun i => c * f i) l := by
  induction l with
  | nil => simp only [listSum_nil]; grind
  | cons i l ih => simp only [listSum_cons, ← ih]; grind

theorem listSum_const (c : R) (l : List ι) :
    listSum (fun _ => c) l = l.length * c := by
  induction l with
  | nil => simp only [listSum_nil, List.length_nil]; grind
  | cons i l ih => simp only [listSum_cons, List.length_cons, ih]; grind

theorem listSum_eq_zero {f : ι → R} {l : List ι} (h : ∀ i, i ∈ l → f i = 0) :
    listSum f l = 0 := by
  induction l with
  | nil => rfl
  | cons i l ih =>
    rw [listSum_cons, h i List.mem_cons_self, ih fun j hj => h j (List.mem_cons_of_mem i hj)]
    grind

theorem listSum_le {f g : ι → R} (h : ∀ i, f i ≤ g i) (l : List ι) :
    listSum f l ≤ listSum g l := by
  induction l with
  | nil => exact Std.le_refl _
  | cons i l ih =>
    have := h i
    simp only [listSum_cons]; grind

/-- The sum over a finite type along any list of its elements, each once. -/
theorem sum_eq_listSum [Fintype ι] (f : ι → R) {l : List ι} (h : l.Nodup) (hc : ∀ i, i ∈ l) :
    sum f = listSum f l :=
  listSum_perm f (perm_of_nodup Fintype.nodup h fun i =>
    ⟨fun _ => hc i, fun _ => Fintype.complete i⟩)

/-! ### Sums over `Fin n` -/

variable {n m : Nat}

@[simp] theorem sum_zero (f : Fin 0 → R) : ∑ i, f i = 0 := rfl

/-- The first term split off. -/
theorem sum_succ' (f : Fin (n + 1) → R) : ∑ i, f i = f 0 + ∑ i : Fin n, f i.succ := by
  show listSum f (List.finRange (n + 1)) = _
  rw [List.finRange_succ, listSum_cons, listSum_map]
  rfl

/-- The last term split off. -/
theorem sum_succ (f : Fin (n + 1) → R) :
    ∑ i, f i = ∑ i : Fin n, f i.castSucc + f (Fin.last n) := by
  show listSum f (List.finRange (n + 1)) = _
  rw [List.finRange_succ_last, listSum_append, listSum_map, listSum_cons, listSum_nil,
    Lean.Grind.Semiring.add_zero]
  rfl

@[simp] theorem sum_one (f : Fin 1 → R) : ∑ i, f i = f 0 := by
  rw [sum_succ, sum_zero, Fin.last_zero]; grind

@[simp] theorem sum_two (f : Fin 2 → R) : ∑ i, f i = f 0 + f 1 := by
  rw [sum_succ, sum_one]; rfl

/-- The telescoping sum. -/
theorem sum_telescope (a : Nat → R) (n : Nat) :
    ∑ i : Fin n, (a (i + 1) - a i) = a n - a 0 := by
  induction n with
  | zero => simp only [sum_zero]; grind
  | succ n ih => simp only [sum_succ, Fin.val_castSucc, Fin.val_last, ih]; grind

/-! ### Linearity -/

variable [Fintype ι] [Fintype κ]

theorem sum_congr {f g : ι → R} (h : ∀ i, f i = g i) : ∑ i, f i = ∑ i, g i := by
  rw [show f = g from funext h]

theorem sum_add (f g : ι → R) : ∑ i, (f i + g i) = ∑ i, f i + ∑ i, g i := listSum_add f g _

theorem mul_sum (c : R) (f : ι → R) : c * ∑ i, f i = ∑ i, c * f i := mul_listSum c f _

theorem sum_mul (f : ι → R) (c : R) : (∑ i, f i) * c = ∑ i, f i * c := by
  rw [Lean.Grind.CommSemiring.mul_comm, mul_sum]
  exact sum_congr fun i => Lean.Grind.CommSemiring.mul_comm _ _

theorem sum_neg (f : ι → R) : ∑ i, -f i = -∑ i, f i := by
  have := mul_sum (-1) f
  rw [sum_congr fun i => show -f i = -1 * f i by grind]
  grind

theorem sum_sub (f g : ι → R) : ∑ i, (f i - g i) = ∑ i, f i - ∑ i, g i := by
  rw [sum_congr fun i => show f i - g i = f i + -g i by grind, sum_add, sum_neg]
  grind

theorem sum_div (f : ι → R) (c : R) : (∑ i, f i) / c = ∑ i, f i / c := by
  rw [Lean.Grind.Field.div_eq_mul_inv, sum_mul]
  exact sum_congr fun i => (Lean.Grind.Field.div_eq_mul_inv _ _).symm

/-- The sum of equal terms. -/
theorem sum_const_card (c : R) : ∑ _i : ι, c = card ι * c := listSum_const c _

@[simp] theorem sum_const (n : Nat) (c : R) : ∑ _i : Fin n, c = n * c := by
  rw [sum_const_card, card_fin]

/-- The sum of ones is the number of elements. -/
theorem sum_one_card : ∑ _i : ι, (1 : R) = card ι := by
  rw [sum_const_card]; grind

theorem sum_eq_zero {f : ι → R} (h : ∀ i, f i = 0) : ∑ i, f i = 0 := by
  rw [sum_congr h, sum_const_card]; grind

@[simp] theorem sum_const_zero : ∑ _i : ι, (0 : R) = 0 := sum_eq_zero fun _ => rfl

/-! ### Double sums and reindexing -/

/-- A double sum may be taken in either order. -/
theorem sum_comm (f : ι → κ → R) : ∑ i, ∑ j, f i j = ∑ j, ∑ i, f i j := by
  show listSum (fun i => ∑ j, f i j) Fintype.elems =
    ∑ j, listSum (fun i => f i j) Fintype.elems
  induction (Fintype.elems : List ι) with
  | nil => simp only [listSum_nil, sum_const_zero]
  | cons i l ih => simp only [listSum_cons, ih, sum_add]

/-- A product of sums is a double sum. -/
theorem sum_mul_sum (f : ι → R) (g : κ → R) :
    (∑ i, f i) * ∑ j, g j = ∑ i, ∑ j, f i * g j := by
  rw [sum_mul]
  exact sum_congr fun i => mul_sum _ _

/-- A sum over pairs is a double sum. -/
theorem sum_prod_type (f : ι × κ → R) : ∑ p, f p = ∑ i, ∑ j, f (i, j) := by
  show listSum f (Fintype.elems.flatMap fun i => Fintype.elems.map (Prod.mk i)) = _
  rw [listSum_flatMap]
  simp only [listSum_map]
  rfl

/-- A sum over two types, one after the other. -/
theorem sum_sum_type (f : ι ⊕ κ → R) : ∑ p, f p = ∑ i, f (.inl i) + ∑ j, f (.inr j) := by
  show listSum f (Fintype.elems.map Sum.inl ++ Fintype.elems.map Sum.inr) = _
  rw [listSum_append, listSum_map, listSum_map]
  rfl

@[simp] theorem sum_bool (f : Bool → R) : ∑ b, f b = f false + f true := by
  show f false + (f true + 0) = _
  grind

@[simp] theorem sum_unit (f : Unit → R) : ∑ b, f b = f () := by
  show f () + 0 = _
  grind

/-- Reindexing along a correspondence of types. -/
theorem sum_equiv (e : ι → κ) (e' : κ → ι) (h : ∀ i, e' (e i) = i) (h' : ∀ j, e (e' j) = j)
    (f : κ → R) : ∑ i, f (e i) = ∑ j, f j := by
  have hl := sum_eq_listSum f (l := (Fintype.elems : List ι).map e)
    (nodup_map (fun a b hab => by rw [← h a, ← h b, hab]) Fintype.nodup)
    fun j => List.mem_map.2 ⟨e' j, Fintype.complete _, h' j⟩
  rw [hl, listSum_map]
  rfl

/-- A sum over the families with one more entry, the first entry summed apart. -/
theorem sum_fun_succ (f : (Fin (n + 1) → ι) → R) :
    ∑ x, f x = ∑ a, ∑ x : Fin n → ι, f (cons a x) := by
  show listSum f (Fintype.elems.flatMap fun a => (families n).map (cons a)) = _
  rw [listSum_flatMap]
  simp only [listSum_map]
  rfl

/-- A sum over the families without entries. -/
theorem sum_fun_zero (f : (Fin 0 → ι) → R) : ∑ x, f x = f fun i => i.elim0 := by
  show f (fun i => i.elim0) + 0 = _
  grind

/-- One term split off. -/
theorem sum_eq_add_ite (k : ι) (f : ι → R) [DecidableEq ι] :
    ∑ i, f i = f k + ∑ i, if i = k then 0 else f i := by
  obtain ⟨s, t, h⟩ := List.append_of_mem (Fintype.complete k)
  have hp : (Fintype.elems : List ι).Perm (k :: (s ++ t)) := by rw [h]; exact List.perm_middle
  have hk := (List.nodup_cons.1 (hp.nodup_iff.1 Fintype.nodup)).1
  have hl (l : List ι) (hl : k ∉ l) : listSum (fun i => if i = k then 0 else f i) l =
      listSum f l := by
    induction l with
    | nil => rfl
    | cons i l ih =>
      rw [List.mem_cons, not_or] at hl
      rw [listSum_cons, listSum_cons, ih hl.2, if_neg fun h => hl.1 h.symm]
  show listSum f _ = f k + listSum _ _
  rw [listSum_perm f hp, listSum_perm _ hp, listSum_cons, listSum_cons, hl _ hk, if_pos rfl]
  grind

/-- A sum in which only one term may be non-zero. -/
theorem sum_eq_single (k : ι) {f : ι → R} (h : ∀ i, i ≠ k → f i = 0) :
    ∑ i, f i = f k := by
  classical
  rw [sum_eq_add_ite k, sum_eq_zero fun i => by split <;> grind]
  grind

/-- A sum against an indicator of one element. -/
theorem sum_ite_eq [DecidableEq ι] (k : ι) (f : ι → R) :
    ∑ i, (if i = k then f i else 0) = f k := by
  rw [sum_eq_single k fun i hi => if_neg hi, if_pos rfl]

/-- A sum split by a property. -/
theorem sum_ite_add (p : ι → Prop) [DecidablePred p] (f : ι → R) :
    ∑ i, f i = ∑ i, (if p i then f i else 0) + ∑ i, if p i then 0 else f i := by
  rw [← sum_add]
  exact sum_congr fun i => by split <;> grind

/-! ### Order -/

theorem sum_le_sum {f g : ι → R} (h : ∀ i, f i ≤ g i) : ∑ i, f i ≤ ∑ i, g i := listSum_le h _

theorem sum_nonneg {f : ι → R} (h : ∀ i, 0 ≤ f i) : 0 ≤ ∑ i, f i := by
  have := sum_le_sum h
  rwa [sum_const_zero] at this

/-- A term of a nonnegative family is at most the sum. -/
theorem single_le_sum {f : ι → R} (h : ∀ i, 0 ≤ f i) (k : ι) : f k ≤ ∑ i, f i := by
  classical
  rw [sum_eq_add_ite k f]
  have := sum_nonneg (f := fun i => if i = k then 0 else f i) fun i => by
    have := h i
    dsimp only
    split <;> grind
  grind

theorem sum_eq_zero_iff {f : ι → R} (h : ∀ i, 0 ≤ f i) : ∑ i, f i = 0 ↔ ∀ i, f i = 0 := by
  refine ⟨fun h₀ i => ?_, sum_eq_zero⟩
  have h₁ := single_le_sum h i
  have h₂ := h i
  grind

/-- One strict inequality among others makes the sums differ. -/
theorem sum_lt_sum {f g : ι → R} (h : ∀ i, f i ≤ g i) {k : ι} (hk : f k < g k) :
    ∑ i, f i < ∑ i, g i := by
  have := single_le_sum (f := fun i => g i - f i) (fun i => by have := h i; grind) k
  rw [sum_sub] at this
  grind

/-- The sum of a nonnegative family with a positive term is positive. -/
theorem sum_pos {f : ι → R} (h : ∀ i, 0 ≤ f i) {k : ι} (hk : 0 < f k) : 0 < ∑ i, f i := by
  have := single_le_sum h k
  grind

theorem sum_le_mul {f : Fin n → R} {c : R} (h : ∀ i, f i ≤ c) : ∑ i, f i ≤ n * c := by
  have := sum_le_sum h
  rwa [sum_const] at this

theorem mul_le_sum {f : Fin n → R} {c : R} (h : ∀ i, c ≤ f i) : n * c ≤ ∑ i, f i := by
  have := sum_le_sum h
  rwa [sum_const] at this

/-- A sum is at most the number of its terms times a bound on them. -/
theorem sum_le_card_mul {f : ι → R} {c : R} (h : ∀ i, f i ≤ c) : ∑ i, f i ≤ card ι * c := by
  have := sum_le_sum h
  rwa [sum_const_card] at this

theorem abs_sum_le (f : ι → R) : abs (∑ i, f i) ≤ ∑ i, abs (f i) := by
  have h₁ := sum_le_sum (f := f) fun i => le_abs_self (f i)
  have h₂ := sum_le_sum (f := fun i => -f i) fun i => neg_le_abs (f i)
  rw [sum_neg] at h₂
  rw [abs_le]
  grind

/-- Some term is at most the average. -/
theorem exists_le_of_sum_le {f : Fin n → R} {c : R} (hn : 0 < n) (h : ∑ i, f i ≤ n * c) :
    ∃ i, f i ≤ c := by
  refine Classical.byContradiction fun h' => ?_
  have hf (i : Fin n) : c < f i := by
    have : ¬ f i ≤ c := fun hi => h' ⟨i, hi⟩
    grind
  have h₁ := sum_lt_sum (f := fun _ => c) (g := f) (fun i => Std.le_of_lt (hf i)) (hf ⟨0, hn⟩)
  rw [sum_const] at h₁
  grind

/-- Some term is at least the average. -/
theorem exists_le_of_le_sum {f : Fin n → R} {c : R} (hn : 0 < n) (h : n * c ≤ ∑ i, f i) :
    ∃ i, c ≤ f i := by
  obtain ⟨i, hi⟩ := exists_le_of_sum_le (f := fun i => -f i) (c := -c) hn (by
    rw [sum_neg]; grind)
  exact ⟨i, by grind⟩

/-- The Cauchy-Schwarz inequality for finite sums. -/
theorem sum_mul_sq_le (f g : ι → R) :
    (∑ i, f i * g i) ^ 2 ≤ (∑ i, f i ^ 2) * ∑ i, g i ^ 2 := by
  show listSum (fun i => f i * g i) _ ^ 2 ≤
    listSum (fun i => f i ^ 2) _ * listSum (fun i => g i ^ 2) _
  induction (Fintype.elems : List ι) with
  | nil => simp only [listSum_nil]; grind
  | cons k l ih =>
    simp only [listSum_cons]
    have h₂ : 0 ≤ listSum (fun i => (f i * g k - f k * g i) ^ 2) l := by
      have := listSum_le (fun i => sq_nonneg (f i * g k - f k * g i)) l
      rwa [listSum_eq_zero fun _ _ => rfl] at this
    have h₃ : listSum (fun i => (f i * g k - f k * g i) ^ 2) l =
        listSum (fun i => f i ^ 2) l * g k ^ 2 + -2 * f k * g k * listSum (fun i => f i * g i) l
          + f k ^ 2 * listSum (fun i => g i ^ 2) l := by
      rw [Lean.Grind.CommSemiring.mul_comm (listSum _ _), mul_listSum, mul_listSum, mul_listSum,
        ← listSum_add, ← listSum_add]
      exact congrArg (listSum · l) (funext fun i => by grind)
    grind

end DeepTheory
