module

public import DeepTheory.Generalization.LinearClass
public import DeepTheory.Generalization.TwoLayer

/-!
# Two-layer ReLU networks by norms

The bound for two-layer networks with the linear functions of bounded norm as the first layer.

## Main theorems
* `DeepTheory.Generalization.relu_network`: weights of norm at most `B` into every hidden unit and
  output weights of absolute sum at most `A` give the complexity `2 A B X / sqrt n` on inputs of
  norm at most `X`, for any number of hidden units.

## References
* P. Bartlett, S. Mendelson, *Rademacher and Gaussian complexities*, 2002, Theorem 18.
-/

public section

namespace DeepTheory.Generalization

universe u v

variable {R : Type u} [RealField R] {V : Type v} [InnerProductSpace R V] {n : Nat} {A B X : R}

/-- **Two-layer ReLU networks by norms.** The networks `∑ k, u k * max ⟪w k, x⟫ 0` with `m` hidden
units, weights `w k` of norm at most `B` and output weights `u` of absolute sum at most `A` have
Rademacher complexity at most `2 A B X / sqrt n` on `n` inputs of norm at most `X`, whatever the
number of hidden units. -/
theorem relu_network (hA : 0 ≤ A) (hB : 0 ≤ B) (hX : 0 ≤ X) (m : Nat) {x : Fin n → V}
    (hx : ∀ j, ‖x j‖ ≤ X) (hn : 0 < n) :
    ((linearL2 V B hB).twoLayer (fun a => max a 0) lipschitz_max_zero m hA).rademacher x ≤
      twoLayerBound A (linearL2Bound B X n) := by
  have h₀ (j : Fin n) : (linearL2 V B hB).eval ⟨0, by rw [norm_zero]; exact hB⟩ (x j) = 0 :=
    inner_zero_left (x j)
  have h₁ := two_layer (linearL2 V B hB) lipschitz_max_zero (max_self 0) m hA h₀
  have h₂ := mul_le_mul_of_nonneg_left (linear_l2 hB hX hx hn) (show 0 ≤ 2 * A by grind)
  unfold twoLayerBound at *
  exact Std.le_trans h₁ h₂

end DeepTheory.Generalization
