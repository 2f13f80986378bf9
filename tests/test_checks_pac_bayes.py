"""Laws on a class that depend on the sample: every quantile against the list of all samples."""

from __future__ import annotations

from dataclasses import replace
from itertools import product
from math import comb
from typing import Any

import pytest
from flint import arb, ctx, fmpq
from hypothesis import given, settings
from hypothesis import strategies as st

from deeptheory.checks.instances.divergences import kl
from deeptheory.checks.instances.exponentials import Exponentials, exponentials, spread
from deeptheory.checks.instances.kl_inverse import (
    BinaryMoment,
    Level,
    binary_kl,
    coin_moment,
    levels,
    moments,
)
from deeptheory.checks.instances.laws import FAIR, Law, coin, coin_tail, iid, uniform
from deeptheory.checks.instances.pac_bayes import (
    Coins,
    Posterior,
    SmallClass,
    best_lam,
    linear_samples,
    samples,
)
from deeptheory.checks.instances.randomised import tilt
from deeptheory.checks.instances.uniform import DELTAS, loss_classes
from deeptheory.checks.randomised import by
from deeptheory.formulas import Book, UndecidedError
from deeptheory.formulas.rigorous import compare
from sample_catalog import sample_declarations

ZERO, HALF, ONE = fmpq(0), fmpq(1, 2), fmpq(1)
BITS = (ZERO, ONE)
BOOK = Book(sample_declarations())

small = loss_classes(weighted=True).filter(lambda at: at.law.size**at.n <= 81)
factors = st.sampled_from([ONE, HALF, fmpq(1, 5), fmpq(1, 20)])


def scaled(name: str, factor: fmpq, args: dict[str, Any]) -> Any:
    formula = BOOK.formula(name)
    return lambda price: factor * formula.value({"K": price, **args})


def log_mean(prior: Any, exponents: Any) -> arb:
    terms = (w * arb(t).exp() for w, t in zip(prior, exponents, strict=True))
    return sum(terms, arb(0)).log()


def mean_loss(row: Any, x: Any) -> fmpq:
    return sum((row[z] for z in x), ZERO) / len(x)


# The worst law at a quantile


@settings(max_examples=50, deadline=None)
@given(small, factors)
def test_the_worst_point_mass_decides_for_all_samples(found: Any, factor: fmpq) -> None:
    """With a prior on one hypothesis there is no other law: all samples in every order agree."""
    at = SmallClass.of(replace(found, weights=(ONE, *[ZERO] * (found.size - 1))))
    with ctx.workprec(200):
        bound = scaled("mcallesterBound", factor, at.arguments)
        limit = bound(ZERO)
        within = iid(at.law, at.n).probability(
            lambda x: bool(abs(mean_loss(at.losses[0], x) - at.expected[0]) <= limit)
        )
        worst = at.worst(lambda chosen: chosen.apart, bound)
        assert bool(worst.apart <= bound(worst.kl)) == (within >= 1 - at.delta)


@settings(max_examples=50, deadline=None)
@given(small, factors, st.sampled_from([fmpq(1), fmpq(7), fmpq(40)]))
def test_the_linear_bound_is_decided_by_the_exponential_mean(
    found: Any, factor: fmpq, lam: fmpq
) -> None:
    """All laws are within it exactly where the prior's mean of the exponential is small."""
    at = SmallClass.of(found, lam)
    with ctx.workprec(200):
        # a multiple of what does not depend on the law, so that the supremum stays the same
        constant = factor * BOOK.formula("catoniBound").value({"K": ZERO, **at.arguments})

        def holds(x: Any) -> bool:
            gaps = [
                lam * (p - mean_loss(row, x)) for row, p in zip(at.losses, at.expected, strict=True)
            ]
            return compare("le", log_mean(at.prior, gaps), lam * constant)

        within = iid(at.law, at.n).probability(holds)
        worst = at.worst(lambda chosen: chosen.above, lambda price: price / lam + constant)
        found_within = compare("le", worst.above, worst.kl / lam + constant)
        assert found_within == (within >= 1 - at.delta)


@settings(max_examples=60, deadline=None)
@given(exponentials(), st.sampled_from([ONE, HALF, fmpq(1, 10), fmpq(1, 100)]))
def test_change_of_measure_is_decided_by_rational_numbers(at: Any, factor: fmpq) -> None:
    at = replace(at, claimed=at.moment * factor)
    limit = at.moment / at.delta

    def average(z: int) -> fmpq:
        rows = zip(at.prior.weights, at.values, strict=True)
        return sum((w * row[z] for w, row in rows), ZERO)

    if any(average(z) == limit for z in range(at.law.size)):
        return  # sides that balls cannot tell apart
    with ctx.workprec(200):
        bound = scaled("changeOfMeasureBound", ONE, at.arguments)
        worst = at.worst(lambda chosen: chosen.value, bound)
        holds = compare("le", worst.value, bound(worst.kl))
    assert holds == (at.law.probability(lambda z: average(z) <= limit) >= 1 - at.delta)


@settings(max_examples=40, deadline=None)
@given(
    st.lists(st.integers(1, 9), min_size=3, max_size=3),
    st.lists(st.integers(0, 9), min_size=3, max_size=3).filter(any),
    st.lists(st.integers(-5, 5), min_size=3, max_size=3),
)
def test_no_law_does_better_than_the_tilted_prior(prior: Any, other: Any, f: Any) -> None:
    mu, rho = Law(tuple(prior)).weights, Law(tuple(other)).weights
    exponents = [fmpq(t, 3) for t in f]
    with ctx.workprec(200):
        tilted, price = tilt(mu, exponents)
        attained = sum((w * t for w, t in zip(tilted, exponents, strict=True)), arb(0)) - price
        assert attained.overlaps(log_mean(mu, exponents))
        direct = sum((w * (w / m).log() for w, m in zip(tilted, mu, strict=True)), arb(0))
        assert price.overlaps(direct)
        value = sum((w * t for w, t in zip(rho, exponents, strict=True)), ZERO) - kl(rho, mu)
        assert not value > attained


def test_sides_that_agree_stay_undecided() -> None:
    at = Exponentials(FAIR, Law((1, 2)), ((ONE, fmpq(3)), (ONE, fmpq(3))), HALF)
    with pytest.raises(UndecidedError):
        at.worst(lambda chosen: chosen.value, lambda price: price + arb(3).log(), ZERO)


def test_a_quantile_leaves_out_rare_samples() -> None:
    at = Coins(FAIR, 2, fmpq(1, 4))
    sizes = {
        delta: at.worst(lambda chosen: chosen.above, lambda _: ZERO, delta).above
        for delta in (ZERO, fmpq(1, 5), fmpq(1, 4), HALF, fmpq(3, 4))
    }
    assert list(sizes.values()) == [HALF, HALF, ZERO, ZERO, -HALF]


# Coins


@pytest.mark.parametrize("n", [1, 2, 3, 4])
@pytest.mark.parametrize("delta", DELTAS)
def test_two_coins_are_losses_of_one_draw_that_shows_both(n: int, delta: fmpq) -> None:
    sides = list(product((0, 1), repeat=2))
    law = Law(tuple(2 ** (2 - sum(pair)) for pair in sides))  # heads once in three times
    losses = tuple(tuple(fmpq(pair[h]) for pair in sides) for h in range(2))
    coins = Coins(coin(2, 1), n, delta, 2)
    with ctx.workprec(200):
        for factor in (ONE, fmpq(3, 10), fmpq(1, 10)):
            bound = scaled("seegerBound", factor, coins.arguments)
            limit = bound(arb(2).log())

            def holds(x: Any, limit: Any = limit) -> bool:
                means = (mean_loss(row, x) for row in losses)
                return all(compare("le", binary_kl(q, fmpq(1, 3)), limit) for q in means)

            worst = coins.worst(lambda chosen: chosen.binary, bound)
            within = iid(law, n).probability(holds) >= 1 - delta
            assert compare("le", worst.binary, bound(worst.kl)) == within


@pytest.mark.parametrize("size", [2, 50, 10**4])
def test_very_many_coins_are_compared_by_logarithms(size: int) -> None:
    n, law = 40, coin(9, 1)
    one = 1 - coin_tail(law, n, 1)
    chance = 1 - (1 - one) ** size if size <= 50 else fmpq(999999, 1000000)
    at = Coins(law, n, HALF, size)
    assert not at.rare(one, chance - fmpq(1, 10**9))
    assert at.rare(one, chance + fmpq(1, 10**9)) == (size <= 50)
    assert not at.rare(ONE, fmpq(999, 1000))
    near = 1 - fmpq(1, 10**40)
    assert not at.rare(near, HALF)
    assert at.rare(near, 1 - fmpq(1, 10 ** (41 * size)))


def test_a_prior_chosen_late_costs_nothing() -> None:
    at = Coins(FAIR, 10, HALF, 1000)
    price = at.outcomes[0][1][0].kl
    assert price > 0
    assert replace(at, late=True).outcomes[0][1][0].kl == 0
    listed = SmallClass(FAIR, (BITS, BITS[::-1]), 2, HALF, late=True)
    assert {chosen.kl for _, laws in listed.outcomes for chosen in laws} == {ZERO}
    assert "prior" in listed.describe()
    assert "prior" in replace(at, late=True).describe()


@settings(max_examples=30, deadline=None)
@given(st.sampled_from([(1, 1), (9, 1)]), st.integers(1, 12), factors)
def test_one_coin_is_one_loss(odds: Any, n: int, factor: fmpq) -> None:
    law = coin(*odds)
    one, listed = Coins(law, n, fmpq(1, 10)), SmallClass(law, (BITS,), n, fmpq(1, 10))
    with ctx.workprec(200):
        bound = scaled("maurerBound", factor, one.arguments)
        pair = [at.worst(lambda chosen: chosen.binary, bound) for at in (one, listed)]
    assert pair[0].kl == pair[1].kl == 0
    assert arb(pair[0].binary).overlaps(arb(pair[1].binary))


def test_copies_show_one_side_only() -> None:
    at = Coins(coin(3, 1), 7, HALF, copies=True)
    assert [(mass, laws[0].mean) for mass, laws in at.outcomes] == [(3, ZERO), (1, ONE)]


# What is measured


def test_relative_entropies_of_losses() -> None:
    sure = Posterior(ZERO, ZERO, fmpq(1, 4))
    assert (sure.above, sure.apart) == (fmpq(1, 4), fmpq(1, 4))
    assert sure.binary.overlaps(-arb(fmpq(3, 4)).log())
    assert Posterior(ZERO, HALF, HALF).binary == 0
    assert Posterior(ZERO, fmpq(3, 2), HALF).binary == 0  # no mean of losses in [0, 1]
    enclosed = Posterior(ZERO, arb(fmpq(1, 3)), fmpq(1, 5))
    assert enclosed.binary.overlaps(arb(binary_kl(fmpq(1, 3), fmpq(1, 5))))
    assert enclosed.reversed.overlaps(arb(binary_kl(fmpq(1, 5), fmpq(1, 3))))
    assert Posterior(ZERO, ZERO, arb(fmpq(1, 4))).binary.overlaps(-arb(fmpq(3, 4)).log())


@settings(max_examples=60, deadline=None)
@given(samples(), linear_samples(), exponentials())
def test_drawn_instances_meet_the_hypotheses(at: Any, linear: Any, exponential: Any) -> None:
    for found in (at, linear):
        assert found.n >= 1
        assert 0 < found.delta < 1
        assert found.describe()
        if isinstance(found, SmallClass):
            assert sum(found.prior) == 1
            assert all(0 <= loss <= 1 for row in found.losses for loss in row)
    assert linear.lam > 0
    assert 0 < exponential.delta < 1
    moments_of = [exponential.law.expect(row) for row in exponential.values]
    assert all(moment <= exponential.moment for moment in moments_of)
    assert all(value > 0 for row in exponential.values for value in row)
    assert exponential.describe()


@settings(max_examples=40, deadline=None)
@given(samples())
def test_the_second_claim_of_seeger_follows_from_the_first(at: Any) -> None:
    """The expected loss is at most the inverse at the bound: its certificate is the first claim."""
    formula = BOOK.formula("seegerBound")
    with ctx.workprec(200):
        worst = by(formula, lambda chosen: chosen.binary, at)
        limit = formula.value(worst.args)
        _, laws = at.outcomes[0]
        chosen = laws[0]
        if not (chosen.binary <= limit) or chosen.mean == 1:
            return
        level = limit.upper().mid().fmpq() + fmpq(1, 10**9)
        inverse = Level(fmpq(chosen.mean), level).inverse()
        assert not chosen.expected > inverse


def test_the_best_parameter_is_close_to_the_best() -> None:
    formula = BOOK.formula("catoniBound")
    for n, delta in ((1, HALF), (400, fmpq(1, 10**30))):
        lam = best_lam(n, delta)
        values = [
            formula.value({"K": ZERO, "n": n, "δ": delta, "lam": lam * factor})
            for factor in (fmpq(99, 100), ONE, fmpq(101, 100))
        ]
        assert values[1] < values[0]
        assert values[1] < values[2]


def test_spread_quantities_have_moments_close_to_one() -> None:
    at = spread(3, fmpq(1, 10))
    assert sum(at.law.weights[:3]) == fmpq(1, 10)
    assert ONE < at.moment < 1 + fmpq(1, 10**8)
    assert fmpq(99999, 10**6) < at.delta < fmpq(1, 10)


# The moment and the inverse


@pytest.mark.parametrize("n", [1, 2, 5, 30])
@pytest.mark.parametrize("odds", [(1, 1), (9, 1), (1, 99)])
def test_the_moment_of_a_coin_does_not_depend_on_it(n: int, odds: Any) -> None:
    at = BinaryMoment(coin(*odds), BITS, n)
    assert at.moment() == coin_moment(n)
    p = at.p
    with ctx.workprec(200):
        total = arb(0)
        for k in range(n + 1):
            mass = comb(n, k) * p**k * (1 - p) ** (n - k)
            total += mass * (n * arb(binary_kl(fmpq(k, n), p))).exp()
        assert total.overlaps(arb(coin_moment(n)))
        assert total.overlaps(at.moment(n))


@settings(max_examples=40, deadline=None)
@given(moments().filter(lambda at: at.law.size**at.n <= 243))
def test_the_moment_is_the_sum_over_all_samples(at: Any) -> None:
    draws = iid(at.law, at.n)
    with ctx.workprec(200):
        total = arb(0)
        for x, mass in draws.outcomes():
            q = sum((at.values[z] for z in x), ZERO) / at.n
            total += fmpq(mass, draws.total) * (at.n * arb(binary_kl(q, at.p))).exp()
        assert total.overlaps(arb(at.moment()))


def test_a_constant_has_the_moment_one() -> None:
    assert BinaryMoment(uniform(2), (fmpq(1, 3), fmpq(1, 3)), 9).moment() == 1
    assert BinaryMoment(uniform(2), (ONE, ONE), 9).moment() == 1
    copied = BinaryMoment(FAIR, BITS, 3, copies=True).moment()
    assert copied.overlaps(arb(8))
    outside = BinaryMoment(FAIR, (ZERO, fmpq(19, 10)), 1).moment()
    assert outside.overlaps(arb(10))  # the sample with the mean 19/10 counts as 0


@settings(max_examples=60, deadline=None)
@given(st.sampled_from([fmpq(1, 10**9), fmpq(1, 7), ONE, fmpq(5)]))
def test_the_inverse_has_closed_forms(c: fmpq) -> None:
    with ctx.workprec(100):
        fair = (1 + (1 - (-2 * arb(c)).exp()).sqrt()) / 2
        for q, closed in ((HALF, fair), (ZERO, 1 - (-arb(c)).exp())):
            found = Level(q, c).inverse()
            assert found.overlaps(closed)
            assert found.rad() < fmpq(1, 10**15)


@settings(max_examples=80, deadline=None)
@given(levels(), st.integers(0, 199), st.integers(1, 30))
def test_the_inverse_is_certified_and_monotone(at: Any, top: int, more: int) -> None:
    """The claims of the theorem beside its bound, for any other mean and any larger level."""
    with ctx.workprec(200):
        inverse, p = arb(at.inverse()), fmpq(top, 200)
        assert not inverse > arb(at.inverse(at.c + fmpq(more, 100)))
        assert at.q <= inverse.upper()
        assert inverse.lower() <= 1
        if p > 0 or at.q == 0:
            entropy = arb(binary_kl(at.q, p)) if at.q < 1 else -arb(p).log()
            if entropy <= at.c:
                assert not p > inverse
            if at.q <= p and at.c <= entropy:
                assert not inverse > p


def test_the_inverse_at_the_ends() -> None:
    assert Level(ONE, fmpq(3)).inverse() == 1
    assert Level(fmpq(1, 3), ZERO).inverse() == fmpq(1, 3)
    with ctx.workprec(200):
        assert Level(ZERO, fmpq(50)).inverse() < 1
    assert Level(HALF, fmpq(1, 10)).describe() == {"q": "1/2", "c": "1/10"}
