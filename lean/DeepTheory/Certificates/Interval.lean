module

public import DeepTheory.Reals.Order
public import DeepTheory.Reals.RatCast

/-!
# Intervals with rational ends

Arithmetic on intervals with rational ends that the kernel can run, and for each operation the
theorem that it encloses the real one.

## Main definitions
* `DeepTheory.Certificates.Interval`: two rational ends.
* `DeepTheory.Certificates.Interval.Contains`: an element of a real field lies between the ends.
* `DeepTheory.Certificates.roundDown`, `DeepTheory.Certificates.Interval.round`: outward rounding
  to a number of significant bits, so that numbers stay short.
* `DeepTheory.Certificates.Interval.add`, `neg`, `sub`, `mul`, `inv`, `div`, `abs`, `min`, `max`.

## Main theorems
* `DeepTheory.Certificates.contains_add`, `contains_mul`, and so on: the operations are sound.

## References
* R. E. Moore, R. B. Kearfott, M. J. Cloud, *Introduction to Interval Analysis*, 2009, chapter 2.
-/

public section

namespace DeepTheory.Certificates

universe u

variable {R : Type u} [RealField R] {x y : R}

/-- Two rational ends. -/
structure Interval where
  /-- The lower end. -/
  lo : Rat
  /-- The upper end. -/
  hi : Rat

/-- The element `x` of a real field lies between the two ends. -/
@[expose] def Interval.Contains (I : Interval) (x : R) : Prop := (I.lo : R) ≤ x ∧ x ≤ I.hi

/-- The interval with both ends at `q`. -/
@[expose] def Interval.point (q : Rat) : Interval := ⟨q, q⟩

/-- A rational number lies in its own interval. -/
theorem contains_point (q : Rat) : (Interval.point q).Contains (q : R) :=
  ⟨Std.le_refl _, Std.le_refl _⟩

/-! ### Smaller and larger -/

/-- The smaller of two rational numbers. -/
@[expose] def ratMin (p q : Rat) : Rat := if p ≤ q then p else q

/-- The larger of two rational numbers. -/
@[expose] def ratMax (p q : Rat) : Rat := if p ≤ q then q else p

/-- The smaller of two numbers is at most each. -/
theorem ratMin_le (p q : Rat) : ratMin p q ≤ p ∧ ratMin p q ≤ q := by
  unfold ratMin
  split <;> grind

/-- The larger of two numbers is at least each. -/
theorem le_ratMax (p q : Rat) : p ≤ ratMax p q ∧ q ≤ ratMax p q := by
  unfold ratMax
  split <;> grind

/-- The smaller of two numbers is at most each, in a real field. -/
theorem ratCast_ratMin_le (p q : Rat) : (ratMin p q : R) ≤ p ∧ (ratMin p q : R) ≤ q :=
  ⟨ratCast_le.2 (ratMin_le p q).1, ratCast_le.2 (ratMin_le p q).2⟩

/-- The larger of two numbers is at least each, in a real field. -/
theorem le_ratCast_ratMax (p q : Rat) : (p : R) ≤ ratMax p q ∧ (q : R) ≤ ratMax p q :=
  ⟨ratCast_le.2 (le_ratMax p q).1, ratCast_le.2 (le_ratMax p q).2⟩

/-- The cast of the smaller of two numbers. -/
theorem ratCast_ratMin (p q : Rat) : (ratMin p q : R) = p ∨ (ratMin p q : R) = q := by
  unfold ratMin
  split <;> grind

/-- The cast of the larger of two numbers. -/
theorem ratCast_ratMax (p q : Rat) : (ratMax p q : R) = p ∨ (ratMax p q : R) = q := by
  unfold ratMax
  split <;> grind

/-! ### Rounding -/

/-- The number of binary digits of `n` after the first, for `n` below `2 ^ 2 ^ j`. -/
@[expose] def logSteps : Nat → Nat → Nat
  | 0, _ => 0
  | j + 1, n =>
    match Nat.blt n (1 <<< 2 ^ j) with
    | true => logSteps j n
    | false => 2 ^ j + logSteps j (n >>> 2 ^ j)

/-- The first `j`, from the given one on and in so many steps, with `n` below `2 ^ 2 ^ j`. -/
@[expose] def logLevel : Nat → Nat → Nat → Nat
  | 0, j, _ => j
  | f + 1, j, n =>
    match Nat.blt n (1 <<< 2 ^ j) with
    | true => j
    | false => logLevel f (j + 1) n

/-- The binary logarithm, rounded down, in a few steps where `Nat.log2` takes one a digit.  It
only says how far to round: soundness does not depend on its value. -/
@[expose] def log2 (n : Nat) : Nat := logSteps (logLevel 24 0 n) n

/-- A rational number that is at most `q`, with about `p` significant bits and a power of two as
its denominator; `q` itself where it is short already. -/
@[expose] def roundDown (p : Nat) (q : Rat) : Rat :=
  let n := log2 q.num.natAbs
  let d := log2 q.den
  if n + d < p then q
  else if n ≤ p + d then
    mkRat (q.num * (2 ^ (p + d - n) : Nat) / q.den) (2 ^ (p + d - n))
  else ((q.num / (q.den * 2 ^ (n - (p + d)) : Nat) * (2 ^ (n - (p + d)) : Nat) : Int) : Rat)

/-- A rational number that is at least `q`, with about `p` significant bits. -/
@[expose] def roundUp (p : Nat) (q : Rat) : Rat := -roundDown p (-q)

private theorem div_le_div_of_mul_le {a s n d : Rat} (hs : 0 < s) (hd : 0 < d)
    (h : a * d ≤ n * s) : a / s ≤ n / d := by
  have h₁ : a / s * s = a := by grind
  have h₂ : n / d * d = n := by grind
  generalize a / s = u at h₁ ⊢
  generalize n / d = v at h₂ ⊢
  have : ¬ v < u := fun h' => by
    have := Lean.Grind.OrderedRing.mul_pos (Lean.Grind.OrderedRing.mul_pos
      (show 0 < u - v by grind) hs) hd
    have : u * s * d = a * d := by rw [h₁]
    have : v * d * s = n * s := by rw [h₂]
    grind
  grind

private theorem le_num_div_den {q : Rat} {a s : Int} (hs : 0 < s) (h : a * q.den ≤ q.num * s) :
    (a : Rat) / (s : Rat) ≤ q := by
  have h₁ := Rat.intCast_le_intCast.2 h
  rw [Rat.intCast_mul, Rat.intCast_mul, Rat.intCast_natCast] at h₁
  have h₂ := div_le_div_of_mul_le (Rat.intCast_pos.2 hs) (Rat.natCast_pos.2 q.den_pos) h₁
  rwa [← Rat.num_div_den q] at h₂

/-- Rounding down yields a number that is at most the given one. -/
theorem roundDown_le (p : Nat) (q : Rat) : roundDown p q ≤ q := by
  have hd : 0 < (q.den : Int) := Int.natCast_pos.2 q.den_pos
  unfold roundDown
  dsimp only
  split
  · exact Rat.le_refl
  split
  · generalize p + log2 q.den - log2 q.num.natAbs = k
    rw [Rat.mkRat_eq_div, ← Rat.intCast_natCast]
    exact le_num_div_den (Int.natCast_pos.2 (Nat.pow_pos (by decide)))
      (Int.ediv_mul_le _ (by omega))
  · generalize log2 q.num.natAbs - (p + log2 q.den) = k
    rw [Int.natCast_mul]
    have hp : 0 < ((2 ^ k : Nat) : Int) := Int.natCast_pos.2 (Nat.pow_pos (by decide))
    generalize ((2 ^ k : Nat) : Int) = K at *
    have hm := Int.mul_pos hd hp
    have h := Int.ediv_mul_le q.num (b := q.den * K) (by omega)
    have := le_num_div_den (q := q) (a := q.num / (q.den * K) * K) (s := 1)
      (by decide) (by grind)
    grind

/-- Rounding up yields a number that is at least the given one. -/
theorem le_roundUp (p : Nat) (q : Rat) : q ≤ roundUp p q := by
  have := roundDown_le p (-q)
  unfold roundUp
  grind

/-- Both ends rounded outward to about `p` significant bits. -/
@[expose] def Interval.round (p : Nat) (I : Interval) : Interval :=
  ⟨roundDown p I.lo, roundUp p I.hi⟩

/-- Outward rounding keeps the elements. -/
theorem contains_round (p : Nat) {I : Interval} (h : I.Contains x) : (I.round p).Contains x := by
  have h₁ := ratCast_le (R := R).2 (roundDown_le p I.lo)
  have h₂ := ratCast_le (R := R).2 (le_roundUp p I.hi)
  unfold Interval.Contains Interval.round at *
  grind

/-! ### Sums -/

/-- The sum of two intervals. -/
@[expose] def Interval.add (I J : Interval) : Interval := ⟨I.lo + J.lo, I.hi + J.hi⟩

/-- The negative of an interval. -/
@[expose] def Interval.neg (I : Interval) : Interval := ⟨-I.hi, -I.lo⟩

/-- The difference of two intervals. -/
@[expose] def Interval.sub (I J : Interval) : Interval := ⟨I.lo - J.hi, I.hi - J.lo⟩

/-- The sum of intervals encloses sums. -/
theorem contains_add {I J : Interval} (hx : I.Contains x) (hy : J.Contains y) :
    (I.add J).Contains (x + y) := by
  unfold Interval.Contains Interval.add at *
  simp only [ratCast_add]
  grind

/-- The negative of an interval encloses negatives. -/
theorem contains_neg {I : Interval} (hx : I.Contains x) : I.neg.Contains (-x) := by
  unfold Interval.Contains Interval.neg at *
  simp only [ratCast_neg]
  grind

/-- The difference of intervals encloses differences. -/
theorem contains_sub {I J : Interval} (hx : I.Contains x) (hy : J.Contains y) :
    (I.sub J).Contains (x - y) := by
  unfold Interval.Contains Interval.sub at *
  simp only [ratCast_sub]
  grind

/-! ### Products -/

/-- The product of two intervals. -/
@[expose] def Interval.mul (I J : Interval) : Interval :=
  if 0 ≤ I.lo ∧ 0 ≤ J.lo then ⟨I.lo * J.lo, I.hi * J.hi⟩
  else ⟨ratMin (ratMin (I.lo * J.lo) (I.lo * J.hi)) (ratMin (I.hi * J.lo) (I.hi * J.hi)),
    ratMax (ratMax (I.lo * J.lo) (I.lo * J.hi)) (ratMax (I.hi * J.lo) (I.hi * J.hi))⟩

/-- A product lies between the products with the ends of an interval around its first factor. -/
private theorem mul_between {a b : R} (ha : a ≤ x) (hb : x ≤ b) (y : R) :
    (a * y ≤ x * y ∨ b * y ≤ x * y) ∧ (x * y ≤ a * y ∨ x * y ≤ b * y) := by
  rcases le_total 0 y with h | h
  · have := mul_le_mul_of_nonneg_right ha h
    have := mul_le_mul_of_nonneg_right hb h
    grind
  · have := mul_le_mul_of_nonneg_right ha (show 0 ≤ -y by grind)
    have := mul_le_mul_of_nonneg_right hb (show 0 ≤ -y by grind)
    grind

private theorem mul_between_corners {a b c d : R} (ha : a ≤ x) (hb : x ≤ b) (hc : c ≤ y)
    (hd : y ≤ d) : (a * c ≤ x * y ∨ a * d ≤ x * y ∨ b * c ≤ x * y ∨ b * d ≤ x * y) ∧
      (x * y ≤ a * c ∨ x * y ≤ a * d ∨ x * y ≤ b * c ∨ x * y ≤ b * d) := by
  have h₁ := mul_between ha hb y
  have h₂ := mul_between hc hd a
  have h₃ := mul_between hc hd b
  rw [show c * a = a * c by grind, show d * a = a * d by grind, show y * a = a * y by grind] at h₂
  rw [show c * b = b * c by grind, show d * b = b * d by grind, show y * b = b * y by grind] at h₃
  generalize a * c = ac at *
  generalize a * d = ad at *
  generalize b * c = bc at *
  generalize b * d = bd at *
  generalize a * y = ay at *
  generalize b * y = b_y at *
  generalize x * y = xy at *
  grind

private theorem min_four_le (p q r s : Rat) : (ratMin (ratMin p q) (ratMin r s) : R) ≤ p ∧
    (ratMin (ratMin p q) (ratMin r s) : R) ≤ q ∧ (ratMin (ratMin p q) (ratMin r s) : R) ≤ r ∧
      (ratMin (ratMin p q) (ratMin r s) : R) ≤ s := by
  have h₁ := ratCast_ratMin_le (R := R) p q
  have h₂ := ratCast_ratMin_le (R := R) r s
  have h₃ := ratCast_ratMin_le (R := R) (ratMin p q) (ratMin r s)
  grind

private theorem le_max_four (p q r s : Rat) : (p : R) ≤ ratMax (ratMax p q) (ratMax r s) ∧
    (q : R) ≤ ratMax (ratMax p q) (ratMax r s) ∧ (r : R) ≤ ratMax (ratMax p q) (ratMax r s) ∧
      (s : R) ≤ ratMax (ratMax p q) (ratMax r s) := by
  have h₁ := le_ratCast_ratMax (R := R) p q
  have h₂ := le_ratCast_ratMax (R := R) r s
  have h₃ := le_ratCast_ratMax (R := R) (ratMax p q) (ratMax r s)
  grind

/-- The product of intervals encloses products. -/
theorem contains_mul {I J : Interval} (hx : I.Contains x) (hy : J.Contains y) :
    (I.mul J).Contains (x * y) := by
  obtain ⟨ha, hb⟩ := hx
  obtain ⟨hc, hd⟩ := hy
  unfold Interval.mul
  split
  · next h =>
    have hI := ratCast_le (R := R).2 h.1
    have hJ := ratCast_le (R := R).2 h.2
    rw [ratCast_zero] at hI hJ
    refine ⟨?_, ?_⟩
    · rw [ratCast_mul]
      exact mul_le_mul ha hc hJ (by grind)
    · rw [ratCast_mul]
      exact mul_le_mul hb hd (by grind) (by grind)
  · have h := mul_between_corners ha hb hc hd
    have h₁ := min_four_le (R := R) (I.lo * J.lo) (I.lo * J.hi) (I.hi * J.lo) (I.hi * J.hi)
    have h₂ := le_max_four (R := R) (I.lo * J.lo) (I.lo * J.hi) (I.hi * J.lo) (I.hi * J.hi)
    simp only [← ratCast_mul] at h
    unfold Interval.Contains
    dsimp only
    grind

/-! ### Quotients -/

/-- The inverse of an interval, where zero lies outside. -/
@[expose] def Interval.inv (I : Interval) : Option Interval :=
  if 0 < I.lo ∨ I.hi < 0 then some ⟨I.hi⁻¹, I.lo⁻¹⟩ else none

/-- The quotient of two intervals, where zero lies outside the second one. -/
@[expose] def Interval.div (I J : Interval) : Option Interval :=
  match J.inv with
  | none => none
  | some K => some (I.mul K)

/-- Inverses of negative numbers reverse the order. -/
private theorem inv_le_inv_of_neg {a b : R} (hb : b < 0) (h : a ≤ b) : b⁻¹ ≤ a⁻¹ := by
  have := inv_le_inv_of_le (show 0 < -b by grind) (show -b ≤ -a by grind)
  grind

/-- The inverse of an interval encloses inverses; it exists only where zero lies outside. -/
theorem contains_inv {I J : Interval} (h : I.inv = some J) (hx : I.Contains x) :
    J.Contains x⁻¹ := by
  obtain ⟨ha, hb⟩ := hx
  unfold Interval.inv at h
  split at h
  · next h₀ =>
    obtain rfl := Option.some.inj h
    unfold Interval.Contains
    dsimp only
    rw [ratCast_inv, ratCast_inv]
    rcases h₀ with h₀ | h₀
    · have h₁ := ratCast_pos (R := R) h₀
      exact ⟨inv_le_inv_of_le (by grind) hb, inv_le_inv_of_le h₁ ha⟩
    · have h₁ := ratCast_lt (R := R).2 h₀
      rw [ratCast_zero] at h₁
      exact ⟨inv_le_inv_of_neg h₁ hb, inv_le_inv_of_neg (by grind) ha⟩
  · exact absurd h (by simp)

/-- The quotient of intervals encloses quotients. -/
theorem contains_div {I J K : Interval} (h : I.div J = some K) (hx : I.Contains x)
    (hy : J.Contains y) : K.Contains (x / y) := by
  unfold Interval.div at h
  split at h
  · exact absurd h (by simp)
  · next L hL =>
    obtain rfl := Option.some.inj h
    rw [Lean.Grind.Field.div_eq_mul_inv]
    exact contains_mul hx (contains_inv hL hy)

/-! ### Absolute values, the smaller and the larger -/

/-- The absolute values of an interval. -/
@[expose] def Interval.abs (I : Interval) : Interval :=
  if 0 ≤ I.lo then I else if I.hi ≤ 0 then I.neg else ⟨0, ratMax (-I.lo) I.hi⟩

/-- The smaller of the elements of two intervals. -/
@[expose] def Interval.min (I J : Interval) : Interval := ⟨ratMin I.lo J.lo, ratMin I.hi J.hi⟩

/-- The larger of the elements of two intervals. -/
@[expose] def Interval.max (I J : Interval) : Interval := ⟨ratMax I.lo J.lo, ratMax I.hi J.hi⟩

/-- The absolute values of an interval enclose absolute values. -/
theorem contains_abs {I : Interval} (hx : I.Contains x) : I.abs.Contains (abs x) := by
  have hc := abs_cases x
  have ⟨ha, hb⟩ := hx
  unfold Interval.abs
  split
  · next h =>
    have h₁ := ratCast_le (R := R).2 h
    rw [ratCast_zero] at h₁
    rwa [abs_of_nonneg (by grind)]
  split
  · next h =>
    have h₁ := ratCast_le (R := R).2 h
    rw [ratCast_zero] at h₁
    rw [show abs x = -x by grind]
    exact contains_neg hx
  · have h₁ := le_ratCast_ratMax (R := R) (-I.lo) I.hi
    rw [ratCast_neg] at h₁
    unfold Interval.Contains
    dsimp only
    rw [ratCast_zero]
    grind

open Classical in
/-- The smaller of two intervals encloses the smaller of two elements. -/
theorem contains_min {I J : Interval} (hx : I.Contains x) (hy : J.Contains y) :
    (I.min J).Contains (if x ≤ y then x else y) := by
  have h₁ := ratCast_ratMin_le (R := R) I.lo J.lo
  have h₂ := ratCast_ratMin (R := R) I.hi J.hi
  unfold Interval.Contains Interval.min at *
  dsimp only
  split <;> grind

open Classical in
/-- The larger of two intervals encloses the larger of two elements. -/
theorem contains_max {I J : Interval} (hx : I.Contains x) (hy : J.Contains y) :
    (I.max J).Contains (if x ≤ y then y else x) := by
  have h₁ := ratCast_ratMax (R := R) I.lo J.lo
  have h₂ := le_ratCast_ratMax (R := R) I.hi J.hi
  unfold Interval.Contains Interval.max at *
  dsimp only
  split <;> grind

end DeepTheory.Certificates
