"""The audit: rules that sources, theorems and checks must keep, and a report for each theorem."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from deeptheory.audit.findings import Finding
    from deeptheory.audit.report import Report
    from deeptheory.catalog import Catalog
    from deeptheory.paths import Project

__all__ = ["audit", "audit_reports"]


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
    return audit_reports(project)[1]


def audit_reports(
    project: Project, catalog: Catalog | None = None
) -> tuple[list[Report], list[Finding]]:
    """Apply every rule to a checkout, and say of each headline theorem how it stands.

    Parameters
    ----------
    project : Project
        The checkout; its catalog must have been built.
    catalog : Catalog, optional
        The catalog, where it was read already.

    Returns
    -------
    reports : list of Report
        One a headline theorem, in the catalog's order.
    findings : list of Finding
        Every defect, sorted by place.

    Raises
    ------
    UsageError
        Where there is no catalog.
    """
    from deeptheory.audit.checks import audit_checks
    from deeptheory.audit.report import make_reports
    from deeptheory.audit.source import audit_sources
    from deeptheory.audit.stale import audit_stale
    from deeptheory.audit.theorems import audit_catalog
    from deeptheory.catalog import Catalog
    from deeptheory.checkresults import read_results

    catalog = catalog or Catalog.load(project)
    results = read_results(project.checks_json)
    files = list((project.lean / "DeepTheory").rglob("*.lean"))
    findings = audit_sources(files, project.root)
    findings += audit_stale(catalog, project)
    findings += audit_catalog(catalog)
    findings += audit_checks(catalog, results)
    findings.sort()
    return make_reports(catalog, results, findings), findings
