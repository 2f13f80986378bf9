"""What the plots of a check show: the sides of its series, their rates, and curves."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any, TypeAlias

from deeptheory.checks.comparison import Comparison, Measurement, Relation
from deeptheory.checks.rates import Point, measured_rate, reached
from deeptheory.checks.registry import Drawing, Series
from deeptheory.formulas import Formula
from deeptheory.formulas.rigorous import ball

__all__ = ["plotted"]

Measured: TypeAlias = Callable[[Any], "tuple[Comparison, Measurement | list[Relation]]"]
"""Returns the decided comparison of an instance, and what was measured at its precision."""


def plotted(
    shown: Series | Drawing, bound: Formula | None, measured: Measured
) -> tuple[dict[str, Any], str | None]:
    """Evaluate what is plotted.

    Parameters
    ----------
    shown : Series or Drawing
        What to plot.
    bound : Formula or None
        The theorem's bound.
    measured : callable
        Evaluates an instance.

    Returns
    -------
    (dict, str or None)
        The plot as it stands in ``checks.json``, and where the series is claimed to reach the
        bound's rate and does not, why.
    """
    if isinstance(shown, Drawing):
        return _drawing(shown), None
    points = [(position, *measured(instance)) for position, instance in shown.points()]
    data = _series(shown, [(position, comparison) for position, comparison, _ in points])
    rate = None if bound is None else _rate(shown, bound, points)
    return {**data, "rate": rate}, _missed(shown, rate) if shown.rate else None


def _drawing(drawing: Drawing) -> dict[str, Any]:
    return {
        "label": drawing.label,
        "x": {"label": drawing.axis, "scale": "linear"},
        "y": {"scale": "linear"},
        "curves": [
            {
                "name": name,
                "line": name in drawing.lines,
                "points": [[float(ball(x)), float(ball(y))] for x, y in points],
            }
            for name, points in drawing.curves().items()
        ],
    }


def _scale(log: bool) -> str:
    return "log" if log else "linear"


def _series(series: Series, points: list[tuple[int, Comparison]]) -> dict[str, Any]:
    positions, ratios = [], []
    measured: list[float] = []
    bounds: list[float] = []
    for position, comparison in points:
        ratio = comparison.ratio
        positions.append(position)
        sides = [float(ball(comparison.lhs)), float(ball(comparison.rhs))]
        low, high = (bounds, measured) if comparison.bound_first else (measured, bounds)
        low.append(sides[0])
        high.append(sides[1])
        ratios.append(None if ratio is None else float(ball(ratio)))
    return {
        "label": series.label,
        "x": {"label": series.axis, "scale": _scale(series.log_x), "values": positions},
        "y": {"scale": _scale(series.log_y)},
        "measured": measured,
        "bound": bounds,
        "ratio": ratios,
    }


def _rate(series: Series, bound: Formula, points: list[Any]) -> dict[str, Any] | None:
    """Return the rate of a series, if its bound has one."""
    sides, lower = [], False
    for position, comparison, measurement in points:
        if not isinstance(measurement, Measurement):
            return None
        lower = comparison.bound_first
        low, high = comparison.lhs, comparison.rhs
        measured, value = (high, low) if lower else (low, high)
        sides.append(Point(position, measured, value, measurement.args))
    return measured_rate(bound, sides, series.axis, lower)


def _missed(series: Series, rate: dict[str, Any] | None) -> str | None:
    """Say what is wrong with a series that is claimed to reach the rate of the bound."""
    if rate is None:
        return f"{series.label!r} is to show a rate, and the bound has none along it"
    if reached(rate):
        return None
    measured, claim = rate["measured"], rate["claim"]
    return (
        f"{series.label!r} is to reach the rate {claim['exact'] or claim['slope']} in "
        f"{rate['variable']}: the slope claimed is {claim['slope']:.6g}, and the slope found is "
        f"{measured['slope']:.6g}"
    )
