module

public import DeepTheory.Reals.Rpow
public import DeepTheory.Reals.Product
public import DeepTheory.Reals.Binomial
public import DeepTheory.Reals.Pow

/-!
# Inequalities and identities of finite sums

## Main definitions
* `DeepTheory.ConvexOn`: a function of a real variable is convex on a set.

## Main theorems
* `DeepTheory.ConvexOn.jensen`: Jensen's inequality.
* `DeepTheory.exp_sum_mul_log_le`, `DeepTheory.prod_rpow_le_sum`: the weighted inequality of the
  arithmetic and the geometric mean.
* `DeepTheory.log_sum_inequality`, `DeepTheory.gibbs_inequality`: relative entropies.
* `DeepTheory.le_logSumExp`, `DeepTheory.logSumExp_le`: the logarithm of a sum of exponentials.
* `DeepTheory.add_pow`: the binomial theorem.
* `DeepTheory.geom_sum_mul`, `DeepTheory.sum_id`, `DeepTheory.sum_sq`: sums of powers.

## References
* G. H. Hardy, J. E. Littlewood, G. Pólya, *Inequalities*, 1934, chapters 2 and 3.
* T. M. Cover, J. A. Thomas, *Elements of Information Theory*, second edition, 2006, chapter 2.
-/

public section

namespace DeepTheory

universe u v

variable {R : Type u} [RealField R] {ι : Type v}

/-! ### Convex functions -/

/-- The function `f` lies below its chords on the set `S`, which contains them. -/
@[expose] def ConvexOn (S : R → Prop) (f : R → R) : Prop :=
  ∀ ⦃x y t : R⦄, S x → S y → 0 ≤ t → t ≤ 1 →
    S ((1 - t) * x + t * y) ∧ f ((1 - t) * x + t * y) ≤ (1 - t) * f x + t * f y

/-- The exponential function is convex. -/
theorem convexOn_exp : ConvexOn (fun _ : R => True) exp :=
  fun x y _ _ _ h₀ h₁ => ⟨trivial, exp_convex_comb_le h₀ h₁ x y⟩

/-- The logarithm, turned over, is convex on the positive numbers. -/
theorem convexOn_neg_log : ConvexOn (fun x : R => 0 < x) fun x => -log x :=
  fun x y t hx hy h₀ h₁ => ⟨by
    rcases (show t = 0 ∨ 0 < t by grind) with rfl | h
    · grind
    · have := mul_pos h hy
      have := mul_nonneg (show 0 ≤ 1 - t by grind) (Std.le_of_lt hx)
      grind, by
    have := concave_log hx hy h₀ h₁
    grind⟩

private theorem jensen_list {S : R → Prop} {f : R → R} (hf : ConvexOn S f) {w x : ι → R}
    (hx : ∀ i, S (x i)) (hw : ∀ i, 0 ≤ w i) (l : List ι) : 0 < listSum w l →
      S (listSum (fun i => w i * x i) l / listSum w l) ∧
        f (listSum (fun i => w i * x i) l / listSum w l) * listSum w l ≤
          listSum (fun i => w i * f (x i)) l := by
  induction l with
  | nil => intro h; simp only [listSum_nil] at h; grind
  | cons i l ih =>
    intro h
    simp only [listSum_cons] at h ⊢
    have hwi := hw i
    have hW : 0 ≤ listSum w l := by
      have := listSum_le hw l
      rwa [listSum_eq_zero fun _ _ => rfl] at this
    rcases (show listSum w l = 0 ∨ 0 < listSum w l by grind) with h₀ | h₀
    · have hz : ∀ g : ι → R, listSum (fun j => w j * g j) l = 0 := fun g => by
        have hall : ∀ j, j ∈ l → w j = 0 := by
          clear ih
          induction l with
          | nil => intro j hj; exact absurd hj List.not_mem_nil
          | cons k l ihl =>
            have hk := hw k
            have hl : 0 ≤ listSum w l := by
              have := listSum_le hw l
              rwa [listSum_eq_zero fun _ _ => rfl] at this
            simp only [listSum_cons] at h₀ h hW
            intro j hj
            rcases List.mem_cons.1 hj with rfl | hj
            · grind
            · exact ihl (by grind) (by grind) (by grind) j hj
        exact listSum_eq_zero fun j hj => by rw [hall j hj]; grind
      rw [hz, hz, h₀]
      have e : (w i * x i + 0) / (w i + 0) = x i := by grind
      rw [e]
      exact ⟨hx i, by grind⟩
    · have ⟨hS, hF⟩ := ih h₀
      generalize listSum (fun i => w i * x i) l = A at *
      generalize listSum (fun i => w i * f (x i)) l = F at *
      generalize listSum w l = W at *
      have ht₁ : W / (w i + W) ≤ 1 := (div_le_iff h).2 (by grind)
      have ⟨h₁, h₂⟩ := hf (hx i) hS (div_nonneg hW h) ht₁
      have e : (1 - W / (w i + W)) * x i + W / (w i + W) * (A / W) =
          (w i * x i + A) / (w i + W) := by grind
      rw [e] at h₁ h₂
      refine ⟨h₁, ?_⟩
      have h₃ := mul_le_mul_of_nonneg_right h₂ (Std.le_of_lt h)
      have e₂ : ((1 - W / (w i + W)) * f (x i) + W / (w i + W) * f (A / W)) * (w i + W) =
          w i * f (x i) + f (A / W) * W := by grind
      rw [e₂] at h₃
      grind

variable [Fintype ι]

/-- **Jensen's inequality.** A convex function at a weighted mean is at most the mean of its
values. -/
theorem ConvexOn.jensen {S : R → Prop} {f : R → R} (hf : ConvexOn S f) {w x : ι → R}
    (hx : ∀ i, S (x i)) (hw : ∀ i, 0 ≤ w i) (hw₁ : ∑ i, w i = 1) :
    f (∑ i, w i * x i) ≤ ∑ i, w i * f (x i) := by
  have h := (jensen_list hf hx hw (Fintype.elems : List ι) (by
    show 0 < ∑ i, w i
    rw [hw₁]
    exact zero_lt_one)).2
  have e : listSum w Fintype.elems = 1 := hw₁
  rw [e, Lean.Grind.Semiring.mul_one, show ∀ y : R, y / 1 = y by intro y; grind] at h
  exact h

/-! ### Means -/

/-- The geometric mean, by logarithms, is at most the arithmetic one. -/
theorem exp_sum_mul_log_le {w x : ι → R} (hx : ∀ i, 0 < x i) (hw : ∀ i, 0 ≤ w i)
    (hw₁ : ∑ i, w i = 1) : exp (∑ i, w i * log (x i)) ≤ ∑ i, w i * x i := by
  have h := convexOn_exp.jensen (x := fun i => log (x i)) (fun _ => trivial) hw hw₁
  rwa [sum_congr fun i => show w i * exp (log (x i)) = w i * x i by rw [exp_log (hx i)]] at h

/-- The weighted inequality of the arithmetic and the geometric mean. -/
theorem prod_rpow_le_sum {w x : ι → R} (hx : ∀ i, 0 < x i) (hw : ∀ i, 0 ≤ w i)
    (hw₁ : ∑ i, w i = 1) : ∏ i, rpow (x i) (w i) ≤ ∑ i, w i * x i := by
  rw [prod_congr fun i => rpow_def_of_pos (hx i) (w i), ← exp_sum]
  exact exp_sum_mul_log_le hx hw hw₁

/-- Young's inequality. -/
theorem rpow_mul_rpow_le {a b t : R} (ha : 0 < a) (hb : 0 < b) (h₀ : 0 ≤ t) (h₁ : t ≤ 1) :
    rpow a (1 - t) * rpow b t ≤ (1 - t) * a + t * b := by
  rw [rpow_def_of_pos ha, rpow_def_of_pos hb, ← exp_add]
  have := exp_convex_comb_le h₀ h₁ (log a) (log b)
  rwa [exp_log ha, exp_log hb] at this

/-! ### Relative entropies -/

/-- A logarithm of a quotient with a weight; a weight zero makes the quotient irrelevant. -/
theorem mul_log_div {a c : R} (ha : 0 ≤ a) (h : 0 < c ∨ a = 0) :
    a * log (a / c) = a * log a - a * log c := by
  rcases (show a = 0 ∨ 0 < a by grind) with h₀ | h₀
  · rw [h₀]; grind
  · rw [log_div h₀ (by grind)]; grind

/-- The tangents of the summand `a * log (a / c)`, with the slope `log s + 1` in `a`. -/
theorem mul_log_add_le_mul_log_div {a c s : R} (ha : 0 ≤ a) (hc : 0 ≤ c) (h : 0 < c ∨ a = 0)
    (hs : 0 < s) : a * log s + a - s * c ≤ a * log (a / c) := by
  rcases (show a = 0 ∨ 0 < a by grind) with h₀ | h₀
  · have := mul_nonneg (show 0 ≤ s by grind) hc
    rw [h₀]; grind
  · have hc' : 0 < c := by grind
    have h₁ := one_sub_inv_le_log (div_pos (div_pos h₀ hc') hs)
    have h₂ := mul_le_mul_of_nonneg_left h₁ ha
    rw [log_div (div_pos h₀ hc') hs] at h₂
    have h₃ : a * (a / c / s)⁻¹ = s * c := by grind
    grind

/-- **The log-sum inequality.** For nonnegative `a i` and positive `b i`, the terms
`a i * log (a i / b i)` add up to no less than the same expression of the sums; `0 * log 0` is
zero (Cover, Thomas 2006, Theorem 2.7.1). -/
theorem log_sum_inequality {a b : ι → R} (ha : ∀ i, 0 ≤ a i) (hb : ∀ i, 0 < b i) :
    (∑ i, a i) * log ((∑ i, a i) / ∑ i, b i) ≤ ∑ i, a i * log (a i / b i) := by
  have hA := sum_nonneg ha
  rcases (show ∑ i, a i = 0 ∨ 0 < ∑ i, a i by grind) with h | h
  · have hz : ∑ i, a i * log (a i / b i) = 0 := sum_eq_zero fun i => by
      rw [(sum_eq_zero_iff ha).1 h i]
      exact Lean.Grind.Semiring.zero_mul _
    rw [h, hz]
    grind
  · have hB : 0 < ∑ i, b i := by
      refine Classical.byContradiction fun hB => ?_
      have h₀ : ∑ i, b i = 0 := by
        have := sum_nonneg fun i => Std.le_of_lt (hb i)
        grind
      have hn : ∀ i : ι, False := fun i => by
        have := (sum_eq_zero_iff fun i => Std.le_of_lt (hb i)).1 h₀ i
        have := hb i
        grind
      rw [sum_eq_zero fun i => (hn i).elim] at h
      grind
    have h₁ := sum_le_sum fun i => mul_log_add_le_mul_log_div (ha i) (Std.le_of_lt (hb i))
      (.inl (hb i)) (div_pos h hB)
    rw [sum_sub, sum_add, ← sum_mul, ← mul_sum] at h₁
    generalize ∑ i, a i = A at *
    generalize ∑ i, b i = B at *
    have e : A - A / B * B = 0 := by grind
    grind

/-- Gibbs' inequality: a relative entropy is nonnegative. -/
theorem gibbs_inequality {p q : ι → R} (hp : ∀ i, 0 ≤ p i) (hq : ∀ i, 0 < q i)
    (hp₁ : ∑ i, p i = 1) (hq₁ : ∑ i, q i = 1) : 0 ≤ ∑ i, p i * log (p i / q i) := by
  have h := log_sum_inequality hp hq
  rw [hp₁, hq₁, show (1 : R) / 1 = 1 by grind, log_one] at h
  grind

/-! ### Sums of exponentials -/

/-- The logarithm of a sum of exponentials is at least each exponent. -/
theorem le_logSumExp (x : ι → R) (k : ι) : x k ≤ log (∑ i, exp (x i)) := by
  have h := single_le_sum (fun i => Std.le_of_lt (exp_pos (x i))) k
  exact (le_log_iff_exp_le (Std.lt_of_lt_of_le (exp_pos _) h)).2 h

/-- The logarithm of a sum of exponentials is at most a bound on the exponents and the logarithm
of their number. -/
theorem logSumExp_le [Nonempty ι] {x : ι → R} {M : R} (h : ∀ i, x i ≤ M) :
    log (∑ i, exp (x i)) ≤ M + log ((card ι : Nat) : R) := by
  have hc := natCast_pos (R := R) (card_pos (α := ι))
  have h₁ := sum_le_card_mul fun i => exp_le_exp.2 (h i)
  have h₂ : 0 < ∑ i, exp (x i) := by
    obtain ⟨k⟩ := ‹Nonempty ι›
    exact sum_pos (fun i => Std.le_of_lt (exp_pos (x i))) (exp_pos (x k))
  have h₃ := log_le_log h₂ h₁
  rw [log_mul hc (exp_pos M), log_exp] at h₃
  grind

/-! ### Sums of powers -/

/-- The geometric sum. -/
theorem geom_sum_mul (a : R) (n : Nat) : (∑ i : Fin n, a ^ i.val) * (1 - a) = 1 - a ^ n := by
  induction n with
  | zero => rw [sum_zero, pow_zero]; grind
  | succ n ih =>
    rw [sum_succ]
    simp only [Fin.val_castSucc, Fin.val_last]
    have := pow_succ a n
    grind

/-- The geometric sum, where the ratio is below one, is at most the series. -/
theorem geom_sum_le {a : R} (h₀ : 0 ≤ a) (h₁ : a < 1) (n : Nat) :
    ∑ i : Fin n, a ^ i.val ≤ 1 / (1 - a) := by
  refine (le_div_iff (by grind)).2 ?_
  rw [geom_sum_mul]
  have := pow_nonneg h₀ n
  grind

/-- The sum of the numbers below `n`. -/
theorem sum_id (n : Nat) : 2 * ∑ i : Fin n, (i.val : R) = n * (n - 1) := by
  induction n with
  | zero => rw [sum_zero]; grind
  | succ n ih =>
    rw [sum_succ]
    simp only [Fin.val_castSucc, Fin.val_last]
    grind

/-- The sum of the squares of the numbers below `n`. -/
theorem sum_sq (n : Nat) : 6 * ∑ i : Fin n, (i.val : R) ^ 2 = (n - 1) * n * (2 * n - 1) := by
  induction n with
  | zero => rw [sum_zero]; grind
  | succ n ih =>
    rw [sum_succ]
    simp only [Fin.val_castSucc, Fin.val_last]
    grind

/-- **The binomial theorem.** -/
theorem add_pow (a b : R) (n : Nat) :
    (a + b) ^ n = ∑ k : Fin (n + 1), (choose n k.val : R) * (a ^ k.val * b ^ (n - k.val)) := by
  induction n with
  | zero =>
    rw [sum_one]
    simp only [Fin.val_zero, choose_self, Nat.sub_self, pow_zero]
    grind
  | succ n ih =>
    have h₁ : a * ∑ k : Fin (n + 1), (choose n k.val : R) * (a ^ k.val * b ^ (n - k.val)) =
        ∑ k : Fin (n + 1), (choose n k.val : R) * (a ^ (k.val + 1) * b ^ (n - k.val)) := by
      rw [mul_sum]
      exact sum_congr fun k => by rw [pow_succ]; grind
    have h₂ : b * ∑ k : Fin (n + 1), (choose n k.val : R) * (a ^ k.val * b ^ (n - k.val)) =
        b ^ (n + 1) +
          ∑ k : Fin (n + 1), (choose n (k.val + 1) : R) * (a ^ (k.val + 1) * b ^ (n - k.val)) := by
      rw [mul_sum, sum_succ', sum_succ (fun k : Fin (n + 1) =>
        (choose n (k.val + 1) : R) * (a ^ (k.val + 1) * b ^ (n - k.val)))]
      simp only [Fin.val_zero, Fin.val_succ, Fin.val_castSucc, Fin.val_last, Nat.sub_zero]
      rw [choose_eq_zero_of_lt (show n < n + 1 by omega), choose_zero_right, pow_zero]
      have hs : ∀ k : Fin n, b * ((choose n (k.val + 1) : R) *
          (a ^ (k.val + 1) * b ^ (n - (k.val + 1)))) =
            (choose n (k.val + 1) : R) * (a ^ (k.val + 1) * b ^ (n - k.val)) := fun k => by
        rw [show n - k.val = n - (k.val + 1) + 1 by omega, pow_succ b]
        grind
      rw [sum_congr hs, pow_succ b n]
      grind
    have h₃ : (a + b) ^ (n + 1) = a * (a + b) ^ n + b * (a + b) ^ n := by
      rw [pow_succ]; grind
    rw [h₃, ih, h₁, h₂, sum_succ' (fun k : Fin (n + 1 + 1) =>
      (choose (n + 1) k.val : R) * (a ^ k.val * b ^ (n + 1 - k.val)))]
    simp only [Fin.val_zero, Fin.val_succ, Nat.sub_zero, choose_zero_right, pow_zero]
    have hs : ∀ k : Fin (n + 1), (choose (n + 1) (k.val + 1) : R) *
        (a ^ (k.val + 1) * b ^ (n + 1 - (k.val + 1))) =
          (choose n k.val : R) * (a ^ (k.val + 1) * b ^ (n - k.val)) +
            (choose n (k.val + 1) : R) * (a ^ (k.val + 1) * b ^ (n - k.val)) := fun k => by
      rw [choose_succ_succ, show n + 1 - (k.val + 1) = n - k.val by omega,
        show ((choose n k.val + choose n (k.val + 1) : Nat) : R) =
          choose n k.val + choose n (k.val + 1) by grind]
      grind
    rw [sum_congr hs, sum_add]
    grind

end DeepTheory
