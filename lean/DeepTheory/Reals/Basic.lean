module

/-!
# Real fields

The real numbers enter this library as a class: `RealField R` says that `R` is a linearly ordered
field in which every non-empty bounded set has a least upper bound.  Every theorem is stated over
an arbitrary such `R`.

## Main definitions
* `DeepTheory.RealField`: complete linearly ordered fields.
* `DeepTheory.abs`: the absolute value.

## Main theorems
* `DeepTheory.exists_nat_gt`: the Archimedean property, from the least upper bound.
* `DeepTheory.pow_le_pow_left`, `DeepTheory.pow_le_one`, `DeepTheory.one_add_mul_le_pow`: powers.
* `DeepTheory.div_le_iff`, `DeepTheory.le_div_iff`: clearing a positive denominator.

## References
* W. Rudin, *Principles of Mathematical Analysis*, third edition, chapter 1.
-/

public section

namespace DeepTheory

universe u

/-- A complete linearly ordered field: a model of the real numbers. -/
class RealField (R : Type u) extends Lean.Grind.Field R, LE R, LT R, Std.IsLinearOrder R,
    Std.LawfulOrderLT R, Lean.Grind.OrderedRing R where
  /-- Every non-empty set that is bounded above has a least upper bound. -/
  exists_isLUB : ∀ S : R → Prop, (∃ x, S x) → (∃ b, ∀ x, S x → x ≤ b) →
    ∃ s, (∀ x, S x → x ≤ s) ∧ ∀ b, (∀ x, S x → x ≤ b) → s ≤ b

attribute [instance] Lean.Grind.Semiring.natCast Lean.Grind.Ring.intCast

variable {R : Type u} [RealField R]

/-!
### Short ways to facts about a real field

`grind` asks for these on every call.  They lie several parents deep in `RealField`, behind many
classes that do not apply; here each is at hand in one step.
-/

/-- A real field has characteristic zero. -/
instance RealField.instIsCharP : Lean.Grind.IsCharP R 0 := inferInstance

/-- The order of a real field is a preorder. -/
instance RealField.instIsPreorder : Std.IsPreorder R := inferInstance

/-- The order of a real field is a partial order. -/
instance RealField.instIsPartialOrder : Std.IsPartialOrder R := inferInstance

/-- The order of a real field is a linear preorder. -/
instance RealField.instIsLinearPreorder : Std.IsLinearPreorder R := inferInstance

/-- Addition in a real field respects the order. -/
instance RealField.instOrderedAdd : Lean.Grind.OrderedAdd R := inferInstance

/-! ### Order and products -/

theorem le_total (a b : R) : a ≤ b ∨ b ≤ a := by grind

theorem le_of_not_lt {a b : R} (h : ¬ b < a) : a ≤ b := by grind

theorem zero_lt_one : (0 : R) < 1 := Lean.Grind.OrderedRing.zero_lt_one

theorem mul_pos {a b : R} (ha : 0 < a) (hb : 0 < b) : 0 < a * b :=
  Lean.Grind.OrderedRing.mul_pos ha hb

theorem mul_nonneg {a b : R} (ha : 0 ≤ a) (hb : 0 ≤ b) : 0 ≤ a * b :=
  Lean.Grind.OrderedRing.mul_nonneg ha hb

theorem mul_le_mul_of_nonneg_left {a b c : R} (h : a ≤ b) (hc : 0 ≤ c) : c * a ≤ c * b :=
  Lean.Grind.OrderedRing.mul_le_mul_of_nonneg_left h hc

theorem mul_le_mul_of_nonneg_right {a b c : R} (h : a ≤ b) (hc : 0 ≤ c) : a * c ≤ b * c :=
  Lean.Grind.OrderedRing.mul_le_mul_of_nonneg_right h hc

theorem mul_le_mul {a b c d : R} (h₁ : a ≤ b) (h₂ : c ≤ d) (hc : 0 ≤ c) (hb : 0 ≤ b) :
    a * c ≤ b * d := by
  have := mul_le_mul_of_nonneg_right h₁ hc
  have := mul_le_mul_of_nonneg_left h₂ hb
  grind

theorem sq_nonneg (a : R) : 0 ≤ a ^ 2 := by
  have h : 0 ≤ a ∨ 0 ≤ -a := by grind
  rcases h with h | h
  · have := mul_nonneg h h; grind
  · have := mul_nonneg h h; grind

theorem mul_self_nonneg (a : R) : 0 ≤ a * a := by
  have := sq_nonneg a; grind

theorem sq_pos {a : R} (h : a ≠ 0) : 0 < a ^ 2 := by
  have h : 0 < a ∨ 0 < -a := by grind
  rcases h with h | h
  · have := mul_pos h h; grind
  · have := mul_pos h h; grind

theorem sq_eq_zero {a : R} (h : a ^ 2 = 0) : a = 0 := by
  have : ¬ a ≠ 0 := fun h' => by have := sq_pos h'; grind
  grind

theorem le_of_sq_le_sq {a b : R} (hb : 0 ≤ b) (h : a ^ 2 ≤ b ^ 2) : a ≤ b := by
  have : ¬ b < a := fun hlt => by
    have := mul_pos (show 0 < a - b by grind) (show 0 < a + b by grind)
    grind
  grind

theorem sq_le_sq {a b : R} (ha : 0 ≤ a) (h : a ≤ b) : a ^ 2 ≤ b ^ 2 := by
  have := mul_le_mul h h ha (show 0 ≤ b by grind)
  grind

theorem le_of_mul_le_mul_left {a b c : R} (hc : 0 < c) (h : c * a ≤ c * b) : a ≤ b := by
  have : ¬ b < a := fun hlt => by
    have := mul_pos (show 0 < a - b by grind) hc
    grind
  grind

theorem lt_of_mul_lt_mul_left {a b c : R} (hc : 0 ≤ c) (h : c * a < c * b) : a < b := by
  have : ¬ b ≤ a := fun hle => by
    have := mul_le_mul_of_nonneg_left hle hc
    grind
  grind

/-! ### Inverses and quotients -/

theorem inv_pos {a : R} (h : 0 < a) : 0 < a⁻¹ := by
  have : ¬ a⁻¹ ≤ 0 := fun h' => by
    have := mul_nonneg (show 0 ≤ -a⁻¹ by grind) (show 0 ≤ a by grind)
    grind
  grind

theorem div_pos {a b : R} (ha : 0 < a) (hb : 0 < b) : 0 < a / b := by
  have := mul_pos ha (inv_pos hb)
  grind

theorem div_nonneg {a b : R} (ha : 0 ≤ a) (hb : 0 < b) : 0 ≤ a / b := by
  have := mul_nonneg ha (show 0 ≤ b⁻¹ by have := inv_pos hb; grind)
  grind

theorem div_mul_cancel {a b : R} (hb : b ≠ 0) : a / b * b = a := by grind

theorem div_le_iff {a b c : R} (hc : 0 < c) : a / c ≤ b ↔ a ≤ b * c := by
  have h₀ : a / c * c = a := div_mul_cancel (by grind)
  constructor <;> intro h
  · have := mul_le_mul_of_nonneg_right h (show 0 ≤ c by grind)
    grind
  · exact le_of_mul_le_mul_left hc (by grind)

theorem le_div_iff {a b c : R} (hc : 0 < c) : a ≤ b / c ↔ a * c ≤ b := by
  have h₀ : b / c * c = b := div_mul_cancel (by grind)
  constructor <;> intro h
  · have := mul_le_mul_of_nonneg_right h (show 0 ≤ c by grind)
    grind
  · exact le_of_mul_le_mul_left hc (by grind)

theorem div_lt_iff {a b c : R} (hc : 0 < c) : a / c < b ↔ a < b * c := by
  have := le_div_iff (a := b) (b := a) hc
  grind

theorem lt_div_iff {a b c : R} (hc : 0 < c) : a < b / c ↔ a * c < b := by
  have := div_le_iff (a := b) (b := a) hc
  grind

/-! ### Powers -/

theorem pow_zero (a : R) : a ^ 0 = 1 := Lean.Grind.Semiring.pow_zero a

theorem pow_succ (a : R) (n : Nat) : a ^ (n + 1) = a ^ n * a := Lean.Grind.Semiring.pow_succ a n

theorem pow_add (a : R) (m n : Nat) : a ^ (m + n) = a ^ m * a ^ n := by
  induction n with
  | zero => rw [pow_zero, Nat.add_zero]; grind
  | succ n ih => rw [← Nat.add_assoc, pow_succ, pow_succ, ih]; grind

theorem mul_pow (a b : R) (n : Nat) : (a * b) ^ n = a ^ n * b ^ n := by
  induction n with
  | zero => simp only [pow_zero]; grind
  | succ n ih => rw [pow_succ, pow_succ, pow_succ, ih]; grind

theorem pow_nonneg {a : R} (h : 0 ≤ a) (n : Nat) : 0 ≤ a ^ n := by
  induction n with
  | zero => have := zero_lt_one (R := R); grind
  | succ n ih => have := mul_nonneg ih h; grind

theorem pow_pos {a : R} (h : 0 < a) (n : Nat) : 0 < a ^ n := by
  induction n with
  | zero => have := zero_lt_one (R := R); grind
  | succ n ih => have := mul_pos ih h; grind

theorem pow_le_pow_left {a b : R} (ha : 0 ≤ a) (h : a ≤ b) (n : Nat) : a ^ n ≤ b ^ n := by
  induction n with
  | zero => grind
  | succ n ih =>
    have := mul_le_mul ih h ha (pow_nonneg (show 0 ≤ b by grind) n)
    grind

theorem pow_le_one {a : R} (h₀ : 0 ≤ a) (h₁ : a ≤ 1) (n : Nat) : a ^ n ≤ 1 := by
  induction n with
  | zero => grind
  | succ n ih =>
    have := mul_le_mul ih h₁ h₀ (show (0 : R) ≤ 1 by grind)
    grind

/-- Bernoulli's inequality. -/
theorem one_add_mul_le_pow {a : R} (h : -1 ≤ a) (n : Nat) : 1 + n * a ≤ (1 + a) ^ n := by
  induction n with
  | zero => grind
  | succ n ih =>
    have h₁ := mul_le_mul_of_nonneg_right ih (show 0 ≤ 1 + a by grind)
    have h₂ := mul_nonneg (show (0 : R) ≤ n by grind) (mul_self_nonneg a)
    have h₃ := pow_succ (1 + a) n
    grind

/-! ### Natural numbers in `R` -/

theorem natCast_nonneg (n : Nat) : (0 : R) ≤ n := by grind

theorem natCast_pos {n : Nat} (h : 0 < n) : (0 : R) < n := by
  obtain ⟨m, rfl⟩ : ∃ m, n = m + 1 := ⟨n - 1, by omega⟩
  grind

theorem natCast_le {m n : Nat} (h : m ≤ n) : (m : R) ≤ n := by
  obtain ⟨k, rfl⟩ := Nat.exists_eq_add_of_le h
  grind

/-- The Archimedean property. -/
theorem exists_nat_gt (x : R) : ∃ n : Nat, x < n := by
  refine Classical.byContradiction fun h => ?_
  have hb : ∀ n : Nat, (n : R) ≤ x := fun n => le_of_not_lt fun h' => h ⟨n, h'⟩
  obtain ⟨s, hs, hmin⟩ := RealField.exists_isLUB (fun y : R => ∃ n : Nat, y = n) ⟨0, 0, by grind⟩
    ⟨x, fun y ⟨n, hn⟩ => hn ▸ hb n⟩
  have : s ≤ s - 1 := hmin _ fun y ⟨n, hn⟩ => by
    have := hs ((n + 1 : Nat) : R) ⟨n + 1, rfl⟩
    grind
  grind

/-- Below every positive number lies the inverse of a positive natural number. -/
theorem exists_nat_inv_lt {ε : R} (h : 0 < ε) : ∃ n : Nat, 0 < n ∧ (1 : R) / n < ε := by
  obtain ⟨n, hn⟩ := exists_nat_gt (1 / ε)
  have h₁ := div_pos (zero_lt_one (R := R)) h
  have h₂ : (0 : R) < n := by grind
  have h₃ : 0 < n := by
    rcases Nat.eq_zero_or_pos n with h₀ | h₀
    · subst h₀; grind
    · exact h₀
  refine ⟨n, h₃, (div_lt_iff h₂).2 ?_⟩
  have := (div_lt_iff h).1 hn
  grind

/-- A number that is at most `ε` for every positive `ε` is at most zero. -/
theorem le_of_forall_pos_le {a b : R} (h : ∀ ε, 0 < ε → a ≤ b + ε) : a ≤ b := by
  have : ¬ b < a := fun hlt => by
    have := h ((a - b) / 2) (by grind)
    grind
  grind

/-! ### Absolute value -/

open Classical in
/-- The absolute value. -/
@[expose] noncomputable def abs (x : R) : R := if 0 ≤ x then x else -x

theorem abs_of_nonneg {x : R} (h : 0 ≤ x) : abs x = x := by simp [abs, h]

theorem abs_of_neg {x : R} (h : x < 0) : abs x = -x := by
  have : ¬ 0 ≤ x := by grind
  simp [abs, this]

theorem abs_cases (x : R) : (0 ≤ x ∧ abs x = x) ∨ (x < 0 ∧ abs x = -x) := by
  by_cases h : 0 ≤ x
  · exact Or.inl ⟨h, abs_of_nonneg h⟩
  · exact Or.inr ⟨by grind, abs_of_neg (by grind)⟩

theorem abs_nonneg (x : R) : 0 ≤ abs x := by have := abs_cases x; grind

theorem le_abs_self (x : R) : x ≤ abs x := by have := abs_cases x; grind

theorem neg_le_abs (x : R) : -x ≤ abs x := by have := abs_cases x; grind

theorem abs_le {x b : R} : abs x ≤ b ↔ -b ≤ x ∧ x ≤ b := by have := abs_cases x; grind

theorem abs_lt {x b : R} : abs x < b ↔ -b < x ∧ x < b := by have := abs_cases x; grind

theorem abs_zero : abs (0 : R) = 0 := abs_of_nonneg (by grind)

theorem abs_neg (x : R) : abs (-x) = abs x := by
  have := abs_cases x; have := abs_cases (-x); grind

theorem abs_sub_comm (x y : R) : abs (x - y) = abs (y - x) := by
  rw [← abs_neg (x - y), show -(x - y) = y - x by grind]

theorem abs_add_le (x y : R) : abs (x + y) ≤ abs x + abs y := by
  have := abs_cases x; have := abs_cases y; have := abs_cases (x + y); grind

theorem sq_abs (x : R) : abs x ^ 2 = x ^ 2 := by have := abs_cases x; grind

theorem abs_mul (x y : R) : abs (x * y) = abs x * abs y := by
  have h := mul_nonneg (abs_nonneg x) (abs_nonneg y)
  rcases abs_cases x with ⟨_, hx⟩ | ⟨_, hx⟩ <;> rcases abs_cases y with ⟨_, hy⟩ | ⟨_, hy⟩ <;>
    rw [hx, hy] at h ⊢ <;> have := abs_cases (x * y) <;> grind

theorem abs_eq_zero {x : R} (h : abs x = 0) : x = 0 := by have := abs_cases x; grind

theorem abs_pos {x : R} (h : x ≠ 0) : 0 < abs x := by have := abs_cases x; grind

end DeepTheory
