"""Samples with what else a bound for randomised hypotheses asks for: a grid, a mean, a parameter.

Each wraps a sample of `deeptheory.checks.instances.pac_bayes` and looks at the same laws.
"""

from __future__ import annotations

import math
from abc import abstractmethod
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from typing import Any

from flint import arb, fmpq
from hypothesis import strategies as st
from hypothesis.strategies import DrawFn, SearchStrategy

from deeptheory.checks.instances.pac_bayes import Posterior, Sampled, SmallClass, best_lam, samples
from deeptheory.checks.instances.randomised import Randomised
from deeptheory.formulas.rigorous import Number, ball

__all__ = [
    "AtMean",
    "FormClass",
    "Geometric",
    "Grid",
    "Placed",
    "Tuned",
    "geometric",
    "geometrics",
    "grids",
    "means",
    "parameters",
]

_ONE = fmpq(1)


@dataclass(frozen=True)
class Placed(Posterior):
    """A law on the class, with the arguments of a bound beside its relative entropy.

    Parameters
    ----------
    more : tuple of tuple
        The names and the values of these arguments.
    """

    more: tuple[tuple[str, Number], ...] = ()

    @property
    def arguments(self) -> dict[str, Number]:
        """The relative entropy and the other arguments."""
        return {"K": self.kl, **dict(self.more)}


class Wrapped(Randomised[Placed]):
    """A sample whose laws have arguments of their own."""

    at: Sampled

    @property
    def delta(self) -> fmpq:  # type: ignore[override]
        """The probability that is left."""
        return self.at.delta

    @property
    def arguments(self) -> dict[str, Any]:
        """The number of draws and the probability that is left."""
        return {"n": self.at.n, "δ": self.at.delta}

    @abstractmethod
    def _more(self, chosen: Posterior) -> Iterable[tuple[tuple[str, Number], ...]]:
        """Yield the arguments of a law, one for each time that the bound is claimed of it."""

    def _compute(self) -> Sequence[tuple[int, Sequence[Placed]]]:
        return [
            (
                mass,
                [
                    Placed(law.kl, law.mean, law.expected, more)
                    for law in laws
                    for more in self._more(law)
                ],
            )
            for mass, laws in self.at.outcomes
        ]

    def rare(self, outside: fmpq, delta: fmpq) -> bool:
        """Whether samples of some probability fail with probability at most ``delta``."""
        return self.at.rare(outside, delta)

    def describe(self) -> dict[str, Any]:
        """Return the data."""
        return self.at.describe()


# Grids of parameters


@dataclass(frozen=True)
class Grid(Wrapped):
    """A sample and a grid of parameters of the linear bound.

    Parameters
    ----------
    at : Sampled
        The sample.
    lams : tuple of fmpq
        The parameters that differ from each other, positive.
    count : int, optional
        How many parameters there are, if some of them are equal.
    """

    at: Sampled
    lams: tuple[fmpq, ...]
    count: int | None = None

    @property
    def arguments(self) -> dict[str, Any]:
        """The number of draws, the probability that is left, and the number of parameters."""
        return {**super().arguments, "N": self.count or len(self.lams)}

    def _more(self, _chosen: Posterior) -> Iterable[tuple[tuple[str, Number], ...]]:
        return ((("lam", lam),) for lam in self.lams)

    def _compute(self) -> Sequence[tuple[int, Sequence[Placed]]]:
        """Look at the prior tilted for each parameter, which decides the bound exactly."""
        if not isinstance(self.at, SmallClass) or self.at.late:
            return super()._compute()
        each = [replace(self.at, lam=lam).outcomes for lam in self.lams]
        found = []
        for outcomes in zip(*each, strict=True):
            tilted = [laws[-1] for _, laws in outcomes]
            placed = [
                Placed(law.kl, law.mean, law.expected, (("lam", lam),))
                for law, lam in zip(tilted, self.lams, strict=True)
            ]
            found.append((outcomes[0][0], placed))
        return found

    def describe(self) -> dict[str, Any]:
        """Return the sample and the parameters."""
        lams = [str(lam) for lam in self.lams]
        return {**super().describe(), "lam": lams, "N": self.arguments["N"]}


@dataclass(frozen=True)
class Geometric(Wrapped):
    """A sample, and the ratio and the length of a geometric grid that is long enough.

    Parameters
    ----------
    at : Sampled
        The sample.
    c : fmpq
        The root of the ratio, at least one.
    count : int
        The length ``N``, with ``2 n <= log(N / delta) c^(4 N)``.
    """

    at: Sampled
    c: fmpq
    count: int

    @property
    def arguments(self) -> dict[str, Any]:
        """The number of draws, the probability that is left, the ratio and the length."""
        return {**super().arguments, "c": self.c, "N": self.count}

    def _more(self, _chosen: Posterior) -> Iterable[tuple[tuple[str, Number], ...]]:
        return ((),)

    @property
    def long_enough(self) -> bool:
        """Whether the grid is certainly long enough at the current precision."""
        level = arb(self.count / self.at.delta).log()
        return bool(2 * self.at.n <= level * arb(self.c) ** (4 * self.count))

    def describe(self) -> dict[str, Any]:
        """Return the sample and the grid."""
        return {**super().describe(), "c": str(self.c), "N": self.count}


def geometric(at: Sampled, count: int) -> Geometric:
    """Return a grid of some length with about the least ratio, rounded up to ten-thousandths."""
    level = float(arb(count / at.delta).log())
    least = (2 * at.n / level) ** (1 / (4 * count))
    return Geometric(at, fmpq(max(10000, math.floor(10000 * least) + 1), 10000), count)


# The quadratic form and the lambda form


@dataclass(frozen=True)
class FormClass(SmallClass):
    """Any losses on few points; the prior is tilted by what the lambda form compares.

    For the parameters ``lams`` the lambda form is thereby decided exactly.
    """

    lams: tuple[fmpq, ...] = (fmpq(1, 2), _ONE, fmpq(3, 2))

    def _exponents(
        self, means: Sequence[fmpq], expected: Sequence[fmpq]
    ) -> Sequence[Sequence[fmpq]]:
        pairs = list(zip(means, expected, strict=True))
        return [[self.n * lam * ((1 - lam / 2) * p - q) for q, p in pairs] for lam in self.lams]


@dataclass(frozen=True)
class AtMean(Wrapped):
    """A sample, for a bound that depends on the mean loss on it.

    Parameters
    ----------
    at : Sampled
        The sample.
    """

    at: Sampled

    def _more(self, chosen: Posterior) -> Iterable[tuple[tuple[str, Number], ...]]:
        return ((("q", chosen.mean),),)


@dataclass(frozen=True)
class Tuned(Wrapped):
    """A sample, for a bound with the mean loss and a parameter that may depend on the sample.

    Parameters
    ----------
    at : Sampled
        The sample.
    lams : tuple of fmpq
        Parameters to look at for every law, between 0 and 2.
    tuned : bool
        Whether to look at about the best parameter of each law too.
    """

    at: Sampled
    lams: tuple[fmpq, ...] = ()
    tuned: bool = True

    def _more(self, chosen: Posterior) -> Iterable[tuple[tuple[str, Number], ...]]:
        lams = [*self.lams, self._best(chosen)] if self.tuned else self.lams
        return ((("q", chosen.mean), ("lam", lam)) for lam in lams)

    def _best(self, chosen: Posterior) -> fmpq:
        """Return about the best parameter of a law, in thousandths."""
        n, delta = self.at.n, self.at.delta
        level = float(ball(chosen.kl) + (2 * arb(n).sqrt() / delta).log()) / n
        mean = max(0.0, float(ball(chosen.mean)))
        best = 2 / (math.sqrt(2 * mean / level + 1) + 1)
        return fmpq(min(1999, max(1, round(1000 * best))), 1000)

    def describe(self) -> dict[str, Any]:
        """Return the sample and the parameters."""
        best = ["about the best one"] if self.tuned else []
        return {**super().describe(), "lam": [*(str(lam) for lam in self.lams), *best]}


# Strategies


@st.composite
def grids(draw: DrawFn) -> Grid:
    """Draw a sample and up to four parameters, about the best one among them."""
    at = draw(samples())
    best = best_lam(at.n, at.delta, getattr(at, "size", 1))
    factors = draw(st.lists(st.sampled_from([1, 2, 4]), min_size=1, max_size=4, unique=True))
    lams = tuple(best * factor / 2 for factor in factors)
    return Grid(at, lams, draw(st.sampled_from([None, len(lams) + 1, 100])))


@st.composite
def geometrics(draw: DrawFn) -> Geometric:
    """Draw a sample and a geometric grid of up to six parameters."""
    found = geometric(draw(samples()), draw(st.integers(1, 6)))
    more = draw(st.sampled_from([_ONE, _ONE, fmpq(2)]))
    return Geometric(found.at, found.c * more, found.count)


def _formed(at: Sampled) -> Sampled:
    """Tilt the prior of a class on few points by what the lambda form compares."""
    if not isinstance(at, SmallClass):
        return at
    return FormClass(at.law, at.losses, at.n, at.delta, at.weights, at.copies)


def means() -> SearchStrategy[AtMean]:
    """Draw a sample, for a bound that depends on the mean loss."""
    return samples().map(lambda at: AtMean(_formed(at)))


@st.composite
def parameters(draw: DrawFn) -> Tuned:
    """Draw a sample, and parameters to look at beside the best one of each law."""
    lams = FormClass.lams
    return Tuned(_formed(draw(samples())), draw(st.sampled_from([(), lams])))
