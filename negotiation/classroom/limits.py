"""How often a wrong code or password may be tried, and how much one person may have stored in a minute.

Counted in this process, not in the database: who guesses must not be able to fill the disk or hold up those who play.
A second server doubles what can be tried, a restart forgets; both are nothing against 30-bit codes and slow passwords.
"""

from __future__ import annotations

import threading
import time
from collections import OrderedDict, deque
from collections.abc import Callable

from negotiation.errors import Refused

MOST_KEPT = 10_000
"""Addresses and names remembered at a time; the longest unused are forgotten."""


class Limit:
    """At most `most` failures in `seconds` for each of the keys given (an address, a name, or everybody together).

    `what` is counted, in the words of a refusal.
    """

    def __init__(
        self,
        most: int,
        seconds: float,
        now: Callable[[], float] = time.monotonic,
        what: str = "wrong attempts from here",
    ) -> None:
        self.most, self.seconds, self.what, self._now = most, seconds, what, now
        self._failures: OrderedDict[str, deque[float]] = OrderedDict()
        self._lock = threading.Lock()

    def check(self, key: str) -> None:
        """Go on, or say how long to wait.

        Raises
        ------
        Refused
            When there have been too many failures.
        """
        with self._lock:
            failures = self._failures.get(key)
            if failures and len(failures) >= self.most:
                wait = failures[0] + self.seconds - self._now()
                if wait > 0:
                    raise Refused(f"too many {self.what}; try again in {int(wait) + 1} seconds")

    def failed(self, key: str) -> None:
        """Remember a failure, or whatever is counted."""
        with self._lock:
            failures = self._failures.setdefault(key, deque(maxlen=self.most))
            failures.append(self._now())
            self._failures.move_to_end(key)
            while len(self._failures) > MOST_KEPT:
                self._failures.popitem(last=False)
