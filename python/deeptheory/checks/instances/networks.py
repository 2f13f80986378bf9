"""Networks over a finite class, and their empirical Rademacher complexity by extreme points.

The signed sum of a network is linear in its output weights, so that on their ball it is largest at
an extreme point: one unit with the whole weight, of either sign.  Where an activation with a kink
at zero alone comes after, the largest value over the combinations of two units lies at a unit or
where the combination is zero at a point of the sample.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from functools import cache, cached_property
from itertools import combinations
from typing import Any

from flint import fmpq
from hypothesis import strategies as st
from hypothesis.strategies import DrawFn, SearchStrategy

from deeptheory.checks.instances.lipschitz import (
    RELU,
    Scalar,
    clip,
    halves,
    multiple,
    saturation,
    sawtooth,
)
from deeptheory.checks.instances.rademacher import (
    FiniteClass,
    Values,
    finite_classes,
    rademacher_of_absolute,
    with_zero,
)
from deeptheory.checks.instances.strategies import nonnegatives, rationals

__all__ = [
    "Network",
    "activations",
    "deep_networks",
    "extremes",
    "homogeneous",
    "over_function",
    "two_layer_networks",
]

_ZERO = fmpq(0)


@dataclass(frozen=True)
class Network:
    """The networks of some widths over a finite class.

    A unit of a layer is a sum of weights times the activation of units of the layer below, and the
    absolute values of its weights have at most a given sum.  The units of layer zero are the
    functions of the class, and the networks are the possible units of the last layer.

    Parameters
    ----------
    base : FiniteClass
        The class.
    activation : Scalar
        The activation.
    weight : fmpq
        The bound on the absolute sum of the weights of a unit, not negative.
    widths : tuple of int
        How many units of the layer below a unit of each layer combines, first layer first; the
        number of layers is the depth.

    Raises
    ------
    ValueError
        Where extreme points do not give the complexity: with two layers or more the activation
        has to be positively homogeneous, and unless it is linear the first layer may have the
        widths 0, 1 or 2, the layers after it, apart from the last one, the widths 0 or 1.
    """

    base: FiniteClass
    activation: Scalar
    weight: fmpq
    widths: tuple[int, ...]

    def __post_init__(self) -> None:
        slopes, inner = self.activation.slopes, self.widths[:-1]
        if not inner:
            return
        if slopes is None:
            raise ValueError(
                f"The activation {self.activation.name!r} of {self.depth} layers is not positively "
                "homogeneous."
            )
        if slopes[0] != slopes[1] and (inner[0] > 2 or any(width > 1 for width in inner[1:])):
            raise ValueError(
                f"The widths {self.widths} are too large: below the last layer 2 is allowed for "
                "the first one, and 1 for the others."
            )

    @property
    def depth(self) -> int:
        """The number of layers."""
        return len(self.widths)

    def _activated(self, vectors: Sequence[Values]) -> list[Values]:
        return [tuple(map(self.activation, vector)) for vector in dict.fromkeys(vectors)]

    @cached_property
    def complexity(self) -> fmpq:
        """The empirical Rademacher complexity of the networks, exactly."""
        if not self.depth:
            return self.base.complexity
        if 0 in self.widths:  # the units of that layer are zero, and so are those above
            return _ZERO
        units: Sequence[Values] = self.base.vectors
        for layer, width in enumerate(self.widths[:-1]):
            units = extremes(self._activated(units), mixed=layer == 0 and width > 1)
        return self.weight**self.depth * rademacher_of_absolute(self._activated(units))

    def describe(self) -> dict[str, Any]:
        """Return the data."""
        described = {"activation": self.activation.name, "A": str(self.weight)}
        return {**self.base.describe(), **described, "widths": list(self.widths)}


def extremes(units: Sequence[Values], *, mixed: bool) -> list[Values]:
    """Return the combinations of units at which a function with kinks at zeros can be largest.

    Parameters
    ----------
    units : sequence of tuple of fmpq
        The values of the units on the sample.
    mixed : bool
        Whether two units may be combined, rather than one multiplied.

    Returns
    -------
    list
        The units, their opposites and where two may be combined, with weights of absolute sum one,
        the combinations that are zero at some point of the sample.
    """
    found = list(units)
    if mixed:
        for v, w in combinations(units, 2):
            for a, b in zip(v, w, strict=True):
                total = abs(a) + abs(b)
                if total:
                    found.append(tuple((b * x - a * y) / total for x, y in zip(v, w, strict=True)))
    return [tuple(sign * value for value in vector) for vector in found for sign in (1, -1)]


def over_function(
    values: Sequence[Any], weight: fmpq, widths: tuple[int, ...], activation: Scalar = RELU
) -> Network:
    """Return the networks over the zero function and another one."""
    return Network(with_zero(values), activation, weight, widths)


@cache
def homogeneous() -> SearchStrategy[Scalar]:
    """Draw a positively homogeneous function with Lipschitz constant one."""
    slopes = st.builds(lambda k: fmpq(k, 4), st.integers(-4, 4))
    return st.one_of(
        st.just(RELU),
        slopes.map(lambda left: halves(fmpq(1), left)),
        slopes.map(lambda right: halves(right, fmpq(-1))),
        st.sampled_from([multiple(fmpq(1)), multiple(fmpq(-1, 2))]),
    )


@cache
def activations() -> SearchStrategy[Scalar]:
    """Draw a function with Lipschitz constant one that is zero at zero."""
    others: SearchStrategy[Scalar] = st.one_of(
        st.builds(lambda low, high: clip(-low, high), nonnegatives(), nonnegatives()),
        rationals(1, 6).map(sawtooth),
        st.sampled_from([saturation(fmpq(1)), saturation(fmpq(-1, 2))]),
    )
    return st.one_of(homogeneous(), others)


@st.composite
def two_layer_networks(draw: DrawFn) -> Network:
    """Draw networks with one hidden layer of functions from a class with the zero function."""
    base = draw(finite_classes(zero=True))
    width = draw(st.sampled_from([0, 1, 2, 5, 100]))
    return Network(base, draw(activations()), draw(nonnegatives()), (width,))


@st.composite
def deep_networks(draw: DrawFn) -> Network:
    """Draw networks of up to four layers."""
    base = draw(finite_classes(max_points=4, max_size=3, zero=True))
    activation, depth = draw(homogeneous()), draw(st.integers(0, 4))
    slopes = activation.slopes
    if slopes is not None and slopes[0] == slopes[1]:
        widths = draw(st.tuples(*[st.integers(1, 9)] * depth))
    else:
        first, last = draw(st.sampled_from([0, 1, 2, 2, 2])), draw(st.integers(0, 7))
        widths = (first, *[1] * (depth - 2), last)[:depth] if depth > 1 else (last,) * depth
    return Network(base, activation, draw(nonnegatives()), widths)
