"""The service that keeps Lean warm for `deeptheory check`: one a checkout, on the loopback only.

A client sends one line of JSON and reads lines of JSON: events, then one with ``"end": true``.
Whoever can read the service's file in the build folder holds its token and may ask.
"""

from __future__ import annotations

import hashlib
import json
import os
import secrets
import select
import socket
import socketserver
import threading
import time
from collections.abc import Callable
from pathlib import Path
from typing import Any

from deeptheory import __version__
from deeptheory.errors import DeepTheoryError
from deeptheory.files import write_atomically
from deeptheory.paths import Project
from deeptheory.prove.checker import check_source
from deeptheory.prove.pool import DriverPool, default_jobs
from deeptheory.toolchain import find_embedded

__all__ = ["IDLE_SECONDS", "Service", "identity", "service_file"]

IDLE_SECONDS = 15 * 60
"""How long a service waits for work before it ends."""


def service_file(project: Project) -> Path:
    """Return the file that says where the service of a checkout listens."""
    return project.build / "service.json"


def identity(project: Project, toolchain: str) -> str:
    """Return what a service must have in common with the client that asks it."""
    digest = hashlib.sha256(f"{__version__} {toolchain} ".encode())
    digest.update((project.lean / "Driver.lean").read_bytes())
    for path in sorted(Path(__file__).parent.glob("*.py")):
        digest.update(path.read_bytes())
    return digest.hexdigest()[:16]


class _Server(socketserver.ThreadingTCPServer):
    daemon_threads = True
    allow_reuse_address = False
    service: Service


class _Handler(socketserver.StreamRequestHandler):
    server: _Server

    def handle(self) -> None:
        """Answer one request."""
        line = self.rfile.readline(64 * 1024 * 1024)
        try:
            request = json.loads(line)
        except ValueError:
            return
        if not isinstance(request, dict):
            return
        service = self.server.service
        if not secrets.compare_digest(str(request.get("token", "")), service.token):
            self._send({"end": True, "error": "the token is wrong", "exit": 2})
            return
        try:
            answer = service.answer(request, self._send, self._gone)
        except DeepTheoryError as error:
            answer = {"error": str(error), "exit": error.exit_code}
        except OSError:
            return
        self._send({"end": True, **answer})

    def _send(self, event: dict[str, Any]) -> None:
        self.wfile.write(json.dumps(event).encode() + b"\n")
        self.wfile.flush()

    def _gone(self) -> bool:
        """Whether the client has hung up."""
        try:
            readable, _, _ = select.select([self.connection], [], [], 0)
            return bool(readable) and self.connection.recv(1, socket.MSG_PEEK) == b""
        except OSError:
            return True


class Service:
    """Keeps drivers warm and answers requests until it has been idle for long.

    Parameters
    ----------
    project : Project
        The checkout.
    idle_seconds : float, optional
        How long to wait for work.
    """

    def __init__(self, project: Project, idle_seconds: float = IDLE_SECONDS) -> None:
        self.project = project
        self.token = secrets.token_hex(16)
        self.toolchain = find_embedded()
        self.identity = identity(project, self.toolchain.id)
        self.idle_seconds = idle_seconds
        self._active = 0
        self._last = time.monotonic()
        self._lock = threading.Lock()
        self._stopping = threading.Event()
        self._abandon = threading.Event()
        jobs = default_jobs()
        self.pool = DriverPool(
            self.toolchain,
            project,
            size=max(1, min(jobs, 4)),
            reserve=1 if jobs > 1 else 0,
            exporting=False,
        )

    def run(self) -> None:
        """Listen until the service is idle for long, is told to stop, or its file is gone."""
        server = _Server(("127.0.0.1", 0), _Handler)
        server.service = self
        thread = threading.Thread(target=server.serve_forever, daemon=True)
        thread.start()
        path = service_file(self.project)
        described = {
            "port": server.server_address[1],
            "token": self.token,
            "pid": os.getpid(),
            "identity": self.identity,
        }
        old = os.umask(0o077)
        try:
            write_atomically(path, json.dumps(described))
        finally:
            os.umask(old)
        self.pool.warm(1)
        try:
            while not self._stopping.wait(1.0):
                self.pool.refresh()
                with self._lock:
                    idle = self._active == 0 and time.monotonic() - self._last
                if (idle and idle > self.idle_seconds) or not self._is_mine(path):
                    break
        finally:
            if self._is_mine(path):
                path.unlink(missing_ok=True)
            self._finish_active()
            server.shutdown()
            server.server_close()
            self.pool.close()

    def _finish_active(self) -> None:
        """Let those who wait have their answers, unless told not to."""
        while not self._abandon.wait(0.2):
            with self._lock:
                if self._active == 0:
                    return

    def _is_mine(self, path: Path) -> bool:
        try:
            return bool(json.loads(path.read_text(encoding="utf-8"))["token"] == self.token)
        except (OSError, ValueError, KeyError, TypeError):
            return False

    def answer(
        self,
        request: dict[str, Any],
        send: Callable[[dict[str, Any]], None],
        gone: Callable[[], bool],
    ) -> dict[str, Any]:
        """Serve one request; return what its last line says."""
        kind = request.get("kind")
        if kind in ("stop", "retire"):
            if kind == "stop":
                self._abandon.set()
            self._stopping.set()
            return {"exit": 0}
        with self._lock:
            self._active += 1
        try:
            if kind == "check":
                return check_source(
                    self.project,
                    self.toolchain,
                    self.pool,
                    path=Path(request["path"]),
                    source=request["source"].encode(),
                    send=send,
                    gone=gone,
                )
            return {"error": f"the service does not know how to {kind}", "exit": 2}
        finally:
            with self._lock:
                self._active -= 1
                self._last = time.monotonic()


if __name__ == "__main__":
    import sys

    Service(Project(Path(sys.argv[1]))).run()
