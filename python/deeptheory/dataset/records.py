"""One record a theorem, and one a source file."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from typing import Any

from deeptheory.catalog import Catalog, Declaration
from deeptheory.dataset.origin import Origin
from deeptheory.dataset.positions import Place, Places
from deeptheory.prove.graph import Module

__all__ = ["corpus_records", "theorem_records"]

Tactics = Mapping[str, Sequence[Mapping[str, Any]]]


def theorem_records(
    catalog: Catalog, places: Places, origin: Origin, tactics: Tactics | None = None
) -> Iterator[dict[str, Any]]:
    """Yield the record of each theorem, in the catalog's order.

    Parameters
    ----------
    catalog : Catalog
        The declarations.
    places : Places
        Where they stand.
    origin : Origin
        The repository and the commit.
    tactics : mapping, optional
        The traced tactics by the theorem's full name; none by default.

    Raises
    ------
    FailureError
        Where a source file is not as it was proved.
    """
    for d in catalog:
        if d.kind != "theorem":
            continue
        place = places.of(d)
        yield {
            "url": origin.url,
            "commit": origin.commit,
            "file_path": d.file,
            "full_name": d.name,
            "start": list(place.start),
            "end": list(place.end),
            "theorem_statement": place.statement,
            "proof": place.proof,
            "premises": list(_premises(d, catalog, places)),
            "traced_tactics": [dict(t) for t in (tactics or {}).get(d.name, ())],
            "is_headline": d.is_headline,
            "axioms": list(d.axioms),
            "axioms_complete": d.axioms_complete,
        }


def _premises(d: Declaration, catalog: Catalog, places: Places) -> Iterator[dict[str, Any]]:
    """Yield what a theorem uses directly, statement and proof."""
    stated = set(d.type_uses)
    for name in d.uses:
        used = catalog.by_name.get(name)
        if used is not None:
            place = places.of(used)
            yield {**_provenance(used, place), "in_statement": name in stated}


def _provenance(d: Declaration, place: Place) -> dict[str, Any]:
    return {
        "full_name": d.name,
        "def_path": d.file,
        "def_pos": list(place.name_start),
        "def_end_pos": list(place.name_end),
    }


def corpus_records(
    catalog: Catalog, places: Places, modules: Mapping[str, Module], order: Sequence[str]
) -> Iterator[dict[str, Any]]:
    """Yield a record for each source file: its imports and what it declares.

    Parameters
    ----------
    catalog : Catalog
        The declarations.
    places : Places
        Where they stand.
    modules : mapping of str to Module
        The modules.
    order : sequence of str
        Their names, imports first.
    """
    declared: dict[str, list[Declaration]] = {}
    for d in catalog:
        declared.setdefault(d.module, []).append(d)
    for name in order:
        yield {
            "path": _path(name),
            "imports": sorted(_path(item) for item in modules[name].own_imports if item in modules),
            "premises": [
                {
                    "full_name": d.name,
                    "code": place.code,
                    "start": list(place.code_start),
                    "end": list(place.end),
                    "kind": "commanddeclaration",
                    "declaration": d.kind,
                }
                for d in declared.get(name, ())
                for place in (places.of(d),)
            ],
        }


def _path(module: str) -> str:
    return f"lean/{module.replace('.', '/')}.lean"
