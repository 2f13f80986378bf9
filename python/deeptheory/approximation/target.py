"""Functions on the unit cube that a user writes, and rigorous bounds for their derivatives."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from functools import cached_property
from itertools import count

import numpy as np
from flint import fmpq

from deeptheory.errors import UsageError
from deeptheory.formulas.grammar import read_formula
from deeptheory.formulas.intervals import Interval, Reals
from deeptheory.formulas.jets import Jet, compile_jets
from deeptheory.formulas.syntax import Node, children
from deeptheory.formulas.text import to_text

__all__ = ["MAX_DIM", "Range", "Target", "read_target"]

MAX_DIM = 20

_TOLERANCE = 2.0**-10
_MOST_BOXES = 2**17
_MOST_UNKNOWN = 2**15
_MOST_CUTS = 40


@dataclass(frozen=True)
class Range:
    """A rigorous enclosure of the largest value of something on the cube.

    Parameters
    ----------
    low, high : fmpq
        The largest value lies between them.
    boxes : int
        How many boxes were looked at.
    """

    low: fmpq
    high: fmpq
    boxes: int


class _UnboundedError(ArithmeticError):
    """A quantity that has no finite bound on a small box, or none that was found."""

    def __init__(self, low: Reals, high: Reals) -> None:
        super().__init__()
        self.low, self.high = low, high


@dataclass(frozen=True)
class Target:
    """A function on the cube ``[0, 1]^dim``.

    Parameters
    ----------
    body : Node
        Its formula.
    dim : int
        The number of its variables.
    text : str
        The formula as it was written.
    """

    body: Node
    dim: int
    text: str = ""

    @property
    def variables(self) -> list[str]:
        """The names of the variables."""
        return ["x"] if self.dim == 1 else [f"x{number + 1}" for number in range(self.dim)]

    @cached_property
    def _jets(self) -> Callable[[Reals, Reals, int], Jet]:
        return compile_jets(self.body, self.variables)

    def over(self, low: Reals, high: Reals, order: int = 1) -> Jet:
        """Enclose values and derivatives over boxes, as `compile_jets` says.

        Parameters
        ----------
        low, high : ndarray
            The ends of the boxes, of shape ``(boxes, dim)``.
        order : int
            Up to which derivative.
        """
        return _spread(self._jets(low, high, order), len(low), self.dim)

    def at(self, points: Reals) -> Interval:
        """Enclose the values at points, of shape ``(points, dim)``."""
        return self.over(points, points, 0).value

    @cached_property
    def lipschitz(self) -> Range:
        """The largest sum of the absolute values of the partial derivatives, L.

        The function changes by at most L times the largest change of a coordinate.

        Raises
        ------
        UsageError
            Where the function has no value or no such bound somewhere on the cube, or none that
            can be found from its parts; the sentence names the part.
        """
        try:
            return self._largest(1, lambda jet: jet.steepness)
        except _UnboundedError as found:
            raise self._refusal(found.low, found.high) from None

    @cached_property
    def curvature(self) -> Range | None:
        """The largest absolute second derivative of a function of one variable.

        None where the derivative has jumps or the second derivative no bound, or where that
        cannot be told from the parts of the formula.
        """
        try:
            return self._largest(2, lambda jet: (jet.second or Interval.point(0.0)).abs())
        except _UnboundedError:
            return None

    @cached_property
    def size(self) -> fmpq:
        """A bound for the absolute value of the function, from its middle and its slopes."""
        middle = self.at(np.full((1, self.dim), 0.5)).magnitude.item()
        return fmpq(*float(middle).as_integer_ratio()) + self.lipschitz.high / 2

    def _largest(self, order: int, quantity: Callable[[Jet], Interval]) -> Range:
        """Enclose the largest value of a quantity that is not negative, by halving boxes.

        Boxes that cannot hold a value beyond the largest one found, up to the tolerance, are
        put aside; the search stops when none are left, or where there are too many.
        """
        low, high = np.zeros((1, self.dim)), np.ones((1, self.dim))
        found, settled, looked_at = 0.0, 0.0, 0
        for cut in count():
            most = self._bounds(low, high, order, quantity)[1]
            middle = (low + high) / 2
            here = self._bounds(middle, middle, order, quantity)[0]
            looked_at += len(low)
            found = max(found, here.max())
            unknown = ~np.isfinite(most)
            enough = most <= found * (1 + _TOLERANCE)
            last = cut == _MOST_CUTS * self.dim or 2 * len(low) + looked_at > _MOST_BOXES
            if unknown.sum() > _MOST_UNKNOWN or (last and unknown.any()):
                raise _UnboundedError(low[unknown][:1], high[unknown][:1])
            settled = max(settled, most[enough].max(initial=0.0))
            low, high, most = low[~enough], high[~enough], most[~enough]
            if last or not len(low):
                break
            low, high = _halved(low, high, cut % self.dim)
        return Range(_exact(found), _exact(max(settled, most.max(initial=0.0))), looked_at)

    def _bounds(
        self, low: Reals, high: Reals, order: int, quantity: Callable[[Jet], Interval]
    ) -> tuple[Reals, Reals]:
        jet = self.over(low, high, order)
        value = _spread_one(quantity(jet), len(low))
        return value.mignitude, np.where(jet.known, value.high, np.inf)

    def _refusal(self, low: Reals, high: Reals) -> UsageError:
        """Name the smallest part of the formula of which nothing is known on a box."""
        place = ", ".join(
            f"{name} = {round(value, 4):g}"
            for name, value in zip(self.variables, ((low + high) / 2)[0].tolist(), strict=True)
        )
        cube = "[0, 1]" if self.dim == 1 else f"[0, 1]^{self.dim}"
        for part in _parts(self.body):
            jet = Target(part, self.dim).over(low, high)
            text = _shortened(to_text(part))
            if not jet.value.known.all():
                return UsageError(
                    f"--function: {text} has no bounded value near {place}, or none that can be "
                    f"told from its parts; the theorems need a function that is Lipschitz on "
                    f"{cube}: keep the argument away from there, for example by max(..., 0.01)."
                )
            if not jet.known.all():
                return UsageError(
                    f"--function: {text} has no Lipschitz constant near {place}, or none that can "
                    f"be told from its parts; the theorems need a function that is Lipschitz on "
                    f"{cube}: keep the argument away from there, for example by max(..., 0.01)."
                )
        return UsageError(f"--function has no bounded derivatives near {place}.")


def read_target(text: str, dim: int) -> Target:
    """Read a function of ``x`` (or ``x1``), or of ``x1`` to ``xd`` (or ``x_1`` to ``x_d``).

    Raises
    ------
    UsageError
        Where the text is no formula of these variables.
    """
    variables = {f"{stem}{k}": f"x{k}" for stem in ("x", "x_") for k in range(1, dim + 1)}
    if dim == 1:
        variables = {"x": "x", "x1": "x", "x_1": "x"}
    return Target(read_formula(text, variables, "--function"), dim, " ".join(text.split()))


def _parts(node: Node) -> list[Node]:
    """Return a tree's real nodes, those below a node before it."""
    below = [part for child in children(node) if not child.nat for part in _parts(child)]
    return [*below, node]


def _halved(low: Reals, high: Reals, axis: int) -> tuple[Reals, Reals]:
    middle = (low[:, axis] + high[:, axis]) / 2
    left, right = high.copy(), low.copy()
    left[:, axis] = right[:, axis] = middle
    return np.concatenate([low, right]), np.concatenate([left, high])


def _spread_one(value: Interval, boxes: int) -> Interval:
    return Interval(*(np.broadcast_to(end, (boxes,)) for end in (value.low, value.high)))


def _spread(jet: Jet, boxes: int, slopes: int) -> Jet:
    """Return a jet with one entry for each box, a constant's too."""
    zero = Interval.point(0.0)
    return Jet(
        _spread_one(jet.value, boxes),
        tuple(_spread_one(slope, boxes) for slope in jet.slopes or (zero,) * slopes),
        _spread_one(zero if jet.second is None else jet.second, boxes),
        _spread_one(jet.steepness, boxes),
    )


def _exact(value: float) -> fmpq:
    return fmpq(*float(value).as_integer_ratio())


def _shortened(text: str) -> str:
    return text if len(text) <= 80 else f"{text[:77]}..."
