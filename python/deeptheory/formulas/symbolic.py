"""Formulas as sympy expressions."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from typing import Any

import sympy as sp

from deeptheory.formulas.codegen import Algebra, compile_formula
from deeptheory.formulas.syntax import At, Node, Param, Var, walk

__all__ = ["to_sympy"]


def _fold(operation: Any) -> Callable[[Any, Callable[[Any], Any]], Any]:
    def fold(size: Any, term: Callable[[Any], Any]) -> Any:
        index = sp.Dummy("i", integer=True, nonnegative=True)
        return operation(term(index), (index, 0, size - 1))

    return fold


def _ite(test: Any, then: Callable[[], Any], otherwise: Callable[[], Any]) -> Any:
    return sp.Piecewise((then(), test), (otherwise(), True))


_SYMBOLS = Algebra(
    constant=sp.Integer,
    functions={
        "cast": lambda a: a,
        "neg": lambda a: -a,
        "abs": sp.Abs,
        "sqrt": sp.sqrt,
        "exp": sp.exp,
        "log": sp.log,
        "rpow": lambda base, exponent: base**exponent,
        "min": sp.Min,
        "max": sp.Max,
        "klInv": sp.Function("klInv"),
        "sum": _fold(sp.Sum),
        "prod": _fold(sp.Product),
        "ite": _ite,
        "lt": sp.Lt,
        "le": sp.Le,
        "eq": sp.Eq,
        "ne": sp.Ne,
        "nat_add": lambda a, b: sp.Integer(0) + a + b,
        "nat_sub": lambda a, b: sp.Max(sp.sympify(a) - b, 0),
        "nat_mul": lambda a, b: sp.Integer(1) * a * b,
        "nat_div": lambda a, b: sp.floor(sp.sympify(a) / b),
        "nat_pow": lambda a, b: sp.sympify(a) ** b,
        "nat_min": sp.Min,
        "nat_max": sp.Max,
        "nat_choose": sp.binomial,
        "nat_sum": _fold(sp.Sum),
        "nat_prod": _fold(sp.Product),
    },
    inline=frozenset({"add", "sub", "mul", "div", "pow"}),
)


def _symbol(param: Param, body: Node, positive: frozenset[str]) -> Any:
    if param.kind == "nat":
        facts = {"positive": True} if param.name in positive else {"nonnegative": True}
        return sp.Symbol(param.name, integer=True, **facts)
    if param.kind == "vector":
        depth = max(len(param.shape), *(_depth(node, param.name) for node in walk(body)))
        return _Entries(sp.IndexedBase(param.name, real=True), depth)
    facts = {"positive": True} if param.name in positive else {"real": True}
    return sp.Symbol(param.name, **facts)


def _depth(node: Node, name: str) -> int:
    """Return how many indices stand after a vector where a node is an entry of it."""
    depth = 0
    while isinstance(node, At):
        node, depth = node.vector, depth + 1
    return depth if isinstance(node, Var) and node.name == name else 0


class _Entries:
    """Gathers indices, so that entry j of row i becomes ``A[i, j]``."""

    def __init__(self, base: Any, depth: int, *indices: Any) -> None:
        self._base, self._depth, self._indices = base, depth, indices

    def __getitem__(self, index: Any) -> Any:
        indices = (*self._indices, index)
        if len(indices) == self._depth:
            return self._base[indices]
        return _Entries(self._base, self._depth, *indices)


def to_sympy(body: Node, params: Sequence[Param], positive: Iterable[str] = ()) -> Any:
    """Turn a tree into a sympy expression.

    Parameters
    ----------
    body : Node
        The tree, with calls expanded.
    params : sequence of Param
        Its parameters: real symbols, nonnegative integer symbols, indexed bases.
    positive : iterable of str
        Parameters known to be positive, which lets sympy simplify more.

    Returns
    -------
    sympy.Expr
        The expression; sums and products stay unevaluated (``doit`` expands them).
    """
    known = frozenset(positive)
    symbols = [_symbol(param, body, known) for param in params]
    return sp.sympify(compile_formula(body, params, _SYMBOLS)(*symbols))
