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
    | affine l' =>
      exact ⟨rfl, rfl, Nat.le_refl _, Layer.nonzero_side l l', rfl⟩
    | cons l' b => simp at h
  | cons l a ih =>
    cases b with
    | affine l' => simp at h
    | cons l' b =>
      obtain ⟨h₁, h₂, h₃, h₄, h₅⟩ := ih b (Nat.succ.inj h)
      refine ⟨congrArg (· + 1) h₁, ?_, ?_, ?_, h₅⟩ <;>
        simp only [side, neurons_cons, width_cons, nonzero_cons, Layer.nonzero_side] <;> omega

/-- The sizes of the sum of two networks with their own inputs. -/
theorem size_addSide (a : Network R m n) (b : Network R m' n) (h : a.depth = b.depth) :
    (addSide a b h).depth = a.depth ∧ (addSide a b h).neurons = a.neurons + b.neurons ∧
      (addSide a b h).width ≤ a.width + b.width ∧
      (addSide a b h).nonzero ≤ a.nonzero + b.nonzero ∧
      (addSide a b h).outputBias = fun i => a.outputBias i + b.outputBias i := by
  induction a generalizing m' with
  | affine l =>
    cases b with
    | affine l' =>
      exact ⟨rfl, rfl, Nat.le_refl _, Layer.nonzero_addSide_le l l', rfl⟩
    | cons l' b => simp at h
  | cons l a ih =>
    cases b with
    | affine l' => simp at h
    | cons l' b =>
      obtain ⟨h₁, h₂, h₃, h₄, h₅⟩ := ih b (Nat.succ.inj h)
      refine ⟨congrArg (· + 1) h₁, ?_, ?_, ?_, h₅⟩ <;>
        simp only [addSide, neurons_cons, width_cons, nonzero_cons, Layer.nonzero_side] <;> omega

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
    | affine l' =>
      exact ⟨rfl, rfl, Nat.le_refl _, Layer.nonzero_stack l l', rfl⟩
    | cons l' b => simp at h
  | cons l a =>
    cases b with
    | affine l' => simp at h
    | cons l' b =>
      obtain ⟨h₁, h₂, h₃, h₄, h₅⟩ := size_side a b (Nat.succ.inj h)
      refine ⟨congrArg (· + 1) h₁, ?_, ?_, ?_, h₅⟩ <;>
        simp only [parallel, neurons_cons, width_cons, nonzero_cons, Layer.nonzero_stack] <;> omega

/-- The sizes of the sum of two networks. -/
theorem size_add (a b : Network R m n) (h : a.depth = b.depth) :
    (add a b h).depth = a.depth ∧ (add a b h).neurons = a.neurons + b.neurons ∧
      (add a b h).width ≤ a.width + b.width ∧ (add a b h).nonzero ≤ a.nonzero + b.nonzero ∧
      (add a b h).outputBias = fun i => a.outputBias i + b.outputBias i := by
  cases a with
  | affine l =>
    cases b with
    | affine l' =>
      exact ⟨rfl, rfl, Nat.le_refl _, Layer.nonzero_add_le l l', rfl⟩
    | cons l' b => simp at h
  | cons l a =>
    cases b with
    | affine l' => simp at h
    | cons l' b =>
      obtain ⟨h₁, h₂, h₃, h₄, h₅⟩ := size_addSide a b (Nat.succ.inj h)
      refine ⟨congrArg (· + 1) h₁, ?_, ?_, ?_, h₅⟩ <;>
        simp only [add, neurons_cons, width_cons, nonzero_cons, Layer.nonzero_stack] <;> omega

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
  | zero =>
    refine funext fun i => ?_
    show (∑ j, 0 * x j) + 0 = 0
    rw [sum_eq_zero fun j => by grind]
    grind
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

/-- The sum of `k` networks of depth `d`, with its depth. -/
@[expose] def sumWithDepth (d : Nat) : {k : Nat} → (nets : Fin k → Network R m n) →
    (∀ i, (nets i).depth = d) → {net : Network R m n // net.depth = d}
  | 0, _, _ => ⟨zero R m n d, depth_zero m n d⟩
  | _ + 1, nets, h =>
    let s := sumWithDepth d (fun i => nets i.castSucc) fun i => h i.castSucc
    ⟨add s.1 (nets (Fin.last _)) (s.2.trans (h _).symm), (depth_add _ _ _).trans s.2⟩

/-- The sum of `k` networks of depth `d`. -/
@[expose] def sumFamily (d : Nat) (nets : Fin k → Network R m n) (h : ∀ i, (nets i).depth = d) :
    Network R m n := (sumWithDepth d nets h).1

@[simp] theorem depth_sumFamily (nets : Fin k → Network R m n) (h : ∀ i, (nets i).depth = d) :
    (sumFamily d nets h).depth = d := (sumWithDepth d nets h).2

/-- One more network in the sum. -/
theorem sumFamily_succ (nets : Fin (k + 1) → Network R m n) (h : ∀ i, (nets i).depth = d) :
    sumFamily d nets h = add (sumFamily d (fun i => nets i.castSucc) fun i => h i.castSucc)
      (nets (Fin.last k)) ((depth_sumFamily _ _).trans (h _).symm) := rfl

@[simp] theorem eval_sumFamily (nets : Fin k → Network R m n) (h : ∀ i, (nets i).depth = d)
    (x : Fin m → R) :
    (sumFamily d nets h).eval σ x = fun j => ∑ i, (nets i).eval σ x j := by
  induction k with
  | zero => exact eval_zero σ d x
  | succ k ih => simp only [sumFamily_succ, eval_add, ih, sum_succ]

/-- The sizes of a sum of finitely many networks. -/
theorem size_sumFamily (nets : Fin k → Network R m n) (h : ∀ i, (nets i).depth = d) :
    (sumFamily d nets h).neurons = natSum (fun i => (nets i).neurons) ∧
      (sumFamily d nets h).width ≤ natSum (fun i => (nets i).width) ∧
      (sumFamily d nets h).nonzero ≤ natSum (fun i => (nets i).nonzero) ∧
      (sumFamily d nets h).outputBias = fun j => ∑ i, (nets i).outputBias j := by
  induction k with
  | zero =>
    obtain ⟨-, h₁, h₂, h₃, h₄⟩ := size_zero (R := R) m n d
    exact ⟨h₁, Nat.le_of_eq h₂, Nat.le_of_eq h₃, h₄⟩
  | succ k ih =>
    obtain ⟨h₁, h₂, h₃, h₄⟩ := ih (fun i => nets i.castSucc) fun i => h i.castSucc
    have hd : (sumFamily d (fun i => nets i.castSucc) fun i => h i.castSucc).depth =
      (nets (Fin.last k)).depth := (depth_sumFamily _ _).trans (h _).symm
    have hw := width_add_le _ _ hd
    have hz := nonzero_add_le _ _ hd
    simp only [sumFamily_succ, neurons_add, outputBias_add, h₁, h₄, natSum_succ, sum_succ]
    refine ⟨trivial, ?_, ?_, trivial⟩ <;> omega

@[simp] theorem neurons_sumFamily (nets : Fin k → Network R m n) (h : ∀ i, (nets i).depth = d) :
    (sumFamily d nets h).neurons = natSum fun i => (nets i).neurons := (size_sumFamily nets h).1

/-- Networks with hidden layers and without output biases keep the bound on their weights in a
sum. -/
theorem MaxWeight.sumFamily {nets : Fin k → Network R m n} (hm : ∀ i, (nets i).MaxWeight B)
    (hB : 0 ≤ B) (hd : 0 < d) (h : ∀ i, (nets i).depth = d)
    (ho : ∀ i j, (nets i).outputBias j = 0) : (sumFamily d nets h).MaxWeight B := by
  induction k with
  | zero => exact maxWeight_zero m n d hB
  | succ k ih =>
    have h₁ := ih (fun i => hm i.castSucc) (fun i => h i.castSucc) fun i => ho i.castSucc
    refine h₁.add (hm (Fin.last k)) hB _ (by rw [depth_sumFamily]; exact hd) fun j => ?_
    rw [(size_sumFamily _ _).2.2.2, ho]
    dsimp only
    rw [sum_eq_zero fun i : Fin k => ho i.castSucc j,
      show (0 : R) + 0 = 0 by grind, abs_zero]
    exact hB

/-- Networks with one output next to each other, all of depth `d`, with the depth. -/
@[expose] def parallelWithDepth (d : Nat) : {k : Nat} → (nets : Fin k → Network R m 1) →
    (∀ i, (nets i).depth = d) → {net : Network R m k // net.depth = d}
  | 0, _, _ => ⟨zero R m 0 d, depth_zero m 0 d⟩
  | _ + 1, nets, h =>
    let s := parallelWithDepth d (fun i => nets i.castSucc) fun i => h i.castSucc
    ⟨parallel s.1 (nets (Fin.last _)) (s.2.trans (h _).symm), (depth_parallel _ _ _).trans s.2⟩

/-- Networks with one output next to each other, all of depth `d`. -/
@[expose] def parallelFamily (d : Nat) (nets : Fin k → Network R m 1)
    (h : ∀ i, (nets i).depth = d) : Network R m k := (parallelWithDepth d nets h).1

@[simp] theorem depth_parallelFamily (nets : Fin k → Network R m 1)
    (h : ∀ i, (nets i).depth = d) : (parallelFamily d nets h).depth = d :=
  (parallelWithDepth d nets h).2

/-- One more network next to the others. -/
theorem parallelFamily_succ (nets : Fin (k + 1) → Network R m 1) (h : ∀ i, (nets i).depth = d) :
    parallelFamily d nets h = parallel
      (parallelFamily d (fun i => nets i.castSucc) fun i => h i.castSucc)
      (nets (Fin.last k)) ((depth_parallelFamily _ _).trans (h _).symm) := rfl

@[simp] theorem eval_parallelFamily (nets : Fin k → Network R m 1) (h : ∀ i, (nets i).depth = d)
    (x : Fin m → R) :
    (parallelFamily d nets h).eval σ x = fun i => (nets i).eval σ x 0 := by
  induction k with
  | zero => exact funext fun i => i.elim0
  | succ k ih =>
    rw [parallelFamily_succ, eval_parallel, ih]
    refine funext <| forall_fin_add (fun i => ?_) fun i => ?_
    · rw [append_castAdd]; rfl
    · rw [append_natAdd, show i = 0 from Fin.fin_one_eq_zero i]; rfl

/-- The sizes of finitely many networks next to each other. -/
theorem size_parallelFamily (nets : Fin k → Network R m 1) (h : ∀ i, (nets i).depth = d) :
    (parallelFamily d nets h).neurons = natSum (fun i => (nets i).neurons) ∧
      (parallelFamily d nets h).width ≤ natSum (fun i => (nets i).width) ∧
      (parallelFamily d nets h).nonzero = natSum (fun i => (nets i).nonzero) := by
  induction k with
  | zero =>
    obtain ⟨-, h₁, h₂, h₃, -⟩ := size_zero (R := R) m 0 d
    exact ⟨h₁, Nat.le_of_eq h₂, h₃⟩
  | succ k ih =>
    obtain ⟨h₁, h₂, h₃⟩ := ih (fun i => nets i.castSucc) fun i => h i.castSucc
    have hd : (parallelFamily d (fun i => nets i.castSucc) fun i => h i.castSucc).depth =
      (nets (Fin.last k)).depth := (depth_parallelFamily _ _).trans (h _).symm
    have hw := width_parallel_le _ _ hd
    simp only [parallelFamily_succ, neurons_parallel, nonzero_parallel, h₁, h₃, natSum_succ]
    refine ⟨trivial, ?_, trivial⟩
    omega

@[simp] theorem neurons_parallelFamily (nets : Fin k → Network R m 1)
    (h : ∀ i, (nets i).depth = d) :
    (parallelFamily d nets h).neurons = natSum fun i => (nets i).neurons :=
  (size_parallelFamily nets h).1

theorem MaxWeight.parallelFamily {nets : Fin k → Network R m 1} (hm : ∀ i, (nets i).MaxWeight B)
    (hB : 0 ≤ B) (h : ∀ i, (nets i).depth = d) : (parallelFamily d nets h).MaxWeight B := by
  induction k with
  | zero => exact maxWeight_zero m 0 d hB
  | succ k ih =>
    exact (ih (fun i => hm i.castSucc) fun i => h i.castSucc).parallel (hm (Fin.last k)) hB _

end DeepTheory.Approximation.Network
