"""Certified bounds on the risk: their values, what they refuse, and what they state in Lean."""

from __future__ import annotations

import json
import math
import random
import re
import xml.etree.ElementTree as ElementTree
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from flint import arb, ctx, fmpq
from hypothesis import HealthCheck, assume, given, settings
from hypothesis import strategies as st
from scipy.optimize import brentq
from typer.testing import CliRunner, Result

from conftest import Run
from deeptheory.certify.bisection import kl_inverse
from deeptheory.certify.claim import Claim, read_claim
from deeptheory.certify.files import check_targets, write_all
from deeptheory.certify.forms import FORMS
from deeptheory.certify.risk import best_of, bound_risk, bound_risks, round_up
from deeptheory.certify.statement import render
from deeptheory.cli import app
from deeptheory.errors import UsageError
from deeptheory.formulas import Book
from deeptheory.paths import Project

QUIET = settings(
    max_examples=40, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture]
)
SAMPLE = ("1000", "0.03", "20", "0.05", "0.5")
ARGUMENTS = ["--n", "1000", "--empirical-risk", "0.03", "--kl", "20", "--delta", "0.05"]


@pytest.fixture(scope="module")
def book(checkout: Project) -> Book:
    if not checkout.theorems_json.is_file():
        pytest.skip("the library is not proved: run `make`")
    return Book.load(checkout.theorems_json)


@pytest.fixture
def certify(
    book: Book, checkout: Project, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> Callable[..., Result]:
    """Return a function that runs the command in an empty folder."""
    monkeypatch.chdir(tmp_path)
    monkeypatch.setenv("DEEPTHEORY_PROJECT", str(checkout.root))
    monkeypatch.setattr(Book, "load", classmethod(lambda cls, path: book))
    return lambda *arguments: CliRunner().invoke(app, ["certify", "risk", *arguments])


def fraction(value: float) -> fmpq:
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
@QUIET
def test_no_certified_value_is_below_the_usual_one_by_more_than_its_rounding(
    book: Book, n: int, q: float, k: float, d: float, lam: float
) -> None:
    claim = read_claim(n, q, k, d, lam)
    usual = float_values(n, q, k, d, lam)
    for bound in bound_risks(book, claim):
        if bound.formula is None:
            continue
        value = number(bound.upper)
        slack = 1e-12 * usual[bound.form.key] + 1e-14
        assert value >= usual[bound.form.key] - slack, bound.form.key
        assert value <= usual[bound.form.key] + 1e-8, bound.form.key


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
    assert fmpq(*_ratio(bound.decimal)) == bound.upper
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


def _ratio(decimal: str) -> tuple[int, int]:
    from fractions import Fraction

    return Fraction(decimal).as_integer_ratio()


@given(
    value=st.fractions(min_value=0, max_value=10**6, max_denominator=10**30),
    digits=st.integers(1, 30),
)
@QUIET
def test_rounding_up_takes_the_next_decimal(value: object, digits: int) -> None:
    exact = fmpq(*value.as_integer_ratio())  # type: ignore[attr-defined]
    up = round_up(exact, digits)
    assert up >= exact
    if exact > 0:
        assert (up - exact) * fmpq(10) ** (digits - 1) < exact
        assert len(str(int((up * fmpq(10) ** 60).p)).rstrip("0")) <= digits


@given(q=risks, c=st.floats(1e-8, 20), digits=st.integers(5, 40))
@QUIET
def test_the_inverse_is_enclosed_to_its_digits(q: float, c: float, digits: int) -> None:
    exact, level = fraction(q), fraction(c)
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


def test_a_bound_above_one_is_called_vacuous(certify: Callable[..., Result]) -> None:
    result = certify(
        "--n", "10", "--empirical-risk", "0.3", "--kl", "1e4", "--delta", "0.05", "--json"
    )
    assert result.exit_code == 0
    answer = json.loads(result.stdout)
    assert answer["vacuous"]
    assert {b["status"] for b in answer["bounds"] if b["name"] in ("maurer", "mcallester")} == {
        "vacuous"
    }


def test_the_table_and_the_json_say_the_same(certify: Callable[..., Result]) -> None:
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


def test_catoni_says_what_it_needs(certify: Callable[..., Result]) -> None:
    shown = certify(*ARGUMENTS, "--bound", "catoni", "--lam", "250").stdout
    assert "only if the form and λ were chosen before" in shown


def test_the_drawing_is_a_file_of_its_own(certify: Callable[..., Result], tmp_path: Path) -> None:
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
    given_: list[str], says: str, certify: Callable[..., Result], tmp_path: Path
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


def test_missing_and_unknown_options_end_with_two(certify: Callable[..., Result]) -> None:
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


# What reaches Lean

PIECES = [
    "0", "1", "2", "7", "10", "1000", "0.03", "1/3", "3/7", ".5", "1e-3", "1E5", "-", "+", "−",
    "_", " ", "/", ".", "e", "nan", "inf", "∞", "1_000", "(", ")", ":=", "sorry", "by decide",
    "native_decide", "\n", "\t", "\0", "-/", "/-", "--", "#eval 1", "«x»", "theorem", "axiom a",
    "open Lean", ": R", "%", "²", "٣", "0x10", "1e99999", "1e-99999", "9" * 101, "9" * 99,
    "1/0", "0/1", "{", "}", "\\", '"', "import Lean", "end Certified", "^", "*", ",", ";",
]  # fmt: skip


def texts(rng: random.Random) -> Iterator[list[str]]:
    """Yield the five inputs of a command: numbers, damaged numbers, Lean text, rubbish."""
    good = SAMPLE
    while True:
        row = list(good)
        for place in range(5):
            kind = rng.random()
            if kind < 0.35:
                continue
            if kind < 0.55:
                row[place] = repr(abs(rng.gauss(0, 1)) * 10 ** rng.randint(-12, 6))
            elif kind < 0.7:
                row[place] = f"{rng.randint(0, 10**6)}/{rng.randint(0, 10**6)}"
            elif kind < 0.97:
                row[place] = "".join(rng.choices(PIECES, k=rng.randint(1, 4)))
            else:
                size = rng.randint(1, 400)
                row[place] = "".join(chr(rng.randint(0, 0x2FFF)) for _ in range(size))
        yield row


def test_a_hundred_thousand_inputs_are_numbers_or_refused() -> None:
    rng = random.Random(20)
    accepted = refused = 0
    for row, _ in zip(texts(rng), range(100_000), strict=False):
        try:
            claim = read_claim(*row)
        except UsageError as error:
            refused += 1
            message = str(error)
            assert "\n" not in message
            assert len(message) < 2000
            continue
        accepted += 1
        assert isinstance(claim.n, int)
        assert 1 <= claim.n < 10**100
        assert 0 <= claim.risk <= 1
        assert claim.kl >= 0
        assert 0 < claim.delta < 1
        for value in (claim.risk, claim.kl, claim.delta, claim.lam):
            assert isinstance(value, fmpq)
            assert max(abs(int(value.p)), int(value.q)) < 10**100
    assert accepted > 3000
    assert refused > 50_000


def skeleton(text: str) -> str:
    """Return a Lean file with a sign in place of each number."""
    return re.sub(r"\(\d+/\d+\)|\d+/\d+|\d+(?:\.\d+)?(?:e[+-]\d+)?", "#", text)


def stated_numbers(text: str) -> list[str]:
    """Return the numbers of the theorem in a Lean file, up to its proof."""
    statement = text[text.index("theorem risk_le") :]
    statement = statement[: statement.index(":=")]
    return re.findall(r"\((\S+) : Rat\)|\.iid (\d+)", statement)  # type: ignore[return-value]


def with_theorems(book: Book) -> list[str]:
    """Return the forms whose theorem the catalog has."""
    return [key for key, form in FORMS.items() if f"DeepTheory.{form.theorem}" in book.declarations]


def test_nothing_but_numbers_tells_the_lean_files_of_a_form_apart(book: Book) -> None:
    rng = random.Random(6)
    keys = with_theorems(book)
    skeletons = {
        (key, zero): skeleton(
            render(book, bound_risk(book, FORMS[key], read_claim("1000", q, "20", "0.05", "1/2")))
        )
        for key in keys
        if key != "catoni"
        for zero, q in ((False, "0.03"), (True, "0"))
    }
    for zero, q in ((False, "0.03"), (True, "0")):
        claim = read_claim("1000", q, "20", "0.05", "250")
        skeletons["catoni", zero] = skeleton(render(book, bound_risk(book, FORMS["catoni"], claim)))
    rendered = 0
    for row in texts(rng):
        row[0] = rng.choice(["1000", "60000", "1e6", "12345"])
        try:
            claim = read_claim(*row)
            bound = bound_risk(book, FORMS[rng.choice(keys)], claim)
            text = render(book, bound)
        except UsageError:
            continue
        assert skeleton(text) == skeletons[bound.form.key, claim.risk == 0]
        numbers = [fmpq(*_ratio(a or b)) for a, b in stated_numbers(text)]
        assert numbers == [claim.delta, claim.n, claim.kl, claim.risk, bound.upper]
        rendered += 1
        if rendered == 2000:
            break


def test_refused_input_writes_nothing(certify: Callable[..., Result], tmp_path: Path) -> None:
    rng = random.Random(7)
    names = ["--n", "--empirical-risk", "--kl", "--delta", "--lam"]
    refused = 0
    for row, _ in zip(texts(rng), range(300), strict=False):
        words = [word for pair in zip(names, row, strict=True) for word in pair]
        bound = rng.choice([*FORMS, "best", *PIECES])
        result = certify(*words, "--bound", bound, "--lean", "a.lean", "--plot", "a.svg")
        written = sorted(path.name for path in tmp_path.iterdir())
        if result.exit_code == 0:
            assert written == ["a.lean", "a.svg"]
        else:
            assert isinstance(result.exception, (UsageError, SystemExit)), result.exception
            assert written == []
            refused += 1
        for path in tmp_path.iterdir():
            path.unlink()
    assert refused > 100


# What the files state


def test_the_catalog_has_every_theorem_with_the_hypotheses_that_are_given(book: Book) -> None:
    for form in FORMS.values():
        declaration = book.declarations[f"DeepTheory.{form.theorem}"]
        names = {hypothesis["name"] for hypothesis in declaration["hypotheses"]}
        assert names == {"hℓ", *form.hypotheses}, form.key
        formula = book.formula(form.formula)
        assert {param.name for param in formula.params} <= {"q", "K", "n", "δ", "lam"}


def test_the_file_states_the_complete_theorem(book: Book) -> None:
    text = render(book, bound_risk(book, FORMS["maurer"], read_claim(*SAMPLE)))
    statement = " ".join(text[text.index("theorem risk_le") :].split())
    assert (
        "(μ : Dist R Z) (π : Dist R H) {ℓ : H → Z → R} (hℓ : ∀ h z, 0 ≤ ℓ h z ∧ ℓ h z ≤ 1) : "
        "1 - ((1/20 : Rat) : R) ≤ probOf (μ.iid 1000) fun x => ∀ ρ : Dist R H, AbsCont ρ π → "
        "klDiv ρ π ≤ ((20 : Rat) : R) → "
        "(expect ρ fun h => empMean (ℓ h) x) ≤ ((3/100 : Rat) : R) → "
        "(expect ρ fun h => expect μ (ℓ h)) ≤ ((218684914367901/2500000000000000 : Rat) : R) := "
        "maurer_certified μ π hℓ"
    ) in statement
    assert "sorry" not in text
    assert max(map(len, text.splitlines())) < 400


def test_a_vacuous_bound_and_a_lost_one_have_no_file(book: Book) -> None:
    vacuous = bound_risk(book, FORMS["maurer"], Claim(10, fmpq(1, 2), fmpq(5000), fmpq(1, 20)))
    with pytest.raises(UsageError, match="is vacuous here"):
        render(book, vacuous)
    with pytest.raises(UsageError, match="needs --lam"):
        render(book, bound_risk(book, FORMS["catoni"], Claim(10, fmpq(0), fmpq(1), fmpq(1, 2))))


@pytest.mark.lean
@pytest.mark.timeout(2400)
def test_the_kernel_checks_a_file_and_refuses_tampered_ones(
    book: Book, checkout: Project, run_cli: Run, tmp_path: Path
) -> None:
    """Every form and the corners pass within ten seconds; a smaller bound or another δ does not."""
    good = tmp_path / "good.lean"
    made = run_cli(
        checkout, "certify", "risk", *ARGUMENTS, "--lean", str(good), "--check", "--json",
        timeout=2000,
    )  # fmt: skip
    assert made.returncode == 0, made.stdout + made.stderr
    assert json.loads(made.stdout)["kernel_seconds"] < 10
    text = good.read_text(encoding="utf-8")
    p = fmpq(218684914367901, 2500000000000000)
    less = p - fmpq(1, 10**16)
    tampered = {
        "smaller": text.replace(str(p), str(less)),  # everywhere: the kernel's check fails
        "claimed": str(less).join(text.rsplit(str(p), 1)),  # in the statement only
        "surer": text.replace("1 - ((1/20", "1 - ((1/30"),
        "fewer": text.replace(".iid 1000", ".iid 999"),
    }
    answers = {}
    for name, changed in tampered.items():
        assert changed != text
        path = tmp_path / f"{name}.lean"
        path.write_text(changed, encoding="utf-8")
        answers[name] = run_cli(checkout, "check", str(path), timeout=2000).returncode
    assert answers == dict.fromkeys(tampered, 1)
    for key in FORMS:
        for place, risk in enumerate(("0", "0.03")):
            lam = "250" if key == "catoni" else "0.5"
            claim = read_claim("1000", risk, "20", "0.05", lam)
            path = tmp_path / f"{key}{place}.lean"
            path.write_text(render(book, bound_risk(book, FORMS[key], claim)), encoding="utf-8")
            answer = run_cli(checkout, "check", "--json", str(path), timeout=2000)
            assert answer.returncode == 0, f"{key}: {answer.stdout}{answer.stderr}"
            assert json.loads(answer.stdout)["seconds"] < 10
    run_cli(checkout, "stop")
