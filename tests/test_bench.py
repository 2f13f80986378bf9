"""The benchmark: what it measures is attributed to the right theorem."""

from __future__ import annotations

from pathlib import Path

import pytest

from deeptheory.bench import bench, profiled, theorem_times
from deeptheory.catalog import Catalog, build_catalog
from deeptheory.errors import UsageError
from library import BASIC, make_library


def test_the_profiler_moves_no_line() -> None:
    source = "module\n\npublic section\n\ntheorem a : True := trivial\n"
    lines, before = profiled(source).split("\n"), source.split("\n")
    assert len(lines) == len(before)
    assert "profiler true" in lines[2]
    assert [b for a, b in zip(lines, before, strict=True) if a != b] == ["public section"]


def test_slices_are_added_to_the_theorem_in_whose_lines_they_lie(tmp_path: Path) -> None:
    project = make_library(tmp_path / "project")
    build_catalog(project)
    catalog = Catalog.load(project)
    theorem, other = [d for d in catalog if d.kind == "theorem"][:2]
    messages = [
        {"line": theorem.line, "text": "grind took 130ms\ntype checking took 1.25s"},
        {"line": theorem.end_line, "text": "simp took 20ms"},
        {"line": other.line, "text": "no time here"},
        {"line": 100_000, "text": "grind took 5s"},
    ]
    times = theorem_times(catalog, [{"name": BASIC, "diagnostics": messages}])
    assert times[theorem.short] == pytest.approx(1.4)
    assert times[other.short] == 0
    assert sum(times.values()) == pytest.approx(1.4)


def test_without_check_results_it_says_what_to_run(tmp_path: Path) -> None:
    project = make_library(tmp_path / "project")
    build_catalog(project)
    with pytest.raises(UsageError, match="deeptheory verify"):
        bench(project)
