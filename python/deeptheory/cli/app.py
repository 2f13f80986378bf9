"""The Typer application, its error handling and its list of command modules."""

from __future__ import annotations

import importlib
import sys

import typer
from rich.console import Console
from rich.markup import escape

from deeptheory import __version__
from deeptheory.errors import DeepTheoryError

__all__ = ["app", "console", "errors", "main"]

app = typer.Typer(
    name="deeptheory",
    help="Theorems of deep learning theory: proved, evaluated, browsable.",
    no_args_is_help=True,
    pretty_exceptions_enable=False,
    context_settings={"help_option_names": ["-h", "--help"]},
)
console = Console()
"""Where results go."""
errors = Console(stderr=True)
"""Where progress and errors go."""

# Each module registers its commands on `app` when it is imported.
COMMAND_MODULES = (
    "deeptheory.cli.setup",
    "deeptheory.cli.prove",
    "deeptheory.cli.catalog",
    "deeptheory.cli.verify",
    "deeptheory.cli.checks",
    "deeptheory.cli.experiments",
    "deeptheory.cli.certify",
    "deeptheory.cli.certify_train",
    "deeptheory.cli.site",
    "deeptheory.cli.bench",
)


def _version(value: bool) -> None:
    if value:
        console.print(f"deeptheory {__version__}")
        raise typer.Exit


@app.callback()
def _root(
    version: bool = typer.Option(
        False, "--version", callback=_version, is_eager=True, help="Print the version and exit."
    ),
) -> None:
    """Theorems of deep learning theory: proved, evaluated, browsable."""


for _module in COMMAND_MODULES:
    importlib.import_module(_module)


def main() -> None:
    """Run the command line; turn the project's errors into one sentence and an exit code."""
    try:
        app()
    except DeepTheoryError as error:
        errors.print(f"[bold red]error:[/] {escape(str(error))}", highlight=False, soft_wrap=True)
        sys.exit(error.exit_code)
    except KeyboardInterrupt:
        errors.print("interrupted")
        sys.exit(130)
