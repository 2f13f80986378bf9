"""Checks a certificate: computes everything again from the stored weights and data."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from pathlib import Path
from typing import Any

import numpy as np
from flint import fmpq
from numpy.typing import NDArray

from deeptheory.certify.arrays import read_arrays
from deeptheory.certify.certificate import Certificate, certify_network
from deeptheory.certify.csvdata import read_csv
from deeptheory.certify.data import BUILT_IN, Examples, built_in, quantise, scale_of, split
from deeptheory.certify.law import GridLaw
from deeptheory.certify.network import MOST_UNITS, MOST_WEIGHTS, Network
from deeptheory.certify.reading import read_text
from deeptheory.certify.record import read_record
from deeptheory.certify.split import check_catalog
from deeptheory.errors import FailureError, UsageError
from deeptheory.formulas import Book
from deeptheory.formulas.inputs import exact_number

__all__ = ["DATA_TYPES", "MOST_GRID", "WEIGHT_TYPES", "recheck"]

DATA_TYPES = {"inputs": "<i4", "labels": "<i4"}
WEIGHT_TYPES = {"start": "<i8", "prior": "<i8", "posterior": "<i8"}
"""The arrays of the two files and their types."""
MOST_GRID = 1024

_MOST_LEAN = 2**20


def recheck(
    book: Book,
    path: Path,
    *,
    csv: Path | None = None,
    label: str | None = None,
    started: Callable[[int], None] = lambda _: None,
    advance: Callable[[int], None] = lambda _: None,
) -> Certificate:
    """Compute a certificate again and compare.

    Parameters
    ----------
    book : Book
        The catalog.
    path : Path
        certificate.json, with the other files beside it.
    csv, label : Path and str, optional
        The file that the data come from and its column of labels, to be compared with them.
    started, advance : callable, optional
        Are told how many networks will be drawn, and after some draws how many they were.

    Returns
    -------
    Certificate
        The certificate as it was computed again.

    Raises
    ------
    UsageError
        Where a file is missing, too large or malformed.
    FailureError
        Where something that is stated is not what is computed.
    """
    check_catalog(book)
    record = read_record(path)
    examples = _examples(path.with_name("data.npz"), record)
    seed = record["parts"]["seed"]
    parts = split(len(examples.labels), seed)
    _compare_data(examples, seed, csv, label)
    network = _network(record["network"], examples)
    law = _law(path.with_name("weights.npz"), record["network"], network)
    delta = exact_number("confidence_delta", record["numbers"]["confidence_delta"])
    if not isinstance(delta, fmpq) or not 0 < delta < 1:
        raise UsageError(f"numbers.confidence_delta is {delta}, not between 0 and 1.")
    lean = read_text(path.with_name("certificate.lean"), _MOST_LEAN)
    draws = record["numbers"]["k"]
    started(draws)
    stated = {key: record[key] for key in record if key != "notes"}
    found = certify_network(
        book, network, law, examples, parts,
        seed=seed, draws=draws, delta=delta, advance=advance,
        settled=lambda known: _compare("", stated, known),
    )  # fmt: skip
    _compare("", stated, found.record)
    if lean != found.lean:
        raise FailureError(_difference(lean, found.lean))
    return found


def _examples(path: Path, record: Mapping[str, Any]) -> Examples:
    arrays = read_arrays(path, DATA_TYPES)
    stated = record["data"]
    inputs, labels = (arrays[name].astype(np.int64) for name in ("inputs", "labels"))
    shape = (stated["rows"], stated["features"])
    if inputs.shape != shape or labels.shape != shape[:1]:
        raise UsageError(
            f"{path.name} has inputs of shape {inputs.shape} and labels of shape {labels.shape}, "
            f"and {shape[0]} rows with {shape[1]} features are stated."
        )
    unit, limit = scale_of(stated["name"])
    if int(np.abs(inputs).max()) > limit:
        raise UsageError(f"{path.name} has an input of size above {limit}.")
    if labels.min() < 0 or labels.max() >= MOST_UNITS:
        raise UsageError(f"{path.name} has a label outside 0 to {MOST_UNITS - 1}.")
    source = stated["source_sha256"] if stated["name"] == "csv" else None
    return Examples(stated["name"], inputs, labels, unit, limit, source)


def _compare_data(examples: Examples, seed: int, csv: Path | None, label: str | None) -> None:
    """Compare the stored data with those of scikit-learn, or with a file."""
    if examples.name in BUILT_IN:
        if csv is not None:
            raise UsageError(f"The data are {examples.name} of scikit-learn, not a file's.")
        raw = built_in(examples.name)
        whose = f"those of scikit-learn's {examples.name}"
    elif csv is not None:
        raw = read_csv(csv, label)
        whose = f"those of {csv.name}"
        if raw.source != examples.source:
            raise FailureError(f"The data come from another file: {csv.name} has another hash.")
    else:
        return
    same = raw.values.shape == examples.inputs.shape
    if same:
        again = quantise(raw, split(len(raw.labels), seed))
        same = again.digest == examples.digest
    if not same:
        raise FailureError(f"The stored data are not {whose}.")


def _network(stated: Mapping[str, Any], examples: Examples) -> Network:
    network = Network(*(tuple(stated[key]) for key in ("sizes", "constants", "shifts")))
    hidden = len(network.sizes) - 2
    if len(network.shifts) != hidden or len(network.constants) != hidden + 1:
        raise UsageError(
            f"The network has {hidden} hidden layers, {len(network.shifts)} shifts and "
            f"{len(network.constants)} constants: they do not fit together."
        )
    ends = (examples.inputs.shape[1], examples.classes)
    if (network.sizes[0], network.sizes[-1]) != ends:
        raise UsageError(
            f"The network has {network.sizes[0]} inputs and {network.sizes[-1]} outputs, and the "
            f"data have {ends[0]} features and {ends[1]} classes."
        )
    if network.weights > MOST_WEIGHTS:
        raise UsageError(
            f"The network has {network.weights} weights, and {MOST_WEIGHTS} are the most."
        )
    return network


def _law(path: Path, stated: Mapping[str, Any], network: Network) -> GridLaw:
    arrays = read_arrays(path, WEIGHT_TYPES)
    start, prior, posterior = (arrays[name].astype(np.int64) for name in WEIGHT_TYPES)
    width = stated["grid_values"]
    if not 2 <= width <= MOST_GRID:
        raise UsageError(f"A weight cannot have {width} values: 2 to {MOST_GRID} are possible.")
    tables: tuple[tuple[str, NDArray[np.int64]], ...] = (("prior", prior), ("posterior", posterior))
    for name, table in tables:
        if table.shape != (network.weights, width):
            raise UsageError(
                f"{path.name} has a table {name} of shape {table.shape}, and the network has "
                f"{network.weights} weights with {width} values each."
            )
    if start.shape != (network.weights,):
        raise UsageError(f"{path.name} has {len(start)} weights, not {network.weights}.")
    return GridLaw(start, prior, posterior)


def _compare(place: str, stated: Mapping[str, Any], found: Mapping[str, Any]) -> None:
    for key, value in found.items():
        where = f"{place}.{key}" if place else key
        if isinstance(value, dict):
            _compare(where, stated[key], value)
        elif stated[key] != value:
            raise FailureError(
                f"The certificate states {where} = {stated[key]}, and computed again it is {value}."
            )


def _difference(stated: str, found: str) -> str:
    """Say in which line two texts differ first, and what the theorem of one is not."""
    lines, own = stated.split("\n"), found.split("\n")
    number = next(
        (i for i, (a, b) in enumerate(zip(lines, own, strict=False)) if a != b),
        min(len(lines), len(own)),
    )
    wanted = own[number].strip() if number < len(own) else "the end"
    return (
        f"The Lean file does not state what the weights and data give: line {number + 1} is to be "
        f"{wanted!r}."
    )
