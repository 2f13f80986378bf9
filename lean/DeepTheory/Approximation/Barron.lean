module

public import DeepTheory.Approximation.Maurey
public import DeepTheory.Approximation.Network

/-!
# Few neurons for many: a bound in the manner of Barron

A network with one hidden layer whose output weights have a bounded sum of absolute values is close,
in mean square over any law on finitely many inputs, to one with `N` of its neurons and output
weights of equal size, whatever the number of its neurons and the dimension of the input.

## Main definitions
* `DeepTheory.Approximation.Network.ridge`: the network with one hidden layer and given weights.
* `DeepTheory.Approximation.l2Norm`: the root of the mean square.
* `DeepTheory.Approximation.equalWeight`: output weights of equal size, with the given signs.
* `DeepTheory.Approximation.barronBound`: the bound.
* `DeepTheory.Approximation.hardTanh`, `DeepTheory.Approximation.signVector`: the activation and
  the inputs of the sharp instance.

## Main theorems
* `DeepTheory.Approximation.barron`, `DeepTheory.Approximation.barron_witness`,
  `DeepTheory.Approximation.barron_sharp`, `DeepTheory.Approximation.barronBound_le`.

## References
* A. Barron, *Universal approximation bounds for superpositions of a sigmoidal function*, 1993.
-/

public noncomputable section

namespace DeepTheory.Approximation

open Probability

universe u v

variable {R : Type u} [RealField R] {Z : Type v} [Fintype Z] {K N d : Nat} {C M : R}

/-! ### One hidden layer -/

/-- The network with one hidden layer of `K` units with weights `w` and biases `b`, and the output
weights `c`. -/
@[expose] def Network.ridge (w : Fin K → Fin d → R) (b c : Fin K → R) : Network R d 1 :=
  .cons ⟨w, b⟩ (.affine ⟨fun _ => c, fun _ => 0⟩)

/-- A network with one hidden layer computes a sum of ridge functions. -/
theorem Network.eval_ridge (σ : R → R) (w : Fin K → Fin d → R) (b c : Fin K → R) (x : Fin d → R)
    (i : Fin 1) :
    (ridge w b c).eval σ x i = ∑ k, c k * σ (∑ j, w k j * x j + b k) := by
  show (∑ k, c k * σ (∑ j, w k j * x j + b k)) + 0 = _
  grind

@[simp] theorem Network.depth_ridge (w : Fin K → Fin d → R) (b c : Fin K → R) :
    (ridge w b c).depth = 1 := rfl

@[simp] theorem Network.neurons_ridge (w : Fin K → Fin d → R) (b c : Fin K → R) :
    (ridge w b c).neurons = K := rfl

/-! ### Means of squares -/

/-- The root of the mean square of a function under a law. -/
@[expose] def l2Norm (μ : Dist R Z) (h : Z → R) : R := sqrt (expect μ fun z => h z ^ 2)

theorem l2Norm_nonneg (μ : Dist R Z) (h : Z → R) : 0 ≤ l2Norm μ h := sqrt_nonneg _

theorem l2Norm_sq (μ : Dist R Z) (h : Z → R) : l2Norm μ h ^ 2 = expect μ fun z => h z ^ 2 :=
  sq_sqrt (expect_nonneg μ fun z => sq_nonneg (h z))

/-- Expectations under two laws may be taken in either order. -/
theorem expect_expect_comm {Y : Type _} [Fintype Y] (μ : Dist R Z) (ν : Dist R Y)
    (f : Z → Y → R) :
    expect μ (fun z => expect ν (f z)) = expect ν fun y => expect μ fun z => f z y := by
  show (∑ z, μ.prob z * expect ν (f z)) = expect ν fun y => ∑ z, μ.prob z * f z y
  rw [expect_sum ν fun z y => μ.prob z * f z y]
  exact sum_congr fun z => (expect_const_mul ν (μ.prob z) (f z)).symm

/-! ### The theorem -/

open Classical in
/-- An output weight of the size of the sum of the absolute values of all, with the sign of
`c k`. -/
@[expose] def equalWeight (c : Fin K → R) (k : Fin K) : R :=
  if 0 ≤ c k then ∑ l, abs (c l) else -∑ l, abs (c l)

theorem equalWeight_sq (c : Fin K → R) (k : Fin K) :
    equalWeight c k ^ 2 = (∑ l, abs (c l)) ^ 2 := by
  unfold equalWeight
  split <;> grind

/-- There is a law that draws each neuron with a probability proportional to the absolute value of
its output weight. -/
theorem exists_dist_mul_prob (hK : 0 < K) (c : Fin K → R) :
    ∃ p : Dist R (Fin K), ∀ k, p.prob k * equalWeight c k = c k := by
  have h₀ := single_le_sum fun k => abs_nonneg (c k)
  have hS := sum_nonneg fun k => abs_nonneg (c k)
  generalize hs : ∑ k, abs (c k) = s at *
  have he (k : Fin K) : (0 ≤ c k ∧ equalWeight c k = s) ∨ (c k < 0 ∧ equalWeight c k = -s) := by
    rcases Classical.em (0 ≤ c k) with h | h
    · exact .inl ⟨h, by rw [equalWeight, if_pos h, hs]⟩
    · exact .inr ⟨not_le.1 h, by rw [equalWeight, if_neg h, hs]⟩
  by_cases h : s = 0
  · have : Nonempty (Fin K) := ⟨⟨0, hK⟩⟩
    refine ⟨Dist.uniform, fun k => ?_⟩
    have h₁ := h₀ k
    have h₂ := abs_cases (c k)
    have h₃ : c k = 0 := by grind
    have h₄ : equalWeight c k = 0 := by have := he k; grind
    rw [h₃, h₄]
    grind
  · refine ⟨⟨fun k => abs (c k) / s, fun k => div_nonneg_of_nonneg (abs_nonneg _) hS, ?_⟩,
      fun k => ?_⟩
    · rw [← sum_div, hs]
      grind
    · have h₂ := abs_cases (c k)
      show abs (c k) / s * equalWeight c k = c k
      rcases he k with ⟨h₃, h₄⟩ | ⟨h₃, h₄⟩ <;> rw [h₄] <;> grind

/-- The root of `((C M) ^ 2 - s ^ 2) / N`: output weights with absolute values of sum `C`,
activation at most `M`, a target of mean square `s ^ 2`, and `N` neurons. -/
@[expose] def barronBound (C M s : R) (N : Nat) : R := sqrt (((C * M) ^ 2 - s ^ 2) / N)

theorem barronBound_eq (C M s : R) (N : Nat) : barronBound C M s N = maureyBound (C * M) s N := rfl

/-- The bound is at most `C M` over the root of the number of neurons. -/
theorem barronBound_le (hCM : 0 ≤ C * M) (s : R) (hN : 0 < N) :
    barronBound C M s N ≤ C * M / sqrt (N : R) := by
  have hN' := natCast_pos (R := R) hN
  have h := sq_nonneg s
  refine le_trans (sqrt_le_sqrt (div_le_div_of_nonneg_right
    (show (C * M) ^ 2 - s ^ 2 ≤ (C * M) ^ 2 by grind) (natCast_nonneg N))) ?_
  rw [sqrt_div (sq_nonneg _) hN', sqrt_sq hCM]
  exact Std.le_refl _

/-- **Barron-type bound.** A network with one hidden layer, output weights whose absolute values
have sum at most `C` and activation at most `M`, is within the root of `((C M) ^ 2 - s ^ 2) / N`, in
the mean square over a law on finitely many inputs, of a network with some `N` of its neurons,
repetitions allowed, and output weights of equal size, where `s` is the root of the mean square of
the target.  Neither the number of neurons of the target nor the dimension of the input enters.

* controls: approximation
* assumes: a finite law on inputs, abs (σ t) ≤ M for every t, ∑ |c k| ≤ C, K > 0, N > 0
* bound: Approximation.barronBound
* witness: Approximation.barron_witness
* sharp: Approximation.barron_sharp (equality for N = 1; for every N as the dimension grows)
* source: Barron 1993, Theorem 1 and Lemma 1 -/
theorem barron (μ : Dist R Z) (X : Z → Fin d → R) {σ : R → R} (hσ : ∀ t, abs (σ t) ≤ M)
    (w : Fin K → Fin d → R) (b : Fin K → R) {c : Fin K → R} (hc : ∑ k, abs (c k) ≤ C)
    (hK : 0 < K) (hN : 0 < N) :
    ∃ x : Fin N → Fin K,
      l2Norm μ (fun z =>
        (Network.ridge (fun j => w (x j)) (fun j => b (x j))
          fun j => equalWeight c (x j) / N).eval σ (X z) 0 -
            (Network.ridge w b c).eval σ (X z) 0) ≤
        barronBound C M (l2Norm μ fun z => (Network.ridge w b c).eval σ (X z) 0) N := by
  obtain ⟨p, hp⟩ := exists_dist_mul_prob hK c
  have hN' := natCast_pos (R := R) hN
  have hS := sum_nonneg fun k => abs_nonneg (c k)
  -- One neuron with its output weight, at an input.
  let a (z : Z) (k : Fin K) : R := equalWeight c k * σ (∑ j, w k j * X z j + b k)
  have ha (z : Z) (k : Fin K) : ‖a z k‖ ^ 2 ≤ (C * M) ^ 2 := by
    rw [norm_eq_abs, sq_abs]
    show (equalWeight c k * σ (∑ j, w k j * X z j + b k)) ^ 2 ≤ _
    rw [mul_pow, mul_pow, equalWeight_sq, ← sq_abs (σ _)]
    exact mul_le_mul (sq_le_sq hS hc) (sq_le_sq (abs_nonneg _) (hσ _)) (sq_nonneg _)
      (sq_nonneg _)
  have hf (z : Z) : combination p (a z) = (Network.ridge w b c).eval σ (X z) 0 := by
    rw [Network.eval_ridge, combination, vecSum_eq_sum]
    refine sum_congr fun k => ?_
    show p.prob k * (equalWeight c k * σ (∑ j, w k j * X z j + b k)) = _
    rw [← hp k]
    grind
  have hg (x : Fin N → Fin K) (z : Z) : (average fun j => a z (x j)) =
      (Network.ridge (fun j => w (x j)) (fun j => b (x j))
        fun j => equalWeight c (x j) / N).eval σ (X z) 0 := by
    rw [Network.eval_ridge, average, vecSum_eq_sum, smul_eq_mul, mul_sum]
    refine sum_congr fun j => ?_
    show 1 / (N : R) * (equalWeight c (x j) * σ (∑ i, w (x j) i * X z i + b (x j))) = _
    grind
  obtain ⟨x, hx⟩ := exists_le_expect (p.iid N)
    fun x => expect μ fun z => ‖(average fun j => a z (x j)) - combination p (a z)‖ ^ 2
  refine ⟨x, le_sqrt_of_sq_le ?_⟩
  rw [l2Norm_sq, l2Norm_sq, expect_congr μ fun z => by rw [← hg x z, ← hf z, ← sq_abs],
    expect_congr μ fun z => by rw [← norm_eq_abs]]
  refine le_trans hx ?_
  rw [expect_expect_comm, expect_congr μ fun z => maurey_variance p (a z) hN, expect_div_const,
    expect_sub]
  refine div_le_div_of_nonneg_right (sub_le_sub (expect_le μ fun z => expect_le p (ha z)) ?_)
    (natCast_nonneg N)
  refine le_of_eq (expect_congr μ fun z => ?_)
  rw [hf, norm_eq_abs, sq_abs]

/-! ### The sharp instance -/

/-- The identity, cut off below `-1` and above `1`. -/
@[expose] def hardTanh (t : R) : R := max (-1) (min t 1)

theorem abs_hardTanh_le (t : R) : abs (hardTanh t) ≤ 1 := by
  unfold hardTanh
  exact abs_le.2 ⟨by grind, by grind⟩

/-- The vector of ones and minus ones that belongs to a vector of truth values. -/
@[expose] def signVector (R : Type u) [RealField R] (z : Fin d → Bool) : Fin d → R :=
  fun i => 2 * heads R (z i) - 1

theorem signVector_cases (z : Fin d → Bool) (i : Fin d) :
    signVector R z i = 1 ∨ signVector R z i = -1 := by
  unfold signVector
  cases z i
  · right; rw [heads_false]; grind
  · left; rw [heads_true]; grind

theorem hardTanh_signVector (z : Fin d → Bool) (i : Fin d) :
    hardTanh (signVector R z i) = signVector R z i := by
  unfold hardTanh
  rcases signVector_cases (R := R) z i with h | h <;> rw [h] <;> grind

/-- The law of `d` independent fair coins. -/
@[expose] def fairCoins (R : Type u) [RealField R] (d : Nat) : Dist R (Fin d → Bool) :=
  (Dist.coin (p := (1 : R) / 2) (by grind) (by grind)).iid d

/-- The mean square of a linear function of independent signs. -/
theorem expect_inner_signVector_sq (u : Fin d → R) :
    expect (fairCoins R d) (fun z => ⟪u, signVector R z⟫ ^ 2) = ‖u‖ ^ 2 := by
  have h₀ (i : Fin d) (z : R) : expect (Dist.coin (p := (1 : R) / 2) (by grind) (by grind))
      (fun t => u i * (2 * heads R t - 1) * z) = 0 := by
    rw [expect_coin, heads_true, heads_false]
    grind
  have h₁ (i : Fin d) : expect (Dist.coin (p := (1 : R) / 2) (by grind) (by grind))
      (fun t => u i * (2 * heads R t - 1) * (u i * (2 * heads R t - 1))) = u i ^ 2 := by
    rw [expect_coin, heads_true, heads_false]
    grind
  have h : expect (fairCoins R d) (fun z =>
      ⟪vecSum fun i => u i * (2 * heads R (z i) - 1),
        vecSum fun i => u i * (2 * heads R (z i) - 1)⟫) = ∑ i, u i ^ 2 :=
    (expect_vecSum_sq (fun _ : Fin d => Dist.coin (p := (1 : R) / 2) (by grind) (by grind))
      (fun i t => u i * (2 * heads R t - 1)) h₀).trans (sum_congr h₁)
  rw [sq_norm, ← h]
  refine expect_congr _ fun z => ?_
  rw [vecSum_eq_sum, inner_eq_mul, inner_def]
  show (∑ i, u i * (2 * heads R (z i) - 1)) ^ 2 = _
  grind

/-- The average of coordinates that is the target of the sharp instance. -/
@[expose] def coordinateAverage (R : Type u) [RealField R] (d : Nat) : Network R d 1 :=
  .ridge (basis (R := R) (d := d)) (fun _ => 0) fun _ => 1 / d

theorem sum_abs_one_div [Nonempty (Fin d)] : ∑ _k : Fin d, abs (1 / (d : R)) = 1 := by
  have hd := natCast_pos (R := R) (card_pos (α := Fin d))
  rw [card_fin] at hd
  rw [sum_const, abs_of_nonneg (one_div_nonneg (natCast_nonneg d))]
  grind

/-- A hidden unit that reads one coordinate of a vector of signs returns it. -/
theorem hardTanh_basis (z : Fin d → Bool) (k : Fin d) :
    hardTanh (∑ i, basis (R := R) k i * signVector R z i + 0) = ⟪basis k, signVector R z⟫ := by
  rw [← inner_def, inner_basis, show signVector R z k + 0 = signVector R z k by grind,
    hardTanh_signVector]

theorem eval_coordinateAverage [Nonempty (Fin d)] (z : Fin d → Bool) :
    (coordinateAverage R d).eval hardTanh (signVector R z) 0 =
      ⟪combination Dist.uniform basis, signVector R z⟫ := by
  rw [coordinateAverage, Network.eval_ridge, inner_combination]
  refine sum_congr fun k => ?_
  rw [hardTanh_basis]
  show _ = 1 / (card (Fin d) : R) * _
  rw [card_fin]

theorem l2Norm_coordinateAverage [Nonempty (Fin d)] :
    l2Norm (fairCoins R d) (fun z => (coordinateAverage R d).eval hardTanh (signVector R z) 0) =
      ‖combination Dist.uniform (basis (R := R) (d := d))‖ := by
  refine eq_of_sq_eq_sq (l2Norm_nonneg _ _) (norm_nonneg _) ?_
  rw [l2Norm_sq, expect_congr _ fun z => by rw [eval_coordinateAverage],
    expect_inner_signVector_sq]

/-- The distance of a choice of coordinates to the average of all is that of the unit vectors. -/
theorem l2Norm_sub_coordinateAverage [Nonempty (Fin d)] (x : Fin N → Fin d) :
    l2Norm (fairCoins R d) (fun z =>
      (Network.ridge (fun j => basis (R := R) (x j)) (fun _ => 0) fun j =>
        equalWeight (fun _ : Fin d => 1 / (d : R)) (x j) / N).eval hardTanh (signVector R z) 0 -
          (coordinateAverage R d).eval hardTanh (signVector R z) 0) =
      ‖(average fun j => basis (R := R) (x j)) - combination Dist.uniform basis‖ := by
  refine eq_of_sq_eq_sq (l2Norm_nonneg _ _) (norm_nonneg _) ?_
  rw [l2Norm_sq, ← expect_inner_signVector_sq]
  refine expect_congr _ fun z => congrArg (· ^ 2) ?_
  rw [inner_sub_left, eval_coordinateAverage, inner_average, Network.eval_ridge, sum_div]
  refine congrArg (· - _) (sum_congr fun j => ?_)
  rw [hardTanh_basis, equalWeight, sum_abs_one_div,
    if_pos (one_div_nonneg (natCast_nonneg d))]
  grind

/-- The hypotheses of `barron` are met at once by the average of two signs and `N = 4`, and the
bound is positive. -/
theorem barron_witness : (∀ t : R, abs (hardTanh t) ≤ 1) ∧
    (∑ _k : Fin 2, abs (1 / ((2 : Nat) : R))) ≤ 1 ∧ 0 < 2 ∧ 0 < 4 ∧
    0 < barronBound 1 1 (l2Norm (fairCoins R 2) fun z =>
      (coordinateAverage R 2).eval hardTanh (signVector R z) 0) 4 := by
  refine ⟨abs_hardTanh_le, le_of_eq sum_abs_one_div, by omega, by omega, ?_⟩
  rw [l2Norm_coordinateAverage, barronBound_eq, show (1 : R) * 1 = 1 by grind]
  exact (maurey_witness (R := R)).2.2.2

/-- The average of `d` signs, under fair coins: for `N = 1` every choice of a neuron is at exactly
the distance of the bound, and for every `N` the square of no distance is below the square of the
bound by more than `1 / d`. -/
theorem barron_sharp (d : Nat) [Nonempty (Fin d)] : (∀ t : R, abs (hardTanh t) ≤ 1) ∧
    (∑ _k : Fin d, abs (1 / (d : R))) ≤ 1 ∧
    (∀ x : Fin 1 → Fin d, l2Norm (fairCoins R d) (fun z =>
      (Network.ridge (fun j => basis (R := R) (x j)) (fun _ => 0) fun j =>
        equalWeight (fun _ : Fin d => 1 / (d : R)) (x j) / (1 : Nat)).eval hardTanh
          (signVector R z) 0 - (coordinateAverage R d).eval hardTanh (signVector R z) 0) =
      barronBound 1 1 (l2Norm (fairCoins R d) fun z =>
        (coordinateAverage R d).eval hardTanh (signVector R z) 0) 1) ∧
    ∀ N : Nat, 0 < N → ∀ x : Fin N → Fin d,
      barronBound 1 1 (l2Norm (fairCoins R d) fun z =>
        (coordinateAverage R d).eval hardTanh (signVector R z) 0) N ^ 2 - (1 : R) / d ≤
      l2Norm (fairCoins R d) (fun z =>
        (Network.ridge (fun j => basis (R := R) (x j)) (fun _ => 0) fun j =>
          equalWeight (fun _ : Fin d => 1 / (d : R)) (x j) / N).eval hardTanh
            (signVector R z) 0 - (coordinateAverage R d).eval hardTanh (signVector R z) 0) ^ 2 := by
  obtain ⟨-, h₁, h₂⟩ := maurey_sharp (R := R) d
  refine ⟨abs_hardTanh_le, le_of_eq sum_abs_one_div, fun x => ?_, fun N hN x => ?_⟩
  · rw [l2Norm_sub_coordinateAverage, l2Norm_coordinateAverage, barronBound_eq,
      show (1 : R) * 1 = 1 by grind]
    exact h₁ x
  · rw [l2Norm_sub_coordinateAverage, l2Norm_coordinateAverage, barronBound_eq,
      show (1 : R) * 1 = 1 by grind]
    exact h₂ N hN x

end DeepTheory.Approximation
