"""The networks that the theorems build, under the names of their Lean definitions."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from itertools import pairwise

from flint import fmpq

from deeptheory.approximation.layer import Layer
from deeptheory.approximation.network import Network

__all__ = [
    "absolute",
    "hat",
    "identity",
    "interpolant",
    "interpolate",
    "product_net",
    "sawtooth_net",
    "square_net",
    "tent_net",
    "zero",
    "zigzag",
    "zigzag_net",
]

_ONE = fmpq(1)


def identity(n: int, depth: int) -> Network:
    """Return the identity on n numbers, with hidden layers of 2 n ReLUs each."""
    if not depth:
        return Network((), Layer.identity(n))
    hidden = (Layer.split(n), *(Layer.identity(2 * n) for _ in range(depth - 1)))
    return Network(hidden, Layer.join(n))


def zero(inputs: int, outputs: int, depth: int) -> Network:
    """Return the network of the zero function, whose hidden layers have no units."""
    hidden = tuple(Layer((), (), 0 if i else inputs) for i in range(depth))
    rows = ((fmpq(0),) * (0 if depth else inputs),) * outputs
    return Network(hidden, Layer(rows, (fmpq(0),) * outputs, 0 if depth else inputs))


def absolute(n: int) -> Network:
    """Return the absolute values of n numbers, by 2 n ReLUs."""
    return Network((Layer.split(n),), Layer.identity(n).add_side(Layer.identity(n)))


def hat(centre: fmpq, half_width: fmpq) -> Network:
    """Return the function that is one at a centre and zero beyond a half-width, by three ReLUs."""
    c, w = centre, half_width
    bend = 1 / w
    hidden = Layer.of([[1]] * 3, [w - c, -c, -w - c])
    return Network((hidden,), Layer.of([[bend, -2 * bend, bend]], [0]))


def interpolate(knots: Sequence[fmpq], values: Sequence[fmpq]) -> Network:
    """Return the piecewise-linear function through points, by one ReLU for each cell.

    Parameters
    ----------
    knots : sequence of fmpq
        Where, in increasing order; at least two.
    values : sequence of fmpq
        The values there.
    """
    cells = range(len(knots) - 1)
    slopes = [(values[k + 1] - values[k]) / (knots[k + 1] - knots[k]) for k in cells]
    bends = [slopes[0], *(b - a for a, b in pairwise(slopes))]
    hidden = Layer.of([[1]] * len(cells), [-knots[k] for k in cells])
    return Network((hidden,), Layer.of([bends], [values[0]]))


def interpolant(f: Callable[[fmpq], fmpq], cells: int) -> Network:
    """Return the network that interpolates a function at the multiples of ``1 / cells``."""
    knots = [fmpq(k, cells) for k in range(cells + 1)]
    return interpolate(knots, [f(knot) for knot in knots])


def tent_net() -> Network:
    """Return the tent map ``1 - |2 x - 1|``, by two ReLUs."""
    return Network((Layer.of([[2], [-2]], [-1, 1]),), Layer.of([[-1, -1]], [1]))


def sawtooth_net(k: int) -> Network:
    """Return the tent map repeated k times, by k layers of two ReLUs."""
    return tent_net().power(k)


def zigzag() -> Network:
    """Return the zigzag with four pieces, by three ReLUs."""
    sixth = fmpq(1, 6)
    hidden = Layer.of([[1], [1], [-1]], [-sixth, -2 * sixth, 4 * sixth])
    return Network((hidden,), Layer.of([[-12, 9, -6]], [4]))


def zigzag_net(m: int) -> Network:
    """Return the zigzag repeated m times."""
    return zigzag().power(m)


def square_net(m: int) -> Network:
    """Return the approximation of the square by m layers of three ReLUs.

    The first two units of a layer compute the tent map, and the third one carries the sum.
    """
    if not m:
        return Network((), Layer.identity(1))
    hidden = [Layer.of([[2], [-2], [0]], [-1, 1, 0])]
    c = _ONE
    for _ in range(m - 1):
        hidden.append(Layer.of([[-2, -2, 0], [2, 2, 0], [c, 0, 1]], [1, -1, 0]))
        c /= 4
    return Network(tuple(hidden), Layer.of([[3 * c / 4, -c / 4, 1]], [c / 4]))


def product_net(bound: fmpq, m: int) -> Network:
    """Return the approximate product of two numbers, by m + 1 layers of at most six ReLUs.

    Parameters
    ----------
    bound : fmpq
        What the absolute values of the factors do not exceed, positive.
    m : int
        The depth of the two square networks.
    """
    share = 1 / (2 * bound)
    sum_difference = Layer.of([[share, share], [share, -share]], [0, 0])
    squares = square_net(m).scale(bound**2).add_side(square_net(m).scale(-(bound**2)))
    return squares.comp(absolute(2).precomp(sum_difference))
