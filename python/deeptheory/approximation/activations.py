"""Activations by name, with exact values wherever these are rational."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import Any

from flint import arb, fmpq

from deeptheory.approximation.network import relu

__all__ = [
    "HARD_TANH",
    "HEAVISIDE",
    "LOGISTIC",
    "RAMP",
    "RELU",
    "Activation",
    "clipped",
    "polynomial_activation",
]

_ZERO, _ONE = fmpq(0), fmpq(1)


@dataclass(frozen=True)
class Activation:
    """An activation with a name for reports.

    Parameters
    ----------
    name : str
        What it is.
    function : callable
        Its values: rational for a rational, apart from the logistic function, whose are balls.
    """

    name: str
    function: Callable[[Any], Any]

    def __call__(self, t: Any) -> Any:
        """Return the value."""
        return self.function(t)


HEAVISIDE = Activation("Heaviside", lambda t: _ONE if t >= 0 else _ZERO)
"""One for numbers that are not negative, zero for the others."""


def clipped(low: fmpq, high: fmpq) -> Activation:
    """Return the identity, cut off at the ends of an interval."""
    return Activation(f"clipped to [{low}, {high}]", lambda t: min(max(t, low), high))


RAMP = Activation("ramp", lambda t: min(max(t, _ZERO), _ONE))
"""The identity, cut off below zero and above one."""

HARD_TANH = clipped(-_ONE, _ONE)
"""The identity, cut off below -1 and above 1."""

LOGISTIC = Activation("logistic", lambda t: 1 / (1 + (-arb(t)).exp()))
"""One divided by one plus exp (-t)."""

RELU = Activation("ReLU", relu)
"""The positive part."""


def polynomial_activation(coefficients: Sequence[fmpq]) -> Activation:
    """Return a polynomial, from its coefficients, that of the constant first."""

    def value(t: Any) -> Any:
        found: Any = _ZERO
        for coefficient in reversed(coefficients):
            found = found * t + coefficient
        return found

    return Activation(f"coefficients {', '.join(map(str, coefficients))}", value)
