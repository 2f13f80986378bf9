"""The names that users may rely on, compared with the list in ``api.txt``.

The list promises what each package's ``__all__`` offers, the commands with their options, the
versions of the files' formats, and the headline theorems with their bounds.  A name that disappears
breaks the promise; a new one is promised once it is accepted.
"""

from __future__ import annotations

import importlib
import json
import pkgutil
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from importlib import resources
from pathlib import Path
from typing import TYPE_CHECKING, Any

from deeptheory.errors import UsageError
from deeptheory.files import write_atomically
from deeptheory.paths import Project

if TYPE_CHECKING:
    from deeptheory.catalog.source import SourceDeclaration

__all__ = ["SCHEMA_VERSION", "Comparison", "accept", "api_file", "compare", "public_names"]

SCHEMA_VERSION = 1
"""The version of what ``deeptheory api --json`` prints."""

_SINGLE_MODULES = ("errors", "paths")
"""Modules that are public beside the packages."""

_HEADER = """\
# The names that users may rely on; the tests fail where one of them disappears.
# `make api` adds what is new. To take a name back, delete its line and say so in CHANGELOG.md.
"""


@dataclass(frozen=True)
class Comparison:
    """What the list and the library have apart.

    Attributes
    ----------
    promised, missing, new : tuple of str
        The list; what of it is not there any more; what is there and not in it.
    """

    promised: tuple[str, ...]
    missing: tuple[str, ...]
    new: tuple[str, ...]

    def to_json(self) -> dict[str, Any]:
        """Return the comparison as a JSON object."""
        return {
            "schema": SCHEMA_VERSION,
            "promised": list(self.promised),
            "missing": list(self.missing),
            "new": list(self.new),
        }


def api_file(project: Project) -> Path:
    """Return the list of a checkout."""
    return project.root / "api.txt"


def compare(project: Project) -> Comparison:
    """Compare the list of a checkout with what is there.

    Raises
    ------
    UsageError
        Where the list cannot be read.
    """
    path = api_file(project)
    try:
        text = path.read_text(encoding="utf-8")
    except (OSError, UnicodeDecodeError) as error:
        raise UsageError(f"The list {path} cannot be read ({error}): restore it.") from None
    promised = [line for line in text.splitlines() if line.strip() and not line.startswith("#")]
    found = set(public_names(project))
    return Comparison(
        tuple(promised),
        tuple(name for name in promised if name not in found),
        tuple(sorted(found - set(promised))),
    )


def accept(project: Project) -> Comparison:
    """Add what is new to the list; what is missing stays in it.

    Returns
    -------
    Comparison
        How things stood before.
    """
    path = api_file(project)
    before = (
        compare(project)
        if path.exists()
        else Comparison((), (), tuple(sorted(set(public_names(project)))))
    )
    lines = sorted({*before.promised, *before.new})
    write_atomically(path, _HEADER + "".join(f"{line}\n" for line in lines))
    return before


def public_names(project: Project) -> Iterator[str]:
    """Yield every public name of a checkout, each as a line of the list."""
    yield from _python_names()
    yield from _command_names()
    yield from _formats()
    yield from _theorem_names(project)


def _python_names() -> Iterator[str]:
    package = importlib.import_module("deeptheory")
    names = [m.name for m in pkgutil.iter_modules(package.__path__) if m.ispkg]
    for name in ["deeptheory", *(f"deeptheory.{n}" for n in sorted([*names, *_SINGLE_MODULES]))]:
        module = importlib.import_module(name)
        for public in getattr(module, "__all__", ()):
            if hasattr(module, public):
                yield f"python {name}.{public}"


def _command_names() -> Iterator[str]:
    import typer.main

    from deeptheory.cli import app

    yield from _commands("deeptheory", typer.main.get_command(app))


def _commands(path: str, command: Any) -> Iterator[str]:
    yield f"command {path}"
    for parameter in command.params:
        if parameter.param_type_name == "argument":
            yield f"argument {path} {parameter.name}"
        elif not parameter.hidden:
            for option in (*parameter.opts, *parameter.secondary_opts):
                yield f"option {path} {option}"
    for name, inner in getattr(command, "commands", {}).items():
        if not inner.hidden:
            yield from _commands(f"{path} {name}", inner)


def _formats() -> Iterator[str]:
    """Yield each file or output with a format of its own, and the format's version."""
    from deeptheory import audit, certify, state

    root = resources.files("deeptheory")
    for folder in ("catalog/theorems", "checks/checks", "experiments/experiments"):
        schema = json.loads((root / f"{folder}.schema.json").read_text(encoding="utf-8"))
        version = schema["properties"]["schema"]["const"]
        yield f"format {folder.rsplit('/', 1)[-1]}.json {version}"
    for output, module in (
        ("deeptheory --json", state.__name__),
        ("deeptheory audit --json", f"{audit.__name__}.report"),
        ("deeptheory api --json", __name__),
        ("deeptheory export --kernel --json", "deeptheory.cli.kernel"),
        ("deeptheory recheck --json", "deeptheory.cli.recheck"),
    ):
        yield f"format {output} {importlib.import_module(module).SCHEMA_VERSION}"
    record = importlib.import_module(f"{certify.__name__}.record")
    yield f"format certificate.json {record.SCHEMA}"


def _theorem_names(project: Project) -> Iterator[str]:
    """Yield the headline theorems and their bounds, as the sources have them."""
    from deeptheory.catalog.cards import parse_doc
    from deeptheory.catalog.source import scan

    declared: list[SourceDeclaration] = []
    for path in sorted((project.lean / "DeepTheory").rglob("*.lean")):
        declared += scan(path.read_text(encoding="utf-8"))
    names = {d.name for d in declared}
    for d in declared:
        fields = parse_doc(d.doc).fields
        if fields is None or d.private:
            continue
        yield f"theorem {d.name}"
        bound = _resolve(d.name, fields.get("bound", "none"), names)
        if bound is not None:
            yield f"bound {bound}"


def _resolve(theorem: str, value: str, names: Iterable[str]) -> str | None:
    """Find what a card names: in full, or below an enclosing namespace."""
    prefix = theorem.rpartition(".")[0]
    while prefix:
        if f"{prefix}.{value}" in names:
            return f"{prefix}.{value}"
        prefix = prefix.rpartition(".")[0]
    return value if value in names else None
