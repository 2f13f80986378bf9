"""How many evaluations a second: balls of python-flint beside the intervals of mpmath."""

from __future__ import annotations

import statistics
import time
from collections.abc import Callable, Sequence
from dataclasses import asdict, dataclass
from typing import Any

import mpmath
from flint import arb, ctx, fmpq

from deeptheory.errors import UsageError
from deeptheory.formulas.arbitrary import interval_algebra
from deeptheory.formulas.book import Book
from deeptheory.formulas.codegen import compile_formula
from deeptheory.formulas.formula import Formula

__all__ = ["Rate", "bench_book", "bench_formulas"]

_POINTS = 20


@dataclass(frozen=True)
class Rate:
    """Evaluations a second of one formula.

    Parameters
    ----------
    formula : str
        The formula's name.
    bits : int
        The precision of both.
    balls, intervals : float
        Evaluations a second with python-flint's balls and with mpmath's intervals.
    careful : float
        Evaluations a second of the road that checks every domain and keeps exact rationals.
    """

    formula: str
    bits: int
    balls: float
    intervals: float
    careful: float

    @property
    def speedup(self) -> float:
        """How many times as fast the balls are."""
        return self.balls / self.intervals

    def as_json(self) -> dict[str, Any]:
        """Return the figures."""
        return {**asdict(self), "speedup": self.speedup}


def _points(formula: Formula, below_one: bool) -> list[list[Any]]:
    """Return positive arguments, increasing downwards; real ones below one where wanted.

    One of the two kinds is in the domain of a bound: probabilities are below one, sizes above.
    """

    def real(point: int, place: int) -> fmpq:
        value = fmpq(3 * point + 7, 3 * place + 2)
        return 1 / (1 + value) if below_one else value

    return [
        [
            real(point, place) if param.kind == "real" else point + place + 1
            for place, param in enumerate(formula.params)
        ]
        for point in range(_POINTS)
    ]


def _rate(function: Callable[..., Any], points: Sequence[Sequence[Any]], seconds: float) -> float:
    """Return the median rate of five rounds."""
    rates = []
    for _ in range(5):
        count, began = 0, time.perf_counter()
        end = began + seconds / 5
        while (now := time.perf_counter()) < end:
            for point in points:
                function(*point)
            count += len(points)
        rates.append(count / (now - began))
    return statistics.median(rates)


def _interval(context: Any, value: Any) -> Any:
    if isinstance(value, fmpq):
        return context.mpf(int(value.p)) / int(value.q)
    return value


def bench_formulas(
    formulas: Sequence[Formula], *, bits: int = 53, seconds: float = 0.5
) -> list[Rate]:
    """Measure formulas without vector parameters, both back ends in one run.

    Parameters
    ----------
    formulas : sequence of Formula
        The formulas; those that mpmath's intervals cannot evaluate are left out.
    bits : int
        The precision of both back ends.
    seconds : float
        How long to measure each back end on each formula.

    Returns
    -------
    list of Rate
        The figures, in the order of the formulas.
    """
    context, before = mpmath.iv, mpmath.iv.prec
    context.prec = bits
    try:
        return [rate for formula in formulas if (rate := _measure(formula, bits, seconds))]
    finally:
        context.prec = before


def bench_book(book: Book, *, bits: int = 53, seconds: float = 0.5) -> dict[str, Any]:
    """Measure all formulas of a catalog.

    Parameters
    ----------
    book : Book
        The catalog.
    bits : int
        The precision of both back ends.
    seconds : float
        How long to measure each back end on each formula.

    Returns
    -------
    dict
        ``formulas`` (the figures of each), ``bits``, and ``speedup``: the geometric mean of how
        many times as fast the balls are.
    """
    formulas = [book.formula(name) for name in book.formula_names]
    rates = bench_formulas(formulas, bits=bits, seconds=seconds)
    speedup = statistics.geometric_mean([rate.speedup for rate in rates]) if rates else None
    return {"bits": bits, "speedup": speedup, "formulas": [rate.as_json() for rate in rates]}


def _measure(formula: Formula, bits: int, seconds: float) -> Rate | None:
    if any(param.kind == "vector" for param in formula.params):
        return None
    context = mpmath.iv
    names = [param.name for param in formula.params]
    try:
        interval = compile_formula(formula.body, formula.params, interval_algebra(context))
    except (KeyError, NameError):
        return None
    for exact in (_points(formula, False), _points(formula, True)):
        intervals = [[_interval(context, value) for value in point] for point in exact]
        named = [(dict(zip(names, point, strict=True)),) for point in exact]
        try:
            for point, arguments in zip(intervals, named, strict=True):
                interval(*point)
                formula.value(*arguments)
            break
        except (NameError, ArithmeticError, ValueError, TypeError, UsageError):
            continue
    else:
        return None
    with ctx.workprec(bits):
        balls = [
            [arb(value) if isinstance(value, fmpq) else value for value in point] for point in exact
        ]
        return Rate(
            formula.name,
            bits,
            balls=_rate(formula.ball, balls, seconds),
            intervals=_rate(interval, intervals, seconds),
            careful=_rate(formula.value, named, seconds),
        )
