"""The program that the embedded Lean runs: the driver, with the exporter in front of it.

In the embedded toolchain a program cannot call compiled code of another module of ours, so the two
sources are joined into one.
"""

from __future__ import annotations

import hashlib
import re
from pathlib import Path

from deeptheory.errors import UsageError
from deeptheory.paths import Project

__all__ = ["export_digest", "write_program"]

STUB = """
namespace Export
public def exportModule (_ : Lean.Environment) (_ : Lean.Name) (_ : System.FilePath) : IO Unit :=
  pure ()
end Export
"""
"""Stands in for the exporter where only diagnostics are wanted."""

_HEADER = re.compile(r"^(?:module|(?:public |meta |private )*import .*)\s*$", re.MULTILINE)


def _source(project: Project, name: str) -> str:
    path = project.lean / name
    try:
        return path.read_text(encoding="utf-8")
    except FileNotFoundError as error:
        raise UsageError(f"{path} is missing: restore it from git.") from error


def _body(source: str) -> str:
    return _HEADER.sub("", source)


def export_digest(project: Project) -> str:
    """Return a hash of everything that shapes the export of a module."""
    digest = hashlib.sha256()
    for name in ("Driver.lean", "Export.lean"):
        digest.update(_source(project, name).encode())
    return digest.hexdigest()


def write_program(project: Project, folder: Path, *, exporting: bool) -> Path:
    """Write the program into a folder and return its file.

    Parameters
    ----------
    project : Project
        The checkout.
    folder : Path
        Where to write it.
    exporting : bool
        Whether the exporter is part of it; without it the start is faster and no export is
        written.
    """
    driver = _source(project, "Driver.lean")
    headers = _HEADER.findall(driver)
    if exporting:
        exporter = _source(project, "Export.lean")
        headers += _HEADER.findall(exporter)
        middle = "section\n" + _without_main(_body(exporter)) + "\nend\n"
    else:
        middle = STUB
    imports = {line.strip() for line in headers} - {"module", "public import Export"}
    path = folder / "Program.lean"
    text = "\n".join(["module", "", *sorted(imports), middle, _body(driver)])
    path.write_text(text, encoding="utf-8")
    return path


def _without_main(body: str) -> str:
    """Leave out the exporter's own ``main`` with its docstring: the driver's is the one that runs.

    It is the last declaration of the file.
    """
    return re.split(r"(?m)^(?:/--(?:(?!-/)[\s\S])*-/\s*)?public def main\b", body, maxsplit=1)[0]
