module

public import DeepTheory.Reals.Inequalities
public import DeepTheory.Analysis.MeanValue

/-!
# The relative entropy of two coins

`klBin q p` is the relative entropy of a coin with mean `q` with respect to one with mean `p`.

The conventions of the library are `log 0 = 0` and `x / 0 = 0`, so the summand of a weight zero is
zero and the formula gives the right values at `q = 0` and `q = 1`, namely `-log (1 - p)` and
`-log p` (`klBin_zero_left`, `klBin_one_left`).  At `p = 0` and at `p = 1` it gives zero where `q`
equals `p`, as it should, but for other `q` the relative entropy is infinite and the formula has no
meaning.  So the statements ask for `0 < p ∨ q = 0` and for `p < 1 ∨ q = 1`: every outcome that `q`
allows is allowed by `p`.

## Main definitions
* `DeepTheory.Probability.klBin`: the relative entropy of two coins.

## Main theorems
* `DeepTheory.Probability.klBin_nonneg`, `DeepTheory.Probability.klBin_self`,
  `DeepTheory.Probability.klBin_eq_zero_iff`.
* `DeepTheory.Probability.hasDerivAt_klBin`: the derivative in `p`.
* `DeepTheory.Probability.klBin_lt_klBin`, `DeepTheory.Probability.klBin_le_klBin`,
  `DeepTheory.Probability.klBin_antitone`: monotone in `p` on either side of `q`.
* `DeepTheory.Probability.klBin_convex`, `DeepTheory.Probability.klBin_convex_right`: convexity.
* `DeepTheory.Probability.two_mul_sq_le_klBin`, `DeepTheory.Probability.two_mul_sq_le_klBin_sharp`:
  Pinsker's inequality for two coins, with the best constant.
* `DeepTheory.Probability.sq_div_two_mul_le_klBin`,
  `DeepTheory.Probability.sq_div_two_mul_le_klBin_of_ge`: the bounds that are better near 0.

## References
* T. M. Cover, J. A. Thomas, *Elements of Information Theory*, second edition, sections 2.6, 11.6.
* S. Boucheron, G. Lugosi, P. Massart, *Concentration Inequalities*, 2013, section 2.2.
-/

public section

namespace DeepTheory.Probability

open Analysis

universe u

variable {R : Type u} [RealField R] {a c p q t : R}

/-- The relative entropy of a coin with mean `q` with respect to a coin with mean `p`. -/
@[expose] noncomputable def klBin (q p : R) : R :=
  q * log (q / p) + (1 - q) * log ((1 - q) / (1 - p))

/-! ### Values -/

/-- The relative entropy of two coins as a difference of two entropies. -/
theorem klBin_eq (hq₀ : 0 ≤ q) (hq₁ : q ≤ 1) (h₀ : 0 < p ∨ q = 0) (h₁ : p < 1 ∨ q = 1) :
    klBin q p = q * log q + (1 - q) * log (1 - q) - (q * log p + (1 - q) * log (1 - p)) := by
  unfold klBin
  rw [mul_log_div hq₀ h₀, mul_log_div (show 0 ≤ 1 - q by grind) (by grind)]
  grind

/-- Exchanging the two sides of both coins. -/
theorem klBin_one_sub (q p : R) : klBin (1 - q) (1 - p) = klBin q p := by
  unfold klBin
  rw [show 1 - (1 - q) = q by grind, show 1 - (1 - p) = p by grind]
  grind

/-- A coin has relative entropy zero with respect to itself. -/
@[simp] theorem klBin_self (q : R) : klBin q q = 0 := by
  have h : ∀ x : R, x * log (x / x) = 0 := fun x => by
    by_cases hx : x = 0
    · rw [hx]; grind
    · rw [show x / x = 1 by grind, log_one]; grind
  unfold klBin
  rw [h, h]; grind

/-- The value for a coin that never shows one. -/
theorem klBin_zero_left (hp : p < 1) : klBin 0 p = -log (1 - p) := by
  unfold klBin
  have h := log_div zero_lt_one (show 0 < 1 - p by grind)
  rw [log_one] at h
  grind

/-- The value for a coin that always shows one. -/
theorem klBin_one_left (hp : 0 < p) : klBin 1 p = -log p := by
  unfold klBin
  rw [log_div (by grind) hp, log_one]
  grind

/-- The relative entropy of two coins is nonnegative. -/
theorem klBin_nonneg (hq₀ : 0 ≤ q) (hq₁ : q ≤ 1) (hp₀ : 0 ≤ p) (hp₁ : p ≤ 1) (h₀ : 0 < p ∨ q = 0)
    (h₁ : p < 1 ∨ q = 1) : 0 ≤ klBin q p := by
  have h₂ := mul_log_add_le_mul_log_div hq₀ hp₀ h₀ zero_lt_one
  have h₃ := mul_log_add_le_mul_log_div (show 0 ≤ 1 - q by grind) (show 0 ≤ 1 - p by grind)
    (by grind) zero_lt_one
  rw [log_one] at h₂ h₃
  unfold klBin
  grind

/-! ### The derivative in `p` -/

/-- The derivative of a summand in the weight of the second coin. -/
theorem hasDerivAt_mul_log_div (ha : 0 ≤ a) (h : 0 < p ∨ a = 0) :
    HasDerivAt (fun y => a * log (a / y)) (-(a / p)) p := by
  rcases (show a = 0 ∨ 0 < a by grind) with h₀ | h₀
  · subst h₀
    exact ((hasDerivAt_const 0 p).congr_deriv (by grind)).congr_of_eventuallyEq zero_lt_one
      fun y _ => by grind
  · have hp : 0 < p := by grind
    refine ((HasDerivAt.log ((hasDerivAt_const a p).div (hasDerivAt_id p) (by grind))
      (div_pos h₀ hp)).const_mul a).congr_deriv ?_
    grind

/-- The derivative of the relative entropy of two coins in its second argument. -/
theorem hasDerivAt_klBin (hq₀ : 0 ≤ q) (hq₁ : q ≤ 1) (h₀ : 0 < p ∨ q = 0) (h₁ : p < 1 ∨ q = 1) :
    HasDerivAt (klBin q) ((1 - q) / (1 - p) - q / p) p := by
  have h₂ := hasDerivAt_mul_log_div hq₀ h₀
  have h₃ := HasDerivAt.comp (f := fun y : R => 1 - y)
    (hasDerivAt_mul_log_div (show 0 ≤ 1 - q by grind) (show 0 < 1 - p ∨ 1 - q = 0 by grind))
    ((hasDerivAt_const 1 p).sub (hasDerivAt_id p))
  exact (h₂.add h₃).congr_deriv (by grind)

/-- The relative entropy of two coins is continuous in its second argument. -/
theorem continuousAt_klBin (hq₀ : 0 ≤ q) (hq₁ : q ≤ 1) (h₀ : 0 < p ∨ q = 0) (h₁ : p < 1 ∨ q = 1) :
    ContinuousAt (klBin q) p := (hasDerivAt_klBin hq₀ hq₁ h₀ h₁).continuousAt

/-- The derivative over a common denominator. -/
theorem klBin_deriv_eq (h₀ : 0 < p) (h₁ : p < 1) :
    (1 - q) / (1 - p) - q / p = (p - q) / (p * (1 - p)) := by
  grind

/-! ### Lower bounds by comparing derivatives -/

/-- A function that starts at most at zero in `q` and whose derivative is at most that of the
relative entropy lies below it, to the right of `q`. -/
theorem le_klBin_of_deriv_le {g g' : R → R} (hq : 0 ≤ q) (hqp : q ≤ p) (hp : p < 1) (hg : g q ≤ 0)
    (hg' : ∀ x, q ≤ x → x ≤ p → HasDerivAt g (g' x) x)
    (h : ∀ x, q < x → x < p → g' x ≤ (x - q) / (x * (1 - x))) : g p ≤ klBin q p := by
  have := le_of_deriv_nonneg hqp (fun x h₁ h₂ =>
    (hasDerivAt_klBin hq (by grind) (show 0 < x ∨ q = 0 by grind) (by grind)).sub (hg' x h₁ h₂))
    fun x h₁ h₂ => by
      rw [klBin_deriv_eq (by grind) (by grind)]
      have := h x h₁ h₂
      grind
  rw [klBin_self] at this
  grind

/-- To the right of `q` the relative entropy of two coins increases. -/
theorem klBin_lt_klBin {p' : R} (hq : 0 ≤ q) (hqp : q ≤ p) (h : p < p') (hp : p' < 1) :
    klBin q p < klBin q p' :=
  lt_of_deriv_pos h (fun x h₁ h₂ =>
    hasDerivAt_klBin hq (by grind) (show 0 < x ∨ q = 0 by grind) (by grind)) fun x h₁ h₂ => by
      rw [klBin_deriv_eq (by grind) (by grind)]
      exact div_pos (by grind) (mul_pos (by grind) (by grind))

/-- To the right of `q` the relative entropy of two coins is monotone. -/
theorem klBin_le_klBin {p' : R} (hq : 0 ≤ q) (hqp : q ≤ p) (h : p ≤ p') (hp : p' < 1) :
    klBin q p ≤ klBin q p' := by
  rcases (show p = p' ∨ p < p' by grind) with h' | h'
  · rw [h']; grind
  · have := klBin_lt_klBin hq hqp h' hp; grind

/-- To the left of `q` the relative entropy of two coins is antitone. -/
theorem klBin_antitone {p' : R} (hq : q ≤ 1) (hp : 0 < p) (h : p ≤ p') (hpq : p' ≤ q) :
    klBin q p' ≤ klBin q p := by
  rw [← klBin_one_sub q p, ← klBin_one_sub q p']
  exact klBin_le_klBin (by grind) (by grind) (by grind) (by grind)

/-- To the left of `q` the relative entropy of two coins decreases. -/
theorem klBin_strictAnti {p' : R} (hq : q ≤ 1) (hp : 0 < p) (h : p < p') (hpq : p' ≤ q) :
    klBin q p' < klBin q p := by
  rw [← klBin_one_sub q p, ← klBin_one_sub q p']
  exact klBin_lt_klBin (by grind) (by grind) (by grind) (by grind)

/-! ### Convexity -/

/-- The log-sum inequality for two summands, with weights `1 - t` and `t`. -/
private theorem mul_log_div_convex {a₁ a₂ c₁ c₂ : R} (ha₁ : 0 ≤ a₁) (ha₂ : 0 ≤ a₂) (hc₁ : 0 ≤ c₁)
    (hc₂ : 0 ≤ c₂) (h₁ : 0 < c₁ ∨ a₁ = 0) (h₂ : 0 < c₂ ∨ a₂ = 0) (ht₀ : 0 < t) (ht₁ : t < 1) :
    ((1 - t) * a₁ + t * a₂) * log (((1 - t) * a₁ + t * a₂) / ((1 - t) * c₁ + t * c₂)) ≤
      (1 - t) * (a₁ * log (a₁ / c₁)) + t * (a₂ * log (a₂ / c₂)) := by
  have hs : 0 < 1 - t := by grind
  have i₁ := mul_nonneg (Std.le_of_lt hs) ha₁
  have i₂ := mul_nonneg (Std.le_of_lt ht₀) ha₂
  have i₃ := mul_nonneg (Std.le_of_lt hs) hc₁
  have i₄ := mul_nonneg (Std.le_of_lt ht₀) hc₂
  rcases lt_or_eq_of_le (add_nonneg i₁ i₂) with h | h
  · have hc : 0 < (1 - t) * c₁ + t * c₂ := by
      rcases h₁ with h₁ | h₁
      · exact add_pos_of_pos_of_nonneg (mul_pos hs h₁) i₄
      · rcases h₂ with h₂ | h₂
        · exact add_pos_of_nonneg_of_pos i₃ (mul_pos ht₀ h₂)
        · rw [h₁, h₂, Lean.Grind.Semiring.mul_zero, Lean.Grind.Semiring.mul_zero,
            Lean.Grind.Semiring.add_zero] at h
          exact absurd h (lt_irrefl 0)
    have hd := div_pos h hc
    have j₁ := mul_le_mul_of_nonneg_left (mul_log_add_le_mul_log_div ha₁ hc₁ h₁ hd)
      (Std.le_of_lt hs)
    have j₂ := mul_le_mul_of_nonneg_left (mul_log_add_le_mul_log_div ha₂ hc₂ h₂ hd)
      (Std.le_of_lt ht₀)
    have j₃ := div_mul_cancel (a := (1 - t) * a₁ + t * a₂) (ne_of_gt hc)
    clear h₁ h₂ i₁ i₂ i₃ i₄ hs ht₀ ht₁ ha₁ ha₂ hc₁ hc₂ h hc
    generalize ((1 - t) * a₁ + t * a₂) / ((1 - t) * c₁ + t * c₂) = d at *
    grind
  · have k₁ : (1 - t) * a₁ = 0 := Std.le_antisymm (by clear h₁ h₂; grind) i₁
    have k₂ : t * a₂ = 0 := Std.le_antisymm (by clear h₁ h₂; grind) i₂
    rw [(mul_eq_zero.1 k₁).resolve_left (ne_of_gt hs),
      (mul_eq_zero.1 k₂).resolve_left (ne_of_gt ht₀)]
    clear h₁ h₂
    grind

/-- The mixture with weight zero on the second number. -/
private theorem mix_zero (a b : R) : (1 - 0) * a + 0 * b = a := by grind

/-- The mixture with weight one on the second number. -/
private theorem mix_one (a b : R) : (1 - 1) * a + 1 * b = b := by grind

/-- The complement of a mixture. -/
private theorem one_sub_mix (t a b : R) :
    1 - ((1 - t) * a + t * b) = (1 - t) * (1 - a) + t * (1 - b) := by grind

/-- The mixture of two sums. -/
private theorem mix_add_mix (t a b c d : R) :
    (1 - t) * (a + b) + t * (c + d) = ((1 - t) * a + t * c) + ((1 - t) * b + t * d) := by grind

/-- The relative entropy of two coins is convex in both arguments at once. -/
theorem klBin_convex {q₁ q₂ p₁ p₂ : R} (hq₁ : 0 ≤ q₁) (hq₁' : q₁ ≤ 1) (hq₂ : 0 ≤ q₂)
    (hq₂' : q₂ ≤ 1) (hp₁ : 0 < p₁) (hp₁' : p₁ < 1) (hp₂ : 0 < p₂) (hp₂' : p₂ < 1) (ht₀ : 0 ≤ t)
    (ht₁ : t ≤ 1) : klBin ((1 - t) * q₁ + t * q₂) ((1 - t) * p₁ + t * p₂) ≤
      (1 - t) * klBin q₁ p₁ + t * klBin q₂ p₂ := by
  rcases (show t = 0 ∨ t = 1 ∨ (0 < t ∧ t < 1) by
    clear hq₁ hq₂ hp₁ hp₂ hq₁' hq₂' hp₁' hp₂'; grind) with h | h | h
  · rw [h, mix_zero, mix_zero, mix_zero]
    exact Std.le_refl _
  · rw [h, mix_one, mix_one, mix_one]
    exact Std.le_refl _
  · have h₁ := mul_log_div_convex hq₁ hq₂ (Std.le_of_lt hp₁) (Std.le_of_lt hp₂) (.inl hp₁)
      (.inl hp₂) h.1 h.2
    have h₂ := mul_log_div_convex (sub_nonneg.2 hq₁') (sub_nonneg.2 hq₂')
      (sub_nonneg.2 (Std.le_of_lt hp₁')) (sub_nonneg.2 (Std.le_of_lt hp₂'))
      (.inl (sub_pos.2 hp₁')) (.inl (sub_pos.2 hp₂')) h.1 h.2
    unfold klBin
    rw [one_sub_mix, one_sub_mix, mix_add_mix]
    exact add_le_add h₁ h₂

/-- The relative entropy of two coins is convex in its second argument. -/
theorem klBin_convex_right {p₁ p₂ : R} (hq₀ : 0 ≤ q) (hq₁ : q ≤ 1) (hp₁ : 0 < p₁) (hp₁' : p₁ < 1)
    (hp₂ : 0 < p₂) (hp₂' : p₂ < 1) (ht₀ : 0 ≤ t) (ht₁ : t ≤ 1) :
    klBin q ((1 - t) * p₁ + t * p₂) ≤ (1 - t) * klBin q p₁ + t * klBin q p₂ := by
  have := klBin_convex hq₀ hq₁ hq₀ hq₁ hp₁ hp₁' hp₂ hp₂' ht₀ ht₁
  rwa [show (1 - t) * q + t * q = q by grind] at this

/-! ### Quadratic lower bounds -/

private theorem two_mul_sq_le_klBin_aux (hq : 0 ≤ q) (hqp : q ≤ p) (hp : p < 1) :
    2 * (p - q) ^ 2 ≤ klBin q p := by
  refine le_klBin_of_deriv_le (g := fun x => 2 * (x - q) ^ 2) (g' := fun x => 4 * (x - q)) hq hqp hp
    (by grind) (fun x _ _ => ((((hasDerivAt_id x).sub (hasDerivAt_const q x)).pow 2).const_mul
      2).congr_deriv (by grind)) fun x h₁ h₂ => ?_
  have h₃ := mul_pos (show 0 < x by grind) (show 0 < 1 - x by grind)
  have h₄ := mul_nonneg (show 0 ≤ x - q by grind) (sq_nonneg (2 * x - 1))
  rw [le_div_iff h₃]
  grind

/-- **Pinsker's inequality for two coins.** Twice the squared difference of the means is at most the
relative entropy. -/
theorem two_mul_sq_le_klBin (hq₀ : 0 ≤ q) (hq₁ : q ≤ 1) (hp₀ : 0 ≤ p) (hp₁ : p ≤ 1)
    (h₀ : 0 < p ∨ q = 0) (h₁ : p < 1 ∨ q = 1) : 2 * (q - p) ^ 2 ≤ klBin q p := by
  rcases (show q = p ∨ q < p ∨ p < q by grind) with h | h | h
  · rw [h, klBin_self]; grind
  · have := two_mul_sq_le_klBin_aux hq₀ (Std.le_of_lt h) (by grind)
    grind
  · have := two_mul_sq_le_klBin_aux (q := 1 - q) (p := 1 - p) (by grind) (by grind) (by grind)
    rw [klBin_one_sub] at this
    grind

/-- One quarter is below one half. -/
private theorem quarter_lt_half : (1 / 4 : R) < 1 / 2 := by grind

/-- The squared distance to the fair coin. -/
private theorem half_sub_half_add_sq (t : R) : (1 / 2 - (1 / 2 + t)) ^ 2 = t ^ 2 := by grind

/-- One half is positive. -/
private theorem half_pos : (0 : R) < 1 / 2 := by grind

/-- The mean of the opposite of a fair coin. -/
private theorem one_sub_half : (1 - 1 / 2 : R) = 1 / 2 := by grind

/-- The mean of the opposite of a coin near the fair one. -/
private theorem one_sub_half_add (t : R) : 1 - (1 / 2 + t) = 1 / 2 - t := by grind

/-- The product of the two means, relative to the fair coin. -/
private theorem sharp_arg (t : R) :
    (1 / 2 + t) * (1 / 2 - t) / (1 / 2 * (1 / 2)) = 1 - 4 * t ^ 2 := by grind

/-- The upper bound around the fair coin, in terms of the inverse of `1 - 4 t²`. -/
private theorem sharp_eq {t : R} (h : 1 - 4 * t ^ 2 ≠ 0) :
    2 * t ^ 2 / (1 - 4 * t ^ 2) = -(1 / 2) * (1 - (1 - 4 * t ^ 2)⁻¹) := by grind

/-- Around the fair coin the relative entropy is at most `2 * t ^ 2 / (1 - 4 * t ^ 2)`: no constant
above 2 will do in Pinsker's inequality for two coins. -/
theorem two_mul_sq_le_klBin_sharp :
    (∀ t : R, abs t < 1 / 2 → klBin (1 / 2) (1 / 2 + t) ≤ 2 * t ^ 2 / (1 - 4 * t ^ 2)) ∧
      ∀ c : R, 2 < c → ∃ t, 0 < t ∧ t < 1 / 2 ∧
        klBin (1 / 2) (1 / 2 + t) < c * (1 / 2 - (1 / 2 + t)) ^ 2 := by
  have key : ∀ t : R, abs t < 1 / 2 → klBin (1 / 2) (1 / 2 + t) ≤ 2 * t ^ 2 / (1 - 4 * t ^ 2) :=
    fun t ht => by
      have ht := abs_lt.1 ht
      have ht₁ : 0 < 1 / 2 + t := by grind
      have ht₂ : 0 < 1 / 2 - t := by grind
      have hh : (0 : R) < 1 / 2 := half_pos
      have h₁ := mul_pos ht₁ ht₂
      have h₂ := log_div hh ht₁
      have h₃ := log_div hh ht₂
      have hp : 0 < 1 - 4 * t ^ 2 := by clear h₂ h₃ ht ht₁ ht₂; grind
      have h₄ := one_sub_inv_le_log hp
      have h₅ : log (1 - 4 * t ^ 2) =
          log (1 / 2 + t) + log (1 / 2 - t) - (log (1 / 2) + log (1 / 2)) := by
        rw [← log_mul ht₁ ht₂, ← log_mul hh hh, ← log_div h₁ (mul_pos hh hh), sharp_arg]
      unfold klBin
      rw [one_sub_half, one_sub_half_add, h₂, h₃, sharp_eq (ne_of_gt hp)]
      rw [h₅] at h₄
      clear h₁ h₂ h₃ h₅ hp ht₁ ht₂ ht
      generalize (1 - 4 * t ^ 2)⁻¹ = a, log (1 / 2 + t) = b, log (1 / 2 - t) = c,
        log (1 / 2 : R) = d at *
      grind
  refine ⟨key, fun c hc => ?_⟩
  -- `t ≤ 1 / 4` and `2 < c * (1 - 4 * t)` are enough
  have h₈ : 0 < 8 * c := by clear key; grind
  have hd := div_pos (sub_pos.2 hc) h₈
  obtain ⟨t, ht, h₁, h₂⟩ := exists_pos_le_le (show (0 : R) < 1 / 4 by grind) hd
  have h₃ := (le_div_iff h₈).1 h₂
  have h₄ := mul_pos ht ht
  have h₅ := mul_le_mul_of_nonneg_left h₁ (Std.le_of_lt ht)
  clear hd h₂
  have h₆ : 0 < 1 - 4 * t ^ 2 := by clear h₃ hc; grind
  refine ⟨t, ht, lt_of_le_of_lt h₁ quarter_lt_half, ?_⟩
  have h₇ := key t (abs_lt.2 (by clear h₃ hc h₄ h₅ h₆; grind))
  rw [half_sub_half_add_sq]
  refine lt_of_le_of_lt h₇ ((div_lt_iff h₆).2 ?_)
  have h₉ : 2 < c * (1 - 4 * t ^ 2) := by
    have := mul_le_mul_of_nonneg_left h₅ (show 0 ≤ c by clear h₃; grind)
    clear key h₁ h₆ h₇ h₅ h₄
    grind
  have := mul_lt_mul_of_pos_right h₉ (show 0 < t ^ 2 by rw [pow_two]; exact h₄)
  clear key h₁ h₃ h₄ h₅ h₆ h₇ h₉
  grind

/-- Two coins have relative entropy zero only when they are the same. -/
theorem klBin_eq_zero_iff (hq₀ : 0 ≤ q) (hq₁ : q ≤ 1) (hp₀ : 0 ≤ p) (hp₁ : p ≤ 1)
    (h₀ : 0 < p ∨ q = 0) (h₁ : p < 1 ∨ q = 1) : klBin q p = 0 ↔ q = p := by
  refine ⟨fun h => ?_, fun h => by rw [h, klBin_self]⟩
  have h₂ := two_mul_sq_le_klBin hq₀ hq₁ hp₀ hp₁ h₀ h₁
  have h₃ := sq_nonneg (q - p)
  rw [h] at h₂
  have h₄ := sq_eq_zero (Std.le_antisymm (show (q - p) ^ 2 ≤ 0 by
    clear h h₀ h₁ h₃; generalize (q - p) ^ 2 = s at *; grind) h₃)
  clear h h₀ h₁ h₂ h₃
  grind

/-- For `q ≤ p` the relative entropy is at least `(p - q) ^ 2 / (2 * p)`: better than Pinsker's
inequality as soon as `p` is below one quarter. -/
theorem sq_div_two_mul_le_klBin (hq : 0 ≤ q) (hqp : q ≤ p) (hp₀ : 0 < p) (hp : p < 1) :
    (p - q) ^ 2 / (2 * p) ≤ klBin q p := by
  -- the bound is the value at `y = p` of the quadratic `y ↦ (y - q) ^ 2 / (2 * p)`
  refine le_klBin_of_deriv_le (g := fun x => (x - q) ^ 2 / (2 * p)) (g' := fun x => (x - q) / p)
    hq hqp hp (by grind) (fun x _ _ => ?_) fun x h₁ h₂ => ?_
  · refine ((((hasDerivAt_id x).sub (hasDerivAt_const q x)).pow 2).const_mul
      (2 * p)⁻¹).congr_deriv (by grind) |>.congr_of_eventuallyEq zero_lt_one fun y _ => by grind
  · have h₃ := mul_pos (show 0 < x by grind) (show 0 < 1 - x by grind)
    have h₄ := div_mul_cancel (a := x - q) (show p ≠ 0 by grind)
    have h₅ := div_pos (show 0 < x - q by grind) hp₀
    rw [le_div_iff h₃]
    have h₆ := mul_le_mul_of_nonneg_left (show x * (1 - x) ≤ p by
      have := sq_nonneg x; grind) (Std.le_of_lt h₅)
    grind

/-- For `p ≤ q` the relative entropy is at least `(q - p) ^ 2 / (2 * q)`. -/
theorem sq_div_two_mul_le_klBin_of_ge (hp : 0 < p) (hpq : p ≤ q) (hq : q ≤ 1) :
    (q - p) ^ 2 / (2 * q) ≤ klBin q p := by
  have hq₀ : 0 < q := by grind
  have h := le_klBin_of_deriv_le (q := 1 - q) (p := 1 - p)
    (g := fun x => (x - (1 - q)) ^ 2 / (2 * q)) (g' := fun x => (x - (1 - q)) / q)
    (by grind) (by grind) (by grind) (by grind) (fun x _ _ => ?_) fun x h₁ h₂ => ?_
  · rw [klBin_one_sub] at h
    grind
  · refine ((((hasDerivAt_id x).sub (hasDerivAt_const (1 - q) x)).pow 2).const_mul
      (2 * q)⁻¹).congr_deriv (by grind) |>.congr_of_eventuallyEq zero_lt_one fun y _ => by grind
  · have h₃ := mul_pos (show 0 < x by grind) (show 0 < 1 - x by grind)
    have h₄ := div_mul_cancel (a := x - (1 - q)) (show q ≠ 0 by grind)
    have h₅ := div_pos (show 0 < x - (1 - q) by grind) hq₀
    rw [le_div_iff h₃]
    have h₆ := mul_le_mul_of_nonneg_left (show x * (1 - x) ≤ q by
      have := sq_nonneg (1 - x); grind) (Std.le_of_lt h₅)
    grind

end DeepTheory.Probability
