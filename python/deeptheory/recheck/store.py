"""Terms of Lean's type theory, each made once, so that equal terms are one object.

Bound variables are numbers that count binders from the inside; the names of binders are left out,
so that terms that differ in them only are one.  A local variable is an object of its own, which
knows its type.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from typing import Any

from deeptheory.recheck.levels import Level, has_parameter, substitute

__all__ = [
    "APP",
    "BVAR",
    "CONST",
    "LAM",
    "LET",
    "LOCAL",
    "NAT",
    "PI",
    "PROJ",
    "SORT",
    "STRING",
    "Store",
    "Term",
    "shown",
    "spine",
]

BVAR, SORT, CONST, APP, LAM, PI, LET, NAT, STRING, PROJ, LOCAL = range(11)


class Term:
    """A term.

    Attributes
    ----------
    kind : int
        What it is.
    a, b, c : Any
        Its parts: function and argument of an application; type and body of a lambda or a product;
        type, value and body of a ``let``; name and levels of a constant; the structure's name, the
        index and the term of a projection; number and type of a local variable; else what `kind`
        says.
    loose : int
        How many bound variables are free: one more than the highest.
    local : int
        The highest number of a local variable in it; 0 where there is none.
    levels : bool
        Whether it mentions a level parameter.
    """

    __slots__ = ("a", "b", "c", "kind", "levels", "local", "loose")

    def __init__(
        self, kind: int, a: Any, b: Any, c: Any, loose: int, local: int, levels: bool
    ) -> None:
        self.kind = kind
        self.a = a
        self.b = b
        self.c = c
        self.loose = loose
        self.local = local
        self.levels = levels


def spine(e: Term) -> tuple[Term, list[Term]]:
    """Return what is applied in a term, and to what."""
    arguments = []
    while e.kind == APP:
        arguments.append(e.b)
        e = e.a
    arguments.reverse()
    return e, arguments


class Store:
    """Makes terms.

    What is made before the first call of `forget` stays; what is made later lasts until the next.
    """

    def __init__(self) -> None:
        self._kept: dict[Any, Term] = {}
        self._passing: dict[Any, Term] = {}
        self._target = self._kept
        self._locals = 0

    def forget(self) -> None:
        """Let go of all terms made since the last call."""
        self._target = self._passing = {}

    def _find(self, key: Any) -> Term | None:
        return self._kept.get(key) or self._passing.get(key)

    def _made(self, key: Any, e: Term) -> Term:
        self._target[key] = e
        return e

    def app(self, f: Term, x: Term) -> Term:
        """Return an application."""
        key = (f, x)
        e = self._kept.get(key)
        if e is None:
            e = self._passing.get(key)
            if e is None:
                loose = f.loose if f.loose > x.loose else x.loose
                local = f.local if f.local > x.local else x.local
                e = Term(APP, f, x, None, loose, local, f.levels or x.levels)
                self._target[key] = e
        return e

    def apply(self, f: Term, arguments: Sequence[Term]) -> Term:
        """Return a term applied to arguments, one after the other."""
        for x in arguments:
            f = self.app(f, x)
        return f

    def binder(self, kind: int, a: Term, body: Term) -> Term:
        """Return a lambda or a product."""
        key = (kind, a, body)
        e = self._find(key)
        if e is None:
            loose, local = max(a.loose, body.loose - 1), max(a.local, body.local)
            e = self._made(key, Term(kind, a, body, None, loose, local, a.levels or body.levels))
        return e

    def let(self, a: Term, value: Term, body: Term) -> Term:
        """Return a ``let``."""
        key = (LET, a, value, body)
        e = self._find(key)
        if e is None:
            loose = max(a.loose, value.loose, body.loose - 1)
            local = max(a.local, value.local, body.local)
            levels = a.levels or value.levels or body.levels
            e = self._made(key, Term(LET, a, value, body, loose, local, levels))
        return e

    def variable(self, number: int) -> Term:
        """Return a bound variable."""
        key = (BVAR, number)
        return self._find(key) or self._made(
            key, Term(BVAR, number, None, None, number + 1, 0, False)
        )

    def sort(self, level: Level) -> Term:
        """Return a sort."""
        key = (SORT, level)
        return self._find(key) or self._made(
            key, Term(SORT, level, None, None, 0, 0, has_parameter(level))
        )

    def constant(self, name: str, levels: tuple[Level, ...] = ()) -> Term:
        """Return a constant at levels."""
        key = (CONST, name, levels)
        return self._find(key) or self._made(
            key, Term(CONST, name, levels, None, 0, 0, any(map(has_parameter, levels)))
        )

    def literal(self, value: int | str) -> Term:
        """Return a number or a text."""
        kind = STRING if isinstance(value, str) else NAT
        key = (kind, value)
        return self._find(key) or self._made(key, Term(kind, value, None, None, 0, 0, False))

    def projection(self, structure: str, index: int, e: Term) -> Term:
        """Return a field of a term."""
        key = (PROJ, structure, index, e)
        return self._find(key) or self._made(
            key, Term(PROJ, structure, index, e, e.loose, e.local, e.levels)
        )

    def local(self, a: Term) -> Term:
        """Return a new local variable of a type."""
        self._locals += 1
        return Term(LOCAL, self._locals, a, None, 0, self._locals, a.levels)

    # Substitution

    def _rebuilt(self, e: Term, depth: int, put: Callable[[Term, int], Term]) -> Term:
        """Return a term with its parts replaced, each told how many binders it is below."""
        kind = e.kind
        if kind == APP:
            return self.app(put(e.a, depth), put(e.b, depth))
        if kind in (LAM, PI):
            return self.binder(kind, put(e.a, depth), put(e.b, depth + 1))
        if kind == LET:
            return self.let(put(e.a, depth), put(e.b, depth), put(e.c, depth + 1))
        return self.projection(e.a, e.b, put(e.c, depth))

    def instantiate(self, e: Term, values: Sequence[Term]) -> Term:
        """Put terms in place of the outermost binders' variables, the last for the innermost."""
        if not e.loose or not values:
            return e
        count = len(values)
        app = self.app
        memo: dict[tuple[Term, int], Term] = {}

        def put(e: Term, depth: int) -> Term:
            if e.loose <= depth:
                return e
            kind = e.kind
            if kind == BVAR:
                number = e.a - depth
                if number >= count:
                    return self.variable(e.a - count)
                return self.lifted(values[count - 1 - number], depth)
            key = (e, depth)
            found = memo.get(key)
            if found is None:
                if kind == APP:
                    found = app(put(e.a, depth), put(e.b, depth))
                else:
                    found = self._rebuilt(e, depth, put)
                memo[key] = found
            return found

        return put(e, 0)

    def lifted(self, e: Term, by: int, depth: int = 0) -> Term:
        """Return a term for a place below more binders."""
        if not by or e.loose <= depth:
            return e
        if e.kind == BVAR:
            return self.variable(e.a + by)
        return self._rebuilt(e, depth, lambda x, below: self.lifted(x, by, below))

    def abstract(self, e: Term, variables: Sequence[Term]) -> Term:
        """Put bound variables in place of local ones; the last becomes the innermost."""
        if not variables:
            return e
        lowest = min(x.a for x in variables)
        number = {x: k for k, x in enumerate(reversed(variables))}
        memo: dict[tuple[Term, int], Term] = {}

        def put(e: Term, depth: int) -> Term:
            if e.local < lowest:
                return e
            kind = e.kind
            if kind == LOCAL:
                k = number.get(e)
                return e if k is None else self.variable(k + depth)
            key = (e, depth)
            found = memo.get(key)
            if found is None:
                found = memo[key] = self._rebuilt(e, depth, put)
            return found

        return put(e, 0)

    def closed(self, kind: int, variables: Sequence[Term], body: Term) -> Term:
        """Return lambdas or products over local variables, the first outermost."""
        body = self.abstract(body, variables)
        for k in reversed(range(len(variables))):
            body = self.binder(kind, self.abstract(variables[k].b, variables[:k]), body)
        return body

    def at_levels(self, e: Term, values: Mapping[str, Level]) -> Term:
        """Return a term with levels for its level parameters."""
        if not e.levels or not values:
            return e
        memo: dict[Term, Term] = {}

        def put(e: Term, _depth: int) -> Term:
            if not e.levels:
                return e
            found = memo.get(e)
            if found is None:
                if e.kind == CONST:
                    found = self.constant(e.a, tuple(substitute(u, values) for u in e.b))
                elif e.kind == SORT:
                    found = self.sort(substitute(e.a, values))
                else:
                    found = self._rebuilt(e, 0, put)
                memo[e] = found
            return found

        return put(e, 0)


def shown(e: Term, deep: int = 5) -> str:
    """Return a term as text, cut off below some depth."""
    if deep == 0:
        return "…"
    if e.kind == APP:
        f, arguments = spine(e)
        return "(" + " ".join(shown(x, deep - 1) for x in (f, *arguments)) + ")"
    if e.kind in (LAM, PI):
        word = "fun" if e.kind == LAM else "forall"
        return f"({word} {shown(e.a, deep - 1)}, {shown(e.b, deep - 1)})"
    if e.kind == PROJ:
        return f"{shown(e.c, deep - 1)}.{e.b + 1}"
    prefix = {BVAR: "#", LOCAL: "x", SORT: "Sort "}.get(e.kind, "")
    return f"{prefix}{e.a}" if e.kind != LET else "let …"
