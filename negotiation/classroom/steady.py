"""The time that classes go by: it passes only as people could have seen it pass."""

from __future__ import annotations

import threading
import time
from collections.abc import Callable

SEEN = 5.0
"""Seconds that may pass between two looks at the clocks; more, and nobody could do anything meanwhile."""


class Steady:
    """A clock in seconds since 1970, as this process counts them.

    A clock of the machine that is set forward or back changes nothing for a class that runs, neither does a machine that
    slept; time that a fault has cost is given back. When no clock runs, it goes by the machine's clock again.
    """

    def __init__(self, wall: Callable[[], float] = time.time, steady: Callable[[], float] = time.monotonic) -> None:
        self._wall, self._steady = wall, steady
        self._lock = threading.Lock()
        self._begun = self._looked = steady()
        self._start = wall()

    def __call__(self) -> float:
        """Return the time now."""
        return self._start + self._steady() - self._begun

    def look(self, lost: float, *, idle: bool) -> None:
        """Set the clock back by `lost` seconds, or by time that passed without a call; to be called all the time.

        With `idle` no clock is running.
        """
        with self._lock:
            now = self._steady()
            missed, self._looked = now - self._looked, now
            self._start -= max(lost, missed if missed > SEEN else 0.0)
            if idle:
                self._start, self._begun = self._wall(), now
