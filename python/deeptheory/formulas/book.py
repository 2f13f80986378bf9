"""The formulas and theorems of a catalog, by name."""

from __future__ import annotations

import json
from collections.abc import Iterable, Mapping, Sequence
from functools import cached_property
from pathlib import Path
from typing import Any

from deeptheory.errors import UsageError
from deeptheory.formulas.formula import Formula
from deeptheory.formulas.inputs import nearest
from deeptheory.formulas.syntax import Node, Param

__all__ = ["Book"]

_PREFIX = "DeepTheory."
_SCHEMA = 1


class Book:
    """Looks up declarations of ``theorems.json`` and turns definitions into formulas.

    Parameters
    ----------
    declarations : iterable of mapping
        The declarations as they stand in the catalog.

    Examples
    --------
    >>> book = Book.load(project.theorems_json)  # doctest: +SKIP
    >>> book.formula("gdConvexBound").evaluate(L=2, D=1, k=10).exact  # doctest: +SKIP
    Fraction(1, 10)
    """

    def __init__(self, declarations: Iterable[Mapping[str, Any]]) -> None:
        self.declarations = {str(entry["name"]): entry for entry in declarations}
        self._formulas: dict[str, Formula] = {}

    @classmethod
    def load(cls, path: Path) -> Book:
        """Read a catalog.

        Raises
        ------
        UsageError
            Where the file is missing, damaged or of another schema version.
        """
        try:
            catalog = json.loads(path.read_text(encoding="utf-8"))
            schema, declarations = catalog["schema"], catalog["declarations"]
            book = cls(declarations)
        except FileNotFoundError:
            raise UsageError(
                f"There is no catalog at {path}: run `deeptheory prove` and `deeptheory export`."
            ) from None
        except (OSError, ValueError, KeyError, TypeError) as error:
            raise UsageError(
                f"The catalog at {path} cannot be read: run `deeptheory export` again."
            ) from error
        if schema != _SCHEMA:
            raise UsageError(
                f"The catalog at {path} has schema version {schema} and this program reads "
                f"{_SCHEMA}: run `deeptheory export` again."
            )
        return book

    @cached_property
    def _by_suffix(self) -> dict[str, list[str]]:
        suffixes: dict[str, list[str]] = {}
        for name in self.declarations:
            parts = name.split(".")
            for start in range(len(parts)):
                suffixes.setdefault(".".join(parts[start:]), []).append(name)
        return suffixes

    def resolve(
        self, name: str, among: Iterable[str] | None = None, *, what: str = "declaration"
    ) -> str:
        """Return the full name of a declaration, given its full name or an ending of it.

        Parameters
        ----------
        name : str
            For example ``gd_convex``, ``Optimization.gd_convex`` or the full name.
        among : iterable of str, optional
            The full names that count; all declarations by default.
        what : str
            What the names name, for the error.

        Raises
        ------
        UsageError
            Where the name is unknown (the nearest names are suggested) or ambiguous.
        """
        allowed = set(self.declarations if among is None else among)
        if name in allowed:
            return name
        found = [full for full in self._by_suffix.get(name, []) if full in allowed]
        if len(found) == 1:
            return found[0]
        if found:
            raise UsageError(f"{name} is ambiguous: it may be {', '.join(sorted(found))}.")
        shown = {full.removeprefix(_PREFIX) for full in allowed}
        last = {full.rsplit(".", 1)[-1] for full in allowed}
        hint = nearest(name, shown) or nearest(name.rsplit(".", 1)[-1], last)
        raise UsageError(f"There is no {what} named {name!r}.{hint}")

    def formula(self, name: str) -> Formula:
        """Return the formula of a definition, by its full name or an ending of it."""
        full = self.resolve(name, self.formula_names, what="formula")
        if full not in self._formulas:
            tree = self.declarations[full]["formula"]
            self._formulas[full] = Formula.from_json(full, tree, self.lookup)
        return self._formulas[full]

    def lookup(self, name: str) -> tuple[Sequence[Param], Node]:
        """Return the parameters and the body of a formula, as `expand` asks for them."""
        formula = self.formula(name)
        return formula.params, formula.source

    @property
    def formula_names(self) -> list[str]:
        """The full names of the definitions that have a formula."""
        return [name for name, entry in self.declarations.items() if entry.get("formula")]

    @property
    def headlines(self) -> list[str]:
        """The full names of the theorems that carry a card."""
        return [name for name, entry in self.declarations.items() if entry.get("card")]

    def bound_of(self, theorem: str) -> Formula | None:
        """Return the formula of the bound that a theorem's card names, if it names one."""
        card = self.declarations[theorem].get("card") or {}
        bound = card.get("bound")
        return self.formula(bound) if bound else None
