"""Few vectors, neurons and units: what is found to be best against all choices, one by one."""

from __future__ import annotations

from dataclasses import replace
from fractions import Fraction
from itertools import combinations, pairwise, product
from typing import Any

import pytest
from flint import arb, fmpq, fmpq_mat
from hypothesis import given, settings
from hypothesis import strategies as st

from deeptheory.checks import Check, Measurement, Series, Sharp, run_check
from deeptheory.checks.instances.approximation_labels import (
    Labelled,
    alternating,
    enclosed,
    labelled,
)
from deeptheory.checks.instances.approximation_sums import (
    STEP,
    Averages,
    Neurons,
    clipped,
    few_neurons,
    leaning,
    leaning_neurons,
    of_vectors,
    rational_above_root,
)
from deeptheory.checks.instances.approximation_truth import (
    TruthFunction,
    parity,
    threshold_functions,
    truth_functions,
    truth_table,
)
from deeptheory.checks.instances.approximation_zigzag import Followed, Rectified, missed, zigzag
from deeptheory.checks.instances.laws import laws
from deeptheory.checks.instances.strategies import positives, rationals
from deeptheory.checks.instances.vectors import dot
from deeptheory.checks.mutants import scale
from deeptheory.formulas import Book
from deeptheory.formulas.rigorous import square_root

ZERO, ONE = fmpq(0), fmpq(1)


def close(x: Any, y: Any) -> bool:
    return abs(float(arb(x)) - float(arb(y))) < 1e-12


@settings(max_examples=40, deadline=None)
@given(laws(max_size=3), st.integers(1, 3), st.data())
def test_the_best_average_is_that_of_all_sequences(law: Any, count: int, data: Any) -> None:
    entries = st.tuples(rationals(), rationals())
    vectors = data.draw(st.tuples(*[entries] * law.size))
    at = of_vectors(vectors, law, fmpq(100), count)
    target = [law.expect([v[i] for v in vectors]) for i in range(2)]
    found = []
    for chosen in product(vectors, repeat=count):
        average = [sum((v[i] for v in chosen), ZERO) / count for i in range(2)]
        found.append(sum(((a - t) ** 2 for a, t in zip(average, target, strict=True)), ZERO))
    assert at.best_square == min(found)
    assert close(at.worst, square_root(max(found)))
    assert close(at.length, square_root(sum((t**2 for t in target), ZERO)))
    if count <= law.size:
        assert at.without_repetition is not None
    else:
        assert at.without_repetition is None


@pytest.mark.parametrize("size", range(2, 9))
def test_leaning_vectors_exist_and_have_a_centre_of_length_four_fifths(size: int) -> None:
    at = leaning(size, 1)
    common = at.gram[0][1]
    assert 0 < common < 1 or size == 2
    assert common >= 0  # the Gram matrix is that of a common part and an orthogonal one
    assert at.length == fmpq(4, 5)
    assert at.distance == at.worst == fmpq(3, 5)
    for count in range(1, min(size, 4) + 1):  # all different is best
        share = 1 - common
        assert leaning(size, count).best_square == share * (fmpq(1, count) - fmpq(1, size))


@pytest.mark.parametrize(("size", "count"), [(1, 3), (2, 4), (3, 3), (5, 4)])
def test_choices_of_vectors_that_are_alike_are_those_with_other_multiplicities(
    size: int, count: int
) -> None:
    at = leaning(max(size, 2), count)
    every = replace(at, alike=False)
    assert set(at.squares()) == set(every.squares())
    assert at.without_repetition == every.without_repetition
    assert len(list(at.choices())) < len(list(every.choices()))


def exact(x: fmpq) -> Fraction:
    return Fraction(int(x.p), int(x.q))


def evaluate(at: Neurons, terms: list[tuple[int, fmpq]], z: int) -> fmpq:
    """Evaluate neurons at an input in another way, by fractions of the standard library."""
    total = Fraction(0)
    for k, weight in terms:
        w, b, _ = at.units[k]
        read = exact(b)
        for a, x in zip(w, at.inputs[z], strict=True):
            read += exact(a) * exact(x)
        value = at.activation(fmpq(read.numerator, read.denominator))
        total += exact(weight) * exact(value)
    return fmpq(total.numerator, total.denominator)


@settings(max_examples=40, deadline=None)
@given(few_neurons())
def test_the_best_neurons_are_those_of_all_sequences(at: Neurons) -> None:
    weights = [unit[2] for unit in at.units]
    total = sum((abs(weight) for weight in weights), ZERO)
    points = range(len(at.inputs))
    target = [evaluate(at, list(enumerate(weights)), z) for z in points]
    assert list(at.target) == target
    if len(at.units) ** at.count * len(at.inputs) > 200:
        return
    found = []
    for chosen in product(range(len(at.units)), repeat=at.count):
        terms = [(k, (total if weights[k] >= 0 else -total) / at.count) for k in chosen]
        errors = [(evaluate(at, terms, z) - target[z]) ** 2 for z in points]
        found.append(at.law.expect(errors))
    assert close(at.distance(), square_root(min(found)))
    assert total <= at.total
    assert all(abs(value) <= at.height for row in at.responses for value in row)


@pytest.mark.parametrize("size", range(2, 6))
@pytest.mark.parametrize("count", [1, 2])
def test_leaning_neurons_are_leaning_vectors(size: int, count: int) -> None:
    neurons, vectors = leaning_neurons(size, count), leaning(size, count)
    assert neurons.size == vectors.length == fmpq(4, 5)
    assert close(neurons.distance(), vectors.distance)


def test_activations() -> None:
    assert [STEP(fmpq(t)) for t in (-1, 0, 2)] == [0, 1, 1]
    assert [clipped(ZERO, ONE)(t) for t in (fmpq(-1), fmpq(1, 2), fmpq(3))] == [0, fmpq(1, 2), 1]


@given(st.integers(0, 10**6), st.integers(1, 10**4))
def test_a_rational_above_a_root(top: int, bottom: int) -> None:
    square = fmpq(top, bottom)
    above = rational_above_root(square)
    assert above**2 > square >= max(above - fmpq(1, 6), ZERO) ** 2


def test_a_report_shows_the_data() -> None:
    at: Averages = leaning(2, 3)
    assert at.describe() == {
        "inner products": [["1", "7/25"], ["7/25", "1"]],
        "weights": ["1/2", "1/2"],
        "B": "1",
        "N": 3,
    }
    assert leaning_neurons(2, 1).describe()["C"] == "1"


# Polynomial networks


@settings(max_examples=40, deadline=None)
@given(missed(), rationals(-4, 4, 5))
def test_the_polynomial_of_a_network_is_its_function(at: Followed, x: fmpq) -> None:
    values = [x]
    for number, layer in enumerate(at.network.layers):
        values = [dot(ws, tuple(values)) + b for ws, b in layer]
        if number < at.network.depth:
            powers = range(len(at.network.activation))
            values = [dot(at.network.activation, tuple(v**i for i in powers)) for v in values]
    assert at.network.function(x) == values[0]
    assert at.network.function.degree() <= at.degree**at.layers
    assert at.network.depth <= at.layers


@settings(max_examples=40, deadline=None)
@given(missed(), st.integers(0, 97))
def test_no_difference_is_above_the_largest(at: Followed, k: int) -> None:
    x = fmpq(k, 97)
    difference = abs(zigzag(at.slope, at.pieces, x) - at.network.function(x))
    error = at.error()
    assert difference <= (error.upper() if isinstance(error, arb) else error)


@pytest.mark.parametrize("pieces", range(1, 6))
def test_the_zigzag_function(pieces: int) -> None:
    """It alternates at the ends of the pieces and has the slope that is claimed."""
    slope, n = fmpq(7, 3), 12 * pieces
    values = [zigzag(slope, pieces, fmpq(k, n)) for k in range(n + 1)]
    top = values[0]
    assert all(values[12 * j] == (-1) ** j * top for j in range(pieces + 1))
    assert {abs(b - a) for a, b in pairwise(values)} == {slope / n}
    assert max(map(abs, values)) == top
    rectified = Rectified(slope, pieces - 1, 1)
    assert rectified.error() == 0
    assert [rectified.value(fmpq(k, n)) for k in range(n + 1)] == values


def lower_check(low: fmpq) -> tuple[Check, Book]:
    """Return the check that ``low L`` is at most what is measured, 2 L."""
    formula = {
        "params": [{"name": "L", "type": "real"}],
        "body": {"op": "mul", "args": [{"nat": str(low)}, {"var": "L"}]},
    }
    book = Book(
        [
            {"name": "DeepTheory.Toy.low", "formula": formula},
            {"name": "DeepTheory.Toy.large", "card": {"bound": "DeepTheory.Toy.low"}},
        ]
    )
    check = Check(
        "Toy.large",
        lambda at, _: Measurement(2 * at.slope, {"L": at.slope}, lower=True),
        lambda: st.builds(Rectified, positives(), st.just(1), st.just(1)),
        "",
        [scale(fmpq(5, 2), "2 is not at least 5/2")],
        [Sharp(Rectified(ONE, 1, 1), fmpq(int(low), 2))],
        [Series("", "L", lambda: [(1, Rectified(ONE, 1, 1))])],
    )
    return check, book


def test_a_lower_bound_is_at_most_what_is_measured() -> None:
    result = run_check(*lower_check(ONE))
    assert result["passed"], result["failures"]
    assert result["max_ratio"]["exact"] == "1/2"
    assert result["lower"]
    assert (result["series"][0]["measured"], result["series"][0]["bound"]) == ([2.0], [1.0])
    false = run_check(*lower_check(fmpq(3)))
    assert "violates the theorem" in false["failures"][0]["reason"]


# Numbers of units


@settings(max_examples=60, deadline=None)
@given(labelled())
def test_fewest_units_are_at_most_those_that_fit(at: Labelled) -> None:
    assert at.parameters is not None
    units = (len(at.parameters) - at.dimension) // 2
    assert at.fewest_units <= units <= len(at.points)
    for point, label in zip(at.points, at.labels, strict=True):
        assert at.output(at.parameters, point) == label


@pytest.mark.parametrize(("count", "dimension"), [(1, 1), (5, 1), (4, 3)])
def test_alternating_labels_need_a_unit_each(count: int, dimension: int) -> None:
    at = alternating(count, dimension)
    assert at.fewest_units == count
    assert at.least == 2 * count + dimension
    assert not at.one_sign or count == 1
    assert at.affine == (count <= 2)


def test_a_point_with_two_labels_fits_nothing() -> None:
    at = Labelled(((ONE,), (ONE,)), (ZERO, ONE), 1)
    assert at.parameters is None
    assert at.least == arb("inf")


@settings(max_examples=60, deadline=None)
@given(st.lists(st.sampled_from([-1, 1]), min_size=2, max_size=2), st.data())
def test_one_unit_has_no_values_of_both_signs(signs: list[int], data: Any) -> None:
    """What the lower number rests on, for one unit: of either sign it needs two."""
    direction, bias, weight = (data.draw(rationals()) for _ in range(3))
    at = Labelled(((ZERO,), (ONE,)), tuple(map(fmpq, signs)), 1)
    values = [at.output([bias, weight, direction], point) for point in at.points]
    assert at.fewest_units == (1 if signs[0] == signs[1] else 2)
    assert values[0] * values[1] >= 0


@pytest.mark.parametrize(("inputs", "known"), [(1, 4), (2, 14), (3, 104)])
def test_threshold_functions_are_those_without_a_contradiction(inputs: int, known: int) -> None:
    thresholds = threshold_functions(inputs)
    assert len(thresholds) == known
    for code in range(1 << 2**inputs):
        at = truth_table(inputs, code)
        assert (at.unit is not None) == (code in thresholds)
        found = at.contradiction
        assert (found is None) == (code in thresholds)
        if found is not None:  # the four inequalities of a unit cannot hold together
            x, y, u, v = found
            place = [sum(bit << i for i, bit in enumerate(z)) for z in found]
            assert [at.values[k] for k in place] == [True, True, False, False]
            assert [a + b for a, b in zip(x, y, strict=True)] == [
                a + b for a, b in zip(u, v, strict=True)
            ]


def in_span(at: TruthFunction, codes: tuple[int, ...]) -> bool:
    columns = [[1] * len(at.values), *([c >> k & 1 for k in range(len(at.values))] for c in codes)]
    wanted = [int(value) for value in at.values]
    return bool(fmpq_mat(columns).rank() == fmpq_mat([*columns, wanted]).rank())


@pytest.mark.parametrize("code", [*range(16), *(16 + 1023 * k % 240 for k in range(6))])
def test_the_fewest_threshold_units_by_linear_algebra(code: int) -> None:
    """No sum of fewer threshold functions with any weights is the function."""
    at = truth_table(2, code) if code < 16 else truth_table(3, code)
    thresholds = sorted(threshold_functions(at.inputs))
    least = next(
        (n for n in range(3) if any(in_span(at, c) for c in combinations(thresholds, n))), 3
    )
    assert at.fewest == least
    assert at.fewest <= len(at.network[0]) <= 2 ** (at.inputs - 1)


@settings(max_examples=60, deadline=None)
@given(truth_functions())
def test_networks_compute_their_functions(at: TruthFunction) -> None:
    for k, value in enumerate(at.values):
        assert at.output([k >> i & 1 for i in range(at.inputs)]) == value
    units = len(at.network[0])
    assert at.fewest <= units <= 2 ** (at.inputs - 1)
    smaller = min(len(at.selector(True)), len(at.selector(False)))
    assert units <= smaller <= 2 ** (at.inputs - 1)


def test_the_exclusive_or_needs_two_units() -> None:
    at = parity(2)
    assert at.values == (False, True, True, False)
    assert at.unit is None
    assert at.contradiction is not None
    assert at.least == 2
    assert parity(3).least == 3
    assert not at.affine
    assert truth_table(2, 0b1010).affine


@given(st.integers(0, 40), st.integers(1, 40))
def test_an_enclosed_number_is_at_most_its_upper_end(low: int, more: int) -> None:
    ball = enclosed(low, low + more)
    assert ball.contains(low)
    assert ball.contains(low + more)
    assert ball <= low + more
    assert ball > low - fmpq(1, 2)
    assert enclosed(low, low) == low
