module

public import DeepTheory.Reals.Construction.Complete

/-!
# The real numbers are unique

Between any two real fields there is exactly one isomorphism, so a theorem that holds in one of them
holds in each.  An element is sent to the one element above the same rational numbers.

## Main definitions
* `DeepTheory.IsRingHom`: the maps that keep one, sums and products.
* `DeepTheory.OrderedFieldIso`: isomorphisms of ordered fields.
* `DeepTheory.realFieldIso`: the isomorphism between two real fields.

## Main theorems
* `DeepTheory.ratCast_lt_add_iff`, `DeepTheory.ratCast_lt_mul_iff`: the rational numbers below a
  sum and below a product.
* `DeepTheory.IsRingHom.strictMono`, `DeepTheory.IsRingHom.map_ratCast`: a map between real fields
  that keeps the ring operations keeps the order and the rational numbers.
* `DeepTheory.real_uniqueness`, `DeepTheory.real_uniqueness_witness`,
  `DeepTheory.real_uniqueness_sharp`.

## References
* M. Spivak, *Calculus*, third edition, chapter 30.
-/

public section

namespace DeepTheory

universe u v

variable {R : Type u} {S : Type v} [RealField R] [RealField S]

/-! ### The rational numbers below a sum and below a product -/

/-- A rational number lies below a sum where it is the sum of rationals below the two terms. -/
theorem ratCast_lt_add_iff {x y : R} {q : Rat} :
    (q : R) < x + y ↔ ∃ p r : Rat, q = p + r ∧ (p : R) < x ∧ (r : R) < y := by
  constructor
  · intro h
    obtain ⟨p, hp, hp'⟩ := exists_rat_btwn (show (q : R) - y < x by grind)
    refine ⟨p, q - p, by grind, hp', ?_⟩
    rw [ratCast_sub]
    grind
  · rintro ⟨p, r, rfl, hp, hr⟩
    rw [ratCast_add]
    grind

/-- A positive rational number lies below a product of positive elements where it is the product of
positive rationals below the two factors. -/
theorem ratCast_lt_mul_iff {x y : R} (hx : 0 < x) (hy : 0 < y) {q : Rat} :
    (q : R) < x * y ↔
      q ≤ 0 ∨ ∃ p r : Rat, 0 < p ∧ 0 < r ∧ q = p * r ∧ (p : R) < x ∧ (r : R) < y := by
  have hxy := mul_pos hx hy
  constructor
  · intro h
    by_cases hq : q ≤ 0
    · exact Or.inl hq
    · have hq₀ : 0 < q := by grind
      have hq' := ratCast_pos (R := R) hq₀
      have h₁ := div_pos hq' hy
      obtain ⟨p, hp, hp'⟩ := exists_rat_btwn ((div_lt_iff hy).2 h)
      have hp₀ : (0 : R) < p := by grind
      have hp₁ : 0 < p := (ratCast_lt (R := R)).1 (by rw [ratCast_zero]; exact hp₀)
      have hr : (((q / p : Rat)) : R) < y := by
        rw [ratCast_div, div_lt_iff hp₀]
        have := (div_lt_iff hy).1 hp
        grind
      refine Or.inr ⟨p, q / p, hp₁, ?_, by grind, hp', hr⟩
      refine (ratCast_lt (R := R)).1 ?_
      rw [ratCast_zero, ratCast_div]
      exact div_pos hq' hp₀
  · rintro (h | ⟨p, r, hp, hr, rfl, hpx, hry⟩)
    · have := ratCast_le (R := R).2 h
      rw [ratCast_zero] at this
      grind
    · have hp' := ratCast_pos (R := R) hp
      have h₁ := mul_pos (show 0 < x - p by grind) hy
      have h₂ := mul_pos hp' (show 0 < y - r by grind)
      rw [ratCast_mul]
      grind

/-! ### Elements of two fields above the same rational numbers -/

/-- `x` and `y` lie above the same rational numbers. -/
@[expose] def SameCut (x : R) (y : S) : Prop := ∀ q : Rat, (q : R) < x ↔ (q : S) < y

namespace SameCut

variable {x x' : R} {y y' : S}

/-- The relation may be read in either direction. -/
theorem symm (h : SameCut x y) : SameCut y x := fun q => (h q).symm

/-- At most one element lies above the same rational numbers as `x`. -/
theorem unique (h : SameCut x y) (h' : SameCut x y') : y = y' :=
  eq_of_forall_ratCast_lt_iff fun q => (h q).symm.trans (h' q)

/-- In both fields a rational number lies above the same rational numbers. -/
theorem ratCast (q : Rat) : SameCut (q : R) (q : S) := fun _ => ratCast_lt.trans ratCast_lt.symm

/-- The relation keeps the order. -/
theorem le (h : SameCut x y) (h' : SameCut x' y') (hx : x ≤ x') : y ≤ y' :=
  le_of_forall_ratCast_lt fun q hq => (h' q).1 (by have := (h q).2 hq; grind)

/-- The relation keeps sums. -/
theorem add (h : SameCut x y) (h' : SameCut x' y') : SameCut (x + x') (y + y') := fun q => by
  rw [ratCast_lt_add_iff, ratCast_lt_add_iff]
  simp only [h _, h' _]

/-- The relation keeps products of positive elements. -/
theorem mul_of_pos (h : SameCut x y) (h' : SameCut x' y') (hx : 0 < x) (hx' : 0 < x')
    (hy : 0 < y) (hy' : 0 < y') : SameCut (x * x') (y * y') := fun q => by
  rw [ratCast_lt_mul_iff hx hx', ratCast_lt_mul_iff hy hy']
  simp only [h _, h' _]

end SameCut

/-- To each element of a real field belongs one of any other that lies above the same rationals. -/
theorem exists_sameCut (x : R) : ∃ y : S, SameCut x y := by
  obtain ⟨a, ha⟩ := exists_rat_lt x
  obtain ⟨b, hb⟩ := exists_rat_gt x
  obtain ⟨s, hs, hmin⟩ := RealField.exists_isLUB (fun y : S => ∃ q : Rat, (q : R) < x ∧ y = q)
    ⟨a, a, ha, rfl⟩ ⟨b, fun y ⟨q, hq, hy⟩ => by
      rw [hy, ratCast_le, ← ratCast_le (R := R)]
      grind⟩
  refine ⟨s, fun q => ⟨fun h => ?_, fun h => ?_⟩⟩
  · obtain ⟨p, hp, hp'⟩ := exists_rat_btwn h
    have h₁ := hs p ⟨p, hp', rfl⟩
    have h₂ := ratCast_lt (R := S).2 (ratCast_lt.1 hp)
    grind
  · refine Classical.byContradiction fun h' => ?_
    have := hmin q fun y ⟨p, hp, hy⟩ => by
      rw [hy, ratCast_le, ← ratCast_le (R := R)]
      grind
    grind

/-! ### The isomorphism -/

/-- A map between real fields that keeps one, sums and products. -/
structure IsRingHom (f : R → S) : Prop where
  /-- One is sent to one. -/
  map_one : f 1 = 1
  /-- Sums are sent to sums. -/
  map_add : ∀ x y, f (x + y) = f x + f y
  /-- Products are sent to products. -/
  map_mul : ∀ x y, f (x * y) = f x * f y

/-- An isomorphism of ordered fields: a bijection that keeps sums, products and the order. -/
structure OrderedFieldIso (R : Type u) (S : Type v) [RealField R] [RealField S] where
  /-- The map. -/
  toFun : R → S
  /-- The inverse map. -/
  invFun : S → R
  /-- The inverse map undoes the map. -/
  left_inv : ∀ x, invFun (toFun x) = x
  /-- The map undoes the inverse map. -/
  right_inv : ∀ y, toFun (invFun y) = y
  /-- Sums are sent to sums. -/
  map_add' : ∀ x y, toFun (x + y) = toFun x + toFun y
  /-- Products are sent to products. -/
  map_mul' : ∀ x y, toFun (x * y) = toFun x * toFun y
  /-- The order is kept and reflected. -/
  map_le_iff' : ∀ x y, toFun x ≤ toFun y ↔ x ≤ y

/-- An isomorphism may be applied like a function. -/
instance : CoeFun (OrderedFieldIso R S) fun _ => R → S := ⟨OrderedFieldIso.toFun⟩

/-- The map from a real field to another: `x` is sent to the element above the same rationals. -/
noncomputable def realFieldMap (x : R) : S := Classical.choose (exists_sameCut x)

/-- An element and its image lie above the same rational numbers. -/
theorem sameCut_realFieldMap (x : R) : SameCut x (realFieldMap x : S) :=
  Classical.choose_spec (exists_sameCut x)

/-- The image is the only element above the same rational numbers. -/
theorem realFieldMap_eq {x : R} {y : S} (h : SameCut x y) : realFieldMap x = y :=
  (sameCut_realFieldMap x).unique h

/-- The map keeps sums. -/
theorem realFieldMap_add (x y : R) :
    (realFieldMap (x + y) : S) = realFieldMap x + realFieldMap y :=
  realFieldMap_eq ((sameCut_realFieldMap x).add (sameCut_realFieldMap y))

/-- The map keeps and reflects the order. -/
theorem realFieldMap_le_iff (x y : R) :
    (realFieldMap x : S) ≤ realFieldMap y ↔ x ≤ y :=
  ⟨(sameCut_realFieldMap x).symm.le (sameCut_realFieldMap y).symm,
    (sameCut_realFieldMap x).le (sameCut_realFieldMap y)⟩

private theorem realFieldMap_zero : (realFieldMap (0 : R) : S) = 0 := by
  have := realFieldMap_eq (SameCut.ratCast (R := R) (S := S) 0)
  rwa [ratCast_zero, ratCast_zero] at this

private theorem realFieldMap_neg (x : R) : (realFieldMap (-x) : S) = -realFieldMap x := by
  have := realFieldMap_add (S := S) x (-x)
  rw [show x + -x = 0 by grind, realFieldMap_zero] at this
  grind

private theorem realFieldMap_pos {x : R} (h : 0 < x) : (0 : S) < realFieldMap x := by
  have := realFieldMap_le_iff (S := S) x 0
  rw [realFieldMap_zero] at this
  grind

private theorem realFieldMap_mul_of_pos {x y : R} (hx : 0 < x) (hy : 0 < y) :
    (realFieldMap (x * y) : S) = realFieldMap x * realFieldMap y :=
  realFieldMap_eq ((sameCut_realFieldMap x).mul_of_pos (sameCut_realFieldMap y) hx hy
    (realFieldMap_pos hx) (realFieldMap_pos hy))

private theorem realFieldMap_mul_of_pos_left {x : R} (hx : 0 < x) (y : R) :
    (realFieldMap (x * y) : S) = realFieldMap x * realFieldMap y := by
  have h : 0 < y ∨ y = 0 ∨ 0 < -y := by grind
  rcases h with h | h | h
  · exact realFieldMap_mul_of_pos hx h
  · rw [h, show x * 0 = 0 by grind, realFieldMap_zero]
    grind
  · have := realFieldMap_mul_of_pos (S := S) hx h
    rw [show x * -y = -(x * y) by grind, realFieldMap_neg, realFieldMap_neg] at this
    grind

/-- The map keeps products. -/
theorem realFieldMap_mul (x y : R) :
    (realFieldMap (x * y) : S) = realFieldMap x * realFieldMap y := by
  have h : 0 < x ∨ x = 0 ∨ 0 < -x := by grind
  rcases h with h | h | h
  · exact realFieldMap_mul_of_pos_left h y
  · rw [h, show 0 * y = 0 by grind, realFieldMap_zero]
    grind
  · have := realFieldMap_mul_of_pos_left (S := S) h y
    rw [show -x * y = -(x * y) by grind, realFieldMap_neg, realFieldMap_neg] at this
    grind

/-- The isomorphism of ordered fields between two real fields. -/
@[expose] noncomputable def realFieldIso (R : Type u) (S : Type v) [RealField R] [RealField S] :
    OrderedFieldIso R S where
  toFun := realFieldMap
  invFun := realFieldMap
  left_inv x := realFieldMap_eq (sameCut_realFieldMap x).symm
  right_inv y := realFieldMap_eq (sameCut_realFieldMap y).symm
  map_add' := realFieldMap_add
  map_mul' := realFieldMap_mul
  map_le_iff' := realFieldMap_le_iff

/-! ### Ring homomorphisms -/

namespace IsRingHom

variable {f : R → S} (hf : IsRingHom f)
include hf

/-- Zero is sent to zero. -/
theorem map_zero : f 0 = 0 := by
  have := hf.map_add 0 0
  rw [show (0 : R) + 0 = 0 by grind] at this
  grind

/-- Negatives are sent to negatives. -/
theorem map_neg (x : R) : f (-x) = -f x := by
  have := hf.map_add x (-x)
  rw [show x + -x = 0 by grind, hf.map_zero] at this
  grind

/-- Differences are sent to differences. -/
theorem map_sub (x y : R) : f (x - y) = f x - f y := by
  rw [show x - y = x + -y by grind, hf.map_add, hf.map_neg]
  grind

/-- Inverses are sent to inverses. -/
theorem map_inv (x : R) : f x⁻¹ = (f x)⁻¹ := by
  by_cases hx : x = 0
  · rw [hx, show (0 : R)⁻¹ = 0 by grind, hf.map_zero]
    grind
  · have := hf.map_mul x x⁻¹
    rw [show x * x⁻¹ = 1 by grind, hf.map_one] at this
    grind

/-- Quotients are sent to quotients. -/
theorem map_div (x y : R) : f (x / y) = f x / f y := by
  rw [show x / y = x * y⁻¹ by grind, hf.map_mul, hf.map_inv]
  grind

/-- Natural numbers are kept. -/
theorem map_natCast (n : Nat) : f n = n := by
  induction n with
  | zero =>
    rw [show ((0 : Nat) : R) = 0 by grind, hf.map_zero]
    grind
  | succ n ih =>
    rw [show ((n + 1 : Nat) : R) = n + 1 by grind, hf.map_add, ih, hf.map_one]
    grind

/-- Integers are kept. -/
theorem map_intCast (i : Int) : f i = i := by
  obtain ⟨n, rfl | rfl⟩ := Int.eq_nat_or_neg i
  · rw [intCast_natCast, intCast_natCast, hf.map_natCast]
  · rw [intCast_neg, intCast_neg, intCast_natCast, intCast_natCast, hf.map_neg, hf.map_natCast]

/-- Rational numbers are kept. -/
theorem map_ratCast (q : Rat) : f q = q := by
  unfold ratCast
  rw [hf.map_div, hf.map_intCast, hf.map_natCast]

/-- Ring homomorphisms of real fields are strictly monotone: the positive elements are the squares
of elements other than zero. -/
theorem strictMono {x y : R} (h : x < y) : f x < f y := by
  have h₁ := sqrt_pos.2 (show 0 < y - x by grind)
  have h₂ := hf.map_mul (sqrt (y - x)) (sqrt (y - x))
  rw [mul_self_sqrt (show 0 ≤ y - x by grind), hf.map_sub] at h₂
  have h₃ : f (sqrt (y - x)) ≠ 0 := fun h₀ => by
    have := hf.map_mul (sqrt (y - x)) (sqrt (y - x))⁻¹
    rw [h₀, show sqrt (y - x) * (sqrt (y - x))⁻¹ = 1 by grind, hf.map_one] at this
    have := zero_lt_one (R := S)
    grind
  have := sq_pos h₃
  grind

/-- The only ring homomorphism between two real fields is the isomorphism. -/
theorem eq_realFieldIso : f = realFieldIso R S := by
  funext x
  refine (realFieldMap_eq fun q => ?_).symm
  rw [← hf.map_ratCast q]
  refine ⟨hf.strictMono, fun h => ?_⟩
  have : ¬ x ≤ q := fun h' => by
    by_cases h₁ : x = q
    · rw [h₁] at h; grind
    · have := hf.strictMono (show x < q by grind)
      grind
  grind

end IsRingHom

namespace OrderedFieldIso

/-- An isomorphism sends one to one. -/
theorem map_one (e : OrderedFieldIso R S) : e 1 = 1 := by
  have h := e.map_mul' 1 (e.invFun 1)
  rw [show (1 : R) * e.invFun 1 = e.invFun 1 by grind, e.right_inv] at h
  grind

/-- An isomorphism keeps the ring operations. -/
theorem isRingHom (e : OrderedFieldIso R S) : IsRingHom e.toFun :=
  ⟨e.map_one, e.map_add', e.map_mul'⟩

/-- Different elements have different images. -/
theorem injective (e : OrderedFieldIso R S) {x y : R} (h : e x = e y) : x = y := by
  rw [← e.left_inv x, ← e.left_inv y, h]

/-- Two isomorphisms between the same real fields are equal. -/
theorem eq (e e' : OrderedFieldIso R S) : e = e' := by
  have h : e.toFun = e'.toFun := e.isRingHom.eq_realFieldIso.trans e'.isRingHom.eq_realFieldIso.symm
  have h' : e.invFun = e'.invFun := by
    funext y
    refine e.injective ?_
    rw [e.right_inv, h, e'.right_inv]
  cases e
  cases e'
  cases h
  cases h'
  rfl

end OrderedFieldIso

/-- **Uniqueness of the real numbers.** Between any two complete ordered fields there is exactly
one isomorphism of ordered fields; it is even the only map at all that keeps one, sums and products.

So nothing depends on which real numbers one takes: a theorem proved for every `RealField`, or for
one of them, says the same about the real numbers of any other library.  What the isomorphism does
to square roots, exponentials and the like is the subject of `real_transfer`.

* controls: reals
* assumes: R and S are complete ordered fields
* bound: none
* witness: real_uniqueness_witness
* sharp: real_uniqueness_sharp (completeness cannot be left out: the rational numbers)
* source: folklore; Spivak 1994, chapter 30 -/
theorem real_uniqueness (R : Type u) (S : Type v) [RealField R] [RealField S] :
    ∃ e : OrderedFieldIso R S, (∀ e' : OrderedFieldIso R S, e' = e) ∧
      ∀ f : R → S, IsRingHom f → f = e :=
  ⟨realFieldIso R S, fun e' => e'.eq _, fun _ hf => hf.eq_realFieldIso⟩

/-- The Cauchy reals are a complete ordered field, and their only ring homomorphism into themselves
is the identity. -/
theorem real_uniqueness_witness :
    IsRingHom (fun x : Real => x) ∧ ∀ f : Real → Real, IsRingHom f → ∀ x, f x = x := by
  have h : IsRingHom (fun x : Real => x) := ⟨rfl, fun _ _ => rfl, fun _ _ => rfl⟩
  refine ⟨h, fun f hf x => ?_⟩
  rw [hf.eq_realFieldIso, ← h.eq_realFieldIso]

/-- Completeness cannot be left out.  The rational numbers are an ordered field, and sit inside
every real field `R` with their operations and their order; but no map from them onto `R` keeps
sums and products. -/
theorem real_uniqueness_sharp (R : Type u) [RealField R] :
    ((∀ p q : Rat, ((p + q : Rat) : R) = p + q) ∧ (∀ p q : Rat, ((p * q : Rat) : R) = p * q) ∧
      ∀ p q : Rat, (p : R) ≤ q ↔ p ≤ q) ∧
    ¬ ∃ f : Rat → R, (∀ p q, f (p + q) = f p + f q) ∧ (∀ p q, f (p * q) = f p * f q) ∧
      ∀ x, ∃ q, f q = x := by
  refine ⟨⟨ratCast_add, ratCast_mul, fun _ _ => ratCast_le⟩, fun ⟨f, hadd, hmul, hsurj⟩ => ?_⟩
  have h₁ : f 1 = 1 := by
    obtain ⟨u, hu⟩ := hsurj 1
    have := hmul 1 u
    rw [show (1 : Rat) * u = u by grind, hu] at this
    grind
  have h₀ : f 0 = 0 := by
    have := hadd 0 0
    rw [show (0 : Rat) + 0 = 0 by grind] at this
    grind
  obtain ⟨q, hq⟩ := hsurj (sqrt 2)
  have h₂ : f (q * q) = 2 := by rw [hmul, hq, mul_self_sqrt (by grind)]
  have h₃ : f (q * q - 2) = 0 := by
    have h₄ := hadd (q * q - 2) (1 + 1)
    rw [show q * q - 2 + (1 + 1) = q * q by grind, h₂, hadd, h₁] at h₄
    grind
  have hne : q * q - 2 ≠ 0 := fun h => Rat.sq_ne_two q (by grind)
  have h₅ := hmul (q * q - 2) (q * q - 2)⁻¹
  rw [show (q * q - 2) * (q * q - 2)⁻¹ = 1 by grind, h₁, h₃] at h₅
  have := zero_lt_one (R := R)
  grind

end DeepTheory
