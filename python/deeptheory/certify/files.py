"""Writes files that belong together: all of them, or none."""

from __future__ import annotations

from collections.abc import Mapping
from contextlib import ExitStack
from pathlib import Path

from deeptheory.errors import UsageError
from deeptheory.files import replacing_bytes, shown_path, unwritable

__all__ = ["check_targets", "write_all"]


def check_targets(targets: Mapping[str, tuple[Path | None, str]]) -> None:
    """Refuse places where no file can be written, before anything is computed.

    Parameters
    ----------
    targets : mapping
        For each option, such as ``"--lean"``, the place or None, and the ending that its name is
        to have.

    Raises
    ------
    UsageError
        Where a name has another ending, or a place is a folder, has no folder to lie in, or is
        given twice.
    """
    seen: dict[Path, str] = {}
    for option, (path, suffix) in targets.items():
        if path is None:
            continue
        shown = shown_path(path)
        try:
            if path.suffix != suffix:
                raise UsageError(f"{option} {shown}: give a file whose name ends in {suffix}.")
            if path.is_dir():
                raise UsageError(f"{option} {shown} is a folder: give the name of a file.")
            if not path.parent.is_dir():
                raise UsageError(
                    f"{option} {shown} cannot be written: there is no folder "
                    f"{shown_path(path.parent)}."
                )
            place = path.resolve()
        except (OSError, ValueError) as error:
            raise unwritable(path, error) from None
        if place in seen:
            raise UsageError(f"{seen[place]} and {option} are both {shown}: give two files.")
        seen[place] = option


def write_all(contents: Mapping[Path, str | bytes]) -> None:
    """Write files, each first under a name of its own; on an error nothing new is left.

    Raises
    ------
    UsageError
        Where a file cannot be written.
    """
    with ExitStack() as stack:
        for at, content in reversed(list(contents.items())):  # they take their places in order
            stream = stack.enter_context(replacing_bytes(at))
            stream.write(content if isinstance(content, bytes) else content.encode())
            stream.flush()
