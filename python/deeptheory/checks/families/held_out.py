"""Checks of the bounds by a test set: by the binomial law, and by the relative entropy."""

from __future__ import annotations

from flint import fmpq

from deeptheory.checks.comparison import Measurement
from deeptheory.checks.instances.held_out import HeldOut, error_counts, held_out, no_errors
from deeptheory.checks.instances.laws import FAIR, Law, coin, uniform
from deeptheory.checks.mutants import instead, replace_part, scale, times, without
from deeptheory.checks.randomised import log, over_delta, without_delta
from deeptheory.checks.registry import Series, Sharp, check
from deeptheory.formulas import Book
from deeptheory.formulas.rigorous import Number
from deeptheory.formulas.syntax import Num, Op, Var

_ZERO, _HALF, _ONE = fmpq(0), fmpq(1, 2), fmpq(1)
_BITS = (_ZERO, _ONE)
_USUAL = fmpq(1, 20)
_RARE = coin(19, 1)
_PART = fmpq(999, 1000)
_CAST_N = Op("cast", (Var("n", nat=True),))


def _errors(law: Law, n: int, delta: fmpq = _USUAL) -> HeldOut:
    return HeldOut(law, _BITS, n, delta)


_COPIED = HeldOut(FAIR, _BITS, 10, fmpq(1, 10), copies=True)
_OUTSIDE = HeldOut(FAIR, (_ZERO, fmpq(19, 10)), 1, fmpq(1, 4))
_SAMPLES = (
    *(no_errors(law, n, _PART) for law in (FAIR, _RARE, coin(1, 9)) for n in (1, 10)),
    no_errors(_RARE, 200, _PART),
    no_errors(FAIR, 1, fmpq(6, 5)),
    no_errors(FAIR, 10, fmpq(3, 2)),
    *(_errors(law, n) for law in (FAIR, _RARE) for n in (10, 100)),
    _errors(_RARE, 500, fmpq(1, 10**6)),
    _errors(coin(1, 0), 5),
    _errors(coin(0, 1), 5),
)


# The binomial law


def _probability(at: HeldOut, delta: fmpq | None = None, fewer: int = 0) -> Measurement:
    """Measure delta itself, where the bound is that of the sample at the quantile.

    The expectation is at most the inverse at k errors exactly where ``binomialCdf`` at k and the
    expectation is at least ``delta``; for a sum that is no whole number k is the next one.
    """
    k = max(0, int(at.least(delta).ceil()) - fewer)
    return Measurement(at.delta, {"n": at.n, "k": k, "p": min(at.p, _ONE)})


def _next_p(at: HeldOut, _book: Book) -> Measurement:
    """Claim it of a bound that is a thousandth below the inverse."""
    args = _probability(at).args
    return Measurement(at.delta, {**args, "p": min(args["p"] * fmpq(1001, 1000), _ONE)})


@check(
    "Generalization.binomial_test_set",
    instances=error_counts,
    claim="attained: delta can be as close as one likes to the probability of at most k errors, "
    "for every k below n, and then no smaller bound holds",
    sharp=[
        *(Sharp(no_errors(law, n, _PART), _PART) for law in (FAIR, _RARE) for n in (1, 10)),
        *(Sharp(at) for at in _SAMPLES),
        Sharp(HeldOut(Law((1, 2, 3)), (_ZERO, _ONE, _ONE), 6, _USUAL)),
    ],
    mutants=[
        scale(fmpq(998, 1000), "throws without a head attain it up to one thousandth"),
        replace_part(
            Op("add", (Var("k", nat=True), Num(1, nat=True)), nat=True),
            lambda _: Var("k", nat=True),
            "one term less",
            "the probability of less than k errors",
        ),
        replace_part(
            Var("n", nat=True),
            lambda n: Op("add", (n, Num(1, nat=True)), nat=True),
            "n -> n + 1",
            "one draw more than there are",
        ),
        replace_part(
            Op("sub", (Num(1), Var("p"))),
            lambda miss: times(_PART, miss),
            "1 - p -> 0.999 (1 - p)",
            "200 throws without a head",
        ),
        instead("a bound that is smaller by one thousandth", _next_p, "no head in 200 throws"),
        instead(
            "one error less than there are",
            lambda at, _book: _probability(at, fewer=1),
            "the bound for fewer errors is smaller",
        ),
        instead(
            "every sample",
            lambda at, _book: _probability(at, _ZERO),
            "a rare sample has no errors",
        ),
        instead(
            "half of the probability of a failure",
            lambda at, _book: _probability(at, at.delta / 2),
            "a sample without errors is as likely as delta",
        ),
        without("the draws are independent", [_COPIED], "ten copies of one coin"),
        without("values 0 and 1 only", [_OUTSIDE], "a quantity that is 0 or 19/10"),
    ],
    series=[
        Series(
            "a model that errs once in twenty times: delta = 1/20 and the chance of so few errors "
            "as at the quantile of n examples",
            "n",
            lambda: [(n, _errors(_RARE, n)) for n in range(60, 501, 20)],
            log_y=False,
        ),
        Series(
            "n throws of a fair coin, delta = 1/100",
            "n",
            lambda: [(n, _errors(FAIR, n, fmpq(1, 100))) for n in range(8, 101, 4)],
            log_y=False,
        ),
    ],
)
def binomial_test_set(at: HeldOut, _book: Book) -> Measurement:
    """Compare delta with the chance of so few errors as at the quantile."""
    return _probability(at)


# The relative entropy


def _entropy(at: HeldOut, delta: fmpq | None = None) -> Measurement:
    return _level(at, at.entropy(at.least(delta)))


def _level(at: HeldOut, entropy: Number) -> Measurement:
    return Measurement(entropy, {"n": at.n, "δ": at.delta})


@check(
    "Generalization.test_set",
    instances=held_out,
    claim="ratio above 0.999 for coins without a head, whose probability is just above delta, for "
    "every mean and every number of draws: the level cannot be smaller",
    sharp=[
        *(Sharp(at) for at in _SAMPLES),
        Sharp(no_errors(FAIR, 100, _PART)),
        Sharp(HeldOut(Law((1, 2, 3)), (_ZERO, _HALF, _ONE), 8, fmpq(1, 100))),
        Sharp(HeldOut(uniform(2), (_HALF, _HALF), 4, _HALF)),
        Sharp(_errors(FAIR, 4000, fmpq(1, 10**60))),
    ],
    mutants=[
        scale(_PART, "it is approached by coins without a head"),
        without_delta(Num(1)),
        replace_part(
            log(over_delta(Num(1))),
            lambda level: Op("sub", (level, times(fmpq(1, 500), Num(1)))),
            "log(1 / delta) -> log(1 / delta) - 1 / 500",
            "coins without a head",
        ),
        replace_part(
            _CAST_N, lambda n: Op("add", (n, Num(1))), "n -> n + 1", "one draw more than there are"
        ),
        replace_part(
            _CAST_N, lambda n: times(fmpq(1001, 1000), n), "n -> 1.001 n", "coins without a head"
        ),
        instead(
            "means on either side",
            lambda at, _book: _level(at, at.entropy_to_both_sides()),
            "one throw of a fair coin deviates to both sides",
        ),
        instead("every sample", lambda at, _book: _entropy(at, _ZERO), "a rare sample has no head"),
        instead(
            "half of the probability of a failure",
            lambda at, _book: _entropy(at, at.delta / 2),
            "no head is as likely as delta",
        ),
        without("the draws are independent", [_COPIED], "ten copies of one coin"),
        without("values in [0, 1]", [_OUTSIDE], "a quantity that is 0 or 19/10"),
    ],
    series=[
        Series(
            "a model that errs once in twenty times, on n examples, delta = 1/20",
            "n",
            lambda: [(n, _errors(_RARE, n)) for n in range(60, 1001, 40)],
            rate=True,
        ),
        Series(
            "n throws of a fair coin, delta = 1/20",
            "n",
            lambda: [(n, _errors(FAIR, n)) for n in range(5, 201, 5)],
            rate=True,
        ),
    ],
)
def fresh_sample(at: HeldOut, _book: Book) -> Measurement:
    """Measure the relative entropy of the mean at the quantile, where it is too small."""
    return _entropy(at)
