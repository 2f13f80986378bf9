"""The memory image in a compiled Lean module.

Lean writes a module's objects as they lie in memory, behind a short header, and maps the file when
the module is imported.  A module has up to three parts, each a file of its own: what other modules
see (``.olean``), what editors need (``.olean.server``) and what only the module itself sees, proofs
among it (``.olean.private``).  Later parts refer to objects of earlier ones.

An object begins with a header of eight bytes whose last byte is its tag and whose last but one is,
for a constructor, the number of its fields; fields follow, one word each, then scalars, large ones
first.  A word with the last bit set is a small number, or a constructor without fields.

Source: the layout of objects in ``lean.h`` and of compiled modules, both of Lean 4.28.
"""

from __future__ import annotations

import sys
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

from deeptheory.errors import UsageError

__all__ = ["Image", "LeanVersion"]

_MARKER = b"olean"
_FORMAT = 2
_BASE = 80
"""Where the header says for which address the image was written."""

_ARRAY, _STRING, _BIG = 246, 249, 250
_GMP = 1
"""The flag of an image whose large numbers are those of GMP."""

_LARGEST_GAP = 1 << 22
"""Parts of one module lie side by side but for rounding."""


@dataclass(frozen=True)
class LeanVersion:
    """The Lean that compiled a module.

    Attributes
    ----------
    version, githash : str
        Its version and its commit.
    """

    version: str
    githash: str


@dataclass(frozen=True)
class _Part:
    """One file: where it wants to lie, its root object, and its bytes."""

    path: Path
    lean: LeanVersion
    flags: int
    data: bytes

    def word_at(self, offset: int, size: int) -> int:
        """Return the number at an offset."""
        return int.from_bytes(self.data[offset : offset + size], "little")

    @property
    def word(self) -> int | None:
        """Bytes a word, where the root object lies in this file as it should."""
        for size in (8, 4):
            base, root = self.word_at(_BASE, size), self.word_at(_BASE + size, size)
            if base < root <= base + len(self.data) - 8 and base % 65536 == root % size == 0:
                return size
        return None


def _read_part(path: Path) -> _Part:
    try:
        data = path.read_bytes()
    except OSError as error:
        raise UsageError(f"The compiled module {path} cannot be read: {error.strerror}.") from None
    if len(data) < _BASE + 8 or data[:5] != _MARKER:
        raise UsageError(f"{path} is not a compiled Lean module: prove the library again.")
    if data[5] != _FORMAT:
        raise UsageError(
            f"{path} is a compiled module of format {data[5]}; format {_FORMAT} can be read."
        )
    version, githash = (text.rstrip(b"\0").decode() for text in (data[7:40], data[40:80]))
    return _Part(path, LeanVersion(version, githash), data[6], data)


class Image:
    """The objects of a module.

    An object is named by its address; ``words`` holds the image as words, the one at an address
    `p` at ``(p - base) // word``.

    Parameters
    ----------
    paths : sequence of Path
        The files of its parts, in order.

    Attributes
    ----------
    lean : LeanVersion
        What compiled it.
    roots : list of int
        The root object of each part.
    word : int
        Bytes a word: 8, or 4 for a Lean that runs as WebAssembly.
    bytes : bytearray
        The image as bytes.

    Raises
    ------
    UsageError
        Where a file is missing, damaged or of another format.
    """

    def __init__(self, paths: list[Path]) -> None:
        if sys.byteorder != "little":
            raise UsageError("Compiled Lean modules are read on little-endian machines only.")
        parts = [_read_part(path) for path in paths]
        first = parts[0]
        if first.word is None:
            raise UsageError(f"The compiled module {first.path} is damaged: prove again.")
        self.paths = paths
        self.lean = first.lean
        self.word = first.word
        self.base = end = first.word_at(_BASE, self.word)
        self.roots: list[int] = []
        image = bytearray()
        for part in parts:
            base = part.word_at(_BASE, self.word)
            if (part.flags, part.lean) != (first.flags, first.lean):
                raise UsageError(f"{part.path} was compiled by another Lean than {first.path}.")
            if not 0 <= base - end <= _LARGEST_GAP:
                raise UsageError(f"{part.path} does not belong to {first.path}: prove again.")
            image += bytes(base - end) + part.data
            end = base + len(part.data)
            self.roots.append(part.word_at(_BASE + self.word, self.word))
        image += bytes(-len(image) % 8)
        self._gmp = bool(first.flags & _GMP)
        self.bytes = image
        self.words = memoryview(image).cast("Q" if self.word == 8 else "I")
        self._header = 8 // self.word

    def index(self, p: int) -> int:
        """Return where the object at an address lies among the words."""
        return (p - self.base) // self.word

    def tag(self, p: int) -> int:
        """Return which constructor an object is of."""
        return p >> 1 if p & 1 else self.bytes[p - self.base + 7]

    def field(self, p: int, k: int) -> int:
        """Return field `k` of a constructor."""
        return self.words[(p - self.base) // self.word + self._header + k]

    def scalar(self, p: int, at: int = 0, size: int = 1) -> int:
        """Return a scalar of a constructor, which lies `at` bytes behind its fields."""
        offset = p - self.base
        begin = offset + 8 + self.bytes[offset + 6] * self.word + at
        return int.from_bytes(self.bytes[begin : begin + size], "little")

    def items(self, p: int) -> memoryview:
        """Return the elements of an array."""
        i = self._checked(p, _ARRAY)
        begin = i + self._header
        return self.words[begin + 2 : begin + 2 + self.words[begin]]

    def list(self, p: int) -> Iterator[int]:
        """Iterate over the elements of a list."""
        while not p & 1:
            yield self.field(p, 0)
            p = self.field(p, 1)

    def text(self, p: int) -> str:
        """Return a string."""
        i = self._checked(p, _STRING)
        size = self.words[i + self._header]
        begin = p - self.base + 8 + 3 * self.word
        return self.bytes[begin : begin + size - 1].decode()

    def natural(self, p: int) -> int:
        """Return a natural number."""
        if p & 1:
            return p >> 1
        i = self._checked(p, _BIG) + self._header
        if self._gmp:  # allocated (int), size (int), limbs of 64 bits
            size = int.from_bytes(self.bytes[p - self.base + 12 : p - self.base + 16], "little")
            limb = 8
            digits = self.words[i + 1]
        else:  # sign, size, digits of 32 bits
            size, digits, limb = self.words[i + 1], self.words[i + 2], 4
        begin = digits - self.base
        return int.from_bytes(self.bytes[begin : begin + size * limb], "little")

    def _checked(self, p: int, tag: int) -> int:
        offset = p - self.base
        if p & 1 or not 0 <= offset <= len(self.bytes) - 8 or self.bytes[offset + 7] != tag:
            raise UsageError(f"The compiled module {self.paths[-1]} is damaged: prove again.")
        return offset // self.word
