"""``deeptheory show``: a theorem or definition with its card, its formula and its last check."""

from __future__ import annotations

import json
from collections.abc import Iterable, Iterator
from typing import TYPE_CHECKING, Annotated, Any

import typer

from deeptheory.cli.app import app, console
from deeptheory.cli.completion import complete_declaration
from deeptheory.paths import find_project

if TYPE_CHECKING:
    from rich.table import Table

    from deeptheory.catalog import Catalog, Declaration

__all__ = ["show"]

_SHOWN_USES = 12
"""So many names of what a declaration uses are listed; the rest are counted."""


@app.command()
def show(
    name: Annotated[
        str,
        typer.Argument(
            help="A theorem or definition, by its full name or an ending of it.",
            autocompletion=complete_declaration,
        ),
    ],
    as_json: Annotated[bool, typer.Option("--json", help="Print JSON.")] = False,
) -> None:
    """Show a theorem: statement, card, formula, axioms, place and last check.

    The formula is the one that the statement mentions, read from Lean; below it stands what the
    statement gives to each of its variables.
    """
    from deeptheory.catalog import Catalog
    from deeptheory.checkresults import read_results

    project = find_project()
    catalog = Catalog.load(project)
    declaration = catalog.get(name)
    check = read_results(project.checks_json).get(declaration.name)
    if as_json:
        data = json.loads(project.theorems_json.read_text(encoding="utf-8"))
        entry = next(d for d in data["declarations"] if d["name"] == declaration.name)
        whole = {**entry, "dependents": list(catalog.dependents[declaration.name]), "check": check}
        typer.echo(json.dumps(whole, ensure_ascii=False, indent=1))
        return
    _show(declaration, catalog, check)


def _show(d: Declaration, catalog: Catalog, check: dict[str, Any] | None) -> None:
    from rich.markup import escape
    from rich.padding import Padding
    from rich.panel import Panel
    from rich.syntax import Syntax

    console.print(f"[bold]{escape(d.title or d.short)}[/]")
    console.print(f"[dim]{d.kind} {escape(d.name)}  {escape(f'{d.file}:{d.line}')}[/]")
    console.print()
    statement = Syntax(d.signature, "lean4", word_wrap=True, background_color="default")
    console.print(Padding(statement, (0, 0, 1, 2)))
    if d.prose:
        prose = d.prose
        if d.title and prose.startswith("**"):
            prose = prose.split("**", 2)[2].lstrip(". \n")
        for paragraph in prose.split("\n\n") if prose else ():
            console.print(escape(_reflow(paragraph)), highlight=False)
            console.print()
    formula = list(_formula_lines(d, catalog))
    if formula:
        title = "the bound" if d.card else "the formula"
        console.print(Panel(escape("\n".join(formula)), title=title, title_align="left"))
    if d.card:
        console.print(Panel(_card(d), title="the card", title_align="left"))
    if d.kind == "theorem" and (d.card or check):
        style = "yellow" if check is None else "green" if check["passed"] else "red"
        text = escape("\n".join(_check_lines(d, check)))
        console.print(Panel(text, title="the last check", title_align="left", border_style=style))
    console.print(_facts(d, catalog))


def _reflow(paragraph: str) -> str:
    """Join the lines of a paragraph; lists and indented text keep theirs."""
    lines = paragraph.split("\n")
    if any(line.startswith((" ", "*", "-", "|")) for line in lines):
        return paragraph
    return " ".join(lines)


def _shown(names: Iterable[str], limit: int | None = None) -> str:
    listed = [name.removeprefix("DeepTheory.") for name in names]
    if limit is not None and len(listed) > limit:
        return ", ".join(listed[:limit]) + f" and {len(listed) - limit} more"
    return ", ".join(listed)


def _grid() -> Table:
    from rich.table import Table

    table = Table.grid(padding=(0, 2))
    table.add_column(style="bold", no_wrap=True)
    table.add_column(overflow="fold")
    return table


def _formula_lines(d: Declaration, catalog: Catalog) -> Iterator[str]:
    """Yield the formula of a definition or of a card's bound, and its variables' values."""
    from deeptheory.formulas.syntax import parse
    from deeptheory.formulas.text import to_text

    definition = catalog.by_name.get(d.card.bound) if d.card and d.card.bound else d
    if definition is None or definition.formula is None:
        return
    formula = definition.formula
    nats = frozenset(p.name for p in formula.params if p.type == "nat")
    params = ", ".join(p.name for p in formula.params)
    yield f"{_shown([definition.name])}({params}) = {to_text(parse(formula.body, nats))}"
    arguments = d.conclusion.bound_args if d.card else None
    for param, argument in zip(formula.params, arguments or (), strict=False):
        text = argument.get("text")
        if text is None and argument.get("var") != param.name:
            try:
                text = to_text(parse(argument, frozenset()))
            except (KeyError, TypeError, ValueError):  # what no formula says in words stays out
                continue
        if text is not None and text != param.name:
            yield f"  {param.name} = {text}"


def _card(d: Declaration) -> Table:
    from rich.markup import escape

    table = _grid()
    card = d.card
    assert card is not None
    sharp = [_shown([card.sharp.theorem])] if card.sharp.theorem else []
    rows = {
        "controls": ", ".join(card.controls),
        "assumes": card.assumes,
        "bound": _shown([card.bound]) if card.bound else "none",
        "witness": _shown([card.witness]),
        "sharp": ", ".join([*sharp, *([card.sharp.note] if card.sharp.note else [])]),
        "source": card.source,
        **card.other,
    }
    for key, value in rows.items():
        table.add_row(key, escape(value))
    return table


def _facts(d: Declaration, catalog: Catalog) -> Table:
    from rich.markup import escape

    axioms = ", ".join(d.axioms) or "none"
    table = _grid()
    table.add_row("axioms", axioms if d.axioms_complete else f"at most {axioms}")
    table.add_row("uses", escape(_shown(d.uses, _SHOWN_USES) or "nothing of this library"))
    users = catalog.dependents[d.name]
    table.add_row("used by", escape(_shown(users, _SHOWN_USES) or "nothing yet"))
    return table


def _check_lines(d: Declaration, check: dict[str, Any] | None) -> Iterator[str]:
    if check is None:
        yield f"not run yet: deeptheory verify {d.short}"
        return
    mutants = check.get("mutants", [])
    killed = sum(bool(m["killed"]) for m in mutants)
    yield ", ".join(
        [
            "passed" if check["passed"] else "FAILED",
            f"{check['instances']} instances",
            f"{killed} of {len(mutants)} mutants refuted",
            f"seed {check.get('seed', 0)}",
        ]
    )
    if check["max_ratio"]:
        ratio = check["max_ratio"]
        exact = ratio.get("exact")
        short = exact if exact is not None and len(exact) <= 20 else ratio["decimal"]
        yield f"largest ratio {short}"
    if check.get("claim"):
        yield f"claim: {check['claim']}"
    for failure in check.get("failures", []):
        yield f"failure: {failure['reason']}"
