"""Runs one check: soundness on drawn instances, tightness on the sharp ones, power on mutants."""

from __future__ import annotations

import json
import time
import traceback
from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any, TypeAlias

from flint import arb, ctx
from hypothesis.errors import HypothesisException

from deeptheory.checks.comparison import Comparison, Measure, Measurement, Relation, decide
from deeptheory.checks.drawing import Drawn, Found, StaleError, search
from deeptheory.checks.exact import decode, encode
from deeptheory.checks.failures import shown, written
from deeptheory.checks.mutants import Mutant, mutated
from deeptheory.checks.registry import Check
from deeptheory.checks.series import plotted
from deeptheory.errors import DeepTheoryError, FailureError, UsageError
from deeptheory.formulas import Book, CertifiedValue, Formula
from deeptheory.formulas.rigorous import Number, ball

__all__ = ["Options", "Progress", "run_check"]

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
    shrinks : int
        How many instances may be tried to make a failing one smaller.
    """

    instances: int = 200
    digits: int = 15
    seed: int = 0
    shrinks: int = 300

    @property
    def bits(self) -> int:
        """The precision to start with."""
        return max(128, int(self.digits * 3.33) + 12)


class Progress:
    """What a check tells while it runs, and what it takes up of an earlier run.

    This one keeps nothing; `deeptheory.checks.state.State` keeps it in a file.
    """

    def earlier(self) -> dict[str, Any] | None:
        """Return what an interrupted run has kept, if there was one."""
        return None

    def forget(self) -> None:
        """Drop what an interrupted run has kept."""

    def reached(self, kept: dict[str, Any]) -> None:
        """Take note of what has been found, after each drawn instance."""

    def pause(self) -> None:
        """Let the run be stopped here.

        Raises
        ------
        KeyboardInterrupt
            Where it is to stop.
        """


class _DamagedError(Exception):
    """What an interrupted run has kept cannot be read."""


class _ViolationError(Exception):
    """An instance violates the theorem; caught by `run_check` once it is shrunk."""

    def __init__(self, comparison: Comparison) -> None:
        super().__init__()
        self.comparison = comparison


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
    drawn: Drawn = field(default_factory=Drawn)

    def kept(self, seconds: float) -> dict[str, Any]:
        """Return what has been found so far, as data for JSON."""
        return {
            "count": self.count,
            "drawn": [self.drawn.count, self.drawn.digest],
            "killed_by": dict(self.killed_by),
            "laws": list(self.laws),
            "best": encode(self.best),
            "best_at": self.best_at,
            "error": encode(self.error),
            "bits": self.bits,
            "lower": self.lower,
            "seconds": seconds,
        }

    def take_up(self, kept: dict[str, Any]) -> None:
        """Go on from what an earlier run has found."""
        try:
            self.count, self.bits, self.lower = kept["count"], kept["bits"], kept["lower"]
            self.drawn = Drawn(*kept["drawn"])
            self.killed_by = dict(kept["killed_by"])
            self.laws = dict.fromkeys(kept["laws"])
            self.best, self.best_at = decode(kept["best"]), kept["best_at"]
            self.error = decode(kept["error"])
            float(kept["seconds"])
        except (KeyError, TypeError, ValueError, UsageError) as error:
            raise _DamagedError from error
        for name in self.killed_by:
            self.alive.pop(name, None)

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
        if not comparison.holds:
            raise _ViolationError(comparison)
        self.count += 1
        self.bits = max(self.bits, comparison.bits)
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

    def probe(self, instance: Any) -> None:
        """Raise where one instance violates the theorem, and record nothing."""
        comparison = self.compare(self.measurer(instance), self.bound)
        if not comparison.holds:
            raise _ViolationError(comparison)


def _violation(comparison: Comparison, options: Options) -> dict[str, Any]:
    """Return the failure of an instance that violates the theorem."""
    laws = "; ".join(comparison.laws)
    return {
        "reason": "an instance violates the theorem" + (f": {laws}" if laws else ""),
        "lhs": shown(comparison.lhs, options.digits, options.bits),
        "rhs": shown(comparison.rhs, options.digits, options.bits),
    }


def _certainly_larger(left: Number, right: Number) -> bool:
    if isinstance(left, arb) or isinstance(right, arb):
        return bool(ball(left) > ball(right))
    return bool(left > right)


def _size(error: Number, options: Options) -> str:
    """Return an upper bound on an error in decimals."""
    return CertifiedValue(arb(0, error), options.digits, options.bits).radius


def run_check(
    check: Check,
    book: Book,
    options: Options | None = None,
    *,
    progress: Progress | None = None,
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
    progress : Progress, optional
        Told after each instance, and asked for an earlier run to go on from.

    Returns
    -------
    dict
        The result as it stands in ``checks.json``, but for a failing instance under ``replay``,
        which `deeptheory.checks.runner.verify` writes to a file of its own.

    Raises
    ------
    KeyboardInterrupt
        Where the run is interrupted.
    """
    options, progress = options or Options(), progress or Progress()
    began = time.perf_counter()
    failures: list[dict[str, Any]] = []
    run: _Run | None = None
    series: list[dict[str, Any]] = []
    try:
        run = _prepare(check, book, options)
        began -= _instances(run, failures, progress, began)
        if not failures:
            _power(run, failures)
        if not failures:
            for number in range(len(check.series)):
                series.append(_plot(run, number, failures, progress))
    except DeepTheoryError as error:
        failures.append({"reason": str(error)})
    except Exception as error:  # a defect of the check is a failure of the check
        failures.append(_broken(error))
    return _result(check, options, run, failures, series, time.perf_counter() - began)


def _broken(error: Exception) -> dict[str, Any]:
    return {"reason": f"the check broke {_place(error)}: {error!r}"}


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


def _instances(
    run: _Run, failures: list[dict[str, Any]], progress: Progress, began: float
) -> float:
    """Examine chosen and drawn instances; return the seconds that an earlier run has spent."""
    earlier = progress.earlier()
    if earlier is not None:
        fresh = _prepare(run.check, run.book, run.options)
        try:
            fresh.take_up(earlier)
            _draw(fresh, failures, progress, began - earlier["seconds"])
        except (StaleError, _DamagedError):
            progress.forget()
        else:
            vars(run).update(vars(fresh))
            return float(earlier["seconds"])
    _sharp(run, failures, progress)
    _draw(run, failures, progress, began)
    return 0.0


def _sharp(run: _Run, failures: list[dict[str, Any]], progress: Progress) -> None:
    """Compare the ratio on each chosen instance with the one that is claimed."""
    origin = "sharp instance" if run.bound is not None else "chosen instance"
    failing = []
    for number, sharp in enumerate(run.check.sharp):
        progress.pause()
        try:
            comparison = run.examine(sharp.instance, origin)
        except _ViolationError as error:
            found = _reported(run, error, sharp.instance, chosen=number)
            failing.append((len(json.dumps(found["instance"])), number, found))
            continue
        ratio = comparison.ratio
        if sharp.ratio is not None and (
            ratio is None or isinstance(ratio, arb) or ratio != sharp.ratio
        ):
            known = "none" if ratio is None else shown(ratio, run.options.digits, run.options.bits)
            failures.append(
                {
                    "reason": f"the ratio claimed is {sharp.ratio}, and the ratio found is {known}",
                    "instance": sharp.instance.describe(),
                }
            )
    if failing:  # the one that takes the fewest words
        failures.append(min(failing)[-1])


def _reported(run: _Run, error: Exception, instance: Any, **source: Any) -> dict[str, Any]:
    """Return the failure that an instance has brought about, with the means to replay it."""
    if isinstance(error, _ViolationError):
        failure = _violation(error.comparison, run.options)
    elif isinstance(error, DeepTheoryError):
        failure = {"reason": str(error)}
    else:
        failure = _broken(error)
    replay = written(instance, **source)
    return {**failure, "instance": replay["described"], "replay": replay}


def _draw(run: _Run, failures: list[dict[str, Any]], progress: Progress, began: float) -> None:
    """Draw instances, and shrink one that violates the theorem."""

    def seen(drawn: Drawn) -> None:
        run.drawn = drawn
        if not failures:
            progress.reached(run.kept(round(time.perf_counter() - began, 3)))

    def body(instance: Any) -> None:
        progress.pause()
        run.examine(instance, "drawn instance")

    def probe(instance: Any) -> None:
        progress.pause()
        run.probe(instance)

    options = run.options
    found: Found | None = None
    try:
        found = search(
            run.check.instances(),
            body,
            instances=options.instances,
            seed_=options.seed,
            since=run.drawn,
            seen=seen,
            probe=probe,
            shrinks=options.shrinks,
        )
    except HypothesisException as error:
        failures.append({"reason": f"instances could not be drawn: {error}"})
    if found is not None:
        failures.insert(0, _reported(run, found.error, found.instance, choices=found.choices))
    elif not run.drawn.count and not failures:
        failures.append({"reason": "no instance was drawn"})


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


def _plot(
    run: _Run, number: int, failures: list[dict[str, Any]], progress: Progress
) -> dict[str, Any]:
    def measured(instance: Any) -> tuple[Comparison, Any]:
        progress.pause()
        measure = run.measurer(instance)
        comparison = run.compare(measure, run.bound)
        with ctx.workprec(comparison.bits):
            return comparison, measure()

    data, reason = plotted(run.check.series[number], run.bound, measured)
    if reason is not None:
        failures.append({"reason": reason})
    return data


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
