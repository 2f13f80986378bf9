"""Tactic states by LeanDojo, which needs the official toolchain."""

from __future__ import annotations

import importlib
import os
import re
import shutil
import subprocess
from collections.abc import Iterable
from pathlib import Path
from typing import Any

from deeptheory.errors import FailureError, UsageError
from deeptheory.paths import Project
from deeptheory.toolchain.official import OfficialToolchain, find_official

__all__ = ["make_repository", "require_toolchain", "required_version", "trace_tactics"]

LIBRARY = "DeepTheory"
_LAKEFILE = f"""\
import Lake
open Lake DSL

package {LIBRARY}

@[default_target]
lean_lib {LIBRARY}
"""

_VERSION = re.compile(r"version (?P<version>\d+\.\d+\.\d+(?:-[\w.]+)?)")


def required_version(project: Project) -> str:
    """Return the version of Lean that the checkout asks for.

    Raises
    ------
    UsageError
        Where ``lean-toolchain`` does not say.
    """
    path = project.root / "lean-toolchain"
    try:
        text = path.read_text(encoding="utf-8").strip()
    except OSError:
        text = ""
    match = re.fullmatch(r"leanprover/lean4:v(?P<version>\S+)", text)
    if match is None:
        raise UsageError(f"{path} does not name a version of Lean: restore it from git.")
    return match["version"]


def require_toolchain(project: Project) -> OfficialToolchain:
    """Return the official toolchain of the version that the checkout asks for.

    Raises
    ------
    UsageError
        Where it is not on PATH, or is of another version.
    """
    wanted = required_version(project)
    official = find_official()
    if official is None and os.environ.get("DEEPTHEORY_TOOLCHAIN") == "embedded":
        raise UsageError(
            "Tracing needs the official toolchain, which DEEPTHEORY_TOOLCHAIN=embedded passes over."
        )
    if official is None:
        raise UsageError(
            f"Tracing needs lake and lean {wanted} of the official toolchain on PATH, which elan "
            "installs; `deeptheory dataset` does without."
        )
    found = _version(official.lean, project.root)
    if found != wanted:
        raise UsageError(
            f"Tracing needs lean {wanted}, and {official.lean} is {found or 'no Lean'}: let elan "
            "install it, or put it first on PATH."
        )
    return official


def _version(lean: Path, root: Path) -> str | None:
    try:
        done = subprocess.run(
            [str(lean), "--version"],
            cwd=root,
            capture_output=True,
            text=True,
            timeout=120,
            check=False,
        )
    except (OSError, subprocess.SubprocessError):
        return None
    match = _VERSION.search(done.stdout)
    return match["version"] if match and done.returncode == 0 else None


def trace_tactics(project: Project) -> dict[str, list[dict[str, Any]]]:
    """Run LeanDojo over the library; return the tactics by the theorem's full name.

    LeanDojo traces a commit of a repository whose sources lie at its root.  So the library is
    copied into a repository of its own, whose commit depends on the sources alone: what was traced
    once is found again in LeanDojo's cache.  A tactic that begins with no goal left, or that only
    structures others, is left out, as in the benchmark.

    Parameters
    ----------
    project : Project
        The checkout.

    Raises
    ------
    UsageError
        Where LeanDojo is not installed.
    FailureError
        Where LeanDojo, or git, fails.
    """
    # What is traced lies here; nothing is taken from a server.
    os.environ.setdefault("DISABLE_REMOTE_CACHE", "1")
    try:
        dojo = importlib.import_module("lean_dojo")
    except ImportError as error:
        raise UsageError(
            f"Tracing needs LeanDojo, which is not installed ({error}): run `make dojo`."
        ) from None
    folder = project.build / "trace" / LIBRARY
    commit = make_repository(project, folder)
    try:
        traced = dojo.trace(dojo.LeanGitRepo(str(folder), commit), build_deps=False)
        return {
            str(theorem.theorem.full_name): list(_tactics(theorem.get_traced_tactics()))
            for theorem in traced.get_traced_theorems()
        }
    except Exception as error:  # LeanDojo raises whatever its tools raise
        reason = " ".join(str(error).split())[:300] or type(error).__name__
        raise FailureError(f"LeanDojo could not trace the library: {reason}.") from error


def make_repository(project: Project, folder: Path) -> str:
    """Copy the library into a repository with the sources at its root; return the commit.

    Parameters
    ----------
    project : Project
        The checkout.
    folder : Path
        Where to make it; what is there is replaced.

    Raises
    ------
    FailureError
        Where git fails.
    """
    shutil.rmtree(folder, ignore_errors=True)
    shutil.copytree(project.lean / LIBRARY, folder / LIBRARY)
    root = project.lean / f"{LIBRARY}.lean"
    if root.is_file():
        shutil.copyfile(root, folder / root.name)
    shutil.copyfile(project.root / "lean-toolchain", folder / "lean-toolchain")
    (folder / "lakefile.lean").write_text(_LAKEFILE, encoding="utf-8")
    (folder / ".gitignore").write_text("/.lake/\n", encoding="utf-8")
    nobody = {"NAME": LIBRARY, "EMAIL": "library@localhost", "DATE": "2000-01-01T00:00:00Z"}
    environment = {k: v for k, v in os.environ.items() if not k.startswith("GIT_")}
    environment |= {"GIT_CONFIG_GLOBAL": os.devnull, "GIT_CONFIG_NOSYSTEM": "1"}
    environment |= {f"GIT_{w}_{k}": v for w in ("AUTHOR", "COMMITTER") for k, v in nobody.items()}

    def git(*arguments: str) -> str:
        command = ["git", "-c", "init.defaultBranch=main", "-C", str(folder), *arguments]
        try:
            done = subprocess.run(
                command, capture_output=True, text=True, env=environment, check=True, timeout=300
            )
        except (OSError, subprocess.SubprocessError) as error:
            said = getattr(error, "stderr", None) or str(error)
            raise FailureError(f"git {arguments[0]} failed in {folder}: {said.strip()}") from None
        return done.stdout.strip()

    git("init", "--quiet")
    git("add", "--all")
    git("commit", "--quiet", "--message", "The library")
    return git("rev-parse", "HEAD")


def _tactics(traced: Iterable[Any]) -> Iterable[dict[str, Any]]:
    for tactic in traced:
        if tactic.state_before == "no goals" or "·" in tactic.tactic:
            continue
        text, found = tactic.get_annotated_tactic()
        provenances = [{**entry, "def_path": _path(str(entry["def_path"]))} for entry in found]
        yield {
            "tactic": tactic.tactic,
            "annotated_tactic": [text, provenances],
            "state_before": tactic.state_before,
            "state_after": tactic.state_after,
        }


def _path(path: str) -> str:
    """Turn a path in the repository that is traced into one of the checkout."""
    return f"lean/{path}" if path.split("/")[0] in (LIBRARY, f"{LIBRARY}.lean") else path
