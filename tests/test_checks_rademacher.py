"""Exact Rademacher complexities, each against another way to compute it."""

from __future__ import annotations

from itertools import product
from math import comb
from typing import Any

import pytest
from flint import arb, ctx, fmpq
from hypothesis import given, settings
from hypothesis import strategies as st

from deeptheory.checks.instances.linear import (
    LinearSample,
    along_axes,
    bounded_coordinates,
    bounded_norms,
    sign_inputs,
)
from deeptheory.checks.instances.lipschitz import (
    RELU,
    Composed,
    absolute,
    clip,
    composed,
    halves,
    multiple,
    saturation,
    sawtooth,
    scalars,
    shifted,
)
from deeptheory.checks.instances.massart import Blocks, FiniteFamily, massart_instances
from deeptheory.checks.instances.networks import (
    Network,
    activations,
    deep_networks,
    extremes,
    homogeneous,
    over_function,
    two_layer_networks,
)
from deeptheory.checks.instances.rademacher import (
    MAX_SIGNS,
    FiniteClass,
    finite_classes,
    l1_complexity,
    l2_complexity,
    rademacher,
    rademacher_of_absolute,
    sign_vectors,
    signed_sums,
    with_zero,
)
from deeptheory.checks.instances.strategies import nonnegatives, rationals

ZERO, ONE, HALF = fmpq(0), fmpq(1), fmpq(1, 2)


def dot(x: Any, y: Any) -> fmpq:
    return sum((fmpq(a) * b for a, b in zip(x, y, strict=True)), ZERO)


def average(n: int, best: Any) -> Any:
    """Average a function of the signs over all of them, one by one."""
    values = [best(signs) for signs in product((1, -1), repeat=n)]
    return sum(values, ZERO) / len(values)


# Finite classes


@settings(max_examples=50, deadline=None)
@given(finite_classes(max_points=4))
def test_complexities_are_averages_over_all_signs(found: Any) -> None:
    n, vectors = found.points, found.vectors
    assert found.complexity == average(n, lambda s: max(dot(s, v) for v in vectors)) / n
    opposites = [tuple(-value for value in v) for v in vectors]
    assert found.absolute_complexity == rademacher([*vectors, *opposites])


@settings(max_examples=50, deadline=None)
@given(finite_classes(max_points=4), st.data())
def test_complexity_is_that_of_the_convex_hull_and_of_translates(found: Any, data: Any) -> None:
    """Mixtures add nothing, a shift by a vector changes nothing, a multiple multiplies."""
    vectors = found.vectors
    v, w = data.draw(st.sampled_from(vectors)), data.draw(st.sampled_from(vectors))
    mixture = tuple((a + 2 * b) / 3 for a, b in zip(v, w, strict=True))
    assert rademacher([*vectors, mixture]) == found.complexity
    shift = data.draw(st.tuples(*[rationals()] * found.points))
    assert found.map(lambda j, t: t + shift[j]).complexity == found.complexity
    factor = data.draw(rationals())
    assert found.map(lambda _, t: factor * t).complexity == abs(factor) * found.complexity


def test_known_complexities() -> None:
    for n in range(1, 9):
        assert sign_vectors(n).complexity == 1
        mean = sum(comb(n, k) * abs(fmpq(n - 2 * k)) for k in range(n + 1)) / (n * 2**n)
        assert with_zero((1,) * n).complexity == mean / 2
        assert rademacher_of_absolute([(ONE,) * n]) == mean
    assert rademacher([(fmpq(5), fmpq(-3))]) == 0
    assert rademacher([()]) == 0


def test_signed_sums_have_the_order_of_the_signs() -> None:
    values = (3, 20, 100)
    expected = [dot(signs, map(fmpq, values)) for signs in product((1, -1), repeat=3)]
    assert signed_sums(values) == expected
    assert signed_sums([]) == [0]


@pytest.mark.parametrize(
    ("vectors", "words"),
    [
        ([], "without functions"),
        ([(ONE,), (ONE, ONE)], "different numbers of points"),
        ([(ONE,) * (MAX_SIGNS + 1)], "more than 12"),
    ],
)
def test_what_is_no_class_is_named(vectors: Any, words: str) -> None:
    with pytest.raises(ValueError, match=words):
        rademacher(vectors)


# Massart's lemma


@pytest.mark.parametrize("size", [1, 2, 3])
@pytest.mark.parametrize("block", [1, 2, 3, 4])
def test_few_blocks_are_a_finite_class(size: int, block: int) -> None:
    """The formula for independent sums gives what all signs give."""
    vectors = [tuple(fmpq(int(j // block == k)) for j in range(size * block)) for k in range(size)]
    blocks, family = Blocks(size, block), FiniteFamily(FiniteClass(tuple(vectors)))
    assert (blocks.points, blocks.size) == (family.points, family.size)
    with ctx.workprec(200):
        assert (arb(blocks.length) - family.length).contains(0)
        for formula, signs in [
            (blocks.complexity, family.complexity),
            (blocks.absolute_complexity, family.absolute_complexity),
        ]:
            assert abs(arb(formula) - signs) < arb(10) ** -50


@settings(max_examples=40, deadline=None)
@given(massart_instances())
def test_drawn_families_meet_the_hypotheses(at: Any) -> None:
    if isinstance(at, FiniteFamily):
        assert at.size >= len(at.found.vectors)
        assert not any(dot(v, v) > at.length**2 for v in at.found.vectors)
    assert not at.mean_length > at.length
    assert not at.complexity > at.absolute_complexity


# Linear classes


@settings(max_examples=40, deadline=None)
@given(bounded_norms())
def test_drawn_inputs_have_bounded_norms(at: Any) -> None:
    assert at.weight >= 0
    assert all(dot(x, x) <= at.size**2 for x in at.inputs)
    assert at.n <= 5


@settings(max_examples=40, deadline=None)
@given(bounded_coordinates())
def test_drawn_inputs_have_bounded_coordinates(at: Any) -> None:
    assert at.weight >= 0
    assert at.d >= 1
    assert all(abs(value) <= at.size for x in at.inputs for value in x)


@settings(max_examples=30, deadline=None)
@given(bounded_coordinates())
def test_weights_of_bounded_sum_are_best_at_unit_vectors(at: Any) -> None:
    """The complexity is that of the finite class of the extreme points of the ball."""
    units = [
        tuple(at.weight * s * int(k == i) for i in range(at.d))
        for k in range(at.d)
        for s in (1, -1)
    ]
    extreme = [tuple(dot(w, x) for x in at.inputs) for w in units]
    assert at.l1() == rademacher(extreme)


@settings(max_examples=30, deadline=None)
@given(bounded_norms(), st.data())
def test_no_weight_of_bounded_norm_does_better(at: Any, data: Any) -> None:
    """Rational weights on the circle come close from below; in one dimension they attain it."""
    d = len(at.inputs[0])
    if d == 1:
        ends = [tuple(s * at.weight * x[0] for x in at.inputs) for s in (1, -1)]
        assert at.l2() == rademacher(ends)
        return
    turns = [(fmpq(1 - t * t, 1 + t * t), fmpq(2 * t, 1 + t * t)) for t in range(-4, 5)]
    circle = [(s * a, s * b) for a, b in turns for s in (1, -1)]
    weights = [(*(at.weight * c for c in w), *[ZERO] * (d - 2)) for w in circle]
    inner = rademacher([tuple(dot(w, x) for x in at.inputs) for w in weights])
    assert not at.l2() < inner
    if d == 2:
        assert not at.l2() * fmpq(1, 2) > inner  # no weight is further than 60 degrees from one


def test_the_average_norm_is_a_root_of_averages() -> None:
    """The average squared norm is the sum of the squared norms, whatever the inputs."""
    inputs = ((ONE, fmpq(2)), (fmpq(-3), HALF), (fmpq(5), fmpq(1, 3)))
    squares = average(3, lambda s: sum(dot(s, column) ** 2 for column in zip(*inputs, strict=True)))
    assert squares == sum(dot(x, x) for x in inputs)
    with ctx.workprec(100):
        assert l2_complexity(ONE, inputs) < (arb(squares).sqrt() / 3)
        assert l2_complexity(ONE, inputs) > (arb(squares).sqrt() / 4)


def test_known_linear_classes() -> None:
    assert along_axes(fmpq(2), (fmpq(3),) * 4).l2() == 3
    assert l2_complexity(ONE, [(fmpq(3), fmpq(4))]) == 5
    assert l1_complexity(ONE, [(fmpq(3), fmpq(-4))]) == 4
    for n in range(1, 6):
        at = sign_inputs(fmpq(2), fmpq(3), n)
        assert at.d == 2 ** (n - 1)
        assert at.l1() == 6
    sample = LinearSample(ONE, ((fmpq(3), fmpq(4)), (ZERO, ONE)), fmpq(5))
    assert sample.mean_norm == 3
    assert sample.largest_coordinate == 4
    assert sample.mean_coordinate == 2


def test_inputs_of_different_dimensions_are_refused() -> None:
    with pytest.raises(ValueError, match="different numbers"):
        l1_complexity(ONE, [(ONE,), (ONE, ONE)])


# Lipschitz functions


@settings(max_examples=200, deadline=None)
@given(scalars(), rationals(-30, 30, 6), rationals(-30, 30, 6))
def test_functions_have_the_constant_they_claim(f: Any, a: Any, b: Any) -> None:
    assert abs(f(a) - f(b)) <= f.lipschitz * abs(a - b)


@settings(max_examples=100, deadline=None)
@given(activations(), rationals(-30, 30, 6), rationals(-30, 30, 6))
def test_activations_meet_the_hypotheses(f: Any, a: Any, b: Any) -> None:
    assert f(ZERO) == 0
    assert abs(f(a) - f(b)) <= abs(a - b)


@settings(max_examples=100, deadline=None)
@given(homogeneous(), rationals(-30, 30, 6), nonnegatives())
def test_homogeneous_functions_are(f: Any, a: Any, factor: Any) -> None:
    assert f(factor * a) == factor * f(a)
    right, left = f.slopes
    assert f(a) == (right if a > 0 else left) * a


def test_known_functions() -> None:
    assert [RELU(fmpq(t)) for t in (-2, 0, 3)] == [0, 0, 3]
    assert [absolute()(fmpq(t)) for t in (-2, 0, 3)] == [2, 0, 3]
    assert [clip(-ONE, HALF)(fmpq(t)) for t in (-2, 0, 3)] == [-1, 0, HALF]
    assert [sawtooth(fmpq(2))(fmpq(t, 2)) for t in (-1, 0, 1, 2, 3, 4)] == [
        HALF,
        0,
        HALF,
        1,
        HALF,
        0,
    ]
    assert [saturation(fmpq(3))(fmpq(t)) for t in (-1, 0, 2)] == [fmpq(-3, 2), 0, 2]
    assert shifted(multiple(fmpq(2)), fmpq(-1))(fmpq(3)) == 5
    assert halves(fmpq(-3), ONE).lipschitz == 3


@settings(max_examples=40, deadline=None)
@given(composed())
def test_each_point_has_its_function(at: Any) -> None:
    expected = [
        tuple(at.functions[j if len(at.functions) > 1 else 0](t) for j, t in enumerate(vector))
        for vector in at.found.vectors
    ]
    assert list(at.composed.vectors) == expected
    assert all(f.lipschitz <= at.lipschitz for f in at.functions)


def test_a_shift_is_not_zero_at_zero() -> None:
    assert not Composed(sign_vectors(1), (shifted(RELU, ONE),)).zero_at_zero
    assert Composed(sign_vectors(1), (RELU, absolute())).zero_at_zero


# Networks


def weights_on_grid(units: int, parts: int) -> list[tuple[fmpq, ...]]:
    """Return all weights of absolute sum one whose entries are multiples of ``1 / parts``."""
    grid = product(range(-parts, parts + 1), repeat=units)
    return [tuple(fmpq(k, parts) for k in w) for w in grid if sum(map(abs, w)) == parts]


def by_grid(at: Network, parts: int) -> fmpq:
    """Return the complexity of the networks whose weights lie on a grid, layer by layer."""
    layer = list(at.base.vectors)
    for width in at.widths:
        active = sorted({tuple(map(at.activation, v)) for v in layer})
        layer = sorted(
            {
                tuple(at.weight * dot(w, column) for column in zip(*chosen, strict=True))
                for chosen in product(active, repeat=width)
                for w in weights_on_grid(width, parts)
            }
        )
    return rademacher(layer)


@settings(max_examples=25, deadline=None)
@given(two_layer_networks(), st.sampled_from([1, 2]))
def test_two_layers_are_best_with_one_unit(at: Any, width: int) -> None:
    small = FiniteClass(at.base.vectors[:4])
    network = Network(small, at.activation, at.weight, (width,))
    assert network.complexity == by_grid(network, 2)


SIGNS_AND_ZERO = st.sampled_from([fmpq(-1), ZERO, ONE])


@settings(max_examples=25, deadline=None)
@given(st.tuples(*[SIGNS_AND_ZERO] * 3), st.tuples(*[SIGNS_AND_ZERO] * 3), st.data())
def test_two_units_are_best_where_they_cancel(v: Any, w: Any, data: Any) -> None:
    """The combinations that are zero somewhere have weights of a known denominator."""
    activation, parts = data.draw(
        st.sampled_from([(RELU, 2), (absolute(), 2), (halves(ONE, HALF), 6)])
    )
    network = Network(FiniteClass((v, w)), activation, fmpq(3), (2, 1))
    assert network.complexity == by_grid(network, parts)


@pytest.mark.parametrize(("activation", "ratio"), [(RELU, fmpq(13, 6)), (absolute(), fmpq(7, 3))])
def test_two_units_follow_signs_better_than_one(activation: Any, ratio: fmpq) -> None:
    base = with_zero((1, 1, 0), (0, 1, 1))
    wide, narrow = (Network(base, activation, ONE, (width, 1)) for width in (2, 1))
    assert wide.complexity == by_grid(wide, 2) == ratio * base.complexity
    assert narrow.complexity == by_grid(narrow, 2) < wide.complexity


@settings(max_examples=20, deadline=None)
@given(deep_networks(), st.integers(1, 3))
def test_no_network_on_a_grid_does_better(at: Any, parts: int) -> None:
    network = Network(
        FiniteClass(at.base.vectors[:3]), at.activation, at.weight, (2, 1, 1)[: at.depth]
    )
    assert by_grid(network, parts) <= network.complexity


def test_extreme_combinations() -> None:
    units = [(ONE, fmpq(2)), (fmpq(3), fmpq(-1))]
    plain = extremes(units, mixed=False)
    expected = [(1, 2), (-1, -2), (3, -1), (-3, 1)]
    assert set(plain) == {(fmpq(a), fmpq(b)) for a, b in expected}
    mixed = set(extremes(units, mixed=True)) - set(plain)
    assert all(0 in vector for vector in mixed)
    assert len(mixed) == 4


@settings(max_examples=40, deadline=None)
@given(deep_networks())
def test_drawn_networks_have_a_zero_function(at: Any) -> None:
    assert any(not any(vector) for vector in at.base.vectors)
    assert at.weight >= 0
    if not at.depth:
        assert at.complexity == at.base.complexity


def test_networks_over_one_function_are_its_multiples() -> None:
    values = (1, 2, 0, 5)
    mean = rademacher_of_absolute([tuple(map(fmpq, values))])
    for depth, weight in product(range(1, 5), (HALF, fmpq(3))):
        assert over_function(values, weight, (1,) * depth).complexity == weight**depth * mean
    assert over_function(values, ONE, (1, 0, 1)).complexity == 0


@pytest.mark.parametrize(
    ("activation", "widths", "words"),
    [
        (clip(ZERO, ONE), (1, 1), "not positively homogeneous"),
        (RELU, (3, 1), "too large"),
        (RELU, (2, 2, 1), "too large"),
    ],
)
def test_networks_without_extreme_points_are_refused(
    activation: Any, widths: Any, words: str
) -> None:
    with pytest.raises(ValueError, match=words):
        over_function((1, 2), ONE, widths, activation)


def test_reports_show_the_data() -> None:
    network = over_function((1, 2), HALF, (2, 1))
    assert network.describe() == {
        "class": "zero and others",
        "functions": 2,
        "values": [["0", "0"], ["1", "2"]],
        "activation": "positive part",
        "A": "1/2",
        "widths": [2, 1],
    }
    assert Blocks(10**30, 4).describe() == {
        "disjoint blocks": "1" + "0" * 30,
        "points of a block": 4,
    }
    described = FiniteFamily(sign_vectors(2), more=1).describe()
    assert described["r"].startswith("about 1.414")
    assert described["N"] == 5
    at = along_axes(ONE, (fmpq(2), ONE)).describe()
    assert at == {"B": "1", "X": "2", "n": 2, "d": 2, "inputs": [["2", "0"], ["0", "1"]]}
