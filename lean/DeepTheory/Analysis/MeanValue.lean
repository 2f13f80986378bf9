module

public import DeepTheory.Analysis.Deriv

/-!
# The mean value theorem

## Main theorems
* `DeepTheory.Analysis.exists_hasDerivAt_eq_zero`: Rolle's theorem.
* `DeepTheory.Analysis.exists_hasDerivAt_eq_slope`: the mean value theorem, for a function that is
  continuous on the closed interval and differentiable inside; `exists_deriv_eq_slope` is the form
  for a function that is differentiable at every point of the closed interval.
* `DeepTheory.Analysis.le_of_deriv_nonpos`, `DeepTheory.Analysis.le_of_deriv_nonneg`,
  `DeepTheory.Analysis.eq_of_deriv_eq_zero`: a function with a derivative of one sign is monotone,
  one with derivative zero is constant.
* `DeepTheory.Analysis.abs_sub_le_of_abs_deriv_le`: a bound on the derivative bounds the increments.

## References
* W. Rudin, *Principles of Mathematical Analysis*, third edition, theorems 5.10 and 5.11.
-/

public section

namespace DeepTheory.Analysis

universe u

variable {R : Type u} [RealField R] {f f' : R → R} {a b : R}

/-- A largest value at an inner point of an interval is a local maximum. -/
theorem IsLocalMax.of_Icc {c : R} (ha : a < c) (hb : c < b)
    (h : ∀ x, a ≤ x → x ≤ b → f x ≤ f c) : IsLocalMax f c := by
  obtain ⟨δ, hδ, _, _⟩ := exists_pos_le_le (show 0 < c - a by grind) (show 0 < b - c by grind)
  refine ⟨δ, hδ, fun y hy => ?_⟩
  have := abs_lt.1 hy
  exact h y (by grind) (by grind)

/-- A smallest value at an inner point of an interval is a local minimum. -/
theorem IsLocalMin.of_Icc {c : R} (ha : a < c) (hb : c < b)
    (h : ∀ x, a ≤ x → x ≤ b → f c ≤ f x) : IsLocalMin f c := by
  obtain ⟨δ, hδ, _, _⟩ := exists_pos_le_le (show 0 < c - a by grind) (show 0 < b - c by grind)
  refine ⟨δ, hδ, fun y hy => ?_⟩
  have := abs_lt.1 hy
  exact h y (by grind) (by grind)

/-- **Rolle's theorem.** A function with equal values at the ends of an interval has a point inside
where its derivative vanishes. -/
theorem exists_hasDerivAt_eq_zero (hab : a < b) (hfc : ContinuousOn f a b) (hfI : f a = f b)
    (hff' : ∀ x, a < x → x < b → HasDerivAt f (f' x) x) : ∃ c, a < c ∧ c < b ∧ f' c = 0 := by
  have hle : a ≤ b := by grind
  obtain ⟨M, haM, hMb, hM⟩ := exists_isMaxOn_Icc hle hfc
  obtain ⟨m, ham, hmb, hm⟩ := exists_isMinOn_Icc hle hfc
  by_cases hMi : a < M ∧ M < b
  · exact ⟨M, hMi.1, hMi.2,
      (IsLocalMax.of_Icc hMi.1 hMi.2 hM).hasDerivAt_eq_zero (hff' M hMi.1 hMi.2)⟩
  by_cases hmi : a < m ∧ m < b
  · exact ⟨m, hmi.1, hmi.2,
      (IsLocalMin.of_Icc hmi.1 hmi.2 hm).hasDerivAt_eq_zero (hff' m hmi.1 hmi.2)⟩
  -- Both extrema are at the ends, so the function is constant.
  have hMa : f M = f a := by
    rcases (show M = a ∨ M = b by grind) with h | h <;> rw [h]
    exact hfI.symm
  have hma : f m = f a := by
    rcases (show m = a ∨ m = b by grind) with h | h <;> rw [h]
    exact hfI.symm
  have h₁ : a < (a + b) / 2 := by grind
  have h₂ : (a + b) / 2 < b := by grind
  have hmax : ∀ x, a ≤ x → x ≤ b → f x ≤ f ((a + b) / 2) := fun x h₃ h₄ => by
    have := hM x h₃ h₄
    have := hm ((a + b) / 2) (by grind) (by grind)
    grind
  exact ⟨_, h₁, h₂, (IsLocalMax.of_Icc h₁ h₂ hmax).hasDerivAt_eq_zero (hff' _ h₁ h₂)⟩

/-- **The mean value theorem.** Between `a` and `b` there is a point where the derivative equals the
slope of the chord. It turns what is known about a derivative, its sign or its size, into a
statement about increments of the function, and so stands behind the descent lemma and every bound
that rests on a gradient.

* controls: analysis
* assumes: a < b, f continuous on [a, b], with derivative f' at every point of (a, b)
* bound: none
* witness: Analysis.exists_hasDerivAt_eq_slope_witness
* sharp: Analysis.exists_hasDerivAt_eq_slope_sharp (neither regularity assumption can be dropped)
* source: Rudin 1976, Theorem 5.10 -/
theorem exists_hasDerivAt_eq_slope (hab : a < b) (hfc : ContinuousOn f a b)
    (hff' : ∀ x, a < x → x < b → HasDerivAt f (f' x) x) :
    ∃ c, a < c ∧ c < b ∧ f b - f a = f' c * (b - a) := by
  obtain ⟨c, hac, hcb, hc⟩ := exists_hasDerivAt_eq_zero
    (f := fun x => (b - a) * f x - (f b - f a) * x) (f' := fun x => (b - a) * f' x - (f b - f a))
    hab ((hfc.const_mul (b - a)).sub (continuousOn_id.const_mul (f b - f a))) (by grind)
    fun x h₁ h₂ => (((hff' x h₁ h₂).const_mul (b - a)).sub
      ((hasDerivAt_id x).const_mul (f b - f a))).congr_deriv (by grind)
  exact ⟨c, hac, hcb, by grind⟩

/-- A function that is differentiable at each point of a closed interval is continuous on it. -/
theorem ContinuousOn.of_hasDerivAt (hf : ∀ x, a ≤ x → x ≤ b → HasDerivAt f (f' x) x) :
    ContinuousOn f a b :=
  .of_continuousAt fun x h₁ h₂ => (hf x h₁ h₂).continuousAt

/-- The mean value theorem for a function that is differentiable on the whole closed interval. -/
theorem exists_deriv_eq_slope (hab : a < b)
    (hf : ∀ x, a ≤ x → x ≤ b → HasDerivAt f (f' x) x) :
    ∃ c, a < c ∧ c < b ∧ f b - f a = f' c * (b - a) :=
  exists_hasDerivAt_eq_slope hab (.of_hasDerivAt hf) fun x h₁ h₂ => hf x (by grind) (by grind)

/-! ### Consequences -/

/-- A function whose derivative is at most zero does not increase. -/
theorem le_of_deriv_nonpos {f f' : R → R} {a b : R} (hab : a ≤ b)
    (hf : ∀ x, a ≤ x → x ≤ b → HasDerivAt f (f' x) x)
    (h : ∀ x, a < x → x < b → f' x ≤ 0) : f b ≤ f a := by
  by_cases hlt : a < b
  · obtain ⟨c, h₁, h₂, hc⟩ := exists_deriv_eq_slope hlt hf
    have := mul_nonneg (show 0 ≤ -f' c by have := h c h₁ h₂; grind) (show 0 ≤ b - a by grind)
    grind
  · rw [show b = a by grind]
    grind

/-- A function whose derivative is at least zero does not decrease. -/
theorem le_of_deriv_nonneg {f f' : R → R} {a b : R} (hab : a ≤ b)
    (hf : ∀ x, a ≤ x → x ≤ b → HasDerivAt f (f' x) x)
    (h : ∀ x, a < x → x < b → 0 ≤ f' x) : f a ≤ f b := by
  have := le_of_deriv_nonpos (f := fun x => -f x) (f' := fun x => -f' x) hab
    (fun x h₁ h₂ => (hf x h₁ h₂).neg) fun x h₁ h₂ => by have := h x h₁ h₂; grind
  grind

/-- A function whose derivative is positive increases. -/
theorem lt_of_deriv_pos {f f' : R → R} {a b : R} (hab : a < b)
    (hf : ∀ x, a ≤ x → x ≤ b → HasDerivAt f (f' x) x)
    (h : ∀ x, a < x → x < b → 0 < f' x) : f a < f b := by
  obtain ⟨c, h₁, h₂, hc⟩ := exists_deriv_eq_slope hab hf
  have := mul_pos (h c h₁ h₂) (show 0 < b - a by grind)
  grind

/-- A function whose derivative is zero has equal values at the ends of the interval. -/
theorem eq_of_deriv_eq_zero {f f' : R → R} {a b : R} (hab : a ≤ b)
    (hf : ∀ x, a ≤ x → x ≤ b → HasDerivAt f (f' x) x)
    (h : ∀ x, a < x → x < b → f' x = 0) : f b = f a := by
  have h₁ := le_of_deriv_nonpos hab hf fun x h₁ h₂ => by have := h x h₁ h₂; grind
  have h₂ := le_of_deriv_nonneg hab hf fun x h₁ h₂ => by have := h x h₁ h₂; grind
  grind

/-- A function on the line with derivative zero everywhere is constant. -/
theorem is_const_of_deriv_eq_zero {f : R → R} (hf : ∀ x, HasDerivAt f 0 x) (x y : R) :
    f x = f y := by
  rcases le_total x y with h | h
  · exact (eq_of_deriv_eq_zero (f' := fun _ => 0) h (fun z _ _ => hf z) fun _ _ _ => rfl).symm
  · exact eq_of_deriv_eq_zero (f' := fun _ => 0) h (fun z _ _ => hf z) fun _ _ _ => rfl

/-- A function on the line with derivative at least zero everywhere is monotone. -/
theorem monotone_of_deriv_nonneg {f f' : R → R} (hf : ∀ x, HasDerivAt f (f' x) x)
    (h : ∀ x, 0 ≤ f' x) {x y : R} (hxy : x ≤ y) : f x ≤ f y :=
  le_of_deriv_nonneg hxy (fun z _ _ => hf z) fun z _ _ => h z

/-- A function on the line with derivative at most zero everywhere is antitone. -/
theorem antitone_of_deriv_nonpos {f f' : R → R} (hf : ∀ x, HasDerivAt f (f' x) x)
    (h : ∀ x, f' x ≤ 0) {x y : R} (hxy : x ≤ y) : f y ≤ f x :=
  le_of_deriv_nonpos hxy (fun z _ _ => hf z) fun z _ _ => h z

/-- **The mean value inequality.** A bound on the derivative bounds the increments. -/
theorem abs_sub_le_of_abs_deriv_le {f f' : R → R} {a b C : R} (hab : a ≤ b)
    (hf : ∀ x, a ≤ x → x ≤ b → HasDerivAt f (f' x) x)
    (h : ∀ x, a < x → x < b → abs (f' x) ≤ C) : abs (f b - f a) ≤ C * (b - a) := by
  have hd : ∀ x, HasDerivAt (fun y : R => C * y) C x := fun x =>
    ((hasDerivAt_id x).const_mul C).congr_deriv (by grind)
  have h₁ := le_of_deriv_nonpos (f := fun x => f x - C * x) (f' := fun x => f' x - C) hab
    (fun x h₁ h₂ => (hf x h₁ h₂).sub (hd x)) fun x h₁ h₂ => by
      have := abs_le.1 (h x h₁ h₂); grind
  have h₂ := le_of_deriv_nonneg (f := fun x => f x + C * x) (f' := fun x => f' x + C) hab
    (fun x h₁ h₂ => (hf x h₁ h₂).add (hd x)) fun x h₁ h₂ => by
      have := abs_le.1 (h x h₁ h₂); grind
  exact abs_le.2 (by grind)

/-! ### The hypotheses of the mean value theorem -/

/-- The hypotheses of the mean value theorem hold for the square on the interval from 0 to 1, and
the point it speaks of is 1/2, and no other. -/
theorem exists_hasDerivAt_eq_slope_witness :
    (0 : R) < 1 ∧ ContinuousOn (fun x : R => x ^ 2) 0 1 ∧
      (∀ x : R, HasDerivAt (fun x => x ^ 2) (2 * x) x) ∧
      ∀ c : R, (0 < c ∧ c < 1 ∧ (1 : R) ^ 2 - 0 ^ 2 = 2 * c * (1 - 0)) ↔ c = 1 / 2 :=
  ⟨zero_lt_one, .of_hasDerivAt fun x _ _ => hasDerivAt_sq x, hasDerivAt_sq, fun c => by grind⟩

/-- Near a point where two functions agree on a neighbourhood, they have the same derivatives. -/
theorem HasDerivAt.congr_of_eventuallyEq {g : R → R} {m x δ : R} (hf : HasDerivAt f m x)
    (hδ : 0 < δ) (h : ∀ y, abs (y - x) < δ → g y = f y) : HasDerivAt g m x := by
  intro ε hε
  obtain ⟨δ₁, h₁, hf⟩ := hf ε hε
  obtain ⟨δ', hδ', _, _⟩ := exists_pos_le_le hδ h₁
  refine ⟨δ', hδ', fun y hy => ?_⟩
  rw [h y (by grind), h x (by rw [show x - x = 0 by grind, abs_zero]; exact hδ)]
  exact hf y (by grind)

/-- The absolute value has derivative one on the positive numbers. -/
theorem hasDerivAt_abs_pos {x : R} (hx : 0 < x) : HasDerivAt abs 1 x :=
  (hasDerivAt_id x).congr_of_eventuallyEq hx fun y hy => by
    have := abs_lt.1 hy
    exact abs_of_nonneg (by grind)

/-- The absolute value has derivative minus one on the negative numbers. -/
theorem hasDerivAt_abs_neg {x : R} (hx : x < 0) : HasDerivAt abs (-1) x :=
  (hasDerivAt_id x).neg.congr_of_eventuallyEq (show 0 < -x by grind) fun y hy => by
    have := abs_lt.1 hy
    exact abs_of_neg (by grind)

/-- The absolute value has no derivative at zero. -/
theorem not_hasDerivAt_abs_zero (m : R) : ¬ HasDerivAt abs m 0 := by
  intro h
  have hmin : IsLocalMin (abs : R → R) 0 :=
    ⟨1, zero_lt_one, fun y _ => by rw [abs_zero]; exact abs_nonneg y⟩
  have hm := hmin.hasDerivAt_eq_zero h
  subst hm
  obtain ⟨δ, hδ, h⟩ := h (1 / 2) (by grind)
  have h₁ : abs (δ / 2) = δ / 2 := abs_of_nonneg (by grind)
  have h := h (δ / 2) (by rw [show δ / 2 - 0 = δ / 2 by grind, h₁]; grind)
  rw [show δ / 2 - 0 = δ / 2 by grind, h₁, abs_zero,
    show δ / 2 - 0 - 0 * (δ / 2) = δ / 2 by grind, h₁] at h
  grind

open Classical in
/-- Neither continuity at the ends nor differentiability at a single inner point can be dropped from
the mean value theorem. The absolute value on the interval from
-1 to 1 is continuous and differentiable except at the one point 0, and the step function on the
interval from 0 to 1 is differentiable inside and jumps at an end: in neither case does the
derivative ever equal the slope of the chord. -/
theorem exists_hasDerivAt_eq_slope_sharp :
    (ContinuousOn (abs : R → R) (-1) 1 ∧ (∀ x : R, x < 0 → HasDerivAt abs (-1) x) ∧
      (∀ x : R, 0 < x → HasDerivAt abs 1 x) ∧
      ¬ ∃ c m : R, HasDerivAt abs m c ∧ abs 1 - abs (-1) = m * (1 - -1)) ∧
    ((∀ x : R, 0 < x → x < 1 → HasDerivAt (fun y => if y < 1 then 0 else 1) 0 x) ∧
      ¬ ∃ c m : R, 0 < c ∧ c < 1 ∧ HasDerivAt (fun y => if y < 1 then 0 else 1) m c ∧
        (if (1 : R) < 1 then (0 : R) else 1) - (if (0 : R) < 1 then 0 else 1) = m * (1 - 0)) := by
  have hstep : ∀ x : R, 0 < x → x < 1 → HasDerivAt (fun y => if y < 1 then 0 else 1) 0 x :=
    fun x _ hx => (hasDerivAt_const 0 x).congr_of_eventuallyEq (show 0 < 1 - x by grind)
      fun y hy => by
        have := abs_lt.1 hy
        exact if_pos (by grind)
  refine ⟨⟨continuousOn_id.abs, fun x => hasDerivAt_abs_neg, fun x => hasDerivAt_abs_pos, ?_⟩,
    hstep, ?_⟩
  · rintro ⟨c, m, hm, he⟩
    rw [abs_neg] at he
    have hm₀ : m = 0 := by grind
    rcases (show c < 0 ∨ c = 0 ∨ 0 < c by grind) with hc | hc | hc
    · have := hm.unique (hasDerivAt_abs_neg hc)
      grind
    · exact not_hasDerivAt_abs_zero m (hc ▸ hm)
    · have := hm.unique (hasDerivAt_abs_pos hc)
      grind
  · rintro ⟨c, m, h₀, h₁, hm, he⟩
    have := hm.unique (hstep c h₀ h₁)
    grind

end DeepTheory.Analysis
