"""Lean source text: what is code, where each declaration lies, and how it is written."""

from __future__ import annotations

import re
from dataclasses import dataclass

__all__ = ["SourceDeclaration", "code_only", "scan"]

_MODIFIERS = (
    r"(?:@\[[^\]\n]*\]\s*|(?:public|private|protected|noncomputable|meta|partial|unsafe|nonrec|"
    r"scoped|local)\s+|open\s[^\n]*?\sin\s+|set_option\s[^\n]*?\sin\s+)*"
)
_KEYWORDS = "theorem|lemma|def|abbrev|structure|class|instance|inductive|opaque|axiom"
_COMMAND = re.compile(rf"^(?P<modifiers>{_MODIFIERS})(?P<keyword>{_KEYWORDS})\b", re.MULTILINE)
_SCOPE = re.compile(
    r"^(?:(?:public|noncomputable|meta)\s+)*(?P<word>namespace|section|mutual|end)\b"
    r"[ \t]*(?P<name>[^\s]*)",
    re.MULTILINE,
)
_TOP_LEVEL = re.compile(r"^(?:[@#]|/-|[a-z_]+)", re.MULTILINE)
_CONTINUES = ("where", "termination_by", "decreasing_by", "deriving", "with", "then", "else", "by")
_NAME = re.compile(r"\s*(?:\(priority[^)]*\)\s*)?(?P<name>(?:«[^»]*»|[^\s:({\[⦃.«]|\.(?=\S))+)?")
_BEFORE_KEYWORD = re.compile(rf"\s*(?:@\[[^\]]*\]\s*)*{_MODIFIERS}\Z")


@dataclass(frozen=True)
class SourceDeclaration:
    """A declaration as it stands in a source file.

    Attributes
    ----------
    name : str
        The full name; empty for an anonymous instance.
    keyword : str
        The command: ``theorem``, ``def``, ``structure`` and so on.
    line, end_line : int
        The line of the keyword and the last line, counted from 1.
    signature : str
        The text from the keyword up to ``:=``, ``where`` or the first alternative.
    doc : str or None
        The docstring.
    doc_line : int
        The line on which the docstring begins; the keyword's line where there is none.
    private : bool
        Whether the declaration says ``private``.
    meta : bool
        Whether it is a program for the elaborator (``meta``), no part of the theory.
    """

    name: str
    keyword: str
    line: int
    end_line: int
    signature: str
    doc: str | None
    doc_line: int
    private: bool
    meta: bool


def code_only(text: str) -> str:
    """Blank out comments, docstrings and strings.

    Parameters
    ----------
    text : str
        Lean source.

    Returns
    -------
    str
        Text of the same length with the same line breaks.
    """
    out: list[str] = []
    i, n = 0, len(text)

    def blank(start: int, end: int) -> None:
        out.append("".join("\n" if c == "\n" else " " for c in text[start:end]))

    while i < n:
        if text.startswith("/-", i):
            end = _comment_end(text, i)
        elif text.startswith("--", i):
            newline = text.find("\n", i)
            end = n if newline < 0 else newline
        elif text[i] == '"':
            end = _string_end(text, i)
        elif (char := re.compile(r"'(?:\\[^\n]{1,8}?|[^\\'\n])'").match(text, i)) and (
            i == 0 or not (text[i - 1].isalnum() or text[i - 1] in "_'!?₀₁₂₃₄₅₆₇₈₉")
        ):
            end = char.end()
        else:
            out.append(text[i])
            i += 1
            continue
        blank(i, end)
        i = end
    return "".join(out)


def _comment_end(text: str, start: int) -> int:
    depth, i = 0, start
    while i < len(text):
        if text.startswith("/-", i):
            depth, i = depth + 1, i + 2
        elif text.startswith("-/", i):
            depth, i = depth - 1, i + 2
            if depth == 0:
                return i
        else:
            i += 1
    return len(text)


def _string_end(text: str, start: int) -> int:
    i = start + 1
    while i < len(text):
        if text[i] == "\\":
            i += 2
        elif text[i] == '"':
            return i + 1
        else:
            i += 1
    return len(text)


def scan(text: str) -> list[SourceDeclaration]:
    """List the declarations of a Lean file in order.

    The file follows this library's style: commands begin in the first column.

    Parameters
    ----------
    text : str
        Lean source.
    """
    code = code_only(text)
    docs = [(m.start(), _comment_end(text, m.start())) for m in re.finditer(r"/--", text)]
    scopes: list[tuple[str, list[str]]] = []
    events: list[tuple[int, re.Match[str]]] = [(m.start(), m) for m in _COMMAND.finditer(code)]
    events += [(m.start(), m) for m in _SCOPE.finditer(code)]
    found: list[SourceDeclaration] = []
    for start, match in sorted(events, key=lambda event: event[0]):
        if match.re is _SCOPE:
            _enter(scopes, match["word"], match["name"])
            continue
        namespace = [part for kind, parts in scopes if kind == "namespace" for part in parts]
        found.append(_declaration(text, code, docs, namespace, start, match))
    return found


def _enter(scopes: list[tuple[str, list[str]]], word: str, name: str) -> None:
    if word != "end":
        scopes.append((word, name.split(".") if word == "namespace" else []))
    elif scopes:
        scopes.pop()


def _declaration(
    text: str,
    code: str,
    docs: list[tuple[int, int]],
    namespace: list[str],
    start: int,
    match: re.Match[str],
) -> SourceDeclaration:
    keyword = match["keyword"]
    begin = match.start("keyword")
    after = match.end("keyword")
    if keyword == "class" and (inductive := re.compile(r"\s+inductive\b").match(code, after)):
        after = inductive.end()
    end = _declaration_end(text, code, match.end())
    name = (_NAME.match(code, after, end) or re.match("", "")).groupdict().get("name") or ""  # type: ignore[union-attr]
    name = name.replace("«", "").replace("»", "")
    if name.startswith("_root_."):
        full = name.removeprefix("_root_.")
    else:
        full = ".".join([*namespace, name]) if name else ""
    doc, doc_line = None, _line(text, begin)
    for doc_start, doc_end in docs:
        if doc_end <= begin and _BEFORE_KEYWORD.match(text[doc_end:begin]):
            doc = text[doc_start + 3 : doc_end - 2].strip()
            doc_line = _line(text, doc_start)
    return SourceDeclaration(
        name=full,
        keyword="theorem" if keyword == "lemma" else keyword,
        line=_line(text, begin),
        end_line=_line(text, begin + len(text[begin:end].rstrip()) - 1),
        signature=text[begin : _signature_end(code, after, end)].rstrip(),
        doc=doc,
        doc_line=doc_line,
        private=bool(re.search(r"\bprivate\b", match["modifiers"])),
        meta=bool(re.search(r"\bmeta\b", match["modifiers"])),
    )


def _line(text: str, position: int) -> int:
    return text.count("\n", 0, position) + 1


def _declaration_end(text: str, code: str, start: int) -> int:
    """Return where the next command, or the comment before it, begins."""
    for match in _TOP_LEVEL.finditer(text, text.find("\n", start) + 1 or len(text)):
        is_code = code[match.start()] == text[match.start()]
        if match[0] == "/-" or (is_code and match[0] not in _CONTINUES):
            return match.start()
    return len(text)


def _signature_end(code: str, start: int, end: int) -> int:
    depth = 0
    i = start
    while i < end:
        c = code[i]
        if c in "([{⟨⦃":
            depth += 1
        elif c in ")]}⟩⦄":
            depth -= 1
        elif depth == 0:
            if code.startswith(":=", i):
                return i
            if re.compile(r"where\b").match(code, i) and code[i - 1].isspace():
                return i
            if c == "|" and not code[code.rfind("\n", 0, i) + 1 : i].strip():
                return i
        i += 1
    return end
