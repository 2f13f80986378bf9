"""``deeptheory approximate``: networks for given functions, their errors and their files."""

from __future__ import annotations

import json
import sys
from collections.abc import Callable
from pathlib import Path
from typing import Any

import numpy as np
import pytest
from flint import fmpq
from hypothesis import given, settings
from hypothesis import strategies as st
from typer.testing import CliRunner, Result

from deeptheory.approximation.build import Approximation, approximate
from deeptheory.approximation.choice import choices, find_theorems
from deeptheory.approximation.constructions import interpolate
from deeptheory.approximation.doubles import exactly, interpolation, lattice_of_cones
from deeptheory.approximation.enclosure import (
    _differences,
    _pieces,
    lattice_error,
    line_error,
)
from deeptheory.approximation.export import npz_bytes
from deeptheory.approximation.lattice import cones_network
from deeptheory.approximation.target import Target, read_target
from deeptheory.cli import app
from deeptheory.errors import UsageError
from deeptheory.formulas import Book
from deeptheory.formulas.intervals import Interval
from sample_catalog import sample_declarations, write_checkout

BOOK = Book(sample_declarations())
QUIET = settings(max_examples=25, deadline=None)


def network_for(text: str, dim: int, epsilon: object, theorem: str | None = None) -> Approximation:
    target, allowed = read_target(text, dim), fmpq(epsilon)  # type: ignore[arg-type]
    found = choices(BOOK, target, allowed, find_theorems(theorem, dim))
    return approximate(target, allowed, found[0])


def points_of(dim: int, each: int) -> Any:
    axis = np.linspace(0, 1, each)
    return np.stack([m.ravel() for m in np.meshgrid(*[axis] * dim)], axis=1)


# Constants of functions


@pytest.mark.parametrize(
    ("text", "dim", "lipschitz", "curvature"),
    [
        ("3", 1, 0, 0),
        ("2*x - 1", 1, 2, 0),
        ("x^2", 1, 2, 2),
        ("abs(x - 0.3)", 1, 1, None),
        ("abs(x + 0.3)", 1, 1, 0),
        ("x^1.5", 1, 1.5, None),
        ("exp(x)", 1, np.e, np.e),
        ("1/(x + 0.5)", 1, 4, 16),
        ("abs(x - 0.5)*abs(x - 0.5)", 1, 1, None),
        ("x1 - 2*x2", 2, 3, None),
        ("x1*x2", 2, 2, None),
        ("max(x1, x2, x_3)", 3, 1, None),
    ],
)
def test_constants_are_bounded_from_above_and_tightly(
    text: str, dim: int, lipschitz: float, curvature: float | None
) -> None:
    target = read_target(text, dim)
    found = target.lipschitz
    assert float(found.high.p) / float(found.high.q) == pytest.approx(lipschitz, rel=2e-3)
    assert found.low <= found.high
    assert found.high >= exactly(lipschitz) * (1 - fmpq(1, 10**12))
    if dim > 1:
        return
    if curvature is None:
        assert target.curvature is None
    else:
        assert target.curvature is not None
        high = target.curvature.high
        assert float(high.p) / float(high.q) == pytest.approx(curvature, rel=2e-3)


SMOOTH = ["exp(-x)*x^2", "1/(1 + x^2)", "log(1 + x)*x", "x^3 - x", "sqrt(x + 0.1)", "2^x"]
ROUGH = ["abs(x - 1/3)", "max(x, 0.4) - min(x^2, 0.2)", "x^1.5", "abs(abs(x - 0.5) - 0.25)"]
PLANE = ["x1*x2", "abs(x1 - x2)", "exp(-x1 - x2^2)", "min(x1, 1 - x2)", "x1/(1 + x2)"]
SPACE = ["x1*x2 + x3", "max(x1, x2, x3)"]


@QUIET
@given(st.sampled_from([(t, 1) for t in SMOOTH + ROUGH] + [(t, 2) for t in PLANE]), st.data())
def test_the_lipschitz_constant_bounds_every_change(entry: tuple[str, int], data: Any) -> None:
    text, dim = entry
    target = _target(text, dim)
    pair = np.array(data.draw(st.lists(st.floats(0, 1), min_size=2 * dim, max_size=2 * dim)))
    x, y = pair[:dim], pair[dim:]
    change = target.at(x[None]) - target.at(y[None])
    most = float(target.lipschitz.high.p) / float(target.lipschitz.high.q) * np.abs(x - y).max()
    assert change.mignitude.item() <= most * (1 + 1e-12) + 1e-300


TARGETS: dict[tuple[str, int], Target] = {}


def _target(text: str, dim: int) -> Target:
    return TARGETS.setdefault((text, dim), read_target(text, dim))


# Networks in doubles


@QUIET
@given(st.lists(st.floats(-4, 4), min_size=2, max_size=9))
def test_the_interpolation_in_doubles_is_that_of_the_theorem_up_to_rounding(y: Any) -> None:
    knots = np.arange(len(y)) / (len(y) - 1)
    net = interpolation(knots, np.array(y))
    exact = interpolate([exactly(t) for t in knots], [exactly(v) for v in y])
    assert (net.depth, net.neurons) == (1, len(y) - 1)
    for k in range(21):
        x = fmpq(k, 20)
        assert abs(net((x,)) - exact.real(x)) <= fmpq(1, 2**49)


@pytest.mark.parametrize(("dim", "cells"), [(1, 1), (1, 3), (2, 1), (2, 3), (3, 2), (5, 1)])
def test_the_lattice_in_doubles_is_the_network_of_the_theorem(dim: int, cells: int) -> None:
    places = (2 * np.arange(cells) + 1) / (2 * cells)
    apexes = np.random.default_rng(0).normal(size=cells**dim)
    net = lattice_of_cones(places, dim, 1.3, apexes)
    rational = [list(map(exactly, entries.tolist())) for entries in (places, apexes)]
    assert net.exact() == cones_network(rational[0], dim, exactly(1.3), rational[1])
    exact = net.exact()
    assert (net.depth, net.neurons, net.parameters, net.nonzero) == (
        exact.depth, exact.neurons, exact.parameters, exact.nonzero,
    )  # fmt: skip
    assert exactly(net.max_weight) == exact.max_weight
    x = tuple(fmpq(1, 3 + axis) for axis in range(dim))
    assert exact(x) == (net(x),)


@pytest.mark.parametrize(("text", "dim", "epsilon"), [
    *((text, 1, "1/200") for text in SMOOTH + ROUGH),
    *((text, 2, "1/10") for text in PLANE),
    *((text, 3, "1/3") for text in SPACE),
])  # fmt: skip
def test_the_error_lies_where_the_enclosure_says(text: str, dim: int, epsilon: str) -> None:
    result = network_for(text, dim, epsilon)
    net, target, error, choice = result.net, result.target, result.error, result.choice
    assert result.within
    assert 0 <= error.low <= error.high <= result.epsilon
    assert error.high <= choice.bound * (1 + fmpq(1, 10**9))
    assert choice.bound <= result.epsilon
    # The sizes that were promised.
    sizes = choice.sizes
    assert (sizes.depth, sizes.neurons, sizes.parameters) == (
        net.depth, net.neurons, net.parameters,
    )  # fmt: skip
    assert net.nonzero <= sizes.nonzero
    assert exactly(net.max_weight) <= sizes.weight * (1 + fmpq(1, 10**9))
    # No sampled error is beyond the enclosure, and the largest one is where it says.
    sampled = points_of(dim, {1: 4001, 2: 81, 3: 17}[dim])
    gaps = np.abs(net.array(sampled)[:, 0] - target.at(sampled).middle)
    high = float(error.high.p) / float(error.high.q)
    assert gaps.max() <= high + 1e-12
    exact = abs(net(error.place) - exactly(target.at(_floats(error.place)).middle.item()))
    assert exact >= error.low - fmpq(1, 2**48)
    if dim > 1:
        assert error.low >= choice.bound * (1 - fmpq(1, 10**9))  # attained at the centres


def _floats(place: Any) -> Any:
    return np.array([[int(t.p) / int(t.q) for t in place]])


@pytest.mark.parametrize("text", ["x - x^2 + x^3", "x^2", "-exp(x)/2", "abs(x - 0.3)"])
def test_errors_on_intervals_are_bounded_from_above(text: str) -> None:
    target = read_target(text, 1)
    ends = target.at(np.array([[0.0], [1.0]])).middle
    net = interpolation(np.array([0.0, 1.0]), ends)
    for count in (1, 7, 64, 1000):
        knots = np.arange(count + 1) / count
        low, high = knots[:-1], knots[1:]
        (values, slopes, start), zeros = _pieces(net), np.zeros(count, dtype=int)
        first = [Interval(v.low[zeros], v.high[zeros]) for v in (values, slopes)]
        least, _, most, noise = _differences(target, *first, start[zeros], low, high)
        assert (least <= most).all()
        assert noise.max() < 1e-14
        for share in (0, 0.25, 0.5, 0.75, 1):
            x = low + share * (high - low)
            gap = np.abs(net.array(x[:, None])[:, 0] - target.at(x[:, None]).middle)
            assert (gap <= most + 1e-15).all()


def test_a_damaged_network_is_found_out() -> None:
    result = network_for("x^2", 1, "1/50")
    result.net.biases[1][0] += 0.1
    assert line_error(result.net, result.target, result.epsilon).within(result.epsilon) is False
    plane = network_for("x1*x2", 2, "1/5")
    cells = plane.choice.cells
    places = (2 * np.arange(cells) + 1) / (2 * cells)
    units = plane.net.biases[1].reshape(cells**2, 3, -1)
    units[4, 1] -= 0.2
    units[4, 2] += 0.2
    found = lattice_error(plane.net, plane.target, places, 2.0)
    assert found.within(plane.epsilon) is False


def test_the_theorem_with_fewer_units_builds_and_any_can_be_forced() -> None:
    target, allowed = read_target("x^2", 1), fmpq(1, 1000)
    found = choices(BOOK, target, allowed, find_theorems(None, 1))
    assert [(choice.theorem, choice.cells) for choice in found] == [
        ("relu_1d_smooth", 16),
        ("relu_1d_lipschitz", 1001),
    ]
    assert [choice.letter for choice in found] == ["M", "L"]
    for theorem in ("relu_1d_lipschitz", "Approximation.relu_1d_smooth", "relu_universal"):
        result = network_for("x^2", 1, "1/20", theorem)
        assert theorem.endswith(result.choice.theorem)
        assert result.within
    with pytest.raises(UsageError, match="relu_1d_smooth does not apply"):
        network_for("abs(x - 0.5)", 1, "1/20", "relu_1d_smooth")


def test_the_number_of_cells_is_the_smallest_and_comes_from_the_catalog() -> None:
    halved = sample_declarations()
    for entry in halved:
        if entry["name"].endswith("reluUniversalBound"):
            entry["formula"]["body"]["args"][1]["args"][0]["nat"] = "4"
    target = read_target("x1 + x2", 2)
    for book, cells in ((BOOK, 11), (Book(halved), 6)):
        (choice,) = choices(book, target, fmpq(1, 10), find_theorems(None, 2))
        assert choice.cells == cells
    with pytest.raises(UsageError, match="The catalog lacks the bound of relu_universal"):
        choices(Book([]), target, fmpq(1, 10), find_theorems(None, 2))


# The command


Run = Callable[..., Result]


@pytest.fixture
def run(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Run:
    """Return a function that runs the command in an empty folder, with the sample catalog."""
    monkeypatch.setenv("DEEPTHEORY_PROJECT", str(write_checkout(tmp_path / "project")))
    (tmp_path / "work").mkdir()
    monkeypatch.chdir(tmp_path / "work")
    return lambda *arguments: CliRunner().invoke(app, ["approximate", *arguments])


def test_the_size_comes_first_then_the_error(run: Run) -> None:
    result = run("--function", "exp(-x)*x^2", "--epsilon", "0.001")
    assert result.exit_code == 0
    lines = result.stdout.splitlines()
    assert lines[0] == "f(x) = exp(-x)*x^2 on [0, 1], ε = 0.001"
    assert lines[1].startswith("relu_1d_smooth     M ≤ 2.00")
    assert "N = 16  M / (8 * N ^ 2) = 0.000976563" in lines[1]
    assert lines[4].startswith("size   depth 1, 16 neurons, at most 49 parameters")
    assert lines[-2].startswith("error  in [0.00088")
    assert lines[-1].endswith("≤ ε")
    assert not list(Path().iterdir())


def test_json_says_all_of_it(run: Run) -> None:
    result = run("--function", "x1*x2", "--dim", "2", "--epsilon", "1/5", "--json")
    content = json.loads(result.stdout)
    assert content["theorem"] == "DeepTheory.Approximation.relu_universal"
    assert (content["N"], content["L"], content["bound"]) == (6, "2", "1/6")
    assert content["error_at_least"] <= content["error_at_most"] <= 1 / 6 + 1e-12
    assert content["within_epsilon"] is True
    assert content["guaranteed"]["neurons"] == content["neurons"]
    assert content["files"] == []


def test_the_archive_holds_the_weights_and_what_is_known_of_them(run: Run) -> None:
    assert run("--function", "x^2", "--epsilon", "1/30", "-o", "net", "--no-onnx").exit_code == 0
    with np.load("net.npz", allow_pickle=False) as archive:
        assert sorted(archive) == ["W0", "W1", "b0", "b1", "metadata"]
        metadata = json.loads(str(archive["metadata"]))
        x = np.linspace(0, 1, 500)[:, None]
        hidden = np.maximum(x @ archive["W0"].T + archive["b0"], 0)
        y = hidden @ archive["W1"].T + archive["b1"]
    assert metadata["function"] == "x^2"
    assert metadata["activation"] == "relu"
    assert metadata["epsilon"] == "1/30"
    assert np.abs(y - x**2).max() <= metadata["error_at_most"] + 1e-12


@pytest.mark.parametrize(("text", "dim", "epsilon"), [
    ("exp(-x)*x^2", 1, "1e-3"), ("3", 1, "1"), ("x1*x2", 2, "1/5"), ("x1 - x3", 3, "1/2"),
])  # fmt: skip
def test_an_onnx_runtime_computes_the_same(run: Run, text: str, dim: int, epsilon: str) -> None:
    onnx = pytest.importorskip("onnx")
    runtime = pytest.importorskip("onnxruntime")
    arguments = ["--function", text, "--dim", str(dim), "--epsilon", epsilon, "-o", "net"]
    assert run(*arguments).exit_code == 0
    model = onnx.load("net.onnx")
    assert {node.op_type for node in model.graph.node} == {"Gemm", "Relu"}
    stored = {prop.key: json.loads(prop.value) for prop in model.metadata_props}
    assert stored["metadata"]["function"] == read_target(text, dim).text
    session = runtime.InferenceSession("net.onnx", providers=["CPUExecutionProvider"])
    x = points_of(dim, {1: 400, 2: 31, 3: 11}[dim])
    (y,) = session.run(["y"], {"x": x})
    assert y.dtype == np.float64
    assert y.shape == (len(x), 1)
    expected = network_for(text, dim, fmpq(str(epsilon)) if "e" not in epsilon else fmpq(1, 1000))
    assert np.allclose(y, expected.net.array(x), rtol=1e-12, atol=1e-12)
    assert np.abs(y[:, 0] - expected.target.at(x).middle).max() <= (
        stored["metadata"]["error_at_most"] + 1e-12
    )


def test_the_same_input_gives_the_same_bytes(run: Run) -> None:
    names = ["a", "b"]
    for name in names:
        flags = ["-o", name, "--no-onnx"]
        assert (
            run("--function", "x1/(1+x2)", "--dim", "2", "--epsilon", "1/4", *flags).exit_code == 0
        )
    first, second = (Path(f"{name}.npz").read_bytes() for name in names)
    assert first == second
    pytest.importorskip("onnx")
    for name in names:
        assert run("--function", "x^3", "--epsilon", "1/9", "-o", name, "--force").exit_code == 0
    for ending in (".npz", ".onnx"):
        assert Path("a" + ending).read_bytes() == Path("b" + ending).read_bytes()


REFUSALS: list[tuple[list[str], str]] = [
    (["--epsilon", "0"], "--epsilon is to be positive, not 0"),
    (["--epsilon", "-1"], "--epsilon is to be positive"),
    (["--epsilon", "nan"], "--epsilon is nan"),
    (["--epsilon", "inf"], "--epsilon is inf"),
    (["--epsilon", "small"], "--epsilon is to be a number such as"),
    (["--epsilon", "1e-999"], "from 1e-300 to 1e300"),
    (["--epsilon", "9" * 70], "longer than any sensible number"),
    (["--dim", "0"], "--dim is to be a whole number from 1 to 20, not '0'"),
    (["--dim", "-3"], "--dim is to be a whole number"),
    (["--dim", "1.5"], "--dim is to be a whole number"),
    (["--dim", "two"], "--dim is to be a whole number"),
    (["--dim", "21"], "--dim is to be a whole number"),
    (["--max-parameters", "0"], "--max-parameters is to be a whole number"),
    (["--function", "x +"], "--function cannot be read at character 4"),
    (["--function", "x1 + x3", "--dim", "2"], "character 6: there is no variable 'x3'"),
    (["--function", "x", "--dim", "2"], "there is no variable 'x': the variables are x1, x2"),
    (["--function", "x2"], "there is no variable 'x2': the variable is x"),
    (["--function", "sin(x)"], "there is no function 'sin'"),
    (["--function", ""], "--function is empty"),
    (["--function", "2 + 1/x"], "1 / x has no bounded value near x = 0"),
    (["--function", "x*log(x)"], "log(x) has no bounded value near x = 0"),
    (["--function", "exp(sqrt(x))"], "sqrt(x) has no Lipschitz constant near x = 0"),
    (["--function", "sqrt(x - 2)"], "sqrt(x - 2) has no bounded value"),
    (["--function", "x^0.5"], "x ^ (1 / 2) has no Lipschitz constant near x = 0"),
    (["--function", "exp(1000*x)"], "exp(1000 * x) has no bounded value"),
    (["--function", "1/(x1-x2)", "--dim", "2"], "1 / (x1 - x2) has no bounded value"),
    (["--theorem", "relu"], "--theorem is one of relu_1d_lipschitz"),
    (["--theorem", "relu_1d_smooth", "--dim", "2"], "is about functions of one variable"),
    (["--epsilon", "1e-9", "--function", "abs(x-0.3)"], "N = 500000477"),
    (["--epsilon", "1e-3", "--function", "x1*x2", "--dim", "2", "-o", "net", "--no-onnx"],
     "parameters, zeros included, and --max-parameters is 20000000"),
    (["--epsilon", "1e-200", "--function", "abs(x-0.3)"], "about 10^199"),
    (["-o", "missing/net", "--no-onnx"], "there is no folder missing"),
    (["-o", "taken", "--no-onnx"], "taken.npz is there already: give another -o NAME, or --force"),
    (["--epsilon", "1e-18", "--function", "exp(x) - exp(x)*(1 + 1e-18) + abs(x/3 - 1/7)",
      "--theorem", "relu_1d_lipschitz"], "--max-parameters"),
]  # fmt: skip


@pytest.mark.parametrize(("changed", "part"), REFUSALS)
def test_bad_input_is_refused_in_one_sentence(run: Run, changed: list[str], part: str) -> None:
    Path("taken.npz").write_bytes(b"kept")
    arguments = {"--function": "x1*x2" if "--dim" in changed else "x^2", "--epsilon": "0.1"}
    given_options = {**arguments, **dict(zip(changed[::2], changed[1::2], strict=False))}
    if changed[-1] == "--no-onnx":
        given_options.pop("--no-onnx", None)
    flat = [text for pair in given_options.items() for text in pair]
    result = run(*flat, *(["--no-onnx"] if "--no-onnx" in changed else []))
    error = result.exception
    assert isinstance(error, UsageError), (result.output, error)
    assert error.exit_code == 2
    message = str(error)
    assert part in message
    assert "\n" not in message
    assert len(message) < 400
    assert sorted(path.name for path in Path().iterdir()) == ["taken.npz"]
    assert Path("taken.npz").read_bytes() == b"kept"


def test_without_onnx_the_command_says_what_to_run(
    run: Run, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setitem(sys.modules, "onnx", None)
    result = run("--function", "x^2", "--epsilon", "0.1", "-o", "net")
    assert isinstance(result.exception, UsageError)
    assert "run `make networks`" in str(result.exception)
    assert "--no-onnx" in str(result.exception)
    assert not list(Path().iterdir())
    assert run("--function", "x^2", "--epsilon", "0.1", "-o", "net", "--no-onnx").exit_code == 0
    assert [path.name for path in Path().iterdir()] == ["net.npz"]


def test_an_existing_file_is_replaced_by_force_and_a_name_may_have_its_ending(run: Run) -> None:
    arguments = ["--function", "x^2", "--epsilon", "0.1", "-o", "v1.2.npz", "--no-onnx"]
    Path("v1.2.npz").write_bytes(b"old")
    assert isinstance(run(*arguments).exception, UsageError)
    assert run(*arguments, "--force").exit_code == 0
    assert Path("v1.2.npz").read_bytes() != b"old"


def test_an_error_that_doubles_cannot_meet_is_said(run: Run) -> None:
    tiny = ["--epsilon", "1e-30", "--theorem", "relu_1d_smooth"]
    result = run("--function", "x/3 + 1/7", *tiny)
    assert result.exit_code == 0
    assert "does not decide" in result.stdout
    content = json.loads(run("--function", "x/3 + 1/7", *tiny, "--json").stdout)
    assert content["within_epsilon"] is None


def test_a_network_beyond_the_memory_is_refused(run: Run, monkeypatch: pytest.MonkeyPatch) -> None:
    def fail(*_: object) -> None:
        raise MemoryError

    monkeypatch.setattr("deeptheory.approximation.build.approximate", fail)
    result = run("--function", "x^2", "--epsilon", "0.1")
    assert isinstance(result.exception, UsageError)
    assert "does not fit into the memory" in str(result.exception)


def test_the_archive_is_written_from_the_network_alone() -> None:
    result = network_for("x^2", 1, "1/10")
    assert npz_bytes(result.net, {"a": 1}) == npz_bytes(result.net, {"a": 1})
    assert npz_bytes(result.net, {"a": 1}) != npz_bytes(result.net, {"a": 2})


@settings(max_examples=60, deadline=None)
@given(st.lists(st.sampled_from([
    "x", "1", "0.5", "+", "-", "*", "/", "^", "(", ")", "exp(", "log(", "sqrt(", "abs(", "max(",
    ",", "2", "x1",
]), min_size=1, max_size=9).map("".join))  # fmt: skip
def test_any_function_has_a_constant_or_is_refused_in_one_sentence(text: str) -> None:
    refusal, target = None, None
    try:
        target = read_target(text, 1)
        assert target.lipschitz.high >= 0
    except UsageError as error:
        refusal = str(error)
    assert refusal is None or (refusal.startswith("--function") and len(refusal) < 400)
