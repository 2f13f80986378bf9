"""Checks of the margin bound and of generalization by the growth function.

As in `deeptheory.checks.families.generalization` the left-hand side is the least number that the
largest gap exceeds with probability at most ``delta``.
"""

from __future__ import annotations

from collections.abc import Callable

from flint import fmpq

from deeptheory.checks.comparison import Measurement
from deeptheory.checks.families.generalization import (
    INDEPENDENT,
    LESS_COMPLEXITY,
    LESS_UNDER_ROOT,
    MORE_DRAWS,
    N_DRAWS,
    ONE_COIN,
    TWICE_R,
    logarithm_dropped,
    root_dropped,
)
from deeptheory.checks.instances.gap_instances import (
    ALMOST_ONE,
    TWENTIETH,
    GapInstance,
    copies,
    draws_from,
    just_below,
    line,
    margin_instances,
    rare,
    set_instances,
    signs,
    single_draw,
    wrong,
)
from deeptheory.checks.instances.gaps import Coin, Cube, SmallClass, Source
from deeptheory.checks.instances.laws import FAIR, coin, coin_tail, uniform
from deeptheory.checks.mutants import Mutant, instead, replace_part, scale, times, without
from deeptheory.checks.registry import Series, Sharp, check
from deeptheory.formulas import Book
from deeptheory.formulas.syntax import Node, Num, Op, Var

_ONE, _TWO = fmpq(1), Num(2)


def _margins(at: GapInstance, lhs: fmpq) -> Measurement:
    r = at.source.law.expected_complexity
    return Measurement(lhs, {"r": r, "ρ": at.rho, "n": at.source.n, "δ": at.delta})


_FEW_ERRORS = signs(FAIR, 2000, just_below(coin_tail(FAIR, 2000, 1300)))
_NARROW = SmallClass(
    uniform(4), tuple(tuple(fmpq(99 + (k >> z & 1), 100) for z in range(4)) for k in range(16)), 1
)
"""All functions to 99/100 and 1."""


def _margin_mutants() -> list[Mutant]:
    complexity = Op("div", (TWICE_R, Var("ρ")))
    return [
        scale(fmpq(999, 1000), "a single draw from many points comes closer"),
        LESS_COMPLEXITY,
        replace_part(complexity, lambda _: TWICE_R, "2 r / rho -> 2 r", "not for small margins"),
        replace_part(
            complexity,
            lambda _: Op("mul", (TWICE_R, Var("ρ"))),
            "2 r / rho -> 2 r rho",
            "not for small margins",
        ),
        replace_part(
            complexity,
            lambda node: Op("div", (node, Var("ρ"))),
            "2 r / rho -> 2 r / rho^2",
            "not for large margins",
        ),
        LESS_UNDER_ROOT,
        MORE_DRAWS,
        logarithm_dropped("delta may be as small as one likes"),
        root_dropped("not where n is large"),
        instead(
            "gaps to both sides",
            lambda at, _: _margins(
                at, at.source.law_of(wrong, at.below, two_sided=True).quantile(at.delta)
            ),
            "a right classifier may have small margins throughout",
        ),
        instead(
            "the share of errors in place of that of small margins",
            lambda at, _: _margins(at, at.source.law_of(wrong, wrong).quantile(at.delta)),
            "functions to 0 and a value far below rho can have no error on the sample alone",
        ),
        instead(
            "the probability of a small margin in place of that of an error",
            lambda at, _: _margins(at, at.source.law_of(at.below, at.below).quantile(at.delta)),
            "functions to 99/100 and 1 have next to no complexity",
        ),
        without(
            "the draws are independent",
            [copies(4, (_ONE, -_ONE))],
            "an example that is drawn once for all draws",
        ),
        without(
            "rho is positive",
            [GapInstance(Cube(10, 1), ALMOST_ONE, rho=fmpq(-1))],
            "no margin is below -1, and the bound is negative",
        ),
    ]


@check(
    "Generalization.margin_bound",
    instances=margin_instances,
    claim="all functions to 0 and rho and a single draw need the factor 2, a single classifier and "
    "many draws the square root, both in full",
    sharp=[
        *(Sharp(single_draw(points)) for points in (2, 1000, 10**5)),
        *(Sharp(single_draw(1000, rho)) for rho in (fmpq(1, 10), fmpq(10))),
        Sharp(GapInstance(Cube(1000, 1, fmpq(1, 100)), ALMOST_ONE)),
        Sharp(_FEW_ERRORS),
        Sharp(signs(coin(72, 28), 1, just_below(fmpq(28, 100)))),
        Sharp(signs(coin(72, 28), 1, fmpq(1, 10**6))),
        Sharp(GapInstance(_NARROW, ALMOST_ONE)),
        Sharp(GapInstance(Cube(1000, 8), ALMOST_ONE)),
    ],
    mutants=_margin_mutants(),
    series=[
        Series(
            "one classifier that errs three times in ten, n examples; delta = 1/20",
            "n",
            lambda: [(n, signs(coin(3, 7), n, TWENTIETH)) for n in range(10, 401, 10)],
            rate=True,
        ),
        Series(
            "n draws from 1000 points, all functions to 0 and 1, rho = 1; delta = 1/20",
            "n",
            draws_from(1000),
        ),
        Series(
            "a single draw from 1000 points, all functions to 0 and 1; rho = 1 / k",
            "k",
            lambda: [
                (k, GapInstance(Cube(1000, 1), TWENTIETH, rho=fmpq(1, k))) for k in range(1, 11)
            ],
        ),
    ],
)
def margin_bound(at: GapInstance, _book: Book) -> Measurement:
    """Find the quantile of the largest gap between errors and the share of small margins."""
    return _margins(at, at.margin_law.quantile(at.delta))


# Classes of sets


def _by_growth(at: GapInstance, lhs: fmpq, g: int | None = None) -> Measurement:
    growth = at.source.growth if g is None else g
    return Measurement(lhs, {"g": growth, "n": at.source.n, "δ": at.delta})


_G = Op("cast", (Var("g", nat=True),))
_GROWTH_TERM = Op(
    "mul", (_TWO, Op("sqrt", (Op("div", (Op("mul", (_TWO, Op("log", (_G,)))), N_DRAWS)),)))
)


def _growth_part(new: Callable[[Node], Node], name: str, why: str) -> Mutant:
    return replace_part(_GROWTH_TERM, new, name, why)


@check(
    "Generalization.vc_bound",
    instances=set_instances,
    claim="a single set and many coins need the second square root in full; all sets and a single "
    "draw need 0.42 of the first",
    sharp=[
        *(Sharp(single_draw(points)) for points in (2, 1000, 10**5)),
        Sharp(rare(1, 0, law=coin(28, 72))),
        Sharp(rare(2000, 700)),
        Sharp(GapInstance(Coin(coin(28, 72), 1), fmpq(1, 10**6))),
        Sharp(GapInstance(Cube(10**6, 8), ALMOST_ONE)),
        Sharp(GapInstance(line(4, 4), TWENTIETH)),
    ],
    mutants=[
        scale(fmpq(97, 100), "2000 fair coins come closer"),
        _growth_part(
            lambda node: times(fmpq(21, 50), node),
            "0.42 of the first square root",
            "all sets and a single draw need more",
        ),
        _growth_part(lambda _: Num(0), "without the growth", "not for all sets at once"),
        LESS_UNDER_ROOT,
        replace_part(
            _G, lambda g: Op("sub", (g, Num(1))), "g -> g - 1", "two labellings of a point"
        ),
        MORE_DRAWS,
        replace_part(
            Op("log", (Op("div", (Num(1), Var("δ"))),)),
            lambda _: Num(1),
            "log(1/delta) -> 1",
            "delta may be as small as one likes",
        ),
        root_dropped("not where n is large"),
        instead(
            "the growth of samples of one draw less",
            lambda at, _: _by_growth(
                at, at.source.law.quantile(at.delta), _growth_of_one_less(at.source)
            ),
            "without a draw there is one labelling",
        ),
        instead(
            "gaps to both sides",
            lambda at, _: _by_growth(at, at.source.law_of(two_sided=True).quantile(at.delta)),
            "delta for each side makes 2 delta",
        ),
        INDEPENDENT,
    ],
    series=[
        ONE_COIN,
        Series(
            "n draws from 4 points of a line, thresholds; delta = 1/20",
            "n",
            lambda: [(n, GapInstance(line(4, n), TWENTIETH)) for n in range(1, 9)],
        ),
        Series(
            "n draws from 1000 points, all sets; delta = 1/20",
            "n",
            draws_from(1000),
        ),
    ],
)
def vc_bound(at: GapInstance, _book: Book) -> Measurement:
    """Find the (1 - delta)-quantile of the largest gap, and count the labellings."""
    return _by_growth(at, at.source.law.quantile(at.delta))


def _growth_of_one_less(source: Source) -> int:
    match source:
        case Cube(points, n, _):
            return 1 << min(n - 1, points)
        case SmallClass(law, functions, n, copies):
            return SmallClass(law, functions, n - 1, copies).growth
        case _:
            return source.growth
