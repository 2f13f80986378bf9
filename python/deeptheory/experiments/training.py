"""Training in double precision, with the result rounded to rational weights.

Nothing that is claimed rests on this module: the bounds hold for every member of a class, however
it was found, and that the weights lie in the class is checked exactly afterwards.  It is
deterministic.
"""

from __future__ import annotations

import itertools
from collections.abc import Callable, Sequence

import numpy as np
from flint import fmpq
from numpy.typing import NDArray

from deeptheory.experiments.data import Point
from deeptheory.experiments.models import Linear, Network, Threshold

__all__ = [
    "LEVELS",
    "WIDTH",
    "ball_l1",
    "ball_l2",
    "train_linear",
    "train_linear_l1",
    "train_network",
    "train_quantized",
    "train_quantized_network",
    "train_sparse",
    "train_threshold",
]

Array = NDArray[np.float64]

LEVELS = (-3, -1, 1, 3)
"""The values of a weight of two bits."""
WIDTH = 4
"""The hidden units of the network."""
_UNIT = 10**6
_TARGET, _TARGET_L1, _TARGET_QUANTIZED = 0.2, 0.1, 0.05  # the margins that training asks for
_STEPS = 4000


def _arrays(points: Sequence[Point]) -> tuple[Array, Array]:
    """Return the inputs, one a row, and the labels."""
    inputs = np.array([[int(v.p) / int(v.q) for v in point.x] for point in points])
    return inputs, np.array([point.label for point in points], dtype=np.float64)


def _rational(values: Array) -> tuple[fmpq, ...]:
    """Round towards zero to six decimals, which makes no norm larger."""
    return tuple(fmpq(int(value * _UNIT), _UNIT) for value in values)


def ball_l2(w: Array) -> Array:
    """Return the nearest point of the unit ball, a little inside of it."""
    return w * min(1.0, (1 - 1e-9) / max(float(np.linalg.norm(w)), 1e-300))


def ball_l1(w: Array) -> Array:
    """Return the nearest vector whose absolute values sum to at most one, a little inside."""
    size = np.abs(w)
    if size.sum() <= 1 - 1e-9:
        return w
    ordered = np.sort(size)[::-1]
    excess = (np.cumsum(ordered) - (1 - 1e-9)) / np.arange(1, len(w) + 1)
    cut = excess[np.nonzero(ordered > excess)[0][-1]]
    return np.asarray(np.sign(w) * np.maximum(size - cut, 0))


def _descend(
    start: Array, slope: Callable[[Array], Array], project: Callable[[Array], Array]
) -> Array:
    """Return the average of the second half of projected subgradient descent."""
    w, total = start, np.zeros_like(start)
    for step in range(1, _STEPS + 1):
        w = project(w - slope(w) / np.sqrt(step))
        if step > _STEPS // 2:
            total += w
    return total / (_STEPS - _STEPS // 2)


def train_linear(
    points: Sequence[Point],
    project: Callable[[Array], Array] = ball_l2,
    target: float = _TARGET,
) -> Linear:
    """Minimise the hinge loss over a unit ball.

    Parameters
    ----------
    points : sequence of Point
        The sample.
    project : callable
        The projection onto the ball, `ball_l2` or `ball_l1`.
    target : float
        The margin that the loss asks for.

    Returns
    -------
    Linear
        Weights in the ball.
    """
    x, y = _arrays(points)

    def slope(w: Array) -> Array:
        low = y * (x @ w) < target
        return np.asarray(-(x * y[:, None])[low].sum(axis=0) / len(y))

    w = _descend(np.zeros(x.shape[1]), slope, project)
    return Linear(_rational(project(w)))


def train_linear_l1(points: Sequence[Point]) -> Linear:
    """Minimise the hinge loss over the vectors whose absolute values sum to at most one."""
    return train_linear(points, ball_l1, _TARGET_L1)


def train_network(points: Sequence[Point], target: float = _TARGET) -> Network:
    """Minimise the hinge loss of a two-layer network by projected gradient descent.

    Both layers are trained.  The hidden weights have norm at most one, the absolute values of the
    output weights sum to at most one.  The starting point is random with a fixed seed.

    Parameters
    ----------
    points : sequence of Point
        The sample.
    target : float
        The margin that the loss asks for.

    Returns
    -------
    Network
        A network with four hidden units.
    """
    x, y = _arrays(points)
    random = np.random.default_rng(0)
    hidden = random.normal(size=(WIDTH, x.shape[1]))
    hidden /= np.linalg.norm(hidden, axis=1, keepdims=True)
    output = np.resize([1.0, -1.0], WIDTH) / WIDTH
    for step in range(1, _STEPS + 1):
        before = x @ hidden.T
        active = np.maximum(before, 0)
        pull = np.where(y * (active @ output) < target, y, 0.0) / len(y)
        to_hidden = ((pull[:, None] * output) * (before > 0)).T @ x
        to_output = active.T @ pull
        rate = 2 / np.sqrt(step)
        hidden = np.array([ball_l2(w) for w in hidden + WIDTH * rate * to_hidden])
        output = ball_l1(output + rate * to_output)
    return Network(tuple(_rational(w) for w in hidden), _rational(output))


def _refine(
    weights: Array, levels: Sequence[float], loss: Callable[[Array], float], rounds: int
) -> Array:
    """Change one weight at a time to the level with the least loss."""
    best = loss(weights)
    for _ in range(rounds):
        before = best
        for place in range(weights.size):
            for level in levels:
                changed = weights.copy()
                changed.flat[place] = level
                now = loss(changed)
                if now < best:
                    weights, best = changed, now
        if best == before:
            break
    return weights


def _nearest(weights: Array, scale: float) -> Array:
    """Round to the nearest of the levels times a scale, in units of the scale."""
    levels = np.array(LEVELS, dtype=np.float64)
    return np.asarray(levels[np.argmin(np.abs(weights[..., None] / scale - levels), axis=-1)])


def _hinge(margins: Array, scale: float) -> float:
    """Return the mean hinge loss of margins that are divided by a scale."""
    return float(np.maximum(0.0, 1 - margins / scale).mean())


def train_quantized(points: Sequence[Point]) -> Linear:
    """Round a linear classifier to weights of two bits and improve it weight by weight.

    Parameters
    ----------
    points : sequence of Point
        The sample.

    Returns
    -------
    Linear
        Weights in `LEVELS`.
    """
    x, y = _arrays(points)
    start = train_linear(points, target=_TARGET_QUANTIZED)
    w = np.array([int(v.p) / int(v.q) for v in start.weights])
    scale = float(np.abs(w).mean()) / 2

    def loss(q: Array) -> float:
        return _hinge(y * (x @ q) * scale, _TARGET_QUANTIZED)

    quantized = _refine(_nearest(w, scale), LEVELS, loss, rounds=5)
    return Linear(tuple(fmpq(int(value)) for value in quantized))


def train_quantized_network(points: Sequence[Point]) -> Network:
    """Round a network to hidden weights of two bits and output weights 1 and -1 by turns.

    The sizes of the output weights go into the hidden ones, since the positive part commutes with
    positive factors.

    Parameters
    ----------
    points : sequence of Point
        The sample.

    Returns
    -------
    Network
        Hidden weights in `LEVELS`, output weights 1, -1, 1, -1.
    """
    x, y = _arrays(points)
    start = train_network(points, target=_TARGET_QUANTIZED)
    output = np.resize([1.0, -1.0], WIDTH)
    sizes = np.array([abs(int(u.p) / int(u.q)) for u in start.output])
    w = np.array([[int(v.p) / int(v.q) for v in row] for row in start.hidden]) * sizes[:, None]
    scale = float(np.abs(w).mean()) / 2

    def loss(q: Array) -> float:
        return _hinge(y * (np.maximum(x @ q.T, 0) @ output) * scale, _TARGET_QUANTIZED)

    quantized = _refine(_nearest(w, scale), LEVELS, loss, rounds=3)
    return Network(
        tuple(tuple(fmpq(int(value)) for value in row) for row in quantized),
        tuple(fmpq(int(u)) for u in output),
    )


def train_sparse(points: Sequence[Point], most: int) -> list[Linear]:
    """Find classifiers with weights -1, 0 and 1, adding one weight at a time.

    Parameters
    ----------
    points : sequence of Point
        The sample.
    most : int
        The largest number of weights that are not zero.

    Returns
    -------
    list of Linear
        The best found with 1, 2, ... weights: the fewest errors, then the largest margins.
    """
    x, y = _arrays(points)
    w = np.zeros(x.shape[1])
    found = []
    for _ in range(most):
        best: tuple[tuple[float, float], int, float] | None = None
        for place, value in itertools.product(np.nonzero(w == 0)[0], (1.0, -1.0)):
            margins = y * (x @ w + value * x[:, place])
            rank = (float((margins <= 1e-9).mean()), _hinge(margins, _TARGET))
            if best is None or rank < best[0]:
                best = rank, int(place), value
        assert best is not None
        w[best[1]] = best[2]
        found.append(Linear(tuple(fmpq(int(value)) for value in w)))
    return found


def train_threshold(points: Sequence[Point]) -> Threshold:
    """Return the threshold on the mean radius with the fewest errors on the sample."""
    limits = sorted({point.radius for point in points} | {0})
    mistakes = [
        sum((point.radius < limit) != (point.label == 1) for point in points) for limit in limits
    ]
    return Threshold(limits[int(np.argmin(mistakes))])
