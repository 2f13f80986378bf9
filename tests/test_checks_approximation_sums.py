"""Averages of few vectors and neurons: the best choices against choices made one by one."""

from __future__ import annotations

from fractions import Fraction
from itertools import product
from typing import Any

import pytest
from flint import arb, fmpq
from hypothesis import given, settings
from hypothesis import strategies as st

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
from deeptheory.checks.instances.laws import laws
from deeptheory.checks.instances.strategies import rationals
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
