"""Folders shared with one process each, removed by whoever finds that their owner is gone."""

from __future__ import annotations

import contextlib
import shutil
import tempfile
from pathlib import Path

from filelock import FileLock, Timeout

__all__ = ["Box"]


class Box:
    """A new folder, marked as in use by a lock that ends with this process.

    Parameters
    ----------
    parent : Path
        Where to make it.  Boxes there whose owner is gone are removed.
    """

    def __init__(self, parent: Path) -> None:
        parent.mkdir(parents=True, exist_ok=True)
        with FileLock(parent / "lock"):
            self._sweep(parent)
            self.folder = Path(tempfile.mkdtemp(prefix="box-", dir=parent)).resolve()
            self._lock = FileLock(self._lock_path(self.folder))
            self._lock.acquire()

    @staticmethod
    def _lock_path(folder: Path) -> Path:
        return folder.with_name(folder.name + ".lock")

    @classmethod
    def _sweep(cls, parent: Path) -> None:
        for folder in parent.glob("box-*"):
            if not folder.is_dir():
                continue
            lock = FileLock(cls._lock_path(folder))
            with contextlib.suppress(Timeout, OSError):
                lock.acquire(timeout=0)
                shutil.rmtree(folder, ignore_errors=True)
                lock.release()
                cls._lock_path(folder).unlink(missing_ok=True)

    def remove(self) -> None:
        """Remove the folder."""
        shutil.rmtree(self.folder, ignore_errors=True)
        self._lock.release()
        with contextlib.suppress(OSError):
            self._lock_path(self.folder).unlink(missing_ok=True)
