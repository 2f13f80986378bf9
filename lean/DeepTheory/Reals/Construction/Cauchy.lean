module

public import DeepTheory.Reals.Basic

/-!
# The real numbers as Cauchy sequences

A real number is a Cauchy sequence of rational numbers, up to sequences that come arbitrarily close
to each other.  This file defines the type, its order and its ring operations.

## Main definitions
* `DeepTheory.CauchySeq`: Cauchy sequences of rational numbers.
* `DeepTheory.CauchySeq.Le`: the order, up to any positive error from some index on.
* `DeepTheory.Real`: the quotient; `DeepTheory.Real.mk` is the class of a sequence and
  `DeepTheory.Real.ofRat` the class of a constant sequence.

## Main theorems
* `DeepTheory.CauchySeq.exists_bound`: Cauchy sequences are bounded.
* `DeepTheory.CauchySeq.le_total`: any two Cauchy sequences are comparable.
* `DeepTheory.CauchySeq.mul_le_mul`: multiplication respects the order of the sequences.

## References
* W. Rudin, *Principles of Mathematical Analysis*, third edition, chapter 3, exercise 24.
-/

public section

namespace DeepTheory

/-- A Cauchy sequence of rational numbers: any two late terms differ by less than `ε`. -/
structure CauchySeq where
  /-- The terms of the sequence. -/
  seq : Nat → Rat
  /-- Late terms are close to each other; `m` and `n` may be exchanged, so in both directions. -/
  cauchy : ∀ ε : Rat, 0 < ε → ∃ N, ∀ m n, N ≤ m → N ≤ n → seq m - seq n < ε

namespace CauchySeq

/-- `s` is at most `t` up to any positive error, from some index on. -/
@[expose] def Le (s t : CauchySeq) : Prop :=
  ∀ ε : Rat, 0 < ε → ∃ N, ∀ n, N ≤ n → s.seq n ≤ t.seq n + ε

/-- The order of Cauchy sequences is reflexive. -/
theorem Le.refl (s : CauchySeq) : s.Le s := fun ε hε => ⟨0, fun n _ => by grind⟩

/-- The order of Cauchy sequences is transitive. -/
theorem Le.trans {s t u : CauchySeq} (h₁ : s.Le t) (h₂ : t.Le u) : s.Le u := fun ε hε => by
  obtain ⟨N₁, h₁⟩ := h₁ (ε / 2) (by grind)
  obtain ⟨N₂, h₂⟩ := h₂ (ε / 2) (by grind)
  refine ⟨max N₁ N₂, fun n hn => ?_⟩
  have := h₁ n (by omega)
  have := h₂ n (by omega)
  grind

/-- A termwise inequality. -/
theorem Le.of_forall {s t : CauchySeq} (h : ∀ n, s.seq n ≤ t.seq n) : s.Le t :=
  fun ε hε => ⟨0, fun n _ => by have := h n; grind⟩

/-- Where `s` is not at most `t`, it stays above `t` by a positive amount. -/
theorem exists_pos_of_not_le {s t : CauchySeq} (h : ¬ s.Le t) :
    ∃ δ : Rat, 0 < δ ∧ ∃ N, ∀ n, N ≤ n → t.seq n + δ ≤ s.seq n := by
  refine Classical.byContradiction fun hno => h fun ε hε => Classical.byContradiction fun hε' => ?_
  refine hno ⟨ε / 3, by grind, ?_⟩
  obtain ⟨N₁, h₁⟩ := s.cauchy (ε / 3) (by grind)
  obtain ⟨N₂, h₂⟩ := t.cauchy (ε / 3) (by grind)
  refine ⟨max N₁ N₂, fun n hn => ?_⟩
  refine Classical.byContradiction fun hn' => hε' ⟨max N₁ N₂, fun m hm => ?_⟩
  have := h₁ m n (by omega) (by omega)
  have := h₂ n m (by omega) (by omega)
  grind

/-- Any two Cauchy sequences are comparable. -/
theorem le_total (s t : CauchySeq) : s.Le t ∨ t.Le s := by
  by_cases h : s.Le t
  · exact Or.inl h
  · obtain ⟨δ, hδ, N, hN⟩ := exists_pos_of_not_le h
    exact Or.inr fun ε hε => ⟨N, fun n hn => by have := hN n hn; grind⟩

/-- Cauchy sequences are bounded. -/
theorem exists_bound (s : CauchySeq) : ∃ B : Rat, 0 < B ∧ ∀ n, -B ≤ s.seq n ∧ s.seq n ≤ B := by
  obtain ⟨N, hN⟩ := s.cauchy 1 (by grind)
  have key : ∀ m : Nat, ∃ B : Rat, 0 < B ∧ ∀ n, n ≤ m → -B ≤ s.seq n ∧ s.seq n ≤ B := by
    intro m
    induction m with
    | zero =>
      by_cases h : 0 ≤ s.seq 0
      · exact ⟨s.seq 0 + 1, by grind, fun n hn => by
          obtain rfl : n = 0 := by omega
          grind⟩
      · exact ⟨1 - s.seq 0, by grind, fun n hn => by
          obtain rfl : n = 0 := by omega
          grind⟩
    | succ m ih =>
      obtain ⟨B, hB, h⟩ := ih
      by_cases h' : 0 ≤ s.seq (m + 1)
      · refine ⟨B + s.seq (m + 1), by grind, fun n hn => ?_⟩
        rcases Nat.lt_or_ge m n with hn' | hn'
        · obtain rfl : n = m + 1 := by omega
          grind
        · have := h n hn'; grind
      · refine ⟨B - s.seq (m + 1), by grind, fun n hn => ?_⟩
        rcases Nat.lt_or_ge m n with hn' | hn'
        · obtain rfl : n = m + 1 := by omega
          grind
        · have := h n hn'; grind
  obtain ⟨B, hB, h⟩ := key N
  refine ⟨B + 1, by grind, fun n => ?_⟩
  rcases Nat.lt_or_ge N n with hn | hn
  · have h₁ := hN n N (by omega) (by omega)
    have h₂ := hN N n (by omega) (by omega)
    have := h N (by omega)
    grind
  · have := h n hn; grind

/-! ### Operations on sequences -/

/-- The constant sequence. -/
@[expose] def const (q : Rat) : CauchySeq := ⟨fun _ => q, fun ε hε => ⟨0, fun m n _ _ => by grind⟩⟩

/-- The termwise sum. -/
@[expose] def add (s t : CauchySeq) : CauchySeq :=
  ⟨fun n => s.seq n + t.seq n, fun ε hε => by
    obtain ⟨N₁, h₁⟩ := s.cauchy (ε / 2) (by grind)
    obtain ⟨N₂, h₂⟩ := t.cauchy (ε / 2) (by grind)
    refine ⟨max N₁ N₂, fun m n hm hn => ?_⟩
    have := h₁ m n (by omega) (by omega)
    have := h₂ m n (by omega) (by omega)
    grind⟩

/-- The termwise negative. -/
@[expose] def neg (s : CauchySeq) : CauchySeq :=
  ⟨fun n => -s.seq n, fun ε hε => by
    obtain ⟨N, h⟩ := s.cauchy ε hε
    refine ⟨N, fun m n hm hn => ?_⟩
    have := h n m hn hm
    grind⟩

/-- A product of a bounded number and a small one is small. -/
theorem mul_lt_of_bound {a x B ε : Rat} (hB : 0 < B) (ha : -B ≤ a ∧ a ≤ B)
    (hx : x < ε / B) (hx' : -x < ε / B) : a * x < ε := by
  have hε : ε / B * B = ε := by grind
  have h₁ : B * x < ε := by
    have := Lean.Grind.OrderedRing.mul_lt_mul_of_pos_left hx hB; grind
  have h₂ : B * -x < ε := by
    have := Lean.Grind.OrderedRing.mul_lt_mul_of_pos_left hx' hB; grind
  rcases Std.le_total (a := 0) (b := x) with h | h
  · have := Lean.Grind.OrderedRing.mul_le_mul_of_nonneg_right ha.2 h; grind
  · have := Lean.Grind.OrderedRing.mul_le_mul_of_nonneg_right ha.1 (show 0 ≤ -x by grind); grind

private theorem div_pos' {ε B : Rat} (hε : 0 < ε) (hB : 0 < B) : 0 < ε / B := by
  have h : ¬ ε / B ≤ 0 := fun h => by
    have := Lean.Grind.OrderedRing.mul_le_mul_of_nonneg_right h (show 0 ≤ B by grind)
    have : ε / B * B = ε := by grind
    grind
  grind

/-- The termwise product. -/
@[expose] def mul (s t : CauchySeq) : CauchySeq :=
  ⟨fun n => s.seq n * t.seq n, fun ε hε => by
    obtain ⟨A, hA, hs⟩ := s.exists_bound
    obtain ⟨B, hB, ht⟩ := t.exists_bound
    obtain ⟨N₁, h₁⟩ := s.cauchy (ε / 2 / B) (div_pos' (by grind) hB)
    obtain ⟨N₂, h₂⟩ := t.cauchy (ε / 2 / A) (div_pos' (by grind) hA)
    refine ⟨max N₁ N₂, fun m n hm hn => ?_⟩
    have h₃ := mul_lt_of_bound hB (ht n) (h₁ m n (by omega) (by omega))
      (by have := h₁ n m (by omega) (by omega); grind)
    have h₄ := mul_lt_of_bound hA (hs m) (h₂ m n (by omega) (by omega))
      (by have := h₂ n m (by omega) (by omega); grind)
    grind⟩

/-- Addition respects the order. -/
theorem add_le_add {s s' t t' : CauchySeq} (hs : s.Le s') (ht : t.Le t') :
    (s.add t).Le (s'.add t') := fun ε hε => by
  obtain ⟨N₁, h₁⟩ := hs (ε / 2) (by grind)
  obtain ⟨N₂, h₂⟩ := ht (ε / 2) (by grind)
  refine ⟨max N₁ N₂, fun n hn => ?_⟩
  have := h₁ n (by omega)
  have := h₂ n (by omega)
  simp only [add]
  grind

/-- Negation reverses the order. -/
theorem neg_le_neg {s t : CauchySeq} (h : s.Le t) : t.neg.Le s.neg := fun ε hε => by
  obtain ⟨N, h⟩ := h ε hε
  refine ⟨N, fun n hn => ?_⟩
  have := h n hn
  simp only [neg]
  grind

/-- Products of equivalent sequences are equivalent (one of the two inequalities). -/
theorem mul_le_mul {s s' t t' : CauchySeq} (hs : s.Le s') (hs' : s'.Le s) (ht : t.Le t')
    (ht' : t'.Le t) : (s.mul t).Le (s'.mul t') := fun ε hε => by
  obtain ⟨A, hA, hsA⟩ := s.exists_bound
  obtain ⟨B, hB, htB⟩ := t'.exists_bound
  have hd := div_pos' (show 0 < ε / 2 by grind) hB
  have hd' := div_pos' (show 0 < ε / 2 by grind) hA
  obtain ⟨N₁, h₁⟩ := hs (ε / 2 / B / 2) (by grind)
  obtain ⟨N₂, h₂⟩ := hs' (ε / 2 / B / 2) (by grind)
  obtain ⟨N₃, h₃⟩ := ht (ε / 2 / A / 2) (by grind)
  obtain ⟨N₄, h₄⟩ := ht' (ε / 2 / A / 2) (by grind)
  refine ⟨max (max N₁ N₂) (max N₃ N₄), fun n hn => ?_⟩
  have h₁ := h₁ n (by omega)
  have h₂ := h₂ n (by omega)
  have h₃ := h₃ n (by omega)
  have h₄ := h₄ n (by omega)
  have h₅ := mul_lt_of_bound (x := s.seq n - s'.seq n) (ε := ε / 2) hB (htB n)
    (by clear h₃ h₄; grind) (by clear h₃ h₄; grind)
  have h₆ := mul_lt_of_bound (x := t.seq n - t'.seq n) (ε := ε / 2) hA (hsA n)
    (by clear h₁ h₂; grind) (by clear h₁ h₂; grind)
  simp only [mul]
  clear h₁ h₂ h₃ h₄ hd hd'
  grind

/-- Two sequences are equivalent where each is at most the other: their difference tends to 0. -/
instance setoid : Setoid CauchySeq where
  r s t := s.Le t ∧ t.Le s
  iseqv := ⟨fun s => ⟨.refl s, .refl s⟩, fun h => ⟨h.2, h.1⟩,
    fun h h' => ⟨h.1.trans h'.1, h'.2.trans h.2⟩⟩

end CauchySeq

/-- The real numbers: Cauchy sequences of rational numbers up to equivalence. -/
@[expose] def Real : Type := Quotient CauchySeq.setoid

namespace Real

/-- The real number that a Cauchy sequence stands for. -/
@[expose] def mk (s : CauchySeq) : Real := Quotient.mk _ s

/-- The real number that equals the rational number `q`. -/
@[expose] def ofRat (q : Rat) : Real := mk (.const q)

/-- Every real number is given by a Cauchy sequence. -/
theorem exists_eq_mk (x : Real) : ∃ s, x = mk s := by
  obtain ⟨s, hs⟩ := Quotient.exists_rep x
  exact ⟨s, hs.symm⟩

/-- Two sequences give the same real number where each is at most the other. -/
theorem mk_eq_mk {s t : CauchySeq} : mk s = mk t ↔ s.Le t ∧ t.Le s :=
  ⟨fun h => Quotient.exact h, fun h => Quotient.sound h⟩

/-- Sequences that agree term by term give the same real number. -/
theorem mk_congr {s t : CauchySeq} (h : ∀ n, s.seq n = t.seq n) : mk s = mk t :=
  mk_eq_mk.2 ⟨.of_forall fun n => by have := h n; grind, .of_forall fun n => by have := h n; grind⟩

/-! ### Order and operations -/

/-- The order of the sequences. -/
instance : LE Real where
  le := Quotient.lift₂ CauchySeq.Le fun _ _ _ _ h h' => propext
    ⟨fun k => h.2.trans (k.trans h'.1), fun k => h.1.trans (k.trans h'.2)⟩

/-- `x < y` where `y ≤ x` fails. -/
instance : LT Real := ⟨fun x y => ¬ y ≤ x⟩

/-- The termwise sum. -/
instance : Add Real where
  add := Quotient.lift₂ (fun s t => mk (s.add t)) fun _ _ _ _ h h' =>
    mk_eq_mk.2 ⟨CauchySeq.add_le_add h.1 h'.1, CauchySeq.add_le_add h.2 h'.2⟩

/-- The termwise product. -/
instance : Mul Real where
  mul := Quotient.lift₂ (fun s t => mk (s.mul t)) fun _ _ _ _ h h' =>
    mk_eq_mk.2 ⟨CauchySeq.mul_le_mul h.1 h.2 h'.1 h'.2, CauchySeq.mul_le_mul h.2 h.1 h'.2 h'.1⟩

/-- The termwise negative. -/
instance : Neg Real where
  neg := Quotient.lift (fun s => mk s.neg) fun _ _ h =>
    mk_eq_mk.2 ⟨CauchySeq.neg_le_neg h.2, CauchySeq.neg_le_neg h.1⟩

/-- The difference is the sum with the negative. -/
instance : Sub Real := ⟨fun x y => x + -y⟩

/-- Natural numbers are constant sequences. -/
noncomputable instance : NatCast Real := ⟨fun n => ofRat n⟩

/-- Integers are constant sequences. -/
noncomputable instance : IntCast Real := ⟨fun n => ofRat n⟩

/-- Numerals are constant sequences. -/
noncomputable instance (n : Nat) : OfNat Real n := ⟨ofRat n⟩

/-- The order of two real numbers in terms of sequences. -/
theorem mk_le_mk {s t : CauchySeq} : mk s ≤ mk t ↔ s.Le t := Iff.rfl

/-- The strict order is the negation of the order in the other direction. -/
theorem lt_iff_not_le {x y : Real} : x < y ↔ ¬ y ≤ x := Iff.rfl

/-- The sum of two real numbers in terms of sequences. -/
theorem mk_add_mk (s t : CauchySeq) : mk s + mk t = mk (s.add t) := rfl

/-- The product of two real numbers in terms of sequences. -/
theorem mk_mul_mk (s t : CauchySeq) : mk s * mk t = mk (s.mul t) := rfl

/-- The negative of a real number in terms of sequences. -/
theorem neg_mk (s : CauchySeq) : -mk s = mk s.neg := rfl

/-- The order of rational numbers is that of the real numbers that they are. -/
theorem ofRat_le {p q : Rat} : ofRat p ≤ ofRat q ↔ p ≤ q := by
  refine ⟨fun h => ?_, fun h => CauchySeq.Le.of_forall fun _ => h⟩
  have h : (CauchySeq.const p).Le (.const q) := h
  have : ¬ q < p := fun hlt => by
    obtain ⟨N, hN⟩ := h ((p - q) / 2) (by grind)
    have : p ≤ q + (p - q) / 2 := hN N (Nat.le_refl N)
    grind
  grind

end Real

end DeepTheory
