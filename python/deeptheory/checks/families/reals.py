"""Checks of the theorems of ``lean/DeepTheory/Reals``."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import Any

from flint import fmpq
from mpmath import iv

from deeptheory.checks.comparison import Relation
from deeptheory.checks.instances.numbers import (
    Arguments,
    Cut,
    Cuts,
    Point,
    Surd,
    Surds,
    arguments,
    arguments_on_grid,
    cuts,
    interval,
    points,
    surds,
)
from deeptheory.checks.mutants import Mutant, instead, without
from deeptheory.checks.registry import Drawing, Sharp, check
from deeptheory.formulas import Book
from deeptheory.formulas.rigorous import Number, ball

_ONE = fmpq(1)
_HALF = fmpq(1, 2)
_STEP = fmpq(1, 10**6)
_FACTOR = fmpq(10001, 10000)


def _exp(x: Number) -> Number:
    return _ONE if isinstance(x, fmpq) and x == 0 else ball(x).exp()


def _log(u: Number) -> Number:
    return fmpq(0) if isinstance(u, fmpq) and u == 1 else ball(u).log()


def _curve(
    function: Callable[[fmpq], Number], low: fmpq, high: fmpq, pieces: int = 60
) -> list[tuple[Number, Number]]:
    places = [low + (high - low) * n / pieces for n in range(pieces + 1)]
    return [(x, function(x)) for x in places]


def _claims(name: str, claim: Callable[[Any], Relation | None], why: str) -> Mutant:
    """Return a mutant that claims one relation, or nothing of some instances."""

    def measure(at: Any, _book: Book) -> Sequence[Relation]:
        made = claim(at)
        return [] if made is None else [made]

    return instead(name, measure, why)


# The laws of exp and log


def _cosh(x: fmpq) -> Number:
    return (_exp(x) + _exp(-x)) / 2


def _parabola(x: fmpq, square: fmpq = _ONE) -> Number:
    return 1 + x + square * x * x


def _below_parabola(at: Arguments, square: fmpq = _ONE) -> Relation:
    law = "exp x <= 1 + x + x^2 where |x| <= 1"
    return Relation(_exp(at.x), "le", _parabola(at.x, square), law)


def _cosh_below(at: Arguments, constant: fmpq = _HALF) -> Relation:
    law = "(exp x + exp(-x)) / 2 <= exp(x^2 / 2)"
    return Relation(_cosh(at.x), "le", _exp(constant * at.x**2), law)


def _order(at: Arguments) -> Relation:
    """Compare exp x with exp y as x compares with y, which are not equal."""
    left, right = min(at.x, at.y), max(at.x, at.y)
    return Relation(_exp(left), "lt", _exp(right), "exp x < exp y exactly where x < y")


def _sum_law(at: Arguments, factor: fmpq = _ONE) -> Relation:
    left, right = _exp(at.x + at.y), factor * _exp(at.x) * _exp(at.y)
    return Relation(left, "eq", right, "exp(x + y) = exp x exp y")


def _derivative_of_exp(at: Arguments, factor: fmpq = _ONE) -> Relation:
    there, slope = _exp(at.x + _STEP), factor * _exp(at.x)
    return Relation(
        abs(there - _exp(at.x) - slope * _STEP),
        "le",
        _STEP * _STEP * _exp(at.x),
        "exp' = exp: |exp(x + h) - exp x - h exp x| <= h^2 exp x at h = 10^-6",
    )


def _derivative_of_log(at: Arguments, factor: fmpq = _ONE) -> Relation:
    return Relation(
        abs(_log(at.u * (1 + _STEP)) - _log(at.u) - factor * _STEP),
        "le",
        _STEP * _STEP,
        "log' u = 1/u: |log(u + h) - log u - h/u| <= (h/u)^2 at h = u 10^-6",
    )


def _tangent(at: Arguments, factor: fmpq = _ONE) -> Relation:
    return Relation(1 + factor * at.x, "le", _exp(at.x), "1 + x <= exp x")


def _hyperbola(at: Arguments, factor: fmpq = _ONE) -> Relation:
    return Relation(_exp(at.x), "le", 1 / (1 - factor * at.x), "exp x <= 1 / (1 - x) where x < 1")


def _product_law(at: Arguments) -> Relation:
    left, parts = _log(at.u * at.v), (_log(at.u), _log(at.v))
    scale = abs(parts[0]) + abs(parts[1])
    return Relation(left, "eq", sum(parts), "log(u v) = log u + log v", scale=scale)


def _log_above(at: Arguments, factor: fmpq = _ONE) -> Relation:
    return Relation(_log(at.u), "le", factor * (at.u - 1), "log u <= u - 1")


def _log_below(at: Arguments, factor: fmpq = _ONE) -> Relation:
    return Relation(factor * (1 - 1 / at.u), "le", _log(at.u), "1 - 1/u <= log u")


@check(
    "exp_log_laws",
    instances=arguments,
    claim="1 + x <= exp x is attained at 0 and only there, the bounds of the logarithm at 1 and "
    "only there; the constant in exp(x^2 / 2) is the best",
    sharp=[Sharp(at) for at in arguments_on_grid()],
    mutants=[
        _claims(
            "exp(x y) = exp x exp y",
            lambda at: Relation(_exp(at.x * at.y), "eq", _exp(at.x) * _exp(at.y), ""),
            "sums become products, not products",
        ),
        _claims(
            "exp(x + y) = 10001/10000 exp x exp y",
            lambda at: _sum_law(at, _FACTOR),
            "false already for x = y = 0",
        ),
        _claims(
            "log(u + v) = log u + log v",
            lambda at: Relation(_log(at.u + at.v), "eq", _log(at.u) + _log(at.v), ""),
            "products become sums, not sums",
        ),
        _claims(
            "exp x < exp y where x > y",
            lambda at: Relation(_exp(at.x), "lt", _exp(at.y), "") if at.x > at.y else None,
            "the order turned round",
        ),
        _claims(
            "1 + 10001/10000 x <= exp x",
            lambda at: _tangent(at, _FACTOR),
            "a line steeper than the tangent at 0 crosses the graph right of it",
        ),
        _claims(
            "1 + 9999/10000 x <= exp x",
            lambda at: _tangent(at, 2 - _FACTOR),
            "a line flatter than the tangent at 0 crosses the graph left of it",
        ),
        _claims(
            "exp x <= 1 / (1 - x) for x > 1 too",
            lambda at: None if at.x == 1 else _hyperbola(at),
            "the right-hand side is negative there",
        ),
        _claims(
            "exp x <= 1 / (1 - 9999/10000 x)",
            lambda at: _hyperbola(at, 2 - _FACTOR) if at.x < 1 else None,
            "not steep enough at 0",
        ),
        _claims(
            "exp x <= 1 + x + x^2 beyond |x| = 1",
            _below_parabola,
            "exp grows faster than a parabola",
        ),
        _claims(
            "exp x <= 1 + x + 71/100 x^2 where |x| <= 1",
            lambda at: _below_parabola(at, fmpq(71, 100)) if abs(at.x) <= 1 else None,
            "false at 1, where the factor has to be e - 2",
        ),
        _claims(
            "cosh x <= exp(x^2 / (201/100))",
            lambda at: _cosh_below(at, fmpq(100, 201)),
            "a smaller quadratic term, false near 0",
        ),
        _claims(
            "cosh x <= exp(99/100 |x|)",
            lambda at: Relation(_cosh(at.x), "le", _exp(abs(at.x) * fmpq(99, 100)), ""),
            "too slow far out",
        ),
        _claims(
            "log u <= 9999/10000 (u - 1)",
            lambda at: _log_above(at, 2 - _FACTOR),
            "a line flatter than the tangent at 1",
        ),
        _claims(
            "10001/10000 (1 - 1/u) <= log u",
            lambda at: _log_below(at, _FACTOR),
            "too steep at 1",
        ),
        _claims(
            "exp' = 10001/10000 exp",
            lambda at: _derivative_of_exp(at, _FACTOR),
            "a steeper derivative",
        ),
        _claims(
            "log' u = 10001/10000 / u",
            lambda at: _derivative_of_log(at, _FACTOR),
            "a steeper derivative",
        ),
        _claims(
            "log(exp x) = 10001/10000 x",
            lambda at: Relation(_log(_exp(at.x)), "eq", _FACTOR * at.x, ""),
            "not the inverse",
        ),
        _claims(
            "exp(log u) = 10001/10000 u",
            lambda at: Relation(_exp(_log(at.u)), "eq", _FACTOR * at.u, ""),
            "not the inverse",
        ),
    ],
    series=[
        Drawing(
            "exp x and its bounds",
            "x",
            lambda: {
                "exp x": _curve(_exp, fmpq(-2), fmpq(3, 4)),
                "1 + x": _curve(lambda x: 1 + x, fmpq(-2), fmpq(3, 4)),
                "1 / (1 - x)": _curve(lambda x: 1 / (1 - x), fmpq(-2), fmpq(3, 4)),
                "1 + x + x^2": _curve(_parabola, fmpq(-1), fmpq(3, 4)),
            },
        ),
        Drawing(
            "cosh x below exp(x^2 / 2)",
            "x",
            lambda: {
                "cosh x": _curve(_cosh, fmpq(-2), fmpq(2)),
                "exp(x^2 / 2)": _curve(lambda x: _exp(x * x / 2), fmpq(-2), fmpq(2)),
            },
        ),
        Drawing(
            "log u between 1 - 1/u and u - 1",
            "u",
            lambda: {
                "log u": _curve(_log, fmpq(1, 3), fmpq(3)),
                "1 - 1/u": _curve(lambda u: 1 - 1 / u, fmpq(1, 3), fmpq(3)),
                "u - 1": _curve(lambda u: u - 1, fmpq(1, 3), fmpq(3)),
            },
        ),
    ],
)
def exp_log_laws(at: Arguments, _book: Book) -> Sequence[Relation]:
    """Compare both sides of each law, on arguments of every size."""
    return [
        _sum_law(at),
        Relation(0, "lt", _exp(at.x), "0 < exp x"),
        *([_order(at)] if at.x != at.y else []),
        _derivative_of_exp(at),
        _tangent(at),
        *([_hyperbola(at)] if at.x < 1 else []),
        *([_below_parabola(at)] if abs(at.x) <= 1 else []),
        _cosh_below(at),
        Relation(_log(_exp(at.x)), "eq", at.x, "log(exp x) = x"),
        Relation(_exp(_log(at.u)), "eq", at.u, "exp(log u) = u"),
        _product_law(at),
        _derivative_of_log(at),
        _log_below(at),
        _log_above(at),
    ]


# The construction of the real numbers


_ROOT_OF_TWO = Cut(2, fmpq(2), fmpq(2), 40)
_THIRD_ROOT = Cut(3, fmpq(8, 27), _ONE, 40)
_ZERO_ROOT = Cut(5, fmpq(0), _ONE, 40)
_CONVERGES = "the rational sequence converges to it: |q_n - s| <= b / 2^n"


def _alternating(cuts: Cuts, _book: Book) -> Sequence[Relation]:
    """Claim of the sequence 0, b, 0, b, ... what is true of a Cauchy sequence."""
    cut, supremum = cuts.s, cuts.s.supremum()
    return [
        Relation(
            abs((cut.upper if n % 2 else fmpq(0)) - supremum), "le", cut.upper / fmpq(2) ** n, ""
        )
        for n in range(cut.steps + 1)
    ]


def _twice_as_fast(cuts: Cuts, _book: Book) -> Sequence[Relation]:
    supremum = cuts.s.supremum()
    return [
        Relation(abs(low - supremum), "le", (high - low) / 2, "") for low, high in cuts.s.sequence()
    ]


def _nesting(cut: Cut) -> list[Relation]:
    """Compare each interval of the bisection with the supremum, and with the next one."""
    intervals, supremum = cut.sequence(), cut.supremum()
    relations = []
    for (low, high), (following, _) in zip(intervals, intervals[1:] + intervals[-1:], strict=True):
        relations += [
            Relation(low**cut.degree, "le", cut.power, "every q_n belongs to the set"),
            Relation(abs(following - low), "le", high - low, "|q_(n+1) - q_n| <= b / 2^n"),
            Relation(low, "le", supremum, "no member of the set exceeds the supremum s"),
            Relation(supremum, "le", high, "no upper bound of the set is below s"),
            Relation(abs(low - supremum), "le", high - low, _CONVERGES),
        ]
    return relations


def _termwise(cuts: Cuts) -> list[Relation]:
    """Compare sums and products of the sequences with those of the suprema."""
    s, t, bounds = cuts.s.supremum(), cuts.t.supremum(), (cuts.s.upper, cuts.t.upper)
    relations = []
    for n, ((q, _), (r, _)) in enumerate(zip(cuts.s.sequence(), cuts.t.sequence(), strict=False)):
        gap = sum(bounds) / fmpq(2) ** n
        relations += [
            Relation(abs(q + r - (s + t)), "le", gap, "q_n + r_n converges to s + t"),
            Relation(abs(q * r - s * t), "le", max(bounds) * gap, "q_n r_n converges to s t"),
        ]
    return relations


def _order_of_roots(cuts: Cuts, turned: bool = False) -> Relation:
    """Compare the suprema as powers of theirs compare, which are rational."""
    left, right = cuts.s.power**cuts.t.degree, cuts.t.power**cuts.s.degree
    pair = (cuts.s.supremum(), cuts.t.supremum())
    small, large = pair if (left < right) != turned else pair[::-1]
    relation: Any = "eq" if left == right else "lt"
    return Relation(small, relation, large, "s < t exactly where the sequences say so")


def _bisection(cut: Cut) -> dict[str, list[tuple[Number, Number]]]:
    intervals = cut.sequence()[:13]
    return {
        "upper bounds": [(n, high) for n, (_, high) in enumerate(intervals)],
        "members of the set": [(n, low) for n, (low, _) in enumerate(intervals)],
        "supremum": [(n, cut.supremum()) for n in (0, len(intervals) - 1)],
    }


@check(
    "real_construction",
    instances=cuts,
    claim="the rational numbers alone do not suffice: the root of two is no rational",
    sharp=[
        Sharp(Cuts(_ROOT_OF_TWO, _THIRD_ROOT)),
        Sharp(Cuts(_THIRD_ROOT, _ROOT_OF_TWO)),
        Sharp(Cuts(_ZERO_ROOT, _ROOT_OF_TWO)),
        Sharp(Cuts(Cut(4, fmpq(4), fmpq(3), 40), _ROOT_OF_TWO)),
    ],
    mutants=[
        _claims(
            "the supremum is rational",
            lambda cuts: Relation(
                cuts.s.sequence()[-1][0] ** cuts.s.degree, "eq", cuts.s.power, ""
            ),
            "the last number of the sequence is not the root",
        ),
        instead("|q_n - s| <= b / 2^(n + 1)", _twice_as_fast, "halving gains one bit a step"),
        instead(
            "any bounded sequence converges", _alternating, "0, b, 0, b, ... is no Cauchy sequence"
        ),
        _claims(
            "the order of the sequences turned round",
            lambda cuts: _order_of_roots(cuts, turned=True),
            "the root of two exceeds two thirds",
        ),
        _claims(
            "the product is the sum",
            lambda cuts: Relation(
                cuts.s.supremum() * cuts.t.supremum(),
                "eq",
                cuts.s.supremum() + cuts.t.supremum(),
                "",
            ),
            "they differ",
        ),
        without(
            "the set is not empty",
            [Cuts(Cut(2, fmpq(-1), _ONE, 5), _ROOT_OF_TWO)],
            "no rational has the square -1",
        ),
        without(
            "the set is bounded above",
            [Cuts(Cut(2, fmpq(9), _ONE, 5), _ROOT_OF_TWO)],
            "1 is below the root of 9",
        ),
    ],
    series=[
        Drawing(
            "the root of two by halving [0, 2]",
            "n",
            lambda: _bisection(_ROOT_OF_TWO),
            lines=("supremum",),
        )
    ],
)
def real_construction(cuts: Cuts, _book: Book) -> Sequence[Relation]:
    """Enclose suprema by exact rationals, and compare with the roots that python-flint finds."""
    return [*_nesting(cuts.s), *_termwise(cuts), _order_of_roots(cuts)]


# The uniqueness of the real numbers


def _surds(x: tuple[int, int], y: tuple[int, int], d: int = 2, image: str = "inclusion") -> Surds:
    return Surds(Surd(fmpq(x[0]), fmpq(x[1]), d), Surd(fmpq(y[0]), fmpq(y[1]), d), image)


def _same(left: Number, right: Number, law: str) -> Relation:
    return Relation(left, "eq", right, law, scale=1 + abs(right).upper())


@check(
    "real_uniqueness",
    instances=surds,
    claim="an ordered field that is not complete may have other homomorphisms, as the "
    "conjugation of a quadratic field",
    sharp=[Sharp(_surds((1, 1), (0, 1))), Sharp(_surds((3, -2), (-5, 7), 7))],
    mutants=[
        _claims(
            "the map sends sums to products",
            lambda at: _same((at.x + at.y).by_cut(), at.x.by_cut() * at.y.by_cut(), ""),
            "one is no longer kept",
        ),
        _claims(
            "the map turns the order round",
            lambda at: Relation(at.y.by_cut(), "lt", at.x.by_cut(), "") if at.x < at.y else None,
            "squares are positive in both fields",
        ),
        without(
            "the field is complete",
            [_surds((1, 1), (0, 1), image="conjugation")],
            "the conjugation keeps one, sums and products",
        ),
        without(
            "products are kept",
            [_surds((1, 1), (0, 1), image="doubled")],
            "twice the irrational part keeps one and sums",
        ),
        without(
            "sums are kept",
            [_surds((1, 1), (0, 1), image="cube")],
            "the cube keeps one and products",
        ),
    ],
    series=[
        Drawing(
            "numbers a + b sqrt(2): by the rationals below, and by the homomorphism",
            "b",
            lambda: {
                name: [(b, image(Surd(_ONE, fmpq(b), 2))) for b in range(-6, 7)]
                for name, image in (
                    ("isomorphism", Surd.by_cut),
                    ("conjugation, which drops the order", lambda z: z.in_balls(-1)),
                )
            },
        )
    ],
)
def real_uniqueness(at: Surds, _book: Book) -> Sequence[Relation]:
    """Compare the map given by the rationals below a number with the homomorphism."""
    x, y = at.x, at.y
    relations = [
        _same((x + y).by_cut(), x.by_cut() + y.by_cut(), "e(x + y) = e(x) + e(y)"),
        _same((x * y).by_cut(), x.by_cut() * y.by_cut(), "e(x y) = e(x) e(y)"),
        _same(at.map(x), x.by_cut(), "a map that keeps one, sums and products is e"),
        _same(at.map(y), y.by_cut(), "a map that keeps one, sums and products is e"),
    ]
    if x != y:
        small, large = (x, y) if x < y else (y, x)
        law = "e(x) < e(y) exactly where x < y"
        relations.append(Relation(small.by_cut(), "lt", large.by_cut(), law))
    return relations


# What the isomorphism keeps


def _powers(at: Point) -> tuple[Any, Number]:
    """Return ``u^a`` by intervals and by balls."""
    by_balls = _exp(at.a * _log(at.map(interval(at.u))))
    return interval(at.u) ** interval(at.a), by_balls


def _at(x: int, u: int, a: int, factor: int = 1) -> Point:
    return Point(fmpq(x), fmpq(u), fmpq(a), factor)


@check(
    "real_transfer",
    instances=points,
    claim="a bijection that keeps sums and the order, as doubling, sends roots to other numbers",
    sharp=[Sharp(_at(1, 2, 3)), Sharp(_at(-5, 3, -2))],
    mutants=[
        _claims(
            "exp is sent to 10001/10000 exp",
            lambda at: _same(
                at.map(iv.exp(interval(at.x))), _FACTOR * _exp(at.map(interval(at.x))), ""
            ),
            "exp is determined by its laws",
        ),
        _claims(
            "roots are sent to third roots",
            lambda at: _same(at.map(iv.sqrt(interval(at.u))), at.map(interval(at.u)).root(3), ""),
            "the square of the root is kept",
        ),
        _claims(
            "log u is sent to log u / log 2",
            lambda at: _same(
                at.map(iv.log(interval(at.u))), _log(at.map(interval(at.u))) / _log(fmpq(2)), ""
            ),
            "the base is kept",
        ),
        without("products are kept", [_at(1, 2, 3, factor=2)], "doubling"),
    ],
    series=[
        Drawing(
            "the square root after doubling, and doubling after the square root",
            "u",
            lambda: {
                "2 sqrt(u)": _curve(lambda u: 2 * ball(u).sqrt(), fmpq(0), fmpq(4)),
                "sqrt(2 u)": _curve(lambda u: ball(2 * u).sqrt(), fmpq(0), fmpq(4)),
                "sqrt(u)": _curve(lambda u: ball(u).sqrt(), fmpq(0), fmpq(4)),
            },
        )
    ],
)
def real_transfer(at: Point, _book: Book) -> Sequence[Relation]:
    """Compare mpmath's intervals, sent to balls, with python-flint's functions of the images."""
    x, u = interval(at.x), interval(at.u)
    e_x, e_u = at.map(x), at.map(u)
    by_intervals, by_balls = _powers(at)
    roots = [iv.sqrt(n * u) for n in range(1, 6)]
    halves = [at.map(x + u / 2**n) for n in (10, 20)]
    return [
        _same(e_x, ball(at.x), "rational numbers are kept"),
        _same(at.map(abs(x)), abs(e_x), "e |x| = |e x|"),
        Relation(at.map(iv.sqrt(u)), "eq", e_u.sqrt(), "e (sqrt u) = sqrt(e u)"),
        Relation(at.map(iv.exp(x)), "eq", _exp(e_x), "e (exp x) = exp(e x)"),
        _same(at.map(iv.log(u)), _log(e_u), "e (log u) = log(e u)"),
        Relation(at.map(by_intervals), "eq", by_balls, "e (u^a) = (e u)^(e a)"),
        _same(at.map(sum(roots)), sum(at.map(root) for root in roots), "e keeps finite sums"),
        *(
            _same(half - e_x, e_u / 2**n, "e keeps limits: e (x + u / 2^n) - e x = e u / 2^n")
            for half, n in zip(halves, (10, 20), strict=True)
        ),
    ]
