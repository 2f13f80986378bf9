"""Functions to minimise, each with the constants that its theorems ask for."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from functools import cached_property
from typing import Any, Protocol

from flint import fmpq

from deeptheory.checks.instances.vectors import (
    Matrix,
    Vector,
    apply,
    dot,
    reflection,
    scale,
    subtract,
)
from deeptheory.formulas.rigorous import Number

__all__ = [
    "PiecewiseQuadratic",
    "Problem",
    "Quadratic",
    "Side",
    "gradient_descent",
    "huber",
    "parabola",
]

_ZERO = fmpq(0)


class Problem(Protocol):
    """A differentiable function with certified constants."""

    @property
    def smoothness(self) -> fmpq:
        """A Lipschitz constant of the gradient."""

    @property
    def curvature(self) -> fmpq:
        """A constant of strong convexity, of the Polyak-Lojasiewicz inequality, or zero."""

    def minimum(self) -> Number:
        """Return the least value."""

    def minimiser(self) -> Vector:
        """Return a point where it is attained."""

    def value(self, x: Vector) -> Number:
        """Return the value at a point."""

    def gradient(self, x: Vector) -> Vector:
        """Return the gradient at a point."""

    def describe(self) -> dict[str, Any]:
        """Return the data of the function, for a report."""


def gradient_descent(problem: Problem, start: Vector, step: Number) -> Iterator[Vector]:
    """Yield the iterates of gradient descent, the starting point first.

    Parameters
    ----------
    problem : Problem
        The function.
    start : Vector
        The starting point.
    step : Number
        The step size; the scalars may be exact rationals or balls.
    """
    x = start
    while True:
        yield x
        x = subtract(x, scale(step, problem.gradient(x)))


@dataclass(frozen=True)
class Quadratic:
    """``(x - centre) Q diag(eigenvalues) Q^T (x - centre) / 2 + offset``, all rational.

    Parameters
    ----------
    eigenvalues : tuple of fmpq
        The eigenvalues, known by construction.
    axis : tuple of int
        The vector whose Householder reflection is Q.
    centre : tuple of fmpq
        The stationary point.
    offset : fmpq
        The value there.
    slack : fmpq
        What is added to the largest eigenvalue to get the smoothness constant.
    """

    eigenvalues: tuple[fmpq, ...]
    axis: tuple[int, ...]
    centre: Vector
    offset: fmpq = _ZERO
    slack: fmpq = _ZERO

    @cached_property
    def hessian(self) -> Matrix:
        """The matrix of second derivatives."""
        basis = reflection(self.axis)
        size = range(len(self.axis))
        return tuple(
            tuple(
                dot(self.eigenvalues, tuple(basis[i][k] * basis[j][k] for k in size)) for j in size
            )
            for i in size
        )

    @property
    def smoothness(self) -> fmpq:
        """The largest absolute eigenvalue, and the slack."""
        return max(abs(value) for value in self.eigenvalues) + self.slack

    @property
    def curvature(self) -> fmpq:
        """The smallest eigenvalue."""
        return min(self.eigenvalues)

    def minimum(self) -> fmpq:
        """Return the value at the centre (the least one where no eigenvalue is negative)."""
        return self.offset

    def minimiser(self) -> Vector:
        """Return the centre."""
        return self.centre

    def value(self, x: Vector) -> Number:
        """Return the value at a point."""
        gap = subtract(x, self.centre)
        return self.offset + dot(gap, apply(self.hessian, gap)) / 2

    def gradient(self, x: Vector) -> Vector:
        """Return the gradient at a point."""
        return apply(self.hessian, subtract(x, self.centre))

    def describe(self) -> dict[str, Any]:
        """Return the data of the function."""
        return {
            "function": "quadratic",
            "eigenvalues": [str(value) for value in self.eigenvalues],
            "reflection axis": list(self.axis),
            "centre": [str(value) for value in self.centre],
            "offset": str(self.offset),
            "L": str(self.smoothness),
        }


@dataclass(frozen=True)
class Side:
    """One half of a function on the line: its second derivative, piece by piece from zero.

    Parameters
    ----------
    slopes : tuple of fmpq
        The second derivative on each piece; the last piece has no end.
    widths : tuple of fmpq
        The lengths of the pieces before the last.
    """

    slopes: tuple[fmpq, ...]
    widths: tuple[fmpq, ...] = ()

    def at(self, distance: fmpq) -> tuple[fmpq, fmpq]:
        """Return value and derivative at a distance from zero."""
        value, slope_here = fmpq(0), fmpq(0)
        for slope, width in zip(self.slopes, self.widths, strict=False):
            reach = min(distance, width)
            value += slope_here * reach + slope * reach * reach / 2
            slope_here += slope * reach
            distance -= reach
            if distance == 0:
                return value, slope_here
        last = self.slopes[-1]
        value += slope_here * distance + last * distance * distance / 2
        return value, slope_here + last * distance

    def polyak(self) -> fmpq:
        """Return the infimum of ``g^2 / (2 f)``.

        On one piece ``g^2 - 2 slope f`` is constant, so that the quotient is monotone there: the
        infimum is the least of its values at the ends of the pieces and its limits at zero and
        at infinity.
        """
        candidates = [self.slopes[0], self.slopes[-1]]
        reached = fmpq(0)
        for width in self.widths:
            reached += width
            value, slope = self.at(reached)
            candidates.append(slope * slope / (2 * value))
        return min(candidates)


@dataclass(frozen=True)
class PiecewiseQuadratic:
    """A function on the line whose derivative is piecewise linear, least (0) at ``centre``.

    Parameters
    ----------
    left, right : Side
        The two halves.
    centre : fmpq
        Where the function and its derivative are zero.
    slack : fmpq
        What is added to the largest second derivative to get the smoothness constant.
    """

    left: Side
    right: Side
    centre: fmpq = _ZERO
    slack: fmpq = _ZERO

    @property
    def smoothness(self) -> fmpq:
        """The largest absolute second derivative, and the slack."""
        return max(abs(slope) for slope in self.left.slopes + self.right.slopes) + self.slack

    @property
    def curvature(self) -> fmpq:
        """The best constant of the Polyak-Lojasiewicz inequality."""
        return min(self.left.polyak(), self.right.polyak())

    def minimum(self) -> fmpq:
        """Return zero."""
        return fmpq(0)

    def minimiser(self) -> Vector:
        """Return the centre."""
        return (self.centre,)

    def value(self, x: Vector) -> fmpq:
        """Return the value at a point."""
        gap = x[0] - self.centre
        return (self.right if gap >= 0 else self.left).at(abs(gap))[0]

    def gradient(self, x: Vector) -> Vector:
        """Return the derivative at a point."""
        gap = x[0] - self.centre
        slope = (self.right if gap >= 0 else self.left).at(abs(gap))[1]
        return (slope if gap >= 0 else -slope,)

    def describe(self) -> dict[str, Any]:
        """Return the data of the function."""
        return {
            "function": "piecewise quadratic on the line",
            "second derivatives": {
                side: [str(slope) for slope in half.slopes]
                for side, half in (("left", self.left), ("right", self.right))
            },
            "widths": {
                side: [str(width) for width in half.widths]
                for side, half in (("left", self.left), ("right", self.right))
            },
            "centre": str(self.centre),
            "L": str(self.smoothness),
        }


def huber(smoothness: fmpq, threshold: fmpq) -> PiecewiseQuadratic:
    """Return the Huber function: ``L x^2 / 2`` near zero, slope ``L threshold`` farther out."""
    half = Side((smoothness, fmpq(0)), (threshold,))
    return PiecewiseQuadratic(half, half)


def parabola(curvature: fmpq, smoothness: fmpq | None = None) -> PiecewiseQuadratic:
    """Return ``curvature x^2 / 2``, with a smoothness constant that may be larger."""
    half = Side((curvature,))
    slack = fmpq(0) if smoothness is None else smoothness - curvature
    return PiecewiseQuadratic(half, half, slack=slack)
