"""A small server for the index, on this machine only."""

from __future__ import annotations

import os
from functools import partial
from http import HTTPStatus
from http.server import SimpleHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from typing import Any

from deeptheory.errors import UsageError

__all__ = ["HOST", "make_server"]

HOST = "127.0.0.1"
_NAMES = frozenset((HOST, "localhost"))


class _Server(ThreadingHTTPServer):
    daemon_threads = True
    # On Windows, re-using an address would take the port from another program.
    allow_reuse_address = os.name == "posix"


class _Handler(SimpleHTTPRequestHandler):
    server_version = "deeptheory"
    sys_version = ""

    def send_head(self) -> Any:
        """Answer only requests that name this machine, so that no other site can read it."""
        host = (self.headers.get("Host") or "").rsplit(":", 1)[0]
        if host not in _NAMES:
            self.send_error(HTTPStatus.FORBIDDEN, "This server answers to localhost only")
            return None
        return super().send_head()

    def list_directory(self, path: Any) -> None:
        """Refuse to list folders."""
        self.send_error(HTTPStatus.NOT_FOUND, "No such page")

    def end_headers(self) -> None:
        """Add the headers that keep the pages fresh and to themselves."""
        self.send_header("Cache-Control", "no-cache")
        self.send_header("X-Content-Type-Options", "nosniff")
        self.send_header("Cross-Origin-Resource-Policy", "same-origin")
        super().end_headers()

    def log_message(self, format: str, *args: Any) -> None:
        """Keep quiet: requests are of no interest."""


def make_server(site: Path, port: int) -> ThreadingHTTPServer:
    """Open a server for a folder on the loopback interface.

    Parameters
    ----------
    site : Path
        The folder of the index.
    port : int
        The port; 0 takes any free one.

    Raises
    ------
    UsageError
        Where the port cannot be had.
    """
    if not 0 <= port <= 65535:
        raise UsageError(f"{port} is not a port: choose one between 0 and 65535.")
    try:
        return _Server((HOST, port), partial(_Handler, directory=str(site)))
    except OSError as error:
        raise UsageError(
            f"Port {port} on {HOST} cannot be opened ({error.strerror or error}): choose another "
            "with --port, or stop the program that holds it."
        ) from error
