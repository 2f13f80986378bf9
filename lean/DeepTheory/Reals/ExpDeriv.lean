module

public import DeepTheory.Reals.Exp
public import DeepTheory.Reals.Sqrt
public import DeepTheory.Analysis.MeanValue
public import DeepTheory.Analysis.Gradient

/-!
# The exponential function: derivative, range, convexity

## Main theorems
* `DeepTheory.hasDerivAt_exp`, `DeepTheory.continuousAt_exp`: the derivative, continuity.
* `DeepTheory.exists_exp_eq`: every positive number is a value.
* `DeepTheory.convex_exp`: the exponential function is convex.
* `DeepTheory.exp_le_one_add_add_sq`: a bound above by a parabola.
* `DeepTheory.cosh_le_exp_half_sq`: `(exp x + exp (-x)) / 2 ≤ exp (x ^ 2 / 2)`; by
  `DeepTheory.cosh_le_exp_half_sq_sharp` the constant is the best.

## References
* W. Rudin, *Principles of Mathematical Analysis*, third edition, chapter 8.
* S. Boucheron, G. Lugosi, P. Massart, *Concentration Inequalities*, 2013, section 2.3.
-/

public section

namespace DeepTheory

universe u

open Analysis

variable {R : Type u} [RealField R] {f : R → R} {f' x y : R}

/-- Near `x`, a function whose linear model errs by at most a multiple of the squared distance has
the slope of the model as its derivative. -/
theorem Analysis.hasDerivAt_of_quadratic_error {C δ : R} (hδ : 0 < δ)
    (h : ∀ y, abs (y - x) < δ → abs (f y - f x - f' * (y - x)) ≤ C * (y - x) ^ 2) :
    HasDerivAt f f' x := by
  intro ε hε
  have hC := abs_nonneg C
  have hK : 0 < abs C + 1 := by grind
  obtain ⟨η, hη, h₁, h₂⟩ := exists_pos_le_le hδ (div_pos hε hK)
  refine ⟨η, hη, fun y hy => Std.le_trans (h y (by grind)) ?_⟩
  have h₃ := (le_div_iff hK).1 (show abs (y - x) ≤ ε / (abs C + 1) by grind)
  have h₀ := abs_nonneg (y - x)
  have h₄ := mul_le_mul_of_nonneg_right h₃ h₀
  have h₅ := mul_le_mul_of_nonneg_right (show C ≤ abs C + 1 by
    have := le_abs_self C; grind) (sq_nonneg (abs (y - x)))
  rw [← sq_abs]
  grind

/-! ### Derivative and range -/

/-- The exponential function is its own derivative. -/
theorem hasDerivAt_exp (x : R) : HasDerivAt exp (exp x) x := by
  refine hasDerivAt_of_quadratic_error (C := 2 * exp x) (δ := 1 / 2) (by grind) fun y hy => ?_
  have hy := abs_lt.1 hy
  have hx := exp_pos x
  have h₁ : exp y = exp x * exp (y - x) := by
    rw [← exp_add, show x + (y - x) = y by grind]
  have h₂ := one_add_le_exp (y - x)
  have h₃ : exp (y - x) * (1 - (y - x)) ≤ 1 := (le_div_iff (by grind)).1
    (exp_le_inv_one_sub (by grind))
  rw [h₁]
  generalize exp (y - x) = e at *
  generalize y - x = h at *
  generalize exp x = E at *
  -- the claim for `E = 1`
  have h₄ : e - 1 - h ≤ 2 * h ^ 2 := by
    have h₅ := mul_nonneg (sq_nonneg h) (show 0 ≤ 1 - 2 * h by grind)
    have : e ≤ 1 + h + 2 * h ^ 2 :=
      le_of_mul_le_mul_left (c := 1 - h) (by grind) (by grind)
    grind
  have h₅ := mul_le_mul_of_nonneg_left h₄ (show 0 ≤ E by grind)
  have h₆ := mul_nonneg (show 0 ≤ E by grind) (show 0 ≤ e - 1 - h by grind)
  have h₇ := sq_nonneg h
  have h₈ := mul_nonneg (show 0 ≤ E by grind) h₇
  exact abs_le.2 (by grind)

/-- The exponential function is continuous. -/
theorem continuousAt_exp (x : R) : ContinuousAt exp x := (hasDerivAt_exp x).continuousAt

/-- The derivative of the exponential of a function. -/
theorem Analysis.HasDerivAt.exp (hf : HasDerivAt f f' x) :
    HasDerivAt (fun y => DeepTheory.exp (f y)) (DeepTheory.exp (f x) * f') x :=
  (hasDerivAt_exp (f x)).comp hf

/-- The exponential of a continuous function is continuous. -/
theorem Analysis.ContinuousAt.exp (hf : ContinuousAt f x) :
    ContinuousAt (fun y => DeepTheory.exp (f y)) x :=
  (continuousAt_exp (f x)).comp hf

/-- The limit of an exponential. -/
theorem Tendsto.exp {a : Nat → R} {l : R} (ha : Tendsto a l) :
    Tendsto (fun n => DeepTheory.exp (a n)) (DeepTheory.exp l) :=
  (continuousAt_exp l).tendsto ha

/-- Every positive number is a value of the exponential function. -/
theorem exists_exp_eq (h : 0 < y) : ∃ x, exp x = y := by
  have hi := inv_pos h
  have h₁ := one_add_le_exp y
  have h₂ := exp_le_inv_one_sub (x := -y⁻¹) (by grind)
  have h₃ : 1 / (1 - -y⁻¹) ≤ y := (div_le_iff (by grind)).2 (by grind)
  obtain ⟨c, _, _, hc⟩ := intermediate_value_Icc (f := exp) (a := -y⁻¹) (b := y) (v := y)
    (by grind) (.of_continuousAt fun x _ _ => continuousAt_exp x) (by grind) (by grind)
  exact ⟨c, hc⟩

/-! ### Convexity -/

/-- The exponential function is convex. -/
theorem convex_exp : Convex (exp : R → R) :=
  Convex.of_first_order (g := exp) fun x y => by
    rw [inner_eq_mul]
    exact exp_tangent_le x y

/-- The exponential function lies below its chords. -/
theorem exp_convex_comb_le {t : R} (h₀ : 0 ≤ t) (h₁ : t ≤ 1) (x y : R) :
    exp ((1 - t) * x + t * y) ≤ (1 - t) * exp x + t * exp y := by
  have hx := mul_le_mul_of_nonneg_left (exp_tangent_le ((1 - t) * x + t * y) x)
    (show 0 ≤ 1 - t by grind)
  have hy := mul_le_mul_of_nonneg_left (exp_tangent_le ((1 - t) * x + t * y) y) h₀
  generalize exp ((1 - t) * x + t * y) = e at *
  grind

/-- Between `-1` and `1` the exponential function lies below its chord: this is how an exponential
moment of a bounded variable is bounded. -/
theorem exp_mul_le_of_abs_le_one (s : R) (hx : abs x ≤ 1) :
    exp (s * x) ≤ (1 - x) / 2 * exp (-s) + (1 + x) / 2 * exp s := by
  have := abs_le.1 hx
  have h := exp_convex_comb_le (t := (1 + x) / 2) (by grind) (by grind) (-s) s
  rw [show (1 - (1 + x) / 2) * -s + (1 + x) / 2 * s = s * x by grind] at h
  grind

/-! ### A parabola above -/

/-- Between `-1` and `1` the exponential function lies below the parabola `1 + x + x ^ 2`. -/
theorem exp_le_one_add_add_sq (h : abs x ≤ 1) : exp x ≤ 1 + x + x ^ 2 := by
  have hx := abs_le.1 h
  -- it is enough that `(1 + x + x ^ 2) * exp (-x)` is at least one
  suffices hs : 1 ≤ (1 + x + x ^ 2) * exp (-x) by
    have h₁ := mul_le_mul_of_nonneg_left hs (Std.le_of_lt (exp_pos x))
    have h₂ := exp_mul_exp_neg x
    have h₃ : exp x * ((1 + x + x ^ 2) * exp (-x)) = 1 + x + x ^ 2 := by grind
    grind
  rcases le_total 0 x with h₀ | h₀
  · have hd : ∀ y : R, HasDerivAt (fun y => (1 + y + y ^ 2) * exp (-y))
        (exp (-y) * (y * (1 - y))) y := fun y =>
      ((((hasDerivAt_const 1 y).add (hasDerivAt_id y)).add (hasDerivAt_sq y)).mul
        (hasDerivAt_id y).neg.exp).congr_deriv (by grind)
    have := le_of_deriv_nonneg h₀ (fun y _ _ => hd y) fun y h₁ h₂ =>
      mul_nonneg (Std.le_of_lt (exp_pos (-y))) (mul_nonneg (by grind) (by grind))
    rw [show -(0 : R) = 0 by grind, exp_zero] at this
    grind
  · have h₁ := sq_nonneg x
    have h₂ := mul_le_mul_of_nonneg_left (one_add_le_exp (-x)) (show 0 ≤ 1 + x + x ^ 2 by grind)
    have h₃ := mul_nonneg h₁ (show 0 ≤ -x by grind)
    grind

/-! ### The hyperbolic cosine -/

/-- The hyperbolic tangent of a nonnegative number is at most the number. -/
theorem exp_sub_exp_neg_le (h : 0 ≤ x) : exp x - exp (-x) ≤ x * (exp x + exp (-x)) := by
  have hd : ∀ y : R, HasDerivAt (fun y => exp y - exp (-y) - y * (exp y + exp (-y)))
      (y * (exp (-y) - exp y)) y := fun y =>
    (((hasDerivAt_exp y).sub (hasDerivAt_id y).neg.exp).sub ((hasDerivAt_id y).mul
      ((hasDerivAt_exp y).add (hasDerivAt_id y).neg.exp))).congr_deriv (by grind)
  have := le_of_deriv_nonpos h (fun y _ _ => hd y) fun y h₁ h₂ => by
    have := exp_le_exp.2 (show -y ≤ y by grind)
    have := mul_nonneg (show 0 ≤ y by grind) (show 0 ≤ exp y - exp (-y) by grind)
    grind
  rw [show -(0 : R) = 0 by grind, exp_zero] at this
  grind

/-- The hyperbolic cosine is at most `exp (x ^ 2 / 2)`: a fair sign is subgaussian with variance
one. -/
theorem cosh_le_exp_half_sq (x : R) : (exp x + exp (-x)) / 2 ≤ exp (x ^ 2 / 2) := by
  suffices key : ∀ x : R, 0 ≤ x → (exp x + exp (-x)) / 2 ≤ exp (x ^ 2 / 2) by
    rcases le_total 0 x with h | h
    · exact key x h
    · have := key (-x) (by grind)
      rw [show -(-x) = x by grind, show (-x) ^ 2 = x ^ 2 by grind] at this
      grind
  intro x h
  -- the quotient of the two sides decreases from one
  have hd : ∀ y : R, HasDerivAt (fun y => (exp y + exp (-y)) * exp (-(1 / 2 * y ^ 2)))
      (exp (-(1 / 2 * y ^ 2)) * (exp y - exp (-y) - y * (exp y + exp (-y)))) y := fun y =>
    (((hasDerivAt_exp y).add (hasDerivAt_id y).neg.exp).mul
      ((hasDerivAt_sq y).const_mul (1 / 2)).neg.exp).congr_deriv (by grind)
  have h₁ := le_of_deriv_nonpos h (fun y _ _ => hd y) fun y h₁ h₂ => by
    have := exp_sub_exp_neg_le (show 0 ≤ y by grind)
    have := mul_nonneg (Std.le_of_lt (exp_pos (-(1 / 2 * y ^ 2))))
      (show 0 ≤ y * (exp y + exp (-y)) - (exp y - exp (-y)) by grind)
    grind
  rw [show -(1 / 2 * (0 : R) ^ 2) = 0 by grind, show -(0 : R) = 0 by grind, exp_zero,
    show -(1 / 2 * x ^ 2) = -(x ^ 2 / 2) by grind] at h₁
  have h₂ := mul_le_mul_of_nonneg_left h₁ (Std.le_of_lt (exp_pos (x ^ 2 / 2)))
  have h₃ := exp_mul_exp_neg (x ^ 2 / 2)
  have h₄ : exp (x ^ 2 / 2) * ((exp x + exp (-x)) * exp (-(x ^ 2 / 2))) = exp x + exp (-x) := by
    grind
  grind

/-- The hyperbolic sine of a nonnegative number is at least the number. -/
theorem two_mul_le_exp_sub_exp_neg (h : 0 ≤ x) : 2 * x ≤ exp x - exp (-x) := by
  have hd : ∀ y : R, HasDerivAt (fun y => exp y - exp (-y) - 2 * y) (exp y + exp (-y) - 2) y :=
    fun y => (((hasDerivAt_exp y).sub (hasDerivAt_id y).neg.exp).sub
      ((hasDerivAt_id y).const_mul 2)).congr_deriv (by grind)
  have := le_of_deriv_nonneg h (fun y _ _ => hd y) fun y _ _ => by
    have := one_add_le_exp y
    have := one_add_le_exp (-y)
    grind
  rw [show -(0 : R) = 0 by grind, exp_zero] at this
  grind

/-- The hyperbolic cosine lies above its parabola at zero. -/
theorem one_add_sq_div_two_le_cosh (x : R) : 1 + x ^ 2 / 2 ≤ (exp x + exp (-x)) / 2 := by
  suffices key : ∀ x : R, 0 ≤ x → 1 + x ^ 2 / 2 ≤ (exp x + exp (-x)) / 2 by
    rcases le_total 0 x with h | h
    · exact key x h
    · have := key (-x) (by grind)
      rw [show -(-x) = x by grind, show (-x) ^ 2 = x ^ 2 by grind] at this
      grind
  intro x h
  -- half-angle: `exp x + exp (-x) - 2` is the square of `exp (x / 2) - exp (-(x / 2))`
  have h₁ := sq_le_sq (show 0 ≤ 2 * (x / 2) by grind)
    (two_mul_le_exp_sub_exp_neg (show 0 ≤ x / 2 by grind))
  have h₂ := exp_two_mul (x / 2)
  have h₃ := exp_two_mul (-(x / 2))
  have h₄ := exp_mul_exp_neg (x / 2)
  rw [show 2 * (x / 2) = x by grind] at h₂
  rw [show 2 * -(x / 2) = -x by grind] at h₃
  grind

/-- The constant one half in `cosh_le_exp_half_sq` is the smallest possible. -/
theorem cosh_le_exp_half_sq_sharp {c : R} (hc : c < 1 / 2) :
    ∃ x, 0 < x ∧ exp (c * x ^ 2) < (exp x + exp (-x)) / 2 := by
  have hs : 0 < 1 / 2 - c := by grind
  refine ⟨sqrt (1 / 2 - c), sqrt_pos.2 hs, ?_⟩
  have h₁ := one_add_sq_div_two_le_cosh (sqrt (1 / 2 - c))
  rw [sq_sqrt (Std.le_of_lt hs)] at h₁ ⊢
  -- the argument is at most 1 / 16, so the exponential is at most `1 / (1 - c * s)`
  have h₂ := sq_nonneg (c - 1 / 4)
  have h₃ := exp_le_inv_one_sub (x := c * (1 / 2 - c)) (by grind)
  have h₄ : 1 / (1 - c * (1 / 2 - c)) < 1 + (1 / 2 - c) / 2 := by
    have := mul_pos (mul_pos hs hs) (show 0 < 1 - c / 2 by grind)
    exact (div_lt_iff (by grind)).2 (by grind)
  grind

end DeepTheory
