module

public import DeepTheory.Approximation.Relu

/-!
# Affine pieces of ReLU networks in one dimension

A ReLU network with one input computes a continuous function with finitely many affine pieces.  A
layer with `k` units multiplies their number by at most `k + 1`; and a function that goes up and
down often has many pieces.

## Main definitions
* `DeepTheory.Approximation.AffineOn`, `DeepTheory.Approximation.BreaksIn`,
  `DeepTheory.Approximation.PiecewiseAffine`: continuous functions with at most `N` affine pieces.
* `DeepTheory.Approximation.Network.regions`: the product of `k + 1` over the hidden layers.
* `DeepTheory.Approximation.Alternates`: a function that changes sign many times.

## Main theorems
* `DeepTheory.Approximation.BreaksIn.relu`: the ReLU of a function at most doubles its pieces.
* `DeepTheory.Approximation.PiecewiseAffine.relu`, `DeepTheory.Approximation.PiecewiseAffine.add`:
  the numbers of pieces of a ReLU and of a sum.
* `DeepTheory.Approximation.alternates_le`: a function has at least as many pieces as changes of
  sign.
* `DeepTheory.Approximation.Network.piecewiseAffine_realEval`: networks have few pieces.

## References
* M. Telgarsky, *Benefits of depth in neural networks*, 2016, Lemma 3.2.
* T. Serra, C. Tjandraatmadja, S. Ramalingam, *Bounding and counting linear regions of deep neural
  networks*, 2018, Theorem 7.
-/

public noncomputable section

namespace DeepTheory.Approximation

universe u

variable {R : Type u} [RealField R] {f g : R → R} {s t : List R} {m n k M N : Nat} {u v x : R}

/-! ### Continuous piecewise affine functions -/

/-- The function `f` is affine on the closed interval from `u` to `v`. -/
@[expose] def AffineOn (f : R → R) (u v : R) : Prop :=
  ∃ a b, ∀ x, u ≤ x → x ≤ v → f x = a * x + b

/-- The function `f` is affine on every closed interval with no number of the list `t` inside.  So
it is continuous, and affine between neighbouring breakpoints and beyond the outer ones. -/
@[expose] def BreaksIn (f : R → R) (t : List R) : Prop :=
  ∀ u v, (∀ r, r ∈ t → r ≤ u ∨ v ≤ r) → AffineOn f u v

/-- The function `f` is continuous and consists of at most `N` affine pieces: there are at most
`N - 1` breakpoints. -/
@[expose] def PiecewiseAffine (f : R → R) (N : Nat) : Prop :=
  ∃ t : List R, t.length + 1 ≤ N ∧ BreaksIn f t

/-- On a smaller interval a function stays affine. -/
theorem AffineOn.mono {u' v' : R} (h : AffineOn f u v) (hu : u ≤ u') (hv : v' ≤ v) :
    AffineOn f u' v' := by
  obtain ⟨a, b, h⟩ := h
  exact ⟨a, b, fun x h₁ h₂ => h x (Std.le_trans hu h₁) (Std.le_trans h₂ hv)⟩

/-- An affine function with a value other than zero has at most one zero. -/
theorem AffineOn.zero_unique {x₁ x₂ y : R} (h : AffineOn f u v) (hy : u ≤ y ∧ y ≤ v)
    (h₁ : u ≤ x₁ ∧ x₁ ≤ v) (h₂ : u ≤ x₂ ∧ x₂ ≤ v) (hfy : f y ≠ 0) (hf₁ : f x₁ = 0)
    (hf₂ : f x₂ = 0) : x₁ = x₂ := by
  obtain ⟨a, b, h⟩ := h
  rw [h _ hy.1 hy.2] at hfy
  rw [h _ h₁.1 h₁.2] at hf₁
  rw [h _ h₂.1 h₂.2] at hf₂
  have h₃ : a * (x₁ - x₂) = 0 := by grind
  rcases mul_eq_zero.1 h₃ with ha | ha
  · exact absurd (show a * y + b = 0 by subst ha; grind) hfy
  · grind

/-- An affine function has no peak: it is not positive between two points at which it is not. -/
theorem AffineOn.no_peak {e y₁ y₂ y₃ : R} (h : AffineOn f y₁ y₃) (h₁ : y₁ < y₂) (h₂ : y₂ < y₃)
    (hf₁ : e * f y₁ ≤ 0) (hf₂ : 0 < e * f y₂) (hf₃ : e * f y₃ ≤ 0) : False := by
  obtain ⟨a, b, h⟩ := h
  have h₃ := lt_trans h₁ h₂
  have e₁ := h y₁ (Std.le_refl _) (Std.le_of_lt h₃)
  have e₂ := h y₂ (Std.le_of_lt h₁) (Std.le_of_lt h₂)
  have e₃ := h y₃ (Std.le_of_lt h₃) (Std.le_refl _)
  have p₁ := mul_pos hf₂ (sub_pos.2 h₃)
  have p₂ := mul_le_mul_of_nonneg_right hf₁ (sub_nonneg.2 (Std.le_of_lt h₂))
  have p₃ := mul_le_mul_of_nonneg_right hf₃ (sub_nonneg.2 (Std.le_of_lt h₁))
  clear h hf₁ hf₂ hf₃ h₁ h₂ h₃
  rw [e₁] at p₂
  rw [e₂] at p₁
  rw [e₃] at p₃
  grind

/-- More breakpoints do no harm. -/
theorem BreaksIn.mono (h : BreaksIn f s) (hst : ∀ r, r ∈ s → r ∈ t) : BreaksIn f t :=
  fun u v hr => h u v fun r hs => hr r (hst r hs)

theorem PiecewiseAffine.mono (h : PiecewiseAffine f M) (hMN : M ≤ N) : PiecewiseAffine f N := by
  obtain ⟨t, ht, h⟩ := h
  exact ⟨t, Nat.le_trans ht hMN, h⟩

/-- Affine functions have no breakpoints. -/
theorem breaksIn_affine (a b : R) (t : List R) : BreaksIn (fun x => a * x + b) t :=
  fun _ _ _ => ⟨a, b, fun _ _ _ => rfl⟩

/-- Affine functions have one piece. -/
theorem piecewiseAffine_affine (a b : R) : PiecewiseAffine (fun x => a * x + b) 1 :=
  ⟨[], Nat.le_refl _, breaksIn_affine a b []⟩

/-- Affine combinations of functions with common breakpoints. -/
theorem BreaksIn.sum {f : Fin k → R → R} (h : ∀ j, BreaksIn (f j) t) (w : Fin k → R) (b : R) :
    BreaksIn (fun x => ∑ j, w j * f j x + b) t := fun u v hr => by
  obtain ⟨a, h₁⟩ := Classical.axiomOfChoice fun j => h j u v hr
  obtain ⟨c, h₂⟩ := Classical.axiomOfChoice h₁
  refine ⟨∑ j, w j * a j, ∑ j, w j * c j + b, fun x hu hv => ?_⟩
  have hs (j : Fin k) : w j * f j x = w j * a j * x + w j * c j := by
    rw [h₂ j x hu hv]
    grind
  show ∑ j, w j * f j x + b = _
  rw [sum_mul, sum_congr hs, sum_add]
  grind

/-- Affine combinations of two functions with common breakpoints. -/
theorem BreaksIn.add (hf : BreaksIn f t) (hg : BreaksIn g t) (a b c : R) :
    BreaksIn (fun x => a * f x + b * g x + c) t := fun u v hr => by
  obtain ⟨a₁, b₁, h₁⟩ := hf u v hr
  obtain ⟨a₂, b₂, h₂⟩ := hg u v hr
  exact ⟨a * a₁ + b * a₂, a * b₁ + b * b₂ + c, fun x hu hv => by
    dsimp only
    rw [h₁ x hu hv, h₂ x hu hv]
    grind⟩

/-- A sum of functions with `M` and with `N` pieces has at most `M + N - 1` pieces. -/
theorem PiecewiseAffine.add (hf : PiecewiseAffine f M) (hg : PiecewiseAffine g N) (a b c : R) :
    PiecewiseAffine (fun x => a * f x + b * g x + c) (M + N - 1) := by
  obtain ⟨s, hs, hf⟩ := hf
  obtain ⟨t, ht, hg⟩ := hg
  refine ⟨s ++ t, by rw [List.length_append]; omega, BreaksIn.add (hf.mono fun r h => ?_)
    (hg.mono fun r h => ?_) a b c⟩
  · exact List.mem_append_left t h
  · exact List.mem_append_right s h

/-- The last breakpoint before `x`, if there is one. -/
theorem exists_last_break (t : List R) (x : R) : (∀ r, r ∈ t → x ≤ r) ∨
    ∃ s, s ∈ t ∧ s < x ∧ ∀ r, r ∈ t → r ≤ s ∨ x ≤ r := by
  induction t with
  | nil => exact .inl fun r h => absurd h List.not_mem_nil
  | cons a t ih =>
    simp only [List.mem_cons]
    by_cases ha : a < x
    · rcases ih with h | ⟨s, hs, hx, h⟩
      · exact .inr ⟨a, .inl rfl, ha, fun r hr =>
          hr.elim (fun e => .inl (le_of_eq e)) fun hr => .inr (h r hr)⟩
      · by_cases has : a ≤ s
        · exact .inr ⟨s, .inr hs, hx, fun r hr =>
            hr.elim (fun e => .inl (le_trans (le_of_eq e) has)) (h r)⟩
        · exact .inr ⟨a, .inl rfl, ha, fun r hr => hr.elim (fun e => .inl (le_of_eq e)) fun hr =>
            (h r hr).imp (fun h => le_trans h (Std.le_of_lt (Std.not_le.1 has))) id⟩
    · rcases ih with h | ⟨s, hs, hx, h⟩
      · exact .inl fun r hr =>
          hr.elim (fun e => le_trans (Std.not_lt.1 ha) (le_of_eq e.symm)) (h r)
      · exact .inr ⟨s, .inr hs, hx, fun r hr =>
          hr.elim (fun e => .inr (le_trans (Std.not_lt.1 ha) (le_of_eq e.symm))) (h r)⟩

/-- An affine function with values of both signs has a zero strictly inside. -/
private theorem exists_zero_inside {a b x₁ x₂ : R} (hu₁ : u ≤ x₁) (hv₁ : x₁ ≤ v) (hu₂ : u ≤ x₂)
    (hv₂ : x₂ ≤ v) (h₁ : a * x₁ + b < 0) (h₂ : 0 < a * x₂ + b) :
    ∃ x₀, a * x₀ + b = 0 ∧ u < x₀ ∧ x₀ < v := by
  have ha : a ≠ 0 := fun ha => by subst ha; clear hu₁ hv₁ hu₂ hv₂; grind
  have hx₀ : a * (-b / a) + b = 0 := by clear hu₁ hv₁ hu₂ hv₂ h₁ h₂; grind
  generalize -b / a = x₀ at *
  refine ⟨x₀, hx₀, ?_⟩
  rcases lt_trichotomy a 0 with h | h | h
  · have q₁ : x₀ < x₁ := lt_of_mul_lt_mul_left (c := -a) (by grind) (by grind)
    have q₂ : x₂ < x₀ := lt_of_mul_lt_mul_left (c := -a) (by grind) (by grind)
    exact ⟨lt_of_le_of_lt hu₂ q₂, lt_of_lt_of_le q₁ hv₁⟩
  · exact absurd h ha
  · have q₁ : x₁ < x₀ := lt_of_mul_lt_mul_left (c := a) (Std.le_of_lt h) (by grind)
    have q₂ : x₀ < x₂ := lt_of_mul_lt_mul_left (c := a) (Std.le_of_lt h) (by grind)
    exact ⟨lt_of_le_of_lt hu₁ q₁, lt_of_lt_of_le q₂ hv₂⟩

/-- The ReLU of a function has at most one new breakpoint in every piece: after each old breakpoint
one, and one before all of them. -/
theorem BreaksIn.relu (h : BreaksIn f t) : ∃ e : List R, e.length ≤ t.length + 1 ∧
    BreaksIn (fun x => relu (f x)) (t ++ e) := by
  classical
  let P (s x : R) : Prop := s < x ∧ (∀ r, r ∈ t → r ≤ s ∨ x ≤ r) ∧ f x = 0 ∧ f s ≠ 0
  let Q (x : R) : Prop := (∀ r, r ∈ t → x ≤ r) ∧ f x = 0 ∧ ∃ y, y < x ∧ f y ≠ 0
  let z (s : R) : R := if h : ∃ x, P s x then Classical.choose h else s
  let z₀ : R := if h : ∃ x, Q x then Classical.choose h else 0
  have hP {s x : R} (hx : P s x) : z s = x := by
    have he : ∃ x, P s x := ⟨x, hx⟩
    have hz : z s = Classical.choose he := dif_pos he
    have hc := Classical.choose_spec he
    rw [hz]
    generalize Classical.choose he = x' at hc ⊢
    obtain ⟨h₁, h₂, h₃, h₄⟩ := hx
    obtain ⟨h₁', h₂', h₃', -⟩ := hc
    have ha : AffineOn f s (max x x') := h s _ fun r hr => by
      rcases h₂ r hr with h | h
      · exact .inl h
      · exact (h₂' r hr).imp id fun h' => max_le h h'
    have hx := le_trans (Std.le_of_lt h₁) (le_max_left x x')
    exact ha.zero_unique (y := s) ⟨Std.le_refl _, hx⟩ ⟨Std.le_of_lt h₁', le_max_right x x'⟩
      ⟨Std.le_of_lt h₁, le_max_left x x'⟩ h₄ h₃' h₃
  have hQ {x : R} (hx : Q x) : z₀ = x := by
    have he : ∃ x, Q x := ⟨x, hx⟩
    have hz : z₀ = Classical.choose he := dif_pos he
    have hc := Classical.choose_spec he
    rw [hz]
    generalize Classical.choose he = x' at hc ⊢
    obtain ⟨h₂, h₃, y, h₁, h₄⟩ := hx
    obtain ⟨h₂', h₃', -⟩ := hc
    have ha : AffineOn f (min y x') (max x x') := h _ _ fun r hr =>
      .inr (max_le (h₂ r hr) (h₂' r hr))
    have hx := le_trans (Std.le_of_lt h₁) (le_max_left x x')
    exact ha.zero_unique (y := y) ⟨min_le_left y x', hx⟩ ⟨min_le_right y x', le_max_right x x'⟩
      ⟨le_trans (min_le_left y x') (Std.le_of_lt h₁), le_max_left x x'⟩ h₄ h₃' h₃
  refine ⟨z₀ :: t.map z, by simp, fun u v hr => ?_⟩
  have hrt (r : R) (h : r ∈ t) : r ≤ u ∨ v ≤ r := hr r (List.mem_append_left _ h)
  have hz₀ : z₀ ≤ u ∨ v ≤ z₀ := hr z₀ (List.mem_append_right _ List.mem_cons_self)
  have hz (s : R) (h : s ∈ t) : z s ≤ u ∨ v ≤ z s :=
    hr (z s) (List.mem_append_right _ (List.mem_cons_of_mem _ (List.mem_map_of_mem h)))
  obtain ⟨a, b, hab⟩ := h u v hrt
  by_cases h₁ : ∀ x, u ≤ x → x ≤ v → 0 ≤ f x
  · exact ⟨a, b, fun x hu hv => (relu_of_nonneg (h₁ x hu hv)).trans (hab x hu hv)⟩
  by_cases h₂ : ∀ x, u ≤ x → x ≤ v → f x ≤ 0
  · exact ⟨0, 0, fun x hu hv => (relu_of_nonpos (h₂ x hu hv)).trans (by grind)⟩
  exfalso
  obtain ⟨x₁, h₁⟩ := Classical.not_forall.1 h₁
  obtain ⟨x₂, h₂⟩ := Classical.not_forall.1 h₂
  obtain ⟨hu₁, h₁⟩ := Classical.not_imp.1 h₁
  obtain ⟨hv₁, h₁⟩ := Classical.not_imp.1 h₁
  obtain ⟨hu₂, h₂⟩ := Classical.not_imp.1 h₂
  obtain ⟨hv₂, h₂⟩ := Classical.not_imp.1 h₂
  have hf₁ := Std.not_le.1 h₁
  have hne : f x₁ ≠ 0 := fun h => by
    rw [h] at hf₁
    exact lt_irrefl _ hf₁
  obtain ⟨x₀, hx₀, hx⟩ := exists_zero_inside hu₁ hv₁ hu₂ hv₂ (hab x₁ hu₁ hv₁ ▸ hf₁)
    (hab x₂ hu₂ hv₂ ▸ Std.not_le.1 h₂)
  have hfx₀ : f x₀ = 0 := by rw [hab x₀ (Std.le_of_lt hx.1) (Std.le_of_lt hx.2), hx₀]
  rcases exists_last_break t x₀ with hl | ⟨s, hs, hsx, hl⟩
  · have hfu : f u ≠ 0 := fun hfu => by
      have := AffineOn.zero_unique ⟨a, b, hab⟩ (y := x₁) ⟨hu₁, hv₁⟩ (x₁ := u) (x₂ := x₀)
        ⟨Std.le_refl _, le_trans hu₁ hv₁⟩ ⟨Std.le_of_lt hx.1, Std.le_of_lt hx.2⟩ hne hfu hfx₀
      exact Std.not_le.2 hx.1 (le_of_eq this.symm)
    rw [hQ (x := x₀) ⟨hl, hfx₀, u, hx.1, hfu⟩] at hz₀
    exact hz₀.elim (Std.not_le.2 hx.1) (Std.not_le.2 hx.2)
  · have hsu : s ≤ u := (hrt s hs).elim id fun h => absurd (lt_trans hsx hx.2) (Std.not_lt.2 h)
    have hsv : AffineOn f s v := h s v fun r h => (hl r h).imp id fun h' =>
      (hrt r h).elim (fun h'' => absurd (lt_of_lt_of_le hx.1 h') (Std.not_lt.2 h'')) id
    have hfs : f s ≠ 0 := fun hfs => by
      have := hsv.zero_unique (y := x₁) ⟨le_trans hsu hu₁, hv₁⟩ (x₁ := s) (x₂ := x₀)
        ⟨Std.le_refl _, le_trans hsu (le_trans hu₁ hv₁)⟩ ⟨Std.le_of_lt hsx, Std.le_of_lt hx.2⟩ hne
        hfs hfx₀
      exact Std.not_le.2 hsx (le_of_eq this.symm)
    have hz := hz s hs
    rw [hP (s := s) (x := x₀) ⟨hsx, hl, hfx₀, hfs⟩] at hz
    exact hz.elim (Std.not_le.2 hx.1) (Std.not_le.2 hx.2)

/-- The ReLU of a function with `N` pieces has at most `2 N` pieces. -/
theorem PiecewiseAffine.relu (h : PiecewiseAffine f N) :
    PiecewiseAffine (fun x => relu (f x)) (2 * N) := by
  obtain ⟨t, ht, h⟩ := h
  obtain ⟨e, he, h⟩ := h.relu
  exact ⟨t ++ e, by rw [List.length_append]; omega, h⟩

/-- The ReLUs of `k` functions with common breakpoints have common breakpoints, and at most `k + 1`
times as many pieces. -/
theorem breaksIn_relu_family {f : Fin k → R → R} (h : ∀ j, BreaksIn (f j) t) :
    ∃ e : List R, e.length ≤ k * (t.length + 1) ∧
      ∀ j, BreaksIn (fun x => relu (f j x)) (t ++ e) := by
  induction k with
  | zero => exact ⟨[], by simp, fun j => j.elim0⟩
  | succ k ih =>
    obtain ⟨e, he, h₁⟩ := ih fun j => h j.castSucc
    obtain ⟨e', he', h₂⟩ := (h (Fin.last k)).relu
    refine ⟨e ++ e', by rw [List.length_append, Nat.succ_mul]; omega, fun j => ?_⟩
    induction j using Fin.lastCases with
    | last => exact h₂.mono fun r hr => by simp only [List.mem_append] at hr ⊢; grind
    | cast j => exact (h₁ j).mono fun r hr => by simp only [List.mem_append] at hr ⊢; grind

/-! ### Networks -/

namespace Network

/-- The product of `k + 1` over the hidden layers, where `k` is the number of units. -/
@[expose] def regions : {m n : Nat} → Network R m n → Nat
  | _, _, .affine _ => 1
  | _, _, .cons (k := k) _ net => (k + 1) * net.regions

omit [RealField R] in
/-- The product in terms of width and depth. -/
theorem regions_le (net : Network R m n) : net.regions ≤ (net.width + 1) ^ net.depth := by
  induction net with
  | affine l => exact Nat.le_refl _
  | @cons m k n l net ih =>
    simp only [regions, width_cons, depth_cons, Nat.pow_succ']
    refine Nat.mul_le_mul (by omega) (Nat.le_trans ih (Nat.pow_le_pow_left (by omega) _))

/-- The outputs of a ReLU network, as functions of one number on which its inputs depend, have
common breakpoints: at most `regions` times as many pieces as the inputs. -/
theorem breaksIn_eval (net : Network R m n) {x : R → Fin m → R}
    (h : ∀ i, BreaksIn (fun s => x s i) t) : ∃ t' : List R,
      t'.length + 1 ≤ net.regions * (t.length + 1) ∧
      ∀ i, BreaksIn (fun s => net.eval relu (x s) i) t' := by
  induction net generalizing t with
  | affine l =>
    exact ⟨t, by simp [regions], fun i => BreaksIn.sum h (l.weight i) (l.bias i)⟩
  | @cons m k n l net ih =>
    obtain ⟨e, he, h₁⟩ := breaksIn_relu_family fun i => BreaksIn.sum h (l.weight i) (l.bias i)
    obtain ⟨t', ht', h₂⟩ := ih h₁
    refine ⟨t', Nat.le_trans ht' ?_, h₂⟩
    rw [regions, List.length_append, Nat.mul_comm (k + 1), Nat.mul_assoc]
    refine Nat.mul_le_mul_left _ ?_
    rw [Nat.succ_mul]
    omega

/-- A ReLU network of one variable has at most `regions` affine pieces. -/
theorem piecewiseAffine_realEval (net : Network R 1 1) :
    PiecewiseAffine (net.realEval relu) net.regions := by
  obtain ⟨t', h₁, h₂⟩ := net.breaksIn_eval (t := []) (x := fun s _ => s) fun i u v _ =>
    ⟨1, 0, fun x _ _ => by grind⟩
  exact ⟨t', by simpa using h₁, h₂ 0⟩

end Network

/-! ### Changes of sign -/

/-- To the left of `x` there are `n` points at which `f` has, from right to left, the signs `e`,
`-e`, `e` and so on. -/
@[expose] def Alternates (f : R → R) : R → R → Nat → Prop
  | _, _, 0 => True
  | e, x, n + 1 => ∃ y, y < x ∧ 0 < e * f y ∧ Alternates f (-e) y n

/-- Points to the left of `x` are to the left of every number beyond `x`. -/
theorem Alternates.mono {e x' : R} (h : Alternates f e x n) (hx : x ≤ x') :
    Alternates f e x' n := by
  cases n with
  | zero => trivial
  | succ n =>
    obtain ⟨y, h₁, h₂⟩ := h
    exact ⟨y, lt_of_lt_of_le h₁ hx, h₂⟩

/-- The first of the points left out. -/
theorem Alternates.tail {e : R} (h : Alternates f e x (n + 1)) : Alternates f (-e) x n := by
  obtain ⟨y, h₁, -, h₂⟩ := h
  exact h₂.mono (Std.le_of_lt h₁)

/-- The opposite sign. -/
private theorem neg_mul_nonpos {e y : R} (h : 0 < e * y) : -e * y ≤ 0 := by grind

/-- The sign of a value from the opposite one. -/
private theorem mul_nonpos_of_neg {e y : R} (h : 0 < -e * y) : e * y ≤ 0 := by grind

/-- A function which changes its sign `n` times to the left of `x` has at least `n` pieces there. -/
theorem alternates_le_of_nonpos {e : R} (h : ∀ u v, v ≤ x → (∀ r, r ∈ t → r ≤ u ∨ v ≤ r) →
    AffineOn f u v) (hx : e * f x ≤ 0) (ha : Alternates f e x n) : n ≤ t.length + 1 := by
  induction hk : t.length generalizing t x e n with
  | zero =>
    match n, ha with
    | 0, _ => omega
    | 1, _ => omega
    | n + 2, ⟨y₁, h₁, p₁, y₂, h₂, p₂, _⟩ =>
      have ht : t = [] := List.length_eq_zero_iff.1 hk
      exact ((h y₂ x (Std.le_refl _) fun r hr => by simp [ht] at hr).no_peak h₂ h₁
        (mul_nonpos_of_neg p₂) p₁ hx).elim
  | succ k ih =>
    match n, ha with
    | 0, _ => omega
    | 1, _ => omega
    | n + 2, ⟨y₁, h₁, p₁, y₂, h₂, p₂, h₃⟩ =>
      rcases exists_last_break t x with hl | ⟨s, hs, hsx, hl⟩
      · exact ((h y₂ x (Std.le_refl _) fun r hr => .inr (hl r hr)).no_peak h₂ h₁
          (mul_nonpos_of_neg p₂) p₁ hx).elim
      have has : AffineOn f s x := h s x (Std.le_refl _) hl
      have hsy : y₂ < s := by
        by_cases hy : y₂ < s
        · exact hy
        · exact ((has.mono (Std.not_lt.1 hy) (Std.le_refl _)).no_peak h₂ h₁
            (mul_nonpos_of_neg p₂) p₁ hx).elim
      classical
      have hlen : (t.erase s).length = k := by rw [List.length_erase_of_mem hs]; omega
      have ht (u v : R) (hv : v ≤ s) (hr : ∀ r, r ∈ t.erase s → r ≤ u ∨ v ≤ r) :
          AffineOn f u v := h u v (le_trans hv (Std.le_of_lt hsx)) fun r hrt => by
        by_cases hrs : r = s
        · exact .inr (le_trans hv (le_of_eq hrs.symm))
        · exact hr r ((List.mem_erase_of_ne hrs).2 hrt)
      by_cases hes : e * f s ≤ 0
      · have hsy₁ : s < y₁ → False := fun hy => has.no_peak hy h₁ hes p₁ hx
        have hne : y₁ ≠ s := by rintro rfl; exact Std.not_le.2 p₁ hes
        have hys := lt_of_le_of_ne (Std.not_lt.1 hsy₁) hne
        have := ih (x := s) (n := n + 2) ht hes ⟨y₁, hys, p₁, y₂, h₂, p₂, h₃⟩ hlen
        omega
      · have := ih (x := s) (e := -e) (n := n + 1) ht
          (neg_mul_nonpos (Std.not_le.1 hes)) ⟨y₂, hsy, p₂, h₃⟩ hlen
        omega

/-- A function which has alternating signs at `n` points has at least `n - 1` pieces. -/
theorem alternates_le {e : R} (h : PiecewiseAffine f N) (ha : Alternates f e x n) :
    n ≤ N + 1 := by
  obtain ⟨t, ht, h⟩ := h
  match n, ha with
  | 0, _ => omega
  | n + 1, ⟨y, _, h₁, h₂⟩ =>
    have := alternates_le_of_nonpos (t := t) (x := y) (e := -e) (fun u v _ => h u v)
      (neg_mul_nonpos h₁) h₂
    omega

end DeepTheory.Approximation
