module

public import DeepTheory.Approximation.Pieces
public import DeepTheory.Approximation.Sawtooth

/-!
# Linear regions of ReLU networks in one dimension

A ReLU network with one input computes a function with at most `(width + 1) ^ depth` affine pieces.
A function that is near zero and near one in turn at `n + 1` points has at least `n` affine pieces;
so the bound is attained, by a network of width 3 that repeats a zigzag of four pieces.

## Main definitions
* `DeepTheory.Approximation.miss`, `DeepTheory.Approximation.misses`: the points at which a function
  is not near the parity of their index.
* `DeepTheory.Approximation.linearRegionsBound`: the bound on the number of pieces.
* `DeepTheory.Approximation.Network.zigzagNet`: a zigzag of four pieces, repeated.

## Main theorems
* `DeepTheory.Approximation.le_pieces_add_misses`: few pieces, many misses.
* `DeepTheory.Approximation.linear_regions_1d`,
  `DeepTheory.Approximation.linear_regions_1d_witness`,
  `DeepTheory.Approximation.linear_regions_1d_sharp`.

## References
* M. Telgarsky, *Benefits of depth in neural networks*, 2016, Lemmas 3.1 and 3.2.
* T. Serra, C. Tjandraatmadja, S. Ramalingam, *Bounding and counting linear regions of deep neural
  networks*, 2018, Theorem 7.
-/

public noncomputable section

namespace DeepTheory.Approximation

universe u

variable {R : Type u} [RealField R] {f : R → R} {p : Nat → R} {i j m n r N : Nat} {x : R}

/-! ### Near zero and one in turn -/

open Classical in
/-- One if the value at `x` is at least 1/2 away from the parity of `i`, and zero otherwise. -/
@[expose] def miss (f : R → R) (i : Nat) (x : R) : Nat :=
  if 1 / 2 ≤ abs (f x - parity R i) then 1 else 0

/-- The number of `i` below `n` at which the value at `p i` is at least 1/2 away from the parity of
`i`. -/
@[expose] def misses (f : R → R) (p : Nat → R) (n : Nat) : Nat :=
  natSum fun i : Fin n => miss f i.val (p i.val)

theorem misses_succ (f : R → R) (p : Nat → R) (n : Nat) :
    misses f p (n + 1) = misses f p n + miss f n (p n) := rfl

/-- Points at which all goes well are not counted. -/
theorem misses_eq_zero (h : ∀ i, i < n → f (p i) = parity R i) : misses f p n = 0 := by
  induction n with
  | zero => rfl
  | succ n ih =>
    rw [misses_succ, ih fun i hi => h i (by omega), miss, if_neg]
    rw [h n (by omega), show parity R n - parity R n = 0 by grind, abs_zero]
    grind

/-- If there are misses, one of them can be named. -/
theorem exists_miss (h : 0 < misses f p n) :
    ∃ i, i < n ∧ 1 / 2 ≤ abs (f (p i) - parity R i) := by
  induction n with
  | zero => exact absurd h (Nat.lt_irrefl 0)
  | succ n ih =>
    by_cases hm : 1 / 2 ≤ abs (f (p n) - parity R n)
    · exact ⟨n, by omega, hm⟩
    · rw [misses_succ, miss, if_neg hm] at h
      obtain ⟨i, hi, h⟩ := ih h
      exact ⟨i, by omega, h⟩

/-- Without the points that it misses, and one neighbour for each of them, the function minus 1/2
changes its sign at all points. -/
theorem exists_alternates (hp : ∀ i j, i < j → j < n → p i < p j) (hx : ∀ i, i < n → p i < x) :
    ∃ r, Alternates (fun y => 1 * f y + -(1 / 2)) (2 * parity R (n + 1) - 1) x r ∧
      n ≤ r + 2 * misses f p n := by
  induction n generalizing x with
  | zero => exact ⟨0, trivial, Nat.zero_le _⟩
  | succ n ih =>
    obtain ⟨r, h₁, h₂⟩ := ih (x := p n) (fun i j hij hj => hp i j hij (by omega))
      fun i hi => hp i n hi (by omega)
    have hs : parity R (n + 1) = 1 - parity R n := parity_succ n
    have hs' : parity R (n + 1 + 1) = parity R n := parity_congr (by omega)
    rw [misses_succ, hs']
    rw [hs] at h₁
    by_cases hm : 1 / 2 ≤ abs (f (p n) - parity R n)
    · rw [miss, if_pos hm]
      cases r with
      | zero => exact ⟨0, trivial, by omega⟩
      | succ r =>
        refine ⟨r, ?_, by omega⟩
        have := h₁.tail.mono (Std.le_of_lt (hx n (by omega)))
        rwa [show -(2 * (1 - parity R n) - 1) = 2 * parity R n - 1 by grind] at this
    · rw [miss, if_neg hm]
      refine ⟨r + 1, ⟨p n, hx n (by omega), ?_, ?_⟩, by omega⟩
      · show 0 < (2 * parity R n - 1) * (1 * f (p n) + -(1 / 2))
        have ha := abs_cases (f (p n) - parity R n)
        rcases parity_cases (R := R) n with ⟨-, h⟩ | ⟨-, h⟩ <;> rw [h] at ha hm ⊢ <;> grind
      · rwa [show -(2 * parity R n - 1) = 2 * (1 - parity R n) - 1 by grind]

/-- A function with `N` affine pieces cannot be near zero and near one in turn at `n + 1` points if
`N` is less than `n`, and every point that it misses repairs no more than two pieces. -/
theorem le_pieces_add_misses (hf : PiecewiseAffine f N)
    (hp : ∀ i j, i < j → j < n + 1 → p i < p j) : n ≤ N + 2 * misses f p (n + 1) := by
  obtain ⟨r, h₁, h₂⟩ := exists_alternates (f := f) (x := p n + 1) hp fun i hi => by
    rcases Nat.lt_or_ge i n with h | h
    · have := hp i n h (by omega)
      grind
    · rw [show i = n by omega]; grind
  have hg : PiecewiseAffine (fun y => 1 * f y + -(1 / 2)) N := by
    obtain ⟨t, ht, hf⟩ := hf
    refine ⟨t, ht, fun u v hr => ?_⟩
    obtain ⟨a, b, h⟩ := hf u v hr
    exact ⟨a, b - 1 / 2, fun x hu hv => by
      show 1 * f x + -(1 / 2) = _
      rw [h x hu hv]
      grind⟩
  have := alternates_le hg h₁
  omega

/-! ### The zigzag -/

namespace Network

/-- A zigzag by three ReLUs: from 0 at 0 up to 1 at 1/6, down to 0 at 1/3, up to 1 at 2/3, down to
0 at 1, and so on at both ends. -/
@[expose] def zigzag (R : Type u) [RealField R] : Network R 1 1 :=
  .cons ⟨fun (i : Fin 3) _ => match i with | 0 => 1 | 1 => 1 | 2 => -1,
      fun (i : Fin 3) => match i with | 0 => -(1 / 6) | 1 => -(1 / 3) | 2 => 2 / 3⟩
    (.affine (.row (fun j : Fin 3 => match j with | 0 => -12 | 1 => 9 | 2 => -6) 4))

/-- The zigzag repeated `m` times. -/
@[expose] def zigzagNet (R : Type u) [RealField R] (m : Nat) : Network R 1 1 := (zigzag R).power m

theorem realEval_zigzag (x : R) : (zigzag R).realEval relu x =
    -12 * relu (x - 1 / 6) + 9 * relu (x - 1 / 3) + -6 * relu (2 / 3 - x) + 4 := by
  have hs (f : Fin 3 → R) : ∑ i, f i = f 0 + f 1 + f 2 := by
    rw [sum_succ, sum_two]
    rfl
  rw [zigzag, realEval, eval_cons, eval_affine, Layer.eval_row, hs]
  simp only [Layer.eval_apply, sum_one]
  show -12 * relu (1 * x + -(1 / 6)) + 9 * relu (1 * x + -(1 / 3)) +
    -6 * relu (-1 * x + 2 / 3) + 4 = _
  rw [show 1 * x + -(1 / 6) = x - 1 / 6 by grind, show 1 * x + -(1 / 3) = x - 1 / 3 by grind,
    show -1 * x + 2 / 3 = 2 / 3 - x by grind]

/-- The sizes of the repeated zigzag. -/
theorem size_zigzagNet (m : Nat) : (zigzagNet R m).depth = m ∧ (zigzagNet R m).neurons = 3 * m ∧
    (zigzagNet R m).width ≤ 3 := by
  obtain ⟨h₁, h₂, h₃⟩ := size_power (zigzag R) m
  exact ⟨h₁.trans (Nat.mul_one m), h₂.trans (Nat.mul_comm m 3), h₃⟩

end Network

/-- The points at which the zigzag that is repeated `m` times turns: four copies of those of one
repetition less, forwards and backwards in turn. -/
@[expose] def turn (R : Type u) [RealField R] : Nat → Nat → R
  | 0, i => i
  | m + 1, i =>
    if i ≤ 4 ^ m then turn R m i / 6
    else if i ≤ 2 * 4 ^ m then (2 - turn R m (2 * 4 ^ m - i)) / 6
    else if i ≤ 3 * 4 ^ m then (1 + turn R m (i - 2 * 4 ^ m)) / 3
    else 1 - turn R m (4 * 4 ^ m - i) / 3

/-- The turns lie in the unit interval, in increasing order. -/
theorem turn_mem_lt (m : Nat) : (∀ i, i ≤ 4 ^ m → 0 ≤ turn R m i ∧ turn R m i ≤ 1) ∧
    ∀ i, i < 4 ^ m → turn R m i < turn R m (i + 1) := by
  induction m with
  | zero =>
    refine ⟨fun i hi => ?_, fun i hi => ?_⟩
    · have : i = 0 ∨ i = 1 := by rw [Nat.pow_zero] at hi; omega
      rcases this with rfl | rfl <;> simp only [turn] <;> grind
    · obtain rfl : i = 0 := by rw [Nat.pow_zero] at hi; omega
      simp only [turn]
      grind
  | succ m ih =>
    obtain ⟨h₁, h₂⟩ := ih
    have hn : 0 < 4 ^ m := Nat.pow_pos (by omega)
    rw [Nat.pow_succ]
    generalize hN : 4 ^ m = N at *
    refine ⟨fun i hi => ?_, fun i hi => ?_⟩
    · simp only [turn, hN]
      split
      · have := h₁ i (by omega); grind
      split
      · have := h₁ (2 * N - i) (by omega); grind
      split
      · have := h₁ (i - 2 * N) (by omega); grind
      · have := h₁ (4 * N - i) (by omega); grind
    · have l₀ : turn R m (N - 1) < 1 := by
        have := h₂ (N - 1) (by omega)
        rw [show N - 1 + 1 = N by omega] at this
        have := h₁ N (by omega)
        grind
      have l₁ : 0 < turn R m 1 := by
        have := h₂ 0 (by omega)
        have := h₁ 0 (by omega)
        grind
      simp only [turn, hN]
      rcases Nat.lt_trichotomy i N with h | h | h
      · rw [if_pos (show i ≤ N by omega), if_pos (show i + 1 ≤ N by omega)]
        have := h₂ i h
        grind
      · subst h
        rw [if_pos (Nat.le_refl i), if_neg (show ¬ i + 1 ≤ i by omega),
          if_pos (show i + 1 ≤ 2 * i by omega), show 2 * i - (i + 1) = i - 1 by omega]
        have := h₁ i (by omega)
        grind
      rw [if_neg (show ¬ i ≤ N by omega), if_neg (show ¬ i + 1 ≤ N by omega)]
      rcases Nat.lt_trichotomy i (2 * N) with h' | h' | h'
      · rw [if_pos (show i ≤ 2 * N by omega), if_pos (show i + 1 ≤ 2 * N by omega)]
        have := h₂ (2 * N - (i + 1)) (by omega)
        rw [show 2 * N - (i + 1) + 1 = 2 * N - i by omega] at this
        grind
      · rw [if_pos (show i ≤ 2 * N by omega), if_neg (show ¬ i + 1 ≤ 2 * N by omega),
          if_pos (show i + 1 ≤ 3 * N by omega), show 2 * N - i = 0 by omega,
          show i + 1 - 2 * N = 1 by omega]
        have := h₁ 0 (by omega)
        grind
      rw [if_neg (show ¬ i ≤ 2 * N by omega), if_neg (show ¬ i + 1 ≤ 2 * N by omega)]
      rcases Nat.lt_trichotomy i (3 * N) with h'' | h'' | h''
      · rw [if_pos (show i ≤ 3 * N by omega), if_pos (show i + 1 ≤ 3 * N by omega)]
        have := h₂ (i - 2 * N) (by omega)
        rw [show i - 2 * N + 1 = i + 1 - 2 * N by omega] at this
        grind
      · rw [if_pos (show i ≤ 3 * N by omega), if_neg (show ¬ i + 1 ≤ 3 * N by omega),
          show i - 2 * N = N by omega, show 4 * N - (i + 1) = N - 1 by omega]
        have := h₁ N (by omega)
        grind
      · rw [if_neg (show ¬ i ≤ 3 * N by omega), if_neg (show ¬ i + 1 ≤ 3 * N by omega)]
        have := h₂ (4 * N - (i + 1)) (by omega)
        rw [show 4 * N - (i + 1) + 1 = 4 * N - i by omega] at this
        grind

/-- At its turns the repeated zigzag is zero and one in turn. -/
theorem zigzagNet_turn (m : Nat) (hi : i ≤ 4 ^ m) :
    (Network.zigzagNet R m).realEval relu (turn R m i) = parity R i := by
  rw [Network.zigzagNet, Network.realEval_power]
  induction m generalizing i with
  | zero =>
    have : i = 0 ∨ i = 1 := by rw [Nat.pow_zero] at hi; omega
    rcases this with rfl | rfl <;> rw [iter_zero] <;> simp only [turn, parity] <;> grind
  | succ m ih =>
    obtain ⟨h₁, -⟩ := turn_mem_lt (R := R) m
    rw [Nat.pow_succ] at hi
    rw [iter_succ, Network.realEval_zigzag]
    have key {y : R} {j : Nat} (hj : j ≤ 4 ^ m) (hp : j % 2 = i % 2) (hy : y = turn R m j) :
        iter ((Network.zigzag R).realEval relu) m y = parity R i := by
      rw [hy, ih hj, parity_congr hp]
    simp only [turn]
    split
    · rename_i h
      have := h₁ i h
      refine key h rfl ?_
      rw [relu_of_nonpos (x := turn R m i / 6 - 1 / 6) (by grind),
        relu_of_nonpos (x := turn R m i / 6 - 1 / 3) (by grind),
        relu_of_nonneg (x := 2 / 3 - turn R m i / 6) (by grind)]
      grind
    split
    · have := h₁ (2 * 4 ^ m - i) (by omega)
      refine key (j := 2 * 4 ^ m - i) (by omega) (by omega) ?_
      generalize turn R m (2 * 4 ^ m - i) = y at *
      rw [relu_of_nonneg (x := (2 - y) / 6 - 1 / 6) (by grind),
        relu_of_nonpos (x := (2 - y) / 6 - 1 / 3) (by grind),
        relu_of_nonneg (x := 2 / 3 - (2 - y) / 6) (by grind)]
      grind
    split
    · have := h₁ (i - 2 * 4 ^ m) (by omega)
      refine key (j := i - 2 * 4 ^ m) (by omega) (by omega) ?_
      generalize turn R m (i - 2 * 4 ^ m) = y at *
      rw [relu_of_nonneg (x := (1 + y) / 3 - 1 / 6) (by grind),
        relu_of_nonneg (x := (1 + y) / 3 - 1 / 3) (by grind),
        relu_of_nonneg (x := 2 / 3 - (1 + y) / 3) (by grind)]
      grind
    · have := h₁ (4 * 4 ^ m - i) (by omega)
      refine key (j := 4 * 4 ^ m - i) (by omega) (by omega) ?_
      generalize turn R m (4 * 4 ^ m - i) = y at *
      rw [relu_of_nonneg (x := 1 - y / 3 - 1 / 6) (by grind),
        relu_of_nonneg (x := 1 - y / 3 - 1 / 3) (by grind),
        relu_of_nonpos (x := 2 / 3 - (1 - y / 3)) (by grind)]
      grind

/-! ### The number of linear regions -/

/-- The width plus one, to the power of the depth. -/
@[expose] def linearRegionsBound (width depth : Nat) : R := (width + 1) ^ depth

theorem linearRegionsBound_eq (w D : Nat) :
    (linearRegionsBound w D : R) = (((w + 1) ^ D : Nat) : R) := by
  unfold linearRegionsBound
  rw [natCast_pow]
  exact congrArg (· ^ D) (by grind)

/-- **Linear regions in one dimension.** A ReLU network with one input and one output computes a
continuous function with at most `(width + 1) ^ depth` affine pieces.

Width multiplies and depth exponentiates: with one hidden layer there is one piece more than there
are units, and each further layer can multiply the number of pieces by as much.

* controls: approximation
* assumes: a ReLU network with one input and one output
* bound: Approximation.linearRegionsBound
* witness: Approximation.linear_regions_1d_witness
* sharp: Approximation.linear_regions_1d_sharp (attained for width 3 and every depth)
* source: Serra, Tjandraatmadja, Ramalingam 2018, Theorem 7 -/
theorem linear_regions_1d (net : Network R 1 1) : ∃ N : Nat,
    PiecewiseAffine (net.realEval relu) N ∧
      (N : R) ≤ linearRegionsBound net.width net.depth := by
  refine ⟨net.regions, net.piecewiseAffine_realEval, ?_⟩
  rw [linearRegionsBound_eq]
  exact natCast_le net.regions_le

/-- The network of the tent map has width 2 and depth 1: its function is affine in two pieces and
not affine, and the bound is three. -/
theorem linear_regions_1d_witness : (Network.tentNet R).width = 2 ∧
    (Network.tentNet R).depth = 1 ∧ PiecewiseAffine ((Network.tentNet R).realEval relu) 2 ∧
    ¬ PiecewiseAffine ((Network.tentNet R).realEval relu) 1 ∧
    (linearRegionsBound 2 1 : R) = 3 := by
  refine ⟨rfl, rfl, ?_, fun h => ?_, ?_⟩
  · refine ⟨[1 / 2], Nat.le_refl _, fun u v hr => ?_⟩
    rw [Network.realEval_tentNet]
    rcases hr (1 / 2) List.mem_cons_self with h | h
    · exact ⟨-2, 2, fun x hu hv => by rw [tent_of_ge (Std.le_trans h hu)]; grind⟩
    · exact ⟨2, 0, fun x hu hv => by rw [tent_of_le (Std.le_trans hv h)]; grind⟩
  · rw [Network.realEval_tentNet] at h
    have h₂ := le_pieces_add_misses (n := 2) (p := fun i => (i : R) / 2) h fun i j hij _ => by
      show (i : R) / 2 < j / 2
      exact div_lt_div_of_pos_right (natCast_lt_iff.2 hij) (by grind)
    rw [misses_eq_zero fun i hi => ?_] at h₂
    · omega
    · have := sawtooth_dyadic (R := R) (i := i) 1 (by omega)
      rwa [sawtooth_succ, sawtooth_zero, pow_one] at this
  · rw [linearRegionsBound_eq]
    grind

/-- The zigzag of four pieces, repeated `m` times by a network of width 3 and depth `m`, has no
fewer pieces than the bound says. -/
theorem linear_regions_1d_sharp (m : Nat)
    (h : PiecewiseAffine ((Network.zigzagNet R m).realEval relu) N) :
    (Network.zigzagNet R m).depth = m ∧ (Network.zigzagNet R m).width ≤ 3 ∧
      linearRegionsBound 3 m ≤ (N : R) := by
  obtain ⟨h₁, -, h₃⟩ := Network.size_zigzagNet (R := R) m
  refine ⟨h₁, h₃, ?_⟩
  have hp (i j : Nat) (hij : i < j) (hj : j < 4 ^ m + 1) : turn R m i < turn R m j := by
    induction j with
    | zero => omega
    | succ j ih =>
      have := (turn_mem_lt (R := R) m).2 j (by omega)
      rcases Nat.lt_or_ge i j with h | h
      · exact lt_trans (ih h (by omega)) this
      · rwa [show i = j by omega]
  have := le_pieces_add_misses h hp
  rw [misses_eq_zero fun i hi => zigzagNet_turn m (by omega)] at this
  rw [linearRegionsBound_eq]
  show ((4 ^ m : Nat) : R) ≤ N
  exact natCast_le (by omega)

end DeepTheory.Approximation
