"""Names, levels and expressions as lines of the export format: each is written once."""

from __future__ import annotations

import json
from array import array
from collections.abc import Callable

from deeptheory.errors import UsageError
from deeptheory.kernel.library import Module, Name

__all__ = ["BINDERS", "Terms", "constants_in"]

BINDERS = ("default", "implicit", "strictImplicit", "instImplicit")
"""How a binder's argument is given, in the order of the constructors of ``BinderInfo``."""

BVAR, _FVAR, _MVAR, SORT, CONST, APP, LAM, FORALL, LET, LIT, MDATA, PROJ = range(12)
_ZERO, _SUCC, _MAX, _IMAX, _PARAM = range(5)
_TAG = 7
"""Where the header of an object says which constructor it is of."""
_INFO_AT = 8
"""Scalars of an expression: eight bytes that Lean keeps about it, then the binder's."""

_PARTS = {LAM: (1, 3), FORALL: (1, 3), LET: (1, 4), MDATA: (1, 2), PROJ: (2, 3)}
"""Which fields of an expression are expressions, in those that are no applications."""

NATURAL: tuple[Name, ...] = (("Nat",),)
STRING: tuple[Name, ...] = (("String", "ofList"), ("Char", "ofNat"))
"""What a kernel must know before a literal."""


def constants_in(module: Module, roots: list[int]) -> list[Name]:
    """Return the constants in expressions, in the order in which they are met.

    Parameters
    ----------
    module : Module
        Where the expressions lie.
    roots : list of int
        The expressions.
    """
    image = module.image
    words, tags, base, word = image.words, image.bytes, image.base, image.word
    header = 8 // word
    found: dict[Name, None] = {}
    seen: set[int] = set()
    stack = list(reversed(roots))
    while stack:
        p = stack.pop()
        if p in seen:
            continue
        seen.add(p)
        tag = tags[p - base + _TAG]
        i = (p - base) // word + header
        if tag == APP:
            stack += (words[i + 1], words[i])
        elif tag == CONST:
            found[module.read_name(words[i])] = None
        elif tag == LIT:
            found |= dict.fromkeys(STRING if image.tag(words[i]) else NATURAL)
        else:
            if tag == PROJ:
                found[module.read_name(words[i])] = None
            first, last = _PARTS.get(tag, (0, 0))
            stack += reversed(words[i + first : i + last])
    return list(found)


class Terms:
    """The tables of an export: what has been written, and under which index.

    Two terms are the same where their lines are, so that names of binders count.

    Parameters
    ----------
    write : callable
        Takes each line, without its end.

    Attributes
    ----------
    counts : dict of str to int
        How many names, levels and expressions were written.
    """

    def __init__(self, write: Callable[[str], object]) -> None:
        self._write = write
        self._names: dict[Name, int] = {(): 0}
        self._levels: dict[str, int] = {}
        self._applications: dict[int, int] = {}
        self._expressions: dict[str, int] = {}
        self._written = 0
        self._seen: dict[str, array[int]] = {}

    @property
    def counts(self) -> dict[str, int]:
        """How many names, levels and expressions were written."""
        return {
            "names": len(self._names) - 1,
            "levels": len(self._levels),
            "expressions": self._written,
        }

    def name(self, name: Name) -> int:
        """Return the index of a name."""
        found = self._names.get(name)
        if found is None:
            prefix, last = self.name(name[:-1]), name[-1]
            found = self._names[name] = len(self._names)
            if isinstance(last, str):
                text = json.dumps(last, ensure_ascii=False)
                self._write(f'{{"in":{found},"str":{{"pre":{prefix},"str":{text}}}}}')
            else:
                self._write(f'{{"in":{found},"num":{{"i":{last},"pre":{prefix}}}}}')
        return found

    def parameters(self, module: Module, names: int) -> list[int]:
        """Return the indices of level parameters, each of which is a level too from then on."""
        indices = [self.name(name) for name in module.names(names)]
        for index in indices:
            self._level(f'"param":{index}')
        return indices

    def level(self, module: Module, p: int) -> int:
        """Return the index of a level of a module."""
        image = module.image
        tag = image.tag(p)
        if tag == _ZERO:
            return 0
        if tag == _SUCC:
            return self._level(f'"succ":{self.level(module, image.field(p, 0))}')
        if tag in (_MAX, _IMAX):
            left, right = (self.level(module, image.field(p, k)) for k in (0, 1))
            return self._level(f'"{"max" if tag == _MAX else "imax"}":[{left},{right}]')
        if tag == _PARAM:
            return self._level(f'"param":{self.name(module.read_name(image.field(p, 0)))}')
        raise UsageError(f"{module.name} holds a level that is not closed: prove again.")

    def _level(self, body: str) -> int:
        found = self._levels.get(body)
        if found is None:
            found = self._levels[body] = len(self._levels) + 1
            self._write(f'{{"il":{found},{body}}}')
        return found

    def expression(self, module: Module, p: int) -> int:
        """Return the index of an expression of a module.

        Raises
        ------
        UsageError
            Where the expression is not closed, so that the module is damaged.
        """
        image = module.image
        words, tags, base, word = image.words, image.bytes, image.base, image.word
        header = 8 // word
        seen = self._seen.get(module.name)
        if seen is None:
            seen = self._seen[module.name] = array("I", bytes(4 * len(words)))
        stack = [p]
        while stack:
            p = stack[-1]
            place = (p - base) // word
            if seen[place]:
                stack.pop()
                continue
            tag = tags[p - base + _TAG]
            i = place + header
            if tag == APP:
                f, x = words[i], words[i + 1]
                function, argument = seen[(f - base) // word], seen[(x - base) // word]
                if function and argument:
                    seen[place] = self._application(function - 1, argument - 1) + 1
                else:
                    stack += (x, f)
                continue
            first, last = _PARTS.get(tag, (0, 0))
            parts = words[i + first : i + last]
            indices = [seen[(q - base) // word] - 1 for q in parts]
            if -1 in indices:
                stack += reversed(parts)
            else:
                index = (
                    indices[0]
                    if tag == MDATA
                    else self._expression(self._body(module, p, tag, indices))
                )
                seen[place] = index + 1
        return seen[place] - 1

    def _application(self, function: int, argument: int) -> int:
        key = function << 32 | argument
        found = self._applications.get(key)
        if found is None:
            found = self._applications[key] = self._written
            self._written += 1
            self._write(f'{{"app":{{"arg":{argument},"fn":{function}}},"ie":{found}}}')
        return found

    def _expression(self, body: str) -> int:
        found = self._expressions.get(body)
        if found is None:
            found = self._expressions[body] = self._written
            self._written += 1
            self._write(f'{{{body},"ie":{found}}}')
        return found

    def _body(self, module: Module, p: int, tag: int, parts: list[int]) -> str:
        """Return the line of an expression without its index."""
        image = module.image
        if tag == BVAR:
            return f'"bvar":{image.natural(image.field(p, 0))}'
        if tag == SORT:
            return f'"sort":{self.level(module, image.field(p, 0))}'
        if tag == LIT:
            literal = image.field(p, 0)
            value = image.field(literal, 0)
            if image.tag(literal):
                return f'"strVal":{json.dumps(image.text(value), ensure_ascii=False)}'
            return f'"natVal":"{image.natural(value)}"'
        if tag not in (CONST, LAM, FORALL, LET, PROJ):
            raise UsageError(f"{module.name} holds an expression that is not closed: prove again.")
        name = self.name(module.read_name(image.field(p, 0)))
        if tag == CONST:
            levels = ",".join(str(self.level(module, u)) for u in image.list(image.field(p, 1)))
            return f'"const":{{"name":{name},"us":[{levels}]}}'
        if tag == PROJ:
            index = image.natural(image.field(p, 1))
            return f'"proj":{{"idx":{index},"struct":{parts[0]},"typeName":{name}}}'
        scalar = image.scalar(p, _INFO_AT)
        if tag == LET:
            kept, value, body = parts
            nondep = "true" if scalar else "false"
            return (
                f'"letE":{{"body":{body},"name":{name},"nondep":{nondep},"type":{kept},'
                f'"value":{value}}}'
            )
        kind = "lam" if tag == LAM else "forallE"
        return (
            f'"{kind}":{{"binderInfo":"{BINDERS[scalar]}","body":{parts[1]},"name":{name},'
            f'"type":{parts[0]}}}'
        )
