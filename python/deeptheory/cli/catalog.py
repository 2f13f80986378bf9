"""Commands on the catalog: ``export``, ``show`` and ``coverage``."""

from __future__ import annotations

import json
from collections.abc import Iterable
from typing import TYPE_CHECKING, Annotated, Any

import typer

from deeptheory.cli.app import app, console
from deeptheory.paths import Project, find_project

if TYPE_CHECKING:
    from rich.table import Table

    from deeptheory.catalog import Catalog, Declaration

__all__ = ["coverage", "export", "show"]

JsonOption = Annotated[bool, typer.Option("--json", help="Print JSON.")]


def _print_json(data: Any) -> None:
    typer.echo(json.dumps(data, ensure_ascii=False, indent=1))


def _checks(project: Project) -> dict[str, dict[str, Any]]:
    """Read the results of the checks; none where they were not run or cannot be read."""
    from deeptheory.checks.results import read_results

    return read_results(project.checks_json)


@app.command()
def export(as_json: JsonOption = False) -> None:
    """Build the catalog, build/theorems.json, from what was proved."""
    from deeptheory.catalog import Catalog, build_catalog

    project = find_project()
    path = build_catalog(project)
    catalog = Catalog.read(path)
    counts = {
        "file": path.as_posix(),
        "declarations": len(catalog),
        "theorems": sum(d.kind == "theorem" for d in catalog),
        "headlines": len(catalog.headlines),
        "formulas": sum(d.formula is not None for d in catalog),
    }
    if as_json:
        _print_json(counts)
    else:
        console.print(
            f"{counts['declarations']} declarations, {counts['theorems']} theorems, "
            f"{counts['headlines']} with a card, {counts['formulas']} formulas: {path}",
            highlight=False,
            soft_wrap=True,
        )


@app.command()
def show(
    name: Annotated[str, typer.Argument(help="A theorem or definition.")],
    as_json: JsonOption = False,
) -> None:
    """Show a theorem: statement, card, formula, axioms, place and last check."""
    from deeptheory.catalog import Catalog

    project = find_project()
    catalog = Catalog.load(project)
    declaration = catalog.get(name)
    check = _checks(project).get(declaration.name)
    if as_json:
        data = json.loads(project.theorems_json.read_text(encoding="utf-8"))
        entry = next(d for d in data["declarations"] if d["name"] == declaration.name)
        _print_json(
            {**entry, "dependents": list(catalog.dependents[declaration.name]), "check": check}
        )
        return
    _show(declaration, catalog, check)


def _show(d: Declaration, catalog: Catalog, check: dict[str, Any] | None) -> None:
    from rich.markup import escape
    from rich.padding import Padding
    from rich.syntax import Syntax

    console.print(f"[bold]{escape(d.title or d.short)}[/]")
    place = f"{d.file}:{d.line}"
    console.print(f"[dim]{d.kind} {escape(d.name)}  {escape(place)}[/]", highlight=False)
    console.print()
    statement = Syntax(d.signature, "lean4", word_wrap=True, background_color="default")
    console.print(Padding(statement, (0, 0, 1, 2)))
    if d.prose:
        prose = d.prose
        if d.title and prose.startswith("**"):
            prose = prose.split("**", 2)[2].lstrip(". \n")
        for paragraph in prose.split("\n\n") if prose else ():
            console.print(escape(_reflow(paragraph)), highlight=False)
            console.print()
    console.print(_facts(d, catalog, check))


def _reflow(paragraph: str) -> str:
    """Join the lines of a paragraph; lists and indented text keep theirs."""
    lines = paragraph.split("\n")
    if any(line.startswith((" ", "*", "-", "|")) for line in lines):
        return paragraph
    return " ".join(lines)


def _shown(names: Iterable[str]) -> str:
    return ", ".join(name.removeprefix("DeepTheory.") for name in names)


def _facts(d: Declaration, catalog: Catalog, check: dict[str, Any] | None) -> Table:
    from rich.markup import escape
    from rich.table import Table

    table = Table.grid(padding=(0, 2))
    table.add_column(style="bold", no_wrap=True)
    table.add_column(overflow="fold")

    def row(key: str, value: str) -> None:
        table.add_row(key, escape(value))

    if d.card:
        row("controls", ", ".join(d.card.controls))
        row("assumes", d.card.assumes)
        if d.card.bound:
            bound = catalog.by_name.get(d.card.bound)
            formula = _formula_text(bound) if bound else None
            row("bound", _shown([d.card.bound]) + (f" = {formula}" if formula else ""))
        row("witness", _shown([d.card.witness]))
        sharp = [part for part in (d.card.sharp.theorem, d.card.sharp.note) if part]
        row("sharp", _shown(sharp))
        row("source", d.card.source)
        for key, value in d.card.other.items():
            row(key, value)
    elif d.formula:
        row("formula", _formula_text(d) or "")
    row("axioms", _axioms_text(d))
    users = catalog.dependents[d.name]
    row("uses", _shown(d.uses) or "nothing of this library")
    row("used by", _shown(users) or "nothing yet")
    if d.kind == "theorem" and (d.card or check):
        row("check", _check_text(check))
    return table


def _axioms_text(d: Declaration) -> str:
    text = ", ".join(d.axioms) or "none"
    return text if d.axioms_complete else f"at most {text}"


def _formula_text(d: Declaration) -> str | None:
    from deeptheory.formulas.syntax import parse
    from deeptheory.formulas.text import to_text

    if d.formula is None:
        return None
    nats = frozenset(p.name for p in d.formula.params if p.type == "nat")
    return to_text(parse(d.formula.body, nats))


def _check_text(check: dict[str, Any] | None) -> str:
    if check is None:
        return "not run yet: `deeptheory verify`"
    mutants = check["mutants"]
    parts = [
        "passed" if check["passed"] else "FAILED",
        f"{check['instances']} instances",
        f"{sum(m['killed'] for m in mutants)} of {len(mutants)} mutants refuted",
    ]
    if check["max_ratio"]:
        parts.insert(2, f"largest ratio {check['max_ratio']['decimal']}")
    return ", ".join(parts)


@app.command()
def coverage(
    as_json: JsonOption = False,
    summary: Annotated[bool, typer.Option("--summary", help="Print the last line only.")] = False,
) -> None:
    """List the rows that the library is to hold, and which theorems deliver them."""
    from rich.markup import escape
    from rich.table import Table

    from deeptheory.catalog import Catalog
    from deeptheory.coverage import cover, load_rows

    project = find_project()
    rows = load_rows(project.coverage_toml)
    catalog = Catalog.load(project) if any(r.theorems for r in rows) else None
    covered = cover(rows, catalog, _checks(project))
    counts = {
        state: sum(r.state == state for r in rows) for state in ("delivered", "partial", "open")
    }
    if as_json:
        _print_json({"counts": counts, "rows": [c.to_json() for c in covered]})
        return
    table = Table(
        "id",
        "family",
        "state",
        "theorems",
        "witness",
        "sharpness",
        "checks",
        box=None,
        pad_edge=False,
    )

    def cell(values: tuple[str, ...]) -> str:
        return escape("\n".join(v.removeprefix("DeepTheory.") for v in values))

    for c in covered:
        style = {"delivered": "green", "partial": "yellow"}.get(c.row.state, "dim")
        table.add_row(
            escape(c.row.id),
            escape(c.row.family),
            f"[{style}]{c.row.state}[/]",
            cell(c.theorems),
            cell(c.witness),
            cell(c.sharpness),
            cell(c.checks),
        )
    if not summary:
        console.print(table)
    console.print(
        f"{len(rows)} rows: {counts['delivered']} delivered, {counts['partial']} partial, "
        f"{counts['open']} open.",
        highlight=False,
    )
