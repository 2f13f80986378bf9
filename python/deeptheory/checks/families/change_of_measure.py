"""Checks of the theorems of ``lean/DeepTheory/Generalization/PacBayes/ChangeOfMeasure.lean``."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

from flint import fmpq

from deeptheory.checks.comparison import Measurement
from deeptheory.checks.instances.exponentials import Exponentials, exponentials, spread
from deeptheory.checks.instances.laws import Law, uniform
from deeptheory.checks.mutants import replace_part, scale, times, without
from deeptheory.checks.randomised import (
    by,
    every_sample,
    everywhere,
    log,
    over_delta,
    prices,
    without_delta,
)
from deeptheory.checks.registry import Series, Sharp, check
from deeptheory.formulas import Book
from deeptheory.formulas.rigorous import Number
from deeptheory.formulas.syntax import Num, Var

_HALF, _ONE, _USUAL = fmpq(1, 2), fmpq(1), fmpq(1, 20)


def _value(chosen: Any) -> Number:
    return chosen.value


_CHANGE = "Generalization.changeOfMeasureBound"
_M_OVER_DELTA = over_delta(Var("M"))
_TWO_BY_THREE = Exponentials(
    Law((1, 2, 3)),
    Law((5, 1)),
    ((fmpq(4), _ONE, fmpq(1, 3)), (fmpq(1, 2), fmpq(2), fmpq(7))),
    fmpq(1, 10),
)
_CONSTANT = Exponentials(uniform(2), Law((1,)), ((fmpq(50), fmpq(50)),), _HALF)
_ONLY_ON_AVERAGE = Exponentials(
    Law((1, 1)), Law((1, 3)), ((_ONE, _ONE), (fmpq(1, 100), fmpq(9))), fmpq(2, 5), _ONE
)


@check(
    "Generalization.change_of_measure",
    instances=exponentials,
    claim="ratio 0.9999 for every delta and any number of hypotheses, of which each is large at a "
    "rare point of its own: neither the relative entropy nor log(M / delta) has a better factor",
    sharp=[
        *(Sharp(spread(size, fmpq(1, 10))) for size in (1, 2, 4)),
        Sharp(spread(1, _USUAL)),
        Sharp(spread(3, _HALF)),
        Sharp(spread(40, fmpq(99, 100))),
        Sharp(replace(spread(1, fmpq(1, 10)), delta=_HALF)),
        Sharp(_CONSTANT),
        Sharp(_TWO_BY_THREE),
    ],
    mutants=[
        *everywhere(
            _CHANGE,
            _value,
            [
                scale(fmpq(9999, 10000), "it is approached for every delta"),
                *prices(fmpq(999, 1000)),
                without_delta(Var("M")),
                replace_part(
                    _M_OVER_DELTA,
                    lambda node: times(fmpq(999, 1000), node),
                    "M / delta -> 0.999 M / delta",
                    "one hypothesis that is large at a rare point",
                ),
                replace_part(
                    log(_M_OVER_DELTA),
                    lambda log: times(fmpq(999, 1000), log),
                    "log(M / delta) -> 0.999 log(M / delta)",
                    "one hypothesis that is large at a rare point",
                ),
                replace_part(
                    Var("M"), lambda _: Num(1), "without M", "a quantity that is often large"
                ),
            ],
        ),
        every_sample(_CHANGE, _value),
        without(
            "the prior is fixed before the draw",
            [spread(4, fmpq(1, 10), late=True)],
            "the point mass at the hypothesis that is large, as the prior",
        ),
        without(
            "every hypothesis has such a moment",
            [_ONLY_ON_AVERAGE],
            "one of two hypotheses, and the prior prefers the other one",
        ),
    ],
    series=[
        Series(
            "a quantity that is large once in 10^k draws",
            "k",
            lambda: [(k, spread(1, fmpq(1, 10**k))) for k in range(1, 13)],
            log_y=False,
        ),
        Series(
            "m hypotheses, each large at one point of its own; once in ten draws one of them is",
            "m",
            lambda: [(m, spread(m, fmpq(1, 10))) for m in range(1, 31)],
            log_y=False,
        ),
    ],
)
def change_of_measure(at: Exponentials, book: Book) -> Measurement:
    """Find the law whose mean exceeds its bound the most, with probability 1 - delta."""
    return by(book.formula(_CHANGE), _value, at)
