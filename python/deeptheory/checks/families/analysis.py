"""Checks of the theorems of ``lean/DeepTheory/Analysis``."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from flint import fmpq
from hypothesis import strategies as st
from hypothesis.strategies import SearchStrategy

from deeptheory.checks.comparison import Measurement, Relation
from deeptheory.checks.instances.chords import (
    Chord,
    Polynomial,
    SquareRoot,
    absolute_value,
    chords,
)
from deeptheory.checks.instances.problems import PiecewiseQuadratic, Side, huber, parabola
from deeptheory.checks.instances.runs import Pair, pairs_on
from deeptheory.checks.instances.strategies import logistics, piecewise, quadratics, rationals
from deeptheory.checks.instances.vectors import dot, norm, subtract
from deeptheory.checks.mutants import (
    drop,
    instead,
    replace_exponent,
    replace_variable,
    scale,
    without,
)
from deeptheory.checks.registry import Drawing, Series, Sharp, check
from deeptheory.formulas import Book
from deeptheory.formulas.rigorous import Number, ball
from deeptheory.formulas.syntax import Num, Op


def _smooth_pairs() -> SearchStrategy[Pair]:
    return pairs_on(st.one_of(quadratics(rationals()), piecewise(convex=False), logistics()))


def _on_parabola(L: int, x: int, y: int) -> Pair:
    return Pair(parabola(fmpq(L)), (fmpq(x),), (fmpq(y),))


@check(
    "Analysis.descent_lemma",
    instances=_smooth_pairs,
    claim="attained on L x^2 / 2, between any two points",
    sharp=[
        Sharp(_on_parabola(L, x, y), fmpq(1))
        for L, x, y in [(1, 0, 1), (2, 1, 3), (7, -2, 5), (1, 3, 1), (5, 10, 2)]
    ],
    mutants=[
        scale(fmpq(99, 100), "it is attained on L x^2 / 2"),
        replace_variable(
            "L",
            lambda L: Op("mul", (Op("div", (Num(99), Num(100))), L)),
            "L -> 99/100 L",
            "a smaller quadratic term, which L x^2 / 2 needs in full",
        ),
        drop("L", "the quadratic term without the smoothness constant"),
        replace_variable("s", lambda _: Num(0), "s -> 0", "without the linear term"),
        replace_exponent(2, lambda _: Num(3, nat=True), "d^2 -> d^3", "a cubic error term"),
        without(
            "the gradient is L-Lipschitz",
            [Pair(parabola(fmpq(2)), (fmpq(0),), (fmpq(1),), smoothness=fmpq(1))],
            "x^2 with the constant 1 instead of 2",
        ),
    ],
    series=[
        Series(
            "L x^2 / 2 from 1 to y (attained)",
            "y",
            lambda: [(y, _on_parabola(1, 1, y)) for y in range(2, 21)],
            log_y=False,
        ),
        Series(
            "a function of varying curvature, from 1 to y",
            "y",
            lambda: [(y, Pair(_wave(), (fmpq(1),), (fmpq(y),))) for y in range(2, 21)],
            log_y=False,
        ),
        Series(
            "Huber function, from 0 to y",
            "y",
            lambda: [
                (y, Pair(huber(fmpq(1), fmpq(3)), (fmpq(0),), (fmpq(y),))) for y in range(1, 21)
            ],
            log_y=False,
        ),
    ],
)
def descent_lemma(pair: Pair, _book: Book) -> Measurement:
    """Compare both sides of ``f(y) <= f(x) + <grad f(x), y - x> + L/2 |y - x|^2``."""
    f, step = pair.problem, subtract(pair.y, pair.x)
    return Measurement(
        lhs=f.value(pair.y),
        args={
            "fx": f.value(pair.x),
            "s": dot(f.gradient(pair.x), step),
            "L": pair.L,
            "d": norm(step),
        },
    )


def _wave() -> PiecewiseQuadratic:
    half = Side((fmpq(1), fmpq(-1, 4), fmpq(1), fmpq(0)), (fmpq(4), fmpq(6), fmpq(3)))
    return PiecewiseQuadratic(half, half)


# The mean value theorem

_EXISTS = "some c in (a, b) has f'(c) = (f(b) - f(a)) / (b - a)"
_CUBIC = Chord(Polynomial((fmpq(0), fmpq(-3), fmpq(0), fmpq(1))), fmpq(-2), fmpq(2))
_SQUARE = Chord(Polynomial((fmpq(0), fmpq(0), fmpq(1))), fmpq(0), fmpq(1))
_LINE = Chord(Polynomial((fmpq(1), fmpq(2))), fmpq(0), fmpq(1))
_ROOT = Chord(SquareRoot(), fmpq(0), fmpq(4))
_CORNER = Chord(absolute_value(), fmpq(-1), fmpq(1))
_STEP = Chord(Polynomial((fmpq(0),)), fmpq(0), fmpq(1), jump=fmpq(1))


def _at_the_midpoint(chord: Chord, _book: Book) -> Sequence[Relation]:
    slope = chord.function.derivative((chord.a + chord.b) / 2)
    return [Relation(slope * chord.run, "eq", chord.rise, "f'((a + b) / 2) is the slope")]


def _in_the_left_half(chord: Chord, _book: Book) -> Sequence[Relation]:
    found = chord.points(high=(chord.a + chord.b) / 2)
    return [Relation(1, "le", len(found), "some c in (a, (a + b) / 2) has the slope")]


def _with_a_factor(chord: Chord, _book: Book) -> Sequence[Relation]:
    found = chord.points(factor=fmpq(101, 100))
    return [Relation(1, "le", len(found), "some c in (a, b) has 101/100 of the slope")]


def _only_one(chord: Chord, _book: Book) -> Sequence[Relation]:
    return [Relation(len(chord.points()), "le", 1, "one c in (a, b) at most has the slope")]


def _tangents(chord: Chord) -> Mapping[str, Sequence[tuple[Number, Number]]]:
    """Return the graph, its chord, and the tangents that are parallel to the chord."""
    f, a, b = chord.function, chord.a, chord.b
    grid = [a + chord.run * n / 80 for n in range(81)]
    curves = {
        "f": [(x, f.value(x)) for x in grid],
        "chord": [(a, f.value(a)), (b, f.value(a) + chord.rise)],
    }
    for c in chord.points():
        centre, reach = fmpq(round(float(ball(c)) * 1000), 1000), chord.run / 5
        slope = f.derivative(centre)
        curves[f"tangent at {float(ball(c)):.4g}"] = [
            (x, f.value(centre) + slope * (x - centre)) for x in (centre - reach, centre + reach)
        ]
    return curves


@check(
    "Analysis.exists_hasDerivAt_eq_slope",
    instances=chords,
    claim="no assumption can be dropped: neither differentiability at a single point inside nor "
    "continuity at an end",
    sharp=[Sharp(chord) for chord in (_SQUARE, _CUBIC, _LINE, _ROOT)],
    mutants=[
        without(
            "f is differentiable inside",
            [_CORNER],
            "the absolute value on [-1, 1] has a corner at one point",
        ),
        without("f is continuous on [a, b]", [_STEP], "a function that is 0 and jumps to 1 at b"),
        instead("c is the midpoint", _at_the_midpoint, "true of parabolas only"),
        instead("c lies in the left half", _in_the_left_half, "x^2 has the slope at the midpoint"),
        instead("the slope times 101/100", _with_a_factor, "a straight line has one slope"),
        instead("there is no second c", _only_one, "a cubic has two"),
    ],
    series=[
        Drawing(
            "x^3 - 3x on [-2, 2]",
            "x",
            lambda: _tangents(_CUBIC),
            lines=("chord",),
        ),
        Drawing(
            "sqrt(x) on [0, 4], without a derivative at 0",
            "x",
            lambda: _tangents(_ROOT),
            lines=("chord",),
        ),
        Drawing(
            "|x| on [-1, 1], with a corner: no such tangent",
            "x",
            lambda: _tangents(_CORNER),
            lines=("chord",),
        ),
    ],
)
def exists_hasDerivAt_eq_slope(chord: Chord, _book: Book) -> Sequence[Relation]:  # noqa: N802
    """Isolate all points inside with the slope of the chord, and evaluate the derivative there."""
    found = chord.points()
    size = chord.run + abs(chord.rise)
    return [
        Relation(1, "le", len(found), _EXISTS),
        *(
            Relation(
                chord.function.derivative(c) * chord.run,
                "eq",
                chord.rise,
                "f'(c) (b - a) = f(b) - f(a) at every such c that is found",
                scale=size,
            )
            for c in found
        ),
    ]
