"""Writes files that belong together: all of them, or none."""

from __future__ import annotations

import os
import uuid
from collections.abc import Mapping
from pathlib import Path

from deeptheory.certify.reading import shown_path
from deeptheory.errors import UsageError

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
            raise _unwritable(shown, error) from None
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
    aside: dict[Path, Path] = {}
    at = None
    try:
        for at, content in contents.items():
            aside[at] = at.with_name(f".{uuid.uuid4().hex}.new")
            aside[at].write_bytes(content if isinstance(content, bytes) else content.encode())
        for at, new in aside.items():
            os.replace(new, at)
    except (OSError, ValueError) as error:
        assert at is not None
        raise _unwritable(shown_path(at), error) from None
    finally:
        for new in aside.values():
            new.unlink(missing_ok=True)


def _unwritable(shown: str, error: OSError | ValueError) -> UsageError:
    why = (error.strerror if isinstance(error, OSError) else None) or "the name is not a file's"
    return UsageError(f"{shown} cannot be written: {why}.")
