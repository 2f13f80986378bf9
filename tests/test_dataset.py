"""The library as training data: fields, positions, files, and tracing with a stand-in LeanDojo."""

from __future__ import annotations

import json
import os
import subprocess
import sys
from pathlib import Path
from types import ModuleType, SimpleNamespace
from typing import Any

import pytest
from typer.testing import CliRunner

from deeptheory.catalog import Catalog, build_catalog
from deeptheory.cli import app
from deeptheory.dataset import Origin, find_origin
from deeptheory.dataset.origin import public_url
from deeptheory.dataset.positions import Places
from deeptheory.dataset.tracing import make_repository
from deeptheory.dataset.write import write_lines
from deeptheory.errors import FailureError, UsageError
from deeptheory.paths import Project
from library import edit_source, make_library

THEOREM = "DeepTheory.Sample.add_self_le"
# Written by hand from the benchmark's description, not from what the program writes.
BENCHMARK = {"url", "commit", "file_path", "full_name", "start", "end", "traced_tactics"}


@pytest.fixture
def project(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Project:
    monkeypatch.setenv("DEEPTHEORY_PROJECT", str(tmp_path))
    project = make_library(tmp_path)
    (tmp_path / "lean-toolchain").write_text("leanprover/lean4:v4.28.0\n", encoding="utf-8")
    build_catalog(project)
    return project


def run(*arguments: str) -> Any:
    return CliRunner().invoke(app, [*arguments])


def records(path: Path) -> list[dict[str, Any]]:
    return [json.loads(line) for line in path.read_text(encoding="utf-8").splitlines()]


def cut(project: Project, file: str, start: list[int], end: list[int]) -> str:
    """Return the text between two positions, counted as the documentation says."""
    text = (project.root / file).read_text(encoding="utf-8")
    starts = [0]
    for line in text.split("\n"):
        starts.append(starts[-1] + len(line) + 1)
    return text[starts[start[0] - 1] + start[1] - 1 : starts[end[0] - 1] + end[1] - 1]


@pytest.fixture
def written(project: Project, tmp_path: Path) -> list[dict[str, Any]]:
    result = run("dataset", "-o", str(tmp_path / "out" / "theorems.jsonl"))
    assert result.exit_code == 0, result.output
    return records(tmp_path / "out" / "theorems.jsonl")


# Theorems


def test_each_theorem_is_a_line_with_the_benchmarks_fields(
    project: Project, written: list[dict[str, Any]]
) -> None:
    catalog = Catalog.load(project)
    assert [r["full_name"] for r in written] == [d.name for d in catalog if d.kind == "theorem"]
    for record in written:
        assert set(record) >= BENCHMARK
        assert record["traced_tactics"] == []
        assert record["file_path"] == "lean/DeepTheory/Sample/Basic.lean"


def test_positions_cut_out_statement_and_proof(
    project: Project, written: list[dict[str, Any]]
) -> None:
    for record in written:
        text = cut(project, record["file_path"], record["start"], record["end"])
        assert text.startswith("theorem ")
        assert text == text.rstrip()
        statement, proof = record["theorem_statement"], record["proof"]
        assert text.startswith(statement)
        assert text.endswith(proof)
        assert text[len(statement) : len(text) - len(proof)].strip() in (":=", "")
        assert not statement.rstrip().endswith(":=")


def test_premises_are_what_the_theorem_uses_at_their_names(
    project: Project, written: list[dict[str, Any]]
) -> None:
    catalog = Catalog.load(project)
    seen = 0
    for record in written:
        d = catalog.get(record["full_name"])
        assert [p["full_name"] for p in record["premises"]] == list(d.uses)
        for premise in record["premises"]:
            name = cut(project, premise["def_path"], premise["def_pos"], premise["def_end_pos"])
            assert premise["full_name"].endswith(name.replace("«", "").replace("»", ""))
            assert premise["in_statement"] == (premise["full_name"] in d.type_uses)
            seen += 1
    assert seen > 5


def test_the_record_of_one_theorem(written: list[dict[str, Any]]) -> None:
    record = next(r for r in written if r["full_name"] == THEOREM)
    assert record["is_headline"]
    assert record["theorem_statement"].startswith("theorem add_self_le")
    assert {"DeepTheory.Sample.twice"} <= {p["full_name"] for p in record["premises"]}
    twice = next(p for p in record["premises"] if p["full_name"].endswith("twice"))
    line = source_line(written, "def twice")
    assert twice["def_pos"] == [line, len("@[expose] def ") + 1]
    assert twice["def_end_pos"] == [line, len("@[expose] def twice") + 1]


def source_line(written: list[dict[str, Any]], part: str) -> int:
    data = Path(__file__).parent / "data" / "library" / written[0]["file_path"]
    lines = data.read_text(encoding="utf-8").split("\n")
    return next(i for i, line in enumerate(lines, 1) if part in line)


def test_a_source_that_is_not_the_one_proved_is_refused(project: Project, tmp_path: Path) -> None:
    output = tmp_path / "theorems.jsonl"
    output.write_text("before", encoding="utf-8")
    edit_source(project, "theorem exists_rate (L D : R)", "theorem exists_rate (L D E : R)")
    result = run("dataset", "-o", str(output))
    assert isinstance(result.exception, FailureError)
    assert "exists_rate" in str(result.exception)
    assert output.read_text(encoding="utf-8") == "before"
    assert [p.name for p in tmp_path.iterdir() if p.name.endswith(".part")] == []


def test_a_docstring_and_attributes_do_not_move_the_start(project: Project) -> None:
    catalog = Catalog.load(project)
    places = Places(catalog, project.root)
    place = places.of(catalog.get("instMax"))
    assert place.code_start < place.start
    assert place.code == (
        "noncomputable instance instMax : Max R := ⟨fun a b => if a ≤ b then b else a⟩"
    )


# The corpus


def test_the_corpus_holds_every_declaration_by_file(project: Project, tmp_path: Path) -> None:
    output, corpus = tmp_path / "theorems.jsonl", tmp_path / "corpus.jsonl"
    assert run("dataset", "-o", str(output), "--corpus", str(corpus)).exit_code == 0
    (file,) = records(corpus)
    assert file["path"] == "lean/DeepTheory/Sample/Basic.lean"
    assert file["imports"] == []
    catalog = Catalog.load(project)
    assert [p["full_name"] for p in file["premises"]] == [d.name for d in catalog]
    by_name = {p["full_name"]: p for p in file["premises"]}
    assert by_name["DeepTheory.Sample.twice"]["code"] == "@[expose] def twice (x : R) : R := 2 * x"
    theorem = by_name[THEOREM]
    assert theorem["declaration"] == "theorem"
    assert theorem["code"].endswith(catalog.get(THEOREM).signature)
    for premise in file["premises"]:
        assert set(premise) == {"full_name", "code", "start", "end", "kind", "declaration"}
        text = cut(project, file["path"], premise["start"], premise["end"])
        assert text.startswith(premise["code"])


# Files


def test_the_same_sources_give_the_same_bytes(project: Project, tmp_path: Path) -> None:
    first, second = tmp_path / "a.jsonl", tmp_path / "b.jsonl"
    for path in (first, second):
        assert run("dataset", "-o", str(path)).exit_code == 0
    assert first.read_bytes() == second.read_bytes()


def test_records_are_written_as_they_come(tmp_path: Path) -> None:
    """While the second record is made, the first one is on its way and the file is not there."""
    target = tmp_path / "out.jsonl"

    def made() -> Any:
        yield {"text": "x" * 100_000}
        assert not target.exists()
        (part,) = tmp_path.glob(".out.jsonl.*.part")
        assert part.stat().st_size > 50_000
        yield {}

    assert write_lines(target, made()) == 2
    assert len(records(target)) == 2


def test_an_error_in_the_middle_leaves_the_old_file(tmp_path: Path) -> None:
    target = tmp_path / "out.jsonl"
    target.write_text("before", encoding="utf-8")

    def broken() -> Any:
        yield {}
        raise FailureError("in the middle")

    with pytest.raises(FailureError):
        write_lines(target, broken())
    assert [p.name for p in tmp_path.iterdir()] == ["out.jsonl"]
    assert target.read_text(encoding="utf-8") == "before"


def test_the_summary_is_there_as_json_and_a_dash_prints(project: Project, tmp_path: Path) -> None:
    output = tmp_path / "theorems.jsonl"
    data = json.loads(run("dataset", "-o", str(output), "--json").stdout)
    assert data["theorems"] == len(records(output))
    assert data["premises"] == sum(len(r["premises"]) for r in records(output))
    assert data["traced_tactics"] == 0
    printed = run("dataset", "-o", "-").stdout
    assert printed == output.read_text(encoding="utf-8")


@pytest.mark.parametrize(
    "arguments",
    [
        ("-o", "a.jsonl", "--corpus", "a.jsonl"),
        ("-o", "-", "--json"),
        ("-o", "."),
        ("-o", "lakefile.lean/a.jsonl"),
    ],
)
def test_bad_targets_are_refused(
    project: Project, monkeypatch: pytest.MonkeyPatch, arguments: tuple[str, ...]
) -> None:
    monkeypatch.chdir(project.root)
    assert isinstance(run("dataset", *arguments).exception, UsageError)


# Repository and commit


def git(root: Path, *arguments: str) -> str:
    command = ["git", "-C", str(root), "-c", "user.name=a", "-c", "user.email=a@b", *arguments]
    return subprocess.run(command, check=True, capture_output=True, text=True).stdout.strip()


def commit(project: Project) -> str:
    git(project.root, "init", "-q")
    git(project.root, "add", "lean", "lakefile.lean", "lean-toolchain")
    git(project.root, "commit", "-qm", "all")
    return git(project.root, "rev-parse", "HEAD")


def test_url_and_commit_come_from_git(project: Project) -> None:
    assert find_origin(project.root) == Origin(None, None)
    made = commit(project)
    git(project.root, "remote", "add", "origin", "https://user:secret@host.example/o/n.git")
    assert find_origin(project.root) == Origin("https://host.example/o/n", made)
    assert find_origin(project.root, "https://elsewhere.example/r").url == (
        "https://elsewhere.example/r"
    )
    edit_source(project, "One meets the hypotheses", "One meets all hypotheses")
    assert find_origin(project.root).commit is None


@pytest.mark.parametrize(
    ("remote", "url"),
    [
        ("git@host.example:owner/name.git", "https://host.example/owner/name"),
        ("ssh://git@host.example:22/owner/name", "https://host.example/owner/name"),
        ("https://token@host.example/owner/name.git/", "https://host.example/owner/name"),
        ("/somewhere/on/a/disk", None),
        ("../sibling", None),
        ("", None),
    ],
)
def test_remotes_become_addresses_without_user_names(remote: str, url: str | None) -> None:
    assert public_url(remote) == url


# Tracing


def fake_path(folder: Path, version: str | None, *, lake: bool = True) -> Path:
    """Make a folder to put on PATH, with a lean that says a version."""
    folder.mkdir()
    programs = {"lake": "", "lean": f"echo 'Lean (version {version}, x86_64, commit 0, Release)'"}
    for name, body in programs.items():
        if (name == "lake" and not lake) or version is None:
            continue
        program = folder / name
        program.write_text(f"#!/bin/sh\n{body}\n", encoding="utf-8")
        program.chmod(0o755)
    return folder


def with_path(monkeypatch: pytest.MonkeyPatch, folder: Path) -> None:
    git_folder = Path(subprocess.check_output(["sh", "-c", "command -v git"], text=True)).parent
    monkeypatch.delenv("DEEPTHEORY_TOOLCHAIN", raising=False)
    monkeypatch.setenv("PATH", f"{folder}{os.pathsep}{git_folder}{os.pathsep}/bin")


class Tactic(SimpleNamespace):
    def get_annotated_tactic(self) -> tuple[str, list[dict[str, Any]]]:
        own = {"full_name": "a", "def_path": "DeepTheory/A.lean", "def_pos": [1, 2]}
        core = {"full_name": "b", "def_path": ".lake/packages/lean4/src/B.lean", "def_pos": [3, 4]}
        return f"<a>{self.tactic}</a>", [own, core]


def fake_dojo(tactics: list[Tactic], calls: list[Any]) -> ModuleType:
    module = ModuleType("lean_dojo")

    def trace(repository: Any, build_deps: bool = True) -> Any:
        calls.append((*repository, build_deps))
        if not tactics:
            raise AssertionError("lake build\nfailed")
        name = SimpleNamespace(full_name=THEOREM)
        theorem = SimpleNamespace(theorem=name, get_traced_tactics=lambda: tactics)
        return SimpleNamespace(get_traced_theorems=lambda: [theorem])

    module.LeanGitRepo = lambda url, commit: (url, commit)  # type: ignore[attr-defined]
    module.trace = trace  # type: ignore[attr-defined]
    return module


@pytest.mark.parametrize(("version", "lake"), [(None, True), ("4.28.0", False)])
def test_without_a_toolchain_it_says_so_in_one_sentence(
    run_cli: Any, project: Project, tmp_path: Path, version: str | None, lake: bool
) -> None:
    folder = fake_path(tmp_path / "bin", version, lake=lake)
    env = {"PATH": str(folder), "DEEPTHEORY_TOOLCHAIN": ""}
    done = run_cli(project, "trace", "-o", str(tmp_path / "t.jsonl"), env=env)
    assert done.returncode == 2
    (line,) = done.stderr.strip().splitlines()
    assert line.startswith("error: Tracing needs lake and lean 4.28.0")
    assert line.count(". ") == 0
    assert done.stdout == ""
    assert not (tmp_path / "t.jsonl").exists()


@pytest.mark.parametrize("version", ["4.27.0", "4.28.1", "4.28.0-rc1", "none"])
def test_a_toolchain_of_another_version_is_refused(
    project: Project, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, version: str
) -> None:
    with_path(monkeypatch, fake_path(tmp_path / "bin", version))
    error = run("trace", "-o", str(tmp_path / "t.jsonl")).exception
    assert isinstance(error, UsageError)
    assert "needs lean 4.28.0" in str(error)
    assert (version if version != "none" else "no Lean") in str(error)


def test_without_lean_dojo_it_says_how_to_get_it(
    project: Project, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    with_path(monkeypatch, fake_path(tmp_path / "bin", "4.28.0"))
    monkeypatch.setitem(sys.modules, "lean_dojo", None)  # type: ignore[arg-type]
    error = run("trace", "-o", str(tmp_path / "t.jsonl")).exception
    assert isinstance(error, UsageError)
    assert "make dojo" in str(error)


def test_sources_that_are_not_those_proved_are_not_traced(
    project: Project, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    with_path(monkeypatch, fake_path(tmp_path / "bin", "4.28.0"))
    calls: list[Any] = []
    monkeypatch.setitem(sys.modules, "lean_dojo", fake_dojo([], calls))
    edit_source(project, "theorem exists_rate (L D : R)", "theorem exists_rate (L D E : R)")
    error = run("trace", "-o", str(tmp_path / "t.jsonl")).exception
    assert isinstance(error, FailureError)
    assert "exists_rate" in str(error)
    assert calls == []


def test_what_is_traced_is_a_repository_with_the_sources_at_its_root(
    project: Project, tmp_path: Path
) -> None:
    (project.lean / "DeepTheory.lean").write_text("module\n", encoding="utf-8")
    first = make_repository(project, tmp_path / "a" / "DeepTheory")
    assert make_repository(project, tmp_path / "b" / "DeepTheory") == first
    assert make_repository(project, tmp_path / "a" / "DeepTheory") == first
    listed = git(tmp_path / "a" / "DeepTheory", "ls-files").split()
    assert {
        "DeepTheory.lean",
        "DeepTheory/Sample/Basic.lean",
        "lakefile.lean",
        "lean-toolchain",
    } <= (set(listed))
    assert "srcDir" not in (tmp_path / "a" / "DeepTheory" / "lakefile.lean").read_text("utf-8")
    edit_source(project, "One meets the hypotheses", "One meets all hypotheses")
    assert make_repository(project, tmp_path / "a" / "DeepTheory") != first


def test_tactic_states_are_added(
    project: Project, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    made = commit(project)
    with_path(monkeypatch, fake_path(tmp_path / "bin", "4.28.0"))
    tactics = [
        Tactic(tactic="unfold twice", state_before="⊢ x + x ≤ twice x", state_after="⊢ a"),
        Tactic(tactic="· grind", state_before="⊢ a", state_after="no goals"),
        Tactic(tactic="skip", state_before="no goals", state_after="no goals"),
        Tactic(tactic="grind", state_before="⊢ a", state_after="no goals"),
    ]
    calls: list[Any] = []
    monkeypatch.setitem(sys.modules, "lean_dojo", fake_dojo(tactics, calls))
    output = tmp_path / "t.jsonl"
    result = run("trace", "-o", str(output), "--json")
    assert result.exit_code == 0, result.output
    folder = project.build / "trace" / "DeepTheory"
    assert calls == [(str(folder), git(folder, "rev-parse", "HEAD"), False)]
    assert json.loads(result.stdout)["traced_tactics"] == 2
    by_name = {r["full_name"]: r for r in records(output)}
    assert by_name[THEOREM]["commit"] == made
    first, second = by_name[THEOREM]["traced_tactics"]
    assert first == {
        "tactic": "unfold twice",
        "annotated_tactic": [
            "<a>unfold twice</a>",
            [
                {"full_name": "a", "def_path": "lean/DeepTheory/A.lean", "def_pos": [1, 2]},
                {
                    "full_name": "b",
                    "def_path": ".lake/packages/lean4/src/B.lean",
                    "def_pos": [3, 4],
                },
            ],
        ],
        "state_before": "⊢ x + x ≤ twice x",
        "state_after": "⊢ a",
    }
    assert second["tactic"] == "grind"
    assert all(not r["traced_tactics"] for n, r in by_name.items() if n != THEOREM)


def test_what_lean_dojo_raises_is_one_sentence(
    project: Project, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    with_path(monkeypatch, fake_path(tmp_path / "bin", "4.28.0"))
    monkeypatch.setitem(sys.modules, "lean_dojo", fake_dojo([], []))
    error = run("trace", "-o", str(tmp_path / "t.jsonl")).exception
    assert isinstance(error, FailureError)
    assert str(error) == "LeanDojo could not trace the library: lake build failed."


# This checkout


def test_the_library_is_a_data_set(checkout: Project, tmp_path: Path) -> None:
    if not checkout.theorems_json.is_file():
        pytest.skip("the library is not proved: run `make`")
    output, corpus = tmp_path / "theorems.jsonl", tmp_path / "corpus.jsonl"
    assert run("dataset", "-o", str(output), "--corpus", str(corpus)).exit_code == 0
    found = {r["full_name"]: r for r in records(output)}
    assert len(found) > 1000
    files = records(corpus)
    paths = [f["path"] for f in files]
    assert len(paths) == len(set(paths))
    for place, file in enumerate(files):
        assert set(file["imports"]) <= set(paths[:place])
    known = {p["full_name"] for f in files for p in f["premises"]}
    used = {p["full_name"] for r in found.values() for p in r["premises"]}
    assert used | set(found) <= known
