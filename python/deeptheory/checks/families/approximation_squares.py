"""Checks of squares and products by deep narrow networks."""

from __future__ import annotations

from flint import fmpq

from deeptheory.approximation.constructions import square_net
from deeptheory.checks.comparison import Measurement
from deeptheory.checks.instances.approximation import Product, Square, products, squares
from deeptheory.checks.mutants import (
    Mutant,
    drop,
    instead,
    replace_exponent,
    replace_part,
    replace_variable,
    scale,
    without,
)
from deeptheory.checks.registry import Series, Sharp, check
from deeptheory.formulas import Book
from deeptheory.formulas.syntax import Num, Op, Var

_ZERO, _ONE = fmpq(0), fmpq(1)


# Squares


_M_PLUS_ONE = Op("add", (Var("m", nat=True), Num(1, nat=True)), nat=True)
_M_PLUS_TWO = Op("add", (Var("m", nat=True), Num(2, nat=True)), nat=True)


def _exponent_plus_one() -> Mutant:
    return replace_part(
        _M_PLUS_ONE, lambda _: _M_PLUS_TWO, "m + 1 -> m + 2", "one layer more than there is"
    )


def _without_the_last_layer(at: Square, _book: Book) -> Measurement:
    return Measurement(at.error_of(square_net(max(at.m - 1, 0))), {"m": at.m})


def _relative(at: Square, _book: Book) -> Measurement:
    """Claim it of the error relative to the square."""
    x = at.place
    return Measurement(at.error_of(at.net) / x**2 if x else _ZERO, {"m": at.m})


@check(
    "Approximation.yarotsky_square",
    instances=squares,
    claim="attained for every m, in the middle of every piece",
    sharp=[
        *(Sharp(Square(m), _ONE) for m in range(8)),
        *(Sharp(Square(m, fmpq(1, 2 ** (m + 1))), _ONE) for m in (0, 1, 20, 100)),
        Sharp(Square(3, fmpq(5, 16)), _ONE),
        Sharp(Square(1, fmpq(1, 3)), fmpq(8, 9)),
        Sharp(Square(5, fmpq(3, 32)), _ZERO),
    ],
    mutants=[
        scale(fmpq(999, 1000), "it is attained"),
        _exponent_plus_one(),
        replace_part(Num(4), lambda _: Num(5), "4 -> 5", "a layer divides the error by four"),
        instead("one layer less", _without_the_last_layer, "each layer is needed"),
        instead("the relative error", _relative, "close to zero the error is not small"),
        without("x is at most one", [Square(1, fmpq(2))], "beyond one the square grows faster"),
        without("x is not negative", [Square(2, fmpq(-1, 2))], "below zero the network decreases"),
    ],
    series=[
        Series(
            "m layers of three units, the worst point",
            "m",
            lambda: [(m, Square(m)) for m in range(9)],
            rate=True,
        ),
        Series(
            "the worst point against the number 2^m of pieces",
            "2^m",
            lambda: [(2**m, Square(m)) for m in range(9)],
            log_x=True,
            rate=True,
        ),
        Series(
            "m layers of three units at the point 1/3",
            "m",
            lambda: [(m, Square(m, fmpq(1, 3))) for m in range(21)],
            rate=True,
        ),
    ],
)
def yarotsky_square(at: Square, _book: Book) -> Measurement:
    """Run the network, or compare its pieces with the square on the unit interval."""
    return Measurement(at.error, {"m": at.m})


# Products


def _worst_factors(bound: fmpq, m: int) -> Product:
    share = bound / 2 ** (m + 1)
    return Product(bound, m, share, share)


def _of_squares(at: Product, _book: Book) -> Measurement:
    """Claim it of the difference of the squares in the place of the product."""
    return Measurement(abs(at.value() - (at.x**2 - at.y**2)), {"M": at.bound, "m": at.m})


def _for_twice_the_range(at: Product, _book: Book) -> Measurement:
    """Claim it of the network for factors up to 2 M."""
    wide = Product(2 * at.bound, at.m, 2 * at.x, 2 * at.y)
    return Measurement(wide.error, {"M": at.bound, "m": at.m})


@check(
    "Approximation.relu_product",
    instances=products,
    claim="attained for every M and m",
    sharp=[
        *(Sharp(_worst_factors(bound, m), _ONE) for bound in (_ONE, fmpq(7, 3)) for m in (0, 1, 5)),
        Sharp(_worst_factors(fmpq(1, 10), 50), _ONE),
        Sharp(Product(_ONE, 2, fmpq(1, 8), fmpq(-1, 8)), _ONE),
        Sharp(Product(fmpq(3), 4, _ZERO, fmpq(5, 2)), _ZERO),
        Sharp(Product(fmpq(2), 3, fmpq(2), fmpq(-2))),
        Sharp(Product(fmpq(2), 1, -_ONE, fmpq(2))),
    ],
    mutants=[
        scale(fmpq(999, 1000), "it is attained"),
        _exponent_plus_one(),
        replace_part(Num(4), lambda _: Num(5), "4 -> 5", "a layer divides the error by four"),
        replace_exponent(2, lambda _: Num(1, nat=True), "M^2 -> M", "not for M above one"),
        replace_exponent(2, lambda _: Num(3, nat=True), "M^2 -> M^3", "not for M below one"),
        drop("M", "larger factors have larger products"),
        replace_variable("M", lambda m: Op("div", (m, Num(2))), "M -> M / 2", "half of the range"),
        instead("the difference of the squares", _of_squares, "the network multiplies"),
        instead("factors up to 2 M", _for_twice_the_range, "the error grows with the range"),
        without(
            "|x| is at most M",
            [Product(_ONE, 3, fmpq(5), _ONE)],
            "the sum leaves the range of the square network",
        ),
        without(
            "|y| is at most M",
            [Product(_ONE, 3, _ONE, fmpq(-5))],
            "the difference leaves the range of the square network",
        ),
    ],
    series=[
        Series(
            "factors M / 2^(m + 1) with M = 1 (attained)",
            "m",
            lambda: [(m, _worst_factors(_ONE, m)) for m in range(21)],
            rate=True,
        ),
        Series(
            "factors 1/3 and 1/5 with M = 1",
            "m",
            lambda: [(m, Product(_ONE, m, fmpq(1, 3), fmpq(1, 5))) for m in range(21)],
            rate=True,
        ),
    ],
)
def relu_product(at: Product, _book: Book) -> Measurement:
    """Run the network on the two factors."""
    return Measurement(at.error, {"M": at.bound, "m": at.m})
