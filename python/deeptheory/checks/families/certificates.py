"""Checks of the theorems of ``lean/DeepTheory/Certificates``."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from fractions import Fraction

from flint import ctx, fmpq
from hypothesis import strategies as st

from deeptheory.certificates.checker import Checker, Ends, Interval
from deeptheory.checks.comparison import Relation
from deeptheory.checks.instances.trees import Task, adversarial, single, tasks
from deeptheory.checks.mutants import Mutant, instead
from deeptheory.checks.registry import Drawing, Sharp, check
from deeptheory.formulas import Book
from deeptheory.formulas.rigorous import Number, ball, exact_or_ball

_LONG = 4096
"""At this precision, in bits, balls that still overlap are taken to be equal."""
_SLACK = 6
"""How many of its bits a single operation may lose."""


def _relations(task: Task, checker: Checker) -> Sequence[Relation]:
    """Compare the checker's enclosure with python-flint's value of the same formula."""
    ends = checker.bounds(task.tree, task.arguments)
    if ends is None:
        if task.close:
            return [Relation(fmpq(1), "le", fmpq(0), "one operation has an enclosure")]
        accepted = checker.accepts(task.tree, task.arguments, Fraction(10**999))
        law = "without an enclosure the check accepts nothing"
        return [Relation(fmpq(int(accepted)), "eq", fmpq(0), law)]
    value = exact_or_ball(task.tree, task.arguments) if task.value is None else task.value
    low, high = _exact(ends.lo), _exact(ends.hi)
    relations = [
        _at_most(value, high, "the check accepts no bound below the value"),
        _at_most(low, value, "the check from below accepts no bound above the value"),
    ]
    if task.close:
        width = abs(ball(value)) * fmpq(1, 2 ** (task.p - _SLACK))
        law = "the check accepts bounds that are a little above the value"
        if not (isinstance(value, fmpq) and value == 0):
            relations.append(Relation(high - low, "le", width, law))
    return relations


def _at_most(left: Number, right: Number, law: str) -> Relation:
    """Claim an inequality; where even long balls overlap, that the sides are equal."""
    touching = ctx.prec >= _LONG and ball(left).overlaps(ball(right))
    return Relation(left, "eq" if touching else "le", right, law)


def _exact(value: Fraction) -> fmpq:
    return fmpq(value.numerator, value.denominator)


class _UpIsDown(Checker):
    def round_up(self, p: int, q: Fraction) -> Fraction:
        return self.round_down(p, q)


class _TowardsZero(Checker):
    def round_down(self, p: int, q: Fraction) -> Fraction:
        return super().round_down(p, q) if q >= 0 else -super().round_down(p, -q)


class _UlpBelow(Checker):
    def exp_nonneg(self, p: int, q: Fraction) -> Ends:
        ends = super().exp_nonneg(p, q)
        if ends is None:
            return None
        return replace(ends, hi=ends.lo)


class _TermsRoundedDown(Checker):
    def high_taylor(self, w: int, x: int, n: int) -> tuple[int, int]:
        total, term = 0, 2**w
        for k in range(n):
            total, term = total + term, term * (x - 1) // (2**w * (k + 1))
        return total, term


class _CutForgotten(Checker):
    def squares(self, w: int, up: int, mantissa: int, k: int) -> tuple[int, int]:
        mantissa, _ = super().squares(w, up, mantissa, k)
        return mantissa, 0


class _OneSquaringLess(Checker):
    def squares(self, w: int, up: int, mantissa: int, k: int) -> tuple[int, int]:
        return super().squares(w, up, mantissa, k - 1 if k else k)


class _ReflectionForgotten(Checker):
    def exp_rational(self, p: int, q: Fraction) -> Ends:
        return self.exp_nonneg(p, abs(q))


class _RootSuccessorDropped(Checker):
    def sqrt_up(self, q: Fraction) -> Fraction:
        return self.root_candidate(q)


class _RootNotVerified(Checker):
    def sqrt_down(self, q: Fraction) -> Fraction:
        return self.root_candidate(q) + Fraction(1, 2 ** self.root_places(q))


class _DifferenceOfEnds(Checker):
    def sub(self, i: Interval, j: Interval) -> Interval:
        return Interval(i.lo - j.lo, i.hi - j.hi)


class _TwoCorners(Checker):
    def mul(self, i: Interval, j: Interval) -> Interval:
        return Interval(i.lo * j.lo, i.hi * j.hi)


class _ZeroNotLookedFor(Checker):
    def inv(self, i: Interval) -> Ends:
        return None if i.lo == 0 or i.hi == 0 else Interval(1 / i.hi, 1 / i.lo)


class _LogOfOneEnd(Checker):
    def log_rational(self, q: Fraction) -> Ends:
        ends = super().log_rational(q)
        return None if ends is None else replace(ends, hi=ends.lo)


class _GuessTrusted(Checker):
    def log_rational(self, q: Fraction) -> Ends:
        guess = self.log_guess(self.log_places(q), q)
        return Interval(guess, guess)


class _OddPowerOfAbsolute(Checker):
    def pow(self, i: Interval, n: int) -> Interval:
        return self._power(self.abs(i), n)


class _AbsoluteOfUpperEnd(Checker):
    def abs(self, i: Interval) -> Interval:
        return i if i.lo >= 0 else self.neg(i) if i.hi <= 0 else Interval(Fraction(0), i.hi)


class _MinOfFirst(Checker):
    def min(self, i: Interval, j: Interval) -> Interval:
        return i


class _MaxOfFirst(Checker):
    def max(self, i: Interval, j: Interval) -> Interval:
        return i


class _EqualityByOverlap(Checker):
    def choice(self, relation: str, i: Interval, j: Interval, then: Ends, other: Ends) -> Ends:
        if relation == "eq" and i.lo <= j.hi and j.lo <= i.hi:
            return then
        return super().choice(relation, i, j, then, other)


class _BranchGuessed(Checker):
    def hull(self, i: Interval, j: Interval) -> Interval:
        return i


class _BranchesSwapped(Checker):
    def choice(self, relation: str, i: Interval, j: Interval, then: Ends, other: Ends) -> Ends:
        return super().choice(relation, j, i, then, other)


def _planted(kind: type[Checker], name: str, why: str) -> Mutant:
    def measure(task: Task, _book: Book) -> Sequence[Relation]:
        return _relations(replace(task, close=False), kind(task.p))

    return instead(name, measure, why)


def _ends_at(q: fmpq, p: int) -> Interval:
    ends = Checker(p).bounds(single("exp", q).tree, {"a": q})
    assert ends is not None
    return ends


def _error(end: str) -> list[tuple[Number, Number]]:
    """Return the distance of an end from exp(1 / 3), in units of the last of p places."""
    q = fmpq(1, 3)
    points: list[tuple[Number, Number]] = []
    for p in range(8, 129, 4):
        distance = _exact(getattr(_ends_at(q, p), end)) - ball(q).exp()
        points.append((fmpq(p), distance * 2**p))
    return points


@check(
    "Certificates.check_sound",
    instances=lambda: st.one_of(st.sampled_from(adversarial()), tasks()),
    claim="the exact value of a rational formula, or of a root that is rational, is accepted",
    sharp=[Sharp(task) for task in adversarial()],
    mutants=[
        _planted(_UpIsDown, "upper ends are rounded down", "an upper end is rounded up"),
        _planted(_TowardsZero, "lower ends are rounded towards zero", "they are rounded down"),
        _planted(_UlpBelow, "the upper end of exp is the lower one", "it is a few units above"),
        _planted(
            _TermsRoundedDown,
            "the upper Taylor sum is taken at X instead of X + 1, terms rounded down",
            "the halved argument lies between X and X + 1",
        ),
        _planted(_CutForgotten, "squares forget the digits cut off", "the exponent counts them"),
        _planted(_OneSquaringLess, "exp squares once too few", "as often as it halves"),
        _planted(_ReflectionForgotten, "exp of |q| for exp of q", "exp(-q) is the inverse"),
        _planted(_RootSuccessorDropped, "the root's upper end is the candidate", "plus one unit"),
        _planted(_RootNotVerified, "the root's lower end is the successor", "its square decides"),
        _planted(_DifferenceOfEnds, "x - y from lo - lo to hi - hi", "from lo - hi to hi - lo"),
        _planted(_TwoCorners, "products of two corners only", "four corners where signs differ"),
        _planted(
            _ZeroNotLookedFor, "1 / x where zero may lie inside", "then there is no enclosure"
        ),
        _planted(_LogOfOneEnd, "the upper end of log is the lower one", "it is a little above"),
        _planted(
            _GuessTrusted, "the guess of the logarithm is trusted", "an exponential checks it"
        ),
        _planted(_OddPowerOfAbsolute, "odd powers of absolute values", "only even ones"),
        _planted(_AbsoluteOfUpperEnd, "|x| up to the upper end", "up to the larger of both"),
        _planted(_MinOfFirst, "the minimum is the first argument", "the smaller of both"),
        _planted(_MaxOfFirst, "the maximum is the first argument", "the larger of both"),
        _planted(_EqualityByOverlap, "overlapping sides are equal", "equal where all ends agree"),
        _planted(_BranchGuessed, "the first branch where intervals overlap", "then both count"),
        _planted(_BranchesSwapped, "comparisons the other way round", "the sides have an order"),
    ],
    series=[
        Drawing(
            "the ends for exp(1/3), as distances from it in units of the last place",
            "p",
            lambda: {"upper end": _error("hi"), "lower end": _error("lo")},
        )
    ],
)
def check_sound(task: Task, _book: Book) -> Sequence[Relation]:
    """Compare the enclosure that decides the check with python-flint's value."""
    return _relations(task, Checker(task.p))
