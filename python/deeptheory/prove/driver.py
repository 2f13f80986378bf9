"""A Lean process that stays alive and elaborates one file after another."""

from __future__ import annotations

import contextlib
import json
import os
import subprocess
import time
from collections.abc import Callable
from dataclasses import dataclass, field
from pathlib import Path

from deeptheory.errors import DeepTheoryError
from deeptheory.paths import Project
from deeptheory.prove.box import Box
from deeptheory.prove.diagnostics import Diagnostic, parse_message
from deeptheory.prove.program import write_program
from deeptheory.prove.vitals import StallWatch, processor_seconds, resident_bytes
from deeptheory.toolchain import EmbeddedToolchain

__all__ = ["Driver", "DriverError", "Outcome", "Request"]

BUDGET_MB = 1000
"""What a process may load before it is replaced: what it loads is never given back."""

CORE_MB = 75
"""What each file loads of core."""

WHOLE_CORE_MB = 350
"""What a file loads that imports all of Lean."""

RESIDENT_BYTES = 7_000_000_000
"""What a process may hold before it is replaced, where that can be seen."""

STALL_SECONDS = 120.0
"""How long a process that ought to work may use next to no processor time."""

START_SECONDS = 900.0
"""How long a process may take to start up."""

REQUEST_SECONDS = 1800.0
"""How long one file may take."""

_START = ["-DElab.async=false"]
"""Options for the driver's own program: on one thread it is ready as soon, with less work."""

_PYTHON_STACK = 512 * 1024 * 1024


class DriverError(DeepTheoryError):
    """A Lean process cannot be started or its program does not compile."""


@dataclass(frozen=True)
class Request:
    """One file to elaborate.

    Parameters
    ----------
    source : bytes
        Its content.
    shown : str
        Its name in diagnostics.
    module : str
        The name of the module.
    compile : bool
        Whether the compiled module is wanted.
    export : bool
        Whether the raw export is wanted.
    cost : int
        Megabytes that its imports load.
    kind : str
        The kind of request that the driver knows: ``prove``, ``queue`` (the same on one thread),
        ``index``.
    """

    source: bytes
    shown: str
    module: str
    compile: bool = False
    export: bool = False
    cost: int = CORE_MB
    kind: str = "prove"


@dataclass
class Outcome:
    """What came of a request.

    Attributes
    ----------
    diagnostics : list of Diagnostic
        In order of appearance.
    ok : bool
        Whether there is no error.
    seconds : float
        The time that it took.
    died : str
        Why the process died; empty where it did not.
    error : str
        What went wrong outside elaboration, such as an export that failed.
    """

    diagnostics: list[Diagnostic] = field(default_factory=list)
    ok: bool = False
    seconds: float = 0.0
    died: str = ""
    error: str = ""


def _raise_stack_limit() -> None:
    """Let deep recursion in Lean use the stack that Node is told to use, where limits exist."""
    try:
        import resource
    except ImportError:
        return
    soft, hard = resource.getrlimit(resource.RLIMIT_STACK)
    unlimited = resource.RLIM_INFINITY
    wanted = _PYTHON_STACK if hard == unlimited else min(_PYTHON_STACK, hard)
    if soft != unlimited and soft < wanted:
        with contextlib.suppress(OSError, ValueError):
            resource.setrlimit(resource.RLIMIT_STACK, (wanted, hard))


class Driver:
    """A Lean process and its mailbox.

    Parameters
    ----------
    toolchain : EmbeddedToolchain
        What to run.
    project : Project
        The checkout.
    exporting : bool, optional
        Whether it can write exports.

    Notes
    -----
    Requests go in as files, answers come out in the file that is its standard output: neither
    needs anything that differs between systems.  The process ends itself when its standard input
    closes, so none outlives this one, however this one ends.

    A process that stands still, or takes far too long, is ended: while it starts up another takes
    its place, once, with the request that waits; later the request counts as one during which the
    process died.
    """

    def __init__(
        self, toolchain: EmbeddedToolchain, project: Project, *, exporting: bool = True
    ) -> None:
        self.exporting = exporting
        (project.build / "lean").mkdir(parents=True, exist_ok=True)
        self._box = Box(project.build / "drivers")
        self.folder = self._box.folder
        self.started = time.monotonic()
        self.ready_seconds: float | None = None
        self.spent = 0
        self._count = 0
        self._current: Request | None = None
        self._outcome = Outcome()
        self._begun = 0.0
        self._pending = b""
        self._preamble: list[str] = []
        self._on_diagnostic: Callable[[Diagnostic], None] | None = None
        self._watch = StallWatch(STALL_SECONDS)
        self._restarted = False
        self._killed = ""
        try:
            program = write_program(project, self.folder, exporting=exporting)
            _raise_stack_limit()
            self._stderr = (self.folder / "stderr").open("wb")
            self._stdout = (self.folder / "stdout").open("wb")
            self._spawn: Callable[[], subprocess.Popen[bytes]] = lambda: subprocess.Popen(
                toolchain.command([*_START, "--run", f"/box/{program.name}", "/box"]),
                stdin=subprocess.PIPE,
                stdout=self._stdout,
                stderr=self._stderr,
                cwd=self.folder,
                env=toolchain.environment(project.build / "lean", self.folder),
            )
            self._process = self._spawn()
        except OSError as error:
            self._box.remove()
            raise DriverError(f"Lean cannot be started: {error}") from error
        except DeepTheoryError:
            self._box.remove()
            raise
        self._answers = (self.folder / "stdout").open("rb")

    @property
    def olean(self) -> Path:
        """Where the compiled module of the last request lies."""
        return self.folder / "out.olean"

    @property
    def export(self) -> Path:
        """Where the raw export, or other result, of the last request lies."""
        return self.folder / "out.json"

    @property
    def alive(self) -> bool:
        """Whether the process runs."""
        return self._process.poll() is None

    @property
    def ready(self) -> bool:
        """Whether the process has started up."""
        return self.ready_seconds is not None

    @property
    def busy(self) -> bool:
        """Whether a request is being served."""
        return self._current is not None

    @property
    def worn(self) -> bool:
        """Whether the process has loaded so much that it should be replaced."""
        held = resident_bytes(self._process.pid) if self.alive else None
        return self.spent > BUDGET_MB or (held is not None and held > RESIDENT_BYTES)

    def send(
        self, request: Request, on_diagnostic: Callable[[Diagnostic], None] | None = None
    ) -> None:
        """Hand a request to the process, which need not be ready yet."""
        self._count += 1
        self._current = request
        self._outcome = Outcome()
        self._on_diagnostic = on_diagnostic
        self._begun = time.monotonic()
        self._watch.restart()
        self.spent += request.cost
        for path in self.folder.glob("out.*"):
            path.unlink()
        (self.folder / "in.lean").write_bytes(request.source)
        lines = [
            request.kind,
            str(self._count),
            "/box/in.lean",
            request.shown.replace("\n", " "),
            request.module,
            "/box/out.olean" if request.compile else "-",
            "/box/out.json" if self._writes(request) else "-",
        ]
        aside = self.folder / "request.new"
        aside.write_text("\n".join(lines) + "\n", encoding="utf-8")
        os.replace(aside, self.folder / "request")

    def _writes(self, request: Request) -> bool:
        """Whether a file besides the compiled module comes of a request."""
        return request.export and (self.exporting or request.kind == "index")

    def poll(self) -> Outcome | None:
        """Read what has arrived; return the outcome where the request has ended.

        Raises
        ------
        DriverError
            Where the process died before it was ready.
        """
        alive = self.alive
        self._pending += self._answers.read()
        *lines, self._pending = self._pending.split(b"\n")
        for raw in lines:
            if done := self._take(raw.decode("utf-8", errors="replace")):
                return done
        if alive:
            if not self.ready or self._current is not None:
                self._guard()
            return None
        if not self.ready:
            raise DriverError(self._explain_start())
        if self._current is None:
            return None
        self._outcome.died = self._last_words()
        return self._finish()

    def _guard(self) -> None:
        """End a process that hangs; while it starts up, put another in its place, once."""
        since = time.monotonic() - (self._begun if self.ready else self.started)
        if self._watch.stalled(processor_seconds(self._process.pid)):
            reason = f"it stood still for {STALL_SECONDS:.0f} s"
        elif since > (REQUEST_SECONDS if self.ready else START_SECONDS):
            reason = f"it was not done after {since:.0f} s"
        else:
            return
        self._process.kill()
        self._process.wait()
        if self.ready or self._restarted:
            self._killed = reason
            return
        if self._process.stdin is not None:
            self._process.stdin.close()
        self._restarted = True
        self.started = time.monotonic()
        self._watch.restart()
        try:
            self._process = self._spawn()
        except OSError as error:
            raise DriverError(f"Lean cannot be started: {error}") from error

    def _take(self, line: str) -> Outcome | None:
        if line.startswith('{"deeptheory":'):
            data = json.loads(line)
            if data["deeptheory"] == "ready":
                self.ready_seconds = time.monotonic() - self.started
                self._begun = max(self._begun, time.monotonic())
            elif data["deeptheory"] == "done" and data["id"] == str(self._count):
                self._outcome.ok = data["ok"]
                self._outcome.error = data["error"]
                self._outcome.seconds = data["ms"] / 1000
                return self._finish()
            return None
        if not self.ready:
            if not line.startswith("[DEBUG:"):
                self._preamble.append(line)
            return None
        diagnostic = parse_message(line)
        if diagnostic is not None and self._current is not None:
            self._outcome.diagnostics.append(diagnostic)
            if self._on_diagnostic is not None:
                self._on_diagnostic(diagnostic)
        return None

    def _finish(self) -> Outcome:
        outcome = self._outcome
        outcome.seconds = outcome.seconds or time.monotonic() - self._begun
        self._current = None
        return outcome

    def _stderr_lines(self) -> list[str]:
        text = (self.folder / "stderr").read_text(encoding="utf-8", errors="replace")
        return [line for line in text.splitlines() if line and not line.startswith("[DEBUG:")]

    def _last_words(self) -> str:
        if self._killed:
            return self._killed
        for line in self._stderr_lines():
            if "Error:" in line or "error:" in line:
                return line[:300]
        return f"it ended with exit code {self._process.returncode}"

    def _explain_start(self) -> str:
        problems = [line for line in self._preamble if ": error" in line]
        if problems:
            return "The driver's program does not compile: " + problems[0]
        return f"Lean died while starting up: {self._last_words()}"

    def close(self) -> None:
        """End the process and remove its folder."""
        with contextlib.suppress(OSError):
            self._process.kill()
        with contextlib.suppress(OSError):
            if self._process.stdin is not None:
                self._process.stdin.close()
        self._process.wait()
        for stream in (self._answers, self._stdout, self._stderr):
            stream.close()
        self._box.remove()
