module

public import DeepTheory.Reals.Lub
public import DeepTheory.Reals.Sum
public import DeepTheory.Reals.Pow

/-!
# Rademacher complexity

How well the best function of a class can follow random signs on a sample: averaged over all
vectors of signs, the largest mean of sign times value.

## Main definitions
* `DeepTheory.Generalization.FunctionClass`: a class of real functions, indexed by any type, with
  a member and bounded at each point.
* `DeepTheory.Generalization.signAverage`: the average over all vectors of signs.
* `DeepTheory.Generalization.FunctionClass.rademacher`: the empirical Rademacher complexity of a
  class on a sample.

## Main theorems
* `DeepTheory.Generalization.FunctionClass.rademacher_nonneg`,
  `DeepTheory.Generalization.FunctionClass.rademacher_le_of_cover`: it is not negative, and monotone
  in the class.

## References
* P. Bartlett, S. Mendelson, *Rademacher and Gaussian complexities*, 2002.
-/

public section

namespace DeepTheory.Generalization

universe u v w

variable {R : Type u} [RealField R] {ι : Type v} {X : Type w} {n : Nat}

/-- A class of real functions on `X`: an indexed family with a member, bounded at each point, so
that suprema over the class on finite samples exist. -/
structure FunctionClass (R : Type u) [RealField R] (ι : Type v) (X : Type w) where
  /-- The value of the function with index `i` at a point. -/
  eval : ι → X → R
  /-- There is a function. -/
  nonempty : Nonempty ι
  /-- At each point the values are bounded. -/
  bounded : ∀ x, ∃ M, ∀ i, abs (eval i x) ≤ M

/-- A sign: plus one for `true`, minus one for `false`. -/
@[expose] noncomputable def sign (R : Type u) [RealField R] (b : Bool) : R := if b then 1 else -1

@[simp] theorem sign_true : sign R true = 1 := rfl

@[simp] theorem sign_false : sign R false = -1 := rfl

@[simp] theorem sign_not (b : Bool) : sign R (!b) = -sign R b := by
  cases b <;> simp
  grind

theorem abs_sign (b : Bool) : abs (sign R b) = 1 := by
  cases b
  · rw [sign_false, abs_neg, abs_one]
  · rw [sign_true, abs_one]

@[simp] theorem sign_mul_self (b : Bool) : sign R b * sign R b = 1 := by cases b <;> simp <;> grind

/-! ### Averages over signs -/

/-- The average of a function over all vectors of `n` signs. -/
@[expose] noncomputable def signAverage (f : (Fin n → Bool) → R) : R := (∑ σ, f σ) / 2 ^ n

theorem signAverage_congr {f g : (Fin n → Bool) → R} (h : ∀ σ, f σ = g σ) :
    signAverage f = signAverage g := congrArg _ (funext h)

theorem signAverage_mono {f g : (Fin n → Bool) → R} (h : ∀ σ, f σ ≤ g σ) :
    signAverage f ≤ signAverage g :=
  div_le_div_of_nonneg_right (sum_le_sum h) (le_of_lt (two_pow_pos n))

theorem signAverage_add (f g : (Fin n → Bool) → R) :
    signAverage (fun σ => f σ + g σ) = signAverage f + signAverage g := by
  unfold signAverage
  rw [sum_add]
  grind

theorem signAverage_const_mul (c : R) (f : (Fin n → Bool) → R) :
    signAverage (fun σ => c * f σ) = c * signAverage f := by
  unfold signAverage
  rw [← mul_sum]
  grind

@[simp] theorem signAverage_const (c : R) : signAverage (fun _ : Fin n → Bool => c) = c := by
  have := two_pow_pos (R := R) n
  unfold signAverage
  rw [sum_const_card, card_fun, card_bool, natCast_two_pow]
  grind

/-- The first sign apart. -/
theorem signAverage_succ (f : (Fin (n + 1) → Bool) → R) : signAverage f =
    (signAverage (fun σ => f (cons false σ)) + signAverage fun σ => f (cons true σ)) / 2 := by
  have := two_pow_pos (R := R) n
  unfold signAverage
  rw [sum_fun_succ, sum_bool, pow_succ]
  grind

@[simp] theorem signAverage_zero (f : (Fin 0 → Bool) → R) :
    signAverage f = f fun i => i.elim0 := by
  unfold signAverage
  rw [sum_fun_zero, pow_zero]
  grind

/-- The average does not change where some fixed signs are turned round. -/
theorem signAverage_xor (τ : Fin n → Bool) (f : (Fin n → Bool) → R) :
    signAverage (fun σ => f fun i => xor (τ i) (σ i)) = signAverage f := by
  have h (σ : Fin n → Bool) : (fun i => xor (τ i) (xor (τ i) (σ i))) = σ :=
    funext fun i => by cases τ i <;> cases σ i <;> rfl
  exact congrArg (· / (2 : R) ^ n) (sum_equiv (fun σ i => xor (τ i) (σ i))
    (fun σ i => xor (τ i) (σ i)) h h f)

/-- The average does not change where all signs are turned round. -/
theorem signAverage_not (f : (Fin n → Bool) → R) :
    signAverage (fun σ => f fun i => !σ i) = signAverage f := by
  rw [← signAverage_xor (fun _ => true) f]
  exact signAverage_congr fun σ => congrArg f (funext fun i => by cases σ i <;> rfl)

/-! ### The complexity -/

namespace FunctionClass

variable (F : FunctionClass R ι X)

/-- The means of sign times value on a sample are bounded. -/
theorem boundedAbove_sum (x : Fin n → X) (c : Fin n → R) :
    BoundedAbove fun i => ∑ j, c j * F.eval i (x j) := by
  let M (j : Fin n) : R := Classical.choose (F.bounded (x j))
  have hM (j : Fin n) (i : ι) : abs (F.eval i (x j)) ≤ M j :=
    Classical.choose_spec (F.bounded (x j)) i
  refine ⟨∑ j, abs (c j) * M j, fun i => sum_le_sum fun j => Std.le_trans (le_abs_self _) ?_⟩
  rw [abs_mul]
  exact mul_le_mul_of_nonneg_left (hM j i) (abs_nonneg _)

/-- The means of sign times value on a sample are bounded. -/
theorem boundedAbove_correlation (x : Fin n → X) (σ : Fin n → Bool) :
    BoundedAbove fun i => (∑ j, sign R (σ j) * F.eval i (x j)) / n :=
  (F.boundedAbove_sum x fun j => sign R (σ j)).elim fun M h =>
    ⟨M / n, fun i => div_le_div_of_nonneg_right (h i) (natCast_nonneg n)⟩

/-- The largest mean of sign times value over the class: a least upper bound. -/
@[expose] noncomputable def correlation (x : Fin n → X) (σ : Fin n → Bool) : R :=
  lub (fun i => (∑ j, sign R (σ j) * F.eval i (x j)) / n) F.nonempty
    (F.boundedAbove_correlation x σ)

/-- The empirical Rademacher complexity of a class on a sample: the average over all vectors of
signs of the largest mean of sign times value. -/
@[expose] noncomputable def rademacher (x : Fin n → X) : R := signAverage (F.correlation x)

/-- A member follows the signs at most as well as the best one. -/
theorem le_correlation (x : Fin n → X) (σ : Fin n → Bool) (i : ι) :
    (∑ j, sign R (σ j) * F.eval i (x j)) / n ≤ F.correlation x σ :=
  le_lub F.nonempty (F.boundedAbove_correlation x σ) i

/-- A sign vector and its opposite cannot both be followed badly. -/
theorem correlation_add_correlation_not_nonneg (x : Fin n → X) (σ : Fin n → Bool) :
    0 ≤ F.correlation x σ + F.correlation x fun i => !σ i := by
  obtain ⟨i⟩ := F.nonempty
  have h₁ := F.le_correlation x σ i
  have h₂ := F.le_correlation x (fun i => !σ i) i
  rw [sum_congr (g := fun j => -(sign R (σ j) * F.eval i (x j))) fun j => by
    rw [sign_not]; grind, sum_neg] at h₂
  grind

/-- The complexity is not negative. -/
theorem rademacher_nonneg (x : Fin n → X) : 0 ≤ F.rademacher x := by
  have h : (0 : R) ≤ signAverage fun σ => F.correlation x σ + F.correlation x fun i => !σ i := by
    rw [← signAverage_const (n := n) (0 : R)]
    exact signAverage_mono fun σ => F.correlation_add_correlation_not_nonneg x σ
  rw [signAverage_add, signAverage_not] at h
  unfold rademacher
  grind

/-- A class whose values on a sample all occur in another class, there on another sample, has at
most the complexity of the other. -/
theorem rademacher_le_of_cover {κ : Type _} {Y : Type _} (G : FunctionClass R κ Y) (x : Fin n → X)
    (y : Fin n → Y) (h : ∀ i, ∃ k, ∀ j, F.eval i (x j) = G.eval k (y j)) :
    F.rademacher x ≤ G.rademacher y :=
  signAverage_mono fun σ => lub_le_lub fun i => (h i).elim fun k hk =>
    ⟨k, le_of_eq (by rw [sum_congr fun j => by rw [hk j]])⟩

end FunctionClass

end DeepTheory.Generalization
