"""Networks of whole numbers, whose predictions are exact.

Each hidden layer maps h to ``floor(max(W h + c b, 0) / 2^s)`` with whole numbers throughout; the
predicted class is the place of the largest output, the first where there are several.  Products of
matrices in double precision are exact as long as no partial sum reaches 2^53, which is checked
before, for all weights that a law allows.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from itertools import pairwise

import numpy as np
from numpy.typing import NDArray

from deeptheory.errors import UsageError

__all__ = ["MOST_WEIGHTS", "Network", "read_model"]

Reals = NDArray[np.float64]
Integers = NDArray[np.int64]

MOST_WEIGHTS = 100_000
MOST_LAYERS, MOST_UNITS = 6, 1024

_EXACT = 2**53
_MODEL = re.compile(r"mlp:([1-9][0-9]{0,3}(?:,[1-9][0-9]{0,3})*)")


def read_model(text: str) -> tuple[int, ...]:
    """Read the widths of hidden layers from ``mlp:64,64``.

    Raises
    ------
    UsageError
        Where the text names no network.
    """
    found = _MODEL.fullmatch(text)
    widths = tuple(int(part) for part in found[1].split(",")) if found else ()
    if not widths or len(widths) > MOST_LAYERS or max(widths) > MOST_UNITS:
        shown = text if len(text) <= 60 else f"{text[:60]}..."
        raise UsageError(
            f"There is no model {shown!r}: write mlp: and the widths of one to {MOST_LAYERS} "
            f"hidden layers of at most {MOST_UNITS} units, such as mlp:64,64."
        )
    return widths


@dataclass(frozen=True)
class Network:
    """The shape of a network; the weights are apart from it.

    Parameters
    ----------
    sizes : tuple of int
        Features, widths of the hidden layers, classes.
    constants : tuple of int
        For each layer the whole number c that its bias is multiplied by.
    shifts : tuple of int
        For each hidden layer the number s of binary places that are cut off.
    """

    sizes: tuple[int, ...]
    constants: tuple[int, ...]
    shifts: tuple[int, ...]

    @property
    def shapes(self) -> list[tuple[int, int]]:
        """The shapes of the matrices of weights: a row an output, the bias in the last column."""
        return [(after, before + 1) for before, after in pairwise(self.sizes)]

    @property
    def weights(self) -> int:
        """The number of weights, biases among them."""
        return sum(rows * columns for rows, columns in self.shapes)

    def matrices(self, flat: NDArray[np.generic]) -> list[Reals]:
        """Cut a vector of all weights into matrices of doubles, layer by layer and row by row."""
        cut, place = [], 0
        for rows, columns in self.shapes:
            piece = flat[place : place + rows * columns].astype(np.float64)
            cut.append(piece.reshape(rows, columns))
            place += rows * columns
        return cut

    def ceilings(self, largest: Integers, limit: int) -> list[int]:
        """Return for each layer a number that no partial sum of its outputs exceeds in size.

        Parameters
        ----------
        largest : array of int
            For each weight the largest size that it may have.
        limit : int
            The largest size of an input.
        """
        found, place = [], 0
        for layer, (rows, columns) in enumerate(self.shapes):
            block = largest[place : place + rows * columns].reshape(rows, columns)
            place += rows * columns
            sums = [sum(map(int, row[:-1])) for row in block]
            constant = abs(self.constants[layer])
            bias = [int(row[-1]) * constant for row in block]
            found.append(max(limit * total + own for total, own in zip(sums, bias, strict=True)))
            if layer < len(self.shifts):
                limit = found[-1] >> self.shifts[layer]
        return found

    def check_exact(self, largest: Integers, limit: int) -> None:
        """Refuse weights for which a sum in double precision might be rounded.

        Raises
        ------
        UsageError
            Where a partial sum may reach 2^53.
        """
        for layer, ceiling in enumerate(self.ceilings(largest, limit), start=1):
            if ceiling >= _EXACT:
                raise UsageError(
                    f"Layer {layer} of the network may have outputs of size {ceiling}, and only "
                    "below 2^53 are sums in double precision exact."
                )

    def predict(self, matrices: Sequence[Reals], inputs: Reals) -> Integers:
        """Return the predicted classes.

        Parameters
        ----------
        matrices : sequence of arrays
            Whole numbers, as `matrices` cuts them, for which `check_exact` finds nothing.
        inputs : array of shape (rows, features)
            Whole numbers, as doubles.

        Returns
        -------
        array of shape (rows,)
            The classes.
        """
        values = inputs
        for layer, matrix in enumerate(matrices):
            values = values @ matrix[:, :-1].T
            values += matrix[:, -1] * float(self.constants[layer])
            if layer < len(self.shifts):
                np.maximum(values, 0, out=values)
                values *= 2.0 ** -self.shifts[layer]
                np.floor(values, out=values)
        return np.asarray(values.argmax(axis=1), dtype=np.int64)
