"""The PAC-Bayes theorems and their bounds, for the sample catalog."""

from __future__ import annotations

from typing import Any

from sample_terms import formula, hypothesis, num, op, theorem, var

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
