module

public import DeepTheory.Analysis.Continuity
public import DeepTheory.Analysis.Deriv
public import DeepTheory.Analysis.Descent
public import DeepTheory.Analysis.Euclidean
public import DeepTheory.Analysis.Gradient
public import DeepTheory.Analysis.Huber
public import DeepTheory.Analysis.InnerProductSpace
public import DeepTheory.Analysis.MeanValue
public import DeepTheory.Analysis.Norm
public import DeepTheory.Analysis.Quadratic
public import DeepTheory.Optimization.Convex
public import DeepTheory.Optimization.GradientDescent
public import DeepTheory.Optimization.LeastSquares
public import DeepTheory.Optimization.Nonconvex
public import DeepTheory.Optimization.PolyakLojasiewicz
public import DeepTheory.Optimization.StronglyConvex
public import DeepTheory.Reals.Basic
public import DeepTheory.Reals.Sqrt
public import DeepTheory.Reals.Sum

/-!
# DeepTheory

Theorems of deep learning theory over an arbitrary complete ordered field.  This file imports every
module of the library.
-/
