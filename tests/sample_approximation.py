"""The theorems on approximation by ReLU networks and their bounds, for the sample catalog."""

from __future__ import annotations

from typing import Any

from sample_terms import P, formula, hypothesis, num, op, theorem, var

L, M = var("L"), var("M")
BIG_N, SMALL_M, K = (var(name, nat=True) for name in ("N", "m", "k"))
WIDTH, DEPTH = var("width", nat=True), var("depth", nat=True)
CAST_N = op("cast", BIG_N)
_NEXT = {**op("add", SMALL_M, num(1, True)), "type": "nat"}
_FOUR = op("pow", num(4), _NEXT)


def _eight_squares() -> dict[str, Any]:
    """Return 8 N ^ 2."""
    return op("mul", num(8), op("pow", CAST_N, num(2, True)))


APPROXIMATION_FORMULAS: dict[str, dict[str, Any]] = {
    "Approximation.relu1dLipschitzBound": formula("L N.", op("div", L, op("mul", num(2), CAST_N))),
    "Approximation.reluUniversalBound": formula("L N.", op("div", L, op("mul", num(2), CAST_N))),
    "Approximation.relu1dSmoothBound": formula("M N.", op("div", M, _eight_squares())),
    "Approximation.yarotskyBound": formula("m.", op("div", num(1), _FOUR)),
    "Approximation.reluProductBound": formula("M m.", op("div", op("pow", M, num(2, True)), _FOUR)),
    "Approximation.linearRegionsBound": formula(
        "width. depth.", op("pow", op("add", op("cast", WIDTH), num(1)), DEPTH)
    ),
    "Approximation.telgarskyBound": formula(
        "N. k.", op("div", op("sub", op("pow", num(2), K), CAST_N), num(2))
    ),
    "Approximation.squareLowerBound": formula("N.", op("div", num(1), _eight_squares())),
}

_UNITS = hypothesis("hN", "0 < N", "lt", num(0, True), BIG_N)
_X = [hypothesis("h₀", "0 ≤ x", "le", num(0), var("x")), hypothesis("h₁", "x ≤ 1")]
_PIECES = hypothesis("hf", "PiecewiseAffine f N")

APPROXIMATION_THEOREMS = [
    theorem(
        "Approximation.relu_1d_lipschitz",
        "Approximation.relu1dLipschitzBound",
        [L, BIG_N],
        [_UNITS, hypothesis("hf", "LipschitzOn f L 0 1"), *_X],
    ),
    theorem(
        "Approximation.relu_1d_smooth",
        "Approximation.relu1dSmoothBound",
        [M, BIG_N],
        [_UNITS, hypothesis("hc", "ContinuousOn f 0 1"), *_X],
    ),
    theorem("Approximation.yarotsky_square", "Approximation.yarotskyBound", [SMALL_M], _X),
    theorem(
        "Approximation.relu_product",
        "Approximation.reluProductBound",
        [M, SMALL_M],
        [
            hypothesis("hM", "0 < M", "lt", num(0), M),
            hypothesis("hx", "abs x ≤ M"),
            hypothesis("hy", "abs y ≤ M"),
        ],
    ),
    theorem(
        "Approximation.linear_regions_1d",
        "Approximation.linearRegionsBound",
        [{"text": "net.width"}, {"text": "net.depth"}],
        [],
    ),
    theorem(
        "Approximation.relu_universal",
        "Approximation.reluUniversalBound",
        [L, BIG_N],
        [_UNITS, hypothesis("hf", "SupLipschitzOn f L"), hypothesis("hx", "InCube x")],
    ),
    theorem("Approximation.telgarsky", "Approximation.telgarskyBound", [BIG_N, K], [_PIECES]),
    theorem("Approximation.square_lower", "Approximation.squareLowerBound", [BIG_N], [_PIECES]),
]

LOWER = {P + f"Approximation.{name}" for name in ("telgarsky", "square_lower", "uat_converse")}
"""The theorems whose bound is a lower one."""
