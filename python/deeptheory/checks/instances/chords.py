"""Functions on an interval, and the points where they have the slope of their chord."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cached_property
from typing import Any, Protocol

from flint import fmpq, fmpq_poly
from hypothesis import strategies as st
from hypothesis.strategies import DrawFn, SearchStrategy

from deeptheory.checks.instances.strategies import positives, rationals
from deeptheory.formulas.rigorous import Number, compare, square_root

__all__ = ["Chord", "Function", "Joined", "Polynomial", "SquareRoot", "absolute_value", "chords"]

_ZERO = fmpq(0)


class Function(Protocol):
    """A function on an interval of the line, differentiable except where it says."""

    def value(self, x: fmpq) -> Number:
        """Return the value at a point."""

    def derivative(self, x: Number) -> Number:
        """Return the derivative at a point where there is one."""

    def points(self, slope: fmpq, low: fmpq, high: fmpq) -> list[Number]:
        """Return the points of the open interval where the derivative is ``slope``.

        They are all there are, or one of them where it is ``slope`` on a whole piece.

        Raises
        ------
        UndecidedError
            Where the precision does not tell whether a point lies in the interval.
        """

    def describe(self) -> dict[str, Any]:
        """Return the data of the function, for a report."""


@dataclass(frozen=True)
class Polynomial:
    """A polynomial with rational coefficients, constant term first."""

    coefficients: tuple[fmpq, ...]

    @cached_property
    def _polynomial(self) -> fmpq_poly:
        return fmpq_poly(list(self.coefficients))

    @cached_property
    def _slopes(self) -> fmpq_poly:
        return self._polynomial.derivative()

    def value(self, x: fmpq) -> fmpq:
        """Return the value at a point."""
        return self._polynomial(x)

    def derivative(self, x: Number) -> Number:
        """Return the derivative at a point."""
        total = _ZERO
        for coefficient in reversed(self._slopes.coeffs()):
            total = total * x + coefficient
        return total

    def points(self, slope: fmpq, low: fmpq, high: fmpq) -> list[Number]:
        """Isolate all real roots of ``f' - slope`` and keep those inside the interval.

        Roots at the ends are divided out exactly, so that balls decide for the others.
        """
        gap = self._slopes - slope
        if gap.is_zero():
            return [(low + high) / 2]
        for end in (low, high):
            while gap(end) == 0:
                gap //= fmpq_poly([-end, 1])
        if gap.degree() == 0:
            return []
        isolated: Any = gap.numer().complex_roots()
        roots = [root.real for root, _ in isolated if root.imag == 0]
        return [c for c in roots if compare("lt", low, c) and compare("lt", c, high)]

    def describe(self) -> dict[str, Any]:
        """Return the coefficients."""
        return {"f": f"{self._polynomial}"}


@dataclass(frozen=True)
class SquareRoot:
    """The square root, which has no derivative at zero."""

    def value(self, x: fmpq) -> Number:
        """Return the value at a point."""
        return square_root(x)

    def derivative(self, x: Number) -> Number:
        """Return the derivative at a positive point."""
        return 1 / (2 * square_root(x))

    def points(self, slope: fmpq, low: fmpq, high: fmpq) -> list[Number]:
        """Return the one point whose root is half of the slope's inverse."""
        if not slope > 0:
            return []
        point = 1 / (4 * slope * slope)
        return [point] if low < point < high else []

    def describe(self) -> dict[str, Any]:
        """Return the name."""
        return {"f": "sqrt(x)"}


@dataclass(frozen=True)
class Joined:
    """Two polynomials: one up to a point and another from there on, with the same value there."""

    left: Polynomial
    right: Polynomial
    joint: fmpq

    def value(self, x: fmpq) -> fmpq:
        """Return the value at a point."""
        return (self.left if x < self.joint else self.right).value(x)

    def derivative(self, x: Number) -> Number:
        """Return the derivative at a point where there is one."""
        return (self.left if compare("lt", x, self.joint) else self.right).derivative(x)

    def points(self, slope: fmpq, low: fmpq, high: fmpq) -> list[Number]:
        """Return the points on both sides, and the joint where it is one."""
        joint, found = self.joint, []
        if low < joint:
            found += self.left.points(slope, low, min(joint, high))
        if joint < high:
            found += self.right.points(slope, max(joint, low), high)
        slopes_there = {self.left.derivative(joint), self.right.derivative(joint)}
        if low < joint < high and slopes_there == {slope}:
            found.append(joint)
        return found

    def describe(self) -> dict[str, Any]:
        """Return both parts."""
        return {
            f"f up to {self.joint}": self.left.describe()["f"],
            f"f from {self.joint} on": self.right.describe()["f"],
        }


def absolute_value() -> Joined:
    """Return the absolute value."""
    return Joined(Polynomial((_ZERO, fmpq(-1))), Polynomial((_ZERO, fmpq(1))), _ZERO)


@dataclass(frozen=True)
class Chord:
    """A function and the ends of an interval.

    Parameters
    ----------
    function : Function
        The function.
    a, b : fmpq
        The ends, ``a < b``.
    jump : fmpq
        What is added to the value at ``b``; other than zero, it breaks the continuity there.
    """

    function: Function
    a: fmpq
    b: fmpq
    jump: fmpq = _ZERO

    @property
    def rise(self) -> Number:
        """The difference ``f(b) - f(a)``."""
        return self.function.value(self.b) + self.jump - self.function.value(self.a)

    @property
    def run(self) -> fmpq:
        """The length of the interval."""
        return self.b - self.a

    def points(
        self, *, low: fmpq | None = None, high: fmpq | None = None, factor: fmpq | None = None
    ) -> list[Number]:
        """Return the points inside where the derivative is the slope of the chord.

        Parameters
        ----------
        low, high : fmpq, optional
            The ends of another interval to look in.
        factor : fmpq, optional
            Look for this multiple of the slope.
        """
        slope = self.rise / self.run
        return self.function.points(
            slope if factor is None else factor * slope,
            self.a if low is None else low,
            self.b if high is None else high,
        )

    def describe(self) -> dict[str, Any]:
        """Return the data."""
        described = {**self.function.describe(), "a": str(self.a), "b": str(self.b)}
        return {**described, "jump at b": str(self.jump)} if self.jump else described


@st.composite
def _polynomials(draw: DrawFn, min_degree: int, max_degree: int) -> Polynomial:
    degree = draw(st.integers(min_degree, max_degree))
    leading = draw(positives()) * draw(st.sampled_from([1, -1]))
    return Polynomial((*draw(st.tuples(*[rationals()] * degree)), leading))


@st.composite
def _joined(draw: DrawFn) -> Joined:
    """Draw two polynomials that meet with the same slope, and different second derivatives."""
    left, joint = draw(_polynomials(1, 4)), draw(rationals())
    base, bend = fmpq_poly([-joint, 1]), draw(_polynomials(0, 2))
    right = fmpq_poly(list(left.coefficients)) + base * base * fmpq_poly(list(bend.coefficients))
    return Joined(left, Polynomial(tuple(right.coeffs())), joint)


@st.composite
def chords(draw: DrawFn) -> Chord:
    """Draw a polynomial, two that are joined smoothly, or the square root, and an interval."""
    kind = draw(st.sampled_from(["polynomial", "polynomial", "joined", "square root"]))
    if kind == "square root":  # between squares, so that all is rational
        low = draw(st.one_of(st.just(_ZERO), positives()))
        high = low + draw(positives())
        return Chord(SquareRoot(), low * low, high * high)
    functions: SearchStrategy[Function] = _polynomials(1, 6) if kind == "polynomial" else _joined()
    a = draw(rationals())
    return Chord(draw(functions), a, a + draw(positives()))
