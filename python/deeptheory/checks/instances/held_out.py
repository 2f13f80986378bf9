"""A quantity on fresh draws, such as the loss of one hypothesis on a test set, at a quantile."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from functools import cached_property
from typing import Any

from flint import fmpq
from hypothesis import strategies as st
from hypothesis.strategies import DrawFn

from deeptheory.checks.instances.kl_inverse import binary_kl
from deeptheory.checks.instances.laws import Law, coins, laws, sums
from deeptheory.checks.instances.sampled import Sampled
from deeptheory.checks.instances.uniform import DELTAS
from deeptheory.formulas.rigorous import Number, ball

__all__ = ["HeldOut", "error_counts", "held_out", "no_errors"]

_ZERO, _ONE = fmpq(0), fmpq(1)


@dataclass(frozen=True)
class HeldOut(Sampled):
    """Draws of a quantity, and the probability that a bound on its expectation may fail with.

    Parameters
    ----------
    law, n, copies : Law, int, bool
        The draws, as in `Sampled`.
    values : tuple of fmpq
        The quantity at each point, between 0 and 1.
    delta : fmpq
        The probability that is left, positive.
    """

    delta: fmpq

    @property
    def p(self) -> fmpq:
        """The expectation."""
        return self.mean

    @cached_property
    def sums(self) -> Sequence[tuple[fmpq, fmpq]]:
        """The sums that occur, in order, and their probabilities."""
        return sums(self.law, self.values, self.n, copies=self.copies)

    def least(self, delta: fmpq | None = None) -> fmpq:
        """Return the least sum but for samples of probability at most ``delta``.

        A bound that grows with the sum holds with probability ``1 - delta`` exactly where it holds
        at this sum.

        Parameters
        ----------
        delta : fmpq, optional
            The probability that is left; the instance's own by default.
        """
        allowed = self.delta if delta is None else delta
        below = _ZERO
        for total, chance in self.sums:
            below += chance
            if below > allowed:
                return total
        return self.sums[-1][0]

    def entropy(self, total: fmpq) -> Number:
        """Return how far a sum is below its expectation, as a relative entropy of two coins.

        A mean that is no probability counts as 0, and so does an expectation that is none.
        """
        q, p = total / self.n, self.p
        return binary_kl(q, p) if 0 <= q < p < 1 else _ZERO

    def entropy_to_both_sides(self) -> Number:
        """Return the relative entropy at the quantile, for sums on either side of the mean."""
        sides = [
            (binary_kl(total / self.n, self.p) if 0 < self.p < 1 else _ZERO, chance)
            for total, chance in self.sums
        ]
        below = _ZERO
        for entropy, chance in sorted(sides, key=lambda side: ball(side[0]).mid(), reverse=True):
            below += chance
            if below > self.delta:
                return entropy
        return _ZERO

    def describe(self) -> dict[str, Any]:
        """Return the data."""
        return self.told(delta=str(self.delta))


def no_errors(law: Law, n: int, part: fmpq = _ONE) -> HeldOut:
    """Return throws of a coin, and a multiple of the probability of no head as ``delta``.

    Parameters
    ----------
    law : Law
        The coin.
    n : int
        The number of throws.
    part : fmpq, optional
        What that probability is multiplied by.
    """
    return HeldOut(law, (_ZERO, _ONE), n, part * law.weights[0] ** n)


# Strategies


@st.composite
def error_counts(draw: DrawFn) -> HeldOut:
    """Draw up to 60 throws of a coin, or draws from at most four points that are errors or not."""
    law = draw(st.one_of(coins(), laws()))
    values = (_ZERO, _ONE)
    if law.size != 2:
        values = draw(st.tuples(*[st.sampled_from(values)] * law.size))
    return HeldOut(law, values, draw(st.integers(1, 60)), draw(st.sampled_from(DELTAS)))


@st.composite
def held_out(draw: DrawFn) -> HeldOut:
    """Draw errors, or up to twelve draws of any quantity in [0, 1]."""
    if draw(st.booleans()):
        return draw(error_counts())
    law, unit = draw(laws()), draw(st.sampled_from([1, 2, 7]))
    value = st.integers(0, unit).map(lambda top: fmpq(top, unit))
    values = draw(st.tuples(*[value] * law.size))
    return HeldOut(law, values, draw(st.integers(1, 12)), draw(st.sampled_from(DELTAS)))
