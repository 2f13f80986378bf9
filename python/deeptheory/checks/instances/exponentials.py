"""Quantities of a hypothesis and a draw whose exponential moments are bounded."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from flint import fmpq
from hypothesis import strategies as st
from hypothesis.strategies import DrawFn

from deeptheory.checks.instances.divergences import kl, logarithm
from deeptheory.checks.instances.laws import Law, laws
from deeptheory.checks.instances.randomised import Chosen, Randomised, dot
from deeptheory.checks.instances.uniform import DELTAS
from deeptheory.formulas.rigorous import Number

__all__ = ["Exponentials", "Tilted", "exponentials", "spread"]

_ZERO, _ONE = fmpq(0), fmpq(1)


@dataclass(frozen=True)
class Tilted(Chosen):
    """A law on the class, by the mean of a quantity under it.

    Parameters
    ----------
    kl : fmpq or arb
        Its relative entropy with respect to the prior.
    value : fmpq or arb
        The mean of the quantity.
    """

    value: Number


@dataclass(frozen=True)
class Exponentials(Randomised[Tilted]):
    """A quantity of a hypothesis and a draw, by its exponential.

    The prior tilted by the quantity is looked at, so that change of measure is decided exactly.

    Parameters
    ----------
    law : Law
        The law of the draw.
    prior : Law
        The prior on the class.
    values : tuple of tuple of fmpq
        The exponential of the quantity for each hypothesis at each point, positive.
    delta : fmpq
        The probability that is left, between 0 and 1.
    claimed : fmpq, optional
        What is claimed to bound the exponential moments; the largest of them by default.
    late : bool
        Whether the prior is chosen after the draw, as the law whose bound is looked at.
    """

    law: Law
    prior: Law
    values: tuple[tuple[fmpq, ...], ...]
    delta: fmpq
    claimed: fmpq | None = None
    late: bool = False

    @property
    def moment(self) -> fmpq:
        """The number that is to bound the exponential moments."""
        if self.claimed is not None:
            return self.claimed
        return max(fmpq(self.law.expect(row)) for row in self.values)

    @property
    def arguments(self) -> dict[str, Any]:
        """The moment and the probability that is left."""
        return {"M": self.moment, "δ": self.delta}

    def _compute(self) -> Sequence[tuple[int, Sequence[Tilted]]]:
        return [(mass, self._tilted(z)) for z, mass in enumerate(self.law.masses) if mass]

    def _tilted(self, z: int) -> Sequence[Tilted]:
        """Return point masses and the prior tilted by multiples of the quantity at a point."""
        rows = [(w, row[z]) for w, row in zip(self.prior.weights, self.values, strict=True) if w]
        prior, exps = [w for w, _ in rows], [e for _, e in rows]
        phi = [logarithm(e) for e in exps]
        if self.late:
            return [Tilted(_ZERO, f) for f in phi]
        found = [Tilted(logarithm(1 / w), f) for w, f in zip(prior, phi, strict=True)]
        for power in (0, 1, 2):
            raw = [w * e**power for w, e in rows]
            total = sum(raw, _ZERO)
            tilted = [w / total for w in raw]
            price = kl(tilted, prior)
            found.append(Tilted(price, dot(tilted, phi)))
        return found

    def describe(self) -> dict[str, Any]:
        """Return the data."""
        return {
            "weights": self.law.describe(),
            "prior": "chosen after the draw" if self.late else self.prior.describe(),
            "exponentials": [[str(value) for value in row] for row in self.values],
            "M": str(self.moment),
            "delta": str(self.delta),
        }


def spread(size: int, chance: fmpq, *, late: bool = False) -> Exponentials:
    """Return hypotheses of which each is large at one point of its own, and delta just below.

    Parameters
    ----------
    size : int
        The number of hypotheses, and of points at which one is large.
    chance : fmpq
        The probability of all these points together, less than one.
    late : bool
        Whether the prior is chosen after the draw.
    """
    tiny = fmpq(1, 10**9)
    top, bottom = int(chance.p), int(chance.q)
    law = Law((top,) * size + (size * (bottom - top),))
    large = size / chance  # the exponential moment is then close to one
    values = tuple(tuple(large if z == h else tiny for z in range(size + 1)) for h in range(size))
    delta = chance * (1 - fmpq(1, 10**6))
    return Exponentials(law, Law((1,) * size), values, delta, late=late)


@st.composite
def exponentials(draw: DrawFn) -> Exponentials:
    """Draw a quantity of at most four hypotheses and a draw from at most four points."""
    if draw(st.booleans()):
        return spread(draw(st.integers(1, 4)), draw(st.sampled_from(DELTAS)))
    law, prior = draw(laws()), draw(laws())
    value = st.sampled_from([fmpq(1, 1000), fmpq(1, 3), _ONE, fmpq(2), fmpq(1000)])
    values = draw(st.tuples(*[st.tuples(*[value] * law.size)] * prior.size))
    return Exponentials(law, prior, values, draw(st.sampled_from(DELTAS)))
