"""Checks of the averages of few vectors and of few neurons, against the best of all choices."""

from __future__ import annotations

from dataclasses import replace

from flint import arb, fmpq

from deeptheory.checks.comparison import Measurement
from deeptheory.checks.instances.approximation_sums import (
    HARD_TANH,
    STEP,
    Averages,
    Neurons,
    averages,
    few_neurons,
    leaning,
    leaning_neurons,
    of_vectors,
)
from deeptheory.checks.instances.laws import FAIR, Law, coin, point_mass
from deeptheory.checks.mutants import (
    Mutant,
    drop_root,
    instead,
    replace_by_square,
    replace_part,
    scale,
    squared,
    times,
    without,
)
from deeptheory.checks.registry import Series, Sharp, check
from deeptheory.formulas import Book
from deeptheory.formulas.rigorous import Number
from deeptheory.formulas.syntax import Num, Op, Var

_ZERO, _HALF, _ONE = fmpq(0), fmpq(1, 2), fmpq(1)
_CAST_N = Op("cast", (Var("N", nat=True),))
_S_SQUARED = squared(Var("s"))


def _common_mutants() -> list[Mutant]:
    """Return false variants of the rate and of what is gained by the length of the target."""
    return [
        scale(fmpq(999, 1000), "it is attained for N = 1"),
        drop_root("distances below one are larger than their squares"),
        replace_part(_CAST_N, squared, "N -> N^2", "the rate is that of 1 / sqrt N"),
        replace_part(
            _CAST_N, lambda n: Op("add", (n, Num(1))), "N -> N + 1", "not for a single one"
        ),
        replace_part(
            _S_SQUARED, lambda s: times(fmpq(101, 100), s), "s^2 -> 1.01 s^2", "not for N = 1"
        ),
    ]


# Vectors


def _signs(count: int, law: Law = FAIR, size: fmpq = _ONE) -> Averages:
    """Return the averages of a number and its negative."""
    return of_vectors([(size,), (-size,)], law, size, count)


def _args(at: Averages) -> dict[str, object]:
    return {"B": at.bound, "s": at.length, "N": at.count}


def _worst(at: Averages, _book: Book) -> Measurement:
    """Claim it of every average."""
    return Measurement(at.worst, _args(at))


def _different(at: Averages, _book: Book) -> Measurement:
    """Claim it of averages of different vectors."""
    distance = at.without_repetition
    return Measurement(arb("inf") if distance is None else distance, _args(at))


@check(
    "Approximation.maurey",
    instances=averages,
    claim="attained for N = 1 by vectors of one length with equal inner products; for every N "
    "their distances come as close to it as one likes as their number grows",
    sharp=[
        *(Sharp(leaning(d, 1), _ONE) for d in (2, 3, 7)),
        Sharp(leaning(5, 1, fmpq(1, 3)), _ONE),
        Sharp(leaning(5, 4), _HALF),
        *(Sharp(leaning(d, 4)) for d in (4, 8, 10)),
        Sharp(leaning(40, 2)),
        Sharp(_signs(1), _ONE),
        Sharp(_signs(9), fmpq(1, 3)),
        Sharp(_signs(1, size=_HALF), _ONE),
        Sharp(_signs(4, coin(4, 1)), fmpq(1, 4)),
        Sharp(of_vectors([(3, 4), (0, 0)], point_mass(2, 0), fmpq(5), 3)),
        Sharp(of_vectors([(3, 4), (3, -4)], FAIR, fmpq(5), 1), _ONE),
    ],
    mutants=[
        *_common_mutants(),
        replace_by_square("B", "not for vectors shorter than one"),
        instead("every average", _worst, "the average of one vector with itself may be far off"),
        instead(
            "averages of different vectors", _different, "there may be too few different vectors"
        ),
        without(
            "the vectors have length at most B",
            [of_vectors([(2,), (-2,)], FAIR, _ONE, 1)],
            "vectors of length 2 that are claimed to have length 1",
        ),
        without(
            "the weights have sum one",
            [of_vectors([(1,)], point_mass(1, 0), _ONE, 4, _HALF)],
            "half a unit vector is far from all averages of that vector",
        ),
    ],
    series=[
        Series(
            "averages of N of a hundred vectors with equal inner products",
            "N",
            lambda: [(n, leaning(100, n)) for n in (1, 2, 3, 4, 6, 8, 12, 16, 20)],
            log_x=True,
        ),
        Series(
            "averages of two of d vectors with equal inner products",
            "d",
            lambda: [(d, leaning(d, 2)) for d in range(3, 40, 4)],
            log_y=False,
        ),
        Series(
            "averages of N numbers 1 and -1 against zero, N odd",
            "N",
            lambda: [(n, _signs(n)) for n in range(1, 40, 2)],
            log_x=True,
        ),
    ],
)
def maurey(at: Averages, _book: Book) -> Measurement:
    """Find the best average among all choices."""
    return Measurement(at.distance, _args(at))


# Neurons


def _single(*outputs: fmpq, total: fmpq = _ONE, height: fmpq = _ONE, count: int = 1) -> Neurons:
    """Return neurons that all have the value one at the only input."""
    units = tuple(((_ONE,), _ZERO, weight) for weight in outputs)
    return Neurons(point_mass(1, 0), ((_ONE,),), STEP, units, total, height, count)


def _opposite(count: int, factor: fmpq = _ONE) -> Neurons:
    """Return two neurons with opposite values, of which the network is the average, zero."""
    units = (((_ONE,), _ZERO, factor / 2), ((-_ONE,), _ZERO, factor / 2))
    return Neurons(FAIR, ((_ONE,), (-_ONE,)), HARD_TANH, units, factor, _ONE, count)


def _measured(at: Neurons, lhs: Number) -> Measurement:
    return Measurement(lhs, {"C": at.total, "M": at.height, "s": at.size, "N": at.count})


def _own_weights(at: Neurons, _book: Book) -> Measurement:
    """Claim it of the neurons with their own output weights, multiplied by K / N."""
    return _measured(at, at.distance(lambda k: at.output_weights[k] * len(at.units)))


def _positive_weights(at: Neurons, _book: Book) -> Measurement:
    """Claim it of output weights that are all positive."""
    return _measured(at, at.distance(lambda k: abs(at.equal_weight(k))))


def _uniformly(at: Neurons, _book: Book) -> Measurement:
    """Claim it of the error at the worst input."""
    return _measured(at, at.largest_error)


@check(
    "Approximation.barron",
    instances=few_neurons,
    claim="attained for N = 1 by neurons that read one of several signs each; for every N it is "
    "approached as their number grows",
    sharp=[
        *(Sharp(leaning_neurons(d, 1), _ONE) for d in (2, 3, 4)),
        Sharp(leaning_neurons(3, 1, fmpq(1, 7)), _ONE),
        Sharp(leaning_neurons(5, 4), _HALF),
        Sharp(leaning_neurons(6, 3)),
        Sharp(leaning_neurons(6, 2)),
        Sharp(_opposite(1), _ONE),
        Sharp(_opposite(1, _HALF), _ONE),
        Sharp(_opposite(3, fmpq(5, 2))),
        Sharp(_opposite(9), fmpq(1, 3)),
        Sharp(_single(_HALF, -_HALF), _ONE),
        Sharp(_single(-_HALF, fmpq(-1, 4))),
        Sharp(_single(fmpq(9, 10), fmpq(1, 10), total=fmpq(101, 100))),
        Sharp(replace(_opposite(1), activation=STEP)),
    ],
    mutants=[
        *_common_mutants(),
        replace_by_square("C", "not for a sum of output weights below one"),
        replace_part(
            Op("mul", (Var("C"), Var("M"))), lambda _: Var("M"), "without C", "not for C > 1"
        ),
        instead(
            "the neurons keep their output weights, up to the factor K / N",
            _own_weights,
            "neurons with little weight would count too much",
        ),
        instead("all output weights positive", _positive_weights, "the target may be negative"),
        instead(
            "the error at the worst input",
            _uniformly,
            "the mean square says nothing about rare inputs",
        ),
        without(
            "the activation is at most M",
            [replace(_opposite(1), height=_HALF)],
            "an activation that is 1 where 1/2 is claimed",
        ),
        without(
            "the absolute output weights have sum at most C",
            [replace(_opposite(1), total=_HALF)],
            "output weights of absolute sum 1 where 1/2 is claimed",
        ),
    ],
    series=[
        Series(
            "N of six neurons that read one sign each",
            "N",
            lambda: [(n, leaning_neurons(6, n)) for n in range(1, 5)],
        ),
        Series(
            "one or several copies of two opposite neurons, N odd",
            "N",
            lambda: [(n, _opposite(n)) for n in range(1, 30, 2)],
        ),
    ],
)
def barron(at: Neurons, _book: Book) -> Measurement:
    """Find the best choice of neurons among all."""
    return _measured(at, at.distance())
