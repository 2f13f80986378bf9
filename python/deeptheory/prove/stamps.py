"""What has been proved: one stamp a module, written after everything that it vouches for.

A stamp holds the key of what was elaborated and the hash of every file that came of it.  Files in
the build folder are believed only where a stamp matches both.
"""

from __future__ import annotations

import hashlib
import json
import os
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from deeptheory.files import write_atomically
from deeptheory.prove.diagnostics import Diagnostic
from deeptheory.prove.graph import Module

__all__ = [
    "OLEAN_SUFFIXES",
    "Stamp",
    "Store",
    "proof_keys",
]

SCHEMA = 1
OLEAN_SUFFIXES = (".olean", ".olean.private", ".olean.server", ".ir")
"""The files that Lean writes for a module."""


def file_digest(path: Path) -> str | None:
    """Return the hash of a file, or None where it cannot be read."""
    try:
        with path.open("rb") as stream:
            return hashlib.file_digest(stream, "sha256").hexdigest()
    except OSError:
        return None


def proof_keys(
    modules: Mapping[str, Module], order: Sequence[str], toolchain: str
) -> dict[str, str]:
    """Return the key of each module: its content, its imports' keys and the toolchain.

    Parameters
    ----------
    modules : mapping of str to Module
        The modules.
    order : sequence of str
        Their names, imports first.
    toolchain : str
        The identity of the toolchain.
    """
    keys: dict[str, str] = {}
    for name in order:
        digest = hashlib.sha256(f"{SCHEMA}\n{toolchain}\n{name}\n".encode())
        digest.update(hashlib.sha256(modules[name].source).digest())
        for item in sorted(modules[name].own_imports):
            digest.update(f"{item} {keys.get(item, 'missing')}\n".encode())
        keys[name] = digest.hexdigest()
    return keys


@dataclass(frozen=True)
class Stamp:
    """The record of one module.

    Parameters
    ----------
    key : str
        The key of what was elaborated.
    files : dict of str to str
        The hash of each compiled file, by suffix.
    export_key : str or None
        The key of the exporter, or None where nothing was exported.
    export_digest : str or None
        The hash of the export.
    diagnostics : list of Diagnostic
        Warnings, to be shown again.
    seconds : float
        The time that it took.
    """

    key: str
    files: dict[str, str]
    export_key: str | None
    export_digest: str | None
    diagnostics: list[Diagnostic] = field(default_factory=list)
    seconds: float = 0.0

    @property
    def has_sorry(self) -> bool:
        """Whether the module uses ``sorry``."""
        return any(d.is_sorry for d in self.diagnostics)


class Store:
    """The stamps and the files that they vouch for.

    Parameters
    ----------
    build : Path
        The build folder.
    """

    def __init__(self, build: Path) -> None:
        self.build = build
        self.oleans = build / "lean"
        self.exports = build / "export"
        self._stamps = build / "stamps"

    def olean(self, module: str) -> Path:
        """Return the compiled file of a module."""
        return self.oleans.joinpath(*module.split(".")).with_suffix(".olean")

    def export(self, module: str) -> Path:
        """Return the raw export of a module."""
        return self.exports / f"{module}.json"

    def _stamp_path(self, module: str) -> Path:
        return self._stamps / f"{module}.json"

    def read(self, module: str) -> Stamp | None:
        """Return the stamp of a module, or None where there is none that can be read."""
        try:
            data = json.loads(self._stamp_path(module).read_text(encoding="utf-8"))
            if data["schema"] != SCHEMA or not isinstance(data["key"], str):
                return None
            return Stamp(
                key=data["key"],
                files={str(k): str(v) for k, v in data["files"].items()},
                export_key=data["export_key"],
                export_digest=data["export_digest"],
                diagnostics=[Diagnostic.from_json(d) for d in data["diagnostics"]],
                seconds=float(data["seconds"]),
            )
        except (OSError, ValueError, KeyError, TypeError, AttributeError):
            return None

    def fresh(self, module: str, key: str, export_key: str | None) -> Stamp | None:
        """Return the stamp of a module where it matches and all its files are as recorded.

        Parameters
        ----------
        module : str
            The module.
        key : str
            The key that the stamp must have.
        export_key : str or None
            The key that its export must have; None where no export is needed.
        """
        stamp = self.read(module)
        if stamp is None or stamp.key != key or ".olean" not in stamp.files:
            return None
        olean = self.olean(module)
        for suffix, digest in stamp.files.items():
            if suffix not in OLEAN_SUFFIXES:
                return None
            if file_digest(olean.with_suffix(suffix)) != digest:
                return None
        if export_key is not None:
            if stamp.export_key != export_key or stamp.export_digest is None:
                return None
            if file_digest(self.export(module)) != stamp.export_digest:
                return None
        return stamp

    def commit(
        self,
        module: str,
        key: str,
        olean: Path,
        export: Path | None,
        export_key: str | None,
        diagnostics: list[Diagnostic],
        seconds: float,
    ) -> Stamp:
        """Move what a driver wrote into place and write the stamp, last.

        Parameters
        ----------
        module, key : str
            The module and its key.
        olean, export : Path
            What the driver wrote, in a folder on the same disk.
        export_key : str or None
            The key of the exporter.
        diagnostics : list of Diagnostic
            What is to be shown again.
        seconds : float
            The time that it took.
        """
        self._stamp_path(module).unlink(missing_ok=True)
        target = self.olean(module)
        target.parent.mkdir(parents=True, exist_ok=True)
        files = {}
        for suffix in OLEAN_SUFFIXES:
            written = olean.with_suffix(suffix)
            digest = file_digest(written)
            if digest is not None:
                files[suffix] = digest
                os.replace(written, target.with_suffix(suffix))
            else:
                target.with_suffix(suffix).unlink(missing_ok=True)
        export_hash = None
        if export is not None and (export_hash := file_digest(export)) is not None:
            self.exports.mkdir(parents=True, exist_ok=True)
            os.replace(export, self.export(module))
        stamp = Stamp(
            key,
            files,
            export_key if export_hash else None,
            export_hash,
            [d for d in diagnostics if d.severity == "warning"],
            seconds,
        )
        write_atomically(self._stamp_path(module), json.dumps(self._to_json(stamp), indent=1))
        return stamp

    def _to_json(self, stamp: Stamp) -> dict[str, Any]:
        return {
            "schema": SCHEMA,
            "key": stamp.key,
            "files": stamp.files,
            "export_key": stamp.export_key,
            "export_digest": stamp.export_digest,
            "diagnostics": [d.to_json() for d in stamp.diagnostics],
            "seconds": stamp.seconds,
        }

    def forget_all_but(self, modules: set[str]) -> None:
        """Remove the stamps, compiled files and exports of modules that are no more."""
        for folder in (self._stamps, self.exports):
            for path in folder.glob("*.json"):
                if path.stem not in modules:
                    path.unlink(missing_ok=True)
        if self.oleans.is_dir():
            for path in self.oleans.rglob("*.olean"):
                name = ".".join(path.relative_to(self.oleans).with_suffix("").parts)
                if name not in modules:
                    for suffix in OLEAN_SUFFIXES:
                        path.with_suffix(suffix).unlink(missing_ok=True)
