"""The sample catalog's part on approximation by few vectors, neurons and parameters."""

from __future__ import annotations

from typing import Any

from sample_terms import formula, hypothesis, num, op, theorem, var

_TWO = num(2, nat=True)
_B, _C, _M, _S, _L = (var(name) for name in "BCMsL")
_N, _D_NAT, _R_NAT, _DEPTH = (var(name, nat=True) for name in "NdrD")


def _nat(name: str, *args: dict[str, Any]) -> dict[str, Any]:
    return {**op(name, *args), "type": "nat"}


def _rate(size: dict[str, Any]) -> dict[str, Any]:
    """Return sqrt((size^2 - s^2) / N)."""
    squares = op("sub", op("pow", size, _TWO), op("pow", _S, _TWO))
    return op("sqrt", op("div", squares, op("cast", _N)))


_PIECES = op("add", op("pow", op("cast", _R_NAT), _DEPTH), num(1))

SUM_FORMULAS: dict[str, dict[str, Any]] = {
    "Approximation.maureyBound": formula("B s N.", _rate(_B)),
    "Approximation.barronBound": formula("C M s N.", _rate(op("mul", _C, _M))),
    "Approximation.converseBound": formula("L r. D.", op("div", _L, op("mul", num(2), _PIECES))),
    "Approximation.memorizationParameters": formula(
        "N. d.", _nat("add", _nat("mul", _TWO, _N), _D_NAT)
    ),
    "Approximation.booleanNeurons": formula("d.", _nat("pow", _TWO, _D_NAT)),
}

_COUNT = hypothesis("hN", "0 < N", "lt", num(0, True), _N)

SUM_THEOREMS: list[dict[str, Any]] = [
    theorem(
        "Approximation.maurey",
        "Approximation.maureyBound",
        [_B, {"text": "‖combination μ g‖"}, _N],
        [hypothesis("hg", "∀ (i : ι), ‖g i‖ ≤ B"), _COUNT],
    ),
    theorem(
        "Approximation.barron",
        "Approximation.barronBound",
        [_C, _M, {"text": "l2Norm μ fun z => (ridge w b c).eval σ (X z) 0"}, _N],
        [
            hypothesis("hσ", "∀ (t : R), abs (σ t) ≤ M"),
            hypothesis("hc", "∑ k, abs (c k) ≤ C"),
            hypothesis("hK", "0 < K", "lt", num(0, True), var("K", True)),
            _COUNT,
        ],
    ),
    theorem(
        "Approximation.uat_converse",
        "Approximation.converseBound",
        [_L, _R_NAT, _DEPTH],
        [
            hypothesis("hr", "1 ≤ r", "le", num(1, True), _R_NAT),
            hypothesis("hσ", "PolyDegLE r σ"),
            hypothesis("hL", "0 ≤ L", "le", num(0), _L),
        ],
    ),
    theorem(
        "Approximation.memorization",
        "Approximation.memorizationParameters",
        [_N, _D_NAT],
        [hypothesis("hx", "∀ (i j : Fin N), x i = x j → i = j")],
    ),
    theorem("Approximation.boolean_xor", "Approximation.booleanNeurons", [_D_NAT], []),
]
