"""What one process computes of a sweep, here or on another machine."""

from __future__ import annotations

import hashlib
import json
import multiprocessing
import os
import signal
import threading
import zlib
from collections.abc import Sequence
from functools import lru_cache
from typing import Any, TypeAlias

from deeptheory.errors import UsageError
from deeptheory.formulas import Book
from deeptheory.sweeps.evaluate import Evaluator, Row
from deeptheory.sweeps.plan import Plan, source_digest

__all__ = ["Chunk", "chunks_of", "compute", "digest_of", "end_with_parent", "packed"]

Chunk: TypeAlias = list[tuple[int, tuple[Any, ...]]]
"""The places of some points in the order of all, and their values."""

# The precision of python-flint belongs to the process, not to a thread.
_one_at_a_time = threading.Lock()


def end_with_parent() -> None:
    """Let this process end as soon as the one that started it does, in whatever way.

    An interrupt from the keyboard is left to that one.
    """
    signal.signal(signal.SIGINT, signal.SIG_IGN)
    parent = multiprocessing.parent_process()

    def watch() -> None:
        assert parent is not None
        parent.join()
        os._exit(1)

    if parent is not None:
        threading.Thread(target=watch, daemon=True).start()


def packed(plan: Plan) -> bytes:
    """Return all that a process needs to compute points: a part of the catalog, and what to do."""
    state = {
        "declarations": plan.excerpt(),
        "theorem": plan.theorem,
        "names": plan.grid.names,
        "digits": plan.digits,
        "measure": plan.measure,
        "programs": source_digest(),
    }
    return zlib.compress(json.dumps(state, ensure_ascii=False).encode())


def digest_of(state: bytes) -> str:
    """Return a name for a state."""
    return hashlib.sha256(state).hexdigest()[:16]


@lru_cache(maxsize=2)
def _evaluator(state: bytes) -> Evaluator:
    unpacked = json.loads(zlib.decompress(state))
    if unpacked["programs"] != source_digest():
        raise UsageError(
            "A worker has another version of deeptheory: install the same one on all machines."
        )
    return Evaluator(
        Book(unpacked["declarations"]),
        unpacked["theorem"],
        tuple(unpacked["names"]),
        unpacked["digits"],
        unpacked["measure"],
    )


def compute(state: bytes, chunk: Chunk) -> list[tuple[int, Row]]:
    """Compute some points; return each place with its row.

    Parameters
    ----------
    state : bytes
        What `packed` returns.
    chunk : list of tuple
        The points.

    Raises
    ------
    UsageError
        Where the programs here are not those of the sweep.
    """
    with _one_at_a_time:
        evaluator = _evaluator(state)
        return [(index, evaluator.row(values)) for index, values in chunk]


def chunks_of(plan: Plan, pending: Sequence[int], parts: int, largest: int) -> list[Chunk]:
    """Cut points into chunks of equal size, about so many, none larger than that."""
    size = max(1, min(largest, len(pending) // parts))
    return [
        [(index, plan.grid.point(index)) for index in pending[start : start + size]]
        for start in range(0, len(pending), size)
    ]
