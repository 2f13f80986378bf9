"""Hypotheses chosen by their losses on a sample: what they may cost, at worst, exactly.

Two things are asked of a class of losses and a sample.  How much worse than the best of the class
may a hypothesis be whose mean on the sample is the smallest?  And how large may the expected loss
be of one that has no loss on the sample at all?  A bound on either holds with probability at least
``1 - delta`` exactly where it is at least the ``(1 - delta)``-quantile, which is found from the law
of the sample: from how often each point occurs, or where there are many draws from tails of coins.
"""

from __future__ import annotations

from abc import ABC, abstractmethod
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass, replace
from itertools import compress
from typing import Any, TypeVar

from flint import arb, fmpq
from hypothesis import strategies as st
from hypothesis.strategies import DrawFn, SearchStrategy

from deeptheory.checks.instances.laws import Law, coin, coin_tail, coins
from deeptheory.checks.instances.uniform import DELTAS, LossClass, loss_classes
from deeptheory.formulas.rigorous import compare

__all__ = [
    "FewLosses",
    "Opposites",
    "Rivals",
    "Selection",
    "critical",
    "just_below",
    "quantile",
    "rivals",
    "selections",
]

_ZERO, _HALF, _ONE = fmpq(0), fmpq(1, 2), fmpq(1)
_MAX_EXACT_BITS = 1 << 16


def quantile(values: Iterable[tuple[int, fmpq]], delta: fmpq) -> fmpq:
    """Return the least number that is not exceeded with probability ``1 - delta`` or more.

    Parameters
    ----------
    values : iterable of tuple
        The values of a random number with their masses.
    delta : fmpq
        The probability that is left, at least 0 and less than 1.

    Examples
    --------
    >>> quantile([(3, fmpq(0)), (1, fmpq(5))], fmpq(1, 4))
    0
    >>> quantile([(3, fmpq(0)), (1, fmpq(5))], fmpq(1, 5))
    5
    """
    found = sorted(values, key=lambda pair: pair[1])
    total, below = sum(mass for mass, _ in found), 0
    for mass, value in found:
        below += mass
        if below >= (1 - delta) * total:
            return value
    raise AssertionError("the masses add up to their total")


def just_below(probability: fmpq) -> fmpq:
    """Return a decimal that is less than a positive number, by at most a millionth of it.

    Examples
    --------
    >>> just_below(fmpq(1, 4))
    249999/1000000
    """
    power, units = 1, probability
    while units < 10**6:
        power, units = power * 10, units * 10
    return fmpq(int(units.ceil()) - 1, power)


class Selection(ABC):
    """A class of losses, a sample of n draws, and a probability delta."""

    n: int
    delta: fmpq

    @property
    @abstractmethod
    def size(self) -> int:
        """The number of hypotheses."""

    @property
    @abstractmethod
    def excess(self) -> fmpq:
        """The quantile of the worst excess of a hypothesis of smallest mean on the sample.

        The excess is the expected loss less the smallest one of the class; where several
        hypotheses have the smallest mean, the worst of them counts.
        """

    @property
    @abstractmethod
    def unseen(self) -> fmpq:
        """The quantile of the largest expected loss among hypotheses without loss on the sample.

        It counts as 0 on a sample on which all of them have some loss.
        """

    @property
    @abstractmethod
    def expectations(self) -> tuple[fmpq, ...]:
        """The expected losses that occur in the class."""

    @property
    def spread(self) -> fmpq:
        """The largest excess in the class, however the hypothesis is chosen."""
        return max(self.expectations) - min(self.expectations)

    @abstractmethod
    def describe(self) -> dict[str, Any]:
        """Return the data."""


@dataclass(frozen=True)
class FewLosses(LossClass, Selection):
    """Any losses on few points, by looking at how often each point is drawn.

    The weights of the hypotheses play no part.
    """

    @classmethod
    def of(cls, at: LossClass) -> FewLosses:
        """Return the same losses and draws."""
        return cls(at.law, at.losses, at.n, at.delta, copies=at.copies)

    @property
    def expectations(self) -> tuple[fmpq, ...]:
        """The expected loss of each hypothesis."""
        return self.expected

    def _quantile(self, chosen: Callable[[tuple[fmpq, ...]], Sequence[bool]]) -> fmpq:
        """Return the quantile of the largest expected loss among those chosen by their means."""

        def largest(counts: tuple[int, ...]) -> fmpq:
            taken = compress(self.expected, chosen(self.means(counts)))
            return max(taken, default=_ZERO)

        return quantile(((mass, largest(counts)) for mass, counts in self.kinds()), self.delta)

    @property
    def excess(self) -> fmpq:
        """The quantile of the worst excess of a minimiser; see the base class."""
        worst = self._quantile(lambda means: [mean == min(means) for mean in means])
        return worst - min(self.expected)

    @property
    def unseen(self) -> fmpq:
        """The quantile of the largest expected loss without a loss; see the base class.

        A mean of losses that are not negative is 0 exactly where all of them are.
        """
        return self._quantile(lambda means: [mean == 0 for mean in means])

    def describe(self) -> dict[str, Any]:
        """Return the data."""
        data = super().describe()
        del data["prior"]
        return data


@dataclass(frozen=True)
class Opposites(Selection):
    """A coin that shows heads less often than not: the loss of heads, and that of tails.

    The loss of tails is the larger one by ``1 - 2 p``, where p is the probability of heads, and it
    has the smallest mean where at least half of the throws show heads.

    Parameters
    ----------
    law : Law
        The law of the coin, whose point 1 is heads.
    n : int
        The number of throws, at least one.
    delta : fmpq
        The probability that is left, between 0 and 1.
    """

    law: Law
    n: int
    delta: fmpq

    @property
    def size(self) -> int:
        """Two."""
        return 2

    @property
    def expectations(self) -> tuple[fmpq, ...]:
        """The probabilities of heads and of tails."""
        return self.law.weights[::-1]

    @property
    def chance(self) -> fmpq:
        """The probability that the worse loss has the smallest mean."""
        return coin_tail(self.law, self.n, (self.n + 1) // 2)

    @property
    def excess(self) -> fmpq:
        """The quantile of the worst excess of a minimiser; see the base class."""
        return self.spread if self.chance > self.delta else _ZERO

    @property
    def unseen(self) -> fmpq:
        """The quantile of the largest expected loss without a loss; see the base class."""
        heads, tails = self.expectations
        only_heads, only_tails = heads**self.n, tails**self.n
        if only_heads > self.delta:
            return tails
        return heads if only_heads + only_tails > self.delta else _ZERO

    def describe(self) -> dict[str, Any]:
        """Return the data."""
        return {
            "two opposite losses of a coin": self.law.describe(),
            "n": self.n,
            "delta": _short(self.delta),
        }


@dataclass(frozen=True)
class Rivals(Selection):
    """A hypothesis that always has the same loss, or none such, and many independent coins.

    Each draw shows all coins at once; the loss of a coin is whether it shows heads.

    Parameters
    ----------
    law : Law
        The law of each coin, whose point 1 is heads.
    coins : int
        Their number, at least one.
    n : int
        The number of throws of each, at least one.
    delta : fmpq
        The probability that is left, between 0 and 1.
    sure : fmpq, optional
        The loss that the first hypothesis has for sure, less than the probability of heads; None
        where there is no such hypothesis.
    """

    law: Law
    coins: int
    n: int
    delta: fmpq
    sure: fmpq | None = _ZERO

    @property
    def size(self) -> int:
        """The number of hypotheses."""
        return self.coins + (self.sure is not None)

    @property
    def expectations(self) -> tuple[fmpq, ...]:
        """The probability of heads, and the loss for sure where there is one."""
        heads = self.law.weights[1]
        return (heads,) if self.sure is None else (self.sure, heads)

    def one_below(self, loss: fmpq) -> fmpq:
        """Return the probability that one coin has a mean of at most some loss."""
        most = int((loss * self.n).floor())
        if most == 0:
            return self.law.weights[0] ** self.n
        return 1 - coin_tail(self.law, self.n, most + 1)

    def _likely_below(self, loss: fmpq) -> bool:
        """Whether some coin has a mean of at most the loss with more than the probability delta."""
        one = self.one_below(loss)
        if self.coins == 1 or one == 0:
            return bool(one > self.delta)
        if self.n * self.coins * self.law.total.bit_length() <= _MAX_EXACT_BITS:
            return bool((1 - one) ** self.coins < 1 - self.delta)
        return compare("lt", self.coins * arb(-one).log1p(), arb(-self.delta).log1p())

    @property
    def excess(self) -> fmpq:
        """The quantile of the worst excess of a minimiser; see the base class."""
        if self.sure is None:
            return _ZERO
        return self.spread if self._likely_below(self.sure) else _ZERO

    @property
    def unseen(self) -> fmpq:
        """The quantile of the largest expected loss without a loss; see the base class."""
        return self.law.weights[1] if self._likely_below(_ZERO) else _ZERO

    def describe(self) -> dict[str, Any]:
        """Return the data."""
        sure = {} if self.sure is None else {"a hypothesis with the loss": str(self.sure)}
        return {
            **sure,
            "coins": _short(self.coins),
            "law of each": self.law.describe(),
            "n": self.n,
            "delta": _short(self.delta),
        }


def _short(value: fmpq | int) -> str:
    """Return a number, or about two digits of a long one."""
    text = str(value)
    return text if len(text) <= 20 else str(arb(value).str(2, radius=False))


_AnyCoins = TypeVar("_AnyCoins", Opposites, Rivals)


def critical(at: _AnyCoins) -> _AnyCoins:
    """Let delta be all but the probability that the worse hypothesis looks best.

    For `Rivals` it is a lower bound on that probability which is close to it where it is small: of
    m coins that have the probability q each, some one has the probability ``1 - (1 - q)^m``, which
    is more than ``m q / (1 + m q)``.
    """
    if isinstance(at, Opposites):
        return replace(at, delta=just_below(at.chance))
    many = at.coins * at.one_below(at.sure or _ZERO)
    chance = many if at.coins == 1 else many / (1 + many)
    return replace(at, delta=just_below(chance))


# Strategies


@st.composite
def rivals(draw: DrawFn) -> Rivals | Opposites:
    """Draw up to a million coins and a sure loss, or a coin's opposite losses.

    Often delta is `critical`, so that the worse hypotheses just count.
    """
    n = draw(st.integers(1, 60))
    delta = draw(st.sampled_from(DELTAS))
    odds = [(1, 1), (51, 49), (3, 2), (2, 1), (9, 1), (99, 1)]
    law = coin(*draw(st.sampled_from(odds)))
    if draw(st.booleans()):
        pair = Opposites(law, n, delta)
        return critical(pair) if draw(st.booleans()) else pair
    law = draw(coins())
    sure = draw(st.sampled_from([None, _ZERO, law.weights[1] * _HALF]))
    many = Rivals(law, draw(st.sampled_from([1, 2, 7, 1000, 10**6])), n, delta, sure)
    return critical(many) if draw(st.booleans()) else many


def selections() -> SearchStrategy[Selection]:
    """Draw a class of losses and a sample."""
    return st.one_of(loss_classes().map(FewLosses.of), rivals())
