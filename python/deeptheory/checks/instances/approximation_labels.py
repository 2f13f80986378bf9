"""How many hidden units of one direction fit labels: the least number, or an enclosure.

From above it is the number of units of a network that is built and evaluated at every point.  From
below it is what no smaller network can do: a sum of ``n`` ReLUs has at most ``n`` values of
alternating sign along a line.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from functools import cached_property
from itertools import combinations, pairwise
from typing import Any

from flint import arb, fmpq, fmpq_mat
from hypothesis import strategies as st
from hypothesis.strategies import DrawFn

from deeptheory.approximation import relu
from deeptheory.approximation.constructions import memorizer
from deeptheory.checks.instances.strategies import rationals
from deeptheory.checks.instances.vectors import dot, subtract
from deeptheory.formulas.rigorous import Number

__all__ = ["Labelled", "alternating", "enclosed", "labelled"]

_ZERO, _ONE = fmpq(0), fmpq(1)


def enclosed(low: int, high: int) -> Number:
    """Return a whole number, or a ball where it lies between two of them.

    The upper end of the ball is exact, and the lower one less than one below the lower number.

    Examples
    --------
    >>> enclosed(3, 4) <= 4, enclosed(3, 4) > 2, enclosed(3, 4) <= fmpq(7, 2)
    (True, True, False)
    """
    if low == high:
        return fmpq(low)
    around = arb(0, fmpq(high - low, 2))
    return (arb(high) - around.rad()) + around


@dataclass(frozen=True)
class Labelled:
    """Points with labels.

    Parameters
    ----------
    points : tuple of tuple of fmpq
        The points, all of the same dimension.
    labels : tuple of fmpq
        Their labels.
    dimension : int
        The dimension, which there is without points too.
    """

    points: tuple[tuple[fmpq, ...], ...]
    labels: tuple[fmpq, ...]
    dimension: int

    def _directions(self) -> list[tuple[fmpq, ...]]:
        """Return directions to try: none, those of the axes, and points of the moment curve."""
        axes = [
            tuple(fmpq(sign * (i == k)) for i in range(self.dimension))
            for k in range(self.dimension)
            for sign in (1, -1)
        ]
        # Fewer than N^2 d / 2 points of the curve are orthogonal to a difference of two points.
        tried = len(self.points) ** 2 * self.dimension + 1
        curve = (tuple(fmpq(t) ** i for i in range(self.dimension)) for t in range(1, tried + 1))
        separating = next((a for a in curve if self._along(a) is not None), ())
        return [(_ZERO,) * self.dimension, *axes, *([separating] if separating else [])]

    def _along(self, direction: tuple[fmpq, ...]) -> dict[fmpq, fmpq] | None:
        """Return the labels by the points' projections; None where one has two labels."""
        found: dict[fmpq, fmpq] = {}
        for point, label in zip(self.points, self.labels, strict=True):
            if found.setdefault(dot(direction, point), label) != label:
                return None
        return found

    @cached_property
    def parameters(self) -> list[fmpq] | None:
        """The fewest parameters found of a network that fits: biases, output weights, direction.

        None where no network fits, since a point has two labels.
        """
        fits = []
        for direction in self._directions():
            labels = self._along(direction)
            if labels is not None:
                units = _interpolate(labels)
                fits.append([*(b for b, _ in units), *(c for _, c in units), *direction])
        return min(fits, key=len, default=None)

    def output(self, parameters: Sequence[fmpq], point: Sequence[fmpq]) -> fmpq:
        """Evaluate the network with given parameters."""
        units = (len(parameters) - self.dimension) // 2
        return memorizer(units, parameters)(point)[0]

    @property
    def fewest_units(self) -> int:
        """A number of units below which no network fits: the alternations along any line."""
        most = int(any(self.labels))
        for x, y in combinations(dict.fromkeys(self.points), 2):
            step = subtract(y, x)
            axis = next(i for i, entry in enumerate(step) if entry)
            on_line = []
            for point, label in zip(self.points, self.labels, strict=True):
                place = (point[axis] - x[axis]) / step[axis]
                if all(a + place * s == b for a, s, b in zip(x, step, point, strict=True)):
                    on_line.append((place, label))
            most = max(most, _alternations([label for _, label in sorted(on_line)]))
        return most

    @property
    def least(self) -> Number:
        """The least number of parameters of a network that fits, exactly or enclosed.

        Raises
        ------
        AssertionError
            Where the network that was built does not fit.
        """
        found = self.parameters
        if found is None:
            return arb("inf")
        for point, label in zip(self.points, self.labels, strict=True):
            if self.output(found, point) != label:
                raise AssertionError("The network does not fit.")
        return enclosed(2 * self.fewest_units + self.dimension, len(found))

    @property
    def affine(self) -> bool:
        """Whether the labels are those of an affine function of the points."""
        rows = [[_ONE, *point] for point in self.points]
        extended = [[*row, label] for row, label in zip(rows, self.labels, strict=True)]
        return not rows or fmpq_mat(rows).rank() == fmpq_mat(extended).rank()

    @property
    def one_sign(self) -> bool:
        """Whether no two labels have opposite signs."""
        return not (min(self.labels) < 0 < max(self.labels)) if self.labels else True

    def describe(self) -> dict[str, Any]:
        """Return the data."""
        return {
            "points": [[str(entry) for entry in point] for point in self.points],
            "labels": [str(label) for label in self.labels],
            "d": self.dimension,
        }


def _interpolate(labels: dict[fmpq, fmpq]) -> list[tuple[fmpq, fmpq]]:
    """Return kinks and output weights of ReLUs that fit labels on the line, from left to right.

    A unit that starts at one point corrects the value at the next, if it has to be corrected.
    """
    units: list[tuple[fmpq, fmpq]] = []
    before = None
    for place, label in sorted(labels.items()):
        kink = place - 1 if before is None else before
        value = sum((c * relu(place - b) for b, c in units), _ZERO)
        if value != label:
            units.append((kink, (label - value) / (place - kink)))
        before = place
    return units


def _alternations(labels: Sequence[fmpq]) -> int:
    """Return how many values of alternating sign follow each other at most."""
    signs = [label > 0 for label in labels if label]
    return int(bool(signs)) + sum(a != b for a, b in pairwise(signs))


def alternating(count: int, dimension: int = 1) -> Labelled:
    """Return points on a line, 0, 1, ... times one vector, with the labels 1 and -1 in turn."""
    vector = tuple(fmpq(i + 1) for i in range(dimension))
    return Labelled(
        tuple(tuple(k * entry for entry in vector) for k in range(count)),
        tuple(fmpq((-1) ** k) for k in range(count)),
        dimension,
    )


@st.composite
def labelled(draw: DrawFn) -> Labelled:
    """Draw at most six different points in dimension at most 3, with any labels."""
    dimension = draw(st.integers(1, 3))
    point = st.tuples(*[rationals(-4, 4, 3)] * dimension)
    points = draw(st.lists(point, max_size=6, unique_by=str))
    labels = draw(
        st.tuples(*[st.one_of(rationals(), st.sampled_from([_ONE, -_ONE]))] * len(points))
    )
    return Labelled(tuple(points), labels, dimension)
