module

public import DeepTheory.Probability.Basic

/-!
# Images, products and conditioning of finite laws

## Main definitions
* `DeepTheory.Probability.Dist.map`: the law of a function of a draw.
* `DeepTheory.Probability.Dist.bind`: a draw from a law that a first draw chooses.
* `DeepTheory.Probability.Dist.prod`: two independent draws.
* `DeepTheory.Probability.Dist.fst`, `DeepTheory.Probability.Dist.snd`: the marginals of a pair.
* `DeepTheory.Probability.Dist.cond`: a law given an event of positive probability.

## Main theorems
* `DeepTheory.Probability.Dist.ext_expect`: laws with the same expectations are equal.
* `DeepTheory.Probability.expect_map`, `DeepTheory.Probability.expect_bind`,
  `DeepTheory.Probability.expect_prod`, `DeepTheory.Probability.expect_cond`: the expectations under
  these laws.
* `DeepTheory.Probability.expect_prod_mul`, `DeepTheory.Probability.probOf_prod`: independence.
-/

public section

namespace DeepTheory.Probability

universe u v w x y

variable {R : Type u} [RealField R] {Z : Type v} [Fintype Z] {Y : Type w} [Fintype Y]
  {Z' : Type x} [Fintype Z'] {Y' : Type y} [Fintype Y']

/-! ### Equality of laws -/

/-- A sum against the indicator of one element. -/
theorem sum_indicator_mul (a : Y) (f : Y → R) : ∑ b, indicator R (a = b) * f b = f a := by
  rw [sum_eq_single a fun b h => by rw [indicator_false (Ne.symm h)]; grind, indicator_true rfl]
  grind

/-- Laws with the same weights are equal. -/
theorem Dist.ext {μ ν : Dist R Z} (h : ∀ z, μ.prob z = ν.prob z) : μ = ν := by
  cases μ
  cases ν
  congr
  exact funext h

/-- Laws with the same expectations are equal. -/
theorem Dist.ext_expect {μ ν : Dist R Z} (h : ∀ f, expect μ f = expect ν f) : μ = ν := by
  have key (ρ : Dist R Z) (z : Z) : expect ρ (fun y => indicator R (z = y)) = ρ.prob z := by
    rw [← sum_indicator_mul z ρ.prob]
    exact sum_congr fun y => Lean.Grind.CommSemiring.mul_comm _ _
  exact Dist.ext fun z => by rw [← key μ, ← key ν, h]

/-! ### Images -/

/-- The law of `T z`, where `z` is drawn from `μ`. -/
@[expose] noncomputable def Dist.map (T : Z → Y) (μ : Dist R Z) : Dist R Y where
  prob y := ∑ z, indicator R (T z = y) * μ.prob z
  nonneg y := sum_nonneg fun z => mul_nonneg (indicator_nonneg _) (μ.nonneg z)
  sum_eq_one := by
    rw [sum_comm, sum_congr fun z => sum_indicator_mul (T z) fun _ => μ.prob z, μ.sum_eq_one]

/-- The expectation of a function under the law of `T z` is that of the function of `T z`. -/
theorem expect_map (μ : Dist R Z) (T : Z → Y) (f : Y → R) :
    expect (μ.map T) f = expect μ fun z => f (T z) := by
  show ∑ y, (∑ z, indicator R (T z = y) * μ.prob z) * f y = ∑ z, μ.prob z * f (T z)
  rw [sum_congr fun y => sum_mul (fun z => indicator R (T z = y) * μ.prob z) (f y), sum_comm]
  refine sum_congr fun z => ?_
  rw [← sum_indicator_mul (T z) fun y => μ.prob z * f y]
  exact sum_congr fun y => by grind

/-- The probability of an event under the law of `T z`. -/
theorem probOf_map (μ : Dist R Z) (T : Z → Y) (A : Y → Prop) :
    probOf (μ.map T) A = probOf μ fun z => A (T z) := expect_map μ T _

/-- The image of an image. -/
theorem map_map (μ : Dist R Z) (T : Z → Y) (S : Y → Y') :
    (μ.map T).map S = μ.map fun z => S (T z) :=
  Dist.ext_expect fun f => by rw [expect_map, expect_map, expect_map]

/-- The image under the identity. -/
theorem map_id (μ : Dist R Z) : (μ.map fun z => z) = μ :=
  Dist.ext_expect fun f => expect_map μ _ f

/-- An image has at least the weight of the element. -/
theorem prob_le_prob_map (μ : Dist R Z) (T : Z → Y) (z : Z) :
    μ.prob z ≤ (μ.map T).prob (T z) := by
  have h := single_le_sum (f := fun y => indicator R (T y = T z) * μ.prob y)
    (fun y => mul_nonneg (indicator_nonneg _) (μ.nonneg y)) z
  rw [indicator_true rfl] at h
  refine Std.le_trans (le_of_eq ?_) h
  grind

/-- Under an injective map an element keeps its weight. -/
theorem prob_map_of_injective (μ : Dist R Z) {T : Z → Y} (hT : ∀ a b, T a = T b → a = b) (z : Z) :
    (μ.map T).prob (T z) = μ.prob z := by
  show ∑ y, indicator R (T y = T z) * μ.prob y = μ.prob z
  rw [sum_eq_single z fun y h => by rw [indicator_false fun h' => h (hT _ _ h')]; grind,
    indicator_true rfl]
  grind

/-! ### Draws in two steps -/

/-- The law of a draw from `K z`, where `z` is drawn from `μ`. -/
@[expose] noncomputable def Dist.bind (μ : Dist R Z) (K : Z → Dist R Y) : Dist R Y where
  prob y := ∑ z, (K z).prob y * μ.prob z
  nonneg y := sum_nonneg fun z => mul_nonneg ((K z).nonneg y) (μ.nonneg z)
  sum_eq_one := by
    rw [sum_comm, sum_congr fun z => show ∑ y, (K z).prob y * μ.prob z = μ.prob z by
      rw [← sum_mul, (K z).sum_eq_one]; grind, μ.sum_eq_one]

/-- The expectation after two steps is the expectation of the expectation after the second. -/
theorem expect_bind (μ : Dist R Z) (K : Z → Dist R Y) (f : Y → R) :
    expect (μ.bind K) f = expect μ fun z => expect (K z) f := by
  show ∑ y, (∑ z, (K z).prob y * μ.prob z) * f y = ∑ z, μ.prob z * ∑ y, (K z).prob y * f y
  rw [sum_congr fun y => sum_mul (fun z => (K z).prob y * μ.prob z) (f y), sum_comm]
  refine sum_congr fun z => ?_
  rw [mul_sum]
  exact sum_congr fun y => by grind

/-- A second step without chance is a map. -/
theorem bind_point (μ : Dist R Z) (T : Z → Y) : (μ.bind fun z => Dist.point (T z)) = μ.map T :=
  Dist.ext_expect fun f => by
    rw [expect_bind, expect_map]
    exact expect_congr _ fun z => expect_point (T z) f

/-! ### Two independent draws -/

/-- The law of two independent draws. -/
@[expose] noncomputable def Dist.prod (μ : Dist R Z) (ν : Dist R Y) : Dist R (Z × Y) where
  prob p := μ.prob p.1 * ν.prob p.2
  nonneg p := mul_nonneg (μ.nonneg _) (ν.nonneg _)
  sum_eq_one := by
    rw [sum_prod_type, ← sum_mul_sum μ.prob ν.prob, μ.sum_eq_one, ν.sum_eq_one]
    grind

/-- The law of the first entry of a pair. -/
@[expose] noncomputable def Dist.fst (π : Dist R (Z × Y)) : Dist R Z := π.map Prod.fst

/-- The law of the second entry of a pair. -/
@[expose] noncomputable def Dist.snd (π : Dist R (Z × Y)) : Dist R Y := π.map Prod.snd

/-- The expectation over two independent draws is an iterated one. -/
theorem expect_prod (μ : Dist R Z) (ν : Dist R Y) (f : Z × Y → R) :
    expect (μ.prod ν) f = expect μ fun a => expect ν fun b => f (a, b) := by
  show ∑ p, μ.prob p.1 * ν.prob p.2 * f p = ∑ a, μ.prob a * ∑ b, ν.prob b * f (a, b)
  rw [sum_prod_type]
  refine sum_congr fun a => ?_
  rw [mul_sum]
  exact sum_congr fun b => by grind

/-- **Independence**: the expectation of a product of functions of one draw each is the product of
their expectations. -/
theorem expect_prod_mul (μ : Dist R Z) (ν : Dist R Y) (f : Z → R) (g : Y → R) :
    (expect (μ.prod ν) fun p => f p.1 * g p.2) = expect μ f * expect ν g := by
  rw [expect_prod, ← expect_mul_const]
  exact expect_congr _ fun a => expect_const_mul ν (f a) g

/-- **Independence**: the probabilities of an event of each draw multiply. -/
theorem probOf_prod (μ : Dist R Z) (ν : Dist R Y) (A : Z → Prop) (B : Y → Prop) :
    probOf (μ.prod ν) (fun p => A p.1 ∧ B p.2) = probOf μ A * probOf ν B := by
  unfold probOf
  rw [← expect_prod_mul]
  refine expect_congr _ fun p => ?_
  rcases indicator_cases R (A p.1) with ⟨h₁, h₂⟩ | ⟨h₁, h₂⟩
  · rcases indicator_cases R (B p.2) with ⟨h₃, h₄⟩ | ⟨h₃, h₄⟩
    · rw [h₂, h₄, indicator_true ⟨h₁, h₃⟩]; grind
    · rw [h₂, h₄, indicator_false fun h => h₃ h.2]; grind
  · rw [h₂, indicator_false fun h => h₁ h.1]; grind

/-- The first of two independent draws. -/
@[simp] theorem fst_prod (μ : Dist R Z) (ν : Dist R Y) : (μ.prod ν).fst = μ :=
  Dist.ext_expect fun f => by
    rw [Dist.fst, expect_map, expect_prod]
    exact expect_congr _ fun a => expect_const ν (f a)

/-- The second of two independent draws. -/
@[simp] theorem snd_prod (μ : Dist R Z) (ν : Dist R Y) : (μ.prod ν).snd = ν :=
  Dist.ext_expect fun f => by
    rw [Dist.snd, expect_map, expect_prod]
    exact expect_const μ (expect ν f)

/-- Independent draws stay independent when each is mapped. -/
theorem map_prod (μ : Dist R Z) (ν : Dist R Y) (T : Z → Z') (U : Y → Y') :
    ((μ.prod ν).map fun p => (T p.1, U p.2)) = (μ.map T).prod (ν.map U) :=
  Dist.ext_expect fun f => by
    rw [expect_map, expect_prod, expect_prod, expect_map]
    exact expect_congr _ fun a => (expect_map ν U fun b => f (T a, b)).symm

/-- The first entry of a pair whose entries are mapped. -/
theorem fst_map (π : Dist R (Z × Y)) (T : Z → Z') (U : Y → Y') :
    (π.map fun p => (T p.1, U p.2)).fst = π.fst.map T := by
  rw [Dist.fst, Dist.fst, map_map, map_map]

/-- The second entry of a pair whose entries are mapped. -/
theorem snd_map (π : Dist R (Z × Y)) (T : Z → Z') (U : Y → Y') :
    (π.map fun p => (T p.1, U p.2)).snd = π.snd.map U := by
  rw [Dist.snd, Dist.snd, map_map, map_map]

/-- Two independent uniform draws are a uniform draw of the pair. -/
theorem uniform_prod [Nonempty Z] [Nonempty Y] :
    (Dist.uniform : Dist R Z).prod (Dist.uniform : Dist R Y) = Dist.uniform :=
  Dist.ext fun p => by
    show 1 / (card Z : R) * (1 / (card Y : R)) = 1 / (card (Z × Y) : R)
    rw [card_prod, show ((card Z * card Y : Nat) : R) = (card Z : R) * card Y by grind]
    have := natCast_pos (R := R) (card_pos (α := Z))
    have := natCast_pos (R := R) (card_pos (α := Y))
    grind

/-! ### Conditioning -/

/-- The law given an event of positive probability. -/
@[expose] noncomputable def Dist.cond (μ : Dist R Z) (A : Z → Prop) (h : 0 < probOf μ A) :
    Dist R Z where
  prob z := μ.prob z * indicator R (A z) / probOf μ A
  nonneg z := div_nonneg (mul_nonneg (μ.nonneg z) (indicator_nonneg _)) h
  sum_eq_one := by
    rw [← sum_div]
    show probOf μ A / probOf μ A = 1
    grind

/-- The expectation given an event. -/
theorem expect_cond (μ : Dist R Z) {A : Z → Prop} (h : 0 < probOf μ A) (f : Z → R) :
    expect (μ.cond A h) f = (expect μ fun z => indicator R (A z) * f z) / probOf μ A := by
  show ∑ z, μ.prob z * indicator R (A z) / probOf μ A * f z =
    (∑ z, μ.prob z * (indicator R (A z) * f z)) / probOf μ A
  rw [sum_div]
  exact sum_congr fun z => by grind

/-- The probability of both events is that of the first times that of the second given the
first. -/
theorem probOf_cond (μ : Dist R Z) {A : Z → Prop} (h : 0 < probOf μ A) (B : Z → Prop) :
    probOf μ (fun z => A z ∧ B z) = probOf (μ.cond A h) B * probOf μ A := by
  have h₁ : probOf (μ.cond A h) B = _ := expect_cond μ h fun z => indicator R (B z)
  have h₂ : probOf μ (fun z => A z ∧ B z) =
      expect μ fun z => indicator R (A z) * indicator R (B z) := expect_congr _ fun z => by
    rcases indicator_cases R (A z) with ⟨h₁, h₂⟩ | ⟨h₁, h₂⟩
    · rcases indicator_cases R (B z) with ⟨h₃, h₄⟩ | ⟨h₃, h₄⟩
      · rw [h₂, h₄, indicator_true ⟨h₁, h₃⟩]; grind
      · rw [h₂, h₄, indicator_false fun h => h₃ h.2]; grind
    · rw [h₂, indicator_false fun h => h₁ h.1]; grind
  rw [h₁, h₂, div_mul_cancel (ne_of_gt h)]

/-- Given an event it is certain. -/
theorem probOf_cond_self (μ : Dist R Z) {A : Z → Prop} (h : 0 < probOf μ A) :
    probOf (μ.cond A h) A = 1 := by
  have h₁ := probOf_cond μ h A
  rw [probOf_congr μ fun z => show A z ∧ A z ↔ A z from and_self_iff] at h₁
  have h₂ := ne_of_gt h
  generalize probOf (μ.cond A h) A = b at *
  grind

end DeepTheory.Probability
