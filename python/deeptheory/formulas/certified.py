"""A number with a certified radius of error, and how it is printed."""

from __future__ import annotations

import math
from dataclasses import dataclass
from fractions import Fraction
from typing import Any

from flint import arb, ctx, fmpq

from deeptheory.formulas.rigorous import Number, ball

__all__ = ["CertifiedValue"]

_MAX_SHOWN = 60


@dataclass(frozen=True)
class CertifiedValue:
    """The value of a formula.

    Parameters
    ----------
    number : fmpq or arb
        The exact value, or a ball that contains it.
    digits : int
        How many significant digits to print.
    bits : int
        The precision of the computation, in bits.

    Examples
    --------
    >>> str(CertifiedValue(fmpq(1, 3), digits=10, bits=64))
    '0.3333333333 ± 3.4e-11'
    """

    number: Number
    digits: int = 15
    bits: int = 64

    @property
    def exact(self) -> Fraction | None:
        """The value as a fraction, where it is known to be rational."""
        if isinstance(self.number, arb):
            return None
        number = fmpq(self.number)
        return Fraction(int(number.p), int(number.q))

    @property
    def ball(self) -> arb:
        """A ball that contains the value."""
        with ctx.workprec(self._print_bits()):
            return ball(self.number)

    @property
    def decimal(self) -> str:
        """The decimal midpoint, to the digits asked for."""
        return self._parts()[0]

    @property
    def radius(self) -> str:
        """An upper bound on the distance between the printed decimal and the value."""
        return self._parts()[1]

    @property
    def fraction(self) -> str | None:
        """The exact fraction as text, where there is one that fits on a line."""
        exact = self.exact
        if exact is None or _digits(exact.numerator) + _digits(exact.denominator) > _MAX_SHOWN:
            return None
        return str(exact)

    def as_json(self) -> dict[str, Any]:
        """Return what ``--json`` prints."""
        exact = self.exact
        if exact is not None and max(_digits(exact.numerator), _digits(exact.denominator)) > 4000:
            exact = None
        decimal, radius = self._parts()
        return {
            "value": decimal,
            "radius": radius,
            "exact": None if exact is None else str(exact),
            "bits": self.bits,
        }

    def __float__(self) -> float:
        return float(self.ball)

    def __str__(self) -> str:
        decimal, radius = self._parts()
        return f"{decimal} ± {radius}"

    def _print_bits(self) -> int:
        return max(self.bits, math.ceil(self.digits * 3.33) + 16)

    def _parts(self) -> tuple[str, str]:
        mantissa, radius, exponent = self.decimal_enclosure()
        excess = len(str(abs(mantissa))) - self.digits
        if excess <= 0:
            return _decimal(mantissa, exponent), _radius(radius, exponent)
        unit = 10**excess
        rounded = (2 * mantissa + unit) // (2 * unit)  # the error of rounding adds to the radius
        radius += abs(mantissa - rounded * unit)
        return _decimal(rounded, exponent + excess), _radius(radius, exponent)

    def decimal_enclosure(self) -> tuple[int, int, int]:
        """Return integers m, r, e with the value within ``(m ± r) * 10^e``."""
        exact = self.exact
        if exact is None:
            with ctx.workprec(self._print_bits()):
                middle, radius, exponent = self.number.mid_rad_10exp(self.digits)
            return int(middle), int(radius), int(exponent)
        top, bottom = exact.numerator, exact.denominator
        shift = self.digits + 5 + _digits(bottom) - _digits(top)
        if shift >= 0:
            top *= 10**shift
        else:
            bottom *= 10**-shift
        mantissa, rest = divmod(top, bottom)
        return mantissa, int(rest != 0), -shift


def _digits(number: int) -> int:
    return int(abs(number).bit_length() * 0.30103) + 1


def _decimal(mantissa: int, exponent: int) -> str:
    """Print ``mantissa * 10^exponent``, positional where that is short."""
    sign, digits = ("-" if mantissa < 0 else ""), str(abs(mantissa))
    if mantissa == 0:
        return "0"
    point = len(digits) + exponent
    if -5 < point <= 0:
        return f"{sign}0.{'0' * -point}{digits}"
    if 0 < point <= len(digits):
        tail = digits[point:]
        return f"{sign}{digits[:point]}{'.' + tail if tail else ''}"
    if len(digits) < point <= 15:
        return f"{sign}{digits}{'0' * (point - len(digits))}"
    tail = digits[1:]
    return f"{sign}{digits[0]}{'.' + tail if tail else ''}e{point - 1:+d}"


def _radius(radius: int, exponent: int) -> str:
    """Print ``radius * 10^exponent`` with two digits, rounded up."""
    if radius == 0:
        return "0"
    excess = len(str(radius)) - 2
    if excess > 0:
        radius, exponent = -(-radius // 10**excess), exponent + excess
    digits = str(radius)
    point = len(digits) + exponent - 1
    tail = digits[1:].rstrip("0")
    return f"{digits[0]}{'.' + tail if tail else ''}e{point:+03d}"
