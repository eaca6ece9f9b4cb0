"""The tables of the database, and the upgrade of an older database."""

from __future__ import annotations

import hashlib
import json
import secrets
import time
from collections.abc import Collection, Iterable

from sqlalchemy import (
    Column,
    Connection,
    Float,
    Index,
    Inspector,
    Integer,
    MetaData,
    String,
    Table,
    delete,
    insert,
    inspect,
    select,
    text,
    update,
)

from negotiation.classroom.cases import text_if_same
from negotiation.errors import StoreError

VERSION = 5
"""1: solo games only (tables `games` and `events`). 2: logs of every kind, with the text of their case; classes. 3: one
account, the first, is the administrator's. 4: who brought an event about. 5: second factors, which an older program would
not ask for; known devices; wrong attempts."""

metadata = MetaData()

schema = Table("schema", metadata, Column("version", Integer, primary_key=True))

texts = Table("texts", metadata, Column("digest", String(64), primary_key=True), Column("text", String, nullable=False))
"""Scenario files by SHA-256, each kept once."""

logs = Table(
    "logs",
    metadata,
    Column("id", String(40), primary_key=True),
    Column("setup", String, nullable=False),
    Column("created", Float, nullable=False),
    Column("kind", String(16), nullable=False, server_default="solo"),
    Column("text", String(64), nullable=False, server_default=""),
)
"""What is kept event by event: `solo` and class `game`s, the `session`s of classes, and their `talk`."""

events = Table(
    "events",
    metadata,
    Column("log", String(40), primary_key=True),
    Column("seq", Integer, primary_key=True, autoincrement=False),
    Column("row", String, nullable=False),
    Column("request", String(160), unique=True),
    Column("at", Float, nullable=False),
    Column("who", String(40), nullable=False, server_default=""),
)
"""Append-only. Of two processes that add event n to a log, the primary key lets one win.

`who` brought an act of a class's game about: the id of a person; `clock`, where time was out; empty: an agent;
`UNKNOWN`, in games of databases older than this column: one of the last two.
"""

UNKNOWN = "?"

RECORD = "accounts"
"""The log of what happened to accounts, and its kind."""

refusals = Table(
    "refusals",
    metadata,
    Column("request", String(160), primary_key=True),
    Column("why", String, nullable=False),
    Column("at", Float, nullable=False),
)
"""Requests that were refused: one that is sent again gets the same answer."""

codes = Table(
    "codes",
    metadata,
    Column("code", String(16), primary_key=True),
    Column("session", String(40), nullable=False),
    Column("person", String(40), nullable=False, server_default=""),
    Column("until", Float),
)
"""Join codes now open: of a whole session, or (once, for a while) of one person's second device."""

tokens = Table(
    "tokens",
    metadata,
    Column("hash", String(64), primary_key=True),
    Column("session", String(40), nullable=False),
    Column("person", String(40), nullable=False),
    Column("at", Float, nullable=False),
)
"""SHA-256 of what browsers hold. The tokens have 256 random bits, so a slow hash would protect nothing more."""

Index("tokens_of_person", tokens.c.person)

presence = Table(
    "presence",
    metadata,
    Column("person", String(40), primary_key=True),
    Column("session", String(40), nullable=False, index=True),
    Column("seen", Float, nullable=False),
)
"""When each person's page was last there, written in lots every few seconds."""

accounts = Table(
    "accounts",
    metadata,
    Column("name", String(60), primary_key=True),
    Column("password", String(200), nullable=False),
    Column("role", String(16), nullable=False),
    Column("created", Float, nullable=False),
)

logins = Table(
    "logins",
    metadata,
    Column("hash", String(64), primary_key=True),
    Column("account", String(60), nullable=False),
    Column("until", Float, nullable=False),
)
"""Open logins; the account is empty for the secret with which the first account is made."""

halves = Table(
    "halves",
    metadata,
    Column("hash", String(64), primary_key=True),
    Column("account", String(60), nullable=False),
    Column("until", Float, nullable=False),
)
"""Who has given a password and owes the second factor."""

factors = Table(
    "factors",
    metadata,
    Column("account", String(60), primary_key=True),
    Column("secret", String(64), nullable=False),
    Column("step", Integer, nullable=False),
    Column("since", Float),
)
"""What authenticator apps share with us, and the last step whose code was taken; no `since` before a code has shown that
there is such an app."""

recovery = Table(
    "recovery",
    metadata,
    Column("hash", String(64), primary_key=True),
    Column("account", String(60), nullable=False),
)
"""Codes that stand for the second factor once: hashes, of 79 random bits each."""

devices = Table(
    "devices",
    metadata,
    Column("hash", String(64), primary_key=True),
    Column("account", String(60), nullable=False),
    Column("until", Float, nullable=False),
)
"""Browsers in which an account has logged in: others' wrong attempts do not hold them up."""

tries = Table(
    "tries",
    metadata,
    Column("hash", String(64), primary_key=True),
    Column("until", Float, nullable=False, index=True),
    Column("at", Float, nullable=False),
)
"""Wrong attempts, see `guesses`: when they are forgotten, and the last; of whom, only under a hash with our own key."""

came = Table(
    "came",
    metadata,
    Column("hash", String(64), primary_key=True),
    Column("until", Float, nullable=False, index=True),
)
"""Where a person has come in with a code, under a hash of the same kind."""

replays = Table(
    "replays",
    metadata,
    Column("token", String(40), primary_key=True),
    Column("log", String(40), nullable=False, unique=True),
)
"""Addresses of the replays of games played alone: whoever has one may look on, and cannot act."""

keys = Table(
    "keys", metadata, Column("name", String(16), primary_key=True), Column("value", String(64), nullable=False)
)
"""Keys of hashes."""


FIRST = MetaData()
Table("games", FIRST, Column("id", primary_key=True), Column("setup"), Column("created"))
Table("events", FIRST, *(Column(n, primary_key=n in ("game", "seq")) for n in ("game", "seq", "row", "request", "at")))
"""The tables of version 1, as far as they were called otherwise."""


def check_ours(connection: Connection, place: str) -> int:
    """Return the version of a database of this program, 0 if it is empty, without changing it.

    Raises
    ------
    StoreError
        When it belongs to another program, for which nothing may be written into it, or to a later one.
    """
    look = inspect(connection)
    if not (names := look.get_table_names()):
        return 0
    found = _version(connection, look, names)
    if found > VERSION:
        raise StoreError(f"the database has schema {found}, this program knows up to {VERSION}: use a newer program")
    if found and all(_same(look, table, found) for table in _tables(found) if table.name in names):
        return found
    some = ", ".join(sorted(names)[:3])
    raise StoreError(
        f"{place}: is the database of another program (tables: {some}); choose another place, or an empty one"
    )


def _version(connection: Connection, look: Inspector, names: Collection[str]) -> int:
    """Return the version that a database states; 0 if it is none of ours."""
    if {"schema", "logs", "events"} <= {*names} and _same(look, schema, VERSION):
        found = connection.execute(select(schema.c.version)).scalars().all()
        return found[0] if len(found) == 1 and isinstance(found[0], int) and found[0] > 1 else 0
    return int({"games", "events"} <= {*names})


def _tables(version: int) -> Iterable[Table]:
    """Return the tables of a version, and those that came later, whose names must be free."""
    return {**metadata.tables, **(FIRST.tables if version == 1 else {})}.values()


def _same(look: Inspector, table: Table, version: int) -> bool:
    """Return whether an existing table has the columns and the primary key that it had in this version."""
    has = {column["name"] for column in look.get_columns(table.name)}
    wanted = {*table.c.keys()} - ({"who"} if version < 4 else set())
    key = look.get_pk_constraint(table.name)["constrained_columns"]
    return wanted <= has and {*key} == {*table.primary_key.columns.keys()}


def prepare(connection: Connection) -> None:
    """Create the tables, or upgrade those of an earlier version, inside one transaction.

    Raises
    ------
    StoreError
        When the database was made by a later version of this program, or by another program.
    """
    found = check_ours(connection, connection.engine.url.render_as_string())
    if found == 1:
        _from_1(connection)
    if 0 < found < 4:
        connection.execute(text("ALTER TABLE events ADD COLUMN who VARCHAR(40) NOT NULL DEFAULT ''"))
    metadata.create_all(connection)
    if found < 5:
        _from_4(connection)
    if found == 2:
        _from_2(connection)
    if 1 < found < 4:
        _name_authors(connection)
    if found < VERSION:
        if found < 3:
            _keep_texts(connection)
        connection.execute(delete(schema))
        connection.execute(insert(schema).values(version=VERSION))


def _from_4(connection: Connection) -> None:
    """Add a key for the hashes of wrong attempts, and the record of accounts."""
    key = "INSERT INTO keys (name, value) VALUES ('tries', :value) ON CONFLICT DO NOTHING"
    connection.execute(text(key), {"value": secrets.token_hex(32)})
    log = "INSERT INTO logs (id, setup, created, kind, text) VALUES (:id, '{}', :now, :id, '') ON CONFLICT DO NOTHING"
    connection.execute(text(log), {"id": RECORD, "now": time.time()})


def _from_1(connection: Connection) -> None:
    for command in (
        "ALTER TABLE games RENAME TO logs",
        "ALTER TABLE logs ADD COLUMN kind VARCHAR(16) NOT NULL DEFAULT 'solo'",
        "ALTER TABLE logs ADD COLUMN text VARCHAR(64) NOT NULL DEFAULT ''",
        "ALTER TABLE events RENAME COLUMN game TO log",
    ):
        connection.execute(text(command))


def _from_2(connection: Connection) -> None:
    """Make the oldest teacher the administrator: until then every teacher could do everything."""
    query = select(accounts.c.name).where(accounts.c.role == "teacher")
    oldest = connection.execute(query.order_by(accounts.c.created, accounts.c.name)).scalar()
    connection.execute(update(accounts).where(accounts.c.name == oldest).values(role="administrator"))


def _name_authors(connection: Connection) -> None:
    """Name the authors in games of classes: what people did came with a request, which begins with the person."""
    games = events.c.log.in_(select(logs.c.id).where(logs.c.kind == "game"))
    connection.execute(update(events).where(games).values(who=UNKNOWN))
    query = select(events.c.log, events.c.seq, events.c.request).where(games, events.c.request.is_not(None))
    for log, seq, request in connection.execute(query).all():
        where = (events.c.log == log) & (events.c.seq == seq)
        connection.execute(update(events).where(where).values(who=request.partition(":")[0]))


def _keep_texts(connection: Connection) -> None:
    """Add to games stored without it the text of their case, as long as the case is unchanged."""
    for game, setup in connection.execute(select(logs.c.id, logs.c.setup)).all():
        if kept := text_if_same(json.loads(setup)):
            digest = keep_text(connection, kept)
            connection.execute(update(logs).where(logs.c.id == game).values(text=digest))


def keep_text(connection: Connection, kept: str) -> str:
    """Store a text, and return its SHA-256."""
    digest = hashlib.sha256(kept.encode()).hexdigest()
    known = "INSERT INTO texts (digest, text) VALUES (:digest, :text) ON CONFLICT DO NOTHING"
    connection.execute(text(known), {"digest": digest, "text": kept})
    return digest
