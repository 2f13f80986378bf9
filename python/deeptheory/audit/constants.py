"""Numbers that a docstring claims must be those of the statement."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Any

from deeptheory.audit.unfold import unfold
from deeptheory.catalog import Catalog, Declaration, Tree

__all__ = ["claimed_numbers", "docstring_constants", "stated_numbers"]

_NUMBER = re.compile(r"(?P<power>\^\s*\(?\s*)?(?<![\w.'])(?P<number>\d+)(?![\w'])(?!\.\d)")
_DECIMAL = re.compile(r"(?<![\w.'])\d+\.\d+")
_REFERENCE = re.compile(
    r"\([^()]*\b(?:1[6-9]|20)\d\d\b[^()]*\)"
    r"|\b(?:Theorem|Lemma|Proposition|Corollary|Section|Chapter|Exercise|Equation)s?\s+[\w.]+"
)
_WORDS = re.compile(r"\b(?:twice|half(?:\s+of)?)\s+(?:the|its|their|that)\b", re.IGNORECASE)

# What every statement may speak of: the ends of the unit interval and the trivial exponent.
_FREE_FACTORS = frozenset({"0", "1"})
_FREE_POWERS = frozenset({"0", "1"})


class Numbers:
    """Whole numbers in a text or a formula, exponents apart from all others.

    Attributes
    ----------
    powers, factors : set of str
        The exponents, and what else occurs.
    """

    def __init__(self) -> None:
        self.powers: set[str] = set()
        self.factors: set[str] = set()

    def read_text(self, text: str) -> None:
        """Add the numbers of a text; parts of names (`x₀`, `L2`) and decimals are none."""
        for match in _NUMBER.finditer(_DECIMAL.sub(" ", text)):
            (self.powers if match["power"] else self.factors).add(match["number"])

    def read_tree(self, tree: Any, power: bool = False) -> None:
        """Add the numerals of a formula tree."""
        if isinstance(tree, list):
            for part in tree:
                self.read_tree(part, power)
        elif isinstance(tree, dict):
            if isinstance(tree.get("nat"), str):
                (self.powers if power else self.factors).add(tree["nat"])
            elif tree.get("op") in ("pow", "rpow"):
                base, exponent = tree["args"]
                self.read_tree(base, power)
                self.read_tree(exponent, True)
            else:
                for part in tree.values():
                    self.read_tree(part, power)


def claimed_numbers(d: Declaration) -> Numbers:
    """Return the numbers of the claim: the first paragraph of the docstring.

    What comes after it are remarks, which may do arithmetic; references to the literature are left
    out.  ``twice the`` and ``half of the`` count as a 2.
    """
    numbers = Numbers()
    claim = (d.prose or "").split("\n\n")[0]
    claim = _REFERENCE.sub(" ", claim)
    numbers.read_text(claim)
    if _WORDS.search(claim):
        numbers.factors.add("2")
    return numbers


def stated_numbers(d: Declaration, catalog: Catalog) -> Numbers:
    """Return the numbers of a statement, of its bound and of the definitions that it mentions."""
    numbers = Numbers()
    numbers.read_text(d.signature)
    numbers.read_text(d.type)
    trees: list[Tree] = [t for t in (d.conclusion.lhs, d.conclusion.rhs) if t is not None]
    named = set(d.type_uses) | ({d.card.bound} if d.card and d.card.bound else set())
    for name in sorted(named):
        used = catalog.by_name.get(name)
        if used is None or used.kind == "theorem":
            continue
        numbers.read_text(used.signature)
        if used.formula is not None:
            trees.append(used.formula.body)
    for tree in trees:
        numbers.read_tree(unfold(tree, catalog))
    return numbers


def docstring_constants(d: Declaration, catalog: Catalog) -> Iterator[str]:
    """Require that the numbers which a headline's docstring claims occur in what is proved.

    An exponent must occur as an exponent.  A factor may also be the quotient of two numbers of the
    statement: a variance of 4 where the exponential of the statement holds an 8.
    """
    if not d.is_headline:
        return
    claimed, stated = claimed_numbers(d), stated_numbers(d, catalog)
    numbers = {int(n) for n in stated.factors | stated.powers} - {0}
    quotients = {str(a // b) for a in numbers for b in numbers if a % b == 0}
    factors = claimed.factors - stated.factors - quotients - _FREE_FACTORS
    powers = claimed.powers - stated.powers - _FREE_POWERS
    for number in sorted(factors, key=int):
        yield f"{d.short}: the docstring speaks of {number}, which the statement does not hold"
    for number in sorted(powers, key=int):
        yield (
            f"{d.short}: the docstring has the exponent {number}, which the statement does not hold"
        )
