# ruff: noqa: D102  (a method is what the Lean definition of its name says)
"""The checker of ``DeepTheory.Certificates``, step by step in Python's exact rationals.

Each method is one definition of ``lean/DeepTheory/Certificates`` and computes the same numbers: the
tests compare both on many formulas, end by end, with the kernel of Lean as the judge.  So what is
found here about the checker holds of the one that the kernel runs.
"""

from __future__ import annotations

import math
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from fractions import Fraction
from typing import Any, TypeAlias

from flint import fmpq

from deeptheory.formulas.syntax import At, Fold, Ite, Node, Num, Op, Var

__all__ = ["Checker", "Interval"]

Ends: TypeAlias = "Interval | None"


@dataclass(frozen=True)
class Interval:
    """Two rational ends."""

    lo: Fraction
    hi: Fraction


def log2(n: int) -> int:
    """Return the binary logarithm rounded down, and zero at zero."""
    return max(n.bit_length() - 1, 0)


class Checker:
    """Encloses the values of formulas.

    Parameters
    ----------
    p : int
        About how many significant bits the ends keep.
    """

    def __init__(self, p: int) -> None:
        self.p = p

    def accepts(self, node: Node, arguments: Mapping[str, Any], bound: Fraction) -> bool:
        """Whether the check that the value is at most the bound succeeds (``checkLe``)."""
        ends = self.bounds(node, arguments)
        return ends is not None and ends.hi <= bound

    # Rounding

    def round_down(self, p: int, q: Fraction) -> Fraction:
        n, d = log2(abs(q.numerator)), log2(q.denominator)
        if n + d < p:
            return q
        if n <= p + d:
            k = p + d - n
            return Fraction(q.numerator * 2**k // q.denominator, 2**k)
        k = n - (p + d)
        return Fraction(q.numerator // (q.denominator * 2**k) * 2**k)

    def round_up(self, p: int, q: Fraction) -> Fraction:
        return -self.round_down(p, -q)

    def round(self, p: int, i: Interval) -> Interval:
        return Interval(self.round_down(p, i.lo), self.round_up(p, i.hi))

    # Rational operations

    def add(self, i: Interval, j: Interval) -> Interval:
        return Interval(i.lo + j.lo, i.hi + j.hi)

    def neg(self, i: Interval) -> Interval:
        return Interval(-i.hi, -i.lo)

    def sub(self, i: Interval, j: Interval) -> Interval:
        return Interval(i.lo - j.hi, i.hi - j.lo)

    def mul(self, i: Interval, j: Interval) -> Interval:
        if i.lo >= 0 and j.lo >= 0:
            return Interval(i.lo * j.lo, i.hi * j.hi)
        corners = [x * y for x in (i.lo, i.hi) for y in (j.lo, j.hi)]
        return Interval(min(corners), max(corners))

    def inv(self, i: Interval) -> Ends:
        return Interval(1 / i.hi, 1 / i.lo) if i.lo > 0 or i.hi < 0 else None

    def div(self, i: Interval, j: Interval) -> Ends:
        inverse = self.inv(j)
        return None if inverse is None else self.mul(i, inverse)

    def abs(self, i: Interval) -> Interval:
        if i.lo >= 0:
            return i
        return self.neg(i) if i.hi <= 0 else Interval(Fraction(0), max(-i.lo, i.hi))

    def min(self, i: Interval, j: Interval) -> Interval:
        return Interval(min(i.lo, j.lo), min(i.hi, j.hi))

    def max(self, i: Interval, j: Interval) -> Interval:
        return Interval(max(i.lo, j.lo), max(i.hi, j.hi))

    def pow(self, i: Interval, n: int) -> Interval:
        base = self.abs(i) if n % 2 == 0 else i
        return self._power(base, n)

    def _power(self, i: Interval, n: int) -> Interval:
        result = Interval(Fraction(1), Fraction(1))
        for digit in f"{n:b}" if n else "":
            result = self.round(self.p, self.mul(result, result))
            if digit == "1":
                result = self.round(self.p, self.mul(result, i))
        return result

    # Square roots

    def root_places(self, q: Fraction) -> int:
        return self.p + max(log2(q.denominator) - log2(max(q.numerator, 0)), 0) // 2 + 1

    def root_candidate(self, q: Fraction) -> Fraction:
        s = self.root_places(q)
        return Fraction(math.isqrt(max(q.numerator, 0) * 4**s // q.denominator), 2**s)

    def sqrt_down(self, q: Fraction) -> Fraction:
        c = self.root_candidate(q)
        return c if c >= 0 and c * c <= q else Fraction(0)

    def sqrt_up(self, q: Fraction) -> Fraction:
        c = self.root_candidate(q)
        if c >= 0 and q <= c * c:
            return c
        d = c + Fraction(1, 2 ** self.root_places(q))
        return d if d >= 0 and q <= d * d else max(Fraction(1), q)

    def sqrt(self, i: Interval) -> Interval:
        return Interval(self.sqrt_down(i.lo), self.sqrt_up(i.hi))

    # Exponentials

    def low_taylor(self, w: int, x: int, n: int) -> int:
        total, term = 0, 2**w
        for k in range(n):
            total, term = total + term, term * x // (2**w * (k + 1))
        return total

    def high_taylor(self, w: int, x: int, n: int) -> tuple[int, int]:
        total, term = 0, 2**w
        for k in range(n):
            total, term = total + term, term * x // (2**w * (k + 1)) + 1
        return total, term

    def squares(self, w: int, up: int, mantissa: int, k: int) -> tuple[int, int]:
        exponent = 0
        for _ in range(k):
            square = mantissa * mantissa
            cut = max(log2(square) - 2 * w, 0)
            mantissa, exponent = square // 2 ** (w + cut) + up, 2 * exponent + cut
        return mantissa, exponent

    def halvings(self, q: Fraction) -> int:
        return max(log2(abs(q.numerator)) + 6 - log2(q.denominator), 0)

    def exp_nonneg(self, p: int, q: Fraction) -> Ends:
        k = self.halvings(q)
        w = p + k + 8
        n = w // 7 + 4
        x = q.numerator * 2**w // (q.denominator * 2**k)
        low, (high, rest) = self.low_taylor(w, x, n), self.high_taylor(w, x + 1, n)
        if rest >= 2**w:
            return None
        above = high * 2**w // (2**w - rest) + 1
        return Interval(
            _rational(w, *self.squares(w, 0, low, k)), _rational(w, *self.squares(w, 1, above, k))
        )

    def exp_rational(self, p: int, q: Fraction) -> Ends:
        if q >= 0:
            return self.exp_nonneg(p, q)
        ends = self.exp_nonneg(p, -q)
        return None if ends is None else self.inv(ends)

    def exp(self, i: Interval) -> Ends:
        low, high = self.exp_rational(self.p, i.lo), self.exp_rational(self.p, i.hi)
        if low is None or high is None:
            return None
        return self.round(self.p, Interval(low.lo, high.hi))

    # Logarithms

    def log_units(self, w: int, n: int, d: int) -> int:
        z = max(n - d, 0) * 2**w // (n + d)
        total, power, odd = 0, z, 1
        for _ in range(w // 3 + 2):
            total, power, odd = total + power // odd, power * (z * z // 2**w) // 2**w, odd + 2
        return 2 * total

    def log_guess(self, w: int, q: Fraction) -> Fraction:
        n, d = max(q.numerator, 0), q.denominator
        two = self.log_units(w, 2, 1)
        swapped = d > n
        if swapped:
            n, d = d, n
        k = max(log2(n) - log2(d), 0)
        k = max(k - 1, 0) if n < d * 2**k else k
        units = k * two + self.log_units(w, n, d * 2**k)
        return Fraction(-units if swapped else units, 2**w)

    def log_places(self, q: Fraction) -> int:
        near = max(log2(q.denominator) - log2(abs(q.numerator - q.denominator)), 0)
        return self.p + 8 + near

    def log_rational(self, q: Fraction) -> Ends:
        w = self.log_places(q)
        c = self.log_guess(w, q)
        e = self.exp_rational(w, c)
        if e is None or q <= 0 or e.lo <= 0:
            return None
        return self.round(w, Interval(c + 1 - e.hi / q, c + q / e.lo - 1))

    def log(self, i: Interval) -> Ends:
        low, high = self.log_rational(i.lo), self.log_rational(i.hi)
        if low is None or high is None or i.lo <= 0:
            return None
        return self.round(self.p, Interval(low.lo, high.hi))

    def rpow(self, i: Interval, j: Interval) -> Ends:
        logs = self.log(i) if i.lo > 0 else None
        return None if logs is None else self.exp(self.mul(j, logs))

    # Case distinctions

    def hull(self, i: Interval, j: Interval) -> Interval:
        return Interval(min(i.lo, j.lo), max(i.hi, j.hi))

    def choice(self, relation: str, i: Interval, j: Interval, then: Ends, other: Ends) -> Ends:
        if relation == "lt":
            certain, never = i.hi < j.lo, j.hi <= i.lo
        elif relation == "le":
            certain, never = i.hi <= j.lo, j.hi < i.lo
        else:
            certain = i.lo == j.hi and i.hi == j.lo
            never = i.hi < j.lo or j.hi < i.lo
        if certain:
            return then
        if never:
            return other
        return None if then is None or other is None else self.hull(then, other)

    # Formulas

    def natural(self, node: Node, arguments: Mapping[str, Any]) -> int:
        """Return the value of a formula of natural numbers (``NExpr.value``)."""
        match node:
            case Num(value=value):
                return value
            case Var(name=name):
                return int(arguments[name])
            case Op(op=op, args=args):
                a, b = (self.natural(arg, arguments) for arg in args)
                return int(_NATURAL[op](a, b))
            case Ite(relation=relation, lhs=lhs, rhs=rhs, then=then, otherwise=otherwise):
                holds = _HOLDS[relation](self.natural(lhs, arguments), self.natural(rhs, arguments))
                return self.natural(then if holds else otherwise, arguments)
        raise TypeError(node)

    def bounds(self, node: Node, arguments: Mapping[str, Any]) -> Ends:
        """Return an enclosure of the value, or None where none is found (``Expr.bounds``)."""
        match node:
            case Num(value=value):
                return _point(value)
            case Var(name=name):
                return _point(_fraction(arguments[name]))
            case At(vector=vector, index=index):
                entries = self._vector(vector, arguments)
                i = self.natural(index, arguments)
                return _point(_fraction(entries[i]) if i < len(entries) else 0)
            case Op(op="cast", args=(below,)):
                return self.round(self.p, _point(self.natural(below, arguments)))
            case Op(op="pow", args=(base, exponent)):
                ends = self.bounds(base, arguments)
                return None if ends is None else self.pow(ends, self.natural(exponent, arguments))
            case Op(op=op, args=args):
                known = [self.bounds(arg, arguments) for arg in args]
                return None if None in known else self._apply(op, *known)
            case Fold(kind=kind, index=index, size=size, body=body):
                total: Ends = _point(0 if kind == "sum" else 1)
                for i in range(self.natural(size, arguments)):
                    term = self.bounds(body, {**arguments, index: i})
                    if total is None or term is None:
                        return None
                    step = self.add(total, term) if kind == "sum" else self.mul(total, term)
                    total = self.round(self.p, step)
                return total
            case Ite(relation=relation, lhs=lhs, rhs=rhs, then=then, otherwise=otherwise):
                if lhs.nat and rhs.nat:
                    left, right = self.natural(lhs, arguments), self.natural(rhs, arguments)
                    holds = _HOLDS[relation](left, right)
                    return self.bounds(then if holds else otherwise, arguments)
                i_, j_ = self.bounds(lhs, arguments), self.bounds(rhs, arguments)
                if i_ is None or j_ is None:
                    return None
                branches = self.bounds(then, arguments), self.bounds(otherwise, arguments)
                return self.choice(relation, i_, j_, *branches)
        raise TypeError(node)

    def _vector(self, node: Node, arguments: Mapping[str, Any]) -> Sequence[Any]:
        if isinstance(node, At):
            rows = self._vector(node.vector, arguments)
            row: Sequence[Any] = rows[self.natural(node.index, arguments)]
            return row
        assert isinstance(node, Var)
        entries: Sequence[Any] = arguments[node.name]
        return entries

    def _apply(self, op: str, *ends: Any) -> Ends:
        if op in ("add", "sub", "mul"):
            return self.round(self.p, getattr(self, op)(*ends))
        if op in ("div", "inv"):
            found = getattr(self, op)(*ends)
            return None if found is None else self.round(self.p, found)
        result: Ends = getattr(self, op)(*ends)
        return result


_NATURAL: dict[str, Callable[[int, int], int]] = {
    "add": lambda a, b: a + b,
    "sub": lambda a, b: max(a - b, 0),
    "mul": lambda a, b: a * b,
    "div": lambda a, b: a // b if b else 0,
    "pow": lambda a, b: a**b,
    "choose": math.comb,
    "min": min,
    "max": max,
}
_HOLDS: dict[str, Callable[[int, int], bool]] = {
    "lt": lambda a, b: a < b,
    "le": lambda a, b: a <= b,
    "eq": lambda a, b: a == b,
}


def _point(value: Fraction | int) -> Interval:
    return Interval(Fraction(value), Fraction(value))


def _fraction(value: Any) -> Fraction:
    number = fmpq(value)
    return Fraction(int(number.p), int(number.q))


def _rational(w: int, mantissa: int, exponent: int) -> Fraction:
    if w <= exponent:
        return Fraction(mantissa * 2 ** (exponent - w))
    return Fraction(mantissa, 2 ** (w - exponent))
