module

public import DeepTheory.Analysis.Euclidean
public import DeepTheory.Probability.Basic

/-!
# Averages of few vectors: Maurey's argument

A convex combination of vectors of length at most `B` is close to the average of `N` of them, at a
distance that shrinks with the root of `N` and does not depend on the dimension: `N` independent
draws with the weights as probabilities have the right mean, and their variance is small.

## Main definitions
* `DeepTheory.Approximation.vecSum`: the sum of finitely many vectors.
* `DeepTheory.Approximation.combination`, `DeepTheory.Approximation.average`: a convex combination,
  and the average of `N` vectors.
* `DeepTheory.Approximation.InClosedHull`: the closed convex hull of a set.
* `DeepTheory.Approximation.maureyBound`: the bound.
* `DeepTheory.Approximation.basis`: the unit vectors along the axes of Euclidean space.

## Main theorems
* `DeepTheory.Approximation.expect_vecSum_sq`: the variance of a sum of independent vectors.
* `DeepTheory.Approximation.maurey_variance`: the mean square distance of an average of draws.
* `DeepTheory.Approximation.maurey`, `DeepTheory.Approximation.maurey_witness`,
  `DeepTheory.Approximation.maurey_sharp`, `DeepTheory.Approximation.maurey_hull`.

## References
* G. Pisier, *Remarques sur un résultat non publié de B. Maurey*, 1981.
* A. Barron, *Universal approximation bounds for superpositions of a sigmoidal function*, 1993,
  Lemma 1.
-/

public noncomputable section

namespace DeepTheory.Approximation

open Probability

universe u v w

variable {R : Type u} [RealField R] {V : Type v} [InnerProductSpace R V] {ι : Type w} {N n d : Nat}
  {B : R}

/-! ### Sums of vectors -/

/-- The sum of the values of a function on a list. -/
@[expose] def vecListSum (g : ι → V) : List ι → V
  | [] => 0
  | i :: l => g i + vecListSum g l

/-- The sum of finitely many vectors. -/
@[expose] def vecSum [Fintype ι] (g : ι → V) : V := vecListSum g Fintype.elems

theorem inner_vecListSum (g : ι → V) (z : V) (l : List ι) :
    ⟪vecListSum g l, z⟫ = listSum (fun i => ⟪g i, z⟫) l := by
  induction l with
  | nil => exact inner_zero_left z
  | cons i l ih => rw [vecListSum, inner_add_left, ih, listSum_cons]

/-- The inner product with a sum of vectors. -/
theorem inner_vecSum [Fintype ι] (g : ι → V) (z : V) : ⟪vecSum g, z⟫ = ∑ i, ⟪g i, z⟫ :=
  inner_vecListSum g z _

/-- On the line the sum of vectors is the sum of numbers. -/
theorem vecSum_eq_sum [Fintype ι] (f : ι → R) : vecSum f = ∑ i, f i := by
  have h := inner_vecSum f (1 : R)
  simp only [inner_eq_mul] at h
  rw [← sum_mul] at h
  grind

/-- The first vector split off. -/
theorem vecSum_succ (y : Fin (n + 1) → V) : vecSum y = y 0 + vecSum fun j : Fin n => y j.succ :=
  ext_inner fun z => by rw [inner_vecSum, inner_add_left, inner_vecSum, sum_succ']

/-- The convex combination of vectors with the weights of a law. -/
@[expose] def combination [Fintype ι] (μ : Dist R ι) (g : ι → V) : V :=
  vecSum fun i => μ.prob i • g i

/-- The average of `N` vectors. -/
@[expose] def average (y : Fin N → V) : V := (1 / (N : R)) • vecSum y

theorem inner_combination [Fintype ι] (μ : Dist R ι) (g : ι → V) (z : V) :
    ⟪combination μ g, z⟫ = expect μ fun i => ⟪g i, z⟫ := by
  rw [combination, inner_vecSum]
  exact sum_congr fun i => inner_smul_left _ _ _

theorem inner_average (y : Fin N → V) (z : V) : ⟪average y, z⟫ = (∑ j, ⟪y j, z⟫) / N := by
  rw [average, inner_smul_left, inner_vecSum]
  grind

/-! ### The variance of an average -/

/-- The mean squared length of a sum of independent centred vectors is the sum of the mean squared
lengths. -/
theorem expect_vecSum_sq [Fintype ι] (μ : Fin n → Dist R ι) (h : Fin n → ι → V)
    (h₀ : ∀ j z, expect (μ j) (fun i => ⟪h j i, z⟫) = 0) :
    expect (Dist.pi μ) (fun x => ⟪vecSum fun j => h j (x j), vecSum fun j => h j (x j)⟫) =
      ∑ j, expect (μ j) fun i => ⟪h j i, h j i⟫ := by
  induction n with
  | zero =>
    rw [expect_pi_zero, inner_vecSum, sum_zero, sum_zero]
  | succ n ih =>
    have h₁ (a : ι) (x : Fin n → ι) :
        ⟪vecSum fun j => h j (cons a x j), vecSum fun j => h j (cons a x j)⟫ =
          ⟪h 0 a, h 0 a⟫ + 2 * (∑ j : Fin n, ⟪h j.succ (x j), h 0 a⟫) +
            ⟪vecSum fun j => h j.succ (x j), vecSum fun j => h j.succ (x j)⟫ := by
      rw [vecSum_succ, ← inner_vecSum]
      simp only [cons_zero, cons_succ]
      generalize vecSum (fun j : Fin n => h j.succ (x j)) = s
      expand_inner
      rw [inner_comm (h 0 a) s]
      grind
    have h₂ (a : ι) : expect (Dist.pi fun j : Fin n => μ j.succ) (fun x =>
        ⟪vecSum fun j => h j (cons a x j), vecSum fun j => h j (cons a x j)⟫) =
          ⟪h 0 a, h 0 a⟫ + ∑ j : Fin n, expect (μ j.succ) fun i => ⟪h j.succ i, h j.succ i⟫ := by
      have h₃ (j : Fin n) : expect (Dist.pi fun j : Fin n => μ j.succ)
          (fun x => ⟪h j.succ (x j), h 0 a⟫) = 0 :=
        (expect_pi_apply (fun j : Fin n => μ j.succ) j fun i => ⟪h j.succ i, h 0 a⟫).trans
          (h₀ j.succ (h 0 a))
      rw [expect_congr _ (h₁ a), expect_add, expect_add, expect_const, expect_const_mul,
        expect_sum (Dist.pi fun j : Fin n => μ j.succ) fun j x => ⟪h j.succ (x j), h 0 a⟫,
        sum_eq_zero h₃,
        ih (fun j => μ j.succ) (fun j => h j.succ) fun j => h₀ j.succ]
      grind
    rw [expect_pi_succ, expect_congr _ h₂, expect_add, expect_const, sum_succ']

/-- The mean squared distance of the average of `N` independent draws to the combination. -/
theorem maurey_variance [Fintype ι] (μ : Dist R ι) (g : ι → V) (hN : 0 < N) :
    expect (μ.iid N) (fun x => ‖(average fun j => g (x j)) - combination μ g‖ ^ 2) =
      (expect μ (fun i => ‖g i‖ ^ 2) - ‖combination μ g‖ ^ 2) / N := by
  have hN' := natCast_pos (R := R) hN
  have hz := inner_combination μ g
  generalize combination μ g = f at *
  have h₁ (x : Fin N → ι) : ‖(average fun j => g (x j)) - f‖ ^ 2 =
      (1 / (N : R)) ^ 2 * ⟪vecSum fun j => g (x j) - f, vecSum fun j => g (x j) - f⟫ := by
    have h₂ : (average fun j => g (x j)) - f = (1 / (N : R)) • vecSum fun j => g (x j) - f :=
      ext_inner fun z => by
        rw [inner_sub_left, inner_average, inner_smul_left, inner_vecSum,
          sum_congr fun j => inner_sub_left (g (x j)) f z, sum_sub, sum_const]
        grind
    rw [h₂, norm_sq]
    expand_inner
    grind
  have h₃ : expect μ (fun i => ⟪g i - f, g i - f⟫) = expect μ (fun i => ‖g i‖ ^ 2) - ‖f‖ ^ 2 := by
    have h₄ (i : ι) : ⟪g i - f, g i - f⟫ = ‖g i‖ ^ 2 - 2 * ⟪g i, f⟫ + ‖f‖ ^ 2 := by
      rw [norm_sq, norm_sq]
      expand_inner
      rw [inner_comm f (g i)]
      grind
    rw [expect_congr μ h₄, expect_add, expect_sub, expect_const_mul, expect_const, ← hz, ← norm_sq]
    grind
  have h₅ : expect (μ.iid N)
      (fun x => ⟪vecSum fun j => g (x j) - f, vecSum fun j => g (x j) - f⟫) =
        ∑ _j : Fin N, expect μ fun i => ⟪g i - f, g i - f⟫ :=
    expect_vecSum_sq (fun _ : Fin N => μ) (fun _ i => g i - f) fun _ z => by
      rw [expect_congr μ fun i => inner_sub_left (g i) f z, expect_sub, expect_const, ← hz]
      grind
  rw [h₃, sum_const] at h₅
  rw [expect_congr _ h₁, expect_const_mul, h₅]
  grind

/-- The length of a convex combination is at most a bound on the lengths. -/
theorem norm_combination_le [Fintype ι] (μ : Dist R ι) {g : ι → V} (hg : ∀ i, ‖g i‖ ≤ B) :
    ‖combination μ g‖ ≤ B := by
  obtain ⟨i⟩ := μ.nonempty
  have h₁ := maurey_variance μ g Nat.one_pos
  have h₂ := expect_nonneg (μ.iid 1)
    (fun x => sq_nonneg ‖(average fun j => g (x j)) - combination μ g‖)
  have h₃ := expect_le μ fun i => sq_le_sq (norm_nonneg _) (hg i)
  refine le_of_sq_le_sq (le_trans (norm_nonneg _) (hg i)) ?_
  rw [h₁] at h₂
  generalize expect μ (fun i => ‖g i‖ ^ 2) = e at *
  generalize ‖combination μ g‖ ^ 2 = f at *
  grind

/-! ### The bound -/

/-- The distance of a convex combination of length `s` of vectors of length at most `B` to the best
average of `N` of them: the root of `(B ^ 2 - s ^ 2) / N`. -/
@[expose] def maureyBound (B s : R) (N : Nat) : R := sqrt ((B ^ 2 - s ^ 2) / N)

/-- The bound on the squared distance. -/
theorem maurey_sq [Fintype ι] (μ : Dist R ι) {g : ι → V} (hg : ∀ i, ‖g i‖ ≤ B) (hN : 0 < N) :
    ∃ x : Fin N → ι, ‖(average fun j => g (x j)) - combination μ g‖ ^ 2 ≤
      (B ^ 2 - ‖combination μ g‖ ^ 2) / N := by
  obtain ⟨x, hx⟩ := exists_le_expect (μ.iid N)
    fun x => ‖(average fun j => g (x j)) - combination μ g‖ ^ 2
  rw [maurey_variance μ g hN] at hx
  exact ⟨x, le_trans hx (div_le_div_of_nonneg_right
    (sub_le_sub (expect_le μ fun i => sq_le_sq (norm_nonneg _) (hg i)) (Std.le_refl _))
    (natCast_nonneg N))⟩

/-- **Maurey's theorem.** A convex combination of vectors of length at most `B` is within the root
of `(B ^ 2 - s ^ 2) / N` of the average of some `N` of them, repetitions allowed, where `s` is the
length of the combination.  The number of vectors that are combined and the dimension of the space
do not enter.

* controls: approximation
* assumes: weights of a law on a finite type, vectors of norm at most B, N > 0
* bound: Approximation.maureyBound
* witness: Approximation.maurey_witness
* sharp: Approximation.maurey_sharp (equality for N = 1; for every N as the dimension grows)
* source: Maurey, in Pisier 1981; Barron 1993, Lemma 1 -/
theorem maurey [Fintype ι] (μ : Dist R ι) {g : ι → V} (hg : ∀ i, ‖g i‖ ≤ B) (hN : 0 < N) :
    ∃ x : Fin N → ι, ‖(average fun j => g (x j)) - combination μ g‖ ≤
      maureyBound B ‖combination μ g‖ N := by
  obtain ⟨x, hx⟩ := maurey_sq μ hg hN
  exact ⟨x, le_sqrt_of_sq_le hx⟩

/-! ### The closed convex hull -/

/-- The vector `f` is as close as one likes to convex combinations of elements of `S`. -/
@[expose] def InClosedHull (S : V → Prop) (f : V) : Prop :=
  ∀ ε : R, 0 < ε → ∃ (n : Nat) (μ : Dist R (Fin n)) (g : Fin n → V),
    (∀ i, S (g i)) ∧ ‖combination μ g - f‖ ≤ ε

/-- The length of an element of the closed convex hull is at most a bound on the lengths. -/
theorem InClosedHull.norm_le {S : V → Prop} {f : V} (hS : ∀ y, S y → ‖y‖ ≤ B)
    (hf : InClosedHull S f) : ‖f‖ ≤ B := le_of_forall_pos_le fun ε hε => by
  obtain ⟨n, μ, g, hg, h⟩ := hf ε hε
  have h₁ := norm_combination_le μ fun i => hS _ (hg i)
  have h₂ := norm_sub_le (combination μ g) (combination μ g - f)
  rw [show combination μ g - (combination μ g - f) = f by grind] at h₂
  grind

/-- The closed convex hull of a set of vectors of length at most `B`: averages of `N` elements of
the set come as close as the bound allows, up to an error as small as one likes. -/
theorem maurey_hull {S : V → Prop} {f : V} {ε : R} (hS : ∀ y, S y → ‖y‖ ≤ B)
    (hf : InClosedHull S f) (hN : 0 < N) (hε : 0 < ε) :
    ∃ y : Fin N → V, (∀ j, S (y j)) ∧ ‖average y - f‖ ≤ maureyBound B ‖f‖ N + ε := by
  have hB := hf.norm_le hS
  have h₀ := norm_nonneg f
  have hN' : (1 : R) ≤ N := by
    have := natCast_le (R := R) (show 1 ≤ N from hN)
    grind
  have hq : 0 < 4 * (2 * B + 1) := by grind
  have hε₂ := mul_pos hε hε
  have hδ₁ : 0 < ε ^ 2 / (4 * (2 * B + 1)) := div_pos (by grind) hq
  obtain ⟨δ, hδ, hδ₂, hδ₃, hδ₄⟩ : ∃ δ : R, 0 < δ ∧ δ ≤ 1 ∧ δ ≤ ε / 2 ∧
      δ * (4 * (2 * B + 1)) ≤ ε ^ 2 := by
    refine ⟨min 1 (min (ε / 2) (ε ^ 2 / (4 * (2 * B + 1)))), ?_, min_le_left _ _,
      le_trans (min_le_right _ _) (min_le_left _ _), (le_div_iff hq).1
        (le_trans (min_le_right _ _) (min_le_right _ _))⟩
    exact lt_min zero_lt_one (lt_min (by grind) hδ₁)
  obtain ⟨n, μ, g, hg, h⟩ := hf δ hδ
  obtain ⟨x, hx⟩ := maurey μ (fun i => hS _ (hg i)) hN
  refine ⟨fun j => g (x j), fun j => hg _, ?_⟩
  have h₁ := norm_combination_le μ fun i => hS _ (hg i)
  generalize combination μ g = c at *
  have h₂ := norm_add_le ((average fun j => g (x j)) - c) (c - f)
  rw [show (average fun j => g (x j)) - c + (c - f) = (average fun j => g (x j)) - f by grind]
    at h₂
  have h₃ := norm_sub_le c (c - f)
  rw [show c - (c - f) = f by grind] at h₃
  have hc := norm_nonneg c
  suffices h₄ : maureyBound B ‖c‖ N ≤ maureyBound B ‖f‖ N + ε / 2 by grind
  generalize ‖c - f‖ = e at *
  generalize ‖c‖ = t at *
  generalize ‖f‖ = s at *
  have h₅ : s ^ 2 ≤ B ^ 2 := sq_le_sq h₀ hB
  have h₆ : 0 ≤ (B ^ 2 - s ^ 2) / N := div_nonneg (by grind) (by grind)
  have h₇ := sqrt_nonneg ((B ^ 2 - s ^ 2) / N)
  have h₈ := sq_sqrt h₆
  unfold maureyBound
  generalize sqrt ((B ^ 2 - s ^ 2) / N) = r at *
  refine sqrt_le_iff.2 ⟨by grind, le_trans ?_ (show r ^ 2 + ε ^ 2 / 4 ≤ (r + ε / 2) ^ 2 by
    have := mul_nonneg h₇ (le_of_lt hε)
    grind)⟩
  rw [h₈]
  have h₉ : s ^ 2 ≤ (t + δ) ^ 2 := sq_le_sq h₀ (by grind)
  have h₁₀ : s ^ 2 - t ^ 2 ≤ ε ^ 2 / 4 := by
    have := mul_le_mul_of_nonneg_left h₁ (le_of_lt hδ)
    have := mul_le_mul_of_nonneg_left hδ₂ (le_of_lt hδ)
    grind
  rw [div_le_iff (by grind)]
  have h₁₁ : ε ^ 2 / 4 ≤ ε ^ 2 / 4 * N := le_mul_of_one_le_right (by grind) hN'
  have h₁₂ : ((B ^ 2 - s ^ 2) / N + ε ^ 2 / 4) * N = B ^ 2 - s ^ 2 + ε ^ 2 / 4 * N := by grind
  rw [h₁₂]
  grind

/-! ### Unit vectors -/

/-- The unit vectors along the axes of Euclidean space. -/
@[expose] def basis (i : Fin d) : Fin d → R := fun j => if j = i then 1 else 0

theorem inner_basis (i : Fin d) (y : Fin d → R) : ⟪basis i, y⟫ = y i := by
  rw [inner_def, sum_eq_single i fun j hj => by rw [basis, if_neg hj]; grind, basis, if_pos rfl]
  grind

theorem norm_basis (i : Fin d) : ‖(basis i : Fin d → R)‖ = 1 :=
  norm_eq_of_sq_eq zero_le_one (by rw [inner_basis, basis, if_pos rfl]; grind)

/-- All entries of the centre of the unit vectors are equal. -/
theorem inner_basis_combination [Nonempty (Fin d)] (i : Fin d) :
    ⟪basis i, combination Dist.uniform (basis (R := R) (d := d))⟫ = 1 / d := by
  rw [inner_comm, inner_combination]
  show (∑ k : Fin d, 1 / (card (Fin d) : R) * ⟪basis (R := R) k, basis i⟫) = 1 / d
  rw [sum_eq_single i fun k hk => by rw [inner_basis, basis, if_neg hk]; grind, inner_basis,
    basis, if_pos rfl, card_fin]
  grind

/-- The squared length of the centre of the unit vectors. -/
theorem norm_sq_combination_basis [Nonempty (Fin d)] :
    ‖combination Dist.uniform (basis (R := R) (d := d))‖ ^ 2 = 1 / d := by
  rw [norm_sq, inner_combination, expect_congr _ inner_basis_combination, expect_const]

/-- The squared distance of an average of unit vectors to their centre. -/
theorem norm_sq_average_basis [Nonempty (Fin d)] (hN : 0 < N) (x : Fin N → Fin d) :
    ‖(average fun j => basis (R := R) (x j)) - combination Dist.uniform basis‖ ^ 2 =
      ‖average fun j => basis (R := R) (x j)‖ ^ 2 - 1 / d := by
  have hN' := natCast_pos (R := R) hN
  have h₁ := norm_sq_combination_basis (R := R) (d := d)
  have h₂ := inner_average (fun j => basis (R := R) (x j)) (combination Dist.uniform basis)
  rw [sum_congr fun j => inner_basis_combination (R := R) (x j), sum_const] at h₂
  rw [norm_sq] at h₁ ⊢
  rw [norm_sq]
  generalize combination Dist.uniform (basis (R := R) (d := d)) = f at *
  generalize (average fun j => basis (R := R) (x j)) = a at *
  expand_inner
  rw [inner_comm f a, h₁, h₂]
  grind

/-- An average of `N` unit vectors along axes has squared length at least `1 / N`. -/
theorem le_norm_sq_average_basis (hN : 0 < N) (x : Fin N → Fin d) :
    1 / (N : R) ≤ ‖average fun j => basis (R := R) (x j)‖ ^ 2 := by
  have hN' := natCast_pos (R := R) hN
  have h (j : Fin N) : 1 / (N : R) ≤
      ⟪basis (R := R) (x j), average fun k => basis (R := R) (x k)⟫ := by
    rw [inner_comm, inner_average]
    refine div_le_div_of_nonneg_right ?_ (natCast_nonneg N)
    have h₁ := single_le_sum (f := fun k => ⟪basis (R := R) (x k), basis (x j)⟫) (fun k => by
      show 0 ≤ ⟪basis (R := R) (x k), basis (x j)⟫
      rw [inner_basis, basis]
      split <;> grind) j
    change ⟪basis (R := R) (x j), basis (x j)⟫ ≤ _ at h₁
    rwa [inner_basis, basis, if_pos rfl] at h₁
  rw [norm_sq, inner_average, le_div_iff hN']
  have := mul_le_sum h
  grind

/-- The bound at the centre of the unit vectors. -/
theorem maureyBound_basis_sq [Nonempty (Fin d)] (N : Nat) :
    maureyBound 1 ‖combination Dist.uniform (basis (R := R) (d := d))‖ N ^ 2 =
      (1 - 1 / d) / N := by
  have hd := natCast_le (R := R) (card_pos (α := Fin d))
  rw [card_fin] at hd
  have hd' : 1 / (d : R) ≤ 1 := by rw [div_le_one (by grind)]; grind
  rw [maureyBound, norm_sq_combination_basis, sq_sqrt, show (1 : R) ^ 2 = 1 by grind]
  exact div_nonneg_of_nonneg (by grind) (natCast_nonneg N)

/-- The hypotheses of `maurey` are met at once by the two unit vectors of the plane with equal
weights and averages of four, the combination is not zero, and the bound is positive. -/
theorem maurey_witness : (∀ i : Fin 2, ‖(basis i : Fin 2 → R)‖ ≤ 1) ∧ 0 < 4 ∧
    combination Dist.uniform (basis (R := R) (d := 2)) ≠ 0 ∧
    0 < maureyBound 1 ‖combination Dist.uniform (basis (R := R) (d := 2))‖ 4 := by
  have h₁ := norm_sq_combination_basis (R := R) (d := 2)
  have h₂ := maureyBound_basis_sq (R := R) (d := 2) 4
  refine ⟨fun i => le_of_eq (norm_basis i), by omega, fun h => ?_, ?_⟩
  · rw [h, norm_zero] at h₁
    grind
  · have h₃ := sqrt_nonneg ((1 ^ 2 -
      ‖combination Dist.uniform (basis (R := R) (d := 2))‖ ^ 2) / (4 : Nat))
    change 0 ≤ maureyBound 1 ‖combination Dist.uniform (basis (R := R) (d := 2))‖ 4 at h₃
    generalize maureyBound 1 ‖combination Dist.uniform (basis (R := R) (d := 2))‖ 4 = b at *
    have h₄ : b ≠ 0 := fun h => by rw [h] at h₂; grind
    grind

/-- Unit vectors along `d` axes with equal weights: for `N = 1` every choice is at exactly the
distance of the bound, and for every `N` the square of no distance is below the square of the bound
by more than `1 / d`. -/
theorem maurey_sharp (d : Nat) [Nonempty (Fin d)] : (∀ i : Fin d, ‖(basis i : Fin d → R)‖ ≤ 1) ∧
    (∀ x : Fin 1 → Fin d,
      ‖(average fun j => basis (R := R) (x j)) - combination Dist.uniform basis‖ =
        maureyBound 1 ‖combination Dist.uniform (basis (R := R) (d := d))‖ 1) ∧
    ∀ N : Nat, 0 < N → ∀ x : Fin N → Fin d,
      maureyBound 1 ‖combination Dist.uniform (basis (R := R) (d := d))‖ N ^ 2 - (1 : R) / d ≤
        ‖(average fun j => basis (R := R) (x j)) - combination Dist.uniform basis‖ ^ 2 := by
  refine ⟨fun i => le_of_eq (norm_basis i), fun x => ?_, fun N hN x => ?_⟩
  · refine eq_of_sq_eq_sq (norm_nonneg _) (sqrt_nonneg _) ?_
    rw [maureyBound_basis_sq, norm_sq_average_basis Nat.one_pos, norm_sq, inner_average, sum_one,
      inner_comm, inner_average, sum_one, inner_basis, basis, if_pos rfl]
    grind
  · have h₁ := le_norm_sq_average_basis (R := R) hN x
    have h₂ : (1 - 1 / (d : R)) / N ≤ 1 / N := div_le_div_of_nonneg_right (by
      have := one_div_nonneg (natCast_nonneg (R := R) d)
      grind) (natCast_nonneg N)
    rw [maureyBound_basis_sq, norm_sq_average_basis hN]
    grind

end DeepTheory.Approximation
