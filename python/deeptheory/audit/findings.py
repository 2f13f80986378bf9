"""What an audit finds."""

from __future__ import annotations

from dataclasses import asdict, dataclass

__all__ = ["Finding"]


@dataclass(frozen=True, order=True)
class Finding:
    """A defect, with its place and the rule that it breaks.

    Attributes
    ----------
    file : str
        The file, relative to the checkout.
    line : int
        The line, counted from 1.
    rule : str
        The rule's name.
    message : str
        What is wrong and what to do about it.
    """

    file: str
    line: int
    rule: str
    message: str

    def __str__(self) -> str:
        return f"{self.file}:{self.line}: {self.message} [{self.rule}]"

    def to_json(self) -> dict[str, str | int]:
        """Return the finding as a JSON object."""
        return asdict(self)
