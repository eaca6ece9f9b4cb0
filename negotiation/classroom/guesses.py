"""Bounds on wrong codes and passwords; the servers of one database count together, and a restart forgets nothing.

A bound is a bucket: every attempt fills it a little, time empties it. When it is full, one attempt passes now and then;
nobody is locked out. Each server counts an attempt in memory before it is looked at, so that many at once are no way
around; what was wrong is put into the database: at once, or, while there are many, in lots, so that a guesser
cannot hold up those who play.
"""

from __future__ import annotations

import hashlib
import hmac
import threading
import time
from collections import OrderedDict
from collections.abc import Callable
from dataclasses import dataclass
from typing import TypeAlias

from sqlalchemy import Table, bindparam, delete, func, insert, select, text

from negotiation.classroom.limits import MOST_KEPT, Pace
from negotiation.classroom.schema import came, keys, tries
from negotiation.classroom.store import Reading, Store, Writing
from negotiation.errors import Refused, StoreError
from negotiation.language import phrase

WRITES = 20, 10.0
"""How often wrong attempts are put into the database: at once, and each second after that; the others wait for the next."""

PRUNE = 10.0
"""Seconds after which attempts that say nothing any more are deleted."""

LOOK = 1.0
"""Seconds between two looks at who has come in."""

EXACT = 1e-6

MARKS = select(tries).where(tries.c.hash.in_(bindparam("hashes", expanding=True)))

ADD = text(
    "INSERT INTO tries (hash, until, at) VALUES (:hash, :now + :more, :now) ON CONFLICT (hash) DO UPDATE SET at = :now, "
    "until = CASE WHEN tries.until < :now THEN :now + :more WHEN tries.until + :more > :full THEN :full "
    "ELSE tries.until + :more END"
)


@dataclass(frozen=True, slots=True)
class Bound:
    """A bound: `most` attempts at once, as many again in `seconds`; after too many, one every `slow` seconds."""

    kind: str
    most: int
    seconds: float
    slow: float

    @property
    def each(self) -> float:
        """Return the seconds after which one attempt is forgotten."""
        return self.seconds / self.most


Attempt: TypeAlias = tuple[Bound, str]
"""A bound, and for whom it is: an address, a name, or both."""

Mark: TypeAlias = tuple[float, float]
"""When all attempts are forgotten, and when the last was made."""


class Guesses:
    """The wrong attempts of one database.

    Parameters
    ----------
    now
        The clock, in seconds since 1970. One that was set back lets everybody try again.
    """

    def __init__(self, store: Store, now: Callable[[], float]) -> None:
        self.store, self.now = store, now
        self._here: OrderedDict[str, Mark] = OrderedDict()
        self._owed: dict[str, tuple[Bound, int]] = {}
        self._writes, self._writing = Pace(*WRITES), False
        self._came: set[str] = set()
        self._key, self._pruned, self._looked = b"", float("-inf"), float("-inf")
        self._lock = threading.Lock()

    def take(self, *attempts: Attempt) -> None:
        """Count an attempt in advance; the caller then calls `keep` if it was wrong, or `forgive`.

        Raises
        ------
        Refused
            When there have been too many, here or on another server, for the moment.
        """
        self.count(*attempts)
        with self.store.reading() as look:
            self.check(look, *attempts)

    def count(self, *attempts: Attempt) -> None:
        """Count an attempt in memory, as the first half of `take`: a flood from one address costs no access to disk."""
        hashes, now = self._hashes(attempts), self.now()
        with self._lock:
            for (bound, _), name in zip(attempts, hashes, strict=True):
                _refuse(bound, self._here.get(name), now)
            self._count(attempts, hashes, 1)

    def check(self, look: Reading, *attempts: Attempt) -> None:
        """Check an attempt against other servers' counts, the second half of `take`; a refused one does not count."""
        hashes, now = self._hashes(attempts), self.now()
        rows = look.connection.execute(MARKS, {"hashes": hashes}).all()
        kept = {row.hash: (row.until, row.at) for row in rows}
        try:
            for (bound, _), name in zip(attempts, hashes, strict=True):
                _refuse(bound, kept.get(name), now)
        except Refused:
            with self._lock:
                self._count(attempts, hashes, -1)
            raise

    def keep(self, *attempts: Attempt) -> None:
        """Make a wrong attempt, taken before, known to other servers, and to this one after a restart."""
        self._owe(attempts, 1)

    def forgive(self, *attempts: Attempt, kept: bool) -> None:
        """Take back the count of an attempt that was right; `kept` if it is in the database already."""
        with self._lock:
            self._count(attempts, self._hashes(attempts), -1)
        if kept:
            self._owe(attempts, -1)

    def note(self, write: Writing, key: str, seconds: float) -> None:
        """Remember for `seconds`, in a transaction that does more, that a person has come in with `key`."""
        name, now = self.hashed("came", key), self.now()
        write.connection.execute(delete(came).where(came.c.hash == name))
        write.connection.execute(insert(came).values(hash=name, until=now + seconds))
        self._came.add(name)

    def noted(self, key: str) -> bool:
        """Return whether a person has come in with `key`, here or on another server; looked up once a second."""
        if time.monotonic() - self._looked > LOOK:
            self._looked = time.monotonic()
            with self.store.reading() as look:
                newest = select(came.c.hash).where(came.c.until > self.now()).order_by(came.c.until.desc())
                self._came = set(look.connection.execute(newest.limit(MOST_KEPT)).scalars())
        return self.hashed("came", key) in self._came

    def hashed(self, kind: str, key: str) -> str:
        """Return the keyed hash that is stored for an address or a name."""
        if not self._key:
            with self.store.reading() as look:
                query = select(keys.c.value).where(keys.c.name == "tries")
                self._key = bytes.fromhex(look.connection.execute(query).scalar_one())
        return hmac.new(self._key, f"{kind} {key}".encode("utf-8", "replace"), hashlib.sha256).hexdigest()

    def _hashes(self, attempts: tuple[Attempt, ...]) -> list[str]:
        return [self.hashed(bound.kind, key) for bound, key in attempts]

    def _count(self, attempts: tuple[Attempt, ...], hashes: list[str], n: int) -> None:
        now = self.now()
        for (bound, _), name in zip(attempts, hashes, strict=True):
            until, at = self._here.pop(name, (now, now))
            self._here[name] = min(max(until, now) + n * bound.each, now + bound.seconds), now if n > 0 else at
        while len(self._here) > MOST_KEPT or (self._here and next(iter(self._here.values()))[0] < now):
            self._here.popitem(last=False)

    def _owe(self, attempts: tuple[Attempt, ...], n: int) -> None:
        """Store these attempts and those that wait, or let them wait.

        They wait if much has just been written, and while another thread writes: a guesser waits for a slow
        database once, not with every thread there is.
        """
        with self._lock:
            for (bound, _), name in zip(attempts, self._hashes(attempts), strict=True):
                before = self._owed.get(name, (bound, 0))[1]
                self._owed[name] = bound, before + n
            while len(self._owed) > MOST_KEPT:
                del self._owed[next(iter(self._owed))]
            if self._writing:
                return
            self._writing = True
        while owed := self._due():
            try:
                self._write(owed)
            except StoreError:
                with self._lock:
                    self._owed, self._writing = {**owed, **self._owed}, False
                raise

    def _due(self) -> dict[str, tuple[Bound, int]]:
        """Return the attempts to write now; if there are none, writing ends."""
        with self._lock:
            self._writing = bool(self._owed) and self._writes.take("")
            if not self._writing:
                return {}
            owed, self._owed = self._owed, {}
            return owed

    def _write(self, owed: dict[str, tuple[Bound, int]]) -> None:
        now = self.now()
        rows = [
            {"hash": name, "now": now, "more": n * bound.each, "full": now + bound.seconds}
            for name, (bound, n) in sorted(owed.items())  # in one order: servers never wait for each other in a ring
        ]
        with self.store.writing() as write:
            write.connection.execute(ADD, rows)
            if time.monotonic() - self._pruned > PRUNE:
                self._pruned = time.monotonic()
                for table in (tries, came):
                    _thin(write, table, now)


def _thin(write: Writing, table: Table, now: float) -> None:
    """Delete expired rows, and the oldest beyond the number kept at most; rows that another writer holds stay."""
    count = write.connection.execute(select(func.count()).select_from(table)).scalar_one()
    most = select(table.c.hash).order_by(table.c.until).limit(max(0, count - MOST_KEPT))
    for which in (select(table.c.hash).where(table.c.until <= now), most):
        write.connection.execute(delete(table).where(table.c.hash.in_(which.with_for_update(skip_locked=True))))


def _refuse(bound: Bound, mark: Mark | None, now: float) -> None:
    """Raise `Refused` if a bucket has no room for one more attempt."""
    if mark is None:
        return
    until, at = mark
    full = (min(until, now + bound.seconds) - now) / bound.each
    since = abs(now - at)
    if full + 1 > bound.most + EXACT and since < bound.slow:
        wait = int(bound.slow - since) + 1
        raise Refused(phrase("too many wrong attempts from here; try again in {seconds} seconds", seconds=wait))
