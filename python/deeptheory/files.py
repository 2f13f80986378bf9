"""Writing a file as a whole or not at all."""

from __future__ import annotations

import os
import tempfile
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import TextIO

from deeptheory.errors import UsageError

__all__ = ["replacing"]


@contextmanager
def replacing(path: Path, examine: Callable[[Path], None] | None = None) -> Iterator[TextIO]:
    """Open a file that takes the place of the old one at the end, where no error came.

    Parameters
    ----------
    path : Path
        The file; its folder is made where it is missing.
    examine : callable, optional
        Looks at what was written before it takes its place, and raises where it is not good.

    Raises
    ------
    UsageError
        Where the file cannot be written.
    """
    try:
        path.parent.mkdir(parents=True, exist_ok=True)
        handle, aside = tempfile.mkstemp(prefix=f".{path.name}.", suffix=".part", dir=path.parent)
    except OSError as error:
        raise UsageError(f"{path} cannot be written: {error.strerror}.") from None
    try:
        os.chmod(aside, 0o644)
        with os.fdopen(handle, "w", encoding="utf-8", newline="\n") as stream:
            yield stream
        if examine is not None:
            examine(Path(aside))
        os.replace(aside, path)
    except OSError as error:
        Path(aside).unlink(missing_ok=True)
        raise UsageError(f"{path} cannot be written: {error.strerror}.") from None
    except BaseException:
        Path(aside).unlink(missing_ok=True)
        raise
