"""Checks of Pinsker's inequality and of the data processing inequalities."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from typing import Any

from flint import fmpq

from deeptheory.checks.comparison import Measurement, Relation
from deeptheory.checks.instances.divergences import (
    Images,
    JointImages,
    Pair,
    entropy,
    images,
    joint_images,
    kl,
    pairs,
    pushed,
    shifted_coins,
    total_variation,
)
from deeptheory.checks.instances.laws import Law, coin, point_mass, uniform
from deeptheory.checks.mutants import Mutant, drop_root, instead, replace_part, scale, without
from deeptheory.checks.registry import Drawing, Series, Sharp, check
from deeptheory.formulas import Book
from deeptheory.formulas.rigorous import Number
from deeptheory.formulas.syntax import Num, Op

_HALF = fmpq(1, 2)
_PART = fmpq(999, 1000)


def _claims(name: str, claim: Callable[[Any], Relation | None], why: str) -> Mutant:
    """Return a mutant that claims another relation, or nothing of some instances."""

    def measure(at: Any, _book: Book) -> Sequence[Relation]:
        made = claim(at)
        return [] if made is None else [made]

    return instead(name, measure, why)


# Pinsker's inequality


def _from_fair(shift: fmpq) -> Pair:
    """Return a fair coin and one with another mean."""
    return shifted_coins(_HALF, shift)


def _from_sure(weight: fmpq) -> Pair:
    """Return a law with one point, and one that gives that point a smaller weight."""
    return Pair(point_mass(2, 0), coin(int(weight.p), int(weight.q - weight.p)))


def _whole_sum(at: Pair, _book: Book) -> Measurement:
    return Measurement(2 * at.distance, {"k": at.kl()})


def _two_draws(at: Pair, _book: Book) -> Measurement:
    """Claim of the laws of two draws what is true of one."""
    mu, nu = (
        [a * b for a in law.weights for b in law.weights]  # of the pairs of points
        for law in (at.mu, at.nu)
    )
    return Measurement(total_variation(mu, nu), {"k": at.kl()})


def _to_the_middle(at: Pair, _book: Book) -> Measurement:
    """Claim it of the relative entropy with respect to the average of both laws."""
    mu, nu = at.mu.weights, at.nu.weights
    middle = [(a + c) / 2 for a, c in zip(mu, nu, strict=True)]
    return Measurement(at.distance, {"k": kl(mu, middle)})


def _entropies(at: Pair, _book: Book) -> Measurement:
    return Measurement(at.distance, {"k": abs(entropy(at.mu) - entropy(at.nu))})


@check(
    "Probability.pinsker",
    instances=pairs,
    claim="attained by equal laws; the constant 1/2 is the best, which a fair coin and one with "
    "almost the same mean need",
    sharp=[
        *(Sharp(_from_fair(fmpq(1, n))) for n in (3, 10, 1000)),
        Sharp(_from_fair(fmpq(-1, 1000))),
        Sharp(shifted_coins(fmpq(1, 100), fmpq(1, 10**6))),
        Sharp(Pair(Law((1, 2, 3)), Law((2, 4, 6)))),
        Sharp(Pair(Law((1, 0, 3)), Law((1, 5, 3)))),
        Sharp(_from_sure(fmpq(1, 10**6))),
        Sharp(Pair(uniform(4), Law((100, 101, 100, 99)))),
    ],
    mutants=[
        scale(fmpq(99999, 100000), "a fair coin and one with the mean 501/1000 need more"),
        replace_part(Num(2), lambda _: Num(3), "k / 2 -> k / 3", "coins need k / 2"),
        replace_part(
            Num(2),
            lambda _: Op("div", (Num(20001), Num(10000))),
            "k / 2 -> k / 2.0001",
            "close coins need k / 2",
        ),
        drop_root("not for laws that are close"),
        instead("the sum without its half", _whole_sum, "the sum is twice as large"),
        instead("two draws, the relative entropy of one", _two_draws, "two draws tell more"),
        instead(
            "the relative entropy with respect to the average",
            _to_the_middle,
            "the average is closer than the other law",
        ),
        instead(
            "the difference of the entropies",
            _entropies,
            "a coin and its reverse have the same entropy",
        ),
        without(
            "the second law allows whatever the first one allows",
            [Pair(Law((1, 1, 0)), Law((1, 0, 1)))],
            "two laws with one point in common, on which they agree",
        ),
    ],
    series=[
        Series(
            "a fair coin, and one with k / 100 more heads",
            "k",
            lambda: [(k, _from_fair(fmpq(k, 100))) for k in range(1, 50)],
        ),
        Series(
            "a sure draw, and one that differs k times in 100",
            "k",
            lambda: [(k, _from_sure(fmpq(k, 100))) for k in range(1, 100)],
        ),
        Series(
            "throws of a die with n faces, of which one comes up twice as often",
            "n",
            lambda: [(n, Pair(uniform(n), Law((2,) + (1,) * (n - 1)))) for n in range(2, 41)],
        ),
    ],
)
def pinsker(at: Pair, _book: Book) -> Measurement:
    """Sum the differences of the weights, and halve."""
    return Measurement(at.distance, {"k": at.kl()})


# The data processing inequality


_LOSES = "the relative entropy of the images is at most that of the laws"
_KEEPS = "it is equal where points sent to one place have proportional weights"
_THREE = Pair(Law((3, 2, 1)), uniform(3))
_MERGED = Images(_THREE, (0, 0, 1), 2)
_KEPT = Images(_THREE, (2, 0, 1), 3)


def _two_coins() -> Images:
    """Return two fair coins and two coins of mean 1/4, of which the map keeps the first."""
    return Images(Pair(uniform(4), Law((9, 3, 3, 1))), (0, 0, 1, 1), 2)


def _reversed(at: Images) -> Relation:
    return Relation(at.pair.kl(), "le", at.kl(), "")


def _own_maps(at: Images) -> Relation:
    """Claim it of a map for each law: for the second one, the places in reverse order."""
    other = [at.size - 1 - y for y in at.targets]
    nu = pushed(at.pair.nu.weights, other, at.size)
    return Relation(kl(at.image(at.pair.mu), nu), "le", at.pair.kl(), "")


def _two_values(at: Images) -> Relation:
    """Claim it where each point is sent to two places, with its whole weight each time."""
    return Relation(2 * at.kl(), "le", at.pair.kl(), "")


def _swapped(at: Images) -> Relation | None:
    flipped = Pair(at.pair.nu, at.pair.mu)
    return Relation(at.kl(), "le", flipped.kl(), "") if flipped.absolutely_continuous else None


def _forgotten_digits() -> Mapping[str, Sequence[tuple[Number, Number]]]:
    """Return what is left when the lowest digits of a binary number are forgotten one by one."""
    pair = Pair(Law(tuple(n * n + 1 for n in range(32))), uniform(32))
    kept = [Images(pair, tuple(n >> k for n in range(32)), 32 >> k) for k in range(6)]
    mu, nu = pair.mu, pair.nu
    return {
        "relative entropy": [(k, at.kl()) for k, at in enumerate(kept)],
        "total variation": [
            (k, total_variation(at.image(mu), at.image(nu))) for k, at in enumerate(kept)
        ],
    }


@check(
    "Probability.data_processing",
    instances=images,
    claim="equality for injective maps, and exactly where points sent to one place have "
    "proportional weights",
    sharp=[
        Sharp(_two_coins()),
        *(Sharp(at) for at in (_MERGED, _KEPT)),
        Sharp(Images(Pair(Law((1, 0, 3)), Law((1, 5, 3))), (0, 1, 1), 2)),
        Sharp(Images(Pair(Law((2, 4, 1)), Law((1, 2, 4))), (0, 0, 1), 2)),
        Sharp(Images(_THREE, (0, 0, 0), 1)),
        Sharp(Images(_from_sure(_HALF), (0, 1), 2)),
        Sharp(Images(Pair(Law((5, 5, 1)), Law((1000, 1001, 1))), (0, 0, 1), 2)),
    ],
    mutants=[
        _claims("the relative entropy does not shrink", _reversed, "the map may forget all"),
        _claims(
            "a thousandth is lost",
            lambda at: Relation(at.kl(), "le", _PART * at.pair.kl(), ""),
            "nothing is lost by an injective map",
        ),
        _claims("a map of its own for each law", _own_maps, "different maps set the laws apart"),
        _claims(
            "a map with two values at a point",
            _two_values,
            "each value then counts with the whole weight",
        ),
        _claims("the laws swapped on the right", _swapped, "the relative entropy has an order"),
        _claims(
            "the total variation distance on the right",
            lambda at: Relation(at.kl(), "le", at.pair.distance, ""),
            "the relative entropy may be larger",
        ),
        _claims(
            "the entropy of the first law on the right",
            lambda at: Relation(at.kl(), "le", entropy(at.pair.mu), ""),
            "a sure draw has no entropy and yet differs from others",
        ),
        without(
            "the second law allows whatever the first one allows",
            [Images(Pair(Law((1, 1)), Law((1, 0))), (0, 0), 1)],
            "a point that only the second law excludes adds nothing here",
        ),
    ],
    series=[
        Drawing(
            "two laws of a binary number, after its k lowest digits are forgotten",
            "k",
            _forgotten_digits,
        )
    ],
)
def data_processing(at: Images, _book: Book) -> Sequence[Relation]:
    """Compare the relative entropy before and after the map."""
    if at.lossless:
        return [Relation(at.kl(), "eq", at.pair.kl(), _KEEPS)]
    return [Relation(at.kl(), "le", at.pair.kl(), _LOSES)]


# Mutual information


_INFORMS_LESS = "the mutual information of the images is at most that of the draws"
_INFORMS = "it is equal under injective maps"
_EQUAL_BITS = JointImages(((1, 0), (0, 1)), (0, 1), (0, 1))
_NOISY = JointImages(((4, 1, 1), (1, 4, 1), (1, 1, 4)), (0, 1, 1), (0, 1, 2))


def _two_equal_coins() -> JointImages:
    """Return two pairs of fair coins that are equal, of which the maps keep the first coin."""
    equal = tuple(tuple(int(i == j) for j in range(4)) for i in range(4))
    return JointImages(equal, (0, 0, 1, 1), (0, 0, 1, 1))


def _sees_the_other(at: JointImages) -> Relation:
    """Claim it of a map of the first entry that looks at the second one, and returns that."""
    return Relation(entropy(at.second), "le", at.information(), "")


def _foreign_margins(at: JointImages) -> Relation:
    """Claim it where independent draws are uniform, not distributed like the entries."""
    joint = at.mapped.joint.weights
    return Relation(kl(joint, uniform(len(joint)).weights), "le", at.information(), "")


def _noisy_label(k: int) -> JointImages:
    """Return a number below 16 with a label that leans to its highest digit, k digits forgotten."""
    masses = tuple((8 + n, 24 - n) if n < 8 else (32 - 2 * n, 3 * n) for n in range(16))
    return JointImages(masses, tuple(n >> k for n in range(16)), (0, 1))


def _information_left() -> Mapping[str, Sequence[tuple[Number, Number]]]:
    points = [(k, _noisy_label(k)) for k in range(5)]
    whole = points[0][1].information()
    return {
        "information of the label": [(k, at.mapped.information()) for k, at in points],
        "of the whole number": [(0, whole), (4, whole)],
    }


@check(
    "Probability.mutual_information_processing",
    instances=joint_images,
    claim="equality for injective maps, and wherever the maps merge only what carries the same "
    "information",
    sharp=[
        *(Sharp(at) for at in (_two_equal_coins(), _EQUAL_BITS, _NOISY)),
        Sharp(JointImages(((1, 2), (2, 4), (5, 1)), (0, 0, 1), (1, 0))),
        Sharp(JointImages(((1, 2), (3, 6)), (0, 0), (0, 1))),
        Sharp(JointImages(((0, 3, 1), (2, 0, 0)), (1, 0), (2, 2, 0))),
        *(Sharp(_noisy_label(k)) for k in range(5)),
    ],
    mutants=[
        _claims(
            "the mutual information does not shrink",
            lambda at: Relation(at.information(), "le", at.mapped.information(), ""),
            "the maps may forget all",
        ),
        _claims(
            "a thousandth is lost",
            lambda at: Relation(at.mapped.information(), "le", _PART * at.information(), ""),
            "nothing is lost by injective maps",
        ),
        _claims(
            "a map that sees both entries", _sees_the_other, "the second entry knows all of itself"
        ),
        _claims(
            "uniform draws in the place of independent ones",
            _foreign_margins,
            "the entries are not uniform",
        ),
        _claims(
            "the entropy of the first image on the left",
            lambda at: Relation(entropy(at.mapped.first), "le", at.information(), ""),
            "noise has entropy and no information",
        ),
        _claims(
            "the total variation distance on the right",
            lambda at: Relation(
                at.mapped.information(),
                "le",
                Pair(at.joint, at.independent).distance,
                "",
            ),
            "the information may be larger",
        ),
        _claims(
            "half of the information on the right",
            lambda at: Relation(at.mapped.information(), "le", at.information() / 2, ""),
            "two equal bits keep all",
        ),
    ],
    series=[
        Drawing(
            "a number below 16 and its noisy label, after the k lowest digits are forgotten",
            "k",
            _information_left,
            lines=("of the whole number",),
        )
    ],
)
def mutual_information_processing(at: JointImages, _book: Book) -> Sequence[Relation]:
    """Compare the mutual information before and after the maps."""
    left, right = at.mapped.information(), at.information()
    if at.lossless:
        return [Relation(left, "eq", right, _INFORMS)]
    return [Relation(left, "le", right, _INFORMS_LESS)]
