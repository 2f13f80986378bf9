"""Formulas for the pages: LaTeX of the bounds, shown as MathML that browsers render natively."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache
from typing import Any

from markupsafe import Markup, escape

from deeptheory.catalog.model import Declaration
from deeptheory.formulas import FormulaError
from deeptheory.formulas.latex import name_to_latex
from deeptheory.site.model import Library

__all__ = ["FormulaView", "Formulas", "mathml"]

_SIGNS = ("≤", "<", "=", "≥", ">")
_ITALIC_RUN = re.compile(r'(?:<mi mathvariant="italic">[^<]*</mi>){2,}')
_MATH = '<math xmlns="http://www.w3.org/1998/Math/MathML"'


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
        The bound, in MathML.
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
    """

    def __init__(self, library: Library) -> None:
        self.library = library

    def view(self, declaration: Declaration) -> FormulaView | None:
        """Return the formula of a theorem's bound, or of a definition that is a formula."""
        bound: Declaration | None = declaration
        if not declaration.formula:
            name = declaration.card.bound if declaration.card else None
            bound = self.library.find(name) if name else None
        if bound is None or not bound.formula:
            return None
        try:
            latex = self.library.book.formula(bound.name).latex()
        except (FormulaError, KeyError, TypeError, ValueError):
            return None
        where = _where(bound, declaration) if bound is not declaration else ()
        bounded, relation = _left_side(bound, declaration) if bound is not declaration else ("", "")
        return FormulaView(bound, latex, mathml(latex), where, bounded, relation)


def _where(bound: Declaration, theorem: Declaration) -> tuple[tuple[Markup, str], ...]:
    parameters = bound.formula.params if bound.formula else ()
    found = []
    for parameter, argument in zip(parameters, theorem.conclusion.bound_args or (), strict=False):
        text = _argument(argument)
        if text and text != parameter.name and not parameter.implicit:
            found.append((mathml(name_to_latex(parameter.name), block=False), text))
    return tuple(found)


def _left_side(bound: Declaration, theorem: Declaration) -> tuple[str, str]:
    """Return what stands before the bound in the conclusion, and the sign between them."""
    before, found, _ = theorem.conclusion.text.partition(bound.name.rpartition(".")[2])
    before = " ".join(before.split())
    left, _, sign = before.rpartition(" ")
    if not found or sign not in _SIGNS:
        return "", "≤"
    return left, sign


def _argument(argument: Mapping[str, Any] | None) -> str:
    return str(argument.get("text") or argument.get("var") or "") if argument else ""


@cache
def mathml(latex: str, block: bool = True) -> Markup:
    """Turn LaTeX into MathML; LaTeX that cannot be read is shown as it is."""
    from latex2mathml.converter import convert

    try:
        readable = latex.replace(r"\mathbin{\dot{-}}", r"\mathbin{∸}")
        markup = convert(readable, display="block" if block else "inline")
    except Exception:  # the converter raises errors of many kinds on malformed input
        return Markup("<code>{}</code>").format(latex)
    markup = re.sub(r"<mi>(∸|&#x02238;)</mi>", "<mo>∸</mo>", markup)
    markup = _ITALIC_RUN.sub(_word, markup)
    label = escape(latex.replace("\n", " "))
    return Markup(markup.replace(_MATH, f'{_MATH} data-latex="{label}"', 1))


def _word(run: re.Match[str]) -> str:
    """Make one name of the letters of a name, which would be spaced like a product."""
    letters = re.sub(r"<[^>]*>", "", run[0])
    return f'<mi class="word">{letters}</mi>'
