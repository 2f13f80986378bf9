"""Lipschitz functions of rationals with rational values, and classes composed with them."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from functools import cache, cached_property
from typing import Any

from flint import fmpq
from hypothesis import strategies as st
from hypothesis.strategies import DrawFn, SearchStrategy

from deeptheory.checks.instances.rademacher import FiniteClass, finite_classes
from deeptheory.checks.instances.strategies import nonnegatives, positives, rationals

__all__ = [
    "RELU",
    "Composed",
    "Scalar",
    "absolute",
    "clip",
    "composed",
    "halves",
    "multiple",
    "saturation",
    "sawtooth",
    "scalars",
    "shifted",
    "square",
    "step",
]

_ZERO, _ONE = fmpq(0), fmpq(1)


@dataclass(frozen=True)
class Scalar:
    """A function of one rational, with the Lipschitz constant that is claimed for it.

    Parameters
    ----------
    name : str
        What it is, for the report.
    lipschitz : fmpq
        The constant.
    function : callable
        The function.
    slopes : tuple of fmpq, optional
        Where the function is positively homogeneous, its slopes right and left of zero.
    """

    name: str
    lipschitz: fmpq
    function: Callable[[fmpq], fmpq]
    slopes: tuple[fmpq, fmpq] | None = None

    def __call__(self, t: fmpq) -> fmpq:
        """Return the value."""
        return self.function(t)

    def claiming(self, lipschitz: fmpq) -> Scalar:
        """Return the function with another constant claimed for it."""
        return Scalar(self.name, lipschitz, self.function, self.slopes)


def halves(right: fmpq, left: fmpq, name: str | None = None) -> Scalar:
    """Return the function with the given slopes right and left of zero."""
    return Scalar(
        name or f"slopes {right} for t > 0, {left} for t < 0",
        max(abs(right), abs(left)),
        lambda t: right * t if t > 0 else left * t,
        (right, left),
    )


RELU = halves(_ONE, _ZERO, "positive part")
"""The positive part."""


def multiple(factor: fmpq) -> Scalar:
    """Return the multiplication by a number."""
    return halves(factor, factor, f"{factor} t")


def absolute() -> Scalar:
    """Return the absolute value."""
    return halves(_ONE, -_ONE, "absolute value")


def shifted(function: Scalar, shift: fmpq) -> Scalar:
    """Return a function plus a constant."""
    return Scalar(
        f"{function.name}, plus {shift}", function.lipschitz, lambda t: function(t) + shift
    )


def clip(low: fmpq, high: fmpq) -> Scalar:
    """Return the point of an interval that is closest."""
    return Scalar(f"clipped to [{low}, {high}]", _ONE, lambda t: min(max(t, low), high))


def sawtooth(period: fmpq) -> Scalar:
    """Return the distance to the closest multiple of a positive period."""

    def distance(t: fmpq) -> fmpq:
        rest = t - (t / period).floor() * period
        return min(rest, period - rest)

    return Scalar(f"distance to the multiples of {period}", _ONE, distance)


def saturation(size: fmpq) -> Scalar:
    """Return ``c t / (1 + |t|)``, whose slope is largest at zero."""
    return Scalar(f"{size} t / (1 + |t|)", abs(size), lambda t: size * t / (1 + abs(t)))


def square() -> Scalar:
    """Return the square, which has no Lipschitz constant; one is claimed."""
    return Scalar("t^2", _ONE, lambda t: t * t)


def step() -> Scalar:
    """Return the indicator of the positive numbers, which is not continuous; one is claimed."""
    return Scalar("1 for t > 0, else 0", _ONE, lambda t: _ONE if t > 0 else _ZERO)


@cache
def scalars() -> SearchStrategy[Scalar]:
    """Draw a Lipschitz function with its best constant or a larger one."""
    kinds: SearchStrategy[Scalar] = st.one_of(
        st.just(RELU),
        st.builds(halves, rationals(), rationals()),
        rationals().map(multiple),
        st.builds(lambda low, width: clip(low, low + width), rationals(), nonnegatives()),
        positives().map(sawtooth),
        rationals().map(saturation),
    )
    shifts = st.builds(shifted, kinds, rationals())
    looser = st.builds(lambda f, more: f.claiming(f.lipschitz + more), kinds, nonnegatives())
    return st.one_of(kinds, shifts, looser)


@dataclass(frozen=True)
class Composed:
    """A finite class and a Lipschitz function for each point of the sample.

    Parameters
    ----------
    found : FiniteClass
        The class.
    functions : tuple of Scalar
        The functions; a single one is taken at all points.
    claimed : fmpq, optional
        The Lipschitz constant claimed for all of them; the largest one by default.
    """

    found: FiniteClass
    functions: tuple[Scalar, ...]
    claimed: fmpq | None = None

    @property
    def lipschitz(self) -> fmpq:
        """The Lipschitz constant claimed."""
        return max(f.lipschitz for f in self.functions) if self.claimed is None else self.claimed

    @property
    def zero_at_zero(self) -> bool:
        """Whether all functions are zero at zero."""
        return all(f(_ZERO) == 0 for f in self.functions)

    @cached_property
    def composed(self) -> FiniteClass:
        """The class of the compositions."""
        last = len(self.functions) - 1
        return self.found.map(lambda j, t: self.functions[min(j, last)](t))

    def describe(self) -> dict[str, Any]:
        """Return the data."""
        names = [f.name for f in self.functions]
        return {**self.found.describe(), "functions applied": names, "L": str(self.lipschitz)}


@st.composite
def composed(draw: DrawFn) -> Composed:
    """Draw a class and one Lipschitz function, or one for each point."""
    found = draw(finite_classes())
    number = draw(st.sampled_from([1, found.points]))
    return Composed(found, draw(st.tuples(*[scalars()] * number)))
