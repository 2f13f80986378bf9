"""Rigorous evaluation: exact rationals as long as possible, balls of python-flint after that.

`exact_or_ball` walks a tree at the current precision.  A value is an exact rational (``fmpq``)
until an irrational function enters, then a ball (``arb``) that contains it.  Every step checks
its domain, so that the values that Lean makes up outside of it (``1 / 0 = 0``) never appear.
`compile_ball` is the fast road for many evaluations: balls throughout, no checks on the way, and
a result that is not finite is evaluated again by the careful road.
"""

from __future__ import annotations

import math
from collections.abc import Callable, Mapping, Sequence
from typing import Any, TypeAlias

from flint import arb, ctx, fmpq, fmpz

from deeptheory.formulas.codegen import Algebra, compile_formula, natural_functions
from deeptheory.formulas.domain import DomainError, FormulaError, PrecisionError, UndecidedError
from deeptheory.formulas.syntax import At, Call, Fold, Ite, Node, Num, Op, Param, Var
from deeptheory.formulas.text import RELATION_SIGNS, to_text

__all__ = [
    "Number",
    "ball",
    "compare",
    "compile_ball",
    "exact_ends",
    "exact_middle",
    "exact_or_ball",
    "refine",
    "square_root",
]

Number: TypeAlias = Any
"""An ``fmpq``, an ``arb``, or where the tree has natural values an ``int``."""

MAX_BITS = 1 << 16
_MAX_EXACT_BITS = 1 << 18
_MAX_TERMS = 10_000_000


def ball(value: Number) -> arb:
    """Return a ball of the current precision that contains a number."""
    return value if isinstance(value, arb) else arb(value)


def _relation(relation: str, left: Any, right: Any) -> bool | None:
    """Decide a relation between balls or between exact numbers; None where balls overlap."""
    if isinstance(left, arb) or isinstance(right, arb):
        left, right = ball(left), ball(right)
    if relation in ("eq", "ne"):
        if left == right:
            return relation == "eq"
        return relation == "ne" if left != right else None
    holds = left < right if relation == "lt" else left <= right
    if holds:
        return True
    fails = left >= right if relation == "lt" else left > right
    return False if fails else None


def compare(relation: str, left: Number, right: Number) -> bool:
    """Decide ``left relation right`` with certainty.

    Parameters
    ----------
    relation : {"lt", "le", "eq", "ne"}
        The relation.
    left, right : fmpq, arb or int
        The sides.

    Raises
    ------
    UndecidedError
        Where the balls are too wide to tell.

    Examples
    --------
    >>> compare("le", fmpq(1, 3), arb(1) / 2)
    True
    """
    verdict = _relation(relation, left, right)
    if verdict is None:
        raise UndecidedError(f"{_short(left)} {RELATION_SIGNS[relation]} {_short(right)}")
    return verdict


def _short(value: Number) -> str:
    return str(value.str(10)) if isinstance(value, arb) else str(value)


def square_root(value: Number) -> Number:
    """Return the square root of a nonnegative number, exact where it is rational."""
    if isinstance(value, arb):
        return value.sqrt()
    top, bottom = int(value.p), int(value.q)
    roots = math.isqrt(top), math.isqrt(bottom)
    if roots[0] ** 2 == top and roots[1] ** 2 == bottom:
        return fmpq(*roots)
    return arb(value).sqrt()


def refine(
    compute: Callable[[], Number],
    enough: Callable[[Number], bool],
    *,
    bits: int = 64,
    max_bits: int = MAX_BITS,
) -> tuple[Number, int]:
    """Compute again with the precision doubled until a result is good enough.

    Parameters
    ----------
    compute : callable
        The computation, at the current precision of python-flint; it may raise `UndecidedError`.
    enough : callable
        Whether a result will do.
    bits, max_bits : int
        The first and the last precision.

    Returns
    -------
    tuple
        The result and the precision that gave it.  At ``max_bits`` a finite result is returned
        as it is.

    Raises
    ------
    PrecisionError
        Where ``max_bits`` leave the computation undecided or not finite.
    """
    while True:
        with ctx.workprec(bits):
            doubt = None
            try:
                result = compute()
                if enough(result):
                    return result, bits
                if 2 * bits > max_bits and not (isinstance(result, arb) and not result.is_finite()):
                    return result, bits
                doubt = "the value is too large or too close to the edge of its domain"
            except UndecidedError as error:
                doubt = f"the sides of {error.what} are too close to call"
        if 2 * bits > max_bits:
            raise PrecisionError(f"At {bits} bits {doubt}.")
        bits *= 2


def exact_or_ball(node: Node, env: Mapping[str, Any]) -> Number:
    """Evaluate a tree without calls, exactly where it is rational, else in a ball.

    Parameters
    ----------
    node : Node
        The tree, with calls expanded.
    env : mapping
        ``fmpq`` or ``arb`` for real variables, ``int`` for natural ones, nested tuples for
        vectors.

    Raises
    ------
    DomainError
        Where an operation is applied outside its domain.
    UndecidedError
        Where that cannot be told at the current precision.
    """
    match node:
        case Num(value, nat):
            return value if nat else fmpq(value)
        case Var(name):
            if name not in env:
                raise FormulaError(f"A formula mentions {name!r}, which has no value.")
            return env[name]
        case Op(op, args, nat):
            values = [exact_or_ball(arg, env) for arg in args]
            return _naturals(node, values) if nat else _REALS[op](node, *values)
        case Fold():
            return _fold(node, env)
        case At(vector, index):
            return _entry(node, exact_or_ball(vector, env), exact_or_ball(index, env))
        case Ite(relation, lhs, rhs, then, otherwise):
            test = compare(relation, exact_or_ball(lhs, env), exact_or_ball(rhs, env))
            return exact_or_ball(then if test else otherwise, env)
        case Call(name):
            raise FormulaError(f"The call of {name} is to be expanded before evaluation.")


def _outside(node: Node, condition: str, value: object) -> DomainError:
    where = to_text(node)
    return DomainError(f"{where} has no value here: it needs {condition}, got {value}.", condition)


def _fold(node: Fold, env: Mapping[str, Any]) -> Number:
    size = exact_or_ball(node.size, env)
    if size > _MAX_TERMS:
        raise FormulaError(f"{to_text(node)} has {size} terms, more than {_MAX_TERMS}.")
    start = 0 if node.kind == "sum" else 1
    total: Number = start if node.nat else fmpq(start)
    for index in range(size):
        term = exact_or_ball(node.body, {**env, node.index: index})
        total = total + term if node.kind == "sum" else total * term
    return total


def _entry(node: At, vector: Any, index: int) -> Any:
    if not isinstance(vector, Sequence) or not 0 <= index < len(vector):
        size = len(vector) if isinstance(vector, Sequence) else 0
        raise FormulaError(f"{to_text(node.vector)} has {size} entries, and entry {index} is used.")
    return vector[index]


def _naturals(node: Op, values: list[Any]) -> int:
    op = node.op
    if op == "div" and values[1] == 0:
        raise _outside(node, f"{to_text(node.args[1])} ≠ 0", 0)
    if op == "pow" and values[0].bit_length() * values[1] > _MAX_EXACT_BITS:
        raise FormulaError(f"{to_text(node)} is too large a natural number.")
    if op == "choose" and values[0] > values[1] and min(values[1], values[0] - values[1]) > 10**6:
        raise FormulaError(f"{to_text(node)} is too large a natural number.")
    result: int = _NATURALS[f"nat_{op}"](*values)
    return result


def _cast(_node: Op, value: int) -> Number:
    return fmpq(value)


def _div(node: Op, left: Number, right: Number) -> Number:
    if isinstance(right, arb):
        if right.is_zero():
            raise _outside(node, f"{to_text(node.args[-1])} ≠ 0", 0)
        if right.contains(0):
            raise UndecidedError(f"{to_text(node.args[-1])} ≠ 0")
    elif right == 0:
        raise _outside(node, f"{to_text(node.args[-1])} ≠ 0", 0)
    return left / right


def _inv(node: Op, value: Number) -> Number:
    return _div(node, fmpq(1), value)


def _pow(_node: Op, base: Number, exponent: int) -> Number:
    if isinstance(base, fmpq) and base.height_bits() * exponent > _MAX_EXACT_BITS:
        return arb(base) ** exponent
    return base**exponent


def _sqrt(node: Op, value: Number) -> Number:
    argument = f"0 ≤ {to_text(node.args[0])}"
    if _decide("lt", value, fmpq(0), argument):
        raise _outside(node, argument, value)
    return square_root(value)


def _decide(relation: str, left: Number, right: Number, what: str) -> bool:
    verdict = _relation(relation, left, right)
    if verdict is None:
        raise UndecidedError(what)
    return verdict


def _exp(_node: Op, value: Number) -> Number:
    return fmpq(1) if isinstance(value, fmpq) and value == 0 else ball(value).exp()


def _log(node: Op, value: Number) -> Number:
    argument = f"0 < {to_text(node.args[0])}"
    if _decide("le", value, fmpq(0), argument):
        raise _outside(node, argument, value)
    return fmpq(0) if isinstance(value, fmpq) and value == 1 else ball(value).log()


def _rpow(node: Op, base: Number, exponent: Number) -> Number:
    shown = to_text(node.args[0])
    if _decide("lt", base, fmpq(0), f"0 ≤ {shown}"):
        raise _outside(node, f"0 ≤ {shown}", base)
    if isinstance(exponent, fmpq) and exponent.q == 1 and exponent >= 0:
        return _pow(node, base, int(exponent.p))
    if _decide("eq", base, fmpq(0), f"0 < {shown}"):
        if _decide("lt", exponent, fmpq(0), f"0 ≤ {to_text(node.args[1])}"):
            raise _outside(node, f"0 < {shown}", base)
        return fmpq(0)
    if isinstance(exponent, fmpq) and isinstance(base, fmpq) and exponent.q == 1:
        return fmpq(1) / _pow(node, base, -int(exponent.p))
    return (ball(base).log() * ball(exponent)).exp()


def _extreme(pick: str) -> Callable[..., Number]:
    def choose(_node: Op, left: Number, right: Number) -> Number:
        if isinstance(left, arb) or isinstance(right, arb):
            return getattr(ball(left), pick)(ball(right))
        return min(left, right) if pick == "min" else max(left, right)

    return choose


def _kl_inverse(node: Op, q: Number, c: Number) -> Number:
    mean, level = (to_text(arg) for arg in node.args)
    for left, right, condition, value in (
        (fmpq(0), q, f"0 ≤ {mean}", q),
        (q, fmpq(1), f"{mean} ≤ 1", q),
        (fmpq(0), c, f"0 ≤ {level}", c),
    ):
        if not _decide("le", left, right, condition):
            raise _outside(node, condition, value)
    if isinstance(q, fmpq) and (q == 1 or (isinstance(c, fmpq) and c == 0)):
        return q
    return _kl_inverse_ball(q, c)


def _kl_inverse_ball(q: Number, c: Number) -> arb:
    """Enclose the inverse of the relative entropy of two coins, which grows in both arguments."""
    from deeptheory.certify.inverse import kl_inverse

    digits = max(ctx.prec * 3 // 10, 4)
    if isinstance(q, arb):
        if not q.is_finite() or not ball(c).is_finite():
            return arb("nan")
        first, last = (max(min(end, fmpq(1)), fmpq(0)) for end in exact_ends(q))
    else:
        first = last = fmpq(q)
    lower, upper = kl_inverse(last, c, digits)
    if first != last:
        lower, _ = kl_inverse(first, c, digits)
    return arb(lower).union(arb(upper))


def exact_ends(value: arb) -> tuple[fmpq, fmpq]:
    """Return the ends of a finite ball as rationals."""
    middle, radius = exact_middle(value), exact_middle(value.rad())
    return middle - radius, middle + radius


def exact_middle(value: arb) -> fmpq:
    """Return the midpoint of a finite ball as a rational."""
    mantissa, exponent = value.mid().man_exp()
    shift = int(exponent)
    return fmpq(mantissa << shift) if shift >= 0 else fmpq(mantissa, fmpz(1) << -shift)


_NATURALS = natural_functions()
_REALS: dict[str, Callable[..., Number]] = {
    "add": lambda _, a, b: a + b,
    "sub": lambda _, a, b: a - b,
    "mul": lambda _, a, b: a * b,
    "div": _div,
    "inv": _inv,
    "pow": _pow,
    "neg": lambda _, a: -a,
    "abs": lambda _, a: abs(a),
    "cast": _cast,
    "sqrt": _sqrt,
    "exp": _exp,
    "log": _log,
    "rpow": _rpow,
    "min": _extreme("min"),
    "max": _extreme("max"),
    "klInv": _kl_inverse,
}


def _ball_fold(start: int, product: bool) -> Callable[..., arb]:
    def fold(size: int, term: Callable[[int], arb]) -> arb:
        total = arb(start)
        for index in range(size):
            total = total * term(index) if product else total + term(index)
        return total

    return fold


def _ball_relation(relation: str) -> Callable[[Any, Any], bool]:
    return lambda left, right: compare(relation, left, right)


BALLS = Algebra(
    constant=arb,
    functions={
        **natural_functions(),
        **{relation: _ball_relation(relation) for relation in RELATION_SIGNS},
        "cast": arb,
        "neg": arb.__neg__,
        "abs": abs,
        "sqrt": arb.sqrt,
        "exp": arb.exp,
        "log": arb.log,
        "rpow": lambda base, exponent: (base.log() * exponent).exp(),
        "min": arb.min,
        "max": arb.max,
        "klInv": _kl_inverse_ball,
        "sum": _ball_fold(0, product=False),
        "prod": _ball_fold(1, product=True),
        "ite": lambda test, then, otherwise: then() if test else otherwise(),
    },
    inline=frozenset({"add", "sub", "mul", "div", "pow"}),
    mixes_integers=True,
    square_by_product=True,
)


def compile_ball(body: Node, params: Sequence[Param]) -> Callable[..., arb]:
    """Compile a tree for balls at the precision that holds when the function is called.

    Parameters
    ----------
    body : Node
        The tree, with calls expanded.
    params : sequence of Param
        The parameters, in the order of the function's arguments.

    Returns
    -------
    callable
        A function of ``arb`` (real parameters) and ``int`` (natural ones).  Outside its domain,
        or where the balls are too wide, its value is not finite, or it raises `UndecidedError` or
        ``ZeroDivisionError``: evaluate with `exact_or_ball` then.
    """
    return compile_formula(body, params, BALLS)
