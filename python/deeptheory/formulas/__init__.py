"""Formulas of the library: read from the catalog, evaluated, printed.

`Formula` is the entry point; `Book` finds formulas by name in ``theorems.json``.
"""

from __future__ import annotations

from deeptheory.formulas.book import Book
from deeptheory.formulas.certified import CertifiedValue
from deeptheory.formulas.domain import DomainError, FormulaError, PrecisionError, UndecidedError
from deeptheory.formulas.formula import Formula

__all__ = [
    "Book",
    "CertifiedValue",
    "DomainError",
    "Formula",
    "FormulaError",
    "PrecisionError",
    "UndecidedError",
]
