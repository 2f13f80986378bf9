"""Checks of theorems without a bound: identities, existence, uniqueness."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from fractions import Fraction
from pathlib import Path
from typing import Any

import jsonschema
import pytest
import sympy
from flint import arb, ctx, fmpq
from hypothesis import given, settings
from hypothesis import strategies as st

from deeptheory.checkresults import SCHEMA_VERSION, schema
from deeptheory.checks import (
    Check,
    Drawing,
    Measurement,
    Options,
    Relation,
    Sharp,
    decide,
    load_checks,
    run_check,
)
from deeptheory.checks.instances.chords import (
    Chord,
    Joined,
    Polynomial,
    SquareRoot,
    absolute_value,
    chords,
)
from deeptheory.checks.instances.numbers import (
    Cut,
    Cuts,
    Surd,
    arguments_on_grid,
    cuts,
    grid,
    in_balls,
    interval,
    surds,
)
from deeptheory.checks.mutants import instead, scale, without
from deeptheory.checks.runner import verify
from deeptheory.formulas import Book, PrecisionError
from sample_catalog import STATEMENTS, sample_declarations, write_checkout

FULL = "DeepTheory."


def reasons(result: dict[str, Any]) -> str:
    return " | ".join(failure["reason"] for failure in result["failures"])


# Deciding relations


def relation(lhs: Any, kind: Any, rhs: Any, **more: Any) -> Relation:
    return Relation(lhs, kind, rhs, f"{kind}", **more)


def test_rationals_are_compared_exactly() -> None:
    comparison = decide(lambda: [relation(fmpq(1, 3), "eq", fmpq(2, 6))], None)
    assert comparison.holds
    assert comparison.error == 0
    assert comparison.ratio is None
    near = fmpq(1, 3) + fmpq(1, 10**500)
    assert not decide(lambda: [relation(fmpq(1, 3), "eq", near)], None).holds


def test_balls_that_agree_count_as_equal_with_the_error_that_is_left() -> None:
    comparison = decide(lambda: [relation(arb(2).sqrt() ** 2, "eq", 2)], None, digits=30)
    assert comparison.holds
    assert comparison.error is not None
    assert 0 < comparison.error < arb(10) ** -30
    assert comparison.bits > 64


def test_a_difference_that_the_digits_show_refutes_an_equality() -> None:
    def measure() -> list[Relation]:
        return [relation(arb(2).sqrt(), "eq", arb(2).sqrt() * (1 + arb(10) ** -20))]

    assert decide(measure, None, digits=15).holds  # below the 15 digits that are looked at
    assert not decide(measure, None, digits=30).holds


def test_an_equality_with_zero_needs_a_scale() -> None:
    def measure(scale: Any) -> Any:
        return lambda: [relation(arb(2).sqrt() ** 2 - 2, "eq", 0, scale=scale)]

    assert decide(measure(fmpq(1)), None).holds
    with pytest.raises(PrecisionError, match="still open"):
        decide(measure(None), None)


def test_one_refuted_claim_decides_even_where_another_stays_open() -> None:
    def measure() -> list[Relation]:
        return [
            relation(arb(2).sqrt(), "lt", arb(2).sqrt()),
            Relation(arb(3), "le", fmpq(2), "three is small"),
        ]

    comparison = decide(measure, None)
    assert not comparison.holds
    assert comparison.laws == ("three is small",)


def test_precision_is_doubled_until_every_claim_is_decided() -> None:
    def measure() -> list[Relation]:
        return [
            relation(fmpq(1), "le", fmpq(2)),
            relation(arb(2).sqrt(), "lt", arb(2).sqrt() + arb(10) ** -100),
        ]

    comparison = decide(measure, None)
    assert comparison.holds
    assert comparison.bits > 300


def test_a_single_inequality_has_a_ratio_and_several_have_none() -> None:
    one = relation(fmpq(1), "le", fmpq(2))
    assert decide(lambda: [one], None).ratio == fmpq(1, 2)
    assert decide(lambda: [one, one], None).ratio is None


# A theorem small enough to see through: (n + 1)^2 = n^2 + 2 n + 1 for natural n


@dataclass(frozen=True)
class Number:
    n: int

    def describe(self) -> dict[str, Any]:
        return {"n": self.n}


def toy_book(bound: str | None = None) -> Book:
    declarations: list[dict[str, Any]] = [
        {"name": "DeepTheory.Toy.square", "card": {"bound": bound}, "formula": None},
        {
            "name": "DeepTheory.Toy.bound",
            "formula": {"params": [{"name": "n", "type": "real"}], "body": {"var": "n"}},
        },
    ]
    return Book(declarations)


def square(at: Number, _book: Book) -> Sequence[Relation]:
    n = at.n
    return [
        Relation((n + 1) ** 2, "eq", n * n + 2 * n + 1, "(n + 1)^2 = n^2 + 2 n + 1"),
        Relation(n, "lt", n + 1, "n < n + 1"),
    ]


def without_the_middle(at: Number, _book: Book) -> Sequence[Relation]:
    return [Relation((at.n + 1) ** 2, "eq", at.n * at.n + 1, "")]


def toy_check(**changes: Any) -> Check:
    fields: dict[str, Any] = {
        "theorem": "Toy.square",
        "measure": square,
        "instances": lambda: st.builds(Number, st.integers(0, 1000)),
        "claim": "an identity",
        "sharp": [Sharp(Number(0))],
        "mutants": [instead("(n + 1)^2 = n^2 + 1", without_the_middle, "false for n > 0")],
        "series": [
            Drawing("squares", "n", lambda: {"n^2": [(n, n * n) for n in range(4)]}, lines=["n^2"])
        ],
    }
    return Check(**{**fields, **changes})


def test_a_sound_identity_passes() -> None:
    result = run_check(toy_check(), toy_book())
    assert result["passed"], result["failures"]
    assert result["bound"] is None
    assert result["max_ratio"] is None
    assert result["max_error"] == "0"
    assert result["laws"] == ["(n + 1)^2 = n^2 + 2 n + 1", "n < n + 1"]
    assert result["instances"] == 1 + Options().instances
    assert result["mutants"][0]["killed_by"] == "drawn instance"
    assert result["series"][0]["curves"] == [
        {"name": "n^2", "line": True, "points": [[0, 0], [1, 1], [2, 4], [3, 9]]}
    ]


def test_a_false_identity_is_refuted_by_name_and_the_instance_shrunk() -> None:
    def measure(at: Number, book: Book) -> Sequence[Relation]:
        return [*square(at, book), Relation(at.n // 100, "eq", 0, "n is below 100")]

    result = run_check(toy_check(measure=measure), toy_book())
    assert not result["passed"]
    (failure, *_) = result["failures"]
    assert failure["reason"] == "an instance violates the theorem: n is below 100"
    assert failure["instance"] == {"n": 100}
    assert (failure["lhs"], failure["rhs"]) == ("1", "0")


def test_a_true_conclusion_in_place_of_the_mutant_survives() -> None:
    true = instead("the same", square, "in truth it holds")
    result = run_check(toy_check(mutants=[true]), toy_book())
    assert "the mutant 'the same' survives" in reasons(result)


def test_a_mutant_that_claims_nothing_survives() -> None:
    silent = instead("nothing", lambda *_: [], "says nothing")
    result = run_check(toy_check(mutants=[silent]), toy_book())
    assert "the mutant 'nothing' survives" in reasons(result)


def test_a_dropped_hypothesis_has_to_break_the_identity() -> None:
    kept = without("n is a natural number", [Number(-5)], "it still holds")
    assert "survives" in reasons(run_check(toy_check(mutants=[kept]), toy_book()))


def test_a_check_has_to_fit_the_card() -> None:
    bounded = toy_book("DeepTheory.Toy.bound")
    assert "return a Measurement" in reasons(run_check(toy_check(), bounded))
    measured = toy_check(measure=lambda at, _: Measurement(fmpq(0), {"n": at.n}), mutants=[])
    assert "names no bound" in reasons(run_check(measured, toy_book()))
    assert "at least one relation" in reasons(
        run_check(toy_check(measure=lambda *_: []), toy_book())
    )
    changed = toy_check(mutants=[scale(fmpq(1, 2), "there is no bound")])
    assert "the theorem has none" in reasons(run_check(changed, toy_book()))


def test_an_inequality_without_a_bound_can_be_sharp() -> None:
    def measure(at: Number, _book: Book) -> Sequence[Relation]:
        return [Relation(2 * at.n, "le", at.n * at.n + 1, "2 n <= n^2 + 1")]

    def sharp(ratio: fmpq) -> dict[str, Any]:
        changes = {"measure": measure, "sharp": [Sharp(Number(1), ratio)], "mutants": []}
        return run_check(toy_check(**changes), toy_book())

    assert sharp(fmpq(1))["max_ratio"]["exact"] == "1"
    assert "the ratio claimed is 1/2" in reasons(sharp(fmpq(1, 2)))


def test_results_meet_the_schema_and_are_reused(tmp_path: Path) -> None:
    root = write_checkout(tmp_path / "checkout")
    build = root / "build"

    def run() -> Any:
        return verify(
            build / "theorems.json", build / "checks.json", STATEMENTS[:2], Options(instances=5)
        )

    first = run()
    assert first.passed, [entry["failures"] for entry in first.results]
    assert not first.reused
    document = {"schema": SCHEMA_VERSION, "checks": first.results}
    jsonschema.validate(document, schema())
    assert len(run().reused) == 2


# The mean value theorem


def fraction(value: fmpq) -> Fraction:
    return Fraction(int(value.p), int(value.q))


@settings(max_examples=40, deadline=None)
@given(chords().filter(lambda chord: isinstance(chord.function, Polynomial)))
def test_points_are_counted_as_sympy_counts_them(chord: Chord) -> None:
    """Compare with Sturm sequences."""
    assert isinstance(chord.function, Polynomial)
    x = sympy.Symbol("x")
    terms = [sympy.Rational(fraction(c)) * x**n for n, c in enumerate(chord.function.coefficients)]
    slope = sympy.Rational(fraction(chord.rise / chord.run))
    gap = sympy.Poly(sympy.diff(sum(terms), x) - slope, x)
    with ctx.workprec(256):
        found = chord.points()
    if gap.is_zero:
        assert found == [(chord.a + chord.b) / 2]
        return
    a, b = (sympy.Rational(fraction(end)) for end in (chord.a, chord.b))
    at_ends = sum(gap.eval(end) == 0 for end in {a, b})
    assert len(found) == gap.count_roots(a, b) - at_ends
    assert found


def test_a_point_at_an_end_of_the_interval_does_not_count() -> None:
    """The slope of x^3 - x on [-1, 2] is 2, attained at -1, which is an end, and at 1."""
    cubic = Chord(Polynomial((fmpq(0), fmpq(-1), fmpq(0), fmpq(1))), fmpq(-1), fmpq(2))
    (point,) = cubic.points()
    assert point.overlaps(arb(1))
    assert point < fmpq(11, 10)


def test_functions_that_break_a_hypothesis_have_no_point() -> None:
    assert Chord(absolute_value(), fmpq(-1), fmpq(1)).points() == []
    assert Chord(Polynomial((fmpq(0),)), fmpq(0), fmpq(1), jump=fmpq(1)).points() == []


def test_a_joint_counts_where_the_slopes_agree() -> None:
    flat, cubic = Polynomial((fmpq(0),)), Polynomial((fmpq(0), fmpq(0), fmpq(0), fmpq(1)))
    joined = Joined(flat, cubic, fmpq(0))
    assert joined.points(fmpq(0), fmpq(-1), fmpq(1)) == [fmpq(-1, 2), fmpq(0)]
    assert len(joined.points(fmpq(3, 4), fmpq(-1), fmpq(1))) == 1


def test_the_square_root_has_its_point_between_the_ends() -> None:
    chord = Chord(SquareRoot(), fmpq(1), fmpq(9))
    assert chord.points() == [fmpq(4)]
    assert chord.function.derivative(fmpq(4)) * chord.run == chord.rise


# The real numbers


def test_the_grid_reaches_from_tiny_to_huge() -> None:
    sizes = [abs(value) for value in grid() if value != 0]
    assert min(sizes) < fmpq(1, 10**299)
    assert max(sizes) > 10**6
    at = list(arguments_on_grid())
    assert 4 * len(at) > 2000
    assert any(0 < abs(a.u - 1) < fmpq(1, 10**100) for a in at)
    assert all(a.u > 0 and a.v > 0 for a in at)


@settings(max_examples=50, deadline=None)
@given(cuts())
def test_bisection_keeps_the_supremum_inside(drawn: Cuts) -> None:
    for cut in (drawn.s, drawn.t):
        for low, high in cut.sequence():
            assert low**cut.degree <= cut.power <= high**cut.degree


def test_a_rational_root_is_exact() -> None:
    assert Cut(3, fmpq(8, 27), fmpq(1), 1).supremum() == fmpq(2, 3)
    assert isinstance(Cut(2, fmpq(2), fmpq(2), 1).supremum(), arb)


@settings(max_examples=50, deadline=None)
@given(surds())
def test_surds_are_ordered_as_their_values(at: Any) -> None:
    x, y = at.x, at.y
    with ctx.workprec(200):
        assert x.by_cut().overlaps(x.in_balls())
        assert (x * y).in_balls().overlaps(x.in_balls() * y.in_balls())
        if x != y:
            assert bool(x.in_balls() < y.in_balls()) == (x < y)


def test_a_surd_knows_which_rationals_lie_below() -> None:
    number = Surd(fmpq(0), fmpq(1), 2)
    assert number.above(fmpq(141421, 100000))
    assert not number.above(fmpq(141422, 100000))
    negative = Surd(fmpq(0), fmpq(-1), 2)
    assert negative.above(fmpq(-141422, 100000))
    assert not negative.above(fmpq(-141421, 100000))


@pytest.mark.parametrize("bits", [53, 64, 300])
@pytest.mark.parametrize("value", [fmpq(1, 3), fmpq(-7, 10**40), fmpq(10) ** 30 / 7, fmpq(0)])
def test_intervals_become_balls_that_contain_them(value: fmpq, bits: int) -> None:
    with ctx.workprec(bits):
        image = in_balls(interval(value))
    with ctx.workprec(4000):  # at which the rational itself is as good as exact
        assert image.contains(value)
        assert abs(image - value) <= abs(value) * fmpq(1, 2 ** (bits - 4))


@pytest.mark.parametrize("name", STATEMENTS)
def test_every_statement_is_checked_at_more_digits(name: str) -> None:
    check = load_checks()[FULL + name]
    result = run_check(check, Book(sample_declarations()), Options(instances=10, digits=50))
    assert result["passed"], result["failures"]
    if result["max_error"] is not None:
        assert float(result["max_error"]) < 1e-50


def test_exp_and_log_are_checked_on_thousands_of_arguments() -> None:
    result = run_check(load_checks()[FULL + "exp_log_laws"], Book(sample_declarations()))
    assert result["passed"]
    assert 4 * result["instances"] > 2000
    assert len(result["laws"]) == 14
