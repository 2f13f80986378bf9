module

public import DeepTheory.Probability.DataProcessing

/-!
# The relative entropy of independent draws

The relative entropies of independent coordinates add up, and rounding each coordinate does not make
the sum larger: the price of a random network is a sum over its weights.

## Main theorems
* `DeepTheory.Probability.log_prod`: the logarithm takes products to sums.
* `DeepTheory.Probability.AbsCont.pi`: absolute continuity of independent draws.
* `DeepTheory.Probability.klDiv_pi`, `DeepTheory.Probability.klDiv_pi_witness`,
  `DeepTheory.Probability.klDiv_pi_sharp`: the relative entropies of independent draws add up.
* `DeepTheory.Probability.klDiv_iid`: the same for draws from one law.
* `DeepTheory.Probability.map_pi`: independent draws stay independent when each is mapped.
* `DeepTheory.Probability.klDiv_map_pi`, `DeepTheory.Probability.klDiv_map_pi_le`: the relative
  entropy after each coordinate is rounded.

## References
* T. M. Cover, J. A. Thomas, *Elements of Information Theory*, second edition, 2006, Theorem 2.5.3.
-/

public section

namespace DeepTheory.Probability

universe u v w

variable {R : Type u} [RealField R] {Z : Type v} [Fintype Z] {Y : Type w} [Fintype Y] {n : Nat}
  {μ ν : Fin n → Dist R Z}

/-- The logarithm of a product of positive numbers is the sum of their logarithms. -/
theorem log_prod {ι : Type v} [Fintype ι] {a : ι → R} (ha : ∀ i, 0 < a i) :
    log (∏ i, a i) = ∑ i, log (a i) :=
  log_eq_of_exp_eq (by rw [exp_sum]; exact prod_congr fun i => exp_log (ha i))

/-- A positive product of nonnegative numbers has positive factors. -/
theorem pos_of_prod_pos {ι : Type v} [Fintype ι] {a : ι → R} (ha : ∀ i, 0 ≤ a i)
    (h : 0 < ∏ i, a i) (i : ι) : 0 < a i :=
  lt_of_le_of_ne (ha i) fun h₀ => by rw [prod_eq_zero i h₀.symm] at h; grind

/-- Absolute continuity of independent draws. -/
theorem AbsCont.pi (h : ∀ i, AbsCont (μ i) (ν i)) : AbsCont (Dist.pi μ) (Dist.pi ν) :=
  fun x hx => Classical.byContradiction fun h₀ => by
    have h₁ : 0 < ∏ i, (μ i).prob (x i) :=
      lt_of_le_of_ne ((Dist.pi μ).nonneg x) (Ne.symm h₀)
    have h₂ (i : Fin n) : 0 < (ν i).prob (x i) := by
      have := pos_of_prod_pos (fun i => (μ i).nonneg (x i)) h₁ i
      have := (h i).pos_or (x i)
      grind
    have h₃ : 0 < (Dist.pi ν).prob x := prod_pos h₂
    grind

/-- **The relative entropies of independent draws add up.** The relative entropy of the law of
independent draws with respect to another such law is the sum of those of the draws.

A network whose weights are drawn independently has the sum over its weights as its relative entropy
to a prior of the same kind: this is the number that bounds for randomised networks ask for.

* controls: generalization
* assumes: independent draws from finite laws, each law of the second family allows whatever the
  same one of the first family allows
* bound: none
* witness: Probability.klDiv_pi_witness
* sharp: Probability.klDiv_pi_sharp (an equality; independence cannot be left out, as two equal fair
  coins tell)
* source: Cover, Thomas 2006, Theorem 2.5.3 -/
theorem klDiv_pi (h : ∀ i, AbsCont (μ i) (ν i)) :
    klDiv (Dist.pi μ) (Dist.pi ν) = ∑ i, klDiv (μ i) (ν i) := by
  have key (x : Fin n → Z) : (Dist.pi μ).prob x * log ((Dist.pi μ).prob x / (Dist.pi ν).prob x) =
      (Dist.pi μ).prob x * ∑ i, log ((μ i).prob (x i) / (ν i).prob (x i)) := by
    rcases (show (Dist.pi μ).prob x = 0 ∨ 0 < (Dist.pi μ).prob x by
      have := (Dist.pi μ).nonneg x; grind) with h₀ | h₀
    · rw [h₀]; grind
    · have h₁ := pos_of_prod_pos (fun i => (μ i).nonneg (x i)) h₀
      have h₂ (i : Fin n) : 0 < (ν i).prob (x i) := by
        have := h₁ i
        have := (h i).pos_or (x i)
        grind
      have hp : 0 < (Dist.pi ν).prob x := prod_pos h₂
      have h₃ : log ((Dist.pi μ).prob x) = _ := log_prod h₁
      have h₄ : log ((Dist.pi ν).prob x) = _ := log_prod h₂
      rw [log_div h₀ hp, h₃, h₄, ← sum_sub]
      exact congrArg _ (sum_congr fun i => (log_div (h₁ i) (h₂ i)).symm)
  have h₁ : klDiv (Dist.pi μ) (Dist.pi ν) = expect (Dist.pi μ) fun x =>
    ∑ i, log ((μ i).prob (x i) / (ν i).prob (x i)) := sum_congr key
  rw [h₁, expect_sum (Dist.pi μ) fun i x => log ((μ i).prob (x i) / (ν i).prob (x i))]
  exact sum_congr fun i => expect_pi_apply μ i fun z => log ((μ i).prob z / (ν i).prob z)

/-- The relative entropy of `n` independent draws from one law is `n` times that of one draw. -/
theorem klDiv_iid {μ ν : Dist R Z} (h : AbsCont μ ν) (n : Nat) :
    klDiv (μ.iid n) (ν.iid n) = n * klDiv μ ν := by
  rw [Dist.iid, Dist.iid, klDiv_pi fun _ => h, sum_const]

/-- Fair coins and coins of mean 1/4 meet the hypothesis of `klDiv_pi`, for every number of coins,
and the relative entropy is positive. -/
theorem klDiv_pi_witness {h₀ : (0 : R) ≤ 1 / 2} {h₁ : (1 / 2 : R) ≤ 1} {h₂ : (0 : R) ≤ 1 / 4}
    {h₃ : (1 / 4 : R) ≤ 1} (hn : 0 < n) :
    (∀ _ : Fin n, AbsCont (Dist.coin h₀ h₁) (Dist.coin h₂ h₃)) ∧
      0 < klDiv (Dist.pi fun _ : Fin n => Dist.coin h₀ h₁)
        (Dist.pi fun _ : Fin n => Dist.coin h₂ h₃) := by
  have ha : AbsCont (Dist.coin h₀ h₁) (Dist.coin h₂ h₃) := absCont_coin h₀ h₁ (by grind) (by grind)
  refine ⟨fun _ => ha, ?_⟩
  rw [klDiv_pi fun _ => ha, sum_const, klDiv_coin]
  exact mul_pos (natCast_pos hn) klBin_half_quarter_pos

/-- Two fair coins that always show the same, compared with two independent ones: each of them is a
fair coin, with relative entropy zero, but the relative entropy of both together is `log 2`. So
independence cannot be left out of `klDiv_pi`. -/
theorem klDiv_pi_sharp :
    let equal : Dist R (Fin 2 → Bool) := (Dist.uniform : Dist R Bool).map fun b _ => b
    AbsCont equal (Dist.uniform.iid 2) ∧
    (∀ i, klDiv (equal.map fun x => x i) (Dist.uniform : Dist R Bool) = 0) ∧
      klDiv equal (Dist.uniform.iid 2) = log 2 := by
  have hc : (card Bool : R) = 2 := by rw [card_bool]; grind
  refine ⟨absCont_of_pos fun x => prod_pos fun i => one_div_pos (by rw [hc]; grind), fun i => ?_,
    ?_⟩
  · rw [map_map, map_id, klDiv_self]
  · rw [klDiv_eq_expect, expect_map, expect_congr _ fun b => show _ = log (2 : R) by
      rw [prob_map_of_injective (T := fun (b : Bool) (_ : Fin 2) => b) Dist.uniform
        (fun a b h => congrFun h 0) b]
      show log (1 / (card Bool : R) / ∏ i : Fin 2, 1 / (card Bool : R)) = _
      rw [prod_const, hc]
      congr 1
      grind, expect_const]

/-! ### Rounding each coordinate -/

omit [Fintype Y] in
/-- The indicator that two families are equal is the product of those of their entries. -/
theorem indicator_eq_prod (x y : Fin n → Y) :
    indicator R (x = y) = ∏ i, indicator R (x i = y i) := by
  rcases Classical.em (x = y) with h | h
  · rw [indicator_true h, prod_congr fun i => indicator_true (R := R) (congrFun h i), prod_const,
      one_pow]
  · obtain ⟨i, hi⟩ := Classical.not_forall.1 fun h' : ∀ i, x i = y i => h (funext h')
    rw [indicator_false h, prod_eq_zero i (indicator_false hi)]

/-- Independent draws stay independent when each is mapped by a function of its own. -/
theorem map_pi (μ : Fin n → Dist R Z) (g : Fin n → Z → Y) :
    ((Dist.pi μ).map fun x i => g i (x i)) = Dist.pi fun i => (μ i).map (g i) := by
  refine Dist.ext fun y => ?_
  show ∑ x : Fin n → Z, indicator R ((fun i => g i (x i)) = y) * ∏ i, (μ i).prob (x i) =
    ∏ i, ∑ z, indicator R (g i z = y i) * (μ i).prob z
  rw [prod_sum fun i z => indicator R (g i z = y i) * (μ i).prob z]
  exact sum_congr fun x => by rw [indicator_eq_prod, prod_mul]

/-- The relative entropy of independent draws, each of them rounded. -/
theorem klDiv_map_pi (h : ∀ i, AbsCont (μ i) (ν i)) (g : Fin n → Z → Y) :
    klDiv ((Dist.pi μ).map fun x i => g i (x i)) ((Dist.pi ν).map fun x i => g i (x i)) =
      ∑ i, klDiv ((μ i).map (g i)) ((ν i).map (g i)) := by
  rw [map_pi, map_pi, klDiv_pi fun i => (h i).map (g i)]

/-- **Rounding is free.** When each of several independent draws is rounded by a function of its
own, the relative entropy is at most the sum of those of the draws before rounding. -/
theorem klDiv_map_pi_le (h : ∀ i, AbsCont (μ i) (ν i)) (g : Fin n → Z → Y) :
    klDiv ((Dist.pi μ).map fun x i => g i (x i)) ((Dist.pi ν).map fun x i => g i (x i)) ≤
      ∑ i, klDiv (μ i) (ν i) := by
  rw [klDiv_map_pi h g]
  exact sum_le_sum fun i => data_processing (h i) (g i)

end DeepTheory.Probability
