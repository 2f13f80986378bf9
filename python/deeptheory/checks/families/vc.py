"""Checks of the theorems on growth functions and the dimension of Vapnik and Chervonenkis."""

from __future__ import annotations

from collections.abc import Callable

from flint import fmpq

from deeptheory.checks.comparison import Measurement
from deeptheory.checks.instances.classes import (
    GrowthInstance,
    KnownGrowth,
    Labellings,
    all_labellings,
    at_most_true,
    growth_instances,
    half_planes,
    intervals,
    large_growth_instances,
    thresholds,
)
from deeptheory.checks.mutants import Mutant, replace_exponent, replace_part, scale, without
from deeptheory.checks.registry import Series, Sharp, check
from deeptheory.formulas import Book, Formula
from deeptheory.formulas.syntax import Fold, Node, Num, Op, Var, rewrite

_ONE = fmpq(1)
_N, _D = Var("n", nat=True), Var("d", nat=True)


def _terms(change: Callable[[Fold], Node], name: str, why: str) -> Mutant:
    """Return a mutant that changes the bound's sum."""

    def changed(formula: Formula) -> Node:
        return rewrite(formula.body, lambda node: change(node) if isinstance(node, Fold) else node)

    return Mutant(name, why, changed)


def _at_most(n: int, d: int) -> GrowthInstance:
    """Return the labellings of n points that are true at most d times, on all points."""
    return GrowthInstance(at_most_true(n, d), n, d)


def _over_parabola(n: int) -> GrowthInstance:
    """Return the half-planes over n points of a parabola."""
    return GrowthInstance(half_planes([(i, i * i) for i in range(n)]), n, 3)


def _one_point_fixed() -> GrowthInstance:
    """Return all labellings of four points that are false at the last one, claiming d = 2.

    Three of the points are shattered, three others are not.
    """
    return GrowthInstance(Labellings(4, frozenset(range(8)), "false at the last point"), 3, 2)


@check(
    "Generalization.sauer_shelah",
    instances=growth_instances,
    claim="attained by the labellings that are true at most d times, for every d and n; also by "
    "thresholds (d = 1) and by intervals (d = 2)",
    sharp=[
        *(Sharp(_at_most(n, d), _ONE) for n in range(7) for d in range(n + 2)),
        *(Sharp(GrowthInstance(thresholds(n), n, 1), _ONE) for n in range(1, 7)),
        *(Sharp(GrowthInstance(intervals(n), n, 2), _ONE) for n in range(2, 7)),
        Sharp(GrowthInstance(Labellings(3, frozenset()), 2, 0), fmpq(0)),
        Sharp(_over_parabola(3), _ONE),
        Sharp(_over_parabola(6), fmpq(32, 42)),
    ],
    mutants=[
        scale(fmpq(999, 1000), "it is attained"),
        replace_part(
            Op("add", (_D, Num(1, nat=True)), nat=True),
            lambda _: _D,
            "i <= d -> i < d",
            "the last term is needed",
        ),
        _terms(
            lambda total: Op("sub", (total, Num(1))), "one labelling less", "the bound is attained"
        ),
        _terms(
            lambda _: Op("cast", (Op("choose", (_N, _D), nat=True),)),
            "the last term alone",
            "all terms are needed",
        ),
        _terms(
            lambda _: Op("pow", (Num(2), _D)),
            "2^d",
            "the number of labellings of a shattered sample, for samples of any size",
        ),
        _terms(
            lambda _: Op("pow", (Op("cast", (_N,)), _D)),
            "n^d",
            "thresholds have n + 1 labellings",
        ),
        replace_part(
            _N,
            lambda n: Op("sub", (n, Num(1, nat=True)), nat=True),
            "n -> n - 1",
            "the bound for samples of one point less",
        ),
        without(
            "no sample of more than d points is shattered",
            [GrowthInstance(all_labellings(3), 3, 2), GrowthInstance(intervals(5), 5, 1)],
            "all labellings of three points, claiming d = 2",
        ),
        without(
            "no sample of more than d points is shattered, rather than not all",
            [_one_point_fixed()],
            "a class that shatters some samples of three points and not others",
        ),
    ],
    series=[
        Series(
            "labellings of n points that are true at most three times (attained)",
            "n",
            lambda: [(n, _at_most(n, 3)) for n in range(1, 10)],
            rate=True,
        ),
        Series(
            "intervals on a line (attained)",
            "n",
            lambda: [(n, GrowthInstance(intervals(n), n, 2)) for n in range(1, 10)],
            rate=True,
        ),
        Series(
            "half-planes over n points",
            "n",
            lambda: [(n, _over_parabola(n)) for n in range(1, 10)],
        ),
    ],
)
def sauer_shelah(at: GrowthInstance, _book: Book) -> Measurement:
    """Count the labellings of every sample."""
    return Measurement(fmpq(at.growth), {"n": at.n, "d": at.d})


# The power form

_CAST_N, _E = Op("cast", (_N,)), Op("exp", (Num(1),))


def _all_of(d: int) -> GrowthInstance:
    """Return all labellings of as many points as the dimension."""
    return GrowthInstance(all_labellings(d), d, d)


@check(
    "Generalization.sauer_shelah_pow",
    instances=large_growth_instances,
    claim="ratio 2 / e = 0.74 for one point and d = 1; 1 / e for thresholds on many points, and "
    "about 1 / sqrt(2 pi d) for the labellings that are true at most d times: no smaller number "
    "than e will do for all d",
    sharp=[
        *(Sharp(_all_of(d)) for d in range(1, 6)),
        *(Sharp(GrowthInstance(thresholds(n), n, 1)) for n in range(1, 7)),
        *(Sharp(GrowthInstance(intervals(n), n, 2)) for n in range(2, 7)),
        *(Sharp(_at_most(n, d)) for n, d in [(4, 2), (5, 3), (6, 3), (6, 5)]),
        Sharp(_over_parabola(6)),
        Sharp(GrowthInstance(Labellings(3, frozenset()), 2, 1)),
        *(Sharp(KnownGrowth(n, d)) for n, d in [(1000, 1), (1000, 10), (10**7, 700)]),
    ],
    mutants=[
        scale(fmpq(73, 100), "one point has two labellings"),
        replace_part(_E, lambda _: Num(1), "(n / d)^d", "all labellings of d points are more"),
        replace_part(
            _E,
            lambda _: Op("div", (Num(27), Num(10))),
            "e -> 2.7",
            "false for the labellings of ten million points that are true at most 700 times",
        ),
        replace_part(
            _CAST_N,
            lambda n: Op("sub", (n, Num(1))),
            "n -> n - 1",
            "the bound for samples of one point less",
        ),
        replace_exponent(
            "d",
            lambda d: Op("sub", (d, Num(1, nat=True)), nat=True),
            "power d - 1",
            "thresholds have more labellings than one",
        ),
        replace_exponent(
            "d",
            lambda _: Num(1, nat=True),
            "e n / d",
            "intervals have about n^2 / 2 labellings",
        ),
        Mutant(
            "e (n / d)^d",
            "with e outside of the power: four points have 11 labellings with at most two true",
            lambda _: Op("mul", (_E, Op("pow", (Op("div", (_CAST_N, Op("cast", (_D,)))), _D)))),
        ),
        Mutant(
            "n choose d",
            "all terms of the sum are needed",
            lambda _: Op("cast", (Op("choose", (_N, _D), nat=True),)),
        ),
        without(
            "d <= n",
            [GrowthInstance(all_labellings(3), 1, 3)],
            "one point has two labellings, and the bound for d = 3 is (e / 3)^3",
        ),
        without(
            "no sample of more than d points is shattered",
            [GrowthInstance(all_labellings(5), 5, 1)],
            "all labellings of five points, claiming d = 1",
        ),
    ],
    series=[
        Series(
            "thresholds on a line",
            "n",
            lambda: [(n, GrowthInstance(thresholds(n), n, 1)) for n in range(1, 21)],
        ),
        Series(
            "labellings of n points that are true at most three times",
            "n",
            lambda: [(n, KnownGrowth(n, 3)) for n in range(3, 101)],
            rate=True,
        ),
        Series(
            "labellings of 100 points that are true at most d times",
            "d",
            lambda: [(d, KnownGrowth(100, d)) for d in range(1, 101)],
        ),
    ],
)
def sauer_shelah_pow(at: GrowthInstance | KnownGrowth, _book: Book) -> Measurement:
    """Count the labellings of every sample."""
    return Measurement(fmpq(at.growth), {"n": at.n, "d": at.d})
