module

public import DeepTheory.Approximation.Parallel

/-!
# ReLU networks: identity and padding

The rectified linear unit, and networks of any depth that compute the identity with it.

## Main definitions
* `DeepTheory.Approximation.relu`: the positive part.
* `DeepTheory.Approximation.Layer.row`, `DeepTheory.Approximation.Layer.select`,
  `DeepTheory.Approximation.Layer.split`, `DeepTheory.Approximation.Layer.join`: layers for
  gadgets.
* `DeepTheory.Approximation.Network.identity`: the identity with `d` hidden ReLU layers.
* `DeepTheory.Approximation.Network.pad`, `DeepTheory.Approximation.Network.padTo`: more depth for
  the same function.

## Main theorems
* `DeepTheory.Approximation.Network.eval_identity`, `DeepTheory.Approximation.Network.eval_pad`,
  `DeepTheory.Approximation.Network.eval_padTo`: what they compute.
-/

public noncomputable section

namespace DeepTheory.Approximation

universe u

variable {R : Type u} [RealField R] {m m' n n' k d : Nat}

/-- The rectified linear unit: the positive part of a number. -/
@[expose] def relu (x : R) : R := max x 0

theorem relu_eq_max (x : R) : relu x = max x 0 := rfl

theorem relu_of_nonneg {x : R} (h : 0 ≤ x) : relu x = x := max_eq_left h

theorem relu_of_nonpos {x : R} (h : x ≤ 0) : relu x = 0 := max_eq_right h

theorem relu_nonneg (x : R) : 0 ≤ relu x := le_max_right x 0

theorem le_relu (x : R) : x ≤ relu x := le_max_left x 0

/-- The ReLU by cases. -/
theorem relu_cases (x : R) : (0 ≤ x ∧ relu x = x) ∨ (x ≤ 0 ∧ relu x = 0) := by
  rcases le_total 0 x with h | h
  · exact .inl ⟨h, relu_of_nonneg h⟩
  · exact .inr ⟨h, relu_of_nonpos h⟩

/-- A number from the ReLUs of it and its negative. -/
theorem relu_sub_relu_neg (x : R) : relu x - relu (-x) = x := max_zero_sub_max_neg_zero x

/-- The absolute value from the ReLUs of a number and its negative. -/
theorem relu_add_relu_neg (x : R) : relu x + relu (-x) = abs x := max_zero_add_max_neg_zero x

/-- The ReLU of a nonnegative multiple. -/
theorem relu_mul {c : R} (hc : 0 ≤ c) (x : R) : relu (c * x) = c * relu x := by
  unfold relu
  rw [mul_max_of_nonneg _ _ hc, show c * 0 = 0 by grind]

/-- The ReLU is 1-Lipschitz. -/
theorem abs_relu_sub_relu_le (x y : R) : abs (relu x - relu y) ≤ abs (x - y) :=
  abs_max_sub_max_le_abs x y 0

/-! ### Layers for gadgets -/

namespace Layer

/-- One output with weights `w` and bias `b`. -/
@[expose] def row (w : Fin m → R) (b : R) : Layer R m 1 := ⟨fun _ => w, fun _ => b⟩

@[simp] theorem eval_row (w : Fin m → R) (b : R) (x : Fin m → R) (i : Fin 1) :
    (row w b).eval x i = ∑ j, w j * x j + b := rfl

open Classical in
/-- Output `i` is input `e i`. -/
@[expose] def select (R : Type u) [RealField R] (e : Fin n → Fin m) : Layer R m n where
  weight i j := if j = e i then 1 else 0
  bias _ := 0

@[simp] theorem eval_select (e : Fin n → Fin m) (x : Fin m → R) :
    (select R e).eval x = fun i => x (e i) := funext fun i => by
  show (∑ j, (if j = e i then 1 else 0) * x j) + 0 = x (e i)
  rw [sum_eq_single (e i) fun j hj => by rw [if_neg hj]; grind, if_pos rfl]
  grind

/-- The inputs, and then their negatives. -/
@[expose] def split (R : Type u) [RealField R] (n : Nat) : Layer R n (n + n) :=
  (id R n).stack ((id R n).scale (-1))

/-- The first half of the inputs minus the second half. -/
@[expose] def join (R : Type u) [RealField R] (n : Nat) : Layer R (n + n) n :=
  (id R n).addSide ((id R n).scale (-1))

@[simp] theorem eval_split (x : Fin n → R) :
    (split R n).eval x = append x fun i => -x i := by
  simp only [split, eval_stack, eval_id, eval_scale]
  exact congrArg (append x) (funext fun i => by grind)

@[simp] theorem eval_join (x y : Fin n → R) :
    (join R n).eval (append x y) = fun i => x i - y i := by
  simp only [join, eval_addSide, eval_id, eval_scale]
  exact funext fun i => by grind

/-- The identity with all signs turned round has weights at most one. -/
theorem maxWeight_scale_id : ((id R n).scale (-1)).MaxWeight 1 := by
  have h := (maxWeight_id (R := R) (n := n)).scale (-1)
  rw [abs_neg, abs_one] at h
  exact h.mono (by grind)

theorem nonzero_split_le : (split R n).nonzero ≤ 2 * n := by
  have := nonzero_scale_le (-1) (id R n)
  rw [nonzero_id] at this
  simp only [split, nonzero_stack, nonzero_id]
  omega

theorem nonzero_join_le : (join R n).nonzero ≤ 2 * n := by
  have h₁ := nonzero_scale_le (-1) (id R n)
  have h₂ := nonzero_addSide_le (id R n) ((id R n).scale (-1))
  rw [nonzero_id] at h₁ h₂
  unfold join
  omega

theorem maxWeight_split : (split R n).MaxWeight 1 := maxWeight_id.stack maxWeight_scale_id

theorem maxWeight_join : (join R n).MaxWeight 1 :=
  maxWeight_id.addSide maxWeight_scale_id fun i => by
    show abs ((0 : R) + -1 * 0) ≤ 1
    rw [show (0 : R) + -1 * 0 = 0 by grind, abs_zero]
    exact zero_le_one

end Layer

/-! ### The identity -/

namespace Network

/-- The second half of the inputs subtracted from the first, with `d` hidden ReLU layers that
change nothing as all inputs are nonnegative. -/
@[expose] def joinAfter (R : Type u) [RealField R] (n : Nat) : Nat → Network R (n + n) n
  | 0 => .affine (Layer.join R n)
  | d + 1 => .cons (Layer.id R (n + n)) (joinAfter R n d)

/-- The identity on `n` numbers, with `d` hidden ReLU layers of `2 n` units each. -/
@[expose] def identity (R : Type u) [RealField R] (n : Nat) : Nat → Network R n n
  | 0 => .affine (Layer.id R n)
  | d + 1 => .cons (Layer.split R n) (joinAfter R n d)

theorem eval_joinAfter (d : Nat) (x : Fin (n + n) → R) (hx : ∀ i, 0 ≤ x i) :
    (joinAfter R n d).eval relu x = (Layer.join R n).eval x := by
  induction d with
  | zero => rfl
  | succ d ih =>
    simp only [joinAfter, eval_cons, Layer.eval_id]
    rw [show (fun i => relu (x i)) = x from funext fun i => relu_of_nonneg (hx i), ih]

@[simp] theorem eval_identity (d : Nat) (x : Fin n → R) :
    (identity R n d).eval relu x = x := by
  cases d with
  | zero => simp [identity]
  | succ d =>
    simp only [identity, eval_cons, Layer.eval_split]
    rw [eval_joinAfter d _ fun i => relu_nonneg _, map_append, Layer.eval_join]
    exact funext fun i => relu_sub_relu_neg (x i)

theorem size_joinAfter (d : Nat) : (joinAfter R n d).depth = d ∧
    (joinAfter R n d).neurons = 2 * n * d ∧ (joinAfter R n d).width ≤ 2 * n ∧
    (joinAfter R n d).nonzero ≤ 2 * n * (d + 1) ∧ (joinAfter R n d).MaxWeight 1 := by
  induction d with
  | zero =>
    have := Layer.nonzero_join_le (R := R) (n := n)
    exact ⟨rfl, rfl, Nat.zero_le _, by simp only [joinAfter, nonzero_affine]; omega,
      Layer.maxWeight_join⟩
  | succ d ih =>
    obtain ⟨h₁, h₂, h₃, h₄, h₅⟩ := ih
    have e₁ : 2 * n * (d + 1) = 2 * n * d + 2 * n := Nat.mul_succ (2 * n) d
    have e₂ : 2 * n * (d + 1 + 1) = 2 * n * (d + 1) + 2 * n := Nat.mul_succ (2 * n) (d + 1)
    refine ⟨?_, ?_, ?_, ?_, Layer.maxWeight_id, h₅⟩ <;>
      simp only [joinAfter, depth_cons, neurons_cons, width_cons, nonzero_cons,
        Layer.nonzero_id] <;> omega

/-- The sizes of the identity. -/
theorem size_identity (n d : Nat) : (identity R n d).depth = d ∧
    (identity R n d).neurons = 2 * n * d ∧ (identity R n d).width ≤ 2 * n ∧
    (identity R n d).nonzero ≤ 2 * n * (d + 1) ∧ (identity R n d).MaxWeight 1 := by
  cases d with
  | zero =>
    exact ⟨rfl, rfl, Nat.zero_le _, by
      simp only [identity, nonzero_affine, Layer.nonzero_id]; omega, Layer.maxWeight_id⟩
  | succ d =>
    obtain ⟨h₁, h₂, h₃, h₄, h₅⟩ := size_joinAfter (R := R) (n := n) d
    have := Layer.nonzero_split_le (R := R) (n := n)
    have e₁ : 2 * n * (d + 1) = 2 * n * d + 2 * n := Nat.mul_succ (2 * n) d
    have e₂ : 2 * n * (d + 1 + 1) = 2 * n * (d + 1) + 2 * n := Nat.mul_succ (2 * n) (d + 1)
    refine ⟨?_, ?_, ?_, ?_, Layer.maxWeight_split, h₅⟩ <;>
      simp only [identity, depth_cons, neurons_cons, width_cons, nonzero_cons] <;> omega

@[simp] theorem depth_identity (n d : Nat) : (identity R n d).depth = d := (size_identity n d).1

@[simp] theorem neurons_identity (n d : Nat) : (identity R n d).neurons = 2 * n * d :=
  (size_identity n d).2.1

/-! ### Padding -/

/-- The same ReLU function with `d` more hidden layers. -/
@[expose] def pad (d : Nat) (net : Network R m n) : Network R m n := (identity R n d).comp net

/-- The same ReLU function with `D` hidden layers, if it has not more than that. -/
@[expose] def padTo (D : Nat) (net : Network R m n) : Network R m n := net.pad (D - net.depth)

@[simp] theorem eval_pad (d : Nat) (net : Network R m n) (x : Fin m → R) :
    (net.pad d).eval relu x = net.eval relu x := by simp [pad]

@[simp] theorem depth_pad (d : Nat) (net : Network R m n) : (net.pad d).depth = net.depth + d := by
  simp [pad]

@[simp] theorem neurons_pad (d : Nat) (net : Network R m n) :
    (net.pad d).neurons = net.neurons + 2 * n * d := by simp [pad]

theorem width_pad_le (d : Nat) (net : Network R m n) :
    (net.pad d).width ≤ max net.width (2 * n) := by
  have := (size_identity (R := R) n d).2.2.1
  simp only [pad, width_comp]
  omega

@[simp] theorem eval_padTo (D : Nat) (net : Network R m n) (x : Fin m → R) :
    (net.padTo D).eval relu x = net.eval relu x := eval_pad _ net x

theorem depth_padTo {D : Nat} {net : Network R m n} (h : net.depth ≤ D) :
    (net.padTo D).depth = D := by
  rw [padTo, depth_pad]
  omega

@[simp] theorem neurons_padTo (D : Nat) (net : Network R m n) :
    (net.padTo D).neurons = net.neurons + 2 * n * (D - net.depth) := neurons_pad _ net

end Network

end DeepTheory.Approximation
