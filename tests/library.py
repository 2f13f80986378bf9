"""A small checkout for tests: sources with the exports that the real exporter made of them."""

from __future__ import annotations

import json
import shutil
from pathlib import Path
from typing import Any

from deeptheory.paths import Project

DATA = Path(__file__).parent / "data" / "library"
BASIC, DEFECTS = "DeepTheory.Sample.Basic", "DeepTheory.Sample.Defects"


def make_library(folder: Path, *modules: str) -> Project:
    """Copy modules and their exports into a folder laid out as a checkout."""
    project = Project(folder)
    folder.mkdir(parents=True, exist_ok=True)
    (folder / "lakefile.lean").write_text("", encoding="utf-8")
    for module in modules or (BASIC,):
        path = Path("lean", *module.split(".")).with_suffix(".lean")
        (folder / path).parent.mkdir(parents=True, exist_ok=True)
        shutil.copy(DATA / path, folder / path)
        (project.build / "export").mkdir(parents=True, exist_ok=True)
        shutil.copy(DATA / "export" / f"{module}.json", project.build / "export")
    return project


def source_of(project: Project, module: str = BASIC) -> Path:
    return (project.lean / Path(*module.split("."))).with_suffix(".lean")


def edit_source(project: Project, old: str, new: str, module: str = BASIC) -> None:
    path = source_of(project, module)
    text = path.read_text(encoding="utf-8")
    assert old in text
    path.write_text(text.replace(old, new), encoding="utf-8")


def edit_export(project: Project, name: str, change: dict[str, Any], module: str = BASIC) -> None:
    """Change fields of one constant in a raw export."""
    path = project.build / "export" / f"{module}.json"
    data = json.loads(path.read_text(encoding="utf-8"))
    constant = next(c for c in data["constants"] if c["name"] == name)
    constant.update(change)
    path.write_text(json.dumps(data), encoding="utf-8")
