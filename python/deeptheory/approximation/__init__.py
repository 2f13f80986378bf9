"""Networks as data: the constructions of ``lean/DeepTheory/Approximation``, with exact errors.

`deeptheory.approximation.network` has layers and networks with rational entries,
`deeptheory.approximation.constructions` the networks that the theorems build, under the names of
their Lean definitions, and `deeptheory.approximation.pieces` the functions of one variable that
networks compute, piece by piece, and their largest distance from other functions, exactly.
"""

from __future__ import annotations

from deeptheory.approximation.layer import Layer
from deeptheory.approximation.network import Network, relu
from deeptheory.approximation.pieces import Curve, PiecewiseAffine, largest_error

__all__ = ["Curve", "Layer", "Network", "PiecewiseAffine", "largest_error", "relu"]
