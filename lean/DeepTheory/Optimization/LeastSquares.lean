module

public import DeepTheory.Analysis.Euclidean
public import DeepTheory.Analysis.Gradient

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

theorem leastSquares_eq (x : Fin d → R) :
    leastSquares A b x = 1 / (n : R) * (‖mulVec A x - b‖ ^ 2 / 2) := by
  rw [sq_norm]
  unfold leastSquares
  simp only [sub_apply, mulVec]
  grind

theorem leastSquaresSmoothness_eq :
    leastSquaresSmoothness A = 1 / (n : R) * frobeniusSq A := by
  unfold leastSquaresSmoothness frobeniusSq
  grind

theorem one_div_natCast_nonneg (n : Nat) : 0 ≤ 1 / (n : R) := by
  rcases Nat.eq_zero_or_pos n with rfl | h
  · grind
  · exact div_nonneg (by grind) (natCast_pos h)

theorem leastSquaresSmoothness_nonneg : 0 ≤ leastSquaresSmoothness A := by
  rw [leastSquaresSmoothness_eq]
  exact mul_nonneg (one_div_natCast_nonneg n) (frobeniusSq_nonneg A)

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

/-- The quadratic term of the expansion. -/
theorem norm_mulVec_sq_le_smoothness (z : Fin d → R) :
    1 / (n : R) * (‖mulVec A z‖ ^ 2 / 2) ≤ leastSquaresSmoothness A / 2 * ‖z‖ ^ 2 := by
  have h := mul_le_mul_of_nonneg_left (norm_mulVec_sq_le A z) (one_div_natCast_nonneg (R := R) n)
  rw [leastSquaresSmoothness_eq]
  generalize 1 / (n : R) = c at *
  generalize ‖z‖ ^ 2 = N at *
  grind

theorem quadratic_term_nonneg (z : Fin d → R) : 0 ≤ 1 / (n : R) * (‖mulVec A z‖ ^ 2 / 2) := by
  have := sq_nonneg ‖mulVec A z‖
  exact mul_nonneg (one_div_natCast_nonneg n) (by grind)

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

end DeepTheory.Optimization
