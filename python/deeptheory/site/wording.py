"""How names, numbers and texts are worded on the pages; each function is a template filter."""

from __future__ import annotations

import json
import re
from collections.abc import Sequence
from typing import Any

from markupsafe import Markup, escape

from deeptheory.catalog.model import Declaration

__all__ = [
    "breakable",
    "first_sentence",
    "gist",
    "inline_text",
    "joined",
    "plural",
    "split_lines",
    "thousands",
]


def thousands(value: int) -> str:
    """Return a count with thin spaces between its thousands."""
    return f"{value:,}".replace(",", "\u202f")


def plural(count: int, word: str) -> str:
    """Return a count with its noun."""
    return f"{count} {word}" if count == 1 else f"{count} {word}s"


def inline_text(value: Any) -> str:
    """Print a value from a check's result on one line, shortened where it is very long."""
    text = value if isinstance(value, str) else json.dumps(value, ensure_ascii=False)
    return text if len(text) <= 400 else text[:399] + "…"


def joined(items: Sequence[str]) -> str:
    """Return items with commas between them, and an ``or`` before the last."""
    *most, last = items
    return f"{', '.join(most)} or {last}" if most else last


def breakable(name: str) -> Markup:
    """Let a long name or path break after its dots and slashes."""
    return Markup(re.sub(r"([./_])(?=\w)", r"\1<wbr>", str(escape(name))))


def first_sentence(prose: str | None, letters: int = 220) -> str:
    """Return the start of a text, cut at a sentence."""
    if not prose:
        return ""
    paragraph = " ".join(prose.strip().split("\n\n")[0].split()).replace("`", "").replace("**", "")
    head, dot, _ = paragraph.partition(". ")
    text = head + "." if dot else paragraph
    return text if len(text) <= letters else text[: letters - 1].rsplit(" ", 1)[0] + "…"


def gist(declaration: Declaration) -> str:
    """Return one line on a declaration that has no title: its prose or what it claims."""
    if declaration.title:
        return declaration.title
    if declaration.kind == "theorem" and not declaration.prose:
        parts = [item.text for item in declaration.hypotheses] + [declaration.conclusion.text]
        return " → ".join(" ".join(part.split()) for part in parts)
    return first_sentence(declaration.prose)


def split_lines(markup: Markup) -> list[Markup]:
    """Split highlighted source into lines, closing and opening elements that span lines."""
    lines: list[Markup] = []
    open_span = ""
    for raw in str(markup).split("\n"):
        line = open_span + raw
        last_open, last_close = line.rfind("<span"), line.rfind("</span>")
        if last_open > last_close:
            open_span = line[last_open : line.index(">", last_open) + 1]
            line += "</span>"
        else:
            open_span = ""
        lines.append(Markup(line))
    return lines
