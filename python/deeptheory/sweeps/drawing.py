"""Plots a sweep: the bound and what is measured, and their ratio below."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from deeptheory.sweeps.evaluate import Row
from deeptheory.sweeps.extra import need
from deeptheory.sweeps.grid import Axis, exact_text
from deeptheory.sweeps.plan import Plan
from deeptheory.sweeps.table import double, replace_file

__all__ = ["MAX_CURVES", "Curve", "curves_of", "draw"]

MAX_CURVES = 10
"""With more curves than this, colours run through a map and no legend is drawn."""

_WIDE = 100.0
_WIDTH, _HEIGHT, _WITH_RATIO = 7.2, 4.6, 6.4
_COLOURS = (
    "#33409c", "#b4551c", "#17704a", "#8e3476", "#1b6f8a",
    "#6d6326", "#c0392b", "#4d4d4d", "#2e86ab", "#7a5195",
)  # fmt: skip


@dataclass(frozen=True)
class Curve:
    """One combination of the other parameters, along the axis of the plot.

    Parameters
    ----------
    label : str
        The values of the other parameters that take several; empty where there are none.
    x : list of float
        The positions.
    bound, measured, ratio : list of float or None
        The values there; None where there are none.
    """

    label: str
    x: list[float]
    bound: list[float | None]
    measured: list[float | None]
    ratio: list[float | None]


def along(plan: Plan) -> Axis:
    """Return the axis to plot along: of those with the most values the first, numbers first."""
    return max(plan.grid.axes, key=lambda axis: (axis.kind != "vector", len(axis.values)))


def curves_of(plan: Plan, rows: Sequence[Row]) -> list[Curve]:
    """Return the curves that have a value, in the order of the grid, each from left to right."""
    axis = along(plan)
    place = plan.grid.axes.index(axis)
    named = [
        (other, each)
        for other, each in enumerate(plan.grid.axes)
        if other != place and len(each.values) > 1
    ]
    curves: dict[str, list[tuple[float, Row]]] = {}
    for index, row in enumerate(rows):
        point = plan.grid.point(index)
        label = ", ".join(f"{each.name} = {exact_text(point[other])}" for other, each in named)
        value = axis.values.index(point[place]) if axis.kind == "vector" else double(point[place])
        if value is not None:
            curves.setdefault(label, []).append((float(value), row))
    found = []
    for label, entries in curves.items():
        ordered = sorted(entries, key=lambda entry: entry[0])
        values = {
            name: [(row[name] or {}).get("double") for _, row in ordered]
            for name in ("bound", "measured", "ratio")
        }
        if any(value is not None for value in (*values["bound"], *values["measured"])):
            found.append(Curve(label, [x for x, _ in ordered], **values))
    return found


def draw(plan: Plan, rows: Sequence[Row], path: Path) -> None:
    """Write the plot as PNG or SVG, by the ending of the name; equal sweeps make equal files.

    An axis is logarithmic where the grid is, and the values are where they are all positive and
    either the grid is logarithmic or they span two powers of ten.

    Raises
    ------
    UsageError
        Where Matplotlib is not installed or the file cannot be written.
    """
    matplotlib = need("matplotlib")
    from matplotlib.figure import Figure

    curves, axis = curves_of(plan, rows), along(plan)
    with_ratio = any(value is not None for curve in curves for value in curve.ratio)
    style = {
        "svg.hashsalt": "deeptheory",
        "font.family": "DejaVu Sans",
        "font.size": 10,
        "axes.spines.top": False,
        "axes.spines.right": False,
        "axes.grid": True,
        "grid.color": "#e2ded2",
    }
    with matplotlib.rc_context({**matplotlib.rcParamsDefault, **style}):
        figure = Figure(figsize=(_WIDTH, _WITH_RATIO if with_ratio else _HEIGHT), dpi=144)
        figure.set_layout_engine("constrained")
        heights = [3, 1] if with_ratio else [1]
        panels = figure.subplots(len(heights), 1, sharex=True, squeeze=False, height_ratios=heights)
        upper = panels[0][0]
        for place, curve in enumerate(curves):
            _plot(matplotlib, panels, curve, place, len(curves))
        if axis.log:
            upper.set_xscale("log")
        if _logarithmic(curves, axis.log):
            upper.set_yscale("log")
        upper.set_title(_title(plan, len(curves)), loc="left", fontsize=10)
        upper.set_ylabel(plan.formula.short if not with_ratio else "bound and measured value")
        below = axis.name if axis.kind != "vector" else f"{axis.name}, by place"
        panels[-1][0].set_xlabel("\n".join([below, *_left_out(rows)]))
        if with_ratio:
            panels[1][0].set_ylabel("ratio")
            highest = max(value for curve in curves for value in curve.ratio if value is not None)
            panels[1][0].set_ylim(0, 1.08 * highest or 1)
        if 0 < len(curves) <= MAX_CURVES:
            upper.legend(frameon=False, fontsize=8)
        suffix = path.suffix.lower().removeprefix(".")
        metadata = {"Date": None, "Creator": None} if suffix == "svg" else {"Software": None}
        replace_file(path, lambda stream: figure.savefig(stream, format=suffix, metadata=metadata))


def _plot(matplotlib: Any, panels: Any, curve: Curve, place: int, count: int) -> None:
    colour = (
        _COLOURS[place]
        if count <= MAX_CURVES
        else matplotlib.colormaps["viridis"](place / (count - 1))
    )

    def values(found: list[float | None]) -> list[float]:
        return [float("nan") if value is None else value for value in found]

    suffix = f", {curve.label}" if curve.label else ""
    marker = "." if len(curve.x) <= 60 else ""
    upper = panels[0][0]
    upper.plot(curve.x, values(curve.bound), marker, ls="-", color=colour, label=f"bound{suffix}")
    if any(value is not None for value in curve.measured):
        upper.plot(
            curve.x, values(curve.measured), "o", ls="--", color=colour, markersize=3.5,
            markerfacecolor="white", label=f"measured{suffix}",
        )  # fmt: skip
    if len(panels) > 1:
        panels[1][0].plot(curve.x, values(curve.ratio), marker, ls="-", color=colour)


def _left_out(rows: Sequence[Row]) -> list[str]:
    """Say how many points have a value that no double holds, so that a curve ends before them."""
    count = sum(
        any(row[name] and row[name]["double"] is None for name in ("bound", "measured"))
        for row in rows
    )
    text = f"not drawn in full: {count} of {len(rows)} points, beyond double precision"
    return [text] if count else []


def _logarithmic(curves: Sequence[Curve], grid: bool) -> bool:
    found = [
        value for curve in curves for value in (*curve.bound, *curve.measured) if value is not None
    ]
    if not found or min(found) <= 0:
        return False
    return grid or max(found) / min(found) >= _WIDE


def _title(plan: Plan, curves: int) -> str:
    """Name the theorem, what is fixed, and how many curves there are where none is named."""
    fixed = [
        f"{axis.name} = {exact_text(axis.values[0])}"
        for axis in plan.grid.axes
        if len(axis.values) == 1
    ]
    parts = [plan.short, *fixed]
    if curves > MAX_CURVES:
        parts.append(f"{curves} curves")
    title = ", ".join(parts)
    return title if len(title) <= 90 else f"{title[:87]}..."
