"""What only PostgreSQL needs: its address, one server at a time for upgrades, and news between servers.

Kept small, because it can be tested only where a PostgreSQL server is installed.
"""

from __future__ import annotations

import threading
from collections.abc import Callable, Mapping
from contextlib import AbstractContextManager, nullcontext
from typing import TYPE_CHECKING

from sqlalchemy import Connection, Engine, create_engine, make_url, text
from sqlalchemy.exc import SQLAlchemyError

from negotiation.classroom.hub import topic
from negotiation.errors import StoreError

if TYPE_CHECKING:
    from negotiation.classroom.store import Store

CHANNEL = "negotiation"
UPGRADE = 7_236_251
"""Any number: the key under which one server at a time may look at the schema."""

PATIENCE = 1.0
"""Seconds between attempts to listen again, and between looks at whether to stop."""


def look(_place: str, _check: Callable[[Connection], object]) -> None:
    """Do nothing: nothing is written before `prepare` has looked."""


def engine_of(place: str) -> Engine:
    """Return an engine for a PostgreSQL address, with the driver that this package uses.

    Raises
    ------
    StoreError
        When the driver is not installed.
    """
    try:
        url = make_url(place).set(drivername="postgresql+psycopg")
        return create_engine(url, pool_size=10, max_overflow=20, pool_pre_ping=True)
    except ModuleNotFoundError:
        raise StoreError("PostgreSQL needs its driver: pip install 'alliance-negotiation[postgresql]'") from None


def named(engine: Engine) -> str:
    """Return the name of this database for people: its address without the password."""
    return engine.url.render_as_string()


def queue() -> AbstractContextManager[None]:
    """Return a context without a lock, since PostgreSQL lets many write at a time."""
    return nullcontext()


def alone(connection: Connection) -> None:
    """Wait until no other server prepares this database, and hold that to the end of the transaction."""
    connection.execute(text("SELECT pg_advisory_xact_lock(:key)"), {"key": UPGRADE})


def announce(connection: Connection, grown: Mapping[str, int]) -> None:
    """Tell the other servers, once this transaction is committed, which logs have grown to which version."""
    for log, version in grown.items():
        connection.execute(
            text("SELECT pg_notify(:channel, :news)"), {"channel": CHANNEL, "news": f"{topic(log)} {version}"}
        )


def listen(store: Store) -> Callable[[], None]:
    """Start a listener, and return the function that ends it."""
    return Listener(store).stop


def settle(_engine: Engine) -> None:
    """Do nothing: the database server looks after its files."""


def wipe(engine: Engine) -> None:
    """Remove from the tables all that was written over; the server's own log and backups are left to its keeper."""
    try:
        with engine.connect().execution_options(isolation_level="AUTOCOMMIT") as connection:
            connection.execute(text("VACUUM FULL events, refusals"))
    except SQLAlchemyError as problem:
        raise StoreError(f"the tables were not written anew, try again: {problem.__class__.__name__}") from None


class Listener:
    """A thread that hears what other servers have stored, and tells the hub of this one.

    When the connection breaks it is made again, and what is watched here is looked up, as news may have been missed.
    """

    def __init__(self, store: Store) -> None:
        self.store = store
        self.listening = threading.Event()
        self._stop = threading.Event()
        self._thread = threading.Thread(target=self._run, name="postgresql-listener", daemon=True)
        self._thread.start()

    def stop(self) -> None:
        """End the thread."""
        self._stop.set()
        self._thread.join()

    def _run(self) -> None:
        import psycopg

        address = self.store.engine.url.set(drivername="postgresql").render_as_string(hide_password=False)
        while not self._stop.is_set():
            try:
                with psycopg.connect(address, autocommit=True) as connection:
                    connection.execute(f"LISTEN {CHANNEL}")
                    self.store.refresh()
                    self.listening.set()
                    while not self._stop.is_set():
                        for news in connection.notifies(timeout=PATIENCE, stop_after=1):
                            name, _, version = news.payload.partition(" ")
                            if version.isdigit():
                                self.store.hub.hear(name, int(version))
            except (psycopg.Error, StoreError):
                self.listening.clear()
                self._stop.wait(PATIENCE)
