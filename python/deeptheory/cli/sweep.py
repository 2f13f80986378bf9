"""``deeptheory sweep``: a bound, what is measured and their ratio over a grid."""

from __future__ import annotations

import json
from collections.abc import Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Any

import typer

from deeptheory.cli.app import app, console, errors, print_table, progress_bar
from deeptheory.cli.completion import complete_bound
from deeptheory.errors import FailureError, UsageError
from deeptheory.paths import find_project

if TYPE_CHECKING:
    from deeptheory.sweeps.evaluate import Row
    from deeptheory.sweeps.plan import Plan

__all__ = ["sweep"]

_SHOWN = 40
_PICTURES = (".png", ".svg")


@app.command()
def sweep(
    theorem: Annotated[
        str,
        typer.Argument(help="A theorem with a bound, or a formula.", autocompletion=complete_bound),
    ],
    grid: Annotated[
        list[str] | None,
        typer.Option("--grid", "-g", metavar="NAME=VALUES", help="The values of one parameter."),
    ] = None,
    output: Annotated[
        Path | None,
        typer.Option("-o", "--output", metavar="FILE.parquet", help="Write the points there."),
    ] = None,
    plot: Annotated[
        Path | None, typer.Option(metavar="FILE.png|svg", help="Draw bound, measured value, ratio.")
    ] = None,
    jobs: Annotated[
        int | None,
        typer.Option(min=1, help="Processes; one at first and then one a core by default."),
    ] = None,
    scheduler: Annotated[
        str | None,
        typer.Option(metavar="ADDRESS", help="Compute on the workers of a Dask scheduler."),
    ] = None,
    resume: Annotated[
        bool | None,
        typer.Option(
            "--resume/--fresh",
            help="Insist on going on with a stopped sweep, or discard it.",
            show_default="go on where there is one",
        ),
    ] = None,
    measure: Annotated[
        bool, typer.Option("--measure/--no-measure", help="Measure too, or the bound alone.")
    ] = True,
    digits: Annotated[int, typer.Option(min=1, max=200, help="Significant digits.")] = 15,
    max_points: Annotated[
        int, typer.Option(min=1, max=100_000_000, help="How many points the grid may have.")
    ] = 100_000,
    as_json: Annotated[bool, typer.Option("--json", help="Print the points as JSON.")] = False,
) -> None:
    """Compute a bound, what is measured, and their ratio over a grid of arguments.

    Each parameter of the bound needs a --grid with its values, numbers and ranges with commas
    between them. Greek letters may be spelled out.

      L=2              one value; also 0.1, 1e-3, 1/3, all read exactly
      delta=0.01,0.05  some values
      k=1:20           all whole numbers from 1 to 20
      e=0:1:lin:11     11 points, evenly spaced; without a number 25
      n=10:1e6:log     25 points, evenly spaced on a logarithmic scale, with
                       both ends; whole numbers for n, otherwise six digits
      c=1,2|3,4        two values of a vector

    The grid holds all combinations; the last parameter varies fastest.

    At each point the bound is the catalog's formula in ball arithmetic, and the measured value is
    the theorem's left-hand side, computed from its own definition by the theorem's check on an
    instance that is built for these very arguments; of a claim with probability 1 - δ it is the
    quantile that the bound has to cover. Where no such instance can be built the bound stands
    alone, and the reason is given. A point that violates a hypothesis is counted, and the
    hypothesis is named; it ends nothing. The ratio is the measured value over the bound (of a lower
    bound, the bound over the measured value), at most 1 for a true theorem; a point that says
    otherwise makes the command exit with 1.

    The file of -o has a row for each point, in the order of the grid: every parameter as a number
    and exactly (n and n_exact); bound, measured and ratio each as the nearest double, as a decimal
    with a certified radius (bound_decimal, bound_radius) and, where it is known and short, as a
    fraction (bound_exact); status, which is measured, bound only, outside (a hypothesis fails),
    undefined or refuted; holds, hypothesis, reason, instance (JSON) and bits. Its metadata say
    under the key deeptheory, as JSON, which theorem, grid, version and catalog it came from. The
    content depends on nothing else: not on the number of processes or workers, nor on their order.

    Finished points are kept in a journal, FILE.parquet.journal, until the file is written. A sweep
    that was stopped in whatever way goes on with them when the same command is given again;
    --fresh begins anew, and --resume fails where there is nothing to go on with.

    With --scheduler the workers need the same version of deeptheory and its extra; give them one
    thread each (dask worker ADDRESS --nthreads 1). What a worker that dies had computed is computed
    again by the others.

    Parquet, plots and clusters need the packages that `make sweep` installs.
    """
    from deeptheory.sweeps.extra import need
    from deeptheory.sweeps.plan import make_plan
    from deeptheory.sweeps.run import sweep as run
    from deeptheory.sweeps.table import counts_of, write_table

    _check_options(output, plot, jobs, scheduler, resume)
    for wanted, package in ((output, "pyarrow"), (plot, "matplotlib"), (scheduler, "distributed")):
        if wanted is not None:
            need(package)
    plan = make_plan(
        find_project().theorems_json,
        theorem,
        grid or [],
        digits=digits,
        measure=measure,
        limit=max_points,
    )

    def finish(rows: list[Row]) -> None:
        if output is not None:
            write_table(plan, rows, output)
        if plot is not None:
            from deeptheory.sweeps.drawing import draw

            draw(plan, rows, plot)

    rows = _with_progress(
        lambda **told: run(
            plan,
            output=output,
            jobs=jobs,
            scheduler=scheduler,
            resume=resume,
            finish=finish,
            **told,
        )
    )
    if as_json:
        found = {**plan.about, **counts_of(rows), "rows": _json_rows(plan, rows)}
        print(json.dumps(found, ensure_ascii=False, indent=1, allow_nan=False))
    else:
        _print(plan, rows)
    for path, what in ((output, "holds the points"), (plot, "shows them")):
        if path is not None:
            errors.print(f"{path} {what}", markup=False, highlight=False, soft_wrap=True)
    refuted = [index for index, row in enumerate(rows) if row["status"] == "refuted"]
    if refuted:
        raise FailureError(
            f"{plan.short} is refuted at {len(refuted)} of {len(rows)} points, first at "
            f"{_at(plan, refuted[0])}."
        )


def _check_options(
    output: Path | None,
    plot: Path | None,
    jobs: int | None,
    scheduler: str | None,
    resume: bool | None,
) -> None:
    from deeptheory.certify.files import check_targets

    if jobs is not None and scheduler is not None:
        raise UsageError("--jobs is for this machine: leave it out with --scheduler.")
    if resume is not None and output is None:
        raise UsageError("--resume and --fresh need -o FILE.parquet: the journal lies beside it.")
    if plot is not None and plot.suffix not in _PICTURES:
        raise UsageError(f"--plot {plot}: give a file whose name ends in .png or .svg.")
    check_targets({"-o": (output, ".parquet"), "--plot": (plot, plot.suffix if plot else ".svg")})


def _with_progress(run: Any) -> list[Row]:
    with progress_bar() as progress:
        task = progress.add_task("sweeping", total=None)

        def started(total: int, finished: int) -> None:
            progress.update(task, total=total, completed=finished)
            if finished:
                errors.print(
                    f"going on with {finished} of {total} points that were finished before",
                    highlight=False,
                    soft_wrap=True,
                )

        rows: list[Row] = run(
            started=started, advanced=lambda more: progress.update(task, advance=more)
        )
        return rows


def _arguments(plan: Plan, index: int) -> dict[str, str]:
    from deeptheory.sweeps.grid import exact_text

    names = plan.grid.names
    return dict(zip(names, map(exact_text, plan.grid.point(index)), strict=True))


def _at(plan: Plan, index: int) -> str:
    return ", ".join(f"{name} = {value}" for name, value in _arguments(plan, index).items())


def _json_rows(plan: Plan, rows: Sequence[Row]) -> list[dict[str, Any]]:
    return [{"arguments": _arguments(plan, index), **row} for index, row in enumerate(rows)]


def _print(plan: Plan, rows: Sequence[Row]) -> None:
    from rich.markup import escape
    from rich.table import Table

    def line(text: str, style: str = "") -> None:
        console.print(escape(text), style=style, highlight=False, soft_wrap=True)

    about = plan.about
    line(f"{plan.short}: {about['statement'] or about['formula']}", "bold")
    table = Table(box=None, header_style="bold", pad_edge=False)
    for name in (*plan.grid.names, "bound", "measured", "ratio"):
        table.add_column(escape(name), justify="right", no_wrap=True)
    table.add_column("status", overflow="fold")
    head = _SHOWN // 2 if len(rows) > _SHOWN else len(rows)
    shown = [*range(head), *range(max(head, len(rows) - head), len(rows))]
    for index in shown:
        row = rows[index]
        values = [_short(value) for value in _arguments(plan, index).values()]
        numbers = [_number(row[name]) for name in ("bound", "measured", "ratio")]
        table.add_row(*map(escape, (*values, *numbers, _status(row))))
        if index == head - 1 and len(shown) < len(rows):
            table.add_row(*["..."] * (len(values) + 3), f"{len(rows) - len(shown)} more points")
    print_table(table)
    _print_summary(plan, rows, line)


def _print_summary(plan: Plan, rows: Sequence[Row], line: Any) -> None:
    from collections import Counter

    from deeptheory.sweeps.evaluate import STATUSES
    from deeptheory.sweeps.table import counts_of

    found = counts_of(rows)
    parts = [f"{count} {_plural(status)}" for status, count in found["counts"].items() if count]
    line(f"{len(rows)} {'point' if len(rows) == 1 else 'points'}: {', '.join(parts)}")
    for hypothesis, count in found["hypotheses_that_fail"].items():
        line(f"  {hypothesis} fails at {count} of them")
    for status in ("bound only", "undefined"):
        reasons = Counter(row["reason"] for row in rows if row["status"] == status)
        for reason, count in reasons.most_common(5):
            line(f"  {STATUSES[status]} at {count} of them: {_short(reason, 200)}")
    ratios = [(row["ratio"]["double"] or 0.0, -i) for i, row in enumerate(rows) if row["ratio"]]
    if ratios:
        index = -max(ratios)[1]
        decimal = rows[index]["ratio"]["decimal"]
        line(f"largest ratio {_short(decimal)} at {_at(plan, index)}", "bold green")


def _plural(status: str) -> str:
    return {"bound only": "with the bound only", "outside": "outside the hypotheses"}.get(
        status, status
    )


def _number(value: dict[str, Any] | None) -> str:
    if value is None:
        return ""
    exact = value["exact"]
    if exact is not None and len(exact) <= 9:
        return str(exact)
    if value["double"]:
        return f"{value['double']:.6g}"
    mantissa, _, exponent = str(value["decimal"]).partition("e")  # beyond the range of doubles
    return f"{mantissa[:7]}e{exponent}" if exponent else _short(value["decimal"], 12)


def _status(row: Row) -> str:
    if row["status"] == "outside":
        return f"outside: {_short(row['hypothesis'], 60)}"
    if row["status"] == "measured" and row["holds"] is None:
        return "measured, equal as far as can be told"
    return str(row["status"])


def _short(text: str, most: int = 18) -> str:
    return text if len(text) <= most else f"{text[: most - 3]}..."
