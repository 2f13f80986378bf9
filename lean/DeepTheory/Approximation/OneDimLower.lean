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
  have hd : 0 < b - a := sub_pos.2 hab
  have h := Std.le_trans (abs_nonneg _) (hf b a (Std.le_of_lt hab) (Std.le_refl _) (Std.le_refl _)
    (Std.le_of_lt hab))
  rw [abs_of_nonneg (Std.le_of_lt hd)] at h
  clear hf
  exact le_of_mul_le_mul_left hd (by grind)

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
  rw [show ∀ r s : R, c + L * r - (c + L * s) = L * (r - s) by clear h hL; grind, abs_mul,
    abs_of_nonneg hL]
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
  have h₀ : abs (t i - t i) = 0 := by rw [show t i - t i = 0 by clear h; grind, abs_zero]
  have hle (k : Nat) (hk : i ≤ k) : lowerEnvelope L t y k (t i) ≤ y i := by
    induction k with
    | zero =>
      obtain rfl : i = 0 := by omega
      show y 0 + L * abs (t 0 - t 0) ≤ y 0
      rw [h₀]
      clear h
      grind
    | succ k ih =>
      rcases Nat.lt_or_ge k i with hk' | hk'
      · obtain rfl : i = k + 1 := by omega
        refine Std.le_trans (min_le_right _ _) ?_
        rw [h₀]
        clear h ih
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
  have h₁ : 0 ≤ 1 - s := sub_nonneg.2 hs₁
  -- Both numbers are on one side of zero.
  have hs : (0 ≤ p ∧ 0 ≤ q) ∨ (p ≤ 0 ∧ q ≤ 0) := by
    rcases le_total 0 p with hp | hp <;> rcases le_total 0 q with hq | hq
    · exact .inl ⟨hp, hq⟩
    · rcases lt_or_eq_of_le hp with hp | rfl
      · rcases lt_or_eq_of_le hq with hq | rfl
        · have := mul_pos hp (show 0 < -q by grind)
          grind
        · exact .inl ⟨Std.le_of_lt hp, Std.le_refl _⟩
      · exact .inr ⟨Std.le_refl _, hq⟩
    · rcases lt_or_eq_of_le hp with hp | rfl
      · rcases lt_or_eq_of_le hq with hq | rfl
        · have := mul_pos (show 0 < -p by grind) hq
          grind
        · exact .inr ⟨Std.le_of_lt hp, Std.le_refl _⟩
      · exact .inl ⟨Std.le_refl _, hq⟩
    · exact .inr ⟨hp, hq⟩
  rcases hs with ⟨hp, hq⟩ | ⟨hp, hq⟩
  · rw [relu_of_nonneg hp, relu_of_nonneg hq,
      relu_of_nonneg (add_nonneg (mul_nonneg h₁ hp) (mul_nonneg hs₀ hq))]
  · have t₁ := mul_nonneg h₁ (show 0 ≤ -p by grind)
    have t₂ := mul_nonneg hs₀ (show 0 ≤ -q by grind)
    rw [relu_of_nonpos hp, relu_of_nonpos hq, relu_of_nonpos (by grind)]
    grind

/-- An increasing sequence of numbers changes its sign only once. -/
theorem not_two_sign_changes {p q r s : R} (h₁ : p ≤ q) (h₂ : q ≤ r) (h₃ : r ≤ s)
    (hpq : p * q < 0) (hrs : r * s < 0) : False := by
  have hq : 0 < q := by
    refine Classical.byContradiction fun hq => ?_
    have := mul_nonneg (show 0 ≤ -p by grind) (show 0 ≤ -q by grind)
    clear h₁ h₂ h₃ hrs hq
    grind
  have hr := lt_of_lt_of_le hq h₂
  exact lt_irrefl _ (lt_trans hrs (mul_pos hr (lt_of_lt_of_le hr h₃)))

/-- An affine function of an increasing sequence of numbers changes its sign only once. -/
private theorem not_two_sign_changes_affine {p q r s w c : R} (h₁ : p ≤ q) (h₂ : q ≤ r)
    (h₃ : r ≤ s) (hpq : (w * p + c) * (w * q + c) < 0) (hrs : (w * r + c) * (w * s + c) < 0) :
    False := by
  rcases le_total 0 w with hw | hw
  · exact not_two_sign_changes (add_le_add (mul_le_mul_of_nonneg_left h₁ hw) (Std.le_refl c))
      (add_le_add (mul_le_mul_of_nonneg_left h₂ hw) (Std.le_refl c))
      (add_le_add (mul_le_mul_of_nonneg_left h₃ hw) (Std.le_refl c)) hpq hrs
  · have hm {x y : R} (h : x ≤ y) : w * y + c ≤ w * x + c := by
      have := mul_le_mul_of_nonneg_left h (show 0 ≤ -w by grind)
      clear h₁ h₂ h₃ hpq hrs
      grind
    rw [Lean.Grind.CommSemiring.mul_comm] at hpq hrs
    exact not_two_sign_changes (hm h₃) (hm h₂) (hm h₁) hrs hpq

/-- A unit is affine between two numbers where its argument has the same sign. -/
private theorem mul_relu_affine {p q s v w c : R} (h : 0 ≤ (w * p + c) * (w * q + c)) (hs₀ : 0 ≤ s)
    (hs₁ : s ≤ 1) : v * relu (w * ((1 - s) * p + s * q) + c) =
      (1 - s) * (v * relu (w * p + c)) + s * (v * relu (w * q + c)) := by
  have h := relu_affine h hs₀ hs₁
  rw [show (1 - s) * (w * p + c) + s * (w * q + c) = w * ((1 - s) * p + s * q) + c by
    clear h hs₀ hs₁; grind] at h
  rw [h]
  clear h hs₀ hs₁
  grind

/-- The sum of a mean and a constant. -/
private theorem mean_add (p q s c : R) :
    (1 - s) * p + s * q + c = (1 - s) * (p + c) + s * (q + c) := by grind

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
      s * (v k * relu (w k * z (i + 1) + b k))) fun k => mul_relu_affine (hi k) hs₀ hs₁, sum_add,
      ← mul_sum, ← mul_sum]
    exact mean_add _ _ _ _
  refine Classical.byContradiction fun hne => ?_
  have hex (i : Fin (N + 1)) : ∃ k, (w k * z i + b k) * (w k * z (i + 1) + b k) < 0 :=
    Classical.byContradiction fun hno => hne ⟨i, i.isLt, hcell i fun k =>
      Std.not_lt.1 fun hk => hno ⟨k, hk⟩⟩
  -- No unit changes its sign in two cells, so there are not enough units.
  have hlt (i j : Fin (N + 1)) (hij : i.val < j.val) (k : Fin N)
      (hi : (w k * z i + b k) * (w k * z (i + 1) + b k) < 0)
      (hj : (w k * z j + b k) * (w k * z (j + 1) + b k) < 0) : False :=
    not_two_sign_changes_affine (Std.le_of_lt (hz i i.isLt))
      (knot_le hz hij (Nat.le_of_lt j.isLt)) (Std.le_of_lt (hz j j.isLt)) hi hj
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

/-- The bound of a square in terms of the length of a cell. -/
private theorem div_sixteen_mul_sq (M p : R) : M / (16 * p ^ 2) = M * (1 / p) ^ 2 / 16 := by grind

/-- The quotient of a successor. -/
private theorem natCast_succ_div (i : Nat) (p : R) : ((i + 1 : Nat) : R) / p = i / p + 1 / p := by
  grind

/-- The middle of an interval as a mean of its ends. -/
private theorem mean_half (a d : R) : (1 - 1 / 2) * a + 1 / 2 * (a + d) = a + d / 2 := by grind

/-- The second difference of a square. -/
private theorem sq_second_difference (M a d : R) : M / 2 * a ^ 2 + M / 2 * (a + d) ^ 2 -
    2 * (M / 2 * (a + d / 2) ^ 2) = M * d ^ 2 / 4 := by grind

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
  have e : ((i + 1 : Nat) : R) / (N + 1 : Nat) = i / (N + 1 : Nat) + 1 / (N + 1 : Nat) :=
    natCast_succ_div _ _
  have eM : M / (16 * ((N : R) + 1) ^ 2) = M * (1 / ((N + 1 : Nat) : R)) ^ 2 / 16 := by
    rw [show ((N + 1 : Nat) : R) = N + 1 by clear h h₀ h₁ e; grind]
    exact div_sixteen_mul_sq M _
  rw [eM]
  rw [e] at h h₁
  generalize (1 : R) / ((N + 1 : Nat) : R) = d at *
  generalize (i : R) / ((N + 1 : Nat) : R) = a at *
  refine Classical.byContradiction fun hno => ?_
  have hlt (x : R) (hx₀ : 0 ≤ x) (hx₁ : x ≤ 1) :
      abs (net.realEval relu x - M / 2 * x ^ 2) < M * d ^ 2 / 16 :=
    Std.not_le.1 fun hx => hno ⟨x, hx₀, hx₁, hx⟩
  rw [mean_half] at h
  have t₁ := abs_lt.1 (hlt a h₀ (by clear h hlt hno; grind))
  have t₂ := abs_lt.1 (hlt (a + d / 2) (by clear h hlt hno t₁; grind)
    (by clear h hlt hno t₁; grind))
  have t₃ := abs_lt.1 (hlt (a + d) (add_nonneg h₀ (Std.le_of_lt hp)) h₁)
  have hs := sq_second_difference M a d
  clear hlt hno h₀ h₁ hp
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
  have hp : g p ≠ 0 := fun h₀ => by
    rw [h₀, Lean.Grind.Semiring.zero_mul] at h
    exact lt_irrefl _ h
  have hq : g q ≠ 0 := fun h₀ => by
    rw [h₀, Lean.Grind.Semiring.mul_zero] at h
    exact lt_irrefl _ h
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

/-- A number as a mean of two others. -/
private theorem mean_div {p q r : R} (h : r - q ≠ 0) :
    (1 - (p - q) / (r - q)) * q + (p - q) / (r - q) * r = p := by grind

/-- A mean of zeros. -/
private theorem mean_zero (s : R) : (1 - s) * 0 + s * 0 = 0 := by grind

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
  obtain ⟨z, hz⟩ : ∃ z : Nat → R, ∀ i, i < N + 2 →
      p i < z i ∧ z i < p (i + 1) ∧ net.realEval relu (z i) = 0 :=
    ⟨fun i => Classical.choose (hex i), fun i hi => Classical.choose_spec (hex i) hi⟩
  obtain ⟨i, hi, ha⟩ := exists_affine_cell net hd hn (z := z) fun i hi =>
    lt_trans (hz i (by omega)).2.1 (hz (i + 1) (by omega)).1
  obtain ⟨-, h₁, h₂⟩ := hz i (by omega)
  obtain ⟨h₃, -, h₄⟩ := hz (i + 1) (by omega)
  have hne : net.realEval relu (p (i + 1)) ≠ 0 := fun h₀ => by
    have := h i (by omega)
    rw [h₀, Lean.Grind.Semiring.mul_zero] at this
    exact lt_irrefl _ this
  have hd : 0 < z (i + 1) - z i := sub_pos.2 (lt_trans h₁ h₃)
  have hle : p (i + 1) - z i ≤ z (i + 1) - z i := by clear h hex hz ha; grind
  have ha := ha ((p (i + 1) - z i) / (z (i + 1) - z i))
    (div_nonneg (sub_nonneg.2 (Std.le_of_lt h₁)) hd) ((div_le_one hd).2 hle)
  rw [h₂, h₄, mean_div (ne_of_gt hd)] at ha
  exact hne (ha.trans (mean_zero _))

/-- The values `A` and `-A` in turn. -/
@[expose] def alternating (A : R) (i : Nat) : R := if i % 2 = 0 then A else -A

/-- The values in turn do not differ by more than `2 A`. -/
private theorem alternating_le {A r : R} (hA : 0 ≤ A) (hr : 0 ≤ r) {i j : Nat}
    (h : i ≠ j → 2 * A ≤ r) : alternating A i ≤ alternating A j + r := by
  rcases Classical.em (i = j) with rfl | hij
  · clear h
    grind
  · have hij := h hij
    clear h
    unfold alternating
    split <;> split <;> grind

/-- Two numbers that are nearer to `A` and `-A` than these are to zero have opposite signs. -/
private theorem mul_neg_of_near {p q A : R} (hp : -A < p - A ∧ p - A < A)
    (hq : -A < q - -A ∧ q - -A < A) : p * q < 0 := by
  have := mul_pos (show 0 < p by grind) (show 0 < -q by grind)
  clear hp hq
  grind

/-- Different multiples of a number differ by that number at least. -/
private theorem one_div_le_sub {p : R} (hp : 0 < p) {i j : Nat} (hij : i < j) :
    1 / p ≤ (j : R) / p - (i : R) / p := by
  have := div_le_div_of_nonneg_right (natCast_le (R := R) hij) (Std.le_of_lt hp)
  rw [natCast_succ_div] at this
  grind

/-- Twice the error of the zigzag. -/
private theorem two_mul_div (L p : R) : 2 * (L / (2 * p)) = L * (1 / p) := by grind

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
    rw [show ((N + 2 : Nat) : R) = N + 2 by grind]
    exact two_mul_div L _
  have hA : 0 ≤ A := div_nonneg_of_nonneg hL (by
    rw [show (2 : R) * (N + 2) = 2 * ((N + 2 : Nat) : R) by clear eA; grind]
    exact Std.le_of_lt (mul_pos (by grind) hK))
  have hdist (i j : Nat) (hij : i < j) : 2 * A ≤ L * abs (t i - t j) := by
    rw [eA, abs_sub_comm]
    refine mul_le_mul_of_nonneg_left (Std.le_trans ?_ (le_abs_self _)) hL
    exact one_div_le_sub hK hij
  have hval (i : Nat) (hi : i ≤ N + 2) :
      lowerEnvelope L t (alternating A) (N + 2) (t i) = alternating A i :=
    lowerEnvelope_eq hi fun j _ => alternating_le hA (mul_nonneg hL (abs_nonneg _)) fun hij => by
      rcases Nat.lt_or_gt_of_ne hij with h | h
      · exact hdist i j h
      · rw [abs_sub_comm]
        exact hdist j i h
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
    exact mul_neg_of_near h₁ h₂
  · rw [show alternating A i = -A from if_neg (by omega)] at h₁
    rw [show alternating A (i + 1) = A from if_pos (by omega)] at h₂
    rw [Lean.Grind.CommSemiring.mul_comm]
    exact mul_neg_of_near h₂ h₁

end DeepTheory.Approximation
