"""Reads the values that a user gives for the parameters of a formula, exactly."""

from __future__ import annotations

import difflib
import math
import numbers
import re
import unicodedata
from collections.abc import Iterable, Mapping, Sequence
from typing import Any, TypeAlias

from flint import arb, fmpq, fmpz

from deeptheory.errors import UsageError
from deeptheory.formulas.syntax import Param

__all__ = ["Value", "bind", "exact_number", "match_name", "nearest", "read_value", "split_text"]

Value: TypeAlias = Any
"""An exact rational (``fmpq``), a ball (``arb``), a natural number, or nested tuples of them."""

_DECIMAL = re.compile(r"([+-]?)(?=[0-9.])([0-9]*)(?:\.([0-9]*))?(?:[eE]([+-]?[0-9]+))?")
_FRACTION = re.compile(r"[+-]?[0-9]+/[0-9]+")
_MAX_EXPONENT = 100_000
_MAX_LENGTH = 4000
"""Python reads no longer texts as integers than a few more digits than this."""


def nearest(name: str, known: Iterable[str]) -> str:
    """Return a sentence with the names nearest to an unknown one, empty where none is near.

    Examples
    --------
    >>> nearest("gd_convx", ["gd_convex", "gd_pl"])
    ' Did you mean gd_convex?'
    """
    folded = {candidate.casefold(): candidate for candidate in known}
    close = difflib.get_close_matches(name.casefold(), list(folded), n=3, cutoff=0.6)
    return f" Did you mean {' or '.join(folded[match] for match in close)}?" if close else ""


def exact_number(name: str, value: object) -> fmpq | arb:
    """Turn a number into an exact rational; a ball stays a ball.

    Parameters
    ----------
    name : str
        The parameter, for the error.
    value : int, Fraction, str, float, fmpq, fmpz or arb
        Decimal strings and fractions are exact (``"0.1"`` is 1/10); a float stands for the
        binary value it holds.

    Raises
    ------
    UsageError
        Where the value is no finite number.

    Examples
    --------
    >>> exact_number("L", "1e-3")
    1/1000
    """
    if isinstance(value, bool):
        raise UsageError(f"{name} is to be a number, not {value}.")
    if isinstance(value, fmpq):
        return value
    if isinstance(value, (int, fmpz)):
        return fmpq(value)
    if isinstance(value, arb):
        if not value.is_finite():
            raise UsageError(f"{name} is {value}; give a finite number.")
        return value
    if isinstance(value, str):
        return _from_text(name, value)
    if isinstance(value, numbers.Rational):
        return fmpq(int(value.numerator), int(value.denominator))
    if isinstance(value, numbers.Real):
        number = float(value)
        if math.isnan(number) or math.isinf(number):
            raise UsageError(f"{name} is {number}; give a finite number.")
        return fmpq(*number.as_integer_ratio())
    raise UsageError(
        f"{name} is to be a number (an integer, a fraction, a decimal), not {value!r}."
    )


def _from_text(name: str, value: str) -> fmpq:
    text = value.strip().replace("−", "-").replace("_", "")
    if len(text) > _MAX_LENGTH:
        raise UsageError(
            f"{name} is {len(text)} characters long; give at most {_MAX_LENGTH}, in the form 1e9 "
            "where the number is a round one."
        )
    if text.lstrip("+-").lower() in ("nan", "inf", "infinity", "∞"):
        raise UsageError(f"{name} is {text}; give a finite number.")
    if _FRACTION.fullmatch(text):
        top, bottom = (int(part) for part in text.split("/"))
        if bottom == 0:
            raise UsageError(f"{name} is {text}, a division by zero.")
        return fmpq(top, bottom)
    match = _DECIMAL.fullmatch(text)
    if match is None or not (match[2] or match[3]):
        raise UsageError(
            f"{name} is to be a number such as 2, 0.1, 1e-3 or 1/3, not {value.strip()!r}."
        )
    sign, whole, part, exponent = match[1], match[2], match[3] or "", int(match[4] or 0)
    if abs(exponent) > _MAX_EXPONENT:
        raise UsageError(f"{name} is {text}; its exponent is beyond {_MAX_EXPONENT}.")
    digits, shift = int(f"{sign}{whole}{part}"), exponent - len(part)
    return fmpq(digits * 10**shift) if shift >= 0 else fmpq(digits, 10**-shift)


def _natural(name: str, value: object) -> int:
    number = exact_number(name, value)
    if isinstance(number, arb):
        whole = number.unique_fmpz() if number.is_exact() else None
        number = fmpq(whole) if whole is not None and number == arb(whole) else number
    if not isinstance(number, fmpq) or number.q != 1 or number < 0:
        raise UsageError(f"{name} is a natural number (0, 1, 2, ...), and {value} is not one.")
    return int(number.p)


def split_text(text: str, *, rows: bool) -> list[Any]:
    """Split a vector ``1,2,3``, or the rows of a matrix ``1,2;3,4``, into the texts of numbers."""
    split = [row.split(",") for row in text.strip().strip("[]()").split(";")]
    return split if rows or len(split) > 1 else split[0]


def read_value(name: str, kind: str, value: object) -> Value:
    """Turn one value into what the rigorous back end computes with.

    Parameters
    ----------
    name : str
        The parameter, for errors.
    kind : {"real", "nat", "vector"}
        What the parameter stands for.
    value : object
        The value; for a vector a sequence, or a string with commas (``"1,2,3"``, rows parted by
        semicolons).
    """
    if kind == "nat":
        return _natural(name, value)
    if kind == "real":
        return exact_number(name, value)
    if isinstance(value, str):
        value = split_text(value, rows=";" in value)
    if hasattr(value, "tolist"):
        value = value.tolist()
    if not isinstance(value, Sequence) or isinstance(value, (bytes, str)):
        raise UsageError(f"{name} is a vector: give its entries, such as 1,2,3, not {value!r}.")
    return tuple(
        read_value(f"{name}[{place}]", "vector" if _is_row(entry) else "real", entry)
        for place, entry in enumerate(value)
    )


def _is_row(entry: object) -> bool:
    return isinstance(entry, Sequence) and not isinstance(entry, (str, bytes))


def match_name(what: str, known: Sequence[str], name: str) -> str:
    """Return the parameter that a name stands for; Greek letters may be written out.

    Raises
    ------
    UsageError
        Where there is none; the nearest names are suggested.

    Examples
    --------
    >>> match_name("occamBound", ["w", "n", "δ"], "delta")
    'δ'
    """
    spellings = _spellings(known)
    target = spellings.get(unicodedata.normalize("NFKC", name))
    if target is None:
        listed = ", ".join(known) or "none"
        hint = nearest(name, spellings)
        raise UsageError(f"{what} has no parameter {name!r}; it has {listed}.{hint}")
    return target


def bind(what: str, params: Sequence[Param], given: Mapping[str, Any]) -> dict[str, Any]:
    """Match the values given by name with the parameters, in the parameters' order.

    Raises
    ------
    UsageError
        Where a name is unknown or a parameter is missing.
    """
    known = [param.name for param in params]
    chosen: dict[str, Any] = {}
    for name, value in given.items():
        target = match_name(what, known, name)
        if target in chosen:
            raise UsageError(f"{what} is given {target} twice.")
        chosen[target] = value
    missing = [name for name in known if name not in chosen]
    if missing:
        raise UsageError(f"{what} also needs {', '.join(missing)}.")
    return {name: chosen[name] for name in known}


_GREEK = {
    "α": "alpha", "β": "beta", "γ": "gamma", "δ": "delta", "ε": "epsilon", "η": "eta",
    "κ": "kappa", "μ": "mu", "ν": "nu", "ρ": "rho", "σ": "sigma", "τ": "tau", "θ": "theta",
    "φ": "phi", "ψ": "psi", "ω": "omega", "Δ": "Delta", "Γ": "Gamma", "Σ": "Sigma", "Λ": "Lambda",
    "Ω": "Omega", "Φ": "Phi", "Ψ": "Psi", "Θ": "Theta", "ξ": "xi", "ζ": "zeta", "χ": "chi",
}  # fmt: skip


def _spellings(known: Sequence[str]) -> dict[str, str]:
    """Return every accepted spelling of the names: Greek letters may be written out."""
    spellings: dict[str, str] = {}
    for name in known:
        written = "".join(_GREEK.get(letter, letter) for letter in name)
        spellings.setdefault(written, name)
    return {**spellings, **{name: name for name in known}}
