"""Runs one check: soundness on drawn instances, tightness on the sharp ones, power on mutants."""

from __future__ import annotations

import time
import traceback
from collections.abc import Callable
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from flint import arb, ctx
from hypothesis import HealthCheck, Phase, Verbosity, given, seed, settings
from hypothesis.configuration import set_hypothesis_home_dir
from hypothesis.errors import HypothesisException

from deeptheory.checks.mutants import Mutant, mutated
from deeptheory.checks.registry import Check, Measurement, Series
from deeptheory.errors import DeepTheoryError, FailureError
from deeptheory.formulas import Book, CertifiedValue, Formula, PrecisionError, UndecidedError
from deeptheory.formulas.rigorous import Number, ball, compare
from deeptheory.paths import cache_home

__all__ = ["Comparison", "Options", "decide", "run_check"]

_MAX_BITS = 1 << 13


@dataclass(frozen=True)
class Options:
    """How to run the checks.

    Parameters
    ----------
    instances : int
        How many instances to draw for each.
    digits : int
        The digits that the computation starts with and that ratios are reported to.
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


@dataclass(frozen=True)
class Comparison:
    """The decided comparison of both sides on one instance.

    Parameters
    ----------
    holds : bool
        Whether lhs <= rhs, with certainty.
    lhs, rhs : fmpq or arb
        The sides.
    bits : int
        The precision that decided it.
    """

    holds: bool
    lhs: Number
    rhs: Number
    bits: int

    @property
    def ratio(self) -> Number | None:
        """The quotient lhs / rhs where that says how tight the bound is."""
        if not (self.rhs > 0 and self.lhs >= 0):  # with certainty, where they are balls
            return None
        with ctx.workprec(self.bits):
            return self.lhs / self.rhs


def decide(
    measure: Callable[[], Measurement], bound: Formula, *, bits: int = 64, max_bits: int = _MAX_BITS
) -> Comparison:
    """Decide ``lhs <= bound(args)``, doubling the precision until that is certain.

    Parameters
    ----------
    measure : callable
        Computes lhs and args at the current precision.
    bound : Formula
        The right-hand side.
    bits, max_bits : int
        The first and the last precision.

    Raises
    ------
    PrecisionError
        Where the sides are not separated at ``max_bits`` and are not both exact.
    """
    while True:
        with ctx.workprec(bits):
            try:
                measurement = measure()
                rhs = bound.value(_arguments(bound, measurement.args))
                holds = compare("le", measurement.lhs, rhs)
                return Comparison(holds, measurement.lhs, rhs, bits)
            except UndecidedError as error:
                if 2 * bits > max_bits:
                    raise PrecisionError(
                        f"At {bits} bits the comparison {error.what} is still open."
                    ) from error
        bits *= 2


def _arguments(bound: Formula, args: dict[str, Any]) -> dict[str, Any]:
    known = {param.name for param in bound.params}
    if args.keys() != known:
        raise FailureError(
            f"The check gives {', '.join(sorted(args))} to {bound.name}, "
            f"which takes {', '.join(sorted(known))}."
        )
    return args


class _ViolationError(Exception):
    """An instance violates the theorem; caught by `run_check` once Hypothesis has shrunk it."""


@dataclass
class _Run:
    """What is gathered while one check runs."""

    check: Check
    book: Book
    bound: Formula
    options: Options
    alive: dict[str, Formula] = field(default_factory=dict)
    killed_by: dict[str, str] = field(default_factory=dict)
    count: int = 0
    best: Number | None = None
    best_at: dict[str, Any] | None = None
    bits: int = 0
    failure: dict[str, Any] | None = None

    def measurer(self, instance: Any) -> Callable[[], Measurement]:
        """Return the measurement of an instance, which is made once a precision."""
        made: dict[int, Measurement] = {}

        def measure() -> Measurement:
            if ctx.prec not in made:
                made[ctx.prec] = self.check.measure(instance, self.book)
            return made[ctx.prec]

        return measure

    def compare(self, measure: Callable[[], Measurement], bound: Formula) -> Comparison:
        return decide(measure, bound, bits=self.options.bits)

    def examine(self, instance: Any, origin: str) -> Comparison:
        """Compare on one instance that meets the hypotheses, and let it fight the mutants."""
        measure = self.measurer(instance)
        comparison = self.compare(measure, self.bound)
        self.count += 1
        self.bits = max(self.bits, comparison.bits)
        if not comparison.holds:
            self.failure = {
                "reason": "an instance violates the theorem",
                "instance": instance.describe(),
                "lhs": _shown(comparison.lhs, self.options),
                "rhs": _shown(comparison.rhs, self.options),
            }
            return comparison
        ratio = comparison.ratio
        if ratio is not None and (self.best is None or _certainly_larger(ratio, self.best)):
            self.best, self.best_at = ratio, instance.describe()
        for name, bound in list(self.alive.items()):
            if self._refutes(measure, bound):
                del self.alive[name]
                self.killed_by[name] = origin
        return comparison

    def _refutes(self, measure: Callable[[], Measurement], bound: Formula) -> bool:
        try:
            return not self.compare(measure, bound).holds
        except DeepTheoryError:
            return False


def _certainly_larger(left: Number, right: Number) -> bool:
    if isinstance(left, arb) or isinstance(right, arb):
        return bool(ball(left) > ball(right))
    return bool(left > right)


def _shown(value: Number, options: Options) -> str:
    certified = CertifiedValue(value, options.digits, options.bits)
    return certified.fraction or str(certified)


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
            series = [_series(run, shown) for shown in check.series]
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
    if bound is None:
        raise FailureError(f"The card of {check.theorem} names no bound.")
    run = _Run(check, book, bound, options)
    for mutant in check.mutants:
        if mutant.change is not None:
            run.alive[mutant.name] = mutated(mutant, bound)
    return run


def _sharp(run: _Run, failures: list[dict[str, Any]]) -> None:
    """Compare the ratio on each sharp instance with the one that is claimed."""
    for sharp in run.check.sharp:
        comparison = run.examine(sharp.instance, "sharp instance")
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
    """Let the instances that drop a hypothesis refute the bound; report the mutants that live."""
    for mutant in run.check.mutants:
        if mutant.change is None and any(
            not run.compare(run.measurer(instance), run.bound).holds
            for instance in mutant.instances
        ):
            run.killed_by[mutant.name] = "instance that violates the hypothesis"
    for mutant in run.check.mutants:
        if mutant.name not in run.killed_by:
            failures.append({"reason": f"the mutant {mutant.name!r} survives"})


def _series(run: _Run, series: Series) -> dict[str, Any]:
    positions, measured, bounds, ratios = [], [], [], []
    for position, instance in series.points():
        comparison = run.compare(run.measurer(instance), run.bound)
        ratio = comparison.ratio
        positions.append(position)
        measured.append(float(ball(comparison.lhs)))
        bounds.append(float(ball(comparison.rhs)))
        ratios.append(None if ratio is None else float(ball(ratio)))
    return {
        "label": series.label,
        "x": {"label": series.axis, "scale": "linear", "values": positions},
        "y": {"scale": "log" if series.log_y else "linear"},
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
        "bound": run.bound.name if run else None,
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
        "claim": check.claim,
        "mutants": [_mutant_entry(mutant, run) for mutant in check.mutants],
        "seconds": round(seconds, 3),
        "seed": options.seed,
        "digits": options.digits,
        "bits": run.bits if run else 0,
        "series": series,
    }
