"""Functions that are Lipschitz in the largest change of a coordinate, and their lattice networks.

A function is built from cones ``h + s max |x - c|``, so that its Lipschitz constant is known: a
minimum of maxima of cones.  Minima of cones with one slope are McShane's extensions of data.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from functools import cached_property
from itertools import combinations, product
from typing import Any

from flint import fmpq
from hypothesis import strategies as st
from hypothesis.strategies import DrawFn

from deeptheory.approximation import Curve, Network, PiecewiseAffine, largest_error
from deeptheory.approximation.lattice import centres, lattice_network
from deeptheory.approximation.layer import Vector
from deeptheory.checks.instances.approximation import unit_numbers
from deeptheory.checks.instances.strategies import nonnegatives, positives, rationals

__all__ = [
    "Cone",
    "Cones",
    "Lattice",
    "along_the_sum",
    "at_the_top",
    "distances",
    "lattices",
    "single_cone",
]

_ZERO, _ONE = fmpq(0), fmpq(1)


@dataclass(frozen=True)
class Cone:
    """The function ``height + slope * max |x - apex|``.

    Parameters
    ----------
    apex : tuple of fmpq
        The point where it is lowest or highest.
    height : fmpq
        The value there.
    slope : fmpq
        The slope away from there, of either sign.
    """

    apex: Vector
    height: fmpq
    slope: fmpq

    def __call__(self, x: Vector) -> fmpq:
        """Return the value."""
        return self.height + self.slope * _distance(x, self.apex)


@dataclass(frozen=True)
class Cones:
    """A minimum of maxima of cones on a cube.

    Parameters
    ----------
    groups : tuple of tuple of Cone
        The cones; of each group the largest value counts, and of these the smallest one.
    """

    groups: tuple[tuple[Cone, ...], ...]

    @property
    def cones(self) -> list[Cone]:
        """All cones."""
        return [cone for group in self.groups for cone in group]

    @property
    def dimension(self) -> int:
        """The number of coordinates."""
        return len(self.cones[0].apex)

    @property
    def lipschitz(self) -> fmpq:
        """A Lipschitz constant, the largest absolute slope."""
        return max(abs(cone.slope) for cone in self.cones)

    def __call__(self, x: Vector) -> fmpq:
        """Return the value."""
        return min(max(cone(x) for cone in group) for group in self.groups)

    def curve(self, low: fmpq = _ZERO, high: fmpq = _ONE) -> Curve:
        """Return the function of one variable piece by piece: it bends where two pieces meet."""
        lines = [
            (sign * cone.slope, cone.height - sign * cone.slope * cone.apex[0])
            for cone in self.cones
            for sign in (1, -1)
        ]
        bends = {cone.apex[0] for cone in self.cones}
        bends |= {(d - b) / (a - c) for (a, b), (c, d) in combinations(lines, 2) if a != c}
        knots = [low, *sorted(x for x in bends if low < x < high), high]
        return Curve.polygon(knots, [self((x,)) for x in knots])

    def describe(self) -> dict[str, Any]:
        """Return the data."""
        return {
            "minimum of maxima of cones": [
                [
                    {
                        "apex": [str(entry) for entry in cone.apex],
                        "height": str(cone.height),
                        "slope": str(cone.slope),
                    }
                    for cone in group
                ]
                for group in self.groups
            ]
        }


Function = Callable[[Vector], fmpq]


@dataclass(frozen=True)
class Lattice:
    """A function on the cube, its lattice network, and where the two are compared.

    Parameters
    ----------
    function : Cones
        The function; by `along_the_sum` a false variant has another one.
    cells : int
        The number N of cells along each axis, positive.
    claimed : fmpq
        What is claimed to be the Lipschitz constant L.
    x : tuple of fmpq, optional
        The point.  By default the worst one: of the whole interval, or in higher dimension of the
        corners and centres of the cells and the apexes of the cones.
    other : callable, optional
        A function in the place of the cones, for a false variant.
    """

    function: Cones
    cells: int
    claimed: fmpq
    x: Vector | None = None
    other: Function | None = None

    @property
    def dimension(self) -> int:
        """The dimension of the cube."""
        return self.function.dimension

    def value(self, x: Vector) -> fmpq:
        """Return the value of the function."""
        return self.function(x) if self.other is None else self.other(x)

    def network_with(self, cells: int) -> Network:
        """Return the lattice network with so many cells."""
        return lattice_network(self.value, self.claimed, cells, self.dimension)

    @cached_property
    def network(self) -> Network:
        """The lattice network."""
        return self.network_with(self.cells)

    @cached_property
    def points(self) -> list[Vector]:
        """Where it is compared in dimension two and above."""
        if self.x is not None:
            return [self.x]
        axis = [fmpq(j, self.cells) for j in range(self.cells + 1)]
        apexes = [cone.apex for cone in self.function.cones]
        inside = [c for c in apexes if all(0 <= entry <= 1 for entry in c)]
        return [*product(axis, repeat=self.dimension), *self.centres, *inside]

    @cached_property
    def centres(self) -> list[Vector]:
        """The centres of the cells."""
        return centres(self.dimension, self.cells)

    def formula(self, x: Vector) -> fmpq:
        """Return what the network computes, by its formula."""
        heights = (self.value(g) - self.claimed * _distance(x, g) for g in self.centres)
        return self.claimed / (2 * self.cells) + max(heights)

    def worst_points(self, count: int) -> list[Vector]:
        """Return those points at which the formula is furthest from the function, by either side."""
        ordered = sorted(self.points, key=lambda x: self.formula(x) - self.value(x))
        return [*ordered[:count], *ordered[-count:]]

    def error_of(self, network: Network) -> fmpq:
        """Return the largest distance of a network from the function, exactly."""
        if self.dimension == 1 and self.x is None and self.other is None:
            return largest_error(PiecewiseAffine.of_network(network), self.function.curve())[0]
        return max(abs(network(x)[0] - self.value(x)) for x in self.worst_points(3))

    @cached_property
    def error(self) -> fmpq:
        """The largest distance of the lattice network from the function."""
        return self.error_of(self.network)

    def describe(self) -> dict[str, Any]:
        """Return the data."""
        return {
            **self.function.describe(),
            "d": self.dimension,
            "N": self.cells,
            "L": str(self.claimed),
            "x": None if self.x is None else [str(entry) for entry in self.x],
        }


def _distance(x: Vector, y: Vector) -> fmpq:
    return max(abs(a - b) for a, b in zip(x, y, strict=True))


def distances(dim: int, cells: int, slope: fmpq = _ONE) -> Lattice:
    """Return a multiple of the distance to the nearest centre of a cell."""
    found = Cones(tuple((Cone(g, _ZERO, slope),) for g in centres(dim, cells)))
    return Lattice(found, cells, slope)


def single_cone(apex: Vector, cells: int, slope: fmpq = _ONE, x: Vector | None = None) -> Lattice:
    """Return a single cone that is zero at its apex."""
    return Lattice(Cones(((Cone(apex, _ZERO, slope),),)), cells, abs(slope), x)


def at_the_top(cells: int) -> Lattice:
    """Return minus the distance to 1/3 on the unit interval, at its largest value."""
    top = (fmpq(1, 3),)
    return single_cone(top, cells, -_ONE, top)


def along_the_sum(dim: int, cells: int) -> Lattice:
    """Return the sum of the coordinates, which has slope one along each of them."""
    origin = Cones(((Cone((_ZERO,) * dim, _ZERO, _ONE),),))
    return Lattice(origin, cells, _ONE, other=lambda x: sum(x, _ZERO))


_MOST_CELLS = {1: 6, 2: 4, 3: 2}


@st.composite
def lattices(draw: DrawFn) -> Lattice:
    """Draw a function of at most three variables, with its Lipschitz constant or a larger one.

    Either it extends data, or it is a minimum of maxima of cones with slopes of any sign.
    """
    dim = draw(st.integers(1, 3))
    apex = st.tuples(*[st.one_of(unit_numbers(), rationals(-2, 3, 4))] * dim)
    if draw(st.booleans()):
        slope = draw(positives())
        cones = draw(st.lists(st.builds(Cone, apex, rationals(), st.just(slope)), min_size=1))
        groups = [[cone] for cone in cones[:4]]
    else:
        cone = st.builds(Cone, apex, rationals(), rationals())
        group = st.lists(cone, min_size=1, max_size=3)
        groups = draw(st.lists(group, min_size=1, max_size=2))
    found = Cones(tuple(tuple(group) for group in groups))
    slack = draw(st.one_of(st.just(_ZERO), nonnegatives()))
    x = draw(st.one_of(st.none(), st.tuples(*[unit_numbers()] * dim)))
    return Lattice(found, draw(st.integers(1, _MOST_CELLS[dim])), found.lipschitz + slack, x)
