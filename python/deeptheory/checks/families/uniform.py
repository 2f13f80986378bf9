"""Checks of the theorems of ``lean/DeepTheory/Generalization/FiniteClass.lean``."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import replace

from flint import fmpq
from hypothesis import strategies as st
from hypothesis.strategies import SearchStrategy

from deeptheory.checks.comparison import Measurement
from deeptheory.checks.instances.laws import FAIR, Law, coin, uniform
from deeptheory.checks.instances.uniform import (
    FairCoins,
    LossClass,
    Worst,
    coin_classes,
    loss_classes,
)
from deeptheory.checks.mutants import (
    Mutant,
    drop_root,
    instead,
    mutated,
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
_TWICE_N = Op("mul", (Num(2), _CAST_N))
_TWO_OVER_DELTA = Op("div", (Num(2), _DELTA))
_LIKELY, _USUAL = fmpq(999, 1000), fmpq(1, 20)
_RARE = fmpq(1, 10**60)


def _log(node: Node) -> Node:
    return Op("log", (node,))


def _classes(weighted: bool = False) -> Callable[[], SearchStrategy[Worst]]:
    return lambda: st.one_of(loss_classes(weighted), coin_classes(weighted))


def _price(factor: fmpq, name: str, why: str) -> Mutant:
    """Return a mutant with another factor in the place of the 2 before n."""
    return replace_part(_TWICE_N, lambda _: times(factor, _CAST_N), name, why)


def _common_mutants() -> Sequence[Mutant]:
    """Return the variants that are false of both bounds."""
    return [
        scale(fmpq(49, 50), "one coin in 4000 throws comes closer, for a small delta"),
        _price(fmpq(3), "2 n -> 3 n", "one throw of a fair coin deviates by 1/2"),
        _price(fmpq(21, 10), "2 n -> 2.1 n", "false for 4000 throws and a small delta"),
        replace_part(
            _TWO_OVER_DELTA,
            lambda _: Op("div", (Num(1), _DELTA)),
            "2 / delta -> 1 / delta",
            "the price of deviations to one side, and a coin deviates to both",
        ),
        replace_part(
            _log(_TWO_OVER_DELTA), lambda _: _log(Num(2)), "without delta", "not for small delta"
        ),
        replace_part(
            _CAST_N, lambda n: Op("add", (n, Num(1))), "n -> n + 1", "one draw more than there are"
        ),
        drop_root("not for many draws"),
    ]


# Chosen classes


def _one_throw(delta: fmpq) -> LossClass:
    """Return one fair coin, thrown once: it deviates by 1/2 for sure."""
    return LossClass(FAIR, (_BITS,), 1, delta)


def _opposite(n: int, weights: tuple[fmpq, ...] | None = None) -> LossClass:
    """Return two losses of a coin, one the opposite of the other."""
    return LossClass(coin(3, 1), (_BITS, _BITS[::-1]), n, fmpq(1, 10), weights)


def _one_coin(n: int, delta: fmpq) -> FairCoins:
    return FairCoins.equal(n, 1, delta)


def _all_labellings() -> LossClass:
    """Return all losses in {0, 1} on two points, and those that are 1/2 at one of them."""
    halves = ((_HALF, _ZERO), (_HALF, _ONE))
    return LossClass(FAIR, (_BITS, _BITS[::-1], (_ZERO, _ZERO), *halves), 6, fmpq(1, 10))


def _three_points() -> LossClass:
    losses = ((_ZERO, _HALF, _ONE), (_ONE, _HALF, _ZERO), (_HALF, _ONE, _HALF))
    return LossClass(Law((1, 2, 3)), losses, 5, _USUAL)


def _copied() -> LossClass:
    return LossClass(FAIR, (_BITS,), 12, _USUAL, copies=True)


def _out_of_range() -> LossClass:
    return LossClass(FAIR, ((_ZERO, fmpq(2)),), 1, fmpq(1, 2))


_KNOWN = (
    *(_one_throw(delta) for delta in (_LIKELY, fmpq(9, 10), fmpq(1, 1000))),
    _opposite(4),
    _all_labellings(),
    _three_points(),
    LossClass(uniform(4), ((_HALF,) * 4,), 3, _HALF),
    _one_coin(4000, _RARE),
    FairCoins.equal(4000, 10**60, _HALF),
    FairCoins.equal(100, 1000, _USUAL),
)


# Finite classes


def _never(at: Worst, _book: Book) -> Measurement:
    """Claim the bound of every sample."""
    return Measurement(at.largest, {"N": at.size, "n": at.n, "δ": at.delta})


@check(
    "Generalization.finite_class",
    instances=_classes(),
    claim="ratio 0.85 for one throw of a fair coin as delta tends to 1, and 0.98 for many throws "
    "of one coin with a small delta or of very many coins: the factors of log N and log(2 / delta) "
    "and the 2 before n are the best",
    sharp=[Sharp(at) for at in _KNOWN],
    mutants=[
        *_common_mutants(),
        replace_part(
            _log(Op("cast", (Var("N", nat=True),))),
            lambda _: Num(0),
            "without log N",
            "the price of one hypothesis, and the worst of many strays further",
        ),
        replace_part(
            _log(Op("cast", (Var("N", nat=True),))),
            lambda log: times(fmpq(19, 20), log),
            "log N -> 0.95 log N",
            "false for very many coins",
        ),
        instead("every sample", _never, "coins may show one side only"),
        without("the draws are independent", [_copied()], "twelve copies of one coin"),
        without("losses in [0, 1]", [_out_of_range()], "a loss that is 0 or 2"),
    ],
    series=[
        Series(
            "100 fair coins on n examples, delta = 1/20",
            "n",
            lambda: [(n, FairCoins.equal(n, 100, _USUAL)) for n in range(10, 401, 10)],
            rate=True,
        ),
        Series(
            "10^k fair coins on 400 examples, delta = 1/20",
            "k",
            lambda: [(k, FairCoins.equal(400, 10**k, _USUAL)) for k in range(31)],
        ),
        Series(
            "one fair coin on 400 examples, delta = 10^-k",
            "k",
            lambda: [(k, _one_coin(400, fmpq(1, 10**k))) for k in range(1, 31)],
        ),
    ],
)
def finite_class(at: Worst, _book: Book) -> Measurement:
    """Find the least number that bounds all deviations with probability 1 - delta."""
    deviation, _ = at.quantile()
    return Measurement(deviation, {"N": at.size, "n": at.n, "δ": at.delta})


# Occam's razor


def _by(formula: Formula, at: Worst) -> Measurement:
    """Measure the hypothesis whose deviation is the largest multiple of its bound.

    All hypotheses are within their bounds with probability 1 - delta exactly where the quantile
    of the largest multiple is at most 1, which is to say that this one is within its own.
    """
    deviation, weight = at.quantile(lambda w: formula.value({"w": w, "n": at.n, "δ": at.delta}))
    return Measurement(deviation, {"w": weight, "n": at.n, "δ": at.delta})


def _everywhere(mutant: Mutant) -> Mutant:
    """Let a variant of the bound also say which hypothesis is the worst."""

    def measure(at: Worst, book: Book) -> Measurement:
        formula = mutated(mutant, book.formula("Generalization.occamBound"))
        assert formula is not None
        return _by(formula, at)

    return replace(mutant, measure=measure)


def _two_groups(n: int, size: int) -> FairCoins:
    """Return one coin with half of the weight, and many that share the other half."""
    return FairCoins(n, ((1, _HALF), (size, fmpq(1, 2 * size))), _USUAL)


def _halving(n: int, groups: int, delta: fmpq) -> FairCoins:
    """Return groups of coins, ten times as many in each as in the last, of half its weight."""
    shares = [fmpq(1, 2**k) for k in range(1, groups)] + [fmpq(1, 2 ** (groups - 1))]
    return FairCoins(n, tuple((10**k, share / 10**k) for k, share in enumerate(shares)), delta)


def _sure_prior() -> LossClass:
    """Return two losses, of which the second one has no weight."""
    return LossClass(FAIR, (_BITS, (_HALF, _ZERO)), 1, _LIKELY, (_ONE, _ZERO))


_WEIGHTED = (
    _sure_prior(),
    _opposite(4, (fmpq(1, 3), fmpq(2, 3))),
    replace(_three_points(), weights=(fmpq(1, 10), fmpq(3, 5), fmpq(3, 10))),
    _two_groups(100, 1000),
    *(_halving(100, 6, delta) for delta in (_LIKELY, _USUAL, fmpq(1, 1000))),
)


_W = Var("w")
_PRICE = _log(Op("div", (Num(1), _W)))


@check(
    "Generalization.occam",
    instances=_classes(weighted=True),
    claim="ratio 0.85 for one throw of a fair coin with all weight as delta tends to 1, and 0.98 "
    "for many throws of very many coins with equal weights: the factor of log(1 / w) is the best",
    sharp=[*(Sharp(at) for at in _WEIGHTED), *(Sharp(at) for at in _KNOWN)],
    mutants=[
        *(_everywhere(mutant) for mutant in _common_mutants()),
        _everywhere(
            replace_part(
                _PRICE,
                lambda _: Num(0),
                "without the weight",
                "the price of a single hypothesis, as if the prior were chosen after the sample",
            )
        ),
        _everywhere(
            replace_part(
                _PRICE,
                lambda log: times(fmpq(19, 20), log),
                "log(1 / w) -> 0.95 log(1 / w)",
                "false for very many coins",
            )
        ),
        _everywhere(
            replace_part(
                Op("div", (Num(1), _W)),
                lambda _: Op("add", (Num(2), Op("neg", (_W,)))),
                "log(1 / w) -> log(2 - w)",
                "too little for small weights",
            )
        ),
        without(
            "the weights add up to one",
            [FairCoins(100, ((1000, _ONE),), _USUAL)],
            "a thousand coins with the weight 1 each",
        ),
        without("the draws are independent", [_copied()], "twelve copies of one coin"),
        without("losses in [0, 1]", [_out_of_range()], "a loss that is 0 or 2"),
    ],
    series=[
        Series(
            "a coin with half of the weight and 1000 that share the rest, delta = 1/20",
            "n",
            lambda: [(n, _two_groups(n, 1000)) for n in range(10, 201, 10)],
        ),
        Series(
            "a coin with half of the weight and 10^k that share the rest, 100 examples",
            "k",
            lambda: [(k, _two_groups(100, 10**k)) for k in range(21)],
        ),
        Series(
            "k groups of coins, each with half of the weight of the last, 100 examples",
            "k",
            lambda: [(k, _halving(100, k, _USUAL)) for k in range(1, 9)],
        ),
    ],
)
def occam(at: Worst, book: Book) -> Measurement:
    """Find the hypothesis that needs its bound the most, with probability 1 - delta."""
    return _by(book.formula("Generalization.occamBound"), at)
