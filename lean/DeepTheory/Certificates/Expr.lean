module

public import DeepTheory.Certificates.Exp
public import DeepTheory.Reals.MaxMin
public import DeepTheory.Reals.Binomial
public import DeepTheory.Reals.Product

/-!
# Formulas that the kernel bounds

A formula is a tree.  Its value lives in a real field, and is by unfolding the value of the Lean
definition that it stands for; its enclosure is computed from intervals with rational ends.

## Main definitions
* `DeepTheory.Certificates.NExpr`, `DeepTheory.Certificates.NExpr.eval`: formulas of natural
  numbers, such as the exponents and the indices of sums.
* `DeepTheory.Certificates.Expr`, `DeepTheory.Certificates.Expr.eval`: formulas of real numbers.
* `DeepTheory.Certificates.Expr.bounds`: enclosures.

## Main theorems
* `DeepTheory.Certificates.encloses_bounds`: the enclosure contains the value.

## References
* R. E. Moore, R. B. Kearfott, M. J. Cloud, *Introduction to Interval Analysis*, 2009, chapter 5.
-/

public section

namespace DeepTheory.Certificates

universe u

variable {R : Type u} [RealField R] {x y : R}

/-- How two numbers are compared. -/
inductive Rel where
  /-- Less. -/
  | lt
  /-- Less or equal. -/
  | le
  /-- Equal. -/
  | eq

/-- Formulas of natural numbers.  Subtraction stops at zero and division rounds down, as in Lean. -/
inductive NExpr where
  /-- The index of a sum or product around; zero is the innermost one. -/
  | idx (j : Nat)
  /-- A number. -/
  | lit (n : Nat)
  /-- A sum. -/
  | add (a b : NExpr)
  /-- A difference. -/
  | sub (a b : NExpr)
  /-- A product. -/
  | mul (a b : NExpr)
  /-- A quotient. -/
  | div (a b : NExpr)
  /-- A power. -/
  | pow (a b : NExpr)
  /-- A binomial coefficient. -/
  | choose (a b : NExpr)
  /-- The smaller of two numbers. -/
  | min (a b : NExpr)
  /-- The larger of two numbers. -/
  | max (a b : NExpr)
  /-- A case distinction. -/
  | ite (r : Rel) (a b t e : NExpr)

/-- The entry of a list of natural numbers, and zero after the last. -/
@[expose] def natAt : List Nat → Nat → Nat
  | [], _ => 0
  | k :: _, 0 => k
  | _ :: ks, j + 1 => natAt ks j

/-- The value of a formula of natural numbers, given the indices around it. -/
@[expose] def NExpr.eval (ns : List Nat) : NExpr → Nat
  | .idx j => natAt ns j
  | .lit n => n
  | .add a b => a.eval ns + b.eval ns
  | .sub a b => a.eval ns - b.eval ns
  | .mul a b => a.eval ns * b.eval ns
  | .div a b => a.eval ns / b.eval ns
  | .pow a b => a.eval ns ^ b.eval ns
  | .choose a b => DeepTheory.choose (a.eval ns) (b.eval ns)
  | .min a b => Min.min (a.eval ns) (b.eval ns)
  | .max a b => Max.max (a.eval ns) (b.eval ns)
  | .ite .lt a b t e => if a.eval ns < b.eval ns then t.eval ns else e.eval ns
  | .ite .le a b t e => if a.eval ns ≤ b.eval ns then t.eval ns else e.eval ns
  | .ite .eq a b t e => if a.eval ns = b.eval ns then t.eval ns else e.eval ns

/-- The same value by a faster evaluation of the binomial coefficients. -/
@[expose] def NExpr.value (ns : List Nat) : NExpr → Nat
  | .idx j => natAt ns j
  | .lit n => n
  | .add a b => a.value ns + b.value ns
  | .sub a b => a.value ns - b.value ns
  | .mul a b => a.value ns * b.value ns
  | .div a b => a.value ns / b.value ns
  | .pow a b => a.value ns ^ b.value ns
  | .choose a b => chooseFast (a.value ns) (b.value ns)
  | .min a b => Min.min (a.value ns) (b.value ns)
  | .max a b => Max.max (a.value ns) (b.value ns)
  | .ite .lt a b t e => if a.value ns < b.value ns then t.value ns else e.value ns
  | .ite .le a b t e => if a.value ns ≤ b.value ns then t.value ns else e.value ns
  | .ite .eq a b t e => if a.value ns = b.value ns then t.value ns else e.value ns

/-- The faster evaluation yields the value. -/
theorem NExpr.value_eq (ns : List Nat) (e : NExpr) : e.value ns = e.eval ns := by
  induction e with
  | idx j => rfl
  | lit n => rfl
  | choose a b ha hb => simp only [NExpr.value, NExpr.eval, ha, hb, chooseFast_eq]
  | ite r a b t e ha hb ht he => cases r <;> simp only [NExpr.value, NExpr.eval, ha, hb, ht, he]
  | _ a b ha hb => simp only [NExpr.value, NExpr.eval, ha, hb]

/-- Formulas: variables, rational numbers, and the operations of the library's bounds. -/
inductive Expr where
  /-- The variable with this number. -/
  | var (i : Nat)
  /-- A rational number. -/
  | num (q : Rat)
  /-- A numeral. -/
  | lit (n : Nat)
  /-- A natural number as a real one. -/
  | cast (n : NExpr)
  /-- An entry of a list of rational numbers. -/
  | entry (qs : List Rat) (i : NExpr)
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
  /-- An inverse. -/
  | inv (a : Expr)
  /-- A natural power. -/
  | pow (a : Expr) (n : NExpr)
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
  /-- A sum over an index below `n`, which is index zero in `body`. -/
  | sum (n : NExpr) (body : Expr)
  /-- A product over an index below `n`. -/
  | prod (n : NExpr) (body : Expr)
  /-- A case distinction. -/
  | ite (r : Rel) (a b t e : Expr)
  /-- A case distinction by natural numbers. -/
  | natIte (r : Rel) (m n : NExpr) (t e : Expr)

/-- The entry of a list of rational numbers, and zero after the last. -/
@[expose] def ratAt : List Rat → Nat → Rat
  | [], _ => 0
  | q :: _, 0 => q
  | _ :: qs, i + 1 => ratAt qs i

open Classical in
/-- The value of a formula in a real field, given the variables and the indices around it. -/
@[expose] noncomputable def Expr.evalAt (env : Nat → R) : Expr → List Nat → R
  | .var i, _ => env i
  | .num q, _ => q
  | .lit n, _ => OfNat.ofNat n
  | .cast n, ns => (n.eval ns : Nat)
  | .entry qs i, ns => ((ratAt qs (i.eval ns) : Rat) : R)
  | .add a b, ns => a.evalAt env ns + b.evalAt env ns
  | .sub a b, ns => a.evalAt env ns - b.evalAt env ns
  | .mul a b, ns => a.evalAt env ns * b.evalAt env ns
  | .div a b, ns => a.evalAt env ns / b.evalAt env ns
  | .neg a, ns => -a.evalAt env ns
  | .inv a, ns => (a.evalAt env ns)⁻¹
  | .pow a n, ns => a.evalAt env ns ^ n.eval ns
  | .sqrt a, ns => DeepTheory.sqrt (a.evalAt env ns)
  | .abs a, ns => DeepTheory.abs (a.evalAt env ns)
  | .min a b, ns => Min.min (a.evalAt env ns) (b.evalAt env ns)
  | .max a b, ns => Max.max (a.evalAt env ns) (b.evalAt env ns)
  | .exp a, ns => DeepTheory.exp (a.evalAt env ns)
  | .log a, ns => DeepTheory.log (a.evalAt env ns)
  | .rpow a b, ns => DeepTheory.rpow (a.evalAt env ns) (b.evalAt env ns)
  | .sum n b, ns => ∑ i : Fin (n.eval ns), b.evalAt env (i.val :: ns)
  | .prod n b, ns => ∏ i : Fin (n.eval ns), b.evalAt env (i.val :: ns)
  | .ite .lt a b t e, ns =>
    if a.evalAt env ns < b.evalAt env ns then t.evalAt env ns else e.evalAt env ns
  | .ite .le a b t e, ns =>
    if a.evalAt env ns ≤ b.evalAt env ns then t.evalAt env ns else e.evalAt env ns
  | .ite .eq a b t e, ns =>
    if a.evalAt env ns = b.evalAt env ns then t.evalAt env ns else e.evalAt env ns
  | .natIte .lt m n t e, ns =>
    @_root_.ite R (m.eval ns < n.eval ns) (Nat.decLt _ _) (t.evalAt env ns) (e.evalAt env ns)
  | .natIte .le m n t e, ns =>
    @_root_.ite R (m.eval ns ≤ n.eval ns) (Nat.decLe _ _) (t.evalAt env ns) (e.evalAt env ns)
  | .natIte .eq m n t e, ns =>
    @_root_.ite R (m.eval ns = n.eval ns) (instDecidableEqNat _ _) (t.evalAt env ns)
      (e.evalAt env ns)

/-- The value of a formula in a real field. -/
@[expose] noncomputable def Expr.eval (env : Nat → R) (e : Expr) : R := e.evalAt env []

/-! ### Enclosures -/

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

/-- The smallest interval around two of them. -/
@[expose] def Interval.hull (I J : Interval) : Interval := ⟨ratMin I.lo J.lo, ratMax I.hi J.hi⟩

/-- The enclosure of one of two branches, by what the intervals say about the comparison: both
where they say nothing. -/
@[expose] def choice (r : Rel) (I J : Interval) (t e : Option Interval) : Option Interval :=
  match r with
  | .lt => if I.hi < J.lo then t else if J.hi ≤ I.lo then e
    else lift₂ (fun K L => some (K.hull L)) t e
  | .le => if I.hi ≤ J.lo then t else if J.hi < I.lo then e
    else lift₂ (fun K L => some (K.hull L)) t e
  | .eq => if I.lo = J.hi ∧ I.hi = J.lo then t else if I.hi < J.lo ∨ J.hi < I.lo then e
    else lift₂ (fun K L => some (K.hull L)) t e

/-- A comparison of natural numbers. -/
@[expose] def Rel.holds : Rel → Nat → Nat → Bool
  | .lt, m, n => Nat.blt m n
  | .le, m, n => Nat.ble m n
  | .eq, m, n => Nat.beq m n

/-- An enclosure of the sum of `n` terms. -/
@[expose] def sumBounds (p : Nat) (f : Nat → Option Interval) : Nat → Option Interval
  | 0 => some (.point 0)
  | n + 1 => lift₂ (fun I J => some ((I.add J).round p)) (sumBounds p f n) (f n)

/-- An enclosure of the product of `n` factors. -/
@[expose] def prodBounds (p : Nat) (f : Nat → Option Interval) : Nat → Option Interval
  | 0 => some (.point 1)
  | n + 1 => lift₂ (fun I J => some ((I.mul J).round p)) (prodBounds p f n) (f n)

/-- An enclosure of the value of a formula, to about `p` significant bits, for variables in the
given intervals.  It is `none` where a denominator, or the argument of a logarithm or of a real
power, is not seen to be away from zero. -/
@[expose] def Expr.bounds (p : Nat) (boxes : Nat → Interval) :
    Expr → List Nat → Option Interval
  | .var i, _ => some (boxes i)
  | .num q, _ => some (.point q)
  | .lit n, _ => some (.point (n : Nat))
  | .cast n, ns => some ((Interval.point (n.value ns : Nat)).round p)
  | .entry qs i, ns => some (.point (ratAt qs (i.value ns)))
  | .add a b, ns =>
    lift₂ (fun I J => some ((I.add J).round p)) (a.bounds p boxes ns) (b.bounds p boxes ns)
  | .sub a b, ns =>
    lift₂ (fun I J => some ((I.sub J).round p)) (a.bounds p boxes ns) (b.bounds p boxes ns)
  | .mul a b, ns =>
    lift₂ (fun I J => some ((I.mul J).round p)) (a.bounds p boxes ns) (b.bounds p boxes ns)
  | .div a b, ns =>
    lift₂ (fun I J => roundSome p (I.div J)) (a.bounds p boxes ns) (b.bounds p boxes ns)
  | .neg a, ns => lift₁ (fun I => some I.neg) (a.bounds p boxes ns)
  | .inv a, ns => lift₁ (fun I => roundSome p I.inv) (a.bounds p boxes ns)
  | .pow a n, ns => lift₁ (fun I => some (I.pow p (n.value ns))) (a.bounds p boxes ns)
  | .sqrt a, ns => lift₁ (fun I => some (I.sqrt p)) (a.bounds p boxes ns)
  | .abs a, ns => lift₁ (fun I => some I.abs) (a.bounds p boxes ns)
  | .min a b, ns => lift₂ (fun I J => some (I.min J)) (a.bounds p boxes ns) (b.bounds p boxes ns)
  | .max a b, ns => lift₂ (fun I J => some (I.max J)) (a.bounds p boxes ns) (b.bounds p boxes ns)
  | .exp a, ns => lift₁ (fun I => I.exp p) (a.bounds p boxes ns)
  | .log a, ns => lift₁ (fun I => I.log p) (a.bounds p boxes ns)
  | .rpow a b, ns => lift₂ (fun I J => I.rpow p J) (a.bounds p boxes ns) (b.bounds p boxes ns)
  | .sum n b, ns => sumBounds p (fun i => b.bounds p boxes (i :: ns)) (n.value ns)
  | .prod n b, ns => prodBounds p (fun i => b.bounds p boxes (i :: ns)) (n.value ns)
  | .ite r a b t e, ns =>
    lift₂ (fun I J => choice r I J (t.bounds p boxes ns) (e.bounds p boxes ns))
      (a.bounds p boxes ns) (b.bounds p boxes ns)
  | .natIte r m n t e, ns =>
    bif r.holds (m.value ns) (n.value ns) then t.bounds p boxes ns else e.bounds p boxes ns

/-! ### Soundness -/

/-- An enclosure that may be missing contains a value where it is there. -/
@[expose] def Encloses (o : Option Interval) (x : R) : Prop := ∀ I, o = some I → I.Contains x

/-- An enclosure that is there. -/
theorem encloses_some {I : Interval} (h : I.Contains x) : Encloses (some I) x :=
  fun J hJ => by
    obtain rfl := Option.some.inj hJ
    exact h

/-- Operations of one argument. -/
theorem encloses_lift₁ {f : Interval → Option Interval} {o : Option Interval} {z : R}
    (h : Encloses o x) (hf : ∀ I, I.Contains x → Encloses (f I) z) : Encloses (lift₁ f o) z := by
  intro K hK
  cases o with
  | none => exact absurd hK (by simp [lift₁])
  | some I => exact hf I (h I rfl) K hK

/-- Operations of two arguments. -/
theorem encloses_lift₂ {f : Interval → Interval → Option Interval}
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

/-- The hull encloses what the first interval does. -/
theorem contains_hull_left {I : Interval} (J : Interval) (h : I.Contains x) :
    (I.hull J).Contains x :=
  ⟨Std.le_trans (ratCast_ratMin_le I.lo J.lo).1 h.1,
    Std.le_trans h.2 (le_ratCast_ratMax I.hi J.hi).1⟩

/-- The hull encloses what the second interval does. -/
theorem contains_hull_right (I : Interval) {J : Interval} (h : J.Contains x) :
    (I.hull J).Contains x :=
  ⟨Std.le_trans (ratCast_ratMin_le I.lo J.lo).2 h.1,
    Std.le_trans h.2 (le_ratCast_ratMax I.hi J.hi).2⟩

private theorem encloses_hull {s t : R} {o o' : Option Interval} {c : Prop} [Decidable c]
    (hs : c → Encloses o s) (ht : ¬ c → Encloses o' t) :
    Encloses (lift₂ (fun K L => some (K.hull L)) o o') (if c then s else t) := by
  intro K hK
  cases o with
  | none => exact absurd hK (by simp [lift₂])
  | some I =>
    cases o' with
    | none => exact absurd hK (by simp [lift₂])
    | some J =>
      obtain rfl := Option.some.inj hK
      split
      · next h => exact contains_hull_left J (hs h I rfl)
      · next h => exact contains_hull_right I (ht h J rfl)

open Classical in
/-- The enclosure of a case distinction. -/
theorem encloses_choice {I J : Interval} {s t : R} {o o' : Option Interval} (hx : I.Contains x)
    (hy : J.Contains y) (hs : Encloses o s) (ht : Encloses o' t) :
    Encloses (choice .lt I J o o') (if x < y then s else t) ∧
      Encloses (choice .le I J o o') (if x ≤ y then s else t) ∧
        Encloses (choice .eq I J o o') (if x = y then s else t) := by
  have ⟨h₁, h₂⟩ := hx
  have ⟨h₃, h₄⟩ := hy
  refine ⟨?_, ?_, ?_⟩ <;> unfold choice <;> dsimp only
  · split
    · next h => rwa [if_pos (by have := ratCast_lt (R := R).2 h; grind)]
    split
    · next h => rwa [if_neg (by have := ratCast_le (R := R).2 h; grind)]
    · exact encloses_hull (fun _ => hs) fun _ => ht
  · split
    · next h => rwa [if_pos (by have := ratCast_le (R := R).2 h; grind)]
    split
    · next h => rwa [if_neg (by have := ratCast_lt (R := R).2 h; grind)]
    · exact encloses_hull (fun _ => hs) fun _ => ht
  · split
    · next h => rwa [if_pos (by rw [h.1] at h₁; rw [h.2] at h₂; grind)]
    split
    · next h =>
      rwa [if_neg (by
        rcases h with h | h <;> have := ratCast_lt (R := R).2 h <;> grind)]
    · exact encloses_hull (fun _ => hs) fun _ => ht

/-- The enclosure of a sum. -/
theorem encloses_sumBounds (p : Nat) {f : Nat → Option Interval} {g : Nat → R}
    (h : ∀ i, Encloses (f i) (g i)) (n : Nat) :
    Encloses (sumBounds p f n) (∑ i : Fin n, g i) := by
  induction n with
  | zero =>
    rw [sum_zero, ← ratCast_zero]
    exact encloses_some (contains_point 0)
  | succ n ih =>
    rw [sum_succ]
    exact encloses_lift₂ ih (h n) fun I J hI hJ =>
      encloses_some (contains_round p (contains_add hI hJ))

/-- The enclosure of a product. -/
theorem encloses_prodBounds (p : Nat) {f : Nat → Option Interval} {g : Nat → R}
    (h : ∀ i, Encloses (f i) (g i)) (n : Nat) :
    Encloses (prodBounds p f n) (∏ i : Fin n, g i) := by
  induction n with
  | zero =>
    rw [prod_zero, ← ratCast_one]
    exact encloses_some (contains_point 1)
  | succ n ih =>
    rw [prod_succ]
    exact encloses_lift₂ ih (h n) fun I J hI hJ =>
      encloses_some (contains_round p (contains_mul hI hJ))

private theorem contains_natCast (n : Nat) : (Interval.point (n : Nat)).Contains (n : R) := by
  have := contains_point (R := R) (n : Nat)
  rwa [ratCast_natCast] at this

private theorem encloses_cond {s t : R} {o o' : Option Interval} {c : Prop} {d : Decidable c}
    {b : Bool} (hb : b = true ↔ c) (hs : Encloses o s) (ht : Encloses o' t) :
    Encloses (bif b then o else o') (@_root_.ite R c d s t) := by
  cases b with
  | true => rwa [if_pos (hb.1 rfl)]
  | false => rwa [if_neg fun h => absurd (hb.2 h) (by decide)]

/-- The computed enclosure contains the value. -/
theorem encloses_bounds (p : Nat) {boxes : Nat → Interval} {env : Nat → R}
    (h : ∀ i, (boxes i).Contains (env i)) (e : Expr) (ns : List Nat) :
    Encloses (e.bounds p boxes ns) (e.evalAt env ns) := by
  induction e generalizing ns with
  | var i => exact encloses_some (h i)
  | num q => exact encloses_some (contains_point q)
  | lit n =>
    unfold Expr.evalAt
    rw [Lean.Grind.Semiring.ofNat_eq_natCast]
    exact encloses_some (contains_natCast n)
  | cast n =>
    unfold Expr.evalAt
    rw [← n.value_eq]
    exact encloses_some (contains_round p (contains_natCast _))
  | entry qs i =>
    unfold Expr.evalAt
    rw [← i.value_eq]
    exact encloses_some (contains_point _)
  | add a b ha hb =>
    exact encloses_lift₂ (ha ns) (hb ns) fun I J hI hJ =>
      encloses_some (contains_round p (contains_add hI hJ))
  | sub a b ha hb =>
    exact encloses_lift₂ (ha ns) (hb ns) fun I J hI hJ =>
      encloses_some (contains_round p (contains_sub hI hJ))
  | mul a b ha hb =>
    exact encloses_lift₂ (ha ns) (hb ns) fun I J hI hJ =>
      encloses_some (contains_round p (contains_mul hI hJ))
  | div a b ha hb =>
    exact encloses_lift₂ (ha ns) (hb ns) fun I J hI hJ =>
      encloses_lift₁ (fun K hK => contains_div hK hI hJ) fun K hK =>
        encloses_some (contains_round p hK)
  | neg a ha => exact encloses_lift₁ (ha ns) fun I hI => encloses_some (contains_neg hI)
  | inv a ha =>
    exact encloses_lift₁ (ha ns) fun I hI =>
      encloses_lift₁ (fun K hK => contains_inv hK hI) fun K hK =>
        encloses_some (contains_round p hK)
  | pow a n ha =>
    unfold Expr.evalAt
    rw [← n.value_eq]
    exact encloses_lift₁ (ha ns) fun I hI => encloses_some (contains_pow p hI _)
  | sqrt a ha => exact encloses_lift₁ (ha ns) fun I hI => encloses_some (contains_sqrt p hI)
  | abs a ha => exact encloses_lift₁ (ha ns) fun I hI => encloses_some (contains_abs hI)
  | min a b ha hb =>
    exact encloses_lift₂ (ha ns) (hb ns) fun I J hI hJ => encloses_some (contains_min hI hJ)
  | max a b ha hb =>
    exact encloses_lift₂ (ha ns) (hb ns) fun I J hI hJ => encloses_some (contains_max hI hJ)
  | exp a ha => exact encloses_lift₁ (ha ns) fun I hI K hK => contains_exp hK hI
  | log a ha => exact encloses_lift₁ (ha ns) fun I hI K hK => contains_log hK hI
  | rpow a b ha hb =>
    exact encloses_lift₂ (ha ns) (hb ns) fun I J hI hJ K hK => contains_rpow hK hI hJ
  | sum n b hb =>
    unfold Expr.evalAt
    rw [← n.value_eq]
    exact encloses_sumBounds p (fun i => hb (i :: ns)) _
  | prod n b hb =>
    unfold Expr.evalAt
    rw [← n.value_eq]
    exact encloses_prodBounds p (fun i => hb (i :: ns)) _
  | ite r a b t e ha hb ht he =>
    cases r
    · exact encloses_lift₂ (ha ns) (hb ns) fun I J hI hJ =>
        (encloses_choice hI hJ (ht ns) (he ns)).1
    · exact encloses_lift₂ (ha ns) (hb ns) fun I J hI hJ =>
        (encloses_choice hI hJ (ht ns) (he ns)).2.1
    · exact encloses_lift₂ (ha ns) (hb ns) fun I J hI hJ =>
        (encloses_choice hI hJ (ht ns) (he ns)).2.2
  | natIte r m n t e ht he =>
    cases r <;> unfold Expr.evalAt Expr.bounds <;> rw [m.value_eq, n.value_eq]
    · refine encloses_cond ?_ (ht ns) (he ns)
      exact iff_of_eq Nat.blt_eq
    · refine encloses_cond ?_ (ht ns) (he ns)
      exact iff_of_eq Nat.ble_eq
    · refine encloses_cond ?_ (ht ns) (he ns)
      exact iff_of_eq Nat.beq_eq

end DeepTheory.Certificates
