module

public import DeepTheory.Analysis.Compact
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
public import DeepTheory.Approximation.Barron
public import DeepTheory.Approximation.BooleanThreshold
public import DeepTheory.Approximation.Converse
public import DeepTheory.Approximation.Layer
public import DeepTheory.Approximation.Maurey
public import DeepTheory.Approximation.Memorization
public import DeepTheory.Approximation.Network
public import DeepTheory.Approximation.Parallel
public import DeepTheory.Certificates.Check
public import DeepTheory.Certificates.Exp
public import DeepTheory.Certificates.Expr
public import DeepTheory.Certificates.FixedPoint
public import DeepTheory.Certificates.Interval
public import DeepTheory.Certificates.Power
public import DeepTheory.Generalization.ClassCalculus
public import DeepTheory.Generalization.Combinations
public import DeepTheory.Generalization.Contraction
public import DeepTheory.Generalization.DeepNetwork
public import DeepTheory.Generalization.FiniteClass
public import DeepTheory.Generalization.Growth
public import DeepTheory.Generalization.LinearClass
public import DeepTheory.Generalization.MarginBound
public import DeepTheory.Generalization.Massart
public import DeepTheory.Generalization.PacBayes.Bounds
public import DeepTheory.Generalization.PacBayes.Catoni
public import DeepTheory.Generalization.PacBayes.ChangeOfMeasure
public import DeepTheory.Generalization.PacBayes.Maurer
public import DeepTheory.Generalization.PacBayes.MomentBound
public import DeepTheory.Generalization.PacBayes.MomentOrder
public import DeepTheory.Generalization.PacBayes.Moments
public import DeepTheory.Generalization.Rademacher
public import DeepTheory.Generalization.ReluNetwork
public import DeepTheory.Generalization.SauerShelah
public import DeepTheory.Generalization.Symmetrization
public import DeepTheory.Generalization.TwoLayer
public import DeepTheory.Generalization.VCBound
public import DeepTheory.Optimization.Convex
public import DeepTheory.Optimization.GradientDescent
public import DeepTheory.Optimization.LeastSquares
public import DeepTheory.Optimization.Nonconvex
public import DeepTheory.Optimization.PolyakLojasiewicz
public import DeepTheory.Optimization.StronglyConvex
public import DeepTheory.Probability.Basic
public import DeepTheory.Probability.Bernoulli
public import DeepTheory.Probability.BinaryKl
public import DeepTheory.Probability.BinomialTail
public import DeepTheory.Probability.Concentration
public import DeepTheory.Probability.DataProcessing
public import DeepTheory.Probability.Divergence
public import DeepTheory.Probability.KlInverse
public import DeepTheory.Probability.Map
public import DeepTheory.Probability.Pinsker
public import DeepTheory.Reals.Basic
public import DeepTheory.Reals.Binomial
public import DeepTheory.Reals.Construction.Cauchy
public import DeepTheory.Reals.Construction.Complete
public import DeepTheory.Reals.Construction.Field
public import DeepTheory.Reals.Exp
public import DeepTheory.Reals.ExpDeriv
public import DeepTheory.Reals.ExpSeries
public import DeepTheory.Reals.Fintype
public import DeepTheory.Reals.Floor
public import DeepTheory.Reals.Inequalities
public import DeepTheory.Reals.Limit
public import DeepTheory.Reals.Log
public import DeepTheory.Reals.Lub
public import DeepTheory.Reals.MaxMin
public import DeepTheory.Reals.Order
public import DeepTheory.Reals.Pow
public import DeepTheory.Reals.Product
public import DeepTheory.Reals.RatCast
public import DeepTheory.Reals.Rpow
public import DeepTheory.Reals.Sqrt
public import DeepTheory.Reals.Sum
public import DeepTheory.Reals.Tactic
public import DeepTheory.Reals.Transfer
public import DeepTheory.Reals.Uniqueness

/-!
# DeepTheory

Theorems of deep learning theory over an arbitrary complete ordered field.  This file imports every
module of the library.
-/
