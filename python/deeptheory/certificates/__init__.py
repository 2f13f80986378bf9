"""Lean files that state certified values, for the kernel to check."""

from __future__ import annotations

from deeptheory.certificates.leanfile import Enclosure, certificate, enclosure
from deeptheory.certificates.reify import Reified, is_certifiable, reify

__all__ = ["Enclosure", "Reified", "certificate", "enclosure", "is_certifiable", "reify"]
