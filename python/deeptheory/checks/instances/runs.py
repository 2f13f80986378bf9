"""Runs of gradient descent and pairs of points: what the checks of optimization draw."""

from __future__ import annotations

from dataclasses import dataclass
from itertools import islice
from typing import Any

from flint import arb, fmpq
from hypothesis import strategies as st
from hypothesis.strategies import DrawFn, SearchStrategy

from deeptheory.checks.instances.data import Logistic
from deeptheory.checks.instances.problems import Problem, gradient_descent
from deeptheory.checks.instances.strategies import directions, positives, rationals
from deeptheory.checks.instances.vectors import Vector, add, norm, scale, subtract
from deeptheory.formulas.rigorous import Number

__all__ = ["Pair", "Run", "pairs_on", "runs_on"]


@dataclass(frozen=True)
class Run:
    """Gradient descent on a function, for a number of steps of size ``1 / L``.

    Parameters
    ----------
    problem : Problem
        The function.
    start : Vector
        The starting point.
    steps : int
        The number of steps.
    smoothness, curvature : fmpq, optional
        The constants claimed; the function's own by default.  Others violate a hypothesis.
    reference : Vector, optional
        The point compared with; the minimiser by default.
    floor : fmpq, optional
        The lower bound claimed; the minimum by default.
    """

    problem: Problem
    start: Vector
    steps: int
    smoothness: fmpq | None = None
    curvature: fmpq | None = None
    reference: Vector | None = None
    floor: fmpq | None = None

    @property
    def L(self) -> fmpq:  # noqa: N802
        """The smoothness constant claimed."""
        return self.problem.smoothness if self.smoothness is None else self.smoothness

    @property
    def mu(self) -> fmpq:
        """The curvature constant claimed."""
        return self.problem.curvature if self.curvature is None else self.curvature

    def lower_bound(self) -> Number:
        """Return the lower bound claimed."""
        return self.problem.minimum() if self.floor is None else self.floor

    def target(self) -> Vector:
        """Return the point compared with."""
        return self.problem.minimiser() if self.reference is None else self.reference

    def iterates(self, count: int, L: Number | None = None) -> list[Vector]:
        """Return the first iterates, the starting point among them."""
        step = 1 / (self.L if L is None else L)
        start = self.start
        if isinstance(self.problem, Logistic):
            start = tuple(arb(entry) for entry in start)
        return list(islice(gradient_descent(self.problem, start, step), count))

    def last(self, L: Number | None = None) -> Vector:
        """Return the iterate after all steps."""
        return self.iterates(self.steps + 1, L)[-1]

    def gap(self, L: Number | None = None) -> Number:
        """Return how much the value after all steps exceeds the one at the point compared with."""
        f = self.problem
        other = f.minimum() if self.reference is None else f.value(self.reference)
        return f.value(self.last(L)) - other

    def distance(self) -> Number:
        """Return the distance of the starting point from the point compared with."""
        return norm(subtract(self.start, self.target()))

    def describe(self) -> dict[str, Any]:
        """Return the data of the run."""
        described = {
            **self.problem.describe(),
            "start": [str(entry) for entry in self.start],
            "steps": self.steps,
        }
        claimed = {
            "L claimed": self.smoothness,
            "mu claimed": self.curvature,
            "lower bound claimed": self.floor,
        }
        described |= {name: str(value) for name, value in claimed.items() if value is not None}
        if self.reference is not None:
            described["compared with"] = [str(entry) for entry in self.reference]
        return described


@dataclass(frozen=True)
class Pair:
    """A function and two points.

    Parameters
    ----------
    problem : Problem
        The function.
    x, y : Vector
        The points.
    smoothness : fmpq, optional
        The smoothness constant claimed; the function's own by default.
    """

    problem: Problem
    x: Vector
    y: Vector
    smoothness: fmpq | None = None

    @property
    def L(self) -> fmpq:  # noqa: N802
        """The smoothness constant claimed."""
        return self.problem.smoothness if self.smoothness is None else self.smoothness

    def describe(self) -> dict[str, Any]:
        """Return the data."""
        described = {
            **self.problem.describe(),
            "x": [str(entry) for entry in self.x],
            "y": [str(entry) for entry in self.y],
        }
        return described if self.smoothness is None else {**described, "L claimed": str(self.L)}


def _size(problem: Problem) -> int:
    return len(problem.features) if isinstance(problem, Logistic) else len(problem.minimiser())


@st.composite
def runs_on(
    draw: DrawFn,
    problems: SearchStrategy[Any],
    *,
    min_steps: int = 0,
    max_steps: int = 12,
    any_reference: bool = False,
) -> Run:
    """Draw a run on a drawn function, from a start at a rational distance of the minimiser.

    With ``any_reference`` the point compared with may be another one, likewise at a rational
    distance of the start.
    """
    problem = draw(problems)
    size = _size(problem)
    centre = (fmpq(0),) * size if isinstance(problem, Logistic) else problem.minimiser()
    start = add(centre, scale(draw(positives()), draw(directions(size))))
    if isinstance(problem, Logistic):  # its values are balls, in which f(x0) <= f(x0) stays open
        min_steps = max(1, min_steps)
    steps, reference = draw(st.integers(min_steps, max_steps)), None
    if any_reference and draw(st.booleans()):
        reference = add(start, scale(draw(positives()), draw(directions(size))))
    return Run(problem, start, steps, reference=reference)


@st.composite
def pairs_on(draw: DrawFn, problems: SearchStrategy[Any]) -> Pair:
    """Draw a drawn function and two points at a rational distance of each other."""
    problem = draw(problems)
    size = _size(problem)
    x = draw(st.tuples(*[rationals()] * size))
    return Pair(problem, x, add(x, scale(draw(positives()), draw(directions(size)))))
