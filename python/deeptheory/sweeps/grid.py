"""Reads the grid of a sweep: which values each parameter of a bound takes."""

from __future__ import annotations

import math
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from fractions import Fraction
from typing import Any

from flint import arb, ctx, fmpq

from deeptheory.errors import UsageError
from deeptheory.formulas.inputs import match_name, read_value
from deeptheory.formulas.syntax import Param, Var

__all__ = ["DEFAULT_POINTS", "Axis", "Grid", "exact_text", "read_grid"]

DEFAULT_POINTS = 25
"""The points of a range that names none."""

_DIGITS = 6
_FORMS = "A:B, A:B:lin, A:B:log, A:B:lin:POINTS or A:B:log:POINTS"


@dataclass(frozen=True)
class Axis:
    """One parameter and the values that it takes, in order.

    Parameters
    ----------
    name : str
        The parameter, as the bound spells it.
    kind : {"nat", "real", "vector"}
        What it stands for.
    values : tuple
        Distinct exact values: ``int``, ``Fraction``, or nested tuples of fractions.
    log : bool
        Whether all values come from ranges with ``log``.
    text : str
        The values as they were asked for.
    """

    name: str
    kind: str
    values: tuple[Any, ...]
    log: bool
    text: str


@dataclass(frozen=True)
class Grid:
    """All combinations of the values of some axes; the last axis varies fastest.

    Parameters
    ----------
    axes : tuple of Axis
        The axes, in the order in which they were given.
    """

    axes: tuple[Axis, ...]

    def __len__(self) -> int:
        return math.prod(len(axis.values) for axis in self.axes)

    @property
    def names(self) -> tuple[str, ...]:
        """The names of the axes."""
        return tuple(axis.name for axis in self.axes)

    def point(self, index: int) -> tuple[Any, ...]:
        """Return the values at a place in the order of all points.

        Examples
        --------
        >>> axes = (Axis("n", "nat", (1, 2), False, ""), Axis("k", "nat", (5, 6, 7), False, ""))
        >>> Grid(axes).point(4)
        (2, 6)
        """
        found = []
        for axis in reversed(self.axes):
            index, place = divmod(index, len(axis.values))
            found.append(axis.values[place])
        return tuple(reversed(found))

    def points(self) -> Iterator[tuple[Any, ...]]:
        """Yield the values at all points, in order."""
        return (self.point(index) for index in range(len(self)))


def exact_text(value: Any) -> str:
    """Write an exact value: a whole number, a decimal where it ends, a fraction otherwise.

    Examples
    --------
    >>> exact_text(Fraction(1, 20)), exact_text(Fraction(1, 3)), exact_text((Fraction(1), 2))
    ('0.05', '1/3', '1,2')
    """
    if isinstance(value, tuple):
        rows = any(isinstance(entry, tuple) for entry in value)
        return (";" if rows else ",").join(exact_text(entry) for entry in value)
    number = Fraction(value)
    rest, twos, fives = number.denominator, 0, 0
    while rest % 2 == 0:
        rest, twos = rest // 2, twos + 1
    while rest % 5 == 0:
        rest, fives = rest // 5, fives + 1
    places = max(twos, fives)
    if places == 0 or rest != 1 or places > 30:
        return str(number)
    digits = str(abs(number.numerator) * 10**places // number.denominator).zfill(places + 1)
    return f"{'-' * (number < 0)}{digits[:-places]}.{digits[-places:]}"


def read_grid(what: str, params: Sequence[Param], given: Sequence[str], *, limit: int) -> Grid:
    """Read the axes of a grid, each ``NAME=VALUES``.

    Parameters
    ----------
    what : str
        The bound, for errors.
    params : sequence of Param
        Its parameters, each of which needs an axis, except for the sizes of vectors.
    given : sequence of str
        The axes.  ``VALUES`` are numbers and ranges with commas between them; a range is ``A:B``
        (all whole numbers), ``A:B:lin`` or ``A:B:log``, both with ``:POINTS`` or without.  The
        values of a vector are vectors with ``|`` between them.
    limit : int
        How many points there may be.

    Raises
    ------
    UsageError
        Where a name or a value cannot be read, a parameter is missing or named twice, or there
        are more points than allowed.
    """
    kinds = {param.name: param.kind for param in params}
    axes: dict[str, Axis] = {}
    for text in given:
        spelled, equals, values = text.partition("=")
        if not equals or not spelled.strip() or not values.strip():
            raise UsageError(
                f"--grid {text} is no axis: write NAME=VALUES, such as n=10:1e6:log or "
                "delta=0.01,0.05."
            )
        name = match_name(what, list(kinds), spelled.strip())
        if name in axes:
            raise UsageError(f"--grid gives {name} twice: list all its values in one, with commas.")
        axes[name] = _axis(name, kinds[name], values.strip(), limit)
    shown = {  # the sizes that vectors show
        size.name for param in params for size in param.shape if isinstance(size, Var)
    }
    missing = [name for name in kinds if name not in axes and name not in shown]
    if missing:
        raise UsageError(
            f"{what} also needs {', '.join(missing)}: add --grid {missing[0]}=VALUES, where a "
            "single value will do."
        )
    grid = Grid(tuple(axes.values()))
    if len(grid) > limit:
        counts = " x ".join(f"{len(axis.values)} of {axis.name}" for axis in grid.axes)
        raise UsageError(
            f"The grid has {len(grid)} points ({counts}), and {limit} are allowed: take fewer, or "
            "allow more with --max-points."
        )
    return grid


def _axis(name: str, kind: str, text: str, limit: int) -> Axis:
    found: list[Any] = []
    logs = []
    parts = text.split("|") if kind == "vector" else text.split(",")
    for part in (part.strip() for part in parts):
        if not part:
            raise UsageError(f"{name}={text} has an empty place between its commas.")
        if kind == "vector":
            found.append(_plain(read_value(name, kind, part)))
            logs.append(False)
        elif ":" in part:
            values, log = _range(name, kind, part, limit)
            found.extend(values)
            logs.append(log)
        else:
            found.append(_plain(read_value(name, kind, part)))
            logs.append(False)
    return Axis(name, kind, tuple(dict.fromkeys(found)), all(logs), text)


def _plain(value: Any) -> Any:
    """Return the value as Python's own types have it."""
    if isinstance(value, tuple):
        return tuple(_plain(entry) for entry in value)
    return value if isinstance(value, int) else Fraction(int(value.p), int(value.q))


def _range(name: str, kind: str, text: str, limit: int) -> tuple[list[Any], bool]:
    """Return the values of a range, and whether they are logarithmically spaced."""
    pieces = [piece.strip() for piece in text.split(":")]
    if len(pieces) > 4 or not all(pieces):
        raise UsageError(f"{name}={text} is no range: write {_FORMS}.")
    low, high = (_plain(read_value(name, kind, piece)) for piece in pieces[:2])
    spacing = pieces[2] if len(pieces) > 2 else None
    if spacing not in (None, "lin", "log"):
        raise UsageError(f"{name}={text}: after the ends comes lin or log, not {spacing!r}.")
    if low > high:
        raise UsageError(
            f"{name}={text} is empty: {exact_text(low)} is above {exact_text(high)}; write the "
            "smaller end first."
        )
    if spacing is None:
        if kind != "nat":
            raise UsageError(
                f"{name}={text}: {name} is a real number, so the range needs a spacing, such as "
                f"{pieces[0]}:{pieces[1]}:lin:11."
            )
        _allowed(name, high - low + 1, limit)
        return list(range(low, high + 1)), False
    count = _count(name, text, pieces[3], limit) if len(pieces) > 3 else DEFAULT_POINTS
    if spacing == "log" and low <= 0:
        raise UsageError(
            f"{name}={text}: a logarithmic range begins above 0, and this one at {exact_text(low)}."
        )
    if low == high:
        return [low], spacing == "log"
    spread = _logarithmic if spacing == "log" else _linear
    return [low, *spread(low, high, count, kind), high], spacing == "log"


def _count(name: str, range_text: str, text: str, limit: int) -> int:
    if not (text.isascii() and text.isdigit() and len(text) <= 12) or int(text) < 2:
        raise UsageError(
            f"{name}={range_text}: the number of points is a whole number from 2 on, and {text} "
            "is not one."
        )
    _allowed(name, int(text), limit)
    return int(text)


def _allowed(name: str, count: int, limit: int) -> None:
    if count > limit:
        raise UsageError(
            f"{name} alone has {count} points, and {limit} are allowed: take fewer, or allow more "
            "with --max-points."
        )


def _linear(low: Any, high: Any, count: int, kind: str) -> Iterator[Any]:
    """Yield the inner points of an evenly spaced range, for whole numbers the nearest ones."""
    for place in range(1, count - 1):
        value = low + Fraction((high - low) * place, count - 1)
        yield math.floor(value + Fraction(1, 2)) if kind == "nat" else value


def _logarithmic(low: Any, high: Any, count: int, kind: str) -> Iterator[Any]:
    """Yield the inner points of a logarithmic range, rounded: to whole numbers, or to digits.

    The digits are six, or as many as the points need to differ.
    """
    quotient = Fraction(high) / low
    with ctx.workprec(128 + 2 * max(_bits(low), _bits(high))):
        step = (arb(fmpq(quotient.numerator, quotient.denominator)).log()) / (count - 1)
        start = arb(fmpq(low.numerator, low.denominator))
        digits = max(_DIGITS, 3 - _floor(step.expm1().log() / arb(10).log()))
        for place in range(1, count - 1):
            value = start * (step * place).exp()
            if kind == "nat":
                yield _floor(value + 0.5)
            else:
                yield _rounded(value, digits)


def _floor(value: arb) -> int:
    """Return the largest whole number that is at most the middle of a ball."""
    whole = value.mid().floor().unique_fmpz()
    assert whole is not None
    return int(whole)


def _bits(value: Any) -> int:
    number = Fraction(value)
    return max(number.numerator.bit_length(), number.denominator.bit_length())


def _rounded(value: arb, digits: int) -> Fraction:
    """Round a positive ball to some significant digits."""
    middle, _, exponent = (int(part) for part in value.mid_rad_10exp(digits + 12))
    excess = len(str(middle)) - digits
    unit = 10**excess
    return Fraction((2 * middle + unit) // (2 * unit)) * Fraction(10) ** (exponent + excess)
