"""``deeptheory recheck``: the proofs once more, by a kernel that is not Lean's."""

from __future__ import annotations

import json
import os
import tempfile
from contextlib import ExitStack
from pathlib import Path
from typing import Annotated, Any

import typer

from deeptheory.cli.app import app, console
from deeptheory.cli.kernel import kernel_progress
from deeptheory.errors import UsageError
from deeptheory.paths import find_project

__all__ = ["recheck"]

SCHEMA_VERSION = 1
"""The version of what ``deeptheory recheck --json`` prints."""


@app.command()
def recheck(
    theorems: Annotated[
        list[str] | None,
        typer.Argument(metavar="[THEOREM]...", help="Theorems; all of the library by default."),
    ] = None,
    file: Annotated[
        Path | None,
        typer.Option(metavar="FILE", help="What `deeptheory export --kernel` wrote, as it is."),
    ] = None,
    jobs: Annotated[
        int | None, typer.Option(min=1, help="Processes; as many as processors by default.")
    ] = None,
    as_json: Annotated[bool, typer.Option("--json", help="Print JSON.")] = False,
) -> None:
    """Check proofs once more, by a second kernel, without Lean.

    The theorems are exported with all that they rest on, and a kernel written in Python from the
    rules of Lean's type theory checks each declaration: types, proofs, inductive types and their
    recursors. What the toolchain ships without proof stays an assumption. It takes seconds for a
    theorem near the foundations, a minute for most others, and some minutes for all.
    """
    from deeptheory.kernel import export_checkout
    from deeptheory.recheck import recheck_file

    if file is not None and theorems:
        raise UsageError("--file checks all that is in the file: leave the theorems out.")
    count = jobs or os.cpu_count() or 1
    with ExitStack() as stack:
        progress = stack.enter_context(kernel_progress())
        path, inspection = file, None
        if path is None:
            folder = stack.enter_context(tempfile.TemporaryDirectory())
            path = Path(folder) / "export.ndjson"
            written = export_checkout(find_project(), path, theorems or [], progress)
            inspection = written.inspection
        found = recheck_file(path, count, progress=progress, inspection=inspection)
    if as_json:
        data: dict[str, Any] = {"schema": SCHEMA_VERSION}
        data |= {key: list(v) if isinstance(v, tuple) else v for key, v in vars(found).items()}
        typer.echo(json.dumps(data, ensure_ascii=False, indent=1))
        return

    def line(text: str) -> None:
        console.print(text, markup=False, highlight=False, soft_wrap=True)

    line(
        f"The second kernel accepts {len(found.theorems)} theorems, {found.definitions} "
        f"definitions and {found.families} families of inductive types, in {found.seconds:.0f} s."
    )
    line(f"Taken without proof or value: {len(found.axioms)}")
    if found.nested:
        line(f"Taken with the recursors of the file, as nested types: {', '.join(found.nested)}")
