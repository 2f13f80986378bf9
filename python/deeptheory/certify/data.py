"""Data sets as exact integers, cut into three parts by a seed.

The first part is for the prior: it also fixes the scale of the features.  The second is the sample
of the bound, the third is held out.  Which row falls into which part depends on nothing but its
number and the seed.
"""

from __future__ import annotations

import hashlib
import math
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from deeptheory.errors import UsageError

__all__ = ["BUILT_IN", "Examples", "Parts", "Raw", "built_in", "quantise", "split"]

Integers = NDArray[np.int64]

BUILT_IN = ("digits", "breast-cancer")
"""The data sets that ship with scikit-learn, by the names that the command line knows."""
LEAST_ROWS = 60
"""With fewer rows there is nothing to certify."""

_DIGITS_UNIT = 16  # a pixel is one of 0, ..., 16
_UNIT, _LIMIT = 32, 128  # a standard deviation has 32 steps, values end at 4 deviations


@dataclass(frozen=True)
class Raw:
    """A data set as it was recorded.

    Parameters
    ----------
    name : str
        ``digits``, ``breast-cancer`` or ``csv``.
    values : array of shape (rows, features)
        Finite numbers.
    labels : array of shape (rows,)
        The classes 0, 1, ...
    source : str or None
        The SHA-256 of the file, where the data come from one.
    """

    name: str
    values: NDArray[np.float64]
    labels: Integers
    source: str | None = None


@dataclass(frozen=True)
class Parts:
    """The row numbers of the three parts.

    Parameters
    ----------
    prior, bound, held_out : array of int
        The rows to learn the prior from, those that the bound counts, those that are held out.
    """

    prior: Integers
    bound: Integers
    held_out: Integers


@dataclass(frozen=True)
class Examples:
    """A data set of integers.

    Parameters
    ----------
    name : str
        ``digits``, ``breast-cancer`` or ``csv``.
    inputs : array of shape (rows, features)
        The features, whole numbers of size at most ``limit``.
    labels : array of shape (rows,)
        The classes 0, 1, ...
    unit : int
        The whole number that stands for one.
    limit : int
        No input is larger.
    source : str or None
        The SHA-256 of the file, where the data come from one.
    """

    name: str
    inputs: Integers
    labels: Integers
    unit: int
    limit: int
    source: str | None = None

    @property
    def classes(self) -> int:
        """The number of classes."""
        return int(self.labels.max()) + 1

    @property
    def digest(self) -> str:
        """The SHA-256 of the shape and of all numbers, as little-endian 64-bit integers."""
        known = hashlib.sha256(f"deeptheory data 1 {self.inputs.shape}".encode())
        known.update(self.inputs.astype("<i8").tobytes())
        known.update(self.labels.astype("<i8").tobytes())
        return known.hexdigest()


def scale_of(name: str) -> tuple[int, int]:
    """Return the whole number that stands for one, and the largest input, of a data set."""
    return (_DIGITS_UNIT, _DIGITS_UNIT) if name == "digits" else (_UNIT, _LIMIT)


def split(rows: int, seed: int) -> Parts:
    """Cut the numbers below ``rows`` into three parts.

    They are put into the order of the SHA-256 of seed and number.  The last sixth is held out, one
    half of the others is for the prior and one for the bound.

    Raises
    ------
    UsageError
        Where there are too few rows.
    """
    if rows < LEAST_ROWS:
        raise UsageError(
            f"There are {rows} rows: at least {LEAST_ROWS} are needed to learn a prior, to bound "
            "the risk and to hold some out."
        )
    order = np.array(
        sorted(range(rows), key=lambda row: hashlib.sha256(f"{seed}:{row}".encode()).digest()),
        dtype=np.int64,
    )
    used = rows - rows // 6
    return Parts(order[: used // 2], order[used // 2 : used], order[used:])


def built_in(name: str) -> Raw:
    """Return a data set that ships with scikit-learn."""
    from sklearn import datasets

    load = {"digits": datasets.load_digits, "breast-cancer": datasets.load_breast_cancer}[name]
    data = load()
    return Raw(name, np.asarray(data.data, dtype=np.float64), data.target.astype(np.int64))


def quantise(raw: Raw, parts: Parts) -> Examples:
    """Turn the features into whole numbers.

    The pixels of ``digits`` are taken as they are.  The features of other data are centred and
    scaled by mean and deviation on the part for the prior, cut off at four deviations and rounded
    to 1/32 of one; a feature that is constant there becomes zero.

    Sums are rounded once (``math.fsum``) and all else is done number by number, so that the result
    is the same on every machine.
    """
    unit, limit = scale_of(raw.name)
    if raw.name == "digits":
        inputs = np.rint(raw.values).astype(np.int64)
        return Examples(raw.name, np.clip(inputs, 0, limit), raw.labels, unit, limit)
    columns = [_standardised(column, parts.prior, unit, limit) for column in raw.values.T]
    return Examples(raw.name, np.stack(columns, axis=1), raw.labels, unit, limit, raw.source)


def _standardised(column: NDArray[np.float64], rows: Integers, unit: int, limit: int) -> Integers:
    largest = float(np.abs(column).max())
    # A power of two, which rounds nothing, keeps squares away from the ends of the range.
    column = np.ldexp(column, -math.frexp(largest)[1])
    known = column[rows]
    centre = math.fsum(known) / len(known)
    deviation = math.sqrt(math.fsum((known - centre) ** 2) / len(known))
    if deviation < 1e-12:
        return np.zeros(len(column), dtype=np.int64)
    scaled = np.clip((column - centre) / deviation * unit, -limit, limit)
    return np.rint(scaled).astype(np.int64)
