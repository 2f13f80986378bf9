"""The calculator of a page against the rigorous value, in a real Chromium."""

from __future__ import annotations

import json
import math
import random
from functools import reduce
from pathlib import Path
from typing import Any

import pytest

from deeptheory.errors import HypothesisError, UsageError
from deeptheory.formulas import Book, FormulaError
from deeptheory.formulas.bounds import conditions, evaluate_bound
from deeptheory.formulas.formula import Formula
from deeptheory.formulas.javascript import to_javascript, to_predicate
from deeptheory.formulas.syntax import Call, Var
from deeptheory.site import build_site
from deeptheory.site.calculator import draw_point, is_steady
from sample_catalog import sample_declarations
from site_sample import make_project
from test_site_browser import CONVEX, Watch, address, browser, page, watch

__all__ = ["browser", "page", "watch"]

pytestmark = pytest.mark.timeout(900)

ASSETS = Path(__file__).parents[1] / "python" / "deeptheory" / "site" / "assets"
BUILT = Path(__file__).parents[1] / "build" / "theorems.json"
POINTS = 20
UNSTEADY = {"alternatingSum", "binomialCdf", "expSeq"}
"""Formulas that lose their digits in double precision, and so have no calculator."""
RUN = """([body, points]) => {
  const value = new Function("f", "v", "return " + body);
  return points.map((point) => String(value(window.DeepTheoryFunctions, point)));
}"""


@pytest.fixture(scope="module")
def book() -> Book:
    """The whole catalog where it is built, else the sample."""
    if BUILT.is_file():
        return Book.load(BUILT)
    return Book(sample_declarations())


def exactly(formula: Formula, point: dict[str, Any]) -> float | None:
    """Return the certified value, nan outside the domain, None where the draw fits no vector."""
    try:
        return float(formula.evaluate(point, digits=20))
    except HypothesisError:
        return math.nan
    except UsageError:
        return None


def close(text: str, expected: float) -> bool:
    found = float(text.replace("Infinity", "inf"))
    if math.isnan(expected) or math.isnan(found):
        return math.isnan(expected) and math.isnan(found)
    return math.isclose(found, expected, rel_tol=1e-9, abs_tol=1e-12)


@pytest.mark.browser
def test_every_formula_agrees_with_its_certified_value(page: Any, book: Book) -> None:
    page.goto("about:blank")
    page.evaluate((ASSETS / "functions.js").read_text(encoding="utf-8"))
    source, compared, outside = random.Random(8), 0, 0
    unsteady = []
    for name in book.formula_names:
        formula = book.formula(name)
        if not is_steady(formula):
            unsteady.append(name.rpartition(".")[2])
            continue
        points, expected = [], []
        for _ in range(POINTS):
            point = draw_point(source, formula)
            value = exactly(formula, point)
            if value is not None and not math.isinf(value):
                points.append([point[param.name] for param in formula.params])
                expected.append(value)
        body = to_javascript(formula.body, formula.params)
        found = page.evaluate(RUN, [body, points])
        for point, text, value in zip(points, found, expected, strict=True):
            assert close(text, value), f"{name} at {point}: {text} instead of {value}"
        compared += sum(not math.isnan(value) for value in expected)
        outside += sum(math.isnan(value) for value in expected)
    assert compared > 10 * len(book.formula_names)
    assert outside > 0, "no point outside a domain was tried"
    assert set(unsteady) <= UNSTEADY


@pytest.mark.browser
def test_every_condition_agrees_with_the_hypotheses(page: Any, book: Book) -> None:
    page.goto("about:blank")
    page.evaluate((ASSETS / "functions.js").read_text(encoding="utf-8"))
    source, refused, allowed = random.Random(9), 0, 0
    for name in book.headlines:
        formula = book.bound_of(name)
        if formula is None:
            continue
        tests = conditions(book, name)
        parts = [to_predicate(t.relation, t.lhs, t.rhs, formula.params) for t in tests]
        body = f"[{', '.join(parts)}].every((test) => test === 1)"
        points = [draw_point(source, formula) for _ in range(POINTS)]
        listed = [[point[param.name] for param in formula.params] for point in points]
        for point, text in zip(points, page.evaluate(RUN, [body, listed]), strict=True):
            meets = _meets(book, name, point)
            assert meets is None or text == str(meets).lower(), f"{name} at {point}: {text}"
            refused += meets is False
            allowed += meets is True
    assert refused > 50
    assert allowed > 50


def _meets(book: Book, name: str, point: dict[str, Any]) -> bool | None:
    """Whether the hypotheses hold at a point, None where it is no point of the formula."""
    try:
        evaluate_bound(book, name, point)
    except HypothesisError as error:
        return None if "has no value here" in str(error) else False
    except UsageError:
        return None
    return True


def test_an_unknown_variable_or_a_call_is_refused() -> None:
    with pytest.raises(FormulaError, match="no parameter"):
        to_javascript(Var("x"), ())
    with pytest.raises(FormulaError, match="expanded"):
        to_javascript(Call("f", ()), ())


@pytest.fixture(scope="module")
def site(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return build_site(make_project(tmp_path_factory.mktemp("calculator")))


@pytest.mark.browser
def test_sliders_and_numbers_move_the_bound(page: Any, site: Path, watch: Watch) -> None:
    page.goto(address(site, CONVEX))
    value, note = page.locator("#calc-value"), page.locator("#calc-note")
    assert float(value.inner_text()) == pytest.approx(1 * 1 / (2 * 100))
    page.locator("#calc-1").fill("3/2")
    page.locator("#calc-2").fill("4")
    page.locator("#calc-3").fill("6")
    assert float(value.inner_text()) == pytest.approx(1.5 * 16 / 12)
    assert "-a 'L=3/2' -a 'D=4' -a 'k=6'" in page.locator("#calc-command").inner_text()
    slider = page.get_by_label("k, slider")
    slider.focus()
    for _ in range(40):
        slider.press("ArrowRight")
    steps = int(page.locator("#calc-3").input_value())
    assert steps > 6
    assert float(value.inner_text()) == pytest.approx(1.5 * 16 / (2 * steps), rel=1e-5)
    page.locator("#calc-3").fill("0")
    assert value.inner_text() == "–"
    assert "No value here" in note.inner_text()
    page.locator("#calc-3").fill("2.5")
    assert note.inner_text() == "k is to be a natural number."
    page.locator("#calc-2").fill("four")
    assert "D is to be a number; k is" in note.inner_text()
    page.locator("#calc-2").fill("-4")
    page.locator("#calc-3").fill("6")
    assert "‖x₀ - xs‖ fails" in note.inner_text()
    watch.clean()


def test_scripts_hold_nothing_from_the_catalog_but_numbers(tmp_path: Path) -> None:
    project = make_project(tmp_path)
    data = json.loads(project.theorems_json.read_text(encoding="utf-8"))
    planted = 'L"]; alert(1); //'
    for item in data["declarations"]:
        if item["formula"]:
            text = json.dumps(item["formula"]).replace('"L"', json.dumps(planted))
            item["formula"] = json.loads(text)
    project.theorems_json.write_text(json.dumps(data), encoding="utf-8")
    site = build_site(project)
    scripts = [path.read_text("utf-8") for path in (site / "formula").glob("*.js")]
    assert scripts
    assert not reduce(lambda found, text: found or "alert" in text, scripts, False)
