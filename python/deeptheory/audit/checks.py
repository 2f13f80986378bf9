"""Rules on the numeric checks: a check that fails, or that cannot tell a false variant, is none."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from typing import Any

from deeptheory.audit.findings import Finding
from deeptheory.catalog import Catalog, Declaration

__all__ = ["CHECK_RULES", "audit_checks", "surviving"]

Result = Mapping[str, Any]
Rule = Callable[[Declaration, Result], Iterator[str]]


def surviving(result: Result) -> list[str]:
    """Return the names of the mutants that a check did not refute."""
    return [str(m.get("name", "?")) for m in result.get("mutants", ()) if not m.get("killed")]


def check_failed(d: Declaration, result: Result) -> Iterator[str]:
    """Require that the last numeric check passed."""
    if not result["passed"]:
        reasons = [str(f.get("reason", "")) for f in result.get("failures", ())]
        why = f": {reasons[0]}" if reasons and reasons[0] else ""
        yield f"{d.short}: its numeric check failed{why}; run `deeptheory verify {d.short}`"


def mutant_survives(d: Declaration, result: Result) -> Iterator[str]:
    """Require that the check refutes every false variant of the theorem."""
    for name in surviving(result):
        yield f"{d.short}: its check does not refute the false variant {name!r}"


def no_mutants(d: Declaration, result: Result) -> Iterator[str]:
    """Require that there is a false variant for the check to refute."""
    if result["passed"] and not result.get("mutants"):
        yield f"{d.short}: its check has no false variant to refute, so it may be unable to fail"


CHECK_RULES: dict[str, Rule] = {
    "check-failed": check_failed,
    "mutant-survives": mutant_survives,
    "no-mutants": no_mutants,
}
"""The rules by name."""


def audit_checks(catalog: Catalog, results: Mapping[str, Result]) -> list[Finding]:
    """Apply every rule to the last check of each headline theorem.

    A theorem that was not checked yet breaks no rule here: `deeptheory verify` fails where a
    headline theorem has no check.

    Parameters
    ----------
    catalog : Catalog
        The theorems.
    results : mapping
        The entries of ``checks.json`` by the theorem's full name.
    """
    return sorted(
        Finding(d.file, d.line, name, message)
        for d in catalog.headlines
        if d.name in results
        for name, rule in CHECK_RULES.items()
        for message in rule(d, results[d.name])
    )
