module

public import DeepTheory.Reals.Uniqueness
public import DeepTheory.Reals.Sum

/-!
# Carrying statements from one real field to another

An isomorphism of ordered fields keeps everything that is defined from the operations and the
order: quotients, powers, absolute values, square roots, finite sums, least upper bounds.  With the
isomorphism `realFieldIso R S` a statement about `R` becomes the same statement about `S`.

## Main definitions
* `DeepTheory.OrderedFieldIso.refl`, `DeepTheory.OrderedFieldIso.symm`,
  `DeepTheory.OrderedFieldIso.trans`: identity, inverse and composition.

## Main theorems
* `DeepTheory.OrderedFieldIso.map_add`, `DeepTheory.OrderedFieldIso.map_sqrt`,
  `DeepTheory.OrderedFieldIso.map_sum`, and others: what an isomorphism keeps.
* `DeepTheory.OrderedFieldIso.map_isLUB`: least upper bounds are kept.
* `DeepTheory.OrderedFieldIso.eq`: two isomorphisms between the same fields are equal.
-/

public section

namespace DeepTheory

universe u v w

variable {R : Type u} {S : Type v} {T : Type w} [RealField R] [RealField S] [RealField T]

namespace OrderedFieldIso

/-- The identity. -/
@[expose] def refl (R : Type u) [RealField R] : OrderedFieldIso R R where
  toFun x := x
  invFun x := x
  left_inv _ := rfl
  right_inv _ := rfl
  map_add' _ _ := rfl
  map_mul' _ _ := rfl
  map_le_iff' _ _ := Iff.rfl

/-- The inverse isomorphism. -/
@[expose] def symm (e : OrderedFieldIso R S) : OrderedFieldIso S R where
  toFun := e.invFun
  invFun := e.toFun
  left_inv := e.right_inv
  right_inv := e.left_inv
  map_add' x y := by
    rw [← e.left_inv (e.invFun x + e.invFun y), e.map_add', e.right_inv, e.right_inv]
  map_mul' x y := by
    rw [← e.left_inv (e.invFun x * e.invFun y), e.map_mul', e.right_inv, e.right_inv]
  map_le_iff' x y := by
    rw [← e.map_le_iff', e.right_inv, e.right_inv]

/-- The composition of two isomorphisms. -/
@[expose] def trans (e : OrderedFieldIso R S) (e' : OrderedFieldIso S T) :
    OrderedFieldIso R T where
  toFun x := e' (e x)
  invFun z := e.invFun (e'.invFun z)
  left_inv x := by rw [e'.left_inv, e.left_inv]
  right_inv z := by rw [e.right_inv, e'.right_inv]
  map_add' x y := by rw [e.map_add', e'.map_add']
  map_mul' x y := by rw [e.map_mul', e'.map_mul']
  map_le_iff' x y := by rw [e'.map_le_iff', e.map_le_iff']

variable (e : OrderedFieldIso R S)

/-- The inverse isomorphism undoes the isomorphism. -/
@[simp] theorem symm_apply_apply (x : R) : e.symm (e x) = x := e.left_inv x

/-- The isomorphism undoes the inverse isomorphism. -/
@[simp] theorem apply_symm_apply (y : S) : e (e.symm y) = y := e.right_inv y

/-- Every element of `S` is an image. -/
theorem surjective (y : S) : ∃ x, e x = y := ⟨e.symm y, e.right_inv y⟩

/-- Different elements have different images. -/
theorem injective {x y : R} (h : e x = e y) : x = y := by
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

/-! ### What an isomorphism keeps -/

/-- Sums are sent to sums. -/
@[simp] theorem map_add (x y : R) : e (x + y) = e x + e y := e.map_add' x y

/-- Products are sent to products. -/
@[simp] theorem map_mul (x y : R) : e (x * y) = e x * e y := e.map_mul' x y

attribute [simp] map_one

/-- Zero is sent to zero. -/
@[simp] theorem map_zero : e 0 = 0 := e.isRingHom.map_zero

/-- Negatives are sent to negatives. -/
@[simp] theorem map_neg (x : R) : e (-x) = -e x := e.isRingHom.map_neg x

/-- Differences are sent to differences. -/
@[simp] theorem map_sub (x y : R) : e (x - y) = e x - e y := e.isRingHom.map_sub x y

/-- Inverses are sent to inverses. -/
@[simp] theorem map_inv (x : R) : e x⁻¹ = (e x)⁻¹ := e.isRingHom.map_inv x

/-- Quotients are sent to quotients. -/
@[simp] theorem map_div (x y : R) : e (x / y) = e x / e y := e.isRingHom.map_div x y

/-- Natural numbers are kept. -/
@[simp] theorem map_natCast (n : Nat) : e n = n := e.isRingHom.map_natCast n

/-- Numerals are kept. -/
@[simp] theorem map_ofNat (n : Nat) : e (OfNat.ofNat n) = OfNat.ofNat n := by
  rw [Lean.Grind.Semiring.ofNat_eq_natCast, Lean.Grind.Semiring.ofNat_eq_natCast, map_natCast]

/-- Integers are kept. -/
@[simp] theorem map_intCast (i : Int) : e i = i := e.isRingHom.map_intCast i

/-- Rational numbers are kept. -/
@[simp] theorem map_ratCast (q : Rat) : e q = q := e.isRingHom.map_ratCast q

/-- Powers are sent to powers. -/
@[simp] theorem map_pow (x : R) (n : Nat) : e (x ^ n) = e x ^ n := by
  induction n with
  | zero => rw [pow_zero, pow_zero, map_one]
  | succ n ih => rw [pow_succ, pow_succ, map_mul, ih]

/-- The order is kept and reflected. -/
@[simp] theorem map_le_iff {x y : R} : e x ≤ e y ↔ x ≤ y := e.map_le_iff' x y

/-- The strict order is kept and reflected. -/
@[simp] theorem map_lt_iff {x y : R} : e x < e y ↔ x < y := by
  have := e.map_le_iff (x := y) (y := x)
  grind

/-- Equality is reflected. -/
@[simp] theorem map_eq_iff {x y : R} : e x = e y ↔ x = y := ⟨e.injective, fun h => by rw [h]⟩

/-- Elements are positive where their images are. -/
theorem map_pos_iff {x : R} : 0 < e x ↔ 0 < x := by
  rw [← e.map_zero, map_lt_iff]

/-- Elements are nonnegative where their images are. -/
theorem map_nonneg_iff {x : R} : 0 ≤ e x ↔ 0 ≤ x := by
  rw [← e.map_zero, map_le_iff]

/-- Absolute values are sent to absolute values. -/
@[simp] theorem map_abs (x : R) : e (abs x) = abs (e x) := by
  have h := e.map_nonneg_iff (x := x)
  rcases abs_cases x with ⟨h₁, h₂⟩ | ⟨h₁, h₂⟩
  · rw [h₂, abs_of_nonneg (h.2 h₁)]
  · rw [h₂, abs_of_neg (by grind), map_neg]

/-- Square roots are sent to square roots. -/
@[simp] theorem map_sqrt (x : R) : e (sqrt x) = sqrt (e x) := by
  have h := e.map_nonneg_iff (x := x)
  by_cases hx : 0 ≤ x
  · refine (sqrt_eq_of_sq_eq (e.map_nonneg_iff.2 (sqrt_nonneg x)) ?_).symm
    rw [← map_pow, sq_sqrt hx]
  · rw [sqrt_eq_zero_of_nonpos (by grind), sqrt_eq_zero_of_nonpos (by grind), map_zero]

/-- Finite sums are sent to finite sums. -/
@[simp] theorem map_sum {n : Nat} (f : Fin n → R) : e (∑ i, f i) = ∑ i, e (f i) := by
  induction n with
  | zero => rw [sum_zero, sum_zero, map_zero]
  | succ n ih => rw [sum_succ, sum_succ, map_add, ih]

/-- Least upper bounds are sent to least upper bounds. -/
theorem map_isLUB {A : R → Prop} {s : R} (hs : ∀ x, A x → x ≤ s)
    (hmin : ∀ b, (∀ x, A x → x ≤ b) → s ≤ b) :
    (∀ y, A (e.symm y) → y ≤ e s) ∧ ∀ b, (∀ y, A (e.symm y) → y ≤ b) → e s ≤ b := by
  refine ⟨fun y hy => ?_, fun b hb => ?_⟩
  · have := e.map_le_iff.2 (hs _ hy)
    rwa [apply_symm_apply] at this
  · rw [← e.apply_symm_apply b, map_le_iff]
    refine hmin _ fun x hx => ?_
    rw [← e.map_le_iff, apply_symm_apply]
    exact hb _ (by rwa [symm_apply_apply])

/-- Limits of sequences are sent to limits: a late term is as close to the image as is asked. -/
theorem map_abs_sub_lt_iff {x y : R} {ε : S} : abs (e x - e y) < ε ↔ abs (x - y) < e.symm ε := by
  rw [← map_sub, ← map_abs, ← e.map_lt_iff, apply_symm_apply]

end OrderedFieldIso

end DeepTheory
