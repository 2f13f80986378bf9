"""Families of inductive types: whether they may be declared, and what their recursors are.

A family may be declared where its constructors make its types from fields in which the types occur
positively and whose universes are not too large.  Its recursors are then determined: they are
made here, and what a file declares is compared with them.

Source: Carneiro 2019, The type theory of Lean, section 2.6.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from deeptheory.errors import FailureError
from deeptheory.recheck import levels
from deeptheory.recheck.checker import Checker
from deeptheory.recheck.environment import Constructor, Inductive, Recursor
from deeptheory.recheck.levels import Level
from deeptheory.recheck.store import APP, CONST, LAM, LET, PI, PROJ, SORT, Term, shown, spine

__all__ = ["check_family"]


@dataclass
class _Type:
    """A type of the family with local variables for its indices.

    Attributes
    ----------
    declared : Inductive
        The type.
    indices : list of Term
        Its indices.
    applied : Term
        The type at parameters and indices.
    motive : Term
        What a recursor makes of it, a local variable.
    """

    declared: Inductive
    indices: list[Term]
    applied: Term
    motive: Term


@dataclass
class _Recursive:
    """A field that is of the family, or a function to it.

    Attributes
    ----------
    field : Term
        The field.
    arguments : list of Term
        The arguments of the function, as local variables.
    position : int
        Which type of the family it is of.
    indices : list of Term
        The indices of the type.
    """

    field: Term
    arguments: list[Term]
    position: int
    indices: list[Term]


@dataclass
class _Case:
    """A constructor with local variables for its fields.

    Attributes
    ----------
    declared : Constructor
        The constructor.
    position : int
        Which type it makes.
    fields : list of Term
        Its fields.
    recursive : list of _Recursive
        Those of the family.
    indices : list of Term
        The indices of what it makes.
    minor : Term
        What a recursor is given for it, a local variable.
    """

    declared: Constructor
    position: int
    fields: list[Term]
    recursive: list[_Recursive]
    indices: list[Term]
    minor: Term


def check_family(
    checker: Checker, types: Sequence[Inductive], recursors: Sequence[Recursor]
) -> None:
    """Check a family none of whose types is nested in another type.

    Parameters
    ----------
    checker : Checker
        The kernel, whose environment has types, constructors and recursors already.
    types : sequence of Inductive
        The types.
    recursors : sequence of Recursor
        Their recursors, one a type.

    Raises
    ------
    FailureError
        Where the family may not be declared, or a recursor is another one.
    """
    _Family(checker, types, recursors).check()


class _Family:
    """A family as its recursors see it."""

    def __init__(
        self, checker: Checker, types: Sequence[Inductive], recursors: Sequence[Recursor]
    ) -> None:
        self._checker = checker
        self._store = checker.store
        self._recursors = recursors
        self._names = [t.name for t in types]
        self._parameters = types[0].parameters
        self._levels: tuple[Level, ...] = tuple(map(levels.parameter, self._parameters))
        self._params: list[Term] = []
        self._params = self._opened(types[0].type, types[0].params)[0]
        self._sort: Level | None = None
        self._types = [self._type(t) for t in types]
        self._cases = [
            self._case(checker.environment.constructor(name), position)
            for position, t in enumerate(types)
            for name in t.constructors
        ]

    def _opened(self, a: Term, count: int) -> tuple[list[Term], Term]:
        """Return local variables for arguments of a type, and what is behind them."""
        variables: list[Term] = []
        for _ in range(count):
            a = self._checker.function_type(a)
            variables.append(self._store.local(a.a))
            a = self._store.instantiate(a.b, [variables[-1]])
        return variables, a

    def _at_params(self, a: Term, name: str) -> Term:
        """Return what is behind the parameters of a type, which must be those of the family."""
        for x in self._params:
            a = self._checker.function_type(a)
            if not self._checker.equal(a.a, x.b):
                raise FailureError(f"{name} has other parameters than its family.")
            a = self._store.instantiate(a.b, [x])
        return a

    def _constant(self, name: str) -> Term:
        return self._store.apply(self._store.constant(name, self._levels), self._params)

    def _type(self, t: Inductive) -> _Type:
        if t.parameters != self._parameters or t.params != len(self._params):
            raise FailureError(f"{t.name} has other parameters than its family.")
        indices, sort = self._opened(self._at_params(t.type, t.name), t.indices)
        sort = self._checker.normal(sort)
        if sort.kind != SORT or not levels.equal(self._sort or sort.a, sort.a):
            raise FailureError(f"{t.name} is not of the sort of its family.")
        self._sort = sort.a
        applied = self._store.apply(self._constant(t.name), indices)
        return _Type(t, indices, applied, applied)

    def _case(self, c: Constructor, position: int) -> _Case:
        assert self._sort is not None
        if c.parameters != self._parameters:
            raise FailureError(f"{c.name} has other level parameters than its type.")
        a = self._at_params(c.type, c.name)
        fields: list[Term] = []
        recursive: list[_Recursive] = []
        for _ in range(c.fields):
            a = self._checker.function_type(a)
            level = self._checker.level(a.a)
            if self._sort != levels.ZERO and not levels.least(level, self._sort):
                raise FailureError(f"{c.name} has a field in a universe above that of its type.")
            fields.append(self._store.local(a.a))
            found = self._recursive(fields[-1], c.name)
            if found is not None:
                recursive.append(found)
            a = self._store.instantiate(a.b, [fields[-1]])
        made = self._target(a)
        if made is None or made[0] != position:
            raise FailureError(f"{c.name} makes {shown(a)}, which is not its type.")
        return _Case(c, position, fields, recursive, made[1], a)

    def _recursive(self, field: Term, name: str) -> _Recursive | None:
        """Return how a field is of the family; nothing where the family does not occur in it.

        Raises
        ------
        FailureError
            Where the family occurs in another place than at the end.
        """
        a: Term = field.b
        arguments: list[Term] = []
        while self._mentions(a):
            a = self._checker.normal(a)
            if a.kind != PI:
                target = self._target(a)
                if target is None and self._mentions(a):
                    raise FailureError(f"{name} has a field {shown(a)}, in which its type occurs.")
                return None if target is None else _Recursive(field, arguments, *target)
            if self._mentions(a.a):
                raise FailureError(f"{name} has a field in which its type occurs negatively.")
            arguments.append(self._store.local(a.a))
            a = self._store.instantiate(a.b, [arguments[-1]])
        return None

    def _target(self, a: Term) -> tuple[int, list[Term]] | None:
        """Return which type of the family a term is, and at which indices."""
        f, arguments = spine(a)
        if f.kind != CONST or f.a not in self._names or f.b != self._levels:
            return None
        position = self._names.index(f.a)
        count = len(self._params)
        if len(arguments) != count + len(self._types[position].indices):
            return None
        for x, param in zip(arguments, self._params, strict=False):
            if not self._checker.equal(x, param):
                return None
        indices = arguments[count:]
        return None if any(map(self._mentions, indices)) else (position, indices)

    def _mentions(self, e: Term) -> bool:
        seen: set[Term] = set()
        stack = [e]
        while stack:
            e = stack.pop()
            if e not in seen:
                seen.add(e)
                if e.kind == CONST and e.a in self._names:
                    return True
                if e.kind in (APP, LAM, PI):
                    stack += (e.a, e.b)
                elif e.kind == LET:
                    stack += (e.a, e.b, e.c)
                elif e.kind == PROJ:
                    stack.append(e.c)
        return False

    # Recursors

    def _may_make_data(self) -> bool:
        """Say whether a recursor may make something else than a proof.

        From a proof it may do so only where the proof holds nothing that is not known without it.
        """
        assert self._sort is not None
        if levels.is_never_zero(self._sort):
            return True
        if len(self._types) > 1 or len(self._cases) > 1:
            return False
        return all(
            self._checker.is_proposition(x.b) or x in case.indices
            for case in self._cases
            for x in case.fields
        )

    def check(self) -> None:
        """Compare the recursors with those that the family has."""
        store = self._store
        if len(self._recursors) != len(self._types):
            raise FailureError("The family has not one recursor a type.")
        parameters = self._recursors[0].parameters
        target = levels.ZERO
        if parameters != self._parameters:
            if parameters[1:] != self._parameters or not self._may_make_data():
                raise FailureError(f"{self._names[0]} has a recursor at too many levels.")
            target = levels.parameter(parameters[0])
        for t in self._types:
            major = store.local(t.applied)
            t.motive = store.local(store.closed(PI, [*t.indices, major], store.sort(target)))
        for case in self._cases:
            case.minor = store.local(self._minor_type(case))
        before = [
            *self._params,
            *(t.motive for t in self._types),
            *(case.minor for case in self._cases),
        ]
        for t, recursor in zip(self._types, self._recursors, strict=True):
            if recursor.parameters != parameters or recursor.inductive != t.declared.name:
                raise FailureError(f"{recursor.name} is not the recursor of its type.")
            major = store.local(t.applied)
            made = store.apply(t.motive, [*t.indices, major])
            expected = store.closed(PI, [*before, *t.indices, major], made)
            if not self._checker.equal(recursor.type, expected):
                raise FailureError(f"{recursor.name} has the type of another recursor.")
            places = (len(before), len(before) + len(t.indices))
            if (recursor.before, recursor.major) != places:
                raise FailureError(f"{recursor.name} computes at another argument.")
            self._check_rules(recursor, t, before)

    def _minor_type(self, case: _Case) -> Term:
        store = self._store
        hypotheses = []
        for r in case.recursive:
            value = store.apply(r.field, r.arguments)
            motive = store.apply(self._types[r.position].motive, [*r.indices, value])
            hypotheses.append(store.local(store.closed(PI, r.arguments, motive)))
        value = store.apply(self._constant(case.declared.name), case.fields)
        made = store.apply(self._types[case.position].motive, [*case.indices, value])
        return store.closed(PI, [*case.fields, *hypotheses], made)

    def _check_rules(self, recursor: Recursor, t: _Type, before: list[Term]) -> None:
        store = self._store
        cases = [c for c in self._cases if c.declared.inductive == t.declared.name]
        if list(recursor.rules) != [case.declared.name for case in cases]:
            raise FailureError(f"{recursor.name} has not one rule a constructor.")
        for case in cases:
            hypotheses = []
            for r in case.recursive:
                other = self._recursors[r.position]
                f = store.constant(other.name, tuple(map(levels.parameter, other.parameters)))
                value = store.apply(r.field, r.arguments)
                call = store.apply(f, [*before, *r.indices, value])
                hypotheses.append(store.closed(LAM, r.arguments, call))
            body = store.apply(case.minor, [*case.fields, *hypotheses])
            expected = store.closed(LAM, [*before, *case.fields], body)
            fields, rule = recursor.rules[case.declared.name]
            if fields != len(case.fields) or not self._checker.equal(rule, expected):
                raise FailureError(f"{recursor.name} computes otherwise on {case.declared.name}.")
