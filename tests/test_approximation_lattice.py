"""The network of `relu_universal`, exactly."""

from __future__ import annotations

from functools import reduce

import pytest
from flint import fmpq
from hypothesis import given, settings
from hypothesis import strategies as st

from deeptheory.approximation.constructions import identity, tent_net
from deeptheory.approximation.lattice import (
    centres,
    cone_layer,
    digits,
    grid_layer,
    lattice_network,
    lattice_widths,
    max_of,
    max_pair,
    min_of,
    min_pair,
    parallel_family,
    tree_widths,
)
from deeptheory.checks.instances.strategies import rationals


@settings(max_examples=40, deadline=None)
@given(st.lists(rationals(), min_size=1, max_size=11))
def test_trees_find_the_largest_and_the_smallest(numbers: list[fmpq]) -> None:
    k = len(numbers) - 1
    high, low = max_of(k), min_of(k)
    assert high(numbers) == (max(numbers),)
    assert low(numbers) == (min(numbers),)
    for net in (high, low):
        assert [layer.outputs for layer in net.hidden] == tree_widths(k)
        assert net.depth == max(k.bit_length(), 1)
        assert net.neurons <= 3 * (k + net.depth)
        assert net.width <= 3 * (k // 2 + 1)


def test_pairs_are_compared_entry_by_entry() -> None:
    x = tuple(map(fmpq, (3, -1, 2, 0)))
    assert max_pair(2)(x) == (3, 0)
    assert min_pair(2)(x) == (2, -1)
    assert max_pair(2).neurons == min_pair(2).neurons == 6


def test_a_family_is_its_networks_one_after_the_other() -> None:
    nets = [tent_net(), identity(1, 1), tent_net().scale(fmpq(-3))]
    family = parallel_family(nets)
    assert family == reduce(lambda a, b: a.parallel(b), nets)


@settings(max_examples=25, deadline=None)
@given(st.integers(1, 3), st.integers(1, 4), st.data())
def test_the_lattice_network_is_the_largest_of_the_cones(
    dim: int, cells: int, data: st.DataObject
) -> None:
    cells = cells if dim < 3 else min(cells, 2)
    heights = dict(
        zip(
            centres(dim, cells),
            data.draw(st.lists(rationals(), min_size=cells**dim, max_size=cells**dim)),
            strict=True,
        )
    )
    slope = data.draw(st.integers(0, 5).map(lambda p: fmpq(p, 2)))
    net = lattice_network(heights.__getitem__, slope, cells, dim)
    x = data.draw(st.tuples(*[rationals()] * dim))

    def at(g: tuple[fmpq, ...]) -> fmpq:
        return heights[g] - slope * max(abs(a - b) for a, b in zip(x, g, strict=True))

    assert net(x) == (max(map(at, heights)) + slope / (2 * cells),)
    assert [layer.outputs for layer in net.hidden] == lattice_widths(dim, cells)


@pytest.mark.parametrize("cells", [1, 2, 3])
def test_the_error_is_half_a_cell_and_attained_at_the_centres(cells: int) -> None:
    def f(x: tuple[fmpq, ...]) -> fmpq:
        return abs(x[0] - x[1]) / 2

    net = lattice_network(f, fmpq(1), cells, 2)
    bound = fmpq(1, 2 * cells)
    for i in range(13):
        for j in range(13):
            x = (fmpq(i, 12), fmpq(j, 12))
            assert abs(net(x)[0] - f(x)) <= bound
    assert all(net(g)[0] - f(g) == bound for g in centres(2, cells))


def test_the_centres_have_the_digits_of_their_numbers() -> None:
    for dim, cells in ((1, 4), (2, 3), (3, 2)):
        found = digits(dim, cells)
        for number, point in enumerate(found):
            assert point == tuple(number // cells**i % cells for i in range(dim))
        assert centres(dim, cells)[1][0] == fmpq(2 * found[1][0] + 1, 2 * cells)


def test_the_sides_of_a_cone() -> None:
    places = [fmpq(1, 4), fmpq(3, 4)]
    distances = grid_layer(places, 2)((fmpq(1), fmpq(0)))
    assert distances == (fmpq(3, 4), fmpq(1, 4), fmpq(-1, 4), fmpq(-3, 4))
    sides = cone_layer((1, 0), 2, fmpq(2), fmpq(5))
    assert sides(tuple(map(abs, distances))) == (5 - fmpq(1, 2), 5 - fmpq(1, 2))


@pytest.mark.parametrize(("dim", "cells"), [(1, 1), (1, 5), (2, 1), (2, 3), (3, 2), (4, 2)])
def test_the_sizes_of_the_lattice_network(dim: int, cells: int) -> None:
    def log2(k: int) -> int:
        return max(k.bit_length() - 1, 0)

    count = cells**dim
    widths = lattice_widths(dim, cells)
    assert len(widths) == log2(dim - 1) + log2(count - 1) + 3
    trees = 3 * count * (dim + log2(dim - 1) + 1) + 3 * log2(count - 1)
    assert sum(widths) <= 2 * dim * cells + trees
