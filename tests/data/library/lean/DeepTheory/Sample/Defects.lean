module

public import DeepTheory.Sample.Basic

/-!
# Statements that the audit refuses

Each theorem has one defect, planted for the tests.
-/

public section

namespace DeepTheory.Sample

universe u

variable {R : Type u} [RealField R]

/-- An axiom of our own. -/
axiom wish (n : Nat) : n = n + 0

/-- Rests on the axiom through a lemma. -/
theorem rests_on_wish (n : Nat) : n = n + 0 + 0 := by
  have h := wish n
  have h₂ := wish (n + 0)
  exact h.trans h₂

/-- A hypothesis that the proof does not need. -/
theorem unused_hypothesis (x : R) (hx : 0 < x) : x + 0 = x := by grind

/-- **Nothing.** Concludes True.

* controls: tests
* assumes: nothing
* bound: none
* witness: add_self_le_witness
* sharp: open, nobody knows
* source: folklore -/
theorem concludes_true (x : R) (hx : 0 < x) : x = x ∨ 0 < x → True := fun _ => trivial

/-- **Any bound.** Free to choose its bound.

* controls: tests
* assumes: nothing
* bound: twice
* witness: add_self_le_witness
* sharp: add_self_le_sharp
* source: folklore -/
theorem chosen_bound (x : R) : ∃ B : R, twice x ≤ B := ⟨twice x, Std.le_refl _⟩

/-- **The wrong bound.** Names a bound that is not there.

* controls: tests
* assumes: nothing
* bound: rateBound
* witness: add_self_le_witness
* sharp: add_self_le_sharp
* source: folklore -/
theorem other_bound (x : R) : x + x ≤ twice x := by unfold twice; grind

/-- **Itself.** Unfolds to itself.

* controls: tests
* assumes: nothing
* bound: twice
* witness: add_self_le_witness
* sharp: add_self_le_sharp
* source: folklore -/
theorem unfolds_to_itself (x : R) : 2 * x = twice x := rfl

/-- Compares a term with itself. -/
theorem same_sides (x : R) : twice x ≤ twice x := Std.le_refl _

end DeepTheory.Sample
