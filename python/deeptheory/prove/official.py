"""Proving with the official toolchain: ``lake build``, its diagnostics, and the exporter."""

from __future__ import annotations

import re
import subprocess
import time
from collections.abc import Callable, Sequence
from dataclasses import replace
from pathlib import Path

from deeptheory.errors import FailureError, UsageError
from deeptheory.paths import Project
from deeptheory.prove.diagnostics import Diagnostic
from deeptheory.prove.graph import find_modules, ordered, reachable
from deeptheory.prove.prover import ModuleResult, Result, shown_path
from deeptheory.prove.stamps import Store
from deeptheory.toolchain.official import OfficialToolchain

__all__ = ["parse_lake", "prove_with_lake"]

_MESSAGE = re.compile(
    r"^(?P<severity>error|warning|info): (?P<file>[^\n]+?\.lean):(?P<line>\d+):(?P<column>\d+): "
    r"(?P<text>.*)$"
)
_NEXT = re.compile(r"^(?:[✔✖⚠ℹ] |error: |warning: |info: |trace: |Some required |Build )")
_BUILT = re.compile(r"^[✔✖⚠ℹ] \[\d+/\d+\] (?:Built|Building|Replayed|Ran) (?P<module>[\w.]+)")


def parse_lake(output: str) -> tuple[list[Diagnostic], list[str]]:
    """Read what ``lake build`` prints.

    Parameters
    ----------
    output : str
        Its output.

    Returns
    -------
    diagnostics : list of Diagnostic
        With file names as Lake gives them.
    others : list of str
        Errors that are about no place in a file.
    """
    diagnostics: list[Diagnostic] = []
    others: list[str] = []
    open_message = False
    for line in output.splitlines():
        if found := _MESSAGE.match(line):
            severity = "information" if found["severity"] == "info" else found["severity"]
            text = found["text"]
            sorry = re.match(r"declaration uses [`'‘]sorry", text) is not None
            diagnostics.append(
                Diagnostic(
                    found["file"].removeprefix("./"),
                    int(found["line"]),
                    int(found["column"]),
                    severity,
                    text,
                    "hasSorry" if sorry else "",
                )
            )
            open_message = True
        elif _NEXT.match(line):
            open_message = False
            if line.startswith("error: ") and "Lean exited with code" not in line:
                others.append(line.removeprefix("error: "))
        elif open_message:
            last = diagnostics[-1]
            diagnostics[-1] = replace(last, text=f"{last.text}\n{line}")
    return [replace(d, text=d.text.rstrip()) for d in diagnostics], others


def _run(command: Sequence[str], root: Path) -> tuple[int, str]:
    try:
        finished = subprocess.run(
            command,
            cwd=root,
            stdin=subprocess.DEVNULL,
            stdout=subprocess.PIPE,
            stderr=subprocess.STDOUT,
            text=True,
            encoding="utf-8",
            errors="replace",
            check=False,
        )
    except OSError as error:
        raise UsageError(f"{command[0]} cannot be run: {error}.") from error
    return finished.returncode, finished.stdout


def prove_with_lake(
    project: Project,
    toolchain: OfficialToolchain,
    names: Sequence[str] | None,
    announce: Callable[[str], None] = lambda _: None,
) -> Result:
    """Build with Lake, then export every module that is built.

    Parameters
    ----------
    project : Project
        The checkout.
    toolchain : OfficialToolchain
        What to run.
    names : sequence of str or None
        The modules that are wanted; all by default.
    announce : callable, optional
        Told what goes on.
    """
    begun = time.monotonic()
    modules = find_modules(project.lean)
    shown = {name: shown_path(m.path, project.root) for name, m in modules.items()}
    wanted, problems = ordered(
        modules, reachable(modules, modules if names is None else names), shown
    )
    announce("lake build")
    targets = [] if names is None else [f"+{name}" for name in names]
    code, output = _run([str(toolchain.lake), "build", *targets], project.root)
    diagnostics, others = parse_lake(output)
    diagnostics = [replace(d, severity="error") if d.is_sorry else d for d in diagnostics]
    if code != 0 and not any(d.is_error for d in diagnostics):
        reason = "; ".join(others) or output.strip()[-300:] or f"exit code {code}"
        raise FailureError(f"lake build failed: {reason}")
    by_file: dict[str, list[Diagnostic]] = {}
    for item in diagnostics:
        by_file.setdefault(item.file, []).append(item)
    results = []
    for name in wanted:
        found = by_file.get(shown[name], [])
        if name in problems and not found:
            found = [problems[name]]
        failed = any(d.is_error for d in found)
        results.append(ModuleResult(name, "failed" if failed else "proved", found))
    broken = {r.name for r in results if not r.good}
    results = [_skip(r, modules[r.name].own_imports, broken) for r in results]
    good = [r.name for r in results if r.good]
    if good:
        announce("exporting")
        _export(project, toolchain, good)
    return Result(results, time.monotonic() - begun)


def _skip(result: ModuleResult, imports: Sequence[str], broken: set[str]) -> ModuleResult:
    blocking = next((name for name in imports if name in broken), None)
    if blocking is None or not result.good:
        return result
    broken.add(result.name)
    return replace(result, status="skipped", blocked_by=blocking)


def _export(project: Project, toolchain: OfficialToolchain, names: Sequence[str]) -> None:
    exports = Store(project.build).exports
    exports.mkdir(parents=True, exist_ok=True)
    command = [str(toolchain.lake), "env", "lean", "--run"]
    command += [str(project.lean / "Export.lean"), str(exports), *names]
    code, output = _run(command, project.root)
    if code != 0:
        raise FailureError(f"The exporter failed: {output.strip()[-500:]}")
