"""The audit: rules that sources and theorems must keep."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from deeptheory.audit.findings import Finding
    from deeptheory.paths import Project

__all__ = ["audit"]


def audit(project: Project) -> list[Finding]:
    """Apply every rule to a checkout.

    Parameters
    ----------
    project : Project
        The checkout; its catalog must have been built.

    Raises
    ------
    UsageError
        Where there is no catalog.
    """
    from deeptheory.audit.source import audit_sources
    from deeptheory.audit.stale import audit_stale
    from deeptheory.audit.theorems import audit_catalog
    from deeptheory.catalog import Catalog

    catalog = Catalog.load(project)
    files = list((project.lean / "DeepTheory").rglob("*.lean"))
    findings = audit_sources(files, project.root)
    findings += audit_stale(catalog, project)
    findings += audit_catalog(catalog)
    return sorted(findings)
