module

public import DeepTheory.Approximation.Memorization
public import DeepTheory.Approximation.Sigmoidal

/-!
# Boolean functions and threshold units

Every Boolean function is computed exactly by one hidden layer of threshold units, one for each
input at which the function is true (or false, whichever happens less often); the exclusive or of
two truth values needs two of them.

## Main definitions
* `DeepTheory.Approximation.boolValue`: truth values as numbers.
* `DeepTheory.Approximation.selector`: the network with a unit for each input of a list.
* `DeepTheory.Approximation.booleanNeurons`: the number of units.

## Main theorems
* `DeepTheory.Approximation.boolean_xor`, `DeepTheory.Approximation.boolean_xor_witness`,
  `DeepTheory.Approximation.boolean_xor_sharp`.
* `DeepTheory.Approximation.xor_not_threshold`: one threshold unit does not compute the exclusive
  or.

## References
* M. Minsky, S. Papert, *Perceptrons*, 1969.
-/

public noncomputable section

namespace DeepTheory.Approximation

universe u v

variable {R : Type u} [RealField R] {d : Nat}

/-! ### Threshold units -/

/-- A truth value as a number: one for true, zero for false. -/
@[expose] def boolValue (R : Type u) [RealField R] (b : Bool) : R := if b then 1 else 0

@[simp] theorem boolValue_true : boolValue R true = 1 := rfl

@[simp] theorem boolValue_false : boolValue R false = 0 := rfl

/-- What the unit for the input `v` gets at the input `x`: minus the number of entries in which they
differ. -/
@[expose] def mismatch (v x : Fin d → Bool) : R :=
  ∑ i, (2 * boolValue R (v i) - 1) * boolValue R (x i) + -∑ i, boolValue R (v i)

theorem heaviside_mismatch_self (v : Fin d → Bool) : heaviside (mismatch (R := R) v v) = 1 := by
  refine heaviside_of_nonneg (le_of_eq ?_)
  have h : ∑ i, (2 * boolValue R (v i) - 1) * boolValue R (v i) = ∑ i, boolValue R (v i) :=
    sum_congr fun i => by cases v i <;> simp <;> grind
  rw [mismatch, h]
  grind

theorem heaviside_mismatch_of_ne {v x : Fin d → Bool} (h : v ≠ x) :
    heaviside (mismatch (R := R) v x) = 0 := by
  obtain ⟨k, hk⟩ : ∃ k, v k ≠ x k := Classical.byContradiction fun hn =>
    h (funext fun i => Classical.byContradiction fun hi => hn ⟨i, hi⟩)
  have h₁ (i : Fin d) : (2 * boolValue R (v i) - 1) * boolValue R (x i) ≤ boolValue R (v i) := by
    cases v i <;> cases x i <;> simp <;> grind
  have h₂ : (2 * boolValue R (v k) - 1) * boolValue R (x k) < boolValue R (v k) := by
    revert hk
    cases v k <;> cases x k <;> simp <;> grind
  refine heaviside_of_neg ?_
  have := sum_lt_sum h₁ h₂
  unfold mismatch
  grind

/-- The network with a threshold unit for each input of a list, output weights `s` and output
bias `e`. -/
@[expose] def selector (l : List (Fin d → Bool)) (s e : R) : Network R d 1 :=
  .cons ⟨fun j i => 2 * boolValue R (l.get j i) - 1, fun j => -∑ i, boolValue R (l.get j i)⟩
    (.affine ⟨fun _ _ => s, fun _ => e⟩)

/-- A sum over a list without repetition in which only one term may be non-zero. -/
theorem listSum_eq_single {κ : Type v} {f : κ → R} {x : κ} (hf : ∀ y, y ≠ x → f y = 0) {l : List κ}
    (hl : l.Nodup) (hx : x ∈ l) : listSum f l = f x := by
  induction l with
  | nil => exact absurd hx List.not_mem_nil
  | cons a l ih =>
    obtain ⟨h₁, h₂⟩ := List.nodup_cons.1 hl
    rw [listSum_cons]
    rcases List.mem_cons.1 hx with rfl | hx
    · rw [listSum_eq_zero fun y hy => hf y fun he => h₁ (he ▸ hy)]
      grind
    · rw [hf a fun he => h₁ (he ▸ hx), ih h₂ hx]
      grind

theorem eval_selector (l : List (Fin d → Bool)) (s e : R) (x : Fin d → Bool) :
    (selector l s e).eval heaviside (fun i => boolValue R (x i)) 0 =
      listSum (fun v => s * heaviside (mismatch v x)) l + e :=
  congrArg (· + e) (sum_get (fun v => s * heaviside (mismatch v x)) l)

theorem eval_selector_of_mem {l : List (Fin d → Bool)} (hl : l.Nodup) (s e : R) {x : Fin d → Bool}
    (hx : x ∈ l) : (selector l s e).eval heaviside (fun i => boolValue R (x i)) 0 = s + e := by
  rw [eval_selector,
    listSum_eq_single (fun v hv => by rw [heaviside_mismatch_of_ne hv]; grind) hl hx,
    heaviside_mismatch_self]
  grind

theorem eval_selector_of_not_mem {l : List (Fin d → Bool)} (s e : R) {x : Fin d → Bool}
    (hx : x ∉ l) : (selector l s e).eval heaviside (fun i => boolValue R (x i)) 0 = e := by
  rw [eval_selector, listSum_eq_zero fun v hv => by
    rw [heaviside_mismatch_of_ne fun he => by subst he; exact hx hv]; grind]
  grind

/-! ### The theorem -/

/-- The number of threshold units for a Boolean function of `d + 1` truth values: `2 ^ d`. -/
@[expose] def booleanNeurons (d : Nat) : Nat := 2 ^ d

/-- The elements with a property and those without it are all. -/
theorem length_filter_add {κ : Type v} (p : κ → Bool) (l : List κ) :
    (l.filter p).length + (l.filter fun x => !p x).length = l.length := by
  induction l with
  | nil => rfl
  | cons a l ih => cases h : p a <;> simp [h] <;> omega

/-- **Boolean functions by threshold networks.** Every Boolean function of `d + 1` truth values is
computed exactly by a network with one hidden layer of at most `2 ^ d` threshold units; for the
exclusive or, `d = 1`, no fewer suffice, so that one threshold unit, a perceptron, cannot compute
it.

* controls: approximation
* assumes: nothing
* bound: Approximation.booleanNeurons
* witness: Approximation.boolean_xor_witness
* sharp: Approximation.boolean_xor_sharp (the exclusive or of two truth values needs two units)
* source: Minsky, Papert 1969 -/
theorem boolean_xor (f : (Fin (d + 1) → Bool) → Bool) :
    ∃ net : Network R (d + 1) 1, net.depth = 1 ∧ net.neurons ≤ booleanNeurons d ∧
      ∀ x, net.eval heaviside (fun i => boolValue R (x i)) 0 = boolValue R (f x) := by
  have hn := length_filter_add f (Fintype.elems : List (Fin (d + 1) → Bool))
  have hc : (Fintype.elems : List (Fin (d + 1) → Bool)).length = 2 ^ (d + 1) := by
    have := card_fun (α := Bool) (d + 1)
    rwa [card_bool] at this
  rw [hc, Nat.pow_succ] at hn
  have hd (p : (Fin (d + 1) → Bool) → Bool) :
      ((Fintype.elems : List (Fin (d + 1) → Bool)).filter p).Nodup :=
    List.Pairwise.filter p Fintype.nodup
  rcases Nat.le_total ((Fintype.elems : List (Fin (d + 1) → Bool)).filter f).length (2 ^ d)
    with h | h
  · refine ⟨selector ((Fintype.elems : List (Fin (d + 1) → Bool)).filter f) 1 0, rfl, h,
      fun x => ?_⟩
    cases hx : f x
    · rw [eval_selector_of_not_mem 1 0 fun hm => by
        rw [(List.mem_filter.1 hm).2] at hx; cases hx]
      rfl
    · rw [eval_selector_of_mem (hd f) 1 0 (List.mem_filter.2 ⟨Fintype.complete x, hx⟩),
        boolValue_true]
      grind
  · refine ⟨selector ((Fintype.elems : List (Fin (d + 1) → Bool)).filter fun x => !f x) (-1) 1, rfl,
      show _ ≤ 2 ^ d by
        show ((Fintype.elems : List (Fin (d + 1) → Bool)).filter fun x => !f x).length + 0 ≤ 2 ^ d
        omega, fun x => ?_⟩
    cases hx : f x
    · rw [eval_selector_of_mem (hd _) (-1) 1 (List.mem_filter.2 ⟨Fintype.complete x, by
        rw [hx]; rfl⟩), boolValue_false]
      grind
    · rw [eval_selector_of_not_mem (-1) 1 fun hm => by
        have := (List.mem_filter.1 hm).2
        rw [hx] at this
        cases this]
      rfl

/-! ### The exclusive or -/

/-- No affine function of one threshold unit takes the values of the exclusive or. -/
theorem not_xor_of_heaviside (w w' b c e : R) : ¬ (c * heaviside b + e = 0 ∧
    c * heaviside (w + b) + e = 1 ∧ c * heaviside (w' + b) + e = 1 ∧
    c * heaviside (w + w' + b) + e = 0) := by
  rintro ⟨h₁, h₂, h₃, h₄⟩
  have h₀ : (0 : R) ≠ 1 := fun h => ne_of_gt zero_lt_one h.symm
  rcases heaviside_cases b with ⟨h₅, h₆⟩ | ⟨h₅, h₆⟩ <;> rw [h₆] at h₁ <;>
    rcases heaviside_cases (w + b) with ⟨h₇, h₈⟩ | ⟨h₇, h₈⟩ <;> rw [h₈] at h₂
  · exact h₀ (h₁.symm.trans h₂)
  · rcases heaviside_cases (w' + b) with ⟨h₉, h₁₀⟩ | ⟨h₉, h₁₀⟩ <;> rw [h₁₀] at h₃
    · exact h₀ (h₁.symm.trans h₃)
    rcases heaviside_cases (w + w' + b) with ⟨h₁₁, h₁₂⟩ | ⟨h₁₁, h₁₂⟩ <;> rw [h₁₂] at h₄
    · clear h₁ h₂ h₃ h₄
      grind
    · exact h₀ (h₄.symm.trans h₂)
  · rcases heaviside_cases (w' + b) with ⟨h₉, h₁₀⟩ | ⟨h₉, h₁₀⟩ <;> rw [h₁₀] at h₃
    · rcases heaviside_cases (w + w' + b) with ⟨h₁₁, h₁₂⟩ | ⟨h₁₁, h₁₂⟩ <;> rw [h₁₂] at h₄
      · exact h₀ (h₄.symm.trans h₂)
      · clear h₁ h₂ h₃ h₄
        grind
    · exact h₀ (h₁.symm.trans h₃)
  · exact h₀ (h₁.symm.trans h₂)

/-- What a unit with the weights `p` and `q` gets where both values are false. -/
private theorem linear_false_false (p q b : R) : p * 0 + q * 0 + b = b := by grind

/-- What a unit with the weights `p` and `q` gets where the first value is true. -/
private theorem linear_true_false (p q b : R) : p * 1 + q * 0 + b = p + b := by grind

/-- What a unit with the weights `p` and `q` gets where the second value is true. -/
private theorem linear_false_true (p q b : R) : p * 0 + q * 1 + b = q + b := by grind

/-- What a unit with the weights `p` and `q` gets where both values are true. -/
private theorem linear_true_true (p q b : R) : p * 1 + q * 1 + b = p + q + b := by grind

/-- A unit with output weight one and output bias zero. -/
private theorem one_mul_add_zero (p : R) : 1 * p + 0 = p := by grind

/-- Two truth values as a vector. -/
@[expose] def pair (p q : Bool) : Fin 2 → Bool := fun i => if i = 0 then p else q

theorem pair_zero (p q : Bool) : pair p q 0 = p := if_pos rfl

theorem pair_one (p q : Bool) : pair p q 1 = q := if_neg (by decide)

/-- One threshold unit does not compute the exclusive or of two truth values. -/
theorem xor_not_threshold (w : Fin 2 → R) (b : R) :
    ¬ ∀ x : Fin 2 → Bool, heaviside (∑ i, w i * boolValue R (x i) + b) =
      boolValue R (xor (x 0) (x 1)) := fun h => by
  have h' (p q : Bool) : heaviside (w 0 * boolValue R p + w 1 * boolValue R q + b) =
      boolValue R (xor p q) := by
    have h₁ := h (pair p q)
    rwa [sum_two, pair_zero, pair_one] at h₁
  have h₁ := h' false false
  have h₂ := h' true false
  have h₃ := h' false true
  have h₄ := h' true true
  simp only [boolValue_true, boolValue_false] at h₁ h₂ h₃ h₄
  rw [linear_false_false] at h₁
  rw [linear_true_false] at h₂
  rw [linear_false_true] at h₃
  rw [linear_true_true] at h₄
  exact not_xor_of_heaviside (w 0) (w 1) b 1 0 ⟨(one_mul_add_zero _).trans h₁,
    (one_mul_add_zero _).trans h₂, (one_mul_add_zero _).trans h₃, (one_mul_add_zero _).trans h₄⟩

/-- The exclusive or of two truth values is computed by two threshold units, as `boolean_xor`
says. -/
theorem boolean_xor_witness : booleanNeurons 1 = 2 ∧
    ∃ net : Network R 2 1, net.depth = 1 ∧ net.neurons ≤ 2 ∧
      ∀ x : Fin 2 → Bool,
        net.eval heaviside (fun i => boolValue R (x i)) 0 = boolValue R (xor (x 0) (x 1)) :=
  ⟨rfl, boolean_xor (d := 1) fun x => xor (x 0) (x 1)⟩

/-- No network with one hidden layer and fewer threshold units than `boolean_xor` grants computes
the exclusive or of two truth values. -/
theorem boolean_xor_sharp (net : Network R 2 1) (hd : net.depth = 1)
    (hn : net.neurons < booleanNeurons 1) :
    ∃ x : Fin 2 → Bool,
      net.eval heaviside (fun i => boolValue R (x i)) 0 ≠ boolValue R (xor (x 0) (x 1)) := by
  refine Classical.byContradiction fun hne => ?_
  have h (x : Fin 2 → Bool) : net.eval heaviside (fun i => boolValue R (x i)) 0 =
      boolValue R (xor (x 0) (x 1)) := Classical.byContradiction fun h => hne ⟨x, h⟩
  clear hne
  cases net with
  | affine l => cases hd
  | @cons _ k _ l net =>
    cases net with
    | cons l' net => simp at hd
    | affine l' =>
      have hk : k < 2 := by
        change k + 0 < 2 at hn
        omega
      rcases (show k = 0 ∨ k = 1 by omega) with rfl | rfl
      · have h₁ := (h (pair true false)).symm.trans (h (pair true true))
        rw [pair_zero, pair_one, pair_zero, pair_one] at h₁
        change (1 : R) = 0 at h₁
        grind
      · have h' (p q : Bool) : l'.weight 0 0 * heaviside (l.weight 0 0 * boolValue R p +
            l.weight 0 1 * boolValue R q + l.bias 0) + l'.bias 0 = boolValue R (xor p q) := by
          have h₁ := h (pair p q)
          change (∑ j : Fin 1, l'.weight 0 j * heaviside (∑ i : Fin 2, l.weight j i *
            boolValue R (pair p q i) + l.bias j)) + l'.bias 0 = _ at h₁
          rwa [sum_one, sum_two, pair_zero, pair_one] at h₁
        have h₁ := h' false false
        have h₂ := h' true false
        have h₃ := h' false true
        have h₄ := h' true true
        simp only [boolValue_true, boolValue_false] at h₁ h₂ h₃ h₄
        rw [linear_false_false] at h₁
        rw [linear_true_false] at h₂
        rw [linear_false_true] at h₃
        rw [linear_true_true] at h₄
        exact not_xor_of_heaviside (l.weight 0 0) (l.weight 0 1) (l.bias 0) (l'.weight 0 0)
          (l'.bias 0) ⟨h₁, h₂, h₃, h₄⟩

end DeepTheory.Approximation
