"""What only SQLite needs: a file, flushed at every commit, with one writer at a time; the interface of `postgres`."""

from __future__ import annotations

import contextlib
import errno
import os
import sqlite3
import stat
import threading
from collections.abc import Callable, Mapping
from contextlib import AbstractContextManager, suppress
from pathlib import Path
from typing import TYPE_CHECKING

from sqlalchemy import URL, Connection, Engine, NullPool, create_engine, event
from sqlalchemy.exc import OperationalError, SQLAlchemyError

from negotiation.errors import StoreError

if TYPE_CHECKING:
    from sqlalchemy.pool import ConnectionPoolEntry

    from negotiation.classroom.store import Store

BUSY = 10_000
"""Milliseconds for which a writer waits for those of other processes."""


def engine_of(place: str) -> Engine:
    """Return an engine for a file, made with its folders if it does not exist."""
    path = _path(place)
    path.parent.mkdir(mode=0o700, parents=True, exist_ok=True)
    os.close(os.open(path, os.O_RDWR | os.O_CREAT, 0o600))  # for its owner alone; SQLite gives its other files the same
    _close_to_others(path)
    engine = create_engine(URL.create("sqlite", database=str(path)), pool_size=10, max_overflow=20)
    event.listen(engine, "connect", _durable)
    event.listen(engine, "begin", _begin)
    return engine


def look(place: str, check: Callable[[Connection], object]) -> None:
    """Run `check` on an existing file before it is changed: no journal is begun, nobody is locked out.

    A file that cannot be read now is left to the call that opens it.

    Raises
    ------
    OSError, SQLAlchemyError
        When it is no plain file, or no database.
    """
    path = _path(place)
    if not path.exists():
        return
    if not path.is_file():
        raise OSError(errno.EINVAL, "is no plain file")
    log = path.with_name(f"{path.name}-wal")
    how = "mode=ro" if log.exists() and log.stat().st_size else "immutable=1"  # what is in the log counts too
    address = f"{path.as_uri()}?{how}"
    engine = create_engine("sqlite://", creator=lambda: sqlite3.connect(address, uri=True), poolclass=NullPool)
    with suppress(OperationalError), engine.connect() as connection:
        check(connection)


def _path(place: str) -> Path:
    return Path(place.removeprefix("sqlite:///")).expanduser().resolve()


def named(engine: Engine) -> str:
    """Return the name of this database for people: its path."""
    return str(engine.url.database)


def queue() -> AbstractContextManager[object]:
    """Return a lock for the writers of one process; waiting on it takes half as long as SQLite's own busy waiting."""
    return threading.Lock()


def alone(_connection: Connection) -> None:
    """Do nothing: a writer is alone anyway."""


def announce(connection: Connection, _grown: Mapping[str, int]) -> None:
    """Raise `OSError` if the file was replaced; a file sends no news, so other servers' pages look every few seconds.

    Raises
    ------
    OSError
        When the file that is written is not the one that stands there: what it took would be gone with it.
    """
    if connection.info.get("file") != _file(str(connection.engine.url.database)):
        raise FileNotFoundError(errno.ENOENT, "the file of the database was deleted or replaced")


def listen(_store: Store) -> Callable[[], None]:
    """Return a function that does nothing, since a file tells no news."""
    return lambda: None


def settle(engine: Engine) -> None:
    """Bring all that is stored into the one file, so that a copy of it has everything.

    As far as others who have it open let it be done within `PATIENCE`: nothing is lost otherwise, it stands beside it.
    """
    _do(engine, CHECKPOINT)


def wipe(engine: Engine) -> None:
    """Remove all that was written over from the file and beside it, by writing all of it anew."""
    _do(engine, "VACUUM", CHECKPOINT)


CHECKPOINT = "PRAGMA wal_checkpoint(TRUNCATE)"
PATIENCE = 2000
"""Milliseconds."""


def _do(engine: Engine, *commands: str) -> None:
    connection = None
    try:
        connection = engine.raw_connection()
        cursor = connection.cursor()
        for command in (f"PRAGMA busy_timeout={PATIENCE}", *commands, f"PRAGMA busy_timeout={BUSY}"):
            cursor.execute(command)
            cursor.fetchall()
        connection.close()
    except (sqlite3.Error, SQLAlchemyError) as problem:
        if connection is not None:
            connection.invalidate()
        raise StoreError(f"the database file was not written anew, try again: {problem}") from None


def _close_to_others(path: Path) -> None:
    """Make a database's files, which earlier versions left readable to others, accessible to their owner only."""
    me = getattr(os, "geteuid", lambda: None)()  # not on Windows
    for name in (path.name, *(f"{path.name}-{more}" for more in ("wal", "shm", "journal"))):
        file = path.with_name(name)
        with contextlib.suppress(FileNotFoundError):
            found = file.stat(follow_symlinks=False)
            if stat.S_ISREG(found.st_mode) and found.st_mode & 0o077 and found.st_uid == me:
                file.chmod(found.st_mode & 0o700)


def _file(path: str) -> tuple[int, int] | None:
    """Return device and inode of the file at `path`; None if there is none."""
    try:
        found = os.stat(path)
    except FileNotFoundError:
        return None
    return found.st_dev, found.st_ino


def _durable(connection: sqlite3.Connection, record: ConnectionPoolEntry) -> None:
    record.info["file"] = _file(connection.execute("PRAGMA database_list").fetchone()[2])
    connection.isolation_level = None  # we say ourselves when a transaction begins
    cursor = connection.cursor()
    for pragma in (f"busy_timeout={BUSY}", "journal_mode=WAL", "synchronous=FULL", "secure_delete=ON"):
        cursor.execute(f"PRAGMA {pragma}")
    cursor.close()


def _begin(connection: Connection) -> None:
    """Begin a transaction, at once for writers: two that have read first could not both go on to write."""
    writes = connection.get_execution_options().get("immediate")
    connection.exec_driver_sql("BEGIN IMMEDIATE" if writes else "BEGIN")
