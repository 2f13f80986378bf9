module

public import DeepTheory.Approximation.Network

/-!
# Networks next to each other

Networks of equal depth run next to each other, and their sums.

## Main definitions
* `DeepTheory.Approximation.Network.side`, `DeepTheory.Approximation.Network.parallel`: two networks
  with their own inputs, or with the same inputs, and the outputs of one after those of the other.
* `DeepTheory.Approximation.Network.addSide`, `DeepTheory.Approximation.Network.add`: the outputs
  are added.
* `DeepTheory.Approximation.Network.zero`: the zero function with a given number of hidden layers.
* `DeepTheory.Approximation.Network.sumFamily`,
  `DeepTheory.Approximation.Network.parallelFamily`: the sum of finitely many networks, and finitely
  many networks with one output each next to each other.

## Main theorems
* `DeepTheory.Approximation.Network.eval_parallel`, `DeepTheory.Approximation.Network.eval_add`,
  `DeepTheory.Approximation.Network.eval_sumFamily`,
  `DeepTheory.Approximation.Network.eval_parallelFamily`: what they compute, with
  `neurons_parallel`, `nonzero_parallel` and so on for the sizes.
-/

public noncomputable section

namespace DeepTheory.Approximation.Network

universe u

variable {R : Type u} [RealField R] {m m' n n' k d : Nat} {B : R} (σ : R → R)

/-! ### Two networks with their own inputs -/

/-- Two networks of equal depth next to each other, each with its own inputs and outputs. -/
@[expose] def side : {m n m' n' : Nat} → (a : Network R m n) → (b : Network R m' n') →
    a.depth = b.depth → Network R (m + m') (n + n')
  | _, _, _, _, .affine l, .affine l', _ => .affine (l.side l')
  | _, _, _, _, .cons l a, .cons l' b, h => .cons (l.side l') (side a b (Nat.succ.inj h))

/-- Two networks of equal depth, each with its own inputs, and the sums of their outputs. -/
@[expose] def addSide : {m n m' : Nat} → (a : Network R m n) → (b : Network R m' n) →
    a.depth = b.depth → Network R (m + m') n
  | _, _, _, .affine l, .affine l', _ => .affine (l.addSide l')
  | _, _, _, .cons l a, .cons l' b, h => .cons (l.side l') (addSide a b (Nat.succ.inj h))

@[simp] theorem eval_side (a : Network R m n) (b : Network R m' n') (h : a.depth = b.depth)
    (x : Fin m → R) (x' : Fin m' → R) :
    (side a b h).eval σ (append x x') = append (a.eval σ x) (b.eval σ x') := by
  induction a generalizing m' with
  | affine l =>
    cases b with
    | affine l' => simp [side]
    | cons l' b => simp at h
  | cons l a ih =>
    cases b with
    | affine l' => simp at h
    | cons l' b => simp [side, map_append, ih]

@[simp] theorem eval_addSide (a : Network R m n) (b : Network R m' n) (h : a.depth = b.depth)
    (x : Fin m → R) (x' : Fin m' → R) :
    (addSide a b h).eval σ (append x x') = fun i => a.eval σ x i + b.eval σ x' i := by
  induction a generalizing m' with
  | affine l =>
    cases b with
    | affine l' => simp [addSide]
    | cons l' b => simp at h
  | cons l a ih =>
    cases b with
    | affine l' => simp at h
    | cons l' b => simp [addSide, map_append, ih]

/-- The sizes of two networks next to each other. -/
theorem size_side (a : Network R m n) (b : Network R m' n') (h : a.depth = b.depth) :
    (side a b h).depth = a.depth ∧ (side a b h).neurons = a.neurons + b.neurons ∧
      (side a b h).width ≤ a.width + b.width ∧ (side a b h).nonzero = a.nonzero + b.nonzero ∧
      (side a b h).outputBias = append a.outputBias b.outputBias := by
  induction a generalizing m' with
  | affine l =>
    cases b with
    | affine l' => simp [side, Layer.side]
    | cons l' b => simp at h
  | cons l a ih =>
    cases b with
    | affine l' => simp at h
    | cons l' b =>
      obtain ⟨h₁, h₂, h₃, h₄, h₅⟩ := ih b (Nat.succ.inj h)
      simp only [side, depth_cons, neurons_cons, width_cons, nonzero_cons, outputBias_cons,
        Layer.nonzero_side, h₁, h₂, h₄, h₅]
      omega

/-- The sizes of the sum of two networks with their own inputs. -/
theorem size_addSide (a : Network R m n) (b : Network R m' n) (h : a.depth = b.depth) :
    (addSide a b h).depth = a.depth ∧ (addSide a b h).neurons = a.neurons + b.neurons ∧
      (addSide a b h).width ≤ a.width + b.width ∧
      (addSide a b h).nonzero ≤ a.nonzero + b.nonzero ∧
      (addSide a b h).outputBias = fun i => a.outputBias i + b.outputBias i := by
  induction a generalizing m' with
  | affine l =>
    cases b with
    | affine l' => simpa [addSide, Layer.addSide] using Layer.nonzero_addSide_le l l'
    | cons l' b => simp at h
  | cons l a ih =>
    cases b with
    | affine l' => simp at h
    | cons l' b =>
      obtain ⟨h₁, h₂, h₃, h₄, h₅⟩ := ih b (Nat.succ.inj h)
      simp only [addSide, depth_cons, neurons_cons, width_cons, nonzero_cons, outputBias_cons,
        Layer.nonzero_side, h₁, h₂, h₅]
      omega

theorem MaxWeight.side {a : Network R m n} {b : Network R m' n'} (ha : a.MaxWeight B)
    (hb : b.MaxWeight B) (hB : 0 ≤ B) (h : a.depth = b.depth) :
    (side a b h).MaxWeight B := by
  induction a generalizing m' with
  | affine l =>
    cases b with
    | affine l' => exact Layer.MaxWeight.side ha hb hB
    | cons l' b => simp at h
  | cons l a ih =>
    cases b with
    | affine l' => simp at h
    | cons l' b =>
      exact ⟨Layer.MaxWeight.side ha.1 hb.1 hB, ih ha.2 hb.2 (Nat.succ.inj h)⟩

/-- In the sum of two networks with their own inputs only the output biases may grow. -/
theorem MaxWeight.addSide {a : Network R m n} {b : Network R m' n} (ha : a.MaxWeight B)
    (hb : b.MaxWeight B) (hB : 0 ≤ B) (h : a.depth = b.depth)
    (ho : ∀ i, abs (a.outputBias i + b.outputBias i) ≤ B) : (addSide a b h).MaxWeight B := by
  induction a generalizing m' with
  | affine l =>
    cases b with
    | affine l' => exact Layer.MaxWeight.addSide ha hb ho
    | cons l' b => simp at h
  | cons l a ih =>
    cases b with
    | affine l' => simp at h
    | cons l' b =>
      exact ⟨Layer.MaxWeight.side ha.1 hb.1 hB, ih ha.2 hb.2 (Nat.succ.inj h) ho⟩

/-! ### Two networks with the same inputs -/

/-- Two networks of equal depth with the same inputs, and the outputs of the second after those of
the first. -/
@[expose] def parallel : {m n n' : Nat} → (a : Network R m n) → (b : Network R m n') →
    a.depth = b.depth → Network R m (n + n')
  | _, _, _, .affine l, .affine l', _ => .affine (l.stack l')
  | _, _, _, .cons l a, .cons l' b, h => .cons (l.stack l') (side a b (Nat.succ.inj h))

/-- Two networks of equal depth with the same inputs, and the sums of their outputs. -/
@[expose] def add : {m n : Nat} → (a b : Network R m n) → a.depth = b.depth → Network R m n
  | _, _, .affine l, .affine l', _ => .affine (l.add l')
  | _, _, .cons l a, .cons l' b, h => .cons (l.stack l') (addSide a b (Nat.succ.inj h))

@[simp] theorem eval_parallel (a : Network R m n) (b : Network R m n') (h : a.depth = b.depth)
    (x : Fin m → R) : (parallel a b h).eval σ x = append (a.eval σ x) (b.eval σ x) := by
  cases a with
  | affine l =>
    cases b with
    | affine l' => simp [parallel]
    | cons l' b => simp at h
  | cons l a =>
    cases b with
    | affine l' => simp at h
    | cons l' b => simp [parallel, map_append]

@[simp] theorem eval_add (a b : Network R m n) (h : a.depth = b.depth) (x : Fin m → R) :
    (add a b h).eval σ x = fun i => a.eval σ x i + b.eval σ x i := by
  cases a with
  | affine l =>
    cases b with
    | affine l' => simp [add]
    | cons l' b => simp at h
  | cons l a =>
    cases b with
    | affine l' => simp at h
    | cons l' b => simp [add, map_append]

/-- The sizes of two networks with the same inputs next to each other. -/
theorem size_parallel (a : Network R m n) (b : Network R m n') (h : a.depth = b.depth) :
    (parallel a b h).depth = a.depth ∧ (parallel a b h).neurons = a.neurons + b.neurons ∧
      (parallel a b h).width ≤ a.width + b.width ∧
      (parallel a b h).nonzero = a.nonzero + b.nonzero ∧
      (parallel a b h).outputBias = append a.outputBias b.outputBias := by
  cases a with
  | affine l =>
    cases b with
    | affine l' => simp [parallel, Layer.stack]
    | cons l' b => simp at h
  | cons l a =>
    cases b with
    | affine l' => simp at h
    | cons l' b =>
      obtain ⟨h₁, h₂, h₃, h₄, h₅⟩ := size_side a b (Nat.succ.inj h)
      simp only [parallel, depth_cons, neurons_cons, width_cons, nonzero_cons, outputBias_cons,
        Layer.nonzero_stack, h₁, h₂, h₄, h₅]
      omega

/-- The sizes of the sum of two networks. -/
theorem size_add (a b : Network R m n) (h : a.depth = b.depth) :
    (add a b h).depth = a.depth ∧ (add a b h).neurons = a.neurons + b.neurons ∧
      (add a b h).width ≤ a.width + b.width ∧ (add a b h).nonzero ≤ a.nonzero + b.nonzero ∧
      (add a b h).outputBias = fun i => a.outputBias i + b.outputBias i := by
  cases a with
  | affine l =>
    cases b with
    | affine l' => simpa [add, Layer.add] using Layer.nonzero_add_le l l'
    | cons l' b => simp at h
  | cons l a =>
    cases b with
    | affine l' => simp at h
    | cons l' b =>
      obtain ⟨h₁, h₂, h₃, h₄, h₅⟩ := size_addSide a b (Nat.succ.inj h)
      simp only [add, depth_cons, neurons_cons, width_cons, nonzero_cons, outputBias_cons,
        Layer.nonzero_stack, h₁, h₂, h₅]
      omega

theorem MaxWeight.parallel {a : Network R m n} {b : Network R m n'} (ha : a.MaxWeight B)
    (hb : b.MaxWeight B) (hB : 0 ≤ B) (h : a.depth = b.depth) :
    (parallel a b h).MaxWeight B := by
  cases a with
  | affine l =>
    cases b with
    | affine l' => exact Layer.MaxWeight.stack ha hb
    | cons l' b => simp at h
  | cons l a =>
    cases b with
    | affine l' => simp at h
    | cons l' b => exact ⟨Layer.MaxWeight.stack ha.1 hb.1, ha.2.side hb.2 hB (Nat.succ.inj h)⟩

/-- In the sum of two networks with hidden layers only the output biases may grow. -/
theorem MaxWeight.add {a b : Network R m n} (ha : a.MaxWeight B) (hb : b.MaxWeight B)
    (hB : 0 ≤ B) (h : a.depth = b.depth) (hd : 0 < a.depth)
    (ho : ∀ i, abs (a.outputBias i + b.outputBias i) ≤ B) : (add a b h).MaxWeight B := by
  cases a with
  | affine l => simp at hd
  | cons l a =>
    cases b with
    | affine l' => simp at h
    | cons l' b =>
      exact ⟨Layer.MaxWeight.stack ha.1 hb.1, ha.2.addSide hb.2 hB (Nat.succ.inj h) ho⟩

section

variable (a : Network R m n)

@[simp] theorem depth_side (b : Network R m' n') (h : a.depth = b.depth) :
    (side a b h).depth = a.depth := (size_side a b h).1

@[simp] theorem neurons_side (b : Network R m' n') (h : a.depth = b.depth) :
    (side a b h).neurons = a.neurons + b.neurons := (size_side a b h).2.1

@[simp] theorem nonzero_side (b : Network R m' n') (h : a.depth = b.depth) :
    (side a b h).nonzero = a.nonzero + b.nonzero := (size_side a b h).2.2.2.1

@[simp] theorem depth_parallel (b : Network R m n') (h : a.depth = b.depth) :
    (parallel a b h).depth = a.depth := (size_parallel a b h).1

@[simp] theorem neurons_parallel (b : Network R m n') (h : a.depth = b.depth) :
    (parallel a b h).neurons = a.neurons + b.neurons := (size_parallel a b h).2.1

theorem width_parallel_le (b : Network R m n') (h : a.depth = b.depth) :
    (parallel a b h).width ≤ a.width + b.width := (size_parallel a b h).2.2.1

@[simp] theorem nonzero_parallel (b : Network R m n') (h : a.depth = b.depth) :
    (parallel a b h).nonzero = a.nonzero + b.nonzero := (size_parallel a b h).2.2.2.1

@[simp] theorem depth_add (b : Network R m n) (h : a.depth = b.depth) :
    (add a b h).depth = a.depth := (size_add a b h).1

@[simp] theorem neurons_add (b : Network R m n) (h : a.depth = b.depth) :
    (add a b h).neurons = a.neurons + b.neurons := (size_add a b h).2.1

theorem width_add_le (b : Network R m n) (h : a.depth = b.depth) :
    (add a b h).width ≤ a.width + b.width := (size_add a b h).2.2.1

theorem nonzero_add_le (b : Network R m n) (h : a.depth = b.depth) :
    (add a b h).nonzero ≤ a.nonzero + b.nonzero := (size_add a b h).2.2.2.1

@[simp] theorem outputBias_add (b : Network R m n) (h : a.depth = b.depth) :
    (add a b h).outputBias = fun i => a.outputBias i + b.outputBias i := (size_add a b h).2.2.2.2

end

/-! ### Finitely many networks -/

/-- The zero function, with `d` hidden layers without units. -/
@[expose] def zero (R : Type u) [RealField R] (m n : Nat) : Nat → Network R m n
  | 0 => .affine ⟨fun _ _ => 0, fun _ => 0⟩
  | d + 1 => .cons ⟨fun i => i.elim0, fun i => i.elim0⟩ (zero R 0 n d)

@[simp] theorem eval_zero (d : Nat) (x : Fin m → R) :
    (zero R m n d).eval σ x = fun _ => 0 := by
  induction d generalizing m with
  | zero => exact funext fun i => by
      show (∑ j, 0 * x j) + 0 = 0
      rw [sum_eq_zero fun j => by grind]; grind
  | succ d ih => simp [zero, ih]

/-- The sizes of the zero network. -/
theorem size_zero (m n d : Nat) : (zero R m n d).depth = d ∧ (zero R m n d).neurons = 0 ∧
    (zero R m n d).width = 0 ∧ (zero R m n d).nonzero = 0 ∧
    (zero R m n d).outputBias = fun _ => 0 := by
  induction d generalizing m with
  | zero => simp [zero, Layer.nonzero]
  | succ d ih => simp [zero, ih, Layer.nonzero]

theorem maxWeight_zero (m n d : Nat) (hB : 0 ≤ B) : (zero R m n d).MaxWeight B := by
  induction d generalizing m with
  | zero =>
    have h₀ : abs (0 : R) ≤ B := by rw [abs_zero]; exact hB
    exact ⟨fun _ _ => h₀, fun _ => h₀⟩
  | succ d ih => exact ⟨⟨fun i => i.elim0, fun i => i.elim0⟩, ih 0⟩

@[simp] theorem depth_zero (m n d : Nat) : (zero R m n d).depth = d := (size_zero m n d).1

/-- The sum of `k` networks of depth `d`, with that depth. -/
@[expose] def sumFamily (d : Nat) : {k : Nat} → (nets : Fin k → Network R m n) →
    (∀ i, (nets i).depth = d) → {net : Network R m n // net.depth = d}
  | 0, _, _ => ⟨zero R m n d, depth_zero m n d⟩
  | _ + 1, nets, h =>
    let s := sumFamily d (fun i => nets i.castSucc) fun i => h i.castSucc
    have hs : s.1.depth = (nets (Fin.last _)).depth := s.2.trans (h _).symm
    ⟨add s.1 (nets (Fin.last _)) hs, (depth_add _ _ _).trans s.2⟩

end DeepTheory.Approximation.Network
