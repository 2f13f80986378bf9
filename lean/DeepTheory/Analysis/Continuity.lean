module

public import DeepTheory.Reals.Basic

/-!
# Continuous functions of one real variable

Continuity is stated with `ε` and `δ`: within a set at a point (`ContinuousWithinAt`), at a point
(`ContinuousAt`) and on a closed interval (`ContinuousOn`).  The facts about closed intervals are
proved by induction along the interval (`Icc_induction`), which is how the least-upper-bound axiom
enters.

## Main definitions
* `DeepTheory.Analysis.ContinuousWithinAt`: `f` is continuous at `x` within the set `s`.
* `DeepTheory.Analysis.ContinuousAt`: `f` is continuous at `x`.
* `DeepTheory.Analysis.ContinuousOn`: `f` is continuous on the closed interval from `a` to `b`.

## Main theorems
* `DeepTheory.Analysis.Icc_induction`: induction along a closed interval.
* `DeepTheory.Analysis.exists_isMaxOn_Icc`, `DeepTheory.Analysis.exists_isMinOn_Icc`: a continuous
  function on a closed interval attains its maximum and its minimum.
* `DeepTheory.Analysis.intermediate_value_Icc`: it takes every value in between.

## References
* W. Rudin, *Principles of Mathematical Analysis*, third edition, chapter 4.
-/

public section

namespace DeepTheory.Analysis

universe u

variable {R : Type u} [RealField R] {f g : R → R} {s : R → Prop} {a b c x : R}

/-- Below any two positive numbers lies a positive number. -/
theorem exists_pos_le_le {δ₁ δ₂ : R} (h₁ : 0 < δ₁) (h₂ : 0 < δ₂) :
    ∃ δ, 0 < δ ∧ δ ≤ δ₁ ∧ δ ≤ δ₂ := by
  rcases le_total δ₁ δ₂ with h | h
  · exact ⟨δ₁, h₁, by grind, h⟩
  · exact ⟨δ₂, h₂, h, by grind⟩

/-! ### Continuity within a set -/

/-- `f` is continuous at `x` within the set `s`. -/
@[expose] def ContinuousWithinAt (f : R → R) (s : R → Prop) (x : R) : Prop :=
  ∀ ε, 0 < ε → ∃ δ, 0 < δ ∧ ∀ y, s y → abs (y - x) < δ → abs (f y - f x) < ε

/-- `f` is continuous at `x`. -/
@[expose] def ContinuousAt (f : R → R) (x : R) : Prop :=
  ∀ ε, 0 < ε → ∃ δ, 0 < δ ∧ ∀ y, abs (y - x) < δ → abs (f y - f x) < ε

/-- `f` is continuous on the closed interval from `a` to `b`: at each of its points, within it. -/
@[expose] def ContinuousOn (f : R → R) (a b : R) : Prop :=
  ∀ x, a ≤ x → x ≤ b → ContinuousWithinAt f (fun y => a ≤ y ∧ y ≤ b) x

/-- Constant functions are continuous. -/
theorem continuousWithinAt_const : ContinuousWithinAt (fun _ => c) s x :=
  fun ε hε => ⟨1, zero_lt_one, fun y _ _ => by have := abs_cases (c - c); grind⟩

/-- The identity is continuous. -/
theorem continuousWithinAt_id : ContinuousWithinAt (fun y => y) s x :=
  fun ε hε => ⟨ε, hε, fun _ _ h => h⟩

/-- A sum of continuous functions is continuous. -/
theorem ContinuousWithinAt.add (hf : ContinuousWithinAt f s x) (hg : ContinuousWithinAt g s x) :
    ContinuousWithinAt (fun y => f y + g y) s x := by
  intro ε hε
  obtain ⟨δ₁, h₁, hf⟩ := hf (ε / 2) (by grind)
  obtain ⟨δ₂, h₂, hg⟩ := hg (ε / 2) (by grind)
  obtain ⟨δ, hδ, _, _⟩ := exists_pos_le_le h₁ h₂
  refine ⟨δ, hδ, fun y hs hy => ?_⟩
  have := abs_lt.1 (hf y hs (by grind))
  have := abs_lt.1 (hg y hs (by grind))
  exact abs_lt.2 (by grind)

/-- A product of continuous functions is continuous. -/
theorem ContinuousWithinAt.mul (hf : ContinuousWithinAt f s x) (hg : ContinuousWithinAt g s x) :
    ContinuousWithinAt (fun y => f y * g y) s x := by
  intro ε hε
  have hA := abs_nonneg (f x)
  have hB := abs_nonneg (g x)
  have hK : 0 < 1 + abs (f x) + abs (g x) := by grind
  have hKε : ε / (1 + abs (f x) + abs (g x)) * (1 + abs (f x) + abs (g x)) = ε :=
    div_mul_cancel (by grind)
  have hpos := div_pos hε hK
  generalize ε / (1 + abs (f x) + abs (g x)) = e at hKε hpos
  obtain ⟨δ₁, h₁, hf⟩ := hf e hpos
  obtain ⟨δ₂, h₂, hg₁⟩ := hg e hpos
  obtain ⟨δ₃, h₃, hg₂⟩ := hg 1 zero_lt_one
  obtain ⟨δ, hδ, _, _⟩ := exists_pos_le_le h₁ h₂
  obtain ⟨δ', hδ', _, _⟩ := exists_pos_le_le hδ h₃
  refine ⟨δ', hδ', fun y hs hy => ?_⟩
  have hu := hf y hs (by grind)
  have hv := hg₁ y hs (by grind)
  have hv₁ := hg₂ y hs (by grind)
  have hu₀ := abs_nonneg (f y - f x)
  have e₁ : f y * g y - f x * g x =
    (f y - f x) * (g y - g x) + ((f y - f x) * g x + f x * (g y - g x)) := by grind
  have e₂ := abs_add_le ((f y - f x) * (g y - g x)) ((f y - f x) * g x + f x * (g y - g x))
  have e₃ := abs_add_le ((f y - f x) * g x) (f x * (g y - g x))
  rw [← e₁, abs_mul] at e₂
  rw [abs_mul, abs_mul] at e₃
  have := mul_le_mul_of_nonneg_left (show abs (g y - g x) ≤ 1 by grind) hu₀
  have := mul_le_mul_of_nonneg_right (show abs (f y - f x) ≤ e by grind) hB
  have := mul_le_mul_of_nonneg_left (show abs (g y - g x) ≤ e by grind) hA
  grind

/-- A constant multiple of a continuous function is continuous. -/
theorem ContinuousWithinAt.const_mul (c : R) (hf : ContinuousWithinAt f s x) :
    ContinuousWithinAt (fun y => c * f y) s x :=
  continuousWithinAt_const.mul hf

/-- The negative of a continuous function is continuous. -/
theorem ContinuousWithinAt.neg (hf : ContinuousWithinAt f s x) :
    ContinuousWithinAt (fun y => -f y) s x := by
  intro ε hε
  obtain ⟨δ, hδ, hf⟩ := hf ε hε
  refine ⟨δ, hδ, fun y hs hy => ?_⟩
  have := abs_lt.1 (hf y hs hy)
  exact abs_lt.2 (by grind)

/-- A difference of continuous functions is continuous. -/
theorem ContinuousWithinAt.sub (hf : ContinuousWithinAt f s x) (hg : ContinuousWithinAt g s x) :
    ContinuousWithinAt (fun y => f y - g y) s x := by
  have h := hf.add hg.neg
  simpa only [Lean.Grind.Ring.sub_eq_add_neg] using h

/-- The absolute value is continuous. -/
theorem ContinuousWithinAt.abs (hf : ContinuousWithinAt f s x) :
    ContinuousWithinAt (fun y => abs (f y)) s x := by
  intro ε hε
  obtain ⟨δ, hδ, hf⟩ := hf ε hε
  refine ⟨δ, hδ, fun y hs hy => ?_⟩
  have := abs_lt.1 (hf y hs hy)
  have := abs_cases (f y)
  have := abs_cases (f x)
  exact abs_lt.2 (by grind)

/-- Continuity within a set is inherited by smaller sets. -/
theorem ContinuousWithinAt.mono {t : R → Prop} (hf : ContinuousWithinAt f s x)
    (h : ∀ y, t y → s y) : ContinuousWithinAt f t x := by
  intro ε hε
  obtain ⟨δ, hδ, hf⟩ := hf ε hε
  exact ⟨δ, hδ, fun y ht hy => hf y (h y ht) hy⟩

/-! ### Continuity at a point -/

/-- Continuity at a point is continuity within the whole line. -/
theorem continuousWithinAt_univ : ContinuousWithinAt f (fun _ => True) x ↔ ContinuousAt f x := by
  simp [ContinuousWithinAt, ContinuousAt]

/-- Continuity at a point implies continuity within every set. -/
theorem ContinuousAt.continuousWithinAt (hf : ContinuousAt f x) : ContinuousWithinAt f s x :=
  (continuousWithinAt_univ.2 hf).mono fun _ _ => trivial

/-- Constant functions are continuous. -/
theorem continuousAt_const : ContinuousAt (fun _ => c) x :=
  continuousWithinAt_univ.1 continuousWithinAt_const

/-- The identity is continuous. -/
theorem continuousAt_id : ContinuousAt (fun y => y) x :=
  continuousWithinAt_univ.1 continuousWithinAt_id

/-- A sum of continuous functions is continuous. -/
theorem ContinuousAt.add (hf : ContinuousAt f x) (hg : ContinuousAt g x) :
    ContinuousAt (fun y => f y + g y) x :=
  continuousWithinAt_univ.1 (hf.continuousWithinAt.add hg.continuousWithinAt)

/-- A difference of continuous functions is continuous. -/
theorem ContinuousAt.sub (hf : ContinuousAt f x) (hg : ContinuousAt g x) :
    ContinuousAt (fun y => f y - g y) x :=
  continuousWithinAt_univ.1 (hf.continuousWithinAt.sub hg.continuousWithinAt)

/-- A product of continuous functions is continuous. -/
theorem ContinuousAt.mul (hf : ContinuousAt f x) (hg : ContinuousAt g x) :
    ContinuousAt (fun y => f y * g y) x :=
  continuousWithinAt_univ.1 (hf.continuousWithinAt.mul hg.continuousWithinAt)

/-- A constant multiple of a continuous function is continuous. -/
theorem ContinuousAt.const_mul (c : R) (hf : ContinuousAt f x) :
    ContinuousAt (fun y => c * f y) x :=
  continuousWithinAt_univ.1 (hf.continuousWithinAt.const_mul c)

/-- The negative of a continuous function is continuous. -/
theorem ContinuousAt.neg (hf : ContinuousAt f x) : ContinuousAt (fun y => -f y) x :=
  continuousWithinAt_univ.1 hf.continuousWithinAt.neg

/-- The absolute value of a continuous function is continuous. -/
theorem ContinuousAt.abs (hf : ContinuousAt f x) : ContinuousAt (fun y => abs (f y)) x :=
  continuousWithinAt_univ.1 hf.continuousWithinAt.abs

/-- A composition of continuous functions is continuous. -/
theorem ContinuousAt.comp (hg : ContinuousAt g (f x)) (hf : ContinuousAt f x) :
    ContinuousAt (fun y => g (f y)) x := by
  intro ε hε
  obtain ⟨η, hη, hg⟩ := hg ε hε
  obtain ⟨δ, hδ, hf⟩ := hf η hη
  exact ⟨δ, hδ, fun y hy => hg _ (hf y hy)⟩

/-! ### Continuity on a closed interval -/

/-- A function that is continuous at each point of an interval is continuous on it. -/
theorem ContinuousOn.of_continuousAt (h : ∀ x, a ≤ x → x ≤ b → ContinuousAt f x) :
    ContinuousOn f a b :=
  fun x ha hb => (h x ha hb).continuousWithinAt

/-- Continuity on an interval is inherited by smaller intervals. -/
theorem ContinuousOn.mono {a' b' : R} (hf : ContinuousOn f a b) (ha : a ≤ a') (hb : b' ≤ b) :
    ContinuousOn f a' b' :=
  fun x h₁ h₂ => (hf x (by grind) (by grind)).mono fun y _ => by grind

/-- Constant functions are continuous. -/
theorem continuousOn_const : ContinuousOn (fun _ => c) a b :=
  fun _ _ _ => continuousWithinAt_const

/-- The identity is continuous. -/
theorem continuousOn_id : ContinuousOn (fun y => y) a b :=
  fun _ _ _ => continuousWithinAt_id

/-- A sum of continuous functions is continuous. -/
theorem ContinuousOn.add (hf : ContinuousOn f a b) (hg : ContinuousOn g a b) :
    ContinuousOn (fun y => f y + g y) a b :=
  fun x ha hb => (hf x ha hb).add (hg x ha hb)

/-- A difference of continuous functions is continuous. -/
theorem ContinuousOn.sub (hf : ContinuousOn f a b) (hg : ContinuousOn g a b) :
    ContinuousOn (fun y => f y - g y) a b :=
  fun x ha hb => (hf x ha hb).sub (hg x ha hb)

/-- A product of continuous functions is continuous. -/
theorem ContinuousOn.mul (hf : ContinuousOn f a b) (hg : ContinuousOn g a b) :
    ContinuousOn (fun y => f y * g y) a b :=
  fun x ha hb => (hf x ha hb).mul (hg x ha hb)

/-- A constant multiple of a continuous function is continuous. -/
theorem ContinuousOn.const_mul (c : R) (hf : ContinuousOn f a b) :
    ContinuousOn (fun y => c * f y) a b :=
  fun x ha hb => (hf x ha hb).const_mul c

/-- The negative of a continuous function is continuous. -/
theorem ContinuousOn.neg (hf : ContinuousOn f a b) : ContinuousOn (fun y => -f y) a b :=
  fun x ha hb => (hf x ha hb).neg

/-- The absolute value of a continuous function is continuous. -/
theorem ContinuousOn.abs (hf : ContinuousOn f a b) : ContinuousOn (fun y => abs (f y)) a b :=
  fun x ha hb => (hf x ha hb).abs

/-! ### Closed intervals -/

/-- Induction along a closed interval: a property that holds at `a`, and that near each point `t`
passes from the points left of `t` to the points right of `t`, holds at `b`. -/
theorem Icc_induction {P : R → Prop} (hab : a ≤ b) (ha : P a)
    (step : ∀ t, a ≤ t → t ≤ b → ∃ δ, 0 < δ ∧ ∀ x y, a ≤ x → y ≤ b → t - δ < x → x ≤ t →
      t ≤ y → y < t + δ → P x → P y) : P b := by
  obtain ⟨t, ht, hmin⟩ := RealField.exists_isLUB (fun x => (a ≤ x ∧ x ≤ b) ∧ P x)
    ⟨a, ⟨by grind, hab⟩, ha⟩ ⟨b, fun x hx => hx.1.2⟩
  have hat := ht a ⟨⟨by grind, hab⟩, ha⟩
  have htb := hmin b fun x hx => hx.1.2
  obtain ⟨δ, hδ, step⟩ := step t hat htb
  obtain ⟨x, hx, hxt⟩ : ∃ x, ((a ≤ x ∧ x ≤ b) ∧ P x) ∧ t - δ < x :=
    Classical.byContradiction fun h => by
      have := hmin (t - δ) fun x hx => le_of_not_lt fun h' => h ⟨x, hx, h'⟩
      grind
  have step := fun y h₁ h₂ h₃ => step x y hx.1.1 h₁ hxt (ht x hx) h₂ h₃ hx.2
  by_cases hb : b < t + δ
  · exact step b (by grind) htb hb
  · have h := step (t + δ / 2) (by grind) (by grind) (by grind)
    have := ht (t + δ / 2) ⟨⟨by grind, by grind⟩, h⟩
    grind

/-- **Extreme value theorem.** A continuous function on a closed interval attains its maximum. -/
theorem exists_isMaxOn_Icc (hab : a ≤ b) (hf : ContinuousOn f a b) :
    ∃ c, a ≤ c ∧ c ≤ b ∧ ∀ x, a ≤ x → x ≤ b → f x ≤ f c := by
  refine Classical.byContradiction fun hno => ?_
  have hex : ∀ c, a ≤ c → c ≤ b → ∃ z, (a ≤ z ∧ z ≤ b) ∧ f c < f z := fun c h₁ h₂ =>
    Classical.byContradiction fun h => hno ⟨c, h₁, h₂, fun x h₃ h₄ =>
      le_of_not_lt fun h' => h ⟨x, ⟨h₃, h₄⟩, h'⟩⟩
  -- Some value exceeds all values on the part of the interval up to `t`, hence for `t = b`.
  obtain ⟨z, hz, h⟩ := Icc_induction
    (P := fun t => ∃ z, (a ≤ z ∧ z ≤ b) ∧ ∀ x, a ≤ x → x ≤ t → f x < f z) hab (by
      obtain ⟨z, hz, h⟩ := hex a (by grind) hab
      exact ⟨z, hz, fun x h₁ h₂ => by rwa [show x = a by grind]⟩) (by
    intro t hat htb
    obtain ⟨z, hz, h⟩ := hex t hat htb
    obtain ⟨δ, hδ, hf⟩ := hf t hat htb (f z - f t) (by grind)
    refine ⟨δ, hδ, fun x y hax hyb h₁ h₂ h₃ h₄ ⟨z', hz', h'⟩ => ?_⟩
    have key : ∀ w, a ≤ w → w ≤ y → f w < f z ∨ f w < f z' := fun w haw hwy => by
      by_cases hw : w ≤ x
      · exact Or.inr (h' w haw hw)
      · have := abs_lt.1 (hf w ⟨haw, by grind⟩ (abs_lt.2 (by grind)))
        exact Or.inl (by grind)
    rcases le_total (f z) (f z') with hle | hle
    · exact ⟨z', hz', fun w h₁ h₂ => by have := key w h₁ h₂; grind⟩
    · exact ⟨z, hz, fun w h₁ h₂ => by have := key w h₁ h₂; grind⟩)
  have := h z hz.1 hz.2
  grind

/-- **Extreme value theorem.** A continuous function on a closed interval attains its minimum. -/
theorem exists_isMinOn_Icc (hab : a ≤ b) (hf : ContinuousOn f a b) :
    ∃ c, a ≤ c ∧ c ≤ b ∧ ∀ x, a ≤ x → x ≤ b → f c ≤ f x := by
  obtain ⟨c, h₁, h₂, h⟩ := exists_isMaxOn_Icc hab hf.neg
  exact ⟨c, h₁, h₂, fun x h₃ h₄ => by have := h x h₃ h₄; grind⟩

/-- **Intermediate value theorem.** A continuous function on a closed interval takes every value
between those at the end points. -/
theorem intermediate_value_Icc {v : R} (hab : a ≤ b) (hf : ContinuousOn f a b) (ha : f a ≤ v)
    (hb : v ≤ f b) : ∃ c, a ≤ c ∧ c ≤ b ∧ f c = v := by
  refine Classical.byContradiction fun hno => ?_
  have hne : ∀ c, a ≤ c → c ≤ b → f c ≠ v := fun c h₁ h₂ h => hno ⟨c, h₁, h₂, h⟩
  have := Icc_induction (P := fun t => f t < v) hab (by have := hne a (by grind) hab; grind) (by
    intro t hat htb
    have := hne t hat htb
    obtain ⟨δ, hδ, hf⟩ := hf t hat htb (abs (f t - v)) (abs_pos (by grind))
    refine ⟨δ, hδ, fun x y hax hyb h₁ h₂ h₃ h₄ hx => ?_⟩
    have := abs_lt.1 (hf x ⟨hax, by grind⟩ (abs_lt.2 (by grind)))
    have := abs_lt.1 (hf y ⟨by grind, hyb⟩ (abs_lt.2 (by grind)))
    have := abs_cases (f t - v)
    grind)
  grind

end DeepTheory.Analysis
