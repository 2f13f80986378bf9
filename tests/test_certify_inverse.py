"""The inverse of the relative entropy: its ends lie where they claim to, whatever is planted."""

from __future__ import annotations

import math
import random
from collections.abc import Callable
from fractions import Fraction
from typing import Any

import mpmath
import numpy as np
import pytest
from flint import arb, ctx, fmpq
from hypothesis import given, settings
from hypothesis import strategies as st
from mpmath import iv, mp, mpf
from numpy.typing import NDArray

from deeptheory.certify import bench, inverse, inverse_vectorised, peers
from deeptheory.certify.inverse import is_lower, is_upper, kl_ball, kl_inverse
from deeptheory.certify.inverse_vectorised import kl_inverse_upper, kl_lower
from deeptheory.errors import UsageError
from deeptheory.formulas.book import Book
from deeptheory.paths import Project

RISKS = [
    fmpq(0),
    fmpq(1, 10**300),
    fmpq(1, 10**20),
    fmpq(1, 1000),
    fmpq(1, 3),
    fmpq(1, 2),
    fmpq(9, 10),
    1 - fmpq(1, 10**9),
    1 - fmpq(1, 10**40),
]
LEVELS = [fmpq(1, 10**300), fmpq(1, 10**25), fmpq(1, 10**5), fmpq(1, 30), fmpq(2), fmpq(40)]
ULP = 2.0**-53


def big(value: fmpq) -> Any:
    return mpf(int(value.p)) / int(value.q)


def kl(q: fmpq, p: fmpq) -> Any:
    """Compute the relative entropy with mpmath, from its definition."""
    first = big(q) * mp.log(big(q / p)) if q else mpf(0)
    return first + big(1 - q) * mp.log(big((1 - q) / (1 - p)))


def root(q: fmpq, c: fmpq, near: fmpq) -> Any:
    """Compute the inverse to sixty digits of the smaller distance with mpmath."""
    first, level, p = big(q), big(c), big(near)

    def excess(p: Any) -> Any:
        below = first * mp.log(first / p) if q else mpf(0)
        return below + (1 - first) * mp.log((1 - first) / (1 - p)) - level

    for _ in range(4):
        p -= excess(p) * p * (1 - p) / (p - first)
    small = mpf(10) ** -60 * min(p - first, 1 - p)
    assert excess(p - small) < 0 < excess(p + small)
    return p


@st.composite
def risks(draw: st.DrawFn) -> fmpq:
    """Draw means of every size, near zero and near one as well."""
    size = 10 ** draw(st.integers(0, 60))
    small = fmpq(draw(st.integers(0, size)), size * draw(st.integers(1, 10**6)))
    return 1 - small if draw(st.booleans()) else small


@st.composite
def levels(draw: st.DrawFn) -> fmpq:
    return fmpq(draw(st.integers(1, 10**6)), 10 ** draw(st.integers(4, 60)))


# To any number of digits


@pytest.mark.parametrize("q", RISKS)
@pytest.mark.parametrize("c", LEVELS)
def test_the_inverse_of_mpmath_lies_between_the_ends(q: fmpq, c: fmpq) -> None:
    lower, upper = kl_inverse(q, c)
    if upper == 1:  # the level exceeds what 4096 halvings of 1 - q cost
        assert c > fmpq(2867) * (1 - q)
        assert lower == 1 - (1 - q) / 2**4096
        return
    with mp.workdps(1000):
        true = root(q, c, (lower + upper) / 2)
        assert big(lower) < true < big(upper)
    assert upper - lower <= fmpq(1, 10**30) * min(lower - q, 1 - upper)


@settings(max_examples=150, deadline=None)
@given(risks(), levels(), st.integers(1, 60))
def test_the_ends_enclose_for_any_input(q: fmpq, c: fmpq, digits: int) -> None:
    lower, upper = kl_inverse(q, c, digits)
    assert q <= lower <= upper <= 1
    if q == 1:
        assert lower == upper == 1
        return
    with mp.workdps(400):
        assert kl(q, lower) <= big(c)
        assert upper == 1 or kl(q, upper) >= big(c)
    assert upper == 1 or upper - lower <= fmpq(1, 10**digits) * min(lower - q, 1 - upper)


@pytest.mark.parametrize("c", [*LEVELS, fmpq(700)])
def test_closed_forms(c: fmpq) -> None:
    with mp.workdps(1100):
        lower, upper = kl_inverse(fmpq(0), c, 60)
        assert big(lower) < -mp.expm1(-big(c)) < big(upper)
        lower, upper = kl_inverse(fmpq(1, 2), c, 60)
        assert big(lower) < (1 + mp.sqrt(-mp.expm1(-2 * big(c)))) / 2 < big(upper)


def test_the_ends_of_the_range() -> None:
    assert kl_inverse(fmpq(1), fmpq(3)) == (1, 1)
    assert kl_inverse(fmpq(1, 3), fmpq(0)) == (fmpq(1, 3), fmpq(1, 3))
    assert kl_inverse(fmpq(1, 3), fmpq(10) ** 4000) == (1 - fmpq(2, 3 * 2**4096), 1)
    lower, upper = kl_inverse(fmpq(1, 3), fmpq(1900))
    assert lower < upper < 1
    lower, upper = kl_inverse(fmpq(1, 7), fmpq(1, 9), 1000)
    assert 0 < upper - lower < fmpq(1, 10**1000)


def test_a_ball_counts_with_both_of_its_ends() -> None:
    with ctx.workprec(200):
        ball = arb(fmpq(1, 10), fmpq(1, 100))
        narrow = arb(2).log() / 1000
    lower, upper = kl_inverse(fmpq(1, 5), ball)
    assert lower <= kl_inverse(fmpq(1, 5), fmpq(9, 100))[1]
    assert upper >= kl_inverse(fmpq(1, 5), fmpq(11, 100))[0]
    lower, upper = kl_inverse(fmpq(1, 5), narrow)
    assert upper - lower < fmpq(1, 10**30) * (upper - fmpq(1, 5))
    lower, upper = kl_inverse(fmpq(1, 5), arb(0, fmpq(1, 100)))  # some of it is negative
    assert lower == fmpq(1, 5)
    assert upper > kl_inverse(fmpq(1, 5), fmpq(1, 101))[1]
    lower, upper = kl_inverse(fmpq(1, 5), arb(2000, 1500))
    assert kl_inverse(fmpq(1, 5), fmpq(499))[0] < lower < 1
    assert upper == 1


@settings(max_examples=100, deadline=None)
@given(risks(), risks(), levels(), levels())
def test_the_inverse_grows_with_both_arguments(q: fmpq, other: fmpq, c: fmpq, more: fmpq) -> None:
    (q, other), (c, more) = sorted([q, other]), sorted([c, more])
    assert kl_inverse(q, c)[0] <= kl_inverse(other, c)[1]
    assert kl_inverse(q, c)[0] <= kl_inverse(q, more)[1]


@pytest.mark.parametrize(
    ("q", "c", "said"),
    [
        (fmpq(-1, 9), fmpq(1), "q is -1/9"),
        (fmpq(10, 9), fmpq(1), "q is 10/9"),
        (arb(0), fmpq(1), "q is to be an exact"),
        (math.nan, fmpq(1), "q is nan"),
        (fmpq(1, 2), fmpq(-1), "c is -1"),
        (fmpq(1, 2), arb(-1, 0.5), "c is"),
        (fmpq(1, 2), math.inf, "c is inf"),
        (fmpq(1, 2), arb("nan"), "c is nan"),
        (fmpq(1, 2), arb("inf"), "c is"),
    ],
)
def test_what_lies_outside_is_refused_by_name(q: Any, c: Any, said: str) -> None:
    with pytest.raises(UsageError, match=said):
        kl_inverse(q, c)


@pytest.mark.parametrize("digits", [0, -3, 10_001, 2.5, True])
def test_the_number_of_digits_is_checked(digits: Any) -> None:
    with pytest.raises(UsageError, match="digits"):
        kl_inverse(fmpq(1, 2), fmpq(1), digits)


def test_a_planted_root_is_rejected(monkeypatch: pytest.MonkeyPatch) -> None:
    """A root that is too low, or too high, is found out, and computed again."""
    q, c = fmpq(1, 10), fmpq(1, 20)
    lower, upper = kl_inverse(q, c)
    with ctx.workprec(200):
        assert is_upper(q, c, upper)
        assert is_lower(q, c, lower)
        assert not is_upper(q, c, lower)
        assert not is_lower(q, c, upper)
    found, good = [], inverse._root

    for factor in (1 - fmpq(1, 10**12), 1 + fmpq(1, 10**12)):

        def planted(*given: Any, factor: fmpq = factor) -> arb:
            found.append(ctx.prec)
            return good(*given) * (factor if len(found) == 1 else 1)

        monkeypatch.setattr(inverse, "_root", planted)
        again = kl_inverse(q, c)
        assert len(found) == 2, "the planted root was taken"
        with ctx.workprec(200):
            assert is_lower(q, c, again[0])
            assert is_upper(q, c, again[1])
        found.clear()


def test_the_relative_entropy_is_that_of_the_library(checkout: Project) -> None:
    if not checkout.theorems_json.is_file():
        pytest.skip("the library is not proved: run `make`")
    formula = Book.load(checkout.theorems_json).formula("Probability.klBin")
    for q in (fmpq(1, 1000), fmpq(1, 3), fmpq(9, 10)):
        for p in (q + fmpq(1, 10**6), (1 + q) / 2, 1 - fmpq(1, 10**9)):
            value = formula.evaluate(q=q, p=p, digits=25).ball
            with ctx.workprec(120):
                assert kl_ball(q, p).overlaps(value)


# Arrays of doubles


def exact(value: float) -> fmpq:
    return fmpq(*float(value).as_integer_ratio())


def assert_close_above(q: NDArray[Any], c: NDArray[Any]) -> None:
    """Compare with the certified ends for each entry: never below, and as near as promised."""
    result = kl_inverse_upper(q, c)
    for first, level, bound in zip(q, c, result, strict=True):
        lower, upper = kl_inverse(exact(first), exact(level), 25)
        assert exact(bound) >= lower, (first, level, bound)
        unit = exact(bound) - exact(math.nextafter(bound, 0.0))
        allowed = fmpq(5, 10**14) * (upper - exact(first)) + 4 * unit
        assert exact(bound) <= upper + allowed, (first, level, bound)


NASTY_RISKS = [
    0.0,
    5e-324,
    2.0**-1074 * 3,
    2.2250738585072014e-308,
    2.0**-401,
    math.nextafter(2.0**-400, 0),
    2.0**-400,
    1e-30,
    2.0**-53,
    1e-3,
    0.1,
    1 / 3,
    math.nextafter(0.5, 0),
    0.5,
    math.nextafter(0.5, 1),
    0.7071067811865476,
    0.99,
    1 - 1e-12,
    1 - 2.0**-50,
    1 - 2.0**-51,
    1 - 2.0**-52,
    1 - ULP,
    1.0,
]
NASTY_LEVELS = [
    0.0,
    5e-324,
    1e-310,
    1e-200,
    2.0**-330,
    2.0**-331,
    1e-60,
    1e-33,
    1e-16,
    1e-8,
    1e-3,
    0.05,
    0.3465735902799726,
    math.log(2),
    1.0,
    7.0,
    30.0,
    36.0,
    36.736800569677101,
    36.7368005696772,
    37.0,
    64.0,
    1e6,
    1.7976931348623157e308,
]


def test_nasty_entries() -> None:
    q, c = np.meshgrid(NASTY_RISKS, NASTY_LEVELS)
    assert_close_above(q.ravel(), c.ravel())
    assert (kl_inverse_upper([1.0, 1.0], [0.0, 5.0]) == 1).all()
    assert (kl_inverse_upper(NASTY_RISKS, 0.0) == NASTY_RISKS).all()
    assert (kl_inverse_upper(NASTY_RISKS, 1e300) == 1).all()


@pytest.mark.parametrize(
    ("low", "high", "least", "most"),
    [(1e-4, 1.0, 1e-4, 1.0), (1e-100, 1.0, 1e-100, 40.0), (1e-6, 1.0, 1e-33, 1e-8)],
)
def test_thousands_of_entries(low: float, high: float, least: float, most: float) -> None:
    random_ = np.random.default_rng(7)
    size = 3000
    q = np.exp(random_.uniform(math.log(low), math.log(high), size))
    q[::2] = 1 - q[::2] * (1 - 2.0**-52)
    assert_close_above(q, np.exp(random_.uniform(math.log(least), math.log(most), size)))


@settings(max_examples=200, deadline=None)
@given(
    st.lists(
        st.tuples(st.floats(0, 1), st.floats(0, allow_infinity=False, allow_nan=False)),
        min_size=1,
        max_size=20,
    )
)
def test_any_doubles(pairs: list[tuple[float, float]]) -> None:
    q, c = np.array(pairs).T
    assert_close_above(q, c)


def test_counts_of_errors() -> None:
    """The usual inputs: risks ``k / n``, close to their inverses where the level is small."""
    n = 400
    q = np.arange(n + 1) / n
    for level in (1e-12, 1e-5, 0.01, 0.2, 3.0):
        assert_close_above(q, np.full(n + 1, level))


def test_shapes_are_broadcast() -> None:
    assert kl_inverse_upper(0.1, 0.05).shape == ()
    assert kl_inverse_upper([], 0.05).shape == (0,)
    table = kl_inverse_upper([[0.1], [0.2]], [0.01, 0.02, 0.03])
    assert table.shape == (2, 3)
    assert table[1, 2] == kl_inverse_upper(0.2, 0.03)
    assert (np.diff(table) > 0).all()
    many = kl_inverse_upper(np.full(20_001, 0.1), 0.05)  # more than one block
    assert (many == kl_inverse_upper(0.1, 0.05)).all()


@pytest.mark.parametrize(
    ("q", "c", "said"),
    [
        ([0.5, -1e-300], 1.0, "q holds -1e-300"),
        ([0.5, 1.1], 1.0, r"q holds 1\.1"),
        (math.nan, 1.0, "q holds nan"),
        (0.5, [1.0, -1.0], "c holds -1"),
        (0.5, [1.0, math.nan], "c holds nan"),
        (0.5, math.inf, "c holds inf"),
        ("a", 1.0, "q is to hold numbers"),
    ],
)
def test_entries_outside_are_refused_by_name(q: Any, c: Any, said: str) -> None:
    with pytest.raises(UsageError, match=said):
        kl_inverse_upper(q, c)


def around_powers(q: NDArray[Any]) -> NDArray[Any]:
    """Return means at which a ratio of means is where the logarithm changes its branch."""
    factors = math.sqrt(0.5) * 2.0 ** np.arange(-3, 8)
    wanted = [np.minimum(q / f, 1 - f * (1 - q)) for f in factors] + [q * f for f in factors]
    p = np.concatenate(wanted)
    return np.concatenate([p * (1 + k * 2.0**-52) for k in (-2, -1, 0, 1, 2)])


def test_the_lower_bound_on_the_entropy() -> None:
    random_ = np.random.default_rng(3)
    q = np.concatenate([[2.0**-400, 1e-9, 0.5, 0.9], random_.uniform(0, 1, 30)])
    p = around_powers(q)
    q = np.tile(q, p.size // q.size)
    steps = 2.0 ** random_.uniform(-52, 0, q.size)
    p = np.concatenate([p, q + (1 - q) * steps, q * (1 + steps), np.full(q.size, 1 - ULP)])
    q = np.tile(q, 4)
    inside = (p > q) & (p < 1)
    q, p = q[inside], p[inside]
    assert q.size > 4000
    lower = kl_lower(q, p)
    with ctx.workprec(300):
        for first, second, bound in zip(q, p, lower, strict=True):
            value = kl_ball(exact(first), exact(second))
            assert value >= exact(bound), (first, second)
            assert value * (1 - fmpq(1, 2**44)) <= exact(bound), (first, second)


def plant(monkeypatch: pytest.MonkeyPatch, name: str, change: Callable[[Any, Any], Any]) -> None:
    """Let one of the steps that nothing is known about return something else."""
    good = getattr(inverse_vectorised, name)

    def planted(pair: Any, *rest: Any) -> Any:
        return change(pair, good(pair, *rest))

    monkeypatch.setattr(inverse_vectorised, name, planted)


@pytest.mark.parametrize(
    "change",
    [
        lambda pair, x: pair[0] + (x - pair[0]) * (1 - 1e-9),
        lambda pair, x: pair[0] + (x - pair[0]) * (1 + 1e-9),
        lambda pair, x: pair[0] + (x - pair[0]) * 0.5,
        lambda pair, x: pair[0] * 0,
        lambda pair, x: x * 0 + 2,
        lambda pair, x: x * np.nan,
    ],
    ids=["low", "high", "half", "zero", "two", "nan"],
)
@pytest.mark.parametrize("name", ["_candidate", "_rough_step"])
def test_a_planted_candidate_gets_no_further(
    monkeypatch: pytest.MonkeyPatch, name: str, change: Callable[[Any, Any], Any]
) -> None:
    """A candidate below the inverse is moved above it, and a bad one costs no sharpness."""
    plant(monkeypatch, name, change)
    random_ = np.random.default_rng(11)
    q, c = random_.uniform(0.001, 0.999, 150), 10 ** random_.uniform(-6, 0, 150)
    assert_close_above(q, c)


def test_a_careful_step_bounds_from_anywhere() -> None:
    random_ = np.random.default_rng(5)
    q, c = random_.uniform(0.001, 0.9, 500), 10 ** random_.uniform(-3, 0, 500)
    x = q + (1 - q) * random_.uniform(0, 1, 500)
    with np.errstate(all="ignore"):
        result, _ = inverse_vectorised._careful_step(inverse_vectorised._pair(q), c, x)
    for first, level, bound in zip(q, c, result, strict=True):
        assert exact(bound) >= kl_inverse(exact(first), exact(level))[0]


# What others compute


def test_bisection_over_intervals_finds_the_same() -> None:
    for q, c in [((1, 1000), (1, 20)), ((1, 2), (1, 10**6)), ((9, 10), (1, 2))]:
        low, high = peers.bisection_iv(q, c, 30)
        lower, upper = kl_inverse(fmpq(*q), fmpq(*c))
        with mp.workdps(60):
            assert mpf(low.a) <= big(upper)
            assert mpf(high.b) >= big(lower)
            gap = big(fmpq(1, 10**29) * min(lower - fmpq(*q), 1 - upper))
            assert 0 < mpf(high.b) - mpf(low.a) < gap
    assert iv.prec == mpmath.iv.prec == 53


def test_newton_finds_the_same() -> None:
    random_ = np.random.default_rng(2)
    q, c = random_.uniform(0.01, 0.99, 1000), 10 ** random_.uniform(-4, 0, 1000)
    assert np.abs(kl_inverse_upper(q, c) - peers.newton(q, c)).max() < 1e-11


def rounding(name: str, q: float, c: float, value: float) -> float:
    """Bound what doubles can be off by in a peer's value, about sixteen roundings in each part."""
    if name != "inverse":
        return 32 * ULP * value
    p = min(value, 1 - ULP)
    moved = q * abs(math.log(p / q)) if q else 0.0
    parts = 1 + c + moved + (1 - q) * abs(math.log((1 - p) / (1 - q)))
    slope = max(p - q, ULP) / (p * (1 - p))
    return min(16 * ULP * parts / slope, 4 * math.sqrt(16 * ULP * parts)) + 4 * ULP


def test_certified_bounds_are_not_below_those_in_doubles() -> None:
    """Ours are upper bounds, so that only the peers' own rounding may put theirs above."""
    random_ = random.Random(13)
    strict = 0
    for _ in range(400):
        n = round(10 ** random_.uniform(1, 7))
        q = random_.choice([random_.randint(0, n // 2) / n, random_.uniform(0, 1), 0.0])
        entropy = 10 ** random_.uniform(-3, 5) * random_.choice([0, 1, 1])
        delta = random_.choice([0.05, 0.01, 1e-9])
        with ctx.workprec(128):
            # maurerBound, from the same doubles
            level = (exact(entropy) + (2 * arb(n).sqrt() / exact(delta)).log()) / n
        theirs_level = peers.maurer_level(entropy, n, delta)
        if theirs_level > 5:
            continue
        for name, formula in peers.FLOAT_BOUNDS.items():
            theirs = formula(q, theirs_level)
            with ctx.workprec(128):
                ours = bench.certified_risk(name, exact(q), level)
                high = ours if isinstance(ours, fmpq) else exact_upper(ours)
            slack = rounding(name, q, theirs_level, theirs)
            assert high >= exact(theirs) - exact(slack), (name, n, q, entropy, delta)
            assert high <= exact(theirs) + 2 * exact(slack) + exact(1e-12), (name, n, q)
            strict += high >= exact(theirs)
    assert strict > 100


def exact_upper(ball: arb) -> fmpq:
    mantissa, exponent = ball.upper().man_exp()
    return fmpq(mantissa) * fmpq(2) ** int(exponent)


def test_fractions_are_read_too() -> None:
    assert kl_inverse(Fraction(1, 10), "0.05") == kl_inverse(fmpq(1, 10), fmpq(1, 20))
