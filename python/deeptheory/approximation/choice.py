"""Which theorem builds the network, how many cells it needs, and what size it then has."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from flint import fmpq

from deeptheory.approximation.lattice import lattice_widths
from deeptheory.errors import UsageError
from deeptheory.formulas.rigorous import compare

if TYPE_CHECKING:
    from deeptheory.approximation.target import Target
    from deeptheory.formulas import Book, Formula

__all__ = ["LINE", "RESERVE", "THEOREMS", "Choice", "Sizes", "choices", "find_theorems"]

LINE = ("relu_1d_lipschitz", "relu_1d_smooth")
"""The theorems for one variable."""
THEOREMS = (*LINE, "relu_universal")
RESERVE = fmpq(1, 2**20)
"""The share of the allowed error that is kept for the rounding of weights to doubles."""


@dataclass(frozen=True)
class Sizes:
    """What a theorem says of its network, before it is built.

    Parameters
    ----------
    widths : list of int
        The widths of the hidden layers.
    inputs : int
        The number of inputs.
    nonzero : int
        What the number of weights and biases other than zero does not exceed.
    weight : fmpq
        What the absolute values of weights and biases do not exceed, before they are rounded.
    """

    widths: list[int]
    inputs: int
    nonzero: int
    weight: fmpq

    @property
    def depth(self) -> int:
        """The number of hidden layers."""
        return len(self.widths)

    @property
    def neurons(self) -> int:
        """The number of hidden units."""
        return sum(self.widths)

    @property
    def parameters(self) -> int:
        """The number of all weights and biases, those that are zero among them."""
        total, before = 0, self.inputs
        for width in (*self.widths, 1):
            total += width * (before + 1)
            before = width
        return total


@dataclass(frozen=True)
class Choice:
    """A theorem with the smallest number of cells for which its bound is small enough.

    Parameters
    ----------
    theorem : str
        The theorem's name.
    formula : Formula
        Its bound, from the catalog.
    constant : fmpq
        The constant of the function, L or M.
    cells : int
        The number of cells, along each axis, N.
    bound : fmpq
        The bound for them.
    sizes : Sizes
        The size of the network.
    """

    theorem: str
    formula: Formula
    constant: fmpq
    cells: int
    bound: fmpq
    sizes: Sizes

    @property
    def letter(self) -> str:
        """What the bound calls the constant: L or M."""
        return self.formula.params[0].name


def find_theorems(forced: str | None, dim: int) -> tuple[str, ...]:
    """Return the theorems that may build the network.

    Raises
    ------
    UsageError
        Where the name of the one that is asked for is unknown, or it is not for this dimension.
    """
    if forced is None:
        return LINE if dim == 1 else ("relu_universal",)
    short = forced.removeprefix("DeepTheory.").removeprefix("Approximation.")
    if short not in THEOREMS:
        raise UsageError(f"--theorem is one of {', '.join(THEOREMS)}, not {forced!r}.")
    if dim > 1 and short in LINE:
        raise UsageError(
            f"--theorem {short} is about functions of one variable: with --dim {dim} use "
            "relu_universal."
        )
    return (short,)


def choices(book: Book, target: Target, epsilon: fmpq, theorems: tuple[str, ...]) -> list[Choice]:
    """Return the theorems that apply, that with the fewest cells first.

    Parameters
    ----------
    book : Book
        The catalog, in which the bounds stand.
    target : Target
        The function.
    epsilon : fmpq
        The allowed error, of which the share `RESERVE` is kept for rounding.
    theorems : tuple of str
        Those to try, by name.

    Raises
    ------
    UsageError
        Where the catalog lacks a theorem, or none applies to the function.
    """
    found = []
    for theorem in theorems:
        constant = target.lipschitz
        if theorem == "relu_1d_smooth":
            if target.curvature is None:
                continue
            constant = target.curvature
        formula = _bound_of(book, theorem)
        cells = _fewest(formula, constant.high, epsilon * (1 - RESERVE))
        found.append(
            Choice(
                theorem,
                formula,
                constant.high,
                cells,
                _bound(formula, constant.high, cells),
                _sizes(target, theorem, cells),
            )
        )
    if not found:
        raise UsageError(
            "--theorem relu_1d_smooth does not apply: no bound for the second derivative of "
            f"{target.text} was found on [0, 1]; leave the option out."
        )
    return sorted(found, key=lambda choice: choice.cells)


def _bound_of(book: Book, theorem: str) -> Formula:
    name = f"DeepTheory.Approximation.{theorem}"
    formula = book.bound_of(name) if name in book.declarations else None
    if formula is None:
        raise UsageError(
            f"The catalog lacks the bound of {theorem}: run `deeptheory prove` and "
            "`deeptheory export`."
        )
    return formula


def _bound(formula: Formula, constant: fmpq, cells: int) -> fmpq:
    """Evaluate a bound whose parameters are a constant and a number of cells."""
    real, natural = sorted(formula.params, key=lambda param: param.kind == "nat")
    value = formula.value({real.name: constant, natural.name: cells})
    if not isinstance(value, fmpq):
        raise UsageError(f"The bound {formula.short} of the catalog is not rational.")
    return value


def _fewest(formula: Formula, constant: fmpq, allowed: fmpq) -> int:
    """Return the smallest number of cells for which a bound that falls with it is allowed."""

    def enough(cells: int) -> bool:
        return compare("le", _bound(formula, constant, cells), allowed)

    high = 1
    while not enough(high):
        high *= 2
    low = high // 2
    while high - low > 1:
        middle = (low + high) // 2
        low, high = (low, middle) if enough(middle) else (middle, high)
    return high


def _sizes(target: Target, theorem: str, cells: int) -> Sizes:
    slope, one = target.lipschitz.high, fmpq(1)
    if theorem in LINE:
        weight = max(one, 2 * slope, target.size)
        return Sizes([cells], 1, 3 * cells + 1, weight)
    widths = lattice_widths(target.dim, cells)
    # The first layer has one weight and one bias a unit. On the others three units compare two
    # numbers: two distances of a point with an apex on the second layer, sums of three units later.
    nonzero = 2 * widths[0] + 10 * (widths[1] // 3) + 4 * sum(widths[2:]) + 3
    return Sizes(widths, target.dim, nonzero, max(one, slope, target.size + slope / (2 * cells)))
