"""A student's browser without a browser: a Streamlit page and our own socket over the real protocols, every byte kept.

It does what the front end does: the first run, a rerun of the fragment that holds the `seat` component when the mark
has moved on, and what it is told to send.
"""

import asyncio
import contextlib
import http.client
import json
import urllib.parse
import urllib.request

import websockets
from streamlit.proto.BackMsg_pb2 import BackMsg
from streamlit.proto.ForwardMsg_pb2 import ForwardMsg
from streamlit.proto.WidgetStates_pb2 import WidgetState

from negotiation.ui.server.identity import SEAT
from negotiation.ui.server.sockets import LATER

AWAY = "the socket was closed; try again in a moment"
"""What our browser makes of a socket that is closed because the database is away: not kept, as far as it knows."""


class NoRedirect(urllib.request.HTTPRedirectHandler):
    def redirect_request(self, *_):
        return None


def post(url, path, headers=None, **fields):
    """The answer to a form: its status, its headers, its text."""
    body = urllib.parse.urlencode(fields).encode()
    try:
        request = urllib.request.Request(url + path, body, {"Origin": url, **(headers or {})})
        answer = urllib.request.build_opener(NoRedirect).open(request)
    except urllib.error.HTTPError as refused:
        answer = refused
    with answer:
        return answer.status, answer.headers, answer.read().decode()


def join(url, code, name, key):
    """The token of a new seat, from its cookie."""
    status, headers, text = post(url, "/join", code=code, name=name, key=key)
    assert status == 303, text
    return headers["Set-Cookie"].partition("=")[2].partition(";")[0]


PASSWORD = "a long sentence of my own"


def answered(server, path, method="POST", body="", **headers):
    """Status and text of an answer to a request with these headers."""
    line = http.client.HTTPConnection("127.0.0.1", server.port, timeout=20)
    kind = {"Content-Type": "application/x-www-form-urlencoded"}
    line.request(method, path, body, {**kind, **{name.replace("_", "-"): value for name, value in headers.items()}})
    answer = line.getresponse()
    text = answer.read().decode()
    line.close()
    return answer.status, text


class Browser:
    """One student's browser on the page of the seat.

    Attributes
    ----------
    bytes
        All that has come, on both sockets.
    mark, wanted
        What the page shows, and what the socket says it should.
    away
        The socket was closed because the database is away; a page would connect again and send again.
    """

    def __init__(self, url, token):
        self.url, self.token = url, token
        self.bytes, self.messages = bytearray(), []
        self.mark = self.wanted = self.hash = self.seat = None
        self.cached, self.runs, self.finished = {}, 0, asyncio.Event()
        self.away = False
        self.changed = asyncio.Condition()

    async def open(self):
        address = self.url.replace("http", "ws")
        more = {"additional_headers": {"Cookie": f"{SEAT}={self.token}"}, "origin": self.url, "max_size": None}
        self.page = await websockets.connect(
            f"{address}/_stcore/stream", subprotocols=["streamlit", "PLACEHOLDER_AUTH_TOKEN"], compression=None, **more
        )
        self.live = await websockets.connect(f"{address}/api/live", compression=None, **more)
        await self.live.send(json.dumps({"t": "hello"}))
        self.tasks = [asyncio.create_task(self._read_page()), asyncio.create_task(self._read_live())]
        await self.rerun()
        await self.until(lambda: self.mark is not None and self.wanted is not None)

    async def close(self):
        for task in self.tasks:
            task.cancel()
        await asyncio.gather(*self.tasks, return_exceptions=True)
        await self.page.close()
        await self.live.close()

    async def say(self, text, to=(), key=None):
        key = key or f"say-{len(self.messages)}-{id(text)}"
        return await self._sent({"t": "say", "key": key, "text": text, "to": list(to)})

    async def act(self, act, key, basis=None):
        return await self._sent({"t": "act", "key": key, "act": act, "basis": basis})

    async def _sent(self, message):
        with contextlib.suppress(websockets.ConnectionClosed):  # if it was not ours to close, nothing is answered
            await self.live.send(json.dumps(message))
        return await self.receipt(message["key"])

    async def receipt(self, key):
        """Why not; None when it is stored."""
        answers = [{"t": "ok", "key": key, "why": AWAY}]
        await self.until(lambda: self.away or any(m["t"] == "ok" and m["key"] == key for m in self.messages))
        return next(m["why"] for m in self.messages + answers if m["t"] == "ok" and m["key"] == key)

    async def until(self, true, seconds=20):
        async with asyncio.timeout(seconds):
            async with self.changed:
                await self.changed.wait_for(true)

    async def current(self):
        """The page shows what the socket says it should."""
        await self.until(lambda: self.mark == self.wanted)

    async def rerun(self, fragment="", trigger=None):
        self.finished.clear()
        message = BackMsg()
        run = message.rerun_script
        run.page_script_hash, run.fragment_id = self.hash or "", fragment
        if not self.hash:
            run.page_name = "seat"
        if trigger is not None:
            run.widget_states.widgets.append(trigger)
        run.cached_message_hashes.extend(self.cached)
        run.context_info.timezone, run.context_info.locale, run.context_info.color_scheme = "UTC", "en", "light"
        run.context_info.url = f"{self.url}/seat"
        await self.page.send(message.SerializeToString())

    async def _told(self):
        async with self.changed:
            self.changed.notify_all()

    async def _read_live(self):
        try:
            await self._heard()
        except websockets.ConnectionClosedError as closed:
            if closed.rcvd is None or closed.rcvd.code != LATER:
                raise
            self.away = True
            await self._told()

    async def _heard(self):
        async for text in self.live:
            self.bytes += text.encode()
            message = json.loads(text)
            self.messages.append(message)
            if message["t"] == "mark":
                self.wanted = message["mark"]
                await self._tick()
            await self._told()

    async def _tick(self):
        if self.seat and self.wanted != self.mark and self.finished.is_set():
            widget, fragment = self.seat
            event = json.dumps([{"event": "tick", "value": self.runs}])
            await self.rerun(
                fragment, WidgetState(id=f"$$STREAMLIT_INTERNAL_KEY_{widget}__events", json_trigger_value=event)
            )

    async def _read_page(self):
        async for raw in self.page:
            self.bytes += raw
            message = ForwardMsg()
            message.ParseFromString(raw)
            kind = message.WhichOneof("type")
            if kind == "ref_hash":
                known = ForwardMsg()
                known.ParseFromString(self.cached[message.ref_hash])
                known.metadata.CopyFrom(message.metadata)
                message, kind = known, "delta"
            elif message.metadata.cacheable and message.hash:
                self.cached[message.hash] = raw
            if kind == "new_session":
                self.hash = message.new_session.page_script_hash
            elif kind == "navigation" and message.navigation.page_script_hash:
                self.hash = message.navigation.page_script_hash
            elif kind == "delta" and message.delta.WhichOneof("type") == "new_element":
                self._element(message.delta)
            elif kind == "script_finished" and message.script_finished != ForwardMsg.FINISHED_EARLY_FOR_RERUN:
                self.runs += 1
                self.finished.set()
                await self._tick()
            await self._told()

    def _element(self, delta):
        element = delta.new_element
        if element.WhichOneof("type") == "exception":
            raise AssertionError(element.exception.message)
        if element.WhichOneof("type") == "bidi_component":
            one = element.bidi_component
            if one.component_name == "negotiation_seat":
                self.seat = one.id, delta.fragment_id
                self.mark = json.loads(one.json)["mark"]


class Page:
    """Any page, on Streamlit's socket alone: what it sends."""

    def __init__(self, socket):
        self.socket = socket

    async def until(self, enough, seconds=60):
        """The messages up to the one with which there are enough."""
        messages = []
        async with asyncio.timeout(seconds):
            async for raw in self.socket:
                messages.append(ForwardMsg())
                messages[-1].ParseFromString(raw)
                if enough(messages):
                    break
        return messages


async def opening(url, name, query="", cookies="", session=""):
    """A page whose address is `name?query`, asked for; `session` is that of a page which comes back."""
    socket = await websockets.connect(
        f"{url.replace('http', 'ws')}/_stcore/stream",
        subprotocols=["streamlit", "PLACEHOLDER_AUTH_TOKEN", *([session] if session else [])],
        compression=None,
        origin=url,
        max_size=None,
        additional_headers={"Cookie": cookies} if cookies else {},
    )
    asked = BackMsg()
    asked.rerun_script.page_name, asked.rerun_script.query_string = name, query
    asked.rerun_script.context_info.url = f"{url}/{name}"
    await socket.send(asked.SerializeToString())
    return Page(socket)


def finished(messages):
    """Whether a page has been drawn to its end."""
    return any(m.WhichOneof("type") == "script_finished" for m in messages)


async def visited(url, name, query="", cookies=""):
    """A page and what it sends on its first run."""
    page = await opening(url, name, query, cookies)
    return page.socket, await page.until(finished)


def elements(messages, kind):
    """The elements of one kind among the messages of a page."""
    found = [m.delta.new_element for m in messages if m.WhichOneof("type") == "delta"]
    return [getattr(one, kind) for one in found if one.WhichOneof("type") == kind]
