"""Tampers with certificates at random and sees what `deeptheory certify check` says to that.

The command runs in this process, from its parsed options on. Only the service that the kernel runs
in is exchanged, for one that notes the text which it is handed.

`python tests/certify_fuzz.py --count 100000` prints how many inputs of each kind were refused, with
which exit code, and how much processor time they took; `make fuzz` calls it.
"""

from __future__ import annotations

import argparse
import contextlib
import io
import json
import os
import random
import shutil
import stat
import sys
import tempfile
import time
from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any
from unittest import mock

from flint import fmpq

from certify_archives import DATA, JSON, LEAN, WEIGHTS, Files, Genuine, read_plainly
from certify_mutations import MUTATIONS, kinds
from certify_sample import NOTES, blobs_csv, by_hand, declarations
from deeptheory.certify.certificate import certify_network
from deeptheory.certify.csvdata import read_csv
from deeptheory.certify.data import Raw, built_in
from deeptheory.certify.run import write
from deeptheory.certify.sides import ENTROPY
from deeptheory.certify.split import DRAWS_LEVEL, LEVEL
from deeptheory.cli.certify_train import check
from deeptheory.errors import DeepTheoryError
from deeptheory.formulas import Book
from deeptheory.prove import client
from sample_catalog import write_checkout

__all__ = ["Fuzz", "Tally"]

_LONGEST = 900
_NOT_COMPARED = "the CSV file itself was not compared"


@dataclass
class Tally:
    """What became of the inputs of one kind."""

    inputs: int = 0
    codes: Counter[int] = field(default_factory=Counter)
    recomputed: int = 0
    seconds: float = 0.0  # of processor time
    slowest: float = 0.0


class Fuzz:
    """A place with genuine certificates, and a command that checks altered ones.

    Parameters
    ----------
    root : Path
        An empty folder, in which all is written.
    """

    def __init__(self, root: Path) -> None:
        self.root = root
        used = {f"DeepTheory.{name}" for name in (DRAWS_LEVEL, LEVEL, ENTROPY)}
        catalog = [entry for entry in declarations() if entry["name"] in used]
        book = Book(catalog)
        self.library = write_checkout(root / "library", catalog)
        blobs, apart = root / "blobs.csv", root / "apart.csv"
        blobs.write_text(blobs_csv(90), encoding="utf-8")
        apart.write_text(blobs_csv(90, 4.0), encoding="utf-8")
        self.folder = root / "certificate"
        self.pool = [
            self._genuine(book, read_csv(blobs), blobs, 1.0, 20, fmpq(1, 20)),
            self._genuine(book, read_csv(blobs), blobs, 0.5, 30, fmpq(1, 10)),
            self._genuine(book, read_csv(apart), apart, 1.0, 20, fmpq(1, 20)),
            self._genuine(book, built_in("breast-cancer"), blobs, 1.0, 20, fmpq(1, 20)),
        ]
        assert [own.record["numbers"]["errors"] == 0 for own in self.pool] == [0, 0, 1, 0]
        self.texts = {own.files[LEAN].decode() for own in self.pool}
        self.meanings = {
            self._meaning(own.files, compared) for own in self.pool for compared in (True, False)
        }
        self.handed: list[dict[str, Any]] = []
        self.held: dict[str, bytes] = {}
        self.tallies = {name: Tally() for name in MUTATIONS}

    def _genuine(
        self, book: Book, raw: Raw, csv: Path, weight: float, draws: int, delta: fmpq
    ) -> Genuine:
        network, law, examples, parts = by_hand(raw, weight)
        found = certify_network(
            book, network, law, examples, parts, seed=0, draws=draws, delta=delta
        )
        self.folder.mkdir()
        write(self.folder, found, examples, law, NOTES)
        files = {path.name: path.read_bytes() for path in self.folder.iterdir()}
        shutil.rmtree(self.folder)
        record = json.loads(files[JSON])
        return Genuine(files, record, csv, network, law, examples, parts, book)

    # What a certificate says

    @staticmethod
    def _meaning(files: dict[str, bytes], compared: bool) -> str:
        """Return what a certificate states, read in another way than the command does.

        Without the notes, and without the origin of the data where it was not compared.
        """

        def once(pairs: list[tuple[str, Any]]) -> dict[str, Any]:
            assert len(dict(pairs)) == len(pairs), "a key twice"
            return dict(pairs)

        record = json.loads(files[JSON].decode(), object_pairs_hook=once)
        del record["notes"]
        if not compared and record["data"]["name"] == "csv":
            del record["data"]["name"], record["data"]["source_sha256"]
        held = {
            f"{name}/{key}": [array.dtype.str, array.shape, array.tolist()]
            for name in (DATA, WEIGHTS)
            for key, array in read_plainly(files[name]).items()
        }
        return json.dumps([record, held, files[LEAN].decode()], sort_keys=True)

    # One input

    def check(self, own: Genuine, files: Files, *, csv: bool) -> tuple[int, str]:
        """Run the command on a certificate with other files; return its exit code and its words.

        Raises
        ------
        AssertionError
            Where it ends with anything but one sentence, writes something, hands text to the
            kernel that is none of the genuine ones, or accepts what states something else.
        """
        self._place(own, files)
        before, self.handed[:] = self._snapshot(), []
        said = io.StringIO()
        with contextlib.redirect_stdout(said), contextlib.redirect_stderr(said):
            try:
                check(self.folder / JSON, True, own.csv if csv else None, None, False)
                code, answer = 0, said.getvalue()
            except DeepTheoryError as error:
                code, answer = error.exit_code, str(error)
        assert self._snapshot() == before, "something was written"
        if code == 0:
            found = {
                name: content if isinstance(content := files.get(name, old), bytes) else b""
                for name, old in own.files.items()
            }
            named = json.loads(found[JSON])["data"]["name"]
            assert (_NOT_COMPARED in answer) == (named == "csv" and not csv)
            assert self._meaning(found, csv or named != "csv") in self.meanings
            assert [given["source"] for given in self.handed] == [found[LEAN].decode()]
            assert found[LEAN].decode() in self.texts
        else:
            assert code in (1, 2), code
            assert not self.handed, "refused text was handed to the kernel"
            assert answer.isprintable(), repr(answer)
            assert len(answer) <= _LONGEST, answer
            assert answer.endswith(".") or answer.endswith("--csv."), answer
            answer.encode("utf-8")
        return code, answer

    def _place(self, own: Genuine, files: Files) -> None:
        """Write those files that differ from what lies in the folder."""
        self.folder.mkdir(exist_ok=True)
        for name, old in own.files.items():
            content, path = files.get(name, old), self.folder / name
            if isinstance(content, bytes) and self.held.get(name) == content:
                continue
            if path.is_dir() and not path.is_symlink():
                path.rmdir()
            path.unlink(missing_ok=True)
            self.held.pop(name, None)
            if isinstance(content, bytes):
                path.write_bytes(content)
                self.held[name] = content
            else:
                content(path)

    def _snapshot(self) -> list[tuple[str, int, int, int]]:
        found = []
        for folder in (self.root, self.folder, self.root / "empty", self.library / "build"):
            for entry in os.scandir(folder):
                known = entry.stat(follow_symlinks=False)
                time_ns = 0 if stat.S_ISDIR(known.st_mode) else known.st_mtime_ns
                found.append((entry.path, known.st_mode, known.st_size, time_ns))
        return sorted(found)

    # Many inputs

    def run(self, count: int, seed: int) -> Iterator[tuple[str, int, str]]:
        """Check altered certificates; yield for each its kind, the exit code and what was said."""
        (self.root / "empty").mkdir(exist_ok=True)
        rng = random.Random(seed)
        taken = kinds(rng)
        with self._alone(), self._recomputations() as drawn:
            for number in range(count):
                kind = next(taken)
                own, other = rng.choice(self.pool), rng.choice(self.pool)
                if own.record["data"]["name"] != "csv" and rng.random() < 0.9:
                    own = self.pool[0]  # the data of scikit-learn take longer
                files = MUTATIONS[kind][1](rng, own, other)
                csv = rng.random() < 0.5
                begun = time.process_time()
                drawn.clear()
                try:
                    code, said = self.check(own, files, csv=csv)
                except BaseException as error:
                    error.add_note(f"input {number} of seed {seed}: {kind}, --csv: {csv}")
                    error.add_note(f"the files: {str(files)[:1500]}")
                    raise
                seconds = time.process_time() - begun
                tally = self.tallies[kind]
                tally.inputs += 1
                tally.codes[code] += 1
                tally.recomputed += bool(drawn)
                tally.seconds += seconds
                tally.slowest = max(tally.slowest, seconds)
                yield kind, code, said

    @contextlib.contextmanager
    def _recomputations(self) -> Iterator[list[int]]:
        """Note whether networks were drawn: all that comes before was as it should be then."""
        from deeptheory.certify import certificate

        drawn: list[int] = []
        whole = certificate.count_errors

        def noting(*args: Any, **kwargs: Any) -> Any:
            drawn.append(1)
            return whole(*args, **kwargs)

        with mock.patch.object(certificate, "count_errors", noting):
            yield drawn

    @contextlib.contextmanager
    def _alone(self) -> Iterator[None]:
        """Stand in an empty folder, with a service that only notes what it is handed."""

        def noted(_project: object, request: dict[str, Any], *_: object) -> dict[str, Any]:
            self.handed.append(request)
            return {"ok": True, "seconds": 0.0, "diagnostics": []}

        settings = {"DEEPTHEORY_PROJECT": str(self.library)}
        with (
            mock.patch.object(client, "ask", noted),
            mock.patch.dict(os.environ, settings),
            contextlib.chdir(self.root / "empty"),
        ):
            yield

    def report(self) -> str:
        """Return a table of what became of the inputs."""
        lines = [f"{'kind':20}{'inputs':>8}{'exit 0':>8}{'exit 1':>8}{'exit 2':>8}"
                 f"{'recomputed':>12}{'ms each':>9}{'slowest ms':>12}"]  # fmt: skip
        total = Tally()
        for tally in self.tallies.values():
            total.inputs += tally.inputs
            total.codes += tally.codes
            total.recomputed += tally.recomputed
            total.seconds += tally.seconds
            total.slowest = max(total.slowest, tally.slowest)
        for name, tally in [*self.tallies.items(), ("all", total)]:
            each = 1000 * tally.seconds / max(tally.inputs, 1)
            codes = "".join(f"{tally.codes[code]:8}" for code in (0, 1, 2))
            lines.append(
                f"{name:20}{tally.inputs:8}{codes}{tally.recomputed:12}{each:9.1f}"
                f"{1000 * tally.slowest:12.0f}"
            )
        return "\n".join(lines)


def main() -> None:
    """Check as many altered certificates as asked for, and print what became of them."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--count", type=int, default=100_000)
    parser.add_argument("--seed", type=int, default=0)
    given = parser.parse_args()
    with tempfile.TemporaryDirectory() as folder:
        fuzz = Fuzz(Path(folder).resolve())
        begun = time.perf_counter()
        for done, _ in enumerate(fuzz.run(given.count, given.seed), start=1):
            if done % 5000 == 0:
                print(f"{done} inputs, {time.perf_counter() - begun:.0f} s", file=sys.stderr)
        print(fuzz.report())
        print(f"{given.count} inputs with the seed {given.seed}")


if __name__ == "__main__":
    main()
