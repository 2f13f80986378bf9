"""From kernel terms to formula trees.

The exporter stores terms as the kernel has them, all arguments included.  Here the ones that
stand for arithmetic are recognised, by the constant at their head and by their types; anything
else raises `UnrecognisedError`, and has no formula.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from typing import Any

__all__ = ["Function", "Node", "Reader", "Tree", "UnrecognisedError", "Variable"]

Tree = dict[str, Any]
"""A formula tree; see ``theorems.schema.json``."""

Node = list[Any]
"""A node of the exporter's table of terms."""

# Every constant that a formula may use, with the operation that it stands for.
# Arithmetic: constant -> (operation, number of type arguments and instances before the operands).
ARITHMETIC: dict[str, tuple[str, int]] = {
    "HAdd.hAdd": ("add", 4),
    "HSub.hSub": ("sub", 4),
    "HMul.hMul": ("mul", 4),
    "HDiv.hDiv": ("div", 4),
    "Add.add": ("add", 2),
    "Sub.sub": ("sub", 2),
    "Mul.mul": ("mul", 2),
    "Div.div": ("div", 2),
    "Neg.neg": ("neg", 2),
    "Inv.inv": ("inv", 2),
    "Max.max": ("max", 2),
    "Min.min": ("min", 2),
}
# Functions of this library with a real value: name below the library's root -> (operation, arity).
REAL_FUNCTIONS: dict[str, tuple[str, int]] = {
    "sqrt": ("sqrt", 1),
    "RealField.sqrt": ("sqrt", 1),
    "exp": ("exp", 1),
    "log": ("log", 1),
    "rpow": ("rpow", 2),
    "abs": ("abs", 1),
    "max": ("max", 2),
    "min": ("min", 2),
    "Probability.klInv": ("klInv", 2),
}
# The same with a natural value.
NAT_FUNCTIONS: dict[str, tuple[str, int]] = {
    "choose": ("choose", 2),
}
# Sums and products; the last three arguments are the type of the indices, which has to be Fin n,
# its enumeration and the summand.
FOLDS: dict[str, str] = {
    "sum": "sum",
    "prod": "prod",
}
CASTS = ("Nat.cast", "NatCast.natCast")
POWERS = {"HPow.hPow": 4, "Pow.pow": 3}
RELATIONS: dict[str, tuple[str, int, bool]] = {
    # constant -> (relation, arguments before the two sides, whether the sides are swapped)
    "LE.le": ("le", 2, False),
    "LT.lt": ("lt", 2, False),
    "GE.ge": ("le", 2, True),
    "GT.gt": ("lt", 2, True),
    "Eq": ("eq", 1, False),
    "Ne": ("ne", 1, False),
}
# Constants of ours that may occur in the instances behind the notation: the class itself, and
# instances that mean what the notation says.
TRUSTED_INSTANCES = (
    "RealField",
    "instMax",
    "instMin",
    "instMaxRealField",
    "instMinRealField",
    "instFintypeFin",
)


class UnrecognisedError(Exception):
    """The term lies outside the grammar of formulas; the message says which part."""


@dataclass(frozen=True)
class Variable:
    """A variable of a telescope.

    Attributes
    ----------
    name : str
        The name, unique in the telescope.
    kind : str
        ``real``, ``nat``, ``fin``, ``vector`` or ``other``.
    shape : tuple of Tree
        For a vector, the size of each index.
    """

    name: str
    kind: str
    shape: tuple[Tree, ...] = ()


@dataclass(frozen=True)
class Function:
    """A definition that has a formula, as its callers see it.

    Attributes
    ----------
    name : str
        The full name.
    arity : int
        How many arguments the kernel's term has.
    positions : tuple of int
        The arguments that are parameters of the formula.
    """

    name: str
    arity: int
    positions: tuple[int, ...]


@dataclass(frozen=True)
class _Scope:
    """What the bound variables stand for, the innermost first."""

    bound: tuple[Tree, ...] = ()
    names: frozenset[str] = frozenset()


@dataclass
class Reader:
    """Reads the terms of one declaration.

    Parameters
    ----------
    nodes : sequence of Node
        The module's table of terms.
    root : str
        The first component of the library's names.
    function : callable
        Finds a definition with a formula by name, None where it has none.
    """

    nodes: Sequence[Node]
    root: str
    function: Callable[[str], Function | None]
    variables: dict[str, Variable] = field(default_factory=dict)
    reals: set[str] = field(default_factory=set)

    # Types

    def add(self, name: str, type_: int) -> Variable:
        """Bring a variable of the telescope into scope and say what kind it is."""
        head, args = self._spine(type_)
        if head == ["c", f"{self.root}.RealField"] and args and self.nodes[args[0]][0] == "f":
            self.reals.add(self.nodes[args[0]][1])
        variable = self._variable(name, type_)
        self.variables[name] = variable
        return variable

    def _variable(self, name: str, type_: int) -> Variable:
        if self.is_real(type_):
            return Variable(name, "real")
        if self.is_nat(type_):
            return Variable(name, "nat")
        if self._fin(type_) is not None:
            return Variable(name, "fin")
        shape: list[Tree] = []
        current = type_
        while self.nodes[current][0] == "p":
            size = self._fin(self.nodes[current][2])
            if size is None:
                return Variable(name, "other")
            try:
                shape.append(self.nat(size))
            except UnrecognisedError:
                return Variable(name, "other")
            current = self.nodes[current][3]
        if shape and self.is_real(current):
            return Variable(name, "vector", tuple(shape))
        return Variable(name, "other")

    def is_real(self, type_: int) -> bool:
        """Whether a term is the real field of this declaration."""
        node = self.nodes[type_]
        return bool(node[0] == "f" and node[1] in self.reals)

    def is_nat(self, type_: int) -> bool:
        """Whether a term is the type of natural numbers."""
        return self.nodes[type_] == ["c", "Nat"]

    def _fin(self, type_: int) -> int | None:
        head, args = self._spine(type_)
        return args[0] if head == ["c", "Fin"] and len(args) == 1 else None

    # Terms

    def real(self, term: int) -> Tree:
        """Read a term with values in the reals."""
        return self._real(term, _Scope(names=frozenset(self.variables)))

    def nat(self, term: int) -> Tree:
        """Read a term with values in the naturals."""
        return self._nat(term, _Scope(names=frozenset(self.variables)))

    def value(self, term: int, kind: str) -> Tree:
        """Read an argument of the given kind."""
        if kind == "real":
            return self.real(term)
        if kind == "nat":
            return self.nat(term)
        if kind == "vector":
            return self._vector(term, _Scope(names=frozenset(self.variables)))
        raise UnrecognisedError(f"an argument of kind {kind}")

    def relation(self, term: int) -> tuple[str, Tree, Tree]:
        """Read a proposition that compares two real or natural terms."""
        return self._relation(term, _Scope(names=frozenset(self.variables)))

    def _spine(self, term: int) -> tuple[Node, list[int]]:
        args: list[int] = []
        node = self.nodes[term]
        while node[0] == "a":
            args.append(node[2])
            node = self.nodes[node[1]]
        args.reverse()
        return node, args

    def _relation(self, term: int, scope: _Scope) -> tuple[str, Tree, Tree]:
        head, args = self._spine(term)
        if head == ["c", "Not"] and len(args) == 1:
            relation, lhs, rhs = self._relation(args[0], scope)
            if relation == "eq":
                return "ne", lhs, rhs
            if relation in ("le", "lt"):
                return ("lt" if relation == "le" else "le"), rhs, lhs
            raise UnrecognisedError("a double negation")
        if head[0] != "c" or head[1] not in RELATIONS:
            raise UnrecognisedError(_describe(head))
        relation, before, swapped = RELATIONS[head[1]]
        if len(args) != before + 2:
            raise UnrecognisedError(_describe(head))
        self._check_instances(args[1:before])
        sides = [self._typed(side, args[0], scope) for side in args[before:]]
        if swapped:
            sides.reverse()
        return relation, sides[0], sides[1]

    def _typed(self, term: int, type_: int, scope: _Scope) -> Tree:
        if self.is_real(type_):
            return self._real(term, scope)
        if self.is_nat(type_):
            return self._nat(term, scope)
        raise UnrecognisedError("a comparison in another type")

    def _real(self, term: int, scope: _Scope) -> Tree:
        head, args = self._spine(term)
        if head[0] == "e" and not args:
            return self._let(head, scope, self._real)
        if head[0] == "b" and not args:
            return _expect(scope.bound[head[1]], "real")
        if head[0] == "f":
            return self._real_variable(head[1], args, scope)
        if head[0] != "c":
            raise UnrecognisedError(_describe(head))
        name: str = head[1]
        if name == "OfNat.ofNat" and len(args) == 3 and self.is_real(args[0]):
            self._check_instances(args[2:])
            return {"nat": self._literal(args[1])}
        if name in CASTS and len(args) == 3 and self.is_real(args[0]):
            self._check_instances(args[1:2])
            return {"op": "cast", "args": [self._nat(args[2], scope)]}
        if name in POWERS and len(args) == POWERS[name] + 2:
            return self._power(name, args, scope, self.is_real, self._real, {})
        if name in ARITHMETIC:
            return self._arithmetic(name, args, scope, self.is_real, self._real, {})
        if name == "ite":
            return self._ite(args, scope, self.is_real, self._real)
        own = name.removeprefix(f"{self.root}.") if name.startswith(f"{self.root}.") else None
        if own in REAL_FUNCTIONS:
            operation, arity = REAL_FUNCTIONS[own]
            if len(args) < arity or not any(self.is_real(a) for a in args[:-arity]):
                raise UnrecognisedError(_describe(head))
            return {"op": operation, "args": [self._real(a, scope) for a in args[-arity:]]}
        if own in FOLDS:
            size = self._fin(args[-3]) if len(args) > 3 else None
            if size is None or not any(self.is_real(a) for a in args[:-3]):
                raise UnrecognisedError(f"{_describe(head)} over a type that is not Fin n")
            self._check_instances(args[-2:-1])
            return self._fold(FOLDS[own], size, args[-1], scope)
        return self._call(name, args, scope, "real")

    def _nat(self, term: int, scope: _Scope) -> Tree:
        head, args = self._spine(term)
        if head[0] == "n":
            return {"nat": head[1], "type": "nat"}
        if head[0] == "e" and not args:
            return self._let(head, scope, self._nat)
        if head[0] == "b" and not args:
            return _expect(scope.bound[head[1]], "nat")
        if head[0] == "f" and not args:
            kind = self._kind(head[1])
            if kind == "nat":
                return {"var": head[1], "type": "nat"}
            raise UnrecognisedError(f"the variable {head[1]}")
        if head[0] != "c":
            raise UnrecognisedError(_describe(head))
        name: str = head[1]
        if name == "OfNat.ofNat" and len(args) == 3 and self.is_nat(args[0]):
            return {"nat": self._literal(args[1]), "type": "nat"}
        if name in CASTS and len(args) == 3 and self.is_nat(args[0]):
            return self._nat(args[2], scope)
        if name == "Nat.succ" and len(args) == 1:
            one = {"nat": "1", "type": "nat"}
            return {"op": "add", "args": [self._nat(args[0], scope), one], "type": "nat"}
        if name == "Fin.val" and len(args) == 2:
            return {**self._index(args[1], scope), "type": "nat"}
        if name in POWERS and len(args) == POWERS[name] + 2:
            return self._power(name, args, scope, self.is_nat, self._nat, {"type": "nat"})
        if name in ARITHMETIC:
            return self._arithmetic(name, args, scope, self.is_nat, self._nat, {"type": "nat"})
        if name == "ite":
            return {**self._ite(args, scope, self.is_nat, self._nat), "type": "nat"}
        own = name.removeprefix(f"{self.root}.") if name.startswith(f"{self.root}.") else None
        if own in NAT_FUNCTIONS:
            operation, arity = NAT_FUNCTIONS[own]
            if len(args) < arity:
                raise UnrecognisedError(_describe(head))
            operands = [self._nat(a, scope) for a in args[-arity:]]
            return {"op": operation, "args": operands, "type": "nat"}
        raise UnrecognisedError(_describe(head))

    def _index(self, term: int, scope: _Scope) -> Tree:
        """Read an index, a term of some Fin n, as a natural number."""
        head, args = self._spine(term)
        if head[0] == "b" and not args:
            return _expect(scope.bound[head[1]], "fin")
        if head[0] == "f" and not args and self._kind(head[1]) == "fin":
            return {"var": head[1], "type": "fin"}
        if head == ["c", "Fin.mk"] and len(args) == 3:
            return self._nat(args[1], scope)
        if head == ["c", "Fin.last"] and len(args) == 1:
            return self._nat(args[0], scope)
        if head == ["c", "Fin.castSucc"] and len(args) == 2:
            return self._index(args[1], scope)
        if head == ["c", "Fin.succ"] and len(args) == 2:
            one = {"nat": "1", "type": "nat"}
            return {"op": "add", "args": [self._index(args[1], scope), one], "type": "nat"}
        if head == ["c", "OfNat.ofNat"] and len(args) == 3:
            size = self._fin(args[0])
            literal = self._literal(args[1])
            bound = self._nat(size, scope) if size is not None else {}
            if bound.get("op") == "add":
                # Fin (n + 1) holds 0, whatever n is.
                last = bound["args"][1].get("nat", "0")
                if int(literal) < int(last):
                    return {"nat": literal, "type": "nat"}
            if int(literal) < int(bound.get("nat", "0")):
                return {"nat": literal, "type": "nat"}
        raise UnrecognisedError("an index")

    def _vector(self, term: int, scope: _Scope) -> Tree:
        """Read a term of type Fin n → … → R that is a variable with some indices given."""
        head, args = self._spine(term)
        if head[0] == "f" and self._kind(head[1]) == "vector":
            tree: Tree = {"var": head[1], "type": "vector"}
            for index in args:
                tree = {"at": {"vector": tree, "index": self._index(index, scope)}}
            return tree
        raise UnrecognisedError("a vector that is not a variable")

    def _real_variable(self, name: str, args: list[int], scope: _Scope) -> Tree:
        variable = self.variables.get(name)
        if variable is not None and variable.kind == "real" and not args:
            return {"var": name}
        if variable is not None and variable.kind == "vector" and len(args) == len(variable.shape):
            tree: Tree = {"var": name, "type": "vector"}
            for index in args:
                tree = {"at": {"vector": tree, "index": self._index(index, scope)}}
            return tree
        raise UnrecognisedError(f"the variable {name}")

    def _kind(self, name: str) -> str:
        variable = self.variables.get(name)
        return variable.kind if variable else "other"

    def _literal(self, term: int) -> str:
        node = self.nodes[term]
        if node[0] != "n":
            raise UnrecognisedError("a numeral that is not a literal")
        return str(node[1])

    def _arithmetic(
        self,
        name: str,
        args: list[int],
        scope: _Scope,
        is_type: Callable[[int], bool],
        read: Callable[[int, _Scope], Tree],
        extra: Tree,
    ) -> Tree:
        operation, before = ARITHMETIC[name]
        operands = args[before:]
        expected = 1 if operation in ("neg", "inv") else 2
        types = args[: before - 1]
        if len(operands) != expected or not all(is_type(t) for t in types):
            raise UnrecognisedError(name)
        self._check_instances(args[before - 1 : before])
        return {"op": operation, "args": [read(a, scope) for a in operands], **extra}

    def _power(
        self,
        name: str,
        args: list[int],
        scope: _Scope,
        is_type: Callable[[int], bool],
        read: Callable[[int, _Scope], Tree],
        extra: Tree,
    ) -> Tree:
        before = POWERS[name]
        if not is_type(args[0]) or not self.is_nat(args[1]):
            raise UnrecognisedError("a power whose exponent is not a natural number")
        self._check_instances(args[before - 1 : before])
        base, exponent = args[before:]
        return {"op": "pow", "args": [read(base, scope), self._nat(exponent, scope)], **extra}

    def _ite(
        self,
        args: list[int],
        scope: _Scope,
        is_type: Callable[[int], bool],
        read: Callable[[int, _Scope], Tree],
    ) -> Tree:
        if len(args) != 5 or not is_type(args[0]):
            raise UnrecognisedError("ite")
        relation, lhs, rhs = self._relation(args[1], scope)
        then, otherwise = read(args[3], scope), read(args[4], scope)
        if relation == "ne":
            relation, then, otherwise = "eq", otherwise, then
        return {
            "ite": {"relation": relation, "lhs": lhs, "rhs": rhs, "then": then, "else": otherwise}
        }

    def _let(self, node: Node, scope: _Scope, read: Callable[[int, _Scope], Tree]) -> Tree:
        """Put the value of a local definition in its place."""
        _, _, type_, value, body = node
        bound = self._typed(value, type_, scope)
        return read(body, _Scope((bound, *scope.bound), scope.names))

    def _fold(self, fold: str, size: int, summand: int, scope: _Scope) -> Tree:
        bound = self._nat(size, scope)
        node = self.nodes[summand]
        name = _fresh(node[1].lstrip("_") or "i" if node[0] == "l" else "i", scope.names)
        index: Tree = {"var": name, "type": "fin"}
        inner = _Scope((index, *scope.bound), scope.names | {name})
        if node[0] == "l":
            body = self._real(node[3], inner)
        else:
            body = {"at": {"vector": self._vector(summand, scope), "index": index}}
        return {fold: {"index": name, "size": bound, "body": body}}

    def _call(self, name: str, args: list[int], scope: _Scope, kind: str) -> Tree:
        function = self.function(name)
        if function is None or len(args) != function.arity or kind != "real":
            raise UnrecognisedError(f"the constant {name}")
        return {"call": name, "args": [self._any(args[i], scope) for i in function.positions]}

    def _any(self, term: int, scope: _Scope) -> Tree:
        """Read an argument of a call as what it can be read as."""
        reason: UnrecognisedError | None = None
        for read in (self._real, self._nat, self._vector):
            try:
                return read(term, scope)
            except UnrecognisedError as error:
                reason = reason or error
        raise reason or UnrecognisedError("an argument")

    def _check_instances(self, terms: Sequence[int]) -> None:
        """Refuse notation whose instance is one of ours and not known to mean what it says."""
        stack = list(terms)
        while stack:
            node = self.nodes[stack.pop()]
            if node[0] == "a":
                stack += node[1:]
            elif node[0] == "c" and node[1].startswith(f"{self.root}."):
                own = node[1].removeprefix(f"{self.root}.")
                if own.split(".")[0] not in TRUSTED_INSTANCES:
                    raise UnrecognisedError(f"the instance {node[1]}")


def _expect(tree: Tree, kind: str) -> Tree:
    found = tree.get("type", "real")
    if found != kind:
        raise UnrecognisedError(f"a {found} where a {kind} is due")
    return tree


def _describe(node: Node) -> str:
    names = {"c": "the constant", "f": "the variable", "l": "a function", "p": "a quantifier"}
    what = names.get(node[0], "a term")
    return f"{what} {node[1]}" if node[0] in ("c", "f") else what


def _fresh(name: str, taken: frozenset[str]) -> str:
    candidate, i = name, 1
    while candidate in taken:
        candidate, i = f"{name}_{i}", i + 1
    return candidate
