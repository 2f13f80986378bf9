"""The data of the search, as a script so that it loads from ``file://``."""

from __future__ import annotations

import json
from typing import Any

from deeptheory.site.model import Library

__all__ = ["search_entries", "search_script"]


def search_entries(library: Library) -> list[dict[str, Any]]:
    """Return one entry a declaration: what is searched and what a result shows."""
    entries = []
    for declaration in library.declarations:
        card = declaration.card or {}
        entry: dict[str, Any] = {
            "name": declaration.short,
            "page": library.page(declaration.name),
            "title": declaration.title or "",
            "kind": declaration.kind,
            "headline": declaration.headline,
            "family": declaration.family,
            "controls": list(declaration.controls),
            "tight": declaration.tightness,
            "prose": declaration.prose or "",
            "assumes": _words(card.get("assumes")),
            "source": _words(card.get("source")),
            "statement": declaration.signature or declaration.type,
        }
        entries.append(entry)
    return entries


def search_script(library: Library) -> str:
    """Return the script that hands the entries to the search."""
    data = json.dumps(search_entries(library), ensure_ascii=False, separators=(",", ":"))
    return f"window.deepTheoryIndex={data};\n"


def _words(value: Any) -> str:
    if isinstance(value, list | tuple):
        return "; ".join(str(item) for item in value)
    return str(value or "")
