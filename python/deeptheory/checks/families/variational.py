"""Checks of the variational formula and of the relative entropy of independent draws."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence

from flint import fmpq

from deeptheory.checks.comparison import Measurement, Relation
from deeptheory.checks.instances.divergences import Pair, kl, shifted_coins
from deeptheory.checks.instances.laws import FAIR, Law, coin, point_mass, uniform
from deeptheory.checks.instances.variational import (
    Products,
    Variational,
    draws_of,
    products,
    tilted,
    variationals,
)
from deeptheory.checks.mutants import Mutant, instead, scale, times, without
from deeptheory.checks.registry import Drawing, Series, Sharp, check
from deeptheory.formulas import Book, Formula
from deeptheory.formulas.rigorous import Number
from deeptheory.formulas.syntax import Node, Num, Op, rewrite

_ZERO, _HALF, _ONE = fmpq(0), fmpq(1, 2), fmpq(1)
_PART = fmpq(999, 1000)


# The variational formula


_SCORES = (fmpq(3), fmpq(1), fmpq(-2))
_SKEWED = Law((1, 3, 2))
_CLOSE = tilted(_SKEWED, _SCORES)


def _operation(op: str, new: Callable[[Node], Node], name: str, why: str) -> Mutant:
    """Change an operation of the bound, given its argument."""

    def change(formula: Formula) -> Node:
        return rewrite(
            formula.body,
            lambda node: new(node.args[0]) if isinstance(node, Op) and node.op == op else node,
        )

    return Mutant(name, why, change)


def _claimed(name: str, value: Callable[[Variational], Number], why: str) -> Mutant:
    return instead(name, lambda at, _book: Measurement(value(at), at.arguments), why)


def _other_order(at: Variational) -> Number:
    """Subtract the relative entropy of the laws in the other order."""
    return at.mean - kl(at.pair.nu.weights, at.pair.mu.weights)


def _score_of_one(share: int) -> Variational:
    """Return equally likely points of which one has the value 5, by a law that prefers it."""
    law = uniform(20)
    masses = (share,) + (100 - share,) * 19
    return Variational(Pair(Law(masses), law), (fmpq(5), *[_ZERO] * 19))


@check(
    "Probability.donsker_varadhan",
    instances=variationals,
    claim="attained by the tilted law and by no other: laws that are close to it come as close as "
    "they like",
    sharp=[
        Sharp(_CLOSE),
        Sharp(tilted(FAIR, (_ONE, _ZERO))),
        Sharp(tilted(Law((5, 0, 1)), _SCORES)),
        Sharp(tilted(uniform(5), tuple(fmpq(k, 3) for k in range(5)))),
        Sharp(tilted(coin(999, 1), (_ZERO, fmpq(10)))),
        Sharp(Variational(Pair(_SKEWED, _SKEWED), (_ZERO,) * 3)),
        Sharp(Variational(Pair(point_mass(3, 0), _SKEWED), _SCORES)),
        Sharp(Variational(Pair(_SKEWED, _SKEWED), _SCORES)),
        Sharp(Variational(Pair(Law((2, 1, 1)), Law((1, 1, 2))), (_ZERO,) * 3)),
    ],
    mutants=[
        scale(fmpq(999999, 1000000), "laws close to the tilted one come closer"),
        _operation(
            "exp", lambda f: Op("add", (Num(1), f)), "exp f -> 1 + f", "it is smaller than exp f"
        ),
        _operation(
            "exp",
            lambda f: Op("exp", (times(_PART, f),)),
            "exp f -> exp(0.999 f)",
            "a function that is large on a rare point",
        ),
        _operation(
            "log",
            lambda moment: Op("log", (times(_PART, moment),)),
            "E exp f -> 0.999 E exp f",
            "laws close to the tilted one come closer",
        ),
        _operation(
            "log",
            lambda moment: Op("sub", (Op("sqrt", (moment,)), Num(1))),
            "the root minus 1 in place of the logarithm",
            "a moment below 1, or close to it",
        ),
        _claimed("without the relative entropy", lambda at: at.mean, "all weight on the maximum"),
        _claimed(
            "0.999 of the relative entropy",
            lambda at: at.value(_PART),
            "laws that are close to the tilted one",
        ),
        _claimed("the relative entropy in the other order", _other_order, "it may be far smaller"),
        _claimed(
            "the total variation distance in place of the relative entropy",
            lambda at: at.mean - at.pair.distance,
            "it is at most 1",
        ),
        _claimed(
            "twice the squared distance in place of the relative entropy",
            lambda at: at.mean - 2 * at.pair.distance**2,
            "Pinsker's inequality bounds the relative entropy from below only",
        ),
        without(
            "the law allows only what the other one allows",
            [Variational(Pair(point_mass(3, 1), Law((1, 0, 1))), (_ZERO, _ONE, fmpq(1, 3)))],
            "all weight on a point that the other law excludes",
        ),
    ],
    series=[
        Series(
            "a law on three points tilted by k / 10 of a function",
            "k",
            lambda: [(k, tilted(_SKEWED, _SCORES, fmpq(k, 10))) for k in range(21)],
            log_y=False,
        ),
        Series(
            "twenty points, of which one has the value 5 and k times the weight of all others "
            "in a hundred",
            "k",
            lambda: [(k, _score_of_one(k)) for k in range(10, 100, 5)],
            log_y=False,
        ),
    ],
)
def donsker_varadhan(at: Variational, _book: Book) -> Measurement:
    """Subtract the relative entropy from the expectation."""
    return Measurement(at.value(), at.arguments)


# Independent draws


_ADDS = "the relative entropy of independent draws is the sum of those of the draws"
_COINS = shifted_coins(_HALF, fmpq(1, 4))
_THREE = Pair(Law((3, 2, 1)), uniform(3))
_SURE = Pair(point_mass(3, 1), Law((1, 2, 3)))
_MIXED = Products((_THREE, _SURE, Pair(Law((0, 1, 1)), Law((5, 1, 1)))))


def _equals(name: str, right: Callable[[Products], Number], why: str) -> Mutant:
    return instead(name, lambda at, _book: [Relation(at.joint(), "eq", right(at), "")], why)


def _at_most(name: str, right: Callable[[Products], Number], why: str) -> Mutant:
    return instead(name, lambda at, _book: [Relation(at.joint(), "le", right(at), "")], why)


def _one_way(at: Products) -> Number:
    """Add up the relative entropies in the other order, where they exist."""
    return sum((kl(one.nu.weights, one.mu.weights) for one in at.each), _ZERO)


def _growth() -> Mapping[str, Sequence[tuple[Number, Number]]]:
    """Return the relative entropy of n coins, and that of n copies of one coin."""
    return {
        "independent coins": [(n, draws_of(_COINS, n).joint()) for n in range(1, 9)],
        "copies, compared with independent coins": [
            (n, Products((_COINS,) * n, copies=True).joint()) for n in range(1, 9)
        ],
        "sum": [(n, draws_of(_COINS, n).total()) for n in range(1, 9)],
    }


@check(
    "Probability.klDiv_pi",
    instances=products,
    claim="an equality; copies of one draw do not have it",
    sharp=[
        *(Sharp(at) for at in (_MIXED, draws_of(_COINS, 8), draws_of(_THREE, 5))),
        Sharp(draws_of(Pair(Law((1, 0, 3)), Law((1, 5, 3))), 3)),
        Sharp(draws_of(Pair(uniform(2), uniform(2)), 4)),
        Sharp(Products((_SURE,))),
        Sharp(Products((_COINS, Pair(coin(1, 9), FAIR)))),
    ],
    mutants=[
        _at_most("the largest in place of the sum", Products.largest, "two draws tell more"),
        _equals(
            "the product in place of the sum",
            Products.product,
            "the product of small numbers is smaller",
        ),
        _at_most(
            "the mean in place of the sum",
            lambda at: at.total() / len(at.each),
            "two draws tell more than one",
        ),
        _at_most("0.999 of the sum", lambda at: _PART * at.total(), "nothing is saved"),
        _equals(
            "twice the sum for more than one draw",
            lambda at: at.total() * min(2, len(at.each)),
            "nothing is added",
        ),
        _at_most("in the other order", _one_way, "the relative entropy has an order"),
        without(
            "the draws are independent",
            [Products((Pair(FAIR, FAIR),) * 2, copies=True)],
            "two equal fair coins have the relative entropy log 2 to two independent ones",
        ),
        without(
            "each law allows whatever the same one of the first family allows",
            [Products((Pair(FAIR, coin(1, 0)), Pair(FAIR, coin(1, 3))))],
            "a sum of terms of which one is made up",
        ),
    ],
    series=[Drawing("n coins with p = 1/2 against coins with p = 3/4", "n", _growth, ("sum",))],
)
def kl_div_pi(at: Products, _book: Book) -> Sequence[Relation]:
    """Compare the sum over all outcomes with the sum over the draws."""
    return [Relation(at.joint(), "eq", at.total(), _ADDS)]
