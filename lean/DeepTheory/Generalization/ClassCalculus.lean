module

public import DeepTheory.Generalization.Rademacher

/-!
# Calculus of function classes

How the Rademacher complexity of a class on a sample behaves under operations with classes.

## Main definitions
* `DeepTheory.Generalization.FunctionClass.scale`,
  `DeepTheory.Generalization.FunctionClass.translate`,
  `DeepTheory.Generalization.FunctionClass.add`,
  `DeepTheory.Generalization.FunctionClass.reindex`,
  `DeepTheory.Generalization.FunctionClass.singleton`,
  `DeepTheory.Generalization.FunctionClass.withZero`: multiples, translates, sums, subclasses, the
  class of one function, and of one function and the zero function.
* `DeepTheory.Generalization.ConvexCombination`,
  `DeepTheory.Generalization.FunctionClass.convexHull`: the convex hull.

## Main theorems
* `DeepTheory.Generalization.FunctionClass.rademacher_scale`,
  `DeepTheory.Generalization.FunctionClass.rademacher_translate`,
  `DeepTheory.Generalization.FunctionClass.rademacher_add`,
  `DeepTheory.Generalization.FunctionClass.rademacher_convexHull`: exact values.
* `DeepTheory.Generalization.FunctionClass.rademacher_reindex_le`: it is monotone in the class.

## References
* P. Bartlett, S. Mendelson, *Rademacher and Gaussian complexities*, 2002, Theorem 12.
-/

public section

namespace DeepTheory.Generalization

universe u v v' w

variable {R : Type u} [RealField R] {ι : Type v} {κ : Type v'} {X : Type w} {n : Nat}

/-! ### Least upper bounds, sums and signs -/

/-- A common bound on all sums of a member of one family and a member of another is one on the sum
of the least upper bounds. -/
theorem lub_add_lub_le {f : ι → R} {g : κ → R} {hι : Nonempty ι} {hκ : Nonempty κ}
    {hf : BoundedAbove f} {hg : BoundedAbove g} {c : R} (h : ∀ i k, f i + g k ≤ c) :
    lub f hι hf + lub g hκ hg ≤ c := by
  have h₁ (i : ι) : f i ≤ c - lub g hκ hg := by
    have : lub g hκ hg ≤ c - f i := lub_le fun k => by have := h i k; grind
    grind
  have := lub_le (hι := hι) (hf := hf) h₁
  grind

/-- The least upper bound of the sums of a member of one family and a member of another is the sum
of the least upper bounds. -/
theorem lub_prod_add {f : ι → R} {g : κ → R} {hι : Nonempty ι} {hκ : Nonempty κ}
    {hf : BoundedAbove f} {hg : BoundedAbove g} {hp : Nonempty (ι × κ)}
    {h : BoundedAbove fun p : ι × κ => f p.1 + g p.2} :
    lub (fun p : ι × κ => f p.1 + g p.2) hp h = lub f hι hf + lub g hκ hg :=
  Std.le_antisymm (lub_le fun p => add_le_add (le_lub hι hf p.1) (le_lub hκ hg p.2))
    (lub_add_lub_le fun i k => le_lub hp h (i, k))

/-- An odd function of the signs has average zero. -/
theorem signAverage_eq_zero {f : (Fin n → Bool) → R} (h : ∀ σ, f (fun i => !σ i) = -f σ) :
    signAverage f = 0 := by
  have h₁ := signAverage_not f
  rw [signAverage_congr (g := fun σ => -1 * f σ) fun σ => by rw [h]; grind,
    signAverage_const_mul] at h₁
  grind

/-- Signs turned round turn the sum round. -/
theorem sum_sign_not (σ : Fin n → Bool) (a : Fin n → R) :
    ∑ j, sign R (!σ j) * a j = -∑ j, sign R (σ j) * a j := by
  rw [← sum_neg]
  exact sum_congr fun j => by rw [sign_not]; grind

/-- The mean of sign times value for a linear combination. -/
theorem sum_mul_sum_div {m : Nat} (s : Fin n → R) (u : Fin m → R) (f : Fin m → Fin n → R) (c : R) :
    (∑ j, s j * ∑ k, u k * f k j) / c = ∑ k, u k * ((∑ j, s j * f k j) / c) := by
  rw [sum_congr (g := fun j => ∑ k, u k * (s j * f k j)) fun j => by
      rw [mul_sum]; exact sum_congr fun k => by grind,
    sum_comm, sum_div]
  exact sum_congr fun k => by rw [← mul_sum]; grind

namespace FunctionClass

variable (F : FunctionClass R ι X)

/-- The number of points goes through the least upper bound. -/
theorem correlation_eq_div (x : Fin n → X) (σ : Fin n → Bool) : F.correlation x σ =
    lub (fun i => ∑ j, sign R (σ j) * F.eval i (x j)) F.nonempty
      (F.boundedAbove_sum x fun j => sign R (σ j)) / n := by
  have hb := F.boundedAbove_sum x fun j => sign R (σ j)
  have hn : 0 ≤ (n : R)⁻¹ := inv_nonneg (natCast_nonneg n)
  rw [Lean.Grind.Field.div_eq_mul_inv, Lean.Grind.CommSemiring.mul_comm,
    ← mul_lub hn (h := hb.const_mul hn)]
  exact lub_congr fun i => by grind

/-! ### Multiples -/

/-- The class with all functions multiplied by a number. -/
@[expose] noncomputable def scale (c : R) : FunctionClass R ι X where
  eval i x := c * F.eval i x
  nonempty := F.nonempty
  bounded x := (F.bounded x).elim fun M h => ⟨abs c * M, fun i => by
    rw [abs_mul]
    exact mul_le_mul_of_nonneg_left (h i) (abs_nonneg c)⟩

theorem scale_eval (c : R) (i : ι) (x : X) : (F.scale c).eval i x = c * F.eval i x := rfl

/-- A nonnegative factor goes through the largest mean. -/
theorem correlation_scale {c : R} (hc : 0 ≤ c) (x : Fin n → X) (σ : Fin n → Bool) :
    (F.scale c).correlation x σ = c * F.correlation x σ := by
  unfold correlation
  rw [← mul_lub hc (h := (F.boundedAbove_correlation x σ).const_mul hc)]
  refine lub_congr fun i => ?_
  rw [sum_congr (g := fun j => c * (sign R (σ j) * F.eval i (x j))) fun j => by
    rw [scale_eval]; grind, ← mul_sum]
  grind

/-- A negative factor turns the signs round. -/
theorem correlation_scale_of_nonpos {c : R} (hc : c ≤ 0) (x : Fin n → X) (σ : Fin n → Bool) :
    (F.scale c).correlation x σ = -c * F.correlation x fun j => !σ j := by
  have hc : 0 ≤ -c := by grind
  unfold correlation
  rw [← mul_lub hc (h := (F.boundedAbove_correlation x fun j => !σ j).const_mul hc)]
  refine lub_congr fun i => ?_
  rw [sum_congr (g := fun j => c * (sign R (σ j) * F.eval i (x j))) fun j => by
    rw [scale_eval]; grind, ← mul_sum, sum_sign_not]
  grind

/-- The complexity is multiplied by the absolute value of a factor. -/
theorem rademacher_scale (c : R) (x : Fin n → X) :
    (F.scale c).rademacher x = abs c * F.rademacher x := by
  unfold rademacher
  rcases le_total 0 c with hc | hc
  · rw [abs_of_nonneg hc, ← signAverage_const_mul]
    exact signAverage_congr fun σ => F.correlation_scale hc x σ
  · rw [abs_of_nonpos hc, ← signAverage_not (F.correlation x), ← signAverage_const_mul]
    exact signAverage_congr fun σ => F.correlation_scale_of_nonpos hc x σ

/-! ### Translates and single functions -/

/-- The class with a fixed function added to all functions. -/
@[expose] noncomputable def translate (f : X → R) : FunctionClass R ι X where
  eval i x := F.eval i x + f x
  nonempty := F.nonempty
  bounded x := (F.bounded x).elim fun M h => ⟨M + abs (f x), fun i =>
    Std.le_trans (abs_add_le _ _) (add_le_add (h i) (Std.le_refl _))⟩

theorem translate_eval (f : X → R) (i : ι) (x : X) :
    (F.translate f).eval i x = F.eval i x + f x := rfl

/-- A fixed function adds its own mean of sign times value. -/
theorem correlation_translate (f : X → R) (x : Fin n → X) (σ : Fin n → Bool) :
    (F.translate f).correlation x σ =
      F.correlation x σ + (∑ j, sign R (σ j) * f (x j)) / n := by
  have hb : BoundedAbove fun i => (∑ j, sign R (σ j) * F.eval i (x j)) / (n : R) +
      (∑ j, sign R (σ j) * f (x j)) / n :=
    (F.boundedAbove_correlation x σ).add ⟨_, fun _ => Std.le_refl _⟩
  unfold correlation
  rw [← lub_add_const (h := hb)]
  refine lub_congr fun i => ?_
  rw [sum_congr (g := fun j => sign R (σ j) * F.eval i (x j) + sign R (σ j) * f (x j)) fun j => by
    rw [translate_eval]; grind, sum_add]
  grind

/-- The complexity does not change where a fixed function is added. -/
theorem rademacher_translate (f : X → R) (x : Fin n → X) :
    (F.translate f).rademacher x = F.rademacher x := by
  unfold rademacher
  rw [signAverage_congr fun σ => F.correlation_translate f x σ, signAverage_add,
    signAverage_eq_zero (f := fun σ => (∑ j, sign R (σ j) * f (x j)) / (n : R)) fun σ => by
      dsimp only
      rw [sum_sign_not]
      grind]
  grind

/-- The class of one function. -/
@[expose] noncomputable def singleton (f : X → R) : FunctionClass R Unit X where
  eval _ x := f x
  nonempty := ⟨()⟩
  bounded x := ⟨abs (f x), fun _ => Std.le_refl _⟩

/-- A sample without points has complexity zero. -/
theorem rademacher_zero (x : Fin 0 → X) : F.rademacher x = 0 := by
  unfold rademacher
  rw [signAverage_zero, correlation_eq_div]
  grind

/-- One function has complexity zero. -/
theorem rademacher_singleton (f : X → R) (x : Fin n → X) :
    (singleton f).rademacher x = 0 :=
  signAverage_eq_zero fun σ => by
    unfold correlation
    rw [lub_eq_of_forall_le () fun _ => Std.le_refl _, lub_eq_of_forall_le () fun _ =>
      Std.le_refl _, sum_sign_not]
    grind

/-- The class of a function and the zero function. -/
@[expose] noncomputable def withZero (f : X → R) : FunctionClass R Bool X where
  eval b x := if b then f x else 0
  nonempty := ⟨true⟩
  bounded x := ⟨abs (f x), fun b => by
    cases b
    · show abs (0 : R) ≤ _
      rw [abs_zero]
      exact abs_nonneg _
    · exact Std.le_refl _⟩

theorem withZero_eval_true (f : X → R) (x : X) : (withZero f).eval true x = f x := rfl

theorem withZero_eval_false (f : X → R) (x : X) : (withZero f).eval false x = 0 := rfl

/-- The largest means of a function and the zero function, for signs and for the opposite signs,
sum to the absolute value of the mean. -/
theorem correlation_withZero (f : X → R) (x : Fin n → X) (σ : Fin n → Bool) :
    (withZero f).correlation x σ + (withZero f).correlation x (fun j => !σ j) =
      abs ((∑ j, sign R (σ j) * f (x j)) / n) := by
  have ht (τ : Fin n → Bool) := (withZero f).le_correlation x τ true
  have hf (τ : Fin n → Bool) := (withZero f).le_correlation x τ false
  have hz (τ : Fin n → Bool) :
      (∑ j, sign R (τ j) * (withZero f).eval false (x j)) / (n : R) = 0 := by
    rw [sum_eq_zero fun j => by rw [withZero_eval_false]; grind]
    grind
  have he (τ : Fin n → Bool) : (∑ j, sign R (τ j) * (withZero f).eval true (x j)) / (n : R) =
      (∑ j, sign R (τ j) * f (x j)) / n := rfl
  have hn : (∑ j, sign R (!σ j) * f (x j)) / (n : R) = -((∑ j, sign R (σ j) * f (x j)) / n) := by
    rw [sum_sign_not]
    grind
  have h₁ := ht σ
  have h₂ := ht fun j => !σ j
  have h₃ := hf σ
  have h₄ := hf fun j => !σ j
  rw [he] at h₁ h₂
  rw [hz] at h₃ h₄
  rw [hn] at h₂
  have habs := abs_cases ((∑ j, sign R (σ j) * f (x j)) / (n : R))
  refine Std.le_antisymm (lub_add_lub_le fun b c => ?_) ?_
  · cases b <;> cases c <;> simp only [hz, he, hn] <;> grind
  · grind

/-- A function and the zero function have half the mean absolute value as their complexity. -/
theorem two_mul_rademacher_withZero (f : X → R) (x : Fin n → X) : 2 * (withZero f).rademacher x =
    signAverage fun σ => abs ((∑ j, sign R (σ j) * f (x j)) / n) := by
  rw [← signAverage_congr fun σ => correlation_withZero f x σ, signAverage_add,
    signAverage_not ((withZero f).correlation x)]
  unfold rademacher
  grind

/-- The constant one and the zero function have positive complexity. -/
theorem rademacher_withZero_pos (hn : 0 < n) (x : Fin n → X) :
    0 < (withZero fun _ : X => (1 : R)).rademacher x := by
  have h := two_mul_rademacher_withZero (fun _ : X => (1 : R)) x
  have hp : (0 : R) < signAverage fun σ => abs ((∑ j : Fin n, sign R (σ j) * 1) / (n : R)) := by
    refine div_pos (sum_pos (k := fun _ => true) (fun _ => abs_nonneg _) ?_) (two_pow_pos n)
    have := natCast_pos (R := R) hn
    rw [sum_congr (g := fun _ : Fin n => (1 : R)) fun j => by rw [sign_true]; grind, sum_const]
    exact abs_pos (by grind)
  grind

/-! ### Sums -/

/-- The sums of a function of one class and a function of another. -/
@[expose] noncomputable def add (G : FunctionClass R κ X) : FunctionClass R (ι × κ) X where
  eval p x := F.eval p.1 x + G.eval p.2 x
  nonempty := F.nonempty.elim fun i => G.nonempty.elim fun k => ⟨(i, k)⟩
  bounded x := (F.bounded x).elim fun M h => (G.bounded x).elim fun N h' => ⟨M + N, fun p =>
    Std.le_trans (abs_add_le _ _) (add_le_add (h p.1) (h' p.2))⟩

theorem add_eval (G : FunctionClass R κ X) (p : ι × κ) (x : X) :
    (F.add G).eval p x = F.eval p.1 x + G.eval p.2 x := rfl

/-- The largest means of two classes add up. -/
theorem correlation_add (G : FunctionClass R κ X) (x : Fin n → X) (σ : Fin n → Bool) :
    (F.add G).correlation x σ = F.correlation x σ + G.correlation x σ := by
  have he (p : ι × κ) : (∑ j, sign R (σ j) * F.eval p.1 (x j)) / (n : R) +
      (∑ j, sign R (σ j) * G.eval p.2 (x j)) / n =
      (∑ j, sign R (σ j) * (F.add G).eval p (x j)) / n := by
    rw [sum_congr (g := fun j => sign R (σ j) * F.eval p.1 (x j) +
      sign R (σ j) * G.eval p.2 (x j)) (f := fun j => sign R (σ j) * (F.add G).eval p (x j))
      fun j => by dsimp only; rw [add_eval]; grind, sum_add]
    grind
  have hb : BoundedAbove fun p : ι × κ => (∑ j, sign R (σ j) * F.eval p.1 (x j)) / (n : R) +
      (∑ j, sign R (σ j) * G.eval p.2 (x j)) / n := by
    rw [funext he]
    exact (F.add G).boundedAbove_correlation x σ
  unfold correlation
  rw [← lub_prod_add (f := fun i => (∑ j, sign R (σ j) * F.eval i (x j)) / (n : R))
    (g := fun i => (∑ j, sign R (σ j) * G.eval i (x j)) / (n : R)) (hp := (F.add G).nonempty)
    (h := hb)]
  exact (lub_congr he).symm

/-- The complexities of two classes add up. -/
theorem rademacher_add (G : FunctionClass R κ X) (x : Fin n → X) :
    (F.add G).rademacher x = F.rademacher x + G.rademacher x := by
  unfold rademacher
  rw [← signAverage_add]
  exact signAverage_congr fun σ => F.correlation_add G x σ

/-! ### Subclasses -/

/-- The functions of a class whose indices are the images of other indices. -/
@[expose] noncomputable def reindex (e : κ → ι) (hκ : Nonempty κ) : FunctionClass R κ X where
  eval k x := F.eval (e k) x
  nonempty := hκ
  bounded x := (F.bounded x).elim fun M h => ⟨M, fun k => h (e k)⟩

/-- The complexity is monotone in the class. -/
theorem rademacher_reindex_le (e : κ → ι) (hκ : Nonempty κ) (x : Fin n → X) :
    (F.reindex e hκ).rademacher x ≤ F.rademacher x :=
  rademacher_le_of_cover _ F x x fun k => ⟨e k, fun _ => rfl⟩

/-- The complexity does not depend on how the functions are numbered. -/
theorem rademacher_reindex (e : κ → ι) (he : ∀ i, ∃ k, e k = i) (hκ : Nonempty κ)
    (x : Fin n → X) : (F.reindex e hκ).rademacher x = F.rademacher x :=
  Std.le_antisymm (F.rademacher_reindex_le e hκ x) <|
    rademacher_le_of_cover _ (F.reindex e hκ) x x fun i => (he i).elim fun k hk =>
      ⟨k, fun j => by subst hk; rfl⟩

/-- Two classes with equal functions of equal indices on the sample have equal complexities. -/
theorem rademacher_congr {G : FunctionClass R ι X} {x : Fin n → X}
    (h : ∀ i j, F.eval i (x j) = G.eval i (x j)) : F.rademacher x = G.rademacher x :=
  Std.le_antisymm (rademacher_le_of_cover _ _ x x fun i => ⟨i, h i⟩)
    (rademacher_le_of_cover _ _ x x fun i => ⟨i, fun j => (h i j).symm⟩)

end FunctionClass

/-! ### Convex hulls -/

/-- A finite convex combination of indices. -/
structure ConvexCombination (R : Type u) [RealField R] (ι : Type v) where
  /-- The number of terms. -/
  size : Nat
  /-- The weights. -/
  weight : Fin size → R
  /-- The indices. -/
  member : Fin size → ι
  /-- No weight is negative. -/
  nonneg : ∀ k, 0 ≤ weight k
  /-- The weights sum to one. -/
  sum_eq_one : ∑ k, weight k = 1

/-- The combination of one index with weight one. -/
@[expose] noncomputable def ConvexCombination.single (R : Type u) [RealField R] (i : ι) :
    ConvexCombination R ι where
  size := 1
  weight _ := 1
  member _ := i
  nonneg _ := zero_le_one
  sum_eq_one := by rw [sum_one]

/-- A convex combination of numbers is at most any bound on them. -/
theorem ConvexCombination.sum_le (p : ConvexCombination R ι) {f : Fin p.size → R} {c : R}
    (h : ∀ k, f k ≤ c) : ∑ k, p.weight k * f k ≤ c := by
  have h₁ := sum_le_sum fun k => mul_le_mul_of_nonneg_left (h k) (p.nonneg k)
  rw [← sum_mul, p.sum_eq_one] at h₁
  grind

namespace FunctionClass

variable (F : FunctionClass R ι X)

/-- The convex hull: all finite convex combinations of functions of the class. -/
@[expose] noncomputable def convexHull : FunctionClass R (ConvexCombination R ι) X where
  eval p x := ∑ k, p.weight k * F.eval (p.member k) x
  nonempty := F.nonempty.elim fun i => ⟨.single R i⟩
  bounded x := (F.bounded x).elim fun M h => ⟨M, fun p => by
    refine Std.le_trans (abs_sum_le _) ?_
    rw [sum_congr fun k => by rw [abs_mul, abs_of_nonneg (p.nonneg k)]]
    exact p.sum_le fun k => h _⟩

theorem convexHull_eval (p : ConvexCombination R ι) (x : X) :
    F.convexHull.eval p x = ∑ k, p.weight k * F.eval (p.member k) x := rfl

/-- No convex combination follows signs better than the best function. -/
theorem correlation_convexHull (x : Fin n → X) (σ : Fin n → Bool) :
    F.convexHull.correlation x σ = F.correlation x σ := by
  refine Std.le_antisymm (lub_le fun p => ?_) (lub_le_lub fun i => ⟨.single R i, ?_⟩)
  · rw [sum_congr fun j => by rw [convexHull_eval],
      sum_mul_sum_div (fun j => sign R (σ j)) p.weight fun k j => F.eval (p.member k) (x j)]
    exact p.sum_le fun k => F.le_correlation x σ _
  · refine le_of_eq (congrArg (· / (n : R)) (sum_congr fun j => ?_))
    rw [convexHull_eval]
    show _ = sign R (σ j) * ∑ k : Fin 1, 1 * F.eval i (x j)
    rw [sum_one]
    grind

/-- The convex hull has the complexity of the class. -/
theorem rademacher_convexHull (x : Fin n → X) : F.convexHull.rademacher x = F.rademacher x :=
  signAverage_congr fun σ => F.correlation_convexHull x σ

end FunctionClass

end DeepTheory.Generalization
