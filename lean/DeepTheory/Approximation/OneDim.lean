module

public import DeepTheory.Analysis.MeanValue
public import DeepTheory.Approximation.OneDimLower

/-!
# One hidden layer of ReLUs on the unit interval

Rates of approximation by `N` ReLUs for Lipschitz functions and for functions with a Lipschitz
derivative, by interpolation at the points `k / N`.

## Main definitions
* `DeepTheory.Approximation.relu1dLipschitzBound`, `DeepTheory.Approximation.relu1dSmoothBound`: the
  bounds.

## Main theorems
* `DeepTheory.Approximation.relu_1d_lipschitz`: `L / (2 N)` for `L`-Lipschitz functions.
* `DeepTheory.Approximation.relu_1d_smooth`: `M / (8 N ^ 2)` for functions with `M`-Lipschitz
  derivative.

## References
* C. de Boor, *A Practical Guide to Splines*, revised edition, 2001, chapter III.
-/

public noncomputable section

namespace DeepTheory.Approximation

universe u

variable {R : Type u} [RealField R] {f f' : R → R} {L M a b x : R} {N : Nat}

/-! ### The algebra of the bounds -/

/-- The bound for Lipschitz functions, from the length of a cell. -/
private theorem mul_one_div_div_two (L n : R) : L * (1 / n) / 2 = L / (2 * n) := by grind

/-- The bound for Lipschitz derivatives, from the length of a cell. -/
private theorem mul_one_div_sq_div_eight (M n : R) : M * (1 / n) ^ 2 / 8 = M / (8 * n ^ 2) := by
  grind

/-- Half of the length of a cell. -/
private theorem one_div_two_mul (n : R) : 1 / (2 * n) = 1 / n / 2 := by grind

/-- The error of the chord of a square in the middle of a cell. -/
private theorem chord_sq_sub {d : R} (hd : d ≠ 0) (M c : R) :
    ((c + d - (c + d / 2)) * (M / 2 * c ^ 2 - M / 2 * (c + d / 2) ^ 2) +
      (c + d / 2 - c) * (M / 2 * (c + d) ^ 2 - M / 2 * (c + d / 2) ^ 2)) / d = M / 8 * d ^ 2 := by
  grind

/-! ### The error of a chord -/

/-- The error of a chord as a mean of differences of the function. -/
theorem chord_sub_eq (hab : a < b) (f : R → R) (x : R) : chord f a b x - f x =
    ((b - x) * (f a - f x) + (x - a) * (f b - f x)) / (b - a) := by
  have : b - a ≠ 0 := by grind
  unfold chord
  grind

/-- Four times the product of the distances to the ends is at most the square of the length. -/
theorem four_mul_sub_mul_sub_le (a b x : R) : 4 * ((x - a) * (b - x)) ≤ (b - a) ^ 2 := by
  have := sq_nonneg ((x - a) - (b - x))
  grind

/-- The chord of an `L`-Lipschitz function has error at most half of `L` times its length. -/
theorem abs_chord_sub_le_of_lipschitz (hab : a < b) (hf : LipschitzOn f L a b) (h₀ : a ≤ x)
    (h₁ : x ≤ b) : abs (chord f a b x - f x) ≤ L * (b - a) / 2 := by
  have hL := hf.nonneg hab
  have hd : 0 < b - a := sub_pos.2 hab
  have hx₀ : 0 ≤ x - a := sub_nonneg.2 h₀
  have hx₁ : 0 ≤ b - x := sub_nonneg.2 h₁
  have e₁ := hf a x (Std.le_refl _) (Std.le_of_lt hab) h₀ h₁
  have e₂ := hf b x (Std.le_of_lt hab) (Std.le_refl _) h₀ h₁
  rw [abs_sub_comm a x, abs_of_nonneg hx₀] at e₁
  rw [abs_of_nonneg hx₁] at e₂
  have t₁ := mul_le_mul_of_nonneg_left e₁ hx₁
  have t₂ := mul_le_mul_of_nonneg_left e₂ hx₀
  have t₃ := abs_add_le ((b - x) * (f a - f x)) ((x - a) * (f b - f x))
  rw [abs_mul, abs_mul, abs_of_nonneg hx₁, abs_of_nonneg hx₀] at t₃
  have t₄ := mul_le_mul_of_nonneg_left (four_mul_sub_mul_sub_le a b x) hL
  rw [chord_sub_eq hab, abs_div, abs_of_nonneg (Std.le_of_lt hd), div_le_iff hd]
  generalize abs ((b - x) * (f a - f x) + (x - a) * (f b - f x)) = S at *
  generalize (b - x) * abs (f a - f x) = p at *
  generalize (x - a) * abs (f b - f x) = q at *
  clear hf e₁ e₂ hx₀ hx₁ hL hd hab h₀ h₁
  grind

/-- A function with a nondecreasing derivative lies below its chords. -/
theorem le_chord_of_deriv_mono (hab : a < b) (hc : Analysis.ContinuousOn f a b)
    (hd : ∀ y, a < y → y < b → Analysis.HasDerivAt f (f' y) y)
    (hm : ∀ y z, a < y → y < z → z < b → f' y ≤ f' z) (h₀ : a ≤ x) (h₁ : x ≤ b) :
    f x ≤ chord f a b x := by
  have hd' : 0 < b - a := sub_pos.2 hab
  have hs := chord_sub_eq hab f x
  rcases lt_or_eq_of_le h₀ with h₀ | rfl
  · rcases lt_or_eq_of_le h₁ with h₁ | rfl
    · obtain ⟨c, hc₁, hc₂, hc₃⟩ := Analysis.exists_hasDerivAt_eq_slope h₀
        (hc.mono (Std.le_refl _) (Std.le_of_lt h₁)) fun y hy hy' => hd y hy (lt_trans hy' h₁)
      obtain ⟨c', hc₁', hc₂', hc₃'⟩ := Analysis.exists_hasDerivAt_eq_slope h₁
        (hc.mono (Std.le_of_lt h₀) (Std.le_refl _)) fun y hy hy' => hd y (lt_trans h₀ hy) hy'
      have h := hm c c' hc₁ (lt_trans hc₂ hc₁') hc₂'
      have hp := mul_pos (sub_pos.2 h₀) (sub_pos.2 h₁)
      have ht := mul_nonneg (sub_nonneg.2 h) (Std.le_of_lt hp)
      clear hc hd hm
      have : (b - x) * (f a - f x) + (x - a) * (f b - f x) =
          (f' c' - f' c) * ((x - a) * (b - x)) := by
        rw [hc₃', show f a - f x = -(f' c * (x - a)) by grind]
        grind
      rw [this] at hs
      have := div_nonneg ht hd'
      rw [← hs] at this
      exact sub_nonneg.1 this
    · have : chord f a x x = f x := by
        clear hc hd hm hs
        have : x - a ≠ 0 := ne_of_gt hd'
        unfold chord
        grind
      exact le_of_eq this.symm
  · have : chord f a b a = f a := by clear hc hd hm hs; unfold chord; grind
    exact le_of_eq this.symm

/-- The chord of a function with `M`-Lipschitz derivative has error at most an eighth of `M` times
the square of its length. -/
theorem abs_chord_sub_le_of_smooth (hab : a < b) (hc : Analysis.ContinuousOn f a b)
    (hd : ∀ y, a < y → y < b → Analysis.HasDerivAt f (f' y) y)
    (hm : ∀ y z, a < y → y < z → z < b → abs (f' z - f' y) ≤ M * (z - y)) (h₀ : a ≤ x)
    (h₁ : x ≤ b) : abs (chord f a b x - f x) ≤ M * (b - a) ^ 2 / 8 := by
  have hM : 0 ≤ M := by
    have ha : a < a + (b - a) / 3 := by clear hc hd hm; grind
    have hb : a + 2 * (b - a) / 3 < b := by clear hc hd hm; grind
    have h := hm (a + (b - a) / 3) (a + 2 * (b - a) / 3) ha (by clear hc hd hm; grind) hb
    have := le_trans (abs_nonneg _) h
    clear hc hd hm h
    exact le_of_mul_le_mul_left (show 0 < (b - a) / 3 by grind) (by grind)
  have hq (c : R) : Analysis.ContinuousOn (fun y : R => c * y ^ 2) a b :=
    .of_hasDerivAt fun y _ _ => (Analysis.hasDerivAt_sq y).const_mul c
  have hqd (c y : R) : Analysis.HasDerivAt (fun y : R => c * y ^ 2) (c * (2 * y)) y :=
    (Analysis.hasDerivAt_sq y).const_mul c
  have u₁ := le_chord_of_deriv_mono (f := fun y => f y + M / 2 * y ^ 2)
    (f' := fun y => f' y + M / 2 * (2 * y)) hab (hc.add (hq _))
    (fun y hy hy' => (hd y hy hy').add (hqd _ y))
    (fun y z hy hyz hz => by have := abs_le.1 (hm y z hy hyz hz); clear hc hd hm hq hqd; grind)
    h₀ h₁
  have u₂ := le_chord_of_deriv_mono (f := fun y => -f y + M / 2 * y ^ 2)
    (f' := fun y => -f' y + M / 2 * (2 * y)) hab (hc.neg.add (hq _))
    (fun y hy hy' => (hd y hy hy').neg.add (hqd _ y))
    (fun y z hy hyz hz => by have := abs_le.1 (hm y z hy hyz hz); clear hc hd hm hq hqd u₁; grind)
    h₀ h₁
  clear hc hd hm hq hqd
  have hd' : b - a ≠ 0 := ne_of_gt (sub_pos.2 hab)
  have v₁ : chord (fun y => f y + M / 2 * y ^ 2) a b x =
      chord f a b x + M / 2 * (x ^ 2 + (x - a) * (b - x)) := by
    clear u₁ u₂ hM
    unfold chord
    grind
  have v₂ : chord (fun y => -f y + M / 2 * y ^ 2) a b x =
      -chord f a b x + M / 2 * (x ^ 2 + (x - a) * (b - x)) := by
    clear u₁ u₂ hM v₁
    unfold chord
    grind
  rw [v₁] at u₁
  rw [v₂] at u₂
  have := mul_le_mul_of_nonneg_left (four_mul_sub_mul_sub_le a b x) hM
  generalize chord f a b x = c at *
  exact abs_le.2 (by grind)

/-! ### Lipschitz functions -/

/-- `L / (2 N)`. -/
@[expose] def relu1dLipschitzBound (L : R) (N : Nat) : R := L / (2 * N)

/-- **One hidden layer for Lipschitz functions.** An `L`-Lipschitz function on the unit interval is
approximated within `L / (2 N)` by a network with one hidden layer of `N` ReLUs, the one that
interpolates it at the points `k / N`.

The number of units needed is in proportion to the steepness and to the accuracy asked for.

* controls: approximation
* assumes: f is L-Lipschitz on the unit interval, N positive, x in the unit interval
* bound: Approximation.relu1dLipschitzBound
* witness: Approximation.relu_1d_lipschitz_witness
* sharp: Approximation.relu_1d_lipschitz_sharp (the interpolant has this error for a hat function;
  for another function no network with N ReLUs has an error below the bound for N + 2, so any
  construction can gain a factor of at most N / (N + 2); the best constant for each N is open)
* source: folklore; de Boor 2001, chapter III -/
theorem relu_1d_lipschitz (hN : 0 < N) (hf : LipschitzOn f L 0 1) (h₀ : 0 ≤ x) (h₁ : x ≤ 1) :
    abs ((Network.interpolant f N).realEval relu x - f x) ≤ relu1dLipschitzBound L N := by
  refine Network.abs_interpolant_sub_le hN (fun a b y ha hb hab hy hy' => ?_) h₀ h₁
  have hlt : a < b := sub_pos.1 (by rw [hab]; exact one_div_pos (natCast_pos hN))
  have h := abs_chord_sub_le_of_lipschitz hlt (hf.mono ha hb) hy hy'
  rw [hab] at h
  exact Std.le_trans h (le_of_eq (mul_one_div_div_two L (N : R)))

/-- The hypotheses of `relu_1d_lipschitz` are met by the distance to one half, with `L = 1` and any
positive number of units, and the bound is positive. -/
theorem relu_1d_lipschitz_witness (hN : 0 < N) :
    LipschitzOn (fun x : R => abs (x - 1 / 2)) 1 0 1 ∧ 0 < relu1dLipschitzBound (1 : R) N := by
  refine ⟨fun x y _ _ _ _ => ?_, ?_⟩
  · have := abs_abs_sub_abs_le (x - 1 / 2) (y - 1 / 2)
    rw [show x - 1 / 2 - (y - 1 / 2) = x - y by grind] at this
    grind
  · have := natCast_pos (R := R) hN
    exact div_pos zero_lt_one (by grind)

/-- The hat function of height `L / (2 N)` over the first cell. -/
@[expose] def firstHat (L : R) (N : Nat) (x : R) : R :=
  L * relu (1 / (2 * N) - abs (x - 1 / (2 * N)))

/-- The hat function over the first cell is `L`-Lipschitz. -/
theorem lipschitzOn_firstHat (hL : 0 ≤ L) (N : Nat) (a b : R) :
    LipschitzOn (firstHat L N) L a b := fun x y _ _ _ _ => by
  unfold firstHat
  rw [show ∀ p q : R, L * p - L * q = L * (p - q) by grind, abs_mul, abs_of_nonneg hL]
  refine mul_le_mul_of_nonneg_left (Std.le_trans (abs_relu_sub_relu_le _ _) ?_) hL
  have := abs_abs_sub_abs_le (x - 1 / (2 * N)) (y - 1 / (2 * N))
  rw [show ∀ p q r : R, r - p - (r - q) = -(p - q) by grind, abs_neg]
  rwa [show ∀ p : R, x - p - (y - p) = x - y by grind] at this

/-- The hat function is zero at the points `k / N`. -/
theorem firstHat_div (hN : 0 < N) (k : Nat) : firstHat L N ((k : R) / N) = 0 := by
  have hN' := natCast_pos (R := R) hN
  have hp := one_div_pos hN'
  have h₁ : (1 : R) / (2 * N) = 1 / N / 2 := one_div_two_mul _
  have h₂ : (k : R) / N = k * (1 / N) := by grind
  unfold firstHat
  rw [h₁, h₂]
  generalize (1 : R) / N = d at *
  have h : d / 2 ≤ abs (k * d - d / 2) := by
    rcases Nat.eq_zero_or_pos k with rfl | hk
    · have := neg_le_abs (((0 : Nat) : R) * d - d / 2)
      grind
    · have := le_abs_self ((k : R) * d - d / 2)
      have := mul_le_mul_of_nonneg_right (natCast_le (R := R) hk) (Std.le_of_lt hp)
      grind
  rw [relu_of_nonpos (by grind)]
  grind

/-- For every `L` and `N`, the interpolant of the hat function over the first cell has the error of
the bound in the middle of that cell.  For some `L`-Lipschitz function every network with one hidden
layer of `N` ReLUs has at least the bound for `N + 2` as its error. -/
theorem relu_1d_lipschitz_sharp (hL : 0 ≤ L) (hN : 0 < N) :
    (LipschitzOn (firstHat L N) L 0 1 ∧ abs ((Network.interpolant (firstHat L N) N).realEval relu
      (1 / (2 * N)) - firstHat L N (1 / (2 * N))) = relu1dLipschitzBound L N) ∧
    ∃ f : R → R, LipschitzOn f L 0 1 ∧ ∀ net : Network R 1 1, net.depth = 1 → net.neurons = N →
      ∃ x, 0 ≤ x ∧ x ≤ 1 ∧ relu1dLipschitzBound L (N + 2) ≤ abs (net.realEval relu x - f x) := by
  have hN' := natCast_pos (R := R) hN
  have hp := one_div_pos hN'
  have e : (1 : R) / (2 * N) = 1 / N / 2 := one_div_two_mul _
  refine ⟨⟨lipschitzOn_firstHat hL N 0 1, ?_⟩, ?_⟩
  · rw [Network.realEval_interpolant (j := 0) hN hN (by grind) (by grind)]
    unfold chord
    rw [firstHat_div hN, firstHat_div hN]
    unfold firstHat relu1dLipschitzBound
    rw [show (1 : R) / (2 * N) - 1 / (2 * N) = 0 by grind, abs_zero, relu_of_nonneg (by grind),
      show ∀ p q r : R, 0 + (0 - 0) / p * q - r = -r by grind, abs_neg,
      abs_of_nonneg (mul_nonneg hL (by grind))]
    grind
  · obtain ⟨f, hf, h⟩ := exists_lipschitzOn_le_abs_sub hL N
    refine ⟨f, hf, fun net hd hn => ?_⟩
    obtain ⟨x, h₀, h₁, hx⟩ := h net hd hn
    refine ⟨x, h₀, h₁, ?_⟩
    unfold relu1dLipschitzBound
    rwa [show ((N + 2 : Nat) : R) = N + 2 by grind]

/-! ### Lipschitz derivatives -/

/-- `M / (8 N ^ 2)`. -/
@[expose] def relu1dSmoothBound (M : R) (N : Nat) : R := M / (8 * N ^ 2)

/-- **One hidden layer for smooth functions.** A function whose derivative is `M`-Lipschitz in the
unit interval is approximated within `M / (8 N ^ 2)` by a network with one hidden layer of `N`
ReLUs, the one that interpolates it at the points `k / N`.

* controls: approximation
* assumes: f is continuous on the unit interval and has an M-Lipschitz derivative inside, N
  positive, x in the unit interval
* bound: Approximation.relu1dSmoothBound
* witness: Approximation.relu_1d_smooth_witness
* sharp: Approximation.relu_1d_smooth_sharp (the interpolant of M x ^ 2 / 2 has this error in the
  middle of every cell, and every network with N ReLUs has at least half of the bound for N + 1 as
  its error; the best constant is open)
* source: folklore; de Boor 2001, chapter III -/
theorem relu_1d_smooth (hN : 0 < N) (hc : Analysis.ContinuousOn f 0 1)
    (hd : ∀ y, 0 < y → y < 1 → Analysis.HasDerivAt f (f' y) y)
    (hm : ∀ y z, 0 < y → y < 1 → 0 < z → z < 1 → abs (f' y - f' z) ≤ M * abs (y - z))
    (h₀ : 0 ≤ x) (h₁ : x ≤ 1) :
    abs ((Network.interpolant f N).realEval relu x - f x) ≤ relu1dSmoothBound M N := by
  refine Network.abs_interpolant_sub_le hN (fun a b y ha hb hab hy hy' => ?_) h₀ h₁
  have hlt : a < b := sub_pos.1 (by rw [hab]; exact one_div_pos (natCast_pos hN))
  have h := abs_chord_sub_le_of_smooth hlt (hc.mono ha hb)
    (fun z hz hz' => hd z (lt_of_le_of_lt ha hz) (lt_of_lt_of_le hz' hb))
    (fun y z hy hyz hz => by
      have := hm z y (lt_of_le_of_lt ha (lt_trans hy hyz)) (lt_of_lt_of_le hz hb)
        (lt_of_le_of_lt ha hy) (lt_of_lt_of_le (lt_trans hyz hz) hb)
      rwa [abs_of_nonneg (sub_nonneg.2 (Std.le_of_lt hyz))] at this) hy hy'
  rw [hab] at h
  exact Std.le_trans h (le_of_eq (mul_one_div_sq_div_eight M (N : R)))

/-- The hypotheses of `relu_1d_smooth` are met by half of the square, with `M = 1` and any positive
number of units, and the bound is positive. -/
theorem relu_1d_smooth_witness (hN : 0 < N) :
    Analysis.ContinuousOn (fun y : R => 1 / 2 * y ^ 2) 0 1 ∧
    (∀ y : R, Analysis.HasDerivAt (fun y => 1 / 2 * y ^ 2) (1 / 2 * (2 * y)) y) ∧
    (∀ y z : R, abs (1 / 2 * (2 * y) - 1 / 2 * (2 * z)) ≤ 1 * abs (y - z)) ∧
    0 < relu1dSmoothBound (1 : R) N := by
  refine ⟨.of_hasDerivAt fun y _ _ => (Analysis.hasDerivAt_sq y).const_mul _,
    fun y => (Analysis.hasDerivAt_sq y).const_mul _, fun y z => le_of_eq ?_, ?_⟩
  · rw [show 1 / 2 * (2 * y) - 1 / 2 * (2 * z) = y - z by grind]
    grind
  · have := pow_pos (natCast_pos (R := R) hN) 2
    exact div_pos zero_lt_one (by grind)

/-- The interpolant of `M x ^ 2 / 2` has the error of the bound in the middle of every cell.  Every
network with one hidden layer of `N` ReLUs has an error of at least half of the bound for
`N + 1`. -/
theorem relu_1d_smooth_sharp (hM : 0 ≤ M) (hN : 0 < N) :
    (∀ j, j < N → abs ((Network.interpolant (fun y => M / 2 * y ^ 2) N).realEval relu
      ((j + 1 / 2) / N) - M / 2 * ((j + 1 / 2) / N) ^ 2) = relu1dSmoothBound M N) ∧
    ∀ net : Network R 1 1, net.depth = 1 → net.neurons = N →
      ∃ x, 0 ≤ x ∧ x ≤ 1 ∧
        relu1dSmoothBound M (N + 1) / 2 ≤ abs (net.realEval relu x - M / 2 * x ^ 2) := by
  have hN' := natCast_pos (R := R) hN
  have hp := one_div_pos hN'
  refine ⟨fun j hj => ?_, fun net hd hn => ?_⟩
  case refine_2 =>
    obtain ⟨x, h₀, h₁, hx⟩ := exists_le_abs_sub_sq net hd hn
    refine ⟨x, h₀, h₁, Std.le_trans (le_of_eq ?_) hx⟩
    unfold relu1dSmoothBound
    have : (0 : R) < ((N + 1 : Nat) : R) := natCast_pos (Nat.succ_pos N)
    rw [show ((N + 1 : Nat) : R) = N + 1 by grind] at *
    grind
  rw [Network.realEval_interpolant hN hj (by grind) (by grind), chord_sub_eq
    (natCast_div_lt_succ hN j), natCast_succ_div_sub]
  have e₁ : ((j + 1 : Nat) : R) / N = j / N + 1 / N := by grind
  have e₂ : ((j : R) + 1 / 2) / N = j / N + 1 / N / 2 := by grind
  have e₃ : relu1dSmoothBound M N = M / 8 * (1 / N) ^ 2 := by
    unfold relu1dSmoothBound
    grind
  rw [e₁, e₂, e₃]
  generalize (1 : R) / N = d at *
  generalize (j : R) / N = c at *
  have hd : d ≠ 0 := by grind
  rw [chord_sq_sub hd]
  exact abs_of_nonneg (mul_nonneg (by grind) (sq_nonneg d))

end DeepTheory.Approximation
