module

public import DeepTheory.Reals.Sum
public import DeepTheory.Reals.Exp

/-!
# Finite products

`∏ i, f i` is the product of a family `f : ι → R` of real numbers over a finite type `ι`.

## Main definitions
* `DeepTheory.prod`: the product of a finite family, with the notation `∏ i, f i`.

## Main theorems
* `DeepTheory.prod_succ`, `DeepTheory.prod_succ'`: products over `Fin n`.
* `DeepTheory.prod_mul`, `DeepTheory.prod_nonneg`, `DeepTheory.prod_le_prod`.
* `DeepTheory.prod_sum`: a product of sums is the sum over all families of the products.
* `DeepTheory.exp_sum`: the exponential function takes sums to products.
-/

public section

namespace DeepTheory

universe u v w

variable {R : Type u} [RealField R] {ι : Type v} {κ : Type w}

/-- The product of the values of a function on a list. -/
@[expose] noncomputable def listProd (f : ι → R) : List ι → R
  | [] => 1
  | i :: l => f i * listProd f l

/-- The product of a family of real numbers over a finite type. -/
@[expose] noncomputable def prod [Fintype ι] (f : ι → R) : R := listProd f Fintype.elems

-- The parser and the printer below run in the files that import this one.
set_option compiler.extract_closed false

/-- `∏ i, f i` is the product of the finite family `f`. -/
syntax (name := bigProd) "∏ " Lean.explicitBinders ", " term:67 : term

macro_rules
  | `(∏ $xs, $b) => Lean.expandExplicitBinders ``DeepTheory.prod xs b

open Lean in
/-- Prints a product in the notation in which it is written. -/
@[app_unexpander DeepTheory.prod] meta def unexpandProd : PrettyPrinter.Unexpander :=
  fun s ref st =>
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
    .ok (.node i ``bigProd ((((none.push (.atom i "∏ ")).push binders).push (.atom i ", ")).push
      (basic.getArg 3))) st
  else .error () st

/-! ### Lists -/

@[simp] theorem listProd_nil (f : ι → R) : listProd f [] = 1 := rfl

@[simp] theorem listProd_cons (f : ι → R) (i : ι) (l : List ι) :
    listProd f (i :: l) = f i * listProd f l := rfl

@[simp] theorem listProd_append (f : ι → R) (l l' : List ι) :
    listProd f (l ++ l') = listProd f l * listProd f l' := by
  induction l with
  | nil => simp only [List.nil_append, listProd_nil]; grind
  | cons i l ih => simp only [List.cons_append, listProd_cons, ih]; grind

@[simp] theorem listProd_map (f : κ → R) (g : ι → κ) (l : List ι) :
    listProd f (l.map g) = listProd (fun i => f (g i)) l := by
  induction l with
  | nil => rfl
  | cons i l ih => rw [List.map_cons, listProd_cons, ih, listProd_cons]

/-- A product does not depend on the order of its factors. -/
theorem listProd_perm (f : ι → R) {l l' : List ι} (h : l.Perm l') :
    listProd f l = listProd f l' := by
  induction h with
  | nil => rfl
  | cons i _ ih => rw [listProd_cons, listProd_cons, ih]
  | swap i j l => simp only [listProd_cons]; grind
  | trans _ _ h₁ h₂ => exact h₁.trans h₂

/-- The product over a finite type along any list of its elements, each once. -/
theorem prod_eq_listProd [Fintype ι] (f : ι → R) {l : List ι} (h : l.Nodup) (hc : ∀ i, i ∈ l) :
    prod f = listProd f l :=
  listProd_perm f (perm_of_nodup Fintype.nodup h fun i =>
    ⟨fun _ => hc i, fun _ => Fintype.complete i⟩)

/-! ### Products over `Fin n` -/

variable {n : Nat}

@[simp] theorem prod_zero (f : Fin 0 → R) : ∏ i, f i = 1 := rfl

/-- The first factor split off. -/
theorem prod_succ' (f : Fin (n + 1) → R) : ∏ i, f i = f 0 * ∏ i : Fin n, f i.succ := by
  show listProd f (List.finRange (n + 1)) = _
  rw [List.finRange_succ, listProd_cons, listProd_map]
  rfl

/-- The last factor split off. -/
theorem prod_succ (f : Fin (n + 1) → R) :
    ∏ i, f i = (∏ i : Fin n, f i.castSucc) * f (Fin.last n) := by
  show listProd f (List.finRange (n + 1)) = _
  rw [List.finRange_succ_last, listProd_append, listProd_map, listProd_cons, listProd_nil,
    Lean.Grind.Semiring.mul_one]
  rfl

@[simp] theorem prod_const (n : Nat) (c : R) : ∏ _i : Fin n, c = c ^ n := by
  induction n with
  | zero => rw [prod_zero, pow_zero]
  | succ n ih => rw [prod_succ, ih, pow_succ]

/-- A product of sums is the sum, over all ways to choose a term of each, of the products. -/
theorem prod_sum [Fintype κ] (f : Fin n → κ → R) :
    ∏ i, ∑ a, f i a = ∑ x : Fin n → κ, ∏ i, f i (x i) := by
  induction n with
  | zero => rw [prod_zero, sum_fun_zero, prod_zero]
  | succ n ih =>
    rw [prod_succ', ih, sum_fun_succ, sum_mul_sum]
    refine sum_congr fun a => sum_congr fun x => ?_
    rw [prod_succ']
    rfl

/-! ### Products over any finite type -/

variable [Fintype ι]

theorem prod_congr {f g : ι → R} (h : ∀ i, f i = g i) : ∏ i, f i = ∏ i, g i := by
  rw [show f = g from funext h]

theorem prod_mul (f g : ι → R) : ∏ i, f i * g i = (∏ i, f i) * ∏ i, g i := by
  show listProd (fun i => f i * g i) _ = listProd f _ * listProd g _
  induction (Fintype.elems : List ι) with
  | nil => simp only [listProd_nil]; grind
  | cons i l ih => simp only [listProd_cons, ih]; grind

/-- Reindexing along a correspondence of types. -/
theorem prod_equiv [Fintype κ] (e : ι → κ) (e' : κ → ι) (h : ∀ i, e' (e i) = i)
    (h' : ∀ j, e (e' j) = j) (f : κ → R) : ∏ i, f (e i) = ∏ j, f j := by
  have hl := prod_eq_listProd f (l := (Fintype.elems : List ι).map e)
    (nodup_map (fun a b hab => by rw [← h a, ← h b, hab]) Fintype.nodup)
    fun j => List.mem_map.2 ⟨e' j, Fintype.complete _, h' j⟩
  rw [hl, listProd_map]
  rfl

/-- A product with a factor zero is zero. -/
theorem prod_eq_zero {f : ι → R} (k : ι) (hk : f k = 0) : ∏ i, f i = 0 := by
  obtain ⟨s, t, h⟩ := List.append_of_mem (Fintype.complete k)
  unfold prod
  rw [h, listProd_append, listProd_cons, hk]
  grind

/-- A product of numbers that are not negative is not negative. -/
theorem prod_nonneg {f : ι → R} (h : ∀ i, 0 ≤ f i) : 0 ≤ ∏ i, f i := by
  show 0 ≤ listProd f _
  induction (Fintype.elems : List ι) with
  | nil => exact Std.le_of_lt zero_lt_one
  | cons i l ih => exact mul_nonneg (h i) ih

theorem prod_pos {f : ι → R} (h : ∀ i, 0 < f i) : 0 < ∏ i, f i := by
  show 0 < listProd f _
  induction (Fintype.elems : List ι) with
  | nil => exact zero_lt_one
  | cons i l ih => exact mul_pos (h i) ih

theorem prod_le_prod {f g : ι → R} (hf : ∀ i, 0 ≤ f i) (h : ∀ i, f i ≤ g i) :
    ∏ i, f i ≤ ∏ i, g i := by
  suffices 0 ≤ listProd f (Fintype.elems : List ι) ∧
    listProd f (Fintype.elems : List ι) ≤ listProd g Fintype.elems from this.2
  induction (Fintype.elems : List ι) with
  | nil => exact ⟨Std.le_of_lt zero_lt_one, Std.le_refl _⟩
  | cons i l ih =>
    have hg : 0 ≤ g i := Std.le_trans (hf i) (h i)
    exact ⟨mul_nonneg (hf i) ih.1, mul_le_mul (h i) ih.2 ih.1 hg⟩

/-- The exponential function takes sums to products. -/
theorem exp_sum (f : ι → R) : exp (∑ i, f i) = ∏ i, exp (f i) := by
  show exp (listSum f _) = listProd (fun i => exp (f i)) _
  induction (Fintype.elems : List ι) with
  | nil => exact exp_zero
  | cons i l ih => rw [listSum_cons, listProd_cons, exp_add, ih]

end DeepTheory
