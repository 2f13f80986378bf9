module

public import DeepTheory.Generalization.TwoLayer

/-!
# Deep networks with bounded incoming weights

Networks of any depth and width in which the incoming weights of every unit have bounded absolute
sum.

## Main definitions
* `DeepTheory.Generalization.FunctionClass.deep`: the class of such networks.
* `DeepTheory.Generalization.deepBound`: the bound.

## Main theorems
* `DeepTheory.Generalization.deep_network`, `DeepTheory.Generalization.deep_network_witness`,
  `DeepTheory.Generalization.deep_network_sharp`.

## References
* B. Neyshabur, R. Tomioka, N. Srebro, *Norm-based capacity control in neural networks*, 2015,
  Theorem 1.
-/

public section

namespace DeepTheory.Generalization

universe u v w

variable {R : Type u} [RealField R] {ι : Type v} {X : Type w} {n : Nat} {A : R}

namespace FunctionClass

variable (F : FunctionClass R ι X)

/-- The networks with `d` layers over a class: layer `d + 1` consists of `∑ k, u k * φ (g k x)` with
`width d` functions `g k` of layer `d` and weights `u` whose absolute values sum to at most `A`. -/
@[expose] noncomputable def deep (φ : R → R) (hφ : ∀ a b, abs (φ a - φ b) ≤ 1 * abs (a - b))
    (width : Nat → Nat) (hA : 0 ≤ A) : Nat → (κ : Type (max u v)) × FunctionClass R κ X
  | 0 => ⟨ULift.{u} ι, F.reindex ULift.down (F.nonempty.elim fun i => ⟨⟨i⟩⟩)⟩
  | d + 1 => ⟨(Fin (width d) → (deep φ hφ width hA d).1) × BoundedWeights R (width d) A,
      (deep φ hφ width hA d).2.twoLayer φ hφ (width d) hA⟩

variable {φ : R → R} (hφ : ∀ a b, abs (φ a - φ b) ≤ 1 * abs (a - b)) (width : Nat → Nat)
  (hA : 0 ≤ A)

private theorem deep_zero_rademacher (x : Fin n → X) :
    (F.deep φ hφ width hA 0).2.rademacher x = F.rademacher x :=
  F.rademacher_reindex ULift.down (fun i => ⟨⟨i⟩, rfl⟩) _ x

/-- Every layer has a function that is zero on the sample if the first class has. -/
theorem exists_deep_eval_zero {x : Fin n → X} {i₀ : ι} (h₀ : ∀ j, F.eval i₀ (x j) = 0) (d : Nat) :
    ∃ i, ∀ j, (F.deep φ hφ width hA d).2.eval i (x j) = 0 := by
  cases d with
  | zero => exact ⟨⟨i₀⟩, h₀⟩
  | succ d =>
    obtain ⟨i⟩ := (F.deep φ hφ width hA d).2.nonempty
    refine ⟨(fun _ => i, ⟨fun _ => 0, by rw [sum_eq_zero fun _ => abs_zero]; exact hA⟩),
      fun j => ?_⟩
    exact sum_eq_zero fun k => by grind

end FunctionClass

/-- The complexity `r` of the first class times `2 A` for each of `d` layers. -/
@[expose] def deepBound (A r : R) (d : Nat) : R := (2 * A) ^ d * r

/-- **Deep networks by norms.** In a network with `d` layers over a class of first functions that
has the zero function, with an activation of Lipschitz constant one that is zero at zero, let the
incoming weights of every unit have absolute sum at most `A`.  Then the Rademacher complexity is at
most `(2 A) ^ d` times that of the first functions, whatever the widths.

Depth enters as a power, and with weights of absolute sum at most one half each further layer costs
nothing.  The number of units and of weights does not count.

* controls: generalization
* assumes: the activation is 1-Lipschitz and zero at zero, some first function is zero on the
  sample, sum of the absolute incoming weights of each unit at most A, any widths
* bound: Generalization.deepBound
* witness: Generalization.deep_network_witness
* sharp: Generalization.deep_network_sharp (equality for one layer, up to the factor 1 / 2 for each
  further layer, so up to constants the power A ^ d cannot be improved)
* source: Neyshabur, Tomioka, Srebro 2015, Theorem 1 -/
theorem deep_network (F : FunctionClass R ι X) {φ : R → R}
    (hφ : ∀ a b, abs (φ a - φ b) ≤ 1 * abs (a - b)) (hφ₀ : φ 0 = 0) (width : Nat → Nat)
    (hA : 0 ≤ A) {x : Fin n → X} {i₀ : ι} (h₀ : ∀ j, F.eval i₀ (x j) = 0) (d : Nat) :
    (F.deep φ hφ width hA d).2.rademacher x ≤ deepBound A (F.rademacher x) d := by
  unfold deepBound
  induction d with
  | zero =>
    rw [FunctionClass.deep_zero_rademacher, pow_zero]
    grind
  | succ d ih =>
    obtain ⟨i, hi⟩ := F.exists_deep_eval_zero hφ width hA h₀ d
    have h₁ := two_layer (F.deep φ hφ width hA d).2 hφ hφ₀ (width d) hA hi
    have h₂ := mul_le_mul_of_nonneg_left ih (show 0 ≤ 2 * A by grind)
    unfold twoLayerBound at h₁
    refine Std.le_trans h₁ (Std.le_trans h₂ ?_)
    rw [pow_succ]
    grind

/-- The hypotheses of `deep_network` are met by the positive part as the activation, the functions
zero and one as the first functions and `A = 1`, and the bound is positive, for any depth and any
number of points. -/
theorem deep_network_witness (hn : 0 < n) (d : Nat) :
    (∀ a b : R, abs (max a 0 - max b 0) ≤ 1 * abs (a - b)) ∧ max (0 : R) 0 = 0 ∧ (0 : R) ≤ 1 ∧
    (∀ _ : Fin n, (FunctionClass.withZero fun _ : Unit => (1 : R)).eval false () = 0) ∧
    0 < deepBound 1
      ((FunctionClass.withZero fun _ : Unit => (1 : R)).rademacher fun _ : Fin n => ()) d :=
  ⟨lipschitz_max_zero, max_self 0, zero_le_one, fun _ => rfl,
    mul_pos (pow_pos (by grind) d)
      (FunctionClass.rademacher_withZero_pos (R := R) hn fun _ : Fin n => ())⟩

/-- Over the functions zero and `f`, not negative on the sample, and with the positive part as the
activation, layer `d` has only multiples of `f` on the sample, by at most `A ^ d`. -/
theorem deep_withZero_eval {f : X → R} {x : Fin n → X} (hf : ∀ j, 0 ≤ f (x j))
    (width : Nat → Nat) (hA : 0 ≤ A) (d : Nat)
    (i : ((FunctionClass.withZero f).deep (fun a => max a 0) lipschitz_max_zero width hA d).1) :
    ∃ c, abs c ≤ A ^ d ∧ ∀ j, ((FunctionClass.withZero f).deep (fun a => max a 0)
      lipschitz_max_zero width hA d).2.eval i (x j) = c * f (x j) := by
  induction d with
  | zero =>
    obtain ⟨b⟩ := i
    rw [pow_zero]
    cases b
    · refine ⟨0, by rw [abs_zero]; exact zero_le_one, fun j => ?_⟩
      show (0 : R) = _
      grind
    · refine ⟨1, by rw [abs_one]; exact Std.le_refl _, fun j => ?_⟩
      show f (x j) = _
      grind
  | succ d ih =>
    obtain ⟨c, hc⟩ := Classical.axiomOfChoice fun k => ih (i.1 k)
    refine ⟨∑ k, i.2.1 k * max (c k) 0, ?_, fun j => ?_⟩
    · rw [pow_succ, Lean.Grind.CommSemiring.mul_comm]
      refine i.2.sum_le (pow_nonneg hA d) fun k => ?_
      have := (hc k).1
      have := abs_cases (c k)
      have := abs_cases (max (c k) 0)
      grind
    · rw [sum_mul]
      refine sum_congr fun k => ?_
      show i.2.1 k * max (((FunctionClass.withZero f).deep (fun a => max a 0)
        lipschitz_max_zero width hA d).2.eval (i.1 k) (x j)) 0 = _
      have h := max_mul_of_nonneg (c k) 0 (hf j)
      rw [show (0 : R) * f (x j) = 0 by grind] at h
      rw [(hc k).2 j, ← h]
      exact (Lean.Grind.Semiring.mul_assoc _ _ _).symm

/-- There the multiple by `A ^ d` occurs, if the widths are positive. -/
theorem exists_deep_withZero_eval {f : X → R} {x : Fin n → X} (hf : ∀ j, 0 ≤ f (x j))
    {width : Nat → Nat} (hw : ∀ d, 0 < width d) (hA : 0 ≤ A) (d : Nat) :
    ∃ i, ∀ j, ((FunctionClass.withZero f).deep (fun a => max a 0)
      lipschitz_max_zero width hA d).2.eval i (x j) = A ^ d * f (x j) := by
  induction d with
  | zero =>
    refine ⟨⟨true⟩, fun j => ?_⟩
    show f (x j) = _
    rw [pow_zero]
    grind
  | succ d ih =>
    obtain ⟨i, hi⟩ := ih
    have ha : abs A ≤ A := by rw [abs_of_nonneg hA]; exact Std.le_refl _
    refine ⟨(fun _ => i, .single ⟨0, hw d⟩ A ha), fun j => ?_⟩
    refine (BoundedWeights.single_sum (⟨0, hw d⟩ : Fin (width d)) A ha fun _ =>
      max (((FunctionClass.withZero f).deep (fun a => max a 0) lipschitz_max_zero width hA
        d).2.eval i (x j)) 0).trans ?_
    rw [hi, max_eq_left (mul_nonneg (pow_nonneg hA d) (hf j)), pow_succ]
    grind

/-- With the positive part as the activation and the first functions zero and `f`, for every
function `f` that is not negative on the sample, and positive widths, the complexity of the networks
with `d + 1` layers is the bound divided by `2 ^ d`. -/
theorem deep_network_sharp {f : X → R} {x : Fin n → X} (hf : ∀ j, 0 ≤ f (x j))
    {width : Nat → Nat} (hw : ∀ d, 0 < width d) (hA : 0 ≤ A) (d : Nat) :
    ((FunctionClass.withZero f).deep (fun a => max a 0) lipschitz_max_zero width hA
        (d + 1)).2.rademacher x =
      deepBound A ((FunctionClass.withZero f).rademacher x) (d + 1) / 2 ^ d := by
  have h₁ := FunctionClass.two_mul_rademacher_withZero f x
  have h₂ : deepBound A ((FunctionClass.withZero f).rademacher x) (d + 1) / 2 ^ d =
      signAverage fun σ => A ^ (d + 1) * abs ((∑ j, sign R (σ j) * f (x j)) / (n : R)) := by
    rw [signAverage_const_mul, ← h₁, deepBound, mul_pow, pow_succ (2 : R)]
    have := two_pow_pos (R := R) d
    generalize (2 : R) ^ d = t at *
    generalize A ^ (d + 1) = s at *
    grind
  rw [h₂]
  refine signAverage_congr fun σ => Std.le_antisymm (lub_le fun i => ?_) ?_
  · obtain ⟨c, hc, he⟩ := deep_withZero_eval hf width hA (d + 1) i
    rw [sum_congr (g := fun j => c * (sign R (σ j) * f (x j))) fun j => by
      dsimp only; rw [he]; grind, ← mul_sum,
      show c * (∑ j, sign R (σ j) * f (x j)) / (n : R) =
        c * ((∑ j, sign R (σ j) * f (x j)) / n) by grind]
    refine Std.le_trans (le_abs_self _) ?_
    rw [abs_mul]
    exact mul_le_mul_of_nonneg_right hc (abs_nonneg _)
  · obtain ⟨i, hi⟩ := exists_deep_withZero_eval hf hw hA d
    have h₃ := (((FunctionClass.withZero f).deep (fun a => max a 0) lipschitz_max_zero width hA
      d).2.comp (fun _ a => max a 0)
      fun _ => lipschitz_max_zero).mul_abs_le_correlation_combinations (hw d) hA x σ i
    have hp := pow_nonneg hA d
    rw [sum_congr (g := fun j => A ^ d * (sign R (σ j) * f (x j))) fun j => by
      dsimp only
      rw [FunctionClass.comp_eval, hi, max_eq_left (mul_nonneg hp (hf j))]
      grind, ← mul_sum,
      show A ^ d * (∑ j, sign R (σ j) * f (x j)) / (n : R) =
        A ^ d * ((∑ j, sign R (σ j) * f (x j)) / n) by grind, abs_mul, abs_of_nonneg hp] at h₃
    refine Std.le_trans ?_ h₃
    rw [pow_succ]
    grind

end DeepTheory.Generalization
