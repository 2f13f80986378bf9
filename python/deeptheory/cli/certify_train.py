"""``deeptheory certify train`` and ``check``: certificates of trained stochastic networks."""

from __future__ import annotations

import json
import time
from fractions import Fraction
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Any

import typer

from deeptheory.cli.app import console, errors, progress_bar
from deeptheory.cli.certify import certify
from deeptheory.errors import FailureError, UsageError
from deeptheory.paths import find_project

if TYPE_CHECKING:
    from deeptheory.certify.certificate import Certificate

__all__ = ["check", "train"]

_STAGES = {"prior": "prior", "posterior": "posterior", "draws": "drawing networks"}
_TRUST = (
    "the rows are independent draws from one law, whatever it is, and so will be those to come",
    "the pseudo-random draws of networks behave as independent draws from the posterior",
    "the seed, the shape and the options were chosen without a look at the bound's rows",
)


@certify.command()
def train(
    dataset: Annotated[
        str, typer.Option(metavar="NAME", help="digits, breast-cancer, or a CSV file.")
    ],
    output: Annotated[
        Path, typer.Option("-o", "--output", metavar="DIR", help="The certificate's folder.")
    ],
    model: Annotated[
        str, typer.Option(metavar="MODEL", help="mlp: and the widths of the hidden layers.")
    ] = "mlp:64,64",
    delta: Annotated[
        str, typer.Option(metavar="D", help="The probability of failure: 0.05 or 1/20.")
    ] = "0.05",
    seed: Annotated[
        int, typer.Option(min=0, max=2**31 - 1, help="What split and training depend on.")
    ] = 0,
    epochs: Annotated[
        int, typer.Option(min=0, max=100_000, help="Passes over the rows of the prior.")
    ] = 200,
    posterior_epochs: Annotated[
        int, typer.Option(min=0, max=100_000, help="Passes over the rows of the bound.")
    ] = 100,
    draws: Annotated[
        int, typer.Option(min=1, max=1_000_000, help="Networks to draw from the posterior.")
    ] = 10_000,
    scale: Annotated[
        str, typer.Option(metavar="S", help="The deviation of a weight under the prior.")
    ] = "0.05",
    objective: Annotated[
        str, typer.Option(metavar="FORM", help="What the posterior minimises: quadratic or kl.")
    ] = "quadratic",
    label: Annotated[
        str | None,
        typer.Option(metavar="COLUMN", help="The labels of a CSV file, by name or number."),
    ] = None,
    resume: Annotated[
        bool, typer.Option("--resume", help="Go on with a training that was stopped.")
    ] = False,
    as_json: Annotated[bool, typer.Option("--json", help="Print the record as JSON.")] = False,
) -> None:
    """Train a stochastic network and certify its risk.

    The data are cut into three parts: on the first a prior is learnt, on the second the posterior
    that minimises a PAC-Bayes bound, the third is held out. The folder receives certificate.json,
    weights.npz, data.npz and certificate.lean, which certify check computes again.
    """
    from deeptheory.certify.network import read_model
    from deeptheory.certify.run import Plan, load, run
    from deeptheory.formulas.book import Book

    plan = Plan(
        load(dataset, label),
        read_model(model),
        _share("--delta", delta),
        seed,
        epochs,
        posterior_epochs,
        draws,
        _share("--scale", scale),
        objective,
    )
    if objective not in ("quadratic", "kl"):
        raise UsageError(f"--objective is quadratic or kl, not {objective!r}.")
    book = Book.load(find_project().theorems_json)
    begun = time.perf_counter()
    with progress_bar() as progress:
        totals = {"prior": epochs, "posterior": posterior_epochs, "draws": draws}
        tasks = {key: progress.add_task(_STAGES[key], total=totals[key]) for key in _STAGES}
        found = run(
            book,
            plan,
            output,
            resume=resume,
            advance=lambda stage, done: progress.update(tasks[stage], completed=done),
        )
    seconds = time.perf_counter() - begun
    _report(found, seconds, as_json)
    errors.print(f"{output} holds the certificate", markup=False, highlight=False, soft_wrap=True)


@certify.command()
def check(
    certificate: Annotated[
        Path, typer.Argument(metavar="FILE", help="certificate.json, the other files beside it.")
    ],
    kernel: Annotated[
        bool, typer.Option("--kernel/--no-kernel", help="Let the kernel check the Lean file.")
    ] = True,
    csv: Annotated[
        Path | None, typer.Option(metavar="FILE", help="Compare the data with those of a CSV file.")
    ] = None,
    label: Annotated[
        str | None, typer.Option(metavar="COLUMN", help="The column of labels of that file.")
    ] = None,
    as_json: Annotated[bool, typer.Option("--json", help="Print the record as JSON.")] = False,
) -> None:
    """Compute a certificate again from its weights and data, and let the kernel check it.

    All that is stated must be what comes out: the data, the relative entropy, the drawn networks'
    errors, every number, and each line of the Lean file, so that a proof of an easier statement is
    refused. Nothing is written.
    """
    from deeptheory.certify.recheck import recheck
    from deeptheory.formulas.book import Book

    if label is not None and csv is None:
        raise UsageError("--label needs --csv FILE.")
    project = find_project()
    book = Book.load(project.theorems_json)
    begun = time.perf_counter()
    with progress_bar() as progress:
        task = progress.add_task(_STAGES["draws"], total=None)
        found = recheck(
            book,
            certificate,
            csv=csv,
            label=label,
            started=lambda total: progress.update(task, total=total),
            advance=lambda more: progress.update(task, advance=more),
        )
    seconds = time.perf_counter() - begun
    if kernel:
        _run_kernel(certificate.with_name("certificate.lean"), found.lean)
    _report(found, seconds, as_json)
    unasked = "" if kernel else "; the kernel was not asked"
    if csv is None and found.record["data"]["name"] == "csv":
        unasked += "; the CSV file itself was not compared: name it with --csv"
    errors.print(
        f"everything stated is what the weights and the data give{unasked}",
        highlight=False,
        soft_wrap=True,
    )


def _run_kernel(path: Path, text: str) -> None:
    """Let the kernel check a text, which is what the file was found to hold."""
    from deeptheory.prove.client import ask
    from deeptheory.prove.diagnostics import Diagnostic

    answer = ask(find_project(), {"kind": "check", "path": str(path.resolve()), "source": text})
    if not answer["ok"]:
        for data in answer["diagnostics"]:
            errors.print(Diagnostic.from_json(data).render(), markup=False, highlight=False)
        raise FailureError(f"The kernel does not accept {path}.")
    errors.print(f"the kernel accepts it ({answer['seconds']:.1f} s)", highlight=False)


def _share(option: str, text: str) -> Any:
    from flint import fmpq

    from deeptheory.formulas.inputs import exact_number

    if len(text) > 40:
        raise UsageError(f"{option} is longer than any sensible number.")
    value = exact_number(option, text)
    if not isinstance(value, fmpq) or not 0 < value < 1:
        raise UsageError(f"{option} is to be between 0 and 1, not {text}.")
    return value


def _report(found: Certificate, seconds: float, as_json: bool) -> None:
    record = found.record
    if as_json:
        content = {**record, "ratio": found.ratio, "seconds": round(seconds, 1)}
        print(json.dumps(content, ensure_ascii=False, indent=1))
        return

    def line(text: str, style: str = "") -> None:
        console.print(text, style=style, markup=False, highlight=False, soft_wrap=True)

    numbers, held_out, parts = record["numbers"], record["held_out"], record["parts"]
    rows: list[tuple[str, str]] = [
        ("rows of prior, bound, held out", f"{parts['prior']}, {numbers['n']}, {held_out['rows']}"),
        ("relative entropy", numbers["relative_entropy"][:8]),
        (f"error on the bound's rows, {numbers['k']} draws", _decimal(numbers["q"])),
        ("certified error on them", _decimal(numbers["r"])),
        ("held-out error", _decimal(held_out["error"])),
        ("held-out error of the mean network", _decimal(held_out["mean_network_error"])),
    ]
    width = max(len(name) for name, _ in rows)
    for name, value in rows:
        line(f"{name:{width}}  {value}")
    risk, delta = numbers["p"], numbers["confidence_delta"]
    line(f"risk ≤ {_exact(risk)}, with probability at least 1 - {delta}", "bold green")
    ratio = "" if found.ratio is None else f"{found.ratio:.2f} times the held-out error; "
    line(f"{ratio}{seconds:.1f} s")
    line("taken on trust:", "bold")
    for item in _TRUST:
        line(f"- {item}")


def _decimal(fraction: str) -> str:
    return f"{float(Fraction(fraction)):.6f}"


def _exact(fraction: str) -> str:
    """Write a fraction with a power of ten below it as a decimal, all places of it."""
    value = Fraction(fraction)
    return f"0.{int(value * 10**12):012}"
