module

/-!
# A small library for the tests of the catalog

Formulas of every kind, and one theorem with a complete card.
-/

public section

namespace DeepTheory

universe u

/-- A field with just enough structure to write formulas; not the reals. -/
class RealField (R : Type u) extends Lean.Grind.Field R, LE R, LT R, Std.IsLinearOrder R,
    Std.LawfulOrderLT R, Lean.Grind.OrderedRing R where
  /-- A stand-in for the square root. -/
  root : R → R

attribute [instance] Lean.Grind.Semiring.natCast Lean.Grind.Ring.intCast

variable {R : Type u} [RealField R]

/-- A stand-in for the square root. -/
@[expose] def sqrt (x : R) : R := RealField.root x

open Classical in
/-- The larger of two numbers. -/
noncomputable instance instMax : Max R := ⟨fun a b => if a ≤ b then b else a⟩

/-- A type with a list of its elements. -/
class Fintype (ι : Type) where
  /-- The elements. -/
  elems : List ι

/-- The numbers below `n`. -/
instance instFintypeFin (n : Nat) : Fintype (Fin n) := ⟨List.finRange n⟩

/-- An enumeration that leaves all numbers out, which no formula may use. -/
@[expose] def fewer (n : Nat) : Fintype (Fin n) := ⟨[]⟩

/-- Two elements. -/
instance instFintypeBool : Fintype Bool := ⟨[false, true]⟩

/-- The sum of a finite family. -/
@[expose] noncomputable def sum {ι : Type} [Fintype ι] (f : ι → R) : R :=
  (Fintype.elems : List ι).foldr (fun i s => f i + s) 0

namespace Sample

/-! ### Formulas -/

/-- **A rate.** `L D² / (2 k)`. -/
@[expose] def rateBound (L D : R) (k : Nat) : R := L * D ^ 2 / (2 * k)

/-- Twice a number. -/
@[expose] def twice (x : R) : R := 2 * x

/-- A call, a root, a cast, a numeral power. -/
@[expose] def called (x : R) (n : Nat) : R := sqrt (twice (x - 1)) * (n : R) ^ (2 * n + 1)

/-- Natural arithmetic, which truncates and floors. -/
@[expose] def truncated (n m : Nat) : R := ((n - m) / 2 + n % 1 : Nat)

/-- Natural arithmetic inside the grammar. -/
@[expose] def floored (n m : Nat) : R := ((n - m) / 2 : Nat)

/-- The sum of the squares of a matrix, over the number of rows. -/
@[expose] noncomputable def meanSquare {n d : Nat} (A : Fin n → Fin d → R) : R :=
  sum (fun i => sum fun j => A i j ^ 2) / n

/-- A sum over a type that is not `Fin n` has no formula. -/
@[expose] noncomputable def boolSum (x : R) : R := sum fun b : Bool => if b = true then x else 0

/-- Nor has a sum along another enumeration. -/
@[expose] noncomputable def fewerSum {n : Nat} (v : Fin n → R) : R := @sum R _ (Fin n) (fewer n) v

/-- A sum whose summand is a variable, and one that uses its index as a number. -/
@[expose] noncomputable def plainSum {n : Nat} (v : Fin n → R) : R :=
  sum v + sum fun i : Fin n => (i.val : R)

open Classical in
/-- A case distinction, a negation, an inverse, a maximum. -/
@[expose] noncomputable def cases (x y : R) : R :=
  if x ≤ y then -x else (max x (let z := y + 1; z * z))⁻¹

open Classical in
/-- A case distinction on a natural number. -/
@[expose] noncomputable def natCases (n : Nat) : R := if n = 0 then 1 else n

/-- No formula: it takes a function. -/
@[expose] def applied (f : R → R) (x : R) : R := f x

/-- No formula: it has no real value. -/
@[expose] def next (n : Nat) : Nat := n + 1

/-- A point of the plane. -/
structure Point (R : Type u) where
  /-- The first coordinate. -/
  x : R
  /-- The second coordinate. -/
  y : R

/-! ### Theorems -/

private theorem helper (x : R) : x + x = 2 * x := by grind

/-- **Doubling.** A number and itself
make twice the number.

* controls: arithmetic, tests
* assumes: the number is positive,
  and `k` too
* bound: Sample.twice
* witness: Sample.add_self_le_witness
* sharp: add_self_le_sharp, up to nothing
* source: folklore
* certificate: none -/
theorem add_self_le (x : R) (hx : 0 < x) (k : Nat) (hk : 0 < k) (f : R → R) (hf : f x = x) :
    x + f x ≤ twice x := by
  have _hx := hx
  have _hk := hk
  rw [hf, helper]
  exact Std.le_refl _

/-- One meets the hypotheses. -/
theorem add_self_le_witness : ∃ x : R, 0 < x ∧ x + x ≤ twice x :=
  ⟨1, Lean.Grind.OrderedRing.zero_lt_one, by unfold twice; grind⟩

/-- The bound is attained everywhere. -/
theorem add_self_le_sharp (x : R) : x + x = twice x := by unfold twice; grind

/-- A statement without a card. -/
theorem exists_rate (L D : R) : ∃ k : Nat, rateBound L D k = L * D ^ 2 / (2 * k) :=
  ⟨1, rfl⟩

end Sample

end DeepTheory
