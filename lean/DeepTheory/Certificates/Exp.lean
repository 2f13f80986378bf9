module

public import DeepTheory.Certificates.Power
public import DeepTheory.Reals.ExpSeries
public import DeepTheory.Reals.Rpow

/-!
# Exponentials and logarithms of intervals

The exponential function by halving the argument, the Taylor polynomial with its error, and
squaring; the logarithm from the exponential function near the point.

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

/-! ### The Taylor polynomial -/

/-- Enclosures of the sum of the first terms of the exponential series and of the next term. -/
structure TaylorState where
  /-- Encloses the sum of the terms so far. -/
  sum : Interval
  /-- Encloses the next term. -/
  term : Interval

/-- The enclosures after `n` terms at `q`, rounded to `p` bits. -/
@[expose] def taylor (p : Nat) (q : Rat) : Nat → TaylorState
  | 0 => ⟨.point 0, .point 1⟩
  | n + 1 =>
    let s := taylor p q n
    ⟨(s.sum.add s.term).round p, (s.term.mul (.point (q / (n + 1 : Nat)))).round p⟩

/-- The enclosures contain the Taylor polynomial and the next term. -/
theorem contains_taylor (p : Nat) (q : Rat) (n : Nat) :
    (taylor p q n).sum.Contains (expTaylor (q : R) n) ∧
      (taylor p q n).term.Contains (expTerm (q : R) n) := by
  induction n with
  | zero =>
    have h₀ := contains_point (R := R) 0
    have h₁ := contains_point (R := R) 1
    rw [ratCast_zero] at h₀
    rw [ratCast_one] at h₁
    exact ⟨h₀, h₁⟩
  | succ n ih =>
    refine ⟨contains_round p (contains_add ih.1 ih.2), ?_⟩
    have h := contains_point (R := R) (q / (n + 1 : Nat))
    rw [ratCast_div, ratCast_natCast] at h
    have h₁ := contains_round p (contains_mul ih.2 h)
    rwa [show expTerm (q : R) n * ((q : R) / (n + 1 : Nat)) = expTerm (q : R) (n + 1) by
      rw [expTerm_succ, Lean.Grind.Field.div_eq_mul_inv, Lean.Grind.Field.div_eq_mul_inv,
        Lean.Grind.Semiring.mul_assoc]] at h₁

/-- An enclosure of the exponential function at a nonnegative number, from `n` terms of its
series; `none` where those are too few. -/
@[expose] def expSmall (p n : Nat) (q : Rat) : Option Interval :=
  let s := taylor p q n
  if 0 ≤ q ∧ s.term.hi < 1 ∧ 0 ≤ s.sum.hi then
    some ⟨roundDown p s.sum.lo, roundUp p (s.sum.hi / (1 - s.term.hi))⟩
  else none

/-- The enclosure from the series is sound. -/
theorem contains_expSmall {p n : Nat} {q : Rat} {I : Interval} (h : expSmall p n q = some I) :
    I.Contains (exp (q : R)) := by
  have ⟨hs, ht⟩ := contains_taylor (R := R) p q n
  unfold expSmall at h
  dsimp only at h
  split at h
  · next hc =>
    obtain rfl := Option.some.inj h
    have hq := ratCast_le (R := R).2 hc.1
    rw [ratCast_zero] at hq
    have h₁ := ratCast_le (R := R).2 (roundDown_le p (taylor p q n).sum.lo)
    have h₂ := ratCast_le (R := R).2 (le_roundUp p
      ((taylor p q n).sum.hi / (1 - (taylor p q n).term.hi)))
    rw [ratCast_div, ratCast_sub, ratCast_one] at h₂
    have h₃ := ratCast_lt (R := R).2 hc.2.1
    rw [ratCast_one] at h₃
    have h₄ := expTaylor_le_exp hq n
    have h₅ := exp_mul_one_sub_expTerm_le hq n
    refine ⟨Std.le_trans (Std.le_trans h₁ hs.1) h₄, Std.le_trans ?_ h₂⟩
    refine (le_div_iff (by grind)).2 ?_
    have h₆ := mul_le_mul_of_nonneg_left ht.2 (Std.le_of_lt (exp_pos (q : R)))
    have h₇ := hs.2
    generalize exp (q : R) = e at *
    grind
  · exact absurd h (by simp)

/-! ### Any argument -/

/-- Squaring `k` times, rounded to `p` bits. -/
@[expose] def Interval.square (p : Nat) (I : Interval) : Nat → Interval
  | 0 => I
  | k + 1 =>
    let J := I.square p k
    (J.mul J).round p

/-- Squaring an enclosure of `exp x` gives enclosures of the exponentials of its doubles. -/
theorem contains_square (p : Nat) {I : Interval} (h : I.Contains (exp x)) (k : Nat) :
    (I.square p k).Contains (exp (2 ^ k * x)) := by
  induction k with
  | zero =>
    unfold Interval.square
    rwa [pow_zero, show 1 * x = x by grind]
  | succ k ih =>
    unfold Interval.square
    have h₁ := contains_round p (contains_mul ih ih)
    rwa [← exp_add, show 2 ^ k * x + 2 ^ k * x = 2 ^ (k + 1) * x by
      have := pow_succ (2 : R) k; grind] at h₁

/-- How often the argument `q` is halved. -/
@[expose] def halvings (q : Rat) : Nat := q.num.natAbs.log2 + 6 - q.den.log2

/-- An enclosure of the exponential function at a nonnegative rational number. -/
@[expose] def expNonneg (p : Nat) (q : Rat) : Option Interval :=
  let k := halvings q
  let w := p + k + 8
  match expSmall w (p / 5 + 4) (roundDown w (q / (2 ^ k : Nat))),
      expSmall w (p / 5 + 4) (roundUp w (q / (2 ^ k : Nat))) with
  | some I, some J => some ((Interval.mk I.lo J.hi).square w k)
  | _, _ => none

/-- The enclosure at a nonnegative rational number is sound. -/
theorem contains_expNonneg {p : Nat} {q : Rat} {I : Interval} (h : expNonneg p q = some I) :
    I.Contains (exp (q : R)) := by
  unfold expNonneg at h
  dsimp only at h
  generalize halvings q = k at h
  split at h
  · next I J hI hJ =>
    obtain rfl := Option.some.inj h
    have h₁ := contains_expSmall (R := R) hI
    have h₂ := contains_expSmall (R := R) hJ
    have h₃ := exp_le_exp.2 (ratCast_le (R := R).2 (roundDown_le (p + k + 8) (q / (2 ^ k : Nat))))
    have h₄ := exp_le_exp.2 (ratCast_le (R := R).2 (le_roundUp (p + k + 8) (q / (2 ^ k : Nat))))
    have h₅ : (Interval.mk I.lo J.hi).Contains (exp ((q / (2 ^ k : Nat) : Rat) : R)) :=
      ⟨Std.le_trans h₁.1 h₃, Std.le_trans h₄ h₂.2⟩
    have h₆ := contains_square (p + k + 8) h₅ k
    have hp := pow_pos (show (0 : R) < 2 by grind) k
    have hc : ((2 ^ k : Nat) : R) = 2 ^ k := by
      rw [Lean.Grind.Semiring.natCast_pow, show ((2 : Nat) : R) = 2 by grind]
    rw [ratCast_div, ratCast_natCast, hc, show 2 ^ k * ((q : R) / 2 ^ k) = q by grind] at h₆
    exact h₆
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
  · exact contains_expNonneg h
  split at h
  · exact absurd h (by simp)
  · next J hJ =>
    have h₁ := contains_inv h (contains_expNonneg (R := R) hJ)
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

/-- Improved guesses for the logarithm: the middles of enclosures.  Each step triples the number
of correct digits. -/
@[expose] def logGuess (p : Nat) (q : Rat) : Nat → Rat → Rat
  | 0, c => c
  | k + 1, c =>
    match logFrom p q c with
    | none => c
    | some I => logGuess p q k (roundDown p ((I.lo + I.hi) / 2))

/-- The first guess for the logarithm, from the number of binary digits. -/
@[expose] def logStart (q : Rat) : Rat :=
  mkRat ((q.num.natAbs.log2 : Int) - (q.den.log2 : Int)) 1 * mkRat 693 1000

/-- An enclosure of the logarithm of a positive rational number. -/
@[expose] def logRat (p : Nat) (q : Rat) : Option Interval :=
  logFrom (p + 8) q (logGuess (p + 8) q (3 + p / 128) (logStart q))

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
