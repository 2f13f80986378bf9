"""Cards: the fields at the end of a headline theorem's docstring."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass

__all__ = ["REQUIRED_FIELDS", "Doc", "parse_doc", "split_sharp"]

REQUIRED_FIELDS = ("controls", "assumes", "bound", "witness", "sharp", "source")
"""The fields that every card has."""

_FIELD = re.compile(r"\*\s+(?P<field>[A-Za-z][A-Za-z_-]*)\s*:\s*(?P<value>.*)")
_STARTS_CARD = re.compile(rf"\*\s+(?:{'|'.join(REQUIRED_FIELDS)})\s*:")
_TITLE = re.compile(r"\*\*(?P<title>.+?)\*\*", re.DOTALL)


@dataclass(frozen=True)
class Doc:
    """A docstring in its parts.

    Attributes
    ----------
    title : str or None
        The bold first phrase, without its full stop.
    prose : str or None
        The docstring without the card.
    fields : dict or None
        The card: field to value; None where the docstring has no card.
    lines : dict
        For each field, its line counted from the docstring's first line (0).
    problems : list of (int, str)
        What is wrong with the card, with the line.
    """

    title: str | None
    prose: str | None
    fields: dict[str, str] | None
    lines: dict[str, int]
    problems: list[tuple[int, str]]


def parse_doc(doc: str | None) -> Doc:
    """Split a docstring into title, prose and card.

    The card is made of the last lines, from the first ``* field: value`` with a known field on;
    a value may go on in the lines below it.

    Parameters
    ----------
    doc : str or None
        The docstring without its delimiters.
    """
    if doc is None:
        return Doc(None, None, None, {}, [])
    lines = doc.split("\n")
    start = next((i for i, line in enumerate(lines) if _STARTS_CARD.match(line.strip())), None)
    prose = "\n".join(lines if start is None else lines[:start]).strip()
    title = _TITLE.match(prose)
    fields: dict[str, str] | None = None
    places: dict[str, int] = {}
    problems: list[tuple[int, str]] = []
    if start is not None:
        fields = {}
        for line, field, value in _fields(lines, start):
            if field is None:
                problems.append((line, f"this line belongs to no field of the card: {value}"))
            elif field in fields:
                problems.append((line, f"the card has the field {field} twice"))
            else:
                fields[field], places[field] = value, line
        for field in REQUIRED_FIELDS:
            if not fields.get(field):
                where = places.get(field, start)
                problems.append((where, f"the card lacks the field {field}"))
    return Doc(
        title=" ".join(title["title"].split()).rstrip(".") if title else None,
        prose=prose or None,
        fields=fields,
        lines=places,
        problems=problems,
    )


def _fields(lines: list[str], start: int) -> Iterator[tuple[int, str | None, str]]:
    """Yield line, field and value; the field is None for a line that belongs to none."""
    current: tuple[int, str, list[str]] | None = None
    for number, line in enumerate(lines[start:], start):
        text = line.strip()
        match = _FIELD.match(text)
        if match:
            if current:
                yield current[0], current[1], " ".join(current[2])
            current = (number, match["field"].lower(), [match["value"].strip()])
        elif text.startswith("*"):
            yield number, None, text
        elif text and current:
            current[2].append(text)
    if current:
        yield current[0], current[1], " ".join(part for part in current[2] if part)


def split_sharp(value: str) -> tuple[str | None, str]:
    """Split the field ``sharp`` into the theorem's name and the note after it.

    Parameters
    ----------
    value : str
        ``open, in plain words`` or ``Theorem.name``, where words may follow the name.

    Returns
    -------
    name : str or None
        The theorem, None where the question is open.
    note : str
        The words.
    """
    if re.match(r"open\b", value):
        return None, value
    match = re.match(r"(?P<name>[^\s,;()]+)[\s,;:]*(?P<note>.*)\Z", value, re.DOTALL)
    if match is None:
        return None, value
    note = match["note"].strip()
    if note.startswith("(") and note.endswith(")"):
        note = note[1:-1].strip()
    return match["name"], note
