"""``deeptheory setup`` and ``deeptheory doctor``."""

from __future__ import annotations

import json
from typing import Annotated

import typer
from rich.markup import escape

from deeptheory.cli.app import app, console, errors


@app.command()
def setup() -> None:
    """Install the embedded Lean toolchain into the cache (needs the network once)."""
    from rich.progress import BarColumn, DownloadColumn, Progress, TextColumn, TimeElapsedColumn

    from deeptheory.paths import find_project
    from deeptheory.toolchain import EMBEDDED, find_official, install, is_installed

    project = find_project()
    if is_installed():
        toolchain = install(project)
        console.print(
            f"embedded Lean {EMBEDDED.lean_version} is installed in {toolchain.folder}",
            highlight=False,
            soft_wrap=True,
        )
        return
    official = find_official()
    if official is not None:
        console.print(
            f"the official toolchain ({official.lake}) is used: nothing to install. "
            "Set DEEPTHEORY_TOOLCHAIN=embedded for the embedded one.",
            highlight=False,
            soft_wrap=True,
        )
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
    console.print(
        f"embedded Lean {EMBEDDED.lean_version} installed in {toolchain.folder}",
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
