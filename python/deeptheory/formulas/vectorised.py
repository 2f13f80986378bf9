"""Evaluation in double precision over whole arrays with numpy (not certified)."""

from __future__ import annotations

import math
from collections.abc import Callable, Sequence
from functools import reduce
from typing import Any

import numpy as np
from numpy.typing import ArrayLike, NDArray

from deeptheory.errors import UsageError
from deeptheory.formulas.codegen import Algebra
from deeptheory.formulas.inputs import read_value
from deeptheory.formulas.syntax import Param

__all__ = ["ARRAYS", "as_arrays"]


def _outside(bad: Any, value: Any) -> Any:
    """Put nan where a domain is left: it spreads to the result, where it is found."""
    return np.where(bad, np.nan, value) if np.any(bad) else value


def _div(a: Any, b: Any) -> Any:
    return _outside(np.equal(b, 0), np.divide(a, np.where(np.equal(b, 0), 1.0, b)))


def _pow(base: Any, exponent: Any) -> Any:
    power = np.power(np.asarray(base, dtype=np.float64), _small(exponent))
    return _outside(np.isnan(base), power)


def _small(exponent: Any) -> Any:
    return np.asarray(exponent, dtype=np.float64)


def _rpow(base: Any, exponent: Any) -> Any:
    bad = np.isnan(base) | np.isnan(exponent) | (base < 0) | ((base == 0) & (exponent < 0))
    return _outside(bad, np.power(np.where(bad, 1.0, base), np.where(bad, 1.0, exponent)))


def _sqrt(a: Any) -> Any:
    return _outside(np.less(a, 0), np.sqrt(np.maximum(a, 0.0)))


def _log(a: Any) -> Any:
    bad = np.less_equal(a, 0)
    return _outside(bad, np.log(np.where(bad, 1.0, a)))


def _kl_inverse(q: Any, c: Any) -> Any:
    from deeptheory.certify.inverse_vectorised import kl_inverse_upper

    bad = ~((q >= 0) & (q <= 1) & (c >= 0) & np.isfinite(c))
    return _outside(bad, kl_inverse_upper(np.where(bad, 0.0, q), np.where(bad, 0.0, c)))


def _cast(a: Any) -> Any:
    try:
        return np.asarray(a).astype(np.float64)
    except OverflowError:
        return np.asarray(np.vectorize(_to_float, otypes=[np.float64])(a))


def _to_float(number: int) -> float:
    try:
        return float(number)
    except OverflowError:
        return math.inf


def _exact(function: Callable[[int, int], int]) -> Callable[[Any, Any], Any]:
    """Apply a function of natural numbers entry by entry, over integers of any size."""
    ufunc = np.frompyfunc(lambda a, b: function(int(a), int(b)), 2, 1)
    return lambda a, b: ufunc(a, b)


def _nat_div(a: int, b: int) -> int:
    if b == 0:
        raise ZeroDivisionError
    return a // b


def _relation(function: Any) -> Callable[[Any, Any], Any]:
    def relation(a: Any, b: Any) -> Any:
        unknown = _nan(a) | _nan(b)
        return np.where(unknown, -1, function(a, b).astype(np.int8))

    return relation


def _nan(a: Any) -> Any:
    array = np.asarray(a)
    return np.isnan(array) if array.dtype.kind == "f" else np.zeros(array.shape, dtype=bool)


def _ite(test: Any, then: Callable[[], Any], otherwise: Callable[[], Any]) -> Any:
    if np.all(test == 1):
        return then()
    if np.all(test == 0):
        return otherwise()
    chosen = np.where(test == 1, then(), otherwise())
    return _outside(test < 0, chosen) if np.any(test < 0) else chosen


def _fold(
    start: float | int, combine: Callable[[Any, Any], Any]
) -> Callable[[Any, Callable[[Any], Any]], Any]:
    def fold(size: Any, term: Callable[[Any], Any]) -> Any:
        """Fold to the largest size; entries with a smaller size stop earlier."""
        sizes = np.asarray(size)
        longest = int(sizes.max()) if sizes.size else 0
        if sizes.ndim == 0 or int(sizes.min()) == longest:
            return reduce(combine, (term(index) for index in range(longest)), start)
        total: Any = start
        for index in range(longest):
            total = np.where(index < sizes, combine(total, term(index)), total)
        return total

    return fold


_NAT_ADD = _exact(lambda a, b: a + b)
_NAT_MUL = _exact(lambda a, b: a * b)

ARRAYS = Algebra(
    constant=float,
    functions={
        "add": np.add,
        "sub": np.subtract,
        "mul": np.multiply,
        "div": _div,
        "pow": _pow,
        "neg": np.negative,
        "abs": np.abs,
        "cast": _cast,
        "sqrt": _sqrt,
        "exp": np.exp,
        "log": _log,
        "rpow": _rpow,
        "min": np.minimum,
        "max": np.maximum,
        "klInv": _kl_inverse,
        "sum": _fold(0.0, np.add),
        "prod": _fold(1.0, np.multiply),
        "ite": _ite,
        "lt": _relation(np.less),
        "le": _relation(np.less_equal),
        "eq": _relation(np.equal),
        "ne": _relation(np.not_equal),
        "nat_add": _NAT_ADD,
        "nat_mul": _NAT_MUL,
        "nat_sub": _exact(lambda a, b: max(a - b, 0)),
        "nat_div": _exact(_nat_div),
        "nat_pow": _exact(lambda a, b: a**b),
        "nat_min": np.minimum,
        "nat_max": np.maximum,
        "nat_choose": _exact(math.comb),
        "nat_sum": _fold(0, _NAT_ADD),
        "nat_prod": _fold(1, _NAT_MUL),
    },
    inline=frozenset({"add", "sub", "mul"}),
)
"""The operations over arrays of doubles; natural numbers are integers of any size."""


def as_arrays(params: Sequence[Param], values: dict[str, ArrayLike]) -> dict[str, NDArray[Any]]:
    """Turn what a user gives into arrays: doubles for reals and vectors, integers for naturals.

    Raises
    ------
    UsageError
        Where an entry is no finite number, or no natural number where one is asked for.
    """
    arrays = {}
    for param in params:
        value = values[param.name]
        if isinstance(value, (str, int)) or not hasattr(value, "dtype"):
            value = _exactly(param, value)
        array = np.asarray(value)
        if array.dtype.kind not in "fiuO" or (array.dtype.kind == "O" and param.kind != "nat"):
            raise UsageError(f"{param.name} is to hold numbers, not {array.dtype}.")
        if param.kind == "nat":
            whole = np.equal(np.mod(array, 1), 0) if array.dtype.kind == "f" else True
            bad = ~np.asarray(whole & (array >= 0), dtype=bool)
            if np.any(bad):
                first = array[bad][0] if array.ndim else array
                raise UsageError(
                    f"{param.name} is a natural number (0, 1, 2, ...), and {first} is not one."
                )
            arrays[param.name] = array.astype(np.int64) if array.dtype.kind != "O" else array
        else:
            array = array.astype(np.float64)
            if not np.all(np.isfinite(array)):
                raise UsageError(f"{param.name} holds a value that is not finite.")
            arrays[param.name] = array
    return arrays


def _exactly(param: Param, value: Any) -> Any:
    """Read numbers that numpy does not know (fractions, decimal strings) to doubles."""
    if isinstance(value, (list, tuple)) and param.kind != "vector":
        return np.array([_exactly(param, entry) for entry in value])
    read = read_value(param.name, param.kind, value)
    return _floats(read)


def _floats(value: Any) -> Any:
    if isinstance(value, tuple):
        return [_floats(entry) for entry in value]
    if isinstance(value, int):
        return value
    return float(value) if not hasattr(value, "p") else int(value.p) / int(value.q)
