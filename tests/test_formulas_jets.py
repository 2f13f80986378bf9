"""Intervals of doubles and derivatives over boxes: they contain what they should."""

from __future__ import annotations

import math
from fractions import Fraction
from typing import Any

import numpy as np
import pytest
from flint import arb, ctx, fmpq
from hypothesis import given, settings
from hypothesis import strategies as st

from deeptheory.formulas.grammar import read_formula
from deeptheory.formulas.intervals import Interval, maximum, minimum, real_power, rounded
from deeptheory.formulas.jets import Jet, compile_jets

QUIET = settings(max_examples=100, deadline=None)
ends = st.one_of(
    st.floats(-1e3, 1e3),
    st.integers(-8, 8).map(float),
    st.sampled_from([0.0, 5e-324, -5e-324, 1e-300, -1e-200, 1e200, -1e300, 1.7e308]),
)
shares = st.fractions(0, 1, max_denominator=7)


def interval(data: Any) -> tuple[Interval, Fraction]:
    """Draw an interval and a rational number in it."""
    low, high = sorted((data.draw(ends), data.draw(ends)))
    share = data.draw(shares)
    inside = Fraction(low) + share * (Fraction(high) - Fraction(low))
    return Interval.between(low, high), inside


def holds(found: Interval, value: Fraction) -> bool:
    low, high = float(found.low), float(found.high)
    if not math.isfinite(low):
        return True
    return Fraction(low) <= value <= Fraction(high)


@QUIET
@given(st.data(), st.integers(0, 6))
def test_rational_operations_contain_their_values(data: Any, n: int) -> None:
    (a, x), (b, y) = interval(data), interval(data)
    assert holds(a + b, x + y)
    assert holds(a - b, x - y)
    assert holds(a * b, x * y)
    assert holds(a.power(n), x**n)
    assert holds(a.abs(), abs(x))
    assert holds(-a, -x)
    assert holds(minimum(a, b), min(x, y))
    assert holds(maximum(a, b), max(x, y))
    found = a / b
    if b.low <= 0 <= b.high:
        assert not found.known
    else:
        assert holds(found, x / y)


@QUIET
@given(st.data())
def test_irrational_operations_contain_their_values(data: Any) -> None:
    a, x = interval(data)
    with ctx.workprec(2000):
        ball = arb(fmpq(x.numerator, x.denominator))

        def inside(found: Interval, value: arb) -> bool:
            if not found.known:
                return True
            return bool(arb(float(found.low)) <= value) and bool(value <= arb(float(found.high)))

        if abs(x) < 600:
            assert inside(a.exp(), ball.exp())
        if a.low > 0:
            assert a.log().known
            assert inside(a.log(), ball.log())
            for p in (fmpq(1, 2), fmpq(-3, 7), fmpq(5, 3)):
                assert inside(real_power(a, Interval.of(p)), ball ** arb(p))
        else:
            assert not a.log().known
        if a.low >= 0:
            root = a.sqrt()
            assert root.known
            assert Fraction(float(root.low)) ** 2 <= x <= Fraction(float(root.high)) ** 2
        else:
            assert not a.sqrt().known


def test_exact_results_stay_exact() -> None:
    third = Interval.of(fmpq(1, 3))
    assert third.low < Fraction(1, 3) < third.high
    assert np.nextafter(third.low, 1) >= np.nextafter(third.high, 0)
    unit = Interval.between(0.0, 1.0)
    for found, low, high in (
        (unit * 2.0, 0, 2),
        (unit - 1.0, -1, 0),
        (Interval.between(0.0, 4.0).sqrt(), 0, 2),
        (Interval.between(-3.0, 2.0).power(2), 0, 9),
        (Interval.between(-3.0, 2.0).power(3), -27, 8),
        (Interval.between(1.0, 3.0) / 4.0, 0.25, 0.75),
        (Interval.point(0.0).exp(), 1, 1),
        (Interval.point(1.0).log(), 0, 0),
        (unit * third, 0, third.high),
    ):
        assert (found.low, found.high) == (low, high)


def test_what_is_undefined_or_too_large_is_unknown() -> None:
    unit = Interval.between(0.0, 1.0)
    for found in (
        Interval.point(1.0) / unit,
        unit.log(),
        (unit - 2.0).sqrt(),
        Interval.point(1000.0).exp(),
        Interval.point(1e300) * 1e300,
        (Interval.point(1.0) / unit) * 0.0,
        maximum(unit, unit.log()),
        unit.log().power(0),
        real_power(unit - 0.5, Interval.of(fmpq(1, 2))),
        real_power(unit, Interval.of(fmpq(-1, 2))),
        Interval.between(0.0, math.nan),
        Interval.of(10**400),
    ):
        assert not found.known
        assert found.low == -math.inf
        assert found.high == math.inf
    assert rounded(arb("nan")) == (-math.inf, math.inf)


FORMULAS = [
    ("x*y - x/(y + 2)", 2),
    ("exp(-x)*log(1 + y) + sqrt(x + 1)", 2),
    ("x^3 - 2*y^2 + (x + 1)^-2", 2),
    ("(1 + x)^1.5 * 2^y + (1 + y)^x", 2),
    ("abs(x - y) + max(x, y, 0.3) - min(x^2, y)", 1),
    ("abs(abs(x - 0.5) - y)^1.5", 1),
]


def box(text: str, low: list[float], high: list[float], order: int) -> Jet:
    body = read_formula(text, {"x": "x", "y": "y"})
    return compile_jets(body, ["x", "y"])(np.array([low]), np.array([high]), order)


@settings(max_examples=60, deadline=None)
@given(st.sampled_from(FORMULAS), st.lists(st.floats(0, 1), min_size=6, max_size=6))
def test_derivatives_contain_difference_quotients(entry: tuple[str, int], n: list[float]) -> None:
    text, order = entry
    low, high = [min(n[0], n[1]), min(n[2], n[3])], [max(n[0], n[1]), max(n[2], n[3])]
    over = box(text, low, high, order)
    assert over.known.all()
    share = n[4]
    corners = box(text, [low[0], high[1]], [low[0], high[1]], 0).value - (
        box(text, [high[0], low[1]], [high[0], low[1]], 0).value
    )
    step = Interval.point(max(b - a for a, b in zip(low, high, strict=True)) * (1 + 1e-15))
    assert (corners.mignitude <= (over.steepness * step).high).all()
    assert (over.steepness.low <= over.steepness.high).all()
    inner = [a + share * (b - a) for a, b in zip(low, high, strict=True)]
    here = box(text, inner, inner, order)
    assert (over.value.low <= here.value.high).all()
    assert (here.value.low <= over.value.high).all()
    for place in range(2):
        width = high[place] - low[place]
        if width < 1e-3:
            continue
        start, end = list(inner), list(inner)
        start[place], end[place] = low[place], high[place]
        rise = box(text, end, end, 0).value - box(text, start, start, 0).value
        quotient = rise / (Interval.point(end[place]) - start[place])
        slope = over.slopes[place]
        assert (slope.low <= quotient.high).all()
        assert (quotient.low <= slope.high).all()
        if order == 2 and place == 0 and over.second is not None:
            assert over.second.known.all()
            first = [box(text, at, at, 1).slopes[0] for at in (start, end)]
            bend = (first[1] - first[0]) / width
            slack = 1e-9 * (1 + bend.magnitude)
            assert (over.second.low <= bend.high + slack).all()
            assert (bend.low - slack <= over.second.high).all()


def test_a_kink_has_all_slopes_between_its_sides_and_no_second_derivative() -> None:
    over = box("abs(x - 0.5) + 0*y", [0.0, 0.0], [1.0, 1.0], 2)
    assert (over.slopes[0].low, over.slopes[0].high) == (-1, 1)
    assert over.second is not None
    assert not over.second.known
    for low, high, slope in ((0.5, 1.0, 1), (0.0, 0.5, -1)):
        half = box("abs(x - 0.5) + 0*y", [low, 0.0], [high, 1.0], 2)
        assert (half.slopes[0].low, half.slopes[0].high) == (slope, slope)
        assert half.second is not None
        assert not half.second.known  # the kink is at the end
    above = box("max(x, y)", [0.5, 0.0], [1.0, 0.25], 2)
    assert [s.low.item() for s in above.slopes] == [1, 0]
    assert above.second is not None
    assert above.second.known


def test_the_steepness_of_a_maximum_is_that_of_one_side() -> None:
    for text, most in (("max(x, y)", 1), ("x*max(x, y) - min(y, x)", 3), ("x - 2*y", 3)):
        over = box(text, [0.0, 0.0], [1.0, 1.0], 1)
        assert over.steepness.high == most
    assert box("x - x", [0.0, 0.0], [1.0, 1.0], 1).steepness.high == 0
    assert box("3", [0.0, 0.0], [1.0, 1.0], 1).steepness.high == 0


@pytest.mark.parametrize("text", ["1/x", "log(x)", "sqrt(x)", "x^0.5", "x^-1", "x^y"])
def test_singular_formulas_are_unknown_at_zero(text: str) -> None:
    assert not box(text, [0.0, 0.0], [0.1, 0.1], 1).known.all()
    assert box(text, [0.1, 0.0], [0.2, 0.1], 1).known.all()
