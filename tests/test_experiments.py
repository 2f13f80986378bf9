"""Bounds on real data: exact points, the bounds in a second way, the command, the pages."""

from __future__ import annotations

import json
import math
from collections.abc import Iterator
from fractions import Fraction
from functools import lru_cache
from pathlib import Path
from typing import Any

import jsonschema
import numpy as np
import pytest
import sklearn.datasets
from flint import fmpq
from typer.testing import CliRunner

from deeptheory.checks.instances.vectors import dot
from deeptheory.cli import app, main
from deeptheory.errors import FailureError, HypothesisError, UsageError
from deeptheory.experiments import EXPERIMENTS, Experiment, training
from deeptheory.experiments import guarantees as bounds
from deeptheory.experiments.breast_cancer import DELTA, GRID, Family, families, run
from deeptheory.experiments.data import (
    COORDINATE_BOUND,
    HELD_OUT,
    SAMPLE,
    SCALING,
    Point,
    Split,
    breast_cancer_split,
    to_unit_ball,
)
from deeptheory.experiments.models import Linear, Network, Threshold, error, margins
from deeptheory.experiments.results import schema
from deeptheory.formulas import Book
from deeptheory.paths import Project
from deeptheory.site import build_site
from deeptheory.site.experiments import read_experiments
from site_sample import experiments as sample_results
from site_sample import make_project

CATALOG = Path(__file__).parent / "data" / "experiments" / "theorems.json"
SIZES = (50, 200)
LOG_6 = math.log(len(GRID) / 0.05)


@pytest.fixture(scope="module")
def book() -> Book:
    return Book.load(CATALOG)


@pytest.fixture(scope="module")
def split() -> Split:
    return breast_cancer_split()


@pytest.fixture(scope="module")
def found(book: Book) -> Experiment:
    return run(book, sizes=SIZES)


@pytest.fixture(scope="module")
def results(found: Experiment) -> dict[tuple[str, int, str], dict[str, Any]]:
    entries = found.as_json()["entries"]
    return {(e["model"], e["n"], e["theorem"].rsplit(".", 1)[-1]): e for e in entries}


def family(key: str) -> Family:
    return next(f for f in families() if f.info.key == key)


@lru_cache
def trained(key: str, n: int) -> Any:
    return family(key).train(Book.load(CATALOG), breast_cancer_split().sample[:n])


def numbers(points: tuple[Point, ...]) -> tuple[np.ndarray[Any, Any], np.ndarray[Any, Any]]:
    x = np.array([[float(Fraction(str(v))) for v in p.x] for p in points])
    return x, np.array([p.label for p in points])


def floats(values: Any) -> np.ndarray[Any, Any]:
    return np.array([float(Fraction(str(v))) for v in values])


# The data


def test_the_parts_use_every_row_once(split: Split) -> None:
    assert (len(split.sample), len(split.held_out)) == (SAMPLE, HELD_OUT) == (400, 100)
    assert SCALING + SAMPLE + HELD_OUT == 569
    radii = sorted(p.radius for p in (*split.sample, *split.held_out))
    data = sklearn.datasets.load_breast_cancer()
    rows = [round(1000 * value) for value in data.data[:, 0]]
    for radius in set(radii):
        assert radii.count(radius) <= rows.count(radius)
    assert {p.label for p in split.held_out} == {-1, 1}


def test_points_lie_in_the_unit_ball_exactly(split: Split) -> None:
    for point in (*split.sample, *split.held_out):
        assert dot(point.x, point.x) <= 1
        assert all(abs(v) <= COORDINATE_BOUND and (v * 10**6).q == 1 for v in point.x)
    x, _ = numbers(split.sample)
    assert np.linalg.norm(x, axis=1).mean() > 0.5  # not shrunk to nothing
    assert np.linalg.matrix_rank(x) == split.dimension == 31


@pytest.mark.parametrize("length", [fmpq(0), fmpq(1, 7), fmpq(11, 2), fmpq(6), fmpq(10**9)])
def test_any_vector_is_mapped_into_the_ball(length: fmpq) -> None:
    x = to_unit_ball((3 * length / 5, -4 * length / 5))
    assert dot(x, x) <= 1
    expected = float(Fraction(str(length))) / max(5.5, float(Fraction(str(length))))
    assert math.hypot(*floats(x)) == pytest.approx(expected, abs=1e-4)
    assert x[0] >= 0 >= x[1]


@pytest.fixture
def changed(monkeypatch: pytest.MonkeyPatch) -> Iterator[Any]:
    """Return scikit-learn's data, of which the experiment reads what the test makes of it."""
    data = sklearn.datasets.load_breast_cancer()
    monkeypatch.setattr(sklearn.datasets, "load_breast_cancer", lambda: data)
    breast_cancer_split.cache_clear()
    yield data
    breast_cancer_split.cache_clear()


def test_the_points_do_not_depend_on_the_labels(split: Split, changed: Any) -> None:
    changed.target = 1 - changed.target
    other = breast_cancer_split()
    assert [p.x for p in other.sample] == [p.x for p in split.sample]
    assert [p.label for p in other.sample] == [-p.label for p in split.sample]


def test_a_point_depends_on_its_own_row_and_on_the_scaling_rows_only(
    split: Split, changed: Any
) -> None:
    """Otherwise the map would not be fixed before the sample, and draws not be independent."""
    place = 7
    row = next(
        r for r in range(569) if round(1000 * changed.data[r, 0]) == split.sample[place].radius
    )
    changed.data[row] = [value * 3 for value in changed.data[row]]
    other = breast_cancer_split()
    differ = [i for i in range(SAMPLE) if other.sample[i] != split.sample[i]]
    assert len(differ) == 1
    assert other.held_out == split.held_out


# The models


def test_scores_agree_with_floating_point(split: Split) -> None:
    x, y = numbers(split.sample)
    linear = training.train_linear(split.sample[:50])
    assert floats(margins(linear, split.sample)) == pytest.approx(y * (x @ floats(linear.weights)))
    network = training.train_network(split.sample[:50])
    hidden = np.array([floats(row) for row in network.hidden])
    scores = np.maximum(x @ hidden.T, 0) @ floats(network.output)
    assert floats(margins(network, split.sample)) == pytest.approx(y * scores)
    assert min(floats(network.output)) < 0 < max(floats(network.output))


def test_a_margin_of_zero_is_an_error() -> None:
    point = Point((fmpq(1), fmpq(0)), 1, 3)
    assert error(margins(Linear((fmpq(0), fmpq(1))), [point])) == 1
    assert error(margins(Threshold(3), [point])) == 1
    assert error(margins(Threshold(4), [point])) == 0


@pytest.mark.parametrize("key", [f.info.key for f in families()])
def test_training_is_deterministic_and_learns(book: Book, split: Split, key: str) -> None:
    sample = split.sample[:50]
    first = family(key).train(book, sample)
    assert first == trained(key, len(sample))
    guess = min(fmpq(sum(p.label == s for p in sample), len(sample)) for s in (-1, 1))
    assert error(margins(first, sample)) < guess / 2
    assert error(margins(first, split.held_out)) < fmpq(1, 5)
    assert all(family(key).verify(first, sample).values())


def test_the_nearest_point_of_the_l1_ball() -> None:
    rng = np.random.default_rng(3)
    for _ in range(50):
        w = rng.normal(size=5)
        nearest = training.ball_l1(w)
        assert abs(nearest).sum() <= 1
        for _ in range(50):
            other = rng.normal(size=5)
            other /= max(1.0, abs(other).sum())
            assert (w - nearest) @ (other - nearest) <= 1e-7
    assert training.ball_l1(np.array([0.2, -0.1])) == pytest.approx([0.2, -0.1])


# The bounds, a second time in doubles


def complexity(key: str, n: int) -> float:
    return {
        "linear": 1 / math.sqrt(n),
        "network": 2 / math.sqrt(n),
        "linear-l1": 6 / 11 * math.sqrt(2 * math.log(62) / n),
    }[key]


@pytest.mark.parametrize("n", SIZES)
@pytest.mark.parametrize("key", ["linear", "network", "linear-l1"])
def test_bounds_by_margins_in_a_second_way(
    book: Book, split: Split, results: dict[Any, Any], key: str, n: int
) -> None:
    on_sample = floats(margins(trained(key, n), split.sample[:n]))
    r, tail = complexity(key, n), math.sqrt(LOG_6 / (2 * n))
    empirical_tail = 3 * math.sqrt((LOG_6 + math.log(2)) / (2 * n))
    rhos = [k / 10 for k in range(1, 7)]
    ramps = [np.clip(1 - on_sample / rho, 0, 1).mean() + 2 * r / rho for rho in rhos]
    shares = [(on_sample < rho).mean() + 2 * r / rho for rho in rhos]
    expected = {
        "margin_bound": min(shares) + tail,
        "rademacher_bound": min(ramps) + tail,
        "rademacher_empirical_bound": min(ramps) + empirical_tail,
    }
    for theorem, value in expected.items():
        entry = results[key, n, theorem]
        assert float(entry["bound"]["decimal"]) == pytest.approx(value, rel=1e-9)
        assert float(entry["bound"]["radius"]) < 1e-8
        assert entry["training_error"] == str(Fraction(int((on_sample <= 0).sum()), n))
    assert results[key, n, "margin_bound"]["arguments"]["δ"] == "1/120"


@pytest.mark.parametrize("n", SIZES)
def test_other_bounds_in_a_second_way(
    book: Book, split: Split, results: dict[Any, Any], n: int
) -> None:
    def training_error(key: str, theorem: str) -> float:
        return float(Fraction(results[key, n, theorem]["training_error"]))

    def bound(key: str, theorem: str) -> float:
        return float(results[key, n, theorem]["bound"]["decimal"])

    two = math.log(2 / 0.05)
    for key, count in (("linear-2bit", 31), ("network-2bit", 4 * 31)):
        slack = math.sqrt((count * math.log(4) + two) / (2 * n))
        assert bound(key, "finite_class") == pytest.approx(
            training_error(key, "finite_class") + slack
        )
    sparse = trained("linear-sparse", n)
    s = sum(w != 0 for w in sparse.weights)
    price = math.log(32) + math.log(math.comb(31, s)) + s * math.log(2)
    slack = math.sqrt((price + two) / (2 * n))
    assert bound("linear-sparse", "occam") == pytest.approx(
        training_error("linear-sparse", "occam") + slack
    )
    growth = len({tuple(y < t for y in range(n)) for t in range(n + 1)})
    slack = 2 * math.sqrt(2 * math.log(growth) / n) + math.sqrt(math.log(20) / (2 * n))
    assert bound("threshold", "vc_bound") == pytest.approx(
        training_error("threshold", "vc_bound") + slack
    )


def test_the_held_out_errors_and_their_bound(
    book: Book, split: Split, results: dict[Any, Any]
) -> None:
    e = math.sqrt(math.log(20) / 200)
    for (key, n, theorem), entry in results.items():
        if theorem != "hoeffding":
            continue
        errors = error(margins(trained(key, n), split.held_out))
        assert entry["held_out_error"] == str(errors)
        added = Fraction(entry["arguments"]["e"])
        assert e <= added < e + 1e-6  # the least multiple of 1/10^6
        assert float(entry["bound"]["decimal"]) == pytest.approx(
            float(Fraction(str(errors)) + added), abs=1e-9
        )


def test_the_prior_of_sparse_classifiers_is_a_law() -> None:
    for d in (1, 4, 31):
        total = sum(math.comb(d, s) * 2**s * bounds.sparse_weight(d, s) for s in range(d + 1))
        assert total == 1


def test_the_union_bound_over_the_grid_has_its_price(book: Book) -> None:
    sample = [fmpq(k, 50) for k in range(1, 41)]
    r = bounds.linear_l2(book, len(sample), B=fmpq(1), X=fmpq(1))
    chosen = bounds.margin(book, sample, r, GRID, DELTA)
    alone = bounds.margin(book, sample, r, [chosen.arguments["ρ"]], DELTA)
    assert float(chosen.value) > float(alone.value) + 1e-3
    assert float(chosen.value) == pytest.approx(
        float(bounds.margin(book, sample, r, [chosen.arguments["ρ"]], DELTA / 6).value)
    )


def test_the_constants_come_from_the_catalog(split: Split) -> None:
    """With twice the formula for linear functions the complexity doubles, and so on upwards."""
    declarations = json.loads(CATALOG.read_text(encoding="utf-8"))["declarations"]
    plain = Book(declarations)
    for entry in (changed := json.loads(json.dumps(declarations))):
        if entry["name"] == "DeepTheory.Generalization.linearL2Bound":
            body = entry["formula"]["body"]
            entry["formula"]["body"] = {"op": "mul", "args": [{"nat": "2"}, body]}
    sample = margins(training.train_linear(split.sample[:50]), split.sample[:50])

    def slack(catalog: Book) -> float:
        r = bounds.linear_l2(catalog, 50, B=fmpq(1), X=fmpq(1))
        return float(bounds.margin(catalog, sample, r, [fmpq(1, 2)], DELTA).value)

    assert slack(Book(changed)) - slack(plain) == pytest.approx(4 / math.sqrt(50))


def test_hypotheses_are_checked(book: Book) -> None:
    r = bounds.linear_l2(book, 10, B=fmpq(1), X=fmpq(1))
    with pytest.raises(HypothesisError, match="0 < ρ"):
        bounds.margin(book, [fmpq(1)] * 10, r, [fmpq(0)], DELTA)
    with pytest.raises(HypothesisError, match="δ < 1"):
        bounds.finite(book, fmpq(0), 10, 4, fmpq(1))
    with pytest.raises(HypothesisError, match="0 ≤ B"):
        bounds.linear_l2(book, 10, B=fmpq(-1), X=fmpq(1))


# The run


def test_bounds_exceed_the_held_out_errors_and_shrink(results: dict[Any, Any]) -> None:
    """On this data; a theorem only says that a bound seldom fails."""
    small, large = SIZES
    for (key, n, theorem), entry in results.items():
        bound = float(entry["bound"]["decimal"])
        assert bound > Fraction(entry["held_out_error"])
        if entry["ratio"] is not None:
            quotient = bound / float(Fraction(entry["held_out_error"]))
            assert float(entry["ratio"]["decimal"]) == pytest.approx(quotient)
            assert quotient > 1
        if theorem != "hoeffding" and n == small:
            assert float(results[key, large, theorem]["bound"]["decimal"]) < bound


def test_every_bound_applies_somewhere(results: dict[Any, Any], found: Experiment) -> None:
    used = {name for e in found.as_json()["entries"] for name in (e["theorem"], *e["rests_on"])}
    assert {name.removeprefix("DeepTheory.Generalization.") for name in used} == {
        "margin_bound",
        "rademacher_bound",
        "rademacher_empirical_bound",
        "contraction",
        "linear_l2",
        "linear_l1",
        "two_layer",
        "finite_class",
        "occam",
        "vc_bound",
        "DeepTheory.Probability.hoeffding",
    }
    assert results["network", 50, "rademacher_bound"]["rests_on"] == [
        f"DeepTheory.Generalization.{name}" for name in ("linear_l2", "two_layer", "contraction")
    ]
    assert any("independent draws" in text for text in found.assumed)
    assert any("not proved" in text and "vc_bound" in text for text in found.choices)


@pytest.mark.parametrize(
    ("name", "model", "message"),
    [
        ("train_linear", Linear((fmpq(1), fmpq(1, 100), *[fmpq(0)] * 29)), "norm at most 1"),
        ("train_linear_l1", Linear((fmpq(1), fmpq(1, 100), *[fmpq(0)] * 29)), "sum to at most 1"),
        ("train_quantized", Linear((fmpq(2), *[fmpq(1)] * 30)), "-3, -1, 1, 3"),
        (
            "train_network",
            Network(((fmpq(1), *[fmpq(0)] * 30),) * 4, (fmpq(1, 3),) * 4),
            "output weights sum to at most 1",
        ),
        (
            "train_network",
            Network(((fmpq(1), fmpq(1), *[fmpq(0)] * 29),) * 4, (fmpq(1, 4),) * 4),
            "hidden unit have norm at most 1",
        ),
    ],
)
def test_a_classifier_outside_its_class_is_refused(
    book: Book, monkeypatch: pytest.MonkeyPatch, name: str, model: Any, message: str
) -> None:
    monkeypatch.setattr(training, name, lambda *_, **__: model)
    chosen = {"train_linear": "linear", "train_linear_l1": "linear-l1"}
    key = chosen.get(name, "network" if name == "train_network" else "linear-2bit")
    monkeypatch.setattr("deeptheory.experiments.breast_cancer.families", lambda: (family_of(key),))
    kept = {f.info.key: f for f in families()}

    def family_of(key: str) -> Family:
        return kept[key]

    with pytest.raises(FailureError, match=message):
        run(book, sizes=[50])


def test_an_input_outside_the_ball_is_refused(book: Book, split: Split) -> None:
    far = Point((fmpq(1), fmpq(1), *[fmpq(0)] * 29), 1, 3)
    broken = Split((*split.sample[:49], far), split.held_out)
    with pytest.raises(FailureError, match="every input has norm at most 1"):
        run(book, broken, [50])


# The file and the command


def test_the_file_follows_its_schema(found: Experiment) -> None:
    validator = jsonschema.Draft202012Validator(schema())
    validator.validate({"schema": 1, "experiments": [found.as_json()]})
    validator.validate(sample_results())
    broken = sample_results()
    del broken["experiments"][0]["entries"][0]["ratio"]
    assert not validator.is_valid(broken)


@pytest.fixture
def checkout_of(tmp_path: Path, monkeypatch: pytest.MonkeyPatch, found: Experiment) -> Project:
    (tmp_path / "lean" / "DeepTheory").mkdir(parents=True)
    (tmp_path / "build").mkdir()
    (tmp_path / "lakefile.lean").touch()
    (tmp_path / "build" / "theorems.json").write_bytes(CATALOG.read_bytes())
    monkeypatch.setenv("DEEPTHEORY_PROJECT", str(tmp_path))
    monkeypatch.setitem(EXPERIMENTS, "breast-cancer", lambda book: found)
    return Project(tmp_path)


def test_the_command_prints_a_table(checkout_of: Project, found: Experiment) -> None:
    result = CliRunner().invoke(app, ["experiment"])
    assert result.exit_code == 0, result.output
    lines = result.output.splitlines()
    assert lines[0].split() == ["n", "=", "50", "n", "=", "200"]
    rows = {line.split("  ")[1].strip(): line for line in lines if line.startswith("  ")}
    first = found.as_json()["entries"][0]
    (cell,) = [line for line in lines if line.strip().startswith("margin_bound")][:1]
    bound, ratio = float(first["bound"]["decimal"]), float(first["ratio"]["decimal"])
    assert f"{bound:.3f} ({ratio:.1f})" in cell
    for name in ("training error", "held-out error", "occam", "vc_bound", "hoeffding"):
        assert name in rows
    for model in found.models:
        assert model.title in [line.strip() for line in lines]
    for text in (*found.met, *found.assumed):
        assert f"- {text}" in lines
    written = json.loads(checkout_of.experiments_json.read_text(encoding="utf-8"))
    assert written["experiments"] == [found.as_json()]


def test_the_command_prints_json(checkout_of: Project, found: Experiment) -> None:
    result = CliRunner().invoke(app, ["experiment", "breast-cancer", "--json"])
    assert result.exit_code == 0, result.output
    document = json.loads(result.stdout)
    jsonschema.validate(document, schema())
    assert document == json.loads(checkout_of.experiments_json.read_text(encoding="utf-8"))
    assert CliRunner().invoke(app, ["experiment", "--json"]).stdout == result.stdout


def test_an_unknown_experiment_is_named(
    checkout_of: Project, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setattr("sys.argv", ["deeptheory", "experiment", "iris"])
    with pytest.raises(SystemExit) as stopped:
        main()
    assert stopped.value.code == 2
    assert "There is no experiment named 'iris'; there is breast-cancer." in capsys.readouterr().err
    assert not checkout_of.experiments_json.exists()


# The pages


def test_pages_show_the_bounds_of_their_theorem(tmp_path: Path) -> None:
    site = build_site(make_project(tmp_path))
    own = (site / "theorem" / "Optimization.gd_momentum.html").read_text(encoding="utf-8")
    assert 'id="data-heading"' in own
    assert "Bound divided by the error on the held-out points" in own
    assert own.count("training error: from") == 4  # the descriptions of four small plots
    assert "the first 4 of 5 kinds of classifiers" in own
    assert "fifth kind" in own
    assert 'href="../experiments.html#sample-data"' in own
    assert '<td class="num">0.12</td>' in own
    assert '<td class="num">3</td>' in own
    resting = (site / "theorem" / "Optimization.gd_convex.html").read_text(encoding="utf-8")
    assert 'id="data-heading"' in resting
    other = (site / "theorem" / "Optimization.gd_convex_sharp.html").read_text(encoding="utf-8")
    assert 'id="data-heading"' not in other
    data = json.loads(
        (site / "data" / "Optimization.gd_momentum.sample-data.1.json").read_text(encoding="utf-8")
    )
    ratios = {curve["name"]: curve["y"] for curve in data["curves"]}
    assert ratios["first kind, gd_momentum"] == [3.0, 0.75]
    assert "second kind, gd_momentum" not in ratios  # no held-out error to divide by


def test_the_page_of_all_experiments(tmp_path: Path) -> None:
    project = make_project(tmp_path)
    site = build_site(project)
    text = (site / "experiments.html").read_text(encoding="utf-8")
    for phrase in ("independent draws", "inputs in the ball", "rows in order", "A sample of data"):
        assert phrase in text
    assert text.count("<figure") == 5
    assert "<code>away</code>" in text  # a theorem that the catalog lacks has no link
    landing = (site / "index.html").read_text(encoding="utf-8")
    assert 'href="experiments.html"' in landing
    assert (site / "data" / "experiments.json").is_file()
    project.experiments_json.unlink()
    site = build_site(project)
    assert not (site / "experiments.html").exists()
    landing = (site / "index.html").read_text(encoding="utf-8")
    assert "experiments" not in landing


def test_curves_over_the_sizes(found: Experiment) -> None:
    (read,) = read_experiments({"schema": 1, "experiments": [found.as_json()]})
    theorem = "DeepTheory.Generalization.linear_l2"
    ratio, *small = read.plots(theorem)
    assert len(ratio.curves) == 6  # as many as there are styles
    assert [plot.label for plot in small] == ["linear classifier", "two-layer ReLU network"]
    names = [curve.name for curve in small[0].curves]
    assert names[:3] == ["margin_bound", "rademacher_bound", "rademacher_empirical_bound"]
    assert names[3:5] == ["held-out error", "training error"]
    assert small[0].curves[-1].reference
    assert [x for x, _ in small[0].curves[0].points] == [50.0, 200.0]
    assert small[0].x_axis.log
    assert small[0].y_axis.log
    assert read.plots("DeepTheory.Optimization.gd_convex") == []
    assert len(read.plots()) == len(read.models) == 7
    for experiment in (read, *read_experiments(sample_results())):
        for name in {r.theorem for r in experiment.results}:
            assert all(len(plot.curves) <= 7 for plot in experiment.plots(name))


@pytest.mark.parametrize("content", ["{}", "[]", '{"schema": 2, "experiments": []}'])
def test_a_file_of_another_kind_is_named(tmp_path: Path, content: str) -> None:
    project = make_project(tmp_path)
    project.experiments_json.write_text(content, encoding="utf-8")
    with pytest.raises(UsageError, match=r"experiments\.json"):
        build_site(project)


# The catalog of these tests


def test_the_sample_catalog_is_that_of_the_library(checkout: Project) -> None:
    if not checkout.theorems_json.is_file():
        pytest.skip("no catalog yet: run `deeptheory export`")
    real = Book.load(checkout.theorems_json).declarations
    for entry in json.loads(CATALOG.read_text(encoding="utf-8"))["declarations"]:
        for field in ("formula", "hypotheses", "conclusion", "binders"):
            assert real[entry["name"]][field] == entry[field], entry["name"]
        if entry["card"]:
            assert real[entry["name"]]["card"]["bound"] == entry["card"]["bound"]
