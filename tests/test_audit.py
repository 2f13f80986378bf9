from __future__ import annotations

import json
import subprocess
import sys
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest
from typer.testing import CliRunner

from deeptheory.audit import audit
from deeptheory.audit.source import LeanFile, audit_file, audit_sources
from deeptheory.audit.theorems import audit_catalog, open_existential, unfold
from deeptheory.catalog import Catalog, Declaration, Hypothesis, build_catalog
from deeptheory.cli.app import app
from deeptheory.errors import FailureError, UsageError
from deeptheory.paths import Project
from library import BASIC, DEFECTS, edit_export, edit_source, make_library, source_of

CLEAN = """\
module

/-! # A file -/

public section

/-- Three. -/
def three : Nat := 3

theorem three_pos : 0 < three := by decide
"""


def rules(text: str) -> list[tuple[int, str]]:
    return [(f.line, f.rule) for f in audit_file(LeanFile("A.lean", text))]


# Sources


def test_a_clean_file_passes() -> None:
    assert rules(CLEAN) == []


@pytest.mark.parametrize(
    ("old", "new", "line", "rule"),
    [
        ("by decide", "sorry", 10, "forbidden"),
        ("by decide", "by admit", 10, "forbidden"),
        ("by decide", "by native_decide", 10, "forbidden"),
        ("by decide", "by bv_decide", 10, "forbidden"),
        ("by decide", "of_decide_eq_true (Lean.ofReduceBool _ _ rfl)", 10, "forbidden"),
        ("theorem three_pos : 0 < three := by decide", "axiom two : 1 = 2", 10, "forbidden"),
        ("def three", "unsafe def three", 8, "forbidden"),
        ("def three", "partial def three", 8, "forbidden"),
        ("def three", "@[implemented_by four] def three", 8, "forbidden"),
        ("def three", '@[extern "three"] def three', 8, "forbidden"),
        ("theorem three_pos", "@[csimp] theorem three_pos", 10, "forbidden"),
        ("module\n", "", 1, "header"),
        ("module\n", "/- module -/\n", 1, "header"),
        ("/-! # A file -/", "", 1, "opening"),
        ("/-! # A file -/", "/- A file -/", 1, "opening"),
        ("public section", "import Mathlib.Data.Real\npublic section", 5, "imports"),
        ("public section", "public meta import Lean\npublic section", 5, "imports"),
        ("public section", "-- " + "x" * 98, 5, "columns"),
        ("public section", "public section ", 5, "columns"),
        ("public section", "\n" * 500, 501, "length"),
        ("/-- Three. -/\n", "", 7, "docstrings"),
        ("public section", "#check three", 5, "commands"),
        ("public section", "  #eval 3", 5, "commands"),
        ("public section", "#print axioms three", 5, "commands"),
    ],
)
def test_a_planted_defect_is_found(old: str, new: str, line: int, rule: str) -> None:
    assert old in CLEAN
    assert rules(CLEAN.replace(old, new)) == [(line, rule)]


@pytest.mark.parametrize(
    "harmless",
    [
        "/-- No sorry, no axiom, nothing unsafe or partial. -/",
        "-- #eval sorry",
        "/- axiom /- sorry -/ #check -/",
        'example : String := "sorry"',
        "theorem partially_ordered' : 0 = 0 := sorry_free",
        "theorem Foo.partial.le : 0 = 0 := Nat.extern.foo",
    ],
)
def test_words_in_comments_strings_and_names_are_no_defects(harmless: str) -> None:
    assert rules(CLEAN + "\n" + harmless + "\n") == []


def test_a_line_of_exactly_100_columns_passes() -> None:
    assert rules(CLEAN + "-- " + "≤" * 97 + "\n") == []


def test_a_file_that_is_no_text_is_reported(tmp_path: Path) -> None:
    path = tmp_path / "A.lean"
    path.write_bytes(b"module \xff\xfe")
    assert [f.rule for f in audit_sources([path], tmp_path)] == ["unreadable"]


def test_the_script_audits_files_and_the_whole_theory(tmp_path: Path) -> None:
    project = make_library(tmp_path)
    path = source_of(project)
    command = [sys.executable, "-m", "deeptheory.audit.source"]
    fine = subprocess.run([*command, str(path)], capture_output=True, text=True, timeout=60)
    assert (fine.returncode, fine.stdout) == (0, "")
    edit_source(project, "exact Std.le_refl _", "sorry")
    broken = subprocess.run(command, capture_output=True, text=True, timeout=60, cwd=tmp_path)
    assert broken.returncode == 1
    assert broken.stdout.startswith("lean/DeepTheory/Sample/Basic.lean:")
    assert "[forbidden]" in broken.stdout


def test_the_theory_keeps_the_source_rules() -> None:
    root = Path(__file__).resolve().parents[1]
    files = list((root / "lean" / "DeepTheory").rglob("*.lean"))
    assert files
    assert [str(f) for f in audit_sources(files, root)] == []


# Theorems


@pytest.fixture
def project(tmp_path: Path) -> Project:
    return make_library(tmp_path)


def found(project: Project) -> set[tuple[str, str]]:
    """Return the rules broken and the declarations that break them."""
    catalog = Catalog.read(build_catalog(project))
    by_place = {(d.file, d.line): d.short.removeprefix("Sample.") for d in catalog}
    return {
        (f.rule, by_place.get((f.file, f.line), "")) for f in audit(project) if f.rule != "length"
    }


def test_a_clean_library_has_no_findings(project: Project) -> None:
    assert found(project) == set()


def test_each_planted_theorem_is_found(tmp_path: Path) -> None:
    project = make_library(tmp_path, BASIC, DEFECTS)
    assert found(project) == {
        ("axioms", "wish"),
        ("forbidden", "wish"),
        ("axioms", "rests_on_wish"),
        ("unused-hypothesis", "unused_hypothesis"),
        ("unused-hypothesis", "concludes_true"),
        ("true-conclusion", "concludes_true"),
        ("trivial-proof", "concludes_true"),
        ("open-existential", "chosen_bound"),
        ("bound-missing", "other_bound"),
        ("sharp-other", "other_bound"),
        ("same-sides", "unfolds_to_itself"),
        ("trivial-proof", "unfolds_to_itself"),
        ("same-sides", "same_sides"),
    }


@pytest.mark.parametrize("axiom", ["sorryAx", "Lean.ofReduceBool", "Lean.trustCompiler"])
def test_an_axiom_beyond_the_three_is_found(project: Project, axiom: str) -> None:
    build_catalog(project)
    edit_export(project, "DeepTheory.Sample.add_self_le_sharp", {"core_axioms": [axiom]})
    assert found(project) == {("axioms", "add_self_le_sharp")}


@pytest.mark.parametrize("axiom", ["propext", "Classical.choice", "Quot.sound"])
def test_the_three_axioms_are_fine(project: Project, axiom: str) -> None:
    edit_export(project, "DeepTheory.Sample.add_self_le_sharp", {"core_axioms": [axiom]})
    assert found(project) == set()


@pytest.mark.parametrize(
    ("change", "rule"),
    [
        ({"conclusion": "∃ y, True"}, "true-conclusion"),
        ({"conclusion": "x = x ∧ True"}, "true-conclusion"),
        ({"conclusion": "∃ B,\n  twice x ≤ B"}, "open-existential"),
        ({"conclusion": "∃ B, 0 ≤ B ∧ twice x < B"}, "open-existential"),
        ({"conclusion": "∃ k B, 0 < k ∧ B ≥ twice x"}, "open-existential"),
        ({"conclusion": "∃ B, twice x = B"}, "open-existential"),
        ({"calls": []}, "bound-missing"),
        ({"proof_head": "trivial"}, "trivial-proof"),
        ({"proof_head": "Eq.refl"}, "trivial-proof"),
        ({"proof_head": "Std.le_refl"}, "trivial-proof"),
    ],
)
def test_a_headline_that_says_nothing_is_found(
    project: Project, change: dict[str, Any], rule: str
) -> None:
    edit_export(project, "DeepTheory.Sample.add_self_le", change)
    assert (rule, "add_self_le") in found(project)


@pytest.mark.parametrize(
    "conclusion",
    [
        "∃ k, k < K ∧ twice x ≤ bound L K",
        "∃ B, B ≤ bound ∧ twice x ≤ B",
        "∃ n, x < ↑n",
        "∃ y, f y ≤ bound",
        "x + f x ≤ twice x",
    ],
)
def test_an_existential_with_content_passes(project: Project, conclusion: str) -> None:
    edit_export(project, "DeepTheory.Sample.add_self_le", {"conclusion": conclusion})
    catalog = Catalog.read(build_catalog(project))
    assert list(open_existential(catalog.get("add_self_le"), catalog)) == []


def test_a_theorem_that_assumes_false_is_found(project: Project) -> None:
    path = project.build / "export" / f"{BASIC}.json"
    text = path.read_text(encoding="utf-8")
    path.write_text(text.replace('"f x = x"', '"False"'), encoding="utf-8")
    assert ("false-hypothesis", "add_self_le") in found(project)


def altered(catalog: Catalog, **changes: Declaration) -> Catalog:
    """Replace declarations by their last names."""
    return replace(
        catalog,
        declarations=tuple(changes.get(d.name.rsplit(".", 1)[-1], d) for d in catalog),
    )


def test_a_witness_that_assumes_a_property_is_found(project: Project) -> None:
    catalog = Catalog.read(build_catalog(project))
    witness = catalog.get("add_self_le_witness")
    number = Hypothesis("hk", "0 < k", "lt", {"nat": "0"}, {"var": "k"})
    fine = replace(witness, hypotheses=(number,))
    assert audit_catalog(altered(catalog, add_self_le_witness=fine)) == []
    bad = replace(witness, hypotheses=(number, Hypothesis("h", "Convex f", None, None, None)))
    (finding,) = audit_catalog(altered(catalog, add_self_le_witness=bad))
    assert finding.rule == "witness-assumes"
    assert "Convex f" in finding.message


def test_a_witness_that_leaves_out_a_property_is_found(project: Project) -> None:
    catalog = Catalog.read(build_catalog(project))
    theorem, witness = catalog.get("add_self_le"), catalog.get("add_self_le_witness")
    other, name = catalog.get("next"), "DeepTheory.Sample.next"
    prop = replace(other, conclusion=replace(other.conclusion, text="Prop"))
    assumes = replace(theorem, type_uses=(*theorem.type_uses, name))
    shows = replace(witness, type_uses=(*witness.type_uses, name))
    (finding,) = audit_catalog(altered(catalog, add_self_le=assumes, next=prop))
    assert finding.rule == "witness-short"
    complete = altered(catalog, add_self_le=assumes, next=prop, add_self_le_witness=shows)
    assert audit_catalog(complete) == []


def test_a_witness_that_does_not_say_what_it_shows_is_found(project: Project) -> None:
    edit_source(project, "/-- One meets the hypotheses. -/\n", "")
    edit_export(project, "DeepTheory.Sample.add_self_le_witness", {"doc": None})
    assert found(project) == {("undocumented", "add_self_le")}


def test_a_catalog_older_than_its_sources_is_found(project: Project) -> None:
    build_catalog(project)
    edit_source(project, "theorem exists_rate (L D : R)", "theorem exists_rate (L D E : R)")
    assert [(f.rule, f.file) for f in audit(project)] == [
        ("stale", "lean/DeepTheory/Sample/Basic.lean")
    ]


def test_unfolding_puts_definitions_in_their_place(project: Project) -> None:
    catalog = Catalog.read(build_catalog(project))
    call = {"call": "DeepTheory.Sample.twice", "args": [{"var": "z"}]}
    nested = {"op": "neg", "args": [{"call": "DeepTheory.Sample.twice", "args": [call]}]}
    twice = {"op": "mul", "args": [{"nat": "2"}, {"var": "z"}]}
    assert unfold(nested, catalog) == {
        "op": "neg",
        "args": [{"op": "mul", "args": [{"nat": "2"}, twice]}],
    }


# Command


def run(project: Project, monkeypatch: pytest.MonkeyPatch, *args: str) -> Any:
    monkeypatch.setenv("DEEPTHEORY_PROJECT", str(project.root))
    monkeypatch.setenv("COLUMNS", "200")
    return CliRunner().invoke(app, ["audit", *args])


def test_the_command_prints_a_table_and_fails(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    project = make_library(tmp_path, BASIC, DEFECTS)
    build_catalog(project)
    result = run(project, monkeypatch)
    assert isinstance(result.exception, FailureError)
    assert "14 defects" in str(result.exception)
    assert "trivial-proof" in result.output
    listed = run(project, monkeypatch, "--json")
    findings = json.loads(listed.output)["findings"]
    assert len(findings) == 14
    assert {"file", "line", "rule", "message"} == set(findings[0])


def test_the_command_is_content_with_a_clean_library(
    project: Project, monkeypatch: pytest.MonkeyPatch
) -> None:
    build_catalog(project)
    result = run(project, monkeypatch)
    assert result.exit_code == 0
    listed = json.loads(run(project, monkeypatch, "--json").output)
    assert listed["findings"] == []
    assert {entry["ok"] for entry in listed["theorems"]} == {True}


def test_the_command_needs_a_catalog(project: Project, monkeypatch: pytest.MonkeyPatch) -> None:
    assert isinstance(run(project, monkeypatch).exception, UsageError)
