"""The headline theorems as a JSON feed and as an Atom feed."""

from __future__ import annotations

import json
from typing import Any
from xml.sax.saxutils import escape, quoteattr

from deeptheory.catalog.model import Declaration
from deeptheory.site.cite import Citation
from deeptheory.site.model import Library, label, prose_of
from deeptheory.site.wording import first_sentence

__all__ = ["atom_feed", "json_feed"]

_TITLE = "DeepTheory: headline theorems"
_NEVER = "1970-01-01"
"""The day that stands in the feed where ``CITATION.cff`` names none: Atom asks for one."""


def json_feed(library: Library, citation: Citation) -> str:
    """Return the theorems as a feed in the format JSON Feed 1.1.

    Links are relative to the feed's own address, since the pages may lie anywhere.  The date of
    every item is the release's: the build knows no other.
    """
    items = []
    for declaration in library.headline:
        controls = declaration.card.controls if declaration.card else ()
        item: dict[str, Any] = {
            "id": _identity(declaration),
            "url": library.page(declaration.name),
            "title": label(declaration),
            "content_text": _summary(declaration),
            "tags": list(dict.fromkeys([declaration.family, *controls])),
        }
        if citation.released:
            item["date_published"] = f"{citation.released}T00:00:00Z"
        items.append(item)
    feed = {
        "version": "https://jsonfeed.org/version/1.1",
        "title": _TITLE,
        "home_page_url": "index.html",
        "feed_url": "feed.json",
        "authors": [{"name": _plain(author)} for author in citation.authors],
        "language": "en",
        "items": items,
    }
    return json.dumps(feed, indent=1, ensure_ascii=False) + "\n"


def atom_feed(library: Library, citation: Citation) -> str:
    """Return the theorems as an Atom feed, with links that are relative to its own address."""
    day = f"{citation.released or _NEVER}T00:00:00Z"
    out = [
        '<?xml version="1.0" encoding="utf-8"?>',
        '<feed xmlns="http://www.w3.org/2005/Atom" xml:lang="en">',
        f"<title>{escape(_TITLE)}</title>",
        "<id>urn:deeptheory:theorems</id>",
        f"<updated>{day}</updated>",
        '<link rel="self" type="application/atom+xml" href="feed.atom"/>',
        '<link rel="alternate" type="text/html" href="index.html"/>',
    ]
    out += [f"<author><name>{escape(_plain(name))}</name></author>" for name in citation.authors]
    for declaration in library.headline:
        page = library.page(declaration.name) or "index.html"
        out += [
            "<entry>",
            f"<title>{escape(label(declaration))}</title>",
            f"<id>{escape(_identity(declaration))}</id>",
            f"<updated>{day}</updated>",
            f'<link rel="alternate" type="text/html" href={quoteattr(page)}/>',
            f"<category term={quoteattr(declaration.family or 'library')}/>",
            f'<summary type="text">{escape(_summary(declaration))}</summary>',
            "</entry>",
        ]
    return "\n".join([*out, "</feed>"]) + "\n"


def _identity(declaration: Declaration) -> str:
    return f"urn:deeptheory:theorem:{declaration.short}"


def _summary(declaration: Declaration) -> str:
    return first_sentence(prose_of(declaration)) or declaration.signature or declaration.type


def _plain(author: str) -> str:
    return author.replace("{", "").replace("}", "").replace("\\", "")
