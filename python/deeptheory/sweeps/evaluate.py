"""Computes one point of a sweep: the bound, what is measured there, and their ratio."""

from __future__ import annotations

import json
import traceback
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any, TypeAlias

from flint import arb, ctx, fmpq

from deeptheory.checks.comparison import Measurement
from deeptheory.checks.registry import Check, load_checks
from deeptheory.errors import DeepTheoryError, HypothesisError, UsageError
from deeptheory.formulas import Book, CertifiedValue, Formula, UndecidedError
from deeptheory.formulas.bounds import evaluate_bound
from deeptheory.formulas.domain import DomainError
from deeptheory.formulas.rigorous import Number, ball, compare
from deeptheory.sweeps.arranged import UnarrangedError, arrange

__all__ = ["STATUSES", "Evaluator", "Row"]

Row: TypeAlias = dict[str, Any]
"""What was computed at one point, as JSON has it; see `Evaluator.row`."""

STATUSES = {
    "measured": "the left-hand side was measured",
    "bound only": "the bound alone",
    "outside": "a hypothesis of the theorem fails",
    "undefined": "the bound has no value",
    "refuted": "what was measured exceeds the bound",
}
"""What may become of a point."""

_PREFIX = "DeepTheory."
_MAX_BITS = 1024
_MAX_SHOWN = 200


@dataclass(frozen=True)
class Evaluator:
    """Computes the points of one sweep.

    Parameters
    ----------
    book : Book
        The catalog, or as much of it as the theorem needs.
    theorem : str
        The full name of a theorem with a bound, or of a definition with a formula.
    names : tuple of str
        The parameters, in the order in which points list their values.
    digits : int
        Significant digits.
    measure : bool
        Whether to measure the left-hand side too.
    """

    book: Book
    theorem: str
    names: tuple[str, ...]
    digits: int
    measure: bool

    def row(self, values: Sequence[Any]) -> Row:
        """Compute one point.

        Returns
        -------
        dict
            ``status``, one of `STATUSES`; ``hypothesis``, the one that fails, and ``reason``, why
            something is missing; ``bound``, ``measured`` and ``ratio``, each None or a mapping
            with ``decimal``, ``radius``, ``exact`` (a fraction, where it is known and short) and
            ``double`` (None beyond their range); ``holds``, whether what is measured respects the
            bound (None where that is open); ``lower``, whether the bound is one from below;
            ``instance``, that on which was measured; ``bits``, the precision.
        """
        given = dict(zip(self.names, values, strict=True))
        row: Row = dict.fromkeys(
            ("hypothesis", "reason", "bound", "measured", "ratio", "holds", "lower", "instance")
        )
        row |= {"status": "bound only", "bits": 0}
        try:
            bound = evaluate_bound(self.book, self.theorem, given, digits=self.digits)
        except DomainError as error:
            return row | {"status": "undefined", "reason": str(error)}
        except HypothesisError as error:
            return row | {
                "status": "outside",
                "hypothesis": error.hypothesis,
                "reason": str(error),
            }
        except UsageError as error:
            return row | {"status": "undefined", "reason": str(error)}
        row["bound"], row["bits"] = _shown(bound.value), bound.value.bits
        if not self.measure:
            return row | {"reason": "no measurement was asked for"}
        check = load_checks().get(self.theorem)
        if check is None:
            return row | {"reason": "it has no check that measures"}
        try:
            return row | self._measured(check, bound.formula, bound.arguments)
        except UnarrangedError as error:
            return row | {"reason": str(error)}
        except UndecidedError as error:
            return row | {"reason": f"at {_MAX_BITS} bits it is still open: {error.what}"}
        except DeepTheoryError as error:
            return row | {"reason": str(error)}
        except Exception as error:  # a defect of the measurement does not cost the bound
            return row | {"reason": f"the measurement broke {_place(error)}: {error!r}"}

    def _measured(self, check: Check, formula: Formula, args: Mapping[str, Any]) -> Row:
        """Measure the left-hand side, with more bits until comparison and digits are settled."""
        bits = max(64, int(self.digits * 3.33) + 12)
        while True:
            with ctx.workprec(bits):
                last = 2 * bits > _MAX_BITS
                try:
                    instance = arrange(check.theorem, args)
                    found = check.measure(instance, self.book)
                    sides = _sides(found, formula, args)
                    holds = _holds(*sides, last=last)
                    if last or _settled(sides, self.digits):
                        assert isinstance(found, Measurement)
                        return self._compared(found, sides, holds, bits, instance)
                except UndecidedError:
                    if last:
                        raise
            bits *= 2

    def _compared(
        self,
        found: Measurement,
        sides: tuple[Number, Number],
        holds: bool | None,
        bits: int,
        instance: Any,
    ) -> Row:
        low, high = sides
        measured = high if found.lower else low
        if not ball(measured).is_finite():
            raise UnarrangedError("what is measured has no finite value")
        ratio = low / high if high > 0 and low >= 0 else None
        row: Row = {
            "status": "refuted" if holds is False else "measured",
            "measured": _shown(CertifiedValue(measured, self.digits, bits)),
            "ratio": None if ratio is None else _shown(CertifiedValue(ratio, self.digits, bits)),
            "holds": holds,
            "lower": found.lower,
            "instance": json.loads(json.dumps(instance.describe(), default=str)),
            "bits": bits,
        }
        if holds is None:
            row["reason"] = f"at {bits} bits the sides are equal as far as can be told"
        return row


def _sides(found: object, formula: Formula, args: Mapping[str, Any]) -> tuple[Number, Number]:
    """Return the smaller and the larger side that the theorem claims.

    The arguments that the check measured have to be those asked for; a ball has to contain them.
    """
    if not isinstance(found, Measurement):
        raise UnarrangedError("its check compares more than two sides")
    for name, value in args.items():
        if not _same(found.args[name], value):
            raise UnarrangedError(f"the instance that can be built has another {name}")
    left = found.lhs if isinstance(found.lhs, arb) else fmpq(found.lhs)
    right = formula.value(dict(args))
    right = right if isinstance(right, arb) else fmpq(right)
    return (right, left) if found.lower else (left, right)


def _same(found: Any, asked: Any) -> bool:
    if isinstance(asked, tuple):
        return len(found) == len(asked) and all(map(_same, found, asked))
    if isinstance(found, arb):
        return bool(found.contains(asked if isinstance(asked, arb) else ball(asked)))
    return bool(found == asked)


def _holds(low: Number, high: Number, *, last: bool) -> bool | None:
    """Compare; at the last precision None stands for sides that cannot be told apart."""
    try:
        return compare("le", low, high)
    except UndecidedError:
        if last:
            return None
        raise


def _settled(sides: tuple[Number, Number], digits: int) -> bool:
    needed = digits * 3.33 + 4
    return all(not isinstance(side, arb) or side.rel_accuracy_bits() >= needed for side in sides)


def _shown(value: CertifiedValue) -> Row:
    try:
        double = float(value)
    except OverflowError:
        double = float("inf")
    exact = value.exact
    short = exact is not None and (
        max(exact.numerator.bit_length(), exact.denominator.bit_length()) < 3.3 * _MAX_SHOWN
    )
    return {
        "decimal": value.decimal,
        "radius": value.radius,
        "exact": str(exact) if short else None,
        "double": double if _in_range(double, value) else None,
    }


def _in_range(double: float, value: CertifiedValue) -> bool:
    """Whether a double stands for a value, rather than for one beyond the range of doubles."""
    return abs(double) < float("inf") and (double != 0 or value.decimal == "0")


def _place(error: Exception) -> str:
    """Return the innermost line of Python source that an error came from."""
    frames = [frame for frame in traceback.extract_tb(error.__traceback__) if frame.line]
    return f"at {Path(frames[-1].filename).name}:{frames[-1].lineno}" if frames else "somewhere"
