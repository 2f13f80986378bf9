"""What a certified risk states in Lean: numbers and nothing else from the input, and the truth."""

from __future__ import annotations

import json
import random
import re
from fractions import Fraction
from pathlib import Path

import pytest
from flint import fmpq

from certifying import ARGUMENTS, PIECES, SAMPLE, Certify, numbers, texts
from conftest import Run
from deeptheory.certify.claim import Claim, read_claim
from deeptheory.certify.forms import FORMS
from deeptheory.certify.risk import bound_risk
from deeptheory.certify.statement import render
from deeptheory.errors import UsageError
from deeptheory.formulas import Book
from deeptheory.paths import Project


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


def stated_numbers(text: str) -> list[fmpq]:
    """Return the numbers of the theorem in a Lean file, up to its proof."""
    statement = text[text.index("theorem risk_le") :]
    statement = statement[: statement.index(":=")]
    found = re.findall(r"\((\d+(?:/\d+)?) : Rat\)|\.iid (\d+)", statement)
    return [fmpq(*Fraction(a or b).as_integer_ratio()) for a, b in found]


def test_nothing_but_numbers_tells_the_lean_files_of_a_form_apart(book: Book) -> None:
    rng = random.Random(6)
    skeletons = {}
    for key, form in FORMS.items():
        for zero, risk in ((False, "0.03"), (True, "0")):
            lam = "250" if key == "catoni" else "0.5"
            claim = read_claim("1000", risk, "20", "0.05", lam)
            skeletons[key, zero] = skeleton(render(book, bound_risk(book, form, claim)))
    assert len(set(skeletons.values())) == 8  # the two inverses have one more where the risk is 0
    rendered = 0
    for row in numbers(rng):
        claim = read_claim(*row)
        bound = bound_risk(book, FORMS[rng.choice(list(FORMS))], claim)
        if bound.upper is None or bound.vacuous:
            continue
        text = render(book, bound)
        assert skeleton(text) == skeletons[bound.form.key, claim.risk == 0]
        assert stated_numbers(text) == [claim.delta, claim.n, claim.kl, claim.risk, bound.upper]
        rendered += 1
        if rendered == 2000:
            break


def test_refused_input_writes_nothing(certify: Certify, tmp_path: Path) -> None:
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
    """Every form and the corners pass; a smaller bound or another δ does not."""
    good = tmp_path / "good.lean"
    made = run_cli(
        checkout,
        "certify",
        "risk",
        *ARGUMENTS,
        "--lean",
        str(good),
        "--check",
        "--json",
        timeout=2000,
    )
    assert made.returncode == 0, made.stdout + made.stderr
    assert json.loads(made.stdout)["kernel_seconds"] > 0
    text = good.read_text(encoding="utf-8")
    p = fmpq(218684914367901, 2500000000000000)
    less = p - fmpq(1, 10**16)
    files = {
        "smaller": text.replace(str(p), str(less)),  # everywhere: the kernel's check fails
        "claimed": str(less).join(text.rsplit(str(p), 1)),  # in the statement only
        "surer": text.replace("1 - ((1/20", "1 - ((1/30"),
        "fewer": text.replace(".iid 1000", ".iid 999"),
    }
    assert text not in files.values()
    accepted = every_form(book)
    answers = {}
    for name, content in {**files, **accepted}.items():
        path = tmp_path / f"{name}.lean"
        path.write_text(content, encoding="utf-8")
        answers[name] = run_cli(checkout, "check", str(path), timeout=2000)
    run_cli(checkout, "stop")
    wrong = {
        name: answer.stdout[:600] + answer.stderr[:300]
        for name, answer in answers.items()
        if answer.returncode != int(name in files)
    }
    assert not wrong, wrong


def every_form(book: Book) -> dict[str, str]:
    """Return Lean files with a certificate by each form, and for an empirical risk of zero."""
    texts = {}
    for key, form in FORMS.items():
        # Only the forms with a relative entropy of coins write something else where it is zero.
        for name, risk in (("some", "0.03"), ("zero", "0"))[: 1 + (key in ("seeger", "maurer"))]:
            claim = read_claim("1000", risk, "20", "0.05", "250" if key == "catoni" else "0.5")
            texts[f"{key}_{name}"] = render(book, bound_risk(book, form, claim))
    return texts
