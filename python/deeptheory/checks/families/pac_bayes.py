"""Checks of the bounds in ``lean/DeepTheory/Generalization/PacBayes``.

Each says of all laws ``rho`` on a class of losses, with probability at least ``1 - delta`` over the
sample, that something is at most a bound with the relative entropy of ``rho``.
`deeptheory.checks.instances.randomised` says which laws are looked at, and where they are enough to
decide the statement: the linear bound on small classes.
"""

from __future__ import annotations

from dataclasses import replace

from flint import fmpq

from deeptheory.checks.comparison import Measurement
from deeptheory.checks.instances.laws import FAIR, Law, coin
from deeptheory.checks.instances.pac_bayes import (
    Coins,
    Posterior,
    Sampled,
    SmallClass,
    best_lam,
    linear_samples,
    samples,
)
from deeptheory.checks.mutants import (
    Mutant,
    drop_root,
    replace_part,
    scale,
    times,
)
from deeptheory.checks.randomised import (
    N_DRAWS,
    ONE_MORE_DRAW,
    SQUARED_DRAWS,
    TWICE_ROOT,
    by,
    claiming,
    deviation_parts,
    dropped,
    every_sample,
    everywhere,
    prices,
    without_delta,
    without_moment,
)
from deeptheory.checks.registry import Series, Sharp, check
from deeptheory.formulas import Book
from deeptheory.formulas.rigorous import Number
from deeptheory.formulas.syntax import Node, Num, Op

_ZERO, _HALF, _ONE = fmpq(0), fmpq(1, 2), fmpq(1)
_BITS = (_ZERO, _ONE)
_LIKELY, _USUAL, _RARE = fmpq(999, 1000), fmpq(1, 20), fmpq(1, 10**60)


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


_LATE = Coins(FAIR, 100, _USUAL, 10**6, late=True)
_LATE_SMALL = SmallClass(coin(3, 2), (_BITS, _BITS[::-1]), 1, fmpq(1, 20), late=True)
_COPIED = Coins(FAIR, 100, _USUAL, copies=True)


def _outside(largest: fmpq, delta: fmpq) -> SmallClass:
    """Return one loss that is 0 or some number, by the throw of a fair coin."""
    return SmallClass(FAIR, ((_ZERO, largest),), 1, delta)


# The linear bound


_CATONI = "Generalization.catoniBound"


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
        *everywhere(
            _CATONI,
            _above,
            [
                scale(fmpq(49, 50), "one coin with a small delta comes closer in 4000 throws"),
                *prices(fmpq(19, 20)),
                without_delta(Num(1)),
                *deviation_parts(Num(1), "1"),
            ],
        ),
        claiming(_CATONI, "deviations to both sides", _apart, "a coin deviates to both"),
        every_sample(_CATONI, _above),
        *dropped(_best(_LATE), _best(_COPIED), replace(_outside(fmpq(2), fmpq(2, 5)), lam=fmpq(3))),
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
    return by(book.formula(_CATONI), _above, at)


# Bounds on the relative entropy of two coins


def _binary(chosen: Posterior) -> Number:
    return chosen.binary


def _reversed(chosen: Posterior) -> Number:
    return chosen.reversed


def _binary_mutants(bound: str, moment: Node, smaller: Node, best: fmpq) -> list[Mutant]:
    """Return false variants of a bound ``(K + log(moment / delta)) / n``."""
    return [
        *everywhere(
            bound,
            _binary,
            [
                scale(best, "one throw of a fair coin comes closer as delta tends to 1"),
                *prices(fmpq(19, 20)),
                without_delta(moment),
                replace_part(
                    moment, lambda _: smaller, "a smaller moment", "not for one throw of a coin"
                ),
                without_moment(
                    moment, "one throw of a fair coin, whose relative entropy is log 2 for sure"
                ),
                ONE_MORE_DRAW,
                SQUARED_DRAWS,
            ],
        ),
        claiming(
            bound,
            "kl(expected, mean) in place of kl(mean, expected)",
            _reversed,
            "not for a mean close to 0",
        ),
        every_sample(bound, _binary),
        *dropped(_LATE, _COPIED, _outside(fmpq(19, 10), fmpq(1, 4))),
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
            rate=True,
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
        Op("add", (N_DRAWS, Num(1))),
        times(fmpq(99, 100), Op("add", (N_DRAWS, Num(1)))),
        fmpq(998, 1000),
    ),
    series=_binary_series(),
)
def seeger(at: Sampled, book: Book) -> Measurement:
    """Find the law whose relative entropy of two coins exceeds its bound the most."""
    return by(book.formula(_SEEGER), _binary, at)


_MAURER = "Generalization.maurerBound"


@check(
    "Generalization.maurer",
    instances=samples,
    claim=_BINARY_CLAIM.format("0.98") + "the 2 before sqrt n cannot be smaller for n = 1; that "
    "sqrt n is needed no instance shows",
    sharp=_LOSSES,
    mutants=_binary_mutants(
        _MAURER, TWICE_ROOT, times(fmpq(199, 100), Op("sqrt", (N_DRAWS,))), fmpq(998, 1000)
    ),
    series=_binary_series(),
)
def maurer(at: Sampled, book: Book) -> Measurement:
    """Find the law whose relative entropy of two coins exceeds its bound the most."""
    return by(book.formula(_MAURER), _binary, at)


_MCALLESTER = "Generalization.mcallesterBound"
_TWICE_N = Op("mul", (Num(2), N_DRAWS))


@check(
    "Generalization.mcallester",
    instances=samples,
    claim="ratio 0.85 for one throw of a fair coin as delta tends to 1, and 0.97 for very many "
    "coins: the 2 before n and the factor of K are the best up to a few hundredths",
    sharp=[*_LOSSES, Sharp(_coins(60, 4000, _HALF))],
    mutants=[
        *everywhere(
            _MCALLESTER,
            _apart,
            [
                scale(fmpq(24, 25), "10^60 coins come closer in 4000 throws"),
                *prices(fmpq(9, 10)),
                without_delta(TWICE_ROOT),
                without_moment(TWICE_ROOT, "one throw of a fair coin deviates by 1/2 for sure"),
                replace_part(
                    _TWICE_N,
                    lambda _: times(fmpq(11, 5), N_DRAWS),
                    "2 n -> 2.2 n",
                    "false for very many coins",
                ),
                drop_root("not for many draws"),
                replace_part(
                    N_DRAWS,
                    lambda n: times(fmpq(11, 10), n),
                    "n -> 1.1 n",
                    "false for very many coins",
                ),
                SQUARED_DRAWS,
            ],
        ),
        every_sample(_MCALLESTER, _apart),
        *dropped(_LATE, _COPIED, _outside(fmpq(2), _HALF)),
    ],
    series=_binary_series(),
)
def mcallester(at: Sampled, book: Book) -> Measurement:
    """Find the law whose losses are apart by more than its bound the most."""
    return by(book.formula(_MCALLESTER), _apart, at)
