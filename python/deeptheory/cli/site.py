"""Commands for the index: write it, serve it."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING

import typer

from deeptheory.cli.app import app, console, errors

if TYPE_CHECKING:
    from pathlib import Path

    from deeptheory.paths import Project

__all__ = ["index", "serve"]


def _build(project: Project, force: bool) -> tuple[Path, bool]:
    """Write the pages with a progress bar; say whether anything was written."""
    from deeptheory.site.build import build_site, up_to_date

    if not force and up_to_date(project):
        return project.site, False
    from rich.progress import Progress

    with Progress(console=errors, transient=True, disable=not errors.is_terminal) as progress:
        task = progress.add_task("Writing the index", total=None)
        site = build_site(
            project,
            force=force,
            progress=lambda done, total: progress.update(task, completed=done, total=total),
        )
    return site, True


@app.command()
def index(
    open_: bool = typer.Option(False, "--open", help="Open the index in the web browser."),
    force: bool = typer.Option(False, "--force", help="Write every page again."),
    as_json: bool = typer.Option(False, "--json", help="Print the result as JSON."),
) -> None:
    """Write the theorem index to build/site and say where to open it."""
    from deeptheory.paths import find_project

    project = find_project()
    site, written = _build(project, force)
    landing = site / "index.html"
    if as_json:
        result = {"site": str(site), "url": landing.as_uri(), "written": written}
        typer.echo(json.dumps(result, ensure_ascii=False))
    else:
        state = "The index is at" if written else "The index is up to date at"
        console.print(f"{state} {landing.as_uri()}", highlight=False, soft_wrap=True)
    if open_:
        typer.launch(landing.as_uri())


@app.command()
def serve(
    port: int = typer.Option(8000, help="The port on this machine; 0 takes a free one."),
    open_: bool = typer.Option(False, "--open", help="Open the index in the web browser."),
    as_json: bool = typer.Option(
        False, "--json", help="Print the address as one JSON object, once it is served."
    ),
) -> None:
    """Serve the index on this machine only (127.0.0.1) until interrupted."""
    from deeptheory.paths import find_project
    from deeptheory.site.server import HOST, make_server

    project = find_project()
    with make_server(project.site, port) as server:
        _build(project, force=False)
        url = f"http://{HOST}:{server.server_address[1]}/"
        if as_json:
            typer.echo(json.dumps({"url": url}))
        else:
            console.print(f"Serving the index at {url} (Ctrl-C stops it)", highlight=False)
        if open_:
            typer.launch(url)
        try:
            server.serve_forever()
        except KeyboardInterrupt:
            errors.print("stopped")
