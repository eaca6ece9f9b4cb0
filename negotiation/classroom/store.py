"""Games in a database, append-only: an event is on disk before anybody is told of it."""

from __future__ import annotations

import json
import os
import secrets
import threading
import time
from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import Any

import platformdirs
from sqlalchemy import Column, Engine, Float, Integer, MetaData, String, Table, create_engine, event, insert, select
from sqlalchemy.exc import IntegrityError, SQLAlchemyError

from negotiation.errors import LogError

VARIABLE = "NEGOTIATION_DATABASE"
"""The environment variable that names the database: the path of an SQLite file."""

metadata = MetaData()

games = Table(
    "games",
    metadata,
    Column("id", String(32), primary_key=True),
    Column("setup", String, nullable=False),
    Column("created", Float, nullable=False),
)

events = Table(
    "events",
    metadata,
    Column("game", String(32), primary_key=True),
    Column("seq", Integer, primary_key=True),
    Column("row", String, nullable=False),
    Column("request", String(120), unique=True),
    Column("at", Float, nullable=False),
)


class Moved(Exception):
    """Somebody else has added an event in the meantime: load the game again. Never leaves this package."""


class Store:
    """The games of one database.

    Parameters
    ----------
    place
        The path of an SQLite file; made if it does not exist.
    """

    def __init__(self, place: str) -> None:
        self.place = str(Path(place).expanduser().resolve())
        try:
            Path(self.place).parent.mkdir(parents=True, exist_ok=True)
            self.engine: Engine = create_engine(f"sqlite:///{self.place}")
            event.listen(self.engine, "connect", _durable)
            metadata.create_all(self.engine)
        except (SQLAlchemyError, OSError) as problem:
            raise LogError(f"database {place!r} cannot be opened: {_cause(problem)}") from None

    def create(self, setup: Mapping[str, Any]) -> str:
        """The id of a new game, hard to guess."""
        game = secrets.token_urlsafe(12)
        with self.engine.begin() as connection:
            connection.execute(insert(games).values(id=game, setup=json.dumps(setup), created=time.time()))
        return game

    def setup(self, game: str) -> dict[str, Any]:
        """The set-up of a game.

        Raises
        ------
        LogError
            When there is no such game here.
        """
        with self.engine.connect() as connection:
            text = connection.execute(select(games.c.setup).where(games.c.id == game)).scalar()
        if text is None:
            raise LogError(f"there is no game {game[:40]!r} in this database")
        found: dict[str, Any] = json.loads(text)
        return found

    def rows(self, game: str, first: int = 0) -> list[dict[str, Any]]:
        """The events of a game from number `first` on, in order."""
        query = select(events.c.row).where(events.c.game == game, events.c.seq >= first).order_by(events.c.seq)
        with self.engine.connect() as connection:
            return [json.loads(text) for text in connection.execute(query).scalars()]

    def seen(self, request: str) -> bool:
        """Whether the event that a request asked for is there already."""
        with self.engine.connect() as connection:
            return connection.execute(select(events.c.seq).where(events.c.request == request)).first() is not None

    def append(self, game: str, first: int, rows: Sequence[Mapping[str, Any]], request: str | None = None) -> None:
        """Add events behind the first `first`, all or none; `request` names the first of them for good.

        Raises
        ------
        Moved
            When event number `first` is there already.
        """
        now = time.time()
        values = [
            {"game": game, "seq": first + n, "row": json.dumps(row, ensure_ascii=False), "request": None, "at": now}
            for n, row in enumerate(rows)
        ]
        values[0]["request"] = request
        try:
            with self.engine.begin() as connection:
                connection.execute(insert(events), values)
        except IntegrityError:
            raise Moved from None


def _durable(connection: Any, _record: Any) -> None:
    cursor = connection.cursor()
    for pragma in ("journal_mode=WAL", "synchronous=FULL", "busy_timeout=5000"):
        cursor.execute(f"PRAGMA {pragma}")
    cursor.close()


def _cause(problem: Exception) -> str:
    return str(getattr(problem, "orig", None) or getattr(problem, "strerror", None) or problem).splitlines()[0]


_stores: dict[str, Store] = {}
_lock = threading.Lock()


def store() -> Store:
    """The store that the environment names; by default a file in the user's data folder."""
    place = os.environ.get(VARIABLE) or str(Path(platformdirs.user_data_dir("negotiation")) / "games.db")
    with _lock:
        if place not in _stores:
            _stores[place] = Store(place)
        return _stores[place]
