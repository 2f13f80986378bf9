module

public import DeepTheory.Approximation.LinearRegions

/-!
# What depth buys

The sawtooth function with `2 ^ k` pieces is computed by a network of width 2 and depth `k`.
Every function with fewer than `2 ^ k` affine pieces, so every network with too few units for its
depth, misses it by 1/2.

## Main definitions
* `DeepTheory.Approximation.dyadic`: the points `i / 2 ^ k`.
* `DeepTheory.Approximation.telgarskyBound`: half of the missing pieces.

## Main theorems
* `DeepTheory.Approximation.piecewiseAffine_sawtooth`: the sawtooth function has `2 ^ k` pieces.
* `DeepTheory.Approximation.telgarsky`, `DeepTheory.Approximation.telgarsky_witness`,
  `DeepTheory.Approximation.telgarsky_sharp`, `DeepTheory.Approximation.telgarsky_sharp_amount`.
* `DeepTheory.Approximation.exists_half_le`, `DeepTheory.Approximation.telgarsky_network`,
  `DeepTheory.Approximation.telgarsky_shallow`: the consequences for approximation by functions with
  few pieces, by networks, and by networks with one hidden layer.

## References
* M. Telgarsky, *Representation benefits of deep feedforward networks*, 2015, Theorem 1.1.
* M. Telgarsky, *Benefits of depth in neural networks*, 2016, Theorem 1.1.
-/

public noncomputable section

namespace DeepTheory.Approximation

universe u

variable {R : Type u} [RealField R] {f : R → R} {i j k N : Nat}

/-- The `i`-th of the points that divide the unit interval into `2 ^ k` parts. -/
@[expose] def dyadic (R : Type u) [RealField R] (k i : Nat) : R := i / 2 ^ k

theorem dyadic_lt_dyadic (h : i < j) : dyadic R k i < dyadic R k j :=
  div_lt_div_of_pos_right (natCast_lt_iff.2 h) (two_pow_pos k)

theorem dyadic_mem (h : i ≤ 2 ^ k) : 0 ≤ dyadic R k i ∧ dyadic R k i ≤ 1 := by
  have hp := two_pow_pos (R := R) k
  refine ⟨div_nonneg (natCast_nonneg i) hp, ?_⟩
  unfold dyadic
  rw [div_le_one hp, ← natCast_two_pow]
  exact natCast_le h

/-- One more tent map at most doubles the number of pieces. -/
theorem BreaksIn.sawtooth_succ {t : List R} (h : BreaksIn (sawtooth k) t) : ∃ t' : List R,
    t'.length + 1 ≤ 2 * (t.length + 1) ∧ (∀ r, r ∈ t → r ∈ t') ∧
      BreaksIn (sawtooth (k + 1)) t' := by
  have h₁ : BreaksIn (fun x => 1 * sawtooth k x + 0 * sawtooth k x + -(1 / 2)) t := h.add h _ _ _
  obtain ⟨e, he, h₂⟩ := h₁.relu
  have h₃ := (h.mono fun r hr => List.mem_append_left e hr).add h₂ 2 (-4) 0
  refine ⟨t ++ e, by rw [List.length_append]; omega, fun r hr => List.mem_append_left e hr, ?_⟩
  have he : (sawtooth (k + 1) : R → R) = fun x => 2 * sawtooth k x +
      -4 * Approximation.relu (1 * sawtooth k x + 0 * sawtooth k x + -(1 / 2)) + 0 := by
    refine funext fun x => ?_
    rw [Approximation.sawtooth_succ']
    generalize sawtooth k x = y
    rcases le_total y (1 / 2) with hy | hy
    · rw [tent_of_le hy, relu_of_nonpos (by grind)]; grind
    · rw [tent_of_ge hy, relu_of_nonneg (by grind)]; grind
  rw [he]
  exact h₃

/-- The sawtooth function on the whole line has `2 ^ k` pieces. -/
theorem piecewiseAffine_sawtooth (k : Nat) : PiecewiseAffine (sawtooth k : R → R) (2 ^ k) := by
  induction k with
  | zero => exact ⟨[], Nat.le_refl _, fun u v _ => ⟨1, 0, fun x _ _ => by
      rw [sawtooth_zero]; grind⟩⟩
  | succ k ih =>
    obtain ⟨t, ht, h⟩ := ih
    obtain ⟨t', ht', -, h'⟩ := h.sawtooth_succ
    exact ⟨t', by rw [Nat.pow_succ]; omega, h'⟩

/-- Half of the difference between the number `2 ^ k` of pieces of the sawtooth function and the
number `N` of pieces that there are. -/
@[expose] def telgarskyBound (N k : Nat) : R := (2 ^ k - N) / 2

/-- **The benefit of depth.** A function with `N` affine pieces misses the sawtooth function, which
a network with `k` layers of two units computes, by at least 1/2 at not fewer than `(2 ^ k - N) / 2`
of the `2 ^ k + 1` points `i / 2 ^ k`.

A network of width `w` and depth `D` has at most `(w + 1) ^ D` pieces (`linear_regions_1d`): to come
closer than 1/2 everywhere it needs `(w + 1) ^ D` to be `2 ^ k` at least, so that with one hidden
layer it needs exponentially many units.

* controls: approximation
* assumes: f is continuous with at most N affine pieces
* bound: Approximation.telgarskyBound
* witness: Approximation.telgarsky_witness
* sharp: Approximation.telgarsky_sharp (attained up to rounding to a whole number for one piece, and
  with zero misses for `2 ^ k` pieces); no amount larger than 1/2 holds either:
  Approximation.telgarsky_sharp_amount
* source: Telgarsky 2015, Theorem 1.1 -/
theorem telgarsky (hf : PiecewiseAffine f N) (k : Nat) :
    telgarskyBound N k ≤ (misses f (dyadic R k) (2 ^ k + 1) : R) := by
  have h := le_pieces_add_misses (n := 2 ^ k) (p := dyadic R k) hf fun i j hij _ =>
    dyadic_lt_dyadic hij
  have h₁ := natCast_le (R := R) h
  generalize misses f (dyadic R k) (2 ^ k + 1) = F at *
  rw [natCast_two_pow, show ((N + 2 * F : Nat) : R) = N + 2 * F by grind] at h₁
  unfold telgarskyBound
  grind

/-- The values of the sawtooth function at the points, which `misses` compares with. -/
theorem sawtooth_eq_parity (h : i ≤ 2 ^ k) : sawtooth k (dyadic R k i) = parity R i :=
  sawtooth_dyadic k h

/-- The sawtooth function of two layers has four pieces, and misses that of five layers, with
thirty-two, at fourteen points at least. -/
theorem telgarsky_witness : PiecewiseAffine (sawtooth 2 : R → R) 4 ∧
    (Network.sawtoothNet R 5).realEval relu = sawtooth 5 ∧ (Network.sawtoothNet R 5).depth = 5 ∧
    (Network.sawtoothNet R 5).width ≤ 2 ∧ (telgarskyBound 4 5 : R) = 14 := by
  obtain ⟨h₁, -, h₃⟩ := Network.size_sawtoothNet (R := R) 5
  refine ⟨piecewiseAffine_sawtooth 2, Network.realEval_sawtoothNet 5, h₁, h₃, ?_⟩
  unfold telgarskyBound
  grind

/-- The zero function, of one piece, misses exactly the odd points: the smallest whole number that
is not below the bound.  The sawtooth function itself, of `2 ^ k` pieces, misses no point, and the
bound is zero. -/
theorem telgarsky_sharp (k : Nat) :
    PiecewiseAffine (fun _ => (0 : R)) 1 ∧
    (misses (fun _ => (0 : R)) (dyadic R (k + 1)) (2 ^ (k + 1) + 1) : R) =
      telgarskyBound 1 (k + 1) + 1 / 2 ∧
    PiecewiseAffine (sawtooth k : R → R) (2 ^ k) ∧
    (misses (sawtooth k) (dyadic R k) (2 ^ k + 1) : R) = telgarskyBound (2 ^ k) k := by
  have hm (n : Nat) : misses (fun _ => (0 : R)) (dyadic R (k + 1)) n = n / 2 := by
    induction n with
    | zero => rfl
    | succ n ih =>
      rw [misses_succ, ih, miss]
      rcases parity_cases (R := R) n with ⟨h, hn⟩ | ⟨h, hn⟩
      · rw [hn, if_neg]
        · omega
        · rw [show (0 : R) - 0 = 0 by grind, abs_zero]; grind
      · rw [hn, if_pos]
        · omega
        · rw [show (0 : R) - 1 = -1 by grind, abs_neg, abs_one]; grind
  refine ⟨⟨[], Nat.le_refl _, fun u v _ => ⟨0, 0, fun x _ _ =>
    show (0 : R) = 0 * x + 0 by grind⟩⟩, ?_,
    piecewiseAffine_sawtooth k, ?_⟩
  · rw [hm, show (2 ^ (k + 1) + 1) / 2 = 2 ^ k by rw [Nat.pow_succ]; omega, natCast_two_pow]
    unfold telgarskyBound
    rw [pow_succ]
    grind
  · rw [misses_eq_zero fun i hi => sawtooth_eq_parity (by omega)]
    unfold telgarskyBound
    rw [natCast_two_pow]
    grind

/-- The constant function 1/2, of one piece, misses no sawtooth function by more than 1/2. -/
theorem telgarsky_sharp_amount (k : Nat) {x : R} (h₀ : 0 ≤ x) (h₁ : x ≤ 1) :
    abs (1 / 2 - sawtooth k x) ≤ 1 / 2 := by
  have := sawtooth_mem k h₀ h₁
  rw [abs_le]
  grind

/-! ### Consequences -/

/-- A function with fewer than `2 ^ k` pieces misses the sawtooth function by 1/2 somewhere in the
unit interval. -/
theorem exists_half_le (hf : PiecewiseAffine f N) (hN : N < 2 ^ k) :
    ∃ x : R, 0 ≤ x ∧ x ≤ 1 ∧ 1 / 2 ≤ abs (f x - sawtooth k x) := by
  have h := le_pieces_add_misses (n := 2 ^ k) (p := dyadic R k) hf fun i j hij _ =>
    dyadic_lt_dyadic hij
  obtain ⟨i, hi, h⟩ := exists_miss (f := f) (p := dyadic R k) (n := 2 ^ k + 1) (by omega)
  have hi' : i ≤ 2 ^ k := by omega
  rw [← sawtooth_eq_parity hi'] at h
  exact ⟨dyadic R k i, (dyadic_mem hi').1, (dyadic_mem hi').2, h⟩

/-- A network with `(width + 1) ^ depth` less than `2 ^ k` misses the network of width 2 and depth
`k` by 1/2 somewhere in the unit interval. -/
theorem telgarsky_network (net : Network R 1 1) (h : (net.width + 1) ^ net.depth < 2 ^ k) :
    ∃ x : R, 0 ≤ x ∧ x ≤ 1 ∧
      1 / 2 ≤ abs (net.realEval relu x - (Network.sawtoothNet R k).realEval relu x) := by
  rw [Network.realEval_sawtoothNet]
  exact exists_half_le net.piecewiseAffine_realEval (Nat.lt_of_le_of_lt net.regions_le h)

/-- A network with one hidden layer needs `2 ^ k - 1` units to come closer than 1/2 to what a
network with `2 k` units in `k` layers computes. -/
theorem telgarsky_shallow (net : Network R 1 1) (hd : net.depth = 1)
    (h : ∀ x : R, 0 ≤ x → x ≤ 1 →
      abs (net.realEval relu x - (Network.sawtoothNet R k).realEval relu x) < 1 / 2) :
    (Network.sawtoothNet R k).neurons = 2 * k ∧ 2 ^ k ≤ net.neurons + 1 := by
  refine ⟨(Network.size_sawtoothNet k).2.1, ?_⟩
  rcases Nat.lt_or_ge (net.neurons + 1) (2 ^ k) with hn | hn
  · have hw := net.width_le_neurons
    obtain ⟨x, h₀, h₁, h₂⟩ := telgarsky_network (k := k) net (by rw [hd, Nat.pow_one]; omega)
    have := h x h₀ h₁
    grind
  · exact hn

end DeepTheory.Approximation
