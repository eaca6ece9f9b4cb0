"""A PostgreSQL that is restarted, and connections that are cut, under a server on which a class plays. No browser is needed."""

import asyncio
import contextlib
import json
from collections import Counter

import pytest
import websockets
from support_class import Class
from support_postgres import Postgres, Unavailable
from support_served import serving
from support_wire import PASSWORD, Browser, answered, elements, finished, join, opening, post

from negotiation.ui.common import words
from negotiation.ui.server.identity import LOGIN, SEAT

pytestmark = pytest.mark.e2e

AWAY, CUTS = 6.0, 15
"""Seconds that the database is away; and how often all connections are cut."""

SHORT = "import negotiation.ui.server.away as a; a.WAIT = 1.0\n"
"""A page says after a second that it waits."""


@pytest.fixture
def postgres():
    try:
        running = Postgres(durable=True)
    except Unavailable as why:
        pytest.skip(str(why))
    yield running
    running.stop()


@pytest.fixture
def server(postgres, tmp_path):
    with serving(tmp_path, first=SHORT, database=postgres.database()) as running:
        yield running


class Talker:
    """Somebody who says one thing after another, each again until it is acknowledged, and comes back when cut off."""

    def __init__(self, url, token, number):
        self.url, self.token, self.number = url, token, number
        self.kept, self.over = [], False

    async def talk(self):
        while not self.over:
            with contextlib.suppress(websockets.ConnectionClosed, TimeoutError):
                await self._on_line()
            await asyncio.sleep(0.2)

    async def _on_line(self):
        browser = Browser(self.url, self.token)
        try:
            await asyncio.wait_for(browser.open(), 8)
            while not self.over:
                text = f"#{self.number}-{len(self.kept)}"
                browser.messages.clear()
                saying = asyncio.create_task(browser.say(text, key=f"key-{self.number}-{len(self.kept)}-said"))
                done, _ = await asyncio.wait([saying, *browser.tasks], return_when=asyncio.FIRST_COMPLETED)
                if saying not in done:
                    saying.cancel()
                    return
                if saying.result() is None:
                    self.kept.append(text)
                await asyncio.sleep(0.1)
        finally:
            if hasattr(browser, "tasks"):  # else one of its sockets was refused
                await browser.close()


async def met(server, name, query, cookie):
    """A page that is opened while the database is away: it says so, and comes back by itself."""
    page = await opening(server.url, name, query, cookie)
    seen = await page.until(lambda told: elements(told, "alert"))
    assert words.AWAY in [alert.body for alert in elements(seen, "alert")]
    seen = await page.until(lambda told: any(m.WhichOneof("type") == "new_session" for m in told))
    seen += await page.until(finished)
    assert not elements(seen, "exception")
    await page.socket.close()


async def until(true, seconds=40):
    async with asyncio.timeout(seconds):
        while not true():
            await asyncio.sleep(0.1)


def test_a_class_goes_on_when_its_database_was_away_and_when_it_is_cut_again_and_again(server, postgres, room):
    room.accounts.first(room.accounts.setup_secret(), "Tea", PASSWORD)
    tea = f"{LOGIN}={room.accounts.log_in('Tea', PASSWORD)}"
    one = Class(room)
    tokens = [join(server.url, one.code, f"Person {n}", f"key-of-person-{n:04d}") for n in range(3)]
    one.go("negotiate")
    talkers = [Talker(server.url, token, n) for n, token in enumerate(tokens)]

    async def going_on():
        """Everybody is heard again."""
        before = [len(talker.kept) for talker in talkers]
        await until(lambda: all(len(talker.kept) > count for talker, count in zip(talkers, before, strict=True)))

    async def played():
        talking = [asyncio.create_task(talker.talk()) for talker in talkers]
        await going_on()
        await asyncio.to_thread(postgres.halt)
        pages = [
            asyncio.create_task(met(server, *where))
            for where in (("teach", "", tea), ("teach", f"class={one.id}", tea), ("seat", "", f"{SEAT}={tokens[0]}"))
        ]
        fields = {"code": one.code, "name": "Typed", "key": "key-of-typed-0001", "password": "x" * 12}
        for path in ("/join", "/login"):
            status, _, text = await asyncio.to_thread(post, server.url, path, **fields)
            assert (status, "Typed" in text, "postgres" in text) == (503, True, False)
        assert (await asyncio.to_thread(answered, server, "/healthz", "GET"))[0] == 503
        await asyncio.sleep(AWAY)
        await asyncio.to_thread(postgres.go_on)
        await asyncio.gather(*pages)
        await going_on()
        for _ in range(CUTS):
            assert await asyncio.to_thread(postgres.cut)
            await asyncio.sleep(0.2)
        await going_on()
        for talker in talkers:
            talker.over = True
        await asyncio.gather(*talking)
        status, _, _ = await asyncio.to_thread(post, server.url, "/join", **fields)
        assert status == 303

    asyncio.run(played())
    room.store.engine.dispose()
    with room.store.reading() as look:
        said = Counter(row["text"] for group in one.now.groups for row in look.rows(group) if "text" in row)
    assert [text for talker in talkers for text in talker.kept if said[text] != 1] == []
    lines = server.log().splitlines()
    begun = next(n for n, line in enumerate(lines) if line.startswith("{"))
    told = [json.loads(line) for line in lines[begun:]]
    assert not [row for row in told if "trace" in row]
