"""``deeptheory`` with no arguments: what is done, and what to do next."""

from __future__ import annotations

import json
from typing import Any

import typer
from rich.markup import escape
from rich.table import Table

from deeptheory.cli.app import console

__all__ = ["show_status"]

_MARKS = {"done": "[green]done[/]", "stale": "[yellow]stale[/]", "failed": "[red]failed[/]"}
_AFTER = (
    ("deeptheory index --open", "browse the theorems"),
    ("deeptheory show gd_convex", "read one in the terminal"),
    ("deeptheory bound gd_convex --L 2 --D 1 --k 10", "evaluate a bound"),
    ("deeptheory --help", "all commands"),
)


def show_status(as_json: bool) -> None:
    """Say how far the checkout is; where there is none, say how to get one."""
    from deeptheory.errors import UsageError
    from deeptheory.paths import find_project
    from deeptheory.state import SCHEMA_VERSION, examine

    try:
        state = examine(find_project())
    except UsageError as error:
        if as_json:
            data: dict[str, Any] = {
                "schema": SCHEMA_VERSION,
                "root": None,
                "steps": [],
                "next": None,
                "problem": str(error),
            }
            typer.echo(json.dumps(data, ensure_ascii=False))
        else:
            console.print(escape(str(error)), highlight=False, soft_wrap=True)
        return
    if as_json:
        typer.echo(json.dumps(state.to_json(), ensure_ascii=False, indent=1))
        return
    table = Table(box=None, show_header=False, pad_edge=False)
    table.add_column(no_wrap=True)
    table.add_column(no_wrap=True)
    table.add_column(overflow="fold")
    for step in state.steps:
        table.add_row(step.key, _MARKS.get(step.state, "[dim]to do[/]"), escape(step.detail))
    console.print(f"DeepTheory in {state.root}", highlight=False, markup=False, soft_wrap=True)
    console.print(table)
    console.print()
    following = state.next
    if following is not None:
        console.print(f"next: [bold]{escape(following.command)}[/]", highlight=False)
        console.print(
            "[dim]`make` does all of it; `deeptheory --help` lists the commands[/]",
            highlight=False,
        )
        return
    console.print("Everything is up to date. You can", highlight=False)
    for command, what in _AFTER:
        console.print(f"  [bold]{escape(command):<48}[/] {what}", highlight=False)
