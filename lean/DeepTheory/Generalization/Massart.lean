module

public import DeepTheory.Generalization.Rademacher
public import DeepTheory.Reals.Log

/-!
# Massart's lemma

A class that takes only finitely many vectors of values on a sample can follow random signs only
as well as the logarithm of their number allows.

## Main definitions
* `DeepTheory.Generalization.massartBound`: the bound.
* `DeepTheory.Generalization.signClass`: the class of all sign vectors.

## Main theorems
* `DeepTheory.Generalization.signAverage_exp_sum_le`: the exponential moment of a signed sum.
* `DeepTheory.Generalization.signAverage_le_of_finite`: the average largest signed sum of a finite
  family of vectors.
* `DeepTheory.Generalization.massart`, `DeepTheory.Generalization.massart_witness`,
  `DeepTheory.Generalization.massart_sharp`, `DeepTheory.Generalization.massart_of_fintype`.

## References
* P. Massart, *Some applications of concentration inequalities to statistics*, 2000, Lemma 5.2.
-/

public section

namespace DeepTheory.Generalization

universe u v w

variable {R : Type u} [RealField R] {ι : Type v} {X : Type w} {n : Nat}

/-- `r` times the root of twice the logarithm of the number `N` of vectors, over the size `n` of
the sample. -/
@[expose] noncomputable def massartBound (r : R) (N n : Nat) : R :=
  r * sqrt (2 * log ((N : Nat) : R)) / n

/-! ### Averages over signs -/

/-- Averages over signs and finite sums may be taken in either order. -/
theorem signAverage_sum {κ : Type _} [Fintype κ] (f : κ → (Fin n → Bool) → R) :
    signAverage (fun σ => ∑ k, f k σ) = ∑ k, signAverage (f k) := by
  unfold signAverage
  rw [sum_comm, sum_div]

/-- The average of a nonnegative function is not negative. -/
theorem signAverage_nonneg {f : (Fin n → Bool) → R} (h : ∀ σ, 0 ≤ f σ) : 0 ≤ signAverage f := by
  rw [← signAverage_const (n := n) (0 : R)]
  exact signAverage_mono h

/-- The exponential of an average over signs is at most the average of the exponentials. -/
theorem exp_signAverage_le (f : (Fin n → Bool) → R) :
    exp (signAverage f) ≤ signAverage fun σ => exp (f σ) := by
  have h := signAverage_mono fun σ => exp_tangent_le (signAverage f) (f σ)
  have h₁ : signAverage (fun σ => exp (signAverage f) + exp (signAverage f) *
      (f σ - signAverage f)) = exp (signAverage f) := by
    rw [signAverage_add, signAverage_const, signAverage_const_mul, signAverage_congr
      (f := fun σ => f σ - signAverage f) (g := fun σ => f σ + -signAverage f) fun σ => by grind,
      signAverage_add, signAverage_const]
    grind
  rwa [h₁] at h

/-- The square of an average over signs is at most the average of the squares. -/
theorem sq_signAverage_le (f : (Fin n → Bool) → R) :
    signAverage f ^ 2 ≤ signAverage fun σ => f σ ^ 2 := by
  have h := signAverage_nonneg fun σ => sq_nonneg (f σ - signAverage f)
  rw [signAverage_congr (g := fun σ => f σ ^ 2 + (-2 * signAverage f * f σ + signAverage f ^ 2))
    fun σ => by grind, signAverage_add, signAverage_add, signAverage_const,
    signAverage_const_mul] at h
  grind

/-- The exponential moment of a signed sum is at most that of a normal law with the same
variance. -/
theorem signAverage_exp_sum_le (s : R) (u : Fin n → R) :
    signAverage (fun σ => exp (s * ∑ j, sign R (σ j) * u j)) ≤
      exp (s ^ 2 * (∑ j, u j ^ 2) / 2) := by
  induction n with
  | zero =>
    rw [signAverage_zero, sum_zero, sum_zero, show s * (0 : R) = 0 by grind,
      show s ^ 2 * (0 : R) / 2 = 0 by grind]
    exact Std.le_refl _
  | succ n ih =>
    have h (b : Bool) : signAverage (fun σ => exp (s * ∑ j, sign R (cons b σ j) * u j)) =
        exp (s * (sign R b * u 0)) *
          signAverage fun σ => exp (s * ∑ j : Fin n, sign R (σ j) * u j.succ) := by
      rw [← signAverage_const_mul]
      refine signAverage_congr fun σ => ?_
      rw [sum_succ', ← exp_add]
      simp only [cons_zero, cons_succ]
      exact congrArg exp (by grind)
    have h₁ := mul_le_mul (cosh_le_exp_half_sq (s * u 0)) (ih fun j => u j.succ)
      (signAverage_nonneg fun σ => le_of_lt (exp_pos _)) (le_of_lt (exp_pos _))
    rw [signAverage_succ, h, h, sign_true, sign_false, sum_succ',
      show s ^ 2 * (u 0 ^ 2 + ∑ j : Fin n, u j.succ ^ 2) / 2 =
        (s * u 0) ^ 2 / 2 + s ^ 2 * (∑ j : Fin n, u j.succ ^ 2) / 2 by grind, exp_add,
      show s * (-1 * u 0) = -(s * u 0) by grind, show s * (1 * u 0) = s * u 0 by grind]
    grind

/-- A finite family of numbers with a member has a largest one. -/
theorem exists_forall_ge {κ : Type _} [Fintype κ] [h : Nonempty κ] (f : κ → R) :
    ∃ k, ∀ i, f i ≤ f k := by
  suffices hl : ∀ l : List κ, ∃ k, ∀ i, i ∈ l → f i ≤ f k from
    (hl Fintype.elems).elim fun k hk => ⟨k, fun i => hk i (Fintype.complete i)⟩
  intro l
  induction l with
  | nil => exact h.elim fun k => ⟨k, fun i hi => absurd hi List.not_mem_nil⟩
  | cons a l ih =>
    obtain ⟨k, hk⟩ := ih
    rcases le_total (f a) (f k) with h | h
    · refine ⟨k, fun i hi => ?_⟩
      rcases List.mem_cons.1 hi with rfl | hi
      · exact h
      · exact hk i hi
    · refine ⟨a, fun i hi => ?_⟩
      rcases List.mem_cons.1 hi with rfl | hi
      · exact Std.le_refl _
      · exact Std.le_trans (hk i hi) h

/-! ### Finitely many vectors -/

section Finite

variable {κ : Type _} [Fintype κ] {u : κ → Fin n → R} {r : R} {f : (Fin n → Bool) → R}

/-- The bound for each exponent: the average of a function below the largest signed sum. -/
theorem mul_signAverage_le_of_finite (hf : ∀ σ, ∃ k, f σ ≤ ∑ j, sign R (σ j) * u k j)
    (hr : ∀ k, ∑ j, u k j ^ 2 ≤ r ^ 2) {s : R} (hs : 0 ≤ s) :
    s * signAverage f ≤ log ((card κ : Nat) : R) + s ^ 2 * r ^ 2 / 2 := by
  have : Nonempty κ := ⟨(hf fun _ => true).choose⟩
  have hc := natCast_pos (R := R) (card_pos (α := κ))
  have h₁ : exp (s * signAverage f) ≤ ((card κ : Nat) : R) * exp (s ^ 2 * r ^ 2 / 2) := by
    rw [← signAverage_const_mul]
    refine Std.le_trans (exp_signAverage_le _) ?_
    refine Std.le_trans (signAverage_mono
      (g := fun σ => ∑ k, exp (s * ∑ j, sign R (σ j) * u k j)) fun σ => ?_) ?_
    · obtain ⟨k, hk⟩ := hf σ
      exact Std.le_trans (exp_le_exp.2 (mul_le_mul_of_nonneg_left hk hs))
        (single_le_sum (f := fun k => exp (s * ∑ j, sign R (σ j) * u k j))
          (fun k => le_of_lt (exp_pos _)) k)
    · rw [signAverage_sum]
      refine sum_le_card_mul fun k => Std.le_trans (signAverage_exp_sum_le s (u k)) ?_
      have := mul_le_mul_of_nonneg_left (hr k) (sq_nonneg s)
      exact exp_le_exp.2 (by grind)
  rw [← exp_log hc, ← exp_add] at h₁
  exact exp_le_exp.1 h₁

/-- **The maximal inequality for signed sums.** A function of the signs that is everywhere at most
the largest signed sum of finitely many vectors of length at most `r` has average at most `r` times
the root of twice the logarithm of their number. -/
theorem signAverage_le_of_finite (hf : ∀ σ, ∃ k, f σ ≤ ∑ j, sign R (σ j) * u k j)
    (hr : ∀ k, ∑ j, u k j ^ 2 ≤ r ^ 2) (h₀ : 0 ≤ r) :
    signAverage f ≤ r * sqrt (2 * log ((card κ : Nat) : R)) := by
  have : Nonempty κ := ⟨(hf fun _ => true).choose⟩
  have hc : (1 : R) ≤ ((card κ : Nat) : R) := by
    have := natCast_le (R := R) (card_pos (α := κ))
    grind
  have hl := log_nonneg hc
  have h := fun s hs => mul_signAverage_le_of_finite (s := s) hf hr hs
  have hL := sqrt_nonneg (2 * log ((card κ : Nat) : R))
  have hL₂ := sq_sqrt (show 0 ≤ 2 * log ((card κ : Nat) : R) by grind)
  generalize sqrt (2 * log ((card κ : Nat) : R)) = L at *
  generalize log ((card κ : Nat) : R) = l at *
  generalize signAverage f = A at *
  obtain rfl : l = L ^ 2 / 2 := by grind
  clear hL₂ hl hc hr hf
  refine le_of_not_lt fun hA => ?_
  have hrL := mul_nonneg h₀ hL
  rcases lt_or_eq_of_le h₀ with h₀ | rfl
  · rcases lt_or_eq_of_le hL with hL | rfl
    · have h₁ := h (L / r) (le_of_lt (div_pos hL h₀))
      have h₂ := mul_lt_mul_of_pos_left hA (div_pos hL h₀)
      have h₃ : L / r * (r * L) = L ^ 2 := by grind
      have h₄ : (L / r) ^ 2 * r ^ 2 = L ^ 2 := by grind
      grind
    · have hr₂ := mul_pos h₀ h₀
      have h₁ := h (A / (r * r)) (le_of_lt (div_pos (by grind) hr₂))
      have h₂ := mul_pos (div_pos (show 0 < A by grind) hr₂) (show 0 < A by grind)
      have h₃ : (A / (r * r)) ^ 2 * r ^ 2 = A / (r * r) * A := by grind
      grind
  · have hA₀ : 0 < A := by grind
    have h₁ := h ((L ^ 2 + 1) / A) (le_of_lt (div_pos (by have := sq_nonneg L; grind) hA₀))
    have h₂ : (L ^ 2 + 1) / A * A = L ^ 2 + 1 := by grind
    have := sq_nonneg L
    grind

/-- **Massart's lemma.** If the functions of a class take on a sample of size `n` only the values
of `N` vectors of length at most `r`, the Rademacher complexity of the class on this sample is at
most `r` times the root of `2 log N`, over `n`.

The price of a finite class is the logarithm of its size: with values between -1 and 1 one may take
the root of `n` for `r`, and the bound is the root of `2 log N / n`.

* controls: generalization
* assumes: each function has on the sample the values of one of finitely many vectors, each of
  length at most r, r ≥ 0, n > 0
* bound: Generalization.massartBound
* witness: Generalization.massart_witness
* sharp: Generalization.massart_sharp (up to the factor sqrt (2 log 2), about 1.18, for every n)
* source: Massart 2000, Lemma 5.2 -/
theorem massart (F : FunctionClass R ι X) (x : Fin n → X)
    (hu : ∀ i, ∃ k, ∀ j, F.eval i (x j) = u k j) (hr : ∀ k, ∑ j, u k j ^ 2 ≤ r ^ 2)
    (h₀ : 0 ≤ r) (hn : 0 < n) : F.rademacher x ≤ massartBound r (card κ) n := by
  have hn' := natCast_pos (R := R) hn
  have : Nonempty κ := F.nonempty.elim fun i => ⟨(hu i).choose⟩
  unfold massartBound
  rw [le_div_iff hn', Lean.Grind.CommSemiring.mul_comm]
  unfold FunctionClass.rademacher
  rw [← signAverage_const_mul]
  refine signAverage_le_of_finite (fun σ => ?_) hr h₀
  obtain ⟨k, hk⟩ := exists_forall_ge fun k => ∑ j, sign R (σ j) * u k j
  refine ⟨k, ?_⟩
  rw [Lean.Grind.CommSemiring.mul_comm, ← le_div_iff hn']
  refine lub_le fun i => div_le_div_of_nonneg_right ?_ (le_of_lt hn')
  obtain ⟨k', hk'⟩ := hu i
  rw [sum_congr fun j => by rw [hk' j]]
  exact hk k'

end Finite

/-- Massart's lemma for a finite class. -/
theorem massart_of_fintype [Fintype ι] (F : FunctionClass R ι X) (x : Fin n → X) {r : R}
    (hr : ∀ i, ∑ j, F.eval i (x j) ^ 2 ≤ r ^ 2) (h₀ : 0 ≤ r) (hn : 0 < n) :
    F.rademacher x ≤ massartBound r (card ι) n :=
  massart (u := fun i j => F.eval i (x j)) F x (fun i => ⟨i, fun _ => rfl⟩) hr h₀ hn

/-! ### The class of all sign vectors -/

/-- The class of all functions from `Fin n` to the signs. -/
@[expose] noncomputable def signClass (R : Type u) [RealField R] (n : Nat) :
    FunctionClass R (Fin n → Bool) (Fin n) where
  eval τ j := sign R (τ j)
  nonempty := ⟨fun _ => true⟩
  bounded j := ⟨1, fun τ => le_of_eq (abs_sign (τ j))⟩

theorem sum_sq_signClass (τ : Fin n → Bool) :
    ∑ j, (signClass R n).eval τ j ^ 2 = n := by
  rw [sum_congr (g := fun _ => 1) fun j => by rw [pow_two]; exact sign_mul_self (τ j), sum_const]
  grind

/-- The class of all sign vectors follows all signs. -/
theorem rademacher_signClass (hn : 0 < n) : (signClass R n).rademacher (fun j => j) = 1 := by
  have hn' := natCast_pos (R := R) hn
  unfold FunctionClass.rademacher
  rw [signAverage_congr (g := fun _ => 1), signAverage_const]
  intro σ
  refine Std.le_antisymm (lub_le fun τ => ?_) ?_
  · refine (div_le_one hn').2 ?_
    have h := sum_le_mul (c := (1 : R)) fun j =>
      show sign R (σ j) * (signClass R n).eval τ j ≤ 1 by
        refine Std.le_trans (le_abs_self _) (le_of_eq ?_)
        rw [abs_mul, abs_sign, show (signClass R n).eval τ j = sign R (τ j) from rfl, abs_sign]
        grind
    grind
  · refine Std.le_trans (le_of_eq ?_) ((signClass R n).le_correlation (fun j => j) σ σ)
    rw [sum_congr (f := fun j => sign R (σ j) * (signClass R n).eval σ j) (g := fun _ => 1)
      fun j => sign_mul_self (σ j), sum_const]
    grind

/-- The bound for the class of all sign vectors. -/
theorem massartBound_signClass (hn : 0 < n) :
    massartBound (sqrt (n : R)) (card (Fin n → Bool)) n = sqrt (2 * log 2) := by
  have hn' := natCast_pos (R := R) hn
  have hs := mul_self_sqrt (le_of_lt hn')
  unfold massartBound
  rw [card_fun, card_bool, natCast_two_pow, log_pow (by grind),
    show 2 * ((n : R) * log 2) = n * (2 * log 2) by grind,
    sqrt_mul (le_of_lt hn') (by have := log_nonneg (show (1 : R) ≤ 2 by grind); grind),
    div_eq_iff (by grind)]
  grind

/-- The root of `2 log 2` is at most 1.2. -/
theorem sqrt_two_mul_log_two_le : sqrt (2 * log (2 : R)) ≤ 6 / 5 := by
  have h := exp_nat_mul (9 / 200 : R) 16
  have h₁ := pow_le_pow_left (show (0 : R) ≤ 1 + 9 / 200 by grind) (one_add_le_exp (9 / 200 : R)) 16
  have h₂ : (2 : R) ≤ (1 + 9 / 200) ^ 16 := by grind
  have h₃ : log (2 : R) ≤ ((16 : Nat) : R) * (9 / 200) :=
    (log_le_iff_le_exp (by grind)).2 (by grind)
  refine sqrt_le_iff.2 ⟨by grind, ?_⟩
  grind

/-- The hypotheses of `massart` are met at once by the class of all sign vectors, on any number of
points, and the bound is positive. -/
theorem massart_witness (hn : 0 < n) :
    (∀ τ, ∃ k : Fin n → Bool, ∀ j, (signClass R n).eval τ j = sign R (k j)) ∧
    (∀ k : Fin n → Bool, ∑ j, sign R (k j) ^ 2 ≤ sqrt (n : R) ^ 2) ∧ 0 ≤ sqrt (n : R) ∧
    0 < massartBound (sqrt (n : R)) (card (Fin n → Bool)) n := by
  refine ⟨fun τ => ⟨τ, fun _ => rfl⟩, fun k => ?_, sqrt_nonneg _, ?_⟩
  · rw [sq_sqrt (natCast_nonneg n)]
    exact le_of_eq (sum_sq_signClass k)
  · rw [massartBound_signClass hn]
    have := log_pos (show (1 : R) < 2 by grind)
    exact sqrt_pos.2 (by grind)

/-- The class of all sign vectors has complexity one on every number `n` of points; the bound of
`massart` for its `2 ^ n` vectors of length root of `n` is the root of `2 log 2`, which does not
depend on `n` and is at most 1.2. -/
theorem massart_sharp (hn : 0 < n) :
    (signClass R n).rademacher (fun j => j) = 1 ∧
    massartBound (sqrt (n : R)) (card (Fin n → Bool)) n = sqrt (2 * log 2) ∧
    sqrt (2 * log (2 : R)) ≤ 6 / 5 :=
  ⟨rademacher_signClass hn, massartBound_signClass hn, sqrt_two_mul_log_two_le⟩

end DeepTheory.Generalization
