from __future__ import annotations

import math
from fractions import Fraction
from typing import Any

import mpmath
import numpy as np
import pytest
from flint import arb, ctx, fmpq
from hypothesis import HealthCheck, assume, given, settings
from hypothesis import strategies as st

from deeptheory.errors import HypothesisError, UsageError
from deeptheory.formulas import (
    Book,
    CertifiedValue,
    DomainError,
    Formula,
    FormulaError,
    UndecidedError,
)
from deeptheory.formulas.bench import bench_book
from deeptheory.formulas.latex import name_to_latex
from deeptheory.formulas.rigorous import MAX_BITS
from deeptheory.formulas.syntax import free_variables, parse, substitute, to_json, walk
from sample_catalog import FORMULAS, num, op, sample_declarations, var, write_checkout

NAMES = "x y n. v"


def formula_of(body: dict[str, Any], names: str = NAMES) -> Formula:
    """A formula; a name with a dot is a natural number, `v` a vector of three entries."""
    params = [
        {"name": name.rstrip("."), "type": "nat" if name.endswith(".") else "real"}
        if name != "v"
        else {"name": "v", "type": "vector", "size": num(3, nat=True)}
        for name in names.split()
    ]
    return Formula.from_json("test", {"params": params, "body": body})


@pytest.fixture(scope="module")
def book() -> Book:
    return Book(sample_declarations())


# Random trees over the whole grammar


def nat(name: str, *args: dict[str, Any]) -> dict[str, Any]:
    return {"op": name, "type": "nat", "args": list(args)}


def _naturals() -> st.SearchStrategy[dict[str, Any]]:
    leaves = st.one_of(st.just(var("n", True)), st.integers(0, 4).map(lambda i: num(i, True)))

    def grow(inner: Any) -> Any:
        pairs = st.tuples(st.sampled_from(["add", "sub", "mul", "min", "max", "choose"]), inner)
        return st.one_of(
            st.builds(lambda head, right: nat(head[0], head[1], right), pairs, inner),
            st.builds(lambda a, b: nat("div", a, nat("add", b, num(1, True))), inner, inner),
            st.builds(lambda a, e: nat("pow", a, num(e, True)), inner, st.integers(0, 2)),
        )

    return st.recursive(leaves, grow, max_leaves=3)


def _reals() -> st.SearchStrategy[dict[str, Any]]:
    """Trees whose every value exists: roots, logarithms and divisors are kept in their domain."""
    plus_one = lambda t: op("add", num(1), op("abs", t))  # noqa: E731
    naturals = _naturals()
    entry = {"at": {"vector": var("v"), "index": var("i", True)}}
    leaves = st.one_of(
        st.sampled_from([var("x"), var("y")]),
        st.integers(0, 9).map(num),
        naturals.map(lambda t: op("cast", t)),
        st.integers(0, 2).map(lambda i: {"at": {"vector": var("v"), "index": num(i, True)}}),
    )

    def grow(inner: Any) -> Any:
        binary = st.sampled_from(["add", "sub", "mul", "min", "max"])
        return st.one_of(
            st.builds(op, binary, inner, inner),
            st.builds(lambda a, b: op("div", a, plus_one(b)), inner, inner),
            st.builds(lambda a: op("inv", plus_one(a)), inner),
            st.builds(op, st.sampled_from(["neg", "abs"]), inner),
            st.builds(lambda a: op("sqrt", op("abs", a)), inner),
            st.builds(lambda a: op("log", plus_one(a)), inner),
            st.builds(lambda a: op("exp", op("min", a, num(4))), inner),
            st.builds(lambda a, e: op("pow", a, num(e, True)), inner, st.integers(0, 3)),
            st.builds(
                lambda a, b: op("rpow", plus_one(a), op("max", num(0), op("min", b, num(2)))),
                inner,
                inner,
            ),
            st.builds(
                lambda kind, body, size: {
                    kind: {
                        "index": "i",
                        "size": num(size, True),
                        "body": op("add", entry, body),
                    }
                },
                st.sampled_from(["sum", "prod"]),
                inner,
                st.integers(0, 3),
            ),
            st.builds(
                lambda rel, a, b: {
                    "ite": {
                        "relation": rel,
                        "lhs": var("x"),
                        "rhs": var("y"),
                        "then": a,
                        "else": b,
                    }
                },
                st.sampled_from(["lt", "le", "eq", "ne"]),
                inner,
                inner,
            ),
        )

    return st.recursive(leaves, grow, max_leaves=6)


FRACTIONS = st.builds(Fraction, st.integers(-9, 9), st.integers(1, 8))
POINTS = st.fixed_dictionaries(
    {
        "x": FRACTIONS,
        "y": FRACTIONS,
        "n": st.integers(0, 4),
        "v": st.tuples(FRACTIONS, FRACTIONS, FRACTIONS),
    }
)


def largest(formula: Formula, read: dict[str, Any]) -> float:
    """The largest value on the way, which says what rounding can cost."""
    sizes = [1.0]
    with ctx.workprec(128):
        for node in walk(formula.body):
            if free_variables(node) <= read.keys() - {"v"} and not isinstance(
                value := Formula("part", formula.params, node).value(read), tuple
            ):
                sizes.append(abs(float(arb(value))))
    return max(sizes)


def as_balls(value: Any) -> Any:
    if isinstance(value, tuple):
        return tuple(as_balls(entry) for entry in value)
    return value if isinstance(value, int) else arb(value)


def contains(value: CertifiedValue, other: Any, tolerance: float) -> bool:
    middle = mpmath.mpf(str(value.ball.mid().str(60, radius=False)))
    radius = mpmath.mpf(str(value.ball.rad().str(60, radius=False)))
    return bool(abs(middle - other) <= radius + tolerance)


@settings(max_examples=150, deadline=None, suppress_health_check=list(HealthCheck))
@given(tree=_reals(), point=POINTS)
def test_all_back_ends_agree(tree: dict[str, Any], point: dict[str, Any]) -> None:
    formula = formula_of(tree)
    read = formula.read(point)
    scale = largest(formula, read)
    assume(scale < 1e6)
    value = formula.evaluate(point, digits=25)

    with mpmath.workdps(60):
        assert contains(value, formula.mpmath(point, digits=60), 1e-40 * scale)
    assert np.isclose(formula.numpy(point), float(value), rtol=1e-7, atol=1e-8 * scale)

    try:
        enclosure = formula.ball(*(as_balls(read[param.name]) for param in formula.params))
    except UndecidedError:  # x = y as balls
        return
    assert enclosure.overlaps(value.ball) or not enclosure.is_finite()


@settings(max_examples=40, deadline=None, suppress_health_check=list(HealthCheck))
@given(tree=_reals(), point=POINTS)
def test_sympy_agrees(tree: dict[str, Any], point: dict[str, Any]) -> None:
    import sympy as sp

    formula = formula_of(tree)
    scale = largest(formula, formula.read(point))
    assume(scale < 1e6)
    value = formula.evaluate(point, digits=25)
    expression = formula.sympy()
    values: dict[Any, Any] = {}
    for name in ("x", "y"):
        values[sp.Symbol(name, real=True)] = sp.Rational(
            point[name].numerator, point[name].denominator
        )
    values[sp.Symbol("n", integer=True, nonnegative=True)] = point["n"]
    base = sp.IndexedBase("v", real=True)
    expression = expression.doit().subs(values)
    for place, entry in enumerate(point["v"]):
        rational = sp.Rational(entry.numerator, entry.denominator)
        expression = expression.replace(
            lambda e, place=place: (
                isinstance(e, sp.Indexed) and e.base == base and e.indices == (place,)
            ),
            lambda _, rational=rational: rational,
        )
    number = sp.N(expression.doit(), 40)
    assert number.is_number
    with mpmath.workdps(60):
        assert contains(value, mpmath.mpf(str(number)), 1e-20 * scale)


@settings(max_examples=100, deadline=None)
@given(tree=_reals())
def test_a_tree_survives_being_written_and_read(tree: dict[str, Any]) -> None:
    body = formula_of(tree).source
    assert parse(to_json(body), frozenset({"n"})) == body


@settings(max_examples=100, deadline=None)
@given(tree=_reals())
def test_every_tree_prints(tree: dict[str, Any]) -> None:
    formula = formula_of(tree)
    assert formula.text()
    latex = formula.latex()
    assert latex.count("{") == latex.count("}")
    assert latex.count(r"\left") == latex.count(r"\right")


# Values


def test_a_rational_formula_is_exact(book: Book) -> None:
    value = book.formula("gdConvexBound").evaluate(L=2, D="0.1", k=3)
    assert value.exact == Fraction(1, 300)
    assert str(value) == "0.00333333333333333 ± 3.4e-18"


@pytest.mark.parametrize(
    ("given_value", "exact"),
    [
        (3, Fraction(3)),
        ("0.1", Fraction(1, 10)),
        ("1e-3", Fraction(1, 1000)),
        ("-2.5E2", Fraction(-250)),
        ("1/3", Fraction(1, 3)),
        (".5", Fraction(1, 2)),
        (Fraction(2, 7), Fraction(2, 7)),
        (0.1, Fraction(0.1)),
        (np.float64(0.25), Fraction(1, 4)),
        (fmpq(3, 4), Fraction(3, 4)),
    ],
)
def test_inputs_are_exact(given_value: Any, exact: Fraction) -> None:
    assert formula_of(var("x"), "x").evaluate(x=given_value).exact == exact


def test_the_accuracy_asked_for_is_reached() -> None:
    # 1 - exp(-10^-30) loses thirty digits to cancellation.
    tree = op("sub", num(1), op("exp", op("neg", var("x"))))
    value = formula_of(tree, "x").evaluate(x="1e-30", digits=40)
    with mpmath.workdps(120):
        true = -mpmath.expm1(-(mpmath.mpf(10) ** -30))
        assert abs(mpmath.mpf(value.decimal) - true) <= mpmath.mpf(value.radius)
        assert mpmath.mpf(value.radius) < true * mpmath.mpf(10) ** -38


def test_a_ball_stays_a_ball() -> None:
    value = formula_of(op("exp", var("x")), "x").evaluate(x=arb(1, 0.01), digits=15)
    assert value.exact is None
    assert value.ball.contains(arb(1).exp())
    assert float(value.radius) > 0.02


def test_roots_of_squares_are_exact() -> None:
    value = formula_of(op("sqrt", var("x")), "x").evaluate(x="9/4")
    assert value.exact == Fraction(3, 2)


def test_natural_numbers_truncate_and_round_down() -> None:
    difference = op("cast", nat("sub", num(2, True), var("n", True)))
    quotient = op("cast", nat("div", var("n", True), num(2, True)))
    for tree, expected in ((difference, 0), (quotient, 2)):
        formula = formula_of(tree, "n.")
        assert formula.evaluate(n=5).exact == expected
        assert formula.mpmath(n=5) == expected
        assert formula.numpy(n=[5, 5]).tolist() == [expected, expected]
        assert formula.sympy().subs({s: 5 for s in formula.sympy().free_symbols}) == expected


def test_numpy_broadcasts(book: Book) -> None:
    formula = book.formula("gdConvexBound")
    values = formula.numpy(L=[1.0, 2.0], D=1, k=np.array([[1], [2], [4]]))
    assert values.shape == (3, 2)
    assert values.tolist() == [[0.5, 1.0], [0.25, 0.5], [0.125, 0.25]]


def test_large_naturals_do_not_wrap_around() -> None:
    tree = op("cast", nat("pow", num(10, True), var("n", True)))
    assert formula_of(tree, "n.").numpy(n=[30]).tolist() == [1e30]


def test_matrices_and_sizes_left_out(book: Book) -> None:
    formula = book.formula("leastSquaresSmoothness")
    assert formula.evaluate(A=[[1, 2], [3, 4]]).exact == 15
    assert formula.evaluate(A="1,2;3,4").exact == 15
    assert formula.evaluate(A="1,2").exact == formula.evaluate(A=[[1, 2]]).exact == 5
    with pytest.raises(UsageError, match=r"A is to be the rows of a matrix, not \[1, 2\]"):
        formula.evaluate(A=[1, 2])
    assert formula.numpy(A=np.array([[1.0, 2.0], [3.0, 4.0]])) == 15
    with pytest.raises(UsageError, match="A is to have d = 2 entries, and one has 1"):
        formula.evaluate(A=[[1, 2], [3]])


def test_values_print_with_their_radius() -> None:
    with ctx.workprec(100):
        root = arb(2).sqrt()
    assert str(CertifiedValue(root, 10, 100)) == "1.414213562 ± 3.8e-10"
    assert str(CertifiedValue(fmpq(5), 17, 64)) == "5.0000000000000000 ± 0"
    assert str(CertifiedValue(fmpq(10) ** 40, 5, 64)) == "1.0000e+40 ± 0"
    assert CertifiedValue(fmpq(1, 3), 5, 64).as_json()["exact"] == "1/3"


@settings(max_examples=200, deadline=None)
@given(
    value=st.fractions(max_denominator=10**6) | st.integers(-(10**30), 10**30).map(Fraction),
    digits=st.integers(1, 30),
)
def test_the_printed_radius_covers_the_rounding(value: Fraction, digits: int) -> None:
    certified = CertifiedValue(fmpq(value.numerator, value.denominator), digits)
    error = abs(Fraction(certified.decimal) - value)
    assert error <= Fraction(certified.radius)
    assert Fraction(certified.radius) <= abs(value) * Fraction(11, 10 ** (digits)) * 10


# Outside the domain


@pytest.mark.parametrize(
    ("tree", "point", "condition"),
    [
        (op("div", num(1), var("x")), {"x": 0}, "x ≠ 0"),
        (op("inv", op("sub", var("x"), num(1))), {"x": 1}, "x - 1 ≠ 0"),
        (op("sqrt", var("x")), {"x": "-1e-20"}, "0 ≤ x"),
        (op("log", var("x")), {"x": 0}, "0 < x"),
        (op("log", var("x")), {"x": -3}, "0 < x"),
        (op("rpow", var("x"), num(2)), {"x": -1}, "0 ≤ x"),
        (op("rpow", var("x"), op("neg", num(1))), {"x": 0}, "0 < x"),
        (op("pow", op("div", num(1), var("x")), num(0, True)), {"x": 0}, "x ≠ 0"),
        (op("mul", num(0), op("div", num(1), var("x"))), {"x": 0}, "x ≠ 0"),
    ],
)
def test_outside_its_domain_a_formula_raises(
    tree: dict[str, Any], point: dict[str, Any], condition: str
) -> None:
    formula = formula_of(tree, "x")
    with pytest.raises(DomainError) as caught:
        formula.evaluate(point)
    assert caught.value.hypothesis == condition
    for back_end in (formula.mpmath, formula.numpy):
        with pytest.raises(DomainError):
            back_end(point)


def test_the_branch_not_taken_may_lie_outside() -> None:
    tree = {
        "ite": {
            "relation": "le",
            "lhs": var("x"),
            "rhs": num(0),
            "then": num(7),
            "else": op("log", var("x")),
        }
    }
    formula = formula_of(tree, "x")
    assert formula.evaluate(x=-1).exact == 7
    assert formula.numpy(x=[-1.0, 1.0]).tolist() == [7.0, 0.0]


def test_numpy_explains_the_entry_that_lies_outside() -> None:
    with pytest.raises(DomainError, match=r"needs 0 < x - 1"):
        formula_of(op("log", op("sub", var("x"), num(1))), "x").numpy(x=[2.0, 1.0])


def test_a_divisor_that_no_precision_separates_from_zero() -> None:
    root = op("sqrt", num(2))
    tree = op("div", num(1), op("sub", op("pow", root, num(2, True)), var("x")))
    with pytest.raises(UsageError, match="too close to call"):
        formula_of(tree, "x").evaluate(x=2, max_bits=1024)
    assert MAX_BITS > 1024


# Bad input


def test_unknown_and_missing_parameters(book: Book) -> None:
    formula = book.formula("gdPLBound")
    with pytest.raises(UsageError, match=r"no parameter 'Lambda'"):
        formula.evaluate(Lambda=1)
    with pytest.raises(UsageError, match=r"Did you mean Delta\?"):
        formula.evaluate(L=1, Delt=1)
    with pytest.raises(UsageError, match="also needs μ, k"):
        formula.evaluate(L=1, Delta=2)
    with pytest.raises(UsageError, match="given μ twice"):
        formula.evaluate({"mu": 1, "μ": 1})
    assert formula.evaluate(L=2, mu=1, Delta=8, k=3).exact == 1


@pytest.mark.parametrize(
    ("value", "words"),
    [
        (math.nan, "L is nan; give a finite number"),
        (math.inf, "L is inf; give a finite number"),
        ("1" * 5000, "L is 5000 characters long; give at most 4000"),
        ("nan", "finite"),
        ("-inf", "finite"),
        ("1/0", "division by zero"),
        ("two", "L is to be a number such as"),
        ("", "L is to be a number such as"),
        ("1e999999999", "exponent"),
        (None, "L is to be a number"),
        (True, "L is to be a number"),
        (1j, "L is to be a number"),
    ],
)
def test_values_that_are_no_numbers(book: Book, value: Any, words: str) -> None:
    with pytest.raises(UsageError, match=words):
        book.formula("gdConvexBound").evaluate(L=value, D=1, k=1)


@pytest.mark.parametrize("value", [2.5, -1, "1/2", "-3", -0.5])
def test_values_that_are_no_naturals(book: Book, value: Any) -> None:
    formula = book.formula("gdConvexBound")
    for back_end in (formula.evaluate, formula.numpy, formula.mpmath):
        with pytest.raises(UsageError, match="k is a natural number"):
            back_end(L=1, D=1, k=value)


@pytest.mark.parametrize(
    "tree",
    [
        {"op": "sin", "args": [var("x")]},
        {"op": "add", "args": [var("x")]},
        {"foo": 1},
        {"sum": {"index": "i"}},
        {"ite": {"relation": "gt", "lhs": num(0), "rhs": num(0), "then": num(0), "else": num(0)}},
        {"nat": "one"},
        ["x"],
        var("z"),
    ],
)
def test_a_malformed_tree_is_refused(tree: Any) -> None:
    with pytest.raises(FormulaError):
        formula_of(tree, "x")


def test_a_formula_that_calls_itself_is_refused() -> None:
    loop = {"params": [{"name": "x", "type": "real"}], "body": {"call": "a.f", "args": [var("x")]}}
    book = Book([{"name": "a.f", "formula": loop}])
    with pytest.raises(FormulaError, match="calls itself"):
        book.formula("a.f").evaluate(x=1)


def test_calls_do_not_capture_indices() -> None:
    """The callee's index i is not the caller's i."""
    inner = {
        "params": [{"name": "m", "type": "nat"}],
        "body": {
            "sum": {
                "index": "i",
                "size": num(2, True),
                "body": op("cast", nat("add", var("i", True), var("m", True))),
            }
        },
    }
    outer = {
        "params": [],
        "body": {
            "sum": {
                "index": "i",
                "size": num(3, True),
                "body": {"call": "a.inner", "args": [var("i", True)]},
            }
        },
    }
    book = Book([{"name": "a.inner", "formula": inner}, {"name": "a.outer", "formula": outer}])
    assert book.formula("a.outer").evaluate().exact == sum(
        i + j for i in range(3) for j in range(2)
    )
    body = book.formula("a.inner").body
    assert free_variables(substitute(body, {"m": parse(var("i", True))})) == {"i"}


# Printing


def test_latex(book: Book) -> None:
    assert book.formula("gdConvexBound").latex() == r"\frac{L D^{2}}{2 k}"
    assert book.formula("gdNonconvexBound").latex() == r"\frac{2 L \Delta}{K}"
    assert book.formula("gdPLBound").latex() == r"\left(1 - \frac{\mu}{L}\right)^{k} \Delta"
    norm = r"\frac{\left\lVert A \right\rVert_{F}^{2}}{n}"
    assert book.formula("leastSquaresSmoothness").latex() == norm
    assert name_to_latex("x₀") == name_to_latex("x_0") == name_to_latex("x0") == "x_{0}"
    assert name_to_latex("mu") == r"\mu"


def test_text_is_lean_notation(book: Book) -> None:
    assert book.formula("gdConvexBound").text() == "L * D ^ 2 / (2 * k)"
    tree = op("sub", var("x"), op("sub", var("y"), op("neg", num(1))))
    assert formula_of(tree, "x y").text() == "x - (y - -1)"


# The book


def test_names_are_found_by_their_ending(book: Book) -> None:
    full = "DeepTheory.Optimization.gd_convex"
    assert book.resolve("gd_convex") == book.resolve("Optimization.gd_convex") == full
    with pytest.raises(UsageError, match=r"Did you mean .*gd_convex"):
        book.resolve("gd_convx")


@pytest.mark.parametrize(
    "text", ["", "{", "[]", '{"schema": 1}', '{"schema": 9, "declarations": []}']
)
def test_a_damaged_catalog_is_refused(tmp_path: Any, text: str) -> None:
    path = write_checkout(tmp_path / "p") / "build" / "theorems.json"
    path.write_text(text, encoding="utf-8")
    with pytest.raises(UsageError, match="deeptheory export"):
        Book.load(path)


def test_a_hypothesis_error_is_a_usage_error() -> None:
    assert issubclass(DomainError, HypothesisError)
    assert DomainError("no", "0 < x").exit_code == 2


def test_the_benchmark_measures_both_back_ends(book: Book) -> None:
    before = mpmath.iv.prec
    figures = bench_book(book, bits=100, seconds=0.02)
    assert {entry["formula"].removeprefix("DeepTheory.") for entry in figures["formulas"]} == {
        name
        for name, formula in FORMULAS.items()
        if all(param["type"] != "vector" for param in formula["params"])
    }
    assert figures["speedup"] > 1
    assert mpmath.iv.prec == before
