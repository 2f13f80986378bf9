"""The JavaScript of the embedded toolchain: what is changed in it before it runs."""

from __future__ import annotations

import hashlib
import re

from deeptheory.errors import UsageError
from deeptheory.toolchain.pins import Patch, Pins

__all__ = ["prepare", "shorten"]

_ASSIGN = b"function assignWasmExports(wasmExports){"
_WORD = re.compile(rb"[A-Za-z_$][\w$]*")
_EXPORT = re.compile(
    rb'([A-Za-z_$][\w$]*)=Module\["\1"\]=(?:wasmTable=)?wasmExports\["[^"\\]*"\](?:\.value)?'
)


def _misfit(pins: Pins, what: str) -> UsageError:
    name = f"{pins.script.name} of {pins.package} {pins.version}"
    return UsageError(f"{name} {what}: nothing was installed.")


def prepare(script: bytes, pins: Pins) -> bytes:
    """Return the script as it runs: with the patches, and without what no code reads.

    Raises
    ------
    UsageError
        Where the script is not what the pins expect.
    """
    for patch in pins.patches:
        script = _replace(script, patch, pins)
    script = shorten(script, pins)
    if hashlib.sha256(script).hexdigest() != pins.patched:
        raise _misfit(pins, "has another hash after the patches than the pinned one")
    return script


def _replace(script: bytes, patch: Patch, pins: Pins) -> bytes:
    old = patch.old.encode()
    count = script.count(old)
    if count != 1:
        raise _misfit(pins, f"holds the text to patch {count} times instead of once")
    return script.replace(old, patch.new.encode())


def shorten(script: bytes, pins: Pins) -> bytes:
    """Drop the variables of the exports of the module that no code of the script reads.

    Each of some 200 000 exports has a variable and a line that sets it, also as a property of the
    object ``Module``: 99 % of a script of 89 MB, which each thread reads anew at its start.  Lean
    finds its own functions through the table of exports.  What stays is every variable whose name
    occurs anywhere else in the script, be it in a string.

    Raises
    ------
    UsageError
        Where the script has another form.
    """
    head, assign, tail = script.partition(_ASSIGN)
    body, brace, tail = tail.partition(b"}")
    head, var, declared = head.rpartition(b"var ")
    if not (assign and brace and var and declared.endswith(b";")):
        raise _misfit(pins, "does not list its exports as expected")
    names = declared[:-1].split(b",")
    lines = [line for line in body.split(b";") if line]
    matches = [_EXPORT.fullmatch(line) for line in lines]
    if not all(map(_WORD.fullmatch, names)) or not all(matches):
        raise _misfit(pins, "does not list its exports as expected")
    words = set(_WORD.findall(head)) | set(_WORD.findall(tail))
    kept = [name for name in names if name in words]
    set_here = [m[0] for m in matches if m is not None and m[1] in words]
    return b"".join([head, var, b",".join(kept), b";", assign, b";".join(set_here), brace, tail])
