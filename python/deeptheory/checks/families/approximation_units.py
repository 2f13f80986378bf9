"""Checks of what polynomial networks miss, of fits of any labels, and of truth functions."""

from __future__ import annotations

from flint import arb, fmpq

from deeptheory.checks.comparison import Measurement
from deeptheory.checks.instances.approximation_labels import Labelled, alternating, labelled
from deeptheory.checks.instances.approximation_truth import (
    TruthFunction,
    indicator,
    parity,
    truth_functions,
    truth_table,
)
from deeptheory.checks.instances.approximation_zigzag import (
    Missed,
    Rectified,
    missed,
    polynomial,
    straight,
)
from deeptheory.checks.mutants import (
    drop,
    instead,
    replace_by_square,
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


# Polynomial activations


_PIECES = Op("add", (Op("pow", (Op("cast", (Var("r", nat=True),)), Var("D", nat=True))), Num(1)))


def _missed(at: Missed, upto: fmpq = _ONE) -> Measurement:
    args = {"L": at.slope, "r": at.degree, "D": at.layers}
    return Measurement(at.error(upto), args, lower=True)


def _first_half(at: Missed, _book: Book) -> Measurement:
    """Claim that the function is missed on the first half already."""
    return _missed(at, _HALF)


@check(
    "Approximation.uat_converse",
    instances=missed,
    claim="attained by the network that is zero, for every L, r and D",
    sharp=[
        *(Sharp(straight(fmpq(3, 2), r, d), _ONE) for r in (1, 2, 3) for d in (0, 1, 2, 3)),
        Sharp(straight(_HALF, 2, 4), _ONE),
        Sharp(straight(_ONE, 2, 2, fmpq(1, 10)), fmpq(1, 2)),
        Sharp(straight(_ONE, 2, 0, fmpq(1, 4), -_ONE)),
        Sharp(polynomial(_ONE, 2, 1, (0, 0, fmpq(1, 100)))),
        Sharp(polynomial(_ONE, 3, 1, (0, fmpq(1, 50), 0, fmpq(-1, 100)))),
    ],
    mutants=[
        scale(fmpq(1001, 1000), "it is attained"),
        drop("L", "flatter functions can be followed better"),
        replace_by_square("L", "not for L above one"),
        replace_part(Num(2), lambda _: Num(1), "without 2", "half the height of a piece is enough"),
        replace_part(
            _PIECES,
            lambda node: node.args[0] if isinstance(node, Op) else node,
            "r^D + 1 -> r^D",
            "a degree higher by one has one more sign",
        ),
        replace_exponent("D", lambda _: Num(1, nat=True), "r^D -> r", "degrees multiply"),
        replace_part(
            _PIECES,
            lambda _: Op(
                "add",
                (
                    Op("cast", (Op("mul", (Var("r", nat=True), Var("D", nat=True)), nat=True),)),
                    Num(1),
                ),
            ),
            "r^D -> r D",
            "degrees multiply, they do not add up",
        ),
        replace_variable(
            "r", lambda r: Op("sub", (r, Num(1))), "r -> r - 1", "the degree counts in full"
        ),
        instead(
            "on the first half of the interval", _first_half, "an affine network follows one piece"
        ),
        without(
            "the activation is a polynomial",
            [Rectified(_ONE, 2, 2), Rectified(_ONE, 3, 1)],
            "sums of positive parts follow it exactly",
        ),
        without(
            "the activation has degree at most r",
            [polynomial(fmpq(4), 1, 1, (_HALF, -4, 4))],
            "a parabola follows two pieces better",
        ),
        without(
            "the depth is at most D",
            [polynomial(fmpq(4), 2, 0, (_HALF, -4, 4))],
            "a parabola follows two pieces better, and needs a hidden layer",
        ),
        without(
            "r is at least one",
            [straight(_ONE, 0, 1, _HALF, -_ONE)],
            "a network without hidden layers is affine whatever the activation",
        ),
    ],
    series=[
        Series(
            "the zero network, L = 1, squares in D hidden layers",
            "D",
            lambda: [(d, straight(_ONE, 2, d)) for d in range(7)],
            rate=True,
        ),
        Series(
            "the zero network, L = 1, one hidden layer of degree r",
            "r",
            lambda: [(r, straight(_ONE, r, 1)) for r in range(1, 21)],
            rate=True,
        ),
        Series(
            "constant networks k / 100, L = 1, r = D = 2",
            "k",
            lambda: [(k, straight(_ONE, 2, 2, fmpq(k, 100))) for k in range(-20, 21, 2)],
            log_y=False,
        ),
    ],
)
def uat_converse(at: Missed, _book: Book) -> Measurement:
    """Find the largest distance of the network to the zigzag function."""
    return _missed(at)


# Memorization


_N, _D = Var("N", nat=True), Var("d", nat=True)
_TWO, _ONE_LESS = Num(2, nat=True), Num(1, nat=True)


def _line(*labels: int | fmpq) -> Labelled:
    """Return labels of the points 0, 1, ... of the line."""
    points = tuple((fmpq(k),) for k in range(len(labels)))
    return Labelled(points, tuple(fmpq(label) for label in labels), 1)


def _fitted(at: Labelled, *, possible: bool = True) -> Measurement:
    least = at.least if possible else arb("inf")
    return Measurement(least, {"N": len(at.points), "d": at.dimension})


def _one_bias(at: Labelled, _book: Book) -> Measurement:
    """Claim it of units that share their bias too: multiples of a single unit, of one sign."""
    return _fitted(at, possible=at.one_sign)


def _linear(at: Labelled, _book: Book) -> Measurement:
    """Claim it of units without the positive part."""
    return _fitted(at, possible=at.affine)


@check(
    "Approximation.memorization",
    instances=labelled,
    claim="attained by labels of alternating sign on a line, for every number of points and every "
    "dimension",
    sharp=[
        *(Sharp(alternating(n, d), _ONE) for n, d in ((1, 1), (2, 1), (7, 1), (4, 2), (6, 3))),
        Sharp(_line(5, -1, fmpq(1, 3), -2), _ONE),
        Sharp(_line(0, 0, 0), fmpq(1, 7)),
        Sharp(_line(3, 3, 3, 3), fmpq(1, 3)),
        Sharp(_line(1, 0, 1)),
        Sharp(_line(), _ONE),
        Sharp(Labelled(((),), (fmpq(3),), 0), _ONE),
    ],
    mutants=[
        scale(fmpq(999, 1000), "it is attained"),
        replace_part(_TWO, lambda _: Num(1, nat=True), "2 N + d -> N + d", "a unit has two"),
        replace_part(_D, lambda _: Num(0, nat=True), "without d", "the direction has d parameters"),
        replace_part(
            _N,
            lambda n: Op("sub", (n, _ONE_LESS), nat=True),
            "N -> N - 1",
            "as many units as points are needed",
        ),
        instead("a bias that all units share", _one_bias, "labels may have either sign"),
        instead("units without the positive part", _linear, "labels need not be affine"),
        without(
            "the points are distinct",
            [Labelled(((_ONE,), (_ONE,)), (_ZERO, _ONE), 1)],
            "a point with two labels",
        ),
    ],
    series=[
        Series(
            "labels of alternating sign at N points of the line",
            "N",
            lambda: [(n, alternating(n)) for n in range(1, 16)],
            log_y=False,
            rate=True,
        ),
        Series(
            "six such points on a line in dimension d",
            "d",
            lambda: [(d, alternating(6, d)) for d in range(1, 11)],
            log_y=False,
        ),
        Series(
            "twelve points of the line, the last k of them with labels of alternating sign",
            "k",
            lambda: [
                (k, _line(*[0] * (12 - k), *((-1) ** i for i in range(k)))) for k in range(13)
            ],
            log_y=False,
        ),
    ],
)
def memorization(at: Labelled, _book: Book) -> Measurement:
    """Count the parameters of the smallest network that fits, which is evaluated at all points."""
    return _fitted(at)


# Truth functions


_POWER = Op("pow", (_TWO, _D), nat=True)


def _counted(at: TruthFunction, units: object) -> Measurement:
    return Measurement(units, {"d": at.inputs - 1})


def _for_each_true(at: TruthFunction, _book: Book) -> Measurement:
    """Count a unit for each input at which the function is true."""
    return _counted(at, fmpq(len(at.selector(True))))


def _affine_units(at: TruthFunction, _book: Book) -> Measurement:
    """Claim it of units without the threshold."""
    return _counted(at, at.least if at.affine else arb("inf"))


@check(
    "Approximation.boolean_xor",
    instances=truth_functions,
    claim="attained by the exclusive or of two truth values, and by a single one",
    sharp=[
        Sharp(parity(2), _ONE),
        Sharp(parity(1), _ONE),
        Sharp(parity(3), fmpq(3, 4)),
        Sharp(parity(4)),
        *(Sharp(truth_table(1, code)) for code in range(4)),
        *(Sharp(truth_table(2, code)) for code in range(16)),
        *(Sharp(truth_table(3, code)) for code in range(256)),
    ],
    mutants=[
        scale(fmpq(999, 1000), "it is attained"),
        replace_part(_POWER, lambda _: Num(1, nat=True), "2^d -> 1", "one unit is a perceptron"),
        replace_part(_POWER, lambda _: _D, "2^d -> d", "one truth value needs a unit"),
        replace_part(
            _D,
            lambda d: Op("sub", (d, _ONE_LESS), nat=True),
            "2^d -> 2^(d - 1)",
            "not for two truth values",
        ),
        instead(
            "a unit for each input at which the function is true",
            _for_each_true,
            "it may be true more often than false",
        ),
        instead("units without the threshold", _affine_units, "few functions are affine"),
    ],
    series=[
        Series(
            "the exclusive or of d + 1 truth values",
            "d",
            lambda: [(d, parity(d + 1)) for d in range(3)],
            log_y=False,
        ),
        Series(
            "all of d + 1 truth values",
            "d",
            lambda: [(d, indicator(d + 1)) for d in range(4)],
            log_y=False,
        ),
    ],
)
def boolean_xor(at: TruthFunction, _book: Book) -> Measurement:
    """Count the units of the smallest network, which is evaluated at all inputs."""
    return _counted(at, at.least)
