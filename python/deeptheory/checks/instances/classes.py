"""Classes of labellings of finitely many points: their dimension and their growth, by search."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from functools import cached_property
from itertools import combinations, permutations
from math import comb
from typing import Any

from hypothesis import strategies as st
from hypothesis.strategies import DrawFn

__all__ = [
    "GrowthInstance",
    "KnownGrowth",
    "Labellings",
    "all_labellings",
    "at_most_true",
    "growth_instances",
    "half_planes",
    "intervals",
    "labellings",
    "large_growth_instances",
    "thresholds",
]


@dataclass(frozen=True)
class Labellings:
    """A set of functions from the points ``0, ..., points - 1`` to the Boolean values.

    Parameters
    ----------
    points : int
        The number of points.
    members : frozenset of int
        The functions: bit ``x`` of a member is its value at the point ``x``.
    name : str
        What they are, for the report.
    """

    points: int
    members: frozenset[int]
    name: str = "labellings"

    def traces(self, sample: Sequence[int]) -> set[tuple[bool, ...]]:
        """Return the labellings of a sample, in which a point may occur more than once."""
        return {tuple(bool(member >> x & 1) for x in sample) for member in self.members}

    def shatters(self, sample: Sequence[int]) -> bool:
        """Whether all labellings of a sample occur."""
        return len(self.traces(sample)) == 1 << len(sample)

    @cached_property
    def dimension(self) -> int:
        """The size of the largest shattered sample; 0 also where the class is empty.

        A sample in which a point occurs twice is not shattered, so that sets of points will do.
        """
        shattered = (
            size
            for size in range(self.points, 0, -1)
            if any(self.shatters(chosen) for chosen in combinations(range(self.points), size))
        )
        return next(shattered, 0)

    def growth(self, n: int) -> int:
        """Return the largest number of labellings of a sample of ``n`` points, 0 without one.

        The number depends on the set of points alone, and one point more does not lower it, so
        that samples of as many different points as there can be will do.
        """
        if self.points == 0 < n:
            return 0
        samples = combinations(range(self.points), min(n, self.points))
        return max(len(self.traces(sample)) for sample in samples)

    def describe(self) -> dict[str, Any]:
        """Return the members as words of zeros and ones, point 0 first."""
        words = sorted(
            "".join(str(member >> x & 1) for x in range(self.points)) for member in self.members
        )
        return {"points": self.points, "class": self.name, "members": words}


def _where(points: int, holds: Callable[[int], bool], name: str) -> Labellings:
    return Labellings(points, frozenset(b for b in range(2**points) if holds(b)), name)


def all_labellings(points: int) -> Labellings:
    """Return all labellings of some points."""
    return _where(points, lambda _: True, "all labellings")


def at_most_true(points: int, d: int) -> Labellings:
    """Return the labellings that are true at most ``d`` times."""
    return _where(points, lambda b: b.bit_count() <= d, f"true at most {d} times")


def thresholds(points: int) -> Labellings:
    """Return the labellings that are true exactly below some point."""
    return Labellings(points, frozenset(2**t - 1 for t in range(points + 1)), "thresholds")


def intervals(points: int) -> Labellings:
    """Return the labellings that are true exactly on an interval, which may be empty."""
    ends = combinations(range(points + 1), 2)
    members = frozenset({0, *(2**high - 2**low for low, high in ends)})
    return Labellings(points, members, "intervals")


def half_planes(places: Sequence[tuple[int, int]]) -> Labellings:
    """Return the labellings of points of the plane by half-planes: linear classifiers.

    No three points may lie on a line.  A half-plane with points inside and outside can be moved,
    without a change of its labelling, until its border all but touches two of the points; these
    may then have any labels.

    Raises
    ------
    ValueError
        Where three points lie on a line.
    """
    size = len(places)
    members = {0, 2**size - 1}
    for i, j in permutations(range(size), 2):
        (x, y), (u, v) = places[i], places[j]
        left = 0
        for k, (p, q) in enumerate(places):
            side = (u - x) * (q - y) - (v - y) * (p - x)
            if k not in (i, j):
                if side == 0:
                    raise ValueError("Three points lie on a line.")
                left |= (side > 0) << k
        members |= {left | a << i | b << j for a in (0, 1) for b in (0, 1)}
    return Labellings(size, frozenset(members), f"half-planes over {list(places)}")


@dataclass(frozen=True)
class GrowthInstance:
    """A class, a sample size and a bound on the dimension.

    Parameters
    ----------
    labellings : Labellings
        The class.
    n : int
        The sample size.
    claimed : int, optional
        The bound claimed on the dimension; the dimension itself by default.
    """

    labellings: Labellings
    n: int
    claimed: int | None = None

    @property
    def d(self) -> int:
        """The bound on the dimension."""
        return self.labellings.dimension if self.claimed is None else self.claimed

    @cached_property
    def growth(self) -> int:
        """The largest number of labellings of a sample."""
        return self.labellings.growth(self.n)

    def describe(self) -> dict[str, Any]:
        """Return the data."""
        return {**self.labellings.describe(), "n": self.n, "d": self.d}


@dataclass(frozen=True)
class KnownGrowth:
    """The labellings that are true at most ``d`` times, on a sample too large for a search.

    A labelling of n different points that is true at i of them is one choice of i points.

    Parameters
    ----------
    n, d : int
        The sample size, and the dimension of the class on ``d`` points or more.
    """

    n: int
    d: int

    @cached_property
    def growth(self) -> int:
        """The largest number of labellings of a sample."""
        return sum(comb(self.n, i) for i in range(self.d + 1))

    def describe(self) -> dict[str, Any]:
        """Return the data."""
        return {"class": f"true at most {self.d} times", "n": self.n, "d": self.d}


@st.composite
def labellings(draw: DrawFn, max_points: int = 5) -> Labellings:
    """Draw a set of labellings, a few of them, many, or all that lie below some.

    The last kind (all labellings that are true at no further place than one that is drawn) has no
    more members than it shatters sets, which is as few as Pajor's lemma allows.
    """
    points = draw(st.integers(0, max_points))
    tops = draw(st.frozensets(st.integers(0, 2**points - 1), max_size=12))
    match draw(st.sampled_from(["members", "others", "below"])):
        case "members":
            return Labellings(points, tops)
        case "others":
            return _where(points, lambda b: b not in tops, "labellings")
        case _:
            return _where(points, lambda b: any(b & top == b for top in tops), "labellings")


_PLACES = [(0, 0), (1, 5), (4, 1), (6, 6), (2, 3), (9, 4)]


@st.composite
def growth_instances(draw: DrawFn) -> GrowthInstance:
    """Draw a class, a sample size up to six and a bound on the dimension."""
    size = st.integers(1, 6)
    known = st.one_of(
        size.map(thresholds),
        size.map(intervals),
        size.map(lambda points: half_planes(_PLACES[:points])),
    )
    drawn = draw(st.one_of(labellings(), known))
    more = draw(st.sampled_from([None, None, 1, 2]))
    claimed = None if more is None else drawn.dimension + more
    return GrowthInstance(drawn, draw(st.integers(0, 6)), claimed)


@st.composite
def large_growth_instances(draw: DrawFn) -> GrowthInstance | KnownGrowth:
    """Draw a class and a sample size of at least the bound on the dimension, which is at least 1.

    The samples of at most six points are searched; those of the labellings that are true at most
    ``d`` times may have up to a thousand points.
    """
    if draw(st.booleans()):
        d = draw(st.integers(1, 12))
        return KnownGrowth(draw(st.integers(d, 1000)), d)
    found = draw(growth_instances())
    d = max(1, found.d)
    return GrowthInstance(found.labellings, max(d, found.n), d)
