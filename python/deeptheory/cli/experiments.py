"""``deeptheory experiment``: the bounds on real data."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING, Annotated

import typer

from deeptheory.cli.app import app, console, errors
from deeptheory.cli.completion import complete_experiment
from deeptheory.errors import UsageError

if TYPE_CHECKING:
    from collections.abc import Sequence

    from flint import fmpq

    from deeptheory.experiments import Experiment
    from deeptheory.experiments.results import Entry

__all__ = ["experiment"]


@app.command()
def experiment(
    name: Annotated[
        str,
        typer.Argument(
            help="Which one; there is breast-cancer.", autocompletion=complete_experiment
        ),
    ] = "breast-cancer",
    as_json: Annotated[bool, typer.Option("--json", help="Print the results as JSON.")] = False,
) -> None:
    """Train classifiers on real data and evaluate every bound that applies to them.

    The results are written to build/experiments.json too, from which the index shows them.
    """
    from deeptheory.experiments import EXPERIMENTS, write_experiments
    from deeptheory.formulas import Book
    from deeptheory.formulas.inputs import nearest
    from deeptheory.paths import find_project

    if name not in EXPERIMENTS:
        known = ", ".join(sorted(EXPERIMENTS))
        hint = nearest(name, EXPERIMENTS)
        raise UsageError(f"There is no experiment named {name!r}; there is {known}.{hint}")
    project = find_project()
    book = Book.load(project.theorems_json)
    with errors.status("training and evaluating"):
        found = EXPERIMENTS[name](book)
    content = write_experiments(project.experiments_json, [found])
    if as_json:
        print(json.dumps(content, ensure_ascii=False, indent=1))
    else:
        _print_table(found)


def _decimal(value: fmpq) -> str:
    return f"{int(value.p) / int(value.q):.3f}"


def _cell(entry: Entry) -> str:
    found = entry.guarantee
    ratio = found.ratio(entry.held_out_error)
    return f"{float(found.value):.3f}" + ("" if ratio is None else f" ({float(ratio):.1f})")


def _rows(entries: Sequence[Entry]) -> dict[str, list[str]]:
    """Return the lines of one class: its errors, then each theorem's bounds, a cell a size."""
    by_size = {entry.n: entry for entry in entries}.values()
    rows = {
        "training error": [_decimal(entry.training_error) for entry in by_size],
        "held-out error": [_decimal(entry.held_out_error) for entry in by_size],
    }
    for entry in entries:
        rows.setdefault(entry.guarantee.theorem.rsplit(".", 1)[-1], []).append(_cell(entry))
    return rows


def _print_table(found: Experiment) -> None:
    from rich.markup import escape
    from rich.table import Table

    table = Table(box=None, header_style="bold", pad_edge=False)
    table.add_column("", overflow="fold")
    for n in sorted({entry.n for entry in found.entries}):
        table.add_column(f"n = {n}", justify="right", no_wrap=True)
    for model in found.models:
        table.add_row(f"[bold]{escape(model.title)}[/]")
        own = [entry for entry in found.entries if entry.model == model.key]
        for name, cells in _rows(own).items():
            table.add_row(f"  {escape(name)}", *cells)
    console.print(table)

    def line(text: str, style: str = "") -> None:
        console.print(escape(text), style=style, highlight=False, soft_wrap=True)

    line(
        f"theorems: an upper bound on the expected error, each with probability 1 - {found.delta}, "
        f"and in parentheses its ratio to the error on the {found.held_out} held-out points",
        "dim",
    )
    for heading, items in (("checked exactly", found.met), ("assumed", found.assumed)):
        line(f"{heading}:", "bold")
        for item in items:
            line(f"- {item}")
