"""What a check is, and where checks are registered.

A check is a function that takes one instance and returns both sides of its theorem: the measured
left-hand side and the arguments of the bound, which is the catalog's formula, or where the theorem
has no bound the relations that it claims.  One module a family (named like the family's folder in
``lean/``) registers its checks with `check`.
"""

from __future__ import annotations

import importlib
import pkgutil
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any, Protocol

from flint import fmpq
from hypothesis.strategies import SearchStrategy

from deeptheory.checks.comparison import Measure
from deeptheory.checks.mutants import Mutant
from deeptheory.errors import FailureError
from deeptheory.formulas.rigorous import Number

__all__ = [
    "Check",
    "Drawing",
    "Instance",
    "Series",
    "Sharp",
    "check",
    "load_checks",
    "registered",
]

_PREFIX = "DeepTheory."
_FAMILIES = "deeptheory.checks.families"


class Instance(Protocol):
    """One instance of a theorem's hypotheses."""

    def describe(self) -> dict[str, Any]:
        """Return the instance's data, for the report of a failure."""


@dataclass(frozen=True)
class Sharp:
    """An instance on which the bound is attained up to a known factor.

    Parameters
    ----------
    instance : Instance
        The instance.
    ratio : fmpq, optional
        The exact value of lhs / rhs there, which the engine compares with what it measures; for a
        lower bound the left-hand side is the bound.
    """

    instance: Any
    ratio: fmpq | None = None


@dataclass(frozen=True)
class Series:
    """Instances to plot: the measured quantity and the bound along one axis.

    Parameters
    ----------
    label : str
        What the instances are.
    axis : str
        What varies.
    points : callable
        Returns pairs of a position on the axis and an instance.
    log_y : bool
        Whether the values are best shown on a logarithmic scale.
    log_x : bool
        Whether the axis is: with both, a power of what varies is a straight line.
    rate : bool
        Whether what is measured is claimed to have the rate of the bound (see `rates`): the check
        then fails where it has another one.
    """

    label: str
    axis: str
    points: Callable[[], Sequence[tuple[int, Any]]]
    log_y: bool = True
    log_x: bool = False
    rate: bool = False


@dataclass(frozen=True)
class Drawing:
    """Curves to plot, where no bound is compared with a measured quantity.

    Parameters
    ----------
    label : str
        What is drawn.
    axis : str
        What varies.
    curves : callable
        Returns the points of each curve, in order, by the curve's name.
    lines : sequence of str
        The curves that are only there to compare with.
    """

    label: str
    axis: str
    curves: Callable[[], Mapping[str, Sequence[tuple[Number, Number]]]]
    lines: Sequence[str] = ()


@dataclass(frozen=True)
class Check:
    """A registered check; see `check` for the fields."""

    theorem: str
    measure: Measure
    instances: Callable[[], SearchStrategy[Any]]
    claim: str
    mutants: Sequence[Mutant]
    sharp: Sequence[Sharp] = ()
    series: Sequence[Series | Drawing] = ()
    uses: Sequence[str] = ()

    @property
    def full_name(self) -> str:
        """The theorem's name in Lean."""
        return _PREFIX + self.theorem

    @property
    def gaps(self) -> list[str]:
        """What the check lacks of tightness and power, in words that say what to add."""
        missing = []
        if not self.sharp:
            missing.append("tightness is not checked: give it sharp instances")
        if not self.claim.strip():
            missing.append("nothing is claimed of its tightness: give it a claim")
        if not self.mutants:
            missing.append("its power is not checked: give it mutants")
        return missing


_REGISTRY: dict[str, Check] = {}


def check(
    theorem: str,
    *,
    instances: Callable[[], SearchStrategy[Any]],
    claim: str,
    mutants: Sequence[Mutant],
    sharp: Sequence[Sharp] = (),
    series: Sequence[Series | Drawing] = (),
    uses: Sequence[str] = (),
) -> Callable[[Measure], Measure]:
    """Register the decorated function as the check of a theorem.

    Parameters
    ----------
    theorem : str
        The theorem's name without the prefix ``DeepTheory.``.
    instances : callable
        Returns the strategy that draws instances; called when the check runs.
    claim : str
        How tight the theorem is, in the words of its card.
    mutants : sequence of Mutant
        False variants of the theorem, each of which the check has to refute.
    sharp : sequence of Sharp
        Instances that attain the bound, up to a known factor; where there is no bound, instances
        that every run examines.
    series : sequence of Series or Drawing
        What to plot.
    uses : sequence of str
        Other formulas of the catalog that the function evaluates.

    Returns
    -------
    callable
        The decorator, which returns the function unchanged.

    Examples
    --------
    >>> @check("Optimization.gd_convex", instances=convex_runs, claim="...", mutants=[...])
    ... def gd_convex(run, book):  # doctest: +SKIP
    ...     return Measurement(lhs=gap(run), args={"L": run.L, "D": run.D, "k": run.k})
    """

    def register(measure: Measure) -> Measure:
        if theorem in _REGISTRY and _REGISTRY[theorem].measure.__module__ != measure.__module__:
            raise FailureError(f"{theorem} has two checks: keep one.")
        _REGISTRY[theorem] = Check(
            theorem, measure, instances, claim, mutants, sharp, series, tuple(uses)
        )
        return measure

    return register


def load_checks() -> dict[str, Check]:
    """Import every family's module and return all checks by the theorem's full name."""
    package = importlib.import_module(_FAMILIES)
    for module in pkgutil.iter_modules(package.__path__):
        importlib.import_module(f"{_FAMILIES}.{module.name}")
    return registered()


def registered() -> dict[str, Check]:
    """Return the checks registered so far by the theorem's full name."""
    return {entry.full_name: entry for entry in _REGISTRY.values()}
