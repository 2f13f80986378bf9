"""Tactic states by LeanDojo, which needs the official toolchain."""

from __future__ import annotations

import importlib
import os
import re
import subprocess
from collections.abc import Iterable
from pathlib import Path
from typing import Any

from deeptheory.errors import FailureError, UsageError
from deeptheory.paths import Project
from deeptheory.toolchain.official import OfficialToolchain, find_official

__all__ = ["require_toolchain", "required_version", "trace_tactics"]

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


def trace_tactics(project: Project, commit: str | None) -> dict[str, list[dict[str, Any]]]:
    """Run LeanDojo over the repository; return the tactics by the theorem's full name.

    A tactic that begins with no goal left, or that only structures others, is left out, as in the
    benchmark.

    Parameters
    ----------
    project : Project
        The checkout.
    commit : str or None
        The commit that its Lean sources are.

    Raises
    ------
    UsageError
        Where LeanDojo is not installed, or the sources are not those of a commit, which is what
        LeanDojo traces.
    FailureError
        Where LeanDojo fails.
    """
    # What is traced lies here; nothing is taken from a server.
    os.environ.setdefault("DISABLE_REMOTE_CACHE", "1")
    try:
        dojo = importlib.import_module("lean_dojo")
    except ImportError as error:
        raise UsageError(
            f"Tracing needs LeanDojo, which is not installed ({error}): run `make dojo`."
        ) from None
    if commit is None:
        raise UsageError(
            "LeanDojo traces a commit, and the Lean sources here are not those of one: commit them."
        )
    try:
        repository = dojo.LeanGitRepo(str(project.root), commit)
        traced = dojo.trace(repository, build_deps=False)
        return {
            str(theorem.theorem.full_name): list(_tactics(theorem.get_traced_tactics()))
            for theorem in traced.get_traced_theorems()
        }
    except Exception as error:  # LeanDojo raises whatever its tools raise
        reason = " ".join(str(error).split())[:300] or type(error).__name__
        raise FailureError(f"LeanDojo could not trace the repository: {reason}.") from error


def _tactics(traced: Iterable[Any]) -> Iterable[dict[str, Any]]:
    for tactic in traced:
        if tactic.state_before == "no goals" or "·" in tactic.tactic:
            continue
        text, provenances = tactic.get_annotated_tactic()
        yield {
            "tactic": tactic.tactic,
            "annotated_tactic": [text, provenances],
            "state_before": tactic.state_before,
            "state_after": tactic.state_after,
        }
