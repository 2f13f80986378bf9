"""What a sweep computes, and what its content depends on."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Sequence
from dataclasses import dataclass
from functools import cached_property
from pathlib import Path
from typing import Any

from deeptheory import __version__
from deeptheory.checks.runner import hash_sources
from deeptheory.errors import UsageError
from deeptheory.formulas import Book
from deeptheory.formulas.formula import Formula
from deeptheory.sweeps.evaluate import Evaluator
from deeptheory.sweeps.grid import Grid, exact_text, read_grid

__all__ = ["Plan", "make_plan", "source_digest"]

_PREFIX = "DeepTheory."
_KEPT = ("name", "formula", "card", "binders", "hypotheses", "conclusion")


def source_digest() -> str:
    """Hash the programs that the content of a sweep depends on."""
    return hash_sources(("approximation", "checks", "formulas", "sweeps"))


@dataclass(frozen=True)
class Plan:
    """One sweep.

    Parameters
    ----------
    book : Book
        The catalog.
    catalog : str
        The hash of its file.
    theorem : str
        The full name of the theorem, or of a definition with a formula.
    grid : Grid
        The points.
    digits : int
        Significant digits.
    measure : bool
        Whether to measure the left-hand side.
    """

    book: Book
    catalog: str
    theorem: str
    grid: Grid
    digits: int
    measure: bool

    @property
    def short(self) -> str:
        """The theorem's name without the prefix ``DeepTheory.``."""
        return self.theorem.removeprefix(_PREFIX)

    @property
    def formula(self) -> Formula:
        """The bound."""
        return _formula(self.book, self.theorem)

    def evaluator(self) -> Evaluator:
        """Return what computes the points."""
        return Evaluator(self.book, self.theorem, self.grid.names, self.digits, self.measure)

    @cached_property
    def about(self) -> dict[str, Any]:
        """What the sweep is: the metadata of its output, apart from counts."""
        entry = self.book.declarations[self.theorem]
        is_theorem = bool(entry.get("card"))
        return {
            "schema": 1,
            "theorem": self.theorem,
            "statement": entry["conclusion"]["text"] if is_theorem else None,
            "bound": self.formula.name,
            "formula": self.formula.text(),
            "hypotheses": [h["text"] for h in entry["hypotheses"]] if is_theorem else [],
            "grid": {axis.name: axis.text for axis in self.grid.axes},
            "log_axes": [axis.name for axis in self.grid.axes if axis.log],
            "kinds": {axis.name: axis.kind for axis in self.grid.axes},
            "points": len(self.grid),
            "digits": self.digits,
            "measured": self.measure,
            "version": __version__,
            "catalog_sha256": self.catalog,
            "programs_sha256": source_digest(),
        }

    @cached_property
    def key(self) -> str:
        """What identifies the sweep: equal keys mean equal content."""
        values = [[exact_text(value) for value in axis.values] for axis in self.grid.axes]
        about = json.dumps([self.about, values], ensure_ascii=False)
        return hashlib.sha256(about.encode()).hexdigest()

    def excerpt(self) -> list[dict[str, Any]]:
        """Return the part of the catalog that the points need: all formulas, and the theorem."""
        entries = self.book.declarations
        wanted = {self.theorem, *(name for name in entries if entries[name].get("formula"))}
        return [
            {key: entries[name][key] for key in _KEPT if key in entries[name]}
            for name in sorted(wanted)
        ]


def _formula(book: Book, name: str) -> Formula:
    bound = book.bound_of(name)
    return book.formula(name) if bound is None else bound


def make_plan(
    path: Path,
    name: str,
    grid: Sequence[str],
    *,
    digits: int = 15,
    measure: bool = True,
    limit: int = 100_000,
) -> Plan:
    """Read what is asked for.

    Parameters
    ----------
    path : Path
        The catalog, ``theorems.json``.
    name : str
        A theorem with a bound or a definition with a formula; an ending of the name will do.
    grid : sequence of str
        The axes, as `deeptheory.sweeps.grid.read_grid` reads them.
    digits, measure
        See `Plan`.
    limit : int
        How many points there may be.

    Raises
    ------
    UsageError
        Where a name, an axis or the catalog cannot be read.
    """
    book = Book.load(path)
    theorems = [full for full in book.headlines if book.declarations[full]["card"].get("bound")]
    bare = [full for full in book.headlines if full not in theorems]
    if name not in book.declarations or name in bare:
        _refuse_bare(book, name, theorems, bare)
    full = book.resolve(
        name, [*theorems, *book.formula_names], what="theorem with a bound or formula"
    )
    formula = _formula(book, full)
    points = read_grid(formula.short, formula.params, grid, limit=limit)
    digest = hashlib.sha256(path.read_bytes()).hexdigest()
    return Plan(book, digest, full, points, digits, measure)


def _refuse_bare(book: Book, name: str, theorems: Sequence[str], bare: Sequence[str]) -> None:
    """Say of a theorem without a bound that it has none."""
    matches = [full for full in bare if full == name or full.endswith(f".{name}")]
    if matches and not any(full == name or full.endswith(f".{name}") for full in theorems):
        short = matches[0].removeprefix(_PREFIX)
        raise UsageError(f"{short} has no bound to compute: its card says `bound: none`.")
