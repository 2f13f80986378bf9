"""Checks of universal approximation, with an explicit size and by one hidden layer."""

from __future__ import annotations

from flint import fmpq

from deeptheory.approximation.lattice import cone, max_min_network
from deeptheory.approximation.layer import Layer
from deeptheory.checks.comparison import Measurement
from deeptheory.checks.instances.approximation_lattice import (
    Lattice,
    along_the_sum,
    at_the_top,
    distances,
    lattices,
    single_cone,
)
from deeptheory.checks.mutants import (
    drop,
    instead,
    replace_by_square,
    replace_part,
    scale,
    without,
)
from deeptheory.checks.registry import Series, Sharp, check
from deeptheory.formulas import Book
from deeptheory.formulas.syntax import Num, Op, Var

_ZERO, _HALF, _ONE = fmpq(0), fmpq(1, 2), fmpq(1)
_CAST_N = Op("cast", (Var("N", nat=True),))


# Cones over a lattice


def _measured(error: fmpq, at: Lattice) -> Measurement:
    return Measurement(error, {"L": at.claimed, "N": at.cells})


def _of_cones(at: Lattice, shift: fmpq, lift: fmpq) -> fmpq:
    """Return the error of cones over shifted centres, all lifted by a part of L / (2 N)."""
    height = lift * at.claimed / (2 * at.cells)
    pieces: list[Layer] = []
    for corner in _corners(at):
        centre = tuple(entry + shift / at.cells for entry in corner)
        pieces.append(cone(centre, at.value(centre) + height, at.claimed))
    return at.error_of(max_min_network(pieces))


def _corners(at: Lattice) -> list[tuple[fmpq, ...]]:
    """Return the lower corners of the cells."""
    half = fmpq(1, 2 * at.cells)
    return [tuple(entry - half for entry in g) for g in at.centres]


def _not_lifted(at: Lattice, _book: Book) -> Measurement:
    return _measured(_of_cones(at, _HALF, _ZERO), at)


def _from_the_corners(at: Lattice, _book: Book) -> Measurement:
    return _measured(_of_cones(at, _ZERO, _ONE), at)


def _one_cell_less(at: Lattice, _book: Book) -> Measurement:
    return _measured(at.error_of(at.network_with(max(at.cells - 1, 1))), at)


@check(
    "Approximation.relu_universal",
    instances=lattices,
    claim="attained by the distance to the nearest centre, at the corners of all cells, and at the "
    "centres by every function",
    sharp=[
        *(Sharp(distances(1, n, fmpq(7, 3)), _ONE) for n in (1, 2, 5)),
        *(Sharp(distances(2, n), _ONE) for n in (1, 2, 3)),
        *(Sharp(distances(3, n, fmpq(1, 4)), _ONE) for n in (1, 2)),
        Sharp(Lattice(distances(2, 2).function, 2, _ONE, (_ZERO, _ZERO)), _ONE),
        Sharp(Lattice(distances(3, 2).function, 2, _ONE, (_HALF, _ONE, _ZERO)), _ONE),
        Sharp(single_cone((_HALF, fmpq(1, 3)), 3, -_ONE), _ONE),
        *(Sharp(at_the_top(n), fmpq(1, 3)) for n in (1, 2, 4)),
        Sharp(at_the_top(3), _ONE),
        Sharp(Lattice(distances(1, 2).function, 2, fmpq(3), (_ZERO,)), fmpq(1, 3)),
    ],
    mutants=[
        scale(fmpq(999, 1000), "it is attained"),
        replace_part(Num(2), lambda _: Num(3), "2 -> 3", "it is attained"),
        replace_part(Num(2), lambda _: Num(4), "half of the bound", "it is attained"),
        replace_part(
            _CAST_N,
            lambda n: Op("add", (n, Num(1))),
            "N -> N + 1",
            "for N cells the bound of N + 1",
        ),
        replace_part(
            _CAST_N, lambda n: Op("mul", (n, n)), "N -> N^2", "the rate of smooth functions"
        ),
        drop("L", "steeper functions have larger errors"),
        replace_by_square("L", "not for constants below one"),
        instead("cones that are not lifted", _not_lifted, "then all errors are on one side"),
        instead("cones over the corners", _from_the_corners, "a cell is twice as far from them"),
        instead("one cell less along each axis", _one_cell_less, "the cells are then larger"),
        without(
            "f is L-Lipschitz",
            [Lattice(distances(2, 2).function, 2, fmpq(99, 100))],
            "the slope 1 and the constant 99/100",
        ),
        without(
            "the constant is one for the largest change of a coordinate",
            [along_the_sum(2, 1), along_the_sum(3, 2)],
            "the sum has slope one along each coordinate",
        ),
        without(
            "x is in the cube",
            [single_cone((_ZERO, _ZERO), 2, x=(fmpq(3), _ZERO))],
            "the network falls outside, and the distance to zero grows",
        ),
    ],
    series=[
        Series(
            "the distance to the nearest centre on the line (attained)",
            "N",
            lambda: [(n, distances(1, n)) for n in (1, 2, 3, 4, 6, 8, 12, 16)],
            log_x=True,
            rate=True,
        ),
        Series(
            "the distance to the nearest centre in the square (attained)",
            "N",
            lambda: [(n, distances(2, n)) for n in range(1, 6)],
            log_x=True,
        ),
        Series(
            "minus the distance to 1/3 on the line, at 1/3",
            "N",
            lambda: [(n, at_the_top(n)) for n in (1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11, 12, 14, 16)],
            log_x=True,
        ),
    ],
)
def relu_universal(at: Lattice, _book: Book) -> Measurement:
    """Run the network at the points where it is worst, or compare its pieces on the interval."""
    return _measured(at.error, at)
