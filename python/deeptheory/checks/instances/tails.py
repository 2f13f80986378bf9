"""The lower tail of the mean of quantities between 0 and 1, exactly."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cached_property
from typing import Any

from flint import fmpq
from hypothesis import strategies as st
from hypothesis.strategies import DrawFn

from deeptheory.checks.instances.deviations import MeanDeviation
from deeptheory.checks.instances.laws import Law, coins, laws
from deeptheory.checks.instances.sampled import Sampled

__all__ = ["LowerTail", "lower_tails"]


@dataclass(frozen=True)
class LowerTail(Sampled):
    """The mean of a quantity over several draws, and how small it is to be.

    Parameters
    ----------
    law, n, copies : Law, int, bool
        The draws, as in `Sampled`.
    values : tuple of fmpq
        The quantity at each point, between 0 and 1.
    q : fmpq
        The mean is to be at most this.
    claimed : fmpq, optional
        What is claimed to be the expectation; the exact one by default.
    """

    q: fmpq
    claimed: fmpq | None = None

    @property
    def p(self) -> fmpq:
        """The expectation claimed."""
        return self.mean if self.claimed is None else self.claimed

    @cached_property
    def probability(self) -> fmpq:
        """The probability of a mean of at most q, exactly."""
        return self._mirrored(self.mean - self.q).probability

    @cached_property
    def upper(self) -> fmpq:
        """The probability that the mean is above its expectation by as much as q is below it."""
        e = self.mean - self.q
        return MeanDeviation(self.law, self.values, self.n, e, copies=self.copies).probability

    @cached_property
    def two_sided(self) -> fmpq:
        """The probability of a mean that is as far from the expectation as q, on either side."""
        return self.probability + self.upper if self.q < self.mean else fmpq(1)

    def _mirrored(self, e: fmpq) -> MeanDeviation:
        """Return the deviation of 1 - f, with the points in reverse order: coins stay coins."""
        return MeanDeviation(
            Law(self.law.masses[::-1]),
            tuple(1 - value for value in reversed(self.values)),
            self.n,
            e,
            copies=self.copies,
        )

    def describe(self) -> dict[str, Any]:
        """Return the data."""
        return self.told(q=str(self.q), p=str(self.p))


@st.composite
def lower_tails(draw: DrawFn) -> LowerTail:
    """Draw independent draws and a mean below their expectation that they attain.

    The expectation lies strictly between 0 and 1.  Where the mean attained is zero a small
    number takes its place: the formula of the bound has no value there, by itself.
    """
    law = draw(st.one_of(coins(), laws()))
    unit = draw(st.sampled_from([1, 2, 7]))
    values = draw(st.tuples(*[st.integers(0, unit).map(lambda top: fmpq(top, unit))] * law.size))
    p = law.expect(values)
    if p in (0, 1):
        values = (fmpq(1, 3),) * law.size
        p = fmpq(1, 3)
    most = draw(st.sampled_from([2, 20]))
    counts = draw(st.lists(st.integers(0, most), min_size=law.size, max_size=law.size))
    counts = counts if any(counts) else [1] * law.size
    n = sum(counts)
    q = sum((c * v for c, v in zip(counts, values, strict=True)), fmpq(0)) / n
    if q > p:
        values, p, q = tuple(1 - v for v in values), 1 - p, 1 - q
    return LowerTail(law, values, n, q or p / draw(st.sampled_from([10, 10**6])))
