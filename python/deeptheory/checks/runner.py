"""Runs many checks on a pool of processes, and only what has no current result yet.

An interrupted run is gone on with where it has stopped.
"""

from __future__ import annotations

import hashlib
import json
import multiprocessing
import os
import signal
from collections.abc import Callable, Iterable, Sequence
from concurrent.futures import ProcessPoolExecutor, as_completed
from concurrent.futures.process import BrokenProcessPool
from dataclasses import dataclass, field, replace
from functools import lru_cache
from importlib.metadata import PackageNotFoundError, version
from pathlib import Path
from typing import Any

from filelock import FileLock

from deeptheory.checkresults import SCHEMA_VERSION, read_results, write_results
from deeptheory.checks.engine import Options, run_check
from deeptheory.checks.failures import save
from deeptheory.checks.registry import Check, load_checks
from deeptheory.checks.state import State
from deeptheory.errors import DeepTheoryError, FailureError
from deeptheory.formulas import Book
from deeptheory.formulas.syntax import to_json

__all__ = ["Verification", "hash_sources", "verify"]

_DEPENDENCIES = ("hypothesis", "mpmath", "numpy", "python-flint", "scikit-learn")


@dataclass(frozen=True)
class Verification:
    """What `verify` did.

    Parameters
    ----------
    results : list of dict
        The results of the theorems asked for, as they stand in ``checks.json``.
    reused : frozenset of str
        The theorems whose result was still current.
    resumed : frozenset of str
        The theorems that an interrupted run had begun or ended.
    stronger : frozenset of str
        Those of the reused whose result is of more instances than were asked for.
    """

    results: list[dict[str, Any]]
    reused: frozenset[str]
    resumed: frozenset[str] = frozenset()
    stronger: frozenset[str] = frozenset()

    @property
    def passed(self) -> bool:
        """Whether every check passed."""
        return all(entry["passed"] for entry in self.results)


@lru_cache(maxsize=4)
def hash_sources(folders: tuple[str, ...] = ("approximation", "checks", "formulas")) -> str:
    """Hash the sources in some folders of the package, and the versions of what they use."""
    package = Path(__file__).resolve().parents[1]
    digest = hashlib.sha256()
    for folder in folders:
        for path in sorted((package / folder).rglob("*.py")):
            digest.update(path.relative_to(package).as_posix().encode())
            digest.update(path.read_bytes())
    for name in _DEPENDENCIES:
        try:
            digest.update(f"{name} {version(name)}".encode())
        except PackageNotFoundError:
            digest.update(name.encode())
    return digest.hexdigest()


def _fingerprint(check: Check | None, theorem: str, book: Book, options: Options) -> str:
    """Hash everything that a result depends on."""
    formulas = []
    try:
        bound = book.bound_of(theorem) if theorem in book.declarations else None
        if bound is not None:
            formulas.append([bound.name, [p.name for p in bound.params], to_json(bound.body)])
        for name in check.uses if check else ():
            formulas.append([name, to_json(book.formula(name).body)])
    except DeepTheoryError as error:
        formulas.append([str(error)])
    parts = [
        SCHEMA_VERSION,
        theorem,
        book.declarations.get(theorem, {}).get("type"),
        formulas,
        [options.instances, options.digits, options.seed, options.shrinks],
        hash_sources(),
    ]
    return hashlib.sha256(json.dumps(parts, ensure_ascii=False).encode()).hexdigest()


def _unchecked(theorem: str, options: Options) -> dict[str, Any]:
    """Return the failure of a headline theorem that has no check."""
    short = theorem.removeprefix("DeepTheory.")
    return {
        "theorem": theorem,
        "bound": None,
        "passed": False,
        "failures": [{"reason": f"no check is registered for {short}: add one in checks/families"}],
        "instances": 0,
        "max_ratio": None,
        "max_error": None,
        "laws": [],
        "claim": None,
        "mutants": [],
        "seconds": 0,
        "seed": options.seed,
        "digits": options.digits,
        "bits": 0,
        "series": [],
    }


@dataclass(frozen=True)
class _Plan:
    """What all processes of a run share.

    Parameters
    ----------
    options : Options
        How many instances, digits, the seed.
    states : Path
        The folder of what interrupted runs have kept.
    keys : dict
        The fingerprints by theorem.
    """

    options: Options
    states: Path
    keys: dict[str, str] = field(default_factory=dict)

    def state(self, theorem: str, stopped: Callable[[], bool] = lambda: False) -> State:
        """Return what is kept of the check of a theorem."""
        name = f"{theorem.removeprefix('DeepTheory.')}.json"
        return State(self.states / name, self.keys[theorem], stopped=stopped)


def _one(
    check: Check, book: Book, plan: _Plan, stopped: Callable[[], bool] = lambda: False
) -> dict[str, Any]:
    """Run one check, and keep what is found.

    Raises
    ------
    KeyboardInterrupt
        Where it is interrupted; what was found until then is kept.
    """
    state = plan.state(check.full_name, stopped)
    try:
        result = run_check(check, book, plan.options, progress=state)
    except KeyboardInterrupt:
        state.interrupted()
        raise
    gaps = [{"reason": f"{check.theorem}: {gap}"} for gap in check.gaps]
    result["failures"] += gaps
    result["passed"] = not result["failures"]
    state.finish(result)
    return result


@dataclass
class _Worker:
    """What a process of the pool has."""

    book: Book
    plan: _Plan
    event: Any
    parent: int

    def stopped(self) -> bool:
        """Whether the run is to stop, or the process that began it is gone."""
        return bool(self.event.is_set()) or os.getppid() != self.parent


_worker: _Worker | None = None


def _start_worker(catalog: Path, plan: _Plan, event: Any, parent: int) -> None:
    global _worker
    signal.signal(signal.SIGINT, signal.SIG_IGN)  # the event says when to stop
    signal.signal(signal.SIGTERM, signal.SIG_IGN)
    _worker = _Worker(Book.load(catalog), plan, event, parent)
    load_checks()


def _work(theorem: str) -> dict[str, Any] | None:
    """Run one check in a process of the pool; None where it is interrupted."""
    assert _worker is not None
    if _worker.stopped():
        return None
    try:
        return _one(load_checks()[theorem], _worker.book, _worker.plan, _worker.stopped)
    except KeyboardInterrupt:
        return None


def verify(
    catalog: Path,
    output: Path,
    theorems: Sequence[str] = (),
    options: Options | None = None,
    *,
    jobs: int = 1,
    force: bool = False,
    started: Callable[[int], None] | None = None,
    finished: Callable[[dict[str, Any]], None] | None = None,
) -> Verification:
    """Run the checks of some theorems, or of all of them, and write their results.

    What an interrupted run has found is taken up where the catalog's statements, the checks and the
    options are the same.  The results depend on nothing else: not on the number of processes, nor
    on interruptions, but for the seconds.  A check that has passed is not run again on fewer
    instances: the result of the more instances is kept, and is the one that is returned.

    Parameters
    ----------
    catalog : Path
        ``theorems.json``.
    output : Path
        ``checks.json``; the results of theorems that are not asked for stay in it.  Beside it lie
        the folders ``verify``, of what interrupted runs have found, and ``failures``, of failing
        instances that `deeptheory.checks.failures.replay` evaluates anew.
    theorems : sequence of str
        Names of theorems, or endings of names; all headline theorems by default.
    options : Options, optional
        How many instances, digits, the seed.
    jobs : int
        How many processes.
    force : bool
        Whether to begin anew: to run checks whose result is still current, be it of more
        instances, and to drop what an interrupted run has found.
    started, finished : callable, optional
        Told how many checks will run, and each result.

    Returns
    -------
    Verification
        The results, failed ones included.

    Raises
    ------
    UsageError
        Where the catalog cannot be read or a name is unknown.
    KeyboardInterrupt
        Where the run is interrupted, once the results so far are written.
    """
    options = options or Options()
    book, checks = Book.load(catalog), load_checks()
    known = sorted({*book.headlines, *checks})
    wanted = list(dict.fromkeys(_resolve(name, book, known) for name in theorems)) or known
    fingerprints = {name: _fingerprint(checks.get(name), name, book, options) for name in wanted}
    plan = _Plan(options, output.parent / "verify", fingerprints)
    earlier = read_results(output)
    drawn: dict[str, int] = {}
    for name in wanted:
        if name in earlier and not force:
            of = _drawn_before(earlier[name], checks.get(name), book, options)
            if of is not None:
                drawn[name] = of
    reused = frozenset(drawn)
    stronger = frozenset(name for name, of in drawn.items() if of > options.instances)
    pending = _longest_first([name for name in wanted if name not in reused], earlier)
    if force:
        for name in pending:
            plan.state(name).forget()
    resumed = frozenset(name for name in pending if plan.state(name).known())
    if started is not None:
        started(len(pending))
    results = {name: earlier[name] for name in reused}
    try:
        for result in _run(pending, checks, book, catalog, plan, jobs):
            name = str(result["theorem"])
            failures = [_saved(output.parent, name, book, options, f) for f in result["failures"]]
            results[name] = {
                **result,
                "failures": failures,
                "asked": options.instances,
                "fingerprint": fingerprints[name],
            }
            if finished is not None:
                finished(results[name])
    finally:
        _write(output, results, known)
        for name in results:
            plan.state(name).forget()
    return Verification([results[name] for name in wanted], reused, resumed, stronger)


def _drawn_before(
    entry: dict[str, Any], check: Check | None, book: Book, options: Options
) -> int | None:
    """Return for how many instances a result was asked, where it answers what is asked now.

    It does where it has passed on at least as many instances, and nothing else has changed.
    """
    asked = entry.get("asked", options.instances)
    if not entry["passed"] or not isinstance(asked, int) or asked < options.instances:
        return None
    then = replace(options, instances=asked)
    same = entry["fingerprint"] == _fingerprint(check, entry["theorem"], book, then)
    return asked if same else None


def _longest_first(names: Sequence[str], earlier: dict[str, dict[str, Any]]) -> list[str]:
    """Order checks by the seconds that they took, unknown ones first, so that none ends alone."""
    seconds = {name: earlier[name]["seconds"] if name in earlier else 1e9 for name in names}
    return sorted(names, key=lambda name: -seconds[name])


def _saved(
    folder: Path, theorem: str, book: Book, options: Options, failure: dict[str, Any]
) -> dict[str, Any]:
    """Write the instance of a failure to a file of its own, and name the file."""
    if "replay" not in failure:
        return failure
    kept = {name: value for name, value in failure.items() if name != "replay"}
    content = {**kept, "instance": failure["replay"]}
    content |= {"seed": options.seed, "digits": options.digits}
    path = save(folder / "failures", theorem, book, content)
    return {**kept, "file": path.relative_to(folder).as_posix()}


def _write(output: Path, results: dict[str, dict[str, Any]], known: Sequence[str]) -> None:
    """Add results to the file; another run may write to it at the same time."""
    output.parent.mkdir(parents=True, exist_ok=True)
    with FileLock(f"{output}.lock"):
        present = read_results(output)
        kept = {name: entry for name, entry in present.items() if name in known}
        if {**kept, **results} != present or not output.is_file():
            write_results(output, {**kept, **results}.values())


def _resolve(name: str, book: Book, known: Sequence[str]) -> str:
    if name in known:
        return name
    return book.resolve(name, [n for n in known if n in book.declarations], what="theorem")


def _run(
    pending: Sequence[str],
    checks: dict[str, Check],
    book: Book,
    catalog: Path,
    plan: _Plan,
    jobs: int,
) -> Iterable[dict[str, Any]]:
    yield from (_unchecked(name, plan.options) for name in pending if name not in checks)
    runnable = []
    for name in pending:
        ended = plan.state(name).result() if name in checks else None
        if ended is not None:
            yield ended
        elif name in checks:
            runnable.append(name)
    if jobs <= 1 or len(runnable) <= 1:
        yield from (_one(checks[name], book, plan) for name in runnable)
    else:
        yield from _pooled(runnable, catalog, plan, min(jobs, len(runnable)))


def _pooled(
    runnable: Sequence[str], catalog: Path, plan: _Plan, jobs: int
) -> Iterable[dict[str, Any]]:
    """Run checks on a pool of processes, which stop at their next instance on an interruption."""
    context = multiprocessing.get_context("spawn")
    event = context.Event()
    with ProcessPoolExecutor(
        max_workers=jobs,
        mp_context=context,
        initializer=_start_worker,
        initargs=(catalog, plan, event, os.getpid()),
    ) as pool:
        futures = [pool.submit(_work, name) for name in runnable]
        try:
            for future in as_completed(futures):
                result = future.result()
                if result is not None:
                    yield result
        except BrokenProcessPool:
            raise FailureError(
                "A process that ran checks ended too early: run again, and what is done is not "
                "done again; with --jobs 1 no process is started."
            ) from None
        finally:
            event.set()
            pool.shutdown(wait=True, cancel_futures=True)
