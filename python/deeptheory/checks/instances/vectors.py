"""Vectors as tuples of exact rationals or balls."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TypeAlias

from flint import arb, fmpq

from deeptheory.formulas.rigorous import Number, square_root

__all__ = ["Matrix", "Vector", "add", "apply", "dot", "norm", "reflection", "scale", "subtract"]

Vector: TypeAlias = tuple[Number, ...]
Matrix: TypeAlias = tuple[Vector, ...]


def add(x: Vector, y: Vector) -> Vector:
    """Return x + y."""
    return tuple(a + b for a, b in zip(x, y, strict=True))


def subtract(x: Vector, y: Vector) -> Vector:
    """Return x - y."""
    return tuple(a - b for a, b in zip(x, y, strict=True))


def scale(factor: Number, x: Vector) -> Vector:
    """Return factor * x."""
    return tuple(factor * a for a in x)


def dot(x: Vector, y: Vector) -> Number:
    """Return the inner product."""
    return sum((a * b for a, b in zip(x, y, strict=True)), fmpq(0))


def norm(x: Vector) -> Number:
    """Return the Euclidean norm, exact where it is rational."""
    if len(x) == 1:
        return abs(x[0])
    square = dot(x, x)
    if isinstance(square, arb) and not square > 0:  # a ball that reaches below zero
        half = square.upper().sqrt() / 2
        return half + arb(0, half.upper())
    return square_root(square)


def apply(matrix: Matrix, x: Vector) -> Vector:
    """Return the product of a matrix and a vector."""
    return tuple(dot(row, x) for row in matrix)


def reflection(axis: Sequence[int]) -> Matrix:
    """Return the Householder reflection along a nonzero integer vector: rational, orthogonal.

    Examples
    --------
    >>> reflection([1, 1])
    ((0, -1), (-1, 0))
    """
    length = fmpq(sum(entry * entry for entry in axis))
    return tuple(
        tuple(fmpq(int(i == j)) - 2 * fmpq(a * b) / length for j, b in enumerate(axis))
        for i, a in enumerate(axis)
    )
