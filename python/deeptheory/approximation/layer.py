"""Affine layers with rational weights and biases."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import TypeAlias

from flint import fmpq

__all__ = ["Layer", "Vector"]

Vector: TypeAlias = tuple[fmpq, ...]

_ZERO, _ONE = fmpq(0), fmpq(1)


@dataclass(frozen=True)
class Layer:
    """An affine map ``x -> W x + b`` between spaces of any dimensions, zero among them.

    Parameters
    ----------
    weight : tuple of tuple of fmpq
        The weights, one row for each output.
    bias : tuple of fmpq
        The biases, one for each output.
    inputs : int
        The number of inputs.

    Raises
    ------
    ValueError
        Where the sizes do not fit.
    """

    weight: tuple[Vector, ...]
    bias: Vector
    inputs: int

    def __post_init__(self) -> None:
        if len(self.weight) != len(self.bias) or {len(row) for row in self.weight} - {self.inputs}:
            raise ValueError(
                f"A layer with {self.inputs} inputs and {len(self.bias)} outputs needs as many "
                "rows as outputs, each as long as there are inputs."
            )

    @classmethod
    def of(cls, weight: Sequence[Iterable[fmpq | int]], bias: Iterable[fmpq | int]) -> Layer:
        """Return the layer with the given rows, of which there is at least one, and biases."""
        rows = tuple(tuple(fmpq(entry) for entry in row) for row in weight)
        return cls(rows, tuple(fmpq(entry) for entry in bias), len(rows[0]))

    @classmethod
    def identity(cls, n: int) -> Layer:
        """Return the identity on n numbers (``Layer.id``)."""
        return cls.select(range(n), n)

    @classmethod
    def select(cls, chosen: Iterable[int], inputs: int) -> Layer:
        """Return the layer whose outputs are the inputs with the given places."""
        rows = tuple(tuple(_ONE if j == i else _ZERO for j in range(inputs)) for i in chosen)
        return cls(rows, (_ZERO,) * len(rows), inputs)

    @classmethod
    def split(cls, n: int) -> Layer:
        """Return the layer from n numbers to these and their opposites."""
        return cls.identity(n).stack(cls.identity(n).scale(-_ONE))

    @classmethod
    def join(cls, n: int) -> Layer:
        """Return the layer from 2 n numbers to the first half minus the second one."""
        return cls.identity(n).add_side(cls.identity(n).scale(-_ONE))

    @property
    def outputs(self) -> int:
        """The number of outputs."""
        return len(self.bias)

    @property
    def parameters(self) -> int:
        """The number of weights and biases."""
        return self.outputs * (self.inputs + 1)

    @property
    def entries(self) -> list[fmpq]:
        """All weights and biases."""
        return [*(entry for row in self.weight for entry in row), *self.bias]

    @property
    def nonzero(self) -> int:
        """The number of weights and biases other than zero."""
        return sum(entry != 0 for entry in self.entries)

    def linear(self, x: Sequence[fmpq]) -> Vector:
        """Return the image of a vector without the biases."""
        return tuple(
            sum((w * t for w, t in zip(row, x, strict=True) if w), _ZERO) for row in self.weight
        )

    def __call__(self, x: Sequence[fmpq]) -> Vector:
        """Return the image of a vector."""
        return tuple(y + b for y, b in zip(self.linear(x), self.bias, strict=True))

    def comp(self, first: Layer) -> Layer:
        """Return this layer after another one, merged into one."""
        columns = [self.linear([row[j] for row in first.weight]) for j in range(first.inputs)]
        rows = tuple(tuple(column[i] for column in columns) for i in range(self.outputs))
        return Layer(rows, self(first.bias), first.inputs)

    def scale(self, factor: fmpq) -> Layer:
        """Return the layer with all outputs multiplied by a number."""
        rows = tuple(tuple(factor * entry for entry in row) for row in self.weight)
        return Layer(rows, tuple(factor * entry for entry in self.bias), self.inputs)

    def add(self, other: Layer) -> Layer:
        """Return the sum of two layers with the same inputs."""
        rows = tuple(_sum(v, w) for v, w in zip(self.weight, other.weight, strict=True))
        return Layer(rows, _sum(self.bias, other.bias), self.inputs)

    def stack(self, other: Layer) -> Layer:
        """Return two layers with the same inputs, one output after the other."""
        return Layer(self.weight + other.weight, self.bias + other.bias, self.inputs)

    def side(self, other: Layer) -> Layer:
        """Return two layers next to each other, each with its own inputs."""
        above = tuple(row + (_ZERO,) * other.inputs for row in self.weight)
        below = tuple((_ZERO,) * self.inputs + row for row in other.weight)
        return Layer(above + below, self.bias + other.bias, self.inputs + other.inputs)

    def add_side(self, other: Layer) -> Layer:
        """Return the sum of two layers, each with its own inputs."""
        rows = tuple(v + w for v, w in zip(self.weight, other.weight, strict=True))
        return Layer(rows, _sum(self.bias, other.bias), self.inputs + other.inputs)


def _sum(v: Vector, w: Vector) -> Vector:
    return tuple(a + b for a, b in zip(v, w, strict=True))
