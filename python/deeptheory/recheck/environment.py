"""The declarations that a term may mention."""

from __future__ import annotations

from dataclasses import dataclass, field

from deeptheory.errors import FailureError
from deeptheory.recheck.store import Term

__all__ = ["ABBREVIATION", "Constructor", "Declared", "Environment", "Inductive", "Recursor"]

ABBREVIATION = 1 << 40
"""The height of a definition that is unfolded before all others."""


@dataclass
class Declared:
    """A declaration.

    Attributes
    ----------
    name : str
        Its name.
    parameters : tuple of str
        Its level parameters.
    type : Term
        Its type.
    value : Term or None
        What it unfolds to.
    height : int
        Of two definitions the higher one is unfolded first.
    quotient : str
        Which of the constants of quotients it is; empty for any other.
    """

    name: str
    parameters: tuple[str, ...]
    type: Term
    value: Term | None = None
    height: int = 0
    quotient: str = ""


@dataclass
class Inductive(Declared):
    """An inductive type.

    Attributes
    ----------
    params, indices : int
        Its parameters and indices.
    constructors : tuple of str
        Its constructors.
    is_structure : bool
        Whether it has one constructor, no index, and does not contain itself: its terms are
        determined by their fields.
    """

    params: int = 0
    indices: int = 0
    constructors: tuple[str, ...] = ()
    is_structure: bool = False


@dataclass
class Constructor(Declared):
    """A constructor.

    Attributes
    ----------
    inductive : str
        Its type.
    params, fields : int
        Arguments for the parameters of the type, and those behind them.
    """

    inductive: str = ""
    params: int = 0
    fields: int = 0


@dataclass
class Recursor(Declared):
    """A recursor.

    Attributes
    ----------
    inductive : str
        The type on which it computes.
    before : int
        Arguments before the indices: parameters, motives and minor premises.
    major : int
        The position of the argument on which it computes.
    is_k : bool
        Whether it computes on any proof.
    rules : dict of str to (int, Term)
        For each constructor, its fields and what the recursor is on it.
    """

    inductive: str = ""
    before: int = 0
    major: int = 0
    is_k: bool = False
    rules: dict[str, tuple[int, Term]] = field(default_factory=dict)


class Environment(dict[str, Declared]):
    """Declarations by name."""

    def inductive(self, name: str) -> Inductive:
        """Return an inductive type.

        Raises
        ------
        FailureError
            Where the name is not one of an inductive type.
        """
        found = self.get(name)
        if not isinstance(found, Inductive):
            raise FailureError(f"{name} is no inductive type.")
        return found

    def constructor(self, name: str) -> Constructor:
        """Return a constructor.

        Raises
        ------
        FailureError
            Where the name is not one of a constructor.
        """
        found = self.get(name)
        if not isinstance(found, Constructor):
            raise FailureError(f"{name} is no constructor.")
        return found
