module

public import DeepTheory.Reals.MaxMin
public import DeepTheory.Reals.Order
public import DeepTheory.Reals.Sum

/-!
# Affine layers

An affine layer is data, a matrix of weights and a vector of biases, with the map that it computes.
Vectors of `n` numbers are functions on `Fin n`.

## Main definitions
* `DeepTheory.Approximation.append`: one vector after another.
* `DeepTheory.Approximation.natSum`: the sum of finitely many natural numbers, for counting.
* `DeepTheory.Approximation.Layer`, `DeepTheory.Approximation.Layer.eval`: a layer and its map.
* `DeepTheory.Approximation.Layer.parameters`, `DeepTheory.Approximation.Layer.nonzero`,
  `DeepTheory.Approximation.Layer.MaxWeight`: sizes.
* `DeepTheory.Approximation.Layer.id`, `DeepTheory.Approximation.Layer.comp`,
  `DeepTheory.Approximation.Layer.stack`, `DeepTheory.Approximation.Layer.side`,
  `DeepTheory.Approximation.Layer.add`, `DeepTheory.Approximation.Layer.addSide`,
  `DeepTheory.Approximation.Layer.scale`: operations.

## Main theorems
* `DeepTheory.Approximation.Layer.eval_comp`, `DeepTheory.Approximation.Layer.eval_stack`, and so
  on: what the operations compute, with `nonzero_stack` and so on for the sizes.
-/

public noncomputable section

namespace DeepTheory.Approximation

universe u v

variable {R : Type u} [RealField R] {m m' n n' k : Nat}

/-! ### Vectors one after another -/

/-- The entries of `a`, then those of `b`. -/
@[expose] def append {α : Type v} (a : Fin m → α) (b : Fin n → α) : Fin (m + n) → α :=
  fun i => Fin.addCases a b i

@[simp] theorem append_castAdd {α : Type v} (a : Fin m → α) (b : Fin n → α) (i : Fin m) :
    append a b (Fin.castAdd n i) = a i := Fin.addCases_left i

@[simp] theorem append_natAdd {α : Type v} (a : Fin m → α) (b : Fin n → α) (i : Fin n) :
    append a b (Fin.natAdd m i) = b i := Fin.addCases_right i

/-- What holds for the first entries and for the others holds for all. -/
theorem forall_fin_add {P : Fin (m + n) → Prop} (h₁ : ∀ i, P (Fin.castAdd n i))
    (h₂ : ∀ i, P (Fin.natAdd m i)) (i : Fin (m + n)) : P i :=
  Fin.addCases (motive := P) h₁ h₂ i

/-- A function of every entry of one vector after another. -/
theorem map_append {α β : Type v} (f : α → β) (a : Fin m → α) (b : Fin n → α) :
    (fun i => f (append a b i)) = append (fun i => f (a i)) fun i => f (b i) :=
  funext <| forall_fin_add (by simp) (by simp)

/-- A sum over `Fin (m + n)` is the sum of the first `m` terms and of the others. -/
theorem sum_fin_add (f : Fin (m + n) → R) :
    ∑ i, f i = ∑ i, f (Fin.castAdd n i) + ∑ i, f (Fin.natAdd m i) := by
  induction n with
  | zero => rw [sum_zero]; show _ = (∑ i : Fin m, f i) + 0; grind
  | succ n ih =>
    rw [sum_succ (n := n) fun i => f (Fin.natAdd m i)]
    have h := sum_succ (n := m + n) f
    rw [ih] at h
    refine h.trans ?_
    show (∑ i : Fin m, f _ + ∑ i : Fin n, f _) + f _ = ∑ i : Fin m, f _ + (∑ i : Fin n, f _ + f _)
    exact Lean.Grind.Semiring.add_assoc _ _ _

/-! ### Counting -/

/-- The sum of finitely many natural numbers. -/
@[expose] def natSum : {n : Nat} → (Fin n → Nat) → Nat
  | 0, _ => 0
  | _ + 1, f => natSum (fun i => f i.castSucc) + f (Fin.last _)

@[simp] theorem natSum_zero (f : Fin 0 → Nat) : natSum f = 0 := rfl

theorem natSum_succ (f : Fin (n + 1) → Nat) :
    natSum f = natSum (fun i => f i.castSucc) + f (Fin.last n) := rfl

theorem natSum_congr {f g : Fin n → Nat} (h : ∀ i, f i = g i) : natSum f = natSum g := by
  rw [show f = g from funext h]

theorem natSum_le_natSum {f g : Fin n → Nat} (h : ∀ i, f i ≤ g i) : natSum f ≤ natSum g := by
  induction n with
  | zero => exact Nat.le_refl _
  | succ n ih => exact Nat.add_le_add (ih fun i => h i.castSucc) (h (Fin.last n))

@[simp] theorem natSum_const (n c : Nat) : natSum (fun _ : Fin n => c) = n * c := by
  induction n with
  | zero => rw [natSum_zero, Nat.zero_mul]
  | succ n ih => rw [natSum_succ, ih, Nat.succ_mul]

theorem natSum_add (f g : Fin n → Nat) : natSum (fun i => f i + g i) = natSum f + natSum g := by
  induction n with
  | zero => rfl
  | succ n ih => rw [natSum_succ, natSum_succ, natSum_succ, ih]; omega

/-- A sum over `Fin (m + n)` is the sum of the first `m` terms and of the others. -/
theorem natSum_fin_add (f : Fin (m + n) → Nat) :
    natSum f = natSum (fun i => f (Fin.castAdd n i)) + natSum fun i => f (Fin.natAdd m i) := by
  induction n with
  | zero => rfl
  | succ n ih =>
    have h := natSum_succ (n := m + n) f
    rw [ih] at h
    exact h.trans (Nat.add_assoc _ _ _)

/-- At most `n` times a bound on the terms. -/
theorem natSum_le_mul {f : Fin n → Nat} {c : Nat} (h : ∀ i, f i ≤ c) : natSum f ≤ n * c := by
  rw [← natSum_const]
  exact natSum_le_natSum h

/-- A sum of natural numbers of which one may be non-zero. -/
theorem natSum_eq_single {f : Fin n → Nat} (k : Fin n) (h : ∀ i, i ≠ k → f i = 0) :
    natSum f = f k := by
  induction n with
  | zero => exact k.elim0
  | succ n ih =>
    rw [natSum_succ]
    induction k using Fin.lastCases with
    | last =>
      rw [natSum_congr (g := fun _ => 0) fun i => h _ (Fin.ne_of_lt i.castSucc_lt_last),
        natSum_const]
      omega
    | cast k =>
      rw [ih k fun i hi => h _ fun he => hi (Fin.castSucc_inj.1 he),
        h _ (Fin.ne_of_gt k.castSucc_lt_last)]
      rfl

open Classical in
/-- One for a number other than zero, and zero for zero. -/
@[expose] def ifNonzero (a : R) : Nat := if a = 0 then 0 else 1

@[simp] theorem ifNonzero_zero : ifNonzero (0 : R) = 0 := if_pos rfl

theorem ifNonzero_of_ne {a : R} (h : a ≠ 0) : ifNonzero a = 1 := if_neg h

theorem ifNonzero_le_one (a : R) : ifNonzero a ≤ 1 := by
  unfold ifNonzero
  split <;> omega

theorem ifNonzero_mul_le (a b : R) : ifNonzero (a * b) ≤ ifNonzero b := by
  by_cases h : b = 0
  · rw [h, show a * 0 = (0 : R) by grind]
    exact Nat.le_refl _
  · rw [ifNonzero_of_ne h]
    exact ifNonzero_le_one _

theorem ifNonzero_add_le (a b : R) : ifNonzero (a + b) ≤ ifNonzero a + ifNonzero b := by
  by_cases h : b = 0
  · rw [h, show a + 0 = a by grind]
    exact Nat.le_add_right _ _
  · rw [ifNonzero_of_ne h]
    have := ifNonzero_le_one (a + b)
    omega

/-! ### Layers -/

/-- An affine layer from `m` numbers to `n`: a weight for each pair of an output and an input, and a
bias for each output. -/
structure Layer (R : Type u) (m n : Nat) where
  /-- The weights: row `i` belongs to output `i`. -/
  weight : Fin n → Fin m → R
  /-- The biases. -/
  bias : Fin n → R

namespace Layer

/-- The map that a layer computes. -/
@[expose] def eval (l : Layer R m n) (x : Fin m → R) : Fin n → R :=
  fun i => ∑ j, l.weight i j * x j + l.bias i

theorem eval_apply (l : Layer R m n) (x : Fin m → R) (i : Fin n) :
    l.eval x i = ∑ j, l.weight i j * x j + l.bias i := rfl

/-- The number of weights and biases. -/
@[expose] def parameters (_ : Layer R m n) : Nat := n * (m + 1)

/-- The number of weights and biases other than zero. -/
@[expose] def nonzero (l : Layer R m n) : Nat :=
  natSum fun i => natSum (fun j => ifNonzero (l.weight i j)) + ifNonzero (l.bias i)

/-- All weights and biases have absolute value at most `B`. -/
@[expose] def MaxWeight (l : Layer R m n) (B : R) : Prop :=
  (∀ i j, abs (l.weight i j) ≤ B) ∧ ∀ i, abs (l.bias i) ≤ B

theorem nonzero_le_parameters (l : Layer R m n) : l.nonzero ≤ l.parameters :=
  natSum_le_mul fun i => by
    have := natSum_le_mul (fun j => ifNonzero_le_one (l.weight i j))
    have := ifNonzero_le_one (l.bias i)
    omega

/-- The number of non-zero parameters where every row has at most `c` of them. -/
theorem nonzero_le_mul {l : Layer R m n} {c : Nat}
    (h : ∀ i, natSum (fun j => ifNonzero (l.weight i j)) + ifNonzero (l.bias i) ≤ c) :
    l.nonzero ≤ n * c := natSum_le_mul h

theorem MaxWeight.mono {l : Layer R m n} {B C : R} (h : l.MaxWeight B) (hBC : B ≤ C) :
    l.MaxWeight C :=
  ⟨fun i j => Std.le_trans (h.1 i j) hBC, fun i => Std.le_trans (h.2 i) hBC⟩

/-! ### Composition -/

open Classical in
/-- The layer that changes nothing. -/
@[expose] def id (R : Type u) [RealField R] (n : Nat) : Layer R n n where
  weight i j := if j = i then 1 else 0
  bias _ := 0

@[simp] theorem eval_id (x : Fin n → R) : (id R n).eval x = x := funext fun i => by
  show (∑ j, (if j = i then 1 else 0) * x j) + 0 = x i
  rw [sum_eq_single i fun j hj => by rw [if_neg hj]; grind, if_pos rfl]
  grind

@[simp] theorem nonzero_id : (id R n).nonzero = n := by
  have h : (id R n).nonzero = natSum fun _ : Fin n => 1 := natSum_congr fun i => by
    show natSum (fun j => ifNonzero (if j = i then (1 : R) else 0)) + ifNonzero (0 : R) = 1
    rw [natSum_eq_single i fun j hj => by rw [if_neg hj, ifNonzero_zero], if_pos rfl,
      ifNonzero_of_ne (by grind), ifNonzero_zero]
  rw [h, natSum_const, Nat.mul_one]

theorem maxWeight_id : (id R n).MaxWeight 1 := by
  refine ⟨fun i j => ?_, fun i => ?_⟩
  · show abs (if j = i then (1 : R) else 0) ≤ 1
    split
    · rw [abs_one]; exact Std.le_refl _
    · rw [abs_zero]; exact zero_le_one
  · show abs (0 : R) ≤ 1
    rw [abs_zero]; exact zero_le_one

/-- The layer that computes `l₂` of `l₁`. -/
@[expose] def comp (l₂ : Layer R k n) (l₁ : Layer R m k) : Layer R m n where
  weight i j := ∑ a, l₂.weight i a * l₁.weight a j
  bias := l₂.eval l₁.bias

@[simp] theorem eval_comp (l₂ : Layer R k n) (l₁ : Layer R m k) (x : Fin m → R) :
    (l₂.comp l₁).eval x = l₂.eval (l₁.eval x) := funext fun i => by
  show (∑ j, (∑ a, l₂.weight i a * l₁.weight a j) * x j) +
    (∑ a, l₂.weight i a * l₁.bias a + l₂.bias i) =
      ∑ a, l₂.weight i a * (∑ j, l₁.weight a j * x j + l₁.bias a) + l₂.bias i
  rw [sum_congr (g := fun a => ∑ j, l₂.weight i a * l₁.weight a j * x j +
      l₂.weight i a * l₁.bias a) (f := fun a => l₂.weight i a *
      (∑ j, l₁.weight a j * x j + l₁.bias a)) fun a => by
    dsimp only
    rw [Lean.Grind.Semiring.left_distrib, mul_sum]
    exact congrArg (· + l₂.weight i a * l₁.bias a) (sum_congr fun j => by grind), sum_add,
    sum_comm, sum_congr fun j => sum_mul _ (x j)]
  grind

theorem MaxWeight.comp {l₂ : Layer R k n} {l₁ : Layer R m k} {B₁ B₂ : R} (h₂ : l₂.MaxWeight B₂)
    (h₁ : l₁.MaxWeight B₁) (hB₂ : 0 ≤ B₂) : (l₂.comp l₁).MaxWeight (k * (B₂ * B₁) + B₂) := by
  refine ⟨fun i j => ?_, fun i => ?_⟩
  · have h : abs (∑ a, l₂.weight i a * l₁.weight a j) ≤ k * (B₂ * B₁) :=
      Std.le_trans (abs_sum_le _) (sum_le_mul fun a => by
        rw [abs_mul]; exact mul_le_mul (h₂.1 i a) (h₁.1 a j) (abs_nonneg _) hB₂)
    show abs (∑ a, l₂.weight i a * l₁.weight a j) ≤ _
    grind
  · have h : abs (∑ a, l₂.weight i a * l₁.bias a) ≤ k * (B₂ * B₁) :=
      Std.le_trans (abs_sum_le _) (sum_le_mul fun a => by
        rw [abs_mul]; exact mul_le_mul (h₂.1 i a) (h₁.2 a) (abs_nonneg _) hB₂)
    exact Std.le_trans (abs_add_le _ _) (add_le_add h (h₂.2 i))

/-! ### Multiples and sums -/

/-- The layer with all outputs multiplied by `c`. -/
@[expose] def scale (c : R) (l : Layer R m n) : Layer R m n where
  weight i j := c * l.weight i j
  bias i := c * l.bias i

@[simp] theorem eval_scale (c : R) (l : Layer R m n) (x : Fin m → R) :
    (l.scale c).eval x = fun i => c * l.eval x i := funext fun i => by
  show (∑ j, c * l.weight i j * x j) + c * l.bias i = c * (∑ j, l.weight i j * x j + l.bias i)
  rw [Lean.Grind.Semiring.left_distrib, mul_sum]
  exact congrArg (· + c * l.bias i) (sum_congr fun j => by grind)

theorem nonzero_scale_le (c : R) (l : Layer R m n) : (l.scale c).nonzero ≤ l.nonzero :=
  natSum_le_natSum fun i => Nat.add_le_add
    (natSum_le_natSum fun j => ifNonzero_mul_le c (l.weight i j)) (ifNonzero_mul_le c (l.bias i))

theorem MaxWeight.scale {l : Layer R m n} {B : R} (h : l.MaxWeight B) (c : R) :
    (l.scale c).MaxWeight (abs c * B) := by
  refine ⟨fun i j => ?_, fun i => ?_⟩
  · show abs (c * l.weight i j) ≤ _
    rw [abs_mul]; exact mul_le_mul_of_nonneg_left (h.1 i j) (abs_nonneg c)
  · show abs (c * l.bias i) ≤ _
    rw [abs_mul]; exact mul_le_mul_of_nonneg_left (h.2 i) (abs_nonneg c)

/-- The layer whose outputs are the sums of those of two layers with the same inputs. -/
@[expose] def add (l : Layer R m n) (l' : Layer R m n) : Layer R m n where
  weight i j := l.weight i j + l'.weight i j
  bias i := l.bias i + l'.bias i

@[simp] theorem eval_add (l l' : Layer R m n) (x : Fin m → R) :
    (l.add l').eval x = fun i => l.eval x i + l'.eval x i := funext fun i => by
  show (∑ j, (l.weight i j + l'.weight i j) * x j) + (l.bias i + l'.bias i) =
    (∑ j, l.weight i j * x j + l.bias i) + (∑ j, l'.weight i j * x j + l'.bias i)
  rw [sum_congr fun j => Lean.Grind.Semiring.right_distrib _ _ (x j), sum_add]
  grind

theorem nonzero_add_le (l l' : Layer R m n) : (l.add l').nonzero ≤ l.nonzero + l'.nonzero := by
  unfold nonzero
  rw [← natSum_add]
  refine natSum_le_natSum fun i => ?_
  have h₁ := ifNonzero_add_le (l.bias i) (l'.bias i)
  have h₂ := natSum_le_natSum fun j => ifNonzero_add_le (l.weight i j) (l'.weight i j)
  rw [natSum_add] at h₂
  show natSum (fun j => ifNonzero (l.weight i j + l'.weight i j)) +
    ifNonzero (l.bias i + l'.bias i) ≤ _
  omega

theorem MaxWeight.add {l l' : Layer R m n} {B B' : R} (h : l.MaxWeight B) (h' : l'.MaxWeight B') :
    (l.add l').MaxWeight (B + B') :=
  ⟨fun i j => Std.le_trans (abs_add_le _ _) (add_le_add (h.1 i j) (h'.1 i j)),
    fun i => Std.le_trans (abs_add_le _ _) (add_le_add (h.2 i) (h'.2 i))⟩

/-! ### Layers next to each other -/

/-- The outputs of two layers with the same inputs, one after the other. -/
@[expose] def stack (l : Layer R m n) (l' : Layer R m n') : Layer R m (n + n') where
  weight := append l.weight l'.weight
  bias := append l.bias l'.bias

@[simp] theorem eval_stack (l : Layer R m n) (l' : Layer R m n') (x : Fin m → R) :
    (l.stack l').eval x = append (l.eval x) (l'.eval x) :=
  funext <| forall_fin_add (fun i => by simp [eval_apply, stack]) fun i => by
    simp [eval_apply, stack]

@[simp] theorem nonzero_stack (l : Layer R m n) (l' : Layer R m n') :
    (l.stack l').nonzero = l.nonzero + l'.nonzero := by
  simp [nonzero, natSum_fin_add, stack]

theorem MaxWeight.stack {l : Layer R m n} {l' : Layer R m n'} {B : R} (h : l.MaxWeight B)
    (h' : l'.MaxWeight B) : (l.stack l').MaxWeight B :=
  ⟨forall_fin_add (fun i j => by simpa [Layer.stack] using h.1 i j)
      fun i j => by simpa [Layer.stack] using h'.1 i j,
    forall_fin_add (fun i => by simpa [Layer.stack] using h.2 i)
      fun i => by simpa [Layer.stack] using h'.2 i⟩

/-- Two layers next to each other, each with its own inputs and outputs. -/
@[expose] def side (l : Layer R m n) (l' : Layer R m' n') : Layer R (m + m') (n + n') where
  weight := append (fun i => append (l.weight i) fun _ => 0)
    fun i => append (fun _ => 0) (l'.weight i)
  bias := append l.bias l'.bias

@[simp] theorem eval_side (l : Layer R m n) (l' : Layer R m' n') (x : Fin m → R)
    (x' : Fin m' → R) : (l.side l').eval (append x x') = append (l.eval x) (l'.eval x') := by
  have h (k : Nat) (y : Fin k → R) : ∑ i, 0 * y i = 0 := sum_eq_zero fun i => by grind
  refine funext <| forall_fin_add (fun i => ?_) fun i => ?_
  · simp only [eval_apply, side, append_castAdd, append_natAdd, sum_fin_add, h]
    grind
  · simp only [eval_apply, side, append_castAdd, append_natAdd, sum_fin_add, h]
    grind

@[simp] theorem nonzero_side (l : Layer R m n) (l' : Layer R m' n') :
    (l.side l').nonzero = l.nonzero + l'.nonzero := by
  simp [nonzero, natSum_fin_add, side]

theorem MaxWeight.side {l : Layer R m n} {l' : Layer R m' n'} {B : R} (h : l.MaxWeight B)
    (h' : l'.MaxWeight B) (hB : 0 ≤ B) : (l.side l').MaxWeight B := by
  have h₀ : abs (0 : R) ≤ B := by rw [abs_zero]; exact hB
  exact ⟨forall_fin_add
      (fun i => forall_fin_add (fun j => by simpa [Layer.side] using h.1 i j)
        fun j => by simpa [Layer.side] using h₀)
      fun i => forall_fin_add (fun j => by simpa [Layer.side] using h₀)
        fun j => by simpa [Layer.side] using h'.1 i j,
    forall_fin_add (fun i => by simpa [Layer.side] using h.2 i)
      fun i => by simpa [Layer.side] using h'.2 i⟩

/-- The layer whose outputs are the sums of those of two layers, each with its own inputs. -/
@[expose] def addSide (l : Layer R m n) (l' : Layer R m' n) : Layer R (m + m') n where
  weight i := append (l.weight i) (l'.weight i)
  bias i := l.bias i + l'.bias i

@[simp] theorem eval_addSide (l : Layer R m n) (l' : Layer R m' n) (x : Fin m → R)
    (x' : Fin m' → R) :
    (l.addSide l').eval (append x x') = fun i => l.eval x i + l'.eval x' i := funext fun i => by
  simp only [eval_apply, addSide, append_castAdd, append_natAdd, sum_fin_add]
  grind

theorem nonzero_addSide_le (l : Layer R m n) (l' : Layer R m' n) :
    (l.addSide l').nonzero ≤ l.nonzero + l'.nonzero := by
  unfold nonzero
  rw [← natSum_add]
  refine natSum_le_natSum fun i => ?_
  have h := ifNonzero_add_le (l.bias i) (l'.bias i)
  simp only [addSide, append_castAdd, append_natAdd, natSum_fin_add]
  omega

/-- Weights next to each other do not grow; biases add up. -/
theorem MaxWeight.addSide {l : Layer R m n} {l' : Layer R m' n} {B : R} (h : l.MaxWeight B)
    (h' : l'.MaxWeight B) (hb : ∀ i, abs (l.bias i + l'.bias i) ≤ B) :
    (l.addSide l').MaxWeight B :=
  ⟨fun i => forall_fin_add (fun j => by simpa [Layer.addSide] using h.1 i j)
    fun j => by simpa [Layer.addSide] using h'.1 i j, hb⟩

end Layer

end DeepTheory.Approximation
