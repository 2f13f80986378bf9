"""What the pages show: the catalog, the checks and the coverage, joined and cross-linked."""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property
from urllib.parse import quote

from deeptheory.audit import audit_reports
from deeptheory.audit.report import Report
from deeptheory.catalog.load import Catalog
from deeptheory.catalog.model import Declaration, LeanInfo
from deeptheory.certificates.reify import is_certifiable
from deeptheory.coverage import Row, cover, load_rows
from deeptheory.errors import UsageError
from deeptheory.formulas import Book
from deeptheory.paths import Project
from deeptheory.site.experiments import Experiment, read_experiments
from deeptheory.site.ledgers import Assumption, Origin, load_assumptions, load_provenance
from deeptheory.site.results import Check, load_checks, read_json

__all__ = [
    "Family",
    "Library",
    "family_key",
    "family_title",
    "has_bound",
    "label",
    "load_library",
    "namespaces",
    "page_names",
    "prose_of",
    "tightness",
]

TRUSTED_AXIOMS = ("propext", "Classical.choice", "Quot.sound")
_FAMILY_TITLES = {
    "vc": "VC dimension",
    "pacbayes": "PAC-Bayes",
    "incontext": "In-context learning",
    "rademacher": "Rademacher complexity",
    "stability": "Algorithmic stability",
    "generative": "Generative models",
    "laws": "Laws of training",
}
_UNSAFE_IN_FILE_NAMES = re.compile(r'[\x00-\x1f<>:"/\\|?*%#\s]')


@dataclass(frozen=True)
class Family:
    """A family of theorems with its counts."""

    name: str
    declarations: tuple[Declaration, ...]
    headline: tuple[Declaration, ...]
    sharp: int
    checked: int
    certifiable: int
    rows: tuple[Row, ...]

    @property
    def title(self) -> str:
        """The family's name as a heading."""
        return family_title(self.name)

    @property
    def rows_done(self) -> int:
        """The number of coverage rows that are delivered."""
        return sum(row.state == "delivered" for row in self.rows)


def label(declaration: Declaration) -> str:
    """Return the title of a declaration where there is one, else its short name."""
    return declaration.title.rstrip(".") if declaration.title else declaration.short


def prose_of(declaration: Declaration) -> str:
    """Return the docstring's prose without its card and without the title that opens it."""
    prose = declaration.prose or ""
    if declaration.title and prose.startswith("**"):
        _, closed, rest = prose[2:].partition("**")
        if closed:
            return rest.lstrip(" .:\n")
    return prose


def tightness(declaration: Declaration) -> str:
    """Return ``sharp``, ``open`` or, for a declaration without a card, the empty string."""
    if declaration.card is None:
        return ""
    return "sharp" if declaration.card.sharp.theorem else "open"


def has_bound(declaration: Declaration) -> bool:
    """Whether a theorem states a bound, rather than an identity or that something exists."""
    return declaration.card is not None and declaration.card.bound is not None


def namespaces(declaration: Declaration) -> list[str]:
    """Return the namespaces around a declaration, innermost first, each with its final dot."""
    parts = declaration.name.split(".")[:-1]
    return [".".join(parts[:n]) + "." for n in range(len(parts), 0, -1)] + [""]


def family_title(name: str) -> str:
    """Turn a family's key into a heading."""
    known = _FAMILY_TITLES.get(family_key(name))
    return known or name.replace("-", " ").replace("_", " ").capitalize() if name else "Library"


def family_key(name: str) -> str:
    """Bring the spellings of a family (`ImplicitBias`, `implicit-bias`) to one key."""
    return re.sub(r"[^a-z0-9]", "", name.lower())


def page_names(names: Iterable[str]) -> dict[str, str]:
    """Give every declaration a file name that is safe and distinct on every file system.

    Parameters
    ----------
    names : iterable of str
        Short names, in the catalog's order.

    Returns
    -------
    dict
        From short name to file name with ``.html``.  Names that differ in case only get a
        number, since some file systems do not tell them apart.
    """
    seen: dict[str, int] = defaultdict(int)
    pages: dict[str, str] = {}
    for name in names:
        stem = _UNSAFE_IN_FILE_NAMES.sub(lambda match: f"_x{ord(match[0]):02X}_", name)
        key = stem.casefold()
        seen[key] += 1
        pages[name] = f"{stem}.html" if seen[key] == 1 else f"{stem}~{seen[key]}.html"
    return pages


class Library:
    """Everything that the pages show.

    Parameters
    ----------
    catalog : Catalog
        Every declaration.
    book : Book
        The formulas of the catalog.
    checks : sequence of Check
        Empty where nothing was checked yet.
    coverage : sequence of Row
        Empty where there is no coverage file.
    experiments : sequence of Experiment
        Empty where none was run yet.
    provenance : mapping
        From the full name of a theorem to its origin.
    assumptions : sequence of Assumption
        The assumptions of the cards by name.
    reports : sequence of Report
        What the audit says of each headline theorem.
    """

    def __init__(
        self,
        catalog: Catalog,
        book: Book,
        checks: Sequence[Check],
        coverage: Sequence[Row],
        experiments: Sequence[Experiment] = (),
        provenance: Mapping[str, Origin] | None = None,
        assumptions: Sequence[Assumption] = (),
        reports: Sequence[Report] = (),
    ) -> None:
        declarations = catalog.declarations
        self.lean: LeanInfo = catalog.lean
        self.book = book
        self.declarations = list(declarations)
        self.by_name = dict(catalog.by_name)
        self.by_short = {declaration.short: declaration for declaration in declarations}
        self.checks = list(checks)
        self.coverage = list(coverage)
        self.experiments = list(experiments)
        self.provenance = dict(provenance or {})
        self.assumptions = list(assumptions)
        self.reports = {report.theorem.name: report for report in reports}
        self.pages = page_names(declaration.short for declaration in declarations)
        self.checks_by_theorem: dict[str, list[Check]] = defaultdict(list)
        for check in checks:
            found = self.find(check.theorem)
            if found:
                self.checks_by_theorem[found.name].append(check)
        self.used_by: dict[str, list[str]] = defaultdict(list)
        for declaration in declarations:
            for name in declaration.uses:
                if name in self.by_name and name != declaration.name:
                    self.used_by[name].append(declaration.name)

    def find(self, name: str) -> Declaration | None:
        """Look a declaration up by full or short name."""
        return self.by_name.get(name) or self.by_short.get(name)

    def page(self, name: str) -> str | None:
        """Return the page of a declaration, relative to the site's root, or None."""
        found = self.find(name)
        return f"theorem/{quote(self.pages[found.short])}" if found else None

    def source_page(self, declaration: Declaration) -> str:
        """Return the page of the declaration's source, with its line."""
        return f"source/{quote(declaration.module)}.html#L{declaration.line}"

    def checks_of(self, declaration: Declaration) -> list[Check]:
        """Return the checks of a theorem."""
        return self.checks_by_theorem.get(declaration.name, [])

    def rows_of(self, declaration: Declaration) -> list[Row]:
        """Return the coverage rows that a theorem delivers."""
        return [
            row
            for row in self.coverage
            if any(self.find(theorem) is declaration for theorem in row.theorems)
        ]

    @cached_property
    def headline(self) -> list[Declaration]:
        """The theorems with a card, in the catalog's order."""
        return [declaration for declaration in self.declarations if declaration.is_headline]

    @cached_property
    def modules(self) -> dict[str, list[Declaration]]:
        """The declarations of each module, in the catalog's order."""
        modules: dict[str, list[Declaration]] = {}
        for declaration in self.declarations:
            modules.setdefault(declaration.module, []).append(declaration)
        return modules

    @cached_property
    def axioms(self) -> list[str]:
        """Every axiom that some proof uses, the usual three first."""
        used = {axiom for declaration in self.declarations for axiom in declaration.axioms}
        usual = [axiom for axiom in TRUSTED_AXIOMS if axiom in used]
        return usual + sorted(used - set(usual))

    @cached_property
    def axioms_complete(self) -> bool:
        """Whether the list of axioms reaches through core Lean's own theorems."""
        return all(declaration.axioms_complete for declaration in self.declarations)

    @cached_property
    def families(self) -> list[Family]:
        """The families that hold a declaration or a coverage row."""
        rows: dict[str, list[Row]] = defaultdict(list)
        names: dict[str, str] = {}
        for row in self.coverage:
            rows[family_key(row.family)].append(row)
            names.setdefault(family_key(row.family), row.family)
        members: dict[str, list[Declaration]] = defaultdict(list)
        for declaration in self.declarations:
            members[family_key(declaration.family)].append(declaration)
            names.setdefault(family_key(declaration.family), declaration.family)
        families = []
        for key, name in names.items():
            headline = tuple(d for d in members[key] if d.is_headline)
            families.append(
                Family(
                    name=name,
                    declarations=tuple(members[key]),
                    headline=headline,
                    sharp=sum(tightness(d) == "sharp" for d in headline),
                    checked=sum(self.is_checked(d) for d in headline),
                    certifiable=sum(self.is_certifiable(d) for d in headline),
                    rows=tuple(rows[key]),
                )
            )
        return families

    def is_checked(self, declaration: Declaration) -> bool:
        """Whether the theorem has checks and all of them passed."""
        checks = self.checks_of(declaration)
        return bool(checks) and all(check.passed for check in checks)

    def is_certifiable(self, declaration: Declaration) -> bool:
        """Whether the kernel can check the bound's value at numbers of the reader's choice."""
        return declaration.name in self._certifiable

    @cached_property
    def _certifiable(self) -> frozenset[str]:
        found = set()
        for declaration in self.headline:
            bound = declaration.card.bound if declaration.card else None
            definition = self.find(bound) if bound else None
            if definition is not None and definition.formula:
                try:
                    formula = self.book.formula(definition.name)
                except UsageError:
                    continue  # a tree that cannot be read has no certificate either
                if is_certifiable(formula):
                    found.add(declaration.name)
        return frozenset(found)

    def needs(self, declaration: Declaration) -> list[Assumption]:
        """Return the named assumptions of a theorem."""
        return [item for item in self.assumptions if item.needed_by(declaration)]

    @cached_property
    def gaps(self) -> list[Declaration]:
        """The theorems with a card whose provenance nobody wrote down yet."""
        return [item for item in self.headline if item.name not in self.provenance]

    @cached_property
    def totals(self) -> dict[str, int]:
        """The numbers of the landing page."""
        checks = self.checks
        return {
            "headline": len(self.headline),
            "declarations": len(self.declarations),
            "proved": sum(d.kind == "theorem" for d in self.declarations),
            "sharp": sum(tightness(d) == "sharp" for d in self.headline),
            "checked": sum(self.is_checked(d) for d in self.headline),
            "certifiable": len(self._certifiable),
            "checks": len(checks),
            "instances": sum(check.instances or 0 for check in checks),
            "mutants": sum(len(check.mutants) for check in checks),
            "killed": sum(check.killed for check in checks),
            "families": sum(bool(family.headline) for family in self.families),
            "rows": len(self.coverage),
            "rows_done": sum(row.state == "delivered" for row in self.coverage),
            "rows_partial": sum(row.state == "partial" for row in self.coverage),
        }


def load_library(project: Project) -> Library:
    """Read the catalog, the checks and the coverage of a checkout.

    Raises
    ------
    UsageError
        Where the catalog is missing, or a file is not what its name says.
    FailureError
        Where a coverage row is wrong.
    """
    data = read_json(project.theorems_json)
    if data is None:
        raise UsageError(
            f"There is no catalog at {project.theorems_json}: run `deeptheory export` "
            "(or `make`), then `deeptheory index`."
        )
    catalog = Catalog.from_json(data, str(project.theorems_json))
    return Library(
        catalog,
        Book(data["declarations"]),
        load_checks(project),
        _load_coverage(project, catalog),
        _load_experiments(project),
        load_provenance(project.provenance_toml, catalog),
        load_assumptions(project.assumptions_toml, catalog),
        audit_reports(project, catalog)[0],
    )


def _load_experiments(project: Project) -> list[Experiment]:
    data = read_json(project.experiments_json)
    try:
        return [] if data is None else read_experiments(data)
    except (KeyError, TypeError, ValueError) as error:
        raise UsageError(
            f"{project.experiments_json} is not what `deeptheory experiment` writes ({error}): "
            "run it again."
        ) from error


def _load_coverage(project: Project, catalog: Catalog) -> list[Row]:
    if not project.coverage_toml.is_file():
        return []
    rows = load_rows(project.coverage_toml)
    cover(rows, catalog)  # a row that names what does not exist is an error
    return rows
