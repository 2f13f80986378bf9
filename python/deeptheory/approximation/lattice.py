"""The network of ``relu_universal``: the largest of cones over a lattice of centres in the cube.

The maxima and minima of finitely many numbers have the names and the sizes of their Lean
definitions in ``lean/DeepTheory/Approximation/Gadgets.lean``.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from itertools import product

from flint import fmpq

from deeptheory.approximation.layer import Layer, Vector
from deeptheory.approximation.network import Network

__all__ = [
    "centres",
    "cone",
    "lattice_network",
    "lattice_widths",
    "levels_of",
    "max_min_network",
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
        The points with coordinates ``(2 j + 1) / (2 N)``, the last coordinate running fastest.
    """
    axis = [fmpq(2 * j + 1, 2 * cells) for j in range(cells)]
    return list(product(axis, repeat=dim))


def cone(centre: Vector, height: fmpq, slope: fmpq) -> Layer:
    """Return the affine functions whose minimum is ``height - slope * max |x - centre|``.

    First come those that fall along an axis, in the order of the axes, then those that rise.
    """
    dim = len(centre)
    falling = Layer.identity(dim).scale(-slope)
    rows = falling.weight + falling.scale(fmpq(-1)).weight
    shifts = [slope * c for c in centre]
    bias = [height + shift for shift in shifts] + [height - shift for shift in shifts]
    return Layer(rows, tuple(bias), dim)


def max_min_network(pieces: Sequence[Layer]) -> Network:
    """Return the maximum over layers with the same sizes of the minimum of each one's outputs."""
    lowest = min_of(pieces[0].outputs - 1)
    family = parallel_family([lowest.precomp(layer) for layer in pieces])
    return max_of(len(pieces) - 1).comp(family)


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
    return max_min_network([cone(g, f(g) + lift, slope) for g in centres(dim, cells)])


def lattice_widths(dim: int, cells: int) -> list[int]:
    """Return the widths of the hidden layers of `lattice_network`, which is not built for it."""
    count = int(cells) ** dim
    return [count * width for width in tree_widths(2 * dim - 1)] + tree_widths(count - 1)


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
