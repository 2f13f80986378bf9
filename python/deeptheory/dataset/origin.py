"""Which repository and commit a checkout is."""

from __future__ import annotations

import re
import subprocess
from dataclasses import dataclass
from pathlib import Path

__all__ = ["Origin", "find_origin"]

_REMOTE = re.compile(
    r"(?:(?P<scheme>https?|ssh|git)://(?:[^@/]*@)?(?P<host>[^/:]+)(?::\d+)?/"
    r"|(?:[^@/]+@)(?P<scp>[^/:]+):)(?P<path>.+?)(?:\.git)?/?"
)


@dataclass(frozen=True)
class Origin:
    """Where the sources come from.

    Attributes
    ----------
    url : str or None
        The repository; None where it is known from no remote.
    commit : str or None
        The commit; None where the Lean sources are not those of a commit.
    """

    url: str | None
    commit: str | None


def find_origin(root: Path, url: str | None = None) -> Origin:
    """Ask git for the repository and the commit of a checkout.

    Parameters
    ----------
    root : Path
        The checkout.
    url : str, optional
        The repository, in place of what git says.
    """
    commit = None
    changed = _git(root, "status", "--porcelain", "--", "lean", "lakefile.lean", "lean-toolchain")
    if changed is not None and not changed.strip():
        commit = (_git(root, "rev-parse", "HEAD") or "").strip() or None
    if url is None:
        url = public_url((_git(root, "config", "--get", "remote.origin.url") or "").strip())
    return Origin(url, commit)


def public_url(remote: str) -> str | None:
    """Turn a remote into the address of a page, without user names; None for a path.

    Examples
    --------
    >>> public_url("git@host.example:owner/name.git")
    'https://host.example/owner/name'
    """
    match = _REMOTE.fullmatch(remote)
    return f"https://{match['host'] or match['scp']}/{match['path']}" if match else None


def _git(root: Path, *arguments: str) -> str | None:
    try:
        done = subprocess.run(
            ["git", "-C", str(root), *arguments],
            capture_output=True,
            text=True,
            timeout=60,
            check=False,
        )
    except (OSError, subprocess.SubprocessError):
        return None
    return done.stdout if done.returncode == 0 else None
