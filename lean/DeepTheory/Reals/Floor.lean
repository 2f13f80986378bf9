module

public import DeepTheory.Reals.RatCast

/-!
# Floor and ceiling

## Main definitions
* `DeepTheory.floor`, `DeepTheory.ceil`: the integers next to a number, below and above.
* `DeepTheory.natFloor`, `DeepTheory.natCeil`: the same among the natural numbers; zero at negative
  numbers.

## Main theorems
* `DeepTheory.floor_le`, `DeepTheory.lt_floor_add_one`, `DeepTheory.floor_unique`.
* `DeepTheory.le_floor`, `DeepTheory.ceil_le`, and the like for `natFloor` and `natCeil`: the
  comparisons that determine them.
-/

public section

namespace DeepTheory

universe u

variable {R : Type u} [RealField R] {x y : R} {k : Int} {n : Nat}

/-! ### Comparing integers in `R` -/

/-- The order of integers in `R`. -/
theorem intCast_le_iff {a b : Int} : (a : R) ≤ b ↔ a ≤ b := by
  refine ⟨fun h => ?_, intCast_le⟩
  refine Int.not_lt.1 fun hlt => ?_
  have := intCast_pos (R := R) (show 0 < a - b by omega)
  grind

/-- The strict order of integers in `R`. -/
theorem intCast_lt_iff {a b : Int} : (a : R) < b ↔ a < b := by
  have := intCast_le_iff (R := R) (a := b) (b := a)
  grind

/-- The order of natural numbers in `R`. -/
theorem natCast_le_iff {m n : Nat} : (m : R) ≤ n ↔ m ≤ n := by
  rw [← intCast_natCast, ← intCast_natCast, intCast_le_iff, Int.ofNat_le]

/-- The strict order of natural numbers in `R`. -/
theorem natCast_lt_iff {m n : Nat} : (m : R) < n ↔ m < n := by
  have := natCast_le_iff (R := R) (m := n) (n := m)
  grind

/-- Natural numbers that agree in `R` are equal. -/
theorem natCast_inj {m n : Nat} : (m : R) = n ↔ m = n := by
  have := natCast_le_iff (R := R) (m := n) (n := m)
  have := natCast_le_iff (R := R) (m := m) (n := n)
  grind

/-! ### Floor -/

/-- The greatest integer that is at most `x`. -/
noncomputable def floor (x : R) : Int := Classical.choose (exists_floor x)

/-- The floor is at most the number. -/
theorem floor_le (x : R) : (floor x : R) ≤ x := (Classical.choose_spec (exists_floor x)).1

/-- The number is below the floor plus one. -/
theorem lt_floor_add_one (x : R) : x < floor x + 1 := (Classical.choose_spec (exists_floor x)).2

/-- An integer is at most the floor exactly if it is at most the number. -/
theorem le_floor : k ≤ floor x ↔ (k : R) ≤ x := by
  have h₁ := floor_le x
  have h₂ := lt_floor_add_one x
  refine ⟨fun h => by have := intCast_le (R := R) h; grind, fun h => ?_⟩
  have := (intCast_lt_iff (R := R) (a := k) (b := floor x + 1)).1 (by grind)
  omega

/-- The floor is below an integer exactly if the number is. -/
theorem floor_lt : floor x < k ↔ x < k := by
  have := le_floor (x := x) (k := k)
  grind

/-- The floor is the only integer in the half-open interval from `x - 1` to `x`. -/
theorem floor_unique (h₁ : (k : R) ≤ x) (h₂ : x < k + 1) : floor x = k := by
  have h₃ := le_floor.2 h₁
  have h₄ := floor_lt.2 (show x < ((k + 1 : Int) : R) by grind)
  omega

/-- The integers with a given floor. -/
theorem floor_eq_iff : floor x = k ↔ (k : R) ≤ x ∧ x < k + 1 :=
  ⟨fun h => h ▸ ⟨floor_le x, lt_floor_add_one x⟩, fun h => floor_unique h.1 h.2⟩

/-- The floor of an integer. -/
@[simp] theorem floor_intCast (k : Int) : floor (k : R) = k := floor_unique (by grind) (by grind)

/-- The floor of a natural number. -/
@[simp] theorem floor_natCast (n : Nat) : floor (n : R) = n := by
  rw [← intCast_natCast, floor_intCast]

/-- The floor is monotone. -/
theorem floor_mono (h : x ≤ y) : floor x ≤ floor y :=
  le_floor.2 (by have := floor_le x; grind)

/-- An integer may be taken out of a floor. -/
theorem floor_add_intCast (x : R) (k : Int) : floor (x + k) = floor x + k := by
  have := floor_le x
  have := lt_floor_add_one x
  exact floor_unique (by grind) (by grind)

/-- The floor is nonnegative exactly if the number is. -/
theorem floor_nonneg : 0 ≤ floor x ↔ 0 ≤ x := by
  rw [le_floor, show ((0 : Int) : R) = 0 by grind]

/-! ### Ceiling -/

/-- The least integer that is at least `x`. -/
noncomputable def ceil (x : R) : Int := -floor (-x)

/-- The ceiling is at most an integer exactly if the number is. -/
theorem ceil_le : ceil x ≤ k ↔ x ≤ k := by
  unfold ceil
  have := le_floor (x := -x) (k := -k)
  grind

/-- An integer is below the ceiling exactly if it is below the number. -/
theorem lt_ceil : k < ceil x ↔ (k : R) < x := by
  have := ceil_le (x := x) (k := k)
  grind

/-- The number is at most the ceiling. -/
theorem le_ceil (x : R) : x ≤ ceil x := ceil_le.1 (Int.le_refl _)

/-- The ceiling is below the number plus one. -/
theorem ceil_lt_add_one (x : R) : (ceil x : R) < x + 1 := by
  have := lt_ceil.1 (show ceil x - 1 < ceil x by omega)
  grind

/-- The floor is at most the ceiling. -/
theorem floor_le_ceil (x : R) : floor x ≤ ceil x := by
  have := floor_le x
  have := le_ceil x
  exact intCast_le_iff.1 (show (floor x : R) ≤ ceil x by grind)

/-! ### Natural numbers -/

/-- The greatest natural number that is at most `x`; zero at negative numbers. -/
noncomputable def natFloor (x : R) : Nat := (floor x).toNat

/-- The least natural number that is at least `x`; zero at negative numbers. -/
noncomputable def natCeil (x : R) : Nat := (ceil x).toNat

/-- A natural number is at most the floor of a nonnegative number exactly if it is at most it. -/
theorem le_natFloor (hx : 0 ≤ x) : n ≤ natFloor x ↔ (n : R) ≤ x := by
  have h₁ := floor_nonneg.2 hx
  have h₂ := le_floor (x := x) (k := n)
  rw [intCast_natCast] at h₂
  unfold natFloor
  rw [← h₂]
  omega

/-- The floor of a nonnegative number is at most the number. -/
theorem natFloor_le (hx : 0 ≤ x) : (natFloor x : R) ≤ x := (le_natFloor hx).1 (Nat.le_refl _)

/-- The number is below the floor plus one. -/
theorem lt_natFloor_add_one (x : R) : x < natFloor x + 1 := by
  rcases le_total 0 x with hx | hx
  · have := le_natFloor (n := natFloor x + 1) hx
    grind
  · have := natCast_nonneg (R := R) (natFloor x)
    grind

/-- The ceiling is at most a natural number exactly if the number is. -/
theorem natCeil_le : natCeil x ≤ n ↔ x ≤ n := by
  have h := ceil_le (x := x) (k := n)
  rw [intCast_natCast] at h
  unfold natCeil
  rw [← h]
  omega

/-- The number is at most the ceiling. -/
theorem le_natCeil (x : R) : x ≤ natCeil x := natCeil_le.1 (Nat.le_refl _)

/-- A natural number is below the ceiling exactly if it is below the number. -/
theorem lt_natCeil : n < natCeil x ↔ (n : R) < x := by
  have := natCeil_le (x := x) (n := n)
  grind

/-- The ceiling of a nonnegative number is below the number plus one. -/
theorem natCeil_lt_add_one (hx : 0 ≤ x) : (natCeil x : R) < x + 1 := by
  rcases Nat.eq_zero_or_pos (natCeil x) with h | h
  · rw [h]; grind
  · obtain ⟨m, hm⟩ : ∃ m, natCeil x = m + 1 := ⟨natCeil x - 1, by omega⟩
    have := lt_natCeil.1 (show m < natCeil x by omega)
    rw [hm]; grind

/-- The ceiling is positive exactly if the number is. -/
theorem natCeil_pos : 0 < natCeil x ↔ 0 < x := by
  rw [lt_natCeil, show ((0 : Nat) : R) = 0 by grind]

end DeepTheory
