"""Every applicable bound of the library on classifiers trained on the breast-cancer data."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import Any

from flint import fmpq

from deeptheory.checks.instances.vectors import dot
from deeptheory.errors import FailureError
from deeptheory.experiments import guarantees as bounds
from deeptheory.experiments import training
from deeptheory.experiments.data import (
    COORDINATE_BOUND,
    HELD_OUT,
    SAMPLE,
    SCALING,
    Point,
    Split,
    breast_cancer_split,
)
from deeptheory.experiments.guarantees import Guarantee
from deeptheory.experiments.models import Linear, Model, Network, Threshold, error, margins
from deeptheory.experiments.results import Entry, Experiment, ModelInfo
from deeptheory.formulas import Book

__all__ = ["DELTA", "GRID", "SIZES", "Family", "families", "run"]

SIZES = (50, 100, 200, 400)
"""The sizes of the sample."""
DELTA = fmpq(1, 20)
"""The probability with which a bound may fail."""
GRID = tuple(fmpq(k, 10) for k in range(1, 7))
"""The margins among which the best is chosen."""

_ONE = fmpq(1)
_MOST_WEIGHTS = 10
_RAMPS = ("Generalization.rademacher_bound", "Generalization.rademacher_empirical_bound")


@dataclass(frozen=True)
class Family:
    """A class of classifiers, how to train one, and the bounds that apply to it.

    Parameters
    ----------
    info : ModelInfo
        Its name and description.
    train : callable
        Takes the book and the sample, returns the trained classifier.
    verify : callable
        Returns the facts on the classifier and the sample that the bounds need, in words, each
        decided exactly, with whether it holds.
    bounds : callable
        Takes the book, the classifier, its margins on the sample and the number of coordinates,
        returns the bounds from the training error.
    """

    info: ModelInfo
    train: Callable[[Book, Sequence[Point]], Model]
    verify: Callable[[Any, Sequence[Point]], dict[str, bool]]
    bounds: Callable[[Book, Any, Sequence[fmpq], int], list[Guarantee]]


def _inputs(points: Sequence[Point]) -> dict[str, bool]:
    return {"every input has norm at most 1": all(dot(p.x, p.x) <= 1 for p in points)}


def _by_margin(
    book: Book, margins: Sequence[fmpq], complexity: bounds.Complexity
) -> list[Guarantee]:
    return [
        bounds.margin(book, margins, complexity, GRID, DELTA),
        *(bounds.ramp_on_sample(book, name, margins, complexity, GRID, DELTA) for name in _RAMPS),
    ]


# Linear classifiers in a ball


def _linear_facts(model: Linear, points: Sequence[Point]) -> dict[str, bool]:
    return {**_inputs(points), "the weights have norm at most 1": model.squared_norm <= 1}


def _linear_bounds(book: Book, _: Linear, margins: Sequence[fmpq], __: int) -> list[Guarantee]:
    return _by_margin(book, margins, bounds.linear_l2(book, len(margins), B=_ONE, X=_ONE))


def _l1_facts(model: Linear, points: Sequence[Point]) -> dict[str, bool]:
    return {
        f"every coordinate of an input is at most {COORDINATE_BOUND} in size": all(
            abs(v) <= COORDINATE_BOUND for p in points for v in p.x
        ),
        "the absolute values of the weights sum to at most 1": model.absolute_sum <= 1,
    }


def _l1_bounds(book: Book, _: Linear, margins: Sequence[fmpq], d: int) -> list[Guarantee]:
    n = len(margins)
    return _by_margin(book, margins, bounds.linear_l1(book, n, B=_ONE, X=COORDINATE_BOUND, d=d))


# Networks


def _network_facts(model: Network, points: Sequence[Point]) -> dict[str, bool]:
    return {
        **_inputs(points),
        "the weights of every hidden unit have norm at most 1": model.largest_squared_norm <= 1,
        "the absolute values of the output weights sum to at most 1": model.absolute_sum <= 1,
    }


def _network_bounds(book: Book, _: Network, margins: Sequence[fmpq], __: int) -> list[Guarantee]:
    hidden = bounds.linear_l2(book, len(margins), B=_ONE, X=_ONE)
    return _by_margin(book, margins, bounds.in_two_layers(book, hidden, A=_ONE))


def _network_levels(model: Network, _: Sequence[Point]) -> dict[str, bool]:
    return {
        "every hidden weight is one of -3, -1, 1, 3, and the output weights are 1, -1, 1, -1": all(
            w in training.LEVELS for row in model.hidden for w in row
        )
        and model.output == tuple(fmpq((-1) ** k) for k in range(training.WIDTH))
    }


def _finite_network(book: Book, _: Network, margins: Sequence[fmpq], d: int) -> list[Guarantee]:
    N = len(training.LEVELS) ** (training.WIDTH * d)
    return [bounds.finite(book, error(margins), len(margins), N, DELTA)]


# Finitely many classifiers, thresholds


def _linear_levels(model: Linear, _: Sequence[Point]) -> dict[str, bool]:
    return {"every weight is one of -3, -1, 1, 3": all(w in training.LEVELS for w in model.weights)}


def _finite_linear(book: Book, _: Linear, margins: Sequence[fmpq], d: int) -> list[Guarantee]:
    N = len(training.LEVELS) ** d
    return [bounds.finite(book, error(margins), len(margins), N, DELTA)]


def _train_sparse(book: Book, points: Sequence[Point]) -> Linear:
    """Return the sparse classifier with the smallest bound."""

    def value(model: Linear) -> float:
        (guarantee,) = _occam(book, model, margins(model, points), len(points[0].x))
        return float(guarantee.value)

    return min(training.train_sparse(points, _MOST_WEIGHTS), key=value)


def _sparse_facts(model: Linear, _: Sequence[Point]) -> dict[str, bool]:
    return {"every weight is -1, 0 or 1": all(w in (-1, 0, 1) for w in model.weights)}


def _occam(book: Book, model: Linear, margins: Sequence[fmpq], d: int) -> list[Guarantee]:
    weight = bounds.sparse_weight(d, model.nonzero)
    return [bounds.occam(book, error(margins), len(margins), weight, DELTA)]


def _threshold_facts(model: Threshold, points: Sequence[Point]) -> dict[str, bool]:
    return {
        "the threshold and the recorded radii are natural numbers of thousandths": model.limit >= 0
        and all(p.radius >= 0 for p in points)
    }


def _threshold_bounds(
    book: Book, _: Threshold, margins: Sequence[fmpq], __: int
) -> list[Guarantee]:
    n = len(margins)
    guarantee = bounds.vapnik_chervonenkis(book, error(margins), n, _growth_of_thresholds(n), DELTA)
    return [guarantee]


def _growth_of_thresholds(n: int) -> int:
    """Return the growth function of thresholds, as ``Generalization.growth_thresholds`` has it."""
    return n + 1


def families() -> tuple[Family, ...]:
    """Return the classes of classifiers in the order of the tables."""
    return (
        Family(
            ModelInfo(
                "linear",
                "linear classifier",
                "sign <w, x> with |w| at most 1, trained by the hinge loss; complexity by "
                "linear_l2 with B = X = 1",
            ),
            lambda _, points: training.train_linear(points),
            _linear_facts,
            _linear_bounds,
        ),
        Family(
            ModelInfo(
                "network",
                "two-layer ReLU network",
                f"sum of u_k max(<w_k, x>, 0) over {training.WIDTH} hidden units, |w_k| at most 1 "
                "and the sum of |u_k| at most 1, both layers trained; complexity by two_layer "
                "with A = 1 over linear_l2 with B = X = 1",
            ),
            lambda _, points: training.train_network(points),
            _network_facts,
            _network_bounds,
        ),
        Family(
            ModelInfo(
                "linear-l1",
                "linear classifier, absolute sum",
                "sign <w, x> with the sum of |w_k| at most 1; complexity by linear_l1 with B = 1 "
                f"and X = {COORDINATE_BOUND}",
            ),
            lambda _, points: training.train_linear_l1(points),
            _l1_facts,
            _l1_bounds,
        ),
        Family(
            ModelInfo(
                "linear-2bit",
                "linear classifier, 2-bit weights",
                "sign <w, x> with each of the 31 weights in {-3, -1, 1, 3}: N = 4^31 classifiers",
            ),
            lambda _, points: training.train_quantized(points),
            _linear_levels,
            _finite_linear,
        ),
        Family(
            ModelInfo(
                "network-2bit",
                "two-layer ReLU network, 2-bit weights",
                f"{training.WIDTH} hidden units with weights in {{-3, -1, 1, 3}} and the output "
                "weights 1, -1, 1, -1: N = 4^124 networks",
            ),
            lambda _, points: training.train_quantized_network(points),
            _network_levels,
            _finite_network,
        ),
        Family(
            ModelInfo(
                "linear-sparse",
                "sparse linear classifier",
                "sign <w, x> with weights in {-1, 0, 1}; the prior is uniform on the number of "
                "weights that are not zero, then on their places, then on their signs",
            ),
            _train_sparse,
            _sparse_facts,
            _occam,
        ),
        Family(
            ModelInfo(
                "threshold",
                "threshold on one feature",
                "benign where the mean radius is below a number; the growth function of thresholds "
                "is n + 1 (growth_thresholds)",
            ),
            lambda _, points: training.train_threshold(points),
            _threshold_facts,
            _threshold_bounds,
        ),
    )


_ASSUMED = (
    "The sample and the held-out points are independent draws from one law on finitely many "
    "points: the inputs have finitely many values, multiples of 1/10^6 in the unit ball; that the "
    "patients are such draws is assumed, as for every real data set.",
    "The scaling, the classes, the grid of margins and the prior were fixed before the sample, and "
    "the settings of training before the held-out points. They stand in the program, but trial "
    "runs on these data, held-out errors in view, came before they were settled: this is an "
    "idealisation, as with every public data set.",
    "Each bound holds with probability 1 - δ on its own; nothing is claimed of all of them at "
    "once.",
)
_CHOICES = (
    f"The 569 rows, in the order of the SHA-256 of their numbers: {SCALING} rows fix the centre "
    f"and the scale of the features and serve for nothing else, {SAMPLE} are the sample, of which "
    f"the first n are used, {HELD_OUT} are held out.",
    "Inputs: 30 features, centred, scaled and cut off at 3 deviations, and a constant, mapped into "
    "the unit ball and rounded to exact decimals; labels play no part in it.",
    "Margins: ρ is the best of 1/10, 2/10, ..., 6/10, each at δ / 6, by the union bound.",
    "Rademacher bounds are for the ramp loss, which is at least the error; contraction with the "
    "Lipschitz constant 1 / ρ bounds its complexity, and that of the margins is that of the scores "
    "(FunctionClass.rademacher_margins).",
    "The expected complexity in margin_bound and rademacher_bound is bounded by the bound that "
    "holds on every sample.",
    "vc_bound is applied to thresholds, whose growth is proved. That linear classifiers of d "
    "coordinates have dimension d is not proved in this library, so they have no bound by it.",
    "Errors are counted where the margin is not positive.",
)


def run(book: Book, split: Split | None = None, sizes: Sequence[int] = SIZES) -> Experiment:
    """Train all classifiers at all sizes and evaluate every bound.

    Parameters
    ----------
    book : Book
        The catalog.
    split : Split, optional
        The data; the breast-cancer data by default.
    sizes : sequence of int
        The sizes of the sample.

    Returns
    -------
    Experiment
        The results.

    Raises
    ------
    FailureError
        Where a classifier does not lie in its class.
    UsageError
        Where the catalog lacks a theorem.
    """
    split = split or breast_cancer_split()
    entries: list[Entry] = []
    met: dict[str, None] = {}
    for family in families():
        for n in sizes:
            sample = split.sample[:n]
            model = family.train(book, sample)
            for fact, holds in family.verify(model, [*sample, *split.held_out]).items():
                if not holds:
                    raise FailureError(f"The {family.info.title} for n = {n} fails: {fact}.")
                met[f"{family.info.title}: {fact}"] = None
            on_sample = margins(model, sample)
            outside = error(margins(model, split.held_out))
            found = [
                *family.bounds(book, model, on_sample, split.dimension),
                bounds.held_out(book, outside, len(split.held_out), DELTA),
            ]
            entries += [
                Entry(family.info.key, n, error(on_sample), outside, guarantee)
                for guarantee in found
            ]
    return Experiment(
        name="breast-cancer",
        title="Bounds on the breast-cancer data",
        source="Wolberg, Street, Mangasarian 1995, as packaged with scikit-learn",
        delta=DELTA,
        held_out=len(split.held_out),
        models=tuple(family.info for family in families()),
        entries=tuple(entries),
        choices=_CHOICES,
        met=tuple(met),
        assumed=_ASSUMED,
    )
