"""Commands on the catalog: ``export`` and ``coverage``."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Annotated, Any

import typer

from deeptheory.cli.app import app, console
from deeptheory.errors import UsageError
from deeptheory.paths import Project, find_project

__all__ = ["coverage", "export"]

JsonOption = Annotated[bool, typer.Option("--json", help="Print JSON.")]


def _print_json(data: Any) -> None:
    typer.echo(json.dumps(data, ensure_ascii=False, indent=1))


def _checks(project: Project) -> dict[str, dict[str, Any]]:
    """Read the results of the checks; none where they were not run or cannot be read."""
    from deeptheory.checkresults import read_results

    return read_results(project.checks_json)


@app.command()
def export(
    theorems: Annotated[
        list[str] | None,
        typer.Argument(metavar="[THEOREM]...", help="With --kernel: these theorems only."),
    ] = None,
    kernel: Annotated[
        bool, typer.Option("--kernel", help="Write the proofs for kernels that are not Lean's own.")
    ] = False,
    output: Annotated[
        Path | None, typer.Option("--output", "-o", metavar="FILE", help="With --kernel: the file.")
    ] = None,
    inspect: Annotated[
        Path | None,
        typer.Option(metavar="FILE", help="With --kernel: read such a file and recompute it."),
    ] = None,
    accept: Annotated[
        bool,
        typer.Option("--accept", help="With --kernel: list what is taken from core without proof."),
    ] = False,
    as_json: JsonOption = False,
) -> None:
    """Build the catalog, build/theorems.json, from what was proved.

    With --kernel it writes the declarations behind the theorems instead, all of them or those that
    are named, in the Lean export format 3.1.0, so that an independent kernel can check the proofs.
    The proofs of core Lean's own theorems, which the embedded toolchain does not ship, go in as
    assumptions; kernel-assumptions.txt lists them. The file is read again before it takes its
    place: what kernels take as given is recomputed from the types. The same proofs give the same
    bytes.
    """
    if kernel:
        from deeptheory.cli.kernel import export_kernel, inspect_kernel

        if inspect is not None:
            if theorems or output is not None or accept:
                raise UsageError("--inspect reads a file: give it alone with --kernel.")
            inspect_kernel(inspect, as_json)
        elif output is None:
            raise UsageError("--kernel needs a file to write: give -o FILE.")
        else:
            export_kernel(theorems or [], output, accept, as_json)
        return
    if theorems or output is not None or inspect is not None or accept:
        raise UsageError("THEOREM, -o, --inspect and --accept go with --kernel.")
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
