"""Numeric checks of the theorems: soundness on instances, tightness, and the power to refute.

`check` registers a check, `run_check` runs one, `verify` runs many and writes ``checks.json``.
"""

from __future__ import annotations

from deeptheory.checks.engine import Options, decide, run_check
from deeptheory.checks.registry import (
    Check,
    Measurement,
    Series,
    Sharp,
    check,
    load_checks,
    registered,
)

__all__ = [
    "Check",
    "Measurement",
    "Options",
    "Series",
    "Sharp",
    "check",
    "decide",
    "load_checks",
    "registered",
    "run_check",
]
