"""Formulas as plain text, in the notation of Lean."""

from __future__ import annotations

from deeptheory.formulas.syntax import At, Call, Fold, Ite, Node, Num, Op, Var

__all__ = ["RELATION_SIGNS", "to_text"]

RELATION_SIGNS = {"lt": "<", "le": "≤", "eq": "=", "ne": "≠"}

_ATOM, _POWER, _UNARY, _PRODUCT, _SUM, _BINDER = 6, 5, 4, 3, 2, 1
_BINARY = {
    # operation: (sign, strength, strength asked of the left, of the right)
    "add": (" + ", _SUM, _SUM, _PRODUCT),
    "sub": (" - ", _SUM, _SUM, _PRODUCT),
    "mul": (" * ", _PRODUCT, _PRODUCT, _UNARY),
    "div": (" / ", _PRODUCT, _PRODUCT, _UNARY),
    "pow": (" ^ ", _POWER, _ATOM, _ATOM),
    "rpow": (" ^ ", _POWER, _ATOM, _ATOM),
}


def to_text(node: Node) -> str:
    """Print a tree on one line.

    Examples
    --------
    >>> from deeptheory.formulas.syntax import Op, Var
    >>> to_text(Op("div", (Var("L"), Op("cast", (Var("K", nat=True),)))))
    'L / K'
    """
    return _text(node)[0]


def _at_least(node: Node, strength: int) -> str:
    text, own = _text(node)
    return text if own >= strength else f"({text})"


def _text(node: Node) -> tuple[str, int]:
    match node:
        case Num(value):
            return (str(value), _ATOM)
        case Var(name):
            return (name, _ATOM)
        case Op("cast", (arg,)):
            return _text(arg)
        case Op("neg", (arg,)):
            return (f"-{_at_least(arg, _UNARY)}", _UNARY)
        case Op("inv", (arg,)):
            return (f"{_at_least(arg, _ATOM)}⁻¹", _POWER)
        case Op("abs", (arg,)):
            return (f"|{_text(arg)[0]}|", _ATOM)
        case Op(op, (left, right)) if op in _BINARY:
            sign, own, needs_left, needs_right = _BINARY[op]
            return (f"{_at_least(left, needs_left)}{sign}{_at_least(right, needs_right)}", own)
        case Op(op, args):
            return (f"{op}({', '.join(to_text(arg) for arg in args)})", _ATOM)
        case Fold(kind, index, size, body):
            sign = "∑" if kind == "sum" else "∏"
            return (f"{sign} {index} < {_at_least(size, _SUM)}, {_at_least(body, _SUM)}", _BINDER)
        case At(vector, index):
            return (f"{_at_least(vector, _ATOM)}[{to_text(index)}]", _ATOM)
        case Ite(relation, lhs, rhs, then, otherwise):
            test = f"{to_text(lhs)} {RELATION_SIGNS[relation]} {to_text(rhs)}"
            return (f"if {test} then {to_text(then)} else {to_text(otherwise)}", _BINDER)
        case Call(name, args):
            short = name.rsplit(".", 1)[-1]
            return (f"{short}({', '.join(to_text(arg) for arg in args)})", _ATOM)
