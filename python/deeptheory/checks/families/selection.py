"""Checks of hypotheses chosen by their losses, in ``Generalization/FiniteClass.lean``."""

from __future__ import annotations

from flint import fmpq

from deeptheory.checks.comparison import Measurement
from deeptheory.checks.instances.laws import FAIR, Law, coin
from deeptheory.checks.instances.selection import (
    FewLosses,
    Opposites,
    Rivals,
    Selection,
    critical,
    selections,
)
from deeptheory.checks.mutants import (
    Mutant,
    drop_root,
    instead,
    replace_part,
    scale,
    times,
    without,
)
from deeptheory.checks.registry import Series, Sharp, check
from deeptheory.formulas import Book, Formula
from deeptheory.formulas.syntax import Node, Num, Op, Var

_ZERO, _HALF, _ONE = fmpq(0), fmpq(1, 2), fmpq(1)
_BITS = (_ZERO, _ONE)
_DELTA = Var("δ")
_CAST_N = Op("cast", (Var("n", nat=True),))
_LOG_SIZE = Op("log", (Op("cast", (Var("N", nat=True),)),))
_USUAL = fmpq(1, 20)


def _log_over_delta(numerator: int) -> Node:
    return Op("log", (Op("div", (Num(numerator), _DELTA)),))


def _cheaper(part: Node, factor: fmpq, name: str, why: str) -> Mutant:
    """Return a mutant with a smaller factor of a part of the bound."""
    return replace_part(part, lambda node: times(factor, node), name, why)


def _absent(part: Node, name: str, why: str) -> Mutant:
    return replace_part(part, lambda _: Num(0), name, why)


def _half(formula: Formula) -> Node:
    """Return the second factor of the bound, which is that of all deviations."""
    body = formula.body
    return body.args[1] if isinstance(body, Op) and body.op == "mul" else body


# Chosen classes


def _opposites(misses: int, heads: int, n: int) -> Opposites:
    """Return a coin's opposite losses, where delta is all but the chance to choose wrongly."""
    return critical(Opposites(coin(misses, heads), n, _HALF))


def _one_coin(misses: int, heads: int, n: int) -> Rivals:
    """Return one coin, where delta is all but the probability that it shows no heads."""
    return critical(Rivals(coin(misses, heads), 1, n, _HALF, sure=None))


def _perfect_and(law: Law, coins: int, n: int, delta: fmpq = _USUAL) -> Rivals:
    """Return a hypothesis without loss, and many coins."""
    return Rivals(law, coins, n, delta)


def _best_of(k: int) -> Rivals:
    """Return 10^k fair coins, thrown 100 times, and the least sure loss that one of them beats."""
    sures = (fmpq(percent, 100) for percent in range(50))
    many = (Rivals(FAIR, 10**k, 100, _USUAL, sure) for sure in sures)
    return next(at for at in many if at.excess > 0)


def _small(losses: tuple[tuple[fmpq, ...], ...], law: Law, n: int, delta: fmpq) -> FewLosses:
    return FewLosses(law, losses, n, delta)


def _two_losses(law: Law, n: int, delta: fmpq, largest: fmpq = _ONE) -> FewLosses:
    """Return two opposite losses of a coin, with values between 0 and some number."""
    return _small(((_ZERO, largest), (largest, _ZERO)), law, n, delta)


def _copies_of(law: Law, n: int, delta: fmpq) -> FewLosses:
    """Return two opposite losses of a coin that is thrown once and counted n times."""
    return FewLosses(law, (_BITS, _BITS[::-1]), n, delta, copies=True)


_INDEPENDENT = without(
    "the draws are independent",
    [_copies_of(coin(2, 1), 100, fmpq(3, 10))],
    "a hundred copies of one coin",
)


_THREE = (
    (_ZERO, _HALF, _ONE),
    (_HALF, _ZERO, _ONE),
    (_ONE, _HALF, _ZERO),
    (_ZERO, _ZERO, _ONE),
)


# Empirical risk minimisation


def _any(at: Selection, _book: Book) -> Measurement:
    """Claim the bound of every hypothesis."""
    return Measurement(at.spread, {"N": at.size, "n": at.n, "δ": at.delta})


@check(
    "Generalization.erm_excess_risk",
    instances=selections,
    claim="ratio 0.98 for the opposite losses of a coin, where delta is the small probability that "
    "many throws show the rare side at least as often: the 2 in front, the 2 before n and the "
    "factor of log(2 / delta) are the best; that of log N is at least 1/5",
    sharp=[
        *(Sharp(_opposites(m, h, 1)) for m, h in [(3, 1), (9, 1), (99, 1)]),
        Sharp(_small(((_HALF, _HALF),), FAIR, 3, _HALF)),
        Sharp(_small(_THREE, Law((3, 2, 1)), 4, _USUAL)),
        Sharp(Opposites(coin(3, 2), 2000, _USUAL)),
        *(Sharp(_opposites(3, 2, n)) for n in (100, 2000, 20000)),
        Sharp(Rivals(coin(9, 11), 10**37, 4000, _HALF, fmpq(9, 20))),
    ],
    mutants=[
        scale(fmpq(49, 50), "the opposite losses of a coin come closer in 20000 throws"),
        Mutant(
            "without the 2 in front",
            "the price of one deviation, where the best looks worse and another one better",
            _half,
        ),
        replace_part(
            Op("mul", (Num(2), _CAST_N)),
            lambda node: times(fmpq(21, 20), node),
            "2 n -> 2.1 n",
            "false for the opposite losses of a coin",
        ),
        drop_root("the rate 1 / n, without a perfect hypothesis"),
        replace_part(
            _log_over_delta(2),
            lambda _: Op("log", (Num(2),)),
            "without delta",
            "not for small delta",
        ),
        _cheaper(
            _log_over_delta(2),
            fmpq(19, 20),
            "log(2 / delta) -> 0.95 log(2 / delta)",
            "false for the opposite losses of a coin and a small delta",
        ),
        _absent(_LOG_SIZE, "without log N", "one of many coins looks best"),
        _cheaper(_LOG_SIZE, fmpq(1, 5), "log N -> log N / 5", "one of very many coins looks best"),
        instead("any hypothesis", _any, "one that does not fit the sample best may be worse"),
        _INDEPENDENT,
        without(
            "losses in [0, 1]",
            [_two_losses(coin(3, 1), 1, fmpq(1, 5), fmpq(10))],
            "losses that are 0 or 10",
        ),
    ],
    series=[
        Series(
            "two opposite losses of a coin with p = 2/5, n throws",
            "n",
            lambda: [(n, _opposites(3, 2, n)) for n in range(1, 202, 10)],
        ),
        Series(
            "10^k fair coins and the least sure loss that one beats, 100 throws, delta = 1/20",
            "k",
            lambda: [(k, _best_of(k)) for k in range(0, 19, 2)],
        ),
    ],
)
def erm_excess_risk(at: Selection, _book: Book) -> Measurement:
    """Find the least number that bounds the excess of all minimisers, with 1 - delta."""
    return Measurement(at.excess, {"N": at.size, "n": at.n, "δ": at.delta})


# Hypotheses without a loss


def _all(at: Selection, _book: Book) -> Measurement:
    """Claim the bound of all hypotheses, with or without a loss on the sample."""
    return Measurement(max(at.expectations), {"N": at.size, "n": at.n, "δ": at.delta})


def _minimisers(at: Selection, _book: Book) -> Measurement:
    """Claim the bound of the excess of a minimiser."""
    return Measurement(at.excess, {"N": at.size, "n": at.n, "δ": at.delta})


@check(
    "Generalization.realizable",
    instances=selections,
    claim="ratio 0.999 for one coin that seldom shows heads, where delta is the probability that "
    "it shows none, and 0.99 for a perfect hypothesis and very many such coins: no constant can "
    "be improved",
    sharp=[
        *(Sharp(_one_coin(m, 1, n)) for m, n in [(1, 1), (9, 1), (99, 1), (999, 1), (999, 1000)]),
        *(Sharp(critical(_perfect_and(coin(m, 1), 10**6, n))) for m, n in [(9, 50), (99, 1000)]),
        Sharp(_perfect_and(coin(199, 1), 10**60, 27500, _HALF)),
        Sharp(_small(_THREE, Law((5, 1, 1)), 5, _USUAL)),
        Sharp(_opposites(3, 2, 2000)),
        Sharp(_small(((_HALF, _HALF),), FAIR, 3, _HALF)),
    ],
    mutants=[
        scale(fmpq(99, 100), "one coin that seldom shows heads comes closer"),
        replace_part(
            _CAST_N,
            lambda n: Op("add", (n, Num(1))),
            "n -> n + 1",
            "one draw more than there are",
        ),
        replace_part(
            _CAST_N,
            lambda n: times(fmpq(101, 100), n),
            "n -> 1.01 n",
            "one coin that seldom shows heads comes closer",
        ),
        replace_part(
            _log_over_delta(1),
            lambda _: Num(0),
            "without delta",
            "a single coin may show no heads",
        ),
        _cheaper(
            _log_over_delta(1),
            fmpq(99, 100),
            "log(1 / delta) -> 0.99 log(1 / delta)",
            "one coin that seldom shows heads comes closer",
        ),
        _absent(_LOG_SIZE, "without log N", "some one of many coins shows no heads"),
        _cheaper(
            _LOG_SIZE,
            fmpq(19, 20),
            "log N -> 0.95 log N",
            "some one of very many coins shows no heads",
        ),
        instead("all hypotheses", _all, "one with a loss on the sample may have any expected loss"),
        instead(
            "the excess of a minimiser",
            _minimisers,
            "without a perfect hypothesis the rate is that of the square root",
        ),
        _INDEPENDENT,
        without(
            "losses in [0, 1]",
            [_two_losses(coin(9, 1), 1, fmpq(4, 5), fmpq(10))],
            "losses that are 0 or 10",
        ),
    ],
    series=[
        Series(
            "one coin with p = 1/n, delta all but the probability of no heads",
            "n",
            lambda: [(n, _one_coin(n - 1, 1, n)) for n in range(2, 101, 7)],
        ),
        Series(
            "a perfect hypothesis and 10^k coins with p = 1/20, 1000 throws, delta critical",
            "k",
            lambda: [
                (k, critical(_perfect_and(coin(19, 1), 10**k, 1000))) for k in range(0, 22, 3)
            ],
        ),
    ],
)
def realizable(at: Selection, _book: Book) -> Measurement:
    """Find the least number that bounds all expected losses without a loss, with 1 - delta."""
    return Measurement(at.unseen, {"N": at.size, "n": at.n, "δ": at.delta})
