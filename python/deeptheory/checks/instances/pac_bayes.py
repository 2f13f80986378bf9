"""Laws on a class of hypotheses that may depend on the sample: the worst of them, at a quantile.

A bound for randomised hypotheses says that with probability at least ``1 - delta`` over the sample
some quantity of every law ``rho`` on the class is at most a function of its relative entropy with
respect to a prior.  Here the worst ``rho`` of each sample is looked for among point masses, the
prior, and the prior tilted by multiples of the deviations.

- For a bound that is linear in the relative entropy (`Exponentials`, and `SmallClass` with a
  ``lam``) the supremum of ``E_rho f - KL(rho, prior)`` is ``log E_prior exp f``, attained at the
  prior tilted by ``f``, which is among them: the statement is decided exactly.
- For the others, and for many hypotheses (`Coins`), the laws looked at are some of all.  They give
  a lower bound on the probability of a failure: an instance that violates a bound refutes it for
  certain, and a true theorem is never violated.

Which samples fail is decided in balls, each one with certainty, and their probabilities are exact.
"""

from __future__ import annotations

import math
from abc import ABC, abstractmethod
from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace
from functools import cached_property
from typing import Any, Generic, TypeVar

from flint import arb, ctx, fmpq
from hypothesis import strategies as st
from hypothesis.strategies import DrawFn, SearchStrategy

from deeptheory.checks.instances.divergences import kl, logarithm
from deeptheory.checks.instances.laws import FAIR, Law, SumLaw, coins, laws
from deeptheory.checks.instances.uniform import DELTAS, LossClass, loss_classes
from deeptheory.formulas import UndecidedError
from deeptheory.formulas.rigorous import Number, ball, compare

__all__ = [
    "Coins",
    "Exponentials",
    "Posterior",
    "Randomised",
    "Sampled",
    "SmallClass",
    "Tilted",
    "best_lam",
    "exponentials",
    "linear_samples",
    "samples",
    "spread",
]

_ZERO, _ONE = fmpq(0), fmpq(1)
_MAX_EXACT_BITS = 1 << 14


# The worst law at a quantile


@dataclass(frozen=True)
class Chosen:
    """A law on the class, by what a bound needs of it.

    Parameters
    ----------
    kl : fmpq or arb
        Its relative entropy with respect to the prior.
    """

    kl: Number


_C = TypeVar("_C", bound=Chosen)


@dataclass(frozen=True)
class _Ranked(Generic[_C]):
    """A sample's mass, its worst law, and by how much that law exceeds its bound."""

    mass: int
    chosen: _C
    excess: arb


class Randomised(ABC, Generic[_C]):
    """A prior on a class, a sample, and the laws to look at for each sample."""

    delta: fmpq

    @abstractmethod
    def _compute(self) -> Sequence[tuple[int, Sequence[_C]]]:
        """Return the positive mass of each kind of sample, and the laws, at the precision set."""

    @cached_property
    def _made(self) -> dict[int, Sequence[tuple[int, Sequence[_C]]]]:
        return {}

    @property
    def outcomes(self) -> Sequence[tuple[int, Sequence[_C]]]:
        """The mass of each kind of sample and the laws looked at, at the current precision."""
        if ctx.prec not in self._made:
            self._made[ctx.prec] = self._compute()
        return self._made[ctx.prec]

    def rare(self, outside: fmpq, delta: fmpq) -> bool:
        """Whether samples of some probability fail with probability at most ``delta``."""
        return bool(outside <= delta)

    def worst(
        self,
        size: Callable[[_C], Number],
        bound: Callable[[Number], Number],
        delta: fmpq | None = None,
    ) -> _C:
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
        allowed = self.delta if delta is None else delta
        ranked = self._ranked(size, bound)
        total, outside, at = sum(entry.mass for entry in ranked), 0, len(ranked) - 1
        while at > 0 and self.rare(fmpq(outside + ranked[at].mass, total), allowed):
            outside += ranked[at].mass
            at -= 1
        within = all(entry.excess <= 0 for entry in ranked[: at + 1])
        if not within and not all(entry.excess > 0 for entry in ranked[at:]):
            raise UndecidedError("of a quantile with a bound")
        return ranked[at].chosen

    def _ranked(
        self, size: Callable[[_C], Number], bound: Callable[[Number], Number]
    ) -> list[_Ranked[_C]]:
        """Sort the samples by the middle of the ball of the largest excess."""
        bounds: dict[int, Number] = {}  # by the identity of a relative entropy, which many share

        def excess(chosen: _C) -> arb:
            if id(chosen.kl) not in bounds:
                bounds[id(chosen.kl)] = bound(chosen.kl)
            return ball(size(chosen) - bounds[id(chosen.kl)])

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
    return tilted, _dot(tilted, exponents) - total.log()


def _mean(weights: Sequence[arb], values: Sequence[fmpq]) -> Number:
    """Return the mean of some values, exactly where they are all equal."""
    return values[0] if len(set(values)) == 1 else _dot(weights, values)


def _dot(weights: Sequence[Number], values: Sequence[Number]) -> Number:
    return sum((w * value for w, value in zip(weights, values, strict=True)), _ZERO)


# Losses


@dataclass(frozen=True)
class Posterior(Chosen):
    """A law on the class, by its mean loss on the sample and its expected loss.

    Parameters
    ----------
    kl : fmpq or arb
        Its relative entropy with respect to the prior.
    mean : fmpq or arb
        The mean loss on the sample of a hypothesis that is drawn from it.
    expected : fmpq or arb
        The expected loss of such a hypothesis.
    """

    mean: Number
    expected: Number

    @property
    def above(self) -> Number:
        """How far the expected loss is above the mean on the sample."""
        return self.expected - self.mean

    @property
    def apart(self) -> Number:
        """How far the expected loss and the mean on the sample are apart."""
        return abs(self.above)

    @cached_property
    def binary(self) -> Number:
        """The relative entropy of a coin with the mean, with respect to one with the expectation.

        Where losses are not in ``[0, 1]`` and one of both is no probability, it counts as 0.
        """
        return _binary(self.mean, self.expected)

    @cached_property
    def reversed(self) -> Number:
        """The relative entropy of the same coins in the other order."""
        return _binary(self.expected, self.mean)


def _binary(q: Number, p: Number) -> Number:
    if not (isinstance(q, arb) or isinstance(p, arb)):
        if not (0 <= q <= 1 and 0 <= p <= 1):
            return _ZERO
        return kl((q, 1 - q), (p, 1 - p))
    pairs = [(q, p), (1 - q, 1 - p)]
    terms = [ball(a) * (ball(a) / c).log() for a, c in pairs if not a == 0]
    return sum(terms, arb(0))


class Sampled(Randomised[Posterior]):
    """A prior on a class of losses and a sample of ``n`` independent draws.

    ``lam`` is the parameter of a bound that is linear in the relative entropy, if it is for one.
    """

    n: int
    lam: fmpq | None

    @abstractmethod
    def describe(self) -> dict[str, Any]:
        """Return the data."""


@dataclass(frozen=True)
class SmallClass(LossClass, Sampled):
    """Any losses on few points, by looking at how often each point is drawn.

    The weights of the hypotheses are the prior.

    Parameters
    ----------
    lam : fmpq, optional
        The parameter of a linear bound: the prior is then tilted by ``lam`` times the deviations.
    late : bool
        Whether the prior is chosen after the sample, as the law whose bound is looked at.
    """

    lam: fmpq | None = None
    late: bool = False

    @classmethod
    def of(cls, at: LossClass, lam: fmpq | None = None) -> SmallClass:
        """Return the same losses, weights and draws."""
        return cls(at.law, at.losses, at.n, at.delta, at.weights, at.copies, lam)

    @property
    def _multiples(self) -> tuple[fmpq, ...]:
        """The multiples of the deviations that the prior is tilted by."""
        if self.lam is not None:
            return (self.lam,)
        return tuple(fmpq(sign * self.n) for sign in (1, 4, -1, -4))

    def _compute(self) -> Sequence[tuple[int, Sequence[Posterior]]]:
        allowed = [h for h, weight in enumerate(self.prior) if weight]
        prior = [self.prior[h] for h in allowed]
        expected = [self.expected[h] for h in allowed]
        prices = [_ZERO if self.late else logarithm(1 / weight) for weight in prior]
        nothing = _ZERO

        def posteriors(counts: tuple[int, ...]) -> list[Posterior]:
            means = self.means(counts)
            own = [means[h] for h in allowed]
            found = [Posterior(*row) for row in zip(prices, own, expected, strict=True)]
            if self.late:
                return found
            found.append(Posterior(nothing, _dot(prior, own), _dot(prior, expected)))
            gaps = [p - q for p, q in zip(expected, own, strict=True)]
            if len(set(gaps)) > 1:  # else all tilted laws are the prior
                for multiple in self._multiples:
                    tilted, price = tilt(prior, [multiple * gap for gap in gaps])
                    found.append(Posterior(price, _mean(tilted, own), _mean(tilted, expected)))
            return found

        return [(mass, posteriors(counts)) for mass, counts in self.kinds()]

    def describe(self) -> dict[str, Any]:
        """Return the data."""
        late = {"prior": "chosen after the sample"} if self.late else {}
        return {**super().describe(), **late, **_lam(self.lam)}


@dataclass(frozen=True)
class Coins(Sampled):
    """Hypotheses that are independent coins, each thrown n times, with equal prior weights.

    Each draw shows all coins at once; the loss of a hypothesis is whether its coin shows heads.
    The laws looked at are the point masses; for a single coin there is no other.

    Parameters
    ----------
    law : Law
        The law of each coin, whose point 1 is heads.
    n : int
        The number of throws of each coin, at least one.
    delta : fmpq
        The probability that is left, between 0 and 1.
    size : int
        The number of coins.
    lam : fmpq, optional
        The parameter of a linear bound.
    late : bool
        Whether the prior is chosen after the sample, as the law whose bound is looked at.
    copies : bool
        Whether all throws are the first one, rather than independent.
    """

    law: Law
    n: int
    delta: fmpq
    size: int = 1
    lam: fmpq | None = None
    late: bool = False
    copies: bool = False

    @cached_property
    def _masses(self) -> list[tuple[int, int]]:
        """The mass of each number of heads of one coin."""
        misses, heads = self.law.masses
        if self.copies:
            return [(misses, 0), (heads, self.n)]
        masses = SumLaw.of(self.law, (_ZERO, _ONE), self.n).masses
        return [(mass, k) for k, mass in enumerate(masses) if mass]

    def _compute(self) -> Sequence[tuple[int, Sequence[Posterior]]]:
        price = _ZERO if self.late else logarithm(fmpq(self.size))
        expected = self.law.weights[1]
        return [(mass, (Posterior(price, fmpq(k, self.n), expected),)) for mass, k in self._masses]

    def rare(self, outside: fmpq, delta: fmpq) -> bool:
        """Whether some coin fails with probability at most ``delta``, if one does so often."""
        if self.size == 1 or outside == 1:
            return bool(outside <= delta)
        if self.n * self.size * self.law.total.bit_length() <= _MAX_EXACT_BITS:
            return bool((1 - outside) ** self.size >= 1 - delta)
        return compare("le", arb(-delta).log1p(), self.size * arb(-outside).log1p())

    def describe(self) -> dict[str, Any]:
        """Return the data."""
        late = {"prior": "chosen after the sample"} if self.late else {}
        return {
            "coins": _short(self.size),
            "law of each": self.law.describe(),
            "n": self.n,
            "delta": _short(self.delta),
            "draws": "copies of one" if self.copies else "independent",
            **late,
            **_lam(self.lam),
        }


def _lam(lam: fmpq | None) -> dict[str, Any]:
    return {} if lam is None else {"lam": str(lam)}


def _short(value: fmpq | int) -> str:
    """Return a number, or about two digits of a long one."""
    text = str(value)
    return text if len(text) <= 20 else str(arb(value).str(2, radius=False))


def best_lam(n: int, delta: fmpq, size: int = 1) -> fmpq:
    """Return about the best parameter of the linear bound for one of so many hypotheses.

    It is ``sqrt(8 n (log size + log(1 / delta)))``, rounded to thousandths and positive.

    Examples
    --------
    >>> best_lam(1, fmpq(1, 2))
    2355/1000
    """
    price = math.log(size) + math.log(int(delta.q)) - math.log(int(delta.p))
    return fmpq(max(1, round(1000 * math.sqrt(8 * n * price))), 1000)


# Quantities with bounded exponential moments


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
            found.append(Tilted(price, _dot(tilted, phi)))
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


# Strategies


@st.composite
def exponentials(draw: DrawFn) -> Exponentials:
    """Draw a quantity of at most four hypotheses and a draw from at most four points."""
    if draw(st.booleans()):
        return spread(draw(st.integers(1, 4)), draw(st.sampled_from(DELTAS)))
    law, prior = draw(laws()), draw(laws())
    value = st.sampled_from([fmpq(1, 1000), fmpq(1, 3), _ONE, fmpq(2), fmpq(1000)])
    values = draw(st.tuples(*[st.tuples(*[value] * law.size)] * prior.size))
    return Exponentials(law, prior, values, draw(st.sampled_from(DELTAS)))


@st.composite
def _many(draw: DrawFn) -> Coins:
    """Draw up to a million coins, each thrown up to 60 times."""
    law = draw(st.one_of(st.just(FAIR), coins()))
    n = draw(st.integers(1, 60))
    size = draw(st.sampled_from([1, 1, 2, 7, 1000, 10**6]))
    return Coins(law, n, draw(st.sampled_from(DELTAS)), size)


def samples() -> SearchStrategy[Sampled]:
    """Draw a class of losses with a prior, and a sample: any losses on few points, or coins."""
    return st.one_of(loss_classes(weighted=True).map(SmallClass.of), _many())


@st.composite
def linear_samples(draw: DrawFn) -> Sampled:
    """Draw a class, a sample, and a parameter: about the best one, or half or twice as much."""
    at = draw(samples())
    lam = best_lam(at.n, at.delta, at.size if isinstance(at, Coins) else 1)
    lam *= draw(st.sampled_from([_ONE, fmpq(1, 2), fmpq(2)]))
    assert isinstance(at, SmallClass | Coins)
    return replace(at, lam=lam)
