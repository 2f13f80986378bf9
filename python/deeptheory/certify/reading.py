"""Reads files whose content, size and kind nobody vouches for."""

from __future__ import annotations

import stat
from pathlib import Path

from deeptheory.errors import UsageError
from deeptheory.files import shown_path

__all__ = ["read_bytes", "read_text"]


def read_bytes(path: Path, most: int) -> bytes:
    """Read a file of at most so many bytes.

    What is no regular file is not opened: a pipe would never end, nor would a device.

    Raises
    ------
    UsageError
        Where the file is missing, too large, of another kind, or cannot be read.
    """
    try:
        found = path.stat()
        if not stat.S_ISREG(found.st_mode):
            raise UsageError(f"{shown_path(path)} cannot be read: it is no regular file.")
        size, content = found.st_size, b""
        if size <= most:
            with path.open("rb") as stream:
                content = stream.read(most + 1)
            size = len(content)
        if size > most:
            name = shown_path(Path(path.name))
            raise UsageError(f"{name} has {size} bytes, and {most} are the most.")
        return content
    except FileNotFoundError:
        raise UsageError(f"There is no file {shown_path(path)}.") from None
    except OSError as error:
        raise UsageError(f"{shown_path(path)} cannot be read: {error.strerror}.") from None
    except ValueError:
        raise UsageError(f"{shown_path(path)} cannot be read: no file has such a name.") from None


def read_text(path: Path, most: int) -> str:
    """Read a file of UTF-8 text with at most so many bytes.

    Raises
    ------
    UsageError
        Where `read_bytes` does, and where the file is no such text.
    """
    try:
        return read_bytes(path, most).decode("utf-8")
    except UnicodeDecodeError:
        raise UsageError(f"{shown_path(Path(path.name))} is not UTF-8 text.") from None
