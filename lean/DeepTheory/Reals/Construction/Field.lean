module

public import DeepTheory.Reals.Construction.Cauchy

/-!
# The real numbers are an ordered field

## Main definitions
* The instances of `Lean.Grind.Field`, `Std.IsLinearOrder`, `Std.LawfulOrderLT` and
  `Lean.Grind.OrderedRing` for `DeepTheory.Real`.

## Main theorems
* `DeepTheory.Real.exists_mul_eq_one`: every number other than zero has an inverse.
* `DeepTheory.Real.mul_pos`: products of positive numbers are positive.

## References
* W. Rudin, *Principles of Mathematical Analysis*, third edition, chapter 3, exercise 24.
-/

public section

namespace DeepTheory

namespace CauchySeq

/-- An inequality that holds from some index on. -/
theorem Le.of_eventually {s t : CauchySeq} (N : Nat) (h : ∀ n, N ≤ n → s.seq n ≤ t.seq n) :
    s.Le t := fun ε hε => ⟨N, fun n hn => by have := h n hn; grind⟩

/-- A sequence that stays above another by a positive amount is not at most the other. -/
theorem not_le_of_pos {s t : CauchySeq} {δ : Rat} (hδ : 0 < δ) (N : Nat)
    (h : ∀ n, N ≤ n → t.seq n + δ ≤ s.seq n) : ¬ s.Le t := fun hle => by
  obtain ⟨M, hM⟩ := hle (δ / 2) (by grind)
  have := h (max M N) (by omega)
  have := hM (max M N) (by omega)
  grind

/-- Inverses of numbers that stay away from zero are close where the numbers are. -/
theorem inv_sub_inv_lt {a b δ ε : Rat} (hδ : 0 < δ) (ha : δ ≤ a) (hb : δ ≤ b) (hε : 0 < ε)
    (h : b - a < ε * (δ * δ)) : a⁻¹ - b⁻¹ < ε := by
  have hab : δ * δ ≤ a * b := by
    have := Lean.Grind.OrderedRing.mul_le_mul_of_nonneg_right ha (show 0 ≤ δ by grind)
    have := Lean.Grind.OrderedRing.mul_le_mul_of_nonneg_left hb (show 0 ≤ a by grind)
    grind
  have hab' := Lean.Grind.OrderedRing.mul_le_mul_of_nonneg_left hab (show 0 ≤ ε by grind)
  have hpos := Lean.Grind.OrderedRing.mul_pos hδ hδ
  have : ¬ ε ≤ a⁻¹ - b⁻¹ := fun h' => by
    have h₁ := Lean.Grind.OrderedRing.mul_le_mul_of_nonneg_right h' (show 0 ≤ a * b by grind)
    have h₂ : (a⁻¹ - b⁻¹) * (a * b) = b - a := by
      have : a * a⁻¹ = 1 := by grind
      have : b * b⁻¹ = 1 := by grind
      grind
    grind
  grind

/-- The termwise inverse of a sequence that stays above `δ > 0`. -/
@[expose] def inv (s : CauchySeq) (δ : Rat) (hδ : 0 < δ) (N : Nat)
    (h : ∀ n, N ≤ n → δ ≤ s.seq n) : CauchySeq :=
  ⟨fun n => (s.seq n)⁻¹, fun ε hε => by
    obtain ⟨M, hM⟩ := s.cauchy (ε * (δ * δ))
      (Lean.Grind.OrderedRing.mul_pos hε (Lean.Grind.OrderedRing.mul_pos hδ hδ))
    exact ⟨max M N, fun m n hm hn => inv_sub_inv_lt hδ (h m (by omega)) (h n (by omega)) hε
      (hM n m (by omega) (by omega))⟩⟩

end CauchySeq

namespace Real

/-! ### The ring -/

/-- Powers with natural exponents. -/
@[expose] noncomputable def npow (x : Real) : Nat → Real
  | 0 => 1
  | n + 1 => npow x n * x

/-- The laws of a commutative ring hold term by term. -/
noncomputable instance : Lean.Grind.CommRing Real where
  natCast := inferInstance
  intCast := inferInstance
  ofNat _ := inferInstance
  nsmul := ⟨fun n x => (n : Real) * x⟩
  zsmul := ⟨fun n x => (n : Real) * x⟩
  npow := ⟨npow⟩
  add_zero a := by
    obtain ⟨s, rfl⟩ := exists_eq_mk a
    exact mk_congr fun n => show s.seq n + ((0 : Nat) : Rat) = s.seq n by grind
  add_comm a b := by
    obtain ⟨s, rfl⟩ := exists_eq_mk a
    obtain ⟨t, rfl⟩ := exists_eq_mk b
    exact mk_congr fun n => show s.seq n + t.seq n = t.seq n + s.seq n by grind
  add_assoc a b c := by
    obtain ⟨s, rfl⟩ := exists_eq_mk a
    obtain ⟨t, rfl⟩ := exists_eq_mk b
    obtain ⟨u, rfl⟩ := exists_eq_mk c
    exact mk_congr fun n =>
      show s.seq n + t.seq n + u.seq n = s.seq n + (t.seq n + u.seq n) by grind
  mul_assoc a b c := by
    obtain ⟨s, rfl⟩ := exists_eq_mk a
    obtain ⟨t, rfl⟩ := exists_eq_mk b
    obtain ⟨u, rfl⟩ := exists_eq_mk c
    exact mk_congr fun n =>
      show s.seq n * t.seq n * u.seq n = s.seq n * (t.seq n * u.seq n) by grind
  mul_comm a b := by
    obtain ⟨s, rfl⟩ := exists_eq_mk a
    obtain ⟨t, rfl⟩ := exists_eq_mk b
    exact mk_congr fun n => show s.seq n * t.seq n = t.seq n * s.seq n by grind
  mul_one a := by
    obtain ⟨s, rfl⟩ := exists_eq_mk a
    exact mk_congr fun n => show s.seq n * ((1 : Nat) : Rat) = s.seq n by grind
  one_mul a := by
    obtain ⟨s, rfl⟩ := exists_eq_mk a
    exact mk_congr fun n => show ((1 : Nat) : Rat) * s.seq n = s.seq n by grind
  left_distrib a b c := by
    obtain ⟨s, rfl⟩ := exists_eq_mk a
    obtain ⟨t, rfl⟩ := exists_eq_mk b
    obtain ⟨u, rfl⟩ := exists_eq_mk c
    exact mk_congr fun n =>
      show s.seq n * (t.seq n + u.seq n) = s.seq n * t.seq n + s.seq n * u.seq n by grind
  right_distrib a b c := by
    obtain ⟨s, rfl⟩ := exists_eq_mk a
    obtain ⟨t, rfl⟩ := exists_eq_mk b
    obtain ⟨u, rfl⟩ := exists_eq_mk c
    exact mk_congr fun n =>
      show (s.seq n + t.seq n) * u.seq n = s.seq n * u.seq n + t.seq n * u.seq n by grind
  zero_mul a := by
    obtain ⟨s, rfl⟩ := exists_eq_mk a
    exact mk_congr fun n =>
      show ((0 : Nat) : Rat) * s.seq n = ((0 : Nat) : Rat) by grind
  mul_zero a := by
    obtain ⟨s, rfl⟩ := exists_eq_mk a
    exact mk_congr fun n =>
      show s.seq n * ((0 : Nat) : Rat) = ((0 : Nat) : Rat) by grind
  pow_zero _ := rfl
  pow_succ _ _ := rfl
  ofNat_succ m := mk_congr fun _ =>
    show ((m + 1 : Nat) : Rat) = (m : Rat) + ((1 : Nat) : Rat) by grind
  ofNat_eq_natCast _ := rfl
  nsmul_eq_natCast_mul _ _ := rfl
  neg_add_cancel a := by
    obtain ⟨s, rfl⟩ := exists_eq_mk a
    exact mk_congr fun n => show -s.seq n + s.seq n = ((0 : Nat) : Rat) by grind
  sub_eq_add_neg _ _ := rfl
  neg_zsmul i a := by
    obtain ⟨s, rfl⟩ := exists_eq_mk a
    exact mk_congr fun n =>
      show ((-i : Int) : Rat) * s.seq n = -((i : Rat) * s.seq n) by grind
  zsmul_natCast_eq_nsmul m a := by
    obtain ⟨s, rfl⟩ := exists_eq_mk a
    exact mk_congr fun n =>
      show ((m : Int) : Rat) * s.seq n = (m : Rat) * s.seq n by rw [Rat.intCast_natCast]
  intCast_ofNat m := mk_congr fun _ =>
    show (((OfNat.ofNat m : Nat) : Int) : Rat) = (m : Rat) from Rat.intCast_natCast m
  intCast_neg i := mk_congr fun _ =>
    show ((-i : Int) : Rat) = -(i : Rat) from Rat.intCast_neg i

/-! ### The order -/

/-- The order of the sequences is linear, and antisymmetric on the quotient. -/
instance : Std.IsLinearOrder Real where
  le_refl a := by
    obtain ⟨s, rfl⟩ := exists_eq_mk a
    exact CauchySeq.Le.refl s
  le_trans a b c := by
    obtain ⟨s, rfl⟩ := exists_eq_mk a
    obtain ⟨t, rfl⟩ := exists_eq_mk b
    obtain ⟨u, rfl⟩ := exists_eq_mk c
    exact CauchySeq.Le.trans
  le_antisymm a b := by
    obtain ⟨s, rfl⟩ := exists_eq_mk a
    obtain ⟨t, rfl⟩ := exists_eq_mk b
    exact fun h h' => mk_eq_mk.2 ⟨h, h'⟩
  le_total a b := by
    obtain ⟨s, rfl⟩ := exists_eq_mk a
    obtain ⟨t, rfl⟩ := exists_eq_mk b
    exact CauchySeq.le_total s t

/-- The strict order belongs to the order. -/
instance : Std.LawfulOrderLT Real where
  lt_iff a b := by
    rw [lt_iff_not_le]
    refine ⟨fun h => ⟨?_, h⟩, fun h => h.2⟩
    rcases Std.le_total (a := a) (b := b) with h' | h'
    · exact h'
    · exact absurd h' h

/-- Addition is monotone. -/
theorem add_le_add_right {a b : Real} (h : a ≤ b) (c : Real) : a + c ≤ b + c := by
  obtain ⟨s, rfl⟩ := exists_eq_mk a
  obtain ⟨t, rfl⟩ := exists_eq_mk b
  obtain ⟨u, rfl⟩ := exists_eq_mk c
  exact CauchySeq.add_le_add h (.refl u)

/-- Addition keeps and reflects the order. -/
instance : Lean.Grind.OrderedAdd Real where
  add_le_left_iff {a b} c := by
    refine ⟨fun h => add_le_add_right h c, fun h => ?_⟩
    have := add_le_add_right h (-c)
    rwa [show a + c + -c = a by grind, show b + c + -c = b by grind] at this

/-- A positive number stays above a positive rational. -/
theorem exists_pos_of_pos {s : CauchySeq} (h : 0 < mk s) :
    ∃ δ : Rat, 0 < δ ∧ ∃ N, ∀ n, N ≤ n → δ ≤ s.seq n := by
  obtain ⟨δ, hδ, N, hN⟩ := CauchySeq.exists_pos_of_not_le h
  refine ⟨δ, hδ, N, fun n hn => ?_⟩
  have : ((0 : Nat) : Rat) + δ ≤ s.seq n := hN n hn
  grind

/-- A number that stays above a positive rational is positive. -/
theorem pos_of_exists_pos {s : CauchySeq} {δ : Rat} (hδ : 0 < δ) (N : Nat)
    (h : ∀ n, N ≤ n → δ ≤ s.seq n) : 0 < mk s :=
  CauchySeq.not_le_of_pos hδ N fun n hn =>
    show ((0 : Nat) : Rat) + δ ≤ s.seq n by have := h n hn; grind

/-- The product of positive numbers is positive. -/
theorem mul_pos {a b : Real} (ha : 0 < a) (hb : 0 < b) : 0 < a * b := by
  obtain ⟨s, rfl⟩ := exists_eq_mk a
  obtain ⟨t, rfl⟩ := exists_eq_mk b
  obtain ⟨δ, hδ, N, hN⟩ := exists_pos_of_pos ha
  obtain ⟨η, hη, M, hM⟩ := exists_pos_of_pos hb
  refine pos_of_exists_pos (Lean.Grind.OrderedRing.mul_pos hδ hη) (max M N) fun n hn => ?_
  have h₁ := hN n (by omega)
  have h₂ := hM n (by omega)
  have h₃ := Lean.Grind.OrderedRing.mul_le_mul_of_nonneg_right h₁ (show 0 ≤ η by grind)
  have h₄ := Lean.Grind.OrderedRing.mul_le_mul_of_nonneg_left h₂ (show 0 ≤ s.seq n by grind)
  show δ * η ≤ s.seq n * t.seq n
  grind

/-- Multiplication by a positive number keeps the strict order. -/
theorem mul_lt_mul_of_pos_left {a b c : Real} (h : a < b) (hc : 0 < c) : c * a < c * b := by
  have h₁ := mul_pos hc (show 0 < b - a by grind)
  refine lt_iff_not_le.2 fun h' => lt_iff_not_le.1 h₁ ?_
  have h₂ := add_le_add_right h' (-(c * a))
  rwa [show c * b + -(c * a) = c * (b - a) by grind, show c * a + -(c * a) = 0 by grind] at h₂

/-- The order and the ring operations fit together. -/
instance : Lean.Grind.OrderedRing Real where
  zero_lt_one := pos_of_exists_pos (δ := 1) (by grind) 0 fun _ _ =>
    show 1 ≤ ((1 : Nat) : Rat) by grind
  mul_lt_mul_of_pos_left := mul_lt_mul_of_pos_left
  mul_lt_mul_of_pos_right {a b c} h hc := by
    have := mul_lt_mul_of_pos_left h hc
    rwa [show a * c = c * a by grind, show b * c = c * b by grind]

/-! ### The inverse -/

private theorem exists_mul_eq_one_of_pos {x : Real} (h : 0 < x) : ∃ y, x * y = 1 := by
  obtain ⟨s, rfl⟩ := exists_eq_mk x
  obtain ⟨δ, hδ, N, hN⟩ := exists_pos_of_pos h
  have key : ∀ n, N ≤ n → s.seq n * (s.seq n)⁻¹ = ((1 : Nat) : Rat) := fun n hn => by
    have := hN n hn
    grind
  refine ⟨mk (s.inv δ hδ N hN), mk_eq_mk.2 ⟨.of_eventually N fun n hn => ?_,
    .of_eventually N fun n hn => ?_⟩⟩
  · show s.seq n * (s.seq n)⁻¹ ≤ ((1 : Nat) : Rat)
    have := key n hn; grind
  · show ((1 : Nat) : Rat) ≤ s.seq n * (s.seq n)⁻¹
    have := key n hn; grind

/-- Every number other than zero has an inverse. -/
theorem exists_mul_eq_one {x : Real} (h : x ≠ 0) : ∃ y, x * y = 1 := by
  have h : 0 < x ∨ 0 < -x := by grind
  rcases h with h | h
  · exact exists_mul_eq_one_of_pos h
  · obtain ⟨y, hy⟩ := exists_mul_eq_one_of_pos h
    exact ⟨-y, by grind⟩

open Classical in
/-- The number whose product with `x` is one; zero for `x = 0`. -/
noncomputable instance : Inv Real :=
  ⟨fun x => if h : x = 0 then 0 else choose (exists_mul_eq_one h)⟩

/-- The quotient is the product with the inverse. -/
noncomputable instance : Div Real := ⟨fun x y => x * y⁻¹⟩

/-- The inverse of zero is zero. -/
theorem inv_zero : (0 : Real)⁻¹ = 0 := dif_pos rfl

/-- A number other than zero times its inverse is one. -/
theorem mul_inv_cancel {x : Real} (h : x ≠ 0) : x * x⁻¹ = 1 := by
  rw [show x⁻¹ = Classical.choose (exists_mul_eq_one h) from dif_neg h]
  exact Classical.choose_spec (exists_mul_eq_one h)

/-- Zero differs from one. -/
theorem zero_ne_one : (0 : Real) ≠ 1 := by
  have := Lean.Grind.OrderedRing.zero_lt_one (R := Real)
  grind

/-- The number whose product with `x` is one is the inverse. -/
theorem inv_eq_of_mul_eq_one {x y : Real} (h : x * y = 1) : x⁻¹ = y := by
  have hx : x ≠ 0 := fun h₀ => by
    subst h₀
    have := zero_ne_one
    grind
  have := mul_inv_cancel hx
  grind

/-- The inverse of the inverse. -/
theorem inv_inv (x : Real) : x⁻¹⁻¹ = x := by
  by_cases h : x = 0
  · rw [h, inv_zero, inv_zero]
  · refine inv_eq_of_mul_eq_one ?_
    have := mul_inv_cancel h
    grind

/-- Powers with integer exponents. -/
@[expose] noncomputable def zpow (x : Real) : Int → Real
  | .ofNat n => npow x n
  | .negSucc n => (npow x (n + 1))⁻¹

/-- The real numbers are a field. -/
noncomputable instance : Lean.Grind.Field Real where
  zpow := ⟨zpow⟩
  div_eq_mul_inv _ _ := rfl
  zero_ne_one := zero_ne_one
  inv_zero := inv_zero
  mul_inv_cancel := mul_inv_cancel
  zpow_zero _ := rfl
  zpow_succ _ _ := rfl
  zpow_neg a
    | .ofNat 0 => (inv_eq_of_mul_eq_one (show (1 : Real) * 1 = 1 by grind)).symm
    | .ofNat (_ + 1) => rfl
    | .negSucc n => (inv_inv (npow a (n + 1))).symm

end Real

end DeepTheory
