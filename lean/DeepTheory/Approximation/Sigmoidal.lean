module

public import DeepTheory.Approximation.RidgeSums
public import DeepTheory.Analysis.Continuity

/-!
# Sigmoidal functions and staircases

A bounded function that tends to zero on the left and to one on the right is, when it is compressed
far enough, nearly a step.  Sums of such steps are close to every continuous function on an
interval, so continuous functions of one linear form are approximable by one hidden layer.

## Main definitions
* `DeepTheory.Approximation.Sigmoidal`: sigmoidal functions.
* `DeepTheory.Approximation.heaviside`: the step.

## Main theorems
* `DeepTheory.Approximation.sigmoidal_heaviside`: the step is sigmoidal.
* `DeepTheory.Approximation.Sigmoidal.exists_staircase`: staircases are close to continuous
  functions.
* `DeepTheory.Approximation.Sigmoidal.approximable_ridge`: continuous functions of a linear form.

## References
* G. Cybenko, *Approximation by superpositions of a sigmoidal function*, 1989.
-/

public noncomputable section

namespace DeepTheory.Approximation

open Analysis

universe u

variable {R : Type u} [RealField R] {d N : Nat} {σ τ : R → R} {a b ε : R}

/-- A sigmoidal function: it is bounded, tends to one on the right and to zero on the left.  It
need be neither continuous nor monotone.  The bound is needed, as a function that is not bounded
near some number makes large errors where a unit passes that number. -/
structure Sigmoidal (σ : R → R) : Prop where
  /-- The function is bounded. -/
  bounded : ∃ M, ∀ t, abs (σ t) ≤ M
  /-- On the right it is close to one. -/
  right : ∀ ε, 0 < ε → ∃ T, ∀ t, T ≤ t → abs (σ t - 1) ≤ ε
  /-- On the left it is close to zero. -/
  left : ∀ ε, 0 < ε → ∃ T, ∀ t, t ≤ T → abs (σ t) ≤ ε

/-! ### The step -/

open Classical in
/-- The step: zero for negative numbers, one for the others. -/
@[expose] def heaviside (t : R) : R := if 0 ≤ t then 1 else 0

theorem heaviside_of_nonneg {t : R} (h : 0 ≤ t) : heaviside t = 1 := if_pos h

theorem heaviside_of_neg {t : R} (h : t < 0) : heaviside t = 0 := if_neg (not_le.2 h)

/-- The step by cases. -/
theorem heaviside_cases (t : R) : (0 ≤ t ∧ heaviside t = 1) ∨ (t < 0 ∧ heaviside t = 0) := by
  rcases Classical.em (0 ≤ t) with h | h
  · exact .inl ⟨h, heaviside_of_nonneg h⟩
  · exact .inr ⟨not_le.1 h, heaviside_of_neg (not_le.1 h)⟩

/-- The step is sigmoidal. -/
theorem sigmoidal_heaviside : Sigmoidal (heaviside : R → R) where
  bounded := ⟨1, fun t => by
    have := heaviside_cases t
    exact abs_le.2 (by grind)⟩
  right ε hε := ⟨0, fun t ht => by rw [heaviside_of_nonneg ht]; exact abs_le.2 (by grind)⟩
  left ε hε := ⟨-1, fun t ht => by
    rw [heaviside_of_neg (by grind)]; exact abs_le.2 (by grind)⟩

/-- A function that is sigmoidal is, outside an interval around zero, as close to the step as one
likes. -/
theorem Sigmoidal.exists_settled (hσ : Sigmoidal σ) (hε : 0 < ε) :
    ∃ T, 0 < T ∧ ∀ t, T ≤ abs t → abs (σ t - heaviside t) ≤ ε := by
  obtain ⟨T₁, h₁⟩ := hσ.right ε hε
  obtain ⟨T₂, h₂⟩ := hσ.left ε hε
  have c₁ := le_abs_self T₁
  have c₂ := neg_abs_le T₂
  have d₁ := abs_nonneg T₁
  have d₂ := abs_nonneg T₂
  generalize abs T₁ = a₁ at *
  generalize abs T₂ = a₂ at *
  refine ⟨a₁ + a₂ + 1, by clear h₁ h₂ c₁ c₂; grind, fun t ht => ?_⟩
  rcases abs_cases t with ⟨h₀, h⟩ | ⟨h₀, h⟩
  · rw [heaviside_of_nonneg h₀]
    rw [h] at ht
    exact h₁ t (by clear h₁ h₂ c₂ h; grind)
  · rw [heaviside_of_neg h₀, show σ t - 0 = σ t by clear h₁ h₂; grind]
    rw [h] at ht
    exact h₂ t (by clear h₁ h₂ c₁ h; grind)

/-! ### Staircases -/

/-- A staircase of exact steps at the points `t 1`, ..., `t N` has the height `y k` from `t k` to
the next point. -/
theorem exists_sum_heaviside_eq {t : Nat → R} (ht : ∀ k, t k ≤ t (k + 1)) (y : Nat → R) {x : R}
    (hx : t 0 ≤ x) (N : Nat) : ∃ k, k ≤ N ∧ t k ≤ x ∧ (k = N ∨ x < t (k + 1)) ∧
      y 0 + ∑ j : Fin N, (y (j.val + 1) - y j.val) * heaviside (x - t (j.val + 1)) = y k := by
  induction N with
  | zero => exact ⟨0, Nat.le_refl _, hx, .inl rfl, by rw [sum_zero]; grind⟩
  | succ N ih =>
    obtain ⟨k, hk, h₁, h₂, h₃⟩ := ih
    rw [sum_succ]
    simp only [Fin.val_castSucc, Fin.val_last]
    generalize (∑ j : Fin N, (y (j.val + 1) - y j.val) * heaviside (x - t (j.val + 1))) = s at *
    rcases heaviside_cases (x - t (N + 1)) with ⟨h, e⟩ | ⟨h, e⟩
    · have hkN : k = N := by
        rcases h₂ with h₂ | h₂
        · exact h₂
        · refine Classical.byContradiction fun hne => ?_
          have hmono : ∀ m, t (k + 1) ≤ t (k + 1 + m) := fun m => by
            induction m with
            | zero => exact Std.le_refl _
            | succ m ih => exact le_trans ih (ht _)
          have := hmono (N - k)
          rw [show k + 1 + (N - k) = N + 1 by omega] at this
          exact not_lt.2 (sub_nonneg.1 h) (lt_of_lt_of_le h₂ this)
      subst hkN
      exact ⟨k + 1, Nat.le_refl _, sub_nonneg.1 h, .inl rfl, by
        rw [e]
        clear ht h₂ h e
        grind⟩
    · refine ⟨k, by omega, h₁, .inr ?_, by
        rw [e]
        clear ht h₂ h e
        grind⟩
      rcases h₂ with rfl | h₂
      · clear ht h₃ e
        grind
      · exact h₂

/-- A sum of terms that are small with one exception. -/
theorem sum_le_of_one_exception {e : Fin N → R} {δ C : R} (hδ : 0 ≤ δ) (hC : 0 ≤ C)
    (he : ∀ i, e i ≤ C) (h : ∀ i j, δ < e i → δ < e j → i = j) : ∑ i, e i ≤ N * δ + C := by
  rcases Classical.em (∃ k, δ < e k) with ⟨k, hk⟩ | hk
  · have h₁ : ∑ i, e i ≤ ∑ i, (δ + if i = k then C else 0) := sum_le_sum fun i => by
      have := he i
      split
      · clear he h hk
        grind
      · rename_i hi
        have : e i ≤ δ := not_lt.1 fun h' => hi (h i k h' hk)
        clear he h hk hi
        grind
    rwa [sum_add, sum_const, sum_ite_eq k fun _ => C] at h₁
  · have := sum_le_mul (f := e) (c := δ) fun i => not_lt.1 fun h' => hk ⟨i, h'⟩
    grind

/-- A number where the compressed function differs from the step is near zero. -/
theorem abs_lt_half_of_lt {δ T h l z : R} (hset : ∀ t, T ≤ abs t → abs (σ t - heaviside t) ≤ δ)
    (hl : 0 < l) (hlh : l * h = 2 * T) (hz : δ < abs (σ (l * z) - heaviside z)) :
    abs z < h / 2 := not_le.1 fun hle => by
  have h₁ := mul_le_mul_of_nonneg_left hle (le_of_lt hl)
  rw [← abs_of_nonneg (le_of_lt hl), ← abs_mul, abs_of_nonneg (le_of_lt hl),
    show l * (h / 2) = T by clear hset hz h₁; grind] at h₁
  have h₂ : heaviside (l * z) = heaviside z := by
    rcases heaviside_cases z with ⟨h', e⟩ | ⟨h', e⟩
    · rw [e, heaviside_of_nonneg (mul_nonneg (le_of_lt hl) h')]
    · have := mul_lt_mul_of_pos_left h' hl
      rw [Lean.Grind.Semiring.mul_zero] at this
      rw [e, heaviside_of_neg this]
  have h₃ := hset _ h₁
  rw [h₂] at h₃
  exact not_le.2 hz h₃

/-- Of compressed copies at equally spaced points only one is far from the step, and it is not far
by more than the bounds. -/
theorem sum_abs_sub_heaviside_le {M δ T h l : R} (hM : ∀ t, abs (σ t) ≤ M)
    (hset : ∀ t, T ≤ abs t → abs (σ t - heaviside t) ≤ δ) (hδ : 0 ≤ δ) (hh : 0 < h) (hl : 0 < l)
    (hlh : l * h = 2 * T) (y : R) (N : Nat) :
    ∑ j : Fin N, abs (σ (l * (y - h * (j.val : R))) - heaviside (y - h * (j.val : R))) ≤
      N * δ + (M + 1) := by
  have hM₀ : 0 ≤ M := le_trans (abs_nonneg _) (hM 0)
  have hlt (p q : Nat) (hpq : p < q) : h * (p : R) + h ≤ h * (q : R) := by
    have h₁ := mul_le_mul_of_nonneg_left (natCast_le (R := R) (Nat.succ_le_of_lt hpq)) (le_of_lt hh)
    rwa [show h * ((p.succ : Nat) : R) = h * p + h by clear hM hset h₁; grind] at h₁
  refine sum_le_of_one_exception hδ (add_nonneg hM₀ zero_le_one) (fun j => ?_) fun i j hi hj => ?_
  · have h₁ := abs_le.1 (hM (l * (y - h * (j.val : R))))
    have h₂ := heaviside_cases (y - h * (j.val : R))
    generalize heaviside (y - h * (j.val : R)) = s at *
    generalize σ (l * (y - h * (j.val : R))) = t at *
    clear hM hset hlt
    exact abs_le.2 (by grind)
  · have hi := abs_lt.1 (abs_lt_half_of_lt hset hl hlh hi)
    have hj := abs_lt.1 (abs_lt_half_of_lt hset hl hlh hj)
    clear hM hset
    refine Fin.ext (Classical.byContradiction fun hne => ?_)
    rcases Nat.lt_or_gt_of_ne hne with hij | hij
    · have := hlt _ _ hij
      clear hlt
      grind
    · have := hlt _ _ hij
      clear hlt
      grind

/-- Two sums with the same small coefficients differ little. -/
theorem abs_sum_mul_sub_sum_mul_le {c p q : Fin N → R} {η E : R} (hc : ∀ j, abs (c j) ≤ η)
    (hη : 0 ≤ η) (hE : ∑ j, abs (p j - q j) ≤ E) :
    abs (∑ j, c j * p j - ∑ j, c j * q j) ≤ η * E := by
  rw [← sum_sub]
  refine le_trans (abs_sum_le _) (le_trans ?_ (mul_le_mul_of_nonneg_left hE hη))
  rw [mul_sum]
  refine sum_le_sum fun j => ?_
  rw [show c j * p j - c j * q j = c j * (p j - q j) by grind, abs_mul]
  exact mul_le_mul_of_nonneg_right (hc j) (abs_nonneg _)

/-- A continuous function on a closed interval is as close as one likes to a staircase of exact
steps, with steps as small as one likes, at equally spaced points. -/
theorem exists_exact_staircase {g : R → R} (hab : a < b) (hg : ContinuousOn g a b) {η : R}
    (hη : 0 < η) : ∃ (N : Nat) (c : Fin N → R) (s h : R), 0 < N ∧ 0 < h ∧ (∀ j, abs (c j) ≤ η) ∧
      ∀ x, a ≤ x → x ≤ b →
        abs (g a + ∑ j : Fin N, c j * heaviside (x - s - h * (j.val : R)) - g x) ≤ η := by
  obtain ⟨δ, hδ, hg⟩ := uniformContinuousOn_Icc hg hη
  obtain ⟨N, hN⟩ := exists_nat_gt ((b - a) / δ)
  have hba := sub_pos.2 hab
  have hN₀ : (0 : R) < N := lt_trans (div_pos hba hδ) hN
  have hh : 0 < (b - a) / N := div_pos hba hN₀
  have hhN : a + (b - a) / N * N = b := by
    rw [div_mul_cancel (ne_of_gt hN₀)]
    clear hg hN hh
    grind
  have hhδ : (b - a) / N < δ := by
    rw [div_lt_iff hδ] at hN
    rw [div_lt_iff hN₀]
    clear hg hh hhN
    grind
  clear hN
  generalize (b - a) / N = h at *
  have hstep (k : Nat) : a + h * ((k + 1 : Nat) : R) = a + h * k + h := by
    clear hg
    grind
  have hmono (i j : Nat) (hij : i ≤ j) : a + h * (i : R) ≤ a + h * (j : R) :=
    add_le_add (Std.le_refl _) (mul_le_mul_of_nonneg_left (natCast_le hij) (le_of_lt hh))
  have hzero : a + h * ((0 : Nat) : R) = a := by
    clear hg hstep hmono
    grind
  have hle (k : Nat) : a ≤ a + h * (k : R) := by
    have h₁ := hmono 0 k (Nat.zero_le k)
    rwa [hzero] at h₁
  have hge (k : Nat) (hk : k ≤ N) : a + h * (k : R) ≤ b := hhN ▸ hmono k N hk
  have hN₁ : 0 < N := Nat.pos_of_ne_zero fun h₀ => by rw [h₀] at hN₀; grind
  refine ⟨N, fun j => g (a + h * (j.val + 1 : Nat)) - g (a + h * (j.val : Nat)), a + h, h, hN₁, hh,
    fun j => le_of_lt (hg _ _ (hle _) (hge _ (Nat.le_of_lt j.isLt)) (hle _) (hge _ j.isLt) ?_),
    fun x hax hxb => ?_⟩
  · rw [hstep, show ∀ p : R, p + h - p = h by clear hg hmono hle hge hstep; grind,
      abs_of_nonneg (le_of_lt hh)]
    exact hhδ
  · obtain ⟨k, hkN, hk₁, hk₂, hk⟩ := exists_sum_heaviside_eq (t := fun k => a + h * (k : R))
      (fun k => hmono _ _ (Nat.le_succ k)) (fun k => g (a + h * (k : R))) (x := x)
      (by dsimp only; rw [hzero]; exact hax) N
    rw [hzero] at hk
    rw [sum_congr (g := fun j : Fin N => (g (a + h * (j.val + 1 : Nat)) -
      g (a + h * (j.val : Nat))) * heaviside (x - (a + h * (j.val + 1 : Nat)))) fun j => by
        rw [show x - (a + h) - h * (j.val : R) = x - (a + h * (j.val + 1 : Nat)) by
          rw [hstep]; clear hg hmono hle hge hstep hk; grind], hk]
    have hkx : x ≤ a + h * k + h := by
      rcases hk₂ with rfl | hk₂
      · rw [hhN]; grind
      · rw [hstep] at hk₂; exact le_of_lt hk₂
    refine le_of_lt (hg x _ hax hxb (hle k) (hge k hkN) (abs_lt.2 ?_))
    clear hg hmono hle hge hstep hk
    grind

/-- **Staircases.** A continuous function on a closed interval is as close as one likes to a
constant plus a sum of multiples of shifted copies of a compressed sigmoidal function. -/
theorem Sigmoidal.exists_staircase (hσ : Sigmoidal σ) {g : R → R} (hab : a < b)
    (hg : ContinuousOn g a b) (hε : 0 < ε) : ∃ (N : Nat) (c s : Fin N → R) (l : R),
      ∀ x, a ≤ x → x ≤ b → abs (g a + ∑ j, c j * σ (l * (x - s j)) - g x) ≤ ε := by
  obtain ⟨M, hM⟩ := hσ.bounded
  have hM₀ : 0 ≤ M := le_trans (abs_nonneg _) (hM 0)
  have hM₃ : 0 < M + 3 := by
    clear hM hg
    grind
  -- the height of a step
  have hη : 0 < ε / (M + 3) := div_pos hε hM₃
  have hηε : ε / (M + 3) * (M + 2) + ε / (M + 3) = ε := by
    clear hM hg
    grind
  generalize ε / (M + 3) = η at *
  obtain ⟨N, c, s, h, hN, hh, hc, hstair⟩ := exists_exact_staircase hab hg hη
  have hN₀ := natCast_pos (R := R) hN
  -- the compression
  obtain ⟨T, hT, hset⟩ := hσ.exists_settled (one_div_pos hN₀)
  have hl : 0 < 2 * T / h := div_pos (by clear hM hset hstair hc hg; grind) hh
  have hlh : 2 * T / h * h = 2 * T := div_mul_cancel (ne_of_gt hh)
  generalize 2 * T / h = l at *
  refine ⟨N, c, fun j => s + h * (j.val : R), l, fun x hax hxb => ?_⟩
  have h₁ := abs_le.1 (hstair x hax hxb)
  have h₂ := sum_abs_sub_heaviside_le hM hset (le_of_lt (one_div_pos hN₀)) hh hl hlh (x - s) N
  rw [show (N : R) * (1 / N) + (M + 1) = M + 2 by
    clear hM hset hstair hc hg h₁ h₂
    grind] at h₂
  have h₃ := abs_le.1 (abs_sum_mul_sub_sum_mul_le hc (le_of_lt hη) h₂)
  rw [sum_congr (g := fun j : Fin N => c j * σ (l * (x - s - h * (j.val : R)))) fun j => by
    rw [show x - (s + h * (j.val : R)) = x - s - h * j.val by
      clear hM hset hstair hc hg h₁ h₂ h₃
      grind]]
  generalize (∑ j : Fin N, c j * heaviside (x - s - h * (j.val : R))) = p at *
  generalize (∑ j : Fin N, c j * σ (l * (x - s - h * (j.val : R)))) = q at *
  clear hM hset hstair hc hg
  exact abs_le.2 (by grind)

/-! ### Continuous functions of a linear form -/

/-- A linear form is bounded on the unit cube. -/
theorem abs_sum_mul_le (w : Fin d → R) {x : Fin d → R} (hx : InUnitCube x) :
    abs (∑ j, w j * x j) ≤ ∑ j, abs (w j) := by
  refine le_trans (abs_sum_le _) (sum_le_sum fun j => ?_)
  rw [abs_mul, abs_of_nonneg (hx j).1]
  exact mul_le_of_le_one_right (abs_nonneg _) (hx j).2

/-- Where the ridge functions with a sigmoidal profile `σ` are approximable with the activation `τ`,
those with any continuous profile are. -/
theorem Sigmoidal.approximable_ridge (hσ : Sigmoidal σ)
    (h : ∀ (w : Fin d → R) b, Approximable τ fun x => σ (∑ j, w j * x j + b)) {g : R → R}
    (hg : ∀ a b, ContinuousOn g a b) (w : Fin d → R) :
    Approximable τ fun x => g (∑ j, w j * x j) := .of_limit fun ε hε => by
  have hB : 0 ≤ ∑ j, abs (w j) := sum_nonneg fun j => abs_nonneg _
  obtain ⟨N, c, s, l, hstair⟩ := hσ.exists_staircase
    (a := -(∑ j, abs (w j)) - 1) (b := ∑ j, abs (w j)) (by clear h hg; grind) (hg _ _) hε
  refine ⟨_, (Approximable.const τ (g (-(∑ j, abs (w j)) - 1))).add
    (.sum fun k : Fin N => (h (fun j => l * w j) (-(l * s k))).const_mul (c k)),
    fun x hx => ?_⟩
  have hx := abs_le.1 (abs_sum_mul_le w hx)
  refine le_trans (le_of_eq ?_) (hstair (∑ j, w j * x j) (by
    have := hx.1
    clear hstair h hg
    grind) hx.2)
  have hlin (k : Fin N) : ∑ j, l * w j * x j + -(l * s k) = l * (∑ j, w j * x j - s k) := by
    rw [sum_congr (g := fun j => l * (w j * x j)) fun j => by clear hstair h hg; grind, ← mul_sum]
    clear hstair h hg
    grind
  rw [sum_congr (g := fun k => c k * σ (l * (∑ j, w j * x j - s k))) fun k => by
    dsimp only
    rw [hlin]]

end DeepTheory.Approximation
