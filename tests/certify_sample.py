"""A small catalog, a data set and a network by hand for the tests of certificates."""

from __future__ import annotations

import random
from fractions import Fraction
from pathlib import Path
from typing import Any

import numpy as np
from flint import fmpq
from typer.testing import CliRunner

from deeptheory.certify.certificate import certify_network
from deeptheory.certify.csvdata import read_csv
from deeptheory.certify.data import Examples, Parts, Raw, quantise, split
from deeptheory.certify.grid import Trained, put_on_grid
from deeptheory.certify.law import GridLaw
from deeptheory.certify.network import Network
from deeptheory.certify.run import write
from deeptheory.cli import app
from deeptheory.errors import DeepTheoryError
from deeptheory.formulas import Book
from sample_catalog import num, op, sample_declarations, var

NOTES = {
    "training": {
        "seed": 0,
        "epochs": 0,
        "posterior_epochs": 0,
        "scale": "1/10",
        "objective": "kl",
    },
    "versions": dict.fromkeys(
        ("deeptheory", "python", "numpy", "scikit_learn", "python_flint", "jax", "optax"), "1.0"
    ),
}


def _parameters(text: str) -> list[dict[str, Any]]:
    return [
        {"name": name.strip("."), "type": "nat" if name.endswith(".") else "real", "size": None}
        for name in text.split()
    ]


def declarations() -> list[dict[str, Any]]:
    """The sample catalog with stand-ins for the two levels."""
    n, delta = op("cast", var("n", True)), var("δ")
    logs = {
        "Generalization.testSetBound": ("n. δ", op("log", op("div", num(1), delta))),
        "Generalization.maurerBound": (
            "K n. δ",
            op(
                "add",
                var("K"),
                op("log", op("div", op("mul", num(2), op("sqrt", n)), delta)),
            ),
        ),
    }
    own = [
        {
            "name": f"DeepTheory.{name}",
            "kind": "definition",
            "card": None,
            "formula": {"params": _parameters(params), "body": op("div", body, n)},
        }
        for name, (params, body) in logs.items()
    ]
    names = {entry["name"] for entry in own}
    return [*(d for d in sample_declarations() if d["name"] not in names), *own]


def blobs_csv(rows: int = 240, apart: float = 1.0) -> str:
    """Two clouds of points that a line parts, up to a few errors where they are near, as CSV."""
    known = random.Random(0)
    lines = ["left,right,kind"]
    for row in range(rows):
        side = row % 2
        x = known.gauss(apart * (2 * side - 1), 0.5)
        lines.append(f"{x:.3f},{known.gauss(0, 1):.3f},{'ab'[side]}")
    return "\n".join(lines) + "\n"


def by_hand(raw: Raw, weight: float) -> tuple[Network, GridLaw, Examples, Parts]:
    """A network that looks at the first feature only, with a posterior that moved a little."""
    parts = split(len(raw.labels), 0)
    examples = quantise(raw, parts)
    features = examples.inputs.shape[1]
    first, second = np.zeros((2, features + 1)), np.zeros((examples.classes, 3))
    first[:, 0] = weight, -weight
    second[:2, :2] = [[-weight, weight], [weight, -weight]]
    prior = [first, second]
    means = [layer + 0.03 for layer in prior]
    scales = [np.full_like(layer, 0.09) for layer in prior]
    network, law = put_on_grid(Trained((2,), prior, 0.1, means, scales), examples)
    return network, law, examples, parts


def write_sample(book: Book, folder: Path, raw: Raw, draws: int) -> None:
    network, law, examples, parts = by_hand(raw, 1.0)
    found = certify_network(
        book, network, law, examples, parts, seed=0, draws=draws, delta=fmpq(1, 20)
    )
    folder.mkdir()
    write(folder, found, examples, law, NOTES)


def reference(network: Network, matrices: list[list[list[int]]], row: list[int]) -> int:
    """The prediction, in whole numbers of Python and one fraction a shift."""
    values = row
    for layer, matrix in enumerate(matrices):
        constant = network.constants[layer]
        values = [
            sum(w * v for w, v in zip(weights, [*values, constant], strict=True))
            for weights in matrix
        ]
        if layer < len(network.shifts):
            values = [
                Fraction(max(value, 0), 2 ** network.shifts[layer]).__floor__() for value in values
            ]
    return max(range(len(values)), key=lambda place: (values[place], -place))


def check_command(library: Path, folder: Path, *more: str) -> DeepTheoryError | None:
    """Run the command; return the error it ends with, and see that nothing is written."""
    before = {path.name: path.stat().st_mtime_ns for path in folder.iterdir()}
    command = ["certify", "check", str(folder / "certificate.json"), "--no-kernel", *more]
    result = CliRunner().invoke(app, command, env={"DEEPTHEORY_PROJECT": str(library)})
    assert before == {path.name: path.stat().st_mtime_ns for path in folder.iterdir()}
    if result.exception is None:
        assert "risk ≤ 0." in result.output
        return None
    assert isinstance(result.exception, DeepTheoryError), result.exception
    return result.exception


def blobs_folder(book: Book, folder: Path) -> Path:
    """Write the data as a file, and a certificate for them."""
    (folder / "blobs.csv").write_text(blobs_csv(), encoding="utf-8")
    write_sample(book, folder / "certificate", read_csv(folder / "blobs.csv"), 300)
    return folder
