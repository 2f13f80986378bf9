"""The catalog of theorems: what Lean proved, read from the exports and the sources."""

from deeptheory.catalog.build import build_catalog
from deeptheory.catalog.load import Catalog
from deeptheory.catalog.model import (
    Binder,
    Card,
    Conclusion,
    Declaration,
    FormulaData,
    Hypothesis,
    LeanInfo,
    Param,
    Sharpness,
    Tree,
)

__all__ = [
    "Binder",
    "Card",
    "Catalog",
    "Conclusion",
    "Declaration",
    "FormulaData",
    "Hypothesis",
    "LeanInfo",
    "Param",
    "Sharpness",
    "Tree",
    "build_catalog",
]
