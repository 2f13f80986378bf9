"""Checks of the bounds with a prior that is learnt on other data, and of risk certificates."""

from __future__ import annotations

from dataclasses import replace

from flint import fmpq

from deeptheory.checks.comparison import Measurement
from deeptheory.checks.instances.laws import FAIR, Law, coin
from deeptheory.checks.instances.pac_bayes import Posterior
from deeptheory.checks.instances.split import (
    Certificate,
    Learner,
    Split,
    certificates,
    memory,
    splits,
)
from deeptheory.checks.instances.uniform import LossClass
from deeptheory.checks.mutants import instead, replace_part, scale, times, without
from deeptheory.checks.randomised import (
    N_DRAWS,
    SQUARED_DRAWS,
    TWICE_ROOT,
    by,
    claiming,
    dropped,
    every_sample,
    everywhere,
    log,
    over_delta,
    prices,
    without_delta,
    without_moment,
)
from deeptheory.checks.registry import Series, Sharp, check
from deeptheory.formulas import Book
from deeptheory.formulas.rigorous import Number
from deeptheory.formulas.syntax import Num, Op, Var

_ZERO, _HALF, _ONE = fmpq(0), fmpq(1, 2), fmpq(1)
_BITS = (_ZERO, _ONE)
_OPPOSITE = (_BITS, _BITS[::-1])
_LIKELY, _USUAL, _TINY = fmpq(999, 1000), fmpq(1, 20), fmpq(1, 10**9)
_MAURER = "Generalization.maurerBound"


# A learnt prior


def _binary(chosen: Posterior) -> Number:
    return chosen.binary


def _reversed(chosen: Posterior) -> Number:
    return chosen.reversed


_FAIR_DRAW = LossClass(FAIR, _OPPOSITE, 1, _LIKELY)
_BIASED = LossClass(coin(3, 1), _OPPOSITE, 12, _USUAL)
_THREE = LossClass(
    Law((1, 2, 3)), ((_ZERO, _HALF, _ONE), (_ONE, _HALF, _ZERO), (_HALF, _ONE, _HALF)), 4, _USUAL
)
_BY_HEART = Split(memory(30, 1, fmpq(9, 10)), 0, "uniform")
_COPIED = Split(LossClass(FAIR, _OPPOSITE, 100, _USUAL, copies=True), 2, "gibbs")
_OUTSIDE = Split(LossClass(FAIR, ((_ZERO, fmpq(19, 10)),), 1, fmpq(1, 4)), 1, "best")


def _pooled(at: Split, book: Book) -> Measurement:
    """Claim it of the means on both samples, with all draws in the bound."""
    return by(book.formula(_MAURER), _binary, replace(at, pooled=True))


@check(
    "Generalization.data_dependent_prior",
    instances=splits,
    claim="ratio 0.9986 for one throw of a fair coin with delta = 999/1000, where it tends to 1 "
    "with delta, whatever was learnt before; K has no factor below 3/4",
    sharp=[
        *(Sharp(Split(_FAIR_DRAW, 2, how)) for how in ("best", "gibbs", "uniform")),
        *(Sharp(Split(_BIASED, 2, how)) for how in ("best", "gibbs", "uniform")),
        *(Sharp(Split(_THREE, 3, how)) for how in ("best", "gibbs")),
        Sharp(Split(LossClass(FAIR, ((fmpq(1, 1000), _ONE),), 1, fmpq(2, 5)), 1, "best")),
        Sharp(_BY_HEART),
        Sharp(Split(memory(20, 1, fmpq(9, 10)), 1, "best")),
        Sharp(Split(memory(6, 2, _HALF), 2, "gibbs")),
    ],
    mutants=[
        *everywhere(
            _MAURER,
            _binary,
            [
                scale(fmpq(998, 1000), "one throw of a fair coin comes closer"),
                *prices(fmpq(3, 4)),
                without_delta(TWICE_ROOT),
                without_moment(
                    TWICE_ROOT,
                    "one throw of a fair coin, whose relative entropy is log 2 for sure",
                ),
                replace_part(
                    N_DRAWS,
                    lambda n: Op("add", (n, Num(1))),
                    "n -> n + 1",
                    "one draw more than the second sample has",
                ),
                SQUARED_DRAWS,
            ],
        ),
        instead(
            "both samples in the mean, and m + n for n", _pooled, "the first is known by heart"
        ),
        claiming(
            _MAURER,
            "kl(expected, mean) in place of kl(mean, expected)",
            _reversed,
            "not for a mean close to 0",
        ),
        every_sample(_MAURER, _binary),
        without(
            "the prior is a function of the first sample",
            [Split(memory(10, 2, _HALF), 1, "best", late=True)],
            "a prior that knows the second sample by heart",
        ),
        *dropped(Split(memory(10, 1, _HALF), 0, "best", late=True), _COPIED, _OUTSIDE)[1:],
    ],
    series=[
        Series(
            "opposite losses of a coin with p = 1/4, the prior learnt on 3 throws, n more",
            "n",
            lambda: [
                (n, Split(LossClass(coin(3, 1), _OPPOSITE, n, _USUAL), 3, "gibbs"))
                for n in range(1, 42, 4)
            ],
        ),
        Series(
            "m of 20 throws of a coin with p = 1/4 teach which side is the more likely one",
            "m",
            lambda: [
                (m, Split(LossClass(coin(3, 1), _OPPOSITE, 20 - m, _USUAL), m, "best"))
                for m in range(0, 19, 2)
            ],
        ),
    ],
)
def data_dependent_prior(at: Split, book: Book) -> Measurement:
    """Find the law whose relative entropy of two coins exceeds its bound the most."""
    return by(book.formula(_MAURER), _binary, at)


# Risk certificates


_CERTIFICATE = "Generalization.certificateBound"
_CAST_K = Op("cast", (Var("k", nat=True),))
_OVER_DELTA = Op("div", (Num(1), Var("δ'")))


def _expected(chosen: Posterior) -> Number:
    return chosen.expected


def _first_step(k: int, draws: fmpq) -> Certificate:
    """Return two hypotheses that are always and never wrong, so that only the draws matter."""
    data = LossClass(Law((1,)), ((_ZERO,), (_ONE,)), 10**6, _TINY)
    return Certificate(Split(data, 0, "uniform"), "uniform", k, draws)


def _second_step(n: int, delta: fmpq, p: fmpq = _HALF) -> Certificate:
    """Return one hypothesis, so that only the sample matters."""
    data = LossClass(coin(int(p.q - p.p), int(p.p)), (_BITS,), n, delta)
    return Certificate(Split(data, 0, "uniform"), "best", 10**9, _TINY)


def _knowing(how: Learner, *, late: bool = False, foreign: bool = False) -> Certificate:
    """Return a posterior that knows the second sample by heart."""
    split = Split(memory(6, 2, fmpq(1, 3)), 2, how, late)
    return Certificate(split, "best", 10**9, _TINY, foreign=foreign)


@check(
    "Generalization.risk_certificate",
    instances=certificates,
    claim="attained by losses that are 1 for sure; ratio 0.99 for one draw of two hypotheses, "
    "always and never wrong, with delta' just below 1/2, so that the level of the draws cannot be "
    "smaller; that of the sample is Maurer's",
    sharp=[
        *(Sharp(_first_step(k, fmpq(99, 100) * fmpq(1, 2**k))) for k in (1, 3, 8)),
        Sharp(_first_step(1, _HALF)),
        Sharp(_second_step(1, _LIKELY)),
        Sharp(_second_step(10, fmpq(1, 100))),
        Sharp(_second_step(10, fmpq(1, 1100))),
        Sharp(_knowing("gibbs")),
        Sharp(_knowing("uniform")),
        Sharp(Certificate(Split(replace(_BIASED, n=5), 1, "gibbs"), "gibbs", 2, _USUAL)),
        Sharp(Certificate(Split(replace(_THREE, n=2), 1, "gibbs"), "best", 2, _HALF)),
    ],
    mutants=[
        *everywhere(
            _CERTIFICATE,
            _expected,
            [
                scale(fmpq(98, 100), "two hypotheses, of which the draws show the better one"),
                replace_part(
                    _OVER_DELTA,
                    lambda _: Num(1),
                    "without delta'",
                    "two hypotheses, of which the draws show the better one",
                ),
                replace_part(
                    log(_OVER_DELTA),
                    lambda level: times(fmpq(19, 20), level),
                    "log(1 / delta') -> 0.95 log(1 / delta')",
                    "two hypotheses, of which the draws show the better one",
                ),
                replace_part(
                    _CAST_K,
                    lambda k: Op("add", (k, Num(1))),
                    "k -> k + 1",
                    "one draw of a hypothesis more than there are",
                ),
                replace_part(
                    Op("add", (Var("K"), log(over_delta(TWICE_ROOT)))),
                    lambda _: Num(0),
                    "without the second step",
                    "a posterior that knows the second sample by heart",
                ),
                replace_part(
                    Var("K"),
                    lambda _: Num(0),
                    "without K",
                    "a posterior that knows the second sample by heart",
                ),
                replace_part(
                    over_delta(TWICE_ROOT),
                    lambda _: Num(2),
                    "log 2 in place of log(2 sqrt n / delta)",
                    "ten throws of a coin without a head",
                ),
                SQUARED_DRAWS,
            ],
        ),
        claiming(
            _CERTIFICATE, "every sample and all draws", _expected, "rare draws mislead", _ZERO
        ),
        without(
            "the prior is a function of the first sample",
            [_knowing("best", late=True)],
            "a prior that knows the second sample by heart",
        ),
        without(
            "the posterior has no weight where the prior has none",
            [_knowing("best", foreign=True)],
            "the relative entropy is then a number without meaning",
        ),
        without(
            "the draws of hypotheses are independent",
            [replace(_first_step(8, fmpq(1, 100)), copies=True)],
            "eight copies of one draw",
        ),
        without(
            "losses in [0, 1]",
            [Certificate(_OUTSIDE, "best", 10**9, _TINY)],
            "a loss that is 0 or 19/10",
        ),
    ],
    series=[
        Series(
            "two hypotheses, always and never wrong, of which k are drawn, delta' = 1/20",
            "k",
            lambda: [(k, _first_step(k, _USUAL)) for k in range(1, 41, 3)],
            log_y=False,
        ),
        Series(
            "one hypothesis that errs once in five times, on n examples, delta = 1/20",
            "n",
            lambda: [(n, _second_step(n, _USUAL, fmpq(1, 5))) for n in range(10, 201, 10)],
            log_y=False,
        ),
    ],
)
def risk_certificate(at: Certificate, book: Book) -> Measurement:
    """Find the expected loss that exceeds its certificate the most."""
    return by(book.formula(_CERTIFICATE), _expected, at)
