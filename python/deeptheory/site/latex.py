"""The formulas of the pages: the bounds of theorems and the definitions that are formulas."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from markupsafe import Markup

from deeptheory.catalog.model import Declaration
from deeptheory.formulas import FormulaError
from deeptheory.formulas.latex import name_to_latex
from deeptheory.site.mathematics import Mathematics
from deeptheory.site.model import Library

__all__ = ["FormulaView", "Formulas", "last_claim"]

_SIGNS = ("≤", "<", "=", "≥", ">")


@dataclass(frozen=True)
class FormulaView:
    """The bound of a theorem as the page shows it.

    Parameters
    ----------
    declaration : Declaration
        The definition that the bound is.
    latex : str
        The bound, in LaTeX.
    markup : Markup
        The bound, in HTML.
    where : tuple of (Markup, str)
        What the theorem puts in for the formula's variables, where it is not that variable.
    bounded : str
        What the theorem bounds, as written in Lean; empty for a definition.
    relation : str
        The sign between the two; empty for a definition.
    """

    declaration: Declaration
    latex: str
    markup: Markup
    where: tuple[tuple[Markup, str], ...]
    bounded: str
    relation: str


class Formulas:
    """The formulas of a library, ready for the pages.

    Parameters
    ----------
    library : Library
        Where definitions are looked up.
    packages : Path, optional
        The folder ``node_modules`` with KaTeX.
    """

    def __init__(self, library: Library, packages: Path | None = None) -> None:
        self.library = library
        self.mathematics = Mathematics(packages, self._wanted())

    def _wanted(self) -> Iterator[tuple[str, bool]]:
        """Yield the LaTeX of every formula and of every parameter."""
        for declaration in self.library.declarations:
            latex = self._latex(declaration) if declaration.formula else None
            if latex is not None and declaration.formula is not None:
                yield latex, True
                for param in declaration.formula.params:
                    yield name_to_latex(param.name), False

    def _latex(self, declaration: Declaration) -> str | None:
        try:
            return self.library.book.formula(declaration.name).latex()
        except (FormulaError, KeyError, TypeError, ValueError):
            return None

    def view(self, declaration: Declaration) -> FormulaView | None:
        """Return the formula of a theorem's bound, or of a definition that is a formula."""
        bound: Declaration | None = declaration
        if not declaration.formula:
            name = declaration.card.bound if declaration.card else None
            bound = self.library.find(name) if name else None
        if bound is None or not bound.formula:
            return None
        latex = self._latex(bound)
        if latex is None:
            return None
        where = self._where(bound, declaration) if bound is not declaration else ()
        bounded, relation = _left_side(bound, declaration) if bound is not declaration else ("", "")
        return FormulaView(bound, latex, self.mathematics.html(latex), where, bounded, relation)

    def _where(self, bound: Declaration, theorem: Declaration) -> tuple[tuple[Markup, str], ...]:
        """Return what the theorem puts in for the parameters of its bound."""
        parameters = bound.formula.params if bound.formula else ()
        found = []
        for parameter, argument in zip(
            parameters, theorem.conclusion.bound_args or (), strict=False
        ):
            text = _argument(argument)
            if text and text != parameter.name and not parameter.implicit:
                symbol = self.mathematics.html(name_to_latex(parameter.name), block=False)
                found.append((symbol, text))
        return tuple(found)


def _left_side(bound: Declaration, theorem: Declaration) -> tuple[str, str]:
    """Return what stands before the bound in the conclusion, and the sign between them."""
    before, found, _ = theorem.conclusion.text.partition(bound.name.rpartition(".")[2])
    before = " ".join(before.split())
    left, _, sign = before.rpartition(" ")
    if not found or sign not in _SIGNS:
        return "", "≤"
    return last_claim(left), sign


def last_claim(text: str) -> str:
    """Return the end of a text from its last parenthesis that stays open, or its last ``∧``.

    A bound may stand within a conjunction: what stands before its part belongs to other claims.
    What follows a ``fun`` is all its own.
    """
    closed = 0
    for at in range(len(text) - 1, -1, -1):
        letter = text[at]
        if letter in ")]}⟩":
            closed += 1
        elif letter in "([{⟨":
            closed -= 1
        if closed < 0 or (closed == 0 and letter == "∧" and "fun " not in text[:at]):
            return text[at + 1 :].strip()
    return text


def _argument(argument: Mapping[str, Any] | None) -> str:
    return str(argument.get("text") or argument.get("var") or "") if argument else ""
