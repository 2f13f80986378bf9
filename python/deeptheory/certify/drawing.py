"""A drawing of the bounds against the number of examples, as a file of its own."""

from __future__ import annotations

import math
from dataclasses import replace
from typing import TYPE_CHECKING

from markupsafe import Markup

from deeptheory.certify.forms import FORMS
from deeptheory.certify.risk import RiskBound, bound_risk
from deeptheory.site.plots import TOP, Curve, Plot, make_plot, number_text

if TYPE_CHECKING:
    from deeptheory.certify.claim import Claim
    from deeptheory.formulas import Book

__all__ = ["curves_of", "draw"]

_FACTOR = 32
_STEPS = 16
_DIGITS = 7
_COLUMNS = 4
_LEGEND_TOP = 338
_LINE = 20

_COLOURS = ("#33409c", "#b4551c", "#17704a", "#8e3476", "#1b6f8a", "#6d6326")
_DASHES = ("none", "7 4", "2 3.5", "9 3 2 3", "5 2", "1 3")
_STYLE = "\n".join(
    [
        "text { font: 12.5px system-ui, sans-serif; fill: #5c5963; }",
        ".label, .name { fill: #1e1d22; } .sup { font-size: 9.5px; }",
        ".grid { stroke: #e2ded2; } .axis { stroke: #c9c4b5; stroke-width: 1.2; }",
        ".halo { paint-order: stroke; stroke: #ffffff; stroke-width: 4; }",
        "path { fill: none; stroke-width: 2; stroke-linejoin: round; }",
        "circle { fill: #ffffff; stroke-width: 1.8; }",
        ".ref path { stroke: #5c5963; stroke-dasharray: 3 3; }",
        *(
            f".c{number} path, .c{number} circle {{ stroke: {colour}; }} "
            f".c{number} path {{ stroke-dasharray: {dash}; }}"
            for number, (colour, dash) in enumerate(zip(_COLOURS, _DASHES, strict=True), start=1)
        ),
    ]
)


def curves_of(book: Book, claim: Claim) -> list[Curve]:
    """Return a curve of every form that has a value: the bound against the number of examples.

    The risk and the relative entropy stay as they are; bounds above one are drawn at one.  The
    numbers are rounded up, to seven digits.  An empirical risk of zero has no place on the axis.
    """
    sizes = sorted(
        {
            max(1, round(claim.n * _FACTOR ** (step / _STEPS)))
            for step in range(-_STEPS, _STEPS + 1)
            if step
        }
        | {claim.n}
    )
    curves = []
    for form in FORMS.values():
        found = [(n, bound_risk(book, form, replace(claim, n=n), _DIGITS)) for n in sizes]
        points = tuple((float(n), min(_float(b), 1.0)) for n, b in found if b.upper is not None)
        if points:
            curves.append(Curve(form.key, points))
    if claim.risk > 0:
        risk = int(claim.risk.p) / int(claim.risk.q)
        ends = (float(sizes[0]), float(sizes[-1]))
        curves.append(Curve("empirical risk", tuple((n, risk) for n in ends), reference=True))
    return curves


def draw(book: Book, claim: Claim, chosen: RiskBound) -> str:
    """Return the drawing as the text of an SVG file.

    Parameters
    ----------
    book : Book
        The catalog.
    claim : Claim
        The numbers.
    chosen : RiskBound
        The bound that is marked.
    """
    plot = make_plot(
        "Certified bounds on the risk against the number of examples",
        "number of examples",
        "risk at most",
        curves_of(book, claim),
        x_log=True,
        y_log=True,
    )
    assert plot is not None
    width = plot.size[0]
    entries = [(style, curve.name) for style, curve in plot.styled()]
    lines = math.ceil(len(entries) / _COLUMNS)
    height = _LEGEND_TOP + lines * _LINE + 10
    inner = plot.svg("certify").replace(
        Markup('<svg class="plot"'),
        Markup('<svg class="plot" x="0" y="0" width="{}" height="{}"').format(*plot.size),
        1,
    )
    return str(
        Markup(
            '<?xml version="1.0" encoding="UTF-8"?>\n'
            '<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 {0} {1}" width="{0}" '
            'height="{1}">\n<style>\n{2}\n</style>\n'
            '<rect width="{0}" height="{1}" fill="#ffffff"/>\n{3}\n{4}\n{5}\n</svg>\n'
        ).format(
            width,
            height,
            Markup(_STYLE),
            inner,
            _mark(plot, claim.n, min(_float(chosen), 1.0), f"{chosen.form.key}: {chosen.decimal}"),
            Markup("\n").join(
                _entry(style, name, number) for number, (style, name) in enumerate(entries)
            ),
        )
    )


def _mark(plot: Plot, n: int, value: float, tip: str) -> Markup:
    """Mark the bound that is certified by a ring, and say its value at the top."""
    x, y = plot.place(float(n), value)
    return Markup(
        '<line class="axis" x1="{0}" y1="{1}" x2="{0}" y2="{2}"/>'
        '<circle cx="{0}" cy="{2}" r="6" fill="none" stroke="#1e1d22"><title>{3}</title></circle>'
        '<text class="name halo" x="{4}" y="{5}">{6}</text>'
    ).format(x, TOP, y, tip, x + 6, TOP + 12, f"{number_text(value)} at n = {number_text(n)}")


def _entry(style: str, name: str, number: int) -> Markup:
    """Write one entry of the legend."""
    x = 76 + number % _COLUMNS * 155
    y = _LEGEND_TOP + number // _COLUMNS * _LINE + 8
    return Markup(
        '<g class="{}"><path d="M{} {}h26"/><text class="name" x="{}" y="{}">{}</text></g>'
    ).format(style, x, y, x + 33, y + 4, name)


def _float(bound: RiskBound) -> float:
    assert bound.upper is not None
    return int(bound.upper.p) / int(bound.upper.q)
