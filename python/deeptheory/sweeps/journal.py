"""Keeps finished points in a file, so that a sweep that was stopped goes on where it was."""

from __future__ import annotations

import json
import os
import time
from collections.abc import Mapping
from pathlib import Path
from types import TracebackType
from typing import IO, Any

from filelock import FileLock, Timeout

from deeptheory.errors import UsageError
from deeptheory.files import unwritable
from deeptheory.sweeps.evaluate import Row

__all__ = ["Journal", "journal_path"]

_SCHEMA = 1
_SYNC_SECONDS = 1.0


def journal_path(output: Path) -> Path:
    """Return where the journal of an output lies: beside it."""
    return output.with_name(f"{output.name}.journal")


class Journal:
    """The finished points of one sweep, a line of JSON each, after a line that names the sweep.

    A line that a crash left unfinished is dropped.  While a journal is open no other process can
    open it.

    Parameters
    ----------
    output : Path
        The file that the sweep will write; the journal lies beside it.
    key : str
        What identifies the sweep: its points have the same content exactly where keys agree.
    about : mapping
        What the sweep is, for people.
    resume : bool or None
        True asks for a journal of this sweep to go on with, False discards any, and None goes on
        where there is one of this sweep.

    Raises
    ------
    UsageError
        Where another process uses it, where it belongs to another sweep, where there is none to
        go on with, or where it cannot be written.
    """

    def __init__(
        self, output: Path, key: str, about: Mapping[str, Any], *, resume: bool | None
    ) -> None:
        self.path = journal_path(output)
        self.key = key
        self.about = dict(about)
        self.resume = resume
        self.rows: dict[int, Row] = {}
        self.resumed = 0
        self._lock = FileLock(f"{self.path}.lock")
        self._stream: IO[bytes] | None = None
        self._synced = 0.0

    def __enter__(self) -> Journal:
        try:
            self._lock.acquire(timeout=0)
        except Timeout:
            raise UsageError(
                f"Another process writes {self.path}: wait for it, or choose another output."
            ) from None
        except OSError as error:
            raise unwritable(self.path, error) from None
        try:
            self._open()
        except BaseException:
            self._release()
            raise
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        if self._stream is not None:
            self._stream.close()
        self._release()

    def add(self, index: int, row: Row) -> bool:
        """Keep a finished point; return False where it was finished before, which changes nothing.

        Raises
        ------
        UsageError
            Where the file cannot be written.
        """
        if index in self.rows:
            return False
        self.rows[index] = row
        assert self._stream is not None
        try:
            self._stream.write(_line({"point": index, "row": row}))
            self._stream.flush()
            if time.monotonic() - self._synced > _SYNC_SECONDS:
                os.fsync(self._stream.fileno())
                self._synced = time.monotonic()
        except OSError as error:
            raise unwritable(self.path, error) from None
        return True

    def remove(self) -> None:
        """Remove the file: the output holds everything."""
        if self._stream is not None:
            self._stream.close()
            self._stream = None
        self.path.unlink(missing_ok=True)

    def _open(self) -> None:
        try:
            content = self.path.read_bytes()
        except FileNotFoundError:
            content = b""
        except OSError as error:
            raise unwritable(self.path, error) from None
        if self.resume is False:
            content = b""
        good = self._read(content) if content else 0
        if self.resume and not good:
            raise UsageError(
                f"There is nothing to go on with at {self.path}: leave out --resume to begin."
            )
        try:
            self._stream = self.path.open("r+b" if good else "wb")
            self._stream.truncate(good)
            self._stream.seek(good)
            if not good:
                header = {"schema": _SCHEMA, "key": self.key, "sweep": self.about}
                self._stream.write(_line(header))
                self._stream.flush()
        except OSError as error:
            raise unwritable(self.path, error) from None

    def _read(self, content: bytes) -> int:
        """Take over the points of a journal; return how many of its bytes are good."""
        good = 0
        for line in content.splitlines(keepends=True):
            entry = _entry(line)
            if entry is None:
                break
            if good == 0:
                if entry.get("schema") != _SCHEMA or entry.get("key") != self.key:
                    raise UsageError(
                        f"{self.path} is the journal of another sweep ({_named(entry)}): finish "
                        "that one, choose another output, or discard it with --fresh."
                    )
            elif isinstance(entry.get("point"), int) and isinstance(entry.get("row"), dict):
                self.rows.setdefault(entry["point"], entry["row"])
            else:
                break
            good += len(line)
        self.resumed = len(self.rows)
        return good

    def _release(self) -> None:
        Path(self._lock.lock_file).unlink(missing_ok=True)
        self._lock.release()


def _line(entry: Mapping[str, Any]) -> bytes:
    return json.dumps(entry, ensure_ascii=False, separators=(",", ":")).encode() + b"\n"


def _entry(line: bytes) -> dict[str, Any] | None:
    """Read a line; None where it is not a whole one."""
    if not line.endswith(b"\n"):
        return None
    try:
        entry = json.loads(line)
    except ValueError:
        return None
    return entry if isinstance(entry, dict) else None


def _named(entry: Mapping[str, Any]) -> str:
    """Describe the sweep of a journal in one line."""
    about = entry.get("sweep")
    if not isinstance(about, dict):
        return "of another version"
    grid = ", ".join(f"{name}={text}" for name, text in about.get("grid", {}).items())
    named = f"{about.get('theorem', 'unknown')}, {grid}"
    return named if len(named) <= 200 else f"{named[:197]}..."
