"""Puts trained normal laws of real weights onto a grid of whole numbers.

The step of the grid is a third of the prior's deviation.  The prior's means are moved to the
nearest point of the grid, and the posterior's by the same amounts, so that neither the relative
entropy nor, but for a sixth of a deviation at most, the networks change.
"""

from __future__ import annotations

import math
from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from deeptheory.certify.data import Examples
from deeptheory.certify.law import GridLaw, discretise
from deeptheory.certify.network import Network

__all__ = ["Trained", "put_on_grid"]

Reals = NDArray[np.float64]

_STEPS = 3  # a deviation of the prior
_REACH = 7  # deviations of the prior, on both sides of its mean
_FINE = 128  # about as many whole numbers stand for one after a hidden layer


@dataclass(frozen=True)
class Trained:
    """Normal laws of the weights, independent of each other.

    Parameters
    ----------
    hidden : tuple of int
        The widths of the hidden layers.
    prior : sequence of arrays
        For each layer the means of the prior, a row an output and the bias in the last column.
    scale : float
        The deviation of each weight under the prior.
    means, scales : sequences of arrays
        The means and the deviations of the posterior, in the same shapes.
    """

    hidden: tuple[int, ...]
    prior: Sequence[Reals]
    scale: float
    means: Sequence[Reals]
    scales: Sequence[Reals]


def put_on_grid(trained: Trained, examples: Examples) -> tuple[Network, GridLaw]:
    """Return the network and the law of its whole weights.

    Parameters
    ----------
    trained : Trained
        The laws; a weight of size one multiplies an input of ``examples.unit``.
    examples : Examples
        The data that the network is for.
    """
    step = trained.scale / _STEPS
    constants, shifts, units = [examples.unit], [], float(examples.unit)
    for _ in trained.hidden:
        shift = max(0, round(math.log2(units / step / _FINE)))
        units = units / step / 2**shift  # that stand for one
        shifts.append(shift)
        constants.append(max(1, round(units)))
    sizes = (examples.inputs.shape[1], *trained.hidden, examples.classes)
    network = Network(sizes, tuple(constants), tuple(shifts))

    prior, means, scales = (
        np.concatenate([layer.ravel() for layer in layers]) / step
        for layers in (trained.prior, trained.means, trained.scales)
    )
    centre = np.rint(prior)
    reach = _REACH * _STEPS
    width = 2 * reach + 1
    own = np.full_like(prior, reach)
    law = GridLaw(
        start=centre.astype(np.int64) - reach,
        prior=discretise(own, np.full_like(own, _STEPS), width, least=1),
        posterior=discretise(means - prior + reach, scales, width, least=0),
    )
    return network, law
