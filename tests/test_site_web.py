"""KaTeX's formulas and the rules of axe on the pages, with the packages that npm pins."""

from __future__ import annotations

import json
import os
import re
import shutil
from pathlib import Path
from typing import Any

import pytest

from deeptheory.errors import UsageError
from deeptheory.paths import Project
from deeptheory.site import build_site
from deeptheory.site.mathematics import Mathematics
from deeptheory.site.web import find_web, install_web
from site_sample import make_project
from test_site import Page
from test_site_browser import CONVEX, Watch, address, browser, page, watch

__all__ = ["browser", "page", "watch"]

pytestmark = pytest.mark.timeout(600)

ROOT = Path(__file__).parents[1]
SERIOUS = ("serious", "critical")
RUN_AXE = """() => axe.run(document, { resultTypes: ["violations"] }).then((result) =>
  result.violations.map((found) => ({
    impact: found.impact, id: found.id, nodes: found.nodes.slice(0, 3).map((node) => node.html)
  })))"""


@pytest.fixture(scope="session")
def packages() -> Path:
    """The pinned packages; the network is needed where they are not installed yet."""
    try:
        return install_web(Project(ROOT))
    except UsageError as error:
        if os.environ.get("DEEPTHEORY_REQUIRE_BROWSER") == "1":
            raise
        pytest.skip(f"the packages of the pages are not installed: {error}")


@pytest.fixture(scope="module")
def site(tmp_path_factory: pytest.TempPathFactory, packages: Path) -> Path:
    project = make_project(tmp_path_factory.mktemp("web"))
    shutil.copytree(ROOT / "web", project.web, ignore=shutil.ignore_patterns("node_modules"))
    assert find_web(project) == packages
    return build_site(project)


def test_styles_of_katex_become_classes(packages: Path) -> None:
    asked = [(r"\sqrt{\frac{L D^{2}}{2 k}}", True), (r"\mu", False), (r"\left(", True)]
    mathematics = Mathematics(packages, asked)
    html = mathematics.html(*asked[0])
    assert 'class="katex-html"' in html
    assert "style=" not in html
    assert Page(f"<div>{html}</div>").problems == []
    assert "<code>" in mathematics.html(*asked[2])
    files = dict(mathematics.files())
    sheet = str(files["assets/katex/katex.css"])
    used = set(re.findall(r"\bkx\d+", html + mathematics.html(*asked[1])))
    assert used
    assert used == set(re.findall(r"^\.(kx\d+)\{", sheet, re.M))
    urls = re.findall(r"url\(([^)]+)\)", sheet)
    assert len(urls) > 10
    assert all(f"assets/katex/{url}" in files for url in urls)


def test_without_the_packages_formulas_are_mathml(tmp_path: Path) -> None:
    project = make_project(tmp_path)
    assert find_web(project) is None
    with pytest.raises(UsageError, match="package-lock"):
        install_web(project)
    assert Mathematics(None).html("x").startswith("<math")


@pytest.mark.browser
def test_katex_draws_the_bound_with_its_own_fonts(page: Any, site: Path, watch: Watch) -> None:
    page.goto(address(site, CONVEX))
    box = page.locator(".formula .katex-html").first.bounding_box()
    assert box["width"] > 20
    assert box["height"] > 20
    page.evaluate("document.fonts.ready.then(() => true)")
    assert page.evaluate("[...document.fonts].filter((f) => f.status === 'loaded').length") > 0
    watch.clean()


@pytest.mark.browser
@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_axe_finds_nothing_serious(browser: Any, site: Path, packages: Path, scheme: str) -> None:
    rules = (packages / "axe-core" / "axe.min.js").read_text(encoding="utf-8")
    context = browser.new_context(color_scheme=scheme, bypass_csp=True)
    page = context.new_page()
    page.set_default_timeout(120_000)
    names = [path.relative_to(site).as_posix() for path in sorted(site.glob("*.html"))]
    names += [CONVEX, "theorem/Analysis.Convex.html", "theorem/Analysis.mean_value.html"]
    names += ["source/DeepTheory.Optimization.Convex.html"]
    for name in names:
        page.goto(address(site, name))
        page.evaluate("document.querySelectorAll('details').forEach(d => { d.open = true; })")
        page.evaluate("document.querySelectorAll('.unfold').forEach(b => b.click())")
        page.evaluate(rules)
        found = [item for item in page.evaluate(RUN_AXE) if item["impact"] in SERIOUS]
        assert found == [], f"{name}, {scheme}: {json.dumps(found, indent=1)}"
    page.set_content("<main><img src='x'><button></button></main>")
    page.evaluate(rules)
    planted = [item for item in page.evaluate(RUN_AXE) if item["impact"] in SERIOUS]
    assert {item["id"] for item in planted} >= {"button-name", "image-alt"}
    context.close()


@pytest.mark.browser
def test_constants_open_in_place_and_inside_each_other(page: Any, site: Path, watch: Watch) -> None:
    page.goto(address(site, CONVEX))
    before = page.locator("#statement").inner_text()
    button = page.get_by_label("Definition of gdConvexBound").first
    button.click()
    assert button.get_attribute("aria-expanded") == "true"
    opened = page.locator("#statement .unfolded")
    assert "L * D ^ 2 / (2 * k)" in opened.inner_text()
    button.click()
    assert page.locator(".unfolded").count() == 0
    assert page.locator("#statement").inner_text() == before
    page.get_by_label("Definition of Convex").first.press("Enter")
    assert "Convex (f : V → R) : Prop" in page.locator(".unfolded").inner_text()
    watch.clean()


@pytest.mark.browser
def test_the_map_zooms_and_its_nodes_are_links(page: Any, site: Path, watch: Watch) -> None:
    page.goto(address(site, "map.html"))
    view = "document.querySelector('svg.map').viewBox.baseVal.width"
    whole = page.evaluate(view)
    page.get_by_label("Zoom in").click()
    assert page.evaluate(view) == pytest.approx(0.75 * whole, rel=1e-4)
    page.locator(".map-box").press("-")
    page.get_by_label("Show the whole graph").click()
    assert page.evaluate(view) == pytest.approx(whole, rel=1e-4)
    node = page.locator("svg.map a", has_text="gd_momentum")
    node.hover()
    assert page.locator("svg.map .edge.lit").count() == 1
    assert page.locator("svg.map a.own text").text_content() == "gd_momentum"
    assert page.locator("svg.map a.lit").count() == 2
    page.locator("h1").hover()
    assert page.locator("svg.map .lit, svg.map.picking").count() == 0
    node.focus()
    assert page.locator("svg.map .edge.lit").count() == 1
    page.locator(".map-box").focus()
    assert page.locator("svg.map .lit, svg.map.picking").count() == 0
    ends = [page.locator("svg.map a", has_text=text) for text in ("gd_convex", "gd_momentum")]
    boxes = [end.locator("rect").bounding_box() for end in ends]
    middle = (boxes[0]["x"] + boxes[0]["width"] + boxes[1]["x"]) / 2
    page.mouse.move(middle, boxes[0]["y"] + boxes[0]["height"] / 2)
    assert page.locator("svg.map .edge.lit").count() == 1
    assert page.locator("svg.map a.lit").count() == 2
    node.click()
    page.wait_for_url("**/Optimization.gd_momentum.html")
    watch.clean()
