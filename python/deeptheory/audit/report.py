"""How one headline theorem stands: what it rests on, and what each rule says of it."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from deeptheory.audit.checks import surviving
from deeptheory.audit.constants import claimed_numbers
from deeptheory.audit.findings import Finding
from deeptheory.catalog import Catalog, Declaration

__all__ = ["ASPECTS", "SCHEMA_VERSION", "Aspect", "Report", "make_report", "make_reports"]

SCHEMA_VERSION = 1
"""The version of what ``deeptheory audit --json`` prints."""

ASPECTS: dict[str, tuple[str, tuple[str, ...]]] = {
    "axioms": ("axioms", ("axioms", "forbidden")),
    "witness": ("witness", ("witness-assumes", "witness-short", "undocumented")),
    "sharpness": ("sharpness", ("bound-missing", "sharp-other")),
    "check": ("check and mutants", ("check-failed", "mutant-survives", "no-mutants")),
    "triviality": (
        "triviality test",
        ("false-hypothesis", "true-conclusion", "same-sides", "open-existential", "trivial-proof"),
    ),
    "hypotheses": ("hypotheses unused in the proof", ("unused-hypothesis",)),
    "constants": ("docstring constants that differ", ("constants",)),
    "source": ("source as proved", ("stale",)),
}
"""What a report looks at: a heading, and the rules that belong to it."""


@dataclass(frozen=True)
class Aspect:
    """One line of a report.

    Attributes
    ----------
    key, title : str
        What was looked at; the keys are those of `ASPECTS`.
    state : str
        ``ok``; ``defect``, where a rule is broken; ``open``, where the card says that tightness is
        not known; ``unknown``, where the check was not run yet.
    text : str
        What was found, in words.
    findings : tuple of str
        What is wrong.
    """

    key: str
    title: str
    state: str
    text: str
    findings: tuple[str, ...] = ()

    def to_json(self) -> dict[str, Any]:
        """Return the line as a JSON object."""
        return {"state": self.state, "text": self.text, "findings": list(self.findings)}


@dataclass(frozen=True)
class Report:
    """How a headline theorem stands.

    Attributes
    ----------
    theorem : Declaration
        The theorem.
    aspects : tuple of Aspect
        One line an aspect, in the order of `ASPECTS`.
    """

    theorem: Declaration
    aspects: tuple[Aspect, ...]

    @property
    def ok(self) -> bool:
        """Whether no rule is broken."""
        return all(aspect.state != "defect" for aspect in self.aspects)

    def to_json(self) -> dict[str, Any]:
        """Return the report as a JSON object."""
        d = self.theorem
        return {
            "theorem": d.name,
            "file": d.file,
            "line": d.line,
            "ok": self.ok,
            "axioms": list(d.axioms),
            "axioms_complete": d.axioms_complete,
            "aspects": {aspect.key: aspect.to_json() for aspect in self.aspects},
        }


def make_reports(
    catalog: Catalog, results: Mapping[str, Mapping[str, Any]], findings: Iterable[Finding]
) -> list[Report]:
    """Make the report of every headline theorem.

    Parameters
    ----------
    catalog : Catalog
        The theorems.
    results : mapping
        The entries of ``checks.json`` by the theorem's full name.
    findings : iterable of Finding
        What the rules found.
    """
    by_file: dict[str, list[Finding]] = {}
    for finding in findings:
        by_file.setdefault(finding.file, []).append(finding)
    return [make_report(d, results.get(d.name), by_file.get(d.file, ())) for d in catalog.headlines]


def make_report(
    d: Declaration, result: Mapping[str, Any] | None, findings: Sequence[Finding]
) -> Report:
    """Make the report of a theorem from its last check and the findings in its file."""
    own = [f for f in findings if d.line <= f.line <= d.end_line]
    aspects = []
    for key, (title, rules) in ASPECTS.items():
        wrong = tuple(f.message for f in own if f.rule in rules)
        state, text = _DESCRIBE[key](d, result)
        if wrong and key not in _KEEPS_TEXT:
            text = "; ".join(message.removeprefix(f"{d.short}: ") for message in wrong)
        aspects.append(Aspect(key, title, "defect" if wrong else state, text, wrong))
    return Report(d, tuple(aspects))


def _axioms(d: Declaration, result: Mapping[str, Any] | None) -> tuple[str, str]:
    listed = ", ".join(d.axioms) or "none"
    return "ok", listed if d.axioms_complete else f"at most {listed}"


def _witness(d: Declaration, result: Mapping[str, Any] | None) -> tuple[str, str]:
    return "ok", _short(d.card.witness) if d.card else "none"


def _sharpness(d: Declaration, result: Mapping[str, Any] | None) -> tuple[str, str]:
    if d.card is None or d.card.sharp.theorem is None:
        return "open", d.card.sharp.note if d.card else "open"
    note = d.card.sharp.note
    return "ok", _short(d.card.sharp.theorem) + (f" ({note})" if note else "")


def _check(d: Declaration, result: Mapping[str, Any] | None) -> tuple[str, str]:
    if result is None:
        return "unknown", f"not run yet: deeptheory verify {d.short}"
    mutants = result.get("mutants", ())
    killed = len(mutants) - len(surviving(result))
    parts = [
        "passed" if result["passed"] else "failed",
        f"{result.get('instances', 0)} instances",
        f"{killed} of {len(mutants)} mutants refuted",
    ]
    ratio = result.get("max_ratio")
    if ratio:
        exact = ratio.get("exact")
        short = exact if exact is not None and len(exact) <= 12 else ratio["decimal"]
        parts.insert(2, f"largest ratio {short}")
    return "ok", ", ".join(parts)


def _triviality(d: Declaration, result: Mapping[str, Any] | None) -> tuple[str, str]:
    return "ok", (
        "no falsehood assumed, not True, no term compared with itself, no bound free to choose, "
        "no proof by reflexivity"
    )


def _hypotheses(d: Declaration, result: Mapping[str, Any] | None) -> tuple[str, str]:
    unused = sum(not h.used for h in d.hypotheses)
    total = len(d.hypotheses)
    if unused:
        return "ok", f"{unused} of {total}"
    return "ok", f"none of {total}" if total else "none: it assumes nothing"


def _constants(d: Declaration, result: Mapping[str, Any] | None) -> tuple[str, str]:
    claimed = claimed_numbers(d)
    numbers = sorted({int(n) for n in claimed.factors | claimed.powers})
    if not numbers:
        return "ok", "none: the docstring claims no number"
    return "ok", f"none of {', '.join(map(str, numbers))}"


def _source(d: Declaration, result: Mapping[str, Any] | None) -> tuple[str, str]:
    return "ok", f"{d.file}:{d.line}"


# What these found is worth reading beside a defect; the others say that there is none.
_KEEPS_TEXT = ("axioms", "witness", "sharpness", "check")
_DESCRIBE = {
    "axioms": _axioms,
    "witness": _witness,
    "sharpness": _sharpness,
    "check": _check,
    "triviality": _triviality,
    "hypotheses": _hypotheses,
    "constants": _constants,
    "source": _source,
}


def _short(name: str) -> str:
    return name.removeprefix("DeepTheory.")
