module

public import DeepTheory.Reals.Order

/-!
# Least upper bounds of families

The least upper bound of a family of real numbers that is shown to have a member and an upper
bound, so that it never falls back to a value without meaning.

## Main definitions
* `DeepTheory.lub`: the least upper bound.

## Main theorems
* `DeepTheory.le_lub`, `DeepTheory.lub_le`: what it is.
* `DeepTheory.lub_mono`, `DeepTheory.lub_le_lub`, `DeepTheory.lub_add_le`, `DeepTheory.mul_lub`,
  `DeepTheory.lub_add_const`, `DeepTheory.exists_lt_of_lt_lub`.
-/

public section

namespace DeepTheory

universe u v w

variable {R : Type u} [RealField R] {ι : Type v} {κ : Type w}

/-- A family of numbers with a common upper bound. -/
@[expose] def BoundedAbove (f : ι → R) : Prop := ∃ M, ∀ i, f i ≤ M

private theorem exists_lub (f : ι → R) (hι : Nonempty ι) (hf : BoundedAbove f) :
    ∃ s, (∀ x, (∃ i, x = f i) → x ≤ s) ∧ ∀ b, (∀ x, (∃ i, x = f i) → x ≤ b) → s ≤ b :=
  RealField.exists_isLUB _ (hι.elim fun i => ⟨_, i, rfl⟩)
    (hf.elim fun M h => ⟨M, fun _ ⟨i, hi⟩ => hi ▸ h i⟩)

/-- The least upper bound of a family of numbers, for which a member and an upper bound have to be
shown. -/
noncomputable def lub (f : ι → R) (hι : Nonempty ι) (hf : BoundedAbove f) : R :=
  Classical.choose (exists_lub f hι hf)

variable {f g : ι → R} {hι : Nonempty ι} {hf : BoundedAbove f} {hg : BoundedAbove g} {c : R}

/-- The least upper bound is an upper bound. -/
theorem le_lub (hι : Nonempty ι) (hf : BoundedAbove f) (i : ι) : f i ≤ lub f hι hf :=
  (Classical.choose_spec (exists_lub f hι hf)).1 _ ⟨i, rfl⟩

/-- The least upper bound is at most any other. -/
theorem lub_le (h : ∀ i, f i ≤ c) : lub f hι hf ≤ c :=
  (Classical.choose_spec (exists_lub f hι hf)).2 _ fun _ ⟨i, hi⟩ => hi ▸ h i

theorem lub_le_iff : lub f hι hf ≤ c ↔ ∀ i, f i ≤ c :=
  ⟨fun h i => Std.le_trans (le_lub hι hf i) h, lub_le⟩

/-- A member is an upper bound where it is the largest. -/
theorem lub_eq_of_forall_le (i : ι) (h : ∀ j, f j ≤ f i) : lub f hι hf = f i :=
  Std.le_antisymm (lub_le h) (le_lub hι hf i)

/-- Below the least upper bound there is a larger member. -/
theorem exists_lt_of_lt_lub (h : c < lub f hι hf) : ∃ i, c < f i :=
  Classical.byContradiction fun hn => absurd
    (lub_le (hι := hι) (hf := hf) fun i => le_of_not_lt fun h' => hn ⟨i, h'⟩) (not_le.2 h)

/-- A family each of whose members is at most a member of another has the smaller least upper
bound. -/
theorem lub_le_lub {g : κ → R} {hκ : Nonempty κ} {hg : BoundedAbove g}
    (h : ∀ i, ∃ k, f i ≤ g k) : lub f hι hf ≤ lub g hκ hg :=
  lub_le fun i => (h i).elim fun k hk => Std.le_trans hk (le_lub hκ hg k)

/-- The least upper bound is monotone. -/
theorem lub_mono (h : ∀ i, f i ≤ g i) : lub f hι hf ≤ lub g hι hg := lub_le_lub fun i => ⟨i, h i⟩

/-- Equal families have equal least upper bounds. -/
theorem lub_congr (h : ∀ i, f i = g i) : lub f hι hf = lub g hι hg := by
  have := funext h
  subst this
  rfl

/-- The sum of two bounded families is bounded. -/
theorem BoundedAbove.add (hf : BoundedAbove f) (hg : BoundedAbove g) :
    BoundedAbove fun i => f i + g i :=
  hf.elim fun M h => hg.elim fun N h' => ⟨M + N, fun i => add_le_add (h i) (h' i)⟩

/-- A nonnegative multiple of a bounded family is bounded. -/
theorem BoundedAbove.const_mul (hf : BoundedAbove f) (hc : 0 ≤ c) :
    BoundedAbove fun i => c * f i :=
  hf.elim fun M h => ⟨c * M, fun i => mul_le_mul_of_nonneg_left (h i) hc⟩

/-- The least upper bound of a sum is at most the sum of the least upper bounds. -/
theorem lub_add_le {h : BoundedAbove fun i => f i + g i} :
    lub (fun i => f i + g i) hι h ≤ lub f hι hf + lub g hι hg :=
  lub_le fun i => add_le_add (le_lub hι hf i) (le_lub hι hg i)

/-- A nonnegative factor goes through the least upper bound. -/
theorem mul_lub (hc : 0 ≤ c) {h : BoundedAbove fun i => c * f i} :
    lub (fun i => c * f i) hι h = c * lub f hι hf := by
  refine Std.le_antisymm (lub_le fun i => mul_le_mul_of_nonneg_left (le_lub hι hf i) hc) ?_
  rcases lt_or_eq_of_le hc with hc | rfl
  · have h₁ : lub f hι hf ≤ lub (fun i => c * f i) hι h / c :=
      lub_le fun i => (le_div_iff hc).2 (by have := le_lub hι h i; grind)
    rw [le_div_iff hc] at h₁
    grind
  · obtain ⟨i⟩ := hι
    have := le_lub ⟨i⟩ h i
    grind

/-- A constant goes through the least upper bound. -/
theorem lub_add_const {h : BoundedAbove fun i => f i + c} :
    lub (fun i => f i + c) hι h = lub f hι hf + c := by
  refine Std.le_antisymm (lub_le fun i => by have := le_lub hι hf i; grind) ?_
  have : lub f hι hf ≤ lub (fun i => f i + c) hι h - c :=
    lub_le fun i => by have := le_lub hι h i; grind
  grind

@[simp] theorem lub_const (hι : Nonempty ι) {h : BoundedAbove fun _ : ι => c} :
    lub (fun _ : ι => c) hι h = c :=
  hι.elim fun i => lub_eq_of_forall_le i fun _ => Std.le_refl _

/-- Least upper bounds of families that differ by at most `c` differ by at most `c`. -/
theorem lub_sub_lub_le (h : ∀ i, f i - g i ≤ c) : lub f hι hf - lub g hι hg ≤ c := by
  have : lub f hι hf ≤ lub g hι hg + c :=
    lub_le fun i => by have := le_lub hι hg i; have := h i; grind
  grind

end DeepTheory
