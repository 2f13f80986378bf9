"""``deeptheory certify``: certified bounds on the risk of concrete predictors."""

from __future__ import annotations

import json
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Any

import typer

from deeptheory.cli.app import app, console, errors, print_table
from deeptheory.cli.checks import check_certificate
from deeptheory.cli.completion import complete_form
from deeptheory.errors import UsageError
from deeptheory.paths import find_project

if TYPE_CHECKING:
    from collections.abc import Sequence

    from flint import fmpq

    from deeptheory.certify.claim import Claim
    from deeptheory.certify.risk import RiskBound

__all__ = ["certify", "risk"]

certify = typer.Typer(
    name="certify",
    help="Certified upper bounds on the risk, as theorems that the kernel checks.",
    no_args_is_help=True,
)
app.add_typer(certify)

_TRUST = (
    "the examples are independent draws from one law, and the risk is the expected loss under it",
    "the loss lies between 0 and 1",
    "the prior does not depend on the examples",
    "the empirical risk and the relative entropy, in nats, are at most the numbers given",
)


@certify.callback()
def _root() -> None:
    """Certified upper bounds on the risk, as theorems that the kernel checks."""


@certify.command()
def risk(
    n: Annotated[str, typer.Option("--n", metavar="N", help="How many examples there are.")],
    empirical_risk: Annotated[
        str, typer.Option(metavar="Q", help="The posterior's mean loss on them: 0.03 or 3/100.")
    ],
    kl: Annotated[
        str, typer.Option(metavar="K", help="Its relative entropy to the prior, in nats.")
    ],
    delta: Annotated[str, typer.Option(metavar="D", help="The probability of failure.")],
    lam: Annotated[
        str | None,
        typer.Option(metavar="L", help="The parameter of lambda (below 2) and of catoni."),
    ] = None,
    bound: Annotated[
        str,
        typer.Option(
            metavar="NAME",
            help="maurer, seeger, mcallester, quadratic, lambda, catoni, or best.",
            autocompletion=complete_form,
        ),
    ] = "best",
    lean: Annotated[
        Path | None,
        typer.Option(metavar="FILE", help="Write a Lean file that states it as a theorem."),
    ] = None,
    check: Annotated[
        bool, typer.Option("--check", help="Let the kernel of Lean check that file right away.")
    ] = False,
    plot: Annotated[
        Path | None,
        typer.Option(metavar="FILE.svg", help="Draw the bounds against the number of examples."),
    ] = None,
    as_json: Annotated[bool, typer.Option("--json", help="Print the bounds as JSON.")] = False,
) -> None:
    """Bound the risk of a posterior from its empirical risk and its relative entropy.

    For example: deeptheory certify risk --n 10000 --empirical-risk 0.03 --kl 200 --delta 0.05.
    All numbers are read exactly, and the bounds are rounded up: each printed decimal is certainly
    at least the bound.

    All bounds except catoni hold on one event, that of Maurer's theorem, which has probability
    1 - δ: so the smallest of them, which best stands for, and the parameter of lambda may be
    chosen after the sample is seen. The event of catoni is another one for each parameter: choose
    it, with its parameter, before.
    """
    from deeptheory.certify.claim import read_claim
    from deeptheory.certify.files import check_targets, write_all
    from deeptheory.certify.forms import find_form
    from deeptheory.certify.risk import best_of, bound_risks
    from deeptheory.formulas.book import Book

    claim = read_claim(n, empirical_risk, kl, delta, lam)
    form = find_form(bound)
    if check and lean is None:
        raise UsageError("--check needs --lean FILE: the file to write and to check.")
    check_targets({"--lean": (lean, ".lean"), "--plot": (plot, ".svg")})
    project = find_project()
    book = Book.load(project.theorems_json)
    bounds = bound_risks(book, claim)
    chosen = best_of(bounds) if form is None else next(b for b in bounds if b.form.key == form.key)
    if chosen.upper is None:
        raise UsageError(f"The bound {chosen.form.key} has no value here: it {chosen.reason}.")
    texts = {}
    if lean is not None:
        from deeptheory.certify.statement import render

        texts[lean] = render(book, chosen)
    if plot is not None:
        from deeptheory.certify.drawing import draw

        texts[plot] = draw(book, claim, chosen)
    write_all(texts)
    seconds = None
    if lean is not None and check:
        seconds = check_certificate(project, lean)
    if as_json:
        print(json.dumps(_as_json(claim, bounds, chosen, seconds), ensure_ascii=False, indent=1))
    else:
        _print(claim, bounds, chosen)
    for path, what in ((lean, "states it in Lean"), (plot, "shows the bounds")):
        if path is not None:
            errors.print(f"{path} {what}", markup=False, highlight=False, soft_wrap=True)


def _as_json(
    claim: Claim, bounds: Sequence[RiskBound], chosen: RiskBound, seconds: float | None
) -> dict[str, Any]:
    return {
        "schema": 1,
        "n": claim.n,
        "empirical_risk": str(claim.risk),
        "kl": str(claim.kl),
        "delta": str(claim.delta),
        "bounds": [
            {
                "name": bound.form.key,
                "theorem": bound.form.theorem,
                "formula": bound.form.formula,
                "lam": None if bound.claim.lam is None else str(bound.claim.lam),
                "event": bound.form.event,
                "risk_at_most": None if bound.upper is None else bound.decimal,
                "status": bound.status,
            }
            for bound in bounds
        ],
        "chosen": chosen.form.key,
        "risk_at_most": chosen.decimal,
        "vacuous": chosen.vacuous,
        "assumed": list(_TRUST),
        "kernel_seconds": seconds,
    }


def _print(claim: Claim, bounds: Sequence[RiskBound], chosen: RiskBound) -> None:
    from rich.markup import escape
    from rich.table import Table

    def line(text: str, style: str = "") -> None:
        console.print(escape(text), style=style, highlight=False, soft_wrap=True)

    line(
        f"n = {claim.n}, empirical risk {claim.risk}, relative entropy {claim.kl}, "
        f"δ = {claim.delta}"
    )
    table = Table(box=None, header_style="bold", pad_edge=False)
    for title in ("bound", "risk at most", "status", "event"):
        table.add_column(title, overflow="fold")
    for bound in bounds:
        lam = bound.claim.lam if bound.form.lam != "none" and bound.upper is not None else None
        table.add_row(
            bound.form.key + ("" if lam is None else f", λ = {_short(lam)}"),
            "" if bound.upper is None else bound.decimal,
            f"[{_colour(bound)}]{escape(bound.status)}[/]",
            "Maurer's" if bound.form.event == "maurer" else "its own",
            style="bold" if bound is chosen else "",
        )
    print_table(table)
    line(
        f"risk ≤ {chosen.decimal} ({chosen.form.key}), with probability at least "
        f"{1 - claim.delta} over the sample",
        "bold green" if not chosen.vacuous else "bold yellow",
    )
    if chosen.vacuous:
        line("This says nothing: every risk is at most 1.")
    line(_choice(bounds, chosen))
    line("taken on trust:", "bold")
    for item in _TRUST:
        line(f"- {item}")


def _short(value: fmpq) -> str:
    """Return a number as a decimal where six digits say it exactly, else as a fraction."""
    from deeptheory.formulas.inputs import exact_number

    decimal = f"{int(value.p) / int(value.q):.6g}"
    return decimal if exact_number("λ", decimal) == value else str(value)


def _colour(bound: RiskBound) -> str:
    return "dim" if bound.reason else "yellow" if bound.vacuous else "green"


def _choice(bounds: Sequence[RiskBound], chosen: RiskBound) -> str:
    """Say which choices are free."""
    together = [bound.form.key for bound in bounds if bound.form.event == "maurer"]
    free = (
        f"{', '.join(together[:-1])} and {together[-1]} hold on one event, that of Maurer's "
        "theorem: to take the smallest of them after the sample is seen costs nothing."
    )
    if chosen.form.event != "maurer":
        return (
            f"{chosen.form.key} holds on an event of its own for each λ: this bound counts only if "
            "the form and λ were chosen before the sample was seen."
        )
    other = [
        bound.form.key
        for bound in bounds
        if bound.form.event != "maurer"
        and bound.upper is not None
        and chosen.upper is not None
        and bound.upper < chosen.upper
    ]
    if other:
        free += (
            f" {other[0]} is smaller here, but holds on another event: it counts only if it was "
            "chosen, with its λ, before the sample was seen."
        )
    return free
