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

from deeptheory.checks.instances.strategies import nonnegatives, rationals
from deeptheory.formulas.rigorous import Number

__all__ = [
    "Followed",
    "Missed",
    "PolynomialNetwork",
    "Rectified",
    "missed",
    "polynomial",
    "zero_network",
    "zigzag",
]

_ZERO, _ONE = fmpq(0), fmpq(1)
_PARTS = 16
"""Into how many parts a slope of the zigzag function is cut to enclose an error."""


def zigzag(slope: fmpq, pieces: int, x: fmpq) -> fmpq:
    """Return the value of a zigzag function on the unit interval.

    It starts at its largest value, runs in pieces of equal length with slopes ``-slope`` and
    ``slope`` in turn, and its largest and least value are opposite.

    Examples
    --------
    >>> [zigzag(fmpq(4), 2, fmpq(k, 4)) for k in range(5)]
    [1, 0, -1, 0, 1]
    """
    place = int((x * pieces).floor())
    inside = x - fmpq(place, pieces)
    height = slope * (fmpq(1, 2 * pieces) - inside)
    return height if place % 2 == 0 else -height


@dataclass(frozen=True)
class PolynomialNetwork:
    """A network from the line to the line with a polynomial as its activation.

    Parameters
    ----------
    activation : tuple of fmpq
        The coefficients of the activation, that of the constant first.
    layers : tuple
        For each affine layer its units, each with its weights and its bias.
    """

    activation: tuple[fmpq, ...]
    layers: tuple[tuple[tuple[tuple[fmpq, ...], fmpq], ...], ...]

    @property
    def depth(self) -> int:
        """The number of hidden layers."""
        return len(self.layers) - 1

    @cached_property
    def function(self) -> fmpq_poly:
        """The polynomial that the network computes, layer by layer."""
        units = [fmpq_poly([0, 1])]
        for number, layer in enumerate(self.layers):
            sums = []
            for weights, bias in layer:
                total = fmpq_poly([bias])
                for weight, unit in zip(weights, units, strict=True):
                    total += weight * unit
                sums.append(total)
            units = sums if number == self.depth else [self._activate(unit) for unit in sums]
        return units[0]

    def _activate(self, unit: fmpq_poly) -> fmpq_poly:
        value = fmpq_poly([0])
        for coefficient in reversed(self.activation):
            value = value * unit + fmpq_poly([coefficient])
        return value

    def describe(self) -> dict[str, Any]:
        """Return the data."""
        return {
            "activation": [str(coefficient) for coefficient in self.activation],
            "layers": [
                [{"weights": [str(w) for w in weights], "bias": str(bias)} for weights, bias in row]
                for row in self.layers
            ],
        }


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
    network: PolynomialNetwork

    def error(self, upto: fmpq = _ONE) -> Number:
        """Return the largest difference; exact where the network computes an affine function.

        Elsewhere it lies between the largest difference at the points of a grid and that and what
        the difference may change between them.
        """
        function = self.network.function
        affine = function.degree() <= 1
        steps = self.pieces * (1 if affine else _PARTS)
        points = [fmpq(k, steps) for k in range(steps + 1) if fmpq(k, steps) <= upto]
        if points[-1] != upto:
            points.append(upto)
        found = max(abs(zigzag(self.slope, self.pieces, x) - function(x)) for x in points)
        if affine:
            return found
        steepest = self.slope + sum(
            (abs(function[k]) * k for k in range(1, function.degree() + 1)), _ZERO
        )
        return arb(found).union(arb(found + steepest / (2 * steps)))

    def describe(self) -> dict[str, Any]:
        """Return the data."""
        return {**super().describe(), "network": self.network.describe()}


@dataclass(frozen=True)
class Rectified(Missed):
    """A zigzag function that is followed by a sum of positive parts with the same kinks."""

    slope: fmpq
    degree: int
    layers: int

    def value(self, x: fmpq) -> fmpq:
        """Return the value of the network: it starts with the zigzag and turns with it."""
        total = self.slope / (2 * self.pieces) - self.slope * x
        for k in range(1, self.pieces):
            total += (-1) ** (k + 1) * 2 * self.slope * max(x - fmpq(k, self.pieces), _ZERO)
        return total

    def error(self, upto: fmpq = _ONE) -> Number:
        """Return the largest difference, which lies at a kink."""
        points = [fmpq(k, self.pieces) for k in range(self.pieces + 1)]
        return max(
            abs(zigzag(self.slope, self.pieces, min(x, upto)) - self.value(min(x, upto)))
            for x in points
        )


def polynomial(coefficients: Sequence[Any]) -> PolynomialNetwork:
    """Return a network with one hidden unit that computes a polynomial."""
    line = (((_ONE,), _ZERO),)
    return PolynomialNetwork(tuple(fmpq(c) for c in coefficients), (line, line))


def zero_network(value: fmpq = _ZERO, slope: fmpq = _ZERO) -> PolynomialNetwork:
    """Return the network without hidden layers that computes zero, or an affine function."""
    return PolynomialNetwork((_ZERO, _ONE), ((((slope,), value),),))


@st.composite
def missed(draw: DrawFn) -> Followed:
    """Draw a network of depth at most 2 whose activation has degree at most 3.

    Where it has few pieces the network is sometimes a small multiple of the drawn one, so that it
    comes close to the least error of all.
    """
    degree, layers = draw(st.integers(1, 3)), draw(st.integers(0, 2))
    activation = draw(st.tuples(*[rationals(-3, 3, 3)] * (degree + 1)))
    depth = draw(st.integers(0, layers))
    widths = [1, *(draw(st.integers(1, 3)) for _ in range(depth)), 1]
    small = fmpq(1, draw(st.sampled_from([1, 10, 1000])))
    rows = []
    for number in range(depth + 1):
        factor = small if number == depth else _ONE
        unit = st.tuples(st.tuples(*[rationals(-2, 2, 3)] * widths[number]), rationals(-2, 2, 3))
        row = draw(st.tuples(*[unit] * widths[number + 1]))
        rows.append(tuple((tuple(factor * w for w in ws), factor * b) for ws, b in row))
    network = PolynomialNetwork(activation, tuple(rows))
    return Followed(draw(nonnegatives()), degree, layers, network)
