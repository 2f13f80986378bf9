"""Claims of all laws on a class, with a bound by their relative entropy, and variants of those.

What is compared are both sides for the worst law of the sample at the quantile.  Which law and
which sample that is depends on the bound, so that each variant of a bound finds its own.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import replace
from typing import Any, TypeAlias

from flint import fmpq

from deeptheory.checks.comparison import Measurement
from deeptheory.checks.instances.randomised import Randomised
from deeptheory.checks.mutants import Mutant, instead, mutated, replace_part, times
from deeptheory.formulas import Book, Formula
from deeptheory.formulas.rigorous import Number
from deeptheory.formulas.syntax import Node, Num, Op, Var

__all__ = [
    "Size",
    "by",
    "claiming",
    "every_sample",
    "everywhere",
    "log",
    "over_delta",
    "prices",
]

Size: TypeAlias = Callable[[Any], Number]
"""What is bounded, of a law on the class."""


def log(node: Node) -> Node:
    """Return the logarithm of a part of a bound."""
    return Op("log", (node,))


def over_delta(node: Node) -> Node:
    """Return a part of a bound divided by delta."""
    return Op("div", (node, Var("δ")))


def by(formula: Formula, size: Size, at: Randomised[Any], delta: fmpq | None = None) -> Measurement:
    """Measure the worst law of the sample at the quantile, as a formula of the bound has it."""
    args = at.arguments
    worst = at.worst(size, lambda k: formula.value({"K": k, **args}), delta)
    return Measurement(size(worst), {"K": worst.kl, **args})


def everywhere(bound: str, size: Size, mutants: Sequence[Mutant]) -> list[Mutant]:
    """Let each variant of a bound also say which law and which sample is the worst."""

    def own(mutant: Mutant) -> Mutant:
        def measure(at: Any, book: Book) -> Measurement:
            formula = mutated(mutant, book.formula(bound))
            assert formula is not None
            return by(formula, size, at)

        return replace(mutant, measure=measure)

    return [own(mutant) for mutant in mutants]


def claiming(bound: str, name: str, size: Size, why: str, delta: fmpq | None = None) -> Mutant:
    """Claim another quantity of the same laws, or with another probability."""
    return instead(name, lambda at, book: by(book.formula(bound), size, at, delta), why)


def every_sample(bound: str, size: Size) -> Mutant:
    """Claim the bound of every sample, however rare."""
    return claiming(bound, "every sample", size, "a rare sample is far from the law", fmpq(0))


def prices(factor: fmpq) -> list[Mutant]:
    """Return variants with less than the relative entropy, or without it."""
    return [
        replace_part(Var("K"), lambda _: Num(0), "without K", "some one of many coins looks best"),
        replace_part(
            Var("K"),
            lambda k: times(factor, k),
            f"K -> {factor} K",
            "some one of very many coins looks best",
        ),
    ]
