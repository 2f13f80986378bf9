"""Where things lie: the checkout, its build folder and the user's cache."""

from __future__ import annotations

import os
from dataclasses import dataclass
from pathlib import Path

import platformdirs

from deeptheory.errors import UsageError

__all__ = ["Project", "cache_home", "find_project"]


def cache_home() -> Path:
    """Return the cache folder shared by all checkouts.

    ``DEEPTHEORY_HOME`` overrides the platform's convention.
    """
    override = os.environ.get("DEEPTHEORY_HOME")
    return Path(override) if override else Path(platformdirs.user_cache_dir("deeptheory"))


@dataclass(frozen=True)
class Project:
    """A checkout of the library.

    Parameters
    ----------
    root : Path
        The folder that holds ``lakefile.lean``.
    """

    root: Path

    @property
    def lean(self) -> Path:
        """The folder of Lean sources."""
        return self.root / "lean"

    @property
    def build(self) -> Path:
        """The folder of everything that can be built again."""
        return self.root / "build"

    @property
    def theorems_json(self) -> Path:
        """The catalog: every declaration with statement, card and formula."""
        return self.build / "theorems.json"

    @property
    def checks_json(self) -> Path:
        """The results of the numeric checks."""
        return self.build / "checks.json"

    @property
    def experiments_json(self) -> Path:
        """The bounds on real data."""
        return self.build / "experiments.json"

    @property
    def site(self) -> Path:
        """The theorem index."""
        return self.build / "site"

    @property
    def coverage_toml(self) -> Path:
        """The rows that the library is to hold, with the theorems that deliver them."""
        return self.root / "coverage.toml"

    @property
    def provenance_toml(self) -> Path:
        """How each headline theorem stands to what is published."""
        return self.root / "provenance.toml"

    @property
    def assumptions_toml(self) -> Path:
        """The assumptions of the cards by name, and the theorems that do without them."""
        return self.root / "assumptions.toml"

    @property
    def kernel_assumptions(self) -> Path:
        """The theorems of core that an export for other kernels takes without their proofs."""
        return self.root / "kernel-assumptions.txt"

    @property
    def citation_cff(self) -> Path:
        """How to cite the library."""
        return self.root / "CITATION.cff"

    @property
    def web(self) -> Path:
        """The folder of ``package.json`` for what the pages take from npm."""
        return self.root / "web"


def find_project(start: Path | None = None) -> Project:
    """Find the checkout that holds a folder.

    Parameters
    ----------
    start : Path, optional
        Where to begin; the current folder by default.  ``DEEPTHEORY_PROJECT`` overrides it.

    Raises
    ------
    UsageError
        Where neither the folder nor one above it holds a checkout.
    """
    override = os.environ.get("DEEPTHEORY_PROJECT")
    begin = (Path(override) if override else start or Path.cwd()).resolve()
    for folder in (begin, *begin.parents):
        if (folder / "lakefile.lean").is_file() and (folder / "lean" / "DeepTheory").is_dir():
            return Project(folder)
    editable = Path(__file__).resolve().parents[2]
    if not override and (editable / "lakefile.lean").is_file():
        return Project(editable)
    raise UsageError(
        f"No DeepTheory checkout at or above {begin}: run the command inside a clone, "
        "or set DEEPTHEORY_PROJECT to one."
    )
