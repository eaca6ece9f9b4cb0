"""How news spreads once it is on disk: numbers only, so that nothing secret can travel this way.

A log's version is the number of its events. Whoever draws a log remembers the version drawn, and is woken when there
is a higher one. Between servers the numbers travel through PostgreSQL (`postgres.py`).
"""

from __future__ import annotations

import hashlib
import threading
from collections.abc import Callable, Iterable, Mapping
from functools import lru_cache


@lru_cache(maxsize=4096)
def topic(log: str) -> str:
    """The name under which a log is spoken of between servers; tells nothing, since some ids are addresses."""
    return hashlib.sha256(log.encode()).hexdigest()[:24]


class Hub:
    """The latest known version of every log in this process, and who waits for a later one."""

    def __init__(self) -> None:
        self._versions: dict[str, int] = {}
        self._watching: dict[int, tuple[frozenset[str], Callable[[], None]]] = {}
        self._changed = threading.Condition()
        self._count = 0

    def version(self, log: str) -> int:
        """The latest version heard of; -1 if none."""
        return self._versions.get(topic(log), -1)

    def publish(self, log: str, version: int) -> None:
        """Tell everybody here that a log has grown."""
        self.hear(topic(log), version)

    def hear(self, name: str, version: int) -> None:
        """Take in a version by topic; older ones are ignored."""
        with self._changed:
            if version <= self._versions.get(name, -1):
                return
            self._versions[name] = version
            wakes = [wake for logs, wake in self._watching.values() if name in map(topic, logs)]
            self._changed.notify_all()
        for wake in wakes:
            wake()

    def watch(self, logs: Iterable[str], wake: Callable[[], None]) -> Callable[[], None]:
        """Have `wake` called, from any thread, when one of these logs grows; returns what stops it.

        A socket's `wake` is `lambda: loop.call_soon_threadsafe(event.set)`. Clear the event first and compare versions
        then, or a wake-up is lost.
        """
        with self._changed:
            self._count += 1
            number = self._count
            self._watching[number] = (frozenset(logs), wake)
        return lambda: self._stop(number)

    def _stop(self, number: int) -> None:
        with self._changed:
            self._watching.pop(number, None)

    def watched(self) -> list[str]:
        """The logs that somebody here watches."""
        with self._changed:
            return sorted({log for logs, _ in self._watching.values() for log in logs})

    def wait(self, seen: Mapping[str, int], timeout: float) -> bool:
        """Whether one of the logs got beyond the version seen before the time (in seconds) was up."""
        with self._changed:
            return self._changed.wait_for(lambda: any(self.version(log) > v for log, v in seen.items()), timeout)
