"""Checks of the network model and of interpolation by one hidden layer."""

from __future__ import annotations

from flint import fmpq

from deeptheory.approximation import Curve, Layer
from deeptheory.approximation.constructions import (
    absolute,
    hat,
    identity,
    square_net,
    tent_net,
    zero,
)
from deeptheory.checks.comparison import Measurement, Relation
from deeptheory.checks.instances.approximation import (
    Interpolation,
    Model,
    hat_over,
    lipschitz_curves,
    models,
    parabolas,
    smooth_curves,
    vee,
)
from deeptheory.checks.instances.lipschitz import RELU
from deeptheory.checks.instances.lipschitz import square as squaring
from deeptheory.checks.mutants import (
    Mutant,
    drop,
    instead,
    replace_by_square,
    replace_exponent,
    replace_part,
    scale,
    without,
)
from deeptheory.checks.registry import Drawing, Series, Sharp, check
from deeptheory.formulas import Book
from deeptheory.formulas.syntax import Num, Op, Var

_ZERO, _HALF, _ONE = fmpq(0), fmpq(1, 2), fmpq(1)


# The model


def _equal(left: fmpq | int, right: fmpq | int, law: str) -> Relation:
    return Relation(fmpq(left), "eq", fmpq(right), law)


def _vectors(left: tuple[fmpq, ...], right: tuple[fmpq, ...], law: str) -> list[Relation]:
    sizes = _equal(len(left), len(right), f"{law}: as many outputs")
    return [sizes, *(_equal(v, w, law) for v, w in zip(left, right, strict=False))]


_WITNESS = Model(absolute(1), identity(1, 1), identity(1, 1), identity(1, 1), (-_ONE,))
_FOLDED = Model(tent_net(), absolute(1), absolute(1), tent_net(), (-_ONE,), squaring(), 3)
_MIXED = Model(
    absolute(2),
    square_net(2).precomp(Layer.of([[1, 2]], [1])),
    identity(2, 1),
    identity(2, 1).scale(fmpq(-3)),
    (fmpq(-2), fmpq(1, 3)),
    squaring(),
    2,
)
_FLAT = Model(
    identity(2, 0),
    hat(_ONE, _HALF).precomp(Layer.of([[1, -1]], [0])),
    zero(2, 1, 0),
    zero(2, 2, 0),
    (fmpq(5), fmpq(17, 4)),
)


def _twice_the_outer(at: Model, _book: Book) -> list[Relation]:
    """Claim that a composition takes its networks in the other order."""
    if at.a.inputs != at.b.outputs:
        return []
    composed = at.a.comp(at.b)
    if composed.inputs != at.a.inputs:
        return []
    swapped = composed(at.x, at.activation)
    inner = at.a(at.x, at.activation)
    return _vectors(swapped, at.b(inner, at.activation), "a after b is b after a")


def _nonzero_of_composition(at: Model, _book: Book) -> list[Relation]:
    left, right = at.b.comp(at.a).nonzero, at.a.nonzero + at.b.nonzero
    return [_equal(left, right, "non-zero parameters of compositions add up")]


def _depth_with_one_more(at: Model, _book: Book) -> list[Relation]:
    return [_equal(at.b.comp(at.a).depth, at.a.depth + at.b.depth + 1, "one layer more")]


def _shared_units(at: Model, _book: Book) -> list[Relation]:
    return [_equal(at.a.parallel(at.c).neurons, max(at.a.neurons, at.c.neurons), "shared units")]


def _equal_nonzero_of_sum(at: Model, _book: Book) -> list[Relation]:
    left, right = at.a.add(at.e).nonzero, at.a.nonzero + at.e.nonzero
    return [_equal(left, right, "non-zero parameters of sums add up")]


def _product_of_outputs(at: Model, _book: Book) -> list[Relation]:
    outputs = zip(at.a(at.x, at.activation), at.e(at.x, at.activation), strict=True)
    found = at.a.add(at.e)(at.x, at.activation)
    return _vectors(found, tuple(v * w for v, w in outputs), "the sum is the product")


def _identity_with_any_activation(at: Model, _book: Book) -> list[Relation]:
    found = identity(len(at.x), at.d)(at.x, at.activation)
    return _vectors(found, at.x, "the identity, with any activation")


def _fewer_units(at: Model, _book: Book) -> list[Relation]:
    n = len(at.x)
    return [_equal(identity(n, at.d).neurons, n * at.d, "n units in each layer of the identity")]


def _one_relu(at: Model, _book: Book) -> list[Relation]:
    """Claim that one ReLU, with any sign, computes the identity."""
    x = at.x[0]
    return [_equal(max(x, _ZERO), x, "one ReLU is the identity")]


def _small_weights(at: Model, _book: Book) -> list[Relation]:
    return [Relation(identity(len(at.x), at.d).max_weight, "le", _HALF, "weights at most 1/2")]


@check(
    "Approximation.network_model",
    instances=models,
    claim="the identity on the line with one hidden layer needs its two ReLUs",
    sharp=[Sharp(_WITNESS), Sharp(_FOLDED), Sharp(_MIXED), Sharp(_FLAT)],
    mutants=[
        instead("compositions in the other order", _twice_the_outer, "order matters"),
        instead(
            "non-zero parameters of compositions add up",
            _nonzero_of_composition,
            "the merged layer is a product of matrices",
        ),
        instead("a composition has one layer more", _depth_with_one_more, "layers are merged"),
        instead("parallel networks share units", _shared_units, "they stand next to each other"),
        instead(
            "non-zero parameters of sums add up",
            _equal_nonzero_of_sum,
            "the biases of the outputs are added, and may cancel or coincide",
        ),
        instead("the sum multiplies", _product_of_outputs, "outputs are added"),
        instead(
            "the identity with any activation",
            _identity_with_any_activation,
            "squares of a number and of its opposite are equal",
        ),
        instead("the identity by n units", _fewer_units, "each number needs two"),
        instead("one ReLU is the identity", _one_relu, "it cuts negative numbers off"),
        instead("the identity with weights 1/2", _small_weights, "its weights are 0, 1 and -1"),
    ],
    series=[
        Drawing(
            "networks on the line",
            "x",
            lambda: {
                name: [(fmpq(x, 10), net.real(fmpq(x, 10))) for x in range(-15, 16)]
                for name, net in (
                    ("identity", identity(1, 1)),
                    ("absolute value", absolute(1)),
                    ("hat", hat(_ZERO, _ONE)),
                    ("hat after absolute value", hat(_ONE, _HALF).comp(absolute(1))),
                    ("absolute value + hat", absolute(1).add(hat(_ZERO, _ONE))),
                )
            },
        )
    ],
)
def network_model(at: Model, _book: Book) -> list[Relation]:
    """Evaluate merged networks and their parts, and count units layer by layer."""
    a, b, c, e, x, sigma = at.a, at.b, at.c, at.e, at.x, at.activation
    inner = a(x, sigma)
    composed, beside, total, same = b.comp(a), a.parallel(c), a.add(e), identity(len(x), at.d)
    n = len(x)
    return [
        *_vectors(composed(x, sigma), b(inner, sigma), "b after a"),
        _equal(composed.depth, a.depth + b.depth, "the depths of a composition add up"),
        _equal(composed.neurons, a.neurons + b.neurons, "the units of a composition add up"),
        *_vectors(beside(x, sigma), inner + c(x, sigma), "a and c next to each other"),
        _equal(beside.depth, a.depth, "the depth of parallel networks"),
        _equal(beside.neurons, a.neurons + c.neurons, "the units of parallel networks add up"),
        _equal(beside.nonzero, a.nonzero + c.nonzero, "so do their non-zero parameters"),
        *_vectors(
            total(x, sigma),
            tuple(v + w for v, w in zip(inner, e(x, sigma), strict=True)),
            "the sum of a and e",
        ),
        _equal(total.depth, a.depth, "the depth of a sum"),
        _equal(total.neurons, a.neurons + e.neurons, "the units of a sum add up"),
        Relation(
            fmpq(total.nonzero), "le", fmpq(a.nonzero + e.nonzero), "non-zero parameters of a sum"
        ),
        *_vectors(same(x, RELU), x, "the identity"),
        _equal(same.depth, at.d, "the depth of the identity"),
        _equal(same.neurons, 2 * n * at.d, "the units of the identity"),
        Relation(fmpq(same.nonzero), "le", fmpq(2 * n * (at.d + 1)), "its non-zero parameters"),
        Relation(same.max_weight, "le", _ONE, "its weights"),
    ]


# One hidden layer


_SIZES = (1, 2, 3, 4, 5, 6, 7, 8, 10, 12, 16, 20, 25, 32, 40, 50, 64, 81, 100, 128)
"""Numbers of units for plots with logarithmic axes."""

_CAST_N = Op("cast", (Var("N", nat=True),))
_PLUS_ONE = Op("add", (_CAST_N, Num(1)))


def _one_unit_less(name: str) -> Mutant:
    def measure(at: Interpolation, _book: Book) -> Measurement:
        error = at.error_with(max(at.cells - 1, 1))
        return Measurement(error, {name: at.claimed, "N": at.cells})

    return instead("one unit less", measure, "the cells are then longer")


@check(
    "Approximation.relu_1d_lipschitz",
    instances=lipschitz_curves,
    claim="the interpolant attains it for every L and N for a hat function over any cell, and for "
    "odd N for the distance to 1/2; for some function no network with N units is below the bound "
    "for N + 2",
    sharp=[
        *(Sharp(hat_over(0, n, fmpq(7, 3)), _ONE) for n in (1, 2, 5, 30)),
        Sharp(hat_over(3, 7), _ONE),
        Sharp(hat_over(1, 4, fmpq(1, 3)), _ONE),
        *(Sharp(vee(_HALF, n), _ONE) for n in (1, 3, 9)),
        Sharp(vee(_HALF, 4)),
        Sharp(vee(fmpq(1, 3), 4), fmpq(8, 9)),
        Sharp(parabolas(_ONE, 6), fmpq(1, 24)),
        Sharp(Interpolation(Curve.polygon((_ZERO, _ONE), (_ONE, _ZERO)), 2, fmpq(3))),
    ],
    mutants=[
        scale(fmpq(999, 1000), "a hat function attains it"),
        replace_part(Num(2), lambda _: Num(3), "2 -> 3", "a hat function attains it"),
        replace_part(_CAST_N, lambda _: _PLUS_ONE, "N -> N + 1", "for N units the bound of N + 1"),
        replace_part(
            _CAST_N, lambda n: Op("mul", (n, n)), "N -> N^2", "the rate of smooth functions"
        ),
        drop("L", "steeper functions have larger errors"),
        replace_by_square("L", "not for constants below one"),
        _one_unit_less("L"),
        without(
            "f is L-Lipschitz",
            [Interpolation(hat_over(0, 3).curve, 3, fmpq(99, 100))],
            "the slope 1 and the constant 99/100",
        ),
        without(
            "x is at most one",
            [Interpolation(hat_over(0, 1).curve, 1, _ONE, end=fmpq(3))],
            "beyond the interval the network goes straight on",
        ),
    ],
    series=[
        Series(
            "a hat over the first of N cells (attained)",
            "N",
            lambda: [(n, hat_over(0, n)) for n in _SIZES],
            log_x=True,
            rate=True,
        ),
        Series(
            "the distance to 1/3 by N units",
            "N",
            lambda: [(n, vee(fmpq(1, 3), n)) for n in _SIZES if n % 3],
            log_x=True,
            rate=True,
        ),
    ],
)
def relu_1d_lipschitz(at: Interpolation, _book: Book) -> Measurement:
    """Measure the largest distance of the network's pieces from those of the function."""
    return Measurement(at.error, {"L": at.claimed, "N": at.cells})


@check(
    "Approximation.relu_1d_smooth",
    instances=smooth_curves,
    claim="the interpolant attains it for every M and N for M x^2 / 2, in the middle of every "
    "cell; no network with N units is below half of the bound for N + 1 there",
    sharp=[
        *(Sharp(parabolas(fmpq(5, 2), n), _ONE) for n in (1, 2, 3, 10, 40)),
        Sharp(Interpolation(Curve.parabola(fmpq(-1, 7)), 3, fmpq(1, 7)), _ONE),
        Sharp(Interpolation(Curve.parabola(_ONE), 4, fmpq(2)), _HALF),
        Sharp(
            Interpolation(Curve.smooth((_ZERO, _HALF, _ONE), _ONE, _ZERO, (_ONE, -_ONE)), 2, _ONE),
            _ONE,
        ),
        Sharp(
            Interpolation(Curve.smooth((_ZERO, _HALF, _ONE), _ONE, _ZERO, (_ONE, -_ONE)), 1, _ONE),
            fmpq(1, 4),
        ),
    ],
    mutants=[
        scale(fmpq(999, 1000), "a parabola attains it"),
        replace_part(Num(8), lambda _: Num(9), "8 -> 9", "a parabola attains it"),
        replace_exponent(2, lambda _: Num(3, nat=True), "N^2 -> N^3", "the second power of 1 / N"),
        replace_part(_CAST_N, lambda _: _PLUS_ONE, "N -> N + 1", "for N units the bound of N + 1"),
        drop("M", "functions with more curvature have larger errors"),
        replace_by_square("M", "not for constants below one"),
        _one_unit_less("M"),
        without(
            "the derivative is M-Lipschitz",
            [
                Interpolation(vee(_HALF, 1).curve, 3, _ONE),
                Interpolation(Curve.parabola(_ONE), 2, fmpq(9, 10)),
            ],
            "a kink, and a parabola with too small a constant",
        ),
        without(
            "f is continuous at the ends",
            [Interpolation(Curve.parabola(_ONE), 2, _ONE, at_zero=_ONE)],
            "a parabola with another value at zero",
        ),
        without(
            "x is at most one",
            [Interpolation(Curve.parabola(_ONE, fmpq(3)), 2, _ONE, end=fmpq(2))],
            "beyond the interval the network goes straight on",
        ),
    ],
    series=[
        Series(
            "half of the square by N units (attained)",
            "N",
            lambda: [(n, parabolas(_ONE, n)) for n in _SIZES],
            log_x=True,
            rate=True,
        ),
        Series(
            "second derivative 1 up to 1/3 and -1 after it, by N units",
            "N",
            lambda: [(n, _turning(n)) for n in _SIZES],
            log_x=True,
            rate=True,
        ),
    ],
)
def relu_1d_smooth(at: Interpolation, _book: Book) -> Measurement:
    """Measure the largest distance of the network's pieces from the parabolas."""
    return Measurement(at.error, {"M": at.claimed, "N": at.cells})


def _turning(cells: int) -> Interpolation:
    knots = (_ZERO, fmpq(1, 3), _ONE)
    return Interpolation(Curve.smooth(knots, _ZERO, _ZERO, (_ONE, -_ONE)), cells, _ONE)
