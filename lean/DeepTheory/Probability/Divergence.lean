module

public import DeepTheory.Probability.BinaryKl
public import DeepTheory.Probability.Map

/-!
# Divergences of finite laws

The relative entropy and the total variation distance of two laws on a finite type, and the
entropy of one.

The conventions of the library are `log 0 = 0` and `x / 0 = 0`.  So an element to which `μ` gives no
weight adds nothing to `klDiv μ ν`, as it should, but neither does one to which only `ν` gives none,
where the relative entropy is infinite.  So the statements ask for `AbsCont μ ν`: what `ν` excludes
is excluded by `μ`.

## Main definitions
* `DeepTheory.Probability.AbsCont`: one law allows only what another one allows.
* `DeepTheory.Probability.klDiv`: the relative entropy (Kullback-Leibler divergence).
* `DeepTheory.Probability.tv`: the total variation distance.
* `DeepTheory.Probability.entropy`: the entropy.
* `DeepTheory.Probability.Dist.tilt`: a law with weights changed by the exponential of a function.

## Main theorems
* `DeepTheory.Probability.log_sum_of_zeros`: the log-sum inequality, with terms zero allowed.
* `DeepTheory.Probability.klDiv_nonneg`, `DeepTheory.Probability.klDiv_prod`,
  `DeepTheory.Probability.klDiv_coin`.
* `DeepTheory.Probability.abs_probOf_sub_le_tv`, `DeepTheory.Probability.tv_eq_probOf_sub`: the
  total variation distance is the largest difference of the probabilities of an event.
* `DeepTheory.Probability.entropy_le`: the entropy is at most the logarithm of the number of
  elements.
* `DeepTheory.Probability.donsker_varadhan_le`, `DeepTheory.Probability.donsker_varadhan_tilt`:
  the variational formula of the relative entropy.

## References
* T. M. Cover, J. A. Thomas, *Elements of Information Theory*, second edition, 2006, chapter 2.
* S. Boucheron, G. Lugosi, P. Massart, *Concentration Inequalities*, 2013, chapter 4.
-/

public section

namespace DeepTheory.Probability

universe u v w

variable {R : Type u} [RealField R] {Z : Type v} [Fintype Z] {Y : Type w} [Fintype Y]
  {μ ν ρ : Dist R Z}

/-- What the second law excludes is excluded by the first one. -/
@[expose] def AbsCont (μ ν : Dist R Z) : Prop := ∀ z, ν.prob z = 0 → μ.prob z = 0

/-- The relative entropy of a law with respect to another one. -/
@[expose] noncomputable def klDiv (μ ν : Dist R Z) : R :=
  ∑ z, μ.prob z * log (μ.prob z / ν.prob z)

/-- The total variation distance of two laws: half of the sum of the differences of weights. -/
@[expose] noncomputable def tv (μ ν : Dist R Z) : R := (∑ z, abs (μ.prob z - ν.prob z)) / 2

/-- The entropy of a law. -/
@[expose] noncomputable def entropy (μ : Dist R Z) : R := -∑ z, μ.prob z * log (μ.prob z)

/-! ### The log-sum inequality -/

/-- **The log-sum inequality.** For nonnegative families, where `a i` is zero wherever `c i` is, the
terms `a i * log (a i / c i)` add up to no less than the same expression of the sums. -/
theorem log_sum_of_zeros {ι : Type v} [Fintype ι] {a c : ι → R} (ha : ∀ i, 0 ≤ a i)
    (hc : ∀ i, 0 ≤ c i) (h : ∀ i, c i = 0 → a i = 0) :
    (∑ i, a i) * log ((∑ i, a i) / ∑ i, c i) ≤ ∑ i, a i * log (a i / c i) := by
  have hA := sum_nonneg ha
  have hC := sum_nonneg hc
  have h' (i : ι) : 0 < c i ∨ a i = 0 := by have := hc i; have := h i; grind
  rcases (show ∑ i, a i = 0 ∨ 0 < ∑ i, a i by grind) with h₀ | h₀
  · have hz : ∑ i, a i * log (a i / c i) = 0 := sum_eq_zero fun i => by
      rw [(sum_eq_zero_iff ha).1 h₀ i]
      exact Lean.Grind.Semiring.zero_mul _
    rw [h₀, hz]
    grind
  · have hB : 0 < ∑ i, c i := lt_of_le_of_ne hC fun hB => by
      rw [sum_eq_zero fun i => h i ((sum_eq_zero_iff hc).1 hB.symm i)] at h₀
      grind
    have h₁ := sum_le_sum fun i => mul_log_add_le_mul_log_div (ha i) (hc i) (h' i) (div_pos h₀ hB)
    rw [sum_sub, sum_add, ← sum_mul, ← mul_sum] at h₁
    generalize ∑ i, a i = A at *
    generalize ∑ i, c i = C at *
    have e : A - A / C * C = 0 := by grind
    grind

/-! ### Absolute continuity -/

/-- Every law allows what it allows. -/
theorem absCont_refl (μ : Dist R Z) : AbsCont μ μ := fun _ h => h

/-- Absolute continuity is transitive. -/
theorem AbsCont.trans (h₁ : AbsCont μ ν) (h₂ : AbsCont ν ρ) : AbsCont μ ρ :=
  fun z h => h₁ z (h₂ z h)

/-- A law is absolutely continuous with respect to one with positive weights. -/
theorem absCont_of_pos (h : ∀ z, 0 < ν.prob z) : AbsCont μ ν := fun z hz => by
  have := h z
  grind

/-- Either the second weight is positive or the first one is zero. -/
theorem AbsCont.pos_or (h : AbsCont μ ν) (z : Z) : 0 < ν.prob z ∨ μ.prob z = 0 := by
  have h₁ := ν.nonneg z
  have h₂ := h z
  grind

/-- An event that the second law excludes is excluded by the first one. -/
theorem AbsCont.probOf (h : AbsCont μ ν) {A : Z → Prop} (hA : probOf ν A = 0) :
    probOf μ A = 0 := by
  have h₁ := (sum_eq_zero_iff fun z =>
    mul_nonneg (ν.nonneg z) (indicator_nonneg (R := R) (A z))).1 hA
  refine sum_eq_zero fun z => ?_
  show μ.prob z * indicator R (A z) = 0
  have h₂ := h₁ z
  have h₃ := h z
  rcases indicator_cases R (A z) with ⟨_, h₄⟩ | ⟨_, h₄⟩ <;> rw [h₄] at h₂ ⊢ <;> grind

/-- Absolute continuity of the laws of two independent draws. -/
theorem AbsCont.prod {μ' ν' : Dist R Y} (h : AbsCont μ ν) (h' : AbsCont μ' ν') :
    AbsCont (μ.prod μ') (ν.prod ν') := fun p hp => by
  have h₁ := h p.1
  have h₂ := h' p.2
  change ν.prob p.1 * ν'.prob p.2 = 0 at hp
  show μ.prob p.1 * μ'.prob p.2 = 0
  grind

/-! ### The relative entropy -/

/-- The relative entropy is the expected logarithm of the quotient of the weights. -/
theorem klDiv_eq_expect (μ ν : Dist R Z) :
    klDiv μ ν = expect μ fun z => log (μ.prob z / ν.prob z) := rfl

/-- The relative entropy is nonnegative. -/
theorem klDiv_nonneg (h : AbsCont μ ν) : 0 ≤ klDiv μ ν := by
  have h₁ := log_sum_of_zeros μ.nonneg ν.nonneg h
  rw [μ.sum_eq_one, ν.sum_eq_one, show (1 : R) / 1 = 1 by grind, log_one] at h₁
  unfold klDiv
  grind

/-- A law has relative entropy zero with respect to itself. -/
@[simp] theorem klDiv_self (μ : Dist R Z) : klDiv μ μ = 0 := sum_eq_zero fun z => by
  generalize μ.prob z = x
  by_cases hx : x = 0
  · rw [hx]; grind
  · rw [show x / x = 1 by grind, log_one]; grind

/-- The relative entropies of independent draws add up. -/
theorem klDiv_prod {μ' ν' : Dist R Y} (h : AbsCont μ ν) (h' : AbsCont μ' ν') :
    klDiv (μ.prod μ') (ν.prod ν') = klDiv μ ν + klDiv μ' ν' := by
  have key (a : Z) (b : Y) : μ.prob a * μ'.prob b *
      log (μ.prob a * μ'.prob b / (ν.prob a * ν'.prob b)) =
        μ.prob a * (μ'.prob b * log (μ.prob a / ν.prob a)) +
          μ.prob a * (μ'.prob b * log (μ'.prob b / ν'.prob b)) := by
    have h₁ := h.pos_or a
    have h₂ := h'.pos_or b
    have h₃ := μ.nonneg a
    have h₄ := μ'.nonneg b
    generalize μ.prob a = x at *
    generalize μ'.prob b = y at *
    rcases (show x = 0 ∨ y = 0 ∨ (0 < x ∧ 0 < y) by grind) with h₀ | h₀ | ⟨hx, hy⟩
    · rw [h₀]; grind
    · rw [h₀]; grind
    · have i₁ : 0 < ν.prob a := by grind
      have i₂ : 0 < ν'.prob b := by grind
      rw [log_div (mul_pos hx hy) (mul_pos i₁ i₂), log_mul hx hy, log_mul i₁ i₂, log_div hx i₁,
        log_div hy i₂]
      grind
  rw [klDiv_eq_expect, expect_prod]
  have h₁ : (expect μ fun a => expect μ' fun b =>
      log (μ.prob a * μ'.prob b / (ν.prob a * ν'.prob b))) =
        expect μ fun a => log (μ.prob a / ν.prob a) + klDiv μ' ν' := by
    refine sum_congr fun a => ?_
    have h₂ := sum_congr fun b => key a b
    rw [sum_add, ← mul_sum, ← mul_sum, ← sum_mul, μ'.sum_eq_one] at h₂
    show μ.prob a * ∑ b, μ'.prob b * _ = _
    rw [mul_sum]
    refine (sum_congr fun b => ?_).trans (h₂.trans ?_)
    · grind
    · unfold klDiv; grind
  refine h₁.trans ?_
  rw [expect_add, expect_const]
  rfl

/-- The relative entropy of two coins. -/
theorem klDiv_coin {q p : R} (hq₀ : 0 ≤ q) (hq₁ : q ≤ 1) (hp₀ : 0 ≤ p) (hp₁ : p ≤ 1) :
    klDiv (Dist.coin hq₀ hq₁) (Dist.coin hp₀ hp₁) = klBin q p := by
  unfold klDiv klBin
  rw [sum_bool]
  show (1 - q) * log ((1 - q) / (1 - p)) + q * log (q / p) = _
  grind

/-- A coin is absolutely continuous with respect to one that can show both sides. -/
theorem absCont_coin {q p : R} (hq₀ : 0 ≤ q) (hq₁ : q ≤ 1) {hp₀ : 0 ≤ p} {hp₁ : p ≤ 1}
    (h₀ : 0 < p) (h₁ : p < 1) : AbsCont (Dist.coin hq₀ hq₁) (Dist.coin hp₀ hp₁) :=
  absCont_of_pos fun b => by
    cases b
    · show 0 < 1 - p
      grind
    · exact h₀

/-! ### The total variation distance -/

/-- The total variation distance is nonnegative. -/
theorem tv_nonneg (μ ν : Dist R Z) : 0 ≤ tv μ ν :=
  div_nonneg (sum_nonneg fun _ => abs_nonneg _) (by grind)

/-- The total variation distance is symmetric. -/
theorem tv_comm (μ ν : Dist R Z) : tv μ ν = tv ν μ := by
  unfold tv
  rw [sum_congr fun z => abs_sub_comm (μ.prob z) (ν.prob z)]

/-- The total variation distance is at most one. -/
theorem tv_le_one (μ ν : Dist R Z) : tv μ ν ≤ 1 := by
  have h := sum_le_sum fun z => show abs (μ.prob z - ν.prob z) ≤ μ.prob z + ν.prob z by
    have := μ.nonneg z
    have := ν.nonneg z
    rw [abs_le]
    grind
  rw [sum_add, μ.sum_eq_one, ν.sum_eq_one] at h
  unfold tv
  grind

/-- The triangle inequality of the total variation distance. -/
theorem tv_triangle (μ ν ρ : Dist R Z) : tv μ ρ ≤ tv μ ν + tv ν ρ := by
  have h := sum_le_sum fun z => abs_sub_le (μ.prob z) (ν.prob z) (ρ.prob z)
  rw [sum_add] at h
  unfold tv
  grind

/-- Only equal laws have total variation distance zero. -/
theorem tv_eq_zero_iff : tv μ ν = 0 ↔ μ = ν := by
  refine ⟨fun h => Dist.ext fun z => ?_, fun h => ?_⟩
  · have h₁ := (sum_eq_zero_iff fun z => abs_nonneg (μ.prob z - ν.prob z)).1
      (by unfold tv at h; grind) z
    have := abs_eq_zero h₁
    grind
  · subst h
    unfold tv
    rw [sum_eq_zero fun z => by rw [show μ.prob z - μ.prob z = 0 by grind, abs_zero]]
    grind

/-- The expectations of a function with values in `[a, b]` differ by at most the length of the
interval times the total variation distance. -/
theorem expect_sub_le_tv {f : Z → R} {a b : R} (hf : ∀ z, a ≤ f z ∧ f z ≤ b) :
    expect μ f - expect ν f ≤ (b - a) * tv μ ν := by
  have h (z : Z) : μ.prob z * f z - ν.prob z * f z ≤
      (a + b) / 2 * (μ.prob z - ν.prob z) + (b - a) / 2 * abs (μ.prob z - ν.prob z) := by
    have ⟨h₁, h₂⟩ := hf z
    rw [show μ.prob z * f z - ν.prob z * f z = f z * (μ.prob z - ν.prob z) by grind]
    generalize μ.prob z - ν.prob z = d
    rcases abs_cases d with ⟨h₃, h₄⟩ | ⟨h₃, h₄⟩
    · have := mul_nonneg (show 0 ≤ b - f z by grind) h₃
      rw [h₄]
      grind
    · have := mul_nonneg (show 0 ≤ f z - a by grind) (show 0 ≤ -d by grind)
      rw [h₄]
      grind
  have h₁ := sum_le_sum h
  rw [sum_sub, sum_add, ← mul_sum, ← mul_sum, sum_sub, μ.sum_eq_one, ν.sum_eq_one] at h₁
  unfold expect tv
  grind

/-- The expectations of a function with values in `[a, b]` differ by at most the length of the
interval times the total variation distance, in either direction. -/
theorem abs_expect_sub_le_tv {f : Z → R} {a b : R} (hf : ∀ z, a ≤ f z ∧ f z ≤ b) :
    abs (expect μ f - expect ν f) ≤ (b - a) * tv μ ν := by
  have h₁ := expect_sub_le_tv (μ := μ) (ν := ν) hf
  have h₂ := expect_sub_le_tv (μ := ν) (ν := μ) hf
  rw [tv_comm ν μ] at h₂
  rw [abs_le]
  grind

/-- The probabilities of an event differ by at most the total variation distance. -/
theorem abs_probOf_sub_le_tv (μ ν : Dist R Z) (A : Z → Prop) :
    abs (probOf μ A - probOf ν A) ≤ tv μ ν := by
  have h := abs_expect_sub_le_tv (μ := μ) (ν := ν) (f := fun z => indicator R (A z)) (a := 0)
    (b := 1) fun z => ⟨indicator_nonneg _, indicator_le_one _⟩
  unfold probOf
  grind

/-- The total variation distance is the difference of the probabilities of the event that the first
law has the larger weight. -/
theorem tv_eq_probOf_sub (μ ν : Dist R Z) :
    tv μ ν = (probOf μ fun z => ν.prob z ≤ μ.prob z) - probOf ν fun z => ν.prob z ≤ μ.prob z := by
  have h (z : Z) : abs (μ.prob z - ν.prob z) =
      2 * (μ.prob z * indicator R (ν.prob z ≤ μ.prob z) -
        ν.prob z * indicator R (ν.prob z ≤ μ.prob z)) - (μ.prob z - ν.prob z) := by
    rcases indicator_cases R (ν.prob z ≤ μ.prob z) with ⟨h₁, h₂⟩ | ⟨h₁, h₂⟩
    · rw [h₂, abs_of_nonneg (by grind)]; grind
    · rw [h₂, abs_of_neg (by grind)]; grind
  unfold tv probOf expect
  rw [sum_congr h, sum_sub, ← mul_sum, sum_sub, sum_sub, μ.sum_eq_one, ν.sum_eq_one]
  grind

/-- The total variation distance of two coins. -/
theorem tv_coin {q p : R} (hq₀ : 0 ≤ q) (hq₁ : q ≤ 1) (hp₀ : 0 ≤ p) (hp₁ : p ≤ 1) :
    tv (Dist.coin hq₀ hq₁) (Dist.coin hp₀ hp₁) = abs (q - p) := by
  unfold tv
  rw [sum_bool]
  show (abs (1 - q - (1 - p)) + abs (q - p)) / 2 = _
  rw [show 1 - q - (1 - p) = p - q by grind, abs_sub_comm p q]
  grind

/-! ### The entropy -/

/-- The entropy is nonnegative. -/
theorem entropy_nonneg (μ : Dist R Z) : 0 ≤ entropy μ := by
  unfold entropy
  rw [← sum_neg]
  refine sum_nonneg fun z => ?_
  have := mul_nonneg (μ.nonneg z) (show 0 ≤ -log (μ.prob z) by
    have := log_nonpos (μ.prob_le_one z)
    grind)
  grind

/-- The relative entropy with respect to the uniform law is what lacks from the largest entropy. -/
theorem klDiv_uniform [Nonempty Z] (μ : Dist R Z) :
    klDiv μ Dist.uniform = log (card Z : R) - entropy μ := by
  have hc := natCast_pos (R := R) (card_pos (α := Z))
  have h (z : Z) : μ.prob z * log (μ.prob z / (1 / (card Z : R))) =
      μ.prob z * log (card Z : R) + μ.prob z * log (μ.prob z) := by
    rw [mul_log_div (μ.nonneg z) (.inl (one_div_pos hc)),
      show 1 / (card Z : R) = (card Z : R)⁻¹ by grind, log_inv]
    grind
  have h₁ : klDiv μ Dist.uniform = _ := sum_congr h
  rw [h₁, sum_add, ← sum_mul, μ.sum_eq_one]
  unfold entropy
  grind

/-- The entropy is at most the logarithm of the number of elements. -/
theorem entropy_le (μ : Dist R Z) : entropy μ ≤ log (card Z : R) := by
  have := μ.nonempty
  have h₁ := klDiv_nonneg (absCont_of_pos (μ := μ) (ν := Dist.uniform) fun z =>
    one_div_pos (natCast_pos (R := R) (card_pos (α := Z))))
  rw [klDiv_uniform] at h₁
  grind

/-- The uniform law has the largest entropy. -/
theorem entropy_uniform [Nonempty Z] :
    entropy (Dist.uniform : Dist R Z) = log (card Z : R) := by
  have h := klDiv_uniform (Dist.uniform : Dist R Z)
  rw [klDiv_self] at h
  grind

/-! ### The variational formula -/

/-- The expectation of a positive function is positive. -/
theorem expect_pos (μ : Dist R Z) {f : Z → R} (hf : ∀ z, 0 < f z) : 0 < expect μ f := by
  obtain ⟨z, hz⟩ := exists_le_expect μ f
  have := hf z
  grind

/-- **The inequality of Donsker and Varadhan.** The expectation of a function under one law is at
most the relative entropy to another law, plus the logarithm of the exponential moment of the
function under this one. -/
theorem donsker_varadhan_le (h : AbsCont μ ν) (f : Z → R) :
    expect μ f ≤ klDiv μ ν + log (expect ν fun z => exp (f z)) := by
  have hE := expect_pos ν fun z => exp_pos (f z)
  have h₁ := sum_le_sum fun z => mul_log_add_le_mul_log_div (μ.nonneg z) (ν.nonneg z) (h.pos_or z)
    (div_pos (exp_pos (f z)) hE)
  have h₂ (z : Z) : μ.prob z * log (exp (f z) / expect ν fun z => exp (f z)) =
      μ.prob z * f z - μ.prob z * log (expect ν fun z => exp (f z)) := by
    rw [log_div (exp_pos _) hE, log_exp]
    grind
  have h₃ (z : Z) : exp (f z) / (expect ν fun z => exp (f z)) * ν.prob z =
      ν.prob z * exp (f z) / expect ν fun z => exp (f z) := by grind
  rw [sum_sub, sum_add, sum_congr h₂, sum_congr h₃, sum_sub, ← sum_mul, ← sum_div,
    μ.sum_eq_one] at h₁
  have h₄ : (∑ z, ν.prob z * exp (f z)) / (expect ν fun z => exp (f z)) = 1 := by
    show (expect ν fun z => exp (f z)) / _ = 1
    grind
  rw [h₄] at h₁
  unfold klDiv
  change expect μ f - _ + _ - _ ≤ _ at h₁
  grind

/-- The law with weights proportional to those of `ν` times the exponential of a function. -/
@[expose] noncomputable def Dist.tilt (ν : Dist R Z) (f : Z → R) : Dist R Z where
  prob z := ν.prob z * exp (f z) / expect ν fun z => exp (f z)
  nonneg z := div_nonneg (mul_nonneg (ν.nonneg z) (le_of_lt (exp_pos _)))
    (expect_pos ν fun z => exp_pos (f z))
  sum_eq_one := by
    have hE := expect_pos ν fun z => exp_pos (f z)
    rw [← sum_div]
    show (expect ν fun z => exp (f z)) / _ = 1
    grind

/-- The tilted law allows what the first one allows. -/
theorem absCont_tilt (ν : Dist R Z) (f : Z → R) : AbsCont (ν.tilt f) ν := fun z h => by
  show ν.prob z * exp (f z) / _ = 0
  rw [h]
  grind

/-- The inequality of Donsker and Varadhan is attained at the tilted law. -/
theorem donsker_varadhan_tilt (ν : Dist R Z) (f : Z → R) :
    expect (ν.tilt f) f = klDiv (ν.tilt f) ν + log (expect ν fun z => exp (f z)) := by
  have hE := expect_pos ν fun z => exp_pos (f z)
  have h (z : Z) : (ν.tilt f).prob z * log ((ν.tilt f).prob z / ν.prob z) =
      (ν.tilt f).prob z * f z - (ν.tilt f).prob z * log (expect ν fun z => exp (f z)) := by
    rcases (absCont_tilt ν f).pos_or z with h₁ | h₁
    · have h₂ : (ν.tilt f).prob z / ν.prob z = exp (f z) / expect ν fun z => exp (f z) := by
        show ν.prob z * exp (f z) / (expect ν fun z => exp (f z)) / ν.prob z = _
        grind
      rw [h₂, log_div (exp_pos _) hE, log_exp]
      grind
    · rw [h₁]; grind
  have h₁ : klDiv (ν.tilt f) ν = _ := sum_congr h
  rw [sum_sub, ← sum_mul, (ν.tilt f).sum_eq_one] at h₁
  rw [h₁]
  unfold expect
  grind

end DeepTheory.Probability
