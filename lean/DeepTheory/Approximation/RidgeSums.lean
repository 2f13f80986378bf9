module

public import DeepTheory.Analysis.Compact
public import DeepTheory.Approximation.Parallel

/-!
# What one hidden layer approximates

The functions on the unit cube that networks with one hidden layer and a given activation
approximate uniformly: sums, multiples and uniform limits of such functions are such functions.

## Main definitions
* `DeepTheory.Approximation.InUnitCube`: a point of the unit cube.
* `DeepTheory.Approximation.Approximable`: functions that networks with one hidden layer approximate
  uniformly on the unit cube.
* `DeepTheory.Approximation.Network.constant`: a constant, with a hidden layer without units.
* `DeepTheory.Approximation.Network.unit`: one hidden unit.

## Main theorems
* `DeepTheory.Approximation.Approximable.add`, `DeepTheory.Approximation.Approximable.const_mul`,
  `DeepTheory.Approximation.Approximable.sum`, `DeepTheory.Approximation.Approximable.of_limit`:
  the operations.
* `DeepTheory.Approximation.Approximable.exists_family`: several functions at once.
-/

public noncomputable section

namespace DeepTheory.Approximation

open Analysis

universe u

variable {R : Type u} [RealField R] {d n : Nat} {σ : R → R} {F G : (Fin d → R) → R}

/-- The point `x` lies in the unit cube: all its coordinates are between zero and one. -/
@[expose] def InUnitCube (x : Fin d → R) : Prop := InBox (fun _ => 0) (fun _ => 1) x

/-- For every `ε > 0` some network with one hidden layer and the activation `σ` is within `ε` of
the function `F` everywhere on the unit cube. -/
@[expose] def Approximable (σ : R → R) (F : (Fin d → R) → R) : Prop :=
  ∀ ε, 0 < ε → ∃ net : Network R d 1, net.depth = 1 ∧
    ∀ x, InUnitCube x → abs (net.eval σ x 0 - F x) ≤ ε

/-! ### Two small networks -/

/-- The constant `c`, with a hidden layer without units. -/
@[expose] def Network.constant (d : Nat) (c : R) : Network R d 1 :=
  .cons (k := 0) ⟨fun i => i.elim0, fun i => i.elim0⟩ (.affine ⟨fun _ _ => 0, fun _ => c⟩)

@[simp] theorem Network.eval_constant (σ : R → R) (c : R) (x : Fin d → R) (i : Fin 1) :
    (constant d c).eval σ x i = c := by
  show (∑ k : Fin 0, _) + c = c
  rw [sum_zero]
  grind

/-- One hidden unit with weights `w` and bias `b`. -/
@[expose] def Network.unit (w : Fin d → R) (b : R) : Network R d 1 :=
  .cons (k := 1) ⟨fun _ => w, fun _ => b⟩ (.affine ⟨fun _ _ => 1, fun _ => 0⟩)

@[simp] theorem Network.eval_unit (σ : R → R) (w : Fin d → R) (b : R) (x : Fin d → R)
    (i : Fin 1) : (unit w b).eval σ x i = σ (∑ j, w j * x j + b) := by
  show (∑ _k : Fin 1, 1 * σ (∑ j, w j * x j + b)) + 0 = _
  rw [sum_one]
  grind

/-! ### Operations -/

namespace Approximable

/-- Only the values on the cube count. -/
theorem congr (hF : Approximable σ F) (h : ∀ x, InUnitCube x → F x = G x) :
    Approximable σ G := fun ε hε => by
  obtain ⟨net, hd, hn⟩ := hF ε hε
  exact ⟨net, hd, fun x hx => h x hx ▸ hn x hx⟩

/-- A uniform limit of approximable functions is approximable. -/
theorem of_limit (h : ∀ ε, 0 < ε → ∃ G, Approximable σ G ∧
    ∀ x, InUnitCube x → abs (G x - F x) ≤ ε) : Approximable σ F := fun ε hε => by
  obtain ⟨G, hG, hGF⟩ := h (ε / 2) (by grind)
  obtain ⟨net, hd, hn⟩ := hG (ε / 2) (by grind)
  refine ⟨net, hd, fun x hx => ?_⟩
  have h₁ := hn x hx
  have h₂ := hGF x hx
  have := abs_sub_le (net.eval σ x 0) (G x) (F x)
  grind

/-- Constants are approximable. -/
theorem const (σ : R → R) (c : R) : Approximable σ fun _ : Fin d → R => c := fun ε hε =>
  ⟨.constant d c, rfl, fun x _ => by
    rw [Network.eval_constant, show c - c = 0 by grind, abs_zero]
    exact le_of_lt hε⟩

/-- Ridge functions with the activation itself are approximable. -/
theorem ridge (σ : R → R) (w : Fin d → R) (b : R) :
    Approximable σ fun x => σ (∑ j, w j * x j + b) := fun ε hε =>
  ⟨.unit w b, rfl, fun x _ => by
    rw [Network.eval_unit, show ∀ a : R, a - a = 0 by grind, abs_zero]
    exact le_of_lt hε⟩

/-- The sum of two approximable functions is approximable. -/
theorem add (hF : Approximable σ F) (hG : Approximable σ G) :
    Approximable σ fun x => F x + G x := fun ε hε => by
  obtain ⟨a, ha, hF⟩ := hF (ε / 2) (by grind)
  obtain ⟨b, hb, hG⟩ := hG (ε / 2) (by grind)
  refine ⟨.add a b (ha.trans hb.symm), (Network.depth_add a b _).trans ha, fun x hx => ?_⟩
  rw [Network.eval_add]
  have h₁ := abs_le.1 (hF x hx)
  have h₂ := abs_le.1 (hG x hx)
  exact abs_le.2 (by grind)

/-- A multiple of an approximable function is approximable. -/
theorem const_mul (c : R) (hF : Approximable σ F) :
    Approximable σ fun x => c * F x := fun ε hε => by
  have hc := abs_nonneg c
  have hc' : 0 < abs c + 1 := by grind
  obtain ⟨a, ha, hF⟩ := hF (ε / (abs c + 1)) (div_pos hε hc')
  refine ⟨a.scale c, (a.depth_scale c).trans ha, fun x hx => ?_⟩
  rw [Network.eval_scale, show c * a.eval σ x 0 - c * F x = c * (a.eval σ x 0 - F x) by grind,
    abs_mul]
  have h₁ := mul_le_mul_of_nonneg_left (hF x hx) hc
  have h₂ := div_pos hε hc'
  have h₃ : ε / (abs c + 1) * (abs c + 1) = ε := by grind
  grind

/-- The sum of finitely many approximable functions is approximable. -/
theorem sum {ι : Type _} [Fintype ι] {F : ι → (Fin d → R) → R}
    (h : ∀ i, Approximable σ (F i)) : Approximable σ fun x => ∑ i, F i x := by
  show Approximable σ fun x => listSum (fun i => F i x) Fintype.elems
  induction (Fintype.elems : List ι) with
  | nil => exact const σ 0
  | cons i l ih => exact (h i).add ih

/-- Finitely many approximable functions are approximated at once by the outputs of one network. -/
theorem exists_family {F : Fin n → (Fin d → R) → R} (h : ∀ i, Approximable σ (F i)) {ε : R}
    (hε : 0 < ε) : ∃ net : Network R d n, net.depth = 1 ∧
      ∀ x, InUnitCube x → ∀ i, abs (net.eval σ x i - F i x) ≤ ε := by
  have hnet := fun i => h i ε hε
  have hs := fun i => Classical.choose_spec (hnet i)
  refine ⟨.parallelFamily 1 (fun i => Classical.choose (hnet i)) fun i => (hs i).1,
    Network.depth_parallelFamily _ _, fun x hx i => ?_⟩
  rw [Network.eval_parallelFamily]
  exact (hs i).2 x hx

end Approximable

end DeepTheory.Approximation
