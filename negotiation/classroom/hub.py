"""How news spreads once it is on disk: numbers only, so that nothing secret can travel this way.

A log's version is the number of its events. A page that draws a log remembers the version, and is woken when there
is a higher one. Between servers the numbers travel through PostgreSQL (`postgres.py`).
"""

from __future__ import annotations

import hashlib
import logging
import threading
from collections.abc import Callable, Iterable, Mapping
from functools import lru_cache

LOG = logging.getLogger("negotiation")


@lru_cache(maxsize=4096)
def topic(log: str) -> str:
    """Return the name of a log between servers: a hash, since some ids are addresses."""
    return hashlib.sha256(log.encode("utf-8", "replace")).hexdigest()[:24]


class Hub:
    """The latest known version of every log in this process, and the callbacks that wait for a later one."""

    def __init__(self) -> None:
        self._versions: dict[str, int] = {}
        self._watching: dict[int, frozenset[str]] = {}
        self._wakes: dict[str, dict[int, Callable[[], None]]] = {}
        self._changed = threading.Condition()
        self._count = 0

    def version(self, log: str) -> int:
        """Return the latest version heard of a log; -1 if none."""
        return self._versions.get(topic(log), -1)

    def publish(self, log: str, version: int) -> None:
        """Announce in this process that a log has grown to `version`."""
        self.hear(topic(log), version)

    def hear(self, name: str, version: int) -> None:
        """Take in a version by topic unless it is older; a callback that fails never holds up the caller."""
        with self._changed:
            if version <= self._versions.get(name, -1):
                return
            self._versions[name] = version
            wakes = list(self._wakes.get(name, {}).items())
            self._changed.notify_all()
        for number, wake in wakes:
            try:
                wake()
            except RuntimeError as problem:  # its loop has ended
                self._stop(number)
                LOG.warning("somebody who watched could not be woken: %s", problem)

    def watch(self, logs: Iterable[str], wake: Callable[[], None]) -> Callable[[], None]:
        """Register `wake`, called from any thread when one of these logs grows; return what unregisters it.

        A socket's `wake` is `lambda: loop.call_soon_threadsafe(event.set)`. Clear the event first and compare versions
        then, or a wake-up is lost.
        """
        watched = frozenset(logs)
        topics = [topic(log) for log in watched]
        with self._changed:
            self._count += 1
            number = self._count
            self._watching[number] = watched
            for name in topics:
                self._wakes.setdefault(name, {})[number] = wake
        return lambda: self._stop(number)

    def _stop(self, number: int) -> None:
        with self._changed:
            for name in map(topic, self._watching.pop(number, ())):
                wakes = self._wakes[name]
                del wakes[number]
                if not wakes:
                    del self._wakes[name]

    def watched(self) -> list[str]:
        """Return the logs that are watched in this process."""
        with self._changed:
            return sorted(frozenset().union(*self._watching.values()))

    def wait(self, seen: Mapping[str, int], timeout: float) -> bool:
        """Wait until a log gets beyond the version seen, at most `timeout` seconds; return whether one did."""
        with self._changed:
            return self._changed.wait_for(lambda: any(self.version(log) > v for log, v in seen.items()), timeout)
