"""Reads formulas that a user writes, by a grammar: nothing of the text is ever run.

::

    sum     = product { ("+" | "-") product }
    product = signed { ("*" | "/") signed }
    signed  = ("+" | "-") signed | power
    power   = atom [ ("^" | "**") signed ]
    atom    = number | variable | function "(" sum { "," sum } ")" | "(" sum ")"

A power binds more strongly than the sign before it, and ``x ^ y ^ z`` is ``x ^ (y ^ z)``.
"""

from __future__ import annotations

import re
from collections.abc import Collection, Mapping
from dataclasses import dataclass, field
from functools import reduce

from flint import fmpq

from deeptheory.errors import UsageError
from deeptheory.formulas.domain import PrecisionError
from deeptheory.formulas.inputs import exact_number, nearest
from deeptheory.formulas.rigorous import exact_or_ball, refine
from deeptheory.formulas.syntax import Node, Num, Op, Var, children, free_variables

__all__ = ["FUNCTIONS", "MAX_LENGTH", "read_formula"]

FUNCTIONS = ("abs", "exp", "log", "max", "min", "sqrt")
"""The functions; ``max`` and ``min`` take two or more arguments, the others one."""

MAX_LENGTH = 2000
_MAX_DEPTH = 100
_MAX_DIGITS = 60
_MAX_SCALE = 300
_MAX_EXPONENT = 10_000

_TOKEN = re.compile(
    r"(?P<number>(?:[0-9]+(?:\.[0-9]*)?|\.[0-9]+)(?:[eE][+-]?[0-9]+)?)"
    r"|(?P<name>[A-Za-z_][A-Za-z_0-9]*)"
    r"|(?P<sign>\*\*|[-−+*/^(),])"
)
_SPACE = re.compile(r"[ \t\n\r]*")
_SIGNS = {"**": "^", "−": "-"}


@dataclass(frozen=True)
class _Token:
    kind: str
    text: str
    place: int


def read_formula(text: str, variables: Mapping[str, str], what: str = "the formula") -> Node:
    """Read a formula of real variables.

    Parameters
    ----------
    text : str
        The formula, such as ``exp(-x1) * max(x2, 1/3) ^ 2``.
    variables : mapping
        Every spelling of a variable, and the name that the tree gives it.
    what : str
        What the formula is, for errors.

    Returns
    -------
    Node
        Its tree, without calls: numerals are whole or quotients of whole numbers.

    Raises
    ------
    UsageError
        Where the text is no formula; the sentence names the place, counted from one.

    Examples
    --------
    >>> from deeptheory.formulas.text import to_text
    >>> to_text(read_formula("2*x^2 - abs(x)/0.5", {"x": "x"}))
    '2 * x ^ 2 - |x| / (1 / 2)'
    """
    if len(text) > MAX_LENGTH:
        raise UsageError(f"{what} has {len(text)} characters; give at most {MAX_LENGTH}.")
    return _Reader(text, variables, what).read()


@dataclass
class _Reader:
    """Descends through a text by the grammar, one token ahead."""

    text: str
    variables: Mapping[str, str]
    what: str
    depth: int = 0
    tokens: list[_Token] = field(default_factory=list)
    next: int = 0

    def read(self) -> Node:
        self.tokens = self._scan()
        if len(self.tokens) == 1:
            raise UsageError(f"{self.what} is empty: write one such as {self._example()}.")
        node = self._sum()
        if self._at.kind != "end":
            raise self._unexpected("an operator")
        if (levels := _height(node)) > _MAX_DEPTH:
            raise UsageError(
                f"{self.what} nests {levels} levels deep; at most {_MAX_DEPTH} are read: put long "
                "sums and products into parentheses by groups."
            )
        return node

    # Tokens

    def _scan(self) -> list[_Token]:
        tokens: list[_Token] = []
        place = 0
        while True:
            space = _SPACE.match(self.text, place)
            place = space.end() if space else place
            if place == len(self.text):
                return [*tokens, _Token("end", "", place)]
            found = _TOKEN.match(self.text, place)
            if found is None:
                raise self._error(
                    place,
                    f"{_quoted(self.text[place])} has no meaning there: write numbers, variables, "
                    f"+ - * / ^, parentheses and {', '.join(FUNCTIONS)}",
                )
            kind = str(found.lastgroup)
            sign = _SIGNS.get(found[0], found[0])
            tokens.append(_Token(kind if kind != "sign" else sign, sign, place))
            place = found.end()

    @property
    def _at(self) -> _Token:
        return self.tokens[self.next]

    def _take(self) -> _Token:
        token = self._at
        self.next += 1
        return token

    def _expect(self, sign: str) -> None:
        if self._at.kind != sign:
            raise self._unexpected(f"{sign!r}")
        self.next += 1

    def _error(self, place: int, why: str, hint: str = "") -> UsageError:
        return UsageError(f"{self.what} cannot be read at character {place + 1}: {why}.{hint}")

    def _unexpected(self, wanted: str) -> UsageError:
        token = self._at
        if token.kind == "end":
            return self._error(token.place, f"it ends where {wanted} should come")
        hint = ""
        if wanted == "an operator" and token.kind in ("name", "number", "("):
            hint = ", such as * for a product"
        return self._error(
            token.place, f"{_quoted(token.text)} stands where {wanted} should come{hint}"
        )

    def _example(self) -> str:
        return " + ".join(f"{name}^2" for name in list(dict.fromkeys(self.variables.values()))[:2])

    # The grammar

    def _sum(self) -> Node:
        node = self._product()
        while self._at.kind in ("+", "-"):
            op = "add" if self._take().kind == "+" else "sub"
            node = Op(op, (node, self._product()))
        return node

    def _product(self) -> Node:
        node = self._signed()
        while self._at.kind in ("*", "/"):
            op = "mul" if self._take().kind == "*" else "div"
            node = Op(op, (node, self._signed()))
        return node

    def _signed(self) -> Node:
        negative = False
        while self._at.kind in ("+", "-"):
            negative ^= self._take().kind == "-"
        node = self._power()
        return Op("neg", (node,)) if negative else node

    def _power(self) -> Node:
        base = self._atom()
        if self._at.kind != "^":
            return base
        place = self._take().place
        self._deeper(place)
        exponent = self._signed()
        self.depth -= 1
        return self._raised(base, exponent, place)

    def _raised(self, base: Node, exponent: Node, place: int) -> Node:
        """Return a power: by multiplication where the exponent is a whole number."""
        number = None if free_variables(exponent) else self._constant(exponent, place)
        if not isinstance(number, fmpq) or number.q != 1:
            return Op("rpow", (base, exponent))
        if abs(number) > _MAX_EXPONENT:
            raise self._error(place, f"the exponent is beyond {_MAX_EXPONENT}")
        power = Op("pow", (base, Num(int(abs(number).p), nat=True)))
        return power if number >= 0 else Op("div", (Num(1), power))

    def _constant(self, node: Node, place: int) -> object:
        try:
            return refine(lambda: exact_or_ball(node, {}), lambda _: True, max_bits=256)[0]
        except PrecisionError:
            return None
        except UsageError as error:
            raise self._error(place, f"the exponent has no value: {error}".rstrip(".")) from None

    def _atom(self) -> Node:
        token = self._at
        if token.kind == "number":
            return self._number(self._take())
        if token.kind == "name":
            return self._name(self._take())
        if token.kind == "(":
            self._take()
            self._deeper(token.place)
            node = self._sum()
            self._expect(")")
            self.depth -= 1
            return node
        raise self._unexpected("a number, a variable or a parenthesis")

    def _deeper(self, place: int) -> None:
        self.depth += 1
        if self.depth > _MAX_DEPTH:
            raise self._error(place, f"parentheses and powers nest beyond {_MAX_DEPTH} levels")

    def _number(self, token: _Token) -> Node:
        mantissa, _, scale = token.text.lower().partition("e")
        if len(mantissa) > _MAX_DIGITS or abs(int(scale[:9] or 0)) > _MAX_SCALE:
            raise self._error(
                token.place,
                f"a number has more than {_MAX_DIGITS} digits or an exponent beyond {_MAX_SCALE}",
            )
        value = exact_number(self.what, token.text)
        assert isinstance(value, fmpq)
        top = Num(int(value.p))
        return top if value.q == 1 else Op("div", (top, Num(int(value.q))))

    def _name(self, token: _Token) -> Node:
        if self._at.kind != "(":
            if token.text in self.variables:
                return Var(self.variables[token.text])
            raise self._error(token.place, self._unknown_variable(token.text))
        if token.text not in FUNCTIONS:
            if token.text in self.variables:
                raise self._error(token.place, f"{token.text} is no function: write * for products")
            raise self._error(
                token.place,
                f"there is no function {_quoted(token.text)}, only {', '.join(FUNCTIONS)}",
                nearest(token.text, FUNCTIONS),
            )
        opening = self._take()
        self._deeper(opening.place)
        arguments = [self._sum()]
        while self._at.kind == ",":
            self._take()
            arguments.append(self._sum())
        self._expect(")")
        self.depth -= 1
        several = token.text in ("max", "min")
        if several != (len(arguments) > 1):
            wanted = "two or more arguments" if several else "one argument"
            raise self._error(token.place, f"{token.text} takes {wanted}, not {len(arguments)}")
        if not several:
            return Op(token.text, (arguments[0],))
        return reduce(lambda left, right: Op(token.text, (left, right)), arguments)

    def _unknown_variable(self, name: str) -> str:
        if name in FUNCTIONS:
            return f"{name} is a function: write its argument in parentheses"
        known: Collection[str] = dict.fromkeys(self.variables.values())
        noun = "variable is" if len(known) == 1 else "variables are"
        return f"there is no variable {_quoted(name)}: the {noun} {_listed(list(known))}"


def _listed(names: list[str]) -> str:
    return ", ".join(names) if len(names) <= 4 else f"{names[0]}, {names[1]}, …, {names[-1]}"


def _quoted(text: str) -> str:
    return repr(text if len(text) <= 40 else f"{text[:40]}…")


def _height(node: Node) -> int:
    """Return the number of levels of a tree, without recursion."""
    levels, row = 0, [node]
    while row:
        levels, row = levels + 1, [child for above in row for child in children(above)]
    return levels
