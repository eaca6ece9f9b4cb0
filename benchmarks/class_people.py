"""People in class without browsers: each speaks what the page of a seat speaks, over HTTP, Streamlit's socket and ours.

A person joins by the form, opens `/seat` on Streamlit's own socket (protobuf), holds `/api/live`, presses the buttons
that the page draws, has the page drawn anew as its component does (a trigger, repeated until the mark is drawn), sends
again what is not acknowledged, and comes back by itself when the server has been away.
"""

from __future__ import annotations

import asyncio
import contextlib
import json
import random
import re
import secrets
import time

import websockets
from class_server import HOST, cookie_of, http
from streamlit.proto.BackMsg_pb2 import BackMsg
from streamlit.proto.ForwardMsg_pb2 import ForwardMsg
from streamlit.proto.WidgetStates_pb2 import WidgetState, WidgetStates

AGAIN, LATEST = 2.5, 40.0
"""Seconds until a trigger is repeated at first, and at last: each time twice as long, as the component does."""
CALM = 1.0
"""Seconds that a page which was drawn late waits at most before it asks again."""
GONE = (OSError, websockets.WebSocketException, ConnectionError, asyncio.IncompleteReadError)


class Person:
    """One device. `ports` are the servers that it may reach, the first of them as long as it answers."""

    def __init__(self, name, ports, *, keep=False):
        self.name, self.ports, self.port = name, list(ports), ports[0]
        self.cookie, self.me, self.mark, self.phase, self.lines = "", {}, None, "", []
        self.online = self.over = False
        self.drawn, self.history, self.selects = None, [], {}
        self.receipts, self.outbox, self.markers = {}, {}, {}
        self.errors, self.drops, self.raw = [], 0, [] if keep else None
        self.back_at = 0.0
        self._page = self._line = self._tick = self._timer = None
        self._again_in, self._asked, self._free = AGAIN, 0.0, 0.0
        self._hash, self._cache, self._runs, self._parts = "", {}, 0, {}
        self._tasks, self._doing = [], set()

    # ---- the door
    async def join(self, code, *, twice=False):
        """Take a seat as a browser does: the form, its hidden key, the cookie; `twice`: by a double click."""
        _, _, page = await http(self.port, "GET", f"/join?code={code}")
        key = re.search(rb"name='key' value='([^']+)'", page)[1].decode()
        form = {"code": code, "name": self.name, "key": key}
        answers = await asyncio.gather(*(http(self.port, "POST", "/join", form=form) for _ in range(2 if twice else 1)))
        status, headers, body = answers[-1]
        if status != 303:
            told = re.search(rb"role='alert'>([^<]*)", body)
            raise RuntimeError(f"{self.name} was not let in: {status} {told[1].decode() if told else ''}")
        self.cookie = cookie_of(headers)

    def open(self):
        """Open page and socket, and hold them until `close`."""
        self.over = False
        self._tasks = [asyncio.create_task(self._hold(part)) for part in (self._streamlit, self._live)]

    async def close(self):
        self.over = True
        for task in self._tasks:
            task.cancel()
        self._untimed()
        await asyncio.gather(*self._tasks, return_exceptions=True)

    async def _hold(self, part):
        wait = 0.5
        while not self.over:
            try:
                if await part():
                    wait = 0.5
            except GONE:
                pass
            if part == self._live:
                self.online = False
            elif self._page:
                self._page, self.drops, self.drawn = None, self.drops + 1, None
                self._untimed()
            await asyncio.sleep(wait + random.random() * 0.5)
            wait = min(1.5 * wait, 2.0)
            if part == self._streamlit and self._page is None:
                self.port = self.ports[(self.ports.index(self.port) + 1) % len(self.ports)]

    def _dial(self, path, **more):
        return websockets.connect(
            f"ws://{HOST}:{self.port}{path}",
            origin=f"http://{HOST}:{self.port}",
            additional_headers={"Cookie": self.cookie},
            compression=None,
            max_size=None,
            ping_interval=None,
            open_timeout=20,
            **more,
        )

    # ---- Streamlit's socket
    async def _streamlit(self):
        async with self._dial("/_stcore/stream", subprotocols=["streamlit", "PLACEHOLDER_AUTH_TOKEN"]) as socket:
            self._page, self._hash, self._cache, self._parts = socket, "", {}, {}
            self._again_in = AGAIN
            await self.rerun()
            async for raw in socket:
                if self.raw is not None:
                    self.raw.append(raw)
                message = ForwardMsg()
                message.ParseFromString(raw)
                self._hear_page(message, raw)
        return True

    async def rerun(self, fragment="", trigger=None):
        """Have the page, or a fragment of it, drawn anew, with what its controls hold."""
        message = BackMsg()
        run = message.rerun_script
        run.page_script_hash, run.fragment_id = self._hash, fragment
        if not self._hash:
            run.page_name = "seat"
        states = [state for state, _ in self.selects.values()] + ([trigger] if trigger is not None else [])
        run.widget_states.CopyFrom(WidgetStates(widgets=states))
        run.cached_message_hashes.extend(self._cache)
        run.context_info.timezone, run.context_info.locale, run.context_info.color_scheme = "UTC", "en", "light"
        run.context_info.url = f"http://{HOST}:{self.port}/seat"
        with contextlib.suppress(*GONE):
            if self._page:
                await self._page.send(message.SerializeToString())

    def _hear_page(self, m, raw):
        kind = m.WhichOneof("type")
        if kind == "ref_hash":
            if m.ref_hash not in self._cache:
                self.errors.append("an unknown message was referred to")
                return
            old, _ = self._cache[m.ref_hash]
            self._cache[m.ref_hash] = (old, self._runs)
            full = ForwardMsg()
            full.ParseFromString(old)
            full.metadata.CopyFrom(m.metadata)
            m, kind = full, "delta"
        elif m.metadata.cacheable and m.hash:
            self._cache[m.hash] = (raw, self._runs)
        fragments = list(m.metadata.run.fragment_ids)
        if kind == "new_session":
            self._hash = m.new_session.page_script_hash
            self._fresh, self._pending = {}, None
            self._runs += not fragments
        elif kind == "navigation" and m.navigation.page_script_hash:
            self._hash = m.navigation.page_script_hash
        elif kind == "delta":
            self._fresh.setdefault(m.delta.fragment_id, {})
            if m.delta.WhichOneof("type") == "new_element":
                self._element(m.delta.new_element, m.delta.fragment_id)
        elif kind == "script_finished":
            self._parts = {**(self._parts if fragments else {}), **self._fresh}
            if self._pending is not None:
                self.history.append((time.monotonic(), self._pending))
                self._painted()
            if not fragments:
                self._cache = {h: c for h, c in self._cache.items() if self._runs - c[1] <= 2}

    def _element(self, e, fragment):
        kind = e.WhichOneof("type")
        if kind == "exception":
            self.errors.append(f"{e.exception.type}: {e.exception.message[:200]}")
        elif kind == "bidi_component":
            part, data = e.bidi_component.component_name.rpartition("_")[2], json.loads(e.bidi_component.json or "{}")
            if part == "seat":
                self._tick, self._pending = (e.bidi_component.id, fragment), data["mark"]
                if data["mark"] != self.drawn:
                    moment = time.monotonic()
                    self._free = moment + min(moment - self._asked, CALM) if self._asked else 0.0
                    self._asked = 0.0
                    self.drawn, self._again_in = data["mark"], AGAIN
                    self._untimed()
                self._nudge()
            elif part == "act":
                self._fresh[fragment][data["label"]] = data
        elif kind == "selectbox":
            box = e.selectbox
            state = WidgetState(id=box.id, string_value=box.options[box.default] if box.options else "")
            self.selects.setdefault(box.id, (state, (list(box.options), fragment)))

    def _painted(self):
        if self.back_at == 0.0 and self.drawn is not None and self.drawn == self.mark:
            self.back_at = time.monotonic()

    def _nudge(self):
        """What the component does: a trigger, repeated until the page shows what the server's mark stands for."""
        if not (self.online and self._tick and self._page) or self.mark in (None, self.drawn):
            self._painted()
            return
        if self._timer:
            return
        loop, moment = asyncio.get_running_loop(), time.monotonic()
        if moment < self._free:
            self._timer = loop.call_later(self._free - moment, self._again)
            return
        self._asked, self._timer = self._asked or moment, loop.call_later(self._again_in, self._again)
        self._again_in = min(2 * self._again_in, LATEST)
        id_, fragment = self._tick
        trigger = WidgetState(
            id=f"$$STREAMLIT_INTERNAL_KEY_{id_}__events", json_trigger_value='[{"event": "tick", "value": 1}]'
        )
        self._soon(self.rerun(fragment, trigger))

    def _soon(self, do):
        task = asyncio.ensure_future(do)
        self._doing.add(task)
        task.add_done_callback(self._doing.discard)

    def _again(self):
        self._timer = None
        self._nudge()

    def _untimed(self):
        if self._timer:
            self._timer.cancel()
            self._timer = None

    # ---- our own socket
    async def _live(self):
        async with self._dial("/api/live") as self._line:
            await self._line.send('{"t":"hello"}')
            pinging = asyncio.create_task(self._ping())
            try:
                async for raw in self._line:
                    if self.raw is not None:
                        self.raw.append(raw.encode())
                    await self._hear_line(json.loads(raw))
            finally:
                pinging.cancel()
        return True

    async def _ping(self):
        while True:
            await asyncio.sleep(20)
            await self._line.send('{"t":"ping","idle":false}')

    async def _hear_line(self, m):
        moment = time.monotonic()
        match m["t"]:
            case "hello":
                self.online, self.me, self.lines = True, m["me"], list(m["lines"])
                self._mark_lines(m["lines"], moment)
                for message in list(self.outbox.values()):
                    await self._line.send(json.dumps(message))
            case "talk":
                self.lines += m["lines"]
                self._mark_lines(m["lines"], moment)
            case "mark":
                self.mark = m["mark"]
            case "clock":
                self.phase = m["phase"]
            case "ok" if m["key"] in self.outbox and m["again"]:
                asyncio.get_running_loop().call_later(1.5, lambda: self._soon(self._resend(m["key"])))
            case "ok":
                self.outbox.pop(m["key"], None)
                self.receipts.setdefault(m["key"], (moment, m["why"]))
        self._nudge()

    def _mark_lines(self, lines, moment):
        for line in lines:
            if line.get("text", "").startswith("#"):
                self.markers.setdefault(line["text"], (moment, line.get("n", -1)))

    async def _resend(self, key):
        if key in self.outbox and self.online:
            with contextlib.suppress(*GONE):
                await self._line.send(json.dumps(self.outbox[key]))

    async def post(self, message):
        """Send something that is to be stored, as the page does; its key."""
        key = secrets.token_hex(15)
        self.outbox[key] = {**message, "key": key}
        await self._resend(key)
        return key

    async def press(self, label, marker):
        """Press a button that the page has drawn; `marker` are words that go with it."""
        data = self.buttons[label]
        act = {**data["act"], "words": marker} if "words" in data["act"] else data["act"]
        return await self.post({"t": "act", "act": act, "basis": data["basis"]})

    async def choose(self):
        """Change one control of the composer."""
        lists = [(id_, where) for id_, (_, where) in self.selects.items() if "draft-" in id_ and len(where[0]) > 1]
        if not lists:
            return
        id_, (options, fragment) = random.choice(lists)
        now = self.selects[id_][0].string_value
        state = WidgetState(id=id_, string_value=random.choice([o for o in options if o != now]))
        self.selects[id_] = (state, (options, fragment))
        await self.rerun(fragment)

    @property
    def buttons(self):
        """The buttons that act, by label: a part of the page that is drawn anew replaces its own."""
        return {label: data for part in self._parts.values() for label, data in part.items()}

    @property
    def current(self):
        """Whether the page is there and shows what the server last said that it should."""
        return self.online and self._page is not None and self.drawn is not None and self.drawn == self.mark

    @property
    def table(self):
        """How many events of the game the drawn page knows at the tables."""
        return int(self.drawn.rpartition("-")[2]) if self.drawn else -1


async def until(condition, seconds, every=0.02):
    """Seconds until something holds; None if it does not within the time."""
    started = time.monotonic()
    while not condition():
        if time.monotonic() - started > seconds:
            return None
        await asyncio.sleep(every)
    return time.monotonic() - started
