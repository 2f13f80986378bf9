"""``deeptheory export --kernel``: proofs in the format that other kernels read."""

from __future__ import annotations

import json
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path
from typing import TYPE_CHECKING, Any

import typer

from deeptheory.cli.app import console, progress_bar
from deeptheory.errors import FailureError, UsageError
from deeptheory.paths import find_project

if TYPE_CHECKING:
    from deeptheory.kernel.checkout import Progress

__all__ = ["export_kernel", "inspect_kernel", "kernel_progress"]

SCHEMA_VERSION = 1
"""The version of what ``deeptheory export --kernel --json`` prints."""


def export_kernel(names: Sequence[str], output: Path, accept: bool, as_json: bool) -> None:
    """Write theorems in the export format, and compare what they take from core with the list.

    Raises
    ------
    FailureError
        Where they take something that is not listed; the file is written all the same.
    UsageError
        Where the list is to be accepted from a part of the library.
    """
    from deeptheory.kernel import export_checkout, read_assumptions, write_assumptions

    if accept and names:
        raise UsageError("--accept lists what the whole library takes: leave the theorems out.")
    project = find_project()
    with kernel_progress() as progress:
        written = export_checkout(project, output, names, progress)
    exported, listed = written.exported, set(read_assumptions(project))
    new = [a for a in exported.assumptions if a not in listed]
    if accept:
        write_assumptions(project, exported.assumptions)
    if as_json:
        data = {
            "schema": SCHEMA_VERSION,
            "file": str(output),
            "lean": written.inspection.lean,
            "lines": exported.counts,
            "theorems": exported.theorems,
            "headlines": list(written.headlines),
            "axioms": list(exported.axioms),
            "assumptions": [vars(a) for a in exported.assumptions],
            "unlisted": [a.name for a in new],
            "accepted": accept,
        }
        typer.echo(json.dumps(data, ensure_ascii=False, indent=1))
    else:
        counts = exported.counts
        _line(
            f"{exported.theorems} theorems with proofs, {len(written.headlines)} of them with a "
            f"card; {counts['expressions']} expressions: {output}"
        )
        _line(f"axioms: {', '.join(exported.axioms) or 'none'}")
        if exported.assumptions:
            _line(
                f"taken from core without proof: {len(exported.assumptions)}, "
                + ("now listed" if accept else "listed")
                + f" in {project.kernel_assumptions.name}"
                + ("" if accept or not new else f" but for {len(new)}")
            )
        else:
            _line("complete: nothing is taken from core without proof")
    if new and not accept:
        shown = ", ".join(a.name for a in new[:5]) + (" and more" if len(new) > 5 else "")
        raise FailureError(
            f"{len(new)} assumptions are not in {project.kernel_assumptions.name}: {shown}. "
            "Look at them; `deeptheory export --kernel -o FILE --accept` lists all that are taken."
        )


def inspect_kernel(path: Path, as_json: bool) -> None:
    """Read an export and compare what it claims with what its types say."""
    from deeptheory.kernel import inspect_file

    with kernel_progress() as progress:
        found = inspect_file(path, progress=progress)
    if as_json:
        data: dict[str, Any] = {"schema": SCHEMA_VERSION, "file": str(path)}
        data |= {key: list(v) if isinstance(v, tuple) else v for key, v in vars(found).items()}
        typer.echo(json.dumps(data, ensure_ascii=False, indent=1))
        return
    _line(
        f"{path}: Lean {found.lean}, {len(found.theorems)} theorems, "
        f"{len(found.definitions)} definitions, {found.families} families of inductive types, "
        f"{len(found.axioms)} axioms; every number is what its types say"
    )


def _line(text: str) -> None:
    console.print(text, markup=False, highlight=False, soft_wrap=True)


@contextmanager
def kernel_progress() -> Iterator[Progress]:
    """Show a progress bar; what it gives takes what goes on, how much is done, and of how much."""
    with progress_bar() as bar:
        task = bar.add_task("", total=None)

        def tell(what: str, done: int, count: int) -> None:
            bar.update(task, description=what, completed=done, total=count or None)

        yield tell
