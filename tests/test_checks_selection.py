"""Hypotheses chosen by a sample: every quantile against the list of all samples."""

from __future__ import annotations

from itertools import product
from typing import Any

import pytest
from flint import fmpq
from hypothesis import given, settings
from hypothesis import strategies as st

from deeptheory.checks.instances.laws import FAIR, Law, coin, iid
from deeptheory.checks.instances.selection import (
    FewLosses,
    Opposites,
    Rivals,
    critical,
    just_below,
    quantile,
    rivals,
)
from deeptheory.checks.instances.uniform import DELTAS, loss_classes

ZERO, HALF, ONE = fmpq(0), fmpq(1, 2), fmpq(1)
DELTA = st.sampled_from([*DELTAS, fmpq(1, 4), fmpq(3, 4)])


def excess(at: FewLosses, sample: tuple[int, ...]) -> fmpq:
    sums = [sum((row[z] for z in sample), ZERO) for row in at.losses]
    risks = [at.law.expect(row) for row in at.losses]
    return max(
        fmpq(risk) - min(risks) for risk, s in zip(risks, sums, strict=True) if s == min(sums)
    )


def unseen(at: FewLosses, sample: tuple[int, ...]) -> fmpq:
    without = [row for row in at.losses if all(row[z] == 0 for z in sample)]
    return max((fmpq(at.law.expect(row)) for row in without), default=ZERO)


@settings(max_examples=60, deadline=None)
@given(loss_classes().filter(lambda at: at.law.size**at.n <= 81))
def test_quantiles_are_those_of_all_samples(found: Any) -> None:
    at = FewLosses.of(found)
    draws = iid(at.law, at.n)
    for measured, value in ((at.excess, excess), (at.unseen, unseen)):
        law = [(draws.probability(lambda x, y=y: x == y), value(at, y)) for y in draws.points()]
        enough = [v for _, v in law if sum(p for p, w in law if w <= v) >= 1 - at.delta]
        assert measured == min(enough)


@settings(max_examples=60, deadline=None)
@given(st.sampled_from([(1, 1), (3, 2), (9, 1)]), st.integers(1, 8), DELTA)
def test_opposite_losses_are_two_losses(odds: Any, n: int, delta: fmpq) -> None:
    pair = Opposites(coin(*odds), n, delta)
    listed = FewLosses(pair.law, ((ZERO, ONE), (ONE, ZERO)), n, delta)
    assert pair.excess == listed.excess
    assert pair.unseen == listed.unseen
    assert sorted(pair.expectations) == sorted(listed.expectations)
    assert (pair.size, pair.spread) == (listed.size, listed.spread)


@settings(max_examples=60, deadline=None)
@given(
    st.sampled_from([(1, 1), (3, 2), (9, 1)]),
    st.integers(1, 5),
    DELTA,
    st.sampled_from([None, ZERO, fmpq(1, 20)]),
    st.integers(1, 2),
)
def test_rivals_are_losses_on_all_sides_of_the_coins(
    odds: Any, n: int, delta: fmpq, sure: Any, coins: int
) -> None:
    many = Rivals(coin(*odds), coins, n, delta, sure)
    shown = list(product((0, 1), repeat=coins))
    masses = [odds[0] ** x.count(0) * odds[1] ** x.count(1) for x in shown]
    losses = [tuple(fmpq(x[i]) for x in shown) for i in range(coins)]
    if sure is not None:
        losses.append((sure,) * len(shown))
    listed = FewLosses(Law(tuple(masses)), tuple(losses), n, delta)
    assert many.excess == listed.excess
    assert many.unseen == listed.unseen
    assert set(many.expectations) == set(listed.expectations)
    assert (many.size, many.spread) == (listed.size, listed.spread)


@pytest.mark.parametrize("coins", [1, 40, 1000, 10**6])
def test_very_many_coins_are_compared_by_logarithms(coins: int) -> None:
    """Just above the probability nothing is left to bound, and just below it something is."""
    law, n = coin(9, 1), 40
    chance = 1 - (1 - fmpq(9, 10) ** n) ** min(coins, 1000)
    at = Rivals(law, coins, n, chance - fmpq(1, 10**9))
    assert at.unseen == at.excess == fmpq(1, 10)
    above = Rivals(law, coins, n, chance + fmpq(1, 10**9))
    assert (above.unseen == 0) == (coins <= 1000)


@settings(max_examples=30, deadline=None)
@given(rivals())
def test_a_critical_delta_lets_the_worse_hypothesis_count(found: Any) -> None:
    at = critical(found)
    assert 0 < at.delta < 1
    if isinstance(at, Opposites) or at.sure is not None:
        assert at.excess == at.spread
    else:
        assert at.unseen == at.law.weights[1]


def test_a_quantile_is_attained_where_the_mass_is_exactly_enough() -> None:
    values = [(1, HALF), (2, ZERO), (1, ONE)]
    assert quantile(values, HALF) == 0
    assert quantile(values, fmpq(49, 100)) == HALF
    assert quantile(values, fmpq(1, 4)) == HALF
    assert quantile(values, ZERO) == ONE


@pytest.mark.parametrize("number", [ONE, HALF, fmpq(1, 3), fmpq(1, 10**40), fmpq(99, 100)])
def test_a_decimal_just_below(number: fmpq) -> None:
    assert number * (1 - fmpq(1, 10**6)) <= just_below(number) < number


def test_reports_show_the_data() -> None:
    assert Opposites(FAIR, 3, fmpq(1, 10**30)).describe() == {
        "two opposite losses of a coin": ["1/2", "1/2"],
        "n": 3,
        "delta": "1.0e-30",
    }
    assert Rivals(FAIR, 7, 3, HALF).describe()["a hypothesis with the loss"] == "0"
    assert "prior" not in FewLosses(FAIR, ((ZERO, ONE),), 1, HALF).describe()
