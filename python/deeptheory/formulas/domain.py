"""The errors of evaluation, each naming what went wrong and where."""

from __future__ import annotations

from deeptheory.errors import HypothesisError, UsageError

__all__ = ["DomainError", "FormulaError", "PrecisionError", "UndecidedError"]


class FormulaError(UsageError):
    """A syntax tree that is not a formula, or arguments that do not fit its parameters."""


class DomainError(HypothesisError):
    """A formula was asked for a value outside its domain, where Lean returns a junk value."""


class PrecisionError(UsageError):
    """The highest precision allowed does not settle a comparison or a domain condition."""


class UndecidedError(ArithmeticError):
    """Balls too wide to decide a comparison; the caller doubles the precision.

    Parameters
    ----------
    what : str
        The comparison, for the sentence that the user sees when precision runs out.
    """

    def __init__(self, what: str) -> None:
        super().__init__(what)
        self.what = what
