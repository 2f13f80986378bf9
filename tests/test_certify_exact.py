"""What a certificate counts and encloses: exact networks, laws on a grid, numbers, data."""

from __future__ import annotations

from fractions import Fraction
from pathlib import Path
from typing import Any

import mpmath
import numpy as np
import pytest
from flint import ctx, fmpq

from certify_sample import (
    reference,
)
from deeptheory.certificates.checker import Checker
from deeptheory.certify.csvdata import read_csv
from deeptheory.certify.data import Raw, built_in, quantise, split
from deeptheory.certify.law import TOTAL, Drawer, GridLaw, discretise, upper_decimal
from deeptheory.certify.network import Network, read_model
from deeptheory.certify.split import BITS, certify_split
from deeptheory.certify.split_statement import render_split
from deeptheory.errors import FailureError, UsageError
from deeptheory.formulas import Book

# The network


@pytest.mark.parametrize("size", [3, 200_000])
def test_predictions_are_those_of_whole_numbers(size: int) -> None:
    known = np.random.default_rng(size)
    network = Network((5, 7, 4, 3), (16, 40, 3), (3, 11))
    for _ in range(20):
        flat = known.integers(-size, size + 1, network.weights)
        inputs = known.integers(-16, 17, (40, 5))
        network.check_exact(np.abs(flat), 16)
        found = network.predict(network.matrices(flat), inputs.astype(np.float64))
        exact = [m.astype(int).tolist() for m in network.matrices(flat)]
        assert found.tolist() == [reference(network, exact, row) for row in inputs.tolist()]


def test_ties_go_to_the_first_class() -> None:
    network = Network((1, 1, 3), (1, 1), (0,))
    weights = np.array([1, 0, *[2, 1, 2, 1, 0, 0]])
    assert network.predict(network.matrices(weights), np.array([[4.0]])).tolist() == [0]


def test_sums_that_might_be_rounded_are_refused() -> None:
    network = Network((2, 2, 2), (1, 1), (0,))
    large = np.full(network.weights, 2**25)
    assert network.ceilings(large, 4) == [9 * 2**25, (2 * 9 * 2**25 + 1) * 2**25]
    with pytest.raises(UsageError, match=r"Layer 2 .* below 2\^53"):
        network.check_exact(large, 4)
    # A value at the ceiling is attained, so that the ceiling is not larger than it need be.
    values = np.array([[4.0, 4.0]]) @ network.matrices(large)[0][:, :-1].T + 2**25
    assert values.max() == 9 * 2**25


@pytest.mark.parametrize(
    "text", ["", "mlp", "mlp:", "mlp:0", "mlp:64,", "mlp:-1", "mlp:9999", "mlp:1,1,1,1,1,1,1",
             "mlp:64) sorry", "cnn:3", "mlp: 4", "mlp:٤"],
)  # fmt: skip
def test_models_that_are_none_are_refused(text: str) -> None:
    with pytest.raises(UsageError, match=r"There is no model"):
        read_model(text)
    assert read_model("mlp:64,32") == (64, 32)


# The law


def _law(posterior: list[list[int]], prior: list[list[int]] | None = None) -> GridLaw:
    table = np.array(posterior, dtype=np.int64)
    return GridLaw(
        np.arange(len(table), dtype=np.int64) - 5,
        table if prior is None else np.array(prior, dtype=np.int64),
        table,
    )


def test_each_value_is_drawn_exactly_as_often_as_its_count_says() -> None:
    """All multiples of 2^16 are looked up: counts that are such multiples are hit exactly."""
    unit = 2**16
    tables = [[1, 2, 65533, 0, 0], [0, 0, 65536, 0, 0], [65536, 0, 0, 0, 0], [0, 0, 0, 0, 65536],
              [13107, 13107, 13107, 13107, 13108]]  # fmt: skip
    drawer = Drawer(_law([[unit * count for count in table] for table in tables]), 0)
    seen = np.zeros((5, 5), dtype=int)
    for step in range(2**16):
        numbers = np.full(5, step * unit, dtype=np.uint32)
        seen[np.arange(5), drawer.places(numbers)] += 1
    assert seen.tolist() == tables


def test_the_borders_of_the_table_are_sharp() -> None:
    counts = [3, 0, 5, TOTAL - 9, 1]
    drawer = Drawer(_law([counts]), 0)
    for number, place in [(0, 0), (2, 0), (3, 2), (7, 2), (8, 3), (TOTAL - 2, 3), (TOTAL - 1, 4)]:
        assert drawer.places(np.array([number], dtype=np.uint32)).tolist() == [place], number
    full = Drawer(_law([[0, TOTAL, 0]]), 0)
    for number in (0, TOTAL - 1):
        assert full.places(np.array([number], dtype=np.uint32)).tolist() == [1]


def test_draws_are_the_stream_of_pcg64() -> None:
    law = _law([[2**31, 2**31]] * 3)
    words = np.random.PCG64(7).random_raw(4).tolist()
    halves = [half for word in words for half in (word % 2**32, word >> 32)]
    drawer = Drawer(law, 7)
    first, second = drawer.draw(), drawer.draw()
    used = [*halves[:3], *halves[4:7]]
    expected = [a + (half >= 2**31) for a, half in zip((-5, -4, -3) * 2, used, strict=True)]
    assert [*first.tolist(), *second.tolist()] == expected
    assert words[0] == 11530976094092348043  # of numpy, for all time


def test_the_relative_entropy_encloses_that_of_mpmath() -> None:
    known = np.random.default_rng(0)
    means = known.normal(20, 3, 50)
    law = GridLaw(
        np.zeros(50, dtype=np.int64),
        discretise(np.full(50, 20.0), np.full(50, 3.0), 41, least=1),
        discretise(means, known.uniform(0.5, 4, 50), 41, least=0),
    )
    law.check()
    found = law.relative_entropy()
    with mpmath.workdps(60):
        exact = mpmath.fsum(
            mpmath.mpf(a) / TOTAL * mpmath.log(mpmath.mpf(a) / b)
            for own, other in zip(law.posterior.tolist(), law.prior.tolist(), strict=True)
            for a, b in zip(own, other, strict=True)
            if a
        )
        below = fmpq(int(mpmath.floor(exact * 10**40)), 10**40)
    with ctx.workprec(200):
        assert found.rad() < 1e-40
        assert below - fmpq(1, 10**40) < found < below + fmpq(2, 10**40)
    upper = upper_decimal(found, 12)
    assert below < upper < below + fmpq(2, 10**12)


def test_the_relative_entropy_on_the_grid_is_at_most_that_of_the_normal_laws() -> None:
    known = np.random.default_rng(1)
    count, scale = 400, 3.0
    means, scales = known.normal(21, 3, count), scale * np.exp(known.normal(0, 0.4, count))
    law = GridLaw(
        np.zeros(count, dtype=np.int64),
        discretise(np.full(count, 21.0), np.full(count, scale), 43, least=1),
        discretise(means, scales, 43, least=0),
    )
    normal = (np.log(scale / scales) + (scales**2 + (means - 21) ** 2) / (2 * scale**2) - 0.5).sum()
    found = float(law.relative_entropy())
    assert found <= normal + 1e-6 * count
    assert found > 0.9 * normal


def test_equal_laws_have_relative_entropy_zero() -> None:
    found = _law([[1, 2, TOTAL - 3]]).relative_entropy()
    assert found.contains(0)
    assert upper_decimal(found, 12) <= fmpq(1, 10**12)


@pytest.mark.parametrize(
    ("prior", "posterior", "says"),
    [
        ([[1, TOTAL - 1]], [[1, TOTAL]], "sum to 4294967297"),
        ([[0, TOTAL]], [[1, TOTAL - 1]], "count zero"),
        ([[1, TOTAL - 1]], [[-1, TOTAL + 1]], "outside 0"),
        ([[1, 1, TOTAL - 2]], [[1, TOTAL - 1]], "wrong shape"),
    ],
)
def test_tables_that_are_no_laws_are_refused(
    prior: list[list[int]], posterior: list[list[int]], says: str
) -> None:
    with pytest.raises(UsageError, match=says):
        _law(posterior, prior).check()


def test_means_are_rounded_exactly() -> None:
    law = _law([[TOTAL // 2, TOTAL // 2], [TOTAL // 2 + 1, TOTAL // 2 - 1], [0, TOTAL]])
    assert (law.mean - law.start).tolist() == [1, 0, 1]


# The numbers


def test_the_risk_is_the_least_that_satisfies_both_inequalities(sample_book: Book) -> None:
    given = {"n": 749, "k": 1000, "errors": 20_000, "entropy": fmpq(9, 10)}
    found = certify_split(sample_book, **given, delta=fmpq(1, 25), draws_delta=fmpq(1, 100))
    with mpmath.workdps(40):

        def kl(q: Any, p: Any) -> Any:
            q, p = (mpmath.mpf(int(x.p)) / int(x.q) for x in (q, p))
            return q * mpmath.log(q / p) + (1 - q) * mpmath.log((1 - q) / (1 - p))

        draws = mpmath.log(100) / 1000
        level = (mpmath.mpf(9) / 10 + mpmath.log(50 * mpmath.sqrt(749))) / 749
        unit = fmpq(1, 10**12)
        assert kl(found.q, found.r - unit) < draws <= kl(found.q, found.r)
        assert kl(found.r, found.p - unit) < level <= kl(found.r, found.p)
    for above, between, below in (
        (found.draws_side, found.draws_between, found.inner),
        (found.side, found.between, found.outer),
    ):
        limit = Fraction(int(between.p), int(between.q))
        assert Checker(BITS).accepts(above.node, above.arguments, limit)
        ends = below.ends(BITS)
        assert ends is not None
        assert limit <= ends[0]


def test_a_mean_of_zero_is_certified_as_it_is(sample_book: Book) -> None:
    given = {"n": 100, "k": 100, "entropy": fmpq(1)}
    none, one = (
        certify_split(
            sample_book, **given, errors=errors, delta=fmpq(1, 25), draws_delta=fmpq(1, 100)
        )
        for errors in (0, 1)
    )
    assert none.q == 0
    assert none.r < one.r
    assert none.p < one.p
    with mpmath.workdps(40):
        # As q falls to zero, the relative entropy falls to -log (1 - r).
        r = mpmath.mpf(int(none.r.p)) / int(none.r.q)
        limit = mpmath.limit(
            lambda n: (
                mpmath.log(2.0**-n / r) / 2**n
                + (1 - mpmath.mpf(2) ** -n) * mpmath.log((1 - mpmath.mpf(2) ** -n) / (1 - r))
            ),
            mpmath.inf,
        )
        draws, unit = mpmath.log(100) / 100, mpmath.mpf(10) ** -12
        found = none.inner.ball(BITS)
        assert abs(limit - mpmath.mpf(found.mid().str(30, radius=False))) < 1e-15
        assert -mpmath.log(1 - r + unit) < draws <= -mpmath.log(1 - r)
    text = render_split(none, 80)
    assert "klBin ((0 : Rat) : R)" in text
    assert "empMean (fun h => empMean (ℓ h) s.1.2) s.2 ≤\n                ((0 : Rat) : R)" in text


def test_a_bound_of_one_is_no_certificate(sample_book: Book) -> None:
    with pytest.raises(FailureError, match="nothing to certify"):
        certify_split(
            sample_book, n=10, k=100, errors=990, entropy=fmpq(50), delta=fmpq(1, 25),
            draws_delta=fmpq(1, 100),
        )  # fmt: skip


# The data


def test_the_parts_are_fixed_by_the_seed() -> None:
    parts = split(61, 3)
    assert (len(parts.prior), len(parts.bound), len(parts.held_out)) == (25, 26, 10)
    together = np.concatenate([parts.prior, parts.bound, parts.held_out])
    assert sorted(together.tolist()) == list(range(61))
    assert parts.prior.tolist() != split(61, 4).prior.tolist()
    assert split(61, 3).bound.tolist() == parts.bound.tolist()


def test_the_scale_comes_from_the_prior_s_rows_alone() -> None:
    raw = built_in("breast-cancer")
    parts = split(len(raw.labels), 0)
    known = quantise(raw, parts)
    changed = raw.values.copy()
    changed[parts.bound] += 1
    changed[parts.held_out] = 0
    again = quantise(Raw(raw.name, changed, raw.labels), parts)
    assert (again.inputs[parts.prior] == known.inputs[parts.prior]).all()
    deviations = (known.inputs[parts.prior] / 32).std(axis=0)
    assert ((deviations > 0.7) & (deviations < 1.05)).all()


def test_digits_are_taken_as_they_are() -> None:
    raw = built_in("digits")
    known = quantise(raw, split(len(raw.labels), 0))
    assert (known.inputs == raw.values).all()
    assert (known.unit, known.limit, known.classes) == (16, 16, 10)


def test_a_csv_file_is_read(tmp_path: Path) -> None:
    path = tmp_path / "data.csv"
    path.write_text("﻿x,y,kind\n1,-2e3,b\n0.5,4,a\n", encoding="utf-8")
    raw = read_csv(path)
    assert raw.values.tolist() == [[1, -2000], [0.5, 4]]
    assert raw.labels.tolist() == [1, 0]
    path.write_text("1,0,3\n0,1,4\n", encoding="utf-8")
    assert read_csv(path).values.tolist() == [[1, 0], [0, 1]]
    assert read_csv(path, "1").labels.tolist() == [1, 0]
    path.write_text("kind,x\nu,3\nv,4\n", encoding="utf-8")
    assert read_csv(path, "kind").values.tolist() == [[3], [4]]


@pytest.mark.parametrize(
    ("text", "label", "says"),
    [
        ("", None, "is empty"),
        ("x\n1\n2\n", None, "one column"),
        ("x,k\n1,a\nsorry,b\n", None, "row 3, column 1: 'sorry' is no finite number"),
        ("1,2,a\n3,inf,b\n", None, "row 2, column 2: 'inf' is no finite number"),
        ("1,2,a\n3,1_0,b\n", None, "row 2, column 2: '1_0' is no finite number"),
        ("1,2,a\n3,,b\n", None, "row 2, column 2: the value is missing"),
        ("?,2,a\n3,1,b\n", None, "row 1, column 1: the value is missing"),
        ("1,2,a\n3,4,\n", None, "row 2, column 3: the label is missing"),
        ("1,2,a\n3,4\n", None, "row 2 has 2 cells, and row 1 has 3"),
        ("1,2,a\n3,4,a\n", None, "one class only"),
        ("1,2,a\n3,4,b\n", "kind", "no column 'kind'"),
        ("1,2,a\n3,4,b\n", "4", "no column '4'"),
        ("".join(f"1,{i}\n" for i in range(101)), None, "101 different labels"),
        ('1,"2\n', None, "no CSV file"),
    ],
)
def test_a_csv_file_that_will_not_do_is_refused(
    text: str, label: str | None, says: str, tmp_path: Path
) -> None:
    path = tmp_path / "data.csv"
    path.write_text(text, encoding="utf-8")
    with pytest.raises(UsageError, match=says):
        read_csv(path, label)


def test_constant_columns_and_large_numbers_are_fine(tmp_path: Path) -> None:
    path = tmp_path / "data.csv"
    rows = [f"7,0,{i * 1e300},{i % 2}" for i in range(60)]
    path.write_text("\n".join(rows), encoding="utf-8")
    raw = read_csv(path)
    known = quantise(raw, split(60, 0))
    assert (known.inputs[:, :2] == 0).all()
    assert len(set(known.inputs[:, 2].tolist())) > 30
    with pytest.raises(UsageError, match="59 rows: at least 60"):
        split(59, 0)
