"""Writing records as they come, each file as a whole or not at all."""

from __future__ import annotations

import json
import sys
from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Any, TextIO

from deeptheory.catalog import Catalog
from deeptheory.dataset.origin import Origin
from deeptheory.dataset.positions import Places
from deeptheory.dataset.records import Tactics, corpus_records, theorem_records
from deeptheory.files import replacing
from deeptheory.paths import Project

__all__ = ["Counts", "write_dataset", "write_lines"]


@dataclass
class Counts:
    """What was written.

    Attributes
    ----------
    theorems, premises, tactics : int
        Theorems; pairs of a theorem and something that it uses; traced tactics.
    files : int
        Source files in the corpus.
    """

    theorems: int = 0
    premises: int = 0
    tactics: int = 0
    files: int = 0


def write_dataset(
    project: Project,
    catalog: Catalog,
    origin: Origin,
    output: Path,
    corpus: Path | None = None,
    tactics: Tactics | None = None,
) -> Counts:
    """Write the theorems and, where asked for, the corpus, as JSON Lines.

    The same sources give the same bytes.

    Parameters
    ----------
    project : Project
        The checkout.
    catalog : Catalog
        Its catalog.
    origin : Origin
        The repository and the commit.
    output : Path
        The file of theorems; ``-`` is the standard output.
    corpus : Path, optional
        The file of the corpus.
    tactics : mapping, optional
        The traced tactics by the theorem's full name.

    Raises
    ------
    UsageError
        Where a file cannot be written.
    FailureError
        Where the sources are not those that were proved; what was there before stays.
    """
    from deeptheory.prove.graph import find_modules, ordered

    counts = Counts()
    places = Places(catalog, project.root)

    def counted(records: Iterable[dict[str, Any]]) -> Iterator[dict[str, Any]]:
        for record in records:
            counts.theorems += 1
            counts.premises += len(record["premises"])
            counts.tactics += len(record["traced_tactics"])
            yield record

    write_lines(output, counted(theorem_records(catalog, places, origin, tactics)))
    if corpus is not None:
        modules = find_modules(project.lean)
        order, _ = ordered(modules, modules, {name: name for name in modules})
        counts.files = write_lines(corpus, corpus_records(catalog, places, modules, order))
    return counts


def write_lines(path: Path, records: Iterable[dict[str, Any]]) -> int:
    """Write one JSON object a line; return how many.

    Raises
    ------
    UsageError
        Where the file cannot be written.
    """
    count = 0
    with _opened(path) as stream:
        for record in records:
            stream.write(json.dumps(record, ensure_ascii=False, allow_nan=False) + "\n")
            count += 1
    return count


@contextmanager
def _opened(path: Path) -> Iterator[TextIO]:
    """Open a file that takes the place of the old one at the end, where no error came."""
    if str(path) == "-":
        yield sys.stdout
        return
    with replacing(path) as stream:
        yield stream
