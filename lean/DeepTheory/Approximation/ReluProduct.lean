module

public import DeepTheory.Approximation.Yarotsky

/-!
# Products by deep narrow networks

A product is a difference of squares: `x y = ((x + y) / 2) ^ 2 - ((x - y) / 2) ^ 2`.

## Main definitions
* `DeepTheory.Approximation.productApprox`: the product by two approximations of squares.
* `DeepTheory.Approximation.reluProductBound`: the error.
* `DeepTheory.Approximation.Network.productNet`: the network.

## Main theorems
* `DeepTheory.Approximation.relu_product`, `DeepTheory.Approximation.relu_product_witness`,
  `DeepTheory.Approximation.relu_product_sharp`.
* `DeepTheory.Approximation.productApprox_zero_left`,
  `DeepTheory.Approximation.productApprox_zero_right`: products with zero are exact.
* `DeepTheory.Approximation.Network.eval_productNet`,
  `DeepTheory.Approximation.Network.size_productNet`: the network and its sizes.

## References
* D. Yarotsky, *Error bounds for approximations with deep ReLU networks*, 2017, Proposition 3.
-/

public noncomputable section

namespace DeepTheory.Approximation

universe u

variable {R : Type u} [RealField R] {M x y : R} {m : Nat}

/-- The product of two numbers between `-M` and `M`, with the squares of `|x + y| / (2 M)` and
`|x - y| / (2 M)` approximated by `m` sawtooth functions each. -/
@[expose] def productApprox (M : R) (m : Nat) (x y : R) : R :=
  M ^ 2 * (squareApprox m (abs (x + y) / (2 * M)) - squareApprox m (abs (x - y) / (2 * M)))

/-- The square of `M` divided by `4 ^ (m + 1)`. -/
@[expose] def reluProductBound (M : R) (m : Nat) : R := M ^ 2 / 4 ^ (m + 1)

/-- A product with zero is exact. -/
theorem productApprox_zero_left (M : R) (m : Nat) (y : R) : productApprox M m 0 y = 0 := by
  unfold productApprox
  rw [show (0 : R) + y = y by grind, show 0 - y = -y by grind, abs_neg]
  grind

/-- A product with zero is exact. -/
theorem productApprox_zero_right (M : R) (m : Nat) (x : R) : productApprox M m x 0 = 0 := by
  unfold productApprox
  rw [show x + 0 = x by grind, show x - 0 = x by grind]
  grind

/-- The approximation of a product does not depend on the order of the factors. -/
theorem productApprox_comm (M : R) (m : Nat) (x y : R) :
    productApprox M m x y = productApprox M m y x := by
  unfold productApprox
  rw [show x + y = y + x by grind, abs_sub_comm]

private theorem scaled_mem {z : R} (hM : 0 < M) (hz : abs z ≤ 2 * M) :
    0 ≤ abs z / (2 * M) ∧ abs z / (2 * M) ≤ 1 :=
  ⟨div_nonneg (abs_nonneg z) (by grind), (div_le_one (by grind)).2 hz⟩

/-! ### The network -/

namespace Network

/-- The sum and the difference of the inputs, divided by `2 M`. -/
@[expose] def sumDifference (M : R) : Layer R 2 2 :=
  ⟨fun (i j : Fin 2) => match i, j with
    | 0, _ => 1 / (2 * M) | 1, 0 => 1 / (2 * M) | 1, 1 => -(1 / (2 * M)), fun _ => 0⟩

/-- The absolute values of the sum and of the difference of the inputs, divided by `2 M`, by four
ReLUs. -/
@[expose] def absSumDifference (M : R) : Network R 2 2 :=
  .cons ((Layer.split R 2).comp (sumDifference M))
    (.affine ((Layer.id R 2).addSide (Layer.id R 2)))

theorem eval_absSumDifference (M : R) (v : Fin 2 → R) :
    (absSumDifference M).eval relu v = fun i => abs ((sumDifference M).eval v i) := by
  simp only [absSumDifference, eval_cons, eval_affine, Layer.eval_comp, Layer.eval_split,
    map_append, Layer.eval_addSide, Layer.eval_id, relu_add_relu_neg]

/-- The product of two numbers between `-M` and `M` by `m + 1` layers: four ReLUs for two absolute
values, and then two square networks next to each other. -/
@[expose] def productNet (M : R) (m : Nat) : Network R 2 1 :=
  (addSide ((squareNet R m).scale (M ^ 2)) ((squareNet R m).scale (-M ^ 2))
    ((depth_scale _ _).trans (depth_scale _ _).symm)).comp (absSumDifference M)

/-- The network computes the approximation of the product, for all numbers. -/
theorem eval_productNet (hM : 0 < M) (m : Nat) (v : Fin 2 → R) :
    (productNet M m).eval relu v 0 = productApprox M m (v 0) (v 1) := by
  have hp : 0 < 1 / (2 * M) := one_div_pos (by grind)
  have ha (z : R) : abs (1 / (2 * M) * z) = abs z / (2 * M) := by
    rw [abs_mul, abs_of_nonneg (Std.le_of_lt hp)]
    grind
  have h : (fun i => abs ((sumDifference M).eval v i)) =
      append (fun _ : Fin 1 => abs (v 0 + v 1) / (2 * M))
        fun _ : Fin 1 => abs (v 0 - v 1) / (2 * M) := by
    refine funext <| forall_fin_add (m := 1) (n := 1) (P := fun i : Fin (1 + 1) =>
      abs ((sumDifference M).eval v i) = append (fun _ : Fin 1 => abs (v 0 + v 1) / (2 * M))
        (fun _ : Fin 1 => abs (v 0 - v 1) / (2 * M)) i) (fun i => ?_) fun i => ?_
    · dsimp only
      rw [append_castAdd, Fin.fin_one_eq_zero i, ← ha]
      show abs ((∑ j : Fin 2, _) + 0) = _
      rw [sum_two]
      exact congrArg abs (show 1 / (2 * M) * v 0 + 1 / (2 * M) * v 1 + 0 = _ by grind)
    · dsimp only
      rw [append_natAdd, Fin.fin_one_eq_zero i, ← ha]
      show abs ((∑ j : Fin 2, _) + 0) = _
      rw [sum_two]
      exact congrArg abs (show 1 / (2 * M) * v 0 + -(1 / (2 * M)) * v 1 + 0 = _ by grind)
  have hs (z : R) : (squareNet R m).eval relu (fun _ => z) 0 = squareApprox m z :=
    congrFun (realEval_squareNet m) z
  rw [productNet, eval_comp, eval_absSumDifference, h, eval_addSide]
  simp only [eval_scale, hs]
  unfold productApprox
  grind

/-- The sizes of the product network. -/
theorem size_productNet (M : R) (m : Nat) : (productNet M m).depth = m + 1 ∧
    (productNet M m).neurons = 6 * m + 4 ∧ (productNet M m).width ≤ 6 := by
  obtain ⟨h₁, h₂, h₃, -⟩ := size_squareNet (R := R) m
  obtain ⟨e₁, e₂, e₃, -⟩ := size_addSide ((squareNet R m).scale (M ^ 2))
    ((squareNet R m).scale (-M ^ 2)) ((depth_scale _ _).trans (depth_scale _ _).symm)
  have a₁ : (absSumDifference M).depth = 1 := rfl
  have a₂ : (absSumDifference M).neurons = 4 := rfl
  have a₃ : (absSumDifference M).width = 4 := rfl
  simp only [depth_scale, neurons_scale, width_scale] at e₁ e₂ e₃
  refine ⟨?_, ?_, ?_⟩
  · rw [productNet, depth_comp, e₁]; omega
  · rw [productNet, neurons_comp, e₂]; omega
  · rw [productNet, width_comp]; omega

end Network

/-! ### The theorem -/

/-- **Products by a deep narrow network.** A ReLU network with `m + 1` layers of at most six units
is within `M ^ 2 / 4 ^ (m + 1)` of the product of two numbers between `-M` and `M`.

A multiplication costs a number of units that is logarithmic in `1 / ε`: this is the step from
squares to polynomials.  The product with zero is exact, which keeps sums of products local.

* controls: approximation
* assumes: M > 0, |x| <= M, |y| <= M
* bound: Approximation.reluProductBound
* witness: Approximation.relu_product_witness
* sharp: Approximation.relu_product_sharp (attained for every M and m)
* source: Yarotsky 2017, Proposition 3 -/
theorem relu_product (m : Nat) (hM : 0 < M) (hx : abs x ≤ M) (hy : abs y ≤ M) {v : Fin 2 → R}
    (h₀ : v 0 = x) (h₁ : v 1 = y) :
    abs ((Network.productNet M m).eval relu v 0 - x * y) ≤ reluProductBound M m := by
  rw [Network.eval_productNet hM, h₀, h₁]
  obtain ⟨p₀, p₁⟩ := scaled_mem hM (z := x + y) (by have := abs_add_le x y; grind)
  obtain ⟨q₀, q₁⟩ := scaled_mem hM (z := x - y) (by
    have := abs_add_le x (-y)
    rw [abs_neg, show x + -y = x - y by grind] at this
    grind)
  have e₁ : (abs (x + y) / (2 * M)) ^ 2 * (4 * M ^ 2) = (x + y) ^ 2 := by
    rw [div_pow, sq_abs]
    grind
  have e₂ : (abs (x - y) / (2 * M)) ^ 2 * (4 * M ^ 2) = (x - y) ^ 2 := by
    rw [div_pow, sq_abs]
    grind
  have l₁ := sq_le_squareApprox m p₀ p₁
  have l₂ := sq_le_squareApprox m q₀ q₁
  have u₁ := squareApprox_le m (abs (x + y) / (2 * M))
  have u₂ := squareApprox_le m (abs (x - y) / (2 * M))
  have hb : reluProductBound M m = M ^ 2 * (yarotskyBound m : R) := by
    unfold reluProductBound yarotskyBound
    grind
  have hM₂ := sq_nonneg M
  rw [hb]
  unfold productApprox
  generalize squareApprox m (abs (x + y) / (2 * M)) = s at *
  generalize squareApprox m (abs (x - y) / (2 * M)) = t at *
  generalize (abs (x + y) / (2 * M)) ^ 2 = p at *
  generalize (abs (x - y) / (2 * M)) ^ 2 = q at *
  generalize (yarotskyBound m : R) = b at *
  have h : M ^ 2 * (s - t) - x * y = M ^ 2 * ((s - p) - (t - q)) := by grind
  have h₂ := mul_le_mul_of_nonneg_left (show (s - p) - (t - q) ≤ b by grind) hM₂
  have h₃ := mul_le_mul_of_nonneg_left (show -b ≤ (s - p) - (t - q) by grind) hM₂
  rw [h, abs_le]
  grind

/-- The hypotheses are met by the factors -1 and 2 with `M = 2`, the network of depth `m + 1` has
`6 m + 4` units, and the bound is positive. -/
theorem relu_product_witness (m : Nat) : (0 : R) < 2 ∧ abs (-1 : R) ≤ 2 ∧ abs (2 : R) ≤ 2 ∧
    (Network.productNet (2 : R) m).depth = m + 1 ∧
    (Network.productNet (2 : R) m).neurons = 6 * m + 4 ∧ 0 < reluProductBound (2 : R) m := by
  obtain ⟨h₁, h₂, -⟩ := Network.size_productNet (2 : R) m
  refine ⟨by grind, ?_, ?_, h₁, h₂, ?_⟩
  · rw [abs_of_nonpos (by grind)]; grind
  · rw [abs_of_nonneg (by grind)]; grind
  · exact div_pos (by grind) (pow_pos (by grind) _)

/-- Where both factors are `M / 2 ^ (m + 1)`, the error equals the bound. -/
theorem relu_product_sharp (m : Nat) (hM : 0 < M) {v : Fin 2 → R}
    (h₀ : v 0 = M / 2 ^ (m + 1)) (h₁ : v 1 = M / 2 ^ (m + 1)) :
    abs ((Network.productNet M m).eval relu v 0 - M / 2 ^ (m + 1) * (M / 2 ^ (m + 1))) =
      reluProductBound M m := by
  have hs := yarotsky_square_sharp (R := R) m
  rw [Network.realEval_squareNet] at hs
  have hp := two_pow_pos (R := R) (m + 1)
  have hq : 0 ≤ M / 2 ^ (m + 1) := div_nonneg (Std.le_of_lt hM) hp
  have e₁ : abs (M / 2 ^ (m + 1) + M / 2 ^ (m + 1)) / (2 * M) = 1 / 2 ^ (m + 1) := by
    rw [abs_of_nonneg (by grind)]
    grind
  have e₂ : abs (M / 2 ^ (m + 1) - M / 2 ^ (m + 1)) / (2 * M) = 0 := by
    rw [show M / 2 ^ (m + 1) - M / 2 ^ (m + 1) = 0 by grind, abs_zero]
    grind
  have e₃ : squareApprox m (0 : R) = 0 := by
    have h := squareApprox_sub_sq m (0 : R)
    have h' : sawtooth m (0 : R) = 0 := by
      rw [sawtooth_of_le m (one_div_nonneg (Std.le_of_lt (two_pow_pos m)))]
      grind
    rw [h'] at h
    grind
  rw [Network.eval_productNet hM, h₀, h₁, productApprox, e₁, e₂, e₃]
  have hb : reluProductBound M m = M ^ 2 * (yarotskyBound m : R) := by
    unfold reluProductBound yarotskyBound
    grind
  rw [hb, ← hs, ← abs_of_nonneg (sq_nonneg M), ← abs_mul, abs_of_nonneg (sq_nonneg M)]
  refine congrArg abs ?_
  generalize squareApprox m ((1 : R) / 2 ^ (m + 1)) = s at *
  generalize (2 : R) ^ (m + 1) = q at *
  grind

end DeepTheory.Approximation
