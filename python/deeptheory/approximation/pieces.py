"""Functions of one variable, piece by piece, and how far they are apart, exactly.

A ReLU network with one input computes a continuous function with finitely many affine pieces.  The
breakpoints follow layer by layer: a unit adds those points at which it changes its sign.
"""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Sequence
from dataclasses import dataclass
from itertools import pairwise

from flint import fmpq

from deeptheory.approximation.layer import Vector
from deeptheory.approximation.network import Network

__all__ = ["Curve", "PiecewiseAffine", "largest_error"]

_ZERO, _HALF, _ONE = fmpq(0), fmpq(1, 2), fmpq(1)


@dataclass(frozen=True)
class PiecewiseAffine:
    """A continuous function on the line with finitely many affine pieces.

    Parameters
    ----------
    knots : tuple of fmpq
        Points in increasing order, at least one, between and beyond which it is affine.
    values : tuple of fmpq
        The values there.
    left, right : fmpq
        The slopes before the first and after the last knot.
    """

    knots: Vector
    values: Vector
    left: fmpq
    right: fmpq

    @classmethod
    def constant(cls, value: fmpq) -> PiecewiseAffine:
        """Return a constant function."""
        return cls((_ZERO,), (value,), _ZERO, _ZERO)

    @classmethod
    def of_network(cls, net: Network) -> PiecewiseAffine:
        """Return the function of a ReLU network with one input and one output."""
        units = [cls((_ZERO,), (_ZERO,), _ONE, _ONE)]
        for layer in net.hidden:
            before = [
                _combined(units, row, b) for row, b in zip(layer.weight, layer.bias, strict=True)
            ]
            units = _positive_parts(before) if before else []
        return _combined(units, net.output.weight[0], net.output.bias[0])

    @property
    def slopes(self) -> list[fmpq]:
        """The slopes, from left to right, one more than there are knots."""
        x, y = self.knots, self.values
        inner = [(y[k + 1] - y[k]) / (x[k + 1] - x[k]) for k in range(len(x) - 1)]
        return [self.left, *inner, self.right]

    @property
    def breaks(self) -> list[fmpq]:
        """The knots at which the slope changes."""
        slopes = self.slopes
        return [x for k, x in enumerate(self.knots) if slopes[k] != slopes[k + 1]]

    @property
    def pieces(self) -> int:
        """The smallest number of affine pieces."""
        return len(self.breaks) + 1

    def __call__(self, x: fmpq) -> fmpq:
        """Return the value."""
        k = bisect_right(self.knots, x)
        if k == 0:
            return self.values[0] + self.left * (x - self.knots[0])
        start, value = self.knots[k - 1], self.values[k - 1]
        if k == len(self.knots):
            return value + self.right * (x - start)
        slope = (self.values[k] - value) / (self.knots[k] - start)
        return value + slope * (x - start)

    def plus(self, shift: fmpq) -> PiecewiseAffine:
        """Return the function plus a constant."""
        values = tuple(value + shift for value in self.values)
        return PiecewiseAffine(self.knots, values, self.left, self.right)

    @property
    def zeros(self) -> list[fmpq]:
        """The points between and beyond the knots at which the sign changes."""
        x, y = self.knots, self.values
        found = []
        for k in range(len(x) - 1):
            if y[k] * y[k + 1] < 0:
                found.append(x[k] + (x[k + 1] - x[k]) * y[k] / (y[k] - y[k + 1]))
        if self.left * y[0] > 0:
            found.append(x[0] - y[0] / self.left)
        if self.right * y[-1] < 0:
            found.append(x[-1] - y[-1] / self.right)
        return found

    def at(self, knots: Vector) -> PiecewiseAffine:
        """Return the same function with more knots."""
        known = dict(zip(self.knots, self.values, strict=True))
        values = tuple(known[x] if x in known else self(x) for x in knots)
        return PiecewiseAffine(knots, values, self.left, self.right)

    @property
    def positive_part(self) -> PiecewiseAffine:
        """The larger of the function and zero, where no sign changes between the knots."""
        values = tuple(max(value, _ZERO) for value in self.values)
        left = self.left if self.values[0] - self.left > 0 else _ZERO
        right = self.right if self.values[-1] + self.right > 0 else _ZERO
        return PiecewiseAffine(self.knots, values, left, right)


def _combined(units: Sequence[PiecewiseAffine], row: Vector, bias: fmpq) -> PiecewiseAffine:
    """Return a combination of functions with the same knots, plus a constant."""
    if not units:
        return PiecewiseAffine.constant(bias)
    pairs = list(zip(row, units, strict=True))
    values = tuple(
        sum((w * unit.values[k] for w, unit in pairs if w), bias)
        for k in range(len(units[0].knots))
    )
    left, right = (
        sum((w * slope for w, slope in zip(row, slopes, strict=True)), _ZERO)
        for slopes in ([unit.left for unit in units], [unit.right for unit in units])
    )
    return PiecewiseAffine(units[0].knots, values, left, right)


def _positive_parts(units: Sequence[PiecewiseAffine]) -> list[PiecewiseAffine]:
    """Return the positive parts of functions with the same knots, again with the same knots."""
    added = {zero for unit in units for zero in unit.zeros}
    knots = tuple(sorted(added.union(units[0].knots)))
    return [unit.at(knots).positive_part for unit in units]


@dataclass(frozen=True)
class Curve:
    """A function on an interval, a polynomial of degree two on each of finitely many parts.

    Parameters
    ----------
    knots : tuple of fmpq
        The ends of the parts, in increasing order.
    parts : tuple of tuple of fmpq
        For each part the value and the slope at its left end, and the second derivative.

    Notes
    -----
    A part has its left end and not its right one, apart from the last one, which has both.
    """

    knots: Vector
    parts: tuple[tuple[fmpq, fmpq, fmpq], ...]

    @classmethod
    def polygon(cls, knots: Sequence[fmpq], values: Sequence[fmpq]) -> Curve:
        """Return the piecewise-linear function through points."""
        cells = range(len(knots) - 1)
        slopes = [(values[k + 1] - values[k]) / (knots[k + 1] - knots[k]) for k in cells]
        return cls(tuple(knots), tuple((values[k], slopes[k], _ZERO) for k in cells))

    @classmethod
    def smooth(
        cls, knots: Sequence[fmpq], value: fmpq, slope: fmpq, curvatures: Sequence[fmpq]
    ) -> Curve:
        """Return the function with a start value, a start slope and second derivatives."""
        parts = []
        for k, curvature in enumerate(curvatures):
            parts.append((value, slope, curvature))
            width = knots[k + 1] - knots[k]
            value, slope = (
                value + slope * width + curvature * width**2 / 2,
                slope + curvature * width,
            )
        return cls(tuple(knots), tuple(parts))

    @classmethod
    def parabola(cls, curvature: fmpq, end: fmpq = _ONE) -> Curve:
        """Return ``curvature * x ** 2 / 2`` from zero to an end."""
        return cls((_ZERO, end), ((_ZERO, _ZERO, curvature),))

    @property
    def lipschitz(self) -> fmpq:
        """The largest absolute slope: the Lipschitz constant of a curve without jumps."""
        slopes = []
        for k, (_, slope, curvature) in enumerate(self.parts):
            slopes += [abs(slope), abs(slope + curvature * (self.knots[k + 1] - self.knots[k]))]
        return max(slopes)

    @property
    def smoothness(self) -> fmpq:
        """The largest absolute second derivative of a curve whose slope does not jump."""
        return max(abs(curvature) for _, _, curvature in self.parts)

    def part_at(self, x: fmpq) -> int:
        """Return the number of the part that a point belongs to."""
        return min(max(bisect_right(self.knots, x) - 1, 0), len(self.parts) - 1)

    def __call__(self, x: fmpq) -> fmpq:
        """Return the value; beyond the ends, that of the outer parts."""
        return self.on_part(self.part_at(x), x)

    def on_part(self, k: int, x: fmpq) -> fmpq:
        """Return the value at a point of the polynomial of a part."""
        value, slope, curvature = self.parts[k]
        d = x - self.knots[k]
        return value + d * (slope + curvature * d / 2)


def largest_error(
    approximation: PiecewiseAffine, f: Curve, low: fmpq = _ZERO, high: fmpq = _ONE
) -> tuple[fmpq, fmpq]:
    """Return the supremum of the distance of two functions on an interval, and where it is.

    Parameters
    ----------
    approximation : PiecewiseAffine
        One of the functions.
    f : Curve
        The other one.
    low, high : fmpq
        The ends of the interval.

    Returns
    -------
    tuple of fmpq
        The supremum, exactly, and a point at which it is attained or, at a jump, approached.

    Notes
    -----
    On an interval without a knot the difference is a polynomial of degree two, whose absolute
    value is largest at an end or where its derivative is zero.
    """
    inside = {x for x in (*approximation.knots, *f.knots) if low < x < high}
    points = [low, *sorted(inside), high]
    best = (-_ONE, low)
    for a, b in pairwise(points):
        k = f.part_at((a + b) * _HALF)
        _, slope, curvature = f.parts[k]
        candidates = [a, b]
        if curvature:
            own = (approximation(b) - approximation(a)) / (b - a)
            vertex = f.knots[k] + (own - slope) / curvature
            if a < vertex < b:
                candidates.append(vertex)
        for x in candidates:
            best = max(best, (abs(approximation(x) - f.on_part(k, x)), x))
    return best
