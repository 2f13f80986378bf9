module

public import DeepTheory.Reals.Product
public import DeepTheory.Reals.Pow
public import DeepTheory.Reals.MaxMin
public import DeepTheory.Reals.Log

/-!
# Tactics for routine work

* `positivity` closes goals `0 < e`, `0 ≤ e` and `e ≠ 0`, by what `e` is built of.
* `clear_denominators` multiplies an inequality or an equality of quotients out.
* `monotone` closes goals `a ≤ b` where both sides are built in the same way from parts with the
  same inequality.

Each is a macro over the lemmas of the library; the examples at the end show what they do.
-/

public section

namespace DeepTheory

-- The macros below run in the files that import this one.
set_option compiler.extract_closed false

/-- Closes goals `0 < e`, `0 ≤ e` and `e ≠ 0`, for `e` built from sums, products, quotients, powers,
roots, exponentials, absolute values and casts of numbers, by hypotheses on its parts. -/
syntax (name := positivity) "positivity" : tactic

macro_rules
  | `(tactic| positivity) => `(tactic| first
    | assumption
    | exact exp_pos _
    | exact natCast_nonneg _
    | exact sqrt_nonneg _
    | exact abs_nonneg _
    | exact sq_nonneg _
    | exact mul_self_nonneg _
    | (refine mul_pos ?_ ?_ <;> positivity)
    | (refine div_pos ?_ ?_ <;> positivity)
    | (refine inv_pos ?_ <;> positivity)
    | (refine pow_pos ?_ _ <;> positivity)
    | (refine sqrt_pos.2 ?_ <;> positivity)
    | (refine add_pos_of_pos_of_nonneg ?_ ?_ <;> positivity)
    | (refine add_pos_of_nonneg_of_pos ?_ ?_ <;> positivity)
    | (refine prod_pos fun _ => ?_ <;> positivity)
    | (refine mul_nonneg ?_ ?_ <;> positivity)
    | (refine div_nonneg_of_nonneg ?_ ?_ <;> positivity)
    | (refine inv_nonneg ?_ <;> positivity)
    | (refine pow_nonneg ?_ _ <;> positivity)
    | (refine add_nonneg ?_ ?_ <;> positivity)
    | (refine sum_nonneg fun _ => ?_ <;> positivity)
    | (refine prod_nonneg fun _ => ?_ <;> positivity)
    | (refine natCast_pos ?_ <;> omega)
    | (refine le_of_lt ?_ <;> positivity)
    | (refine ne_of_gt ?_ <;> positivity)
    | (simp only [*]; done)
    | grind)

/-- Multiplies an inequality or an equality of quotients out; the denominators are seen to be
positive by `positivity`. -/
syntax (name := clearDenominators) "clear_denominators" : tactic

macro_rules
  | `(tactic| clear_denominators) => `(tactic| first
    | (refine (div_le_div_iff ?_ ?_).2 ?_; (focus positivity); (focus positivity))
    | (refine (div_lt_div_iff ?_ ?_).2 ?_; (focus positivity); (focus positivity))
    | (refine (div_eq_div_iff ?_ ?_).2 ?_; (focus positivity); (focus positivity))
    | (refine (div_le_iff ?_).2 ?_; (focus positivity))
    | (refine (le_div_iff ?_).2 ?_; (focus positivity))
    | (refine (div_lt_iff ?_).2 ?_; (focus positivity))
    | (refine (lt_div_iff ?_).2 ?_; (focus positivity))
    | (refine (div_eq_iff ?_).2 ?_; (focus positivity))
    | (refine (eq_div_iff ?_).2 ?_; (focus positivity)))

/-- Closes goals `a ≤ b` where both sides are built in the same way, by monotone operations, from
parts with the same inequality; where a sign matters, `positivity` finds it. -/
syntax (name := monotone) "monotone" : tactic

macro_rules
  | `(tactic| monotone) => `(tactic| first
    | assumption
    | exact Std.le_refl _
    | (refine add_le_add ?_ ?_ <;> monotone)
    | (refine sub_le_sub ?_ ?_ <;> monotone)
    | (refine neg_le_neg ?_ <;> monotone)
    | (refine mul_le_mul ?_ ?_ ?_ ?_ <;> first | monotone | positivity)
    | (refine div_le_div ?_ ?_ ?_ ?_ <;> first | monotone | positivity)
    | (refine inv_le_inv_of_le ?_ ?_ <;> first | monotone | positivity)
    | (refine pow_le_pow_left ?_ ?_ _ <;> first | monotone | positivity)
    | (refine exp_le_exp.2 ?_ <;> monotone)
    | (refine log_le_log ?_ ?_ <;> first | monotone | positivity)
    | (refine sqrt_le_sqrt ?_ <;> monotone)
    | (refine max_le_max ?_ ?_ <;> monotone)
    | (refine min_le_min ?_ ?_ <;> monotone)
    | (refine sum_le_sum fun _ => ?_ <;> monotone)
    | (refine le_of_lt ?_ <;> assumption))

/-! ### Examples -/

universe u

variable {R : Type u} [RealField R] {a b c d x y : R} {n : Nat}

example (ha : 0 < a) (hb : 0 ≤ b) : 0 < a * exp x + b * sqrt y := by positivity

example (ha : 0 < a) : 0 ≤ (a ^ n + abs x) / (2 * a) := by positivity

example (ha : 0 < a) (hn : 0 < n) : (n : R) * a ≠ 0 := by positivity

example (f : Fin n → R) : 0 ≤ ∑ i, (f i) ^ 2 * exp (f i) := by positivity

example (ha : 0 < a) (hb : 0 < b) (h : x * (a * b) ≤ y) : x ≤ y / (a * b) := by
  clear_denominators
  exact h

example (ha : 0 < a) (hb : 0 < b) : 1 / (a + b) ≤ 1 / a := by
  clear_denominators
  grind

example (h : a ≤ b) (h' : c ≤ d) (hc : 0 ≤ c) (hb : 0 ≤ b) :
    exp (a * c + x) - sqrt y ≤ exp (b * d + x) - sqrt y := by monotone

example (f : Fin n → R) (h : a ≤ b) (ha : 0 < a) :
    (∑ i, exp (f i)) / b + log a ≤ (∑ i, exp (f i)) / a + log b := by monotone

end DeepTheory
