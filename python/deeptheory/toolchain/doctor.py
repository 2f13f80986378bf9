"""What is installed, what is missing and what to do about it."""

from __future__ import annotations

import platform
import shutil
import subprocess
import sys
from collections.abc import Callable
from dataclasses import asdict, dataclass
from pathlib import Path

from deeptheory.errors import DeepTheoryError
from deeptheory.paths import cache_home, find_project
from deeptheory.toolchain.embedded import is_installed, toolchain_folder
from deeptheory.toolchain.install import NEEDED_BYTES, verify_installed
from deeptheory.toolchain.node import find_node
from deeptheory.toolchain.official import find_official
from deeptheory.toolchain.pins import EMBEDDED

__all__ = ["Finding", "examine"]


@dataclass(frozen=True)
class Finding:
    """One thing that was looked at.

    Parameters
    ----------
    name : str
        What was looked at.
    state : str
        ``ok``, ``missing`` (something does not work), or ``optional`` (nothing needs it).
    detail : str
        What was found.
    remedy : str
        What to do; empty where nothing is to be done.
    """

    name: str
    state: str
    detail: str
    remedy: str = ""

    def to_json(self) -> dict[str, str]:
        """Return the finding as a JSON object."""
        return asdict(self)


def examine() -> list[Finding]:
    """Look at everything that the project uses."""
    return [
        look()
        for look in (_python, _checkout, _node, _official, _embedded, _cache, _memory, _browser)
    ]


def _python() -> Finding:
    return Finding("Python", "ok", f"{platform.python_version()} ({sys.executable})")


def _checkout() -> Finding:
    try:
        return Finding("checkout", "ok", str(find_project().root))
    except DeepTheoryError as error:
        return Finding("checkout", "missing", "none here", str(error))


def _node() -> Finding:
    try:
        node = find_node()
    except DeepTheoryError as error:
        return Finding("Node", "missing", "not usable", str(error))
    return Finding("Node", "ok", f"{node.version} ({node.executable})")


def _official() -> Finding:
    official = find_official()
    if official is None:
        return Finding(
            "official Lean", "optional", "not on PATH", "the embedded toolchain is used instead"
        )
    return Finding("official Lean", "ok", f"{official.lake} (DEEPTHEORY_TOOLCHAIN not embedded)")


def _embedded() -> Finding:
    name = "embedded Lean"
    if not is_installed():
        state = "optional" if find_official() is not None else "missing"
        return Finding(name, state, "not installed", "run `deeptheory setup`")
    problems = verify_installed()
    folder = toolchain_folder()
    if problems:
        remedy = f"remove {folder} and run `deeptheory setup`"
        return Finding(name, "missing", "; ".join(problems), remedy)
    return Finding(name, "ok", f"{EMBEDDED.lean_version}, hashes right ({folder})")


def _nearest(path: Path) -> Path:
    while not path.exists() and path != path.parent:
        path = path.parent
    return path


def _cache() -> Finding:
    home = cache_home()
    try:
        free = shutil.disk_usage(_nearest(home)).free
    except OSError as error:
        return Finding("cache", "missing", f"{home}: {error}", "set DEEPTHEORY_HOME elsewhere")
    detail = f"{home}, {free / 1e9:.0f} GB free"
    if not is_installed() and free < NEEDED_BYTES:
        return Finding("cache", "missing", detail, "free some space or set DEEPTHEORY_HOME")
    return Finding("cache", "ok", detail)


def _memory() -> Finding:
    from deeptheory.prove.pool import DRIVER_BYTES, available_memory, default_jobs

    memory = available_memory()
    if memory is None:
        return Finding("memory", "ok", "not known on this system")
    detail = f"{memory / 1e9:.0f} GB available, {default_jobs()} Lean process(es) at once"
    if memory < DRIVER_BYTES and find_official() is None:
        return Finding(
            "memory",
            "missing",
            detail,
            f"the embedded Lean needs {DRIVER_BYTES / 1e9:.0f} GB: close programs",
        )
    return Finding("memory", "ok", detail)


def _browser(which: Callable[[str], str | None] = shutil.which) -> Finding:
    names = ("chromium", "chromium-browser", "google-chrome", "chrome")
    found = next((path for name in names if (path := which(name))), None)
    if found is None:
        return Finding(
            "Chromium",
            "optional",
            "not on PATH",
            "install the system's chromium package to run the browser tests",
        )
    try:
        finished = subprocess.run(
            [found, "--version"], capture_output=True, text=True, timeout=30, check=False
        )
        version = finished.stdout.strip() or found
    except (OSError, subprocess.TimeoutExpired):
        version = found
    return Finding("Chromium", "ok", version)
