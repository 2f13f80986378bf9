module

public import DeepTheory.Approximation.Sawtooth

/-!
# The square by sawtooth functions

The square of a number in the unit interval is the number minus the sawtooth functions with weights
`1 / 4 ^ s`.  The first `m` of them interpolate the square at the points `k / 2 ^ m`, and one ReLU
network of width 3 and depth `m` computes their sum.

## Main definitions
* `DeepTheory.Approximation.squareApprox`: the number minus the first `m` sawtooth functions.
* `DeepTheory.Approximation.yarotskyBound`: the error.
* `DeepTheory.Approximation.Network.squareNet`: the network.

## Main theorems
* `DeepTheory.Approximation.squareApprox_sub_sq`: the error, exactly.
* `DeepTheory.Approximation.yarotsky_square`, `DeepTheory.Approximation.yarotsky_square_witness`,
  `DeepTheory.Approximation.yarotsky_square_sharp`.
* `DeepTheory.Approximation.Network.realEval_squareNet`,
  `DeepTheory.Approximation.Network.size_squareNet`: the network and its sizes.

## References
* D. Yarotsky, *Error bounds for approximations with deep ReLU networks*, 2017, Proposition 2.
-/

public noncomputable section

namespace DeepTheory.Approximation

universe u

variable {R : Type u} [RealField R] {x y : R} {m : Nat}

/-! ### The function -/

/-- The number `x` minus the first `m` sawtooth functions, the `s`-th one with weight `1 / 4 ^ s`:
the piecewise linear interpolation of the square at the points `k / 2 ^ m`. -/
@[expose] def squareApprox (m : Nat) (x : R) : R :=
  x - ∑ s : Fin m, sawtooth (s.val + 1) x / 4 ^ (s.val + 1)

@[simp] theorem squareApprox_zero (x : R) : squareApprox 0 x = x := by
  unfold squareApprox
  rw [sum_zero]
  grind

/-- One more sawtooth function amounts to one tent map first. -/
theorem squareApprox_succ (m : Nat) (x : R) :
    squareApprox (m + 1) x = x - tent x / 2 + squareApprox m (tent x) / 4 := by
  unfold squareApprox
  rw [sum_succ', sum_congr (g := fun i : Fin m => 1 / 4 * (sawtooth (i.val + 1) (tent x) /
    4 ^ (i.val + 1))) fun i => ?_, ← mul_sum]
  · show x - (tent x / 4 ^ 1 + _) = _
    grind
  · show sawtooth (i.val + 1 + 1) x / 4 ^ (i.val + 1 + 1) = _
    rw [sawtooth_succ, pow_succ]
    have := pow_ne_zero (show (4 : R) ≠ 0 by grind) (i.val + 1)
    grind

/-- The error, exactly: on the whole line it is `y - y ^ 2` divided by `4 ^ m`, where `y` is the
`m`-th sawtooth function. -/
theorem squareApprox_sub_sq (m : Nat) (x : R) :
    squareApprox m x - x ^ 2 = (sawtooth m x - sawtooth m x ^ 2) / 4 ^ m := by
  induction m generalizing x with
  | zero => rw [squareApprox_zero, sawtooth_zero, pow_zero]; grind
  | succ m ih =>
    have h := ih (tent x)
    clear ih
    have h₁ := sq_abs (2 * x - 1)
    have h₂ : tent x = 1 - abs (2 * x - 1) := rfl
    have h₃ := pow_ne_zero (show (4 : R) ≠ 0 by grind) m
    rw [squareApprox_succ, sawtooth_succ, pow_succ 4 m]
    have h₄ (q r : R) (hr : r ≠ 0) : q / (r * 4) = q / r / 4 := by grind
    rw [h₄ _ _ h₃, ← h]
    generalize squareApprox m (tent x) = s
    generalize abs (2 * x - 1) = a at *
    generalize tent x = y at *
    clear h h₃ h₄
    grind

/-- One divided by `4 ^ (m + 1)`. -/
@[expose] def yarotskyBound (m : Nat) : R := 1 / 4 ^ (m + 1)

/-- The approximation is not below the square. -/
theorem sq_le_squareApprox (m : Nat) (h₀ : 0 ≤ x) (h₁ : x ≤ 1) : x ^ 2 ≤ squareApprox m x := by
  have h := squareApprox_sub_sq m x
  obtain ⟨h₂, h₃⟩ := sawtooth_mem m h₀ h₁
  have h₄ := mul_nonneg h₂ (show 0 ≤ 1 - sawtooth m x by grind)
  have h₅ : 0 ≤ (sawtooth m x - sawtooth m x ^ 2) / 4 ^ m :=
    div_nonneg (by grind) (pow_pos (by grind) m)
  grind

/-- The approximation is above the square by at most the bound. -/
theorem squareApprox_le (m : Nat) (x : R) : squareApprox m x ≤ x ^ 2 + (yarotskyBound m : R) := by
  have h := squareApprox_sub_sq m x
  have h₁ := sq_nonneg (sawtooth m x - 1 / 2)
  have h₂ : (sawtooth m x - sawtooth m x ^ 2) / 4 ^ m ≤ (yarotskyBound m : R) := by
    unfold yarotskyBound
    rw [div_le_div_iff (pow_pos (by grind) m) (pow_pos (by grind) _), pow_succ 4 m]
    have := mul_le_mul_of_nonneg_right (show sawtooth m x - sawtooth m x ^ 2 ≤ 1 / 4 by grind)
      (show (0 : R) ≤ 4 ^ m * 4 by have := pow_pos (show (0 : R) < 4 by grind) m; grind)
    grind
  grind

/-! ### The network -/

namespace Network

/-- The layers of the square network after the first one.  Their inputs are `relu (2 y - 1)`,
`relu (1 - 2 y)` and a nonnegative number, to which `c` times the approximation of the square of `y`
is added. -/
@[expose] def squareTail : Nat → R → Network R 3 1
  | 0, c => .affine (.row (fun j : Fin 3 => match j with
      | 0 => 3 * c / 4 | 1 => -(c / 4) | 2 => 1) (c / 4))
  | m + 1, c => .cons ⟨fun (i j : Fin 3) => match i, j with
      | 0, 0 => -2 | 0, 1 => -2 | 0, 2 => 0
      | 1, 0 => 2 | 1, 1 => 2 | 1, 2 => 0
      | 2, 0 => c | 2, 1 => 0 | 2, 2 => 1,
      fun (i : Fin 3) => match i with | 0 => 1 | 1 => -1 | 2 => 0⟩
    (squareTail m (c / 4))

/-- The approximation of the square by `m` layers of three ReLUs: the first two compute the tent
map, and the third carries the sum. -/
@[expose] def squareNet (R : Type u) [RealField R] : Nat → Network R 1 1
  | 0 => .affine (Layer.id R 1)
  | m + 1 => .cons ⟨fun (i : Fin 3) _ => match i with | 0 => 2 | 1 => -2 | 2 => 0,
      fun (i : Fin 3) => match i with | 0 => -1 | 1 => 1 | 2 => 0⟩ (squareTail m 1)

private theorem sum_three (f : Fin 3 → R) : ∑ i, f i = f 0 + f 1 + f 2 := by
  rw [sum_succ, sum_two]
  rfl

/-- The tent map from the two ReLUs. -/
theorem tent_eq (y : R) : tent y = 1 - relu (2 * y - 1) - relu (1 - 2 * y) := by
  unfold tent
  rw [← relu_add_relu_neg, show -(2 * y - 1) = 1 - 2 * y by grind]
  grind

theorem eval_squareTail (m : Nat) {c : R} (hc : 0 ≤ c) (y : R) {a : R} (ha : 0 ≤ a)
    {z : Fin 3 → R} (h₀ : z 0 = relu (2 * y - 1)) (h₁ : z 1 = relu (1 - 2 * y)) (h₂ : z 2 = a) :
    (squareTail m c).eval relu z 0 = a + c * squareApprox (m + 1) y := by
  have hy : relu (2 * y - 1) - relu (1 - 2 * y) = 2 * y - 1 := by
    rw [show 1 - 2 * y = -(2 * y - 1) by grind, relu_sub_relu_neg]
  have ht := tent_eq y
  have hr := relu_nonneg (2 * y - 1)
  induction m generalizing c y a z with
  | zero =>
    rw [squareApprox_succ, squareApprox_zero, ht]
    show (∑ j : Fin 3, _ * z j) + c / 4 = _
    rw [sum_three, h₀, h₁, h₂]
    show 3 * c / 4 * relu (2 * y - 1) + -(c / 4) * relu (1 - 2 * y) + 1 * a + c / 4 = _
    generalize relu (2 * y - 1) = p at *
    generalize relu (1 - 2 * y) = q at *
    grind
  | succ m ih =>
    have hy' : relu (2 * tent y - 1) - relu (1 - 2 * tent y) = 2 * tent y - 1 := by
      rw [show 1 - 2 * tent y = -(2 * tent y - 1) by grind, relu_sub_relu_neg]
    have ha' : 0 ≤ a + c * relu (2 * y - 1) := add_nonneg ha (mul_nonneg hc hr)
    rw [squareTail, eval_cons, ih (c := c / 4) (by grind) (tent y) ha' (h₀ := ?_) (h₁ := ?_)
      (h₂ := ?_) hy' (tent_eq _) (relu_nonneg _), squareApprox_succ (m + 1) y]
    · generalize squareApprox (m + 1) (tent y) = s
      rw [ht]
      generalize relu (2 * y - 1) = p at *
      generalize relu (1 - 2 * y) = q at *
      grind
    · rw [Layer.eval_apply, sum_three, h₀, h₁, h₂]
      show relu (-2 * relu (2 * y - 1) + -2 * relu (1 - 2 * y) + 0 * a + 1) = _
      exact congrArg relu (by grind)
    · rw [Layer.eval_apply, sum_three, h₀, h₁, h₂]
      show relu (2 * relu (2 * y - 1) + 2 * relu (1 - 2 * y) + 0 * a + -1) = _
      exact congrArg relu (by grind)
    · rw [Layer.eval_apply, sum_three, h₀, h₁, h₂]
      show relu (c * relu (2 * y - 1) + 0 * relu (1 - 2 * y) + 1 * a + 0) = _
      rw [relu_of_nonneg (by grind)]
      grind

/-- The network computes the approximation of the square, on the whole line. -/
theorem realEval_squareNet (m : Nat) : (squareNet R m).realEval relu = squareApprox m :=
  funext fun x => by
    cases m with
    | zero => simp [squareNet, realEval]
    | succ m =>
      rw [realEval, squareNet, eval_cons, eval_squareTail m zero_le_one x (Std.le_refl 0)
        (h₀ := ?_) (h₁ := ?_) (h₂ := ?_)]
      · grind
      · rw [Layer.eval_apply, sum_one]
        exact congrArg relu (show 2 * x + -1 = 2 * x - 1 by grind)
      · rw [Layer.eval_apply, sum_one]
        exact congrArg relu (show -2 * x + 1 = 1 - 2 * x by grind)
      · rw [Layer.eval_apply, sum_one]
        exact relu_of_nonpos (show 0 * x + 0 ≤ 0 by grind)

theorem size_squareTail (m : Nat) (c : R) : (squareTail m c).depth = m ∧
    (squareTail m c).neurons = 3 * m ∧ (squareTail m c).width ≤ 3 ∧
    (squareTail m c).parameters = 12 * m + 4 := by
  induction m generalizing c with
  | zero => exact ⟨rfl, rfl, Nat.zero_le _, rfl⟩
  | succ m ih =>
    obtain ⟨h₁, h₂, h₃, h₄⟩ := ih (c / 4)
    simp only [squareTail, depth_cons, neurons_cons, width_cons, parameters_cons]
    omega

/-- The sizes of the square network. -/
theorem size_squareNet (m : Nat) : (squareNet R m).depth = m ∧ (squareNet R m).neurons = 3 * m ∧
    (squareNet R m).width ≤ 3 ∧ (squareNet R m).parameters ≤ 12 * m + 2 := by
  cases m with
  | zero => exact ⟨rfl, rfl, Nat.zero_le _, Nat.le_refl _⟩
  | succ m =>
    obtain ⟨h₁, h₂, h₃, h₄⟩ := size_squareTail m (1 : R)
    simp only [squareNet, depth_cons, neurons_cons, width_cons, parameters_cons]
    omega

end Network

/-! ### The theorem -/

/-- **The square by a deep narrow network.** A ReLU network with `m` layers of three units is within
`1 / 4 ^ (m + 1)` of the square on the unit interval.

Every further layer divides the error by four, so accuracy `ε` costs a number of units that is
logarithmic in `1 / ε`; with one hidden layer it costs a power of `1 / ε`.  From squares come
products, from products polynomials and smooth functions.

* controls: approximation
* assumes: x in the unit interval
* bound: Approximation.yarotskyBound
* witness: Approximation.yarotsky_square_witness
* sharp: Approximation.yarotsky_square_sharp (attained for every m)
* source: Yarotsky 2017, Proposition 2 -/
theorem yarotsky_square (m : Nat) (h₀ : 0 ≤ x) (h₁ : x ≤ 1) :
    abs ((Network.squareNet R m).realEval relu x - x ^ 2) ≤ (yarotskyBound m : R) := by
  rw [Network.realEval_squareNet]
  have h₂ := sq_le_squareApprox m h₀ h₁
  have h₃ := squareApprox_le m x
  rw [abs_of_nonneg (by grind)]
  grind

/-- The network of depth `m` has `3 m` units, and the number 1/3 lies in the unit interval: there
the network of depth 1 misses the square by 1/18, within the positive bound. -/
theorem yarotsky_square_witness : (Network.squareNet R 1).depth = 1 ∧
    (Network.squareNet R 1).neurons = 3 ∧ (0 : R) ≤ 1 / 3 ∧ (1 : R) / 3 ≤ 1 ∧
    (Network.squareNet R 1).realEval relu (1 / 3) - (1 / 3) ^ 2 = 1 / 18 ∧
    0 < (yarotskyBound 1 : R) := by
  obtain ⟨h₁, h₂, -, -⟩ := Network.size_squareNet (R := R) 1
  refine ⟨h₁, h₂, by grind, by grind, ?_, ?_⟩
  · rw [Network.realEval_squareNet, squareApprox_sub_sq, sawtooth_succ, sawtooth_zero,
      tent_of_le (by grind)]
    grind
  · exact one_div_pos (pow_pos (by grind) _)

/-- At the point `1 / 2 ^ (m + 1)` the error equals the bound, for every `m`. -/
theorem yarotsky_square_sharp (m : Nat) :
    abs ((Network.squareNet R m).realEval relu (1 / 2 ^ (m + 1)) - (1 / 2 ^ (m + 1)) ^ 2) =
      (yarotskyBound m : R) := by
  have hp := two_pow_pos (R := R) m
  have h : sawtooth m ((1 : R) / 2 ^ (m + 1)) = 1 / 2 := by
    rw [sawtooth_of_le m, pow_succ]
    · grind
    · exact one_div_le_one_div_of_le hp (by rw [pow_succ]; grind)
  have h₄ := pow_pos (show (0 : R) < 4 by grind) m
  rw [Network.realEval_squareNet, squareApprox_sub_sq, h, abs_of_nonneg]
  · unfold yarotskyBound
    rw [pow_succ]
    grind
  · exact div_nonneg (by grind) h₄

end DeepTheory.Approximation
