"""Lattice networks and networks with one hidden layer: their instances and enclosures."""

from __future__ import annotations

import math
from itertools import pairwise, product
from typing import Any

import pytest
from flint import arb, fmpq
from hypothesis import given, settings
from hypothesis import strategies as st

from deeptheory.approximation import Curve, PiecewiseAffine
from deeptheory.approximation.activations import HEAVISIDE, LOGISTIC, RAMP, RELU
from deeptheory.approximation.shallow import (
    bernstein,
    exponential_sum,
    ridge_sum,
    rounded,
    staircase,
)
from deeptheory.checks.instances.approximation_hidden import (
    Bilinear,
    InSquare,
    OnLine,
    Target,
    targets,
)
from deeptheory.checks.instances.approximation_lattice import (
    Cone,
    Cones,
    Lattice,
    distances,
    lattices,
)
from deeptheory.checks.instances.strategies import rationals

ZERO, HALF, ONE = fmpq(0), fmpq(1, 2), fmpq(1)
ALL = (HEAVISIDE, RAMP, LOGISTIC, RELU)


# Cones over a lattice


@settings(max_examples=40, deadline=None)
@given(lattices(), st.data())
def test_a_function_changes_by_its_constant_times_the_largest_change_at_most(
    at: Lattice, data: st.DataObject
) -> None:
    point = st.tuples(*[rationals()] * at.dimension)
    x, y = data.draw(point), data.draw(point)
    largest = max(abs(a - b) for a, b in zip(x, y, strict=True))
    assert abs(at.value(x) - at.value(y)) <= at.claimed * largest
    assert at.network(x) == (at.formula(x),)
    assert at.network.depth == at.depth
    assert at.network.neurons <= at.most_units


@settings(max_examples=40, deadline=None)
@given(lattices(), rationals(0, 6, 6))
def test_a_function_on_the_line_is_its_pieces(at: Lattice, x: fmpq) -> None:
    if at.dimension == 1 and x <= 1:
        assert at.function.curve()(x) == at.value((x,))


def test_the_largest_error_on_the_line_is_that_of_a_fine_grid() -> None:
    cones = Cones(((Cone((fmpq(1, 4),), ONE, fmpq(-2)), Cone((ONE,), ZERO, ONE)),))
    at = Lattice(cones, 3, fmpq(2))
    found = max(abs(at.formula((fmpq(k, 48),)) - cones((fmpq(k, 48),))) for k in range(49))
    assert at.error == found == fmpq(1, 3)


@pytest.mark.parametrize(("dim", "cells"), [(1, 4), (2, 3), (3, 2)])
def test_the_distance_to_the_centres_is_missed_at_all_corners(dim: int, cells: int) -> None:
    at = distances(dim, cells)
    for corner in product(range(cells + 1), repeat=dim):
        x = tuple(fmpq(j, cells) for j in corner)
        assert at.value(x) - at.network(x)[0] == fmpq(1, 2 * cells)


# Staircases


@settings(max_examples=40, deadline=None)
@given(st.lists(rationals(), min_size=2, max_size=6, unique_by=str), st.data())
def test_a_staircase_goes_through_its_values(points: list[fmpq], data: st.DataObject) -> None:
    points = sorted(points)
    size = len(points)
    values = data.draw(st.lists(rationals(), min_size=size, max_size=size))
    for activation in ALL:
        net = staircase(activation, points, values)
        assert (net.depth, net.neurons) == (1, size - 1)
        for x, value in zip(points, values, strict=True):
            found = net((x,), activation)[0]
            if activation is LOGISTIC:
                spread = sum(abs(b - a) for a, b in pairwise(values))
                assert abs(found - value) <= spread / 10**5 + fmpq(1, 10**9)
            else:
                assert found == value


def test_ridge_functions_are_added() -> None:
    nets = [staircase(RAMP, [ZERO, ONE], [ZERO, ONE]), staircase(RAMP, [ZERO, HALF], [ONE, ZERO])]
    both = ridge_sum([(fmpq(2), (1, 2), nets[0]), (fmpq(-3), (0, 1), nets[1])], fmpq(5))
    assert (both.inputs, both.depth, both.neurons) == (2, 1, 2)
    for x in product((ZERO, fmpq(1, 3), ONE), repeat=2):
        parts = nets[0]((x[0] + 2 * x[1],), RAMP)[0], nets[1]((x[1],), RAMP)[0]
        assert both(x, RAMP) == (5 + 2 * parts[0] - 3 * parts[1],)


@pytest.mark.parametrize("degree", [1, 2, 4])
def test_a_polynomial_in_exponentials_is_that_of_bernstein(degree: int) -> None:
    heights = {j: arb(3 * j[0] - 2 * j[1] ** 2) for j in product(range(degree + 1), repeat=2)}
    found = bernstein(degree, heights)
    for x in ((0.0, 1.0), (0.3, 0.8), (0.5, 0.5)):
        u = [(math.exp(t) - 1) / (math.e - 1) for t in x]
        expected = sum(
            float(height)
            * math.prod(
                math.comb(degree, n) * t**n * (1 - t) ** (degree - n)
                for n, t in zip(j, u, strict=True)
            )
            for j, height in heights.items()
        )
        value = sum(
            float(factor) * math.exp(k[0] * x[0] + k[1] * x[1]) for k, factor in found.items()
        )
        assert value == pytest.approx(expected, abs=1e-9)


@pytest.mark.parametrize("activation", ALL)
def test_exponentials_are_followed_as_closely_as_is_said(activation: Any) -> None:
    factors = {(0, 0): fmpq(1), (1, 0): fmpq(-2), (1, 1): fmpq(1, 2), (0, 2): ZERO}
    net, distance = exponential_sum(activation, factors, fmpq(1, 10))
    assert net.depth == 1
    assert distance <= fmpq(1, 9)
    for x in ((ZERO, ONE), (fmpq(2, 7), fmpq(3, 5)), (ONE, ONE)):
        exact = sum(
            factor * (arb(k[0] * x[0] + k[1] * x[1])).exp() for k, factor in factors.items()
        )
        assert abs(arb(net(x, activation)[0]) - exact) <= distance


def test_a_constant_needs_no_units() -> None:
    net, distance = exponential_sum(HEAVISIDE, {(0, 0): fmpq(3), (1, 0): ZERO}, fmpq(1, 10))
    assert (net.depth, net.neurons, distance) == (1, 0, 0)
    assert net((ONE, HALF), HEAVISIDE) == (3,)
    assert rounded(arb(1).exp()) != rounded(arb(1).exp(), 2) == fmpq(11, 4)


# The largest error


@settings(max_examples=25, deadline=None)
@given(targets())
def test_the_enclosed_error_is_above_that_of_samples(at: Target) -> None:
    assert at.error <= at.epsilon
    assert at.network.depth == 1
    worst = arb(0)
    if isinstance(at, OnLine):
        for k in range(0, 37):
            x = fmpq(k, 36)
            value = arb(at.network((x,), at.activation)[0])
            worst = worst.max(abs(value - at.curve(x)))
    else:
        assert isinstance(at, InSquare)
        for x in product((fmpq(1, 5), fmpq(2, 3)), repeat=2):
            value = arb(at.network(x, at.activation)[0])
            worst = worst.max(abs(value - at.function(*x)))
    assert worst.lower() <= arb(at.error).upper()


@pytest.mark.parametrize("activation", ALL)
def test_the_error_for_a_parabola(activation: Any) -> None:
    at = OnLine(Curve.parabola(fmpq(2)), HALF, activation)
    # six cells of length 1/6, the last one with the values 25/36 and 1
    assert at.network.neurons == 6
    sampled = max(
        abs(float(arb(at.network((fmpq(k, 999),), activation)[0])) - (k / 999) ** 2)
        for k in range(1000)
    )
    error = arb(at.error)
    assert float(error.lower()) - 1e-3 <= sampled <= float(error.upper())
    if activation in (RAMP, RELU):
        assert at.error == fmpq(1, 144)  # half of a cell, squared
    if activation is HEAVISIDE:
        assert at.error == 1 - fmpq(11, 12) ** 2


def test_ramps_are_pairs_of_positive_parts() -> None:
    at = OnLine(Curve.polygon((ZERO, HALF, ONE), (ZERO, fmpq(2), ONE)), fmpq(1, 2), RAMP)
    pieces = at._pieces()
    assert isinstance(pieces, PiecewiseAffine)
    for k in range(-3, 14):
        x = fmpq(k, 10)
        assert pieces(x) == at.network((x,), RAMP)[0]


def test_no_polynomial_comes_closer_than_is_said() -> None:
    vee = OnLine(Curve.polygon((ZERO, HALF, ONE), (HALF, ZERO, HALF)), ONE, RELU)
    assert vee.least_error_of_degree(1) == fmpq(1, 4)
    assert vee.least_error_of_degree(2) == fmpq(1, 16)
    # The quadratic 2 (x - 1/2) ^ 2 + 1/16 attains it, with five alternations.
    best = max(
        abs(abs(t - 0.5) - (2 * (t - 0.5) ** 2 + 1 / 16)) for t in (k / 400 for k in range(401))
    )
    assert best == pytest.approx(1 / 16)
    parabola = OnLine(Curve.parabola(fmpq(2)), ONE, RELU)
    assert parabola.least_error_of_degree(2) == 0


def test_the_square_is_cut_finely_enough() -> None:
    at = InSquare(Bilinear(ZERO, ZERO, ZERO, ONE), fmpq(1, 3), RAMP)
    bound = float(at.polynomial_error(2))
    worst = 0.0
    for s, t in product((k / 40 for k in range(41)), repeat=2):
        x, y = (math.log(1 + (math.e - 1) * w) for w in (s, t))
        psi = [math.log(1 + (math.e - 1) * w) for w in (0, 0.5, 1)]
        shares = [[(1 - w) ** 2, 2 * w * (1 - w), w * w] for w in (s, t)]
        value = sum(
            p * q * psi[i] * psi[j]
            for i, p in enumerate(shares[0])
            for j, q in enumerate(shares[1])
        )
        worst = max(worst, abs(value - x * y))
    assert worst <= bound <= worst + 0.1
