"""Checks of the theorems of ``lean/DeepTheory/Probability/Concentration.lean``."""

from __future__ import annotations

from flint import fmpq

from deeptheory.checks.comparison import Measurement
from deeptheory.checks.instances.deviations import (
    Deviation,
    Heads,
    MeanDeviation,
    StatisticDeviation,
    Tilted,
    deviations,
    distinct,
    largest,
    mean_deviations,
    tilted,
    total,
)
from deeptheory.checks.instances.laws import FAIR, Copies, coin, iid, point_mass, uniform
from deeptheory.checks.mutants import instead, rational, replace_part, scale, squared, without
from deeptheory.checks.registry import Series, Sharp, check
from deeptheory.formulas import Book
from deeptheory.formulas.rigorous import square_root
from deeptheory.formulas.syntax import At, Num, Op, Var

_ZERO, _HALF, _ONE = fmpq(0), fmpq(1, 2), fmpq(1)
_BITS = (_ZERO, _ONE)
_LENGTH = Op("sub", (Var("b"), Var("a")))
_TWO = Num(2)


# The exponential moment


def _fair(s: fmpq) -> Tilted:
    """Return a fair coin with values 0 and 1."""
    return Tilted(FAIR, _BITS, s)


def _biased(s: fmpq) -> Tilted:
    return Tilted(coin(9, 1), _BITS, s)


def _constant(s: fmpq) -> Tilted:
    """Return a quantity with one value, in an interval without length."""
    return Tilted(uniform(2), (fmpq(3), fmpq(3)), s)


def _not_centred(at: Tilted, _book: Book) -> Measurement:
    low, high = at.ends
    return Measurement(at.moment(_ZERO), {"s": at.s, "a": low, "b": high})


def _about_the_middle(at: Tilted, _book: Book) -> Measurement:
    low, high = at.ends
    return Measurement(at.moment((low + high) / 2), {"s": at.s, "a": low, "b": high})


def _with_the_variance(at: Tilted, _book: Book) -> Measurement:
    """Claim the moment of a normal law with the quantity's own variance."""
    length = 2 * square_root(at.law.variance(at.values))
    return Measurement(at.moment(), {"s": at.s, "a": _ZERO, "b": length})


@check(
    "Probability.hoeffding_lemma",
    instances=tilted,
    claim="attained at s = 0 and by constants; 1/8 is the best constant, which a fair coin needs "
    "in full as s tends to 0",
    sharp=[
        Sharp(_fair(_ZERO), _ONE),
        Sharp(Tilted(coin(1, 3), (fmpq(-2), fmpq(5)), _ZERO), _ONE),
        Sharp(_constant(fmpq(7)), _ONE),
        Sharp(_fair(fmpq(1, 100))),
        Sharp(_fair(fmpq(-1, 2))),
        Sharp(_biased(fmpq(3))),
        Sharp(_biased(fmpq(-1))),
        Sharp(Tilted(FAIR, (_ZERO, fmpq(4)), _HALF)),
    ],
    mutants=[
        scale(fmpq(999, 1000), "it is attained at s = 0"),
        replace_part(Num(8), lambda _: Num(9), "1/8 -> 1/9", "a fair coin needs 1/8"),
        replace_part(
            Num(8),
            lambda _: rational(fmpq(8001, 1000)),
            "1/8 -> 1/8.001",
            "a fair coin needs 1/8 for small s",
        ),
        replace_part(
            squared(_LENGTH), lambda _: _LENGTH, "(b - a)^2 -> b - a", "not for long intervals"
        ),
        replace_part(
            squared(Var("s")), lambda _: Var("s"), "s^2 -> s", "not for small and for negative s"
        ),
        instead("not centred", _not_centred, "a quantity with positive expectation exceeds it"),
        instead(
            "centred at the middle of [a, b]", _about_the_middle, "the expectation is elsewhere"
        ),
        instead(
            "the variance in place of (b - a)^2 / 4",
            _with_the_variance,
            "a coin that seldom shows heads has a heavier upper tail",
        ),
        without(
            "values in [a, b]",
            [Tilted(FAIR, _BITS, fmpq(1, 10), slack=(_ZERO, fmpq(-1, 100)))],
            "a fair coin with the interval [0, 99/100]",
        ),
    ],
    series=[
        Series("a fair coin", "s", lambda: [(s, _fair(fmpq(s))) for s in range(21)]),
        Series(
            "a coin that shows heads once in ten times",
            "s",
            lambda: [(s, _biased(fmpq(s))) for s in range(21)],
        ),
        Series(
            "a uniform law on four points",
            "s",
            lambda: [
                (s, Tilted(uniform(4), tuple(fmpq(k, 3) for k in range(4)), fmpq(s)))
                for s in range(21)
            ],
        ),
    ],
)
def hoeffding_lemma(at: Tilted, _book: Book) -> Measurement:
    """Sum ``p exp(s (f - E f))`` over the points of the law."""
    low, high = at.ends
    return Measurement(at.moment(), {"s": at.s, "a": low, "b": high})


# Functions of several draws


def _all_heads(n: int) -> StatisticDeviation:
    """Return the number of heads of fair coins, at the deviation that only heads reach."""
    return StatisticDeviation(iid(FAIR, n), total(*[_BITS] * n), fmpq(n, 2))


def _no_deviation(n: int) -> StatisticDeviation:
    """Return a constant, of which only ``e = 0`` is asked."""
    return StatisticDeviation(iid(FAIR, n), total(*[(_ONE, _ONE)] * n), _ZERO, (_ONE,) * n)


def _one_coin_among(n: int) -> StatisticDeviation:
    """Return the value of one coin among constants, whose differences are zero."""
    values = [_BITS] + [(_ZERO, _ZERO)] * (n - 1)
    return StatisticDeviation(iid(FAIR, n), total(*values), _HALF)


def _same_coin(n: int) -> StatisticDeviation:
    """Return the number of heads of coins that all show the same side."""
    return StatisticDeviation(Copies(FAIR, n), total(*[_BITS] * n), fmpq(n, 2))


def _coupons(n: int) -> StatisticDeviation:
    """Return the number of different faces in throws of a die with four, when it is largest."""
    draws, faces = iid(uniform(4), n), fmpq(min(n, 4))
    return StatisticDeviation(draws, distinct(), faces - draws.expect(distinct().function))


def _only_the_largest(at: Deviation, _book: Book) -> Measurement:
    return Measurement(at.probability, {"e": at.e, "c": (max(at.differences),), "n": 1})


@check(
    "Probability.mcdiarmid",
    instances=deviations,
    claim="attained at e = 0; the constant 2 in the exponent is the best, which numbers of heads "
    "of many fair coins approach",
    sharp=[
        *(Sharp(_no_deviation(n), _ONE) for n in (1, 3)),
        *(Sharp(_all_heads(n)) for n in (1, 2, 5)),
        Sharp(_one_coin_among(3)),
        Sharp(StatisticDeviation(iid(FAIR, 1), total((_ZERO, fmpq(4))), fmpq(2))),
        Sharp(_coupons(3)),
        Sharp(Heads(100, 60)),
        Sharp(Heads(2000, 1300)),
        Sharp(StatisticDeviation(iid(uniform(3), 3), largest(), _ZERO)),
    ],
    mutants=[
        scale(fmpq(999, 1000), "it is attained at e = 0"),
        replace_part(
            _TWO,
            lambda _: rational(fmpq(53, 25)),
            "2 -> 2.12",
            "2000 fair coins show 1300 heads more often than that",
        ),
        replace_part(
            squared(Var("e")), lambda _: Var("e"), "e^2 -> e", "not for deviations below one"
        ),
        replace_part(
            squared(At(Var("c"), Var("i", nat=True))),
            lambda node: node.args[0] if isinstance(node, Op) else node,
            "c_i^2 -> c_i",
            "not for differences above one",
        ),
        instead(
            "the largest c_i^2 in place of the sum",
            _only_the_largest,
            "several coins deviate further than one",
        ),
        without(
            "the draws are independent",
            [_same_coin(2), _same_coin(4)],
            "four coins that show the same side have four heads half of the time",
        ),
        without(
            "the differences are at most c_i",
            [StatisticDeviation(iid(FAIR, 1), total(_BITS), _HALF, (fmpq(4, 5),))],
            "a coin that is claimed to change the function by 4/5 at most",
        ),
        without(
            "e is not negative",
            [StatisticDeviation(iid(FAIR, 2), total(_BITS, _BITS), fmpq(-1))],
            "the function is above its expectation minus one for sure",
        ),
    ],
    series=[
        Series(
            "100 fair coins: k heads more than the half",
            "k",
            lambda: [(k, Heads(100, 50 + k)) for k in range(51)],
        ),
        Series(
            "n fair coins show only heads",
            "n",
            lambda: [(n, Heads(n, n)) for n in range(1, 31)],
        ),
        Series(
            "a die with four faces: as many different ones as there can be in n throws",
            "n",
            lambda: [(n, _coupons(n)) for n in range(2, 6)],
        ),
    ],
)
def mcdiarmid(at: Deviation, _book: Book) -> Measurement:
    """Measure the probability that the function exceeds its expectation by the deviation."""
    c = at.differences
    return Measurement(at.probability, {"e": at.e, "c": c, "n": len(c)})


# Means


def _coins(n: int, heads: int) -> MeanDeviation:
    """Return the mean of fair coins, at a number of heads."""
    return MeanDeviation(FAIR, _BITS, n, fmpq(heads, n) - _HALF)


def _sure(n: int) -> MeanDeviation:
    """Return the mean of a quantity that has one value for sure."""
    return MeanDeviation(point_mass(3, 1), (_ZERO, fmpq(2), fmpq(5)), n, _ZERO)


def _variance_of_mean(at: MeanDeviation, _book: Book) -> Measurement:
    length = 2 * square_root(at.law.variance(at.values))
    return Measurement(at.probability, {"n": at.n, "e": at.e, "a": _ZERO, "b": length})


def _both_sides(at: MeanDeviation, _book: Book) -> Measurement:
    low, high = at.ends
    return Measurement(at.two_sided, {"n": at.n, "e": at.e, "a": low, "b": high})


_TEST_SET = coin(19, 1)  # an error once in twenty times


@check(
    "Probability.hoeffding",
    instances=mean_deviations,
    claim="attained at e = 0; the constant 2 in the exponent is the best, which means of many fair "
    "coins approach",
    sharp=[
        *(Sharp(_sure(n), _ONE) for n in (1, 2, 40)),
        *(Sharp(_coins(n, n)) for n in (1, 2, 5)),
        Sharp(_coins(200, 120)),
        Sharp(_coins(20000, 11500)),
        Sharp(MeanDeviation(FAIR, (_ZERO, fmpq(4)), 3, fmpq(2))),
        Sharp(MeanDeviation(coin(9, 1), _BITS, 1, fmpq(9, 10))),
    ],
    mutants=[
        scale(fmpq(999, 1000), "it is attained at e = 0"),
        replace_part(
            _TWO,
            lambda _: rational(fmpq(41, 20)),
            "2 -> 2.05",
            "20000 fair coins show 11500 heads more often than that",
        ),
        replace_part(
            Op("cast", (Var("n", nat=True),)),
            lambda n: Op("add", (n, Num(1))),
            "n -> n + 1",
            "one draw more than there are",
        ),
        replace_part(
            squared(Var("e")), lambda _: Var("e"), "e^2 -> e", "not for deviations below one"
        ),
        replace_part(
            squared(_LENGTH), lambda _: _LENGTH, "(b - a)^2 -> b - a", "not for long intervals"
        ),
        instead(
            "deviations to both sides",
            _both_sides,
            "a fair coin deviates by 1/2 for sure: two sides need a factor of two",
        ),
        instead(
            "the variance in place of (b - a)^2 / 4",
            _variance_of_mean,
            "a coin that seldom shows heads has a heavier upper tail",
        ),
        without(
            "the draws are independent",
            [MeanDeviation(FAIR, _BITS, 4, _HALF, copies=True)],
            "four copies of one coin",
        ),
        without(
            "values in [a, b]",
            [MeanDeviation(FAIR, _BITS, 1, _HALF, slack=(_ZERO, fmpq(-1, 5)))],
            "a fair coin with the interval [0, 4/5]",
        ),
        without(
            "e is not negative",
            [MeanDeviation(FAIR, _BITS, 2, -_HALF)],
            "the mean is at least 0 for sure",
        ),
    ],
    series=[
        Series(
            "100 fair coins: the mean exceeds 1/2 by k / 100",
            "k",
            lambda: [(k, _coins(100, 50 + k)) for k in range(51)],
        ),
        Series(
            "n fair coins: the mean is at least 3/5",
            "n",
            lambda: [(n, _coins(n, 3 * n // 5)) for n in range(10, 401, 10)],
        ),
        Series(
            "a model that errs once in twenty times: a tenth of a test set of n examples",
            "n",
            lambda: [
                (n, MeanDeviation(_TEST_SET, _BITS, n, fmpq(1, 20))) for n in range(10, 401, 10)
            ],
        ),
    ],
)
def hoeffding(at: MeanDeviation, _book: Book) -> Measurement:
    """Measure the probability that the mean exceeds its expectation by the deviation."""
    low, high = at.ends
    return Measurement(at.probability, {"n": at.n, "e": at.e, "a": low, "b": high})
