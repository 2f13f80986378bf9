"""The bounds on real data, as ``experiments.json`` has them, and their plots."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from fractions import Fraction
from typing import Any

from deeptheory.site.plots import SMALL, WIDE, Curve, Plot, make_plot, number_text

__all__ = ["PLOTTED_AT_MOST", "Experiment", "Result", "TrainedClass", "read_experiments"]

SCHEMA_VERSION = 1
PLOTTED_AT_MOST = 4
_SIZE = "size n of the sample"


@dataclass(frozen=True)
class TrainedClass:
    """A class of classifiers in words."""

    key: str
    title: str
    description: str


@dataclass(frozen=True)
class Result:
    """One bound for one trained classifier.

    Parameters
    ----------
    model : TrainedClass
        The class that the classifier is from.
    n : int
        The size of the sample.
    theorem : str
        The full name of the theorem that gives the bound.
    rests_on : tuple of str
        The full names of the theorems that its arguments come from.
    arguments : dict
        The arguments of the theorem's bound, printed.
    training_error, held_out_error : Fraction
        The shares of errors.
    starts_from : str
        What on the sample the bound is added to, with its value.
    bound : float
        The bound on the expected error.
    ratio : float or None
        The bound divided by the held-out error.
    """

    model: TrainedClass
    n: int
    theorem: str
    rests_on: tuple[str, ...]
    arguments: dict[str, str]
    training_error: Fraction
    held_out_error: Fraction
    starts_from: str
    bound: float
    ratio: float | None

    @property
    def short(self) -> str:
        """The theorem's name without its namespaces."""
        return self.theorem.rsplit(".", 1)[-1]

    def uses(self, theorem: str) -> bool:
        """Whether the bound is that of a theorem, or rests on it."""
        return theorem == self.theorem or theorem in self.rests_on

    @property
    def cells(self) -> list[str]:
        """What a table says of it, after the class and the theorem."""
        return [
            str(self.n),
            self.starts_from,
            number_text(self.bound),
            number_text(float(self.training_error)),
            number_text(float(self.held_out_error)),
            "–" if self.ratio is None else number_text(self.ratio),
        ]


@dataclass(frozen=True)
class Experiment:
    """What an experiment found.

    Parameters
    ----------
    name, title, source : str
        Its name, its heading, where the data come from.
    delta : str
        The probability with which each bound may fail.
    held_out : int
        The number of held-out points.
    models : tuple of TrainedClass
        The classes.
    results : tuple of Result
        All bounds.
    choices, met, assumed : tuple of str
        How it was done, and the hypotheses that were decided and those that were not.
    """

    name: str
    title: str
    source: str
    delta: str
    held_out: int
    models: tuple[TrainedClass, ...]
    results: tuple[Result, ...]
    choices: tuple[str, ...]
    met: tuple[str, ...]
    assumed: tuple[str, ...]

    def groups(self, theorem: str | None = None) -> list[tuple[TrainedClass, list[Result]]]:
        """Return the bounds that are a theorem's or rest on it, or all of them, class by class."""
        groups: dict[TrainedClass, list[Result]] = {}
        for result in self.results:
            if theorem is None or result.uses(theorem):
                groups.setdefault(result.model, []).append(result)
        return list(groups.items())

    def plots(self, theorem: str | None = None) -> list[Plot]:
        """Return the plots of a theorem, or of everything.

        Parameters
        ----------
        theorem : str, optional
            A full name.  Its plots show the first few classes only; tables show all.

        Returns
        -------
        list of Plot
            For a theorem the quotients of bound and held-out error, then a small plot for each
            class; for everything a wide plot for each class.  Empty where nothing uses the
            theorem.
        """
        groups = self.groups(theorem)
        if theorem is None:
            made = [_errors(model, results, WIDE) for model, results in groups]
        else:
            shown = groups[:PLOTTED_AT_MOST]
            made = [_ratios(shown), *(_errors(model, own, SMALL) for model, own in shown)]
        return [plot for plot in made if plot is not None]


def _curve(name: str, results: Iterable[Result], value: Callable[[Result], float | None]) -> Curve:
    """Make a curve over the size of the sample of the values that a logarithm can show."""
    values = {float(result.n): value(result) for result in results}
    points = tuple((n, v) for n, v in sorted(values.items()) if v is not None and v > 0)
    return Curve(name if len(points) == len(values) else f"{name} (0 not drawn)", points)


def _by_theorem(results: Iterable[Result]) -> dict[str, list[Result]]:
    groups: dict[str, list[Result]] = {}
    for result in results:
        groups.setdefault(result.short, []).append(result)
    return groups


def _errors(model: TrainedClass, own: Sequence[Result], size: tuple[int, int]) -> Plot | None:
    """Plot the bounds of a class, the error on the held-out points and that on the sample."""
    sizes = sorted({result.n for result in own})
    curves = [
        *(_curve(name, group, lambda r: r.bound) for name, group in _by_theorem(own).items()),
        _curve("held-out error", own, lambda r: float(r.held_out_error)),
        _curve("training error", own, lambda r: float(r.training_error)),
        Curve("1, above which a bound says nothing", tuple((float(n), 1.0) for n in sizes), True),
    ]
    return make_plot(model.title, _SIZE, "error", curves, True, True, size)


def _ratios(groups: Sequence[tuple[TrainedClass, list[Result]]]) -> Plot | None:
    """Plot how many times the held-out error the bounds are."""
    curves = [
        _curve(f"{model.title}, {name}", group, lambda r: r.ratio)
        for model, results in groups
        for name, group in _by_theorem(results).items()
    ]
    title = "Bound divided by the error on the held-out points"
    return make_plot(title, _SIZE, "bound / held-out error", curves, True, True)


def read_experiments(data: Any) -> list[Experiment]:
    """Read the content of ``experiments.json``.

    Raises
    ------
    KeyError, TypeError, ValueError
        Where it is something else.
    """
    if data["schema"] != SCHEMA_VERSION:
        raise ValueError(f"schema {data['schema']}")
    return [_experiment(item) for item in data["experiments"]]


def _experiment(item: dict[str, Any]) -> Experiment:
    models = {entry["key"]: TrainedClass(**entry) for entry in item["models"]}
    return Experiment(
        name=item["name"],
        title=item["title"],
        source=item["source"],
        delta=item["delta"],
        held_out=item["held_out"],
        models=tuple(models.values()),
        results=tuple(_result(entry, models) for entry in item["entries"]),
        choices=tuple(item["choices"]),
        met=tuple(item["met"]),
        assumed=tuple(item["assumed"]),
    )


def _result(entry: dict[str, Any], models: dict[str, TrainedClass]) -> Result:
    start, ratio = entry["starts_from"], entry["ratio"]
    return Result(
        model=models[entry["model"]],
        n=int(entry["n"]),
        theorem=entry["theorem"],
        rests_on=tuple(entry["rests_on"]),
        arguments=dict(entry["arguments"]),
        training_error=Fraction(entry["training_error"]),
        held_out_error=Fraction(entry["held_out_error"]),
        starts_from=f"{start['what']}: {number_text(float(Fraction(start['value'])))}",
        bound=float(entry["bound"]["decimal"]),
        ratio=None if ratio is None else float(ratio["decimal"]),
    )
