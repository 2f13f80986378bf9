"""A certificate with what it was made from, and ways to tamper with its arrays."""

from __future__ import annotations

import io
import random
import struct
import zipfile
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import numpy as np

from deeptheory.certify.data import Examples, Parts
from deeptheory.certify.law import TOTAL, GridLaw
from deeptheory.certify.network import Network
from deeptheory.formulas import Book

Special = Callable[[Path], None]
Files = dict[str, bytes | Special]
JSON, LEAN, DATA, WEIGHTS = "certificate.json", "certificate.lean", "data.npz", "weights.npz"


@dataclass(frozen=True)
class Genuine:
    """A certificate that `certify check` confirms, with what it was made from."""

    files: dict[str, bytes]
    record: dict[str, Any]
    csv: Path
    network: Network
    law: GridLaw
    examples: Examples
    parts: Parts
    book: Book


# Arrays


def unpacked(content: bytes) -> dict[str, Any]:
    with np.load(io.BytesIO(content)) as held:
        return {name: held[name].copy() for name in held.files}


def read_plainly(content: bytes) -> dict[str, Any]:
    """Read the arrays of an npz file member by member."""
    with zipfile.ZipFile(io.BytesIO(content)) as archive:
        return {name: np.lib.format.read_array(archive.open(name)) for name in archive.namelist()}


def npy(array: Any, *, version: tuple[int, int] | None = None) -> bytes:
    held = io.BytesIO()
    np.lib.format.write_array(held, array, version=version, allow_pickle=True)
    return held.getvalue()


def packed(members: list[tuple[str, bytes]], method: int = zipfile.ZIP_DEFLATED) -> bytes:
    held = io.BytesIO()
    with zipfile.ZipFile(held, "w", method) as archive:
        for name, content in members:
            archive.writestr(zipfile.ZipInfo(name), content, method)
    return held.getvalue()


def members(content: bytes) -> list[tuple[str, bytes]]:
    with zipfile.ZipFile(io.BytesIO(content)) as archive:
        return [(entry.filename, archive.read(entry)) for entry in archive.infolist()]


def arrays(rng: random.Random, own: Genuine, _: Genuine) -> Files:
    """Change numbers, types, shapes or names of arrays."""
    name = rng.choice([DATA, WEIGHTS])
    held = unpacked(own.files[name])
    key = rng.choice(list(held))
    array = held[key]
    flat = array.reshape(-1)
    at = rng.randrange(flat.size)
    size = array.dtype.itemsize * 8 - 1
    kind = rng.randrange(14)
    if kind < 4:
        flat[at] = rng.choice([int(flat[at]) + 1, int(flat[at]) - 1, -int(flat[at]), 0, 1,
                               2**size - 1, -(2**size), 2**31 - 1, -(2**31)])  # fmt: skip
    elif kind == 4 and array.ndim == 2:  # the sums of rows stay
        row = array[rng.randrange(len(array))]
        i, j = rng.randrange(len(row)), rng.randrange(len(row))
        amount = min(int(row[i]), rng.choice([1, 5, 2**20, TOTAL]))
        row[i] -= amount
        row[j] += amount
    elif kind == 5:
        dtype = rng.choice(["<i4", "<i8", ">i4", ">i8", "<u4", "<f8", "<c16", "?", "S8", "U4", "O",
                            [("a", "<i4")], "<M8[s]", "<i2"])  # fmt: skip
        try:
            held[key] = array.astype(dtype)
        except (TypeError, ValueError):
            held[key] = np.zeros(array.shape, dtype)
    elif kind == 6:
        held[key] = rng.choice([array.T, array.ravel(), array[1:], array[:-1], array[None],
                                array[..., :-1], array[:0], np.asfortranarray(array), flat[0],
                                np.concatenate([array, array]), array[::-1], np.array(7),
                                np.zeros((0, 0, 0), array.dtype)])  # fmt: skip
    elif kind == 7:
        held[rng.choice(["more", "../x", "", "a" * 500, "start ", "\u202e", "x.npy"])] = array
    elif kind == 8:
        held.pop(key)
    elif kind == 9:
        held[rng.choice(["inputs ", "Prior", "labels.npy", "x"])] = held.pop(key)
    elif kind == 10:
        one, two = rng.choice(list(held)), rng.choice(list(held))
        held[one], held[two] = held[two], held[one]
    elif kind == 11:
        held[key] = np.array([{"a": 1}, print], dtype=object)
    elif kind == 12:
        other = own.files[DATA if name == WEIGHTS else WEIGHTS]
        held.update(rng.choice([{}, unpacked(other)]))
    else:
        rows = np.arange(len(array))
        np.random.default_rng(rng.randrange(2**32)).shuffle(rows)
        held[key] = array[rows]
    method = rng.choice([zipfile.ZIP_STORED, zipfile.ZIP_DEFLATED])
    return {name: packed([(f"{k}.npy", npy(v)) for k, v in held.items()], method)}


HEADERS = (
    "{'descr': '<i8', 'fortran_order': False, 'shape': (3,), }",
    "{'descr': '<i8', 'fortran_order': False, 'shape': (0,), }",
    "{'descr': '<i8', 'fortran_order': False, 'shape': (), }",
    "{'descr': '<i8', 'fortran_order': False, 'shape': (999999999999, 9), }",
    "{'descr': '<i8', 'fortran_order': False, 'shape': (-1,), }",
    "{'descr': '<i8', 'fortran_order': False, 'shape': (3L,), }",
    "{'descr': '<i8', 'fortran_order': True, 'shape': (3, 4), }",
    "{'descr': '<i8', 'fortran_order': False, 'shape': __import__('os').getcwd(), }",
    "{'descr': '|O', 'fortran_order': False, 'shape': (1,), }",
    "{'descr': '" + "<" * 5000 + "', 'fortran_order': False, 'shape': (1,), }",
    "(" * 3000, "", "{}", "é", "\0" * 60,
)  # fmt: skip


def headers(rng: random.Random, own: Genuine, _: Genuine) -> Files:
    """Change the header of an array in the npz file."""
    name = rng.choice([DATA, WEIGHTS])
    found = members(own.files[name])
    at = rng.randrange(len(found))
    key, content = found[at]
    length = int.from_bytes(content[8:10], "little")
    head, rest = content[10 : 10 + length], content[10 + length :]
    kind = rng.randrange(7)
    if kind == 0:
        head = rng.choice(HEADERS).encode() + rng.choice([b"\n", b"  \n", b""])
    elif kind == 1:
        place = rng.randrange(len(head))
        head = head[:place] + rng.randbytes(rng.randint(0, 3)) + head[place + rng.randint(0, 2) :]
    elif kind == 2:
        rest = rng.choice([rest[:-1], rest + b"\0", rest[8:], b"", rest + rest])
    elif kind == 3:
        head = head.rstrip() + b" " * rng.choice([0, 1, 64, 5000, 60_000]) + b"\n"
    version = rng.choice([b"\1\0", b"\1\0", b"\2\0", b"\3\0", b"\x09\0", b"\0\0", b"\xff\xff"])
    size = 2 if version == b"\1\0" else 4
    told = len(head) if kind != 4 else rng.choice([0, 2**16 - 1, len(head) + 1])
    content = b"\x93NUMPY" + version + struct.pack("<I", told)[:size] + head + rest
    if kind == 5:
        content = content[: rng.randrange(len(content))]
    if kind == 6:
        content = rng.choice([b"", b"\x93NUMPY", b"cos\nsystem\n(S'x'\ntR.", rng.randbytes(90)])
    found[at] = key, content
    return {name: packed(found)}


def containers(rng: random.Random, own: Genuine, _: Genuine) -> Files:
    """Change the zip file around the arrays."""
    name = rng.choice([DATA, WEIGHTS])
    content = own.files[name]
    found = members(content)
    kind = rng.randrange(10)
    if kind == 0:
        method = rng.choice([zipfile.ZIP_STORED, zipfile.ZIP_BZIP2, zipfile.ZIP_LZMA])
        content = packed(found, method)
    elif kind == 1:
        content = packed(rng.choice([[*found, found[0]], found[::-1], found * 40, []]))
    elif kind == 2:
        content = rng.randbytes(rng.randint(1, 40)) + content
    elif kind == 3:
        content += rng.choice([rng.randbytes(rng.randint(1, 40)), content, b"\0" * 70_000])
    elif kind == 4:
        content = content[: rng.randrange(len(content))]
    elif kind == 5:
        held = io.BytesIO(content)
        with zipfile.ZipFile(held, "a") as archive:
            archive.comment = rng.choice([b"x", b"PK\5\6" + b"\0" * 18, b"y" * 65_535])
        content = held.getvalue()
    else:
        changed = bytearray(packed(found, rng.choice([0, 8, 8, 12, 14])) if kind < 8 else content)
        start = changed.rfind(b"PK\1\2") if kind % 2 else 0
        for _round in range(rng.choice((1, 1, 2, 5))):
            spot = rng.randrange(max(start, 0), len(changed))
            changed[spot] = rng.choice([0, 1, 255, rng.randrange(256), changed[spot] ^ 1])
        content = bytes(changed)
    return {name: content}
