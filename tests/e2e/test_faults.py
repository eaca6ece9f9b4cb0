"""A database that is away, full, read-only or gone under a running server. No browser is needed."""

import asyncio
import json
import sqlite3
import time
import urllib.error
import urllib.request

import pytest
from support_browser import Server
from support_class import Class
from support_served import serving
from support_wire import PASSWORD, Browser, elements, finished, join, opening, post

from negotiation.classroom.classroom import Classroom
from negotiation.classroom.store import Store
from negotiation.ui.common import words
from negotiation.ui.server.identity import LOGIN

pytestmark = pytest.mark.e2e

SHORT = "import negotiation.classroom.sqlite as s; s.BUSY = 300\nimport negotiation.ui.server.away as a; a.WAIT = 1.0\n"
"""The server gives up on a lock after 0.3 s, and a page after one, so that tests need not wait."""


@pytest.fixture
def server(tmp_path):
    with serving(tmp_path, quick=True, first=SHORT) as running:
        yield running


def healthy(server):
    try:
        with urllib.request.urlopen(f"{server.url}/healthz") as answer:
            return answer.status
    except urllib.error.HTTPError as problem:
        with problem:
            return problem.code


def until(true, seconds=20):
    end = time.monotonic() + seconds
    while not true():
        assert time.monotonic() < end, "it never happened"
        time.sleep(0.1)


class Locked:
    """The database in somebody else's hands."""

    def __init__(self, server):
        self.connection = sqlite3.connect(server.folder / "games.db", isolation_level=None)

    def __enter__(self):
        self.connection.execute("BEGIN IMMEDIATE")

    def __exit__(self, *_):
        self.connection.execute("ROLLBACK")
        self.connection.close()


def test_forms_say_so_and_lose_nothing_while_nothing_can_be_stored(server, room):
    one = Class(room)
    key = "key-of-person-0001"
    with Locked(server):
        status, headers, text = post(server.url, "/join", code=one.code, name="Ana Typed", key=key)
        assert (status, headers["Retry-After"], headers["Set-Cookie"]) == (503, "5", None)
        assert "did not keep it" in text
        for kept in ("Ana Typed", one.code, key):
            assert f"value='{kept}'" in text
        for leak in ("sqlite", "locked", "games.db", "Traceback"):
            assert leak not in text
        until(lambda: healthy(server) == 503)  # it is tried once a second at most
    until(lambda: healthy(server) == 200)
    assert post(server.url, "/join", code=one.code, name="Ana Typed", key=key)[0] == 303
    assert post(server.url, "/join", code=one.code, name="Ana Typed", key=key)[0] == 303
    assert [person.name for person in one.now.people.values()] == ["Ana Typed"]
    lines = [line for line in server.log().splitlines() if line.startswith(("{", "Traceback"))]
    assert all(json.loads(line) for line in lines)
    told = [json.loads(line) for line in lines]
    assert [row["why"] for row in told if "why" in row] == ["database is locked"]


def test_a_round_that_ended_meanwhile_is_stored_at_once_and_the_lost_time_is_given_back(server, room):
    one = Class(room, round_seconds=4, rounds=9)
    token = join(server.url, one.code, "Ana", "key-of-person-0001")
    one.go("negotiate")

    async def play():
        ana = Browser(server.url, token)
        await ana.open()
        with Locked(server):
            said = await ana.say("while it is locked", key="locked")
            assert "did not keep it" in said
            await asyncio.sleep(6)
        began, tries = time.monotonic(), 0
        while await ana.say("again", key=f"again-{tries}") is not None:
            tries += 1
            assert time.monotonic() - began < 5, "time is out although it was the database's fault"
            await asyncio.sleep(0.2)
        await asyncio.sleep(1)
        look = room.play.look(room.seats.identify(token))
        await ana.close()
        return look.state.round

    assert asyncio.run(play()) <= 1, "six seconds were lost, not one round and a half"


AWAY = """
import os, sqlalchemy.engine.base as base
from sqlalchemy.exc import OperationalError
_connect = base.Engine.connect
def connect(self):
    if os.path.exists({flag!r}):
        raise OperationalError("", {{}}, Exception("no route to db.secret.example"))
    return _connect(self)
base.Engine.connect = connect
"""


def test_pages_say_so_in_our_words_and_come_back_by_themselves(tmp_path):
    """Also those that are opened meanwhile; what was clicked is done when it comes back soon."""
    flag = tmp_path / "away"
    first = f"{SHORT}{AWAY.format(flag=str(flag))}"
    server = Server(tmp_path, "serve", "--host", "127.0.0.1", "--database-url", quick=True, first=first)
    store = Store(str(tmp_path / "games.db"))
    room = Classroom(store)
    try:
        room.accounts.first(room.accounts.setup_secret(), "Tea", PASSWORD)
        cookie = f"{LOGIN}={room.accounts.log_in('Tea', PASSWORD)}"
        one = Class(room)

        async def opened(query):
            flag.touch()
            page = await opening(server.url, "teach", query, cookie)
            seen = await page.until(lambda told: elements(told, "alert"))
            assert words.AWAY in [alert.body for alert in elements(seen, "alert")]
            flag.unlink()
            seen += await page.until(lambda told: any(m.WhichOneof("type") == "new_session" for m in told))
            seen += await page.until(finished)
            assert not elements(seen, "exception")
            await page.socket.close()
            return seen

        for query in ("", f"class={one.id}"):
            seen = asyncio.run(opened(query))
            assert all(b"secret.example" not in m.SerializeToString() for m in seen)
        flag.touch()
        for path in ("/join", "/login", "/logout", "/first"):
            status, headers, text = post(server.url, path, code=one.code, name="Ana", password="x" * 12, secret="y")
            assert (path, status, "secret.example" in text) == (path, 503, False)
            assert headers["Retry-After"] == "5"
        for path in ("/join", "/login"):
            with urllib.request.urlopen(server.url + path) as answer:
                assert answer.status == 200, "the form is there, to be sent when it is back"
        flag.unlink()
        lines = server.log().splitlines()
        begun = next(n for n, line in enumerate(lines) if line.startswith("{"))
        assert all(json.loads(line) for line in lines[begun:])
        assert sum("secret.example" in line for line in lines) <= 4, "the log says why, once each time"
    finally:
        store.engine.dispose()
        server.kill()


@pytest.mark.parametrize("replaced", [False, True])
def test_nothing_is_acknowledged_that_is_not_there(server, room, replaced):
    one = Class(room)
    token = join(server.url, one.code, "Ana", "key-of-person-0001")
    one.go("negotiate")
    path = server.folder / "games.db"

    async def play():
        ana = Browser(server.url, token)
        await ana.open()
        assert await ana.say("kept", key="kept") is None
        path.unlink()
        if replaced:
            path.touch()
        said = [await ana.say(f"into nothing {n}", key=f"lost-{n}") for n in range(3)]
        await ana.close()
        return said

    said = asyncio.run(play())
    assert all(str(why).endswith("; try again in a moment") for why in said), said
    until(lambda: healthy(server) == 503)
    assert (
        '"event": "the database does not keep what is done", "why"' in server.log()
    )  # in SQLite's words of the moment
