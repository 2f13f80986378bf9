"""Provenance, assumptions, the map, citations, feeds and published schemas of the index."""

from __future__ import annotations

import itertools
import json
import re
import xml.etree.ElementTree as ET
from pathlib import Path
from urllib.parse import unquote

import jsonschema
import pytest

from deeptheory.catalog.load import Catalog
from deeptheory.certificates import is_certifiable
from deeptheory.errors import FailureError, UsageError
from deeptheory.formulas.formula import Formula
from deeptheory.paths import Project
from deeptheory.site import build_site
from deeptheory.site.cite import Citation, bibtex, read_citation
from deeptheory.site.ledgers import load_assumptions, load_provenance
from deeptheory.site.map import TheoremMap
from deeptheory.site.model import load_library
from site_sample import catalog, large_catalog, make_project
from test_site import Page

ROOT = Path(__file__).parents[1]
ATOM = "{http://www.w3.org/2005/Atom}"


@pytest.fixture(scope="module")
def project(tmp_path_factory: pytest.TempPathFactory) -> Project:
    project = make_project(tmp_path_factory.mktemp("ledgers"))
    build_site(project)
    return project


def text_of(project: Project, name: str) -> str:
    page = Page((project.site / name).read_text(encoding="utf-8"))
    assert page.problems == []
    return " ".join(page.text.split())


def test_a_theorem_shows_where_it_comes_from_and_what_it_needs(project: Project) -> None:
    text = text_of(project, "theorem/Optimization.gd_convex.html")
    assert "Variant of Nesterov 2018, Theorem 2.1.14 <i>Against any point." in text
    assert "f is convex <b>" in text
    assert "not written down yet" in text_of(project, "theorem/Optimization.gd_momentum.html")


def test_gaps_of_provenance_are_counted_and_listed(project: Project) -> None:
    text = text_of(project, "provenance.html")
    assert "For 2 theorems of 3 it is not written down yet" in text
    assert "Gaps 2" in text
    assert "Optimization.gd_momentum" in text


def test_assumptions_say_who_needs_and_who_drops_them(project: Project) -> None:
    text = text_of(project, "assumptions.html")
    assert "f is convex <b> 1 theorem" in text
    assert "beside Optimization.gd_convex; the price: <i>no" in text
    assert "name none of these 2" in text


@pytest.mark.parametrize(
    ("old", "new", "message"),
    [
        ('words = ["f convex"]', 'words = ["f concave"]', "no card names"),
        ('theorem = "Optimization.gd_momentum"', 'theorem = "Optimization.no"', "no theorem"),
        ('instead_of = "Optimization.gd_convex"', 'instead_of = "Analysis.mean_value"', "need"),
        ('words = ["f convex"]', 'words = ["f convex", "smooth"]', "needs it"),
    ],
)
def test_an_assumption_that_the_cards_contradict_is_refused(
    project: Project, tmp_path: Path, old: str, new: str, message: str
) -> None:
    text = project.assumptions_toml.read_text(encoding="utf-8")
    assert old in text
    path = tmp_path / "assumptions.toml"
    path.write_text(text.replace(old, new), encoding="utf-8")
    with pytest.raises(FailureError, match=message):
        load_assumptions(path, Catalog.from_json(catalog(), "the sample"))


@pytest.mark.parametrize("text", ["[[assumption]]\nid = 1", "assumption = 2", "{", "[a]\nid = 1"])
def test_malformed_ledgers_are_named(tmp_path: Path, text: str) -> None:
    known = Catalog.from_json(catalog(), "the sample")
    path = tmp_path / "ledger.toml"
    path.write_text(text, encoding="utf-8")
    with pytest.raises((UsageError, FailureError), match=r"ledger\.toml"):
        load_provenance(path, known)
    if "[a]" not in text:
        with pytest.raises((UsageError, FailureError), match=r"ledger\.toml"):
            load_assumptions(path, known)


@pytest.mark.skipif(not (ROOT / "build" / "theorems.json").is_file(), reason="no catalog is built")
def test_the_ledgers_of_this_checkout_fit_its_catalog() -> None:
    library = load_library(Project(ROOT))
    assert library.provenance
    assert {item.id for item in library.assumptions} >= {"convex", "independent", "finite-class"}
    assert all(library.needs(item) for item in library.headline if item.family == "optimization")


def test_certificates_are_offered_for_what_the_checker_knows() -> None:
    def formula(body: object) -> Formula:
        params = [{"name": "n", "type": "nat"}]
        return Formula.from_json("f", {"params": params, "body": body})

    n = {"var": "n", "type": "nat"}
    assert is_certifiable(formula({"op": "log", "args": [{"op": "cast", "args": [n]}]}))
    total = {"sum": {"index": "i", "size": n, "body": n}, "type": "nat"}
    assert not is_certifiable(formula({"op": "cast", "args": [total]}))


def test_the_map_joins_theorems_through_lemmas(tmp_path: Path) -> None:
    project = make_project(tmp_path)
    data = catalog()
    prefix = "DeepTheory.Optimization."
    by_name = {item["name"]: item for item in data["declarations"]}
    by_name[f"{prefix}gd_momentum"]["uses"] = [f"{prefix}gd_convex_sharp"]
    by_name[f"{prefix}gd_convex_sharp"]["uses"] = [f"{prefix}gd_convex"]
    project.theorems_json.write_text(json.dumps(data), encoding="utf-8")
    theorems = TheoremMap(load_library(project))
    assert theorems.rests_on[f"{prefix}gd_momentum"] == [f"{prefix}gd_convex"]
    assert theorems.carries[f"{prefix}gd_convex"] == [f"{prefix}gd_momentum"]
    ((source, target),) = theorems.edges
    assert theorems.router.cells[source].column < theorems.router.cells[target].column
    site = build_site(project)
    page = Page((site / "map.html").read_text(encoding="utf-8"))
    assert page.links.count("theorem/Optimization.gd_momentum.html") >= 2
    assert "An accelerated" not in page.text
    data = json.loads((site / "data" / "map.json").read_text(encoding="utf-8"))
    found = {item["name"]: item for item in data["theorems"]}
    assert found[f"{prefix}gd_momentum"]["rests_on"] == [f"{prefix}gd_convex"]


def test_no_two_theorems_lie_on_each_other_on_a_large_map(tmp_path: Path) -> None:
    project = make_project(tmp_path)
    project.theorems_json.write_text(json.dumps(large_catalog(500)), encoding="utf-8")
    bands = TheoremMap(load_library(project)).bands
    places = [(place.x, place.y) for band in bands for place in band.places]
    assert len(places) == len(set(places)) == 503
    for above, below in itertools.pairwise(bands):
        assert above.top + above.height < below.top


def test_what_each_theory_controls(project: Project) -> None:
    text = text_of(project, "map.html")
    table = text[text.index("What each theory controls") : text.index("The same in words")]
    words = table.replace(" ", "")
    assert "TheoryControlsBy" in words
    assert "momentumGradientdescentwithmomentum" in words
    assert "–" not in table


def test_the_lines_of_the_map_stay_on_it(tmp_path: Path) -> None:
    project = make_project(tmp_path)
    data = catalog()
    by_name = {item["name"]: item for item in data["declarations"]}
    prefix = "DeepTheory.Optimization."
    by_name["DeepTheory.Analysis.mean_value"]["uses"] = [f"{prefix}gd_momentum"]
    by_name[f"{prefix}gd_momentum"]["uses"] = [f"{prefix}gd_convex"]
    project.theorems_json.write_text(json.dumps(data), encoding="utf-8")
    drawing = TheoremMap(load_library(project)).svg(str)
    assert drawing
    width, height = map(float, re.findall(r'viewBox="0 0 (\S+) (\S+)"', drawing)[0])
    lines = re.findall(r'class="edge [^>]* d="([^"]*)"', drawing)
    assert len(lines) == 2
    for line in lines:
        numbers = [float(number) for number in re.findall(r"[-\d.]+", line)]
        assert all(0 <= x <= width for x in numbers[0::2]), line
        assert all(0 <= y <= height for y in numbers[1::2]), line


def test_words_of_a_card_link_the_theorems_that_they_name(tmp_path: Path) -> None:
    project = make_project(tmp_path)
    data = catalog()
    by_name = {item["name"]: item for item in data["declarations"]}
    card = by_name["DeepTheory.Optimization.gd_convex"]["card"]
    card["sharp"]["note"] = "to Optimization.gd_momentum, gd_convex_witness, the bound, gd_no, A.5"
    project.theorems_json.write_text(json.dumps(data), encoding="utf-8")
    text = (build_site(project) / "theorem/Optimization.gd_convex.html").read_text("utf-8")
    note = re.findall(r"<span>(to .*?)</span></dd>", text)[0]
    assert re.findall(r'<a href="([^"]*)">', note) == [
        "../theorem/Optimization.gd_momentum.html",
        "../theorem/Optimization.gd_convex_witness.html",
    ]
    assert re.sub("<[^>]*>", "", note) == card["sharp"]["note"]


def test_a_theorem_can_be_cited(project: Project) -> None:
    text = (project.site / "theorem" / "Optimization.gd_convex.html").read_text(encoding="utf-8")
    assert "@misc{deeptheory-optimization-gd-convex," in text
    assert "author = {{The Sample authors}}," in text
    assert "howpublished = {In: A title: of its own}," in text
    assert "gd\\_convex" in text
    assert "year = {2026}," in text


def test_citations_read_people_and_escape(tmp_path: Path) -> None:
    path = tmp_path / "CITATION.cff"
    path.write_text(
        "title: T\nauthors:\n  - family-names: Noether\n    given-names: Emmy\n"
        "  - name: A & B\nkeywords:\n  - name: none\n",
        encoding="utf-8",
    )
    citation = read_citation(path)
    assert citation.authors == ("Noether, Emmy", r"{A \& B}")
    assert read_citation(tmp_path / "missing") == Citation()
    known = Catalog.from_json(catalog(), "the sample")
    entry = bibtex(citation, known.by_name["DeepTheory.Analysis.Convex"])
    assert entry.count("{") == entry.count("}")


def test_feeds_hold_every_headline_theorem(project: Project) -> None:
    names = {item["short"] for item in catalog()["declarations"] if item["card"]}
    feed = json.loads((project.site / "feed.json").read_text(encoding="utf-8"))
    assert feed["version"] == "https://jsonfeed.org/version/1.1"
    assert {item["id"].rpartition(":")[2] for item in feed["items"]} == names
    for item in feed["items"]:
        assert (project.site / unquote(item["url"])).is_file()
        assert item["tags"]
        assert len(item["tags"]) == len(set(item["tags"]))
        assert item["date_published"] == "2026-11-25T00:00:00Z"
    root = ET.fromstring((project.site / "feed.atom").read_text(encoding="utf-8"))
    entries = root.findall(f"{ATOM}entry")
    assert {entry.findtext(f"{ATOM}id", "").rpartition(":")[2] for entry in entries} == names
    for entry in [root, *entries]:
        for part in ("id", "title", "updated"):
            assert entry.findtext(f"{ATOM}{part}")
        link = entry.findall(f"{ATOM}link")[-1].attrib["href"]
        assert (project.site / unquote(link)).is_file()


@pytest.mark.parametrize("name", ["theorems", "checks", "experiments"])
def test_what_is_published_keeps_the_schema_beside_it(project: Project, name: str) -> None:
    schema = json.loads((project.site / "data" / f"{name}.schema.json").read_text("utf-8"))
    version = schema["properties"]["schema"]["const"]
    published = json.loads((project.site / "data" / f"{name}.json").read_text("utf-8"))
    assert published["schema"] == version
    jsonschema.validate(published, schema)
    with pytest.raises(jsonschema.ValidationError):
        jsonschema.validate({**published, "schema": version + 1}, schema)
