"""``deeptheory bench``."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING, Annotated, Any

import typer

from deeptheory.cli.app import app, console, errors

if TYPE_CHECKING:
    from rich.table import Table


@app.command()
def bench(
    as_json: Annotated[bool, typer.Option("--json", help="Print the figures as JSON.")] = False,
) -> None:
    """Measure proving, checks and formulas; write the figures to build/bench.json."""
    from deeptheory.bench import bench as measure
    from deeptheory.files import write_atomically
    from deeptheory.paths import find_project

    project = find_project()
    with errors.status("measuring") as status:
        figures = measure(project, lambda text: status.update(f"measuring: {text}"))
    path = project.build / "bench.json"
    write_atomically(path, json.dumps(figures, indent=1))
    if as_json:
        print(json.dumps(figures, indent=1))
        return
    _show(figures)
    console.print(f"written to {path}", highlight=False, soft_wrap=True)


def _table(*headings: str) -> Table:
    from rich.table import Table

    made = Table(box=None, pad_edge=False)
    for place, heading in enumerate(headings):
        made.add_column(heading, justify="right" if place else "left", overflow="fold")
    return made


def _show(figures: dict[str, Any]) -> None:
    prove = figures["prove"]
    proving = _table(f"proving on {figures['cores']} cores", "seconds")
    proving.add_row("cold: everything, from nothing", f"{prove['cold_seconds']:.1f}")
    proving.add_row("warm: nothing changed", f"{prove['warm_seconds']:.2f}")
    console.print(proving, "")
    for title, times in (("module", prove["modules"]), ("theorem", prove["theorems"])):
        slowest = _table(f"slowest of {len(times)} {title}s", "seconds")
        for name, seconds in sorted(times.items(), key=lambda item: -item[1])[:10]:
            slowest.add_row(name, f"{seconds:.2f}")
        console.print(slowest, "")
    checks = _table("check", "instances", "seconds", "a second")
    for entry in figures["checks"]:
        rate = entry["per_second"]
        checks.add_row(
            entry["theorem"].removeprefix("DeepTheory."),
            str(entry["instances"]),
            f"{entry['seconds']:.2f}",
            f"{rate:.0f}" if rate else "",
        )
    console.print(checks, "")
    formulas = _table("formula", "bits", "balls a second", "mpmath iv a second", "ratio")
    for run in figures["formulas"]:
        for entry in run["formulas"]:
            formulas.add_row(
                entry["formula"].removeprefix("DeepTheory."),
                str(entry["bits"]),
                f"{entry['balls']:,.0f}",
                f"{entry['intervals']:,.0f}",
                f"{entry['speedup']:.1f}",
            )
        if run["speedup"] is not None:
            formulas.add_row("geometric mean", str(run["bits"]), "", "", f"{run['speedup']:.1f}")
    console.print(formulas, "")
    for shown in _inversion(figures["inversion"]):
        console.print(shown, "")


def _inversion(figures: dict[str, Any]) -> list[Table]:
    exact, arrays = figures["exact"], figures["arrays"]
    inverses = _table("inverse of the relative entropy", "ours", "others", "ratio")
    inverses.add_row(
        f"{exact['digits']} certified digits; bisection with mpmath's iv (microseconds)",
        f"{1e6 * exact['ours']:.0f}",
        f"{1e6 * exact['theirs']:,.0f}",
        f"{exact['speedup']:.0f} times as fast",
    )
    inverses.add_row(
        f"{arrays['entries']:,} certified doubles; Newton steps of numpy, uncertified (seconds)",
        f"{arrays['ours']:.3f}",
        f"{arrays['theirs']:.3f}",
        f"{arrays['ratio']:.2f} of the time",
    )
    risks = _table("bound on a risk", "certified, microseconds", "in doubles", "ratio")
    for entry in figures["risks"]:
        ours, theirs = entry["ours"], entry["theirs"]
        risks.add_row(
            entry["bound"],
            f"{1e6 * ours:.1f}",
            f"{1e6 * theirs:.2f}",
            f"{ours / theirs:.1f} times the time",
        )
    return [inverses, risks]
