module

public import DeepTheory.Generalization.ClassCalculus

/-!
# Linear combinations of the functions of a class

## Main definitions
* `DeepTheory.Generalization.BoundedWeights`,
  `DeepTheory.Generalization.FunctionClass.combinations`: the linear combinations of `m` functions
  with weights of absolute sum at most `A`.

## Main theorems
* `DeepTheory.Generalization.FunctionClass.rademacher_combinations_le`: their complexity is at most
  `2 A` times that of the class.

## References
* P. Bartlett, S. Mendelson, *Rademacher and Gaussian complexities*, 2002, Theorem 12.
-/

public section

namespace DeepTheory.Generalization

universe u v v' w

variable {R : Type u} [RealField R] {ι : Type v} {κ : Type v'} {X : Type w} {n : Nat}

/-- The families of `m` weights whose absolute values sum to at most `A`. -/
@[expose] def BoundedWeights (R : Type u) [RealField R] (m : Nat) (A : R) : Type u :=
  {u : Fin m → R // ∑ k, abs (u k) ≤ A}

/-- A linear combination of numbers is at most the absolute sum of the weights times a bound on the
absolute values of the numbers. -/
theorem BoundedWeights.sum_le {m : Nat} {A : R} (u : BoundedWeights R m A) {f : Fin m → R} {c : R}
    (hc : 0 ≤ c) (h : ∀ k, abs (f k) ≤ c) : abs (∑ k, u.1 k * f k) ≤ A * c := by
  refine Std.le_trans (abs_sum_le _) ?_
  have h₁ := sum_le_sum fun k => mul_le_mul_of_nonneg_left (h k) (abs_nonneg (u.1 k))
  rw [← sum_mul] at h₁
  have h₂ := mul_le_mul_of_nonneg_right u.2 hc
  rw [sum_congr fun k => abs_mul _ _]
  exact Std.le_trans h₁ h₂

/-- One weight, of absolute value `A`, among `m`: the others are zero. -/
@[expose] noncomputable def BoundedWeights.single {m : Nat} {A : R} (k : Fin m) (a : R)
    (ha : abs a ≤ A) : BoundedWeights R m A :=
  ⟨fun k' => if k' = k then a else 0, by
    rw [sum_congr (g := fun k' => if k' = k then abs a else 0) fun k' => by
      dsimp only
      split
      · rfl
      · exact abs_zero, sum_ite_eq]
    exact ha⟩

/-- A combination with one weight is a multiple. -/
theorem BoundedWeights.single_sum {m : Nat} {A : R} (k : Fin m) (a : R) (ha : abs a ≤ A)
    (f : Fin m → R) : ∑ k', (single k a ha).1 k' * f k' = a * f k := by
  rw [← sum_ite_eq k fun k' => a * f k']
  refine sum_congr fun k' => ?_
  show (if k' = k then a else 0) * f k' = _
  split <;> grind

namespace FunctionClass

variable (F : FunctionClass R ι X)

/-- The linear combinations of `m` functions of the class with weights whose absolute values sum to
at most `A`. -/
@[expose] noncomputable def combinations (m : Nat) {A : R} (hA : 0 ≤ A) :
    FunctionClass R ((Fin m → ι) × BoundedWeights R m A) X where
  eval p x := ∑ k, p.2.1 k * F.eval (p.1 k) x
  nonempty := F.nonempty.elim fun i => ⟨(fun _ => i, ⟨fun _ => 0, by
    rw [sum_eq_zero fun _ => abs_zero]; exact hA⟩)⟩
  bounded x := (F.bounded x).elim fun M h => ⟨A * M, fun p =>
    p.2.sum_le (F.nonempty.elim fun i => Std.le_trans (abs_nonneg _) (h i)) fun k => h _⟩

theorem combinations_eval {m : Nat} {A : R} (hA : 0 ≤ A)
    (p : (Fin m → ι) × BoundedWeights R m A) (x : X) :
    (F.combinations m hA).eval p x = ∑ k, p.2.1 k * F.eval (p.1 k) x := rfl

/-- The mean of sign times value of one function is, in absolute value, at most the sum of the two
largest means, for the signs and for the opposite signs, in a class with the zero function. -/
theorem abs_le_correlation_add {x : Fin n → X} {i₀ : ι} (h₀ : ∀ j, F.eval i₀ (x j) = 0)
    (σ : Fin n → Bool) (i : ι) : abs ((∑ j, sign R (σ j) * F.eval i (x j)) / n) ≤
      F.correlation x σ + F.correlation x fun j => !σ j := by
  have hz (τ : Fin n → Bool) : 0 ≤ F.correlation x τ := by
    have := F.le_correlation x τ i₀
    rw [sum_eq_zero fun j => by rw [h₀]; grind] at this
    grind
  have h₁ := F.le_correlation x σ i
  have h₂ := F.le_correlation x (fun j => !σ j) i
  rw [sum_sign_not] at h₂
  have h₃ := hz σ
  have h₄ := hz fun j => !σ j
  rw [abs_le]
  grind

/-- Linear combinations of functions of a class with the zero function follow signs at most as well
as `A` times the best function for the signs and the best one for the opposite signs together. -/
theorem correlation_combinations_le (m : Nat) {A : R} (hA : 0 ≤ A) {x : Fin n → X} {i₀ : ι}
    (h₀ : ∀ j, F.eval i₀ (x j) = 0) (σ : Fin n → Bool) :
    (F.combinations m hA).correlation x σ ≤
      A * (F.correlation x σ + F.correlation x fun j => !σ j) := by
  refine lub_le fun p => ?_
  rw [sum_congr fun j => by rw [combinations_eval],
    sum_mul_sum_div (fun j => sign R (σ j)) p.2.1 fun k j => F.eval (p.1 k) (x j)]
  refine Std.le_trans (le_abs_self _) (p.2.sum_le ?_ fun k => F.abs_le_correlation_add h₀ σ _)
  exact Std.le_trans (abs_nonneg _) (F.abs_le_correlation_add h₀ σ i₀)

/-- Linear combinations of functions of a class with the zero function, with weights whose absolute
values sum to at most `A`, have at most `2 A` times the complexity of the class. -/
theorem rademacher_combinations_le (m : Nat) {A : R} (hA : 0 ≤ A) {x : Fin n → X} {i₀ : ι}
    (h₀ : ∀ j, F.eval i₀ (x j) = 0) :
    (F.combinations m hA).rademacher x ≤ 2 * A * F.rademacher x := by
  have h := signAverage_mono fun σ => F.correlation_combinations_le m hA h₀ σ
  rw [signAverage_const_mul, signAverage_add, signAverage_not (F.correlation x)] at h
  unfold rademacher
  grind

/-- Every function, with either sign and with weight `A`, is a linear combination. -/
theorem mul_abs_le_correlation_combinations {m : Nat} (hm : 0 < m) {A : R} (hA : 0 ≤ A)
    (x : Fin n → X) (σ : Fin n → Bool) (i : ι) :
    A * abs ((∑ j, sign R (σ j) * F.eval i (x j)) / n) ≤
      (F.combinations m hA).correlation x σ := by
  have h (a : R) (ha : abs a ≤ A) : a * ((∑ j, sign R (σ j) * F.eval i (x j)) / n) ≤
      (F.combinations m hA).correlation x σ := by
    have := (F.combinations m hA).le_correlation x σ (fun _ => i, .single ⟨0, hm⟩ a ha)
    rwa [sum_congr fun j => by rw [combinations_eval], sum_mul_sum_div (fun j => sign R (σ j))
      (BoundedWeights.single (A := A) (⟨0, hm⟩ : Fin m) a ha).1 fun _ j => F.eval i (x j),
      BoundedWeights.single_sum] at this
  have h₁ := h A (by rw [abs_of_nonneg hA]; exact Std.le_refl _)
  have h₂ := h (-A) (by rw [abs_neg, abs_of_nonneg hA]; exact Std.le_refl _)
  rcases abs_cases ((∑ j, sign R (σ j) * F.eval i (x j)) / (n : R)) with ⟨_, e⟩ | ⟨_, e⟩ <;>
    rw [e] <;> grind

end FunctionClass

end DeepTheory.Generalization
