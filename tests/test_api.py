"""The names that users may rely on: they are there, and one that disappears is noticed."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest
from typer.testing import CliRunner

import deeptheory.catalog
from deeptheory.api import accept, api_file, compare, public_names
from deeptheory.catalog import build_catalog
from deeptheory.cli import app
from deeptheory.errors import FailureError, UsageError
from deeptheory.paths import Project
from library import edit_source, make_library


@pytest.fixture
def project(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Project:
    monkeypatch.setenv("DEEPTHEORY_PROJECT", str(tmp_path))
    project = make_library(tmp_path)
    build_catalog(project)
    accept(project)
    return project


def run(*arguments: str) -> Any:
    return CliRunner().invoke(app, ["api", *arguments])


def test_every_promised_name_is_there(checkout: Project) -> None:
    found = compare(checkout)
    assert found.promised
    assert found.missing == (), (
        "Names that users rely on have disappeared. Bring them back or, to take them back on "
        "purpose, delete their lines in api.txt and say so in CHANGELOG.md."
    )


def test_the_list_is_sorted_and_names_each_kind(checkout: Project) -> None:
    promised = list(compare(checkout).promised)
    assert promised == sorted(set(promised))
    for name in (
        "python deeptheory.catalog.Catalog",
        "python deeptheory.errors.UsageError",
        "command deeptheory certify risk",
        "option deeptheory verify --json",
        "argument deeptheory show name",
        "format theorems.json 1",
        "theorem DeepTheory.Optimization.gd_convex",
        "bound DeepTheory.Optimization.gdConvexBound",
    ):
        assert name in promised


def test_a_python_name_that_disappears_is_noticed(
    project: Project, monkeypatch: pytest.MonkeyPatch
) -> None:
    names = [n for n in deeptheory.catalog.__all__ if n != "Catalog"]
    monkeypatch.setattr(deeptheory.catalog, "__all__", names)
    assert compare(project).missing == ("python deeptheory.catalog.Catalog",)


def test_a_name_that_is_offered_and_not_there_is_noticed(
    project: Project, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.delattr(deeptheory.catalog, "Sharpness")
    assert compare(project).missing == ("python deeptheory.catalog.Sharpness",)


def test_a_command_or_an_option_that_disappears_is_noticed(
    project: Project, monkeypatch: pytest.MonkeyPatch
) -> None:
    kept = [c for c in app.registered_commands if c.callback and c.callback.__name__ != "bench"]
    monkeypatch.setattr(app, "registered_commands", kept)
    missing = compare(project).missing
    assert "command deeptheory bench" in missing
    assert "option deeptheory bench --json" in missing
    assert all(" bench" in name for name in missing)


def test_a_theorem_that_disappears_is_noticed(project: Project) -> None:
    edit_source(project, "theorem add_self_le ", "theorem add_itself_le ")
    found = compare(project)
    assert found.missing == ("theorem DeepTheory.Sample.add_self_le",)
    assert found.new == ("theorem DeepTheory.Sample.add_itself_le",)


def test_a_new_version_of_a_format_is_noticed(
    project: Project, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("deeptheory.state.SCHEMA_VERSION", 2)
    found = compare(project)
    assert found.missing == ("format deeptheory --json 1",)
    assert found.new == ("format deeptheory --json 2",)


def test_the_command_fails_where_a_name_is_missing(project: Project) -> None:
    assert run().exit_code == 0
    with api_file(project).open("a", encoding="utf-8") as stream:
        stream.write("theorem DeepTheory.gone\n")
    result = run()
    assert isinstance(result.exception, FailureError)
    assert "DeepTheory.gone" in str(result.exception)
    assert json.loads(run("--json").stdout)["missing"] == ["theorem DeepTheory.gone"]


def test_additions_are_promised_once_they_are_accepted(project: Project) -> None:
    lines = api_file(project).read_text(encoding="utf-8").splitlines()
    dropped = "theorem DeepTheory.Sample.add_self_le"
    kept = [line for line in lines if line != dropped]
    api_file(project).write_text("\n".join(kept) + "\n", encoding="utf-8")
    listed = run()
    assert listed.exit_code == 0
    assert f"new: {dropped}" in listed.output
    assert compare(project).new == (dropped,)
    assert run("--accept").exit_code == 0
    assert compare(project).new == ()
    assert api_file(project).read_text(encoding="utf-8").splitlines() == lines


def test_accepting_does_not_forget_what_is_missing(project: Project) -> None:
    with api_file(project).open("a", encoding="utf-8") as stream:
        stream.write("theorem DeepTheory.gone\n")
    assert isinstance(run("--accept").exception, FailureError)
    assert "theorem DeepTheory.gone" in compare(project).promised


def test_a_list_that_cannot_be_read_is_bad_input(project: Project) -> None:
    api_file(project).unlink()
    assert isinstance(run().exception, UsageError)


def test_names_are_listed_once(project: Project) -> None:
    names = list(public_names(project))
    theorems = [n for n in names if n.startswith("theorem ")]
    assert len(theorems) == len(set(theorems)) > 0
