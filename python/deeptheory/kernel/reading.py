"""Reading the export format: the tables of names, levels and expressions, and the declarations.

Everything is numbered as in the file.  What a line claims of itself is checked as it is read: its
index is the next one, it refers backwards, and no earlier line says the same.
"""

from __future__ import annotations

import json
from array import array
from collections.abc import Iterable, Iterator
from typing import Any

from deeptheory.errors import FailureError
from deeptheory.kernel.terms import APP, BINDERS, BVAR, CONST, FORALL, LAM, LET, LIT, PROJ, SORT

__all__ = ["Declaration", "Tables", "read_declarations"]

Declaration = tuple[str, dict[str, Any]]
"""The kind and the fields of a declaration."""

_FORMAT = "3.1"
_MOST_BOUND = 1 << 16
_KINDS = ("axiom", "def", "thm", "opaque", "quot", "inductive")


class Tables:
    """What the lines of names, levels and expressions say.

    Attributes
    ----------
    names : list of str
        The names as text.
    meta : dict
        The first line.
    kind : bytearray
        Of each expression, which constructor it is of (see `deeptheory.kernel.terms`).
    first, second, third : array of int
        Its parts: the function and the argument of an application; the type and the body of a
        lambda or a product; type, value and body of a ``let``; the name of a constant; the level of
        a sort; the number of a variable; the structure, the name and the index of a projection; 1
        for a string.
    loose : array of int
        How many variables are free in it: one more than the highest.
    levels_of : dict of int to tuple of int
        The levels of a constant, by expression.
    masks : list of int
        Which level parameters it mentions, a bit each.
    """

    def __init__(self) -> None:
        self.meta: dict[str, Any] = {}
        self.names: list[str] = [""]
        self.kind = bytearray()
        self.first = array("I")
        self.second = array("I")
        self.third = array("I")
        self.loose = array("I")
        self.levels_of: dict[int, tuple[int, ...]] = {}
        self.masks: list[int] = []
        self.parameter_bits: dict[int, int] = {}
        self._level_masks: list[int] = [0]
        self._known: set[Any] = set()
        self._line = 0

    def fail(self, message: str) -> FailureError:
        """Return the error for the line that is being read."""
        return FailureError(f"Line {self._line} of the export: {message}.")

    def read(self, line: str) -> Declaration | None:
        """Take in a line; return the declaration that it is, if it is one.

        Raises
        ------
        FailureError
            Where it breaks a rule of the format.
        """
        self._line += 1
        try:
            data = json.loads(line)
            if self._line == 1:
                if "meta" not in data:
                    raise self.fail("it is not the kind of line that an export begins with")
                self._meta(data["meta"])
            elif "ie" in data:
                self._expression(data)
            elif "in" in data:
                self._name(data)
            elif "il" in data:
                self._level(data)
            else:
                ((kind, fields),) = data.items()
                if kind not in _KINDS:
                    raise self.fail(f"it is of no known kind ({kind})")
                return kind, fields
        except (
            ValueError,
            KeyError,
            TypeError,
            AttributeError,
            IndexError,
            OverflowError,
        ) as error:
            raise self.fail(f"it cannot be read ({error!r})") from None
        return None

    def parts(self, e: int) -> tuple[int, ...]:
        """Return the expressions in an expression."""
        kind = self.kind[e]
        if kind in (APP, LAM, FORALL):
            return self.first[e], self.second[e]
        if kind == LET:
            return self.first[e], self.second[e], self.third[e]
        return (self.first[e],) if kind == PROJ else ()

    def _meta(self, meta: dict[str, Any]) -> None:
        version = meta["format"]["version"]
        if not version.startswith(_FORMAT + "."):
            raise self.fail(f"the format is {version}, not {_FORMAT}")
        self.meta = meta

    def _new(self, index: int, expected: int, key: Any) -> None:
        if index != expected:
            raise self.fail(f"the index is {index} where {expected} comes next")
        if key in self._known:
            raise self.fail("an earlier line says the same")
        self._known.add(key)

    def _back(self, index: int, table: Any) -> int:
        if not 0 <= index < len(table):
            raise self.fail(f"it refers to {index}, which comes later")
        return index

    def _name(self, data: dict[str, Any]) -> None:
        if "str" in data:
            prefix, last = data["str"]["pre"], data["str"]["str"]
            if not isinstance(last, str):
                raise self.fail("a name's part is not text")
        else:
            prefix, last = data["num"]["pre"], data["num"]["i"]
            if not isinstance(last, int):
                raise self.fail("a name's part is not a number")
        before = self.names[self._back(prefix, self.names)]
        self._new(data["in"], len(self.names), ("name", prefix, last))
        self.names.append(f"{before}.{last}" if prefix else str(last))

    def _level(self, data: dict[str, Any]) -> None:
        masks = self._level_masks
        if "param" in data:
            name = self._back(data["param"], self.names)
            mask = self.parameter_bits[name] = 1 << len(self.parameter_bits)
            key: tuple[Any, ...] = ("param", name)
        elif "succ" in data:
            mask = masks[self._back(data["succ"], masks)]
            key = ("succ", data["succ"])
        else:
            word = "max" if "max" in data else "imax"
            left, right = data[word]
            mask = masks[self._back(left, masks)] | masks[self._back(right, masks)]
            key = (word, left, right)
        self._new(data["il"], len(masks), key)
        masks.append(mask)

    def _expression(self, data: dict[str, Any]) -> None:
        here = len(self.kind)
        loose, masks = self.loose, self.masks
        first = second = third = 0
        key: Any
        if "app" in data:
            kind = APP
            first = self._back(data["app"]["fn"], loose)
            second = self._back(data["app"]["arg"], loose)
            free = max(loose[first], loose[second])
            mask = masks[first] | masks[second]
            key = first << 32 | second
        elif "lam" in data or "forallE" in data:
            kind = LAM if "lam" in data else FORALL
            body = data["lam" if kind == LAM else "forallE"]
            first, second = self._back(body["type"], loose), self._back(body["body"], loose)
            free = max(loose[first], loose[second] - 1 if loose[second] else 0)
            mask = masks[first] | masks[second]
            name = self._back(body["name"], self.names)
            key = (kind, name, first, second, BINDERS.index(body["binderInfo"]))
        elif "bvar" in data:
            kind, first = BVAR, data["bvar"]
            if not 0 <= first < _MOST_BOUND:
                raise self.fail(f"{first} is no number of a variable")
            free, mask, key = first + 1, 0, (kind, first)
        elif "const" in data:
            kind = CONST
            first = self._back(data["const"]["name"], self.names)
            levels = tuple(data["const"]["us"])
            free = mask = 0
            for level in levels:
                mask |= self._level_masks[self._back(level, self._level_masks)]
            key = (kind, first, levels)
            self.levels_of[here] = levels
        elif "sort" in data:
            kind, free = SORT, 0
            first = self._back(data["sort"], self._level_masks)
            mask, key = self._level_masks[first], (kind, first)
        elif "letE" in data:
            kind, body = LET, data["letE"]
            first, second, third = (self._back(body[k], loose) for k in ("type", "value", "body"))
            inner = loose[third] - 1 if loose[third] else 0
            free = max(loose[first], loose[second], inner)
            mask = masks[first] | masks[second] | masks[third]
            key = (kind, self._back(body["name"], self.names), first, second, third, body["nondep"])
        elif "proj" in data:
            kind, body = PROJ, data["proj"]
            first = self._back(body["struct"], loose)
            second, third = self._back(body["typeName"], self.names), body["idx"]
            free, mask, key = loose[first], masks[first], (kind, first, second, third)
        elif "natVal" in data:
            kind, free, mask, key = LIT, 0, 0, ("natVal", data["natVal"])
            if not (isinstance(key[1], str) and key[1].isascii() and key[1].isdigit()):
                raise self.fail("a literal is not a number in decimal digits")
        else:
            kind, free, mask, first, key = LIT, 0, 0, 1, ("strVal", data["strVal"])
        self._new(data["ie"], here, key)
        self.kind.append(kind)
        self.first.append(first)
        self.second.append(second)
        self.third.append(third)
        loose.append(free)
        masks.append(mask)


def read_declarations(lines: Iterable[str], tables: Tables) -> Iterator[Declaration]:
    """Iterate over the declarations in the lines of an export.

    Parameters
    ----------
    lines : iterable of str
        The lines.
    tables : Tables
        Filled with what comes before each declaration.

    Raises
    ------
    FailureError
        Where a line breaks a rule of the format.
    """
    for line in lines:
        found = tables.read(line)
        if found is not None:
            yield found
