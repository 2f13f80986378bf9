"""Computes the points of a sweep in the processes of this machine, or hands them to a cluster."""

from __future__ import annotations

import multiprocessing
import os
import time
from collections import deque
from collections.abc import Callable, Iterable, Sequence
from concurrent.futures import Future, ProcessPoolExecutor, as_completed
from concurrent.futures.process import BrokenProcessPool
from contextlib import nullcontext
from pathlib import Path

from deeptheory.errors import FailureError
from deeptheory.sweeps.evaluate import Row
from deeptheory.sweeps.journal import Journal
from deeptheory.sweeps.plan import Plan
from deeptheory.sweeps.work import Chunk, chunks_of, compute, end_with_parent, packed

__all__ = ["sweep"]

_ALONE_SECONDS = 2.0
"""Where nothing was said, so long one process computes: to start more takes about as long."""

_LARGEST_CHUNK = 8
_ATTEMPTS = 3


def sweep(
    plan: Plan,
    *,
    output: Path | None = None,
    jobs: int | None = None,
    scheduler: str | None = None,
    resume: bool | None = None,
    started: Callable[[int, int], None] | None = None,
    advanced: Callable[[int], None] | None = None,
    finish: Callable[[list[Row]], None] | None = None,
) -> list[Row]:
    """Compute all points of a sweep, in the order of its grid.

    Parameters
    ----------
    plan : Plan
        The sweep.
    output : Path, optional
        The file that will be written: finished points are kept in a journal beside it, and a
        sweep that was stopped goes on with those.
    jobs : int, optional
        How many processes; by default one at first, and one a core for what is left after that.
    scheduler : str, optional
        The address of a Dask scheduler, on whose workers to compute.
    resume : bool, optional
        See `deeptheory.sweeps.journal.Journal`.
    started : callable, optional
        Told how many points there are, and how many of them were finished before.
    advanced : callable, optional
        Told how many points have been finished since the last call.
    finish : callable, optional
        Writes the output; the journal is removed after it.

    Returns
    -------
    list of dict
        The rows, the same whoever computed them.

    Raises
    ------
    UsageError
        Where the journal or the cluster cannot be used.
    FailureError
        Where processes or workers keep ending, or the cluster is lost.
    """
    journal = None if output is None else Journal(output, plan.key, plan.about, resume=resume)
    rows: dict[int, Row] = {}
    with journal or nullcontext():
        if journal is not None:
            rows.update(journal.rows)
        if started is not None:
            started(len(plan.grid), len(rows))
        pending = [index for index in range(len(plan.grid)) if index not in rows]
        for found in _compute(plan, pending, jobs, scheduler):
            new = 0
            for index, row in found:
                if index not in rows:
                    rows[index] = row
                    new += 1
                    if journal is not None:
                        journal.add(index, row)
            if advanced is not None:
                advanced(new)
        ordered = [rows[index] for index in range(len(plan.grid))]
        if finish is not None:
            finish(ordered)
        if journal is not None:
            journal.remove()
    return ordered


_Found = Iterable[list[tuple[int, Row]]]


def _compute(plan: Plan, pending: Sequence[int], jobs: int | None, scheduler: str | None) -> _Found:
    if not pending:
        return
    if scheduler is not None:
        from deeptheory.sweeps.cluster import compute_on_cluster

        yield from compute_on_cluster(plan, pending, scheduler)
        return
    left = deque(pending)
    if jobs is None or jobs == 1:
        evaluator, began = plan.evaluator(), time.monotonic()
        while left and (jobs == 1 or time.monotonic() - began < _ALONE_SECONDS):
            index = left.popleft()
            yield [(index, evaluator.row(plan.grid.point(index)))]
    if left:
        yield from _pool(plan, list(left), jobs or os.cpu_count() or 1)


def _pool(plan: Plan, pending: Sequence[int], jobs: int) -> _Found:
    """Compute on a pool of processes; where one of them dies, begin a new pool for what is left."""
    state = packed(plan)
    left = {place: chunk for place, chunk in enumerate(_chunks(plan, pending, jobs))}
    futile = 0
    while left:
        before = len(left)
        context = multiprocessing.get_context("spawn")
        pool = ProcessPoolExecutor(min(jobs, len(left)), context, end_with_parent)
        try:
            futures: dict[Future[list[tuple[int, Row]]], int] = {
                pool.submit(compute, state, chunk): place for place, chunk in left.items()
            }
            for future in as_completed(futures):
                found = future.result()
                del left[futures[future]]
                yield found
        except BrokenProcessPool:
            futile = 0 if len(left) < before else futile + 1
            if futile == _ATTEMPTS:
                raise FailureError(
                    f"Processes ended too early {_ATTEMPTS} times in a row: run again with "
                    "--jobs 1, which goes on with what was finished."
                ) from None
        finally:
            pool.shutdown(wait=True, cancel_futures=True)


def _chunks(plan: Plan, pending: Sequence[int], jobs: int) -> list[Chunk]:
    return chunks_of(plan, pending, 8 * jobs, _LARGEST_CHUNK)
