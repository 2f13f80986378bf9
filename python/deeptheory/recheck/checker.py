"""The kernel: types of terms, and which terms are equal.

The rules are those of Lean's type theory: dependent functions, a universe of propositions whose
proofs are all equal, inductive types with their recursors, quotients, structures that are
determined by their fields.

Source: Carneiro 2019, The type theory of Lean.
"""

from __future__ import annotations

from deeptheory.errors import FailureError
from deeptheory.recheck import levels
from deeptheory.recheck.environment import Constructor, Inductive
from deeptheory.recheck.levels import Level
from deeptheory.recheck.reduction import Reduction
from deeptheory.recheck.store import (
    APP,
    BVAR,
    CONST,
    LAM,
    LET,
    LOCAL,
    NAT,
    PI,
    PROJ,
    SORT,
    STRING,
    Term,
    shown,
    spine,
)

__all__ = ["Checker"]


class Checker(Reduction):
    """Infers types and compares terms."""

    def forget(self) -> None:
        """Let go of what was found for earlier terms."""
        super().forget()
        self._inferred: dict[Term, Term] = {}
        self._checked: dict[Term, Term] = {}
        self._equal: set[tuple[Term, Term]] = set()
        self._apart: set[tuple[Term, Term]] = set()

    # Types

    def require(self, value: Term, a: Term) -> None:
        """Require that a term is well formed and of a type.

        Raises
        ------
        FailureError
            Where it is not.
        """
        found = self.infer(value, check=True)
        if not self.equal(found, a):
            raise FailureError(f"It has the type {shown(found)}, not {shown(a)}.")

    def level(self, a: Term, check: bool = False) -> Level:
        """Return the level of a type.

        Raises
        ------
        FailureError
            Where the term is no type.
        """
        sort = self.infer(a, check)
        if sort.kind != SORT:
            sort = self.normal(sort)
            if sort.kind != SORT:
                raise FailureError(f"{shown(a)} is no type.")
        found: Level = sort.a
        return found

    def is_proposition(self, a: Term) -> bool:
        """Say whether a type is a proposition."""
        sort = self.normal(self.infer(a))
        return sort.kind == SORT and levels.equal(sort.a, levels.ZERO)

    def function_type(self, a: Term) -> Term:
        """Return a type as a product.

        Raises
        ------
        FailureError
            Where it is none.
        """
        if a.kind != PI:
            a = self.normal(a)
            if a.kind != PI:
                raise FailureError(f"{shown(a)} is no type of functions.")
        return a

    def infer(self, e: Term, check: bool = False) -> Term:
        """Return the type of a term.

        Parameters
        ----------
        e : Term
            The term.
        check : bool
            Whether to require that it is well formed; else that is known.

        Raises
        ------
        FailureError
            Where it is not well formed.
        """
        if e.kind == LOCAL:
            found: Term = e.b
            return found
        known = self._checked.get(e)
        if known is None and not check:
            known = self._inferred.get(e)
        if known is None:
            known = self._infer(e, check)
            (self._checked if check else self._inferred)[e] = known
        return known

    def _infer(self, e: Term, check: bool) -> Term:
        kind = e.kind
        if kind == APP:
            return self._of_application(e, check)
        if kind == CONST:
            d = self.declared(e)
            if d is None or len(d.parameters) != len(e.b):
                raise FailureError(f"{e.a} is not declared, or has other level parameters.")
            return self.type_of(e)
        if kind in (LAM, PI):
            return self._of_binders(e, check)
        if kind == SORT:
            return self.store.sort(levels.succ(e.a))
        if kind == LET:
            if check:
                self.level(e.a, check=True)
                self.require(e.b, e.a)
            return self.infer(self.store.instantiate(e.c, [e.b]), check)
        if kind == PROJ:
            return self._of_field(e, check)
        if kind == BVAR:
            raise FailureError("A variable is free.")
        return self.store.constant("Nat" if kind == NAT else "String")

    def _of_application(self, e: Term, check: bool) -> Term:
        if check:
            a = self.function_type(self.infer(e.a, check=True))
            self.require(e.b, a.a)
            return self.store.instantiate(a.b, [e.b])
        f, arguments = spine(e)
        a, done = self.infer(f), 0
        for k in range(len(arguments)):
            if a.kind != PI:
                a = self.function_type(self.store.instantiate(a, arguments[done:k]))
                done = k
            a = a.b
        return self.store.instantiate(a, arguments[done:])

    def _of_binders(self, e: Term, check: bool) -> Term:
        store, kind = self.store, e.kind
        variables: list[Term] = []
        found: list[Level] = []
        while e.kind == kind:
            a = store.instantiate(e.a, variables)
            if check or kind == PI:
                found.append(self.level(a, check))
            variables.append(store.local(a))
            e = e.b
        body = store.instantiate(e, variables)
        if kind == LAM:
            return store.closed(PI, variables, self.infer(body, check))
        level = self.level(body, check)
        for below in reversed(found):
            level = levels.imax_of(below, level)
        return store.sort(level)

    def _of_field(self, e: Term, check: bool) -> Term:
        store = self.store
        a = self.normal(self.infer(e.c, check))
        f, arguments = spine(a)
        d = self.declared(f)
        if not isinstance(d, Inductive) or d.name != e.a or len(d.constructors) != 1 or d.indices:
            raise FailureError(f"{shown(e.c)} is of no structure {e.a}.")
        proof = self.is_proposition(a)
        t = self.type_of(store.constant(d.constructors[0], f.b))
        for x in arguments[: d.params]:
            t = store.instantiate(self.function_type(t).b, [x])
        for k in range(e.b + 1):
            t = self.function_type(t)
            if proof and (k == e.b or t.b.loose) and not self.is_proposition(t.a):
                raise FailureError(f"{shown(e)} takes something out of a proof.")
            if k < e.b:
                t = store.instantiate(t.b, [store.projection(e.a, k, e.c)])
        field: Term = t.a
        return field

    # Equality

    def equal(self, a: Term, b: Term) -> bool:
        """Say whether two terms are equal by computation."""
        if a is b:
            return True
        quick = self._at_a_glance(a, b)
        if quick is not None:
            return quick
        if b is self.true and not a.local and self.normal(a) is b:
            return True
        if (a, b) in self._equal or (b, a) in self._equal:
            return True
        found = self._compare(a, b)
        if found:
            self._equal.add((a, b))
        return found

    def _at_a_glance(self, a: Term, b: Term) -> bool | None:
        kind = a.kind
        if kind != b.kind:
            return None
        if kind == SORT:
            return levels.equal(a.a, b.a)
        if kind in (NAT, STRING):
            return bool(a.a == b.a)
        if kind in (LAM, PI):
            found = (a, b) in self._equal or self._same_binders(a, b)
            if found:
                self._equal.add((a, b))
            return found
        return None

    def _same_binders(self, a: Term, b: Term) -> bool:
        store, kind = self.store, a.kind
        variables: list[Term] = []
        while a.kind == kind and b.kind == kind:
            if a is b and not a.loose:
                return True
            left = store.instantiate(a.a, variables)
            if a.a is not b.a and not self.equal(left, store.instantiate(b.a, variables)):
                return False
            variables.append(store.local(left))
            a, b = a.b, b.b
        return self.equal(store.instantiate(a, variables), store.instantiate(b, variables))

    def _same_levels(self, a: tuple[Level, ...], b: tuple[Level, ...]) -> bool:
        return len(a) == len(b) and all(map(levels.equal, a, b))

    def _same_arguments(self, a: list[Term], b: list[Term]) -> bool:
        if len(a) != len(b):
            return False
        same = True
        for x, y in zip(a, b, strict=True):  # all() would nest calls of the interpreter
            same = same and self.equal(x, y)
        return same

    def _compare(self, a: Term, b: Term) -> bool:
        left, right = self.head(a, lazy=True), self.head(b, lazy=True)
        if left is not a or right is not b:
            if left is right:
                return True
            quick = self._at_a_glance(left, right)
            if quick is not None:
                return quick
        type_left = self.infer(left)
        if self.is_proposition(type_left):
            return self.equal(type_left, self.infer(right))
        found, left, right = self._unfold_in_turn(left, right)
        if found is not None:
            return found
        if left.kind == right.kind == CONST and left.a == right.a:
            if self._same_levels(left.b, right.b):
                return True
        elif left.kind == right.kind == PROJ and left.b == right.b and self.equal(left.c, right.c):
            return True
        further, beyond = self.head(left), self.head(right)
        if further is not left or beyond is not right:
            return self.equal(further, beyond)
        return (
            self._by_parts(left, right)
            or self._by_application(left, right)
            or self._by_application(right, left)
            or self._by_fields(left, right)
            or self._by_fields(right, left)
            or self._by_letters(left, right)
            or self._by_letters(right, left)
            or self._without_fields(left, right)
        )

    def _by_parts(self, a: Term, b: Term) -> bool:
        """Compare two applications by what is applied, and to what."""
        (f, given), (g, taken) = spine(a), spine(b)
        if not given or len(given) != len(taken) or not self.equal(f, g):
            return False
        return self._same_arguments(given, taken)

    def _predecessor(self, e: Term) -> Term | None:
        if e.kind == NAT:
            return self.store.literal(e.a - 1) if e.a else None
        if e.kind == APP and e.a is self.successor:
            before: Term = e.b
            return before
        return None

    def _is_zero(self, e: Term) -> bool:
        return e is self.zero or (e.kind == NAT and e.a == 0)

    def _unfold_in_turn(self, a: Term, b: Term) -> tuple[bool | None, Term, Term]:
        """Unfold the higher of two terms until they are seen to be equal, apart, or settled."""
        while True:
            if self._is_zero(a) and self._is_zero(b):
                return True, a, b
            before, below = self._predecessor(a), self._predecessor(b)
            if before is not None and below is not None:
                return self.equal(before, below), a, b
            if not a.local and not b.local:
                value = self.calculated(a)
                if value is not None:
                    return self.equal(value, b), a, b
                value = self.calculated(b)
                if value is not None:
                    return self.equal(a, value), a, b
            left, right = self.unfoldable(a), self.unfoldable(b)
            if left is None and right is None:
                return None, a, b
            if left is None and (reduced := self._stuck_field(a)) is not None:
                a = reduced
            elif right is None and (reduced := self._stuck_field(b)) is not None:
                b = reduced
            else:
                high, low = left[1] if left else -1, right[1] if right else -1
                if high == low and self._same_call(a, b):
                    return True, a, b
                if left and high >= low:
                    a = self.head(self.unfolded(a, left[0]), lazy=True)
                if right and low >= high:
                    b = self.head(self.unfolded(b, right[0]), lazy=True)
            if a is b:
                return True, a, b
            quick = self._at_a_glance(a, b)
            if quick is not None:
                return quick, a, b

    def _same_call(self, a: Term, b: Term) -> bool:
        """Say whether two applications of one definition have equal arguments."""
        (f, given), (g, taken) = spine(a), spine(b)
        if f.a != g.a or not given or (a, b) in self._apart:
            return False
        if self._same_levels(f.b, g.b) and self._same_arguments(given, taken):
            return True
        self._apart.add((a, b))
        return False

    def _stuck_field(self, e: Term) -> Term | None:
        """Return a term whose head is a field, with its structure unfolded."""
        if spine(e)[0].kind != PROJ:
            return None
        reduced = self.head(e)
        return None if reduced is e else reduced

    def _by_application(self, a: Term, b: Term) -> bool:
        """Compare a lambda with a function by what they are at a variable."""
        if a.kind != LAM or b.kind == LAM:
            return False
        t = self.normal(self.infer(b))
        if t.kind != PI:
            return False
        body = self.store.app(self.store.lifted(b, 1), self.store.variable(0))
        return self.equal(a, self.store.binder(LAM, t.a, body))

    def _by_fields(self, a: Term, b: Term) -> bool:
        """Compare a term with a structure that is given by its fields."""
        f, arguments = spine(b)
        d = self.declared(f)
        if not isinstance(d, Constructor) or len(arguments) != d.params + d.fields:
            return False
        if not self.environment.inductive(d.inductive).is_structure:
            return False
        if not self.equal(self.infer(a), self.infer(b)):
            return False
        for k, field in enumerate(arguments[d.params :]):
            if not self.equal(self.store.projection(d.inductive, k, a), field):
                return False
        return True

    def _by_letters(self, a: Term, b: Term) -> bool:
        return a.kind == STRING and b.kind == APP and self.equal(self.spelled(a), b)

    def _without_fields(self, a: Term, b: Term) -> bool:
        """Say whether two terms are of one structure that has no fields."""
        t = self.normal(self.infer(a))
        d = self.declared(spine(t)[0])
        if not isinstance(d, Inductive) or not d.is_structure:
            return False
        if self.environment.constructor(d.constructors[0]).fields:
            return False
        return self.equal(t, self.infer(b))
