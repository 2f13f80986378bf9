"""The syntax trees of formulas: immutable nodes, read from and written to the catalog's JSON.

A tree has values in the reals or in the natural numbers; every node knows which (``nat``).  On
natural numbers subtraction truncates at zero and division rounds down, as in Lean.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from typing import Any, TypeAlias

from deeptheory.formulas.domain import FormulaError

__all__ = [
    "RELATIONS",
    "At",
    "Call",
    "Fold",
    "Ite",
    "Node",
    "Num",
    "Op",
    "Param",
    "Tree",
    "Var",
    "children",
    "expand",
    "free_variables",
    "parse",
    "rebuild",
    "rewrite",
    "substitute",
    "to_json",
    "walk",
]

Tree: TypeAlias = Mapping[str, Any]
"""A syntax tree as it stands in the catalog."""

RELATIONS = ("lt", "le", "eq", "ne")

_ARITY = {
    "add": 2,
    "sub": 2,
    "mul": 2,
    "div": 2,
    "pow": 2,
    "neg": 1,
    "inv": 1,
    "sqrt": 1,
    "exp": 1,
    "log": 1,
    "rpow": 2,
    "abs": 1,
    "min": 2,
    "max": 2,
    "klInv": 2,
    "choose": 2,
    "cast": 1,
}
_NAT_OPERATIONS = frozenset({"add", "sub", "mul", "div", "pow", "min", "max", "choose"})
_NAT_KEYS = ("nat", "Nat")


@dataclass(frozen=True)
class Param:
    """A parameter of a formula.

    Parameters
    ----------
    name : str
        The name in Lean.
    kind : {"real", "nat", "vector"}
        What it stands for; a matrix is a vector of vectors.
    shape : tuple of Node
        The number of entries of a vector, of rows and of columns of a matrix; empty if unknown.
    """

    name: str
    kind: str
    shape: tuple[Node, ...] = ()


@dataclass(frozen=True)
class Num:
    """A numeral."""

    value: int
    nat: bool = False


@dataclass(frozen=True)
class Var:
    """A parameter or the index of a sum."""

    name: str
    nat: bool = False


@dataclass(frozen=True)
class Op:
    """An operation on one or two arguments."""

    op: str
    args: tuple[Node, ...]
    nat: bool = False


@dataclass(frozen=True)
class Fold:
    """A sum or a product over ``0 <= index < size``."""

    kind: str
    index: str
    size: Node
    body: Node

    @property
    def nat(self) -> bool:
        """Whether the value is a natural number."""
        return self.body.nat


@dataclass(frozen=True)
class At:
    """An entry of a vector."""

    vector: Node
    index: Node

    nat: bool = False


@dataclass(frozen=True)
class Ite:
    """One of two values, by a comparison."""

    relation: str
    lhs: Node
    rhs: Node
    then: Node
    otherwise: Node

    @property
    def nat(self) -> bool:
        """Whether the value is a natural number."""
        return self.then.nat and self.otherwise.nat


@dataclass(frozen=True)
class Call:
    """Another formula, applied."""

    name: str
    args: tuple[Node, ...]
    nat: bool = False


Node: TypeAlias = Num | Var | Op | Fold | At | Ite | Call


def parse(tree: Tree, nats: frozenset[str] = frozenset(), *, nat: bool = False) -> Node:
    """Read a syntax tree.

    Parameters
    ----------
    tree : Tree
        The JSON tree.
    nats : frozenset of str
        The variables in scope that are natural numbers.
    nat : bool
        Whether the place expects a natural number (an exponent, an index, a size).

    Raises
    ------
    FormulaError
        Where the tree is malformed.
    """
    if not isinstance(tree, Mapping):
        raise FormulaError(f"A formula's tree holds {tree!r} where a node belongs.")
    try:
        return _parse(tree, nats, nat or tree.get("type") in _NAT_KEYS)
    except (KeyError, TypeError, ValueError) as error:
        raise FormulaError(f"A formula's tree holds a malformed node: {tree!r}.") from error


def _parse(tree: Tree, nats: frozenset[str], nat: bool) -> Node:
    if "var" in tree:
        name = str(tree["var"])
        return Var(name, nat or name in nats)
    if "nat" in tree:
        return Num(int(tree["nat"]), nat)
    if "op" in tree:
        return _parse_op(str(tree["op"]), tree["args"], nats, nat)
    for kind in ("sum", "prod"):
        if kind in tree:
            fold = tree[kind]
            index = str(fold["index"])
            return Fold(
                kind,
                index,
                parse(fold["size"], nats, nat=True),
                parse(fold["body"], nats | {index}, nat=nat),
            )
    if "at" in tree:
        entry = tree["at"]
        return At(parse(entry["vector"], nats), parse(entry["index"], nats, nat=True))
    if "ite" in tree:
        ite = tree["ite"]
        if ite["relation"] not in RELATIONS:
            raise FormulaError(f"A formula's tree compares by {ite['relation']!r}.")
        sides = [parse(ite[side], nats) for side in ("lhs", "rhs")]
        if any(side.nat for side in sides):
            sides = [parse(ite[side], nats, nat=True) for side in ("lhs", "rhs")]
        return Ite(
            ite["relation"],
            sides[0],
            sides[1],
            parse(ite["then"], nats, nat=nat),
            parse(ite["else"], nats, nat=nat),
        )
    if "call" in tree:
        return Call(str(tree["call"]), tuple(parse(arg, nats) for arg in tree["args"]))
    raise FormulaError(f"A formula's tree holds an unknown node: {dict(tree)!r}.")


def _parse_op(op: str, raw: Sequence[Tree], nats: frozenset[str], nat: bool) -> Node:
    if op not in _ARITY or len(raw) != _ARITY[op]:
        raise FormulaError(
            f"A formula's tree applies the unknown operation {op!r} to {len(raw)} arguments."
        )
    if op in ("cast", "choose"):
        args = tuple(parse(arg, nats, nat=True) for arg in raw)
        return Op(op, args, op == "choose")
    if op == "pow":
        return Op(op, (parse(raw[0], nats, nat=nat), parse(raw[1], nats, nat=True)), nat)
    if nat and op not in _NAT_OPERATIONS:
        raise FormulaError(f"A formula's tree applies {op!r} to natural numbers.")
    return Op(op, tuple(parse(arg, nats, nat=nat) for arg in raw), nat)


def to_json(node: Node) -> dict[str, Any]:
    """Write a syntax tree as the catalog's JSON."""
    match node:
        case Num(value, nat):
            return {"nat": str(value), **({"type": "nat"} if nat else {})}
        case Var(name, nat):
            return {"var": name, **({"type": "nat"} if nat else {})}
        case Op(op, args, nat):
            tree = {"op": op, "args": [to_json(arg) for arg in args]}
            return {**tree, "type": "nat"} if nat else tree
        case Fold(kind, index, size, body):
            fold = {"index": index, "size": to_json(size), "body": to_json(body)}
            return {kind: fold, **({"type": "nat"} if node.nat else {})}
        case At(vector, index):
            return {"at": {"vector": to_json(vector), "index": to_json(index)}}
        case Ite(relation, lhs, rhs, then, otherwise):
            sides = {"lhs": to_json(lhs), "rhs": to_json(rhs)}
            branches = {"then": to_json(then), "else": to_json(otherwise)}
            ite = {"ite": {"relation": relation, **sides, **branches}}
            return {**ite, **({"type": "nat"} if node.nat else {})}
        case Call(name, args):
            return {"call": name, "args": [to_json(arg) for arg in args]}


def children(node: Node) -> tuple[Node, ...]:
    """Return the nodes directly below a node."""
    match node:
        case Num() | Var():
            return ()
        case Op(args=args) | Call(args=args):
            return args
        case Fold(size=size, body=body):
            return (size, body)
        case At(vector, index):
            return (vector, index)
        case Ite(_, lhs, rhs, then, otherwise):
            return (lhs, rhs, then, otherwise)


def rebuild(node: Node, below: Sequence[Node]) -> Node:
    """Return a node with other nodes in the place of its `children`."""
    match node:
        case Num() | Var():
            return node
        case Op() | Call():
            return replace(node, args=tuple(below))
        case Fold():
            return replace(node, size=below[0], body=below[1])
        case At():
            return replace(node, vector=below[0], index=below[1])
        case Ite():
            return Ite(node.relation, below[0], below[1], below[2], below[3])


def walk(node: Node) -> Iterator[Node]:
    """Yield a node and everything below it, the node first."""
    yield node
    for child in children(node):
        yield from walk(child)


def rewrite(node: Node, change: Callable[[Node], Node]) -> Node:
    """Apply a change to every node, from the leaves up."""
    return change(rebuild(node, [rewrite(child, change) for child in children(node)]))


def free_variables(node: Node) -> frozenset[str]:
    """Return the names of the variables that no sum or product binds."""
    match node:
        case Var(name):
            return frozenset({name})
        case Fold(_, index, size, body):
            return free_variables(size) | (free_variables(body) - {index})
        case _:
            return frozenset().union(*(free_variables(child) for child in children(node)))


def substitute(node: Node, values: Mapping[str, Node]) -> Node:
    """Put nodes in the place of variables, renaming indices that would capture one of theirs."""
    match node:
        case Var(name):
            return values.get(name, node)
        case Fold(kind, index, size, body):
            inner = {name: value for name, value in values.items() if name != index}
            taken = frozenset().union(*(free_variables(value) for value in inner.values()))
            if index in taken:
                fresh = _fresh(index, taken | free_variables(body))
                inner[index] = Var(fresh, nat=True)
                index = fresh
            return Fold(kind, index, substitute(size, values), substitute(body, inner))
        case _:
            return rebuild(node, [substitute(child, values) for child in children(node)])


def _fresh(name: str, taken: frozenset[str]) -> str:
    number = 1
    while f"{name}_{number}" in taken:
        number += 1
    return f"{name}_{number}"


def expand(
    node: Node,
    resolve: Callable[[str], tuple[Sequence[Param], Node]],
    _above: tuple[str, ...] = (),
) -> Node:
    """Replace every call by the body of the formula that it calls.

    Parameters
    ----------
    node : Node
        The tree.
    resolve : callable
        The parameters and the body of a formula, by name.

    Raises
    ------
    FormulaError
        Where a formula calls itself, or is given the wrong number of arguments.
    """
    node = rebuild(node, [expand(child, resolve, _above) for child in children(node)])
    if not isinstance(node, Call):
        return node
    if node.name in _above:
        raise FormulaError(f"The formula {node.name} calls itself.")
    params, body = resolve(node.name)
    if len(params) != len(node.args):
        raise FormulaError(
            f"{node.name} takes {len(params)} arguments and a formula gives it {len(node.args)}."
        )
    values = {
        param.name: replace(arg, nat=True) if param.kind == "nat" and isinstance(arg, Num) else arg
        for param, arg in zip(params, node.args, strict=True)
    }
    return substitute(expand(body, resolve, (*_above, node.name)), values)
