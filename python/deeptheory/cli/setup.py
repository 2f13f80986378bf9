"""``deeptheory setup`` and ``deeptheory doctor``."""

from __future__ import annotations

from deeptheory.cli.app import app, console, errors


@app.command()
def setup() -> None:
    """Install the embedded Lean toolchain into the cache (needs the network once)."""
    from rich.progress import BarColumn, DownloadColumn, Progress, TextColumn, TimeElapsedColumn

    from deeptheory.paths import find_project
    from deeptheory.toolchain import EMBEDDED, find_official, install, is_installed

    project = find_project()
    if is_installed():
        toolchain = install(project)
        console.print(
            f"embedded Lean {EMBEDDED.lean_version} is installed in {toolchain.folder}",
            highlight=False,
            soft_wrap=True,
        )
        return
    official = find_official()
    if official is not None:
        console.print(
            f"the official toolchain ({official.lake}) is used: nothing to install. "
            "Set DEEPTHEORY_TOOLCHAIN=embedded for the embedded one.",
            highlight=False,
            soft_wrap=True,
        )
        return
    columns = (
        TextColumn("{task.description}"),
        BarColumn(),
        DownloadColumn(),
        TimeElapsedColumn(),
    )
    with Progress(*columns, console=errors, transient=True) as progress:
        task = progress.add_task("setting up Lean", total=None)

        def report(step: str, done: int, total: int) -> None:
            progress.update(task, description=step, completed=done, total=total or None)

        toolchain = install(project, report=report)
    console.print(
        f"embedded Lean {EMBEDDED.lean_version} installed in {toolchain.folder}",
        highlight=False,
        soft_wrap=True,
    )
