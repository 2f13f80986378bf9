"""Talking to the service, which is started where it does not run."""

from __future__ import annotations

import json
import os
import socket
import subprocess
import sys
import time
from collections.abc import Callable
from pathlib import Path
from typing import Any

from filelock import FileLock

from deeptheory.errors import DeepTheoryError, UsageError
from deeptheory.paths import Project
from deeptheory.prove.service import identity, service_file
from deeptheory.toolchain import find_embedded

__all__ = ["ask", "check_file", "stop"]

START_SECONDS = 30.0


def _described(project: Project) -> dict[str, Any] | None:
    try:
        data = json.loads(service_file(project).read_text(encoding="utf-8"))
        return {
            "port": int(data["port"]),
            "token": str(data["token"]),
            "identity": str(data["identity"]),
        }
    except (OSError, ValueError, KeyError, TypeError):
        return None


def _connect(described: dict[str, Any]) -> socket.socket | None:
    try:
        return socket.create_connection(("127.0.0.1", described["port"]), timeout=5)
    except OSError:
        return None


def _start(project: Project) -> None:
    project.build.mkdir(parents=True, exist_ok=True)
    log = (project.build / "service.log").open("ab")
    options: dict[str, Any] = {}
    if os.name == "nt":
        options["creationflags"] = 0x00000008 | 0x00000200  # detached, own process group
    else:
        options["start_new_session"] = True
    with log:
        subprocess.Popen(
            [sys.executable, "-m", "deeptheory.prove.service", str(project.root)],
            stdin=subprocess.DEVNULL,
            stdout=log,
            stderr=log,
            cwd=project.root,
            **options,
        )


def _open(project: Project) -> tuple[socket.socket, str]:
    """Connect to the service, starting it first where it does not run or is another's."""
    wanted = identity(project, find_embedded().id)
    project.build.mkdir(parents=True, exist_ok=True)
    with FileLock(project.build / "service.lock"):
        described = _described(project)
        if described is not None and described["identity"] != wanted:
            stop(project, at_once=False)
            described = None
        if described is not None and (connection := _connect(described)) is not None:
            return connection, described["token"]
        service_file(project).unlink(missing_ok=True)
        _start(project)
        deadline = time.monotonic() + START_SECONDS
        while time.monotonic() < deadline:
            described = _described(project)
            if described is not None and (connection := _connect(described)) is not None:
                return connection, described["token"]
            time.sleep(0.05)
    raise UsageError(
        f"The check service does not start: see {project.build / 'service.log'} for the reason."
    )


class _ServiceError(DeepTheoryError):
    """An error that the service reports."""

    def __init__(self, message: str, exit_code: int) -> None:
        super().__init__(message)
        self.exit_code = exit_code


def ask(
    project: Project,
    request: dict[str, Any],
    on_event: Callable[[dict[str, Any]], None] = lambda _: None,
) -> dict[str, Any]:
    """Send a request and return the last line of the answer.

    Raises
    ------
    DeepTheoryError
        Where the service cannot be started or reports an error.
    """
    connection, token = _open(project)
    with connection:
        connection.settimeout(None)
        connection.sendall(json.dumps({**request, "token": token}).encode() + b"\n")
        with connection.makefile("r", encoding="utf-8") as lines:
            for line in lines:
                event: dict[str, Any] = json.loads(line)
                if not event.get("end"):
                    on_event(event)
                elif "error" in event:
                    raise _ServiceError(event["error"], event["exit"])
                else:
                    return event
    raise UsageError(
        "The check service ended before it answered: run the command again "
        f"(its log is {project.build / 'service.log'})."
    )


def stop(project: Project, *, at_once: bool = True) -> bool:
    """Stop the service; return whether one ran.

    Parameters
    ----------
    project : Project
        The checkout.
    at_once : bool, optional
        Whether to end checks that others wait for; otherwise the service answers them first, and
        nobody new is sent to it.
    """
    described = _described(project)
    if described is None:
        return False
    connection = _connect(described)
    if connection is None:
        service_file(project).unlink(missing_ok=True)
        return False
    with connection:
        request = {"kind": "stop" if at_once else "retire", "token": described["token"]}
        connection.sendall(json.dumps(request).encode() + b"\n")
        connection.settimeout(10)
        try:
            connection.recv(1024)
        except OSError:
            return False
    deadline = time.monotonic() + 10
    while service_file(project).exists() and time.monotonic() < deadline:
        time.sleep(0.05)
    return True


def check_file(
    project: Project,
    path: Path,
    on_event: Callable[[dict[str, Any]], None] = lambda _: None,
) -> dict[str, Any]:
    """Let the service elaborate a file; return its answer.

    Raises
    ------
    UsageError
        Where the file cannot be read.
    DeepTheoryError
        Where the service cannot be started or reports an error.
    """
    try:
        source = path.read_bytes().decode("utf-8")
    except UnicodeDecodeError as error:
        raise UsageError(f"{path} is not UTF-8 text.") from error
    except OSError as error:
        raise UsageError(f"{path} cannot be read: {error.strerror}.") from error
    request = {"kind": "check", "path": str(path.resolve()), "source": source}
    return ask(project, request, on_event)
