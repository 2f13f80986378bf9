"""Checks of what polynomial networks miss, of fits of any labels, and of truth functions."""

from __future__ import annotations

from flint import fmpq

from deeptheory.checks.comparison import Measurement
from deeptheory.checks.instances.approximation_zigzag import (
    Followed,
    Missed,
    Rectified,
    missed,
    polynomial,
    zero_network,
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


def _zero(slope: fmpq, degree: int, layers: int) -> Followed:
    return Followed(slope, degree, layers, zero_network())


@check(
    "Approximation.uat_converse",
    instances=missed,
    claim="attained by the network that is zero, for every L, r and D",
    sharp=[
        *(Sharp(_zero(fmpq(3, 2), r, d), _ONE) for r in (1, 2, 3) for d in (0, 1, 2, 3)),
        Sharp(_zero(_HALF, 2, 4), _ONE),
        Sharp(Followed(_ONE, 2, 2, zero_network(fmpq(1, 10))), fmpq(1, 2)),
        Sharp(Followed(_ONE, 2, 0, zero_network(fmpq(1, 4), -_ONE))),
        Sharp(Followed(_ONE, 2, 1, polynomial((0, 0, fmpq(1, 100))))),
        Sharp(Followed(_ONE, 3, 1, polynomial((0, fmpq(1, 50), 0, fmpq(-1, 100))))),
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
            [Followed(fmpq(4), 1, 1, polynomial((_HALF, -4, 4)))],
            "a parabola follows two pieces better",
        ),
        without(
            "the depth is at most D",
            [Followed(fmpq(4), 2, 0, polynomial((_HALF, -4, 4)))],
            "a parabola follows two pieces better, and needs a hidden layer",
        ),
        without(
            "r is at least one",
            [Followed(_ONE, 0, 1, zero_network(_HALF, -_ONE))],
            "a network without hidden layers is affine whatever the activation",
        ),
    ],
    series=[
        Series(
            "the zero network, L = 1, squares in D hidden layers",
            "D",
            lambda: [(d, _zero(_ONE, 2, d)) for d in range(7)],
        ),
        Series(
            "the zero network, L = 1, one hidden layer of degree r",
            "r",
            lambda: [(r, _zero(_ONE, r, 1)) for r in range(1, 21)],
        ),
        Series(
            "constant networks k / 100, L = 1, r = D = 2",
            "k",
            lambda: [
                (k, Followed(_ONE, 2, 2, zero_network(fmpq(k, 100)))) for k in range(-20, 21, 2)
            ],
            log_y=False,
        ),
    ],
)
def uat_converse(at: Missed, _book: Book) -> Measurement:
    """Find the largest distance of the network to the zigzag function."""
    return _missed(at)
