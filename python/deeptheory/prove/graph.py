"""The module graph, read from the import lines."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from pathlib import Path

from deeptheory.errors import UsageError
from deeptheory.prove.diagnostics import Diagnostic

__all__ = [
    "Import",
    "Module",
    "find_modules",
    "is_ours",
    "module_path",
    "ordered",
    "parse_imports",
    "reachable",
    "require",
]

ROOT = "DeepTheory"
"""The first component of the names of our modules."""

_IMPORT = re.compile(
    r"(?:public[ \t]+)?(?:meta[ \t]+)?import[ \t]+(?:all[ \t]+)?"
    r"(?P<name>[^\s.«»]+(?:\.[^\s.«»]+)*)[ \t]*"
)


@dataclass(frozen=True)
class Import:
    """An import line.

    Parameters
    ----------
    name : str
        The module that is imported.
    line : int
        The line, from 1.
    """

    name: str
    line: int


@dataclass(frozen=True)
class Module:
    """A module of the library.

    Parameters
    ----------
    name : str
        Its name, such as ``DeepTheory.Reals.Basic``.
    path : Path
        Its file.
    source : bytes
        What the file held when it was read.
    imports : tuple of Import
        Its imports, of core too.
    """

    name: str
    path: Path
    source: bytes
    imports: tuple[Import, ...]

    @property
    def own_imports(self) -> tuple[str, ...]:
        """The modules of ours that it imports."""
        return tuple(dict.fromkeys(i.name for i in self.imports if is_ours(i.name)))


def is_ours(name: str) -> bool:
    """Say whether a module belongs to this library."""
    return name == ROOT or name.startswith(ROOT + ".")


def module_path(lean: Path, name: str) -> Path:
    """Return the file of a module under the folder of Lean sources."""
    return lean.joinpath(*name.split(".")).with_suffix(".lean")


def _skip_blank(text: str, position: int) -> int:
    """Return the position after white space and comments, which may be nested."""
    while position < len(text):
        if text[position].isspace():
            position += 1
        elif text.startswith("--", position):
            end = text.find("\n", position)
            position = len(text) if end < 0 else end
        elif text.startswith("/-", position) and not text.startswith(("/--", "/-!"), position):
            depth, position = 1, position + 2
            while depth and position < len(text):
                if text.startswith("/-", position):
                    depth, position = depth + 1, position + 2
                elif text.startswith("-/", position):
                    depth, position = depth - 1, position + 2
                else:
                    position += 1
        else:
            break
    return position


def parse_imports(source: str) -> list[Import]:
    """Return the imports in the header of a Lean file, in order."""
    imports: list[Import] = []
    position = _skip_blank(source, 1 if source.startswith("\ufeff") else 0)
    for word in ("module", "prelude"):
        match = re.compile(rf"{word}\b").match(source, position)
        if match:
            position = _skip_blank(source, match.end())
    while match := _IMPORT.match(source, position):
        imports.append(Import(match["name"], source.count("\n", 0, match.start()) + 1))
        position = _skip_blank(source, match.end())
    return imports


def _read(name: str, path: Path) -> Module:
    source = path.read_bytes()
    return Module(
        name, path, source, tuple(parse_imports(source.decode("utf-8", errors="replace")))
    )


def find_modules(lean: Path) -> dict[str, Module]:
    """Read every module of the library under the folder of Lean sources."""
    paths = [lean / f"{ROOT}.lean", *sorted((lean / ROOT).rglob("*.lean"))]
    modules = {}
    for path in paths:
        if path.is_file():
            name = ".".join(path.relative_to(lean).with_suffix("").parts)
            modules[name] = _read(name, path)
    return modules


def reachable(modules: Mapping[str, Module], roots: Iterable[str]) -> set[str]:
    """Return the modules that some modules need, themselves included."""
    found: set[str] = set()
    waiting = list(roots)
    while waiting:
        name = waiting.pop()
        if name not in found and name in modules:
            found.add(name)
            waiting.extend(modules[name].own_imports)
    return found


def ordered(
    modules: Mapping[str, Module], names: Iterable[str], shown: Mapping[str, str]
) -> tuple[list[str], dict[str, Diagnostic]]:
    """Put modules into an order in which each comes after its imports.

    Parameters
    ----------
    modules : mapping of str to Module
        All modules of the library.
    names : iterable of str
        The modules to order, closed under imports.
    shown : mapping of str to str
        How the file of each module is shown.

    Returns
    -------
    order : list of str
        The modules; those with a problem are among them.
    problems : dict of str to Diagnostic
        The modules that cannot be elaborated, because an import does not exist or because modules
        import each other in a circle.
    """
    wanted = sorted(names)
    problems: dict[str, Diagnostic] = {}
    for name in wanted:
        for item in modules[name].imports:
            if is_ours(item.name) and item.name not in modules:
                text = f"there is no module {item.name}"
                problems.setdefault(name, Diagnostic(shown[name], item.line, 0, "error", text))
    order: list[str] = []
    state: dict[str, int] = {}
    for root in wanted:
        if root in state:
            continue
        stack = [(root, _known_imports(modules, root))]
        state[root] = 1
        while stack:
            name, rest = stack[-1]
            if not rest:
                state[name] = 2
                order.append(name)
                stack.pop()
                continue
            following = rest.pop()
            if following not in state:
                state[following] = 1
                stack.append((following, _known_imports(modules, following)))
            elif state[following] == 1:
                circle = [entry for entry, _ in stack]
                circle = circle[circle.index(following) :]
                for member in circle:
                    target = circle[(circle.index(member) + 1) % len(circle)]
                    line = next(i.line for i in modules[member].imports if i.name == target)
                    text = "modules import each other: " + " imports ".join([*circle, following])
                    problems[member] = Diagnostic(shown[member], line, 0, "error", text)
    return order, problems


def _known_imports(modules: Mapping[str, Module], name: str) -> list[str]:
    return [item for item in reversed(modules[name].own_imports) if item in modules]


def require(modules: Mapping[str, Module], name: str) -> Module:
    """Return a module by name.

    Raises
    ------
    UsageError
        Where there is none; the nearest names are suggested.
    """
    if name in modules:
        return modules[name]
    import difflib

    near = difflib.get_close_matches(name, modules, n=3, cutoff=0.4)
    hint = f" Did you mean {', '.join(near)}?" if near else ""
    raise UsageError(f"There is no module {name}.{hint}")
