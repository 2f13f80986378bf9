"""The command line: one module a group of commands, gathered here."""

from __future__ import annotations

from deeptheory.cli.app import app, main

__all__ = ["app", "main"]
