"""Reads a data set from a CSV file, and says where it cannot."""

from __future__ import annotations

import csv
import hashlib
import io
import math
import re
from pathlib import Path

import numpy as np

from deeptheory.certify.data import Raw
from deeptheory.certify.reading import read_bytes
from deeptheory.errors import UsageError

__all__ = ["read_csv"]

_MOST_BYTES = 64 * 2**20
_MOST_CLASSES = 100
_MISSING = frozenset({"", "?", "na", "n/a", "nan", "null", "none"})


def read_csv(path: Path, label: str | None = None) -> Raw:
    """Read features and labels from a CSV file.

    The first row may be a header: it is one where a feature in it is no number.

    Parameters
    ----------
    path : Path
        The file, in UTF-8 with commas.
    label : str, optional
        The column of labels, by its name in the header or its number from 1; the last by default.

    Returns
    -------
    Raw
        Features and classes; the classes are the labels in alphabetical order.

    Raises
    ------
    UsageError
        Where the file cannot be read, a feature is missing or no number, rows differ in length,
        or the labels make fewer than two or more than 100 classes.
    """
    text, digest = _text(path)
    try:
        rows = [row for row in csv.reader(io.StringIO(text, newline=""), strict=True) if row]
    except csv.Error as error:
        raise UsageError(f"{path.name} is no CSV file: {error}.") from None
    if not rows:
        raise UsageError(f"{path.name} is empty: give rows of numbers with a label.")
    width = len(rows[0])
    if width < 2:
        raise UsageError(f"{path.name} has one column: give features and a label.")
    place = _label_place(path, rows[0], label)
    headed = any(not _is_number(cell) for i, cell in enumerate(rows[0]) if i != place)
    if headed and all(_is_missing(c) or _is_number(c) for i, c in enumerate(rows[0]) if i != place):
        headed = False  # a row of data with a gap
    features, labels = [], []
    for number, row in enumerate(rows[headed:], start=1 + headed):
        if len(row) != width:
            raise UsageError(
                f"{path.name}, row {number} has {len(row)} cells, and row 1 has {width}."
            )
        where = f"{path.name}, row {number}, column"
        features.append(
            [_number(f"{where} {i + 1}", cell) for i, cell in enumerate(row) if i != place]
        )
        labels.append(row[place].strip())
        if _is_missing(labels[-1]):
            raise UsageError(f"{where} {place + 1}: the label is missing.")
    classes = sorted(set(labels))
    if len(classes) < 2:
        raise UsageError(f"{path.name} has one class only: there is nothing to tell apart.")
    if len(classes) > _MOST_CLASSES:
        raise UsageError(
            f"{path.name} has {len(classes)} different labels in column {place + 1}, and "
            f"{_MOST_CLASSES} classes are the most: name the column of labels with --label."
        )
    index = {name: number for number, name in enumerate(classes)}
    known = np.array([index[name] for name in labels], dtype=np.int64)
    return Raw("csv", np.array(features, dtype=np.float64), known, digest)


def _text(path: Path) -> tuple[str, str]:
    content = read_bytes(path, _MOST_BYTES)
    try:
        return content.decode("utf-8-sig"), hashlib.sha256(content).hexdigest()
    except UnicodeDecodeError:
        raise UsageError(f"{path.name} is not UTF-8 text.") from None


def _label_place(path: Path, first: list[str], label: str | None) -> int:
    if label is None:
        return len(first) - 1
    names = [cell.strip() for cell in first]
    if names.count(label) == 1:
        return names.index(label)
    # Of a number with more than nine digits Python may refuse to know the value.
    if re.fullmatch("[0-9]{1,9}", label) and 1 <= int(label) <= len(first):
        return int(label) - 1
    raise UsageError(
        f"{path.name} has no column {_shown(label)}: give a name from its first row, or a number "
        f"from 1 to {len(first)}."
    )


def _is_missing(cell: str) -> bool:
    return cell.strip().lower() in _MISSING


def _is_number(cell: str) -> bool:
    try:
        return "_" not in cell and math.isfinite(float(cell))
    except ValueError:
        return False


def _number(where: str, cell: str) -> float:
    if _is_missing(cell):
        raise UsageError(f"{where}: the value is missing; fill it in or leave the row out.")
    if not _is_number(cell):
        raise UsageError(f"{where}: {_shown(cell)} is no finite number.")
    return float(cell)


def _shown(text: str) -> str:
    return repr(text if len(text) <= 40 else f"{text[:40]}...")
