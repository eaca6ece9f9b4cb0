"""Presence of people: online, idle or offline, from the sockets of this server, and for others from the database."""

from __future__ import annotations

import threading
from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from negotiation.classroom.seats import Seat, Seats

ELSEWHERE = 10.0
"""Seconds for which what the database says of a class is believed."""

GRACE = 6.0
"""Seconds after which a person whose last socket has gone is offline: a reload takes less."""

ONLINE, IDLE, OFFLINE = "online", "idle", "offline"


@dataclass
class _Here:
    sockets: int = 0
    idle: bool = False
    left: float = 0.0


def place(group: str) -> str:
    """Return the topic on which the hub tells that a person of a group (or of a lobby: the class) came or went."""
    return f"{group}.here"


class Presence:
    """The people whose pages this server holds.

    Parameters
    ----------
    seats
        Where presence is written down for other servers and for the console.
    """

    def __init__(self, seats: Seats) -> None:
        self.seats, self.now, self.hub = seats, seats.classes.now, seats.store.hub
        self._here: dict[str, _Here] = {}
        self._elsewhere: dict[str, tuple[float, frozenset[str]]] = {}
        self._count = 0
        self._lock = threading.Lock()

    def arrive(self, seat: Seat) -> None:
        """Note that a socket of this person has opened."""
        with self._lock:
            here = self._here.setdefault(seat.person, _Here())
            here.sockets, here.idle = here.sockets + 1, False
        self._tell(seat)
        self.seats.touch(seat)

    def ping(self, seat: Seat, *, idle: bool) -> None:
        """Note that a socket of this person is alive; `idle` if nobody has touched the page for a while."""
        with self._lock:
            here = self._here.setdefault(seat.person, _Here())
            changed, here.idle = here.idle != idle, idle
        if changed:
            self._tell(seat)
        self.seats.touch(seat)

    def leave(self, seat: Seat) -> None:
        """Note that a socket of this person has closed."""
        with self._lock:
            here = self._here.setdefault(seat.person, _Here())
            here.sockets, here.left = max(0, here.sockets - 1), self.now()

    def tell(self, seat: Seat) -> None:
        """Tell the group, once the grace is over, that this person has left."""
        self._tell(seat)

    def states(self, session: str, people: Iterable[str]) -> Mapping[str, str]:
        """Return the state of each of `people`: online, idle or offline."""
        now = self.now()
        found = {}
        for person in people:
            with self._lock:
                here = self._here.get(person)
                if here and here.sockets:
                    found[person] = IDLE if here.idle else ONLINE
                    continue
                just = here is not None and now - here.left < GRACE
                known = here is not None and now - here.left < 60
            found[person] = ONLINE if just or (not known and person in self._others(session)) else OFFLINE
        return found

    def _others(self, session: str) -> frozenset[str]:
        read, people = self._elsewhere.get(session, (float("-inf"), frozenset[str]()))
        if self.now() - read >= ELSEWHERE:
            people = self.seats.present(session)
            self._elsewhere[session] = (self.now(), people)
        return people

    def _tell(self, seat: Seat) -> None:
        with self._lock:
            self._count += 1
            count = self._count
        self.hub.publish(place(seat.group or seat.session), count)
