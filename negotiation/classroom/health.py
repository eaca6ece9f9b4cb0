"""The health of a database: whether it stores what is done, and how much time its faults have cost people."""

from __future__ import annotations

import logging
import threading
import time
from collections.abc import Callable
from contextvars import ContextVar

LOG = logging.getLogger("negotiation")

SLOW = 1.0
"""Seconds after which waiting to write is a fault, not a queue."""

PATIENCE: ContextVar[float] = ContextVar("patience", default=0.0)
"""Seconds that a caller waits for a database that is away, before anything has been begun."""

AGAIN = 0.25
"""Seconds between two attempts."""


class Health:
    """The health of one database, as this process sees it.

    Parameters
    ----------
    now
        A clock that nobody sets.
    """

    def __init__(self, now: Callable[[], float] = time.monotonic) -> None:
        self.now = now
        self._since: float | None = None
        self._why = ""
        self._lost = self._counted = 0.0
        self._lock = threading.Lock()

    @property
    def why(self) -> str:
        """Return what is wrong, in words for anybody, without addresses, paths and names; empty if nothing is."""
        return self._why if self.down else ""

    @property
    def down(self) -> bool:
        """Return whether the last attempt to write failed, or an attempt to read since."""
        return self._since is not None

    def failed(self, since: float, why: str) -> None:
        """Note a failed read or write; `why` goes to the server's log, once, and nowhere else."""
        with self._lock:
            self._why = _plain(why)
            first, self._since = self._since is None, since if self._since is None else self._since
        if first:
            LOG.error("the database does not keep what is done", extra={"with_it": {"why": why, "fault": self._why}})

    def kept(self, since: float, begun: float) -> None:
        """Note a successful write, which waited from `since` to `begun`."""
        with self._lock:
            was, self._since = self._since, None
            start = since if was is None else was
            if was is not None or begun - since > SLOW:
                self._lost += max(0.0, begun - max(start, self._counted))
                self._counted = max(begun, self._counted)
        if was is not None:
            LOG.warning("the database keeps what is done again")

    def lost(self) -> float:
        """Return the seconds in which nobody could act, since the last call."""
        with self._lock:
            found, self._lost = self._lost, 0.0
        return found


FAULTS = {
    "locked": "it is locked by another program",
    "lock timeout": "it is locked by another program",
    "full": "its disk is full",
    "no space left": "its disk is full",
    "readonly": "it can only be read",
    "read-only": "it can only be read",
    "deleted or replaced": "its file was deleted or replaced",
    "no such table": "its file was deleted or replaced",
    "unable to open": "its file cannot be opened",
    "i/o error": "its disk does not take what is written",
    "malformed": "its file is damaged",
    "not a database": "its file is damaged",
    "connect": "it cannot be reached",
}
"""What databases say when they are at fault, and what is told of it."""


def _plain(why: str) -> str:
    """Return the kind of a fault; the database's own words may hold addresses and names."""
    said = why.lower()
    return next((told for sign, told in FAULTS.items() if sign in said), "it does not keep what it is given")
