"""What certificate.json holds, and how it is read without trusting it."""

from __future__ import annotations

import json
import re
from collections.abc import Callable, Mapping
from pathlib import Path
from typing import Any

from deeptheory.certify.data import BUILT_IN, LEAST_ROWS
from deeptheory.certify.montecarlo import MOST_DRAWS
from deeptheory.certify.network import MOST_LAYERS, MOST_UNITS
from deeptheory.certify.reading import read_text
from deeptheory.errors import UsageError

__all__ = ["FILES", "SCHEMA", "read_record"]

SCHEMA = 1
FILES = ("certificate.json", "certificate.lean", "data.npz", "weights.npz")
"""The files of a certificate, all in one folder."""

_MOST_BYTES = 2**20
_MOST_ROWS = 10**7
_MOST_FEATURES = 10**5

_Rule = Callable[[Any], bool]


def _whole(low: int, high: int) -> _Rule:
    return lambda value: type(value) is int and low <= value <= high


def _text(pattern: str) -> _Rule:
    compiled = re.compile(pattern)
    return lambda value: isinstance(value, str) and compiled.fullmatch(value) is not None


def _one_of(*values: Any) -> _Rule:
    return lambda value: value in values and type(value) in (str, int)


def _list(rule: _Rule, low: int, high: int) -> _Rule:
    return lambda value: (
        isinstance(value, list) and low <= len(value) <= high and all(map(rule, value))
    )


def _or_none(rule: _Rule) -> _Rule:
    return lambda value: value is None or rule(value)


_RATIONAL = _text(r"[0-9]{1,60}(/[1-9][0-9]{0,60})?")
_BALL = _text(r"[0-9]{1,60}\.[0-9]{1,60} ± 1e-[0-9]{1,3}")
_HASH = _text(r"[0-9a-f]{64}")
_COUNT = _whole(0, 2**62)
_VERSION = _text(r"[0-9A-Za-z.+!_-]{1,40}")
_SEED = _whole(0, 2**31 - 1)

# Each key with its rule, or with a mapping for an object.
_FORM: dict[str, Any] = {
    "schema": _one_of(SCHEMA),
    "theorem": _text(r"[A-Za-z][A-Za-z0-9_.]{0,200}"),
    "data": {
        "name": _one_of(*BUILT_IN, "csv"),
        "rows": _whole(LEAST_ROWS, _MOST_ROWS),
        "features": _whole(1, _MOST_FEATURES),
        "classes": _whole(2, MOST_UNITS),
        "sha256": _HASH,
        "source_sha256": _or_none(_HASH),
    },
    "parts": {
        "seed": _SEED,
        "prior": _COUNT,
        "bound": _COUNT,
        "held_out": _COUNT,
    },
    "network": {
        "sizes": _list(_whole(1, _MOST_FEATURES), 2, MOST_LAYERS + 2),
        "constants": _list(_whole(1, 2**20), 1, MOST_LAYERS + 1),
        "shifts": _list(_whole(0, 60), 0, MOST_LAYERS),
        "weights": _COUNT,
        "grid_values": _COUNT,
        "sha256": _HASH,
    },
    "numbers": {
        "n": _COUNT,
        "k": _whole(1, MOST_DRAWS),
        "draw_seed": _text(r"[0-9a-f]{32}"),
        "errors": _COUNT,
        "q": _RATIONAL,
        "confidence_delta": _RATIONAL,
        "delta": _RATIONAL,
        "draws_delta": _RATIONAL,
        "relative_entropy": _BALL,
        "K": _RATIONAL,
        "draws_level": _BALL,
        "draws_between": _RATIONAL,
        "kl_q_r": _BALL,
        "r": _RATIONAL,
        "level": _BALL,
        "between": _RATIONAL,
        "kl_r_p": _BALL,
        "p": _RATIONAL,
    },
    "held_out": {
        "rows": _COUNT,
        "errors": _COUNT,
        "error": _RATIONAL,
        "mean_network_errors": _COUNT,
        "mean_network_error": _RATIONAL,
    },
    "notes": {
        "training": {
            "seed": _SEED,
            "epochs": _whole(0, 10**6),
            "posterior_epochs": _whole(0, 10**6),
            "scale": _RATIONAL,
            "objective": _one_of("quadratic", "kl"),
        },
        "versions": {
            "deeptheory": _VERSION,
            "python": _VERSION,
            "numpy": _VERSION,
            "scikit_learn": _VERSION,
            "python_flint": _VERSION,
            "jax": _VERSION,
            "optax": _VERSION,
        },
    },
}


def read_record(path: Path) -> dict[str, Any]:
    """Read certificate.json.

    Returns
    -------
    dict
        The record, in which every key is known and every value of its form.

    Raises
    ------
    UsageError
        Where the file cannot be read, is too large, is no JSON, has a key twice, an unknown or a
        missing one, a value of another form, or a file's hash where there is no file.
    """
    text = read_text(path, _MOST_BYTES)
    try:
        record = json.loads(
            text, object_pairs_hook=_no_twins, parse_constant=_no_constant, parse_float=_no_float
        )
    except RecursionError:
        raise UsageError(f"{path.name} is nested too deeply.") from None
    except ValueError as error:
        raise UsageError(f"{path.name} is not JSON: {str(error)[:80]}.") from None
    _check(path.name, "", _FORM, record)
    assert isinstance(record, dict)
    data = record["data"]
    if (data["name"] == "csv") != (data["source_sha256"] is not None):
        raise UsageError(
            f"{path.name}: data.source_sha256 is for data from a CSV file, which need one."
        )
    return record


def _no_twins(pairs: list[tuple[str, Any]]) -> dict[str, Any]:
    seen = dict(pairs)
    if len(seen) < len(pairs):
        keys = [key for key, _ in pairs]
        twice = next(key for key in keys if keys.count(key) > 1)
        raise UsageError(f"The certificate has the key {_shown(twice)} twice.")
    return seen


def _no_constant(text: str) -> None:
    raise UsageError(f"The certificate holds {text}, which is no number.")


def _no_float(text: str) -> None:
    raise UsageError(
        f"The certificate holds the decimal {text[:40]}: numbers are whole, or fractions as text."
    )


def _check(name: str, place: str, form: Mapping[str, Any], record: Any) -> None:
    inside = place or "the certificate"
    if not isinstance(record, dict):
        raise UsageError(f"{name}: {inside} is to be an object.")
    for key in record:
        if key not in form:
            raise UsageError(f"{name}: {inside} has the unknown key {_shown(key)}.")
    for key, rule in form.items():
        if key not in record:
            raise UsageError(f"{name}: {inside} has no key {key}.")
        where = f"{place}.{key}" if place else key
        if isinstance(rule, dict):
            _check(name, where, rule, record[key])
        elif not rule(record[key]):
            raise UsageError(f"{name}: {where} cannot be {_shown(record[key])}.")


def _shown(value: Any) -> str:
    if isinstance(value, (list, dict)):  # perhaps nested too deeply to be written
        return "a list" if isinstance(value, list) else "an object"
    text = value if isinstance(value, str) else json.dumps(value)
    return repr(text if len(text) <= 60 else f"{text[:60]}...")
