"""What strangers may do to a real server over real sockets: nothing. No browser is needed."""

import asyncio
import json
import socket
import time
import urllib.error
import urllib.parse
import urllib.request

import pytest
import websockets
from support_browser import Server
from support_class import Class
from support_served import serving
from support_wire import PASSWORD, answered, elements, join, visited

from negotiation.ui.server.identity import LOGIN, SEAT
from negotiation.ui.server.sockets import MOST_LINES, NO_MESSAGE, TOO_MANY

pytestmark = pytest.mark.e2e

OUTSIDE = """
import json, socket, sys
_connect, _ask = socket.socket.connect, socket.getaddrinfo
def _tell(what, where):
    if str(where) not in ("127.0.0.1", "localhost", "::1"):
        print("OUTSIDE", what, where, file=sys.stderr, flush=True)
def connect(self, address):
    _tell("connect", address[0] if isinstance(address, tuple) else "localhost")
    return _connect(self, address)
def ask(host, *more, **others):
    _tell("ask", host)
    return _ask(host, *more, **others)
socket.socket.connect, socket.getaddrinfo = connect, ask
"""
"""Every attempt to reach another machine, or to ask for its address, becomes a line of the log."""


@pytest.fixture(scope="module")
def server(tmp_path_factory):
    folder = tmp_path_factory.mktemp("served")
    first = f"{OUTSIDE}\nimport negotiation.ui.server.doors as doors; doors.SLOWEST_FORM = 1"
    with serving(folder, quick=True, first=first) as running:
        yield running


async def handshake(server, path, origin, to="", **headers):
    """How a socket with this origin (and this Host) is answered: 101 when it opens."""
    try:
        async with websockets.connect(
            f"ws://{to or f'127.0.0.1:{server.port}'}{path}",
            host="127.0.0.1",
            port=server.port,
            origin=origin,
            subprotocols=["streamlit"] if "stream" in path else None,
            additional_headers=headers,
        ):
            return 101
    except websockets.InvalidStatus as refused:
        return refused.response.status_code


PATHS = ("/_stcore/stream", "/api/live")


def test_a_foreign_origin_is_refused_at_once_and_nothing_is_asked_outside(server, room):
    one = Class(room)
    token = join(server.url, one.code, "Ana", "key-of-person-0001")
    port = server.port
    foreign = [
        "https://evil.example",
        "http://evil.example",
        f"http://127.0.0.1:{port + 1}",
        f"http://localhost:{port}",
    ]
    foreign += [
        "null",
        f"https://127.0.0.1:{port}@evil.example",
        "http://[",
        f"file://127.0.0.1:{port}",
        "http://127.0.0.1",
    ]

    async def all_of_them():
        began = time.monotonic()
        asked = [handshake(server, path, origin, Cookie=f"{SEAT}={token}") for path in PATHS for origin in foreign]
        found = await asyncio.gather(*asked)
        return found, time.monotonic() - began

    found, took = asyncio.run(all_of_them())
    assert found == [403] * len(found)
    assert took < 5, "nobody waited for anything outside"
    assert [asyncio.run(handshake(server, path, server.url)) for path in PATHS] == [101, 101]
    assert "OUTSIDE" not in server.log()


def test_no_page_of_another_site_changes_anything(server, room):
    one = Class(room)
    fields = urllib.parse.urlencode({"code": one.code, "name": "Ana", "key": "key-of-person-0001"})
    for headers in (
        {"Origin": "https://evil.example"},
        {"Origin": f"http://127.0.0.1:{server.port + 1}"},
        {"Origin": "null"},
        {"Sec_Fetch_Site": "cross-site"},
        {"Sec_Fetch_Site": "same-site"},
    ):
        for path in ("/join", "/leave", "/login", "/first", "/logout", "/_stcore/upload_file/a/b", "/anything"):
            status, text = answered(server, path, body=fields, **headers)
            assert status == 403
            assert "not on a page of this site" in text
    assert not one.now.people
    assert answered(server, "/join", body=fields, Origin=server.url)[0] == 303
    assert len(one.now.people) == 1


def test_behind_a_proxy_pages_of_the_public_address_are_ours_whatever_host_it_passes_on(tmp_path):
    public = "https://class.example.edu"
    command = ("serve", "--host", "127.0.0.1", "--public-url", public, "--database-url")
    server = Server(tmp_path, *command, first=OUTSIDE)
    try:
        for host in ("class.example.edu", f"127.0.0.1:{server.port}"):
            passed = {"X-Forwarded-Proto": "https", "X-Forwarded-For": "192.0.2.7"}

            async def opened(origin, host=host, passed=passed):
                return await handshake(server, "/_stcore/stream", origin, host, **passed)

            assert asyncio.run(opened(public)) == 101
            assert asyncio.run(opened("http://class.example.edu")) == 403
            assert asyncio.run(opened("https://class.example.edu:8443")) == 403
            assert asyncio.run(opened("https://example.edu")) == 403
            form = {"Origin": public, "Host": host, "X_Forwarded_Proto": "https"}
            status, text = answered(server, "/join", body="code=ZZZZZZ&name=Ana", **form)
            assert (status, "no class is open" in text) == (400, True)
            assert answered(server, "/join", body="", **{**form, "Origin": "http://class.example.edu"})[0] == 403
        assert "OUTSIDE" not in server.log()
    finally:
        server.kill()


@pytest.fixture
def teachers(room):
    """Cookies of two who teach and one who observes."""
    accounts = room.accounts
    if not accounts.exist():
        accounts.first(accounts.setup_secret(), "Admin", PASSWORD)
        admin = accounts.who(accounts.log_in("Admin", PASSWORD))
        for name, role in (("Tea", "teacher"), ("Tom", "teacher"), ("Obi", "observer")):
            accounts.add(admin, name, PASSWORD, role)
    return {name: accounts.log_in(name, PASSWORD) for name in ("Tea", "Tom", "Obi")}


def test_a_file_of_a_class_is_for_whoever_looks_at_the_page_that_offers_it(server, room, teachers):
    one = Class(room)
    one.seat("Ana Secret")

    def got(address, cookie=""):
        request = urllib.request.Request(server.url + address, headers={"Cookie": cookie} if cookie else {})
        try:
            with urllib.request.urlopen(request) as answer:
                return answer.status, answer.headers, answer.read().decode()
        except urllib.error.HTTPError as refused:
            with refused:
                return refused.code, refused.headers, refused.read().decode()

    async def look():
        mine = f"{LOGIN}={teachers['Tea']}"
        page, messages = await visited(server.url, "teach", f"class={one.id}&show=Record", mine)
        (offered,) = [button.url for button in elements(messages, "download_button") if "Record" not in button.label]
        assert offered.startswith("/media/")
        status, headers, text = await asyncio.to_thread(got, offered, mine)
        assert (status, headers["cache-control"]) == (200, "no-store")
        assert "Ana Secret" in text
        strangers = [
            "",
            f"{LOGIN}={teachers['Tom']}",
            f"{LOGIN}={teachers['Obi']}",
            f"{LOGIN}=made-up",
            f"{SEAT}=x; {mine}",
        ]
        for cookie in strangers:
            status, headers, text = await asyncio.to_thread(got, offered, cookie)
            assert (status, "Ana" in text, headers["cache-control"]) == (404, False, "no-store")
        room.accounts.log_out(teachers["Tea"])
        assert (await asyncio.to_thread(got, offered, mine))[0] == 404, "the login has ended"
        again = f"{LOGIN}={room.accounts.log_in('Tea', PASSWORD)}"
        other, messages = await visited(server.url, "teach", f"class={one.id}&show=Record", again)
        assert (await asyncio.to_thread(got, offered, again))[0] == 200
        await other.close()
        await page.close()
        await asyncio.sleep(0.5)
        assert (await asyncio.to_thread(got, offered, again))[0] == 404, "gone with the page"
        return offered

    offered = asyncio.run(look())
    assert offered.partition(".")[0] not in server.log()
    assert "/media" not in server.log()


def test_forms_that_are_dropped_or_never_end_leave_nothing_behind(server):
    head = f"POST /join HTTP/1.1\r\nHost: 127.0.0.1:{server.port}\r\nOrigin: {server.url}\r\n"
    head += "Content-Type: application/x-www-form-urlencoded\r\nContent-Length: 100\r\n\r\ncode=A"
    for _ in range(5):
        with socket.create_connection(("127.0.0.1", server.port)) as line:
            line.sendall(head.encode())
            time.sleep(0.05)
    with socket.create_connection(("127.0.0.1", server.port), timeout=10) as line:
        line.sendall(head.encode())
        answer = line.recv(100_000).decode()
    assert "400" in answer.partition("\r\n")[0]
    time.sleep(0.3)
    assert "Traceback" not in server.log()
    assert "Disconnect" not in server.log()


def dialled(server, token):
    """The socket of somebody with this seat."""
    more = {"additional_headers": {"Cookie": f"{SEAT}={token}"}, "origin": server.url}
    return websockets.connect(f"{server.url.replace('http', 'ws')}/api/live", **more)


async def told(line, kind):
    """The next message of a kind."""
    while True:
        message = json.loads(await asyncio.wait_for(line.recv(), 20))
        if message["t"] == kind:
            return message


async def closed(line):
    """With which number a socket is closed."""
    try:
        while True:
            await asyncio.wait_for(line.recv(), 20)
    except websockets.ConnectionClosed as gone:
        return gone.rcvd.code


def test_what_is_no_name_of_a_log_is_refused_and_nobody_else_notices(server, room):
    one, other = Class(room), Class(room)
    eve, ana = (
        join(server.url, one.code, "Eve", "key-of-person-0001"),
        join(server.url, other.code, "Ana", "key-of-person-0001"),
    )
    other.go("negotiate")
    says = {"t": "say", "key": "line-1", "text": "Hello.", "to": []}

    async def play():
        found = []
        for name in ("\ud800", "", "x" * 81, "a b", 7):
            async with dialled(server, eve) as line:
                await line.send(json.dumps({"t": "watch", "logs": [one.id, name]}))
                found.append(await closed(line))
        async with dialled(server, eve) as line, dialled(server, ana) as hers:
            await hers.send('{"t": "hello"}')
            await line.send(json.dumps({"t": "watch", "logs": [one.id, other.id, "nothing"]}))
            versions = await told(line, "v")
            await hers.send(json.dumps(says))
            return found, versions["v"], await told(hers, "ok")

    found, versions, answer = asyncio.run(play())
    assert found == [NO_MESSAGE] * 5
    assert set(versions) == {one.id}
    assert answer["why"] is None
    assert "Traceback" not in server.log()


def test_one_more_socket_of_the_same_person_closes_the_one_that_was_silent_longest(server, room):
    one = Class(room)
    token = join(server.url, one.code, "Ana", "key-of-person-0001")

    async def play():
        lines = []
        for _ in range(MOST_LINES):
            lines.append(await dialled(server, token))
            await lines[-1].send('{"t": "hello"}')
            await told(lines[-1], "here")
        await lines[0].send(json.dumps({"t": "watch", "logs": [one.id]}))
        await told(lines[0], "v")
        lines.append(await dialled(server, token))
        await lines[-1].send('{"t": "hello"}')
        await told(lines[-1], "here")
        code = await closed(lines[1])
        await lines[0].send(json.dumps({"t": "watch", "logs": []}))
        still = await told(lines[0], "v")
        for line in lines:
            await line.close()
        async with dialled(server, token) as again:
            await again.send('{"t": "hello"}')
            return code, still, (await told(again, "hello"))["me"]["name"]

    code, still, name = asyncio.run(play())
    assert (code, still["v"], name) == (TOO_MANY, {}, "Ana")
    assert "Traceback" not in server.log()


def test_a_form_with_more_fields_than_any_of_ours_is_refused_in_words(server, room, teachers):
    fields = "&".join(f"a{n}=1" for n in range(21))
    cookie = f"{LOGIN}={teachers['Tea']}"
    doors = ("/join", "/login", "/second", "/first", "/logout", "/leave")
    for path in (*doors, "/account/factor", "/account/confirm", "/account/drop"):
        status, text = answered(server, path, body=fields, Origin=server.url, Cookie=cookie)
        assert (path, status, "this form has more than 20 fields" in text) == (path, 400, True)
    assert "Traceback" not in server.log()
