"""What the pages take from npm, pinned in ``web/package-lock.json``: KaTeX, and axe for the tests.

The packages lie in the user's cache, in a folder that is named by the lock file.  Where they are
not installed the index is still whole: formulas are MathML then, which browsers render natively.
"""

from __future__ import annotations

import hashlib
import os
import shutil
import subprocess
from pathlib import Path

from filelock import FileLock

from deeptheory.errors import UsageError
from deeptheory.paths import Project, cache_home
from deeptheory.toolchain.node import find_node

__all__ = ["find_web", "install_web"]

_FILES = ("package.json", "package-lock.json")
_TIMEOUT = 600


def _folder(project: Project) -> Path | None:
    """Return where the packages of a checkout belong, None where it pins none."""
    try:
        pinned = b"\0".join((project.web / name).read_bytes() for name in _FILES)
    except OSError:
        return None
    return cache_home() / "web" / hashlib.sha256(pinned).hexdigest()[:16]


def find_web(project: Project) -> Path | None:
    """Return the folder ``node_modules`` of a checkout's pinned packages, None without them."""
    folder = _folder(project)
    if folder is None or not (folder / "node_modules").is_dir():
        return None
    return folder / "node_modules"


def install_web(project: Project) -> Path:
    """Install the pinned packages into the cache, unless they are there; needs the network once.

    Scripts of the packages are not run, and npm compares each package with its pinned hash.

    Returns
    -------
    Path
        The folder ``node_modules``.

    Raises
    ------
    UsageError
        Where the checkout pins none, Node is missing, or the packages cannot be had.
    """
    folder = _folder(project)
    if folder is None:
        raise UsageError(f"{project.web / _FILES[1]} is missing: restore it from git.")
    found = find_web(project)
    if found is not None:
        return found
    node = find_node()
    if node.npm is None:
        raise UsageError("npm is missing: install this project's Python packages again.")
    try:
        folder.parent.mkdir(parents=True, exist_ok=True)
        with FileLock(folder.parent / ".lock"):
            if find_web(project) is None:
                _install(project, [str(node.executable), str(node.npm)], folder)
    except OSError as error:
        raise UsageError(f"{folder} cannot be written ({error.strerror or error}).") from error
    return folder / "node_modules"


def _install(project: Project, npm: list[str], folder: Path) -> None:
    aside = folder.with_name(f".new-{os.getpid()}")
    shutil.rmtree(aside, ignore_errors=True)
    aside.mkdir()
    try:
        for name in _FILES:
            shutil.copyfile(project.web / name, aside / name)
        command = [*npm, "ci", "--ignore-scripts", "--no-audit", "--no-fund", "--loglevel=error"]
        try:
            finished = subprocess.run(
                command,
                cwd=aside,
                stdin=subprocess.DEVNULL,
                capture_output=True,
                text=True,
                errors="replace",
                timeout=_TIMEOUT,
                check=False,
            )
        except subprocess.TimeoutExpired as error:
            raise UsageError("npm took too long: check the network and run it again.") from error
        if finished.returncode != 0:
            lines = (finished.stdout + finished.stderr).strip().splitlines() or ["npm failed"]
            raise UsageError(f"The packages of the pages could not be downloaded: {lines[0]}.")
        shutil.rmtree(folder, ignore_errors=True)
        aside.rename(folder)
    finally:
        shutil.rmtree(aside, ignore_errors=True)
