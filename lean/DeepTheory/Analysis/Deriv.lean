module

public import DeepTheory.Analysis.Continuity

/-!
# Derivatives of functions of one real variable

## Main definitions
* `DeepTheory.Analysis.HasDerivAt`: `f` has derivative `f'` at `x`.
* `DeepTheory.Analysis.IsLocalMax`, `DeepTheory.Analysis.IsLocalMin`: local extrema.

## Main theorems
* `DeepTheory.Analysis.HasDerivAt.unique`: there is at most one derivative.
* `DeepTheory.Analysis.HasDerivAt.mul`, `DeepTheory.Analysis.HasDerivAt.comp`,
  `DeepTheory.Analysis.HasDerivAt.pow`, `DeepTheory.Analysis.HasDerivAt.div`: the product rule, the
  chain rule, powers, the quotient rule.
* `DeepTheory.Analysis.IsLocalMax.hasDerivAt_eq_zero`,
  `DeepTheory.Analysis.IsLocalMin.hasDerivAt_eq_zero`: Fermat's theorem.

## References
* W. Rudin, *Principles of Mathematical Analysis*, third edition, chapter 5.
-/

public section

namespace DeepTheory.Analysis

universe u

variable {R : Type u} [RealField R] {f g : R → R} {f' g' x : R}

/-- `f` has derivative `f'` at `x`: near `x`, the error of the linear approximation with slope `f'`
is at most any given fraction of the distance to `x`. -/
@[expose] def HasDerivAt (f : R → R) (f' x : R) : Prop :=
  ∀ ε, 0 < ε → ∃ δ, 0 < δ ∧ ∀ y, abs (y - x) < δ →
    abs (f y - f x - f' * (y - x)) ≤ ε * abs (y - x)

/-- The derivative may be replaced by an equal number. -/
theorem HasDerivAt.congr_deriv {f'' : R} (hf : HasDerivAt f f' x) (h : f' = f'') :
    HasDerivAt f f'' x := h ▸ hf

/-! ### Continuity and uniqueness -/

/-- Near `x`, a function with derivative `f'` grows at most as fast as any slope above
`abs f'`. -/
theorem HasDerivAt.exists_abs_sub_le {ε : R} (hf : HasDerivAt f f' x) (hε : 0 < ε) :
    ∃ δ, 0 < δ ∧ ∀ y, abs (y - x) < δ → abs (f y - f x) ≤ (abs f' + ε) * abs (y - x) := by
  obtain ⟨δ, hδ, hf⟩ := hf ε hε
  refine ⟨δ, hδ, fun y hy => ?_⟩
  have h₁ := hf y hy
  have h₂ := abs_add_le (f y - f x - f' * (y - x)) (f' * (y - x))
  rw [abs_mul, show f y - f x - f' * (y - x) + f' * (y - x) = f y - f x by grind] at h₂
  grind

/-- A differentiable function is continuous. -/
theorem HasDerivAt.continuousAt (hf : HasDerivAt f f' x) : ContinuousAt f x := by
  intro ε hε
  obtain ⟨δ₁, h₁, hf⟩ := hf.exists_abs_sub_le zero_lt_one
  have hK : 0 < abs f' + 1 := by have := abs_nonneg f'; grind
  obtain ⟨δ, hδ, hδ₁, hδ₂⟩ := exists_pos_le_le h₁ (div_pos hε hK)
  refine ⟨δ, hδ, fun y hy => ?_⟩
  have h₂ := hf y (by grind)
  have h₃ := (lt_div_iff hK).1 (show abs (y - x) < ε / (abs f' + 1) by grind)
  grind

/-- A function has at most one derivative at a point. -/
theorem HasDerivAt.unique (hf : HasDerivAt f f' x) (hg : HasDerivAt f g' x) : f' = g' := by
  refine Classical.byContradiction fun hne => ?_
  have hε : 0 < abs (g' - f') := abs_pos (by grind)
  obtain ⟨δ₁, h₁, hf⟩ := hf (abs (g' - f') / 4) (by grind)
  obtain ⟨δ₂, h₂, hg⟩ := hg (abs (g' - f') / 4) (by grind)
  obtain ⟨δ, hδ, _, _⟩ := exists_pos_le_le h₁ h₂
  have hd : x + δ / 2 - x = δ / 2 := by grind
  have hd' : abs (δ / 2) = δ / 2 := abs_of_nonneg (by grind)
  have hf := hf (x + δ / 2) (by rw [hd, hd']; grind)
  have hg := hg (x + δ / 2) (by rw [hd, hd']; grind)
  rw [hd, hd'] at hf hg
  have h₃ := abs_add_le (f (x + δ / 2) - f x - f' * (δ / 2))
    (-(f (x + δ / 2) - f x - g' * (δ / 2)))
  rw [abs_neg, show f (x + δ / 2) - f x - f' * (δ / 2) + -(f (x + δ / 2) - f x - g' * (δ / 2)) =
    (g' - f') * (δ / 2) by grind, abs_mul, hd'] at h₃
  have := mul_pos hε hδ
  grind

/-! ### Rules -/

/-- Constant functions have derivative zero. -/
theorem hasDerivAt_const (c x : R) : HasDerivAt (fun _ => c) 0 x := by
  intro ε hε
  refine ⟨1, zero_lt_one, fun y _ => ?_⟩
  have := mul_nonneg (show 0 ≤ ε by grind) (abs_nonneg (y - x))
  rw [show c - c - 0 * (y - x) = 0 by grind, abs_zero]
  exact this

/-- The identity has derivative one. -/
theorem hasDerivAt_id (x : R) : HasDerivAt (fun y => y) 1 x := by
  intro ε hε
  refine ⟨1, zero_lt_one, fun y _ => ?_⟩
  have := mul_nonneg (show 0 ≤ ε by grind) (abs_nonneg (y - x))
  rw [show y - x - 1 * (y - x) = 0 by grind, abs_zero]
  exact this

/-- The derivative of a sum. -/
theorem HasDerivAt.add (hf : HasDerivAt f f' x) (hg : HasDerivAt g g' x) :
    HasDerivAt (fun y => f y + g y) (f' + g') x := by
  intro ε hε
  obtain ⟨δ₁, h₁, hf⟩ := hf (ε / 2) (by grind)
  obtain ⟨δ₂, h₂, hg⟩ := hg (ε / 2) (by grind)
  obtain ⟨δ, hδ, _, _⟩ := exists_pos_le_le h₁ h₂
  refine ⟨δ, hδ, fun y hy => ?_⟩
  have := abs_le.1 (hf y (by grind))
  have := abs_le.1 (hg y (by grind))
  exact abs_le.2 (by grind)

/-- The derivative of a negative. -/
theorem HasDerivAt.neg (hf : HasDerivAt f f' x) : HasDerivAt (fun y => -f y) (-f') x := by
  intro ε hε
  obtain ⟨δ, hδ, hf⟩ := hf ε hε
  refine ⟨δ, hδ, fun y hy => ?_⟩
  have := abs_le.1 (hf y hy)
  exact abs_le.2 (by grind)

/-- The derivative of a difference. -/
theorem HasDerivAt.sub (hf : HasDerivAt f f' x) (hg : HasDerivAt g g' x) :
    HasDerivAt (fun y => f y - g y) (f' - g') x := by
  have h := hf.add hg.neg
  simpa only [Lean.Grind.Ring.sub_eq_add_neg] using h

/-- The product rule. -/
theorem HasDerivAt.mul (hf : HasDerivAt f f' x) (hg : HasDerivAt g g' x) :
    HasDerivAt (fun y => f y * g y) (f' * g x + f x * g') x := by
  intro ε hε
  have hA := abs_nonneg (f x)
  have hB := abs_nonneg (g x)
  have hC := abs_nonneg f'
  have hK : 0 < abs (g x) + 1 + abs (f x) + abs f' := by grind
  have hKε : ε / (abs (g x) + 1 + abs (f x) + abs f') * (abs (g x) + 1 + abs (f x) + abs f') = ε :=
    div_mul_cancel (by grind)
  have hpos := div_pos hε hK
  generalize ε / (abs (g x) + 1 + abs (f x) + abs f') = e at hKε hpos
  obtain ⟨d, hd, hd₁, hde⟩ := exists_pos_le_le (zero_lt_one (R := R)) hpos
  obtain ⟨δ₁, h₁, hf⟩ := hf e hpos
  obtain ⟨δ₂, h₂, hc⟩ := hg.continuousAt d hd
  obtain ⟨δ₃, h₃, hg⟩ := hg e hpos
  obtain ⟨δ, hδ, _, _⟩ := exists_pos_le_le h₁ h₂
  obtain ⟨δ', hδ', _, _⟩ := exists_pos_le_le hδ h₃
  refine ⟨δ', hδ', fun y hy => ?_⟩
  have hr := hf y (by grind)
  have hq := hg y (by grind)
  have hw := hc y (by grind)
  have hgy := abs_add_le (g y - g x) (g x)
  rw [show g y - g x + g x = g y by grind] at hgy
  have e₁ : f y * g y - f x * g x - (f' * g x + f x * g') * (y - x) =
    (f y - f x - f' * (y - x)) * g y +
      (f x * (g y - g x - g' * (y - x)) + f' * (y - x) * (g y - g x)) := by grind
  have e₂ := abs_add_le ((f y - f x - f' * (y - x)) * g y)
    (f x * (g y - g x - g' * (y - x)) + f' * (y - x) * (g y - g x))
  have e₃ := abs_add_le (f x * (g y - g x - g' * (y - x))) (f' * (y - x) * (g y - g x))
  rw [← e₁, abs_mul] at e₂
  rw [abs_mul, abs_mul, abs_mul] at e₃
  have hH := abs_nonneg (y - x)
  have t₁ := mul_le_mul hr (show abs (g y) ≤ abs (g x) + 1 by grind) (abs_nonneg _)
    (mul_nonneg (show 0 ≤ e by grind) hH)
  have t₂ := mul_le_mul_of_nonneg_left hq hA
  have t₃ := mul_le_mul_of_nonneg_left (show abs (g y - g x) ≤ e by grind) (mul_nonneg hC hH)
  have : e * (abs (g x) + 1 + abs (f x) + abs f') * abs (y - x) = ε * abs (y - x) := by rw [hKε]
  grind

/-- The derivative of a constant multiple. -/
theorem HasDerivAt.const_mul (c : R) (hf : HasDerivAt f f' x) :
    HasDerivAt (fun y => c * f y) (c * f') x :=
  ((hasDerivAt_const c x).mul hf).congr_deriv (by grind)

/-- The derivative of a power of a function. -/
theorem HasDerivAt.pow (hf : HasDerivAt f f' x) (n : Nat) :
    HasDerivAt (fun y => f y ^ n) (n * f x ^ (n - 1) * f') x := by
  induction n with
  | zero =>
    simp only [pow_zero]
    exact (hasDerivAt_const 1 x).congr_deriv (by grind)
  | succ n ih =>
    simp only [pow_succ]
    refine (ih.mul hf).congr_deriv ?_
    rcases n with _ | n
    · grind
    · have := pow_succ (f x) n
      have := pow_succ (f x) (n + 1)
      simp only [Nat.add_sub_cancel]
      grind

/-- The derivative of `y ^ n`. -/
theorem hasDerivAt_pow (n : Nat) (x : R) : HasDerivAt (fun y => y ^ n) (n * x ^ (n - 1)) x :=
  ((hasDerivAt_id x).pow n).congr_deriv (by grind)

/-- The derivative of the square. -/
theorem hasDerivAt_sq (x : R) : HasDerivAt (fun y => y ^ 2) (2 * x) x :=
  (hasDerivAt_pow 2 x).congr_deriv (by grind)

/-- The chain rule. -/
theorem HasDerivAt.comp (hg : HasDerivAt g g' (f x)) (hf : HasDerivAt f f' x) :
    HasDerivAt (fun y => g (f y)) (g' * f') x := by
  intro ε hε
  have hA := abs_nonneg f'
  have hB := abs_nonneg g'
  have hK : 0 < abs f' + 1 + abs g' := by grind
  have hKε : ε / (abs f' + 1 + abs g') * (abs f' + 1 + abs g') = ε := div_mul_cancel (by grind)
  have hpos := div_pos hε hK
  generalize ε / (abs f' + 1 + abs g') = e at hKε hpos
  obtain ⟨η, hη, hg⟩ := hg e hpos
  obtain ⟨δ₁, h₁, hc⟩ := hf.continuousAt η hη
  obtain ⟨δ₂, h₂, hl⟩ := hf.exists_abs_sub_le zero_lt_one
  obtain ⟨δ₃, h₃, hf⟩ := hf e hpos
  obtain ⟨δ, hδ, _, _⟩ := exists_pos_le_le h₁ h₂
  obtain ⟨δ', hδ', _, _⟩ := exists_pos_le_le hδ h₃
  refine ⟨δ', hδ', fun y hy => ?_⟩
  have hr := hg (f y) (hc y (by grind))
  have hk := hl y (by grind)
  have hq := hf y (by grind)
  have e₁ : g (f y) - g (f x) - g' * f' * (y - x) =
    (g (f y) - g (f x) - g' * (f y - f x)) + g' * (f y - f x - f' * (y - x)) := by grind
  have e₂ := abs_add_le (g (f y) - g (f x) - g' * (f y - f x))
    (g' * (f y - f x - f' * (y - x)))
  rw [← e₁, abs_mul] at e₂
  have t₁ := mul_le_mul_of_nonneg_left hk (show 0 ≤ e by grind)
  have t₂ := mul_le_mul_of_nonneg_left hq hB
  have : e * (abs f' + 1 + abs g') * abs (y - x) = ε * abs (y - x) := by rw [hKε]
  grind

/-- The derivative of the inverse. -/
theorem hasDerivAt_inv (hx : x ≠ 0) : HasDerivAt (fun y => y⁻¹) (-(x⁻¹) ^ 2) x := by
  intro ε hε
  have hX := abs_pos hx
  have hX' : 0 < abs x⁻¹ := abs_pos (by grind)
  have hXX : abs x⁻¹ * abs x = 1 := by
    rw [← abs_mul, show x⁻¹ * x = 1 by grind]; exact abs_of_nonneg (by grind)
  have hK := mul_pos hX' (mul_pos hX' hX')
  obtain ⟨δ, hδ, h₁, h₂⟩ := exists_pos_le_le (show 0 < abs x / 2 by grind)
    (div_pos hε (show 0 < 2 * (abs x⁻¹ * (abs x⁻¹ * abs x⁻¹)) by grind))
  refine ⟨δ, hδ, fun y hy => ?_⟩
  -- `y` is at least half as large as `x`, so its inverse is at most twice that of `x`.
  have hY : abs x / 2 ≤ abs y := by
    have := abs_add_le (x - y) y
    rw [show x - y + y = x by grind, abs_sub_comm] at this
    grind
  have hYY : abs y⁻¹ * abs y = 1 := by
    have : y ≠ 0 := fun h => by rw [h, abs_zero] at hY; grind
    rw [← abs_mul, show y⁻¹ * y = 1 by grind]; exact abs_of_nonneg (by grind)
  have hY' : abs y⁻¹ ≤ 2 * abs x⁻¹ := by
    have h := mul_le_mul_of_nonneg_left hY (mul_nonneg (abs_nonneg y⁻¹) (abs_nonneg x⁻¹))
    rw [show abs y⁻¹ * abs x⁻¹ * (abs x / 2) = abs y⁻¹ * (abs x⁻¹ * abs x) / 2 by grind,
      show abs y⁻¹ * abs x⁻¹ * abs y = abs x⁻¹ * (abs y⁻¹ * abs y) by grind, hXX, hYY] at h
    clear hXX hYY h₂
    grind
  have e₁ : y⁻¹ - x⁻¹ - -(x⁻¹) ^ 2 * (y - x) = y⁻¹ * (x⁻¹ * x⁻¹) * (y - x) * (y - x) := by
    have : y ≠ 0 := fun h => by rw [h, abs_zero] at hY; grind
    grind
  have h₃ := (le_div_iff (show 0 < 2 * (abs x⁻¹ * (abs x⁻¹ * abs x⁻¹)) by grind)).1
    (show abs (y - x) ≤ ε / (2 * (abs x⁻¹ * (abs x⁻¹ * abs x⁻¹))) from
      Std.le_trans (Std.le_of_lt hy) h₂)
  have hH := abs_nonneg (y - x)
  rw [e₁, abs_mul, abs_mul, abs_mul, abs_mul]
  refine mul_le_mul_of_nonneg_right ?_ hH
  have := mul_le_mul_of_nonneg_right hY' (mul_nonneg (mul_nonneg (abs_nonneg x⁻¹)
    (abs_nonneg x⁻¹)) hH)
  grind

/-- The derivative of the inverse of a function. -/
theorem HasDerivAt.inv (hf : HasDerivAt f f' x) (hx : f x ≠ 0) :
    HasDerivAt (fun y => (f y)⁻¹) (-f' / f x ^ 2) x :=
  (HasDerivAt.comp (hasDerivAt_inv hx) hf).congr_deriv (by grind)

/-- The quotient rule. -/
theorem HasDerivAt.div (hf : HasDerivAt f f' x) (hg : HasDerivAt g g' x) (hx : g x ≠ 0) :
    HasDerivAt (fun y => f y / g y) ((f' * g x - f x * g') / g x ^ 2) x := by
  simp only [Lean.Grind.Field.div_eq_mul_inv (f _)]
  exact (hf.mul (hg.inv hx)).congr_deriv (by grind)

/-! ### Local extrema -/

/-- `f` has a local maximum at `x`. -/
@[expose] def IsLocalMax (f : R → R) (x : R) : Prop :=
  ∃ δ, 0 < δ ∧ ∀ y, abs (y - x) < δ → f y ≤ f x

/-- `f` has a local minimum at `x`. -/
@[expose] def IsLocalMin (f : R → R) (x : R) : Prop :=
  ∃ δ, 0 < δ ∧ ∀ y, abs (y - x) < δ → f x ≤ f y

/-- **Fermat's theorem.** The derivative vanishes at a local maximum. -/
theorem IsLocalMax.hasDerivAt_eq_zero (h : IsLocalMax f x) (hf : HasDerivAt f f' x) : f' = 0 := by
  refine Classical.byContradiction fun hne => ?_
  obtain ⟨δ₁, h₁, hmax⟩ := h
  obtain ⟨δ₂, h₂, hf⟩ := hf (abs f' / 2) (by have := abs_pos hne; grind)
  obtain ⟨δ, hδ, _, _⟩ := exists_pos_le_le h₁ h₂
  have ha : abs (δ / 2) = δ / 2 := abs_of_nonneg (by grind)
  rcases abs_cases f' with ⟨hs, hs'⟩ | ⟨hs, hs'⟩
  · have hd : x + δ / 2 - x = δ / 2 := by grind
    have hf := hf (x + δ / 2) (by rw [hd, ha]; grind)
    have hmax := hmax (x + δ / 2) (by rw [hd, ha]; grind)
    rw [hd, ha, hs'] at hf
    have := abs_le.1 hf
    have := mul_pos (show 0 < f' by grind) hδ
    grind
  · have hd : x - δ / 2 - x = -(δ / 2) := by grind
    have hf := hf (x - δ / 2) (by rw [hd, abs_neg, ha]; grind)
    have hmax := hmax (x - δ / 2) (by rw [hd, abs_neg, ha]; grind)
    rw [hd, abs_neg, ha, hs'] at hf
    have := abs_le.1 hf
    have := mul_pos (show 0 < -f' by grind) hδ
    grind

/-- **Fermat's theorem.** The derivative vanishes at a local minimum. -/
theorem IsLocalMin.hasDerivAt_eq_zero (h : IsLocalMin f x) (hf : HasDerivAt f f' x) : f' = 0 := by
  obtain ⟨δ, hδ, hmin⟩ := h
  have : IsLocalMax (fun y => -f y) x := ⟨δ, hδ, fun y hy => by have := hmin y hy; grind⟩
  have := this.hasDerivAt_eq_zero hf.neg
  grind

end DeepTheory.Analysis
