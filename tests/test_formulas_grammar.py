"""Formulas that a user writes: what they mean, and what is refused."""

from __future__ import annotations

import math
from typing import Any

import pytest
from flint import fmpq
from hypothesis import given, settings
from hypothesis import strategies as st

from deeptheory.errors import UsageError
from deeptheory.formulas.domain import DomainError
from deeptheory.formulas.grammar import MAX_LENGTH, read_formula
from deeptheory.formulas.rigorous import exact_or_ball
from deeptheory.formulas.text import to_text

NAMES = {"x": "x", "y": "y", "y_": "y"}


def value(text: str, x: Any = 2, y: Any = 3) -> Any:
    return exact_or_ball(read_formula(text, NAMES), {"x": fmpq(x), "y": fmpq(y)})


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("1 + 2*3 - 4/8", fmpq(13, 2)),
        ("10 - 3 - 2", 5),
        ("12/3/2", 2),
        ("-x^2", -4),
        ("(-x)^2", 4),
        ("2^3^2", 512),
        ("2**-1", fmpq(1, 2)),
        ("x^-2", fmpq(1, 4)),
        ("x^(6/2)", 8),
        ("x^0", 1),
        ("--x", 2),
        ("- - +x", 2),
        ("2*-3", -6),
        ("−x", -2),
        ("0.1 + .2 + 1e-1 + 3.", fmpq(17, 5)),
        ("abs(-y) + y_", 6),
        ("max(1, x, y) - min(x, y, 7)", 1),
        ("exp(0) + log(1) + sqrt(9/4)", fmpq(5, 2)),
        (" ( x )\n*\ty ", 6),
    ],
)
def test_formulas_mean_what_mathematics_says(text: str, expected: Any) -> None:
    assert value(text) == expected


@pytest.mark.parametrize(
    ("text", "part"),
    [
        ("", "is empty"),
        ("   ", "is empty"),
        ("x +", "character 4: it ends where a number"),
        ("x + * y", "character 5: '*' stands where a number"),
        ("2x", "character 2: 'x' stands where an operator should come, such as *"),
        ("x y", "character 3: 'y'"),
        ("(x", "character 3: it ends where ')'"),
        ("x)", "character 2: ')'"),
        ("x3 + 1", "character 1: there is no variable 'x3': the variables are x, y"),
        ("sin(x)", "character 1: there is no function 'sin', only abs, exp"),
        ("sqr(x)", "Did you mean sqrt"),
        ("x(3)", "x is no function: write *"),
        ("exp", "exp is a function"),
        ("exp(x, y)", "exp takes one argument, not 2"),
        ("max(x)", "max takes two or more arguments, not 1"),
        ("max()", "character 5: ')' stands"),
        ("x $ y", "character 3: '$' has no meaning"),
        ("__import__('os')", 'character 12: "\'" has no meaning'),
        ("x.real", "character 2: '.' has no meaning"),
        ("x^(1/0)", "the exponent has no value"),
        ("x^20000", "the exponent is beyond"),
        ("1e400", "an exponent beyond 300"),
        ("1e99999999999", "an exponent beyond"),
        ("9" * 70, "more than 60 digits"),
        ("(" * 200 + "x", "nest beyond 100 levels"),
        ("x^" * 150 + "x", "nest beyond 100 levels"),
        ("x" + "+x" * 150, "nests 151 levels deep"),
        ("x" * (MAX_LENGTH + 1), f"give at most {MAX_LENGTH}"),
        ("x\0y", "has no meaning"),
        ("²", "has no meaning"),
    ],
)
def test_what_is_no_formula_is_refused_with_its_place(text: str, part: str) -> None:
    with pytest.raises(UsageError) as caught:
        read_formula(text, NAMES, "--function")
    message = str(caught.value)
    assert part in message
    assert message.startswith("--function ")
    assert len(message) < 300


@settings(max_examples=150, deadline=None)
@given(st.one_of(
    st.text(max_size=40),
    st.lists(st.sampled_from([
        "x", "y", "1", "0.5", "2e3", "+", "-", "*", "/", "^", "**", "(", ")", ",", "max", "min",
        "exp", "log(", "sqrt(", "abs(", " ", "−", "import", "'", ".", "e",
    ]), max_size=25).map("".join),
))  # fmt: skip
def test_any_text_is_a_formula_or_is_refused_in_one_sentence(text: str) -> None:
    refusal = None
    try:
        node = read_formula(text, NAMES)
    except UsageError as error:
        refusal = str(error)
    if refusal is None:
        assert to_text(node)
    else:
        assert 10 < len(refusal) < 400
        assert "\n" not in refusal


NUMBERS = st.integers(0, 30).map(lambda n: (str(n), fmpq(n)))
LEAVES = st.one_of(NUMBERS, st.just(("x", fmpq(2))), st.just(("y", fmpq(-3, 2))))


def combine(parts: Any) -> Any:
    def binary(sign: str, left: Any, right: Any) -> Any:
        (a, p), (b, q) = left, right
        result = {"+": p + q, "-": p - q, "*": p * q}[sign]
        return (f"({a}){sign}({b})", result)

    return st.one_of(
        st.builds(binary, st.sampled_from("+-*"), parts, parts),
        st.builds(lambda a: (f"-({a[0]})", -a[1]), parts),
        st.builds(lambda a: (f"abs({a[0]})", abs(a[1])), parts),
        st.builds(lambda a, b: (f"max({a[0]},{b[0]})", max(a[1], b[1])), parts, parts),
        st.builds(lambda a, n: (f"({a[0]})^{n}", a[1] ** n), parts, st.integers(0, 3)),
    )


@settings(max_examples=100, deadline=None)
@given(st.recursive(LEAVES, combine, max_leaves=12))
def test_composed_formulas_have_the_value_of_their_parts(entry: tuple[str, fmpq]) -> None:
    text, expected = entry
    node = read_formula(text, NAMES)
    env = {"x": fmpq(2), "y": fmpq(-3, 2)}
    assert exact_or_ball(node, env) == expected
    printed = to_text(node)
    if "|" not in printed:
        assert exact_or_ball(read_formula(printed, NAMES), env) == expected


def test_irrational_powers_and_domains() -> None:
    assert abs(float(value("x^0.5")) - math.sqrt(2)) < 1e-15
    assert abs(float(value("x^y")) - 8) < 1e-12
    with pytest.raises(DomainError, match="0 ≤ -x"):
        value("(-x)^(1/3)")
