module

public import DeepTheory.Reals.Uniqueness
public import DeepTheory.Reals.Sum
public import DeepTheory.Reals.Limit
public import DeepTheory.Reals.Rpow

/-!
# Carrying statements from one real field to another

An isomorphism of ordered fields keeps everything that is defined from the operations and the
order: quotients, powers, absolute values, square roots, exponentials, logarithms, finite sums,
limits, least upper bounds.  With the isomorphism `realFieldIso R S` a statement about `R` becomes
the same statement about `S`.

## Main definitions
* `DeepTheory.OrderedFieldIso.refl`, `DeepTheory.OrderedFieldIso.symm`,
  `DeepTheory.OrderedFieldIso.trans`: identity, inverse and composition.

## Main theorems
* `DeepTheory.OrderedFieldIso.map_add`, `DeepTheory.OrderedFieldIso.map_sqrt`,
  `DeepTheory.OrderedFieldIso.map_sum`, and others: what an isomorphism keeps.
* `DeepTheory.OrderedFieldIso.map_exp`, `DeepTheory.OrderedFieldIso.map_log`,
  `DeepTheory.OrderedFieldIso.map_rpow`: the functions of analysis.
* `DeepTheory.OrderedFieldIso.map_isLUB`, `DeepTheory.OrderedFieldIso.tendsto_iff`: least upper
  bounds and limits.
* `DeepTheory.real_transfer`, `DeepTheory.real_transfer_witness`, `DeepTheory.real_transfer_sharp`.
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

/-- A sequence tends to a limit where its image tends to the image of the limit. -/
theorem tendsto_iff {a : Nat → R} {l : R} : Tendsto (fun n => e (a n)) (e l) ↔ Tendsto a l := by
  have h : ∀ (x y : R) (ε : R), abs (e x - e y) < e ε ↔ abs (x - y) < ε := fun x y ε => by
    rw [← map_sub, ← map_abs, map_lt_iff]
  refine ⟨fun ha ε hε => ?_, fun ha ε hε => ?_⟩
  · obtain ⟨N, hN⟩ := ha (e ε) (e.map_pos_iff.2 hε)
    exact ⟨N, fun n hn => (h _ _ _).1 (hN n hn)⟩
  · obtain ⟨δ, rfl⟩ := e.surjective ε
    obtain ⟨N, hN⟩ := ha δ (e.map_pos_iff.1 hε)
    exact ⟨N, fun n hn => (h _ _ _).2 (hN n hn)⟩

/-! ### Exponentials, logarithms, real powers -/

/-- The exponential function is sent to the exponential function. -/
@[simp] theorem map_exp (x : R) : e (exp x) = exp (e x) := by
  have h := eq_exp_of_map_add (f := fun x => e.symm (exp (e x)))
    (fun x y => by
      show e.symm (exp (e (x + y))) = e.symm (exp (e x)) * e.symm (exp (e y))
      rw [map_add, exp_add, map_mul])
    (fun x => by
      show 1 + x ≤ e.symm (exp (e x))
      rw [← e.map_le_iff, apply_symm_apply, map_add, map_one]
      exact one_add_le_exp (e x)) x
  rw [← h, apply_symm_apply]

/-- The logarithm is sent to the logarithm. -/
@[simp] theorem map_log (x : R) : e (log x) = log (e x) := by
  by_cases h : 0 < x
  · refine (log_eq_of_exp_eq ?_).symm
    rw [← map_exp, exp_log h]
  · have := e.map_pos_iff (x := x)
    rw [log_of_nonpos (by grind), log_of_nonpos (by grind), map_zero]

/-- Real powers are sent to real powers. -/
@[simp] theorem map_rpow (x a : R) : e (rpow x a) = rpow (e x) (e a) := by
  have h₁ := e.map_pos_iff (x := x)
  have h₂ := e.map_eq_iff (x := a) (y := 0)
  rw [map_zero] at h₂
  by_cases hx : 0 < x
  · rw [rpow_def_of_pos hx, rpow_def_of_pos (h₁.2 hx), map_exp, map_mul, map_log]
  · by_cases ha : a = 0
    · rw [ha, map_zero, rpow_zero, rpow_zero, map_one]
    · unfold rpow
      rw [if_neg hx, if_neg ha, if_neg fun h => hx (h₁.1 h), if_neg fun h => ha (h₂.1 h), map_zero]

end OrderedFieldIso

/-- **Carrying theorems between real fields.** An isomorphism of ordered fields between two real
fields keeps, besides the operations and the order, the rational numbers, absolute values, square
roots, exponentials, logarithms, real powers, finite sums and limits.

By `real_uniqueness` there is exactly one such isomorphism between any two complete ordered fields.
So a bound of this library, read in the real numbers of another one, is the same bound.

* controls: reals
* assumes: e is an isomorphism of ordered fields between the complete ordered fields R and S
* bound: none
* witness: real_transfer_witness
* sharp: real_transfer_sharp (a bijection that keeps sums and the order, but not products, is not
  enough)
* source: folklore -/
theorem real_transfer (e : OrderedFieldIso R S) :
    (∀ q : Rat, e q = q) ∧ (∀ x, e (abs x) = abs (e x)) ∧ (∀ x, e (sqrt x) = sqrt (e x)) ∧
    (∀ x, e (exp x) = exp (e x)) ∧ (∀ x, e (log x) = log (e x)) ∧
    (∀ x a, e (rpow x a) = rpow (e x) (e a)) ∧
    (∀ (n : Nat) (f : Fin n → R), e (∑ i, f i) = ∑ i, e (f i)) ∧
    ∀ (a : Nat → R) (l : R), Tendsto a l ↔ Tendsto (fun n => e (a n)) (e l) :=
  ⟨e.map_ratCast, e.map_abs, e.map_sqrt, e.map_exp, e.map_log, e.map_rpow, fun _ f => e.map_sum f,
    fun _ _ => e.tendsto_iff.symm⟩

/-- The isomorphism from the Cauchy reals to any real field sends `sqrt 2`, `exp 1` and `log 2` to
the numbers of the same name there. -/
theorem real_transfer_witness (R : Type u) [RealField R] :
    ∃ e : OrderedFieldIso Real R, e (sqrt 2) = sqrt 2 ∧ e (exp 1) = exp 1 ∧ e (log 2) = log 2 := by
  refine ⟨realFieldIso Real R, ?_, ?_, ?_⟩
  · rw [OrderedFieldIso.map_sqrt, OrderedFieldIso.map_ofNat]
  · rw [OrderedFieldIso.map_exp, OrderedFieldIso.map_one]
  · rw [OrderedFieldIso.map_log, OrderedFieldIso.map_ofNat]

/-- Doubling is a bijection of every real field that keeps sums and the order, but sends no square
root except that of zero to a square root. -/
theorem real_transfer_sharp :
    (∀ x y : R, 2 * (x + y) = 2 * x + 2 * y) ∧ (∀ x y : R, 2 * x ≤ 2 * y ↔ x ≤ y) ∧
    (∀ y : R, ∃ x : R, 2 * x = y) ∧ ∀ x : R, 0 < x → 2 * sqrt x ≠ sqrt (2 * x) := by
  refine ⟨fun x y => by grind, fun x y => by grind, fun y => ⟨y / 2, by grind⟩, fun x hx h => ?_⟩
  have h₁ := sq_sqrt (show 0 ≤ 2 * x by grind)
  have h₂ := sq_sqrt (show 0 ≤ x by grind)
  rw [← h] at h₁
  have h₃ : x = 0 := by grind
  grind

end DeepTheory
