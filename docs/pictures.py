"""Take the README's pictures of the index: `python docs/pictures.py`, after `make`.

Needs Chromium and the development dependencies; writes ``docs/index.png`` and
``docs/theorem.png``.
"""

from __future__ import annotations

import shutil
import sys
from pathlib import Path

from playwright.sync_api import sync_playwright

from deeptheory.paths import find_project

PICTURES = {
    "index.png": ("index.html", 1060),
    "theorem.png": ("theorem/Optimization.gd_convex.html", 1230),
}


def main() -> None:
    """Take the pictures."""
    names = ("chromium", "chromium-browser", "google-chrome")
    chromium = next((path for path in map(shutil.which, names) if path), None)
    if chromium is None:
        sys.exit("There is no Chromium on PATH: install it to take pictures.")
    project = find_project()
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=chromium, args=["--no-sandbox"])
        for name, (page_name, height) in PICTURES.items():
            page = browser.new_page(viewport={"width": 1280, "height": height})
            page.goto((project.site / page_name).as_uri())
            page.screenshot(path=Path(__file__).with_name(name))
            page.close()
        browser.close()


if __name__ == "__main__":
    main()
