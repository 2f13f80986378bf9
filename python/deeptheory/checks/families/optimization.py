"""Checks of the theorems of ``lean/DeepTheory/Optimization``."""

from __future__ import annotations

from flint import fmpq
from hypothesis import strategies as st
from hypothesis.strategies import SearchStrategy

from deeptheory.checks.comparison import Measurement
from deeptheory.checks.instances.data import LeastSquares, Logistic
from deeptheory.checks.instances.problems import (
    PiecewiseQuadratic,
    Side,
    huber,
    parabola,
)
from deeptheory.checks.instances.runs import Run, runs_on
from deeptheory.checks.instances.strategies import (
    least_squares,
    logistics,
    nonnegatives,
    piecewise,
    positives,
    quadratics,
)
from deeptheory.checks.instances.vectors import dot, norm, subtract
from deeptheory.checks.mutants import (
    drop,
    replace_exponent,
    replace_variable,
    scale,
    without,
)
from deeptheory.checks.registry import Series, Sharp, check
from deeptheory.formulas import Book
from deeptheory.formulas.rigorous import Number
from deeptheory.formulas.syntax import Node, Num, Op


def _times(factor: int, node: Node, *, nat: bool = False) -> Node:
    return Op("mul", (Num(factor, nat), node), nat)


def _plus_one(node: Node) -> Node:
    return Op("add", (node, Num(1, nat=True)), nat=True)


def _real_data(steps: int) -> Run:
    """Return gradient descent from zero on logistic regression, 40 rows and three features."""
    problem = Logistic(tuple(range(40)), (0, 1, 4), fmpq(1, 20))
    return Run(problem, (fmpq(0),) * 3, steps)


def _too_long_steps(steps: int) -> Run:
    """Return a run on ``x^2 / 2`` that claims L = 2/5: its steps of 5/2 diverge."""
    return Run(parabola(fmpq(1)), (fmpq(1),), steps, smoothness=fmpq(2, 5), curvature=fmpq(2, 5))


def _flat_run(steps: int) -> Run:
    """Return a run on a Huber function that claims the curvature 1/2 of its middle."""
    return Run(huber(fmpq(1), fmpq(1)), (fmpq(20),), steps, curvature=fmpq(1, 2))


def _smallest(values: list[Number]) -> Number:
    least = values[0]
    for value in values[1:]:
        exact = isinstance(least, fmpq) and isinstance(value, fmpq)
        least = min(least, value) if exact else least.min(value)
    return least


# Without convexity: the smallest gradient


def _smooth_problems() -> SearchStrategy[object]:
    return st.one_of(quadratics(nonnegatives()), piecewise(convex=False), logistics())


def _steep_huber(steps: int, L: int = 1, threshold: int = 1) -> Run:
    """Return the run whose first ``steps`` gradients are all as steep as a Huber function gets."""
    function = huber(fmpq(L), fmpq(threshold))
    return Run(function, (fmpq(steps * threshold),), steps)


def _zigzag(steps: int, L: int = 1, slope: int = 2) -> Run:
    """Return the slowest run there is: every iterate has the same gradient.

    From one iterate to the next the derivative falls and rises again, as steeply as it may, so
    that the value falls by 3/4 of what a straight line of that slope would give.
    """
    curvature, piece = fmpq(L), fmpq(slope, 2 * L)
    slopes = [curvature] + [-curvature, curvature] * (steps - 1)
    widths = [2 * piece] + [piece, piece] * (steps - 1)
    half = Side(tuple(slopes), tuple(widths[: len(slopes) - 1]))
    return Run(PiecewiseQuadratic(half, half), (2 * steps * piece,), steps)


@check(
    "Optimization.gd_nonconvex",
    instances=lambda: runs_on(_smooth_problems(), min_steps=1),
    claim="attained at K = 1; for every K the ratio 2K / (3K - 1), the exact worst case, on a "
    "function of curvature L and -L in turn; K / (2K - 1) on a Huber function",
    sharp=[
        Sharp(_zigzag(K, L, slope), fmpq(2 * K, 3 * K - 1))
        for K, L, slope in [(1, 1, 1), (2, 1, 2), (3, 5, 1), (10, 2, 3), (40, 1, 1)]
    ]
    + [
        Sharp(_steep_huber(K, L, threshold), fmpq(K, 2 * K - 1))
        for K, L, threshold in [(1, 1, 1), (1, 3, 5), (2, 1, 2), (3, 2, 7), (10, 5, 1), (50, 1, 1)]
    ],
    mutants=[
        scale(fmpq(99, 100), "it is attained at K = 1"),
        scale(fmpq(2, 3), "for every K more than two thirds of it are attained"),
        drop("L", "without the smoothness constant"),
        drop("Δ", "without the distance of f(x0) from the lower bound"),
        replace_variable("K", lambda K: Op("mul", (K, K)), "K -> K^2", "a rate of 1/K^2"),
        replace_variable(
            "K",
            lambda K: Op(
                "div", (Op("sub", (_times(3, K), Op("div", (Num(99), Num(100))))), Num(2))
            ),
            "K -> (3K - 99/100) / 2",
            "less than the (3K - 1) / 2 that the worst case attains",
        ),
        without(
            "the gradient is L-Lipschitz",
            [_too_long_steps(K) for K in (1, 4)],
            "steps longer than 2/L diverge",
        ),
        without(
            "m is a lower bound of f",
            [Run(parabola(fmpq(1)), (fmpq(1),), 1, floor=fmpq(1, 4))],
            "m above the least value",
        ),
    ],
    series=[
        Series(
            "the worst case for each K (ratio 2K / (3K - 1))",
            "K",
            lambda: [(K, _zigzag(K)) for K in range(1, 41)],
            rate=True,
        ),
        Series(
            "Huber functions tuned to K (ratio K / (2K - 1))",
            "K",
            lambda: [(K, _steep_huber(K)) for K in range(1, 41)],
            rate=True,
        ),
        Series(
            "logistic regression, breast-cancer data, 40 rows",
            "K",
            lambda: [(K, _real_data(K)) for K in range(1, 41)],
        ),
    ],
)
def gd_nonconvex(run: Run, _book: Book) -> Measurement:
    """Measure the smallest squared gradient of the first K iterates."""
    gradients = [run.problem.gradient(x) for x in run.iterates(run.steps)]
    return Measurement(
        lhs=_smallest([dot(g, g) for g in gradients]),
        args={"L": run.L, "Δ": run.problem.value(run.start) - run.lower_bound(), "K": run.steps},
    )


# Convex functions


def _convex_problems() -> SearchStrategy[object]:
    return st.one_of(quadratics(nonnegatives()), piecewise(convex=True), logistics())


def _slow_huber(steps: int, L: int = 1, threshold: int = 1) -> Run:
    """Return the run that a convex function can slow down most: D = (2k + 1) threshold."""
    function = huber(fmpq(L), fmpq(threshold))
    return Run(function, (fmpq((2 * steps + 1) * threshold),), steps)


def _down_a_slope(steps: int, L: int = 1, threshold: int = 1) -> Run:
    """Return the run on the straight part of a Huber function, compared with a point half as fast.

    All steps are ``threshold`` long, and the point lies twice as far as they lead.
    """
    function = huber(fmpq(L), fmpq(threshold))
    start = fmpq((2 * steps + 1) * threshold)
    return Run(function, (start,), steps, reference=(fmpq(threshold),))


def _local_minimum(steps: int) -> Run:
    """Return a run that starts at a local minimum, far above the least value."""
    half = Side(
        (fmpq(1), fmpq(-1), fmpq(1)),
        (fmpq(2), fmpq(3)),
    )
    function = PiecewiseQuadratic(half, half)
    return Run(function, (fmpq(6),), steps)


@check(
    "Optimization.gd_convex",
    instances=lambda: runs_on(_convex_problems(), min_steps=1, any_reference=True),
    claim="sharp up to a factor of 2, for every k: on a Huber function the ratio is k / (2k + 1) "
    "against the minimiser and 1/2 against a point of its slope",
    sharp=[
        Sharp(_slow_huber(k, L, threshold), fmpq(k, 2 * k + 1))
        for k, L, threshold in [(1, 1, 1), (2, 3, 1), (3, 1, 5), (5, 2, 2), (10, 7, 1), (50, 1, 1)]
    ]
    + [
        Sharp(_down_a_slope(k, L, threshold), fmpq(1, 2))
        for k, L, threshold in [(1, 1, 1), (2, 1, 3), (7, 4, 1)]
    ],
    mutants=[
        scale(fmpq(49, 100), "the slope of a Huber function attains half of it"),
        drop("L", "without the smoothness constant"),
        drop("D", "without the distance from the minimiser"),
        replace_exponent(2, lambda _: Num(1, nat=True), "D^2 -> D", "linear in the distance"),
        replace_variable("k", lambda k: Op("mul", (k, k)), "k -> k^2", "a rate of 1/k^2"),
        replace_variable(
            "k",
            lambda k: Op("add", (_times(2, k), Op("div", (Num(102), Num(100))))),
            "k -> 2k + 102/100",
            "less than the 2k + 1 that the Huber function attains",
        ),
        without("f is convex", [_local_minimum(k) for k in (1, 10, 40)], "a local minimum"),
        without(
            "the gradient is L-Lipschitz",
            [_too_long_steps(k) for k in (1, 4)],
            "steps longer than 2/L diverge",
        ),
    ],
    series=[
        Series(
            "Huber functions tuned to k (ratio k / (2k + 1))",
            "k",
            lambda: [(k, _slow_huber(k)) for k in range(1, 41)],
            rate=True,
        ),
        Series(
            "logistic regression, breast-cancer data, 40 rows",
            "k",
            lambda: [(k, _real_data(k)) for k in range(1, 41)],
        ),
    ],
)
def gd_convex(run: Run, _book: Book) -> Measurement:
    """Measure how much the last value exceeds the one at the point compared with."""
    return Measurement(lhs=run.gap(), args={"L": run.L, "D": run.distance(), "k": run.steps})


# The Polyak-Lojasiewicz inequality


def _polyak_problems() -> SearchStrategy[object]:
    return st.one_of(quadratics(positives()), piecewise(convex=False, strict=True), logistics())


def _on_parabola(mu: fmpq, L: int, steps: int, start: int = 3) -> Run:
    return Run(parabola(mu, fmpq(L)), (fmpq(start),), steps)


@check(
    "Optimization.gd_pl",
    instances=lambda: runs_on(_polyak_problems()),
    claim="the ratio (1 - mu/L)^k on mu x^2 / 2: sharp up to a factor of 2 in the exponent",
    sharp=[
        Sharp(_on_parabola(mu, L, k), (1 - mu / L) ** k)
        for mu, L, k in [
            (fmpq(1, 100), 1, 1),
            (fmpq(1, 100), 1, 10),
            (fmpq(1, 2), 3, 4),
            (fmpq(5), 7, 3),
            (fmpq(1), 4, 0),
        ]
    ],
    mutants=[
        scale(fmpq(98, 100), "the parabola with mu/L = 1/100 attains 99/100 of it at k = 1"),
        drop("Δ", "without the gap of the starting point"),
        replace_exponent(
            "k",
            lambda k: _times(3, k, nat=True),
            "k -> 3k",
            "an exponent larger than the 2k that the parabola attains",
        ),
        replace_exponent(
            "k",
            lambda k: _plus_one(_times(2, k, nat=True)),
            "k -> 2k + 1",
            "an exponent larger than the 2k that the parabola attains",
        ),
        replace_variable(
            "μ", lambda mu: _times(2, mu), "mu -> 2 mu", "a rate faster than (1 - mu/L)^2"
        ),
        drop("L", "without the smoothness constant"),
        without(
            "the Polyak-Lojasiewicz inequality", [_flat_run(10)], "a Huber function is flat far out"
        ),
        without(
            "the gradient is L-Lipschitz", [_too_long_steps(2)], "steps longer than 2/L diverge"
        ),
    ],
    series=[
        Series(
            "mu x^2 / 2 with L = 10 mu",
            "k",
            lambda: [(k, _on_parabola(fmpq(1), 10, k)) for k in range(41)],
        ),
        Series(
            "a function that is not convex",
            "k",
            lambda: [(k, _bumpy(k)) for k in range(41)],
        ),
        Series(
            "logistic regression, breast-cancer data, 40 rows",
            "k",
            lambda: [(k, _real_data(k)) for k in range(1, 41)],
        ),
    ],
)
def gd_pl(run: Run, _book: Book) -> Measurement:
    """Measure the gap of the last iterate to the least value."""
    f, floor = run.problem, run.lower_bound()
    return Measurement(
        lhs=f.value(run.last()) - floor,
        args={"L": run.L, "μ": run.mu, "Δ": f.value(run.start) - floor, "k": run.steps},
    )


def _bumpy(steps: int) -> Run:
    half = Side((fmpq(1), fmpq(-1, 2), fmpq(1)), (fmpq(2), fmpq(3)))
    return Run(PiecewiseQuadratic(half, half), (fmpq(8),), steps)


# Strongly convex functions


def _strongly_convex_problems() -> SearchStrategy[object]:
    return st.one_of(quadratics(positives()), _strongly_convex_pieces(), logistics())


def _strongly_convex_pieces() -> SearchStrategy[PiecewiseQuadratic]:
    return piecewise(convex=True, strict=True).filter(
        lambda f: all(slope > 0 for slope in f.left.slopes + f.right.slopes)
    )


def _least_slope(run: Run) -> fmpq:
    """Return the constant of strong convexity: on the line, the least second derivative."""
    f = run.problem
    if run.curvature is None and isinstance(f, PiecewiseQuadratic):
        return min(f.left.slopes + f.right.slopes)
    return run.mu


@check(
    "Optimization.gd_strongly_convex",
    instances=lambda: runs_on(_strongly_convex_problems()),
    claim="attained on mu x^2 / 2, for every L >= mu and every k",
    sharp=[
        Sharp(_on_parabola(mu, L, k), fmpq(1))
        for mu, L, k in [
            (fmpq(1, 100), 1, 1),
            (fmpq(1, 2), 3, 4),
            (fmpq(5), 7, 3),
            (fmpq(1), 4, 0),
            (fmpq(1), 50, 40),
        ]
    ],
    mutants=[
        scale(fmpq(99, 100), "it is attained on mu x^2 / 2"),
        drop("D", "without the distance of the starting point"),
        drop("L", "without the smoothness constant"),
        replace_exponent("k", _plus_one, "k -> k + 1", "one step too many"),
        replace_variable(
            "μ",
            lambda mu: Op("mul", (Op("div", (Num(101), Num(100))), mu)),
            "mu -> 101/100 mu",
            "a faster rate than the parabola has",
        ),
        without("f is mu-strongly convex", [_flat_run(10)], "a Huber function is flat far out"),
        without(
            "the gradient is L-Lipschitz", [_too_long_steps(2)], "steps longer than 2/L diverge"
        ),
        without(
            "the gradient vanishes at x*",
            [Run(parabola(fmpq(1), fmpq(2)), (fmpq(1),), 1, reference=(fmpq(1),))],
            "x* is not the minimiser",
        ),
    ],
    series=[
        Series(
            "mu x^2 / 2 with L = 10 mu (attained)",
            "k",
            lambda: [(k, _on_parabola(fmpq(1), 10, k)) for k in range(41)],
            rate=True,
        ),
        Series(
            "logistic regression, breast-cancer data, 40 rows",
            "k",
            lambda: [(k, _real_data(k)) for k in range(1, 41)],
        ),
    ],
)
def gd_strongly_convex(run: Run, _book: Book) -> Measurement:
    """Measure the distance of the last iterate from the minimiser."""
    return Measurement(
        lhs=norm(subtract(run.last(), run.target())),
        args={"L": run.L, "μ": _least_slope(run), "D": run.distance(), "k": run.steps},
    )


# Least squares


def _two_rows(j: int, scale_by: int = 1) -> Run:
    """Return least squares with eigenvalues 1 and 4 j^2 (halved), along the slow direction.

    With k = 2 j^2 steps the eigenvalue is the fraction 1/(2k + 1) of L, which is the slowest.
    """
    matrix = ((fmpq(1), fmpq(0)), (fmpq(0), fmpq(2 * j)))
    problem = LeastSquares(matrix, (fmpq(1), fmpq(2)))
    centre = problem.minimiser()
    return Run(problem, (centre[0] + scale_by, centre[1]), 2 * j * j)


def _two_rows_ratio(k: int) -> fmpq:
    return fmpq(k, 2 * k + 1) * fmpq(2 * k, 2 * k + 1) ** (2 * k)


def _diabetes_run(steps: int) -> Run:
    problem = LeastSquares.diabetes(range(40), (2, 3, 8))
    return Run(problem, (fmpq(0),) * 3, steps)


@check(
    "Optimization.least_squares_gd",
    instances=lambda: runs_on(least_squares(), min_steps=1, any_reference=True),
    claim="the ratio k/(2k+1) (1 - 1/(2k+1))^(2k), which tends to 1/(2e), on two rows",
    sharp=[
        Sharp(_two_rows(j, scale_by), _two_rows_ratio(2 * j * j))
        for j, scale_by in [(1, 1), (2, 3), (3, 1), (5, 10)]
    ],
    mutants=[
        scale(fmpq(18, 100), "two rows and k = 50 attain more than 18/100 of it"),
        drop("L", "without the smoothness constant"),
        drop("D", "without the distance from the minimiser"),
        replace_exponent(2, lambda _: Num(1, nat=True), "D^2 -> D", "linear in the distance"),
        replace_variable("k", lambda k: Op("mul", (k, k)), "k -> k^2", "a rate of 1/k^2"),
        without(
            "L is the smoothness constant of the data",
            [
                Run(
                    LeastSquares(((fmpq(1),),), (fmpq(0),)),
                    (fmpq(1),),
                    2,
                    smoothness=fmpq(2, 5),
                )
            ],
            "steps longer than 2/L diverge",
        ),
    ],
    series=[
        Series(
            "diabetes data, 40 rows, three features",
            "k",
            lambda: [(k, _diabetes_run(k)) for k in range(1, 31)],
        ),
        Series(
            "two rows tuned to k = 2 j^2",
            "j",
            lambda: [(j, _two_rows(j)) for j in range(1, 8)],
            rate=True,
        ),
    ],
    uses=["Optimization.leastSquaresSmoothness"],
)
def least_squares_gd(run: Run, book: Book) -> Measurement:
    """Measure the gap of the last iterate, with the smoothness constant from the data."""
    f = run.problem
    assert isinstance(f, LeastSquares)
    L = run.smoothness
    if L is None:
        smoothness = book.formula("DeepTheory.Optimization.leastSquaresSmoothness")
        L = smoothness.value({"n": len(f.matrix), "d": len(f.matrix[0]), "A": f.matrix})
    return Measurement(
        lhs=run.gap(L),
        args={"L": L, "D": run.distance(), "k": run.steps},
    )
