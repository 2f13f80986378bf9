"""What the tests of `deeptheory certify risk` share: a run of it, and its inputs by chance."""

from __future__ import annotations

import random
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from typer.testing import CliRunner, Result

from deeptheory.cli import app
from deeptheory.formulas import Book
from deeptheory.paths import Project

SAMPLE = ("1000", "0.03", "20", "0.05", "0.5")
ARGUMENTS = ["--n", "1000", "--empirical-risk", "0.03", "--kl", "20", "--delta", "0.05"]

Certify = Callable[..., Result]


def in_empty_folder(
    book: Book, checkout: Project, folder: Path, monkeypatch: pytest.MonkeyPatch
) -> Certify:
    """Return a function that runs the command in a folder, with a catalog that is read already."""
    monkeypatch.chdir(folder)
    monkeypatch.setenv("DEEPTHEORY_PROJECT", str(checkout.root))
    monkeypatch.setattr(Book, "load", classmethod(lambda cls, path: book))
    return lambda *arguments: CliRunner().invoke(app, ["certify", "risk", *arguments])


PIECES = [
    "0", "1", "2", "7", "10", "1000", "0.03", "1/3", "3/7", ".5", "1e-3", "1E5", "-", "+", "−",
    "_", " ", "/", ".", "e", "nan", "inf", "∞", "1_000", "(", ")", ":=", "sorry", "by decide",
    "native_decide", "\n", "\t", "\0", "-/", "/-", "--", "#eval 1", "«x»", "theorem", "axiom a",
    "open Lean", ": R", "%", "²", "٣", "0x10", "1e99999", "1e-99999", "9" * 101, "9" * 99,
    "1/0", "0/1", "{", "}", "\\", '"', "import Lean", "end Certified", "^", "*", ",", ";",
]  # fmt: skip


def texts(rng: random.Random) -> Iterator[list[str]]:
    """Yield the five inputs of a command: numbers, damaged numbers, Lean text, rubbish."""
    good = SAMPLE
    while True:
        row = list(good)
        for place in range(5):
            kind = rng.random()
            if kind < 0.35:
                continue
            if kind < 0.55:
                row[place] = repr(abs(rng.gauss(0, 1)) * 10 ** rng.randint(-12, 6))
            elif kind < 0.7:
                row[place] = f"{rng.randint(0, 10**6)}/{rng.randint(0, 10**6)}"
            elif kind < 0.97:
                row[place] = "".join(rng.choices(PIECES, k=rng.randint(1, 4)))
            else:
                size = rng.randint(1, 400)
                row[place] = "".join(chr(rng.randint(0, 0x2FFF)) for _ in range(size))
        yield row


def numbers(rng: random.Random) -> Iterator[list[str]]:
    """Yield five inputs that are true for most forms, in all the ways to write numbers."""
    while True:
        n = rng.choice([rng.randint(1, 300), rng.randint(300, 10**6), 60000])
        size = rng.choice([str(n), f"{n}.0", f"{n}/1", f" {n} "])
        risk = rng.choice(["0", "1/3", f"{rng.random():.4f}", repr(rng.random() ** 6), "1e-30"])
        kl = rng.choice(["0", repr(rng.random() * n / 3), f"{rng.randint(0, n)}/7", "1_0", "2e-9"])
        delta = rng.choice(["0.05", "1/20", repr(rng.uniform(1e-9, 0.99)), "1e-40", ".5"])
        lam = rng.choice(["0.5", "1/3", "1.9", repr(rng.uniform(1, 2000)), "1e2"])
        yield [size, risk, kl, delta, lam]
