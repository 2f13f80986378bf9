module

public import DeepTheory.Analysis.Compact
public import DeepTheory.Probability.Concentration

/-!
# Bernstein polynomials in several variables

Each point of the unit cube gives independent coins, one for each coordinate.  The expected value
of a continuous function at the frequencies of heads in `n` throws of all coins is a polynomial in
the coordinates, and it tends to the function uniformly.

## Main definitions
* `DeepTheory.Approximation.bernstein`: the expected value, as a polynomial.
* `DeepTheory.Approximation.frequencies`: the frequencies of heads.

## Main theorems
* `DeepTheory.Approximation.exists_bernstein`: uniform approximation.

## References
* S. Bernstein, *Démonstration du théorème de Weierstrass fondée sur le calcul des probabilités*,
  1912.
-/

public noncomputable section

namespace DeepTheory.Approximation

open Analysis Probability

universe u

variable {R : Type u} [RealField R] {d n : Nat} {g : (Fin d → R) → R} {u : Fin d → R}

/-- The frequencies of heads of `d` coins in `n` throws of all of them. -/
@[expose] def frequencies (R : Type u) [RealField R] (x : Fin n → Fin d → Bool) : Fin d → R :=
  fun i => empMean (fun z => heads R (z i)) x

/-- The Bernstein polynomial of `g` at `u`: the expected value of `g` at the frequencies of heads in
`n` throws of independent coins, of which the one with number `i` shows heads with probability
`u i`. -/
@[expose] def bernstein (n : Nat) (g : (Fin d → R) → R) (u : Fin d → R) : R :=
  ∑ x : Fin n → Fin d → Bool, (∏ k, ∏ i, if x k i then u i else 1 - u i) * g (frequencies R x)

/-- The law of one throw of all coins. -/
@[expose] def coins (h : ∀ i, 0 ≤ u i ∧ u i ≤ 1) : Dist R (Fin d → Bool) :=
  Dist.pi fun i => Dist.coin (h i).1 (h i).2

/-- The frequencies lie in the unit cube. -/
theorem frequencies_mem (hn : 0 < n) (x : Fin n → Fin d → Bool) (i : Fin d) :
    0 ≤ frequencies R x i ∧ frequencies R x i ≤ 1 :=
  ⟨div_nonneg_of_nonneg (sum_nonneg fun k => (heads_mem (x k i)).1) (natCast_nonneg n),
    empMean_le hn (fun z => (heads_mem (z i)).2) x⟩

/-- One frequency is far from the probability with a probability that is small for many throws. -/
theorem probOf_abs_frequency_sub_le (h : ∀ i, 0 ≤ u i ∧ u i ≤ 1) (hn : 0 < n) (i : Fin d) {δ : R}
    (hδ : 0 < δ) : probOf ((coins h).iid n) (fun x => δ ≤ abs (frequencies R x i - u i)) ≤
      2 * (1 / (1 + 2 * n * δ ^ 2)) := by
  have hn' := natCast_pos (R := R) hn
  have hmean : expect (coins h) (fun z => heads R (z i)) = u i :=
    (expect_pi_apply _ i (heads R)).trans (expect_heads _ _)
  have h₁ := hoeffding (coins h) (f := fun z => heads R (z i)) (a := 0) (b := 1)
    (fun z => heads_mem (z i)) hn (le_of_lt hδ)
  have h₂ := hoeffding (coins h) (f := fun z => -heads R (z i)) (a := -1) (b := 0)
    (fun z => by have := heads_mem (R := R) (z i); grind) hn (le_of_lt hδ)
  have hp : 0 < 2 * (n : R) * δ ^ 2 := mul_pos (by grind) (pow_pos hδ 2)
  have hexp := exp_le_inv_one_sub (x := -(2 * n * δ ^ 2)) (by grind)
  rw [show (1 : R) - -(2 * n * δ ^ 2) = 1 + 2 * n * δ ^ 2 by grind] at hexp
  rw [expect_neg, hmean] at h₂
  rw [hmean] at h₁
  unfold hoeffdingBound at h₁ h₂
  rw [show 2 * (n : R) * δ ^ 2 / (1 - 0) ^ 2 = 2 * n * δ ^ 2 by grind] at h₁
  rw [show 2 * (n : R) * δ ^ 2 / (0 - -1) ^ 2 = 2 * n * δ ^ 2 by grind] at h₂
  have h₃ := probOf_or_le ((coins h).iid n) (fun x => δ ≤ frequencies R x i - u i)
    fun x => δ ≤ empMean (fun z => -heads R (z i)) x - -u i
  have h₄ := probOf_mono ((coins h).iid n) (A := fun x => δ ≤ abs (frequencies R x i - u i))
    (B := fun x => δ ≤ frequencies R x i - u i ∨
      δ ≤ empMean (fun z => -heads R (z i)) x - -u i) fun x hx => by
    have hneg : empMean (fun z => -heads R (z i)) x = -frequencies R x i := by
      unfold frequencies empMean
      rw [sum_neg]
      grind
    have := abs_cases (frequencies R x i - u i)
    dsimp only
    rw [hneg]
    grind
  have h₁ : probOf ((coins h).iid n) (fun x => δ ≤ frequencies R x i - u i) ≤ _ := h₁
  grind

/-- A continuous function on the unit cube is bounded. -/
theorem exists_abs_le_of_continuousOnBox {a b : Fin d → R} (hg : ContinuousOnBox g a b) :
    ∃ C, ∀ x, InBox a b x → abs (g x) ≤ C := by
  obtain ⟨C₁, h₁⟩ := exists_le_of_continuousOnBox hg
  obtain ⟨C₂, h₂⟩ := exists_le_of_continuousOnBox hg.neg
  refine ⟨max C₁ C₂, fun x hx => abs_le.2 ?_⟩
  have := h₁ x hx
  have := h₂ x hx
  have := le_max_left C₁ C₂
  have := le_max_right C₁ C₂
  grind

/-- **Bernstein polynomials.** A continuous function on the unit cube is, for some number of throws,
as close as one likes to its Bernstein polynomial, everywhere on the cube. -/
theorem exists_bernstein (hg : ContinuousOnBox g (fun _ => 0) fun _ => 1) {ε : R} (hε : 0 < ε) :
    ∃ n, 0 < n ∧ ∀ u, InBox (fun _ => 0) (fun _ => 1) u → abs (bernstein n g u - g u) ≤ ε := by
  obtain ⟨C, hC⟩ := exists_abs_le_of_continuousOnBox hg
  have hC₀ : 0 ≤ C :=
    le_trans (abs_nonneg _) (hC (fun _ => 0) fun _ => ⟨Std.le_refl _, zero_le_one⟩)
  obtain ⟨δ, hδ, hg⟩ := uniformContinuousOn_box hg (show 0 < ε / 2 by grind)
  have hd := natCast_nonneg (R := R) d
  have hdC : 0 ≤ C * d := mul_nonneg hC₀ hd
  have hδ₂ := pow_pos hδ 2
  -- the number of throws
  obtain ⟨N, hN⟩ := exists_nat_gt (4 * (C * d) / (ε * δ ^ 2))
  rw [div_lt_iff (mul_pos hε hδ₂)] at hN
  refine ⟨N + 1, Nat.succ_pos N, fun u hu => ?_⟩
  have hN₁ := natCast_pos (R := R) (Nat.succ_pos N)
  have hN₂ : ((N + 1 : Nat) : R) = N + 1 := by grind
  have htail := fun i => probOf_abs_frequency_sub_le hu (Nat.succ_pos N) i hδ
  generalize hμ : (coins hu).iid (N + 1) = μ at *
  have hunion := le_trans (probOf_exists_le μ fun i x => δ ≤ abs (frequencies R x i - u i))
    (sum_le_mul htail)
  have he : bernstein (N + 1) g u = expect ((coins hu).iid (N + 1)) fun x =>
      g (frequencies R x) := rfl
  rw [he, hμ, ← expect_const μ (g u), ← expect_sub]
  refine le_trans (abs_expect_le μ _) (le_trans (expect_mono μ (g := fun x => ε / 2 +
    2 * C * indicator R (∃ i, δ ≤ abs (frequencies R x i - u i))) fun x => ?_) ?_)
  · have hx : InBox (fun _ => 0) (fun _ => 1) (frequencies R x) :=
      frequencies_mem (Nat.succ_pos N) x
    rcases indicator_cases R (∃ i, δ ≤ abs (frequencies R x i - u i)) with ⟨_, h⟩ | ⟨h', h⟩
    · have h₁ := abs_le.1 (hC _ hx)
      have h₂ := abs_le.1 (hC _ hu)
      dsimp only
      rw [h]
      exact abs_le.2 (by grind)
    · have := hg u _ hu hx fun i => not_le.1 fun hi => h' ⟨i, hi⟩
      dsimp only
      rw [h]
      grind
  · rw [expect_add, expect_const, expect_const_mul]
    have hP : expect μ (fun x => indicator R (∃ i, δ ≤ abs (frequencies R x i - u i))) ≤ _ :=
      hunion
    have h₁ := mul_le_mul_of_nonneg_left hP (show 0 ≤ 2 * C by grind)
    rw [hN₂] at h₁
    have hNδ := mul_nonneg (natCast_nonneg (R := R) N) (le_of_lt hδ₂)
    have hD : 0 < 1 + 2 * ((N : R) + 1) * δ ^ 2 := by grind
    have h₂ : 2 * C * (d * (2 * (1 / (1 + 2 * ((N : R) + 1) * δ ^ 2)))) =
        4 * (C * d) / (1 + 2 * ((N : R) + 1) * δ ^ 2) := by grind
    have h₃ : 4 * (C * d) / (1 + 2 * ((N : R) + 1) * δ ^ 2) ≤ ε / 2 := by
      have := mul_pos hε hδ₂
      rw [div_le_iff hD]
      grind
    grind

end DeepTheory.Approximation
