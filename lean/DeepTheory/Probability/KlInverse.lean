module

public import DeepTheory.Probability.BinaryKl
public import DeepTheory.Reals.MaxMin
public import DeepTheory.Reals.Sqrt

/-!
# The inverse of the relative entropy of two coins

`klInv q c` is the largest mean `p ≥ q` whose relative entropy `klBin q p` is at most `c`.  Bounds
on a risk in terms of relative entropy become bounds on the risk itself through it.

It is defined as the least upper bound of the set `klInvSet q c`.  That set leaves out `p = 1`
unless `q = 1`, where the formula of `klBin` has no meaning, and is shown non-empty and bounded for
`0 ≤ q ≤ 1`; the value is attained (`klBin_klInv`).

## Main definitions
* `DeepTheory.Probability.klInv`: the inverse.
* `DeepTheory.Probability.klInvBound`: an upper bound in closed form.

## Main theorems
* `DeepTheory.Probability.le_klInv_iff`, `DeepTheory.Probability.klInv_le_iff`,
  `DeepTheory.Probability.klBin_klInv`: what the inverse inverts.
* `DeepTheory.Probability.klInv_mono`, `DeepTheory.Probability.klInv_zero`.
* `DeepTheory.Probability.klInv_le`, `DeepTheory.Probability.klInv_le_witness`,
  `DeepTheory.Probability.klInv_le_sharp`: upper bounds, and the inverse in closed form for
  `q = 0` and `q = 1 / 2`.

## References
* J. Langford, *Tutorial on practical prediction theory for classification*, 2005.
-/

public section

namespace DeepTheory.Probability

open Analysis

universe u

variable {R : Type u} [RealField R] {c p q : R}

/-- The means `p` from `q` on whose relative entropy is at most `c`: `q` itself, and those below
one that qualify. -/
@[expose] def klInvSet (q c : R) (p : R) : Prop := p = q ∨ (q < p ∧ p < 1 ∧ klBin q p ≤ c)

/-- For `q ≤ 1` the set has a least upper bound. -/
theorem exists_isLUB_klInvSet (hq : q ≤ 1) (c : R) : ∃ s, (∀ x, klInvSet q c x → x ≤ s) ∧
    ∀ b, (∀ x, klInvSet q c x → x ≤ b) → s ≤ b :=
  RealField.exists_isLUB _ ⟨q, .inl rfl⟩ ⟨1, fun x hx => by
    rcases hx with hx | hx <;> grind⟩

open Classical in
/-- The largest mean `p ≥ q` whose relative entropy `klBin q p` is at most `c`, as a least upper
bound; for `q` above one, which is no mean, it is `q`. -/
noncomputable def klInv (q c : R) : R :=
  if h : q ≤ 1 then Classical.choose (exists_isLUB_klInvSet h c) else q

/-- The inverse is the least upper bound that its name promises. -/
theorem isLUB_klInv (hq : q ≤ 1) (c : R) : (∀ x, klInvSet q c x → x ≤ klInv q c) ∧
    ∀ b, (∀ x, klInvSet q c x → x ≤ b) → klInv q c ≤ b := by
  unfold klInv
  rw [dif_pos hq]
  exact Classical.choose_spec (exists_isLUB_klInvSet hq c)

/-- The inverse is at least `q`. -/
theorem le_klInv_self (hq : q ≤ 1) (c : R) : q ≤ klInv q c := (isLUB_klInv hq c).1 q (.inl rfl)

/-- The inverse is at most one. -/
theorem klInv_le_one (hq : q ≤ 1) (c : R) : klInv q c ≤ 1 :=
  (isLUB_klInv hq c).2 1 fun x hx => by rcases hx with hx | hx <;> grind

/-- For a coin that always shows one the inverse is one. -/
@[simp] theorem klInv_one (c : R) : klInv 1 c = 1 :=
  Std.le_antisymm (klInv_le_one (by grind) c) (le_klInv_self (by grind) c)

/-- Below one every level `c ≥ 0` is reached by the relative entropy. -/
theorem exists_klBin_eq (hq₀ : 0 ≤ q) (hq₁ : q < 1) (hc : 0 ≤ c) :
    ∃ p, q ≤ p ∧ p < 1 ∧ klBin q p = c := by
  have hq : 0 < 1 - q := by grind
  -- at `P = 1 - e` the summand of `1 - p` alone exceeds the level
  obtain ⟨e, he, he₁, he₂⟩ := exists_pos_le_le hq
    (exp_pos ((q * log q + (1 - q) * log (1 - q) - c) / (1 - q)))
  have h₁ : c ≤ klBin q (1 - e) := by
    rw [klBin_eq hq₀ (by grind) (by grind) (by grind), show 1 - (1 - e) = e by grind]
    have h₂ := mul_nonneg hq₀ (show 0 ≤ -log (1 - e) by
      have := log_nonpos (show 1 - e ≤ 1 by grind); grind)
    have h₃ := (log_le_iff_le_exp he).2 he₂
    rw [le_div_iff hq] at h₃
    grind
  obtain ⟨p, hp, hp', h⟩ := intermediate_value_Icc (f := klBin q) (a := q) (b := 1 - e)
    (by grind) (.of_continuousAt fun x h₂ h₃ =>
      continuousAt_klBin hq₀ (by grind) (by grind) (by grind)) (by rw [klBin_self]; exact hc) h₁
  exact ⟨p, hp, by grind, h⟩

/-- The inverse lies below one, and is where the relative entropy equals `c`. -/
theorem klInv_spec (hq₀ : 0 ≤ q) (hq₁ : q < 1) (hc : 0 ≤ c) :
    klInv q c < 1 ∧ klBin q (klInv q c) = c := by
  obtain ⟨p, hqp, hp, h⟩ := exists_klBin_eq hq₀ hq₁ hc
  obtain ⟨h₁, h₂⟩ := isLUB_klInv (show q ≤ 1 by grind) c
  have h₃ : p ≤ klInv q c := h₁ p (by
    rcases (show p = q ∨ q < p by grind) with h' | h'
    · exact .inl h'
    · exact .inr ⟨h', hp, by grind⟩)
  have h₄ : klInv q c ≤ p := h₂ p fun x hx => by
    rcases hx with hx | ⟨h₄, h₅, h₆⟩
    · grind
    · refine le_of_not_lt fun h₇ => ?_
      have := klBin_lt_klBin hq₀ hqp h₇ h₅
      grind
  rw [Std.le_antisymm h₄ h₃]
  exact ⟨hp, h⟩

/-- The inverse of the relative entropy of two coins inverts it. -/
theorem klBin_klInv (hq₀ : 0 ≤ q) (hq₁ : q < 1) (hc : 0 ≤ c) : klBin q (klInv q c) = c :=
  (klInv_spec hq₀ hq₁ hc).2

/-- A mean from `q` on is at most the inverse exactly when its relative entropy is at most `c`. -/
theorem le_klInv_iff (hq : 0 ≤ q) (hqp : q ≤ p) (hp : p < 1) (hc : 0 ≤ c) :
    p ≤ klInv q c ↔ klBin q p ≤ c := by
  obtain ⟨h₁, h₂⟩ := klInv_spec hq (show q < 1 by grind) hc
  refine ⟨fun h => ?_, fun h => le_of_not_lt fun h' => ?_⟩
  · have := klBin_le_klBin hq hqp h h₁
    grind
  · have := klBin_lt_klBin hq (le_klInv_self (show q ≤ 1 by grind) c) h' hp
    grind

/-- A certificate for an upper bound: a mean from `q` on bounds the inverse exactly when its
relative entropy is at least `c`. -/
theorem klInv_le_iff (hq : 0 ≤ q) (hqp : q ≤ p) (hp : p < 1) (hc : 0 ≤ c) :
    klInv q c ≤ p ↔ c ≤ klBin q p := by
  obtain ⟨h₁, h₂⟩ := klInv_spec hq (show q < 1 by grind) hc
  refine ⟨fun h => ?_, fun h => le_of_not_lt fun h' => ?_⟩
  · have := klBin_le_klBin hq (le_klInv_self (show q ≤ 1 by grind) c) h hp
    grind
  · have := klBin_lt_klBin hq hqp h' h₁
    grind

/-- From a bound on the relative entropy to a bound on the mean, wherever the mean is. -/
theorem le_klInv (hq₀ : 0 ≤ q) (hq₁ : q ≤ 1) (hp : p ≤ 1) (h₁ : p < 1 ∨ q = 1) (hc : 0 ≤ c)
    (h : klBin q p ≤ c) : p ≤ klInv q c := by
  by_cases hqp : q ≤ p
  · rcases h₁ with h₁ | h₁
    · exact (le_klInv_iff hq₀ hqp h₁ hc).2 h
    · rw [h₁, klInv_one]; exact hp
  · have := le_klInv_self hq₁ c
    grind

/-- The inverse in closed form, from a mean at which the level is attained. -/
theorem klInv_eq (hq : 0 ≤ q) (hqp : q ≤ p) (hp : p < 1) (h : klBin q p = c) : klInv q c = p := by
  have hc : 0 ≤ c := by
    have := klBin_nonneg hq (by grind) (show 0 ≤ p by grind) (by grind) (by grind) (.inl hp)
    grind
  exact Std.le_antisymm ((klInv_le_iff hq hqp hp hc).2 (by grind))
    ((le_klInv_iff hq hqp hp hc).2 (by grind))

/-- At level zero the inverse is `q`. -/
@[simp] theorem klInv_zero (hq₀ : 0 ≤ q) (hq₁ : q ≤ 1) : klInv q 0 = q := by
  rcases (show q = 1 ∨ q < 1 by grind) with h | h
  · rw [h, klInv_one]
  · exact klInv_eq hq₀ (by grind) h (klBin_self q)

/-- The inverse is monotone in the level. -/
theorem klInv_mono {c' : R} (hq : q ≤ 1) (h : c ≤ c') : klInv q c ≤ klInv q c' :=
  (isLUB_klInv hq c).2 _ fun x hx => (isLUB_klInv hq c').1 x (by
    rcases hx with hx | ⟨h₁, h₂, h₃⟩
    · exact .inl hx
    · exact .inr ⟨h₁, h₂, by grind⟩)

/-! ### Upper bounds in closed form -/

/-- An upper bound on the inverse by the square root of half the level. -/
theorem klInv_le_add_sqrt (hq₀ : 0 ≤ q) (hq₁ : q ≤ 1) (hc : 0 ≤ c) :
    klInv q c ≤ q + sqrt (c / 2) := by
  rcases (show q = 1 ∨ q < 1 by grind) with h | h
  · have := sqrt_nonneg (c / 2)
    rw [h, klInv_one]; grind
  · obtain ⟨h₁, h₂⟩ := klInv_spec hq₀ h hc
    have h₃ := le_klInv_self hq₁ c
    have h₄ := two_mul_sq_le_klBin hq₀ hq₁ (show 0 ≤ klInv q c by grind) (by grind) (by grind)
      (.inl h₁)
    have := le_sqrt_of_sq_le (x := klInv q c - q) (y := c / 2) (by grind)
    grind

/-- The smaller of the two closed forms: one is better for `q` near one half, the other for small
`q` and `c`. -/
@[expose] noncomputable def klInvBound (q c : R) : R :=
  min (q + sqrt (c / 2)) (q + sqrt (2 * q * c) + 2 * c)

/-- **The inverse of the relative entropy of two coins.** Every mean `p` whose relative entropy
`klBin q p` is at most `c` is at most `klInv q c`; the inverse is monotone in `c`, is bounded by
every `p` in `[q, 1)` whose relative entropy is at least `c`, which is how a number is certified,
and by the smaller of two closed forms.

* controls: generalization
* assumes: 0 <= q <= 1, c >= 0
* bound: Probability.klInvBound
* witness: Probability.klInv_le_witness
* sharp: Probability.klInv_le_sharp (at q = 1/2 the ratio of the excess over q tends to 1 as c tends
  to 0)
* source: Langford 2005 -/
theorem klInv_le (hq₀ : 0 ≤ q) (hq₁ : q ≤ 1) (hc : 0 ≤ c) :
    (∀ p, p ≤ 1 → (p < 1 ∨ q = 1) → klBin q p ≤ c → p ≤ klInv q c) ∧
      (∀ p, q ≤ p → p < 1 → c ≤ klBin q p → klInv q c ≤ p) ∧
      (∀ c', c ≤ c' → klInv q c ≤ klInv q c') ∧ klInv q c ≤ klInvBound q c := by
  refine ⟨fun p h₁ h₂ h₃ => le_klInv hq₀ hq₁ h₁ h₂ hc h₃,
    fun p h₁ h₂ h₃ => (klInv_le_iff hq₀ h₁ h₂ hc).2 h₃, fun c' h => klInv_mono hq₁ h,
    le_min (klInv_le_add_sqrt hq₀ hq₁ hc) ?_⟩
  have h₀ := sqrt_nonneg (2 * q * c)
  rcases (show klInv q c ≤ q ∨ q = 1 ∨ (q < 1 ∧ q < klInv q c) by grind) with h | h | ⟨h, h'⟩
  · grind
  · rw [h] at h₀ ⊢
    rw [klInv_one]
    grind
  · obtain ⟨h₁, h₂⟩ := klInv_spec hq₀ h hc
    generalize klInv q c = p at *
    have h₃ := sq_div_two_mul_le_klBin hq₀ (Std.le_of_lt h') (by grind) h₁
    rw [h₂, div_le_iff (by grind)] at h₃
    have hqc := mul_nonneg hq₀ hc
    have h₄ := sq_sqrt (show 0 ≤ 2 * q * c by grind)
    -- with `d = p - q`: `d ^ 2 ≤ 2 c d + 2 q c`, so `d` is at most `2 c` plus the square root
    refine le_of_not_lt fun h₅ => ?_
    have h₆ := mul_pos (show 0 < p - q - sqrt (2 * q * c) - 2 * c by grind)
      (show 0 < p - q by grind)
    have h₇ := mul_nonneg h₀ (show 0 ≤ p - q - sqrt (2 * q * c) by grind)
    grind

/-- The hypotheses hold for three errors in a hundred at the level one tenth, and the inverse lies
strictly between the mean and one. -/
theorem klInv_le_witness : (0 : R) ≤ 3 / 100 ∧ (3 / 100 : R) ≤ 1 ∧ (0 : R) ≤ 1 / 10 ∧
    3 / 100 < klInv (3 / 100) (1 / 10 : R) ∧ klInv (3 / 100) (1 / 10 : R) < 1 ∧
    klBin (3 / 100) (klInv (3 / 100) (1 / 10 : R)) = 1 / 10 := by
  obtain ⟨h₁, h₂⟩ := klInv_spec (q := (3 / 100 : R)) (c := 1 / 10) (by grind) (by grind) (by grind)
  refine ⟨by grind, by grind, by grind, ?_, h₁, h₂⟩
  have h₃ := le_klInv_self (show (3 / 100 : R) ≤ 1 by grind) (1 / 10)
  have h₄ : klInv (3 / 100) (1 / 10 : R) ≠ 3 / 100 := fun h => by
    rw [h, klBin_self] at h₂
    grind
  grind

/-- For the fair coin the inverse is `1 / 2 + sqrt (1 - exp (-2 * c)) / 2` in closed form, whose
excess over `1 / 2` is at least `sqrt (1 - c)` times that of the bound: the ratio tends to one as
the level tends to zero. For a coin that never shows one it is `1 - exp (-c)`, at least
`(1 - c / 2) / 2` times the bound. -/
theorem klInv_le_sharp (hc : 0 ≤ c) (hc₁ : c ≤ 1) :
    klInv (1 / 2) c = 1 / 2 + sqrt (1 - exp (-(2 * c))) / 2 ∧
      sqrt (1 - c) * (klInvBound (1 / 2) c - 1 / 2) ≤ klInv (1 / 2) c - 1 / 2 ∧
      klInv 0 c = 1 - exp (-c) ∧ (1 - c / 2) / 2 * klInvBound 0 c ≤ klInv 0 c := by
  -- `exp (-x) ≤ 1 - x + x ^ 2 / 2` for `x ≥ 0`
  have key : ∀ x : R, 0 ≤ x → exp (-x) ≤ 1 - x + x ^ 2 / 2 := fun x hx => by
    have := le_of_deriv_nonneg (f := fun y => 1 - y + y ^ 2 / 2 - exp (-y))
      (f' := fun y => y - 1 + exp (-y)) hx (fun y _ _ =>
        (((((hasDerivAt_const 1 y).sub (hasDerivAt_id y)).add
          ((hasDerivAt_sq y).const_mul 2⁻¹)).sub
          (HasDerivAt.exp (hasDerivAt_id y).neg)).congr_deriv (by grind)).congr_of_eventuallyEq
            zero_lt_one fun z _ => by grind) fun y _ _ => by
        have := one_add_le_exp (-y); grind
    simp only [show -(0 : R) = 0 by grind, exp_zero] at this
    grind
  have h₁ : klInv (1 / 2) c = 1 / 2 + sqrt (1 - exp (-(2 * c))) / 2 := by
    have e₀ := exp_pos (-(2 * c))
    have e₁ := exp_le_one_iff.2 (show -(2 * c) ≤ 0 by grind)
    have e₂ := sq_sqrt (show 0 ≤ 1 - exp (-(2 * c)) by grind)
    have e₃ := sqrt_nonneg (1 - exp (-(2 * c)))
    have e₄ : sqrt (1 - exp (-(2 * c))) < 1 := by
      have := sqrt_lt_sqrt (x := 1 - exp (-(2 * c))) (y := 1) (by grind) (by grind)
      rwa [sqrt_one] at this
    generalize sqrt (1 - exp (-(2 * c))) = s at *
    refine klInv_eq (by grind) (by grind) (by grind) ?_
    have e₅ : log ((1 / 2 + s / 2) * (1 / 2 - s / 2) * 4) = -(2 * c) := by
      rw [show (1 / 2 + s / 2) * (1 / 2 - s / 2) * 4 = exp (-(2 * c)) by grind, log_exp]
    rw [log_mul (mul_pos (by grind) (by grind)) (by grind), log_mul (by grind) (by grind)] at e₅
    have e₆ : log (4 : R) = -(2 * log (1 / 2)) := by
      rw [show (4 : R) = (1 / 2 * (1 / 2) : R)⁻¹ by grind, log_inv, log_mul (by grind) (by grind)]
      grind
    rw [klBin_eq (by grind) (by grind) (by grind) (by grind), show (1 - 1 / 2 : R) = 1 / 2 by grind,
      show 1 - (1 / 2 + s / 2) = 1 / 2 - s / 2 by grind]
    grind
  have h₂ : klInv 0 c = 1 - exp (-c) := by
    have e₀ := exp_pos (-c)
    have e₁ := exp_le_one_iff.2 (show -c ≤ 0 by grind)
    refine klInv_eq (by grind) (by grind) (by grind) ?_
    rw [klBin_zero_left (by grind), show 1 - (1 - exp (-c)) = exp (-c) by grind, log_exp]
    grind
  refine ⟨h₁, ?_, h₂, ?_⟩
  · have h₃ := key (2 * c) (by grind)
    have h₅ := mul_le_mul_of_nonneg_left
      (min_le_left (1 / 2 + sqrt (c / 2)) (1 / 2 + sqrt (2 * (1 / 2) * c) + 2 * c))
      (sqrt_nonneg (1 - c))
    have h₆ := sqrt_mul (show 0 ≤ 1 - c by grind) (show 0 ≤ c / 2 by grind)
    rw [h₁]
    have h₄ : sqrt ((1 - c) * (c / 2)) ≤ sqrt (1 - exp (-(2 * c))) / 2 := by
      have e₂ := sq_sqrt (show 0 ≤ 1 - exp (-(2 * c)) by
        have := exp_le_one_iff.2 (show -(2 * c) ≤ 0 by grind); grind)
      have e₃ := sqrt_nonneg (1 - exp (-(2 * c)))
      exact sqrt_le_iff.2 ⟨by grind, by grind⟩
    unfold klInvBound
    grind
  · have h₃ := key c hc
    have h₄ := mul_le_mul_of_nonneg_left
      (min_le_right (0 + sqrt (c / 2)) (0 + sqrt (2 * 0 * c) + 2 * c))
      (show 0 ≤ (1 - c / 2) / 2 by grind)
    rw [show 2 * 0 * c = 0 by grind, sqrt_zero] at h₄
    rw [h₂]
    unfold klInvBound
    rw [show 2 * 0 * c = 0 by grind, sqrt_zero]
    grind

end DeepTheory.Probability
