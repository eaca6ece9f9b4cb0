"""What lies on the disk of a real server: all in one file once it has stopped, and no forgotten name in any."""

import asyncio
import json
import shutil
import signal

import pytest
from support_browser import Server
from support_class import TEACHER, Class
from support_wire import Browser, join

from negotiation.classroom.classroom import Classroom
from negotiation.classroom.privacy import forget
from negotiation.classroom.store import Store

pytestmark = pytest.mark.e2e

NAME = "Anastasia-Filippovna"


@pytest.fixture
def server(tmp_path):
    (tmp_path / "here").mkdir()
    running = Server(tmp_path / "here", "serve", "--host", "127.0.0.1", "--database-url", quick=True)
    yield running
    running.kill()


def opened(place):
    store = Store(str(place))
    return Classroom(store)


def rows(room, one):
    with room.store.reading() as look:
        return [look.rows(log) for log in (one.id, *one.now.groups)]


def stop(server):
    server.process.send_signal(signal.SIGTERM)
    assert server.process.wait(30) in (0, -signal.SIGTERM)


def copied(server, tmp_path, number):
    """The one file, copied alone and opened elsewhere."""
    place = tmp_path / f"copy-{number}.db"
    shutil.copyfile(server.folder / "games.db", place)
    return opened(place)


def test_a_stopped_server_leaves_one_whole_file(server, tmp_path):
    """After SIGTERM, with a page open; and after a kill, a new start and SIGTERM."""
    room = opened(server.folder / "games.db")
    one = Class(room, case="cloud-for-two")
    token = join(server.url, one.code, NAME, "key-of-person-0001")

    async def talk(words):
        browser = Browser(server.url, token)
        await browser.open()
        assert await browser.say(words) is None
        return browser

    async def first():
        one.go("negotiate")
        await talk("First.")
        room.store.close()
        await asyncio.to_thread(stop, server)

    asyncio.run(first())
    kept = copied(server, tmp_path, 1)
    told = json.dumps(rows(kept, Again(kept, one.id)))
    assert NAME in told
    assert "First." in told
    server.start()

    async def second():
        await talk("Second.")
        await asyncio.to_thread(server.kill)

    asyncio.run(second())
    server.start()
    stop(server)
    kept = copied(server, tmp_path, 2)
    told = json.dumps(rows(kept, Again(kept, one.id)))
    assert "First." in told
    assert "Second." in told


def test_a_forgotten_name_is_in_no_file_of_a_running_server(server):
    room = opened(server.folder / "games.db")
    one = Class(room)
    token = join(server.url, one.code, NAME, "key-of-person-0001")
    join(server.url, one.code, "Bob", "key-of-person-0002")
    one.go("prepare")
    ana = room.seats.identify(token)
    other = next(party for party in one.now.parties if party not in (ana.party,) and one.now.at(ana.group, party))

    def found():
        return [path.name for path in sorted(server.folder.glob("games.db*")) if NAME.encode() in path.read_bytes()]

    async def whisper():
        browser = Browser(server.url, token)
        await browser.open()
        for n in range(12):
            assert await browser.say(f"Line {n}.", [other], key=f"line-{n}") is None
        await browser.close()

    asyncio.run(whisper())
    assert found()
    forget(room.classes, TEACHER, one.id, ana.person)
    assert found() == []
    room.store.close()
    stop(server)
    assert found() == []
    assert one.now.people[ana.person].name == "P01"


class Again:
    """A class in another copy of its database."""

    def __init__(self, room, session):
        self.room, self.id = room, session

    @property
    def now(self):
        return self.room.classes.get(self.id)
