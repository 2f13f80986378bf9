"""The packages of the extra ``sweep``, which are imported only where they are needed."""

from __future__ import annotations

import importlib
from typing import Any

from deeptheory.errors import UsageError

__all__ = ["need"]

_USES = {
    "pyarrow": "Writing Parquet needs PyArrow",
    "matplotlib": "Plotting a sweep needs Matplotlib",
    "distributed": "Computing on a cluster needs Dask",
}


def need(name: str) -> Any:
    """Import a package of the extra.

    Raises
    ------
    UsageError
        Where it is not installed; the remedy is named.
    """
    try:
        return importlib.import_module(name)
    except ImportError:
        raise UsageError(
            f"{_USES[name]}, which is not installed: run `make sweep` in the checkout."
        ) from None
