module

public import DeepTheory.Reals.Sqrt

/-!
# The rational numbers in a real field

Every rational number `q` has its place `(q : R)` in every real field `R`, and between any two
elements of `R` lies such a rational.

## Main definitions
* `DeepTheory.ratCast`: the rational numbers in `R`; `(q : R)` is notation for it.

## Main theorems
* `DeepTheory.ratCast_add`, `DeepTheory.ratCast_mul`, `DeepTheory.ratCast_lt`, and others: the
  rational numbers are an ordered subfield.
* `DeepTheory.exists_floor`: every element lies between two consecutive integers.
* `DeepTheory.exists_rat_btwn`: between two different elements lies a rational.
* `DeepTheory.eq_of_forall_ratCast_lt_iff`: the rationals below an element determine it.
* `DeepTheory.Rat.sq_ne_two`, `DeepTheory.ratCast_ne_sqrt_two`: the square root of two is
  irrational.

## References
* W. Rudin, *Principles of Mathematical Analysis*, third edition, theorem 1.20.
-/

public section

namespace DeepTheory

universe u

variable {R : Type u} [RealField R]

/-! ### Integers in `R` -/

/-- The cast of integers keeps sums. -/
theorem intCast_add (a b : Int) : ((a + b : Int) : R) = a + b := by grind

/-- The cast of integers keeps products. -/
theorem intCast_mul (a b : Int) : ((a * b : Int) : R) = a * b := by grind

/-- The cast of integers keeps negatives. -/
theorem intCast_neg (a : Int) : ((-a : Int) : R) = -a := by grind

/-- The cast of integers agrees with that of natural numbers. -/
theorem intCast_natCast (n : Nat) : ((n : Int) : R) = n := Lean.Grind.Ring.intCast_natCast n

/-- Nonnegative integers are nonnegative in `R`. -/
theorem intCast_nonneg {a : Int} (h : 0 ≤ a) : (0 : R) ≤ a := by
  obtain ⟨n, rfl⟩ := Int.eq_ofNat_of_zero_le h
  rw [intCast_natCast]
  exact natCast_nonneg n

/-- The cast of integers is monotone. -/
theorem intCast_le {a b : Int} (h : a ≤ b) : (a : R) ≤ b := by
  have := intCast_nonneg (R := R) (show 0 ≤ b - a by omega)
  grind

/-- Positive integers are positive in `R`. -/
theorem intCast_pos {a : Int} (h : 0 < a) : (0 : R) < a := by
  have := intCast_le (R := R) (show 1 ≤ a by omega)
  grind

/-- Integers other than zero are not zero in `R`. -/
theorem intCast_ne_zero {a : Int} (h : a ≠ 0) : (a : R) ≠ 0 := by
  rcases Int.lt_or_gt_of_ne h with h | h
  · have := intCast_pos (R := R) (show 0 < -a by omega)
    grind
  · have := intCast_pos (R := R) h
    grind

/-- Every element lies between two consecutive integers. -/
theorem exists_floor (x : R) : ∃ k : Int, (k : R) ≤ x ∧ x < k + 1 := by
  obtain ⟨N, hN⟩ := exists_nat_gt (-x)
  obtain ⟨M, hM⟩ := exists_nat_gt (x + N)
  have key : ∀ m : Nat, x + N < m → ∃ j : Nat, (j : R) ≤ x + N ∧ x + N < j + 1 := by
    intro m
    induction m with
    | zero => intro h; grind
    | succ m ih =>
      intro h
      by_cases h' : x + N < m
      · exact ih h'
      · exact ⟨m, by grind, by grind⟩
  obtain ⟨j, hj⟩ := key M hM
  refine ⟨(j : Int) - (N : Int), ?_⟩
  have : (((j : Int) - (N : Int) : Int) : R) = j - N := by
    have h₁ := intCast_natCast (R := R) j
    have h₂ := intCast_natCast (R := R) N
    grind
  grind

/-! ### Rational numbers in `R` -/

/-- The rational number `q` in the real field `R`. -/
@[expose, coe] def ratCast (q : Rat) : R := (q.num : R) / (q.den : R)

/-- `(q : R)` is the rational number `q` in the real field `R`. -/
instance : CoeTail Rat R := ⟨ratCast⟩

/-- A rational number is its numerator divided by its denominator. -/
theorem Rat.num_div_den (q : Rat) : q = (q.num : Rat) / (q.den : Rat) := by
  have h := Rat.num_divInt_den q
  rw [Rat.divInt_eq_div] at h
  exact h.symm

/-- The cast of a rational number may be computed from any fraction that represents it. -/
theorem ratCast_eq_div {q : Rat} {a b : Int} (hb : b ≠ 0) (h : q = (a : Rat) / (b : Rat)) :
    (q : R) = (a : R) / (b : R) := by
  have hd : (q.den : Rat) ≠ 0 := by
    have := Rat.natCast_pos.2 q.den_pos
    grind
  have hb' : (b : Rat) ≠ 0 := fun h => hb (Rat.intCast_inj.1 h)
  have h₁ : q.num * b = a * (q.den : Int) := by
    refine Rat.intCast_inj.1 ?_
    rw [Rat.intCast_mul, Rat.intCast_mul, Rat.intCast_natCast]
    have := Rat.num_div_den q
    grind
  have h₂ : (q.num : R) * b = a * q.den := by
    rw [← intCast_natCast q.den, ← intCast_mul, ← intCast_mul, h₁]
  have h₃ := natCast_pos (R := R) q.den_pos
  have h₄ := intCast_ne_zero (R := R) hb
  unfold ratCast
  grind

/-- The cast of rational numbers agrees with that of integers. -/
theorem ratCast_intCast (a : Int) : ((a : Rat) : R) = (a : R) := by
  rw [ratCast_eq_div (a := a) (b := 1) (by omega) (by grind)]
  grind

/-- The cast of rational numbers agrees with that of natural numbers. -/
theorem ratCast_natCast (n : Nat) : ((n : Rat) : R) = (n : R) := by
  rw [← Rat.intCast_natCast, ratCast_intCast, intCast_natCast]

/-- The rational number zero is zero in `R`. -/
@[simp] theorem ratCast_zero : ((0 : Rat) : R) = 0 := by
  have := ratCast_natCast (R := R) 0
  grind

/-- The rational number one is one in `R`. -/
@[simp] theorem ratCast_one : ((1 : Rat) : R) = 1 := by
  have := ratCast_natCast (R := R) 1
  grind

private theorem ratCast_def (q : Rat) : (q : R) = (q.num : R) / (q.den : R) := rfl

private theorem den_ne_zero (q : Rat) : (q.den : Rat) ≠ 0 ∧ (q.den : R) ≠ 0 := by
  have := Rat.natCast_pos.2 q.den_pos
  have := natCast_pos (R := R) q.den_pos
  grind

/-- The cast of rational numbers keeps sums. -/
theorem ratCast_add (p q : Rat) : ((p + q : Rat) : R) = p + q := by
  have hp := den_ne_zero (R := R) p
  have hq := den_ne_zero (R := R) q
  rw [ratCast_eq_div (a := p.num * q.den + q.num * p.den) (b := p.den * q.den), ratCast_def p,
    ratCast_def q]
  · simp only [intCast_add, intCast_mul, intCast_natCast]
    grind
  · have := p.den_pos; have := q.den_pos; have := Nat.mul_pos p.den_pos q.den_pos; grind
  · have := Rat.num_div_den p
    have := Rat.num_div_den q
    simp only [Rat.intCast_add, Rat.intCast_mul, Rat.intCast_natCast]
    grind

/-- The cast of rational numbers keeps products. -/
theorem ratCast_mul (p q : Rat) : ((p * q : Rat) : R) = p * q := by
  have hp := den_ne_zero (R := R) p
  have hq := den_ne_zero (R := R) q
  rw [ratCast_eq_div (a := p.num * q.num) (b := p.den * q.den), ratCast_def p, ratCast_def q]
  · simp only [intCast_mul, intCast_natCast]
    grind
  · have := Nat.mul_pos p.den_pos q.den_pos; grind
  · have := Rat.num_div_den p
    have := Rat.num_div_den q
    simp only [Rat.intCast_mul, Rat.intCast_natCast]
    grind

/-- The cast of rational numbers keeps negatives. -/
theorem ratCast_neg (q : Rat) : ((-q : Rat) : R) = -q := by
  have := ratCast_add (R := R) q (-q)
  rw [show q + -q = 0 by grind, ratCast_zero] at this
  grind

/-- The cast of rational numbers keeps differences. -/
theorem ratCast_sub (p q : Rat) : ((p - q : Rat) : R) = p - q := by
  rw [show p - q = p + -q by grind, ratCast_add, ratCast_neg]
  grind

/-- The cast of rational numbers keeps inverses. -/
theorem ratCast_inv (q : Rat) : ((q⁻¹ : Rat) : R) = (q : R)⁻¹ := by
  by_cases hq : q = 0
  · subst hq
    rw [show (0 : Rat)⁻¹ = 0 by grind, ratCast_zero]
    grind
  · have := ratCast_mul (R := R) q q⁻¹
    rw [show q * q⁻¹ = 1 by grind, ratCast_one] at this
    grind

/-- The cast of rational numbers keeps quotients. -/
theorem ratCast_div (p q : Rat) : ((p / q : Rat) : R) = p / q := by
  rw [show p / q = p * q⁻¹ by grind, ratCast_mul, ratCast_inv]
  grind

/-- The cast of rational numbers keeps powers. -/
theorem ratCast_pow (q : Rat) (n : Nat) : ((q ^ n : Rat) : R) = (q : R) ^ n := by
  induction n with
  | zero => rw [show q ^ 0 = 1 by grind, ratCast_one, pow_zero]
  | succ n ih => rw [show q ^ (n + 1) = q ^ n * q by grind, ratCast_mul, ih, pow_succ]

/-- Positive rational numbers are positive in `R`. -/
theorem ratCast_pos {q : Rat} (h : 0 < q) : (0 : R) < q := by
  have h₁ := (Rat.lt_iff 0 q).1 h
  rw [show (0 : Rat).num = 0 from rfl, show (0 : Rat).den = 1 from rfl] at h₁
  exact div_pos (intCast_pos (by omega)) (natCast_pos q.den_pos)

/-- The cast of rational numbers keeps and reflects the strict order. -/
theorem ratCast_lt {p q : Rat} : (p : R) < q ↔ p < q := by
  have key : ∀ {p q : Rat}, p < q → (p : R) < q := fun {p q} h => by
    have h₁ := ratCast_pos (R := R) (show 0 < q - p by grind)
    rw [ratCast_sub] at h₁
    grind
  refine ⟨fun h => ?_, key⟩
  have : ¬ q ≤ p := fun h' => by
    by_cases h₁ : q = p
    · subst h₁; grind
    · have := key (show q < p by grind)
      grind
  grind

/-- The cast of rational numbers keeps and reflects the order. -/
theorem ratCast_le {p q : Rat} : (p : R) ≤ q ↔ p ≤ q := by
  have := ratCast_lt (R := R) (p := q) (q := p)
  grind

/-- Different rational numbers are different in `R`. -/
theorem ratCast_inj {p q : Rat} : (p : R) = q ↔ p = q := by
  have := ratCast_le (R := R) (p := p) (q := q)
  have := ratCast_le (R := R) (p := q) (q := p)
  grind

/-! ### Density -/

/-- Between two different elements lies a rational number. -/
theorem exists_rat_btwn {x y : R} (h : x < y) : ∃ q : Rat, x < q ∧ (q : R) < y := by
  obtain ⟨n, hn, hn'⟩ := exists_nat_inv_lt (show 0 < y - x by grind)
  obtain ⟨k, hk, hk'⟩ := exists_floor (x * n)
  have hn₀ := natCast_pos (R := R) hn
  refine ⟨((k + 1 : Int) : Rat) / (n : Rat), ?_⟩
  rw [ratCast_div, ratCast_natCast, ratCast_intCast]
  have h₁ : ((k + 1 : Int) : R) = k + 1 := by grind
  rw [h₁]
  refine ⟨(lt_div_iff hn₀).2 hk', (div_lt_iff hn₀).2 ?_⟩
  have := (div_lt_iff hn₀).1 hn'
  grind

/-- Below every element lies a rational number. -/
theorem exists_rat_lt (x : R) : ∃ q : Rat, (q : R) < x := by
  obtain ⟨q, -, hq⟩ := exists_rat_btwn (show x - 1 < x by grind)
  exact ⟨q, hq⟩

/-- Above every element lies a rational number. -/
theorem exists_rat_gt (x : R) : ∃ q : Rat, x < q := by
  obtain ⟨q, hq, -⟩ := exists_rat_btwn (show x < x + 1 by grind)
  exact ⟨q, hq⟩

/-- An element that has every rational number below `x` below itself is at least `x`. -/
theorem le_of_forall_ratCast_lt {x y : R} (h : ∀ q : Rat, (q : R) < x → (q : R) < y) : x ≤ y := by
  refine le_of_not_lt fun hlt => ?_
  obtain ⟨q, hq, hq'⟩ := exists_rat_btwn hlt
  have := h q hq'
  grind

/-- The rational numbers below an element determine it. -/
theorem eq_of_forall_ratCast_lt_iff {x y : R} (h : ∀ q : Rat, (q : R) < x ↔ (q : R) < y) :
    x = y := by
  have := le_of_forall_ratCast_lt fun q => (h q).1
  have := le_of_forall_ratCast_lt fun q => (h q).2
  grind

/-! ### An irrational number -/

private theorem two_dvd_of_sq_eq {n m : Nat} (h : n * n = 2 * m) : 2 ∣ n := by
  have h₁ : n * n % 2 = 0 := by omega
  rw [Nat.mul_mod] at h₁
  rcases Nat.mod_two_eq_zero_or_one n with h₂ | h₂
  · omega
  · rw [h₂] at h₁
    omega

/-- The square of a rational number is never two. -/
theorem Rat.sq_ne_two (q : Rat) : q ^ 2 ≠ 2 := by
  intro h
  have hd : (q.den : Rat) ≠ 0 := by
    have := Rat.natCast_pos.2 q.den_pos
    grind
  have h₁ : q.num * q.num = 2 * ((q.den : Int) * q.den) := by
    refine Rat.intCast_inj.1 ?_
    simp only [Rat.intCast_mul, Rat.intCast_natCast]
    have := Rat.num_div_den q
    have : ((2 : Int) : Rat) = 2 := rfl
    grind
  have h₂ : q.num.natAbs * q.num.natAbs = 2 * (q.den * q.den) := by
    have := Int.natAbs_mul_self (a := q.num)
    have : ((q.den * q.den : Nat) : Int) = (q.den : Int) * q.den := Int.natCast_mul _ _
    omega
  obtain ⟨m, hm⟩ := two_dvd_of_sq_eq h₂
  have h₃ : q.den * q.den = 2 * (m * m) := by
    rw [hm] at h₂
    grind
  have h₄ := Nat.dvd_gcd (two_dvd_of_sq_eq h₂) (two_dvd_of_sq_eq h₃)
  rw [q.reduced] at h₄
  omega

/-- The square root of two is not a rational number. -/
theorem ratCast_ne_sqrt_two (q : Rat) : (q : R) ≠ sqrt 2 := by
  intro h
  have h₁ : (q : R) ^ 2 = ((2 : Nat) : R) := by
    rw [h, sq_sqrt (by grind)]
    grind
  rw [← ratCast_pow, ← ratCast_natCast, ratCast_inj] at h₁
  exact Rat.sq_ne_two q h₁

end DeepTheory
