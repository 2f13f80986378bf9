"""Writes the points of a sweep as a Parquet file."""

from __future__ import annotations

import json
import os
from collections import Counter
from collections.abc import Callable, Sequence
from pathlib import Path
from typing import Any, BinaryIO

from deeptheory.files import replacing_bytes
from deeptheory.sweeps.evaluate import STATUSES, Row
from deeptheory.sweeps.extra import need
from deeptheory.sweeps.grid import Axis, exact_text
from deeptheory.sweeps.plan import Plan

__all__ = ["METADATA", "counts_of", "double", "replace_file", "write_table"]

METADATA = b"deeptheory"
"""The key of the file's metadata under which JSON says what the sweep is."""

_NUMBERS = ("bound", "measured", "ratio")
_PARTS = ("decimal", "radius", "exact")
_LARGEST = 1 << 63
_ROW_GROUP = 1 << 16


def counts_of(rows: Sequence[Row]) -> dict[str, Any]:
    """Count what became of the points, and how often each hypothesis fails."""
    statuses = Counter(row["status"] for row in rows)
    failed = Counter(row["hypothesis"] for row in rows if row["status"] == "outside")
    return {
        "counts": {status: statuses[status] for status in STATUSES},
        "hypotheses_that_fail": dict(sorted(failed.items())),
        "lower": any(row["lower"] for row in rows),
    }


def write_table(plan: Plan, rows: Sequence[Row], path: Path) -> None:
    """Write a Parquet file, whole or not at all; equal sweeps make equal files.

    Each parameter has a column of numbers and one of exact texts (``n`` and ``n_exact``); bound,
    measured value and ratio have each the nearest double and the texts ``_decimal``, ``_radius``
    and ``_exact``.

    Parameters
    ----------
    plan : Plan
        The sweep, which stands in the file's metadata.
    rows : sequence of dict
        Its rows, in the order of the grid.
    path : Path
        The file.

    Raises
    ------
    UsageError
        Where PyArrow is not installed or the file cannot be written.
    """
    arrow = need("pyarrow")
    from pyarrow import parquet

    columns: dict[str, Any] = {}
    points = list(plan.grid.points())
    for place, axis in enumerate(plan.grid.axes):
        values = [point[place] for point in points]
        columns[axis.name] = _numbers(arrow, axis, values)
        columns[f"{axis.name}_exact"] = _texts(arrow, [exact_text(value) for value in values])
    for name in _NUMBERS:
        found = [row[name] or {} for row in rows]
        doubles = [each.get("double") for each in found]
        columns[name] = arrow.array(doubles, arrow.float64())
        for part in _PARTS:
            columns[f"{name}_{part}"] = _texts(arrow, [each.get(part) for each in found])
    columns["status"] = _texts(arrow, [row["status"] for row in rows])
    columns["holds"] = arrow.array([row["holds"] for row in rows], arrow.bool_())
    for name in ("hypothesis", "reason"):
        columns[name] = _texts(arrow, [row[name] for row in rows])
    columns["instance"] = _texts(arrow, [_json(row["instance"]) for row in rows])
    columns["bits"] = arrow.array([row["bits"] for row in rows], arrow.int32())
    about = json.dumps({**plan.about, **counts_of(rows)}, ensure_ascii=False)
    table = arrow.table(columns).replace_schema_metadata({METADATA: about.encode()})
    replace_file(
        path,
        lambda stream: parquet.write_table(
            table, stream, compression="zstd", row_group_size=_ROW_GROUP
        ),
    )


def replace_file(path: Path, write: Callable[[BinaryIO], Any]) -> None:
    """Let something write a file that takes its place at once, when it is safe on the disk.

    Raises
    ------
    UsageError
        Where it cannot be written; what was there before stays.
    """
    with replacing_bytes(path) as stream:
        write(stream)
        stream.flush()
        os.fsync(stream.fileno())


def _texts(arrow: Any, values: Sequence[str | None]) -> Any:
    return arrow.array(values, arrow.string())


def _json(value: Any) -> str | None:
    return None if value is None else json.dumps(value, ensure_ascii=False)


def _numbers(arrow: Any, axis: Axis, values: Sequence[Any]) -> Any:
    """Return a parameter's column: whole numbers, doubles, or the texts of vectors."""
    if axis.kind == "vector":
        return _texts(arrow, [exact_text(value) for value in values])
    if axis.kind == "nat" and max(axis.values) < _LARGEST:
        return arrow.array(values, arrow.int64())
    return arrow.array([double(value) for value in values], arrow.float64())


def double(value: Any) -> float | None:
    """Return the nearest double; None where the value is beyond their range."""
    try:
        return float(value)
    except OverflowError:
        return None
