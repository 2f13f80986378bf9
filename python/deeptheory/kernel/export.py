"""Declarations in the Lean export format, for kernels that are not Lean's own.

Every declaration comes after those that it mentions; a family of inductive types is one line with
its constructors and recursors.  A theorem of core whose proof the toolchain does not ship is
written as an axiom: an assumption of the file, which is named in `Exported.assumptions`.
"""

from __future__ import annotations

import json
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from typing import Any

from deeptheory import __version__
from deeptheory.errors import FailureError
from deeptheory.kernel.library import Constant, Library, Name, dotted
from deeptheory.kernel.terms import Terms, constants_in

__all__ = ["AXIOMS", "FORMAT", "Assumption", "Exported", "export_declarations"]

FORMAT = "3.1.0"
"""The version of the format."""

AXIOMS: tuple[Name, ...] = (("propext",), ("Classical", "choice"), ("Quot", "sound"))
"""The axioms that every theorem may use."""

_QUOTIENT: tuple[Name, ...] = (("Quot",), ("Quot", "mk"), ("Quot", "lift"), ("Quot", "ind"))
_SAFETIES = ("unsafe", "safe", "partial")
_QUOTIENT_KINDS = ("type", "ctor", "lift", "ind")


@dataclass(frozen=True, order=True)
class Assumption:
    """A constant that is taken as it is stated, since the toolchain hides its proof or value.

    Attributes
    ----------
    kind : str
        What it is in its module: ``theorem``, or ``definition`` or ``opaque`` where only the
        value is hidden.
    name, module : str
        Its name, and the module that holds it.
    """

    kind: str
    name: str
    module: str


@dataclass(frozen=True)
class Exported:
    """What an export holds.

    Attributes
    ----------
    counts : dict of str to int
        Lines by kind: names, levels, expressions, and each kind of declaration.
    theorems : int
        Theorems of this library with their proofs.
    axioms : tuple of str
        Axioms of Lean that are in it.
    assumptions : tuple of Assumption
        What it takes from core without proof or value, in order.
    """

    counts: dict[str, int]
    theorems: int
    axioms: tuple[str, ...]
    assumptions: tuple[Assumption, ...]


def export_declarations(
    library: Library,
    roots: Sequence[Name],
    write: Callable[[str], object],
    is_ours: Callable[[str], bool],
    progress: Callable[[int, int], None] = lambda _done, _all: None,
) -> Exported:
    """Write declarations and everything below them.

    The same modules and roots give the same lines.

    Parameters
    ----------
    library : Library
        The constants.
    roots : sequence of Name
        The declarations that are wanted.
    write : callable
        Takes each line, without its end.
    is_ours : callable
        Says of a module whether it is of this library, whose theorems must have proofs.
    progress : callable, optional
        Told how many declarations of how many are written.

    Raises
    ------
    FailureError
        Where a declaration rests on another axiom, on unsafe code, or on a theorem of this library
        without proof.
    UsageError
        Where a constant is in no module.
    """
    units = Units(library)
    order = list(units.ordered(roots))
    meta = {
        "exporter": {"name": "deeptheory", "version": __version__},
        "lean": {"githash": library.lean.githash, "version": library.lean.version},
        "format": {"version": FORMAT},
    }
    write(json.dumps({"meta": meta}, separators=(",", ":")))
    writer = Declarations(write)
    counts: dict[str, int] = {}
    axioms, assumptions = [], []
    theorems = 0
    for done, unit in enumerate(order):
        progress(done, len(order))
        first = unit[0]
        kind, ours = first.kind, is_ours(first.module.name)
        if kind == "axiom":
            if first.original == "axiom":
                _require_allowed(first)
                axioms.append(dotted(first.name))
            elif ours:
                raise FailureError(f"{dotted(first.name)} has no proof: prove the library again.")
            else:
                assumptions.append(
                    Assumption(first.original, dotted(first.name), first.module.name)
                )
        theorems += kind == "theorem" and ours
        writer.declare(unit)
        counts[kind] = counts.get(kind, 0) + (1 if kind == "inductive" else len(unit))
    progress(len(order), len(order))
    counts = writer.terms.counts | dict(sorted(counts.items()))
    return Exported(counts, theorems, tuple(sorted(axioms)), tuple(sorted(assumptions)))


def _require_allowed(constant: Constant) -> None:
    if constant.name not in AXIOMS:
        allowed = ", ".join(dotted(name) for name in AXIOMS)
        raise FailureError(
            f"The declarations rest on the axiom {dotted(constant.name)}; allowed are {allowed}."
        )


class Units:
    """What is declared together, and in which order.

    Parameters
    ----------
    library : Library
        The constants.
    """

    def __init__(self, library: Library) -> None:
        self._library = library
        self._units: dict[Name, tuple[Constant, ...]] = {}

    def of(self, name: Name) -> tuple[Constant, ...]:
        """Return what a constant is declared with, the first type of a family first."""
        found = self._units.get(name)
        if found is None:
            found = tuple(self._members(self._library.get(name)))
            self._units |= dict.fromkeys((c.name for c in found), found)
        return found

    def _members(self, constant: Constant) -> Iterator[Constant]:
        image, get = constant.module.image, self._library.get
        if constant.kind == "quotient":
            yield from map(get, _QUOTIENT)
        elif constant.kind == "constructor":
            yield from self.of(constant.module.read_name(image.field(constant.p, 1)))
        elif constant.kind == "recursor":
            yield from self.of(constant.module.names(image.field(constant.p, 1))[0])
        elif constant.kind == "inductive":
            types = [get(n) for n in constant.module.names(image.field(constant.p, 3))]
            if types[0].name != constant.name:
                yield from self.of(types[0].name)
                return
            yield from types
            for item in types:
                yield from map(get, item.module.names(item.module.image.field(item.p, 4)))
            yield from (get((*item.name, "rec")) for item in types)
            nested = image.natural(image.field(constant.p, 5))
            yield from (get((*constant.name, f"rec_{k + 1}")) for k in range(nested))
        else:
            yield constant

    def _below(self, unit: tuple[Constant, ...]) -> list[Name]:
        """Return the constants that a unit mentions, in the order in which they are met."""
        found: dict[Name, None] = {}
        if unit[0].kind == "quotient":
            found[("Eq",)] = None
        for constant in unit:
            image = constant.module.image
            roots = [constant.type]
            if constant.value is not None:
                roots.append(constant.value)
            if constant.kind == "recursor":
                rules = image.list(image.field(constant.p, 6))
                roots += (image.field(rule, 2) for rule in rules)
            found |= dict.fromkeys(constants_in(constant.module, roots))
        return list(found)

    def ordered(self, roots: Sequence[Name]) -> Iterator[tuple[Constant, ...]]:
        """Iterate over the units below constants, each after those that it mentions."""
        done: set[Name] = set()
        waiting: list[tuple[tuple[Constant, ...], Iterator[Name] | None]] = [
            (self.of(name), None) for name in reversed(roots)
        ]
        while waiting:
            unit, below = waiting.pop()
            key = unit[0].name
            if key in done:
                continue
            if below is None:
                below = iter(self._below(unit))
            for name in below:
                other = self.of(name)
                if other[0].name not in done and other[0].name != key:
                    waiting += ((unit, below), (other, None))
                    break
            else:
                done.add(key)
                yield unit


class Declarations:
    """The lines of declarations.

    Parameters
    ----------
    write : callable
        Takes each line, without its end.
    """

    def __init__(self, write: Callable[[str], object]) -> None:
        self._write = write
        self.terms = Terms(write)

    def declare(self, unit: tuple[Constant, ...]) -> None:
        """Write a unit.

        Raises
        ------
        FailureError
            Where it is unsafe or partial.
        """
        kind = unit[0].kind
        if kind == "inductive":
            members: dict[str, list[Any]] = {"ctors": [], "recs": [], "types": []}
            for constant in unit:
                key, fields = self._family(constant)
                members[key].append(self._common(constant) | fields)
            self._line("inductive", members)
        else:
            for constant in unit:
                key, fields = self._single(constant)
                self._line(key, self._common(constant) | fields)

    def _line(self, key: str, data: dict[str, Any]) -> None:
        self._write(json.dumps({key: data}, separators=(",", ":"), sort_keys=True))

    def _common(self, constant: Constant) -> dict[str, Any]:
        module = constant.module
        return {
            "name": self.terms.name(constant.name),
            "levelParams": self.terms.parameters(module, module.image.field(constant.head, 1)),
            "type": self.terms.expression(module, constant.type),
        }

    def _names(self, constant: Constant, k: int) -> list[int]:
        module = constant.module
        names = module.names(module.image.field(constant.p, k))
        return [self.terms.name(name) for name in names]

    def _single(self, constant: Constant) -> tuple[str, dict[str, Any]]:
        image, p = constant.module.image, constant.p
        kind = constant.kind
        if kind == "axiom":
            _require_safe(constant, image.scalar(p) == 0)
            return "axiom", {"isUnsafe": False}
        if kind == "quotient":
            return "quot", {"kind": _QUOTIENT_KINDS[image.scalar(p)]}
        fields = {"value": self.terms.expression(constant.module, image.field(p, 1))}
        if kind == "theorem":
            return "thm", fields | {"all": self._names(constant, 2)}
        if kind == "opaque":
            _require_safe(constant, image.scalar(p) == 0)
            return "opaque", fields | {"all": self._names(constant, 2), "isUnsafe": False}
        _require_safe(constant, _SAFETIES[image.scalar(p)] == "safe")
        hints = image.field(p, 2)
        return "def", fields | {
            "all": self._names(constant, 3),
            "hints": ("opaque", "abbrev")[hints >> 1]
            if hints & 1
            else {"regular": image.scalar(hints, 0, 4)},
            "safety": "safe",
        }

    def _family(self, constant: Constant) -> tuple[str, dict[str, Any]]:
        image, p = constant.module.image, constant.p

        def number(k: int) -> int:
            return image.natural(image.field(p, k))

        if constant.kind == "inductive":
            is_rec, is_unsafe, is_reflexive = (bool(image.scalar(p, k)) for k in range(3))
            _require_safe(constant, not is_unsafe)
            return "types", {
                "numParams": number(1),
                "numIndices": number(2),
                "all": self._names(constant, 3),
                "ctors": self._names(constant, 4),
                "numNested": number(5),
                "isRec": is_rec,
                "isUnsafe": False,
                "isReflexive": is_reflexive,
            }
        if constant.kind == "constructor":
            induct = constant.module.read_name(image.field(p, 1))
            return "ctors", {
                "induct": self.terms.name(induct),
                "cidx": number(2),
                "numParams": number(3),
                "numFields": number(4),
                "isUnsafe": False,
            }
        rules = image.list(image.field(p, 6))
        return "recs", {
            "all": self._names(constant, 1),
            "numParams": number(2),
            "numIndices": number(3),
            "numMotives": number(4),
            "numMinors": number(5),
            "rules": [self._rule(constant, rule) for rule in rules],
            "k": bool(image.scalar(p)),
            "isUnsafe": False,
        }

    def _rule(self, constant: Constant, rule: int) -> dict[str, Any]:
        module = constant.module
        image = module.image
        return {
            "ctor": self.terms.name(module.read_name(image.field(rule, 0))),
            "nfields": image.natural(image.field(rule, 1)),
            "rhs": self.terms.expression(module, image.field(rule, 2)),
        }


def _require_safe(constant: Constant, safe: bool) -> None:
    if not safe:
        raise FailureError(
            f"{dotted(constant.name)} is unsafe or partial: no theorem may rest on it."
        )
