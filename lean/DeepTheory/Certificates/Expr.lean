module

public import DeepTheory.Certificates.Exp

/-!
# Formulas that the kernel bounds

A formula is a tree; its value lives in a real field, its enclosure is computed from intervals
with rational ends.  A check that the kernel evaluates to `true` bounds the value.

## Main definitions
* `DeepTheory.Certificates.Expr`: formulas.
* `DeepTheory.Certificates.Expr.eval`: their values in a real field.
* `DeepTheory.Certificates.Expr.bounds`: enclosures.
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

variable {R : Type u} [RealField R] {x y : R}

/-- Formulas: variables, rational numbers, and the operations of the library's bounds. -/
inductive Expr where
  /-- The variable with this number. -/
  | var (i : Nat)
  /-- A rational number. -/
  | num (q : Rat)
  /-- A sum. -/
  | add (a b : Expr)
  /-- A difference. -/
  | sub (a b : Expr)
  /-- A product. -/
  | mul (a b : Expr)
  /-- A quotient. -/
  | div (a b : Expr)
  /-- A negative. -/
  | neg (a : Expr)
  /-- A natural power. -/
  | pow (a : Expr) (n : Nat)
  /-- A square root. -/
  | sqrt (a : Expr)
  /-- An absolute value. -/
  | abs (a : Expr)
  /-- The smaller of two values. -/
  | min (a b : Expr)
  /-- The larger of two values. -/
  | max (a b : Expr)
  /-- An exponential. -/
  | exp (a : Expr)
  /-- A logarithm. -/
  | log (a : Expr)
  /-- A real power. -/
  | rpow (a b : Expr)

open Classical in
/-- The value of a formula in a real field. -/
@[expose] noncomputable def Expr.eval (env : Nat → R) : Expr → R
  | .var i => env i
  | .num q => q
  | .add a b => a.eval env + b.eval env
  | .sub a b => a.eval env - b.eval env
  | .mul a b => a.eval env * b.eval env
  | .div a b => a.eval env / b.eval env
  | .neg a => -a.eval env
  | .pow a n => a.eval env ^ n
  | .sqrt a => DeepTheory.sqrt (a.eval env)
  | .abs a => DeepTheory.abs (a.eval env)
  | .min a b => if a.eval env ≤ b.eval env then a.eval env else b.eval env
  | .max a b => if a.eval env ≤ b.eval env then b.eval env else a.eval env
  | .exp a => DeepTheory.exp (a.eval env)
  | .log a => DeepTheory.log (a.eval env)
  | .rpow a b => DeepTheory.rpow (a.eval env) (b.eval env)

/-- An operation of one argument on enclosures that may be missing. -/
@[expose] def lift₁ (f : Interval → Option Interval) : Option Interval → Option Interval
  | some I => f I
  | none => none

/-- An operation of two arguments on enclosures that may be missing. -/
@[expose] def lift₂ (f : Interval → Interval → Option Interval) :
    Option Interval → Option Interval → Option Interval
  | some I, some J => f I J
  | _, _ => none

/-- Rounding of an enclosure that may be missing. -/
@[expose] def roundSome (p : Nat) : Option Interval → Option Interval :=
  lift₁ fun I => some (I.round p)

/-- An enclosure of the value of a formula, to about `p` significant bits, for variables in the
given intervals.  It is `none` where a denominator, or the argument of a logarithm or of a real
power, is not seen to be away from zero. -/
@[expose] def Expr.bounds (p : Nat) (boxes : Nat → Interval) : Expr → Option Interval
  | .var i => some (boxes i)
  | .num q => some (.point q)
  | .add a b => lift₂ (fun I J => some ((I.add J).round p)) (a.bounds p boxes) (b.bounds p boxes)
  | .sub a b => lift₂ (fun I J => some ((I.sub J).round p)) (a.bounds p boxes) (b.bounds p boxes)
  | .mul a b => lift₂ (fun I J => some ((I.mul J).round p)) (a.bounds p boxes) (b.bounds p boxes)
  | .div a b =>
    lift₂ (fun I J => roundSome p (I.div J)) (a.bounds p boxes) (b.bounds p boxes)
  | .neg a => lift₁ (fun I => some I.neg) (a.bounds p boxes)
  | .pow a n => lift₁ (fun I => some (I.pow p n)) (a.bounds p boxes)
  | .sqrt a => lift₁ (fun I => some (I.sqrt p)) (a.bounds p boxes)
  | .abs a => lift₁ (fun I => some I.abs) (a.bounds p boxes)
  | .min a b => lift₂ (fun I J => some (I.min J)) (a.bounds p boxes) (b.bounds p boxes)
  | .max a b => lift₂ (fun I J => some (I.max J)) (a.bounds p boxes) (b.bounds p boxes)
  | .exp a => lift₁ (fun I => I.exp p) (a.bounds p boxes)
  | .log a => lift₁ (fun I => I.log p) (a.bounds p boxes)
  | .rpow a b => lift₂ (fun I J => I.rpow p J) (a.bounds p boxes) (b.bounds p boxes)

/-- The check that a formula is at most `b`. -/
@[expose] def checkLe (p : Nat) (e : Expr) (boxes : Nat → Interval) (b : Rat) : Bool :=
  match e.bounds p boxes with
  | none => false
  | some I => decide (I.hi ≤ b)

/-- The check that a formula is at least `b`. -/
@[expose] def checkGe (p : Nat) (e : Expr) (boxes : Nat → Interval) (b : Rat) : Bool :=
  match e.bounds p boxes with
  | none => false
  | some I => decide (b ≤ I.lo)

/-! ### Soundness -/

/-- An enclosure that may be missing contains a value where it is there. -/
@[expose] def Encloses (o : Option Interval) (x : R) : Prop := ∀ I, o = some I → I.Contains x

private theorem encloses_some {I : Interval} (h : I.Contains x) : Encloses (some I) x :=
  fun J hJ => by
    obtain rfl := Option.some.inj hJ
    exact h

private theorem encloses_lift₁ {f : Interval → Option Interval} {o : Option Interval} {z : R}
    (h : Encloses o x) (hf : ∀ I, I.Contains x → Encloses (f I) z) : Encloses (lift₁ f o) z := by
  intro K hK
  cases o with
  | none => exact absurd hK (by simp [lift₁])
  | some I => exact hf I (h I rfl) K hK

private theorem encloses_lift₂ {f : Interval → Interval → Option Interval}
    {o o' : Option Interval} {z : R} (h : Encloses o x) (h' : Encloses o' y)
    (hf : ∀ I J, I.Contains x → J.Contains y → Encloses (f I J) z) :
    Encloses (lift₂ f o o') z := by
  intro K hK
  cases o with
  | none => exact absurd hK (by simp [lift₂])
  | some I =>
    cases o' with
    | none => exact absurd hK (by simp [lift₂])
    | some J => exact hf I J (h I rfl) (h' J rfl) K hK

/-- The computed enclosure contains the value. -/
theorem encloses_bounds (p : Nat) {boxes : Nat → Interval} {env : Nat → R}
    (h : ∀ i, (boxes i).Contains (env i)) (e : Expr) :
    Encloses (e.bounds p boxes) (e.eval env) := by
  induction e with
  | var i => exact encloses_some (h i)
  | num q => exact encloses_some (contains_point q)
  | add a b ha hb =>
    exact encloses_lift₂ ha hb fun I J hI hJ =>
      encloses_some (contains_round p (contains_add hI hJ))
  | sub a b ha hb =>
    exact encloses_lift₂ ha hb fun I J hI hJ =>
      encloses_some (contains_round p (contains_sub hI hJ))
  | mul a b ha hb =>
    exact encloses_lift₂ ha hb fun I J hI hJ =>
      encloses_some (contains_round p (contains_mul hI hJ))
  | div a b ha hb =>
    exact encloses_lift₂ ha hb fun I J hI hJ =>
      encloses_lift₁ (fun K hK => contains_div hK hI hJ) fun K hK =>
        encloses_some (contains_round p hK)
  | neg a ha => exact encloses_lift₁ ha fun I hI => encloses_some (contains_neg hI)
  | pow a n ha => exact encloses_lift₁ ha fun I hI => encloses_some (contains_pow p hI n)
  | sqrt a ha => exact encloses_lift₁ ha fun I hI => encloses_some (contains_sqrt p hI)
  | abs a ha => exact encloses_lift₁ ha fun I hI => encloses_some (contains_abs hI)
  | min a b ha hb =>
    exact encloses_lift₂ ha hb fun I J hI hJ =>
      encloses_some (contains_min hI hJ)
  | max a b ha hb =>
    exact encloses_lift₂ ha hb fun I J hI hJ =>
      encloses_some (contains_max hI hJ)
  | exp a ha => exact encloses_lift₁ ha fun I hI K hK => contains_exp hK hI
  | log a ha => exact encloses_lift₁ ha fun I hI K hK => contains_log hK hI
  | rpow a b ha hb => exact encloses_lift₂ ha hb fun I J hI hJ K hK => contains_rpow hK hI hJ

/-- The entry of a list of rational numbers, and zero after the last. -/
@[expose] def ratAt : List Rat → Nat → Rat
  | [], _ => 0
  | q :: _, 0 => q
  | _ :: qs, i + 1 => ratAt qs i

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
Theorem 5.1). -/
theorem check_sound {p : Nat} {e : Expr} {boxes : Nat → Interval} {b : Rat} {env : Nat → R}
    (hc : checkLe p e boxes b = true) (h : ∀ i, (boxes i).Contains (env i)) :
    e.eval env ≤ (b : R) := by
  unfold checkLe at hc
  split at hc
  · exact absurd hc (by simp)
  · next I hI =>
    exact Std.le_trans (encloses_bounds p h e I hI).2 (ratCast_le.2 (of_decide_eq_true hc))

/-- A check from below that succeeds bounds the value from below. -/
theorem checkGe_sound {p : Nat} {e : Expr} {boxes : Nat → Interval} {b : Rat} {env : Nat → R}
    (hc : checkGe p e boxes b = true) (h : ∀ i, (boxes i).Contains (env i)) :
    (b : R) ≤ e.eval env := by
  unfold checkGe at hc
  split at hc
  · exact absurd hc (by simp)
  · next I hI =>
    exact Std.le_trans (ratCast_le.2 (of_decide_eq_true hc)) (encloses_bounds p h e I hI).1

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
