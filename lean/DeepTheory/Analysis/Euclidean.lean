module

public import DeepTheory.Reals.Sum
public import DeepTheory.Analysis.Norm

/-!
# Euclidean space and matrices

The space `Fin d → R` of vectors with `d` real entries, and the linear maps that matrices
`A : Fin n → Fin d → R` (`n` rows, `d` columns) define.

## Main definitions
* The instance `InnerProductSpace R (Fin d → R)`: `⟪x, y⟫ = ∑ i, x i * y i`.
* `DeepTheory.mulVec`: the product `A x` of a matrix with a vector.
* `DeepTheory.transposeMulVec`: the product `Aᵀ y` of the transposed matrix with a vector.
* `DeepTheory.frobeniusSq`: the sum of the squares of the entries.

## Main theorems
* `DeepTheory.inner_mulVec`: `⟪A x, y⟫ = ⟪x, Aᵀ y⟫`.
* `DeepTheory.norm_mulVec_sq_le`, `DeepTheory.norm_transposeMulVec_sq_le`: a matrix stretches
  lengths at most by its Frobenius norm.
-/

public section

namespace DeepTheory

universe u

variable {R : Type u} [RealField R] {n d : Nat}

/-! ### Vectors with real entries -/

/-- Vectors form an additive group, entry by entry. -/
noncomputable instance : Lean.Grind.IntModule (Fin d → R) where
  zero := fun _ => 0
  add x y := fun i => x i + y i
  neg x := fun i => -x i
  sub x y := fun i => x i - y i
  nsmul := ⟨fun k x i => (Lean.Grind.IntModule.nsmul (M := R)).smul k (x i)⟩
  zsmul := ⟨fun k x i => (Lean.Grind.IntModule.zsmul (M := R)).smul k (x i)⟩
  add_zero x := funext fun i => Lean.Grind.AddCommMonoid.add_zero (x i)
  add_comm x y := funext fun i => Lean.Grind.AddCommMonoid.add_comm (x i) (y i)
  add_assoc x y z := funext fun i => Lean.Grind.AddCommMonoid.add_assoc (x i) (y i) (z i)
  neg_add_cancel x := funext fun i => Lean.Grind.AddCommGroup.neg_add_cancel (x i)
  sub_eq_add_neg x y := funext fun i => Lean.Grind.AddCommGroup.sub_eq_add_neg (x i) (y i)
  zero_zsmul x := funext fun i => Lean.Grind.IntModule.zero_zsmul (x i)
  one_zsmul x := funext fun i => Lean.Grind.IntModule.one_zsmul (x i)
  add_zsmul k l x := funext fun i => Lean.Grind.IntModule.add_zsmul k l (x i)
  zsmul_natCast_eq_nsmul k x := funext fun i => Lean.Grind.IntModule.zsmul_natCast_eq_nsmul k (x i)

@[simp] theorem zero_apply (i : Fin d) : (0 : Fin d → R) i = 0 := rfl

@[simp] theorem add_apply (x y : Fin d → R) (i : Fin d) : (x + y) i = x i + y i := rfl

@[simp] theorem sub_apply (x y : Fin d → R) (i : Fin d) : (x - y) i = x i - y i := rfl

@[simp] theorem neg_apply (x : Fin d → R) (i : Fin d) : (-x) i = -x i := rfl

/-- Euclidean space: vectors with `d` real entries, with the inner product `∑ i, x i * y i`. -/
noncomputable instance : InnerProductSpace R (Fin d → R) where
  toIntModule := inferInstance
  smul a x := fun i => a * x i
  inner x y := ∑ i, x i * y i
  smul_add' a x y := funext fun i => by simp only [add_apply]; grind
  add_smul' a b x := funext fun i => by simp only [add_apply]; grind
  mul_smul' a b x := funext fun i => by grind
  one_smul' x := funext fun i => by grind
  inner_comm x y := sum_congr fun i => by grind
  inner_add_left x y z := by
    rw [← sum_add]
    exact sum_congr fun i => by simp only [add_apply]; grind
  inner_smul_left' a x y := by
    rw [mul_sum]
    exact sum_congr fun i => by grind
  inner_self_nonneg x := sum_nonneg fun i => mul_self_nonneg (x i)
  eq_zero_of_inner_self x h := funext fun i =>
    sq_eq_zero (by
      have := (sum_eq_zero_iff fun i => mul_self_nonneg (x i)).1 h i
      simp only [] at this
      grind)

@[simp] theorem smul_apply (a : R) (x : Fin d → R) (i : Fin d) : (a • x) i = a * x i := rfl

theorem inner_def (x y : Fin d → R) : ⟪x, y⟫ = ∑ i, x i * y i := rfl

theorem sq_norm (x : Fin d → R) : ‖x‖ ^ 2 = ∑ i, x i ^ 2 := by
  rw [norm_sq, inner_def]
  exact sum_congr fun i => by grind

theorem norm_def (x : Fin d → R) : ‖x‖ = sqrt (∑ i, x i ^ 2) := by
  rw [← sq_norm, sqrt_sq (norm_nonneg x)]

/-- An entry of a vector is at most the norm. -/
theorem abs_apply_le_norm (x : Fin d → R) (i : Fin d) : abs (x i) ≤ ‖x‖ := by
  refine le_of_sq_le_sq (norm_nonneg x) ?_
  rw [sq_abs, sq_norm]
  exact single_le_sum (fun j => sq_nonneg (x j)) i

/-- A vector with one entry has the length of this entry. -/
theorem norm_fin_one (x : Fin 1 → R) : ‖x‖ = abs (x 0) := by
  rw [norm_def, sum_one, sqrt_sq_eq_abs]

/-! ### Matrices -/

/-- The product `A x` of a matrix with a vector: the inner product of each row with `x`. -/
@[expose] noncomputable def mulVec (A : Fin n → Fin d → R) (x : Fin d → R) : Fin n → R :=
  fun i => ∑ j, A i j * x j

/-- The product `Aᵀ y` of the transposed matrix with a vector. -/
@[expose] noncomputable def transposeMulVec (A : Fin n → Fin d → R) (y : Fin n → R) : Fin d → R :=
  fun j => ∑ i, A i j * y i

/-- The square of the Frobenius norm: the sum of the squares of the entries. -/
@[expose] noncomputable def frobeniusSq (A : Fin n → Fin d → R) : R := ∑ i, ∑ j, A i j ^ 2

variable (A : Fin n → Fin d → R)

theorem mulVec_apply (x : Fin d → R) (i : Fin n) : mulVec A x i = ⟪A i, x⟫ := rfl

theorem transposeMulVec_eq_mulVec (y : Fin n → R) :
    transposeMulVec A y = mulVec (fun j i => A i j) y := rfl

@[simp] theorem mulVec_zero : mulVec A 0 = 0 := funext fun i => by
  rw [mulVec_apply, inner_zero_right, zero_apply]

theorem mulVec_add (x y : Fin d → R) : mulVec A (x + y) = mulVec A x + mulVec A y :=
  funext fun i => by simp only [mulVec_apply, add_apply, inner_add_right]

theorem mulVec_sub (x y : Fin d → R) : mulVec A (x - y) = mulVec A x - mulVec A y :=
  funext fun i => by simp only [mulVec_apply, sub_apply, inner_sub_right]

theorem mulVec_neg (x : Fin d → R) : mulVec A (-x) = -mulVec A x :=
  funext fun i => by simp only [mulVec_apply, neg_apply, inner_neg_right]

theorem mulVec_smul (c : R) (x : Fin d → R) : mulVec A (c • x) = c • mulVec A x :=
  funext fun i => by simp only [mulVec_apply, smul_apply, inner_smul_right]

theorem transposeMulVec_add (x y : Fin n → R) :
    transposeMulVec A (x + y) = transposeMulVec A x + transposeMulVec A y := mulVec_add _ x y

theorem transposeMulVec_sub (x y : Fin n → R) :
    transposeMulVec A (x - y) = transposeMulVec A x - transposeMulVec A y := mulVec_sub _ x y

theorem transposeMulVec_smul (c : R) (y : Fin n → R) :
    transposeMulVec A (c • y) = c • transposeMulVec A y := mulVec_smul _ c y

/-- The transposed matrix is the adjoint. -/
theorem inner_mulVec (x : Fin d → R) (y : Fin n → R) :
    ⟪mulVec A x, y⟫ = ⟪x, transposeMulVec A y⟫ := by
  simp only [inner_def, mulVec, transposeMulVec, sum_mul, mul_sum]
  rw [sum_comm]
  exact sum_congr fun j => sum_congr fun i => by grind

theorem inner_transposeMulVec (y : Fin n → R) (x : Fin d → R) :
    ⟪transposeMulVec A y, x⟫ = ⟪y, mulVec A x⟫ := by
  rw [inner_comm, ← inner_mulVec, inner_comm]

theorem frobeniusSq_nonneg : 0 ≤ frobeniusSq A :=
  sum_nonneg fun _ => sum_nonneg fun _ => sq_nonneg _

/-- The Frobenius norm bounds how far a matrix stretches a vector. -/
theorem norm_mulVec_sq_le (x : Fin d → R) : ‖mulVec A x‖ ^ 2 ≤ frobeniusSq A * ‖x‖ ^ 2 := by
  rw [sq_norm, sq_norm, frobeniusSq, sum_mul]
  exact sum_le_sum fun i => sum_mul_sq_le (A i) x

/-- The Frobenius norm bounds how far the transposed matrix stretches a vector. -/
theorem norm_transposeMulVec_sq_le (y : Fin n → R) :
    ‖transposeMulVec A y‖ ^ 2 ≤ frobeniusSq A * ‖y‖ ^ 2 := by
  have h := norm_mulVec_sq_le (fun j i => A i j) y
  rwa [frobeniusSq, sum_comm] at h

end DeepTheory
