"""``deeptheory prove``, ``check``, ``stop`` and ``find``."""

from __future__ import annotations

import json
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Annotated

import typer

from deeptheory.cli.app import app, console, errors
from deeptheory.cli.completion import complete_module


@contextmanager
def progress(text: str) -> Iterator[Callable[[str], None]]:
    """Show what goes on, where somebody looks; give a function that changes the text."""
    if not errors.is_terminal:
        yield lambda _: None
        return
    with errors.status(text) as status:
        yield status.update


@app.command()
def prove(
    modules: Annotated[
        list[str] | None,
        typer.Argument(
            help="Modules, or their files; all by default.", autocompletion=complete_module
        ),
    ] = None,
    jobs: Annotated[
        int | None, typer.Option("--jobs", "-j", min=1, help="Lean processes; one a core.")
    ] = None,
    as_json: Annotated[bool, typer.Option("--json", help="Print one JSON object.")] = False,
) -> None:
    """Prove the library: elaborate every module that has changed."""
    from deeptheory.paths import find_project
    from deeptheory.prove.command import run_prove

    if not run_prove(find_project(), modules or None, jobs, as_json, console, errors):
        raise typer.Exit(1)


@app.command()
def check(
    files: Annotated[list[Path], typer.Argument(help="Lean files, in the checkout or elsewhere.")],
    as_json: Annotated[bool, typer.Option("--json", help="Print one JSON object a file.")] = False,
) -> None:
    """Elaborate files with a Lean that stays warm, and print all that it says.

    Imports of this library are brought up to date first. `sorry` is a warning here.
    """
    from deeptheory.paths import find_project
    from deeptheory.prove.client import check_file
    from deeptheory.prove.diagnostics import Diagnostic

    project = find_project()
    worst = 0
    for file in files:
        with progress("checking") as update:

            def on_event(event: dict[str, object], update: Callable[[str], None] = update) -> None:
                update(f"bringing {event.get('module')} up to date")

            answer = check_file(project, file, on_event)
        worst = max(worst, answer["exit"])
        if as_json:
            answer.pop("end")
            console.out(json.dumps({"file": str(file), **answer}), highlight=False)
            continue
        for data in answer["diagnostics"]:
            console.out(Diagnostic.from_json(data).render(), highlight=False)
        word = "ok" if answer["ok"] else "has errors"
        errors.print(
            f"{file}: {word} ({answer['seconds']:.1f} s, waited {answer['wait']:.1f} s)",
            markup=False,
            highlight=False,
            soft_wrap=True,
        )
    if worst:
        raise typer.Exit(worst)


@app.command()
def stop(
    as_json: Annotated[bool, typer.Option("--json", help="Print one JSON object.")] = False,
) -> None:
    """Stop the service that keeps Lean warm for `check`."""
    from deeptheory.paths import find_project
    from deeptheory.prove.client import stop as stop_service

    stopped = stop_service(find_project())
    if as_json:
        console.out(json.dumps({"stopped": stopped}), highlight=False)
        return
    console.print("stopped" if stopped else "nothing was running")


@app.command()
def find(
    pattern: Annotated[
        list[str], typer.Argument(help="Words or regular expressions; all must occur.")
    ],
    limit: Annotated[int, typer.Option("--limit", "-n", min=1, help="How many to show.")] = 20,
    core: Annotated[bool, typer.Option(help="Search core too.")] = True,
    as_json: Annotated[bool, typer.Option("--json", help="Print one JSON object.")] = False,
) -> None:
    """Search the names and statements of core (Init, Std) and of this library."""
    from functools import partial
    from itertools import chain

    from deeptheory.paths import find_project
    from deeptheory.prove.find import core_entries, own_entries
    from deeptheory.prove.find import find as search
    from deeptheory.toolchain import find_embedded

    project = find_project()
    entries = own_entries(project)
    with progress("searching") as update:
        if core:
            announce = partial(update, "making the index of core (some minutes, once)")
            entries = chain(entries, core_entries(find_embedded(), project, announce))
        found, total = search(entries, " ".join(pattern), limit)
    if as_json:
        data = {"total": total, "found": [entry.to_json() for entry in found]}
        console.out(json.dumps(data, ensure_ascii=False), highlight=False)
        return
    for entry in found:
        console.out(f"{entry.kind} {entry.name} : {entry.statement}", highlight=False)
        console.out(f"    {entry.place or entry.module}", highlight=False, style="dim")
    if total > len(found):
        errors.print(f"{len(found)} of {total}: --limit shows more", highlight=False)
    elif not total:
        errors.print("nothing found", highlight=False)
