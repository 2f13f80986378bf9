from __future__ import annotations

import json
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import jsonschema
import pytest
from flint import arb, arb_mat, ctx, fmpq
from hypothesis import given, settings
from hypothesis import strategies as st

from deeptheory.checkresults import read_results, schema
from deeptheory.checks import Check, Measurement, Options, Sharp, decide, load_checks, run_check
from deeptheory.checks.instances.data import LeastSquares, Logistic, largest_eigenvalue
from deeptheory.checks.instances.problems import Side, huber
from deeptheory.checks.instances.strategies import directions, piecewise, positives, quadratics
from deeptheory.checks.instances.vectors import dot, norm
from deeptheory.checks.mutants import drop, replace_exponent, replace_variable, scale, without
from deeptheory.checks.runner import verify
from deeptheory.errors import UsageError
from deeptheory.formulas import Book, Formula, PrecisionError
from sample_approximation import LOWER
from sample_catalog import num, op, sample_declarations, var, write_checkout

FULL = "DeepTheory.Optimization."


# A theorem small enough to see through: n (n + 1) / 2 <= n^2 for n >= 1


@dataclass(frozen=True)
class Number:
    n: int

    def describe(self) -> dict[str, Any]:
        return {"n": self.n}


def toy_book(body: dict[str, Any] | None = None) -> Book:
    square = op("mul", num(1), op("pow", op("cast", var("n", True)), num(2, True)))
    formula = {"params": [{"name": "n", "type": "nat"}], "body": body or square}
    return Book(
        [
            {"name": "DeepTheory.Toy.bound", "formula": formula},
            {"name": "DeepTheory.Toy.sum_le", "card": {"bound": "DeepTheory.Toy.bound"}},
        ]
    )


def triangle(instance: Number, _book: Book) -> Measurement:
    n = instance.n
    return Measurement(fmpq(n * (n + 1), 2), {"n": n})


def toy_check(**changes: Any) -> Check:
    settings_ = {
        "theorem": "Toy.sum_le",
        "measure": triangle,
        "instances": lambda: st.builds(Number, st.integers(1, 1000)),
        "claim": "attained at n = 1",
        "sharp": [Sharp(Number(1), fmpq(1))],
        "mutants": [
            scale(fmpq(99, 100), "attained at n = 1"),
            replace_exponent(2, lambda _: num_node(1), "n^2 -> n", "linear"),
        ],
    }
    return Check(**{**settings_, **changes})


def num_node(value: int) -> Any:
    from deeptheory.formulas.syntax import Num

    return Num(value, nat=True)


def reasons(result: dict[str, Any]) -> str:
    return " | ".join(failure["reason"] for failure in result["failures"])


def test_a_sound_sharp_check_passes() -> None:
    result = run_check(toy_check(), toy_book())
    assert result["passed"], result["failures"]
    assert result["max_ratio"]["exact"] == "1"
    assert result["max_ratio"]["instance"] == {"n": 1}
    assert all(mutant["killed"] for mutant in result["mutants"])
    assert result["instances"] == Options().instances + 1


def test_a_false_theorem_is_refuted_and_the_instance_shrunk() -> None:
    """n (n + 1) / 2 <= 100 n fails first at n = 200."""
    false = op("mul", num(100), op("cast", var("n", True)))
    result = run_check(toy_check(sharp=[], mutants=[]), toy_book(false), Options(instances=200))
    assert not result["passed"]
    (failure,) = result["failures"]
    assert failure["instance"] == {"n": 200}
    assert failure["lhs"] == "20100"
    assert failure["rhs"] == "20000"


def test_a_check_whose_mutant_survives_fails() -> None:
    harmless = scale(fmpq(2), "in truth larger, hence not false")
    result = run_check(toy_check(mutants=[harmless]), toy_book())
    assert not result["passed"]
    assert "the mutant 'bound * 2' survives" in reasons(result)
    assert result["mutants"][0]["killed"] is False


def test_a_mutant_that_changes_nothing_fails() -> None:
    idle = replace_exponent(7, lambda _: num_node(1), "n^7 -> n", "no such exponent")
    result = run_check(toy_check(mutants=[idle]), toy_book())
    assert "changes nothing" in reasons(result)


def test_a_wrong_claim_of_tightness_fails() -> None:
    result = run_check(toy_check(sharp=[Sharp(Number(1), fmpq(9, 10))]), toy_book())
    assert "the ratio claimed is 9/10, and the ratio found is 1" in reasons(result)


def test_a_dropped_hypothesis_has_to_break_the_bound() -> None:
    dropped = without("n is at least 1", [Number(5)], "it still is")
    assert "survives" in reasons(run_check(toy_check(mutants=[dropped]), toy_book()))


def test_arguments_have_to_fit_the_bound() -> None:
    wrong = toy_check(measure=lambda instance, _: Measurement(fmpq(0), {"m": instance.n}))
    assert "the check gives m" in reasons(run_check(wrong, toy_book())).lower()


def test_a_check_that_breaks_has_failed() -> None:
    def broken(instance: Number, _book: Book) -> Measurement:
        return Measurement(fmpq(1, instance.n - instance.n), {"n": instance.n})

    result = run_check(toy_check(measure=broken), toy_book())
    assert "the check broke at test_checks.py" in reasons(result)


def test_the_same_seed_draws_the_same_instances() -> None:
    def drawn(seed: int) -> list[int]:
        seen: list[int] = []

        def measure(instance: Number, book: Book) -> Measurement:
            seen.append(instance.n)
            return triangle(instance, book)

        run_check(toy_check(measure=measure), toy_book(), Options(instances=20, seed=seed))
        return seen

    assert drawn(1) == drawn(1)
    assert drawn(1) != drawn(2)


# Deciding


IDENTITY = Formula.from_json("id", {"params": [{"name": "x", "type": "real"}], "body": var("x")})


def test_equality_of_rationals_is_decided() -> None:
    comparison = decide(lambda: Measurement(fmpq(1, 3), {"x": fmpq(2, 6)}), IDENTITY)
    assert comparison.holds
    assert comparison.ratio == 1


@pytest.mark.parametrize(("sign", "holds"), [(1, False), (-1, True)])
def test_precision_is_doubled_until_balls_separate(sign: int, holds: bool) -> None:
    def measure() -> Measurement:
        return Measurement(arb(2).sqrt() + sign * arb(10) ** -100, {"x": arb(2).sqrt()})

    comparison = decide(measure, IDENTITY)
    assert comparison.holds is holds
    assert comparison.bits > 300


def test_what_stays_open_is_not_taken_for_true() -> None:
    with pytest.raises(PrecisionError, match="still open"):
        decide(lambda: Measurement(arb(2).sqrt(), {"x": arb(2).sqrt()}), IDENTITY)


# Instances


@settings(max_examples=50, deadline=None)
@given(quadratics(positives()), st.data())
def test_quadratics_have_the_constants_they_claim(problem: Any, data: Any) -> None:
    direction = data.draw(directions(len(problem.axis)))
    assert norm(direction) == 1
    bend = dot(direction, tuple(dot(row, direction) for row in problem.hessian))
    assert problem.curvature <= bend <= problem.smoothness
    assert not any(problem.gradient(problem.minimiser()))


@settings(max_examples=100, deadline=None)
@given(piecewise(convex=False, strict=True), st.fractions(-50, 50, max_denominator=20))
def test_piecewise_functions_meet_polyak_lojasiewicz(problem: Any, place: Any) -> None:
    x = (fmpq(place.numerator, place.denominator),)
    slope = problem.gradient(x)[0]
    assert slope * slope >= 2 * problem.curvature * problem.value(x)
    assert problem.value(x) >= 0


@settings(max_examples=50, deadline=None)
@given(piecewise(convex=False), positives(), positives())
def test_piecewise_functions_have_the_derivative_they_claim(problem: Any, a: Any, b: Any) -> None:
    """Simpson's rule is exact on each piece; here the trapezoid bounds do."""
    x, y = problem.centre + a, problem.centre + a + b
    gap = problem.gradient((y,))[0] - problem.gradient((x,))[0]
    assert abs(gap) <= problem.smoothness * b
    rise = problem.value((y,)) - problem.value((x,))
    middle = b * (problem.gradient((y,))[0] + problem.gradient((x,))[0]) / 2
    assert abs(rise - middle) <= problem.smoothness * b * b / 4


def test_a_huber_function_is_flat_far_out() -> None:
    function = huber(fmpq(2), fmpq(3))
    assert function.gradient((fmpq(10),)) == (6,)
    assert function.value((fmpq(10),)) == 2 * 3 * 10 - fmpq(2 * 9, 2)
    assert function.curvature == 0
    assert Side((fmpq(2),)).polyak() == 2


def test_the_largest_eigenvalue_is_certified_and_close() -> None:
    matrix = tuple(tuple(fmpq(1, i + j + 1) for j in range(4)) for i in range(4))
    bound = largest_eigenvalue(matrix)
    with ctx.workprec(100):
        true = max(float(v.real) for v in arb_mat([[arb(a) for a in r] for r in matrix]).eig())
    assert true < float(arb(bound)) < true * 1.00001


def test_the_minimum_of_logistic_regression_is_enclosed() -> None:
    problem = Logistic(tuple(range(12)), (0, 3), fmpq(1, 10))
    with ctx.workprec(200):
        point, least = problem.minimiser(), problem.minimum()
        assert float(least.rad()) < 1e-30
        assert all(entry.contains(0) for entry in problem.gradient(point))
        for shift in (fmpq(1, 100), fmpq(-1, 100)):
            assert problem.value((point[0] + shift, point[1])) > least


def test_least_squares_are_solved_exactly() -> None:
    problem = LeastSquares.diabetes(range(10), (1, 2))
    assert problem.gradient(problem.minimiser()) == (0, 0)


# The library's checks


def with_bound() -> set[str]:
    return {d["name"] for d in sample_declarations() if (d["card"] or {}).get("bound")}


@pytest.fixture(scope="module")
def book() -> Book:
    return Book(sample_declarations())


@pytest.mark.parametrize("theorem", sorted(load_checks()))
def test_every_check_of_the_library_passes(theorem: str, book: Book) -> None:
    result = run_check(load_checks()[theorem], book, Options(instances=15, seed=7))
    assert result["passed"], result["failures"]
    assert result["mutants"]
    assert all(mutant["killed"] for mutant in result["mutants"])
    assert result["series"]
    if result["bound"] is None:
        assert result["laws"]
        assert all("curves" in drawing for drawing in result["series"])
        return
    assert result["max_ratio"] is not None
    for series in result["series"]:
        assert len(series["x"]["values"]) == len(series["measured"]) == len(series["bound"])
        sides = zip(series["measured"], series["bound"], strict=True)
        assert all(b <= m if theorem in LOWER else m <= b for m, b in sides)


@pytest.mark.parametrize("theorem", sorted(set(load_checks()) & with_bound()))
def test_a_bound_made_false_in_the_catalog_is_refuted(theorem: str) -> None:
    declarations = sample_declarations()
    by_name = {entry["name"]: entry for entry in declarations}
    formula = by_name[by_name[theorem]["card"]["bound"]]["formula"]
    ends = (100, 17) if theorem in LOWER else (17, 100)
    factor = op("div", *map(num, ends))
    formula["body"] = op("mul", factor, formula["body"])
    result = run_check(load_checks()[theorem], Book(declarations), Options(instances=15))
    assert not result["passed"]
    assert "violates the theorem" in reasons(result)


# Running many


def run(root: Path, *theorems: str, **more: Any) -> Any:
    build = root / "build"
    options = Options(instances=5)
    return verify(build / "theorems.json", build / "checks.json", theorems, options, **more)


def test_results_are_written_and_reused(sample_checkout: Path) -> None:
    path = sample_checkout / "build" / "checks.json"
    first = run(sample_checkout, "gd_pl", "gd_convex")
    assert path.stat().st_mode & 0o044 == 0o044, "others may read the results"
    assert first.passed
    assert not first.reused
    document = json.loads(path.read_text(encoding="utf-8"))
    jsonschema.validate(document, schema())
    assert [entry["theorem"] for entry in document["checks"]] == [
        FULL + "gd_convex",
        FULL + "gd_pl",
    ]

    assert run(sample_checkout, "gd_pl").reused == {FULL + "gd_pl"}
    assert not run(sample_checkout, "gd_pl", force=True).reused
    assert set(read_results(path)) == {FULL + "gd_convex", FULL + "gd_pl"}


def test_a_changed_formula_is_checked_again(sample_checkout: Path) -> None:
    run(sample_checkout, "gd_pl", "gd_convex")
    declarations = sample_declarations()
    formula = next(e for e in declarations if e["name"].endswith("gdPLBound"))["formula"]
    formula["body"] = op("mul", num(1), formula["body"])
    document = {"schema": 1, "declarations": declarations}
    (sample_checkout / "build" / "theorems.json").write_text(json.dumps(document), encoding="utf-8")
    assert run(sample_checkout, "gd_pl", "gd_convex").reused == {FULL + "gd_convex"}


@pytest.mark.parametrize("text", ["", "{", "[]", '{"schema": 1, "checks": [{"passed": true}]}'])
def test_damaged_results_are_not_believed(sample_checkout: Path, text: str) -> None:
    path = sample_checkout / "build" / "checks.json"
    path.write_text(text, encoding="utf-8")
    assert not run(sample_checkout, "gd_pl").reused
    jsonschema.validate(json.loads(path.read_text(encoding="utf-8")), schema())


def test_failed_results_are_run_again(sample_checkout: Path) -> None:
    run(sample_checkout, "gd_pl")
    path = sample_checkout / "build" / "checks.json"
    document = json.loads(path.read_text(encoding="utf-8"))
    document["checks"][0]["passed"] = False
    path.write_text(json.dumps(document), encoding="utf-8")
    assert not run(sample_checkout, "gd_pl").reused


def test_processes_agree_with_one_process(sample_checkout: Path) -> None:
    def stripped(outcome: Any) -> list[dict[str, Any]]:
        return [{**entry, "seconds": 0} for entry in outcome.results]

    names = ("gd_pl", "gd_strongly_convex")
    alone = run(sample_checkout, *names, force=True)
    assert stripped(alone) == stripped(run(sample_checkout, *names, force=True, jobs=2))


def test_a_headline_theorem_without_a_check_fails(tmp_path: Path) -> None:
    declarations = sample_declarations()
    declarations.append(
        {"name": "DeepTheory.New.thm", "card": {"bound": FULL + "gdConvexBound"}, "formula": None}
    )
    root = write_checkout(tmp_path / "checkout", declarations)
    outcome = run(root, "New.thm")
    assert not outcome.passed
    assert "no check is registered for New.thm" in reasons(outcome.results[0])
    document = json.loads((root / "build" / "checks.json").read_text(encoding="utf-8"))
    jsonschema.validate(document, schema())


def test_a_check_whose_theorem_is_gone_fails(tmp_path: Path) -> None:
    declarations = [d for d in sample_declarations() if not d["name"].endswith(".gd_pl")]
    outcome = run(write_checkout(tmp_path / "checkout", declarations), FULL + "gd_pl")
    assert not outcome.passed
    assert "The catalog has no theorem Optimization.gd_pl" in reasons(outcome.results[0])


def test_an_unknown_theorem_is_named(sample_checkout: Path) -> None:
    with pytest.raises(UsageError, match=r"no theorem named 'gd_conv'.*gd_convex"):
        run(sample_checkout, "gd_conv")


# Mutants


def test_mutants_of_a_formula(book: Book) -> None:
    formula = book.formula("gdPLBound")

    def text(mutant: Any) -> str:
        return formula.with_body(mutant.change(formula)).text()

    assert text(scale(fmpq(1, 2), "")) == "1 / 2 * ((1 - μ / L) ^ k * Δ)"
    assert text(drop("Δ", "")) == "(1 - μ / L) ^ k * 1"
    assert text(replace_variable("L", lambda node: node, "", "")) == formula.text()
    convex = book.formula("gdConvexBound")
    mutant = drop("k", "")
    assert mutant.change is not None
    assert convex.with_body(mutant.change(convex)).text() == "L * D ^ 2 / (2 * 1)"


# The command line


def test_bound_prints_a_certified_value(cli: Any) -> None:
    code, out, _ = cli("bound", "gd_convex", "--arg", "L=2", "--arg", "D=1", "--arg", "k=10")
    assert code == 0
    assert "0.100000000000000 ± 0" in out
    assert "exactly 1/10" in out


def test_bound_as_json(cli: Any) -> None:
    args = ["-a", "L=3", "-a", "mu=1/3", "-a", "Delta=0.9", "-a", "k=1", "--json"]
    code, out, _ = cli("bound", "Optimization.gd_pl", *args)
    assert code == 0
    value = json.loads(out)
    assert value["exact"] == "4/5"
    assert value["checked"] == ["0 < L", "0 < μ", "μ ≤ L"]
    assert value["meanings"] == {"Δ": "f x₀ - m"}


def test_bound_of_a_definition(cli: Any) -> None:
    code, out, _ = cli("bound", "leastSquaresSmoothness", "-a", "A=1,2;3,4", "--digits", "5")
    assert code == 0
    assert "15.000 ± 0" in out


@pytest.mark.parametrize(
    ("args", "words"),
    [
        ("gd_convex -a L=1 -a D=1 -a k=0", ["hk", "0 < k", "k = 0"]),
        ("gd_convex -a L=0 -a D=1 -a k=1", ["hL", "0 < L", "L = 0"]),
        ("gd_convex -a L=1 -a D=-1 -a k=1", ["‖x₀ - xs‖", "never negative"]),
        ("gd_pl -a L=1 -a mu=2 -a Delta=1 -a k=1", ["hμL", "μ ≤ L"]),
        ("gd_pl -a L=1 -a mu=0 -a Delta=1 -a k=1", ["0 < μ"]),
        ("least_squares_gd -a L=0 -a D=1 -a k=1", ["0 < leastSquaresSmoothness A", "L = 0"]),
        ("gd_convex -a L=1 -a D=1 -a k=1.5", ["k is a natural number"]),
        ("gd_convex -a L=nan -a D=1 -a k=1", ["L is nan"]),
        ("gd_convex -a L=1 -a k=1", ["also needs D"]),
        ("gd_convex -a L=1 -a Q=1", ["no parameter 'Q'"]),
        ("gd_convex -a L", ["--arg NAME=VALUE"]),
        ("gd_convex -a L=1 -a L=2", ["given twice"]),
        ("gd_convx", ["Did you mean gd_convex"]),
        ("gdConvexBound -a L=1 -a D=1 -a k=0", ["2 * k ≠ 0"]),
        ("hoeffding -a n=0 -a e=1 -a a=0 -a b=1", ["hn : 0 < n", "n = 0"]),
        ("hoeffding -a n=9 -a e=-1 -a a=0 -a b=1", ["he : 0 ≤ e", "e = -1"]),
        ("hoeffding -a n=9 -a e=1 -a a=2 -a b=1", ["hf", "a ≤ f z", "a = 2, b = 1"]),
        ("hoeffding -a n=9 -a e=1 -a a=1 -a b=1", ["(b - a) ^ 2 ≠ 0"]),
        ("hoeffding_lemma -a s=1 -a a=2 -a b=1", ["hf", "a ≤ f z", "a = 2, b = 1"]),
        ("erm_excess_risk -a N=2 -a n=9 -a delta=1", ["hδ₁ : δ < 1", "δ = 1"]),
        ("erm_excess_risk -a N=0 -a n=9 -a delta=1/2", ["log(N)", "0 < N"]),
        ("realizable -a N=2 -a n=0 -a delta=1/2", ["hn : 0 < n", "n = 0"]),
        ("realizable -a N=2 -a n=9 -a delta=0", ["hδ : 0 < δ", "δ = 0"]),
        ("sauer_shelah_pow -a n=2 -a d=3", ["hn : d ≤ n", "n = 2"]),
        ("sauer_shelah_pow -a n=2 -a d=0", ["hd : 1 ≤ d", "d = 0"]),
        ("mcdiarmid -a e=-1/2 -a c=1,1", ["he : 0 ≤ e", "e = -1/2"]),
        ("mcdiarmid -a e=1 -a c=0,0", ["c[i] ^ 2 ≠ 0"]),
        ("sauer_shelah -a n=3 -a d=-1", ["d is a natural number"]),
        ("massart -a r=-1 -a N=16 -a n=4", ["h₀ : 0 ≤ r", "r = -1"]),
        ("massart -a r=1 -a N=0 -a n=4", ["log(N)", "0 < N"]),
        ("linear_l2 -a B=1 -a X=-2 -a n=3", ["hX : 0 ≤ X", "X = -2"]),
        ("linear_l2 -a B=1 -a X=2 -a n=0", ["hn : 0 < n", "n = 0"]),
        ("linear_l1 -a B=-1 -a X=2 -a d=1 -a n=3", ["hB : 0 ≤ B", "B = -1"]),
        ("linear_l1 -a B=1 -a X=2 -a d=0 -a n=3", ["hd : 0 < d", "d = 0"]),
        ("contraction -a L=-1 -a r=1", ["hφ", "cannot hold for L = -1"]),
        ("contraction -a L=1 -a r=-1", ["F.rademacher x", "never negative"]),
        ("two_layer -a A=-1 -a r=1", ["hA : 0 ≤ A", "A = -1"]),
        ("deep_network -a A=1 -a r=-1 -a d=2", ["F.rademacher x", "never negative"]),
        ("binomial_kl_tail -a n=0 -a q=1/4 -a p=1/2", ["hn : 0 < n", "n = 0"]),
        ("binomial_kl_tail -a n=9 -a q=-1 -a p=1/2", ["hq : 0 ≤ q", "q = -1"]),
        ("binomial_kl_tail -a n=9 -a q=3/4 -a p=1/2", ["hqp : q ≤ p", "p = 1/2, q = 3/4"]),
        ("binomial_kl_tail -a n=9 -a q=3/4 -a p=1", ["hp : p < 1", "p = 1"]),
        ("finite_class -a N=3 -a n=0 -a delta=1/2", ["hn : 0 < n", "n = 0"]),
        ("finite_class -a N=3 -a n=9 -a delta=0", ["hδ : 0 < δ", "δ = 0"]),
        ("finite_class -a N=3 -a n=9 -a delta=1", ["hδ₁ : δ < 1", "δ = 1"]),
        ("finite_class -a N=0 -a n=9 -a delta=1/2", ["log(N)", "0 < N"]),
        ("occam -a w=1/2 -a n=9 -a delta=3/2", ["hδ₁ : δ < 1", "δ = 3/2"]),
        ("occam -a w=0 -a n=9 -a delta=1/2", ["w ≠ 0"]),
        ("occam -a w=-1 -a n=9 -a delta=1/2", ["π.prob h", "never negative"]),
        ("occam -a w=2 -a n=9 -a delta=1/2", ["π.prob h", "at most one"]),
        ("pinsker -a k=-1", ["klDiv μ ν", "never negative"]),
        ("symmetrization -a r=-1", ["F.expectedRademacher", "never negative"]),
        ("rademacher_bound -a r=0 -a b=0 -a n=3 -a δ=1/2", ["hb : 0 < b", "b = 0"]),
        ("rademacher_bound -a r=0 -a b=1 -a n=0 -a δ=1/2", ["hn : 0 < n", "n = 0"]),
        ("rademacher_bound -a r=0 -a b=1 -a n=3 -a delta=0", ["hδ : 0 < δ", "δ = 0"]),
        ("rademacher_empirical_bound -a r=0 -a b=1 -a n=3 -a δ=1", ["hδ₁ : δ < 1", "δ = 1"]),
        ("rademacher_empirical_bound -a r=-1 -a b=1 -a n=3 -a δ=1/2", ["never negative"]),
        ("margin_bound -a r=1 -a rho=0 -a n=1 -a δ=1/2", ["hρ : 0 < ρ", "ρ = 0"]),
        ("margin_bound -a r=1 -a rho=1 -a n=1 -a δ=3/2", ["hδ₁ : δ < 1", "δ = 3/2"]),
        ("vc_bound -a g=2 -a n=0 -a δ=1/2", ["hn : 0 < n", "n = 0"]),
        ("vc_bound -a g=0 -a n=3 -a δ=1/2", ["log(g)", "0 < g"]),
    ],
)
def test_bound_names_what_is_wrong(cli: Any, args: str, words: list[str]) -> None:
    code, out, err = cli("bound", *args.split())
    assert code == 2
    assert not out
    assert "Traceback" not in err
    for word in words:
        assert word in err


def test_verify_prints_a_table(cli: Any) -> None:
    code, out, _ = cli("verify", "gd_pl", "--instances", "5", "--jobs", "1")
    assert code == 0
    assert "gd_pl" in out
    assert "8/8" in out


def test_verify_as_json(cli: Any) -> None:
    code, out, _ = cli("verify", "gd_pl", "--instances", "5", "--jobs", "1", "--json")
    assert code == 0
    jsonschema.validate(json.loads(out), schema())


def test_verify_fails_with_the_instance(cli: Any, sample_checkout: Path) -> None:
    declarations = sample_declarations()
    formula = next(e for e in declarations if e["name"].endswith("gdPLBound"))["formula"]
    formula["body"] = op("div", formula["body"], num(3))
    document = {"schema": 1, "declarations": declarations}
    (sample_checkout / "build" / "theorems.json").write_text(json.dumps(document), encoding="utf-8")
    code, out, err = cli("verify", "gd_pl", "--instances", "5", "--jobs", "1")
    assert code == 1
    assert "an instance violates the theorem" in out
    assert "start" in out
    assert "1 of 1 checks failed" in err


def test_verify_names_an_unknown_theorem(cli: Any) -> None:
    code, _, err = cli("verify", "gd_convx")
    assert code == 2
    assert "gd_convex" in err


def test_a_missing_catalog_is_explained(cli: Any, sample_checkout: Path) -> None:
    (sample_checkout / "build" / "theorems.json").unlink()
    for args in (("verify",), ("bound", "gd_convex")):
        code, _, err = cli(*args)
        assert code == 2
        assert "deeptheory export" in err
