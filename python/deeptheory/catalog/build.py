"""From the raw exports and the sources to ``build/theorems.json``."""

from __future__ import annotations

import dataclasses
import json
from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import Any

from deeptheory.catalog.cards import Doc, parse_doc, split_sharp
from deeptheory.catalog.closure import Closure
from deeptheory.catalog.model import SCHEMA_VERSION
from deeptheory.catalog.raw import RawModule, module_order, read_module
from deeptheory.catalog.source import SourceDeclaration, scan
from deeptheory.catalog.trees import Function, Reader, Tree, UnrecognisedError
from deeptheory.errors import FailureError
from deeptheory.files import write_atomically
from deeptheory.paths import Project

__all__ = ["assemble", "build_catalog", "library_modules"]

ROOT = "DeepTheory"

_KINDS = {"def": "definition", "opaque": "definition"}
_ALLOWED_BOUNDS = "a definition with real or natural values that is a formula"


def library_modules(lean: Path, root: str = ROOT) -> dict[str, Path]:
    """List the modules of the library with their files.

    Parameters
    ----------
    lean : Path
        The folder of Lean sources.
    root : str
        The folder below it that holds the library.
    """
    files = sorted((lean / root).rglob("*.lean"))
    return {".".join(f.relative_to(lean).with_suffix("").parts): f for f in files}


def build_catalog(project: Project) -> Path:
    """Write ``build/theorems.json`` from the exports of all modules.

    Returns
    -------
    Path
        The file; it is replaced in one step, and only where something changed.

    Raises
    ------
    UsageError
        Where a module was not proved yet, or its export is damaged.
    FailureError
        Where a card is wrong; every defect is listed as ``file:line: message``.
    """
    files = library_modules(project.lean)
    export = project.build / "export"
    modules = {name: read_module(export / f"{name}.json", name) for name in files}
    data = assemble(modules, files, project.root)
    text = json.dumps(data, ensure_ascii=False, indent=1, sort_keys=True) + "\n"
    target = project.theorems_json
    if not (target.is_file() and target.read_text(encoding="utf-8") == text):
        write_atomically(target, text)
    return target


def assemble(
    modules: Mapping[str, RawModule], files: Mapping[str, Path], base: Path, root: str = ROOT
) -> dict[str, Any]:
    """Put the catalog together.

    Parameters
    ----------
    modules : mapping of str to RawModule
        The raw exports.
    files : mapping of str to Path
        The source file of each module.
    base : Path
        The folder to which file names are relative.
    root : str
        The first component of the library's names.

    Raises
    ------
    FailureError
        Where a card is wrong.
    """
    builder = _Builder(modules, files, base, root)
    declarations = [builder.declaration(entry) for entry in builder.entries.values()]
    if builder.problems:
        raise FailureError("\n".join(builder.problems))
    first = next(iter(modules.values()), None)
    embedded = any(
        c.get("unproved_core", False) for m in modules.values() for c in m.constants.values()
    )
    return {
        "schema": SCHEMA_VERSION,
        "lean": {
            "version": first.version if first else "",
            "commit": first.commit if first else "",
            "toolchain": "embedded" if embedded else "official",
        },
        "declarations": declarations,
    }


@dataclasses.dataclass(frozen=True)
class _Entry:
    """A declaration: its module, its constant and its place in the source."""

    module: RawModule
    constant: Mapping[str, Any]
    source: SourceDeclaration
    file: str
    doc: Doc


class _Builder:
    def __init__(
        self, modules: Mapping[str, RawModule], files: Mapping[str, Path], base: Path, root: str
    ) -> None:
        self.root = root
        self.problems: list[str] = []
        self.entries: dict[str, _Entry] = {}
        self._formulas: dict[str, tuple[list[dict[str, Any]], Tree, Function] | None] = {}
        for name in module_order(modules):
            file = files[name].relative_to(base).as_posix()
            for entry in self._entries(modules[name], files[name], file):
                self.entries[entry.source.name] = entry
        self.closure = Closure(modules.values())

    def _entries(self, module: RawModule, path: Path, file: str) -> Iterator[_Entry]:
        hidden = [name for name, c in module.constants.items() if c["private"]]
        for source in scan(path.read_text(encoding="utf-8")):
            if not source.name or source.meta:
                continue
            constant = module.constants.get(source.name)
            if constant is not None and "type" in constant:
                doc = parse_doc(source.doc if source.doc is not None else constant.get("doc"))
                yield _Entry(module, constant, source, file, doc)
            elif not source.private and not any(h.endswith(f".{source.name}") for h in hidden):
                self.problems.append(
                    f"{file}:{source.line}: {source.name} is not in the export of its module: "
                    "run `deeptheory prove`"
                )

    # Declarations

    def declaration(self, entry: _Entry) -> dict[str, Any]:
        constant, source = entry.constant, entry.source
        reader = self._reader(entry)
        name: str = constant["name"]
        parts = entry.module.name.split(".")
        card = self._card(entry)
        return {
            "name": name,
            "short": name.removeprefix(f"{self.root}."),
            "kind": _KINDS.get(source.keyword, source.keyword),
            "module": entry.module.name,
            "family": parts[min(1, len(parts) - 1)].lower(),
            "file": entry.file,
            "line": source.line,
            "end_line": source.end_line,
            "doc": source.doc if source.doc is not None else constant.get("doc"),
            "title": entry.doc.title,
            "prose": entry.doc.prose,
            "signature": source.signature,
            "type": constant["type"],
            "axioms": list(self.closure.axioms(name)),
            "axioms_complete": self.closure.complete(name),
            "uses": list(self.closure.visible(name, self.entries)),
            "type_uses": list(self.closure.visible(name, self.entries, type_only=True)),
            "card": card,
            "hypotheses": [
                _hypothesis(reader, b)
                for b in constant["binders"]
                if b["prop"] and b["info"] != "instance"
            ],
            "binders": [
                {
                    "name": b["name"],
                    "type": b["text"],
                    "kind": _public_kind(reader.variables[b["name"]].kind),
                    "used": b["used"] is not False,
                }
                for b in constant["binders"]
                if not b["prop"] and b["info"] != "instance"
            ],
            "conclusion": self._conclusion(entry, reader, card),
            "formula": self._formula_json(name),
            "proof_head": constant.get("proof_head"),
        }

    def _reader(self, entry: _Entry) -> Reader:
        reader = Reader(entry.module.nodes, self.root, self._function)
        for b in entry.constant["binders"]:
            reader.add(b["name"], b["expr"])
        return reader

    def _conclusion(
        self, entry: _Entry, reader: Reader, card: Mapping[str, Any] | None
    ) -> dict[str, Any]:
        constant = entry.constant
        relation, lhs, rhs = _relation(reader, constant["conclusion_expr"])
        args = None
        function = self._function(card["bound"]) if card and card["bound"] else None
        if function:
            for call in constant["calls"]:
                if call["fn"] == function.name and len(call["args"]) == function.arity:
                    args = [
                        _argument(reader, call["args"][i], param["type"])
                        for i, param in zip(
                            function.positions, self._formula_params(function.name), strict=True
                        )
                    ]
                    break
        mentions = {call["fn"] for call in constant["calls"]}
        return {
            "text": constant["conclusion"],
            "relation": relation,
            "lhs": lhs,
            "rhs": rhs,
            "bound_args": args,
            "mentions": sorted(n for n in mentions if n in self.entries),
        }

    # Formulas

    def _formula(self, name: str) -> tuple[list[dict[str, Any]], Tree, Function] | None:
        if name not in self._formulas:
            self._formulas[name] = None  # a definition that comes back to itself has no formula
            entry = self.entries.get(name)
            if entry is not None and entry.constant["body"] is not None:
                self._formulas[name] = self._read_formula(entry)
        return self._formulas[name]

    def _read_formula(self, entry: _Entry) -> tuple[list[dict[str, Any]], Tree, Function] | None:
        constant = entry.constant
        reader = self._reader(entry)
        read = reader.real
        if not reader.is_real(constant["conclusion_expr"]):
            # A natural number is a bound where a card says so: a number of units, for example.
            if not reader.is_nat(constant["conclusion_expr"]) or not self._is_bound(entry):
                return None
            read = reader.nat
        params: list[dict[str, Any]] = []
        positions: list[int] = []
        for i, b in enumerate(constant["binders"]):
            variable = reader.variables[b["name"]]
            if variable.kind == "fin":
                return None  # an entry of a vector-valued definition, no formula by itself
            if variable.kind in ("real", "nat", "vector"):
                positions.append(i)
                params.append(
                    {
                        "name": b["name"],
                        "type": variable.kind,
                        "size": variable.shape[0] if variable.shape else None,
                        "shape": list(variable.shape),
                        "implicit": b["info"] == "implicit",
                    }
                )
        try:
            body = read(constant["body"])
        except UnrecognisedError:
            return None
        function = Function(constant["name"], len(constant["binders"]), tuple(positions))
        return params, body, function

    def _is_bound(self, entry: _Entry) -> bool:
        """Whether a card names a definition as its bound."""
        named = (
            self._resolve(other, other.doc.fields["bound"])
            for other in self.entries.values()
            if other.doc.fields is not None and "bound" in other.doc.fields
        )
        return entry.source.name in named

    def _function(self, name: str) -> Function | None:
        formula = self._formula(name)
        return formula[2] if formula else None

    def _formula_params(self, name: str) -> list[dict[str, Any]]:
        formula = self._formula(name)
        return formula[0] if formula else []

    def _formula_json(self, name: str) -> dict[str, Any] | None:
        formula = self._formula(name)
        return {"params": formula[0], "body": formula[1]} if formula else None

    # Cards

    def _card(self, entry: _Entry) -> dict[str, Any] | None:
        doc = entry.doc
        if doc.fields is None:
            return None
        problems = list(doc.problems)
        if entry.source.keyword != "theorem":
            problems.append((0, f"{entry.source.name} has a card and is not a theorem"))
        if problems:
            self._report(entry, problems)
            return None
        fields = doc.fields
        bound = self._bound(entry, fields["bound"], problems)
        witness = self._theorem(entry, "witness", fields["witness"], problems)
        sharp_name, note = split_sharp(fields["sharp"])
        sharp = self._theorem(entry, "sharp", sharp_name, problems) if sharp_name else None
        if problems:
            self._report(entry, problems)
            return None
        known = ("controls", "assumes", "bound", "witness", "sharp", "source")
        return {
            "controls": [c.strip() for c in fields["controls"].split(",") if c.strip()],
            "assumes": fields["assumes"],
            "bound": bound,
            "witness": witness,
            "sharp": {"theorem": sharp, "note": note},
            "source": fields["source"],
            **{key: value for key, value in fields.items() if key not in known},
        }

    def _report(self, entry: _Entry, problems: list[tuple[int, str]]) -> None:
        for line, message in problems:
            self.problems.append(f"{entry.file}:{entry.source.doc_line + line}: {message}")

    def _bound(self, entry: _Entry, value: str, problems: list[tuple[int, str]]) -> str | None:
        if value == "none":
            return None
        line = entry.doc.lines["bound"]
        name = self._resolve(entry, value)
        if name is None:
            problems.append((line, f"the bound {value} is no declaration of this library"))
        elif self._formula(name) is None:
            problems.append((line, f"the bound {value} is not {_ALLOWED_BOUNDS}"))
        return name

    def _theorem(
        self, entry: _Entry, field: str, value: str, problems: list[tuple[int, str]]
    ) -> str | None:
        line = entry.doc.lines[field]
        name = self._resolve(entry, value)
        if name is None:
            problems.append((line, f"the {field} {value} is no declaration of this library"))
        elif self.entries[name].source.keyword != "theorem":
            problems.append((line, f"the {field} {value} is not a theorem"))
        elif name == entry.source.name:
            problems.append((line, f"the {field} {value} is the theorem itself"))
        return name

    def _resolve(self, entry: _Entry, value: str) -> str | None:
        """Find the declaration that a card names: in full, or below an enclosing namespace."""
        prefix = entry.source.name.rpartition(".")[0]
        while prefix:
            if f"{prefix}.{value}" in self.entries:
                return f"{prefix}.{value}"
            prefix = prefix.rpartition(".")[0]
        return value if value in self.entries else None


def _public_kind(kind: str) -> str:
    return kind if kind in ("real", "nat", "vector") else "other"


def _relation(reader: Reader, term: int) -> tuple[str | None, Tree | None, Tree | None]:
    try:
        return reader.relation(term)
    except UnrecognisedError:
        return None, None, None


def _hypothesis(reader: Reader, binder: Mapping[str, Any]) -> dict[str, Any]:
    relation, lhs, rhs = _relation(reader, binder["expr"])
    return {
        "name": binder["name"],
        "text": binder["text"],
        "relation": relation,
        "lhs": lhs,
        "rhs": rhs,
        "used": binder["used"] is not False,
    }


def _argument(reader: Reader, argument: Mapping[str, Any], kind: str) -> Tree:
    try:
        return reader.value(argument["expr"], kind)
    except UnrecognisedError:
        return {"text": argument["text"]}
