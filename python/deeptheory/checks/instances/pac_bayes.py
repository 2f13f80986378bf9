"""Classes of losses with a prior, and the laws on them that may depend on a sample.

`SmallClass` with a parameter ``lam`` looks at the prior tilted by ``lam`` times the deviations,
which decides a bound that is linear in the relative entropy exactly.  Otherwise, and for many
`Coins`, the laws looked at are some of all; see `deeptheory.checks.instances.randomised`.
"""

from __future__ import annotations

import math
from abc import abstractmethod
from collections.abc import Sequence
from dataclasses import dataclass, replace
from functools import cached_property
from typing import Any

from flint import arb, fmpq
from hypothesis import strategies as st
from hypothesis.strategies import DrawFn, SearchStrategy

from deeptheory.checks.instances.divergences import kl, logarithm
from deeptheory.checks.instances.laws import FAIR, Law, SumLaw, coins
from deeptheory.checks.instances.randomised import Chosen, Randomised, dot, tilt
from deeptheory.checks.instances.uniform import DELTAS, LossClass, loss_classes
from deeptheory.formulas.rigorous import Number, ball, compare

__all__ = [
    "Coins",
    "Posterior",
    "Sampled",
    "SmallClass",
    "best_lam",
    "linear_samples",
    "samples",
]

_ZERO, _ONE = fmpq(0), fmpq(1)
_MAX_EXACT_BITS = 1 << 14


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
    terms = [ball(a) * (ball(a) / c).log() for a, c in pairs if not ball(a).is_zero()]
    return sum(terms, arb(0))


def _mean(weights: Sequence[arb], values: Sequence[fmpq]) -> Number:
    """Return the mean of some values, exactly where they are all equal."""
    return values[0] if len(set(values)) == 1 else dot(weights, values)


class Sampled(Randomised[Posterior]):
    """A prior on a class of losses and a sample of ``n`` independent draws.

    ``lam`` is the parameter of a bound that is linear in the relative entropy, if it is for one.
    """

    n: int
    lam: fmpq | None

    @property
    def arguments(self) -> dict[str, Any]:
        """The number of draws, the probability that is left, and the parameter if it is for one."""
        lam = {} if self.lam is None else {"lam": self.lam}
        return {"n": self.n, "δ": self.delta, **lam}

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

    def _exponents(
        self, means: Sequence[fmpq], expected: Sequence[fmpq]
    ) -> Sequence[Sequence[fmpq]]:
        """Return what the prior is tilted by, from the losses of each hypothesis."""
        gaps = [p - q for p, q in zip(expected, means, strict=True)]
        return [[multiple * gap for gap in gaps] for multiple in self._multiples]

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
            found.append(Posterior(nothing, dot(prior, own), dot(prior, expected)))
            for exponents in self._exponents(own, expected):
                if len(set(exponents)) > 1:  # else the tilted law is the prior
                    tilted, price = tilt(prior, exponents)
                    found.append(Posterior(price, _mean(tilted, own), _mean(tilted, expected)))
            return found

        return [(mass, posteriors(counts)) for mass, counts in self.kinds()]

    def describe(self) -> dict[str, Any]:
        """Return the data."""
        late = {"prior": "chosen after the sample"} if self.late else {}
        return {**super().describe(), **late, **_lam(self.lam)}


def _log_of_rest(chance: fmpq) -> arb:
    """Return ``log(1 - chance)`` for a chance below one, in a narrow ball near both ends."""
    return arb(1 - chance).log() if 2 * chance > 1 else arb(-chance).log1p()


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
    most : int, optional
        The largest number of heads that is looked at; more heads count as the expected number, so
        that fewer samples fail at most.
    """

    law: Law
    n: int
    delta: fmpq
    size: int = 1
    lam: fmpq | None = None
    late: bool = False
    copies: bool = False
    most: int | None = None

    @cached_property
    def _masses(self) -> list[tuple[int, int]]:
        """The mass of each number of heads of one coin that is looked at."""
        misses, heads = self.law.masses
        if self.copies:
            return [(misses, 0), (heads, self.n)]
        masses = SumLaw.of(self.law, (_ZERO, _ONE), self.n).masses
        return [(mass, k) for k, mass in enumerate(masses[: self._end]) if mass]

    @property
    def _end(self) -> int | None:
        return None if self.most is None else self.most + 1

    def _compute(self) -> Sequence[tuple[int, Sequence[Posterior]]]:
        price = _ZERO if self.late else logarithm(fmpq(self.size))
        expected = self.law.weights[1]
        found = [(mass, (Posterior(price, fmpq(k, self.n), expected),)) for mass, k in self._masses]
        rest = self.law.total**self.n - sum(mass for mass, _ in self._masses)
        if self.most is not None and rest:
            found.append((rest, (Posterior(price, expected, expected),)))
        return found

    def rare(self, outside: fmpq, delta: fmpq) -> bool:
        """Whether some coin fails with probability at most ``delta``, if one does so often."""
        if self.size == 1 or outside == 1:
            return bool(outside <= delta)
        if self.n * self.size * self.law.total.bit_length() <= _MAX_EXACT_BITS:
            return bool((1 - outside) ** self.size >= 1 - delta)
        return compare("le", _log_of_rest(delta), self.size * _log_of_rest(outside))

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


# Strategies


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
