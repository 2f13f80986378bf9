"""What instances share that are about the mean of a quantity over several draws."""

from __future__ import annotations

from dataclasses import dataclass, field
from functools import cached_property
from typing import Any

from flint import fmpq

from deeptheory.checks.instances.laws import Law

__all__ = ["Sampled"]


@dataclass(frozen=True)
class Sampled:
    """Several draws of a quantity.

    Parameters
    ----------
    law : Law
        The law of each draw.
    values : tuple of fmpq
        The quantity at each point.
    n : int
        The number of draws, at least one.
    copies : bool
        Whether all draws are the first one, rather than independent.
    """

    law: Law
    values: tuple[fmpq, ...]
    n: int
    copies: bool = field(default=False, kw_only=True)

    @cached_property
    def mean(self) -> fmpq:
        """The expectation."""
        return fmpq(self.law.expect(self.values))

    def told(self, **own: Any) -> dict[str, Any]:
        """Return the data, with what an instance has of its own."""
        return {
            "weights": self.law.describe(),
            "values": [str(value) for value in self.values],
            "n": self.n,
            **own,
            "draws": "copies of one" if self.copies else "independent",
        }
