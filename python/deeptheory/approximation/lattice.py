"""The network of ``relu_universal``: the largest of cones over a lattice of centres in the cube.

The constructions have the names and the sizes of their Lean definitions in
``lean/DeepTheory/Approximation/Gadgets.lean`` and ``Lattice.lean``.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from itertools import product

from flint import fmpq

from deeptheory.approximation.constructions import absolute
from deeptheory.approximation.layer import Layer, Vector
from deeptheory.approximation.network import Network

__all__ = [
    "axis",
    "centres",
    "cone_layer",
    "cones_network",
    "digits",
    "grid_layer",
    "lattice_network",
    "lattice_widths",
    "levels_of",
    "max_of",
    "max_pair",
    "max_tree",
    "min_of",
    "min_pair",
    "parallel_family",
    "tree_widths",
]

_ZERO = fmpq(0)


def max_pair(n: int) -> Network:
    """Return the maximum of the two halves of 2 n numbers, entry by entry, by 3 n ReLUs."""
    second = Layer.select(range(n, 2 * n), 2 * n)
    hidden = Layer.join(n).stack(Layer.split(n).comp(second))
    return Network((hidden,), Layer.identity(n).add_side(Layer.join(n)))


def min_pair(n: int) -> Network:
    """Return the minimum of the two halves of 2 n numbers, entry by entry, by 3 n ReLUs."""
    return _opposite(max_pair(n))


def max_tree(levels: int, k: int) -> Network:
    """Return the maximum of k + 1 numbers by a tree with ``k < 2 ** levels``.

    On each level the numbers of the first half are compared with those of the second one; where
    one is missing, the last number stands in for it.
    """
    if not levels:
        return Network((), Layer.select([0], k + 1))
    half = k // 2 + 1
    pairs = Layer.select([min(j, k) for j in range(2 * half)], k + 1)
    return max_tree(levels - 1, k // 2).comp(max_pair(half).precomp(pairs))


def levels_of(k: int) -> int:
    """Return the number of levels of the trees of `max_of` and `min_of`, log2 k + 1."""
    return max(k.bit_length(), 1)


def max_of(k: int) -> Network:
    """Return the maximum of k + 1 numbers."""
    return max_tree(levels_of(k), k)


def min_of(k: int) -> Network:
    """Return the minimum of k + 1 numbers."""
    return _opposite(max_of(k))


def tree_widths(k: int) -> list[int]:
    """Return the widths of the hidden layers of `max_of` and `min_of`."""
    return [3 * ((k >> (level + 1)) + 1) for level in range(levels_of(k))]


def parallel_family(nets: Sequence[Network]) -> Network:
    """Return networks of equal depth with the same inputs, one output after the other."""
    layers = [Layer(*_stacked([net.layers[0] for net in nets]), nets[0].inputs)]
    for depth in range(1, nets[0].depth + 1):
        layers.append(_side_by_side([net.layers[depth] for net in nets]))
    return Network(tuple(layers[:-1]), layers[-1])


def digits(dim: int, cells: int) -> list[tuple[int, ...]]:
    """Return the digits of 0, 1, ..., N ^ d - 1 in base N, the lowest digit first."""
    return [point[::-1] for point in product(range(cells), repeat=dim)]


def axis(cells: int) -> list[fmpq]:
    """Return the coordinates of the centres, ``(2 a + 1) / (2 N)``, in increasing order."""
    return [fmpq(2 * a + 1, 2 * cells) for a in range(cells)]


def centres(dim: int, cells: int) -> list[Vector]:
    """Return the centres of the cells into which the lattice cuts the cube.

    Parameters
    ----------
    dim : int
        The dimension of the cube.
    cells : int
        The number of cells along each axis, N.

    Returns
    -------
    list of tuple of fmpq
        The points, in the order of their numbers: the first coordinate runs fastest.
    """
    places = axis(cells)
    return [tuple(places[a] for a in point) for point in digits(dim, cells)]


def grid_layer(places: Sequence[fmpq], dim: int) -> Layer:
    """Return the differences of every coordinate to given places, axis after axis."""
    rows = [row for row in Layer.identity(dim).weight for _ in places]
    return Layer(tuple(rows), tuple(-place for place in places) * dim, dim)


def cone_layer(point: Sequence[int], cells: int, slope: fmpq, apex: fmpq) -> Layer:
    """Return the sides of a cone, as functions of the distances of all coordinates.

    Parameters
    ----------
    point : sequence of int
        The digits of the centre.
    cells : int
        The number of places along each axis.
    slope, apex : fmpq
        How steep the cone is and the value at its centre.
    """
    chosen = [axis * cells + digit for axis, digit in enumerate(point)]
    sides = Layer.select(chosen, len(chosen) * cells).scale(-slope)
    return Layer(sides.weight, (apex,) * len(chosen), sides.inputs)


def cones_network(places: Sequence[fmpq], dim: int, slope: fmpq, apexes: Sequence[fmpq]) -> Network:
    """Return the maximum of cones over all points whose coordinates are among given places.

    Parameters
    ----------
    places : sequence of fmpq
        The coordinates of the centres along each axis.
    dim : int
        The number of axes.
    slope : fmpq
        How steep the cones are.
    apexes : sequence of fmpq
        Their values at the centres, the first coordinate running fastest.
    """
    cells, lowest = len(places), min_of(dim - 1)
    cones = [
        lowest.precomp(cone_layer(point, cells, slope, apex))
        for point, apex in zip(digits(dim, cells), apexes, strict=True)
    ]
    distances = absolute(dim * cells).precomp(grid_layer(places, dim))
    return max_of(len(cones) - 1).comp(parallel_family(cones).comp(distances))


def lattice_network(f: Callable[[Vector], fmpq], slope: fmpq, cells: int, dim: int) -> Network:
    """Return ``L / (2 N) + max over centres g of f(g) - L max |x - g|``, exactly.

    Parameters
    ----------
    f : callable
        The function on the cube, of a tuple of rationals.
    slope : fmpq
        What the change of f is at most times the largest change of a coordinate, L.
    cells : int
        The number of cells along each axis, N.
    dim : int
        The dimension of the cube.
    """
    lift = slope / (2 * cells)
    return cones_network(axis(cells), dim, slope, [f(g) + lift for g in centres(dim, cells)])


def lattice_widths(dim: int, cells: int) -> list[int]:
    """Return the widths of the hidden layers of `lattice_network`, which is not built for it."""
    count = int(cells) ** dim
    cones = [count * width for width in tree_widths(dim - 1)]
    return [2 * dim * cells, *cones, *tree_widths(count - 1)]


def _opposite(net: Network) -> Network:
    """Return ``x -> -net(-x)``."""
    return net.precomp(Layer.identity(net.inputs).scale(fmpq(-1))).scale(fmpq(-1))


def _stacked(layers: Sequence[Layer]) -> tuple[tuple[Vector, ...], Vector]:
    rows = tuple(row for layer in layers for row in layer.weight)
    return rows, tuple(entry for layer in layers for entry in layer.bias)


def _side_by_side(layers: Sequence[Layer]) -> Layer:
    total = sum(layer.inputs for layer in layers)
    rows: list[Vector] = []
    before = 0
    for layer in layers:
        after = total - before - layer.inputs
        rows += [(_ZERO,) * before + row + (_ZERO,) * after for row in layer.weight]
        before += layer.inputs
    return Layer(tuple(rows), _stacked(layers)[1], total)
