"""Checks of universal approximation, with an explicit size and by one hidden layer."""

from __future__ import annotations

from flint import arb, fmpq

from deeptheory.approximation import Curve
from deeptheory.approximation.activations import HEAVISIDE, LOGISTIC, RAMP, RELU, Activation
from deeptheory.approximation.lattice import axis, cones_network, digits
from deeptheory.checks.comparison import Measure, Measurement, Relation
from deeptheory.checks.instances.approximation_hidden import (
    IDENTITY,
    SILENT,
    Bilinear,
    InSquare,
    OnLine,
    Target,
    targets,
)
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
from deeptheory.checks.registry import Drawing, Series, Sharp, check
from deeptheory.formulas import Book
from deeptheory.formulas.rigorous import Number
from deeptheory.formulas.syntax import Num, Op, Var

_ZERO, _HALF, _ONE = fmpq(0), fmpq(1, 2), fmpq(1)
_CAST_N = Op("cast", (Var("N", nat=True),))


# Cones over a lattice


def _measured(error: Number, at: Lattice) -> Measurement:
    return Measurement(error, {"L": at.claimed, "N": at.cells})


def _of_cones(at: Lattice, places: list[fmpq], lift: fmpq) -> fmpq:
    """Return the error of cones over other points, all lifted by a part of L / (2 N)."""
    height = lift * at.claimed / (2 * at.cells)
    points = (tuple(places[a] for a in point) for point in digits(at.dimension, at.cells))
    apexes = [at.value(point) + height for point in points]
    return at.error_of(cones_network(places, at.dimension, at.claimed, apexes))


def _not_lifted(at: Lattice, _book: Book) -> Measurement:
    return _measured(_of_cones(at, axis(at.cells), _ZERO), at)


def _from_the_corners(at: Lattice, _book: Book) -> Measurement:
    return _measured(_of_cones(at, [fmpq(a, at.cells) for a in range(at.cells)], _ONE), at)


def _one_cell_less(at: Lattice, _book: Book) -> Measurement:
    return _measured(at.error_of(at.network_with(max(at.cells - 1, 1))), at)


def _of_size(at: Lattice, depth: int, most_units: int) -> Measurement:
    """Claim it of a network of some size: where it has another one, nothing holds."""
    fits = at.network.depth == depth and at.network.neurons <= most_units
    return _measured(at.error if fits else arb("inf"), at)


def _one_layer_less(at: Lattice, _book: Book) -> Measurement:
    return _of_size(at, at.depth - 1, at.most_units)


def _two_units_a_cell(at: Lattice, _book: Book) -> Measurement:
    return _of_size(at, at.depth, 2 * at.cells**at.dimension)


@check(
    "Approximation.relu_universal",
    instances=lattices,
    claim="the network attains it for every function, at the centre of every cell; no method that "
    "uses a function through its values at fewer than (N + 1)^d points has a smaller error for all",
    sharp=[
        *(Sharp(distances(1, n, fmpq(7, 3)), _ONE) for n in (1, 2, 5)),
        *(Sharp(distances(2, n), _ONE) for n in (1, 2, 3)),
        *(Sharp(distances(3, n, fmpq(1, 4)), _ONE) for n in (1, 2)),
        Sharp(Lattice(distances(2, 2).function, 2, _ONE, (_ZERO, _ZERO)), _ONE),
        Sharp(Lattice(distances(3, 2).function, 2, _ONE, (_HALF, _ONE, _ZERO)), _ONE),
        Sharp(single_cone((_HALF, fmpq(1, 3)), 3, -_ONE), _ONE),
        Sharp(single_cone((_ZERO,), 3), _ONE),
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
        instead("one layer less", _one_layer_less, "the trees have that many levels"),
        instead("two units for each cell", _two_units_a_cell, "a cone alone has more sides"),
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
    """Run the network at the points where it is worst, or compare its pieces on the interval.

    The error counts as infinite where the network has another depth than is stated or more units.
    """
    return _of_size(at, at.depth, at.most_units)


# One hidden layer


def _within(at: Target, error: Number, law: str) -> Relation:
    return Relation(error, "le", at.epsilon, law)


def _exactly(at: Target, _book: Book) -> list[Relation]:
    return [Relation(at.error, "le", _ZERO, "the network computes the function")]


def _polynomials(degree: int, depth: int) -> Measure:
    """Claim it of networks with a polynomial activation, of any width."""
    law = f"a network of depth {depth} with an activation of degree {degree}"

    def measure(at: Target, _book: Book) -> list[Relation]:
        if not isinstance(at, OnLine):
            return []
        return [_within(at, at.least_error_of_degree(degree**depth), law)]

    return measure


def _one_step(at: Target, _book: Book) -> list[Relation]:
    """Claim it of a single step: on one of two intervals the values differ by half of all."""
    if not isinstance(at, OnLine) or at.activation is not HEAVISIDE:
        return []
    return [_within(at, at.spread / 4, "one hidden unit")]


def _further(at: Target, _book: Book) -> list[Relation]:
    """Claim it on an interval twice as long, where the network has no more units."""
    if not isinstance(at, OnLine) or at.activation is LOGISTIC:
        return []
    return [_within(at, at.error_up_to(fmpq(2)), "on an interval twice as long")]


def _vee(epsilon: fmpq, activation: Activation) -> OnLine:
    """Return the distance to 1/3."""
    third = fmpq(1, 3)
    return OnLine(
        Curve.polygon((_ZERO, third, _ONE), (third, _ZERO, 1 - third)), epsilon, activation
    )


def _square(epsilon: fmpq, activation: Activation) -> OnLine:
    return OnLine(Curve.parabola(fmpq(2)), epsilon, activation)


def _jump(activation: Activation) -> OnLine:
    """Return a function with a jump, at a point that the network is told."""
    return OnLine(
        Curve((_ZERO, _HALF, _ONE), ((_ZERO, _ZERO, _ZERO), (_ONE, _ZERO, _ZERO))),
        fmpq(1, 10),
        activation,
    )


_PRODUCT = Bilinear(_ZERO, _ZERO, _ZERO, _ONE)
_SADDLE = Bilinear(_ONE, fmpq(-2), fmpq(-2), fmpq(4))
_LARGER = Bilinear(_ZERO, _HALF, _HALF, fold=_HALF)
_SMOOTH = Curve.smooth((_ZERO, fmpq(1, 4), _ONE), _ZERO, fmpq(3), (fmpq(-8), fmpq(-4, 3)))


def _drawn(epsilon: fmpq, activation: Activation) -> list[tuple[fmpq, Number]]:
    """Return points of the graph of the network that follows a smooth function."""
    net = OnLine(_SMOOTH, epsilon, activation).network
    return [(x, net((x,), activation)[0]) for x in (fmpq(i, 200) for i in range(201))]


@check(
    "Approximation.uat_one_hidden_layer",
    instances=targets,
    claim="ε = 0 cannot be had, and the width must grow: with the step as activation, N units miss "
    "the identity on the unit interval by at least 1 / (2 (N + 1))",
    sharp=[
        *(
            Sharp(made(epsilon, activation))
            for made, epsilon in ((_vee, fmpq(1, 3)), (_square, fmpq(1, 50)))
            for activation in (HEAVISIDE, RAMP, LOGISTIC, RELU)
        ),
        Sharp(_vee(fmpq(1, 50), RAMP)),
        Sharp(OnLine(_SMOOTH, fmpq(1, 20), LOGISTIC)),
        Sharp(OnLine(Curve.parabola(_ZERO), fmpq(1, 100), HEAVISIDE)),
        Sharp(InSquare(_PRODUCT, fmpq(1, 6), RAMP)),
        Sharp(InSquare(_LARGER, fmpq(1, 4), RELU)),
        Sharp(InSquare(_SADDLE, fmpq(3, 5), HEAVISIDE)),
        Sharp(InSquare(_PRODUCT, fmpq(1, 3), LOGISTIC)),
        Sharp(InSquare(Bilinear(_ONE, _ZERO, _ZERO), fmpq(1, 9), HEAVISIDE)),
    ],
    mutants=[
        instead("ε = 0", _exactly, "finitely many steps have finitely many values"),
        instead(
            "a quadratic activation",
            _polynomials(2, 1),
            "whatever the width, the network is a polynomial of degree two",
        ),
        instead(
            "a cubic activation",
            _polynomials(3, 1),
            "whatever the width, the network is a polynomial of degree three",
        ),
        instead("no hidden layer", _polynomials(1, 1), "the network is affine"),
        instead("one hidden unit", _one_step, "accuracy costs units"),
        instead(
            "on an interval twice as long", _further, "outside the network does not follow any more"
        ),
        without(
            "f is continuous",
            [_jump(RAMP), _jump(RELU)],
            "a continuous network misses a jump by half of it",
        ),
        without(
            "the activation tends to one",
            [_square(fmpq(1, 3), SILENT)],
            "the activation zero leaves a constant",
        ),
        without(
            "the activation is bounded or the ReLU",
            [_square(fmpq(1, 10), IDENTITY)],
            "the identity as the activation leaves an affine function",
        ),
    ],
    series=[
        Drawing(
            "a smooth function by few units",
            "x",
            lambda: {
                "the function": [(x, _SMOOTH(x)) for x in (fmpq(i, 100) for i in range(101))],
                "steps": _drawn(fmpq(1, 4), HEAVISIDE),
                "logistic functions": _drawn(fmpq(1, 4), LOGISTIC),
                "ReLUs": _drawn(fmpq(1, 2), RELU),
            },
            lines=("the function",),
        )
    ],
)
def uat_one_hidden_layer(at: Target, _book: Book) -> list[Relation]:
    """Build the network, count its hidden layers and enclose its largest error."""
    relu = at.activation is RELU  # see `Approximation.uat_one_hidden_layer_relu`
    law = f"the largest error{' of ReLUs' if relu else ''} is at most ε"
    depth = Relation(fmpq(at.network.depth), "eq", _ONE, "one hidden layer")
    return [_within(at, at.error, law), depth]
