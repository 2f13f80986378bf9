"""The Typer application, its error handling and its list of command modules."""

from __future__ import annotations

import importlib
import itertools
import json
import os
import sys
from collections.abc import Sequence
from typing import TYPE_CHECKING, NoReturn

import typer
from rich.console import Console
from rich.markup import escape

from deeptheory import __version__
from deeptheory.cli.manual import ManualGroup, attach
from deeptheory.errors import DeepTheoryError, UsageError

if TYPE_CHECKING:
    from rich.progress import Progress
    from rich.table import Table

__all__ = ["app", "console", "errors", "main", "print_table", "progress_bar"]

app = typer.Typer(
    name="deeptheory",
    cls=ManualGroup,
    help="Theorems of deep learning theory: proved, evaluated, browsable.",
    pretty_exceptions_enable=False,
    context_settings={"help_option_names": ["-h", "--help"]},
)
console = Console(emoji=False)
"""Where results go."""
errors = Console(stderr=True, emoji=False)
"""Where progress and errors go."""

_UNLIMITED = 100_000


def print_table(table: Table) -> None:
    """Print a table of results.

    Where no terminal and no COLUMNS says how wide a line is, in a file or a pipe, the table is as
    wide as it needs to be, so that each row is one line and no name is broken.
    """
    out = console
    if not console.is_terminal and "COLUMNS" not in os.environ:
        options = console.options.update(max_width=_UNLIMITED)
        width = max(console.width, console.measure(table, options=options).maximum)
        out = Console(file=console.file, width=width, emoji=False)
    out.print(table)


# Each module registers its commands on `app` when it is imported.
COMMAND_MODULES = (
    "deeptheory.cli.setup",
    "deeptheory.cli.prove",
    "deeptheory.cli.show",
    "deeptheory.cli.dataset",
    "deeptheory.cli.audit",
    "deeptheory.cli.catalog",
    "deeptheory.cli.recheck",
    "deeptheory.cli.verify",
    "deeptheory.cli.checks",
    "deeptheory.cli.experiments",
    "deeptheory.cli.certify",
    "deeptheory.cli.certify_train",
    "deeptheory.cli.approximate",
    "deeptheory.cli.sweep",
    "deeptheory.cli.site",
    "deeptheory.cli.bench",
    "deeptheory.cli.api",
)


def progress_bar() -> Progress:
    """Return a bar for tasks that are counted; it shows on a terminal only, and goes at the end."""
    from rich.progress import BarColumn, MofNCompleteColumn, Progress, TextColumn, TimeElapsedColumn

    return Progress(
        TextColumn("{task.description}"),
        BarColumn(),
        MofNCompleteColumn(),
        TimeElapsedColumn(),
        console=errors,
        transient=True,
        disable=not errors.is_terminal,
    )


def _version(value: bool) -> None:
    if value:
        console.print(f"deeptheory {__version__}")
        raise typer.Exit


@app.callback(invoke_without_command=True)
def _root(
    context: typer.Context,
    version: bool = typer.Option(
        False, "--version", callback=_version, is_eager=True, help="Print the version and exit."
    ),
    as_json: bool = typer.Option(
        False, "--json", help="Without a command: print how far the checkout is as JSON."
    ),
) -> None:
    """Theorems of deep learning theory: proved, evaluated, browsable.

    Without a command it says what is set up, proved, checked and written, and what to do next.
    """
    if context.invoked_subcommand is None:
        from deeptheory.cli.status import show_status

        show_status(as_json)
    elif as_json:
        raise UsageError(f"Put --json after the command: {context.invoked_subcommand} --json.")


for _module in COMMAND_MODULES:
    importlib.import_module(_module)
attach(app)


def main() -> None:
    """Run the command line; turn errors into one sentence and an exit code.

    Where ``--json`` is among the words, the sentence and the code are the last line of standard
    error, as one JSON object: ``{"error": "…", "exit": 2}``.
    """
    as_json = _asks_for_json(sys.argv[1:])
    try:
        code = app(prog_name="deeptheory", standalone_mode=not as_json)
    except DeepTheoryError as error:
        _end(str(error), error.exit_code, as_json)
    except KeyboardInterrupt:
        errors.print("interrupted")
        sys.exit(130)
    except typer.TyperException as error:  # bad usage, which Typer itself reports without --json
        _end(_usage_sentence(error), getattr(error, "exit_code", UsageError.exit_code), as_json)
    except typer.Abort:
        _end("The input ended too early.", 1, as_json)
    else:
        sys.exit(code if isinstance(code, int) else 0)


def _asks_for_json(words: Sequence[str]) -> bool:
    """Tell whether a command line asks for JSON; words behind ``--`` are no options."""
    return "--json" in itertools.takewhile(lambda word: word != "--", words)


def _end(sentence: str, code: int, as_json: bool) -> NoReturn:
    """Print an error, and end the program with its exit code."""
    if as_json:
        # In ASCII, which every encoding of standard error can hold and no reader breaks into lines.
        print(json.dumps({"error": sentence, "exit": code}), file=sys.stderr)
    else:
        errors.print(f"[bold red]error:[/] {escape(sentence)}", highlight=False, soft_wrap=True)
    sys.exit(code)


def _usage_sentence(error: typer.TyperException) -> str:
    """Return what Typer says of bad usage, with the command whose help says more."""
    said = error.format_message() if hasattr(error, "format_message") else str(error)
    context = getattr(error, "ctx", None)
    if said and said[-1] not in ".?!":
        said += "."
    return said if context is None else f"{said} Try: {context.command_path} --help."
