"""Line plots as accessible inline SVG, with logarithmic axes and their data as downloads."""

from __future__ import annotations

import csv
import io
import json
import math
from collections.abc import Sequence
from dataclasses import dataclass, replace
from typing import Any

from markupsafe import Markup

from deeptheory.rates import sentence

__all__ = ["Axis", "Curve", "Plot", "make_plot", "plots_of_check"]

WIDE, SMALL = (720, 330), (430, 300)
LEFT, RIGHT, TOP, BOTTOM = 76, 20, 18, 54
STYLES = 6
MARKERS_AT_MOST = 40


@dataclass(frozen=True)
class Curve:
    """A named sequence of points, in the order of their positions.

    Parameters
    ----------
    name : str
        What the legend says.
    points : tuple of (float, float)
        Finite points.
    reference : bool
        Whether it is a line to compare with, drawn without markers.
    """

    name: str
    points: tuple[tuple[float, float], ...]
    reference: bool = False


@dataclass(frozen=True)
class Axis:
    """An axis: its range, its scale and its ticks.

    Parameters
    ----------
    low, high : float
        The range that is shown: the data's, widened a little.
    log : bool
        Whether the scale is logarithmic.
    ticks : tuple of float
        Where labels stand.
    """

    low: float
    high: float
    log: bool
    ticks: tuple[float, ...]

    @classmethod
    def of(cls, values: Sequence[float], log: bool) -> Axis:
        """Make the axis that shows the values."""
        low, high = min(values), max(values)
        if log:
            first, last = math.log10(low), math.log10(high)
            pad = max((last - first) * 0.03, 0.02)
            first, last = first - pad, last + pad
            return cls(low=10.0**first, high=10.0**last, log=True, ticks=_log_ticks(first, last))
        if low == high:
            pad = abs(low) * 0.5 or 1.0
            low, high = low - pad, high + pad
        step = _nice_step((high - low) / 5)
        first, last = math.floor(low / step + 1e-9), math.ceil(high / step - 1e-9)
        ticks = tuple(n * step for n in range(first, last + 1))
        return cls(low=first * step, high=last * step, log=False, ticks=ticks)

    def place(self, value: float) -> float:
        """Map a value to [0, 1]."""
        if self.log:
            low, high = math.log10(self.low), math.log10(self.high)
            return (math.log10(value) - low) / (high - low)
        return (value - self.low) / (self.high - self.low)


def _log_ticks(first: float, last: float) -> tuple[float, ...]:
    """Return the powers of ten between two exponents, or finer ticks where they are too few."""
    low, high = math.ceil(first), math.floor(last)
    if high - low >= 2:
        step = math.ceil((high - low) / 7)
        return tuple(10.0**n for n in range(low, high + 1, step))
    for factors in ((1, 2, 5), (1, 1.5, 2, 3, 4, 5, 6, 8)):
        ticks = tuple(
            factor * 10.0**n
            for n in range(math.floor(first), high + 1)
            for factor in factors
            if first <= math.log10(factor) + n <= last
        )
        if len(ticks) >= 3:
            return ticks
    return (10.0**first, 10.0**last)


def _nice_step(raw: float) -> float:
    magnitude = 10.0 ** math.floor(math.log10(raw))
    for factor in (1, 2, 2.5, 5, 10):
        if factor * magnitude >= raw * (1 - 1e-9):
            return factor * magnitude
    return 10 * magnitude


@dataclass(frozen=True)
class Plot:
    """A plot: curves over two axes.

    Parameters
    ----------
    label : str
        The caption.
    x_label, y_label : str
        The names of the axes.
    x_axis, y_axis : Axis
        The axes.
    curves : tuple of Curve
        What is drawn.
    size : (int, int)
        The width and the height of the drawing.
    rate : dict, optional
        The rate that is measured, as ``checks.json`` has it.
    """

    label: str
    x_label: str
    y_label: str
    x_axis: Axis
    y_axis: Axis
    curves: tuple[Curve, ...]
    size: tuple[int, int] = WIDE
    rate: dict[str, Any] | None = None

    @property
    def note(self) -> str:
        """What is known of the rate, in words; empty where there is none."""
        return sentence(self.rate) if self.rate else ""

    def svg(self, identifier: str) -> Markup:
        """Draw the plot; colours come from the style sheet."""
        out: list[Markup] = []
        add = out.append
        add(
            Markup(
                '<svg class="plot" viewBox="0 0 {} {}" role="img" aria-labelledby="{}-t {}-d" '
                'xmlns="http://www.w3.org/2000/svg">'
            ).format(*self.size, identifier, identifier)
        )
        add(Markup('<title id="{}-t">{}</title>').format(identifier, self.label))
        add(Markup('<desc id="{}-d">{}</desc>').format(identifier, self.description()))
        self._axes(out)
        for style, curve in self.styled():
            self._curve(out, curve, style)
        add(Markup("</svg>"))
        return Markup("").join(out)

    def styled(self) -> list[tuple[str, Curve]]:
        """Return the curves with the names of their styles."""
        return [
            ("ref" if curve.reference else f"c{number % STYLES + 1}", curve)
            for number, curve in enumerate(self.curves)
        ]

    @property
    def wide(self) -> bool:
        """Whether the plot takes a row of its own."""
        return self.size == WIDE

    def description(self) -> str:
        """Say in words what the plot shows."""
        x_scale = "logarithmic" if self.x_axis.log else "linear"
        y_scale = "logarithmic" if self.y_axis.log else "linear"
        parts = [
            f"{self.y_label or 'value'} ({y_scale}) against {self.x_label or 'index'} ({x_scale})."
        ]
        for curve in self.curves:
            (x0, y0), (x1, y1) = curve.points[0], curve.points[-1]
            parts.append(
                f"{curve.name}: from {number_text(y0)} at {number_text(x0)} "
                f"to {number_text(y1)} at {number_text(x1)}."
            )
        return " ".join(parts)

    def csv(self) -> str:
        """Return the data as CSV with one row a point."""
        buffer = io.StringIO()
        writer = csv.writer(buffer, lineterminator="\n")
        writer.writerow(["curve", self.x_label or "x", self.y_label or "y"])
        for curve in self.curves:
            writer.writerows([curve.name, repr(x), repr(y)] for x, y in curve.points)
        return buffer.getvalue()

    def json(self) -> str:
        """Return the data as JSON."""
        data = {
            **({"rate": self.rate} if self.rate else {}),
            "label": self.label,
            "x_label": self.x_label,
            "y_label": self.y_label,
            "x_scale": "log" if self.x_axis.log else "linear",
            "y_scale": "log" if self.y_axis.log else "linear",
            "curves": [
                {
                    "name": curve.name,
                    "x": [x for x, _ in curve.points],
                    "y": [y for _, y in curve.points],
                }
                for curve in self.curves
            ],
        }
        return json.dumps(data, indent=1, ensure_ascii=False) + "\n"

    def table(self, rows_at_most: int = 12) -> tuple[list[str], list[list[str]]]:
        """Return a head and some rows of the data, for readers who cannot see the plot."""
        xs = sorted({x for curve in self.curves for x, _ in curve.points})
        if len(xs) > rows_at_most:
            picks = [round(n * (len(xs) - 1) / (rows_at_most - 1)) for n in range(rows_at_most)]
            xs = [xs[n] for n in sorted(set(picks))]
        values = [dict(curve.points) for curve in self.curves]
        head = [self.x_label or "x", *(curve.name for curve in self.curves)]
        rows = [
            [number_text(x), *(number_text(v[x]) if x in v else "" for v in values)] for x in xs
        ]
        return head, rows

    def place(self, x: float, y: float) -> tuple[float, float]:
        """Return where a point lies in the drawing, in its units."""
        return self._x(x), self._y(y)

    def _x(self, value: float) -> float:
        return round(LEFT + self.x_axis.place(value) * (self.size[0] - LEFT - RIGHT), 2)

    def _y(self, value: float) -> float:
        room = self.size[1] - TOP - BOTTOM
        return round(TOP + (1 - self.y_axis.place(value)) * room, 2)

    def _axes(self, out: list[Markup]) -> None:
        right, bottom = self.size[0] - RIGHT, self.size[1] - BOTTOM
        line = Markup('<line class="{}" x1="{}" y1="{}" x2="{}" y2="{}"/>')
        for tick in self.x_axis.ticks:
            x = self._x(tick)
            out.append(line.format("grid", x, TOP, x, bottom))
            out.append(
                Markup('<text class="tick" x="{}" y="{}" text-anchor="middle">{}</text>').format(
                    x, bottom + 20, _tick(tick, self.x_axis.log)
                )
            )
        for tick in self.y_axis.ticks:
            y = self._y(tick)
            out.append(line.format("grid", LEFT, y, right, y))
            out.append(
                Markup('<text class="tick" x="{}" y="{}" text-anchor="end">{}</text>').format(
                    LEFT - 9, y + 4, _tick(tick, self.y_axis.log)
                )
            )
        out.append(line.format("axis", LEFT, bottom, right, bottom))
        out.append(line.format("axis", LEFT, TOP, LEFT, bottom))
        middle = (TOP + bottom) / 2
        out.append(
            Markup('<text class="label" x="{}" y="{}" text-anchor="middle">{}</text>').format(
                (LEFT + right) / 2, self.size[1] - 10, self.x_label
            )
        )
        out.append(
            Markup(
                '<text class="label" x="18" y="{0}" text-anchor="middle" '
                'transform="rotate(-90 18 {0})">{1}</text>'
            ).format(middle, self.y_label)
        )

    def _curve(self, out: list[Markup], curve: Curve, style: str) -> None:
        places = [(self._x(x), self._y(y), x, y) for x, y in curve.points]
        path = " ".join(
            f"{'M' if n == 0 else 'L'}{px:g} {py:g}" for n, (px, py, _, _) in enumerate(places)
        )
        out.append(Markup('<g class="curve {}"><path d="{}"/>').format(style, path))
        stride = max(1, math.ceil(len(places) / MARKERS_AT_MOST))
        for px, py, x, y in [] if curve.reference else places[::stride]:
            tip = (
                f"{curve.name}: {self.y_label or 'y'} = {number_text(y)} "
                f"at {self.x_label or 'x'} = {number_text(x)}"
            )
            out.append(
                Markup('<circle cx="{}" cy="{}" r="3.2"><title>{}</title></circle>').format(
                    px, py, tip
                )
            )
        out.append(Markup("</g>"))


def plots_of_check(all_series: Sequence[dict[str, Any]]) -> list[Plot]:
    """Make the plots of a check: the share of the bound that is reached, then both sides.

    A theorem without a bound comes with curves instead, which are drawn as they are.

    Parameters
    ----------
    all_series : sequence of dict
        Each with ``label``, ``x`` (``label``, ``scale``, ``values``), ``y`` (``scale``) and the
        lists ``bound``, ``measured`` and ``ratio``, one number a position on the axis; or with
        ``curves``, each with its ``name``, its ``points`` and ``line``, whether it is only there
        to compare with.

    Returns
    -------
    list of Plot
        Wide plots of the ratios, one for each quantity that varies, then a small plot for each
        series; empty where no point can be drawn.
    """
    ratios: dict[tuple[str, bool], list[Curve]] = {}
    small = []
    for series in all_series:
        x, y = dict(series.get("x") or {}), dict(series.get("y") or {})
        label, x_label = str(series.get("label") or "series"), str(x.get("label") or "x")
        x_log, y_log = x.get("scale") == "log", y.get("scale") == "log"
        if "curves" in series:
            curves = [_drawn(curve, x_log, y_log) for curve in series["curves"]]
            small.append(make_plot(label, x_label, "value", curves, x_log, y_log, SMALL))
            continue
        at = list(x.get("values") or ())
        sides = [
            Curve(key, _usable(at, series.get(key), x_log, y_log)) for key in ("bound", "measured")
        ]
        plot = make_plot(label, x_label, "value", sides, x_log, y_log, SMALL)
        small.append(plot and replace(plot, rate=series.get("rate")))
        ratio = Curve(label, _usable(at, series.get("ratio"), x_log, False))
        ratios.setdefault((x_label, x_log), []).append(ratio)
    wide = []
    for (x_label, x_log), curves in ratios.items():
        positions = sorted({at for curve in curves for at, _ in curve.points})
        one = Curve("the bound", tuple((at, 1.0) for at in positions), reference=True)
        title = "Share of the bound that is reached"
        wide.append(make_plot(title, x_label, "measured / bound", [*curves, one], x_log, False))
    return [plot for plot in (*wide, *small) if plot is not None]


def _drawn(curve: dict[str, Any], x_log: bool, y_log: bool) -> Curve:
    """Make a curve from its name and its points."""
    points = list(curve.get("points") or ())
    usable = _usable([x for x, _ in points], [y for _, y in points], x_log, y_log)
    return Curve(str(curve.get("name") or "curve"), usable, reference=bool(curve.get("line")))


def make_plot(
    label: str,
    x_label: str,
    y_label: str,
    curves: Sequence[Curve],
    x_log: bool,
    y_log: bool,
    size: tuple[int, int] = WIDE,
) -> Plot | None:
    """Make a plot with axes that fit its curves, or None where there is no point."""
    drawn = tuple(curve for curve in curves if curve.points)
    if not drawn:
        return None
    xs = [x for curve in drawn for x, _ in curve.points]
    ys = [y for curve in drawn for _, y in curve.points]
    if not y_log and min(ys) > 0:
        ys.append(0.0)
    return Plot(label, x_label, y_label, Axis.of(xs, x_log), Axis.of(ys, y_log), drawn, size)


def _usable(
    positions: Sequence[Any], values: Sequence[Any] | None, x_log: bool, y_log: bool
) -> tuple[tuple[float, float], ...]:
    """Keep the points that the axes can show, in order."""
    kept = []
    for raw_x, raw_y in zip(positions, values or (), strict=False):
        try:
            x, y = float(raw_x), float(raw_y)
        except (TypeError, ValueError):
            continue
        if math.isfinite(x) and math.isfinite(y) and (x > 0 or not x_log) and (y > 0 or not y_log):
            kept.append((x, y))
    return tuple(sorted(kept))


def number_text(value: float) -> str:
    """Print a number for a reader, to four digits."""
    return f"{value:.4g}"


def _tick(value: float, log: bool) -> Markup:
    if log:
        exponent = round(math.log10(value))
        if 0.001 <= value <= 1000 or abs(math.log10(value) - exponent) > 1e-9:
            return Markup("{}").format(f"{value:.10g}")
        return Markup('10<tspan class="sup" dy="-6">{}</tspan>').format(
            str(exponent).replace("-", "−")
        )
    return Markup("{}").format(f"{value:.6g}".replace("-", "−"))
