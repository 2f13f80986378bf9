"""A small catalog for tests, with the schema of theorems.json: gradient descent's bounds."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

from sample_approximation import APPROXIMATION_FORMULAS, APPROXIMATION_THEOREMS
from sample_pac_bayes import PAC_BAYES_FORMULAS, PAC_BAYES_THEOREMS
from sample_terms import P, num, op, var
from sample_terms import formula as _formula
from sample_terms import hypothesis as _hypothesis
from sample_terms import theorem as _theorem


def _square(node: dict[str, Any]) -> dict[str, Any]:
    return op("pow", node, num(2, nat=True))


def _sum(index: str, size: dict[str, Any], body: dict[str, Any]) -> dict[str, Any]:
    return {"sum": {"index": index, "size": size, "body": body}}


L, MU, D, DELTA, K = var("L"), var("μ"), var("D"), var("Δ"), var("K", nat=True)
k = var("k", nat=True)
TWO = num(2, nat=True)
_SHRINK = op("pow", op("sub", num(1), op("div", MU, L)), k)
_ENTRY = {"at": {"vector": {"at": {"vector": var("A"), "index": var("i", True)}}}}
_ENTRY["at"]["index"] = var("j", True)
_N = {"name": "n", "type": "nat", "size": None}
_S, _E, _LENGTH = _square(var("s")), _square(var("e")), _square(op("sub", var("b"), var("a")))
_C = {"at": {"vector": var("c"), "index": var("i", True)}}
_CAST_N = op("cast", var("n", True))


def _entropy_term(a: dict[str, Any], c: dict[str, Any]) -> dict[str, Any]:
    return op("mul", a, op("log", op("div", a, c)))


def _deviation(price: dict[str, Any]) -> dict[str, Any]:
    """Return the deviation that a hypothesis with a price pays for."""
    total = op("add", op("log", price), op("log", op("div", num(2), _DELTA)))
    return op("sqrt", op("div", total, op("mul", num(2), _CAST_N)))


_ROOT_N = op("sqrt", op("cast", var("n", True)))
_2A = op("mul", num(2), var("A"))


def _root_2_log(count: dict[str, Any]) -> dict[str, Any]:
    return op("sqrt", op("mul", num(2), op("log", count)))


_R, _B, _DELTA = var("r"), var("b"), var("δ")


def _root(numerator: dict[str, Any]) -> dict[str, Any]:
    """Return sqrt(log(numerator / δ) / (2 n))."""
    log = op("log", op("div", numerator, _DELTA))
    return op("sqrt", op("div", log, op("mul", num(2), op("cast", var("n", True)))))


_TWICE_R = op("mul", num(2), _R)
_SIZES = [var("N", True), var("n", True), _DELTA]


def _log_size_and(numerator: int) -> dict[str, Any]:
    """Return log N + log(numerator / δ)."""
    logs = [op("log", op("cast", _SIZES[0])), op("log", op("div", num(numerator), _DELTA))]
    return op("add", *logs)


FORMULAS: dict[str, dict[str, Any]] = {
    **APPROXIMATION_FORMULAS,
    **PAC_BAYES_FORMULAS,
    "Generalization.contractionBound": _formula("L r", op("mul", L, var("r"))),
    "Generalization.deepBound": _formula(
        "A r d.", op("mul", op("pow", _2A, var("d", True)), var("r"))
    ),
    "Generalization.linearL1Bound": _formula(
        "B X d. n.",
        op(
            "div",
            op(
                "mul",
                op("mul", var("B"), var("X")),
                _root_2_log(op("mul", num(2), op("cast", var("d", True)))),
            ),
            _ROOT_N,
        ),
    ),
    "Generalization.linearL2Bound": _formula(
        "B X n.", op("div", op("mul", var("B"), var("X")), _ROOT_N)
    ),
    "Generalization.massartBound": _formula(
        "r N. n.",
        op(
            "div",
            op("mul", var("r"), _root_2_log(op("cast", var("N", True)))),
            op("cast", var("n", True)),
        ),
    ),
    "Generalization.twoLayerBound": _formula("A r", op("mul", _2A, var("r"))),
    "Generalization.symmetrizationBound": _formula("r", _TWICE_R),
    "Generalization.rademacherBound": _formula(
        "r b n. δ", op("add", _TWICE_R, op("mul", _B, _root(num(1))))
    ),
    "Generalization.empiricalRademacherBound": _formula(
        "r b n. δ", op("add", _TWICE_R, op("mul", op("mul", num(3), _B), _root(num(2))))
    ),
    "Generalization.marginBound": _formula(
        "r ρ n. δ", op("add", op("div", _TWICE_R, var("ρ")), _root(num(1)))
    ),
    "Generalization.vcBound": _formula(
        "g. n. δ",
        op(
            "add",
            op(
                "mul",
                num(2),
                op(
                    "sqrt",
                    op(
                        "div",
                        op("mul", num(2), op("log", op("cast", var("g", True)))),
                        op("cast", var("n", True)),
                    ),
                ),
            ),
            _root(num(1)),
        ),
    ),
    "Generalization.finiteClassBound": _formula(
        "N. n. δ",
        op("sqrt", op("div", _log_size_and(2), op("mul", num(2), op("cast", _SIZES[1])))),
    ),
    "Generalization.ermBound": _formula(
        "N. n. δ",
        op("mul", num(2), {"call": P + "Generalization.finiteClassBound", "args": _SIZES}),
    ),
    "Generalization.realizableBound": _formula(
        "N. n. δ", op("div", _log_size_and(1), op("cast", _SIZES[1]))
    ),
    "Generalization.sauerBound": _formula(
        "n. d.",
        _sum(
            "i",
            {**op("add", var("d", True), num(1, True)), "type": "nat"},
            op("cast", {**op("choose", var("n", True), var("i", True)), "type": "nat"}),
        ),
    ),
    "Generalization.occamBound": _formula("w n. δ", _deviation(op("div", num(1), var("w")))),
    "Probability.klBin": _formula(
        "q p",
        op(
            "add",
            _entropy_term(var("q"), var("p")),
            _entropy_term(op("sub", num(1), var("q")), op("sub", num(1), var("p"))),
        ),
    ),
    "Probability.binomialTailBound": _formula(
        "n. q p",
        op(
            "exp",
            op(
                "neg",
                op(
                    "mul",
                    _CAST_N,
                    {"call": P + "Probability.klBin", "args": [var("q"), var("p")]},
                ),
            ),
        ),
    ),
    "Probability.pinskerBound": _formula("k", op("sqrt", op("div", var("k"), num(2)))),
    "Generalization.sauerPowerBound": _formula(
        "n. d.",
        op(
            "pow",
            op(
                "div",
                op("mul", op("exp", num(1)), op("cast", var("n", True))),
                op("cast", var("d", True)),
            ),
            var("d", True),
        ),
    ),
    "Probability.hoeffdingBound": _formula(
        "n. e a b",
        op(
            "exp",
            op(
                "neg",
                op("div", op("mul", op("mul", num(2), op("cast", var("n", True))), _E), _LENGTH),
            ),
        ),
    ),
    "Probability.hoeffdingLemmaBound": _formula(
        "s a b", op("exp", op("div", op("mul", _S, _LENGTH), num(8)))
    ),
    "Probability.mcdiarmidBound": {
        "params": [
            _N,
            {"name": "e", "type": "real", "size": None},
            {"name": "c", "type": "vector", "size": var("n", True), "shape": [var("n", True)]},
        ],
        "body": op(
            "exp",
            op(
                "neg",
                op("div", op("mul", num(2), _E), _sum("i", var("n", True), _square(_C))),
            ),
        ),
    },
    "Analysis.descentBound": _formula(
        "fx s L d",
        op(
            "add",
            op("add", var("fx"), var("s")),
            op("mul", op("div", L, num(2)), op("pow", var("d"), TWO)),
        ),
    ),
    "Optimization.gdNonconvexBound": _formula(
        "L Δ K.", op("div", op("mul", op("mul", num(2), L), DELTA), op("cast", K))
    ),
    "Optimization.gdConvexBound": _formula(
        "L D k.",
        op("div", op("mul", L, op("pow", D, TWO)), op("mul", num(2), op("cast", k))),
    ),
    "Optimization.gdPLBound": _formula("L μ Δ k.", op("mul", _SHRINK, DELTA)),
    "Optimization.gdStronglyConvexBound": _formula("L μ D k.", op("mul", _SHRINK, D)),
    "Optimization.leastSquaresSmoothness": {
        "params": [
            {"name": "n", "type": "nat", "size": None},
            {"name": "d", "type": "nat", "size": None},
            {
                "name": "A",
                "type": "vector",
                "size": var("n", True),
                "shape": [var("n", True), var("d", True)],
            },
        ],
        "body": op(
            "div",
            {
                "sum": {
                    "index": "i",
                    "size": var("n", True),
                    "body": {
                        "sum": {
                            "index": "j",
                            "size": var("d", True),
                            "body": op("pow", _ENTRY, TWO),
                        }
                    },
                }
            },
            op("cast", var("n", True)),
        ),
    },
}


STATEMENTS = [
    "Approximation.network_model",
    "Analysis.exists_hasDerivAt_eq_slope",
    "exp_log_laws",
    "real_construction",
    "real_transfer",
    "Certificates.check_sound",
    "real_uniqueness",
    "Probability.data_processing",
    "Probability.mutual_information_processing",
    "Probability.klDiv_pi",
]


def _statement(name: str) -> dict[str, Any]:
    """Return a theorem without a bound."""
    return {
        "name": P + name,
        "kind": "theorem",
        "type": f"the statement of {name}",
        "formula": None,
        "card": {"bound": None, "controls": ["analysis"]},
        "binders": [],
        "hypotheses": [],
        "conclusion": {"text": f"what {name} says", "relation": None, "bound_args": None},
    }


_CONVEX = _hypothesis("hc", "Convex f")
_L = _hypothesis("hL", "0 < L", "lt", num(0), L)
_MU = _hypothesis("hμ", "0 < μ", "lt", num(0), MU)
_MU_L = _hypothesis("hμL", "μ ≤ L", "le", MU, L)
_STEPS = _hypothesis("hk", "0 < k", "lt", num(0, True), k)
_K = _hypothesis("hK", "0 < K", "lt", num(0, True), K)
_SMOOTHNESS = {
    "call": P + "Optimization.leastSquaresSmoothness",
    "args": [var("n", True), var("d", True), var("A")],
}
_RANGE = _hypothesis("hf", "∀ (z : Z), a ≤ f z ∧ f z ≤ b")
_DRAWS = _hypothesis("hn", "0 < n", "lt", num(0, True), var("n", True))
_DEVIATION = _hypothesis("he", "0 ≤ e", "le", num(0), var("e"))
_LOSSES = _hypothesis("hℓ", "∀ (h : H) (z : Z), 0 ≤ ℓ h z ∧ ℓ h z ≤ 1")
_WEIGHTS = _hypothesis("hA", "0 ≤ A", "le", num(0), var("A"))
_BALL = [
    _hypothesis("hB", "0 ≤ B", "le", num(0), var("B")),
    _hypothesis("hX", "0 ≤ X", "le", num(0), var("X")),
]
_DIMENSION = _hypothesis("hd", "0 < d", "lt", num(0, True), var("d", True))
_LENGTH_R = _hypothesis("h₀", "0 ≤ r", "le", num(0), var("r"))
_COMPLEXITY = {"text": "F.rademacher x"}
_INTERVAL = _hypothesis("hF", "∀ (i : ι) (z : Z), 0 ≤ F.eval i z ∧ F.eval i z ≤ b")
_LOSSES = _hypothesis("hℓ", "∀ (h : H) (z : Z), 0 ≤ ℓ h z ∧ ℓ h z ≤ 1")
_END = _hypothesis("hb", "0 < b", "lt", num(0), _B)
_MARGIN = _hypothesis("hρ", "0 < ρ", "lt", num(0), var("ρ"))
_FAILURE = [
    _hypothesis("hδ", "0 < δ", "lt", num(0), _DELTA),
    _hypothesis("hδ₁", "δ < 1", "lt", _DELTA, num(1)),
]
_EXPECTED = {"text": "F.expectedRademacher μ n"}
_NORM, _GAP = {"text": "‖x₀ - xs‖"}, {"text": "f x₀ - m"}

THEOREMS = [
    _theorem(
        "Analysis.descent_lemma",
        "Analysis.descentBound",
        [{"text": "f x"}, {"text": "⟪g x, y - x⟫"}, L, {"text": "‖y - x‖"}],
        [_hypothesis("hg", "LipschitzWith L g")],
    ),
    _theorem("Optimization.gd_nonconvex", "Optimization.gdNonconvexBound", [L, _GAP, K], [_L, _K]),
    _theorem(
        "Optimization.gd_convex",
        "Optimization.gdConvexBound",
        [L, _NORM, k],
        [_CONVEX, _L, _STEPS],
    ),
    _theorem("Optimization.gd_pl", "Optimization.gdPLBound", [L, MU, _GAP, k], [_L, _MU, _MU_L]),
    _theorem(
        "Optimization.gd_strongly_convex",
        "Optimization.gdStronglyConvexBound",
        [L, MU, _NORM, k],
        [_L, _MU, _MU_L],
    ),
    _theorem(
        "Optimization.least_squares_gd",
        "Optimization.gdConvexBound",
        [_SMOOTHNESS, _NORM, k],
        [
            _hypothesis("hA", "0 < leastSquaresSmoothness A", "lt", num(0), _SMOOTHNESS),
            _STEPS,
        ],
    ),
    _theorem(
        "Generalization.contraction",
        "Generalization.contractionBound",
        [L, _COMPLEXITY],
        [_hypothesis("hφ", "∀ (x : X) (a b : R), abs (φ x a - φ x b) ≤ L * abs (a - b)")],
    ),
    _theorem(
        "Generalization.deep_network",
        "Generalization.deepBound",
        [var("A"), _COMPLEXITY, var("d", True)],
        [_WEIGHTS],
    ),
    _theorem(
        "Generalization.linear_l1",
        "Generalization.linearL1Bound",
        [var("B"), var("X"), var("d", True), var("n", True)],
        [*_BALL, _DIMENSION, _DRAWS],
    ),
    _theorem(
        "Generalization.linear_l2",
        "Generalization.linearL2Bound",
        [var("B"), var("X"), var("n", True)],
        [*_BALL, _DRAWS],
    ),
    _theorem(
        "Generalization.massart",
        "Generalization.massartBound",
        [var("r"), {"text": "card κ"}, var("n", True)],
        [_LENGTH_R, _DRAWS],
    ),
    _theorem(
        "Generalization.two_layer",
        "Generalization.twoLayerBound",
        [var("A"), _COMPLEXITY],
        [_WEIGHTS],
    ),
    _theorem(
        "Generalization.symmetrization",
        "Generalization.symmetrizationBound",
        [_EXPECTED],
        [_DRAWS],
    ),
    _theorem(
        "Generalization.rademacher_bound",
        "Generalization.rademacherBound",
        [_EXPECTED, _B, var("n", True), _DELTA],
        [_INTERVAL, _END, _DRAWS, *_FAILURE],
    ),
    _theorem(
        "Generalization.rademacher_empirical_bound",
        "Generalization.empiricalRademacherBound",
        [{"text": "F.rademacher x"}, _B, var("n", True), _DELTA],
        [_INTERVAL, _END, _DRAWS, *_FAILURE],
    ),
    _theorem(
        "Generalization.margin_bound",
        "Generalization.marginBound",
        [_EXPECTED, var("ρ"), var("n", True), _DELTA],
        [_MARGIN, _DRAWS, *_FAILURE],
    ),
    _theorem(
        "Generalization.vc_bound",
        "Generalization.vcBound",
        [{"text": "growth C n"}, var("n", True), _DELTA],
        [_hypothesis("hC", "∃ c, C c"), _DRAWS, *_FAILURE],
    ),
    _theorem(
        "Generalization.finite_class",
        "Generalization.finiteClassBound",
        [{"text": "card H"}, *_SIZES[1:]],
        [_LOSSES, _DRAWS, *_FAILURE],
    ),
    _theorem(
        "Generalization.erm_excess_risk",
        "Generalization.ermBound",
        [{"text": "card H"}, *_SIZES[1:]],
        [_LOSSES, _DRAWS, *_FAILURE],
    ),
    _theorem(
        "Generalization.realizable",
        "Generalization.realizableBound",
        [{"text": "card H"}, *_SIZES[1:]],
        [_LOSSES, _DRAWS, _FAILURE[0]],
    ),
    _theorem(
        "Generalization.sauer_shelah",
        "Generalization.sauerBound",
        [var("n", True), var("d", True)],
        [_hypothesis("hC", "VCDimLE C d")],
    ),
    _theorem(
        "Generalization.occam",
        "Generalization.occamBound",
        [{"text": "π.prob h"}, var("n", True), _DELTA],
        [_LOSSES, _DRAWS, *_FAILURE],
    ),
    _theorem(
        "Probability.binomial_kl_tail",
        "Probability.binomialTailBound",
        [var("n", True), var("q"), var("p")],
        [
            _hypothesis("hf", "∀ (z : Z), 0 ≤ f z ∧ f z ≤ 1"),
            _DRAWS,
            _hypothesis("hq", "0 ≤ q", "le", num(0), var("q")),
            _hypothesis("hqp", "q ≤ p", "le", var("q"), var("p")),
            _hypothesis("hp", "p < 1", "lt", var("p"), num(1)),
            _hypothesis("hμ", "expect μ f = p"),
        ],
    ),
    _theorem(
        "Probability.pinsker",
        "Probability.pinskerBound",
        [{"text": "klDiv μ ν"}],
        [_hypothesis("h", "AbsCont μ ν")],
    ),
    _theorem(
        "Generalization.sauer_shelah_pow",
        "Generalization.sauerPowerBound",
        [var("n", True), var("d", True)],
        [
            _hypothesis("hC", "VCDimLE C d"),
            _hypothesis("hd", "1 ≤ d", "le", num(1, True), var("d", True)),
            _hypothesis("hn", "d ≤ n", "le", var("d", True), var("n", True)),
        ],
    ),
    _theorem(
        "Probability.hoeffding",
        "Probability.hoeffdingBound",
        [var("n", True), var("e"), var("a"), var("b")],
        [_RANGE, _DRAWS, _DEVIATION],
    ),
    _theorem(
        "Probability.hoeffding_lemma",
        "Probability.hoeffdingLemmaBound",
        [var("s"), var("a"), var("b")],
        [_RANGE],
    ),
    _theorem(
        "Probability.mcdiarmid",
        "Probability.mcdiarmidBound",
        [var("n", True), var("e"), var("c")],
        [_hypothesis("hf", "BoundedDifferences f c"), _DEVIATION],
    ),
    *APPROXIMATION_THEOREMS,
    *PAC_BAYES_THEOREMS,
    *(_statement(name) for name in STATEMENTS),
]


def sample_declarations() -> list[dict[str, Any]]:
    """Return the declarations; a fresh copy, which a test may change."""
    definitions = [
        {"name": P + name, "kind": "definition", "card": None, "formula": formula}
        for name, formula in FORMULAS.items()
    ]
    copied: list[dict[str, Any]] = json.loads(json.dumps([*definitions, *THEOREMS]))
    return copied


def write_checkout(root: Path, declarations: list[dict[str, Any]] | None = None) -> Path:
    """Make a folder that the command line takes for a checkout, with a catalog in build/."""
    (root / "lean" / "DeepTheory").mkdir(parents=True)
    (root / "build").mkdir()
    (root / "lakefile.lean").touch()
    document = {"schema": 1, "declarations": declarations or sample_declarations()}
    (root / "build" / "theorems.json").write_text(json.dumps(document), encoding="utf-8")
    return root
