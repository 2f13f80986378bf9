"""Computes the points of a sweep on the workers of a Dask cluster."""

from __future__ import annotations

import asyncio
import contextlib
import logging
from collections.abc import Iterator, Sequence
from typing import Any

from deeptheory.errors import DeepTheoryError, FailureError, UsageError
from deeptheory.sweeps.evaluate import Row
from deeptheory.sweeps.extra import need
from deeptheory.sweeps.plan import Plan
from deeptheory.sweeps.work import chunks_of, compute, digest_of, packed

__all__ = ["compute_on_cluster"]

_PARTS = 400
_LARGEST_CHUNK = 50
_CONNECT_SECONDS = 10
_WORKER_SECONDS = 30
_LOUD = ("distributed.batched", "distributed.client", "distributed.comm", "distributed.core")


def _itself(state: bytes) -> bytes:
    """Return the state: a task, which the scheduler runs again where its result is lost."""
    return state


def compute_on_cluster(
    plan: Plan, pending: Sequence[int], address: str
) -> Iterator[list[tuple[int, Row]]]:
    """Compute points on the workers of a Dask scheduler, and yield them as they arrive.

    What a worker that dies has computed or was computing is computed again by the others.  The
    workers need the same version of deeptheory, not the catalog: the part of it that the theorem
    needs travels with the tasks.

    Parameters
    ----------
    plan : Plan
        The sweep.
    pending : sequence of int
        The places of the points.
    address : str
        The scheduler, such as ``tcp://10.0.0.5:8786``.

    Raises
    ------
    UsageError
        Where Dask is not installed, no scheduler answers, it has no workers, or they have another
        version.
    FailureError
        Where the scheduler is lost, or points take one worker after the other down.
    """
    distributed = need("distributed")
    for name in _LOUD:  # what happens to the connection is said in one sentence
        logging.getLogger(name).setLevel(logging.CRITICAL + 1)
    client = _connect(distributed, address)
    try:
        try:
            client.wait_for_workers(1, timeout=_WORKER_SECONDS)
        except TimeoutError:
            raise UsageError(
                f"The scheduler at {address} has no workers: start some with `dask worker "
                f"{address} --nthreads 1`."
            ) from None
        state = packed(plan)
        name = f"deeptheory-{digest_of(state)}"
        shared = client.submit(_itself, state, key=f"{name}-catalog")
        chunks = chunks_of(plan, pending, _PARTS, _LARGEST_CHUNK)
        futures = [
            client.submit(compute, shared, chunk, key=f"{name}-{chunk[0][0]}-{len(chunk)}")
            for chunk in chunks
        ]
        for future in distributed.as_completed(futures, loop=client.loop):
            yield _result(future, address)
            future.release()
    finally:
        _close(client)


def _connect(distributed: Any, address: str) -> Any:
    try:
        return distributed.Client(
            address, timeout=_CONNECT_SECONDS, set_as_default=False, name="deeptheory-sweep"
        )
    except (OSError, ValueError) as error:
        raise UsageError(
            f"No Dask scheduler answers at {address}: start one with `dask scheduler`, and give "
            f"the address that it prints. ({type(error).__name__})"
        ) from None


def _result(future: Any, address: str) -> list[tuple[int, Row]]:
    """Return what a task computed; say in one sentence why there is nothing."""
    try:
        found: list[tuple[int, Row]] = future.result()
        return found
    except DeepTheoryError:
        raise
    except ModuleNotFoundError as error:
        raise UsageError(
            f"A worker of {address} lacks the package {error.name}: install this version of "
            "deeptheory on all of them."
        ) from None
    except (OSError, asyncio.CancelledError) as error:
        raise FailureError(_lost(address, error)) from None
    except Exception as error:
        if type(error).__name__ == "KilledWorker":
            raise FailureError(
                f"Workers of {address} ended too early, again and again, at the same points: the "
                "same command goes on with what was finished; with --jobs 1 it runs here."
            ) from None
        if type(error).__name__.endswith("CancelledError"):
            raise FailureError(_lost(address, error)) from None
        raise FailureError(f"A worker of {address} failed: {error!r}") from None


def _lost(address: str, error: BaseException) -> str:
    return (
        f"The scheduler at {address} was lost ({type(error).__name__}): the same command goes on "
        "with what was finished."
    )


def _close(client: Any) -> None:
    with contextlib.suppress(OSError):  # the scheduler may be gone
        client.close(timeout=_CONNECT_SECONDS)
