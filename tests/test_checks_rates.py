from __future__ import annotations

import json
import math
from dataclasses import replace
from pathlib import Path
from typing import Any

import jsonschema
import numpy as np
import pytest
from flint import fmpq
from scipy import stats

from deeptheory.checkresults import schema
from deeptheory.checks import Options, load_checks, run_check
from deeptheory.checks.rates import Point, claim_of, fit, measured_rate, reached
from deeptheory.checks.registry import Series
from deeptheory.checks.runner import verify
from deeptheory.formulas import Book, Formula
from deeptheory.rates import VERDICTS, claim_text, interval_text, sentence, slope_text
from deeptheory.site.plots import plots_of_check
from sample_catalog import num, op, sample_declarations, var, write_checkout
from sample_terms import formula as params


@pytest.fixture(scope="module")
def book() -> Book:
    return Book(sample_declarations())


ONE = fmpq(1)
N = op("cast", var("n", True))


def toy(body: dict[str, Any], names: str = "n. c") -> Formula:
    return Formula.from_json("toy", params(names, body))


# The claim, from the formula


@pytest.mark.parametrize(
    ("name", "variable", "args", "kind", "exact", "logarithms"),
    [
        ("gdConvexBound", "k", {"L": ONE, "D": ONE}, "power", "-1", False),
        ("gdPLBound", "k", {"L": ONE, "μ": ONE / 10, "Δ": ONE}, "geometric", "9/10", False),
        ("deepBound", "d", {"A": ONE, "r": ONE}, "geometric", "2", False),
        ("linearL2Bound", "n", {"B": ONE, "X": ONE}, "power", "-1/2", False),
        ("sauerBound", "n", {"d": 3}, "power", "3", False),
        ("finiteClassBound", "n", {"N": 100, "δ": ONE / 20}, "power", "-1/2", False),
        ("mcallesterBound", "n", {"K": ONE, "δ": ONE / 20}, "power", "-1/2", True),
        ("maurerBound", "n", {"K": ONE, "δ": ONE / 20}, "power", "-1", True),
        ("relu1dSmoothBound", "N", {"M": ONE}, "power", "-2", False),
        ("yarotskyBound", "m", {}, "geometric", "1/4", False),
        ("hoeffdingBound", "n", {"e": ONE / 10, "a": 0 * ONE, "b": ONE}, "geometric", None, False),
    ],
)
def test_the_claim_is_that_of_the_formula(
    book: Book,
    name: str,
    variable: str,
    args: dict[str, Any],
    kind: str,
    exact: str | None,
    logarithms: bool,
) -> None:
    claim = claim_of(book.formula(name), variable, args)
    assert claim is not None
    assert (claim.kind, claim.exact, claim.logarithms) == (kind, exact, logarithms)
    if exact is None:
        assert claim.slope == pytest.approx(-0.02)


@pytest.mark.parametrize(
    "body",
    [
        op("add", var("c"), op("div", num(1), N)),  # tends to a constant
        op("log", N),
        op("pow", N, var("n", True)),  # beyond every geometric rate
        op("sub", N, N),  # zero
        op("log", op("sub", num(1), N)),  # without a value
    ],
)
def test_a_formula_without_a_rate_has_none(body: dict[str, Any]) -> None:
    assert claim_of(toy(body), "n", {"c": ONE}) is None


def test_the_limit_of_a_factor_is_recognized() -> None:
    """2^n - 5 is not a power of two, and has the factor 2 in the limit."""
    claim = claim_of(toy(op("sub", op("pow", num(2), var("n", True)), num(5))), "n", {"c": ONE})
    assert claim is not None
    assert (claim.kind, claim.exact) == ("geometric", "2")


# The fit


def test_the_interval_is_that_of_scipy() -> None:
    xs = [fmpq(k) for k in range(1, 9)]
    ys = [fmpq(v, 7) for v in (3, 1, 4, 1, 5, 9, 2, 6)]
    found = fit(xs, ys)
    assert found is not None
    expected = stats.linregress([float(x.p) for x in xs], [int(y.p) / int(y.q) for y in ys])
    half = stats.t.ppf(0.975, 6) * expected.stderr
    assert found.slope == pytest.approx(expected.slope, rel=1e-12)
    assert (found.low, found.high) == pytest.approx(
        (expected.slope - half, expected.slope + half), rel=1e-9
    )


def test_points_on_a_line_leave_no_interval() -> None:
    found = fit([fmpq(k) for k in (1, 2, 5)], [fmpq(-3 * k, 2) for k in (1, 2, 5)])
    assert found is not None
    assert (found.slope, found.low, found.high) == (-1.5, -1.5, -1.5)


def test_too_few_points_are_not_fitted() -> None:
    assert fit([ONE, 2 * ONE], [ONE, ONE]) is None
    assert fit([ONE] * 3, [ONE] * 3) is None


# Measured against claimed


INVERSE = toy(op("div", var("c"), N))


def series(
    measured: Any, bound: Formula = INVERSE, sizes: Any = lambda _: ONE, upto: int = 20
) -> list[Point]:
    points = []
    for n in range(1, upto + 1):
        args = {"n": n, "c": sizes(n)}
        points.append(Point(n, measured(n), bound.value(args), args))
    return points


@pytest.mark.parametrize(
    ("measured", "lower", "verdict", "good"),
    [
        (lambda n: fmpq(1, n), False, "as claimed", True),
        (lambda n: fmpq(1, n * n), False, "slack grows", False),
        (lambda n: fmpq(1, n * n), True, "slack shrinks", False),
        (lambda n: fmpq(1, 3), False, "slack shrinks", False),
        (lambda n: fmpq(1, 2 * n + 1), False, "slack shrinks", True),
        (lambda n: fmpq(1, n) if n % 2 else fmpq(1, 1000 * n), False, "open", True),
    ],
)
def test_verdicts(measured: Any, lower: bool, verdict: str, good: bool) -> None:
    rate = measured_rate(INVERSE, series(measured), "n", lower)
    assert rate is not None
    assert rate["verdict"] == verdict
    assert rate["verdict"] in VERDICTS
    assert verdict == "open" or reached(rate) is good
    assert (rate["from"], rate["to"]) == (5, 20)  # the upper half of a logarithmic axis


def test_sizes_that_vary_are_divided_out() -> None:
    points = series(lambda n: fmpq(n % 3 + 1, n), sizes=lambda n: fmpq(n % 3 + 1))
    rate = measured_rate(INVERSE, points, "n", False)
    assert rate is not None
    assert rate["measured"]["slope"] == pytest.approx(-1)


def test_sizes_that_cannot_be_divided_out_leave_no_rate() -> None:
    mixed = toy(op("add", var("c"), op("div", num(1), N)))
    points = series(lambda n: fmpq(1, n), mixed, lambda n: fmpq(1, n))
    assert measured_rate(mixed, points, "n", False) is None


def test_zeros_are_left_out() -> None:
    rate = measured_rate(INVERSE, series(lambda n: fmpq(n % 2, n)), "n", False)
    assert rate is not None
    assert rate["points"] == 8
    assert measured_rate(INVERSE, series(lambda n: fmpq(0)), "n", False) is None


def test_positions_that_are_powers_are_seen_on_their_own_axis() -> None:
    quarter = toy(op("div", var("c"), op("pow", num(4), var("n", True))))
    points = []
    for m in range(9):
        args = {"n": m, "c": ONE}
        points.append(Point(2**m, quarter.value(args), quarter.value(args), args))
    rate = measured_rate(quarter, points, "2^m", False)
    assert rate is not None
    assert (rate["variable"], rate["kind"], rate["claim"]["exact"]) == ("2^m", "power", "-2")
    assert rate["measured"]["slope"] == pytest.approx(-2)
    assert claim_text(rate) == "1 / (2^m)^2"


# In the results


def with_rate() -> list[tuple[str, str]]:
    return [
        (name, shown.label)
        for name, check in sorted(load_checks().items())
        for shown in check.series
        if isinstance(shown, Series) and shown.rate
    ]


def test_rates_of_every_kind_are_claimed_to_be_reached() -> None:
    theorems = {name.rsplit(".", 1)[-1] for name, _ in with_rate()}
    assert theorems >= {
        "gd_convex",  # 1/k
        "gd_strongly_convex",  # (1 - mu / L)^k
        "finite_class",  # 1/sqrt n
        "yarotsky_square",  # 2^-m
        "relu_1d_smooth",  # N^-2
        "sauer_shelah",  # n^d
    }


def changed(name: str, body: Any) -> Book:
    declarations = sample_declarations()
    formula = next(e for e in declarations if e["name"].endswith(name))["formula"]
    formula["body"] = body(formula["body"])
    return Book(declarations)


def reasons(result: dict[str, Any]) -> str:
    return " | ".join(failure["reason"] for failure in result["failures"])


def test_a_check_fails_whose_bound_has_a_slower_rate() -> None:
    """The bound L / 2 instead of L / (2 N): sound, and without the rate that is claimed."""
    name = "DeepTheory.Approximation.relu_1d_lipschitz"
    check = load_checks()[name]
    slow = changed("relu1dLipschitzBound", lambda body: op("mul", op("sqrt", ncast()), body))
    lenient = replace(check, sharp=[replace(s, ratio=None) for s in check.sharp], mutants=[])
    result = run_check(lenient, slow, Options(instances=3))
    assert "is to reach the rate -1/2 in N: the slope claimed is -0.5" in reasons(result)
    assert "the slope found is -1" in reasons(result)


def ncast() -> dict[str, Any]:
    return op("cast", var("N", True))


def test_rates_stand_in_the_results(tmp_path: Path) -> None:
    root = write_checkout(tmp_path / "checkout")
    build = root / "build"
    names = ("relu_1d_smooth", "sauer_shelah")
    outcome = verify(build / "theorems.json", build / "checks.json", names, Options(instances=3))
    assert outcome.passed
    document = json.loads((build / "checks.json").read_text(encoding="utf-8"))
    jsonschema.validate(document, schema())
    smooth = document["checks"][0]["series"]
    assert [claim_text(entry["rate"]) for entry in smooth] == ["1 / N^2"] * 2
    assert [slope_text(entry["rate"]) for entry in smooth] == ["-2"] * 2
    for entry in smooth:
        rate = entry["rate"]
        assert rate["measured"]["slope"] == pytest.approx(-2, abs=1e-3)
        xs = np.log([x for x in entry["x"]["values"] if x >= rate["from"]])
        ys = np.log(entry["measured"][-len(xs) :])
        assert np.polyfit(xs, ys, 1)[0] == pytest.approx(rate["measured"]["slope"], abs=1e-9)


# In words


def rate_of(kind: str, exact: str | None, slope: float, logarithms: bool = False) -> Any:
    return {
        "variable": "n",
        "kind": kind,
        "claim": {"slope": slope, "exact": exact, "logarithms": logarithms},
        "measured": {"slope": slope, "low": slope - 1, "high": slope + 1, "level": 0.95},
        "bound": slope,
        "from": 3,
        "to": 9,
        "points": 7,
        "verdict": "as claimed",
    }


@pytest.mark.parametrize(
    ("rate", "text"),
    [
        (rate_of("power", "1", 1), "n"),
        (rate_of("power", "-1", -1), "1 / n"),
        (rate_of("power", "-1/2", -0.5, True), "1 / sqrt(n), up to logarithms"),
        (rate_of("power", "2/3", 2 / 3), "n^(2/3)"),
        (rate_of("power", "-2", -2), "1 / n^2"),
        (rate_of("power", None, -0.347), "n^-0.347"),
        (rate_of("geometric", "2", math.log(2)), "2^n"),
        (rate_of("geometric", "9/10", math.log(0.9)), "(9/10)^n"),
        (rate_of("geometric", None, -0.02), "exp(-0.02 n)"),
    ],
)
def test_claims_in_words(rate: Any, text: str) -> None:
    assert claim_text(rate) == text


def test_a_rate_stands_beside_its_plot() -> None:
    rate = rate_of("power", "-2", -2.0)
    shown = {
        "label": "some instances",
        "x": {"label": "n", "scale": "log", "values": [1, 2, 3]},
        "y": {"scale": "log"},
        "measured": [1, 0.25, 1 / 9],
        "bound": [1, 0.25, 1 / 9],
        "ratio": [1, 1, 1],
        "rate": rate,
    }
    wide, small = plots_of_check([shown])
    assert not wide.note
    assert small.note == sentence(rate)
    assert "claimed 1 / n^2, slope −2; measured slope −2.0000" in small.note
    assert json.loads(small.json())["rate"] == rate
    assert interval_text(rate) == "[-3.0000, -1.0000]"
