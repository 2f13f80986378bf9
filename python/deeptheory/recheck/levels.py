"""Universe levels: terms over 0, successor, max, imax and parameters, and their order.

``imax a b`` is 0 where `b` is 0, and ``max a b`` elsewhere.  A level is a tuple whose first entry
says what it is, so that equal levels are equal tuples.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

__all__ = [
    "ZERO",
    "Level",
    "equal",
    "has_parameter",
    "imax_of",
    "is_never_zero",
    "least",
    "max_of",
    "parameter",
    "substitute",
    "succ",
]

Level = tuple[Any, ...]

_ZERO, _SUCC, _MAX, _IMAX, _PARAM = "0", "s", "max", "imax", "p"

ZERO: Level = (_ZERO,)
"""The level of propositions."""


def parameter(name: str) -> Level:
    """Return a parameter."""
    return (_PARAM, name)


def succ(a: Level) -> Level:
    """Return the next level."""
    return (_SUCC, a)


def max_of(a: Level, b: Level) -> Level:
    """Return the larger of two levels."""
    if b in (a, ZERO):
        return a
    if a == ZERO:
        return b
    if a[0] == b[0] == _SUCC:
        return succ(max_of(a[1], b[1]))
    return (_MAX, a, b)


def imax_of(a: Level, b: Level) -> Level:
    """Return the level of functions from a type at `a` to one at `b`."""
    if b == ZERO:
        return ZERO
    if is_never_zero(b):
        return max_of(a, b)
    return b if a in (ZERO, b) else (_IMAX, a, b)


def has_parameter(a: Level) -> bool:
    """Say whether a level mentions a parameter."""
    return a[0] == _PARAM or (a != ZERO and any(map(has_parameter, a[1:])))


def is_never_zero(a: Level) -> bool:
    """Say whether a level is positive whatever its parameters are."""
    kind = a[0]
    if kind == _MAX:
        return is_never_zero(a[1]) or is_never_zero(a[2])
    return kind == _SUCC or (kind == _IMAX and is_never_zero(a[2]))


def substitute(a: Level, values: Mapping[str, Level]) -> Level:
    """Return a level with values for its parameters."""
    kind = a[0]
    if kind == _PARAM:
        return values.get(a[1], a)
    if kind == _SUCC:
        return succ(substitute(a[1], values))
    if kind == _ZERO:
        return a
    left, right = substitute(a[1], values), substitute(a[2], values)
    return max_of(left, right) if kind == _MAX else imax_of(left, right)


def equal(a: Level, b: Level) -> bool:
    """Say whether two levels agree whatever their parameters are."""
    return a == b or (least(a, b) and least(b, a))


def least(a: Level, b: Level) -> bool:
    """Say whether a level is at most another whatever their parameters are."""
    return a == b or _at_most(_simplified(a), _simplified(b), 0)


def _simplified(a: Level) -> Level:
    return substitute(a, {})


def _at_most(a: Level, b: Level, more: int) -> bool:
    """Say whether ``a <= b + more``."""
    left, right = a[0], b[0]
    if left == _ZERO and more >= 0:
        return True
    if right == _ZERO and more < 0:
        return False
    if left == _MAX:
        return _at_most(a[1], b, more) and _at_most(a[2], b, more)
    if left == _SUCC:
        return _at_most(a[1], b, more - 1)
    if right == _SUCC:
        return _at_most(a, b[1], more + 1)
    if left == _IMAX and a == b and more >= 0:
        return True
    for side in (a, b):
        if side[0] == _IMAX:
            return _by_cases(side, a, b, more)
    if right == _MAX:
        return _at_most(a, b[1], more) or _at_most(a, b[2], more)
    if left == _PARAM and right == _PARAM:
        return bool(a[1] == b[1]) and more >= 0
    return left == _ZERO and right == _PARAM and more >= 0


def _by_cases(side: Level, a: Level, b: Level, more: int) -> bool:
    """Decide by whether a parameter, on which an imax depends, is zero."""
    name = side[2]
    while name[0] != _PARAM:
        name = name[-1]
    for value in (ZERO, succ(name)):
        given = {name[1]: value}
        if not _at_most(substitute(a, given), substitute(b, given), more):
            return False
    return True
