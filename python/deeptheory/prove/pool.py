"""Drivers: how many, which is free, when one is replaced."""

from __future__ import annotations

import contextlib
import os
import threading
from collections.abc import Callable

from deeptheory.paths import Project
from deeptheory.prove.driver import Driver, DriverError
from deeptheory.toolchain import EmbeddedToolchain

__all__ = ["DriverPool", "available_memory", "default_jobs"]

DRIVER_BYTES = 4_000_000_000
"""Memory that a driver may come to need."""


def available_memory() -> int | None:
    """Return the bytes of memory that are free for use, or None where that is not known."""
    try:
        with open("/proc/meminfo", encoding="ascii") as stream:
            for line in stream:
                if line.startswith("MemAvailable:"):
                    return int(line.split()[1]) * 1024
    except OSError:
        pass
    try:
        return os.sysconf("SC_PAGE_SIZE") * os.sysconf("SC_PHYS_PAGES") // 2
    except (AttributeError, ValueError, OSError):
        return None


def default_jobs() -> int:
    """Return how many drivers to run: one a core, as far as memory goes.

    A positive number in ``DEEPTHEORY_JOBS`` overrides this, on a machine that is shared.
    """
    wish = os.environ.get("DEEPTHEORY_JOBS", "")
    if wish.isdecimal() and int(wish) > 0:
        return int(wish)
    try:
        cores = len(os.sched_getaffinity(0))
    except AttributeError:
        cores = os.cpu_count() or 1
    memory = available_memory()
    if memory is None:
        return cores
    return max(1, min(cores, memory // DRIVER_BYTES))


def _memory_for_another() -> bool:
    """Say whether there is memory for one more driver."""
    memory = available_memory()
    return memory is None or memory > DRIVER_BYTES


class DriverPool:
    """Up to so many drivers at work, and some kept warm in reserve.

    Parameters
    ----------
    toolchain : EmbeddedToolchain
        What to run.
    project : Project
        The checkout.
    size : int
        How many may be at work at once.
    reserve : int, optional
        How many to start ahead of need.
    exporting : bool, optional
        Whether the drivers can write exports.

    Attributes
    ----------
    size : int
        How many may be at work at once.

    Notes
    -----
    All methods may be called from any thread.
    """

    def __init__(
        self,
        toolchain: EmbeddedToolchain,
        project: Project,
        *,
        size: int,
        reserve: int = 0,
        exporting: bool = True,
    ) -> None:
        self._make: Callable[[], Driver] = lambda: Driver(toolchain, project, exporting=exporting)
        self.size = size
        self._reserve = reserve
        self._lock = threading.Lock()
        self._idle: list[Driver] = []
        self._leased: set[Driver] = set()

    def take(self) -> Driver | None:
        """Return a driver, ready or starting up; None where none can be had now."""
        with self._lock:
            if len(self._leased) >= self.size:
                return None
            for driver in [d for d in self._idle if not d.alive]:
                self._idle.remove(driver)
                driver.close()
            self._idle.sort(key=lambda d: (not d.ready, d.started))
            if not self._idle and self._leased and not _memory_for_another():
                return None
            driver = self._idle.pop(0) if self._idle else self._make()
            self._leased.add(driver)
            self._fill()
            return driver

    def give(self, driver: Driver) -> None:
        """Give a driver back; one that is worn, busy or dead is replaced."""
        with self._lock:
            self._leased.discard(driver)
            if driver.busy or driver.worn or not driver.alive:
                driver.close()
            else:
                self._idle.append(driver)
            self._fill()

    def warm(self, count: int) -> None:
        """Start drivers ahead of need, so that at least so many are there."""
        with self._lock:
            while len(self._idle) + len(self._leased) < min(count, self.size):
                if self._idle and not _memory_for_another():
                    break
                self._idle.append(self._make())

    def refresh(self) -> None:
        """Let idle drivers take note of what they have printed, such as that they are ready."""
        with self._lock:
            for driver in self._idle:
                # One that died while starting up is replaced when it is asked for.
                with contextlib.suppress(DriverError):
                    driver.poll()

    def _fill(self) -> None:
        while len(self._idle) < self._reserve and _memory_for_another():
            self._idle.append(self._make())

    def close(self) -> None:
        """End all drivers."""
        with self._lock:
            for driver in [*self._idle, *self._leased]:
                driver.close()
            self._idle.clear()
            self._leased.clear()
