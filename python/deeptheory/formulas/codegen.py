"""Compiles a syntax tree to a Python function over any kind of number.

The generated code is built from the nodes of Python's own ``ast`` module, and holds nothing from
the catalog except integers: variables become ``v0, v1, ...`` and operations become operators or
the functions of an `Algebra`.
"""

from __future__ import annotations

import ast
import math
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

from deeptheory.formulas.domain import FormulaError
from deeptheory.formulas.syntax import At, Call, Fold, Ite, Node, Num, Op, Param, Var

__all__ = ["Algebra", "compile_formula", "natural_functions"]

_OPERATORS: dict[str, type[ast.operator]] = {
    "add": ast.Add,
    "sub": ast.Sub,
    "mul": ast.Mult,
    "div": ast.Div,
    "pow": ast.Pow,
}


@dataclass(frozen=True)
class Algebra:
    """A kind of number to compile for.

    Parameters
    ----------
    constant : callable
        Turns an integer into a real numeral, once, when the formula is compiled.
    functions : mapping
        The operations by name: ``cast``, ``neg``, ``sqrt``, ..., ``sum``, ``prod``, ``ite``, the
        relations ``lt``, ``le``, ``eq``, ``ne``, and with the prefix ``nat_`` those on natural
        numbers.
    inline : frozenset of str
        The operations that are the numbers' own operators (``+ - * / **``).
    mixes_integers : bool
        Whether the operators take a plain integer beside a number, so that a cast costs nothing.
    square_by_product : bool
        Whether ``x * x`` is cheaper than ``x ** 2``.
    """

    constant: Callable[[int], Any]
    functions: Mapping[str, Callable[..., Any]]
    inline: frozenset[str] = field(default=frozenset({"add", "sub", "mul", "div"}))
    mixes_integers: bool = False
    square_by_product: bool = False


def _fold_naturals(start: int, combine: Callable[[int, int], int]) -> Callable[..., int]:
    def fold(size: int, term: Callable[[int], int]) -> int:
        total = start
        for index in range(size):
            total = combine(total, term(index))
        return total

    return fold


def natural_functions() -> dict[str, Callable[..., Any]]:
    """Return the operations on natural numbers that are plain integers, as in Lean."""
    return {
        "nat_add": lambda a, b: a + b,
        "nat_mul": lambda a, b: a * b,
        "nat_sub": lambda a, b: max(a - b, 0),
        "nat_div": lambda a, b: a // b,
        "nat_pow": lambda a, b: a**b,
        "nat_min": min,
        "nat_max": max,
        "nat_choose": math.comb,
        "nat_sum": _fold_naturals(0, lambda a, b: a + b),
        "nat_prod": _fold_naturals(1, lambda a, b: a * b),
    }


def compile_formula(body: Node, params: Sequence[Param], algebra: Algebra) -> Callable[..., Any]:
    """Compile a tree without calls to a function of its parameters, in order.

    Raises
    ------
    FormulaError
        Where the tree mentions a variable that is not a parameter, or nests too deeply.
    """
    emitter = _Emitter(algebra)
    names = {param.name: f"v{number}" for number, param in enumerate(params)}
    try:
        expression = emitter.emit(body, names)
        arguments = _arguments(list(names.values()))
        tree = ast.Expression(ast.Lambda(args=arguments, body=expression))
        code = compile(ast.fix_missing_locations(tree), "<formula>", "eval")
    except RecursionError as error:
        raise FormulaError("A formula nests too deeply to be compiled.") from error
    scope = {f"_{name}": function for name, function in algebra.functions.items()}
    function: Callable[..., Any] = eval(code, {"__builtins__": {}, **scope, **emitter.constants})
    return function


def _arguments(names: list[str]) -> ast.arguments:
    return ast.arguments(
        posonlyargs=[],
        args=[ast.arg(arg=name) for name in names],
        kwonlyargs=[],
        kw_defaults=[],
        defaults=[],
    )


def _call(function: str, *args: ast.expr) -> ast.expr:
    return ast.Call(func=_name(f"_{function}"), args=list(args), keywords=[])


def _name(name: str) -> ast.expr:
    return ast.Name(id=name, ctx=ast.Load())


def _lambda(parameters: list[str], body: ast.expr) -> ast.expr:
    return ast.Lambda(args=_arguments(parameters), body=body)


class _Emitter:
    """Turns nodes into Python expressions and gathers the numerals on the way."""

    def __init__(self, algebra: Algebra) -> None:
        self.algebra = algebra
        self.constants: dict[str, Any] = {}
        self._constant_names: dict[int, str] = {}
        self._indices = 0

    def emit(self, node: Node, names: Mapping[str, str]) -> ast.expr:
        match node:
            case Num(value, nat):
                return ast.Constant(value) if nat else self._constant(value)
            case Var(name):
                if name not in names:
                    raise FormulaError(f"A formula mentions {name!r}, which is no parameter of it.")
                return _name(names[name])
            case Op():
                return self._natural(node, names) if node.nat else self._real(node, names)
            case Fold(kind, index, size, body):
                own = f"i{self._indices}"
                self._indices += 1
                term = _lambda([own], self.emit(body, {**names, index: own}))
                prefix = "nat_" if node.nat else ""
                return _call(prefix + kind, self.emit(size, names), term)
            case At(vector, index):
                entries, place = self.emit(vector, names), self.emit(index, names)
                return ast.Subscript(value=entries, slice=place, ctx=ast.Load())
            case Ite(relation, lhs, rhs, then, otherwise):
                test = _call(relation, self.emit(lhs, names), self.emit(rhs, names))
                branches = [_lambda([], self.emit(branch, names)) for branch in (then, otherwise)]
                return _call("ite", test, *branches)
            case Call(name):
                raise FormulaError(f"The call of {name} is to be expanded before compiling.")

    def _constant(self, value: int) -> ast.expr:
        name = self._constant_names.setdefault(value, f"c{len(self.constants)}")
        if name not in self.constants:
            self.constants[name] = self.algebra.constant(value)
        return _name(name)

    def _natural(self, node: Op, names: Mapping[str, str]) -> ast.expr:
        args = [self.emit(arg, names) for arg in node.args]
        return _call(f"nat_{node.op}", *args)

    def _real(self, node: Op, names: Mapping[str, str]) -> ast.expr:
        op, inline = node.op, self.algebra.inline
        if op == "inv":
            return self._binary("div", self._constant(1), self.emit(node.args[0], names))
        if op == "pow" and self.algebra.square_by_product:
            base, exponent = node.args
            if isinstance(base, Var) and exponent == Num(2, nat=True):
                return self._binary("mul", self.emit(base, names), self.emit(base, names))
        if op in _OPERATORS and len(node.args) == 2:
            left, right = node.args
            if self.algebra.mixes_integers and op != "pow" and op in inline:
                casts = [isinstance(arg, Op) and arg.op == "cast" for arg in node.args]
                if casts == [True, False] and isinstance(left, Op):
                    left = left.args[0]
                elif casts == [False, True] and isinstance(right, Op):
                    right = right.args[0]
            return self._binary(op, self.emit(left, names), self.emit(right, names))
        return _call(op, *(self.emit(arg, names) for arg in node.args))

    def _binary(self, op: str, left: ast.expr, right: ast.expr) -> ast.expr:
        if op in self.algebra.inline:
            return ast.BinOp(left=left, op=_OPERATORS[op](), right=right)
        return _call(op, left, right)
