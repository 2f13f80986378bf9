from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest
from typer.testing import CliRunner

from deeptheory.catalog import Catalog, build_catalog
from deeptheory.cli.app import app
from deeptheory.coverage import cover, load_rows
from deeptheory.errors import FailureError, UsageError
from deeptheory.paths import Project
from library import make_library

ROW = """\
[[row]]
id = "doubling"
family = "sample"
tier = "mission"
statement = "x + x <= 2 x"
source = "folklore"
state = "delivered"
theorems = ["Sample.add_self_le"]
"""
OPEN = ROW.replace("doubling", "tripling").replace("delivered", "open")
OPEN = OPEN.replace('"Sample.add_self_le"', "")


@pytest.fixture
def project(tmp_path: Path) -> Project:
    project = make_library(tmp_path)
    project.coverage_toml.write_text(ROW + "\n" + OPEN, encoding="utf-8")
    build_catalog(project)
    return project


def problems(project: Project, text: str) -> str:
    project.coverage_toml.write_text(text, encoding="utf-8")
    with pytest.raises(FailureError) as caught:
        cover(load_rows(project.coverage_toml), Catalog.load(project))
    return str(caught.value)


def test_a_delivered_row_shows_its_witness_and_sharpness(project: Project) -> None:
    checks = {"DeepTheory.Sample.add_self_le": {"passed": True}}
    delivered, unproved = cover(load_rows(project.coverage_toml), Catalog.load(project), checks)
    assert delivered.to_json() == {
        "id": "doubling",
        "family": "sample",
        "tier": "mission",
        "statement": "x + x <= 2 x",
        "source": "folklore",
        "state": "delivered",
        "note": "",
        "theorems": ["DeepTheory.Sample.add_self_le"],
        "witness": ["DeepTheory.Sample.add_self_le_witness"],
        "sharpness": ["DeepTheory.Sample.add_self_le_sharp"],
        "checks": ["passed"],
    }
    assert unproved.theorems == ()
    assert unproved.checks == ()


@pytest.mark.parametrize(
    ("checks", "state"),
    [
        (None, "none"),
        ({}, "none"),
        ({"DeepTheory.Sample.add_self_le": {"passed": False}}, "failed"),
    ],
)
def test_a_check_may_be_missing_or_fail(project: Project, checks: Any, state: str) -> None:
    rows = cover(load_rows(project.coverage_toml), Catalog.load(project), checks)
    assert rows[0].checks == (state,)


@pytest.mark.parametrize(
    ("old", "new", "message"),
    [
        ("Sample.add_self_le", "Sample.add_self_leq", "Did you mean Sample.add_self_le"),
        ("Sample.add_self_le", "Sample.twice", "not a theorem with a card"),
        ("Sample.add_self_le", "Sample.exists_rate", "not a theorem with a card"),
        ('"delivered"', '"done"', "the state is done"),
        ('"delivered"', '"open"', "an open row has theorems"),
        ('"delivered"', '"partial"', "needs a note"),
        ('["Sample.add_self_le"]', "[]", "a delivered row has no theorems"),
        ('["Sample.add_self_le"]', '"Sample.add_self_le"', "not a list of names"),
        ('source = "folklore"\n', "", "the field source is missing"),
        ('source = "folklore"', "source = 3", "the field source is not a text"),
        ('tier = "mission"', 'tier = "top"', "the tier is top"),
        ('tier = "mission"', 'tier = "mission"\nrank = 1', "there is no field rank"),
    ],
)
def test_a_wrong_row_is_named(project: Project, old: str, new: str, message: str) -> None:
    assert old in ROW
    text = problems(project, ROW.replace(old, new))
    assert text.startswith("coverage.toml: doubling: ")
    assert message in text


def test_all_wrong_rows_are_listed(project: Project) -> None:
    text = problems(project, ROW.replace('tier = "mission"\n', "") + OPEN + OPEN)
    assert len(text.splitlines()) == 2
    assert "tripling: the id occurs twice" in text


def test_a_file_that_is_no_toml_is_refused(project: Project) -> None:
    project.coverage_toml.write_text("[[row", encoding="utf-8")
    with pytest.raises(UsageError, match="cannot be read"):
        load_rows(project.coverage_toml)
    project.coverage_toml.unlink()
    with pytest.raises(UsageError, match="There is no"):
        load_rows(project.coverage_toml)


def test_the_file_of_this_library_is_sound() -> None:
    root = Path(__file__).resolve().parents[1]
    rows = load_rows(root / "coverage.toml")
    tiers = [r.tier for r in rows]
    assert len(rows) == 161
    assert tiers.count("mission") == 87
    assert tiers == sorted(tiers, reverse=True)
    assert all(r.statement and r.source and r.family for r in rows)


def test_the_command_prints_rows_and_json(
    project: Project, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("DEEPTHEORY_PROJECT", str(project.root))
    monkeypatch.setenv("COLUMNS", "200")
    result = CliRunner().invoke(app, ["coverage"])
    assert result.exit_code == 0
    assert "2 rows: 1 delivered, 0 partial, 1 open." in result.output
    assert "Sample.add_self_le_sharp" in result.output
    data = json.loads(CliRunner().invoke(app, ["coverage", "--json"]).output)
    assert data["counts"] == {"delivered": 1, "partial": 0, "open": 1}
    assert [r["id"] for r in data["rows"]] == ["doubling", "tripling"]


def test_open_rows_need_no_catalog(project: Project, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("DEEPTHEORY_PROJECT", str(project.root))
    project.theorems_json.unlink()
    assert isinstance(CliRunner().invoke(app, ["coverage"]).exception, UsageError)
    project.coverage_toml.write_text(OPEN, encoding="utf-8")
    assert CliRunner().invoke(app, ["coverage"]).exit_code == 0
