"""The theorem index without a browser: links, escaping, rebuilding, the local server."""

from __future__ import annotations

import json
import re
import threading
import time
import urllib.error
import urllib.request
from html.parser import HTMLParser
from pathlib import Path
from urllib.parse import unquote, urlsplit

import pytest
from typer.testing import CliRunner

from deeptheory.cli import app
from deeptheory.errors import FailureError, UsageError
from deeptheory.paths import Project
from deeptheory.site import build_site, make_server
from deeptheory.site.latex import last_claim
from deeptheory.site.mathematics import mathml
from deeptheory.site.model import load_library, page_names
from deeptheory.site.pages import linker
from deeptheory.site.plots import Axis, Curve, plots_of_check
from deeptheory.site.text import LeanRenderer
from deeptheory.site.wording import split_lines
from site_sample import PLANTED, catalog, make_project

VOID = {"br", "hr", "img", "input", "link", "meta", "wbr"}


class Page(HTMLParser):
    """Collects links, ids and handlers, and refuses tags that do not close."""

    def __init__(self, text: str) -> None:
        super().__init__()
        self.links: list[str] = []
        self.ids: list[str] = []
        self.problems: list[str] = []
        self.stack: list[str] = []
        self.scripts: list[str] = []
        self.text = ""
        self.feed(text)
        self.close()
        self.problems += [f"<{tag}> stays open" for tag in self.stack]

    def handle_starttag(self, tag: str, attributes: list[tuple[str, str | None]]) -> None:
        if tag not in VOID:
            self.stack.append(tag)
        self._attributes(tag, attributes)

    def handle_startendtag(self, tag: str, attributes: list[tuple[str, str | None]]) -> None:
        self._attributes(tag, attributes)

    def handle_endtag(self, tag: str) -> None:
        if not self.stack or self.stack.pop() != tag:
            self.problems.append(f"</{tag}> at {self.getpos()}")

    def handle_data(self, data: str) -> None:
        self.text += data
        if self.stack and self.stack[-1] == "script":
            self.scripts.append(data)

    def _attributes(self, tag: str, attributes: list[tuple[str, str | None]]) -> None:
        for name, value in attributes:
            if name in ("href", "src"):
                outside = tag == "a" and (value or "").startswith(("http:", "https:"))
                if not outside:  # a reader may follow such a link, the page never does
                    self.links.append(value or "")
            elif name == "id":
                self.ids.append(value or "")
            elif name.startswith("on") or name == "style":
                self.problems.append(f"{name} on <{tag}>")


def read_pages(site: Path) -> dict[str, Page]:
    return {
        path.relative_to(site).as_posix(): Page(path.read_text(encoding="utf-8"))
        for path in sorted(site.rglob("*.html"))
    }


@pytest.fixture(scope="module")
def project(tmp_path_factory: pytest.TempPathFactory) -> Project:
    project = make_project(tmp_path_factory.mktemp("site"))
    build_site(project)
    return project


@pytest.fixture(scope="module")
def pages(project: Project) -> dict[str, Page]:
    return read_pages(project.site)


def test_every_declaration_has_a_page(pages: dict[str, Page], project: Project) -> None:
    for item in catalog()["declarations"]:
        if item["short"] != "Analysis.convex":
            assert f"theorem/{item['short']}.html" in pages
    landing = (project.site / "index.html").read_text(encoding="utf-8")
    for item in catalog()["declarations"]:
        if item["card"]:
            assert f'href="theorem/{item["short"]}.html"' in landing


def test_links_lead_somewhere(pages: dict[str, Page], project: Project) -> None:
    checked = 0
    for name, page in pages.items():
        for link in page.links:
            parts = urlsplit(link)
            assert not parts.scheme, f"{name} links to {link}"
            assert not parts.netloc, f"{name} links to {link}"
            target = (project.site / name).parent / unquote(parts.path) if parts.path else None
            path = (target or project.site / name).resolve()
            assert path.is_file(), f"{name} links to {link}, which is missing"
            if parts.fragment and path.suffix == ".html":
                other = pages[path.relative_to(project.site.resolve()).as_posix()]
                assert unquote(parts.fragment) in other.ids, f"{name}: no anchor for {link}"
            checked += 1
    assert checked > 200


def test_search_data_leads_to_pages(project: Project) -> None:
    script = (project.site / "assets" / "search-data.js").read_text(encoding="utf-8")
    entries = json.loads(script.removeprefix("window.deepTheoryIndex=").rstrip(";\n"))
    assert len(entries) == len(catalog()["declarations"])
    for entry in entries:
        assert (project.site / unquote(entry["page"])).is_file()


def test_markup_is_well_formed(pages: dict[str, Page]) -> None:
    for name, page in pages.items():
        assert page.problems == [], name
        assert len(page.ids) == len(set(page.ids)), f"{name} repeats an id"
        assert not any(script.strip() for script in page.scripts), f"{name} has inline script"


def test_text_from_outside_is_escaped(project: Project) -> None:
    for path in project.site.rglob("*.html"):
        text = path.read_text(encoding="utf-8")
        assert PLANTED not in text, path
        assert "<b>bold</b>" not in text, path
    page = (project.site / "theorem" / "Analysis.Convex.html").read_text(encoding="utf-8")
    assert "&lt;script&gt;" in page
    assert "<img" not in page


def test_cards_know_backticks_only(project: Project) -> None:
    page = (project.site / "theorem" / "Optimization.gd_momentum.html").read_text(encoding="utf-8")
    assert "<code>f</code> smooth, x* and y* &lt;i&gt;free&lt;/i&gt;" in page
    assert '<code><a href="../theorem/Optimization.gd.html">gd</a></code>' in page


def test_theorem_page_shows_what_it_must(pages: dict[str, Page], project: Project) -> None:
    text = pages["theorem/Optimization.gd_convex.html"].text
    for phrase in (
        "theorem gd_convex",
        "Optimization.gd_convex_witness",
        "Optimization.gd_convex_sharp",
        "up to 2k/(2k+1)",
        "f convex, gradient L-Lipschitz, step 1/L",
        "Nesterov 2018, Theorem 2.1.14",
        "propext",
        "0.96875",
        "times 99/100",
        "31/32",
        "2 of 2",
        "100 %",
        "Rate in k: claimed 1 / k, slope −1; measured slope −0.9972, 95% interval "
        "[−0.9991, −0.9953], for k from 32 to 1024: slack shrinks",
        "line 13",
    ):
        assert phrase in text, phrase
    raw = (project.site / "theorem" / "Optimization.gd_convex.html").read_text(encoding="utf-8")
    assert "<mfrac>" in raw
    assert 'class="plot"' in raw
    statement = re.search(r'id="statement"[^>]*>(.*?)</pre>', raw, re.S)
    assert statement
    for constant in ("Analysis.Convex", "Optimization.gd", "Optimization.gdConvexBound"):
        assert f"theorem/{constant}.html" in statement[1]


def test_theorem_page_shows_the_audit(tmp_path: Path) -> None:
    project = make_project(tmp_path / "project")
    data = json.loads(project.theorems_json.read_text(encoding="utf-8"))
    theorem = next(d for d in data["declarations"] if d["short"] == "Optimization.gd_convex")
    theorem["axioms"] = ["sorryAx"]
    theorem["prose"] = "It takes 77 steps."
    project.theorems_json.write_text(json.dumps(data), encoding="utf-8")
    page = (build_site(project) / "theorem" / "Optimization.gd_convex.html").read_text("utf-8")
    audit = page[page.index('id="audit-heading"') : page.index('id="graph-heading"')]
    for part in (
        "Axioms",
        "Witness",
        "Sharpness",
        "Check and mutants",
        "Triviality test",
        "Hypotheses unused in the proof",
        "Docstring constants that differ",
        "sorryAx",
        "speaks of 77",
    ):
        assert part in audit
    assert audit.count('"tag bad"') >= 2
    definition = build_site(project) / "theorem" / "Optimization.gdConvexBound.html"
    assert "audit-heading" not in definition.read_text("utf-8")


def test_coverage_shows_the_state_of_each_row(pages: dict[str, Page]) -> None:
    page = pages["coverage.html"]
    assert "1 of 3 rows are delivered in full, 1 in part" in page.text
    for name in ("gd-convex", "gd-momentum", "massart"):
        assert f"row-{name}" in page.ids
    assert "the smooth case" in page.text
    assert "../coverage.html#row-gd-convex" in pages["theorem/Optimization.gd_convex.html"].links


def test_plot_data_can_be_downloaded(project: Project) -> None:
    csv = (project.site / "data" / "Optimization.gd_convex.1.2.csv").read_text(encoding="utf-8")
    assert csv.splitlines()[:2] == ["curve,steps k,value", "bound,1.0,0.5"]
    data = json.loads(
        (project.site / "data" / "Optimization.gd_convex.1.2.json").read_text(encoding="utf-8")
    )
    assert data["curves"][1]["y"][0] == pytest.approx(1 / 6)


def test_without_checks_pages_say_so(tmp_path: Path) -> None:
    site = build_site(make_project(tmp_path, with_checks=False))
    page = (site / "theorem" / "Optimization.gd_convex.html").read_text(encoding="utf-8")
    assert "Not checked yet" in page
    assert "not run yet" in (site / "index.html").read_text(encoding="utf-8")


def test_a_check_without_a_bound_shows_what_it_decided(pages: dict[str, Page]) -> None:
    page = pages["theorem/Analysis.mean_value.html"]
    text = " ".join(page.text.split())
    assert "checked" in text
    assert "largest relative error of an equality" in text
    assert "≤ 4.8e-18" in text
    assert "some c in (a, b) has the slope" in text
    assert "f'(c) is the slope <script>" in text
    assert "no assumption can be dropped" in text
    assert "largest ratio" not in text
    assert "a parabola" in text
    assert "2 of 3" in " ".join(pages["index.html"].text.split())


def test_equalities_decided_exactly_say_so(tmp_path: Path) -> None:
    project = make_project(tmp_path)
    data = json.loads(project.checks_json.read_text(encoding="utf-8"))
    data["checks"][1]["max_error"] = "0"
    project.checks_json.write_text(json.dumps(data), encoding="utf-8")
    site = build_site(project)
    text = (site / "theorem" / "Analysis.mean_value.html").read_text(encoding="utf-8")
    assert "none: exact" in text


def test_without_checks_a_theorem_without_a_bound_awaits_one(tmp_path: Path) -> None:
    site = build_site(make_project(tmp_path, with_checks=False))
    page = (site / "theorem" / "Analysis.mean_value.html").read_text(encoding="utf-8")
    assert "Not checked yet" in page


def test_curves_are_drawn_as_they_are() -> None:
    drawing = {
        "label": "a parabola",
        "x": {"label": "x", "scale": "linear"},
        "y": {"scale": "linear"},
        "curves": [
            {"name": "f", "line": False, "points": [[0, 0], [1, 1], [2, float("nan")]]},
            {"name": "chord", "line": True, "points": [[0, 0], [1, 1]]},
            {"name": "nothing", "line": False, "points": []},
        ],
    }
    (plot,) = plots_of_check([drawing])
    ends = ((0.0, 0.0), (1.0, 1.0))
    assert plot.curves == (Curve("f", ends), Curve("chord", ends, reference=True))
    assert not plot.wide


def test_a_failed_check_is_shown_as_failed(tmp_path: Path) -> None:
    project = make_project(tmp_path)
    data = json.loads(project.checks_json.read_text(encoding="utf-8"))
    data["checks"][0]["passed"] = False
    data["checks"][0]["mutants"][0]["killed"] = False
    project.checks_json.write_text(json.dumps(data), encoding="utf-8")
    site = build_site(project)
    page = Page((site / "theorem" / "Optimization.gd_convex.html").read_text(encoding="utf-8"))
    assert "check failed" in page.text
    assert "survives" in page.text
    assert "1 of 2" in page.text


def test_output_is_deterministic(tmp_path: Path) -> None:
    def content(root: Path) -> dict[str, bytes]:
        root.mkdir()
        site = build_site(make_project(root))
        return {
            path.relative_to(site).as_posix(): path.read_bytes()
            for path in site.rglob("*")
            if path.is_file()
        }

    assert content(tmp_path / "one") == content(tmp_path / "two")


def test_unchanged_inputs_are_not_built_again(tmp_path: Path) -> None:
    project = make_project(tmp_path)
    site = build_site(project)
    before = (site / "index.html").stat().st_mtime_ns
    start = time.perf_counter()
    build_site(project)
    assert time.perf_counter() - start < 1
    assert (site / "index.html").stat().st_mtime_ns == before


@pytest.mark.parametrize("damage", ["page", "manifest", "missing"])
def test_a_damaged_index_is_built_again(tmp_path: Path, damage: str) -> None:
    project = make_project(tmp_path)
    site = build_site(project)
    whole = (site / "about.html").read_bytes()
    if damage == "page":
        (site / "about.html").write_bytes(whole[:100])
    elif damage == "manifest":
        (site / ".manifest.json").write_text("[1", encoding="utf-8")
        (site / "about.html").write_bytes(b"")
    else:
        (site / "about.html").unlink()
    build_site(project)
    assert (site / "about.html").read_bytes() == whole


def test_a_file_in_place_of_the_index_is_replaced(tmp_path: Path) -> None:
    project = make_project(tmp_path)
    project.site.write_text("garbage", encoding="utf-8")
    (project.build / "site.new-1").mkdir()
    build_site(project)
    assert (project.site / "index.html").is_file()
    left = sorted(path.name for path in project.build.iterdir() if path.is_dir())
    assert left == ["site"]


def test_new_results_appear(tmp_path: Path) -> None:
    project = make_project(tmp_path, with_checks=False)
    build_site(project)
    other = make_project(tmp_path / "other")
    project.checks_json.write_bytes(other.checks_json.read_bytes())
    site = build_site(project)
    page = (site / "theorem" / "Optimization.gd_convex.html").read_text(encoding="utf-8")
    assert "0.96875" in page


@pytest.mark.parametrize("content", ["", "{", "[]", "{}", '{"lean": {}, "declarations": [{}]}'])
def test_a_broken_catalog_is_named(tmp_path: Path, content: str) -> None:
    project = make_project(tmp_path)
    project.theorems_json.write_text(content, encoding="utf-8")
    with pytest.raises(UsageError, match=r"theorems\.json"):
        build_site(project)


def test_a_missing_catalog_is_named(tmp_path: Path) -> None:
    project = make_project(tmp_path)
    project.theorems_json.unlink()
    with pytest.raises(UsageError, match="deeptheory export"):
        build_site(project)


@pytest.mark.parametrize("name", ["checks_json", "coverage_toml", "experiments_json"])
def test_other_broken_inputs_are_named(tmp_path: Path, name: str) -> None:
    project = make_project(tmp_path)
    path: Path = getattr(project, name)
    path.write_text("{ not valid", encoding="utf-8")
    with pytest.raises(UsageError, match=path.name):
        build_site(project)


def test_a_coverage_row_without_its_theorem_is_refused(tmp_path: Path) -> None:
    project = make_project(tmp_path)
    text = project.coverage_toml.read_text(encoding="utf-8")
    project.coverage_toml.write_text(text.replace("gd_momentum", "gd_nothing"), encoding="utf-8")
    with pytest.raises(FailureError, match="gd_nothing"):
        build_site(project)
    assert not project.site.exists()


def test_names_that_differ_in_case_get_their_own_pages(project: Project) -> None:
    names = page_names(["A.Foo", "A.foo", "A.x/y", "A.«a b»", "A.f'"])
    assert len({name.casefold() for name in names.values()}) == 5
    assert names["A.Foo"] == "A.Foo.html"
    assert "/" not in names["A.x/y"]
    assert (project.site / "theorem" / "Analysis.convex~2.html").is_file()


def test_a_variable_is_not_mistaken_for_a_field(project: Project) -> None:
    library = load_library(project)
    lean = LeanRenderer(library)
    link = linker("index.html")
    names = {"DeepTheory.Optimization.gd", "DeepTheory.Analysis.Convex"}
    around = ["DeepTheory.Optimization.", "DeepTheory.", ""]
    inside = lean.render("gd x Convex", link, candidates=names, namespaces=around)
    assert inside.count("<a ") == 2
    outside = lean.render("gd x Convex", link, candidates=names, namespaces=["DeepTheory.", ""])
    assert "Convex.html" in outside
    assert "gd.html" not in outside


def test_source_lines_stay_whole(project: Project) -> None:
    text = (project.site / "source" / "DeepTheory.Optimization.Convex.html").read_text("utf-8")
    lines = re.findall(r'<span class="line" id="L(\d+)">', text)
    assert [int(number) for number in lines] == list(range(1, len(lines) + 1))
    from markupsafe import Markup

    pieces = split_lines(Markup('<span class="a">one\ntwo</span>\nthree'))
    assert [str(piece) for piece in pieces] == [
        '<span class="a">one</span>',
        '<span class="a">two</span>',
        "three",
    ]


def test_a_name_of_several_letters_is_one_name() -> None:
    assert '<mi class="word">fx</mi>' in mathml(r"\mathit{fx} + x")
    assert "<mo>∸</mo>" in mathml(r"n \mathbin{\dot{-}} m")
    assert "<code>" in mathml(r"\left(")


def test_points_that_the_axes_cannot_show_are_left_out() -> None:
    series = {
        "label": "label",
        "x": {"label": "k", "scale": "log", "values": [0, 1, 10, 100, 5, "x"]},
        "y": {"scale": "log"},
        "measured": [1, -1, 2, float("inf"), None, 3],
    }
    (plot,) = plots_of_check([series])
    assert plot.curves == (Curve("measured", ((10.0, 2.0),)),)
    assert plots_of_check([{}]) == []


@pytest.mark.parametrize("log", [False, True])
@pytest.mark.parametrize(("low", "high"), [(1, 1), (1, 1.1), (3, 7), (1e-9, 5), (1, 1e12)])
def test_axes_hold_their_values_and_have_ticks(low: float, high: float, log: bool) -> None:
    axis = Axis.of([low, high], log)
    assert -1e-9 <= axis.place(low) <= axis.place(high) <= 1 + 1e-9
    assert 2 <= len(axis.ticks) <= 12
    assert all(-1e-9 <= axis.place(tick) <= 1 + 1e-9 for tick in axis.ticks)


def test_the_server_is_local_and_lists_nothing(project: Project) -> None:
    with make_server(project.site, 0) as server:
        assert server.server_address[0] == "127.0.0.1"
        port = server.server_address[1]
        threading.Thread(target=server.serve_forever, daemon=True).start()
        base = f"http://127.0.0.1:{port}/"
        with urllib.request.urlopen(base, timeout=10) as answer:
            assert b"DeepTheory" in answer.read()
        for path in ("assets/", "theorem", "../theorems.json", "%2e%2e/theorems.json"):
            with pytest.raises(urllib.error.HTTPError) as caught:
                urllib.request.urlopen(base + path, timeout=10)
            assert caught.value.code == 404
        request = urllib.request.Request(base, headers={"Host": "example.org"})
        with pytest.raises(urllib.error.HTTPError) as caught:
            urllib.request.urlopen(request, timeout=10)
        assert caught.value.code == 403
        with pytest.raises(UsageError, match=f"Port {port}"):
            make_server(project.site, port)
        server.shutdown()


def test_index_command_says_where_it_wrote(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    project = make_project(tmp_path)
    (project.lean / "DeepTheory").mkdir(exist_ok=True)
    monkeypatch.setenv("DEEPTHEORY_PROJECT", str(tmp_path))
    runner = CliRunner()
    first = runner.invoke(app, ["index", "--json"])
    assert first.exit_code == 0, first.output
    assert json.loads(first.stdout)["written"] is True
    again = runner.invoke(app, ["index", "--json"])
    result = json.loads(again.stdout)
    assert result["written"] is False
    assert result["url"] == (project.site / "index.html").as_uri()


def test_serve_needs_a_free_port(project: Project, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("DEEPTHEORY_PROJECT", str(project.root))
    with make_server(project.site, 0) as server:
        port = server.server_address[1]
        result = CliRunner().invoke(app, ["serve", "--port", str(port)])
    assert isinstance(result.exception, UsageError)
    assert str(port) in str(result.exception)
    assert CliRunner().invoke(app, ["serve", "--port", "70000"]).exit_code != 0


@pytest.mark.parametrize(
    ("text", "claim"),
    [
        ("f y", "f y"),
        ("(∀ (x : R), P x → abs (f x)", "∀ (x : R), P x → abs (f x)"),
        ("∃ net, net.depth = 1 ∧ net.neurons", "net.neurons"),
        ("(probOf μ fun x => P x ∧ g (f x))", "(probOf μ fun x => P x ∧ g (f x))"),
        ("probOf μ fun x => P x ∧ g x", "probOf μ fun x => P x ∧ g x"),
    ],
)
def test_a_bound_within_a_conjunction_is_shown_with_its_own_claim(text: str, claim: str) -> None:
    assert last_claim(text) == claim
