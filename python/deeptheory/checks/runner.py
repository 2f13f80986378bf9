"""Runs many checks on a pool of processes, and skips those whose result is still current."""

from __future__ import annotations

import hashlib
import json
import multiprocessing
from collections.abc import Callable, Iterable, Sequence
from concurrent.futures import ProcessPoolExecutor, as_completed
from concurrent.futures.process import BrokenProcessPool
from dataclasses import dataclass
from functools import lru_cache
from importlib.metadata import PackageNotFoundError, version
from pathlib import Path
from typing import Any

from deeptheory.checks.engine import Options, run_check
from deeptheory.checks.registry import Check, load_checks
from deeptheory.checks.results import SCHEMA_VERSION, read_results, write_results
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
    """

    results: list[dict[str, Any]]
    reused: frozenset[str]

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
        [options.instances, options.digits, options.seed],
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


_worker_book: Book | None = None


def _start_worker(catalog: Path) -> None:
    global _worker_book
    _worker_book = Book.load(catalog)
    load_checks()


def _work(theorem: str, options: Options) -> dict[str, Any]:
    assert _worker_book is not None
    return run_check(load_checks()[theorem], _worker_book, options)


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

    Parameters
    ----------
    catalog : Path
        ``theorems.json``.
    output : Path
        ``checks.json``; the results of theorems that are not asked for stay in it.
    theorems : sequence of str
        Names of theorems, or endings of names; all headline theorems by default.
    options : Options, optional
        How many instances, digits, the seed.
    jobs : int
        How many processes.
    force : bool
        Whether to run checks whose result is still current.
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
    """
    options = options or Options()
    book, checks = Book.load(catalog), load_checks()
    known = sorted({*book.headlines, *checks})
    wanted = list(dict.fromkeys(_resolve(name, book, known) for name in theorems)) or known
    fingerprints = {name: _fingerprint(checks.get(name), name, book, options) for name in wanted}
    earlier = read_results(output)
    reused = frozenset(
        name
        for name in wanted
        if not force
        and name in earlier
        and earlier[name]["passed"]
        and earlier[name]["fingerprint"] == fingerprints[name]
    )
    pending = [name for name in wanted if name not in reused]
    if started is not None:
        started(len(pending))
    results = {name: earlier[name] for name in reused}
    for result in _run(pending, checks, book, catalog, options, jobs):
        name = str(result["theorem"])
        results[name] = {**result, "fingerprint": fingerprints[name]}
        if finished is not None:
            finished(results[name])
    if pending or earlier.keys() - set(known):
        kept = {name: entry for name, entry in earlier.items() if name in known}
        write_results(output, {**kept, **results}.values())
    return Verification([results[name] for name in wanted], reused)


def _resolve(name: str, book: Book, known: Sequence[str]) -> str:
    if name in known:
        return name
    return book.resolve(name, [n for n in known if n in book.declarations], what="theorem")


def _run(
    pending: Sequence[str],
    checks: dict[str, Check],
    book: Book,
    catalog: Path,
    options: Options,
    jobs: int,
) -> Iterable[dict[str, Any]]:
    runnable = [name for name in pending if name in checks]
    yield from (_unchecked(name, options) for name in pending if name not in checks)
    if jobs <= 1 or len(runnable) <= 1:
        yield from (run_check(checks[name], book, options) for name in runnable)
        return
    context = multiprocessing.get_context("spawn")
    with ProcessPoolExecutor(
        max_workers=min(jobs, len(runnable)),
        mp_context=context,
        initializer=_start_worker,
        initargs=(catalog,),
    ) as pool:
        futures = [pool.submit(_work, name, options) for name in runnable]
        try:
            yield from (future.result() for future in as_completed(futures))
        except BrokenProcessPool:
            raise FailureError(
                "A process that ran checks ended too early: run again with --jobs 1."
            ) from None
