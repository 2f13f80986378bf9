"""The breast-cancer data that ship with scikit-learn, as exact points of the unit ball.

The rows are put into an order that depends on nothing but their numbers and are cut into three
parts: one fixes the scale of the features and is used for nothing else, one is the sample to learn
from, one is held out.  So the map from a row to its point is fixed before the sample is seen, and
it never sees a label.
"""

from __future__ import annotations

import hashlib
import math
from dataclasses import dataclass
from fractions import Fraction
from functools import lru_cache

import numpy as np
from flint import fmpq
from numpy.typing import NDArray

from deeptheory.checks.instances.vectors import Vector, dot

__all__ = [
    "COORDINATE_BOUND",
    "HELD_OUT",
    "SAMPLE",
    "SCALING",
    "Point",
    "Split",
    "breast_cancer_split",
    "to_unit_ball",
]

SCALING, SAMPLE, HELD_OUT = 69, 400, 100
"""How many rows fix the scale, are learnt from, are held out."""

_CLIP = 3
_RADIUS = fmpq(11, 2)  # about the length of a point with 30 coordinates of size one, and a constant
_GRID = 10**6

COORDINATE_BOUND = _CLIP / _RADIUS
"""An upper bound on the absolute values of all coordinates, 6/11."""


@dataclass(frozen=True)
class Point:
    """A labelled point.

    Parameters
    ----------
    x : tuple of fmpq
        The input: 30 features and a constant, of norm at most one.
    label : int
        1 for benign, -1 for malignant.
    radius : int
        The feature ``mean radius`` as recorded, in thousandths of its unit: a natural number.
    """

    x: Vector
    label: int
    radius: int


@dataclass(frozen=True)
class Split:
    """The data in parts.

    Parameters
    ----------
    sample : tuple of Point
        What may be learnt from, in order: a sample of size n is the first n points.
    held_out : tuple of Point
        What no training sees.
    """

    sample: tuple[Point, ...]
    held_out: tuple[Point, ...]

    @property
    def dimension(self) -> int:
        """The number of coordinates of an input."""
        return len(self.sample[0].x)


def _order(count: int) -> list[int]:
    """Return the numbers below ``count`` in the order of their SHA-256: a fixed shuffle."""
    return sorted(range(count), key=lambda row: hashlib.sha256(str(row).encode()).digest())


def _exact(value: float) -> fmpq:
    """Read a recorded decimal, such as 17.99, as the fraction that it stands for."""
    fraction = Fraction(repr(float(value)))
    return fmpq(fraction.numerator, fraction.denominator)


def to_unit_ball(values: Vector) -> Vector:
    """Map any vector to one of norm at most one, exactly.

    The vector is divided by 11/2, or by its own length (rounded up) where that is larger, and
    rounded towards zero to six decimals.

    Parameters
    ----------
    values : tuple of fmpq
        The vector.

    Returns
    -------
    tuple of fmpq
        Multiples of 1/10^6 whose squares sum to at most one.
    """
    square = dot(values, values) * 10**8
    length = fmpq(math.isqrt(int(square.p) // int(square.q)) + 1, 10**4)
    radius = max(_RADIUS, length)
    return tuple(_towards_zero(value / radius) for value in values)


def _towards_zero(value: fmpq) -> fmpq:
    scaled = abs(value) * _GRID
    size = int(scaled.p) // int(scaled.q)
    return fmpq(size if value > 0 else -size, _GRID)


def _scales(rows: NDArray[np.float64]) -> tuple[Vector, Vector]:
    """Return the mean and the deviation of each feature, rounded to four significant digits."""

    def rounded(values: NDArray[np.float64]) -> Vector:
        return tuple(_exact(float(f"{value:.3e}")) for value in values)

    return rounded(rows.mean(axis=0)), rounded(rows.std(axis=0))


@lru_cache(maxsize=1)
def breast_cancer_split() -> Split:
    """Return scikit-learn's breast-cancer data, 569 rows, in parts of 400 and 100 points.

    Each feature is centred and scaled by its mean and deviation on the other 69 rows, cut off at
    3 deviations; a constant 1 is added, and the vector is mapped into the unit ball.

    Returns
    -------
    Split
        The sample and the held-out points, all coordinates at most `COORDINATE_BOUND` in size.
    """
    from sklearn.datasets import load_breast_cancer

    data = load_breast_cancer()
    order = _order(len(data.data))
    centres, scales = _scales(data.data[order[:SCALING]])

    def point(row: int) -> Point:
        features = [
            max(fmpq(-_CLIP), min(fmpq(_CLIP), (_exact(value) - centre) / scale))
            for value, centre, scale in zip(data.data[row], centres, scales, strict=True)
        ]
        radius = _exact(data.data[row][0]) * 1000  # recorded to three decimals
        return Point(
            to_unit_ball((*features, fmpq(1))),
            2 * int(data.target[row]) - 1,
            int(radius.p) // int(radius.q),
        )

    points = [point(row) for row in order[SCALING:]]
    return Split(tuple(points[:SAMPLE]), tuple(points[SAMPLE : SAMPLE + HELD_OUT]))
