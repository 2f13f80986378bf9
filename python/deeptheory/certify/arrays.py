"""Arrays of whole numbers in npz files, read without trusting the file.

Sizes are checked before anything is unpacked, and nothing is unpickled.
"""

from __future__ import annotations

import ast
import io
import math
import re
import struct
import zipfile
import zlib
from collections.abc import Mapping
from pathlib import Path

import numpy as np
from numpy.typing import NDArray

from deeptheory.certify.reading import read_bytes
from deeptheory.errors import UsageError
from deeptheory.files import replacing_bytes

__all__ = ["read_arrays", "write_arrays"]

_MOST_BYTES = 2**28
_MOST_UNPACKED = 2**29
_MOST_HEADER = 4096
_MOST_DIRECTORY = 4096
_DAMAGED = (
    zipfile.BadZipFile,
    zlib.error,
    struct.error,
    EOFError,
    OSError,
    RuntimeError,
    ValueError,
)
"""What reading a damaged zip file may end with."""
_SHAPE = r"\((?:0|[1-9][0-9]{0,11}),(?: (?:0|[1-9][0-9]{0,11}))?\)"
_HEADER = re.compile(
    rf"\{{'descr': '([^']{{2,8}})', 'fortran_order': False, 'shape': ({_SHAPE}), \}} *\n"
)


def write_arrays(path: Path, arrays: Mapping[str, NDArray[np.generic]]) -> None:
    """Write arrays to an npz file at once or not at all; the same arrays give the same bytes."""
    with replacing_bytes(path) as stream:
        np.savez_compressed(stream, **dict(arrays))  # type: ignore[arg-type]


def read_arrays(path: Path, dtypes: Mapping[str, str]) -> dict[str, NDArray[np.generic]]:
    """Read the arrays of an npz file.

    Parameters
    ----------
    path : Path
        The file.
    dtypes : mapping
        The names that it must hold, no others, each with its type such as ``<i8``.

    Raises
    ------
    UsageError
        Where the file is missing, too large, damaged, or holds something else.
    """
    content = read_bytes(path, _MOST_BYTES)
    if not _is_plain(content):
        raise UsageError(f"{path.name} is damaged or no npz file.")
    try:
        with zipfile.ZipFile(io.BytesIO(content)) as archive:
            entries = archive.infolist()
            wanted = sorted(f"{name}.npy" for name in dtypes)
            if sorted(entry.filename for entry in entries) != wanted:
                raise UsageError(f"{path.name} must hold exactly {', '.join(wanted)}.")
            unpacked = sum(entry.file_size for entry in entries)
            if unpacked > _MOST_UNPACKED:
                raise UsageError(
                    f"{path.name} unpacks to {unpacked} bytes, and {_MOST_UNPACKED} are the most."
                )
            read = {}
            for entry in entries:
                if entry.compress_type not in (zipfile.ZIP_STORED, zipfile.ZIP_DEFLATED):
                    raise UsageError(f"{path.name} is packed in a way that numpy does not pack.")
                with archive.open(entry) as stream:
                    # One byte more than announced would be a lie; none is read beyond it.
                    held = stream.read(entry.file_size + 1)
                name = entry.filename.removesuffix(".npy")
                read[name] = _array(f"{path.name}, {name}", held, dtypes[name])
            return read
    except _DAMAGED:
        raise UsageError(f"{path.name} is damaged or no npz file.") from None


def _is_plain(content: bytes) -> bool:
    """Whether a zip file begins, and ends with a short directory, as those of numpy do.

    So nothing stands before or behind the archive, and a directory of millions of entries, which
    would be read at once, is refused.
    """
    end = content[-22:]
    directory = int.from_bytes(end[12:16], "little")
    return (
        content.startswith(b"PK\3\4")
        and end.startswith(b"PK\5\6")
        and end.endswith(b"\0\0")
        and directory <= _MOST_DIRECTORY
        and not content[-42:].startswith(b"PK\6\7")  # the place of a larger directory
    )


def _array(where: str, content: bytes, dtype: str) -> NDArray[np.generic]:
    stream = io.BytesIO(content)
    try:
        plain = np.lib.format.read_magic(stream) == (1, 0)
        length = int.from_bytes(stream.read(2), "little")
        text = stream.read(min(length, _MOST_HEADER)).decode("ascii")
    except ValueError:
        plain = False
    if not plain:
        raise UsageError(f"{where}: damaged, or no array.")
    found = _HEADER.fullmatch(text)
    if found is None or found[1] != dtype:
        raise UsageError(f"{where}: the numbers must be of type {dtype}, row by row.")
    shape = ast.literal_eval(found[2])
    expected = math.prod(shape) * np.dtype(dtype).itemsize
    rest = content[stream.tell() :]
    if len(rest) != expected:
        raise UsageError(f"{where}: {len(rest)} bytes of numbers do not make the shape {shape}.")
    return np.frombuffer(rest, dtype=dtype).reshape(shape)
