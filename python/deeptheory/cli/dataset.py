"""``deeptheory dataset`` and ``deeptheory trace``: the library as training data."""

from __future__ import annotations

import json
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from deeptheory.cli.app import app, console, errors
from deeptheory.errors import UsageError
from deeptheory.paths import find_project

if TYPE_CHECKING:
    from deeptheory.dataset import Counts, Origin

__all__ = ["dataset", "trace"]

Output = Annotated[
    Path,
    typer.Option("--output", "-o", metavar="FILE", help="Theorems, one a line; - prints them."),
]
Corpus = Annotated[
    Path | None,
    typer.Option(metavar="FILE", help="Also all declarations, one source file a line."),
]
Url = Annotated[
    str | None,
    typer.Option(metavar="URL", help="The repository; by default what git has as origin."),
]
Json = Annotated[bool, typer.Option("--json", help="Print what was written as JSON.")]


@app.command()
def dataset(output: Output, corpus: Corpus = None, url: Url = None, as_json: Json = False) -> None:
    """Write theorems, premises and proof dependencies as JSON Lines.

    Each line is a theorem with its place, its statement, its proof and what it uses directly, in
    the fields of the LeanDojo benchmark. The states at each tactic need `deeptheory trace`. The
    same sources give the same bytes; a file is replaced as a whole or not at all.
    """
    from deeptheory.catalog import Catalog
    from deeptheory.dataset import find_origin, write_dataset

    _targets(output, corpus, as_json)
    project = find_project()
    catalog = Catalog.load(project)
    origin = find_origin(project.root, url)
    counts = write_dataset(project, catalog, origin, output, corpus)
    _report(output, corpus, origin, counts, as_json)


@app.command()
def trace(output: Output, corpus: Corpus = None, url: Url = None, as_json: Json = False) -> None:
    """Write the same with the states before and after each tactic, by LeanDojo.

    It needs lake and lean of the version in lean-toolchain on PATH, and LeanDojo (make dojo).
    LeanDojo builds a copy of the library in a folder of its own; the first time takes long.
    """
    from deeptheory.catalog import Catalog
    from deeptheory.dataset import find_origin, write_dataset
    from deeptheory.dataset.positions import Places
    from deeptheory.dataset.tracing import require_toolchain, trace_tactics

    _targets(output, corpus, as_json)
    project = find_project()
    require_toolchain(project)
    catalog = Catalog.load(project)
    places = Places(catalog, project.root)
    for declaration in catalog:
        places.of(declaration)  # sources that are not those that were proved are not traced
    with errors.status("tracing with LeanDojo"):
        tactics = trace_tactics(project)
    origin = find_origin(project.root, url)
    counts = write_dataset(project, catalog, origin, output, corpus, tactics)
    _report(output, corpus, origin, counts, as_json)


def _targets(output: Path, corpus: Path | None, as_json: bool) -> None:
    """Refuse targets that would mix or overwrite each other.

    Raises
    ------
    UsageError
        Where they do.
    """
    if corpus is not None and corpus.resolve() == output.resolve():
        raise UsageError("--output and --corpus name the same file: give each its own.")
    if as_json and str(output) == "-":
        raise UsageError("With --json the theorems need a file: give -o FILE.")
    for path in (output, corpus):
        if path is not None and path.is_dir():
            raise UsageError(f"{path} is a folder: give a file.")


def _report(
    output: Path, corpus: Path | None, origin: Origin, counts: Counts, as_json: bool
) -> None:
    if as_json:
        data = {
            "schema": 1,
            "file": str(output),
            "corpus": None if corpus is None else str(corpus),
            "url": origin.url,
            "commit": origin.commit,
            "theorems": counts.theorems,
            "premises": counts.premises,
            "traced_tactics": counts.tactics,
        }
        typer.echo(json.dumps(data, ensure_ascii=False))
        return
    out = errors if str(output) == "-" else console
    out.print(
        f"{counts.theorems} theorems, {counts.premises} premises, "
        f"{counts.tactics} traced tactics: {output}",
        markup=False,
        highlight=False,
        soft_wrap=True,
    )
    if corpus is not None:
        out.print(
            f"{counts.files} source files: {corpus}", markup=False, highlight=False, soft_wrap=True
        )
    if origin.commit is None:
        errors.print("the Lean sources are not those of a commit, so none is named", style="dim")
