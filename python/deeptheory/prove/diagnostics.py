"""Diagnostics: what Lean says about a file, and how it is shown."""

from __future__ import annotations

import json
from dataclasses import asdict, dataclass
from typing import Any

__all__ = ["Diagnostic", "parse_message"]


@dataclass(frozen=True)
class Diagnostic:
    """One message about a place in a file.

    Parameters
    ----------
    file : str
        The file as shown to the user.
    line : int
        The line, from 1.
    column : int
        The column, from 0, in characters, as Lean counts.
    severity : str
        ``error``, ``warning`` or ``information``.
    text : str
        The message; it may have several lines.
    kind : str, optional
        Lean's name for the kind of message, such as ``hasSorry``; empty where it has none.
    """

    file: str
    line: int
    column: int
    severity: str
    text: str
    kind: str = ""

    @property
    def is_sorry(self) -> bool:
        """Whether the message says that a declaration uses ``sorry``."""
        return self.kind == "hasSorry"

    @property
    def is_error(self) -> bool:
        """Whether the message is an error."""
        return self.severity == "error"

    def render(self) -> str:
        """Return ``file:line:col: severity: message``."""
        return f"{self.file}:{self.line}:{self.column}: {self.severity}: {self.text}"

    def to_json(self) -> dict[str, Any]:
        """Return the diagnostic as a JSON object."""
        return asdict(self)

    @classmethod
    def from_json(cls, data: dict[str, Any]) -> Diagnostic:
        """Read a diagnostic that `to_json` wrote."""
        return cls(**data)


def parse_message(line: str, shown: str | None = None) -> Diagnostic | None:
    """Read a line of Lean's JSON output.

    Parameters
    ----------
    line : str
        The line.
    shown : str, optional
        The file name to show instead of the one in the message.

    Returns
    -------
    Diagnostic or None
        The diagnostic, or None where the line is something else.
    """
    if not line.startswith("{"):
        return None
    try:
        data = json.loads(line)
        kind = data["kind"]
        return Diagnostic(
            file=shown or data["fileName"],
            line=data["pos"]["line"],
            column=data["pos"]["column"],
            severity=data["severity"],
            text=data["data"].rstrip("\n"),
            kind="" if kind == "[anonymous]" else kind,
        )
    except (ValueError, KeyError, TypeError):
        return None
