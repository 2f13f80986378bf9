"""Builds the network of a theorem with rounded weights, and encloses its error."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

import numpy as np
from flint import fmpq

from deeptheory.approximation.choice import LINE, Choice
from deeptheory.approximation.doubles import DoubleNetwork, interpolation, lattice_of_cones
from deeptheory.approximation.enclosure import Enclosure, lattice_error, line_error
from deeptheory.approximation.target import Target
from deeptheory.errors import UsageError
from deeptheory.formulas.intervals import Interval

__all__ = ["Approximation", "approximate"]

_SCHEMA = 1


@dataclass(frozen=True)
class Approximation:
    """A network, and how far it certainly is and at most may be from a function.

    Parameters
    ----------
    target : Target
        The function.
    epsilon : fmpq
        The allowed error.
    choice : Choice
        The theorem that built the network.
    net : DoubleNetwork
        The network.
    error : Enclosure
        Its largest error on the cube.
    """

    target: Target
    epsilon: fmpq
    choice: Choice
    net: DoubleNetwork
    error: Enclosure

    @property
    def within(self) -> bool | None:
        """Whether the error is at most the allowed one; None where the enclosure is too wide."""
        return self.error.within(self.epsilon)

    def describe(self) -> dict[str, Any]:
        """Return what is stored beside the weights."""
        choice, error = self.choice, self.error
        return {
            "schema": _SCHEMA,
            "function": self.target.text,
            "variables": self.target.variables,
            "domain": "unit cube",
            "activation": "relu",
            "theorem": f"DeepTheory.Approximation.{choice.theorem}",
            "formula": f"{choice.formula.short} = {choice.formula.text()}",
            choice.letter: str(choice.constant),
            "N": choice.cells,
            "bound": str(choice.bound),
            "epsilon": str(self.epsilon),
            "error_at_least": as_float(error.low),
            "error_at_most": as_float(error.high),
            "error_at": [as_float(coordinate) for coordinate in error.place],
            "within_epsilon": self.within,
            "depth": self.net.depth,
            "neurons": self.net.neurons,
            "parameters": self.net.parameters,
            "nonzero": self.net.nonzero,
            "largest_weight": self.net.max_weight,
        }


def as_float(value: fmpq) -> float:
    """Return the double nearest to a number; the ends of enclosures are doubles."""
    return int(value.p) / int(value.q)


def approximate(target: Target, epsilon: fmpq, choice: Choice) -> Approximation:
    """Build the network of a choice, and enclose its error.

    Raises
    ------
    UsageError
        Where rounding to doubles makes the error larger than allowed.
    """
    if choice.theorem in LINE:
        knots = np.arange(choice.cells + 1) / choice.cells
        net = interpolation(knots, target.at(knots[:, None]).middle)
        error = line_error(net, target, epsilon)
    else:
        places = (2 * np.arange(choice.cells) + 1) / (2 * choice.cells)
        slope = as_float(choice.constant)
        numbers = np.arange(choice.cells**target.dim)[:, None]
        points = places[numbers // choice.cells ** np.arange(target.dim) % choice.cells]
        lift = Interval.point(slope) / float(2 * choice.cells)
        net = lattice_of_cones(places, target.dim, slope, (target.at(points) + lift).middle)
        error = lattice_error(net, target, places, slope)
    if error.within(epsilon) is False:
        raise UsageError(
            f"--epsilon {epsilon} is too small for weights in double precision: the error is at "
            f"least {as_float(error.low):.2g} for values of this size; ask for a larger one."
        )
    return Approximation(target, epsilon, choice, net, error)
