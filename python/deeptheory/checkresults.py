"""The results of the numeric checks: reading and writing ``checks.json``.

This module needs nothing of the checks themselves, which take long to import.
"""

from __future__ import annotations

import json
from collections.abc import Iterable
from pathlib import Path
from typing import Any

from deeptheory.files import replacing

__all__ = ["SCHEMA_VERSION", "read_results", "schema", "write_results"]

SCHEMA_VERSION = 2


def schema() -> dict[str, Any]:
    """Return the JSON Schema of ``checks.json``."""
    text = (Path(__file__).parent / "checks" / "checks.schema.json").read_text("utf-8")
    loaded: dict[str, Any] = json.loads(text)
    return loaded


def read_results(path: Path) -> dict[str, dict[str, Any]]:
    """Return the results in a file by theorem; nothing where it is missing or damaged."""
    try:
        document = json.loads(path.read_text(encoding="utf-8"))
        if document["schema"] != SCHEMA_VERSION:
            return {}
        return {
            str(entry["theorem"]): entry
            for entry in document["checks"]
            if isinstance(entry["passed"], bool) and isinstance(entry["fingerprint"], str)
        }
    except (OSError, ValueError, KeyError, TypeError):
        return {}


def write_results(path: Path, results: Iterable[dict[str, Any]]) -> dict[str, Any]:
    """Write results in the order of the theorems' names, at once or not at all.

    Returns
    -------
    dict
        The document written.
    """
    checks = sorted(results, key=lambda entry: str(entry["theorem"]))
    document = {"schema": SCHEMA_VERSION, "checks": checks}
    with replacing(path) as stream:
        json.dump(document, stream, ensure_ascii=False, indent=1, allow_nan=False)
        stream.write("\n")
    return document
