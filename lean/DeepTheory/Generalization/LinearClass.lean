module

public import DeepTheory.Generalization.Massart
public import DeepTheory.Analysis.Euclidean

/-!
# Linear classes

The Rademacher complexity of linear functions, with weights in a ball of the Euclidean norm or of
the sum of the absolute values.

## Main definitions
* `DeepTheory.Generalization.signedSum`: the sum of vectors with signs.
* `DeepTheory.Generalization.linearL2`, `DeepTheory.Generalization.linearL2Bound`: linear functions
  with weights of bounded norm, and their bound.
* `DeepTheory.Generalization.linearL1`, `DeepTheory.Generalization.linearL1Bound`: linear functions
  with weights of bounded sum of absolute values, and their bound.

## Main theorems
* `DeepTheory.Generalization.signAverage_norm_sq`: the average squared length of a sum with signs.
* `DeepTheory.Generalization.linear_l2`, `DeepTheory.Generalization.linear_l2_witness`,
  `DeepTheory.Generalization.linear_l2_sharp`, `DeepTheory.Generalization.linear_l2_data`,
  `DeepTheory.Generalization.linear_l2_orthogonal`.
* `DeepTheory.Generalization.linear_l1`, `DeepTheory.Generalization.linear_l1_witness`,
  `DeepTheory.Generalization.linear_l1_sharp`.

## References
* S. Kakade, K. Sridharan, A. Tewari, *On the complexity of linear prediction: risk bounds, margin
  bounds, and regularization*, 2008.
* M. Mohri, A. Rostamizadeh, A. Talwalkar, *Foundations of Machine Learning*, second edition, 2018,
  Theorems 5.10 and 11.15.
-/

public section

namespace DeepTheory.Generalization

universe u v w

variable {R : Type u} [RealField R] {V : Type v} [InnerProductSpace R V] {n d : Nat} {B X : R}

/-! ### Sums of vectors with signs -/

/-- The sum of the vectors of a family with the given signs. -/
@[expose] noncomputable def signedSum : {n : Nat} → (Fin n → V) → (Fin n → Bool) → V
  | 0, _, _ => 0
  | _ + 1, x, σ => sign R (σ 0) • x 0 + signedSum (fun j => x j.succ) fun j => σ j.succ

theorem signedSum_zero (x : Fin 0 → V) (σ : Fin 0 → Bool) : signedSum x σ = 0 := rfl

theorem signedSum_succ (x : Fin (n + 1) → V) (σ : Fin (n + 1) → Bool) :
    signedSum x σ =
      sign R (σ 0) • x 0 + signedSum (fun j => x j.succ) fun j => σ j.succ := rfl

/-- The inner product with a sum of vectors with signs. -/
theorem inner_signedSum (w : V) (x : Fin n → V) (σ : Fin n → Bool) :
    ⟪w, signedSum x σ⟫ = ∑ j, sign R (σ j) * ⟪w, x j⟫ := by
  induction n with
  | zero => rw [signedSum_zero, inner_zero_right, sum_zero]
  | succ n ih => rw [signedSum_succ, inner_add_right, inner_smul_right, ih, sum_succ']

/-- The average squared length of a sum of vectors with random signs is the sum of the squared
lengths: the cross terms cancel. -/
theorem signAverage_norm_sq (x : Fin n → V) :
    signAverage (fun σ => ‖signedSum x σ‖ ^ 2) = ∑ j, ‖x j‖ ^ 2 := by
  induction n with
  | zero =>
    rw [signAverage_zero, signedSum_zero, norm_zero, sum_zero]
    grind
  | succ n ih =>
    rw [signAverage_succ, ← signAverage_add,
      signAverage_congr (g := fun σ => 2 * ‖x 0‖ ^ 2 +
        2 * ‖signedSum (fun j => x j.succ) σ‖ ^ 2) fun σ => ?_,
      signAverage_add, signAverage_const, signAverage_const_mul, ih, sum_succ']
    · grind
    · simp only [signedSum_succ, cons_zero, cons_succ, norm_sq, sign_true, sign_false]
      expand_inner
      grind

/-- The length of a sum of orthogonal vectors does not depend on the signs. -/
theorem norm_sq_signedSum_of_orthogonal (x : Fin n → V) (h : ∀ i j, i ≠ j → ⟪x i, x j⟫ = 0)
    (σ : Fin n → Bool) : ‖signedSum x σ‖ ^ 2 = ∑ j, ‖x j‖ ^ 2 := by
  induction n with
  | zero =>
    rw [signedSum_zero, norm_zero, sum_zero]
    grind
  | succ n ih =>
    have h₁ := ih (fun j => x j.succ)
      (fun i j hij => h _ _ fun he => hij (Fin.succ_inj.1 he)) fun j => σ j.succ
    have h₂ : ⟪x 0, signedSum (fun j => x j.succ) fun j => σ j.succ⟫ = 0 := by
      rw [inner_signedSum]
      exact sum_eq_zero fun j => by rw [h 0 j.succ (Fin.succ_ne_zero j).symm]; grind
    have h₃ := sign_mul_self (R := R) (σ 0)
    rw [sum_succ', ← h₁, signedSum_succ, norm_sq, norm_sq, norm_sq]
    generalize signedSum (fun j => x j.succ) (fun j => σ j.succ) = s at *
    expand_inner
    rw [inner_comm s, h₂]
    generalize sign R (σ 0) = t at *
    grind

/-! ### Weights of bounded norm -/

/-- The linear functions on an inner-product space with weights of norm at most `B`. -/
@[expose] noncomputable def linearL2 (V : Type v) [InnerProductSpace R V] (B : R) (hB : 0 ≤ B) :
    FunctionClass R {w : V // ‖w‖ ≤ B} V where
  eval w x := ⟪w.1, x⟫
  nonempty := ⟨⟨0, by rw [norm_zero]; exact hB⟩⟩
  bounded x := ⟨B * ‖x‖, fun w => Std.le_trans (abs_inner_le_norm w.1 x)
    (mul_le_mul_of_nonneg_right w.2 (norm_nonneg x))⟩

/-- The bound `B` on the weights times the bound `X` on the inputs, over the root of the size of the
sample. -/
@[expose] noncomputable def linearL2Bound (B X : R) (n : Nat) : R := B * X / sqrt (n : R)

/-- The best weight points along the sum of the inputs with the signs. -/
theorem correlation_linearL2 (hB : 0 ≤ B) (x : Fin n → V) (σ : Fin n → Bool) :
    (linearL2 V B hB).correlation x σ = B * ‖signedSum x σ‖ / n := by
  have h (w : {w : V // ‖w‖ ≤ B}) :
      (∑ j, sign R (σ j) * (linearL2 V B hB).eval w (x j)) = ⟪w.1, signedSum x σ⟫ :=
    (inner_signedSum w.1 x σ).symm
  have hs := norm_nonneg (signedSum x σ)
  refine Std.le_antisymm (lub_le fun w => div_le_div_of_nonneg_right ?_ (natCast_nonneg n)) ?_
  · rw [h]
    exact Std.le_trans (inner_le_norm _ _) (mul_le_mul_of_nonneg_right w.2 hs)
  · rcases lt_or_eq_of_le hs with hs | hs
    · refine Std.le_trans ?_ ((linearL2 V B hB).le_correlation x σ
        ⟨(B / ‖signedSum x σ‖) • signedSum x σ, le_of_eq ?_⟩)
      · rw [h, inner_smul_left, ← norm_sq]
        exact le_of_eq (by grind)
      · rw [norm_smul, abs_of_nonneg (div_nonneg hB hs)]
        grind
    · refine Std.le_trans ?_ ((linearL2 V B hB).le_correlation x σ
        ⟨0, by rw [norm_zero]; exact hB⟩)
      rw [h, inner_zero_left, ← hs]
      exact le_of_eq (by grind)

/-- The complexity is the average length of the sum of the inputs with random signs. -/
theorem rademacher_linearL2 (hB : 0 ≤ B) (x : Fin n → V) :
    (linearL2 V B hB).rademacher x = B / n * signAverage fun σ => ‖signedSum x σ‖ := by
  rw [← signAverage_const_mul]
  exact signAverage_congr fun σ => by rw [correlation_linearL2]; grind

/-- The bound for weights of bounded norm in terms of the lengths of the inputs. -/
theorem linear_l2_data (hB : 0 ≤ B) (x : Fin n → V) :
    (linearL2 V B hB).rademacher x ≤ B * sqrt (∑ j, ‖x j‖ ^ 2) / n := by
  have h : signAverage (fun σ => ‖signedSum x σ‖) ≤ sqrt (∑ j, ‖x j‖ ^ 2) := by
    refine le_sqrt_of_sq_le ?_
    rw [← signAverage_norm_sq]
    exact sq_signAverage_le _
  have h₁ := mul_le_mul_of_nonneg_left h (div_nonneg_of_nonneg hB (natCast_nonneg n))
  rw [rademacher_linearL2]
  grind

/-- On orthogonal inputs the bound in terms of their lengths is an equality. -/
theorem linear_l2_orthogonal (hB : 0 ≤ B) (x : Fin n → V) (h : ∀ i j, i ≠ j → ⟪x i, x j⟫ = 0) :
    (linearL2 V B hB).rademacher x = B * sqrt (∑ j, ‖x j‖ ^ 2) / n := by
  rw [rademacher_linearL2, signAverage_congr (g := fun _ => sqrt (∑ j, ‖x j‖ ^ 2)) fun σ => by
    rw [← norm_sq_signedSum_of_orthogonal x h σ, sqrt_sq (norm_nonneg _)], signAverage_const]
  grind

/-- The root of the number of points times `X` squared. -/
theorem mul_sqrt_natCast_mul_sq_div (hX : 0 ≤ X) (hn : 0 < n) :
    B * sqrt (n * X ^ 2) / n = linearL2Bound B X n := by
  have hn' := natCast_pos (R := R) hn
  have hs := mul_self_sqrt (le_of_lt hn')
  have hp := sqrt_pos.2 hn'
  unfold linearL2Bound
  rw [sqrt_mul (le_of_lt hn') (sq_nonneg X), sqrt_sq hX, div_eq_div_iff (by grind) (by grind)]
  grind

/-- **Linear functions with weights of bounded norm.** On inputs of norm at most `X` the linear
functions with weights of norm at most `B` have Rademacher complexity at most `B X` over the root of
the size of the sample.

The dimension does not occur: it is the norm of the weights, not their number, that has to be small
against the sample. The space may have infinite dimension, as for kernel methods.

* controls: generalization
* assumes: weights of norm at most B, inputs of norm at most X, B ≥ 0, X ≥ 0, n > 0
* bound: Generalization.linearL2Bound
* witness: Generalization.linear_l2_witness
* sharp: Generalization.linear_l2_sharp (equality for every n)
* source: Mohri, Rostamizadeh, Talwalkar 2018, Theorem 5.10; Kakade, Sridharan, Tewari 2008 -/
theorem linear_l2 (hB : 0 ≤ B) (hX : 0 ≤ X) {x : Fin n → V} (hx : ∀ j, ‖x j‖ ≤ X) (hn : 0 < n) :
    (linearL2 V B hB).rademacher x ≤ linearL2Bound B X n := by
  rw [← mul_sqrt_natCast_mul_sq_div hX hn]
  refine Std.le_trans (linear_l2_data hB x) ?_
  have h := sum_le_mul fun j => sq_le_sq (norm_nonneg (x j)) (hx j)
  exact div_le_div_of_nonneg_right (mul_le_mul_of_nonneg_left (sqrt_le_sqrt h) hB)
    (natCast_nonneg n)

/-- The vector of length `X` along a coordinate axis. -/
@[expose] noncomputable def axis (X : R) (j : Fin n) : Fin n → R := fun k => if k = j then X else 0

theorem inner_axis (X : R) (j : Fin n) (y : Fin n → R) : ⟪axis X j, y⟫ = X * y j := by
  rw [inner_def, sum_eq_single j fun i hi => by rw [axis, if_neg hi]; grind, axis, if_pos rfl]

theorem sum_abs_axis (X : R) (j : Fin n) : ∑ k, abs (axis X j k) = abs X := by
  rw [sum_eq_single j fun i hi => by rw [axis, if_neg hi, abs_zero], axis, if_pos rfl]

theorem norm_axis (hX : 0 ≤ X) (j : Fin n) : ‖axis X j‖ = X :=
  norm_eq_of_sq_eq hX (by rw [inner_axis, axis, if_pos rfl]; grind)

/-- The hypotheses of `linear_l2` are met at once by the unit vectors along the axes, with `B = 1`,
and the bound is positive. -/
theorem linear_l2_witness (hn : 0 < n) :
    (0 : R) ≤ 1 ∧ (∀ j : Fin n, ‖axis (1 : R) j‖ ≤ 1) ∧ 0 < linearL2Bound (1 : R) 1 n := by
  refine ⟨by grind, fun j => le_of_eq (norm_axis (by grind) j), div_pos (by grind) ?_⟩
  exact sqrt_pos.2 (natCast_pos hn)

/-- On `n` inputs of length `X` along the axes of Euclidean space the bound is an equality, for
every `n`. -/
theorem linear_l2_sharp (hB : 0 ≤ B) (hX : 0 ≤ X) (hn : 0 < n) :
    (∀ j : Fin n, ‖axis X j‖ ≤ X) ∧
    (linearL2 (Fin n → R) B hB).rademacher (axis X) = linearL2Bound B X n := by
  refine ⟨fun j => le_of_eq (norm_axis hX j), ?_⟩
  rw [← mul_sqrt_natCast_mul_sq_div hX hn, linear_l2_orthogonal, sum_congr fun j => by
    rw [norm_axis hX j], sum_const]
  intro i j hij
  rw [inner_axis, axis, if_neg hij]
  grind

/-! ### Weights of bounded sum of absolute values -/

/-- A sum of products is at most the largest absolute value of one factor times the sum of the
absolute values of the other. -/
theorem abs_sum_mul_le {w t : Fin d → R} {M : R} (hM : 0 ≤ M) (hw : ∑ k, abs (w k) ≤ B)
    (ht : ∀ k, abs (t k) ≤ M) : abs (∑ k, w k * t k) ≤ B * M := by
  refine Std.le_trans (abs_sum_le _) ?_
  refine Std.le_trans (sum_le_sum (g := fun k => abs (w k) * M) fun k => ?_) ?_
  · rw [abs_mul]
    exact mul_le_mul_of_nonneg_left (ht k) (abs_nonneg _)
  · rw [← sum_mul]
    exact mul_le_mul_of_nonneg_right hw hM

/-- The linear functions of `d` real inputs with weights whose absolute values have sum at most
`B`. -/
@[expose] noncomputable def linearL1 (d : Nat) (B : R) (hB : 0 ≤ B) :
    FunctionClass R {w : Fin d → R // ∑ k, abs (w k) ≤ B} (Fin d → R) where
  eval w v := ∑ k, w.1 k * v k
  nonempty := ⟨⟨fun _ => 0, by rw [sum_eq_zero fun _ => abs_zero]; exact hB⟩⟩
  bounded v := ⟨B * ∑ k, abs (v k), fun w => abs_sum_mul_le (sum_nonneg fun k => abs_nonneg _) w.2
    fun k => single_le_sum (f := fun k => abs (v k)) (fun k => abs_nonneg _) k⟩

/-- `B X` times the root of twice the logarithm of twice the number `d` of inputs, over the root of
the size of the sample. -/
@[expose] noncomputable def linearL1Bound (B X : R) (d n : Nat) : R :=
  B * X * sqrt (2 * log (2 * (d : R))) / sqrt (n : R)

/-- The sum of the values with signs, one coordinate after the other. -/
theorem sum_sign_mul_linearL1 (hB : 0 ≤ B) (x : Fin n → Fin d → R) (σ : Fin n → Bool)
    (w : {w : Fin d → R // ∑ k, abs (w k) ≤ B}) :
    ∑ j, sign R (σ j) * (linearL1 d B hB).eval w (x j) =
      ∑ k, w.1 k * ∑ j, sign R (σ j) * x j k := by
  show ∑ j, sign R (σ j) * ∑ k, w.1 k * x j k = _
  simp only [mul_sum]
  rw [sum_comm]
  exact sum_congr fun k => sum_congr fun j => by grind

/-- **Linear functions with weights of bounded sum.** On inputs of `d` numbers of absolute value at
most `X` the linear functions with weights whose absolute values have sum at most `B` have
Rademacher complexity at most `B X` times the root of `2 log (2 d) / n`.

The number of inputs enters only by the root of its logarithm, so that sparse weights generalize
with many more inputs than samples.

* controls: generalization
* assumes: absolute values of the weights of sum at most B, inputs of d > 0 numbers of absolute
  value at most X, B ≥ 0, X ≥ 0, n > 0
* bound: Generalization.linearL1Bound
* witness: Generalization.linear_l1_witness
* sharp: Generalization.linear_l1_sharp (up to the factor sqrt (2 log 2), about 1.18, for every n)
* source: Mohri, Rostamizadeh, Talwalkar 2018, Theorem 11.15; Kakade, Sridharan, Tewari 2008 -/
theorem linear_l1 (hB : 0 ≤ B) (hX : 0 ≤ X) {x : Fin n → Fin d → R}
    (hx : ∀ j k, abs (x j k) ≤ X) (hd : 0 < d) (hn : 0 < n) :
    (linearL1 d B hB).rademacher x ≤ linearL1Bound B X d n := by
  have hn' := natCast_pos (R := R) hn
  have hs := mul_self_sqrt (le_of_lt hn')
  have hp := sqrt_pos.2 hn'
  -- the extreme points of the ball for `B = 1`, on the sample
  let u : Bool × Fin d → Fin n → R := fun p j => sign R p.1 * x j p.2
  have hu (σ : Fin n → Bool) (b : Bool) (k : Fin d) : ∑ j, sign R (σ j) * u (b, k) j =
      sign R b * ∑ j, sign R (σ j) * x j k := by
    rw [mul_sum]
    exact sum_congr fun j => by show sign R (σ j) * (sign R b * x j k) = _; grind
  have : Nonempty (Bool × Fin d) := ⟨(true, ⟨0, hd⟩)⟩
  -- the best of them
  have hex (σ : Fin n → Bool) := exists_forall_ge fun p => ∑ j, sign R (σ j) * u p j
  let best (σ : Fin n → Bool) : Bool × Fin d := Classical.choose (hex σ)
  have hbest (σ : Fin n → Bool) (p : Bool × Fin d) :
      ∑ j, sign R (σ j) * u p j ≤ ∑ j, sign R (σ j) * u (best σ) j :=
    Classical.choose_spec (hex σ) p
  have hc (σ : Fin n → Bool) : (linearL1 d B hB).correlation x σ ≤
      B / n * ∑ j, sign R (σ j) * u (best σ) j := by
    have h₁ (k : Fin d) : abs (∑ j, sign R (σ j) * x j k) ≤
        ∑ j, sign R (σ j) * u (best σ) j := by
      have h₂ := hbest σ (true, k)
      have h₃ := hbest σ (false, k)
      rw [hu σ, sign_true] at h₂
      rw [hu σ, sign_false] at h₃
      exact abs_le.2 (by grind)
    refine lub_le fun w => ?_
    rw [sum_sign_mul_linearL1, div_le_iff hn']
    have h₄ := Std.le_trans (le_abs_self _)
      (abs_sum_mul_le (Std.le_trans (abs_nonneg _) (h₁ ⟨0, hd⟩)) w.2 h₁)
    rwa [show ∀ M : R, B / n * M * n = B * M by clear hbest hu hx; grind]
  have hm := signAverage_le_of_finite (u := u)
    (f := fun σ => ∑ j, sign R (σ j) * u (best σ) j) (r := sqrt (n : R) * X)
    (fun σ => ⟨best σ, Std.le_refl _⟩) (fun p => by
      refine Std.le_trans (sum_le_mul (c := X ^ 2) fun j => ?_) (le_of_eq (by grind))
      show (sign R p.1 * x j p.2) ^ 2 ≤ X ^ 2
      rw [← sq_abs, abs_mul, abs_sign]
      exact sq_le_sq (by have := abs_nonneg (x j p.2); grind)
        (by have := hx j p.2; grind)) (mul_nonneg (le_of_lt hp) hX)
  rw [card_prod, card_bool, card_fin, show ((2 * d : Nat) : R) = 2 * d by grind] at hm
  have h₁ := signAverage_mono hc
  rw [signAverage_const_mul] at h₁
  refine Std.le_trans h₁ (Std.le_trans
    (mul_le_mul_of_nonneg_left hm (div_nonneg_of_nonneg hB (le_of_lt hn'))) (le_of_eq ?_))
  unfold linearL1Bound
  generalize sqrt (2 * log (2 * (d : R))) = l
  generalize sqrt (n : R) = s at *
  rw [← hs]
  have : s ≠ 0 := by grind
  grind

/-- The hypotheses of `linear_l1` are met at once by inputs of ones, with `B = X = 1`, and the bound
is positive. -/
theorem linear_l1_witness (hd : 0 < d) (hn : 0 < n) :
    (0 : R) ≤ 1 ∧ (∀ (j : Fin n) (k : Fin d), abs ((fun _ _ => 1 : Fin n → Fin d → R) j k) ≤ 1) ∧
    0 < linearL1Bound (1 : R) 1 d n := by
  have hd' := natCast_le (R := R) (show 1 ≤ d from hd)
  have := log_pos (show (1 : R) < 2 * d by grind)
  exact ⟨by grind, fun _ _ => le_of_eq abs_one,
    div_pos (mul_pos (by grind) (sqrt_pos.2 (by grind))) (sqrt_pos.2 (natCast_pos hn))⟩

/-- The elements of a finite type, numbered. -/
@[expose] noncomputable def nth (α : Type w) [Fintype α] (k : Fin (card α)) : α :=
  (Fintype.elems : List α).get k

theorem exists_nth_eq {α : Type w} [Fintype α] (a : α) : ∃ k, nth α k = a :=
  List.mem_iff_get.1 (Fintype.complete a)

/-- Inputs of `2 ^ m` numbers on a sample of size `m + 1`: all sign vectors with first sign plus,
one for each coordinate, times `X`. -/
@[expose] noncomputable def signInput (X : R) (m : Nat) (j : Fin (m + 1))
    (k : Fin (card (Fin m → Bool))) : R :=
  X * sign R (cons true (nth (Fin m → Bool) k) j)

theorem abs_signInput (hX : 0 ≤ X) (m : Nat) (j : Fin (m + 1)) (k : Fin (card (Fin m → Bool))) :
    abs (signInput X m j k) = X := by
  unfold signInput
  rw [abs_mul, abs_sign, abs_of_nonneg hX]
  grind

/-- On inputs that contain all sign vectors, up to their signs, the linear functions follow all
signs. -/
theorem rademacher_signInput (hB : 0 ≤ B) (hX : 0 ≤ X) (m : Nat) :
    (linearL1 (card (Fin m → Bool)) B hB).rademacher (signInput X m) = B * X := by
  have hn' := natCast_pos (R := R) (show 0 < m + 1 by omega)
  unfold FunctionClass.rademacher
  rw [signAverage_congr (g := fun _ => B * X), signAverage_const]
  intro σ
  refine Std.le_antisymm (lub_le fun w => ?_) ?_
  · rw [sum_sign_mul_linearL1, div_le_iff hn']
    refine Std.le_trans (Std.le_trans (le_abs_self _) (abs_sum_mul_le (M := (m + 1 : Nat) * X)
      (mul_nonneg (le_of_lt hn') hX) w.2 fun k => ?_)) (le_of_eq (by grind))
    refine Std.le_trans (abs_sum_le _) (sum_le_mul fun j => ?_)
    rw [abs_mul, abs_sign, abs_signInput hX]
    exact le_of_eq (by grind)
  · obtain ⟨k, hk⟩ := exists_nth_eq fun i : Fin m => xor (!σ 0) (σ i.succ)
    refine Std.le_trans ?_
      ((linearL1 (card (Fin m → Bool)) B hB).le_correlation (signInput X m) σ
        ⟨axis (B * sign R (σ 0)) k, le_of_eq ?_⟩)
    case refine_2.refine_2 =>
      rw [sum_abs_axis, abs_mul, abs_sign, abs_of_nonneg hB]
      grind
    rw [sum_sign_mul_linearL1, le_div_iff hn', ← inner_def, inner_axis]
    have h : ∑ j, sign R (σ j) * signInput X m j k = ∑ _j : Fin (m + 1), sign R (σ 0) * X := by
      refine sum_congr fun j => ?_
      unfold signInput
      rw [hk]
      induction j using Fin.cases with
      | zero => rw [cons_zero, sign_true]; grind
      | succ i =>
        rw [cons_succ]
        cases σ 0 <;> cases σ i.succ <;> simp <;> grind
    rw [h, sum_const]
    have := sign_mul_self (R := R) (σ 0)
    generalize sign R (σ 0) = t at *
    generalize ((m + 1 : Nat) : R) = N at *
    exact le_of_eq (by grind)

/-- On a sample of size `n = m + 1` with `2 ^ m` inputs, the sign vectors up to their signs, the
complexity is `B X`; the bound of `linear_l1` is `B X` times the root of `2 log 2`, which does not
depend on `n` and is at most 1.2. -/
theorem linear_l1_sharp (hB : 0 ≤ B) (hX : 0 ≤ X) (m : Nat) :
    (∀ j k, abs (signInput X m j k) ≤ X) ∧
    (linearL1 (card (Fin m → Bool)) B hB).rademacher (signInput X m) = B * X ∧
    linearL1Bound B X (card (Fin m → Bool)) (m + 1) = B * X * sqrt (2 * log 2) ∧
    sqrt (2 * log (2 : R)) ≤ 6 / 5 := by
  refine ⟨fun j k => le_of_eq (abs_signInput hX m j k), rademacher_signInput hB hX m, ?_,
    sqrt_two_mul_log_two_le⟩
  have hn' := natCast_pos (R := R) (show 0 < m + 1 by omega)
  have hp := sqrt_pos.2 hn'
  unfold linearL1Bound
  rw [card_fun, card_bool, natCast_two_pow, show (2 : R) * 2 ^ m = 2 ^ (m + 1) by grind,
    log_pow (by grind), show 2 * (((m + 1 : Nat) : R) * log 2) = (m + 1 : Nat) * (2 * log 2) by
    grind, sqrt_mul (le_of_lt hn') (by have := log_nonneg (show (1 : R) ≤ 2 by grind); grind)]
  generalize sqrt ((m + 1 : Nat) : R) = s at *
  grind

end DeepTheory.Generalization
