"""The official toolchain, where a user has one on PATH."""

from __future__ import annotations

import os
import shutil
from dataclasses import dataclass
from pathlib import Path

__all__ = ["OfficialToolchain", "find_official"]


@dataclass(frozen=True)
class OfficialToolchain:
    """``lake`` and ``lean`` as elan installs them.

    Parameters
    ----------
    lake, lean : Path
        The programs.
    """

    lake: Path
    lean: Path


def find_official() -> OfficialToolchain | None:
    """Return the official toolchain on PATH.

    ``DEEPTHEORY_TOOLCHAIN=embedded`` passes it over.
    """
    if os.environ.get("DEEPTHEORY_TOOLCHAIN") == "embedded":
        return None
    lake, lean = shutil.which("lake"), shutil.which("lean")
    if lake is None or lean is None:
        return None
    return OfficialToolchain(Path(lake), Path(lean))
