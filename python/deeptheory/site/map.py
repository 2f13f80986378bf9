"""The map: every headline theorem as a node that is a link, in a band for each family."""

from __future__ import annotations

import json
from dataclasses import dataclass
from functools import cached_property

from markupsafe import Markup

from deeptheory.catalog.model import Declaration
from deeptheory.site.model import Family, Library, label, tightness
from deeptheory.site.text import Linker

__all__ = ["Band", "Place", "TheoremMap"]

NODE_W, NODE_H, GAP_X, GAP_Y = 196, 30, 34, 8
ROWS_AT_MOST, LETTERS = 8, 24
HEAD, MARGIN = 34, 10
STYLES = 6


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
    width: float
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
    def depths(self) -> dict[str, int]:
        """For each headline theorem, the length of the longest path below it."""
        depths: dict[str, int] = {}

        def depth(name: str, above: frozenset[str]) -> int:
            if name not in depths:
                below = [other for other in self.rests_on[name] if other not in above]
                depths[name] = max((depth(other, above | {name}) + 1 for other in below), default=0)
            return depths[name]

        for name in self.rests_on:
            depth(name, frozenset())
        return depths

    @cached_property
    def bands(self) -> tuple[Band, ...]:
        """The bands from the top of the map down."""
        bands, top = [], float(MARGIN)
        families = [family for family in self.library.families if family.headline]
        for number, family in enumerate(families):
            places, rows, columns = self._places(family, top, f"c{number % STYLES + 1}")
            height = HEAD + rows * (NODE_H + GAP_Y) + GAP_Y
            width = columns * (NODE_W + GAP_X) + GAP_X
            bands.append(Band(family, top, height, width, tuple(places)))
            top += height + MARGIN
        return tuple(bands)

    def _places(self, family: Family, top: float, style: str) -> tuple[list[Place], int, int]:
        """Put the theorems of a family into columns by depth; long columns go on beside."""
        columns: list[list[Declaration]] = []
        for depth in sorted({self.depths[item.name] for item in family.headline}):
            same = [item for item in family.headline if self.depths[item.name] == depth]
            columns += [same[n : n + ROWS_AT_MOST] for n in range(0, len(same), ROWS_AT_MOST)]
        places = [
            Place(
                item,
                MARGIN + GAP_X / 2 + column * (NODE_W + GAP_X),
                top + HEAD + row * (NODE_H + GAP_Y),
                style,
            )
            for column, items in enumerate(columns)
            for row, item in enumerate(items)
        ]
        return places, max(map(len, columns)), len(columns)

    def svg(self, link: Linker) -> Markup | None:
        """Draw the map, None where there is no headline theorem."""
        if not self.bands:
            return None
        width = max(band.width for band in self.bands) + 2 * MARGIN
        height = self.bands[-1].top + self.bands[-1].height + MARGIN
        out = [
            Markup(
                '<svg class="graph map" viewBox="0 0 {0:g} {1:g}" width="{0:g}" height="{1:g}" '
                'role="group" aria-label="Map of the headline theorems" '
                'xmlns="http://www.w3.org/2000/svg">'
            ).format(width, height)
        ]
        out += [self._band(band, width) for band in self.bands]
        places = {place.declaration.name: place for band in self.bands for place in band.places}
        numbers = {name: number for number, name in enumerate(places)}
        out += [
            _edge(places[other], places[name], numbers[other], numbers[name])
            for name, below in self.rests_on.items()
            for other in below
        ]
        out += [self._node(place, number, link) for number, place in enumerate(places.values())]
        return Markup("").join([*out, Markup("</svg>")])

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
            MARGIN + GAP_X / 2,
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


def _edge(below: Place, above: Place, source: int, target: int) -> Markup:
    """Draw a line from a theorem to one that rests on it.

    It leaves on the right and arrives on the left.  Where the upper theorem does not stand
    further to the right, in another band, it leaves and arrives at the sides that face each
    other, so that it stays on the map.
    """
    if above.x > below.x:
        x0, y0 = below.x + NODE_W, below.y + NODE_H / 2
        x1, y1 = above.x, above.y + NODE_H / 2
        bend = max((x1 - x0) / 2, 24)
        first, second = (x0 + bend, y0), (x1 - bend, y1)
    else:
        x0, x1 = below.x + NODE_W / 2, above.x + NODE_W / 2
        down = above.y > below.y
        y0, y1 = below.y + NODE_H * down, above.y + NODE_H * (not down)
        first, second = (x0, (y0 + y1) / 2), (x1, (y0 + y1) / 2)
    return Markup(
        '<path class="edge" data-from="{}" data-to="{}" '
        'd="M{:g} {:g} C{:g} {:g} {:g} {:g} {:g} {:g}"/>'
    ).format(source, target, x0, y0, *first, *second, x1, y1)
