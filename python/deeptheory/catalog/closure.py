"""What each declaration rests on: axioms through everything it uses, and visible dependencies."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Mapping
from typing import Any

from deeptheory.catalog.raw import RawModule

__all__ = ["CORE_AXIOMS", "STANDARD_AXIOMS", "Closure"]

STANDARD_AXIOMS = ("Classical.choice", "Quot.sound", "propext")
"""The axioms that a theorem of this library may rest on."""

CORE_AXIOMS = (
    *STANDARD_AXIOMS,
    "sorryAx",
    "Lean.ofReduceBool",
    "Lean.ofReduceNat",
    "Lean.trustCompiler",
)
"""The axioms of core."""


class Closure:
    """The graph of uses over all constants of all modules.

    Parameters
    ----------
    modules : iterable of RawModule
        Every module of the library.
    """

    def __init__(self, modules: Iterable[RawModule]) -> None:
        self._constants: dict[str, Mapping[str, Any]] = {}
        for module in modules:
            self._constants.update(module.constants)
        users: dict[str, list[str]] = {}
        for name, constant in self._constants.items():
            for used in {*constant["type_uses"], *constant["value_uses"], *constant["core_axioms"]}:
                users.setdefault(used, []).append(name)
        own = [n for n, c in self._constants.items() if c["kind"] == "axiom"]
        self._axioms: dict[str, set[str]] = {}
        for axiom in (*CORE_AXIOMS, *own):
            for name in _reach([axiom], users):
                self._axioms.setdefault(name, set()).add(axiom)
        unproved = [n for n, c in self._constants.items() if c.get("unproved_core", False)]
        self._incomplete = _reach(unproved, users)

    def axioms(self, name: str) -> tuple[str, ...]:
        """Return the axioms that a constant rests on, sorted.

        Where proofs of core were not there to be walked this is an upper bound: core's theorems
        rest on the three standard axioms at most.
        """
        found = self._axioms.get(name, set())
        if not self.complete(name):
            found = found | set(STANDARD_AXIOMS)
        return tuple(sorted(found))

    def complete(self, name: str) -> bool:
        """Whether every proof that the constant rests on was there to be walked."""
        return name not in self._incomplete

    def visible(
        self, name: str, catalog: Collection[str], *, type_only: bool = False
    ) -> tuple[str, ...]:
        """Return the declarations of the catalog that a constant uses directly.

        What is not in the catalog (private lemmas, auxiliary constants) is looked through; a
        projection, constructor or recursor counts as its structure.
        """
        constant = self._constants[name]
        start = [*constant["type_uses"], *([] if type_only else constant["value_uses"])]
        seen: set[str] = set()
        found: set[str] = set()
        while start:
            used = start.pop()
            if used in seen or used == name:
                continue
            seen.add(used)
            owner = _owner(used, catalog)
            if owner is not None and owner != name:
                found.add(owner)
            elif used in self._constants:
                hidden = self._constants[used]
                start += [*hidden["type_uses"], *hidden["value_uses"]]
        return tuple(sorted(found))


def _reach(start: Iterable[str], users: Mapping[str, list[str]]) -> set[str]:
    seen = set(start)
    stack = list(seen)
    while stack:
        for user in users.get(stack.pop(), ()):
            if user not in seen:
                seen.add(user)
                stack.append(user)
    return seen


def _owner(name: str, catalog: Collection[str]) -> str | None:
    while name:
        if name in catalog:
            return name
        name = name.rpartition(".")[0]
    return None
