"""What only SQLite needs: a file, flushed at every commit, with one writer at a time. The same functions as `postgres`."""

from __future__ import annotations

import threading
from collections.abc import Callable, Mapping
from contextlib import AbstractContextManager
from pathlib import Path
from typing import TYPE_CHECKING, Any

from sqlalchemy import URL, Connection, Engine, create_engine, event

if TYPE_CHECKING:
    from negotiation.classroom.store import Store


def engine_of(place: str) -> Engine:
    """An engine for a file, made with its folders if it does not exist."""
    path = Path(place.removeprefix("sqlite:///")).expanduser().resolve()
    path.parent.mkdir(parents=True, exist_ok=True)
    engine = create_engine(URL.create("sqlite", database=str(path)), pool_size=10, max_overflow=20)
    event.listen(engine, "connect", _durable)
    event.listen(engine, "begin", _begin)
    return engine


def named(engine: Engine) -> str:
    """How people call this database."""
    return str(engine.url.database)


def queue() -> AbstractContextManager[Any]:
    """Where the writers of one process wait for each other: half as long as SQLite's own busy waiting takes."""
    return threading.Lock()


def alone(_connection: Connection) -> None:
    """Nothing: whoever writes is alone anyway."""


def announce(_connection: Connection, _grown: Mapping[str, int]) -> None:
    """Nothing: a file tells nobody. Pages of several servers on one file must look again every few seconds."""


def listen(_store: Store) -> Callable[[], None]:
    """Nothing to hear, and nothing to end."""
    return lambda: None


def _durable(connection: Any, _record: Any) -> None:
    connection.isolation_level = None  # we say ourselves when a transaction begins
    cursor = connection.cursor()
    for pragma in ("busy_timeout=10000", "journal_mode=WAL", "synchronous=FULL"):
        cursor.execute(f"PRAGMA {pragma}")
    cursor.close()


def _begin(connection: Connection) -> None:
    """Writers queue from their first statement on; otherwise two that have read could not both go on to write."""
    writes = connection.get_execution_options().get("immediate")
    connection.exec_driver_sql("BEGIN IMMEDIATE" if writes else "BEGIN")
