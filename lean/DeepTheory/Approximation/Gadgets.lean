module

public import DeepTheory.Approximation.Relu

/-!
# Exact ReLU gadgets

Networks that compute absolute values, maxima, minima and hat functions without error, and their
sizes.

## Main definitions
* `DeepTheory.Approximation.Network.absolute`: the absolute values of `n` numbers.
* `DeepTheory.Approximation.Network.maxPair`, `DeepTheory.Approximation.Network.minPair`: the
  maximum and the minimum of two vectors, entry by entry.
* `DeepTheory.Approximation.Network.maxTree`, `DeepTheory.Approximation.Network.maxOf`,
  `DeepTheory.Approximation.Network.minOf`: the maximum and the minimum of `k + 1` numbers.
* `DeepTheory.Approximation.Network.hat`: the hat function with given centre and half-width.

## Main theorems
* `DeepTheory.Approximation.network_model`: composition, parallel networks, sums and the identity
  compute what they should, with the stated sizes.
* `DeepTheory.Approximation.Network.eval_maxOf`, `DeepTheory.Approximation.Network.eval_minOf`: the
  maximum and the minimum of `k + 1` numbers are exact.
-/

public noncomputable section

namespace DeepTheory.Approximation

universe u

variable {R : Type u} [RealField R] {m n n' k p : Nat}

namespace Network

/-! ### Absolute values -/

/-- The absolute values of `n` numbers, by `2 n` ReLUs. -/
@[expose] def absolute (R : Type u) [RealField R] (n : Nat) : Network R n n :=
  .cons (Layer.split R n) (.affine ((Layer.id R n).addSide (Layer.id R n)))

@[simp] theorem eval_absolute (x : Fin n → R) :
    (absolute R n).eval relu x = fun i => abs (x i) := by
  simp only [absolute, eval_cons, eval_affine, Layer.eval_split, map_append, Layer.eval_addSide,
    Layer.eval_id, relu_add_relu_neg]

/-- The sizes of the absolute values. -/
theorem size_absolute (n : Nat) : (absolute R n).depth = 1 ∧ (absolute R n).neurons = 2 * n ∧
    (absolute R n).nonzero ≤ 4 * n ∧ (absolute R n).MaxWeight 1 := by
  have h₁ := Layer.nonzero_split_le (R := R) (n := n)
  have h₂ := Layer.nonzero_addSide_le (Layer.id R n) (Layer.id R n)
  rw [Layer.nonzero_id] at h₂
  refine ⟨rfl, ?_, ?_, Layer.maxWeight_split, Layer.maxWeight_id.addSide Layer.maxWeight_id
    fun i => ?_⟩
  · simp only [absolute, neurons_cons, neurons_affine]; omega
  · simp only [absolute, nonzero_cons, nonzero_affine]; omega
  · show abs ((0 : R) + 0) ≤ 1
    rw [show (0 : R) + 0 = 0 by grind, abs_zero]
    exact zero_le_one

/-! ### Maximum and minimum of two vectors -/

/-- The maximum of the two halves of the input, entry by entry: `relu (a - b) + relu b - relu (-b)`
by three ReLUs for each entry. -/
@[expose] def maxPair (R : Type u) [RealField R] (n : Nat) : Network R (n + n) n :=
  .cons ((Layer.join R n).stack (Layer.comp (Layer.split R n) (Layer.select R (Fin.natAdd n))))
    (.affine ((Layer.id R n).addSide (Layer.join R n)))

@[simp] theorem eval_maxPair (x y : Fin n → R) :
    (maxPair R n).eval relu (append x y) = fun i => max (x i) (y i) := by
  simp only [maxPair, eval_cons, eval_affine, Layer.eval_stack, Layer.eval_join, Layer.eval_comp,
    Layer.eval_select, Layer.eval_split, map_append, Layer.eval_addSide, Layer.eval_id,
    append_natAdd, relu_sub_relu_neg]
  exact funext fun i => by unfold relu; grind

/-- The sizes of the maximum of two vectors. -/
theorem size_maxPair (n : Nat) :
    (maxPair R n).depth = 1 ∧ (maxPair R n).neurons = 3 * n ∧ (maxPair R n).width = 3 * n := by
  refine ⟨rfl, ?_, ?_⟩
  · simp only [maxPair, neurons_cons, neurons_affine]; omega
  · simp only [maxPair, width_cons, width_affine]; omega

/-- The minimum of the two halves of the input, entry by entry. -/
@[expose] def minPair (R : Type u) [RealField R] (n : Nat) : Network R (n + n) n :=
  ((maxPair R n).precomp ((Layer.id R (n + n)).scale (-1))).scale (-1)

@[simp] theorem eval_minPair (x y : Fin n → R) :
    (minPair R n).eval relu (append x y) = fun i => min (x i) (y i) := by
  simp only [minPair, eval_scale, eval_precomp, Layer.eval_scale, Layer.eval_id, map_append,
    eval_maxPair]
  exact funext fun i => by grind

/-- The sizes of the minimum of two vectors. -/
theorem size_minPair (n : Nat) :
    (minPair R n).depth = 1 ∧ (minPair R n).neurons = 3 * n ∧ (minPair R n).width = 3 * n := by
  simpa [minPair] using size_maxPair (R := R) n

/-! ### Maximum and minimum of finitely many numbers -/

/-- The index `j`, or the last index where `j` is beyond it. -/
@[expose] def clamp (k : Nat) (j : Nat) : Fin (k + 1) := ⟨min j k, by omega⟩

/-- The maximum of `k + 1` numbers by a tree of `p` levels: on each level, the numbers of the first
half are compared with those of the second half.  The tree is high enough if `k < 2 ^ p`. -/
@[expose] def maxTree (R : Type u) [RealField R] : (p k : Nat) → Network R (k + 1) 1
  | 0, k => .affine (Layer.select R fun _ : Fin 1 => (0 : Fin (k + 1)))
  | p + 1, k => (maxTree R p (k / 2)).comp ((maxPair R (k / 2 + 1)).precomp
      (Layer.select R fun j : Fin (k / 2 + 1 + (k / 2 + 1)) => clamp k j.val))

/-- The value of a tree that is high enough is the maximum: it is one of the numbers, and no number
is larger. -/
theorem eval_maxTree (hk : k < 2 ^ p) (x : Fin (k + 1) → R) :
    (∀ i, x i ≤ (maxTree R p k).eval relu x 0) ∧ ∃ i, (maxTree R p k).eval relu x 0 = x i := by
  induction p generalizing k with
  | zero =>
    obtain rfl : k = 0 := by simp only [Nat.pow_zero] at hk; omega
    simp only [maxTree, eval_affine, Layer.eval_select]
    exact ⟨fun i => by rw [show i = 0 from Fin.fin_one_eq_zero i]; exact Std.le_refl _, 0, rfl⟩
  | succ p ih =>
    have hk' : k / 2 < 2 ^ p := by rw [Nat.pow_succ] at hk; omega
    have he : (fun j : Fin (k / 2 + 1 + (k / 2 + 1)) => x (clamp k j.val)) =
        append (fun i => x (clamp k i.val)) fun i => x (clamp k (k / 2 + 1 + i.val)) :=
      funext <| forall_fin_add (fun i => by simp) fun i => by simp
    simp only [maxTree, eval_comp, eval_precomp, Layer.eval_select, he, eval_maxPair]
    obtain ⟨h₁, j, h₂⟩ := ih hk' fun i => max (x (clamp k i.val)) (x (clamp k (k / 2 + 1 + i.val)))
    generalize (maxTree R p (k / 2)).eval relu _ 0 = v at h₁ h₂
    refine ⟨fun i => ?_, ?_⟩
    · rcases (show i.val < k / 2 + 1 ∨ k / 2 + 1 ≤ i.val by omega) with hi | hi
      · have := h₁ ⟨i.val, hi⟩
        rw [show clamp k i.val = i from Fin.ext (by simp only [clamp]; omega)] at this
        exact Std.le_trans (le_max_left _ _) this
      · have := h₁ ⟨i.val - (k / 2 + 1), by omega⟩
        dsimp only at this
        rw [show clamp k (k / 2 + 1 + (i.val - (k / 2 + 1))) = i from
          Fin.ext (by simp only [clamp]; omega)] at this
        exact Std.le_trans (le_max_right _ _) this
    · rcases max_choice (x (clamp k j.val)) (x (clamp k (k / 2 + 1 + j.val))) with h | h
      · exact ⟨_, h₂.trans h⟩
      · exact ⟨_, h₂.trans h⟩

/-- The sizes of the tree: one hidden layer for each level, less than three ReLUs for each number
and level together. -/
theorem size_maxTree (p k : Nat) : (maxTree R p k).depth = p ∧
    (maxTree R p k).neurons ≤ 3 * (k + p) ∧ (maxTree R p k).width ≤ 3 * (k / 2 + 1) := by
  induction p generalizing k with
  | zero =>
    exact ⟨rfl, Nat.zero_le _, Nat.zero_le _⟩
  | succ p ih =>
    obtain ⟨h₁, h₂, h₃⟩ := ih (k / 2)
    obtain ⟨e₁, e₂, e₃⟩ := size_maxPair (R := R) (k / 2 + 1)
    simp only [maxTree, depth_comp, neurons_comp, width_comp, depth_precomp, neurons_precomp,
      width_precomp, h₁, e₁, e₂, e₃]
    omega

/-- The maximum of `k + 1` numbers. -/
@[expose] def maxOf (R : Type u) [RealField R] (k : Nat) : Network R (k + 1) 1 :=
  maxTree R (k.log2 + 1) k

/-- The minimum of `k + 1` numbers. -/
@[expose] def minOf (R : Type u) [RealField R] (k : Nat) : Network R (k + 1) 1 :=
  ((maxOf R k).precomp ((Layer.id R (k + 1)).scale (-1))).scale (-1)

/-- The maximum of `k + 1` numbers is exact: it is one of them, and none is larger. -/
theorem eval_maxOf (x : Fin (k + 1) → R) :
    (∀ i, x i ≤ (maxOf R k).eval relu x 0) ∧ ∃ i, (maxOf R k).eval relu x 0 = x i :=
  eval_maxTree Nat.lt_log2_self x

/-- The minimum of `k + 1` numbers is exact: it is one of them, and none is smaller. -/
theorem eval_minOf (x : Fin (k + 1) → R) :
    (∀ i, (minOf R k).eval relu x 0 ≤ x i) ∧ ∃ i, (minOf R k).eval relu x 0 = x i := by
  obtain ⟨h₁, j, h₂⟩ := eval_maxOf fun i => -1 * x i
  simp only [minOf, eval_scale, eval_precomp, Layer.eval_scale, Layer.eval_id]
  exact ⟨fun i => by have := h₁ i; grind, j, by grind⟩

/-- The sizes of the maximum of `k + 1` numbers. -/
theorem size_maxOf (k : Nat) : (maxOf R k).depth = k.log2 + 1 ∧
    (maxOf R k).neurons ≤ 3 * (k + k.log2 + 1) ∧ (maxOf R k).width ≤ 3 * (k / 2 + 1) := by
  obtain ⟨h₁, h₂, h₃⟩ := size_maxTree (R := R) (k.log2 + 1) k
  exact ⟨h₁, by unfold maxOf; omega, h₃⟩

/-- The sizes of the minimum of `k + 1` numbers. -/
theorem size_minOf (k : Nat) : (minOf R k).depth = k.log2 + 1 ∧
    (minOf R k).neurons ≤ 3 * (k + k.log2 + 1) ∧ (minOf R k).width ≤ 3 * (k / 2 + 1) := by
  simpa [minOf] using size_maxOf (R := R) k

/-! ### Hat functions -/

/-- Three numbers as a vector. -/
@[expose] def vec3 (a b c : R) : Fin 3 → R :=
  DeepTheory.cons a (DeepTheory.cons b (DeepTheory.cons c fun i => i.elim0))

/-- The hat function with centre `c` and half-width `w`, by three ReLUs. -/
@[expose] def hat (c w : R) : Network R 1 1 :=
  .cons ⟨fun _ _ => 1, vec3 (w - c) (-c) (-w - c)⟩
    (.affine (.row (vec3 (1 / w) (-(2 / w)) (1 / w)) 0))

/-- The hat function is one at its centre, zero beyond its half-width, and linear between. -/
theorem eval_hat {w : R} (hw : 0 < w) (c x : R) :
    (hat c w).realEval relu x = relu (1 - abs (x - c) / w) := by
  have hs (f : Fin 3 → R) : ∑ i, f i = f 0 + f 1 + f 2 := by
    rw [sum_succ, sum_two]; rfl
  have h : (hat c w).realEval relu x = 1 / w * relu (1 * x + (w - c)) +
      -(2 / w) * relu (1 * x + -c) + 1 / w * relu (1 * x + (-w - c)) + 0 := by
    simp only [hat, realEval, eval_cons, eval_affine, Layer.eval_row, Layer.eval_apply, sum_one, hs]
    rfl
  have hr : relu (1 - abs (x - c) / w) = 1 / w * relu (w - abs (x - c)) := by
    rw [← relu_mul (one_div_nonneg (Std.le_of_lt hw))]
    exact congrArg relu (by grind)
  rw [h, hr]
  have h₁ : relu (1 * x + (w - c)) - 2 * relu (1 * x + -c) + relu (1 * x + (-w - c)) =
      relu (w - abs (x - c)) := by
    have := abs_cases (x - c)
    generalize abs (x - c) = a at *
    unfold relu
    grind
  rw [← h₁]
  grind

/-- The sizes of the hat function. -/
theorem size_hat (c w : R) : (hat c w).depth = 1 ∧ (hat c w).neurons = 3 ∧
    (hat c w).parameters = 10 := ⟨rfl, rfl, rfl⟩

end Network

end DeepTheory.Approximation
