"""Families of inductive types: their numbers, recomputed from the types of their members."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from deeptheory.kernel.reading import Tables
from deeptheory.kernel.terms import APP, BVAR, CONST, FORALL, LAM, PROJ, SORT

__all__ = ["Family"]


class Family:
    """The line of a family: types, constructors and recursors.

    Parameters
    ----------
    tables : Tables
        The expressions.
    fields : dict
        The line.

    Attributes
    ----------
    members : list of dict
        Everything that the line declares.
    rules : list of dict
        The rules of its recursors.
    recursor_levels : list of int
        The level parameters of its recursors.
    structures : dict of int to int
        For a type that projections may be of, the fields of its constructor.
    constructors : dict of int to int
        For each constructor, its fields.
    """

    def __init__(self, tables: Tables, fields: dict[str, Any]) -> None:
        self._tables = tables
        self._types: list[dict[str, Any]] = fields["types"]
        self._ctors: list[dict[str, Any]] = fields["ctors"]
        self._recs: list[dict[str, Any]] = fields["recs"]
        self.members = [*self._types, *self._ctors, *self._recs]
        self.rules = [rule for rec in self._recs for rule in rec["rules"]]
        self.recursor_levels: list[int] = self._recs[0]["levelParams"] if self._recs else []
        self.constructors: dict[int, int] = {}
        self.structures: dict[int, int] = {}
        self._all = [item["name"] for item in self._types]

    def _compare(self, item: dict[str, Any], key: str, value: Any) -> None:
        if item[key] != value or isinstance(item[key], bool) != isinstance(value, bool):
            name = self._tables.names[item["name"]]
            raise self._tables.fail(f"{key} of {name} is {value}, not {item[key]}")

    def check(self, known: dict[int, int]) -> None:
        """Compare what the line claims with the types.

        Parameters
        ----------
        known : dict of int to int
            The fields of the constructors of earlier families, which nested types use.

        Raises
        ------
        FailureError
            Where they differ.
        """
        tables = self._tables
        for item in self.members:
            self._compare(item, "isUnsafe", False)
        claimed = {item["numParams"] for item in self.members}
        if len(claimed) != 1:
            raise tables.fail("the members of a family differ in their parameters")
        (parameters,) = claimed
        nested = len(self._recs) - len(self._types)
        for item in self._types:
            binders, _ = self._telescope(item["type"])
            self._compare(item, "numIndices", len(binders) - parameters)
            self._compare(item, "numNested", nested)
            self._compare(item, "all", self._all)
            own = [c for c in self._ctors if c["induct"] == item["name"]]
            self._compare(item, "ctors", [c["name"] for c in own])
            for index, ctor in enumerate(own):
                self._compare(ctor, "cidx", index)
                self._constructor(ctor, item, binders[:parameters])
            if len(own) == 1 and item["numIndices"] == 0:
                self.structures[item["name"]] = own[0]["numFields"]
        if len(self.constructors) != len(self._ctors):
            raise tables.fail("a constructor belongs to no type of its family")
        fields = [d for c in self._ctors for d in self._telescope(c["type"])[0][parameters:]]
        for item in self._types:
            self._compare(item, "isRec", any(map(self._mentions, fields)))
            self._compare(item, "isReflexive", any(self._is_reflexive(d, nested) for d in fields))
        expected = [f"{tables.names[name]}.rec" for name in self._all]
        expected += [f"{expected[0]}_{k + 1}" for k in range(nested)]
        recs = {tables.names[rec["name"]]: rec for rec in self._recs}
        if sorted(recs) != sorted(expected):
            raise tables.fail("the recursors of a family have other names than its types")
        for position, name in enumerate(expected):
            self._recursor(recs[name], position, known | self.constructors, parameters)

    def _constructor(
        self, ctor: dict[str, Any], item: dict[str, Any], parameters: list[int]
    ) -> None:
        tables = self._tables
        binders, result = self._telescope(ctor["type"])
        self._compare(ctor, "numFields", len(binders) - len(parameters))
        self.constructors[ctor["name"]] = ctor["numFields"]
        head, arguments = self._spine(result)
        depth = len(binders)
        expected = [(BVAR, depth - 1 - k) for k in range(len(parameters))]
        given = [(tables.kind[a], tables.first[a]) for a in arguments[: len(parameters)]]
        good = (
            tables.kind[head] == CONST
            and tables.first[head] == item["name"]
            and len(arguments) == item["numParams"] + item["numIndices"]
            and given == expected
            and ctor["levelParams"] == item["levelParams"]
            and all(self._same(a, b) for a, b in zip(binders, parameters, strict=False))
        )
        if not good:
            name = tables.names[ctor["name"]]
            raise tables.fail(f"{name} does not construct its type from its parameters")

    def _recursor(
        self, rec: dict[str, Any], position: int, known: dict[int, int], parameters: int
    ) -> None:
        tables = self._tables
        binders, result = self._telescope(rec["type"])
        head, arguments = self._spine(result)
        motives, minors = len(self._recs), len(self.rules)
        self._compare(rec, "all", self._all)
        self._compare(rec, "levelParams", self.recursor_levels)
        self._compare(rec, "numIndices", len(arguments) - 1)
        self._compare(rec, "numMotives", motives)
        self._compare(rec, "numMinors", minors)
        before = parameters + motives + minors
        motive = len(binders) - 1 - parameters - position
        if (
            len(binders) != before + len(arguments)
            or tables.kind[head] != BVAR
            or tables.first[head] != motive
        ):
            name = tables.names[rec["name"]]
            raise tables.fail(f"{name} has no type of a recursor with its numbers")
        if position < len(self._types):
            item = self._types[position]
            self._compare(rec, "numIndices", item["numIndices"])
            constructors = [rule["ctor"] for rule in rec["rules"]]
            if constructors != item["ctors"]:
                raise tables.fail("the rules of a recursor are not one a constructor, in order")
        for rule in rec["rules"]:
            fields = known.get(rule["ctor"])
            if rule["nfields"] != fields or self._lambdas(rule["rhs"]) != before + rule["nfields"]:
                name = tables.names[rule["ctor"]]
                raise tables.fail(f"the rule for {name} has not the fields of the constructor")
        self._compare(rec, "k", self._is_k())

    def _is_k(self) -> bool:
        """Say whether all proofs of the type are alike to the recursor.

        So they are where it is a proposition with one constructor, which holds nothing.
        """
        if len(self._recs) != 1 or len(self._ctors) != 1 or self._ctors[0]["numFields"]:
            return False
        _, result = self._telescope(self._types[0]["type"])
        return self._tables.kind[result] == SORT and self._tables.first[result] == 0

    def _telescope(self, e: int) -> tuple[list[int], int]:
        """Return the types of the products at the head of an expression, and what they end in."""
        tables = self._tables
        binders = []
        while tables.kind[e] == FORALL:
            binders.append(tables.first[e])
            e = tables.second[e]
        return binders, e

    def _lambdas(self, e: int) -> int:
        count = 0
        while self._tables.kind[e] == LAM:
            count, e = count + 1, self._tables.second[e]
        return count

    def _spine(self, e: int) -> tuple[int, list[int]]:
        """Return what is applied in an expression, and to what."""
        tables = self._tables
        arguments = []
        while tables.kind[e] == APP:
            arguments.append(tables.second[e])
            e = tables.first[e]
        return e, arguments[::-1]

    def _mentions(self, e: int) -> bool:
        """Say whether an expression mentions a type of the family."""
        tables = self._tables
        return any(tables.kind[q] == CONST and tables.first[q] in self._all for q in self._below(e))

    def _is_reflexive(self, field: int, nested: int) -> bool:
        """Say whether a field is a function to the family."""
        if self._tables.kind[field] != FORALL:
            return False
        _, result = self._telescope(field)
        head, _ = self._spine(result)
        if self._tables.kind[head] == CONST and self._tables.first[head] in self._all:
            return True
        return nested > 0 and self._mentions(result)

    def _below(self, e: int) -> Iterator[int]:
        tables = self._tables
        seen: set[int] = set()
        stack = [e]
        while stack:
            e = stack.pop()
            if e not in seen:
                seen.add(e)
                yield e
                stack += tables.parts(e)

    def _same(self, a: int, b: int) -> bool:
        """Say whether two expressions are equal but for the names of their binders."""
        tables = self._tables
        stack = [(a, b)]
        seen: set[tuple[int, int]] = set()
        while stack:
            pair = stack.pop()
            a, b = pair
            if a == b or pair in seen:
                continue
            seen.add(pair)
            if tables.kind[a] != tables.kind[b]:
                return False
            left, right = tables.parts(a), tables.parts(b)
            if not left or tables.kind[a] == PROJ:
                here, there = (
                    (tables.first[e] if not left else 0, tables.second[e], tables.third[e])
                    for e in (a, b)
                )
                if here != there or tables.levels_of.get(a) != tables.levels_of.get(b):
                    return False
                if tables.kind[a] not in (PROJ, CONST, BVAR, SORT):
                    return False
            stack += zip(left, right, strict=True)
        return True
