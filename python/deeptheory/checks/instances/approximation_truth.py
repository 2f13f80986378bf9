"""How many threshold units compute a Boolean function: the least number, or an enclosure.

From above it is the number of units of a network that is built and evaluated at every input.  From
below it is what no smaller network can do: one unit computes no function for which the sum of two
inputs where it is true is that of two where it is false, and two units compute a difference of two
threshold functions, or the negation of such a one.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from functools import cache, cached_property
from itertools import combinations_with_replacement, product
from typing import Any

from flint import fmpq, fmpq_mat
from hypothesis import strategies as st
from hypothesis.strategies import SearchStrategy

from deeptheory.approximation import Network
from deeptheory.approximation.activations import HEAVISIDE
from deeptheory.approximation.constructions import constant, ridge
from deeptheory.checks.instances.approximation_labels import enclosed
from deeptheory.formulas.rigorous import Number

__all__ = [
    "TruthFunction",
    "indicator",
    "parity",
    "threshold_functions",
    "truth_functions",
    "truth_table",
]


@cache
def threshold_functions(inputs: int) -> frozenset[int]:
    """Return the functions of at most three inputs that one threshold unit computes.

    Each is a number whose binary digits are its values, that at the input zero being the last one.
    """
    found = set()
    for weights in product(range(-2, 3), repeat=inputs):
        sums = [sum(w * bit for w, bit in zip(weights, x, strict=True)) for x in _points(inputs)]
        for level in range(-3 * inputs, 3 * inputs + 1):
            found.add(sum(1 << k for k, total in enumerate(sums) if total >= level))
    return frozenset(found)


@cache
def _two_units(inputs: int) -> frozenset[int]:
    """Return the functions that two threshold units or fewer compute, for three inputs at most."""
    functions, every = threshold_functions(inputs), (1 << 2**inputs) - 1
    inside = {b & ~a for a in functions for b in functions if a & b == a}
    return frozenset(inside | {every & ~f for f in inside})


@cache
def _points(inputs: int) -> tuple[tuple[int, ...], ...]:
    """Return all inputs; the first entry is the last binary digit of the place."""
    return tuple(tuple(k >> i & 1 for i in range(inputs)) for k in range(2**inputs))


@dataclass(frozen=True)
class TruthFunction:
    """A Boolean function of at least one and at most four inputs.

    Parameters
    ----------
    values : tuple of bool
        The values; the binary digits of the place are the inputs.
    """

    values: tuple[bool, ...]

    @property
    def inputs(self) -> int:
        """The number of inputs."""
        return len(self.values).bit_length() - 1

    @property
    def contradiction(self) -> tuple[tuple[int, ...], ...] | None:
        """Two inputs where it is true and two where it is false, with the same sum.

        They contradict the inequalities of a single threshold unit.
        """
        sums: list[dict[tuple[int, ...], tuple[tuple[int, ...], ...]]] = []
        for wanted in (True, False):
            chosen = [
                x for x, v in zip(_points(self.inputs), self.values, strict=True) if v == wanted
            ]
            pairs = combinations_with_replacement(chosen, 2)
            sums.append({tuple(a + b for a, b in zip(x, y, strict=True)): (x, y) for x, y in pairs})
        shared = next((total for total in sums[0] if total in sums[1]), None)
        return None if shared is None else (*sums[0][shared], *sums[1][shared])

    @cached_property
    def unit(self) -> tuple[tuple[int, ...], int] | None:
        """The weights and the bias of one threshold unit that computes it, if there is one."""
        if self.contradiction is not None:
            return None
        # For so few inputs nothing else can be in the way, so that this ends.
        weights, bias = [0] * self.inputs, 0
        while True:
            for x, value in zip(_points(self.inputs), self.values, strict=True):
                if (sum(w * bit for w, bit in zip(weights, x, strict=True)) + bias >= 0) != value:
                    sign = 1 if value else -1
                    weights = [w + sign * bit for w, bit in zip(weights, x, strict=True)]
                    bias += sign
                    break
            else:
                return tuple(weights), bias

    def selector(self, wanted: bool) -> list[tuple[tuple[int, ...], int, int]]:
        """Return weights, bias and output weight of a unit for each input with a given value."""
        return [
            (tuple(2 * bit - 1 for bit in x), -sum(x), 1 if wanted else -1)
            for x, value in zip(_points(self.inputs), self.values, strict=True)
            if value == wanted
        ]

    def _levels(self) -> list[tuple[tuple[int, ...], int, int]] | None:
        """Return units that count the true inputs, where the function depends on nothing else."""
        by_count: dict[int, bool] = {}
        for x, value in zip(_points(self.inputs), self.values, strict=True):
            if by_count.setdefault(sum(x), value) != value:
                return None
        return [
            ((1,) * self.inputs, -k, by_count[k] - by_count[k - 1])
            for k in range(1, self.inputs + 1)
            if by_count[k] != by_count[k - 1]
        ]

    @cached_property
    def network(self) -> Network:
        """The smallest network found."""
        if self.unit is not None and len(set(self.values)) == 2:
            return self._of_units([(*self.unit, 1)], 0)
        found = [(self.selector(True), 0), (self.selector(False), 1)]
        levels = self._levels()
        if levels is not None:
            found.append((levels, int(self.values[0])))
        return self._of_units(*min(found, key=lambda network: len(network[0])))

    def _of_units(self, units: list[tuple[tuple[int, ...], int, int]], bias: int) -> Network:
        """Return the network with weights, bias and output weight of each unit, and a bias."""
        if not units:
            return constant(fmpq(bias), self.inputs)
        weights, biases, outer = zip(*units, strict=True)
        return ridge(weights, biases, outer, fmpq(bias))

    def output(self, x: Sequence[int]) -> fmpq:
        """Evaluate the network."""
        return self.network([fmpq(bit) for bit in x], HEAVISIDE)[0]

    @cached_property
    def fewest(self) -> int:
        """A number of threshold units below which no network with one layer computes it."""
        if len(set(self.values)) == 1:
            return 0
        if self.unit is not None:
            return 1
        if self.inputs <= 3:
            code = sum(1 << k for k, value in enumerate(self.values) if value)
            return 2 if code in _two_units(self.inputs) else 3
        return max(restricted.fewest for restricted in self.restrictions())

    def restrictions(self) -> list[TruthFunction]:
        """Return the function with one of its inputs fixed, in all ways."""
        return [
            TruthFunction(
                tuple(
                    value
                    for x, value in zip(_points(self.inputs), self.values, strict=True)
                    if x[i] == bit
                )
            )
            for i in range(self.inputs)
            for bit in (0, 1)
        ]

    @property
    def least(self) -> Number:
        """The least number of threshold units, exactly or enclosed.

        Raises
        ------
        AssertionError
            Where the network that was built computes another function.
        """
        for x, value in zip(_points(self.inputs), self.values, strict=True):
            if self.output(x) != int(value):
                raise AssertionError("The network computes another function.")
        return enclosed(self.fewest, self.network.neurons)

    @property
    def affine(self) -> bool:
        """Whether it is an affine function of its inputs, as numbers."""
        rows = [[1, *x] for x in _points(self.inputs)]
        extended = [[*row, int(v)] for row, v in zip(rows, self.values, strict=True)]
        return bool(fmpq_mat(rows).rank() == fmpq_mat(extended).rank())

    def describe(self) -> dict[str, Any]:
        """Return the inputs at which it is true."""
        chosen = [x for x, v in zip(_points(self.inputs), self.values, strict=True) if v]
        return {"inputs": self.inputs, "true at": ["".join(map(str, x)) for x in chosen]}


def truth_table(inputs: int, code: int) -> TruthFunction:
    """Return a function from the binary digits of a number, as in `threshold_functions`."""
    return TruthFunction(tuple(bool(code >> k & 1) for k in range(2**inputs)))


def parity(inputs: int) -> TruthFunction:
    """Return whether the number of true inputs is odd: the exclusive or, for two."""
    return TruthFunction(tuple(sum(x) % 2 == 1 for x in _points(inputs)))


def indicator(inputs: int) -> TruthFunction:
    """Return the conjunction of all inputs."""
    return TruthFunction(tuple(all(x) for x in _points(inputs)))


@cache
def truth_functions() -> SearchStrategy[TruthFunction]:
    """Draw any function of at most four inputs."""
    return st.integers(1, 4).flatmap(
        lambda inputs: st.builds(
            lambda code: truth_table(inputs, code), st.integers(0, (1 << 2**inputs) - 1)
        )
    )
