"""``deeptheory certify``: certified bounds on the risk of concrete predictors."""

from __future__ import annotations

import typer

from deeptheory.cli.app import app

__all__ = ["certify"]

certify = typer.Typer(
    name="certify",
    help="Certified upper bounds on the risk, as theorems that the kernel checks.",
    no_args_is_help=True,
)
app.add_typer(certify)


@certify.callback()
def _root() -> None:
    """Certified upper bounds on the risk, as theorems that the kernel checks."""
