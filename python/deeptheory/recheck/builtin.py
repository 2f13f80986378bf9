"""Constants that the kernel treats by name: they must be declared as what it takes them for.

Quotients and literals compute by rules of the kernel, and so do operations on numbers.  A file that
declared another `Nat.add`, or a `Quot.lift` of another type, would make the kernel accept
anything; so their types are compared with those below, and the operations that recurse on their
second argument with their equations.
"""

from __future__ import annotations

from collections.abc import Callable

from deeptheory.errors import FailureError
from deeptheory.recheck import levels
from deeptheory.recheck.checker import Checker
from deeptheory.recheck.environment import Declared, Inductive
from deeptheory.recheck.store import PI, Term

__all__ = ["check_builtin"]

_CONSTRUCTORS = {
    "Nat": ("Nat.zero", "Nat.succ"),
    "Bool": ("Bool.false", "Bool.true"),
    "Eq": ("Eq.refl",),
    "List": ("List.nil", "List.cons"),
}
"""The families whose constructors the kernel knows."""

_UNARY = ("succ", "log2")
_BINARY = ("add", "sub", "mul", "div", "mod", "gcd", "pow")
_BITWISE = ("land", "lor", "xor", "shiftLeft", "shiftRight")
_ON_NUMBERS = {f"Nat.{name}": 1 if name in _UNARY else 2 for name in _UNARY + _BINARY + _BITWISE}
"""Operations from numbers to a number, with how many they take."""

_TESTS = ("Nat.beq", "Nat.ble")
"""Operations from two numbers to a truth value."""


def check_builtin(checker: Checker, declared: Declared) -> None:
    """Require that a constant that the kernel knows is what it takes it for.

    Parameters
    ----------
    checker : Checker
        The kernel.
    declared : Declared
        A constant; any that the kernel does not know passes.

    Raises
    ------
    FailureError
        Where it is another one.
    """
    _Builtin(checker).check(declared)


class _Builtin:
    """What the kernel knows by name."""

    def __init__(self, checker: Checker) -> None:
        self._checker = checker
        self._store = checker.store
        self._nat = self._store.constant("Nat")
        self._bool = self._store.constant("Bool")
        self._prop = self._store.sort(levels.ZERO)
        self._type = self._store.sort(levels.succ(levels.ZERO))

    def check(self, d: Declared) -> None:
        expected = self._expected(d)
        if expected is not None and not self._checker.equal(d.type, expected):
            raise FailureError("Its type is not that of the constant that the kernel knows.")
        constructors = _CONSTRUCTORS.get(d.name)
        if constructors is not None and not (
            isinstance(d, Inductive) and d.constructors == constructors
        ):
            raise FailureError("Its constructors are not those that the kernel knows.")
        if d.value is not None and d.name in _EQUATIONS:
            for left, right in _EQUATIONS[d.name](self):
                if not self._checker.equal(left, right):
                    raise FailureError("It does not compute as the kernel takes it to.")

    def _expected(self, d: Declared) -> Term | None:
        if d.name in ("Nat", "Bool", "String", "Char"):
            return self._type
        if d.name in _ON_NUMBERS:
            return self._functions(_ON_NUMBERS[d.name], self._nat)
        if d.name in _TESTS:
            return self._functions(2, self._bool)
        store = self._store
        if d.name in ("Nat.zero", "Bool.true", "Bool.false"):
            return store.constant(d.name.partition(".")[0])
        if d.name == "Char.ofNat":
            return self._functions(1, store.constant("Char"))
        if d.name == "String.ofList":
            letters = store.app(store.constant("List", (levels.ZERO,)), store.constant("Char"))
            return store.binder(PI, letters, store.constant("String"))
        make = _POLYMORPHIC.get(d.name)
        if make is None:
            return None
        count, build = make
        if len(d.parameters) != count:
            raise FailureError("It has other level parameters than the kernel takes it to have.")
        return build(self, tuple(map(levels.parameter, d.parameters)))

    def _functions(self, count: int, result: Term) -> Term:
        for _ in range(count):
            result = self._store.binder(PI, self._nat, result)
        return result

    # Types, over local variables

    def _product(self, variables: list[Term], result: Term) -> Term:
        return self._store.closed(PI, variables, result)

    def _arrow(self, a: Term, b: Term) -> Term:
        return self._store.binder(PI, a, b)

    def _equation(self, u: levels.Level, a: Term, left: Term, right: Term) -> Term:
        return self._store.apply(self._store.constant("Eq", (u,)), [a, left, right])

    def eq(self, us: tuple[levels.Level, ...]) -> Term:
        """Return the type of ``Eq``."""
        a = self._store.local(self._store.sort(us[0]))
        return self._product([a], self._arrow(a, self._arrow(a, self._prop)))

    def refl(self, us: tuple[levels.Level, ...]) -> Term:
        """Return the type of ``Eq.refl``."""
        a = self._store.local(self._store.sort(us[0]))
        x = self._store.local(a)
        return self._product([a, x], self._equation(us[0], a, x, x))

    def _lists(self, us: tuple[levels.Level, ...]) -> tuple[Term, Term]:
        a = self._store.local(self._store.sort(levels.succ(us[0])))
        return a, self._store.app(self._store.constant("List", us), a)

    def list_type(self, us: tuple[levels.Level, ...]) -> Term:
        """Return the type of ``List``."""
        sort = self._store.sort(levels.succ(us[0]))
        return self._arrow(sort, sort)

    def nil(self, us: tuple[levels.Level, ...]) -> Term:
        """Return the type of ``List.nil``."""
        a, lists = self._lists(us)
        return self._product([a], lists)

    def cons(self, us: tuple[levels.Level, ...]) -> Term:
        """Return the type of ``List.cons``."""
        a, lists = self._lists(us)
        return self._product([a], self._arrow(a, self._arrow(lists, lists)))

    def _relation(self, u: levels.Level) -> tuple[Term, Term, Term]:
        """Return a type, a relation on it, and the quotient by that."""
        a = self._store.local(self._store.sort(u))
        r = self._store.local(self._arrow(a, self._arrow(a, self._prop)))
        return a, r, self._store.apply(self._store.constant("Quot", (u,)), [a, r])

    def quotient(self, us: tuple[levels.Level, ...]) -> Term:
        """Return the type of ``Quot``."""
        a, r, _ = self._relation(us[0])
        return self._product([a, r], self._store.sort(us[0]))

    def make(self, us: tuple[levels.Level, ...]) -> Term:
        """Return the type of ``Quot.mk``."""
        a, r, q = self._relation(us[0])
        return self._product([a, r], self._arrow(a, q))

    def lift(self, us: tuple[levels.Level, ...]) -> Term:
        """Return the type of ``Quot.lift``."""
        store = self._store
        a, r, q = self._relation(us[0])
        b = store.local(store.sort(us[1]))
        f = store.local(self._arrow(a, b))
        x, y = store.local(a), store.local(a)
        same = self._equation(us[1], b, store.app(f, x), store.app(f, y))
        respects = self._product([x, y], self._arrow(store.apply(r, [x, y]), same))
        return self._product([a, r, b, f], self._arrow(respects, self._arrow(q, b)))

    def ind(self, us: tuple[levels.Level, ...]) -> Term:
        """Return the type of ``Quot.ind``."""
        store = self._store
        a, r, q = self._relation(us[0])
        b = store.local(self._arrow(q, self._prop))
        x, y = store.local(a), store.local(q)
        made = store.apply(store.constant("Quot.mk", (us[0],)), [a, r, x])
        every = self._product([x], store.app(b, made))
        case = store.local(every)
        return self._product([a, r, b, case, y], store.app(b, y))

    # Equations

    def _call(self, name: str, *arguments: Term) -> Term:
        return self._store.apply(self._store.constant(name), arguments)

    def recursion(
        self,
        name: str,
        at_zero: Callable[[Term], Term],
        step: Callable[[Term, Term], Term],
    ) -> list[tuple[Term, Term]]:
        """Return the equations of an operation that recurses on its second argument."""
        x, y = self._store.local(self._nat), self._store.local(self._nat)
        after = self._call("Nat.succ", y)
        return [
            (self._call(name, x, self._store.constant("Nat.zero")), at_zero(x)),
            (self._call(name, x, after), step(x, self._call(name, x, y))),
        ]

    def sum(self) -> list[tuple[Term, Term]]:
        """Return the equations of ``Nat.add``."""
        return self.recursion("Nat.add", lambda x: x, lambda _, sum_: self._call("Nat.succ", sum_))

    def difference(self) -> list[tuple[Term, Term]]:
        """Return the equations of ``Nat.sub``, and those of ``Nat.pred``, by which it goes."""
        y = self._store.local(self._nat)
        zero = self._store.constant("Nat.zero")
        return [
            (self._call("Nat.pred", zero), zero),
            (self._call("Nat.pred", self._call("Nat.succ", y)), y),
            *self.recursion("Nat.sub", lambda x: x, lambda _, left: self._call("Nat.pred", left)),
        ]

    def product(self) -> list[tuple[Term, Term]]:
        """Return the equations of ``Nat.mul``."""
        return self.recursion(
            "Nat.mul",
            lambda _: self._store.constant("Nat.zero"),
            lambda x, product: self._call("Nat.add", product, x),
        )

    def power(self) -> list[tuple[Term, Term]]:
        """Return the equations of ``Nat.pow``."""
        return self.recursion(
            "Nat.pow",
            lambda _: self._store.literal(1),
            lambda x, power: self._call("Nat.mul", power, x),
        )

    def comparison(self, name: str, below: bool) -> list[tuple[Term, Term]]:
        """Return the equations of ``Nat.beq`` or ``Nat.ble``."""
        zero = self._store.constant("Nat.zero")
        x, y = self._store.local(self._nat), self._store.local(self._nat)
        after, beyond = self._call("Nat.succ", x), self._call("Nat.succ", y)
        true, false = self._checker.true, self._checker.false
        return [
            (self._call(name, zero, zero), true),
            (self._call(name, zero, beyond), true if below else false),
            (self._call(name, after, zero), false),
            (self._call(name, after, beyond), self._call(name, x, y)),
        ]


_Builder = Callable[[_Builtin, tuple[levels.Level, ...]], Term]

_POLYMORPHIC: dict[str, tuple[int, _Builder]] = {
    "Eq": (1, _Builtin.eq),
    "Eq.refl": (1, _Builtin.refl),
    "List": (1, _Builtin.list_type),
    "List.nil": (1, _Builtin.nil),
    "List.cons": (1, _Builtin.cons),
    "Quot": (1, _Builtin.quotient),
    "Quot.mk": (1, _Builtin.make),
    "Quot.lift": (2, _Builtin.lift),
    "Quot.ind": (1, _Builtin.ind),
}
"""Constants with level parameters: how many, and their type at these."""

_EQUATIONS: dict[str, Callable[[_Builtin], list[tuple[Term, Term]]]] = {
    "Nat.add": _Builtin.sum,
    "Nat.sub": _Builtin.difference,
    "Nat.mul": _Builtin.product,
    "Nat.pow": _Builtin.power,
    "Nat.beq": lambda known: known.comparison("Nat.beq", below=False),
    "Nat.ble": lambda known: known.comparison("Nat.ble", below=True),
}
"""Operations that are compared with their equations."""
