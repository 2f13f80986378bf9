module

public import DeepTheory.Analysis.Euclidean
public import DeepTheory.Optimization.Convex

/-!
# Least squares

Linear regression with `n` samples and `d` features: the rows of `A : Fin n → Fin d → R` are the
samples, `b : Fin n → R` the targets, and `f x = 1 / (2 n) * ∑ i, (⟪A i, x⟫ - b i) ^ 2`.

## Main definitions
* `DeepTheory.Optimization.leastSquares`: the function `f`.
* `DeepTheory.Optimization.leastSquaresGrad`: the field `1 / n * Aᵀ (A x - b)`.
* `DeepTheory.Optimization.leastSquaresSmoothness`: the constant `1 / n * ∑ i, ∑ j, A i j ^ 2`.

## Main theorems
* `DeepTheory.Optimization.hasGradient_leastSquares`: the field is the gradient.
* `DeepTheory.Optimization.lipschitzWith_leastSquaresGrad`: the gradient is Lipschitz.
* `DeepTheory.Optimization.convex_leastSquares`: the function is convex.
* `DeepTheory.Optimization.least_squares_gd`, `DeepTheory.Optimization.least_squares_gd_witness`,
  `DeepTheory.Optimization.least_squares_gd_sharp`: gradient descent on least squares.
* `DeepTheory.Optimization.leastSquaresSmoothness_sharp`: the constant is attained.

## References
* Y. Nesterov, *Lectures on Convex Optimization*, 2018, section 2.1.
-/

public section

namespace DeepTheory.Optimization

open Analysis

universe u

variable {R : Type u} [RealField R] {n d : Nat}

/-- The mean square error of the linear model `x`, halved. -/
@[expose] noncomputable def leastSquares (A : Fin n → Fin d → R) (b : Fin n → R)
    (x : Fin d → R) : R :=
  (∑ i, ((∑ j, A i j * x j) - b i) ^ 2) / (2 * n)

/-- The gradient of `leastSquares`: `1 / n * Aᵀ (A x - b)`. -/
@[expose] noncomputable def leastSquaresGrad (A : Fin n → Fin d → R) (b : Fin n → R)
    (x : Fin d → R) : Fin d → R :=
  (1 / (n : R)) • transposeMulVec A (mulVec A x - b)

/-- The Lipschitz constant of the gradient that the entries of the matrix give: the mean squared
length of a sample. -/
@[expose] noncomputable def leastSquaresSmoothness (A : Fin n → Fin d → R) : R :=
  (∑ i, ∑ j, A i j ^ 2) / n

variable (A : Fin n → Fin d → R) (b : Fin n → R)

/-- The function through the norm of the residual. -/
theorem leastSquares_eq (x : Fin d → R) :
    leastSquares A b x = 1 / (n : R) * (‖mulVec A x - b‖ ^ 2 / 2) := by
  rw [sq_norm]
  unfold leastSquares
  simp only [sub_apply, mulVec]
  grind

/-- The constant through the Frobenius norm of the matrix. -/
theorem leastSquaresSmoothness_eq :
    leastSquaresSmoothness A = 1 / (n : R) * frobeniusSq A := by
  unfold leastSquaresSmoothness frobeniusSq
  grind

/-- The weight of a sample is nonnegative, also without samples. -/
theorem one_div_natCast_nonneg (n : Nat) : 0 ≤ 1 / (n : R) := by
  rcases Nat.eq_zero_or_pos n with rfl | h
  · grind
  · exact div_nonneg (by grind) (natCast_pos h)

/-- The Lipschitz constant is nonnegative. -/
theorem leastSquaresSmoothness_nonneg : 0 ≤ leastSquaresSmoothness A := by
  rw [leastSquaresSmoothness_eq]
  exact mul_nonneg (one_div_natCast_nonneg n) (frobeniusSq_nonneg A)

/-- The mean square error is nonnegative. -/
theorem leastSquares_nonneg (x : Fin d → R) : 0 ≤ leastSquares A b x := by
  rw [leastSquares_eq]
  have := sq_nonneg ‖mulVec A x - b‖
  exact mul_nonneg (one_div_natCast_nonneg n) (by grind)

/-- The function at `y`, expanded at `x`. -/
theorem leastSquares_expand (x y : Fin d → R) :
    leastSquares A b y = leastSquares A b x + ⟪leastSquaresGrad A b x, y - x⟫
      + 1 / (n : R) * (‖mulVec A (y - x)‖ ^ 2 / 2) := by
  rw [leastSquares_eq, leastSquares_eq, leastSquaresGrad, inner_smul_left, inner_transposeMulVec,
    show mulVec A y - b = (mulVec A x - b) + mulVec A (y - x) by rw [mulVec_sub]; grind]
  generalize mulVec A x - b = r
  generalize mulVec A (y - x) = s
  rw [norm_sq, norm_sq, norm_sq]
  expand_inner
  rw [inner_comm s r]
  grind

/-- The quadratic term of the expansion is at most the parabola of curvature `L`. -/
theorem norm_mulVec_sq_le_smoothness (z : Fin d → R) :
    1 / (n : R) * (‖mulVec A z‖ ^ 2 / 2) ≤ leastSquaresSmoothness A / 2 * ‖z‖ ^ 2 := by
  have h := mul_le_mul_of_nonneg_left (norm_mulVec_sq_le A z) (one_div_natCast_nonneg (R := R) n)
  rw [leastSquaresSmoothness_eq]
  generalize 1 / (n : R) = c at *
  generalize ‖z‖ ^ 2 = N at *
  grind

/-- The quadratic term of the expansion is nonnegative. -/
theorem quadratic_term_nonneg (z : Fin d → R) : 0 ≤ 1 / (n : R) * (‖mulVec A z‖ ^ 2 / 2) := by
  have := sq_nonneg ‖mulVec A z‖
  exact mul_nonneg (one_div_natCast_nonneg n) (by grind)

/-- The error of the linear model of the function at `x`. -/
theorem abs_leastSquares_sub_le (x y : Fin d → R) :
    abs (leastSquares A b y - leastSquares A b x - ⟪leastSquaresGrad A b x, y - x⟫) ≤
      leastSquaresSmoothness A / 2 * ‖y - x‖ ^ 2 := by
  have h₁ := norm_mulVec_sq_le_smoothness A (y - x)
  have h₂ := quadratic_term_nonneg A (y - x)
  rw [leastSquares_expand A b x y, abs_le]
  generalize 1 / (n : R) * (‖mulVec A (y - x)‖ ^ 2 / 2) = q at *
  generalize leastSquaresSmoothness A / 2 * ‖y - x‖ ^ 2 = p at *
  grind

/-- The gradient of the least-squares function. -/
theorem hasGradient_leastSquares : HasGradient (leastSquares A b) (leastSquaresGrad A b) :=
  fun x => hasGradientAt_of_quadratic_error
    (by have := leastSquaresSmoothness_nonneg A; grind) (abs_leastSquares_sub_le A b x)

/-- The least-squares function is convex. -/
theorem convex_leastSquares : Convex (leastSquares A b) :=
  Convex.of_first_order (g := leastSquaresGrad A b) fun x y => by
    have := quadratic_term_nonneg A (y - x)
    rw [leastSquares_expand A b x y]
    grind

/-- The gradient of the least-squares function is Lipschitz. -/
theorem lipschitzWith_leastSquaresGrad :
    LipschitzWith (leastSquaresSmoothness A) (leastSquaresGrad A b) := by
  intro x y
  refine le_of_sq_le_sq
    (mul_nonneg (leastSquaresSmoothness_nonneg A) (norm_nonneg _)) ?_
  unfold leastSquaresGrad
  rw [← smul_sub, ← transposeMulVec_sub,
    show mulVec A x - b - (mulVec A y - b) = mulVec A (x - y) by rw [mulVec_sub]; grind,
    norm_smul, abs_of_nonneg (one_div_natCast_nonneg n), leastSquaresSmoothness_eq]
  have h₁ := norm_transposeMulVec_sq_le A (mulVec A (x - y))
  have h₂ := mul_le_mul_of_nonneg_left (norm_mulVec_sq_le A (x - y)) (frobeniusSq_nonneg A)
  have h₃ := sq_nonneg (1 / (n : R))
  generalize 1 / (n : R) = c at *
  generalize ‖x - y‖ = D at *
  generalize ‖transposeMulVec A (mulVec A (x - y))‖ = T at *
  generalize ‖mulVec A (x - y)‖ ^ 2 = N at *
  have := mul_le_mul_of_nonneg_left
    (show T ^ 2 ≤ frobeniusSq A * (frobeniusSq A * D ^ 2) by grind) h₃
  grind

/-- The squared gradient is at most `2 L` times the value. -/
theorem norm_leastSquaresGrad_sq_le (x : Fin d → R) :
    ‖leastSquaresGrad A b x‖ ^ 2 ≤ 2 * leastSquaresSmoothness A * leastSquares A b x := by
  unfold leastSquaresGrad
  rw [norm_smul, abs_of_nonneg (one_div_natCast_nonneg n), leastSquaresSmoothness_eq,
    leastSquares_eq]
  have h₁ := norm_transposeMulVec_sq_le A (mulVec A x - b)
  have h₂ := mul_le_mul_of_nonneg_left h₁ (sq_nonneg (1 / (n : R)))
  generalize 1 / (n : R) = c at *
  generalize ‖transposeMulVec A (mulVec A x - b)‖ = T at *
  generalize ‖mulVec A x - b‖ ^ 2 = N at *
  grind

/-- For one sample with one feature the Lipschitz constant is attained by any two points. -/
theorem leastSquaresSmoothness_sharp (A : Fin 1 → Fin 1 → R) (b : Fin 1 → R) (x y : Fin 1 → R) :
    ‖leastSquaresGrad A b x - leastSquaresGrad A b y‖ = leastSquaresSmoothness A * ‖x - y‖ := by
  rw [norm_fin_one, norm_fin_one, ← abs_of_nonneg (leastSquaresSmoothness_nonneg A), ← abs_mul]
  congr 1
  simp only [leastSquaresGrad, leastSquaresSmoothness, transposeMulVec, mulVec, sum_one,
    sub_apply, smul_apply]
  grind

/-! ### Gradient descent -/

/-- **Gradient descent on least squares.** After `k` steps of size `1 / L`, where `L` is the mean
squared length of a sample, the error of the linear model exceeds the error of any other linear
model `xs` by at most `L * ‖x₀ - xs‖ ^ 2 / (2 * k)`.

The constant `L` is read off the data; nothing is assumed about the samples or the targets, and the
least-squares solution need not be unique.

* controls: optimization
* assumes: step 1/L with L the mean squared length of a sample, at least one step
* bound: Optimization.gdConvexBound
* witness: Optimization.least_squares_gd_witness
* sharp: Optimization.least_squares_gd_sharp (for every k a problem with two samples reaches the
  share k/(2k+1) * (2k/(2k+1))^(2k) of the bound, 0.148 at k = 1, growing to 1/(2e) = 0.184)
* source: Nesterov 2018, Theorem 2.1.14, for the least-squares function -/
theorem least_squares_gd (A : Fin n → Fin d → R) (b : Fin n → R) (x₀ xs : Fin d → R) {k : Nat}
    (hk : 0 < k) :
    leastSquares A b
        (gradientDescent (leastSquaresGrad A b) (1 / leastSquaresSmoothness A) x₀ k)
      - leastSquares A b xs ≤ gdConvexBound (leastSquaresSmoothness A) ‖x₀ - xs‖ k := by
  by_cases hL : 0 < leastSquaresSmoothness A
  · exact gd_convex hL (hasGradient_leastSquares A b) (lipschitzWith_leastSquaresGrad A b)
      (convex_leastSquares A b) x₀ xs hk
  · have hL₀ : leastSquaresSmoothness A = 0 := by
      have := leastSquaresSmoothness_nonneg A; grind
    generalize gradientDescent (leastSquaresGrad A b) (1 / leastSquaresSmoothness A) x₀ k = x
    have h₁ := norm_leastSquaresGrad_sq_le A b xs
    have h₂ : leastSquaresGrad A b xs = 0 :=
      eq_zero_of_norm (sq_eq_zero (by
        have := sq_nonneg ‖leastSquaresGrad A b xs‖
        rw [hL₀] at h₁
        grind))
    have h₃ := (abs_le.1 (abs_leastSquares_sub_le A b xs x)).2
    rw [h₂, inner_zero_left, hL₀] at h₃
    unfold gdConvexBound
    rw [hL₀]
    grind

/-- The rows `(1, 3)` and `(2, 4)`. -/
@[expose] noncomputable def witnessMatrix : Fin 2 → Fin 2 → R :=
  fun i j => if i = 0 then (if j = 0 then 1 else 3) else (if j = 0 then 2 else 4)

/-- The targets `4` and `6`: the row sums of `witnessMatrix`. -/
@[expose] noncomputable def witnessTarget : Fin 2 → R := fun i => if i = 0 then 4 else 6

/-- The hypothesis of `least_squares_gd` is met by the samples `(1, 3)`, `(2, 4)` with the targets
`4`, `6`, by `k = 1`, the start `(0, 0)` and the solution `(1, 1)`: the error falls from 13 to
2/225, the bound is 15. -/
theorem least_squares_gd_witness :
    0 < 1 ∧ leastSquares (witnessMatrix (R := R)) witnessTarget 0 = 13 ∧
    leastSquares (witnessMatrix (R := R)) witnessTarget (fun _ => 1) = 0 ∧
    leastSquares witnessMatrix witnessTarget (gradientDescent
      (leastSquaresGrad witnessMatrix witnessTarget)
      (1 / leastSquaresSmoothness (witnessMatrix (R := R))) 0 1) = (2 : R) / 225 ∧
    gdConvexBound (leastSquaresSmoothness (witnessMatrix (R := R)))
      ‖(0 : Fin 2 → R) - fun _ => 1‖ 1 = 15 := by
  have hL : leastSquaresSmoothness (witnessMatrix (R := R)) = 15 := by
    simp [leastSquaresSmoothness, witnessMatrix]; grind
  rw [hL]
  refine ⟨by omega, ?_, ?_, ?_, ?_⟩
  · simp [leastSquares, witnessMatrix, witnessTarget]; grind
  · simp [leastSquares, witnessMatrix, witnessTarget]; grind
  · simp [leastSquares, witnessMatrix, witnessTarget, gradientDescent_succ, leastSquaresGrad,
      transposeMulVec]
    grind
  · unfold gdConvexBound
    rw [sq_norm]
    simp
    grind

/-- The rows `(1, 0)` and `(0, √(2 k))`. -/
@[expose] noncomputable def slowMatrix (k : Nat) : Fin 2 → Fin 2 → R :=
  fun i j => if i = 0 then (if j = 0 then 1 else 0) else (if j = 0 then 0 else sqrt (2 * k))

/-- The first unit vector of the plane. -/
@[expose] noncomputable def slowStart : Fin 2 → R := fun i => if i = 0 then 1 else 0

/-- The constant of the slow instance. -/
theorem leastSquaresSmoothness_slowMatrix (k : Nat) :
    leastSquaresSmoothness (slowMatrix (R := R) k) = (2 * k + 1) / 2 := by
  have := sq_sqrt (show (0 : R) ≤ 2 * k by have := natCast_nonneg (R := R) k; grind)
  simp [leastSquaresSmoothness, slowMatrix]
  grind

/-- The gradient of the slow instance along its first axis. -/
theorem leastSquaresGrad_slowMatrix (k : Nat) (t : R) :
    leastSquaresGrad (slowMatrix (R := R) k) 0 (t • slowStart) = (1 / 2 * t) • slowStart := by
  funext i
  rcases (show i = 0 ∨ i = 1 by omega) with rfl | rfl <;>
    simp [leastSquaresGrad, slowMatrix, slowStart, transposeMulVec, mulVec] <;> grind

/-- The value of the slow instance along its first axis. -/
theorem leastSquares_slowMatrix (k : Nat) (t : R) :
    leastSquares (slowMatrix (R := R) k) 0 (t • slowStart) = t ^ 2 / 4 := by
  simp [leastSquares, slowMatrix, slowStart]
  grind

/-- The iterates on the slow instance stay on its first axis. -/
theorem gradientDescent_slowMatrix (k : Nat) (c : R) (m : Nat) :
    gradientDescent (leastSquaresGrad (slowMatrix (R := R) k) 0) c slowStart m =
      (1 - c / 2) ^ m • slowStart := by
  induction m with
  | zero => rw [pow_zero, one_smul, gradientDescent_zero]
  | succ m ih =>
    rw [gradientDescent_succ, ih, leastSquaresGrad_slowMatrix, ← mul_smul, ← sub_smul, pow_succ]
    congr 1
    grind

/-- For every `k`, on the samples `(1, 0)`, `(0, √(2 k))` with the targets zero, the start `(1, 0)`
and the solution `(0, 0)`, the gap after `k` steps is the share
`k / (2 k + 1) * (2 k / (2 k + 1)) ^ (2 k)` of the bound. -/
theorem least_squares_gd_sharp {k : Nat} (hk : 0 < k) :
    leastSquares (slowMatrix (R := R) k) 0
        (gradientDescent (leastSquaresGrad (slowMatrix (R := R) k) 0)
          (1 / leastSquaresSmoothness (slowMatrix (R := R) k)) slowStart k)
      - leastSquares (slowMatrix k) 0 0 =
    (k : R) / (2 * k + 1) * (2 * k / (2 * k + 1)) ^ (2 * k) *
      gdConvexBound (leastSquaresSmoothness (slowMatrix (R := R) k))
        ‖slowStart (R := R) - 0‖ k := by
  have hn : ‖(slowStart : Fin 2 → R) - 0‖ ^ 2 = 1 := by
    rw [sq_norm]; simp [slowStart]; grind
  have h₀ : leastSquares (slowMatrix (R := R) k) 0 0 = 0 := by
    have := leastSquares_slowMatrix k (0 : R)
    rw [zero_smul] at this
    grind
  have hk' := natCast_pos (R := R) hk
  unfold gdConvexBound
  rw [gradientDescent_slowMatrix, leastSquares_slowMatrix, h₀, hn,
    leastSquaresSmoothness_slowMatrix]
  generalize (k : R) = K at *
  have hq : 1 - 1 / ((2 * K + 1) / 2) / 2 = 2 * K / (2 * K + 1) := by grind
  rw [hq]
  generalize 2 * K / (2 * K + 1) = q
  have : q ^ (2 * k) = q ^ k * q ^ k := by
    rw [show 2 * k = k + k by omega, pow_add]
  rw [this]
  generalize q ^ k = p
  grind

end DeepTheory.Optimization
