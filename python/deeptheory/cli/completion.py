"""Names that the shell completes: theorems, formulas, modules and the like.

Completion never fails and never prints: where there is no checkout or no catalog it offers nothing.
"""

from __future__ import annotations

import contextlib
import json
from collections import Counter
from collections.abc import Iterable

__all__ = [
    "complete_bound",
    "complete_declaration",
    "complete_experiment",
    "complete_form",
    "complete_module",
    "complete_theorem",
]

Offers = list[tuple[str, str]]


def _entries() -> list[dict[str, object]]:
    from deeptheory.errors import DeepTheoryError
    from deeptheory.paths import find_project

    with contextlib.suppress(DeepTheoryError, OSError, ValueError, KeyError, TypeError):
        data = json.loads(find_project().theorems_json.read_text(encoding="utf-8"))
        return [entry for entry in data["declarations"] if isinstance(entry, dict)]
    return []


def _offer(incomplete: str, entries: Iterable[dict[str, object]]) -> Offers:
    """Return the names that go on from what was typed: with their family, or the last part alone.

    A last part that several declarations share is offered with the family only.
    """
    listed = list(entries)
    last = Counter(str(entry.get("short", "")).rsplit(".", 1)[-1] for entry in listed)
    found: dict[str, str] = {}
    for entry in listed:
        short = str(entry.get("short", ""))
        end = short.rsplit(".", 1)[-1]
        about = str(entry.get("title") or entry.get("kind") or "").replace("\n", " ")
        typed = incomplete.lower()
        if incomplete and short.lower().startswith(typed):
            found[short] = about
        elif end.lower().startswith(typed):
            found[end if last[end] == 1 else short] = about
    return sorted(found.items())


def complete_theorem(incomplete: str) -> Offers:
    """Complete the name of a headline theorem."""
    return _offer(incomplete, (e for e in _entries() if e.get("card")))


def complete_bound(incomplete: str) -> Offers:
    """Complete the name of a theorem with a bound, or of a definition with a formula."""
    return _offer(incomplete, (e for e in _entries() if _has_bound(e)))


def _has_bound(entry: dict[str, object]) -> bool:
    card = entry.get("card")
    return bool(entry.get("formula")) or (isinstance(card, dict) and bool(card.get("bound")))


def complete_declaration(incomplete: str) -> Offers:
    """Complete the name of any declaration; headline theorems only until something is typed."""
    entries = _entries()
    return _offer(incomplete, entries if incomplete else (e for e in entries if e.get("card")))


def complete_module(incomplete: str) -> Offers:
    """Complete the name of a module."""
    from deeptheory.errors import DeepTheoryError
    from deeptheory.paths import find_project
    from deeptheory.prove.graph import find_modules

    with contextlib.suppress(DeepTheoryError, OSError):
        names = find_modules(find_project().lean)
        return [(name, "") for name in sorted(names) if name.startswith(incomplete)]
    return []


def complete_experiment(incomplete: str) -> Offers:
    """Complete the name of an experiment."""
    from deeptheory.experiments import EXPERIMENTS

    return [(name, "") for name in sorted(EXPERIMENTS) if name.startswith(incomplete)]


def complete_form(incomplete: str) -> Offers:
    """Complete the name of a PAC-Bayes bound."""
    from deeptheory.certify.forms import BEST, FORMS

    return [(name, "") for name in (*FORMS, BEST) if name.startswith(incomplete)]
