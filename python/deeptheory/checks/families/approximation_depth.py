"""Checks of the number of pieces, the benefit of depth, and the lower bound for the square."""

from __future__ import annotations

from flint import fmpq

from deeptheory.approximation import Curve, Layer, Network, PiecewiseAffine
from deeptheory.approximation.constructions import (
    identity,
    interpolant,
    sawtooth_net,
    square_net,
    zero,
)
from deeptheory.checks.comparison import Measurement
from deeptheory.checks.instances.depth import (
    Misses,
    Regions,
    SquareGap,
    best_for_square,
    close_to_half,
    gaps,
    line_networks,
    misses,
    zigzags,
)
from deeptheory.checks.mutants import (
    drop,
    instead,
    replace_exponent,
    replace_part,
    replace_variable,
    scale,
    without,
)
from deeptheory.checks.registry import Series, Sharp, check
from deeptheory.formulas import Book
from deeptheory.formulas.syntax import Num, Op, Var

_ZERO, _HALF, _ONE = fmpq(0), fmpq(1, 2), fmpq(1)


# Pieces


_WIDTH, _DEPTH = (Op("cast", (Var(name, nat=True),)) for name in ("width", "depth"))
_POWER = Op("pow", (Op("add", (_WIDTH, Num(1))), Var("depth", nat=True)))


def _teeth(units: int) -> Regions:
    """Return one hidden layer whose units turn at different points."""
    values = [fmpq(i % 2) for i in range(units + 1)]
    return Regions(interpolant(lambda x: values[int(x * units)], units))


def _clipped(units: int) -> Regions:
    """Return one layer of units with two kinks each, made of two ReLUs."""
    biases = [fmpq(-k) for k in range(2 * units)]
    hidden = Layer.of([[1]] * (2 * units), biases)
    weights = [fmpq(1 if k % 2 == 0 else -1) for k in range(2 * units)]
    return Regions(Network((hidden,), Layer.of([weights], [0])), units)


def _of_depth_one_more(at: Regions, _book: Book) -> Measurement:
    """Claim it of the network after one more zigzag."""
    return Measurement(fmpq(Regions(at.net.comp(zigzags(1).net)).pieces), dict(at.sizes))


@check(
    "Approximation.linear_regions_1d",
    instances=line_networks,
    claim="attained by the zigzag of width 3 at every depth, and by one hidden layer of any width",
    sharp=[
        *(Sharp(zigzags(m), _ONE) for m in range(6)),
        *(Sharp(_teeth(units), _ONE) for units in (1, 2, 10)),
        *(Sharp(Regions(sawtooth_net(k)), fmpq(2, 3) ** k) for k in range(7)),
        Sharp(Regions(square_net(3)), fmpq(1, 8)),
        Sharp(Regions(identity(1, 4)), fmpq(1, 81)),
        Sharp(Regions(zero(1, 1, 2)), _ONE),
    ],
    mutants=[
        scale(fmpq(999, 1000), "it is attained"),
        replace_variable(
            "width", lambda w: Op("sub", (w, Num(1))), "width^depth", "a layer adds a piece"
        ),
        replace_part(
            _POWER,
            lambda _: Op("add", (Num(1), Op("mul", (_WIDTH, _DEPTH)))),
            "1 + width * depth",
            "depth enters as a power",
        ),
        replace_part(
            _POWER,
            lambda _: Op("add", (Num(1), Op("pow", (_WIDTH, Var("depth", nat=True))))),
            "1 + width^depth",
            "two layers of the zigzag have sixteen pieces",
        ),
        replace_part(
            _POWER,
            lambda _: Op("pow", (Num(2), Var("depth", nat=True))),
            "2^depth",
            "wide layers have more pieces",
        ),
        replace_exponent("depth", lambda _: Num(1, nat=True), "one layer", "depth counts"),
        replace_exponent(
            "depth",
            lambda d: Op("sub", (d, Num(1, nat=True)), nat=True),
            "depth - 1",
            "every layer counts",
        ),
        drop("width", "wide layers have more pieces"),
        instead("one layer more", _of_depth_one_more, "every layer counts"),
        without(
            "the activation is the ReLU",
            [_clipped(1), _clipped(4)],
            "units that are clipped on both sides have two kinks each",
        ),
    ],
    series=[
        Series(
            "the zigzag of width 3 repeated (attained)",
            "depth",
            lambda: [(m, zigzags(m)) for m in range(6)],
        ),
        Series(
            "one hidden layer that turns at each unit (attained)",
            "width",
            lambda: [(n, _teeth(n)) for n in range(1, 21)],
            rate=True,
        ),
        Series(
            "the tent map of width 2 repeated",
            "depth",
            lambda: [(k, Regions(sawtooth_net(k))) for k in range(9)],
        ),
    ],
)
def linear_regions_1d(at: Regions, _book: Book) -> Measurement:
    """Count the changes of the slope, from the breakpoints of all units."""
    return Measurement(fmpq(at.pieces), dict(at.sizes))


# The benefit of depth


_TEETH = Op("pow", (Num(2), Var("k", nat=True)))
_CAST_N = Op("cast", (Var("N", nat=True),))
_HALF_NODE = Op("div", (Num(1), Num(2)))


def _missed(count: int, at: Misses) -> Measurement:
    return Measurement(fmpq(count), {"N": at.pieces, "k": at.k}, lower=True)


def _by_more(at: Misses, _book: Book) -> Measurement:
    return _missed(at.count(lambda distance: distance > _HALF), at)


def _inside(at: Misses, _book: Book) -> Measurement:
    """Claim it of the points other than the ends of the interval."""
    ends = sum(abs(at.function(fmpq(i)) - (i * 2**at.k) % 2) >= _HALF for i in range(2))
    return _missed(at.count() - ends, at)


def _sawtooth(j: int, k: int) -> Misses:
    return Misses(PiecewiseAffine.of_network(sawtooth_net(j)), k)


def _constant(value: fmpq, k: int) -> Misses:
    return Misses(PiecewiseAffine.constant(value), k)


def _jumping(pieces: int, k: int) -> Misses:
    """Return a function with a jump after each piece, which crosses 1/2 on each piece as well."""
    total = 2**k
    knots = [*(fmpq(2 * i, total) for i in range(pieces)), _ONE]
    start = _HALF - fmpq(1, 4 * total)
    return Misses(Curve(tuple(knots), ((start, _HALF, _ZERO),) * pieces), k)


@check(
    "Approximation.telgarsky",
    instances=misses,
    claim="attained for every even number N of pieces below 2^k by a function that crosses 1/2 on "
    "every piece, with zero misses for 2^k pieces, and up to rounding for odd N",
    sharp=[
        *(Sharp(close_to_half(n, k), _ONE) for n, k in ((2, 2), (2, 6), (4, 4), (30, 5))),
        *(Sharp(_constant(_ZERO, k), fmpq(2**k - 1, 2**k)) for k in (1, 2, 6)),
        Sharp(close_to_half(3, 4), fmpq(13, 14)),
        Sharp(close_to_half(1, 5), fmpq(31, 32)),
        *(Sharp(_sawtooth(k, k)) for k in (0, 1, 5)),
        Sharp(_sawtooth(2, 5), fmpq(7, 9)),
        Sharp(_constant(_HALF, 4), fmpq(15, 34)),
    ],
    mutants=[
        scale(fmpq(1001, 1000), "it is attained"),
        replace_part(_CAST_N, lambda n: Op("sub", (n, Num(1))), "N -> N - 1", "every piece counts"),
        replace_part(_CAST_N, lambda _: Num(0), "without N", "every piece counts"),
        replace_part(
            _TEETH, lambda t: Op("add", (t, Num(1))), "2^k -> 2^k + 1", "the points are 2^k + 1"
        ),
        replace_part(
            Op("sub", (_TEETH, _CAST_N)),
            lambda node: Op("mul", (Num(2), node)),
            "2^k - N",
            "one of the parities is met",
        ),
        instead("misses by more than 1/2", _by_more, "the constant 1/2 misses by exactly 1/2"),
        instead("points inside the interval", _inside, "a constant may miss the ends"),
        without(
            "f has at most N pieces",
            [Misses(_sawtooth(3, 3).function, 3, 4)],
            "the sawtooth function itself misses nothing",
        ),
        without(
            "f is continuous",
            [_jumping(3, 4), _jumping(4, 5)],
            "with jumps a function crosses 1/2 between the pieces as well",
        ),
    ],
    series=[
        Series(
            "two pieces that cross 1/2 (attained)",
            "k",
            lambda: [(k, close_to_half(2, k)) for k in range(2, 10)],
            rate=True,
        ),
        Series(
            "the constant zero",
            "k",
            lambda: [(k, _constant(_ZERO, k)) for k in range(1, 10)],
            rate=True,
        ),
    ],
)
def telgarsky(at: Misses, _book: Book) -> Measurement:
    """Count the points of the grid at which the function is at least 1/2 away from the parity."""
    return _missed(at.count(), at)


# The square


def _distance(error: fmpq, at: SquareGap) -> Measurement:
    return Measurement(error, {"N": at.pieces}, lower=True)


def _left_half(at: SquareGap, _book: Book) -> Measurement:
    return _distance(at.error(high=_HALF), at)


def _on_the_grid(at: SquareGap, _book: Book) -> Measurement:
    """Claim it of the points k / 4."""
    points = [fmpq(k, 4) for k in range(5)]
    return _distance(max(abs(at.function(x) - x**2) for x in points), at)


def _fine_below_half(pieces: int) -> SquareGap:
    """Return chords of the square on the left half of the interval."""
    cells = pieces - 1
    knots = tuple(fmpq(k, 2 * cells) for k in range(cells + 1))
    values = tuple(x**2 - fmpq(1, 32 * cells**2) for x in knots)
    return SquareGap(PiecewiseAffine(knots, values, values[1] - values[0], _ONE))


@check(
    "Approximation.square_lower",
    instances=gaps,
    claim="attained for every N by chords over N equal cells, lowered by half of their error",
    sharp=[
        *(Sharp(best_for_square(n), _ONE) for n in (1, 2, 3, 8, 20)),
        *(
            Sharp(
                SquareGap(
                    PiecewiseAffine.of_network(square_net(m)).plus(-fmpq(1, 2 * 4 ** (m + 1)))
                ),
                _ONE,
            )
            for m in range(6)
        ),
        *(Sharp(SquareGap(PiecewiseAffine.of_network(square_net(m))), _HALF) for m in range(5)),
        Sharp(SquareGap(PiecewiseAffine.of_network(sawtooth_net(1))), fmpq(1, 32)),
        Sharp(_fine_below_half(5)),
    ],
    mutants=[
        scale(fmpq(1001, 1000), "it is attained"),
        replace_part(Num(8), lambda _: Num(7), "8 -> 7", "it is attained"),
        replace_exponent(2, lambda _: Num(1, nat=True), "N^2 -> N", "chords have a smaller error"),
        replace_part(
            _CAST_N, lambda n: Op("sub", (n, _HALF_NODE)), "N -> N - 1/2", "it is attained"
        ),
        drop("N", "more pieces come closer"),
        instead("the left half of the interval", _left_half, "pieces may all lie there"),
        instead("the points k / 4", _on_the_grid, "chords meet the square there"),
        without(
            "f has at most N pieces",
            [SquareGap(best_for_square(8).function, 7)],
            "eight pieces in the place of seven",
        ),
    ],
    series=[
        Series(
            "N equal cells, lowered (attained)",
            "N",
            lambda: [(n, best_for_square(n)) for n in range(1, 31)],
            log_x=True,
            rate=True,
        ),
        Series(
            "the interpolant of N units",
            "N",
            lambda: [
                (n, SquareGap(PiecewiseAffine.of_network(interpolant(lambda x: x**2, n))))
                for n in range(2, 31)
            ],
            log_x=True,
            rate=True,
        ),
    ],
)
def square_lower(at: SquareGap, _book: Book) -> Measurement:
    """Measure the largest distance from the square, at the ends and vertices of all pieces."""
    return _distance(at.error(), at)
