"""Writes the pages: reads the catalog, renders the templates, puts the result in place."""

from __future__ import annotations

import hashlib
import json
import os
import re
import shutil
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import TYPE_CHECKING, Any

from deeptheory import __version__
from deeptheory.paths import Project
from deeptheory.site.web import find_web

if TYPE_CHECKING:
    from deeptheory.site.pages import Renderer

__all__ = ["build_site", "site_inputs", "up_to_date"]

MANIFEST = ".manifest.json"
PACKAGE = Path(__file__).resolve().parent
Progress = Callable[[int, int], None]
_PACKAGES = ("audit", "catalog", "certificates", "formulas")


def build_site(project: Project, *, force: bool = False, progress: Progress | None = None) -> Path:
    """Write the index of a checkout to ``build/site``.

    The pages are written aside and then renamed, so that a reader never meets half an index.
    Nothing is written where the inputs and the pages are what they were.

    Parameters
    ----------
    project : Project
        The checkout; its catalog must have been exported.
    force : bool
        Write the pages even where nothing changed.
    progress : callable, optional
        Called with the number of pages written and the number in all.

    Returns
    -------
    Path
        The folder of the index; its ``index.html`` is the landing page.

    Raises
    ------
    UsageError
        Where the catalog is missing or an input cannot be read.
    """
    from filelock import FileLock

    project.build.mkdir(parents=True, exist_ok=True)
    with FileLock(project.build / "site.lock"):
        fingerprint = site_inputs(project)
        if not force and _matches(project.site, fingerprint):
            return project.site
        from deeptheory.site.model import load_library
        from deeptheory.site.pages import Renderer

        library = load_library(project)
        renderer = Renderer(library, project)
        aside = project.build / f"site.new-{os.getpid()}"
        shutil.rmtree(aside, ignore_errors=True)
        try:
            _write(renderer, aside, fingerprint, progress)
            _swap(aside, project.site)
        finally:
            shutil.rmtree(aside, ignore_errors=True)
    return project.site


def up_to_date(project: Project) -> bool:
    """Whether the index is there, whole, and made from the inputs as they are now."""
    return _matches(project.site, site_inputs(project))


def site_inputs(project: Project) -> str:
    """Return a fingerprint of everything that the pages are made from."""
    digest = hashlib.sha256(__version__.encode())
    for label, path in _input_files(project):
        digest.update(f"\0{label}\0".encode())
        try:
            digest.update(hashlib.sha256(path.read_bytes()).digest())
        except FileNotFoundError:
            digest.update(b"absent")
    return digest.hexdigest()


def _input_files(project: Project) -> Iterator[tuple[str, Path]]:
    yield "theorems", project.theorems_json
    yield "checks", project.checks_json
    yield "experiments", project.experiments_json
    yield "coverage", project.coverage_toml
    package = PACKAGE.parent
    yield "provenance", project.provenance_toml
    yield "assumptions", project.assumptions_toml
    yield "citation", project.citation_cff
    packages = find_web(project)
    if packages is not None:
        yield "katex", packages / "katex" / "package.json"
    for name in ("coverage.py", "checkresults.py"):
        yield name, package / name
    for name in ("catalog/theorems", "checks/checks", "experiments/experiments"):
        yield name, package / f"{name}.schema.json"
    for folder in (PACKAGE, *(package / name for name in _PACKAGES)):
        for path in sorted(folder.rglob("*")):
            if path.is_file() and path.suffix in (".py", ".html", ".css", ".js", ".svg"):
                yield path.relative_to(package).as_posix(), path
    for path in sorted(project.lean.rglob("*.lean")):
        yield path.relative_to(project.lean).as_posix(), path


def _matches(site: Path, fingerprint: str) -> bool:
    try:
        manifest = json.loads((site / MANIFEST).read_text(encoding="utf-8"))
        if manifest["inputs"] != fingerprint:
            return False
        files: dict[str, str] = manifest["files"]
        return all(_digest(site / name) == expected for name, expected in files.items())
    except (OSError, ValueError, KeyError, TypeError, AttributeError):
        return False


def _digest(path: Path) -> str:
    return hashlib.sha256(path.read_bytes()).hexdigest()


def _write(renderer: Renderer, folder: Path, fingerprint: str, progress: Progress | None) -> None:
    files: dict[str, str] = {}
    total = renderer.count()
    for number, (name, content) in enumerate(renderer.files(), start=1):
        path = folder / name
        path.parent.mkdir(parents=True, exist_ok=True)
        data = content if isinstance(content, bytes) else content.encode("utf-8")
        path.write_bytes(data)
        files[name] = hashlib.sha256(data).hexdigest()
        if progress:
            progress(min(number, total), total)
    manifest: dict[str, Any] = {"inputs": fingerprint, "files": files}
    (folder / MANIFEST).write_text(
        json.dumps(manifest, indent=0, sort_keys=True, ensure_ascii=False) + "\n", encoding="utf-8"
    )


def _swap(new: Path, place: Path) -> None:
    _clear_leftovers(place)
    old = place.with_name(f"{place.name}.old-{os.getpid()}")
    if place.exists():
        place.rename(old)
    try:
        new.rename(place)
    except OSError:
        if old.exists():
            old.rename(place)
        raise
    if old.is_dir():
        shutil.rmtree(old, ignore_errors=True)
    elif old.exists():
        old.unlink()


def _clear_leftovers(place: Path) -> None:
    """Remove what interrupted builds left; the lock is held, so nobody writes there now."""
    pattern = re.compile(rf"{re.escape(place.name)}\.(new|old)-\d+")
    for path in place.parent.iterdir():
        if pattern.fullmatch(path.name) and not path.name.endswith(f"new-{os.getpid()}"):
            shutil.rmtree(path, ignore_errors=True)
