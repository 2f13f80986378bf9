"""The list of what is taken from core without proof, kept with the sources.

A reader of an export must believe these statements, or check them with a Lean that ships their
proofs.  The list changes only by hand, so that a new one is seen.
"""

from __future__ import annotations

from collections.abc import Iterable

from deeptheory.errors import UsageError
from deeptheory.files import replacing
from deeptheory.kernel.export import Assumption
from deeptheory.paths import Project

__all__ = ["read_assumptions", "write_assumptions"]

_HEADER = """\
# What `deeptheory export --kernel` takes from core Lean as stated, since the embedded toolchain
# does not ship its proof or value: kind, name, module.
# `deeptheory export --kernel -o FILE --accept` writes this list again.
"""


def read_assumptions(project: Project) -> tuple[Assumption, ...]:
    """Return the list of a checkout; it is empty where there is none.

    Raises
    ------
    UsageError
        Where the list cannot be read.
    """
    path = project.kernel_assumptions
    try:
        lines = path.read_text(encoding="utf-8").splitlines()
        found = (line.split() for line in lines if line and not line.startswith("#"))
        return tuple(Assumption(kind, name, module) for kind, name, module in found)
    except FileNotFoundError:
        return ()
    except (OSError, ValueError) as error:
        raise UsageError(f"The list {path} cannot be read ({error}): restore it.") from None


def write_assumptions(project: Project, assumptions: Iterable[Assumption]) -> None:
    """Write the list of a checkout."""
    with replacing(project.kernel_assumptions) as stream:
        stream.write(_HEADER)
        for a in sorted(assumptions):
            stream.write(f"{a.kind} {a.name} {a.module}\n")
