"""Values and derivatives of formulas over many boxes at once, rigorously.

A `Jet` holds intervals around the values of a formula on boxes, around its partial derivatives
and, where asked for, around the second derivative in the first variable.  At a kink of an absolute
value, a maximum or a minimum the derivative is any number between the two sides': so for a formula
without unknown intervals the bounds of the gradient are bounds for the change of its value.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from deeptheory.formulas.codegen import Algebra, compile_formula
from deeptheory.formulas.intervals import (
    Interval,
    Reals,
    hull,
    maximum,
    real_power,
)
from deeptheory.formulas.syntax import Node, Param

__all__ = ["Jet", "compile_jets"]

_ZERO, _ONE, _SIGNS = Interval.point(0.0), Interval.point(1.0), Interval.between(-1.0, 1.0)


@dataclass(frozen=True)
class Jet:
    """Intervals around values and derivatives.

    Parameters
    ----------
    value : Interval
        Around the values.
    slopes : tuple of Interval
        Around the partial derivatives; empty for a constant.
    second : Interval or None
        Around the second derivative in the first variable, where it was asked for.
    steepness : Interval
        Around the sums of the absolute values of the partial derivatives, zero for a constant.
        That of a maximum is at most the larger one of its sides', which slopes alone do not show.
    """

    value: Interval
    slopes: tuple[Interval, ...] = ()
    second: Interval | None = None
    steepness: Interval = _ZERO

    @property
    def known(self) -> NDArray[np.bool_]:
        """Where values and partial derivatives have finite bounds."""
        known = self.value.known
        for slope in self.slopes:
            known = known & slope.known
        return known

    def through(self, value: Interval, first: Interval, second: Callable[[], Interval]) -> Jet:
        """Return the jet of a function of this one, by the function's derivatives there."""
        if not self.slopes:
            return Jet(value)
        bent = None
        if self.second is not None:
            bent = second() * self.slopes[0].power(2) + first * self.second
        slopes = tuple(first * slope for slope in self.slopes)
        return _jet(value, slopes, bent, first.abs() * self.steepness)


def _jet(
    value: Interval, slopes: tuple[Interval, ...], second: Interval | None, most: Interval
) -> Jet:
    """Return a jet whose steepness is at most a number, and at most what the slopes show."""
    total = slopes[0].abs()
    for slope in slopes[1:]:
        total = total + slope.abs()
    steepness = total if len(slopes) == 1 else _lowered(total, most)
    return Jet(value, slopes, second, steepness)


def _lowered(total: Interval, most: Interval) -> Interval:
    high = np.minimum(total.high, most.high)
    return Interval.between(np.minimum(total.low, high), high)


def _joined(
    left: Jet,
    right: Jet,
    value: Interval,
    slope: Callable[[Interval, Interval], Interval],
    second: Callable[[Interval, Interval], Interval],
    steepness: Callable[[Interval, Interval], Interval],
) -> Jet:
    """Return a jet from the rules for its derivatives, where either side may be constant."""
    if not left.slopes and not right.slopes:
        return Jet(value)
    count = max(len(left.slopes), len(right.slopes))
    a, b = (jet.slopes or (_ZERO,) * count for jet in (left, right))
    slopes = tuple(slope(p, q) for p, q in zip(a, b, strict=True))
    bent = None
    if left.second is not None or right.second is not None:
        bent = second(left.second or _ZERO, right.second or _ZERO)
    return _jet(value, slopes, bent, steepness(left.steepness, right.steepness))


def _add(a: Jet, b: Jet) -> Jet:
    return _joined(a, b, a.value + b.value, _plus, _plus, _plus)


def _sub(a: Jet, b: Jet) -> Jet:
    return _joined(a, b, a.value - b.value, _minus, _minus, _plus)


def _plus(p: Interval, q: Interval) -> Interval:
    return p + q


def _minus(p: Interval, q: Interval) -> Interval:
    return p - q


def _neg(a: Jet) -> Jet:
    bent = None if a.second is None else -a.second
    return Jet(-a.value, tuple(-slope for slope in a.slopes), bent, a.steepness)


def _mul(a: Jet, b: Jet) -> Jet:
    if a is b:
        return _pow(a, 2)

    def second(p: Interval, q: Interval) -> Interval:
        twice = Interval.point(2.0)
        crossed = _first(a) * _first(b) * twice
        return p * b.value + crossed + a.value * q

    left, right = a.value.abs(), b.value.abs()
    return _joined(
        a,
        b,
        a.value * b.value,
        lambda p, q: p * b.value + a.value * q,
        second,
        lambda p, q: p * right + left * q,
    )


def _div(a: Jet, b: Jet) -> Jet:
    value = a.value / b.value
    own: list[Interval] = []

    def slope(p: Interval, q: Interval) -> Interval:
        own.append((p - value * q) / b.value)
        return own[-1]

    def second(p: Interval, q: Interval) -> Interval:
        twice = Interval.point(2.0)
        return (p - own[0] * _first(b) * twice - value * q) / b.value

    size, below = value.abs(), b.value.abs()
    return _joined(a, b, value, slope, second, lambda p, q: (p + size * q) / below)


def _first(jet: Jet) -> Interval:
    return jet.slopes[0] if jet.slopes else _ZERO


def _pow(a: Jet, exponent: int) -> Jet:
    n = exponent
    value = a.value.power(n)
    if not a.slopes:
        return Jet(value)

    def derivative(order: int) -> Interval:
        factor = 1
        for step in range(order):
            factor *= n - step
        if factor == 0:
            return _ZERO * a.value
        return a.value.power(n - order) * Interval.of(factor)

    return a.through(value, derivative(1), lambda: derivative(2))


def _sqrt(a: Jet) -> Jet:
    root = a.value.sqrt()
    if not a.slopes:
        return Jet(root)
    first = _ONE / (root * 2.0)
    return a.through(root, first, lambda: -first / (a.value * 2.0))


def _exp(a: Jet) -> Jet:
    value = a.value.exp()
    return a.through(value, value, lambda: value)


def _log(a: Jet) -> Jet:
    first = _ONE / a.value
    return a.through(a.value.log(), first, lambda: -(first.power(2)))


def _rpow(a: Jet, b: Jet) -> Jet:
    if np.ndim(b.value.low):
        return _exp(_mul(_log(a), b))
    p = b.value
    value = real_power(a.value, p)
    if not a.slopes:
        return Jet(value)
    first = p * real_power(a.value, p - 1.0)
    return a.through(value, first, lambda: p * (p - 1.0) * real_power(a.value, p - 2.0))


def _abs(a: Jet) -> Jet:
    low, high = a.value.low, a.value.high
    sign = Interval(np.where(low >= 0, 1.0, -1.0), np.where(high <= 0, -1.0, 1.0))
    kink = _unknown_where((low <= 0) & (high >= 0))
    return a.through(a.value.abs(), sign, lambda: kink)


def _unknown_where(mask: NDArray[np.bool_]) -> Interval:
    """Return zero, or an unknown interval where a mask says so."""
    return Interval.point(np.where(mask, np.nan, 0.0))


def _max(a: Jet, b: Jet) -> Jet:
    first = a.value.low >= b.value.high
    last = ~first & (b.value.low >= a.value.high)
    strict = (a.value.low > b.value.high) | (b.value.low > a.value.high)

    def chosen(p: Interval, q: Interval) -> Interval:
        both = hull(p, q)
        low = np.where(first, p.low, np.where(last, q.low, both.low))
        high = np.where(first, p.high, np.where(last, q.high, both.high))
        return Interval(low, high)

    return _joined(
        a,
        b,
        maximum(a.value, b.value),
        chosen,
        lambda p, q: chosen(p, q) + _unknown_where(~strict),
        chosen,
    )


def _min(a: Jet, b: Jet) -> Jet:
    return _neg(_max(_neg(a), _neg(b)))


_JETS = Algebra(
    constant=lambda value: Jet(Interval.of(value)),
    functions={
        "add": _add,
        "sub": _sub,
        "neg": _neg,
        "mul": _mul,
        "div": _div,
        "pow": _pow,
        "sqrt": _sqrt,
        "exp": _exp,
        "log": _log,
        "rpow": _rpow,
        "abs": _abs,
        "max": _max,
        "min": _min,
    },
    inline=frozenset(),
)


def compile_jets(body: Node, variables: Sequence[str]) -> Callable[[Reals, Reals, int], Jet]:
    """Compile a formula for boxes.

    Parameters
    ----------
    body : Node
        The formula, with the operations of `deeptheory.formulas.grammar`.
    variables : sequence of str
        The names of its variables, in the order of the columns of the boxes.

    Returns
    -------
    callable
        A function of the lower ends, the upper ends, both of shape ``(boxes, variables)``, and
        the order, which is 0 for values alone, 1 for the partial derivatives too, and 2 for the
        second derivative in the first variable too.  Its value is a `Jet` whose intervals
        broadcast to the shape ``(boxes,)``.  Where a second derivative has finite bounds, the
        first derivative exists and has no jumps.
    """
    function = compile_formula(body, [Param(name, "real") for name in variables], _JETS)

    def over(low: Reals, high: Reals, order: int) -> Jet:
        jets = []
        for place in range(len(variables)):
            value = Interval.between(low[:, place], high[:, place])
            slopes = tuple(_ONE if i == place else _ZERO for i in range(len(variables)))
            bent = _ZERO if order > 1 else None
            jets.append(Jet(value, slopes, bent, _ONE) if order else Jet(value))
        with np.errstate(all="ignore"):
            found: Jet = function(*jets)
        return found

    return over
