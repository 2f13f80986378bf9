"""Grids, forms, learnt priors, test sets and the variational formula, each in another way."""

from __future__ import annotations

from dataclasses import replace
from itertools import product
from typing import Any

import pytest
from flint import arb, ctx, fmpq
from hypothesis import given, settings

from deeptheory.checks.instances.divergences import Pair, kl
from deeptheory.checks.instances.forms import (
    AtMean,
    FormClass,
    Grid,
    Tuned,
    geometric,
    geometrics,
    grids,
    means,
    parameters,
)
from deeptheory.checks.instances.held_out import HeldOut, error_counts, held_out, no_errors
from deeptheory.checks.instances.laws import FAIR, Law, coin, iid, uniform
from deeptheory.checks.instances.pac_bayes import Coins, SmallClass
from deeptheory.checks.instances.split import (
    Certificate,
    Split,
    certificates,
    learn,
    memory,
    splits,
)
from deeptheory.checks.instances.uniform import LossClass
from deeptheory.checks.instances.variational import (
    Products,
    draws_of,
    products,
    tilted,
    variationals,
)
from deeptheory.checks.randomised import by
from deeptheory.formulas import Book
from deeptheory.formulas.rigorous import compare
from sample_catalog import sample_declarations

ZERO, HALF, ONE = fmpq(0), fmpq(1, 2), fmpq(1)
BITS = (ZERO, ONE)
OPPOSITE = (BITS, BITS[::-1])
BOOK = Book(sample_declarations())


def mean_loss(row: Any, x: Any) -> fmpq:
    return sum((row[z] for z in x), ZERO) / len(x)


# Grids and forms


@pytest.mark.parametrize("lams", [(fmpq(4),), (fmpq(2), fmpq(9))])
def test_a_grid_is_decided_by_exponential_means(lams: Any) -> None:
    """All laws and all parameters are within a bound where each exponential mean is small."""
    at = SmallClass(coin(3, 1), OPPOSITE, 4, fmpq(1, 5), (fmpq(1, 3), fmpq(2, 3)))
    grid = Grid(at, lams)
    with ctx.workprec(200):
        for part in (ONE, fmpq(1, 4), fmpq(1, 20)):

            def constant(lam: Any, part: Any = part) -> Any:
                args = {"K": ZERO, "lam": lam, **grid.arguments}
                return part * BOOK.formula("catoniGridBound").value(args)

            def holds(x: Any, constant: Any = constant) -> bool:
                found = []
                for lam in lams:
                    gaps = [
                        lam * (p - mean_loss(row, x))
                        for row, p in zip(at.losses, at.expected, strict=True)
                    ]
                    total = sum(
                        (w * arb(t).exp() for w, t in zip(at.prior, gaps, strict=True)), arb(0)
                    )
                    found.append(compare("le", total.log(), lam * constant(lam)))
                return all(found)

            def excess(law: Any, constant: Any = constant) -> Any:
                lam = law.arguments["lam"]
                return law.above - law.kl / lam - constant(lam)

            within = iid(at.law, at.n).probability(holds) >= 1 - at.delta
            assert compare("le", excess(grid.worst_by(excess)), ZERO) == within


def test_a_grid_counts_its_parameters() -> None:
    at = Coins(FAIR, 3, HALF)
    assert Grid(at, (ONE, fmpq(2))).arguments["N"] == 2
    assert Grid(at, (ONE,), 100).arguments["N"] == 100
    assert len(Grid(at, (ONE, fmpq(2))).outcomes[0][1]) == 2


@settings(max_examples=40, deadline=None)
@given(geometrics())
def test_geometric_grids_are_long_enough(at: Any) -> None:
    with ctx.workprec(100):
        assert at.long_enough
        assert at.c >= 1
        shorter = replace(geometric(at.at, at.count), c=ONE)
        assert shorter.long_enough == (2 * at.at.n <= arb(at.count / at.delta).log())


@settings(max_examples=20, deadline=None)
@given(grids(), means(), parameters())
def test_the_arguments_are_those_of_the_bounds(grid: Any, at_mean: Any, tuned: Any) -> None:
    for at, name in (
        (grid, "catoniGridBound"),
        (at_mean, "quadraticBound"),
        (tuned, "lambdaBound"),
    ):
        formula = BOOK.formula(name)
        with ctx.workprec(100):
            found = by(formula, lambda chosen: chosen.expected, at)
        assert set(found.args) == {param.name for param in formula.params}
        assert at.describe()


def test_the_quadratic_form_is_the_best_lambda_form() -> None:
    at = Coins(coin(4, 1), 100, fmpq(1, 1000))
    with ctx.workprec(100):
        quadratic = by(BOOK.formula("quadraticBound"), lambda chosen: chosen.expected, AtMean(at))
        tuned = by(BOOK.formula("lambdaBound"), lambda chosen: chosen.expected, Tuned(at))
        best = BOOK.formula("quadraticBound").value(quadratic.args)
        found = BOOK.formula("lambdaBound").value(tuned.args)
        assert best <= found
        assert found < best * fmpq(10001, 10000)


def test_the_lambda_form_is_decided_by_exponential_means() -> None:
    at = FormClass(coin(2, 1), OPPOSITE, 5, fmpq(1, 10))
    lam = at.lams[1]
    with ctx.workprec(100):
        for counts, (_, laws) in zip(at.kinds(), at.outcomes, strict=True):
            own = at.means(counts[1])
            exponents = [
                at.n * lam * ((1 - lam / 2) * p - q) for q, p in zip(own, at.expected, strict=True)
            ]
            total = sum((arb(t).exp() / 2 for t in exponents), arb(0)).log()
            values = [
                at.n * lam * ((1 - lam / 2) * law.expected - law.mean) - law.kl for law in laws
            ]
            assert any(arb(value).overlaps(total) for value in values)
            assert not any(arb(value) > total for value in values)


def test_more_heads_than_looked_at_count_as_expected() -> None:
    whole = Coins(FAIR, 6, fmpq(1, 50))
    part = replace(whole, most=2)
    assert sum(mass for mass, _ in part.outcomes) == sum(mass for mass, _ in whole.outcomes)
    assert [laws[0].mean for _, laws in part.outcomes][-1] == HALF
    sizes = [at.worst(lambda law: law.above, lambda _: ZERO).above for at in (whole, part)]
    assert sizes[0] == sizes[1] == fmpq(1, 3)


# Learnt priors and certificates


def test_laws_that_are_learnt() -> None:
    assert learn("best", (HALF, ZERO, ZERO)) == (0, 1, 0)
    assert learn("uniform", (HALF, ZERO)) == (HALF, HALF)
    assert learn("gibbs", (HALF, ZERO)) == (fmpq(1, 6), fmpq(5, 6))
    known = memory(4, 2, HALF)
    assert known.size == 6
    assert known.expected == (HALF,) * 6


@pytest.mark.parametrize("how", ["best", "gibbs", "uniform"])
@pytest.mark.parametrize("part", [ONE, fmpq(3, 10), fmpq(1, 10)])
def test_a_learnt_prior_is_decided_by_all_pairs_of_samples(how: Any, part: fmpq) -> None:
    """On point masses, whose relative entropy is that of the prior's weight."""
    data = LossClass(coin(3, 1), OPPOSITE, 3, fmpq(1, 5))
    at = Split(data, 2, how)
    formula = BOOK.formula("maurerBound")
    law = [fmpq(3, 4), fmpq(1, 4)]
    with ctx.workprec(100):
        fails = ZERO
        for x in product((0, 1), repeat=5):
            prior = learn(how, [mean_loss(row, x[:2]) for row in OPPOSITE])
            chance = ONE
            for z in x:
                chance *= law[z]
            for row, w, p in zip(OPPOSITE, prior, data.expected, strict=True):
                if w:
                    bound = part * formula.value({"K": -arb(w).log(), **at.arguments})
                    q = mean_loss(row, x[2:])
                    if not compare("le", kl((q, 1 - q), (p, 1 - p)), bound):
                        fails += chance
                        break
        worst = at.worst(
            lambda chosen: chosen.binary,
            lambda price: part * formula.value({"K": price, **at.arguments}),
        )
        limit = part * formula.value({"K": worst.kl, **at.arguments})
        if fails > data.delta:
            assert not compare("le", worst.binary, limit)


def test_draws_of_hypotheses_are_all_counted() -> None:
    data = LossClass(FAIR, OPPOSITE, 1, HALF)
    at = Certificate(Split(data, 0, "uniform"), "uniform", 2, HALF)
    rows = [(mass, laws[0].mean, laws[0].expected) for mass, laws in at.outcomes]
    total = sum(mass for mass, _, _ in rows)
    assert at.delta == 1
    for mean, chance in ((ZERO, fmpq(1, 4)), (HALF, HALF), (ONE, fmpq(1, 4))):
        assert fmpq(sum(mass for mass, q, _ in rows if q == mean), total) == chance
    assert {expected for _, _, expected in rows} == {HALF}
    assert replace(at, copies=True).outcomes


def test_nothing_is_claimed_of_posteriors_outside_the_prior() -> None:
    data = memory(3, 1, HALF)
    at = Certificate(Split(data, 1, "best"), "best", 1, HALF)
    assert {laws[0].expected for _, laws in at.outcomes} == {ZERO, fmpq(2, 3)}
    foreign = replace(at, foreign=True)
    assert {laws[0].expected for _, laws in foreign.outcomes} == {fmpq(2, 3)}


@settings(max_examples=30, deadline=None)
@given(splits(), certificates())
def test_drawn_splits_meet_the_hypotheses(at: Any, certificate: Any) -> None:
    assert at.data.n >= 1
    assert 0 < at.delta < 1
    assert all(0 <= loss <= 1 for row in at.data.losses for loss in row)
    assert all(sum(prior) == 1 for _, prior in at.priors())
    assert 0 < certificate.draws < 1
    assert certificate.k >= 1
    assert at.describe() | certificate.describe()


# Test sets


@settings(max_examples=40, deadline=None)
@given(error_counts(), held_out())
def test_the_least_sum_is_a_quantile(errors: Any, at: Any) -> None:
    assert set(errors.values) <= set(BITS)
    for found in (errors, at):
        total = found.least()
        below = sum((chance for s, chance in found.sums if s < total), ZERO)
        assert below <= found.delta
        assert sum((chance for _, chance in found.sums), ZERO) == 1


@pytest.mark.parametrize("law", [FAIR, coin(9, 1)])
@pytest.mark.parametrize("k", [0, 2])
def test_the_chance_of_few_errors_tells_the_inverse(law: Law, k: int) -> None:
    """The expectation is at most the inverse exactly where few errors are not too unlikely."""
    formula, n = BOOK.formula("binomialCdf"), 6
    p = law.weights[1]
    chance = formula.value({"n": n, "k": k, "p": p})
    direct = iid(law, n).probability(lambda x: sum(x) <= k)
    assert chance == direct
    above = formula.value({"n": n, "k": k, "p": p + fmpq(1, 100)})
    assert above < chance


def test_no_errors() -> None:
    at = no_errors(FAIR, 3, fmpq(999, 1000))
    assert at.least() == 0
    assert replace(at, delta=fmpq(1, 8)).least() == 1
    assert HeldOut(FAIR, BITS, 3, HALF, copies=True).sums == [(0, HALF), (3, HALF)]
    assert at.entropy(fmpq(3)) == 0
    assert HeldOut(FAIR, BITS, 1, fmpq(3, 5)).entropy_to_both_sides().overlaps(arb(2).log())


# The variational formula and independent draws


@settings(max_examples=60, deadline=None)
@given(variationals())
def test_what_is_missing_is_the_relative_entropy_to_the_tilted_law(at: Any) -> None:
    """The bound minus the value is the relative entropy with respect to the tilted law."""
    with ctx.workprec(100):
        bound = BOOK.formula("donskerVaradhanBound").value(at.arguments)
        rows = list(zip(at.pair.mu.weights, at.pair.nu.weights, at.values, strict=True))
        moment = sum((c * arb(f).exp() for _, c, f in rows), arb(0))
        missing = sum(
            (a * (a * moment / (c * arb(f).exp())).log() for a, c, f in rows if a), arb(0)
        )
        assert missing.overlaps(arb(bound - at.value()))


def test_close_laws_almost_attain_the_formula() -> None:
    at = tilted(Law((1, 3, 2)), (fmpq(3), ONE, fmpq(-2)))
    with ctx.workprec(100):
        gap = BOOK.formula("donskerVaradhanBound").value(at.arguments) - at.value()
        assert 0 < gap < fmpq(1, 10**15)


@settings(max_examples=40, deadline=None)
@given(products())
def test_drawn_products_are_absolutely_continuous(at: Any) -> None:
    assert all(pair.absolutely_continuous for pair in at.each)
    assert at.describe()


def test_equal_coins_differ_from_independent_ones() -> None:
    fair = Pair(FAIR, FAIR)
    assert draws_of(fair, 3).joint() == 0
    with ctx.workprec(100):
        assert Products((fair,) * 2, copies=True).joint().overlaps(arb(2).log())
        coins = draws_of(Pair(FAIR, coin(3, 1)), 4)
        assert coins.largest().overlaps(arb(coins.total() / 4))
        assert coins.joint().overlaps(arb(coins.total()))
    assert draws_of(Pair(uniform(3), uniform(3)), 2).product() == 0
