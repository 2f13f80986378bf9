"""What an experiment found, and the file ``build/experiments.json``."""

from __future__ import annotations

import json
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from flint import arb, fmpq

from deeptheory.experiments.guarantees import Guarantee
from deeptheory.files import write_atomically
from deeptheory.formulas import CertifiedValue

__all__ = [
    "SCHEMA_VERSION",
    "Entry",
    "Experiment",
    "ModelInfo",
    "document",
    "schema",
    "write_experiments",
]

SCHEMA_VERSION = 1
_DIGITS = 10


@dataclass(frozen=True)
class ModelInfo:
    """A class of classifiers in words.

    Parameters
    ----------
    key : str
        A short name without spaces.
    title : str
        What tables call it.
    description : str
        What is in the class and how its size is measured.
    """

    key: str
    title: str
    description: str


@dataclass(frozen=True)
class Entry:
    """One bound for one trained classifier.

    Parameters
    ----------
    model : str
        The key of the class.
    n : int
        The size of the sample.
    training_error, held_out_error : fmpq
        The shares of errors.
    guarantee : Guarantee
        The bound.
    """

    model: str
    n: int
    training_error: fmpq
    held_out_error: fmpq
    guarantee: Guarantee

    def as_json(self) -> dict[str, Any]:
        """Return the entry as it stands in the file."""
        found = self.guarantee
        ratio = found.ratio(self.held_out_error)
        return {
            "model": self.model,
            "n": self.n,
            "theorem": f"DeepTheory.{found.theorem}",
            "rests_on": [f"DeepTheory.{name}" for name in found.rests_on],
            "arguments": {name: _text(value) for name, value in found.arguments.items()},
            "training_error": str(self.training_error),
            "held_out_error": str(self.held_out_error),
            "starts_from": {"what": found.what, "value": str(found.empirical)},
            "added": _number(CertifiedValue(found.slack, _DIGITS, 128)),
            "bound": _number(found.value),
            "ratio": None if ratio is None else _number(ratio),
            "checked": list(found.checked),
            "assumed": list(found.assumed),
        }


def _text(value: Any) -> str:
    return str(CertifiedValue(value, _DIGITS, 128)) if isinstance(value, arb) else str(value)


def _number(value: CertifiedValue) -> dict[str, str]:
    return {"decimal": value.decimal, "radius": value.radius}


@dataclass(frozen=True)
class Experiment:
    """The results of an experiment.

    Parameters
    ----------
    name, title, source : str
        Its name on the command line, its heading, where the data come from.
    delta : fmpq
        The probability with which each bound may fail.
    held_out : int
        The number of held-out points.
    models : tuple of ModelInfo
        The classes.
    entries : tuple of Entry
        One for each class, size and bound.
    choices : tuple of str
        How it was done.
    met, assumed : tuple of str
        The hypotheses that were decided exactly, and those that no computation can decide.
    """

    name: str
    title: str
    source: str
    delta: fmpq
    held_out: int
    models: tuple[ModelInfo, ...]
    entries: tuple[Entry, ...]
    choices: tuple[str, ...]
    met: tuple[str, ...]
    assumed: tuple[str, ...]

    def as_json(self) -> dict[str, Any]:
        """Return the experiment as it stands in the file."""
        return {
            "name": self.name,
            "title": self.title,
            "source": self.source,
            "delta": str(self.delta),
            "held_out": self.held_out,
            "models": [vars(model) for model in self.models],
            "entries": [entry.as_json() for entry in self.entries],
            "choices": list(self.choices),
            "met": list(self.met),
            "assumed": list(self.assumed),
        }


def schema() -> dict[str, Any]:
    """Return the JSON Schema of ``experiments.json``."""
    text = Path(__file__).with_name("experiments.schema.json").read_text(encoding="utf-8")
    loaded: dict[str, Any] = json.loads(text)
    return loaded


def document(experiments: Sequence[Experiment]) -> dict[str, Any]:
    """Return the content of ``experiments.json``."""
    return {"schema": SCHEMA_VERSION, "experiments": [entry.as_json() for entry in experiments]}


def write_experiments(path: Path, experiments: Sequence[Experiment]) -> dict[str, Any]:
    """Write results at once or not at all; the same results give the same bytes."""
    content = document(experiments)
    write_atomically(path, json.dumps(content, ensure_ascii=False, indent=1) + "\n")
    return content
