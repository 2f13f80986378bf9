module

public import DeepTheory.Certificates.FixedPoint
public import DeepTheory.Reals.Rpow

/-!
# Exponentials and logarithms of intervals

The exponential function from fixed-point arithmetic; the logarithm from a guess, which one
exponential turns into an enclosure.

## Main definitions
* `DeepTheory.Certificates.expRat`, `DeepTheory.Certificates.logRat`: enclosures at a rational
  number.
* `DeepTheory.Certificates.Interval.exp`, `log`, `rpow`: those of intervals.

## Main theorems
* `DeepTheory.Certificates.contains_exp`, `DeepTheory.Certificates.contains_log`,
  `DeepTheory.Certificates.contains_rpow`: soundness.

## References
* W. Tucker, *Validated Numerics*, 2011, chapter 3.
-/

public section

namespace DeepTheory.Certificates

universe u

variable {R : Type u} [RealField R] {x y : R}

/-! ### Exponentials -/

/-- How often the argument `q` is halved to come below `1 / 32`. -/
@[expose] def halvings (q : Rat) : Nat := log2 q.num.natAbs + 6 - log2 q.den

/-- An enclosure of the exponential function at a nonnegative rational number: in units of
`2 ^ -w`, the halved argument is at least `X` and at most `X + 1`. -/
@[expose] def expNonneg (p : Nat) (q : Rat) : Option Interval :=
  let k := halvings q
  let w := p + k + 8
  let n := w / 7 + 4
  let X := q.num.toNat * 2 ^ w / (q.den * 2 ^ k)
  let low := lowTaylor w X n
  let high := highTaylor w (X + 1) n
  if high.2 < 2 ^ w then
    some ⟨toRat w (squares w 0 (low.1, 0) k),
      toRat w (squares w 1 (high.1 * 2 ^ w / (2 ^ w - high.2) + 1, 0) k)⟩
  else none

private theorem halved_bounds {q : Rat} (hq : 0 ≤ q) (w k : Nat) :
    ((q.num.toNat * 2 ^ w / (q.den * 2 ^ k) : Nat) : R) ≤
        (q : R) / (2 ^ k : Nat) * (2 ^ w : Nat) ∧
      (q : R) / (2 ^ k : Nat) * (2 ^ w : Nat) ≤
        ((q.num.toNat * 2 ^ w / (q.den * 2 ^ k) + 1 : Nat) : R) := by
  have hd : (0 : R) < (q.den : R) := natCast_pos q.den_pos
  have hk := natCast_two_pow_pos (R := R) k
  have hn : (q.num.toNat : Int) = q.num := Int.toNat_of_nonneg (Rat.num_nonneg.2 hq)
  have hq' : (q : R) * q.den = q.num.toNat := by
    have h : ((q.num.toNat : Int) : R) = (q.num : R) := by rw [hn]
    rw [intCast_natCast] at h
    rw [h]
    exact div_mul_cancel (by grind)
  have h₁ := natCast_div_mul_le (R := R) (q.num.toNat * 2 ^ w) (q.den * 2 ^ k)
  have h₂ := le_natCast_div_add_one_mul (R := R) (q.num.toNat * 2 ^ w) (b := q.den * 2 ^ k)
    (Nat.mul_pos q.den_pos (Nat.pow_pos (by decide)))
  generalize q.num.toNat * 2 ^ w / (q.den * 2 ^ k) = X at *
  have e₁ : ((q.den * 2 ^ k : Nat) : R) = q.den * (2 ^ k : Nat) := by grind
  have e₂ : ((q.num.toNat * 2 ^ w : Nat) : R) = q.num.toNat * (2 ^ w : Nat) := by grind
  have e₄ : ((X + 1 : Nat) : R) = X + 1 := by grind
  rw [e₁, e₂, ← hq'] at h₁ h₂
  rw [e₄] at h₂ ⊢
  generalize ((2 ^ w : Nat) : R) = W at *
  generalize ((2 ^ k : Nat) : R) = K at *
  generalize ((X : Nat) : R) = Y at *
  generalize (q.den : R) = d at *
  have e₅ : (q : R) / K * W = q * W / K := by grind
  rw [e₅]
  refine ⟨(le_div_iff hk).2 (le_of_mul_le_mul_left hd (by grind)),
    (div_le_iff hk).2 (le_of_mul_le_mul_left hd (by grind))⟩

/-- The enclosure at a nonnegative rational number is sound. -/
theorem contains_expNonneg {p : Nat} {q : Rat} {I : Interval} (hq : 0 ≤ q)
    (h : expNonneg p q = some I) : I.Contains (exp (q : R)) := by
  unfold expNonneg at h
  dsimp only at h
  generalize halvings q = k at h
  generalize p + k + 8 = w at h
  generalize w / 7 + 4 = n at h
  have ⟨hl, hh⟩ := halved_bounds (R := R) hq w k
  generalize q.num.toNat * 2 ^ w / (q.den * 2 ^ k) = X at *
  have hk := natCast_two_pow_pos (R := R) k
  have hw := natCast_two_pow_pos (R := R) w
  have hx : 0 ≤ (q : R) / (2 ^ k : Nat) := div_nonneg (by
    have := ratCast_le (R := R).2 hq
    rwa [ratCast_zero] at this) hk
  have hy : ((2 ^ k : Nat) : R) * ((q : R) / (2 ^ k : Nat)) = q := by
    generalize ((2 ^ k : Nat) : R) = K at *
    grind
  split at h
  · next hc =>
    obtain rfl := Option.some.inj h
    have h₁ := squares_low (w := w) (y := (q : R) / (2 ^ k : Nat))
      (a := ((lowTaylor w X n).1, 0)) (by
      have := lowTaylor_le_exp hx hl n
      rwa [show ((2 ^ 0 : Nat) : R) = 1 by grind, Lean.Grind.Semiring.mul_one]) k
    have h₂ := squares_high (w := w) (y := (q : R) / (2 ^ k : Nat))
      (a := ((highTaylor w (X + 1) n).1 * 2 ^ w / (2 ^ w - (highTaylor w (X + 1) n).2) + 1, 0)) (by
        have := exp_le_highTaylor hx hh hc
        rwa [show ((2 ^ 0 : Nat) : R) = 1 by grind, Lean.Grind.Semiring.mul_one]) k
    rw [← ratCast_toRat_mul w, hy] at h₁ h₂
    unfold Interval.Contains
    dsimp only
    exact ⟨le_of_mul_le_mul_left hw (by grind), le_of_mul_le_mul_left hw (by grind)⟩
  · exact absurd h (by simp)

/-- An enclosure of the exponential function at a rational number. -/
@[expose] def expRat (p : Nat) (q : Rat) : Option Interval :=
  if 0 ≤ q then expNonneg p q
  else
    match expNonneg p (-q) with
    | none => none
    | some I => I.inv

/-- The enclosure at a rational number is sound. -/
theorem contains_expRat {p : Nat} {q : Rat} {I : Interval} (h : expRat p q = some I) :
    I.Contains (exp (q : R)) := by
  unfold expRat at h
  split at h
  · next hq => exact contains_expNonneg hq h
  next hq =>
  split at h
  · exact absurd h (by simp)
  · next J hJ =>
    have h₁ := contains_inv h (contains_expNonneg (R := R) (by grind) hJ)
    rwa [ratCast_neg, ← exp_neg, show -(-(q : R)) = q by grind] at h₁

/-- The exponentials of an interval. -/
@[expose] def Interval.exp (p : Nat) (I : Interval) : Option Interval :=
  match expRat p I.lo, expRat p I.hi with
  | some J, some K => some ((Interval.mk J.lo K.hi).round p)
  | _, _ => none

/-- The exponentials of an interval enclose exponentials. -/
theorem contains_exp {p : Nat} {I J : Interval} (h : I.exp p = some J) (hx : I.Contains x) :
    J.Contains (exp x) := by
  unfold Interval.exp at h
  split at h
  · next K L hK hL =>
    obtain rfl := Option.some.inj h
    have h₁ := (contains_expRat (R := R) hK).1
    have h₂ := (contains_expRat (R := R) hL).2
    have h₃ := exp_le_exp.2 hx.1
    have h₄ := exp_le_exp.2 hx.2
    exact contains_round p ⟨Std.le_trans h₁ h₃, Std.le_trans h₄ h₂⟩
  · exact absurd h (by simp)

/-! ### Logarithms -/

/-- An enclosure of `log q` from any guess `c`: with `e` near `exp c`, the logarithm lies between
`c + 1 - e / q` and `c + q / e - 1`. -/
@[expose] def logFrom (p : Nat) (q c : Rat) : Option Interval :=
  match expRat p c with
  | none => none
  | some E =>
    if 0 < q ∧ 0 < E.lo then some ((Interval.mk (c + 1 - E.hi / q) (c + q / E.lo - 1)).round p)
    else none

/-- The enclosure of the logarithm is sound for every guess. -/
theorem contains_logFrom {p : Nat} {q c : Rat} {I : Interval} (h : logFrom p q c = some I) :
    I.Contains (log (q : R)) := by
  unfold logFrom at h
  split at h
  · exact absurd h (by simp)
  next E hE =>
  split at h
  · next hc =>
    obtain rfl := Option.some.inj h
    have ⟨h₁, h₂⟩ := contains_expRat (R := R) hE
    have hq := ratCast_pos (R := R) hc.1
    have hl := ratCast_pos (R := R) hc.2
    have he := exp_pos (c : R)
    have h₃ := log_le_sub_one (div_pos hq he)
    have h₄ := log_le_sub_one (div_pos he hq)
    rw [log_div hq he, log_exp] at h₃
    rw [log_div he hq, log_exp] at h₄
    refine contains_round p ⟨?_, ?_⟩
    · dsimp only
      rw [ratCast_sub, ratCast_add, ratCast_one, ratCast_div]
      have : exp (c : R) / q ≤ (E.hi : R) / q := (div_le_iff hq).2 (by
        rw [div_mul_cancel (by grind)]; exact h₂)
      grind
    · dsimp only
      rw [ratCast_sub, ratCast_add, ratCast_one, ratCast_div]
      have : (q : R) / exp (c : R) ≤ q / E.lo := (div_le_iff he).2 (by
        have h₅ := div_mul_cancel (a := (q : R)) (b := E.lo) (by grind)
        have := mul_le_mul_of_nonneg_left h₁ (Std.le_of_lt (div_pos hq hl))
        grind)
      grind
  · exact absurd h (by simp)

/-- The sum of the first `n` terms of `z + z ^ 3 / 3 + z ^ 5 / 5 + …`, in units of `2 ^ -w`, the
next odd power of `z`, and its exponent; at `Z` units. -/
@[expose] def atanhSeries (w Z : Nat) : Nat → Nat × Nat × Nat
  | 0 => (0, Z, 1)
  | n + 1 =>
    let s := atanhSeries w Z n
    (s.1 + s.2.1 / s.2.2, s.2.1 * (Z * Z / 2 ^ w) / 2 ^ w, s.2.2 + 2)

/-- A guess for the logarithm of `n / d` in units of `2 ^ -w`, where it lies between one and two:
twice the inverse hyperbolic tangent of `(n - d) / (n + d)`. -/
@[expose] def logUnits (w n d : Nat) : Nat :=
  2 * (atanhSeries w ((n - d) * 2 ^ w / (n + d)) (w / 3 + 2)).1

/-- A guess for the logarithm of a positive rational number, to about `w` binary places.  Nothing
depends on its being right: whoever uses it checks it, with one exponential. -/
@[expose] def logGuess (w : Nat) (q : Rat) : Rat :=
  let n := q.num.toNat
  let d := q.den
  let two := logUnits w 2 1
  if d ≤ n then
    let k := log2 n - log2 d
    let k := if n < d * 2 ^ k then k - 1 else k
    mkRat (k * two + logUnits w n (d * 2 ^ k) : Nat) (2 ^ w)
  else
    let k := log2 d - log2 n
    let k := if d < n * 2 ^ k then k - 1 else k
    mkRat (-(k * two + logUnits w d (n * 2 ^ k) : Nat)) (2 ^ w)

/-- The number of binary places for the logarithm of `q` to `p` digits: more where `q` is near
one, and the logarithm near zero. -/
@[expose] def logPlaces (p : Nat) (q : Rat) : Nat :=
  p + 8 + (log2 q.den - log2 (q.num - q.den).natAbs)

/-- An enclosure of the logarithm of a positive rational number. -/
@[expose] def logRat (p : Nat) (q : Rat) : Option Interval :=
  let w := logPlaces p q
  logFrom w q (logGuess w q)

/-- The logarithms of an interval of positive numbers. -/
@[expose] def Interval.log (p : Nat) (I : Interval) : Option Interval :=
  match logRat p I.lo, logRat p I.hi with
  | some J, some K => if 0 < I.lo then some ((Interval.mk J.lo K.hi).round p) else none
  | _, _ => none

/-- The logarithms of an interval enclose logarithms. -/
theorem contains_log {p : Nat} {I J : Interval} (h : I.log p = some J) (hx : I.Contains x) :
    J.Contains (log x) := by
  unfold Interval.log at h
  split at h
  · next K L hK hL =>
    split at h
    · next h₀ =>
      obtain rfl := Option.some.inj h
      have h₁ := (contains_logFrom (R := R) hK).1
      have h₂ := (contains_logFrom (R := R) hL).2
      have h₀ := ratCast_pos (R := R) h₀
      have h₃ := log_le_log h₀ hx.1
      have h₄ := log_le_log (Std.lt_of_lt_of_le h₀ hx.1) hx.2
      exact contains_round p ⟨Std.le_trans h₁ h₃, Std.le_trans h₄ h₂⟩
    · exact absurd h (by simp)
  · exact absurd h (by simp)

/-! ### Real powers -/

/-- The powers of an interval of positive numbers with exponents from another one. -/
@[expose] def Interval.rpow (p : Nat) (I J : Interval) : Option Interval :=
  if 0 < I.lo then
    match I.log p with
    | none => none
    | some K => (J.mul K).exp p
  else none

/-- The powers of an interval enclose powers. -/
theorem contains_rpow {p : Nat} {I J K : Interval} (h : I.rpow p J = some K) (hx : I.Contains x)
    (hy : J.Contains y) : K.Contains (rpow x y) := by
  unfold Interval.rpow at h
  split at h
  · next h₀ =>
    split at h
    · exact absurd h (by simp)
    · next L hL =>
      rw [rpow_def_of_pos (Std.lt_of_lt_of_le (ratCast_pos (R := R) h₀) hx.1)]
      exact contains_exp h (contains_mul hy (contains_log hL hx))
  · exact absurd h (by simp)

end DeepTheory.Certificates
