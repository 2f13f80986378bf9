"""The raw exports of the modules, as ``lean/Export.lean`` writes them."""

from __future__ import annotations

import json
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from deeptheory.errors import UsageError

__all__ = ["RAW_SCHEMA_VERSION", "RawModule", "module_order", "read_module"]

RAW_SCHEMA_VERSION = 1

_CONSTANT_FIELDS = ("name", "kind", "private", "internal", "type_uses", "value_uses", "core_axioms")
_STATEMENT_FIELDS = ("type", "binders", "conclusion", "conclusion_expr", "calls", "body")


@dataclass(frozen=True)
class RawModule:
    """What the kernel knows about one module.

    Attributes
    ----------
    name : str
        The module.
    version, commit : str
        The Lean that wrote the file.
    imports : tuple of str
        The modules that it imports directly.
    nodes : list
        The table of terms.
    constants : dict
        The constants by name.
    """

    name: str
    version: str
    commit: str
    imports: tuple[str, ...]
    nodes: list[list[Any]]
    constants: Mapping[str, Mapping[str, Any]]


def read_module(path: Path, module: str) -> RawModule:
    """Read the raw export of a module.

    Raises
    ------
    UsageError
        Where the file is missing or damaged.
    """
    try:
        data = json.loads(path.read_text(encoding="utf-8"))
    except FileNotFoundError:
        raise UsageError(
            f"The module {module} is not proved yet: run `deeptheory prove`."
        ) from None
    except (OSError, ValueError) as error:
        raise _damaged(path, str(error)) from None
    try:
        if data["schema"] != RAW_SCHEMA_VERSION or data["module"] != module:
            raise _damaged(path, "it is of another module or format")
        constants = {}
        for constant in data["constants"]:
            for key in _CONSTANT_FIELDS:
                constant[key]
            if "type" in constant:
                for key in _STATEMENT_FIELDS:
                    constant[key]
            constants[constant["name"]] = constant
        return RawModule(
            name=module,
            version=data["lean"]["version"].split(",")[0],
            commit=data["lean"]["commit"],
            imports=tuple(data["imports"]),
            nodes=data["exprs"],
            constants=constants,
        )
    except (KeyError, TypeError, AttributeError) as error:
        raise _damaged(path, f"it lacks {error}") from None


def _damaged(path: Path, reason: str) -> UsageError:
    return UsageError(
        f"The export {path} is damaged ({reason}): delete it and run `deeptheory prove`."
    )


def module_order(modules: Mapping[str, RawModule]) -> list[str]:
    """Order modules so that each comes after those it imports; ties go by name."""
    order: list[str] = []
    state: dict[str, bool] = {}

    def visit(name: str) -> None:
        stack = [(name, iter(sorted(modules[name].imports)))]
        state[name] = False
        while stack:
            current, imports = stack[-1]
            for other in imports:
                if other in modules and other not in state:
                    state[other] = False
                    stack.append((other, iter(sorted(modules[other].imports))))
                    break
            else:
                stack.pop()
                state[current] = True
                order.append(current)

    for name in sorted(modules):
        if name not in state:
            visit(name)
    return order
