"""Lean source and docstrings as safe HTML, with our names linked to their pages."""

from __future__ import annotations

import re
from collections.abc import Callable, Collection
from typing import TYPE_CHECKING, Any

from markupsafe import Markup, escape

from deeptheory.catalog.model import Declaration
from deeptheory.site.model import Library, namespaces

if TYPE_CHECKING:
    from markdown_it import MarkdownIt

__all__ = ["LeanRenderer", "Linker", "render_prose", "render_words"]

Linker = Callable[[str], str | None]
"""From a site-relative path to the path seen from the current page."""

_KEYWORD_LINES = """
theorem lemma def abbrev structure class instance inductive example where extends deriving
fun let have show by from if then else match with do in at exact intro intros apply refine
rfl rw simp obtain rcases cases induction calc noncomputable private protected section
namespace end open variable variables universe import export attribute set_option local
scoped notation infix infixl infixr prefix postfix macro syntax mutual termination_by
decreasing_by using this suffices constructor ext funext subst omega grind module public meta
"""
_KEYWORDS = frozenset(_KEYWORD_LINES.split())
_TYPES = frozenset(("Type", "Prop", "Sort", "Nat", "Int", "Rat", "Fin", "Bool", "String", "Set"))
_IDENTIFIER = r"[^\W\d][\w'!?₀-₉ᵢ-ᵪ]*"
_TOKEN = re.compile(
    r"(?P<comment>--[^\n]*|/-[\s\S]*?-/)"
    r'|(?P<string>"(?:\\.|[^"\\])*")'
    r"|(?P<number>\d+(?:\.\d+)?)"
    rf"|(?P<name>(?:«[^»\n]*»|{_IDENTIFIER})(?:\.(?:«[^»\n]*»|{_IDENTIFIER}|\d+))*)"
    rf"|(?P<field>\.{_IDENTIFIER}(?:\.{_IDENTIFIER})*)"
    r"|(?P<attribute>@\[[^\]\n]*\])"
    r"|(?P<symbol>[^\w\s])"
    r"|(?P<space>\s+)"
    r"|(?P<other>.)"
)
SHORT = 2
"""Names up to this length are likely variables: they need their full namespace to be links."""
_CODE_OR_NAME = re.compile(r"`[^`]*`|(?P<name>[^\W\d]\w*(?:\.\w+)+|[^\W\d_]\w*_\w+)")
_OPERATORS = {"‖": ("norm",), "⟪": ("inner",), "⟫": ("inner",), "∑": ("sum",), "√": ("sqrt",)}
_QUANTIFIERS = frozenset("∀∃λ∑∏→↔∧∨¬↦⟨⟩≤≥<>=≠:|")


class LeanRenderer:
    """Highlights Lean and links the names of the library.

    Parameters
    ----------
    library : Library
        Where names are looked up.
    """

    def __init__(self, library: Library) -> None:
        self.library = library
        self._by_last: dict[str, list[str]] = {}
        for declaration in library.declarations:
            self._by_last.setdefault(declaration.name.rpartition(".")[2], []).append(
                declaration.name
            )

    def statement(self, declaration: Declaration, link: Linker) -> tuple[Markup, list[str]]:
        """Render the statement of a declaration.

        Returns
        -------
        markup : Markup
            The statement; every name that could be told apart is a link.
        rest : list of str
            The constants of the statement that do not show as a name in it, because notation
            or unification hides them.
        """
        linked: set[str] = set()
        bound = {item.name for item in declaration.binders}
        bound |= {item.name for item in declaration.hypotheses}
        markup = self.render(
            declaration.signature or declaration.type,
            link,
            candidates=set(declaration.type_uses),
            namespaces=namespaces(declaration),
            own=declaration,
            bound=bound,
            linked=linked,
        )
        rest = [
            name
            for name in declaration.type_uses
            if name not in linked and name in self.library.by_name and name != declaration.name
        ]
        return markup, rest

    def render(
        self,
        source: str,
        link: Linker,
        *,
        candidates: Collection[str] = (),
        namespaces: Collection[str] = ("DeepTheory.", ""),
        own: Declaration | None = None,
        bound: Collection[str] = (),
        linked: set[str] | None = None,
    ) -> Markup:
        """Render a piece of Lean source.

        Parameters
        ----------
        source : str
            The text as written in the file.
        link : Linker
            Turns a site-relative path into one seen from the page.
        candidates : collection of str
            Full names that are known to occur; they settle names that are written short.
        namespaces : collection of str
            Where else a name is looked up, innermost first, each with its final dot.
        own : Declaration, optional
            The declaration itself: its name is emphasised rather than linked.
        bound : collection of str
            Names bound in the text; they are never links.
        linked : set of str, optional
            Receives the full names that were linked.
        """
        pieces: list[Markup] = []
        own_pending = own is not None
        for match in _TOKEN.finditer(source):
            kind, text = match.lastgroup or "other", match[0]
            if kind in ("space", "other"):
                pieces.append(escape(text))
            elif kind in ("comment", "string", "number", "attribute"):
                pieces.append(_span(kind, text))
            elif kind == "symbol":
                target = self._operator(text, candidates)
                if target:
                    pieces.append(self._anchor(target, text, link, linked))
                else:
                    pieces.append(_span("op", text) if text in _QUANTIFIERS else escape(text))
            elif kind == "name" and text in _KEYWORDS:
                pieces.append(_span("kw", text))
            elif kind == "name" and text in _TYPES:
                pieces.append(_span("ty", text))
            elif own_pending and own and (own.name == text or own.name.endswith("." + text)):
                pieces.append(_span("self", text))
                own_pending = False
            elif own and self.resolve(text, candidates, namespaces) is own:
                pieces.append(escape(text))
            else:
                pieces.append(self._name(text, link, candidates, namespaces, bound, linked))
        return Markup("").join(pieces)

    def resolve(
        self, text: str, candidates: Collection[str] = (), namespaces: Collection[str] = ()
    ) -> Declaration | None:
        """Find the declaration that a name in the source means, or None."""
        suffix = "." + text
        hits = [name for name in candidates if name == text or name.endswith(suffix)]
        if len(text) <= SHORT:
            hits = [name for name in hits if name.removesuffix(text) in namespaces]
        if hits:
            return self.library.by_name.get(min(hits, key=len))
        for namespace in namespaces:
            found = self.library.by_name.get(namespace + text)
            if found:
                return found
        same_end = self._by_last.get(text.rpartition(".")[2], [])
        if "." in text:
            ends = [name for name in same_end if name.endswith(suffix)]
            if len(ends) == 1:
                return self.library.by_name[ends[0]]
        return None

    def _operator(self, text: str, candidates: Collection[str]) -> str | None:
        for stem in _OPERATORS.get(text, ()):
            for name in candidates:
                if name.rpartition(".")[2].lower() == stem and name in self.library.by_name:
                    return name
        return None

    def _name(
        self,
        text: str,
        link: Linker,
        candidates: Collection[str],
        namespaces: Collection[str],
        bound: Collection[str],
        linked: set[str] | None,
    ) -> Markup:
        head, _, tail = text.partition(".")
        if head in bound:
            if not tail:
                return _span("var", text)
            field = self.resolve(tail, candidates)
            if field:
                anchor = self._anchor(field.name, tail, link, linked)
                return _span("var", head) + escape(".") + anchor
            return escape(text)
        found = self.resolve(text.lstrip("."), candidates, namespaces)
        return self._anchor(found.name, text, link, linked) if found else escape(text)

    def _anchor(self, name: str, text: str, link: Linker, linked: set[str] | None) -> Markup:
        declaration = self.library.by_name[name]
        if linked is not None:
            linked.add(name)
        href = link(self.library.page(name) or "")
        return Markup('<a class="const" href="{}" title="{}">{}</a>').format(
            href, _hint(declaration), text
        )


def _hint(declaration: Declaration) -> str:
    title = f"{declaration.title} " if declaration.title else ""
    return f"{title}({declaration.kind} {declaration.short})"


def _span(kind: str, text: str) -> Markup:
    return Markup('<span class="l-{}">{}</span>').format(kind, text)


def render_prose(
    text: str | None, renderer: LeanRenderer, declaration: Declaration, link: Linker
) -> Markup:
    """Render a docstring's Markdown; raw HTML in it stays text, images are not loaded.

    A name of the library between backticks becomes a link to its page.
    """
    if not text:
        return Markup("")
    from markdown_it import MarkdownIt

    markdown = MarkdownIt("commonmark", {"html": False}).disable("image")
    _link_code(markdown, renderer, declaration, link)
    # The renderer escapes every piece of text; raw HTML is off.
    return Markup(markdown.render(text))


def render_words(
    text: str, renderer: LeanRenderer, declaration: Declaration, link: Linker
) -> Markup:
    """Render a field of a card: plain words in which only backticks mean something.

    A name of the library becomes a link to its page; without backticks it has to hold a dot or
    an underscore, by which it differs from a word.
    """
    from markdown_it import MarkdownIt

    markdown = MarkdownIt("zero", {"html": False}).enable("backticks")
    _link_code(markdown, renderer, declaration, link)

    def name(match: re.Match[str]) -> str:
        found = match["name"] and renderer.resolve(match["name"], (), namespaces(declaration))
        return f"`{match[0]}`" if found else match[0]

    return Markup(markdown.renderInline(_CODE_OR_NAME.sub(name, text)))


def _link_code(
    markdown: MarkdownIt, renderer: LeanRenderer, declaration: Declaration, link: Linker
) -> None:
    """Make links of the names between backticks."""

    def code(_self: Any, tokens: Any, index: int, _options: Any, _env: Any) -> str:
        content = str(tokens[index].content)
        found = renderer.resolve(content, (), namespaces(declaration))
        inner: Markup | str = escape(content)
        if found and found is not declaration:
            href = link(renderer.library.page(found.name) or "")
            inner = Markup('<a href="{}">{}</a>').format(href, content)
        return str(Markup("<code>{}</code>").format(inner))

    markdown.add_render_rule("code_inline", code)
