"""Evaluation to any number of digits with mpmath (not certified)."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from typing import Any

import mpmath
from flint import arb, fmpq

from deeptheory.formulas.codegen import Algebra, compile_formula, natural_functions
from deeptheory.formulas.domain import DomainError
from deeptheory.formulas.syntax import Node, Param

__all__ = ["evaluate_mpmath", "interval_algebra", "to_mpmath"]

_GUARD = 10


def to_mpmath(context: Any, value: Any) -> Any:
    """Turn an exact value or a ball's midpoint into an ``mpf`` of a context; keep integers."""
    if isinstance(value, tuple):
        return tuple(to_mpmath(context, entry) for entry in value)
    if isinstance(value, arb):
        mantissa, exponent = value.mid().man_exp()
        return context.ldexp(context.mpf(int(mantissa)), int(exponent))
    if isinstance(value, fmpq):
        return context.mpf(int(value.p)) / int(value.q)
    return value


def _needs(condition: str, holds: Callable[..., Any], function: Callable[..., Any]) -> Any:
    def checked(*args: Any) -> Any:
        if not holds(*args):
            raise DomainError(f"The formula has no value here: it needs {condition}.", condition)
        return function(*args)

    return checked


def _folds(context: Any) -> dict[str, Callable[..., Any]]:
    def total(size: int, term: Callable[[int], Any]) -> Any:
        value = context.mpf(0)
        for index in range(size):
            value = value + term(index)
        return value

    def product(size: int, term: Callable[[int], Any]) -> Any:
        value = context.mpf(1)
        for index in range(size):
            value = value * term(index)
        return value

    return {"sum": total, "prod": product}


def _kl_inverse(context: Any, q: Any, c: Any) -> Any:
    """Return the largest mean whose relative entropy from ``q`` is at most ``c``, by halving.

    It is sought through ``w = log((1 - q) / (1 - p))``, in which no digits are lost near either
    end; the relative entropy is at least ``(1 - q) w + q log q``.
    """
    if q == 1 or c == 0:
        return q

    def entropy(w: Any) -> Any:
        away = -context.expm1(-w)
        return (1 - q) * w - (q * context.log1p((1 - q) / q * away) if q else 0)

    low, high = context.mpf(0), context.mpf(1)
    while entropy(high) < c:
        low, high = high, 2 * high
    while low == 0 and entropy(high / 2) >= c:
        high /= 2
    low = max(low, high / 2)
    for _ in range(context.prec + 1):
        middle = (low + high) / 2
        low, high = (low, middle) if entropy(middle) >= c else (middle, high)
    return q - (1 - q) * context.expm1(-high)


def _algebra(context: Any) -> Algebra:
    return Algebra(
        constant=context.mpf,
        functions={
            **natural_functions(),
            **_folds(context),
            "lt": lambda a, b: a < b,
            "le": lambda a, b: a <= b,
            "eq": lambda a, b: a == b,
            "ne": lambda a, b: a != b,
            "ite": lambda test, then, otherwise: then() if test else otherwise(),
            "cast": context.mpf,
            "neg": lambda a: -a,
            "abs": abs,
            "sqrt": _needs("sqrt of a nonnegative number", lambda a: a >= 0, context.sqrt),
            "exp": context.exp,
            "log": _needs("log of a positive number", lambda a: a > 0, context.log),
            "rpow": _needs("a power of a nonnegative base", lambda a, _: a >= 0, context.power),
            "min": min,
            "max": max,
            "klInv": _needs(
                "a mean in [0, 1] and a level of at least 0",
                lambda q, c: 0 <= q <= 1 and c >= 0,
                lambda q, c: _kl_inverse(context, q, c),
            ),
        },
        inline=frozenset({"add", "sub", "mul", "div", "pow"}),
    )


def evaluate_mpmath(
    body: Node, params: Sequence[Param], values: Mapping[str, Any], digits: int
) -> Any:
    """Evaluate a tree with mpmath.

    Parameters
    ----------
    body : Node
        The tree, with calls expanded.
    params : sequence of Param
        Its parameters.
    values : mapping
        Exact values by name, as read by `deeptheory.formulas.inputs`.
    digits : int
        Significant digits; ten more are carried.

    Returns
    -------
    mpmath.mpf
        The value.  Nothing certifies its digits: use the rigorous back end for that.
    """
    context = mpmath.mp.clone()
    context.dps = digits + _GUARD
    function = compile_formula(body, params, _algebra(context))
    arguments = [to_mpmath(context, values[param.name]) for param in params]
    try:
        value = function(*arguments)
    except ZeroDivisionError as error:
        raise DomainError(
            "The formula has no value here: it divides by zero.", "a divisor ≠ 0"
        ) from error
    return mpmath.mpf(value)


def _interval_kl_inverse(context: Any, q: Any, c: Any) -> Any:
    """Enclose the inverse by halving, as one does with intervals alone.

    `deeptheory.certify.peers.bisection_iv` does so as well, on purpose by itself: it is what the
    benchmark compares with.
    """
    first, last = context.mpf(q.a), context.mpf(q.b)
    return context.mpf([_halved(context, first, c.a).a, _halved(context, last, c.b).b])


def _halved(context: Any, q: Any, c: Any) -> Any:
    if q.b >= 1 or c.b <= 0:
        return q
    low, high = context.mpf(q.b), context.mpf(1)
    for _ in range(context.prec + 8):
        middle = context.mpf(((low + high) / 2).a)
        entropy = -(1 - q) * context.log((1 - middle) / (1 - q))
        if q.a > 0:
            entropy -= q * context.log(middle / q)
        if entropy.b <= c.a:
            low = middle
        elif entropy.a >= c.b:
            high = middle
        else:
            break
    return context.mpf([low.a, high.b])


def interval_algebra(context: Any) -> Algebra:
    """Return the operations of mpmath's interval arithmetic, for comparison in benchmarks."""
    return Algebra(
        constant=context.mpf,
        functions={
            **natural_functions(),
            **_folds(context),
            "cast": context.mpf,
            "neg": lambda a: -a,
            "abs": abs,
            "sqrt": context.sqrt,
            "exp": context.exp,
            "log": context.log,
            "rpow": lambda a, b: context.exp(b * context.log(a)),
            "min": lambda a, b: context.mpf([min(a.a, b.a), min(a.b, b.b)]),
            "max": lambda a, b: context.mpf([max(a.a, b.a), max(a.b, b.b)]),
            "klInv": lambda q, c: _interval_kl_inverse(context, q, c),
        },
        inline=frozenset({"add", "sub", "mul", "div", "pow"}),
        mixes_integers=True,
    )
