"""Writes instances and numbers as JSON without loss, and reads them again.

A string of the JSON is a rational number such as ``"1/3"``, a list is a tuple; everything else that
JSON has no word for is an object that names its kind.  A ball is written by the exact midpoint and
radius, an instance by its class and its fields.
"""

from __future__ import annotations

import importlib
import json
import re
from collections.abc import Callable
from dataclasses import fields, is_dataclass
from types import FunctionType
from typing import Any

from flint import arb, ctx, fmpq, fmpz

from deeptheory.errors import UsageError

__all__ = ["InexactError", "decode", "encode", "encode_exactly"]

_PACKAGE = "deeptheory."
_LONGEST = 12_000
"""Bits of an integer that Python prints and reads."""
_RATIONAL = re.compile(r"-?\d+(?:/\d+)?\Z")


class InexactError(Exception):
    """A value cannot be written without loss, such as a function without a name."""


def encode(value: Any) -> Any:
    """Return a value as data for JSON.

    Raises
    ------
    InexactError
        Where it holds something that cannot be written.
    """
    if isinstance(value, int) and value.bit_length() > _LONGEST:
        raise InexactError("an integer of thousands of digits")
    if value is None or isinstance(value, bool | int):
        return value
    if isinstance(value, fmpq):
        return str(value)
    if isinstance(value, tuple) and type(value) is tuple:
        return [encode(entry) for entry in value]
    if is_dataclass(value) and not isinstance(value, type):
        made = {entry.name: encode(getattr(value, entry.name)) for entry in _fields(value)}
        return {"type": _name(type(value)), "fields": made}
    for kind, write in _WRITERS.items():
        if type(value) is kind:
            return write(value)
    raise InexactError(f"a value of the type {type(value).__name__}")


def encode_exactly(value: Any) -> Any:
    """Return a value as data for JSON from which `decode` makes an equal one.

    Raises
    ------
    InexactError
        Where there is no such data.
    """
    data = encode(value)
    if decode(json.loads(json.dumps(data))) != value:
        raise InexactError(f"a value of the type {type(value).__name__}, which has hidden parts")
    return data


def decode(data: Any) -> Any:
    """Return the value that `encode` has written.

    Raises
    ------
    UsageError
        Where the data cannot be read.
    """
    if data is None or isinstance(data, bool | int):
        return data
    if isinstance(data, str):
        return _rational(data)
    if isinstance(data, list):
        return tuple(decode(entry) for entry in data)
    if isinstance(data, dict) and data.keys() == {"type", "fields"}:
        return _instance(data)
    if isinstance(data, dict) and len(data) == 1:
        (kind, content), *_ = data.items()
        if kind in _READERS:
            try:
                return _READERS[kind](content)
            except (TypeError, ValueError, ArithmeticError) as error:
                raise UsageError(f"{_short(data)} is no {kind}: {error}.") from error
    raise UsageError(f"{_short(data)} is no value of an instance.")


def _short(data: Any) -> str:
    text = json.dumps(data, ensure_ascii=False, default=str)
    return text if len(text) <= 60 else f"{text[:57]}..."


def _rational(text: str) -> fmpq:
    if not _RATIONAL.match(text):
        raise UsageError(f"{_short(text)} is no rational number: write it as 3 or as -1/3.")
    top, _, bottom = text.partition("/")
    if bottom and not fmpz(bottom):
        raise UsageError(f"{_short(text)} divides by zero.")
    return fmpq(fmpz(top), fmpz(bottom or "1"))


def _fields(value: Any) -> list[Any]:
    """Return the fields that make an instance."""
    return [entry for entry in fields(value) if entry.init]


def _name(value: Any) -> str:
    """Return the name of a class or a function of this package.

    Raises
    ------
    InexactError
        Where the name does not lead back to it.
    """
    name = f"{value.__module__}:{value.__qualname__}"
    try:
        found = _named(name)
    except UsageError as error:
        raise InexactError(f"{value.__qualname__}, which has no name of its own") from error
    if found is not value:
        raise InexactError(f"{value.__qualname__}, whose name is that of another")
    return name


def _named(name: str) -> Any:
    module, _, qualified = name.partition(":")
    if not module.startswith(_PACKAGE) or not qualified:
        raise UsageError(f"{_short(name)} names nothing of this package.")
    try:
        found: Any = importlib.import_module(module)
        for part in qualified.split("."):
            found = getattr(found, part)
    except (ImportError, AttributeError) as error:
        raise UsageError(f"There is no {name} in this version of the package.") from error
    return found


def _instance(data: dict[str, Any]) -> Any:
    kind = _named(str(data["type"]))
    given = data["fields"]
    if not (isinstance(kind, type) and is_dataclass(kind) and isinstance(given, dict)):
        raise UsageError(f"{_short(data)} describes no instance.")
    try:
        return kind(**{name: decode(value) for name, value in given.items()})
    except (TypeError, ValueError, ArithmeticError) as error:
        raise UsageError(f"{data['type']} cannot be made from these fields: {error}.") from error


def _sorted(values: Any) -> list[Any]:
    return sorted((encode(value) for value in values), key=json.dumps)


def _write_ball(value: arb) -> dict[str, Any]:
    if not value.is_finite():
        raise InexactError("a ball without end")
    parts = value.mid().man_exp(), value.rad().man_exp()
    return {"ball": [[int(number) for number in part] for part in parts]}


def _read_ball(content: Any) -> arb:
    (mid, mid_exponent), (rad, rad_exponent) = content
    bits = 64 + max(int(mid).bit_length(), int(rad).bit_length())
    with ctx.workprec(bits):
        return arb((mid, mid_exponent), (rad, rad_exponent))


def _function(name: Any) -> Any:
    found = _named(str(name))
    if not isinstance(found, FunctionType):
        raise UsageError(f"{_short(name)} names no function.")
    return found


_WRITERS: dict[type, Callable[[Any], Any]] = {
    arb: _write_ball,
    fmpz: lambda value: {"integer": str(value)},
    float: lambda value: {"float": value.hex()},
    str: lambda value: {"text": value},
    list: lambda value: {"list": [encode(entry) for entry in value]},
    frozenset: lambda value: {"set": _sorted(value)},
    dict: lambda value: {"map": [[encode(k), encode(v)] for k, v in value.items()]},
    FunctionType: lambda value: {"function": _name(value)},
}
_READERS: dict[str, Callable[[Any], Any]] = {
    "ball": _read_ball,
    "integer": lambda content: fmpz(int(content)),
    "float": float.fromhex,
    "text": str,
    "list": lambda content: [decode(entry) for entry in content],
    "set": lambda content: frozenset(decode(entry) for entry in content),
    "map": lambda content: {decode(k): decode(v) for k, v in content},
    "function": _function,
}
