"""The results of the numeric checks, as ``checks.json`` has them."""

from __future__ import annotations

import json
from collections.abc import Mapping
from dataclasses import dataclass, field
from fractions import Fraction
from pathlib import Path
from typing import Any

from deeptheory.errors import UsageError
from deeptheory.paths import Project

__all__ = ["Check", "Failure", "Mutant", "Ratio", "load_checks", "read_json"]

Json = dict[str, Any]


@dataclass(frozen=True)
class Mutant:
    """A deliberately wrong variant of a theorem, and whether the check refuted it."""

    name: str
    description: str
    killed: bool
    killed_by: str


@dataclass(frozen=True)
class Ratio:
    """The largest ratio of the measured value to the bound that a check found.

    Parameters
    ----------
    decimal : str
        The ratio, to some digits.
    radius : str
        How far the decimal may be off; empty where that is not known.
    exact : str
        The ratio as a fraction; empty where it is not known to be one.
    instance : dict
        Where it was found.
    """

    decimal: str
    radius: str = ""
    exact: str = ""
    instance: Json = field(default_factory=dict)

    @property
    def short(self) -> str:
        """The decimal to six digits."""
        return self.decimal if self.value is None else f"{self.value:.6g}"

    @property
    def sign(self) -> str:
        """What stands between the fraction and its decimal: equal, or nearly so."""
        return "=" if self.exact and Fraction(self.exact) == Fraction(self.short) else "≈"

    @property
    def value(self) -> float | None:
        """The ratio as a number for the meter."""
        try:
            return float(self.decimal)
        except ValueError:
            return None


@dataclass(frozen=True)
class Failure:
    """Why a check did not pass."""

    reason: str
    details: Json


@dataclass(frozen=True)
class Check:
    """The result of the numeric check of a theorem.

    Where the theorem has no bound, ``laws`` says what was decided, and ``error`` is an upper bound
    on the relative differences that equalities leave (None where there is no equality).
    """

    theorem: str
    passed: bool
    lower: bool
    instances: int | None
    ratio: Ratio | None
    error: str | None
    laws: tuple[str, ...]
    claim: str | None
    seconds: float | None
    seed: str | None
    bits: int | None
    mutants: tuple[Mutant, ...]
    failures: tuple[Failure, ...]
    series: tuple[Json, ...]

    @property
    def killed(self) -> int:
        """The number of mutants that the check refuted."""
        return sum(mutant.killed for mutant in self.mutants)


def read_json(path: Path) -> Any | None:
    """Read a JSON file, None where it is missing.

    Raises
    ------
    UsageError
        Where it cannot be read.
    """
    if not path.is_file():
        return None
    try:
        return json.loads(path.read_text(encoding="utf-8"))
    except (ValueError, OSError) as error:
        raise UsageError(
            f"{path} cannot be read ({error}): delete it and run `make` to write it again."
        ) from error


def _text(value: Any) -> str:
    if value is None:
        return ""
    return f"{value:.6g}" if isinstance(value, float) else str(value)


def load_checks(project: Project) -> list[Check]:
    """Read the results of the numeric checks; an empty list where there are none.

    Raises
    ------
    UsageError
        Where the file does not hold check results.
    """
    data = read_json(project.checks_json)
    if data is None:
        return []
    try:
        items = data["checks"] if isinstance(data, dict) else data
        return [_check(item) for item in items]
    except (KeyError, TypeError, ValueError, AttributeError) as error:
        raise UsageError(
            f"{project.checks_json} does not hold check results ({error!r}): "
            "run `deeptheory verify` to write it again."
        ) from error


def _check(item: Mapping[str, Any]) -> Check:
    def number(key: str, kind: type[int] | type[float]) -> Any:
        return None if item.get(key) is None else kind(item[key])

    return Check(
        theorem=str(item["theorem"]),
        passed=bool(item["passed"]),
        lower=bool(item.get("lower")),
        instances=number("instances", int),
        ratio=_ratio(item.get("max_ratio")),
        error=_text(item.get("max_error")) or None,
        laws=tuple(str(law) for law in item.get("laws") or ()),
        claim=item.get("claim"),
        seconds=number("seconds", float),
        seed=_text(item.get("seed")) or None,
        bits=number("bits", int),
        mutants=tuple(
            Mutant(
                name=str(mutant["name"]),
                description=str(mutant.get("description") or ""),
                killed=bool(mutant["killed"]),
                killed_by=str(mutant.get("killed_by") or ""),
            )
            for mutant in item.get("mutants") or ()
        ),
        failures=tuple(
            Failure(
                reason=str(failure["reason"]),
                details={key: value for key, value in failure.items() if key != "reason"},
            )
            for failure in item.get("failures") or ()
        ),
        series=tuple(item.get("series") or ()),
    )


def _ratio(value: Any) -> Ratio | None:
    if value is None:
        return None
    if not isinstance(value, dict):
        return Ratio(_text(value))
    return Ratio(
        decimal=_text(value["decimal"]),
        radius=_text(value.get("radius")),
        exact=_text(value.get("exact")),
        instance=dict(value.get("instance") or {}),
    )
