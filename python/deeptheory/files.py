"""Writing a file as a whole or not at all."""

from __future__ import annotations

import io
import os
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import BinaryIO, TextIO

from deeptheory.errors import UsageError

__all__ = ["replacing", "replacing_bytes", "shown_path", "unwritable", "write_atomically"]

_LONGEST = 40  # characters of the name that the new file's name shows, below the systems' limits


@contextmanager
def replacing_bytes(
    path: Path, examine: Callable[[Path], None] | None = None
) -> Iterator[BinaryIO]:
    """Open a file that takes the place of the old one at the end, where no error came.

    A reader sees the old file or the new one, never a part, and so does whoever writes the same
    file at the same time.  Who may read it follows from the umask, as for any new file.

    Parameters
    ----------
    path : Path
        The file; its folder has to be there.
    examine : callable, optional
        Looks at what was written before it takes its place, and raises where it is not good.

    Raises
    ------
    UsageError
        Where the file cannot be written.
    """
    try:
        aside = path.with_name(f".{path.name[:_LONGEST]}.{os.urandom(8).hex()}.part")
        stream = aside.open("xb")
    except (OSError, ValueError) as error:
        raise unwritable(path, error) from None
    try:
        with stream:
            yield stream
        if examine is not None:
            examine(aside)
        os.replace(aside, path)
    except OSError as error:
        raise unwritable(path, error) from None
    finally:
        aside.unlink(missing_ok=True)


@contextmanager
def replacing(path: Path, examine: Callable[[Path], None] | None = None) -> Iterator[TextIO]:
    """Open a text file as `replacing_bytes` does; its folder is made where it is missing.

    Parameters
    ----------
    path : Path
        The file.
    examine : callable, optional
        Looks at what was written before it takes its place, and raises where it is not good.

    Raises
    ------
    UsageError
        Where the file cannot be written.
    """
    try:
        path.parent.mkdir(parents=True, exist_ok=True)
    except (OSError, ValueError) as error:
        raise unwritable(path, error) from None
    with replacing_bytes(path, examine) as stream:
        text = io.TextIOWrapper(stream, encoding="utf-8", newline="\n")
        yield text
        text.flush()


def write_atomically(path: Path, text: str) -> None:
    """Write a text as a file, as `replacing` does.

    Raises
    ------
    UsageError
        Where the file cannot be written.
    """
    with replacing(path) as stream:
        stream.write(text)


def shown_path(path: Path) -> str:
    """Return a path as a message shows it: on one line, and not endless."""
    text = str(path)
    text = text if text.isprintable() else repr(text)
    return text if len(text) <= 200 else f"{text[:200]}..."


def unwritable(path: Path, error: OSError | ValueError) -> UsageError:
    """Return the error that says why a file cannot be written."""
    why = error.strerror or error if isinstance(error, OSError) else "the name is not a file's"
    return UsageError(f"{shown_path(path)} cannot be written: {why}.")
