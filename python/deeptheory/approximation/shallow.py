"""Networks with one hidden layer for continuous functions, as in ``uat_one_hidden_layer``.

On the line a sum of steps follows a function: the activation, made steep, rises from zero to one
between two points, and its output weight is what the function changes between them.  In several
variables a polynomial in the numbers ``u_i = (exp x_i - 1) / (e - 1)`` is a sum of exponentials of
inner products, each of which is a function on a line.
"""

from __future__ import annotations

from collections.abc import Sequence
from functools import cache
from itertools import pairwise, product
from math import comb

from flint import arb, ctx, fmpq, fmpz_poly

from deeptheory.approximation.activations import HEAVISIDE, LOGISTIC, RAMP, RELU, Activation
from deeptheory.approximation.constructions import constant, ridge
from deeptheory.approximation.layer import Layer, Vector
from deeptheory.approximation.network import Network

__all__ = [
    "SETTLED",
    "bernstein",
    "exponential_sum",
    "ridge_sum",
    "rounded",
    "staircase",
]

_ZERO, _HALF, _ONE = fmpq(0), fmpq(1, 2), fmpq(1)

SETTLED = 12
"""The logistic function is steep enough to rise from its value at -12 to that at 12 in a cell."""


def staircase(activation: Activation, points: Sequence[fmpq], values: Sequence[fmpq]) -> Network:
    """Return a network with one hidden layer that goes through values in turn.

    Parameters
    ----------
    activation : Activation
        The activation.  Sums of steps jump in the middle of each cell, those of logistic functions
        rise there, and ramps and ReLUs rise along all of it, as chords do.
    points : sequence of fmpq
        The ends of the cells, in increasing order, at least two.
    values : sequence of fmpq
        The values there.
    """
    weights, biases = [], []
    for a, b in pairwise(points):
        share = 1 / (b - a)
        if activation in (RAMP, RELU):
            weights.append(share)
            biases.append(-a * share)
        else:
            steep = _ONE if activation is HEAVISIDE else 2 * SETTLED * share
            weights.append(steep)
            biases.append(-steep * (a + b) * _HALF)
    outer = [b - a for a, b in pairwise(values)]
    if activation is RELU:  # each slope in the place of the one before
        outer = _bends(outer, weights)
    return ridge([(w,) for w in weights], biases, outer, values[0])


def _bends(changes: Sequence[fmpq], weights: Sequence[fmpq]) -> list[fmpq]:
    slopes = [change * w for change, w in zip(changes, weights, strict=True)]
    before = [_ZERO, *slopes[:-1]]
    return [(s - b) / w for s, b, w in zip(slopes, before, weights, strict=True)]


def ridge_sum(parts: Sequence[tuple[fmpq, Sequence[int], Network]], shift: fmpq) -> Network:
    """Return a combination of functions of inner products, with one hidden layer.

    Parameters
    ----------
    parts : sequence of tuple
        For each function its factor, the vector that the input is multiplied with, and a network
        with one hidden layer, one input and one output; at least one.
    shift : fmpq
        What is added.
    """
    hidden: list[Vector] = []
    biases: list[fmpq] = []
    outer: list[fmpq] = []
    total = shift
    for factor, direction, net in parts:
        along = net.precomp(Layer.of([direction], [0])).scale(factor)
        hidden += along.hidden[0].weight
        biases += along.hidden[0].bias
        outer += along.output.weight[0]
        total += along.output.bias[0]
    return ridge(hidden, biases, outer, total)


# Polynomials in exponentials


@cache
def _powers(degree: int) -> list[list[arb]]:
    """Return the coefficients of the Bernstein polynomials, as sums of powers of exp x.

    With ``u = (E - 1) / (e - 1)`` and ``1 - u = (e - E) / (e - 1)``; row j has those of
    ``comb(degree, j) u ** j (1 - u) ** (degree - j)``, at the precision of the moment.
    """
    with ctx.workprec(256):
        e = arb(1).exp()
        rows = []
        for j in range(degree + 1):
            rising = fmpz_poly([-1, 1]) ** j
            row = [arb(0)] * (degree + 1)
            for i in range(degree - j + 1):  # (e - E) ^ (degree - j)
                falling = comb(degree - j, i) * e ** (degree - j - i) * (-1) ** i
                for k in range(j + 1):
                    row[i + k] += falling * int(rising[k])
            rows.append([comb(degree, j) * entry / (e - 1) ** degree for entry in row])
        return rows


def bernstein(degree: int, heights: dict[tuple[int, ...], arb]) -> dict[tuple[int, ...], arb]:
    """Return a Bernstein polynomial in the numbers u_i as a sum of exponentials.

    Parameters
    ----------
    degree : int
        The degree n in each of the variables.
    heights : dict
        The value for each vector J of whole numbers up to n, which belongs to ``u = J / n``.

    Returns
    -------
    dict
        The coefficient of ``exp (k . x)`` for each vector k of whole numbers up to n.
    """
    rows = _powers(degree)
    dim = len(next(iter(heights)))
    found = {}
    with ctx.workprec(256):
        for k in product(range(degree + 1), repeat=dim):
            total = arb(0)
            for j, height in heights.items():
                term = height
                for a, b in zip(j, k, strict=True):
                    term *= rows[a][b]
                total += term
            found[k] = total
    return found


def exponential_sum(
    activation: Activation, coefficients: dict[tuple[int, ...], fmpq], accuracy: fmpq
) -> tuple[Network, arb]:
    """Return a network for a sum of exponentials of inner products on the unit cube.

    Parameters
    ----------
    activation : Activation
        The activation.
    coefficients : dict
        The coefficient of ``exp (k . x)`` for each vector k of whole numbers, not negative.
    accuracy : fmpq
        How close the network shall come.

    Returns
    -------
    tuple
        The network, with rational entries, and an upper bound on its distance from the sum.
    """
    free, shares = _ZERO, {}
    for k, factor in coefficients.items():
        if not any(k):
            free += factor
        elif factor:
            shares[k] = float(abs(factor)) * float(arb(sum(k)).exp())
    chords = activation in (RAMP, RELU)
    if not shares:
        return constant(free, len(next(iter(coefficients)))), arb(0)
    total = sum(share ** (1 / 3 if chords else 1 / 2) for share in shares.values())
    parts, error = [], arb(0)
    for k, share in shares.items():
        part = float(accuracy) * share ** (1 / 3 if chords else 1 / 2) / total
        needed = (share / part / 8) ** 0.5 * sum(k) if chords else share / part
        needed *= 0.6 if activation is HEAVISIDE else 1  # it jumps in the middle of a cell
        points, values = _exponential(sum(k), max(int(needed) + 1, 2), even=chords)
        parts.append((coefficients[k], k, staircase(activation, points, values)))
        error += abs(arb(coefficients[k])) * _distance(activation, points, values)
    return ridge_sum(parts, free), error


def _exponential(length: int, cells: int, *, even: bool) -> tuple[list[fmpq], list[fmpq]]:
    """Return points of an interval and values of exp there, with even points or even values."""
    if even:
        points = [fmpq(length * j, cells) for j in range(cells + 1)]
    else:
        top = arb(length).exp() - 1
        inner = [rounded((1 + top * j / cells).log()) for j in range(1, cells)]
        points = [_ZERO, *inner, fmpq(length)]
    return points, [rounded(arb(x).exp()) for x in points]


def rounded(number: arb, bits: int = 40) -> fmpq:
    """Return a rational with few binary digits close to a number."""
    return fmpq(round(float(number) * (1 << bits)), 1 << bits)


def _distance(activation: Activation, points: Sequence[fmpq], values: Sequence[fmpq]) -> arb:
    """Return an upper bound on the distance of a staircase from exp.

    Outside its cell a step is settled, up to the tails of the logistic function; inside it lies
    between zero and one, in the middle of the cell only if it jumps there.  A chord of exp is above
    it by an eighth of the square of its length times the largest value at most.
    """
    exact = [arb(x).exp() for x in points]
    rounding = _largest([abs(y - v) for y, v in zip(exact, values, strict=True)])
    if activation in (RAMP, RELU):
        bulges = [
            (b - a) ** 2 * y / 8 for (a, b), y in zip(pairwise(points), exact[1:], strict=True)
        ]
        return _largest([rounding + bulge for bulge in bulges])
    gaps = [abs(z - y) for y, z in pairwise(exact)]
    if activation is HEAVISIDE:
        middles = [arb((a + b) / 2).exp() for a, b in pairwise(points)]
        gaps = []
        for middle, (low, high) in zip(middles, pairwise(exact), strict=True):
            gaps += [abs(middle - low), abs(high - middle)]
        return rounding + _largest(gaps)
    tail: arb = LOGISTIC(fmpq(-SETTLED)) * (arb(values[-1]) - values[0])
    return rounding + _largest(gaps) + tail


def _largest(numbers: Sequence[arb]) -> arb:
    """Return an upper bound on some numbers."""
    found: arb = arb(0)
    for number in numbers:
        found = found.max(number.abs_upper())
    return found
