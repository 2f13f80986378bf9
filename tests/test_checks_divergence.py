"""Relative entropy, total variation, images and lower tails, each against another way."""

from __future__ import annotations

from itertools import product
from math import comb
from typing import Any

import pytest
from flint import arb, ctx, fmpq
from hypothesis import given, settings
from hypothesis import strategies as st

from deeptheory.checks.instances.divergences import (
    Images,
    JointImages,
    Pair,
    entropy,
    images,
    joint_images,
    kl,
    pairs,
    pushed,
    shifted_coins,
    total_variation,
)
from deeptheory.checks.instances.laws import FAIR, Law, coin, iid, laws, point_mass, uniform
from deeptheory.checks.instances.tails import LowerTail, lower_tails
from deeptheory.formulas import Book
from sample_catalog import sample_declarations

ZERO, ONE, HALF = fmpq(0), fmpq(1), fmpq(1, 2)
BITS = (ZERO, ONE)


def same(left: Any, right: Any) -> bool:
    """Whether two numbers agree to thirty digits."""
    return bool(abs(arb(left) - arb(right)) < 1e-30)


def kl_by_one_logarithm(mu: Law, nu: Law) -> arb:
    """Return the logarithm of one rational number, divided by the sum of the masses."""
    quotient = ONE
    for mass, a, c in zip(mu.masses, mu.weights, nu.weights, strict=True):
        if mass:
            quotient *= (a / c) ** mass
    return arb(quotient).log() / mu.total


@settings(max_examples=80, deadline=None)
@given(pairs())
def test_relative_entropy_is_one_logarithm(pair: Any) -> None:
    assert pair.absolutely_continuous
    small = Pair(Law(tuple(min(m, 9) for m in pair.mu.masses)), pair.nu)
    with ctx.workprec(200):
        assert same(small.kl(), kl_by_one_logarithm(small.mu, small.nu))


def test_equal_laws_have_no_relative_entropy_exactly() -> None:
    for pair in (Pair(Law((1, 2, 0)), Law((2, 4, 0))), Pair(FAIR, uniform(2))):
        found = pair.kl()
        assert isinstance(found, fmpq)
        assert found == 0
        assert pair.distance == 0


def test_points_without_weight_follow_the_conventions_of_lean() -> None:
    apart = Pair(Law((1, 1, 0)), Law((1, 0, 1)))
    assert not apart.absolutely_continuous
    assert apart.kl() == 0
    assert kl((ONE, ZERO), (HALF, HALF)) > 0


@settings(max_examples=60, deadline=None)
@given(pairs())
def test_total_variation_is_the_largest_difference_of_an_event(pair: Any) -> None:
    points = range(pair.mu.size)
    differences = [
        pair.mu.probability(lambda z, e=event: e[z]) - pair.nu.probability(lambda z, e=event: e[z])
        for event in product([False, True], repeat=len(points))
    ]
    assert pair.distance == max(differences) == -min(differences)


@settings(max_examples=40, deadline=None)
@given(laws())
def test_entropy_is_what_is_missing_to_a_uniform_law(law: Any) -> None:
    with ctx.workprec(200):
        missing = kl(law.weights, uniform(law.size).weights)
        assert same(entropy(law), arb(law.size).log() - missing)
    assert entropy(point_mass(3, 1)) == 0


def test_the_bound_of_coins_is_their_relative_entropy() -> None:
    formula = Book(sample_declarations()).formula("klBin")
    with ctx.workprec(200):
        pair = shifted_coins(fmpq(1, 3), fmpq(1, 4))
        assert pair.mu == coin(2, 1)
        assert pair.nu == coin(5, 7)
        assert same(pair.kl(), formula.value({"q": fmpq(1, 3), "p": fmpq(7, 12)}))


# Images


def test_the_law_of_an_image() -> None:
    assert pushed((HALF, fmpq(1, 3), fmpq(1, 6)), (2, 0, 2), 4) == (
        fmpq(1, 3),
        0,
        fmpq(2, 3),
        0,
    )


@settings(max_examples=80, deadline=None)
@given(images())
def test_images_lose_nothing_exactly_where_that_is_said(at: Any) -> None:
    assert sum(at.image(at.pair.mu)) == 1
    with ctx.workprec(2000):
        gap = arb(at.pair.kl()) - at.kl()
        assert abs(gap) < 1e-300 if at.lossless else gap > 0
    assert total_variation(at.image(at.pair.mu), at.image(at.pair.nu)) <= at.pair.distance


@settings(max_examples=60, deadline=None)
@given(joint_images())
def test_mutual_information_is_what_entropies_exceed_that_of_the_pair(at: Any) -> None:
    with ctx.workprec(200):
        excess = entropy(at.first) + entropy(at.second) - entropy(at.joint)
        assert same(at.information(), excess)
        gap = arb(at.information()) - at.mapped.information()
        assert abs(gap) < 1e-30 if at.lossless else gap > 0
    assert sum(at.mapped.joint.masses) == sum(at.joint.masses)


def test_a_draw_knows_its_entropy_of_itself_and_nothing_of_others() -> None:
    law = (3, 2, 1)
    equal = tuple(tuple(m * (i == j) for j in range(3)) for i, m in enumerate(law))
    apart = tuple(tuple(m * k for k in law) for m in law)
    same_place = (0, 1, 2), (0, 1, 2)
    with ctx.workprec(200):
        assert same(JointImages(equal, *same_place).information(), entropy(Law(law)))
    assert JointImages(apart, *same_place).information() == 0


def test_maps_of_both_entries() -> None:
    at = JointImages(((1, 2), (3, 4), (5, 6)), (1, 0, 1), (0, 0))
    assert at.mapped.masses == ((7,), (14,))
    assert at.first == Law((3, 7, 11))
    assert at.second == Law((9, 12))
    assert at.independent.masses[:2] == (27, 36)
    assert not at.lossless


def test_a_map_that_merges_proportional_weights_loses_nothing() -> None:
    assert Images(Pair(Law((2, 4, 1)), Law((1, 2, 4))), (0, 0, 1), 2).lossless
    assert not Images(Pair(Law((2, 4, 1)), Law((1, 2, 4))), (0, 1, 1), 2).lossless


# Lower tails


@settings(max_examples=60, deadline=None)
@given(lower_tails())
def test_drawn_lower_tails_meet_the_hypotheses(at: Any) -> None:
    assert at.n >= 1
    assert 0 < at.q <= at.p < 1
    assert at.p == at.law.expect(at.values)
    assert all(0 <= value <= 1 for value in at.values)
    assert 0 <= at.probability <= at.two_sided <= 1


@settings(max_examples=60, deadline=None)
@given(laws(3), st.integers(1, 5), st.integers(0, 12), st.data())
def test_the_lower_tail_is_that_over_all_outcomes(law: Any, n: int, k: int, data: Any) -> None:
    values = data.draw(st.tuples(*[st.sampled_from([ZERO, HALF, ONE])] * law.size))
    q = fmpq(k, 12)
    found = LowerTail(law, values, n, q)
    draws = iid(law, n)
    mean = law.expect(values)

    def average(x: Any) -> fmpq:
        return sum((values[z] for z in x), ZERO) / n

    assert found.probability == draws.probability(lambda x: average(x) <= q)
    assert found.upper == draws.probability(lambda x: average(x) >= 2 * mean - q)
    if q < mean:
        far = draws.probability(lambda x: abs(average(x) - mean) >= mean - q)
        assert found.two_sided == far


@pytest.mark.parametrize("n", [1, 7, 60, 300])
def test_the_lower_tail_of_coins_is_a_sum_of_binomials(n: int) -> None:
    most = n // 3
    expected = sum(fmpq(comb(n, j) * 3 ** (n - j), 4**n) for j in range(most + 1))
    assert LowerTail(coin(3, 1), BITS, n, fmpq(most, n)).probability == expected


@pytest.mark.parametrize("n", [1, 2, 10])
@pytest.mark.parametrize("heads", [1, 5, 9])
def test_no_head_at_all_attains_the_bound_in_the_limit(n: int, heads: int) -> None:
    """With 0 log 0 = 0 the bound at q = 0 is (1 - p)^n, the probability of no head."""
    law = coin(10 - heads, heads)
    none = LowerTail(law, BITS, n, ZERO).probability
    assert none == fmpq(10 - heads, 10) ** n
    formula = Book(sample_declarations()).formula("binomialTailBound")
    with ctx.workprec(400):
        close = formula.value({"n": n, "q": fmpq(1, 10**60), "p": fmpq(heads, 10)})
        assert 0 < close / none - 1 < 1e-55


def test_copies_have_the_lower_tail_of_one_draw() -> None:
    assert LowerTail(FAIR, BITS, 40, HALF, copies=True).probability == HALF
    assert LowerTail(FAIR, BITS, 40, fmpq(1, 100)).probability == HALF**40


def test_reports_show_the_instances() -> None:
    assert LowerTail(FAIR, BITS, 3, HALF, fmpq(3, 4)).describe() == {
        "weights": ["1/2", "1/2"],
        "values": ["0", "1"],
        "n": 3,
        "q": "1/2",
        "p": "3/4",
        "draws": "independent",
    }
    at = JointImages(((1, 1), (0, 2)), (0, 0), (1, 0))
    assert at.describe()["weights"] == [["1/4", "1/4"], ["0", "1/2"]]
    assert Images(Pair(FAIR, FAIR), (0, 0), 1).describe()["map"] == [0, 0]
