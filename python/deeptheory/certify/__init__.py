"""Certified bounds on the risk of concrete predictors.

A certificate is a theorem about given numbers: its statement is complete, and the kernel of Lean
checks its proof.
"""

from __future__ import annotations
