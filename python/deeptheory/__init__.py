"""DeepTheory: theorems of deep learning theory, proved, evaluated, browsable.

The Lean library under ``lean/`` is the ground truth.  This package builds it, reads the
statements and formulas that it exports, evaluates them in rigorous arithmetic, checks them on
concrete instances and writes the theorem index.
"""

from __future__ import annotations

__all__ = ["__version__"]

__version__ = "0.1.0"
