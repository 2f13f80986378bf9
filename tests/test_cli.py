"""The command line as a whole: what to do next, help, completion, JSON and suggestions."""

from __future__ import annotations

import json
import os
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path
from types import SimpleNamespace
from typing import Any

import pytest
import typer.main
from rich.table import Column, Table
from typer.testing import CliRunner

from deeptheory.catalog import build_catalog
from deeptheory.checkresults import write_results
from deeptheory.cli import app
from deeptheory.cli.app import console as console_of_results
from deeptheory.cli.app import errors as console_of_errors
from deeptheory.cli.app import print_table
from deeptheory.cli.completion import (
    complete_bound,
    complete_declaration,
    complete_experiment,
    complete_form,
    complete_module,
    complete_theorem,
)
from deeptheory.cli.manual_pages import PAGES
from deeptheory.errors import UsageError
from deeptheory.paths import Project
from deeptheory.state import examine
from library import make_library

ROOT = typer.main.get_command(app)


def commands(command: Any, path: str = "") -> Iterator[tuple[str, Any]]:
    yield path, command
    for name, inner in getattr(command, "commands", {}).items():
        yield from commands(inner, f"{path} {name}".strip())


EVERY = dict(commands(ROOT))


@pytest.fixture
def project(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Project:
    monkeypatch.setenv("DEEPTHEORY_PROJECT", str(tmp_path))
    return make_library(tmp_path)


def run(*arguments: str) -> Any:
    return CliRunner().invoke(app, [*arguments])


# What to do next


def steps(project: Project) -> dict[str, str]:
    return {step.key: step.state for step in examine(project).steps}


def test_without_a_command_it_says_what_to_do_next(project: Project) -> None:
    result = run()
    assert result.exit_code == 0, result.output
    following = examine(project).next
    assert following is not None
    assert f"next: {following.command}" in result.output
    for step in examine(project).steps:
        assert step.key in result.output


def test_the_next_step_follows_from_what_is_there(
    project: Project, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("deeptheory.state._toolchain", lambda _: _done("toolchain"))
    monkeypatch.setattr("deeptheory.state.proofs", lambda _: _done("proofs"))
    assert next_command(project) == "deeptheory export"
    build_catalog(project)
    assert next_command(project) == "deeptheory verify"
    names = [f"DeepTheory.Sample.{n}" for n in headlines(project)]
    write_results(project.checks_json, [checked(n) for n in names])
    assert next_command(project) == "deeptheory experiment"
    project.experiments_json.write_text("{}", encoding="utf-8")
    assert next_command(project) == "deeptheory index"
    write_results(project.checks_json, [checked(n, passed=n != names[0]) for n in names])
    short = names[0].removeprefix("DeepTheory.")
    assert next_command(project) == f"deeptheory verify {short}"
    assert steps(project)["checks"] == "failed"


def test_a_catalog_older_than_the_proofs_is_stale(project: Project) -> None:
    build_catalog(project)
    assert steps(project)["catalog"] == "done"
    export = next((project.build / "export").glob("*.json"))
    later = project.theorems_json.stat().st_mtime + 60
    os.utime(export, (later, later))
    assert steps(project)["catalog"] == "stale"


def test_a_module_that_was_not_proved_is_counted(
    project: Project, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("DEEPTHEORY_TOOLCHAIN", "embedded")
    step = next(s for s in examine(project).steps if s.key == "proofs")
    assert step.state == "todo"
    assert step.detail.startswith("0 of ")
    assert step.command == "deeptheory prove"


def test_the_state_is_there_as_json(project: Project) -> None:
    data = json.loads(run("--json").output)
    assert data["root"] == str(project.root)
    assert [step["key"] for step in data["steps"]] == list(steps(project))
    assert data["next"].startswith("deeptheory ")


def test_without_a_checkout_it_says_how_to_get_one(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("DEEPTHEORY_PROJECT", str(tmp_path / "nowhere"))
    result = run()
    assert result.exit_code == 0
    assert "DEEPTHEORY_PROJECT" in result.output
    assert json.loads(run("--json").output)["next"] is None


def test_json_before_a_command_is_refused(project: Project) -> None:
    result = run("--json", "doctor")
    assert isinstance(result.exception, UsageError)
    assert "doctor --json" in str(result.exception)


def _done(key: str) -> Any:
    from deeptheory.state import Step

    return Step(key, "done", "")


def next_command(project: Project) -> str:
    following = examine(project).next
    assert following is not None
    return following.command


def headlines(project: Project) -> list[str]:
    data = json.loads(project.theorems_json.read_text(encoding="utf-8"))
    return [d["name"].rsplit(".", 1)[-1] for d in data["declarations"] if d["card"]]


def checked(name: str, passed: bool = True) -> dict[str, Any]:
    return {"theorem": name, "passed": passed, "fingerprint": "", "mutants": [], "instances": 1}


# Help


@pytest.mark.parametrize("path", list(EVERY))
def test_help_is_a_manual_page(path: str, monkeypatch: pytest.MonkeyPatch) -> None:
    result = run(*path.split(), "--help")
    assert result.exit_code == 0
    page = PAGES[path]
    for part in ("Usage:", "Examples", "Exit status", "-h"):
        assert part in result.output
    assert EVERY[path].help
    assert EVERY[path].help.split()[0] in result.output
    assert page.examples
    words = " ".join(result.output.split())
    for command, what in page.examples:
        assert command.startswith(" ".join(["deeptheory", *path.split()]).strip())
        assert what in words
    assert "0 " + page.done in words
    assert "2 the usage, the input or the machine is at fault" in words
    assert (" 1 " + page.failed in words) if page.failed else True
    assert 'With --json, the last line of standard error says what is wrong: {"error"' in words
    for other in page.see_also:
        assert other in EVERY
    for parameter in EVERY[path].params:
        if parameter.param_type_name == "option" and not parameter.hidden:
            assert getattr(parameter, "help", None), f"{parameter.name} has no help"


@pytest.mark.parametrize("path", list(EVERY))
def test_paragraphs_of_the_help_break_where_the_terminal_does(path: str) -> None:
    for paragraph in (EVERY[path].help or "").split("\n\n"):
        lines = paragraph.splitlines()
        assert len(lines) <= 1 or any(line.startswith(" ") for line in lines), paragraph
        assert r"\b" not in paragraph


def test_pages_are_of_commands_that_exist() -> None:
    assert set(PAGES) == set(EVERY)


@pytest.mark.parametrize("path", [p for p in PAGES if not getattr(EVERY[p], "commands", None)])
def test_examples_use_options_that_exist(path: str) -> None:
    known = {o for p in EVERY[path].params for o in (*p.opts, *p.secondary_opts)}
    if path == "bound":  # it also takes the names of variables as options
        known |= {"--L", "--mu", "--Delta", "--k"}
    for command, _ in PAGES[path].examples:
        for word in command.split("|")[0].split():
            if word.startswith("-") and word != "-":
                assert word in known, f"{command}: {word}"


def test_help_without_rich_has_the_page_after_the_options(run_cli: Any, checkout: Project) -> None:
    shown = run_cli(checkout, "audit", "--help", env={"TYPER_USE_RICH": "0"}).stdout
    assert 0 < shown.index("--summary") < shown.index("Examples") < shown.index("Exit status")


def test_every_command_prints_json() -> None:
    leaves = {p: c for p, c in EVERY.items() if not getattr(c, "commands", None)}
    lacking = [p for p, c in leaves.items() if not any("--json" in o.opts for o in c.params)]
    assert lacking == []


def test_stop_prints_json(run_cli: Any, project: Project) -> None:
    done = run_cli(project, "stop", "--json")
    assert json.loads(done.stdout) == {"stopped": False}


def test_setup_prints_json(project: Project, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("deeptheory.cli.setup._set_up_web", lambda project: None)
    monkeypatch.setattr("deeptheory.toolchain.is_installed", lambda: False)
    official = SimpleNamespace(lake=Path("/opt/lake"), lean=Path("/opt/lean"))
    monkeypatch.setattr("deeptheory.toolchain.find_official", lambda: official)
    assert json.loads(run("setup", "--json").stdout) == {
        "toolchain": "official",
        "lake": str(official.lake),
    }
    folder = project.root / "toolchain"
    monkeypatch.setattr("deeptheory.toolchain.is_installed", lambda: True)
    monkeypatch.setattr("deeptheory.toolchain.install", lambda _: SimpleNamespace(folder=folder))
    data = json.loads(run("setup", "--json").stdout)
    assert (data["toolchain"], data["folder"]) == ("embedded", str(folder))


def test_serve_prints_json(project: Project, monkeypatch: pytest.MonkeyPatch) -> None:
    class Server:
        server_address = ("127.0.0.1", 4321)

        def __enter__(self) -> Server:
            return self

        def __exit__(self, *error: object) -> None:
            pass

        def serve_forever(self) -> None:
            raise KeyboardInterrupt

    monkeypatch.setattr("deeptheory.site.server.make_server", lambda site, port: Server())
    monkeypatch.setattr("deeptheory.cli.site._build", lambda project, force: (project.site, False))
    result = run("serve", "--json")
    assert result.exit_code == 0
    assert json.loads(result.stdout) == {"url": "http://127.0.0.1:4321/"}


# Suggestions


def test_a_misspelt_command_is_answered_with_a_near_one() -> None:
    result = run("verfy")
    assert result.exit_code == 2
    assert "verify" in result.output


def test_a_misspelt_option_is_answered_with_a_near_one() -> None:
    result = run("verify", "--instancs", "3")
    assert result.exit_code == 2
    assert "--instances" in result.output


@pytest.mark.parametrize(
    ("arguments", "near"),
    [
        (("show", "add_self_lee"), "add_self_le"),
        (("audit", "ad_self_le"), "add_self_le"),
        (("bound", "rateBund"), "rateBound"),
        (("verify", "add_self_el"), "add_self_le"),
        (("experiment", "breast-cancr"), "breast-cancer"),
    ],
)
def test_misspelt_names_are_answered_with_near_ones(
    project: Project, arguments: tuple[str, ...], near: str
) -> None:
    build_catalog(project)
    result = run(*arguments)
    assert isinstance(result.exception, UsageError)
    assert "Did you mean" in str(result.exception)
    assert near in str(result.exception)


def test_what_a_user_typed_is_repeated_as_it_is() -> None:
    for console in (console_of_results, console_of_errors):
        with console.capture() as captured:
            console.print("n=10:100:log")
        assert captured.get() == "n=10:100:log\n"


def test_in_a_pipe_each_row_of_a_table_is_one_line(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    table = Table(Column("theorem", overflow="fold"), "status", box=None)
    table.add_row("Family." + "a_long_name" * 20, "ok")
    monkeypatch.delenv("COLUMNS")
    print_table(table)
    assert len(capsys.readouterr().out.splitlines()) == 2
    monkeypatch.setenv("COLUMNS", "200")
    print_table(table)
    assert len(capsys.readouterr().out.splitlines()) > 2


def test_a_misspelt_module_is_answered_with_a_near_one(project: Project) -> None:
    from deeptheory.prove.command import module_names

    with pytest.raises(UsageError, match=r"Did you mean DeepTheory.Sample.Basic\?"):
        module_names(project, ["DeepTheory.Sample.Basik"])


# Errors


def test_without_json_an_error_is_a_sentence(run_cli: Any, project: Project) -> None:
    build_catalog(project)
    done = run_cli(project, "show", "add_self_lee")
    assert (done.returncode, done.stdout) == (2, "")
    assert done.stderr.startswith("error: There is no theorem or definition called add_self_lee.")


@pytest.mark.parametrize(
    ("arguments", "parts"),
    [
        (("show", "add_self_lee", "--json"), ("add_self_lee. Did you mean", "Sample.add_self_le")),
        (("show", "μ" * 300, "--json"), ("μ" * 300,)),
        (("--json", "doctor"), ("doctor --json",)),
        (("verify", "--json", "--instancs", "3"), ("--instances", "deeptheory verify --help")),
        (("verify", "--instances", "0", "--json"), ("--instances", "deeptheory verify --help")),
        (("show", "--json"), ("Missing argument", "deeptheory show --help")),
        (("verfy", "--json"), ("Did you mean 'verify'", "deeptheory --help")),
        (("certify", "rsk", "--json"), ("Did you mean 'risk'", "deeptheory certify --help")),
    ],
)
def test_with_json_an_error_is_one_object_on_standard_error(
    run_cli: Any, project: Project, arguments: tuple[str, ...], parts: tuple[str, ...]
) -> None:
    build_catalog(project)
    done = run_cli(project, *arguments, env={"COLUMNS": "40"})
    assert (done.returncode, done.stdout) == (2, "")
    (line,) = done.stderr.splitlines()
    said = json.loads(line)
    assert list(said) == ["error", "exit"]
    assert said["exit"] == 2
    for part in parts:
        assert part in said["error"]


def test_with_json_a_failure_keeps_its_results_and_its_exit_code(
    run_cli: Any, project: Project
) -> None:
    build_catalog(project)  # its headline theorem has no check
    done = run_cli(project, "verify", "--json", "add_self_le")
    assert done.returncode == 1
    assert json.loads(done.stdout)["checks"][0]["passed"] is False
    said = json.loads(done.stderr.splitlines()[-1])
    assert said == {"error": "1 of 1 checks failed: Sample.add_self_le.", "exit": 1}


def test_with_json_what_succeeds_ends_as_without(run_cli: Any, project: Project) -> None:
    for arguments in (("--json",), ("stop", "--json"), ("stop", "--json", "--help")):
        done = run_cli(project, *arguments)
        assert (done.returncode, done.stderr) == (0, "")


def test_json_behind_two_dashes_is_a_word(run_cli: Any, project: Project) -> None:
    build_catalog(project)
    done = run_cli(project, "show", "--", "--json")
    assert done.returncode == 2
    assert done.stderr.startswith("error: ")


# Completion


def names(offers: list[tuple[str, str]]) -> list[str]:
    return [name for name, _ in offers]


def test_names_are_completed(project: Project) -> None:
    build_catalog(project)
    assert "add_self_le" in names(complete_theorem("add"))
    assert "add_self_le_witness" not in names(complete_theorem("add"))
    assert "add_self_le_witness" in names(complete_declaration("add_self_le_"))
    assert "Sample.add_self_le" in names(complete_theorem("Sample.a"))
    assert dict(complete_theorem("add"))["add_self_le"].startswith("Doubling")
    assert "rateBound" in names(complete_bound("rate"))
    assert "add_self_le" in names(complete_bound(""))
    assert "RealField" not in names(complete_bound(""))
    assert names(complete_module("DeepTheory.S")) == ["DeepTheory.Sample.Basic"]
    assert names(complete_experiment("b")) == ["breast-cancer"]
    assert names(complete_form("ma")) == ["maurer"]
    assert names(complete_theorem("nothing")) == []


def test_completion_offers_names_that_the_commands_take(project: Project) -> None:
    from deeptheory.catalog import Catalog

    catalog = Catalog.read(build_catalog(project))
    for name in names(complete_declaration("")) + names(complete_declaration("s")):
        assert catalog.get(name)


def test_completion_is_silent_where_there_is_nothing(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("DEEPTHEORY_PROJECT", str(tmp_path))
    assert complete_theorem("a") == complete_module("D") == []
    project = make_library(tmp_path)
    project.theorems_json.write_text("no JSON", encoding="utf-8")
    assert complete_theorem("a") == complete_bound("a") == []


@pytest.mark.parametrize(
    ("words", "offered"),
    [
        ("deeptheory show add_self_le_w", "add_self_le_witness"),
        ("deeptheory bound rateB", "rateBound"),
        ("deeptheory prove DeepTheory.Sam", "DeepTheory.Sample.Basic"),
        ("deeptheory aud", "audit"),
    ],
)
def test_the_shell_completes(run_cli: Any, project: Project, words: str, offered: str) -> None:
    build_catalog(project)
    asked = {
        "_DEEPTHEORY_COMPLETE": "complete_bash",
        "COMP_WORDS": words,
        "COMP_CWORD": str(len(words.split()) - 1),
    }
    done = run_cli(project, env=asked)
    assert offered in done.stdout.split()


# The program


def test_python_m_runs_the_command_line(checkout: Project) -> None:
    done = subprocess.run(
        [sys.executable, "-m", "deeptheory", "--version"],
        capture_output=True,
        text=True,
        timeout=120,
        check=False,
    )
    assert done.stdout.startswith("deeptheory ")
    assert "deeptheory" in done.stdout


def test_show_renders_card_formula_and_last_check(project: Project) -> None:
    build_catalog(project)
    shown = run("show", "add_self_le").output
    for part in ("the bound", "the card", "the last check", "not run yet", "twice(x) = 2 * x"):
        assert part in shown
    name = "DeepTheory.Sample.add_self_le"
    ratio = {"decimal": "0.5", "exact": "1/2"}
    entry = {**checked(name), "max_ratio": ratio, "claim": "attained", "failures": []}
    write_results(project.checks_json, [entry])
    shown = run("show", "add_self_le").output
    for part in ("passed, 1 instances, 0 of 0 mutants", "largest ratio 1/2", "claim: attained"):
        assert part in shown
