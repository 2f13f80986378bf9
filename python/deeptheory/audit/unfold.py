"""Formulas with every definition put in its place."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import Any

from deeptheory.catalog import Catalog, Tree

__all__ = ["unfold"]


def unfold(tree: Tree, catalog: Catalog) -> Tree:
    """Put the value of every called definition in its place.

    Parameters
    ----------
    tree : Tree
        A formula.
    catalog : Catalog
        Where the definitions are.
    """
    result = _map(tree, lambda part: unfold(part, catalog))
    if "call" in result:
        called = catalog.by_name.get(result["call"])
        if called is not None and called.formula is not None:
            names = [p.name for p in called.formula.params]
            values = dict(zip(names, result["args"], strict=True))
            return unfold(_substitute(called.formula.body, values), catalog)
    return result


def _substitute(tree: Tree, values: Mapping[str, Tree]) -> Tree:
    if "var" in tree:
        return values.get(tree["var"], tree)
    return _map(tree, lambda part: _substitute(part, values))


def _map(tree: Tree, change: Callable[[Tree], Tree]) -> Tree:
    def walk(value: Any) -> Any:
        if isinstance(value, dict):
            # The objects below these keys hold trees and are no trees themselves.
            return change(value)
        if isinstance(value, list):
            return [walk(v) for v in value]
        return value

    result: Tree = {}
    for key, value in tree.items():
        if key in ("at", "sum", "prod", "ite"):
            result[key] = {k: walk(v) for k, v in value.items()}
        else:
            result[key] = walk(value)
    return result
