module

public import DeepTheory.Probability.BinaryKl

/-!
# The exponential moments of a two-point law

The analytic facts on which the concentration inequalities rest: the exponential moment of a
centred two-point law is at most that of a normal law with the largest possible variance, and an
exponential on an interval lies below its chord.

## Main theorems
* `DeepTheory.Probability.bernoulli_mgf_le`: `(1 - p) exp (- p h) + p exp ((1 - p) h)` is at most
  `exp (h ^ 2 / 8)`.
* `DeepTheory.Probability.exp_mul_le_chord`: an exponential on an interval lies below its chord.
* `DeepTheory.Probability.exp_neg_klBin`: the smallest value of the exponential moment that
  bounds a binomial tail.

## References
* W. Hoeffding, *Probability inequalities for sums of bounded random variables*, 1963.
* S. Boucheron, G. Lugosi, P. Massart, *Concentration Inequalities*, 2013, section 2.3.
-/

public section

namespace DeepTheory.Probability

open Analysis

universe u

variable {R : Type u} [RealField R] {p h x : R}

/-! ### The logarithm of the moment -/

/-- The expectation of `exp (h X)` for a Bernoulli law with success probability `p` is positive. -/
theorem bernoulli_mgf_pos (h₀ : 0 ≤ p) (h₁ : p ≤ 1) (h : R) : 0 < 1 - p + p * exp h := by
  have := mul_nonneg h₀ (Std.le_of_lt (exp_pos h))
  rcases (show p < 1 ∨ p = 1 by grind) with hp | hp
  · grind
  · have := exp_pos h; subst hp; grind

/-- The derivative of the tilted success probability is its variance. -/
theorem hasDerivAt_tilt (h₀ : 0 ≤ p) (h₁ : p ≤ 1) (h : R) :
    HasDerivAt (fun h => p * exp h / (1 - p + p * exp h))
      (p * exp h / (1 - p + p * exp h) * (1 - p * exp h / (1 - p + p * exp h))) h := by
  have hd := (hasDerivAt_exp h).const_mul p
  have hm := bernoulli_mgf_pos h₀ h₁ h
  refine (hd.div ((hasDerivAt_const (1 - p) h).add hd) (by grind)).congr_deriv ?_
  generalize exp h = e at *
  have : 1 - p + p * e ≠ 0 := by grind
  grind

/-- The derivative of the gap between `x ^ 2 / 8 + p x` and the logarithm of the moment is
monotone, because a Bernoulli law has variance at most one quarter. -/
theorem bernoulli_gap_deriv_mono (h₀ : 0 ≤ p) (h₁ : p ≤ 1) {x y : R} (hxy : x ≤ y) :
    x / 4 + p - p * exp x / (1 - p + p * exp x) ≤ y / 4 + p - p * exp y / (1 - p + p * exp y) := by
  refine monotone_of_deriv_nonneg (f := fun x => x / 4 + p - p * exp x / (1 - p + p * exp x))
    (f' := fun x => 1 / 4 - p * exp x / (1 - p + p * exp x) *
      (1 - p * exp x / (1 - p + p * exp x))) (fun x => ?_) (fun x => ?_) hxy
  · exact ((((hasDerivAt_id x).div (hasDerivAt_const 4 x) (by grind)).add
      (hasDerivAt_const p x)).sub (hasDerivAt_tilt h₀ h₁ x)).congr_deriv (by
        dsimp only
        generalize p * exp x / (1 - p + p * exp x) * _ = v
        grind)
  · have := sq_nonneg (p * exp x / (1 - p + p * exp x) - 1 / 2)
    show 0 ≤ 1 / 4 - p * exp x / (1 - p + p * exp x) * (1 - p * exp x / (1 - p + p * exp x))
    generalize p * exp x / (1 - p + p * exp x) = v at *
    grind

/-- The gap is smallest at zero. -/
theorem bernoulli_log_mgf_ge (h₀ : 0 ≤ p) (h₁ : p ≤ 1) (h : R) :
    (0 : R) ^ 2 / 8 + p * 0 - log (1 - p + p * exp 0) ≤
      h ^ 2 / 8 + p * h - log (1 - p + p * exp h) := by
  have hd (x : R) : HasDerivAt (fun x => x ^ 2 / 8 + p * x - log (1 - p + p * exp x))
      (x / 4 + p - p * exp x / (1 - p + p * exp x)) x :=
    ((((hasDerivAt_sq x).div (hasDerivAt_const 8 x) (by grind)).add
      ((hasDerivAt_id x).const_mul p)).sub (HasDerivAt.log ((hasDerivAt_const (1 - p) x).add
        ((hasDerivAt_exp x).const_mul p)) (bernoulli_mgf_pos h₀ h₁ x))).congr_deriv (by
          generalize 1 - p + p * exp x = v
          grind)
  have hzero : (0 : R) / 4 + p - p * exp 0 / (1 - p + p * exp 0) = 0 := by rw [exp_zero]; grind
  rcases le_total 0 h with hh | hh
  · exact le_of_deriv_nonneg hh (fun x _ _ => hd x) fun x hx _ =>
      hzero ▸ bernoulli_gap_deriv_mono h₀ h₁ (Std.le_of_lt hx)
  · exact le_of_deriv_nonpos hh (fun x _ _ => hd x) fun x _ hx =>
      hzero ▸ bernoulli_gap_deriv_mono h₀ h₁ (Std.le_of_lt hx)

/-- **The moment of a two-point law.** The exponential moment of a centred Bernoulli law is at most
`exp (h ^ 2 / 8)`: the variance of a Bernoulli law is at most one quarter. -/
theorem bernoulli_mgf_le (h₀ : 0 ≤ p) (h₁ : p ≤ 1) (h : R) :
    (1 - p) * exp (-(p * h)) + p * exp ((1 - p) * h) ≤ exp (h ^ 2 / 8) := by
  have hmin := bernoulli_log_mgf_ge h₀ h₁ h
  have hm := bernoulli_mgf_pos h₀ h₁ h
  rw [exp_zero, show 1 - p + p * 1 = (1 : R) by grind, log_one] at hmin
  have hlog : log (1 - p + p * exp h) ≤ h ^ 2 / 8 + p * h := by grind
  have := mul_le_mul_of_nonneg_left ((log_le_iff_le_exp hm).1 hlog)
    (Std.le_of_lt (exp_pos (-(p * h))))
  rw [← exp_add, show -(p * h) + (h ^ 2 / 8 + p * h) = h ^ 2 / 8 by grind] at this
  rw [show (1 - p) * h = -(p * h) + h by grind, exp_add]
  grind

/-! ### Chords -/

/-- An exponential on an interval lies below its chord. -/
theorem exp_mul_le_chord {a b : R} (hab : a < b) (ha : a ≤ x) (hb : x ≤ b) (s : R) :
    exp (s * x) ≤ (b - x) / (b - a) * exp (s * a) + (x - a) / (b - a) * exp (s * b) := by
  have hp : 0 < b - a := by grind
  have h := exp_convex_comb_le (t := (x - a) / (b - a)) (div_nonneg (by grind) hp)
    ((div_le_iff hp).2 (by grind)) (s * a) (s * b)
  rw [show (1 - (x - a) / (b - a)) * (s * a) + (x - a) / (b - a) * (s * b) = s * x by grind,
    show 1 - (x - a) / (b - a) = (b - x) / (b - a) by grind] at h
  exact h

/-- On the unit interval the power `exp (h x)` lies below `1 - x + x exp h`. -/
theorem exp_mul_le_linear (h₀ : 0 ≤ x) (h₁ : x ≤ 1) (h : R) :
    exp (h * x) ≤ 1 - x + x * exp h := by
  have := exp_convex_comb_le h₀ h₁ 0 h
  rw [exp_zero, show (1 - x) * 0 + x * h = h * x by grind] at this
  grind

/-! ### Divergence -/

/-- The Chernoff bound at its best tilt: with `exp h = q (1 - p) / (p (1 - q))` the moment
`exp (- q h) (1 - p + p exp h)` is `exp (- kl (q, p))`. -/
theorem exp_neg_klBin {q : R} (hq : 0 < q) (hq' : q < 1) (hp : 0 < p) (hp' : p < 1) :
    exp (-(q * log (q * (1 - p) / (p * (1 - q))))) * (1 - p + p * (q * (1 - p) / (p * (1 - q)))) =
      exp (-klBin q p) := by
  have h₁ : 0 < 1 - q := by grind
  have h₂ : 0 < 1 - p := by grind
  have h₃ : 1 - p + p * (q * (1 - p) / (p * (1 - q))) = exp (log ((1 - p) / (1 - q))) := by
    rw [exp_log (div_pos h₂ h₁)]
    grind
  rw [h₃, ← exp_add, klBin, log_div (mul_pos hq h₂) (mul_pos hp h₁), log_mul hq h₂,
    log_mul hp h₁, log_div h₂ h₁, log_div h₁ h₂, log_div hq hp]
  congr 1
  grind

end DeepTheory.Probability
