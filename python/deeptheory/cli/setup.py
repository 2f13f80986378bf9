"""``deeptheory setup`` and ``deeptheory doctor``."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING, Annotated

import typer
from rich.markup import escape

from deeptheory.cli.app import app, console, errors
from deeptheory.errors import UsageError

if TYPE_CHECKING:
    from pathlib import Path

    from deeptheory.paths import Project


@app.command()
def setup(
    as_json: Annotated[bool, typer.Option("--json", help="Print one JSON object.")] = False,
) -> None:
    """Install the embedded Lean and the pages' KaTeX into the cache (needs the network once)."""
    from rich.progress import BarColumn, DownloadColumn, Progress, TextColumn, TimeElapsedColumn

    from deeptheory.paths import find_project
    from deeptheory.toolchain import find_official, install, is_installed

    project = find_project()
    _set_up_web(project)
    if is_installed():
        _report(as_json, install(project).folder, "is installed in")
        return
    official = find_official()
    if official is not None:
        _report_official(as_json, official.lake)
        return
    columns = (
        TextColumn("{task.description}"),
        BarColumn(),
        DownloadColumn(),
        TimeElapsedColumn(),
    )
    with Progress(*columns, console=errors, transient=True) as progress:
        task = progress.add_task("setting up Lean", total=None)

        def report(step: str, done: int, total: int) -> None:
            progress.update(task, description=step, completed=done, total=total or None)

        toolchain = install(project, report=report)
    _report(as_json, toolchain.folder, "installed in")


def _report(as_json: bool, folder: Path, what: str) -> None:
    from deeptheory.toolchain import EMBEDDED

    version = EMBEDDED.lean_version
    if as_json:
        data = {"toolchain": "embedded", "lean": version, "folder": str(folder)}
        typer.echo(json.dumps(data))
    else:
        console.print(f"embedded Lean {version} {what} {folder}", highlight=False, soft_wrap=True)


def _report_official(as_json: bool, lake: Path) -> None:
    if as_json:
        typer.echo(json.dumps({"toolchain": "official", "lake": str(lake)}))
    else:
        console.print(
            f"the official toolchain ({lake}) is used: nothing to install. "
            "Set DEEPTHEORY_TOOLCHAIN=embedded for the embedded one.",
            highlight=False,
            soft_wrap=True,
        )


def _set_up_web(project: Project) -> None:
    """Install what the pages take from npm; without it they show formulas as MathML."""
    from deeptheory.site.web import install_web

    try:
        install_web(project)
    except UsageError as error:
        errors.print(
            f"{error} The pages will show formulas as MathML.",
            markup=False,
            highlight=False,
            soft_wrap=True,
        )


@app.command()
def doctor(
    as_json: Annotated[bool, typer.Option("--json", help="Print one JSON object.")] = False,
) -> None:
    """Say what is installed, what is missing and what to do about it."""
    from deeptheory.toolchain.doctor import examine

    findings = examine()
    ok = all(finding.state != "missing" for finding in findings)
    if as_json:
        data = {"ok": ok, "findings": [finding.to_json() for finding in findings]}
        console.out(json.dumps(data), highlight=False)
    else:
        colours = {"ok": "green", "missing": "red", "optional": "yellow"}
        for finding in findings:
            state = f"[{colours[finding.state]}]{finding.state:<9}[/]"
            remedy = f" -> {escape(finding.remedy)}" if finding.remedy else ""
            line = f"{state}{finding.name}: {escape(finding.detail)}{remedy}"
            console.print(line, highlight=False, soft_wrap=True)
    if not ok:
        raise typer.Exit(2)
