module

public import DeepTheory.Reals.Construction.Field
public import DeepTheory.Reals.RatCast

/-!
# The real numbers are complete

Every non-empty bounded set of Cauchy reals has a least upper bound: it is the limit of the rational
upper bounds `q n` for which `q n - 1 / (n + 1)` is not an upper bound.  So `DeepTheory.Real` is a
`DeepTheory.RealField`, and every theorem of this library has a model.

## Main definitions
* The instance of `DeepTheory.RealField` for `DeepTheory.Real`.

## Main theorems
* `DeepTheory.Real.exists_isLUB`: least upper bounds.
* `DeepTheory.Real.ofRat_eq_ratCast`: the constant sequences are the rationals of the field.
* `DeepTheory.Real.exists_abs_sub_mk_lt`: a Cauchy sequence converges to the number it represents.
* `DeepTheory.real_construction`, `DeepTheory.real_construction_witness`,
  `DeepTheory.real_construction_sharp`.

## References
* W. Rudin, *Principles of Mathematical Analysis*, third edition, chapter 3, exercise 24.
-/

public section

namespace DeepTheory

namespace Real

/-! ### Rational bounds -/

/-- Above every real number lies a rational one. -/
theorem exists_le_ofRat (x : Real) : ∃ q : Rat, x ≤ ofRat q := by
  obtain ⟨s, rfl⟩ := exists_eq_mk x
  obtain ⟨B, -, h⟩ := s.exists_bound
  exact ⟨B, CauchySeq.Le.of_forall fun n => (h n).2⟩

/-- Strictly below every real number lies a rational one. -/
theorem exists_ofRat_lt (x : Real) : ∃ q : Rat, ofRat q < x := by
  obtain ⟨s, rfl⟩ := exists_eq_mk x
  obtain ⟨B, -, h⟩ := s.exists_bound
  refine ⟨-B - 1, CauchySeq.not_le_of_pos (δ := 1) (by grind) 0 fun n _ => ?_⟩
  show -B - 1 + 1 ≤ s.seq n
  have := h n
  grind

/-- The strict order of rational numbers is that of the real numbers that they are. -/
theorem ofRat_lt {p q : Rat} : ofRat p < ofRat q ↔ p < q := by
  have := ofRat_le (p := q) (q := p)
  grind

/-- A number that is at most each term of a Cauchy sequence is at most the limit. -/
theorem le_mk_of_forall {x : Real} {q : CauchySeq} (h : ∀ n, x ≤ ofRat (q.seq n)) : x ≤ mk q := by
  obtain ⟨s, rfl⟩ := exists_eq_mk x
  intro ε hε
  obtain ⟨N, hN⟩ := q.cauchy (ε / 2) (by grind)
  obtain ⟨M, hM⟩ := (show s.Le (.const (q.seq N)) from h N) (ε / 2) (by grind)
  refine ⟨max N M, fun n hn => ?_⟩
  have h₁ : s.seq n ≤ q.seq N + ε / 2 := hM n (by omega)
  have h₂ := hN N n (by omega) (by omega)
  grind

/-- A number that is at least each term of a Cauchy sequence, up to errors `c n` that become
small, is at least the limit. -/
theorem mk_le_of_forall {x : Real} {q : CauchySeq} {c : Nat → Rat}
    (hc : ∀ ε, 0 < ε → ∃ N, ∀ n, N ≤ n → c n < ε) (h : ∀ n, ofRat (q.seq n - c n) ≤ x) :
    mk q ≤ x := by
  obtain ⟨s, rfl⟩ := exists_eq_mk x
  intro ε hε
  obtain ⟨N, hN⟩ := q.cauchy (ε / 3) (by grind)
  obtain ⟨K, hK⟩ := hc (ε / 3) (by grind)
  have h₀ := hK (max N K) (by omega)
  obtain ⟨M, hM⟩ := (show (CauchySeq.const _).Le s from h (max N K)) (ε / 3) (by grind)
  refine ⟨max N M, fun n hn => ?_⟩
  have h₁ : q.seq (max N K) - c (max N K) ≤ s.seq n + ε / 3 := hM n (by omega)
  have h₂ := hN n (max N K) (by omega) (by omega)
  grind

/-! ### Least upper bounds -/

private theorem exists_nat_ge (q : Rat) : ∃ k : Nat, q ≤ k := by
  have h₁ := (Rat.floor_lt_iff (a := q) (x := q.floor + 1)).1 (by omega)
  have h₂ : (0 : Rat) ≤ (((q.floor + 1).toNat - (q.floor + 1) : Int) : Rat) :=
    Rat.intCast_nonneg.2 (by omega)
  refine ⟨(q.floor + 1).toNat, ?_⟩
  rw [Rat.intCast_sub, Rat.intCast_natCast] at h₂
  grind

private theorem inv_succ_pos (n : Nat) : 0 < 1 / ((n : Rat) + 1) := by
  have h₁ : (n : Rat) + 1 ≠ 0 := by grind
  have h₂ : 1 / ((n : Rat) + 1) * ((n : Rat) + 1) = 1 := by grind
  have h₃ : ¬ 1 / ((n : Rat) + 1) ≤ 0 := fun h => by
    have := Lean.Grind.OrderedRing.mul_le_mul_of_nonneg_right h (show 0 ≤ (n : Rat) + 1 by grind)
    grind
  grind

private theorem inv_succ_lt {ε : Rat} (hε : 0 < ε) :
    ∃ N, ∀ n : Nat, N ≤ n → 1 / ((n : Rat) + 1) < ε := by
  obtain ⟨k, hk⟩ := exists_nat_ge (1 / ε)
  have h₀ : 1 / ε * ε = 1 := by grind
  refine ⟨k, fun n hn => ?_⟩
  have hn' : (k : Rat) ≤ n := by
    obtain ⟨m, rfl⟩ := Nat.exists_eq_add_of_le hn
    grind
  have h₁ := inv_succ_pos n
  have h₂ : 1 / ((n : Rat) + 1) * ((n : Rat) + 1) = 1 := by grind
  have : ¬ ε ≤ 1 / ((n : Rat) + 1) := fun h => by
    have h₃ := Lean.Grind.OrderedRing.mul_le_mul_of_nonneg_right h
      (show 0 ≤ (n : Rat) + 1 by grind)
    have h₄ := Lean.Grind.OrderedRing.mul_le_mul_of_nonneg_right
      (show 1 / ε ≤ n by grind) (show 0 ≤ ε by grind)
    grind
  grind

private theorem exists_step {P : Nat → Prop} (h₀ : ¬ P 0) {K : Nat} (hK : P K) :
    ∃ k, ¬ P k ∧ P (k + 1) := by
  induction K with
  | zero => exact absurd hK h₀
  | succ K ih =>
    by_cases h : P K
    · exact ih h
    · exact ⟨K, h, hK⟩

/-- Above a non-empty bounded set lies a rational upper bound that is no longer one when `d` is
taken away. -/
theorem exists_ofRat_upperBound {S : Real → Prop} (hS : ∃ x, S x) (hb : ∃ b, ∀ x, S x → x ≤ b)
    {d : Rat} (hd : 0 < d) :
    ∃ q : Rat, (∀ x, S x → x ≤ ofRat q) ∧ ∃ x, S x ∧ ofRat (q - d) < x := by
  obtain ⟨x₀, hx₀⟩ := hS
  obtain ⟨b, hb⟩ := hb
  obtain ⟨a, ha⟩ := exists_ofRat_lt x₀
  obtain ⟨B, hB⟩ := exists_le_ofRat b
  obtain ⟨K, hK⟩ := exists_nat_ge ((B - a) / d)
  have hK' : B ≤ a + K * d := by
    have h₁ := Lean.Grind.OrderedRing.mul_le_mul_of_nonneg_right hK (show 0 ≤ d by grind)
    have h₂ : (B - a) / d * d = B - a := by grind
    grind
  obtain ⟨k, hk, hk'⟩ := exists_step (P := fun k : Nat => ∀ x, S x → x ≤ ofRat (a + k * d))
    (fun h => by
      have := h x₀ hx₀
      rw [show a + ((0 : Nat) : Rat) * d = a by grind] at this
      grind)
    (K := K) fun x hx => by
      have h₁ := hb x hx
      have h₂ := ofRat_le.2 hK'
      grind
  refine ⟨_, hk', Classical.byContradiction fun h => hk fun x hx => ?_⟩
  refine Classical.byContradiction fun hlt => h ⟨x, hx, ?_⟩
  rwa [show a + ((k + 1 : Nat) : Rat) * d - d = a + k * d by grind, lt_iff_not_le]

/-- Every non-empty set of real numbers that is bounded above has a least upper bound. -/
theorem exists_isLUB (S : Real → Prop) (hS : ∃ x, S x) (hb : ∃ b, ∀ x, S x → x ≤ b) :
    ∃ s, (∀ x, S x → x ≤ s) ∧ ∀ b, (∀ x, S x → x ≤ b) → s ≤ b := by
  have h := fun n : Nat => exists_ofRat_upperBound hS hb (inv_succ_pos n)
  let q : CauchySeq := ⟨fun n => Classical.choose (h n), fun ε hε => by
    obtain ⟨N, hN⟩ := inv_succ_lt hε
    refine ⟨N, fun m n hm _ => ?_⟩
    obtain ⟨-, x, hx, hlt⟩ := Classical.choose_spec (h m)
    have h₁ := (Classical.choose_spec (h n)).1 x hx
    have h₂ : Classical.choose (h m) - 1 / ((m : Rat) + 1) < Classical.choose (h n) :=
      ofRat_lt.1 (by grind)
    have := hN m hm
    grind⟩
  refine ⟨mk q, fun x hx => le_mk_of_forall fun n => (Classical.choose_spec (h n)).1 x hx,
    fun b hb' => mk_le_of_forall (c := fun n => 1 / ((n : Rat) + 1)) (fun _ => inv_succ_lt)
      fun n => ?_⟩
  obtain ⟨-, x, hx, hlt⟩ := Classical.choose_spec (h n)
  have h₁ := hb' x hx
  have h₂ : ofRat (q.seq n - 1 / ((n : Rat) + 1)) < x := hlt
  grind

end Real

/-- The Cauchy reals are a complete ordered field. -/
noncomputable instance : RealField Real where
  exists_isLUB := Real.exists_isLUB

namespace Real

/-! ### Rational numbers and limits -/

/-- The class of a constant sequence is the rational number in the real field. -/
theorem ofRat_eq_ratCast (q : Rat) : ofRat q = (q : Real) := by
  have h₁ : ofRat q * (q.den : Real) = (q.num : Real) := mk_congr fun _ =>
    show q * (q.den : Rat) = (q.num : Rat) by
      have := Rat.num_div_den q
      have := Rat.natCast_pos.2 q.den_pos
      grind
  have h₂ := natCast_pos (R := Real) q.den_pos
  unfold ratCast
  grind

/-- A Cauchy sequence of rational numbers converges to the real number that it represents. -/
theorem exists_abs_sub_mk_lt (s : CauchySeq) {ε : Real} (hε : 0 < ε) :
    ∃ N, ∀ n, N ≤ n → abs ((s.seq n : Real) - mk s) < ε := by
  obtain ⟨d, hd, hd'⟩ := exists_rat_btwn hε
  rw [← ratCast_zero, ratCast_lt] at hd
  obtain ⟨N, hN⟩ := s.cauchy d hd
  refine ⟨N, fun n hn => abs_lt.2 ?_⟩
  have h₁ : ofRat (s.seq n - d) ≤ mk s := CauchySeq.Le.of_eventually N fun m hm =>
    show s.seq n - d ≤ s.seq m by have := hN n m hn hm; grind
  have h₂ : mk s ≤ ofRat (s.seq n + d) := CauchySeq.Le.of_eventually N fun m hm =>
    show s.seq m ≤ s.seq n + d by have := hN m n hm hn; grind
  rw [ofRat_eq_ratCast, ratCast_sub] at h₁
  rw [ofRat_eq_ratCast, ratCast_add] at h₂
  grind

end Real

/-- **Construction of the real numbers.** The Cauchy sequences of rational numbers, up to
equivalence, are a complete ordered field: sums, products and the order are those of the sequences;
every non-empty set that is bounded above has a least upper bound; every Cauchy sequence of
rationals converges to the number that it represents; every number is the limit of such a sequence.

The theorems of this library hold in every `RealField`.  This one says that there is such a field,
built from the rational numbers alone, and that nothing was added to them but the limits.  The laws
of an ordered field are those of the instance `RealField Real`.

* controls: reals
* assumes: nothing
* bound: none
* witness: real_construction_witness
* sharp: real_construction_sharp (the rational numbers themselves are not complete)
* source: folklore; Rudin 1976, chapter 3, exercise 24 -/
theorem real_construction :
    (∀ s t : CauchySeq, Real.mk s + Real.mk t = Real.mk (s.add t) ∧
      Real.mk s * Real.mk t = Real.mk (s.mul t) ∧ (Real.mk s ≤ Real.mk t ↔ s.Le t)) ∧
    (∀ S : Real → Prop, (∃ x, S x) → (∃ b, ∀ x, S x → x ≤ b) →
      ∃ s, (∀ x, S x → x ≤ s) ∧ ∀ b, (∀ x, S x → x ≤ b) → s ≤ b) ∧
    (∀ (s : CauchySeq) (ε : Real), 0 < ε →
      ∃ N, ∀ n, N ≤ n → abs ((s.seq n : Real) - Real.mk s) < ε) ∧
    (∀ x : Real, ∃ s : CauchySeq, x = Real.mk s) :=
  ⟨fun s t => ⟨Real.mk_add_mk s t, Real.mk_mul_mk s t, Real.mk_le_mk⟩, RealField.exists_isLUB,
    fun s _ => Real.exists_abs_sub_mk_lt s, Real.exists_eq_mk⟩

/-- The constructed field has numbers that are not rational: the square root of two. -/
theorem real_construction_witness :
    ∃ x : Real, 0 < x ∧ x ^ 2 = 2 ∧ ∀ q : Rat, (q : Real) ≠ x :=
  ⟨sqrt 2, sqrt_pos.2 (by grind), sq_sqrt (by grind), ratCast_ne_sqrt_two⟩

/-- Without the limits the field is not complete: the set of the rational numbers `q ≥ 0` with
`q ^ 2 ≤ 2` is not empty and bounded above, and has no least upper bound among the rationals. -/
theorem real_construction_sharp :
    (∃ q : Rat, 0 ≤ q ∧ q ^ 2 ≤ 2) ∧ (∀ q : Rat, 0 ≤ q ∧ q ^ 2 ≤ 2 → q ≤ 2) ∧
    ¬ ∃ s : Rat, (∀ q, 0 ≤ q ∧ q ^ 2 ≤ 2 → q ≤ s) ∧
      ∀ b, (∀ q, 0 ≤ q ∧ q ^ 2 ≤ 2 → q ≤ b) → s ≤ b := by
  have h₂ : ((2 : Rat) : Real) = 2 := by
    have := ratCast_natCast (R := Real) 2
    grind
  have hr : (0 : Real) ≤ 2 := by grind
  -- the set consists of the rational numbers between zero and the square root of two
  have key : ∀ q : Rat, 0 ≤ q → (q ^ 2 ≤ 2 ↔ (q : Real) ≤ sqrt 2) := fun q hq => by
    have hq' : (0 : Real) ≤ q := by
      rw [← ratCast_zero]
      exact ratCast_le.2 hq
    rw [le_sqrt hq' hr, ← ratCast_pow, ← h₂, ratCast_le]
  refine ⟨⟨0, by grind, by grind⟩, fun q ⟨hq, hq'⟩ => ?_, fun ⟨s, hs, hmin⟩ => ?_⟩
  · have : ¬ 2 < q := fun h => by
      have := Lean.Grind.OrderedRing.mul_le_mul_of_nonneg_right (show 2 ≤ q by grind)
        (show 0 ≤ q by grind)
      grind
    grind
  · have hs₀ := hs 0 (by grind)
    have hne := ratCast_ne_sqrt_two (R := Real) s
    have h : (s : Real) < sqrt 2 ∨ sqrt 2 < (s : Real) := by grind
    rcases h with h | h
    · obtain ⟨q, hq, hq'⟩ := exists_rat_btwn h
      have hsq := ratCast_lt.1 hq
      have := hs q ⟨by grind, (key q (by grind)).2 (by grind)⟩
      grind
    · obtain ⟨q, hq, hq'⟩ := exists_rat_btwn h
      have hsq := ratCast_lt.1 hq'
      have := hmin q fun p ⟨hp, hp'⟩ => by
        have h₁ := (key p hp).1 hp'
        have := ratCast_lt (R := Real).1 (show (p : Real) < q by grind)
        grind
      grind

end DeepTheory
