module

public import DeepTheory.Certificates.Interval

/-!
# Powers and square roots of intervals

## Main definitions
* `DeepTheory.Certificates.Interval.pow`: natural powers, by repeated squaring with rounding.
* `DeepTheory.Certificates.Interval.sqrt`: square roots, from integer square roots that are
  verified by squaring them.

## Main theorems
* `DeepTheory.Certificates.contains_pow`, `DeepTheory.Certificates.contains_sqrt`: soundness.

## References
* R. E. Moore, R. B. Kearfott, M. J. Cloud, *Introduction to Interval Analysis*, 2009, chapter 5.
-/

public section

namespace DeepTheory.Certificates

universe u

variable {R : Type u} [RealField R] {x y : R}

/-! ### Natural powers -/

/-- The power of an interval, multiplied out. -/
@[expose] def Interval.powMul (I : Interval) : Nat → Interval
  | 0 => .point 1
  | n + 1 => (I.powMul n).mul I

/-- The power of an interval by repeated squaring, each step rounded to `p` bits.  The first
argument bounds the number of steps: `log2 n + 1` of them suffice, and where it runs out the
product is multiplied out. -/
@[expose] def Interval.powSteps (p : Nat) (I : Interval) : Nat → Nat → Interval
  | 0, n => I.powMul n
  | f + 1, n =>
    if n = 0 then .point 1
    else
      let J := I.powSteps p f (n / 2)
      if n % 2 = 0 then (J.mul J).round p else (((J.mul J).round p).mul I).round p

/-- The power of an interval, rounded to `p` bits. -/
@[expose] def Interval.pow (p : Nat) (I : Interval) (n : Nat) : Interval :=
  (if n % 2 = 0 then I.abs else I).powSteps p (log2 n + 1) n

private theorem contains_one : (Interval.point 1).Contains (1 : R) := by
  have := contains_point (R := R) 1
  rwa [ratCast_one] at this

private theorem pow_two_mul (x : R) (n : Nat) : x ^ (2 * n) = x ^ n * x ^ n := by
  rw [← pow_add, Nat.two_mul]

/-- Repeated products enclose powers. -/
theorem contains_powMul {I : Interval} (hx : I.Contains x) (n : Nat) :
    (I.powMul n).Contains (x ^ n) := by
  induction n with
  | zero => rw [pow_zero]; exact contains_one
  | succ n ih => rw [pow_succ]; exact contains_mul ih hx

/-- Repeated squaring encloses powers, however many steps it is given. -/
theorem contains_powSteps (p : Nat) {I : Interval} (hx : I.Contains x) (f n : Nat) :
    (I.powSteps p f n).Contains (x ^ n) := by
  induction f generalizing n with
  | zero =>
    unfold Interval.powSteps
    exact contains_powMul hx n
  | succ f ih =>
    unfold Interval.powSteps
    have h := contains_round p (contains_mul (ih (n / 2)) (ih (n / 2)))
    rw [← pow_two_mul] at h
    dsimp only
    split
    · next h₀ => rw [h₀, pow_zero]; exact contains_one
    split
    · next h₁ => rwa [show 2 * (n / 2) = n by omega] at h
    · next h₁ =>
      have := contains_round p (contains_mul h hx)
      rwa [← pow_succ, show 2 * (n / 2) + 1 = n by omega] at this

private theorem abs_pow_even {n : Nat} (h : n % 2 = 0) (x : R) : abs x ^ n = x ^ n := by
  obtain ⟨m, rfl⟩ : ∃ m, n = 2 * m := ⟨n / 2, by omega⟩
  rw [pow_two_mul, pow_two_mul, ← mul_pow, ← mul_pow, show abs x * abs x = x * x by
    have := sq_abs x; grind]

/-- The power of an interval encloses powers. -/
theorem contains_pow (p : Nat) {I : Interval} (hx : I.Contains x) (n : Nat) :
    (I.pow p n).Contains (x ^ n) := by
  unfold Interval.pow
  split
  · next h => rw [← abs_pow_even h]; exact contains_powSteps p (contains_abs hx) _ n
  · exact contains_powSteps p hx _ n

/-! ### Square roots -/

/-- Newton's iteration for the integer square root, until it stops to decrease. -/
@[expose] def natSqrtSteps (n : Nat) : Nat → Nat → Nat
  | 0, x => x
  | f + 1, x =>
    let y := (x + n / x) / 2
    if y < x then natSqrtSteps n f y else x

/-- The integer square root of `n`, as a candidate: whoever uses it squares it to check. -/
@[expose] def natSqrt (n : Nat) : Nat := natSqrtSteps n (log2 n + 2) (2 ^ (log2 n / 2 + 1))

/-- A candidate for a square root from below, with about `p` significant bits. -/
@[expose] def sqrtCandidate (p : Nat) (q : Rat) : Rat :=
  let n := q.num.toNat
  let s := p + (log2 q.den - log2 n) / 2 + 1
  mkRat (natSqrt (n * 4 ^ s / q.den)) (2 ^ s)

/-- A rational number that is at most the square root of `q`: the candidate, where its square
confirms it, and zero else. -/
@[expose] def sqrtDown (p : Nat) (q : Rat) : Rat :=
  let c := sqrtCandidate p q
  if 0 ≤ c ∧ c * c ≤ q then c else 0

/-- A rational number that is at least the square root of `q`: the candidate, or its successor,
where its square confirms it, and the larger of one and `q` else. -/
@[expose] def sqrtUp (p : Nat) (q : Rat) : Rat :=
  let c := sqrtCandidate p q
  if 0 ≤ c ∧ q ≤ c * c then c
  else
    let d := c + mkRat 1 (2 ^ (p + (log2 q.den - log2 q.num.toNat) / 2 + 1))
    if 0 ≤ d ∧ q ≤ d * d then d else ratMax 1 q

/-- The square roots of an interval; the square root of a negative number is zero. -/
@[expose] def Interval.sqrt (p : Nat) (I : Interval) : Interval :=
  ⟨sqrtDown p I.lo, sqrtUp p I.hi⟩

/-- The lower bound of the square root is one. -/
theorem sqrtDown_le (p : Nat) (q : Rat) : (sqrtDown p q : R) ≤ sqrt (q : R) := by
  unfold sqrtDown
  dsimp only
  split
  · next h =>
    have h₁ := ratCast_le (R := R).2 h.2
    rw [ratCast_mul] at h₁
    exact le_sqrt_of_sq_le (by grind)
  · rw [ratCast_zero]
    exact sqrt_nonneg _

private theorem sqrt_le_of_le_mul {c q : Rat} (h₀ : 0 ≤ c) (h : q ≤ c * c) :
    sqrt (q : R) ≤ c := by
  have h₁ := ratCast_le (R := R).2 h
  have h₂ := ratCast_le (R := R).2 h₀
  rw [ratCast_mul] at h₁
  rw [ratCast_zero] at h₂
  exact sqrt_le_iff.2 ⟨h₂, by grind⟩

/-- The upper bound of the square root is one. -/
theorem le_sqrtUp (p : Nat) (q : Rat) : sqrt (q : R) ≤ sqrtUp p q := by
  unfold sqrtUp
  dsimp only
  split
  · next h => exact sqrt_le_of_le_mul h.1 h.2
  split
  · next h => exact sqrt_le_of_le_mul h.1 h.2
  · have h := le_ratMax 1 q
    have h₁ := Rat.mul_le_mul_of_nonneg_right h.1 (show 0 ≤ ratMax 1 q by grind)
    exact sqrt_le_of_le_mul (by grind) (by grind)

/-- The square roots of an interval enclose square roots. -/
theorem contains_sqrt (p : Nat) {I : Interval} (hx : I.Contains x) :
    (I.sqrt p).Contains (sqrt x) := by
  have h₁ := sqrtDown_le (R := R) p I.lo
  have h₂ := le_sqrtUp (R := R) p I.hi
  have h₃ := sqrt_le_sqrt hx.1
  have h₄ := sqrt_le_sqrt hx.2
  unfold Interval.Contains Interval.sqrt
  dsimp only
  grind

end DeepTheory.Certificates
