module

public import DeepTheory.Probability.Pinsker
public import DeepTheory.Reals.Lub

/-!
# The variational formula of Donsker and Varadhan

The logarithm of an exponential moment is the largest value of an expectation minus a relative
entropy, and only the tilted law attains it.

## Main definitions
* `DeepTheory.Probability.donskerVaradhanBound`: the logarithm of the exponential moment as a
  function of the weights.

## Main theorems
* `DeepTheory.Probability.klDiv_tilt`: the relative entropy with respect to a tilted law.
* `DeepTheory.Probability.donsker_varadhan_max`: the variational formula on any finite type.
* `DeepTheory.Probability.donsker_varadhan_lub`: the same as a least upper bound.
* `DeepTheory.Probability.donsker_varadhan`, `DeepTheory.Probability.donsker_varadhan_witness`,
  `DeepTheory.Probability.donsker_varadhan_sharp`: the formula for laws on `Fin n`.

## References
* M. D. Donsker, S. R. S. Varadhan, *Asymptotic evaluation of certain Markov process expectations
  for large time I*, 1975.
* S. Boucheron, G. Lugosi, P. Massart, *Concentration Inequalities*, 2013, Corollary 4.14.
-/

public section

namespace DeepTheory.Probability

universe u v

variable {R : Type u} [RealField R] {Z : Type v} [Fintype Z] {μ ν : Dist R Z} {n : Nat}

/-- The relative entropy with respect to a tilted law: what an expectation minus the relative
entropy with respect to the law itself lacks from the logarithm of the exponential moment. -/
theorem klDiv_tilt (h : AbsCont μ ν) (f : Z → R) :
    klDiv μ (ν.tilt f) =
      log (expect ν fun z => exp (f z)) - (expect μ f - klDiv μ ν) := by
  have hE := expect_pos ν fun z => exp_pos (f z)
  have key (z : Z) : μ.prob z * log (μ.prob z / (ν.tilt f).prob z) =
      μ.prob z * log (expect ν fun z => exp (f z)) -
        (μ.prob z * f z - μ.prob z * log (μ.prob z / ν.prob z)) := by
    rcases (show μ.prob z = 0 ∨ 0 < μ.prob z by have := μ.nonneg z; grind) with h₀ | h₀
    · rw [h₀]; grind
    · have h₁ : 0 < ν.prob z := by have := h.pos_or z; grind
      have h₂ := exp_pos (f z)
      show _ * log (_ / (ν.prob z * exp (f z) / expect ν fun z => exp (f z))) = _
      rw [log_div h₀ (div_pos (mul_pos h₁ h₂) hE), log_div (mul_pos h₁ h₂) hE, log_mul h₁ h₂,
        log_exp, log_div h₀ h₁]
      grind
  have h₁ : klDiv μ (ν.tilt f) = _ := sum_congr key
  rw [h₁, sum_sub, sum_sub, ← sum_mul, μ.sum_eq_one]
  unfold klDiv expect
  grind

/-- A tilted law allows whatever the law itself allows. -/
theorem AbsCont.tilt (h : AbsCont μ ν) (f : Z → R) : AbsCont μ (ν.tilt f) :=
  fun z hz => h z (by
    have h₁ := expect_pos ν fun z => exp_pos (f z)
    have h₂ := exp_pos (f z)
    change ν.prob z * exp (f z) / (expect ν fun z => exp (f z)) = 0 at hz
    rw [div_eq_iff (by grind)] at hz
    grind)

/-- **The variational formula on any finite type.** Among the laws that allow only what `ν` allows,
the expectation of `f` minus the relative entropy to `ν` has the largest value `log (E exp f)`, and
the law tilted by `f` is the only one that attains it. -/
theorem donsker_varadhan_max (ν : Dist R Z) (f : Z → R) :
    (∀ μ : Dist R Z, AbsCont μ ν →
      expect μ f - klDiv μ ν ≤ log (expect ν fun z => exp (f z))) ∧
    (AbsCont (ν.tilt f) ν ∧
      expect (ν.tilt f) f - klDiv (ν.tilt f) ν = log (expect ν fun z => exp (f z))) ∧
    ∀ μ : Dist R Z, AbsCont μ ν →
      expect μ f - klDiv μ ν = log (expect ν fun z => exp (f z)) → μ = ν.tilt f := by
  refine ⟨fun μ h => ?_, ⟨absCont_tilt ν f, ?_⟩, fun μ h h₁ => ?_⟩
  · have h₁ := klDiv_nonneg (h.tilt f)
    rw [klDiv_tilt h] at h₁
    grind
  · rw [donsker_varadhan_tilt]
    grind
  · rw [← klDiv_eq_zero_iff (h.tilt f), klDiv_tilt h, h₁]
    grind

/-- The values of which the variational formula takes the largest are bounded. -/
theorem boundedAbove_donsker_varadhan (ν : Dist R Z) (f : Z → R) :
    BoundedAbove fun μ : {μ : Dist R Z // AbsCont μ ν} => expect μ.1 f - klDiv μ.1 ν :=
  ⟨_, fun μ => (donsker_varadhan_max ν f).1 μ.1 μ.2⟩

/-- **The variational formula as a least upper bound**: `log (E exp f)` is the least upper bound of
the expectations minus the relative entropies over all laws that allow only what `ν` allows. -/
theorem donsker_varadhan_lub (ν : Dist R Z) (f : Z → R) :
    lub (fun μ : {μ : Dist R Z // AbsCont μ ν} => expect μ.1 f - klDiv μ.1 ν)
      ⟨⟨ν, absCont_refl ν⟩⟩ (boundedAbove_donsker_varadhan ν f) =
        log (expect ν fun z => exp (f z)) := by
  have ⟨h₁, ⟨h₂, h₃⟩, _⟩ := donsker_varadhan_max ν f
  refine (lub_eq_of_forall_le (f := fun μ : {μ : Dist R Z // AbsCont μ ν} =>
    expect μ.1 f - klDiv μ.1 ν) ⟨ν.tilt f, h₂⟩ fun μ => ?_).trans h₃
  exact Std.le_trans (h₁ μ.1 μ.2) (le_of_eq h₃.symm)

/-! ### Laws by their weights -/

/-- The logarithm of `∑ q i * exp (f i)`. -/
@[expose] noncomputable def donskerVaradhanBound {n : Nat} (q f : Fin n → R) : R :=
  log (∑ i, q i * exp (f i))

/-- **The variational formula of Donsker and Varadhan.** The logarithm of the exponential moment of
a function `f` under a law `ν` is the largest value of the expectation of `f` minus the relative
entropy to `ν`, over all laws that allow only what `ν` allows. The law with weights proportional to
those of `ν` times `exp f`, and no other, attains it.

Every bound for randomised hypotheses rests on it: what holds on average under a law chosen before
the sample holds under all others at the price of their relative entropy. It is also why the best
randomised hypothesis has weights that are exponential in the loss.

* controls: generalization
* assumes: a law ν on n elements, any real function f on them; the laws μ compared allow only what
  ν allows
* bound: Probability.donskerVaradhanBound
* witness: Probability.donsker_varadhan_witness
* sharp: Probability.donsker_varadhan_sharp (the bound is the least upper bound; for a constant
  function and the law ν itself nothing is lost)
* source: Donsker, Varadhan 1975 -/
theorem donsker_varadhan (ν : Dist R (Fin n)) (f : Fin n → R) :
    (∀ μ : Dist R (Fin n), AbsCont μ ν →
      expect μ f - klDiv μ ν ≤ donskerVaradhanBound ν.prob f) ∧
    (AbsCont (ν.tilt f) ν ∧
      expect (ν.tilt f) f - klDiv (ν.tilt f) ν = donskerVaradhanBound ν.prob f) ∧
    ∀ μ : Dist R (Fin n), AbsCont μ ν →
      expect μ f - klDiv μ ν = donskerVaradhanBound ν.prob f → μ = ν.tilt f :=
  donsker_varadhan_max ν f

/-- Three equally likely elements and the function that is one on the first of them only: the law
tilted by it differs from the uniform one, and so the bound is strictly larger than the expectation
of the function. -/
theorem donsker_varadhan_witness :
    AbsCont (Dist.uniform : Dist R (Fin 3)) Dist.uniform ∧
    ((Dist.uniform : Dist R (Fin 3)).tilt fun i => if i = 0 then 1 else 0) ≠ Dist.uniform ∧
    expect (Dist.uniform : Dist R (Fin 3)) (fun i => if i = 0 then 1 else 0) <
      donskerVaradhanBound (Dist.uniform : Dist R (Fin 3)).prob
        fun i => if i = 0 then 1 else 0 := by
  have hne : ((Dist.uniform : Dist R (Fin 3)).tilt fun i => if i = 0 then 1 else 0) ≠
      Dist.uniform := fun h => by
    have h₀ := congrArg (fun ρ : Dist R (Fin 3) => ρ.prob 0) h
    have h₁ := congrArg (fun ρ : Dist R (Fin 3) => ρ.prob 1) h
    have hE := expect_pos (Dist.uniform : Dist R (Fin 3))
      fun i => exp_pos (if i = 0 then 1 else 0 : R)
    change (1 / (card (Fin 3) : R)) * exp (if (0 : Fin 3) = 0 then 1 else 0) / _ = 1 / _ at h₀
    change (1 / (card (Fin 3) : R)) * exp (if (1 : Fin 3) = 0 then 1 else 0) / _ = 1 / _ at h₁
    rw [if_pos rfl] at h₀
    rw [if_neg (by decide), exp_zero] at h₁
    have hc := natCast_pos (R := R) (card_pos (α := Fin 3))
    have he := add_one_lt_exp (x := (1 : R)) (by grind)
    generalize (expect (Dist.uniform : Dist R (Fin 3)) fun i =>
      exp (if i = 0 then 1 else 0 : R)) = E at *
    generalize (card (Fin 3) : R) = c at *
    grind
  have hac : AbsCont (Dist.uniform : Dist R (Fin 3)) Dist.uniform := absCont_refl _
  have ⟨h₁, _, h₃⟩ := donsker_varadhan (Dist.uniform : Dist R (Fin 3))
    fun i => if i = 0 then 1 else 0
  have h₄ := h₁ _ hac
  have h₅ := mt (h₃ _ hac) (Ne.symm hne)
  rw [klDiv_self] at h₄ h₅
  exact ⟨hac, hne, by grind⟩

/-- The bound is the least upper bound of what it bounds, for every law and every function. For a
constant function the law `ν` itself attains it: the expectation is the bound and the relative
entropy is zero. -/
theorem donsker_varadhan_sharp (ν : Dist R (Fin n)) (f : Fin n → R) (c : R) :
    (∀ b : R, (∀ μ : Dist R (Fin n), AbsCont μ ν → expect μ f - klDiv μ ν ≤ b) →
      donskerVaradhanBound ν.prob f ≤ b) ∧
    expect ν (fun _ => c) - klDiv ν ν = donskerVaradhanBound ν.prob fun _ => c := by
  have ⟨_, ⟨h₂, h₃⟩, _⟩ := donsker_varadhan ν f
  refine ⟨fun b hb => ?_, ?_⟩
  · rw [← h₃]
    exact hb _ h₂
  · rw [klDiv_self, expect_const]
    unfold donskerVaradhanBound
    rw [← sum_mul, ν.sum_eq_one, show 1 * exp c = exp c by grind, log_exp]
    grind

end DeepTheory.Probability
