"""Checks of the theorems of ``lean/DeepTheory/Generalization/PacBayes``.

Each says of all laws ``rho`` on a class, with probability at least ``1 - delta`` over the sample,
that something is at most a bound with the relative entropy of ``rho``.  What is compared are both
sides for the worst law of the sample at the quantile; the module of the instances says which laws
are looked at, and where they are enough to decide the statement.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import replace
from typing import Any

from flint import fmpq

from deeptheory.checks.comparison import Measurement
from deeptheory.checks.instances.laws import FAIR, Law, coin
from deeptheory.checks.instances.pac_bayes import (
    Coins,
    Exponentials,
    Posterior,
    Sampled,
    SmallClass,
    best_lam,
    exponentials,
    linear_samples,
    samples,
    spread,
)
from deeptheory.checks.mutants import (
    Mutant,
    drop_root,
    instead,
    mutated,
    replace_part,
    scale,
    squared,
    times,
    without,
)
from deeptheory.checks.registry import Series, Sharp, check
from deeptheory.formulas import Book, Formula
from deeptheory.formulas.rigorous import Number
from deeptheory.formulas.syntax import Node, Num, Op, Var

_ZERO, _HALF, _ONE = fmpq(0), fmpq(1, 2), fmpq(1)
_BITS = (_ZERO, _ONE)
_LIKELY, _USUAL, _RARE = fmpq(999, 1000), fmpq(1, 20), fmpq(1, 10**60)
_K, _DELTA = Var("K"), Var("δ")
_CAST_N = Op("cast", (Var("n", nat=True),))
_ROOT_N = Op("sqrt", (_CAST_N,))

_Size = Callable[[Any], Number]


def _log(node: Node) -> Node:
    return Op("log", (node,))


def _over_delta(node: Node) -> Node:
    return Op("div", (node, _DELTA))


# What is measured, by any variant of a bound


def _arguments(at: Any) -> dict[str, Any]:
    """Return the arguments of a bound other than the relative entropy."""
    if isinstance(at, Exponentials):
        return {"M": at.moment, "δ": at.delta}
    lam = {} if at.lam is None else {"lam": at.lam}
    return {"n": at.n, "δ": at.delta, **lam}


def _by(formula: Formula, size: _Size, at: Any, delta: fmpq | None = None) -> Measurement:
    """Measure the worst law of the sample at the quantile, as a formula of the bound has it."""
    args = _arguments(at)
    worst = at.worst(size, lambda k: formula.value({"K": k, **args}), delta)
    return Measurement(size(worst), {"K": worst.kl, **args})


def _everywhere(bound: str, size: _Size, mutants: Sequence[Mutant]) -> list[Mutant]:
    """Let each variant of a bound also say which law and which sample is the worst."""

    def own(mutant: Mutant) -> Mutant:
        def measure(at: Any, book: Book) -> Measurement:
            formula = mutated(mutant, book.formula(bound))
            assert formula is not None
            return _by(formula, size, at)

        return replace(mutant, measure=measure)

    return [own(mutant) for mutant in mutants]


def _instead(bound: str, name: str, size: _Size, why: str, delta: fmpq | None = None) -> Mutant:
    """Claim another quantity of the same laws, or with another probability."""
    return instead(name, lambda at, book: _by(book.formula(bound), size, at, delta), why)


def _every_sample(bound: str, size: _Size) -> Mutant:
    return _instead(bound, "every sample", size, "coins may show one side only", _ZERO)


def _prices(factor: fmpq) -> list[Mutant]:
    """Return variants with less than the relative entropy, or without it."""
    return [
        replace_part(_K, lambda _: Num(0), "without K", "some one of many coins looks best"),
        replace_part(
            _K,
            lambda k: times(factor, k),
            f"K -> {factor} K",
            "some one of very many coins looks best",
        ),
    ]


# Change of measure


def _value(chosen: Any) -> Number:
    return chosen.value


_CHANGE = "Generalization.changeOfMeasureBound"
_M_OVER_DELTA = Op("div", (Var("M"), _DELTA))
_TWO_BY_THREE = Exponentials(
    Law((1, 2, 3)),
    Law((5, 1)),
    ((fmpq(4), _ONE, fmpq(1, 3)), (fmpq(1, 2), fmpq(2), fmpq(7))),
    fmpq(1, 10),
)
_ONLY_ON_AVERAGE = Exponentials(
    Law((1, 1)), Law((1, 3)), ((_ONE, _ONE), (fmpq(1, 100), fmpq(9))), fmpq(2, 5), _ONE
)


@check(
    "Generalization.change_of_measure",
    instances=exponentials,
    claim="ratio 0.9999 for every delta and any number of hypotheses, of which each is large at a "
    "rare point of its own: neither the relative entropy nor log(M / delta) has a better factor",
    sharp=[
        *(Sharp(spread(size, fmpq(1, 10))) for size in (1, 2, 4)),
        Sharp(spread(1, _USUAL)),
        Sharp(spread(3, _HALF)),
        Sharp(spread(40, fmpq(99, 100))),
        Sharp(_TWO_BY_THREE),
    ],
    mutants=[
        *_everywhere(
            _CHANGE,
            _value,
            [
                scale(fmpq(9999, 10000), "it is approached for every delta"),
                *_prices(fmpq(999, 1000)),
                replace_part(
                    _M_OVER_DELTA, lambda _: Var("M"), "without delta", "not for small delta"
                ),
                replace_part(
                    _M_OVER_DELTA,
                    lambda node: times(fmpq(999, 1000), node),
                    "M / delta -> 0.999 M / delta",
                    "one hypothesis that is large at a rare point",
                ),
                replace_part(
                    _log(_M_OVER_DELTA),
                    lambda log: times(fmpq(999, 1000), log),
                    "log(M / delta) -> 0.999 log(M / delta)",
                    "one hypothesis that is large at a rare point",
                ),
                replace_part(
                    Var("M"), lambda _: Num(1), "without M", "a quantity that is often large"
                ),
            ],
        ),
        _every_sample(_CHANGE, _value),
        without(
            "the prior is fixed before the draw",
            [spread(4, fmpq(1, 10), late=True)],
            "the point mass at the hypothesis that is large, as the prior",
        ),
        without(
            "every hypothesis has such a moment",
            [_ONLY_ON_AVERAGE],
            "one of two hypotheses, and the prior prefers the other one",
        ),
    ],
    series=[
        Series(
            "a quantity that is large once in 10^k draws",
            "k",
            lambda: [(k, spread(1, fmpq(1, 10**k))) for k in range(1, 13)],
            log_y=False,
        ),
        Series(
            "m hypotheses, each large at one point of its own; once in ten draws one of them is",
            "m",
            lambda: [(m, spread(m, fmpq(1, 10))) for m in range(1, 31)],
            log_y=False,
        ),
    ],
)
def change_of_measure(at: Exponentials, book: Book) -> Measurement:
    """Find the law whose mean exceeds its bound the most, with probability 1 - delta."""
    return _by(book.formula(_CHANGE), _value, at)


# Classes of losses


def _one_throw(delta: fmpq) -> Coins:
    """Return one fair coin, thrown once."""
    return Coins(FAIR, 1, delta)


def _coins(power: int, n: int, delta: fmpq = _USUAL) -> Coins:
    """Return 10^power fair coins."""
    return Coins(FAIR, n, delta, 10**power)


_MANY = (
    *(_one_throw(delta) for delta in (_LIKELY, fmpq(9, 10), fmpq(1, 1000))),
    Coins(FAIR, 100, _USUAL),
    Coins(FAIR, 1000, _RARE),
    Coins(coin(19, 1), 200, fmpq(1, 1000)),
    _coins(3, 100),
    _coins(60, 1000, _HALF),
)
_THREE = ((_ZERO, _HALF, _ONE), (_ONE, _HALF, _ZERO), (_HALF, _ONE, _HALF))
_SMALL = (
    SmallClass(coin(3, 1), (_BITS, _BITS[::-1]), 4, fmpq(1, 10)),
    SmallClass(coin(3, 2), (_BITS, _BITS[::-1]), 60, _USUAL, (fmpq(1, 100), fmpq(99, 100))),
    SmallClass(Law((1, 2, 3)), _THREE, 4, _USUAL, (fmpq(1, 10), fmpq(3, 5), fmpq(3, 10))),
    SmallClass(FAIR, ((_HALF, _HALF), _BITS), 3, _HALF, (_ONE, _ZERO)),
)


def _common(late: Sampled, copied: Sampled, outside: Sampled) -> list[Mutant]:
    """Return the variants without a hypothesis that all these bounds share."""
    return [
        without(
            "the prior is fixed before the sample",
            [late],
            "the point mass at the hypothesis that deviates the most, as the prior",
        ),
        without("the draws are independent", [copied], "many copies of one coin"),
        without("losses in [0, 1]", [outside], "losses that are 0 or more than 1"),
    ]


_LATE = Coins(FAIR, 100, _USUAL, 10**6, late=True)
_LATE_SMALL = SmallClass(coin(3, 2), (_BITS, _BITS[::-1]), 1, fmpq(1, 20), late=True)
_COPIED = Coins(FAIR, 100, _USUAL, copies=True)


def _outside(largest: fmpq, delta: fmpq) -> SmallClass:
    """Return one loss that is 0 or some number, by the throw of a fair coin."""
    return SmallClass(FAIR, ((_ZERO, largest),), 1, delta)


_SQUARED_N = replace_part(_CAST_N, squared, "n -> n^2", "the rate of another power of n")
_N_PARTS = [
    replace_part(
        _CAST_N,
        lambda n: Op("add", (n, Num(1))),
        "n -> n + 1",
        "one draw more than there are",
    ),
    _SQUARED_N,
]


# The linear bound


_CATONI = "Generalization.catoniBound"
_LAM = Var("lam")
_EIGHT_N = Op("mul", (Num(8), _CAST_N))


def _above(chosen: Posterior) -> Number:
    return chosen.above


def _apart(chosen: Posterior) -> Number:
    return chosen.apart


def _best(at: Coins) -> Coins:
    """Let the parameter be the best one for a point mass."""
    return replace(at, lam=best_lam(at.n, at.delta, at.size))


def _with(lam: int, at: SmallClass) -> SmallClass:
    return replace(at, lam=fmpq(lam))


@check(
    "Generalization.catoni",
    instances=linear_samples,
    claim="with the best lam the ratio is 0.85 for one throw of a fair coin as delta tends to 1/2, "
    "and 0.98 for many throws of one coin with a small delta or of very many coins: the 8 before "
    "n and the factors of K and log(1 / delta) are the best up to a few hundredths",
    sharp=[
        Sharp(_best(Coins(FAIR, 1, fmpq(499, 1000)))),
        Sharp(_best(Coins(FAIR, 4000, _RARE))),
        Sharp(_best(_coins(60, 4000))),
        *(Sharp(_best(at)) for at in _MANY),
        *(Sharp(_with(lam, at)) for at, lam in zip(_SMALL, (8, 40, 10, 3), strict=True)),
    ],
    mutants=[
        *_everywhere(
            _CATONI,
            _above,
            [
                scale(fmpq(49, 50), "one coin with a small delta comes closer in 4000 throws"),
                *_prices(fmpq(19, 20)),
                replace_part(
                    _over_delta(Num(1)), lambda _: Num(1), "without delta", "not for small delta"
                ),
                replace_part(
                    _log(_over_delta(Num(1))),
                    lambda log: times(fmpq(19, 20), log),
                    "log(1 / delta) -> 0.95 log(1 / delta)",
                    "false for 4000 throws and a small delta",
                ),
                replace_part(
                    _EIGHT_N,
                    lambda _: times(fmpq(9), _CAST_N),
                    "8 n -> 9 n",
                    "false for 4000 throws and a small delta",
                ),
                replace_part(
                    Op("div", (_LAM, _EIGHT_N)),
                    lambda _: Num(0),
                    "without lam / (8 n)",
                    "the deviation does not vanish for large lam",
                ),
                *_N_PARTS,
            ],
        ),
        _instead(_CATONI, "deviations to both sides", _apart, "a coin deviates to both"),
        _every_sample(_CATONI, _above),
        *_common(_best(_LATE), _best(_COPIED), replace(_outside(fmpq(2), fmpq(2, 5)), lam=fmpq(3))),
    ],
    series=[
        Series(
            "one coin in 400 throws, delta = 10^-k, the best lam",
            "k",
            lambda: [(k, _best(Coins(FAIR, 400, fmpq(1, 10**k)))) for k in range(1, 31)],
        ),
        Series(
            "10^k fair coins in 400 throws, the best lam, delta = 1/20",
            "k",
            lambda: [(k, _best(_coins(k, 400))) for k in range(0, 31, 2)],
        ),
        Series(
            "opposite losses of a coin with p = 1/4 in 20 throws, lam = k, delta = 1/20",
            "k",
            lambda: [
                (
                    k,
                    SmallClass(coin(3, 1), (_BITS, _BITS[::-1]), 20, _USUAL, lam=fmpq(k)),
                )
                for k in range(1, 61, 3)
            ],
        ),
    ],
)
def catoni(at: Sampled, book: Book) -> Measurement:
    """Find the law whose expected loss exceeds its bound the most, with probability 1 - delta."""
    return _by(book.formula(_CATONI), _above, at)


# Bounds on the relative entropy of two coins


def _binary(chosen: Posterior) -> Number:
    return chosen.binary


def _reversed(chosen: Posterior) -> Number:
    return chosen.reversed


def _binary_mutants(bound: str, moment: Node, smaller: Node, best: fmpq) -> list[Mutant]:
    """Return false variants of a bound ``(K + log(moment / delta)) / n``."""
    return [
        *_everywhere(
            bound,
            _binary,
            [
                scale(best, "one throw of a fair coin comes closer as delta tends to 1"),
                *_prices(fmpq(19, 20)),
                replace_part(
                    _over_delta(moment), lambda _: moment, "without delta", "not for small delta"
                ),
                replace_part(
                    moment, lambda _: smaller, "a smaller moment", "not for one throw of a coin"
                ),
                replace_part(
                    _log(_over_delta(moment)),
                    lambda _: _log(_over_delta(Num(1))),
                    "log(1 / delta) alone",
                    "one throw of a fair coin, whose relative entropy is log 2 for sure",
                ),
                *_N_PARTS,
            ],
        ),
        _instead(
            bound,
            "kl(expected, mean) in place of kl(mean, expected)",
            _reversed,
            "not for a mean close to 0",
        ),
        _every_sample(bound, _binary),
        *_common(_LATE, _COPIED, _outside(fmpq(19, 10), fmpq(1, 4))),
    ]


_BINARY_CLAIM = (
    "ratio 0.9986 for one throw of a fair coin with delta = 999/1000, where it tends to 1 with "
    "delta, and {} for very many coins: K has no factor below 0.95, and "
)


def _binary_series() -> list[Series]:
    return [
        Series(
            "one fair coin in n throws, delta = 1/20",
            "n",
            lambda: [(n, Coins(FAIR, n, _USUAL)) for n in range(1, 202, 10)],
        ),
        Series(
            "10^k fair coins in 400 throws, delta = 1/20",
            "k",
            lambda: [(k, _coins(k, 400)) for k in range(0, 61, 3)],
        ),
    ]


_SEEGER = "Generalization.seegerBound"
_VERY_MANY = _coins(200, 2000, _HALF)
_LOSSES = [Sharp(at) for at in (*_MANY, _VERY_MANY, *_SMALL)]


@check(
    "Generalization.seeger",
    instances=samples,
    claim=_BINARY_CLAIM.format("0.97") + "n + 1 cannot be smaller for n = 1",
    sharp=_LOSSES,
    mutants=_binary_mutants(
        _SEEGER,
        Op("add", (_CAST_N, Num(1))),
        times(fmpq(99, 100), Op("add", (_CAST_N, Num(1)))),
        fmpq(998, 1000),
    ),
    series=_binary_series(),
)
def seeger(at: Sampled, book: Book) -> Measurement:
    """Find the law whose relative entropy of two coins exceeds its bound the most."""
    return _by(book.formula(_SEEGER), _binary, at)


_MAURER = "Generalization.maurerBound"
_TWICE_ROOT = Op("mul", (Num(2), _ROOT_N))


@check(
    "Generalization.maurer",
    instances=samples,
    claim=_BINARY_CLAIM.format("0.98") + "the 2 before sqrt n cannot be smaller for n = 1; that "
    "sqrt n is needed no instance shows",
    sharp=_LOSSES,
    mutants=_binary_mutants(_MAURER, _TWICE_ROOT, times(fmpq(199, 100), _ROOT_N), fmpq(998, 1000)),
    series=_binary_series(),
)
def maurer(at: Sampled, book: Book) -> Measurement:
    """Find the law whose relative entropy of two coins exceeds its bound the most."""
    return _by(book.formula(_MAURER), _binary, at)


_MCALLESTER = "Generalization.mcallesterBound"
_TWICE_N = Op("mul", (Num(2), _CAST_N))


@check(
    "Generalization.mcallester",
    instances=samples,
    claim="ratio 0.85 for one throw of a fair coin as delta tends to 1, and 0.97 for very many "
    "coins: the 2 before n and the factor of K are the best up to a few hundredths",
    sharp=[*_LOSSES, Sharp(_coins(60, 4000, _HALF))],
    mutants=[
        *_everywhere(
            _MCALLESTER,
            _apart,
            [
                scale(fmpq(24, 25), "10^60 coins come closer in 4000 throws"),
                *_prices(fmpq(9, 10)),
                replace_part(
                    _over_delta(_TWICE_ROOT),
                    lambda _: _TWICE_ROOT,
                    "without delta",
                    "not for small delta",
                ),
                replace_part(
                    _log(_over_delta(_TWICE_ROOT)),
                    lambda _: _log(_over_delta(Num(1))),
                    "log(1 / delta) alone",
                    "one throw of a fair coin deviates by 1/2 for sure",
                ),
                replace_part(
                    _TWICE_N,
                    lambda _: times(fmpq(11, 5), _CAST_N),
                    "2 n -> 2.2 n",
                    "false for very many coins",
                ),
                drop_root("not for many draws"),
                replace_part(
                    _CAST_N,
                    lambda n: times(fmpq(11, 10), n),
                    "n -> 1.1 n",
                    "false for very many coins",
                ),
                _SQUARED_N,
            ],
        ),
        _every_sample(_MCALLESTER, _apart),
        *_common(_LATE, _COPIED, _outside(fmpq(2), _HALF)),
    ],
    series=_binary_series(),
)
def mcallester(at: Sampled, book: Book) -> Measurement:
    """Find the law whose losses are apart by more than its bound the most."""
    return _by(book.formula(_MCALLESTER), _apart, at)
