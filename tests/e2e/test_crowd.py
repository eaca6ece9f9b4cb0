"""Passers-by cannot take a server away from a class. No browser is needed."""

import asyncio
import socket
import time

import pytest
import websockets
from streamlit.proto.BackMsg_pb2 import BackMsg
from support_browser import Server
from support_class import Class
from support_served import serving
from support_wire import PASSWORD, Browser, answered, elements, finished, join, opening, visited

from negotiation.classroom.classroom import Classroom
from negotiation.classroom.store import Store
from negotiation.ui.server.gate import LARGEST_UPLOAD, UPLOADS
from negotiation.ui.server.identity import LOGIN
from negotiation.ui.server.open_files import PAGE

pytestmark = pytest.mark.e2e

FEW = 8


@pytest.fixture
def server(tmp_path):
    few = f"import negotiation.ui.server.gate as gate; gate.MOST_HERE = {FEW}"
    with serving(tmp_path, quick=True, first=few) as running:
        yield running


def test_a_seat_is_drawn_while_passers_by_ask_again_and_again(server, room):
    one = Class(room)
    token = join(server.url, one.code, "Ana", "key-of-person-0001")
    one.go("negotiate")

    async def nag(until):
        page, runs = await opening(server.url, "home"), 0
        again = BackMsg()
        again.rerun_script.context_info.url = f"{server.url}/home"
        reading = asyncio.create_task(page.until(lambda _: False, 100))
        while time.monotonic() < until:
            await page.socket.send(again.SerializeToString())
            runs += 1
            await asyncio.sleep(0.005)
        reading.cancel()
        await page.socket.close()
        return runs

    async def both():
        until = time.monotonic() + 12
        nagging = [asyncio.create_task(nag(until)) for _ in range(5)]
        await asyncio.sleep(2)
        took = []
        for n in range(3):
            ana, began = Browser(server.url, token), time.monotonic()
            await ana.open()
            assert await ana.say("heard", key=f"heard-{n}") is None
            took.append(time.monotonic() - began)
            await ana.close()
        return took, sum(await asyncio.gather(*nagging))

    took, asked = asyncio.run(both())
    assert asked > 1000
    assert max(took) < 6, took


def test_passers_by_have_so_many_pages_and_seats_are_not_among_them(server, room):
    one = Class(room)
    token = join(server.url, one.code, "Ana", "key-of-person-0001")

    async def crowd():
        pages = [await opening(server.url, "home") for _ in range(FEW)]
        with pytest.raises(Exception, match="403"):
            await opening(server.url, "home")
        ana = Browser(server.url, token)
        await ana.open()
        await ana.close()
        for page in pages:
            await page.socket.close()
        await asyncio.sleep(1)
        page = await opening(server.url, "home")
        await page.until(finished)
        await page.socket.close()

    asyncio.run(crowd())


def test_files_are_taken_from_accounts_that_make_classes_only(server, room):
    accounts = room.accounts
    accounts.first(accounts.setup_secret(), "Tea", PASSWORD)
    tea = accounts.log_in("Tea", PASSWORD)
    accounts.add(accounts.who(tea), "Obi", PASSWORD, "observer")
    obi = accounts.log_in("Obi", PASSWORD)

    async def home():
        socket, messages = await visited(server.url, "home")
        (session,) = [m.new_session.initialize.session_id for m in messages if m.WhichOneof("type") == "new_session"]
        assert not elements(messages, "file_uploader")
        await socket.close()
        return session

    path = f"/_stcore/upload_file/{asyncio.run(home())}/file"
    for cookie in ("", f"{LOGIN}={obi}", f"{LOGIN}=made-up"):
        assert answered(server, path, "PUT", "x", Cookie=cookie)[0] == 403
    mine = {"Cookie": f"{LOGIN}={tea}"}
    assert answered(server, path, "PUT", "x" * (LARGEST_UPLOAD + 1), **mine)[0] == 413
    found = [answered(server, path, "PUT", "x", **mine)[0] for _ in range(UPLOADS[0] + 3)]
    assert 429 in found
    assert 403 not in found[: UPLOADS[0] - 1] or "log in" not in answered(server, path, "PUT", "x", **mine)[1]


LIMIT = 110


def test_near_the_limit_of_open_files_it_refuses_politely_and_comes_back(tmp_path):
    """Whoever has a page goes on; silent connections, too, leave room to say so, and the log stays short."""
    few = f"import resource; resource.setrlimit(resource.RLIMIT_NOFILE, ({LIMIT}, {LIMIT}))"
    server = Server(tmp_path, "serve", "--host", "127.0.0.1", "--database-url", first=few)
    store = Store(str(tmp_path / "games.db"))
    room = Classroom(store)
    one = Class(room)
    tokens = [join(server.url, one.code, f"P{n}", f"key-of-person-{n:04d}") for n in range(LIMIT // PAGE)]
    one.go("negotiate")

    async def crowded():
        pages, refused = [], 0
        for token in tokens:
            page = Browser(server.url, token)
            try:
                await page.open()
            except websockets.InvalidStatus as problem:
                assert problem.response.status_code == 503
                refused += 1
                if hasattr(page, "page"):  # its other socket was refused
                    await page.page.close()
            else:
                pages.append(page)
        assert refused
        assert len(pages) >= 10
        silent = []
        for _ in range(3 * LIMIT):
            line = socket.socket()
            line.setblocking(False)
            line.connect_ex(("127.0.0.1", server.port))
            silent.append(line)
        await asyncio.sleep(3)
        status, text = answered(server, "/healthz", "GET")
        assert (status, "try again" in text) == (503, True)
        heard = [await page.say("still here", key=f"still-{n}") for n, page in enumerate(pages)]
        assert heard == [None] * len(pages)
        for line in silent:
            line.close()
        for page in pages:
            await page.close()
        await asyncio.sleep(2)
        again = Browser(server.url, tokens[0])
        await again.open()
        assert await again.say("back", key="back") is None
        await again.close()

    try:
        asyncio.run(crowded())
        assert answered(server, "/healthz", "GET")[0] == 200
        assert len(server.log().splitlines()) < 60 + 3 * len(tokens)
        assert "Too many open files" not in server.log()
    finally:
        store.engine.dispose()
        server.kill()


def test_a_connection_on_which_nothing_is_asked_is_closed(tmp_path):
    soon = "import negotiation.ui.server.open_files as full; full.SILENT = 0.5"
    server = Server(tmp_path, "serve", "--host", "127.0.0.1", "--database-url", first=soon)
    try:
        with socket.create_connection(("127.0.0.1", server.port), timeout=10) as line:
            assert line.recv(1) == b""
    finally:
        server.kill()
