module

public import DeepTheory.Certificates.Expr

/-!
# Checks of bounds by the kernel

A check that the kernel evaluates to `true` bounds the value of a formula.

## Main definitions
* `DeepTheory.Certificates.checkLe`, `DeepTheory.Certificates.checkGe`: the checks.

## Main theorems
* `DeepTheory.Certificates.check_sound`: a check that succeeds bounds the value from above.
* `DeepTheory.Certificates.checkGe_sound`: its twin from below.
* `DeepTheory.Certificates.check_sound_at`: the same at rational arguments.

## References
* R. E. Moore, R. B. Kearfott, M. J. Cloud, *Introduction to Interval Analysis*, 2009, chapter 5.
-/

public section

namespace DeepTheory.Certificates

universe u

variable {R : Type u} [RealField R]

/-- The check that a formula is at most `b`. -/
@[expose] def checkLe (p : Nat) (e : Expr) (boxes : Nat → Interval) (b : Rat) : Bool :=
  match e.bounds p boxes [] with
  | none => false
  | some I => decide (I.hi ≤ b)

/-- The check that a formula is at least `b`. -/
@[expose] def checkGe (p : Nat) (e : Expr) (boxes : Nat → Interval) (b : Rat) : Bool :=
  match e.bounds p boxes [] with
  | none => false
  | some I => decide (b ≤ I.lo)

/-! ### Soundness -/

/-- The intervals with both ends at the given rational numbers, and at zero after the last. -/
@[expose] def pointBoxes (qs : List Rat) (i : Nat) : Interval := .point (ratAt qs i)

/-- The given rational numbers as values of the variables, and zero after the last. -/
@[expose] noncomputable def ratEnv (R : Type u) [RealField R] (qs : List Rat) (i : Nat) : R :=
  ((ratAt qs i : Rat) : R)

/-- **Checked bounds are bounds.** If the check of a formula against a rational number `b`
succeeds, with the variables in intervals with rational ends, then the value of the formula is at
most `b`, in every real field and for all values of the variables in those intervals.  The check
is a program on rational numbers that the kernel of Lean runs, so that a bound at concrete numbers
is a theorem without any trust in floating-point arithmetic (Moore, Kearfott, Cloud 2009,
Theorem 5.1).

* controls: numerics
* assumes: the check evaluates to true; each variable lies in its interval
* bound: none
* witness: Certificates.check_sound_witness
* sharp: Certificates.check_sound_sharp (an exact value is accepted, and no smaller number is, at
  any precision)
* source: Moore, Kearfott, Cloud 2009, Theorem 5.1 -/
theorem check_sound {p : Nat} {e : Expr} {boxes : Nat → Interval} {b : Rat} {env : Nat → R}
    (hc : checkLe p e boxes b = true) (h : ∀ i, (boxes i).Contains (env i)) :
    e.eval env ≤ (b : R) := by
  unfold checkLe at hc
  split at hc
  · exact absurd hc (by simp)
  · next I hI =>
    exact Std.le_trans (encloses_bounds p h e [] I hI).2 (ratCast_le.2 (of_decide_eq_true hc))

/-- A check from below that succeeds bounds the value from below. -/
theorem checkGe_sound {p : Nat} {e : Expr} {boxes : Nat → Interval} {b : Rat} {env : Nat → R}
    (hc : checkGe p e boxes b = true) (h : ∀ i, (boxes i).Contains (env i)) :
    (b : R) ≤ e.eval env := by
  unfold checkGe at hc
  split at hc
  · exact absurd hc (by simp)
  · next I hI =>
    exact Std.le_trans (ratCast_le.2 (of_decide_eq_true hc)) (encloses_bounds p h e [] I hI).1

/-- Rational values lie in their own intervals. -/
theorem contains_pointBoxes (qs : List Rat) (i : Nat) :
    (pointBoxes qs i).Contains (ratEnv R qs i) := contains_point _

/-- The check at rational arguments bounds the value there. -/
theorem check_sound_at {p : Nat} {e : Expr} {qs : List Rat} {b : Rat}
    (hc : checkLe p e (pointBoxes qs) b = true) : e.eval (ratEnv R qs) ≤ (b : R) :=
  check_sound hc (contains_pointBoxes qs)

/-- The check from below at rational arguments bounds the value there. -/
theorem checkGe_sound_at {p : Nat} {e : Expr} {qs : List Rat} {b : Rat}
    (hc : checkGe p e (pointBoxes qs) b = true) : (b : R) ≤ e.eval (ratEnv R qs) :=
  checkGe_sound hc (contains_pointBoxes qs)

/-- No check, at any precision, accepts a number below the value. -/
theorem checkLe_eq_false {p : Nat} {e : Expr} {boxes : Nat → Interval} {b : Rat} {env : Nat → R}
    (h : ∀ i, (boxes i).Contains (env i)) (hb : (b : R) < e.eval env) :
    checkLe p e boxes b = false := by
  cases hc : checkLe p e boxes b with
  | false => rfl
  | true => have := check_sound hc h; grind

/-! ### Instances -/

/-- Twice the square root of the first variable, plus a third of the exponential of the second. -/
@[expose] def sampleExpr : Expr :=
  .add (.mul (.num 2) (.sqrt (.var 0))) (.div (.exp (.var 1)) (.num 3))

/-- The sample formula `2 * sqrt x + exp y / 3`, at two and one: the kernel accepts the ten-digit
number next above its value as a bound, and so it is one. -/
theorem check_sound_witness :
    checkLe 64 sampleExpr (pointBoxes [2, 1]) (3734521068 / 1000000000) = true ∧
      (∀ i, (pointBoxes [2, 1] i).Contains (ratEnv R [2, 1] i)) ∧
      sampleExpr.eval (ratEnv R [2, 1]) ≤ ((3734521068 / 1000000000 : Rat) : R) := by
  have h : checkLe 64 sampleExpr (pointBoxes [2, 1]) (3734521068 / 1000000000) = true := by
    decide +kernel
  exact ⟨h, contains_pointBoxes _, check_sound_at h⟩

/-- The ten-digit number next below the value of the sample formula is refused. -/
theorem checkLe_sampleExpr_eq_false :
    checkLe 64 sampleExpr (pointBoxes [2, 1]) (3734521067 / 1000000000) = false := by
  decide +kernel

/-- A third of the square root of the first variable. -/
@[expose] def exactExpr : Expr := .div (.sqrt (.var 0)) (.num 3)

/-- The check accepts the exact value `2 / 3` of `sqrt 4 / 3`, and at no precision any number
below it. -/
theorem check_sound_sharp :
    checkLe 64 exactExpr (pointBoxes [4]) (2 / 3) = true ∧
      exactExpr.eval (ratEnv R [4]) = ((2 / 3 : Rat) : R) ∧
      ∀ (p : Nat) (b : Rat), b < 2 / 3 → checkLe p exactExpr (pointBoxes [4]) b = false := by
  have h : checkLe 64 exactExpr (pointBoxes [4]) (2 / 3) = true := by decide +kernel
  have h' : checkGe 64 exactExpr (pointBoxes [4]) (2 / 3) = true := by decide +kernel
  have h₁ : exactExpr.eval (ratEnv R [4]) = ((2 / 3 : Rat) : R) :=
    Std.le_antisymm (check_sound_at h) (checkGe_sound_at h')
  refine ⟨h, h₁, fun p b hb => checkLe_eq_false (R := R) (contains_pointBoxes [4]) ?_⟩
  rw [h₁]
  exact ratCast_lt.2 hb

end DeepTheory.Certificates
