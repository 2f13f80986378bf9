"""The audit's reports on theorems, and its rules on docstring numbers and numeric checks."""

from __future__ import annotations

import json
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest
from typer.testing import CliRunner

from deeptheory.audit import audit, audit_reports
from deeptheory.audit.checks import CHECK_RULES, audit_checks
from deeptheory.audit.constants import docstring_constants
from deeptheory.audit.report import ASPECTS, make_reports
from deeptheory.audit.source import SOURCE_RULES
from deeptheory.audit.theorems import THEOREM_RULES, audit_catalog
from deeptheory.catalog import Catalog, Declaration, build_catalog
from deeptheory.checkresults import write_results
from deeptheory.cli.app import app
from deeptheory.errors import FailureError, UsageError
from deeptheory.paths import Project
from library import BASIC, DEFECTS, edit_source, make_library

THEOREM = "DeepTheory.Sample.add_self_le"


@pytest.fixture
def project(tmp_path: Path) -> Project:
    return make_library(tmp_path)


@pytest.fixture
def catalog(project: Project) -> Catalog:
    return Catalog.read(build_catalog(project))


def result(passed: bool = True, **changes: Any) -> dict[str, Any]:
    mutant = {"name": "bound * 1/2", "description": "", "killed": True, "killed_by": "it"}
    return {
        "theorem": THEOREM,
        "passed": passed,
        "failures": [] if passed else [{"reason": "the bound is too small"}],
        "instances": 50,
        "max_ratio": {"decimal": "0.5000", "radius": "0", "exact": "1/2", "instance": {}},
        "max_error": None,
        "mutants": [mutant],
        "fingerprint": "x",
        **changes,
    }


# Numbers in docstrings


def speaking(catalog: Catalog, prose: str, name: str = "add_self_le") -> list[str]:
    return list(docstring_constants(replace(catalog.get(name), prose=prose), catalog))


@pytest.mark.parametrize(
    ("prose", "number"),
    [
        ("**Doubling.** A number and itself make `3 x`.", "3"),
        ("**Doubling.** A number and itself make x times 4/7.", "4"),
        ("**Doubling.** They make `2 x ^ 3`.", "3"),
        ("**Doubling.** They make at most 0 plus 17.", "17"),
    ],
)
def test_a_docstring_number_that_the_statement_does_not_hold_is_found(
    catalog: Catalog, prose: str, number: str
) -> None:
    messages = speaking(catalog, prose)
    assert messages
    assert number in messages[0]


@pytest.mark.parametrize(
    "prose",
    [
        "**Doubling.** A number and itself make `2 x`.",
        "**Doubling.** Twice the number, with probability 1, in `[0, 1]`.",
        "**Doubling.** With names: `x₀`, `L2`, `h13`, `x'3`.",
        "**Doubling.** It is `2 x` (Nesterov 2018, Theorem 2.1.14), see Lemma 77.",
        "**Doubling.** It is `2 x`.\n\nA remark may do arithmetic: 12 times as much is 24.",
        "",
    ],
)
def test_numbers_that_are_no_claim_or_occur_pass(catalog: Catalog, prose: str) -> None:
    assert speaking(catalog, prose) == []


def test_half_and_twice_count_as_a_two(catalog: Catalog) -> None:
    d = catalog.get("add_self_le")
    bare = replace(d, signature="", type="", type_uses=(), card=None)
    assert d.card is not None
    bare = replace(bare, card=replace(d.card, bound=None))
    bare = replace(bare, conclusion=replace(d.conclusion, lhs=None, rhs=None))
    for words in ("Twice the number.", "Half of the number.", "half its size"):
        (message,) = docstring_constants(replace(bare, prose=words), catalog)
        assert "2" in message
    assert list(docstring_constants(replace(bare, prose="Two halves meet."), catalog)) == []


def test_an_exponent_has_to_occur_as_an_exponent(catalog: Catalog) -> None:
    theorem = catalog.get("add_self_le")
    assert speaking(catalog, "It is `x ^ 2`.") != []
    squared = replace(theorem, signature=theorem.signature + " x ^ 2", prose="It is `x ^ 2`.")
    assert list(docstring_constants(squared, catalog)) == []


def test_a_quotient_of_two_numbers_of_the_statement_may_be_spoken_of(catalog: Catalog) -> None:
    theorem = catalog.get("add_self_le")
    eighth = replace(theorem, signature=theorem.signature + " x / 8", prose="Variance `x / 4`.")
    assert list(docstring_constants(eighth, catalog)) == []


def test_only_headlines_are_asked(catalog: Catalog) -> None:
    assert speaking(catalog, "It makes `99 x`.", "add_self_le_witness") == []


def test_the_rule_is_part_of_the_audit(project: Project) -> None:
    edit_source(project, "**Doubling.**", "**Doubling 41 times.**")
    build_catalog(project)
    assert [f.rule for f in audit(project)] == ["constants"]


# Checks


@pytest.mark.parametrize(
    ("entry", "rules"),
    [
        (result(), []),
        (result(passed=False), ["check-failed"]),
        (result(mutants=[]), ["no-mutants"]),
        (result(mutants=[{"name": "m", "killed": False}]), ["mutant-survives"]),
    ],
)
def test_a_check_that_fails_or_cannot_fail_is_found(
    catalog: Catalog, entry: dict[str, Any], rules: list[str]
) -> None:
    findings = audit_checks(catalog, {THEOREM: entry})
    assert [f.rule for f in findings] == rules
    if rules:
        assert (findings[0].file, findings[0].line) == (
            catalog.get(THEOREM).file,
            catalog.get(THEOREM).line,
        )


def test_a_theorem_that_was_not_checked_yet_breaks_no_rule(catalog: Catalog) -> None:
    assert audit_checks(catalog, {}) == []


def test_the_results_on_disk_are_audited(project: Project) -> None:
    build_catalog(project)
    write_results(project.checks_json, [result(passed=False)])
    assert [f.rule for f in audit(project)] == ["check-failed"]


# Reports


def test_every_rule_on_theorems_and_checks_belongs_to_one_line_of_the_report() -> None:
    listed = [rule for _, rules in ASPECTS.values() for rule in rules]
    assert len(listed) == len(set(listed))
    assert set(THEOREM_RULES) | set(CHECK_RULES) <= set(listed)
    assert set(listed) <= {*THEOREM_RULES, *CHECK_RULES, *SOURCE_RULES, "stale"}


def test_a_clean_theorem_has_a_clean_report(project: Project) -> None:
    build_catalog(project)
    write_results(project.checks_json, [result()])
    reports, findings = audit_reports(project)
    assert findings == []
    report = next(r for r in reports if r.theorem.name == THEOREM)
    assert report.ok
    states = {aspect.key: aspect.state for aspect in report.aspects}
    assert list(states) == list(ASPECTS)
    assert set(states.values()) == {"ok"}
    texts = {aspect.key: aspect.text for aspect in report.aspects}
    assert texts["check"] == "passed, 50 instances, largest ratio 1/2, 1 of 1 mutants refuted"
    assert "add_self_le_witness" in texts["witness"]
    assert "propext" in texts["axioms"]


def states_of(catalog: Catalog, d: Declaration, entry: dict[str, Any] | None) -> dict[str, str]:
    """Return the states of a theorem's report after a change of the theorem."""
    changed = replace(catalog, declarations=tuple(d if e.name == d.name else e for e in catalog))
    results = {THEOREM: entry} if entry else {}
    findings = audit_catalog(changed) + audit_checks(changed, results)
    report = next(r for r in make_reports(changed, results, findings) if r.theorem.name == d.name)
    return {aspect.key: aspect.state for aspect in report.aspects}


def planted(d: Declaration) -> dict[str, Declaration]:
    """Return the theorem with a defect planted for each of some lines of the report."""
    assert d.card is not None
    true = replace(d.conclusion, text="True")
    unused = tuple(replace(h, used=False) for h in d.hypotheses)
    return {
        "axioms": replace(d, axioms=("sorryAx",)),
        "sharpness": replace(d, conclusion=replace(d.conclusion, mentions=())),
        "triviality": replace(d, conclusion=replace(true, mentions=d.conclusion.mentions)),
        "hypotheses": replace(d, hypotheses=unused),
        "constants": replace(d, prose="It is `5 x`."),
    }


@pytest.mark.parametrize("aspect", ["axioms", "sharpness", "triviality", "hypotheses", "constants"])
def test_a_planted_defect_shows_in_its_line_alone(catalog: Catalog, aspect: str) -> None:
    states = states_of(catalog, planted(catalog.get(THEOREM))[aspect], result())
    assert states.pop(aspect) == "defect"
    assert set(states.values()) == {"ok"}


def test_a_planted_defect_of_the_witness_shows(catalog: Catalog) -> None:
    other = catalog.get("next")
    prop = replace(other, conclusion=replace(other.conclusion, text="Prop"))
    declarations = tuple(prop if d.name == other.name else d for d in catalog)
    with_prop = replace(catalog, declarations=declarations)
    theorem = catalog.get(THEOREM)
    needs = replace(theorem, type_uses=(*theorem.type_uses, other.name))
    assert states_of(with_prop, needs, result())["witness"] == "defect"


def test_a_check_that_failed_or_was_not_run_shows(catalog: Catalog) -> None:
    theorem = catalog.get(THEOREM)
    assert states_of(catalog, theorem, result(passed=False))["check"] == "defect"
    assert states_of(catalog, theorem, None)["check"] == "unknown"


def test_a_theorem_whose_tightness_is_open_says_so(catalog: Catalog) -> None:
    theorem = catalog.get(THEOREM)
    assert theorem.card is not None
    sharp = replace(theorem.card.sharp, theorem=None, note="open, nobody knows")
    opened = replace(theorem, card=replace(theorem.card, sharp=sharp))
    assert states_of(catalog, opened, result())["sharpness"] == "open"


def test_a_source_that_is_not_the_one_proved_shows(project: Project) -> None:
    build_catalog(project)
    edit_source(project, "theorem add_self_le ", "theorem add_self_le  ")
    reports, _ = audit_reports(project)
    report = next(r for r in reports if r.theorem.name == THEOREM)
    assert {a.key for a in report.aspects if a.state == "defect"} == {"source"}


# Command


def run(project: Project, monkeypatch: pytest.MonkeyPatch, *args: str) -> Any:
    monkeypatch.setenv("DEEPTHEORY_PROJECT", str(project.root))
    return CliRunner().invoke(app, ["audit", *args])


def test_the_command_prints_one_table_a_theorem(
    project: Project, monkeypatch: pytest.MonkeyPatch
) -> None:
    build_catalog(project)
    shown = run(project, monkeypatch, "add_self_le")
    assert shown.exit_code == 0
    assert shown.output.count("hypotheses unused in the proof") == 1
    for part in ("Sample.add_self_le", "witness", "sharpness", "docstring constants", "not run"):
        assert part in shown.output
    everything = run(project, monkeypatch)
    headlines = Catalog.load(project).headlines
    assert everything.output.count("triviality test") == len(headlines) > 0
    summary = run(project, monkeypatch, "--summary")
    assert "triviality test" not in summary.output
    assert all(d.short in summary.output for d in headlines)


def test_a_named_theorem_is_judged_alone(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    project = make_library(tmp_path, BASIC, DEFECTS)
    build_catalog(project)
    assert run(project, monkeypatch, "add_self_le").exit_code == 0
    wrong = run(project, monkeypatch, "concludes_true", "--json")
    assert isinstance(wrong.exception, FailureError)
    listed = json.loads(wrong.output)
    assert {f["rule"] for f in listed["findings"]} == {
        "unused-hypothesis",
        "true-conclusion",
        "trivial-proof",
    }
    (entry,) = listed["theorems"]
    assert not entry["ok"]
    assert entry["aspects"]["triviality"]["state"] == "defect"


def test_names_without_a_table_are_refused(
    project: Project, monkeypatch: pytest.MonkeyPatch
) -> None:
    build_catalog(project)
    unknown = run(project, monkeypatch, "add_self_lee")
    assert isinstance(unknown.exception, UsageError)
    assert "Did you mean" in str(unknown.exception)
    lemma = run(project, monkeypatch, "add_self_le_witness")
    assert isinstance(lemma.exception, UsageError)
    assert "no card" in str(lemma.exception)
