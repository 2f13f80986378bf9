"""Where declarations stand in their files, as LeanDojo counts: lines and columns from 1."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path

from deeptheory.catalog import Catalog, Declaration
from deeptheory.catalog.source import SourceDeclaration, code_only, scan
from deeptheory.errors import FailureError

__all__ = ["Place", "Places", "Position"]

Position = tuple[int, int]
"""A line and a column, both counted from 1; columns count characters."""

_NAME = re.compile(
    r"(?P<keyword>class\s+inductive|[a-z]+)\s*(?:\(priority[^)]*\)\s*)?"
    r"(?P<name>(?:«[^»]*»|[^\s:({\[⦃«])+)"
)


@dataclass(frozen=True)
class Place:
    """Where a declaration stands.

    Attributes
    ----------
    start, end : Position
        The keyword, and what follows the last character.
    name_start, name_end : Position
        The name behind the keyword, and what follows it.
    code_start : Position
        The first modifier or attribute, else the keyword.
    statement, proof, code : str
        The text up to ``:=``; what comes after it, which for a definition is its value; and what a
        reader sees of it as a premise: a theorem's statement, any other declaration as a whole,
        with modifiers and without the docstring.
    """

    start: Position
    end: Position
    name_start: Position
    name_end: Position
    code_start: Position
    statement: str
    proof: str
    code: str


class Places:
    """The places of all declarations of a catalog.

    Parameters
    ----------
    catalog : Catalog
        The declarations.
    root : Path
        The checkout.
    """

    def __init__(self, catalog: Catalog, root: Path) -> None:
        self._catalog = catalog
        self._root = root
        self._files: dict[str, Mapping[str, Place]] = {}

    def of(self, declaration: Declaration) -> Place:
        """Return the place of a declaration.

        Raises
        ------
        FailureError
            Where the file does not hold the declaration as the catalog has it.
        """
        if declaration.file not in self._files:
            self._files[declaration.file] = self._read(declaration.file)
        found = self._files[declaration.file].get(declaration.name)
        if (
            found is None
            or found.start[0] != declaration.line
            or found.statement != declaration.signature
        ):
            raise FailureError(
                f"{declaration.file}:{declaration.line}: {declaration.short} is not there as it "
                "was proved: run `deeptheory prove` and `deeptheory export`."
            )
        return found

    def _read(self, file: str) -> dict[str, Place]:
        try:
            text = (self._root / file).read_text(encoding="utf-8")
        except (OSError, UnicodeDecodeError) as error:
            raise FailureError(f"{file} cannot be read: {error}.") from None
        lines = text.split("\n")
        code = code_only(text).split("\n")
        found: dict[str, Place] = {}
        for source in scan(text):
            place = _place(source, lines, code)
            if place is not None:
                found[source.name] = place
        return found


def _place(source: SourceDeclaration, lines: list[str], code: list[str]) -> Place | None:
    first = source.signature.split("\n", 1)[0]
    column = lines[source.line - 1].find(first)
    if column < 0 or not source.name:
        return None
    end = (source.end_line, len(lines[source.end_line - 1].rstrip()) + 1)
    whole = _between(lines, (source.line, column + 1), end)
    match = _NAME.match(whole)
    if match is None:
        return None
    top = _first_modifier(source, code, column)
    rest = whole[len(source.signature) :].lstrip()
    shown = source.signature if source.keyword == "theorem" else whole
    return Place(
        start=(source.line, column + 1),
        end=end,
        name_start=_after(whole[: match.start("name")], source.line, column),
        name_end=_after(whole[: match.end("name")], source.line, column),
        code_start=top,
        statement=source.signature,
        proof=rest.removeprefix(":=").lstrip() if rest.startswith(":=") else rest,
        code=_between(lines, top, (source.line, column + 1)) + shown,
    )


def _first_modifier(source: SourceDeclaration, code: list[str], column: int) -> Position:
    """Go up from the keyword over modifiers that stand on lines of their own."""
    line = source.line
    while line - 1 > source.doc_line and code[line - 2].strip():
        line -= 1
    if line == source.line and not code[line - 1][:column].strip():
        return line, column + 1
    text = code[line - 1]
    return line, len(text) - len(text.lstrip()) + 1


def _between(lines: list[str], start: Position, end: Position) -> str:
    if start[0] == end[0]:
        return lines[start[0] - 1][start[1] - 1 : end[1] - 1]
    first, last = lines[start[0] - 1][start[1] - 1 :], lines[end[0] - 1][: end[1] - 1]
    return "\n".join([first, *lines[start[0] : end[0] - 1], last])


def _after(text: str, line: int, column: int) -> Position:
    """Return the position behind a text that begins at a line and a column from 0."""
    below = text.count("\n")
    if below:
        return line + below, len(text) - text.rfind("\n")
    return line, column + len(text) + 1
