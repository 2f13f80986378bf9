module

public import DeepTheory.Approximation.Exponentials
public import DeepTheory.Approximation.Gadgets
public import DeepTheory.Approximation.Sigmoidal
public import DeepTheory.Reals.ExpDeriv

/-!
# Universal approximation by one hidden layer

A network with one hidden layer and any sigmoidal activation, or with ReLUs, is as close as one
likes to a given continuous function on the unit cube, in any dimension.

The proof is by hand, without functional analysis: continuous functions are close to Bernstein
polynomials in `exp (x i)`, which are sums of exponentials of linear forms, and the exponential
function is close to staircases of sigmoidal functions.

## Main definitions
* `DeepTheory.Approximation.ramp`, `DeepTheory.Approximation.logistic`: two sigmoidal functions.

## Main theorems
* `DeepTheory.Approximation.uat_one_hidden_layer`,
  `DeepTheory.Approximation.uat_one_hidden_layer_witness`,
  `DeepTheory.Approximation.uat_one_hidden_layer_sharp`: sigmoidal activations.
* `DeepTheory.Approximation.uat_one_hidden_layer_relu`: ReLUs.
* `DeepTheory.Approximation.uat_one_hidden_layer_vector`,
  `DeepTheory.Approximation.uat_one_hidden_layer_relu_vector`: functions with several values.
* `DeepTheory.Approximation.sigmoidal_heaviside`, `DeepTheory.Approximation.sigmoidal_ramp`,
  `DeepTheory.Approximation.sigmoidal_logistic`: sigmoidal functions.

## References
* G. Cybenko, *Approximation by superpositions of a sigmoidal function*, 1989.
* K. Funahashi, *On the approximate realization of continuous mappings by neural networks*, 1989.
* K. Hornik, *Approximation capabilities of multilayer feedforward networks*, 1991.
-/

public noncomputable section

namespace DeepTheory.Approximation

open Analysis

universe u

variable {R : Type u} [RealField R] {d n : Nat} {σ τ : R → R} {f : (Fin d → R) → R} {ε : R}

/-! ### Sigmoidal functions -/

/-- The ramp: the identity between zero and one, constant on either side. -/
@[expose] def ramp (t : R) : R := max 0 (min t 1)

/-- The ramp as the difference of two ReLUs. -/
theorem ramp_eq (t : R) : ramp t = relu t - relu (t - 1) := by
  unfold ramp relu
  grind

/-- The ramp is sigmoidal. -/
theorem sigmoidal_ramp : Sigmoidal (ramp : R → R) where
  bounded := ⟨1, fun t => by
    rw [abs_of_nonneg (show 0 ≤ ramp t from le_max_left _ _)]
    exact max_le zero_le_one (min_le_right _ _)⟩
  right ε hε := ⟨1, fun t ht => by
    rw [show ramp t = 1 from (congrArg (max 0) (min_eq_right ht)).trans (max_eq_right zero_le_one),
      show (1 : R) - 1 = 0 by clear ht hε; grind, abs_zero]
    exact le_of_lt hε⟩
  left ε hε := ⟨0, fun t ht => by
    rw [show ramp t = 0 from max_eq_left (le_trans (min_le_left _ _) ht), abs_zero]
    exact le_of_lt hε⟩

/-- The logistic function. -/
@[expose] def logistic (t : R) : R := 1 / (1 + exp (-t))

/-- The logistic function is sigmoidal. -/
theorem sigmoidal_logistic : Sigmoidal (logistic : R → R) where
  bounded := ⟨1, fun t => by
    have h := exp_pos (-t)
    have h₁ := one_div_pos (show 0 < 1 + exp (-t) by grind)
    have h₂ := (div_le_one (a := 1) (show 0 < 1 + exp (-t) by grind)).2 (by grind)
    exact abs_le.2 (by unfold logistic; grind)⟩
  right ε hε := ⟨-log ε, fun t ht => by
    have h := exp_pos (-t)
    have h₁ : exp (-t) ≤ ε := (le_log_iff_exp_le hε).1 (by grind)
    have h₂ := (div_le_one (a := 1) (show 0 < 1 + exp (-t) by grind)).2 (by grind)
    have h₃ : 1 - exp (-t) ≤ 1 / (1 + exp (-t)) := by
      rw [le_div_iff (by grind)]
      have := sq_nonneg (exp (-t))
      grind
    exact abs_le.2 (by unfold logistic; grind)⟩
  left ε hε := ⟨log ε, fun t ht => by
    have h := exp_pos (-t)
    have h₁ : exp t ≤ ε := (le_log_iff_exp_le hε).1 ht
    have h₂ := one_div_pos (show 0 < 1 + exp (-t) by grind)
    have h₃ : 1 / (1 + exp (-t)) ≤ exp t := by
      have := exp_pos t
      rw [div_le_iff (by grind), Lean.Grind.Semiring.left_distrib, exp_mul_exp_neg]
      grind
    exact abs_le.2 (by unfold logistic; grind)⟩

/-! ### The theorem -/

/-- Where the ridge functions with a sigmoidal profile `σ` are approximable with the activation `τ`,
all continuous functions on the unit cube are. -/
theorem Sigmoidal.approximable (hσ : Sigmoidal σ)
    (h : ∀ (w : Fin d → R) b, Approximable τ fun x => σ (∑ j, w j * x j + b))
    (hf : ContinuousOnBox f (fun _ => 0) fun _ => 1) : Approximable τ f := .of_limit fun _ hε => by
  obtain ⟨G, hG, hGf⟩ := exists_expSum hf hε
  exact ⟨G, hG.approximable (hσ.approximable_ridge h fun a b =>
    .of_continuousAt fun x _ _ => continuousAt_exp x), hGf⟩

/-- Ridge functions of the ramp are approximable with ReLUs. -/
theorem approximable_relu_ramp (w : Fin d → R) (b : R) :
    Approximable relu fun x => ramp (∑ j, w j * x j + b) :=
  ((Approximable.ridge relu w b).add ((Approximable.ridge relu w (b - 1)).const_mul (-1))).congr
    fun x _ => by
      rw [ramp_eq, show ∑ j, w j * x j + (b - 1) = ∑ j, w j * x j + b - 1 by grind]
      grind

/-- **Universal approximation by one hidden layer.** For every sigmoidal activation, every
continuous function on the unit cube of any dimension and every `ε > 0` there is a network with one
hidden layer that is within `ε` of the function everywhere on the cube.

The theorem says that there is a width, not how large it is.  With the step as activation no fixed
width is enough for all functions and errors.

* controls: approximation
* assumes: an activation that is bounded, tends to 0 on the left and to 1 on the right; f continuous
  on the unit cube, ε > 0
* bound: none
* witness: Approximation.uat_one_hidden_layer_witness
* sharp: Approximation.uat_one_hidden_layer_sharp (ε = 0 cannot be had, and the width must grow:
  with the step as activation, N units miss the identity on the unit interval by at least
  1 / (2 (N + 1)))
* source: Cybenko 1989, Theorem 2; Funahashi 1989, Theorem 1; Hornik 1991, Theorem 2 (all for
  continuous activations, which is not asked for here) -/
theorem uat_one_hidden_layer (hσ : Sigmoidal σ) (hf : ContinuousOnBox f (fun _ => 0) fun _ => 1)
    (hε : 0 < ε) : ∃ net : Network R d 1, net.depth = 1 ∧
      ∀ x, InBox (fun _ => 0) (fun _ => 1) x → abs (net.eval σ x 0 - f x) ≤ ε :=
  hσ.approximable (Approximable.ridge σ) hf ε hε

/-- **Universal approximation by one hidden layer of ReLUs.** Every continuous function on the unit
cube is, for every `ε > 0`, within `ε` of a network with one hidden layer of ReLUs, everywhere on
the cube. -/
theorem uat_one_hidden_layer_relu (hf : ContinuousOnBox f (fun _ => 0) fun _ => 1) (hε : 0 < ε) :
    ∃ net : Network R d 1, net.depth = 1 ∧
      ∀ x, InBox (fun _ => 0) (fun _ => 1) x → abs (net.eval relu x 0 - f x) ≤ ε :=
  sigmoidal_ramp.approximable approximable_relu_ramp hf ε hε

/-- **Universal approximation of functions with several values** by one hidden layer with a
sigmoidal activation: all outputs are within `ε`. -/
theorem uat_one_hidden_layer_vector (hσ : Sigmoidal σ) {f : (Fin d → R) → Fin n → R}
    (hf : ∀ i, ContinuousOnBox (fun x => f x i) (fun _ => 0) fun _ => 1) (hε : 0 < ε) :
    ∃ net : Network R d n, net.depth = 1 ∧
      ∀ x, InBox (fun _ => 0) (fun _ => 1) x → ∀ i, abs (net.eval σ x i - f x i) ≤ ε :=
  Approximable.exists_family (fun i => hσ.approximable (Approximable.ridge σ) (hf i)) hε

/-- **Universal approximation of functions with several values** by one hidden layer of ReLUs: all
outputs are within `ε`. -/
theorem uat_one_hidden_layer_relu_vector {f : (Fin d → R) → Fin n → R}
    (hf : ∀ i, ContinuousOnBox (fun x => f x i) (fun _ => 0) fun _ => 1) (hε : 0 < ε) :
    ∃ net : Network R d n, net.depth = 1 ∧
      ∀ x, InBox (fun _ => 0) (fun _ => 1) x → ∀ i, abs (net.eval relu x i - f x i) ≤ ε :=
  Approximable.exists_family
    (fun i => sigmoidal_ramp.approximable approximable_relu_ramp (hf i)) hε

/-- The hypotheses of `uat_one_hidden_layer` are met by the step, the ramp and the logistic function
as activations, by a coordinate as the function, and by a positive error. -/
theorem uat_one_hidden_layer_witness (i : Fin d) : Sigmoidal (heaviside : R → R) ∧
    Sigmoidal (ramp : R → R) ∧ Sigmoidal (logistic : R → R) ∧
    ContinuousOnBox (fun x : Fin d → R => x i) (fun _ => 0) (fun _ => 1) ∧ (0 : R) < 1 / 100 :=
  ⟨sigmoidal_heaviside, sigmoidal_ramp, sigmoidal_logistic,
    fun _ _ ε hε => ⟨ε, hε, fun _ _ h => h i⟩, by grind⟩

/-! ### No fixed width is enough -/

/-- On rising numbers the step changes only once. -/
private theorem heaviside_eq_of_le {p q r s : R} (hpq : p ≤ q) (hqr : q ≤ r) (hrs : r ≤ s)
    (h : heaviside p ≠ heaviside q) : heaviside r = heaviside s := by
  rcases heaviside_cases q with ⟨hq, e⟩ | ⟨hq, e⟩
  · rw [heaviside_of_nonneg (le_trans hq hqr), heaviside_of_nonneg (le_trans hq (le_trans hqr hrs))]
  · exact absurd ((heaviside_of_neg (lt_of_le_of_lt hpq hq)).trans e.symm) h

/-- On falling numbers the step changes only once. -/
private theorem heaviside_eq_of_ge {p q r s : R} (hpq : q ≤ p) (hqr : r ≤ q) (hrs : s ≤ r)
    (h : heaviside p ≠ heaviside q) : heaviside r = heaviside s := by
  rcases heaviside_cases q with ⟨hq, e⟩ | ⟨hq, e⟩
  · exact absurd ((heaviside_of_nonneg (le_trans hq hpq)).trans e.symm) h
  · have hr := lt_of_le_of_lt hqr hq
    rw [heaviside_of_neg hr, heaviside_of_neg (lt_of_le_of_lt hrs hr)]

/-- A step unit on the line that has changed does not change again. -/
theorem heaviside_eq_of_ne {w b p q r s : R} (hpq : p ≤ q) (hqr : q ≤ r) (hrs : r ≤ s)
    (h : heaviside (w * p + b) ≠ heaviside (w * q + b)) :
    heaviside (w * r + b) = heaviside (w * s + b) := by
  rcases le_total 0 w with hw | hw
  · have hm {x y : R} (h : x ≤ y) : w * x + b ≤ w * y + b :=
      add_le_add (mul_le_mul_of_nonneg_left h hw) (Std.le_refl b)
    exact heaviside_eq_of_le (hm hpq) (hm hqr) (hm hrs) h
  · have hm {x y : R} (h : x ≤ y) : w * y + b ≤ w * x + b := by
      have := mul_le_mul_of_nonneg_left h (show 0 ≤ -w by grind)
      clear hpq hqr hrs
      grind
    exact heaviside_eq_of_ge (hm hpq) (hm hqr) (hm hrs) h

/-- With the step as activation, a network with one hidden layer of `N` units differs from the
identity by at least `1 / (2 (N + 1))` somewhere on the unit interval.  So in `uat_one_hidden_layer`
the error zero cannot be had, and no width is enough for all positive errors. -/
theorem uat_one_hidden_layer_sharp (net : Network R 1 1) (hd : net.depth = 1) :
    ∃ x : Fin 1 → R, InBox (fun _ => 0) (fun _ => 1) x ∧
      1 / (2 * (net.neurons + 1)) ≤ abs (net.eval heaviside x 0 - x 0) := by
  obtain ⟨v, w, b, c, hf⟩ := Network.exists_eq_sum_of_depth_eq_one heaviside net hd rfl
  generalize net.neurons = N at *
  have hN := natCast_nonneg (R := R) N
  have hp := one_div_pos (show (0 : R) < N + 1 by grind)
  have hpN : 1 / ((N : R) + 1) * (N + 1) = 1 := by grind
  have hhalf : 1 / (2 * ((N : R) + 1)) = 1 / (N + 1) / 2 := by clear hf hpN hp; grind
  rw [hhalf]
  generalize 1 / ((N : R) + 1) = p at *
  have hmono (i j : Nat) (hij : i ≤ j) : p * (i : R) ≤ p * (j : R) :=
    mul_le_mul_of_nonneg_left (natCast_le hij) (le_of_lt hp)
  -- some cell sees no unit change
  have hcell : ∃ j : Fin (N + 1), ∀ k, heaviside (w k * (p * (j.val : R)) + b k) =
      heaviside (w k * (p * (j.val + 1 : Nat)) + b k) := by
    refine Classical.byContradiction fun hno => ?_
    have hex (j : Fin (N + 1)) : ∃ k, heaviside (w k * (p * (j.val : R)) + b k) ≠
        heaviside (w k * (p * (j.val + 1 : Nat)) + b k) :=
      Classical.not_forall.1 fun h => hno ⟨j, h⟩
    have hinj := card_le_of_injective (fun j => Classical.choose (hex j)) fun i j hij => by
      have hi := Classical.choose_spec (hex i)
      have hj := Classical.choose_spec (hex j)
      rw [show Classical.choose (hex i) = Classical.choose (hex j) from hij] at hi
      refine Fin.ext (Classical.byContradiction fun hne => ?_)
      rcases Nat.lt_or_gt_of_ne hne with h | h
      · exact hj (heaviside_eq_of_ne (hmono _ _ (Nat.le_succ _)) (hmono _ _ h)
          (hmono _ _ (Nat.le_succ _)) hi)
      · exact hi (heaviside_eq_of_ne (hmono _ _ (Nat.le_succ _)) (hmono _ _ h)
          (hmono _ _ (Nat.le_succ _)) hj)
    rw [card_fin, card_fin] at hinj
    omega
  obtain ⟨j, hj⟩ := hcell
  -- the network has the same value at both ends of this cell
  have hval : net.realEval heaviside (p * (j.val : R)) =
      net.realEval heaviside (p * (j.val + 1 : Nat)) := by
    rw [hf, hf]
    exact congrArg (· + c) (sum_congr fun k => by rw [hj k])
  have h₀ := mul_nonneg (le_of_lt hp) (natCast_nonneg (R := R) j.val)
  have h₁ := hmono _ _ (Nat.le_succ j.val)
  have h₂ := hmono _ _ (Nat.succ_le_of_lt j.isLt)
  have h₃ : p * ((N + 1 : Nat) : R) = 1 := by
    rw [show ((N + 1 : Nat) : R) = N + 1 by clear hf hj hmono hval; grind]
    exact hpN
  have h₄ : p * ((j.val + 1 : Nat) : R) = p * j.val + p := by clear hf hj hmono hval; grind
  refine Classical.byContradiction fun hno => ?_
  have hlt (y : R) (h₀ : 0 ≤ y) (h₁ : y ≤ 1) : abs (net.realEval heaviside y - y) < p / 2 :=
    not_le.1 fun h => hno ⟨fun _ => y, fun _ => ⟨h₀, h₁⟩, h⟩
  have h₅ := le_trans h₂ (le_of_eq h₃)
  have e₁ := abs_lt.1 (hlt _ h₀ (le_trans h₁ h₅))
  have e₂ := abs_lt.1 (hlt (p * (j.val + 1 : Nat)) (le_trans h₀ h₁) h₅)
  clear hf hj hmono hlt hno h₀ h₁ h₂ h₃ h₅
  grind

end DeepTheory.Approximation
