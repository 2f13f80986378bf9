"""The catalog must speak of the sources as they are."""

from __future__ import annotations

from deeptheory.audit.findings import Finding
from deeptheory.catalog import Catalog
from deeptheory.catalog.source import scan
from deeptheory.paths import Project

__all__ = ["audit_stale"]


def audit_stale(catalog: Catalog, project: Project) -> list[Finding]:
    """Compare each declaration of the catalog with its source file."""
    findings: list[Finding] = []
    current: dict[str, dict[str, tuple[int, str]]] = {}
    for d in catalog:
        if d.file not in current:
            path = project.root / d.file
            text = path.read_text(encoding="utf-8") if path.is_file() else ""
            current[d.file] = {s.name: (s.line, s.signature) for s in scan(text)}
        if current[d.file].get(d.name) != (d.line, d.signature):
            findings.append(
                Finding(
                    d.file,
                    d.line,
                    "stale",
                    f"{d.short} is not there as the catalog has it: run `deeptheory prove` and "
                    "`deeptheory export`",
                )
            )
    return findings
