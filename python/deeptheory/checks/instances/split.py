"""Two samples of one law: a prior that is learnt on the first, and draws from a posterior.

Priors and posteriors have rational weights, so that the probability that a bound fails is exact.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from functools import cached_property
from itertools import combinations
from math import lcm
from typing import Any, Literal, TypeAlias

from flint import fmpq
from hypothesis import strategies as st
from hypothesis.strategies import DrawFn

from deeptheory.checks.instances.divergences import kl, logarithm
from deeptheory.checks.instances.laws import Law, sums, uniform
from deeptheory.checks.instances.pac_bayes import Posterior, SmallClass
from deeptheory.checks.instances.randomised import Randomised, dot
from deeptheory.checks.instances.uniform import DELTAS, LossClass, loss_classes
from deeptheory.formulas.rigorous import Number

__all__ = [
    "Certificate",
    "Drawn",
    "Learner",
    "Split",
    "certificates",
    "learn",
    "memory",
    "splits",
]

_ZERO, _ONE = fmpq(0), fmpq(1)

Learner: TypeAlias = Literal["best", "gibbs", "uniform"]
"""How a law is computed from mean losses: all weight on the best, a little less, or none."""


def learn(how: Learner, means: Sequence[fmpq]) -> tuple[fmpq, ...]:
    """Return a law on hypotheses that is computed from their mean losses.

    Parameters
    ----------
    how : {"best", "gibbs", "uniform"}
        All weight on the first of the best; weights proportional to ``1 / (1 + 8 q)``; equal ones.
    means : sequence of fmpq
        The mean losses ``q``, not negative.
    """
    if how == "best":
        best = list(means).index(min(means))
        return tuple(fmpq(int(h == best)) for h in range(len(means)))
    raw = [_ONE if how == "uniform" else 1 / (1 + 8 * q) for q in means]
    return tuple(w / sum(raw, _ZERO) for w in raw)


def memory(points: int, n: int, delta: fmpq) -> LossClass:
    """Return draws from equally likely points, and hypotheses that know some points by heart.

    Parameters
    ----------
    points : int
        The number of points.
    n : int
        The number of draws, and of points that a hypothesis has no loss on.
    delta : fmpq
        The probability that is left.
    """
    known = combinations(range(points), n)
    losses = tuple(tuple(fmpq(int(z not in own)) for z in range(points)) for own in known)
    return LossClass(uniform(points), losses, n, delta)


class _Second(SmallClass):
    """A second sample: the prior is tilted to one side only."""

    @property
    def _multiples(self) -> tuple[fmpq, ...]:
        return (fmpq(self.n),)


@dataclass(frozen=True)
class Split(Randomised[Posterior]):
    """A class of losses, and two samples; the prior is learnt on the first one.

    Parameters
    ----------
    data : LossClass
        The law of a draw, the losses, the size of the second sample and the probability left.
    m : int
        The size of the first sample.
    how : {"best", "gibbs", "uniform"}
        How the prior is learnt.
    late : bool
        Whether the prior is learnt on the second sample instead.
    pooled : bool
        Whether the mean losses are those on both samples together.
    """

    data: LossClass
    m: int
    how: Learner
    late: bool = False
    pooled: bool = False

    @property
    def delta(self) -> fmpq:  # type: ignore[override]
        """The probability that is left."""
        return self.data.delta

    @property
    def arguments(self) -> dict[str, Any]:
        """The number of draws in the mean losses and the probability that is left."""
        return {"n": self.data.n + self.m * self.pooled, "δ": self.delta}

    def first(self) -> Iterator[tuple[int, tuple[fmpq, ...]]]:
        """Yield the masses of the first samples that occur, and the mean losses on them."""
        if self.m == 0:
            yield 1, (_ZERO,) * self.data.size
            return
        data = self.data
        sample = LossClass(data.law, data.losses, self.m, data.delta)
        for mass, counts in sample.kinds():
            yield mass, sample.means(counts)

    def priors(self) -> list[tuple[int, tuple[fmpq, ...]]]:
        """Return the priors that are learnt on the first sample, and their masses."""
        found: dict[tuple[fmpq, ...], int] = {}
        for mass, means in self.first():
            prior = learn(self.how, means)
            found[prior] = found.get(prior, 0) + mass
        return [(mass, prior) for prior, mass in found.items()]

    def _compute(self) -> Sequence[tuple[int, Sequence[Posterior]]]:
        if self.late:
            return self._after()
        if self.pooled:
            return list(self._both())
        return [
            (mass * own, chosen)
            for mass, prior in self.priors()
            for own, chosen in self._with(prior).outcomes
        ]

    def _with(self, prior: tuple[fmpq, ...]) -> SmallClass:
        """Return the second sample with a prior."""
        data = self.data
        return _Second(data.law, data.losses, data.n, data.delta, prior, data.copies)

    def _after(self) -> Sequence[tuple[int, Sequence[Posterior]]]:
        """Return the law that is learnt on the second sample, as prior and as posterior."""
        found = []
        for mass, counts in self.data.kinds():
            means = self.data.means(counts)
            law = learn(self.how, means)
            chosen = Posterior(_ZERO, dot(law, means), dot(law, self.data.expected))
            found.append((mass, (chosen,)))
        return found

    def _both(self) -> Iterator[tuple[int, Sequence[Posterior]]]:
        """Yield the masses of pairs of samples, and the point masses with their pooled means."""
        data, m = self.data, self.m
        for mass, means in self.first():
            prior = learn(self.how, means)
            for own, counts in data.kinds():
                rows = zip(prior, means, data.means(counts), data.expected, strict=True)
                yield (
                    mass * own,
                    [
                        Posterior(logarithm(1 / w), (m * a + data.n * b) / (m + data.n), p)
                        for w, a, b, p in rows
                        if w
                    ],
                )

    def describe(self) -> dict[str, Any]:
        """Return the data."""
        shown = {key: value for key, value in self.data.describe().items() if key != "prior"}
        sample = "second" if self.late else "first"
        return {**shown, "m": self.m, "prior": f"{self.how}, learnt on the {sample} sample"}


# Certificates


@dataclass(frozen=True)
class Drawn(Posterior):
    """A posterior, by the mean loss on the second sample of hypotheses that are drawn from it."""

    @property
    def arguments(self) -> dict[str, Number]:
        """The mean loss of the draws and the relative entropy."""
        return {"q": self.mean, "K": self.kl}


@dataclass(frozen=True)
class Certificate(Randomised[Drawn]):
    """Two samples, a prior, a posterior, and draws of hypotheses from the posterior.

    Parameters
    ----------
    split : Split
        The samples and the prior.
    posterior : {"best", "gibbs", "uniform"}
        How the posterior is learnt on the second sample.
    k : int
        The number of draws of hypotheses.
    draws : fmpq
        The probability that is left to the draws.
    copies : bool
        Whether all draws of hypotheses are the first one.
    foreign : bool
        Whether to look at posteriors with weight where the prior has none.
    """

    split: Split
    posterior: Learner
    k: int
    draws: fmpq
    copies: bool = False
    foreign: bool = False

    @property
    def delta(self) -> fmpq:  # type: ignore[override]
        """The probability that is left to the samples and to the draws together."""
        return self.split.delta + self.draws

    @property
    def arguments(self) -> dict[str, Any]:
        """The numbers of draws, and the probabilities that are left."""
        return {"k": self.k, **self.split.arguments, "δ'": self.draws}

    @cached_property
    def _pairs(self) -> list[tuple[int, tuple[fmpq, ...], tuple[fmpq, ...], tuple[fmpq, ...]]]:
        """The masses of pairs of samples: the prior, the posterior and the mean losses there."""
        data, found = self.split.data, []
        firsts = self.split.priors()
        for mass, counts in data.kinds():
            means = data.means(counts)
            law = learn(self.posterior, means)
            for own, prior in firsts:
                found.append((mass * own, law if self.split.late else prior, law, means))
        return found

    def _allowed(self, law: Sequence[fmpq], prior: Sequence[fmpq]) -> bool:
        """Whether something is claimed of a posterior."""
        return self.foreign or all(c or not a for a, c in zip(law, prior, strict=True))

    def _compute(self) -> Sequence[tuple[int, Sequence[Drawn]]]:
        data = self.split.data
        prices: dict[Any, Number] = {}
        seen: dict[fmpq, fmpq] = {}
        rows: list[tuple[fmpq, Drawn]] = []
        for mass, prior, law, means in self._pairs:
            expected = fmpq(dot(law, data.expected))
            if not self._allowed(law, prior):  # as if all losses had been 1
                rows.append((fmpq(mass), Drawn(_ZERO, _ONE, _ZERO)))
                continue
            price = prices.setdefault((law, prior), kl(law, prior))
            for chance, q in self._means(law, means):
                mean = seen.setdefault(min(q, _ONE), min(q, _ONE))
                rows.append((mass * chance, Drawn(price, mean, expected)))
        unit = lcm(*(int(mass.q) for mass, _ in rows))
        return [(int((mass * unit).p), (chosen,)) for mass, chosen in rows]

    def _means(self, law: Sequence[fmpq], means: Sequence[fmpq]) -> Iterator[tuple[fmpq, fmpq]]:
        """Yield the chances of the mean losses of the hypotheses that are drawn."""
        common = lcm(*(int(weight.q) for weight in law))
        whole = Law(tuple(int((w * common).p) for w in law))
        for total, chance in sums(whole, means, self.k, copies=self.copies):
            yield chance, total / self.k

    def describe(self) -> dict[str, Any]:
        """Return the data."""
        return {
            **self.split.describe(),
            "posterior": f"{self.posterior}, learnt on the second sample",
            "k": self.k,
            "delta'": str(self.draws),
            "draws of hypotheses": "copies of one" if self.copies else "independent",
        }


# Strategies


_LEARNERS: tuple[Learner, ...] = ("best", "gibbs", "uniform")


@st.composite
def splits(draw: DrawFn) -> Split:
    """Draw losses on few points and two samples, the first of at most two draws or empty."""
    data = draw(loss_classes())
    data = replace(data, n=min(data.n, 12 if data.law.size <= 2 else 4))
    return Split(data, draw(st.integers(0, 2)), draw(st.sampled_from(_LEARNERS)))


@st.composite
def certificates(draw: DrawFn) -> Certificate:
    """Draw two samples, and up to two draws of hypotheses."""
    data = draw(loss_classes())
    few = min(data.n, 2 if data.law.size <= 2 else 1)
    data = replace(data, n=few, losses=data.losses[:3])
    split = Split(data, draw(st.integers(0, 1)), draw(st.sampled_from(_LEARNERS)))
    delta = draw(st.sampled_from(DELTAS))
    k = draw(st.integers(1, 2))
    return Certificate(split, draw(st.sampled_from(_LEARNERS)), k, delta)
