"""The server's end of `/api/live`: one object a socket; what is said on it stands in `live.py`."""

from __future__ import annotations

import asyncio
import contextlib
import json
import time
from collections.abc import Callable, Iterable, Mapping
from concurrent.futures import ThreadPoolExecutor
from functools import partial
from typing import TypeVar

from starlette.websockets import WebSocket, WebSocketDisconnect, WebSocketState

from negotiation.classroom.accounts import Account
from negotiation.classroom.classroom import Classroom
from negotiation.classroom.presence import GRACE
from negotiation.classroom.seats import Seat
from negotiation.classroom.texts import an_id
from negotiation.classroom.wire import Ear
from negotiation.errors import NegotiationError, Refused, StoreError
from negotiation.language import closest, mark, phrase, speaking, tr
from negotiation.ui.server.identity import LOGIN, SEAT, room
from negotiation.ui.server.plain_pages import asked_by
from negotiation.ui.server.reading import read
from negotiation.ui.server.render_slots import first, storing
from negotiation.ui.server.socket_limits import Held

MOST_LOGS = 5000
LARGEST = 64 * 1024
"""Characters of a message."""

NOBODY, NO_MESSAGE, TOO_MANY, LATER = 4403, 4400, 4429, 1013
"""Why a socket is closed, as a number."""

MOST_LINES = 12
"""Sockets that one person, or one account, may hold; for one more the one that has been silent longest is closed."""

RUSH, PATIENCE = 6, 1.0
"""With more than so many acts to be stored telling waits, as drawing does; at most so many seconds."""

TOO_FAST = mark("too fast: wait a moment")

T = TypeVar("T")

TAKING = ThreadPoolExecutor(4, "taking")
TELLING = ThreadPoolExecutor(4, "telling")
READING = ThreadPoolExecutor(1, "reading")
"""What people do is stored in threads of its own, so that it never waits until everybody has been told the last thing, nor
until what somebody pastes a hundred times has been read."""


async def live(socket: WebSocket) -> None:
    """Hold one browser's socket until it goes."""
    await socket.accept()
    line = Line(socket, room())
    try:
        await line.run()
    except WebSocketDisconnect:
        pass
    except Refused:
        await _close(socket, NOBODY)
    except (ValueError, RecursionError, KeyError):
        await _close(socket, NO_MESSAGE)
    except StoreError:
        await _close(socket, LATER)
    finally:
        line.end()


async def _close(socket: WebSocket, code: int) -> None:
    with contextlib.suppress(RuntimeError, WebSocketDisconnect):  # it is closed already
        await socket.close(code)


class Line:
    """One socket: its person or account, what it watches, and what it has been told."""

    def __init__(self, socket: WebSocket, room: Classroom) -> None:
        self.socket, self.room, self.hub = socket, room, room.store.hub
        self.ear: Ear | None = None
        self._whose: tuple[type, str] | None = None
        self._closing: asyncio.Task[None] | None = None
        self._told: dict[str, int] = {}
        self._watched: dict[str, tuple[frozenset[str], Callable[[], None]]] = {}
        self._loop = asyncio.get_running_loop()
        self._news, self._turn = asyncio.Event(), asyncio.Lock()
        self.language = asked_by(socket)

    async def run(self) -> None:
        """Listen, and tell what is new, until the browser goes away.

        Raises
        ------
        Refused
            When this browser has neither seat nor login, or not any more.
        ValueError
            When what it says is no message.
        """
        self._hold(await self._do(TELLING, self._somebody))
        telling = asyncio.create_task(self._tell())
        try:
            while self.socket.application_state is WebSocketState.CONNECTED:
                hearing = asyncio.ensure_future(self.socket.receive_text())
                await asyncio.wait({hearing, telling}, return_when=asyncio.FIRST_COMPLETED)
                if telling.done():
                    hearing.cancel()
                    telling.result()
                    return
                text = hearing.result()
                if len(text) > LARGEST:
                    raise ValueError("too long")
                await self._take(json.loads(text))
        finally:
            telling.cancel()

    def end(self) -> None:
        """Stop listening to the store; the others are told when the grace is over."""
        HELD.gone(self._whose, self)
        for _, stop in self._watched.values():
            stop()
        if self.ear:
            presence, seat = self.room.wire.presence, self.ear.seat
            presence.leave(seat)
            self._loop.call_later(GRACE + 0.1, presence.tell, seat)

    def _hold(self, somebody: Account | Seat) -> None:
        """Count this socket among those of an account or person; the most silent one goes if there are too many."""
        self._whose = type(somebody), somebody.person if isinstance(somebody, Seat) else somebody.name
        silent = HELD.come(self._whose, self)
        if silent:
            silent._closing = asyncio.create_task(_close(silent.socket, TOO_MANY))  # it may take its time

    async def _take(self, message: object) -> None:
        HELD.heard(self._whose, self)
        match message:
            case {"t": "hello", **more}:
                await self._hello(str(more.get("language", "")))
            case {"t": "watch", "logs": [*logs]} if len(logs) <= MOST_LOGS and all(map(_names, logs)):
                await self._watch(logs)
            case {"t": "say", "key": str(key), "text": str(text), "to": [*to], **more} if all(map(_text, to)):
                moves = str(more.get("moves", ""))
                await self._store(key, lambda ear: ear.say(to, text, key, moves))
            case {"t": "act", "key": str(key), "act": dict(act), "basis": int() | None as basis}:
                await self._store(key, lambda ear: ear.act(act, key, basis))
            case {"t": "read", "text": str(text)} if self.ear:
                await self._send(await self._do(READING, partial(read, self.room, self.ear.seat, text)))
            case {"t": "ping", "idle": bool(idle)}:
                if self.ear:
                    await self._do(TELLING, partial(self.room.wire.presence.ping, self.ear.seat, idle=idle))
            case _:
                raise ValueError("no message")

    async def _hello(self, asked: str) -> None:
        """Open the seat of this browser: from now on it is told what its group says and does, in its language."""
        first = self.ear is None
        async with self._turn:
            self.language = closest(asked) if asked else self.language
            ear = await self._do(TELLING, partial(Ear, self.room.wire, self.socket.cookies.get(SEAT, "")))
            self._listen("seat", ear.logs())  # first, then read: nothing falls between
            for message in await self._do(TELLING, ear.hello):
                await self._send(message)
            self.ear = ear
        if first:
            await self._do(TELLING, partial(self.room.wire.presence.arrive, ear.seat))
        self._news.set()

    async def _store(self, key: str, do: Callable[[Ear], str | None]) -> None:
        """Have something stored, and tell the browser when it is on disk, or why not."""
        if self.ear is None:
            raise Refused(phrase("no seat here"))
        if not self.room.wire.pace.take(self.ear.seat.person):
            await self._send({"t": "ok", "key": key, "why": self._say(TOO_FAST), "again": True})
            return
        try:
            with first():
                why = await self._do(TAKING, partial(do, self.ear))
        except StoreError as problem:
            await self._send({"t": "ok", "key": key, "why": self._say(problem.said), "again": True})
            return
        except NegotiationError as problem:
            why = self._say(problem.said)
        await self._send({"t": "ok", "key": key, "why": why, "again": False})

    def _somebody(self) -> Account | Seat:
        """Return the account that has logged in here, or else the seat.

        Raises
        ------
        Refused
            When there is neither.
        """
        with contextlib.suppress(Refused):
            return self.room.accounts.who(self.socket.cookies.get(LOGIN, ""))
        return self.room.seats.identify(self.socket.cookies.get(SEAT, ""))

    async def _watch(self, logs: list[str]) -> None:
        """Watch those of these logs that this browser may, and tell it their versions."""

        def found() -> dict[str, int]:
            with self.room.store.reading() as look:
                return look.versions(mine)

        mine = await self._do(TELLING, lambda: self.room.wire.watched(self._somebody(), logs))
        self._listen("logs", mine)  # first, then read: nothing falls between
        self._told = await self._do(TELLING, found)
        await self._send({"t": "v", "v": self._told})
        self._news.set()

    def _listen(self, what: str, logs: Iterable[str]) -> None:
        """Watch these logs under `what`, instead of those named before."""
        known = self._watched.get(what)
        if known and known[0] == frozenset(logs):
            return
        self._watched[what] = (frozenset(logs), self.hub.watch(logs, self._wake))
        if known:
            known[1]()

    def _wake(self) -> None:
        self._loop.call_soon_threadsafe(self._news.set)

    async def _tell(self) -> None:
        """Send what is new, as often as there is something."""
        while True:
            self._news.clear()  # first, then compare: no wake-up is lost
            grown = {log: self.hub.version(log) for log, told in self._told.items() if self.hub.version(log) > told}
            if grown:
                self._told |= grown
                await self._send({"t": "v", "v": grown})
            if self.ear:
                await self._calm()
                async with self._turn:
                    news = await self._do(TELLING, self.ear.news)
                    self._listen("seat", self.ear.logs())
                    for message in news:
                        await self._send(message)
            await self._news.wait()

    async def _calm(self) -> None:
        end = time.monotonic() + PATIENCE
        while storing() > RUSH and time.monotonic() < end:
            await asyncio.sleep(0.03)

    async def _do(self, pool: ThreadPoolExecutor, do: Callable[[], T]) -> T:
        def spoken() -> T:
            with speaking(self.language):
                return do()

        return await self._loop.run_in_executor(pool, spoken)

    def _say(self, text: str) -> str:
        with speaking(self.language):
            return tr(text)

    async def _send(self, message: Mapping[str, object]) -> None:
        if self.socket.application_state is not WebSocketState.CONNECTED:
            raise WebSocketDisconnect(TOO_MANY)
        await self.socket.send_text(json.dumps(message, separators=(",", ":")))


HELD: Held[Line] = Held(MOST_LINES)
"""The sockets of this process."""


def _text(value: object) -> bool:
    return isinstance(value, str)


def _names(log: object) -> bool:
    """Return whether `log` can be the name of a log."""
    return isinstance(log, str) and an_id(log)
