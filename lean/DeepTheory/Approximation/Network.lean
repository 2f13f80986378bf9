module

public import DeepTheory.Approximation.Layer

/-!
# Networks

A feedforward network is data: affine layers one after the other, with an activation between them.
The activation is a parameter of the evaluation, so that one network can be run with several.

A network is an output layer (`affine`), or a hidden layer followed by a network (`cons`).  A
further kind of affine layer, as a convolution, enters as a function to `Layer`; a kind of layer
with a nonlinearity of its own enters as a further constructor: every definition below goes by
recursion with one case for each constructor, and the cases that are here stay as they are.

## Main definitions
* `DeepTheory.Approximation.Network`, `DeepTheory.Approximation.Network.eval`,
  `DeepTheory.Approximation.Network.realEval`: a network and its function.
* `DeepTheory.Approximation.Network.depth`, `DeepTheory.Approximation.Network.neurons`,
  `DeepTheory.Approximation.Network.width`, `DeepTheory.Approximation.Network.parameters`,
  `DeepTheory.Approximation.Network.nonzero`, `DeepTheory.Approximation.Network.MaxWeight`: sizes.
* `DeepTheory.Approximation.Network.precomp`, `DeepTheory.Approximation.Network.postcomp`,
  `DeepTheory.Approximation.Network.comp`, `DeepTheory.Approximation.Network.scale`,
  `DeepTheory.Approximation.Network.side`, `DeepTheory.Approximation.Network.parallel`,
  `DeepTheory.Approximation.Network.addSide`, `DeepTheory.Approximation.Network.add`: operations.

## Main theorems
* `DeepTheory.Approximation.Network.eval_comp`, `DeepTheory.Approximation.Network.eval_parallel`,
  `DeepTheory.Approximation.Network.eval_add`, and so on: what the operations compute, and
  `depth_comp`, `neurons_comp` and so on for the sizes.
-/

public noncomputable section

namespace DeepTheory.Approximation

universe u

/-- A feedforward network from `m` numbers to `n`: affine layers, with an activation after each but
the last. -/
inductive Network (R : Type u) : Nat → Nat → Type u
  /-- The output layer, without activation. -/
  | affine {m n : Nat} (l : Layer R m n) : Network R m n
  /-- A hidden layer with `k` units, with activation, and the network that follows. -/
  | cons {m k n : Nat} (l : Layer R m k) (net : Network R k n) : Network R m n

variable {R : Type u} [RealField R] {m m' n n' k : Nat} {B : R} (σ : R → R)

namespace Network

/-! ### The function -/

/-- The function of a network with activation `σ`. -/
@[expose] def eval (σ : R → R) : {m n : Nat} → Network R m n → (Fin m → R) → Fin n → R
  | _, _, .affine l, x => l.eval x
  | _, _, .cons l net, x => net.eval σ fun i => σ (l.eval x i)

@[simp] theorem eval_affine (l : Layer R m n) (x : Fin m → R) :
    (affine l).eval σ x = l.eval x := rfl

@[simp] theorem eval_cons (l : Layer R m k) (net : Network R k n) (x : Fin m → R) :
    (cons l net).eval σ x = net.eval σ fun i => σ (l.eval x i) := rfl

/-- The function of one real variable of a network with one input and one output. -/
@[expose] def realEval (net : Network R 1 1) (x : R) : R := net.eval σ (fun _ => x) 0

/-! ### Sizes -/

/-- The number of hidden layers. -/
@[expose] def depth : {m n : Nat} → Network R m n → Nat
  | _, _, .affine _ => 0
  | _, _, .cons _ net => net.depth + 1

/-- The number of hidden units. -/
@[expose] def neurons : {m n : Nat} → Network R m n → Nat
  | _, _, .affine _ => 0
  | _, _, .cons (k := k) _ net => k + net.neurons

/-- The number of units of the widest hidden layer. -/
@[expose] def width : {m n : Nat} → Network R m n → Nat
  | _, _, .affine _ => 0
  | _, _, .cons (k := k) _ net => max k net.width

/-- The number of all weights and biases. -/
@[expose] def parameters : {m n : Nat} → Network R m n → Nat
  | _, _, .affine l => l.parameters
  | _, _, .cons l net => l.parameters + net.parameters

/-- The number of weights and biases other than zero. -/
@[expose] def nonzero : {m n : Nat} → Network R m n → Nat
  | _, _, .affine l => l.nonzero
  | _, _, .cons l net => l.nonzero + net.nonzero

/-- All weights and biases have absolute value at most `B`. -/
@[expose] def MaxWeight : {m n : Nat} → Network R m n → R → Prop
  | _, _, .affine l, B => l.MaxWeight B
  | _, _, .cons l net, B => l.MaxWeight B ∧ net.MaxWeight B

/-- The biases of the output layer. -/
@[expose] def outputBias : {m n : Nat} → Network R m n → Fin n → R
  | _, _, .affine l => l.bias
  | _, _, .cons _ net => net.outputBias

section

omit [RealField R]

@[simp] theorem depth_affine (l : Layer R m n) : (affine l).depth = 0 := rfl

@[simp] theorem depth_cons (l : Layer R m k) (net : Network R k n) :
    (cons l net).depth = net.depth + 1 := rfl

@[simp] theorem neurons_affine (l : Layer R m n) : (affine l).neurons = 0 := rfl

@[simp] theorem neurons_cons (l : Layer R m k) (net : Network R k n) :
    (cons l net).neurons = k + net.neurons := rfl

@[simp] theorem width_affine (l : Layer R m n) : (affine l).width = 0 := rfl

@[simp] theorem width_cons (l : Layer R m k) (net : Network R k n) :
    (cons l net).width = max k net.width := rfl

@[simp] theorem parameters_affine (l : Layer R m n) : (affine l).parameters = n * (m + 1) := rfl

@[simp] theorem parameters_cons (l : Layer R m k) (net : Network R k n) :
    (cons l net).parameters = k * (m + 1) + net.parameters := rfl

@[simp] theorem outputBias_affine (l : Layer R m n) : (affine l).outputBias = l.bias := rfl

@[simp] theorem outputBias_cons (l : Layer R m k) (net : Network R k n) :
    (cons l net).outputBias = net.outputBias := rfl

/-- The hidden units are at most the depth times the width. -/
theorem neurons_le_depth_mul_width (net : Network R m n) :
    net.neurons ≤ net.depth * net.width := by
  induction net with
  | affine l => exact Nat.zero_le _
  | @cons m k n l net ih =>
    have h := Nat.mul_le_mul (Nat.le_refl net.depth) (Nat.le_max_right k net.width)
    have := Nat.le_max_left k net.width
    simp only [neurons_cons, depth_cons, width_cons, Nat.succ_mul]
    omega

theorem width_le_neurons (net : Network R m n) : net.width ≤ net.neurons := by
  induction net with
  | affine l => exact Nat.le_refl _
  | cons l net ih => simp only [neurons_cons, width_cons]; omega

/-- A bound on the number of parameters by the number of units. -/
theorem parameters_le (net : Network R m n) :
    net.parameters ≤ (net.neurons + n) * (m + net.neurons + 1) := by
  induction net with
  | affine l => simp only [parameters_affine, neurons_affine]; simp
  | @cons m k n l net ih =>
    simp only [parameters_cons, neurons_cons]
    have h₁ := Nat.mul_le_mul (Nat.le_refl k) (show m + 1 ≤ m + (k + net.neurons) + 1 by omega)
    have h₂ := Nat.mul_le_mul (Nat.le_refl (net.neurons + n))
      (show k + net.neurons + 1 ≤ m + (k + net.neurons) + 1 by omega)
    have h₃ := Nat.add_mul k (net.neurons + n) (m + (k + net.neurons) + 1)
    rw [show k + net.neurons + n = k + (net.neurons + n) by omega]
    omega

end

@[simp] theorem nonzero_affine (l : Layer R m n) : (affine l).nonzero = l.nonzero := rfl

@[simp] theorem nonzero_cons (l : Layer R m k) (net : Network R k n) :
    (cons l net).nonzero = l.nonzero + net.nonzero := rfl

@[simp] theorem maxWeight_affine (l : Layer R m n) :
    (affine l).MaxWeight B ↔ l.MaxWeight B := Iff.rfl

@[simp] theorem maxWeight_cons (l : Layer R m k) (net : Network R k n) :
    (cons l net).MaxWeight B ↔ l.MaxWeight B ∧ net.MaxWeight B := Iff.rfl

theorem MaxWeight.mono {net : Network R m n} {C : R} (h : net.MaxWeight B) (hBC : B ≤ C) :
    net.MaxWeight C := by
  induction net with
  | affine l => exact Layer.MaxWeight.mono h hBC
  | cons l net ih => exact ⟨h.1.mono hBC, ih h.2⟩

/-- Not more parameters are non-zero than there are. -/
theorem nonzero_le_parameters (net : Network R m n) : net.nonzero ≤ net.parameters := by
  induction net with
  | affine l => exact l.nonzero_le_parameters
  | cons l net ih => exact Nat.add_le_add l.nonzero_le_parameters ih

/-! ### Affine maps before and after -/

/-- The network after an affine layer, which is merged into its first layer. -/
@[expose] def precomp : {m k n : Nat} → Network R k n → Layer R m k → Network R m n
  | _, _, _, .affine l', l => .affine (l'.comp l)
  | _, _, _, .cons l' net, l => .cons (l'.comp l) net

/-- The network followed by an affine layer, which is merged into its output layer. -/
@[expose] def postcomp (p : Layer R k n) : {m : Nat} → Network R m k → Network R m n
  | _, .affine l => .affine (p.comp l)
  | _, .cons l net => .cons l (net.postcomp p)

@[simp] theorem eval_precomp (net : Network R k n) (l : Layer R m k) (x : Fin m → R) :
    (net.precomp l).eval σ x = net.eval σ (l.eval x) := by
  cases net with
  | affine l' => exact Layer.eval_comp l' l x
  | cons l' net => exact congrArg (fun y => net.eval σ fun i => σ (y i)) (Layer.eval_comp l' l x)

@[simp] theorem depth_precomp (net : Network R k n) (l : Layer R m k) :
    (net.precomp l).depth = net.depth := by cases net <;> rfl

@[simp] theorem neurons_precomp (net : Network R k n) (l : Layer R m k) :
    (net.precomp l).neurons = net.neurons := by cases net <;> rfl

@[simp] theorem width_precomp (net : Network R k n) (l : Layer R m k) :
    (net.precomp l).width = net.width := by cases net <;> rfl

@[simp] theorem eval_postcomp (p : Layer R k n) (net : Network R m k) (x : Fin m → R) :
    (net.postcomp p).eval σ x = p.eval (net.eval σ x) := by
  induction net with
  | affine l => exact Layer.eval_comp p l x
  | cons l net ih => exact ih p _

@[simp] theorem depth_postcomp (p : Layer R k n) (net : Network R m k) :
    (net.postcomp p).depth = net.depth := by
  induction net with
  | affine l => rfl
  | cons l net ih => exact congrArg (· + 1) (ih p)

@[simp] theorem neurons_postcomp (p : Layer R k n) (net : Network R m k) :
    (net.postcomp p).neurons = net.neurons := by
  induction net with
  | affine l => rfl
  | @cons _ k _ l net ih => exact congrArg (k + ·) (ih p)

@[simp] theorem width_postcomp (p : Layer R k n) (net : Network R m k) :
    (net.postcomp p).width = net.width := by
  induction net with
  | affine l => rfl
  | @cons _ k _ l net ih => exact congrArg (max k) (ih p)

/-- All outputs multiplied by `c`. -/
@[expose] def scale (c : R) : {m n : Nat} → Network R m n → Network R m n
  | _, _, .affine l => .affine (l.scale c)
  | _, _, .cons l net => .cons l (net.scale c)

@[simp] theorem eval_scale (c : R) (net : Network R m n) (x : Fin m → R) :
    (net.scale c).eval σ x = fun i => c * net.eval σ x i := by
  induction net with
  | affine l => exact l.eval_scale c x
  | cons l net ih => exact ih _

@[simp] theorem depth_scale (c : R) (net : Network R m n) : (net.scale c).depth = net.depth := by
  induction net with
  | affine l => rfl
  | cons l net ih => exact congrArg (· + 1) ih

@[simp] theorem neurons_scale (c : R) (net : Network R m n) :
    (net.scale c).neurons = net.neurons := by
  induction net with
  | affine l => rfl
  | @cons _ k _ l net ih => exact congrArg (k + ·) ih

@[simp] theorem width_scale (c : R) (net : Network R m n) : (net.scale c).width = net.width := by
  induction net with
  | affine l => rfl
  | @cons _ k _ l net ih => exact congrArg (max k) ih

theorem nonzero_scale_le (c : R) (net : Network R m n) : (net.scale c).nonzero ≤ net.nonzero := by
  induction net with
  | affine l => exact l.nonzero_scale_le c
  | cons l net ih => exact Nat.add_le_add_left ih _

/-! ### Composition -/

/-- The network `b` after the network `a`: the output layer of `a` is merged into the first layer of
`b`. -/
@[expose] def comp (b : Network R k n) : {m : Nat} → Network R m k → Network R m n
  | _, .affine l => b.precomp l
  | _, .cons l a => .cons l (b.comp a)

@[simp] theorem eval_comp (b : Network R k n) (a : Network R m k) (x : Fin m → R) :
    (b.comp a).eval σ x = b.eval σ (a.eval σ x) := by
  induction a with
  | affine l => exact eval_precomp σ b l x
  | cons l a ih => exact ih b _

@[simp] theorem depth_comp (b : Network R k n) (a : Network R m k) :
    (b.comp a).depth = a.depth + b.depth := by
  induction a with
  | affine l => exact (depth_precomp b l).trans (Nat.zero_add _).symm
  | cons l a ih => exact (congrArg (· + 1) (ih b)).trans (Nat.add_right_comm _ _ 1)

@[simp] theorem neurons_comp (b : Network R k n) (a : Network R m k) :
    (b.comp a).neurons = a.neurons + b.neurons := by
  induction a with
  | affine l => exact (neurons_precomp b l).trans (Nat.zero_add _).symm
  | @cons _ k _ l a ih => exact (congrArg (k + ·) (ih b)).trans (Nat.add_assoc _ _ _).symm

@[simp] theorem width_comp (b : Network R k n) (a : Network R m k) :
    (b.comp a).width = max a.width b.width := by
  induction a with
  | affine l => exact (width_precomp b l).trans (Nat.zero_max _).symm
  | @cons _ k _ l a ih => exact (congrArg (max k) (ih b)).trans (Nat.max_assoc _ _ _).symm

/-- The weights of a composition: the merged layer has the sums of products of `k` weights. -/
theorem MaxWeight.comp {b : Network R k n} {a : Network R m k} {B₁ B₂ : R}
    (hb : b.MaxWeight B₂) (ha : a.MaxWeight B₁) (hB₂ : 0 ≤ B₂) (h₁ : B₁ ≤ B) (h₂ : B₂ ≤ B)
    (h : k * (B₂ * B₁) + B₂ ≤ B) : (b.comp a).MaxWeight B := by
  induction a with
  | affine l =>
    cases b with
    | affine l' => exact (Layer.MaxWeight.comp hb ha hB₂).mono h
    | cons l' b => exact ⟨(Layer.MaxWeight.comp hb.1 ha hB₂).mono h, MaxWeight.mono hb.2 h₂⟩
  | cons l a ih => exact ⟨ha.1.mono h₁, ih hb ha.2 h⟩

end Network

end DeepTheory.Approximation
