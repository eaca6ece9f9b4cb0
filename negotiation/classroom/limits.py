"""Limits on what one person stores in a minute and how fast pages are asked for; who counts as one caller.

Counted in this process, not in the database; wrong codes and passwords are counted in both, see `guesses`.
"""

from __future__ import annotations

import ipaddress
import threading
import time
from collections import OrderedDict, deque
from collections.abc import Callable

from negotiation.errors import Refused
from negotiation.language import phrase

MOST_KEPT = 10_000
"""Addresses and names remembered at a time; the longest unused are forgotten."""


class Limit:
    """At most `most` failures in `seconds` for each of the keys given (an address, a name, or everybody together).

    `what` names what is counted, in the words of a refusal.
    """

    def __init__(
        self,
        most: int,
        seconds: float,
        now: Callable[[], float] = time.monotonic,
        what: str = phrase("wrong attempts from here"),
    ) -> None:
        self.most, self.seconds, self.what, self._now = most, seconds, what, now
        self._failures: OrderedDict[str, deque[float]] = OrderedDict()
        self._lock = threading.Lock()

    def check(self, key: str) -> None:
        """Raise `Refused` with the time to wait if `key` has failed too often.

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
                    raise Refused(
                        phrase("too many {what}; try again in {seconds} seconds", what=self.what, seconds=int(wait) + 1)
                    )

    def failed(self, key: str) -> None:
        """Count one failure, or other event, of `key`."""
        with self._lock:
            failures = self._failures.setdefault(key, deque(maxlen=self.most))
            failures.append(self._now())
            self._failures.move_to_end(key)
            while len(self._failures) > MOST_KEPT:
                self._failures.popitem(last=False)


def network(address: str) -> str:
    """Return the caller an address counts as: an IPv4 address, or the /64 network of an IPv6 address."""
    try:
        found = ipaddress.ip_address(address.partition("%")[0])
    except ValueError:
        return address
    if isinstance(found, ipaddress.IPv6Address):
        if found.ipv4_mapped:
            return str(found.ipv4_mapped)
        return str(ipaddress.ip_network((found, 64), strict=False))
    return str(found)


class Pace:
    """A pace: a few at once, then so many a second, for each of the keys given; new sockets of a person change nothing.

    `burst` is how many at once, `a_second` how many each second after that.
    """

    def __init__(self, burst: int, a_second: float, now: Callable[[], float] = time.monotonic) -> None:
        self.burst, self.a_second, self._now = burst, a_second, now
        self._left: OrderedDict[str, tuple[float, float]] = OrderedDict()
        self._lock = threading.Lock()

    def take(self, key: str) -> bool:
        """Return whether one more event of `key` is within the pace, and count it if it is."""
        with self._lock:
            moment = self._now()
            left, when = self._left.get(key, (float(self.burst), moment))
            left = min(float(self.burst), left + self.a_second * (moment - when))
            fine = left >= 1
            self._left[key] = (left - 1 if fine else left, moment)
            self._left.move_to_end(key)
            while len(self._left) > MOST_KEPT:
                self._left.popitem(last=False)
            return fine
