"""Checks of the bounds with a prior that is learnt on other data, and of risk certificates."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import replace

from flint import fmpq

from deeptheory.checks.comparison import Measurement, Relation
from deeptheory.checks.instances.laws import FAIR, Law, coin
from deeptheory.checks.instances.pac_bayes import Posterior
from deeptheory.checks.instances.split import Certificate, Split, certificates, memory, splits
from deeptheory.checks.instances.uniform import LossClass
from deeptheory.checks.mutants import Mutant, instead, replace_part, scale, squared, times, without
from deeptheory.checks.randomised import (
    by,
    claiming,
    dropped,
    every_sample,
    everywhere,
    log,
    over_delta,
    prices,
)
from deeptheory.checks.registry import Drawing, Series, Sharp, check
from deeptheory.formulas import Book
from deeptheory.formulas.rigorous import Number
from deeptheory.formulas.syntax import Num, Op, Var

_ZERO, _HALF, _ONE = fmpq(0), fmpq(1, 2), fmpq(1)
_BITS = (_ZERO, _ONE)
_OPPOSITE = (_BITS, _BITS[::-1])
_LIKELY, _USUAL, _TINY = fmpq(999, 1000), fmpq(1, 20), fmpq(1, 10**9)
_CAST_N = Op("cast", (Var("n", nat=True),))
_TWICE_ROOT = Op("mul", (Num(2), Op("sqrt", (_CAST_N,))))
_MAURER, _TEST_SET = "Generalization.maurerBound", "Generalization.testSetBound"


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
_BY_HEART = Split(memory(60, 1, fmpq(9, 10)), 0, "uniform")
_COPIED = Split(LossClass(FAIR, _OPPOSITE, 100, _USUAL, copies=True), 2, "gibbs")
_OUTSIDE = Split(LossClass(FAIR, ((_ZERO, fmpq(19, 10)),), 1, fmpq(1, 4)), 1, "best")


def _pooled(at: Split, book: Book) -> Measurement:
    """Claim it of the means on both samples, with all draws in the bound."""
    return by(book.formula(_MAURER), _binary, replace(at, pooled=True))


@check(
    "Generalization.data_dependent_prior",
    instances=splits,
    claim="ratio 0.9986 for one throw of a fair coin with delta = 999/1000, where it tends to 1 "
    "with delta, whatever was learnt before; K has no factor below 0.8",
    sharp=[
        *(Sharp(Split(_FAIR_DRAW, 2, how)) for how in ("best", "gibbs", "uniform")),
        *(Sharp(Split(_BIASED, 2, how)) for how in ("best", "gibbs", "uniform")),
        *(Sharp(Split(_THREE, 3, how)) for how in ("best", "gibbs")),
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
                *prices(fmpq(4, 5)),
                replace_part(
                    over_delta(_TWICE_ROOT),
                    lambda _: _TWICE_ROOT,
                    "without delta",
                    "not for small delta",
                ),
                replace_part(
                    log(over_delta(_TWICE_ROOT)),
                    lambda _: log(over_delta(Num(1))),
                    "log(1 / delta) alone",
                    "one throw of a fair coin, whose relative entropy is log 2 for sure",
                ),
                replace_part(
                    _CAST_N,
                    lambda n: Op("add", (n, Num(1))),
                    "n -> n + 1",
                    "one draw more than the second sample has",
                ),
                replace_part(_CAST_N, squared, "n -> n^2", "the rate of another power of n"),
            ],
        ),
        instead("both samples in the mean, and m + n for n", _pooled, "the first is known by heart"),
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


_FAILS = "the certificate fails with probability at most delta + delta'"
_POINT = Law((1,))


def _relation(
    at: Certificate,
    book: Book,
    *,
    part: fmpq = _ONE,
    allowed: Callable[[Certificate], fmpq] | None = None,
    sample: Mutant | None = None,
    draws: Mutant | None = None,
) -> list[Relation]:
    """Compare the probability of a failure with what is left, for variants of both levels."""
    levels = []
    for name, mutant in ((_MAURER, sample), (_TEST_SET, draws)):
        formula = book.formula(name)
        if mutant is not None and mutant.change is not None:
            formula = formula.with_body(mutant.change(formula))
        levels.append(formula.value)
    left = at.allowed if allowed is None else allowed(at)
    return [Relation(at.failure(*levels), "le", part * left, _FAILS)]


def _claim(name: str, why: str, **changes: object) -> Mutant:
    return instead(name, lambda at, book: _relation(at, book, **changes), why)  # type: ignore[arg-type]


def _first_step(k: int, delta: fmpq) -> Certificate:
    """Return two hypotheses that are always and never wrong, so that only the draws matter."""
    data = LossClass(_POINT, ((_ZERO,), (_ONE,)), 10**6, _TINY)
    return Certificate(Split(data, 0, "uniform"), "uniform", k, delta)


def _second_step(n: int, delta: fmpq) -> Certificate:
    """Return one hypothesis, so that only the sample matters."""
    data = LossClass(FAIR, (_BITS,), n, delta)
    return Certificate(Split(data, 0, "uniform"), "best", 10**6, _TINY)


def _by_heart(how: str, *, late: bool = False, foreign: bool = False) -> Certificate:
    """Return a posterior that knows the second sample by heart."""
    split = Split(memory(6, 2, fmpq(1, 3)), 2, how, late)  # type: ignore[arg-type]
    return Certificate(split, "best", 100, _TINY, foreign=foreign)


_ATTAINED = [_first_step(k, fmpq(51, 50) * fmpq(1, 2**k)) for k in (1, 3, 8)]
_ONE_ERROR = _second_step(10, fmpq(1, 100))


def _learnt() -> Mapping[str, Sequence[tuple[Number, Number]]]:
    """Return the losses that a certificate compares, on average over all samples."""
    curves: dict[str, list[tuple[Number, Number]]] = {"expected": [], "on the second sample": []}
    for n in range(1, 21):
        data = LossClass(coin(2, 1), _OPPOSITE, n, _USUAL)
        at = Certificate(Split(data, 0, "uniform"), "best", 1, _USUAL)
        expected, mean = at.averages()
        curves["expected"].append((n, expected))
        curves["on the second sample"].append((n, mean))
    curves["of the better hypothesis"] = [(1, fmpq(1, 3)), (20, fmpq(1, 3))]
    return curves


@check(
    "Generalization.risk_certificate",
    instances=certificates,
    uses=(_MAURER, _TEST_SET),
    claim="a failure has the probability 0.98 (delta + delta') where only the draws of hypotheses "
    "matter; where only the sample does it is rarer, as with Maurer's bound",
    sharp=[
        *(Sharp(at) for at in _ATTAINED),
        Sharp(_ONE_ERROR),
        Sharp(_by_heart("gibbs")),
        Sharp(_by_heart("uniform")),
        Sharp(Certificate(Split(_BIASED, 2, "gibbs"), "gibbs", 3, _USUAL)),
        Sharp(Certificate(Split(_THREE, 1, "gibbs"), "best", 2, _HALF)),
    ],
    mutants=[
        _claim("0.97 (delta + delta')", "one draw of two hypotheses", part=fmpq(97, 100)),
        _claim("delta alone", "the draws may mislead", allowed=lambda at: at.split.delta),
        _claim("delta' alone", "the sample may mislead", allowed=lambda at: at.delta),
        _claim(
            "the levels without delta'",
            "half of the draws of two hypotheses",
            draws=replace_part(over_delta(Num(1)), lambda _: Num(1), "", ""),
        ),
        _claim(
            "the first level times 0.95",
            "one draw of two hypotheses",
            draws=scale(fmpq(95, 100), ""),
        ),
        _claim(
            "k -> k + 1",
            "one draw more than there are",
            draws=replace_part(_CAST_N, lambda n: Op("add", (n, Num(1))), "", ""),
        ),
        _claim(
            "without the second step",
            "a posterior that knows the sample by heart",
            sample=scale(_ZERO, ""),
        ),
        _claim(
            "without K",
            "a posterior that knows the sample by heart",
            sample=replace_part(Var("K"), lambda _: Num(0), "", ""),
        ),
        _claim(
            "n -> 10 n",
            "a posterior that knows the sample by heart",
            sample=replace_part(_CAST_N, lambda n: times(fmpq(10), n), "", ""),
        ),
        without(
            "the prior is a function of the first sample",
            [_by_heart("best", late=True)],
            "a prior that knows the second sample by heart",
        ),
        without(
            "the posterior has no weight where the prior has none",
            [_by_heart("best", foreign=True)],
            "the relative entropy is then a number without meaning",
        ),
        without(
            "the draws of hypotheses are independent",
            [replace(_first_step(8, fmpq(1, 100)), copies=True)],
            "eight copies of one draw",
        ),
        without(
            "losses in [0, 1]",
            [Certificate(_OUTSIDE, "best", 10**6, _TINY)],
            "a loss that is 0 or 19/10",
        ),
    ],
    series=[
        Drawing(
            "the better of two opposite losses on n throws of a coin with p = 1/3: mean losses",
            "n",
            _learnt,
            ("of the better hypothesis",),
        )
    ],
)
def risk_certificate(at: Certificate, book: Book) -> Sequence[Relation]:
    """Add up the chances of samples and draws whose certificate is too small."""
    return _relation(at, book)
