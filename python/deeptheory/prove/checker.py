"""Checking one file, wherever it lies, with its imports of ours brought up to date first."""

from __future__ import annotations

import time
from collections.abc import Callable
from pathlib import Path
from typing import Any

from deeptheory.paths import Project
from deeptheory.prove.diagnostics import Diagnostic
from deeptheory.prove.driver import CORE_MB, Driver, DriverError, Outcome, Request
from deeptheory.prove.graph import Module, is_ours, parse_imports
from deeptheory.prove.pool import DriverPool
from deeptheory.prove.prover import (
    Listener,
    ModuleResult,
    Plan,
    import_cost,
    make_plan,
    prove,
    shown_path,
)
from deeptheory.prove.stamps import Store
from deeptheory.toolchain import EmbeddedToolchain

__all__ = ["check_source"]

Send = Callable[[dict[str, Any]], None]
POLL_SECONDS = 0.01
ATTEMPTS = 3


class _Teller(Listener):
    """Tells the client which imports are being brought up to date."""

    def __init__(self, send: Send) -> None:
        self._send = send

    def waiting(self) -> None:
        """Say that another run brings modules up to date."""
        self._send({"event": "importing", "module": "what another run proves"})

    def started(self, module: str) -> None:
        """Say that a module is being elaborated."""
        self._send({"event": "importing", "module": module})

    def finished(self, result: ModuleResult, done: int, total: int) -> None:
        """Say nothing: what matters is in the result."""


def check_source(
    project: Project,
    toolchain: EmbeddedToolchain,
    pool: DriverPool,
    *,
    path: Path,
    source: bytes,
    send: Send,
    gone: Callable[[], bool],
) -> dict[str, Any]:
    """Elaborate a file and return what Lean says.

    Parameters
    ----------
    project : Project
        The checkout.
    toolchain : EmbeddedToolchain
        What to run.
    pool : DriverPool
        Warm drivers.
    path : Path
        Where the file lies; it need not be inside the checkout.
    source : bytes
        What it holds.
    send : callable
        Takes each event.
    gone : callable
        Whether nobody waits for the answer any more.

    Returns
    -------
    dict
        ``diagnostics``, ``seconds`` (of elaboration), ``wait`` (seconds before it began), ``ok``
        and the exit code ``exit``.
    """
    begun = time.monotonic()
    imports = tuple(parse_imports(source.decode("utf-8", errors="replace")))
    name = _module_name(project, path)
    module = Module(name, path, source, imports)
    shown = shown_path(path, project.root)
    for attempt in range(1, ATTEMPTS + 1):
        plan = make_plan(project, toolchain.id, module.own_imports, exporting=False)
        problems = _missing(module, plan, shown) or _prepare(project, plan, pool, send, gone)
        if problems:
            return _answer(problems, 0.0, time.monotonic() - begun)
        request = Request(
            source=source,
            shown=shown,
            module=name,
            cost=import_cost(plan, Store(project.build), module) if imports else CORE_MB,
        )
        outcome, wait = _elaborate(pool, request, begun, gone)
        again = make_plan(project, toolchain.id, module.own_imports, exporting=False)
        # Somebody may have changed an import while it was being read.
        if again.keys == plan.keys or not _has_errors(outcome) or attempt == ATTEMPTS or gone():
            break
    diagnostics = list(outcome.diagnostics)
    if outcome.died:
        text = f"Lean died twice while elaborating this file: {outcome.died}"
        diagnostics.append(Diagnostic(shown, 1, 0, "error", text))
    elif outcome.error:
        diagnostics.append(Diagnostic(shown, 1, 0, "error", outcome.error))
    return _answer(diagnostics, outcome.seconds, wait)


def _has_errors(outcome: Outcome) -> bool:
    return bool(outcome.died or outcome.error or any(d.is_error for d in outcome.diagnostics))


def _answer(diagnostics: list[Diagnostic], seconds: float, wait: float) -> dict[str, Any]:
    ok = not any(d.is_error for d in diagnostics)
    return {
        "ok": ok,
        "exit": 0 if ok else 1,
        "seconds": round(seconds, 3),
        "wait": round(wait, 3),
        "diagnostics": [d.to_json() for d in diagnostics],
    }


def _module_name(project: Project, path: Path) -> str:
    try:
        parts = path.relative_to(project.lean.resolve()).with_suffix("").parts
    except ValueError:
        return "Scratch"
    name = ".".join(parts)
    return name if is_ours(name) else "Scratch"


def _missing(module: Module, plan: Plan, shown: str) -> list[Diagnostic]:
    return [
        Diagnostic(shown, item.line, 0, "error", f"there is no module {item.name}")
        for item in module.imports
        if is_ours(item.name) and item.name not in plan.modules
    ]


def _prepare(
    project: Project, plan: Plan, pool: DriverPool, send: Send, gone: Callable[[], bool]
) -> list[Diagnostic]:
    """Bring the imports up to date; return what is wrong with them."""
    result = prove(
        project,
        plan,
        lambda: pool,
        allow_sorry=True,
        listener=_Teller(send),
        cancelled=gone,
    )
    return [d for m in result.modules if not m.good for d in m.diagnostics if d.is_error]


def _elaborate(
    pool: DriverPool, request: Request, begun: float, gone: Callable[[], bool]
) -> tuple[Outcome, float]:
    """Run the request on a free driver, once more in a fresh process where that one dies."""
    outcome = Outcome(error="cancelled")
    for attempt in (1, 2):
        driver = _wait_for(pool, gone)
        if driver is None:
            break
        try:
            driver.send(request)
            while (answer := driver.poll()) is None and not gone():
                time.sleep(POLL_SECONDS)
            outcome = answer or outcome
        except DriverError:  # it died while starting up, as where memory was short
            if attempt == 2:
                raise
            continue
        finally:
            pool.give(driver)
        if not outcome.died:
            break
    return outcome, max(0.0, time.monotonic() - begun - outcome.seconds)


def _wait_for(pool: DriverPool, gone: Callable[[], bool]) -> Driver | None:
    while (driver := pool.take()) is None:
        if gone():
            return None
        time.sleep(POLL_SECONDS)
    return driver
