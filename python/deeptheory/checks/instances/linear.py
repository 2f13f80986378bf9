"""Inputs and bounds on the weights: what the checks of linear classes draw."""

from __future__ import annotations

from dataclasses import dataclass
from itertools import combinations
from math import isqrt
from typing import Any

from flint import fmpq
from hypothesis import strategies as st
from hypothesis.strategies import DrawFn

from deeptheory.checks.instances.rademacher import (
    Values,
    l1_complexity,
    l2_complexity,
    sign_vectors,
)
from deeptheory.checks.instances.strategies import directions, nonnegatives, rationals
from deeptheory.formulas.rigorous import Number, square_root

__all__ = ["LinearSample", "along_axes", "bounded_coordinates", "bounded_norms", "sign_inputs"]


@dataclass(frozen=True)
class LinearSample:
    """A sample of inputs and a bound on the weights of the linear functions.

    Parameters
    ----------
    weight : fmpq
        The bound on the weights, not negative.
    inputs : tuple of tuple of fmpq
        The inputs, at least one.
    size : fmpq
        The bound claimed on the inputs: on their norms or on their coordinates.
    claimed : int, optional
        The number of coordinates claimed; the exact one by default.
    """

    weight: fmpq
    inputs: tuple[Values, ...]
    size: fmpq
    claimed: int | None = None

    @property
    def n(self) -> int:
        """The size of the sample."""
        return len(self.inputs)

    @property
    def d(self) -> int:
        """The number of coordinates."""
        return len(self.inputs[0]) if self.claimed is None else self.claimed

    @property
    def squares(self) -> list[fmpq]:
        """The squared norms of the inputs."""
        return [_dot(x, x) for x in self.inputs]

    @property
    def mean_norm(self) -> Number:
        """The mean norm of the inputs."""
        return sum((square_root(square) for square in self.squares), fmpq(0)) / self.n

    @property
    def largest_coordinate(self) -> fmpq:
        """The largest absolute value of a coordinate."""
        return max(abs(value) for x in self.inputs for value in x)

    @property
    def mean_coordinate(self) -> fmpq:
        """The mean absolute value of the coordinates."""
        return sum((abs(v) for x in self.inputs for v in x), fmpq(0)) / (
            self.n * len(self.inputs[0])
        )

    def l2(self) -> Number:
        """Return the complexity for weights of bounded Euclidean norm."""
        return l2_complexity(self.weight, self.inputs)

    def l1(self) -> fmpq:
        """Return the complexity for weights of bounded absolute sum."""
        return l1_complexity(self.weight, self.inputs)

    def describe(self) -> dict[str, Any]:
        """Return the data; of many coordinates the first few."""
        inputs = [[str(value) for value in x[:16]] for x in self.inputs]
        described: dict[str, Any] = {"B": str(self.weight), "X": str(self.size)}
        return {**described, "n": self.n, "d": self.d, "inputs": inputs}


def _dot(x: Values, y: Values) -> fmpq:
    return sum((a * b for a, b in zip(x, y, strict=True)), fmpq(0))


def along_axes(weight: fmpq, lengths: tuple[fmpq, ...]) -> LinearSample:
    """Return inputs along the axes with the given lengths, of which the first is the largest."""
    n = len(lengths)
    inputs = tuple(tuple(lengths[j] if k == j else fmpq(0) for k in range(n)) for j in range(n))
    return LinearSample(weight, inputs, lengths[0])


def sign_inputs(weight: fmpq, size: fmpq, n: int) -> LinearSample:
    """Return ``n`` inputs whose ``2 ** (n - 1)`` coordinates are all signs that begin with plus."""
    columns = [vector for vector in sign_vectors(n).vectors if vector[0] > 0]
    inputs = tuple(tuple(size * column[j] for column in columns) for j in range(n))
    return LinearSample(weight, inputs, size)


@st.composite
def bounded_norms(draw: DrawFn) -> LinearSample:
    """Draw inputs with a rational bound on their norms, and weights of bounded norm.

    Where the bound of the theorem would be attained by an irrational number, which balls cannot
    tell, the bound on the norms is made larger.
    """
    n, d = draw(st.integers(1, 5)), draw(st.integers(1, 3))
    if draw(st.booleans()):
        lengths = draw(st.tuples(*[nonnegatives()] * n))
        inputs = tuple(tuple(length * entry for entry in draw(directions(d))) for length in lengths)
        size = max(lengths)
    else:
        inputs = draw(st.tuples(*[st.tuples(*[rationals()] * d)] * n))
        size = _root_above(max(_dot(x, x) for x in inputs))
    sample = LinearSample(draw(nonnegatives()), inputs, size)
    orthogonal = all(_dot(x, y) == 0 for x, y in combinations(inputs, 2))
    if orthogonal and n in (2, 3, 5) and min(sample.squares) == size * size:
        return LinearSample(sample.weight, inputs, size + 1)
    return sample


def _root_above(square: fmpq) -> fmpq:
    """Return a rational number close to a square root and not below it."""
    fine = 64
    low = int((square * fine * fine).ceil()) - 1
    return fmpq(isqrt(low) + 1, fine) if low >= 0 else fmpq(0)


@st.composite
def bounded_coordinates(draw: DrawFn) -> LinearSample:
    """Draw inputs with a bound on their coordinates, and weights of bounded absolute sum."""
    n, d = draw(st.integers(1, 6)), draw(st.integers(1, 5))
    entries = draw(st.sampled_from([rationals(), st.sampled_from([fmpq(-1), fmpq(1)])]))
    inputs = draw(st.tuples(*[st.tuples(*[entries] * d)] * n))
    slack = draw(st.one_of(st.just(fmpq(0)), nonnegatives()))
    sample = LinearSample(draw(nonnegatives()), inputs, fmpq(0))
    return LinearSample(sample.weight, inputs, sample.largest_coordinate + slack)
