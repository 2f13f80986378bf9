"""Trained models with rational weights, whose scores are exact."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Protocol

from flint import fmpq

from deeptheory.checks.instances.vectors import Vector, dot
from deeptheory.experiments.data import Point
from deeptheory.formulas.rigorous import Number

__all__ = ["Linear", "Model", "Network", "Threshold", "error", "margins"]


class Model(Protocol):
    """Something that gives a score to a point; its sign is the predicted label."""

    def score(self, point: Point) -> Number:
        """Return the score, exactly."""


@dataclass(frozen=True)
class Linear:
    """The classifier ``sign <w, x>``.

    Parameters
    ----------
    weights : tuple of fmpq
        The vector w.
    """

    weights: Vector

    def score(self, point: Point) -> Number:
        """Return ``<w, x>``."""
        return dot(self.weights, point.x)

    @property
    def squared_norm(self) -> Number:
        """The squared Euclidean norm of the weights."""
        return dot(self.weights, self.weights)

    @property
    def absolute_sum(self) -> fmpq:
        """The sum of the absolute values of the weights."""
        return sum((abs(weight) for weight in self.weights), fmpq(0))

    @property
    def nonzero(self) -> int:
        """How many weights are not zero."""
        return sum(weight != 0 for weight in self.weights)


@dataclass(frozen=True)
class Network:
    """The two-layer network ``sum_k u_k max(<w_k, x>, 0)``.

    Parameters
    ----------
    hidden : tuple of vectors
        The weights w_k of the hidden units.
    output : tuple of fmpq
        The output weights u_k.
    """

    hidden: tuple[Vector, ...]
    output: Vector

    def score(self, point: Point) -> Number:
        """Return the output of the network."""
        active = (max(dot(weights, point.x), fmpq(0)) for weights in self.hidden)
        return sum((u * a for u, a in zip(self.output, active, strict=True)), fmpq(0))

    @property
    def largest_squared_norm(self) -> Number:
        """The largest squared norm of the weights of a hidden unit."""
        return max(dot(weights, weights) for weights in self.hidden)

    @property
    def absolute_sum(self) -> fmpq:
        """The sum of the absolute values of the output weights."""
        return sum((abs(weight) for weight in self.output), fmpq(0))


@dataclass(frozen=True)
class Threshold:
    """The classifier that says benign where the mean radius is below a number.

    Parameters
    ----------
    limit : int
        The number, in thousandths of the feature's unit.
    """

    limit: int

    def score(self, point: Point) -> Number:
        """Return 1 below the threshold and -1 elsewhere."""
        return fmpq(1 if point.radius < self.limit else -1)


def margins(model: Model, points: Sequence[Point]) -> list[fmpq]:
    """Return label times score of each point."""
    return [point.label * model.score(point) for point in points]


def error(margins: Sequence[fmpq]) -> fmpq:
    """Return the share of margins that are not positive: the errors."""
    return fmpq(sum(margin <= 0 for margin in margins), len(margins))
