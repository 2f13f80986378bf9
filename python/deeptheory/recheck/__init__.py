"""A second kernel: proofs in the Lean export format, checked without Lean.

The type theory of Lean, written here from its rules: `deeptheory.recheck.checker` infers types and
compares terms, `deeptheory.recheck.families` makes the recursors of inductive types,
`deeptheory.recheck.replay` checks a file.
"""

from __future__ import annotations

from deeptheory.recheck.replay import Rechecked, recheck_file

__all__ = ["Rechecked", "recheck_file"]
