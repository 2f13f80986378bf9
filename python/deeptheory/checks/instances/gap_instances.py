"""Classes and draws with a probability of failure: what the checks of generalization compare.

There are the ones that the checks draw and some with names, on which the bounds are tight.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from functools import cached_property
from typing import Any

from flint import fmpq
from hypothesis import strategies as st
from hypothesis.strategies import DrawFn, SearchStrategy

from deeptheory.checks.instances.classes import labellings, thresholds
from deeptheory.checks.instances.gaps import (
    Coin,
    Cube,
    SampleLaw,
    SmallClass,
    Source,
    functions_of,
)
from deeptheory.checks.instances.laws import FAIR, Law, coin, coin_tail, coins, laws, uniform
from deeptheory.checks.instances.strategies import nonnegatives, rationals

__all__ = [
    "ALMOST_ONE",
    "TWENTIETH",
    "GapInstance",
    "copies",
    "draws_from",
    "gap_instances",
    "just_below",
    "line",
    "margin_instances",
    "rare",
    "set_instances",
    "signs",
    "single_draw",
    "small_classes",
    "sources",
    "wrong",
]

_ZERO, _ONE = fmpq(0), fmpq(1)

TWENTIETH = fmpq(1, 20)
"""A common delta."""

ALMOST_ONE = 1 - fmpq(1, 10**10)
"""A delta for which the square root of the logarithm of its inverse all but vanishes."""


def just_below(probability: fmpq) -> fmpq:
    """Return a positive number of twelve digits that is a little below a probability.

    Examples
    --------
    >>> just_below(fmpq(1, 4))
    249999999999/1000000000000
    """
    digits = 12
    while probability * 10**digits < 10**11:
        digits += 1
    return fmpq(int((probability * 10**digits).ceil()) - 1, 10**digits)


@dataclass(frozen=True)
class GapInstance:
    """A source and the probability with which the bound may fail.

    Parameters
    ----------
    source : Source
        The class and its draws.
    delta : fmpq
        The probability, between zero and one.
    b : fmpq, optional
        The end of the interval ``[0, b]`` claimed to contain all values; their largest by default.
    rho : fmpq
        The margin.
    """

    source: Source
    delta: fmpq
    b: fmpq | None = None
    rho: fmpq = _ONE

    @property
    def end(self) -> fmpq:
        """The end of the interval claimed."""
        return self.source.top if self.b is None else self.b

    def below(self, value: fmpq) -> fmpq:
        """Return 1 where a margin is below ``rho`` and 0 elsewhere."""
        return fmpq(int(value < self.rho))

    @cached_property
    def margin_law(self) -> SampleLaw:
        """The law of the largest gap between errors and the share of margins below ``rho``."""
        return self.source.law_of(wrong, self.below)

    def describe(self) -> dict[str, Any]:
        """Return the data."""
        return {
            **self.source.describe(),
            "delta": str(self.delta),
            "b": str(self.end),
            "rho": str(self.rho),
        }


def wrong(margin: fmpq) -> fmpq:
    """Return 1 where a margin is not positive and 0 elsewhere."""
    return fmpq(int(margin <= 0))


@st.composite
def small_classes(draw: DrawFn, values: SearchStrategy[fmpq]) -> SmallClass:
    """Draw a class of up to six functions of up to four points, and up to four draws."""
    law = draw(laws())
    table = st.tuples(*[values] * law.size)
    functions = draw(st.lists(table, min_size=1, max_size=6, unique=True))
    return SmallClass(law, tuple(functions), draw(st.integers(1, 4)))


_BITS = st.sampled_from([_ZERO, _ONE])


def sources(values: SearchStrategy[fmpq] | None = None) -> SearchStrategy[Source]:
    """Draw a class of any kind, with values from zero on unless others are given."""
    chosen = nonnegatives(6, 3) if values is None else values
    drawn: list[SearchStrategy[Source]] = [
        small_classes(chosen),
        small_classes(_BITS),
        st.builds(Cube, st.sampled_from([1, 2, 3, 10, 1000]), st.integers(1, 6)),
        st.builds(Coin, coins(), st.integers(1, 60)),
    ]
    return st.one_of(*drawn)


def _deltas(law: SampleLaw) -> SearchStrategy[fmpq]:
    """Draw a probability, most often a little below that of a gap that occurs or a larger one."""
    gaps = sorted({(int(s.gap.p), int(s.gap.q)) for s in law.samples})
    attained = st.sampled_from(gaps).map(
        lambda gap: just_below(law.probability(lambda s: s.gap >= fmpq(*gap)))
    )
    common = st.sampled_from([fmpq(1, 20), fmpq(1, 2), fmpq(1, 1000)])
    return st.one_of(attained, attained, attained, common)


@st.composite
def gap_instances(draw: DrawFn) -> GapInstance:
    """Draw a class with values in an interval ``[0, b]`` with ``b > 0``."""
    source = draw(sources())
    slack = draw(st.sampled_from([_ZERO, _ZERO, fmpq(1, 2), fmpq(3)]))
    end = source.top + slack
    return GapInstance(source, draw(_deltas(source.law)), end if end > 0 else _ONE)


@st.composite
def margin_instances(draw: DrawFn) -> GapInstance:
    """Draw a class of margins and the margin to compare them with."""
    source = draw(sources(rationals(-4, 6, 3)))
    rho = draw(st.sampled_from([_ONE, fmpq(1, 3), fmpq(1, 100), fmpq(2), fmpq(5)]))
    trial = GapInstance(source, _ONE, rho=rho)
    return GapInstance(source, draw(_deltas(trial.margin_law)), rho=rho)


@st.composite
def set_instances(draw: DrawFn) -> GapInstance:
    """Draw a class of sets."""
    classes = labellings(4).filter(lambda found: found.points > 0 and bool(found.members))
    found = draw(st.one_of(classes, st.sampled_from([thresholds(3), thresholds(4)])))
    points = found.points
    law = draw(st.one_of(laws(points, points), st.just(uniform(points))))
    small = SmallClass(law, functions_of(found), draw(st.integers(1, 4)))
    source = draw(st.one_of(st.just(small), sources(_BITS)))
    return GapInstance(source, draw(_deltas(source.law)))


# Instances with names


def rare(n: int, heads: int, high: fmpq = _ONE, law: Law = FAIR) -> GapInstance:
    """Return the mean of coins, with a delta a little below the probability of so few heads.

    Parameters
    ----------
    n, heads : int
        The number of coins, and of heads.
    high : fmpq
        The value of heads; misses count zero.
    law : Law
        The law of a coin.
    """
    delta = just_below(coin_tail(Law(law.masses[::-1]), n, n - heads))
    return GapInstance(Coin(law, n, (_ZERO, high)), delta)


def signs(law: Law, n: int, delta: fmpq) -> GapInstance:
    """Return the margins of one classifier: minus one for a miss, one for heads."""
    return GapInstance(Coin(law, n, (-_ONE, _ONE)), delta)


def copies(n: int, values: tuple[fmpq, fmpq] = (_ZERO, _ONE)) -> GapInstance:
    """Return a coin that is thrown once for all draws; it misses with a probability above delta."""
    return GapInstance(Coin(coin(3, 7), n, values, copies=True), fmpq(29, 100))


def single_draw(points: int, high: fmpq = _ONE, delta: fmpq = ALMOST_ONE) -> GapInstance:
    """Return all functions to zero and another value, the margin, and a single draw."""
    return GapInstance(Cube(points, 1, high), delta, rho=high)


def draws_from(points: int) -> Callable[[], list[tuple[int, GapInstance]]]:
    """Return one to twelve draws, and all functions to 0 and 1, for a plot."""
    return lambda: [(n, GapInstance(Cube(points, n), TWENTIETH)) for n in range(1, 13)]


def line(points: int, n: int) -> SmallClass:
    """Return the thresholds on equally likely points of a line."""
    return SmallClass(uniform(points), functions_of(thresholds(points)), n)
