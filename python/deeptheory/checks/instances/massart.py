"""Finitely many vectors of values: what the check of Massart's lemma draws."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any, Protocol

from flint import arb, fmpq, fmpz
from hypothesis import strategies as st
from hypothesis.strategies import DrawFn

from deeptheory.checks.instances.rademacher import FiniteClass, finite_classes
from deeptheory.checks.instances.strategies import nonnegatives
from deeptheory.formulas.rigorous import Number, square_root

__all__ = ["Blocks", "FiniteFamily", "MassartInstance", "massart_instances"]

_ZERO = fmpq(0)


class MassartInstance(Protocol):
    """A finite family of vectors and a bound on their lengths."""

    @property
    def points(self) -> int:
        """The size of the sample."""

    @property
    def size(self) -> int:
        """The number of vectors, as is claimed."""

    @property
    def length(self) -> Number:
        """The bound on the lengths of the vectors, as is claimed."""

    @property
    def mean_length(self) -> Number:
        """The root of the mean of the squared lengths."""

    @property
    def complexity(self) -> Number:
        """The empirical Rademacher complexity."""

    @property
    def absolute_complexity(self) -> Number:
        """The complexity with absolute values around the mean."""

    def describe(self) -> dict[str, Any]:
        """Return the data."""


@dataclass(frozen=True)
class FiniteFamily:
    """The vectors of a finite class, in which one may occur more than once.

    Parameters
    ----------
    found : FiniteClass
        The class.
    slack : fmpq
        How much the bound on the lengths exceeds the largest length; negative where it is too
        small.
    more : int
        By how much the number of vectors claimed exceeds theirs; negative where it is too small.
    """

    found: FiniteClass
    slack: fmpq = _ZERO
    more: int = 0

    @property
    def points(self) -> int:
        """The size of the sample."""
        return self.found.points

    @property
    def size(self) -> int:
        """The number of vectors, as is claimed."""
        return len(self.found.vectors) + self.more

    @property
    def _squares(self) -> list[fmpq]:
        return [sum((value * value for value in v), fmpq(0)) for v in self.found.vectors]

    @property
    def length(self) -> Number:
        """The bound on the lengths of the vectors, as is claimed."""
        return square_root(max(self._squares)) + self.slack

    @property
    def mean_length(self) -> Number:
        """The root of the mean of the squared lengths."""
        return square_root(sum(self._squares, fmpq(0)) / len(self._squares))

    @property
    def complexity(self) -> fmpq:
        """The empirical Rademacher complexity."""
        return self.found.complexity

    @property
    def absolute_complexity(self) -> fmpq:
        """The complexity with absolute values around the mean."""
        return self.found.absolute_complexity

    def describe(self) -> dict[str, Any]:
        """Return the data."""
        return {**self.found.describe(), "r": _text(self.length), "N": self.size}


def _text(value: Number) -> str:
    return f"about {value.str(10, radius=False)}" if isinstance(value, arb) else str(value)


@dataclass(frozen=True)
class Blocks:
    """The indicators of ``size`` disjoint blocks of as many points each.

    Their signed sums are independent, so that the average of the largest one has a formula, for
    any number of blocks.

    Parameters
    ----------
    size : int
        The number of blocks, at least one.
    block : int
        The number of points of a block, at least one.
    """

    size: int
    block: int

    @property
    def points(self) -> int:
        """The size of the sample."""
        return self.size * self.block

    @property
    def length(self) -> Number:
        """The length of the vectors."""
        return square_root(fmpq(self.block))

    @property
    def mean_length(self) -> Number:
        """The root of the mean of the squared lengths: all are equal."""
        return self.length

    def _tails(self) -> Iterator[tuple[int, fmpq]]:
        """Yield each value ``t`` of a signed sum of a block but the largest, with P(sum > t)."""
        above, ways = fmpz(2) ** self.block, fmpz(1)
        total = fmpz(2) ** self.block
        for k in range(self.block):
            above -= ways
            ways = ways * (self.block - k) // (k + 1)
            yield 2 * k - self.block, fmpq(above, total)

    @property
    def complexity(self) -> Number:
        """The complexity: the mean of the largest of independent signed sums, over the points."""
        if self.size == 1:
            return fmpq(0)
        below = (_power(tail, self.size) for _, tail in self._tails())
        return (self.block - 2 * sum(below, arb(0))) / self.points

    @property
    def absolute_complexity(self) -> arb:
        """The complexity with absolute values around the mean."""
        below = (_power(2 * tail, self.size) for t, tail in self._tails() if t >= 0)
        return (self.block - 2 * sum(below, arb(0))) / self.points

    def describe(self) -> dict[str, Any]:
        """Return the data."""
        return {"disjoint blocks": str(self.size), "points of a block": self.block}


def _power(tail: fmpq, exponent: int) -> arb:
    """Return ``(1 - tail) ** exponent`` without loss of digits."""
    log = (-arb(tail)).log1p() if 2 * tail < 1 else arb(1 - tail).log()
    return (exponent * log).exp()


@st.composite
def massart_instances(draw: DrawFn) -> FiniteFamily | Blocks:
    """Draw a finite family, exactly or generously described, or disjoint blocks."""
    if draw(st.integers(0, 4)) == 4:
        return Blocks(draw(st.sampled_from([1, 2, 5, 40, 10**6, 10**30])), draw(st.integers(1, 60)))
    slack = draw(st.one_of(st.just(fmpq(0)), nonnegatives()))
    return FiniteFamily(draw(finite_classes()), slack, draw(st.sampled_from([0, 0, 1, 3])))
