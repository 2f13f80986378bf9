"""Measurements: proving cold and warm, each theorem's time, checks, formulas and inverses."""

from __future__ import annotations

import json
import os
import re
import shutil
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

from deeptheory.catalog import Catalog
from deeptheory.certify.bench import bench_inversion
from deeptheory.errors import FailureError, UsageError
from deeptheory.formulas.bench import bench_book
from deeptheory.formulas.book import Book
from deeptheory.paths import Project

__all__ = ["bench", "profiled", "theorem_times"]

_COPIED = ("lakefile.lean", "lean-toolchain", "package.json", "package-lock.json")
_PROFILER = ("set_option profiler true", "set_option profiler.threshold 1")
_TOOK = re.compile(r"took ([0-9.]+)(ms|s)\b")


def profiled(source: str) -> str:
    """Return a module's source with the profiler on, its lines where they were.

    The options follow ``public section`` on its own line.
    """
    head, section, tail = source.partition("\npublic section\n")
    return f"{head}\npublic section {' '.join(_PROFILER)}\n{tail}" if section else source


def theorem_times(catalog: Catalog, modules: list[dict[str, Any]]) -> dict[str, float]:
    """Attribute the profiler's slices to the theorems in whose lines they lie.

    Parameters
    ----------
    catalog : Catalog
        The theorems with their lines.
    modules : list of dict
        The modules of ``deeptheory prove --json``, with the profiler's messages.

    Returns
    -------
    dict of str to float
        Seconds a theorem.
    """
    spans: dict[str, list[tuple[int, int, str]]] = {}
    for declaration in catalog:
        if declaration.kind == "theorem":
            spans.setdefault(declaration.module, []).append(
                (declaration.line, declaration.end_line, declaration.short)
            )
    times: dict[str, float] = {}
    for module in modules:
        for message in module["diagnostics"]:
            seconds = sum(
                float(number) / (1000 if unit == "ms" else 1)
                for number, unit in _TOOK.findall(message["text"])
            )
            for first, last, name in spans.get(module["name"], []):
                if first <= message["line"] <= last:
                    times[name] = times.get(name, 0.0) + seconds
    return times


@contextmanager
def _copy(project: Project) -> Iterator[Project]:
    """Copy the sources, with the profiler on, into a folder that is removed afterwards."""
    with tempfile.TemporaryDirectory(prefix="deeptheory-bench-") as folder:
        copy = Project(Path(folder).resolve())
        for name in _COPIED:
            shutil.copy(project.root / name, copy.root)
        shutil.copytree(project.lean, copy.lean)
        for path in (copy.lean / "DeepTheory").rglob("*.lean"):
            path.write_text(profiled(path.read_text(encoding="utf-8")), encoding="utf-8")
        yield copy


def _prove(project: Project) -> tuple[float, list[dict[str, Any]]]:
    """Run ``deeptheory prove`` in a project, as a user does."""
    begun = time.monotonic()
    result = subprocess.run(
        [sys.executable, "-c", "from deeptheory.cli import main; main()", "prove", "--json"],
        env={**os.environ, "DEEPTHEORY_PROJECT": str(project.root)},
        capture_output=True,
        text=True,
        check=False,
    )
    seconds = time.monotonic() - begun
    if result.returncode != 0:
        raise FailureError(
            "The library does not prove, so there is nothing to measure: run `deeptheory prove`."
        )
    modules: list[dict[str, Any]] = json.loads(result.stdout)["modules"]
    return seconds, modules


def _checks(project: Project) -> list[dict[str, Any]]:
    try:
        data = json.loads(project.checks_json.read_text(encoding="utf-8"))
        return [
            {
                "theorem": entry["theorem"],
                "instances": entry["instances"],
                "seconds": entry["seconds"],
                "per_second": entry["instances"] / entry["seconds"] if entry["seconds"] else None,
            }
            for entry in data["checks"]
        ]
    except (OSError, ValueError, KeyError, TypeError) as error:
        raise UsageError(
            f"No check results in {project.checks_json}: run `deeptheory verify`."
        ) from error


def bench(project: Project, report: Callable[[str], None] = lambda _: None) -> dict[str, Any]:
    """Measure everything and return the figures.

    Parameters
    ----------
    project : Project
        The checkout, proved and verified.
    report : callable, optional
        Told what is being measured.

    Returns
    -------
    dict
        ``prove`` (cold and warm seconds, modules, theorems), ``checks``, ``formulas`` at 53 and
        at 200 bits, and ``inversion`` (see `bench_inversion`).

    Raises
    ------
    UsageError
        Where the catalog or the check results are missing.
    """
    catalog = Catalog.load(project)
    checks = _checks(project)
    book = Book.load(project.theorems_json)
    report("formulas beside mpmath's intervals")
    formulas = [bench_book(book, bits=bits) for bits in (53, 200)]
    report("the inverse of the relative entropy")
    inversion = bench_inversion(book)
    with _copy(project) as copy:
        report("proving everything, from nothing")
        cold, modules = _prove(copy)
        report("proving again, with nothing changed")
        warm, _ = _prove(copy)
    return {
        "schema": 1,
        "cores": os.cpu_count(),
        "prove": {
            "cold_seconds": cold,
            "warm_seconds": warm,
            "modules": {m["name"]: m["seconds"] for m in modules},
            "theorems": theorem_times(catalog, modules),
        },
        "checks": checks,
        "formulas": formulas,
        "inversion": inversion,
    }
