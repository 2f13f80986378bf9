"""Functions with few affine pieces, networks on the line, and what they miss."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from functools import cached_property
from typing import Any

from flint import fmpq
from hypothesis import strategies as st
from hypothesis.strategies import DrawFn

from deeptheory.approximation import Curve, Network, PiecewiseAffine, largest_error
from deeptheory.approximation.constructions import (
    sawtooth_net,
    square_net,
    zigzag_net,
)
from deeptheory.checks.instances.approximation import networks
from deeptheory.checks.instances.strategies import rationals

__all__ = [
    "Misses",
    "Regions",
    "SquareGap",
    "best_for_square",
    "close_to_half",
    "functions",
    "gaps",
    "line_networks",
    "misses",
    "zigzags",
]

_ZERO, _HALF, _ONE = fmpq(0), fmpq(1, 2), fmpq(1)


def _described(f: PiecewiseAffine | Curve) -> dict[str, Any]:
    if isinstance(f, Curve):
        parts = [[str(entry) for entry in part] for part in f.parts]
        return {"knots": [str(x) for x in f.knots], "value, slope, second derivative": parts}
    return {
        "knots": [str(x) for x in f.knots],
        "values": [str(y) for y in f.values],
        "outer slopes": [str(f.left), str(f.right)],
    }


# Pieces of networks


@dataclass(frozen=True)
class Regions:
    """A ReLU network with one input and one output.

    Parameters
    ----------
    net : Network
        The network.
    width : int, optional
        What is claimed to be its width.
    """

    net: Network
    width: int | None = None

    @property
    def sizes(self) -> dict[str, int]:
        """The width and the depth."""
        width = self.net.width if self.width is None else self.width
        return {"width": width, "depth": self.net.depth}

    @cached_property
    def pieces(self) -> int:
        """The smallest number of affine pieces of its function on the line."""
        return PiecewiseAffine.of_network(self.net).pieces

    def describe(self) -> dict[str, Any]:
        """Return the sizes, and the weights of a small network."""
        small = self.net.describe() if self.net.neurons <= 8 else {}
        return {**self.sizes, **small}


@st.composite
def line_networks(draw: DrawFn) -> Regions:
    """Draw a network with up to three hidden layers of up to four units."""
    return Regions(draw(networks(1, 1, draw(st.integers(0, 3)), 4)))


# Functions with few pieces


@st.composite
def functions(draw: DrawFn) -> PiecewiseAffine:
    """Draw a function with few pieces: any one, a network's, or a sawtooth that is moved."""
    kind = draw(st.integers(0, 2))
    if kind == 0:
        raw = draw(st.lists(rationals(0, 12, 12), min_size=1, max_size=6))
        knots = tuple(sorted(set(raw)))
        values = tuple(draw(rationals()) for _ in knots)
        return PiecewiseAffine(knots, values, draw(rationals()), draw(rationals()))
    if kind == 1:
        return PiecewiseAffine.of_network(draw(networks(1, 1, draw(st.integers(1, 2)))))
    k = draw(st.integers(0, 4))
    return PiecewiseAffine.of_network(sawtooth_net(k)).plus(draw(rationals(-3, 3, 8)))


@dataclass(frozen=True)
class Misses:
    """A function, and the sawtooth function that it is compared with.

    Parameters
    ----------
    function : PiecewiseAffine or Curve
        The function.
    k : int
        How often the tent map is repeated.
    claimed : int, optional
        What is claimed to be the number of pieces; by default the smallest that is true.
    """

    function: PiecewiseAffine | Curve
    k: int
    claimed: int | None = None

    @property
    def pieces(self) -> int:
        """The number of pieces claimed."""
        if self.claimed is not None:
            return self.claimed
        f = self.function
        return len(f.parts) if isinstance(f, Curve) else f.pieces

    def count(self, missed: Callable[[fmpq], bool] = lambda distance: distance >= _HALF) -> int:
        """Return at how many of the points ``i / 2 ^ k`` the distance is a miss."""
        total = 2**self.k
        return sum(missed(abs(self.function(fmpq(i, total)) - i % 2)) for i in range(total + 1))

    def describe(self) -> dict[str, Any]:
        """Return the data."""
        return {**_described(self.function), "N": self.pieces, "k": self.k}


@st.composite
def misses(draw: DrawFn) -> Misses:
    """Draw a function with its number of pieces or a larger one, and up to 64 teeth."""
    f = draw(functions())
    more = draw(st.sampled_from([0, 0, 1, 5]))
    return Misses(f, draw(st.integers(0, 6)), f.pieces + more)


def close_to_half(pieces: int, k: int) -> Misses:
    """Return a function that follows the sawtooth and then leaves 1/2 as slowly as it can.

    It crosses the value 1/2 once on every piece, and the last crossing lets it be close to one
    parity at all points before it and to the other one at all points after it.

    Parameters
    ----------
    pieces : int
        The number of pieces, at least one and less than ``2 ^ k``.
    k : int
        How often the tent map is repeated.
    """
    total = 2**k
    small = fmpq(1, 4 * total)
    turns = [_HALF + small * (1 if i % 2 else -1) for i in range(pieces)]  # at the points i / 2 ^ k
    slope = -2 * small * total * (1 if pieces % 2 == 0 else -1)
    knots = tuple(fmpq(i, total) for i in range(pieces))
    first = (turns[1] - turns[0]) * total if pieces > 1 else slope
    return Misses(PiecewiseAffine(knots, tuple(turns), first, slope), k)


# The square


@dataclass(frozen=True)
class SquareGap:
    """A function that is compared with the square on the unit interval.

    Parameters
    ----------
    function : PiecewiseAffine
        The function.
    claimed : int, optional
        What is claimed to be the number of pieces; by default the smallest that is true.
    """

    function: PiecewiseAffine
    claimed: int | None = None

    @property
    def pieces(self) -> int:
        """The number of pieces claimed."""
        return self.function.pieces if self.claimed is None else self.claimed

    def error(self, low: fmpq = _ZERO, high: fmpq = _ONE) -> fmpq:
        """Return the largest distance from the square on an interval."""
        return largest_error(self.function, Curve.parabola(fmpq(2)), low, high)[0]

    def describe(self) -> dict[str, Any]:
        """Return the data."""
        return {**_described(self.function), "N": self.pieces}


def best_for_square(pieces: int) -> SquareGap:
    """Return the best function with so many pieces: chords, lowered by half of their error."""
    knots = tuple(fmpq(k, pieces) for k in range(pieces + 1))
    outer = fmpq(1, pieces), 2 - fmpq(1, pieces)
    chords = PiecewiseAffine(knots, tuple(x**2 for x in knots), *outer)
    return SquareGap(chords.plus(fmpq(-1, 8 * pieces**2)))


@st.composite
def gaps(draw: DrawFn) -> SquareGap:
    """Draw a function with few pieces, or one that is close to the square."""
    kind = draw(st.integers(0, 2))
    if kind == 0:
        f = draw(functions())
    elif kind == 1:
        f = PiecewiseAffine.of_network(square_net(draw(st.integers(0, 4))))
        f = f.plus(draw(rationals(-2, 2, 400)))
    else:
        f = best_for_square(draw(st.integers(1, 20))).function
    return SquareGap(f, f.pieces + draw(st.sampled_from([0, 0, 0, 2])))


def zigzags(m: int) -> Regions:
    """Return the zigzag repeated m times."""
    return Regions(zigzag_net(m))
