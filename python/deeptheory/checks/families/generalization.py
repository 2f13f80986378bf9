"""Checks of the theorems on the largest gap between expectation and mean over a class.

Most of them say that with probability at least ``1 - delta`` no gap exceeds a bound.  The left-hand
side is then the least number that the largest gap exceeds with probability at most ``delta``, from
the exact law of the largest gap; the theorem holds exactly if that number is at most the bound.
"""

from __future__ import annotations

from flint import fmpq

from deeptheory.checks.comparison import Measurement
from deeptheory.checks.instances.classes import thresholds
from deeptheory.checks.instances.gap_instances import (
    ALMOST_ONE,
    TWENTIETH,
    GapInstance,
    copies,
    draws_from,
    gap_instances,
    just_below,
    line,
    rare,
    single_draw,
    sources,
)
from deeptheory.checks.instances.gaps import (
    Coin,
    Cube,
    DistinctDraws,
    Sample,
    SmallClass,
    Source,
    functions_of,
)
from deeptheory.checks.instances.laws import coin, uniform
from deeptheory.checks.mutants import (
    Mutant,
    instead,
    rational,
    replace_by_square,
    replace_part,
    scale,
    times,
    without,
)
from deeptheory.checks.registry import Series, Sharp, check
from deeptheory.errors import FailureError
from deeptheory.formulas import Book
from deeptheory.formulas.rigorous import Number
from deeptheory.formulas.syntax import Node, Num, Op, Var, rewrite

_TWO, _R = Num(2), Var("r")
N_DRAWS = Op("cast", (Var("n", nat=True),))
TWICE_R = Op("mul", (_TWO, _R))
TWICE_N = Op("mul", (_TWO, N_DRAWS))


ONE_COIN = Series(
    "a model that errs three times in ten, on a test set of n examples; delta = 1/20",
    "n",
    lambda: [(n, GapInstance(Coin(coin(7, 3), n), TWENTIETH)) for n in range(10, 401, 10)],
    rate=True,
)
_FROM_1000_POINTS = Series(
    "n draws from 1000 points, all functions to 0 and 1; delta = 1/20", "n", draws_from(1000)
)


# False variants that several theorems share


def logarithm_dropped(why: str) -> Mutant:
    """Put 1 in the place of every logarithm."""

    def change(node: Node) -> Node:
        return Num(1) if isinstance(node, Op) and node.op == "log" else node

    return Mutant("the logarithms -> 1", why, lambda formula: rewrite(formula.body, change))


def root_dropped(why: str) -> Mutant:
    """Leave out every square root."""

    def change(node: Node) -> Node:
        return node.args[0] if isinstance(node, Op) and node.op == "sqrt" else node

    return Mutant("without the square root", why, lambda formula: rewrite(formula.body, change))


def factor(part: Node, factor: fmpq, name: str, why: str) -> Mutant:
    """Multiply a part of the bound by a factor."""
    return replace_part(part, lambda node: times(factor, node), name, why)


LESS_UNDER_ROOT = replace_part(
    TWICE_N,
    lambda _: times(fmpq(53, 25), N_DRAWS),
    "2 n -> 2.12 n",
    "2000 fair coins show 700 heads too often",
)
LESS_COMPLEXITY = replace_part(
    TWICE_R,
    lambda _: times(fmpq(199, 100), _R),
    "2 r -> 1.99 r",
    "all functions to 0 and 1, and draws from far more points",
)
MORE_DRAWS = replace_part(
    N_DRAWS, lambda n: Op("add", (n, Num(1))), "n -> n + 1", "one draw too many"
)
INDEPENDENT = without(
    "the draws are independent",
    [copies(4), copies(400)],
    "a coin that is thrown once for all draws",
)


# The expectation


@check(
    "Generalization.symmetrization",
    instances=sources,
    claim="all functions to 0 and 1 and a single draw from N points come within 1 - 1/N of it, "
    "so that no factor below 2 will do",
    sharp=[
        *(Sharp(Cube(points, 1), 1 - fmpq(1, points)) for points in (1, 2, 3, 10, 1000, 10**6)),
        Sharp(Cube(2, 2), fmpq(1, 3)),
        Sharp(Cube(100, 1, fmpq(7, 2)), fmpq(99, 100)),
        Sharp(Cube(10**9, 8)),
        Sharp(line(4, 3)),
    ],
    mutants=[
        scale(fmpq(999, 1000), "a single draw from a million points comes closer"),
        replace_part(
            _TWO, lambda _: rational(fmpq(199, 100)), "2 -> 1.99", "2 is needed for 1000 points"
        ),
        replace_part(_TWO, lambda _: Num(1), "2 -> 1", "the complexity alone is too small"),
        replace_by_square("r", "not for r < 1"),
        instead(
            "gaps to both sides",
            lambda at, _: _symmetrized(at, at.law_of(two_sided=True).expected_gap),
            "a single function has complexity zero and deviates",
        ),
        instead(
            "on every sample",
            lambda at, _: _symmetrized(at, at.law.largest_gap),
            "a coin may show heads only",
        ),
        instead(
            "the complexity of the sample with the least",
            lambda at, _: Measurement(
                at.law.expected_gap, {"r": min(s.complexity for s in at.law.samples)}
            ),
            "a sample in which points are drawn twice says less about the functions",
        ),
        without(
            "the draws are independent",
            [SmallClass(uniform(4), tuple(functions_of(thresholds(4))), 8, copies=True)],
            "copies of a draw: the more there are, the less they follow random signs",
        ),
    ],
    series=[
        Series(
            "a single draw from N points, all functions to 0 and 1",
            "N",
            lambda: [(points, Cube(points, 1)) for points in range(2, 31)],
        ),
        Series(
            "n draws from 10 points, all functions to 0 and 1",
            "n",
            lambda: [(n, Cube(10, n)) for n in range(1, 16)],
        ),
        Series(
            "n draws from 4 points of a line, thresholds",
            "n",
            lambda: [(n, line(4, n)) for n in range(1, 9)],
        ),
    ],
)
def symmetrization(at: Source, _book: Book) -> Measurement:
    """Average the largest gap and the complexity over all samples."""
    return _symmetrized(at, at.law.expected_gap)


def _symmetrized(at: Source, lhs: fmpq) -> Measurement:
    return Measurement(lhs, {"r": at.law.expected_complexity})


# With high probability


def _with_complexity(at: GapInstance, lhs: fmpq) -> Measurement:
    r = at.source.law.expected_complexity
    return Measurement(lhs, {"r": r, "b": at.end, "n": at.source.n, "δ": at.delta})


def _least_complexity(at: GapInstance, _book: Book) -> Measurement:
    law = at.source.law
    r = min(sample.complexity for sample in law.samples)
    args = {"r": r, "b": at.end, "n": at.source.n, "δ": at.delta}
    return Measurement(law.quantile(at.delta), args)


@check(
    "Generalization.rademacher_bound",
    instances=gap_instances,
    claim="all functions to 0 and 1 and a single draw need the factor 2, a single function and "
    "many coins the square root, both in full",
    sharp=[
        *(Sharp(single_draw(points)) for points in (2, 1000, 10**5)),
        Sharp(single_draw(1000, fmpq(4))),
        Sharp(GapInstance(Cube(1000, 8), ALMOST_ONE)),
        Sharp(rare(1, 0, law=coin(28, 72))),
        Sharp(rare(1, 0, fmpq(4), coin(28, 72))),
        Sharp(rare(2000, 700)),
        Sharp(rare(2000, 700, fmpq(1, 5))),
        Sharp(GapInstance(line(4, 4), TWENTIETH)),
        Sharp(GapInstance(Coin(coin(28, 72), 1), fmpq(1, 10**6))),
    ],
    mutants=[
        scale(fmpq(999, 1000), "a single draw from many points comes closer"),
        LESS_COMPLEXITY,
        LESS_UNDER_ROOT,
        MORE_DRAWS,
        replace_part(Var("b"), lambda _: Num(1), "b -> 1", "values may be larger than one"),
        factor(Var("b"), fmpq(19, 20), "b -> 19/20 b", "coins need b in full"),
        logarithm_dropped("delta may be as small as one likes"),
        root_dropped("not where n is large"),
        instead(
            "gaps to both sides",
            lambda at, _: _with_complexity(at, at.source.law_of(two_sided=True).quantile(at.delta)),
            "delta for each side makes 2 delta",
        ),
        instead(
            "the complexity of the sample with the least",
            _least_complexity,
            "samples with points drawn twice have less",
        ),
        INDEPENDENT,
        without(
            "values in [0, b]",
            [GapInstance(Coin(coin(28, 72), 1), just_below(fmpq(28, 100)), fmpq(4, 5))],
            "a coin with the interval [0, 4/5]",
        ),
    ],
    series=[
        ONE_COIN,
        _FROM_1000_POINTS,
        Series(
            "a single draw from 1000 points, all functions to 0 and 1; delta = 1 / 10^k",
            "k",
            lambda: [(k, single_draw(1000, delta=fmpq(1, 10**k))) for k in range(1, 13)],
        ),
    ],
)
def rademacher_bound(at: GapInstance, _book: Book) -> Measurement:
    """Find the (1 - delta)-quantile of the largest gap."""
    return _with_complexity(at, at.source.law.quantile(at.delta))


def _largest_excess(at: GapInstance, book: Book) -> Sample:
    """Return the sample that decides whether the gap exceeds its own bound too often."""
    bound = book.bound_of("DeepTheory.Generalization.rademacher_empirical_bound")
    if bound is None:
        raise FailureError("The theorem's card names no bound.")
    values: dict[tuple[int, int], Number] = {}

    def excess(sample: Sample) -> Number:
        r = sample.complexity
        key = int(r.p), int(r.q)
        if key not in values:
            values[key] = bound.value({"r": r, "b": at.end, "n": at.source.n, "δ": at.delta})
        return sample.gap - values[key]

    return at.source.law.typical(at.delta, excess)


_DISTINCT = GapInstance(DistinctDraws(10**13, 10**6), fmpq(99, 100))


@check(
    "Generalization.rademacher_empirical_bound",
    instances=gap_instances,
    claim="all functions to 0 and 1 and many draws from far more points need the factor 2; of the "
    "factor 3 a single function and many coins need 1",
    sharp=[
        Sharp(_DISTINCT),
        *(Sharp(single_draw(points)) for points in (2, 1000)),
        Sharp(rare(1, 0, law=coin(28, 72))),
        Sharp(rare(2000, 700)),
        Sharp(rare(2000, 700, fmpq(4))),
        Sharp(GapInstance(Cube(10**6, 20), fmpq(99, 100))),
        Sharp(GapInstance(line(4, 4), TWENTIETH)),
    ],
    mutants=[
        scale(fmpq(99, 100), "many draws from far more points come closer"),
        LESS_COMPLEXITY,
        replace_part(TWICE_R, lambda _: _R, "2 r -> r", "the complexity alone is too small"),
        replace_part(
            Num(3), lambda _: rational(fmpq(19, 20)), "3 -> 19/20", "2000 coins need almost 1"
        ),
        factor(TWICE_N, fmpq(10), "2 n -> 20 n", "2000 coins deviate further"),
        replace_part(Var("b"), lambda _: Num(1), "b -> 1", "values may be larger than one"),
        logarithm_dropped("delta may be as small as one likes"),
        root_dropped("not where n is large"),
        instead(
            "the complexity of the sample with the least",
            _least_complexity,
            "another sample says nothing about this one",
        ),
        INDEPENDENT,
        without(
            "values in [0, b]",
            [GapInstance(Coin(coin(28, 72), 1), just_below(fmpq(28, 100)), fmpq(1, 5))],
            "a coin with the interval [0, 1/5]",
        ),
    ],
    series=[
        ONE_COIN,
        _FROM_1000_POINTS,
        Series(
            "10^k draws from far more points, all functions to 0 and 1; delta = 1/20",
            "k",
            lambda: [
                (k, GapInstance(DistinctDraws(100 ** (k + 1), 10**k), TWENTIETH)) for k in range(9)
            ],
        ),
    ],
)
def rademacher_empirical_bound(at: GapInstance, book: Book) -> Measurement:
    """Order the samples by how far the gap exceeds the bound there, and take the quantile.

    The gap and the complexity are those of one sample: it stays below its bound exactly if samples
    with a probability of at least ``1 - delta`` do.  The order is always that of the catalog's
    bound; mutants of it are compared on the same sample.
    """
    sample = _largest_excess(at, book)
    args = {"r": sample.complexity, "b": at.end, "n": at.source.n, "δ": at.delta}
    return Measurement(sample.gap, args)
