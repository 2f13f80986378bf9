"""``deeptheory api``: the names that users may rely on."""

from __future__ import annotations

import json
from typing import Annotated

import typer

from deeptheory.cli.app import app, console
from deeptheory.errors import FailureError
from deeptheory.paths import find_project

__all__ = ["api"]


@app.command()
def api(
    accept: Annotated[
        bool, typer.Option("--accept", help="Promise what is new: add it to api.txt.")
    ] = False,
    as_json: Annotated[bool, typer.Option("--json", help="Print JSON.")] = False,
) -> None:
    """Compare the public names with the promised ones in api.txt.

    Public are what each Python package offers, commands with their arguments and options, the
    versions of the formats, and the headline theorems with their bounds. A promised name that has
    disappeared is a failure; to take one back on purpose, delete its line in api.txt.
    """
    from deeptheory.api import accept as add
    from deeptheory.api import api_file, compare

    project = find_project()
    found = add(project) if accept else compare(project)
    if as_json:
        typer.echo(json.dumps({**found.to_json(), "accepted": accept}, indent=1))
    else:

        def line(text: str) -> None:
            console.print(text, markup=False, highlight=False, soft_wrap=True)

        for name in found.new:
            line(f"{'accepted' if accept else 'new'}: {name}")
        for name in found.missing:
            line(f"missing: {name}")
        line(
            f"{len(found.promised)} names are promised in {api_file(project).name}, "
            f"{len(found.missing)} of them are missing; {len(found.new)} "
            + ("were added." if accept else "are new (deeptheory api --accept adds them).")
        )
    if found.missing:
        count = len(found.missing)
        names = "name has" if count == 1 else "names have"
        raise FailureError(
            f"{count} promised {names} disappeared: {', '.join(found.missing[:5])}"
            + (" and more." if count > 5 else ".")
        )
