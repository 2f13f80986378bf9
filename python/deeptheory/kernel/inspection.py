"""What an export claims of its declarations, recomputed from their types.

An independent kernel checks proofs, but takes some numbers as they are given: how many parameters
and fields a constructor has, whether a type is recursive, whether its recursor may compute on any
proof.  A false one can make it accept anything, so they are computed here a second time, by code
that shares nothing with the exporter but the format.
"""

from __future__ import annotations

from collections.abc import Collection, Iterable
from dataclasses import dataclass
from typing import Any

from deeptheory.errors import FailureError
from deeptheory.kernel.families import Family
from deeptheory.kernel.reading import Tables, read_declarations
from deeptheory.kernel.terms import CONST, LIT, PROJ

__all__ = ["Inspection", "inspect_export"]

_LITERALS = (("Nat",), ("String.ofList", "Char.ofNat"))
"""What must be declared before a number and before a text."""

_QUOTIENT = {"Quot": "type", "Quot.mk": "ctor", "Quot.lift": "lift", "Quot.ind": "ind"}


@dataclass(frozen=True)
class Inspection:
    """What an export holds.

    Attributes
    ----------
    theorems, definitions, axioms : tuple of str
        Names of theorems with a proof, of definitions, and of what is taken without proof or value.
    families : int
        Families of inductive types, whose numbers were recomputed.
    expressions : int
        Distinct expressions.
    lean : str
        The version of Lean that it comes from.
    """

    theorems: tuple[str, ...]
    definitions: tuple[str, ...]
    axioms: tuple[str, ...]
    families: int
    expressions: int
    lean: str


def inspect_export(
    lines: Iterable[str],
    allowed: Collection[str] | None = None,
    required: Collection[str] = (),
) -> Inspection:
    """Read an export and compare what it claims with what its types say.

    Parameters
    ----------
    lines : iterable of str
        The lines of the file.
    allowed : collection of str, optional
        What may be taken without proof or value; anything by default.
    required : collection of str
        Theorems that must be there with a proof.

    Raises
    ------
    FailureError
        Where a line breaks a rule of the format, a declaration mentions what comes later, a number
        is not what the types say, or an axiom or a missing theorem is not as it should be.
    """
    inspector = _Inspector()
    for kind, fields in read_declarations(lines, inspector.tables):
        try:
            inspector.take(kind, fields)
        except (KeyError, TypeError, IndexError, ValueError, AttributeError) as error:
            raise inspector.tables.fail(f"the declaration is damaged ({error!r})") from None
    if not inspector.tables.meta:
        raise FailureError("The export is empty.")
    for name in inspector.axioms:
        if allowed is not None and name not in allowed:
            raise FailureError(f"The export takes {name} without proof, which is not listed.")
    missing = [name for name in required if name not in inspector.theorems]
    if missing:
        raise FailureError(f"The export lacks {', '.join(missing)}.")
    return Inspection(
        tuple(inspector.theorems),
        tuple(inspector.definitions),
        tuple(inspector.axioms),
        inspector.families,
        len(inspector.tables.kind),
        inspector.tables.meta["lean"]["version"],
    )


class _Inspector:
    """The declarations so far."""

    def __init__(self) -> None:
        self.tables = Tables()
        self.arity: dict[int, int] = {}
        self.structures: dict[int, int] = {}
        self.constructors: dict[int, int] = {}
        self.theorems: dict[str, None] = {}
        self.definitions: dict[str, None] = {}
        self.axioms: dict[str, None] = {}
        self.families = 0
        self._settled = bytearray()
        self._quotient: list[str] = []
        self._declared: set[str] = set()

    def take(self, kind: str, fields: dict[str, Any]) -> None:
        """Check a declaration and add it to those known."""
        tables = self.tables
        if self._quotient and len(self._quotient) < len(_QUOTIENT) and kind != "quot":
            raise tables.fail("the lines of quotients do not lie together")
        if kind == "inductive":
            family = Family(tables, fields)
            for member in family.members:
                self._declare(member)
            for member in family.members:
                self._common(member)
            for rule in family.rules:
                self._closed(rule["rhs"], family.recursor_levels)
            family.check(self.constructors)
            self.families += 1
            self.structures |= family.structures
            self.constructors |= family.constructors
            return
        name = tables.names[fields["name"]]
        self._common(fields)
        if "value" in fields:
            self._closed(fields["value"], fields["levelParams"])
        if kind == "quot":
            if _QUOTIENT.get(name) != fields["kind"] or "Eq" not in self._declared:
                raise tables.fail(f"{name} is no line of quotients, or comes before Eq")
            self._quotient.append(name)
        elif kind == "def" and fields["safety"] != "safe":
            raise tables.fail(f"{name} is {fields['safety']}")
        elif kind in ("axiom", "opaque") and fields["isUnsafe"] is not False:
            raise tables.fail(f"{name} is unsafe")
        self._declare(fields)
        group = {"thm": self.theorems, "axiom": self.axioms}.get(kind, self.definitions)
        group[name] = None

    def _declare(self, fields: dict[str, Any]) -> None:
        name = fields["name"]
        if name in self.arity:
            raise self.tables.fail(f"{self.tables.names[name]} is declared twice")
        self.arity[name] = len(fields["levelParams"])
        self._declared.add(self.tables.names[name])

    def _common(self, fields: dict[str, Any]) -> None:
        parameters = fields["levelParams"]
        if len(set(parameters)) < len(parameters):
            raise self.tables.fail("a level parameter is given twice")
        for name in parameters:
            if name not in self.tables.parameter_bits:
                text = self.tables.names[name]
                raise self.tables.fail(f"the level parameter {text} has no line of its own")
        self._closed(fields["type"], parameters)

    def _closed(self, e: int, parameters: list[int]) -> None:
        """Require that an expression is closed and mentions what is declared only."""
        tables = self.tables
        bits = tables.parameter_bits
        if tables.loose[e] or tables.masks[e] & ~sum(bits[name] for name in parameters):
            raise tables.fail("an expression has a free variable or a free level parameter")
        self._settled.extend(bytes(len(tables.kind) - len(self._settled)))
        stack = [e]
        while stack:
            e = stack.pop()
            if not self._settled[e]:
                self._settled[e] = 1
                kind = tables.kind[e]
                if kind == CONST:
                    self._mention(tables.first[e], len(tables.levels_of[e]))
                elif kind == PROJ:
                    self._projection(tables.second[e], tables.third[e])
                elif kind == LIT:
                    for name in _LITERALS[tables.first[e]]:
                        if name not in self._declared:
                            raise tables.fail(f"a literal comes before {name}")
                stack += tables.parts(e)

    def _mention(self, name: int, levels: int) -> None:
        arity = self.arity.get(name)
        if arity is None:
            raise self.tables.fail(f"{self.tables.names[name]} is mentioned before its declaration")
        if arity != levels:
            text = self.tables.names[name]
            raise self.tables.fail(f"{text} has {arity} level parameters, not {levels}")

    def _projection(self, name: int, index: int) -> None:
        if not 0 <= index < self.structures.get(name, 0):
            text = self.tables.names[name]
            raise self.tables.fail(f"{text} is no structure with a field {index}")
