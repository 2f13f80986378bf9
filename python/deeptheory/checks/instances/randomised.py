"""Laws on a class of hypotheses that may depend on the sample: the worst of them, at a quantile.

A bound for randomised hypotheses says that with probability at least ``1 - delta`` over the sample
some quantity of every law ``rho`` on the class is at most a function of its relative entropy with
respect to a prior.  An instance looks, for each sample, at some laws: point masses, the prior, and
the prior tilted by multiples of what is bounded.

- For a bound that is linear in the relative entropy the supremum of ``E_rho f - KL(rho, prior)`` is
  ``log E_prior exp f``, attained at the prior tilted by ``f``.  Where that is among the laws looked
  at the statement is decided exactly.
- For other bounds the laws looked at are some of all.  They give a lower bound on the probability
  of a failure: an instance that violates a bound refutes it for certain, and a true theorem is
  never violated.

Which samples fail is decided in balls, each one with certainty, and their probabilities are exact.
"""

from __future__ import annotations

from abc import ABC, abstractmethod
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from functools import cached_property
from itertools import accumulate
from typing import Any, Generic, TypeVar

from flint import arb, ctx, fmpq

from deeptheory.formulas import UndecidedError
from deeptheory.formulas.rigorous import Number, ball

__all__ = ["Chosen", "Randomised", "dot", "tilt"]


@dataclass(frozen=True)
class Chosen:
    """A law on the class, by what a bound needs of it.

    Parameters
    ----------
    kl : fmpq or arb
        Its relative entropy with respect to the prior.
    """

    kl: Number

    @property
    def arguments(self) -> dict[str, Number]:
        """The arguments of the bound that depend on the law, by their names."""
        return {"K": self.kl}


ChosenT = TypeVar("ChosenT", bound=Chosen)


@dataclass(frozen=True)
class _Ranked(Generic[ChosenT]):
    """A sample's mass, its worst law, and by how much that law exceeds its bound."""

    mass: int
    chosen: ChosenT
    excess: arb


class Randomised(ABC, Generic[ChosenT]):
    """A prior on a class, a sample, and the laws to look at for each sample."""

    delta: fmpq

    @abstractmethod
    def _compute(self) -> Sequence[tuple[int, Sequence[ChosenT]]]:
        """Return the positive mass of each kind of sample, and the laws, at the precision set."""

    @property
    @abstractmethod
    def arguments(self) -> dict[str, Any]:
        """The arguments of the bound that all laws share, by their names."""

    @cached_property
    def _made(self) -> dict[int, Sequence[tuple[int, Sequence[ChosenT]]]]:
        return {}

    @property
    def outcomes(self) -> Sequence[tuple[int, Sequence[ChosenT]]]:
        """The mass of each kind of sample and the laws looked at, at the current precision."""
        if ctx.prec not in self._made:
            self._made[ctx.prec] = self._compute()
        return self._made[ctx.prec]

    def rare(self, outside: fmpq, delta: fmpq) -> bool:
        """Whether samples of some probability fail with probability at most ``delta``."""
        return bool(outside <= delta)

    def worst(
        self,
        size: Callable[[ChosenT], Number],
        bound: Callable[[Number], Number],
        delta: fmpq | None = None,
    ) -> ChosenT:
        """Return the law that exceeds its bound most, on the sample at the quantile.

        It is within its bound exactly where, with probability ``1 - delta``, all laws looked at
        are: the samples are ranked by the largest excess ``size - bound``.

        Parameters
        ----------
        size : callable
            What is bounded, of a law.
        bound : callable
            The bound, from the relative entropy.
        delta : fmpq, optional
            The probability that is left; the instance's own by default.

        Raises
        ------
        UndecidedError
            Where the precision is too low to tell on which side of its bound a law is.
        """
        bounds: dict[int, Number] = {}  # by the identity of a relative entropy, which many share

        def excess(chosen: ChosenT) -> arb:
            if id(chosen.kl) not in bounds:
                bounds[id(chosen.kl)] = bound(chosen.kl)
            return ball(size(chosen) - bounds[id(chosen.kl)])

        return self.worst_by(excess, delta)

    def worst_by(self, excess: Callable[[ChosenT], arb], delta: fmpq | None = None) -> ChosenT:
        """Return the law with the largest excess on the sample at the quantile; see `worst`.

        Parameters
        ----------
        excess : callable
            By how much a law exceeds its bound, in a ball.
        delta : fmpq, optional
            The probability that is left; the instance's own by default.

        Raises
        ------
        UndecidedError
            Where the precision is too low to tell on which side of its bound a law is.
        """
        allowed = self.delta if delta is None else delta
        ranked = self._ranked(excess)
        left = list(accumulate(reversed([entry.mass for entry in ranked])))[::-1]
        low, at = 0, len(ranked) - 1  # the last place whose samples and those after it are not rare
        while low < at:
            middle = (low + at + 1) // 2
            if self.rare(fmpq(left[middle], left[0]), allowed):
                at = middle - 1
            else:
                low = middle
        within = all(entry.excess <= 0 for entry in ranked[: at + 1])
        if not within and not all(entry.excess > 0 for entry in ranked[at:]):
            raise UndecidedError("of a quantile with a bound")
        return ranked[at].chosen

    def _ranked(self, excess: Callable[[ChosenT], arb]) -> list[_Ranked[ChosenT]]:
        """Sort the samples by the middle of the ball of the largest excess."""
        ranked = []
        for mass, laws_ in self.outcomes:
            found = [(excess(chosen), chosen) for chosen in laws_]
            largest = found[0][0]
            for value, _ in found[1:]:
                largest = largest.max(value)
            _, worst = max(found, key=lambda pair: pair[0].mid())
            ranked.append(_Ranked(mass, worst, largest))
        return sorted(ranked, key=lambda entry: entry.excess.mid())


def tilt(prior: Sequence[fmpq], exponents: Sequence[Number]) -> tuple[list[arb], arb]:
    """Return the prior tilted by exponents, and its relative entropy with respect to the prior."""
    weights = [w * ball(t).exp() for w, t in zip(prior, exponents, strict=True)]
    total = sum(weights, arb(0))
    tilted = [weight / total for weight in weights]
    return tilted, dot(tilted, exponents) - total.log()


def dot(weights: Sequence[Number], values: Sequence[Number]) -> Number:
    """Return the sum of the products of the entries."""
    return sum((w * value for w, value in zip(weights, values, strict=True)), fmpq(0))
