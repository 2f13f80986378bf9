"""Formulas as HTML: KaTeX at build time where it is installed, else MathML.

KaTeX writes the places of its parts as ``style`` attributes, which the pages' content security
policy forbids: they become classes of a style sheet that is made with the pages.
"""

from __future__ import annotations

import json
import re
import subprocess
from collections.abc import Iterable, Iterator
from functools import cache
from pathlib import Path

from markupsafe import Markup, escape

from deeptheory.errors import FailureError
from deeptheory.toolchain.node import find_node

__all__ = ["Mathematics", "mathml"]

_ITALIC_RUN = re.compile(r'(?:<mi mathvariant="italic">[^<]*</mi>){2,}')
_MATH = '<math xmlns="http://www.w3.org/1998/Math/MathML"'
_STYLED = re.compile(r'<(?P<tag>\w+)(?P<before>[^<>]*?) style="(?P<style>[^"<>]*)"')
_CLASS = re.compile(r'class="([^"]*)"')
_FONT = re.compile(r"src:url\((fonts/[^)]+\.woff2)\)[^;}]*")
_RENDER = Path(__file__).with_name("katex_render.js")
_TIMEOUT = 120


class Mathematics:
    """Turns LaTeX into HTML.

    Parameters
    ----------
    packages : Path or None
        The folder ``node_modules`` with KaTeX; None for MathML.
    wanted : iterable of (str, bool)
        The LaTeX of all pages, each with whether it stands on a line of its own.
    """

    def __init__(self, packages: Path | None, wanted: Iterable[tuple[str, bool]] = ()) -> None:
        self._katex = packages / "katex" if packages and (packages / "katex").is_dir() else None
        self._styles: dict[str, str] = {}
        self._made: dict[tuple[str, bool], Markup] = {}
        if self._katex is not None:
            self._render(self._katex, sorted(set(wanted)))

    @property
    def is_katex(self) -> bool:
        """Whether the formulas are KaTeX's."""
        return self._katex is not None

    def html(self, latex: str, block: bool = True) -> Markup:
        """Return a formula's HTML; LaTeX that cannot be read is shown as it is."""
        return self._made.get((latex, block)) or mathml(latex, block)

    def files(self) -> Iterator[tuple[str, str | bytes]]:
        """Yield the style sheets and the fonts of KaTeX, to lie beside the pages."""
        if self._katex is None:
            return
        dist = self._katex / "dist"
        sheet = _FONT.sub(
            r'src:url(\1) format("woff2")',
            (dist / "katex.min.css").read_text(encoding="utf-8"),
        )
        rules = "".join(f".{name}{{{style}}}\n" for style, name in self._styles.items())
        yield "assets/katex/katex.css", sheet + "\n" + rules
        for font in sorted(set(re.findall(r"fonts/[\w-]+\.woff2", sheet))):
            yield f"assets/katex/{font}", (dist / font).read_bytes()
        yield "assets/katex/LICENSE", (self._katex / "LICENSE").read_bytes()

    def _render(self, katex: Path, wanted: list[tuple[str, bool]]) -> None:
        if not wanted:
            return
        finished = subprocess.run(
            [str(find_node().executable), str(_RENDER), str(katex)],
            input=json.dumps(wanted),
            capture_output=True,
            text=True,
            encoding="utf-8",
            timeout=_TIMEOUT,
            check=False,
        )
        if finished.returncode != 0:
            raise FailureError(f"KaTeX does not run: {finished.stderr.strip()[:300]}")
        for asked, made in zip(wanted, json.loads(finished.stdout), strict=True):
            if made is not None:
                self._made[asked] = Markup(_STYLED.sub(self._with_class, made))

    def _with_class(self, match: re.Match[str]) -> str:
        """Put a class in the place of a style."""
        name = self._styles.setdefault(match["style"], f"kx{len(self._styles)}")
        before = match["before"]
        if _CLASS.search(before):
            before = _CLASS.sub(rf'class="\1 {name}"', before)
        else:
            before += f' class="{name}"'
        return f"<{match['tag']}{before}"


@cache
def mathml(latex: str, block: bool = True) -> Markup:
    """Turn LaTeX into MathML; LaTeX that cannot be read is shown as it is."""
    from latex2mathml.converter import convert

    try:
        readable = latex.replace(r"\mathbin{\dot{-}}", r"\mathbin{∸}")
        markup = convert(readable, display="block" if block else "inline")
    except Exception:  # the converter raises errors of many kinds on malformed input
        return Markup("<code>{}</code>").format(latex)
    markup = re.sub(r"<mi>(∸|&#x02238;)</mi>", "<mo>∸</mo>", markup)
    markup = _ITALIC_RUN.sub(_word, markup)
    label = escape(latex.replace("\n", " "))
    return Markup(markup.replace(_MATH, f'{_MATH} data-latex="{label}"', 1))


def _word(run: re.Match[str]) -> str:
    """Make one name of the letters of a name, which would be spaced like a product."""
    letters = re.sub(r"<[^>]*>", "", run[0])
    return f'<mi class="word">{letters}</mi>'
