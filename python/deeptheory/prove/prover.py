"""Proving the library: what is stale, in which order, on which driver, and what came of it."""

from __future__ import annotations

import json
import time
from collections.abc import Callable, Iterable, Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass, field, replace
from pathlib import Path
from typing import Any

from filelock import FileLock, Timeout

from deeptheory.files import write_atomically
from deeptheory.paths import Project
from deeptheory.prove.diagnostics import Diagnostic
from deeptheory.prove.driver import CORE_MB, WHOLE_CORE_MB, Driver, Outcome, Request
from deeptheory.prove.graph import Module, find_modules, ordered, reachable
from deeptheory.prove.pool import DriverPool
from deeptheory.prove.program import export_digest
from deeptheory.prove.stamps import Store, proof_keys

__all__ = [
    "Listener",
    "ModuleResult",
    "Plan",
    "Result",
    "import_cost",
    "make_plan",
    "prove",
    "shown_path",
    "write_summary",
]

POLL_SECONDS = 0.05


@dataclass(frozen=True)
class ModuleResult:
    """What came of one module.

    Parameters
    ----------
    name : str
        The module.
    status : str
        ``fresh`` (nothing had changed), ``proved``, ``failed`` or ``skipped`` (an import failed).
    diagnostics : list of Diagnostic
        What Lean said.
    seconds : float
        The time that it took, now or when it was proved.
    blocked_by : str
        For a skipped module, the import that failed.
    """

    name: str
    status: str
    diagnostics: list[Diagnostic] = field(default_factory=list)
    seconds: float = 0.0
    blocked_by: str = ""

    @property
    def good(self) -> bool:
        """Whether the module is proved."""
        return self.status in ("fresh", "proved")


@dataclass(frozen=True)
class Result:
    """What came of a run.

    Parameters
    ----------
    modules : list of ModuleResult
        In the order of the graph.
    seconds : float
        The time of the whole run.
    """

    modules: list[ModuleResult]
    seconds: float

    @property
    def ok(self) -> bool:
        """Whether every module is proved."""
        return all(module.good for module in self.modules)

    def to_json(self) -> dict[str, Any]:
        """Return the result as a JSON object."""
        return {
            "ok": self.ok,
            "seconds": round(self.seconds, 3),
            "modules": [
                {
                    "name": m.name,
                    "status": m.status,
                    "seconds": m.seconds,
                    "blocked_by": m.blocked_by or None,
                    "diagnostics": [d.to_json() for d in m.diagnostics],
                }
                for m in self.modules
            ],
        }


class Listener:
    """Hears what goes on; the base class does nothing."""

    def waiting(self) -> None:
        """Hear that another process is proving."""

    def started(self, module: str) -> None:
        """Hear that a module is being elaborated."""

    def finished(self, result: ModuleResult, done: int, total: int) -> None:
        """Hear that a module is done with."""


@dataclass(frozen=True)
class Plan:
    """What a run has to do.

    Parameters
    ----------
    modules : mapping of str to Module
        All modules of the library.
    order : list of str
        Those that are wanted and their imports, imports first.
    keys : dict of str to str
        The key of each.
    problems : dict of str to Diagnostic
        Those that cannot be elaborated.
    shown : dict of str to str
        How their files are shown.
    export_key : str or None
        The key of the exporter; None where no export is wanted.
    """

    modules: Mapping[str, Module]
    order: list[str]
    keys: dict[str, str]
    problems: dict[str, Diagnostic]
    shown: dict[str, str]
    export_key: str | None


def shown_path(path: Path, root: Path) -> str:
    """Return a path as shown to the user: relative to the checkout where it lies inside."""
    try:
        return path.relative_to(root).as_posix()
    except ValueError:
        return str(path)


def make_plan(
    project: Project,
    toolchain: str,
    names: Iterable[str] | None = None,
    *,
    exporting: bool = True,
) -> Plan:
    """Read the sources and find out what is wanted.

    Parameters
    ----------
    project : Project
        The checkout.
    toolchain : str
        The identity of the toolchain.
    names : iterable of str, optional
        The modules that are wanted; all by default.
    exporting : bool, optional
        Whether exports are wanted.
    """
    modules = find_modules(project.lean)
    shown = {name: shown_path(m.path, project.root) for name, m in modules.items()}
    wanted = reachable(modules, modules if names is None else names)
    order, problems = ordered(modules, wanted, shown)
    keys = proof_keys(modules, order, toolchain)
    return Plan(
        modules, order, keys, problems, shown, export_digest(project) if exporting else None
    )


def prove(
    project: Project,
    plan: Plan,
    pool: Callable[[], DriverPool],
    *,
    allow_sorry: bool = False,
    listener: Listener | None = None,
    cancelled: Callable[[], bool] = lambda: False,
) -> Result:
    """Elaborate what is stale.

    Parameters
    ----------
    project : Project
        The checkout.
    plan : Plan
        What is wanted.
    pool : callable
        Gives the drivers; called only where something is stale.
    allow_sorry : bool, optional
        Whether a module with ``sorry`` counts as good.
    listener : Listener, optional
        Hears what goes on.
    cancelled : callable, optional
        Asked now and then whether to give up.
    """
    begun = time.monotonic()
    listener = listener or Listener()
    # Where nothing is stale, nobody is waited for.
    run = _Run(project, plan, allow_sorry)
    run.sift()
    if run.waiting:
        project.build.mkdir(parents=True, exist_ok=True)
        with _build_lock(project, listener):
            run = _Run(project, plan, allow_sorry)
            run.sift()
            run.tell(listener)
            try:
                if run.waiting:
                    run.work(pool(), cancelled)
            finally:
                run.settle_rest()
    else:
        run.tell(listener)
    return Result([run.results[name] for name in plan.order], time.monotonic() - begun)


@contextmanager
def _build_lock(project: Project, listener: Listener) -> Iterator[None]:
    """Hold the lock of the build folder; say so where another process holds it."""
    lock = FileLock(project.build / "prove.lock", thread_local=False)
    try:
        lock.acquire(timeout=0)
    except Timeout:
        listener.waiting()
        lock.acquire()
    try:
        yield
    finally:
        lock.release()


class _Run:
    """One run of the prover."""

    def __init__(self, project: Project, plan: Plan, allow_sorry: bool) -> None:
        self.project = project
        self.plan = plan
        self.allow_sorry = allow_sorry
        self.listener = Listener()
        self.store = Store(project.build)
        self.results: dict[str, ModuleResult] = {}
        self.waiting: set[str] = set()

    # What is stale

    def sift(self) -> None:
        """Settle what is fresh and what cannot be elaborated; the rest waits."""
        plan = self.plan
        stale: set[str] = set()
        for name in plan.order:
            if name in plan.problems:
                self._settle(ModuleResult(name, "failed", [plan.problems[name]]))
                continue
            if stale.isdisjoint(plan.modules[name].own_imports) and (
                stamp := self.store.fresh(name, plan.keys[name], plan.export_key)
            ):
                status = "fresh"
                diagnostics = stamp.diagnostics
                if stamp.has_sorry and not self.allow_sorry:
                    status, diagnostics = "failed", self._sorry_is_error(diagnostics)
                self._settle(ModuleResult(name, status, diagnostics, stamp.seconds))
            else:
                stale.add(name)
                self.waiting.add(name)

    def _settle(self, result: ModuleResult) -> None:
        self.results[result.name] = result
        self.listener.finished(result, len(self.results), len(self.plan.order))

    @staticmethod
    def _sorry_is_error(diagnostics: list[Diagnostic]) -> list[Diagnostic]:
        return [replace(d, severity="error") if d.is_sorry else d for d in diagnostics]

    def tell(self, listener: Listener) -> None:
        """Tell a listener what is settled, and from now on what goes on."""
        self.listener = listener
        for count, result in enumerate(self.results.values(), start=1):
            listener.finished(result, count, len(self.plan.order))

    # Elaboration

    def work(self, pool: DriverPool, cancelled: Callable[[], bool]) -> None:
        """Elaborate what waits, imports first, the longest remaining path first."""
        rank = self._ranks()
        running: dict[Driver, tuple[str, int]] = {}
        retry: list[str] = []
        pool.warm(len(self.waiting))
        try:
            while self.waiting or running or retry:
                if cancelled():
                    return
                self._skip_blocked()
                ready = [(name, 2) for name in retry]
                ready += [(n, 1) for n in sorted(self._ready(), key=lambda n: -rank[n])]
                for name, attempt in ready:
                    driver = pool.take()
                    if driver is None:
                        break
                    if attempt == 2:
                        retry.remove(name)
                    else:
                        self.waiting.discard(name)
                    running[driver] = (name, attempt)
                    # Threads of one file only get in the way of the file on the other core.
                    more = pool.size > 1 and (self.waiting or retry)
                    self._send(driver, name, "queue" if more else "prove")
                for driver, (name, attempt) in list(running.items()):
                    outcome = driver.poll()
                    if outcome is None:
                        continue
                    del running[driver]
                    if outcome.died and attempt == 1:
                        retry.append(name)
                    else:
                        self._conclude(name, outcome, driver)
                    pool.give(driver)
                time.sleep(POLL_SECONDS)
        finally:
            for driver in running:
                pool.give(driver)

    def _ranks(self) -> dict[str, float]:
        """Return, for each waiting module, the time of the longest path that it begins."""
        rank: dict[str, float] = {}
        dependents: dict[str, list[str]] = {}
        for name in self.plan.order:
            for item in self.plan.modules[name].own_imports:
                dependents.setdefault(item, []).append(name)
        for name in reversed(self.plan.order):
            if name in self.waiting:
                stamp = self.store.read(name)
                own = stamp.seconds if stamp else 1 + len(self.plan.modules[name].source) / 5000
                rank[name] = own + max(
                    (rank.get(d, 0) for d in dependents.get(name, [])), default=0
                )
        return rank

    def _ready(self) -> list[str]:
        return [
            name
            for name in self.waiting
            if all(
                item in self.results and self._usable(item)
                for item in self.plan.modules[name].own_imports
            )
        ]

    def _usable(self, name: str) -> bool:
        """Whether a settled module can be imported: with `sorry`, it can."""
        result = self.results[name]
        return result.good or (
            result.status == "failed"
            and bool(result.diagnostics)
            and all(d.is_sorry or not d.is_error for d in result.diagnostics)
        )

    def _skip_blocked(self) -> None:
        changed = True
        while changed:
            changed = False
            for name in sorted(self.waiting):
                for item in self.plan.modules[name].own_imports:
                    if item in self.results and not self._usable(item):
                        blocked_by = self.results[item].blocked_by or item
                        self.waiting.discard(name)
                        self._settle(ModuleResult(name, "skipped", blocked_by=blocked_by))
                        changed = True
                        break

    def _send(self, driver: Driver, name: str, kind: str) -> None:
        module = self.plan.modules[name]
        self.listener.started(name)
        driver.send(
            Request(
                source=module.source,
                shown=self.plan.shown[name],
                module=name,
                compile=True,
                export=self.plan.export_key is not None,
                cost=import_cost(self.plan, self.store, module),
                kind=kind,
            )
        )

    def _conclude(self, name: str, outcome: Outcome, driver: Driver) -> None:
        shown = self.plan.shown[name]
        diagnostics = list(outcome.diagnostics)
        if outcome.died:
            text = f"Lean died twice while elaborating this module: {outcome.died}"
            diagnostics.append(Diagnostic(shown, 1, 0, "error", text))
        elif outcome.error:
            diagnostics.append(Diagnostic(shown, 1, 0, "error", outcome.error))
        if not outcome.ok and not any(d.is_error for d in diagnostics):
            diagnostics.append(Diagnostic(shown, 1, 0, "error", "Lean gave no result"))
        if any(d.is_error for d in diagnostics) or not driver.olean.is_file():
            self._settle(ModuleResult(name, "failed", diagnostics, outcome.seconds))
            return
        key = self.plan.keys[name]
        wanted = driver.export if self.plan.export_key else None
        stamp = self.store.commit(
            name, key, driver.olean, wanted, self.plan.export_key, diagnostics, outcome.seconds
        )
        status = "proved"
        if stamp.has_sorry and not self.allow_sorry:
            status, diagnostics = "failed", self._sorry_is_error(diagnostics)
        self._settle(ModuleResult(name, status, diagnostics, outcome.seconds))

    def settle_rest(self) -> None:
        """Settle what was given up."""
        for name in self.plan.order:
            if name not in self.results:
                self.results[name] = ModuleResult(name, "skipped", blocked_by="the run was stopped")


def import_cost(plan: Plan, store: Store, module: Module) -> int:
    """Return the megabytes that a file's imports load."""
    whole = any(i.name == "Lean" or i.name.startswith("Lean.") for i in module.imports)
    total = 0
    for name in reachable(plan.modules, module.own_imports):
        path = store.olean(name)
        if path.is_file():
            total += path.stat().st_size
    return (WHOLE_CORE_MB if whole else CORE_MB) + total // 1_000_000


def write_summary(project: Project, result: Result) -> None:
    """Write ``build/prove.json``: the status and time of every module."""
    write_atomically(project.build / "prove.json", json.dumps(result.to_json(), indent=1))
