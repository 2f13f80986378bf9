"""Reading ``build/theorems.json``."""

from __future__ import annotations

import difflib
import json
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from functools import cached_property
from pathlib import Path
from typing import Any

from deeptheory.catalog.model import (
    SCHEMA_VERSION,
    Binder,
    Card,
    Conclusion,
    Declaration,
    FormulaData,
    Hypothesis,
    LeanInfo,
    Param,
    Sharpness,
)
from deeptheory.errors import UsageError
from deeptheory.paths import Project

__all__ = ["Catalog", "declaration_from_json"]

_REBUILD = "rebuild it with `deeptheory prove` and `deeptheory export`"


@dataclass(frozen=True)
class Catalog:
    """Every declaration of the library.

    Parameters
    ----------
    declarations : tuple of Declaration
        In the order of modules and lines.
    lean : LeanInfo
        The Lean that proved them.
    """

    declarations: tuple[Declaration, ...]
    lean: LeanInfo

    @classmethod
    def load(cls, project: Project) -> Catalog:
        """Read the catalog of a checkout.

        Raises
        ------
        UsageError
            Where the file is missing or damaged.
        """
        return cls.read(project.theorems_json)

    @classmethod
    def read(cls, path: Path) -> Catalog:
        """Read a catalog from a file."""
        try:
            data = json.loads(path.read_text(encoding="utf-8"))
        except FileNotFoundError:
            raise UsageError(
                f"There is no catalog at {path}: run `deeptheory prove`, then `deeptheory export`."
            ) from None
        except (OSError, ValueError) as error:
            raise UsageError(f"The catalog {path} cannot be read ({error}): {_REBUILD}.") from None
        return cls.from_json(data, str(path))

    @classmethod
    def from_json(cls, data: Any, where: str = "theorems.json") -> Catalog:
        """Build a catalog from its JSON form.

        Parameters
        ----------
        data : Any
            The parsed file.
        where : str
            What to call it in an error.
        """
        if not isinstance(data, Mapping) or "schema" not in data:
            raise UsageError(f"The catalog {where} is not one: {_REBUILD}.")
        if data["schema"] != SCHEMA_VERSION:
            raise UsageError(
                f"The catalog {where} has format {data['schema']}, this version of deeptheory "
                f"reads format {SCHEMA_VERSION}: {_REBUILD}."
            )
        try:
            lean = LeanInfo(
                version=_text(data["lean"], "version"),
                commit=_text(data["lean"], "commit"),
                toolchain=_text(data["lean"], "toolchain"),
            )
            declarations = tuple(declaration_from_json(d) for d in data["declarations"])
        except (KeyError, TypeError, ValueError, AttributeError) as error:
            raise UsageError(f"The catalog {where} is damaged ({error}): {_REBUILD}.") from None
        return cls(declarations, lean)

    @cached_property
    def by_name(self) -> Mapping[str, Declaration]:
        """The declarations by full name."""
        return {d.name: d for d in self.declarations}

    @cached_property
    def _by_short(self) -> Mapping[str, list[Declaration]]:
        names: dict[str, list[Declaration]] = {}
        for d in self.declarations:
            for name in {d.short, d.name.rsplit(".", 1)[-1]}:
                names.setdefault(name, []).append(d)
        return names

    @cached_property
    def headlines(self) -> tuple[Declaration, ...]:
        """The theorems that carry a card."""
        return tuple(d for d in self.declarations if d.is_headline)

    @cached_property
    def dependents(self) -> Mapping[str, tuple[str, ...]]:
        """For each declaration, those that use it directly."""
        found: dict[str, list[str]] = {d.name: [] for d in self.declarations}
        for d in self.declarations:
            for used in d.uses:
                if used in found:
                    found[used].append(d.name)
        return {name: tuple(users) for name, users in found.items()}

    def __iter__(self) -> Iterator[Declaration]:
        return iter(self.declarations)

    def __len__(self) -> int:
        return len(self.declarations)

    def __contains__(self, name: str) -> bool:
        return name in self.by_name

    def get(self, name: str) -> Declaration:
        """Find a declaration by its full name, its name below ``DeepTheory``, or its last part.

        Raises
        ------
        UsageError
            Where no declaration, or more than one, has the name; the nearest names are given.
        """
        if name in self.by_name:
            return self.by_name[name]
        found = self._by_short.get(name, [])
        exact = [d for d in found if d.short == name]
        if len(exact) == 1:
            return exact[0]
        if len(found) == 1:
            return found[0]
        if found:
            options = ", ".join(sorted(d.short for d in found))
            raise UsageError(f"The name {name} is ambiguous: it can be {options}.")
        near = self.suggest(name)
        hint = f" Did you mean {', '.join(near)}?" if near else ""
        raise UsageError(f"There is no theorem or definition called {name}.{hint}")

    def suggest(self, name: str, count: int = 3) -> list[str]:
        """Return the names nearest to a misspelt one, headline theorems and formulas first."""
        last = name.rsplit(".", 1)[-1].lower()
        scored: list[tuple[float, str]] = []
        for d in self.declarations:
            pairs = ((last, d.short.rsplit(".", 1)[-1].lower()), (name.lower(), d.short.lower()))
            score = max(difflib.SequenceMatcher(None, a, b).ratio() for a, b in pairs)
            if score >= 0.6:
                weight = 0.05 if d.is_headline or d.formula else 0.0
                scored.append((-score - weight, d.short))
        return [short for _, short in sorted(scored)[:count]]


def _text(data: Mapping[str, Any], key: str) -> str:
    value = data[key]
    if not isinstance(value, str):
        raise TypeError(f"{key} is not a text")
    return value


def _optional(data: Mapping[str, Any], key: str) -> str | None:
    return None if data[key] is None else _text(data, key)


def _number(data: Mapping[str, Any], key: str) -> int:
    value = data[key]
    if not isinstance(value, int) or isinstance(value, bool):
        raise TypeError(f"{key} is not a number")
    return value


def _texts(data: Mapping[str, Any], key: str) -> tuple[str, ...]:
    values = data[key]
    if not isinstance(values, list) or not all(isinstance(v, str) for v in values):
        raise TypeError(f"{key} is not a list of texts")
    return tuple(values)


def _tree(value: Any) -> dict[str, Any] | None:
    if value is not None and not isinstance(value, dict):
        raise TypeError("a formula is not a tree")
    return value


def _known_tree(value: Any) -> dict[str, Any]:
    tree = _tree(value)
    if tree is None:
        raise TypeError("a formula lacks a part")
    return tree


def _card(data: Mapping[str, Any]) -> Card:
    known = {"controls", "assumes", "bound", "witness", "sharp", "source"}
    return Card(
        controls=_texts(data, "controls"),
        assumes=_text(data, "assumes"),
        bound=_optional(data, "bound"),
        witness=_text(data, "witness"),
        sharp=Sharpness(_optional(data["sharp"], "theorem"), _text(data["sharp"], "note")),
        source=_text(data, "source"),
        other={key: _text(data, key) for key in data if key not in known},
    )


def _formula(data: Mapping[str, Any]) -> FormulaData:
    params = tuple(
        Param(
            name=_text(p, "name"),
            type=_text(p, "type"),
            size=_tree(p.get("size")),
            shape=tuple(_known_tree(s) for s in p.get("shape", ())),
            implicit=bool(p.get("implicit", False)),
        )
        for p in data["params"]
    )
    return FormulaData(params, _known_tree(data["body"]))


def declaration_from_json(data: Mapping[str, Any]) -> Declaration:
    """Build a declaration from its JSON form.

    Raises
    ------
    KeyError, TypeError
        Where a field is missing or has the wrong type.
    """
    conclusion = data["conclusion"]
    args = conclusion["bound_args"]
    return Declaration(
        name=_text(data, "name"),
        short=_text(data, "short"),
        kind=_text(data, "kind"),
        module=_text(data, "module"),
        family=_text(data, "family"),
        file=_text(data, "file"),
        line=_number(data, "line"),
        end_line=_number(data, "end_line"),
        doc=_optional(data, "doc"),
        title=_optional(data, "title"),
        prose=_optional(data, "prose"),
        signature=_text(data, "signature"),
        type=_text(data, "type"),
        axioms=_texts(data, "axioms"),
        uses=_texts(data, "uses"),
        type_uses=_texts(data, "type_uses"),
        card=None if data["card"] is None else _card(data["card"]),
        hypotheses=tuple(
            Hypothesis(
                name=_text(h, "name"),
                text=_text(h, "text"),
                relation=_optional(h, "relation"),
                lhs=_tree(h["lhs"]),
                rhs=_tree(h["rhs"]),
                used=bool(h.get("used", True)),
            )
            for h in data["hypotheses"]
        ),
        binders=tuple(
            Binder(_text(b, "name"), _text(b, "type"), _text(b, "kind"), bool(b.get("used", True)))
            for b in data["binders"]
        ),
        conclusion=Conclusion(
            text=_text(conclusion, "text"),
            relation=_optional(conclusion, "relation"),
            lhs=_tree(conclusion["lhs"]),
            rhs=_tree(conclusion["rhs"]),
            bound_args=None if args is None else tuple(_known_tree(a) for a in args),
            mentions=tuple(conclusion.get("mentions", ())),
        ),
        formula=None if data["formula"] is None else _formula(data["formula"]),
        axioms_complete=bool(data.get("axioms_complete", True)),
        proof_head=data.get("proof_head"),
    )
