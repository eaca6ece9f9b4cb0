"""The server's end of `/api/live`: one object a socket; what is said on it stands in `live.py`."""

from __future__ import annotations

import asyncio
import contextlib
import json
from collections.abc import Callable, Iterable
from typing import Any

from starlette.concurrency import run_in_threadpool
from starlette.websockets import WebSocket, WebSocketDisconnect

from negotiation.classroom.classroom import Classroom
from negotiation.classroom.seats import Seat
from negotiation.errors import NegotiationError, Refused
from negotiation.ui.doors import ours
from negotiation.ui.room import LOGIN, SEAT, room

MOST_LOGS = 5000
LARGEST = 64 * 1024
"""Characters of a message."""

NOBODY, NO_MESSAGE = 4403, 4400


async def live(socket: WebSocket) -> None:
    """Hold one browser's socket until it goes."""
    if not ours(socket):
        await socket.close()  # before it is accepted: refused with 403
        return
    await socket.accept()
    line = Line(socket, room())
    try:
        await line.run()
    except WebSocketDisconnect:
        pass
    except Refused:
        await socket.close(NOBODY)
    except ValueError:
        await socket.close(NO_MESSAGE)
    finally:
        line.end()


class Line:
    """One socket: who is there, what it watches, and what it has been told."""

    def __init__(self, socket: WebSocket, room: Classroom) -> None:
        self.socket, self.room = socket, room
        self.store = room.store
        self.told: dict[str, int] = {}
        self._loop = asyncio.get_running_loop()
        self._news = asyncio.Event()
        self._stop: Callable[[], None] = lambda: None
        self._pump: asyncio.Task[None] | None = None

    async def run(self) -> None:
        """Listen until the browser goes away."""
        await run_in_threadpool(self._somebody)
        self._pump = asyncio.create_task(self._tell())
        while True:
            text = await self.socket.receive_text()
            if len(text) > LARGEST:
                raise ValueError("too long")
            message = json.loads(text)
            match message:
                case {"t": "watch", "logs": [*logs]} if len(logs) <= MOST_LOGS and all(
                    isinstance(x, str) for x in logs
                ):
                    await self._watch(logs)
                case _:
                    raise ValueError("no message")

    def end(self) -> None:
        """Stop listening to the store."""
        self._stop()
        if self._pump:
            self._pump.cancel()

    def _somebody(self) -> tuple[bool, Seat | None]:
        """Whether somebody has logged in here, and the seat.

        Raises
        ------
        Refused
            When there is neither.
        """
        login, seat = False, None
        with contextlib.suppress(Refused):
            self.room.accounts.who(self.socket.cookies.get(LOGIN, ""))
            login = True
        with contextlib.suppress(Refused):
            seat = self.room.seats.identify(self.socket.cookies.get(SEAT, ""))
        if not login and seat is None:
            raise Refused("nobody is known here")
        return login, seat

    async def _watch(self, logs: Iterable[str]) -> None:
        def found() -> dict[str, int]:
            login, seat = self._somebody()
            mine = () if login or seat is None else self.room.play.look(seat).versions
            with self.store.reading() as look:
                return look.versions([log for log in logs if login or log in mine])

        self._stop()
        self._stop = self.store.hub.watch(logs, self._wake)
        try:
            self.told = await run_in_threadpool(found)
        except NegotiationError:
            self.told = {}
        await self._send({"t": "v", "v": self.told})
        self._news.set()

    def _wake(self) -> None:
        with contextlib.suppress(RuntimeError):  # the loop is closing
            self._loop.call_soon_threadsafe(self._news.set)

    async def _tell(self) -> None:
        """Send what is new, as often as there is something."""
        with contextlib.suppress(WebSocketDisconnect, RuntimeError):
            while True:
                self._news.clear()  # first, then compare: no wake-up is lost
                hub = self.store.hub
                grown = {log: hub.version(log) for log, told in self.told.items() if hub.version(log) > told}
                if grown:
                    self.told |= grown
                    await self._send({"t": "v", "v": grown})
                await self._news.wait()

    async def _send(self, message: dict[str, Any]) -> None:
        await self.socket.send_text(json.dumps(message, separators=(",", ":"), ensure_ascii=False))
