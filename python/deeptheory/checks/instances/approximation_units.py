"""How many hidden units fit labels or a Boolean function: the least number, or an enclosure.

From above it is the number of units of a network that is built and evaluated at every point.  From
below it is what no smaller network can do: a sum of ``n`` ReLUs along one line has at most ``n``
values of alternating sign; two threshold units compute a function that is a difference of two
threshold functions, or the negation of such a one; and one unit computes none where the sum of two
inputs at which the function is true is that of two at which it is false.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from functools import cache, cached_property
from itertools import combinations, combinations_with_replacement, pairwise, product
from typing import Any

from flint import arb, fmpq, fmpq_mat
from hypothesis import strategies as st
from hypothesis.strategies import DrawFn, SearchStrategy

from deeptheory.checks.instances.strategies import rationals
from deeptheory.checks.instances.vectors import dot, subtract
from deeptheory.formulas.rigorous import Number

__all__ = [
    "Labelled",
    "TruthFunction",
    "alternating",
    "enclosed",
    "indicator",
    "labelled",
    "parity",
    "threshold_functions",
    "truth_functions",
    "truth_table",
]

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


# Labels


def _rectified(t: fmpq) -> fmpq:
    return t if t > 0 else _ZERO


@dataclass(frozen=True)
class Labelled:
    """Points with labels.

    Parameters
    ----------
    points : tuple of tuple of fmpq
        The points, all of the same dimension.
    labels : tuple of fmpq
        Their labels.
    """

    points: tuple[tuple[fmpq, ...], ...]
    labels: tuple[fmpq, ...]
    dimension: int

    @property
    def consistent(self) -> bool:
        """Whether no point has two labels."""
        return len(dict(zip(self.points, self.labels, strict=True))) == len(
            set(zip(self.points, self.labels, strict=True))
        )

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
        biases, weights = parameters[:units], parameters[units : 2 * units]
        read = dot(tuple(parameters[2 * units :]), tuple(point))
        return sum((c * _rectified(read - b) for b, c in zip(biases, weights, strict=True)), _ZERO)

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
        value = sum((c * _rectified(place - b) for b, c in units), _ZERO)
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


# Truth functions


@cache
def threshold_functions(inputs: int) -> frozenset[int]:
    """Return the functions of at most three inputs that one threshold unit computes.

    Each is a number whose binary digits are its values, that at the input zero being the last one.
    """
    found = set()
    for weights in product(range(-2, 3), repeat=inputs):
        sums = [sum(w * bit for w, bit in zip(weights, x, strict=True)) for x in _points(inputs)]
        for level in range(-3 * inputs, 3 * inputs + 1):
            found.add(sum(1 << k for k, total in enumerate(sums) if total >= level))
    return frozenset(found)


@cache
def _two_units(inputs: int) -> frozenset[int]:
    """Return the functions that two threshold units or fewer compute, for three inputs at most."""
    functions, every = threshold_functions(inputs), (1 << 2**inputs) - 1
    inside = {b & ~a for a in functions for b in functions if a & b == a}
    return frozenset(inside | {every & ~f for f in inside})


@cache
def _points(inputs: int) -> tuple[tuple[int, ...], ...]:
    """Return all inputs; the first entry is the last binary digit of the place."""
    return tuple(tuple(k >> i & 1 for i in range(inputs)) for k in range(2**inputs))


@dataclass(frozen=True)
class TruthFunction:
    """A Boolean function of at least one and at most four inputs.

    Parameters
    ----------
    values : tuple of bool
        The values; the binary digits of the place are the inputs.
    """

    values: tuple[bool, ...]

    @property
    def inputs(self) -> int:
        """The number of inputs."""
        return len(self.values).bit_length() - 1

    @property
    def contradiction(self) -> tuple[tuple[int, ...], ...] | None:
        """Two inputs where it is true and two where it is false, with the same sum.

        They contradict the inequalities of a single threshold unit.
        """
        sums: list[dict[tuple[int, ...], tuple[tuple[int, ...], ...]]] = []
        for wanted in (True, False):
            chosen = [
                x for x, v in zip(_points(self.inputs), self.values, strict=True) if v == wanted
            ]
            pairs = combinations_with_replacement(chosen, 2)
            sums.append({tuple(a + b for a, b in zip(x, y, strict=True)): (x, y) for x, y in pairs})
        shared = next((total for total in sums[0] if total in sums[1]), None)
        return None if shared is None else (*sums[0][shared], *sums[1][shared])

    @cached_property
    def unit(self) -> tuple[tuple[int, ...], int] | None:
        """The weights and the bias of one threshold unit that computes it, if there is one."""
        if self.contradiction is not None:
            return None
        # For so few inputs nothing else can be in the way, so that this ends.
        weights, bias = [0] * self.inputs, 0
        while True:
            for x, value in zip(_points(self.inputs), self.values, strict=True):
                if (sum(w * bit for w, bit in zip(weights, x, strict=True)) + bias >= 0) != value:
                    sign = 1 if value else -1
                    weights = [w + sign * bit for w, bit in zip(weights, x, strict=True)]
                    bias += sign
                    break
            else:
                return tuple(weights), bias

    def selector(self, wanted: bool) -> list[tuple[tuple[int, ...], int, int]]:
        """Return weights, bias and output weight of a unit for each input with a given value."""
        return [
            (tuple(2 * bit - 1 for bit in x), -sum(x), 1 if wanted else -1)
            for x, value in zip(_points(self.inputs), self.values, strict=True)
            if value == wanted
        ]

    def _levels(self) -> list[tuple[tuple[int, ...], int, int]] | None:
        """Return units that count the true inputs, where the function depends on nothing else."""
        by_count: dict[int, bool] = {}
        for x, value in zip(_points(self.inputs), self.values, strict=True):
            if by_count.setdefault(sum(x), value) != value:
                return None
        return [
            ((1,) * self.inputs, -k, by_count[k] - by_count[k - 1])
            for k in range(1, self.inputs + 1)
            if by_count[k] != by_count[k - 1]
        ]

    @cached_property
    def network(self) -> tuple[list[tuple[tuple[int, ...], int, int]], int]:
        """The smallest network found: weights, bias, output weight of each unit; output bias."""
        if self.unit is not None and len(set(self.values)) == 2:
            return [(*self.unit, 1)], 0
        found = [(self.selector(True), 0), (self.selector(False), 1)]
        levels = self._levels()
        if levels is not None:
            found.append((levels, int(self.values[0])))
        return min(found, key=lambda network: len(network[0]))

    def output(self, x: Sequence[int]) -> int:
        """Evaluate the network."""
        units, bias = self.network
        return bias + sum(
            c
            for weights, b, c in units
            if sum(w * bit for w, bit in zip(weights, x, strict=True)) + b >= 0
        )

    @cached_property
    def fewest(self) -> int:
        """A number of threshold units below which no network with one layer computes it."""
        if len(set(self.values)) == 1:
            return 0
        if self.unit is not None:
            return 1
        if self.inputs <= 3:
            code = sum(1 << k for k, value in enumerate(self.values) if value)
            return 2 if code in _two_units(self.inputs) else 3
        return max(restricted.fewest for restricted in self.restrictions())

    def restrictions(self) -> list[TruthFunction]:
        """Return the function with one of its inputs fixed, in all ways."""
        return [
            TruthFunction(
                tuple(
                    value
                    for x, value in zip(_points(self.inputs), self.values, strict=True)
                    if x[i] == bit
                )
            )
            for i in range(self.inputs)
            for bit in (0, 1)
        ]

    @property
    def least(self) -> Number:
        """The least number of threshold units, exactly or enclosed.

        Raises
        ------
        AssertionError
            Where the network that was built computes another function.
        """
        for x, value in zip(_points(self.inputs), self.values, strict=True):
            if self.output(x) != int(value):
                raise AssertionError("The network computes another function.")
        return enclosed(self.fewest, len(self.network[0]))

    @property
    def affine(self) -> bool:
        """Whether it is an affine function of its inputs, as numbers."""
        rows = [[1, *x] for x in _points(self.inputs)]
        extended = [[*row, int(v)] for row, v in zip(rows, self.values, strict=True)]
        return bool(fmpq_mat(rows).rank() == fmpq_mat(extended).rank())

    def describe(self) -> dict[str, Any]:
        """Return the inputs at which it is true."""
        chosen = [x for x, v in zip(_points(self.inputs), self.values, strict=True) if v]
        return {"inputs": self.inputs, "true at": ["".join(map(str, x)) for x in chosen]}


def truth_table(inputs: int, code: int) -> TruthFunction:
    """Return a function from the binary digits of a number, as in `threshold_functions`."""
    return TruthFunction(tuple(bool(code >> k & 1) for k in range(2**inputs)))


def parity(inputs: int) -> TruthFunction:
    """Return whether the number of true inputs is odd: the exclusive or, for two."""
    return TruthFunction(tuple(sum(x) % 2 == 1 for x in _points(inputs)))


def indicator(inputs: int) -> TruthFunction:
    """Return the conjunction of all inputs."""
    return TruthFunction(tuple(all(x) for x in _points(inputs)))


@cache
def truth_functions() -> SearchStrategy[TruthFunction]:
    """Draw any function of at most four inputs."""
    return st.integers(1, 4).flatmap(
        lambda inputs: st.builds(
            lambda code: truth_table(inputs, code), st.integers(0, (1 << 2**inputs) - 1)
        )
    )
