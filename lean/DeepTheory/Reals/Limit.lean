module

public import DeepTheory.Analysis.Deriv

/-!
# Limits of sequences

## Main definitions
* `DeepTheory.Tendsto`: the sequence `a` tends to `l`.

## Main theorems
* `DeepTheory.Tendsto.unique`: a sequence has at most one limit.
* `DeepTheory.Tendsto.add`, `DeepTheory.Tendsto.mul`, `DeepTheory.Tendsto.div`: limits and algebra.
* `DeepTheory.Tendsto.squeeze`, `DeepTheory.le_of_tendsto_of_tendsto`: limits and order.
* `DeepTheory.exists_tendsto_of_monotone`: a bounded monotone sequence converges.
* `DeepTheory.tendsto_pow_atTop_zero`, `DeepTheory.tendsto_one_div_atTop_zero`: basic sequences.
* `DeepTheory.exists_subseq_tendsto_of_bounded`: the theorem of Bolzano and Weierstrass.
* `DeepTheory.exists_tendsto_of_cauchy`: a Cauchy sequence converges.

## References
* W. Rudin, *Principles of Mathematical Analysis*, third edition, chapter 3.
-/

public section

namespace DeepTheory

universe u

variable {R : Type u} [RealField R] {a b c : Nat → R} {l m x y : R} {N : Nat}

/-- The sequence `a` tends to `l`. -/
@[expose] def Tendsto (a : Nat → R) (l : R) : Prop :=
  ∀ ε, 0 < ε → ∃ N, ∀ n, N ≤ n → abs (a n - l) < ε

/-- A constant sequence tends to its value. -/
theorem tendsto_const (x : R) : Tendsto (fun _ => x) x :=
  fun ε hε => ⟨0, fun _ _ => by rw [show x - x = 0 by grind, abs_zero]; exact hε⟩

/-- A sequence that agrees with a convergent one from some index on has the same limit. -/
theorem Tendsto.congr' (ha : Tendsto a l) (h : ∀ n, N ≤ n → a n = b n) : Tendsto b l := by
  intro ε hε
  obtain ⟨M, hM⟩ := ha ε hε
  exact ⟨M + N, fun n hn => by rw [← h n (by omega)]; exact hM n (by omega)⟩

/-- Equal sequences have the same limit. -/
theorem Tendsto.congr (ha : Tendsto a l) (h : ∀ n, a n = b n) : Tendsto b l :=
  ha.congr' (N := 0) fun n _ => h n

/-- A limit may be replaced by an equal number. -/
theorem Tendsto.congr_lim (ha : Tendsto a l) (h : l = m) : Tendsto a m := h ▸ ha

/-- A sequence has at most one limit. -/
theorem Tendsto.unique (ha : Tendsto a l) (hb : Tendsto a m) : l = m := by
  have key : ∀ {l m : R}, Tendsto a l → Tendsto a m → l ≤ m := fun {l m} ha hb =>
    le_of_forall_pos_le fun ε hε => by
      obtain ⟨M, hM⟩ := ha (ε / 2) (by grind)
      obtain ⟨N, hN⟩ := hb (ε / 2) (by grind)
      have := abs_lt.1 (hM (M + N) (by omega))
      have := abs_lt.1 (hN (M + N) (by omega))
      grind
  have := key ha hb
  have := key hb ha
  grind

/-! ### Algebra -/

/-- The limit of a sum. -/
theorem Tendsto.add (ha : Tendsto a l) (hb : Tendsto b m) :
    Tendsto (fun n => a n + b n) (l + m) := by
  intro ε hε
  obtain ⟨M, hM⟩ := ha (ε / 2) (by grind)
  obtain ⟨N, hN⟩ := hb (ε / 2) (by grind)
  refine ⟨M + N, fun n hn => ?_⟩
  have := abs_lt.1 (hM n (by omega))
  have := abs_lt.1 (hN n (by omega))
  exact abs_lt.2 (by grind)

/-- The limit of a negative. -/
theorem Tendsto.neg (ha : Tendsto a l) : Tendsto (fun n => -a n) (-l) := by
  intro ε hε
  obtain ⟨N, hN⟩ := ha ε hε
  refine ⟨N, fun n hn => ?_⟩
  have := abs_lt.1 (hN n hn)
  exact abs_lt.2 (by grind)

/-- The limit of a difference. -/
theorem Tendsto.sub (ha : Tendsto a l) (hb : Tendsto b m) :
    Tendsto (fun n => a n - b n) (l - m) :=
  ((ha.add hb.neg).congr fun n => by grind).congr_lim (by grind)

/-- The limit of a product. -/
theorem Tendsto.mul (ha : Tendsto a l) (hb : Tendsto b m) :
    Tendsto (fun n => a n * b n) (l * m) := by
  intro ε hε
  have hA := abs_nonneg l
  have hB := abs_nonneg m
  have hK : 0 < 1 + abs l + abs m := by grind
  have hKε : ε / (1 + abs l + abs m) * (1 + abs l + abs m) = ε := div_mul_cancel (by grind)
  have hpos := div_pos hε hK
  generalize ε / (1 + abs l + abs m) = e at hKε hpos
  obtain ⟨N₁, h₁⟩ := ha e hpos
  obtain ⟨N₂, h₂⟩ := hb e hpos
  obtain ⟨N₃, h₃⟩ := hb 1 zero_lt_one
  refine ⟨N₁ + N₂ + N₃, fun n hn => ?_⟩
  have hu := h₁ n (by omega)
  have hv := h₂ n (by omega)
  have hv₁ := h₃ n (by omega)
  have hu₀ := abs_nonneg (a n - l)
  have e₁ : a n * b n - l * m = (a n - l) * (b n - m) + ((a n - l) * m + l * (b n - m)) := by
    grind
  have e₂ := abs_add_le ((a n - l) * (b n - m)) ((a n - l) * m + l * (b n - m))
  have e₃ := abs_add_le ((a n - l) * m) (l * (b n - m))
  rw [← e₁, abs_mul] at e₂
  rw [abs_mul, abs_mul] at e₃
  have := mul_le_mul_of_nonneg_left (show abs (b n - m) ≤ 1 by grind) hu₀
  have := mul_le_mul_of_nonneg_right (show abs (a n - l) ≤ e by grind) hB
  have := mul_le_mul_of_nonneg_left (show abs (b n - m) ≤ e by grind) hA
  grind

/-- The limit of a constant multiple. -/
theorem Tendsto.const_mul (x : R) (ha : Tendsto a l) : Tendsto (fun n => x * a n) (x * l) :=
  (tendsto_const x).mul ha

/-- The limit of a sequence plus a constant. -/
theorem Tendsto.const_add (x : R) (ha : Tendsto a l) : Tendsto (fun n => x + a n) (x + l) :=
  (tendsto_const x).add ha

/-- The limit of a power. -/
theorem Tendsto.pow (ha : Tendsto a l) (k : Nat) : Tendsto (fun n => a n ^ k) (l ^ k) := by
  induction k with
  | zero => simp only [pow_zero]; exact tendsto_const 1
  | succ k ih => simp only [pow_succ]; exact ih.mul ha

/-- Continuous functions preserve limits. -/
theorem Analysis.ContinuousAt.tendsto {f : R → R} (hf : ContinuousAt f l) (ha : Tendsto a l) :
    Tendsto (fun n => f (a n)) (f l) := by
  intro ε hε
  obtain ⟨δ, hδ, hf⟩ := hf ε hε
  obtain ⟨N, hN⟩ := ha δ hδ
  exact ⟨N, fun n hn => hf _ (hN n hn)⟩

/-- The limit of an absolute value. -/
theorem Tendsto.abs (ha : Tendsto a l) : Tendsto (fun n => abs (a n)) (abs l) :=
  Analysis.continuousAt_id.abs.tendsto ha

/-- The limit of an inverse. -/
theorem Tendsto.inv (ha : Tendsto a l) (hl : l ≠ 0) : Tendsto (fun n => (a n)⁻¹) l⁻¹ :=
  (Analysis.hasDerivAt_inv hl).continuousAt.tendsto ha

/-- The limit of a quotient. -/
theorem Tendsto.div (ha : Tendsto a l) (hb : Tendsto b m) (hm : m ≠ 0) :
    Tendsto (fun n => a n / b n) (l / m) :=
  ((ha.mul (hb.inv hm)).congr fun n => by grind).congr_lim (by grind)

/-- The distance to the limit tends to zero. -/
theorem Tendsto.abs_sub (ha : Tendsto a l) : Tendsto (fun n => DeepTheory.abs (a n - l)) 0 :=
  (ha.sub (tendsto_const l)).abs.congr_lim (by rw [show l - l = 0 by grind, abs_zero])

/-! ### Subsequences -/

/-- A shift of the index does not change the limit. -/
theorem tendsto_add_nat_iff (k : Nat) : Tendsto (fun n => a (n + k)) l ↔ Tendsto a l := by
  refine ⟨fun h ε hε => ?_, fun h ε hε => ?_⟩
  · obtain ⟨N, hN⟩ := h ε hε
    refine ⟨N + k, fun n hn => ?_⟩
    have : abs (a (n - k + k) - l) < ε := hN (n - k) (by omega)
    rwa [Nat.sub_add_cancel (by omega)] at this
  · obtain ⟨N, hN⟩ := h ε hε
    exact ⟨N, fun n hn => hN (n + k) (by omega)⟩

/-- The sequence without its first term has the same limit. -/
theorem Tendsto.succ (ha : Tendsto a l) : Tendsto (fun n => a (n + 1)) l :=
  (tendsto_add_nat_iff 1).2 ha

/-- A subsequence has the same limit. -/
theorem Tendsto.comp_of_le (ha : Tendsto a l) {φ : Nat → Nat} (hφ : ∀ n, n ≤ φ n) :
    Tendsto (fun n => a (φ n)) l := by
  intro ε hε
  obtain ⟨N, hN⟩ := ha ε hε
  exact ⟨N, fun n hn => hN _ (Nat.le_trans hn (hφ n))⟩

/-! ### Order -/

/-- The order passes to the limit; the inequality is needed from some index on only. -/
theorem le_of_tendsto_of_tendsto' (ha : Tendsto a l) (hb : Tendsto b m)
    (h : ∀ n, N ≤ n → a n ≤ b n) : l ≤ m := by
  refine le_of_forall_pos_le fun ε hε => ?_
  obtain ⟨N₁, h₁⟩ := ha (ε / 2) (by grind)
  obtain ⟨N₂, h₂⟩ := hb (ε / 2) (by grind)
  have := abs_lt.1 (h₁ (N + N₁ + N₂) (by omega))
  have := abs_lt.1 (h₂ (N + N₁ + N₂) (by omega))
  have := h (N + N₁ + N₂) (by omega)
  grind

/-- The order passes to the limit. -/
theorem le_of_tendsto_of_tendsto (ha : Tendsto a l) (hb : Tendsto b m) (h : ∀ n, a n ≤ b n) :
    l ≤ m :=
  le_of_tendsto_of_tendsto' (N := 0) ha hb fun n _ => h n

/-- An upper bound that holds from some index on bounds the limit. -/
theorem le_of_tendsto (ha : Tendsto a l) (h : ∀ n, N ≤ n → a n ≤ x) : l ≤ x :=
  le_of_tendsto_of_tendsto' ha (tendsto_const x) h

/-- A lower bound that holds from some index on bounds the limit. -/
theorem ge_of_tendsto (ha : Tendsto a l) (h : ∀ n, N ≤ n → x ≤ a n) : x ≤ l :=
  le_of_tendsto_of_tendsto' (tendsto_const x) ha h

/-- A sequence that lies between two sequences with the same limit, from some index on. -/
theorem Tendsto.squeeze' (ha : Tendsto a l) (hc : Tendsto c l) (h₁ : ∀ n, N ≤ n → a n ≤ b n)
    (h₂ : ∀ n, N ≤ n → b n ≤ c n) : Tendsto b l := by
  intro ε hε
  obtain ⟨N₁, ha⟩ := ha ε hε
  obtain ⟨N₂, hc⟩ := hc ε hε
  refine ⟨N + N₁ + N₂, fun n hn => ?_⟩
  have := abs_lt.1 (ha n (by omega))
  have := abs_lt.1 (hc n (by omega))
  have := h₁ n (by omega)
  have := h₂ n (by omega)
  exact abs_lt.2 (by grind)

/-- A sequence that lies between two sequences with the same limit. -/
theorem Tendsto.squeeze (ha : Tendsto a l) (hc : Tendsto c l) (h₁ : ∀ n, a n ≤ b n)
    (h₂ : ∀ n, b n ≤ c n) : Tendsto b l :=
  ha.squeeze' (N := 0) hc (fun n _ => h₁ n) fun n _ => h₂ n

/-- A sequence whose distance to `l` is at most a sequence that tends to zero tends to `l`. -/
theorem tendsto_of_abs_sub_le (hb : Tendsto b 0) (h : ∀ n, N ≤ n → abs (a n - l) ≤ b n) :
    Tendsto a l := by
  intro ε hε
  obtain ⟨M, hM⟩ := hb ε hε
  refine ⟨M + N, fun n hn => ?_⟩
  have := abs_lt.1 (hM n (by omega))
  have := h n (by omega)
  grind

/-! ### Monotone sequences -/

/-- A sequence that never decreases from one index to the next is monotone. -/
theorem monotone_nat_of_le_succ (h : ∀ n, a n ≤ a (n + 1)) {i j : Nat} (hij : i ≤ j) :
    a i ≤ a j := by
  induction hij with
  | refl => grind
  | step _ ih => exact Std.le_trans ih (h _)

/-- **Monotone convergence.** A bounded sequence that never decreases has a limit, its least upper
bound. -/
theorem exists_tendsto_of_monotone (h : ∀ n, a n ≤ a (n + 1)) (hb : ∀ n, a n ≤ x) :
    ∃ l, Tendsto a l ∧ (∀ n, a n ≤ l) ∧ l ≤ x := by
  obtain ⟨s, hs, hmin⟩ := RealField.exists_isLUB (fun y => ∃ n, y = a n) ⟨a 0, 0, rfl⟩
    ⟨x, fun y ⟨n, hn⟩ => hn ▸ hb n⟩
  have hs' : ∀ n, a n ≤ s := fun n => hs _ ⟨n, rfl⟩
  refine ⟨s, fun ε hε => ?_, hs', hmin _ fun y ⟨n, hn⟩ => hn ▸ hb n⟩
  obtain ⟨N, hN⟩ : ∃ N, s - ε < a N := Classical.byContradiction fun hno => by
    have := hmin (s - ε) fun y ⟨n, hn⟩ => le_of_not_lt fun h' => hno ⟨n, hn ▸ h'⟩
    grind
  refine ⟨N, fun n hn => abs_lt.2 ?_⟩
  have := monotone_nat_of_le_succ h hn
  have := hs' n
  grind

/-- A bounded sequence that never increases has a limit, its greatest lower bound. -/
theorem exists_tendsto_of_antitone (h : ∀ n, a (n + 1) ≤ a n) (hb : ∀ n, x ≤ a n) :
    ∃ l, Tendsto a l ∧ (∀ n, l ≤ a n) ∧ x ≤ l := by
  obtain ⟨l, hl, h₁, h₂⟩ := exists_tendsto_of_monotone (a := fun n => -a n) (x := -x)
    (fun n => by have := h n; grind) fun n => by have := hb n; grind
  refine ⟨-l, hl.neg.congr fun n => by grind, fun n => ?_, by grind⟩
  have := h₁ n
  grind

/-! ### Basic sequences -/

/-- The powers of a number of absolute value below one tend to zero. -/
theorem tendsto_pow_atTop_zero (h : abs x < 1) : Tendsto (fun n => x ^ n) 0 := by
  have hq := abs_nonneg x
  obtain ⟨l, hl, -, -⟩ := exists_tendsto_of_antitone (a := fun n => abs x ^ n) (x := 0)
    (fun n => by
      have h₁ := pow_nonneg hq n
      have h₂ := mul_le_mul_of_nonneg_left (show abs x ≤ 1 by grind) h₁
      have h₃ := pow_succ (abs x) n
      grind) fun n => pow_nonneg hq n
  have h₁ := hl.succ.unique ((hl.const_mul (abs x)).congr fun n => by
    have := pow_succ (abs x) n; grind)
  have h₂ : l = 0 := by
    have : 1 - abs x ≠ 0 := by grind
    grind
  have hpow : ∀ n : Nat, abs (x ^ n) = abs x ^ n := fun n => by
    induction n with
    | zero => simp only [pow_zero]; exact abs_of_nonneg (by grind)
    | succ n ih => rw [pow_succ, pow_succ, abs_mul, ih]
  refine tendsto_of_abs_sub_le (N := 0) (hl.congr_lim h₂) fun n _ => ?_
  rw [show x ^ n - 0 = x ^ n by grind, hpow]
  grind

/-- The sequence `1 / n` tends to zero. -/
theorem tendsto_one_div_atTop_zero : Tendsto (fun n => (1 : R) / n) 0 := by
  intro ε hε
  obtain ⟨N, hN, hlt⟩ := exists_nat_inv_lt hε
  have hN' := natCast_pos (R := R) hN
  refine ⟨N, fun n hn => ?_⟩
  have hn' := natCast_pos (R := R) (show 0 < n by omega)
  have h₁ := natCast_le (R := R) hn
  have h₂ := (div_lt_iff hN').1 hlt
  have h₃ := mul_le_mul_of_nonneg_left h₁ (show 0 ≤ ε by grind)
  rw [show (1 : R) / n - 0 = 1 / n by grind, abs_of_nonneg (div_nonneg (by grind) hn')]
  exact (div_lt_iff hn').2 (by grind)

/-- The sequence `1 / (n + 1)` tends to zero. -/
theorem tendsto_one_div_add_atTop_zero : Tendsto (fun n => (1 : R) / (n + 1)) 0 :=
  (tendsto_one_div_atTop_zero (R := R)).succ.congr fun n => by
    rw [show ((n + 1 : Nat) : R) = n + 1 by grind]

/-- The sequence `x / 2 ^ n` tends to zero. -/
theorem tendsto_div_two_pow (x : R) : Tendsto (fun n => x / 2 ^ n) 0 := by
  have h : abs (1 / 2 : R) < 1 := by rw [abs_of_nonneg (by grind)]; grind
  refine (((tendsto_pow_atTop_zero h).const_mul x).congr fun n => ?_).congr_lim (by grind)
  have h₁ := mul_pow (1 / 2 : R) 2 n
  have h₂ : (1 / 2 * 2 : R) ^ n = 1 := by
    rw [show (1 / 2 * 2 : R) = 1 by grind]
    exact Lean.Grind.Semiring.one_pow n
  have h₃ := pow_pos (show (0 : R) < 2 by grind) n
  grind

/-! ### Bounded sequences and Cauchy sequences -/

/-- A bounded sequence comes arbitrarily close to some number infinitely often. -/
theorem exists_cluster_of_bounded (h : ∀ n, x ≤ a n ∧ a n ≤ y) :
    ∃ l, ∀ ε, 0 < ε → ∀ N, ∃ n, N ≤ n ∧ abs (a n - l) < ε := by
  obtain ⟨s, hs, hmin⟩ := RealField.exists_isLUB (fun z => ∀ N, ∃ n, N ≤ n ∧ z ≤ a n)
    ⟨x, fun N => ⟨N, by omega, (h N).1⟩⟩
    ⟨y, fun z hz => by obtain ⟨n, _, hn⟩ := hz 0; exact Std.le_trans hn (h n).2⟩
  refine ⟨s, fun ε hε N => ?_⟩
  -- From some index on the sequence stays below `s + ε`.
  obtain ⟨M, hM⟩ : ∃ M, ∀ n, M ≤ n → a n < s + ε / 2 := Classical.byContradiction fun hno => by
    have := hs (s + ε / 2) fun N => Classical.byContradiction fun h' => hno ⟨N, fun n hn =>
      Classical.byContradiction fun h'' => h' ⟨n, hn, by grind⟩⟩
    grind
  obtain ⟨z, hz, hzs⟩ : ∃ z, (∀ N, ∃ n, N ≤ n ∧ z ≤ a n) ∧ s - ε < z :=
    Classical.byContradiction fun hno => by
      have := hmin (s - ε) fun z hz => le_of_not_lt fun h' => hno ⟨z, hz, h'⟩
      grind
  obtain ⟨n, hn, hzn⟩ := hz (M + N)
  have := hM n (by omega)
  exact ⟨n, by omega, abs_lt.2 (by grind)⟩

/-- **The theorem of Bolzano and Weierstrass.** A bounded sequence has a convergent subsequence. -/
theorem exists_subseq_tendsto_of_bounded (h : ∀ n, x ≤ a n ∧ a n ≤ y) :
    ∃ (l : R) (φ : Nat → Nat), (∀ n, φ n < φ (n + 1)) ∧ Tendsto (fun n => a (φ n)) l := by
  obtain ⟨l, hl⟩ := exists_cluster_of_bounded h
  have hpos : ∀ k : Nat, (0 : R) < 1 / (k + 1) := fun k => by
    have := natCast_nonneg (R := R) k
    exact div_pos (by grind) (by grind)
  let next (k N : Nat) : Nat := Classical.choose (hl _ (hpos k) N)
  have hnext : ∀ k N, N ≤ next k N ∧ abs (a (next k N) - l) < 1 / (k + 1) := fun k N =>
    Classical.choose_spec (hl _ (hpos k) N)
  let φ : Nat → Nat := fun n => Nat.rec (next 0 0) (fun k p => next (k + 1) (p + 1)) n
  refine ⟨l, φ, fun n => (hnext (n + 1) (φ n + 1)).1,
    tendsto_of_abs_sub_le (N := 0) tendsto_one_div_add_atTop_zero fun n _ => ?_⟩
  refine Std.le_of_lt ?_
  cases n with
  | zero => exact (hnext 0 0).2
  | succ n => exact (hnext (n + 1) (φ n + 1)).2

/-- **Completeness.** A Cauchy sequence converges. -/
theorem exists_tendsto_of_cauchy
    (h : ∀ ε, 0 < ε → ∃ N, ∀ i j, N ≤ i → N ≤ j → abs (a i - a j) < ε) : ∃ l, Tendsto a l := by
  obtain ⟨M, hM⟩ := h 1 zero_lt_one
  obtain ⟨l, hl⟩ := exists_cluster_of_bounded (a := fun n => a (n + M)) (x := a M - 1)
    (y := a M + 1) fun n => by have := abs_lt.1 (hM (n + M) M (by omega) (by omega)); grind
  refine ⟨l, fun ε hε => ?_⟩
  obtain ⟨N, hN⟩ := h (ε / 2) (by grind)
  obtain ⟨k, hk, hk'⟩ := hl (ε / 2) (by grind) N
  refine ⟨N, fun n hn => ?_⟩
  have := abs_lt.1 (hN n (k + M) hn (by omega))
  have := abs_lt.1 hk'
  exact abs_lt.2 (by grind)

end DeepTheory
