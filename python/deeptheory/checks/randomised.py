"""Claims of all laws on a class, with a bound by their relative entropy, and variants of those.

What is compared are both sides for the worst law of the sample at the quantile.  Which law and
which sample that is depends on the bound, so that each variant of a bound finds its own.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import replace
from functools import lru_cache
from typing import Any, TypeAlias

from flint import arb, fmpq

from deeptheory.checks.comparison import Measurement
from deeptheory.checks.instances.randomised import Randomised
from deeptheory.checks.mutants import (
    Mutant,
    instead,
    mutated,
    replace_part,
    squared,
    times,
    without,
)
from deeptheory.formulas import Book, Formula, UndecidedError
from deeptheory.formulas.rigorous import Number, ball
from deeptheory.formulas.syntax import Node, Num, Op, Var

__all__ = [
    "LAM",
    "N_DRAWS",
    "ONE_MORE_DRAW",
    "SQUARED_DRAWS",
    "TWICE_ROOT",
    "Size",
    "by",
    "claiming",
    "deviation_parts",
    "dropped",
    "every_sample",
    "everywhere",
    "log",
    "over_delta",
    "prices",
    "without_delta",
    "without_moment",
]

Size: TypeAlias = Callable[[Any], Number]
"""What is bounded, of a law on the class."""

LAM = Var("lam")
N_DRAWS = Op("cast", (Var("n", nat=True),))
TWICE_ROOT = Op("mul", (Num(2), Op("sqrt", (N_DRAWS,))))

SQUARED_DRAWS = replace_part(N_DRAWS, squared, "n -> n^2", "the rate of another power of n")
ONE_MORE_DRAW = replace_part(
    N_DRAWS,
    lambda n: Op("add", (n, Num(1))),
    "n -> n + 1",
    "one draw more than there are",
)


def log(node: Node) -> Node:
    """Return the logarithm of a part of a bound."""
    return Op("log", (node,))


def over_delta(node: Node) -> Node:
    """Return a part of a bound divided by delta."""
    return Op("div", (node, Var("δ")))


def without_delta(numerator: Node) -> Mutant:
    """Return the variant in which nothing is paid for the confidence."""
    return replace_part(
        over_delta(numerator), lambda _: numerator, "without delta", "not for small delta"
    )


def without_moment(moment: Node, why: str) -> Mutant:
    """Return the variant in which nothing is paid for the exponential moment."""
    return replace_part(
        log(over_delta(moment)), lambda _: log(over_delta(Num(1))), "log(1 / delta) alone", why
    )


def deviation_parts(numerator: Node, shown: str) -> list[Mutant]:
    """Return variants of the parts ``log(numerator / delta) / lam`` and ``lam / (8 n)`` of a bound.

    Parameters
    ----------
    numerator : Node
        What stands over delta.
    shown : str
        How it is shown.
    """
    eight = Op("mul", (Num(8), N_DRAWS))
    why = "false for 4000 throws and a small delta"
    price = f"log({shown} / delta)"
    return [
        replace_part(
            log(over_delta(numerator)),
            lambda node: times(fmpq(19, 20), node),
            f"{price} -> 0.95 {price}",
            why,
        ),
        replace_part(eight, lambda _: times(fmpq(9), N_DRAWS), "8 n -> 9 n", why),
        replace_part(
            Op("div", (LAM, eight)),
            lambda _: Num(0),
            "without lam / (8 n)",
            "the deviation does not vanish for large lam",
        ),
        ONE_MORE_DRAW,
        SQUARED_DRAWS,
    ]


def _value(formula: Formula, args: dict[str, Any]) -> Number:
    """Evaluate a bound in balls, fast where it is defined for certain."""
    given = [args[param.name] for param in formula.params]
    try:
        found = formula.ball(*(value if isinstance(value, int) else ball(value) for value in given))
    except (UndecidedError, ZeroDivisionError):
        return formula.value(args)
    return found if found.is_finite() else formula.value(args)


def by(formula: Formula, size: Size, at: Randomised[Any], delta: fmpq | None = None) -> Measurement:
    """Measure the worst law of the sample at the quantile, as a formula of the bound has it."""
    shared = at.arguments
    bounds: dict[tuple[int, ...], Number] = {}  # by the identities of what many laws share

    def excess(chosen: Any) -> arb:
        own = chosen.arguments
        key = tuple(map(id, own.values()))
        if key not in bounds:
            bounds[key] = _value(formula, {**own, **shared})
        return ball(size(chosen) - bounds[key])

    worst = at.worst_by(excess, delta)
    return Measurement(size(worst), {**worst.arguments, **shared})


def everywhere(bound: str, size: Size, mutants: Sequence[Mutant]) -> list[Mutant]:
    """Let each variant of a bound also say which law and which sample is the worst."""

    def own(mutant: Mutant) -> Mutant:
        @lru_cache(maxsize=1)
        def changed(book: Book) -> Formula:
            formula = mutated(mutant, book.formula(bound))
            assert formula is not None
            return formula

        def measure(at: Any, book: Book) -> Measurement:
            return by(changed(book), size, at)

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


def dropped(late: Any, copied: Any, outside: Any) -> list[Mutant]:
    """Return the variants without a hypothesis that bounds with a prior on losses share.

    Parameters
    ----------
    late, copied, outside
        Instances whose prior is chosen after the sample, whose draws are copies of one, and whose
        losses are not in ``[0, 1]``.
    """
    return [
        without(
            "the prior is fixed before the sample",
            [late],
            "the point mass at the hypothesis that deviates the most, as the prior",
        ),
        without("the draws are independent", [copied], "many copies of one coin"),
        without("losses in [0, 1]", [outside], "losses that are 0 or more than 1"),
    ]
