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
  have c₁ := abs_cases T₁
  have c₂ := abs_cases T₂
  refine ⟨abs T₁ + abs T₂ + 1, by grind, fun t ht => ?_⟩
  rcases abs_cases t with ⟨h₀, h⟩ | ⟨h₀, h⟩
  · rw [heaviside_of_nonneg h₀]
    exact h₁ t (by grind)
  · rw [heaviside_of_neg h₀, show σ t - 0 = σ t by grind]
    exact h₂ t (by grind)

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
          grind
      subst hkN
      exact ⟨k + 1, Nat.le_refl _, by grind, .inl rfl, by rw [e]; grind⟩
    · refine ⟨k, by omega, h₁, .inr ?_, by rw [e]; grind⟩
      rcases h₂ with rfl | h₂
      · grind
      · exact h₂

/-- A sum of terms that are small with one exception. -/
theorem sum_le_of_one_exception {e : Fin N → R} {δ C : R} (hδ : 0 ≤ δ) (hC : 0 ≤ C)
    (he : ∀ i, e i ≤ C) (h : ∀ i j, δ < e i → δ < e j → i = j) : ∑ i, e i ≤ N * δ + C := by
  rcases Classical.em (∃ k, δ < e k) with ⟨k, hk⟩ | hk
  · have h₁ : ∑ i, e i ≤ ∑ i, (δ + if i = k then C else 0) := sum_le_sum fun i => by
      have := he i
      split
      · grind
      · rename_i hi
        have : ¬ δ < e i := fun h' => hi (h i k h' hk)
        grind
    rwa [sum_add, sum_const, sum_ite_eq k fun _ => C] at h₁
  · have := sum_le_mul (f := e) (c := δ) fun i => not_lt.1 fun h' => hk ⟨i, h'⟩
    grind

/-- **Staircases.** A continuous function on a closed interval is as close as one likes to a
constant plus a sum of multiples of shifted copies of a compressed sigmoidal function. -/
theorem Sigmoidal.exists_staircase (hσ : Sigmoidal σ) {g : R → R} (hab : a < b)
    (hg : ContinuousOn g a b) (hε : 0 < ε) : ∃ (N : Nat) (c s : Fin N → R) (l : R),
      ∀ x, a ≤ x → x ≤ b → abs (g a + ∑ j, c j * σ (l * (x - s j)) - g x) ≤ ε := by
  obtain ⟨M, hM⟩ := hσ.bounded
  have hM₀ : 0 ≤ M := le_trans (abs_nonneg _) (hM 0)
  have hM₃ : 0 < M + 3 := by grind
  -- the height of a step
  have hη : 0 < ε / (M + 3) := div_pos hε hM₃
  have hηε : ε / (M + 3) * (M + 3) = ε := by grind
  generalize ε / (M + 3) = η at *
  obtain ⟨δ, hδ, hg⟩ := uniformContinuousOn_Icc hg hη
  -- the number of steps and their width
  obtain ⟨N, hN⟩ := exists_nat_gt ((b - a) / δ)
  have hN₀ : (0 : R) < N := lt_trans (div_pos (by grind) hδ) hN
  have hh : 0 < (b - a) / N := div_pos (by grind) hN₀
  have hhN : (b - a) / N * N = b - a := by grind
  have hhδ : (b - a) / N < δ := by
    rw [div_lt_iff hδ] at hN
    rw [div_lt_iff hN₀]
    grind
  generalize (b - a) / N = h at *
  -- the compression
  obtain ⟨T, hT, hset⟩ := hσ.exists_settled (one_div_pos hN₀)
  have hl : 0 < 2 * T / h := div_pos (by grind) hh
  have hlh : 2 * T / h * h = 2 * T := by grind
  generalize 2 * T / h = l at *
  refine ⟨N, fun j => g (a + h * (j.val + 1 : Nat)) - g (a + h * (j.val : Nat)),
    fun j => a + h * (j.val + 1 : Nat), l, fun x hax hxb => ?_⟩
  have hstep (k : Nat) : a + h * (k + 1 : Nat) = a + h * k + h := by grind
  obtain ⟨k, hkN, hk₁, hk₂, hk⟩ := exists_sum_heaviside_eq (t := fun k => a + h * (k : R))
    (fun k => by have := hstep k; grind) (fun k => g (a + h * (k : R))) (x := x) (by grind) N
  rw [show g (a + h * ((0 : Nat) : R)) = g a by congr 1; grind] at hk
  -- the exact staircase is close
  have h₁ : abs (g (a + h * k) - g x) ≤ η := by
    have hkx : x ≤ a + h * k + h := by
      rcases hk₂ with rfl | hk₂
      · grind
      · rw [hstep] at hk₂; exact le_of_lt hk₂
    have := mul_nonneg (le_of_lt hh) (natCast_nonneg (R := R) k)
    exact le_of_lt (hg x _ hax hxb (by grind) (by grind) (abs_lt.2 (by grind)))
  -- so is the staircase of compressed copies
  have h₂ : abs ((∑ j : Fin N, (g (a + h * (j.val + 1 : Nat)) - g (a + h * (j.val : Nat))) *
      σ (l * (x - (a + h * (j.val + 1 : Nat))))) -
      ∑ j : Fin N, (g (a + h * (j.val + 1 : Nat)) - g (a + h * (j.val : Nat))) *
      heaviside (x - (a + h * (j.val + 1 : Nat)))) ≤ η * (M + 2) := by
    rw [← sum_sub]
    refine le_trans (abs_sum_le _) ?_
    have hsum := sum_le_of_one_exception (N := N) (δ := 1 / N) (C := M + 1)
      (e := fun j => abs (σ (l * (x - (a + h * (j.val + 1 : Nat)))) -
        heaviside (x - (a + h * (j.val + 1 : Nat))))) (le_of_lt (one_div_pos hN₀)) (by grind)
      (fun j => by
        have := abs_le.1 (hM (l * (x - (a + h * (j.val + 1 : Nat)))))
        rcases heaviside_cases (x - (a + h * (j.val + 1 : Nat))) with ⟨_, e⟩ | ⟨_, e⟩ <;>
          exact abs_le.2 (by grind))
      (fun i j hi hj => by
        have hnear (z : R) (hz : 1 / (N : R) < abs (σ (l * z) - heaviside z)) :
            abs z < h / 2 := not_le.1 fun hle => by
          have hz₁ : T ≤ abs (l * z) := by
            rw [abs_mul, abs_of_nonneg (le_of_lt hl)]
            have := mul_le_mul_of_nonneg_left hle (le_of_lt hl)
            grind
          have hz₂ : heaviside (l * z) = heaviside z := by
            rcases heaviside_cases z with ⟨h', e⟩ | ⟨h', e⟩
            · rw [e, heaviside_of_nonneg (mul_nonneg (le_of_lt hl) h')]
            · have := mul_lt_mul_of_pos_left h' hl
              rw [e, heaviside_of_neg (by grind)]
          have := hset _ hz₁
          rw [hz₂] at this
          grind
        have hi := abs_lt.1 (hnear _ hi)
        have hj := abs_lt.1 (hnear _ hj)
        have hlt (p q : Nat) (hpq : p < q) : h * ((p + 1 : Nat) : R) + h ≤
            h * ((q + 1 : Nat) : R) := by
          have h₃ := mul_le_mul_of_nonneg_left (natCast_le (R := R) (Nat.succ_le_of_lt hpq))
            (le_of_lt hh)
          grind
        refine Fin.ext (Classical.byContradiction fun hne => ?_)
        rcases Nat.lt_or_gt_of_ne hne with hij | hij
        · have := hlt _ _ hij
          grind
        · have := hlt _ _ hij
          grind)
    rw [show (N : R) * (1 / N) + (M + 1) = M + 2 by grind] at hsum
    refine le_trans ?_ (mul_le_mul_of_nonneg_left hsum (le_of_lt hη))
    rw [mul_sum]
    refine sum_le_sum fun j => ?_
    rw [show ∀ p q r : R, p * q - p * r = p * (q - r) by grind, abs_mul]
    refine mul_le_mul_of_nonneg_right (le_of_lt ?_) (abs_nonneg _)
    have h₄ := natCast_le (R := R) (Nat.succ_le_of_lt j.isLt)
    have h₅ := mul_le_mul_of_nonneg_left h₄ (le_of_lt hh)
    have h₆ := mul_nonneg (le_of_lt hh) (natCast_nonneg (R := R) j.val)
    have h₇ := hstep j.val
    exact hg _ _ (by grind) (by grind) (by grind) (by grind) (abs_lt.2 (by grind))
  have h₁ := abs_le.1 h₁
  have h₂ := abs_le.1 h₂
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
    (a := -(∑ j, abs (w j)) - 1) (b := ∑ j, abs (w j)) (by grind) (hg _ _) hε
  refine ⟨_, (Approximable.const τ (g (-(∑ j, abs (w j)) - 1))).add
    (.sum fun k : Fin N => (h (fun j => l * w j) (-(l * s k))).const_mul (c k)),
    fun x hx => ?_⟩
  have hx := abs_le.1 (abs_sum_mul_le w hx)
  refine le_trans (le_of_eq ?_) (hstair (∑ j, w j * x j) (by grind) hx.2)
  have hlin (k : Fin N) : ∑ j, l * w j * x j + -(l * s k) = l * (∑ j, w j * x j - s k) := by
    rw [sum_congr (g := fun j => l * (w j * x j)) fun j => by grind, ← mul_sum]
    grind
  rw [sum_congr (g := fun k => c k * σ (l * (∑ j, w j * x j - s k))) fun k => by
    dsimp only
    rw [hlin]]

end DeepTheory.Approximation
