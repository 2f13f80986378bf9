"""Fixtures that several test files share."""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path
from typing import TYPE_CHECKING, Any

import pytest
from xdist.scheduler import LoadScopeScheduling

from deeptheory.paths import Project
from deeptheory.toolchain import is_installed

if TYPE_CHECKING:
    from certifying import Certify
    from deeptheory.formulas import Book
    from deeptheory.kernel import Library

ROOT = Path(__file__).resolve().parents[1]

# The console takes its width from here when it is made, whichever test makes it first.
os.environ["COLUMNS"] = "200"

# Two processes test at once: one Lean each, so that neither memory nor processors run out.
os.environ.setdefault("DEEPTHEORY_JOBS", "1")


SHARED_LEAN = {
    "test_catalog.py": "checkout",
    "test_certificates.py": "checkout",
    "test_certify_check.py": "checkout",
    "test_certify_statement.py": "checkout",
    "test_prove.py": "lab",
}
"""Files whose tests share a Lean process, by the fixture that names it: each of them ends it."""


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """Begin with the tests that need the embedded Lean; skip them where it is not set up.

    They take longest.
    """
    items.sort(key=lambda item: item.get_closest_marker("lean") is None)
    for item in items:
        if item.get_closest_marker("lean") is None:
            continue
        if not is_installed():
            reason = "the embedded Lean is not set up: run `deeptheory setup`"
            item.add_marker(pytest.mark.skip(reason=reason))
        for shared in set(SHARED_LEAN.values()) & set(getattr(item, "fixturenames", ())):
            if SHARED_LEAN.get(item.path.name) != shared:
                raise pytest.UsageError(f"{item.path.name} shares a Lean: name it in SHARED_LEAN")


class OneProcessForOneLean(LoadScopeScheduling):
    """Hands tests out one by one, but those that share a Lean to one process.

    The groups of pytest-xdist do the same by marks, but pytest 9.2 does not see its change of the
    tests' names, which carries them.
    """

    def _split_scope(self, nodeid: str) -> str:
        name = nodeid.partition("::")[0].rpartition("/")[2]
        return SHARED_LEAN.get(name, nodeid)


@pytest.hookimpl(optionalhook=True)
def pytest_xdist_make_scheduler(config: pytest.Config, log: Any) -> OneProcessForOneLean:
    """Keep tests that share a Lean in one process."""
    return OneProcessForOneLean(config, log)


@pytest.fixture(scope="session")
def checkout() -> Project:
    """Return this checkout."""
    return Project(ROOT)


@pytest.fixture(scope="session")
def book(checkout: Project) -> Book:
    """Return the formulas of this checkout's catalog."""
    from deeptheory.formulas import Book

    if not checkout.theorems_json.is_file():
        pytest.skip("the library is not proved: run `make`")
    return Book.load(checkout.theorems_json)


@pytest.fixture(scope="session")
def library(checkout: Project) -> Library:
    """Return the compiled modules of this checkout."""
    from deeptheory.kernel import compiled_library

    if not checkout.theorems_json.is_file():
        pytest.skip("the library is not proved: run `make`")
    return compiled_library(checkout)


@pytest.fixture
def certify(
    book: Book, checkout: Project, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> Certify:
    """Run ``deeptheory certify risk`` in an empty folder, with the catalog read once."""
    from certifying import in_empty_folder

    return in_empty_folder(book, checkout, tmp_path, monkeypatch)


@pytest.fixture(scope="session")
def sample_book() -> Book:
    """Return the catalog with stand-ins for what a certificate of a network rests on."""
    from certify_sample import declarations
    from deeptheory.formulas import Book

    return Book(declarations())


@pytest.fixture(scope="session")
def sample_library(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Return a folder that the command line takes for a checkout, with that catalog."""
    from certify_sample import declarations
    from sample_catalog import write_checkout

    return write_checkout(tmp_path_factory.mktemp("checkout") / "library", declarations())


@pytest.fixture(scope="session")
def sweep_library(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Return a folder that the command line takes for a checkout, for sweeps of the sample."""
    from sample_catalog import sample_declarations, write_checkout

    return write_checkout(tmp_path_factory.mktemp("checkout") / "library", sample_declarations())


@pytest.fixture(scope="session")
def sweep_catalog(sweep_library: Path) -> Path:
    """Return the catalog of that folder."""
    return sweep_library / "build" / "theorems.json"


@pytest.fixture(scope="session")
def blobs(sample_book: Book, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Return a folder with a certificate for the CSV file beside it."""
    from certify_sample import blobs_folder

    return blobs_folder(sample_book, tmp_path_factory.mktemp("blobs"))


def make_project(root: Path) -> Project:
    """Make a small project that has this checkout's Lean programs and no theory."""
    (root / "lean" / "DeepTheory").mkdir(parents=True)
    shutil.copy(ROOT / "lakefile.lean", root)
    for name in ("package.json", "package-lock.json"):
        shutil.copy(ROOT / name, root)
    for name in ("Driver.lean", "Export.lean"):
        shutil.copy(ROOT / "lean" / name, root / "lean")
    return Project(root)


@pytest.fixture
def project(tmp_path: Path) -> Project:
    """Return a new small project."""
    return make_project(tmp_path / "project")


@pytest.fixture
def sample_checkout(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """Return a folder that the command line takes for a checkout, with the sample catalog."""
    from sample_catalog import write_checkout

    root = write_checkout(tmp_path / "checkout")
    monkeypatch.setenv("DEEPTHEORY_PROJECT", str(root))
    return root


@pytest.fixture
def cli(
    sample_checkout: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> Callable[..., tuple[int, str, str]]:
    """Run the command line in this process, in the sample checkout: exit code, output, errors."""
    from deeptheory.cli import main

    def call(*args: str) -> tuple[int, str, str]:
        monkeypatch.setattr("sys.argv", ["deeptheory", *args])
        code = 0
        try:
            main()
        except SystemExit as exit_:
            code = int(exit_.code or 0)
        captured = capsys.readouterr()
        return code, captured.out, captured.err

    return call


Run = Callable[..., subprocess.CompletedProcess[str]]


@pytest.fixture(scope="session")
def run_cli() -> Run:
    """Return a function that runs the command line in a project, as a user does."""

    def run(
        project: Project, *arguments: str, env: dict[str, str] | None = None, timeout: float = 300
    ) -> subprocess.CompletedProcess[str]:
        environment = {
            **os.environ,
            "DEEPTHEORY_PROJECT": str(project.root),
            "DEEPTHEORY_TOOLCHAIN": "embedded",
            "COLUMNS": "200",
            **(env or {}),
        }
        return subprocess.run(
            [sys.executable, "-c", "from deeptheory.cli import main; main()", *arguments],
            cwd=project.root,
            env=environment,
            stdin=subprocess.DEVNULL,
            capture_output=True,
            text=True,
            timeout=timeout,
            check=False,
        )

    return run
