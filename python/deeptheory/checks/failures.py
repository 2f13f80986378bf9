"""Failing instances as files that replay: what failed, on which exact instance, and why.

A file holds the instance itself, in exact rational numbers (`deeptheory.checks.exact`), or where it
holds a function without a name the choices with which the check draws it, or its number among the
check's chosen instances.  The instance is evaluated anew, with the catalog's present statement.
"""

from __future__ import annotations

import contextlib
import hashlib
import json
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from flint import arb, fmpq

from deeptheory.checks.comparison import Comparison, Measurement, decide
from deeptheory.checks.drawing import Choices, draw_again
from deeptheory.checks.exact import InexactError, decode, encode_exactly
from deeptheory.checks.registry import Check
from deeptheory.errors import DeepTheoryError, UsageError
from deeptheory.files import write_atomically
from deeptheory.formulas import Book, CertifiedValue
from deeptheory.formulas.rigorous import Number

__all__ = ["SCHEMA_VERSION", "Replay", "instance_of", "read", "replay", "save", "shown", "written"]

SCHEMA_VERSION = 1
_SOURCES = ("exact", "drawn", "chosen")


def shown(value: Number, digits: int, bits: int) -> str:
    """Return a number as a fraction where it is rational, else with a certified error."""
    exact = value if isinstance(value, arb) else fmpq(value)
    certified = CertifiedValue(exact, digits, bits)
    return certified.fraction or str(certified)


def written(
    instance: Any, *, choices: Choices | None = None, chosen: int | None = None
) -> dict[str, Any]:
    """Return an instance as data, in each of the ways in which it can be had again.

    Parameters
    ----------
    instance : Instance
        The instance.
    choices : Choices, optional
        What it was drawn with.
    chosen : int, optional
        Its number among the check's chosen instances.
    """
    data: dict[str, Any] = {"described": instance.describe()}
    with contextlib.suppress(InexactError):
        data["exact"] = encode_exactly(instance)
    if choices is not None:
        data["drawn"] = {"hypothesis": choices.hypothesis, "choices": choices.text}
    if chosen is not None:
        data["chosen"] = chosen
    return data


def save(folder: Path, theorem: str, book: Book, failure: Mapping[str, Any]) -> Path:
    """Write a failure to a file of its own, which is named for the theorem and the content.

    Parameters
    ----------
    folder : Path
        Where the files lie.
    theorem : str
        The theorem's full name.
    book : Book
        The catalog.
    failure : mapping
        What `run_check` reports, with ``instance``, what `written` has returned, and ``seed``,
        ``digits``, ``reason``, ``lhs`` and ``rhs``.
    """
    bound = book.bound_of(theorem)
    document = {
        "schema": SCHEMA_VERSION,
        "theorem": theorem,
        "statement": book.declarations[theorem].get("type"),
        "bound": None if bound is None else {"name": bound.name, "formula": bound.text()},
        **failure,
    }
    text = json.dumps(document, ensure_ascii=False, indent=1) + "\n"
    mark = hashlib.sha256(json.dumps(failure["instance"]).encode()).hexdigest()[:8]
    path = folder / f"{theorem.removeprefix('DeepTheory.')}-{mark}.json"
    write_atomically(path, text)
    return path


def read(path: Path) -> dict[str, Any]:
    """Read a file that `save` has written.

    Raises
    ------
    UsageError
        Where it is no such file.
    """
    try:
        document = json.loads(path.read_text(encoding="utf-8"))
    except OSError as error:
        raise UsageError(f"{path} cannot be read: {error.strerror}.") from error
    except ValueError as error:
        raise UsageError(f"{path} is no JSON: {error}.") from error
    if not isinstance(document, dict) or not {"schema", "theorem", "instance"} <= document.keys():
        raise UsageError(f"{path} holds no failing instance as `deeptheory verify` writes it.")
    if document["schema"] != SCHEMA_VERSION:
        raise UsageError(
            f"{path} has the schema version {document['schema']}, and this program reads "
            f"{SCHEMA_VERSION}: run `deeptheory verify` again."
        )
    instance = document["instance"]
    if not isinstance(instance, dict) or not any(key in instance for key in _SOURCES):
        raise UsageError(f"{path} does not say which instance failed.")
    if not isinstance(document.get("bound"), dict | None):
        raise UsageError(f"{path} is damaged: its bound is no object.")
    return document


def instance_of(check: Check, data: Mapping[str, Any]) -> Any:
    """Return the instance that `written` has described.

    Raises
    ------
    UsageError
        Where the check no longer has it.
    """
    if "exact" in data:
        instance = decode(data["exact"])
        if not hasattr(instance, "describe"):
            raise UsageError("The file's instance is none: it has no description.")
        return instance
    if "drawn" in data:
        drawn = data["drawn"]
        try:
            choices = Choices(str(drawn["hypothesis"]), str(drawn["choices"]))
        except (KeyError, TypeError) as error:
            raise UsageError(f"The file's choices are damaged: {error!r}.") from error
        instance = draw_again(check.instances(), choices)
    else:
        number = data["chosen"]
        if not isinstance(number, int) or not 0 <= number < len(check.sharp):
            raise UsageError(f"The check has no chosen instance {number}.")
        instance = check.sharp[number].instance
    if instance.describe() != data.get("described"):
        raise UsageError(
            "The check no longer has this instance (it now reads "
            f"{json.dumps(instance.describe(), ensure_ascii=False)}): run `deeptheory verify`."
        )
    return instance


@dataclass(frozen=True)
class Replay:
    """A failing instance, evaluated anew.

    Parameters
    ----------
    theorem : str
        The theorem's full name.
    statement : str or None
        What the catalog now states.
    then : str or None
        What the catalog stated when the file was written.
    bound, formula : str or None
        The bound's name and formula in the catalog.
    formula_then : str or None
        Its formula when the file was written.
    arguments : dict
        The bound's arguments on this instance.
    instance : dict
        The instance, described.
    holds : bool
        Whether the theorem holds on it.
    relation : str
        What is claimed of the two sides.
    lhs, rhs : str
        The two sides, as fractions or with certified errors.
    laws : tuple of str
        The claim that fails, or all that hold, where the theorem has no bound.
    """

    theorem: str
    statement: str | None
    then: str | None
    bound: str | None
    formula: str | None
    formula_then: str | None
    arguments: dict[str, str]
    instance: dict[str, Any]
    holds: bool
    relation: str
    lhs: str
    rhs: str
    laws: tuple[str, ...]

    def as_json(self) -> dict[str, Any]:
        """Return the replay as data for JSON."""
        return {"schema": SCHEMA_VERSION, **vars(self), "laws": list(self.laws)}


def replay(path: Path, book: Book, checks: Mapping[str, Check], *, digits: int = 15) -> Replay:
    """Evaluate both sides of a theorem on the instance of a file.

    Parameters
    ----------
    path : Path
        The file.
    book : Book
        The catalog.
    checks : mapping
        The checks by the theorem's full name.
    digits : int
        The digits that are reported.

    Raises
    ------
    UsageError
        Where the file is bad, the theorem is gone, or the sides cannot be evaluated there.
    """
    document = read(path)
    theorem = str(document["theorem"])
    if theorem not in checks or theorem not in book.declarations:
        raise UsageError(f"{path}: the catalog and the checks have no theorem {theorem}.")
    check, bound = checks[theorem], book.bound_of(theorem)
    instance = instance_of(check, document["instance"])
    bits = max(128, int(digits * 3.33) + 12)
    measured: list[Any] = []

    def measure() -> Any:
        measured.append(check.measure(instance, book))
        return measured[-1]

    try:
        comparison = decide(measure, bound, bits=bits, digits=max(15, digits))
    except DeepTheoryError as error:
        raise UsageError(f"{path}: {error}") from error
    except Exception as error:
        raise UsageError(f"{path}: the check cannot evaluate this instance: {error!r}.") from error
    return _replayed(document, book, theorem, instance, comparison, measured[-1], digits)


def _replayed(
    document: dict[str, Any],
    book: Book,
    theorem: str,
    instance: Any,
    comparison: Comparison,
    measured: Any,
    digits: int,
) -> Replay:
    bound = book.bound_of(theorem)
    given = measured.args if isinstance(measured, Measurement) else {}
    arguments = {name: _argument(value, digits, comparison.bits) for name, value in given.items()}
    return Replay(
        theorem,
        book.declarations[theorem].get("type"),
        document.get("statement"),
        None if bound is None else bound.name,
        None if bound is None else bound.text(),
        (document.get("bound") or {}).get("formula"),
        arguments,
        instance.describe(),
        comparison.holds,
        comparison.relation,
        shown(comparison.lhs, digits, comparison.bits),
        shown(comparison.rhs, digits, comparison.bits),
        comparison.laws,
    )


def _argument(value: Any, digits: int, bits: int) -> str:
    if isinstance(value, tuple | list):
        return f"({', '.join(_argument(entry, digits, bits) for entry in value)})"
    return shown(value, digits, bits)
