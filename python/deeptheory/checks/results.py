"""Reads and writes ``checks.json``."""

from __future__ import annotations

import json
import os
import tempfile
from collections.abc import Iterable
from pathlib import Path
from typing import Any

__all__ = ["SCHEMA_VERSION", "read_results", "schema", "write_results"]

SCHEMA_VERSION = 2


def schema() -> dict[str, Any]:
    """Return the JSON Schema of ``checks.json``."""
    text = Path(__file__).with_name("checks.schema.json").read_text(encoding="utf-8")
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
    path.parent.mkdir(parents=True, exist_ok=True)
    handle, name = tempfile.mkstemp(prefix=path.name, suffix=".part", dir=path.parent)
    try:
        os.chmod(name, 0o644)
        with os.fdopen(handle, "w", encoding="utf-8") as file:
            json.dump(document, file, ensure_ascii=False, indent=1, allow_nan=False)
            file.write("\n")
        os.replace(name, path)
    except BaseException:
        Path(name).unlink(missing_ok=True)
        raise
    return document
