"""Feedforward networks as data: exact and vectorised evaluation, sizes, composition."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from itertools import pairwise
from typing import Any

import numpy as np
from flint import fmpq
from numpy.typing import ArrayLike, NDArray

from deeptheory.approximation.layer import Layer, Vector

__all__ = ["Network", "relu"]

_ZERO = fmpq(0)


def relu(t: fmpq) -> fmpq:
    """Return the positive part."""
    return max(t, _ZERO)


@dataclass(frozen=True)
class Network:
    """Affine layers, with an activation after each but the last.

    Parameters
    ----------
    hidden : tuple of Layer
        The hidden layers, first layer first.
    output : Layer
        The output layer.

    Raises
    ------
    ValueError
        Where a layer does not have as many inputs as the one before it has outputs.

    Examples
    --------
    >>> from deeptheory.approximation.constructions import square_net
    >>> square_net(1).real(fmpq(1, 3))
    1/6
    """

    hidden: tuple[Layer, ...]
    output: Layer

    def __post_init__(self) -> None:
        layers = self.layers
        for before, after in pairwise(layers):
            if before.outputs != after.inputs:
                raise ValueError(
                    f"A layer with {before.outputs} outputs comes before one with "
                    f"{after.inputs} inputs."
                )

    @property
    def layers(self) -> tuple[Layer, ...]:
        """All layers."""
        return (*self.hidden, self.output)

    @property
    def inputs(self) -> int:
        """The number of inputs."""
        return self.layers[0].inputs

    @property
    def outputs(self) -> int:
        """The number of outputs."""
        return self.output.outputs

    @property
    def depth(self) -> int:
        """The number of hidden layers."""
        return len(self.hidden)

    @property
    def neurons(self) -> int:
        """The number of hidden units."""
        return sum(layer.outputs for layer in self.hidden)

    @property
    def width(self) -> int:
        """The number of units of the widest hidden layer."""
        return max((layer.outputs for layer in self.hidden), default=0)

    @property
    def parameters(self) -> int:
        """The number of all weights and biases."""
        return sum(layer.parameters for layer in self.layers)

    @property
    def nonzero(self) -> int:
        """The number of weights and biases other than zero."""
        return sum(layer.nonzero for layer in self.layers)

    @property
    def max_weight(self) -> fmpq:
        """The largest absolute value of a weight or bias."""
        return max((abs(e) for layer in self.layers for e in layer.entries), default=_ZERO)

    def __call__(self, x: Sequence[fmpq], activation: Callable[[fmpq], fmpq] = relu) -> Vector:
        """Return the outputs, exactly.

        Parameters
        ----------
        x : sequence of fmpq
            The inputs.
        activation : callable
            The activation; the positive part by default.
        """
        values: Sequence[fmpq] = tuple(x)
        for layer in self.hidden:
            values = tuple(map(activation, layer(values)))
        return self.output(values)

    def real(self, x: fmpq) -> fmpq:
        """Return the value at a number of a ReLU network with one input and one output."""
        (value,) = self((x,))
        return value

    def array(self, x: ArrayLike) -> NDArray[np.float64]:
        """Return the outputs of the ReLU network for many inputs at once, in double precision.

        Parameters
        ----------
        x : array_like
            The inputs, of shape ``(points, inputs)``.

        Returns
        -------
        ndarray
            The outputs, of shape ``(points, outputs)``.
        """
        values = np.asarray(x, dtype=np.float64)
        for layer in self.hidden:
            values = np.maximum(_affine(layer, values), 0.0)
        return _affine(self.output, values)

    def precomp(self, layer: Layer) -> Network:
        """Return the network after an affine layer, which is merged into its first layer."""
        first, *others = self.layers
        return _network([first.comp(layer), *others])

    def postcomp(self, layer: Layer) -> Network:
        """Return the network followed by an affine layer, merged into its output layer."""
        return Network(self.hidden, layer.comp(self.output))

    def scale(self, factor: fmpq) -> Network:
        """Return the network with all outputs multiplied by a number."""
        return Network(self.hidden, self.output.scale(factor))

    def comp(self, first: Network) -> Network:
        """Return this network after another one, whose output layer is merged into this one."""
        merged = self.precomp(first.output)
        return Network(first.hidden + merged.hidden, merged.output)

    def power(self, k: int) -> Network:
        """Return the network applied k times to its own output."""
        net = Network((), Layer.identity(self.inputs))
        for _ in range(k):
            net = net.comp(self)
        return net

    def side(self, other: Network) -> Network:
        """Return two networks of equal depth next to each other, each with its own inputs."""
        return _network([a.side(b) for a, b in self._pairs(other)])

    def add_side(self, other: Network) -> Network:
        """Return the sum of two networks of equal depth, each with its own inputs."""
        *hidden, last = self._pairs(other)
        return _network([*(a.side(b) for a, b in hidden), last[0].add_side(last[1])])

    def parallel(self, other: Network) -> Network:
        """Return two networks of equal depth with the same inputs, one output after the other."""
        (a, b), *others = self._pairs(other)
        return _network([a.stack(b), *(c.side(d) for c, d in others)])

    def add(self, other: Network) -> Network:
        """Return the sum of two networks of equal depth with the same inputs."""
        if not self.depth and not other.depth:
            return Network((), self.output.add(other.output))
        (a, b), *hidden, last = self._pairs(other)
        return _network([a.stack(b), *(c.side(d) for c, d in hidden), last[0].add_side(last[1])])

    def _pairs(self, other: Network) -> list[tuple[Layer, Layer]]:
        if self.depth != other.depth:
            raise ValueError(
                f"Networks of equal depth are needed, and the depths are {self.depth} and "
                f"{other.depth}: continue the shallower one with an identity network."
            )
        return list(zip(self.layers, other.layers, strict=True))

    def describe(self) -> dict[str, Any]:
        """Return the weights and biases of all layers."""
        return {
            "layers": [
                {
                    "weights": [[str(entry) for entry in row] for row in layer.weight],
                    "biases": [str(entry) for entry in layer.bias],
                }
                for layer in self.layers
            ]
        }


def _network(layers: Sequence[Layer]) -> Network:
    return Network(tuple(layers[:-1]), layers[-1])


def _floats(entries: Sequence[fmpq]) -> list[float]:
    return [float(int(entry.p) / int(entry.q)) for entry in entries]


def _affine(layer: Layer, x: NDArray[np.float64]) -> NDArray[np.float64]:
    rows = [_floats(row) for row in layer.weight]
    weight = np.array(rows, dtype=np.float64).reshape(layer.outputs, layer.inputs)
    bias = np.array(_floats(layer.bias), dtype=np.float64)
    image: NDArray[np.float64] = x @ weight.T + bias
    return image
