"""Checks of the PAC-Bayes bounds with a grid, and of the quadratic form and the lambda form.

They look at the same laws as the checks in `deeptheory.checks.families.pac_bayes`.
"""

from __future__ import annotations

from flint import fmpq

from deeptheory.checks.comparison import Measurement
from deeptheory.checks.instances.forms import (
    AtMean,
    FormClass,
    Geometric,
    Grid,
    Tuned,
    geometric,
    geometrics,
    grids,
    means,
    parameters,
)
from deeptheory.checks.instances.laws import FAIR, Law, coin
from deeptheory.checks.instances.pac_bayes import Coins, Posterior, Sampled, SmallClass, best_lam
from deeptheory.checks.mutants import (
    Mutant,
    drop_root,
    replace_part,
    replace_variable,
    scale,
    times,
    without,
)
from deeptheory.checks.randomised import (
    LAM,
    N_DRAWS,
    SQUARED_DRAWS,
    TWICE_ROOT,
    by,
    claiming,
    deviation_parts,
    dropped,
    every_sample,
    everywhere,
    log,
    over_delta,
    prices,
    without_delta,
)
from deeptheory.checks.registry import Series, Sharp, check
from deeptheory.formulas import Book
from deeptheory.formulas.rigorous import Number
from deeptheory.formulas.syntax import Num, Op, Var

_ZERO, _HALF, _ONE = fmpq(0), fmpq(1, 2), fmpq(1)
_BITS = (_ZERO, _ONE)
_USUAL, _RARE = fmpq(1, 20), fmpq(1, 10**60)
_CAST_COUNT = Op("cast", (Var("N", nat=True),))

_ONE_COIN = Coins(FAIR, 4000, _RARE, most=1600)
_MANY_COINS = Coins(FAIR, 4000, _USUAL, 10**60, most=1600)
_OPPOSITE = SmallClass(coin(3, 1), (_BITS, _BITS[::-1]), 20, _USUAL)
_THREE = SmallClass(
    Law((1, 2, 3)),
    ((_ZERO, _HALF, _ONE), (_ONE, _HALF, _ZERO), (_HALF, _ONE, _HALF)),
    4,
    _USUAL,
    (fmpq(1, 10), fmpq(3, 5), fmpq(3, 10)),
)
_LATE = Coins(FAIR, 100, _USUAL, 10**6, late=True)
_COPIED = Coins(FAIR, 100, _USUAL, copies=True)


def _outside(largest: fmpq, delta: fmpq) -> SmallClass:
    """Return one loss that is 0 or some number, by the throw of a fair coin."""
    return SmallClass(FAIR, ((_ZERO, largest),), 1, delta)


def _above(chosen: Posterior) -> Number:
    return chosen.above


def _apart(chosen: Posterior) -> Number:
    return chosen.apart


def _expected(chosen: Posterior) -> Number:
    return chosen.expected


# A grid of parameters


_GRID = "Generalization.catoniGridBound"


def _grid(at: Sampled, *factors: fmpq | int, count: int | None = None) -> Grid:
    """Return multiples of about the best parameter of a point mass."""
    best = best_lam(at.n, at.delta, getattr(at, "size", 1))
    return Grid(at, tuple(best * factor for factor in factors or (1,)), count)


def _repeated(power: int) -> Grid:
    """Return 10^power parameters of one coin, all of them the best one."""
    return _grid(_ONE_COIN, count=10**power)


@check(
    "Generalization.catoni_grid",
    instances=grids,
    claim="ratio 0.98 for one parameter and many throws of one coin with a small delta; for a "
    "million parameters 0.93: N cannot be in the denominator, but that log N is needed no "
    "instance shows",
    sharp=[
        Sharp(_grid(_ONE_COIN)),
        Sharp(_grid(_MANY_COINS)),
        *(Sharp(_grid(Coins(FAIR, 1, delta))) for delta in (fmpq(499, 1000), fmpq(7, 10))),
        Sharp(_repeated(6)),
        Sharp(_grid(Coins(FAIR, 100, _USUAL, 1000), _HALF, 1, 2)),
        Sharp(_grid(_OPPOSITE, _HALF, 1, 2)),
        Sharp(_grid(_THREE, 1, 2)),
        Sharp(_grid(Coins(coin(19, 1), 200, fmpq(1, 1000)), _HALF, 1)),
    ],
    mutants=[
        *everywhere(
            _GRID,
            _above,
            [
                scale(fmpq(49, 50), "one coin with a small delta comes closer in 4000 throws"),
                *prices(fmpq(19, 20)),
                without_delta(_CAST_COUNT),
                replace_part(
                    over_delta(_CAST_COUNT),
                    lambda _: over_delta(Op("div", (Num(1), _CAST_COUNT))),
                    "N / delta -> 1 / (N delta)",
                    "not for a million of equal parameters",
                ),
                *deviation_parts(_CAST_COUNT, "N"),
            ],
        ),
        claiming(_GRID, "deviations to both sides", _apart, "a coin deviates to both"),
        every_sample(_GRID, _above),
        *dropped(_grid(_LATE), _grid(_COPIED), Grid(_outside(fmpq(2), fmpq(2, 5)), (fmpq(3),))),
    ],
    series=[
        Series(
            "10^k parameters of one coin, delta = 10^-60",
            "k",
            lambda: [(k, _repeated(k)) for k in range(0, 25, 4)],
        ),
        Series(
            "1000 coins in 200 throws, k parameters that are multiples of half the best one",
            "k",
            lambda: [
                (k, _grid(Coins(FAIR, 200, _USUAL, 1000), *(fmpq(j, 2) for j in range(1, k + 1))))
                for k in range(1, 11)
            ],
        ),
    ],
)
def catoni_grid(at: Grid, book: Book) -> Measurement:
    """Find the law and the parameter whose bound is exceeded the most."""
    return by(book.formula(_GRID), _above, at)


# A geometric grid


_GEOMETRIC = "Generalization.catoniGeometricBound"
_C = Var("c")
_INVERSE_C = Op("div", (Num(1), _C))


def _seldom(n: int) -> Geometric:
    """Return a coin that shows no head with a probability just above delta."""
    law = coin(1, 3)  # that is (1 / 4)^n
    return geometric(Coins(law, n, fmpq(999, 1000) * law.weights[0] ** n), 1)


@check(
    "Generalization.catoni_geometric",
    instances=geometrics,
    claim="ratio 0.97 for many throws of one coin with a small delta and ten parameters, 0.90 for "
    "one parameter and coins without a head; that the factor before the root and the doubly "
    "logarithmic term are needed no instance shows",
    sharp=[
        *(Sharp(geometric(_ONE_COIN, count)) for count in (1, 4, 10, 10**6)),
        Sharp(geometric(_MANY_COINS, 10)),
        *(Sharp(_seldom(n)) for n in (1, 4)),
        Sharp(Geometric(Coins(FAIR, 1, _HALF), fmpq(3, 2), 1)),
        Sharp(Geometric(Coins(FAIR, 1, _HALF), _ONE, 4)),
        Sharp(geometric(_OPPOSITE, 2)),
        Sharp(geometric(_THREE, 3)),
    ],
    mutants=[
        *everywhere(
            _GEOMETRIC,
            _above,
            [
                scale(fmpq(24, 25), "one coin with a small delta comes closer in 4000 throws"),
                *prices(fmpq(9, 10)),
                without_delta(_CAST_COUNT),
                replace_part(
                    over_delta(_CAST_COUNT),
                    lambda _: over_delta(Op("div", (Num(1), _CAST_COUNT))),
                    "N / delta -> 1 / (N delta)",
                    "not for a grid of a million parameters",
                ),
                replace_part(
                    _INVERSE_C,
                    lambda _: Num(0),
                    "without 1 / c",
                    "half the bound for c close to 1",
                ),
                replace_part(
                    Op("add", (_C, _INVERSE_C)),
                    lambda _: times(fmpq(2), _INVERSE_C),
                    "(c + 1 / c) / 2 -> 1 / c",
                    "a long grid is no smaller than the best parameter",
                ),
                replace_part(
                    Op("mul", (Num(2), N_DRAWS)),
                    lambda _: times(fmpq(11, 5), N_DRAWS),
                    "2 n -> 2.2 n",
                    "false for 4000 throws and a small delta",
                ),
                drop_root("not for many draws"),
                SQUARED_DRAWS,
            ],
        ),
        every_sample(_GEOMETRIC, _above),
        *dropped(
            geometric(_LATE, 10),
            geometric(_COPIED, 10),
            geometric(_outside(fmpq(2), fmpq(2, 5)), 1),
        ),
    ],
    series=[
        Series(
            "one coin in 4000 throws, delta = 10^-60, k parameters",
            "k",
            lambda: [(k, geometric(_ONE_COIN, k)) for k in range(1, 21)],
            log_y=False,
        ),
        Series(
            "10^k fair coins in 400 throws, delta = 1/20, ten parameters",
            "k",
            lambda: [(k, geometric(Coins(FAIR, 400, _USUAL, 10**k), 10)) for k in range(0, 31, 2)],
        ),
    ],
)
def catoni_geometric(at: Geometric, book: Book) -> Measurement:
    """Find the law whose bound is exceeded the most."""
    return by(book.formula(_GEOMETRIC), _above, at)


# The quadratic form


_QUADRATIC = "Generalization.quadraticBound"
_PRICE = Op("add", (Var("K"), log(over_delta(TWICE_ROOT))))
_LEVEL = Op("div", (_PRICE, N_DRAWS))
_TIGHT = Coins(coin(4, 1), 4000, _RARE, most=500)
_SURE = SmallClass(Law((1,)), ((_ONE,),), 10**6, _HALF)
_FORMS: tuple[Sampled, ...] = (
    _TIGHT,
    Coins(coin(4, 1), 4000, _HALF, 10**60, most=500),
    _SURE,
    *(Coins(FAIR, 1, delta) for delta in (fmpq(999, 1000), _HALF)),
    Coins(coin(19, 1), 200, fmpq(1, 1000), 1000),
    Coins(FAIR, 400, _USUAL),
    FormClass(coin(3, 1), (_BITS, _BITS[::-1]), 20, _USUAL),
    FormClass(_THREE.law, _THREE.losses, 4, _USUAL, _THREE.weights),
)


def _forms(largest: fmpq) -> list[Mutant]:
    """Return the false variants that both forms share, without those of the level."""
    return [
        scale(largest, "a loss that is 1 for sure"),
        *prices(fmpq(2, 5)),
        without_delta(TWICE_ROOT),
        replace_variable("q", lambda _: Num(0), "without q", "a coin with a mean of 1/2"),
        SQUARED_DRAWS,
    ]


@check(
    "Generalization.pac_bayes_quadratic",
    instances=means,
    claim="ratio 0.996 for a loss that is 1 for sure; for 4000 throws of a coin with p = 1/5 and "
    "a small delta, or of very many such coins, the excess over the mean loss is 0.74 of that of "
    "the bound; neither c nor K has a factor below 1/2",
    sharp=[Sharp(AtMean(at)) for at in _FORMS],
    mutants=[
        *everywhere(
            _QUADRATIC,
            _expected,
            [
                *_forms(fmpq(99, 100)),
                replace_part(
                    _LEVEL,
                    lambda level: times(_HALF, level),
                    "c -> c / 2",
                    "4000 throws of a coin with p = 1/5 and a small delta",
                ),
            ],
        ),
        every_sample(_QUADRATIC, _expected),
        *dropped(AtMean(_LATE), AtMean(_COPIED), AtMean(_outside(fmpq(10), fmpq(1, 4)))),
    ],
    series=[
        Series(
            "a coin with p = 1/10 in n throws, delta = 1/20",
            "n",
            lambda: [(n, AtMean(Coins(coin(9, 1), n, _USUAL))) for n in range(50, 801, 50)],
            log_y=False,
        ),
    ],
)
def pac_bayes_quadratic(at: AtMean, book: Book) -> Measurement:
    """Find the law whose expected loss exceeds its bound the most."""
    return by(book.formula(_QUADRATIC), _expected, at)


# The lambda form


_LAMBDA = "Generalization.lambdaBound"


@check(
    "Generalization.pac_bayes_lambda",
    instances=parameters,
    claim="with the best parameter of each law it is the quadratic form, with the same ratios: "
    "0.996 for a loss that is 1 for sure, and 0.74 for the excess over the mean loss of 4000 "
    "throws of a coin",
    sharp=[
        *(Sharp(Tuned(at)) for at in _FORMS),
    ],
    mutants=[
        *everywhere(
            _LAMBDA,
            _expected,
            [
                *_forms(fmpq(99, 100)),
                replace_part(
                    _PRICE,
                    lambda price: times(_HALF, price),
                    "half of K + log(2 sqrt n / delta)",
                    "4000 throws of a coin with p = 1/5 and a small delta",
                ),
                replace_part(
                    Op("sub", (Num(1), Op("div", (LAM, Num(2))))),
                    lambda _: Num(1),
                    "1 - lam / 2 -> 1",
                    "4000 throws of a coin with p = 1/5 and a small delta",
                ),
                replace_part(
                    Op("div", (LAM, Num(2))),
                    lambda _: Op("div", (LAM, Num(4))),
                    "lam / 2 -> lam / 4",
                    "4000 throws of a coin with p = 1/5 and a small delta",
                ),
            ],
        ),
        every_sample(_LAMBDA, _expected),
        *dropped(Tuned(_LATE), Tuned(_COPIED), Tuned(_outside(fmpq(10), fmpq(1, 4)))),
        without(
            "the parameter is below 2",
            [Tuned(_TIGHT, (fmpq(3),), tuned=False)],
            "the bound is then negative",
        ),
    ],
    series=[
        Series(
            "a coin with p = 1/10 in 400 throws, delta = 1/20, the parameter k / 20",
            "k",
            lambda: [
                (k, Tuned(Coins(coin(9, 1), 400, _USUAL), (fmpq(k, 20),), tuned=False))
                for k in range(2, 39, 2)
            ],
            log_y=False,
        ),
    ],
)
def pac_bayes_lambda(at: Tuned, book: Book) -> Measurement:
    """Find the law and the parameter whose bound is exceeded the most."""
    return by(book.formula(_LAMBDA), _expected, at)
