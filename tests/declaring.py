"""Declarations by hand, behind those of an export."""

from __future__ import annotations

import json
from typing import Any

from deeptheory.kernel.reading import Tables

Expression = Any
"""A nested tuple: ``("lam", type, body)``, ``("app", f, x, ...)``, ``("var", k)`` and so on."""

PROP, TYPE = ("sort", 0), ("sort", 1)


def const(name: str, *levels: Any) -> Expression:
    return ("const", name, *levels)


def app(f: Expression, *arguments: Expression) -> Expression:
    return ("app", f, *arguments)


def pi(*parts: Expression) -> Expression:
    """Return a product over the types before the last part."""
    return parts[0] if len(parts) == 1 else ("forallE", parts[0], pi(*parts[1:]))


def lam(*parts: Expression) -> Expression:
    """Return a lambda over the types before the last part."""
    return parts[0] if len(parts) == 1 else ("lam", parts[0], lam(*parts[1:]))


def var(k: int) -> Expression:
    return ("var", k)


def nat(n: int) -> Expression:
    return ("nat", n)


NAT = const("Nat")


def equation(a: Expression, left: Expression, right: Expression, level: Any = 1) -> Expression:
    return app(const("Eq", level), a, left, right)


def refl(a: Expression, x: Expression, level: Any = 1) -> Expression:
    return app(const("Eq.refl", level), a, x)


class Declaring:
    """Adds lines to an export.

    Parameters
    ----------
    lines : list of str
        The lines so far.
    """

    def __init__(self, lines: list[str]) -> None:
        self.lines = list(lines)
        self._tables = Tables()
        self._known: dict[str, int] = {}
        self._counts = {"in": 1, "il": 1, "ie": 0}
        for line in lines:
            self._tables.read(line)
            data = json.loads(line)
            for key in self._counts:
                if key in data:
                    index = data.pop(key)
                    self._known[key + json.dumps(data, sort_keys=True)] = index
                    self._counts[key] = index + 1
        self._names = {name: k for k, name in enumerate(self._tables.names)}

    def _line(self, key: str, data: dict[str, Any]) -> int:
        body = key + json.dumps(data, sort_keys=True)
        if body not in self._known:
            self._known[body] = self._counts[key]
            self._counts[key] += 1
            self.lines.append(json.dumps({**data, key: self._known[body]}))
        return self._known[body]

    def name(self, text: str) -> int:
        if text not in self._names:
            prefix, _, last = text.rpartition(".")
            data = {"str": {"pre": self.name(prefix) if prefix else 0, "str": last}}
            self._names[text] = self._line("in", data)
        return self._names[text]

    def level(self, u: Any) -> int:
        """Return the index of a level: a number, or the name of a parameter."""
        if isinstance(u, str):
            return self._line("il", {"param": self.name(u)})
        return 0 if u == 0 else self._line("il", {"succ": self.level(u - 1)})

    def expression(self, e: Expression) -> int:
        kind, *parts = e
        if kind == "app":
            f = self.expression(parts[0])
            for x in parts[1:]:
                f = self._line("ie", {"app": {"fn": f, "arg": self.expression(x)}})
            return f
        if kind in ("lam", "forallE"):
            a, body = map(self.expression, parts)
            data = {"name": self.name("x"), "type": a, "body": body, "binderInfo": "default"}
            return self._line("ie", {kind: data})
        if kind == "let":
            a, value, body = map(self.expression, parts)
            data = {"name": self.name("x"), "type": a, "value": value, "body": body}
            return self._line("ie", {"letE": {**data, "nondep": False}})
        if kind == "const":
            levels = [self.level(u) for u in parts[1:]]
            return self._line("ie", {"const": {"name": self.name(parts[0]), "us": levels}})
        if kind == "proj":
            name, index, e = parts
            data = {"typeName": self.name(name), "idx": index, "struct": self.expression(e)}
            return self._line("ie", {"proj": data})
        if kind == "sort":
            return self._line("ie", {"sort": self.level(parts[0])})
        if kind == "nat":
            return self._line("ie", {"natVal": str(parts[0])})
        assert kind == "var"
        return self._line("ie", {"bvar": parts[0]})

    def common(self, name: str, levels: tuple[str, ...], a: Expression) -> dict[str, Any]:
        for u in levels:
            self.level(u)
        return {
            "name": self.name(name),
            "levelParams": [self.name(u) for u in levels],
            "type": self.expression(a),
        }

    def theorem(
        self, name: str, a: Expression, proof: Expression, levels: tuple[str, ...] = ()
    ) -> None:
        data = self.common(name, levels, a)
        data |= {"value": self.expression(proof), "all": [data["name"]]}
        self.lines.append(json.dumps({"thm": data}))

    def definition(self, name: str, a: Expression, value: Expression) -> None:
        data = self.common(name, (), a)
        data |= {"value": self.expression(value), "all": [data["name"]]}
        self.lines.append(json.dumps({"def": {**data, "hints": "abbrev", "safety": "safe"}}))

    def family(
        self,
        name: str,
        a: Expression,
        constructors: dict[str, tuple[Expression, int]],
        recursor: Expression,
        rules: list[Expression],
        *,
        levels: tuple[str, ...] = (),
        is_recursive: bool = False,
        is_reflexive: bool = False,
        k: bool = False,
    ) -> None:
        """Add a type without parameters and indices; a constructor comes with its fields."""
        me = self.name(name)
        ctors = [f"{name}.{c}" for c in constructors]
        safe = {"isUnsafe": False, "numParams": 0}
        types = {
            **self.common(name, (), a),
            "numIndices": 0,
            "all": [me],
            "ctors": [self.name(c) for c in ctors],
            "numNested": 0,
            "isRec": is_recursive,
            "isReflexive": is_reflexive,
        }
        made = [
            {**self.common(c, (), t), "induct": me, "cidx": k, "numFields": n, **safe}
            for k, (c, (t, n)) in enumerate(zip(ctors, constructors.values(), strict=True))
        ]
        rec = {
            **self.common(f"{name}.rec", levels, recursor),
            "all": [me],
            "numIndices": 0,
            "numMotives": 1,
            "numMinors": len(ctors),
            "k": k,
            "rules": [
                {"ctor": self.name(c), "nfields": n, "rhs": self.expression(rhs)}
                for c, (_, n), rhs in zip(ctors, constructors.values(), rules, strict=True)
            ],
        }
        family = {"types": [types | safe], "ctors": made, "recs": [rec | safe]}
        self.lines.append(json.dumps({"inductive": family}))
