"""Rules on the text of Lean files; they need no build.

Run as a script for a quick answer: ``python -m deeptheory.audit.source [FILES]``.
"""

from __future__ import annotations

import re
import sys
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from functools import cached_property
from pathlib import Path

from deeptheory.audit.findings import Finding
from deeptheory.catalog.source import SourceDeclaration, code_only, scan

__all__ = ["MAX_COLUMNS", "MAX_LINES", "SOURCE_RULES", "LeanFile", "audit_sources", "main"]

MAX_COLUMNS = 100
MAX_LINES = 500

# What the theory may not use, with the reason given to the author.
FORBIDDEN: dict[str, str] = {
    "sorry": "a proof is missing",
    "admit": "a proof is missing",
    "axiom": "the library states no axioms of its own",
    "native_decide": "it trusts the compiler; use `decide +kernel`",
    "bv_decide": "it trusts the compiler",
    "ofReduceBool": "it trusts the compiler",
    "ofReduceNat": "it trusts the compiler",
    "trustCompiler": "it trusts the compiler",
    "unsafe": "the theory is safe code only",
    "partial": "the theory is total; use structural recursion",
    "implemented_by": "the code that runs must be the code that is proved",
    "extern": "the code that runs must be the code that is proved",
    "csimp": "the code that runs must be the code that is proved",
    "debug.skipKernelTC": "the kernel checks every proof",
}
_FORBIDDEN = re.compile(
    r"(?<![\w.'])(?:" + "|".join(re.escape(word) for word in FORBIDDEN) + r")(?![\w'])"
)
_COMPILER = re.compile(r"(?:Lean\.)(?P<word>ofReduceBool|ofReduceNat|trustCompiler)\b")
_COMMANDS = re.compile(r"^\s*(?P<command>#[a-z_]+)", re.MULTILINE)
_IMPORT = re.compile(r"^(?:(?:public|private|meta)\s+)*import\s+(?:all\s+)?(?P<name>\S+)", re.M)
_ALLOWED_IMPORTS = ("DeepTheory", "Init", "Std")
_DOCUMENTED = ("def", "abbrev", "structure", "class", "inductive", "opaque")


@dataclass(frozen=True)
class LeanFile:
    """A Lean source file.

    Attributes
    ----------
    name : str
        The name to show.
    text : str
        What it holds.
    """

    name: str
    text: str

    @cached_property
    def code(self) -> str:
        """The text with comments and strings blanked out."""
        return code_only(self.text)

    @cached_property
    def declarations(self) -> list[SourceDeclaration]:
        """The declarations."""
        return scan(self.text)

    def line_of(self, position: int) -> int:
        """Return the line of a position in the text."""
        return self.text.count("\n", 0, position) + 1


Rule = Callable[[LeanFile], Iterator[tuple[int, str]]]


def forbidden(file: LeanFile) -> Iterator[tuple[int, str]]:
    """No gaps, axioms, or ways around the kernel."""
    for match in _FORBIDDEN.finditer(file.code):
        yield file.line_of(match.start()), f"`{match[0]}`: {FORBIDDEN[match[0]]}"
    for match in _COMPILER.finditer(file.code):
        yield file.line_of(match.start()), f"`{match[0]}`: {FORBIDDEN[match['word']]}"


def header(file: LeanFile) -> Iterator[tuple[int, str]]:
    """Every file is a module."""
    first = file.code.split(None, 1)
    if not first or first[0] != "module":
        yield 1, "the file must open with the header `module`"


def opening(file: LeanFile) -> Iterator[tuple[int, str]]:
    """Every file says what is in it before its first declaration."""
    start = re.search(r"^/-!", file.text, re.MULTILINE)
    first = file.declarations[0].line if file.declarations else None
    if start is None or (first is not None and file.line_of(start.start()) > first):
        yield 1, "the file must open with a docstring `/-! ... -/` that says what is in it"


def imports(file: LeanFile) -> Iterator[tuple[int, str]]:
    """Core only: no dependency, and no elaborator in the theory."""
    for match in _IMPORT.finditer(file.code):
        if match["name"].split(".")[0] not in _ALLOWED_IMPORTS:
            allowed = ", ".join(_ALLOWED_IMPORTS)
            yield (
                file.line_of(match.start()),
                f"`import {match['name']}`: the theory imports {allowed} only",
            )


def columns(file: LeanFile) -> Iterator[tuple[int, str]]:
    """Lines fit a page."""
    for number, line in enumerate(file.text.split("\n"), 1):
        if len(line) > MAX_COLUMNS:
            yield number, f"{len(line)} columns; at most {MAX_COLUMNS} are allowed"
        if line != line.rstrip():
            yield number, "white space at the end of the line"


def length(file: LeanFile) -> Iterator[tuple[int, str]]:
    """Files stay short enough to read."""
    lines = file.text.count("\n")
    if lines > MAX_LINES:
        yield MAX_LINES + 1, f"{lines} lines; split the file, at most {MAX_LINES} are allowed"


def docstrings(file: LeanFile) -> Iterator[tuple[int, str]]:
    """Every public definition says what it is."""
    for d in file.declarations:
        if d.keyword in _DOCUMENTED and not d.private and d.name and not d.doc:
            yield d.line, f"{d.name} has no docstring"


def commands(file: LeanFile) -> Iterator[tuple[int, str]]:
    """No command that only prints is left behind."""
    for match in _COMMANDS.finditer(file.code):
        start = match.start("command")
        yield file.line_of(start), f"`{match['command']}` is for trying things out; remove it"


SOURCE_RULES: dict[str, Rule] = {
    "forbidden": forbidden,
    "header": header,
    "opening": opening,
    "imports": imports,
    "columns": columns,
    "length": length,
    "docstrings": docstrings,
    "commands": commands,
}
"""The rules by name."""


def audit_file(file: LeanFile) -> list[Finding]:
    """Apply every rule to a file."""
    return sorted(
        Finding(file.name, line, name, message)
        for name, rule in SOURCE_RULES.items()
        for line, message in rule(file)
    )


def audit_sources(paths: list[Path], base: Path) -> list[Finding]:
    """Apply every rule to files.

    Parameters
    ----------
    paths : list of Path
        The files.
    base : Path
        The folder to which the findings' file names are relative.
    """
    findings: list[Finding] = []
    for path in sorted(paths):
        resolved = path.resolve()
        try:
            name = resolved.relative_to(base.resolve()).as_posix()
        except ValueError:
            name = path.as_posix()
        try:
            text = path.read_text(encoding="utf-8")
        except (OSError, UnicodeDecodeError) as error:
            findings.append(Finding(name, 1, "unreadable", f"the file cannot be read: {error}"))
            continue
        findings += audit_file(LeanFile(name, text))
    return findings


def main(arguments: list[str]) -> int:
    """Audit the given files, or the whole theory, and print the findings."""
    from deeptheory.errors import DeepTheoryError
    from deeptheory.paths import find_project

    if arguments:
        paths, base = [Path(a) for a in arguments if a.endswith(".lean")], Path.cwd()
    else:
        try:
            project = find_project()
        except DeepTheoryError as error:
            print(f"error: {error}", file=sys.stderr)
            return error.exit_code
        paths, base = list((project.lean / "DeepTheory").rglob("*.lean")), project.root
    findings = audit_sources(paths, base)
    for finding in findings:
        print(finding)
    return 1 if findings else 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
