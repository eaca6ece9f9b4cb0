"""Logs in a database, append-only: an event is on disk before anybody is told of it.

SQLite (a file, write-ahead log, every commit flushed) unless a PostgreSQL address is given. Nothing here locks more
than one log: its events are ordered by the primary key (log, seq). Reads never write.
"""

from __future__ import annotations

import json
import secrets
import threading
import time
from collections.abc import Callable, Iterator, Mapping, Sequence
from contextlib import AbstractContextManager, ExitStack, contextmanager
from typing import Any

from sqlalchemy import Connection, Engine, bindparam, func, insert, make_url, select, text
from sqlalchemy.exc import (
    ArgumentError,
    DatabaseError,
    DBAPIError,
    IntegrityError,
    InterfaceError,
    InternalError,
    OperationalError,
    SQLAlchemyError,
    TimeoutError,
)

from negotiation.classroom import postgres, sqlite
from negotiation.classroom.addresses import VARIABLE, default, is_address, placed
from negotiation.classroom.health import AGAIN, PATIENCE, Health
from negotiation.classroom.hub import Hub
from negotiation.classroom.schema import check_ours, events, keep_text, logs, prepare, refusals, texts
from negotiation.errors import LogError, StoreError
from negotiation.language import phrase

__all__ = ["VARIABLE", "Moved", "Reading", "Row", "Store", "Writing", "store"]

Row = dict[str, Any]

LOG = events.c.log == bindparam("log")
ROWS = (
    select(events.c.at, events.c.who, events.c.row)
    .where(LOG, events.c.seq >= bindparam("first"))
    .order_by(events.c.seq)
)
LAST = select(func.max(events.c.seq)).where(LOG)
DONE = select(events.c.row).where(events.c.request == bindparam("request"))
REFUSED = select(refusals.c.why).where(refusals.c.request == bindparam("request"))
THIS = select(logs.c.id).where(logs.c.id == bindparam("log"))
LOCKED, SHARED = THIS.with_for_update(), THIS.with_for_update(read=True)
"""What every page and every command asks, built once."""

FAULTS = (OSError, OperationalError, InterfaceError, InternalError, TimeoutError)
"""What is raised when the database itself is at fault: away, locked, full, read-only; damaged is a `DatabaseError`."""

TRY = text(
    "INSERT INTO presence (person, session, seen) VALUES ('@server', '', :now) "
    "ON CONFLICT (person) DO UPDATE SET seen = excluded.seen"
)
"""Written to see whether something can be."""


class Moved(StoreError):
    """Raised when another writer has added an event in the meantime: load the log again."""

    def __init__(self) -> None:
        super().__init__("somebody else was faster; try again")


class Reading:
    """Queries of the database within one connection."""

    def __init__(self, connection: Connection) -> None:
        self.connection = connection

    def head(self, log: str) -> tuple[str, Row, str]:
        """Return the kind of a log, its set-up, and the text of its case (empty if none is kept).

        Raises
        ------
        LogError
            When there is no such log here.
        """
        query = select(logs.c.kind, logs.c.setup, texts.c.text).join(texts, texts.c.digest == logs.c.text, isouter=True)
        found = self.connection.execute(query.where(logs.c.id == log)).first()
        if found is None:
            raise LogError(phrase("there is no game {name!r} in this database", name=log[:40]))
        return found.kind, json.loads(found.setup), found.text or ""

    def rows(self, log: str, first: int = 0) -> list[Row]:
        """Return the events of a log from number `first` on, in order."""
        return [row for _, row in self.stamped(log, first)]

    def stamped(self, log: str, first: int = 0) -> list[tuple[float, Row]]:
        """Return the events of a log from number `first` on, each with the time it was stored (seconds since 1970)."""
        return [(at, row) for at, _, row in self.authored(log, first)]

    def authored(self, log: str, first: int = 0) -> list[tuple[float, str, Row]]:
        """Return the events of a log from number `first` on, each with its time and author (see `schema.events`)."""
        found = self.connection.execute(ROWS, {"log": log, "first": first})
        return [(at, who, json.loads(row)) for at, who, row in found]

    def version(self, log: str) -> int:
        """Return the number of events of a log."""
        last = self.connection.execute(LAST, {"log": log}).scalar()
        return 0 if last is None else last + 1

    def versions(self, wanted: Sequence[str]) -> dict[str, int]:
        """Return the number of events of several logs; 0 for those that have none."""
        query = select(events.c.log, func.max(events.c.seq)).where(events.c.log.in_(wanted)).group_by(events.c.log)
        return {**dict.fromkeys(wanted, 0), **{log: last + 1 for log, last in self.connection.execute(query)}}

    def last(self, log: str) -> float | None:
        """Return the time at which the last event of a log was stored; None if it has none."""
        return self.connection.execute(select(func.max(events.c.at)).where(events.c.log == log)).scalar()

    def event(self, request: str) -> Row | None:
        """Return the event that a request brought about; None if there is none."""
        found = self.connection.execute(DONE, {"request": request}).scalar()
        return None if found is None else json.loads(found)

    def answer(self, request: str) -> str | None:
        """Return the answer to a request: empty if it was done, else the refusal; None if it never came."""
        if self.event(request) is not None:
            return ""
        return self.connection.execute(REFUSED, {"request": request}).scalar()


class Writing(Reading):
    """One transaction: all of it is on disk afterwards, or nothing; where both are needed, share before you lock."""

    def __init__(self, connection: Connection) -> None:
        super().__init__(connection)
        self.grown: dict[str, int] = {}

    def lock(self, log: str) -> None:
        """Lock a log until the end of the transaction; on SQLite there is only one writer anyway."""
        self.connection.execute(LOCKED, {"log": log})

    def share(self, log: str) -> None:
        """Keep a log unchanged until the end of the transaction, while others may share it."""
        self.connection.execute(SHARED, {"log": log})

    def create(self, setup: Mapping[str, object], *, kind: str, text: str = "", log: str = "") -> str:
        """Create a log and return its id, hard to guess unless given."""
        log = log or secrets.token_urlsafe(12).replace("-", "_")  # on a command line a dash begins an option
        digest = keep_text(self.connection, text) if text else ""
        values = {"id": log, "setup": json.dumps(setup), "created": time.time(), "kind": kind, "text": digest}
        self.connection.execute(insert(logs).values(values))
        return log

    def append(
        self,
        log: str,
        first: int,
        rows: Sequence[Mapping[str, object]],
        request: str | None = None,
        who: Sequence[str] = (),
    ) -> None:
        """Append events after the first `first`; `request` names the first of them for good, `who` the author of each.

        Raises
        ------
        Moved
            When event number `first` is there already.
        """
        self.lock(log)
        if self.version(log) != first:
            raise Moved
        now = time.time()
        values = [
            {"log": log, "seq": first + n, "row": json.dumps(row, ensure_ascii=False), "at": now}
            | {"request": None, "who": who[n] if who else ""}
            for n, row in enumerate(rows)
        ]
        values[0]["request"] = request
        self.connection.execute(insert(events), values)
        self.grown[log] = first + len(rows)

    def refuse(self, request: str, why: str) -> None:
        """Store the refusal that a request got."""
        self.connection.execute(insert(refusals).values(request=request, why=why, at=time.time()))


class Store:
    """The logs of one database.

    Parameters
    ----------
    place
        The path of an SQLite file, made if it does not exist; or a PostgreSQL address.

    Raises
    ------
    StoreError
        When it cannot be opened.
    """

    def __init__(self, place: str) -> None:
        self.hub, self.health = Hub(), Health()
        place = placed(place)
        self._base = postgres if is_address(place) else sqlite
        self._queue = self._base.queue()
        try:
            self._base.look(place, lambda connection: check_ours(connection, place))
            with ExitStack() as undo:
                self.engine: Engine = self._base.engine_of(place)
                undo.callback(self.engine.dispose)
                self._writer = self.engine.execution_options(immediate=True)
                with self._writer.begin() as connection:
                    self._base.alone(connection)
                    prepare(connection)
                undo.pop_all()
        except (SQLAlchemyError, OSError) as problem:
            raise StoreError(f"database {_named(place)!r} cannot be opened: {_cause(problem)}") from None
        self.place: str = self._base.named(self.engine)

    @contextmanager
    def reading(self) -> Iterator[Reading]:
        """Yield a `Reading` of the database."""
        since = self.health.now()
        try:
            with self._patiently(self.engine.connect) as connection:
                yield Reading(connection)
        except (SQLAlchemyError, UnicodeError) as problem:
            self._failed(since, problem)
            raise StoreError(phrase("the database does not answer; try again in a moment")) from None

    @contextmanager
    def writing(self) -> Iterator[Writing]:
        """Yield a `Writing`, one transaction; the hub is told once it is on disk, and only then.

        Raises
        ------
        Moved
            When another writer has stored the event in the meantime; nothing is kept then.
        """
        since = self.health.now()
        try:
            with self._queue:
                since = self.health.now()
                with self._patiently(self._writer.begin) as connection:
                    begun, written = self.health.now(), Writing(connection)
                    yield written
                    self._base.announce(connection, written.grown)
        except IntegrityError:
            raise Moved from None
        except (SQLAlchemyError, UnicodeError, OSError) as problem:
            self._failed(since, problem)
            raise StoreError(phrase("the database did not keep it; try again in a moment")) from None
        self.health.kept(since, begun)
        for log, version in written.grown.items():
            self.hub.publish(log, version)

    def wipe(self) -> None:
        """Remove all that was written over from the disk; every writer waits for as long as a copy takes."""
        with self._queue:
            self._base.wipe(self.engine)

    def close(self) -> None:
        """Close the database and leave it as one file, ready to be copied; it opens again by itself."""
        with self._queue:
            self._base.settle(self.engine)
        self.engine.dispose()

    def keeps(self) -> bool:
        """Return whether the database can be written to now, by trying."""
        try:
            with self.writing() as write:
                write.connection.execute(TRY, {"now": time.time()})
        except StoreError:
            return False
        return True

    @contextmanager
    def _patiently(self, opened: Callable[[], AbstractContextManager[Connection]]) -> Iterator[Connection]:
        """Yield a connection; one that cannot be had is tried again for as long as `PATIENCE` says."""
        end = time.monotonic() + PATIENCE.get()
        with ExitStack() as stack:
            connection: Connection | None = None
            while connection is None:
                try:
                    connection = stack.enter_context(opened())
                except DBAPIError:
                    if time.monotonic() >= end:
                        raise
                    time.sleep(AGAIN)
            yield connection

    def _failed(self, since: float, problem: Exception) -> None:
        """Note that the database is at fault, unless it only refused the value it was to store."""
        if isinstance(problem, FAULTS) or type(problem) is DatabaseError:
            self.health.failed(since, _cause(problem))

    def version(self, log: str) -> int:
        """Return the number of events of a log, on disk."""
        with self.reading() as look:
            return look.version(log)

    def listen(self) -> Callable[[], None]:
        """Hear from now on what other servers store (only PostgreSQL tells), and return the function that ends it."""
        stop: Callable[[], None] = self._base.listen(self)
        return stop

    def refresh(self) -> None:
        """Look up the watched logs, after news from other servers may have been missed."""
        watched = self.hub.watched()
        with self.reading() as look:
            found = look.versions(watched)
        for log, version in found.items():
            self.hub.publish(log, version)

    def setup(self, log: str) -> Row:
        """Return the set-up of a log."""
        with self.reading() as look:
            return look.head(log)[1]

    def rows(self, log: str, first: int = 0) -> list[Row]:
        """Return the events of a log from number `first` on, in order."""
        with self.reading() as look:
            return look.rows(log, first)

    def append(
        self,
        log: str,
        first: int,
        rows: Sequence[Mapping[str, object]],
        request: str | None = None,
        who: Sequence[str] = (),
    ) -> None:
        """Append events in a transaction of their own."""
        with self.writing() as write:
            write.append(log, first, rows, request, who)


def _named(place: str) -> str:
    try:
        return make_url(place).render_as_string()
    except ArgumentError:
        return place


def _cause(problem: Exception) -> str:
    return str(getattr(problem, "orig", None) or getattr(problem, "strerror", None) or problem).splitlines()[0]


_stores: dict[str, Store] = {}
_lock = threading.Lock()


def store() -> Store:
    """Return the store that the environment names; by default a file in the user's data folder."""
    place = default()
    with _lock:
        if place not in _stores:
            _stores[place] = Store(place)
        return _stores[place]
