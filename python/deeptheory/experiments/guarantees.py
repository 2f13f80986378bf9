"""Bounds on the error of a trained classifier, put together from the catalog's formulas.

No constant of a bound is written here: each number is the value of the formula that the Lean
statement mentions, on exact arguments, with its hypotheses checked by `evaluate_bound`.
"""

from __future__ import annotations

import math
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from flint import ctx, fmpq

from deeptheory.formulas import Book, CertifiedValue
from deeptheory.formulas.bounds import Bound, evaluate_bound
from deeptheory.formulas.rigorous import Number, ball, compare, refine

__all__ = [
    "Complexity",
    "Guarantee",
    "finite",
    "held_out",
    "in_two_layers",
    "linear_l1",
    "linear_l2",
    "margin",
    "occam",
    "ramp",
    "ramp_on_sample",
    "sparse_weight",
    "vapnik_chervonenkis",
]

_BITS = 128


@dataclass(frozen=True)
class Guarantee:
    """An upper bound on the expected error of a classifier, with some confidence.

    Parameters
    ----------
    theorem : str
        The theorem that gives it, without the prefix ``DeepTheory.``.
    rests_on : tuple of str
        Further theorems that its arguments come from.
    what : str
        The quantity on the sample that the bound starts from.
    empirical : fmpq
        That quantity.
    slack : fmpq or arb
        What is added to it.
    arguments : dict
        The arguments of the theorem's bound.
    checked, assumed : tuple of str
        The hypotheses of the theorems that were checked on the arguments, and the others.
    """

    theorem: str
    rests_on: tuple[str, ...]
    what: str
    empirical: fmpq
    slack: Number
    arguments: Mapping[str, Any]
    checked: tuple[str, ...]
    assumed: tuple[str, ...]

    @property
    def value(self) -> CertifiedValue:
        """The bound on the expected error."""
        with ctx.workprec(_BITS):
            return CertifiedValue(self.empirical + self.slack, 10, _BITS)

    def ratio(self, error: fmpq) -> CertifiedValue | None:
        """Return the bound divided by an error, None where that is zero."""
        if error == 0:
            return None
        with ctx.workprec(_BITS):
            return CertifiedValue((self.empirical + self.slack) / error, 10, _BITS)


@dataclass(frozen=True)
class Complexity:
    """An upper bound on the Rademacher complexity of a class on every sample that it may meet.

    Parameters
    ----------
    value : fmpq or arb
        The bound.
    theorems : tuple of str
        The theorems that give it.
    checked, assumed : tuple of str
        Their hypotheses.
    """

    value: Number
    theorems: tuple[str, ...]
    checked: tuple[str, ...]
    assumed: tuple[str, ...]

    def then(self, bound: Bound) -> Complexity:
        """Return the bound of a theorem that takes this one as an argument."""
        return Complexity(
            bound.value.number,
            (*self.theorems, bound.name),
            _united(self.checked, bound.checked),
            _united(self.assumed, bound.assumed),
        )


def _united(*lists: Iterable[str]) -> tuple[str, ...]:
    return tuple(dict.fromkeys(item for items in lists for item in items))


def _evaluate(book: Book, theorem: str, **arguments: Any) -> Bound:
    return evaluate_bound(book, f"DeepTheory.{theorem}", arguments, digits=30)


_NOTHING = Complexity(fmpq(0), (), (), ())


def linear_l2(book: Book, n: int, *, B: fmpq, X: fmpq) -> Complexity:
    """Return the complexity of linear functions with weights and inputs of bounded norm."""
    return _NOTHING.then(_evaluate(book, "Generalization.linear_l2", B=B, X=X, n=n))


def linear_l1(book: Book, n: int, *, B: fmpq, X: fmpq, d: int) -> Complexity:
    """Return that for weights of bounded absolute sum and inputs with bounded coordinates."""
    return _NOTHING.then(_evaluate(book, "Generalization.linear_l1", B=B, X=X, d=d, n=n))


def in_two_layers(book: Book, hidden: Complexity, *, A: fmpq) -> Complexity:
    """Return the complexity of two-layer networks over a class of hidden functions."""
    return hidden.then(_evaluate(book, "Generalization.two_layer", A=A, r=hidden.value))


def _guarantee(
    bound: Bound, what: str, empirical: fmpq, slack: Number, before: Complexity = _NOTHING
) -> Guarantee:
    return Guarantee(
        bound.name,
        before.theorems,
        what,
        empirical,
        slack,
        bound.arguments,
        _united(before.checked, bound.checked),
        _united(before.assumed, bound.assumed),
    )


def _smallest(guarantees: Iterable[Guarantee]) -> Guarantee:
    with ctx.workprec(_BITS):
        return min(guarantees, key=lambda g: float(ball(g.empirical + g.slack)))


def margin(
    book: Book,
    margins: Sequence[fmpq],
    complexity: Complexity,
    grid: Sequence[fmpq],
    delta: fmpq,
) -> Guarantee:
    """Return the margin bound at the best margin of a grid.

    Each margin of the grid has its share ``delta / len(grid)``, so all of them hold at once with
    probability ``1 - delta``, and the best may be chosen after the sample.

    Parameters
    ----------
    book : Book
        The catalog.
    margins : sequence of fmpq
        The margins of the classifier on the sample.
    complexity : Complexity
        Of the class of scores, on every sample of this size.
    grid : sequence of fmpq
        The margins that were fixed before the sample.
    delta : fmpq
        The probability that the bound fails.
    """
    n = len(margins)

    def at(rho: fmpq) -> Guarantee:
        share = fmpq(sum(m < rho for m in margins), n)
        arguments = {"r": complexity.value, "ρ": rho, "n": n, "δ": delta / len(grid)}
        bound = _evaluate(book, "Generalization.margin_bound", **arguments)
        what = f"share of margins below {rho}"
        return _guarantee(bound, what, share, bound.value.number, complexity)

    return _smallest(at(rho) for rho in grid)


def ramp(book: Book, margins: Sequence[fmpq], rho: fmpq) -> fmpq:
    """Return the mean of the ramp of the margins, exactly."""
    formula = book.formula("DeepTheory.Generalization.ramp")
    return sum((formula.value({"ρ": rho, "t": m}) for m in margins), fmpq(0)) / len(margins)


def ramp_on_sample(
    book: Book,
    theorem: str,
    margins: Sequence[fmpq],
    complexity: Complexity,
    grid: Sequence[fmpq],
    delta: fmpq,
) -> Guarantee:
    """Return the Rademacher bound for the ramp loss at the best margin of a grid.

    The ramp is at least the error and has slope ``1 / rho``, so contraction bounds the complexity
    of the losses.  The grid has its price as in `margin`.

    Parameters
    ----------
    book : Book
        The catalog.
    theorem : str
        ``Generalization.rademacher_bound`` or ``Generalization.rademacher_empirical_bound``.
    margins, complexity, grid, delta
        As for `margin`.
    """
    n = len(margins)

    def at(rho: fmpq) -> Guarantee:
        losses = complexity.then(
            _evaluate(book, "Generalization.contraction", L=1 / rho, r=complexity.value)
        )
        arguments = {"r": losses.value, "b": fmpq(1), "n": n, "δ": delta / len(grid)}
        bound = _evaluate(book, theorem, **arguments)
        what = f"mean ramp loss at {rho}"
        return _guarantee(bound, what, ramp(book, margins, rho), bound.value.number, losses)

    return _smallest(at(rho) for rho in grid)


def finite(book: Book, errors: fmpq, n: int, N: int, delta: fmpq) -> Guarantee:
    """Return the bound for a class of ``N`` classifiers."""
    bound = _evaluate(book, "Generalization.finite_class", N=N, n=n, δ=delta)
    return _guarantee(bound, "training error", errors, bound.value.number)


def sparse_weight(dimension: int, nonzero: int) -> fmpq:
    """Return the prior weight of a vector of -1, 0 and 1 with some entries that are not zero.

    The number of such entries is uniform on 0, ..., ``dimension``; given it, their places are
    uniform, and so are their signs.
    """
    return fmpq(1, (dimension + 1) * math.comb(dimension, nonzero) * 2**nonzero)


def occam(book: Book, errors: fmpq, n: int, weight: fmpq, delta: fmpq) -> Guarantee:
    """Return Occam's bound for a classifier with a prior weight."""
    bound = _evaluate(book, "Generalization.occam", w=weight, n=n, δ=delta)
    return _guarantee(bound, "training error", errors, bound.value.number)


def vapnik_chervonenkis(book: Book, errors: fmpq, n: int, growth: int, delta: fmpq) -> Guarantee:
    """Return the bound for a class of classifiers with at most ``growth`` labellings."""
    bound = _evaluate(book, "Generalization.vc_bound", g=growth, n=n, δ=delta)
    return _guarantee(bound, "training error", errors, bound.value.number)


def held_out(book: Book, errors: fmpq, m: int, delta: fmpq, *, unit: int = 10**6) -> Guarantee:
    """Return Hoeffding's bound from the errors on ``m`` held-out points.

    It is the least multiple ``e`` of ``1 / unit`` at which Hoeffding's formula, for ``m`` draws in
    [0, 1], is certainly at most ``delta``.  The theorem is used for one minus the loss, whose mean
    exceeds its expectation by ``e`` where the error exceeds its mean on the points by ``e``.

    Raises
    ------
    PrecisionError
        Where a value cannot be told from ``delta``.
    """
    formula = book.formula("DeepTheory.Probability.hoeffdingBound")
    zero, one = fmpq(0), fmpq(1)

    def enough(steps: int) -> bool:
        values = {"n": m, "e": fmpq(steps, unit), "a": zero, "b": one}
        found, _ = refine(
            lambda: int(compare("le", formula.value(values), delta)), lambda _: True, bits=_BITS
        )
        return bool(found)

    low, high = -1, unit
    while high - low > 1:
        middle = (low + high) // 2
        low, high = (low, middle) if enough(middle) else (middle, high)
    e = fmpq(high, unit)
    bound = _evaluate(book, "Probability.hoeffding", n=m, e=e, a=zero, b=one)
    return _guarantee(bound, "held-out error", errors, e)
