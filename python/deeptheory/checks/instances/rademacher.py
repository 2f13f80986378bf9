"""Empirical Rademacher complexities, exactly: by looking at all vectors of signs.

The functions of a class matter by their values on the sample alone, so that a finite class is a
set of vectors.  Linear functions with weights in a ball are given by the largest inner product,
which is a norm of the signed sum of the inputs.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from functools import cached_property
from itertools import product
from math import lcm
from typing import Any, TypeAlias

from flint import fmpq
from hypothesis import strategies as st
from hypothesis.strategies import DrawFn, SearchStrategy

from deeptheory.checks.instances.strategies import rationals
from deeptheory.formulas.rigorous import Number, square_root

__all__ = [
    "MAX_SIGNS",
    "FiniteClass",
    "Values",
    "finite_classes",
    "l1_complexity",
    "l2_complexity",
    "rademacher",
    "rademacher_of_absolute",
    "sign_vectors",
    "signed_sums",
    "with_zero",
]

Values: TypeAlias = tuple[fmpq, ...]
"""The values of one function on the sample, or the coordinates of one input."""

MAX_SIGNS = 12
"""The largest sample: it has 4096 vectors of signs."""


def signed_sums(values: Sequence[Any]) -> list[Any]:
    """Return the sums of the values with signs, for all vectors of signs in one fixed order.

    Parameters
    ----------
    values : sequence of int or fmpq
        The ``n`` values, at most `MAX_SIGNS`.

    Returns
    -------
    list
        The ``2 ** n`` sums; the first sign varies slowest and plus comes first.

    Raises
    ------
    ValueError
        Where there are too many values to look at all signs.

    Examples
    --------
    >>> signed_sums([1, 10])
    [11, -9, 9, -11]
    """
    if len(values) > MAX_SIGNS:
        raise ValueError(f"A sample has {len(values)} points, more than {MAX_SIGNS}.")
    sums: list[Any] = [0]
    for value in values:
        sums = [total for old in sums for total in (old + value, old - value)]
    return sums


def _points(vectors: Sequence[Values]) -> int:
    """Return the number of points of the sample, the same for all functions of a class."""
    if not vectors:
        raise ValueError("A class without functions has no complexity.")
    if len({len(vector) for vector in vectors}) != 1:
        raise ValueError("The functions of a class have values on different numbers of points.")
    return len(vectors[0])


def _average_of_largest(vectors: Sequence[Values], measure: Callable[[int], int]) -> fmpq:
    """Average, over the signs, the largest measure of a signed sum; then divide by the points."""
    n = _points(vectors)
    if n == 0:
        return fmpq(0)
    common = lcm(*(int(value.q) for vector in vectors for value in vector))
    whole = {tuple(int((value * common).p) for value in vector) for vector in vectors}
    largest = map(max, zip(*(map(measure, signed_sums(vector)) for vector in whole), strict=True))
    return fmpq(sum(largest), common * n * 2**n)


def rademacher(vectors: Sequence[Values]) -> fmpq:
    """Return the empirical Rademacher complexity of a finite class, exactly.

    That is the average over all vectors of ``n`` signs of the largest mean of sign times value.

    Parameters
    ----------
    vectors : sequence of tuple of fmpq
        The values of each function on the ``n`` points of the sample.

    Raises
    ------
    ValueError
        Where there is no function, where the functions have values on different numbers of points,
        or where these are more than `MAX_SIGNS`.

    Examples
    --------
    >>> rademacher([(fmpq(0), fmpq(0)), (fmpq(1), fmpq(1))])
    1/4
    """
    return _average_of_largest(vectors, int)


def rademacher_of_absolute(vectors: Sequence[Values]) -> fmpq:
    """Return the same with the absolute value of the mean: the complexity of the convex hull.

    It is the complexity of the class of all functions and their negatives, and of all linear
    combinations with weights whose absolute values sum to at most one.
    """
    return _average_of_largest(vectors, abs)


def _columns(inputs: Sequence[Values]) -> list[Values]:
    _points(inputs)
    return list(zip(*inputs, strict=True))


def l2_complexity(weight: fmpq, inputs: Sequence[Values]) -> Number:
    """Return the complexity of the linear functions with weights of Euclidean norm at most a bound.

    That is the bound times the average norm of the signed sum of the inputs, over their number.

    Parameters
    ----------
    weight : fmpq
        The bound on the norm of the weights, not negative.
    inputs : sequence of tuple of fmpq
        The ``n`` inputs, at least one, each a vector of ``d`` numbers.

    Returns
    -------
    fmpq or arb
        The complexity, exact where all norms are rational.
    """
    n = len(inputs)
    squares = [fmpq(0)] * 2**n
    for column in _columns(inputs):
        squares = [old + s * s for old, s in zip(squares, signed_sums(column), strict=True)]
    norms: Number = sum(
        (count * square_root(fmpq(*square)) for square, count in _counted(squares)), fmpq(0)
    )
    return weight * norms / (n * 2**n)


def _counted(values: Sequence[fmpq]) -> list[tuple[tuple[int, int], int]]:
    """Count equal fractions."""
    return list(Counter((int(value.p), int(value.q)) for value in values).items())


def l1_complexity(weight: fmpq, inputs: Sequence[Values]) -> fmpq:
    """Return the complexity of the linear functions with weights of bounded absolute sum, exactly.

    That is the bound times the average largest coordinate, in absolute value, of the signed sum of
    the inputs, over their number: the extreme points of the ball are multiples of unit vectors.

    Parameters
    ----------
    weight : fmpq
        The bound on the sum of the absolute values of the weights, not negative.
    inputs : sequence of tuple of fmpq
        The ``n`` inputs, at least one, each a vector of ``d >= 1`` numbers.
    """
    return weight * rademacher_of_absolute(_columns(inputs))


# Finite classes


@dataclass(frozen=True)
class FiniteClass:
    """A finite class of functions, by their values on the sample.

    Parameters
    ----------
    vectors : tuple of tuple of fmpq
        The values of each function.
    name : str
        What they are, for the report.
    """

    vectors: tuple[Values, ...]
    name: str = "functions"

    @property
    def points(self) -> int:
        """The number of points of the sample."""
        return _points(self.vectors)

    @cached_property
    def complexity(self) -> fmpq:
        """The empirical Rademacher complexity."""
        return rademacher(self.vectors)

    @cached_property
    def absolute_complexity(self) -> fmpq:
        """The complexity with absolute values around the mean."""
        return rademacher_of_absolute(self.vectors)

    def map(self, function: Callable[[int, fmpq], fmpq]) -> FiniteClass:
        """Apply a function of the point's number and the value."""
        vectors = (tuple(function(j, v) for j, v in enumerate(vector)) for vector in self.vectors)
        return FiniteClass(tuple(vectors), self.name)

    def describe(self) -> dict[str, Any]:
        """Return the values; of many functions the first few."""
        shown = [[str(value) for value in vector] for vector in self.vectors[:16]]
        return {"class": self.name, "functions": len(self.vectors), "values": shown}


def with_zero(*functions: Sequence[Any]) -> FiniteClass:
    """Return the zero function together with the functions that have the given values."""
    vectors = [tuple(fmpq(value) for value in values) for values in functions]
    return FiniteClass(((fmpq(0),) * len(vectors[0]), *vectors), "zero and others")


def sign_vectors(n: int) -> FiniteClass:
    """Return all functions with values plus one and minus one on ``n`` points."""
    vectors = product((fmpq(1), fmpq(-1)), repeat=n)
    return FiniteClass(tuple(vectors), f"all signs on {n} points")


_VALUES: list[SearchStrategy[fmpq]] = [
    st.sampled_from([fmpq(-1), fmpq(1)]),
    st.sampled_from([fmpq(0), fmpq(1)]),
    rationals(),
    rationals(0),
]


@st.composite
def _vectors(draw: DrawFn, n: int, max_size: int) -> tuple[Values, ...]:
    value = _VALUES[draw(st.integers(0, len(_VALUES) - 1))]
    size = draw(st.integers(1, max_size))
    return tuple(tuple(draw(value) for _ in range(n)) for _ in range(size))


@st.composite
def finite_classes(
    draw: DrawFn, *, max_points: int = 5, max_size: int = 6, zero: bool = False
) -> FiniteClass:
    """Draw a finite class: signs, zeros and ones, or rationals.

    Parameters
    ----------
    draw : callable
        Given by Hypothesis.
    max_points, max_size : int
        The largest sample, and the largest number of functions.
    zero : bool
        Whether there is the zero function as well.
    """
    n = draw(st.integers(1, max_points))
    if draw(st.integers(0, 3)) == 3:
        found = sign_vectors(min(n, 4))
    else:
        found = FiniteClass(draw(_vectors(n, max_size)))
    return with_zero(*found.vectors) if zero else found
