module

public import DeepTheory.Approximation.Relu

/-!
# Exact ReLU gadgets

Networks that compute absolute values, maxima, minima and hat functions without error, and their
sizes.

## Main definitions
* `DeepTheory.Approximation.Network.absolute`: the absolute values of `n` numbers.
* `DeepTheory.Approximation.Network.maxPair`, `DeepTheory.Approximation.Network.minPair`: the
  maximum and the minimum of two vectors, entry by entry.
* `DeepTheory.Approximation.Network.maxTree`, `DeepTheory.Approximation.Network.maxOf`,
  `DeepTheory.Approximation.Network.minOf`: the maximum and the minimum of `k + 1` numbers.
* `DeepTheory.Approximation.Network.hat`: the hat function with given centre and half-width.

## Main theorems
* `DeepTheory.Approximation.network_model`: composition, parallel networks, sums and the identity
  compute what they should, with the stated sizes.
* `DeepTheory.Approximation.Network.eval_maxOf`, `DeepTheory.Approximation.Network.eval_minOf`: the
  maximum and the minimum of `k + 1` numbers are exact.
-/

public noncomputable section

namespace DeepTheory.Approximation

universe u

variable {R : Type u} [RealField R] {m n n' k p N : Nat}

namespace Network

/-! ### Absolute values -/

/-- The absolute values of `n` numbers, by `2 n` ReLUs. -/
@[expose] def absolute (R : Type u) [RealField R] (n : Nat) : Network R n n :=
  .cons (Layer.split R n) (.affine ((Layer.id R n).addSide (Layer.id R n)))

@[simp] theorem eval_absolute (x : Fin n → R) :
    (absolute R n).eval relu x = fun i => abs (x i) := by
  simp only [absolute, eval_cons, eval_affine, Layer.eval_split, map_append, Layer.eval_addSide,
    Layer.eval_id, relu_add_relu_neg]

/-- The sizes of the absolute values. -/
theorem size_absolute (n : Nat) : (absolute R n).depth = 1 ∧ (absolute R n).neurons = 2 * n ∧
    (absolute R n).nonzero ≤ 4 * n ∧ (absolute R n).MaxWeight 1 := by
  have h₁ := Layer.nonzero_split_le (R := R) (n := n)
  have h₂ := Layer.nonzero_addSide_le (Layer.id R n) (Layer.id R n)
  rw [Layer.nonzero_id] at h₂
  refine ⟨rfl, ?_, ?_, Layer.maxWeight_split, Layer.maxWeight_id.addSide Layer.maxWeight_id
    fun i => ?_⟩
  · simp only [absolute, neurons_cons, neurons_affine]; omega
  · simp only [absolute, nonzero_cons, nonzero_affine]; omega
  · show abs ((0 : R) + 0) ≤ 1
    rw [show (0 : R) + 0 = 0 by grind, abs_zero]
    exact zero_le_one

/-! ### Maximum and minimum of two vectors -/

/-- The maximum of the two halves of the input, entry by entry: `relu (a - b) + relu b - relu (-b)`
by three ReLUs for each entry. -/
@[expose] def maxPair (R : Type u) [RealField R] (n : Nat) : Network R (n + n) n :=
  .cons ((Layer.join R n).stack (Layer.comp (Layer.split R n) (Layer.select R (Fin.natAdd n))))
    (.affine ((Layer.id R n).addSide (Layer.join R n)))

@[simp] theorem eval_maxPair (x y : Fin n → R) :
    (maxPair R n).eval relu (append x y) = fun i => max (x i) (y i) := by
  simp only [maxPair, eval_cons, eval_affine, Layer.eval_stack, Layer.eval_join, Layer.eval_comp,
    Layer.eval_select, Layer.eval_split, map_append, Layer.eval_addSide, Layer.eval_id,
    append_natAdd, relu_sub_relu_neg]
  exact funext fun i => by unfold relu; grind

/-- The sizes of the maximum of two vectors. -/
theorem size_maxPair (n : Nat) :
    (maxPair R n).depth = 1 ∧ (maxPair R n).neurons = 3 * n ∧ (maxPair R n).width = 3 * n := by
  refine ⟨rfl, ?_, ?_⟩
  · simp only [maxPair, neurons_cons, neurons_affine]; omega
  · simp only [maxPair, width_cons, width_affine]; omega

/-- The minimum of the two halves of the input, entry by entry. -/
@[expose] def minPair (R : Type u) [RealField R] (n : Nat) : Network R (n + n) n :=
  ((maxPair R n).precomp ((Layer.id R (n + n)).scale (-1))).scale (-1)

@[simp] theorem eval_minPair (x y : Fin n → R) :
    (minPair R n).eval relu (append x y) = fun i => min (x i) (y i) := by
  simp only [minPair, eval_scale, eval_precomp, Layer.eval_scale, Layer.eval_id, map_append,
    eval_maxPair]
  exact funext fun i => by grind

/-- The sizes of the minimum of two vectors. -/
theorem size_minPair (n : Nat) :
    (minPair R n).depth = 1 ∧ (minPair R n).neurons = 3 * n ∧ (minPair R n).width = 3 * n := by
  simpa [minPair] using size_maxPair (R := R) n

/-! ### Maximum and minimum of finitely many numbers -/

/-- The index `j`, or the last index where `j` is beyond it. -/
@[expose] def clamp (k : Nat) (j : Nat) : Fin (k + 1) := ⟨min j k, by omega⟩

/-- The maximum of `k + 1` numbers by a tree of `p` levels: on each level, the numbers of the first
half are compared with those of the second half.  The tree is high enough if `k < 2 ^ p`. -/
@[expose] def maxTree (R : Type u) [RealField R] : (p k : Nat) → Network R (k + 1) 1
  | 0, k => .affine (Layer.select R fun _ : Fin 1 => (0 : Fin (k + 1)))
  | p + 1, k => (maxTree R p (k / 2)).comp ((maxPair R (k / 2 + 1)).precomp
      (Layer.select R fun j : Fin (k / 2 + 1 + (k / 2 + 1)) => clamp k j.val))

/-- The value of a tree that is high enough is the maximum: it is one of the numbers, and no number
is larger. -/
theorem eval_maxTree (hk : k < 2 ^ p) (x : Fin (k + 1) → R) :
    (∀ i, x i ≤ (maxTree R p k).eval relu x 0) ∧ ∃ i, (maxTree R p k).eval relu x 0 = x i := by
  induction p generalizing k with
  | zero =>
    obtain rfl : k = 0 := by simp only [Nat.pow_zero] at hk; omega
    simp only [maxTree, eval_affine, Layer.eval_select]
    exact ⟨fun i => by rw [show i = 0 from Fin.fin_one_eq_zero i]; exact Std.le_refl _, 0, rfl⟩
  | succ p ih =>
    have hk' : k / 2 < 2 ^ p := by rw [Nat.pow_succ] at hk; omega
    have he : (fun j : Fin (k / 2 + 1 + (k / 2 + 1)) => x (clamp k j.val)) =
        append (fun i => x (clamp k i.val)) fun i => x (clamp k (k / 2 + 1 + i.val)) :=
      funext <| forall_fin_add (fun i => by rw [append_castAdd]; rfl) fun i => by
          rw [append_natAdd]; rfl
    simp only [maxTree, eval_comp, eval_precomp, Layer.eval_select, he, eval_maxPair]
    obtain ⟨h₁, j, h₂⟩ := ih hk' fun i => max (x (clamp k i.val)) (x (clamp k (k / 2 + 1 + i.val)))
    generalize (maxTree R p (k / 2)).eval relu _ 0 = v at h₁ h₂
    refine ⟨fun i => ?_, ?_⟩
    · rcases (show i.val < k / 2 + 1 ∨ k / 2 + 1 ≤ i.val by omega) with hi | hi
      · have := h₁ ⟨i.val, hi⟩
        rw [show clamp k i.val = i from Fin.ext (by simp only [clamp]; omega)] at this
        exact Std.le_trans (le_max_left _ _) this
      · have := h₁ ⟨i.val - (k / 2 + 1), by omega⟩
        dsimp only at this
        rw [show clamp k (k / 2 + 1 + (i.val - (k / 2 + 1))) = i from
          Fin.ext (by simp only [clamp]; omega)] at this
        exact Std.le_trans (le_max_right _ _) this
    · rcases max_choice (x (clamp k j.val)) (x (clamp k (k / 2 + 1 + j.val))) with h | h
      · exact ⟨_, h₂.trans h⟩
      · exact ⟨_, h₂.trans h⟩

/-- The sizes of the tree: one hidden layer for each level, less than three ReLUs for each number
and level together. -/
theorem size_maxTree (p k : Nat) : (maxTree R p k).depth = p ∧
    (maxTree R p k).neurons ≤ 3 * (k + p) ∧ (maxTree R p k).width ≤ 3 * (k / 2 + 1) := by
  induction p generalizing k with
  | zero =>
    exact ⟨rfl, Nat.zero_le _, Nat.zero_le _⟩
  | succ p ih =>
    obtain ⟨h₁, h₂, h₃⟩ := ih (k / 2)
    obtain ⟨e₁, e₂, e₃⟩ := size_maxPair (R := R) (k / 2 + 1)
    simp only [maxTree, depth_comp, neurons_comp, width_comp, depth_precomp, neurons_precomp,
      width_precomp, h₁, e₁, e₂, e₃]
    omega

/-- The maximum of `k + 1` numbers. -/
@[expose] def maxOf (R : Type u) [RealField R] (k : Nat) : Network R (k + 1) 1 :=
  maxTree R (k.log2 + 1) k

/-- The minimum of `k + 1` numbers. -/
@[expose] def minOf (R : Type u) [RealField R] (k : Nat) : Network R (k + 1) 1 :=
  ((maxOf R k).precomp ((Layer.id R (k + 1)).scale (-1))).scale (-1)

/-- The maximum of `k + 1` numbers is exact: it is one of them, and none is larger. -/
theorem eval_maxOf (x : Fin (k + 1) → R) :
    (∀ i, x i ≤ (maxOf R k).eval relu x 0) ∧ ∃ i, (maxOf R k).eval relu x 0 = x i :=
  eval_maxTree Nat.lt_log2_self x

/-- The minimum of `k + 1` numbers is exact: it is one of them, and none is smaller. -/
theorem eval_minOf (x : Fin (k + 1) → R) :
    (∀ i, (minOf R k).eval relu x 0 ≤ x i) ∧ ∃ i, (minOf R k).eval relu x 0 = x i := by
  obtain ⟨h₁, j, h₂⟩ := eval_maxOf fun i => -1 * x i
  simp only [minOf, eval_scale, eval_precomp, Layer.eval_scale, Layer.eval_id]
  exact ⟨fun i => by have := h₁ i; grind, j, by grind⟩

/-- The sizes of the maximum of `k + 1` numbers. -/
theorem size_maxOf (k : Nat) : (maxOf R k).depth = k.log2 + 1 ∧
    (maxOf R k).neurons ≤ 3 * (k + k.log2 + 1) ∧ (maxOf R k).width ≤ 3 * (k / 2 + 1) := by
  obtain ⟨h₁, h₂, h₃⟩ := size_maxTree (R := R) (k.log2 + 1) k
  exact ⟨h₁, by unfold maxOf; omega, h₃⟩

/-- The sizes of the minimum of `k + 1` numbers. -/
theorem size_minOf (k : Nat) : (minOf R k).depth = k.log2 + 1 ∧
    (minOf R k).neurons ≤ 3 * (k + k.log2 + 1) ∧ (minOf R k).width ≤ 3 * (k / 2 + 1) := by
  simpa [minOf] using size_maxOf (R := R) k

/-! ### Hat functions -/

/-- Three numbers as a vector. -/
@[expose] def vec3 (a b c : R) : Fin 3 → R :=
  DeepTheory.cons a (DeepTheory.cons b (DeepTheory.cons c fun i => i.elim0))

/-- The hat function with centre `c` and half-width `w`, by three ReLUs. -/
@[expose] def hat (c w : R) : Network R 1 1 :=
  .cons ⟨fun _ _ => 1, vec3 (w - c) (-c) (-w - c)⟩
    (.affine (.row (vec3 (1 / w) (-(2 / w)) (1 / w)) 0))

/-- The hat function is one at its centre, zero beyond its half-width, and linear between. -/
theorem eval_hat {w : R} (hw : 0 < w) (c x : R) :
    (hat c w).realEval relu x = relu (1 - abs (x - c) / w) := by
  have hs (f : Fin 3 → R) : ∑ i, f i = f 0 + f 1 + f 2 := by
    rw [sum_succ, sum_two]; rfl
  have h : (hat c w).realEval relu x = 1 / w * relu (1 * x + (w - c)) +
      -(2 / w) * relu (1 * x + -c) + 1 / w * relu (1 * x + (-w - c)) + 0 := by
    simp only [hat, realEval, eval_cons, eval_affine, Layer.eval_apply, sum_one, hs]
    rfl
  have hr : relu (1 - abs (x - c) / w) = 1 / w * relu (w - abs (x - c)) := by
    rw [← relu_mul (one_div_nonneg (Std.le_of_lt hw))]
    exact congrArg relu (by grind)
  rw [h, hr]
  have h₁ : relu (1 * x + (w - c)) - 2 * relu (1 * x + -c) + relu (1 * x + (-w - c)) =
      relu (w - abs (x - c)) := by
    have := abs_cases (x - c)
    generalize abs (x - c) = a at *
    unfold relu
    grind
  rw [← h₁]
  grind

/-- The sizes of the hat function. -/
theorem size_hat (c w : R) : (hat c w).depth = 1 ∧ (hat c w).neurons = 3 ∧
    (hat c w).parameters = 10 := ⟨rfl, rfl, rfl⟩

end Network

/-! ### One hidden layer on the line -/

namespace Network

/-- The function of a network with one hidden layer, one input and one output. -/
theorem exists_eq_sum_of_depth_eq_one (σ : R → R) (net : Network R 1 1) (hd : net.depth = 1)
    (hn : net.neurons = N) : ∃ (v w b : Fin N → R) (c : R),
      ∀ x, net.realEval σ x = ∑ k, v k * σ (w k * x + b k) + c := by
  match net, hd, hn with
  | .cons (k := k) l (.affine l'), _, hn =>
    obtain rfl : k = N := hn
    refine ⟨l'.weight 0, fun k => l.weight k 0, l.bias, l'.bias 0, fun x => ?_⟩
    show (∑ k, l'.weight 0 k * σ (∑ j : Fin 1, l.weight k j * x + l.bias k)) + l'.bias 0 = _
    exact congrArg (· + l'.bias 0) (sum_congr fun k => by rw [sum_one])
  | .cons _ (.cons _ net), hd, _ => simp at hd
  | .affine _, hd, _ => simp at hd

end Network

/-! ### The model -/

/-- **Networks as data.** Networks with evaluation are closed under composition, under running next
to each other and under sums, for any activation, and with ReLUs they compute the identity with any
depth; the depths, the numbers of hidden units and the numbers of non-zero parameters are known.

So a construction that says "there is a network of this size" is built from parts whose sizes add
up, and the network is there to be run.

* controls: approximation
* assumes: a and c, and a and e, have equal depth; the activation is arbitrary, and the ReLU for the
  identity
* bound: none
* witness: Approximation.network_model_witness
* sharp: Approximation.network_model_sharp (the identity on the line with one hidden layer needs its
  two ReLUs: no network with fewer computes it)
* source: folklore -/
theorem network_model (σ : R → R) (b : Network R k n) (a : Network R m k) (c : Network R m n')
    (e : Network R m k) (hc : a.depth = c.depth) (he : a.depth = e.depth) (d : Nat) :
    ((∀ x, (b.comp a).eval σ x = b.eval σ (a.eval σ x)) ∧
      (b.comp a).depth = a.depth + b.depth ∧ (b.comp a).neurons = a.neurons + b.neurons) ∧
    ((∀ x, (Network.parallel a c hc).eval σ x = append (a.eval σ x) (c.eval σ x)) ∧
      (Network.parallel a c hc).depth = a.depth ∧
      (Network.parallel a c hc).neurons = a.neurons + c.neurons ∧
      (Network.parallel a c hc).nonzero = a.nonzero + c.nonzero) ∧
    ((∀ x, (Network.add a e he).eval σ x = fun i => a.eval σ x i + e.eval σ x i) ∧
      (Network.add a e he).depth = a.depth ∧
      (Network.add a e he).neurons = a.neurons + e.neurons ∧
      (Network.add a e he).nonzero ≤ a.nonzero + e.nonzero) ∧
    ((∀ x, (Network.identity R n d).eval relu x = x) ∧ (Network.identity R n d).depth = d ∧
      (Network.identity R n d).neurons = 2 * n * d ∧
      (Network.identity R n d).nonzero ≤ 2 * n * (d + 1) ∧
      (Network.identity R n d).MaxWeight 1) := by
  obtain ⟨h₁, h₂, -, h₃, h₄⟩ := Network.size_identity (R := R) n d
  exact ⟨⟨b.eval_comp σ a, b.depth_comp a, b.neurons_comp a⟩,
    ⟨a.eval_parallel σ c hc, a.depth_parallel c hc, a.neurons_parallel c hc,
      a.nonzero_parallel c hc⟩,
    ⟨a.eval_add σ e he, a.depth_add e he, a.neurons_add e he, a.nonzero_add_le e he⟩,
    Network.eval_identity d, h₁, h₂, h₃, h₄⟩

/-- The networks of the absolute value and of the identity have equal depth, and they compute
different functions. -/
theorem network_model_witness :
    (Network.absolute R 1).depth = (Network.identity R 1 1).depth ∧
    (Network.absolute R 1).realEval relu (-1) = 1 ∧
    (Network.identity R 1 1).realEval relu (-1) = -1 := by
  refine ⟨rfl, ?_, ?_⟩
  · rw [Network.realEval, Network.eval_absolute, abs_neg, abs_one]
  · rw [Network.realEval, Network.eval_identity]

/-- The identity on the line with one hidden layer has two ReLUs, and no network with one hidden
layer and fewer ReLUs computes it. -/
theorem network_model_sharp : (Network.identity R 1 1).neurons = 2 ∧
    ∀ net : Network R 1 1, net.depth = 1 → net.neurons < 2 →
      ¬ ∀ x, net.realEval relu x = x := by
  refine ⟨rfl, fun net hd hn h => ?_⟩
  rcases (show net.neurons = 0 ∨ net.neurons = 1 by omega) with hn | hn
  · obtain ⟨v, w, b, c, hf⟩ := Network.exists_eq_sum_of_depth_eq_one relu net hd hn
    have h₀ := (hf 0).symm.trans (h 0)
    have h₁ := (hf 1).symm.trans (h 1)
    rw [sum_zero] at h₀ h₁
    grind
  · obtain ⟨v, w, b, c, hf⟩ := Network.exists_eq_sum_of_depth_eq_one relu net hd hn
    have hx (x : R) (hx : w 0 * x + b 0 ≤ 0) : c = x := by
      have := (hf x).symm.trans (h x)
      rw [sum_one, relu_of_nonpos hx] at this
      grind
    have hq (h₀ : w 0 ≠ 0) : w 0 * (-b 0 / w 0) = -b 0 := by grind
    rcases lt_trichotomy (w 0) 0 with hw | hw | hw
    · have hq := hq (by grind)
      generalize -b 0 / w 0 = q at *
      have h₁ := hx q (by grind)
      have h₂ := hx (q + 1) (by grind)
      grind
    · have h₀ := (hf 0).symm.trans (h 0)
      have h₁ := (hf 1).symm.trans (h 1)
      rw [sum_one, hw] at h₀ h₁
      grind
    · have hq := hq (by grind)
      generalize -b 0 / w 0 = q at *
      have h₁ := hx q (by grind)
      have h₂ := hx (q - 1) (by grind)
      grind

end DeepTheory.Approximation
