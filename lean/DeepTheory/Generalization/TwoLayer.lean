module

public import DeepTheory.Generalization.Contraction

/-!
# Two-layer networks with bounded output weights

Networks `∑ k, u k * φ (g k x)` with hidden functions from any class and output weights of bounded
absolute sum, of any width.

## Main definitions
* `DeepTheory.Generalization.FunctionClass.twoLayer`: the class of such networks.
* `DeepTheory.Generalization.twoLayerBound`: the bound.

## Main theorems
* `DeepTheory.Generalization.two_layer`, `DeepTheory.Generalization.two_layer_witness`,
  `DeepTheory.Generalization.two_layer_sharp`.

## References
* P. Bartlett, S. Mendelson, *Rademacher and Gaussian complexities*, 2002, Theorem 18.
-/

public section

namespace DeepTheory.Generalization

universe u v w

variable {R : Type u} [RealField R] {ι : Type v} {X : Type w} {n m : Nat} {A : R}

namespace FunctionClass

variable (F : FunctionClass R ι X)

/-- The networks `∑ k, u k * φ (g k x)` with `m` hidden functions `g k` from a class, an activation
`φ` with Lipschitz constant one, and output weights `u` whose absolute values sum to at most `A`. -/
@[expose] noncomputable def twoLayer (φ : R → R) (hφ : ∀ a b, abs (φ a - φ b) ≤ 1 * abs (a - b))
    (m : Nat) (hA : 0 ≤ A) : FunctionClass R ((Fin m → ι) × BoundedWeights R m A) X :=
  (F.comp (fun _ => φ) fun _ => hφ).combinations m hA

theorem twoLayer_eval {φ : R → R} (hφ : ∀ a b, abs (φ a - φ b) ≤ 1 * abs (a - b)) (hA : 0 ≤ A)
    (p : (Fin m → ι) × BoundedWeights R m A) (x : X) :
    (F.twoLayer φ hφ m hA).eval p x = ∑ k, p.2.1 k * φ (F.eval (p.1 k) x) := rfl

end FunctionClass

/-- Twice the bound `A` on the output weights times the complexity `r` of the hidden functions. -/
@[expose] def twoLayerBound (A r : R) : R := 2 * A * r

/-- **Two-layer networks by norms.** The networks `∑ k, u k * φ (g k x)`, with hidden functions
`g k` from any class that has the zero function, an activation with Lipschitz constant one that is
zero at zero, and output weights whose absolute values sum to at most `A`, have at most `2 A` times
the Rademacher complexity of the hidden functions, whatever the width.

With linear functions of bounded norm as the hidden functions and the positive part as the
activation these are the two-layer networks with bounded weights: their complexity is governed by
the sizes of the weights, and the number of units does not count.

* controls: generalization
* assumes: the activation is 1-Lipschitz and zero at zero, some hidden function is zero on the
  sample, sum of the absolute output weights at most A, any width
* bound: Generalization.twoLayerBound
* witness: Generalization.two_layer_witness
* sharp: Generalization.two_layer_sharp (equality for the positive part and the hidden functions
  zero and f, for every f that is not negative, on every sample)
* source: Bartlett, Mendelson 2002, Theorem 18 -/
theorem two_layer (F : FunctionClass R ι X) {φ : R → R}
    (hφ : ∀ a b, abs (φ a - φ b) ≤ 1 * abs (a - b)) (hφ₀ : φ 0 = 0) (m : Nat) (hA : 0 ≤ A)
    {x : Fin n → X} {i₀ : ι} (h₀ : ∀ j, F.eval i₀ (x j) = 0) :
    (F.twoLayer φ hφ m hA).rademacher x ≤ twoLayerBound A (F.rademacher x) := by
  have h₁ := (F.comp (fun _ => φ) fun _ => hφ).rademacher_combinations_le m hA (x := x) (i₀ := i₀)
    fun j => by rw [FunctionClass.comp_eval, h₀, hφ₀]
  have h₂ := contraction F (fun _ => hφ) x
  unfold contractionBound at h₂
  have h₃ := mul_le_mul_of_nonneg_left h₂ (show 0 ≤ 2 * A by grind)
  unfold twoLayerBound FunctionClass.twoLayer
  grind

/-- The hypotheses of `two_layer` are met by the positive part as the activation, the functions zero
and one as the hidden functions and `A = 1`, and the bound is positive, for any number of points. -/
theorem two_layer_witness (hn : 0 < n) :
    (∀ a b : R, abs (max a 0 - max b 0) ≤ 1 * abs (a - b)) ∧ max (0 : R) 0 = 0 ∧ (0 : R) ≤ 1 ∧
    (∀ _ : Fin n, (FunctionClass.withZero fun _ : Unit => (1 : R)).eval false () = 0) ∧
    0 < twoLayerBound 1
      ((FunctionClass.withZero fun _ : Unit => (1 : R)).rademacher fun _ : Fin n => ()) := by
  refine ⟨lipschitz_max_zero, max_self 0, zero_le_one, fun _ => rfl, ?_⟩
  have := FunctionClass.rademacher_withZero_pos (R := R) hn fun _ : Fin n => ()
  unfold twoLayerBound
  grind

/-- The bound is attained, with its factor two, by the positive part as the activation and the
hidden functions zero and `f`, for every function `f` that is not negative on the sample, every
`A` and every positive width. -/
theorem two_layer_sharp {f : X → R} {x : Fin n → X} (hf : ∀ j, 0 ≤ f (x j)) (hm : 0 < m)
    (hA : 0 ≤ A) :
    ((FunctionClass.withZero f).twoLayer (fun a => max a 0) lipschitz_max_zero m hA).rademacher x =
      twoLayerBound A ((FunctionClass.withZero f).rademacher x) := by
  refine Std.le_antisymm (two_layer _ lipschitz_max_zero (max_self 0) m hA (i₀ := false)
    fun _ => rfl) ?_
  have h₁ := FunctionClass.two_mul_rademacher_withZero f x
  have h₂ := signAverage_mono fun σ => ((FunctionClass.withZero f).comp (fun _ a => max a 0)
    fun _ => lipschitz_max_zero).mul_abs_le_correlation_combinations hm hA x σ true
  have h₃ (σ : Fin n → Bool) : ∑ j, sign R (σ j) * ((FunctionClass.withZero f).comp
      (fun _ a => max a 0) fun _ => lipschitz_max_zero).eval true (x j) =
      ∑ j, sign R (σ j) * f (x j) := sum_congr fun j => by
    rw [FunctionClass.comp_eval, FunctionClass.withZero_eval_true, max_eq_left (hf j)]
  rw [signAverage_congr fun σ => by rw [h₃], signAverage_const_mul, ← h₁] at h₂
  unfold twoLayerBound
  refine Std.le_trans ?_ h₂
  grind

end DeepTheory.Generalization
