"""What can be seen of a process from outside: processor time and memory, where Linux shows them."""

from __future__ import annotations

import os
import time

__all__ = ["StallWatch", "processor_seconds", "resident_bytes"]


def _fields(pid: int, name: str) -> list[str] | None:
    """Return the fields of a file of the process, or None where it cannot be read."""
    try:
        with open(f"/proc/{pid}/{name}", encoding="ascii", errors="replace") as stream:
            # The name of the program, in parentheses, may hold anything.
            return stream.read().rpartition(")")[2].split()
    except OSError:
        return None


def processor_seconds(pid: int) -> float | None:
    """Return the processor time that a process has used, or None where it cannot be known."""
    fields = _fields(pid, "stat")
    if fields is None or len(fields) < 13:
        return None
    return (int(fields[11]) + int(fields[12])) / os.sysconf("SC_CLK_TCK")


def resident_bytes(pid: int) -> int | None:
    """Return the memory that a process holds, or None where it cannot be known."""
    fields = _fields(pid, "statm")
    if fields is None or len(fields) < 2:
        return None
    return int(fields[1]) * os.sysconf("SC_PAGE_SIZE")


class StallWatch:
    """Notices that a process which ought to work does not.

    Parameters
    ----------
    seconds : float
        How long it may use next to no processor time.
    least : float, optional
        The processor time, in seconds, that counts as work.
    """

    def __init__(self, seconds: float, least: float = 1.0) -> None:
        self._seconds = seconds
        self._least = least
        self._since = time.monotonic()
        self._used: float | None = None

    def restart(self) -> None:
        """Begin anew, as where new work is handed over."""
        self._since = time.monotonic()
        self._used = None

    def stalled(self, used: float | None) -> bool:
        """Say whether the process stands still.

        Parameters
        ----------
        used : float or None
            The processor time that it has used by now; where it is not known, nothing is said.
        """
        if used is None:
            return False
        if self._used is None or used - self._used >= self._least:
            self._used = used
            self._since = time.monotonic()
            return False
        return time.monotonic() - self._since > self._seconds
