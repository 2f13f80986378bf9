"""The rate of a bound, derived from its formula, and the rate that is measured.

Where one natural parameter ``v`` of a bound varies along a series of instances, the formula has a
rate in it: a power ``v ** p`` (a straight line on two logarithmic axes) or a geometric rate
``q ** v`` (a straight line on one).  The claim is computed from the formula at large arguments:
nobody writes it down.  The measured side is fitted with ordinary least squares on the same axes,
and Student's t gives a confidence interval for its slope.  What spreads about the line here is not
chance but what the line does not describe, so that the interval says how straight the curve is.

Logarithms are not powers: ``log n / n`` has the rate ``-1`` with a logarithmic factor.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from fractions import Fraction
from typing import Any, Literal

from flint import arb, ctx, fmpq

from deeptheory.errors import DeepTheoryError
from deeptheory.formulas import Formula
from deeptheory.formulas.rigorous import Number, ball

__all__ = ["Claim", "Fit", "Point", "claim_of", "fit", "measured_rate", "reached"]

_BITS = 256
_LEVEL = 0.95
_FEWEST = 3
_DENOMINATOR, _FACTOR_DENOMINATOR = 6, 1000
"""The largest denominators of exponents and of factors that are recognized."""
_POWERS = (4096, 512, 60, 40, 24)
"""The binary logarithms of the arguments at which a power is read off, the largest that works."""
_STEPS = (1 << 10, 1 << 11, 1 << 13)
"""The arguments at which a geometric rate is told from a power."""


@dataclass(frozen=True)
class Point:
    """One instance of a series: both sides, and the bound's arguments.

    Parameters
    ----------
    position : int
        Where it stands on the plot.
    measured : fmpq or arb
        What is measured.
    bound : fmpq or arb
        The bound.
    args : mapping
        The bound's arguments.
    """

    position: int
    measured: Number
    bound: Number
    args: Mapping[str, Any]


@dataclass(frozen=True)
class Claim:
    """The rate of a formula in one of its natural parameters.

    Parameters
    ----------
    kind : {"power", "geometric"}
        Whether it is a power of the parameter, or a number to the power of it.
    slope : float
        The exponent, or the natural logarithm of the factor.
    exact : str or None
        The exponent or the factor as a fraction, where it is one.
    logarithms : bool
        Whether a power comes with logarithmic factors.
    """

    kind: Literal["power", "geometric"]
    slope: float
    exact: str | None
    logarithms: bool = False


@dataclass(frozen=True)
class Fit:
    """A line fitted with ordinary least squares.

    Parameters
    ----------
    slope : float
        The slope.
    low, high : float
        The ends of its confidence interval.
    points : int
        How many points there are.
    """

    slope: float
    low: float
    high: float
    points: int


def claim_of(formula: Formula, variable: str, args: Mapping[str, Any]) -> Claim | None:
    """Derive the rate of a formula in a natural parameter, the other arguments being fixed.

    Parameters
    ----------
    formula : Formula
        The bound.
    variable : str
        The parameter.
    args : mapping
        The arguments; that of the parameter does not matter.

    Returns
    -------
    Claim or None
        None where it has neither rate: where it tends to a constant other than zero, grows or
        decays like a logarithm, or faster than every geometric rate.
    """

    def at(value: int) -> Number:
        return formula.value({**args, variable: value})

    def step(value: int) -> arb:
        return (ball(at(value + 1)) / ball(at(value))).log()

    with ctx.workprec(_BITS):
        try:
            first, second, last = (step(value) for value in _STEPS)
        except _UNUSABLE:
            return None
        if not all(found.is_finite() for found in (first, second, last)):
            return None
        if first.contains(0) or second.contains(0):
            return None
        quotient = float((second / first).mid())
        if 0.95 < quotient < 1.05:
            return _geometric(last)
        return _power(at) if 0.3 < quotient < 0.7 else None


def reached(rate: Mapping[str, Any]) -> bool:
    """Whether what is measured has the rate that is claimed, up to a tenth of it."""
    claim, found = rate["claim"]["slope"], rate["measured"]["slope"]
    return rate["verdict"] == "as claimed" or bool(abs(found - claim) <= abs(claim) / 10)


_UNUSABLE = (DeepTheoryError, ArithmeticError, ValueError)


def _geometric(last: arb) -> Claim:
    """Read a factor off one step at a large argument."""
    factor = last.exp()
    top, bottom = float(factor.mid()).as_integer_ratio()
    near = Fraction(top, bottom).limit_denominator(_FACTOR_DENOMINATOR)
    exact = (factor - fmpq(near.numerator, near.denominator)).abs_upper() < arb(2) ** (-_BITS // 2)
    return Claim("geometric", float(last.mid()), str(near) if exact else None)


def _power(at: Any) -> Claim | None:
    for exponent in _POWERS:
        try:
            low, high = at(1 << exponent), at(1 << (exponent + 1))
            slope = (ball(high) / ball(low)).log() / arb(2).log()
        except _UNUSABLE:
            continue
        if slope.is_finite() and slope.rad() < 1e-6:
            return _rounded(slope)
    return None


def _rounded(slope: arb) -> Claim | None:
    """Read a power off the slope at a very large argument, where logarithms hardly count."""
    found = float(slope.mid())
    near = Fraction(found).limit_denominator(_DENOMINATOR)
    if abs(found - near) > 2e-3:
        return Claim("power", found, None)
    if near == 0:
        return None
    return Claim("power", float(near), str(near), logarithms=abs(found - near) > 1e-5)


def fit(xs: Sequence[Number], ys: Sequence[Number]) -> Fit | None:
    """Fit a line, and enclose its slope with Student's t.

    Parameters
    ----------
    xs, ys : sequence of fmpq or arb
        The points; they are rounded only at the end.

    Returns
    -------
    Fit or None
        None for fewer than three points, or where all have one ``x``.
    """
    n = len(xs)
    if n < _FEWEST:
        return None
    with ctx.workprec(_BITS):
        x_mean, y_mean = sum(map(ball, xs), arb(0)) / n, sum(map(ball, ys), arb(0)) / n
        across = [ball(x) - x_mean for x in xs]
        spread = sum((a * a for a in across), arb(0))
        if not spread > 0:
            return None
        slope = sum((a * (ball(y) - y_mean) for a, y in zip(across, ys, strict=True)), arb(0))
        slope /= spread
        left = sum(
            ((ball(y) - y_mean - slope * a) ** 2 for a, y in zip(across, ys, strict=True)), arb(0)
        )
        variance = (left / (n - 2) / spread).mid()
        half = variance.sqrt() * arb(_quantile(n - 2)) if variance > 0 else arb(0)
        found, low, high = (float(each.mid()) for each in (slope, slope - half, slope + half))
    return Fit(found, low, high, n)


def _quantile(freedom: int) -> float:
    """Return the quantile of Student's t that leaves the level between it and its opposite."""
    from scipy.special import stdtrit  # slow to import

    return float(stdtrit(freedom, (1 + _LEVEL) / 2))


def measured_rate(
    formula: Formula, points: Sequence[Point], axis: str, lower: bool
) -> dict[str, Any] | None:
    """Compare the rate of what is measured with that of the bound.

    Parameters
    ----------
    formula : Formula
        The bound.
    points : sequence of Point
        The series.
    axis : str
        What its positions are called.
    lower : bool
        Whether the bound is a lower one.

    Returns
    -------
    dict or None
        As it stands in ``checks.json``; None where not exactly one natural parameter varies,
        where the formula has no rate in it, or where fewer than three points are left.

    Notes
    -----
    A claim about large arguments is compared with the larger ones: with the upper half of the
    axis.  Where real parameters vary beside the natural one and the formula is a product of a
    function of it and one of them, they are divided out.
    """
    varying = _varying(formula, points)
    if varying is None:
        return None
    variable, others = varying
    usable = [p for p in points if _positive(p.measured) and _positive(p.bound)]
    if len(usable) < _FEWEST:
        return None
    claim = claim_of(formula, variable, usable[-1].args)
    if claim is None:
        return None
    with ctx.workprec(_BITS):
        sizes = [fmpq(1)] * len(usable)
        if others:
            found = _sizes(formula, variable, usable)
            if found is None:
                return None
            sizes = found
        base = _base(claim, variable, usable)
        kept = _upper_half(claim, variable, usable)
        if base is not None:
            claim = _power_of(base, claim)
        at = [int(usable[k].args[variable]) if base is None else usable[k].position for k in kept]
        xs = [arb(v).log() if claim.kind == "power" else fmpq(v) for v in at]
        measured, bound = (
            fit(xs, [(ball(side[k]) / ball(sizes[k])).log() for k in kept])
            for side in ([p.measured for p in usable], [p.bound for p in usable])
        )
        if measured is None or bound is None:
            return None
    return {
        "variable": variable if base is None else axis,
        "kind": claim.kind,
        "claim": {"slope": claim.slope, "exact": claim.exact, "logarithms": claim.logarithms},
        "bound": bound.slope,
        "measured": {
            "slope": measured.slope,
            "low": measured.low,
            "high": measured.high,
            "level": _LEVEL,
        },
        "points": measured.points,
        "from": min(at),
        "to": max(at),
        "verdict": _verdict(claim, measured, bound, lower),
    }


def _power_of(base: int, claim: Claim) -> Claim:
    """Return a geometric rate in ``v`` as a power of ``base ** v``."""
    factor = arb(claim.slope).exp() if claim.exact is None else ball(_exactly(claim.exact))
    slope = factor.log() / arb(base).log()
    near = Fraction(float(slope.mid())).limit_denominator(_DENOMINATOR)
    exact = claim.exact is not None and slope.contains(fmpq(near.numerator, near.denominator))
    return Claim("power", float(slope.mid()), str(near) if exact else None)


def _exactly(text: str) -> fmpq:
    value = Fraction(text)
    return fmpq(value.numerator, value.denominator)


def _verdict(claim: Claim, measured: Fit, bound: Fit, lower: bool) -> str:
    """Say whether the interval holds the claim, or whether the two sides draw apart or together.

    The interval is compared with the claim and with the slope of the bound on the same points,
    which is the claim up to what is not yet large there.  An interval around it that is wider than
    half of the claim says nothing.
    """
    width = 1e-6 * max(1.0, abs(claim.slope))
    least, most = sorted((claim.slope, bound.slope))
    if measured.high + width < least:
        return "slack shrinks" if lower else "slack grows"
    if measured.low - width > most:
        return "slack grows" if lower else "slack shrinks"
    return "open" if measured.high - measured.low > abs(claim.slope) / 2 else "as claimed"


def _positive(value: Number) -> bool:
    return bool(value > 0)


def _varying(formula: Formula, points: Sequence[Point]) -> tuple[str, bool] | None:
    """Return the one natural parameter that varies, and whether real ones vary beside it."""
    if len(points) < _FEWEST:
        return None
    first = points[0].args
    found, others = [], False
    for param in formula.params:
        if all(_same(point.args[param.name], first[param.name]) for point in points):
            continue
        if param.kind == "vector":
            return None
        if param.kind == "nat":
            found.append(param.name)
        else:
            others = True
    return (found[0], others) if len(found) == 1 else None


def _same(left: Any, right: Any) -> bool:
    if isinstance(left, tuple | list) or isinstance(right, tuple | list):
        return repr(left) == repr(right)
    if isinstance(left, arb) or isinstance(right, arb):
        return bool(ball(left).overlaps(ball(right)))
    return bool(left == right)


def _sizes(formula: Formula, variable: str, points: Sequence[Point]) -> list[Number] | None:
    """Return what the real parameters contribute; None where the formula is no such product."""
    fixed = points[-1].args[variable]
    sizes = [formula.value({**point.args, variable: fixed}) for point in points]
    last = points[-1].args
    for point, size in zip(points, sizes, strict=True):
        alone = formula.value({**last, variable: point.args[variable]})
        if not _same(ball(point.bound) * ball(sizes[-1]), ball(alone) * ball(size)):
            return None
    return sizes


def _base(claim: Claim, variable: str, points: Sequence[Point]) -> int | None:
    """Return ``b`` where the positions are the powers ``b ** v`` of the parameter."""
    if claim.kind != "geometric":
        return None
    for point in points:
        if point.args[variable] == 1:
            b = point.position
            if b > 1 and all(p.position == b ** p.args[variable] for p in points):
                return b
    return None


def _upper_half(claim: Claim, variable: str, points: Sequence[Point]) -> list[int]:
    """Return the numbers of the points in the upper half of the axis, three of them at least."""
    ordered = sorted(range(len(points)), key=lambda k: points[k].args[variable])
    values = [int(points[k].args[variable]) for k in ordered]
    low, high = max(values[0], 1), values[-1]
    if claim.kind == "power":
        kept = [k for k, v in zip(ordered, values, strict=True) if v * v >= low * high]
    else:
        kept = [k for k, v in zip(ordered, values, strict=True) if 2 * v >= values[0] + high]
    return kept if len(kept) >= _FEWEST else ordered[-_FEWEST:]
