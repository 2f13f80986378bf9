module

public import DeepTheory.Certificates.Power
public import DeepTheory.Reals.ExpSeries

/-!
# The exponential function in fixed-point arithmetic

The kernel computes with natural numbers at the speed of a library for big numbers.  So the
exponential function is enclosed with natural numbers alone: an argument below `1 / 32` is `X` over
`2 ^ w`, the Taylor polynomial is summed with every term rounded down, or up, and the result is
squared as often as the argument was halved, the mantissa cut back to `w` digits each time.

## Main definitions
* `DeepTheory.Certificates.lowTaylor`, `DeepTheory.Certificates.highTaylor`: Taylor sums.
* `DeepTheory.Certificates.squares`: repeated squaring with a floating exponent.
* `DeepTheory.Certificates.toRat`: the rational number that a mantissa and an exponent stand for.

## Main theorems
* `DeepTheory.Certificates.lowTaylor_le`, `DeepTheory.Certificates.le_highTaylor`,
  `DeepTheory.Certificates.squares_low`, `DeepTheory.Certificates.squares_high`: soundness.

## References
* W. Tucker, *Validated Numerics*, 2011, chapter 3.
-/

public section

namespace DeepTheory.Certificates

universe u

variable {R : Type u} [RealField R] {x y : R}

/-! ### Natural numbers in a real field -/

private theorem natCast_mul (a b : Nat) : ((a * b : Nat) : R) = a * b := by grind

/-- A quotient rounded down, times the denominator, is at most the numerator. -/
theorem natCast_div_mul_le (a b : Nat) : ((a / b : Nat) : R) * b ≤ a := by
  have := natCast_le (R := R) (Nat.div_mul_le_self a b)
  rwa [natCast_mul] at this

/-- A quotient rounded down, plus one, times the denominator, is at least the numerator. -/
theorem le_natCast_div_add_one_mul (a : Nat) {b : Nat} (hb : 0 < b) :
    (a : R) ≤ ((a / b + 1 : Nat) : R) * b := by
  rw [← natCast_mul]
  refine natCast_le ?_
  have := Nat.lt_div_mul_add hb (a := a)
  rw [Nat.add_mul, Nat.one_mul]
  omega

/-- Powers of two, as natural numbers, are positive in a real field. -/
theorem natCast_two_pow_pos (w : Nat) : (0 : R) < ((2 ^ w : Nat) : R) :=
  natCast_pos (Nat.pow_pos (by decide))

private theorem two_pow_add (v w : Nat) :
    ((2 ^ (v + w) : Nat) : R) = ((2 ^ v : Nat) : R) * ((2 ^ w : Nat) : R) := by
  rw [Nat.pow_add, natCast_mul]

/-! ### Taylor sums -/

/-- The sum of the first `n` terms of the exponential series and the next term, in units of
`2 ^ -w`, at `X` units; each term is rounded down. -/
@[expose] def lowTaylor (w X : Nat) : Nat → Nat × Nat
  | 0 => (0, 2 ^ w)
  | n + 1 =>
    let s := lowTaylor w X n
    (s.1 + s.2, s.2 * X / (2 ^ w * (n + 1)))

/-- The same with each term rounded up. -/
@[expose] def highTaylor (w X : Nat) : Nat → Nat × Nat
  | 0 => (0, 2 ^ w)
  | n + 1 =>
    let s := highTaylor w X n
    (s.1 + s.2, s.2 * X / (2 ^ w * (n + 1)) + 1)

private theorem low_step {w X T n : Nat} {t : R} (ht : (T : R) ≤ t * (2 ^ w : Nat))
    (hX : (X : R) ≤ x * (2 ^ w : Nat)) :
    ((T * X / (2 ^ w * (n + 1)) : Nat) : R) ≤ t * x / (n + 1 : Nat) * (2 ^ w : Nat) := by
  have hw := natCast_two_pow_pos (R := R) w
  have hn := natCast_pos (R := R) (show 0 < n + 1 by omega)
  have h := natCast_div_mul_le (R := R) (T * X) (2 ^ w * (n + 1))
  have h₁ := mul_le_mul ht hX (natCast_nonneg X) (Std.le_trans (natCast_nonneg T) ht)
  rw [natCast_mul, natCast_mul] at h
  generalize ((T * X / (2 ^ w * (n + 1)) : Nat) : R) = D at *
  generalize ((2 ^ w : Nat) : R) = W at *
  generalize ((n + 1 : Nat) : R) = m at *
  have h₂ : D * m ≤ t * x * W := le_of_mul_le_mul_left hw (by grind)
  have h₃ := (le_div_iff hn).2 h₂
  rwa [show t * x * W / m = t * x / m * W by grind] at h₃

private theorem high_step {w X T n : Nat} {t : R} (hx : 0 ≤ x)
    (ht : t * (2 ^ w : Nat) ≤ T) (hX : x * (2 ^ w : Nat) ≤ X) :
    t * x / (n + 1 : Nat) * (2 ^ w : Nat) ≤ ((T * X / (2 ^ w * (n + 1)) + 1 : Nat) : R) := by
  have hw := natCast_two_pow_pos (R := R) w
  have hn := natCast_pos (R := R) (show 0 < n + 1 by omega)
  have h := le_natCast_div_add_one_mul (R := R) (T * X) (b := 2 ^ w * (n + 1))
    (Nat.mul_pos (Nat.pow_pos (by decide)) (by omega))
  have h₁ := mul_le_mul ht hX (mul_nonneg hx (Std.le_of_lt hw)) (natCast_nonneg T)
  rw [natCast_mul, natCast_mul] at h
  generalize ((T * X / (2 ^ w * (n + 1)) + 1 : Nat) : R) = D at *
  generalize ((2 ^ w : Nat) : R) = W at *
  generalize ((n + 1 : Nat) : R) = m at *
  have h₂ : t * x * W ≤ D * m := le_of_mul_le_mul_left hw (by grind)
  have h₃ := (div_le_iff hn).2 h₂
  rwa [show t * x * W / m = t * x / m * W by grind] at h₃

/-- The sum rounded down is at most the Taylor polynomial. -/
theorem lowTaylor_le {w X : Nat} (hX : (X : R) ≤ x * (2 ^ w : Nat)) (n : Nat) :
    ((lowTaylor w X n).1 : R) ≤ expTaylor x n * (2 ^ w : Nat) ∧
      ((lowTaylor w X n).2 : R) ≤ expTerm x n * (2 ^ w : Nat) := by
  induction n with
  | zero =>
    unfold lowTaylor
    rw [expTaylor_zero, expTerm_zero]
    grind
  | succ n ih =>
    refine ⟨?_, low_step ih.2 hX⟩
    unfold lowTaylor
    rw [expTaylor_succ]
    dsimp only
    grind

/-- The sum rounded up is at least the Taylor polynomial. -/
theorem le_highTaylor {w X : Nat} (hx : 0 ≤ x) (hX : x * (2 ^ w : Nat) ≤ X) (n : Nat) :
    expTaylor x n * (2 ^ w : Nat) ≤ ((highTaylor w X n).1 : R) ∧
      expTerm x n * (2 ^ w : Nat) ≤ ((highTaylor w X n).2 : R) := by
  induction n with
  | zero =>
    unfold highTaylor
    rw [expTaylor_zero, expTerm_zero]
    grind
  | succ n ih =>
    refine ⟨?_, high_step hx ih.2 hX⟩
    unfold highTaylor
    rw [expTaylor_succ]
    dsimp only
    grind

/-- The exponential function from below. -/
theorem lowTaylor_le_exp {w X : Nat} (hx : 0 ≤ x) (hX : (X : R) ≤ x * (2 ^ w : Nat)) (n : Nat) :
    ((lowTaylor w X n).1 : R) ≤ exp x * (2 ^ w : Nat) :=
  Std.le_trans (lowTaylor_le hX n).1
    (mul_le_mul_of_nonneg_right (expTaylor_le_exp hx n) (natCast_nonneg _))

/-- The exponential function from above, where the next term `T` is below one: the sum over
`1 - T`, rounded up. -/
theorem exp_le_highTaylor {w X : Nat} (hx : 0 ≤ x) (hX : x * (2 ^ w : Nat) ≤ X) {n : Nat}
    (h : (highTaylor w X n).2 < 2 ^ w) : exp x * (2 ^ w : Nat) ≤
      (((highTaylor w X n).1 * 2 ^ w / (2 ^ w - (highTaylor w X n).2) + 1 : Nat) : R) := by
  have ⟨hS, hT⟩ := le_highTaylor hx hX n
  have he := mul_le_mul_of_nonneg_right (exp_mul_one_sub_expTerm_le hx n)
    (natCast_nonneg (R := R) (2 ^ w))
  generalize (highTaylor w X n).1 = S at *
  generalize (highTaylor w X n).2 = T at *
  have hd := le_natCast_div_add_one_mul (R := R) (S * 2 ^ w) (b := 2 ^ w - T) (by omega)
  generalize S * 2 ^ w / (2 ^ w - T) + 1 = Q at hd ⊢
  have hp := natCast_pos (R := R) (show 0 < 2 ^ w - T by omega)
  have hc : ((2 ^ w - T : Nat) : R) + T = (2 ^ w : Nat) := by
    rw [show ((2 ^ w - T : Nat) : R) + T = ((2 ^ w - T + T : Nat) : R) by grind,
      Nat.sub_add_cancel (by omega)]
  have h₁ := mul_le_mul_of_nonneg_left hT (Std.le_of_lt (exp_pos x))
  have hw := natCast_two_pow_pos (R := R) w
  rw [natCast_mul] at hd
  generalize ((2 ^ w - T : Nat) : R) = U at *
  generalize ((2 ^ w : Nat) : R) = W at *
  generalize exp x = e at *
  have h₄ : e * U = e * W - e * T := by rw [← hc]; grind
  have h₂ : e * U ≤ S := by grind
  have h₃ := mul_le_mul_of_nonneg_right h₂ (Std.le_of_lt hw)
  exact le_of_mul_le_mul_left hp (by grind)

/-! ### Squaring -/

/-- The square of the number with mantissa `a.1`, in units of `2 ^ -w`, and exponent `a.2`; the
mantissa is cut back to about `w` digits, and `up` is added to it. -/
@[expose] def squareStep (w up : Nat) (a : Nat × Nat) : Nat × Nat :=
  let m := a.1 * a.1
  let k := log2 m - 2 * w
  (m / 2 ^ (w + k) + up, 2 * a.2 + k)

/-- Squaring `k` times. -/
@[expose] def squares (w up : Nat) (a : Nat × Nat) : Nat → Nat × Nat
  | 0 => a
  | k + 1 => squareStep w up (squares w up a k)

private theorem squareStep_low {w : Nat} {a : Nat × Nat}
    (h : (a.1 : R) * (2 ^ a.2 : Nat) ≤ exp y * (2 ^ w : Nat)) :
    ((squareStep w 0 a).1 : R) * (2 ^ (squareStep w 0 a).2 : Nat) ≤
      exp (2 * y) * (2 ^ w : Nat) := by
  have h₀ := mul_nonneg (natCast_nonneg (R := R) a.1) (natCast_nonneg (2 ^ a.2))
  have h₁ := mul_le_mul h h h₀ (Std.le_trans h₀ h)
  have hw := natCast_two_pow_pos (R := R) w
  have h₂ := natCast_div_mul_le (R := R) (a.1 * a.1)
    (2 ^ (w + (log2 (a.1 * a.1) - 2 * w)))
  unfold squareStep
  dsimp only
  generalize log2 (a.1 * a.1) - 2 * w = k at *
  rw [exp_two_mul, two_pow_add, Nat.two_mul, two_pow_add, Nat.add_zero]
  rw [natCast_mul, two_pow_add] at h₂
  have h₃ := mul_le_mul_of_nonneg_right h₂
    (mul_nonneg (natCast_nonneg (R := R) (2 ^ a.2)) (natCast_nonneg (2 ^ a.2)))
  exact le_of_mul_le_mul_left hw (by grind)

private theorem squareStep_high {w : Nat} {a : Nat × Nat}
    (h : exp y * (2 ^ w : Nat) ≤ (a.1 : R) * (2 ^ a.2 : Nat)) :
    exp (2 * y) * (2 ^ w : Nat) ≤
      ((squareStep w 1 a).1 : R) * (2 ^ (squareStep w 1 a).2 : Nat) := by
  have hw := natCast_two_pow_pos (R := R) w
  have h₀ := Std.le_of_lt (mul_pos (exp_pos y) hw)
  have h₁ := mul_le_mul h h h₀ (Std.le_trans h₀ h)
  have h₂ := le_natCast_div_add_one_mul (R := R) (a.1 * a.1)
    (b := 2 ^ (w + (log2 (a.1 * a.1) - 2 * w))) (Nat.pow_pos (by decide))
  unfold squareStep
  dsimp only
  generalize log2 (a.1 * a.1) - 2 * w = k at *
  rw [exp_two_mul, two_pow_add, Nat.two_mul, two_pow_add]
  rw [natCast_mul, two_pow_add] at h₂
  have h₃ := mul_le_mul_of_nonneg_right h₂
    (mul_nonneg (natCast_nonneg (R := R) (2 ^ a.2)) (natCast_nonneg (2 ^ a.2)))
  exact le_of_mul_le_mul_left hw (by grind)

private theorem two_pow_succ_mul (k : Nat) (y : R) :
    ((2 ^ (k + 1) : Nat) : R) * y = 2 * (((2 ^ k : Nat) : R) * y) := by
  rw [Nat.pow_succ, natCast_mul]
  grind

/-- Squaring from below. -/
theorem squares_low {w : Nat} {a : Nat × Nat}
    (h : (a.1 : R) * (2 ^ a.2 : Nat) ≤ exp y * (2 ^ w : Nat)) (k : Nat) :
    ((squares w 0 a k).1 : R) * (2 ^ (squares w 0 a k).2 : Nat) ≤
      exp ((2 ^ k : Nat) * y) * (2 ^ w : Nat) := by
  induction k with
  | zero => rwa [Nat.pow_zero, show ((1 : Nat) : R) * y = y by grind]
  | succ k ih => rw [two_pow_succ_mul]; exact squareStep_low ih

/-- Squaring from above. -/
theorem squares_high {w : Nat} {a : Nat × Nat}
    (h : exp y * (2 ^ w : Nat) ≤ (a.1 : R) * (2 ^ a.2 : Nat)) (k : Nat) :
    exp ((2 ^ k : Nat) * y) * (2 ^ w : Nat) ≤
      ((squares w 1 a k).1 : R) * (2 ^ (squares w 1 a k).2 : Nat) := by
  induction k with
  | zero => rwa [Nat.pow_zero, show ((1 : Nat) : R) * y = y by grind]
  | succ k ih => rw [two_pow_succ_mul]; exact squareStep_high ih

/-! ### Rational numbers -/

/-- The number with mantissa `a.1`, in units of `2 ^ -w`, and exponent `a.2`. -/
@[expose] def toRat (w : Nat) (a : Nat × Nat) : Rat :=
  if w ≤ a.2 then ((a.1 * 2 ^ (a.2 - w) : Nat) : Rat) else mkRat a.1 (2 ^ (w - a.2))

/-- What the number with a mantissa and an exponent is. -/
theorem ratCast_toRat_mul (w : Nat) (a : Nat × Nat) :
    (toRat w a : R) * (2 ^ w : Nat) = (a.1 : R) * (2 ^ a.2 : Nat) := by
  unfold toRat
  split
  · next h =>
    rw [ratCast_natCast, ← natCast_mul, Nat.mul_assoc, ← Nat.pow_add, Nat.sub_add_cancel h,
      natCast_mul]
  · next h =>
    have hk := natCast_two_pow_pos (R := R) (w - a.2)
    rw [Rat.mkRat_eq_div, ratCast_div, ← Rat.intCast_natCast, ratCast_intCast, ratCast_intCast,
      intCast_natCast, intCast_natCast]
    rw [show w = (w - a.2) + a.2 by omega, two_pow_add,
      show w - a.2 + a.2 - a.2 = w - a.2 by omega]
    generalize ((2 ^ (w - a.2) : Nat) : R) = K at *
    grind

end DeepTheory.Certificates
