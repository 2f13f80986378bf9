"""Networks, functions of one variable and points, for the theorems on approximation."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from functools import cached_property
from typing import Any

from flint import fmpq
from hypothesis import strategies as st
from hypothesis.strategies import DrawFn, SearchStrategy

from deeptheory.approximation import Curve, Layer, Network, PiecewiseAffine, largest_error
from deeptheory.approximation.constructions import interpolant, product_net, square_net
from deeptheory.checks.instances.lipschitz import RELU, Scalar, absolute, scalars, square, step
from deeptheory.checks.instances.strategies import nonnegatives, positives, rationals

__all__ = [
    "Interpolation",
    "Model",
    "Product",
    "Square",
    "hat_over",
    "lipschitz_curves",
    "models",
    "networks",
    "parabolas",
    "products",
    "smooth_curves",
    "squares",
    "unit_numbers",
    "vee",
]

_ZERO, _HALF, _ONE = fmpq(0), fmpq(1, 2), fmpq(1)


def unit_numbers() -> SearchStrategy[fmpq]:
    """Draw a rational in the unit interval."""
    return st.builds(
        lambda top, bottom: fmpq(top % (bottom + 1), bottom),
        st.integers(0, 10**4),
        st.sampled_from([1, 2, 3, 7, 16, 1000]),
    )


# Networks


@st.composite
def _layers(draw: DrawFn, inputs: int, outputs: int) -> Layer:
    numbers = st.tuples(*[rationals()] * inputs)
    rows = draw(st.lists(numbers, min_size=outputs, max_size=outputs))
    biases = draw(st.lists(rationals(), min_size=outputs, max_size=outputs))
    return Layer(tuple(rows), tuple(biases), inputs)


@st.composite
def networks(
    draw: DrawFn, inputs: int, outputs: int, depth: int, max_width: int = 3, min_width: int = 0
) -> Network:
    """Draw a network of some depth with small weights; a hidden layer may have no units."""
    hidden, size = [], inputs
    for _ in range(depth):
        width = draw(st.integers(min_width, max_width))
        hidden.append(draw(_layers(size, width)))
        size = width
    return Network(tuple(hidden), draw(_layers(size, outputs)))


@dataclass(frozen=True)
class Model:
    """Networks to compose, to put next to each other and to add, and where to evaluate them.

    Parameters
    ----------
    a : Network
        From the inputs.
    b : Network
        From the outputs of a.
    c : Network
        With the inputs and the depth of a.
    e : Network
        With the inputs, the outputs and the depth of a.
    x : tuple of fmpq
        The inputs.
    activation : Scalar
        The activation; the identity networks are run with the positive part.
    d : int
        The depth of the identity networks.
    """

    a: Network
    b: Network
    c: Network
    e: Network
    x: tuple[fmpq, ...]
    activation: Scalar = RELU
    d: int = 1

    def describe(self) -> dict[str, Any]:
        """Return the data."""
        named = {"a": self.a, "b": self.b, "c": self.c, "e": self.e}
        return {
            **{name: net.describe() for name, net in named.items()},
            "x": [str(t) for t in self.x],
            "activation": self.activation.name,
            "d": self.d,
        }


@st.composite
def models(draw: DrawFn) -> Model:
    """Draw small networks of all depths up to two, with any activation."""
    m, k, n, other = (draw(st.integers(1, 3)) for _ in range(4))
    depth = draw(st.integers(0, 2))
    activation = draw(
        st.one_of(st.just(RELU), st.sampled_from([absolute(), square(), step()]), scalars())
    )
    return Model(
        draw(networks(m, k, depth)),
        draw(networks(k, n, draw(st.integers(0, 2)))),
        draw(networks(m, other, depth)),
        draw(networks(m, k, depth)),
        draw(st.tuples(*[rationals()] * m)),
        activation,
        draw(st.integers(0, 3)),
    )


# Interpolation


@dataclass(frozen=True)
class Interpolation:
    """A function on the unit interval, and how many units interpolate it.

    Parameters
    ----------
    curve : Curve
        The function.
    cells : int
        The number N of units, positive.
    claimed : fmpq
        What is claimed to be the constant, L or M.
    at_zero : fmpq, optional
        The value at zero, where that is not the limit.
    end : fmpq
        Where the interval ends on which the error is measured.
    """

    curve: Curve
    cells: int
    claimed: fmpq
    at_zero: fmpq | None = None
    end: fmpq = _ONE

    def value(self, x: fmpq) -> fmpq:
        """Return the value of the function."""
        return self.curve(x) if self.at_zero is None or x != 0 else self.at_zero

    def error_with(self, cells: int) -> fmpq:
        """Return the largest error of the network that interpolates with so many units."""
        function = PiecewiseAffine.of_network(interpolant(self.value, cells))
        return largest_error(function, self.curve, high=self.end)[0]

    @cached_property
    def error(self) -> fmpq:
        """The largest error of the network."""
        return self.error_with(self.cells)

    def describe(self) -> dict[str, Any]:
        """Return the data."""
        return {
            "knots": [str(x) for x in self.curve.knots],
            "value, slope, second derivative": [
                [str(entry) for entry in part] for part in self.curve.parts
            ],
            "N": self.cells,
            "constant": str(self.claimed),
            "value at 0": str(self.value(_ZERO)),
            "end": str(self.end),
        }


def hat_over(cell: int, cells: int, lipschitz: fmpq = _ONE) -> Interpolation:
    """Return the function that is a hat over one of the cells; over cell 0 it is ``firstHat``."""
    ends = (fmpq(cell, cells), fmpq(2 * cell + 1, 2 * cells), fmpq(cell + 1, cells))
    knots = sorted({_ZERO, *ends, _ONE})
    top = lipschitz / (2 * cells)
    values = [top if x == ends[1] else _ZERO for x in knots]
    return Interpolation(Curve.polygon(knots, values), cells, lipschitz)


def vee(centre: fmpq, cells: int) -> Interpolation:
    """Return the distance to a point inside the unit interval."""
    curve = Curve.polygon((_ZERO, centre, _ONE), (centre, _ZERO, 1 - centre))
    return Interpolation(curve, cells, _ONE)


def parabolas(curvature: fmpq, cells: int) -> Interpolation:
    """Return ``M x ** 2 / 2``, with the constant M."""
    return Interpolation(Curve.parabola(curvature), cells, curvature)


@st.composite
def _knots(draw: DrawFn) -> list[fmpq]:
    inner = draw(st.lists(unit_numbers(), max_size=4))
    return sorted({_ZERO, _ONE, *inner})


@st.composite
def _smooth(draw: DrawFn) -> Curve:
    knots = draw(_knots())
    curvatures = [draw(rationals(-12, 12)) for _ in knots[1:]]
    return Curve.smooth(knots, draw(rationals()), draw(rationals()), curvatures)


@st.composite
def lipschitz_curves(draw: DrawFn) -> Interpolation:
    """Draw a piecewise linear or a smooth function, with its Lipschitz constant or a larger one."""
    if draw(st.booleans()):
        knots = draw(_knots())
        curve = Curve.polygon(knots, [draw(rationals()) for _ in knots])
    else:
        curve = draw(_smooth())
    slack = draw(st.one_of(st.just(_ZERO), nonnegatives()))
    return Interpolation(curve, draw(st.integers(1, 12)), curve.lipschitz + slack)


@st.composite
def smooth_curves(draw: DrawFn) -> Interpolation:
    """Draw a function whose derivative is piecewise linear, with its constant or a larger one."""
    curve = draw(_smooth())
    slack = draw(st.one_of(st.just(_ZERO), nonnegatives()))
    return Interpolation(curve, draw(st.integers(1, 12)), curve.smoothness + slack)


# Squares and products


@dataclass(frozen=True)
class Square:
    """The square network of some depth, and where it is compared with the square.

    Parameters
    ----------
    m : int
        The depth.
    x : fmpq, optional
        The point; by default the worst one of the unit interval.
    """

    m: int
    x: fmpq | None = None

    @property
    def net(self) -> Network:
        """The network."""
        return square_net(self.m)

    @property
    def place(self) -> fmpq:
        """The point."""
        return self.worst[1] if self.x is None else self.x

    @cached_property
    def worst(self) -> tuple[fmpq, fmpq]:
        """The largest error on the unit interval, and where it is."""
        return largest_error(PiecewiseAffine.of_network(self.net), Curve.parabola(fmpq(2)))

    def error_of(self, net: Network) -> fmpq:
        """Return the error of a network at the point."""
        return abs(net.real(self.place) - self.place**2)

    @property
    def error(self) -> fmpq:
        """The error at the point."""
        return self.worst[0] if self.x is None else self.error_of(self.net)

    def describe(self) -> dict[str, Any]:
        """Return the data."""
        return {"m": self.m, "x": str(self.place)}


@st.composite
def squares(draw: DrawFn) -> Square:
    """Draw a depth with its worst point, or a large depth with some point."""
    if draw(st.booleans()):
        return Square(draw(st.integers(0, 7)))
    return Square(draw(st.integers(0, 60)), draw(unit_numbers()))


@dataclass(frozen=True)
class Product:
    """The product network, and two factors.

    Parameters
    ----------
    bound : fmpq
        The number M, positive.
    m : int
        The depth of the square networks in it.
    x, y : fmpq
        The factors, between -M and M.
    """

    bound: fmpq
    m: int
    x: fmpq
    y: fmpq

    def value(self, make: Callable[[fmpq, int], Network] = product_net) -> fmpq:
        """Return the network's product."""
        return make(self.bound, self.m)((self.x, self.y))[0]

    @property
    def error(self) -> fmpq:
        """The distance from the product."""
        return abs(self.value() - self.x * self.y)

    def describe(self) -> dict[str, Any]:
        """Return the data."""
        return {"M": str(self.bound), "m": self.m, "x": str(self.x), "y": str(self.y)}


@st.composite
def products(draw: DrawFn) -> Product:
    """Draw factors of any size and sign, some of them at the breakpoints of the network."""
    bound, m = draw(positives()), draw(st.integers(0, 20))

    def factor() -> fmpq:
        share = draw(st.one_of(unit_numbers(), st.just(fmpq(1, 2 ** (m + 1)))))
        return bound * share * draw(st.sampled_from([1, -1]))

    return Product(bound, m, factor(), factor())
