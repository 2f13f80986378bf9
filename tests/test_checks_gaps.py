"""Laws of the largest gap over a class, each against another way to compute it."""

from __future__ import annotations

from collections.abc import Callable
from itertools import product
from math import comb
from typing import Any

import pytest
from flint import arb, ctx, fmpq
from hypothesis import given, settings
from hypothesis import strategies as st

from deeptheory.checks import decide
from deeptheory.checks.families.generalization import rademacher_empirical_bound
from deeptheory.checks.instances.classes import thresholds
from deeptheory.checks.instances.gap_instances import (
    TWENTIETH,
    GapInstance,
    copies,
    draws_from,
    gap_instances,
    just_below,
    line,
    margin_instances,
    rare,
    set_instances,
    signs,
    single_draw,
    sources,
    wrong,
)
from deeptheory.checks.instances.gaps import (
    Coin,
    Cube,
    DistinctDraws,
    Sample,
    SampleLaw,
    SmallClass,
    functions_of,
)
from deeptheory.checks.instances.laws import Copies, Law, coin, iid, uniform
from deeptheory.checks.instances.strategies import rationals
from deeptheory.formulas import Book
from sample_catalog import sample_declarations

ZERO, ONE, HALF = fmpq(0), fmpq(1), fmpq(1, 2)
DELTAS = st.fractions(min_value=0, max_value=1, max_denominator=40).map(
    lambda drawn: fmpq(drawn.numerator, drawn.denominator)
)


def itself(value: fmpq) -> fmpq:
    return value


def looked_at(
    at: SmallClass,
    risk: Callable[[fmpq], fmpq] = itself,
    cost: Callable[[fmpq], fmpq] = itself,
    two_sided: bool = False,
) -> dict[tuple[fmpq, fmpq], fmpq]:
    """Look at all samples in all orders, all functions and all signs."""
    draws = Copies(at.point_law, at.n) if at.copies else iid(at.point_law, at.n)
    found: dict[tuple[fmpq, fmpq], fmpq] = {}
    for x, mass in draws.outcomes():
        gaps = [
            at.point_law.expect([risk(v) for v in f]) - sum((cost(f[z]) for z in x), ZERO) / at.n
            for f in at.functions
        ]
        gap = max(abs(g) for g in gaps) if two_sided else max(gaps)
        best = [
            max(sum((s * f[z] for s, z in zip(sign, x, strict=True)), ZERO) for f in at.functions)
            for sign in product((1, -1), repeat=at.n)
        ]
        key = gap, sum(best, ZERO) / (2**at.n * at.n)
        found[key] = found.get(key, ZERO) + fmpq(mass, draws.total)
    return found


def as_dict(law: SampleLaw) -> dict[tuple[fmpq, fmpq], fmpq]:
    return {(s.gap, s.complexity): fmpq(s.mass, law.total) for s in law.samples}


@st.composite
def small(draw: Any) -> SmallClass:
    size = draw(st.integers(1, 3))
    masses = draw(st.tuples(*[st.integers(0, 3)] * size).filter(any))
    tables = draw(st.lists(st.tuples(*[rationals()] * size), min_size=1, max_size=4))
    n = draw(st.integers(1, 3))
    return SmallClass(Law(masses), tuple(tables), n, draw(st.booleans()))


@settings(max_examples=40, deadline=None)
@given(small(), st.booleans())
def test_the_law_of_a_small_class_is_that_of_all_samples(at: Any, two_sided: bool) -> None:
    assert as_dict(at.law_of(two_sided=two_sided)) == looked_at(at, two_sided=two_sided)
    below = GapInstance(at, HALF, rho=fmpq(1, 2)).below
    expected = looked_at(at, wrong, below, two_sided)
    assert as_dict(at.law_of(wrong, below, two_sided=two_sided)) == expected


@pytest.mark.parametrize(("points", "n"), [(1, 1), (1, 4), (2, 1), (2, 3), (3, 2), (3, 4)])
@pytest.mark.parametrize("high", [ONE, fmpq(3, 2)])
@pytest.mark.parametrize("two_sided", [False, True])
def test_all_functions_to_two_values_are_a_small_class(
    points: int, n: int, high: fmpq, two_sided: bool
) -> None:
    cube = Cube(points, n, high)
    small_one = SmallClass(uniform(points), tuple(product((ZERO, high), repeat=points)), n)
    law = small_one.law_of(two_sided=two_sided)
    assert as_dict(cube.law_of(two_sided=two_sided)) == as_dict(law)
    assert cube.top == small_one.top
    for rho in (HALF, ONE, fmpq(2)):
        below = GapInstance(cube, HALF, rho=rho).below
        expected = as_dict(small_one.law_of(wrong, below, two_sided=two_sided))
        assert as_dict(cube.law_of(wrong, below, two_sided=two_sided)) == expected
    if high == 1:
        assert cube.growth == small_one.growth == 2 ** min(n, points)


@pytest.mark.parametrize("points", [1, 2, 7, 1000])
@pytest.mark.parametrize("n", [1, 2, 5, 12])
def test_expectations_for_all_functions_to_zero_and_one(points: int, n: int) -> None:
    """A point is drawn as often as heads are thrown; its signed draws are a sum of steps."""
    law = Cube(points, n).law
    assert law.total == points**n
    share = fmpq(1, points)
    short = sum(
        (
            comb(n, m) * share**m * (1 - share) ** (n - m) * max(ZERO, share - fmpq(m, n))
            for m in range(n + 1)
        ),
        ZERO,
    )
    assert law.expected_gap == points * short
    steps = {0: ONE}  # the law of the signed number of draws of one point
    for _ in range(n):
        new: dict[int, fmpq] = {}
        for place, p in steps.items():
            for move, weight in (
                (0, 1 - fmpq(1, points)),
                (1, fmpq(1, 2 * points)),
                (-1, fmpq(1, 2 * points)),
            ):
                new[place + move] = new.get(place + move, ZERO) + p * weight
        steps = new
    excess = sum((max(place, 0) * p for place, p in steps.items()), ZERO)
    assert law.expected_complexity == points * excess / n


@settings(max_examples=40, deadline=None)
@given(
    st.integers(0, 3),
    st.integers(1, 3),
    st.integers(1, 5),
    st.tuples(rationals(), rationals()),
    st.booleans(),
    st.booleans(),
)
def test_a_coin_is_a_small_class(
    misses: int, heads: int, n: int, values: Any, copied: bool, two_sided: bool
) -> None:
    one = Coin(coin(misses, heads), n, values, copied)
    same = SmallClass(coin(misses, heads), (values,), n, copied)
    assert as_dict(one.law_of(two_sided=two_sided)) == as_dict(same.law_of(two_sided=two_sided))
    assert as_dict(one.law_of(wrong, itself)) == as_dict(same.law_of(wrong, itself))
    assert one.top == same.top


def test_many_draws_most_likely_differ() -> None:
    exact, short = Cube(100, 4), DistinctDraws(100, 4)
    (sample,) = short.law.samples
    differ = exact.law.probability(lambda s: (s.gap, s.complexity) == (sample.gap, HALF))
    assert 1 - short.repeated <= differ == fmpq(99 * 98 * 97, 100**3)
    assert all(s.gap >= sample.gap and s.complexity <= HALF for s in exact.law.samples)
    for delta in (short.repeated, HALF, fmpq(99, 100)):
        for slope in (1, 2, 5):

            def height(s: Sample, slope: int = slope) -> fmpq:
                return s.gap - slope * s.complexity

            assert height(exact.law.typical(delta, height)) == height(sample)
    assert short.growth == exact.growth == 16
    with pytest.raises(NotImplementedError, match="functions themselves"):
        short.law_of(two_sided=True)


# What is claimed of a law


@settings(max_examples=100, deadline=None)
@given(
    st.lists(st.tuples(st.integers(1, 5), rationals(), rationals()), min_size=1, max_size=8),
    DELTAS.filter(lambda delta: 0 < delta < 1),
    st.integers(-3, 3),
)
def test_quantiles_decide_statements_with_high_probability(
    drawn: Any, delta: fmpq, slope: int
) -> None:
    law = SampleLaw(tuple(Sample(*each) for each in drawn))
    t = law.quantile(delta)
    assert law.probability(lambda s: s.gap > t) <= delta < law.probability(lambda s: s.gap >= t)

    def height(s: Sample) -> fmpq:
        return s.gap - slope * s.complexity

    stays_below = law.probability(lambda s: height(s) <= 0) >= 1 - delta
    assert stays_below == (height(law.typical(delta, height)) <= 0)
    assert law.typical(delta, lambda s: s.gap).gap == t


def test_nothing_is_claimed_where_the_bound_may_always_fail() -> None:
    law = SampleLaw((Sample(1, ONE, ZERO),))
    with pytest.raises(ValueError, match="nothing is claimed"):
        law.quantile(ONE)
    with pytest.raises(ValueError, match="nothing is claimed"):
        law.typical(ONE, lambda s: s.gap)


@settings(max_examples=40, deadline=None)
@given(gap_instances(), st.sampled_from([fmpq(1, 100), fmpq(1, 4), ONE]))
def test_the_complexity_of_the_sample_is_compared_sample_by_sample(at: Any, shrink: fmpq) -> None:
    """Also where the catalog's bound is made false, the verdict is that of all samples."""
    declarations = sample_declarations()
    name = "DeepTheory.Generalization.empiricalRademacherBound"
    formula = next(d for d in declarations if d["name"] == name)["formula"]
    factor = {"op": "div", "args": [{"nat": str(shrink.p)}, {"nat": str(shrink.q)}]}
    formula["body"] = {"op": "mul", "args": [factor, formula["body"]]}
    book = Book(declarations)
    bound = book.bound_of("DeepTheory.Generalization.rademacher_empirical_bound")
    assert bound is not None
    verdict = decide(lambda: rademacher_empirical_bound(at, book), bound).holds
    with ctx.workprec(200):
        r_term, law = shrink * 2, at.source.law
        log = (2 / arb(at.delta)).log()
        rest = arb(shrink) * 3 * arb(at.end) * (log / (2 * at.source.n)).sqrt()
        good = law.probability(lambda s: arb(s.gap - r_term * s.complexity) <= rest)
    assert verdict == (good >= 1 - at.delta)


# Drawn and named instances


@settings(max_examples=60, deadline=None)
@given(gap_instances())
def test_drawn_classes_meet_the_hypotheses(at: Any) -> None:
    assert 0 < at.delta < 1
    assert at.source.n >= 1
    assert 0 < at.end >= at.source.top
    if isinstance(at.source, SmallClass):
        assert all(0 <= value <= at.end for table in at.source.functions for value in table)
    assert all(s.complexity >= 0 for s in at.source.law.samples)
    assert all(s.gap <= at.end for s in at.source.law.samples)


@settings(max_examples=60, deadline=None)
@given(margin_instances(), set_instances(), sources())
def test_drawn_margins_and_sets_meet_the_hypotheses(margin: Any, sets: Any, source: Any) -> None:
    assert 0 < margin.delta < 1
    assert margin.rho > 0
    assert -1 <= margin.margin_law.quantile(margin.delta) <= 1
    assert 0 < sets.delta < 1
    assert 1 <= sets.source.growth <= 2**sets.source.n
    if isinstance(sets.source, SmallClass):
        assert {value for table in sets.source.functions for value in table} <= {0, 1}
    assert source.n >= 1


def test_named_instances() -> None:
    assert rare(10, 2).delta < fmpq(1 + 10 + 45, 1024) < rare(10, 2).delta * fmpq(10001, 10000)
    assert rare(10, 2).source.law.quantile(rare(10, 2).delta) == HALF - fmpq(2, 10)
    assert rare(10, 2, fmpq(4)).source.law.quantile(TWENTIETH) == 4 * (HALF - fmpq(2, 10))
    assert single_draw(5, fmpq(3)).margin_law.largest_gap == fmpq(4, 5)
    assert copies(9).source.law.quantile(copies(9).delta) == fmpq(7, 10)
    assert signs(coin(1, 3), 2, HALF).margin_law.expected_gap == 0
    assert [n for n, _ in draws_from(3)()] == list(range(1, 13))
    assert line(3, 2).growth == 3
    assert functions_of(thresholds(1)) == ((ZERO,), (ONE,))


@settings(max_examples=100, deadline=None)
@given(st.integers(1, 10**30), st.integers(1, 10**30))
def test_a_number_just_below(p: int, q: int) -> None:
    value = fmpq(min(p, q), max(p, q))
    below = just_below(value)
    assert 0 < below < value <= below + value / 10**10


def test_reports_show_the_data() -> None:
    assert GapInstance(Cube(5, 2), TWENTIETH).describe() == {
        "points": 5,
        "law": "uniform",
        "class": "all functions to 0 and 1",
        "n": 2,
        "delta": "1/20",
        "b": "1",
        "rho": "1",
    }
    assert copies(2).describe()["draws"] == "copies of one"
    assert line(2, 1).describe()["functions"] == [["0", "0"], ["1", "0"], ["1", "1"]]
    assert DistinctDraws(9, 2).describe() == Cube(9, 2).describe()
