module

public import DeepTheory.Approximation.Relu
public import DeepTheory.Reals.Floor
public import DeepTheory.Reals.Pow

/-!
# The sawtooth function by a deep narrow network

The tent map goes up from 0 to 1 on the first half of the unit interval and down again on the
second.  Repeated `k` times it goes up and down `2 ^ k` times, and a network of width 2 and depth
`k` computes it.

## Main definitions
* `DeepTheory.Approximation.iter`: a map repeated.
* `DeepTheory.Approximation.tent`, `DeepTheory.Approximation.sawtooth`: the tent map, repeated.
* `DeepTheory.Approximation.parity`: zero for even numbers, one for odd ones.
* `DeepTheory.Approximation.Network.power`: a network applied to its own output.
* `DeepTheory.Approximation.Network.tentNet`, `DeepTheory.Approximation.Network.sawtoothNet`: the
  networks.

## Main theorems
* `DeepTheory.Approximation.sawtooth_dyadic`: the values at the points `i / 2 ^ k`.
* `DeepTheory.Approximation.Network.realEval_sawtoothNet`,
  `DeepTheory.Approximation.Network.size_sawtoothNet`: the network and its sizes.
-/

public noncomputable section

namespace DeepTheory.Approximation

universe u v

variable {R : Type u} [RealField R] {α : Type v} {x : R} {n i k : Nat}

/-! ### Repeated maps -/

/-- The map `f` applied `k` times. -/
@[expose] def iter (f : α → α) : Nat → α → α
  | 0, a => a
  | k + 1, a => iter f k (f a)

@[simp] theorem iter_zero (f : α → α) (a : α) : iter f 0 a = a := rfl

theorem iter_succ (f : α → α) (k : Nat) (a : α) : iter f (k + 1) a = iter f k (f a) := rfl

theorem iter_succ' (f : α → α) (k : Nat) (a : α) : iter f (k + 1) a = f (iter f k a) := by
  induction k generalizing a with
  | zero => rfl
  | succ k ih => rw [iter_succ, ih, iter_succ]

/-! ### The tent map -/

/-- The tent map: from 0 at 0 up to 1 at 1/2 and down to 0 at 1. -/
@[expose] def tent (x : R) : R := 1 - abs (2 * x - 1)

theorem tent_of_le (h : x ≤ 1 / 2) : tent x = 2 * x := by
  unfold tent
  rw [abs_of_nonpos (by grind)]
  grind

theorem tent_of_ge (h : 1 / 2 ≤ x) : tent x = 2 - 2 * x := by
  unfold tent
  rw [abs_of_nonneg (by grind)]
  grind

/-- The tent map stays in the unit interval. -/
theorem tent_mem (h₀ : 0 ≤ x) (h₁ : x ≤ 1) : 0 ≤ tent x ∧ tent x ≤ 1 := by
  rcases le_total x (1 / 2) with h | h
  · rw [tent_of_le h]; grind
  · rw [tent_of_ge h]; grind

/-- The tent map by three ReLUs as it is usually written, on the unit interval. -/
theorem tent_eq_relu (h₀ : 0 ≤ x) (h₁ : x ≤ 1) :
    tent x = 2 * relu x - 4 * relu (x - 1 / 2) + 2 * relu (x - 1) := by
  rw [relu_of_nonneg h₀, relu_of_nonpos (show x - 1 ≤ 0 by grind)]
  rcases le_total x (1 / 2) with h | h
  · rw [tent_of_le h, relu_of_nonpos (by grind)]; grind
  · rw [tent_of_ge h, relu_of_nonneg (by grind)]; grind

/-! ### The sawtooth function -/

/-- The tent map applied `k` times: on the unit interval it goes up and down `2 ^ k` times. -/
@[expose] def sawtooth (k : Nat) (x : R) : R := iter tent k x

@[simp] theorem sawtooth_zero (x : R) : sawtooth 0 x = x := rfl

theorem sawtooth_succ (k : Nat) (x : R) : sawtooth (k + 1) x = sawtooth k (tent x) := rfl

theorem sawtooth_succ' (k : Nat) (x : R) : sawtooth (k + 1) x = tent (sawtooth k x) :=
  iter_succ' tent k x

/-- The sawtooth function stays in the unit interval. -/
theorem sawtooth_mem (k : Nat) (h₀ : 0 ≤ x) (h₁ : x ≤ 1) :
    0 ≤ sawtooth k x ∧ sawtooth k x ≤ 1 := by
  induction k generalizing x with
  | zero => exact ⟨h₀, h₁⟩
  | succ k ih => exact ih (tent_mem h₀ h₁).1 (tent_mem h₀ h₁).2

/-- Zero for even numbers and one for odd ones. -/
@[expose] def parity (R : Type u) [RealField R] (i : Nat) : R := ((i % 2 : Nat) : R)

theorem parity_succ (i : Nat) : parity R (i + 1) = 1 - parity R i := by
  unfold parity
  rcases Nat.mod_two_eq_zero_or_one i with h | h
  · rw [h, show (i + 1) % 2 = 1 by omega]; grind
  · rw [h, show (i + 1) % 2 = 0 by omega]; grind

theorem parity_cases (i : Nat) :
    (i % 2 = 0 ∧ parity R i = 0) ∨ (i % 2 = 1 ∧ parity R i = 1) := by
  unfold parity
  rcases Nat.mod_two_eq_zero_or_one i with h | h
  · exact .inl ⟨h, by rw [h]; grind⟩
  · exact .inr ⟨h, by rw [h]; grind⟩

theorem parity_congr {j : Nat} (h : i % 2 = j % 2) : parity R i = parity R j := by
  unfold parity
  rw [h]

/-- At the points `i / 2 ^ k` the sawtooth function is zero for even `i` and one for odd `i`. -/
theorem sawtooth_dyadic (k : Nat) (hi : i ≤ 2 ^ k) :
    sawtooth k ((i : R) / 2 ^ k) = parity R i := by
  induction k generalizing i with
  | zero =>
    have h : i = 0 ∨ i = 1 := by simp only [Nat.pow_zero] at hi; omega
    rw [sawtooth_zero, pow_zero]
    rcases h with rfl | rfl <;> unfold parity <;> grind
  | succ k ih =>
    have hp : (0 : R) < 2 ^ k := two_pow_pos k
    have hd (j : Nat) : (j : R) / 2 ^ (k + 1) = j / 2 ^ k / 2 := by rw [pow_succ]; grind
    have hk : 2 ^ (k + 1) = 2 * 2 ^ k := by rw [Nat.pow_succ]; omega
    rw [sawtooth_succ, hd]
    rcases Nat.le_total i (2 ^ k) with h | h
    · have h₁ : (i : R) / 2 ^ k ≤ 1 := by
        rw [div_le_one hp, ← natCast_two_pow]; exact natCast_le h
      rw [tent_of_le (by grind), ← ih h]
      exact congrArg _ (by grind)
    · have h₁ : 1 ≤ (i : R) / 2 ^ k := by
        rw [one_le_div hp, ← natCast_two_pow]; exact natCast_le h
      obtain ⟨j, hj⟩ := Nat.exists_eq_add_of_le hi
      have h₂ : (j : R) / 2 ^ k = 2 - i / 2 ^ k := by
        have h₃ : (i : R) + j = 2 ^ k * 2 := by
          rw [← pow_succ, ← natCast_two_pow, hj]
          grind
        have h₄ := pow_ne_zero (show (2 : R) ≠ 0 by grind) k
        generalize (2 : R) ^ k = q at *
        grind
      rw [tent_of_ge (by grind), parity_congr (j := j) (by omega), ← ih (i := j) (by omega), h₂]
      exact congrArg _ (by grind)

/-- Below `1 / 2 ^ k` the sawtooth function goes straight up. -/
theorem sawtooth_of_le (k : Nat) (h : x ≤ 1 / 2 ^ k) : sawtooth k x = 2 ^ k * x := by
  induction k generalizing x with
  | zero => rw [sawtooth_zero, pow_zero]; grind
  | succ k ih =>
    have hp := two_pow_pos (R := R) k
    rw [le_div_iff (two_pow_pos (k + 1)), pow_succ] at h
    have h₁ : x ≤ 1 / 2 := by
      rcases le_total x 0 with hx | hx
      · grind
      · have := mul_le_mul_of_nonneg_left (one_le_pow (show (1 : R) ≤ 2 by grind) k) hx
        grind
    rw [sawtooth_succ, tent_of_le h₁, ih, pow_succ]
    · grind
    · rw [le_div_iff hp]
      grind

/-! ### The networks -/

namespace Network

/-- The network applied `k` times to its own output. -/
@[expose] def power (net : Network R n n) : Nat → Network R n n
  | 0 => .affine (Layer.id R n)
  | k + 1 => (net.power k).comp net

theorem realEval_power (σ : R → R) (net : Network R 1 1) (k : Nat) (x : R) :
    (net.power k).realEval σ x = iter (net.realEval σ) k x := by
  induction k generalizing x with
  | zero => simp [power, realEval]
  | succ k ih =>
    rw [iter_succ, ← ih]
    have h : net.eval σ (fun _ => x) = fun _ => net.realEval σ x :=
      funext fun i => by rw [Fin.fin_one_eq_zero i]; rfl
    show ((net.power k).comp net).eval σ (fun _ => x) 0 = _
    rw [eval_comp, h]
    rfl

/-- The sizes of a network that is applied `k` times. -/
theorem size_power (net : Network R n n) (k : Nat) : (net.power k).depth = k * net.depth ∧
    (net.power k).neurons = k * net.neurons ∧ (net.power k).width ≤ net.width := by
  induction k with
  | zero => exact ⟨(Nat.zero_mul _).symm, (Nat.zero_mul _).symm, Nat.zero_le _⟩
  | succ k ih =>
    obtain ⟨h₁, h₂, h₃⟩ := ih
    simp only [power, depth_comp, neurons_comp, width_comp, Nat.succ_mul]
    omega

/-- The tent map by two ReLUs: `1 - relu (2 x - 1) - relu (1 - 2 x)`. -/
@[expose] def tentNet (R : Type u) [RealField R] : Network R 1 1 :=
  .cons ⟨fun (i : Fin 2) _ => match i with | 0 => 2 | 1 => -2,
      fun (i : Fin 2) => match i with | 0 => -1 | 1 => 1⟩
    (.affine (.row (fun _ => -1) 1))

theorem realEval_tentNet : (tentNet R).realEval relu = tent := funext fun x => by
  rw [tentNet, realEval, eval_cons, eval_affine, Layer.eval_row, sum_two]
  simp only [Layer.eval_apply, sum_one]
  show -1 * relu (2 * x + -1) + -1 * relu (-2 * x + 1) + 1 = 1 - abs (2 * x - 1)
  rw [← relu_add_relu_neg, show 2 * x + -1 = 2 * x - 1 by grind,
    show -2 * x + 1 = -(2 * x - 1) by grind]
  grind

/-- The sawtooth function by `k` layers of two ReLUs. -/
@[expose] def sawtoothNet (R : Type u) [RealField R] (k : Nat) : Network R 1 1 :=
  (tentNet R).power k

/-- The network computes the sawtooth function, on the whole line. -/
theorem realEval_sawtoothNet (k : Nat) : (sawtoothNet R k).realEval relu = sawtooth k :=
  funext fun x => by rw [sawtoothNet, realEval_power, realEval_tentNet]; rfl

/-- The sizes of the sawtooth network. -/
theorem size_sawtoothNet (k : Nat) : (sawtoothNet R k).depth = k ∧
    (sawtoothNet R k).neurons = 2 * k ∧ (sawtoothNet R k).width ≤ 2 := by
  obtain ⟨h₁, h₂, h₃⟩ := size_power (tentNet R) k
  exact ⟨h₁.trans (Nat.mul_one k), h₂.trans (Nat.mul_comm k 2), h₃⟩

end Network

end DeepTheory.Approximation
