module

public import DeepTheory.Approximation.Lattice
public import DeepTheory.Approximation.RidgeSums

/-!
# Universal approximation by ReLU networks

Lattice networks approximate Lipschitz functions on the unit cube, functions with a given modulus of
continuity, continuous functions and vector-valued functions, with explicit sizes.

## Main definitions
* `DeepTheory.Approximation.SupLipschitz`: Lipschitz functions on the unit cube in the sup norm.
* `DeepTheory.Approximation.reluUniversalBound`: `L / (2 N)`.
* `DeepTheory.Approximation.latticeVector`: lattice networks next to each other.

## Main theorems
* `DeepTheory.Approximation.relu_universal`: Lipschitz functions.
* `DeepTheory.Approximation.relu_universal_sharp`: the error is attained, and no method that uses
  the values at fewer than `(N + 1) ^ d` points has a smaller one for all Lipschitz functions.
* `DeepTheory.Approximation.relu_universal_modulus`,
  `DeepTheory.Approximation.relu_universal_continuous`: other moduli of continuity, and all
  continuous functions.
* `DeepTheory.Approximation.relu_universal_vector`: vector-valued functions.

## References
* D. Yarotsky, Error bounds for approximations with deep ReLU networks, *Neural Networks* 94, 2017.
* B. Hanin, Universal function approximation by deep neural nets with bounded width and ReLU
  activations, *Mathematics* 7, 2019.
-/

public noncomputable section

namespace DeepTheory.Approximation

universe u

variable {R : Type u} [RealField R] {d N n : Nat} {f : (Fin d → R) → R} {K L w a b : R}
  {x y : Fin d → R}

/-- A multiple of the inverse of twice a number. -/
private theorem mul_one_div_two_mul (p q : R) : p * (1 / (2 * q)) = p / (2 * q) := by grind

/-- The inverse of twice a number. -/
private theorem one_div_two_mul (q : R) : 1 / (2 * q) = 1 / q / 2 := by grind

/-- Zero may be taken away. -/
private theorem minus_zero (p : R) : p - 0 = p := by grind

/-- Zero may be added. -/
private theorem plus_zero (p : R) : p + 0 = p := by grind

/-- Zero times a number. -/
private theorem zero_cast_mul (p : R) : ((0 : Nat) : R) * p = 0 := by grind

/-- A bound from above by a distance. -/
private theorem le_add_of_abs_sub_le {p q r : R} (h : abs (p - q) ≤ r) : q ≤ p + r := by
  have := abs_le.1 h
  grind

/-- A bound from below by a distance. -/
private theorem sub_le_of_abs_sub_le {p q r : R} (h : abs (p - q) ≤ r) : p - r ≤ q := by
  have := abs_le.1 h
  grind

/-- A distance from bounds on both sides. -/
private theorem abs_sub_le_of_le {p q r : R} (h₁ : q - r ≤ p) (h₂ : p ≤ q + r) :
    abs (p - q) ≤ r := abs_le.2 (by grind)

/-- The function is `L`-Lipschitz on the unit cube, for distances in the sup norm. -/
@[expose] def SupLipschitz (f : (Fin d → R) → R) (L : R) : Prop :=
  ∀ x y, InUnitCube x → InUnitCube y → abs (f x - f y) ≤ L * supDist x y

/-- The constant of a Lipschitz function is nonnegative. -/
theorem SupLipschitz.nonneg (hd : 0 < d) (hf : SupLipschitz f L) : 0 ≤ L := by
  have h := hf (fun _ => 1) (fun _ => 0) (fun _ => ⟨zero_le_one, Std.le_refl _⟩)
    fun _ => ⟨Std.le_refl _, zero_le_one⟩
  obtain ⟨i, hi⟩ := exists_supDist_eq hd (fun _ => (1 : R)) fun _ => (0 : R)
  rw [hi, minus_zero, abs_one, Lean.Grind.Semiring.mul_one] at h
  exact le_trans (abs_nonneg _) h

/-- The distance to a point is 1-Lipschitz. -/
theorem abs_supDist_sub_supDist_le (x y z : Fin d → R) :
    abs (supDist x z - supDist y z) ≤ supDist x y := by
  have h₁ := supDist_triangle x y z
  have h₂ := supDist_triangle y x z
  rw [supDist_comm y x] at h₂
  exact abs_le.2 (by grind)

/-- The error of a lattice network, for a function that stays below the cones but for `a`, and that
falls by at most `b` within `1 / (2 N)`. -/
theorem latticeNetwork_le_and_le (hd : 0 < d) (hN : 0 < N) (hK : 0 ≤ K) (hx : InUnitCube x)
    (h₁ : ∀ y, InUnitCube y → f y ≤ f x + K * supDist x y + a)
    (h₂ : ∀ y, InUnitCube y → supDist x y ≤ 1 / (2 * N) → f x - b ≤ f y) :
    f x - b ≤ (latticeNetwork f K N).eval relu x 0 ∧
      (latticeNetwork f K N).eval relu x 0 ≤ f x + (K / (2 * N) + a) := by
  obtain ⟨e₁, j, hj, e₂⟩ := eval_latticeNetwork hd hN f hK x
  obtain ⟨k, hk, hk'⟩ := exists_latticeCenter_near hN hx
  replace e₁ := e₁ k hk
  replace h₁ := h₁ _ (inBox_latticeCenter hN j)
  replace h₂ := h₂ _ (inBox_latticeCenter hN k) hk'
  have h₃ := mul_le_mul_of_nonneg_left hk' hK
  have hN' := natCast_pos (R := R) hN
  rw [mul_one_div_two_mul] at h₃
  generalize (latticeNetwork f K N).eval relu x 0 = v at *
  generalize supDist x (latticeCenter R d N j) = r at *
  generalize supDist x (latticeCenter R d N k) = s at *
  generalize f (latticeCenter R d N j) = g at *
  generalize f (latticeCenter R d N k) = h at *
  generalize K / (2 * (N : R)) = q at *
  clear hx hk' hj hk
  exact ⟨by grind, by grind⟩

/-! ### Lipschitz functions -/

/-- `L / (2 N)`. -/
@[expose] def reluUniversalBound (L : R) (N : Nat) : R := L / (2 * N)

/-- **Universal approximation by ReLU networks.** A function on the unit cube of dimension `d` that
is `L`-Lipschitz in the sup norm is approximated within `L / (2 N)` by a ReLU network whose numbers
of layers and units are explicit in `d` and `N`.  The network computes the maximum of cones over the
centres of `N ^ d` cells.

The number of units is in proportion to the number of cells: an accuracy of `ε` takes
`N = L / (2 ε)` cells per side, so that the number of units is exponential in the dimension.

* controls: approximation
* assumes: f is L-Lipschitz in the sup norm on the unit cube, d and N positive
* bound: Approximation.reluUniversalBound
* witness: Approximation.relu_universal_witness
* sharp: Approximation.relu_universal_sharp (the error of the network is the bound at every centre,
  for every function, and no method that uses a function through its values at fewer than
  (N + 1) ^ d points has a smaller error for all L-Lipschitz functions; networks of the same size
  that are found in another way may do better)
* source: variant of Yarotsky 2017 and Hanin 2019: a maximum of cones in place of a sum of products,
  with all constants -/
theorem relu_universal (hd : 0 < d) (hN : 0 < N) (hf : SupLipschitz f L) :
    (∀ x, InUnitCube x →
      abs ((latticeNetwork f L N).eval relu x 0 - f x) ≤ reluUniversalBound L N) ∧
    (latticeNetwork f L N).depth = (d - 1).log2 + (N ^ d - 1).log2 + 3 ∧
    (latticeNetwork f L N).neurons ≤
      2 * d * N + 3 * N ^ d * (d + (d - 1).log2 + 1) + 3 * (N ^ d - 1).log2 := by
  refine ⟨fun x hx => ?_, size_latticeNetwork hd hN f L⟩
  have hL := hf.nonneg hd
  obtain ⟨h₁, h₂⟩ := latticeNetwork_le_and_le (f := f) (a := 0) (b := L / (2 * N)) hd hN hL hx
    (fun y hy => by rw [plus_zero]; exact le_add_of_abs_sub_le (hf x y hx hy))
    fun y hy h => sub_le_of_abs_sub_le (le_trans (hf x y hx hy) (by
      have := mul_le_mul_of_nonneg_left h hL
      rwa [mul_one_div_two_mul] at this))
  rw [plus_zero] at h₂
  exact abs_sub_le_of_le h₁ h₂

/-- The hypotheses of `relu_universal` are met, in every dimension, by the distance to the middle of
the cube, with `L = 1`, and the bound is positive. -/
theorem relu_universal_witness (hN : 0 < N) :
    SupLipschitz (fun x : Fin d → R => supDist x fun _ => 1 / 2) 1 ∧
      0 < reluUniversalBound (1 : R) N := by
  refine ⟨fun x y _ _ => ?_, ?_⟩
  · have := abs_supDist_sub_supDist_le x y fun _ => 1 / 2
    grind
  · have := natCast_pos (R := R) hN
    exact div_pos zero_lt_one (by grind)

/-! ### Sharpness -/

/-- The point of the grid of width `1 / N` whose coordinates are the digits of `j` in base `N + 1`,
divided by `N`. -/
@[expose] def gridPoint (R : Type u) [RealField R] (d N j : Nat) : Fin d → R :=
  fun i => (digit (N + 1) j i.val : R) / N

/-- The points of the grid lie in the unit cube. -/
theorem inUnitCube_gridPoint (hN : 0 < N) (j : Nat) : InUnitCube (gridPoint R d N j) := fun i => by
  have hN' := natCast_pos (R := R) hN
  have h := natCast_le (R := R) (Nat.le_of_lt_succ (digit_lt (Nat.succ_pos N) j i.val))
  exact ⟨div_nonneg (natCast_nonneg _) hN', (div_le_one hN').2 h⟩

/-- Numbers below `N ^ d` with the same digits are equal. -/
theorem eq_of_digit_eq {j k : Nat} (hN : 0 < N) (hj : j < N ^ d) (hk : k < N ^ d)
    (h : ∀ i, i < d → digit N j i = digit N k i) : j = k := by
  induction d generalizing j k with
  | zero => rw [Nat.pow_zero] at hj hk; omega
  | succ d ih =>
    rw [Nat.pow_succ] at hj hk
    have h₀ := h 0 (Nat.succ_pos d)
    simp only [digit, Nat.pow_zero, Nat.div_one] at h₀
    have h₁ := ih (j := j / N) (k := k / N) ((Nat.div_lt_iff_lt_mul hN).2 hj)
      ((Nat.div_lt_iff_lt_mul hN).2 hk) fun i hi => by
        have := h (i + 1) (by omega)
        simp only [digit, Nat.pow_succ, Nat.mul_comm (N ^ i) N] at this
        simp only [digit, Nat.div_div_eq_div_mul]
        exact this
    rw [← Nat.div_add_mod j N, ← Nat.div_add_mod k N, h₀, h₁]

/-- Different points of the grid have distance at least `1 / N`. -/
theorem one_div_le_supDist_gridPoint (hN : 0 < N) {j k : Nat} (hj : j < (N + 1) ^ d)
    (hk : k < (N + 1) ^ d) (hjk : j ≠ k) :
    1 / N ≤ supDist (gridPoint R d N j) (gridPoint R d N k) := by
  have hN' := natCast_pos (R := R) hN
  refine Classical.byContradiction fun hlt => hjk (eq_of_digit_eq (Nat.succ_pos N) hj hk
    fun i hi => ?_)
  have h : abs ((digit (N + 1) j i : R) / N - digit (N + 1) k i / N) ≤
      supDist (gridPoint R d N j) (gridPoint R d N k) :=
    abs_sub_le_supDist (gridPoint R d N j) (gridPoint R d N k) ⟨i, hi⟩
  have hs : ∀ p q : Nat, p < q → (1 : R) / N ≤ q / N - p / N := fun p q hpq => by
    have h₁ := natCast_le (R := R) (Nat.succ_le_of_lt hpq)
    rw [show ((Nat.succ p : Nat) : R) = p + 1 by grind] at h₁
    have h₂ := div_le_div_of_nonneg_right h₁ (Std.le_of_lt hN')
    rw [show ((p : R) + 1) / N = p / N + 1 / N by grind] at h₂
    grind
  generalize digit (N + 1) j i = p at *
  generalize digit (N + 1) k i = q at *
  generalize supDist (gridPoint R d N j) (gridPoint R d N k) = s at *
  rcases Nat.lt_trichotomy p q with hpq | hpq | hpq
  · have h₁ := hs p q hpq
    have h₂ := neg_le_abs ((p : R) / N - q / N)
    exact absurd (show (1 : R) / N ≤ s by grind) hlt
  · exact hpq
  · have h₁ := hs q p hpq
    have h₂ := le_abs_self ((p : R) / N - q / N)
    exact absurd (show (1 : R) / N ≤ s by grind) hlt

/-- Different numbers below `m` go to different numbers below `n` only if `m ≤ n`. -/
theorem le_of_injective_below {m n : Nat} (g : Nat → Nat) (hg : ∀ i, i < m → g i < n)
    (hi : ∀ i j, i < m → j < m → g i = g j → i = j) : m ≤ n := by
  induction n generalizing m g with
  | zero =>
    rcases Nat.eq_zero_or_pos m with h | h
    · omega
    · have := hg 0 h
      omega
  | succ n ih =>
    rcases m with _ | m
    · omega
    refine Nat.succ_le_succ (ih (fun i => if g i = n then g m else g i) (fun i hi' => ?_)
      fun i j hi' hj' h => ?_)
    · have h₁ := hg i (by omega)
      have h₂ := hg m (by omega)
      have h₃ := hi i m (by omega) (by omega)
      dsimp only
      split <;> omega
    · have h₁ := hi i j (by omega) (by omega)
      have h₂ := hi i m (by omega) (by omega)
      have h₃ := hi j m (by omega) (by omega)
      dsimp only at h
      split at h <;> split at h <;> omega

/-- Fewer than `(N + 1) ^ d` points leave a point of the cube at distance at least `1 / (2 N)` from
all of them. -/
theorem exists_far_point (hN : 0 < N) {m : Nat} (hm : m < (N + 1) ^ d) (p : Fin m → Fin d → R) :
    ∃ z, InUnitCube z ∧ ∀ k, 1 / (2 * N) ≤ supDist (p k) z := by
  have hN' := natCast_pos (R := R) hN
  refine Classical.byContradiction fun hno => ?_
  have h (j : Nat) : ∃ k : Fin m, supDist (p k) (gridPoint R d N j) < 1 / (2 * N) :=
    Classical.byContradiction fun h => hno ⟨_, inUnitCube_gridPoint hN j, fun k =>
      le_of_not_lt fun hk => h ⟨k, hk⟩⟩
  refine absurd (le_of_injective_below (m := (N + 1) ^ d) (n := m)
    (fun j => (Classical.choose (h j)).val) (fun j _ => (Classical.choose (h j)).isLt)
    fun i j hi hj hij => Classical.byContradiction fun hne => ?_) (by omega)
  have h₁ := Classical.choose_spec (h i)
  have h₂ := Classical.choose_spec (h j)
  rw [show Classical.choose (h i) = Classical.choose (h j) from Fin.ext hij] at h₁
  have h₃ := supDist_triangle (gridPoint R d N i) (p (Classical.choose (h j))) (gridPoint R d N j)
  rw [supDist_comm (gridPoint R d N i) (p _)] at h₃
  have h₄ := Std.le_trans (one_div_le_supDist_gridPoint (R := R) hN hi hj hne) h₃
  generalize Classical.choose (h j) = k at h₁ h₂ h₄
  clear h₃ hij h hno hi hj hne hm
  rw [one_div_two_mul] at h₁ h₂
  generalize supDist (p k) (gridPoint R d N i) = s at *
  generalize supDist (p k) (gridPoint R d N j) = t at *
  grind

/-- The pyramid of height `L / (2 N)` over `z`. -/
@[expose] def pyramid (L : R) (N : Nat) (z x : Fin d → R) : R :=
  L * relu (1 / (2 * N) - supDist x z)

/-- The pyramid is `L`-Lipschitz. -/
theorem supLipschitz_pyramid (hL : 0 ≤ L) (N : Nat) (z : Fin d → R) :
    SupLipschitz (pyramid L N z) L := fun x y _ _ => by
  unfold pyramid
  rw [show ∀ p q : R, L * p - L * q = L * (p - q) by grind, abs_mul, abs_of_nonneg hL]
  refine mul_le_mul_of_nonneg_left (Std.le_trans (abs_relu_sub_relu_le _ _) ?_) hL
  rw [show ∀ p q r : R, r - p - (r - q) = -(p - q) by grind, abs_neg]
  exact abs_supDist_sub_supDist_le x y z

/-- The error of the lattice network is the bound at the centre of every cell, for every
`L`-Lipschitz function.  No method that makes an approximation out of the values of a function at
fewer than `(N + 1) ^ d` given points has a smaller error than the bound for every `L`-Lipschitz
function: the lattice network, which uses `N ^ d` values, is the best of all such methods. -/
theorem relu_universal_sharp (hd : 0 < d) (hN : 0 < N) (hL : 0 ≤ L) :
    (∀ f : (Fin d → R) → R, SupLipschitz f L → ∀ j, j < N ^ d →
      (latticeNetwork f L N).eval relu (latticeCenter R d N j) 0 - f (latticeCenter R d N j) =
        reluUniversalBound L N) ∧
    ∀ m, m < (N + 1) ^ d → ∀ (p : Fin m → Fin d → R) (A : (Fin m → R) → (Fin d → R) → R),
      ∃ f, SupLipschitz f L ∧ ∃ x, InUnitCube x ∧
        reluUniversalBound L N ≤ abs (A (fun k => f (p k)) x - f x) := by
  have hN' := natCast_pos (R := R) hN
  refine ⟨fun f hf j hj => ?_, fun m hm p A => ?_⟩
  · obtain ⟨h₁, k, -, h₂⟩ := eval_latticeNetwork hd hN f hL (latticeCenter R d N j)
    replace h₁ := h₁ j hj
    rw [supDist_self] at h₁
    have h₃ := abs_le.1 (hf _ _ (inBox_latticeCenter hN j) (inBox_latticeCenter hN k))
    unfold reluUniversalBound
    generalize (latticeNetwork f L N).eval relu (latticeCenter R d N j) 0 = v at *
    generalize f (latticeCenter R d N j) = g at *
    generalize L / (2 * (N : R)) = q at *
    clear hf hj
    exact le_antisymm (by grind) (by grind)
  · obtain ⟨z, hz, hp⟩ := exists_far_point hN hm p
    have h₀ (k : Fin m) : pyramid L N z (p k) = 0 := by
      have := hp k
      unfold pyramid
      rw [relu_of_nonpos (by clear hp; grind), Lean.Grind.Semiring.mul_zero]
    have h₁ : pyramid L N z z = L / (2 * N) := by
      unfold pyramid
      have := one_div_pos (show 0 < 2 * (N : R) by clear hp h₀; grind)
      rw [supDist_self, minus_zero, relu_of_nonneg (le_of_lt this), mul_one_div_two_mul]
    unfold reluUniversalBound
    rcases le_total (A (fun _ => 0) z) 0 with h | h
    · refine ⟨pyramid L N z, supLipschitz_pyramid hL N z, z, hz, ?_⟩
      simp only [h₀, h₁]
      refine le_trans ?_ (neg_le_abs _)
      clear hp h₀ h₁
      grind
    · refine ⟨fun x => -pyramid L N z x, fun x y hx hy => ?_, z, hz, ?_⟩
      · have := supLipschitz_pyramid hL N z x y hx hy
        rwa [show ∀ s t : R, -s - -t = -(s - t) by grind, abs_neg]
      · simp only [h₀, h₁, show -(0 : R) = 0 by grind]
        refine le_trans ?_ (le_abs_self _)
        clear hp h₀ h₁
        grind

/-! ### Other moduli of continuity -/

/-- The start of a segment minus a point on it. -/
private theorem sub_segment (p q t : R) : p - (p + t * (q - p)) = t * (p - q) := by grind

/-- A point on a segment minus the end of it. -/
private theorem segment_sub (p q t : R) : p + t * (q - p) - q = (1 - t) * (p - q) := by grind

/-- A function that changes by at most `w` within `1 / N` changes by at most `m w` within `m / N`:
there are `m` steps on the segment. -/
theorem abs_sub_le_mul_of_modulus
    (hw : ∀ x y : Fin d → R, InUnitCube x → InUnitCube y → supDist x y ≤ 1 / N →
      abs (f x - f y) ≤ w)
    (m : Nat) (hx : InUnitCube x) (hy : InUnitCube y) (h : supDist x y ≤ m * (1 / N)) :
    abs (f x - f y) ≤ m * w := by
  induction m generalizing x with
  | zero =>
    rw [zero_cast_mul] at h ⊢
    have : x = y := funext fun i => by
      have := abs_eq_zero (le_antisymm (le_trans (abs_sub_le_supDist x y i) h) (abs_nonneg _))
      clear hw hx hy h
      grind
    rw [this, show f y - f y = 0 by clear hw hx hy h; grind, abs_zero]
    exact Std.le_refl _
  | succ m ih =>
    have hu (i : Fin d) := le_trans (abs_sub_le_supDist x y i) h
    replace hw := hw x
    obtain ⟨t, c, ht, ht₁, hc, hc₀, e₁, e₂⟩ : ∃ t c : R, 0 ≤ t ∧ 0 ≤ 1 - t ∧ 1 / N = c ∧ 0 ≤ c ∧
        t * ((m + 1 : Nat) * c) = c ∧ (1 - t) * ((m + 1 : Nat) * c) = m * c := by
      clear hw ih hx hy h hu
      have hm := natCast_nonneg (R := R) m
      have ht := one_div_pos (show (0 : R) < m + 1 by grind)
      have ht' : (1 : R) / (m + 1) * (m + 1) = 1 := by grind
      refine ⟨1 / (m + 1), 1 / N, Std.le_of_lt ht, ?_, rfl, one_div_nonneg (natCast_nonneg N), ?_⟩
      · have := mul_nonneg (Std.le_of_lt ht) hm
        grind
      · generalize (1 : R) / (m + 1) = t at *
        generalize (1 : R) / N = c at *
        exact ⟨by grind, by grind⟩
    rw [hc] at hu hw ih
    have hz : InUnitCube fun i => x i + t * (y i - x i) := fun i => by
      have h₁ := mul_nonneg ht (hy i).1
      have h₂ := mul_nonneg ht₁ (hx i).1
      have h₃ := mul_le_mul_of_nonneg_left (hy i).2 ht
      have h₄ := mul_le_mul_of_nonneg_left (hx i).2 ht₁
      clear hw ih hx hy h hu
      exact ⟨by grind, by grind⟩
    have s₁ := hw _ hx hz (supDist_le hc₀ fun i => by
      rw [sub_segment, abs_mul, abs_of_nonneg ht]
      exact le_trans (mul_le_mul_of_nonneg_left (hu i) ht) (le_of_eq e₁))
    have s₂ := ih hz (supDist_le (mul_nonneg (natCast_nonneg m) hc₀) fun i => by
      rw [segment_sub, abs_mul, abs_of_nonneg ht₁]
      exact le_trans (mul_le_mul_of_nonneg_left (hu i) ht₁) (le_of_eq e₂))
    have s₃ := abs_sub_le (f x) (f fun i => x i + t * (y i - x i)) (f y)
    generalize (f fun i => x i + t * (y i - x i)) = v at *
    clear hw ih hx hy h hu hz e₁ e₂
    rw [show ((m + 1 : Nat) : R) = m + 1 by grind]
    grind

/-- A function that changes by at most `w` within `1 / N` changes by at most
`(N r + 1) w` within `r`. -/
theorem abs_sub_le_of_modulus (hN : 0 < N)
    (hw : ∀ x y : Fin d → R, InUnitCube x → InUnitCube y → supDist x y ≤ 1 / N →
      abs (f x - f y) ≤ w)
    (hx : InUnitCube x) (hy : InUnitCube y) :
    abs (f x - f y) ≤ N * w * supDist x y + w := by
  have hN' := natCast_pos (R := R) hN
  have hr := mul_nonneg (Std.le_of_lt hN') (supDist_nonneg x y)
  obtain ⟨n, hn⟩ := exists_nat_gt ((N : R) * supDist x y)
  have hn₀ : 0 < n := Nat.pos_of_ne_zero fun h => by
    clear hw hx hy
    subst h
    grind
  obtain ⟨j, -, h₁, h₂⟩ := exists_cell (t := fun k : Nat => (k : R)) (x := N * supDist x y) hn₀
    (by clear hw hx hy; grind) (Std.le_of_lt hn)
  have h₃ := abs_sub_le_mul_of_modulus hw (j + 1) hx hy (by
    have := mul_le_mul_of_nonneg_right h₂ (one_div_nonneg (Std.le_of_lt hN'))
    rwa [show (N : R) * supDist x y * (1 / N) = supDist x y by clear hw hx hy; grind] at this)
  have hw₀ : 0 ≤ w := le_trans (abs_nonneg _)
    (hw x x hx hx (by rw [supDist_self]; exact one_div_nonneg (Std.le_of_lt hN')))
  have h₄ := mul_le_mul_of_nonneg_right h₁ hw₀
  clear hw hx hy hn
  rw [show ((j + 1 : Nat) : R) = j + 1 by grind] at h₃
  grind

/-- **Universal approximation with a modulus of continuity.** A function on the unit cube of
dimension `d` that changes by at most `w` between points at distance at most `1 / N` in the sup norm
is approximated within `3 w / 2` by the lattice network with slope `N w`. -/
theorem relu_universal_modulus (hd : 0 < d) (hN : 0 < N)
    (hw : ∀ x y : Fin d → R, InUnitCube x → InUnitCube y → supDist x y ≤ 1 / N →
      abs (f x - f y) ≤ w) :
    (∀ x, InUnitCube x →
      abs ((latticeNetwork f (N * w) N).eval relu x 0 - f x) ≤ 3 * w / 2) ∧
    (latticeNetwork f (N * w) N).depth = (d - 1).log2 + (N ^ d - 1).log2 + 3 ∧
    (latticeNetwork f (N * w) N).neurons ≤
      2 * d * N + 3 * N ^ d * (d + (d - 1).log2 + 1) + 3 * (N ^ d - 1).log2 := by
  refine ⟨fun x hx => ?_, size_latticeNetwork hd hN f _⟩
  have hN' := natCast_pos (R := R) hN
  have hi := one_div_pos hN'
  have hw₀ : 0 ≤ w := le_trans (abs_nonneg _)
    (hw x x hx hx (by rw [supDist_self]; exact Std.le_of_lt hi))
  obtain ⟨h₁, h₂⟩ := latticeNetwork_le_and_le (f := f) (a := w) (b := w) hd hN
    (mul_nonneg (Std.le_of_lt hN') hw₀) hx
    (fun y hy => by
      rw [Lean.Grind.Semiring.add_assoc]
      exact le_add_of_abs_sub_le (abs_sub_le_of_modulus hN hw hx hy))
    fun y hy h => sub_le_of_abs_sub_le (hw x y hx hy (Std.le_trans h (by
      clear hw hx hy h
      rw [one_div_two_mul]
      generalize (1 : R) / N = c at *
      grind)))
  rw [show (N : R) * w / (2 * N) = w / 2 by clear hw hx h₁ h₂; grind] at h₂
  generalize (latticeNetwork f (N * w) N).eval relu x 0 = v at *
  clear hw hx
  exact abs_le.2 ⟨by grind, by grind⟩

/-- **Universal approximation of continuous functions.** For every function that is continuous on
the unit cube and every positive `ε` there is a number `N` of cells per side for which the lattice
network with slope `2 N ε / 3` approximates the function within `ε`. -/
theorem relu_universal_continuous (hd : 0 < d)
    (hf : Analysis.ContinuousOnBox f (fun _ => 0) fun _ => 1) {ε : R} (hε : 0 < ε) :
    ∃ N : Nat, 0 < N ∧ (∀ x, InUnitCube x →
      abs ((latticeNetwork f (N * (2 * ε / 3)) N).eval relu x 0 - f x) ≤ ε) ∧
    (latticeNetwork f (N * (2 * ε / 3)) N).depth = (d - 1).log2 + (N ^ d - 1).log2 + 3 ∧
    (latticeNetwork f (N * (2 * ε / 3)) N).neurons ≤
      2 * d * N + 3 * N ^ d * (d + (d - 1).log2 + 1) + 3 * (N ^ d - 1).log2 := by
  obtain ⟨δ, hδ, h⟩ := Analysis.uniformContinuousOn_box hf (show 0 < 2 * ε / 3 by grind)
  obtain ⟨N, hN, hNδ⟩ := exists_nat_inv_lt hδ
  obtain ⟨h₁, h₂⟩ := relu_universal_modulus (f := f) (w := 2 * ε / 3) hd hN
    fun x y hx hy hxy => Std.le_of_lt (h y x hy hx fun i =>
      lt_of_le_of_lt (le_trans (abs_sub_le_supDist x y i) hxy) hNδ)
  exact ⟨N, hN, fun x hx => le_trans (h₁ x hx) (le_of_eq (by clear h h₁ h₂ hf; grind)), h₂⟩

/-! ### Vector-valued functions -/

/-- The lattice networks of the components of a vector-valued function next to each other. -/
@[expose] def latticeVector (f : (Fin d → R) → Fin n → R) (K : R) (N : Nat) : Network R d n :=
  Network.parallelFamily ((d - 1).log2 + (N ^ d - 1).log2 + 3)
    (fun i => latticeNetwork (fun x => f x i) K N) fun _ => depth_latticeNetwork _ K N

/-- **Universal approximation of vector-valued functions.** A function on the unit cube whose `n`
components are `L`-Lipschitz in the sup norm is approximated within `L / (2 N)` in every component
by a ReLU network of the same depth as for one component, with `n` times the units. -/
theorem relu_universal_vector (hd : 0 < d) (hN : 0 < N) {f : (Fin d → R) → Fin n → R}
    (hf : ∀ i, SupLipschitz (fun x => f x i) L) :
    (∀ x, InUnitCube x → ∀ i,
      abs ((latticeVector f L N).eval relu x i - f x i) ≤ reluUniversalBound L N) ∧
    (latticeVector f L N).depth = (d - 1).log2 + (N ^ d - 1).log2 + 3 ∧
    (latticeVector f L N).neurons ≤
      n * (2 * d * N + 3 * N ^ d * (d + (d - 1).log2 + 1) + 3 * (N ^ d - 1).log2) := by
  refine ⟨fun x hx i => ?_, Network.depth_parallelFamily _ _, ?_⟩
  · unfold latticeVector
    rw [Network.eval_parallelFamily]
    exact (relu_universal hd hN (hf i)).1 x hx
  · unfold latticeVector
    rw [Network.neurons_parallelFamily]
    exact natSum_le_mul fun i => (size_latticeNetwork hd hN _ L).2

end DeepTheory.Approximation
