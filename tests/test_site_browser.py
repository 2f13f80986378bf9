"""The theorem index in a real headless Chromium, opened from ``file://``."""

from __future__ import annotations

import os
import shutil
from collections.abc import Iterator
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import pytest

from deeptheory.site import build_site
from site_sample import make_project

pytestmark = [pytest.mark.browser, pytest.mark.timeout(300)]

CHROMIUMS = ("chromium", "chromium-browser", "google-chrome", "google-chrome-stable", "chrome")
ARGUMENTS = [
    "--no-sandbox",
    "--disable-dev-shm-usage",
    "--disable-gpu",
    "--disable-quic",
    "--no-first-run",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
]
CONVEX = "theorem/Optimization.gd_convex.html"


@dataclass
class Watch:
    """What a page did that it should not do."""

    requests: list[str] = field(default_factory=list)
    messages: list[str] = field(default_factory=list)

    def clean(self) -> None:
        outside = [url for url in self.requests if not url.startswith("file://")]
        assert outside == []
        assert self.messages == []


def find_chromium() -> str | None:
    given = os.environ.get("DEEPTHEORY_CHROMIUM")
    if given:
        return given
    return next((path for path in map(shutil.which, CHROMIUMS) if path), None)


@pytest.fixture(scope="module")
def browser() -> Iterator[Any]:
    required = os.environ.get("DEEPTHEORY_REQUIRE_BROWSER") == "1"
    chromium = find_chromium()
    if chromium is None:
        if required:
            pytest.fail("DEEPTHEORY_REQUIRE_BROWSER=1, and there is no Chromium on PATH")
        pytest.skip("no Chromium on PATH: install it, or name it in DEEPTHEORY_CHROMIUM")
    if required:
        import playwright.sync_api as api
    else:
        api = pytest.importorskip("playwright.sync_api", reason="playwright is not installed")
    with api.sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=chromium, args=ARGUMENTS)
        yield browser
        browser.close()


@pytest.fixture(scope="module")
def site(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return build_site(make_project(tmp_path_factory.mktemp("browser")))


@pytest.fixture
def watch() -> Watch:
    return Watch()


@pytest.fixture
def page(browser: Any, watch: Watch) -> Iterator[Any]:
    context = browser.new_context(viewport={"width": 1280, "height": 900}, color_scheme="light")
    page = context.new_page()
    page.set_default_timeout(60_000)
    page.on("request", lambda request: watch.requests.append(request.url))
    page.on("console", lambda message: watch.messages.append(message.text))
    page.on("pageerror", lambda error: watch.messages.append(str(error)))
    yield page
    context.close()


def address(site: Path, name: str) -> str:
    return (site / name).as_uri()


def background(page: Any) -> str:
    color = page.evaluate("getComputedStyle(document.body).backgroundColor")
    assert isinstance(color, str)
    return color


def titles(page: Any) -> list[str]:
    return [text.strip() for text in page.locator("#results .hit-title").all_inner_texts()]


def test_every_page_loads_without_errors_and_without_the_network(
    page: Any, site: Path, watch: Watch
) -> None:
    for path in sorted(site.rglob("*.html")):
        page.goto(path.as_uri())
        assert page.locator("h1").count() == 1
        assert page.locator("main").count() == 1
    watch.clean()
    assert watch.requests


@pytest.mark.parametrize(
    ("query", "first"),
    [
        ("gd_convex", "Gradient descent on a smooth convex function"),
        ("gradeint desecnt convx", "Gradient descent on a smooth convex function"),
        ("nesterov lipschtz", "Gradient descent on a smooth convex function"),
        ("momentm", "Gradient descent with momentum"),
        ("accelerated relative", "Gradient descent with momentum"),
        ("gdConvexBound", "Optimization.gdConvexBound"),
    ],
)
def test_search_finds_it(page: Any, site: Path, watch: Watch, query: str, first: str) -> None:
    page.goto(address(site, "index.html"))
    page.locator("#q").fill(query)
    assert titles(page)[0] == first
    assert "result" in page.locator("#q-status").inner_text()
    watch.clean()


def test_search_says_that_nothing_matches(page: Any, site: Path) -> None:
    page.goto(address(site, "index.html"))
    page.locator("#q").fill("zzzzqqqq")
    assert page.locator("#nothing").is_visible()
    page.locator("#q").press("Escape")
    assert len(titles(page)) == 3
    assert not page.locator("#nothing").is_visible()


def test_filters_narrow_the_list_and_last_in_the_address(page: Any, site: Path) -> None:
    page.goto(address(site, "index.html"))
    page.get_by_label("open 2").check()
    assert titles(page) == ["Gradient descent with momentum", "Mean value theorem"]
    page.get_by_label("open 2").uncheck()
    page.get_by_label("definition").check()
    assert len(titles(page)) == 3
    page.reload()
    assert len(titles(page)) == 3
    page.locator("#q").fill("bound")
    assert titles(page)[0] == "Optimization.gdConvexBound"


def test_keyboard_alone_opens_a_theorem(page: Any, site: Path, watch: Watch) -> None:
    page.goto(address(site, "index.html"))
    page.keyboard.press("/")
    page.keyboard.type("gradient")
    page.keyboard.press("ArrowDown")
    page.keyboard.press("ArrowDown")
    page.keyboard.press("ArrowUp")
    focused = page.evaluate("document.activeElement.textContent")
    assert focused == titles(page)[0]
    page.keyboard.press("Enter")
    page.wait_for_url("**/theorem/*.html")
    assert page.locator("h1").inner_text() == focused

    page.keyboard.press("/")
    page.keyboard.type("gd_momentum")
    page.keyboard.press("Enter")
    page.wait_for_url("**/Optimization.gd_momentum.html")
    watch.clean()


def test_search_on_a_theorem_page_opens_and_closes(page: Any, site: Path) -> None:
    page.goto(address(site, CONVEX))
    page.locator("#q").fill("momentum")
    assert page.locator("#drop").is_visible()
    page.keyboard.press("Escape")
    assert not page.locator("#drop").is_visible()


def test_theorem_page_shows_statement_formula_plot_and_mutants(
    page: Any, site: Path, watch: Watch
) -> None:
    page.goto(address(site, CONVEX))
    statement = page.locator("#statement")
    assert "theorem gd_convex" in statement.inner_text()
    assert statement.locator("a.const").count() >= 3
    formula = page.locator(".formula math").first.bounding_box()
    assert formula["width"] > 20
    assert formula["height"] > 20
    fraction = page.locator(".formula mfrac").first
    above, below = fraction.locator("> mrow").all()
    assert above.bounding_box()["y"] < below.bounding_box()["y"]
    plot = page.locator("svg.plot").first
    box = plot.bounding_box()
    assert box["width"] > 300
    assert box["height"] > 150
    assert plot.locator("g.curve").count() == 2
    assert plot.locator("circle").count() == 10
    assert page.locator("svg.plot").nth(1).locator("circle").count() == 22
    mutants = page.locator(".mutants:not(.aspects)")
    assert mutants.locator("tbody tr").count() == 2
    assert mutants.locator(".tag.good").count() == 2
    assert page.locator(".aspects tbody tr").count() == 8
    assert page.locator(".check svg.plot").count() == 2
    watch.clean()


def test_links_of_the_statement_and_the_graph_are_followed(page: Any, site: Path) -> None:
    page.goto(address(site, CONVEX))
    page.locator("#statement a.const", has_text="gdConvexBound").click()
    page.wait_for_url("**/Optimization.gdConvexBound.html")
    page.locator("svg.graph a", has_text="gd_momentum").click()
    page.wait_for_url("**/Optimization.gd_momentum.html")


def test_planted_markup_does_not_run(page: Any, site: Path, watch: Watch) -> None:
    dialogs: list[str] = []
    page.on("dialog", lambda dialog: (dialogs.append(dialog.message), dialog.dismiss()))
    for name in ("index.html", CONVEX, "theorem/Analysis.Convex.html"):
        page.goto(address(site, name))
    page.locator("#q").fill("planted")
    assert dialogs == []
    watch.clean()


def test_dark_mode_follows_the_system_and_the_button(browser: Any, site: Path) -> None:
    context = browser.new_context(color_scheme="dark")
    page = context.new_page()
    page.goto(address(site, "index.html"))
    dark = background(page)
    page.locator("#theme").click()
    light = background(page)
    assert dark != light
    page.goto(address(site, CONVEX))
    assert background(page) == light
    page.locator("#theme").click()
    assert background(page) == dark
    context.close()


@pytest.mark.parametrize("width", [320, 390, 768])
def test_no_page_scrolls_sideways(browser: Any, site: Path, width: int) -> None:
    context = browser.new_context(viewport={"width": width, "height": 800})
    page = context.new_page()
    for path in sorted(site.rglob("*.html")):
        page.goto(path.as_uri())
        page.evaluate("document.querySelectorAll('details').forEach(d => { d.open = true; })")
        over = page.evaluate(
            "document.documentElement.scrollWidth - document.documentElement.clientWidth"
        )
        assert over <= 0, path.name
    context.close()


def test_tables_of_words_are_read_on_a_phone_without_scrolling(browser: Any, site: Path) -> None:
    context = browser.new_context(viewport={"width": 390, "height": 800})
    page = context.new_page()
    for name in (CONVEX, "map.html", "coverage.html", "provenance.html"):
        page.goto(address(site, name))
        over = page.locator("table.stacks").evaluate_all(
            "tables => tables.map(t => t.parentElement.scrollWidth - t.parentElement.clientWidth)"
        )
        assert over, name
        assert max(over) <= 0, name
    context.close()


def test_text_has_contrast_in_both_themes(browser: Any, site: Path) -> None:
    script = """
    () => {
      const channel = (v) => {
        v /= 255;
        return v <= .03928 ? v / 12.92 : ((v + .055) / 1.055) ** 2.4;
      };
      const parse = (c) => (c.match(/[\\d.]+/g) || []).map(Number);
      const light = (c) => {
        const [r, g, b] = parse(c).map(channel);
        return .2126 * r + .7152 * g + .0722 * b;
      };
      const solid = (c) => {
        const parts = parse(c);
        return c.startsWith("rgb") && (parts.length < 4 || parts[3] === 1);
      };
      const ground = (node) => {
        while (node && !solid(getComputedStyle(node).backgroundColor)) node = node.parentElement;
        return light(getComputedStyle(node || document.body).backgroundColor);
      };
      const found = new Set();
      for (const node of document.querySelectorAll("main *, footer *")) {
        if (![...node.childNodes].some((n) => n.nodeType === 3 && n.textContent.trim())) continue;
        if (node.closest("svg") || !node.checkVisibility()) continue;
        const a = light(getComputedStyle(node).color), b = ground(node);
        const ratio = (Math.max(a, b) + .05) / (Math.min(a, b) + .05);
        if (ratio < 4.5) found.add(node.className + " " + node.tagName + " " + ratio.toFixed(2));
      }
      return [...found];
    }
    """
    for scheme in ("light", "dark"):
        context = browser.new_context(color_scheme=scheme)
        page = context.new_page()
        for name in ("index.html", CONVEX, "coverage.html", "about.html", "library.html"):
            page.goto(address(site, name))
            assert page.evaluate(script) == [], f"{name} in the {scheme} theme"
        context.close()


def test_controls_have_names(page: Any, site: Path) -> None:
    for name in ("index.html", CONVEX):
        page.goto(address(site, name))
        for control in page.locator("a, button, input, summary, [role=region]").all():
            label = control.evaluate(
                "n => n.getAttribute('aria-label') || (n.labels && n.labels[0] "
                "&& n.labels[0].textContent) || n.textContent"
            )
            assert label.strip(), control.evaluate("n => n.outerHTML")


def test_it_prints(page: Any, site: Path) -> None:
    page.goto(address(site, CONVEX))
    page.emulate_media(media="print")
    assert not page.locator("header.bar").is_visible()
    assert page.locator("#statement").is_visible()
    assert len(page.pdf()) > 10_000


def test_search_is_fast_on_five_hundred_theorems(page: Any, site: Path) -> None:
    page.goto(address(site, "index.html"))
    milliseconds = page.evaluate(
        """() => {
          const words = ["gradient", "descent", "convex", "stability", "margin", "kernel"];
          const entries = [];
          for (let n = 0; n < 500; n++) {
            const pick = (k) => words[(n * 5 + k * 3) % words.length] + (n % (k + 5));
            const text = (length, k) => Array.from({ length }, (_, i) => pick(k + i)).join(" ");
            entries.push({ name: "Family.theorem_" + n, page: "x", title: text(2, 1),
              kind: "theorem", headline: true, family: pick(3), controls: [], tight: "",
              prose: text(60, 0), assumes: pick(4), source: "", statement: text(40, 60) });
          }
          const index = new window.DeepTheorySearch.Index(entries);
          const queries = ["g", "grad", "gradeint", "convx smoth", "stabilty margn kernl"];
          const once = (query) => {
            const start = performance.now();
            index.search(query);
            return performance.now() - start;
          };
          // The least of several rounds: what other programs take of the machine is not counted.
          const times = queries.map((query) => Math.min(...Array(6).fill(query).map(once)));
          return Math.max(...times);
        }"""
    )
    assert milliseconds < 50
