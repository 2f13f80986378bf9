module

public import DeepTheory.Generalization.Growth
public import DeepTheory.Reals.Inequalities
public import DeepTheory.Reals.Floor

/-!
# The lemma of Sauer and Shelah

## Main definitions
* `DeepTheory.Generalization.ShatteredBy`: a set of Boolean vectors takes all values on a set of
  places.
* `DeepTheory.Generalization.thresholds`, `DeepTheory.Generalization.atMostTrue`: examples of
  classes.
* `DeepTheory.Generalization.sauerBound`, `DeepTheory.Generalization.sauerPowerBound`: the bounds.

## Main theorems
* `DeepTheory.Generalization.pajor`: a set of Boolean vectors shatters at least as many sets of
  places as it has members.
* `DeepTheory.Generalization.count_ones_lt`: the number of Boolean vectors with few ones.
* `DeepTheory.Generalization.sauer_shelah`, `DeepTheory.Generalization.sauer_shelah_witness`,
  `DeepTheory.Generalization.sauer_shelah_sharp`.
* `DeepTheory.Generalization.sauerBound_le`, `DeepTheory.Generalization.sauer_shelah_pow`,
  `DeepTheory.Generalization.sauer_shelah_pow_witness`,
  `DeepTheory.Generalization.sauer_shelah_pow_sharp`: the growth function is at most
  `(e n / d) ^ d`.
* `DeepTheory.Generalization.growth_thresholds`: thresholds have `n + 1` labellings.

## References
* N. Sauer, *On the density of families of sets*, 1972.
* S. Shelah, *A combinatorial problem; stability and order for models and theories in infinitary
  languages*, 1972.
* A. Pajor, *Sous-espaces `l₁ⁿ` des espaces de Banach*, 1985.
-/

public noncomputable section

namespace DeepTheory.Generalization

universe u v

variable {R : Type u} [RealField R] {X : Type v} {C : (X → Bool) → Prop} {n d : Nat}

/-! ### Shattered sets of places -/

/-- The set `H` of Boolean vectors takes all values on the places where `S` is true. -/
@[expose] def ShatteredBy (H : (Fin n → Bool) → Prop) (S : Fin n → Bool) : Prop :=
  ∀ b : Fin n → Bool, ∃ h, H h ∧ ∀ i, S i = true → h i = b i

/-- What the vectors that go on with `false` or with `true` shatter, all shatter. -/
theorem ShatteredBy.cons_false {H : (Fin (n + 1) → Bool) → Prop} {S : Fin n → Bool}
    (h : ShatteredBy (fun t => H (cons false t) ∨ H (cons true t)) S) :
    ShatteredBy H (cons false S) := by
  intro b
  obtain ⟨t, ht, hS⟩ := h fun i => b i.succ
  rcases ht with ht | ht
  all_goals
    refine ⟨_, ht, fun i hi => ?_⟩
    induction i using Fin.cases with
    | zero => exact absurd hi (by simp)
    | succ i => exact hS i hi

/-- What the vectors that go on both with `false` and with `true` shatter, all shatter together
with the first place. -/
theorem ShatteredBy.cons_true {H : (Fin (n + 1) → Bool) → Prop} {S : Fin n → Bool}
    (h : ShatteredBy (fun t => H (cons false t) ∧ H (cons true t)) S) :
    ShatteredBy H (cons true S) := by
  intro b
  obtain ⟨t, ⟨h₀, h₁⟩, hS⟩ := h fun i => b i.succ
  have hb : H (cons (b 0) t) := by cases b 0 <;> assumption
  refine ⟨_, hb, fun i hi => ?_⟩
  induction i using Fin.cases with
  | zero => rfl
  | succ i => exact hS i hi

/-- **Pajor's lemma.** A set of Boolean vectors shatters at least as many sets of places as it has
members. -/
theorem pajor (H : (Fin n → Bool) → Prop) : count H ≤ count (ShatteredBy H) := by
  induction n with
  | zero => exact count_mono fun h hh _ => ⟨h, hh, fun i => i.elim0⟩
  | succ n ih =>
    rw [count_cons H, count_cons (ShatteredBy H), ← count_or_add_count_and]
    exact Nat.add_le_add
      (Nat.le_trans (ih _) (count_mono fun _ => ShatteredBy.cons_false))
      (Nat.le_trans (ih _) (count_mono fun _ => ShatteredBy.cons_true))

/-! ### Vectors with few ones -/

/-- One subset of the empty set has less than `k + 1` elements. -/
theorem chooseSum_zero_succ (k : Nat) : chooseSum 0 (k + 1) = 1 := by
  induction k with
  | zero => rfl
  | succ k ih =>
    show chooseSum 0 (k + 1) + choose 0 (k + 1) = 1
    rw [ih, choose_zero_succ]

/-- The number of Boolean vectors with less than `k` ones. -/
theorem count_ones_lt (n k : Nat) :
    count (fun S : Fin n → Bool => count (fun i => S i = true) < k) = chooseSum n k := by
  induction n generalizing k with
  | zero =>
    cases k with
    | zero => exact count_eq_zero fun S => by omega
    | succ k =>
      rw [chooseSum_zero_succ, count_congr (K := fun _ => True), count_true, card_fun, Nat.pow_zero]
      intro S
      have : count (fun i => S i = true) = 0 := count_eq_zero fun i => i.elim0
      exact ⟨fun _ => trivial, fun _ => by omega⟩
  | succ n ih =>
    cases k with
    | zero => exact count_eq_zero fun S => by omega
    | succ k =>
      rw [count_cons, chooseSum_succ_succ, ← ih, ← ih, Nat.add_comm]
      congr 1
      · refine count_congr fun S => ?_
        rw [count_fin_succ]
        simp only [cons_zero, cons_succ, if_true]
        omega
      · refine count_congr fun S => ?_
        rw [count_fin_succ]
        simp only [cons_zero, cons_succ, Bool.false_eq_true, if_false]
        omega

/-- A set of places that the labellings of a sample shatter is no larger than the dimension. -/
theorem count_le_of_shatteredBy (hC : VCDimLE C d) {x : Fin n → X} {S : Fin n → Bool}
    (h : ShatteredBy (traces C x) S) : count (fun i => S i = true) ≤ d := by
  obtain ⟨e, he, hS, _⟩ := exists_enum fun i => S i = true
  refine hC _ (fun j => x (e j)) fun b => ?_
  classical
  obtain ⟨t, ⟨c, hc, hx⟩, ht⟩ := h fun i =>
    if hi : ∃ j, e j = i then b (Classical.choose hi) else false
  refine ⟨c, hc, fun j => ?_⟩
  have hj : ∃ k, e k = e j := ⟨j, rfl⟩
  rw [hx, ht _ (hS j), dif_pos hj, he _ _ (Classical.choose_spec hj)]

/-- The lemma of Sauer and Shelah for natural numbers. -/
theorem growth_le_chooseSum (hC : VCDimLE C d) (n : Nat) : growth C n ≤ chooseSum n (d + 1) := by
  refine growth_le fun x => ?_
  rw [← count_ones_lt]
  exact Nat.le_trans (pajor _)
    (count_mono fun S hS => Nat.lt_succ_of_le (count_le_of_shatteredBy hC hS))

/-! ### The bound -/

/-- The number of subsets with at most `d` elements of a set with `n`. -/
@[expose] def sauerBound (n d : Nat) : R := ∑ i : Fin (d + 1), (choose n i.val : R)

/-- The bound `(e n / d) ^ d`. -/
@[expose] def sauerPowerBound (n d : Nat) : R := (exp 1 * n / d) ^ d

/-- The first sum of a row of binomial coefficients in a real field. -/
theorem natCast_chooseSum (n k : Nat) :
    (chooseSum n k : R) = ∑ i : Fin k, (choose n i.val : R) := by
  induction k with
  | zero => rw [sum_zero]; show ((0 : Nat) : R) = 0; grind
  | succ k ih =>
    rw [sum_succ]
    simp only [Fin.val_castSucc, Fin.val_last]
    rw [← ih]
    show ((chooseSum n k + choose n k : Nat) : R) = _
    grind

/-- The bound is a sum of natural numbers. -/
theorem sauerBound_eq (n d : Nat) : (sauerBound n d : R) = (chooseSum n (d + 1) : R) :=
  (natCast_chooseSum n (d + 1)).symm

/-- The bound is at least one. -/
theorem one_le_sauerBound (n d : Nat) : (1 : R) ≤ sauerBound n d := by
  have := single_le_sum (f := fun i : Fin (d + 1) => (choose n i.val : R))
    (fun i => natCast_nonneg _) 0
  simp only [Fin.val_zero, choose_zero_right] at this
  unfold sauerBound
  grind

/-- The bound for dimension one. -/
theorem sauerBound_one (n : Nat) : (sauerBound n 1 : R) = n + 1 := by
  unfold sauerBound
  rw [sum_two]
  simp only [Fin.val_zero, Fin.val_one, choose_zero_right, choose_one_right]
  grind

/-- A sum is at most a longer sum of larger nonnegative terms. -/
theorem sum_fin_le_sum_fin {m n : Nat} {a : Fin m → R} {b : Nat → R} (hb : ∀ i, 0 ≤ b i)
    (hab : ∀ i, a i ≤ b i.val) (h : m ≤ n) : ∑ i, a i ≤ ∑ i : Fin n, b i.val := by
  induction h with
  | refl => exact sum_le_sum hab
  | step _ ih =>
    rw [sum_succ]
    simp only [Fin.val_castSucc, Fin.val_last]
    have := hb ‹Nat›
    grind

/-- The bound is at most `(e n / d) ^ d`. -/
theorem sauerBound_le (hd : 1 ≤ d) (hn : d ≤ n) :
    (sauerBound n d : R) ≤ sauerPowerBound n d := by
  have hd' := natCast_pos (R := R) hd
  have hn' := natCast_pos (R := R) (show 0 < n by omega)
  have h₀ := div_pos hd' hn'
  have h₁ : (d : R) / n ≤ 1 := (div_le_one hn').2 (natCast_le hn)
  have he : exp ((d : R) / n) ^ n = exp 1 ^ d := by
    rw [← exp_nat_mul, ← exp_nat_mul]
    congr 1
    grind
  have hb : sauerPowerBound n d * ((d : R) / n) ^ d = exp 1 ^ d := by
    unfold sauerPowerBound
    rw [← mul_pow]
    congr 1
    generalize exp (1 : R) = e
    grind
  generalize (d : R) / n = x at *
  have h₂ : sauerBound n d * x ^ d ≤ (x + 1) ^ n := by
    unfold sauerBound
    rw [add_pow, sum_mul]
    refine sum_fin_le_sum_fin (b := fun i => (choose n i : R) * (x ^ i * 1 ^ (n - i)))
      (fun i => ?_) (fun i => ?_) (show d + 1 ≤ n + 1 by omega)
    · dsimp only
      rw [one_pow, show x ^ i * 1 = x ^ i by grind]
      exact mul_nonneg (natCast_nonneg _) (pow_nonneg (by grind) i)
    · dsimp only
      rw [one_pow, show x ^ i.val * 1 = x ^ i.val by grind]
      exact mul_le_mul_of_nonneg_left (pow_le_pow_of_le_one (by grind) h₁ (by omega))
        (natCast_nonneg _)
  have h₃ := pow_le_pow_left (show 0 ≤ x + 1 by grind) (show x + 1 ≤ exp x by
    have := one_add_le_exp x; grind) n
  refine le_of_mul_le_mul_left (pow_pos h₀ d) ?_
  generalize x ^ d = y at *
  grind

/-! ### The theorem -/

/-- **The lemma of Sauer and Shelah.** A class of labellings which shatters no sample of more than
`d` points has at most `∑ i ≤ d, choose n i` labellings of any sample of `n` points.

So a class either has all `2 ^ n` labellings of some sample of each size, or only polynomially
many: a number of labellings that grows like `n ^ d` is what makes learning from samples possible.

* controls: generalization
* assumes: the class C of functions X → Bool shatters no sample of more than d points, X any type
* bound: Generalization.sauerBound
* witness: Generalization.sauer_shelah_witness
* sharp: Generalization.sauer_shelah_sharp
* source: Sauer 1972 -/
theorem sauer_shelah (hC : VCDimLE C d) (n : Nat) : (growth C n : R) ≤ sauerBound n d := by
  rw [sauerBound_eq]
  exact natCast_le (growth_le_chooseSum hC n)

/-- **The power form of the lemma of Sauer and Shelah.** A class which shatters no sample of more
than `d` points has at most `(e n / d) ^ d` labellings of any sample of `n` points, where `n` is at
least `d`.

The logarithm of the growth is then of the order of `d log n`: it is this that makes bounds by the
growth function useful.

* controls: generalization
* assumes: no sample of more than d points is shattered, 1 <= d <= n
* bound: Generalization.sauerPowerBound
* witness: Generalization.sauer_shelah_pow_witness
* sharp: Generalization.sauer_shelah_pow_sharp (for thresholds, with d = 1, the growth is n + 1 and
  the bound e n: a ratio of 0.74 at n = 1, and 1/e in the limit)
* source: Sauer 1972; Shalev-Shwartz, Ben-David 2014, Lemma A.5 -/
theorem sauer_shelah_pow (hC : VCDimLE C d) (hd : 1 ≤ d) (hn : d ≤ n) :
    (growth C n : R) ≤ sauerPowerBound n d :=
  Std.le_trans (sauer_shelah hC n) (sauerBound_le hd hn)

/-! ### Examples -/

/-- The class of the labellings that are true exactly below some number. -/
@[expose] def thresholds : (Nat → Bool) → Prop := fun c => ∃ t, ∀ y, c y = decide (y < t)

/-- Thresholds shatter no two points. -/
theorem vcDimLE_thresholds : VCDimLE thresholds 1 := by
  intro m x h
  refine Nat.le_of_not_lt fun hm => ?_
  obtain ⟨c₀, ⟨t₀, h₀⟩, hc₀⟩ := h fun i => decide (i.val = 0)
  obtain ⟨c₁, ⟨t₁, h₁⟩, hc₁⟩ := h fun i => decide (i.val ≠ 0)
  have e₁ := hc₀ ⟨0, by omega⟩
  have e₂ := hc₀ ⟨1, by omega⟩
  have e₃ := hc₁ ⟨0, by omega⟩
  have e₄ := hc₁ ⟨1, by omega⟩
  simp only [h₀, h₁] at e₁ e₂ e₃ e₄
  simp at e₁ e₂ e₃ e₄
  omega

/-- Thresholds shatter a point. -/
theorem not_vcDimLE_thresholds : ¬ VCDimLE thresholds 0 := by
  intro h
  have := h 1 (fun _ => 0) fun b => ⟨fun y => decide (y < if b 0 = true then 1 else 0),
    ⟨_, fun y => rfl⟩, fun i => by
      rw [show i = 0 from Subsingleton.elim _ _]
      cases b 0 <;> rfl⟩
  omega

/-- Thresholds have one labelling more than there are points. -/
theorem growth_thresholds (n : Nat) : growth thresholds n = n + 1 := by
  have hC := growth_le_chooseSum vcDimLE_thresholds n
  have h₁ : chooseSum n (1 + 1) = 0 + choose n 0 + choose n 1 := rfl
  rw [choose_zero_right, choose_one_right] at h₁
  refine Nat.le_antisymm (by omega) ?_
  have := count_le_of_injOn (H := fun _ : Fin (n + 1) => True)
    (K := traces thresholds fun i : Fin n => i.val) (fun t i => decide (i.val < t.val))
    (fun t _ => ⟨fun y => decide (y < t.val), ⟨_, fun _ => rfl⟩, fun _ => rfl⟩)
    fun s t _ _ h => by
      have h' (i : Nat) (hi : i < n) : i < s.val ↔ i < t.val :=
        decide_eq_decide.1 (congrFun h ⟨i, hi⟩)
      have hs := h' s.val
      have ht := h' t.val
      exact Fin.ext (by omega)
  rw [count_true, card_fin] at this
  exact Nat.le_trans this (count_traces_le_growth _ _)

/-- The class of the labellings of natural numbers that are true at most `d` times. -/
@[expose] def atMostTrue (d : Nat) : (Nat → Bool) → Prop := fun c =>
  ∀ (k : Nat) (e : Fin k → Nat), (∀ i j, e i = e j → i = j) → (∀ i, c (e i) = true) → k ≤ d

/-- Labellings that are true at most `d` times shatter no sample of more than `d` points. -/
theorem vcDimLE_atMostTrue (d : Nat) : VCDimLE (atMostTrue d) d := by
  intro m x h
  obtain ⟨c, hc, hx⟩ := h fun _ => true
  exact hc m x h.injective hx

/-- The hypothesis of `sauer_shelah` is met by the class of thresholds with `d = 1`, for no smaller
`d`, and the bound is positive. -/
theorem sauer_shelah_witness (n : Nat) :
    VCDimLE thresholds 1 ∧ ¬ VCDimLE thresholds 0 ∧ (0 : R) < sauerBound n 1 := by
  have := one_le_sauerBound (R := R) n 1
  exact ⟨vcDimLE_thresholds, not_vcDimLE_thresholds, by grind⟩

/-- The class of the labellings of natural numbers that are true at most `d` times has as many
labellings as the bound says, for every `d` and every sample size. -/
theorem sauer_shelah_sharp (n d : Nat) :
    VCDimLE (atMostTrue d) d ∧ (growth (atMostTrue d) n : R) = sauerBound n d := by
  have hC := vcDimLE_atMostTrue d
  refine ⟨hC, ?_⟩
  rw [sauerBound_eq, natCast_inj]
  refine Nat.le_antisymm (growth_le_chooseSum hC n) ?_
  rw [← count_ones_lt]
  refine Nat.le_trans (count_mono fun b hb => ?_)
    (count_traces_le_growth (atMostTrue d) fun i : Fin n => i.val)
  refine ⟨fun y => if h : y < n then b ⟨y, h⟩ else false, fun k e he hc => ?_, fun i => ?_⟩
  · have hlt (i : Fin k) : e i < n := Classical.byContradiction fun h => by
      have := hc i
      dsimp only at this
      rw [dif_neg h] at this
      exact absurd this (by decide)
    have := count_le_of_injOn (H := fun _ : Fin k => True) (K := fun i => b i = true)
      (fun i => ⟨e i, hlt i⟩) (fun i _ => (dif_pos (hlt i)).symm.trans (hc i))
      fun i j _ _ h => he i j (congrArg Fin.val h)
    rw [count_true, card_fin] at this
    omega
  · exact dif_pos i.isLt

/-- Thresholds meet the hypotheses of `sauer_shelah_pow`, and the bound is positive. -/
theorem sauer_shelah_pow_witness (hn : 1 ≤ n) :
    VCDimLE thresholds 1 ∧ (0 : R) < sauerPowerBound n 1 := by
  have hn' := natCast_pos (R := R) hn
  refine ⟨vcDimLE_thresholds, pow_pos (div_pos (mul_pos (exp_pos _) hn') (by grind)) 1⟩

/-- Thresholds have `n + 1` labellings of `n` points, where the power form of the bound is
`e n`. -/
theorem sauer_shelah_pow_sharp (n : Nat) :
    (growth thresholds n : R) = n + 1 ∧ (sauerPowerBound n 1 : R) = exp 1 * n := by
  refine ⟨?_, ?_⟩
  · rw [growth_thresholds]
    grind
  · unfold sauerPowerBound
    rw [pow_one]
    grind

end DeepTheory.Generalization
