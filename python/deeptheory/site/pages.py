"""Renders every page of the index."""

from __future__ import annotations

import hashlib
import json
import posixpath
from collections.abc import Callable, Iterator, Sequence
from pathlib import Path
from typing import Any
from urllib.parse import quote

from jinja2 import Environment, FileSystemLoader, StrictUndefined
from markupsafe import Markup

from deeptheory import __version__
from deeptheory.catalog.model import Declaration
from deeptheory.paths import Project
from deeptheory.site.calculator import make_calculator
from deeptheory.site.calculator import view as calculator_view
from deeptheory.site.cite import bibtex, read_citation
from deeptheory.site.experiments import PLOTTED_AT_MOST
from deeptheory.site.feeds import atom_feed, json_feed
from deeptheory.site.graph import neighbourhood_svg
from deeptheory.site.latex import Formulas
from deeptheory.site.ledgers import KINDS, Assumption
from deeptheory.site.map import TheoremMap
from deeptheory.site.model import (
    TRUSTED_AXIOMS,
    Library,
    has_bound,
    label,
    namespaces,
    prose_of,
    tightness,
)
from deeptheory.site.plots import Plot, plots_of_check
from deeptheory.site.results import Check
from deeptheory.site.search_index import search_script
from deeptheory.site.text import LeanRenderer, render_prose, render_words
from deeptheory.site.web import find_web
from deeptheory.site.wording import (
    breakable,
    first_sentence,
    gist,
    inline_text,
    joined,
    plural,
    split_lines,
    thousands,
)

__all__ = ["Renderer"]

FOLDER = Path(__file__).resolve().parent


class Renderer:
    """Renders the pages of a library.

    Parameters
    ----------
    library : Library
        What is shown.
    project : Project
        Where the Lean sources and the published data lie.
    """

    def __init__(self, library: Library, project: Project) -> None:
        self.library = library
        self.project = project
        self.lean = LeanRenderer(library)
        self.formulas = Formulas(library, find_web(project))
        self.environment = Environment(
            loader=FileSystemLoader(FOLDER / "templates"),
            autoescape=True,
            trim_blocks=True,
            lstrip_blocks=True,
            undefined=StrictUndefined,
        )
        self.environment.filters |= {
            "breakable": breakable,
            "gist": gist,
            "has_bound": has_bound,
            "inline": inline_text,
            "label": label,
            "plural": plural,
            "thousands": thousands,
            "tightness": tightness,
        }
        self.assets = sorted(path for path in (FOLDER / "assets").iterdir() if path.is_file())
        self.sources = self._read_sources()
        self.citation = read_citation(project.citation_cff)
        self.search = search_script(library)
        self._downloads: list[tuple[str, str]] = []
        stamp = hashlib.sha256()
        for path in self.assets:
            stamp.update(path.read_bytes())
        stamp.update(self.search.encode())
        self.stamp = stamp.hexdigest()[:8]

    def count(self) -> int:
        """Return the number of pages, roughly."""
        return len(self.library.declarations) + len(self.sources) + 4

    def files(self) -> Iterator[tuple[str, str | bytes]]:
        """Yield every file of the site: its path and its content."""
        yield "index.html", self._landing()
        yield (
            "library.html",
            self._page("library.html", "library.html", modules=list(self.library.modules.items())),
        )
        yield "coverage.html", self._page("coverage.html", "coverage.html")
        yield "about.html", self._page("about.html", "about.html", trusted=TRUSTED_AXIOMS)
        yield from self._overviews()
        if self.library.experiments:
            yield "experiments.html", self._experiments()
            yield from self._downloads
            self._downloads.clear()
        neighbours = _neighbours(self.library.declarations)
        neighbours |= _neighbours(self.library.headline)
        for declaration in self.library.declarations:
            yield (
                f"theorem/{self.library.pages[declaration.short]}",
                self._declaration(declaration, *neighbours[declaration.name]),
            )
            yield from self._downloads
            self._downloads.clear()
        for module, text in self.sources.items():
            yield f"source/{module}.html", self._source(module, text)
        for path in self.assets:
            yield f"assets/{path.name}", path.read_bytes()
        yield from self.formulas.mathematics.files()
        yield "assets/search-data.js", self.search
        yield "assets/definitions.js", self._definitions()
        yield "feed.json", json_feed(self.library, self.citation)
        yield "feed.atom", atom_feed(self.library, self.citation)
        yield from self._published()

    def _published(self) -> Iterator[tuple[str, bytes]]:
        """Yield the data behind the pages, each file with the schema that it keeps."""
        for path, folder in (
            (self.project.theorems_json, "catalog"),
            (self.project.checks_json, "checks"),
            (self.project.experiments_json, "experiments"),
        ):
            if path.is_file():
                schema = f"{path.stem}.schema.json"
                yield f"data/{path.name}", path.read_bytes()
                yield f"data/{schema}", (FOLDER.parent / folder / schema).read_bytes()

    # Pages

    def _overviews(self) -> Iterator[tuple[str, str]]:
        """Yield the pages that put the headline theorems side by side, and their data."""
        theorems = TheoremMap(self.library)
        yield (
            "map.html",
            self._page(
                "map.html",
                "map.html",
                map=theorems,
                drawing=theorems.svg(linker("map.html")),
                control_rows=theorems.controls(),
            ),
        )
        yield "data/map.json", theorems.json()
        unnamed = [d for d in self.library.headline if not self.library.needs(d)]
        yield (
            "assumptions.html",
            self._page(
                "assumptions.html",
                "assumptions.html",
                assumptions=self._assumptions(),
                unnamed=unnamed,
            ),
        )
        yield "provenance.html", self._page("provenance.html", "provenance.html", kinds=KINDS)

    def _page(self, template: str, name: str, **values: Any) -> str:
        link = linker(name)
        return self.environment.get_template(template).render(
            library=self.library,
            totals=self.library.totals,
            version=__version__,
            here=name,
            link=link,
            page=lambda target: link(self.library.page(target) or ""),
            find=self.library.find,
            root=link(""),
            stamp=self.stamp,
            katex=self.formulas.mathematics.is_katex,
            has_checks=self.project.checks_json.is_file(),
            **values,
        )

    def _landing(self) -> str:
        rows = [
            {
                "declaration": declaration,
                "formula": self.formulas.view(declaration),
                "prose": first_sentence(prose_of(declaration)),
                "checks": self.library.checks_of(declaration),
                "checked": self.library.is_checked(declaration),
            }
            for declaration in self.library.headline
        ]
        kinds: dict[str, int] = {}
        for declaration in self.library.declarations:
            if not declaration.is_headline:
                kinds[declaration.kind] = kinds.get(declaration.kind, 0) + 1
        controls: dict[str, int] = {}
        for declaration in self.library.headline:
            for control in declaration.card.controls if declaration.card else ():
                controls[control] = controls.get(control, 0) + 1
        return self._page(
            "index.html",
            "index.html",
            rows=rows,
            kinds=sorted(kinds.items(), key=lambda item: (-item[1], item[0])),
            controls=sorted(controls.items()),
            assumptions=self._assumptions(),
        )

    def _assumptions(self) -> list[tuple[Assumption, list[Declaration]]]:
        """Return the named assumptions, each with the theorems that need it."""
        return [
            (item, [d for d in self.library.headline if item.needed_by(d)])
            for item in self.library.assumptions
        ]

    def _declaration(
        self,
        declaration: Declaration,
        previous: Declaration | None,
        following: Declaration | None,
    ) -> str:
        name = f"theorem/{self.library.pages[declaration.short]}"
        link = linker(name)
        statement, rest = self.lean.statement(declaration, link)
        source = self._excerpt(declaration, link)
        checks = [
            {"check": check, "plots": self._plots(declaration, number, check)}
            for number, check in enumerate(self.library.checks_of(declaration), start=1)
        ]
        formula = self.formulas.view(declaration)
        definitions = [
            (found, self.lean.statement(found, link)[0])
            for found in (self.library.by_name.get(item) for item in declaration.type_uses)
            if found is not None and found is not declaration
        ]
        return self._page(
            "theorem.html",
            name,
            d=declaration,
            statement=statement,
            rest=[self.library.by_name[item] for item in rest],
            prose=render_prose(prose_of(declaration), self.lean, declaration, link),
            words=lambda text: render_words(text, self.lean, declaration, link),
            formula=formula,
            definitions=definitions,
            known=" ".join(
                self.library.pages[found.short]
                for found, _ in definitions
                if found.kind != "theorem"
            ),
            calculator=self._calculator(declaration, name),
            origin=self.library.provenance.get(declaration.name),
            needs=self.library.needs(declaration),
            report=self.library.reports.get(declaration.name),
            bibtex=bibtex(self.citation, declaration),
            axioms=self._axioms(declaration),
            graph=neighbourhood_svg(self.library, declaration, link),
            uses=self._sorted(declaration.uses, declaration),
            used_by=self._sorted(self.library.used_by.get(declaration.name, ()), declaration),
            checks=checks,
            on_data=self._on_data(declaration),
            full_type=self._full_type(declaration, link),
            source=source,
            source_href=(
                link(self.library.source_page(declaration))
                if declaration.module in self.sources
                else None
            ),
            trusted=TRUSTED_AXIOMS,
            rows=self.library.rows_of(declaration),
            previous=previous,
            following=following,
        )

    def _calculator(self, declaration: Declaration, page: str) -> dict[str, Any] | None:
        """Make the calculator of a page, and keep its script for the files."""
        calculator = make_calculator(self.library.book, declaration)
        if calculator is not None:
            name = f"formula/{posixpath.basename(page).removesuffix('.html')}.js"
            self._downloads.append((name, calculator.script))
            return {**calculator_view(calculator), "script": quote(name)}
        return None

    def _definitions(self) -> str:
        """Return the script with the definitions that statements open in place."""
        link = linker("theorem/")
        found = {}
        for declaration in self.library.declarations:
            if declaration.kind != "theorem":
                markup = self._excerpt(declaration, link)
                if markup is None:
                    markup = self.lean.statement(declaration, link)[0]
                found[self.library.pages[declaration.short]] = str(markup)
        data = json.dumps(found, ensure_ascii=False, separators=(",", ":"))
        return f"window.deepTheoryDefinitions={data};\n"

    @staticmethod
    def _axioms(declaration: Declaration) -> list[str]:
        """Return the axioms of a declaration, the usual three first."""
        usual = [axiom for axiom in TRUSTED_AXIOMS if axiom in declaration.axioms]
        return usual + [axiom for axiom in declaration.axioms if axiom not in usual]

    def _sorted(self, names: Sequence[str], declaration: Declaration) -> list[Declaration]:
        found = {self.library.by_name[name].name for name in names if name in self.library.by_name}
        found.discard(declaration.name)
        items = [self.library.by_name[name] for name in found]
        return sorted(
            items, key=lambda item: (not item.is_headline, item.short.lower(), item.short)
        )

    def _plots(self, declaration: Declaration, number: int, check: Check) -> list[dict[str, Any]]:
        stem = self.library.pages[declaration.short].removesuffix(".html")
        made = plots_of_check(check.series)
        return self._views(made, f"{stem}.{number}", f"plot-{number}", "../")

    def _experiments(self) -> str:
        items = [
            {
                "experiment": experiment,
                "plots": self._views(
                    experiment.plots(), f"experiment.{experiment.name}", experiment.name, ""
                ),
            }
            for experiment in self.library.experiments
        ]
        return self._page("experiments.html", "experiments.html", experiments=items)

    def _on_data(self, declaration: Declaration) -> list[dict[str, Any]]:
        """Return what the experiments say of a theorem."""
        stem = self.library.pages[declaration.short].removesuffix(".html")
        items = []
        for experiment in self.library.experiments:
            groups = experiment.groups(declaration.name)
            if not groups:
                continue
            sizes = sorted({result.n for _, results in groups for result in results})
            views = self._views(
                experiment.plots(declaration.name),
                f"{stem}.{experiment.name}",
                f"data-{experiment.name}",
                "../",
            )
            items.append(
                {
                    "experiment": experiment,
                    "groups": groups,
                    "plots": views,
                    "unplotted": max(0, len(groups) - PLOTTED_AT_MOST),
                    "sizes": joined([str(size) for size in sizes]),
                }
            )
        return items

    def _views(
        self, made: Sequence[Plot], stem: str, identifier: str, up: str
    ) -> list[dict[str, Any]]:
        """Return plots for a template, and keep their data for the downloads."""
        views = []
        for position, plot in enumerate(made, start=1):
            base = f"data/{stem}.{position}"
            self._downloads.append((f"{base}.csv", plot.csv()))
            self._downloads.append((f"{base}.json", plot.json()))
            views.append(self._plot_view(plot, f"{identifier}-{position}", up + quote(base)))
        return views

    @staticmethod
    def _plot_view(plot: Plot, identifier: str, base: str) -> dict[str, Any]:
        head, body = plot.table()
        return {
            "plot": plot,
            "svg": plot.svg(identifier),
            "csv": f"{base}.csv",
            "json": f"{base}.json",
            "head": head,
            "body": body,
        }

    # Lean sources

    def _read_sources(self) -> dict[str, str]:
        sources: dict[str, str] = {}
        lean = self.project.lean.resolve()
        for declaration in self.library.declarations:
            if declaration.module in sources:
                continue
            path = (self.project.root / declaration.file).resolve()
            if lean in path.parents and path.is_file():
                sources[declaration.module] = path.read_text(encoding="utf-8", errors="replace")
        return sources

    def _excerpt(self, declaration: Declaration, link: Callable[[str], str]) -> Markup | None:
        text = self.sources.get(declaration.module)
        if text is None:
            return None
        lines = text.split("\n")[declaration.line - 1 : declaration.end_line]
        while lines and (not lines[-1].strip() or lines[-1].startswith("--")):
            lines.pop()  # a remark on what follows
        if not lines:
            return None
        return self.lean.render(
            "\n".join(lines),
            link,
            candidates=set(declaration.uses),
            namespaces=namespaces(declaration),
            own=declaration,
            bound={item.name for item in declaration.binders},
        )

    def _full_type(self, declaration: Declaration, link: Callable[[str], str]) -> Markup | None:
        """Render the statement as Lean prints it, with the variables that the section binds."""
        if declaration.kind != "theorem" or not declaration.type:
            return None
        return self.lean.render(
            declaration.type,
            link,
            candidates=set(declaration.type_uses),
            namespaces=namespaces(declaration),
            bound={item.name for item in declaration.binders},
        )

    def _source(self, module: str, text: str) -> str:
        name = f"source/{module}.html"
        link = linker(name)
        here = self.library.modules[module]
        candidates = {used for d in here for used in d.uses} | {d.name for d in here}
        markup = self.lean.render(text, link, candidates=candidates, namespaces=namespaces(here[0]))
        return self._page(
            "source.html", name, module=module, lines=split_lines(markup), file=here[0].file
        )


def _neighbours(
    order: Sequence[Declaration],
) -> dict[str, tuple[Declaration | None, Declaration | None]]:
    """Return what stands before and after each declaration."""
    before = [None, *order[:-1]]
    after = [*order[1:], None]
    return {
        declaration.name: (previous, following)
        for declaration, previous, following in zip(order, before, after, strict=True)
    }


def linker(page: str) -> Callable[[str], str]:
    """Return the function that turns a path from the root into one seen from a page."""
    depth = posixpath.dirname(page).count("/") + 1 if "/" in page else 0
    return lambda target: "../" * depth + target
