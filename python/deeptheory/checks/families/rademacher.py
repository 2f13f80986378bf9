"""Checks of the theorems on the Rademacher complexity of finite, composed and linear classes."""

from __future__ import annotations

from flint import fmpq

from deeptheory.checks.comparison import Measurement
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
    Scalar,
    absolute,
    clip,
    composed,
    multiple,
    shifted,
    square,
    step,
)
from deeptheory.checks.instances.massart import (
    Blocks,
    FiniteFamily,
    MassartInstance,
    massart_instances,
)
from deeptheory.checks.instances.rademacher import FiniteClass, sign_vectors, with_zero
from deeptheory.checks.mutants import (
    drop,
    instead,
    rational,
    replace_by_square,
    replace_part,
    replace_variable,
    scale,
    squared,
    without,
)
from deeptheory.checks.registry import Series, Sharp, check
from deeptheory.formulas import Book
from deeptheory.formulas.syntax import Num, Op, Var

_ZERO, _HALF, _ONE = fmpq(0), fmpq(1, 2), fmpq(1)


def _cast(name: str) -> Op:
    return Op("cast", (Var(name, nat=True),))


# Massart's lemma


def _signs(n: int) -> FiniteFamily:
    """Return all sign vectors."""
    return FiniteFamily(sign_vectors(n))


def _constant(value: fmpq, zeros: int = 0) -> FiniteFamily:
    """Return a constant and its opposite on one point, and zero some times."""
    vectors = ((value,), (-value,), *[(_ZERO,)] * zeros)
    return FiniteFamily(FiniteClass(vectors, "a constant, its opposite and zeros"))


def _with_mean_length(at: MassartInstance, _book: Book) -> Measurement:
    return Measurement(at.complexity, {"r": at.mean_length, "N": at.size, "n": at.points})


def _absolute(at: MassartInstance, _book: Book) -> Measurement:
    return Measurement(at.absolute_complexity, {"r": at.length, "N": at.size, "n": at.points})


_LOG_N = Op("log", (_cast("N"),))


@check(
    "Generalization.massart",
    instances=massart_instances,
    claim="attained by a single vector (both sides are zero), and up to the factor sqrt(2 log 2), "
    "about 1.18, by all sign vectors for every n; the constant 2 is the best, which many disjoint "
    "blocks of many points approach",
    sharp=[
        *(Sharp(_signs(n)) for n in range(1, 9)),
        Sharp(FiniteFamily(FiniteClass(((_ONE, fmpq(-3)),)))),
        Sharp(_constant(_HALF)),
        Sharp(_constant(fmpq(7))),
        Sharp(_constant(_ONE, 18)),
        Sharp(Blocks(2, 1)),
        Sharp(Blocks(1000, 64)),
        Sharp(Blocks(10**100, 10000)),
    ],
    mutants=[
        scale(fmpq(49, 50), "many disjoint blocks come closer"),
        replace_part(
            Op("mul", (Num(2), _LOG_N)),
            lambda _: _LOG_N,
            "2 log N -> log N",
            "all sign vectors need more",
        ),
        replace_part(
            Num(2),
            lambda _: rational(fmpq(39, 20)),
            "2 -> 1.95",
            "10^100 disjoint blocks of 10000 points need the constant 2",
        ),
        replace_part(_LOG_N, lambda _: Num(1), "log N -> 1", "it grows with the class"),
        replace_part(
            _cast("N"), lambda _: _cast("n"), "log N -> log n", "the vectors count, not the points"
        ),
        replace_part(
            _cast("N"),
            lambda node: Op("sub", (node, Num(1))),
            "N -> N - 1",
            "two opposite vectors have a positive complexity",
        ),
        replace_variable("n", squared, "n -> n^2", "all sign vectors have complexity one"),
        replace_variable(
            "n",
            lambda node: Op("add", (node, Num(1))),
            "n -> n + 1",
            "one point more than there are",
        ),
        drop("r", "longer vectors have a larger complexity"),
        replace_by_square("r", "not for vectors shorter than one"),
        instead(
            "the mean of the squared lengths in place of the largest one",
            _with_mean_length,
            "two opposite vectors among many that are zero",
        ),
        instead(
            "absolute values around the mean",
            _absolute,
            "a single vector has then a positive complexity",
        ),
        without(
            "lengths at most r",
            [FiniteFamily(sign_vectors(4), slack=fmpq(-1, 2))],
            "signs on four points have length 2, not 3/2",
        ),
        without(
            "the vectors are N",
            [FiniteFamily(sign_vectors(4), more=-9)],
            "all signs on four points, said to be 7 vectors rather than 16",
        ),
        without(
            "r is not negative",
            [FiniteFamily(sign_vectors(1), slack=fmpq(-2))],
            "the squares of the lengths are at most r^2 also for r = -1",
        ),
    ],
    series=[
        Series("all sign vectors on n points", "n", lambda: [(n, _signs(n)) for n in range(1, 9)]),
        Series(
            "2^k disjoint blocks of 1000 points",
            "k",
            lambda: [(k, Blocks(2**k, 1000)) for k in range(1, 41)],
        ),
    ],
)
def massart(at: MassartInstance, _book: Book) -> Measurement:
    """Average the largest signed sum over all signs."""
    return Measurement(at.complexity, {"r": at.length, "N": at.size, "n": at.points})


# Linear classes: weights of bounded norm


def _axes(n: int, last: fmpq = _ONE) -> LinearSample:
    """Return inputs of length 3/2 along the axes, of which the last is multiplied by a factor."""
    length = fmpq(3, 2)
    return along_axes(fmpq(2), (*[length] * (n - 1), length * last))


def _same(n: int) -> LinearSample:
    """Return the same input of length one several times."""
    return LinearSample(_ONE, ((_ONE,),) * n, _ONE)


def _with_mean_norm(at: LinearSample, _book: Book) -> Measurement:
    return Measurement(at.l2(), {"B": at.weight, "X": at.mean_norm, "n": at.n})


def _with_coordinates(at: LinearSample, _book: Book) -> Measurement:
    return Measurement(at.l2(), {"B": at.weight, "X": at.largest_coordinate, "n": at.n})


_ROOT_N = Op("sqrt", (_cast("n"),))


@check(
    "Generalization.linear_l2",
    instances=bounded_norms,
    claim="attained by orthogonal inputs of length X, for every n",
    sharp=[
        *(Sharp(_axes(n), _ONE) for n in (1, 4, 9)),
        Sharp(LinearSample(_ONE, ((_HALF,),), _HALF), _ONE),
        Sharp(LinearSample(fmpq(1, 3), ((fmpq(3), fmpq(4)),), fmpq(5)), _ONE),
        Sharp(_same(4), fmpq(3, 4)),
        Sharp(LinearSample(_ZERO, ((fmpq(3), fmpq(4)),), fmpq(5))),
        Sharp(along_axes(_ONE, (fmpq(2), _ZERO, _ZERO, _ZERO)), _HALF),
        Sharp(LinearSample(_ONE, ((_ONE, _ONE),), fmpq(3, 2))),
        Sharp(_axes(2, fmpq(999, 1000))),
    ],
    mutants=[
        scale(fmpq(999, 1000), "it is attained"),
        replace_part(
            _ROOT_N, lambda _: _cast("n"), "sqrt n -> n", "the complexity decays no faster"
        ),
        replace_variable(
            "n",
            lambda node: Op("add", (node, Num(1))),
            "n -> n + 1",
            "one input more than there are",
        ),
        drop("B", "larger weights have a larger complexity"),
        drop("X", "longer inputs have a larger complexity"),
        replace_by_square("B", "not for weights shorter than one"),
        replace_by_square("X", "not for inputs shorter than one"),
        instead(
            "the mean norm in place of the largest one",
            _with_mean_norm,
            "the sum of the squares of the norms counts",
        ),
        instead(
            "the largest coordinate in place of the norm",
            _with_coordinates,
            "an input (1, 1) is longer than one",
        ),
        without(
            "norms at most X",
            [LinearSample(_ONE, _axes(4).inputs, _ONE)],
            "inputs of length 3/2, claiming 1",
        ),
    ],
    series=[
        Series(
            "inputs along the axes (attained)",
            "n",
            lambda: [(n, _axes(n)) for n in (1, 4, 9)],
            rate=True,
        ),
        Series(
            "inputs along the axes, the last one half as long",
            "n",
            lambda: [(n, _axes(n, _HALF)) for n in range(2, 10)],
        ),
        Series("n times the same input", "n", lambda: [(n, _same(n)) for n in range(1, 11)]),
    ],
)
def linear_l2(at: LinearSample, _book: Book) -> Measurement:
    """Average the norm of the signed sum of the inputs over all signs."""
    return Measurement(at.l2(), {"B": at.weight, "X": at.size, "n": at.n})


# Linear classes: weights of bounded absolute sum


def _ones(d: int) -> LinearSample:
    """Return one input of ``d`` ones."""
    return LinearSample(_ONE, ((_ONE,) * d,), _ONE)


def _first_only(n: int) -> LinearSample:
    """Return an input with one large coordinate, among inputs and coordinates that are zero."""
    zero = (_ZERO,) * 4
    return LinearSample(_ONE, ((_ONE, _ZERO, _ZERO, _ZERO), *[zero] * (n - 1)), _ONE)


def _l1_args(at: LinearSample, size: fmpq) -> dict[str, object]:
    return {"B": at.weight, "X": size, "d": at.d, "n": at.n}


def _bounded_norm_instead(at: LinearSample, _book: Book) -> Measurement:
    return Measurement(at.l2(), _l1_args(at, at.size))


def _with_mean_coordinate(at: LinearSample, _book: Book) -> Measurement:
    return Measurement(at.l1(), _l1_args(at, at.mean_coordinate))


_2D = Op("mul", (Num(2), _cast("d")))
_LOG_2D = Op("log", (_2D,))


@check(
    "Generalization.linear_l1",
    instances=bounded_coordinates,
    claim="attained up to the factor sqrt(2 log 2), about 1.18, for every n, by inputs whose "
    "coordinates are all sign vectors up to their sign",
    sharp=[
        *(Sharp(sign_inputs(fmpq(2), fmpq(3, 2), n)) for n in range(1, 9)),
        Sharp(sign_inputs(_HALF, _HALF, 3)),
        Sharp(_ones(1)),
        Sharp(_ones(40)),
        Sharp(_first_only(4)),
        Sharp(LinearSample(_ZERO, ((_ONE,),), _ONE)),
        Sharp(LinearSample(_ONE, ((_ZERO,) * 3,) * 2, _ZERO)),
    ],
    mutants=[
        scale(fmpq(849, 1000), "the best ratio is 0.8493"),
        replace_part(_2D, lambda _: _cast("d"), "log 2d -> log d", "one input has two signs"),
        replace_part(
            Op("mul", (Num(2), _LOG_2D)),
            lambda _: _LOG_2D,
            "2 log 2d -> log 2d",
            "all signs need more",
        ),
        replace_part(_LOG_2D, lambda _: Num(1), "log 2d -> 1", "it grows with the dimension"),
        replace_part(
            _ROOT_N, lambda _: _cast("n"), "sqrt n -> n", "the complexity decays no faster"
        ),
        replace_variable(
            "n",
            lambda node: Op("add", (node, Num(1))),
            "n -> n + 1",
            "one input more than there are",
        ),
        drop("B", "larger weights have a larger complexity"),
        drop("X", "larger inputs have a larger complexity"),
        replace_by_square("B", "not for weights below one"),
        replace_by_square("X", "not for inputs below one"),
        instead(
            "weights of Euclidean norm at most B",
            _bounded_norm_instead,
            "their complexity grows with the root of the dimension",
        ),
        instead(
            "the mean coordinate in place of the largest one",
            _with_mean_coordinate,
            "one large coordinate among many that are zero",
        ),
        without(
            "coordinates at most X",
            [LinearSample(_ONE, sign_inputs(_ONE, fmpq(3, 2), 3).inputs, _ONE)],
            "coordinates 3/2, claiming 1",
        ),
        without(
            "d counts all coordinates",
            [LinearSample(_ONE, sign_inputs(_ONE, _ONE, 4).inputs, _ONE, claimed=1)],
            "eight coordinates, claiming one",
        ),
    ],
    series=[
        Series(
            "n inputs whose coordinates are all signs",
            "n",
            lambda: [(n, sign_inputs(_ONE, _ONE, n)) for n in range(1, 9)],
        ),
        Series(
            "n times the same number",
            "n",
            lambda: [(n, LinearSample(_ONE, ((_ONE,),) * n, _ONE)) for n in range(1, 11)],
        ),
    ],
)
def linear_l1(at: LinearSample, _book: Book) -> Measurement:
    """Average the largest coordinate of the signed sum of the inputs over all signs."""
    return Measurement(at.l1(), _l1_args(at, at.size))


# Contraction


def _applied(found: FiniteClass, *functions: Scalar, claimed: fmpq | None = None) -> Composed:
    return Composed(found, functions, claimed)


_SLOPE = fmpq(5, 2)
_RATIONALS = FiniteClass(
    tuple(tuple(fmpq(v, 3) for v in row) for row in ((1, -4, 2), (5, 0, -1), (-2, 2, 2), (0, 7, 1)))
)
_HEXAGON = FiniteClass(  # a set that is symmetric about zero
    tuple(
        tuple(sign * fmpq(v, 2) for v in row)
        for row in ((2, 2, 0), (0, 2, 2), (1, 0, -1))
        for sign in (1, -1)
    ),
    "a hexagon about zero",
)


def _contracted(at: Composed, lipschitz: fmpq, absolute_values: bool = False) -> Measurement:
    after, before = at.composed, at.found
    if absolute_values:
        return Measurement(
            after.absolute_complexity, {"L": lipschitz, "r": before.absolute_complexity}
        )
    return Measurement(after.complexity, {"L": lipschitz, "r": before.complexity})


def _with_absolute_values(at: Composed, _book: Book) -> Measurement:
    return _contracted(at, at.lipschitz, absolute_values=True)


def _with_absolute_values_zero(at: Composed, _book: Book) -> Measurement:
    """Claim it where the functions are zero at zero, and nothing elsewhere."""
    if at.zero_at_zero:
        return _contracted(at, at.lipschitz, absolute_values=True)
    return Measurement(_ZERO, {"L": _ZERO, "r": _ZERO})


def _smallest_constant(at: Composed, _book: Book) -> Measurement:
    return _contracted(at, min(f.lipschitz for f in at.functions))


@check(
    "Generalization.contraction",
    instances=composed,
    claim="attained by the multiplication by L, for every class",
    sharp=[
        *(Sharp(_applied(sign_vectors(n), multiple(_SLOPE)), _ONE) for n in range(1, 7)),
        Sharp(_applied(_RATIONALS, multiple(fmpq(1, 3))), _ONE),
        Sharp(_applied(_RATIONALS, shifted(multiple(_SLOPE), fmpq(9))), _ONE),
        Sharp(_applied(_RATIONALS, *(multiple(s * _SLOPE) for s in (1, 1, 1))), _ONE),
        Sharp(_applied(with_zero((1, 2, 0, 5)), RELU), _ONE),
        Sharp(_applied(with_zero((9, 9)), RELU), _ONE),
        Sharp(_applied(sign_vectors(4), RELU), _HALF),
        Sharp(_applied(sign_vectors(3), absolute()), _ZERO),
        Sharp(_applied(FiniteClass(((_ONE, _ONE),)), RELU)),
        Sharp(_applied(_HEXAGON, absolute())),
        Sharp(_applied(sign_vectors(2), multiple(_ONE), multiple(fmpq(3))), fmpq(2, 3)),
    ],
    mutants=[
        scale(fmpq(999, 1000), "it is attained"),
        drop("L", "multiples have a larger complexity"),
        replace_by_square("L", "not for constants below one"),
        replace_by_square("r", "not for complexities below one"),
        drop("r", "classes have any complexity"),
        instead(
            "absolute values around the mean",
            _with_absolute_values,
            "a constant function, where the Lipschitz function is not zero at zero",
        ),
        instead(
            "absolute values around the mean, for functions that are zero at zero",
            _with_absolute_values_zero,
            "the absolute value on a hexagon needs more: there is a factor of two at most",
        ),
        instead(
            "the smallest Lipschitz constant of the points",
            _smallest_constant,
            "the largest one counts",
        ),
        without(
            "L-Lipschitz: the square",
            [_applied(with_zero((3, 3)), square())],
            "it is steep far out",
        ),
        without(
            "L-Lipschitz: a step",
            [_applied(with_zero((fmpq(1, 10),) * 2), step())],
            "it jumps at zero",
        ),
        without(
            "L-Lipschitz: a smaller constant",
            [_applied(_RATIONALS, multiple(_SLOPE), claimed=fmpq(12, 5))],
            "the slope is 5/2, claiming 12/5",
        ),
    ],
    series=[
        Series(
            "all sign vectors on n points, times 5/2 (attained)",
            "n",
            lambda: [(n, _applied(sign_vectors(n), multiple(_SLOPE))) for n in range(1, 8)],
            log_y=False,
        ),
        Series(
            "the positive part of all sign vectors on n points",
            "n",
            lambda: [(n, _applied(sign_vectors(n), RELU)) for n in range(1, 8)],
            log_y=False,
        ),
        Series(
            "four functions on three points, clipped to [-k/3, k/3]",
            "k",
            lambda: [(k, _applied(_RATIONALS, clip(fmpq(-k, 3), fmpq(k, 3)))) for k in range(9)],
            log_y=False,
        ),
    ],
)
def contraction(at: Composed, _book: Book) -> Measurement:
    """Average the largest signed sum of the composed functions over all signs."""
    return _contracted(at, at.lipschitz)
