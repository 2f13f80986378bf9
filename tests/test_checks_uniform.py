"""Quantiles of the worst deviation in a class, against all samples and against the statement."""

from __future__ import annotations

from itertools import product
from math import comb
from typing import Any

import pytest
from flint import ctx, fmpq
from hypothesis import given, settings
from hypothesis import strategies as st

from deeptheory.checks import Options, load_checks, run_check
from deeptheory.checks.instances.laws import FAIR, Law, iid, uniform
from deeptheory.checks.instances.uniform import (
    DELTAS,
    FairCoins,
    LossClass,
    coin_classes,
    loss_classes,
)
from deeptheory.formulas import Book
from deeptheory.formulas.rigorous import compare
from sample_catalog import sample_declarations

ZERO, ONE, HALF = fmpq(0), fmpq(1), fmpq(1, 2)
BITS = (ZERO, ONE)


def deviation(row: Any, law: Law, x: Any) -> fmpq:
    return abs(sum((row[z] for z in x), ZERO) / len(x) - law.expect(row))


def probability_within(at: LossClass, limits: Any) -> fmpq:
    """Look at every sample in every order: are all deviations within their limits?"""
    return iid(at.law, at.n).probability(
        lambda x: all(
            bool(compare("le", deviation(row, at.law, x), limit))
            for row, limit, weight in zip(at.losses, limits, at.prior, strict=True)
            if weight > 0
        )
    )


small = loss_classes().filter(lambda at: at.law.size**at.n <= 300)
weighted = loss_classes(weighted=True).filter(lambda at: at.law.size**at.n <= 300)


@settings(max_examples=60, deadline=None)
@given(small)
def test_the_quantile_is_the_least_bound_on_all_deviations(at: Any) -> None:
    found, weight = at.quantile()
    assert weight == fmpq(1, at.size)
    assert probability_within(at, [found] * at.size) >= 1 - at.delta
    below = found - fmpq(1, 10**9)
    assert probability_within(at, [below] * at.size) < 1 - at.delta


@settings(max_examples=60, deadline=None)
@given(weighted, st.sampled_from([fmpq(1, 3), fmpq(1, 10), ONE]))
def test_the_worst_multiple_decides_the_statement(at: Any, factor: fmpq) -> None:
    """All are within a multiple of their bounds exactly where the worst hypothesis is."""
    formula = Book(sample_declarations()).formula("occamBound")

    def bound(weight: fmpq) -> Any:
        return factor * formula.value({"w": weight, "n": at.n, "δ": at.delta})

    with ctx.workprec(200):
        found, weight = at.quantile(bound)
        limits = [bound(w) if w > 0 else ZERO for w in at.prior]
        holds = probability_within(at, limits) >= 1 - at.delta
        assert bool(compare("le", found, bound(weight))) == holds


@settings(max_examples=40, deadline=None)
@given(weighted, st.sampled_from(DELTAS))
def test_a_sample_exceeds_its_bounds_at_most_with_probability_delta(at: Any, delta: Any) -> None:
    """The statement of Occam's razor itself, on few samples."""
    formula = Book(sample_declarations()).formula("occamBound")
    with ctx.workprec(200):
        limits = [
            formula.value({"w": w, "n": at.n, "δ": delta}) if w > 0 else ZERO for w in at.prior
        ]
        assert probability_within(at, limits) >= 1 - delta


@pytest.mark.parametrize("n", [1, 2, 3, 4])
@pytest.mark.parametrize("delta", DELTAS)
def test_independent_coins_are_losses_of_one_draw_that_shows_all(n: int, delta: fmpq) -> None:
    """Two coins in one draw: points are pairs of sides, and each loss looks at one of them."""
    sides = list(product(BITS, repeat=2))
    losses = tuple(tuple(pair[h] for pair in sides) for h in range(2))
    for weights in ((HALF, HALF), (fmpq(1, 5), fmpq(4, 5))):
        listed = LossClass(uniform(4), losses, n, delta, weights)
        coins = FairCoins(n, tuple((1, w) for w in weights), delta)
        assert listed.quantile()[0] == coins.quantile()[0]
        scale = {weights[0]: fmpq(3), weights[1]: fmpq(2)}
        assert listed.quantile(scale.__getitem__) == coins.quantile(scale.__getitem__)


@settings(max_examples=40, deadline=None)
@given(st.integers(1, 40), st.integers(1, 30), st.sampled_from(DELTAS))
def test_groups_of_equal_weight_are_one_group(n: int, size: int, delta: fmpq) -> None:
    one = FairCoins.equal(n, 2 * size, delta)
    two = FairCoins(n, ((size, fmpq(1, 2 * size)),) * 2, delta)
    assert one.quantile() == two.quantile()


@pytest.mark.parametrize("delta", DELTAS)
def test_very_many_coins_are_decided_by_logarithms(delta: fmpq) -> None:
    """Balls of the logarithms find what the exact power of the probability of one coin says."""
    n, size = 30, 10**4

    def outside(d: fmpq) -> fmpq:
        far = (k for k in range(n + 1) if abs(fmpq(k, n) - HALF) > d)
        return fmpq(sum(comb(n, k) for k in far), 2**n)

    with ctx.workprec(200):
        found, _ = FairCoins.equal(n, size, delta).quantile()
    assert (1 - outside(found)) ** size >= 1 - delta
    assert (1 - outside(found - fmpq(1, n))) ** size < 1 - delta


def test_one_throw_of_a_fair_coin_deviates_by_a_half_for_sure() -> None:
    for delta in DELTAS:
        assert LossClass(FAIR, (BITS,), 1, delta).quantile() == (HALF, 1)
        assert FairCoins.equal(1, 1, delta).quantile() == (HALF, 1)


def test_hypotheses_without_weight_do_not_count() -> None:
    losses = ((HALF, HALF), BITS)
    assert LossClass(FAIR, losses, 1, HALF, (ONE, ZERO)).quantile() == (0, 1)
    assert LossClass(FAIR, losses, 1, HALF, (ZERO, ONE)).quantile() == (HALF, 1)


def test_copies_of_a_draw_do_not_average() -> None:
    assert LossClass(FAIR, (BITS,), 12, HALF, copies=True).quantile()[0] == HALF
    assert LossClass(FAIR, (BITS,), 12, HALF).quantile()[0] < HALF


@settings(max_examples=60, deadline=None)
@given(st.one_of(loss_classes(weighted=True), coin_classes(weighted=True)))
def test_drawn_classes_meet_the_hypotheses(at: Any) -> None:
    assert at.n >= 1
    assert 0 < at.delta < 1
    assert at.size >= 1
    if isinstance(at, LossClass):
        assert sum(at.prior) == 1
        assert all(0 <= loss <= 1 for row in at.losses for loss in row)
    else:
        assert sum(m * w for m, w in at.groups) == 1
    assert at.describe()


@pytest.mark.parametrize("name", ["finite_class", "occam"])
def test_a_loss_out_of_range_is_not_covered(name: str) -> None:
    """The instance that drops the range breaks the bound, and the check says so."""
    check = load_checks()[f"DeepTheory.Generalization.{name}"]
    result = run_check(check, Book(sample_declarations()), Options(instances=5))
    killed = {mutant["name"]: mutant["killed_by"] for mutant in result["mutants"]}
    assert killed["without: losses in [0, 1]"] == "instance that violates the hypothesis"


def test_the_scale_says_which_hypothesis_is_the_worst() -> None:
    """One coin with almost all weight, and three with hardly any, which may deviate far more."""
    rare = fmpq(1, 10**12)
    coins = FairCoins(100, ((1, 1 - 3 * rare), (3, rare)), fmpq(1, 20))
    formula = Book(sample_declarations()).formula("occamBound")
    with ctx.workprec(100):
        _, by_bound = coins.quantile(lambda w: formula.value({"w": w, "n": 100, "δ": coins.delta}))
    assert by_bound == 1 - 3 * rare
    assert coins.quantile()[1] == rare
