"""The command that evaluates: ``bound`` gives a bound as a number, or as a Lean file."""

from __future__ import annotations

import json
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from deeptheory.cli.app import app, console, errors
from deeptheory.cli.completion import complete_bound
from deeptheory.errors import FailureError, UsageError
from deeptheory.paths import find_project

if TYPE_CHECKING:
    from deeptheory.formulas.book import Book
    from deeptheory.formulas.bounds import Bound
    from deeptheory.paths import Project

__all__ = ["bound", "check_certificate"]


def _short(theorem: str) -> str:
    return theorem.removeprefix("DeepTheory.")


@app.command(context_settings={"allow_extra_args": True, "ignore_unknown_options": True})
def bound(
    context: typer.Context,
    name: Annotated[
        str,
        typer.Argument(
            help="A theorem, or a definition with a formula.", autocompletion=complete_bound
        ),
    ],
    arg: Annotated[
        list[str] | None,
        typer.Option("--arg", "-a", metavar="NAME=VALUE", help="A value: 2, 0.1, 1e-3 or 1/3."),
    ] = None,
    digits: Annotated[int, typer.Option(min=1, max=10_000, help="Significant digits.")] = 15,
    lean: Annotated[
        Path | None,
        typer.Option(metavar="FILE", help="Write a Lean file that states the value."),
    ] = None,
    check: Annotated[
        bool, typer.Option("--check", help="Let the kernel of Lean check that file right away.")
    ] = False,
    as_json: Annotated[bool, typer.Option("--json", help="Print the value as JSON.")] = False,
) -> None:
    """Evaluate the bound of a theorem, with a certified radius of error.

    For example: deeptheory bound gd_convex --arg L=2 --arg D=1 --arg k=10, or in short
    deeptheory bound gd_pl --L 2 --mu 1 --Delta 3 --k 10 (Greek letters may be spelled out).

    With --lean FILE the value is stated in Lean too, from above and from below, with a proof that
    the kernel runs: deeptheory check FILE, or --check, confirms it.
    """
    from deeptheory.formulas.book import Book
    from deeptheory.formulas.bounds import evaluate_bound

    given: dict[str, str] = {}
    for pair in [*(arg or []), *_short_options(context.args)]:
        key, equals, value = pair.partition("=")
        if not equals or not key.strip():
            raise UsageError(f"Write --arg NAME=VALUE, such as --arg L=2, not --arg {pair}.")
        if key.strip() in given:
            raise UsageError(f"The argument {key.strip()} is given twice.")
        given[key.strip()] = value
    if check and lean is None:
        raise UsageError("--check needs --lean FILE: the file to write and to check.")
    project = find_project()
    book = Book.load(project.theorems_json)
    result = evaluate_bound(book, name, given, digits=digits)
    if lean is not None:
        _write_certificate(book, result, lean)
    if as_json:
        print(json.dumps(result.as_json(), ensure_ascii=False, indent=1))
    else:
        _print_bound(result)
    if lean is not None:
        errors.print(f"{lean} states it in Lean", markup=False, highlight=False, soft_wrap=True)
        if check:
            check_certificate(project, lean)


def _write_certificate(book: Book, result: Bound, path: Path) -> None:
    from deeptheory.certificates import certificate
    from deeptheory.files import write_atomically

    if path.suffix != ".lean":
        raise UsageError(f"{path} is no Lean file: give it a name that ends in .lean.")
    module = book.declarations[result.formula.name]["module"]
    write_atomically(path, certificate(result, module))


def check_certificate(project: Project, path: Path) -> float:
    """Let the kernel check a file; return the seconds that it took.

    Raises
    ------
    FailureError
        Where the kernel does not accept it.
    """
    from deeptheory.prove.client import check_file
    from deeptheory.prove.diagnostics import Diagnostic

    answer = check_file(project, path)
    if not answer["ok"]:
        for data in answer["diagnostics"]:
            errors.print(Diagnostic.from_json(data).render(), markup=False, highlight=False)
        raise FailureError(f"The kernel does not accept {path}.")
    errors.print(f"the kernel accepts it ({answer['seconds']:.1f} s)", highlight=False)
    return float(answer["seconds"])


def _short_options(words: list[str]) -> list[str]:
    """Read ``--L 2`` and ``--L=2`` as ``L=2``."""
    pairs, rest = [], list(words)
    while rest:
        word = rest.pop(0)
        if not word.startswith("--"):
            raise UsageError(f"Write --NAME VALUE, such as --L 2: {word} has no name before it.")
        if "=" in word:
            pairs.append(word[2:])
        elif rest:
            pairs.append(f"{word[2:]}={rest.pop(0)}")
        else:
            raise UsageError(f"{word} has no value: write {word} VALUE.")
    return pairs


def _print_bound(result: Bound) -> None:
    from rich.markup import escape

    def line(text: str, style: str = "") -> None:
        console.print(escape(text), style=style, highlight=False, soft_wrap=True)

    if result.statement is not None:
        line(f"{result.name}: {result.statement}", "bold")
    head = _short(result.formula.name)
    listed = ", ".join(param.name for param in result.formula.params)
    line(f"{head}({listed}) = {result.formula.text()}")
    for parameter, value in result.arguments.items():
        meaning = result.meanings.get(parameter)
        shown = str(value) if len(str(value)) <= 80 else f"{str(value)[:77]}..."
        line(f"  {parameter} = {shown}" + (f"   ({meaning})" if meaning else ""))
    fraction = result.value.fraction
    line(
        f"= {result.value}" + (f"   (exactly {fraction})" if fraction is not None else ""),
        "bold green",
    )
    if result.checked:
        line(f"checked: {'; '.join(result.checked)}")
    if result.assumed:
        line(f"taken on trust: {'; '.join(result.assumed)}")
