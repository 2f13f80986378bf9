"""Commands on the numeric checks: run them, show measured rates, replay a failing instance."""

from __future__ import annotations

import json
import os
import signal
import threading
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Any

import typer

from deeptheory.cli.app import app, console, errors, print_table
from deeptheory.cli.completion import complete_theorem
from deeptheory.errors import FailureError
from deeptheory.paths import Project, find_project

if TYPE_CHECKING:
    from deeptheory.checks.engine import Options
    from deeptheory.checks.failures import Replay
    from deeptheory.checks.runner import Verification

__all__ = ["rates", "replay", "verify"]

_WIDE = 120
"""From this width on, the table has room for the claims of tightness."""

Theorems = Annotated[
    list[str] | None,
    typer.Argument(
        metavar="THEOREM",
        help="Theorems; all of them by default.",
        autocompletion=complete_theorem,
    ),
]
Instances = Annotated[
    int, typer.Option(min=1, max=100_000, help="Instances to draw for each theorem.")
]
Digits = Annotated[
    int,
    typer.Option(
        min=1, max=1000, help="Digits to report; the precision is 128 bits at least, or theirs."
    ),
]
Seed = Annotated[int, typer.Option(min=0, help="What the drawing depends on, and nothing else.")]
Jobs = Annotated[int | None, typer.Option(min=1, help="Processes; one a core by default.")]
AsJson = Annotated[bool, typer.Option("--json", help="Print the results as JSON.")]


@app.command()
def verify(
    theorems: Theorems = None,
    instances: Instances = 200,
    digits: Digits = 15,
    seed: Seed = 0,
    jobs: Jobs = None,
    fresh: Annotated[
        bool,
        typer.Option(
            "--fresh", "--force", help="Begin anew: run again what is current or was interrupted."
        ),
    ] = False,
    show_rates: Annotated[
        bool, typer.Option("--rates", help="List the measured rates beside those of the bounds.")
    ] = False,
    show_mutants: Annotated[
        bool, typer.Option("--mutants", help="List the false variants and what refuted each.")
    ] = False,
    as_json: AsJson = False,
) -> None:
    """Check theorems numerically: soundness, tightness, and the power to refute mutants.

    The results depend on the seed, the number of instances and the digits alone.  One that is
    current is kept, also where it is of more instances than are asked for.  An interrupted run is
    taken up by the next one with the same options, where it stopped.  A failing instance is made
    small and written to build/failures: `deeptheory replay FILE` evaluates it anew.
    """
    from deeptheory.checkresults import SCHEMA_VERSION
    from deeptheory.checks.engine import Options

    outcome = _run(find_project(), theorems or [], Options(instances, digits, seed), jobs, fresh)
    if as_json:
        document = {"schema": SCHEMA_VERSION, "checks": outcome.results}
        print(json.dumps(document, ensure_ascii=False, indent=1))
    else:
        _print_table(outcome)
        if show_mutants:
            _print_mutants(outcome.results)
        if show_rates:
            _print_rates(outcome.results)
    _fail(outcome)


@app.command()
def rates(
    theorems: Theorems = None,
    instances: Instances = 200,
    digits: Digits = 15,
    seed: Seed = 0,
    jobs: Jobs = None,
    as_json: AsJson = False,
) -> None:
    """Compare measured rates with those of the bounds: 1/k, 1/sqrt(n), (9/10)^k and others.

    The claim is the slope that the bound's formula has at large arguments.  The measured slope is
    fitted on the larger half of the points, with a 95 % confidence interval by Student's t.  Checks
    without a current result are run first, as by `deeptheory verify`.
    """
    from deeptheory.checkresults import SCHEMA_VERSION
    from deeptheory.checks.engine import Options

    outcome = _run(find_project(), theorems or [], Options(instances, digits, seed), jobs, False)
    if as_json:
        found = [
            {"theorem": entry["theorem"], "series": series["label"], **rate}
            for entry, series, rate in _rates(outcome.results)
        ]
        print(json.dumps({"schema": SCHEMA_VERSION, "rates": found}, ensure_ascii=False, indent=1))
    else:
        _print_rates(outcome.results)
    _fail(outcome)


@app.command()
def replay(
    file: Annotated[Path, typer.Argument(metavar="FILE", help="A file of build/failures.")],
    digits: Annotated[int, typer.Option(min=1, max=1000, help="Digits to report.")] = 15,
    as_json: AsJson = False,
) -> None:
    """Evaluate both sides of a theorem anew on a failing instance that verify has written.

    Ends with 1 where the catalog's statement still fails there, with 0 where it holds, and with 2
    where the file is bad.
    """
    from deeptheory.checks.failures import replay as run
    from deeptheory.checks.registry import load_checks
    from deeptheory.formulas import Book

    book = Book.load(find_project().theorems_json)
    outcome = run(file, book, load_checks(), digits=digits)
    if as_json:
        print(json.dumps(outcome.as_json(), ensure_ascii=False, indent=1))
    else:
        _print_replay(outcome)
    if not outcome.holds:
        raise FailureError(f"{_short(outcome.theorem)} fails on the instance of {file}.")


@contextmanager
def _terminable() -> Iterator[None]:
    """Let a request to terminate end a run as an interruption from the keyboard does."""
    if threading.current_thread() is not threading.main_thread():
        yield
        return

    def interrupt(_signal: int, _frame: object) -> None:
        raise KeyboardInterrupt

    before = signal.signal(signal.SIGTERM, interrupt)
    try:
        yield
    finally:
        signal.signal(signal.SIGTERM, before)


def _run(
    project: Project, theorems: list[str], options: Options, jobs: int | None, fresh: bool
) -> Verification:
    """Run checks with a progress bar, where somebody watches."""
    from rich.progress import (
        BarColumn,
        MofNCompleteColumn,
        Progress,
        TextColumn,
        TimeElapsedColumn,
    )

    from deeptheory.checks.runner import verify as run

    done = 0
    with Progress(
        TextColumn("checking"),
        BarColumn(),
        MofNCompleteColumn(),
        TimeElapsedColumn(),
        TextColumn("{task.fields[last]}"),
        console=errors,
        transient=True,
        disable=not errors.is_terminal,
    ) as progress:
        task = progress.add_task("checks", total=None, last="")

        def finished(result: dict[str, Any]) -> None:
            nonlocal done
            done += 1
            progress.update(task, advance=1, last=_short(result["theorem"]))

        started: Callable[[int], None] = lambda total: progress.update(task, total=total)  # noqa: E731
        try:
            with _terminable():
                return run(
                    project.theorems_json,
                    project.checks_json,
                    theorems,
                    options,
                    jobs=jobs or os.cpu_count() or 1,
                    force=fresh,
                    started=started,
                    finished=finished,
                )
        except KeyboardInterrupt:
            progress.stop()
            again = "the same command without --fresh" if fresh else "the same command"
            errors.print(
                f"interrupted after {done} check{'s' * (done != 1)}: {again} goes on from here",
                highlight=False,
                soft_wrap=True,
            )
            raise SystemExit(130) from None


def _fail(outcome: Verification) -> None:
    failed = [_short(entry["theorem"]) for entry in outcome.results if not entry["passed"]]
    if failed:
        raise FailureError(
            f"{len(failed)} of {len(outcome.results)} checks failed: {', '.join(failed)}."
        )


def _short(theorem: str) -> str:
    return theorem.removeprefix("DeepTheory.")


def _line(text: str, style: str = "") -> None:
    from rich.markup import escape

    console.print(escape(text), style=style, highlight=False, soft_wrap=True)


def _print_table(outcome: Verification) -> None:
    from rich.markup import escape
    from rich.table import Table

    table = Table(box=None, header_style="bold", pad_edge=False)
    wide = console.width >= _WIDE
    table.add_column("theorem", overflow="fold")
    for title in ("instances", "ratio", "mutants", "time"):
        table.add_column(title, justify="right", no_wrap=True)
    table.add_column("status", no_wrap=True)
    if wide:
        table.add_column("claim")
    for entry in outcome.results:
        mutants = entry["mutants"]
        killed = sum(mutant["killed"] for mutant in mutants)
        current = entry["theorem"] in outcome.reused
        cells = [
            escape(_short(entry["theorem"])),
            str(entry["instances"]),
            _tightness(entry),
            f"{killed}/{len(mutants)}",
            f"{entry['seconds']:.1f} s",
            "[red]failed[/]" if not entry["passed"] else "current" if current else "[green]ok[/]",
        ]
        table.add_row(*cells, *([escape(entry["claim"] or "")] if wide else []))
    print_table(table)
    legend = ["ratio: the largest lhs / bound found"]
    if any(entry["max_error"] is not None for entry in outcome.results):
        legend.append("≈: equal, up to this relative error")
    legend.append("mutants: false variants refuted")
    console.print("; ".join(legend), style="dim", highlight=False, soft_wrap=True)
    if outcome.resumed:
        count = len(outcome.resumed)
        _line(f"taken up from an interrupted run: {count} check{'s' * (count != 1)}", "dim")
    if outcome.stronger:
        count = len(outcome.stronger)
        what = f"{count} result{'s' * (count != 1)}"
        _line(f"current, and of more instances than asked for: {what} (anew: --fresh)", "dim")
    for entry in outcome.results:
        for failure in entry["failures"]:
            _print_failure(entry, failure)


def _print_failure(entry: dict[str, Any], failure: dict[str, Any]) -> None:
    from rich.markup import escape

    console.print(
        f"[red]{escape(_short(entry['theorem']))}[/]: {escape(failure['reason'])}",
        highlight=False,
        soft_wrap=True,
    )
    for side in ("lhs", "rhs"):
        if side in failure:
            _line(f"  {side} = {failure[side]}")
    for name, value in failure.get("instance", {}).items():
        _line(f"  {name}: {_text(value)}")
    if "file" in failure:
        _line(f"  again: deeptheory replay {find_project().build.name}/{failure['file']}")


def _text(value: Any) -> str:
    return value if isinstance(value, str) else json.dumps(value, ensure_ascii=False)


def _tightness(entry: dict[str, Any]) -> str:
    """Return the largest ratio found or, for equalities, the largest error that is left."""
    ratio, error = entry["max_ratio"], entry["max_error"]
    if ratio is None:
        return "" if error is None else "exact" if error == "0" else f"≈ {error}"
    exact = ratio["exact"]
    if exact is not None and len(exact) <= 9:
        return str(exact)
    return f"{float(ratio['decimal']):.6g}"


def _print_mutants(results: list[dict[str, Any]]) -> None:
    killed = total = 0
    for entry in results:
        _line(f"\n{_short(entry['theorem'])}", "bold")
        for mutant in entry["mutants"]:
            total += 1
            killed += mutant["killed"]
            outcome = f"refuted by a {mutant['killed_by']}" if mutant["killed"] else "SURVIVES"
            _line(f"  {mutant['name']}: {outcome}; {mutant['description']}")
    _line(f"\n{killed} of {total} mutants refuted ({_percent(killed, total)})", "bold")


def _percent(part: int, whole: int) -> str:
    """Return a share in percent, rounded down, so that only all of them are 100 %."""
    return f"{100 * part // whole} %" if whole else "none to refute"


def _rates(
    results: list[dict[str, Any]],
) -> Iterator[tuple[dict[str, Any], dict[str, Any], dict[str, Any]]]:
    for entry in results:
        for series in entry["series"]:
            if series.get("rate"):
                yield entry, series, series["rate"]


def _print_rates(results: list[dict[str, Any]]) -> None:
    from rich.markup import escape
    from rich.table import Table

    from deeptheory.rates import VERDICTS, claim_text, interval_text, slope_text, value_text

    found = list(_rates(results))
    if not found:
        _line("No series of these checks varies one natural parameter of a bound with a rate.")
        return
    if console.width < _WIDE:
        _print_rates_in_lines(found)
        return
    table = Table(box=None, header_style="bold", pad_edge=False)
    table.add_column("theorem, along which series", overflow="fold")
    table.add_column("rate")
    for title in ("slope claimed", "measured", "95 % interval", "of the bound"):
        table.add_column(title, justify="right")
    table.add_column("points", no_wrap=True)
    table.add_column("verdict", no_wrap=True)
    name = ""
    for entry, series, rate in found:
        if entry["theorem"] != name:
            name = entry["theorem"]
            table.add_row(f"[bold]{escape(_short(name))}[/]")
        table.add_row(
            f"  {escape(series['label'])}",
            escape(claim_text(rate)),
            slope_text(rate),
            value_text(rate["measured"]["slope"]),
            escape(interval_text(rate)),
            value_text(rate["bound"]),
            f"{rate['variable']} = {rate['from']}..{rate['to']}",
            rate["verdict"],
        )
    print_table(table)
    for verdict in dict.fromkeys(rate["verdict"] for _, _, rate in found):
        _line(f"{verdict}: {VERDICTS[verdict]}", "dim")


def _print_rates_in_lines(found: list[tuple[dict[str, Any], dict[str, Any], Any]]) -> None:
    """Print rates where the table has no room."""
    from deeptheory.rates import claim_text, interval_text, slope_text, value_text

    name = ""
    for entry, series, rate in found:
        if entry["theorem"] != name:
            name = entry["theorem"]
            _line(_short(name), "bold")
        _line(f"  {series['label']}")
        measured = f"measured {value_text(rate['measured']['slope'])} {interval_text(rate)}"
        _line(f"    {claim_text(rate)}: slope claimed {slope_text(rate)}, {measured}")
        points = f"{rate['variable']} = {rate['from']}..{rate['to']}"
        _line(f"    of the bound {value_text(rate['bound'])}, {points}: {rate['verdict']}")


def _print_replay(outcome: Replay) -> None:
    _line(_short(outcome.theorem), "bold")
    if outcome.statement is not None:
        _line(outcome.statement)
    if outcome.then is not None and outcome.then != outcome.statement:
        _line(f"when the file was written, the catalog stated: {outcome.then}", "dim")
    if outcome.bound is not None:
        _line(f"{_short(outcome.bound)} = {outcome.formula}")
        if outcome.formula_then is not None and outcome.formula_then != outcome.formula:
            _line(f"when the file was written: {outcome.formula_then}", "dim")
    for name, value in outcome.arguments.items():
        _line(f"  {name} = {value}")
    _line("instance")
    for name, value in outcome.instance.items():
        _line(f"  {name}: {_text(value)}")
    for law in outcome.laws:
        _line(f"claim: {law}")
    sign = {"le": "≤", "lt": "<", "eq": "="}[outcome.relation]
    _line(f"lhs = {outcome.lhs}")
    _line(f"rhs = {outcome.rhs}")
    if outcome.holds:
        _line(f"lhs {sign} rhs holds", "bold green")
    else:
        _line(f"lhs {sign} rhs fails", "bold red")
