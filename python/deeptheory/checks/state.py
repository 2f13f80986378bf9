"""What an interrupted run has done so far, one file a theorem, so that the next one goes on."""

from __future__ import annotations

import contextlib
import json
import time
from collections.abc import Callable
from pathlib import Path
from typing import Any

from deeptheory.checks.engine import Progress
from deeptheory.files import write_atomically

__all__ = ["State"]

_SCHEMA = 1


class State(Progress):
    """Keeps in a file how far the check of a theorem is.

    Parameters
    ----------
    path : Path
        The file.
    key : str
        A hash of all that the result depends on: what was kept under another one is not taken up.
    stopped : callable, optional
        Whether the run is to stop; asked after each instance.
    every : float
        The seconds from one writing to the next.
    """

    def __init__(
        self,
        path: Path,
        key: str,
        *,
        stopped: Callable[[], bool] = lambda: False,
        every: float = 1.0,
    ) -> None:
        self.path, self.key, self.stopped, self.every = path, key, stopped, every
        self._written = time.monotonic()
        self._last: dict[str, Any] | None = None

    def _read(self) -> dict[str, Any]:
        try:
            document = json.loads(self.path.read_text(encoding="utf-8"))
            if document["schema"] == _SCHEMA and document["key"] == self.key:
                return dict(document)
        except (OSError, ValueError, KeyError, TypeError):
            pass
        return {}

    def _write(self, **content: Any) -> None:
        document = {"schema": _SCHEMA, "key": self.key, **content}
        write_atomically(self.path, json.dumps(document, ensure_ascii=False))
        self._written = time.monotonic()

    def known(self) -> bool:
        """Whether an earlier run has kept anything."""
        return bool(self._read())

    def result(self) -> dict[str, Any] | None:
        """Return the result of a check that has ended, if the file holds one."""
        return self._read().get("result")

    def finish(self, result: dict[str, Any]) -> None:
        """Keep the result of a check that has ended."""
        self._write(result=result)

    def earlier(self) -> dict[str, Any] | None:
        """Return what the interrupted run has found."""
        return self._read().get("kept")

    def forget(self) -> None:
        """Delete the file."""
        with contextlib.suppress(OSError):
            self.path.unlink(missing_ok=True)

    def pause(self) -> None:
        """Stop where that is asked for."""
        if self.stopped():
            raise KeyboardInterrupt

    def reached(self, kept: dict[str, Any]) -> None:
        """Write now and then."""
        self._last = kept
        if time.monotonic() - self._written >= self.every:
            self._write(kept=self._last)

    def interrupted(self) -> None:
        """Write what was found up to the last instance that was seen through."""
        if self._last is not None:
            self._write(kept=self._last)
