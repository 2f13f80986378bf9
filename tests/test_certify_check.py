"""`certify check`: certificates are confirmed, and whatever was tampered with is refused."""

from __future__ import annotations

import io
import json
import random
import re
import shutil
import zipfile
from collections.abc import Callable
from fractions import Fraction
from pathlib import Path
from typing import Any

import numpy as np
import pytest
from flint import fmpq

from certify_sample import (
    blobs_csv,
    by_hand,
    check_command,
    declarations,
    reference,
    write_sample,
)
from conftest import Run
from deeptheory.certify import arrays
from deeptheory.certify.arrays import read_arrays
from deeptheory.certify.csvdata import read_csv
from deeptheory.certify.data import Raw, built_in
from deeptheory.certify.law import Drawer
from deeptheory.certify.montecarlo import count_errors
from deeptheory.certify.recheck import recheck
from deeptheory.certify.record import FILES, read_record
from deeptheory.certify.split import certify_split
from deeptheory.certify.split_statement import THEOREM, render_split
from deeptheory.errors import FailureError, UsageError
from deeptheory.formulas import Book
from deeptheory.paths import Project


@pytest.fixture
def copy(blobs: Path, tmp_path: Path) -> Path:
    """A copy of the certificate's folder, to be tampered with."""
    return Path(shutil.copytree(blobs / "certificate", tmp_path / "certificate"))


def test_a_certificate_is_confirmed(sample_library: Path, blobs: Path) -> None:
    assert check_command(sample_library, blobs / "certificate") is None
    assert (
        check_command(sample_library, blobs / "certificate", "--csv", str(blobs / "blobs.csv"))
        is None
    )
    record = read_record(blobs / "certificate" / "certificate.json")
    assert 0 < Fraction(record["numbers"]["p"]) < Fraction(1, 2)
    assert record["theorem"] == THEOREM


def test_the_same_network_gives_the_same_bytes(
    sample_book: Book, blobs: Path, tmp_path: Path
) -> None:
    write_sample(sample_book, tmp_path / "again", read_csv(blobs / "blobs.csv"), 300)
    for name in FILES:
        assert (tmp_path / "again" / name).read_bytes() == (
            blobs / "certificate" / name
        ).read_bytes(), name


def test_the_counts_are_those_of_a_plain_loop(blobs: Path) -> None:
    network, law, examples, parts = by_hand(read_csv(blobs / "blobs.csv"), 1.0)
    found = count_errors(network, law, examples, parts, 25)
    stated = read_record(blobs / "certificate" / "certificate.json")["numbers"]
    drawer = Drawer(law, int(stated["draw_seed"], 16))
    errors = 0
    for _ in range(25):
        exact = [m.astype(int).tolist() for m in network.matrices(drawer.draw())]
        errors += sum(
            reference(network, exact, examples.inputs[row].tolist()) != examples.labels[row]
            for row in parts.bound.tolist()
        )
    assert found.bound == errors


def _edit(*place: str, to: Any) -> Callable[[Path], None]:
    def edit(folder: Path) -> None:
        path = folder / "certificate.json"
        record = json.loads(path.read_text(encoding="utf-8"))
        inside = record
        for key in place[:-1]:
            inside = inside[key]
        inside[place[-1]] = to
        path.write_text(json.dumps(record), encoding="utf-8")

    return edit


def _text(name: str, old: str, new: str) -> Callable[[Path], None]:
    def edit(folder: Path) -> None:
        text = (folder / name).read_text(encoding="utf-8")
        assert old in text
        (folder / name).write_text(text.replace(old, new, 1), encoding="utf-8")

    return edit


def _array(name: str, change: Callable[[dict[str, Any]], Any]) -> Callable[[Path], None]:
    def edit(folder: Path) -> None:
        with np.load(folder / name) as held:
            content = {key: held[key].copy() for key in held.files}
        change(content)
        np.savez_compressed(folder / name, **content)

    return edit


def _sparse(name: str) -> Callable[[Path], None]:
    def edit(folder: Path) -> None:
        with (folder / name).open("r+b") as stream:
            stream.truncate(2**31)

    return edit


def _shift_counts(content: dict[str, Any]) -> None:
    row = content["posterior"][0]
    row[int(row.argmax())] -= 5
    row[0] += 5


def _more(content: dict[str, Any], key: str, by: int) -> None:
    content[key].flat[0] += by


def _rename(folder: Path) -> None:
    _edit("data", "name", to="breast-cancer")(folder)
    _edit("data", "source_sha256", to=None)(folder)


TAMPERED: dict[str, tuple[Callable[[Path], None], int, str]] = {
    "a lower risk": (_edit("numbers", "p", to="1/100"), 1, "numbers.p = 1/100"),
    "a lower entropy": (_edit("numbers", "K", to="1/1000"), 1, "numbers.K"),
    "another n": (_edit("numbers", "n", to=5000), 1, "numbers.n = 5000"),
    "more draws": (_edit("numbers", "k", to=301), 1, "numbers."),
    "fewer errors": (_edit("numbers", "errors", to=0), 1, "numbers.errors"),
    "another empirical risk": (_edit("numbers", "q", to="1/100"), 1, "numbers.q"),
    "another r": (_edit("numbers", "r", to="1/100"), 1, "numbers.r"),
    "another delta": (_edit("numbers", "confidence_delta", to="1/2"), 1, "numbers.delta"),
    "no delta": (_edit("numbers", "confidence_delta", to="0"), 2, "between 0 and 1"),
    "all of delta": (_edit("numbers", "confidence_delta", to="1"), 2, "between 0 and 1"),
    "a seed of the draws": (_edit("numbers", "draw_seed", to="0" * 32), 1, "draw_seed"),
    "another split": (_edit("parts", "seed", to=1), 1, "The certificate states"),
    "more held out": (_edit("parts", "held_out", to=41), 1, "parts.held_out"),
    "a held-out error": (_edit("held_out", "errors", to=0), 1, "held_out.errors"),
    "an easier theorem": (_edit("theorem", to="DeepTheory.foo"), 1, "theorem = DeepTheory.foo"),
    "the data's hash": (_edit("data", "sha256", to="0" * 64), 1, "data.sha256"),
    "the weights' hash": (_edit("network", "sha256", to="0" * 64), 1, "network.sha256"),
    "the data's name": (_rename, 1, "not those of scikit"),
    "no hash of the file": (_edit("data", "source_sha256", to=None), 2, "which need one"),
    "Lean in a name": (_edit("data", "name", to="csv) sorry"), 2, "data.name cannot be"),
    "Lean as a theorem": (_edit("theorem", to="x := by sorry"), 2, "theorem cannot be"),
    "Lean in a number": (_edit("numbers", "p", to="1/2 : Rat"), 2, "numbers.p cannot be"),
    "Lean in a version": (_edit("notes", "versions", "jax", to="-/ axiom"), 2, "cannot be"),
    "a negative number": (_edit("numbers", "K", to="-1"), 2, "numbers.K cannot be '-1'"),
    "a negative count": (_edit("numbers", "errors", to=-1), 2, "errors cannot be '-1'"),
    "a truth for a count": (_edit("numbers", "k", to=True), 2, "k cannot be 'true'"),
    "no draws": (_edit("numbers", "k", to=0), 2, "k cannot be '0'"),
    "endless draws": (_edit("numbers", "k", to=10**12), 2, "k cannot be"),
    "a list for a number": (_edit("numbers", "p", to=["1/2"]), 2, "p cannot be"),
    "no object": (_edit("numbers", to=3), 2, "numbers is to be an object"),
    "an unknown key": (_edit("numbers", "note", to=1), 2, "unknown key 'note'"),
    "NaN": (_text("certificate.json", '"k": 300', '"k": NaN'), 2, "holds NaN"),
    "a decimal": (_text("certificate.json", '"k": 300', '"k": 3e2'), 2, "the decimal 3e2"),
    "a key twice": (_text("certificate.json", '"k"', '"k": 1, "k"'), 2, "the key 'k' twice"),
    "a key less": (_text("certificate.json", '"k": 300,', ""), 2, "has no key k"),
    "no JSON": (_text("certificate.json", "{", "["), 2, "is not JSON"),
    "deep JSON": (
        lambda folder: (folder / "certificate.json").write_text("[" * 10**5) and None,
        2,
        "nested too deeply|is not JSON",
    ),
    "other layers": (_edit("network", "sizes", to=[2, 3, 2]), 2, "the network has 17 weights"),
    "more classes": (_edit("network", "sizes", to=[2, 2, 3]), 2, "2 classes"),
    "more shifts": (_edit("network", "shifts", to=[0, 0]), 2, "do not fit together"),
    "another shift": (_edit("network", "shifts", to=[9]), 1, "The certificate states"),
    "sums beyond 2^53": (_edit("network", "constants", to=[2**20] * 2), 1, "The certificate"),
    "another constant": (
        _edit("network", "constants", to=[31, 120]),
        1,
        "network.sha256",
    ),
    "more features": (_edit("data", "features", to=3), 2, "with 3 features"),
    "counts moved": (_array("weights.npz", _shift_counts), 1, "The certificate states"),
    "counts added": (
        _array("weights.npz", lambda c: _more(c, "posterior", 1)),
        2,
        "sum to 4294967297",
    ),
    "a zero in the prior": (
        _array("weights.npz", lambda c: _more(c, "prior", -int(c["prior"].flat[0]))),
        2,
        "sum to",
    ),
    "a huge weight": (_array("weights.npz", lambda c: _more(c, "start", 2**62)), 2, "2\\^31"),
    "real weights": (
        _array("weights.npz", lambda c: c.update(prior=c["prior"] * np.nan)),
        2,
        "of type <i8",
    ),
    "pickled weights": (
        _array("weights.npz", lambda c: c.update(prior=np.array([{}], dtype=object))),
        2,
        "of type <i8",
    ),
    "weights by columns": (
        _array("weights.npz", lambda c: c.update(prior=np.asfortranarray(c["prior"]))),
        2,
        "row by row",
    ),
    "weights of another shape": (
        _array("weights.npz", lambda c: c.update(prior=c["prior"][:, 1:])),
        2,
        "table prior of shape",
    ),
    "another array": (_array("weights.npz", lambda c: c.update(more=np.array(1))), 2, "exactly"),
    "a missing array": (_array("weights.npz", lambda c: c.pop("prior")), 2, "exactly"),
    "no npz": (lambda folder: (folder / "weights.npz").write_bytes(b"PK") and None, 2, "no npz"),
    "a label": (_array("data.npz", lambda c: _more(c, "labels", 1)), 1, "data.sha256"),
    "a large label": (_array("data.npz", lambda c: _more(c, "labels", 10**6)), 2, "a label"),
    "a large input": (_array("data.npz", lambda c: _more(c, "inputs", 10**6)), 2, "above 128"),
    "an input": (_array("data.npz", lambda c: c["inputs"].fill(1)), 1, "data.sha256"),
    "fewer rows": (
        _array("data.npz", lambda c: c.update(labels=c["labels"][1:])),
        2,
        "data.npz has inputs of shape",
    ),
    "2 GB of weights": (_sparse("weights.npz"), 2, "2147483648 bytes"),
    "2 GB of data": (_sparse("data.npz"), 2, "2147483648 bytes"),
    "2 GB of JSON": (_sparse("certificate.json"), 2, "2147483648 bytes"),
    "2 GB of Lean": (_sparse("certificate.lean"), 2, "2147483648 bytes"),
    "another Lean file": (_text("certificate.lean", "≤", "<"), 1, "does not state"),
    "more Lean": (
        lambda folder: (folder / "certificate.lean").open("a").write("#eval 1\n") and None,
        1,
        "does not state",
    ),
    "no Lean file": (lambda folder: (folder / "certificate.lean").unlink(), 2, "no file"),
    "no weights": (lambda folder: (folder / "weights.npz").unlink(), 2, "no file"),
}


@pytest.mark.parametrize("what", TAMPERED)
def test_what_was_tampered_with_is_refused(what: str, sample_library: Path, copy: Path) -> None:
    tamper, code, says = TAMPERED[what]
    tamper(copy)
    error = check_command(sample_library, copy)
    assert error is not None
    assert error.exit_code == code, error
    assert re.search(says, str(error)), error
    assert "\n" not in str(error)


def test_a_valid_proof_of_an_easier_problem_is_refused(
    sample_book: Book, sample_library: Path, copy: Path
) -> None:
    """Fewer errors in the record and in a Lean file that the kernel would accept."""
    record = read_record(copy / "certificate.json")
    stated = record["numbers"]
    easier = certify_split(
        sample_book, n=stated["n"], k=stated["k"], errors=1, entropy=fmpq(1, 100),
        delta=fmpq(1, 25), draws_delta=fmpq(1, 100),
    )  # fmt: skip
    (copy / "certificate.lean").write_text(render_split(easier, record["parts"]["prior"]))
    error = check_command(sample_library, copy)
    assert isinstance(error, FailureError)
    assert "does not state what the weights and data give" in str(error)
    stated.update(errors=1, q=str(easier.q), K="1/100", r=str(easier.r), p=str(easier.p))
    (copy / "certificate.json").write_text(json.dumps(record))
    error = check_command(sample_library, copy)
    assert isinstance(error, FailureError)
    assert "numbers.K = 1/100" in str(error)


def test_another_csv_file_is_refused(sample_library: Path, blobs: Path, tmp_path: Path) -> None:
    other = tmp_path / "other.csv"
    other.write_text(blobs_csv().replace("a", "c"), encoding="utf-8")
    error = check_command(sample_library, blobs / "certificate", "--csv", str(other))
    assert isinstance(error, FailureError)
    assert "another hash" in str(error)


def test_data_that_only_look_like_scikit_learn_s_are_refused(
    sample_book: Book, sample_library: Path, tmp_path: Path
) -> None:
    """A certificate that is right in all but that its labels are not those of the data set."""
    raw = built_in("breast-cancer")
    labels = raw.labels.copy()
    labels[:200] = (raw.values[:200, 0] < 15).astype(np.int64)
    write_sample(sample_book, tmp_path / "true", raw, 100)
    assert check_command(sample_library, tmp_path / "true") is None
    write_sample(sample_book, tmp_path / "false", Raw(raw.name, raw.values, labels), 100)
    error = check_command(sample_library, tmp_path / "false")
    assert isinstance(error, FailureError)
    assert "not those of scikit-learn's breast-cancer" in str(error)


def test_what_unpacks_to_too_much_is_refused(copy: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(arrays, "_MOST_UNPACKED", 1000)
    with pytest.raises(UsageError, match="unpacks to"):
        read_arrays(copy / "weights.npz", {"start": "<i8", "prior": "<i8", "posterior": "<i8"})


@pytest.mark.parametrize("shape", ["(3,)", "(999999999999,)", "(2, 8)", "(99999999999, 9)"])
def test_a_shape_that_the_numbers_do_not_fill_is_refused(shape: str, tmp_path: Path) -> None:
    text = f"{{'descr': '<i8', 'fortran_order': False, 'shape': {shape}, }}\n"
    content = b"\x93NUMPY\x01\x00" + len(text).to_bytes(2, "little") + text.encode() + b"\0" * 16
    held = io.BytesIO()
    with zipfile.ZipFile(held, "w") as archive:
        archive.writestr("start.npy", content)
    (tmp_path / "a.npz").write_bytes(held.getvalue())
    with pytest.raises(UsageError, match="do not make the shape"):
        read_arrays(tmp_path / "a.npz", {"start": "<i8"})


def test_no_text_makes_reading_fail_with_anything_but_a_sentence(
    blobs: Path, tmp_path: Path
) -> None:
    known = random.Random(0)
    text = (blobs / "certificate" / "certificate.json").read_bytes()
    path = tmp_path / "certificate.json"
    refused, said = 0, []
    for _ in range(2000):
        content = bytearray(text)
        for _ in range(known.randint(1, 4)):
            place, length = known.randrange(len(content)), known.choice((0, 1, 1, 5, 60))
            more = bytes(known.choices(b'0123456789"{}[],:-.eNaI\\u\xff\n ', k=known.randint(0, 4)))
            content[place : place + length] = more
        path.write_bytes(content)
        try:
            read_record(path)
        except UsageError as error:
            refused += 1
            said.append(str(error))
    assert refused > 1000
    assert not any("\n" in text for text in said)


def test_only_numbers_reach_the_lean_file(blobs: Path) -> None:
    text = (blobs / "certificate" / "certificate.lean").read_text(encoding="utf-8")
    assert "csv" not in text
    assert "blobs" not in text
    assert text.count("decide +kernel") == 11
    assert max(map(len, text.splitlines())) < 600


def test_the_hypotheses_of_the_theorem_are_those_that_the_file_gives(
    checkout: Project, blobs: Path
) -> None:
    if not checkout.theorems_json.is_file():
        pytest.skip("the library is not proved: run `make`")
    declarations = Book.load(checkout.theorems_json).declarations
    if THEOREM not in declarations:
        pytest.skip(f"the catalog has no {THEOREM}")
    text = (blobs / "certificate" / "certificate.lean").read_text(encoding="utf-8")
    given = text[text.index("split_certified μ") :]
    for hypothesis in declarations[THEOREM]["hypotheses"]:
        if hypothesis["name"] != "hℓ":
            assert f"({hypothesis['name']} := " in given, hypothesis["name"]


@pytest.mark.lean
@pytest.mark.timeout(2400)
def test_the_kernel_accepts_a_certificate_and_no_smaller_risk(
    checkout: Project, sample_book: Book, run_cli: Run, tmp_path: Path
) -> None:
    if THEOREM not in Book.load(checkout.theorems_json).declarations:
        pytest.skip(f"the catalog has no {THEOREM}")
    given = {"n": 500, "k": 1000, "entropy": fmpq(9, 10)}
    found, none = (
        certify_split(
            sample_book, **given, errors=errors, delta=fmpq(1, 25), draws_delta=fmpq(1, 100)
        )
        for errors in (20_000, 0)
    )
    text = render_split(found, 400)
    lower = found.p - fmpq(2, 10**12)
    (tmp_path / "good.lean").write_text(text, encoding="utf-8")
    (tmp_path / "bad.lean").write_text(text.replace(str(found.p), str(lower)), encoding="utf-8")
    (tmp_path / "none.lean").write_text(render_split(none, 400), encoding="utf-8")
    codes = [
        run_cli(checkout, "check", str(tmp_path / f"{name}.lean"), timeout=2000).returncode
        for name in ("good", "bad", "none")
    ]
    run_cli(checkout, "stop")
    assert codes == [0, 1, 0]


def test_a_catalog_without_a_formula_is_named(blobs: Path) -> None:
    own = [d for d in declarations() if not d["name"].endswith("testSetBound")]
    with pytest.raises(UsageError, match="testSetBound"):
        recheck(Book(own), blobs / "certificate" / "certificate.json")
