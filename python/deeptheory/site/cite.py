"""How to cite a theorem of the library: BibTeX from ``CITATION.cff`` and the catalog."""

from __future__ import annotations

import re
from dataclasses import dataclass
from pathlib import Path

from deeptheory.catalog.model import Declaration
from deeptheory.errors import UsageError
from deeptheory.site.model import label

__all__ = ["Citation", "bibtex", "read_citation"]

_SPECIAL = re.compile(r"[&%$#_{}~^\\]")
_WRITTEN = {"~": r"\textasciitilde{}", "^": r"\textasciicircum{}", "\\": r"\textbackslash{}"}


@dataclass(frozen=True)
class Citation:
    """What ``CITATION.cff`` says of the library."""

    authors: tuple[str, ...] = ("The DeepTheory authors",)
    title: str = "DeepTheory"
    version: str = ""
    released: str = ""
    address: str = ""


def read_citation(path: Path) -> Citation:
    """Read the fields of ``CITATION.cff`` that a BibTeX entry needs.

    Of YAML only what such a file is made of is known: ``key: value`` lines and the list of authors.

    Raises
    ------
    UsageError
        Where the file cannot be read.
    """
    try:
        text = path.read_text(encoding="utf-8")
    except FileNotFoundError:
        return Citation()
    except (OSError, UnicodeDecodeError) as error:
        raise UsageError(f"{path} cannot be read ({error}).") from error
    fields: dict[str, str] = {}
    people: list[dict[str, str]] = []
    inside = ""
    for line in text.splitlines():
        match = re.fullmatch(r"(\s*(?:- )?)([\w-]+):\s*(.*)", line)
        if match is None:
            continue
        indent, key, value = match[1], match[2], match[3].strip().strip("\"'")
        if not indent:
            fields[key], inside = value, key
        elif inside == "authors":
            if "-" in indent:
                people.append({})
            if people:
                people[-1][key] = value
    known = Citation()
    return Citation(
        authors=tuple(_person(person) for person in people) or known.authors,
        title=fields.get("title") or known.title,
        version=fields.get("version", ""),
        released=fields.get("date-released", ""),
        address=fields.get("url") or fields.get("repository-code", ""),
    )


def _person(fields: dict[str, str]) -> str:
    if "name" in fields:
        return "{" + _escape(fields["name"]) + "}"
    family, given = fields.get("family-names", ""), fields.get("given-names", "")
    return _escape(f"{family}, {given}" if given else family)


def bibtex(citation: Citation, declaration: Declaration) -> str:
    """Return the BibTeX entry of a theorem."""
    source = declaration.card.source if declaration.card else ""
    note = f"Theorem {declaration.name}, {declaration.file}, line {declaration.line}"
    note += f", version {citation.version}" if citation.version else ""
    note += f"; after {source}" if source and source != "folklore" else ""
    fields = {
        "author": " and ".join(citation.authors),
        "title": "{" + _escape(label(declaration)) + "}",
        "howpublished": "In: " + _escape(citation.title),
        "note": _escape(note),
        "year": citation.released[:4],
        "url": citation.address,
    }
    key = re.sub(r"[^A-Za-z0-9]+", "-", f"deeptheory-{declaration.short}").strip("-").lower()
    listed = "".join(f"  {name} = {{{value}}},\n" for name, value in fields.items() if value)
    return f"@misc{{{key},\n{listed}}}\n"


def _escape(text: str) -> str:
    words = " ".join(text.replace("`", "").split())
    return _SPECIAL.sub(lambda match: _WRITTEN.get(match[0], f"\\{match[0]}"), words)
