"""Networks whose weights are doubles, as they are saved: sparse, with exact evaluation.

They are the networks of the theorems with rounded knots, values, centres and apexes.  All other
numbers, those of the trees of maxima and minima, are small integers, so that the rounded network is
again a piecewise-linear function, or a maximum of cones, without further error.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
from flint import fmpq
from numpy.typing import NDArray
from scipy.sparse import csr_array, eye_array, hstack, kron, vstack

from deeptheory.approximation.lattice import levels_of
from deeptheory.approximation.layer import Layer
from deeptheory.approximation.network import Network
from deeptheory.formulas.intervals import Reals

__all__ = ["DoubleNetwork", "exactly", "interpolation", "lattice_of_cones"]


def exactly(value: float) -> fmpq:
    """Return the rational number that a double is."""
    return fmpq(*float(value).as_integer_ratio())


@dataclass(frozen=True)
class DoubleNetwork:
    """A ReLU network with weights and biases in double precision.

    Parameters
    ----------
    weights : tuple of csr_array
        The weights of each layer, the output layer last, of shape ``(outputs, inputs)``.
    biases : tuple of ndarray
        The biases of each layer.
    """

    weights: tuple[csr_array, ...]
    biases: tuple[Reals, ...]

    @property
    def depth(self) -> int:
        """The number of hidden layers."""
        return len(self.weights) - 1

    @property
    def neurons(self) -> int:
        """The number of hidden units."""
        return sum(bias.size for bias in self.biases[:-1])

    @property
    def parameters(self) -> int:
        """The number of weights and biases, those that are zero among them."""
        return sum(
            bias.size * (w.shape[1] + 1) for w, bias in zip(self.weights, self.biases, strict=True)
        )

    @property
    def nonzero(self) -> int:
        """The number of weights and biases other than zero."""
        weights = sum(np.count_nonzero(w.data) for w in self.weights)
        return int(weights + sum(np.count_nonzero(bias) for bias in self.biases))

    @property
    def max_weight(self) -> float:
        """The largest absolute value of a weight or bias."""
        entries = [*(w.data for w in self.weights), *self.biases]
        return float(max(np.abs(entry).max(initial=0.0) for entry in entries))

    def dense(self) -> dict[str, Reals]:
        """Return the arrays ``W0``, ``b0``, ``W1``, ... of all layers, first layer first."""
        arrays: dict[str, Reals] = {}
        for number, (w, bias) in enumerate(zip(self.weights, self.biases, strict=True)):
            arrays[f"W{number}"] = w.toarray()
            arrays[f"b{number}"] = bias
        return arrays

    def array(self, x: Reals) -> Reals:
        """Return the outputs in double precision for inputs of shape ``(points, inputs)``."""
        values = np.asarray(x, dtype=np.float64).T
        last = self.depth
        for number, (w, bias) in enumerate(zip(self.weights, self.biases, strict=True)):
            values = w @ values + bias[:, None]
            if number < last:
                values = np.maximum(values, 0.0)
        result: Reals = values.T
        return result

    def __call__(self, x: Sequence[fmpq]) -> fmpq:
        """Return the output, exactly."""
        values = list(x)
        zero = fmpq(0)
        for number, (w, bias) in enumerate(zip(self.weights, self.biases, strict=True)):
            sums = [exactly(entry) for entry in bias.tolist()]
            starts, places, entries = w.indptr.tolist(), w.indices.tolist(), w.data.tolist()
            for row in range(len(sums)):
                for at in range(starts[row], starts[row + 1]):
                    if values[places[at]] != 0:
                        sums[row] += exactly(entries[at]) * values[places[at]]
            values = sums if number == self.depth else [max(entry, zero) for entry in sums]
        (output,) = values
        return output

    def exact(self) -> Network:
        """Return the same network with rational numbers."""
        layers = [
            Layer(
                tuple(tuple(map(exactly, row)) for row in w.toarray().tolist()),
                tuple(map(exactly, bias.tolist())),
                int(w.shape[1]),
            )
            for w, bias in zip(self.weights, self.biases, strict=True)
        ]
        return Network(tuple(layers[:-1]), layers[-1])


def interpolation(knots: Reals, values: Reals) -> DoubleNetwork:
    """Return the piecewise-linear function through points, nearly, by one ReLU for each cell.

    Parameters
    ----------
    knots : ndarray
        Where, in increasing order, the first one zero.
    values : ndarray
        The values there.

    Notes
    -----
    The bend at each knot leads from the exact value that the rounded bends before it have given to
    the value at the next knot, so that errors of rounding do not add up.
    """
    places, wanted = [exactly(t) for t in knots.tolist()], [exactly(y) for y in values.tolist()]
    bends = np.empty(len(places) - 1)
    slope, value = fmpq(0), wanted[0]
    for k in range(len(bends)):
        width = places[k + 1] - places[k]
        bend = (wanted[k + 1] - value) / width - slope
        bends[k] = int(bend.p) / int(bend.q)
        slope += exactly(bends[k])
        value += slope * width
    hidden = csr_array(np.ones((len(bends), 1)))
    return DoubleNetwork((hidden, csr_array(bends[None, :])), (-knots[:-1], values[:1].copy()))


def lattice_of_cones(places: Reals, dim: int, slope: float, apexes: Reals) -> DoubleNetwork:
    """Return the maximum of cones over all points whose coordinates are among given places.

    Parameters
    ----------
    places : ndarray
        The coordinates of the centres along each axis.
    dim : int
        The number of axes.
    slope : float
        How steep the cones are.
    apexes : ndarray
        Their values at the centres, the first coordinate running fastest.

    Notes
    -----
    This is `deeptheory.approximation.lattice.cones_network` with the same numbers, exactly: no
    sum or product of them is rounded on the way.
    """
    cells = len(places)
    cones = cells**dim
    grid = csr_array(kron(eye_array(dim), np.ones((cells, 1))))
    shift = np.tile(-places, dim)
    layers = _Layers(vstack([grid, -grid]), np.concatenate([shift, -shift]))
    own = -slope * eye_array(dim * cells)
    numbers = np.arange(cones)[:, None]
    digits = numbers // cells ** np.arange(dim) % cells
    sides = (np.arange(dim) * cells + digits).ravel()
    rows = np.arange(cones * dim)
    chosen = csr_array((np.ones(cones * dim), (rows, sides)), shape=(cones * dim, dim * cells))
    layers.activate()
    layers.map, layers.shift = _clean(chosen @ hstack([own, own])), np.repeat(apexes, dim)
    layers.tree(cones, dim, smallest=True)
    layers.tree(1, cones, smallest=False)
    return DoubleNetwork((*layers.weights, layers.map), (*layers.biases, layers.shift))


class _Layers:
    """Hidden layers so far, and the affine map of the last one that comes next."""

    def __init__(self, start: csr_array, shift: Reals) -> None:
        self.weights: list[csr_array] = []
        self.biases: list[Reals] = []
        self.map, self.shift = start, shift

    def activate(self) -> None:
        """Make the affine map that comes next a hidden layer."""
        self.weights.append(_clean(self.map))
        self.biases.append(self.shift)

    def tree(self, blocks: int, numbers: int, *, smallest: bool) -> None:
        """Put a tree of maxima, or of minima, over each block of numbers.

        This is `deeptheory.approximation.lattice.max_of` and `min_of`, with the same layers.
        """
        if smallest:
            self._negate()
        k = numbers - 1
        for _ in range(levels_of(k)):
            half = k // 2 + 1
            first = _selected(range(half), k)
            second = _selected(range(half, 2 * half), k)
            units = kron(eye_array(blocks), vstack([first - second, second, -second]))
            own = eye_array(half)
            self.map, self.shift = units @ self.map, units @ self.shift
            self.activate()
            self.map = _clean(kron(eye_array(blocks), hstack([own, own, -own])))
            self.shift = np.zeros(blocks * half)
            k //= 2
        if smallest:
            self._negate()

    def _negate(self) -> None:
        self.map, self.shift = -self.map, 0.0 - self.shift


def _selected(chosen: Sequence[int], k: int) -> csr_array:
    """Return the selection of some of k + 1 numbers; the last one stands in for those beyond."""
    columns = np.minimum(np.asarray(chosen), k)
    rows: NDArray[np.int64] = np.arange(len(columns))
    return csr_array((np.ones(len(columns)), (rows, columns)), shape=(len(columns), k + 1))


def _clean(matrix: csr_array) -> csr_array:
    found = csr_array(matrix)
    found.sum_duplicates()
    found.eliminate_zeros()
    found.sort_indices()
    return found
