"""Sweeps: the grid, and what is measured at its points."""

from __future__ import annotations

import json
import math
from fractions import Fraction
from pathlib import Path
from typing import Any

import pytest
from flint import arb, ctx, fmpq
from typer.testing import CliRunner

from deeptheory.checks.instances.laws import coin_tail
from deeptheory.checks.registry import Check, load_checks
from deeptheory.cli import app
from deeptheory.errors import FailureError, UsageError
from deeptheory.formulas.syntax import Param
from deeptheory.sweeps import evaluate
from deeptheory.sweeps.arranged import ARRANGEMENTS
from deeptheory.sweeps.coins import biased, tail
from deeptheory.sweeps.grid import exact_text, read_grid
from deeptheory.sweeps.plan import make_plan
from deeptheory.sweeps.run import sweep
from sample_catalog import num, sample_declarations, write_checkout

PARAMS = [Param("n", "nat"), Param("δ", "real")]


# The grid


def _axis(text: str, other: str = "delta=1", limit: int = 1000) -> list[str]:
    grid = read_grid("bound", PARAMS, [text, other], limit=limit)
    return [exact_text(value) for value in grid.axes[0].values]


@pytest.mark.parametrize(
    ("text", "values"),
    [
        ("n=3", "3"),
        ("n=3,1,3,1e2", "3 1 100"),
        ("n=2:5", "2 3 4 5"),
        ("n=1:10:lin:4", "1 4 7 10"),
        ("n=1:4:lin:3", "1 3 4"),
        ("n=10:1e6:log:6", "10 100 1000 10000 100000 1000000"),
        ("n=1:3:log:9", "1 2 3"),
        ("n=7:7:log,9", "7 9"),
        ("n=1:100:log:3,5:6", "1 10 100 5 6"),
    ],
)
def test_whole_numbers_are_read(text: str, values: str) -> None:
    assert _axis(text) == values.split()


@pytest.mark.parametrize(
    ("text", "values"),
    [
        ("delta=0.01,1/3,1e-3,-2", "0.01 1/3 0.001 -2"),
        ("delta=0:1:lin:4", "0 1/3 2/3 1"),
        ("δ=1e-3:1:log:7", "0.001 0.00316228 0.01 0.0316228 0.1 0.316228 1"),
        ("δ=1:1.00001:log:3", "1 1.000005 1.00001"),
    ],
)
def test_real_numbers_are_read_exactly(text: str, values: str) -> None:
    assert _axis(text, "n=1") == values.split()


def test_a_range_without_a_number_has_25_points() -> None:
    values = [int(value) for value in _axis("n=10:1e6:log")]
    assert len(values) == 25
    assert values[0] == 10
    assert values[-1] == 10**6
    for place, value in enumerate(values):
        assert abs(value - 10 * 10 ** (5 * place / 24)) <= 0.5000001


@pytest.mark.parametrize(
    ("text", "says"),
    [
        ("n", "NAME=VALUES"),
        ("n=", "NAME=VALUES"),
        ("m=3", "has no parameter 'm'; it has n, δ"),
        ("detla=3", "Did you mean delta?"),
        ("n=x", "n is to be a number"),
        ("n=1.5", "natural number"),
        ("n=-1:3", "natural number"),
        ("n=inf", "finite"),
        ("n=1,,2", "empty place"),
        ("n=1:2:3:4:5", "is no range"),
        ("n=1:5:geo", "lin or log"),
        ("n=0:5:log", "begins above 0"),
        ("delta=-1:5:log", "begins above 0"),
        ("n=5:1", "smaller end first"),
        ("delta=0:1", "needs a spacing"),
        ("n=1:9:lin:1", "whole number from 2 on"),
        ("n=1:9:lin:x", "whole number from 2 on"),
        ("n=1:1e30", "1000 are allowed"),
        ("n=1:1e30:lin:10000000", "1000 are allowed"),
        ("delta=1", "also needs n"),
    ],
)
def test_bad_axes_are_refused_with_the_reason(text: str, says: str) -> None:
    with pytest.raises(UsageError) as refused:
        read_grid("bound", PARAMS, [text], limit=1000)
    assert says in str(refused.value)


def test_an_axis_twice_and_too_many_points_are_refused() -> None:
    with pytest.raises(UsageError, match="gives δ twice"):
        read_grid("bound", PARAMS, ["delta=1", "δ=2", "n=1"], limit=1000)
    with pytest.raises(
        UsageError, match=r"5000 points \(50 of n x 100 of δ\), and 4999 are allowed"
    ):
        read_grid("bound", PARAMS, ["n=1:50", "delta=1:2:lin:100"], limit=4999)


def test_the_last_axis_varies_fastest() -> None:
    grid = read_grid("bound", PARAMS, ["n=1:2", "delta=1,3,2"], limit=10)
    assert [(n, int(delta)) for n, delta in grid.points()] == [
        (1, 1), (1, 3), (1, 2), (2, 1), (2, 3), (2, 2),
    ]  # fmt: skip


# One point


_SAMPLES: dict[str, dict[str, str]] = {
    "Analysis.descent_lemma": {"fx": "1", "s": "-1/2", "L": "2", "d": "3"},
    "Approximation.boolean_xor": {"d": "1"},
    "Approximation.memorization": {"N": "5", "d": "2"},
    "Approximation.relu_1d_lipschitz": {"L": "3", "N": "4"},
    "Approximation.relu_1d_smooth": {"M": "2/3", "N": "4"},
    "Approximation.relu_product": {"M": "3", "m": "2"},
    "Approximation.square_lower": {"N": "7"},
    "Approximation.telgarsky": {"N": "4", "k": "4"},
    "Approximation.uat_converse": {"L": "2", "r": "2", "D": "3"},
    "Approximation.yarotsky_square": {"m": "5"},
    "Generalization.binomial_test_set": {"n": "20", "k": "3", "p": "1/10"},
    "Generalization.catoni": {"K": "0", "n": "50", "δ": "1/20", "lam": "10"},
    "Generalization.erm_excess_risk": {"N": "2", "n": "100", "δ": "1/20"},
    "Generalization.finite_class": {"N": "10", "n": "100", "δ": "1/20"},
    "Generalization.klBin_moment": {"n": "30"},
    "Generalization.linear_l1": {"B": "2", "X": "3", "d": "3", "n": "4"},
    "Generalization.linear_l2": {"B": "2", "X": "3", "n": "4"},
    "Generalization.maurer": {"K": "0", "n": "50", "δ": "1/20"},
    "Generalization.mcallester": {"K": "0", "n": "50", "δ": "1/20"},
    "Generalization.seeger": {"K": "0", "n": "50", "δ": "1/20"},
    "Generalization.massart": {"r": "3", "N": "7", "n": "3"},
    "Generalization.occam": {"w": "1/10", "n": "50", "δ": "1/20"},
    "Generalization.rademacher_bound": {"r": "0", "b": "2", "n": "50", "δ": "1/20"},
    "Generalization.rademacher_empirical_bound": {"r": "0", "b": "2", "n": "50", "δ": "1/20"},
    "Generalization.realizable": {"N": "10", "n": "50", "δ": "1/20"},
    "Generalization.sauer_shelah": {"n": "6", "d": "3"},
    "Generalization.sauer_shelah_pow": {"n": "1000000", "d": "3"},
    "Generalization.test_set": {"n": "50", "δ": "1/20"},
    "Optimization.gd_convex": {"L": "2", "D": "3", "k": "10"},
    "Optimization.gd_nonconvex": {"L": "2", "Δ": "3", "K": "10"},
    "Optimization.gd_pl": {"L": "2", "μ": "1/3", "Δ": "3", "k": "10"},
    "Optimization.gd_strongly_convex": {"L": "2", "μ": "1/3", "D": "3", "k": "10"},
    "Probability.binomial_kl_tail": {"n": "1000000", "q": "1/10", "p": "1/9"},
    "Probability.hoeffding": {"n": "1000000", "e": "1/1000", "a": "-1", "b": "2"},
    "Probability.hoeffding_lemma": {"s": "-2", "a": "0", "b": "2"},
    "Probability.klInv_le": {"q": "1/10", "c": "1/7"},
    "Probability.mcdiarmid": {"n": "3", "e": "1", "c": "1,2,1/2"},
}
_TIGHT = {  # the exact ratio, or the least one
    "Analysis.descent_lemma": 1, "Approximation.boolean_xor": 1, "Approximation.memorization": 1,
    "Approximation.relu_1d_lipschitz": 1, "Approximation.relu_1d_smooth": 1,
    "Approximation.relu_product": 1, "Approximation.square_lower": 1,
    "Approximation.telgarsky": 1, "Approximation.uat_converse": 1,
    "Approximation.yarotsky_square": 1, "Generalization.linear_l2": 1,
    "Generalization.sauer_shelah": 1, "Optimization.gd_strongly_convex": 1,
    "Optimization.gd_convex": Fraction(10, 21), "Optimization.gd_nonconvex": Fraction(20, 29),
    "Optimization.gd_pl": Fraction(5, 6) ** 10, "Generalization.test_set": Fraction(99, 100),
    "Generalization.binomial_test_set": Fraction(99, 100),
    "Generalization.erm_excess_risk": Fraction(1, 2),
    "Generalization.realizable": Fraction(9, 10),
}  # fmt: skip


def _row(
    sweep_catalog: Path, theorem: str, values: dict[str, str], **options: Any
) -> dict[str, Any]:
    plan = make_plan(sweep_catalog, theorem, [f"{k}={v}" for k, v in values.items()], **options)
    rows = sweep(plan)
    assert len(rows) == 1
    return rows[0]


@pytest.mark.parametrize("theorem", sorted(ARRANGEMENTS))
def test_every_arrangement_measures_at_the_arguments_asked_for(
    theorem: str, sweep_catalog: Path
) -> None:
    row = _row(sweep_catalog, theorem, _SAMPLES[theorem])
    assert row["status"] == "measured", row["reason"]
    assert row["holds"] is True
    assert 0 < row["ratio"]["double"] <= 1
    if theorem in _TIGHT:
        wanted = float(_TIGHT[theorem])
        assert wanted * (1 - 1e-9) <= row["ratio"]["double"] <= min(1, wanted * 1.3)
    assert json.loads(json.dumps(row)) == row


def test_every_arrangement_belongs_to_a_check_and_every_sample_to_one() -> None:
    assert {f"DeepTheory.{theorem}" for theorem in ARRANGEMENTS} <= load_checks().keys()
    assert _SAMPLES.keys() == ARRANGEMENTS.keys()


def test_values_are_exact_where_they_can_be(sweep_catalog: Path) -> None:
    row = _row(sweep_catalog, "gd_convex", {"L": "2", "D": "3", "k": "10"})
    assert row["bound"]["exact"] == "9/10"
    assert row["measured"]["exact"] == "3/7"
    assert row["ratio"]["exact"] == "10/21"
    assert row["bound"]["radius"] == "0"
    assert row["bound"]["double"] == 0.9


def test_values_beyond_the_doubles_keep_their_decimals(sweep_catalog: Path) -> None:
    row = _row(sweep_catalog, "hoeffding", {"n": "1000000", "e": "1/10", "a": "0", "b": "1"})
    assert row["bound"]["double"] is None
    assert row["bound"]["decimal"].endswith("e-8686")
    assert 0 < row["ratio"]["double"] < 1


def test_a_point_outside_the_hypotheses_names_the_one_that_fails(sweep_catalog: Path) -> None:
    row = _row(sweep_catalog, "hoeffding", {"n": "10", "e": "-1", "a": "0", "b": "1"})
    assert row["status"] == "outside"
    assert row["hypothesis"] == "0 ≤ e"
    assert row["bound"] is row["measured"] is row["ratio"] is None


def test_where_nothing_can_be_built_the_bound_stands_alone_and_says_why(
    sweep_catalog: Path,
) -> None:
    row = _row(sweep_catalog, "finite_class", {"N": "10", "n": "1000000", "δ": "1/20"})
    assert row["status"] == "bound only"
    assert row["bound"]["double"] == pytest.approx(((math.log(10) + math.log(40)) / 2e6) ** 0.5)
    assert row["reason"] == "instances are built up to n = 4000"
    row = _row(sweep_catalog, "hoeffding", {"n": "9", "e": "1", "a": "0", "b": "1"}, measure=False)
    assert (row["status"], row["reason"]) == ("bound only", "no measurement was asked for")


def test_a_formula_can_be_swept_and_a_theorem_without_a_bound_cannot(sweep_catalog: Path) -> None:
    row = _row(sweep_catalog, "gdConvexBound", {"L": "2", "D": "3", "k": "10"})
    assert (row["bound"]["exact"], row["status"]) == ("9/10", "bound only")
    with pytest.raises(UsageError, match="exp_log_laws has no bound"):
        make_plan(sweep_catalog, "exp_log_laws", [])
    with pytest.raises(UsageError, match=r"no theorem with a bound.*Did you mean .*hoeffding"):
        make_plan(sweep_catalog, "hoefding", [])


def _instead(monkeypatch: pytest.MonkeyPatch, name: str, measure: Any) -> None:
    check = load_checks()[f"DeepTheory.{name}"]
    changed = Check(**{**check.__dict__, "measure": measure})
    monkeypatch.setattr(evaluate, "load_checks", lambda: {check.full_name: changed})


def test_an_instance_with_other_arguments_is_not_passed_off(
    sweep_catalog: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    honest = load_checks()["DeepTheory.Optimization.gd_convex"].measure

    def other(instance: Any, book: Any) -> Any:
        found = honest(instance, book)
        found.args["D"] += 1
        return found

    _instead(monkeypatch, "Optimization.gd_convex", other)
    row = _row(sweep_catalog, "gd_convex", {"L": "2", "D": "3", "k": "10"})
    assert row["status"] == "bound only"
    assert row["reason"] == "the instance that can be built has another D"


def test_a_measurement_that_breaks_costs_no_bound(
    sweep_catalog: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    _instead(monkeypatch, "Optimization.gd_convex", lambda instance, book: 1 / 0)
    row = _row(sweep_catalog, "gd_convex", {"L": "2", "D": "3", "k": "10"})
    assert row["bound"]["exact"] == "9/10"
    assert "the measurement broke at test_sweep.py" in row["reason"]


def test_a_theorem_that_is_false_is_refuted_and_the_command_fails(tmp_path: Path) -> None:
    declarations = sample_declarations()
    bound = next(d for d in declarations if d["name"].endswith(".gdConvexBound"))
    body = bound["formula"]["body"]
    bound["formula"]["body"] = {"op": "div", "args": [body, num(3)]}
    library = write_checkout(tmp_path / "library", declarations)
    result = CliRunner().invoke(
        app,
        ["sweep", "gd_convex", "-g", "L=1", "-g", "D=1", "-g", "k=1:6", "--json"],
        env={"DEEPTHEORY_PROJECT": str(library)},
    )
    assert isinstance(result.exception, FailureError)
    assert "refuted at 5 of 6 points, first at L = 1, D = 1, k = 2" in str(result.exception)
    assert json.loads(result.stdout)["counts"]["refuted"] == 5


@pytest.mark.parametrize(("n", "k"), [(1, 1), (2000, 1100), (2001, 1100), (3000, 1000), (3000, 1)])
@pytest.mark.parametrize("p", [fmpq(1, 2), fmpq(1, 3), fmpq(0), fmpq(1)])
def test_the_tail_of_many_throws_is_that_of_the_sum(p: fmpq, n: int, k: int) -> None:
    with ctx.workprec(128):
        found, exact = tail(p, n, k), coin_tail(biased(p), n, k)
        if n <= 2000 or p in (0, 1):
            assert found == exact
        else:
            assert isinstance(found, arb)
            assert found.contains(arb(exact))
            assert found.rel_accuracy_bits() > 60
