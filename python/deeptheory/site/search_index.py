"""The data of the search, as a script so that it loads from ``file://``."""

from __future__ import annotations

import json
from typing import Any

from deeptheory.site.model import Library, prose_of, tightness

__all__ = ["search_entries", "search_script"]


def search_entries(library: Library) -> list[dict[str, Any]]:
    """Return one entry a declaration: what is searched and what a result shows."""
    entries = []
    for declaration in library.declarations:
        card = declaration.card
        entry: dict[str, Any] = {
            "name": declaration.short,
            "page": library.page(declaration.name),
            "title": declaration.title or "",
            "kind": declaration.kind,
            "headline": declaration.is_headline,
            "family": declaration.family,
            "controls": list(card.controls) if card else [],
            "tight": tightness(declaration),
            "certified": "yes" if library.is_certifiable(declaration) else "",
            "needs": [item.id for item in library.needs(declaration)],
            "prose": prose_of(declaration),
            "assumes": card.assumes if card else "",
            "source": card.source if card else "",
            "statement": declaration.signature or declaration.type,
        }
        entries.append(entry)
    return entries


def search_script(library: Library) -> str:
    """Return the script that hands the entries to the search."""
    data = json.dumps(search_entries(library), ensure_ascii=False, separators=(",", ":"))
    return f"window.deepTheoryIndex={data};\n"
