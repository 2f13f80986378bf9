"""What ``deeptheory prove`` does, and how it is shown."""

from __future__ import annotations

import json
from pathlib import Path

from rich.console import Console
from rich.progress import BarColumn, MofNCompleteColumn, Progress, TextColumn, TimeElapsedColumn

from deeptheory.paths import Project
from deeptheory.prove.graph import find_modules, require
from deeptheory.prove.official import prove_with_lake
from deeptheory.prove.pool import DriverPool, default_jobs
from deeptheory.prove.prover import (
    Listener,
    ModuleResult,
    Result,
    make_plan,
    prove,
    write_summary,
)
from deeptheory.prove.stamps import Store
from deeptheory.toolchain import find_embedded, find_official

__all__ = ["module_names", "run_prove"]


def module_names(project: Project, given: list[str]) -> list[str]:
    """Turn names or files of modules into names.

    Raises
    ------
    UsageError
        Where there is no such module.
    """
    modules = find_modules(project.lean)
    by_path = {module.path.resolve(): name for name, module in modules.items()}
    names = []
    for text in given:
        name = by_path.get(Path(text).resolve()) if text.endswith(".lean") else None
        names.append(name or require(modules, text).name)
    return names


class _Shower(Listener):
    """Prints diagnostics as they come and a progress bar."""

    def __init__(self, progress: Progress, quiet: bool) -> None:
        self._progress = progress
        self._quiet = quiet
        self._task = progress.add_task("proving", total=None)
        self._running: list[str] = []

    def waiting(self) -> None:
        """Show what is waited for."""
        self._progress.update(self._task, description="waiting for another run")

    def started(self, module: str) -> None:
        """Show the module beside the bar."""
        self._running.append(module)
        self._progress.update(self._task, description=self._running[-1])

    def finished(self, result: ModuleResult, done: int, total: int) -> None:
        """Print what Lean said and move the bar."""
        if result.name in self._running:
            self._running.remove(result.name)
        self._progress.update(self._task, completed=done, total=total)
        if self._quiet:
            return
        _show(result, self._progress.console)


def run_prove(
    project: Project,
    given: list[str] | None,
    jobs: int | None,
    as_json: bool,
    console: Console,
    errors: Console,
) -> bool:
    """Prove, print and record; return whether all is proved."""
    names = None if given is None else module_names(project, given)
    official = find_official()
    if official is not None:
        with errors.status("lake build") as status:
            result = prove_with_lake(project, official, names, status.update)
        if not as_json:
            for module in result.modules:
                _show(module, console)
    else:
        result = _prove_embedded(project, names, jobs, as_json, errors)
    if names is None:
        Store(project.build).forget_all_but({module.name for module in result.modules})
        write_summary(project, result)
    if as_json:
        console.print_json(json.dumps(result.to_json()))
    else:
        console.print(_summary(result), highlight=False, soft_wrap=True)
    return result.ok


def _prove_embedded(
    project: Project, names: list[str] | None, jobs: int | None, as_json: bool, errors: Console
) -> Result:
    toolchain = find_embedded()
    plan = make_plan(project, toolchain.id, names)
    pools: list[DriverPool] = []

    def pool() -> DriverPool:
        pools.append(DriverPool(toolchain, project, size=jobs or default_jobs()))
        return pools[0]

    columns = (
        BarColumn(),
        MofNCompleteColumn(),
        TimeElapsedColumn(),
        TextColumn("{task.description}"),
    )
    try:
        with Progress(*columns, console=errors, transient=True) as progress:
            return prove(project, plan, pool, listener=_Shower(progress, as_json))
    finally:
        for each in pools:
            each.close()


def _show(result: ModuleResult, out: Console) -> None:
    """Print what there is to say about a module."""
    for diagnostic in result.diagnostics:
        if diagnostic.severity != "information" or result.status == "failed":
            out.print(diagnostic.render(), markup=False, highlight=False, soft_wrap=True)
    if result.status == "skipped":
        text = f"skipped: {result.name} (it needs {result.blocked_by})"
        out.print(text, markup=False, highlight=False, soft_wrap=True)


def _summary(result: Result) -> str:
    counts: dict[str, int] = {}
    for module in result.modules:
        counts[module.status] = counts.get(module.status, 0) + 1
    words = {
        "proved": "proved",
        "fresh": "unchanged",
        "failed": "failed",
        "skipped": "skipped",
    }
    parts = [f"{counts[key]} {word}" for key, word in words.items() if key in counts]
    return f"{len(result.modules)} modules: {', '.join(parts)} ({result.seconds:.1f} s)"
