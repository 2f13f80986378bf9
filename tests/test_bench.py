"""The benchmark: what it measures is attributed to the right theorem."""

from __future__ import annotations

from pathlib import Path

import pytest
from rich.console import Console

from deeptheory.bench import bench, profiled, theorem_times
from deeptheory.catalog import Catalog, build_catalog
from deeptheory.certify import bench as certify_bench
from deeptheory.certify.bench import bench_inversion
from deeptheory.cli.bench import _inversion
from deeptheory.errors import FailureError, UsageError
from deeptheory.formulas.book import Book
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


def test_the_inverse_is_measured_beside_what_others_do(book: Book) -> None:
    figures = bench_inversion(book, entries=3000, seconds=0.01)
    exact, arrays = figures["exact"], figures["arrays"]
    assert exact["digits"] == 30
    assert exact["speedup"] == pytest.approx(exact["theirs"] / exact["ours"])
    assert exact["speedup"] > 5
    assert arrays["entries"] == 3000
    assert arrays["ratio"] == pytest.approx(arrays["ours"] / arrays["theirs"])
    assert 0 < arrays["largest_difference"] < 1e-9
    assert [entry["bound"] for entry in figures["risks"]] == [
        "inverse",
        "McAllester",
        "quadratic",
        "lambda",
    ]
    assert all(entry["ours"] > 0 and entry["theirs"] > 0 for entry in figures["risks"])
    console = Console(width=160)
    with console.capture() as shown:
        for table in _inversion(figures):
            console.print(table)
    assert f"{exact['speedup']:.0f} times as fast" in shown.get()
    assert "3,000 certified doubles" in shown.get()
    assert "McAllester" in shown.get()


def test_sides_that_disagree_are_no_measurement(
    book: Book, monkeypatch: pytest.MonkeyPatch
) -> None:
    newton = certify_bench.newton
    monkeypatch.setattr(certify_bench, "newton", lambda q, c: newton(q, c) + 1e-6)
    with pytest.raises(FailureError, match="differ"):
        bench_inversion(book, entries=100, seconds=0.001)
