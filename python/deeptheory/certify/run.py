"""`certify train`: from the name of a data set to the files of a certificate."""

from __future__ import annotations

import json
import platform
from collections.abc import Callable
from dataclasses import dataclass
from importlib import metadata
from pathlib import Path
from typing import Any

from flint import fmpq

from deeptheory import __version__
from deeptheory.certify.arrays import write_arrays
from deeptheory.certify.certificate import Certificate, certify_network
from deeptheory.certify.csvdata import read_csv
from deeptheory.certify.data import BUILT_IN, Examples, Raw, built_in, quantise, split
from deeptheory.certify.grid import put_on_grid
from deeptheory.certify.law import GridLaw
from deeptheory.certify.network import MOST_WEIGHTS, Network
from deeptheory.certify.record import FILES
from deeptheory.certify.split import check_catalog
from deeptheory.certify.train import Options, check_installed, train
from deeptheory.errors import UsageError
from deeptheory.files import write_atomically
from deeptheory.formulas import Book

__all__ = ["Plan", "load", "run", "write"]

CHECKPOINT = "checkpoint.npz"
"""The state of the training, in the folder of the certificate until it is done."""


@dataclass(frozen=True)
class Plan:
    """What to train and certify.

    Parameters
    ----------
    raw : Raw
        The data.
    hidden : tuple of int
        The widths of the hidden layers.
    delta : fmpq
        The probability of failure.
    seed : int
        The seed of the parts and of the training.
    epochs, posterior_epochs : int
        How often the rows are gone through.
    draws : int
        How many networks are drawn.
    scale : fmpq
        The deviation of each weight under the prior.
    objective : {"quadratic", "kl"}
        What the posterior minimises.
    """

    raw: Raw
    hidden: tuple[int, ...]
    delta: fmpq
    seed: int
    epochs: int
    posterior_epochs: int
    draws: int
    scale: fmpq
    objective: str


def load(dataset: str, label: str | None) -> Raw:
    """Read a data set by its name or from a CSV file.

    Raises
    ------
    UsageError
        Where there is none, or the file is malformed.
    """
    if dataset in BUILT_IN:
        if label is not None:
            raise UsageError(f"--label is for CSV files: {dataset} has its own labels.")
        return built_in(dataset)
    path = Path(dataset)
    if path.suffix != ".csv":
        shown = dataset if len(dataset) <= 60 else f"{dataset[:60]}..."
        raise UsageError(
            f"There is no data set {shown!r}: give {', '.join(BUILT_IN)} or a file whose name "
            "ends in .csv."
        )
    return read_csv(path, label)


def run(
    book: Book,
    plan: Plan,
    folder: Path,
    *,
    resume: bool,
    advance: Callable[[str, int], None] = lambda _stage, _done: None,
) -> Certificate:
    """Train, certify and write the files.

    Parameters
    ----------
    book : Book
        The catalog.
    plan : Plan
        What to train and certify.
    folder : Path
        Where the files go; it is made where it is not there.
    resume : bool
        Whether to go on with a training that was stopped.
    advance : callable, optional
        Is told the stage, ``prior``, ``posterior`` or ``draws``, and how much of it is done.

    Raises
    ------
    UsageError
        Where the folder holds another run, or the plan cannot be carried out.
    FailureError
        Where the bound is not below one.
    """
    check_catalog(book)
    parts = split(len(plan.raw.labels), plan.seed)
    examples = quantise(plan.raw, parts)
    _check_size(plan, examples)
    check_installed()
    _prepare(folder, resume)
    options = Options(
        plan.hidden,
        plan.seed,
        plan.epochs,
        plan.posterior_epochs,
        int(plan.scale.p) / int(plan.scale.q),
        plan.objective,
        int(plan.delta.p) / int(plan.delta.q),
    )
    trained = train(examples, parts, options, folder / CHECKPOINT, resume=resume, advance=advance)
    network, law = put_on_grid(trained, examples)
    drawn = 0

    def drew(more: int) -> None:
        nonlocal drawn
        drawn += more
        advance("draws", drawn)

    found = certify_network(
        book, network, law, examples, parts,
        seed=plan.seed, draws=plan.draws, delta=plan.delta, advance=drew,
    )  # fmt: skip
    write(folder, found, examples, law, _notes(plan))
    (folder / CHECKPOINT).unlink(missing_ok=True)
    return found


def _check_size(plan: Plan, examples: Examples) -> None:
    """Refuse networks with too many weights before they are trained."""
    sizes = (examples.inputs.shape[1], *plan.hidden, examples.classes)
    weights = Network(sizes, (), ()).weights
    if weights > MOST_WEIGHTS:
        raise UsageError(
            f"The network would have {weights} weights, and {MOST_WEIGHTS} are the most: give "
            "narrower layers."
        )


def _prepare(folder: Path, resume: bool) -> None:
    if folder.exists() and not folder.is_dir():
        raise UsageError(f"{folder} is a file: name a folder for the certificate.")
    for name in FILES:
        if (folder / name).exists():
            raise UsageError(f"{folder} holds {name} already: name another folder.")
    if (folder / CHECKPOINT).exists() and not resume:
        raise UsageError(
            f"{folder} holds a training that was stopped: add --resume to go on with it, or name "
            "another folder."
        )
    try:
        folder.mkdir(parents=True, exist_ok=True)
    except OSError as error:
        raise UsageError(f"The folder {folder} cannot be made: {error.strerror}.") from None


def _notes(plan: Plan) -> dict[str, Any]:
    packages = {
        "numpy": "numpy",
        "scikit_learn": "scikit-learn",
        "python_flint": "python-flint",
        "jax": "jax",
        "optax": "optax",
    }
    return {
        "training": {
            "seed": plan.seed,
            "epochs": plan.epochs,
            "posterior_epochs": plan.posterior_epochs,
            "scale": str(plan.scale),
            "objective": plan.objective,
        },
        "versions": {
            "deeptheory": __version__,
            "python": platform.python_version(),
            **{key: metadata.version(name) for key, name in packages.items()},
        },
    }


def write(
    folder: Path, found: Certificate, examples: Examples, law: GridLaw, notes: dict[str, Any]
) -> None:
    """Write the files of a certificate; certificate.json comes last."""
    write_arrays(
        folder / "data.npz",
        {"inputs": examples.inputs.astype("<i4"), "labels": examples.labels.astype("<i4")},
    )
    tables = {"start": law.start, "prior": law.prior, "posterior": law.posterior}
    write_arrays(
        folder / "weights.npz", {name: table.astype("<i8") for name, table in tables.items()}
    )
    text = json.dumps({**found.record, "notes": notes}, ensure_ascii=False, indent=1)
    write_atomically(folder / "certificate.lean", found.lean)
    write_atomically(folder / "certificate.json", f"{text}\n")
