module

public import DeepTheory.Approximation.Bernstein
public import DeepTheory.Approximation.RidgeSums
public import DeepTheory.Reals.Log

/-!
# Sums of exponentials of linear forms

These sums are closed under products, and each of their terms depends on one linear form only.  The
polynomials in the functions `(exp (x i) - 1) / (exp 1 - 1)` are among them, so that, with
Bernstein polynomials, they approximate every continuous function on the unit cube.

## Main definitions
* `DeepTheory.Approximation.ExpSum`: sums of multiples of exponentials of linear forms.
* `DeepTheory.Approximation.expCoordinate`, `DeepTheory.Approximation.logCoordinate`: an increasing
  map of the unit interval onto itself by the exponential function, and its inverse.

## Main theorems
* `DeepTheory.Approximation.ExpSum.mul`: products.
* `DeepTheory.Approximation.exists_expSum`: uniform approximation of continuous functions.
* `DeepTheory.Approximation.ExpSum.approximable`: one hidden layer that approximates exponentials
  of linear forms approximates such sums.
-/

public noncomputable section

namespace DeepTheory.Approximation

open Analysis

universe u

variable {R : Type u} [RealField R] {d n : Nat} {F G f : (Fin d → R) → R} {s t : R}

/-- Sums of multiples of exponentials of linear forms. -/
inductive ExpSum : ((Fin d → R) → R) → Prop
  /-- The exponential of a linear form. -/
  | exp (w : Fin d → R) : ExpSum fun x => exp (∑ j, w j * x j)
  /-- A multiple. -/
  | const_mul (c : R) {F : (Fin d → R) → R} (hF : ExpSum F) : ExpSum fun x => c * F x
  /-- A sum. -/
  | add {F G : (Fin d → R) → R} (hF : ExpSum F) (hG : ExpSum G) : ExpSum fun x => F x + G x

namespace ExpSum

/-- Constants are such sums. -/
theorem const (c : R) : ExpSum fun _ : Fin d → R => c := by
  have h := ExpSum.const_mul c (.exp fun _ : Fin d => 0)
  rwa [show (fun x : Fin d → R => c * DeepTheory.exp (∑ j, 0 * x j)) = fun _ => c from
    funext fun x => by
      rw [sum_eq_zero fun j => by grind, exp_zero]
      grind] at h

/-- The product of two such sums is one. -/
theorem mul (hF : ExpSum F) (hG : ExpSum G) : ExpSum fun x => F x * G x := by
  induction hF with
  | exp w =>
    induction hG with
    | exp v =>
      have h := ExpSum.exp fun j => w j + v j
      rwa [show (fun x : Fin d → R => DeepTheory.exp (∑ j, (w j + v j) * x j)) = fun x =>
        DeepTheory.exp (∑ j, w j * x j) * DeepTheory.exp (∑ j, v j * x j) from funext fun x => by
          rw [← exp_add, ← sum_add]
          exact congrArg _ (sum_congr fun j => by grind)] at h
    | @const_mul c G _ ih =>
      rw [show (fun x => DeepTheory.exp (∑ j, w j * x j) * (c * G x)) = fun x =>
        c * (DeepTheory.exp (∑ j, w j * x j) * G x) from funext fun x => by grind]
      exact ih.const_mul c
    | @add G G' _ _ ih ih' =>
      rw [show (fun x => DeepTheory.exp (∑ j, w j * x j) * (G x + G' x)) = fun x =>
        DeepTheory.exp (∑ j, w j * x j) * G x + DeepTheory.exp (∑ j, w j * x j) * G' x from
          funext fun x => by grind]
      exact ih.add ih'
  | @const_mul c F _ ih =>
    rw [show (fun x => c * F x * G x) = fun x => c * (F x * G x) from funext fun x => by grind]
    exact ih.const_mul c
  | @add F F' _ _ ih ih' =>
    rw [show (fun x => (F x + F' x) * G x) = fun x => F x * G x + F' x * G x from
      funext fun x => by grind]
    exact ih.add ih'

/-- Finite sums. -/
theorem sum {ι : Type _} [Fintype ι] {F : ι → (Fin d → R) → R} (h : ∀ i, ExpSum (F i)) :
    ExpSum fun x => ∑ i, F i x := by
  show ExpSum fun x => listSum (fun i => F i x) Fintype.elems
  induction (Fintype.elems : List ι) with
  | nil => exact const 0
  | cons i l ih => exact (h i).add ih

/-- Finite products. -/
theorem prod {F : Fin n → (Fin d → R) → R} (h : ∀ i, ExpSum (F i)) :
    ExpSum fun x => ∏ i, F i x := by
  induction n with
  | zero => exact const 1
  | succ n ih =>
    rw [show (fun x => ∏ i, F i x) = fun x => F 0 x * ∏ i : Fin n, F i.succ x from
      funext fun x => prod_succ' fun i => F i x]
    exact (h 0).mul (ih fun i => h i.succ)

/-- The exponential of one coordinate. -/
theorem exp_coordinate (i : Fin d) : ExpSum fun x : Fin d → R => DeepTheory.exp (x i) := by
  classical
  have h := ExpSum.exp (R := R) fun j => if j = i then 1 else 0
  rwa [show (fun x : Fin d → R => DeepTheory.exp (∑ j, (if j = i then 1 else 0) * x j)) =
    fun x => DeepTheory.exp (x i) from funext fun x => by
      rw [sum_eq_single i fun j hj => by rw [if_neg hj]; grind, if_pos rfl]
      exact congrArg _ (by grind)] at h

end ExpSum

/-! ### A change of coordinates -/

/-- The map `(exp t - 1) / (exp 1 - 1)` of the unit interval onto itself. -/
@[expose] def expCoordinate (t : R) : R := (exp t - 1) / (exp 1 - 1)

/-- The inverse map `log (1 + (exp 1 - 1) s)`. -/
@[expose] def logCoordinate (s : R) : R := log (1 + (exp 1 - 1) * s)

theorem exp_one_sub_one_pos : (0 : R) < exp 1 - 1 := by
  have := add_one_lt_exp (show (1 : R) ≠ 0 by grind)
  grind

theorem expCoordinate_mem (h₀ : 0 ≤ t) (h₁ : t ≤ 1) :
    0 ≤ expCoordinate t ∧ expCoordinate t ≤ 1 := by
  have he := exp_one_sub_one_pos (R := R)
  have := one_le_exp_iff.2 h₀
  have := exp_le_exp.2 h₁
  exact ⟨div_nonneg_of_nonneg (by grind) (le_of_lt he), (div_le_one he).2 (by grind)⟩

theorem logCoordinate_expCoordinate (t : R) : logCoordinate (expCoordinate t) = t := by
  have he := exp_one_sub_one_pos (R := R)
  unfold logCoordinate expCoordinate
  rw [show 1 + (exp 1 - 1) * ((exp t - 1) / (exp 1 - 1)) = exp t by grind, log_exp]

theorem logCoordinate_mem (h₀ : 0 ≤ s) (h₁ : s ≤ 1) :
    0 ≤ logCoordinate s ∧ logCoordinate s ≤ 1 := by
  have he := exp_one_sub_one_pos (R := R)
  have h₂ := mul_nonneg (le_of_lt he) h₀
  have h₃ := mul_le_mul_of_nonneg_left h₁ (le_of_lt he)
  exact ⟨log_nonneg (by grind), (log_le_iff_le_exp (by grind)).2 (by grind)⟩

/-- The inverse map has the Lipschitz constant `exp 1 - 1` on the nonnegative numbers. -/
theorem abs_logCoordinate_sub_le (hs : 0 ≤ s) (ht : 0 ≤ t) :
    abs (logCoordinate s - logCoordinate t) ≤ (exp 1 - 1) * abs (s - t) := by
  have he := exp_one_sub_one_pos (R := R)
  have key (p q : R) (hp : 0 ≤ p) (hq : 0 ≤ q) :
      logCoordinate p - logCoordinate q ≤ (exp 1 - 1) * abs (p - q) := by
    have h₁ := mul_nonneg (le_of_lt he) hp
    have h₂ := mul_nonneg (le_of_lt he) hq
    have h₃ := log_le_tangent (x := 1 + (exp 1 - 1) * q) (y := 1 + (exp 1 - 1) * p)
      (by grind) (by grind)
    have h₄ : (1 + (exp 1 - 1) * p - (1 + (exp 1 - 1) * q)) / (1 + (exp 1 - 1) * q) ≤
        (exp 1 - 1) * abs (p - q) := by
      have h₅ := mul_le_mul_of_nonneg_left (le_abs_self (p - q)) (le_of_lt he)
      have h₆ := mul_nonneg (mul_nonneg (le_of_lt he) (abs_nonneg (p - q))) h₂
      rw [div_le_iff (by grind)]
      grind
    unfold logCoordinate
    grind
  have h₁ := key s t hs ht
  have h₂ := key t s ht hs
  rw [abs_sub_comm t s] at h₂
  exact abs_le.2 (by grind)

/-- A continuous function on the unit cube, after the inverse change of coordinates. -/
theorem continuousOnBox_logCoordinate (hf : ContinuousOnBox f (fun _ => 0) fun _ => 1) :
    ContinuousOnBox (fun u => f fun i => logCoordinate (u i)) (fun _ => 0) fun _ => 1 := by
  intro u hu ε hε
  have he := exp_one_sub_one_pos (R := R)
  obtain ⟨δ, hδ, hf⟩ := hf _ (fun i => logCoordinate_mem (hu i).1 (hu i).2) ε hε
  have hδ' := div_pos hδ he
  refine ⟨δ / (exp 1 - 1), hδ', fun v hv h =>
    hf _ (fun i => logCoordinate_mem (hv i).1 (hv i).2) fun i => ?_⟩
  refine lt_of_le_of_lt (abs_logCoordinate_sub_le (hv i).1 (hu i).1) ?_
  have h₁ := mul_lt_mul_of_pos_left (h i) he
  rwa [show (exp 1 - 1) * (δ / (exp 1 - 1)) = δ by grind] at h₁

/-! ### Approximation -/

/-- A Bernstein polynomial in the new coordinates is a sum of exponentials. -/
theorem expSum_bernstein (n : Nat) (g : (Fin d → R) → R) :
    ExpSum fun x => bernstein n g fun i => expCoordinate (x i) := by
  have h₁ (i : Fin d) : ExpSum fun x : Fin d → R => expCoordinate (x i) := by
    rw [show (fun x : Fin d → R => expCoordinate (x i)) = fun x =>
      1 / (exp 1 - 1) * exp (x i) + -(1 / (exp 1 - 1)) from funext fun x => by
        unfold expCoordinate
        grind]
    exact ((ExpSum.exp_coordinate i).const_mul _).add (.const _)
  have h₂ (i : Fin d) : ExpSum fun x : Fin d → R => 1 - expCoordinate (x i) := by
    rw [show (fun x : Fin d → R => 1 - expCoordinate (x i)) = fun x =>
      1 + -1 * expCoordinate (x i) from funext fun x => by grind]
    exact (ExpSum.const 1).add ((h₁ i).const_mul _)
  refine .sum fun y => ExpSum.mul (.prod fun k => .prod fun i => ?_) (.const _)
  cases y k i
  · exact h₂ i
  · exact h₁ i

/-- **Sums of exponentials are dense.** A continuous function on the unit cube is as close as one
likes to a sum of multiples of exponentials of linear forms, everywhere on the cube. -/
theorem exists_expSum (hf : ContinuousOnBox f (fun _ => 0) fun _ => 1) {ε : R} (hε : 0 < ε) :
    ∃ G, ExpSum G ∧ ∀ x, InUnitCube x → abs (G x - f x) ≤ ε := by
  obtain ⟨n, _, h⟩ := exists_bernstein (continuousOnBox_logCoordinate hf) hε
  refine ⟨_, expSum_bernstein n fun u => f fun i => logCoordinate (u i), fun x hx => ?_⟩
  have := h (fun i => expCoordinate (x i)) fun i => expCoordinate_mem (hx i).1 (hx i).2
  rwa [show (fun i => logCoordinate (expCoordinate (x i))) = x from
    funext fun i => logCoordinate_expCoordinate (x i)] at this

/-- Where the exponentials of linear forms are approximable, so are their sums. -/
theorem ExpSum.approximable {σ : R → R}
    (h : ∀ w : Fin d → R, Approximable σ fun x => DeepTheory.exp (∑ j, w j * x j))
    (hF : ExpSum F) : Approximable σ F := by
  induction hF with
  | exp w => exact h w
  | const_mul c _ ih => exact ih.const_mul c
  | add _ _ ih ih' => exact ih.add ih'

end DeepTheory.Approximation
