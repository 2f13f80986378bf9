"""The geometry of the map: no line passes through a box, and lines of two theorems keep apart."""

from __future__ import annotations

import itertools
import json
import random
import re
import tempfile
import xml.etree.ElementTree as ET
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import Any

import pytest

from deeptheory.paths import Project
from deeptheory.site.graph import neighbourhood_svg
from deeptheory.site.map import TheoremMap
from deeptheory.site.model import Library, load_library
from deeptheory.site.placing import place
from deeptheory.site.routing import NODE_H, NODE_W, Cell, Router
from site_sample import catalog, large_catalog, make_project

ROOT = Path(__file__).parents[1]
SVG = "{http://www.w3.org/2000/svg}"
EPSILON = 1e-6
STEPS, STRIPE = 12, 40

Point = tuple[float, float]
Box = tuple[float, float, float, float]


@dataclass(frozen=True)
class Drawing:
    """What is drawn: the boxes of the nodes, and each line with its ends and its pieces."""

    boxes: list[Box]
    lines: list[tuple[str | None, str | None, list[list[Point]]]]


def pieces(data: str) -> list[list[Point]]:
    """Return the polygonal pieces of the data of a path, curves cut into short chords."""
    found: list[list[Point]] = []
    for letter, text in re.findall(r"([A-Za-z])([^A-Za-z]*)", data.replace("e-", "E-")):
        numbers = [float(number) for number in re.findall(r"[-+]?[\d.]+", text)]
        points = list(zip(numbers[0::2], numbers[1::2], strict=True))
        if letter == "M":
            found.append(points)
        elif letter == "L":
            found[-1] += points
        else:
            assert (letter, len(points)) in {("Q", 2), ("C", 3)}, letter
            found[-1] += curve([found[-1][-1], *points])
    return found


def curve(control: list[Point]) -> list[Point]:
    """Return points on the Bezier curve with these control points, without the first."""

    def at(t: float) -> Point:
        points = control
        while len(points) > 1:
            points = [
                (a[0] + t * (b[0] - a[0]), a[1] + t * (b[1] - a[1]))
                for a, b in itertools.pairwise(points)
            ]
        return points[0]

    return [at(n / STEPS) for n in range(1, STEPS + 1)]


def read(svg: str) -> Drawing:
    """Read a drawing from its SVG."""
    tree = ET.fromstring(svg)
    boxes: list[Box] = []
    for group in tree.iter(f"{SVG}g"):
        if "node" in (group.get("class") or "").split():
            (rect,) = group.findall(f"{SVG}rect")
            x, y, w, h = (float(rect.get(key, "")) for key in ("x", "y", "width", "height"))
            boxes.append((x, y, x + w, y + h))
    lines = [
        (path.get("data-from"), path.get("data-to"), pieces(path.get("d", "")))
        for path in tree.iter(f"{SVG}path")
        if "edge" in (path.get("class") or "").split()
    ]
    return Drawing(boxes, lines)


def enters(start: Point, end: Point, box: Box) -> bool:
    """Whether a segment has a point in the interior of a box."""
    low, high = 0.0, 1.0
    for n in (0, 1):
        least, most = box[n] + EPSILON, box[n + 2] - EPSILON
        by = end[n] - start[n]
        if by == 0:
            if not least < start[n] < most:
                return False
            continue
        first, last = sorted(((least - start[n]) / by, (most - start[n]) / by))
        low, high = max(low, first), min(high, last)
    return low < high


def faults(drawing: Drawing) -> list[tuple[str | None, str | None, Box]]:
    """Return the lines that pass through a box; where a line ends it only touches the side."""
    stripes: dict[int, set[Box]] = {}
    for box in drawing.boxes:
        for stripe in range(int(box[1] // STRIPE), int(box[3] // STRIPE) + 1):
            stripes.setdefault(stripe, set()).add(box)
    found: set[tuple[str | None, str | None, Box]] = set()
    for source, target, parts in drawing.lines:
        for a, b in itertools.chain.from_iterable(map(itertools.pairwise, parts)):
            low, high = sorted((a[1], b[1]))
            for stripe in range(int(low // STRIPE), int(high // STRIPE) + 1):
                met = (box for box in stripes.get(stripe, ()) if enters(a, b, box))
                found.update((source, target, box) for box in met)
    return sorted(found, key=str)


def overlaps(ways: list[tuple[int, list[Point]]]) -> list[tuple[int, int]]:
    """Return pairs of theorems with lines that run on each other."""
    found = []
    for axis in (0, 1):
        on: dict[float, list[tuple[float, float, int]]] = {}
        for number, way in ways:
            for a, b in itertools.pairwise(way):
                if a[axis] == b[axis] and a != b:
                    low, high = sorted((a[1 - axis], b[1 - axis]))
                    on.setdefault(round(a[axis], 3), []).append((low, high, number))
        for spans in on.values():
            for (_, end, one), (start, _, other) in itertools.combinations(sorted(spans), 2):
                if one != other and start < end - EPSILON:
                    found.append((one, other))
    return found


def linked(theorems: int) -> dict[str, Any]:
    """Return a large catalog with relations inside the families and between them, up and down."""
    data = large_catalog(theorems)
    made = data["declarations"][-theorems:]
    draw = random.Random(7)
    for n, item in enumerate(made):
        family = [other["name"] for other in made[n % 10 : n : 10]]
        rest = draw.sample(family, min(len(family), draw.choice((0, 0, 1, 1, 2))))
        if n % 4 == 1:
            rest.append(made[draw.randrange(n)]["name"])
        if n % 5 == 2:
            rest.append(made[draw.randrange(min(n, 12))]["name"])
        item["uses"] = rest
    return data


def sample() -> dict[str, Any]:
    """Return the small catalog with a line straight down past a theorem, and one upwards."""
    data = catalog()
    by_name = {item["name"]: item for item in data["declarations"]}
    prefix = "DeepTheory.Optimization."
    by_name["DeepTheory.Analysis.mean_value"]["uses"] = [f"{prefix}gd_momentum"]
    for name in ("gd_0", "gd_1", "gd_2"):
        named = {"name": f"{prefix}{name}", "short": f"Optimization.{name}", "uses": []}
        data["declarations"].append({**by_name[f"{prefix}gd_momentum"], **named})
    by_name[f"{prefix}gd_momentum"]["uses"] += [f"{prefix}gd_0"]
    return data


@cache
def library(which: str) -> Library:
    """Return a made library, or that of this checkout (a drawn one where it has no catalog)."""
    made = {"sample": sample, "large": lambda: large_catalog(500), "linked": lambda: linked(500)}
    with tempfile.TemporaryDirectory() as folder:
        project = make_project(Path(folder), with_checks=False)
        if which == "checkout" and Project(ROOT).theorems_json.is_file():
            # The catalog alone: the ledgers and the audit of all sources are not drawn.
            text = Project(ROOT).theorems_json.read_text(encoding="utf-8")
            for ledger in (project.coverage_toml, project.provenance_toml):
                ledger.write_text("", encoding="utf-8")
            project.assumptions_toml.write_text("", encoding="utf-8")
            project.experiments_json.unlink()
        else:
            text = json.dumps(made.get(which, lambda: linked(68))())
        project.theorems_json.write_text(text, encoding="utf-8")
        return load_library(project)


KINDS = ("sample", "checkout", "large", "linked")


@pytest.mark.parametrize("which", KINDS)
def test_no_line_of_the_map_passes_through_a_box(which: str) -> None:
    theorems = TheoremMap(library(which))
    drawing = read(theorems.svg(str) or "")
    assert len(drawing.boxes) == len(library(which).headline)
    assert len(drawing.lines) == sum(map(len, theorems.rests_on.values()))
    assert which == "large" or len(drawing.lines) > 2
    assert faults(drawing) == []


@pytest.mark.parametrize("which", KINDS)
def test_each_line_joins_the_sides_of_its_two_theorems(which: str) -> None:
    drawing = read(TheoremMap(library(which)).svg(str) or "")
    for source, target, parts in drawing.lines:
        first, last = drawing.boxes[int(source or "")], drawing.boxes[int(target or "")]
        start, end = parts[0][0], parts[0][-1]
        assert start[0] == pytest.approx(first[2], abs=0.01)
        assert end[0] == pytest.approx(last[0], abs=0.01)
        assert first[1] < start[1] < first[3]
        assert last[1] < end[1] < last[3]


@pytest.mark.parametrize("which", KINDS)
def test_lines_of_two_theorems_never_run_on_each_other(which: str) -> None:
    theorems = TheoremMap(library(which))
    assert overlaps([(edge[0], theorems.router.line(edge)) for edge in theorems.edges]) == []


def test_a_line_through_a_box_and_lines_on_each_other_are_found() -> None:
    box = '<g class="node"><rect x="0" y="{0}" width="10" height="4"/></g>'
    boxes = "".join(box.format(y) for y in (0, 10, 20))
    head = '<svg xmlns="http://www.w3.org/2000/svg">' + boxes
    for way, count in (
        ("M5 4L5 20", 1),
        ("M5 4C5 12 5 12 5 20", 1),
        ("M10 2L14 2Q16 2 16 4L16 20", 0),
        ("M10 2L14 2L-4 22", 1),
        ("M0 4L10 4", 0),
    ):
        assert len(faults(read(f'{head}<path class="edge" d="{way}"/></svg>'))) == count, way
    assert overlaps([(0, [(0, 0), (9, 0)]), (1, [(8, 0), (12, 0)])]) == [(0, 1)]
    assert overlaps([(0, [(0, 0), (9, 0)]), (1, [(9, 0), (9, 5)]), (0, [(1, 0), (3, 0)])]) == []


@pytest.mark.parametrize("seed", range(25))
def test_any_boxes_and_any_lines_keep_apart(seed: int) -> None:
    draw = random.Random(seed)
    cells = [
        Cell(band, row, column)
        for band in range(draw.randint(1, 5))
        for row in range(draw.randint(1, 6))
        for column in range(draw.randint(1, 5))
    ]
    pairs = list(itertools.permutations(range(len(cells)), 2))
    edges = sorted(draw.sample(pairs, min(len(pairs), 60)))
    router = Router(cells, edges)
    ways = [(edge[0], router.line(edge)) for edge in edges]
    boxes = [(x, y, x + NODE_W, y + NODE_H) for x, y in map(router.box, range(len(cells)))]
    drawing = Drawing(boxes, [(None, None, [way]) for _, way in ways])
    assert faults(drawing) == []
    assert overlaps(ways) == []
    for (_, end), (top, _) in itertools.pairwise(map(router.band, range(len(router.rows)))):
        assert end < top
    for x, y in itertools.chain.from_iterable(way for _, way in ways):
        assert 0 < x < router.width
        assert 0 < y < router.height


def test_a_theorem_stands_to_the_right_of_what_it_rests_on() -> None:
    for which in KINDS:
        theorems = TheoremMap(library(which))
        for number, other in theorems.edges:
            source, target = theorems.router.cells[number], theorems.router.cells[other]
            assert source.band != target.band or source.column < target.column
    chain = {str(n): [str(n - 1)] if n else [] for n in range(7)}
    assert [place(list(chain), chain)[name] for name in chain] == [(n, 0) for n in range(7)]
    circle = {"a": ["b"], "b": ["a"], "c": ["c"]}
    assert len(set(place(list(circle), circle).values())) == 3


def test_a_large_map_is_small_and_always_the_same() -> None:
    for which in ("large", "linked"):
        theorems = TheoremMap(library(which))
        drawing = theorems.svg(str) or ""
        assert len(drawing) < 600_000
        assert theorems.router.width < 4000
        assert TheoremMap(library(which)).svg(str) == drawing


def test_no_line_of_a_neighbourhood_passes_through_a_box() -> None:
    shown = library("checkout")
    drawn = [neighbourhood_svg(shown, item, str) for item in shown.headline]
    assert sum(svg is not None for svg in drawn) > 10
    for svg in filter(None, drawn):
        assert faults(read(svg)) == []
