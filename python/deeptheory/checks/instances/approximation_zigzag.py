"""Polynomial networks beside a zigzag function: the largest error, exactly or enclosed."""

from __future__ import annotations

from abc import ABC, abstractmethod
from collections.abc import Sequence
from dataclasses import dataclass
from functools import cached_property
from typing import Any

from flint import arb, fmpq, fmpq_poly
from hypothesis import strategies as st
from hypothesis.strategies import DrawFn

from deeptheory.approximation import Curve, Layer, Network, PiecewiseAffine, largest_error
from deeptheory.approximation.activations import Activation, polynomial_activation
from deeptheory.approximation.constructions import interpolate, ridge
from deeptheory.checks.instances.approximation import networks
from deeptheory.checks.instances.strategies import nonnegatives, rationals
from deeptheory.formulas.rigorous import Number

__all__ = [
    "Followed",
    "Missed",
    "Rectified",
    "converse_target",
    "missed",
    "polynomial",
    "polynomial_of",
    "straight",
]

_ZERO, _ONE = fmpq(0), fmpq(1)
_PARTS = 16
"""Into how many parts a slope of the zigzag function is cut to enclose an error."""


def converse_target(slope: fmpq, pieces: int) -> Curve:
    """Return a zigzag function on the unit interval.

    It starts at its largest value, runs in pieces of equal length with slopes ``-slope`` and
    ``slope`` in turn, and its largest and least value are opposite.

    Examples
    --------
    >>> zigzag = converse_target(fmpq(4), 2)
    >>> [zigzag(fmpq(k, 4)) for k in range(5)]
    [1, 0, -1, 0, 1]
    """
    top = slope / (2 * pieces)
    knots = [fmpq(k, pieces) for k in range(pieces + 1)]
    return Curve.polygon(knots, [(-1) ** k * top for k in range(pieces + 1)])


def polynomial_of(network: Network, activation: Activation) -> fmpq_poly:
    """Return the polynomial that a network computes if its activation is a polynomial."""
    variable: Any = fmpq_poly([0, 1])
    (value,) = network((variable,), activation)
    return fmpq_poly([0]) + value


class Missed(ABC):
    """A zigzag function and a function of which it is claimed that it misses that.

    Parameters
    ----------
    slope : fmpq
        The Lipschitz constant ``L`` of the zigzag function, not negative.
    degree : int
        The degree ``r`` that is claimed for the activation.
    layers : int
        The depth ``D`` that is claimed.
    """

    slope: fmpq
    degree: int
    layers: int

    @property
    def pieces(self) -> int:
        """The number of pieces of the zigzag function: the degree of all networks, and one."""
        return int(self.degree**self.layers) + 1

    @cached_property
    def target(self) -> Curve:
        """The zigzag function."""
        return converse_target(self.slope, self.pieces)

    @abstractmethod
    def error(self, upto: fmpq = _ONE) -> Number:
        """Return the largest difference on the interval from zero to a point, or enclose it."""

    def describe(self) -> dict[str, Any]:
        """Return the data of the zigzag function."""
        return {"L": str(self.slope), "r": self.degree, "D": self.layers}


@dataclass(frozen=True)
class Followed(Missed):
    """A zigzag function that is followed by a network of polynomial activation."""

    slope: fmpq
    degree: int
    layers: int
    network: Network
    activation: Activation

    @cached_property
    def function(self) -> fmpq_poly:
        """The polynomial that the network computes, layer by layer."""
        return polynomial_of(self.network, self.activation)

    def error(self, upto: fmpq = _ONE) -> Number:
        """Return the largest difference; exact where the network computes an affine function.

        Elsewhere it lies between the largest difference at the points of a grid and that and what
        the difference may change between them.
        """
        function = self.function
        if function.degree() <= 1:
            affine = PiecewiseAffine((_ZERO,), (function[0],), function[1], function[1])
            return largest_error(affine, self.target, high=upto)[0]
        steps = self.pieces * _PARTS
        points = [fmpq(k, steps) for k in range(steps + 1) if fmpq(k, steps) <= upto]
        if points[-1] != upto:
            points.append(upto)
        found = max(abs(self.target(x) - function(x)) for x in points)
        steepest = self.slope + sum(
            (abs(function[k]) * k for k in range(1, function.degree() + 1)), _ZERO
        )
        return arb(found).union(arb(found + steepest / (2 * steps)))

    def describe(self) -> dict[str, Any]:
        """Return the data."""
        return {
            **super().describe(),
            "activation": self.activation.name,
            **self.network.describe(),
        }


@dataclass(frozen=True)
class Rectified(Missed):
    """A zigzag function that is followed by a sum of positive parts with the same kinks."""

    slope: fmpq
    degree: int
    layers: int

    @cached_property
    def network(self) -> Network:
        """The network: it starts with the zigzag and turns with it."""
        return interpolate(self.target.knots, [self.target(x) for x in self.target.knots])

    def error(self, upto: fmpq = _ONE) -> Number:
        """Return the largest difference."""
        return largest_error(PiecewiseAffine.of_network(self.network), self.target, high=upto)[0]


def polynomial(slope: fmpq, degree: int, layers: int, coefficients: Sequence[Any]) -> Followed:
    """Return a zigzag function that one hidden unit follows by a polynomial."""
    activation = polynomial_activation(tuple(fmpq(c) for c in coefficients))
    return Followed(slope, degree, layers, ridge([(_ONE,)], [_ZERO], [_ONE]), activation)


def straight(
    slope: fmpq, degree: int, layers: int, value: fmpq = _ZERO, rise: fmpq = _ZERO
) -> Followed:
    """Return a zigzag function that is followed by zero, or by an affine function."""
    affine = Network((), Layer.of([[rise]], [value]))
    return Followed(slope, degree, layers, affine, polynomial_activation((_ZERO, _ONE)))


@st.composite
def missed(draw: DrawFn) -> Followed:
    """Draw a network of depth at most 2 whose activation has degree at most 3.

    Where it has few pieces the network is sometimes a small multiple of the drawn one, so that it
    comes close to the least error of all.
    """
    degree, layers = draw(st.integers(1, 3)), draw(st.integers(0, 2))
    coefficients = draw(st.tuples(*[rationals(-3, 3, 3)] * (degree + 1)))
    depth = draw(st.integers(0, layers))
    network = draw(networks(1, 1, depth, min_width=1))
    small = fmpq(1, draw(st.sampled_from([1, 10, 1000])))
    activation = polynomial_activation(coefficients)
    return Followed(draw(nonnegatives()), degree, layers, network.scale(small), activation)
