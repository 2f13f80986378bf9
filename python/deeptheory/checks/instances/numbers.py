"""Numbers of every size, roots enclosed by bisection, and numbers of a quadratic field.

The real numbers that the checks of ``lean/DeepTheory/Reals`` speak of are given here in more than
one way: by python-flint's balls, by rationals on both sides, and exactly.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

from flint import arb, ctx, fmpq, fmpz
from hypothesis import strategies as st
from hypothesis.strategies import DrawFn, SearchStrategy
from mpmath import iv

from deeptheory.checks.instances.strategies import rationals
from deeptheory.formulas.rigorous import Number

__all__ = [
    "Arguments",
    "Cut",
    "Cuts",
    "Point",
    "Surd",
    "Surds",
    "arguments",
    "arguments_on_grid",
    "cuts",
    "grid",
    "in_balls",
    "interval",
    "points",
    "surds",
]

_EXPONENTS = (-300, -100, -40, -20, -12, -8, -6, -5, -4, -3, -2, -1, 0, 1, 2, 3, 4, 6)
_MANTISSAS = (fmpq(1), fmpq(1, 3), fmpq(7))


@dataclass(frozen=True)
class Arguments:
    """Arguments of the laws of exp and log: any ``x`` and ``y``, positive ``u`` and ``v``."""

    x: fmpq
    y: fmpq
    u: fmpq
    v: fmpq

    def describe(self) -> dict[str, Any]:
        """Return the arguments."""
        return {"x": _text(self.x), "y": _text(self.y), "u": _text(self.u), "v": _text(self.v)}


def _text(value: fmpq) -> str:
    """Return a fraction, or a few digits of a long one."""
    text = str(value)
    return text if len(text) <= 40 else f"about {arb(value).str(10, radius=False)}"


def _power_of_ten(exponent: int) -> fmpq:
    return fmpq(10) ** exponent


def grid() -> list[fmpq]:
    """Return rationals of both signs and of every size from 1e-300 to 7e6, and zero."""
    sizes = [mantissa * _power_of_ten(e) for e in _EXPONENTS for mantissa in _MANTISSAS]
    return [fmpq(0), *(sign * size for size in sizes for sign in (1, -1))]


def arguments_on_grid(shifts: tuple[int, ...] = (1, 17, 37, 55, 80)) -> Iterator[Arguments]:
    """Yield arguments from the grid, ``u`` near one, tiny and huge, each with several others."""
    values = grid()
    positive = [value for value in values if value > 0]
    near_one = [1 + value for value in values if value > -1]
    candidates = [*near_one, *positive, *(1 / value for value in positive)]
    for shift in shifts:
        for place, x in enumerate(values):
            yield Arguments(
                x,
                values[(place + shift) % len(values)],
                candidates[(place * len(shifts) + shift) % len(candidates)],
                candidates[(place * 3 + shift * 7) % len(candidates)],
            )


def _magnitudes(smallest: int = -300, largest: int = 6) -> SearchStrategy[fmpq]:
    """Draw a rational of either sign, or zero, whose power of ten is drawn too."""
    return st.builds(
        lambda top, bottom, exponent: fmpq(top, bottom) * _power_of_ten(exponent),
        st.integers(-9, 9),
        st.integers(1, 9),
        st.integers(smallest, largest),
    )


@st.composite
def arguments(draw: DrawFn) -> Arguments:
    """Draw arguments of every size; a positive one may lie close to one."""
    x, y = draw(_magnitudes()), draw(_magnitudes())
    positive = st.one_of(
        _magnitudes(-300, 300).filter(lambda value: value > 0),
        _magnitudes(-300, -1).map(lambda value: 1 + value),
    )
    return Arguments(x, y, draw(positive), draw(positive))


@dataclass(frozen=True)
class Cut:
    """The rationals ``q >= 0`` with ``q ** degree <= power``, which a root bounds from above.

    Parameters
    ----------
    degree : int
        The exponent.
    power : fmpq
        What the powers stay below.
    upper : fmpq
        An upper bound of the set.
    steps : int
        How often the interval from zero to ``upper`` is halved.
    """

    degree: int
    power: fmpq
    upper: fmpq
    steps: int

    def sequence(self) -> list[tuple[fmpq, fmpq]]:
        """Return the intervals of the bisection: each starts in the set and ends above it."""
        low, high = fmpq(0), self.upper
        found = [(low, high)]
        for _ in range(self.steps):
            middle = (low + high) / 2
            low, high = (middle, high) if self.contains(middle) else (low, middle)
            found.append((low, high))
        return found

    def contains(self, q: fmpq) -> bool:
        """Whether a rational belongs to the set."""
        return bool(q**self.degree <= self.power)

    def supremum(self) -> Number:
        """Return the least upper bound by python-flint's root, exact where it is rational.

        Where the set is empty there is none.
        """
        if self.power < 0:
            return arb("nan")
        top, bottom = (fmpz(n).root(self.degree) for n in (self.power.p, self.power.q))
        root = fmpq(top, bottom)
        return root if root**self.degree == self.power else arb(self.power).root(self.degree)

    def describe(self) -> dict[str, Any]:
        """Return the data."""
        return {
            "set": f"q >= 0 with q^{self.degree} <= {self.power}",
            "upper bound": str(self.upper),
            "halvings": self.steps,
        }


@dataclass(frozen=True)
class Cuts:
    """Two sets of rationals, whose bisections are added and multiplied term by term."""

    s: Cut
    t: Cut

    def describe(self) -> dict[str, Any]:
        """Return the data of both."""
        return {"s": self.s.describe(), "t": self.t.describe()}


@st.composite
def _single_cuts(draw: DrawFn, steps: int) -> Cut:
    degree = draw(st.integers(1, 5))
    power = fmpq(draw(st.integers(0, 200)), draw(st.integers(1, 30)))
    slack = fmpq(draw(st.integers(0, 6)), draw(st.integers(1, 6)))
    return Cut(degree, power, max(power, fmpq(1)) + slack, steps)


@st.composite
def cuts(draw: DrawFn) -> Cuts:
    """Draw two sets of rationals with rational upper bounds, and how often to halve."""
    single = _single_cuts(draw(st.integers(1, 40)))
    return Cuts(draw(single), draw(single))


@dataclass(frozen=True)
class Surd:
    """The number ``a + b sqrt(d)`` of a quadratic field, exact and exactly ordered."""

    a: fmpq
    b: fmpq
    d: int

    def __add__(self, other: Surd) -> Surd:
        return Surd(self.a + other.a, self.b + other.b, self.d)

    def __mul__(self, other: Surd) -> Surd:
        return Surd(
            self.a * other.a + self.d * self.b * other.b,
            self.a * other.b + self.b * other.a,
            self.d,
        )

    def above(self, q: fmpq) -> bool:
        """Whether the number is larger than a rational, decided by rationals."""
        left, right = self.a - q, self.b
        squares = left * left - right * right * self.d  # positive where the first part outweighs
        return bool(left > 0 if squares > 0 else right > 0)

    def __lt__(self, other: Surd) -> bool:
        gap = Surd(other.a - self.a, other.b - self.b, self.d)
        return gap.above(fmpq(0))

    def by_cut(self) -> arb:
        """Enclose the number by the rationals below it, which are all that is looked at."""
        high = abs(self.a) + abs(self.b) * self.d + 1
        low = -high
        for _ in range(ctx.prec + int(high.p).bit_length()):
            middle = (low + high) / 2
            low, high = (middle, high) if self.above(middle) else (low, middle)
        return arb((low + high) / 2, (high - low) / 2)

    def in_balls(self, factor: int = 1) -> arb:
        """Return ``a + factor b sqrt(d)`` by python-flint's square root."""
        return self.a + factor * self.b * arb(self.d).sqrt()

    def __str__(self) -> str:
        return f"{self.a} + {self.b} sqrt({self.d})"


@dataclass(frozen=True)
class Surds:
    """Two numbers of a quadratic field, and a map of it into the real numbers.

    Parameters
    ----------
    x, y : Surd
        The numbers.
    image : str
        The map: the ``inclusion``; the ``conjugation``, which keeps sums and products and not the
        order; ``doubled`` irrational parts, which keeps sums and not products; the ``cube``, which
        keeps products and not sums.
    """

    x: Surd
    y: Surd
    image: str = "inclusion"

    def map(self, z: Surd) -> arb:
        """Return the image of a number."""
        if self.image == "cube":
            return z.in_balls() ** 3
        return z.in_balls({"inclusion": 1, "conjugation": -1, "doubled": 2}[self.image])

    def describe(self) -> dict[str, Any]:
        """Return the numbers."""
        return {"x": str(self.x), "y": str(self.y), "map": self.image}


@st.composite
def surds(draw: DrawFn) -> Surds:
    """Draw two numbers of a quadratic field."""
    d = draw(st.sampled_from([2, 3, 5, 7, 10, 2027]))
    parts = draw(st.tuples(*[rationals(-30, 30, 30)] * 4))
    return Surds(Surd(parts[0], parts[1], d), Surd(parts[2], parts[3], d))


@dataclass(frozen=True)
class Point:
    """Rational arguments of the library's functions, and a map between two kinds of reals.

    The reals of one kind are mpmath's intervals, those of the other python-flint's balls.

    Parameters
    ----------
    x, u, a : fmpq
        Any number, a positive one, and an exponent.
    factor : int
        What the map multiplies by: 1 for the isomorphism; with 2 it keeps sums and the order only.
    """

    x: fmpq
    u: fmpq
    a: fmpq
    factor: int = 1

    def map(self, number: Any) -> arb:
        """Return the image of an interval, as a ball that contains it."""
        return self.factor * in_balls(number)

    def describe(self) -> dict[str, Any]:
        """Return the arguments."""
        return {"x": _text(self.x), "u": _text(self.u), "a": _text(self.a), "factor": self.factor}


def interval(value: fmpq) -> Any:
    """Return a rational as an interval of mpmath, at python-flint's precision."""
    iv.prec = ctx.prec
    return iv.mpf(int(value.p)) / iv.mpf(int(value.q))


def in_balls(number: Any) -> arb:
    """Return a ball that contains an interval of mpmath."""
    ends = []
    for end in (number.a, number.b):
        sign, mantissa, exponent, _ = end._mpi_[0]
        signed = -int(mantissa) if sign else int(mantissa)
        ends.append(fmpq(signed) * fmpq(2) ** int(exponent))
    low, high = ends
    return arb((low + high) / 2, (high - low) / 2)


def points() -> SearchStrategy[Point]:
    """Draw arguments of moderate size for all functions."""
    return st.builds(
        Point,
        st.one_of(rationals(-300, 300, 30), _magnitudes(-30, 2)),
        _magnitudes(-30, 30).map(abs).filter(bool),
        rationals(-20, 20, 8),
    )
