"""Compiles a syntax tree to a JavaScript expression in double precision, for the pages.

The generated code holds nothing from the catalog except integers: parameters become ``v[0],
v[1], ...``, indices become ``i0, i1, ...``, and operations become operators or the functions of
the object ``f`` that the pages ship (``site/assets/functions.js``).  Outside its domain an
operation gives NaN, which spreads to the result; the values that Lean makes up there never appear.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from deeptheory.formulas.domain import FormulaError
from deeptheory.formulas.syntax import At, Call, Fold, Ite, Node, Num, Op, Param, Var

__all__ = ["to_javascript", "to_predicate"]

_INFIX = {"add": "+", "sub": "-", "mul": "*"}
_FUNCTIONS = frozenset(
    {"div", "pow", "sqrt", "exp", "log", "rpow", "abs", "min", "max", "klInv", "choose"}
)
_NATURAL = {"add": "({} + {})", "mul": "({} * {})"}
_NATURAL_FUNCTIONS = frozenset({"sub", "div", "pow", "min", "max", "choose"})


def to_javascript(body: Node, params: Sequence[Param]) -> str:
    """Return an expression in ``f`` and ``v`` for a tree without calls.

    Parameters
    ----------
    body : Node
        The tree, with calls expanded.
    params : sequence of Param
        The parameters, in the order of ``v``; a vector is an array, a matrix one of arrays.

    Raises
    ------
    FormulaError
        Where the tree mentions a variable that is not a parameter.
    """
    return _Emitter().emit(body, _names(params))


def to_predicate(relation: str, lhs: Node, rhs: Node, params: Sequence[Param]) -> str:
    """Return an expression that is 1 where the relation holds, 0 where it fails, else NaN."""
    emitter, names = _Emitter(), _names(params)
    return f"f.{relation}({emitter.emit(lhs, names)}, {emitter.emit(rhs, names)})"


def _names(params: Sequence[Param]) -> dict[str, str]:
    return {param.name: f"v[{place}]" for place, param in enumerate(params)}


class _Emitter:
    """Turns nodes into JavaScript and counts the indices on the way."""

    def __init__(self) -> None:
        self._indices = 0

    def emit(self, node: Node, names: Mapping[str, str]) -> str:
        match node:
            case Num(value):
                return str(value)
            case Var(name):
                if name not in names:
                    raise FormulaError(f"A formula mentions {name!r}, which is no parameter of it.")
                return names[name]
            case Op():
                return self._natural(node, names) if node.nat else self._real(node, names)
            case Fold(kind, index, size, body):
                own = f"i{self._indices}"
                self._indices += 1
                term = self.emit(body, {**names, index: own})
                return f"f.{kind}({self.emit(size, names)}, function ({own}) {{ return {term}; }})"
            case At(vector, index):
                return f"f.at({self.emit(vector, names)}, {self.emit(index, names)})"
            case Ite(relation, lhs, rhs, then, otherwise):
                test = f"f.{relation}({self.emit(lhs, names)}, {self.emit(rhs, names)})"
                branches = ", ".join(
                    f"function () {{ return {self.emit(branch, names)}; }}"
                    for branch in (then, otherwise)
                )
                return f"f.ite({test}, {branches})"
            case Call(name):
                raise FormulaError(f"The call of {name} is to be expanded before compiling.")

    def _natural(self, node: Op, names: Mapping[str, str]) -> str:
        args = [self.emit(arg, names) for arg in node.args]
        if node.op in _NATURAL:
            return _NATURAL[node.op].format(*args)
        if node.op in _NATURAL_FUNCTIONS:
            prefix = "nat_" if node.op in ("sub", "div") else ""
            return f"f.{prefix}{node.op}({', '.join(args)})"
        raise FormulaError(f"A formula applies {node.op!r} to natural numbers.")

    def _real(self, node: Op, names: Mapping[str, str]) -> str:
        args = [self.emit(arg, names) for arg in node.args]
        if node.op == "cast":
            return args[0]
        if node.op in _INFIX:
            return f"({args[0]} {_INFIX[node.op]} {args[1]})"
        if node.op == "neg":
            return f"(-{args[0]})"
        if node.op == "inv":
            return f"f.div(1, {args[0]})"
        if node.op in _FUNCTIONS:
            return f"f.{node.op}({', '.join(args)})"
        raise FormulaError(f"A formula applies the unknown operation {node.op!r}.")
