from __future__ import annotations

from itertools import pairwise
from typing import Any

import numpy as np
import pytest
from flint import fmpq
from hypothesis import given, settings
from hypothesis import strategies as st

from deeptheory.approximation import Curve, Layer, Network, PiecewiseAffine, largest_error, relu
from deeptheory.approximation.constructions import (
    absolute,
    hat,
    identity,
    interpolant,
    interpolate,
    product_net,
    sawtooth_net,
    square_net,
    tent_net,
    zero,
    zigzag,
    zigzag_net,
)
from deeptheory.checks import Measurement, decide
from deeptheory.checks.instances.approximation import (
    Interpolation,
    hat_over,
    lipschitz_curves,
    models,
    networks,
    products,
    smooth_curves,
    squares,
    unit_numbers,
    vee,
)
from deeptheory.checks.instances.depth import (
    SquareGap,
    best_for_square,
    close_to_half,
    functions,
    gaps,
    line_networks,
    misses,
)
from deeptheory.checks.instances.strategies import rationals
from deeptheory.formulas import Book
from sample_catalog import sample_declarations

ZERO, HALF, ONE = fmpq(0), fmpq(1, 2), fmpq(1)
BOOK = Book(sample_declarations())


# Layers and networks


def test_a_layer_by_hand() -> None:
    layer = Layer.of([[1, 2], [0, -1], [3, 0]], [1, 0, fmpq(1, 2)])
    assert layer((fmpq(3), fmpq(-1))) == (2, 1, fmpq(19, 2))
    assert (layer.inputs, layer.outputs, layer.parameters, layer.nonzero) == (2, 3, 9, 6)
    after = Layer.of([[1, 1, 0]], [5]).comp(layer)
    assert after.weight == ((1, 1),)
    assert after.bias == (6,)
    assert Layer.split(2)((ONE, HALF)) == (1, HALF, -1, -HALF)
    assert Layer.join(2)((ONE, HALF, fmpq(3), ZERO)) == (-2, HALF)
    with pytest.raises(ValueError, match="as many rows as outputs"):
        Layer(((ONE,),), (ONE,), 2)


def test_sizes_by_hand() -> None:
    net = hat(ONE, fmpq(2))
    assert (net.depth, net.neurons, net.width) == (1, 3, 3)
    assert net.parameters == 3 * 2 + 4
    assert net.max_weight == 3
    assert [net.real(fmpq(x)) for x in (-2, -1, 0, 1, 2, 3, 4)] == [0, 0, HALF, 1, HALF, 0, 0]
    both = net.parallel(identity(1, 1))
    assert (both.depth, both.neurons, both.outputs) == (1, 5, 2)
    assert both((ZERO,)) == (HALF, 0)
    assert zero(3, 2, 2)((ONE, ONE, ONE)) == (0, 0)
    assert zero(3, 2, 2).neurons == 0
    with pytest.raises(ValueError, match="identity network"):
        net.add(tent_net().power(2))
    with pytest.raises(ValueError, match="comes before one"):
        Network((Layer.identity(2),), Layer.identity(3))


@pytest.mark.parametrize("depth", range(4))
def test_the_identity(depth: int) -> None:
    net = identity(3, depth)
    x = (fmpq(-5, 3), ZERO, fmpq(7))
    assert net(x) == x
    assert (net.depth, net.neurons, net.max_weight) == (depth, 6 * depth, 1)


@settings(max_examples=30, deadline=None)
@given(networks(2, 2, 2), st.lists(st.tuples(rationals(), rationals()), min_size=1, max_size=5))
def test_arrays_agree_with_exact_values(net: Network, points: Any) -> None:
    found = net.array([[float(t.p) / float(t.q) for t in point] for point in points])
    exact = [[float(t.p) / float(t.q) for t in net(point)] for point in points]
    assert np.allclose(found, exact, rtol=1e-12, atol=1e-9)


@settings(max_examples=40, deadline=None)
@given(models(), st.data())
def test_compositions_and_sums_are_those_of_the_values(at: Any, data: Any) -> None:
    inner = at.a(at.x, relu)
    assert at.b.comp(at.a)(at.x) == at.b(inner)
    assert at.a.scale(fmpq(-2))(at.x) == tuple(-2 * t for t in inner)
    own = data.draw(st.tuples(*[rationals()] * at.c.inputs))
    assert at.a.side(at.c)(at.x + own) == inner + at.c(own)
    added = at.a.add_side(at.e)(at.x + own)
    assert added == tuple(v + w for v, w in zip(inner, at.e(own), strict=True))
    assert at.a.postcomp(Layer.split(at.a.outputs))(at.x) == inner + tuple(-t for t in inner)


# Constructions


def tent(x: fmpq) -> fmpq:
    return 1 - abs(2 * x - 1)


@settings(max_examples=30, deadline=None)
@given(rationals(), st.integers(0, 6))
def test_the_named_networks_compute_what_their_names_say(x: fmpq, k: int) -> None:
    assert absolute(2)((x, -x)) == (abs(x), abs(x))
    folded, square = x, x
    for s in range(1, k + 1):
        folded = tent(folded)
        square -= folded / 4**s
    assert sawtooth_net(k).real(x) == folded
    assert square_net(k).real(x) == square
    assert square - x**2 == (folded - folded**2) / 4**k
    expected = -12 * relu(x - fmpq(1, 6)) + 9 * relu(x - fmpq(1, 3)) - 6 * relu(fmpq(2, 3) - x) + 4
    assert zigzag().real(x) == expected
    assert (square_net(k).depth, square_net(k).neurons) == (k, 3 * k)
    assert square_net(k).parameters == (12 * k - 2 if k > 0 else 2)


def approximate_square(m: int, x: fmpq) -> fmpq:
    return square_net(m).real(x)


@settings(max_examples=30, deadline=None)
@given(products())
def test_a_product_is_a_difference_of_squares(at: Any) -> None:
    u, v = abs(at.x + at.y) / (2 * at.bound), abs(at.x - at.y) / (2 * at.bound)
    difference = approximate_square(at.m, u) - approximate_square(at.m, v)
    assert at.value() == at.bound**2 * difference
    net = product_net(at.bound, at.m)
    assert (net.depth, net.neurons) == (at.m + 1, 6 * at.m + 4)
    assert net.width <= 6


@settings(max_examples=30, deadline=None)
@given(lipschitz_curves(), unit_numbers())
def test_the_interpolant_is_the_chord(at: Any, x: fmpq) -> None:
    net = interpolant(at.curve, at.cells)
    assert (net.depth, net.neurons, net.parameters) == (1, at.cells, 3 * at.cells + 1)
    j = min(int((x * at.cells).floor()), at.cells - 1)
    a, b = fmpq(j, at.cells), fmpq(j + 1, at.cells)
    chord = at.curve(a) + (at.curve(b) - at.curve(a)) / (b - a) * (x - a)
    assert net.real(x) == chord


def test_interpolation_between_uneven_knots() -> None:
    net = interpolate((ZERO, ONE, fmpq(3)), (ONE, fmpq(5), fmpq(-1)))
    assert [net.real(x) for x in (fmpq(-4), ZERO, HALF, ONE, fmpq(2), fmpq(3), fmpq(4))] == [
        1, 1, 3, 5, 2, -1, -4,
    ]  # fmt: skip


# Pieces and errors


@settings(max_examples=40, deadline=None)
@given(line_networks(), st.lists(rationals(-50, 50), max_size=8))
def test_pieces_are_those_of_the_network(at: Any, points: Any) -> None:
    f = PiecewiseAffine.of_network(at.net)
    inside = [(a + b) / 2 for a, b in pairwise(f.knots)]
    for x in [*points, *f.knots, *inside, f.knots[0] - 7, f.knots[-1] + 7]:
        assert f(x) == at.net.real(x)
    assert at.pieces <= (at.net.width + 1) ** at.net.depth


@pytest.mark.parametrize("k", range(5))
def test_numbers_of_pieces(k: int) -> None:
    assert PiecewiseAffine.of_network(sawtooth_net(k)).pieces == 2**k
    assert PiecewiseAffine.of_network(square_net(k)).pieces == 2**k
    assert PiecewiseAffine.of_network(zigzag_net(k)).pieces == 4**k
    assert PiecewiseAffine.of_network(identity(1, k)).pieces == 1
    breaks = PiecewiseAffine.of_network(square_net(k)).breaks
    assert breaks == [fmpq(i, 2**k) for i in range(1, 2**k)]


@settings(max_examples=40, deadline=None)
@given(functions(), st.one_of(lipschitz_curves(), smooth_curves()))
def test_the_largest_error_is_attained_and_not_exceeded(f: PiecewiseAffine, at: Any) -> None:
    error, x = largest_error(f, at.curve)
    assert 0 <= x <= 1
    assert abs(f(x) - at.curve(x)) == error
    assert all(abs(f(fmpq(i, 60)) - at.curve(fmpq(i, 60))) <= error for i in range(61))


def test_errors_by_hand() -> None:
    line = PiecewiseAffine((ZERO,), (ZERO,), ONE, ONE)
    assert largest_error(line, Curve.parabola(fmpq(2))) == (fmpq(1, 4), HALF)
    assert largest_error(line, Curve.parabola(fmpq(2)), high=fmpq(2)) == (fmpq(2), fmpq(2))
    assert largest_error(line, Curve.polygon((ZERO, HALF, ONE), (ONE, ZERO, ONE)))[0] == 1
    bump = Curve.smooth((ZERO, HALF, ONE), ZERO, ZERO, (fmpq(8), fmpq(-8)))
    assert (bump(HALF), bump(ONE), bump.lipschitz, bump.smoothness) == (1, 2, 4, 8)
    assert Curve.polygon((ZERO, ONE), (ONE, fmpq(-2))).lipschitz == 3


def test_an_approximation_of_a_function_with_another_value_at_zero() -> None:
    at = Interpolation(Curve.parabola(ONE), 1, ONE, at_zero=ONE)
    assert at.value(ZERO) == 1
    assert at.error == 1  # approached at zero


# Instances


@settings(max_examples=40, deadline=None)
@given(lipschitz_curves(), smooth_curves(), st.tuples(unit_numbers(), unit_numbers()))
def test_drawn_curves_meet_the_hypotheses(rough: Any, smooth: Any, points: Any) -> None:
    x, y = points
    assert abs(rough.curve(x) - rough.curve(y)) <= rough.claimed * abs(x - y)
    middle = (x + y) / 2
    second = smooth.curve(x) - 2 * smooth.curve(middle) + smooth.curve(y)
    assert abs(second) <= smooth.claimed * (x - y) ** 2 / 4
    assert rough.cells > 0 < smooth.cells


@settings(max_examples=40, deadline=None)
@given(squares(), products(), misses(), gaps())
def test_drawn_points_and_pieces_meet_the_hypotheses(
    square: Any, product: Any, miss: Any, gap: Any
) -> None:
    assert 0 <= square.place <= 1
    assert abs(product.x) <= product.bound >= abs(product.y)
    assert miss.pieces >= miss.function.pieces
    assert gap.pieces >= gap.function.pieces


@pytest.mark.parametrize(("pieces", "k"), [(1, 3), (2, 3), (3, 3), (6, 3), (7, 3)])
def test_functions_that_cross_one_half_on_every_piece(pieces: int, k: int) -> None:
    at = close_to_half(pieces, k)
    assert at.function.pieces == pieces
    assert at.count() == -((pieces - 2**k) // 2)  # half of the difference, rounded up


@pytest.mark.parametrize("pieces", range(1, 8))
def test_the_best_functions_with_few_pieces(pieces: int) -> None:
    at = best_for_square(pieces)
    assert at.function.pieces == pieces
    assert at.error() == fmpq(1, 8 * pieces**2)
    assert SquareGap(at.function.plus(fmpq(1, 1000))).error() > at.error()


def test_named_curves() -> None:
    assert hat_over(2, 5, fmpq(3)).curve.lipschitz == 3
    assert hat_over(2, 5, fmpq(3)).error == fmpq(3, 10)
    assert vee(HALF, 3).error == fmpq(1, 6)
    assert vee(HALF, 2).error == 0


# Lower bounds


def test_a_lower_bound_is_decided_from_below() -> None:
    bound = BOOK.bound_of("DeepTheory.Approximation.square_lower")
    assert bound is not None

    def at(error: fmpq) -> Any:
        return decide(lambda: Measurement(error, {"N": 2}, lower=True), bound)

    assert at(fmpq(1, 32)).holds
    assert at(fmpq(1, 32)).ratio == 1
    assert at(fmpq(1, 16)).ratio == HALF
    assert not at(fmpq(1, 33)).holds
