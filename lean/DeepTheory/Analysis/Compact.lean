module

public import DeepTheory.Reals.Limit

/-!
# Compactness: closed intervals and boxes

Every sequence in a box of `Fin d → R` has a subsequence that converges in each coordinate.  Hence
continuous functions on a box attain their extreme values and are uniformly continuous.  Distances
are measured coordinate by coordinate, so no norm is needed.

## Main definitions
* `DeepTheory.Analysis.InBox`: `x` lies in the box from `a` to `b`.
* `DeepTheory.Analysis.ContinuousOnBox`: `f` is continuous on the box from `a` to `b`.

## Main theorems
* `DeepTheory.Analysis.exists_subseq_tendsto_pi`: the theorem of Bolzano and Weierstrass for boxes.
* `DeepTheory.Analysis.exists_isMaxOn_box`, `DeepTheory.Analysis.exists_isMinOn_box`: extreme
  values.
* `DeepTheory.Analysis.uniformContinuousOn_box`, `DeepTheory.Analysis.uniformContinuousOn_Icc`:
  uniform continuity.

## References
* W. Rudin, *Principles of Mathematical Analysis*, third edition, chapters 2 and 4.
-/

public section

namespace DeepTheory.Analysis

universe u

variable {R : Type u} [RealField R] {d : Nat}

/-! ### Sequences of vectors -/

/-- An increasing map of the natural numbers lies above the identity. -/
theorem le_of_strictMono {φ : Nat → Nat} (h : ∀ n, φ n < φ (n + 1)) (n : Nat) : n ≤ φ n := by
  induction n with
  | zero => omega
  | succ n ih => have := h n; omega

/-- An increasing map of the natural numbers respects the order. -/
theorem lt_of_strictMono {φ : Nat → Nat} (h : ∀ n, φ n < φ (n + 1)) {m n : Nat} (hmn : m < n) :
    φ m < φ n := by
  induction hmn with
  | refl => exact h m
  | step _ ih => exact Nat.lt_trans ih (h _)

/-- **The theorem of Bolzano and Weierstrass in `Fin d → R`.** A sequence of vectors whose entries
are bounded has a subsequence that converges in each coordinate. -/
theorem exists_subseq_tendsto_pi {u : Nat → Fin d → R} {a b : Fin d → R}
    (h : ∀ n i, a i ≤ u n i ∧ u n i ≤ b i) :
    ∃ (l : Fin d → R) (φ : Nat → Nat), (∀ n, φ n < φ (n + 1)) ∧
      ∀ i, Tendsto (fun n => u (φ n) i) (l i) := by
  induction d with
  | zero => exact ⟨fun _ => 0, fun n => n, fun n => Nat.lt_succ_self n, fun i => i.elim0⟩
  | succ d ih =>
    obtain ⟨l, φ, hφ, hl⟩ := ih (u := fun n i => u n i.castSucc) (a := fun i => a i.castSucc)
      (b := fun i => b i.castSucc) fun n i => h n i.castSucc
    obtain ⟨m, ψ, hψ, hm⟩ := exists_subseq_tendsto_of_bounded
      (a := fun n => u (φ n) (Fin.last d)) fun n => h (φ n) (Fin.last d)
    refine ⟨fun i => if hi : i.val < d then l ⟨i, hi⟩ else m, fun n => φ (ψ n),
      fun n => lt_of_strictMono hφ (hψ n), fun i => ?_⟩
    by_cases hi : i.val < d
    · simp only [dif_pos hi]
      exact (hl ⟨i, hi⟩).comp_of_le (le_of_strictMono hψ)
    · simp only [dif_neg hi]
      rw [show i = Fin.last d from Fin.ext (by have := i.isLt; simp only [Fin.val_last]; omega)]
      exact hm

/-- Convergence in each coordinate is uniform in the coordinates. -/
theorem exists_forall_abs_sub_lt {u : Nat → Fin d → R} {l : Fin d → R}
    (h : ∀ i, Tendsto (fun n => u n i) (l i)) {ε : R} (hε : 0 < ε) :
    ∃ N, ∀ n, N ≤ n → ∀ i, abs (u n i - l i) < ε := by
  induction d with
  | zero => exact ⟨0, fun _ _ i => i.elim0⟩
  | succ d ih =>
    obtain ⟨M, hM⟩ := ih (u := fun n i => u n i.castSucc) (l := fun i => l i.castSucc)
      fun i => h i.castSucc
    obtain ⟨N, hN⟩ := h (Fin.last d) ε hε
    refine ⟨M + N, fun n hn i => ?_⟩
    by_cases hi : i.val < d
    · exact hM n (by omega) ⟨i, hi⟩
    · rw [show i = Fin.last d from Fin.ext (by have := i.isLt; simp only [Fin.val_last]; omega)]
      exact hN n (by omega)

/-! ### Boxes -/

/-- The point `x` lies in the box from `a` to `b`. -/
@[expose] def InBox (a b x : Fin d → R) : Prop := ∀ i, a i ≤ x i ∧ x i ≤ b i

/-- The function `f` is continuous on the box from `a` to `b`: at each of its points, within it. -/
@[expose] def ContinuousOnBox (f : (Fin d → R) → R) (a b : Fin d → R) : Prop :=
  ∀ x, InBox a b x → ∀ ε, 0 < ε → ∃ δ, 0 < δ ∧ ∀ y, InBox a b y →
    (∀ i, abs (y i - x i) < δ) → abs (f y - f x) < ε

variable {f : (Fin d → R) → R} {a b : Fin d → R}

/-- The limit of a sequence in a box lies in the box. -/
theorem InBox.of_tendsto {u : Nat → Fin d → R} {l : Fin d → R} (hu : ∀ n, InBox a b (u n))
    (h : ∀ i, Tendsto (fun n => u n i) (l i)) : InBox a b l := fun i =>
  ⟨ge_of_tendsto (N := 0) (h i) fun n _ => (hu n i).1,
    le_of_tendsto (N := 0) (h i) fun n _ => (hu n i).2⟩

/-- A function that is continuous on a box preserves limits of sequences in the box. -/
theorem ContinuousOnBox.tendsto (hf : ContinuousOnBox f a b) {u : Nat → Fin d → R}
    {l : Fin d → R} (hu : ∀ n, InBox a b (u n)) (h : ∀ i, Tendsto (fun n => u n i) (l i)) :
    Tendsto (fun n => f (u n)) (f l) := by
  intro ε hε
  obtain ⟨δ, hδ, hf⟩ := hf l (.of_tendsto hu h) ε hε
  obtain ⟨N, hN⟩ := exists_forall_abs_sub_lt h hδ
  exact ⟨N, fun n hn => hf _ (hu n) (hN n hn)⟩

/-- The negative of a continuous function is continuous. -/
theorem ContinuousOnBox.neg (hf : ContinuousOnBox f a b) :
    ContinuousOnBox (fun x => -f x) a b := by
  intro x hx ε hε
  obtain ⟨δ, hδ, hf⟩ := hf x hx ε hε
  refine ⟨δ, hδ, fun y hy h => ?_⟩
  have := abs_lt.1 (hf y hy h)
  exact abs_lt.2 (by grind)

/-- A continuous function on a box is bounded above. -/
theorem exists_le_of_continuousOnBox (hf : ContinuousOnBox f a b) :
    ∃ C, ∀ x, InBox a b x → f x ≤ C := by
  refine Classical.byContradiction fun hno => ?_
  have hex : ∀ n : Nat, ∃ x, InBox a b x ∧ (n : R) < f x := fun n =>
    Classical.byContradiction fun h => hno ⟨n, fun x hx => le_of_not_lt fun h' => h ⟨x, hx, h'⟩⟩
  obtain ⟨l, φ, hφ, hl⟩ := exists_subseq_tendsto_pi
    (u := fun n => Classical.choose (hex n)) fun n => (Classical.choose_spec (hex n)).1
  have hspec := fun n => Classical.choose_spec (hex (φ n))
  obtain ⟨N, hN⟩ := hf.tendsto (fun n => (hspec n).1) hl 1 zero_lt_one
  obtain ⟨k, hk⟩ := exists_nat_gt (f l + 1)
  have h₁ := abs_lt.1 (hN (N + k) (by omega))
  have h₂ := (hspec (N + k)).2
  have h₃ : (k : R) ≤ φ (N + k) :=
    natCast_le (Nat.le_trans (by omega) (le_of_strictMono hφ (N + k)))
  grind

/-- **Extreme value theorem.** A continuous function on a box attains its maximum. -/
theorem exists_isMaxOn_box (hab : ∀ i, a i ≤ b i) (hf : ContinuousOnBox f a b) :
    ∃ c, InBox a b c ∧ ∀ x, InBox a b x → f x ≤ f c := by
  obtain ⟨C, hC⟩ := exists_le_of_continuousOnBox hf
  obtain ⟨s, hs, hmin⟩ := RealField.exists_isLUB (fun y => ∃ x, InBox a b x ∧ y = f x)
    ⟨f a, a, fun i => ⟨by grind, hab i⟩, rfl⟩ ⟨C, fun y ⟨x, hx, hy⟩ => hy ▸ hC x hx⟩
  have hpos : ∀ n : Nat, (0 : R) < 1 / (n + 1) := fun n => by
    have := natCast_nonneg (R := R) n
    exact div_pos (by grind) (by grind)
  have hex : ∀ n : Nat, ∃ x, InBox a b x ∧ s - 1 / (n + 1) < f x := fun n =>
    Classical.byContradiction fun h => by
      have := hmin (s - 1 / (n + 1)) fun y ⟨x, hx, hy⟩ =>
        le_of_not_lt fun h' => h ⟨x, hx, hy ▸ h'⟩
      have := hpos n
      grind
  obtain ⟨l, φ, hφ, hl⟩ := exists_subseq_tendsto_pi
    (u := fun n => Classical.choose (hex n)) fun n => (Classical.choose_spec (hex n)).1
  have hspec := fun n => Classical.choose_spec (hex (φ n))
  have h₁ := ((tendsto_const s).sub tendsto_one_div_add_atTop_zero).comp_of_le
    (le_of_strictMono hφ)
  have h₂ := le_of_tendsto_of_tendsto h₁ (hf.tendsto (fun n => (hspec n).1) hl)
    fun n => Std.le_of_lt (hspec n).2
  refine ⟨l, .of_tendsto (fun n => (hspec n).1) hl, fun x hx => ?_⟩
  have := hs (f x) ⟨x, hx, rfl⟩
  grind

/-- **Extreme value theorem.** A continuous function on a box attains its minimum. -/
theorem exists_isMinOn_box (hab : ∀ i, a i ≤ b i) (hf : ContinuousOnBox f a b) :
    ∃ c, InBox a b c ∧ ∀ x, InBox a b x → f c ≤ f x := by
  obtain ⟨c, hc, h⟩ := exists_isMaxOn_box hab hf.neg
  exact ⟨c, hc, fun x hx => by have := h x hx; grind⟩

/-- **Uniform continuity.** A continuous function on a box is uniformly continuous. -/
theorem uniformContinuousOn_box (hf : ContinuousOnBox f a b) {ε : R} (hε : 0 < ε) :
    ∃ δ, 0 < δ ∧ ∀ x y, InBox a b x → InBox a b y → (∀ i, abs (y i - x i) < δ) →
      abs (f y - f x) < ε := by
  refine Classical.byContradiction fun hno => ?_
  have hpos : ∀ n : Nat, (0 : R) < 1 / (n + 1) := fun n => by
    have := natCast_nonneg (R := R) n
    exact div_pos (by grind) (by grind)
  have hex : ∀ n : Nat, ∃ p : (Fin d → R) × (Fin d → R), InBox a b p.1 ∧ InBox a b p.2 ∧
      (∀ i, abs (p.2 i - p.1 i) < 1 / (n + 1)) ∧ ¬ abs (f p.2 - f p.1) < ε := fun n =>
    Classical.byContradiction fun h => hno ⟨1 / (n + 1), hpos n, fun x y hx hy hxy =>
      Classical.byContradiction fun h' => h ⟨(x, y), hx, hy, hxy, h'⟩⟩
  obtain ⟨l, φ, hφ, hl⟩ := exists_subseq_tendsto_pi
    (u := fun n => (Classical.choose (hex n)).1) fun n => (Classical.choose_spec (hex n)).1
  have hspec := fun n => Classical.choose_spec (hex (φ n))
  generalize hp : (fun n => Classical.choose (hex (φ n))) = p at *
  have hp : ∀ n, Classical.choose (hex (φ n)) = p n := fun n => congrFun hp n
  simp only [hp] at hspec hl
  -- the second points have the same limit as the first
  have hm : ∀ i, Tendsto (fun n => (p n).2 i) (l i) := fun i => by
    have h₁ : Tendsto (fun n => (p n).2 i - (p n).1 i) 0 := by
      refine tendsto_of_abs_sub_le (N := 0)
        (tendsto_one_div_add_atTop_zero.comp_of_le (le_of_strictMono hφ)) fun n _ => ?_
      have := (hspec n).2.2.1 i
      rw [show (p n).2 i - (p n).1 i - 0 = (p n).2 i - (p n).1 i by grind]
      exact Std.le_of_lt this
    exact ((h₁.add (hl i)).congr fun n => by grind).congr_lim (by grind)
  have h₁ := (hf.tendsto (fun n => (hspec n).2.1) hm).sub
    (hf.tendsto (fun n => (hspec n).1) hl)
  obtain ⟨N, hN⟩ := h₁ ε hε
  have h₂ := hN N (by omega)
  rw [show f (p N).2 - f (p N).1 - (f l - f l) = f (p N).2 - f (p N).1 by grind] at h₂
  exact (hspec N).2.2.2 h₂

/-! ### Closed intervals -/

/-- **Uniform continuity.** A continuous function on a closed interval is uniformly continuous. -/
theorem uniformContinuousOn_Icc {f : R → R} {a b : R} (hf : ContinuousOn f a b) {ε : R}
    (hε : 0 < ε) : ∃ δ, 0 < δ ∧ ∀ x y, a ≤ x → x ≤ b → a ≤ y → y ≤ b → abs (y - x) < δ →
      abs (f y - f x) < ε := by
  have hbox : ContinuousOnBox (d := 1) (fun x => f (x 0)) (fun _ => a) fun _ => b := by
    intro x hx ε hε
    obtain ⟨δ, hδ, hf⟩ := hf (x 0) (hx 0).1 (hx 0).2 ε hε
    exact ⟨δ, hδ, fun y hy h => hf (y 0) (hy 0) (h 0)⟩
  obtain ⟨δ, hδ, h⟩ := uniformContinuousOn_box hbox hε
  exact ⟨δ, hδ, fun x y h₁ h₂ h₃ h₄ hxy => h (fun _ => x) (fun _ => y) (fun _ => ⟨h₁, h₂⟩)
    (fun _ => ⟨h₃, h₄⟩) fun _ => hxy⟩

end DeepTheory.Analysis
