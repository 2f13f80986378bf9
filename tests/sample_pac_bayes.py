"""The PAC-Bayes theorems and their bounds, for the sample catalog."""

from __future__ import annotations

from typing import Any

from sample_terms import P, formula, hypothesis, num, op, theorem, var

K, M, DELTA, LAM, Q, C = (var(name) for name in ("K", "M", "δ", "lam", "q", "c"))
N = var("n", nat=True)
CAST_N = op("cast", N)
TWICE_ROOT_N = op("mul", num(2), op("sqrt", CAST_N))


def _price(moment: dict[str, Any]) -> dict[str, Any]:
    """Return K + log(moment / δ)."""
    return op("add", K, op("log", op("div", moment, DELTA)))


def _twice(node: dict[str, Any]) -> dict[str, Any]:
    return op("mul", num(2), node)


PAC_BAYES_FORMULAS: dict[str, dict[str, Any]] = {
    "Generalization.changeOfMeasureBound": formula("K M δ", _price(M)),
    "Generalization.catoniBound": formula(
        "K n. δ lam",
        op("add", op("div", _price(num(1)), LAM), op("div", LAM, op("mul", num(8), CAST_N))),
    ),
    "Generalization.klBinMomentBound": formula("n.", TWICE_ROOT_N),
    "Generalization.seegerBound": formula(
        "K n. δ", op("div", _price(op("add", CAST_N, num(1))), CAST_N)
    ),
    "Generalization.maurerBound": formula("K n. δ", op("div", _price(TWICE_ROOT_N), CAST_N)),
    "Generalization.mcallesterBound": formula(
        "K n. δ", op("sqrt", op("div", _price(TWICE_ROOT_N), _twice(CAST_N)))
    ),
    "Probability.klInvBound": formula(
        "q c",
        op(
            "min",
            op("add", Q, op("sqrt", op("div", C, num(2)))),
            op("add", op("add", Q, op("sqrt", op("mul", _twice(Q), C))), _twice(C)),
        ),
    ),
}

_KL = {"text": "klDiv ρ π"}
_LOSSES = hypothesis("hℓ", "∀ (h : H) (z : Z), 0 ≤ ℓ h z ∧ ℓ h z ≤ 1")
_DRAWS = hypothesis("hn", "0 < n", "lt", num(0, True), N)
_FAILURE = hypothesis("hδ", "0 < δ", "lt", num(0), DELTA)

PAC_BAYES_THEOREMS = [
    theorem(
        "Generalization.change_of_measure",
        "Generalization.changeOfMeasureBound",
        [_KL, M, DELTA],
        [
            hypothesis("hM", "0 < M", "lt", num(0), M),
            _FAILURE,
            hypothesis("hΦ", "∀ (h : H), (expect μ fun x => exp (Φ h x)) ≤ M"),
        ],
    ),
    theorem(
        "Generalization.catoni",
        "Generalization.catoniBound",
        [_KL, N, DELTA, LAM],
        [_LOSSES, _DRAWS, _FAILURE, hypothesis("hlam", "0 < lam", "lt", num(0), LAM)],
    ),
    theorem(
        "Generalization.klBin_moment",
        "Generalization.klBinMomentBound",
        [N],
        [hypothesis("hf", "∀ (z : Z), 0 ≤ f z ∧ f z ≤ 1"), _DRAWS],
    ),
    *(
        theorem(
            f"Generalization.{name}",
            f"Generalization.{name}Bound",
            [_KL, N, DELTA],
            [_LOSSES, _DRAWS, _FAILURE],
        )
        for name in ("seeger", "maurer", "mcallester")
    ),
    theorem(
        "Probability.klInv_le",
        "Probability.klInvBound",
        [Q, C],
        [
            hypothesis("hq₀", "0 ≤ q", "le", num(0), Q),
            hypothesis("hq₁", "q ≤ 1", "le", Q, num(1)),
            hypothesis("hc", "0 ≤ c", "le", num(0), C),
        ],
    ),
]

# Grids, forms, split samples and test sets


_MAURER = {"call": P + "Generalization.maurerBound", "args": [K, N, DELTA]}
_HALF_MAURER = op("div", _MAURER, num(2))
_TWICE_N = _twice(CAST_N)
_GRID_PRICE = _price(op("cast", var("N", nat=True)))
_LESS = op("sub", num(1), op("div", LAM, num(2)))


def _nat(name: str, *args: dict[str, Any]) -> dict[str, Any]:
    return {**op(name, *args), "type": "nat"}


def _at(vector: str) -> dict[str, Any]:
    return {"at": {"vector": var(vector), "index": var("i", nat=True)}}


def _fold(size: dict[str, Any], body: dict[str, Any]) -> dict[str, Any]:
    return {"sum": {"index": "i", "size": size, "body": body}}


def _vector(name: str) -> dict[str, Any]:
    return {"name": name, "type": "vector", "size": N, "shape": [N]}


_I, _BINOMIAL_P = var("i", nat=True), var("p")

PAC_BAYES_FORMULAS |= {
    "Generalization.catoniGridBound": formula(
        "K n. δ lam N.",
        op("add", op("div", _GRID_PRICE, LAM), op("div", LAM, op("mul", num(8), CAST_N))),
    ),
    "Generalization.catoniGeometricBound": formula(
        "K n. δ c N.",
        op(
            "mul",
            op("div", op("add", C, op("div", num(1), C)), num(2)),
            op("sqrt", op("div", _GRID_PRICE, _TWICE_N)),
        ),
    ),
    "Generalization.quadraticBound": formula(
        "q K n. δ",
        op(
            "pow",
            op("add", op("sqrt", op("add", Q, _HALF_MAURER)), op("sqrt", _HALF_MAURER)),
            num(2, True),
        ),
    ),
    "Generalization.lambdaBound": formula(
        "q K n. δ lam",
        op(
            "add",
            op("div", Q, _LESS),
            op("div", _price(TWICE_ROOT_N), op("mul", op("mul", CAST_N, LAM), _LESS)),
        ),
    ),
    "Generalization.testSetBound": formula(
        "n. δ", op("div", op("log", op("div", num(1), DELTA)), CAST_N)
    ),
    "Probability.binomialCdf": formula(
        "n. k. p",
        _fold(
            _nat("add", var("k", nat=True), num(1, True)),
            op(
                "mul",
                op(
                    "mul",
                    op("cast", _nat("choose", N, _I)),
                    op("pow", _BINOMIAL_P, _I),
                ),
                op("pow", op("sub", num(1), _BINOMIAL_P), _nat("sub", N, _I)),
            ),
        ),
    ),
    "Probability.donskerVaradhanBound": {
        "params": [{"name": "n", "type": "nat", "size": None}, _vector("q"), _vector("f")],
        "body": op("log", _fold(N, op("mul", _at("q"), op("exp", _at("f"))))),
    },
}

_SECOND = var("δ'")
_FIRST_LEVEL = {
    "call": P + "Generalization.testSetBound",
    "args": [var("k", nat=True), _SECOND],
}

PAC_BAYES_FORMULAS["Generalization.certificateBound"] = formula(
    "q K k. n. δ δ'", op("klInv", op("klInv", Q, _FIRST_LEVEL), _MAURER)
)

_MEAN = {"text": "expect ρ fun h => empMean (ℓ h) x"}
_PARAMETER = hypothesis("hlam", "∀ (j : Fin N), 0 < lam j")

PAC_BAYES_THEOREMS += [
    theorem(
        "Generalization.catoni_grid",
        "Generalization.catoniGridBound",
        [_KL, N, DELTA, {"text": "lam j"}, var("N", nat=True)],
        [_LOSSES, _DRAWS, _FAILURE, _PARAMETER],
    ),
    theorem(
        "Generalization.catoni_geometric",
        "Generalization.catoniGeometricBound",
        [_KL, N, DELTA, C, var("N", nat=True)],
        [_LOSSES, _DRAWS, _FAILURE, hypothesis("hc", "1 ≤ c", "le", num(1), C)],
    ),
    theorem(
        "Generalization.pac_bayes_quadratic",
        "Generalization.quadraticBound",
        [_MEAN, _KL, N, DELTA],
        [_LOSSES, _DRAWS, _FAILURE],
    ),
    theorem(
        "Generalization.pac_bayes_lambda",
        "Generalization.lambdaBound",
        [_MEAN, _KL, N, DELTA, LAM],
        [_LOSSES, _DRAWS, _FAILURE],
    ),
    theorem(
        "Generalization.data_dependent_prior",
        "Generalization.maurerBound",
        [{"text": "klDiv ρ (prior s.1)"}, N, DELTA],
        [_LOSSES, _DRAWS, _FAILURE],
    ),
    theorem(
        "Generalization.risk_certificate",
        "Generalization.certificateBound",
        [
            {"text": "empMean (fun h => empMean (ℓ h) s.1.2) s.2"},
            {"text": "klDiv (posterior s.1.1 s.1.2) (prior s.1.1)"},
            var("k", nat=True),
            N,
            DELTA,
            _SECOND,
        ],
        [_LOSSES, _DRAWS, _FAILURE, hypothesis("hδ'", "0 < δ'", "lt", num(0), _SECOND)],
    ),
    theorem(
        "Generalization.test_set",
        "Generalization.testSetBound",
        [N, DELTA],
        [hypothesis("hf", "∀ (z : Z), 0 ≤ f z ∧ f z ≤ 1"), _DRAWS, _FAILURE],
    ),
    theorem(
        "Generalization.binomial_test_set",
        "Probability.binomialCdf",
        [N, var("k", nat=True), _BINOMIAL_P],
        [hypothesis("hf", "∀ (z : Z), f z = 0 ∨ f z = 1")],
    ),
    theorem(
        "Probability.donsker_varadhan",
        "Probability.donskerVaradhanBound",
        [{"text": "ν.prob"}, {"text": "f"}],
        [],
    ),
]
