module

public import DeepTheory.Analysis.Continuity
public import DeepTheory.Approximation.Gadgets
public import DeepTheory.Approximation.PiecewiseLinear

/-!
# What one hidden layer of ReLUs cannot do

A network with one hidden layer of `N` ReLUs on the line is affine on one of any `N + 1` intervals
next to each other.  This bounds its accuracy from below.

## Main definitions
* `DeepTheory.Approximation.LipschitzOn`: Lipschitz functions on an interval.
* `DeepTheory.Approximation.lowerEnvelope`: the largest `L`-Lipschitz function below given values at
  given points.

## Main theorems
* `DeepTheory.Approximation.exists_affine_cell`: one of `N + 1` intervals is free of kinks.
* `DeepTheory.Approximation.exists_lipschitzOn_le_abs_sub`: for some `L`-Lipschitz function every
  network has error at least `L / (2 (N + 2))`.
* `DeepTheory.Approximation.exists_le_abs_sub_sq`: for `M x ^ 2 / 2` every network has error at
  least `M / (16 (N + 1) ^ 2)`.
-/

public noncomputable section

namespace DeepTheory.Approximation

universe u

variable {R : Type u} [RealField R] {f : R → R} {L M a b : R} {N : Nat}

/-! ### Lipschitz functions -/

/-- `f` is Lipschitz with constant `L` between `a` and `b`. -/
@[expose] def LipschitzOn (f : R → R) (L a b : R) : Prop :=
  ∀ x y, a ≤ x → x ≤ b → a ≤ y → y ≤ b → abs (f x - f y) ≤ L * abs (x - y)

/-- A Lipschitz constant on an interval with two points is nonnegative. -/
theorem LipschitzOn.nonneg (hf : LipschitzOn f L a b) (hab : a < b) : 0 ≤ L := by
  have h := hf b a (by grind) (by grind) (by grind) (by grind)
  have := abs_nonneg (f b - f a)
  rw [abs_of_nonneg (show 0 ≤ b - a by grind)] at h
  exact le_of_mul_le_mul_left (show 0 < b - a by grind) (by grind)

/-- A Lipschitz function is Lipschitz on smaller intervals. -/
theorem LipschitzOn.mono {a' b' : R} (hf : LipschitzOn f L a b) (ha : a ≤ a') (hb : b' ≤ b) :
    LipschitzOn f L a' b' := fun x y h₁ h₂ h₃ h₄ =>
  hf x y (Std.le_trans ha h₁) (Std.le_trans h₂ hb) (Std.le_trans ha h₃) (Std.le_trans h₄ hb)

/-- The minimum of `y k + L * abs (x - t k)` for `k` up to `n`. -/
@[expose] def lowerEnvelope (L : R) (t y : Nat → R) : Nat → R → R
  | 0, x => y 0 + L * abs (x - t 0)
  | n + 1, x => min (lowerEnvelope L t y n x) (y (n + 1) + L * abs (x - t (n + 1)))

/-- A cone is Lipschitz. -/
theorem abs_cone_sub_le (hL : 0 ≤ L) (c p x z : R) :
    abs (c + L * abs (x - p) - (c + L * abs (z - p))) ≤ L * abs (x - z) := by
  have h := mul_le_mul_of_nonneg_left (abs_abs_sub_abs_le (x - p) (z - p)) hL
  rw [show x - p - (z - p) = x - z by grind] at h
  rw [show c + L * abs (x - p) - (c + L * abs (z - p)) = L * (abs (x - p) - abs (z - p)) by grind,
    abs_mul, abs_of_nonneg hL]
  exact h

/-- The lower envelope is Lipschitz. -/
theorem lipschitzOn_lowerEnvelope (hL : 0 ≤ L) (t y : Nat → R) (n : Nat) (a b : R) :
    LipschitzOn (lowerEnvelope L t y n) L a b := fun x z hx hx' hz hz' => by
  induction n with
  | zero => exact abs_cone_sub_le hL _ _ _ _
  | succ n ih =>
    refine Std.le_trans (abs_min_sub_min_le_max _ _ _ _) (max_le ih ?_)
    exact abs_cone_sub_le hL _ _ _ _

/-- Values that are not steeper than `L` are those of the lower envelope. -/
theorem lowerEnvelope_eq {t y : Nat → R} {n i : Nat} (hi : i ≤ n)
    (h : ∀ j, j ≤ n → y i ≤ y j + L * abs (t i - t j)) : lowerEnvelope L t y n (t i) = y i := by
  have h₀ : abs (t i - t i) = 0 := by rw [show t i - t i = 0 by grind, abs_zero]
  have hle (k : Nat) (hk : i ≤ k) : lowerEnvelope L t y k (t i) ≤ y i := by
    induction k with
    | zero =>
      obtain rfl : i = 0 := by omega
      show y 0 + L * abs (t 0 - t 0) ≤ y 0
      rw [h₀]
      grind
    | succ k ih =>
      rcases Nat.lt_or_ge k i with hk' | hk'
      · obtain rfl : i = k + 1 := by omega
        refine Std.le_trans (min_le_right _ _) ?_
        rw [h₀]
        grind
      · exact Std.le_trans (min_le_left _ _) (ih hk')
  have hge (k : Nat) (hk : k ≤ n) : y i ≤ lowerEnvelope L t y k (t i) := by
    induction k with
    | zero => exact h 0 hk
    | succ k ih => exact le_min (ih (by omega)) (h (k + 1) hk)
  exact Std.le_antisymm (hle n hi) (hge n (Nat.le_refl n))

/-! ### Networks with one hidden layer on the line -/

/-- The ReLU is affine between two numbers of the same sign. -/
theorem relu_affine {p q s : R} (h : 0 ≤ p * q) (hs₀ : 0 ≤ s) (hs₁ : s ≤ 1) :
    relu ((1 - s) * p + s * q) = (1 - s) * relu p + s * relu q := by
  have h₁ : 0 ≤ 1 - s := by grind
  rcases lt_trichotomy p 0 with hp | hp | hp <;> rcases lt_trichotomy q 0 with hq | hq | hq
  · have t₁ := mul_nonneg h₁ (show 0 ≤ -p by grind)
    have t₂ := mul_nonneg hs₀ (show 0 ≤ -q by grind)
    rw [relu_of_nonpos (show p ≤ 0 by grind), relu_of_nonpos (show q ≤ 0 by grind),
      relu_of_nonpos (by grind)]
    grind
  · have t₁ := mul_nonneg h₁ (show 0 ≤ -p by grind)
    have t₂ : s * q = 0 := by rw [hq]; grind
    rw [relu_of_nonpos (show p ≤ 0 by grind), relu_of_nonpos (show q ≤ 0 by grind),
      relu_of_nonpos (by grind)]
    grind
  · have := mul_pos (show 0 < -p by grind) hq
    grind
  · have t₁ : (1 - s) * p = 0 := by rw [hp]; grind
    have t₂ := mul_nonneg hs₀ (show 0 ≤ -q by grind)
    rw [relu_of_nonpos (show p ≤ 0 by grind), relu_of_nonpos (show q ≤ 0 by grind),
      relu_of_nonpos (by grind)]
    grind
  all_goals try
    have t₁ := mul_nonneg h₁ (show 0 ≤ p by grind)
    have t₂ := mul_nonneg hs₀ (show 0 ≤ q by grind)
    rw [relu_of_nonneg (show 0 ≤ p by grind), relu_of_nonneg (show 0 ≤ q by grind),
      relu_of_nonneg (by grind)]
  have := mul_pos hp (show 0 < -q by grind)
  grind

/-- An increasing sequence of numbers changes its sign only once. -/
theorem not_two_sign_changes {p q r s : R} (h₁ : p ≤ q) (h₂ : q ≤ r) (h₃ : r ≤ s)
    (hpq : p * q < 0) (hrs : r * s < 0) : False := by
  have hq : 0 < q := by
    refine Classical.byContradiction fun hq => ?_
    have := mul_nonneg (show 0 ≤ -p by grind) (show 0 ≤ -q by grind)
    grind
  have := mul_pos (show 0 < r by grind) (show 0 < s by grind)
  grind

/-- **A cell without kinks.** Of `N + 1` intervals next to each other, there is one on which a
network with one hidden layer of `N` ReLUs is affine. -/
theorem exists_affine_cell (net : Network R 1 1) (hd : net.depth = 1) (hn : net.neurons = N)
    {z : Nat → R} (hz : ∀ i, i < N + 1 → z i < z (i + 1)) : ∃ i, i < N + 1 ∧ ∀ s, 0 ≤ s → s ≤ 1 →
      net.realEval relu ((1 - s) * z i + s * z (i + 1)) =
        (1 - s) * net.realEval relu (z i) + s * net.realEval relu (z (i + 1)) := by
  obtain ⟨v, w, b, c, h⟩ := Network.exists_eq_sum_of_depth_eq_one relu net hd hn
  -- A cell without a sign change of any unit will do.
  have hcell (i : Nat) (hi : ∀ k, 0 ≤ (w k * z i + b k) * (w k * z (i + 1) + b k)) (s : R)
      (hs₀ : 0 ≤ s) (hs₁ : s ≤ 1) : net.realEval relu ((1 - s) * z i + s * z (i + 1)) =
        (1 - s) * net.realEval relu (z i) + s * net.realEval relu (z (i + 1)) := by
    rw [h, h, h, sum_congr (g := fun k => (1 - s) * (v k * relu (w k * z i + b k)) +
      s * (v k * relu (w k * z (i + 1) + b k))) fun k => by
        have := relu_affine (hi k) hs₀ hs₁
        rw [show w k * ((1 - s) * z i + s * z (i + 1)) + b k =
          (1 - s) * (w k * z i + b k) + s * (w k * z (i + 1) + b k) by grind, this]
        grind, sum_add, ← mul_sum, ← mul_sum]
    grind
  refine Classical.byContradiction fun hne => ?_
  have hex (i : Fin (N + 1)) : ∃ k, (w k * z i + b k) * (w k * z (i + 1) + b k) < 0 :=
    Classical.byContradiction fun hno => hne ⟨i, i.isLt, hcell i fun k =>
      Std.not_lt.1 fun hk => hno ⟨k, hk⟩⟩
  -- No unit changes its sign in two cells, so there are not enough units.
  have hlt (i j : Fin (N + 1)) (hij : i.val < j.val) (k : Fin N)
      (hi : (w k * z i + b k) * (w k * z (i + 1) + b k) < 0)
      (hj : (w k * z j + b k) * (w k * z (j + 1) + b k) < 0) : False := by
    have z₁ := hz i i.isLt
    have z₂ : z (i + 1) ≤ z j := knot_le hz hij (Nat.le_of_lt j.isLt)
    have z₃ := hz j j.isLt
    rcases le_total 0 (w k) with hw | hw
    · have t₁ := mul_le_mul_of_nonneg_left (Std.le_of_lt z₁) hw
      have t₂ := mul_le_mul_of_nonneg_left z₂ hw
      have t₃ := mul_le_mul_of_nonneg_left (Std.le_of_lt z₃) hw
      exact not_two_sign_changes (by grind) (by grind) (by grind) hi hj
    · have t₁ := mul_le_mul_of_nonneg_left (Std.le_of_lt z₁) (show 0 ≤ -w k by grind)
      have t₂ := mul_le_mul_of_nonneg_left z₂ (show 0 ≤ -w k by grind)
      have t₃ := mul_le_mul_of_nonneg_left (Std.le_of_lt z₃) (show 0 ≤ -w k by grind)
      exact not_two_sign_changes (p := -(w k * z i + b k)) (q := -(w k * z (i + 1) + b k))
        (r := -(w k * z j + b k)) (s := -(w k * z (j + 1) + b k)) (by grind) (by grind) (by grind)
        (by grind) (by grind)
  have hcard := card_le_of_injective (fun i => Classical.choose (hex i)) fun i j hij => by
    have hi := Classical.choose_spec (hex i)
    have hj := Classical.choose_spec (hex j)
    dsimp only at hij
    rw [hij] at hi
    rcases Nat.lt_trichotomy i.val j.val with h | h | h
    · exact (hlt i j h _ hi hj).elim
    · exact Fin.ext h
    · exact (hlt j i h _ hj hi).elim
  rw [card_fin, card_fin] at hcard
  omega

/-! ### The square -/

/-- Every network with one hidden layer of `N` ReLUs has error at least `M / (16 (N + 1) ^ 2)` for
`M x ^ 2 / 2` on the unit interval. -/
theorem exists_le_abs_sub_sq (net : Network R 1 1) (hd : net.depth = 1)
    (hn : net.neurons = N) : ∃ x, 0 ≤ x ∧ x ≤ 1 ∧
      M / (16 * (N + 1) ^ 2) ≤ abs (net.realEval relu x - M / 2 * x ^ 2) := by
  have hK := natCast_pos (R := R) (Nat.succ_pos N)
  obtain ⟨i, hi, h⟩ := exists_affine_cell net hd hn (z := fun i => (i : R) / (N + 1 : Nat))
    fun i _ => natCast_div_lt_succ (Nat.succ_pos N) i
  have h := h (1 / 2) (by grind) (by grind)
  have hp := one_div_pos hK
  have h₀ : 0 ≤ (i : R) / (N + 1 : Nat) := div_nonneg (natCast_nonneg i) hK
  have h₁ : ((i + 1 : Nat) : R) / (N + 1 : Nat) ≤ 1 := (div_le_one hK).2 (natCast_le hi)
  have e : ((i + 1 : Nat) : R) / (N + 1 : Nat) = i / (N + 1 : Nat) + 1 / (N + 1 : Nat) := by grind
  have eM : M / (16 * ((N : R) + 1) ^ 2) = M * (1 / ((N + 1 : Nat) : R)) ^ 2 / 16 := by
    rw [show ((N + 1 : Nat) : R) = N + 1 by grind] at *
    grind
  rw [eM]
  rw [e] at h h₁
  generalize (1 : R) / ((N + 1 : Nat) : R) = d at *
  generalize (i : R) / ((N + 1 : Nat) : R) = a at *
  refine Classical.byContradiction fun hno => ?_
  have hlt (x : R) (hx₀ : 0 ≤ x) (hx₁ : x ≤ 1) :
      abs (net.realEval relu x - M / 2 * x ^ 2) < M * d ^ 2 / 16 :=
    Std.not_le.1 fun hx => hno ⟨x, hx₀, hx₁, hx⟩
  rw [show (1 - 1 / 2) * a + 1 / 2 * (a + d) = a + d / 2 by grind] at h
  have t₁ := abs_lt.1 (hlt a h₀ (by grind))
  have t₂ := abs_lt.1 (hlt (a + d / 2) (by grind) (by grind))
  have t₃ := abs_lt.1 (hlt (a + d) (by grind) h₁)
  have hs : M / 2 * a ^ 2 + M / 2 * (a + d) ^ 2 - 2 * (M / 2 * (a + d / 2) ^ 2) =
      M * d ^ 2 / 4 := by grind
  clear hlt hno
  generalize M * d ^ 2 = q at *
  generalize M / 2 * a ^ 2 = q₁ at *
  generalize M / 2 * (a + d) ^ 2 = q₂ at *
  generalize M / 2 * (a + d / 2) ^ 2 = q₃ at *
  grind

/-! ### A zigzag -/

/-- The function of a network with one hidden layer of ReLUs is continuous. -/
theorem continuousOn_realEval (net : Network R 1 1) (hd : net.depth = 1) (a b : R) :
    Analysis.ContinuousOn (net.realEval relu) a b := by
  obtain ⟨v, w, β, c, h⟩ := Network.exists_eq_sum_of_depth_eq_one relu net hd rfl
  have hr (p q : R) (x : R) : Analysis.ContinuousAt (fun x => relu (p * x + q)) x := by
    have hl : Analysis.ContinuousAt (fun x => p * x + q) x :=
      (Analysis.continuousAt_id.const_mul p).add Analysis.continuousAt_const
    have he : (fun x => relu (p * x + q)) =
        fun x => 1 / 2 * ((p * x + q) + abs (p * x + q)) := funext fun x => by
      have := abs_cases (p * x + q)
      unfold relu
      grind
    rw [he]
    exact (hl.add hl.abs).const_mul _
  have hs (n : Nat) (v w β : Fin n → R) (x : R) :
      Analysis.ContinuousAt (fun x => ∑ k, v k * relu (w k * x + β k)) x := by
    induction n with
    | zero => exact Analysis.continuousAt_const
    | succ n ih =>
      simp only [sum_succ]
      exact (ih _ _ _).add ((hr _ _ x).const_mul _)
  rw [show net.realEval relu = fun x => ∑ k, v k * relu (w k * x + β k) + c from funext h]
  exact .of_continuousAt fun x _ _ => (hs _ _ _ _ x).add Analysis.continuousAt_const

/-- A continuous function with values of opposite sign has a zero strictly between. -/
theorem exists_zero {g : R → R} {p q : R} (hpq : p ≤ q) (hg : Analysis.ContinuousOn g p q)
    (h : g p * g q < 0) : ∃ z, p < z ∧ z < q ∧ g z = 0 := by
  have hp : g p ≠ 0 := fun h₀ => by rw [h₀] at h; grind
  have hq : g q ≠ 0 := fun h₀ => by rw [h₀] at h; grind
  have key : ∃ z, p ≤ z ∧ z ≤ q ∧ g z = 0 := by
    rcases le_total (g p) 0 with h₁ | h₁
    · refine Analysis.intermediate_value_Icc hpq hg h₁ (Classical.byContradiction fun h₂ => ?_)
      have := mul_nonneg (show 0 ≤ -g p by grind) (show 0 ≤ -g q by grind)
      grind
    · obtain ⟨z, hz₁, hz₂, hz⟩ := Analysis.intermediate_value_Icc (f := fun x => -g x) (v := 0) hpq
        hg.neg (by grind) (Classical.byContradiction fun h₂ => by
          have := mul_nonneg h₁ (show 0 ≤ g q by grind)
          grind)
      exact ⟨z, hz₁, hz₂, by grind⟩
  obtain ⟨z, h₁, h₂, h₃⟩ := key
  exact ⟨z, lt_of_le_of_ne h₁ fun he => hp (he ▸ h₃), lt_of_le_of_ne h₂ fun he => hq (he ▸ h₃), h₃⟩

/-- A network with one hidden layer of `N` ReLUs does not have values of alternating sign at
`N + 3` points. -/
theorem not_alternating (net : Network R 1 1) (hd : net.depth = 1) (hn : net.neurons = N)
    {p : Nat → R} (hp : ∀ i, i < N + 2 → p i < p (i + 1)) :
    ¬ ∀ i, i < N + 2 → net.realEval relu (p i) * net.realEval relu (p (i + 1)) < 0 := by
  intro h
  have hex (i : Nat) : ∃ z, i < N + 2 → p i < z ∧ z < p (i + 1) ∧ net.realEval relu z = 0 := by
    by_cases hi : i < N + 2
    · obtain ⟨z, hz⟩ := exists_zero (Std.le_of_lt (hp i hi)) (continuousOn_realEval net hd _ _)
        (h i hi)
      exact ⟨z, fun _ => hz⟩
    · exact ⟨0, fun h => absurd h hi⟩
  let z (i : Nat) : R := Classical.choose (hex i)
  have hz (i : Nat) (hi : i < N + 2) :
      p i < z i ∧ z i < p (i + 1) ∧ net.realEval relu (z i) = 0 := Classical.choose_spec (hex i) hi
  obtain ⟨i, hi, ha⟩ := exists_affine_cell net hd hn (z := z) fun i hi => by
    have := hz i (by omega)
    have := hz (i + 1) (by omega)
    grind
  obtain ⟨-, h₁, h₂⟩ := hz i (by omega)
  obtain ⟨h₃, -, h₄⟩ := hz (i + 1) (by omega)
  have hne : net.realEval relu (p (i + 1)) ≠ 0 := fun h₀ => by
    have := h i (by omega)
    rw [h₀] at this
    grind
  have hd : z (i + 1) - z i ≠ 0 := by grind
  have ha := ha ((p (i + 1) - z i) / (z (i + 1) - z i))
    (div_nonneg (by grind) (by grind)) ((div_le_one (by grind)).2 (by grind))
  rw [h₂, h₄, show (1 - (p (i + 1) - z i) / (z (i + 1) - z i)) * z i +
    (p (i + 1) - z i) / (z (i + 1) - z i) * z (i + 1) = p (i + 1) by grind] at ha
  exact hne (ha.trans (by grind))

/-- The values `A` and `-A` in turn. -/
@[expose] def alternating (A : R) (i : Nat) : R := if i % 2 = 0 then A else -A

/-- For some `L`-Lipschitz function on the unit interval every network with one hidden layer of `N`
ReLUs has error at least `L / (2 (N + 2))`. -/
theorem exists_lipschitzOn_le_abs_sub (hL : 0 ≤ L) (N : Nat) : ∃ f : R → R, LipschitzOn f L 0 1 ∧
    ∀ net : Network R 1 1, net.depth = 1 → net.neurons = N →
      ∃ x, 0 ≤ x ∧ x ≤ 1 ∧ L / (2 * (N + 2)) ≤ abs (net.realEval relu x - f x) := by
  have hK := natCast_pos (R := R) (show 0 < N + 2 by omega)
  let t (i : Nat) : R := (i : R) / (N + 2 : Nat)
  let A : R := L / (2 * (N + 2))
  have eA : 2 * A = L * (1 / ((N + 2 : Nat) : R)) := by
    show 2 * (L / (2 * (N + 2))) = _
    rw [show ((N + 2 : Nat) : R) = N + 2 by grind] at *
    grind
  have hA : 0 ≤ A := by
    have := mul_nonneg hL (Std.le_of_lt (one_div_pos hK))
    grind
  have hdist (i j : Nat) (hij : i < j) : 2 * A ≤ L * abs (t i - t j) := by
    rw [eA, abs_sub_comm]
    refine mul_le_mul_of_nonneg_left (Std.le_trans ?_ (le_abs_self _)) hL
    have := div_le_div_of_nonneg_right (natCast_le (R := R) hij) (Std.le_of_lt hK)
    show (1 : R) / (N + 2 : Nat) ≤ (j : R) / (N + 2 : Nat) - (i : R) / (N + 2 : Nat)
    grind
  have hval (i : Nat) (hi : i ≤ N + 2) :
      lowerEnvelope L t (alternating A) (N + 2) (t i) = alternating A i :=
    lowerEnvelope_eq hi fun j _ => by
      have hz (k : Nat) : -A ≤ alternating A k ∧ alternating A k ≤ A := by
        unfold alternating
        split <;> grind
      have h₁ := hz i
      have h₂ := hz j
      rcases Nat.lt_trichotomy i j with h | rfl | h
      · have := hdist i j h
        grind
      · have := mul_nonneg hL (abs_nonneg (t i - t i))
        grind
      · have := hdist j i h
        rw [abs_sub_comm] at this
        grind
  refine ⟨_, lipschitzOn_lowerEnvelope hL t (alternating A) (N + 2) 0 1, fun net hd hn => ?_⟩
  refine Classical.byContradiction fun hno => ?_
  have hlt (i : Nat) (hi : i ≤ N + 2) : abs (net.realEval relu (t i) - alternating A i) < A := by
    rw [← hval i hi]
    refine Std.not_le.1 fun hx => hno ⟨t i, div_nonneg (natCast_nonneg i) hK, ?_, hx⟩
    exact (div_le_one hK).2 (natCast_le hi)
  refine not_alternating net hd hn (p := t)
    (fun i _ => natCast_div_lt_succ (show 0 < N + 2 by omega) i) fun i hi => ?_
  have h₁ := abs_lt.1 (hlt i (by omega))
  have h₂ := abs_lt.1 (hlt (i + 1) (by omega))
  rcases Nat.mod_two_eq_zero_or_one i with hm | hm
  · rw [show alternating A i = A from if_pos hm] at h₁
    rw [show alternating A (i + 1) = -A from if_neg (by omega)] at h₂
    have := mul_pos (show 0 < net.realEval relu (t i) by grind)
      (show 0 < -net.realEval relu (t (i + 1)) by grind)
    grind
  · rw [show alternating A i = -A from if_neg (by omega)] at h₁
    rw [show alternating A (i + 1) = A from if_pos (by omega)] at h₂
    have := mul_pos (show 0 < -net.realEval relu (t i) by grind)
      (show 0 < net.realEval relu (t (i + 1)) by grind)
    grind

end DeepTheory.Approximation
