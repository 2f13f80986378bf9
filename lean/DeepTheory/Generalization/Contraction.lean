module

public import DeepTheory.Generalization.Combinations
public import DeepTheory.Reals.MaxMin

/-!
# Contraction

A Lipschitz function applied to all functions of a class multiplies its Rademacher complexity by at
most the Lipschitz constant.

## Main definitions
* `DeepTheory.Generalization.FunctionClass.comp`: the class composed with a Lipschitz function,
  which may depend on the point, as a loss depends on the label.
* `DeepTheory.Generalization.contractionBound`: the bound.

## Main theorems
* `DeepTheory.Generalization.signAverage_lub_le`: the comparison of averages of suprema, with a
  Lipschitz function for each coordinate and an offset.
* `DeepTheory.Generalization.contraction`, `DeepTheory.Generalization.contraction_witness`,
  `DeepTheory.Generalization.contraction_sharp`.

## References
* M. Ledoux, M. Talagrand, *Probability in Banach Spaces*, 1991, Theorem 4.12.
* R. Meir, T. Zhang, *Generalization error bounds for Bayesian mixture algorithms*, 2003, Lemma 5.
-/

public section

namespace DeepTheory.Generalization

universe u v w

variable {R : Type u} [RealField R] {ι : Type v} {X : Type w} {n : Nat} {L : R}

/-! ### Lipschitz functions -/

/-- A Lipschitz constant is not negative. -/
theorem lipschitz_nonneg {φ : R → R} (hφ : ∀ a b, abs (φ a - φ b) ≤ L * abs (a - b)) : 0 ≤ L := by
  have h := hφ 1 0
  rw [show (1 : R) - 0 = 1 by grind, abs_one] at h
  have := abs_nonneg (φ 1 - φ 0)
  grind

/-- Multiplication by a nonnegative number has that number as its Lipschitz constant. -/
theorem lipschitz_const_mul (hL : 0 ≤ L) (a b : R) :
    abs (L * a - L * b) ≤ L * abs (a - b) := by
  rw [show L * a - L * b = L * (a - b) by grind, abs_mul, abs_of_nonneg hL]
  exact Std.le_refl _

/-- The positive part has the Lipschitz constant one. -/
theorem lipschitz_max_zero (a b : R) : abs (max a 0 - max b 0) ≤ 1 * abs (a - b) := by
  have := abs_max_sub_max_le_abs a b 0
  grind

/-- A Lipschitz function at a bounded argument is bounded. -/
theorem abs_lipschitz_le {φ : R → R} (hφ : ∀ a b, abs (φ a - φ b) ≤ L * abs (a - b)) {t M : R}
    (ht : abs t ≤ M) : abs (φ t) ≤ L * M + abs (φ 0) := by
  have h₁ := hφ t 0
  have h₂ := abs_add_le (φ t - φ 0) (φ 0)
  have h₃ := mul_le_mul_of_nonneg_left ht (lipschitz_nonneg hφ)
  rw [show t - 0 = t by grind] at h₁
  rw [show φ t - φ 0 + φ 0 = φ t by grind] at h₂
  grind

/-- A Lipschitz function of a bounded family is bounded. -/
theorem bounded_lipschitz {φ : R → R} (hφ : ∀ a b, abs (φ a - φ b) ≤ L * abs (a - b))
    {t : ι → R} (ht : ∃ M, ∀ i, abs (t i) ≤ M) : ∃ M, ∀ i, abs (φ (t i)) ≤ M :=
  ht.elim fun _ h => ⟨_, fun i => abs_lipschitz_le hφ (h i)⟩

/-! ### Comparison of averages -/

/-- A family that is bounded above, plus a linear combination of bounded ones, is bounded above. -/
theorem boundedAbove_add_sum {G : ι → R} {v : Fin n → ι → R} (hG : BoundedAbove G)
    (hv : ∀ j, ∃ M, ∀ i, abs (v j i) ≤ M) (s : Fin n → R) :
    BoundedAbove fun i => G i + ∑ j, s j * v j i := by
  let M (j : Fin n) : R := Classical.choose (hv j)
  have hM (j : Fin n) (i : ι) : abs (v j i) ≤ M j := Classical.choose_spec (hv j) i
  refine hG.add ⟨∑ j, abs (s j) * M j, fun i => sum_le_sum fun j =>
    Std.le_trans (le_abs_self _) ?_⟩
  rw [abs_mul]
  exact mul_le_mul_of_nonneg_left (hM j i) (abs_nonneg _)

/-- The same with one term. -/
theorem boundedAbove_add_mul {G t : ι → R} (hG : BoundedAbove G) (ht : ∃ M, ∀ i, abs (t i) ≤ M)
    (s : R) : BoundedAbove fun i => G i + s * t i := by
  refine hG.add (ht.elim fun M h => ⟨abs s * M, fun i => Std.le_trans (le_abs_self _) ?_⟩)
  rw [abs_mul]
  exact mul_le_mul_of_nonneg_left (h i) (abs_nonneg _)

/-- One coordinate: the two least upper bounds, with either sign before a Lipschitz function of
`t i`, do not decrease together where `L * t i` takes its place. -/
theorem lub_add_lub_le_of_lipschitz {G B t : ι → R} {φ : R → R}
    (hφ : ∀ a b, abs (φ a - φ b) ≤ L * abs (a - b)) {hι : Nonempty ι}
    {h₁ : BoundedAbove fun i => G i + sign R false * φ (t i) + B i}
    {h₂ : BoundedAbove fun i => G i + sign R true * φ (t i) + B i}
    {h₃ : BoundedAbove fun i => G i + sign R false * (L * t i) + B i}
    {h₄ : BoundedAbove fun i => G i + sign R true * (L * t i) + B i} :
    lub (fun i => G i + sign R false * φ (t i) + B i) hι h₁ +
        lub (fun i => G i + sign R true * φ (t i) + B i) hι h₂ ≤
      lub (fun i => G i + sign R false * (L * t i) + B i) hι h₃ +
        lub (fun i => G i + sign R true * (L * t i) + B i) hι h₄ := by
  refine lub_add_lub_le fun i k => ?_
  have a₁ := le_lub hι h₃ i
  have a₂ := le_lub hι h₄ i
  have b₁ := le_lub hι h₃ k
  have b₂ := le_lub hι h₄ k
  have hl := abs_le.1 (hφ (t i) (t k))
  generalize lub _ hι h₃ = y₃ at *
  generalize lub _ hι h₄ = y₄ at *
  clear h₁ h₂ h₃ h₄
  simp only [sign_false, sign_true] at *
  clear hφ
  generalize φ (t i) = p at *
  generalize φ (t k) = q at *
  rcases abs_cases (t i - t k) with ⟨_, e⟩ | ⟨_, e⟩ <;> rw [e] at hl <;> grind

/-- The first sign apart, within a least upper bound. -/
theorem lub_cons {G : ι → R} {v : Fin (n + 1) → ι → R} {hι : Nonempty ι} {b : Bool}
    {σ : Fin n → Bool}
    {h : BoundedAbove fun i => G i + ∑ j, sign R (cons b σ j) * v j i}
    {h' : BoundedAbove fun i => G i + sign R b * v 0 i +
      ∑ j : Fin n, sign R (σ j) * v j.succ i} :
    lub (fun i => G i + ∑ j, sign R (cons b σ j) * v j i) hι h =
      lub (fun i => G i + sign R b * v 0 i + ∑ j : Fin n, sign R (σ j) * v j.succ i) hι h' :=
  lub_congr fun i => by
    rw [sum_succ']
    simp only [cons_zero, cons_succ]
    grind

/-- The average over signs of a least upper bound does not decrease where Lipschitz functions of
the coordinates are replaced by the multiples by the Lipschitz constant. -/
theorem signAverage_lub_le {G : ι → R} {v : Fin n → ι → R} {φ : Fin n → R → R}
    (hG : BoundedAbove G) (hv : ∀ j, ∃ M, ∀ i, abs (v j i) ≤ M)
    (hφ : ∀ j a b, abs (φ j a - φ j b) ≤ L * abs (a - b)) (hι : Nonempty ι)
    {h : ∀ σ : Fin n → Bool, BoundedAbove fun i => G i + ∑ j, sign R (σ j) * φ j (v j i)}
    {h' : ∀ σ : Fin n → Bool, BoundedAbove fun i => G i + ∑ j, sign R (σ j) * (L * v j i)} :
    signAverage (fun σ => lub (fun i => G i + ∑ j, sign R (σ j) * φ j (v j i)) hι (h σ)) ≤
      signAverage fun σ => lub (fun i => G i + ∑ j, sign R (σ j) * (L * v j i)) hι (h' σ) := by
  induction n generalizing G with
  | zero => exact signAverage_mono fun σ => lub_mono fun i => Std.le_refl _
  | succ n ih =>
    have hL := lipschitz_nonneg (hφ 0)
    have hw₁ (j : Fin (n + 1)) := bounded_lipschitz (hφ j) (hv j)
    have hw₂ (j : Fin (n + 1)) := bounded_lipschitz (lipschitz_const_mul hL) (hv j)
    have hB (b : Bool) (σ : Fin n → Bool) :=
      boundedAbove_add_sum (boundedAbove_add_mul hG (hw₁ 0) (sign R b)) (fun j => hw₁ j.succ)
        fun j => sign R (σ j)
    have hC (b : Bool) (σ : Fin n → Bool) :=
      boundedAbove_add_sum (boundedAbove_add_mul hG (hw₂ 0) (sign R b)) (fun j => hw₁ j.succ)
        fun j => sign R (σ j)
    have hD (b : Bool) (σ : Fin n → Bool) :=
      boundedAbove_add_sum (boundedAbove_add_mul hG (hw₂ 0) (sign R b)) (fun j => hw₂ j.succ)
        fun j => sign R (σ j)
    have h₁ (b : Bool) : signAverage (fun σ => lub (fun i => G i +
        ∑ j, sign R (cons b σ j) * φ j (v j i)) hι (h (cons b σ))) =
        signAverage fun σ => lub _ hι (hB b σ) :=
      signAverage_congr fun σ => lub_cons (v := fun j i => φ j (v j i))
    have h₂ (b : Bool) : signAverage (fun σ => lub (fun i => G i +
        ∑ j, sign R (cons b σ j) * (L * v j i)) hι (h' (cons b σ))) =
        signAverage fun σ => lub _ hι (hD b σ) :=
      signAverage_congr fun σ => lub_cons (v := fun j i => L * v j i)
    have h₃ : (signAverage fun σ => lub _ hι (hB false σ)) +
        (signAverage fun σ => lub _ hι (hB true σ)) ≤
        (signAverage fun σ => lub _ hι (hC false σ)) +
        signAverage fun σ => lub _ hι (hC true σ) := by
      rw [← signAverage_add, ← signAverage_add]
      exact signAverage_mono fun σ => lub_add_lub_le_of_lipschitz (hφ 0)
    have h₄ (b : Bool) : (signAverage fun σ => lub _ hι (hC b σ)) ≤
        signAverage fun σ => lub _ hι (hD b σ) :=
      ih (boundedAbove_add_mul hG (hw₂ 0) (sign R b)) (fun j => hv j.succ) fun j => hφ j.succ
    rw [signAverage_succ, signAverage_succ, h₁, h₁, h₂, h₂]
    exact div_le_div_of_nonneg_right (Std.le_trans h₃ (add_le_add (h₄ false) (h₄ true)))
      (by grind)

/-! ### The complexity -/

namespace FunctionClass

variable (F : FunctionClass R ι X)

/-- The functions of a class followed by a Lipschitz function, which may depend on the point. -/
@[expose] noncomputable def comp (φ : X → R → R)
    (hφ : ∀ x a b, abs (φ x a - φ x b) ≤ L * abs (a - b)) : FunctionClass R ι X where
  eval i x := φ x (F.eval i x)
  nonempty := F.nonempty
  bounded x := bounded_lipschitz (hφ x) (F.bounded x)

theorem comp_eval (φ : X → R → R) (hφ : ∀ x a b, abs (φ x a - φ x b) ≤ L * abs (a - b)) (i : ι)
    (x : X) : (F.comp φ hφ).eval i x = φ x (F.eval i x) := rfl

/-- The complexity as an average of least upper bounds of sums. -/
theorem rademacher_eq_signAverage (x : Fin n → X)
    {h : ∀ σ : Fin n → Bool, BoundedAbove fun i =>
      (0 : R) + ∑ j, sign R (σ j) * F.eval i (x j)} :
    F.rademacher x = (n : R)⁻¹ * signAverage fun σ =>
      lub (fun i => 0 + ∑ j, sign R (σ j) * F.eval i (x j)) F.nonempty (h σ) := by
  rw [← signAverage_const_mul]
  refine signAverage_congr fun σ => ?_
  rw [correlation_eq_div, Lean.Grind.Field.div_eq_mul_inv, Lean.Grind.CommSemiring.mul_comm]
  exact congrArg _ (lub_congr fun i => by grind)

end FunctionClass

/-- The Lipschitz constant `L` times the complexity `r`. -/
@[expose] def contractionBound (L r : R) : R := L * r

/-- **Contraction.** A function with Lipschitz constant `L`, which may depend on the point, applied
to all functions of a class multiplies the Rademacher complexity by at most `L`.

So the complexity of the losses of a predictor is at most that of the predictors themselves, times
the Lipschitz constant of the loss in the prediction, and an activation such as the positive part
costs nothing.  The complexity is the one without absolute values around the mean, for which there
is no factor 2 and the function need not be zero at zero.

* controls: generalization
* assumes: at each point the function is L-Lipschitz; any class of functions bounded at each point;
  any sample
* bound: Generalization.contractionBound
* witness: Generalization.contraction_witness
* sharp: Generalization.contraction_sharp (equality for multiplication by L, for every class)
* source: Ledoux, Talagrand 1991, Theorem 4.12 -/
theorem contraction (F : FunctionClass R ι X) {φ : X → R → R}
    (hφ : ∀ x a b, abs (φ x a - φ x b) ≤ L * abs (a - b)) (x : Fin n → X) :
    (F.comp φ hφ).rademacher x ≤ contractionBound L (F.rademacher x) := by
  unfold contractionBound
  cases n with
  | zero =>
    rw [FunctionClass.rademacher_zero, FunctionClass.rademacher_zero]
    grind
  | succ n =>
    have hL := lipschitz_nonneg (hφ (x 0))
    have hv (j : Fin (n + 1)) := F.bounded (x j)
    have hG : BoundedAbove fun _ : ι => (0 : R) := ⟨0, fun _ => Std.le_refl _⟩
    have h := mul_le_mul_of_nonneg_left (signAverage_lub_le (φ := fun j => φ (x j)) hG hv
      (fun j => hφ (x j)) F.nonempty
      (h := fun σ => boundedAbove_add_sum hG (fun j => bounded_lipschitz (hφ (x j)) (hv j)) _)
      (h' := fun σ => boundedAbove_add_sum hG
        (fun j => bounded_lipschitz (lipschitz_const_mul hL) (hv j)) _))
      (inv_nonneg (natCast_nonneg (R := R) (n + 1)))
    have h₁ := F.rademacher_scale L x
    rw [abs_of_nonneg hL] at h₁
    rw [← h₁]
    rw [(F.comp φ hφ).rademacher_eq_signAverage x, (F.scale L).rademacher_eq_signAverage x]
    exact h

/-- The hypotheses of `contraction` are met by the positive part with `L = 1` and the class of the
functions zero and one, and the bound is positive, for any number of points. -/
theorem contraction_witness (hn : 0 < n) :
    (∀ (_ : Unit) (a b : R), abs (max a 0 - max b 0) ≤ 1 * abs (a - b)) ∧
    0 < contractionBound 1
      ((FunctionClass.withZero fun _ : Unit => (1 : R)).rademacher fun _ : Fin n => ()) := by
  refine ⟨fun _ => lipschitz_max_zero, ?_⟩
  have := FunctionClass.rademacher_withZero_pos (R := R) hn fun _ : Fin n => ()
  unfold contractionBound
  grind

/-- The bound is attained by multiplication by `L`, for every class and every sample. -/
theorem contraction_sharp (F : FunctionClass R ι X) (hL : 0 ≤ L) (x : Fin n → X) :
    (F.comp (fun _ a => L * a) fun _ => lipschitz_const_mul hL).rademacher x =
      contractionBound L (F.rademacher x) := by
  have h := F.rademacher_scale L x
  rw [abs_of_nonneg hL] at h
  exact h

end DeepTheory.Generalization
