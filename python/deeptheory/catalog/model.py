"""The catalog's records: declarations, cards, hypotheses and formulas.

They mirror ``build/theorems.json``; ``theorems.schema.json`` beside this file states its format.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import Any

__all__ = [
    "SCHEMA_VERSION",
    "Binder",
    "Card",
    "Conclusion",
    "Declaration",
    "FormulaData",
    "Hypothesis",
    "LeanInfo",
    "Param",
    "Sharpness",
    "Tree",
]

SCHEMA_VERSION = 1
"""The version of ``theorems.json`` that this package reads and writes."""

Tree = dict[str, Any]
"""A formula tree as JSON."""


@dataclass(frozen=True)
class LeanInfo:
    """The Lean that proved the library.

    Attributes
    ----------
    version, commit : str
        As Lean reports them.
    toolchain : str
        ``embedded`` or ``official``.
    """

    version: str
    commit: str
    toolchain: str


@dataclass(frozen=True)
class Sharpness:
    """How tight a bound is known to be.

    Attributes
    ----------
    theorem : str or None
        The theorem that attains the bound, or None where the question is open.
    note : str
        Words: the factor up to which it is attained, or what is known.
    """

    theorem: str | None
    note: str


@dataclass(frozen=True)
class Card:
    """What a headline theorem says about itself.

    Attributes
    ----------
    controls : tuple of str
        What the theorem bounds: optimization, generalization, approximation and so on.
    assumes : str
        Every hypothesis, in words.
    bound : str or None
        The definition on the statement's right-hand side; None for a statement without a bound.
    witness : str
        A theorem that meets all hypotheses at once.
    sharp : Sharpness
        How tight the bound is.
    source : str
        Where the result comes from.
    other : dict of str to str
        Further fields.
    """

    controls: tuple[str, ...]
    assumes: str
    bound: str | None
    witness: str
    sharp: Sharpness
    source: str
    other: dict[str, str] = field(default_factory=dict)


@dataclass(frozen=True)
class Hypothesis:
    """A proposition that a theorem assumes.

    Attributes
    ----------
    name, text : str
        The name, and the proposition as Lean prints it.
    relation : str or None
        ``lt``, ``le``, ``eq`` or ``ne`` where both sides have a formula.
    lhs, rhs : Tree or None
        The sides.
    used : bool
        Whether the proof mentions the hypothesis.
    """

    name: str
    text: str
    relation: str | None
    lhs: Tree | None
    rhs: Tree | None
    used: bool = True


@dataclass(frozen=True)
class Binder:
    """A variable of a statement.

    Attributes
    ----------
    name, type : str
        The name, and the type as Lean prints it.
    kind : str
        ``real``, ``nat``, ``vector`` or ``other``.
    used : bool
        Whether the proof mentions the variable; true for definitions.
    """

    name: str
    type: str
    kind: str
    used: bool = True


@dataclass(frozen=True)
class Conclusion:
    """What a statement claims.

    Attributes
    ----------
    text : str
        The claim as Lean prints it.
    relation : str or None
        ``lt``, ``le``, ``eq`` or ``ne`` where both sides have a formula.
    lhs, rhs : Tree or None
        The sides.
    bound_args : tuple of Tree or None
        What the claim gives to each parameter of the card's bound: a tree, or ``{"text": ...}``.
    mentions : tuple of str
        The definitions of the library that the claim mentions.
    """

    text: str
    relation: str | None
    lhs: Tree | None
    rhs: Tree | None
    bound_args: tuple[Tree, ...] | None
    mentions: tuple[str, ...] = ()


@dataclass(frozen=True)
class Param:
    """A parameter of a formula.

    Attributes
    ----------
    name, type : str
        The name; the type is ``real``, ``nat`` or ``vector``.
    size : Tree or None
        For a vector, how many values its first index takes.
    shape : tuple of Tree
        For a vector, the size of each index.
    implicit : bool
        Whether Lean infers the argument, as the sizes of a matrix.
    """

    name: str
    type: str
    size: Tree | None = None
    shape: tuple[Tree, ...] = ()
    implicit: bool = False


@dataclass(frozen=True)
class FormulaData:
    """A definition with real values, or a bound with natural ones, as a syntax tree.

    Attributes
    ----------
    params : tuple of Param
        The parameters, in order.
    body : Tree
        The value.
    """

    params: tuple[Param, ...]
    body: Tree


@dataclass(frozen=True)
class Declaration:
    """A declaration of the library.

    Attributes
    ----------
    name, short : str
        The full name, and the name below ``DeepTheory``.
    kind : str
        ``theorem``, ``definition``, ``structure``, ``class``, ``instance``, ``abbrev`` or
        ``inductive``.
    module, family, file : str
        Where it lies; the file is relative to the checkout.
    line, end_line : int
        Its lines in the file.
    doc, title, prose : str or None
        The docstring, its bold first phrase, and the docstring without the card.
    signature, type : str
        The statement as written, and as Lean prints it.
    axioms : tuple of str
        The axioms on which it rests, through everything it uses.
    axioms_complete : bool
        False where it uses theorems of core whose proofs the toolchain does not ship; these rest
        on the three standard axioms at most, and ``axioms`` is an upper bound.
    uses, type_uses : tuple of str
        The declarations of the library that it uses, and those its statement uses.
    card : Card or None
        The card of a headline theorem.
    hypotheses, binders : tuple
        What the statement assumes and ranges over.
    conclusion : Conclusion
        What it claims; for a definition, the type of its value.
    formula : FormulaData or None
        The value, where it is a formula.
    proof_head : str or None
        The constant at the head of the proof.
    """

    name: str
    short: str
    kind: str
    module: str
    family: str
    file: str
    line: int
    end_line: int
    doc: str | None
    title: str | None
    prose: str | None
    signature: str
    type: str
    axioms: tuple[str, ...]
    uses: tuple[str, ...]
    type_uses: tuple[str, ...]
    card: Card | None
    hypotheses: tuple[Hypothesis, ...]
    binders: tuple[Binder, ...]
    conclusion: Conclusion
    formula: FormulaData | None
    axioms_complete: bool = True
    proof_head: str | None = None

    @property
    def is_headline(self) -> bool:
        """Whether this is a theorem with a card."""
        return self.card is not None
