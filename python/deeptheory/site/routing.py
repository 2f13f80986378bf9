"""Lines between boxes that stand in columns, led through the gaps so that none is crossed.

The boxes stand in bands of rows, and the columns of all bands are in line.  So the gaps between
the columns (here: shafts) are free from top to bottom, and the gaps between the rows and between
the bands (here: aisles) are free from left to right.  A line leaves its box on the right into the
shaft there, and arrives from the shaft on the left of its other end; where these are two shafts,
an aisle leads from one to the other.  All lines that leave one box share their way as far as they
can, and each box has lanes of its own in the shafts and aisles that its lines use.  The gaps are
as wide as their lanes need.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from functools import cached_property

__all__ = ["Cell", "Router"]

NODE_W, NODE_H = 196.0, 30.0
MARGIN, HEAD, FOOT = 10.0, 30.0, 12.0
LANE, SHAFT, AISLE, BETWEEN = 8.0, 34.0, 10.0, 16.0
LEAVE, ARRIVE = 10.0, 15.0
PASSES = 40

Point = tuple[float, float]


@dataclass(frozen=True)
class Cell:
    """Where a box stands: its band, its row in the band, its column."""

    band: int
    row: int
    column: int


@dataclass
class Run:
    """What the lines of one box need of one shaft or aisle.

    Attributes
    ----------
    low, high : float
        From where to where they run along it.
    before, after : list of float
        Where they leave it to the left (up, for an aisle) and to the right (down).
    lane : int
        The lane that they get, counted from the left (from the top).
    """

    low: float = float("inf")
    high: float = float("-inf")
    before: list[float] = field(default_factory=list)
    after: list[float] = field(default_factory=list)
    lane: int = 0

    def reach(self, *places: float) -> None:
        """Make the run reach these places."""
        self.low = min(self.low, *places)
        self.high = max(self.high, *places)


class Router:
    """The geometry of a drawing: where boxes, bands and lines are.

    Parameters
    ----------
    cells : sequence of Cell
        The boxes.
    edges : sequence of pairs of int
        The lines, each from a box to another, by their numbers.
    """

    def __init__(self, cells: Sequence[Cell], edges: Sequence[tuple[int, int]]) -> None:
        self.cells = cells
        self.edges = edges
        self.columns = max((cell.column for cell in cells), default=-1) + 1
        self.rows = [0] * (max((cell.band for cell in cells), default=-1) + 1)
        for cell in cells:
            self.rows[cell.band] = max(self.rows[cell.band], cell.row + 1)
        # Levels count from the top: above each band an aisle, then its rows with aisles around.
        self._first, level = [], 0
        for rows in self.rows:
            self._first.append(level)
            level += 2 * rows + 2
        self._levels = level + 1

    def _row(self, cell: Cell) -> int:
        """Return the level of a row of boxes."""
        return self._first[cell.band] + 2 * cell.row + 2

    def _aisle(self, source: Cell, target: Cell) -> int | None:
        """Return the level on which a line changes from one shaft to another, if it does."""
        if source.column + 1 == target.column:
            return None
        if source.band == target.band:
            return self._row(source) + (1 if target.row > source.row else -1)
        if target.band > source.band:
            return self._first[target.band]
        return self._first[target.band + 1]

    def _straight(self, source: Cell, target: Cell) -> bool:
        """Whether the boxes are neighbours in a row, joined by a straight line."""
        return (source.band, source.row, source.column + 1) == (
            target.band,
            target.row,
            target.column,
        )

    @cached_property
    def _runs(self) -> tuple[dict[tuple[int, int], Run], dict[tuple[int, int], Run]]:
        """The runs in shafts and in aisles, by box and by shaft or level, with their lanes."""
        shafts: dict[tuple[int, int], Run] = {}
        aisles: dict[tuple[int, int], Run] = {}
        turns: list[tuple[Run, tuple[int, int], float]] = []
        for number, other in self.edges:
            source, target = self.cells[number], self.cells[other]
            if self._straight(source, target):
                continue
            leave, arrive = source.column + 1, target.column
            start, end = float(self._row(source)), float(self._row(target))
            first = shafts.setdefault((number, leave), Run())
            if start not in first.before:
                first.before.append(start)
            level = self._aisle(source, target)
            if level is None:
                first.reach(start, end)
                first.after.append(end + (0.25 if start > end else -0.25))
                continue
            first.reach(start, level)
            last = shafts.setdefault((number, arrive), Run())
            last.reach(level, end)
            last.after.append(end + (0.25 if level > end else -0.25))
            (first.after if arrive > leave else first.before).append(level)
            (last.before if arrive > leave else last.after).append(level)
            across = aisles.setdefault((number, level), Run())
            turns.append((across, (number, leave), start - level))
            turns.append((across, (number, arrive), end - level))
        for shaft in range(self.columns + 1):
            _assign([run for (_, place), run in sorted(shafts.items()) if place == shaft])
        for across, key, side in turns:
            place = key[1] + shafts[key].lane / 1000
            across.reach(place)
            (across.after if side > 0 else across.before).append(place)
        for level in sorted({place for _, place in aisles}):
            _assign([run for (_, place), run in sorted(aisles.items()) if place == level])
        return shafts, aisles

    @cached_property
    def _shafts(self) -> list[tuple[float, float]]:
        """For each shaft, its left side and its first lane; at the end the edge of the drawing."""
        lanes = _lanes(self._runs[0], self.columns + 1)
        found, x = [], MARGIN
        for number, count in enumerate(lanes):
            least = SHAFT if 0 < number < self.columns else SHAFT / 2
            taken = max(count - 1, 0) * LANE
            width = max(least, LEAVE + ARRIVE + taken)
            found.append((x, x + LEAVE + (width - LEAVE - ARRIVE - taken) / 2))
            x += width + NODE_W
        edge = x - NODE_W + MARGIN
        return [*found, (edge, edge)]

    @property
    def width(self) -> float:
        """The width of the drawing."""
        return self._shafts[-1][0]

    @cached_property
    def _tops(self) -> list[tuple[float, float]]:
        """For each level, its upper side and its first lane."""
        lanes = _lanes(self._runs[1], self._levels)
        found: list[tuple[float, float]] = []
        y = 0.0
        for band, rows in enumerate(self.rows):
            first = self._first[band]
            height = max(MARGIN, BETWEEN if lanes[first] else 0.0, (lanes[first] + 1) * LANE)
            found.append((y, y + (height - max(lanes[first] - 1, 0) * LANE) / 2))
            y += height + HEAD
            for row in range(rows + 1):
                count = lanes[first + 1 + 2 * row]
                least = AISLE if 0 < row < rows else FOOT if row else 0.0
                height = max(least, (count + 1) * LANE if count else 0.0)
                found.append((y, y + (height - max(count - 1, 0) * LANE) / 2))
                y += height
                if row < rows:
                    found.append((y, y))
                    y += NODE_H
        found.append((y, y))
        return found

    @property
    def height(self) -> float:
        """The height of the drawing."""
        return self._tops[-1][0] + MARGIN

    def band(self, number: int) -> tuple[float, float]:
        """Return the upper and the lower side of a band."""
        first = self._first[number]
        end = first + 2 * self.rows[number] + 2
        return self._tops[first + 1][0] - HEAD, self._tops[end][0]

    def box(self, number: int) -> Point:
        """Return the upper left corner of a box."""
        cell = self.cells[number]
        x = self._shafts[cell.column + 1][0] - NODE_W
        return x, self._tops[self._row(cell)][0]

    def _x(self, number: int, shaft: int) -> float:
        return self._shafts[shaft][1] + self._runs[0][number, shaft].lane * LANE

    def _y(self, number: int, level: int) -> float:
        return self._tops[level][1] + self._runs[1][number, level].lane * LANE

    @cached_property
    def _ports(self) -> dict[tuple[int, int], float]:
        """For each line, how far below the top of its box it arrives, as a part of its height.

        No line but a straight one arrives in the middle, where lines leave on the other side of
        the shaft.  Lines from above arrive above those from below, and do not cross each other.
        """
        coming: dict[int, list[tuple[bool, float, int]]] = {}
        ports: dict[tuple[int, int], float] = {}
        for number, other in self.edges:
            source, target = self.cells[number], self.cells[other]
            if self._straight(source, target):
                ports[number, other] = 0.5
                continue
            level = self._aisle(source, target)
            rises = (self._row(source) if level is None else level) > self._row(target)
            x = self._x(number, target.column)
            coming.setdefault(other, []).append((rises, x if rises else -x, number))
        for other, lines in coming.items():
            half = len(lines) + len(lines) % 2
            down = sum(not rises for rises, _, _ in lines)
            for place, (_, _, number) in enumerate(sorted(lines)):
                # Of an odd number, the free port is the middle one.
                late = len(lines) % 2 and place >= min(down, len(lines))
                ports[number, other] = (place + bool(late) + 0.5) / half
        return ports

    def line(self, edge: tuple[int, int]) -> list[Point]:
        """Return the corners of a line, from its start to its end."""
        number, other = edge
        source, target = self.cells[number], self.cells[other]
        (x0, y0), (x1, y1) = self.box(number), self.box(other)
        x0, y0 = x0 + NODE_W, y0 + NODE_H / 2
        y1 += NODE_H * self._ports[edge]
        if self._straight(source, target):
            return [(x0, y0), (x1, y1)]
        here, there = self._x(number, source.column + 1), self._x(number, target.column)
        level = self._aisle(source, target)
        if level is None:
            return [(x0, y0), (here, y0), (here, y1), (x1, y1)]
        y = self._y(number, level)
        return [(x0, y0), (here, y0), (here, y), (there, y), (there, y1), (x1, y1)]


def _lanes(runs: Mapping[tuple[int, int], Run], count: int) -> list[int]:
    """Return how many lanes each shaft or each level has."""
    lanes = [0] * count
    for (_, place), run in runs.items():
        lanes[place] = max(lanes[place], run.lane + 1)
    return lanes


def _assign(runs: list[Run]) -> None:
    """Give the runs of a shaft or an aisle their lanes, in an order with few crossings.

    Runs that lie beside each other never share a lane.
    """
    order = sorted(runs, key=lambda run: (run.low, run.high))
    for _ in range(PASSES):
        changed = False
        for n in range(len(order) - 1):
            left, right = order[n], order[n + 1]
            if _crossings(right, left) < _crossings(left, right):
                order[n], order[n + 1] = right, left
                changed = True
        if not changed:
            break
    for n, run in enumerate(order):
        beside = [
            other.lane + 1 for other in order[:n] if other.low <= run.high and run.low <= other.high
        ]
        run.lane = max(beside, default=0)


def _crossings(left: Run, right: Run) -> int:
    """Count how often two runs cross where one has a lane to the left of the other's."""
    return sum(right.low < place < right.high for place in left.after) + sum(
        left.low < place < left.high for place in right.before
    )
