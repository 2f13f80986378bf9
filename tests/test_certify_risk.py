"""Certified bounds on the risk: their values, and what is refused."""

from __future__ import annotations

import json
import math
import xml.etree.ElementTree as ElementTree
from fractions import Fraction
from pathlib import Path

import pytest
from flint import arb, ctx, fmpq
from hypothesis import HealthCheck, assume, example, given, settings
from hypothesis import strategies as st
from scipy.optimize import brentq

from certifying import ARGUMENTS, Certify
from deeptheory.certify.claim import read_claim
from deeptheory.certify.files import check_targets, write_all
from deeptheory.certify.forms import FORMS
from deeptheory.certify.inverse import kl_inverse
from deeptheory.certify.risk import DIGITS, best_of, bound_risk, bound_risks, round_up
from deeptheory.errors import UsageError
from deeptheory.formulas import Book

QUIET = settings(
    max_examples=40, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture]
)


def exactly(value: float) -> fmpq:
    return fmpq(*value.as_integer_ratio())


def number(value: fmpq | None) -> float:
    assert value is not None
    return int(value.p) / int(value.q)


# The values

sizes = st.integers(1, 10**6)
risks = st.one_of(st.just(0.0), st.floats(1e-6, 1 - 1e-6))
entropies = st.one_of(st.just(0.0), st.floats(1e-6, 1e5))
deltas = st.floats(1e-9, 0.999)


def float_values(n: int, q: float, k: float, d: float, lam: float) -> dict[str, float]:
    """Compute the bounds in double precision, as is usual."""
    c = (k + math.log(2 * math.sqrt(n) / d)) / n

    def inverse(level: float) -> float:
        def excess(p: float) -> float:
            head = q * math.log(q / p) if q > 0 else 0.0
            return head + (1 - q) * (math.log1p(-q) - math.log1p(-p)) - level

        if excess(1 - 1e-16) <= 0:
            return 1.0
        return float(brentq(excess, max(q, 1e-300), 1 - 1e-16, xtol=1e-15, rtol=1e-14))

    return {
        "maurer": inverse(c),
        "seeger": inverse((k + math.log((n + 1) / d)) / n),
        "quadratic": (math.sqrt(q + c / 2) + math.sqrt(c / 2)) ** 2,
        "lambda": q / (1 - lam / 2) + c / (lam * (1 - lam / 2)),
        "mcallester": q + math.sqrt(c / 2),
        "catoni": q + (k + math.log(1 / d)) / lam + lam / (8 * n),
    }


@given(n=sizes, q=risks, k=entropies, d=deltas, lam=st.floats(1e-3, 1.99))
@example(n=1, q=0.0, k=19511.0, d=0.5, lam=1 / 512)  # a value above 10^7
@QUIET
def test_no_certified_value_is_below_the_usual_one_by_more_than_its_rounding(
    book: Book, n: int, q: float, k: float, d: float, lam: float
) -> None:
    claim = read_claim(n, q, k, d, lam)
    usual = float_values(n, q, k, d, lam)
    for bound in bound_risks(book, claim):
        if bound.formula is None:
            continue
        value, about = number(bound.upper), usual[bound.form.key]
        doubles = 1e-12 * about + 1e-14
        # Of fifteen digits, rounded up, the last is at most 10^-14 of the number.
        rounding = (about + doubles) * 10.0 ** (1 - DIGITS)
        assert about - doubles <= value <= about + doubles + rounding, bound.form.key


@given(n=sizes, q=risks, k=entropies, d=deltas, more=st.floats(1.0001, 4))
@QUIET
def test_bounds_grow_with_the_risk_the_entropy_and_the_confidence(
    book: Book, n: int, q: float, k: float, d: float, more: float
) -> None:
    claim = read_claim(n, q, k, d, "0.7")
    others = [
        read_claim(n, min(q * more + 1e-3, 1.0), k, d, "0.7"),
        read_claim(n, q, k * more + 1e-2, d, "0.7"),
        read_claim(n, q, k, d / more, "0.7"),
    ]
    for form in FORMS.values():
        here = bound_risk(book, form, claim).upper
        if here is None:
            continue
        for other in others:
            there = bound_risk(book, form, other).upper
            assert there is not None
            assert here <= there, form.key


@given(n=sizes, q=risks, k=entropies, d=deltas)
@QUIET
def test_the_number_is_the_least_decimal_that_is_a_bound(
    book: Book, n: int, q: float, k: float, d: float
) -> None:
    claim = read_claim(n, q, k, d)
    bound = bound_risk(book, FORMS["maurer"], claim)
    assert bound.upper is not None
    assert fmpq(*Fraction(bound.decimal).as_integer_ratio()) == bound.upper
    assume(not bound.vacuous and bound.upper > claim.risk)
    below = bound.upper - fmpq(10) ** (math.floor(math.log10(number(bound.upper))) - 14)
    level = book.formula("maurerBound")
    with ctx.workprec(400):
        c = level.ball(arb(claim.kl), n, arb(claim.delta))

        def entropy(p: fmpq) -> arb:
            head = arb(claim.risk) * (arb(claim.risk) / arb(p)).log() if claim.risk > 0 else 0
            return head + (1 - arb(claim.risk)) * ((1 - arb(claim.risk)) / (1 - arb(p))).log()

        assert entropy(bound.upper) >= c
        assert below < claim.risk or entropy(below) < c


@given(
    value=st.fractions(min_value=0, max_value=10**6, max_denominator=10**30),
    digits=st.integers(1, 30),
)
@QUIET
def test_rounding_up_takes_the_next_decimal(value: Fraction, digits: int) -> None:
    exact = fmpq(*value.as_integer_ratio())
    up = round_up(exact, digits)
    assert up >= exact
    if exact > 0:
        assert (up - exact) * fmpq(10) ** (digits - 1) < exact
        assert len(str(int((up * fmpq(10) ** 60).p)).rstrip("0")) <= digits


@given(q=risks, c=st.floats(1e-8, 20), digits=st.integers(5, 40))
@QUIET
def test_the_inverse_is_enclosed_to_its_digits(q: float, c: float, digits: int) -> None:
    exact, level = exactly(q), exactly(c)
    low, high = kl_inverse(exact, level, digits)
    assert exact <= low <= high <= 1
    assert high - low <= fmpq(10) ** -digits * high
    if q == 0:
        with ctx.workprec(300):
            true = 1 - (-arb(level)).exp()
            assert arb(low) <= true
            assert arb(high) >= true


def test_the_best_bound_is_one_of_those_on_maurers_event(book: Book) -> None:
    claim = read_claim("1000", "1/2", "2", "0.05", "200")
    bounds = bound_risks(book, claim)
    by_key = {bound.form.key: bound for bound in bounds}
    catoni, maurer = by_key["catoni"].upper, by_key["maurer"].upper
    assert catoni is not None
    assert maurer is not None
    assert catoni < maurer  # and still it is not taken
    assert best_of(bounds).form.key == "maurer"


@given(n=sizes, q=risks, k=entropies, d=deltas)
@QUIET
def test_maurers_bound_is_the_smallest_on_its_event(
    book: Book, n: int, q: float, k: float, d: float
) -> None:
    best = best_of(bound_risks(book, read_claim(n, q, k, d)))
    assert best.form.key == "maurer" or best.vacuous


def test_a_bound_above_one_is_called_vacuous(certify: Certify) -> None:
    result = certify(
        "--n", "10", "--empirical-risk", "0.3", "--kl", "1e4", "--delta", "0.05", "--json"
    )
    assert result.exit_code == 0
    answer = json.loads(result.stdout)
    assert answer["vacuous"]
    assert {b["status"] for b in answer["bounds"] if b["name"] in ("maurer", "mcallester")} == {
        "vacuous"
    }


def test_the_table_and_the_json_say_the_same(certify: Certify) -> None:
    answer = json.loads(certify(*ARGUMENTS, "--json").stdout)
    assert answer["chosen"] == "maurer"
    assert answer["risk_at_most"] == "0.0874739657471604"
    shown = certify(*ARGUMENTS).stdout
    for bound in answer["bounds"]:
        assert bound["name"] in shown
        if bound["risk_at_most"] is not None:
            assert bound["risk_at_most"] in shown
    assert "needs --lam, fixed before the sample" in shown
    assert "with probability at least 19/20" in shown


def test_catoni_says_what_it_needs(certify: Certify) -> None:
    shown = certify(*ARGUMENTS, "--bound", "catoni", "--lam", "250").stdout
    assert "only if the form and λ were chosen before" in shown


def test_the_drawing_is_a_file_of_its_own(certify: Certify, tmp_path: Path) -> None:
    assert certify(*ARGUMENTS, "--lam", "0.5", "--plot", "p.svg").exit_code == 0
    root = ElementTree.parse(tmp_path / "p.svg").getroot()
    text = " ".join(root.itertext())
    assert root.tag.endswith("svg")
    for name in ("maurer", "seeger", "mcallester", "catoni", "empirical risk"):
        assert name in text
    assert [path.name for path in tmp_path.iterdir()] == ["p.svg"]


# What is refused

LIES = [
    (["--empirical-risk", "1.5"], "a risk lies between 0 and 1"),
    (["--empirical-risk", "-1/10"], "a risk lies between 0 and 1"),
    (["--empirical-risk", "3%"], "is to be a number"),
    (["--kl", "-1e-9"], "a relative entropy is never negative"),
    (["--kl", "nan"], "--kl is nan; give a finite number"),
    (["--kl", "inf"], "--kl is inf; give a finite number"),
    (["--n", "0"], "at least 1"),
    (["--n", "-5"], "at least 1"),
    (["--n", "2.5"], "a whole number"),
    (["--n", "1e400"], "more than 100 digits"),
    (["--n", "ten"], "is to be a number"),
    (["--delta", "0"], "strictly between 0 and 1"),
    (["--delta", "1"], "strictly between 0 and 1"),
    (["--delta", "1/0"], "a division by zero"),
    (["--kl", "1" * 5000], "5000 characters long"),
    (["--kl", "0." + "1" * 150], "more than 100 digits"),
    (["--lam", "0"], "give a positive number"),
    (["--bound", "maurr"], "Did you mean maurer?"),
    (["--bound", "x) := sorry"], "There is no bound named"),
    (["--bound", "catoni"], "needs --lam"),
    (["--bound", "lambda", "--lam", "2"], "has no value here"),
    (["--kl", "2 : R := sorry --"], "is to be a number"),
    (["--kl", "1e6"], "is vacuous here"),
    (["--lean", "value.txt"], "whose name ends in .lean"),
    (["--plot", "value.png"], "whose name ends in .svg"),
    (["--lean", "folder.lean"], "is a folder"),
    (["--lean", "missing/value.lean"], "there is no folder missing"),
    (["--lean", "blocked/value.lean"], "there is no folder blocked"),
    (["--lean", f"{'x' * 300}.lean"], "cannot be written"),
]


@pytest.mark.parametrize(("given_", "says"), LIES, ids=[" ".join(lie[0])[:40] for lie in LIES])
def test_a_lie_is_refused_by_name_and_nothing_is_written(
    given_: list[str], says: str, certify: Certify, tmp_path: Path
) -> None:
    (tmp_path / "folder.lean").mkdir()
    (tmp_path / "blocked").write_text("a file, not a folder", encoding="utf-8")
    arguments = dict(zip(ARGUMENTS[::2], ARGUMENTS[1::2], strict=True))
    arguments |= {"--lean": "ok.lean", "--plot": "ok.svg"}
    arguments |= dict(zip(given_[::2], given_[1::2], strict=True))
    result = certify(*(word for pair in arguments.items() for word in pair))
    assert isinstance(result.exception, UsageError), result.output
    assert says in str(result.exception)
    assert "\n" not in str(result.exception)
    assert len(str(result.exception)) < 600
    assert sorted(path.name for path in tmp_path.iterdir()) == ["blocked", "folder.lean"]
    assert not any((tmp_path / "folder.lean").iterdir())


def test_missing_and_unknown_options_end_with_two(certify: Certify) -> None:
    assert certify(*ARGUMENTS[2:]).exit_code == 2
    assert certify(*ARGUMENTS, "--sorry", "1").exit_code == 2
    with_check = certify(*ARGUMENTS, "--check")
    assert "--check needs --lean FILE" in str(with_check.exception)


def test_one_place_for_two_files_is_refused(tmp_path: Path) -> None:
    targets = {"--lean": (tmp_path / "a.x", ".x"), "--plot": (tmp_path / "a.x", ".x")}
    with pytest.raises(UsageError, match="give two files"):
        check_targets(targets)
    with pytest.raises(UsageError, match="cannot be written"):
        check_targets({"--lean": (tmp_path / "a\0b.lean", ".lean")})


def test_files_are_written_together_or_not_at_all(tmp_path: Path) -> None:
    (tmp_path / "old.lean").write_text("old", encoding="utf-8")
    with pytest.raises(UsageError, match="cannot be written"):
        write_all({tmp_path / "old.lean": "new", tmp_path / "none" / "b.svg": "new"})
    assert (tmp_path / "old.lean").read_text(encoding="utf-8") == "old"
    assert [path.name for path in tmp_path.iterdir()] == ["old.lean"]
