"""The two ledgers beside the catalog: where a theorem comes from, and what it assumes.

``provenance.toml`` says how each headline theorem stands to what is published, and
``assumptions.toml`` gives names to the assumptions of the cards and says which theorem does
without.
"""

from __future__ import annotations

import re
import tomllib
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Any

from deeptheory.errors import FailureError, UsageError

if TYPE_CHECKING:
    from deeptheory.catalog.load import Catalog
    from deeptheory.catalog.model import Declaration

__all__ = ["KINDS", "Assumption", "Dropped", "Origin", "load_assumptions", "load_provenance"]

KINDS = ("reproduction", "specialisation", "variant", "new")


@dataclass(frozen=True)
class Origin:
    """How a theorem stands to what is published.

    Attributes
    ----------
    kind : str
        One of `KINDS`.
    of : str
        The published theorem; empty where the kind is ``new``.
    differs : str
        What differs, in a sentence.
    """

    kind: str
    of: str
    differs: str


@dataclass(frozen=True)
class Dropped:
    """A theorem that does without an assumption.

    Attributes
    ----------
    theorem, instead_of : str
        The full names of the theorem, and of the one that needs the assumption.
    price : str
        What the reader pays.
    """

    theorem: str
    instead_of: str
    price: str


@dataclass(frozen=True)
class Assumption:
    """An assumption that cards name.

    Attributes
    ----------
    id, title : str
        Its key and its name in words.
    words : tuple of re.Pattern
        What it is recognised by in a card's field ``assumes``.
    dropped : tuple of Dropped
        The theorems that do without.
    """

    id: str
    title: str
    words: tuple[re.Pattern[str], ...]
    dropped: tuple[Dropped, ...]

    def needed_by(self, declaration: Declaration) -> bool:
        """Whether the card of a theorem names the assumption."""
        if declaration.card is None:
            return False
        return any(pattern.search(declaration.card.assumes) for pattern in self.words)


def load_provenance(path: Path, catalog: Catalog) -> dict[str, Origin]:
    """Read the ledger of provenance; it is empty where the file is missing.

    Returns
    -------
    dict
        From the full name of a theorem to its origin.

    Raises
    ------
    UsageError
        Where the file is malformed.
    FailureError
        Where it names something that is no theorem with a card.
    """
    origins: dict[str, Origin] = {}
    for name, entry in _read(path).items():
        where = f"{path.name}, entry {name}"
        fields = _texts(entry, ("kind", "of", "differs"), where)
        if fields["kind"] not in KINDS:
            raise UsageError(f"{where}: the kind is one of {', '.join(KINDS)}.")
        if not fields["differs"] or (not fields["of"] and fields["kind"] != "new"):
            raise UsageError(f"{where}: say what it is of and what differs.")
        origins[_headline(name, catalog, where)] = Origin(**fields)
    return origins


def load_assumptions(path: Path, catalog: Catalog) -> list[Assumption]:
    """Read the assumptions; the list is empty where the file is missing.

    Raises
    ------
    UsageError
        Where the file is malformed.
    FailureError
        Where it names something that is no theorem with a card, an assumption that no card names,
        or a theorem that needs what it is said to do without.
    """
    entries = _read(path).get("assumption", [])
    if not isinstance(entries, list):
        raise UsageError(f"{path.name}: write [[assumption]] above each assumption.")
    found: list[Assumption] = []
    for entry in entries:
        where = f"{path.name}, entry {entry.get('id')}"
        fields = _texts(entry, ("id", "title"), where)
        try:
            words = tuple(re.compile(word) for word in entry["words"])
            dropped = tuple(_dropped(item, catalog, where) for item in entry.get("dropped", ()))
        except (KeyError, TypeError, re.error) as error:
            raise UsageError(f"{where} is malformed ({error}).") from error
        assumption = Assumption(fields["id"], fields["title"], words, dropped)
        _confirm(assumption, catalog, where)
        found.append(assumption)
    return found


def _confirm(assumption: Assumption, catalog: Catalog, where: str) -> None:
    """Refuse an entry that the cards contradict."""
    if not any(assumption.needed_by(item) for item in catalog.declarations):
        raise FailureError(f"{where}: no card names this assumption.")
    for item in assumption.dropped:
        if assumption.needed_by(catalog.by_name[item.theorem]):
            raise FailureError(f"{where}: {item.theorem} needs it, says its card.")
        if not assumption.needed_by(catalog.by_name[item.instead_of]):
            raise FailureError(f"{where}: {item.instead_of} does not need it, says its card.")


def _dropped(item: Mapping[str, Any], catalog: Catalog, where: str) -> Dropped:
    fields = _texts(item, ("theorem", "instead_of", "price"), where)
    theorem, other = (_headline(fields[key], catalog, where) for key in ("theorem", "instead_of"))
    return Dropped(theorem, other, fields["price"])


def _headline(name: str, catalog: Catalog, where: str) -> str:
    for full in (name, f"DeepTheory.{name}"):
        found = catalog.by_name.get(full)
        if found is not None and found.is_headline:
            return full
    raise FailureError(f"{where}: {name} is no theorem with a card.")


def _texts(entry: Any, keys: Sequence[str], where: str) -> dict[str, str]:
    if not isinstance(entry, Mapping):
        raise UsageError(f"{where} is no table.")
    fields = {key: entry.get(key, "") for key in keys}
    wrong = [key for key, value in fields.items() if not isinstance(value, str)]
    if wrong:
        raise UsageError(f"{where}: {wrong[0]} is to be a text.")
    return fields


def _read(path: Path) -> dict[str, Any]:
    try:
        return tomllib.loads(path.read_text(encoding="utf-8"))
    except FileNotFoundError:
        return {}
    except (tomllib.TOMLDecodeError, OSError, UnicodeDecodeError) as error:
        raise UsageError(f"{path} cannot be read ({error}).") from error
