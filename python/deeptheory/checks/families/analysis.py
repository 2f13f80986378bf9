"""Checks of the theorems of ``lean/DeepTheory/Analysis``."""

from __future__ import annotations

from flint import fmpq
from hypothesis import strategies as st
from hypothesis.strategies import SearchStrategy

from deeptheory.checks.instances.problems import PiecewiseQuadratic, Side, huber, parabola
from deeptheory.checks.instances.runs import Pair, pairs_on
from deeptheory.checks.instances.strategies import logistics, piecewise, quadratics, rationals
from deeptheory.checks.instances.vectors import dot, norm, subtract
from deeptheory.checks.mutants import drop, replace_exponent, replace_variable, scale, without
from deeptheory.checks.registry import Measurement, Series, Sharp, check
from deeptheory.formulas import Book
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
