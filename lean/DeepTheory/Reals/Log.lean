module

public import DeepTheory.Reals.ExpDeriv

/-!
# The natural logarithm

## Main definitions
* `DeepTheory.log`: the inverse of the exponential function; zero at numbers that are not positive.

## Main theorems
* `DeepTheory.exp_log`, `DeepTheory.log_exp`: the two functions undo each other.
* `DeepTheory.log_mul`, `DeepTheory.log_inv`, `DeepTheory.log_div`, `DeepTheory.log_pow`.
* `DeepTheory.log_le_sub_one`, `DeepTheory.one_sub_inv_le_log`: bounds.
* `DeepTheory.log_le_log_iff`, `DeepTheory.log_lt_log_iff`: order.
* `DeepTheory.hasDerivAt_log`: the derivative.
* `DeepTheory.concave_log`: concavity.
* `DeepTheory.exp_log_laws`: the laws of both functions in one place.

## References
* W. Rudin, *Principles of Mathematical Analysis*, third edition, chapter 8.
-/

public section

namespace DeepTheory

universe u

open Analysis

variable {R : Type u} [RealField R] {f : R → R} {f' x y z : R}

open Classical in
/-- The natural logarithm of a positive number; zero at other numbers. -/
noncomputable def log (x : R) : R := if h : 0 < x then choose (exists_exp_eq h) else 0

/-- The exponential function undoes the logarithm. -/
theorem exp_log (h : 0 < x) : exp (log x) = x := by
  unfold log
  rw [dif_pos h]
  exact Classical.choose_spec (exists_exp_eq h)

/-- The logarithm undoes the exponential function. -/
@[simp] theorem log_exp (x : R) : log (exp x) = x := exp_injective (exp_log (exp_pos x))

/-- The logarithm is zero at numbers that are not positive. -/
theorem log_of_nonpos (h : x ≤ 0) : log x = 0 := by
  unfold log
  rw [dif_neg (by grind)]

/-- The logarithm of zero is zero by convention. -/
@[simp] theorem log_zero : log (0 : R) = 0 := log_of_nonpos (by grind)

/-- The logarithm of one is zero. -/
@[simp] theorem log_one : log (1 : R) = 0 := by
  rw [← exp_zero, log_exp]

/-- The number whose exponential is `x`. -/
theorem log_eq_of_exp_eq (h : exp y = x) : log x = y := by rw [← h, log_exp]

/-! ### Products -/

/-- The logarithm turns products into sums. -/
theorem log_mul (hx : 0 < x) (hy : 0 < y) : log (x * y) = log x + log y :=
  log_eq_of_exp_eq (by rw [exp_add, exp_log hx, exp_log hy])

/-- The logarithm of the inverse. -/
@[simp] theorem log_inv (x : R) : log x⁻¹ = -log x := by
  by_cases h : 0 < x
  · exact log_eq_of_exp_eq (by rw [exp_neg, exp_log h])
  · have h' : ¬ 0 < x⁻¹ := fun h' => by
      have := inv_pos h'
      rw [show (x⁻¹)⁻¹ = x by grind] at this
      exact h this
    rw [log_of_nonpos (show x ≤ 0 by grind), log_of_nonpos (show x⁻¹ ≤ 0 by grind)]
    grind

/-- The logarithm turns quotients into differences. -/
theorem log_div (hx : 0 < x) (hy : 0 < y) : log (x / y) = log x - log y := by
  rw [show x / y = x * y⁻¹ by grind, log_mul hx (inv_pos hy), log_inv]
  grind

/-- The logarithm of a power. -/
theorem log_pow (hx : 0 < x) (n : Nat) : log (x ^ n) = n * log x :=
  log_eq_of_exp_eq (by rw [exp_nat_mul, exp_log hx])

/-! ### Order -/

/-- The logarithm is monotone, as an equivalence. -/
theorem log_le_log_iff (hx : 0 < x) (hy : 0 < y) : log x ≤ log y ↔ x ≤ y := by
  rw [← exp_le_exp, exp_log hx, exp_log hy]

/-- The logarithm is strictly monotone, as an equivalence. -/
theorem log_lt_log_iff (hx : 0 < x) (hy : 0 < y) : log x < log y ↔ x < y := by
  rw [← exp_lt_exp, exp_log hx, exp_log hy]

/-- The logarithm is monotone. -/
theorem log_le_log (hx : 0 < x) (h : x ≤ y) : log x ≤ log y :=
  (log_le_log_iff hx (by grind)).2 h

/-- The logarithm is strictly monotone. -/
theorem log_lt_log (hx : 0 < x) (h : x < y) : log x < log y :=
  (log_lt_log_iff hx (by grind)).2 h

/-- The logarithm is injective on the positive numbers. -/
theorem log_injective (hx : 0 < x) (hy : 0 < y) (h : log x = log y) : x = y := by
  rw [← exp_log hx, h, exp_log hy]

/-- A bound for a logarithm is a bound by an exponential. -/
theorem log_le_iff_le_exp (hx : 0 < x) : log x ≤ y ↔ x ≤ exp y := by
  rw [← exp_le_exp, exp_log hx]

/-- A bound for a logarithm is a bound by an exponential. -/
theorem log_lt_iff_lt_exp (hx : 0 < x) : log x < y ↔ x < exp y := by
  rw [← exp_lt_exp, exp_log hx]

/-- A bound by a logarithm is a bound for an exponential. -/
theorem le_log_iff_exp_le (hy : 0 < y) : x ≤ log y ↔ exp x ≤ y := by
  rw [← exp_le_exp, exp_log hy]

/-- A bound by a logarithm is a bound for an exponential. -/
theorem lt_log_iff_exp_lt (hy : 0 < y) : x < log y ↔ exp x < y := by
  rw [← exp_lt_exp, exp_log hy]

/-- The logarithm is positive above one. -/
theorem log_pos (h : 1 < x) : 0 < log x := by
  have := log_lt_log (show (0 : R) < 1 by grind) h
  rwa [log_one] at this

/-- The logarithm is nonnegative from one on. -/
theorem log_nonneg (h : 1 ≤ x) : 0 ≤ log x := by
  have := log_le_log (show (0 : R) < 1 by grind) h
  rwa [log_one] at this

/-- The logarithm is negative between zero and one. -/
theorem log_neg (h₀ : 0 < x) (h₁ : x < 1) : log x < 0 := by
  have := log_lt_log h₀ h₁
  rwa [log_one] at this

/-- The logarithm is at most zero up to one. -/
theorem log_nonpos (h : x ≤ 1) : log x ≤ 0 := by
  by_cases h₀ : 0 < x
  · have := log_le_log h₀ h
    rwa [log_one] at this
  · rw [log_of_nonpos (by grind)]
    grind

/-! ### Bounds -/

/-- The logarithm lies below its tangent at one. -/
theorem log_le_sub_one (h : 0 < x) : log x ≤ x - 1 := by
  have := one_add_le_exp (log x)
  rw [exp_log h] at this
  grind

/-- Only at one does the logarithm touch its tangent at one. -/
theorem log_lt_sub_one (h : 0 < x) (h₁ : x ≠ 1) : log x < x - 1 := by
  have := add_one_lt_exp (x := log x) fun h₀ => h₁ (by rw [← exp_log h, h₀, exp_zero])
  rw [exp_log h] at this
  grind

/-- The logarithm lies above `1 - 1 / x`. -/
theorem one_sub_inv_le_log (h : 0 < x) : 1 - x⁻¹ ≤ log x := by
  have := log_le_sub_one (inv_pos h)
  rw [log_inv] at this
  grind

/-- The logarithm lies below its tangents. -/
theorem log_le_tangent (hx : 0 < x) (hy : 0 < y) : log y ≤ log x + (y - x) / x := by
  have := log_le_sub_one (div_pos hy hx)
  rw [log_div hy hx] at this
  grind

/-! ### Derivative -/

/-- The derivative of the logarithm. -/
theorem hasDerivAt_log (hx : 0 < x) : HasDerivAt log x⁻¹ x := by
  refine hasDerivAt_of_quadratic_error (C := 2 * (x⁻¹ * x⁻¹)) (δ := x / 2) (by grind)
    fun y hy => ?_
  have hy := abs_lt.1 hy
  have hy₀ : 0 < y := by grind
  have h₁ := log_le_tangent hx hy₀
  have h₂ := log_le_tangent hy₀ hx
  rw [show (y - x) / x = x⁻¹ * (y - x) by grind] at h₁
  rw [show (x - y) / y = -(y⁻¹ * (y - x)) by grind] at h₂
  have hi := inv_pos hx
  -- the inverse of `y` is at most twice that of `x`
  have h₃ : y⁻¹ ≤ 2 * x⁻¹ := by
    have h₄ := inv_pos hy₀
    have h₅ := mul_le_mul_of_nonneg_left (show x ≤ 2 * y by grind)
      (Std.le_of_lt (mul_pos hi h₄))
    rw [show x⁻¹ * y⁻¹ * x = y⁻¹ by grind, show x⁻¹ * y⁻¹ * (2 * y) = 2 * x⁻¹ by grind] at h₅
    exact h₅
  have h₄ : y⁻¹ * (y - x) = x⁻¹ * (y - x) - x⁻¹ * y⁻¹ * (y - x) ^ 2 := by grind
  have h₅ := mul_le_mul_of_nonneg_left h₃
    (mul_nonneg (Std.le_of_lt hi) (sq_nonneg (y - x)))
  have h₆ := mul_nonneg (mul_nonneg (Std.le_of_lt hi) (Std.le_of_lt hi)) (sq_nonneg (y - x))
  rw [show x⁻¹ * (y - x) ^ 2 * y⁻¹ = x⁻¹ * y⁻¹ * (y - x) ^ 2 by grind,
    show x⁻¹ * (y - x) ^ 2 * (2 * x⁻¹) = 2 * (x⁻¹ * x⁻¹) * (y - x) ^ 2 by grind] at h₅
  rw [h₄] at h₂
  clear h₃ h₄
  generalize x⁻¹ * y⁻¹ * (y - x) ^ 2 = p at *
  generalize x⁻¹ * (y - x) = q at *
  generalize (y - x) ^ 2 = r at *
  exact abs_le.2 (by grind)

/-- The logarithm is continuous at positive numbers. -/
theorem continuousAt_log (hx : 0 < x) : ContinuousAt log x := (hasDerivAt_log hx).continuousAt

/-- The derivative of the logarithm of a function. -/
theorem Analysis.HasDerivAt.log (hf : HasDerivAt f f' x) (hx : 0 < f x) :
    HasDerivAt (fun y => DeepTheory.log (f y)) (f' / f x) x :=
  (HasDerivAt.comp (hasDerivAt_log hx) hf).congr_deriv (by grind)

/-- The limit of a logarithm. -/
theorem Tendsto.log {a : Nat → R} {l : R} (ha : Tendsto a l) (hl : 0 < l) :
    Tendsto (fun n => DeepTheory.log (a n)) (DeepTheory.log l) :=
  (continuousAt_log hl).tendsto ha

/-! ### Concavity -/

/-- The logarithm lies above its chords. -/
theorem concave_log {t : R} (hx : 0 < x) (hy : 0 < y) (h₀ : 0 ≤ t) (h₁ : t ≤ 1) :
    (1 - t) * log x + t * log y ≤ log ((1 - t) * x + t * y) := by
  have hz : 0 < (1 - t) * x + t * y := by
    have := mul_nonneg h₀ (Std.le_of_lt hy)
    have := mul_nonneg (show 0 ≤ 1 - t by grind) (Std.le_of_lt hx)
    rcases (show t = 0 ∨ 0 < t by grind) with h | h
    · subst h; grind
    · have := mul_pos h hy; grind
  have h₂ := mul_le_mul_of_nonneg_left (log_le_tangent hz hx) (show 0 ≤ 1 - t by grind)
  have h₃ := mul_le_mul_of_nonneg_left (log_le_tangent hz hy) h₀
  have h₄ : (1 - t) * (log ((1 - t) * x + t * y) + (x - ((1 - t) * x + t * y)) /
      ((1 - t) * x + t * y)) + t * (log ((1 - t) * x + t * y) + (y - ((1 - t) * x + t * y)) /
      ((1 - t) * x + t * y)) = log ((1 - t) * x + t * y) := by
    generalize hz' : (1 - t) * x + t * y = z at *
    generalize log z = w
    have : (1 - t) * ((x - z) / z) + t * ((y - z) / z) = ((1 - t) * x + t * y - z) / z := by
      grind
    grind
  generalize log ((1 - t) * x + t * y) = w at *
  grind

/-! ### The laws in one place -/

/-- **The laws of the exponential function and the logarithm.** The exponential function turns sums
into products, is positive and strictly increasing, is its own derivative, lies above its tangent at
zero everywhere, below `1 / (1 - x)` left of one and below `1 + x + x ^ 2` between -1 and 1; its
mean at `x` and `-x` is at most `exp (x ^ 2 / 2)`. The logarithm is its inverse on the positive
numbers: it turns products into sums and lies between `1 - 1 / u` and `u - 1`. Every exponential
moment, every entropy and every power law of the library rests on these.

* controls: reals
* assumes: u and v positive; x and y arbitrary
* bound: none
* witness: exp_log_laws_witness
* sharp: exp_log_laws_sharp (`1 + x ≤ exp x` is attained at 0 and only there, the bounds of the
  logarithm at 1 and only there, the constant in `exp (x ^ 2 / 2)` is the best)
* source: folklore -/
theorem exp_log_laws {x y u v : R} (hu : 0 < u) (hv : 0 < v) :
    (exp (x + y) = exp x * exp y ∧ 0 < exp x ∧ (exp x < exp y ↔ x < y) ∧
      HasDerivAt exp (exp x) x ∧ 1 + x ≤ exp x ∧ (x < 1 → exp x ≤ 1 / (1 - x)) ∧
      (abs x ≤ 1 → exp x ≤ 1 + x + x ^ 2) ∧ (exp x + exp (-x)) / 2 ≤ exp (x ^ 2 / 2)) ∧
    log (exp x) = x ∧ exp (log u) = u ∧ log (u * v) = log u + log v ∧ HasDerivAt log u⁻¹ u ∧
      1 - u⁻¹ ≤ log u ∧ log u ≤ u - 1 :=
  ⟨⟨exp_add x y, exp_pos x, exp_lt_exp, hasDerivAt_exp x, one_add_le_exp x, exp_le_inv_one_sub,
      exp_le_one_add_add_sq, cosh_le_exp_half_sq x⟩,
    log_exp x, exp_log hu, log_mul hu hv, hasDerivAt_log hu, one_sub_inv_le_log hu,
    log_le_sub_one hu⟩

/-- The number `exp 1` lies between 2 and 3, and `log 2` between one half and one. -/
theorem exp_log_laws_witness :
    (0 : R) < 2 ∧ 2 ≤ exp (1 : R) ∧ exp (1 : R) ≤ 3 ∧ exp (log (2 : R)) = 2 ∧
      1 / 2 ≤ log (2 : R) ∧ log (2 : R) ≤ 1 := by
  have h₁ := one_add_le_exp (1 : R)
  have h₂ := exp_le_one_add_add_sq (x := (1 : R)) (by rw [abs_of_nonneg (by grind)]; grind)
  have h₃ := one_sub_inv_le_log (show (0 : R) < 2 by grind)
  have h₄ := log_le_sub_one (show (0 : R) < 2 by grind)
  exact ⟨by grind, by grind, by grind, exp_log (by grind), by grind, by grind⟩

/-- The tangent to the exponential function at zero touches it at zero and only there; the bounds of
the logarithm are attained at one and only there; no constant below one half will do in
`exp (x ^ 2 / 2)`. -/
theorem exp_log_laws_sharp :
    (∀ x : R, 1 + x = exp x ↔ x = 0) ∧ (∀ u : R, 0 < u → (log u = u - 1 ↔ u = 1)) ∧
      (∀ u : R, 0 < u → (1 - u⁻¹ = log u ↔ u = 1)) ∧
      ∀ c : R, c < 1 / 2 → ∃ x, 0 < x ∧ exp (c * x ^ 2) < (exp x + exp (-x)) / 2 := by
  have key : ∀ u : R, 0 < u → (log u = u - 1 ↔ u = 1) := fun u hu => by
    refine ⟨fun h => Classical.byContradiction fun hne => ?_, fun h => ?_⟩
    · have := log_lt_sub_one hu hne
      grind
    · rw [h, log_one]; grind
  refine ⟨fun x => ⟨fun h => Classical.byContradiction fun hne => ?_, fun h => ?_⟩, key,
    fun u hu => ?_, fun c => cosh_le_exp_half_sq_sharp⟩
  · have := add_one_lt_exp hne
    grind
  · rw [h, exp_zero]; grind
  · have h := key u⁻¹ (inv_pos hu)
    rw [log_inv] at h
    have : u⁻¹ = 1 ↔ u = 1 := by grind
    grind

end DeepTheory
