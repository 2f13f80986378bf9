"""Instances of theorems for arguments of one's choice, on which their checks measure.

An arrangement takes the arguments of a theorem's bound and builds an instance that has exactly
those, as extreme as is known: the check of the theorem then measures its left-hand side there.
Where none can be built, or where it would take too long, it says why.  How long an arrangement may
take is decided by the arguments alone, so that a sweep has the same content on any machine.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import Any, TypeAlias

from flint import arb, fmpq

from deeptheory.checks.instances.approximation import Product, Square, hat_over, parabolas
from deeptheory.checks.instances.approximation_labels import alternating
from deeptheory.checks.instances.approximation_truth import parity
from deeptheory.checks.instances.approximation_zigzag import Followed, straight
from deeptheory.checks.instances.classes import GrowthInstance, KnownGrowth, at_most_true
from deeptheory.checks.instances.depth import best_for_square, close_to_half
from deeptheory.checks.instances.deviations import StatisticDeviation, Tilted, total
from deeptheory.checks.instances.gap_instances import GapInstance
from deeptheory.checks.instances.gaps import Coin
from deeptheory.checks.instances.held_out import HeldOut
from deeptheory.checks.instances.kl_inverse import BinaryMoment, Level
from deeptheory.checks.instances.laws import FAIR, coin_tail, iid
from deeptheory.checks.instances.linear import LinearSample, along_axes
from deeptheory.checks.instances.massart import FiniteFamily
from deeptheory.checks.instances.pac_bayes import Coins
from deeptheory.checks.instances.problems import (
    PiecewiseQuadratic,
    Quadratic,
    Side,
    huber,
    parabola,
)
from deeptheory.checks.instances.rademacher import FiniteClass, sign_vectors
from deeptheory.checks.instances.runs import Pair, Run
from deeptheory.checks.instances.selection import Opposites, Rivals
from deeptheory.checks.instances.uniform import FairCoins
from deeptheory.formulas.rigorous import Number, ball, square_root
from deeptheory.sweeps.coins import CoinDeviation, CoinTail, biased

__all__ = ["ARRANGEMENTS", "Args", "UnarrangedError", "arrange"]

Args: TypeAlias = Mapping[str, Any]
"""The arguments of a bound: ``fmpq``, ``int``, or nested tuples."""

_ZERO, _HALF, _ONE = fmpq(0), fmpq(1, 2), fmpq(1)
_BITS = (_ZERO, _ONE)
_NEARLY = fmpq(999, 1000)


class UnarrangedError(Exception):
    """No instance is built for these arguments; the message says why."""


def arrange(theorem: str, args: Args) -> Any:
    """Return an instance of a theorem that has the given arguments.

    Parameters
    ----------
    theorem : str
        The theorem's name without the prefix ``DeepTheory.``.
    args : mapping
        The arguments of its bound, which meet its hypotheses.

    Raises
    ------
    UnarrangedError
        Where no instance is built.
    """
    built = ARRANGEMENTS.get(theorem)
    if built is None:
        raise UnarrangedError("its check has no instances for arguments of one's choice")
    return built(args)


def _at_most(args: Args, **most: int) -> None:
    for name, limit in most.items():
        if args[name] > limit:
            raise UnarrangedError(f"instances are built up to {name} = {limit}")


def _at_least(args: Args, **least: int) -> None:
    for name, limit in least.items():
        if args[name] < limit:
            raise UnarrangedError(f"instances are built from {name} = {limit} on")


# Optimization


def _descent(args: Args) -> Pair:
    """Return two points on a parabola, which attains the bound."""
    L, d, s = args["L"], args["d"], args["s"]
    if L <= 0 or (d == 0 and s != 0):
        raise UnarrangedError("instances are built for L > 0, and for d > 0 where s is not 0")
    x = s / (L * d) if d else _ZERO
    curve = Quadratic((L,), (1,), (_ZERO,), args["fx"] - L * x * x / 2)
    return Pair(curve, (x,), (x + d,))


def _nonconvex(args: Args) -> Run:
    """Return the zigzag on which all gradients are equal, as long as the gap lets them be.

    The slope is a rational number just below the largest one, and the lower bound fills the gap.
    """
    _at_most(args, K=200)
    _at_least(args, K=1)
    L, gap, K = args["L"], args["Δ"], args["K"]
    if L <= 0 or gap <= 0:
        raise UnarrangedError("instances are built for L > 0 and Δ > 0")
    slope = _below(square_root(4 * L * gap / (3 * K - 1)))
    piece = slope / (2 * L)
    curvatures = (L,) + (-L, L) * (K - 1)
    half = Side(curvatures, (2 * piece, *[piece] * (2 * K - 3)) if K > 1 else ())
    zigzag, start = PiecewiseQuadratic(half, half), (2 * K * piece,)
    return Run(zigzag, start, K, floor=zigzag.value(start) - gap)


def _below(value: Number) -> fmpq:
    """Return a rational number that is at most a positive value, and close to it."""
    if isinstance(value, fmpq):
        return value
    low = value.lower()
    digits = 15
    unit = fmpq(10) ** (digits - int(low.log().floor().unique_fmpz()) // 2)
    return fmpq((low * arb(unit)).lower().floor().unique_fmpz()) / unit


def _convex(args: Args) -> Run:
    """Return the Huber function that the steps leave last: the ratio is k / (2 k + 1)."""
    _at_most(args, k=20000)
    L, D, k = args["L"], args["D"], args["k"]
    if L <= 0:
        raise UnarrangedError("instances are built for L > 0")
    if D <= 0:
        return Run(parabola(L), (_ZERO,), k)
    return Run(huber(L, D / (2 * k + 1)), (D,), k)


def _polyak(args: Args) -> Run:
    """Return a run on ``mu x^2 / 2``, on which the ratio is ``(1 - mu / L)^k``."""
    _at_most(args, k=2000)
    mu = args["μ"]
    if mu <= 0 or args["Δ"] < 0:
        raise UnarrangedError("instances are built for μ > 0 and Δ from 0 on")
    return Run(parabola(mu, args["L"]), (square_root(2 * args["Δ"] / mu),), args["k"])


def _strongly_convex(args: Args) -> Run:
    """Return a run on ``mu x^2 / 2``, which attains the bound."""
    _at_most(args, k=2000)
    if args["μ"] <= 0:
        raise UnarrangedError("instances are built for μ > 0")
    return Run(parabola(args["μ"], args["L"]), (args["D"],), args["k"])


# Concentration


def _mean(args: Args) -> CoinDeviation:
    _at_most(args, n=10**12)
    _at_least(args, n=1)
    return CoinDeviation(args["n"], args["e"], (args["a"], args["b"]))


def _several(args: Args) -> StatisticDeviation:
    """Return a sum of fair coins, each with its own two values."""
    _at_most(args, n=10)
    _at_least(args, n=1)
    coins = total(*((_ZERO, c) for c in args["c"]))
    return StatisticDeviation(iid(FAIR, args["n"]), coins, args["e"])


def _lower_tail(args: Args) -> CoinTail:
    _at_most(args, n=10**12)
    _at_least(args, n=1)
    return CoinTail(args["n"], args["q"], args["p"])


def _test_set(args: Args) -> HeldOut:
    """Return a coin that shows no head with a probability just above delta."""
    _at_most(args, n=500)
    _at_least(args, n=1)
    n, delta = args["n"], args["δ"]
    if not 0 < delta < 1:
        raise UnarrangedError("instances are built for δ between 0 and 1")
    return HeldOut(biased(_rare(delta, n)), _BITS, n, delta)


def _rare(chance: Number, n: int) -> fmpq:
    """Return a probability of heads with which no head in n throws is just likelier than that."""
    p = _below(1 - (ball(chance).log() / n).exp())
    return p * fmpq(10**9 - 1, 10**9)


def _binomial(args: Args) -> HeldOut:
    """Return a coin, and a delta just below the probability of at most k heads."""
    _at_most(args, n=500)
    _at_least(args, n=1)
    n, k, p = args["n"], args["k"], args["p"]
    if not (k < n and 0 < p < 1):
        raise UnarrangedError("instances are built for k < n and p between 0 and 1")
    law = biased(p)
    fewer, at_most = (1 - coin_tail(law, n, heads) for heads in (k, k + 1))
    return HeldOut(law, _BITS, n, fewer + _NEARLY * (at_most - fewer))


# Classes of hypotheses


def _finite_class(args: Args) -> FairCoins:
    _at_most(args, n=4000)
    _at_least(args, n=1, N=1)
    _open_delta(args)
    return FairCoins.equal(args["n"], args["N"], args["δ"])


def _occam(args: Args) -> FairCoins:
    """Return ``1 / w`` fair coins with the weight w each."""
    _at_most(args, n=4000)
    _at_least(args, n=1)
    _open_delta(args)
    count = 1 / args["w"]
    if count.q != 1:
        raise UnarrangedError("instances are built where 1 / w is a whole number")
    return FairCoins.equal(args["n"], int(count.p), args["δ"])


def _open_delta(args: Args) -> None:
    if not 0 < args["δ"] < 1:
        raise UnarrangedError("instances are built for δ between 0 and 1")


def _two_hypotheses(args: Args) -> Opposites:
    """Return the two opposite losses of the most biased coin that may deceive.

    At least half of its throws are heads with a probability above delta, where a thousandth less
    heads would not do; of coins that never do, the least biased one is taken.
    """
    _at_most(args, n=4000)
    _at_least(args, n=1)
    _open_delta(args)
    if args["N"] != 2:
        raise UnarrangedError("instances are built for N = 2, two opposite hypotheses")
    n, low, high = args["n"], 0, 499
    while high - low > 1:
        middle = (low + high) // 2
        deceives = coin_tail(biased(fmpq(middle, 1000)), n, (n + 1) // 2) > args["δ"]
        low, high = (low, middle) if deceives else (middle, high)
    return Opposites(biased(fmpq(high, 1000)), n, args["δ"])


def _realizable(args: Args) -> Rivals:
    """Return coins of which one shows no head with a probability just above delta."""
    _at_most(args, n=2000)
    _at_least(args, n=1, N=1)
    _open_delta(args)
    all_show = ball(1 - args["δ"]).log() / args["N"]
    return Rivals(
        biased(_rare(-all_show.expm1(), args["n"])), args["N"], args["n"], args["δ"], None
    )


def _one_function(args: Args) -> GapInstance:
    """Return a fair coin with values 0 and b: a single function, of complexity 0."""
    _at_most(args, n=2000)
    _at_least(args, n=1)
    _open_delta(args)
    if args["r"] != 0 or args["b"] <= 0:
        raise UnarrangedError("instances are built for r = 0, a single function, and b > 0")
    return GapInstance(Coin(FAIR, args["n"]), args["δ"], args["b"])


def _without_a_choice(args: Args) -> Coins:
    """Return one fair coin: the posterior is the prior, with relative entropy 0."""
    _at_most(args, n=1000)
    _at_least(args, n=1)
    _open_delta(args)
    if args["K"] != 0:
        raise UnarrangedError("instances are built for K = 0, a posterior that is the prior")
    return Coins(FAIR, args["n"], args["δ"], lam=args.get("lam"))


# Complexities and growth


def _massart(args: Args) -> FiniteFamily:
    """Return vectors of length r along the axes, in both directions, and zeros."""
    _at_most(args, n=10, N=100)
    _at_least(args, n=1, N=1)
    r, n = args["r"], args["n"]
    along = [
        tuple(sign * r if i == axis else _ZERO for i in range(n))
        for axis in range(n)
        for sign in (1, -1)
    ]
    vectors = (*along[: args["N"]], *[(_ZERO,) * n] * (args["N"] - 2 * n))
    return FiniteFamily(FiniteClass(vectors, "vectors along the axes, and zeros"))


def _linear_l2(args: Args) -> LinearSample:
    _at_most(args, n=10)
    _at_least(args, n=1)
    return along_axes(args["B"], (args["X"],) * args["n"])


def _linear_l1(args: Args) -> LinearSample:
    """Return inputs whose coordinates are vectors of signs, as many different ones as there are."""
    _at_most(args, n=10, d=256)
    _at_least(args, n=1, d=1)
    n, d = args["n"], args["d"]
    columns = [vector for vector in sign_vectors(n).vectors if vector[0] > 0]
    inputs = tuple(
        tuple(args["X"] * columns[i % len(columns)][j] for i in range(d)) for j in range(n)
    )
    return LinearSample(args["B"], inputs, args["X"])


def _growth(args: Args) -> GrowthInstance:
    """Return the labellings that are true at most d times, all of which are counted."""
    _at_most(args, n=12)
    return GrowthInstance(at_most_true(args["n"], args["d"]), args["n"], args["d"])


def _large_growth(args: Args) -> KnownGrowth:
    _at_most(args, d=2000)
    return KnownGrowth(args["n"], args["d"])


# Approximation


def _lipschitz(args: Args) -> Any:
    _at_most(args, N=500)
    _at_least(args, N=1)
    return hat_over(0, args["N"], args["L"])


def _smooth(args: Args) -> Any:
    _at_most(args, N=500)
    _at_least(args, N=1)
    return parabolas(args["M"], args["N"])


def _square(args: Args) -> Square:
    """Return the middle of the first piece, where the network is farthest from the square."""
    _at_most(args, m=200)
    return Square(args["m"], fmpq(1, 2 ** (args["m"] + 1)))


def _product(args: Args) -> Product:
    _at_most(args, m=200)
    share = args["M"] / 2 ** (args["m"] + 1)
    return Product(args["M"], args["m"], share, share)


def _sawtooth(args: Args) -> Any:
    _at_most(args, N=60, k=10)
    _at_least(args, N=1)
    return close_to_half(args["N"], args["k"])


def _chords(args: Args) -> Any:
    _at_most(args, N=200)
    _at_least(args, N=1)
    return best_for_square(args["N"])


def _labels(args: Args) -> Any:
    _at_most(args, N=40, d=20)
    _at_least(args, N=1, d=1)
    return alternating(args["N"], args["d"])


def _exclusive_or(args: Args) -> Any:
    _at_most(args, d=3)
    return parity(args["d"] + 1)


def _missed(args: Args) -> Followed:
    """Return the network that is zero, which attains the bound."""
    if args["r"] < 1 or args["r"] ** min(args["D"], 20) > 4096 or args["D"] > 20:
        raise UnarrangedError("instances are built for r from 1 and r^D up to 4096, D up to 20")
    return straight(args["L"], args["r"], args["D"])


ARRANGEMENTS: dict[str, Callable[[Args], Any]] = {
    "Analysis.descent_lemma": _descent,
    "Approximation.boolean_xor": _exclusive_or,
    "Approximation.memorization": _labels,
    "Approximation.relu_1d_lipschitz": _lipschitz,
    "Approximation.relu_1d_smooth": _smooth,
    "Approximation.relu_product": _product,
    "Approximation.square_lower": _chords,
    "Approximation.telgarsky": _sawtooth,
    "Approximation.uat_converse": _missed,
    "Approximation.yarotsky_square": _square,
    "Generalization.binomial_test_set": _binomial,
    "Generalization.catoni": _without_a_choice,
    "Generalization.erm_excess_risk": _two_hypotheses,
    "Generalization.finite_class": _finite_class,
    "Generalization.klBin_moment": lambda args: _throws(args),
    "Generalization.linear_l1": _linear_l1,
    "Generalization.linear_l2": _linear_l2,
    "Generalization.massart": _massart,
    "Generalization.maurer": _without_a_choice,
    "Generalization.mcallester": _without_a_choice,
    "Generalization.occam": _occam,
    "Generalization.rademacher_bound": _one_function,
    "Generalization.rademacher_empirical_bound": _one_function,
    "Generalization.realizable": _realizable,
    "Generalization.sauer_shelah": _growth,
    "Generalization.sauer_shelah_pow": _large_growth,
    "Generalization.seeger": _without_a_choice,
    "Generalization.test_set": _test_set,
    "Optimization.gd_convex": _convex,
    "Optimization.gd_nonconvex": _nonconvex,
    "Optimization.gd_pl": _polyak,
    "Optimization.gd_strongly_convex": _strongly_convex,
    "Probability.binomial_kl_tail": _lower_tail,
    "Probability.hoeffding": _mean,
    "Probability.hoeffding_lemma": lambda args: Tilted(FAIR, (args["a"], args["b"]), args["s"]),
    "Probability.klInv_le": lambda args: Level(args["q"], args["c"]),
    "Probability.mcdiarmid": _several,
}
"""How to build an instance, by the theorem's name without the prefix ``DeepTheory.``."""


def _throws(args: Args) -> BinaryMoment:
    _at_most(args, n=2000)
    _at_least(args, n=1)
    return BinaryMoment(FAIR, _BITS, args["n"])
