"""Computation: what a term is equal to by unfolding, as far as its head shows."""

from __future__ import annotations

import math
import operator
from abc import ABC, abstractmethod
from collections.abc import Callable, Sequence

from deeptheory.recheck.environment import (
    Constructor,
    Declared,
    Environment,
    Recursor,
)
from deeptheory.recheck.levels import ZERO
from deeptheory.recheck.store import (
    APP,
    CONST,
    LAM,
    LET,
    LOCAL,
    NAT,
    PI,
    PROJ,
    SORT,
    STRING,
    Store,
    Term,
    spine,
)

__all__ = ["Reduction"]

_LARGEST_SHIFT = 1 << 24
"""Powers and shifts by more are not computed."""

_ARITHMETIC: dict[str, Callable[[int, int], int]] = {
    "Nat.add": operator.add,
    "Nat.sub": lambda a, b: max(a - b, 0),
    "Nat.mul": operator.mul,
    "Nat.div": lambda a, b: a // b if b else 0,
    "Nat.mod": lambda a, b: a % b if b else a,
    "Nat.gcd": math.gcd,
    "Nat.beq": operator.eq,
    "Nat.ble": operator.le,
    "Nat.land": operator.and_,
    "Nat.lor": operator.or_,
    "Nat.xor": operator.xor,
    "Nat.shiftLeft": operator.lshift,
    "Nat.shiftRight": operator.rshift,
    "Nat.pow": operator.pow,
}
"""Operations on numbers that are computed at once."""

_QUOTIENTS = {"lift": 5, "ind": 4}
"""For each constant of quotients that computes, the position of the quotient among arguments."""
_FUNCTION = 3
"""The position of the function that it applies."""


class Reduction(ABC):
    """Reduces terms.

    Parameters
    ----------
    environment : Environment
        The declarations.
    store : Store
        Makes the terms.
    """

    def __init__(self, environment: Environment, store: Store) -> None:
        self.environment = environment
        self.store = store
        self.zero = store.constant("Nat.zero")
        self.successor = store.constant("Nat.succ")
        self.true = store.constant("Bool.true")
        self.false = store.constant("Bool.false")
        self.forget()

    def forget(self) -> None:
        """Let go of what was found for earlier terms."""
        self._types: dict[Term, Term] = {}
        self._values: dict[Term, Term] = {}
        self._rules: dict[tuple[Term, str], Term] = {}
        self._heads: dict[Term, Term] = {}
        self._normal: dict[Term, Term] = {}

    @abstractmethod
    def infer(self, e: Term, check: bool = False) -> Term:
        """Return the type of a term."""

    @abstractmethod
    def equal(self, a: Term, b: Term) -> bool:
        """Say whether two terms are equal by computation."""

    @abstractmethod
    def is_proposition(self, a: Term) -> bool:
        """Say whether a type is a proposition."""

    # Declarations

    def declared(self, e: Term) -> Declared | None:
        """Return what a constant is declared as; nothing for any other term."""
        return self.environment.get(e.a) if e.kind == CONST else None

    def type_of(self, c: Term) -> Term:
        """Return the type of a constant at its levels."""
        found = self._types.get(c)
        if found is None:
            d = self.environment[c.a]
            levels = dict(zip(d.parameters, c.b, strict=True))
            found = self._types[c] = self.store.at_levels(d.type, levels)
        return found

    def value_of(self, c: Term) -> Term:
        """Return what a constant unfolds to at its levels."""
        found = self._values.get(c)
        if found is None:
            d = self.environment[c.a]
            assert d.value is not None
            levels = dict(zip(d.parameters, c.b, strict=True))
            found = self._values[c] = self.store.at_levels(d.value, levels)
        return found

    def unfoldable(self, e: Term) -> tuple[Term, int] | None:
        """Return the constant at the head of a term, if it unfolds, and its height."""
        while e.kind == APP:
            e = e.a
        d = self.declared(e)
        return (e, d.height) if d is not None and d.value is not None else None

    def unfolded(self, e: Term, head: Term) -> Term:
        """Return a term with the constant at its head unfolded."""
        return self.applied(self.value_of(head), spine(e)[1])

    def applied(self, f: Term, arguments: Sequence[Term]) -> Term:
        """Return a term applied to arguments, its lambdas taking those that they can."""
        done, count = 0, len(arguments)
        while done < count and f.kind == LAM:
            taken = done
            while taken < count and f.kind == LAM:
                f, taken = f.b, taken + 1
            f = self.store.instantiate(f, arguments[done:taken])
            done = taken
        return self.store.apply(f, arguments[done:])

    # The head

    def head(self, e: Term, lazy: bool = False) -> Term:
        """Reduce a term without unfolding what is defined.

        Parameters
        ----------
        e : Term
            The term.
        lazy : bool
            Whether to leave alone what computes only once something defined is unfolded.
        """
        while True:
            kind = e.kind
            if kind not in (APP, LET, PROJ):
                return e
            found = self._heads.get(e)
            if found is not None:
                return found
            reduced = self._step(e, lazy)
            if reduced is None:
                if not lazy:
                    self._heads[e] = e
                return e
            e = reduced

    def _step(self, e: Term, lazy: bool) -> Term | None:
        if e.kind == LET:
            return self.store.instantiate(e.c, [e.b])
        if e.kind == PROJ:
            return self._field(e, lazy)
        f, arguments = spine(e)
        if f.kind == LAM:
            return self.applied(f, arguments)
        if f.kind in (LET, PROJ):
            reduced = self.head(f, lazy)
            return None if reduced is f else self.applied(reduced, arguments)
        return self._computed(f, arguments, lazy)

    def _field(self, e: Term, lazy: bool) -> Term | None:
        structure = self.head(e.c, lazy) if lazy else self.normal(e.c)
        if structure.kind == STRING:
            structure = self.spelled(structure)
        f, arguments = spine(structure)
        d = self.declared(f)
        if not isinstance(d, Constructor):
            return None
        position = d.params + e.b
        return arguments[position] if position < len(arguments) else None

    def _computed(self, f: Term, arguments: list[Term], lazy: bool) -> Term | None:
        """Return what a recursor or a constant of quotients makes of its arguments."""
        d = self.declared(f)
        if d is None:
            return None
        if d.quotient:
            return self._of_quotient(d.quotient, arguments)
        if not isinstance(d, Recursor) or d.major >= len(arguments):
            return None
        major = arguments[d.major]
        if d.is_k:
            major = self._canonical(d, major) or major
        major = self.head(major, lazy) if lazy else self.normal(major)
        if major.kind == NAT:
            major = self.counted(major)
        elif major.kind == STRING:
            major = self.spelled(major)
        else:
            major = self._expanded(d, major)
        constructor, given = spine(major)
        rule = d.rules.get(constructor.a) if constructor.kind == CONST else None
        if rule is None or rule[0] > len(given):
            return None
        key = (f, constructor.a)
        body = self._rules.get(key)
        if body is None:
            levels = dict(zip(d.parameters, f.b, strict=True))
            body = self._rules[key] = self.store.at_levels(rule[1], levels)
        fields = given[len(given) - rule[0] :]
        return self.applied(body, [*arguments[: d.before], *fields, *arguments[d.major + 1 :]])

    def _canonical(self, d: Recursor, major: Term) -> Term | None:
        """Return the only proof there is, where a recursor computes on any."""
        a = self.normal(self.infer(major))
        f, arguments = spine(a)
        if f.kind != CONST or f.a != d.inductive:
            return None
        inductive = self.environment.inductive(f.a)
        constructor = self.store.constant(inductive.constructors[0], f.b)
        proof = self.store.apply(constructor, arguments[: inductive.params])
        return proof if self.equal(self.infer(proof), a) else None

    def _expanded(self, d: Recursor, major: Term) -> Term:
        """Return a term of a structure as its constructor applied to its fields."""
        inductive = self.environment.inductive(d.inductive)
        if not inductive.is_structure or isinstance(self.declared(spine(major)[0]), Constructor):
            return major
        a = self.normal(self.infer(major))
        f, arguments = spine(a)
        if f.kind != CONST or f.a != d.inductive or self.is_proposition(a):
            return major
        name = inductive.constructors[0]
        count = self.environment.constructor(name).fields
        made = self.store.apply(self.store.constant(name, f.b), arguments[: inductive.params])
        fields = [self.store.projection(d.inductive, k, major) for k in range(count)]
        return self.store.apply(made, fields)

    def _of_quotient(self, which: str, arguments: list[Term]) -> Term | None:
        position = _QUOTIENTS.get(which)
        if position is None or position >= len(arguments):
            return None
        f, given = spine(self.normal(arguments[position]))
        d = self.declared(f)
        if d is None or d.quotient != "ctor" or len(given) != 3:
            return None
        made = self.store.app(arguments[_FUNCTION], given[2])
        return self.store.apply(made, arguments[position + 1 :])

    # Literals

    def counted(self, e: Term) -> Term:
        """Return a number as zero or as the successor of a number."""
        if e.a == 0:
            return self.zero
        return self.store.app(self.successor, self.store.literal(e.a - 1))

    def spelled(self, e: Term) -> Term:
        """Return a text as made from the list of its characters."""
        store = self.store
        character = store.constant("Char")
        cons = store.app(store.constant("List.cons", (ZERO,)), character)
        code = store.constant("Char.ofNat")
        made = store.app(store.constant("List.nil", (ZERO,)), character)
        for x in reversed(e.a):
            letter = store.app(code, store.literal(ord(x)))
            made = store.app(store.app(cons, letter), made)
        return store.app(store.constant("String.ofList"), made)

    def _number(self, e: Term) -> int | None:
        e = self.normal(e)
        if e.kind == NAT:
            return int(e.a)
        return 0 if e is self.zero else None

    def calculated(self, e: Term) -> Term | None:
        """Return the value of an operation on numbers, if that is what a term is."""
        if e.kind != APP or e.local:
            return None
        f = e.a
        if f.kind == CONST:
            if f is not self.successor and f.a != "Nat.log2":
                return None
            n = self._number(e.b)
            if n is None:
                return None
            return self.store.literal(n + 1 if f is self.successor else max(n.bit_length() - 1, 0))
        if f.kind != APP or f.a.kind != CONST or f.a.a not in _ARITHMETIC:
            return None
        name = f.a.a
        a = self._number(f.b)
        b = None if a is None else self._number(e.b)
        if a is None or b is None:
            return None
        if name in ("Nat.pow", "Nat.shiftLeft") and b > _LARGEST_SHIFT:
            return None
        value = _ARITHMETIC[name](a, b)
        if isinstance(value, bool):
            return self.true if value else self.false
        return self.store.literal(value)

    # Everything

    def normal(self, e: Term) -> Term:
        """Reduce a term, unfolding what is defined, until its head is settled."""
        if e.kind in (SORT, PI, LAM, NAT, STRING, LOCAL):
            return e
        found = self._normal.get(e)
        if found is not None:
            return found
        now = e
        while True:
            now = self.head(now)
            value = self.calculated(now)
            if value is not None:
                now = value
                break
            unfoldable = self.unfoldable(now)
            if unfoldable is None:
                break
            now = self.unfolded(now, unfoldable[0])
        self._normal[e] = now
        return now
