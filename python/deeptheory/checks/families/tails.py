"""Checks of the theorems of ``lean/DeepTheory/Probability/BinomialTail.lean``."""

from __future__ import annotations

from collections.abc import Callable

from flint import fmpq

from deeptheory.checks.comparison import Measurement
from deeptheory.checks.instances.laws import FAIR, Law, coin, uniform
from deeptheory.checks.instances.tails import LowerTail, lower_tails
from deeptheory.checks.mutants import Mutant, instead, replace_part, scale, squared, times, without
from deeptheory.checks.registry import Series, Sharp, check
from deeptheory.formulas import Book
from deeptheory.formulas.syntax import Node, Num, Op, Var

_ZERO, _HALF, _ONE = fmpq(0), fmpq(1, 2), fmpq(1)
_BITS = (_ZERO, _ONE)
_TINY = fmpq(1, 10**9)
_P, _Q = Var("p"), Var("q")


def _kl(q: Node, p: Node) -> Node:
    """Return the relative entropy of two coins, as the bound has it."""

    def term(a: Node, c: Node) -> Node:
        return Op("mul", (a, Op("log", (Op("div", (a, c)),))))

    misses = (Op("sub", (Num(1), q)), Op("sub", (Num(1), p)))
    return Op("add", (term(q, p), term(*misses)))


def _instead_of_kl(new: Callable[[Node], Node], name: str, why: str) -> Mutant:
    return replace_part(_kl(_Q, _P), new, name, why)


def _squared_gap(over: Node) -> Node:
    """Return ``(p - q)^2`` divided by something."""
    gap = Op("sub", (_P, _Q))
    return Op("div", (squared(gap), over))


def _coins(law: Law, n: int, heads: int) -> LowerTail:
    """Return so many coins that show at most so many heads."""
    return LowerTail(law, _BITS, n, fmpq(heads, n))


def _no_head(law: Law, n: int) -> LowerTail:
    """Return coins that show hardly any head, which is none."""
    return LowerTail(law, _BITS, n, _TINY)


def _constant(value: fmpq, n: int) -> LowerTail:
    """Return a quantity with one value, at its expectation."""
    return LowerTail(uniform(2), (value, value), n, value)


def _on_both_sides(at: LowerTail, _book: Book) -> Measurement:
    return Measurement(at.two_sided, {"n": at.n, "q": at.q, "p": at.p})


def _above(at: LowerTail, _book: Book) -> Measurement:
    return Measurement(at.upper, {"n": at.n, "q": at.q, "p": at.p})


_RARE = coin(19, 1)  # an error once in twenty times


@check(
    "Probability.binomial_kl_tail",
    instances=lower_tails,
    claim="attained by constants, and approached by coins as q tends to 0, where it is attained "
    "for every n and p; no factor can be put before the relative entropy",
    sharp=[
        *(Sharp(_constant(value, n), _ONE) for value in (fmpq(1, 3), _HALF) for n in (1, 5)),
        *(Sharp(_no_head(law, n)) for law in (FAIR, _RARE, coin(1, 9)) for n in (1, 10)),
        *(Sharp(_coins(FAIR, n, 2 * n // 5)) for n in (10, 100, 20000)),
        Sharp(_coins(_RARE, 400, 5)),
        Sharp(_coins(coin(9, 1), 20000, 1700)),
        Sharp(LowerTail(Law((2, 1, 3)), (_ZERO, _HALF, _ONE), 4, fmpq(1, 4))),
    ],
    mutants=[
        scale(fmpq(999, 1000), "it is attained by constants"),
        _instead_of_kl(
            lambda _: _kl(_P, _Q), "kl(p, q) in place of kl(q, p)", "not for q close to 0"
        ),
        _instead_of_kl(
            lambda kl: times(fmpq(1001, 1000), kl), "1001/1000 kl", "coins without a head need kl"
        ),
        _instead_of_kl(
            lambda _: _squared_gap(_P),
            "(p - q)^2 / p in place of kl",
            "twice the exponent of the multiplicative bound, too much for small p",
        ),
        _instead_of_kl(
            lambda _: times(fmpq(21, 10), _squared_gap(Num(1))),
            "2.1 (p - q)^2 in place of kl",
            "20000 fair coins come close to 2 (p - q)^2",
        ),
        replace_part(
            Op("cast", (Var("n", nat=True),)),
            lambda n: Op("add", (n, Num(1))),
            "n -> n + 1",
            "one draw more than there are",
        ),
        instead("deviations to both sides", _on_both_sides, "a fair coin has two equal tails"),
        instead(
            "the upper tail", _above, "a coin that seldom shows heads has a heavier upper tail"
        ),
        without(
            "the draws are independent",
            [LowerTail(FAIR, _BITS, 4, _TINY, copies=True)],
            "four copies of one coin",
        ),
        without(
            "values in [0, 1]",
            [LowerTail(coin(3, 1), (_ZERO, fmpq(2)), 1, _TINY)],
            "a quantity that is 2 once in four times",
        ),
        without(
            "q is at most p",
            [_coins(FAIR, 10, 9)],
            "ten fair coins seldom show ten heads",
        ),
        without(
            "p is the expectation",
            [LowerTail(FAIR, _BITS, 10, fmpq(2, 5), fmpq(3, 4))],
            "fair coins that are claimed to show three heads in four throws",
        ),
    ],
    series=[
        Series(
            "100 fair coins show at most k heads",
            "k",
            lambda: [(k, _coins(FAIR, 100, k)) for k in range(1, 51)],
        ),
        Series(
            "a model that errs once in twenty times: one error at most in n examples",
            "n",
            lambda: [(n, _coins(_RARE, n, 1)) for n in range(20, 401, 10)],
        ),
        Series(
            "n fair coins show no head",
            "n",
            lambda: [(n, _no_head(FAIR, n)) for n in range(1, 31)],
            rate=True,
        ),
    ],
)
def binomial_kl_tail(at: LowerTail, _book: Book) -> Measurement:
    """Measure the probability that the mean is at most q."""
    return Measurement(at.probability, {"n": at.n, "q": at.q, "p": at.p})
