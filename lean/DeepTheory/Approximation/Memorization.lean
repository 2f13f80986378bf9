module

public import DeepTheory.Analysis.Euclidean
public import DeepTheory.Approximation.Relu

/-!
# Memorization

Any `N` points with any labels are fitted exactly by one hidden layer of `N` ReLUs that all read the
same direction, with `2 N + d` parameters: `N` biases, `N` output weights and a direction.

## Main definitions
* `DeepTheory.Approximation.memorizationParameters`: the number of parameters.
* `DeepTheory.Approximation.sharedNetwork`, `DeepTheory.Approximation.memorizer`: the networks, from
  their parameters.
* `DeepTheory.Approximation.reluSum`: sums of ReLUs of one variable.
* `DeepTheory.Approximation.Alternating`: a function has values of alternating sign on a list.

## Main theorems
* `DeepTheory.Approximation.exists_distinct_projections`: a direction that tells points apart.
* `DeepTheory.Approximation.exists_reluSum`: interpolation in one variable.
* `DeepTheory.Approximation.Alternating.length_le`: `n` ReLUs alternate at most `n` times.
* `DeepTheory.Approximation.memorization`, `DeepTheory.Approximation.memorization_witness`,
  `DeepTheory.Approximation.memorization_sharp`.

## References
* C. Zhang, S. Bengio, M. Hardt, B. Recht, O. Vinyals, *Understanding deep learning requires
  rethinking generalization*, 2017, Theorem 1.
-/

public noncomputable section

namespace DeepTheory.Approximation

universe u v w

variable {R : Type u} [RealField R] {V : Type v} [InnerProductSpace R V] {κ : Type w} {N n d : Nat}

/-! ### The networks -/

/-- The number of parameters: `N` biases, `N` output weights, and a direction in dimension `d`. -/
@[expose] def memorizationParameters (N d : Nat) : Nat := 2 * N + d

/-- The network with one hidden layer whose units all read the direction `a`, with biases `-b` and
output weights `c`. -/
@[expose] def sharedNetwork (a : Fin d → R) (b c : Fin N → R) : Network R d 1 :=
  .cons ⟨fun _ => a, fun j => -b j⟩ (.affine ⟨fun _ => c, fun _ => 0⟩)

theorem eval_sharedNetwork (σ : R → R) (a : Fin d → R) (b c : Fin N → R) (x : Fin d → R)
    (i : Fin 1) : (sharedNetwork a b c).eval σ x i = ∑ j, c j * σ (⟪a, x⟫ - b j) := by
  show (∑ j, c j * σ (⟪a, x⟫ + -b j)) + 0 = _
  rw [sum_congr fun j => show c j * σ (⟪a, x⟫ + -b j) = c j * σ (⟪a, x⟫ - b j) by
    rw [show ⟪a, x⟫ + -b j = ⟪a, x⟫ - b j by grind]]
  grind

/-- The network from its parameters: first the biases, then the output weights, then the
direction. -/
@[expose] def memorizer (N d : Nat) (θ : Fin (memorizationParameters N d) → R) : Network R d 1 :=
  sharedNetwork (N := N)
    (fun i : Fin d => θ ⟨2 * N + i.val, Nat.add_lt_add_left i.isLt (2 * N)⟩)
    (fun j : Fin N => θ ⟨j.val, by have := j.isLt; unfold memorizationParameters; omega⟩)
    fun j : Fin N => θ ⟨N + j.val, by have := j.isLt; unfold memorizationParameters; omega⟩

@[simp] theorem neurons_memorizer (θ : Fin (memorizationParameters N d) → R) :
    (memorizer N d θ).neurons = N := rfl

@[simp] theorem depth_memorizer (θ : Fin (memorizationParameters N d) → R) :
    (memorizer N d θ).depth = 1 := rfl

/-- Every network of this kind is got from its parameters. -/
theorem exists_memorizer (a : Fin d → R) (b c : Fin N → R) :
    ∃ θ, memorizer N d θ = sharedNetwork a b c := by
  let θ (i : Fin (memorizationParameters N d)) : R :=
    if h : i.val < N then b ⟨i.val, h⟩
    else if h' : i.val < 2 * N then c ⟨i.val - N, by omega⟩
    else a ⟨i.val - 2 * N, by
      have := i.isLt
      unfold memorizationParameters at this
      omega⟩
  have ha (i : Fin d) (h : 2 * N + i.val < memorizationParameters N d) :
      θ ⟨2 * N + i.val, h⟩ = a i := by
    show (if h : _ then _ else _) = _
    rw [dif_neg (show ¬ 2 * N + i.val < N by omega),
      dif_neg (show ¬ 2 * N + i.val < 2 * N by omega)]
    exact congrArg a (Fin.ext (by show 2 * N + i.val - 2 * N = i.val; omega))
  have hb (j : Fin N) (h : j.val < memorizationParameters N d) : θ ⟨j.val, h⟩ = b j :=
    dif_pos j.isLt
  have hc (j : Fin N) (h : N + j.val < memorizationParameters N d) : θ ⟨N + j.val, h⟩ = c j := by
    have hj := j.isLt
    show (if h : _ then _ else _) = _
    rw [dif_neg (show ¬ N + j.val < N by omega), dif_pos (show N + j.val < 2 * N by omega)]
    exact congrArg c (Fin.ext (by show N + j.val - N = j.val; omega))
  refine ⟨θ, ?_⟩
  unfold memorizer
  rw [show (fun i : Fin d => θ ⟨2 * N + i.val, _⟩) = a from funext fun i => ha i _,
    show (fun j : Fin N => θ ⟨j.val, _⟩) = b from funext fun j => hb j _,
    show (fun j : Fin N => θ ⟨N + j.val, _⟩) = c from funext fun j => hc j _]

/-! ### A direction that tells points apart -/

/-- Above finitely many numbers there is a positive one. -/
theorem exists_gt_list (l : List R) : ∃ t : R, 0 < t ∧ ∀ s, s ∈ l → s < t := by
  induction l with
  | nil => exact ⟨1, zero_lt_one, fun s hs => absurd hs List.not_mem_nil⟩
  | cons a l ih =>
    obtain ⟨t, ht, h⟩ := ih
    refine ⟨max t (a + 1), lt_max_iff.2 (.inl ht), fun s hs => lt_max_iff.2 ?_⟩
    rcases List.mem_cons.1 hs with rfl | hs
    · right; grind
    · exact .inl (h s hs)

/-- Finitely many vectors other than zero have a common vector orthogonal to none of them. -/
theorem exists_inner_ne_zero (v : κ → V) (l : List κ) :
    ∃ a : V, ∀ i, i ∈ l → v i ≠ 0 → ⟪a, v i⟫ ≠ 0 := by
  induction l with
  | nil => exact ⟨0, fun i hi => absurd hi List.not_mem_nil⟩
  | cons i l ih =>
    obtain ⟨a, ha⟩ := ih
    by_cases hi : v i = 0
    · refine ⟨a, fun j hj h => ?_⟩
      rcases List.mem_cons.1 hj with rfl | hj
      · exact absurd hi h
      · exact ha j hj h
    · obtain ⟨t, ht, hl⟩ := exists_gt_list ((i :: l).map fun j => -⟪a, v j⟫ / ⟪v i, v j⟫)
      refine ⟨a + t • v i, fun j hj h h₀ => ?_⟩
      rw [inner_add_left, inner_smul_left] at h₀
      have h₁ := hl _ (List.mem_map.2 ⟨j, hj, rfl⟩)
      by_cases h₂ : ⟪v i, v j⟫ = 0
      · rcases List.mem_cons.1 hj with rfl | hj
        · exact h (eq_zero_of_inner_self _ h₂)
        · exact ha j hj h (by rw [h₂] at h₀; grind)
      · generalize ⟪v i, v j⟫ = q at *
        generalize ⟪a, v j⟫ = p at *
        have h₃ : -p / q = t := by rw [div_eq_iff h₂]; grind
        grind

/-- There is a direction along which distinct points have distinct projections. -/
theorem exists_distinct_projections {x : Fin N → V} (hx : ∀ i j, x i = x j → i = j) :
    ∃ a : V, ∀ i j, ⟪a, x i⟫ = ⟪a, x j⟫ → i = j := by
  obtain ⟨a, ha⟩ := exists_inner_ne_zero (fun p : Fin N × Fin N => x p.1 - x p.2) Fintype.elems
  refine ⟨a, fun i j h => Classical.byContradiction fun hij => ?_⟩
  refine ha (i, j) (Fintype.complete _) (fun h₀ => hij (hx i j ?_)) ?_
  · have h₁ : x i - x j = 0 := h₀
    grind
  · show ⟪a, x i - x j⟫ = 0
    rw [inner_sub_right, h]
    grind

/-! ### Sums of ReLUs of one variable -/

/-- The sum of the ReLUs with the kinks and the weights of a list. -/
@[expose] def reluSum (ks : List (R × R)) (t : R) : R := listSum (fun p => p.2 * relu (t - p.1)) ks

theorem reluSum_cons (p : R × R) (ks : List (R × R)) (t : R) :
    reluSum (p :: ks) t = p.2 * relu (t - p.1) + reluSum ks t := rfl

/-- A list can be put in the order of falling values. -/
theorem exists_sorted (f : κ → R) (l : List κ) :
    ∃ l' : List κ, l'.Perm l ∧ l'.Pairwise fun p q => f q ≤ f p := by
  have insert (a : κ) (l : List κ) (hl : l.Pairwise fun p q => f q ≤ f p) :
      ∃ l' : List κ, l'.Perm (a :: l) ∧ l'.Pairwise fun p q => f q ≤ f p := by
    induction l with
    | nil => exact ⟨[a], .refl _, List.pairwise_singleton _ a⟩
    | cons b l ih =>
      obtain ⟨h₁, h₂⟩ := List.pairwise_cons.1 hl
      rcases le_total (f b) (f a) with h | h
      · refine ⟨a :: b :: l, .refl _, List.pairwise_cons.2 ⟨fun q hq => ?_, hl⟩⟩
        rcases List.mem_cons.1 hq with rfl | hq
        · exact h
        · exact le_trans (h₁ q hq) h
      · obtain ⟨l', h₃, h₄⟩ := ih h₂
        refine ⟨b :: l', (h₃.cons b).trans (.swap a b l), List.pairwise_cons.2 ⟨fun q hq => ?_, h₄⟩⟩
        rcases List.mem_cons.1 (h₃.mem_iff.1 hq) with rfl | hq
        · exact h
        · exact h₁ q hq
  induction l with
  | nil => exact ⟨[], .refl _, List.Pairwise.nil⟩
  | cons a l ih =>
    obtain ⟨l', h₁, h₂⟩ := ih
    obtain ⟨l'', h₃, h₄⟩ := insert a l' h₂
    exact ⟨l'', h₃.trans (h₁.cons a), h₄⟩

/-- Below a number and above finitely many smaller ones there is a further number. -/
theorem exists_lt_list {t : R} {l : List R} (h : ∀ s, s ∈ l → s < t) :
    ∃ b, b < t ∧ ∀ s, s ∈ l → s ≤ b := by
  induction l with
  | nil => exact ⟨t - 1, by grind, fun s hs => absurd hs List.not_mem_nil⟩
  | cons a l ih =>
    obtain ⟨b, hb, h₁⟩ := ih fun s hs => h s (List.mem_cons_of_mem a hs)
    refine ⟨max b a, max_lt hb (h a List.mem_cons_self), fun s hs => ?_⟩
    rcases List.mem_cons.1 hs with rfl | hs
    · exact le_max_right b s
    · exact le_trans (h₁ s hs) (le_max_left b a)

/-- **Interpolation by ReLUs.** A function has, at finitely many points in falling order, the values
of a sum of as many ReLUs. -/
theorem exists_reluSum (y : R → R) {l : List R} (hl : l.Pairwise fun s t => t < s) :
    ∃ ks : List (R × R), ks.length = l.length ∧ ∀ t, t ∈ l → reluSum ks t = y t := by
  induction l with
  | nil => exact ⟨[], rfl, fun t ht => absurd ht List.not_mem_nil⟩
  | cons t l ih =>
    obtain ⟨h₁, h₂⟩ := List.pairwise_cons.1 hl
    obtain ⟨ks, hks, h₃⟩ := ih h₂
    obtain ⟨b, hb, h₄⟩ := exists_lt_list h₁
    refine ⟨(b, (y t - reluSum ks t) / (t - b)) :: ks, congrArg (· + 1) hks, fun s hs => ?_⟩
    rw [reluSum_cons]
    show (y t - reluSum ks t) / (t - b) * relu (s - b) + reluSum ks s = y s
    rcases List.mem_cons.1 hs with rfl | hs
    · rw [relu_of_nonneg (by grind), div_mul_cancel (by grind)]
      grind
    · rw [relu_of_nonpos (by have := h₄ s hs; grind), h₃ s hs]
      grind

/-- A sum over the entries of a list. -/
theorem sum_get (f : κ → R) (l : List κ) : ∑ j : Fin l.length, f (l.get j) = listSum f l := by
  induction l with
  | nil => rfl
  | cons a l ih =>
    refine (sum_succ' (n := l.length) fun j => f ((a :: l).get j)).trans ?_
    rw [listSum_cons, ← ih]
    rfl

/-- Distinct numbers with any labels are fitted by as many ReLUs. -/
theorem exists_fit {p : Fin N → R} (hp : ∀ i j, p i = p j → i = j) (y : Fin N → R) :
    ∃ b c : Fin N → R, ∀ i, ∑ j, c j * relu (p i - b j) = y i := by
  obtain ⟨z, hz⟩ : ∃ z : R → R, ∀ i, z (p i) = y i := by
    classical
    refine ⟨fun t => if h : ∃ i, p i = t then y (Classical.choose h) else 0, fun i => ?_⟩
    have h : ∃ k, p k = p i := ⟨i, rfl⟩
    show (if h : ∃ k, p k = p i then y (Classical.choose h) else 0) = y i
    rw [dif_pos h, hp _ _ (Classical.choose_spec h)]
  obtain ⟨l, hl, hs⟩ := exists_sorted (fun t : R => t) ((Fintype.elems : List (Fin N)).map p)
  have hn : l.Nodup := hl.nodup_iff.2 (nodup_map hp Fintype.nodup)
  obtain ⟨ks, hks, hf⟩ := exists_reluSum z
    ((hs.and hn).imp fun {s t} h => lt_of_le_of_ne h.1 fun he => h.2 he.symm)
  have hN : ks.length = N := by
    rw [hks, hl.length_eq, List.length_map]
    exact card_fin N
  have hy (i : Fin N) : reluSum ks (p i) = y i := by
    rw [hf (p i) (hl.mem_iff.2 (List.mem_map.2 ⟨i, Fintype.complete i, rfl⟩)), hz]
  clear hs hn hf hks hl hz hp
  subst hN
  exact ⟨fun j => (ks.get j).1, fun j => (ks.get j).2, fun i =>
    (sum_get (fun q : R × R => q.2 * relu (p i - q.1)) ks).trans (hy i)⟩

/-! ### The theorem -/

/-- **Memorization.** Any `N` distinct points in dimension `d` with any real labels are fitted
exactly by a network with one hidden layer of `N` ReLUs, from a family with `2 N + d` parameters: a
network large enough can learn any labels, random ones as well.

* controls: approximation
* assumes: distinct points
* bound: Approximation.memorizationParameters
* witness: Approximation.memorization_witness
* sharp: Approximation.memorization_sharp (fewer units of this kind do not suffice, for every N)
* source: Zhang, Bengio, Hardt, Recht, Vinyals 2017, Theorem 1 -/
theorem memorization {x : Fin N → Fin d → R} (hx : ∀ i j, x i = x j → i = j) (y : Fin N → R) :
    ∃ θ : Fin (memorizationParameters N d) → R,
      ∀ i, (memorizer N d θ).eval relu (x i) 0 = y i := by
  obtain ⟨a, ha⟩ := exists_distinct_projections hx
  obtain ⟨b, c, h⟩ := exists_fit ha y
  obtain ⟨θ, hθ⟩ := exists_memorizer a b c
  exact ⟨θ, fun i => by rw [hθ, eval_sharedNetwork]; exact h i⟩

/-- The hypothesis of `memorization` is met by two points of the plane; the family has six
parameters. -/
theorem memorization_witness : (∀ i j : Fin 2,
    (fun k : Fin 2 => if k = i then (1 : R) else 0) = (fun k => if k = j then 1 else 0) → i = j) ∧
    memorizationParameters 2 2 = 6 := by
  refine ⟨fun i j h => Classical.byContradiction fun hij => ?_, rfl⟩
  have h₁ := congrFun h i
  rw [if_pos rfl, if_neg hij] at h₁
  grind

/-! ### Alternating labels -/

/-- A function has values of alternating sign, none zero, on a list of numbers in falling order. -/
inductive Alternating (f : R → R) : List R → Prop
  /-- No number. -/
  | nil : Alternating f []
  /-- One number. -/
  | single {t : R} (h : f t ≠ 0) : Alternating f [t]
  /-- A larger number before the others. -/
  | cons {t s : R} {l : List R} (hlt : s < t) (hneg : f t * f s < 0) (h : Alternating f (s :: l)) :
    Alternating f (t :: s :: l)

/-- Only the values up to the first number of the list count. -/
theorem Alternating.congr {f g : R → R} {b : R} (hfg : ∀ t, t ≤ b → f t = g t) {l : List R}
    (h : Alternating f l) (hl : ∀ t, t ∈ l.head? → t ≤ b) : Alternating g l := by
  induction h with
  | nil => exact .nil
  | single h => exact .single (by rw [← hfg _ (hl _ rfl)]; exact h)
  | cons hlt hneg _ ih =>
    have ht := hl _ rfl
    refine .cons hlt (by rw [← hfg _ ht, ← hfg _ (by grind)]; exact hneg) (ih fun s hs => ?_)
    obtain rfl := Option.some.inj hs
    grind

/-- Beyond all its kinks a sum of ReLUs is affine. -/
theorem exists_affine_reluSum {ks : List (R × R)} {b : R} (h : ∀ p, p ∈ ks → p.1 ≤ b) :
    ∃ A B : R, ∀ t, b ≤ t → reluSum ks t = A * t + B := by
  induction ks with
  | nil => exact ⟨0, 0, fun t _ => by show (0 : R) = _; grind⟩
  | cons p ks ih =>
    obtain ⟨A, B, hAB⟩ := ih fun q hq => h q (List.mem_cons_of_mem p hq)
    refine ⟨A + p.2, B - p.2 * p.1, fun t ht => ?_⟩
    have := h p List.mem_cons_self
    rw [reluSum_cons, hAB t ht, relu_of_nonneg (by grind)]
    grind

/-- An affine function that changes its sign between two numbers does not do so before. -/
private theorem affine_sign {A B b s t : R} (hbs : b ≤ s) (hst : s < t)
    (h : (A * t + B) * (A * s + B) < 0) : 0 < (A * b + B) * (A * s + B) := by
  have h₁ : A * (A * s + B) < 0 := not_le.1 fun h₂ => by
    have := mul_nonneg h₂ (show 0 ≤ t - s by grind)
    have := mul_self_nonneg (A * s + B)
    grind
  have h₂ := mul_nonneg (show 0 ≤ -(A * (A * s + B)) by grind) (show 0 ≤ s - b by grind)
  have h₃ : A * s + B ≠ 0 := fun h₄ => by rw [h₄] at h; grind
  have h₄ := sq_pos h₃
  grind

private theorem mul_neg_of_pos {a s q : R} (h₁ : 0 < a * s) (h₂ : s * q < 0) : a * q < 0 :=
  not_le.1 fun h₃ => by
    have := mul_pos h₁ (show 0 < -(s * q) by grind)
    have := mul_nonneg h₃ (mul_self_nonneg s)
    grind

/-- A sum of `n` ReLUs has values of alternating sign at no more than `n` numbers. -/
theorem Alternating.length_le {ks : List (R × R)} (hk : ks.Pairwise fun p q => q.1 ≤ p.1)
    {l : List R} (h : Alternating (reluSum ks) l) : l.length ≤ ks.length := by
  induction ks generalizing l with
  | nil =>
    have h₀ (t : R) : reluSum ([] : List (R × R)) t = 0 := rfl
    cases h with
    | nil => exact Nat.le_refl _
    | single h => exact absurd (h₀ _) h
    | cons _ hneg _ => rw [h₀, h₀] at hneg; grind
  | cons p ks ih =>
    obtain ⟨h₁, h₂⟩ := List.pairwise_cons.1 hk
    obtain ⟨A, B, hAB⟩ := exists_affine_reluSum h₁
    have hlow (t : R) (ht : t ≤ p.1) : reluSum (p :: ks) t = reluSum ks t := by
      rw [reluSum_cons]
      clear ih h hk h₁ h₂ hAB
      rw [relu_of_nonpos (by grind)]
      grind
    have hhigh (t : R) (ht : p.1 ≤ t) :
        reluSum (p :: ks) t = (A + p.2) * t + (B - p.2 * p.1) := by
      rw [reluSum_cons, hAB t ht]
      clear ih h hk h₁ h₂ hAB hlow
      rw [relu_of_nonneg (by grind)]
      grind
    cases h with
    | nil => exact Nat.zero_le _
    | single h => exact Nat.succ_le_succ (Nat.zero_le _)
    | @cons t s l hlt hneg hrest =>
      refine Nat.succ_le_succ ?_
      rcases le_total s p.1 with hs | hs
      · exact ih h₂ (hrest.congr hlow fun u hu => by obtain rfl := Option.some.inj hu; exact hs)
      · have hb := hhigh p.1 (Std.le_refl _)
        have hb' := hlow p.1 (Std.le_refl _)
        rw [hhigh t (le_trans hs (Std.le_of_lt hlt)), hhigh s hs] at hneg
        have hpos := affine_sign hs hlt hneg
        rw [← hb, ← hhigh s hs] at hpos
        cases hrest with
        | single hs₀ => exact ih h₂ (l := [p.1]) (.single fun h₀ => by
            rw [hb', h₀] at hpos; grind)
        | @cons _ q l hlt' hneg' hrest' =>
          rcases le_total p.1 q with hq | hq
          · rw [hhigh q hq, hhigh s hs] at hneg'
            have h₃ := affine_sign (Std.le_of_lt hlt') hlt hneg
            rw [Lean.Grind.CommSemiring.mul_comm] at hneg'
            exact absurd h₃ (Std.not_lt.2 (Std.le_of_lt hneg'))
          · rcases lt_or_eq_of_le hq with hq' | hq'
            · have h₃ := mul_neg_of_pos hpos hneg'
              rw [hb', hlow q hq] at h₃
              exact ih h₂ (l := p.1 :: q :: l) (.cons hq' h₃ (hrest'.congr hlow fun u hu => by
                obtain rfl := Option.some.inj hu; exact hq))
            · rw [← hq'] at hpos
              grind

/-- The values `q s`, `q (s + 1)`, ..., `n` of them. -/
@[expose] def valuesFrom (q : Nat → R) : Nat → Nat → List R
  | _, 0 => []
  | s, n + 1 => q s :: valuesFrom q (s + 1) n

omit [RealField R] in
theorem length_valuesFrom (q : Nat → R) (s n : Nat) : (valuesFrom q s n).length = n := by
  induction n generalizing s with
  | zero => rfl
  | succ n ih => exact congrArg (· + 1) (ih (s + 1))

theorem alternating_valuesFrom {f : R → R} {q : Nat → R} {s n : Nat}
    (h₀ : ∀ k, s ≤ k → k < s + n → f (q k) ≠ 0)
    (h : ∀ k, s ≤ k → k + 1 < s + n → q (k + 1) < q k ∧ f (q k) * f (q (k + 1)) < 0) :
    Alternating f (valuesFrom q s n) := by
  induction n generalizing s with
  | zero => exact .nil
  | succ n ih =>
    cases n with
    | zero => exact .single (h₀ s (Nat.le_refl _) (by omega))
    | succ n =>
      obtain ⟨h₁, h₂⟩ := h s (Nat.le_refl _) (by omega)
      exact .cons h₁ h₂ (ih (s := s + 1) (fun k hk hk' => h₀ k (by omega) (by omega))
        fun k hk hk' => h k (by omega) (by omega))

/-- A power of minus one is one or minus one. -/
private theorem neg_one_pow_cases (j : Nat) : (-1 : R) ^ j = 1 ∨ (-1 : R) ^ j = -1 := by
  induction j with
  | zero => left; rw [pow_zero]
  | succ j ih => rw [pow_succ]; rcases ih with ih | ih <;> rw [ih] <;> grind

/-- Powers of minus one that follow each other have opposite signs. -/
private theorem neg_one_pow_mul_neg (k : Nat) : (-1 : R) ^ k * (-1) ^ (k + 1) < 0 ∧
    (-1 : R) ^ (k + 1) * (-1) ^ k < 0 := by
  rw [pow_succ]
  rcases neg_one_pow_cases (R := R) k with h | h <;> rw [h] <;> exact ⟨by grind, by grind⟩

/-- No power of minus one is zero. -/
private theorem neg_one_pow_ne_zero (k : Nat) : (-1 : R) ^ k ≠ 0 := by
  rcases neg_one_pow_cases (R := R) k with h | h <;> rw [h] <;> grind

/-- The multiples of a negative number fall. -/
private theorem mul_succ_lt {a : R} (ha : a < 0) (k : Nat) : a * ((k + 1 : Nat) : R) < a * k := by
  rw [show ((k + 1 : Nat) : R) = k + 1 by grind]
  grind

/-- The multiples of a positive number rise. -/
private theorem lt_mul_succ {a : R} (ha : 0 < a) (k : Nat) : a * (k : R) < a * (k + 1 : Nat) := by
  rw [show ((k + 1 : Nat) : R) = k + 1 by grind]
  grind

/-- The product with the number zero. -/
private theorem mul_natCast_zero (a : R) : a * ((0 : Nat) : R) = 0 := by grind

/-- The points `0`, ..., `N - 1` of the line with labels `1`, `-1`, `1`, ... are fitted by no
network of the family with fewer than `N` units, hence with fewer than `2 N + 1` parameters. -/
theorem memorization_sharp (N : Nat) :
    (∀ i j : Fin N, (fun _ : Fin 1 => (i.val : R)) = (fun _ => (j.val : R)) → i = j) ∧
    ∀ n, n < N → ∀ θ : Fin (memorizationParameters n 1) → R,
      ∃ i : Fin N, (memorizer n 1 θ).eval relu (fun _ => (i.val : R)) 0 ≠ (-1) ^ i.val := by
  refine ⟨fun i j h => ?_, fun n hn θ => Classical.byContradiction fun hne => ?_⟩
  · have h₁ : (i.val : R) = j.val := congrFun h 0
    rcases Nat.lt_trichotomy i.val j.val with h₂ | h₂ | h₂
    · have := natCast_le (R := R) (show i.val + 1 ≤ j.val from h₂)
      grind
    · exact Fin.ext h₂
    · have := natCast_le (R := R) (show j.val + 1 ≤ i.val from h₂)
      grind
  · obtain ⟨a, b, c, hθ⟩ : ∃ a b c, memorizer n 1 θ = sharedNetwork a b c := by
      unfold memorizer; exact ⟨_, _, _, rfl⟩
    obtain ⟨ks, hp, hs⟩ := exists_sorted (fun p : R × R => p.1)
      ((Fintype.elems : List (Fin n)).map fun j => (b j, c j))
    have hl : ks.length = n := by
      rw [hp.length_eq, List.length_map]
      exact card_fin n
    have hf (k : Nat) (hk : k < N) : reluSum ks (a 0 * (k : R)) = (-1) ^ k := by
      have h₁ : (memorizer n 1 θ).eval relu (fun _ => (k : R)) 0 = (-1) ^ k :=
        Classical.byContradiction fun h => hne ⟨⟨k, hk⟩, h⟩
      rw [hθ, eval_sharedNetwork, inner_def, sum_one] at h₁
      rw [← h₁, reluSum, listSum_perm _ hp, listSum_map]
      rfl
    obtain ⟨q, hq⟩ : ∃ q : Nat → R, Alternating (reluSum ks) (valuesFrom q 0 N) := by
      rcases lt_trichotomy (a 0) 0 with ha | ha | ha
      · refine ⟨fun k => a 0 * (k : R), alternating_valuesFrom (fun k _ hk => ?_)
          fun k _ hk => ⟨?_, ?_⟩⟩
        · rw [hf k (by omega)]
          exact neg_one_pow_ne_zero k
        · exact mul_succ_lt ha k
        · rw [hf k (by omega), hf (k + 1) (by omega)]
          exact (neg_one_pow_mul_neg k).1
      · refine ⟨fun _ => 0, ?_⟩
        have h₀ := hf 0 (by omega)
        have h₁ : N = 1 := Classical.byContradiction fun h => by
          have h₁ := hf 1 (by omega)
          rw [ha, Lean.Grind.Semiring.zero_mul, pow_succ, pow_zero] at h₁
          rw [ha, mul_natCast_zero, pow_zero, h₁] at h₀
          clear hf hs hp hne hθ
          grind
        rw [h₁]
        rw [ha, mul_natCast_zero, pow_zero] at h₀
        exact .single (by rw [h₀]; exact ne_of_gt zero_lt_one)
      · refine ⟨fun k => a 0 * ((N - 1 - k : Nat) : R), alternating_valuesFrom
          (fun k _ hk => ?_) fun k _ hk => ⟨?_, ?_⟩⟩
        · rw [hf _ (by omega)]
          exact neg_one_pow_ne_zero _
        · rw [show N - 1 - k = N - 1 - (k + 1) + 1 by omega]
          exact lt_mul_succ ha _
        · rw [hf _ (by omega), hf _ (by omega), show N - 1 - k = N - 1 - (k + 1) + 1 by omega]
          exact (neg_one_pow_mul_neg _).2
    have := hq.length_le hs
    rw [length_valuesFrom, hl] at this
    omega

end DeepTheory.Approximation
