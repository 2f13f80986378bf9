"""The library itself: what `make` has built from lean/ keeps the rules of the project."""

from __future__ import annotations

import json

import pytest
from typer.testing import CliRunner

from deeptheory.audit import audit
from deeptheory.catalog import Catalog
from deeptheory.checks import load_checks, registered
from deeptheory.cli import app
from deeptheory.coverage import cover, load_rows
from deeptheory.paths import Project

AXIOMS = {"propext", "Classical.choice", "Quot.sound"}


@pytest.fixture(scope="module")
def catalog(checkout: Project) -> Catalog:
    if not checkout.theorems_json.is_file():
        pytest.skip("the library is not proved: run `make`")
    return Catalog.load(checkout)


def test_the_audit_finds_nothing(checkout: Project, catalog: Catalog) -> None:
    assert [str(finding) for finding in audit(checkout)] == []


def test_every_theorem_rests_on_the_three_axioms(catalog: Catalog) -> None:
    theorems = [d for d in catalog if d.kind == "theorem"]
    assert len(theorems) > 300
    assert {axiom for d in theorems for axiom in d.axioms} <= AXIOMS


def test_every_headline_has_witness_sharpness_and_check(catalog: Catalog) -> None:
    load_checks()
    for headline in catalog.headlines:
        card = headline.card
        assert card is not None
        assert catalog.get(card.witness).kind == "theorem"
        assert card.sharp.theorem is not None or card.sharp.note
        assert headline.name in registered()


def test_coverage_names_theorems_that_exist(checkout: Project, catalog: Catalog) -> None:
    covered = cover(load_rows(checkout.coverage_toml), catalog, {})
    delivered = {c.row.id for c in covered if c.row.state == "delivered"}
    assert {
        "descent-lemma",
        "gd-nonconvex",
        "gd-convex",
        "gd-pl",
        "gd-strongly-convex",
    } <= delivered


@pytest.mark.parametrize(
    ("theorem", "arguments", "exact"),
    [
        ("gd_nonconvex", {"L": "2", "Δ": "3", "K": "4"}, "3"),
        ("gd_convex", {"L": "2", "D": "1/2", "k": "10"}, "1/40"),
        ("gd_pl", {"L": "4", "μ": "1", "Δ": "16", "k": "2"}, "9"),
        ("gd_strongly_convex", {"L": "4", "μ": "1", "D": "16", "k": "2"}, "9"),
    ],
)
def test_bounds_of_the_library(
    catalog: Catalog, theorem: str, arguments: dict[str, str], exact: str
) -> None:
    options = [part for name, value in arguments.items() for part in ("--arg", f"{name}={value}")]
    result = CliRunner().invoke(app, ["bound", theorem, *options, "--json"])
    assert result.exit_code == 0, result.output
    assert json.loads(result.stdout)["exact"] == exact


@pytest.mark.parametrize(
    ("theorem", "arguments", "hypothesis"),
    [
        ("gd_convex", ["L=2", "D=1", "k=0"], "0 < k"),
        ("gd_convex", ["L=0", "D=1", "k=3"], "0 < L"),
        ("gd_convex", ["L=-1", "D=1", "k=3"], "0 < L"),
        ("gd_strongly_convex", ["L=1", "μ=2", "D=1", "k=3"], "μ ≤ L"),
        ("gd_pl", ["L=1", "μ=2", "Δ=1", "k=3"], "μ ≤ L"),
        ("gd_nonconvex", ["L=1", "Δ=1", "K=0"], "0 < K"),
    ],
)
def test_values_outside_the_hypotheses_are_refused(
    catalog: Catalog, theorem: str, arguments: list[str], hypothesis: str
) -> None:
    options = [part for value in arguments for part in ("--arg", value)]
    result = CliRunner().invoke(app, ["bound", theorem, *options])
    assert result.exit_code != 0
    assert hypothesis in str(result.exception)


def test_an_unknown_theorem_is_answered_with_the_nearest(catalog: Catalog) -> None:
    result = CliRunner().invoke(app, ["bound", "gd_convx", "--arg", "L=1"])
    assert result.exit_code != 0
    assert "gd_convex" in str(result.exception)
