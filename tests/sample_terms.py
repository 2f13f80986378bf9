"""What the entries of the sample catalog are made of: terms, formulas, hypotheses, theorems."""

from __future__ import annotations

from typing import Any

P = "DeepTheory."


def var(name: str, nat: bool = False) -> dict[str, Any]:
    return {"var": name, "type": "nat"} if nat else {"var": name}


def num(value: int, nat: bool = False) -> dict[str, Any]:
    return {"nat": str(value), "type": "nat"} if nat else {"nat": str(value)}


def op(name: str, *args: dict[str, Any]) -> dict[str, Any]:
    return {"op": name, "args": list(args)}


def formula(params: str, body: dict[str, Any]) -> dict[str, Any]:
    """Build a formula; a parameter with a dot is a natural number."""
    listed = [
        {"name": name.strip("."), "type": "nat" if name.endswith(".") else "real", "size": None}
        for name in params.split()
    ]
    return {"params": listed, "body": body}


def hypothesis(
    name: str, text: str, relation: str | None = None, lhs: Any = None, rhs: Any = None
) -> dict[str, Any]:
    return {"name": name, "text": text, "relation": relation, "lhs": lhs, "rhs": rhs}


def theorem(
    name: str, bound: str, args: list[dict[str, Any]], hypotheses: list[dict[str, Any]]
) -> dict[str, Any]:
    kinds = [("L", "real"), ("μ", "real"), ("m", "real"), ("k", "nat"), ("K", "nat")]
    return {
        "name": P + name,
        "kind": "theorem",
        "type": f"the statement of {name}",
        "formula": None,
        "card": {"bound": P + bound, "controls": ["optimization"]},
        "binders": [{"name": n, "type": "", "kind": kind} for n, kind in kinds],
        "hypotheses": hypotheses,
        "conclusion": {"text": f"lhs ≤ {bound} …", "relation": "le", "bound_args": args},
    }
