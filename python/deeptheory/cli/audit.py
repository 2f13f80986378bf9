"""``deeptheory audit``: how each headline theorem stands, and what is wrong."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING, Annotated

import typer

from deeptheory.cli.app import app, console, print_table
from deeptheory.cli.completion import complete_theorem
from deeptheory.errors import FailureError, UsageError
from deeptheory.paths import find_project

if TYPE_CHECKING:
    from collections.abc import Sequence

    from deeptheory.audit.findings import Finding
    from deeptheory.audit.report import Report
    from deeptheory.catalog import Catalog

__all__ = ["audit"]

_COLOURS = {"ok": "green", "defect": "red", "open": "yellow", "unknown": "yellow"}
_HEADINGS = {
    "axioms": "axioms",
    "witness": "witness",
    "sharpness": "sharp",
    "check": "check",
    "triviality": "trivial",
    "hypotheses": "unused",
    "constants": "numbers",
    "source": "source",
}
_WORDS = {"ok": "ok", "defect": "DEFECT", "open": "open", "unknown": "not run"}


@app.command()
def audit(
    theorems: Annotated[
        list[str] | None,
        typer.Argument(
            metavar="THEOREM",
            help="Theorems; all of them by default.",
            autocompletion=complete_theorem,
        ),
    ] = None,
    summary: Annotated[
        bool, typer.Option("--summary", help="Print one line a theorem, not one table.")
    ] = False,
    as_json: Annotated[bool, typer.Option("--json", help="Print JSON.")] = False,
) -> None:
    """Check sources, theorems and checks against the rules; one table a theorem.

    A table says which axioms a theorem rests on, its witness, its sharpness, its last check with
    the mutants that it refuted, whether the statement is trivial, which hypotheses the proof does
    not use, and which numbers of the docstring the statement does not hold. Below the tables are
    the defects, with file and line. Where theorems are named, only what concerns them is shown.
    """
    from deeptheory.audit import audit_reports
    from deeptheory.audit.report import SCHEMA_VERSION
    from deeptheory.catalog import Catalog

    project = find_project()
    catalog = Catalog.load(project)
    names = _names(catalog, theorems or [])
    reports, findings = audit_reports(project, catalog)
    if names:
        reports = [r for r in reports if r.theorem.name in names]
        wrong = {message for r in reports for a in r.aspects for message in a.findings}
        findings = [f for f in findings if f.message in wrong]
    if as_json:
        data = {
            "schema": SCHEMA_VERSION,
            "findings": [f.to_json() for f in findings],
            "theorems": [r.to_json() for r in reports],
        }
        typer.echo(json.dumps(data, ensure_ascii=False, indent=1))
    else:
        if summary:
            _print_lines(reports)
        else:
            _print_tables(reports)
        _print_findings(findings)
    if findings:
        count = len(findings)
        raise FailureError(f"The audit found {count} {'defect' if count == 1 else 'defects'}.")


def _names(catalog: Catalog, given: Sequence[str]) -> set[str]:
    """Return the full names of headline theorems.

    Raises
    ------
    UsageError
        Where there is no such theorem, or it has no card.
    """
    names = set()
    for name in given:
        found = catalog.get(name)
        if not found.is_headline:
            raise UsageError(f"{found.short} has no card, so there is no table of it.")
        names.add(found.name)
    return names


def _print_tables(reports: Sequence[Report]) -> None:
    from rich.markup import escape
    from rich.table import Table

    for report in reports:
        table = Table(
            title=f"[bold]{escape(report.theorem.short)}[/]",
            title_justify="left",
            box=None,
            show_header=False,
            pad_edge=False,
            title_style="",
        )
        table.add_column(no_wrap=True)
        table.add_column(no_wrap=True)
        table.add_column(overflow="fold")
        for aspect in report.aspects:
            colour = _COLOURS[aspect.state]
            text = "\n".join([aspect.text, *(f for f in aspect.findings if f not in aspect.text)])
            table.add_row(
                aspect.title, f"[{colour}]{_WORDS[aspect.state]}[/]", escape(text.strip())
            )
        print_table(table)
        console.print()


def _print_lines(reports: Sequence[Report]) -> None:
    from rich.markup import escape
    from rich.table import Table

    table = Table(box=None, header_style="bold", pad_edge=False)
    table.add_column("theorem", overflow="fold")
    for heading in _HEADINGS.values():
        table.add_column(heading, no_wrap=True)
    for report in reports:
        cells = {a.key: f"[{_COLOURS[a.state]}]{_WORDS[a.state]}[/]" for a in report.aspects}
        table.add_row(escape(report.theorem.short), *(cells[key] for key in _HEADINGS))
    if reports:
        print_table(table)


def _print_findings(findings: Sequence[Finding]) -> None:
    from rich.markup import escape
    from rich.table import Table

    if not findings:
        console.print("The audit found nothing.")
        return
    table = Table("place", "rule", "finding", box=None, pad_edge=False)
    for f in findings:
        table.add_row(escape(f"{f.file}:{f.line}"), f.rule, escape(f.message))
    print_table(table)
