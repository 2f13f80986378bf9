module

public import DeepTheory.Analysis.Continuity
public import DeepTheory.Approximation.Parallel
public import DeepTheory.Generalization.PacBayes.MomentBound
public import DeepTheory.Reals.Pow

/-!
# Polynomial activations are not universal

Whatever its width, a network with `D` hidden layers whose activation is a polynomial of degree at
most `r` computes a polynomial of degree at most `r ^ D`, and a polynomial of degree at most `m`
cannot follow `m + 2` values of alternating sign, since its difference of order `m + 1` vanishes.

## Main definitions
* `DeepTheory.Approximation.PolyDegLE`: polynomials of degree at most `k`.
* `DeepTheory.Approximation.zigzag`: the zigzag function between zero and one.
* `DeepTheory.Approximation.converseTarget`: a Lipschitz function that polynomial networks miss.
* `DeepTheory.Approximation.converseBound`: by how much they miss it.

## Main theorems
* `DeepTheory.Approximation.polyDegLE_eval`: the degree of a network.
* `DeepTheory.Approximation.PolyDegLE.exists_le_abs_sub`: polynomials and alternating values.
* `DeepTheory.Approximation.uat_converse`, `DeepTheory.Approximation.uat_converse_witness`,
  `DeepTheory.Approximation.uat_converse_sharp`.
* `DeepTheory.Approximation.not_universal_of_polynomial`: a continuous function between `-1` and `1`
  that no such network approximates with an error below one.

## References
* M. Leshno, V. Lin, A. Pinkus, S. Schocken, *Multilayer feedforward networks with a nonpolynomial
  activation function can approximate any function*, 1993.
-/

public noncomputable section

namespace DeepTheory.Approximation

open Generalization (alternatingSum alternatingSum_eq_zero)

universe u

variable {R : Type u} [RealField R] {k l m n r D : Nat} {f g σ : R → R} {L : R}

/-! ### Polynomials -/

/-- The function `f` is a polynomial of degree at most `k`. -/
@[expose] def PolyDegLE (k : Nat) (f : R → R) : Prop :=
  ∃ a : Fin (k + 1) → R, ∀ x, f x = ∑ i, a i * x ^ i.val

theorem polyDegLE_zero_iff : PolyDegLE 0 f ↔ ∃ c, ∀ x, f x = c := by
  have h (a : Fin (0 + 1) → R) (x : R) : ∑ i, a i * x ^ i.val = a 0 := by
    rw [sum_succ', sum_zero, Fin.val_zero, pow_zero]
    grind
  exact ⟨fun ⟨a, ha⟩ => ⟨a 0, fun x => (ha x).trans (h a x)⟩,
    fun ⟨c, hc⟩ => ⟨fun _ => c, fun x => (hc x).trans (h (fun _ => c) x).symm⟩⟩

/-- A polynomial is a constant plus the variable times a polynomial of lower degree. -/
theorem polyDegLE_succ_iff :
    PolyDegLE (k + 1) f ↔ ∃ c g, PolyDegLE k g ∧ ∀ x, f x = c + x * g x := by
  have h (a : Fin (k + 1 + 1) → R) (x : R) :
      ∑ i, a i * x ^ i.val = a 0 + x * ∑ i : Fin (k + 1), a i.succ * x ^ i.val := by
    rw [sum_succ', Fin.val_zero, pow_zero, mul_sum, sum_congr fun i => by
      rw [Fin.val_succ, pow_succ, show a i.succ * (x ^ i.val * x) = x * (a i.succ * x ^ i.val) by
        grind]]
    grind
  refine ⟨fun ⟨a, ha⟩ => ⟨a 0, fun x => ∑ i : Fin (k + 1), a i.succ * x ^ i.val,
    ⟨fun i => a i.succ, fun x => rfl⟩, fun x => (ha x).trans (h a x)⟩, ?_⟩
  rintro ⟨c, g, ⟨a, ha⟩, hg⟩
  exact ⟨cons c a, fun x => by rw [hg, ha, h, cons_zero]; rfl⟩

theorem polyDegLE_const (c : R) : PolyDegLE k fun _ => c := by
  induction k generalizing c with
  | zero => exact polyDegLE_zero_iff.2 ⟨c, fun _ => rfl⟩
  | succ k ih => exact polyDegLE_succ_iff.2 ⟨c, fun _ => 0, ih 0, fun x => by grind⟩

/-- The variable times a polynomial. -/
theorem PolyDegLE.id_mul (hf : PolyDegLE k f) : PolyDegLE (k + 1) fun x => x * f x :=
  polyDegLE_succ_iff.2 ⟨0, f, hf, fun x => by grind⟩

theorem polyDegLE_id : PolyDegLE 1 fun x : R => x :=
  polyDegLE_succ_iff.2 ⟨0, fun _ => 1, polyDegLE_const 1, fun x => by grind⟩

theorem PolyDegLE.succ (hf : PolyDegLE k f) : PolyDegLE (k + 1) f := by
  induction k generalizing f with
  | zero =>
    obtain ⟨c, h⟩ := polyDegLE_zero_iff.1 hf
    exact polyDegLE_succ_iff.2 ⟨c, fun _ => 0, polyDegLE_const 0, fun x => by grind⟩
  | succ k ih =>
    obtain ⟨c, g, hg, h⟩ := polyDegLE_succ_iff.1 hf
    exact polyDegLE_succ_iff.2 ⟨c, g, ih hg, h⟩

theorem PolyDegLE.mono (hf : PolyDegLE k f) (h : k ≤ l) : PolyDegLE l f := by
  induction h with
  | refl => exact hf
  | step _ ih => exact ih.succ

theorem PolyDegLE.add (hf : PolyDegLE k f) (hg : PolyDegLE k g) :
    PolyDegLE k fun x => f x + g x := by
  obtain ⟨a, ha⟩ := hf
  obtain ⟨b, hb⟩ := hg
  refine ⟨fun i => a i + b i, fun x => ?_⟩
  show f x + g x = ∑ i, (a i + b i) * x ^ i.val
  rw [ha, hb, ← sum_add]
  exact sum_congr fun i => by grind

theorem PolyDegLE.const_mul (c : R) (hf : PolyDegLE k f) : PolyDegLE k fun x => c * f x := by
  obtain ⟨a, ha⟩ := hf
  refine ⟨fun i => c * a i, fun x => ?_⟩
  show c * f x = ∑ i, c * a i * x ^ i.val
  rw [ha, mul_sum]
  exact sum_congr fun i => by grind

theorem PolyDegLE.sum {f : Fin n → R → R} (hf : ∀ j, PolyDegLE k (f j)) :
    PolyDegLE k fun x => ∑ j, f j x := by
  induction n with
  | zero => exact polyDegLE_const 0
  | succ n ih =>
    rw [show (fun x => ∑ j, f j x) = fun x => ∑ j : Fin n, f j.castSucc x + f (Fin.last n) x from
      funext fun x => sum_succ fun j => f j x]
    exact (ih fun j => hf j.castSucc).add (hf (Fin.last n))

/-- Degrees add up in a product. -/
theorem PolyDegLE.mul (hf : PolyDegLE k f) (hg : PolyDegLE l g) :
    PolyDegLE (k + l) fun x => f x * g x := by
  induction k generalizing f with
  | zero =>
    obtain ⟨c, h⟩ := polyDegLE_zero_iff.1 hf
    rw [show (fun x => f x * g x) = fun x => c * g x from funext fun x => by rw [h]]
    exact (hg.const_mul c).mono (by omega)
  | succ k ih =>
    obtain ⟨c, f', hf', h⟩ := polyDegLE_succ_iff.1 hf
    rw [show (fun x => f x * g x) = fun x => c * g x + x * (f' x * g x) from
      funext fun x => by rw [h]; grind]
    exact ((hg.const_mul c).mono (by omega)).add ((ih hf').id_mul.mono (by omega))

/-- Degrees multiply in a composition. -/
theorem PolyDegLE.comp (hf : PolyDegLE k f) (hg : PolyDegLE l g) :
    PolyDegLE (k * l) fun x => f (g x) := by
  induction k generalizing f with
  | zero =>
    obtain ⟨c, h⟩ := polyDegLE_zero_iff.1 hf
    rw [show (fun x => f (g x)) = fun _ => c from funext fun x => h _]
    exact polyDegLE_const c
  | succ k ih =>
    obtain ⟨c, f', hf', h⟩ := polyDegLE_succ_iff.1 hf
    rw [show (fun x => f (g x)) = fun x => c + g x * f' (g x) from funext fun x => h _]
    exact (polyDegLE_const c).add ((hg.mul (ih hf')).mono (by rw [Nat.succ_mul]; omega))

/-! ### Networks with polynomial activation -/

/-- An affine layer does not raise the degree. -/
theorem polyDegLE_layer (layer : Layer R m n) {x : R → Fin m → R}
    (hx : ∀ i, PolyDegLE k fun t => x t i) (i : Fin n) :
    PolyDegLE k fun t => layer.eval (x t) i :=
  (PolyDegLE.sum fun j => (hx j).const_mul (layer.weight i j)).add (polyDegLE_const (layer.bias i))

/-- A network with `D` hidden layers and a polynomial activation of degree at most `r` multiplies
the degree by at most `r ^ D`, whatever its width. -/
theorem polyDegLE_eval (hσ : PolyDegLE r σ) (net : Network R m n) :
    ∀ {k : Nat} {x : R → Fin m → R}, (∀ i, PolyDegLE k fun t => x t i) →
      ∀ i, PolyDegLE (r ^ net.depth * k) fun t => net.eval σ (x t) i := by
  induction net with
  | affine layer =>
    intro k x hx i
    exact (polyDegLE_layer layer hx i).mono (by simp)
  | cons layer net ih =>
    intro k x hx i
    refine (ih (x := fun t i => σ (layer.eval (x t) i)) (fun i =>
      hσ.comp (polyDegLE_layer layer hx i)) i).mono ?_
    rw [Network.depth_cons, Nat.pow_succ, Nat.mul_assoc]
    exact Nat.le_refl _

/-- The function of a network of depth at most `D` with a polynomial activation of positive
degree. -/
theorem polyDegLE_realEval (hr : 1 ≤ r) (hσ : PolyDegLE r σ) (net : Network R 1 1)
    (hD : net.depth ≤ D) : PolyDegLE (r ^ D) fun t => net.realEval σ t :=
  (polyDegLE_eval hσ net (x := fun t _ => t) (fun _ => polyDegLE_id) 0).mono <| by
    rw [Nat.mul_one]
    exact Nat.pow_le_pow_right hr hD

/-! ### Alternating values -/

/-- The difference of order `m + 1` of a polynomial of degree at most `m` vanishes. -/
theorem PolyDegLE.sum_choose_eq_zero (hf : PolyDegLE m f) (h : R) :
    ∑ k : Fin (m + 1 + 1),
      (choose (m + 1) k.val : R) * (-1) ^ (m + 1 - k.val) * f (h * k.val) = 0 := by
  obtain ⟨a, ha⟩ := hf
  rw [sum_congr fun k => by rw [ha, mul_sum], sum_comm]
  refine sum_eq_zero fun i => ?_
  have h₁ := alternatingSum_eq_zero (R := R) i.isLt 0
  have h₂ : (∑ k : Fin (m + 1 + 1), (choose (m + 1) k.val : R) * (-1) ^ (m + 1 - k.val) *
      (a i * (h * k.val) ^ i.val)) = a i * h ^ i.val * alternatingSum (m + 1) i.val 0 := by
    unfold alternatingSum
    rw [mul_sum]
    refine sum_congr fun k => ?_
    rw [mul_pow, show (0 : R) + (k.val : R) = k.val by grind]
    generalize (k.val : R) ^ i.val = y
    generalize (-1 : R) ^ (m + 1 - k.val) = e
    generalize (choose (m + 1) k.val : R) = c
    generalize h ^ i.val = t
    grind
  rw [h₂, h₁]
  grind

/-- A polynomial of degree at most `m` misses one of `m + 2` values `e`, `-e`, `e`, ... at equally
spaced points by at least `e`. -/
theorem PolyDegLE.exists_le_abs_sub (hg : PolyDegLE m g) (h e : R)
    (hf : ∀ k, k ≤ m + 1 → f (h * (k : Nat)) = e * (-1) ^ k) :
    ∃ k, k ≤ m + 1 ∧ e ≤ abs (f (h * (k : Nat)) - g (h * (k : Nat))) := by
  refine Classical.byContradiction fun hn => ?_
  have h₁ (k : Fin (m + 1 + 1)) : abs (f (h * k.val) - g (h * k.val)) < e :=
    not_le.1 fun h' => hn ⟨k.val, Nat.le_of_lt_succ k.isLt, h'⟩
  have hc (k : Fin (m + 1 + 1)) : (0 : R) < (choose (m + 1) k.val : R) :=
    natCast_pos (choose_pos (Nat.le_of_lt_succ k.isLt))
  -- The sign of a coefficient of the difference, times the last of these signs.
  have hs (k : Fin (m + 1 + 1)) : (-1 : R) ^ (m + 1 - k.val) * (-1) ^ k.val = (-1) ^ (m + 1) := by
    rw [← pow_add, Nat.sub_add_cancel (Nat.le_of_lt_succ k.isLt)]
  have hq (j : Nat) : (-1 : R) ^ j = 1 ∨ (-1 : R) ^ j = -1 := by
    induction j with
    | zero => left; rw [pow_zero]
    | succ j ih => rw [pow_succ]; rcases ih with ih | ih <;> rw [ih] <;> grind
  have h₂ := hg.sum_choose_eq_zero h
  have h₃ (k : Fin (m + 1 + 1)) : (-1 : R) ^ (m + 1) * ((choose (m + 1) k.val : R) *
      (-1) ^ (m + 1 - k.val) * f (h * k.val)) = choose (m + 1) k.val * e := by
    rw [hf k.val (Nat.le_of_lt_succ k.isLt), ← hs k]
    rcases hq (m + 1 - k.val) with h₄ | h₄ <;> rcases hq k.val with h₅ | h₅ <;>
      rw [h₄, h₅] <;> grind
  have h₆ := sum_lt_sum (k := (0 : Fin (m + 1 + 1)))
    (f := fun k : Fin (m + 1 + 1) => (-1 : R) ^ (m + 1) * ((choose (m + 1) k.val : R) *
      (-1) ^ (m + 1 - k.val) * f (h * k.val)) - (-1 : R) ^ (m + 1) * ((choose (m + 1) k.val : R) *
      (-1) ^ (m + 1 - k.val) * g (h * k.val)))
    (g := fun k => choose (m + 1) k.val * e)
  have h₇ (k : Fin (m + 1 + 1)) : (-1 : R) ^ (m + 1) * ((choose (m + 1) k.val : R) *
      (-1) ^ (m + 1 - k.val) * f (h * k.val)) - (-1 : R) ^ (m + 1) * ((choose (m + 1) k.val : R) *
      (-1) ^ (m + 1 - k.val) * g (h * k.val)) < choose (m + 1) k.val * e := by
    have h₈ := mul_lt_mul_of_pos_left (h₁ k) (hc k)
    have h₉ := mul_le_mul_of_nonneg_left (le_abs_self (f (h * k.val) - g (h * k.val)))
      (le_of_lt (hc k))
    have h₁₀ := mul_le_mul_of_nonneg_left (neg_le_abs (f (h * k.val) - g (h * k.val)))
      (le_of_lt (hc k))
    generalize abs (f (h * k.val) - g (h * k.val)) = t at *
    generalize (choose (m + 1) k.val : R) = c at *
    rcases hq (m + 1) with h₄ | h₄ <;> rcases hq (m + 1 - k.val) with h₅ | h₅ <;>
      rw [h₄, h₅] <;> grind
  have h₁₁ := h₆ (fun k => le_of_lt (h₇ k)) (h₇ 0)
  rw [sum_sub, ← mul_sum, ← mul_sum, h₂, mul_sum, sum_congr h₃] at h₁₁
  grind

/-! ### A zigzag function -/

/-- The function that goes up and down between zero and one with slopes one and minus one, on the
interval from zero to `n + 1`: the line, folded at `1`, ..., `n`. -/
@[expose] def zigzag : Nat → R → R
  | 0, y => y
  | n + 1, y => zigzag n (((n + 1 : Nat) : R) - abs (y - ((n + 1 : Nat) : R)))

theorem abs_zigzag_sub_le (n : Nat) (x y : R) : abs (zigzag n x - zigzag n y) ≤ abs (x - y) := by
  induction n generalizing x y with
  | zero => exact Std.le_refl _
  | succ n ih =>
    refine le_trans (ih _ _) ?_
    have h := abs_abs_sub_abs_le (x - ((n + 1 : Nat) : R)) (y - ((n + 1 : Nat) : R))
    rw [show x - ((n + 1 : Nat) : R) - (y - ((n + 1 : Nat) : R)) = x - y by grind,
      abs_sub_comm] at h
    generalize ((n + 1 : Nat) : R) = c at *
    rwa [show c - abs (x - c) - (c - abs (y - c)) = abs (y - c) - abs (x - c) by grind]

theorem zigzag_mem (n : Nat) {y : R} (h₀ : 0 ≤ y) (h₁ : y ≤ n + 1) :
    0 ≤ zigzag n y ∧ zigzag n y ≤ 1 := by
  induction n generalizing y with
  | zero => exact ⟨h₀, by show y ≤ 1; grind⟩
  | succ n ih =>
    have hn := natCast_nonneg (R := R) n
    have hc : ((n + 1 : Nat) : R) = n + 1 := by grind
    have h := abs_cases (y - ((n + 1 : Nat) : R))
    exact ih (by grind) (by grind)

/-- At whole numbers the zigzag function is zero and one in turn. -/
theorem zigzag_natCast (n : Nat) {j : Nat} (hj : j ≤ n + 1) :
    1 - 2 * zigzag n (j : R) = (-1) ^ j := by
  induction n generalizing j with
  | zero =>
    show 1 - 2 * (j : R) = (-1) ^ j
    rcases (show j = 0 ∨ j = 1 by omega) with rfl | rfl
    · rw [pow_zero]; grind
    · rw [pow_succ, pow_zero]; grind
  | succ n ih =>
    show 1 - 2 * zigzag n (((n + 1 : Nat) : R) - abs ((j : R) - ((n + 1 : Nat) : R))) = (-1) ^ j
    rcases Nat.lt_or_ge (n + 1) j with h | h
    · obtain rfl : j = n + 2 := by omega
      rw [show ((n + 2 : Nat) : R) - ((n + 1 : Nat) : R) = 1 by grind, abs_one,
        show ((n + 1 : Nat) : R) - 1 = n by grind, ih (by omega), pow_succ, pow_succ]
      grind
    · have := natCast_le (R := R) h
      rw [abs_of_nonpos (by grind), show ((n + 1 : Nat) : R) - -((j : R) - ((n + 1 : Nat) : R)) = j
        by grind, ih h]

/-! ### The theorem -/

/-- By how much networks with `D` hidden layers and an activation of degree `r` miss the worst
function with Lipschitz constant `L`: `L / (2 (r ^ D + 1))`. -/
@[expose] def converseBound (L : R) (r D : Nat) : R := L / (2 * ((r : R) ^ D + 1))

/-- A zigzag function with Lipschitz constant `L` and `r ^ D + 2` extreme values on the unit
interval. -/
@[expose] def converseTarget (L : R) (r D : Nat) (x : R) : R :=
  converseBound L r D * (1 - 2 * zigzag (r ^ D) (((r : R) ^ D + 1) * x))

private theorem natCast_pow_add_one_pos (r D : Nat) : (0 : R) < (r : R) ^ D + 1 := by
  have := pow_nonneg (natCast_nonneg (R := R) r) D
  grind

theorem converseBound_nonneg (hL : 0 ≤ L) (r D : Nat) : 0 ≤ converseBound L r D :=
  div_nonneg hL (by have := natCast_pow_add_one_pos (R := R) r D; grind)

theorem lipschitz_converseTarget (hL : 0 ≤ L) (r D : Nat) (x y : R) :
    abs (converseTarget L r D x - converseTarget L r D y) ≤ L * abs (x - y) := by
  have hq := natCast_pow_add_one_pos (R := R) r D
  have h := abs_zigzag_sub_le (r ^ D) (((r : R) ^ D + 1) * x) (((r : R) ^ D + 1) * y)
  have hb := converseBound_nonneg hL r D
  have hb' : converseBound L r D * (2 * ((r : R) ^ D + 1)) = L := by
    unfold converseBound
    grind
  rw [show ((r : R) ^ D + 1) * x - ((r : R) ^ D + 1) * y = ((r : R) ^ D + 1) * (x - y) by grind,
    abs_mul, abs_of_nonneg (le_of_lt hq)] at h
  unfold converseTarget
  generalize converseBound L r D = b at *
  generalize (r : R) ^ D + 1 = q at *
  generalize zigzag (r ^ D) (q * x) = s at *
  generalize zigzag (r ^ D) (q * y) = t at *
  rw [show b * (1 - 2 * s) - b * (1 - 2 * t) = -(2 * b * (s - t)) by grind, abs_neg, abs_mul,
    abs_of_nonneg (show 0 ≤ 2 * b by grind), ← hb']
  have := mul_le_mul_of_nonneg_left h (show 0 ≤ 2 * b by grind)
  grind

theorem abs_converseTarget_le (hL : 0 ≤ L) (r D : Nat) {x : R} (h₀ : 0 ≤ x) (h₁ : x ≤ 1) :
    abs (converseTarget L r D x) ≤ converseBound L r D := by
  have hq := natCast_pow_add_one_pos (R := R) r D
  have h₂ := mul_nonneg (le_of_lt hq) h₀
  have h₃ := mul_le_of_le_one_right (le_of_lt hq) h₁
  obtain ⟨h₄, h₅⟩ := zigzag_mem (r ^ D) h₂ (by rw [natCast_pow]; exact h₃)
  unfold converseTarget
  rw [abs_mul, abs_of_nonneg (converseBound_nonneg hL r D)]
  exact mul_le_of_le_one_right (converseBound_nonneg hL r D) (abs_le.2 ⟨by grind, by grind⟩)

/-- **Polynomial activations are not universal.** There is a function with Lipschitz constant `L`
that every network with at most `D` hidden layers and a given polynomial activation of degree at
most `r`, whatever its width and its weights, misses somewhere on the unit interval by at least
`L / (2 (r ^ D + 1))`.  So no width makes the error small at a fixed depth.

* controls: approximation
* assumes: an activation that is a polynomial of degree at most r, r at least one, depth at most D,
  L ≥ 0
* bound: Approximation.converseBound
* witness: Approximation.uat_converse_witness
* sharp: Approximation.uat_converse_sharp (the zero network attains it, for every L, r and D)
* source: Leshno, Lin, Pinkus, Schocken 1993, Theorem 1 -/
theorem uat_converse (hr : 1 ≤ r) (hσ : PolyDegLE r σ) (D : Nat) (hL : 0 ≤ L) :
    (∀ x y, abs (converseTarget L r D x - converseTarget L r D y) ≤ L * abs (x - y)) ∧
    ∀ net : Network R 1 1, net.depth ≤ D → ∃ x, 0 ≤ x ∧ x ≤ 1 ∧
      converseBound L r D ≤ abs (converseTarget L r D x - net.realEval σ x) := by
  refine ⟨lipschitz_converseTarget hL r D, fun net hD => ?_⟩
  have hq := natCast_pow_add_one_pos (R := R) r D
  obtain ⟨k, hk, h⟩ := (polyDegLE_realEval hr hσ net hD).exists_le_abs_sub
    (f := converseTarget L r D) (1 / ((r : R) ^ D + 1)) (converseBound L r D) fun k hk => by
      rw [converseTarget, show ((r : R) ^ D + 1) * (1 / ((r : R) ^ D + 1) * k) = k by grind,
        zigzag_natCast _ hk]
  have hk' := natCast_le (R := R) hk
  have hc : ((r ^ D + 1 : Nat) : R) = (r : R) ^ D + 1 := by rw [← natCast_pow]; grind
  rw [hc] at hk'
  refine ⟨_, mul_nonneg (one_div_nonneg (le_of_lt hq)) (natCast_nonneg k), ?_, h⟩
  rw [show 1 / ((r : R) ^ D + 1) * k = k / ((r : R) ^ D + 1) by grind, div_le_iff hq]
  grind

/-- The hypotheses of `uat_converse` are met at once by the square as activation, networks with two
hidden layers and Lipschitz constant one, and the bound is positive. -/
theorem uat_converse_witness : 1 ≤ 2 ∧ PolyDegLE 2 (fun x : R => x * x) ∧ (0 : R) ≤ 1 ∧
    0 < converseBound (1 : R) 2 2 :=
  ⟨by omega, polyDegLE_id.mul polyDegLE_id, zero_le_one,
    div_pos zero_lt_one (by have := natCast_pow_add_one_pos (R := R) 2 2; grind)⟩

/-- The zero network misses the function of `uat_converse` nowhere by more than the bound, for every
activation, Lipschitz constant, degree and depth: the bound is the least error of all. -/
theorem uat_converse_sharp (σ : R → R) (r D : Nat) (hL : 0 ≤ L) :
    (Network.zero R 1 1 0).depth ≤ D ∧ ∀ x, 0 ≤ x → x ≤ 1 →
      abs (converseTarget L r D x - (Network.zero R 1 1 0).realEval σ x) ≤ converseBound L r D := by
  refine ⟨Nat.zero_le _, fun x h₀ h₁ => ?_⟩
  rw [Network.realEval, Network.eval_zero,
    show converseTarget L r D x - 0 = converseTarget L r D x by grind]
  exact abs_converseTarget_le hL r D h₀ h₁

/-- For every polynomial activation and every depth there is a continuous function on the unit
interval with values between `-1` and `1` that no network of at most this depth approximates with an
error below one everywhere. -/
theorem not_universal_of_polynomial (hr : 1 ≤ r) (hσ : PolyDegLE r σ) (D : Nat) :
    ∃ f : R → R, Analysis.ContinuousOn f 0 1 ∧ (∀ x, 0 ≤ x → x ≤ 1 → abs (f x) ≤ 1) ∧
      ∀ net : Network R 1 1, net.depth ≤ D →
        ¬ ∀ x, 0 ≤ x → x ≤ 1 → abs (f x - net.realEval σ x) < 1 := by
  have hq := natCast_pow_add_one_pos (R := R) r D
  have hL : (0 : R) < 2 * ((r : R) ^ D + 1) := by grind
  have hb : converseBound (2 * ((r : R) ^ D + 1)) r D = 1 := by
    unfold converseBound
    grind
  obtain ⟨h₁, h₂⟩ := uat_converse hr hσ D (le_of_lt hL)
  rw [hb] at h₂
  refine ⟨converseTarget (2 * ((r : R) ^ D + 1)) r D, fun x _ _ ε hε =>
    ⟨ε / (2 * ((r : R) ^ D + 1)), div_pos hε hL, fun y _ hy => ?_⟩,
    fun x h₀ h₁ => ?_, fun net hD h => ?_⟩
  · rw [lt_div_iff hL] at hy
    have := h₁ y x
    grind
  · have h₃ := abs_converseTarget_le (le_of_lt hL) r D h₀ h₁
    rwa [hb] at h₃
  · obtain ⟨x, h₃, h₄, h₅⟩ := h₂ net hD
    exact not_lt.2 h₅ (h x h₃ h₄)

end DeepTheory.Approximation
