"""Lean files that state certified values: what they say, and what the kernel makes of them."""

from __future__ import annotations

import re
from fractions import Fraction
from pathlib import Path

import pytest
from flint import fmpq
from typer.testing import CliRunner

from conftest import Run
from deeptheory.certificates import certificate, enclosure, reify
from deeptheory.certificates.checker import Checker
from deeptheory.certificates.reify import expression
from deeptheory.checks.instances.trees import adversarial, single
from deeptheory.cli import app
from deeptheory.errors import UsageError
from deeptheory.formulas import Book
from deeptheory.formulas.bounds import evaluate_bound
from deeptheory.paths import Project

SAMPLES = {
    "gd_convex": {"L": "2", "D": "1/3", "k": "10"},
    "gd_nonconvex": {"L": "0.7", "Δ": "1e-9", "K": "17"},
    "gd_pl": {"L": "2", "μ": "1/7", "Δ": "3", "k": "100"},
    "gd_strongly_convex": {"L": "1e6", "μ": "1", "D": "5", "k": "1000"},
    "descent_lemma": {"fx": "-1/3", "s": "-2", "L": "3", "d": "0.1"},
    "leastSquaresSmoothness": {"n": "2", "d": "3", "A": "1,2,3;-4,0.5,1/3"},
    "leastSquares": {"n": "2", "d": "2", "A": "1,2;3,4", "b": "1,1/3", "x": "0.1,-2"},
    "huber": {"L": "2", "τ": "1", "x": "-3"},
    "expSeq": {"x": "1", "n": "3"},
    "rpow": {"x": "2", "a": "1/2"},
}
CORNERS = [
    ("rpow", {"x": "0", "a": "0"}),  # the condition holds with equality
    ("leastSquares", {"n": "1", "d": "1", "A": "1", "b": "1", "x": f"1.{'0' * 29}1"}),  # cancels
    ("huber", {"L": "2", "τ": "1", "x": "1"}),
    ("expSeq", {"x": "1", "n": "1000"}),
]


def text_of(book: Book, name: str, arguments: dict[str, str], digits: int = 15) -> str:
    bound = evaluate_bound(book, name, arguments, digits=digits)
    return certificate(bound, book.declarations[bound.formula.name]["module"])


def test_the_file_states_the_value_at_these_arguments(book: Book) -> None:
    text = text_of(book, "gd_convex", SAMPLES["gd_convex"])
    assert "(L := ((2 : Rat) : R))" in text
    assert "(D := ((1/3 : Rat) : R))" in text
    assert "(k := 10)" in text
    assert "public import DeepTheory.Optimization.Convex\n" in text
    assert len(re.findall(r"\(\(1/90 : Rat\) : R\)", text)) == 2
    assert "* LipschitzWith L g" in text  # what the caller vouches for
    assert max(map(len, text.splitlines())) < 120


def test_the_ends_enclose_the_value_and_are_close(book: Book) -> None:
    for digits in (5, 15, 60):
        bound = evaluate_bound(book, "rpow", SAMPLES["rpow"], digits=digits)
        ends = enclosure(bound)
        assert ends.lower**2 < 2 < ends.upper**2
        assert ends.upper - ends.lower < fmpq(10) ** (2 - digits)


def test_a_rational_value_is_stated_exactly(book: Book) -> None:
    ends = enclosure(evaluate_bound(book, "gd_convex", SAMPLES["gd_convex"]))
    assert ends.lower == ends.upper == fmpq(1, 90)


def test_the_checker_confirms_every_stated_end(book: Book) -> None:
    for name, arguments in [*SAMPLES.items(), *CORNERS]:
        bound = evaluate_bound(book, name, arguments)
        stated = enclosure(bound)
        ends = Checker(stated.bits).bounds(bound.formula.body, bound.arguments)
        assert ends is not None
        upper = Fraction(int(stated.upper.p), int(stated.upper.q))
        lower = Fraction(int(stated.lower.p), int(stated.lower.q))
        assert lower <= ends.lo <= ends.hi <= upper, name


def test_indices_are_counted_from_the_innermost_sum(book: Book) -> None:
    bound = evaluate_bound(book, "leastSquares", SAMPLES["leastSquares"])
    tree = reify(bound.formula, bound.arguments).tree
    assert "(.entry [1, 2, 3, 4] (.add (.mul (.idx 1) (.lit 2)) (.idx 0)))" in tree
    assert "(.entry [(1/10), (-2)] (.idx 0))" in tree


@pytest.mark.parametrize(
    ("arguments", "says"),
    [
        (["--lean", "value.txt"], "value.txt is no Lean file"),
        (["--lean", "blocked/value.lean"], "blocked/value.lean cannot be written"),
        (["--check"], "--check needs --lean FILE"),
    ],
)
def test_bad_requests_are_refused_and_nothing_is_written(
    arguments: list[str],
    says: str,
    checkout: Project,
    book: Book,
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    (tmp_path / "blocked").write_text("a file, not a folder", encoding="utf-8")
    monkeypatch.chdir(tmp_path)
    monkeypatch.setenv("DEEPTHEORY_PROJECT", str(checkout.root))
    given = ["bound", "gd_convex", "--L", "2", "--D", "1", "--k", "10"]
    result = CliRunner().invoke(app, [*given, *arguments])
    assert result.exit_code != 0
    assert says in f"{result.output} {result.exception}"
    assert [path.name for path in tmp_path.iterdir()] == ["blocked"]


def test_nothing_but_parsed_numbers_reaches_lean(book: Book) -> None:
    for value in ("1) sorry", "2 : R := sorry --", "native_decide", "1/0", "«x»", "1\n#eval 1"):
        with pytest.raises(UsageError):
            text_of(book, "gd_convex", {"L": value, "D": "1", "k": "3"})
        with pytest.raises(UsageError):
            text_of(book, "gd_convex", {"L": "1", "D": "1", "k": value})


def test_an_argument_that_is_no_rational_number_is_named(book: Book) -> None:
    formula = book.formula(book.resolve("rpow", book.formula_names, what="formula"))
    from flint import arb

    with pytest.raises(UsageError, match="x is not a rational number"):
        reify(formula, {"x": arb(2).sqrt(), "a": fmpq(1)})


def test_the_checker_refuses_what_it_cannot_enclose() -> None:
    for task in (single("inv", 0), single("log", 0), single("log", -1), single("rpow", -2, 3)):
        assert Checker(53).bounds(task.tree, task.arguments) is None
        assert not Checker(53).accepts(task.tree, task.arguments, Fraction(10**9))


def agreement(tasks: list[str]) -> str:
    # A long list would exhaust the stack of the elaborator.
    chunks = [tasks[start : start + 20] for start in range(0, len(tasks), 20)]
    examples = "\n\n".join(
        "example : [\n  " + ",\n  ".join(rows) + "].all id = true := by decide +kernel"
        for rows in chunks
    )
    return f"""module

public import DeepTheory.Certificates.Check

open DeepTheory DeepTheory.Certificates

noncomputable def agrees (p : Nat) (e : Expr) (ends : Option (Rat × Rat)) : Bool :=
  match e.bounds p (pointBoxes []) [], ends with
  | some I, some (lo, hi) => I.lo == lo && I.hi == hi
  | none, none => true
  | _, _ => false

{examples}
"""


def row(p: int, tree: str, ends: tuple[Fraction, Fraction] | None) -> str:
    stated = "none" if ends is None else f"(some ({ends[0]}, {ends[1]}))"
    return f"agrees {p} {tree} {stated}"


def one_file(texts: list[str]) -> str:
    """Return one file with the certificates, few of them: the kernel holds about 1 GB for each."""
    imports = sorted(
        {line for text in texts for line in re.findall(r"^public import .*", text, re.M)}
    )
    bodies = [
        f"namespace Sample{n}\n{text[text.index('open DeepTheory') :]}\nend Sample{n}\n"
        for n, text in enumerate(texts)
    ]
    return "\n".join(["module", *imports, *bodies])


@pytest.mark.lean
@pytest.mark.timeout(2400)
def test_the_kernel_confirms_values_and_refuses_what_is_false(
    book: Book, checkout: Project, run_cli: Run, tmp_path: Path
) -> None:
    """Files with the samples, one with a value pushed past the truth, one with the checker.

    The kernel runs the checker of the library; its ends must be those of the Python twin, of which
    the numeric check speaks.
    """
    samples = [*SAMPLES.items(), *CORNERS[:3]]
    pieces = [text_of(book, name, arguments) for name, arguments in samples]
    good = {f"good{n}": one_file(pieces[n : n + 3]) for n in range(0, len(pieces), 3)}
    convex = text_of(book, "gd_convex", SAMPLES["gd_convex"])
    root = text_of(book, "rpow", SAMPLES["rpow"])
    upper = max(re.findall(r"\d+/\d+", root[: root.index("theorem lower")]), key=len)
    pushed_root = root.replace(upper, str(Fraction(upper) - Fraction(1, 10**13)), 1)
    files = {
        **good,
        "convex": convex.replace("1/90", "1/91", 1),  # the upper end
        "below": convex[::-1].replace("1/90"[::-1], "1/89"[::-1], 1)[::-1],  # the lower end
        "root": pushed_root,
    }
    tasks, seen = adversarial()[::9], set()
    rows = []
    for task in tasks:
        found = Checker(task.p).bounds(task.tree, task.arguments)
        tree = expression(task.tree, task.arguments)
        ends = [] if found is None else [found.lo, found.hi]
        if any(max(abs(e.numerator), e.denominator).bit_length() > 3000 for e in ends):
            continue  # exp of a million: right, and 434 295 digits long
        if (task.p, tree) not in seen:
            seen.add((task.p, tree))
            rows.append(row(task.p, tree, None if found is None else (found.lo, found.hi)))
    assert len(rows) > 150
    files["agree"] = agreement(rows)
    files["disagree"] = agreement([row(53, "(.exp (.num (1/3)))", None)])
    answers = {}
    for name, text in files.items():
        (tmp_path / f"{name}.lean").write_text(text, encoding="utf-8")
        answers[name] = run_cli(checkout, "check", str(tmp_path / f"{name}.lean"), timeout=2000)
    run_cli(checkout, "stop")
    refused = {"convex", "below", "root", "disagree"}
    wrong = {
        name: answer.stdout[:600] + answer.stderr[:300]
        for name, answer in answers.items()
        if answer.returncode != int(name in refused)
    }
    assert not wrong, wrong
