"""Searching the names and statements of core and of this library."""

from __future__ import annotations

import gzip
import re
from collections.abc import Callable, Iterable, Iterator
from dataclasses import asdict, dataclass
from pathlib import Path

from filelock import FileLock

from deeptheory.errors import FailureError, UsageError
from deeptheory.files import replacing_bytes
from deeptheory.paths import Project
from deeptheory.prove.driver import Driver, Request
from deeptheory.prove.graph import find_modules
from deeptheory.prove.prover import shown_path
from deeptheory.toolchain import EmbeddedToolchain

__all__ = ["Entry", "core_entries", "find", "own_entries"]

INDEX_NAME = "core.tsv.gz"
INDEX_SOURCE = b"module\npublic import Init\npublic import Std\n"
NOISE = re.compile(
    r"(?:^|\.)(?:noConfusion(?:Type|Enum)?|injEq|sizeOf_spec|casesOn|recOn|below|brecOn|ibelow|"
    r"binductionOn|rec|ctorIdx|ctorElim\w*|toCtorIdx|eq_\d+|match_\d+\S*|proof_\d+|elim|"
    r"reduceIte|eq_def|congr_simp|hinj|induct|fun_cases\S*|instDecidable\S*Decidable\S*)$"
)
"""Names that Lean makes for itself."""

AXIOMS = frozenset(
    {
        "propext",
        "Classical.choice",
        "Quot.sound",
        "sorryAx",
        "Lean.trustCompiler",
        "Lean.ofReduceBool",
        "Lean.ofReduceNat",
    }
)
"""The axioms of core."""


@dataclass(frozen=True)
class Entry:
    """A declaration that can be found.

    Parameters
    ----------
    kind : str
        ``theorem``, ``definition``, ...
    name : str
        Its full name.
    module : str
        The module that holds it.
    statement : str
        Its statement, on one line.
    doc : str
        Its documentation, on one line; may be empty.
    place : str
        For a declaration of ours, ``file:line``.
    """

    kind: str
    name: str
    module: str
    statement: str
    doc: str = ""
    place: str = ""

    def to_json(self) -> dict[str, str]:
        """Return the entry as a JSON object."""
        return asdict(self)


def core_entries(
    toolchain: EmbeddedToolchain, project: Project, announce: Callable[[], None]
) -> Iterator[Entry]:
    """Yield the public declarations of Init and Std.

    Parameters
    ----------
    toolchain : EmbeddedToolchain
        Whose core.
    project : Project
        The checkout, which holds the program that makes the index.
    announce : callable
        Called where the index has to be made first, which takes minutes, once a toolchain.
    """
    path = toolchain.folder / INDEX_NAME
    try:
        if not path.is_file():
            with FileLock(toolchain.folder / "index.lock"):
                if not path.is_file():
                    announce()
                    _make_index(toolchain, project, path)
    except OSError as error:
        raise UsageError(f"The search index {path} cannot be written: {error}.") from error
    try:
        with gzip.open(path, "rt", encoding="utf-8") as stream:
            for line in stream:
                fields = line.rstrip("\n").split("\t")
                if len(fields) == 5:
                    yield Entry(*fields)
    except (OSError, EOFError, ValueError) as error:
        path.unlink(missing_ok=True)
        raise UsageError(f"The search index {path} was damaged: run it again.") from error


def _make_index(toolchain: EmbeddedToolchain, project: Project, path: Path) -> None:
    import time

    driver = Driver(toolchain, project, exporting=False)
    try:
        driver.send(Request(INDEX_SOURCE, "core", "Index", export=True, kind="index"))
        while (outcome := driver.poll()) is None:
            time.sleep(0.05)
        if not outcome.ok or not driver.export.is_file():
            reason = outcome.died or outcome.error or "Lean gave no result"
            raise FailureError(f"The search index of core cannot be made: {reason}.")
        with (
            driver.export.open(encoding="utf-8", errors="replace") as lines,
            replacing_bytes(path) as stream,
            gzip.open(stream, "wt", encoding="utf-8", compresslevel=3) as out,
        ):
            for line in lines:
                fields = line.rstrip("\n").split("\t")
                if len(fields) != 5 or fields[0] == "recursor" or NOISE.search(fields[1]):
                    continue
                fields[0] = _core_kind(fields[0], fields[1], fields[3])
                fields[3] = re.sub(r" {2,}", " ", fields[3])
                fields[4] = re.sub(r" {2,}", " ", fields[4])[:500]
                out.write("\t".join(fields) + "\n")
    finally:
        driver.close()


def _core_kind(kind: str, name: str, statement: str) -> str:
    """Tell theorems from definitions: without their values, both arrive as axioms."""
    if kind != "axiom" or name in AXIOMS:
        return kind
    looks_like_prop = re.search(r"[=≠≤≥<>↔∧∨¬∃∣∈⊆≃~]", statement) or "_" in name.split(".")[-1]
    return "theorem" if looks_like_prop else "definition"


_DECLARATION = re.compile(
    r"^(?P<head>(?:@\[[^\]]*\]\s*)*(?:(?:public|private|protected|noncomputable|scoped|local|"
    r"meta|nonrec)\s+)*)"
    r"(?P<kind>theorem|lemma|def|abbrev|structure|class|inductive|instance|axiom|opaque)\s+"
    r"(?P<name>[^\s:({\[⦃«]+)?(?P<rest>.*)",
    re.MULTILINE,
)
_SCOPE = re.compile(
    r"^(?:(?P<modifiers>(?:@\[[^\]]*\]\s*|public\s+|noncomputable\s+|meta\s+)*)"
    r"(?P<open>namespace|section|mutual)|(?P<close>end))\b[ \t]*(?P<name>[^\s]*)"
)
_KINDS = {"def": "definition", "abbrev": "definition", "lemma": "theorem"}


def own_entries(project: Project) -> Iterator[Entry]:
    """Yield the declarations of this library, read from its sources as they are now."""
    for name, module in find_modules(project.lean).items():
        text = module.source.decode("utf-8", errors="replace")
        yield from _scan(text, name, shown_path(module.path, project.root))


def _scan(text: str, module: str, shown: str) -> Iterator[Entry]:
    """Yield the declarations of one source text."""
    scopes: list[str] = []
    lines = _without_comments(text).split("\n")
    documented = text.split("\n")
    number = 0
    while number < len(lines):
        line = lines[number]
        if scope := _SCOPE.match(line):
            if scope["open"]:
                is_namespace = scope["open"] == "namespace"
                scopes.extend(scope["name"].split(".") if is_namespace else [""])
            else:
                count = len(scope["name"].split(".")) if scope["name"] else 1
                if scope["name"] and scopes and scopes[-1] == "":
                    count = 1
                del scopes[max(0, len(scopes) - count) :]
        elif (found := _DECLARATION.match(line)) and "private" not in found["head"]:
            last = number
            while last + 1 < len(lines) and lines[last + 1][:1] in (" ", "\t"):
                last += 1
            yield Entry(
                _KINDS.get(found["kind"], found["kind"]),
                ".".join([*(s for s in scopes if s), found["name"] or "(unnamed)"]),
                module,
                _statement(found["rest"], lines[number + 1 : last + 1]),
                _doc_before(documented, number),
                f"{shown}:{number + 1}",
            )
        number += 1


def _statement(first: str, rest: list[str]) -> str:
    text = " ".join([first, *rest])
    cut = re.split(r"\s:=(?:\s|$)|\swhere(?:\s|$)|\s\|\s(?=\S+\s*=>)", text, maxsplit=1)[0]
    return re.sub(r"\s+", " ", cut).strip()


def _doc_before(lines: list[str], number: int) -> str:
    """Return the docstring that ends right before a line, on one line."""
    end = number - 1
    while end >= 0 and lines[end].lstrip().startswith("@["):
        end -= 1
    if end < 0 or not lines[end].rstrip().endswith("-/"):
        return ""
    start = end
    while start >= 0 and "/-" not in lines[start]:
        start -= 1
    if start < 0 or not lines[start].lstrip().startswith("/--"):
        return ""
    text = " ".join(line.strip() for line in lines[start : end + 1])
    return text.removeprefix("/--").removesuffix("-/").strip()[:500]


def _without_comments(text: str) -> str:
    """Blank out comments, keeping the lines."""
    out: list[str] = []
    position = depth = 0
    while position < len(text):
        pair = text[position : position + 2]
        if pair == "/-":
            depth, position = depth + 1, position + 2
            out.append("  ")
        elif pair == "-/" and depth:
            depth, position = depth - 1, position + 2
            out.append("  ")
        elif pair == "--" and not depth:
            end = text.find("\n", position)
            position = len(text) if end < 0 else end
        else:
            character = text[position]
            out.append(character if not depth or character == "\n" else " ")
            position += 1
    return "".join(out)


def find(entries: Iterable[Entry], pattern: str, limit: int) -> tuple[list[Entry], int]:
    """Return the best matches and how many there are in all.

    Every word of the pattern, a case-insensitive regular expression, must occur in the name or in
    the statement.  Exact names come first, then matches in the name, ours before core's, short
    before long.

    Raises
    ------
    UsageError
        Where the pattern is empty or not a regular expression.
    """
    words = pattern.split()
    if not words:
        raise UsageError("Nothing to look for: give a word of a name or of a statement.")
    try:
        tests = [re.compile(word, re.IGNORECASE) for word in words]
    except re.error:
        tests = [re.compile(re.escape(word), re.IGNORECASE) for word in words]
    whole = pattern.strip().lower()
    ranked = []
    for entry in entries:
        in_name = sum(1 for test in tests if test.search(entry.name))
        if in_name < len(tests):
            rest = [test for test in tests if not test.search(entry.name)]
            if not all(test.search(entry.statement) for test in rest):
                continue
        name = entry.name.lower()
        rank = (
            name != whole,
            not name.endswith("." + whole),
            -in_name,
            not entry.place,
            len(entry.name) + len(entry.statement) // 4,
            entry.name,
        )
        ranked.append((rank, entry))
    ranked.sort(key=lambda pair: pair[0])
    return [entry for _, entry in ranked[:limit]], len(ranked)
