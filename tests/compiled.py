"""Compiled Lean modules in another layout, and what Lean itself says of a statement."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from typing import Any

from deeptheory.kernel.image import Image

ARRAY, SCALARS, STRING, BIG = 246, 248, 249, 250
BASE = 0x5A00_0000_0000


def widen(image: Image, version: bytes, target: Path) -> Path:
    """Write what a module says with words of 64 bits, as a Lean that is no WebAssembly lays it out.

    Parameters
    ----------
    image : Image
        A module in one part with words of 32 bits.
    version : bytes
        Everything of its header before the base address.
    target : Path
        Where to write.
    """
    assert image.word == 4
    out = bytearray(version[:80] + BASE.to_bytes(8, "little") + bytes(8))
    moved: dict[int, int] = {}

    def word(p: int) -> bytes:
        if p & 1:
            return p.to_bytes(8, "little")
        return moved[p].to_bytes(8, "little")

    (root,) = image.roots
    for p in _children_first(image, root):
        begin = p - image.base
        header = bytes(image.bytes[begin : begin + 8])
        tag, size = header[7], int.from_bytes(header[4:6], "little")
        moved[p] = BASE + len(out)
        if tag == STRING:
            chars = image.text(p).encode() + b"\0"
            length = image.words[begin // 4 + 4]
            sizes = (len(chars), len(chars), length)
            body = b"".join(n.to_bytes(8, "little") for n in sizes) + chars
        elif tag == ARRAY:
            items = image.items(p)
            body = len(items).to_bytes(8, "little") * 2 + b"".join(map(word, items))
        elif tag == SCALARS:
            count = image.words[begin // 4 + 2]
            each = header[6]
            body = count.to_bytes(8, "little") * 2
            body += image.bytes[begin + 16 : begin + 16 + count * each]
        elif tag == BIG:
            number = image.natural(p)
            limbs = -(-number.bit_length() // 64)
            digits = number.to_bytes(8 * limbs, "little")
            place = (moved[p] + 24).to_bytes(8, "little")
            body = limbs.to_bytes(4, "little") * 2 + place + digits
        else:
            assert tag < 245, tag
            body = b"".join(word(image.field(p, k)) for k in range(header[6]))
            scalars = image.bytes[begin + 8 + 4 * header[6] : begin + max(size, 8)]
            body += scalars
        out += header + body
        out += bytes(-len(out) % 8)
    out[6] |= 1  # large numbers as GMP has them
    out[88:96] = moved[root].to_bytes(8, "little")
    target.parent.mkdir(parents=True, exist_ok=True)
    target.write_bytes(out)
    return target


def _children_first(image: Image, root: int) -> Iterator[int]:
    done: set[int] = set()
    stack = [root]
    while stack:
        p = stack[-1]
        if p & 1 or p in done:
            stack.pop()
            continue
        tag = image.bytes[p - image.base + 7]
        if tag in (STRING, SCALARS, BIG):
            below: list[int] = []
        elif tag == ARRAY:
            below = list(image.items(p))
        else:
            below = [image.field(p, k) for k in range(image.bytes[p - image.base + 6])]
        waiting = [q for q in below if not q & 1 and q not in done]
        if waiting:
            stack += waiting
        else:
            done.add(p)
            stack.pop()
            yield p


def told_by_lean(raw: dict[str, Any], constant: dict[str, Any]) -> Any:
    """Return a statement as Lean's own functions walked it, in the form of `told_by_export`.

    Universe levels and the names of binders are left out.
    """
    nodes = raw["exprs"]
    binders = constant["binders"]
    names = [b["name"] for b in binders]

    def build(i: int, bound: tuple[str, ...], depth: int) -> Any:
        kind, *rest = nodes[i]
        if kind == "f":
            return ("var", len(bound) + depth - 1 - names.index(rest[0]))
        if kind == "b":
            return ("var", rest[0])
        if kind == "c":
            return ("const", rest[0])
        if kind == "a":
            return ("app", build(rest[0], bound, depth), build(rest[1], bound, depth))
        if kind in "lp":
            word = "lam" if kind == "l" else "forallE"
            inner = (*bound, rest[0])
            return (word, build(rest[1], bound, depth), build(rest[2], inner, depth))
        if kind == "e":
            inner = (*bound, rest[0])
            parts = (build(rest[1], bound, depth), build(rest[2], bound, depth))
            return ("letE", *parts, build(rest[3], inner, depth))
        if kind == "j":
            return ("proj", rest[0], rest[1], build(rest[2], bound, depth))
        return {"n": ("natVal", *rest), "s": ("strVal", *rest), "u": ("sort",)}[kind]

    result = build(constant["conclusion_expr"], (), len(binders))
    for k in reversed(range(len(binders))):
        result = ("forallE", build(binders[k]["expr"], (), k), result)
    return result


def told_by_export(tables: Any, lines: list[dict[str, Any]], index: int) -> Any:
    """Return the same from the lines of an export.

    Parameters
    ----------
    tables : Tables
        The tables, for the names.
    lines : list of dict
        The lines of expressions, by index.
    index : int
        The expression.
    """

    def build(i: int) -> Any:
        line = lines[i]
        kind = next(key for key in line if key != "ie")
        data = line[kind]
        if kind == "app":
            return ("app", build(data["fn"]), build(data["arg"]))
        if kind in ("lam", "forallE"):
            return (kind, build(data["type"]), build(data["body"]))
        if kind == "letE":
            return (kind, build(data["type"]), build(data["value"]), build(data["body"]))
        if kind == "const":
            return ("const", tables.names[data["name"]])
        if kind == "proj":
            return ("proj", tables.names[data["typeName"]], data["idx"], build(data["struct"]))
        if kind == "bvar":
            return ("var", data)
        return ("sort",) if kind == "sort" else (kind, data)

    return build(index)
