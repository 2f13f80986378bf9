"""The map: every headline theorem as a node that is a link, in a band for each family."""

from __future__ import annotations

import itertools
import json
from dataclasses import dataclass
from functools import cached_property
from operator import itemgetter

from markupsafe import Markup

from deeptheory.catalog.model import Declaration
from deeptheory.site.model import Family, Library, label, tightness
from deeptheory.site.placing import place
from deeptheory.site.routing import MARGIN, NODE_H, NODE_W, Cell, Point, Router
from deeptheory.site.text import Linker

__all__ = ["Band", "Place", "TheoremMap"]

LETTERS, STYLES = 24, 6
ROUND, TIP = 4.0, 4.0


@dataclass(frozen=True)
class Place:
    """Where a theorem stands on the map: its upper left corner."""

    declaration: Declaration
    x: float
    y: float
    style: str


@dataclass(frozen=True)
class Band:
    """The part of the map that a family takes."""

    family: Family
    top: float
    height: float
    places: tuple[Place, ...]


class TheoremMap:
    """The headline theorems with the paths between them.

    A theorem rests on another where its proof uses it, directly or through lemmas that have no
    card.

    Parameters
    ----------
    library : Library
        What is shown.
    """

    def __init__(self, library: Library) -> None:
        self.library = library

    @cached_property
    def rests_on(self) -> dict[str, list[str]]:
        """For each headline theorem, the nearest headline theorems below it, by full name."""
        order = {item.name: place for place, item in enumerate(self.library.headline)}
        found: dict[str, list[str]] = {}
        for theorem in self.library.headline:
            seen, hits = {theorem.name}, set()
            waiting = list(theorem.uses)
            while waiting:
                name = waiting.pop()
                if name in seen or name not in self.library.by_name:
                    continue
                seen.add(name)
                if name in order:
                    hits.add(name)
                else:
                    waiting.extend(self.library.by_name[name].uses)
            found[theorem.name] = sorted(hits, key=order.__getitem__)
        return found

    @cached_property
    def carries(self) -> dict[str, list[str]]:
        """For each headline theorem, those that rest on it."""
        found: dict[str, list[str]] = {name: [] for name in self.rests_on}
        for name, below in self.rests_on.items():
            for other in below:
                found[other].append(name)
        return found

    @cached_property
    def _families(self) -> list[Family]:
        return [family for family in self.library.families if family.headline]

    @cached_property
    def _cells(self) -> dict[str, Cell]:
        """The band, the row and the column of each headline theorem, by its full name."""
        cells: dict[str, Cell] = {}
        for number, family in enumerate(self._families):
            at = place([item.name for item in family.headline], self.rests_on)
            for item in sorted(family.headline, key=lambda item: at[item.name]):
                column, row = at[item.name]
                cells[item.name] = Cell(number, row, column)
        return cells

    @cached_property
    def _numbers(self) -> dict[str, int]:
        """The number of each headline theorem, by its full name."""
        return {name: number for number, name in enumerate(self._cells)}

    @cached_property
    def edges(self) -> list[tuple[int, int]]:
        """The lines: from the number of a theorem to that of one that rests on it."""
        numbers = self._numbers
        return sorted(
            (numbers[other], numbers[name])
            for name, below in self.rests_on.items()
            for other in below
        )

    @cached_property
    def router(self) -> Router:
        """The geometry of the map."""
        return Router(list(self._cells.values()), self.edges)

    @cached_property
    def bands(self) -> tuple[Band, ...]:
        """The bands from the top of the map down."""
        found: list[Band] = []
        numbers = self._numbers
        for number, family in enumerate(self._families):
            style = f"c{number % STYLES + 1}"
            top, end = self.router.band(number)
            items = sorted(family.headline, key=lambda item: numbers[item.name])
            places = [Place(item, *self.router.box(numbers[item.name]), style) for item in items]
            found.append(Band(family, top, end - top, tuple(places)))
        return tuple(found)

    def svg(self, link: Linker) -> Markup | None:
        """Draw the map, None where there is no headline theorem."""
        if not self.bands:
            return None
        width = self.router.width
        out = [
            Markup(
                '<svg class="graph map" viewBox="0 0 {0:g} {1:g}" width="{0:g}" height="{1:g}" '
                'role="group" aria-label="Map of the headline theorems" '
                'xmlns="http://www.w3.org/2000/svg">'
            ).format(width, self.router.height)
        ]
        out += [self._band(band, width) for band in self.bands]
        places = [place for band in self.bands for place in band.places]
        out += self._lines(places)
        out += [self._node(place, number, link) for number, place in enumerate(places)]
        return Markup("").join([*out, Markup("</svg>")])

    def _lines(self, places: list[Place]) -> list[Markup]:
        """Draw the lines, those of one theorem over a broad path.

        By it the pointer finds them, and it parts them from the lines that they cross.
        """
        out = [Markup('<g class="edges">')]
        for number, edges in itertools.groupby(self.edges, key=itemgetter(0)):
            ways = {other: self.router.line((number, other)) for _, other in edges}
            broad = "".join(map(_rounded, ways.values()))
            out.append(Markup('<path class="reach" data-net="{}" d="{}"/>').format(number, broad))
            for other, way in ways.items():
                out.append(
                    Markup('<path class="edge {}" data-from="{}" data-to="{}" d="{}"/>').format(
                        places[number].style, number, other, _rounded(way) + _tip(*way[-1])
                    )
                )
        return [*out, Markup("</g>")]

    @staticmethod
    def _band(band: Band, width: float) -> Markup:
        return Markup(
            '<rect class="band" x="{0}" y="{1:g}" width="{2:g}" height="{3:g}" rx="12"/>'
            '<text class="band-name" x="{4:g}" y="{5:g}">{6}</text>'
        ).format(
            MARGIN,
            band.top,
            width - 2 * MARGIN,
            band.height,
            band.places[0].x,
            band.top + 22,
            f"{band.family.title} ({len(band.family.headline)})",
        )

    def _node(self, place: Place, number: int, link: Linker) -> Markup:
        declaration = place.declaration
        last = declaration.name.rpartition(".")[2]
        shown = last if len(last) <= LETTERS else last[: LETTERS - 1] + "…"
        sharp = " sharp" if tightness(declaration) == "sharp" else ""
        return Markup(
            '<a href="{}" data-node="{}"><g class="node {}{}"><title>{}</title>'
            '<rect x="{:g}" y="{:g}" width="{}" height="{}" rx="7"/>'
            '<text x="{:g}" y="{:g}">{}</text></g></a>'
        ).format(
            link(self.library.page(declaration.name) or ""),
            number,
            place.style,
            sharp,
            f"{declaration.short}: {label(declaration)}",
            place.x,
            place.y,
            NODE_W,
            NODE_H,
            place.x + 10,
            place.y + NODE_H / 2 + 4.5,
            shown,
        )

    def json(self) -> str:
        """Return the map's data: every headline theorem with what it rests on."""
        data = {
            "schema": 1,
            "theorems": [
                {
                    "name": item.name,
                    "title": label(item),
                    "family": item.family,
                    "controls": list(item.card.controls) if item.card else [],
                    "sharp": tightness(item) == "sharp",
                    "rests_on": self.rests_on[item.name],
                    "uses": [name for name in item.uses if name in self.library.by_name],
                    "used_by": self.library.used_by.get(item.name, []),
                }
                for item in self.library.headline
            ],
        }
        return json.dumps(data, indent=1, ensure_ascii=False) + "\n"

    def controls(self) -> list[tuple[Family, dict[str, list[Declaration]]]]:
        """Return what each theory controls: for each family, its theorems by what they control."""
        rows = []
        for family in self.library.families:
            cells: dict[str, list[Declaration]] = {}
            for item in family.headline:
                for control in item.card.controls if item.card else ():
                    cells.setdefault(control, []).append(item)
            if cells:
                rows.append((family, dict(sorted(cells.items()))))
        return rows


def _rounded(way: list[Point]) -> str:
    """Return the data of a path along a line, with round corners."""
    out = "M{:g} {:g}".format(*way[0])
    for before, corner, after in zip(way, way[1:], way[2:], strict=False):
        # A corner takes at most half of the shorter side, so that the sides stay straight.
        sides = [abs(a[0] - corner[0]) + abs(a[1] - corner[1]) for a in (before, after)]
        cut = min(ROUND, *(side / 2 for side in sides))
        (x0, y0), (x1, y1) = (
            tuple(corner[n] + (a[n] - corner[n]) * cut / side for n in (0, 1)) if side else corner
            for a, side in zip((before, after), sides, strict=True)
        )
        out += f"L{x0:g} {y0:g}Q{corner[0]:g} {corner[1]:g} {x1:g} {y1:g}"
    return out + "L{:g} {:g}".format(*way[-1])


def _tip(x: float, y: float) -> str:
    """Return the data of the tip of a line that arrives from the left."""
    back, side = x - TIP, 0.75 * TIP
    return f"M{back:g} {y - side:g}L{x:g} {y:g}L{back:g} {y + side:g}"
