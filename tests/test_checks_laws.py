"""Exact probabilities and classes of labellings, each against another way to compute it."""

from __future__ import annotations

from itertools import product
from math import comb
from typing import Any

import pytest
from flint import arb, ctx, fmpq
from hypothesis import given, settings
from hypothesis import strategies as st

from deeptheory.checks.instances.classes import (
    GrowthInstance,
    KnownGrowth,
    Labellings,
    all_labellings,
    at_most_true,
    growth_instances,
    half_planes,
    intervals,
    labellings,
    large_growth_instances,
    thresholds,
)
from deeptheory.checks.instances.deviations import (
    Heads,
    MeanDeviation,
    Statistic,
    StatisticDeviation,
    Tilted,
    deviations,
    distinct,
    largest,
    longest_run,
    mean_deviations,
    table,
    tilted,
    total,
)
from deeptheory.checks.instances.laws import (
    FAIR,
    Copies,
    Independent,
    Law,
    SumLaw,
    coin,
    coin_tail,
    iid,
    laws,
    point_mass,
    uniform,
)
from deeptheory.checks.instances.strategies import rationals
from deeptheory.checks.mutants import replace_part
from deeptheory.formulas import Book
from deeptheory.formulas.syntax import Num
from sample_catalog import sample_declarations

ZERO, ONE, HALF = fmpq(0), fmpq(1), fmpq(1, 2)


# Laws


def test_a_law_knows_its_moments() -> None:
    law, values = Law((1, 2, 0, 3)), (fmpq(6), fmpq(0), fmpq(100), fmpq(2))
    assert law.weights == (fmpq(1, 6), fmpq(1, 3), 0, HALF)
    assert law.expect(values) == 2
    assert law.variance(values) == fmpq(16 + 2 * 4, 6)
    assert law.probability(lambda z: values[z] > 1) == fmpq(2, 3)
    assert point_mass(3, 1).weights == (0, 1, 0)
    assert uniform(4).weights == (fmpq(1, 4),) * 4


@settings(max_examples=50, deadline=None)
@given(st.lists(laws(3), min_size=1, max_size=4))
def test_independent_draws_multiply(each: Any) -> None:
    draws = Independent(tuple(each))
    assert sum(mass for _, mass in draws.outcomes()) == draws.total
    assert draws.probability(lambda x: all(z == 0 for z in x)) == _product(
        law.weights[0] for law in each
    )
    assert draws.expect(lambda x: fmpq(sum(x))) == sum(
        law.expect([fmpq(z) for z in range(law.size)]) for law in each
    )


def _product(factors: Any) -> fmpq:
    result = ONE
    for factor in factors:
        result *= factor
    return result


def test_copies_have_the_law_of_one_draw_and_its_value_throughout() -> None:
    draws = Copies(coin(1, 2), 5)
    assert dict(draws.outcomes()) == {(0,) * 5: 1, (1,) * 5: 2}
    assert draws.probability(lambda x: sum(x) == 5) == fmpq(2, 3)
    assert draws.probability(lambda x: 0 < sum(x) < 5) == 0


@settings(max_examples=60, deadline=None)
@given(laws(4), st.integers(1, 5), st.data())
def test_the_law_of_a_sum_is_that_of_all_outcomes(law: Any, n: int, data: Any) -> None:
    values = data.draw(st.tuples(*[rationals()] * law.size))
    threshold = data.draw(st.one_of(rationals(-20, 20, 6), st.sampled_from(values)))
    counted = iid(law, n).probability(lambda x: sum((values[z] for z in x), ZERO) >= threshold)
    assert SumLaw.of(law, values, n).tail(threshold) == counted


@settings(max_examples=60, deadline=None)
@given(st.integers(0, 4), st.integers(0, 4), st.integers(1, 60), st.integers(-1, 61))
def test_the_tail_of_a_coin_is_a_sum_of_binomials(misses: int, heads: int, n: int, k: int) -> None:
    if misses + heads == 0:
        heads = 1
    expected = sum(
        fmpq(comb(n, j) * heads**j * misses ** (n - j), (misses + heads) ** n)
        for j in range(max(k, 0), n + 1)
    )
    assert coin_tail(coin(misses, heads), n, k) == expected


# Deviations


@settings(max_examples=60, deadline=None)
@given(mean_deviations())
def test_drawn_means_meet_the_hypotheses_and_attain_their_deviation(at: Any) -> None:
    low, high = at.ends
    assert at.n >= 1
    assert at.e >= 0
    assert low < high
    assert all(low <= value <= high for value in at.values)
    assert 0 <= at.probability <= 1
    assert at.probability <= at.two_sided <= 1


@pytest.mark.parametrize("n", [1, 4, 9, 12, 40])
def test_every_way_to_a_probability_of_a_mean_gives_the_same(n: int) -> None:
    """Few coins are enumerated, many have binomial tails, and sums a generating function."""
    law, e = coin(2, 1), fmpq(1, 6)
    plain = MeanDeviation(law, (ZERO, ONE), n, e).probability
    shifted = MeanDeviation(law, (ONE, fmpq(3)), n, 2 * e).probability
    heads = int((n * (law.weights[1] + e)).ceil())
    assert plain == shifted == coin_tail(law, n, heads)


def test_both_sides_of_a_mean() -> None:
    assert MeanDeviation(FAIR, (ZERO, ONE), 1, HALF).two_sided == 1
    assert MeanDeviation(FAIR, (ZERO, ONE), 2, HALF).two_sided == HALF
    assert MeanDeviation(FAIR, (ZERO, ONE), 2, ZERO).two_sided == 1


def test_copies_of_a_draw_do_not_concentrate() -> None:
    assert MeanDeviation(FAIR, (ZERO, ONE), 50, HALF, copies=True).probability == HALF
    assert MeanDeviation(FAIR, (ZERO, ONE), 50, HALF).probability == HALF**50


@pytest.mark.parametrize(
    ("statistic", "differences"),
    [
        (largest(), (2, 2, 2)),
        (distinct(), (1, 1, 1)),
        (longest_run(), (1, 2, 1)),
        (total(*[(ZERO, fmpq(3), ONE)] * 3), (3, 3, 3)),
        (total((ZERO,) * 3, (ZERO, ONE, ZERO), (ZERO, ZERO, fmpq(-4))), (0, 1, 4)),
        (Statistic("constant", lambda _: ONE), (0, 0, 0)),
    ],
)
def test_bounded_differences(statistic: Statistic, differences: Any) -> None:
    assert StatisticDeviation(iid(uniform(3), 3), statistic, ZERO).differences == differences


def test_differences_count_points_without_weight() -> None:
    """The theorem's hypothesis is about all samples, not about those that occur."""
    draws = iid(point_mass(2, 0), 2)
    assert StatisticDeviation(draws, distinct(), ZERO).differences == (1, 1)
    assert table(draws, (ZERO, fmpq(5))).function((1, 1)) == 5


@settings(max_examples=60, deadline=None)
@given(deviations())
def test_drawn_functions_meet_the_hypotheses(at: Any) -> None:
    assert at.e >= 0
    assert any(at.differences)
    f = at.statistic.function
    points = list(at.draws.points())
    for i, c in enumerate(at.differences):
        for x, y in product(points, repeat=2):
            if x[:i] + x[i + 1 :] == y[:i] + y[i + 1 :]:
                assert f(x) - f(y) <= c


def test_many_heads_are_few_heads_continued() -> None:
    few = StatisticDeviation(iid(FAIR, 6), total(*[(ZERO, ONE)] * 6), ONE)
    many = Heads(6, 4)
    assert many.e == few.e
    assert many.differences == few.differences
    assert many.probability == few.probability


@settings(max_examples=40, deadline=None)
@given(tilted())
def test_exponential_moments(at: Any) -> None:
    low, high = at.ends
    assert all(low <= value <= high for value in at.values)
    with ctx.workprec(100):
        mean = at.law.expect(at.values)
        shifted = at.moment(ZERO) * (-at.s * arb(mean)).exp()
        assert (arb(at.moment()) - shifted).contains(0)


def test_a_moment_without_tilt_is_exact() -> None:
    assert Tilted(coin(1, 3), (ZERO, ONE), ZERO).moment() == 1
    assert Tilted(FAIR, (ONE, ONE), fmpq(5)).moment() == 1


# Classes


def growth_over_all_samples(found: Labellings, n: int) -> int:
    """Look at every sample, with repetitions and in every order."""
    samples = product(range(found.points), repeat=n)
    return max((len(found.traces(sample)) for sample in samples), default=0)


def dimension_over_all_samples(found: Labellings) -> int:
    return max(
        (
            m
            for m in range(found.points + 2)
            if any(found.shatters(x) for x in product(range(found.points), repeat=m))
        ),
        default=0,
    )


@settings(max_examples=60, deadline=None)
@given(labellings(4), st.integers(0, 4))
def test_growth_and_dimension_are_those_over_all_samples(found: Any, n: int) -> None:
    assert found.growth(n) == growth_over_all_samples(found, n)
    assert found.dimension == dimension_over_all_samples(found)


@settings(max_examples=30, deadline=None)
@given(growth_instances())
def test_drawn_classes_have_the_dimension_claimed(at: Any) -> None:
    assert at.labellings.dimension <= at.d
    assert at.growth <= 2**at.n


def test_known_classes() -> None:
    for n in range(1, 7):
        assert thresholds(n).growth(n) == n + 1
        assert thresholds(n).dimension == 1
        assert intervals(n).growth(n) == 1 + n + comb(n, 2)
        assert intervals(n).dimension == min(n, 2)
        for d in range(n + 1):
            assert at_most_true(n, d).dimension == d
        parabola = half_planes([(i, i * i) for i in range(n)])
        assert parabola.growth(n) == n * n - n + 2
        assert parabola.dimension == min(n, 3)
    assert all_labellings(4).dimension == 4
    assert Labellings(3, frozenset()).growth(2) == 0
    assert Labellings(0, frozenset({0})).growth(0) == 1
    assert Labellings(0, frozenset({0})).growth(2) == 0


@pytest.mark.parametrize("n", range(1, 7))
def test_the_growth_that_is_known_is_that_of_a_search(n: int) -> None:
    for d in range(1, n + 1):
        assert KnownGrowth(n, d).growth == at_most_true(n, d).growth(n)
    assert KnownGrowth(n, n).describe() == {"class": f"true at most {n} times", "n": n, "d": n}


@settings(max_examples=30, deadline=None)
@given(large_growth_instances())
def test_drawn_samples_are_as_large_as_the_dimension(at: Any) -> None:
    assert 1 <= at.d <= at.n
    if isinstance(at, GrowthInstance):
        assert at.labellings.dimension <= at.d


def test_half_planes_are_those_of_rational_lines() -> None:
    """Every labelling of four points by a line with small coefficients is found, and no other."""
    places = [(0, 0), (2, 1), (1, 3), (5, 1)]
    sides = range(-6, 7)
    by_lines = {
        sum((a * x + b * y > c) << k for k, (x, y) in enumerate(places))
        for a, b in product(sides, repeat=2)
        for c in range(-40, 41)
    }
    assert half_planes(places).members == by_lines


def test_half_planes_need_points_in_general_position() -> None:
    with pytest.raises(ValueError, match="on a line"):
        half_planes([(0, 0), (1, 1), (2, 2)])


def test_a_report_shows_the_class() -> None:
    described = GrowthInstance(thresholds(2), 3).describe()
    assert described == {
        "points": 2,
        "class": "thresholds",
        "members": ["00", "10", "11"],
        "n": 3,
        "d": 1,
    }


# Mutants


def test_a_constant_of_a_formula_is_replaced_and_no_exponent() -> None:
    formula = Book(sample_declarations()).formula("hoeffdingBound")
    mutant = replace_part(Num(2), lambda _: Num(3), "", "")
    assert mutant.change is not None
    changed = formula.with_body(mutant.change(formula)).text()
    assert formula.text() == "exp(-(2 * n * e ^ 2 / (b - a) ^ 2))"
    assert changed == "exp(-(3 * n * e ^ 2 / (b - a) ^ 2))"
