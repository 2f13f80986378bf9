"""The bounds on real data in a real headless Chromium: from a theorem's plot to the whole table."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest

from test_site_browser import Watch, address, browser, page, site, watch

__all__ = ["browser", "page", "site", "watch"]  # fixtures

pytestmark = [pytest.mark.browser, pytest.mark.timeout(300)]


def test_a_theorem_leads_from_its_plots_to_all_bounds(page: Any, site: Path, watch: Watch) -> None:
    page.goto(address(site, "theorem/Optimization.gd_momentum.html"))
    section = page.locator(".on-data")
    assert section.locator("svg.plot").count() == 5
    for plot in section.locator("svg.plot").all():
        assert plot.bounding_box()["height"] > 100
    first = section.locator("figure").nth(1)
    names = [text.strip() for text in first.locator(".legend li").all_inner_texts()]
    assert names == [
        "gd_momentum",
        "held-out error",
        "training error",
        "1, above which a bound says nothing",
    ]
    assert first.locator(".curve.c1 circle").count() == 2
    assert first.locator(".curve.ref circle").count() == 0
    rows = section.locator("table.bounds tbody tr").all_inner_texts()
    assert len(rows) == 10
    assert rows[0].split("\t")[0].strip() == "first kind"
    section.get_by_text("all bounds").click()
    page.wait_for_url("**/experiments.html#sample-data")
    assert page.url.endswith("experiments.html#sample-data")
    assert page.locator("h2").inner_text() == "A sample of data"
    assert page.locator("svg.plot").count() == 5
    assert page.get_by_role("link", name="Data", exact=True).get_attribute("aria-current") == "page"
    page.locator("table.bounds a", has_text="gd_momentum").first.click()
    page.wait_for_url("**/theorem/Optimization.gd_momentum.html*")
    assert page.locator("h1").count() == 1
    watch.clean()
