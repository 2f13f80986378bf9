"""The export of a checkout: which modules, which declarations, and what was written."""

from __future__ import annotations

import subprocess
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path

from deeptheory.catalog import Catalog, Declaration
from deeptheory.errors import FailureError, UsageError
from deeptheory.files import replacing
from deeptheory.kernel.export import AXIOMS, Exported, export_declarations
from deeptheory.kernel.inspection import Inspection, inspect_export
from deeptheory.kernel.library import Library, Name, dotted
from deeptheory.paths import Project
from deeptheory.prove.graph import ROOT, is_ours
from deeptheory.prove.stamps import Store
from deeptheory.state import proofs
from deeptheory.toolchain import find_official, is_installed
from deeptheory.toolchain.embedded import toolchain_folder

__all__ = ["Written", "compiled_library", "export_checkout", "inspect_file"]

Progress = Callable[[str, int, int], None]
"""Told what goes on, and how much of how much of it is done."""


@dataclass(frozen=True)
class Written:
    """What was written.

    Attributes
    ----------
    exported : Exported
        What the exporter says that it wrote.
    inspection : Inspection
        What the file holds, by reading it again.
    headlines : tuple of str
        The theorems with a card that are in it.
    """

    exported: Exported
    inspection: Inspection
    headlines: tuple[str, ...]


def compiled_library(project: Project, progress: Progress = lambda *_: None) -> Library:
    """Read the compiled modules of a checkout and those of core.

    Raises
    ------
    UsageError
        Where the library is not proved as it is now, or a module cannot be read.
    """
    step = proofs(project)
    if step.state != "done":
        raise UsageError(f"An export needs all proofs, and {step.detail}: run `{step.command}`.")
    official = find_official()
    if official is not None:
        folders = [project.root / ".lake" / "build" / "lib" / "lean", _libdir(official.lean)]
    elif is_installed():
        folders = [Store(project.build).oleans, toolchain_folder() / "lib" / "lean"]
    else:
        raise UsageError("Lean is not installed: run `deeptheory setup`.")
    read = 0

    def announce(_name: str) -> None:
        nonlocal read
        read += 1
        progress("reading modules", read, 0)

    return Library([ROOT], folders, announce)


def _libdir(lean: Path) -> Path:
    """Return where the official toolchain has the compiled modules of core."""
    finished = subprocess.run(
        [str(lean), "--print-libdir"], capture_output=True, text=True, check=False
    )
    if finished.returncode != 0:
        raise UsageError(f"{lean} does not say where its library is: {finished.stderr.strip()}")
    return Path(finished.stdout.strip())


def export_checkout(
    project: Project,
    output: Path,
    names: Sequence[str] = (),
    progress: Progress = lambda *_: None,
    library: Library | None = None,
) -> Written:
    """Write theorems and everything below them; read the file again before it takes its place.

    Parameters
    ----------
    project : Project
        The checkout.
    output : Path
        The file.
    names : sequence of str
        Theorems; every theorem of the library by default.
    progress : callable, optional
        Told what goes on.
    library : Library, optional
        The compiled modules, where they are read already.

    Raises
    ------
    UsageError
        Where a name is not one of a theorem, or a file cannot be read or written.
    FailureError
        Where a theorem rests on an axiom that is not allowed, or the file does not hold what it
        should; what was there before stays.
    """
    if output.is_dir():
        raise UsageError(f"{output} is a folder: give a file.")
    catalog = Catalog.load(project)
    wanted = [_theorem(catalog, name) for name in names]
    library = library or compiled_library(project, progress)
    if wanted:
        roots: list[Name] = [tuple(d.name.split(".")) for d in wanted]
    else:
        roots = [
            c.name
            for c in library.constants.values()
            if c.kind == "theorem" and is_ours(c.module.name)
        ]
    inspected: list[Inspection] = []
    exported: list[Exported] = []

    def examine(aside: Path) -> None:
        (done,) = exported
        allowed = {dotted(a) for a in AXIOMS} | {a.name for a in done.assumptions}
        required = [dotted(name) for name in roots]
        inspected.append(inspect_file(aside, allowed, required, done.counts, progress))

    with replacing(output, examine) as stream:
        exported.append(
            export_declarations(
                library,
                roots,
                lambda line: stream.write(line + "\n"),
                is_ours,
                lambda done, count: progress("writing declarations", done, count),
            )
        )
    there = set(inspected[0].theorems)
    headlines = tuple(d.name for d in catalog.headlines if d.name in there)
    return Written(exported[0], inspected[0], headlines)


def _theorem(catalog: Catalog, name: str) -> Declaration:
    declaration = catalog.get(name)
    if declaration.kind != "theorem":
        raise UsageError(f"{declaration.name} is no theorem: name one with a proof.")
    return declaration


def inspect_file(
    path: Path,
    allowed: set[str] | None = None,
    required: Sequence[str] = (),
    counts: dict[str, int] | None = None,
    progress: Progress = lambda *_: None,
) -> Inspection:
    """Read an export and compare what it claims with what its types say.

    Parameters
    ----------
    path : Path
        The file.
    allowed : set of str, optional
        What may be taken without proof; anything by default.
    required : sequence of str
        Theorems that must be in it.
    counts : dict of str to int, optional
        Expressions and theorems that it must hold, under these names.
    progress : callable, optional
        Told how many of the expressions are read.

    Raises
    ------
    UsageError
        Where the file cannot be read.
    FailureError
        Where it breaks a rule of the format, or a number in it is not what the types say.
    """
    expected = (counts or {}).get("expressions", 0)

    def lines() -> Iterator[str]:
        with path.open(encoding="utf-8", newline="\n") as stream:
            for number, line in enumerate(stream):
                if number % 4096 == 0:
                    progress("reading it again", number, expected)
                yield line

    try:
        found = inspect_export(lines(), allowed, required)
    except (OSError, UnicodeDecodeError) as error:
        raise UsageError(f"{path} cannot be read: {error}.") from None
    if counts is not None and (found.expressions, len(found.theorems)) != (
        counts["expressions"],
        counts.get("theorem", 0),
    ):
        raise FailureError(f"{path} does not hold all that was written to it.")
    return found
