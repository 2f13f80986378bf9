"""Laws of networks on a grid: each weight is drawn on its own from a table of whole numbers.

Weight j has the value ``start[j] + i`` with probability ``counts[j, i] / 2^32``.  So a law is
exact, a draw of it is a look-up of a uniform number of 32 bits, and the relative entropy of two
such laws is a finite sum of logarithms of whole numbers.
"""

from __future__ import annotations

import hashlib
import math
from dataclasses import dataclass

import numpy as np
from flint import arb, ctx, fmpq, fmpz
from numpy.typing import NDArray

from deeptheory.errors import UsageError

__all__ = ["TOTAL", "Drawer", "GridLaw", "discretise", "upper_decimal"]

Integers = NDArray[np.int64]

TOTAL = 2**32
"""What the counts of a weight sum to."""
_BITS = 192
_MOST_SIZE = 2**31  # of a weight


@dataclass(frozen=True)
class GridLaw:
    """A prior and a posterior law of all weights.

    Parameters
    ----------
    start : array of shape (weights,)
        The least value of each weight.
    prior, posterior : array of shape (weights, width)
        The counts of the values from there on.
    """

    start: Integers
    prior: Integers
    posterior: Integers

    def check(self) -> None:
        """Refuse tables that are no laws, or between which the relative entropy is infinite.

        Raises
        ------
        UsageError
            Where counts are negative, do not sum to 2^32, or the prior has a zero among them.
        """
        for name, table in (("prior", self.prior), ("posterior", self.posterior)):
            if table.shape != self.prior.shape or len(table) != len(self.start):
                raise UsageError(f"The table of the {name} has the wrong shape {table.shape}.")
            if table.min() < 0 or table.max() > TOTAL:
                raise UsageError(f"The table of the {name} has a count outside 0 to 2^32.")
            sums = table.sum(axis=1)
            if (sums != TOTAL).any():
                j = int(np.flatnonzero(sums != TOTAL)[0])
                raise UsageError(
                    f"The counts of weight {j} in the table of the {name} sum to {int(sums[j])}, "
                    "not to 2^32."
                )
        if self.prior.min() < 1:
            j = int(np.flatnonzero((self.prior < 1).any(axis=1))[0])
            raise UsageError(f"The prior gives a value of weight {j} the count zero.")
        if int(self.largest.max()) > _MOST_SIZE:
            raise UsageError("A weight may be larger than 2^31 in size.")

    @property
    def largest(self) -> Integers:
        """For each weight the largest size that it may have."""
        width = self.prior.shape[1]
        # Of ends beyond 2^31 in size nothing more is asked than that they are.
        start = np.clip(self.start, -2 * _MOST_SIZE, 2 * _MOST_SIZE)
        ends = np.maximum(np.abs(start), np.abs(start + (width - 1)))
        return np.asarray(ends, dtype=np.int64)

    @property
    def digest(self) -> str:
        """The SHA-256 of the shape and of all numbers, as little-endian 64-bit integers."""
        known = hashlib.sha256(f"deeptheory weights 1 {self.prior.shape}".encode())
        for table in (self.start, self.prior, self.posterior):
            known.update(table.astype("<i8").tobytes())
        return known.hexdigest()

    @property
    def mean(self) -> Integers:
        """The mean of each weight under the posterior, rounded to a whole number."""
        values = np.arange(self.posterior.shape[1], dtype=np.int64)
        sums = (self.posterior * values).sum(axis=1)
        rounded = (2 * sums + TOTAL) // (2 * TOTAL)
        return np.asarray(self.start + rounded, dtype=np.int64)

    def relative_entropy(self) -> arb:
        """Return the relative entropy of posterior with respect to prior, in a ball.

        It is the sum of ``(a / 2^32) log (a / b)`` over the counts a of the posterior and b of the
        prior.  The logarithm of each whole number is taken once.
        """
        own, times = np.unique(self.posterior, return_counts=True)
        prior, places = np.unique(self.prior, return_inverse=True)
        weights = np.zeros(len(prior), dtype=np.int64)
        # Exact: the sum of all counts is 2^32 times the number of weights, below 2^63.
        np.add.at(weights, places.ravel(), self.posterior.ravel())
        with ctx.workprec(_BITS):
            total = arb(0)
            for count, often in zip(own.tolist(), times.tolist(), strict=True):
                if count:
                    total += arb(fmpz(count)).log() * fmpz(count * often)
            for count, weight in zip(prior.tolist(), weights.tolist(), strict=True):
                total -= arb(fmpz(count)).log() * fmpz(weight)
            return total / fmpz(TOTAL)


def upper_decimal(value: arb, places: int) -> fmpq:
    """Return the least decimal with so many places that is at least all of a ball."""
    with ctx.workprec(_BITS):
        scaled = (value * fmpz(10) ** places).upper().ceil().unique_fmpz()
    if scaled is None:
        raise UsageError("A number is too large to be rounded.")
    return fmpq(scaled, fmpz(10) ** places)


def discretise(
    means: NDArray[np.float64], scales: NDArray[np.float64], width: int, *, least: int
) -> Integers:
    """Return tables of normal laws that were rounded to the grid.

    Parameters
    ----------
    means, scales : array of shape (weights,)
        In steps of the grid, from its first value on.
    width : int
        How many values there are; what lies beyond the ends counts to the ends.
    least : int
        No count is smaller: 1 for a prior, 0 for a posterior.

    Returns
    -------
    array of shape (weights, width)
        Counts that sum to 2^32.
    """
    from scipy.special import ndtr

    borders = (np.arange(width - 1) + 0.5 - means[:, None]) / scales[:, None]
    # The tail on the near side is the one without cancellation.
    below, above = ndtr(borders), ndtr(-borders)
    ends = np.zeros((len(means), 1))
    left = np.diff(np.hstack([ends, below, ends + 1]), axis=1)
    right = -np.diff(np.hstack([ends + 1, above, ends]), axis=1)
    middle = np.arange(width) > means[:, None]
    counts = np.floor(np.where(middle, right, left) * TOTAL).astype(np.int64)
    counts = np.maximum(counts, least)
    rest = TOTAL - counts.sum(axis=1)
    counts[np.arange(len(counts)), counts.argmax(axis=1)] += rest
    return np.asarray(counts, dtype=np.int64)


class Drawer:
    """Draws networks from the posterior.

    The stream of 64-bit words of PCG64, which numpy keeps the same for all time, is cut into 32-bit
    numbers, the low half first; each network takes as many words as its weights need.

    Parameters
    ----------
    law : GridLaw
        The law.
    seed : int
        Seeds the stream.
    """

    def __init__(self, law: GridLaw, seed: int) -> None:
        self._start = law.start
        self._exact = np.cumsum(law.posterior, axis=1)[:, :-1]
        # Column by column; 2^32 does not fit and is put right in `places`.
        self._borders = np.ascontiguousarray(np.minimum(self._exact, TOTAL - 1).T.astype(np.uint32))
        self._stream = np.random.PCG64(seed)
        self._words = math.ceil(len(law.start) / 2)

    def uniform(self) -> NDArray[np.uint32]:
        """Return a uniform 32-bit number for each weight."""
        words = self._stream.random_raw(self._words)
        numbers = np.empty(2 * self._words, dtype=np.uint32)
        numbers[0::2] = words & np.uint64(TOTAL - 1)
        numbers[1::2] = words >> np.uint64(32)
        return numbers[: len(self._start)]

    def places(self, numbers: NDArray[np.uint32]) -> Integers:
        """Return how many borders lie at or below each number: the place in the table."""
        found = np.zeros(len(numbers), dtype=np.int16)
        reached = np.empty(len(numbers), dtype=bool)
        for border in self._borders:
            np.greater_equal(numbers, border, out=reached)
            found += reached
        last = np.flatnonzero(numbers == TOTAL - 1)
        if len(last):
            found[last] = (self._exact[last] <= TOTAL - 1).sum(axis=1)
        return found.astype(np.int64)

    def draw(self) -> Integers:
        """Return the weights of a network."""
        return self._start + self.places(self.uniform())
