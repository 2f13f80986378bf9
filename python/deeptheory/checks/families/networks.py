"""Checks of the bounds on the Rademacher complexity of networks with bounded weights."""

from __future__ import annotations

from math import prod

from flint import fmpq

from deeptheory.checks.comparison import Measurement
from deeptheory.checks.instances.lipschitz import (
    RELU,
    Scalar,
    absolute,
    clip,
    halves,
    multiple,
    shifted,
)
from deeptheory.checks.instances.networks import (
    Network,
    deep_networks,
    over_function,
    two_layer_networks,
)
from deeptheory.checks.instances.rademacher import FiniteClass, with_zero
from deeptheory.checks.mutants import (
    drop,
    instead,
    replace_by_square,
    replace_exponent,
    replace_part,
    scale,
    without,
)
from deeptheory.checks.registry import Series, Sharp, check
from deeptheory.formulas import Book
from deeptheory.formulas.rigorous import Number, square_root
from deeptheory.formulas.syntax import Node, Num, Op, Var

_HALF, _ONE = fmpq(1, 2), fmpq(1)
_A = Var("A")
_2A = Op("mul", (Num(2), _A))
_POWER = Op("pow", (_2A, Var("d", nat=True)))


def _over_one(
    *functions: tuple[int, ...], weight: fmpq = _ONE, activation: Scalar = RELU
) -> Network:
    """Return the networks with one layer over a class without the zero function."""
    vectors = tuple(tuple(fmpq(value) for value in values) for values in functions)
    return Network(FiniteClass(vectors), activation, weight, (1,))


def _one_more(*, weight: fmpq = _ONE) -> Network:
    """Return networks over zero whose activation is one there."""
    return Network(with_zero((0, 0)), shifted(RELU, _ONE), weight, (1,))


def _steep(depth: int) -> Network:
    """Return networks whose activation has Lipschitz constant three."""
    return Network(with_zero((1, 1)), multiple(fmpq(3)), _ONE, (1,) * depth)


# Two layers


def _measured(at: Network, lhs: Number) -> Measurement:
    return Measurement(lhs, {"A": at.weight, "r": at.base.complexity})


def _euclidean_weights(at: Network, _book: Book) -> Measurement:
    """Measure output weights of Euclidean norm at most A: all units may be the best one."""
    return _measured(at, at.complexity * square_root(fmpq(at.widths[0])))


def _each_weight(at: Network, _book: Book) -> Measurement:
    """Measure output weights of which each is at most A."""
    return _measured(at, at.complexity * at.widths[0])


@check(
    "Generalization.two_layer",
    instances=two_layer_networks,
    claim="attained with its factor two by the positive part and the hidden functions zero and f, "
    "for every f that is not negative, every A and every positive width",
    sharp=[
        *(Sharp(over_function((1,) * n, _ONE, (1,)), _ONE) for n in range(1, 9)),
        Sharp(over_function((1, 2, 0, 5), fmpq(7, 2), (3,)), _ONE),
        Sharp(over_function((1, 4, 9), fmpq(1, 3), (4,)), _ONE),
        Sharp(over_function((1, -2, 3), _ONE, (1,), multiple(_ONE)), _ONE),
        Sharp(over_function((1, 2), _ONE, (0,)), fmpq(0)),
        Sharp(Network(with_zero((1, 1), (-1, -1)), RELU, _ONE, (2,)), _HALF),
        Sharp(over_function((5, 5), _ONE, (1,), clip(fmpq(0), _ONE)), fmpq(1, 5)),
        Sharp(over_function((-3, 1), fmpq(2), (1,), absolute()), _ONE),
    ],
    mutants=[
        scale(fmpq(999, 1000), "it is attained"),
        replace_part(Num(2), lambda _: Num(1), "2 A r -> A r", "the factor two is attained"),
        drop("A", "larger weights have a larger complexity"),
        drop("r", "the hidden functions may have any complexity"),
        replace_by_square("A", "not for weights below one"),
        replace_by_square("r", "not for complexities below one"),
        replace_part(
            _2A, lambda _: Op("add", (Num(2), _A)), "2 A -> 2 + A", "not for large weights"
        ),
        instead(
            "output weights of Euclidean norm at most A",
            _euclidean_weights,
            "the complexity grows with the root of the width",
        ),
        instead(
            "each output weight at most A",
            _each_weight,
            "the complexity grows with the width",
        ),
        without(
            "some hidden function is zero",
            [_over_one((1, 1)), _over_one((1, 1), (2, 1))],
            "a single function has complexity zero, and its multiples have not",
        ),
        without(
            "the activation is zero at zero",
            [_one_more()],
            "over the function zero there are then all constants",
        ),
        without(
            "the activation is 1-Lipschitz",
            [_steep(1), over_function((1, 1), _ONE, (1,), halves(fmpq(11, 10), fmpq(0)))],
            "slopes 3 and 11/10",
        ),
    ],
    series=[
        Series(
            "zero and one on n points (attained)",
            "n",
            lambda: [(n, over_function((1,) * n, _ONE, (1,))) for n in range(1, 11)],
        ),
        Series(
            "zero, f and -f on n points",
            "n",
            lambda: [
                (n, Network(with_zero((1,) * n, (-1,) * n), RELU, _ONE, (2,))) for n in range(1, 11)
            ],
        ),
    ],
)
def two_layer(at: Network, _book: Book) -> Measurement:
    """Average, over the signs, the signed sum of the best network."""
    return _measured(at, at.complexity)


# Several layers


def _deep(depth: int, weight: fmpq = _ONE, activation: Scalar = RELU) -> Network:
    """Return the networks of width one over zero and a function that is not negative."""
    return over_function((1, 2, 0, 5), weight, (1,) * depth, activation)


def _two_functions(depth: int, activation: Scalar = RELU) -> Network:
    """Return networks that combine two overlapping functions."""
    base = with_zero((1, 1, 0), (0, 1, 1))
    return Network(base, activation, _ONE, ((2,) + (1,) * depth)[:depth])


def _args(at: Network) -> dict[str, object]:
    return {"A": at.weight, "r": at.base.complexity, "d": at.depth}


def _weights_of_each(at: Network, _book: Book) -> Measurement:
    """Measure networks in which each weight is at most A and all units of a layer are equal."""
    narrow = Network(at.base, at.activation, at.weight, (1,) * at.depth)
    return Measurement(narrow.complexity * prod(at.widths), _args(at))


def _twice_in_all(node: Node) -> Node:
    return Op("mul", (Num(2), Op("pow", (_A, Var("d", nat=True)))))


@check(
    "Generalization.deep_network",
    instances=deep_networks,
    claim="attained without layers and by one layer over zero and f, for every f that is not "
    "negative; there up to the factor 1 / 2 for each further layer",
    sharp=[
        *(Sharp(_deep(d, fmpq(7, 2)), _ONE) for d in (0, 1)),
        *(Sharp(_deep(d, a), _HALF ** (d - 1)) for d in range(1, 7) for a in (_HALF, fmpq(3))),
        Sharp(over_function((1, 2, 3), fmpq(4, 3), (5, 7, 3), multiple(_ONE)), fmpq(1, 4)),
        Sharp(over_function((8, 8), _HALF, (1,)), _ONE),
        Sharp(_two_functions(2), fmpq(13, 24)),
        Sharp(_two_functions(2, absolute()), fmpq(7, 12)),
        Sharp(_two_functions(3)),
        Sharp(over_function((1, 2), _ONE, (1, 0, 1)), fmpq(0)),
        Sharp(over_function((1, 1), _ONE, (2, 2, 2), multiple(_ONE)), fmpq(1, 4)),
    ],
    mutants=[
        scale(fmpq(999, 1000), "it is attained by one layer"),
        replace_part(_2A, lambda _: _A, "(2 A)^d -> A^d", "one layer needs the factor two"),
        replace_part(
            _POWER,
            _twice_in_all,
            "(2 A)^d -> 2 A^d",
            "two layers that combine overlapping functions need more than one factor of two",
        ),
        replace_part(
            _POWER,
            lambda _: Op("add", (Num(1), Op("mul", (_2A, Op("cast", (Var("d", nat=True),)))))),
            "(2 A)^d -> 1 + 2 A d",
            "depth enters as a power",
        ),
        replace_exponent(
            "d",
            lambda d: Op("sub", (d, Num(1, nat=True)), nat=True),
            "d -> d - 1",
            "every layer counts",
        ),
        drop("A", "larger weights have a larger complexity"),
        drop("r", "the first functions may have any complexity"),
        replace_by_square("A", "not for weights below one"),
        replace_by_square("r", "not for complexities below one"),
        instead(
            "each weight at most A",
            _weights_of_each,
            "the complexity grows with the widths",
        ),
        without(
            "some first function is zero",
            [_over_one((1, 1))],
            "a single function has complexity zero, and its multiples have not",
        ),
        without(
            "the activation is zero at zero",
            [_one_more()],
            "over the function zero there are then all constants",
        ),
        without(
            "the activation is 1-Lipschitz",
            [_steep(2), _steep(5)],
            "with slope 3 each further layer multiplies by more than two",
        ),
    ],
    series=[
        Series("d layers over zero and f, A = 1", "d", lambda: [(d, _deep(d)) for d in range(13)]),
        Series(
            "d layers over zero and f, A = 1/2",
            "d",
            lambda: [(d, _deep(d, _HALF)) for d in range(13)],
        ),
        Series(
            "d layers, the first one of width two, over zero and two functions, A = 1",
            "d",
            lambda: [(d, _two_functions(d)) for d in range(13)],
        ),
    ],
)
def deep_network(at: Network, _book: Book) -> Measurement:
    """Average, over the signs, the signed sum of the best network."""
    return Measurement(at.complexity, _args(at))
