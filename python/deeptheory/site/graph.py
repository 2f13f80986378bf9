"""The neighbourhood of a declaration as an inline SVG graph whose nodes are links."""

from __future__ import annotations

from markupsafe import Markup

from deeptheory.catalog.model import Declaration
from deeptheory.site.model import Library, label
from deeptheory.site.text import Linker

__all__ = ["neighbourhood_svg"]

NODE_W, NODE_H, GAP_Y, COLUMN = 186, 32, 10, 242
SHOWN_AT_MOST = 12
LETTERS = 22


def neighbourhood_svg(library: Library, declaration: Declaration, link: Linker) -> Markup | None:
    """Draw what a declaration uses on the left and what uses it on the right.

    Returns None where it has no neighbours.  Long lists are cut; the lists beside the graph
    are complete.
    """
    uses = [name for name in declaration.uses if name in library.by_name]
    used_by = library.used_by.get(declaration.name, [])
    uses = [name for name in uses if name != declaration.name]
    if not uses and not used_by:
        return None
    left = _rank(library, declaration, uses)
    right = _rank(library, declaration, used_by)
    rows = max(len(left[0]) + bool(left[1]), len(right[0]) + bool(right[1]), 1)
    height = rows * (NODE_H + GAP_Y) + GAP_Y + 22
    first, last = (0 if uses else 1), (2 if used_by else 1)
    width = (last - first) * COLUMN + NODE_W + 8
    here_x = 4 + (1 - first) * COLUMN
    centre_y = 22 + (height - 22) / 2
    out = [
        Markup(
            '<svg class="graph" viewBox="0 0 {0} {1}" width="{0}" height="{1}" role="group" '
            'aria-label="What {2} uses and what uses it" xmlns="http://www.w3.org/2000/svg">'
        ).format(width, height, declaration.short)
    ]
    edges: list[Markup] = []
    nodes: list[Markup] = []
    for column, (names, more) in ((0, left), (2, right)):
        x = 4 + (column - first) * COLUMN
        if not names:
            continue
        nodes.append(
            Markup('<text class="column" x="{}" y="14">{}</text>').format(
                x, "uses" if column == 0 else "used by"
            )
        )
        count = len(names) + bool(more)
        top = centre_y - (count * (NODE_H + GAP_Y) - GAP_Y) / 2
        for row, name in enumerate(names):
            y = top + row * (NODE_H + GAP_Y)
            nodes.append(_node(library.by_name[name], library, x, y, link))
            edges.append(_edge(column == 0, x, here_x, y + NODE_H / 2, centre_y))
        if more:
            y = top + len(names) * (NODE_H + GAP_Y)
            nodes.append(
                Markup('<text class="more" x="{}" y="{}">and {} more, listed below</text>').format(
                    x + 12, y + NODE_H / 2 + 4, more
                )
            )
    nodes.append(
        _box(declaration, here_x, centre_y - NODE_H / 2, "node here " + _kind(declaration))
    )
    return Markup("").join([*out, *edges, *nodes, Markup("</svg>")])


def _rank(library: Library, declaration: Declaration, names: list[str]) -> tuple[list[str], int]:
    """Put the neighbours that matter most first and cut the list."""

    def weight(name: str) -> tuple[bool, bool, bool, int]:
        other = library.by_name[name]
        return (
            not other.is_headline,
            name not in declaration.type_uses,
            other.family != declaration.family,
            len(library.used_by.get(name, [])),
        )

    ranked = sorted(names, key=weight)
    shown = ranked if len(ranked) <= SHOWN_AT_MOST else ranked[: SHOWN_AT_MOST - 1]
    return shown, len(ranked) - len(shown)


def _kind(declaration: Declaration) -> str:
    if declaration.is_headline:
        return "k-headline"
    return "k-theorem" if declaration.kind == "theorem" else "k-definition"


def _node(declaration: Declaration, library: Library, x: float, y: float, link: Linker) -> Markup:
    href = link(library.page(declaration.name) or "")
    box = _box(declaration, x, y, "node " + _kind(declaration))
    return Markup('<a href="{}">{}</a>').format(href, box)


def _box(declaration: Declaration, x: float, y: float, classes: str) -> Markup:
    last = declaration.name.rpartition(".")[2]
    shown = last if len(last) <= LETTERS else last[: LETTERS - 1] + "…"
    return Markup(
        '<g class="{}"><title>{}</title><rect x="{:g}" y="{:g}" width="{}" height="{}" rx="7"/>'
        '<text x="{:g}" y="{:g}">{}</text></g>'
    ).format(
        classes,
        f"{declaration.short}: {label(declaration)}",
        x,
        y,
        NODE_W,
        NODE_H,
        x + 12,
        y + NODE_H / 2 + 4.5,
        shown,
    )


def _edge(incoming: bool, x: float, here_x: float, y: float, centre_y: float) -> Markup:
    if incoming:
        x0, y0, x1, y1 = x + NODE_W, y, here_x, centre_y
    else:
        x0, y0, x1, y1 = here_x + NODE_W, centre_y, x, y
    bend = (x1 - x0) / 2
    return Markup('<path class="edge" d="M{:g} {:g} C{:g} {:g} {:g} {:g} {:g} {:g}"/>').format(
        x0, y0, x0 + bend, y0, x1 - bend, y1, x1, y1
    )
