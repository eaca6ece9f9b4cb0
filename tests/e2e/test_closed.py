"""Pages that were closed keep nothing: no files, no open files of the server. No browser is needed."""

import asyncio
import http.client
import json
import os
import re
import time
from pathlib import Path

import pytest
from support_served import serving
from support_wire import PASSWORD, elements, finished, opening

from negotiation.classroom.classroom import Classroom
from negotiation.classroom.store import Store
from negotiation.ui.server.gate import MOST_FILES
from negotiation.ui.server.identity import LOGIN

pytestmark = pytest.mark.e2e

SHORT = 4.0
"""Seconds that a closed page may come back here."""

TELLING = f"""
import json, threading, time, pathlib
import negotiation.ui.server.closed_pages as parked
class Short(parked.Parked):
    def __init__(self, seconds, *more):
        super().__init__({SHORT}, *more)
parked.Parked = Short
folder = pathlib.Path.cwd()
def tell():
    from streamlit import runtime
    while True:
        time.sleep(0.05)
        server = runtime.get_instance() if runtime.exists() else None
        if hasattr(server, "_session_mgr"):
            files = [len(f.data) for page in list(server.uploaded_file_mgr.file_storage.values()) for f in page.values()]
            told = dict(files=files, offered=len(server.media_file_mgr._storage._files_by_id), pages=len(server._session_mgr.list_sessions()))
            (folder / "told.part").write_text(json.dumps(told))
            (folder / "told.part").replace(folder / "told.json")
threading.Thread(target=tell, daemon=True).start()
"""
"""What the server keeps for pages, told all the time."""


@pytest.fixture(scope="module")
def server(tmp_path_factory):
    with serving(tmp_path_factory.mktemp("closed"), first=TELLING) as running:
        yield running


@pytest.fixture(scope="module")
def cookie(server):
    """A teacher's."""
    store = Store(str(server.folder / "games.db"))
    room = Classroom(store)
    room.accounts.first(room.accounts.setup_secret(), "Tea", PASSWORD)
    yield f"{LOGIN}={room.accounts.log_in('Tea', PASSWORD)}"
    store.engine.dispose()


def kept(server, **wanted):
    """Wait until the server keeps so much; seconds that it took."""
    began = time.monotonic()
    while time.monotonic() < began + 20:
        time.sleep(0.06)
        found = json.loads((server.folder / "told.json").read_text())
        if all(found[name] == value for name, value in wanted.items()):
            return time.monotonic() - began
    raise AssertionError(found)


def send(server, session, cookie, name, data="x" * 1000):
    """Send a file, as the page does."""
    line = http.client.HTTPConnection("127.0.0.1", server.port, timeout=20)
    line.request("GET", "/_stcore/host-config")
    line.getresponse().read()
    edge = "----edge"
    body = f'--{edge}\r\nContent-Disposition: form-data; name="file"; filename="{name}"\r\n\r\n{data}\r\n--{edge}--\r\n'
    line.request("GET", "/_stcore/health")
    answer = line.getresponse()
    answer.read()
    token = re.search(r"_streamlit_xsrf=([^;]+)", answer.headers.get("Set-Cookie", "") or "")
    headers = {"Content-Type": f"multipart/form-data; boundary={edge}", "Origin": server.url, "Cookie": cookie}
    if token:
        headers |= {"X-Xsrftoken": token[1], "Cookie": f"{cookie}; _streamlit_xsrf={token[1]}"}
    line.request("PUT", f"/_stcore/upload_file/{session}/{name}", body, headers)
    answer = line.getresponse()
    answer.read()
    line.close()
    return answer.status


async def teaching(server, cookie):
    """The teacher's page, and its session."""
    page = await opening(server.url, "teach", "", cookie)
    seen = await page.until(finished)
    (session,) = [m.new_session.initialize.session_id for m in seen if m.WhichOneof("type") == "new_session"][:1]
    return page, session


def files_of(server):
    """How many files the server process has open."""
    return len(os.listdir(f"/proc/{server.process.pid}/fd"))


def test_what_a_page_sent_goes_as_soon_as_it_is_left(server, cookie):
    async def left():
        page, session = await teaching(server, cookie)
        for n in range(MOST_FILES + 2):
            assert send(server, session, cookie, f"{n}.yaml", "x" * (1000 + n)) == 204
        kept(server, files=[1000 + n for n in range(2, MOST_FILES + 2)])  # the last few
        await page.socket.close(1001)

    asyncio.run(left())
    assert kept(server, files=[], pages=0) < SHORT / 2


def test_a_page_whose_connection_breaks_comes_back_with_what_it_sent(server, cookie):
    async def broken():
        page, session = await teaching(server, cookie)
        assert send(server, session, cookie, "mine.yaml") == 204
        page.socket.transport.abort()
        await asyncio.sleep(SHORT / 3)
        kept(server, files=[1000])
        again = await opening(server.url, "teach", "", cookie, session)
        seen = await again.until(finished)
        (same,) = [m.new_session.initialize.session_id for m in seen if m.WhichOneof("type") == "new_session"][:1]
        assert same == session
        assert not elements(seen, "exception")
        await asyncio.sleep(SHORT + 1)
        kept(server, files=[1000])  # it is here
        again.socket.transport.abort()

    asyncio.run(broken())
    assert SHORT / 2 < kept(server, files=[], pages=0) < 3 * SHORT, "although nobody else closes a page"
    assert "event loop" not in server.log()


@pytest.mark.skipif(not Path("/proc/self/fd").exists(), reason="only Linux tells here which files are open")
def test_closed_pages_keep_no_open_files(server, cookie):
    async def many(count):
        for _ in range(count):
            page, _ = await teaching(server, cookie)
            page.socket.transport.abort()

    asyncio.run(many(2))
    kept(server, pages=0)
    before = files_of(server)
    asyncio.run(many(12))
    end = time.monotonic() + SHORT / 2  # all of them may still come back
    while files_of(server) > before + 3 and time.monotonic() < end:
        time.sleep(0.1)
    assert files_of(server) <= before + 3  # one more connection to the database, perhaps: not three for each page
    kept(server, pages=0)
