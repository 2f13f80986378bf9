module

public import DeepTheory.Reals.Basic

/-!
# Finite sums

`∑ i, f i` is the sum of a family `f : Fin n → R`.

## Main definitions
* `DeepTheory.sum`: the sum of a finite family, with the notation `∑ i, f i` (several indices, as
  in `∑ i j, f i j`, and a type, as in `∑ i : Fin n, f i`, are allowed).

## Main theorems
* `DeepTheory.sum_add`, `DeepTheory.mul_sum`: sums are linear.
* `DeepTheory.sum_le_sum`, `DeepTheory.sum_nonneg`, `DeepTheory.single_le_sum`: sums are monotone.
* `DeepTheory.sum_comm`: a double sum may be taken in either order.
* `DeepTheory.sum_telescope`: telescoping sums.
* `DeepTheory.exists_le_of_sum_le`: some entry is at most the average.
-/

public section

namespace DeepTheory

universe u

variable {R : Type u} [RealField R]

/-- The sum of a finite family of real numbers. -/
@[expose] noncomputable def sum : {n : Nat} → (Fin n → R) → R
  | 0, _ => 0
  | n + 1, f => sum (fun i : Fin n => f i.castSucc) + f (Fin.last n)

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

/-! ### Unfolding -/

variable {n m : Nat}

@[simp] theorem sum_zero (f : Fin 0 → R) : ∑ i, f i = 0 := rfl

/-- The last term split off. -/
theorem sum_succ (f : Fin (n + 1) → R) :
    ∑ i, f i = ∑ i : Fin n, f i.castSucc + f (Fin.last n) := rfl

/-- The first term split off. -/
theorem sum_succ' (f : Fin (n + 1) → R) : ∑ i, f i = f 0 + ∑ i : Fin n, f i.succ := by
  induction n with
  | zero => simp only [sum_succ, sum_zero, Fin.last_zero]; grind
  | succ n ih =>
    rw [sum_succ, ih, sum_succ (fun i : Fin (n + 1) => f i.succ)]
    simp only [Fin.castSucc_zero, Fin.succ_castSucc, Fin.succ_last]
    grind

@[simp] theorem sum_one (f : Fin 1 → R) : ∑ i, f i = f 0 := by
  rw [sum_succ, sum_zero, Fin.last_zero]; grind

@[simp] theorem sum_two (f : Fin 2 → R) : ∑ i, f i = f 0 + f 1 := by
  rw [sum_succ, sum_one]; rfl

theorem sum_congr {f g : Fin n → R} (h : ∀ i, f i = g i) : ∑ i, f i = ∑ i, g i := by
  rw [show f = g from funext h]

/-! ### Linearity -/

theorem sum_add (f g : Fin n → R) : ∑ i, (f i + g i) = ∑ i, f i + ∑ i, g i := by
  induction n with
  | zero => simp only [sum_zero]; grind
  | succ n ih => simp only [sum_succ, ih]; grind

theorem mul_sum (c : R) (f : Fin n → R) : c * ∑ i, f i = ∑ i, c * f i := by
  induction n with
  | zero => simp only [sum_zero]; grind
  | succ n ih => simp only [sum_succ, ← ih]; grind

theorem sum_mul (f : Fin n → R) (c : R) : (∑ i, f i) * c = ∑ i, f i * c := by
  induction n with
  | zero => simp only [sum_zero]; grind
  | succ n ih => simp only [sum_succ, ← ih]; grind

theorem sum_neg (f : Fin n → R) : ∑ i, -f i = -∑ i, f i := by
  induction n with
  | zero => simp only [sum_zero]; grind
  | succ n ih => simp only [sum_succ, ih]; grind

theorem sum_sub (f g : Fin n → R) : ∑ i, (f i - g i) = ∑ i, f i - ∑ i, g i := by
  induction n with
  | zero => simp only [sum_zero]; grind
  | succ n ih => simp only [sum_succ, ih]; grind

theorem sum_div (f : Fin n → R) (c : R) : (∑ i, f i) / c = ∑ i, f i / c := by
  induction n with
  | zero => simp only [sum_zero]; grind
  | succ n ih => simp only [sum_succ, ← ih]; grind

@[simp] theorem sum_const (n : Nat) (c : R) : ∑ _i : Fin n, c = n * c := by
  induction n with
  | zero => simp only [sum_zero]; grind
  | succ n ih => simp only [sum_succ, ih]; grind

theorem sum_eq_zero {f : Fin n → R} (h : ∀ i, f i = 0) : ∑ i, f i = 0 := by
  rw [sum_congr h, sum_const]; grind

@[simp] theorem sum_const_zero : ∑ _i : Fin n, (0 : R) = 0 := sum_eq_zero fun _ => rfl

/-- A double sum may be taken in either order. -/
theorem sum_comm (f : Fin n → Fin m → R) : ∑ i, ∑ j, f i j = ∑ j, ∑ i, f i j := by
  induction n with
  | zero => simp only [sum_zero, sum_const_zero]
  | succ n ih => simp only [sum_succ (n := n), ih, sum_add]

/-- A product of sums is a double sum. -/
theorem sum_mul_sum (f : Fin n → R) (g : Fin m → R) :
    (∑ i, f i) * ∑ j, g j = ∑ i, ∑ j, f i * g j := by
  rw [sum_mul]
  exact sum_congr fun i => mul_sum _ _

/-- A sum in which only one term may be non-zero. -/
theorem sum_eq_single (k : Fin n) {f : Fin n → R} (h : ∀ i, i ≠ k → f i = 0) :
    ∑ i, f i = f k := by
  induction n with
  | zero => exact k.elim0
  | succ n ih =>
    rw [sum_succ]
    by_cases hk : k = Fin.last n
    · subst hk
      rw [sum_eq_zero fun i : Fin n => h i.castSucc (by grind)]
      grind
    · obtain ⟨j, rfl⟩ : ∃ j : Fin n, k = j.castSucc := ⟨⟨k, by grind⟩, rfl⟩
      rw [ih j fun i hi => h _ fun h' => hi (by grind), h (Fin.last n) (by grind)]
      grind

/-- The telescoping sum. -/
theorem sum_telescope (a : Nat → R) (n : Nat) :
    ∑ i : Fin n, (a (i + 1) - a i) = a n - a 0 := by
  induction n with
  | zero => simp only [sum_zero]; grind
  | succ n ih => simp only [sum_succ, Fin.val_castSucc, Fin.val_last, ih]; grind

/-! ### Order -/

theorem sum_le_sum {f g : Fin n → R} (h : ∀ i, f i ≤ g i) : ∑ i, f i ≤ ∑ i, g i := by
  induction n with
  | zero => simp only [sum_zero]; grind
  | succ n ih =>
    have h₁ := ih fun i => h i.castSucc
    have h₂ := h (Fin.last n)
    simp only [sum_succ]; grind

theorem sum_lt_sum {f g : Fin n → R} (h : ∀ i, f i < g i) (hn : 0 < n) :
    ∑ i, f i < ∑ i, g i := by
  obtain ⟨m, rfl⟩ : ∃ m, n = m + 1 := ⟨n - 1, by omega⟩
  have h₁ := sum_le_sum (f := fun i : Fin m => f i.castSucc) (g := fun i => g i.castSucc)
    fun i => by have := h i.castSucc; grind
  have h₂ := h (Fin.last m)
  simp only [sum_succ]; grind

theorem sum_nonneg {f : Fin n → R} (h : ∀ i, 0 ≤ f i) : 0 ≤ ∑ i, f i := by
  have := sum_le_sum h
  rwa [sum_const_zero] at this

theorem sum_pos {f : Fin n → R} (h : ∀ i, 0 < f i) (hn : 0 < n) : 0 < ∑ i, f i := by
  have := sum_lt_sum h hn
  rwa [sum_const_zero] at this

theorem sum_le_mul {f : Fin n → R} {c : R} (h : ∀ i, f i ≤ c) : ∑ i, f i ≤ n * c := by
  have := sum_le_sum h
  rwa [sum_const] at this

theorem mul_le_sum {f : Fin n → R} {c : R} (h : ∀ i, c ≤ f i) : n * c ≤ ∑ i, f i := by
  have := sum_le_sum h
  rwa [sum_const] at this

/-- A term of a nonnegative family is at most the sum. -/
theorem single_le_sum {f : Fin n → R} (h : ∀ i, 0 ≤ f i) (k : Fin n) : f k ≤ ∑ i, f i := by
  have h₁ := sum_le_sum (f := fun i => if i = k then f k else 0) (g := f) fun i => by
    have := h i
    by_cases hi : i = k <;> simp only [hi, if_true, if_false] <;> grind
  rwa [sum_eq_single k fun i hi => if_neg hi, if_pos rfl] at h₁

theorem sum_eq_zero_iff {f : Fin n → R} (h : ∀ i, 0 ≤ f i) : ∑ i, f i = 0 ↔ ∀ i, f i = 0 := by
  refine ⟨fun h₀ i => ?_, sum_eq_zero⟩
  have h₁ := single_le_sum h i
  have h₂ := h i
  grind

theorem abs_sum_le (f : Fin n → R) : abs (∑ i, f i) ≤ ∑ i, abs (f i) := by
  induction n with
  | zero => simp only [sum_zero, abs_zero]; grind
  | succ n ih =>
    have h₁ := ih fun i => f i.castSucc
    have h₂ := abs_add_le (∑ i : Fin n, f i.castSucc) (f (Fin.last n))
    simp only [sum_succ]; grind

/-- Some term is at most the average. -/
theorem exists_le_of_sum_le {f : Fin n → R} {c : R} (hn : 0 < n) (h : ∑ i, f i ≤ n * c) :
    ∃ i, f i ≤ c := by
  refine Classical.byContradiction fun h' => ?_
  have h₁ := sum_lt_sum (f := fun _ => c) (g := f) (fun i => by
    have : ¬ f i ≤ c := fun hi => h' ⟨i, hi⟩
    grind) hn
  rw [sum_const] at h₁
  grind

/-- Some term is at least the average. -/
theorem exists_le_of_le_sum {f : Fin n → R} {c : R} (hn : 0 < n) (h : n * c ≤ ∑ i, f i) :
    ∃ i, c ≤ f i := by
  obtain ⟨i, hi⟩ := exists_le_of_sum_le (f := fun i => -f i) (c := -c) hn (by
    rw [sum_neg]; grind)
  exact ⟨i, by grind⟩

/-- The Cauchy-Schwarz inequality for finite sums. -/
theorem sum_mul_sq_le (f g : Fin n → R) :
    (∑ i, f i * g i) ^ 2 ≤ (∑ i, f i ^ 2) * ∑ i, g i ^ 2 := by
  induction n with
  | zero => simp only [sum_zero]; grind
  | succ n ih =>
    simp only [sum_succ]
    have h₁ := ih (fun i => f i.castSucc) fun i => g i.castSucc
    generalize f (Fin.last n) = a, g (Fin.last n) = b
    have h₂ : 0 ≤ ∑ i : Fin n, (f i.castSucc * b - a * g i.castSucc) ^ 2 :=
      sum_nonneg fun i => sq_nonneg _
    have h₃ : ∑ i : Fin n, (f i.castSucc * b - a * g i.castSucc) ^ 2 =
        (∑ i : Fin n, f i.castSucc ^ 2) * b ^ 2
        - 2 * a * b * ∑ i : Fin n, f i.castSucc * g i.castSucc
        + a ^ 2 * ∑ i : Fin n, g i.castSucc ^ 2 := by
      rw [sum_mul, mul_sum, mul_sum, ← sum_sub, ← sum_add]
      exact sum_congr fun i => by grind
    grind

end DeepTheory
