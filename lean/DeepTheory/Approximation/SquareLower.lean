module

public import DeepTheory.Approximation.Telgarsky
public import DeepTheory.Approximation.Yarotsky

/-!
# The square by functions with few pieces

No function with `N` affine pieces comes closer to the square than `1 / (8 N ^ 2)` on the unit
interval, and so no network with one hidden layer of `N - 1` units does.  The deep narrow network of
`yarotsky_square`, shifted by half of its error, is best possible for its number of pieces.

## Main definitions
* `DeepTheory.Approximation.squareLowerBound`: the error that remains.

## Main theorems
* `DeepTheory.Approximation.square_lower`, `DeepTheory.Approximation.square_lower_witness`,
  `DeepTheory.Approximation.square_lower_sharp`.
* `DeepTheory.Approximation.square_lower_network`: the consequence for networks.

## References
* D. Yarotsky, *Error bounds for approximations with deep ReLU networks*, 2017, Theorem 6.
-/

public noncomputable section

namespace DeepTheory.Approximation

universe u

variable {R : Type u} [RealField R] {f : R → R} {k m n N : Nat} {x : R}

/-- Of more intervals than breakpoints one has no breakpoint inside. -/
theorem exists_free_interval {t : List R} {p : Nat → R} (hp : ∀ i j, i < j → p i < p j)
    (ht : t.length < n) : ∃ i, i < n ∧ ∀ r, r ∈ t → r ≤ p i ∨ p (i + 1) ≤ r := by
  refine Classical.byContradiction fun hc => ?_
  have h (i : Fin n) : ∃ r, r ∈ t ∧ p i.val < r ∧ r < p (i.val + 1) := by
    refine Classical.byContradiction fun h => hc ⟨i.val, i.isLt, fun r hr => ?_⟩
    by_cases h₁ : r ≤ p i.val
    · exact .inl h₁
    by_cases h₂ : p (i.val + 1) ≤ r
    · exact .inr h₂
    · exact absurd ⟨r, hr, by grind, by grind⟩ h
  obtain ⟨q, hq⟩ := Classical.axiomOfChoice h
  have hle (i j : Fin n) (hij : i.val < j.val) : q i < q j := by
    have h₁ := (hq i).2.2
    have h₂ := (hq j).2.1
    rcases Nat.lt_or_ge (i.val + 1) j.val with h | h
    · have := hp _ _ h
      grind
    · rw [show j.val = i.val + 1 by omega] at h₂
      grind
  have hinj (i j : Fin n) (hij : q i = q j) : i = j := by
    rcases Nat.lt_trichotomy i.val j.val with h | h | h
    · have := hle i j h
      grind
    · exact Fin.ext h
    · have := hle j i h
      grind
  have hl := length_le_of_nodup (nodup_map hinj (Fintype.nodup (α := Fin n))) (l' := t)
    fun a ha => by
      obtain ⟨i, -, rfl⟩ := List.mem_map.1 ha
      exact (hq i).1
  have hn : (Fintype.elems : List (Fin n)).length = n := card_fin n
  rw [List.length_map, hn] at hl
  omega

/-- One divided by eight times the square of the number of pieces. -/
@[expose] def squareLowerBound (N : Nat) : R := 1 / (8 * N ^ 2)

/-- **The square needs many pieces.** Every function with `N` affine pieces misses the square by at
least `1 / (8 N ^ 2)` somewhere in the unit interval.

A network with one hidden layer has one piece more than units, so accuracy `ε` costs it a number of
units proportional to the square root of `1 / ε`; `yarotsky_square` needs logarithmically many.

* controls: approximation
* assumes: f is continuous with at most N affine pieces
* bound: Approximation.squareLowerBound
* witness: Approximation.square_lower_witness
* sharp: Approximation.square_lower_sharp (attained for every power of two)
* source: Yarotsky 2017, Theorem 6 -/
theorem square_lower (hf : PiecewiseAffine f N) :
    ∃ x, 0 ≤ x ∧ x ≤ 1 ∧ squareLowerBound N ≤ abs (f x - x ^ 2) := by
  obtain ⟨t, ht, hf⟩ := hf
  have hN := natCast_pos (R := R) (show 0 < N by omega)
  obtain ⟨i, hi, hr⟩ := exists_free_interval (n := N) (t := t) (p := fun i => (i : R) / N)
    (fun i j hij => div_lt_div_of_pos_right (natCast_lt_iff.2 hij) hN) (by omega)
  obtain ⟨a, b, hab⟩ := hf _ _ hr
  have hu₀ : 0 ≤ (i : R) / N := div_nonneg (natCast_nonneg i) hN
  have hu₁ : ((i + 1 : Nat) : R) / N ≤ 1 := (div_le_one hN).2 (natCast_le (by omega))
  have hh : ((i + 1 : Nat) : R) / N = i / N + 1 / N := by grind
  have hb : (squareLowerBound N : R) = (1 / N) ^ 2 / 8 := by
    unfold squareLowerBound
    rw [div_pow, one_pow]
    grind
  have hpos : 0 < (1 : R) / N := one_div_pos hN
  rw [hh] at hu₁
  simp only [hh] at hab
  rw [hb]
  generalize (i : R) / N = u at *
  generalize (1 : R) / N = h at *
  refine Classical.byContradiction fun hc => ?_
  have key (x : R) (h₁ : u ≤ x) (h₂ : x ≤ u + h) : abs (a * x + b - x ^ 2) < h ^ 2 / 8 := by
    refine Classical.byContradiction fun hx => hc ⟨x, by grind, by grind, ?_⟩
    rw [hab x h₁ h₂]
    grind
  have k₁ := abs_lt.1 (key u (by grind) (by grind))
  have k₂ := abs_lt.1 (key (u + h / 2) (by grind) (by grind))
  have k₃ := abs_lt.1 (key (u + h) (by grind) (by grind))
  grind

/-- The sawtooth function of depth `m` and the approximation of the square by `m` of them have
common breakpoints, and `2 ^ m` pieces. -/
theorem exists_common_breaks (m : Nat) : ∃ t : List R, t.length + 1 ≤ 2 ^ m ∧
    BreaksIn (sawtooth m) t ∧ BreaksIn (squareApprox m) t := by
  induction m with
  | zero =>
    refine ⟨[], Nat.le_refl _, fun u v _ => ⟨1, 0, fun x _ _ => ?_⟩,
      fun u v _ => ⟨1, 0, fun x _ _ => ?_⟩⟩
    · rw [sawtooth_zero]; grind
    · rw [squareApprox_zero]; grind
  | succ m ih =>
    obtain ⟨t, ht, h₁, h₂⟩ := ih
    obtain ⟨t', ht', hs, h₃⟩ := h₁.sawtooth_succ
    refine ⟨t', by rw [Nat.pow_succ]; omega, h₃, ?_⟩
    have he : (squareApprox (m + 1) : R → R) = fun x => 1 * squareApprox m x +
        -((1 : R) / 4 ^ (m + 1)) * sawtooth (m + 1) x + 0 := funext fun x => by
      unfold squareApprox
      rw [sum_succ]
      show x - ((∑ i : Fin m, sawtooth (i.val + 1) x / 4 ^ (i.val + 1)) +
        sawtooth (m + 1) x / 4 ^ (m + 1)) = _
      grind
    rw [he]
    exact (h₂.mono hs).add h₃ _ _ _

/-- The approximation of the square by `m` sawtooth functions has `2 ^ m` pieces. -/
theorem piecewiseAffine_squareApprox (m : Nat) :
    PiecewiseAffine (squareApprox m : R → R) (2 ^ m) := by
  obtain ⟨t, h₁, -, h₂⟩ := exists_common_breaks (R := R) m
  exact ⟨t, h₁, h₂⟩

/-- The tent map has two pieces, and the bound for two pieces is 1/32. -/
theorem square_lower_witness :
    PiecewiseAffine (sawtooth 1 : R → R) 2 ∧ (squareLowerBound 2 : R) = 1 / 32 := by
  refine ⟨piecewiseAffine_sawtooth 1, ?_⟩
  unfold squareLowerBound
  grind

/-- The approximation of the square by `m` sawtooth functions, lowered by half of its largest error,
has `2 ^ m` pieces and is within the bound of the square on the whole unit interval. -/
theorem square_lower_sharp (m : Nat) :
    PiecewiseAffine (fun x : R => squareApprox m x - yarotskyBound m / 2) (2 ^ m) ∧
    ∀ x : R, 0 ≤ x → x ≤ 1 →
      abs (squareApprox m x - yarotskyBound m / 2 - x ^ 2) ≤ squareLowerBound (2 ^ m) := by
  refine ⟨?_, fun x h₀ h₁ => ?_⟩
  · obtain ⟨t, h₁, -, h₂⟩ := exists_common_breaks (R := R) m
    refine ⟨t, h₁, fun u v hr => ?_⟩
    obtain ⟨a, b, h⟩ := h₂ u v hr
    exact ⟨a, b - yarotskyBound m / 2, fun x hu hv => by
      show squareApprox m x - yarotskyBound m / 2 = _
      rw [h x hu hv]
      grind⟩
  · have h₂ := sq_le_squareApprox m h₀ h₁
    have h₃ := squareApprox_le m x
    have h₄ : (squareLowerBound (2 ^ m) : R) = yarotskyBound m / 2 := by
      unfold squareLowerBound yarotskyBound
      have h₅ : ((2 : R) ^ m) ^ 2 = 4 ^ m := by
        rw [← pow_mul, Nat.mul_comm, pow_mul]
        exact congrArg (· ^ m) (by grind)
      have := pow_pos (show (0 : R) < 4 by grind) m
      rw [natCast_two_pow, h₅, pow_succ]
      grind
    rw [h₄, abs_le]
    grind

/-- A network misses the square by at least the bound for its number of pieces: by `1 / 8` divided
by the square of `(width + 1) ^ depth`. -/
theorem square_lower_network (net : Network R 1 1) :
    ∃ x, 0 ≤ x ∧ x ≤ 1 ∧ squareLowerBound ((net.width + 1) ^ net.depth) ≤
      abs (net.realEval relu x - x ^ 2) :=
  square_lower (net.piecewiseAffine_realEval.mono net.regions_le)

end DeepTheory.Approximation
