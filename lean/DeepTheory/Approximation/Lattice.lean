module

public import DeepTheory.Analysis.Compact
public import DeepTheory.Approximation.Gadgets
public import DeepTheory.Approximation.PiecewiseLinear

/-!
# Lattice networks

The unit cube is cut into `N ^ d` equal cells.  A cone, the value at the centre of a cell minus a
multiple of the distance to that centre, stands on each of them, and a ReLU network computes the
maximum of the cones.  Distances are taken in the sup norm.

## Main definitions
* `DeepTheory.Approximation.supDist`: the distance of two points in the sup norm.
* `DeepTheory.Approximation.digit`, `DeepTheory.Approximation.latticeCenter`: the centres of the
  cells.
* `DeepTheory.Approximation.gridLayer`, `DeepTheory.Approximation.coneLayer`,
  `DeepTheory.Approximation.latticeNetwork`: the network.

## Main theorems
* `DeepTheory.Approximation.supDist_le_iff`, `DeepTheory.Approximation.supDist_triangle`: the
  distance.
* `DeepTheory.Approximation.exists_latticeCenter_near`: a centre within `1 / (2 N)`.
* `DeepTheory.Approximation.eval_latticeNetwork`: the network computes the maximum of the cones.
* `DeepTheory.Approximation.size_latticeNetwork`: its sizes.
-/

public noncomputable section

namespace DeepTheory.Approximation

universe u

variable {R : Type u} [RealField R] {d N : Nat} {f : (Fin d → R) → R} {K r : R}

/-! ### The distance in the sup norm -/

/-- The distance in the sup norm: the largest distance of two coordinates. -/
@[expose] def supDist : {d : Nat} → (Fin d → R) → (Fin d → R) → R
  | 0, _, _ => 0
  | _ + 1, x, y => max (supDist (fun i => x i.castSucc) fun i => y i.castSucc)
      (abs (x (Fin.last _) - y (Fin.last _)))

/-- The distance is nonnegative. -/
theorem supDist_nonneg (x y : Fin d → R) : 0 ≤ supDist x y := by
  induction d with
  | zero => exact Std.le_refl _
  | succ d ih => exact Std.le_trans (ih _ _) (le_max_left _ _)

/-- No coordinates are further apart than the points. -/
theorem abs_sub_le_supDist (x y : Fin d → R) (i : Fin d) : abs (x i - y i) ≤ supDist x y := by
  induction d with
  | zero => exact i.elim0
  | succ d ih =>
    induction i using Fin.lastCases with
    | last => exact le_max_right _ _
    | cast i =>
      have h := ih (fun i => x i.castSucc) (fun i => y i.castSucc) i
      exact Std.le_trans h (le_max_left _ _)

/-- The distance is at most `r` if all coordinates are that near. -/
theorem supDist_le {x y : Fin d → R} (hr : 0 ≤ r) (h : ∀ i, abs (x i - y i) ≤ r) :
    supDist x y ≤ r := by
  induction d with
  | zero => exact hr
  | succ d ih => exact max_le (ih fun i => h i.castSucc) (h (Fin.last d))

/-- The distance is at most `r` if and only if all coordinates are that near. -/
theorem supDist_le_iff {x y : Fin d → R} (hr : 0 ≤ r) :
    supDist x y ≤ r ↔ ∀ i, abs (x i - y i) ≤ r :=
  ⟨fun h i => Std.le_trans (abs_sub_le_supDist x y i) h, supDist_le hr⟩

/-- The distance is attained in some coordinate. -/
theorem exists_supDist_eq (hd : 0 < d) (x y : Fin d → R) :
    ∃ i, supDist x y = abs (x i - y i) := by
  induction d with
  | zero => omega
  | succ d ih =>
    rcases Nat.eq_zero_or_pos d with rfl | hd
    · exact ⟨0, max_eq_right (abs_nonneg _)⟩
    · obtain ⟨i, hi⟩ := ih hd (fun i => x i.castSucc) fun i => y i.castSucc
      rcases max_choice (supDist (fun i => x i.castSucc) fun i => y i.castSucc)
        (abs (x (Fin.last d) - y (Fin.last d))) with h | h
      · exact ⟨i.castSucc, h.trans hi⟩
      · exact ⟨Fin.last d, h⟩

/-- A point has distance zero from itself. -/
@[simp] theorem supDist_self (x : Fin d → R) : supDist x x = 0 :=
  le_antisymm (supDist_le (Std.le_refl _) fun i => by
    rw [show x i - x i = 0 by grind, abs_zero]; exact Std.le_refl _) (supDist_nonneg x x)

/-- The distance is symmetric. -/
theorem supDist_comm (x y : Fin d → R) : supDist x y = supDist y x :=
  le_antisymm
    (supDist_le (supDist_nonneg y x) fun i => by
      rw [abs_sub_comm]; exact abs_sub_le_supDist y x i)
    (supDist_le (supDist_nonneg x y) fun i => by
      rw [abs_sub_comm]; exact abs_sub_le_supDist x y i)

/-- The triangle inequality. -/
theorem supDist_triangle (x y z : Fin d → R) : supDist x z ≤ supDist x y + supDist y z :=
  supDist_le (add_nonneg (supDist_nonneg x y) (supDist_nonneg y z)) fun i =>
    Std.le_trans (abs_sub_le (x i) (y i) (z i))
      (add_le_add (abs_sub_le_supDist x y i) (abs_sub_le_supDist y z i))

/-! ### The centres of the cells -/

/-- Digit `i` of `j` in base `N`. -/
@[expose] def digit (N j i : Nat) : Nat := j / N ^ i % N

/-- Digits lie below the base. -/
theorem digit_lt (hN : 0 < N) (j i : Nat) : digit N j i < N := Nat.mod_lt _ hN

/-- Digits can be prescribed. -/
theorem exists_digit_eq (a : Fin d → Nat) (ha : ∀ i, a i < N) :
    ∃ j, j < N ^ d ∧ ∀ i : Fin d, digit N j i.val = a i := by
  induction d with
  | zero => exact ⟨0, by rw [Nat.pow_zero]; omega, fun i => i.elim0⟩
  | succ d ih =>
    obtain ⟨j, hj, h⟩ := ih (fun i => a i.succ) fun i => ha i.succ
    have h₀ := ha 0
    have hN : 0 < N := by omega
    refine ⟨a 0 + N * j, ?_, fun i => ?_⟩
    · have := Nat.mul_le_mul (Nat.le_refl N) (Nat.succ_le_of_lt hj)
      rw [Nat.mul_succ] at this
      rw [Nat.pow_succ, Nat.mul_comm (N ^ d)]
      omega
    · induction i using Fin.cases with
      | zero =>
        show (a 0 + N * j) / N ^ 0 % N = a 0
        rw [Nat.pow_zero, Nat.div_one, Nat.add_mul_mod_self_left, Nat.mod_eq_of_lt h₀]
      | succ i =>
        rw [← h i]
        show (a 0 + N * j) / N ^ (i.val + 1) % N = j / N ^ i.val % N
        rw [Nat.pow_succ, Nat.mul_comm (N ^ i.val), ← Nat.div_div_eq_div_mul,
          Nat.add_mul_div_left _ _ hN, Nat.div_eq_of_lt h₀, Nat.zero_add]

/-- The centre of cell `j`: its coordinates are `(2 a + 1) / (2 N)`, where `a` runs through the
digits of `j` in base `N`. -/
@[expose] def latticeCenter (R : Type u) [RealField R] (d N j : Nat) : Fin d → R :=
  fun i => (2 * (digit N j i.val : R) + 1) / (2 * N)

/-- The centres lie in the unit cube. -/
theorem inBox_latticeCenter (hN : 0 < N) (j : Nat) :
    Analysis.InBox (fun _ => 0) (fun _ => 1) (latticeCenter R d N j) := fun i => by
  have hN' := natCast_pos (R := R) hN
  have h₀ := natCast_nonneg (R := R) (digit N j i.val)
  have h := natCast_le (R := R) (Nat.succ_le_of_lt (digit_lt hN j i.val))
  rw [show ((Nat.succ (digit N j i.val) : Nat) : R) = digit N j i.val + 1 by grind] at h
  unfold latticeCenter
  exact ⟨div_nonneg (by grind) (by grind), (div_le_one (by grind)).2 (by grind)⟩

/-- Every point of the unit cube has a centre within `1 / (2 N)`. -/
theorem exists_latticeCenter_near (hN : 0 < N) {x : Fin d → R}
    (hx : Analysis.InBox (fun _ => 0) (fun _ => 1) x) :
    ∃ j, j < N ^ d ∧ supDist x (latticeCenter R d N j) ≤ 1 / (2 * N) := by
  have hN' := natCast_pos (R := R) hN
  have hc (i : Fin d) : ∃ a : Nat, a < N ∧ (a : R) / N ≤ x i ∧ x i ≤ ((a + 1 : Nat) : R) / N :=
    exists_cell (t := fun k : Nat => (k : R) / N) hN
      (by have := (hx i).1; grind) (by have := (hx i).2; grind)
  obtain ⟨j, hj, h⟩ := exists_digit_eq (fun i => Classical.choose (hc i))
    fun i => (Classical.choose_spec (hc i)).1
  refine ⟨j, hj, supDist_le (one_div_nonneg (by grind)) fun i => ?_⟩
  obtain ⟨-, h₁, h₂⟩ := Classical.choose_spec (hc i)
  unfold latticeCenter
  rw [h i]
  generalize Classical.choose (hc i) = a at *
  rw [show ((a + 1 : Nat) : R) / N = a * (1 / N) + 1 / N by grind] at h₂
  rw [show (a : R) / N = a * (1 / N) by grind] at h₁
  rw [show (2 * (a : R) + 1) / (2 * N) = a * (1 / N) + 1 / N / 2 by grind,
    show (1 : R) / (2 * N) = 1 / N / 2 by grind]
  clear h hc
  generalize (1 : R) / N = u at *
  generalize (a : R) * u = v at *
  exact abs_le.2 ⟨by grind, by grind⟩

/-! ### The network -/

/-- The differences of every coordinate to the `N` coordinates of centres: output `i N + a` is
`x i - (2 a + 1) / (2 N)`. -/
@[expose] def gridLayer (R : Type u) [RealField R] (d N : Nat) : Layer R d (d * N) where
  weight p i := if i.val = p.val / N then 1 else 0
  bias p := -((2 * ((p.val % N : Nat) : R) + 1) / (2 * N))

/-- The sides of the cone with apex `b` and slope `K` over centre `j`: output `i` is `b` minus `K`
times the input `i N + a`, where `a` is digit `i` of `j` in base `N`. -/
@[expose] def coneLayer (d N j : Nat) (K b : R) : Layer R (d * N) (d - 1 + 1) where
  weight i p := if p.val = i.val * N + digit N j i.val then -K else 0
  bias _ := b

/-- The network that computes, from the distances of the coordinates, the cone with apex `b` and
slope `K` over centre `j`: the minimum of its sides. -/
@[expose] def coneNetwork (d N j : Nat) (K b : R) : Network R (d * N) 1 :=
  (Network.minOf R (d - 1)).precomp (coneLayer d N j K b)

/-- The depth of a cone. -/
theorem depth_coneNetwork (d N j : Nat) (K b : R) :
    (coneNetwork d N j K b).depth = (d - 1).log2 + 1 := by
  simp only [coneNetwork, Network.depth_precomp, Network.size_minOf]

/-- The maximum of the cones with apex `f c + K / (2 N)` and slope `K` over the centres `c` of the
`N ^ d` cells. -/
@[expose] def latticeNetwork (f : (Fin d → R) → R) (K : R) (N : Nat) : Network R d 1 :=
  (Network.maxOf R (N ^ d - 1)).comp
    ((Network.parallelFamily ((d - 1).log2 + 1)
      (fun j : Fin (N ^ d - 1 + 1) =>
        coneNetwork d N j.val K (f (latticeCenter R d N j.val) + K / (2 * N)))
      fun _ => depth_coneNetwork _ _ _ _ _).comp
    ((Network.absolute R (d * N)).precomp (gridLayer R d N)))

/-- The depth of the network. -/
theorem depth_latticeNetwork (f : (Fin d → R) → R) (K : R) (N : Nat) :
    (latticeNetwork f K N).depth = (d - 1).log2 + (N ^ d - 1).log2 + 3 := by
  obtain ⟨h, -⟩ := Network.size_maxOf (R := R) (N ^ d - 1)
  obtain ⟨h', -⟩ := Network.size_absolute (R := R) (d * N)
  simp only [latticeNetwork, Network.depth_comp, Network.depth_precomp,
    Network.depth_parallelFamily, h, h']
  omega

/-- The sizes of the network: the `2 d N` units of the distances are shared by all cones, and every
cone and the maximum take less than three units for each number that they compare. -/
theorem size_latticeNetwork (hd : 0 < d) (hN : 0 < N) (f : (Fin d → R) → R) (K : R) :
    (latticeNetwork f K N).depth = (d - 1).log2 + (N ^ d - 1).log2 + 3 ∧
    (latticeNetwork f K N).neurons ≤
      2 * d * N + 3 * N ^ d * (d + (d - 1).log2 + 1) + 3 * (N ^ d - 1).log2 := by
  refine ⟨depth_latticeNetwork f K N, ?_⟩
  obtain ⟨-, h₁, -⟩ := Network.size_maxOf (R := R) (N ^ d - 1)
  obtain ⟨-, h₂, -⟩ := Network.size_absolute (R := R) (d * N)
  have h₃ : natSum (fun j : Fin (N ^ d - 1 + 1) => (coneNetwork d N j.val K
      (f (latticeCenter R d N j.val) + K / (2 * N))).neurons) ≤
      (N ^ d - 1 + 1) * (3 * (d - 1 + (d - 1).log2 + 1)) := natSum_le_mul fun j => by
    simp only [coneNetwork, Network.neurons_precomp]
    exact (Network.size_minOf _).2.1
  simp only [latticeNetwork, Network.neurons_comp, Network.neurons_precomp,
    Network.neurons_parallelFamily, h₂]
  generalize natSum _ = S at *
  generalize (Network.maxOf R (N ^ d - 1)).neurons = T at *
  have hp : 0 < N ^ d := Nat.pow_pos hN
  generalize N ^ d = M at *
  generalize (M - 1).log2 = l at *
  generalize (d - 1).log2 = l' at *
  rw [show M - 1 + 1 = M by omega, show d - 1 + l' + 1 = d + l' by omega] at h₃
  have e₁ : 3 * M * (d + l' + 1) = M * (3 * (d + l')) + 3 * M := by grind
  have e₂ : 2 * d * N = 2 * (d * N) := Nat.mul_assoc 2 d N
  omega

/-- The value of the layer of differences. -/
theorem eval_gridLayer {p : Fin (d * N)} {i : Fin d} {a : Nat} (ha : a < N)
    (hp : p.val = i.val * N + a) (x : Fin d → R) :
    (gridLayer R d N).eval x p = x i - (2 * (a : R) + 1) / (2 * N) := by
  have e₁ : p.val / N = i.val := by
    rw [hp, Nat.add_comm, Nat.add_mul_div_right _ _ (by omega), Nat.div_eq_of_lt ha, Nat.zero_add]
  have e₂ : p.val % N = a := by
    rw [hp, Nat.add_comm, Nat.add_mul_mod_self_right, Nat.mod_eq_of_lt ha]
  show (∑ k : Fin d, (if k.val = p.val / N then 1 else 0) * x k) +
    -((2 * ((p.val % N : Nat) : R) + 1) / (2 * N)) = _
  rw [e₁, e₂, sum_eq_single i fun k hk => by rw [if_neg fun h => hk (Fin.ext h)]; grind,
    if_pos rfl]
  grind

/-- The value of the sides of a cone. -/
theorem eval_coneLayer (hN : 0 < N) (j : Nat) (K b : R) (x : Fin d → R)
    {i : Fin (d - 1 + 1)} {k : Fin d} (hk : k.val = i.val) :
    (coneLayer d N j K b).eval (fun p => abs ((gridLayer R d N).eval x p)) i =
      b - K * abs (x k - latticeCenter R d N j k) := by
  have ha := digit_lt hN j k.val
  have hp : k.val * N + digit N j k.val < d * N := by
    have := Nat.mul_le_mul (Nat.succ_le_of_lt k.isLt) (Nat.le_refl N)
    rw [Nat.succ_mul] at this
    omega
  show (∑ p : Fin (d * N), (if p.val = i.val * N + digit N j i.val then -K else 0) *
    abs ((gridLayer R d N).eval x p)) + b = _
  rw [← hk, sum_eq_single ⟨_, hp⟩ fun p h => by
    rw [if_neg fun h' => h (Fin.ext h')]; grind, if_pos rfl, eval_gridLayer ha rfl]
  unfold latticeCenter
  grind

/-- A cone network computes the cone. -/
theorem eval_coneNetwork (hd : 0 < d) (hN : 0 < N) (hK : 0 ≤ K) (j : Nat) (b : R) (x : Fin d → R) :
    (coneNetwork d N j K b).eval relu (fun p => abs ((gridLayer R d N).eval x p)) 0 =
      b - K * supDist x (latticeCenter R d N j) := by
  obtain ⟨h₁, i, h₂⟩ := Network.eval_minOf
    ((coneLayer d N j K b).eval fun p => abs ((gridLayer R d N).eval x p))
  obtain ⟨k, hk⟩ := exists_supDist_eq hd x (latticeCenter R d N j)
  have h₃ := h₁ ⟨k.val, by omega⟩
  rw [eval_coneLayer hN j K b x (k := k) rfl, ← hk] at h₃
  have h₄ := mul_le_mul_of_nonneg_left
    (abs_sub_le_supDist x (latticeCenter R d N j) ⟨i.val, by omega⟩) hK
  rw [eval_coneLayer hN j K b x (k := ⟨i.val, by omega⟩) rfl] at h₂
  simp only [coneNetwork, Network.eval_precomp]
  exact le_antisymm h₃ (by rw [h₂]; grind)

/-- The lattice network computes the maximum of the cones: it is one of them, and none is larger. -/
theorem eval_latticeNetwork (hd : 0 < d) (hN : 0 < N) (f : (Fin d → R) → R) (hK : 0 ≤ K)
    (x : Fin d → R) :
    (∀ j, j < N ^ d → f (latticeCenter R d N j) + K / (2 * N) -
      K * supDist x (latticeCenter R d N j) ≤ (latticeNetwork f K N).eval relu x 0) ∧
    ∃ j, j < N ^ d ∧ (latticeNetwork f K N).eval relu x 0 =
      f (latticeCenter R d N j) + K / (2 * N) - K * supDist x (latticeCenter R d N j) := by
  have hp : 0 < N ^ d := Nat.pow_pos hN
  simp only [latticeNetwork, Network.eval_comp, Network.eval_parallelFamily,
    Network.eval_precomp, Network.eval_absolute, eval_coneNetwork hd hN hK]
  obtain ⟨h₁, j, h₂⟩ := Network.eval_maxOf fun j : Fin (N ^ d - 1 + 1) =>
    f (latticeCenter R d N j.val) + K / (2 * N) - K * supDist x (latticeCenter R d N j.val)
  exact ⟨fun j hj => h₁ ⟨j, by omega⟩, j.val, by omega, h₂⟩

end DeepTheory.Approximation
