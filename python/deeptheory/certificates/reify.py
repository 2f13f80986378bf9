"""Formulas as trees of Lean's type ``DeepTheory.Certificates.Expr``.

The value of such a tree is by unfolding the value of the formula's Lean definition, so that a
bound on the one is a bound on the other.  The kernel encloses it with rational intervals.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from flint import fmpq

from deeptheory.errors import UsageError
from deeptheory.formulas.formula import Formula
from deeptheory.formulas.syntax import At, Fold, Ite, Node, Num, Op, Var, walk

__all__ = ["Reified", "expression", "is_certifiable", "rational", "reify", "stated"]

# The operations of formulas that Expr, and NExpr, have a constructor of the same name for; powers
# and casts, whose arguments are of two kinds, stand apart.
_REAL = frozenset(
    {"add", "sub", "mul", "div", "neg", "inv", "sqrt", "abs", "min", "max", "exp", "log", "rpow"}
)
_NATURAL = frozenset({"add", "sub", "mul", "div", "pow", "choose", "min", "max"})
_LONG = 600
"""Numbers with more decimal digits than this are written with a power of ten."""


@dataclass(frozen=True)
class Reified:
    """A formula at given arguments, in Lean.

    Parameters
    ----------
    application : str
        The formula's definition applied to the arguments.
    tree : str
        The same as a term of type ``Expr``.
    """

    application: str
    tree: str


def rational(value: fmpq | int) -> str:
    """Return a rational number as a Lean term of type ``Rat``.

    Examples
    --------
    >>> rational(fmpq(-1, 3))
    '(-1/3)'
    >>> rational(5)
    '5'
    """
    number = fmpq(value)
    top, bottom = int(number.p), int(number.q)
    if len(str(abs(top))) > _LONG and bottom == 1:
        mantissa, zeros = top, 0
        while mantissa % 10 == 0:
            mantissa, zeros = mantissa // 10, zeros + 1
        if zeros > 50 and mantissa > 0:
            return f"(({mantissa} * 10 ^ {zeros} : Nat) : Rat)"
    text = str(top) if bottom == 1 else f"{top}/{bottom}"
    return text if text.isdigit() else f"({text})"


def stated(value: fmpq) -> str:
    """Return a rational number as a Lean term that is cast to the reals by a type around it."""
    return f"({_bare(rational(value))} : Rat)"


def _bare(term: str) -> str:
    """Return a term without the brackets around it, for a place where it needs none."""
    inner = term[1:-1]
    return inner if term.startswith("(") and "(" not in inner else term


def reify(formula: Formula, arguments: Mapping[str, Any]) -> Reified:
    """Write a formula at exact arguments as Lean terms.

    Parameters
    ----------
    formula : Formula
        The formula; calls of other formulas are spelt out in the tree.
    arguments : mapping
        Its parameters by name, as `Formula.read` returns them: rational numbers, natural numbers,
        and tuples of rational numbers, or of rows of them.

    Raises
    ------
    UsageError
        Where an argument is not rational or the formula has no tree.
    """
    writer = _Writer(arguments, formula.short)
    given = "".join(
        f"\n      ({param.name} := {writer.argument(param.name, param.kind)})"
        for param in formula.params
    )
    return Reified(f"{formula.name}{given}", writer.real(formula.body, ()))


def is_certifiable(formula: Formula) -> bool:
    """Whether the checker knows every operation of a formula, so that a certificate can be had."""
    try:
        body = formula.body
    except UsageError:
        return False
    return all(_is_known(node) for node in walk(body))


def _is_known(node: Node) -> bool:
    if isinstance(node, Op):
        if node.nat:
            return node.op in _NATURAL
        return node.op in _REAL or node.op in ("cast", "pow")
    return not (isinstance(node, Fold) and node.nat)


def expression(node: Node, arguments: Mapping[str, Any], name: str = "the formula") -> str:
    """Return a formula at exact arguments as a Lean term of type ``Expr``."""
    return _Writer(arguments, name).real(node, ())


class _Writer:
    def __init__(self, arguments: Mapping[str, Any], name: str) -> None:
        self.name = name
        self.arguments = arguments

    def argument(self, name: str, kind: str) -> str:
        value = self.arguments[name]
        if kind == "nat":
            return str(int(value))
        if kind == "real":
            return f"(({_bare(self._exact(name, value))} : Rat) : R)"
        entries, columns = self._entries(name)
        listed = f"[{', '.join(entries)}]"
        if columns is None:
            return f"fun i : Fin {len(entries)} => ((ratAt {listed} i.val : Rat) : R)"
        return (
            f"fun (i : Fin {len(value)}) (j : Fin {columns}) => "
            f"((ratAt {listed} (i.val * {columns} + j.val) : Rat) : R)"
        )

    def _exact(self, name: str, value: Any) -> str:
        if not isinstance(value, (int, fmpq)):
            raise UsageError(
                f"{name} is not a rational number: a Lean certificate needs exact arguments, "
                "such as 0.1 or 1/3."
            )
        return rational(value)

    def _entries(self, name: str) -> tuple[list[str], int | None]:
        """Return the entries of a vector, or those of a matrix by rows and its columns."""
        value: Sequence[Any] = self.arguments[name]
        if value and isinstance(value[0], tuple):
            return [self._exact(name, entry) for row in value for entry in row], len(value[0])
        return [self._exact(name, entry) for entry in value], None

    def real(self, node: Node, indices: tuple[str, ...]) -> str:
        """Return a term of type ``Expr``; ``indices`` are those around it, the innermost first."""
        match node:
            case Num(value=value):
                return f"(.lit {value})"
            case Var(name=name):
                return f"(.num {self._exact(name, self.arguments[name])})"
            case At():
                return self._entry(node, indices)
            case Op(op="cast", args=(below,)):
                return f"(.cast {self.natural(below, indices)})"
            case Op(op="pow", args=(base, exponent)):
                return f"(.pow {self.real(base, indices)} {self.natural(exponent, indices)})"
            case Op(op=op, args=args) if op in _REAL:
                below_ = " ".join(self.real(arg, indices) for arg in args)
                return f"(.{op} {below_})"
            case Fold(kind=kind, index=index, size=size, body=body):
                inside = self.real(body, (index, *indices))
                return f"(.{kind} {self.natural(size, indices)} {inside})"
            case Ite(relation=relation, lhs=lhs, rhs=rhs, then=then, otherwise=otherwise):
                branches = f"{self.real(then, indices)} {self.real(otherwise, indices)}"
                if lhs.nat and rhs.nat:
                    sides = f"{self.natural(lhs, indices)} {self.natural(rhs, indices)}"
                    return f"(.natIte .{relation} {sides} {branches})"
                sides = f"{self.real(lhs, indices)} {self.real(rhs, indices)}"
                return f"(.ite .{relation} {sides} {branches})"
        raise self._outside(node)

    def natural(self, node: Node, indices: tuple[str, ...]) -> str:
        """Return a term of type ``NExpr``."""
        match node:
            case Num(value=value):
                return f"(.lit {value})"
            case Var(name=name) if name in indices:
                return f"(.idx {indices.index(name)})"
            case Var(name=name):
                return f"(.lit {int(self.arguments[name])})"
            case Op(op=op, args=args) if op in _NATURAL:
                below = " ".join(self.natural(arg, indices) for arg in args)
                return f"(.{op} {below})"
            case Ite(relation=relation, lhs=lhs, rhs=rhs, then=then, otherwise=otherwise):
                parts = " ".join(self.natural(n, indices) for n in (lhs, rhs, then, otherwise))
                return f"(.ite .{relation} {parts})"
        raise self._outside(node)

    def _entry(self, node: At, indices: tuple[str, ...]) -> str:
        index = self.natural(node.index, indices)
        vector = node.vector
        if isinstance(vector, At):
            row = self.natural(vector.index, indices)
            vector = vector.vector
            assert isinstance(vector, Var)
            entries, columns = self._entries(vector.name)
            index = f"(.add (.mul {row} (.lit {columns})) {index})"
        else:
            assert isinstance(vector, Var)
            entries, _ = self._entries(vector.name)
        return f"(.entry [{', '.join(entries)}] {index})"

    def _outside(self, node: Node) -> UsageError:
        what = node.op if isinstance(node, Op) else type(node).__name__.lower()
        return UsageError(f"{self.name} has no Lean certificate: the checker does not know {what}.")
