"""How fast the inverse of the relative entropy is, and bounds on a risk, beside what others do."""

from __future__ import annotations

import time
from collections.abc import Callable
from functools import partial
from typing import Any

import numpy as np
from flint import arb, ctx, fmpq

from deeptheory.certify.inverse import kl_inverse
from deeptheory.certify.inverse_vectorised import kl_inverse_upper
from deeptheory.certify.peers import (
    FLOAT_BOUNDS,
    best_lambda,
    bisection_iv,
    maurer_level,
    newton,
)
from deeptheory.errors import FailureError
from deeptheory.formulas.book import Book
from deeptheory.formulas.formula import Formula

__all__ = ["bench_inversion", "certified_risk"]

_DIGITS = 30
_RISKS = [(1, 1000), (1, 50), (1, 10), (3, 10), (1, 2), (9, 10)]
_LEVELS = [(1, 10**6), (1, 1000), (1, 20), (1, 2)]
_BITS = 128
_AGREEMENT = 1e-9
_LEVEL = "Generalization.maurerBound"


def certified_risk(name: str, q: fmpq, level: arb) -> fmpq | arb:
    """Return a certified bound on a risk: a rational, or a ball whose upper end is the bound.

    Parameters
    ----------
    name : str
        A key of `FLOAT_BOUNDS`.
    q : fmpq
        The empirical risk.
    level : arb
        The level below which the relative entropy of the risks stays.
    """
    half = level / 2
    if name == "inverse":
        return kl_inverse(q, level, _DIGITS)[1]
    if name == "McAllester":
        return q + half.sqrt()
    if name == "quadratic":
        root = (q + half).sqrt() + half.sqrt()
        return root * root
    lam = fmpq(*best_lambda(float(q.p) / float(q.q), float(level)).as_integer_ratio())
    return (q + level / lam) / (1 - lam / 2)


def _cost(function: Callable[[], Any], seconds: float, rounds: int = 5) -> float:
    """Return the least processor time that a call takes, over rounds that share the time."""
    best = float("inf")
    for _ in range(rounds):
        calls, begun = 0, time.process_time()
        while calls == 0 or time.process_time() - begun < seconds / rounds:
            function()
            calls += 1
        best = min(best, (time.process_time() - begun) / calls)
    return best


def _exact(seconds: float) -> dict[str, Any]:
    """Compare the inversion to thirty digits with bisection over intervals."""
    points = [(q, c) for q in _RISKS for c in _LEVELS]
    exact = [(fmpq(*q), fmpq(*c)) for q, c in points]
    ours = _cost(lambda: [kl_inverse(q, c, _DIGITS) for q, c in exact], seconds) / len(points)
    theirs = _cost(lambda: [bisection_iv(q, c, _DIGITS) for q, c in points], seconds)
    theirs /= len(points)
    return {"digits": _DIGITS, "ours": ours, "theirs": theirs, "speedup": theirs / ours}


def _arrays(entries: int, seconds: float) -> dict[str, Any]:
    """Compare certified upper bounds for an array with Newton's iteration for it."""
    generator = np.random.default_rng(20240229)
    q = generator.uniform(1e-4, 1 - 1e-4, entries)
    c = 10.0 ** generator.uniform(-4, 0, entries)
    ours = _cost(lambda: kl_inverse_upper(q, c), seconds)
    theirs = _cost(lambda: newton(q, c), seconds)
    above = kl_inverse_upper(q, c) - newton(q, c)
    return {
        "entries": entries,
        "ours": ours,
        "theirs": theirs,
        "ratio": ours / theirs,
        "largest_difference": float(np.max(np.abs(above))),
    }


def _risks(level: Formula, seconds: float) -> list[dict[str, Any]]:
    """Compare certified bounds on a risk with the same formulas in doubles."""
    problems = [(0.02, 50.0, 1000, 0.05), (0.1, 1000.0, 10_000, 0.01), (0.3, 5.0, 500, 0.05)]
    exact = [
        (fmpq(*q.as_integer_ratio()), fmpq(*k.as_integer_ratio()), n, fmpq(*d.as_integer_ratio()))
        for q, k, n, d in problems
    ]

    def ours(name: str) -> None:
        for q, k, n, d in exact:
            certified_risk(name, q, level.ball(arb(k), n, arb(d)))

    def theirs(name: str) -> None:
        for q, k, n, d in problems:
            FLOAT_BOUNDS[name](q, maurer_level(k, n, d))

    with ctx.workprec(_BITS):
        return [
            {
                "bound": name,
                "ours": _cost(partial(ours, name), seconds) / len(problems),
                "theirs": _cost(partial(theirs, name), seconds) / len(problems),
            }
            for name in FLOAT_BOUNDS
        ]


def bench_inversion(book: Book, *, entries: int = 10**6, seconds: float = 1.0) -> dict[str, Any]:
    """Measure the inverse of the relative entropy, exact and over arrays, and bounds on a risk.

    Parameters
    ----------
    book : Book
        The catalog, for the level of Maurer's bound.
    entries : int
        How many entries the arrays have.
    seconds : float
        How long to measure each side of each comparison, at least one call.

    Returns
    -------
    dict
        ``exact`` (thirty digits, beside bisection with mpmath's intervals), ``arrays`` (certified
        doubles, beside uncertified Newton steps of numpy) and ``risks`` (bounds on a risk, beside
        the same in doubles); seconds of processor time on one core, a call or an array.

    Raises
    ------
    FailureError
        Where the two sides of a comparison disagree.
    """
    figures = {"exact": _exact(seconds), "arrays": _arrays(entries, seconds)}
    if not figures["arrays"]["largest_difference"] < _AGREEMENT:
        raise FailureError("The certified and the uncertified inverses of an array differ.")
    return {**figures, "risks": _risks(book.formula(_LEVEL), seconds / 4)}
