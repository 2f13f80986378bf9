"""The bound of a theorem as a number, with the theorem's hypotheses checked."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from deeptheory.errors import HypothesisError, UsageError
from deeptheory.formulas.book import Book
from deeptheory.formulas.certified import CertifiedValue
from deeptheory.formulas.domain import PrecisionError
from deeptheory.formulas.formula import Formula
from deeptheory.formulas.rigorous import Number, compare, exact_or_ball, refine
from deeptheory.formulas.syntax import (
    Fold,
    Node,
    Num,
    Var,
    children,
    expand,
    free_variables,
    parse,
    rebuild,
    substitute,
)

__all__ = ["Bound", "Condition", "conditions", "evaluate_bound"]

_PREFIX = "DeepTheory."
_RANGE = re.compile(r"∀ .+, (\S+) ≤ (.+) ∧ \2 ≤ (\S+)")  # all values lie in an interval
_LIPSCHITZ = re.compile(r"∀ .+, abs \(.+\) ≤ (\w+) \* abs \(\w+ - \w+\)")  # of a function
_NEVER_NEGATIVE = re.compile(
    r"‖[^‖]*‖|[\w.]+\.(rademacher|expectedRademacher)( \w+)*|\w+\.prob \w+|klDiv \w+ \w+"
)
_AT_MOST_ONE = re.compile(r"\w+\.prob \w+")
_PARAM = "the bound's "  # marks a parameter, which no name in Lean can clash with


@dataclass(frozen=True)
class Bound:
    """The value of a bound.

    Parameters
    ----------
    name : str
        The theorem or the definition asked for, without the prefix ``DeepTheory.``.
    statement : str or None
        The theorem's conclusion as written in Lean.
    formula : Formula
        The bound's formula.
    arguments : dict
        The values of its parameters, exact.
    meanings : dict
        What each parameter stands for in the theorem, where that is not its name.
    checked : list of str
        The hypotheses that were checked on the values.
    assumed : list of str
        The hypotheses on which nothing can be said from the values: the caller vouches for them.
    value : CertifiedValue
        The value.
    """

    name: str
    statement: str | None
    formula: Formula
    arguments: dict[str, Any]
    meanings: dict[str, str]
    checked: list[str]
    assumed: list[str]
    value: CertifiedValue

    def as_json(self) -> dict[str, Any]:
        """Return what ``--json`` prints."""
        return {
            "name": self.name,
            "statement": self.statement,
            "bound": self.formula.name,
            "formula": self.formula.text(),
            "arguments": {name: _json(value) for name, value in self.arguments.items()},
            "meanings": self.meanings,
            "checked": self.checked,
            "assumed": self.assumed,
            **self.value.as_json(),
        }


def _json(value: Any) -> Any:
    if isinstance(value, tuple):
        return [_json(entry) for entry in value]
    return value if isinstance(value, int) else str(value)


@dataclass(frozen=True)
class Condition:
    """A condition that a theorem sets on the parameters of its bound.

    Parameters
    ----------
    text : str
        The condition, as the theorem writes it.
    relation : {"lt", "le", "eq", "ne"}
        The relation of the two sides.
    lhs, rhs : Node
        Trees in the bound's parameters.
    """

    text: str
    relation: str
    lhs: Node
    rhs: Node


def conditions(book: Book, theorem: str) -> list[Condition]:
    """Return the conditions on the parameters of a theorem's bound that values can be tested for.

    These are what `evaluate_bound` checks: hypotheses of which both sides are given by the
    parameters, and the ranges of norms, complexities, divergences and probabilities.

    Parameters
    ----------
    book : Book
        The catalog.
    theorem : str
        The full name of a theorem with a bound.
    """
    declaration = book.declarations[theorem]
    bound = book.bound_of(theorem)
    assert bound is not None
    return _Use(book, declaration, bound).conditions()


def evaluate_bound(book: Book, name: str, given: Mapping[str, Any], *, digits: int = 15) -> Bound:
    """Evaluate the bound of a theorem, or a definition with a formula.

    Parameters
    ----------
    book : Book
        The catalog.
    name : str
        A theorem with a card, or a definition; an ending of the name will do.
    given : mapping
        The parameters of the bound by name.
    digits : int
        Significant digits.

    Returns
    -------
    Bound
        The certified value and what it rests on.

    Raises
    ------
    UsageError
        Where a name is unknown or a value cannot be read.
    HypothesisError
        Where the values violate a hypothesis of the theorem.
    """
    theorems = [full for full in book.headlines if (book.declarations[full]["card"]).get("bound")]
    full = book.resolve(
        name, [*theorems, *book.formula_names], what="theorem with a bound or formula"
    )
    short = full.removeprefix(_PREFIX)
    if full not in theorems:
        formula = book.formula(full)
        read = formula.read(given)
        value = formula.evaluate(given, digits=digits)
        return Bound(short, None, formula, read, {}, [], [], value)
    declaration = book.declarations[full]
    bound = book.bound_of(full)
    assert bound is not None
    read = bound.read(given)
    use = _Use(book, declaration, bound)
    checked, assumed = use.check(short, read)
    value = bound.evaluate(given, digits=digits)
    statement = declaration["conclusion"]["text"]
    return Bound(short, statement, bound, read, use.meanings(), checked, assumed, value)


class _Use:
    """How a theorem's conclusion uses its bound."""

    def __init__(self, book: Book, declaration: Mapping[str, Any], bound: Formula) -> None:
        self.book, self.declaration, self.bound = book, declaration, bound
        self.nats = frozenset(
            binder["name"] for binder in declaration["binders"] if binder["kind"] == "nat"
        )
        args = declaration["conclusion"].get("bound_args") or [None] * len(bound.params)
        self.args = dict(zip((param.name for param in bound.params), args, strict=False))

    def meanings(self) -> dict[str, str]:
        """Return what each parameter stands for, where that is not a variable of its own name."""
        meanings = {}
        for name, arg in self.args.items():
            if arg is None or arg == {"var": name} or arg.get("var") == name:
                continue
            meanings[name] = (
                arg["text"] if "text" in arg else Formula(name, (), parse(arg, self.nats)).text()
            )
        return meanings

    def check(self, theorem: str, read: Mapping[str, Any]) -> tuple[list[str], list[str]]:
        """Check the hypotheses on the values; return those checked and those taken on trust."""
        self._ranges_by_meaning(theorem, read)
        checked, assumed = [], []
        for hypothesis in self.declaration["hypotheses"]:
            sides = self._sides(hypothesis)
            if sides is None:
                self._ranges(theorem, hypothesis, read)
                assumed.append(hypothesis["text"])
                continue
            checked.append(hypothesis["text"])
            if not self._holds(hypothesis, sides, read):
                shown = ", ".join(f"{name} = {read[name]}" for name in sorted(_names(sides)))
                raise HypothesisError(
                    f"{theorem} does not apply: its hypothesis {hypothesis['name']} : "
                    f"{hypothesis['text']} fails for {shown}.",
                    hypothesis["text"],
                )
        return checked, assumed

    def conditions(self) -> list[Condition]:
        """Return every condition that values can be tested for."""
        found = []
        kinds = {param.name: param.kind for param in self.bound.params}
        for name, arg in self.args.items():
            text = (arg or {}).get("text", "")
            variable = Var(name, kinds[name] == "nat")
            if _NEVER_NEGATIVE.fullmatch(text):
                found.append(Condition(f"0 ≤ {text}", "le", Num(0), variable))
            if _AT_MOST_ONE.fullmatch(text):
                found.append(Condition(f"{text} ≤ 1", "le", variable, Num(1)))
        own = {(arg or {}).get("var"): Var(name) for name, arg in self.args.items()}
        for hypothesis in self.declaration["hypotheses"]:
            text, sides = hypothesis["text"], self._sides(hypothesis)
            if sides is not None:
                found.append(Condition(text, hypothesis["relation"], *sides))
            elif (match := _RANGE.fullmatch(text)) and all(e in own for e in match.group(1, 3)):
                ends = own[match.group(1)], own[match.group(3)]
                found.append(Condition(text, "le", *ends))
            elif (match := _LIPSCHITZ.fullmatch(text)) and match.group(1) in own:
                found.append(Condition(text, "le", Num(0), own[match.group(1)]))
        return found

    def _ranges_by_meaning(self, theorem: str, read: Mapping[str, Any]) -> None:
        """Refuse a negative value of a norm, a complexity, a divergence or a probability."""
        for name, arg in self.args.items():
            text = (arg or {}).get("text", "")
            if _NEVER_NEGATIVE.fullmatch(text) and read[name] < 0:
                raise HypothesisError(
                    f"{theorem} does not apply: {name} stands for {text}, which is never negative, "
                    f"and {read[name]} was given.",
                    f"0 ≤ {text}",
                )
            if _AT_MOST_ONE.fullmatch(text) and read[name] > 1:
                raise HypothesisError(
                    f"{theorem} does not apply: {name} stands for {text}, which is at most one, "
                    f"and {read[name]} was given.",
                    f"{text} ≤ 1",
                )

    def _ranges(self, theorem: str, hypothesis: Mapping[str, Any], read: Mapping[str, Any]) -> None:
        """Refuse an interval without points or a negative Lipschitz constant in a hypothesis."""
        text = hypothesis["text"]
        own = {(arg or {}).get("var"): name for name, arg in self.args.items()}
        if (found := _RANGE.fullmatch(text)) and all(end in own for end in found.group(1, 3)):
            names = [own[end] for end in found.group(1, 3)]
            empty = read[names[0]] > read[names[1]]
        elif (found := _LIPSCHITZ.fullmatch(text)) and found.group(1) in own:
            names = [own[found.group(1)]]
            empty = read[names[0]] < 0
        else:
            return
        if empty:
            shown = ", ".join(f"{name} = {read[name]}" for name in names)
            raise HypothesisError(
                f"{theorem} does not apply: its hypothesis {hypothesis['name']} : {text} cannot "
                f"hold for {shown}.",
                text,
            )

    def _sides(self, hypothesis: Mapping[str, Any]) -> _Sides | None:
        """Return both sides in terms of the bound's parameters, None where that is not possible."""
        if not hypothesis.get("relation") or hypothesis["lhs"] is None or hypothesis["rhs"] is None:
            return None
        places = {
            parse(arg, self.nats): Var(_PARAM + param.name, param.kind == "nat")
            for param in self.bound.params
            if (arg := self.args.get(param.name)) is not None and "text" not in arg
        }
        back = {
            _PARAM + param.name: Var(param.name, param.kind == "nat") for param in self.bound.params
        }
        sides = []
        for side in ("lhs", "rhs"):
            node = _put(parse(hypothesis[side], self.nats), places)
            if any(not name.startswith(_PARAM) for name in free_variables(node)):
                return None
            sides.append(expand(substitute(node, back), self.book.lookup))
        return sides[0], sides[1]

    def _holds(self, hypothesis: Mapping[str, Any], sides: _Sides, read: Mapping[str, Any]) -> bool:
        def decide() -> Number:
            left, right = (exact_or_ball(side, read) for side in sides)
            return int(compare(hypothesis["relation"], left, right))

        try:
            return bool(refine(decide, lambda _: True)[0])
        except PrecisionError as error:
            raise UsageError(
                f"The values are too close to the edge of the hypothesis {hypothesis['text']}. "
                f"{error}"
            ) from error


_Sides = tuple[Node, Node]


def _names(sides: _Sides) -> frozenset[str]:
    return free_variables(sides[0]) | free_variables(sides[1])


def _put(node: Node, places: Mapping[Node, Node]) -> Node:
    """Replace the largest subtrees that the bound's arguments are by the bound's parameters."""
    if node in places:
        return places[node]
    if isinstance(node, Fold):
        places = {old: new for old, new in places.items() if node.index not in free_variables(old)}
    return rebuild(node, [_put(child, places) for child in children(node)])
