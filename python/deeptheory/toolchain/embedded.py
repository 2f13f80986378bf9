"""The embedded toolchain once it is installed: where it lies and how a program is run."""

from __future__ import annotations

import json
import os
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

from deeptheory.errors import UsageError
from deeptheory.paths import cache_home
from deeptheory.toolchain.node import Node, find_node
from deeptheory.toolchain.pins import EMBEDDED, Pins

__all__ = ["EmbeddedToolchain", "find_embedded", "is_installed", "toolchain_folder"]

MARKER = "toolchain.json"
"""Written last: a folder that holds it is complete."""

LAUNCHER = Path(__file__).with_name("launch.js")


def toolchain_folder(pins: Pins = EMBEDDED) -> Path:
    """Return the folder in the cache where the toolchain lies once it is installed."""
    return cache_home() / "toolchains" / pins.id


def is_installed(pins: Pins = EMBEDDED) -> bool:
    """Say whether the toolchain is there and, by a look at names and sizes, whole."""
    folder = toolchain_folder(pins)
    try:
        recorded = json.loads((folder / MARKER).read_text(encoding="utf-8"))
        return (
            recorded["id"] == pins.id
            and (folder / "lean.wasm").stat().st_size == pins.module.size
            and (folder / "lean.js").stat().st_size == recorded["script_size"]
            and (folder / "lib" / "lean" / "Init.olean").is_file()
        )
    except (OSError, ValueError, KeyError, TypeError):
        return False


@dataclass(frozen=True)
class EmbeddedToolchain:
    """Lean as WebAssembly, run by Node.

    Parameters
    ----------
    pins : Pins
        What it is made of.
    folder : Path
        Where it lies.
    node : Node
        What runs it.
    """

    pins: Pins
    folder: Path
    node: Node

    @property
    def id(self) -> str:
        """The name that changes with the toolchain."""
        return self.pins.id

    @property
    def library(self) -> Path:
        """The folder of core's compiled modules."""
        return self.folder / "lib" / "lean"

    def command(self, arguments: Sequence[str]) -> list[str]:
        """Return the command line that runs Lean and dies with the process that starts it.

        The caller gives it a pipe as standard input and keeps that open.
        """
        return [
            str(self.node.executable),
            "--stack-size=60000",
            str(LAUNCHER),
            str(self.folder / "lean.js"),
            *arguments,
        ]

    def environment(self, ours: Path, box: Path) -> dict[str, str]:
        """Return the environment for Lean.

        Parameters
        ----------
        ours : Path
            The folder of our compiled modules; Lean sees it as ``/ours``.
        box : Path
            The folder that is shared with the process; Lean sees it as ``/box``.
        """
        environment = {k: v for k, v in os.environ.items() if not k.startswith("LEAN")}
        environment["LEAN_PATH"] = "/lean/lib/lean:/ours"
        environment["NODE_COMPILE_CACHE"] = str(cache_home() / "node")
        mounts = {"/lean": str(self.folder), "/ours": str(ours), "/box": str(box)}
        environment["DEEPTHEORY_MOUNTS"] = json.dumps(mounts)
        return environment


def find_embedded(pins: Pins = EMBEDDED) -> EmbeddedToolchain:
    """Return the installed embedded toolchain.

    Raises
    ------
    UsageError
        Where it is not installed, or Node is missing or too old.
    """
    node = find_node()
    if not is_installed(pins):
        raise UsageError(
            "The embedded Lean toolchain is not installed: run `deeptheory setup` (it needs the "
            "network once)."
        )
    return EmbeddedToolchain(pins, toolchain_folder(pins), node)
