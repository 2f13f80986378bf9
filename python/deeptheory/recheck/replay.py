"""Every declaration of an export, checked by the kernel in this package.

The file is inspected first (see `deeptheory.kernel`): its references, and the numbers that it
claims of inductive types.  Then each declaration is checked on its own, with everything that comes
before it at hand; so they can be checked in any order and by several processes.
"""

from __future__ import annotations

import json
import multiprocessing
import sys
import time
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from functools import partial
from pathlib import Path
from typing import Any

from deeptheory.errors import FailureError, UsageError
from deeptheory.kernel.checkout import inspect_file
from deeptheory.kernel.inspection import Inspection
from deeptheory.recheck import levels
from deeptheory.recheck.builtin import check_builtin
from deeptheory.recheck.checker import Checker
from deeptheory.recheck.environment import (
    ABBREVIATION,
    Constructor,
    Declared,
    Environment,
    Inductive,
    Recursor,
)
from deeptheory.recheck.families import check_family
from deeptheory.recheck.levels import Level
from deeptheory.recheck.store import LAM, PI, Store, Term, spine

__all__ = ["Rechecked", "Replay", "recheck_file"]

_DEPTH = 1_000_000
"""How deep terms may be: the interpreter's own limit is too low for proofs."""

_HEIGHTS = {"abbrev": ABBREVIATION, "opaque": 0}


@dataclass(frozen=True)
class Rechecked:
    """What the kernel accepted.

    Attributes
    ----------
    theorems : tuple of str
        Theorems, each with a proof.
    definitions : int
        Definitions and the like.
    families : int
        Families of inductive types, with the recursors that belong to them.
    axioms : tuple of str
        What is taken without proof or value.
    nested : tuple of str
        Types nested in others, whose recursors are taken as the file has them.
    seconds : float
        The time that it took.
    """

    theorems: tuple[str, ...]
    definitions: int
    families: int
    axioms: tuple[str, ...]
    nested: tuple[str, ...]
    seconds: float


class Replay:
    """The declarations of an export, as terms.

    Parameters
    ----------
    lines : iterable of str
        The lines of a file that was inspected.

    Attributes
    ----------
    declarations : list of tuple
        Kind and fields of each declaration, in order.
    nested : tuple of str
        Types nested in others.
    """

    def __init__(self, lines: Iterable[str]) -> None:
        self.environment = Environment()
        self.store = Store()
        self.checker = Checker(self.environment, self.store)
        self.declarations: list[tuple[str, dict[str, Any]]] = []
        self._names = [""]
        self._levels: list[Level] = [levels.ZERO]
        self._terms: list[Term] = []
        for line in lines:
            self._take(json.loads(line))
        self.nested = tuple(
            self._names[fields["types"][0]["name"]]
            for kind, fields in self.declarations
            if kind == "inductive" and _is_nested(fields)
        )

    def _take(self, data: dict[str, Any]) -> None:
        if "ie" in data:
            self._terms.append(self._term(data))
        elif "in" in data:
            key = "str" if "str" in data else "num"
            prefix = self._names[data[key]["pre"]]
            last = data[key]["str" if key == "str" else "i"]
            self._names.append(f"{prefix}.{last}" if prefix else str(last))
        elif "il" in data:
            self._levels.append(self._level(data))
        elif "meta" not in data:
            ((kind, fields),) = data.items()
            self.declarations.append((kind, fields))
            self._declare(kind, fields)

    def _level(self, data: dict[str, Any]) -> Level:
        if "param" in data:
            return levels.parameter(self._names[data["param"]])
        if "succ" in data:
            return levels.succ(self._levels[data["succ"]])
        combine = levels.max_of if "max" in data else levels.imax_of
        left, right = data["max" if "max" in data else "imax"]
        return combine(self._levels[left], self._levels[right])

    def _term(self, data: dict[str, Any]) -> Term:
        store, terms = self.store, self._terms
        if (x := data.get("app")) is not None:
            return store.app(terms[x["fn"]], terms[x["arg"]])
        if (x := data.get("lam") or data.get("forallE")) is not None:
            return store.binder(LAM if "lam" in data else PI, terms[x["type"]], terms[x["body"]])
        if (x := data.get("const")) is not None:
            at = tuple(self._levels[u] for u in x["us"])
            return store.constant(self._names[x["name"]], at)
        if (x := data.get("letE")) is not None:
            return store.let(terms[x["type"]], terms[x["value"]], terms[x["body"]])
        if (x := data.get("proj")) is not None:
            return store.projection(self._names[x["typeName"]], x["idx"], terms[x["struct"]])
        if "bvar" in data:
            return store.variable(data["bvar"])
        if "sort" in data:
            return store.sort(self._levels[data["sort"]])
        return store.literal(int(data["natVal"]) if "natVal" in data else data["strVal"])

    def _common(self, fields: dict[str, Any]) -> tuple[str, tuple[str, ...], Term]:
        parameters = tuple(self._names[p] for p in fields["levelParams"])
        return self._names[fields["name"]], parameters, self._terms[fields["type"]]

    def _declare(self, kind: str, fields: dict[str, Any]) -> None:
        if kind != "inductive":
            declared = Declared(*self._common(fields))
            if kind in ("def", "thm"):
                declared.value = self._terms[fields["value"]]
            if kind == "def":
                hints = fields["hints"]
                declared.height = hints["regular"] if isinstance(hints, dict) else _HEIGHTS[hints]
            declared.quotient = fields.get("kind", "")
            self.environment[declared.name] = declared
            return
        for item in fields["types"]:
            constructors = tuple(self._names[c] for c in item["ctors"])
            is_structure = len(constructors) == 1 and not item["numIndices"] and not item["isRec"]
            self.environment[self._names[item["name"]]] = Inductive(
                *self._common(item),
                params=item["numParams"],
                indices=item["numIndices"],
                constructors=constructors,
                is_structure=is_structure,
            )
        for item in fields["ctors"]:
            self.environment[self._names[item["name"]]] = Constructor(
                *self._common(item),
                inductive=self._names[item["induct"]],
                params=item["numParams"],
                fields=item["numFields"],
            )
        for item in fields["recs"]:
            before = item["numParams"] + item["numMotives"] + item["numMinors"]
            name, parameters, a = self._common(item)
            self.environment[name] = Recursor(
                name,
                parameters,
                a,
                inductive=_major_type(a, before + item["numIndices"]),
                before=before,
                major=before + item["numIndices"],
                is_k=item["k"],
                rules={
                    self._names[rule["ctor"]]: (rule["nfields"], self._terms[rule["rhs"]])
                    for rule in item["rules"]
                },
            )

    def name(self, position: int) -> str:
        """Return the name of a declaration, of a family that of its first type."""
        kind, fields = self.declarations[position]
        named = fields["types"][0] if kind == "inductive" else fields
        return str(self._names[named["name"]])

    def check(self, position: int) -> None:
        """Check a declaration.

        Raises
        ------
        FailureError
            Where the kernel refuses it.
        """
        kind, fields = self.declarations[position]
        checker = self.checker
        self.store.forget()
        checker.forget()
        try:
            if kind == "inductive":
                self._check_family(fields)
                return
            level = checker.level(self._terms[fields["type"]], check=True)
            if kind == "thm" and not levels.equal(level, levels.ZERO):
                raise FailureError("It is no proposition.")
            if "value" in fields:
                checker.require(self._terms[fields["value"]], self._terms[fields["type"]])
            check_builtin(checker, self.environment[self._names[fields["name"]]])
        except FailureError as error:
            raise FailureError(
                f"The second kernel refuses {self.name(position)}: {error}"
            ) from None

    def _check_family(self, fields: dict[str, Any]) -> None:
        for item in (*fields["types"], *fields["ctors"], *fields["recs"]):
            self.checker.level(self._terms[item["type"]], check=True)
            check_builtin(self.checker, self.environment[self._names[item["name"]]])
        if _is_nested(fields):
            return
        types = [self.environment.inductive(self._names[t["name"]]) for t in fields["types"]]
        recursors = [self.environment[f"{t.name}.rec"] for t in types]
        check_family(self.checker, types, [r for r in recursors if isinstance(r, Recursor)])


def _is_nested(fields: dict[str, Any]) -> bool:
    return any(item["numNested"] for item in fields["types"])


def _major_type(a: Term, position: int) -> str:
    """Return the inductive type of an argument of a recursor."""
    for _ in range(position):
        a = a.b
    return str(spine(a.a)[0].a)


def _check_positions(replay: Replay, positions: Sequence[int]) -> tuple[int, str | None]:
    """Check declarations; return how many, and the message of the first that is refused."""
    sys.setrecursionlimit(_DEPTH)
    for position in positions:
        try:
            replay.check(position)
        except FailureError as error:
            return len(positions), str(error)
    return len(positions), None


_replay: Replay | None = None
"""The declarations, in the processes that are made after they were read."""


def _check_shared(positions: Sequence[int]) -> tuple[int, str | None]:
    assert _replay is not None
    return _check_positions(_replay, positions)


def recheck_file(
    path: Path,
    jobs: int = 1,
    required: Sequence[str] = (),
    progress: Callable[[str, int, int], None] = lambda *_: None,
    inspection: Inspection | None = None,
) -> Rechecked:
    """Check every declaration of an export.

    Parameters
    ----------
    path : Path
        The file.
    jobs : int
        Processes; more than one only where the system can copy a process.
    required : sequence of str
        Theorems that must be in it.
    progress : callable, optional
        Told what goes on, and how much of how much of it is done.
    inspection : Inspection, optional
        What the file holds, where it was inspected just now.

    Raises
    ------
    UsageError
        Where the file cannot be read.
    FailureError
        Where it breaks a rule of the format, or the kernel refuses a declaration.
    """
    global _replay
    begun = time.monotonic()
    if inspection is None:
        inspection = inspect_file(path, required=required, progress=progress)
    progress("making terms", 0, 0)
    try:
        with path.open(encoding="utf-8") as stream:
            replay = Replay(stream)
    except OSError as error:
        raise UsageError(f"{path} cannot be read: {error}.") from None
    count = len(replay.declarations)
    chunks = [range(k, min(k + _CHUNK, count)) for k in range(0, count, _CHUNK)]
    done = 0
    progress("checking declarations", done, count)
    before = sys.getrecursionlimit()
    try:
        if jobs > 1 and "fork" in multiprocessing.get_all_start_methods():
            _replay = replay
            with multiprocessing.get_context("fork").Pool(jobs) as pool:
                for size, refused in pool.imap_unordered(_check_shared, chunks):
                    done = _advance(done, size, refused)
                    progress("checking declarations", done, count)
        else:
            for size, refused in map(partial(_check_positions, replay), chunks):
                done = _advance(done, size, refused)
                progress("checking declarations", done, count)
    finally:
        _replay = None
        sys.setrecursionlimit(before)
    return Rechecked(
        inspection.theorems,
        len(inspection.definitions),
        inspection.families,
        inspection.axioms,
        replay.nested,
        time.monotonic() - begun,
    )


_CHUNK = 16
"""Declarations that a process takes at once."""


def _advance(done: int, size: int, refused: str | None) -> int:
    if refused is not None:
        raise FailureError(refused)
    return done + size
