module

public import DeepTheory.Generalization.PacBayes.Bounds
public import DeepTheory.Generalization.PacBayes.Catoni

/-!
# The linear PAC-Bayes bound over a grid of parameters

The linear bound asks for its parameter before the sample, while the best parameter depends on the
sample. Over a grid of `N` parameters all bounds hold at once when `δ` is shared among them, and a
geometric grid comes close to the best parameter at the price of a constant factor.

## Main definitions
* `DeepTheory.Generalization.catoniGridBound`, `DeepTheory.Generalization.catoniGeometricBound`: the
  bounds.

## Main theorems
* `DeepTheory.Generalization.catoni_grid`, `DeepTheory.Generalization.catoni_grid_witness`,
  `DeepTheory.Generalization.catoni_grid_sharp`: all parameters of a grid at once.
* `DeepTheory.Generalization.catoniGridBound_le_of_near`: a parameter near the best one.
* `DeepTheory.Generalization.exists_geometric_near`: a geometric grid has a parameter near any.
* `DeepTheory.Generalization.catoni_geometric`,
  `DeepTheory.Generalization.catoni_geometric_witness`,
  `DeepTheory.Generalization.catoni_geometric_sharp`: a bound without a parameter.

## References
* O. Catoni, *PAC-Bayesian supervised classification*, 2007, section 1.2.
* J. Langford, R. Caruana, *(Not) bounding the true error*, 2001.
* P. Alquier, *User-friendly introduction to PAC-Bayes bounds*, 2024, section 2.1.4.
-/

public section

namespace DeepTheory.Generalization

open Probability

universe u v w

variable {R : Type u} [RealField R] {Z : Type v} [Fintype Z] {H : Type w} [Fintype H] {n N : Nat}
  {δ lam K c : R}

/-! ### A grid -/

/-- `(K + log (N / δ)) / lam + lam / (8 n)`. -/
@[expose] noncomputable def catoniGridBound (K : R) (n : Nat) (δ lam : R) (N : Nat) : R :=
  (K + log (N / δ)) / lam + lam / (8 * n)

/-- The bound over a grid is the one for a single parameter at the level `δ / N`. -/
theorem catoniGridBound_eq (K : R) (n : Nat) (δ lam : R) (N : Nat) :
    catoniGridBound K n δ lam N = catoniBound K n (δ / N) lam := by
  unfold catoniGridBound catoniBound
  rw [show 1 / (δ / (N : R)) = (N : R) / δ by grind]

/-- **The linear PAC-Bayes bound over a grid.** Fix a prior law `π` on a finite class and `N`
numbers `lam j > 0` before the sample. With probability at least `1 - δ` over `n` independent draws,
for every law `ρ` on the class and every `j` at once the expected loss exceeds the mean loss on the
sample by at most `(KL (ρ, π) + log (N / δ)) / lam j + lam j / (8 n)`.

So both `ρ` and the parameter may be chosen after the sample, at the price of `log N`. A single
parameter has to be guessed, and a poor guess makes the bound useless.

* controls: generalization
* assumes: n > 0 independent draws from a finite law; a finite class with losses in [0, 1]; a prior
  and N positive parameters fixed before the sample; the law ρ allows only what the prior allows;
  δ > 0
* bound: Generalization.catoniGridBound
* witness: Generalization.catoni_grid_witness
* sharp: Generalization.catoni_grid_sharp (the grid costs log N over the parameter; one draw of a
  fair coin attains the bound up to a factor 5/4 for N = 1)
* source: Catoni 2007, section 1.2; Alquier 2024, section 2.1.4 -/
theorem catoni_grid (μ : Dist R Z) (π : Dist R H) {ℓ : H → Z → R}
    (hℓ : ∀ h z, 0 ≤ ℓ h z ∧ ℓ h z ≤ 1) (hn : 0 < n) (hδ : 0 < δ) {lam : Fin N → R}
    (hlam : ∀ j, 0 < lam j) :
    1 - δ ≤ probOf (μ.iid n) fun x => ∀ ρ : Dist R H, AbsCont ρ π → ∀ j,
      expect ρ (fun h => expect μ (ℓ h)) ≤
        expect ρ (fun h => empMean (ℓ h) x) + catoniGridBound (klDiv ρ π) n δ (lam j) N := by
  have hj (j : Fin N) := catoni μ π hℓ hn (div_pos hδ (natCast_pos (R := R) (Fin.pos j))) (hlam j)
  refine le_probOf_of_bad (B := fun x => ∃ j, ¬ ∀ ρ : Dist R H, AbsCont ρ π →
    expect ρ (fun h => expect μ (ℓ h)) ≤ expect ρ (fun h => empMean (ℓ h) x) +
      catoniBound (klDiv ρ π) n (δ / N) (lam j)) (μ.iid n) ?_ fun x hx ρ hρ j => ?_
  · refine Std.le_trans (probOf_exists_le _ _) (Std.le_trans (sum_le_mul (c := δ / N)
      fun j => ?_) ?_)
    · rw [probOf_not]
      have := hj j
      grind
    · rcases Nat.eq_zero_or_pos N with h | h
      · subst h
        rw [show (((0 : Nat) : R)) = 0 by grind]
        grind
      · have := natCast_pos (R := R) h
        exact le_of_eq (by grind)
  · rw [catoniGridBound_eq]
    exact Classical.byContradiction fun h => hx ⟨j, fun h' => h (h' ρ hρ)⟩

/-- The logarithm of two lies between one half and three quarters. -/
theorem log_two_mem : (1 / 2 : R) ≤ log 2 ∧ log (2 : R) ≤ 3 / 4 := by
  refine ⟨?_, (log_le_iff_le_exp (by grind)).2 ?_⟩
  · have := one_sub_inv_le_log (x := (2 : R)) (by grind)
    grind
  · have h₁ := pow_le_pow_left (show (0 : R) ≤ 9 / 8 by grind) (show 9 / 8 ≤ exp (1 / 8 : R) by
      have := one_add_le_exp (1 / 8 : R); grind) 6
    rw [← exp_nat_mul, show ((6 : Nat) : R) * (1 / 8) = 3 / 4 by grind] at h₁
    grind

/-- Two losses of a coin, one the opposite of the other, meet the hypotheses of `catoni_grid` with
the uniform prior and the parameters 20 and 40; for a hundred draws, `δ = 1 / 10` and all weight on
one of the losses, the bound at the second parameter is below one. -/
theorem catoni_grid_witness :
    (∀ h z : Bool, 0 ≤ heads R (xor h z) ∧ heads R (xor h z) ≤ 1) ∧
      AbsCont (Dist.point true) (Dist.uniform : Dist R Bool) ∧
        (∀ j : Fin 2, (0 : R) < 20 * (j.val + 1)) ∧
          0 < catoniGridBound (klDiv (Dist.point true) (Dist.uniform : Dist R Bool)) 100 (1 / 10)
            40 2 ∧
          catoniGridBound (klDiv (Dist.point true) (Dist.uniform : Dist R Bool)) 100 (1 / 10) 40 2 <
            1 := by
  have hac : AbsCont (Dist.point true) (Dist.uniform : Dist R Bool) :=
    absCont_of_pos fun _ => one_div_pos (natCast_pos (R := R) (card_pos (α := Bool)))
  have h₁ := klDiv_nonneg hac
  have h₂ := klDiv_uniform (Dist.point true : Dist R Bool)
  have h₃ := entropy_nonneg (Dist.point true : Dist R Bool)
  rw [card_bool, show ((2 : Nat) : R) = 2 by grind] at h₂
  have h₄ := (log_two_mem (R := R)).2
  have h₅ := log_le_sub_one (show (0 : R) < 20 by grind)
  have h₆ := log_pos (show (1 : R) < 20 by grind)
  refine ⟨fun _ _ => heads_mem _, hac, fun j => ?_, ?_⟩
  · have := natCast_nonneg (R := R) j.val
    grind
  · unfold catoniGridBound
    rw [show ((2 : Nat) : R) / (1 / 10) = 20 by grind, show ((100 : Nat) : R) = 100 by grind]
    generalize klDiv (Dist.point true) (Dist.uniform : Dist R Bool) = k at *
    clear hac
    have h : k + log 20 < 20 := by grind
    clear h₂ h₃ h₄ h₅
    generalize log (20 : R) = L at *
    grind

/-- One draw of a fair coin shows no head with probability `1 / 2`, and then its expectation exceeds
what was seen by `1 / 2`. -/
theorem probOf_half_deviation {h₀ : (0 : R) ≤ 1 / 2} {h₁ : (1 / 2 : R) ≤ 1} :
    probOf ((Dist.coin h₀ h₁).iid 1) (fun x =>
      expect (Dist.coin h₀ h₁) (heads R) - empMean (heads R) x = 1 / 2) = 1 / 2 :=
  catoni_sharp.1

/-- The grid costs `log N / lam`, no more: this is what the bound exceeds the one for a single
parameter by. For one draw of a fair coin and all weight on one hypothesis, the expected loss
exceeds the mean loss by `1 / 2` with probability `1 / 2`; for this `δ` and a single parameter, the
best one, the bound is at most `5 / 4` times as large. -/
theorem catoni_grid_sharp {h₀ : (0 : R) ≤ 1 / 2} {h₁ : (1 / 2 : R) ≤ 1} :
    (∀ (K : R) (n : Nat) (δ lam : R) (N : Nat), 0 < δ → 0 < N →
      catoniGridBound K n δ lam N = catoniBound K n δ lam + log (N : R) / lam) ∧
    probOf ((Dist.coin h₀ h₁).iid 1) (fun x =>
      expect (Dist.coin h₀ h₁) (heads R) - empMean (heads R) x = 1 / 2) = 1 / 2 ∧
    catoniGridBound 0 1 (1 / 2 : R) (sqrt (8 * log 2)) 1 ≤ 5 / 4 * (1 / 2) := by
  refine ⟨fun K n δ lam N hδ hN => ?_, probOf_half_deviation, ?_⟩
  · unfold catoniGridBound catoniBound
    rw [log_div (natCast_pos hN) hδ, log_div zero_lt_one hδ, log_one]
    grind
  · rw [catoniGridBound_eq, show (1 / 2 : R) / ((1 : Nat) : R) = 1 / 2 by grind,
      (catoni_sharp (h₀ := h₀) (h₁ := h₁)).2.1]
    have := (log_two_mem (R := R)).2
    exact sqrt_le_iff.2 ⟨by grind, by grind⟩

/-! ### A geometric grid -/

/-- The square root of `C / (2 n)` in terms of the one of `8 n C`. -/
private theorem div_two_mul_eq {C m s : R} (hm : 0 < m) (hs : s ^ 2 = 8 * m * C) :
    (s / (4 * m)) ^ 2 = C / (2 * m) := by
  rw [show C = s ^ 2 / (8 * m) by grind]
  clear hs
  grind

/-- The bound at `lam` in terms of the best parameter `s`. -/
private theorem div_add_div_eq {C m s lam : R} (hm : 0 < m) (hlam : 0 < lam)
    (hs : s ^ 2 = 8 * m * C) : C / lam + lam / (8 * m) = (s ^ 2 + lam ^ 2) / lam / (8 * m) := by
  rw [hs]
  clear hs
  grind

/-- The right-hand side of the comparison with the best parameter `s`. -/
private theorem half_mul_eq {c m s : R} (hc : 0 < c) :
    (c + 1 / c) / 2 * (s / (4 * m)) = (c ^ 2 + 1) * s / c / (8 * m) := by grind

/-- A parameter that differs from the best one by a factor between `1 / c` and `c` makes the bound
at most `(c + 1 / c) / 2` times as large as the best one. -/
theorem catoniGridBound_le_of_near (hn : 0 < n) (hK : 0 < K + log (N / δ)) (hlam : 0 < lam)
    (hc : 0 < c) (h₁ : sqrt (8 * n * (K + log (N / δ))) ≤ c * lam)
    (h₂ : lam ≤ c * sqrt (8 * n * (K + log (N / δ)))) :
    catoniGridBound K n δ lam N ≤ (c + 1 / c) / 2 * sqrt ((K + log (N / δ)) / (2 * n)) := by
  have hn' := natCast_pos (R := R) hn
  unfold catoniGridBound
  generalize K + log ((N : R) / δ) = C at *
  have hp := mul_pos (show 0 < 8 * (n : R) by grind) hK
  have hs := sq_sqrt (le_of_lt hp)
  have hs₀ := sqrt_pos.2 hp
  generalize sqrt (8 * n * C) = s at *
  have h₃ : sqrt (C / (2 * n)) = s / (4 * n) :=
    sqrt_eq_of_sq_eq (div_nonneg (le_of_lt hs₀) (mul_pos (by grind) hn')) (div_two_mul_eq hn' hs)
  rw [h₃, div_add_div_eq hn' hlam hs, half_mul_eq hc]
  refine div_le_div_of_nonneg_right ((div_le_div_iff hlam hc).2 ?_)
    (mul_nonneg (by grind) (le_of_lt hn'))
  have h₆ := mul_nonneg (sub_nonneg.2 h₁) (sub_nonneg.2 h₂)
  clear h₁ h₂ h₃ hs hp
  grind

/-- A geometric grid with ratio `c ^ 2` has a member that differs from a given number of its range
by a factor between `1 / c` and `c`. -/
theorem exists_geometric_near {a s : R} (hc : 1 ≤ c) (hN : 0 < N) (h₁ : a ≤ s)
    (h₂ : s ≤ a * c ^ (2 * N)) :
    ∃ j : Fin N, s ≤ c * (a * c ^ (2 * j.val + 1)) ∧ a * c ^ (2 * j.val + 1) ≤ c * s := by
  have key (j : Nat) (h₃ : a * c ^ (2 * j) ≤ s) (h₄ : s ≤ a * c ^ (2 * (j + 1))) :
      s ≤ c * (a * c ^ (2 * j + 1)) ∧ a * c ^ (2 * j + 1) ≤ c * s := by
    rw [show 2 * (j + 1) = 2 * j + 1 + 1 from rfl, pow_succ] at h₄
    have h₅ := mul_le_mul_of_nonneg_left h₃ (le_trans zero_le_one hc)
    rw [pow_succ] at h₄ ⊢
    clear h₁ h₂ h₃ hc
    generalize c ^ (2 * j) = q at *
    exact ⟨by grind, by grind⟩
  induction N with
  | zero => omega
  | succ N ih =>
    rcases le_total (a * c ^ (2 * N)) s with h | h
    · exact ⟨Fin.last N, key N h h₂⟩
    · rcases Nat.eq_zero_or_pos N with hN | hN
      · subst hN
        rw [Nat.mul_zero, pow_zero] at h
        exact ⟨Fin.last 0, key 0 (by rw [Nat.mul_zero, pow_zero]; grind) h₂⟩
      · obtain ⟨j, hj⟩ := ih hN h
        exact ⟨j.castSucc, hj⟩

/-- The mean of a positive number and its reciprocal is at least one. -/
private theorem one_le_half_add (hc : 0 < c) : 1 ≤ (c + 1 / c) / 2 := by
  have h : (c + 1 / c) / 2 = (c ^ 2 + 1) / (2 * c) := by grind
  rw [h, one_le_div (by grind)]
  have := sq_nonneg (c - 1)
  grind

/-- A sum with a nonnegative first summand is at least the second. -/
private theorem le_add_of_nonneg_left' {a b : R} (ha : 0 ≤ a) : b ≤ a + b := by grind

/-- `(c + 1 / c) / 2 * sqrt ((K + log (N / δ)) / (2 n))`. -/
@[expose] noncomputable def catoniGeometricBound (K : R) (n : Nat) (δ c : R) (N : Nat) : R :=
  (c + 1 / c) / 2 * sqrt ((K + log (N / δ)) / (2 * n))

/-- **The linear PAC-Bayes bound without its parameter.** Fix a prior law `π` on a finite class
before the sample, a number `c ≥ 1` and a number `N` with `2 n ≤ log (N / δ) c ^ (4 N)`. With
probability at least `1 - δ` over `n` independent draws, for every law `ρ` on the class the expected
loss exceeds the mean loss on the sample by at most
`(c + 1 / c) / 2 * sqrt ((KL (ρ, π) + log (N / δ)) / (2 n))`.

A geometric grid of `N` parameters stands behind it, which has to grow only like the logarithm of
`n`. So not knowing the best parameter costs the constant factor `(c + 1 / c) / 2`, which is 5/4 for
`c = 2`, and a doubly logarithmic term.

* controls: generalization
* assumes: n > 0 independent draws from a finite law; a finite class with losses in [0, 1]; a prior
  fixed before the sample; the law ρ allows only what the prior allows; δ > 0; c >= 1;
  2 n <= log (N / δ) c ^ (4 N)
* bound: Generalization.catoniGeometricBound
* witness: Generalization.catoni_geometric_witness
* sharp: Generalization.catoni_geometric_sharp (one draw of a fair coin attains the bound up to a
  factor 4/3 for N = 1 and c = 3/2)
* source: Catoni 2007, section 1.2; Alquier 2024, section 2.1.4; the grid by Langford, Caruana
  2001 -/
theorem catoni_geometric (μ : Dist R Z) (π : Dist R H) {ℓ : H → Z → R}
    (hℓ : ∀ h z, 0 ≤ ℓ h z ∧ ℓ h z ≤ 1) (hn : 0 < n) (hδ : 0 < δ) (hc : 1 ≤ c)
    (hN : 2 * (n : R) ≤ log (N / δ) * c ^ (4 * N)) :
    1 - δ ≤ probOf (μ.iid n) fun x => ∀ ρ : Dist R H, AbsCont ρ π →
      expect ρ (fun h => expect μ (ℓ h)) ≤
        expect ρ (fun h => empMean (ℓ h) x) + catoniGeometricBound (klDiv ρ π) n δ c N := by
  have hn' := natCast_pos (R := R) hn
  have hn₂ : 0 < 2 * (n : R) ∧ 0 < 8 * (n : R) := by clear hN; grind
  have hc₀ : 0 < c := lt_of_lt_of_le zero_lt_one hc
  have hcp := pow_pos hc₀ (4 * N)
  have hL : 0 < log ((N : R) / δ) := by
    refine lt_of_not_le fun h => ?_
    have := mul_le_mul_of_nonneg_right h (le_of_lt hcp)
    rw [Lean.Grind.Semiring.zero_mul] at this
    exact lt_irrefl _ (lt_of_lt_of_le hn₂.1 (le_trans hN this))
  have hN₀ : 0 < N := Nat.pos_of_ne_zero fun h => by
    rw [h, show ((0 : Nat) : R) / δ = 0 by clear hN hL; grind, log_zero] at hL
    exact lt_irrefl _ hL
  have ha := sqrt_pos.2 (mul_pos hn₂.2 hL)
  refine Std.le_trans (catoni_grid μ π hℓ hn hδ (N := N)
    (lam := fun j => sqrt (8 * n * log (N / δ)) * c ^ (2 * j.val + 1))
    fun j => mul_pos ha (pow_pos hc₀ _)) (probOf_mono _ fun x hx ρ hρ => ?_)
  have hK := klDiv_nonneg hρ
  have hx := hx ρ hρ
  unfold catoniGeometricBound
  generalize klDiv ρ π = K at *
  rcases le_total (K + log ((N : R) / δ)) (2 * n) with h | h
  · have hKL : log ((N : R) / δ) ≤ K + log ((N : R) / δ) := le_add_of_nonneg_left' hK
    have hle : sqrt (8 * n * (K + log ((N : R) / δ))) ≤
        sqrt (8 * n * log ((N : R) / δ)) * c ^ (2 * N) := by
      refine sqrt_le_iff.2 ⟨mul_nonneg (le_of_lt ha) (pow_nonneg (le_of_lt hc₀) _), ?_⟩
      rw [mul_pow, sq_sqrt (mul_nonneg (le_of_lt hn₂.2) (le_of_lt hL)), ← pow_mul,
        show 2 * N * 2 = 4 * N by omega, Lean.Grind.Semiring.mul_assoc (8 * (n : R)) (log _)]
      exact mul_le_mul_of_nonneg_left (le_trans h hN) (le_of_lt hn₂.2)
    obtain ⟨j, h₁, h₂⟩ := exists_geometric_near hc hN₀
      (sqrt_le_sqrt (mul_le_mul_of_nonneg_left hKL (le_of_lt hn₂.2))) hle
    exact le_trans (hx j) (add_le_add (Std.le_refl _) (catoniGridBound_le_of_near hn
      (lt_of_lt_of_le hL hKL) (mul_pos ha (pow_pos hc₀ _)) hc₀ h₁ h₂))
  · have h₁ : 1 ≤ sqrt ((K + log ((N : R) / δ)) / (2 * n)) := le_sqrt_of_sq_le (by
      rw [one_pow]
      exact (one_le_div hn₂.1).2 h)
    have h₃ := one_le_mul (one_le_half_add hc₀) h₁
    have h₄ := expect_le ρ fun h => expect_le μ fun z => (hℓ h z).2
    have h₅ := expect_nonneg ρ fun h => (empMean_mem (hℓ h) hn x).1
    exact le_trans h₄ (le_trans h₃ (le_add_of_nonneg_left' h₅))

/-- Two losses of a coin, one the opposite of the other, meet the hypotheses of `catoni_geometric`
with the uniform prior for a hundred draws, `δ = 1 / 4`, `c = 2` and `N = 2`, and with all weight on
one of the losses the bound lies strictly between zero and one. -/
theorem catoni_geometric_witness :
    (∀ h z : Bool, 0 ≤ heads R (xor h z) ∧ heads R (xor h z) ≤ 1) ∧
      AbsCont (Dist.point true) (Dist.uniform : Dist R Bool) ∧
        2 * ((100 : Nat) : R) ≤ log ((2 : Nat) / (1 / 4 : R)) * 2 ^ (4 * 2) ∧
          0 < catoniGeometricBound (klDiv (Dist.point true) (Dist.uniform : Dist R Bool)) 100
            (1 / 4) 2 2 ∧
          catoniGeometricBound (klDiv (Dist.point true) (Dist.uniform : Dist R Bool)) 100
            (1 / 4) 2 2 < 1 := by
  obtain ⟨hℓ, hac, _⟩ := catoni_grid_witness (R := R)
  have h₁ := klDiv_nonneg hac
  have h₂ := klDiv_uniform (Dist.point true : Dist R Bool)
  have h₃ := entropy_nonneg (Dist.point true : Dist R Bool)
  rw [card_bool, show ((2 : Nat) : R) = 2 by grind] at h₂
  have ⟨h₄, h₅⟩ := log_two_mem (R := R)
  have h₆ : log (((2 : Nat) : R) / (1 / 4)) = 3 * log 2 := by
    rw [show ((2 : Nat) : R) / (1 / 4) = 2 ^ 3 by grind, log_pow (by grind)]
    grind
  refine ⟨hℓ, hac, ?_, ?_⟩
  · rw [h₆]
    grind
  · unfold catoniGeometricBound
    rw [h₆]
    generalize klDiv (Dist.point true) (Dist.uniform : Dist R Bool) = k at *
    have hk : k ≤ log 2 := by grind
    clear h₂ h₃ h₆ hac
    generalize log (2 : R) = L at *
    have h₇ := sqrt_pos.2 (show 0 < (k + 3 * L) / (2 * ((100 : Nat) : R)) by grind)
    have h₈ : sqrt ((k + 3 * L) / (2 * ((100 : Nat) : R))) ≤ 1 / 2 :=
      sqrt_le_iff.2 ⟨by grind, by grind⟩
    grind

/-- For one draw of a fair coin and all weight on one hypothesis the expected loss exceeds the mean
loss by `1 / 2` with probability `1 / 2`. For this `δ` the hypothesis on the grid holds with `N = 1`
and `c = 3 / 2`, and the bound is at most `4 / 3` times as large. -/
theorem catoni_geometric_sharp {h₀ : (0 : R) ≤ 1 / 2} {h₁ : (1 / 2 : R) ≤ 1} :
    probOf ((Dist.coin h₀ h₁).iid 1) (fun x =>
      expect (Dist.coin h₀ h₁) (heads R) - empMean (heads R) x = 1 / 2) = 1 / 2 ∧
    2 * ((1 : Nat) : R) ≤ log ((1 : Nat) / (1 / 2 : R)) * (3 / 2) ^ (4 * 1) ∧
    catoniGeometricBound 0 1 (1 / 2 : R) (3 / 2) 1 ≤ 4 / 3 * (1 / 2) := by
  have ⟨h₂, h₃⟩ := log_two_mem (R := R)
  have h₄ : ((1 : Nat) : R) / (1 / 2) = 2 := by grind
  refine ⟨probOf_half_deviation, ?_, ?_⟩
  · rw [h₄]
    grind
  · unfold catoniGeometricBound
    rw [h₄]
    have h₅ : sqrt ((0 + log 2) / (2 * ((1 : Nat) : R))) ≤ 8 / 13 :=
      sqrt_le_iff.2 ⟨by grind, by grind⟩
    grind

end DeepTheory.Generalization
