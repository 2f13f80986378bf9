"""Runs one check: soundness on drawn instances, tightness on the sharp ones, power on mutants."""

from __future__ import annotations

import time
import traceback
from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any, TypeAlias

from flint import arb, ctx, fmpq
from hypothesis import HealthCheck, Phase, Verbosity, given, seed, settings
from hypothesis.configuration import set_hypothesis_home_dir
from hypothesis.errors import HypothesisException

from deeptheory.checks.comparison import Comparison, Measure, Measurement, Relation, decide
from deeptheory.checks.mutants import Mutant, mutated
from deeptheory.checks.registry import Check, Drawing, Series
from deeptheory.errors import DeepTheoryError, FailureError
from deeptheory.formulas import Book, CertifiedValue, Formula
from deeptheory.formulas.rigorous import Number, ball
from deeptheory.paths import cache_home

__all__ = ["Options", "run_check"]

_Measured: TypeAlias = Callable[[], Measurement | Sequence[Relation]]


@dataclass(frozen=True)
class Options:
    """How to run the checks.

    Parameters
    ----------
    instances : int
        How many instances to draw for each.
    digits : int
        The digits that the computation starts with, that ratios are reported to, and to which
        sides that are claimed to be equal have to agree (to 15 at least).
    seed : int
        What the drawing of instances depends on.
    """

    instances: int = 50
    digits: int = 15
    seed: int = 0

    @property
    def bits(self) -> int:
        """The precision to start with."""
        return max(64, int(self.digits * 3.33) + 12)


class _ViolationError(Exception):
    """An instance violates the theorem; caught by `run_check` once Hypothesis has shrunk it."""


@dataclass
class _Run:
    """What is gathered while one check runs."""

    check: Check
    book: Book
    bound: Formula | None
    options: Options
    alive: dict[str, tuple[Measure | None, Formula | None]] = field(default_factory=dict)
    killed_by: dict[str, str] = field(default_factory=dict)
    count: int = 0
    laws: dict[str, None] = field(default_factory=dict)
    best: Number | None = None
    best_at: dict[str, Any] | None = None
    error: Number | None = None
    bits: int = 0
    lower: bool = False
    failure: dict[str, Any] | None = None

    def measurer(self, instance: Any, measure: Measure | None = None) -> _Measured:
        """Return the measurement of an instance, which is made once a precision."""
        chosen = measure or self.check.measure
        made: dict[int, Measurement | Sequence[Relation]] = {}

        def measured() -> Measurement | Sequence[Relation]:
            if ctx.prec not in made:
                made[ctx.prec] = chosen(instance, self.book)
            return made[ctx.prec]

        return measured

    def compare(self, measured: _Measured, bound: Formula | None) -> Comparison:
        return decide(measured, bound, bits=self.options.bits, digits=max(15, self.options.digits))

    def examine(self, instance: Any, origin: str) -> Comparison:
        """Compare on one instance that meets the hypotheses, and let it fight the mutants."""
        measured = self.measurer(instance)
        comparison = self.compare(measured, self.bound)
        self.count += 1
        self.bits = max(self.bits, comparison.bits)
        if not comparison.holds:
            self.failure = _violation(comparison, instance, self.options)
            return comparison
        self.laws |= dict.fromkeys(comparison.laws)
        self.lower = comparison.bound_first
        self._record(comparison, instance)
        for name, (measure, bound) in list(self.alive.items()):
            own = measured if measure is None else self.measurer(instance, measure)
            if self._refutes(own, bound):
                del self.alive[name]
                self.killed_by[name] = origin
        return comparison

    def _record(self, comparison: Comparison, instance: Any) -> None:
        """Keep the largest ratio and the largest difference of sides that are equal."""
        ratio, error = comparison.ratio, comparison.error
        if ratio is not None and (self.best is None or _certainly_larger(ratio, self.best)):
            self.best, self.best_at = ratio, instance.describe()
        if error is not None and (self.error is None or _certainly_larger(error, self.error)):
            self.error = error

    def _refutes(self, measured: _Measured, bound: Formula | None) -> bool:
        try:
            return not self.compare(measured, bound).holds
        except DeepTheoryError:
            return False


def _violation(comparison: Comparison, instance: Any, options: Options) -> dict[str, Any]:
    """Return the failure of an instance that violates the theorem."""
    laws = "; ".join(comparison.laws)
    return {
        "reason": "an instance violates the theorem" + (f": {laws}" if laws else ""),
        "instance": instance.describe(),
        "lhs": _shown(comparison.lhs, options),
        "rhs": _shown(comparison.rhs, options),
    }


def _certainly_larger(left: Number, right: Number) -> bool:
    if isinstance(left, arb) or isinstance(right, arb):
        return bool(ball(left) > ball(right))
    return bool(left > right)


def _shown(value: Number, options: Options) -> str:
    exact = value if isinstance(value, arb) else fmpq(value)
    certified = CertifiedValue(exact, options.digits, options.bits)
    return certified.fraction or str(certified)


def _size(error: Number, options: Options) -> str:
    """Return an upper bound on an error in decimals."""
    return CertifiedValue(arb(0, error), options.digits, options.bits).radius


def run_check(
    check: Check,
    book: Book,
    options: Options | None = None,
    *,
    progress: Callable[[], None] | None = None,
) -> dict[str, Any]:
    """Run one check.

    Parameters
    ----------
    check : Check
        The check.
    book : Book
        The catalog's formulas.
    options : Options, optional
        How many instances, digits and the seed.
    progress : callable, optional
        Called after each drawn instance.

    Returns
    -------
    dict
        The result as it stands in ``checks.json``.
    """
    options = options or Options()
    began = time.perf_counter()
    failures: list[dict[str, Any]] = []
    run: _Run | None = None
    series: list[dict[str, Any]] = []
    try:
        run = _prepare(check, book, options)
        _sharp(run, failures)
        _draw(run, failures, progress)
        _power(run, failures)
        if not failures:
            series = [_plot(run, shown) for shown in check.series]
    except DeepTheoryError as error:
        failures.append({"reason": str(error)})
    except Exception as error:  # a defect of the check is a failure of the check
        failures.append({"reason": f"the check broke {_place(error)}: {error!r}"})
    return _result(check, options, run, failures, series, time.perf_counter() - began)


def _place(error: Exception) -> str:
    """Return the innermost line of Python source that an error came from."""
    frames = [frame for frame in traceback.extract_tb(error.__traceback__) if frame.line]
    return f"at {Path(frames[-1].filename).name}:{frames[-1].lineno}" if frames else "somewhere"


def _prepare(check: Check, book: Book, options: Options) -> _Run:
    if check.full_name not in book.declarations:
        raise FailureError(f"The catalog has no theorem {check.theorem}.")
    bound = book.bound_of(check.full_name)
    run = _Run(check, book, bound, options)
    for mutant in check.mutants:
        if not mutant.drops_hypothesis:
            run.alive[mutant.name] = mutant.measure, mutated(mutant, bound)
    return run


def _sharp(run: _Run, failures: list[dict[str, Any]]) -> None:
    """Compare the ratio on each sharp instance with the one that is claimed."""
    origin = "sharp instance" if run.bound is not None else "chosen instance"
    for sharp in run.check.sharp:
        comparison = run.examine(sharp.instance, origin)
        if run.failure:
            failures.append(run.failure)
            return
        ratio = comparison.ratio
        if sharp.ratio is not None and (
            ratio is None or isinstance(ratio, arb) or ratio != sharp.ratio
        ):
            found = "none" if ratio is None else _shown(ratio, run.options)
            failures.append(
                {
                    "reason": f"the ratio claimed is {sharp.ratio}, and the ratio found is {found}",
                    "instance": sharp.instance.describe(),
                }
            )


def _draw(run: _Run, failures: list[dict[str, Any]], progress: Callable[[], None] | None) -> None:
    """Draw instances; Hypothesis shrinks one that violates the theorem."""

    def body(instance: Any) -> None:
        run.failure = None
        run.examine(instance, "drawn instance")
        if progress is not None:
            progress()
        if run.failure is not None:
            raise _ViolationError

    test = settings(
        max_examples=run.options.instances,
        database=None,
        deadline=None,
        phases=(Phase.generate, Phase.shrink),
        suppress_health_check=list(HealthCheck),
        report_multiple_bugs=False,
        verbosity=Verbosity.quiet,
        print_blob=False,
    )(seed(run.options.seed)(given(run.check.instances())(body)))
    set_hypothesis_home_dir(cache_home() / "hypothesis")  # not the current folder
    try:
        test()
    except _ViolationError:
        if run.failure is not None:
            failures.append(run.failure)
    except HypothesisException as error:
        failures.append({"reason": f"instances could not be drawn: {error}"})
    finally:
        set_hypothesis_home_dir(None)


def _power(run: _Run, failures: list[dict[str, Any]]) -> None:
    """Let the instances that drop a hypothesis refute it; report the mutants that live."""
    for mutant in run.check.mutants:
        if mutant.drops_hypothesis and any(
            not run.compare(run.measurer(instance), run.bound).holds
            for instance in mutant.instances
        ):
            run.killed_by[mutant.name] = "instance that violates the hypothesis"
    for mutant in run.check.mutants:
        if mutant.name not in run.killed_by:
            failures.append({"reason": f"the mutant {mutant.name!r} survives"})


def _plot(run: _Run, shown: Series | Drawing) -> dict[str, Any]:
    return _series(run, shown) if isinstance(shown, Series) else _drawing(shown)


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


def _series(run: _Run, series: Series) -> dict[str, Any]:
    positions, ratios = [], []
    measured: list[float] = []
    bounds: list[float] = []
    for position, instance in series.points():
        comparison = run.compare(run.measurer(instance), run.bound)
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


def _mutant_entry(mutant: Mutant, run: _Run | None) -> dict[str, Any]:
    killed_by = run.killed_by.get(mutant.name) if run else None
    return {
        "name": mutant.name,
        "description": mutant.description,
        "killed": killed_by is not None,
        "killed_by": killed_by,
    }


def _result(
    check: Check,
    options: Options,
    run: _Run | None,
    failures: list[dict[str, Any]],
    series: list[dict[str, Any]],
    seconds: float,
) -> dict[str, Any]:
    best = run.best if run else None
    ratio = None if best is None else CertifiedValue(best, options.digits, options.bits)
    return {
        "theorem": check.full_name,
        "bound": run.bound.name if run and run.bound else None,
        "lower": run is not None and run.lower,
        "passed": not failures,
        "failures": failures,
        "instances": run.count if run else 0,
        "max_ratio": None
        if ratio is None
        else {
            "decimal": ratio.decimal,
            "radius": ratio.radius,
            "exact": ratio.fraction,
            "instance": run.best_at if run else None,
        },
        "max_error": None if run is None or run.error is None else _size(run.error, options),
        "laws": list(run.laws) if run else [],
        "claim": check.claim,
        "mutants": [_mutant_entry(mutant, run) for mutant in check.mutants],
        "seconds": round(seconds, 3),
        "seed": options.seed,
        "digits": options.digits,
        "bits": run.bits if run else 0,
        "series": series,
    }
