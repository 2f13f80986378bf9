"""Coverage: which rows of the theory the library holds, and which are open."""

from __future__ import annotations

import tomllib
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Any

from deeptheory.errors import FailureError, UsageError

if TYPE_CHECKING:
    from deeptheory.catalog import Catalog

__all__ = ["STATES", "TIERS", "CoveredRow", "Row", "cover", "load_rows"]

TIERS = ("mission", "breadth")
STATES = ("open", "partial", "delivered")
_FIELDS = ("id", "family", "tier", "statement", "source", "state", "theorems")
_OPTIONAL = ("note",)


@dataclass(frozen=True)
class Row:
    """A result that the library is to hold.

    Attributes
    ----------
    id, family, tier : str
        The row's name, its family, and ``mission`` or ``breadth``.
    statement, source : str
        The statement in short and where it comes from.
    state : str
        ``open``, ``partial`` or ``delivered``.
    theorems : tuple of str
        The theorems that deliver it, as the file names them.
    note : str
        What a partial row lacks, or how the theorem differs.
    """

    id: str
    family: str
    tier: str
    statement: str
    source: str
    state: str
    theorems: tuple[str, ...]
    note: str = ""


@dataclass(frozen=True)
class CoveredRow:
    """A row with what stands behind it.

    Attributes
    ----------
    row : Row
        The row.
    theorems : tuple of str
        The full names of its theorems.
    witness : tuple of str
        For each theorem, the theorem that shows its hypotheses satisfiable.
    sharpness : tuple of str
        For each theorem, the theorem that attains its bound, or the words of its card.
    checks : tuple of str
        For each theorem, ``passed``, ``failed`` or ``none``.
    """

    row: Row
    theorems: tuple[str, ...]
    witness: tuple[str, ...]
    sharpness: tuple[str, ...]
    checks: tuple[str, ...]

    def to_json(self) -> dict[str, Any]:
        """Return the row as a JSON object."""
        return {
            "id": self.row.id,
            "family": self.row.family,
            "tier": self.row.tier,
            "statement": self.row.statement,
            "source": self.row.source,
            "state": self.row.state,
            "note": self.row.note,
            "theorems": list(self.theorems),
            "witness": list(self.witness),
            "sharpness": list(self.sharpness),
            "checks": list(self.checks),
        }


def load_rows(path: Path) -> list[Row]:
    """Read ``coverage.toml``.

    Raises
    ------
    UsageError
        Where the file is missing or is no TOML.
    FailureError
        Where rows are wrong: a missing or unknown field, an id twice, a state that contradicts
        the list of theorems.  All defects are listed.
    """
    try:
        data = tomllib.loads(path.read_text(encoding="utf-8"))
    except FileNotFoundError:
        raise UsageError(f"There is no {path}: restore it from version control.") from None
    except (OSError, UnicodeDecodeError, tomllib.TOMLDecodeError) as error:
        raise UsageError(f"{path} cannot be read: {error}.") from None
    raw = data.get("row", [])
    rows: list[Row] = []
    problems: list[str] = []
    seen: set[str] = set()
    for number, entry in enumerate(raw, 1):
        label = entry.get("id") if isinstance(entry.get("id"), str) else f"row {number}"
        wrong = _problems(entry)
        if label in seen:
            wrong.append("the id occurs twice")
        seen.add(str(label))
        problems += [f"{path.name}: {label}: {problem}" for problem in wrong]
        if not wrong:
            rows.append(Row(**{**entry, "theorems": tuple(entry["theorems"])}))
    if problems:
        raise FailureError("\n".join(problems))
    return rows


def _problems(entry: Mapping[str, Any]) -> list[str]:
    problems = [f"the field {key} is missing" for key in _FIELDS if key not in entry]
    problems += [f"there is no field {key}" for key in entry if key not in (*_FIELDS, *_OPTIONAL)]
    if problems:
        return problems
    theorems = entry["theorems"]
    if not isinstance(theorems, list) or not all(isinstance(t, str) for t in theorems):
        return ["theorems is not a list of names"]
    problems += [
        f"the field {key} is not a text"
        for key in (*_FIELDS, *_OPTIONAL)
        if key != "theorems" and not isinstance(entry.get(key, ""), str)
    ]
    if entry["tier"] not in TIERS:
        problems.append(f"the tier is {entry['tier']}, not one of {', '.join(TIERS)}")
    if entry["state"] not in STATES:
        problems.append(f"the state is {entry['state']}, not one of {', '.join(STATES)}")
    elif entry["state"] == "open" and theorems:
        problems.append("an open row has theorems; say partial or delivered")
    elif entry["state"] != "open" and not theorems:
        problems.append(f"a {entry['state']} row has no theorems")
    elif entry["state"] == "partial" and not entry.get("note"):
        problems.append("a partial row needs a note that says what is missing")
    return problems


def cover(
    rows: list[Row], catalog: Catalog | None, checks: Mapping[str, Mapping[str, Any]] | None = None
) -> list[CoveredRow]:
    """Join rows with the catalog and the results of the checks.

    Parameters
    ----------
    rows : list of Row
        The rows.
    catalog : Catalog or None
        The catalog; None is enough where every row is open.
    checks : mapping, optional
        Results of the checks by theorem.

    Raises
    ------
    FailureError
        Where a row names a theorem that does not exist, or one without a card; all are listed.
    """
    covered: list[CoveredRow] = []
    problems: list[str] = []
    for row in rows:
        names, witness, sharpness, states = [], [], [], []
        for name in row.theorems:
            if catalog is None:
                problems.append(f"coverage.toml: {row.id}: {name} is not in the catalog")
                continue
            try:
                d = catalog.get(name)
            except UsageError as error:
                problems.append(f"coverage.toml: {row.id}: {error}")
                continue
            if d.kind != "theorem" or d.card is None:
                problems.append(f"coverage.toml: {row.id}: {name} is not a theorem with a card")
                continue
            names.append(d.name)
            witness.append(d.card.witness)
            sharpness.append(d.card.sharp.theorem or d.card.sharp.note)
            states.append(_check_state(d.name, checks or {}))
        covered.append(
            CoveredRow(row, tuple(names), tuple(witness), tuple(sharpness), tuple(states))
        )
    if problems:
        raise FailureError("\n".join(problems))
    return covered


def _check_state(name: str, checks: Mapping[str, Mapping[str, Any]]) -> str:
    result = checks.get(name)
    if result is None:
        return "none"
    return "passed" if result.get("passed") else "failed"
