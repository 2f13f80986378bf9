"""Continuous functions, and the networks with one hidden layer that follow them.

The largest error is exact where the network is made of jumps or of affine pieces, and enclosed by
balls for the logistic function and in the square.
"""

from __future__ import annotations

from abc import ABC, abstractmethod
from dataclasses import dataclass
from functools import cached_property
from itertools import combinations, pairwise, product
from math import comb
from typing import Any

from flint import arb, fmpq
from hypothesis import strategies as st
from hypothesis.strategies import DrawFn

from deeptheory.approximation import Curve, Layer, Network, PiecewiseAffine, largest_error
from deeptheory.approximation.activations import HEAVISIDE, LOGISTIC, RAMP, RELU, Activation
from deeptheory.approximation.shallow import (
    SETTLED,
    bernstein,
    exponential_sum,
    rounded,
    staircase,
)
from deeptheory.checks.instances.approximation import lipschitz_curves
from deeptheory.checks.instances.strategies import rationals
from deeptheory.formulas.rigorous import Number

__all__ = [
    "IDENTITY",
    "SILENT",
    "Bilinear",
    "InSquare",
    "OnLine",
    "Target",
    "targets",
]

_ZERO, _HALF, _ONE = fmpq(0), fmpq(1, 2), fmpq(1)
_PARTS = 32
"""Into how many parts a cell is cut to enclose the error of logistic functions."""
_GRID = 48
"""Into how many parts the sides of the square are cut to enclose the error of polynomials."""

SILENT = Activation("zero", lambda _: _ZERO)
"""The activation that is always zero."""

IDENTITY = Activation("identity", lambda t: t)
"""The activation that changes nothing."""


class Target(ABC):
    """A function and how close a network with one hidden layer shall come to it.

    Parameters
    ----------
    epsilon : fmpq
        The largest error allowed, positive.
    activation : Activation
        The activation of the network.
    """

    epsilon: fmpq
    activation: Activation

    @property
    @abstractmethod
    def network(self) -> Network:
        """The network."""

    @property
    @abstractmethod
    def error(self) -> Number:
        """Its largest error, exactly or enclosed."""

    def describe(self) -> dict[str, Any]:
        """Return the data."""
        return {"ε": str(self.epsilon), "activation": self.activation.name}


# On the line


@dataclass(frozen=True)
class OnLine(Target):
    """A function on the unit interval.

    Parameters
    ----------
    curve : Curve
        The function.
    epsilon, activation
        See `Target`.
    """

    curve: Curve
    epsilon: fmpq
    activation: Activation

    @cached_property
    def points(self) -> list[fmpq]:
        """The ends of cells in which the function changes by less than is allowed."""
        found = [self.curve.knots[0]]
        allowed = self.epsilon * 3 / 4
        for (a, b), (_, slope, curvature) in zip(
            pairwise(self.curve.knots), self.curve.parts, strict=True
        ):
            steepest = max(abs(slope), abs(slope + curvature * (b - a)))
            count = max(int((steepest * (b - a) / allowed).ceil()), 1)
            found += [a + (b - a) * j / count for j in range(1, count + 1)]
        return found

    @cached_property
    def network(self) -> Network:
        """The sum of steps that goes through the values at the points."""
        values = [self.curve(x) for x in self.points]
        return staircase(self.activation, self.points, values)

    @cached_property
    def error(self) -> Number:
        """The largest error."""
        return self.error_up_to(_ONE)

    def error_up_to(self, high: fmpq) -> Number:
        """Return the largest error from zero to a point, one where the network is logistic."""
        if self.activation is LOGISTIC:
            return self._error_of_logistics()
        if self.activation is HEAVISIDE:
            return self._error_of_jumps(high)
        return largest_error(self._pieces(), self.curve, high=high)[0]

    def _pieces(self) -> PiecewiseAffine:
        """Return the function of the network where it has affine pieces."""
        net = self.network
        if self.activation is RAMP:  # a ramp is the difference of two ReLUs
            (first,), last = net.hidden, net.output
            lower = Layer(first.weight, tuple(b - 1 for b in first.bias), 1)
            outer = last.add_side(Layer(last.scale(-_ONE).weight, (_ZERO,), last.inputs))
            return PiecewiseAffine.of_network(Network((first.stack(lower),), outer))
        if self.activation is RELU:
            return PiecewiseAffine.of_network(net)
        start, end = (net((x,), self.activation)[0] for x in (_ZERO, _ONE))
        return PiecewiseAffine((_ZERO,), (start,), end - start, end - start)

    def _units(self) -> list[tuple[fmpq, fmpq, fmpq]]:
        """Return weight, bias and output weight of each unit, from left to right."""
        (first,), last = self.network.hidden, self.network.output
        return [
            (w, b, c) for (w,), b, c in zip(first.weight, first.bias, last.weight[0], strict=True)
        ]

    def _error_of_jumps(self, high: fmpq) -> fmpq:
        level, start = self.network.output.bias[0], _ZERO
        worst = _ZERO
        for w, b, c in [*self._units(), (_ONE, -high, _ZERO)]:
            jump = min(-b / w, high)
            if jump > start:
                flat = PiecewiseAffine.constant(level)
                worst = max(worst, largest_error(flat, self.curve, start, jump)[0])
            level, start = level + c, jump
        return worst

    def _error_of_logistics(self) -> arb:
        """Enclose the error: in a cell all units but its own are settled, up to their tails."""
        units = self._units()
        tail = LOGISTIC(fmpq(-SETTLED)) * sum((abs(c) for *_, c in units), _ZERO)
        level = self.network.output.bias[0]
        low, high = arb(0), arb(0)
        for (w, b, c), (left, right) in zip(units, pairwise(self.points), strict=True):
            half = (right - left) / (2 * _PARTS)
            for part in range(_PARTS):
                x = left + (2 * part + 1) * half
                here = level + c * LOGISTIC(w * x + b) - arb(self.curve(x))
                read = arb(w * x + b, w * half)
                value = arb(x, half)
                around = level + c / (1 + (-read).exp()) - _enclosed(self.curve, x, value)
                low = low.max((abs(here) - tail).lower())
                high = high.max((abs(around) + tail).abs_upper())
            level += c
        return low.union(high)

    @property
    def spread(self) -> fmpq:
        """The difference of the largest and the least value."""
        values = [self.curve(x) for x in self.points]
        return max(values) - min(values)

    def least_error_of_degree(self, degree: int) -> fmpq:
        """Return a number below which no polynomial of some degree comes to the function.

        A combination of the values at some points that is zero for such polynomials is at most the
        error times the sum of its absolute coefficients.
        """
        best = _ZERO
        grid = [fmpq(k, 8) for k in range(9)]
        for chosen in combinations(grid, degree + 2):
            weights = []
            for x in chosen:
                weight = _ONE
                for y in chosen:
                    weight *= _ONE if x == y else 1 / (x - y)
                weights.append(weight)
            total = sum((w * self.curve(x) for w, x in zip(weights, chosen, strict=True)), _ZERO)
            best = max(best, abs(total) / sum((abs(w) for w in weights), _ZERO))
        return best

    def describe(self) -> dict[str, Any]:
        """Return the data."""
        return {
            **super().describe(),
            "knots": [str(x) for x in self.curve.knots],
            "value, slope, second derivative": [
                [str(entry) for entry in part] for part in self.curve.parts
            ],
        }


def _enclosed(curve: Curve, middle: fmpq, around: arb) -> arb:
    """Return the values of a curve in a part of it, from those of the part in its middle."""
    k = curve.part_at(middle)
    value, slope, curvature = curve.parts[k]
    d = around - curve.knots[k]
    return value + d * (slope + curvature * d / 2)


# In the square


@dataclass(frozen=True)
class Bilinear:
    """The function ``a + b x + c y + d x y + fold |x - y|`` on the unit square."""

    a: fmpq
    b: fmpq
    c: fmpq
    d: fmpq = _ZERO
    fold: fmpq = _ZERO

    def __call__(self, x: Any, y: Any) -> Any:
        """Return the value, exactly for rationals and enclosed for balls."""
        return self.a + self.b * x + self.c * y + self.d * x * y + self.fold * abs(x - y)

    @property
    def lipschitz(self) -> fmpq:
        """What a change is at most times the largest change of a coordinate."""
        return abs(self.b) + abs(self.c) + 2 * (abs(self.d) + abs(self.fold))


@dataclass(frozen=True)
class InSquare(Target):
    """A function on the unit square.

    Parameters
    ----------
    function : Bilinear
        The function.
    epsilon, activation
        See `Target`.
    """

    function: Bilinear
    epsilon: fmpq
    activation: Activation

    def _heights(self, degree: int) -> dict[tuple[int, ...], arb]:
        """Return the values of the function at the points that belong to u = J / n."""
        axis = [_number(fmpq(j, degree)) for j in range(degree + 1)]
        return {
            (i, j): self.function(axis[i], axis[j]) for i, j in product(range(degree + 1), repeat=2)
        }

    def polynomial_error(self, degree: int) -> arb:
        """Return an upper bound on the error of the Bernstein polynomial of some degree.

        The polynomial is as Lipschitz as what it approximates, the function of the numbers u, whose
        constant is e - 1 times that of the function: between the points of a grid the error grows
        by half of its width times twice that at most.
        """
        heights = self._heights(degree)
        shares = [
            [comb(degree, j) * s**j * (1 - s) ** (degree - j) for j in range(degree + 1)]
            for s in (fmpq(i, _GRID) for i in range(_GRID + 1))
        ]
        axis = [_number(fmpq(i, _GRID)) for i in range(_GRID + 1)]
        worst = arb(0)
        for x, share in zip(axis, shares, strict=True):
            row = [
                sum((p * heights[i, j] for i, p in enumerate(share)), arb(0))
                for j in range(degree + 1)
            ]
            for y, other in zip(axis, shares, strict=True):
                value = sum((p * r for p, r in zip(other, row, strict=True)), arb(0))
                worst = worst.max((value - self.function(x, y)).abs_upper())
        return worst + (arb(1).exp() - 1) * self.function.lipschitz / _GRID

    @cached_property
    def _built(self) -> tuple[Network, arb]:
        """The network, and an upper bound on its error."""
        own = self.epsilon / 8
        for degree in range(1, 5):
            bound = self.polynomial_error(degree)
            if bound < self.epsilon - own:
                break
        exact = bernstein(degree, self._heights(degree))
        near = {k: rounded(value) for k, value in exact.items()}
        for k, value in exact.items():
            bound += abs(value - near[k]) * arb(sum(k)).exp()
        network, distance = exponential_sum(self.activation, near, own)
        return network, bound + distance

    @property
    def network(self) -> Network:
        """The network for a sum of exponentials."""
        return self._built[0]

    @cached_property
    def error(self) -> Number:
        """The largest error, enclosed: from below by that at the corners and the middle."""
        points = [*product((_ZERO, _ONE), repeat=2), (_HALF, _HALF)]
        found = arb(0)
        for x in points:
            value = arb(self.network(x, self.activation)[0])
            found = found.max(abs(value - self.function(*x)).lower())
        return found.union(self._built[1].upper())

    def describe(self) -> dict[str, Any]:
        """Return the data."""
        f = self.function
        named = {"a": f.a, "b": f.b, "c": f.c, "d": f.d, "fold": f.fold}
        return {**super().describe(), **{name: str(value) for name, value in named.items()}}


def _number(u: fmpq) -> arb:
    """Return the number x with ``u = (exp x - 1) / (e - 1)``."""
    return (1 + (arb(1).exp() - 1) * u).log()


@st.composite
def targets(draw: DrawFn) -> Target:
    """Draw a continuous function of one or two variables, and how close a network shall come."""
    if draw(st.integers(0, 3)):
        activation = draw(st.sampled_from([HEAVISIDE, RAMP, RELU, LOGISTIC]))
        curve = draw(lipschitz_curves()).curve
        steepest = curve.lipschitz
        coarse = draw(st.sampled_from([2, 5, 20]))
        return OnLine(curve, max(steepest / coarse, fmpq(1, coarse)), activation)
    factors = draw(st.tuples(*[rationals(-2, 2, 4)] * 4))
    function = Bilinear(*factors)
    activation, share = draw(
        st.sampled_from([(HEAVISIDE, 4), (LOGISTIC, 4), (RAMP, 4), (RAMP, 7), (RELU, 7)])
    )
    return InSquare(function, function.lipschitz / share + fmpq(1, 100), activation)
