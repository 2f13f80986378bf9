module

public import DeepTheory.Approximation.Relu

/-!
# Piecewise-linear interpolation by one hidden layer

The piecewise-linear function through given points is a network with one hidden layer of ReLUs, one
for each cell.

## Main definitions
* `DeepTheory.Approximation.slope`, `DeepTheory.Approximation.slopeChange`: the slopes of the pieces
  and their changes at the knots.
* `DeepTheory.Approximation.Network.interpolate`: the network through the points `(t k, y k)`.
* `DeepTheory.Approximation.Network.interpolant`: the network that interpolates a function at the
  points `k / N` of the unit interval.

## Main theorems
* `DeepTheory.Approximation.Network.realEval_interpolate`: the network is linear on each cell, with
  the given values at the knots.
* `DeepTheory.Approximation.Network.abs_interpolate_sub_le`: a bound for the error of the chords
  bounds the error of the network.
-/

public noncomputable section

namespace DeepTheory.Approximation

universe u

variable {R : Type u} [RealField R] {t y : Nat → R} {N j : Nat} {x : R}

/-- The slope of the chord from knot `k` to the next one. -/
@[expose] def slope (t y : Nat → R) (k : Nat) : R := (y (k + 1) - y k) / (t (k + 1) - t k)

/-- The change of the slope at knot `k`, with slope zero before the first one. -/
@[expose] def slopeChange (t y : Nat → R) : Nat → R
  | 0 => slope t y 0
  | k + 1 => slope t y (k + 1) - slope t y k

/-- The value at `x` of the chord of `f` from `a` to `b`. -/
@[expose] def chord (f : R → R) (a b x : R) : R := f a + (f b - f a) / (b - a) * (x - a)

/-- A number between the first and the last knot lies in some cell. -/
theorem exists_cell (hN : 0 < N) (h₀ : t 0 ≤ x) (h₁ : x ≤ t N) :
    ∃ j, j < N ∧ t j ≤ x ∧ x ≤ t (j + 1) := by
  induction N with
  | zero => omega
  | succ N ih =>
    rcases le_total (t N) x with h | h
    · exact ⟨N, Nat.lt_succ_self N, h, h₁⟩
    · rcases Nat.eq_zero_or_pos N with hN | hN
      · subst hN
        exact ⟨0, Nat.zero_lt_one, h₀, h₁⟩
      · obtain ⟨j, hj, h₂⟩ := ih hN h
        exact ⟨j, by omega, h₂⟩

/-- Knots that increase step by step increase. -/
theorem knot_le (ht : ∀ k, k < N → t k < t (k + 1)) {i : Nat} (hij : i ≤ j) (hj : j ≤ N) :
    t i ≤ t j := by
  induction j with
  | zero =>
    obtain rfl : i = 0 := by omega
    exact Std.le_refl _
  | succ j ih =>
    rcases Nat.lt_or_ge j i with h | h
    · obtain rfl : i = j + 1 := by omega
      exact Std.le_refl _
    · have := ih h (by omega)
      have := ht j (by omega)
      grind

/-- The ReLUs up to knot `j` make the line of the cell after it. -/
theorem sum_slopeChange (ht : ∀ k, k < j + 1 → t k < t (k + 1)) (hx : t j ≤ x) :
    ∑ k : Fin (j + 1), slopeChange t y k * relu (x - t k) + y 0 =
      y j + slope t y j * (x - t j) := by
  induction j with
  | zero =>
    rw [sum_one, relu_of_nonneg (by show 0 ≤ x - t 0; grind)]
    show slope t y 0 * (x - t 0) + y 0 = _
    grind
  | succ j ih =>
    have hj := ht j (by omega)
    rw [sum_succ]
    simp only [Fin.val_castSucc, Fin.val_last]
    have h := ih (fun k hk => ht k (by omega)) (by grind)
    rw [relu_of_nonneg (show 0 ≤ x - t (j + 1) by grind)]
    have hs : slope t y j * (t (j + 1) - t j) = y (j + 1) - y j := div_mul_cancel (by grind)
    show _ + (slope t y (j + 1) - slope t y j) * (x - t (j + 1)) + y 0 = _
    generalize slope t y j = s at *
    generalize slope t y (j + 1) = s' at *
    grind

/-- The ReLUs of knots after the cell of `x` do not count. -/
theorem sum_slopeChange_of_le (ht : ∀ k, k < N → t k < t (k + 1)) (hj : j < N)
    (h₀ : t j ≤ x) (h₁ : x ≤ t (j + 1)) :
    ∑ k : Fin N, slopeChange t y k * relu (x - t k) + y 0 = y j + slope t y j * (x - t j) := by
  induction N with
  | zero => omega
  | succ N ih =>
    rcases Nat.lt_or_ge j N with h | h
    · have hN : t (j + 1) ≤ t N := knot_le (N := N) (fun k hk => ht k (by omega)) h (Nat.le_refl N)
      rw [sum_succ]
      simp only [Fin.val_castSucc, Fin.val_last]
      rw [relu_of_nonpos (show x - t N ≤ 0 by grind)]
      have := ih (fun k hk => ht k (by omega)) h
      grind
    · obtain rfl : j = N := by omega
      exact sum_slopeChange ht h₀

namespace Network

/-- The piecewise-linear function through the points `(t k, y k)` for `k` up to `N`, by one hidden
layer of `N` ReLUs. -/
@[expose] def interpolate (t y : Nat → R) (N : Nat) : Network R 1 1 :=
  .cons ⟨fun _ _ => 1, fun k : Fin N => -t k⟩
    (.affine (.row (fun k => slopeChange t y k) (y 0)))

/-- The sizes of the interpolating network. -/
theorem size_interpolate (t y : Nat → R) (N : Nat) : (interpolate t y N).depth = 1 ∧
    (interpolate t y N).neurons = N ∧ (interpolate t y N).parameters = 3 * N + 1 := by
  refine ⟨rfl, rfl, ?_⟩
  show N * (1 + 1) + 1 * (N + 1) = 3 * N + 1
  omega

/-- The weights of the interpolating network. -/
theorem maxWeight_interpolate {B : R} (h₁ : 1 ≤ B) (h₂ : ∀ k, k < N → abs (t k) ≤ B)
    (h₃ : ∀ k, k < N → abs (slopeChange t y k) ≤ B) (h₄ : abs (y 0) ≤ B) :
    (interpolate t y N).MaxWeight B :=
  ⟨⟨fun _ _ => by rw [abs_one]; exact h₁, fun k => by
    show abs (-t k) ≤ B
    rw [abs_neg]; exact h₂ k k.isLt⟩, fun _ k => h₃ k k.isLt, fun _ => h₄⟩

theorem realEval_interpolate_eq_sum (t y : Nat → R) (N : Nat) (x : R) :
    (interpolate t y N).realEval relu x =
      ∑ k : Fin N, slopeChange t y k * relu (x - t k) + y 0 := by
  show (∑ k : Fin N, slopeChange t y k * relu (∑ _j : Fin 1, 1 * x + -t k)) + y 0 = _
  refine congrArg (· + y 0) (sum_congr fun k => ?_)
  rw [sum_one, show 1 * x + -t k = x - t k by grind]

/-- On each cell the network is the line through the two points. -/
theorem realEval_interpolate (ht : ∀ k, k < N → t k < t (k + 1)) (hj : j < N) (h₀ : t j ≤ x)
    (h₁ : x ≤ t (j + 1)) :
    (interpolate t y N).realEval relu x = y j + slope t y j * (x - t j) := by
  rw [realEval_interpolate_eq_sum, sum_slopeChange_of_le ht hj h₀ h₁]

/-- The error of the network is at most that of the chords. -/
theorem abs_interpolate_sub_le {f : R → R} {E : R} (hN : 0 < N)
    (ht : ∀ k, k < N → t k < t (k + 1))
    (hE : ∀ k x, k < N → t k ≤ x → x ≤ t (k + 1) → abs (chord f (t k) (t (k + 1)) x - f x) ≤ E)
    (h₀ : t 0 ≤ x) (h₁ : x ≤ t N) :
    abs ((interpolate t (fun k => f (t k)) N).realEval relu x - f x) ≤ E := by
  obtain ⟨j, hj, h₂, h₃⟩ := exists_cell hN h₀ h₁
  rw [realEval_interpolate ht hj h₂ h₃]
  exact hE j x hj h₂ h₃

/-- The network that interpolates `f` at the points `k / N` of the unit interval. -/
@[expose] def interpolant (f : R → R) (N : Nat) : Network R 1 1 :=
  interpolate (fun k => (k : R) / N) (fun k => f ((k : R) / N)) N

/-- The sizes of the interpolant. -/
theorem size_interpolant (f : R → R) (N : Nat) : (interpolant f N).depth = 1 ∧
    (interpolant f N).neurons = N ∧ (interpolant f N).parameters = 3 * N + 1 :=
  size_interpolate _ _ N

end Network

/-- The points `k / N` increase. -/
theorem natCast_div_lt_succ (hN : 0 < N) (k : Nat) : (k : R) / N < ((k + 1 : Nat) : R) / N :=
  div_lt_div_of_pos_right (by grind) (natCast_pos hN)

/-- The points `k / N` have distance `1 / N`. -/
theorem natCast_succ_div_sub (k : Nat) : ((k + 1 : Nat) : R) / N - (k : R) / N = 1 / N := by
  grind

namespace Network

/-- On the cell from `j / N` the interpolant is the chord of the function. -/
theorem realEval_interpolant {f : R → R} (hN : 0 < N) (hj : j < N) (h₀ : (j : R) / N ≤ x)
    (h₁ : x ≤ ((j + 1 : Nat) : R) / N) :
    (interpolant f N).realEval relu x = chord f ((j : R) / N) (((j + 1 : Nat) : R) / N) x :=
  realEval_interpolate (fun k _ => natCast_div_lt_succ hN k) hj h₀ h₁

/-- The error of the interpolant is at most that of the chords over the cells. -/
theorem abs_interpolant_sub_le {f : R → R} {E : R} (hN : 0 < N)
    (hE : ∀ a b x : R, 0 ≤ a → b ≤ 1 → b - a = 1 / N → a ≤ x → x ≤ b →
      abs (chord f a b x - f x) ≤ E)
    (h₀ : 0 ≤ x) (h₁ : x ≤ 1) : abs ((interpolant f N).realEval relu x - f x) ≤ E := by
  have hN' := natCast_pos (R := R) hN
  refine abs_interpolate_sub_le hN (fun k _ => natCast_div_lt_succ hN k)
    (fun k x hk h₂ h₃ => hE _ _ x (div_nonneg (natCast_nonneg k) hN') ?_
      (natCast_succ_div_sub k) h₂ h₃) ?_ ?_
  · exact (div_le_one hN').2 (natCast_le hk)
  · show ((0 : Nat) : R) / N ≤ x
    grind
  · show x ≤ (N : R) / N
    grind

end Network

end DeepTheory.Approximation
