"""Hypothesis strategies for the instances; small numbers first, so that failures shrink well."""

from __future__ import annotations

from flint import fmpq
from hypothesis import strategies as st
from hypothesis.strategies import DrawFn, SearchStrategy

from deeptheory.checks.instances.data import LeastSquares, Logistic, breast_cancer, diabetes
from deeptheory.checks.instances.problems import PiecewiseQuadratic, Quadratic, Side
from deeptheory.checks.instances.vectors import Vector, reflection

__all__ = [
    "directions",
    "least_squares",
    "logistics",
    "nonnegatives",
    "piecewise",
    "positives",
    "quadratics",
    "rationals",
]


def rationals(low: int = -6, high: int = 6, denominator: int = 6) -> SearchStrategy[fmpq]:
    """Draw a rational with a small numerator and denominator."""
    return st.builds(fmpq, st.integers(low, high), st.integers(1, denominator))


def positives(high: int = 12, denominator: int = 12) -> SearchStrategy[fmpq]:
    """Draw a positive rational."""
    return rationals(1, high, denominator)


def nonnegatives(high: int = 12, denominator: int = 12) -> SearchStrategy[fmpq]:
    """Draw a nonnegative rational."""
    return rationals(0, high, denominator)


@st.composite
def _axes(draw: DrawFn, size: int) -> tuple[int, ...]:
    axis = draw(st.tuples(*[st.integers(-4, 4)] * size))
    return axis if any(axis) else (1, *axis[1:])


@st.composite
def directions(draw: DrawFn, size: int) -> Vector:
    """Draw a vector of length one with rational entries."""
    if size == 1:
        return (draw(st.sampled_from([fmpq(1), fmpq(-1)])),)
    return reflection(draw(_axes(size)))[0]


@st.composite
def quadratics(draw: DrawFn, eigenvalues: SearchStrategy[fmpq], max_size: int = 3) -> Quadratic:
    """Draw a quadratic with rational data, whose eigenvalues are drawn from a strategy.

    At least one eigenvalue is not zero.
    """
    size = draw(st.integers(1, max_size))
    values = draw(st.tuples(*[eigenvalues] * size))
    if not any(values):
        values = (fmpq(1), *values[1:])
    centre = draw(st.tuples(*[rationals()] * size))
    slack = draw(st.one_of(st.just(fmpq(0)), nonnegatives()))
    return Quadratic(values, draw(_axes(size)), centre, draw(rationals()), slack)


@st.composite
def _sides(draw: DrawFn, convex: bool, strict: bool) -> Side:
    """Draw a half whose derivative stays positive (nonnegative unless ``strict``)."""
    slopes, widths = [draw(positives())], []
    slope_here = fmpq(0)
    for _ in range(draw(st.integers(0, 3))):
        if slopes[-1] < 0:  # stop before the derivative reaches zero
            width = draw(st.sampled_from([fmpq(1, 4), fmpq(1, 2), fmpq(3, 4), fmpq(9, 10)]))
            width *= slope_here / -slopes[-1]
        else:
            width = draw(positives())
        slope_here += slopes[-1] * width
        widths.append(width)
        slopes.append(draw(nonnegatives() if convex else rationals(-12, 12, 4)))
    if slopes[-1] < 0 or (strict and slopes[-1] == 0):
        slopes[-1] = draw(positives())
    return Side(tuple(slopes), tuple(widths))


@st.composite
def piecewise(draw: DrawFn, *, convex: bool, strict: bool = False) -> PiecewiseQuadratic:
    """Draw a function on the line with a piecewise linear derivative.

    Parameters
    ----------
    convex : bool
        Whether second derivatives are nonnegative.
    strict : bool
        Whether the function meets the Polyak-Lojasiewicz inequality with a positive constant.
    """
    left, right = draw(_sides(convex, strict)), draw(_sides(convex, strict))
    slack = draw(st.one_of(st.just(fmpq(0)), nonnegatives()))
    return PiecewiseQuadratic(left, right, draw(rationals()), slack)


def _parts(rows: int, features: int) -> SearchStrategy[tuple[tuple[int, ...], tuple[int, ...]]]:
    """Draw which rows (6 to 16 in turn) and which features (1 to 3) of a data set."""
    spans = st.tuples(st.integers(6, 16), st.integers(0, rows - 16)).map(
        lambda drawn: tuple(range(drawn[1], drawn[1] + drawn[0]))
    )
    chosen = st.lists(st.integers(0, features - 1), min_size=1, max_size=3, unique=True)
    return st.tuples(spans, chosen.map(lambda drawn: tuple(sorted(drawn))))


def logistics() -> SearchStrategy[Logistic]:
    """Draw a regularised logistic loss on a part of the breast-cancer data."""
    data, _ = breast_cancer()
    penalties = st.sampled_from([fmpq(1), fmpq(1, 2), fmpq(1, 10), fmpq(1, 20)])
    return st.builds(
        lambda part, penalty: Logistic(part[0], part[1], penalty),
        _parts(len(data), len(data[0])),
        penalties,
    )


def least_squares() -> SearchStrategy[LeastSquares]:
    """Draw a least-squares loss on a part of the diabetes data, with independent columns."""
    data, _ = diabetes()
    losses = _parts(len(data), len(data[0])).map(
        lambda part: LeastSquares.diabetes(part[0], part[1])
    )
    return losses.filter(lambda loss: loss.full_rank)
