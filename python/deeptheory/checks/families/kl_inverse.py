"""Checks of the relative entropy of two coins: its moment at a mean, and its inverse."""

from __future__ import annotations

from flint import fmpq

from deeptheory.checks.comparison import Measurement
from deeptheory.checks.instances.kl_inverse import BinaryMoment, Level, levels, moments
from deeptheory.checks.instances.laws import FAIR, Law, coin
from deeptheory.checks.mutants import (
    drop_root,
    instead,
    replace_by_square,
    replace_part,
    replace_variable,
    scale,
    squared,
    times,
    without,
)
from deeptheory.checks.registry import Series, Sharp, check
from deeptheory.formulas import Book
from deeptheory.formulas.syntax import Num, Op, Var

_ZERO, _HALF, _ONE = fmpq(0), fmpq(1, 2), fmpq(1)
_BITS = (_ZERO, _ONE)


# The exponential moment


_CAST_N = Op("cast", (Var("n", nat=True),))
_ROOT_N = Op("sqrt", (_CAST_N,))


def _throws(n: int, law: Law = FAIR) -> BinaryMoment:
    return BinaryMoment(law, _BITS, n)


def _one_more(at: BinaryMoment, _book: Book) -> Measurement:
    """Claim it of n + 1 times the relative entropy."""
    return Measurement(at.moment(at.n + 1), {"n": at.n})


@check(
    "Generalization.klBin_moment",
    instances=moments,
    claim="attained by one throw of any coin; ratio 0.634 for 2000 throws of any coin, where it "
    "falls to sqrt(pi / 8) = 0.627: no power of n below 1/2 will do, nor a factor below 5/4",
    sharp=[
        *(Sharp(_throws(1, law), _ONE) for law in (FAIR, coin(9, 1), coin(1, 99))),
        Sharp(_throws(4), fmpq(103, 128)),
        Sharp(BinaryMoment(FAIR, (_HALF, _HALF), 4), fmpq(1, 4)),
        *(Sharp(_throws(n)) for n in (2, 100, 2000)),
        Sharp(BinaryMoment(Law((1, 2, 3)), (_ZERO, _HALF, _ONE), 6)),
        Sharp(BinaryMoment(Law((1, 8, 1)), (_ZERO, fmpq(1, 3), _ONE), 5)),
    ],
    mutants=[
        scale(fmpq(999, 1000), "it is attained by one throw of a coin"),
        replace_part(
            Num(2), lambda _: times(fmpq(19, 10), Num(1)), "2 -> 1.9", "not for one throw of a coin"
        ),
        replace_part(
            Num(2),
            lambda _: times(fmpq(5, 4), Num(1)),
            "2 -> 5/4",
            "false for 2000 throws, and for one",
        ),
        replace_part(_ROOT_N, lambda _: Num(1), "without sqrt n", "it grows with n"),
        replace_part(
            _ROOT_N,
            lambda root: Op("sqrt", (root,)),
            "the fourth root of n",
            "the moment grows like the square root of n",
        ),
        replace_part(
            Op("mul", (Num(2), _ROOT_N)),
            lambda _: Op("add", (times(fmpq(5, 4), _ROOT_N), times(fmpq(1, 2), Num(1)))),
            "5/4 sqrt n + 1/2",
            "false for any number of throws of a coin",
        ),
        replace_part(
            _CAST_N, lambda n: Op("sub", (n, Num(1))), "n -> n - 1", "one draw less than there are"
        ),
        instead(
            "n + 1 times the relative entropy", _one_more, "not for one throw of a coin already"
        ),
        without(
            "the draws are independent",
            [BinaryMoment(FAIR, _BITS, 10, copies=True)],
            "ten copies of one coin",
        ),
        without(
            "values in [0, 1]",
            [BinaryMoment(FAIR, (_ZERO, fmpq(19, 10)), 1)],
            "a quantity that is 0 or 19/10",
        ),
        without(
            "p is the expectation",
            [BinaryMoment(FAIR, _BITS, 20, fmpq(3, 4))],
            "fair coins that are claimed to show three heads in four throws",
        ),
    ],
    series=[
        Series(
            "n throws of any coin",
            "n",
            lambda: [(n, _throws(n)) for n in range(1, 202, 8)],
            log_y=False,
            rate=True,
        ),
        Series(
            "n draws from 0, 1/2 and 1 with equal weights",
            "n",
            lambda: [
                (n, BinaryMoment(Law((1, 1, 1)), (_ZERO, _HALF, _ONE), n)) for n in range(1, 61, 3)
            ],
            log_y=False,
        ),
    ],
)
def kl_bin_moment(at: BinaryMoment, _book: Book) -> Measurement:
    """Sum the exponentials of n times the relative entropy over all means."""
    return Measurement(at.moment(), {"n": at.n})


# The inverse


_Q, _C = Var("q"), Var("c")
_HALF_C, _TWICE_C = Op("div", (_C, Num(2))), Op("mul", (Num(2), _C))
_TWICE_QC = Op("mul", (Op("mul", (Num(2), _Q)), _C))


def _more(at: Level, _book: Book) -> Measurement:
    """Claim it of a slightly larger level."""
    return Measurement(at.inverse(at.c * fmpq(101, 100)), {"q": at.q, "c": at.c})


@check(
    "Probability.klInv_le",
    instances=levels,
    claim="attained at c = 0; for a fair coin the excess over q is that of the bound up to a "
    "factor that tends to 1 with c, and for small q the factor 2 of q c is needed; that of c is "
    "at least 9/10",
    sharp=[
        *(Sharp(Level(q, _ZERO), _ONE) for q in (fmpq(1, 3), _ONE)),
        Sharp(Level(_ONE, fmpq(2, 9)), fmpq(3, 4)),
        *(Sharp(Level(_HALF, fmpq(1, 10**k))) for k in (1, 3, 9)),
        *(Sharp(Level(_ZERO, fmpq(1, 10**k))) for k in (0, 2, 6)),
        *(Sharp(Level(fmpq(1, 100), fmpq(1, 10**k))) for k in (1, 4, 6, 8)),
        Sharp(Level(fmpq(9, 10), fmpq(20))),
    ],
    mutants=[
        scale(fmpq(999999, 1000000), "it is attained at c = 0"),
        replace_part(
            _HALF_C,
            lambda half: times(fmpq(199, 200), half),
            "c / 2 -> 0.995 c / 2",
            "a fair coin needs c / 2 for small c",
        ),
        drop_root("the inverse leaves q like the square root of c"),
        replace_part(
            _TWICE_QC,
            lambda node: times(fmpq(19, 20), node),
            "2 q c -> 1.9 q c",
            "false for small q and a far smaller c",
        ),
        replace_part(
            _TWICE_QC,
            lambda _: Op("mul", (Op("mul", (Num(2), squared(_Q))), _C)),
            "2 q c -> 2 q^2 c",
            "false for small q and a far smaller c",
        ),
        replace_part(_TWICE_C, lambda _: Num(0), "without 2 c", "a coin that never shows heads"),
        replace_part(
            _TWICE_C,
            lambda _: times(fmpq(9, 10), _C),
            "2 c -> 0.9 c",
            "a coin that never shows heads, for small c",
        ),
        replace_by_square("c", "the rate of another power of c"),
        replace_variable("q", lambda _: Num(0), "without q", "the inverse is at least q"),
        instead("the level 1.01 c", _more, "a fair coin needs the bound in full for small c"),
    ],
    series=[
        Series(
            "one error in twenty, the level k / 1000",
            "k",
            lambda: [(k, Level(fmpq(1, 20), fmpq(k, 1000))) for k in range(1, 202, 10)],
            log_y=False,
        ),
        Series(
            "k errors in a hundred, the level 1/20",
            "k",
            lambda: [(k, Level(fmpq(k, 100), fmpq(1, 20))) for k in range(0, 61, 3)],
            log_y=False,
        ),
    ],
)
def kl_inv_le(at: Level, _book: Book) -> Measurement:
    """Enclose the inverse between a mean with less and one with more relative entropy."""
    return Measurement(at.inverse(), {"q": at.q, "c": at.c})
