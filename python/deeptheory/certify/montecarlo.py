"""The errors of networks that are drawn from the posterior, counted exactly."""

from __future__ import annotations

import hashlib
from collections.abc import Callable
from dataclasses import dataclass

import numpy as np
from threadpoolctl import threadpool_limits

from deeptheory.certify.data import Examples, Parts
from deeptheory.certify.law import Drawer, GridLaw
from deeptheory.certify.network import Network

__all__ = ["MOST_DRAWS", "Counts", "count_errors", "draw_seed"]

MOST_DRAWS = 1_000_000
_STEP = 64


@dataclass(frozen=True)
class Counts:
    """Errors of the drawn networks.

    Parameters
    ----------
    draws : int
        How many networks were drawn.
    bound, held_out : int
        All their errors on the two parts, summed.
    mean_held_out : int
        The errors on held-out data of the network whose weights are the rounded means.
    """

    draws: int
    bound: int
    held_out: int
    mean_held_out: int


def draw_seed(law: GridLaw, examples: Examples) -> int:
    """Return the seed of the draws, a hash of weights and data.

    So nobody can pick draws that happen to make few errors without changing the weights.
    """
    text = f"deeptheory draws 1 {law.digest} {examples.digest}"
    return int.from_bytes(hashlib.sha256(text.encode()).digest()[:16], "little")


def count_errors(
    network: Network,
    law: GridLaw,
    examples: Examples,
    parts: Parts,
    draws: int,
    advance: Callable[[int], None] = lambda _: None,
) -> Counts:
    """Draw networks and count their errors on the bound's and on the held-out rows.

    Parameters
    ----------
    network, law : Network, GridLaw
        What is drawn.
    examples, parts : Examples, Parts
        The data.
    draws : int
        How many networks to draw.
    advance : callable, optional
        Is told after some draws how many they were.

    Raises
    ------
    UsageError
        Where double precision might round a sum.
    """
    network.check_exact(law.largest, examples.limit)
    drawer = Drawer(law, draw_seed(law, examples))
    rows = np.concatenate([parts.bound, parts.held_out])
    inputs, labels = examples.inputs[rows].astype(np.float64), examples.labels[rows]
    own = len(parts.bound)
    bound = held_out = 0
    # The matrices are small: more threads than one would only wait for each other.
    with threadpool_limits(1, "blas"):
        for done in range(1, draws + 1):
            wrong = network.predict(network.matrices(drawer.draw()), inputs) != labels
            bound += int(np.count_nonzero(wrong[:own]))
            held_out += int(np.count_nonzero(wrong[own:]))
            if done % _STEP == 0 or done == draws:
                advance(_STEP if done % _STEP == 0 else done % _STEP)
        mean = network.predict(network.matrices(law.mean), inputs[own:]) != labels[own:]
    return Counts(draws, bound, held_out, int(np.count_nonzero(mean)))
