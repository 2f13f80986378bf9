"""Formulas at rational arguments for the checker of certificates: one operation, or many."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from flint import arb, ctx, fmpq
from hypothesis import strategies as st
from hypothesis.strategies import DrawFn, SearchStrategy

from deeptheory.formulas.syntax import Fold, Ite, Node, Num, Op, Var
from deeptheory.formulas.text import to_text

__all__ = ["Task", "adversarial", "single", "tasks"]

PRECISIONS = (8, 24, 53, 64, 113)
"""Small ones bring out errors of a unit in the last place, 53 and 64 are what is used."""


@dataclass(frozen=True)
class Task:
    """A formula without parameters but rational ones, and a precision of the checker.

    Parameters
    ----------
    tree : Node
        The formula.
    values : tuple of fmpq
        The values of its variables ``a``, ``b``, ….
    p : int
        The precision.
    close : bool
        Whether the enclosure has to be about as narrow as the precision says.
    value : fmpq, optional
        The value, where balls cannot find it out.
    """

    tree: Node
    values: tuple[fmpq, ...]
    p: int
    close: bool = False
    value: fmpq | None = None

    @property
    def arguments(self) -> dict[str, Any]:
        """The variables by name."""
        return dict(zip("abcdefgh", self.values, strict=False))

    def describe(self) -> dict[str, Any]:
        """Return the formula, its variables and the precision."""
        shown = {name: str(value) for name, value in self.arguments.items()}
        return {"formula": to_text(self.tree), **shown, "p": self.p}


def single(op: str, *values: fmpq | int, p: int = 53, exponent: int | None = None) -> Task:
    """Return the task of one operation at the given numbers."""
    numbers = tuple(fmpq(value) for value in values)
    variables = tuple(Var(name) for name in "abcdefgh"[: len(numbers)])
    args: tuple[Node, ...] = (
        variables if exponent is None else (*variables, Num(exponent, nat=True))
    )
    return Task(Op(op, args), numbers, p, close=op not in ("sub", "add"))


def _tiny(k: int) -> fmpq:
    return fmpq(1, 2**k)


def adversarial() -> Sequence[Task]:
    """Return tasks at the edges: near zero, near one, huge, tiny, near the precision."""
    third = fmpq(1, 3)
    places = [
        third,
        fmpq(2, 3),
        fmpq(1),
        1 + _tiny(20),
        1 - _tiny(20),
        1 + _tiny(60),
        1 - fmpq(1, 10**18),
        fmpq(10) ** 6,
        fmpq(1, 10**6),
        fmpq(7) ** 90,
        fmpq(1, 7**90),
        fmpq(99, 70),
        fmpq(2),
        fmpq(4),
        _tiny(53),
    ]
    tasks: list[Task] = []
    for p in PRECISIONS:
        for q in places:
            tasks += [single("log", q, p=p), single("sqrt", q, p=p), single("inv", -q, p=p)]
            tasks += [single("exp", s * q, p=p) for s in (1, -1) if q <= 10**6]
            tasks += [single("mul", -q, third, p=p), single("div", third, q, p=p)]
            tasks += [single("pow", -q, p=p, exponent=n) for n in (0, 1, 2, 3, 7)]
            tasks += [single("rpow", q, s * third, p=p) for s in (1, -1)]
            tasks += [single("sub", q, third, p=p), single("add", -q, third, p=p)]
            tasks += [single("abs", -q, p=p), single("min", -q, third, p=p)]
            tasks += [single("max", q, -third, p=p), single("max", -q, third, p=p)]
        tasks += _undecided(p)
        tasks += [_just_above(p, fmpq(n, 4)) for n in range(5, 24)]
        tasks += [_just_above(p, 1 + n * _tiny(p)) for n in (1, 2, 3) if n * 32 < 2**p]
    return tasks


def _just_above(p: int, place: fmpq | int) -> Task:
    """Return the exponential at a number where it is just above one that has p places.

    An error of a few units in the checker's spare places is then not hidden by the last rounding.
    """
    with ctx.workprec(4 * p + 200):
        log = arb(fmpq(place) + _tiny(p)).log() * 2 ** (p + 14)
        units = int(log.ceil().unique_fmpz())
    return single("exp", fmpq(units, 2 ** (p + 14)), p=p)


def _undecided(p: int) -> list[Task]:
    """Return case distinctions on which intervals cannot decide, and quotients near zero."""
    a, b, c = Var("a"), Var("b"), Var("c")
    root = Op("sqrt", (a,))
    square = Op("mul", (root, root))
    values = (fmpq(2), fmpq(1), fmpq(-1))
    near = Op("sub", (Op("sub", (Op("exp", (Op("log", (a,)),)), a)), c))
    decided = (("lt", fmpq(-1)), ("le", fmpq(1)))  # the square of the root of two is two
    tasks = [Task(Ite(r, square, a, b, c), values, p, value=v) for r, v in decided]
    tasks += [Task(Ite(r, a, square, b, c), values, p, value=v) for r, v in decided]
    tasks += [Task(Ite(r, b, a, b, c), values, p) for r in ("lt", "le", "eq")]
    tasks += [Task(Ite(r, a, b, b, c), values, p) for r in ("lt", "le", "eq")]
    tasks.append(Task(Ite("eq", a, a, b, Op("div", (b, Op("sub", (a, a))))), values, p, close=True))
    tasks += [
        Task(Ite("eq", root, Op("add", (root, c)), b, c), (fmpq(2), fmpq(1), -_tiny(k)), p)
        for k in (p, p + 2)
    ]
    # The denominator is near zero: no enclosure, or a sound one.
    for k in range(p - 6, p + 4):
        for shift in (_tiny(k), -_tiny(k), 3 * _tiny(k), -3 * _tiny(k)):
            numbers = (fmpq(3), fmpq(1), shift)
            tasks += [Task(Op(op, (near,)), numbers, p) for op in ("inv", "abs")]
            tasks.append(Task(Op("mul", (near, near)), numbers, p))
    tasks.append(Task(Op("sub", (b, root)), (fmpq(2), fmpq(99, 70)), p))
    harmonic = Op(
        "inv", (Op("cast", (Op("add", (Var("i", nat=True), Num(1, nat=True)), nat=True),)),)
    )
    for kind in ("sum", "prod"):
        tasks.append(Task(Fold(kind, "i", Num(9, nat=True), harmonic), (), p))
    return tasks


@st.composite
def tasks(draw: DrawFn) -> Task:
    """Draw a formula of several operations at numbers of every size."""
    count = draw(st.integers(1, 4))
    values = tuple(draw(_number()) for _ in range(count))
    tree = draw(_tree(count, draw(st.integers(1, 4))))
    return Task(tree, values, draw(st.sampled_from(PRECISIONS)))


def _number() -> SearchStrategy[fmpq]:
    small = st.builds(fmpq, st.integers(-99, 99), st.integers(1, 99))
    sized = st.builds(lambda m, e: m * fmpq(10) ** e, small, st.integers(-12, 12))
    near_one = st.builds(lambda m, k: 1 + m * _tiny(k), small, st.integers(5, 70))
    return st.one_of(small, sized, near_one)


def _tree(count: int, depth: int) -> SearchStrategy[Node]:
    leaf: SearchStrategy[Node] = st.sampled_from([Var(name) for name in "abcd"[:count]])
    if depth == 0:
        return st.one_of(leaf, st.builds(Num, st.integers(0, 5)))
    below = st.deferred(lambda: _tree(count, depth - 1))
    third = Op("inv", (Num(3),))

    def positive(node: Node) -> Node:
        return Op("add", (Op("abs", (node,)), third))

    def between(node: Node) -> Node:
        return Op("max", (Op("min", (node, Num(40))), Op("neg", (Num(40),))))

    return st.one_of(
        leaf,
        *(st.builds(lambda a, b, op=op: Op(op, (a, b)), below, below) for op in _BINARY),
        st.builds(lambda a, b: Op("div", (a, positive(b))), below, below),
        st.builds(lambda a: Op("exp", (between(a),)), below),
        st.builds(lambda a: Op("log", (positive(a),)), below),
        st.builds(lambda a: Op("sqrt", (Op("abs", (a,)),)), below),
        st.builds(lambda a, b: Op("rpow", (positive(between(a)), between(b))), below, below),
        st.builds(lambda a, n: Op("pow", (a, Num(n, nat=True))), below, st.integers(0, 6)),
        st.builds(lambda a: Op("neg", (a,)), below),
        st.builds(Ite, st.sampled_from(["lt", "le"]), below, below, below, below),
    )


_BINARY = ("add", "sub", "mul", "min", "max")
