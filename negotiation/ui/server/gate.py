"""The gate, where seats and teachers come before passers-by: how fast pages are asked for, and who may send files."""

from __future__ import annotations

import asyncio
from collections import Counter
from collections.abc import Mapping
from typing import Any

from starlette.concurrency import run_in_threadpool
from starlette.requests import HTTPConnection
from starlette.responses import PlainTextResponse
from starlette.types import ASGIApp, Message, Receive, Scope, Send

from negotiation.classroom.accounts import RUNNING
from negotiation.classroom.limits import Pace, network
from negotiation.errors import NegotiationError, Refused, StoreError
from negotiation.language import phrase, speaking, tr
from negotiation.ui.server.identity import LOGIN, SEAT, room, served
from negotiation.ui.server.open_files import PAGE, allowed
from negotiation.ui.server.origin import address
from negotiation.ui.server.plain_pages import asked_by
from negotiation.ui.server.streamlit_assumptions import STREAM, UPLOAD, sent

KNOWN = 60, 15.0
"""How often the page of a seat or a login may be asked for: at once, and each second after that."""

PASSING, TOGETHER = (15, 2.0), (120, 10.0)
"""How often a page of a passer-by may be asked for, and all those of one address together, as in `KNOWN`."""

MOST_PASSING, MOST_HERE, SHARE = 300, 120, 3
"""Open pages of passers-by, on this server and from one address; and the part of all open files that theirs may take."""

LARGEST_UPLOAD = 1_200_000
"""Bytes of a request that brings a file: a scenario file has at most a million."""

UPLOADS = 10, 0.2
"""How often one account may send a file."""

MOST_FILES, MOST_BYTES = 3, 64_000_000
"""Files that one page keeps, those sent last; and bytes of the files of all pages together."""

WAIT = 0.1


class Gate:
    """Middleware on servers of classes: paces the messages of pages, and takes files only from accounts that teach."""

    def __init__(self, app: ASGIApp) -> None:
        self.app = app
        self._together, self._uploads = Pace(*TOGETHER), Pace(*UPLOADS)
        self._here: Counter[str] = Counter()
        self._most = min(MOST_PASSING, allowed() / (SHARE * PAGE))

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Pass on, slowly if need be, or refuse."""
        path = scope.get("path", "")
        if scope["type"] == "websocket" and path == STREAM:
            await self._page(scope, receive, send)
        elif scope["type"] == "http" and path.startswith(UPLOAD) and scope["method"] not in ("GET", "HEAD", "OPTIONS"):
            await self._upload(scope, receive, send)
        else:
            await self.app(scope, receive, send)

    async def _page(self, scope: Scope, receive: Receive, send: Send) -> None:
        connection = HTTPConnection(scope)
        here = network(address(connection))
        known = await run_in_threadpool(somebody, connection.cookies)
        if not known and (self._here[here] >= MOST_HERE or self._here.total() >= self._most):
            await receive()
            await send({"type": "websocket.close", "code": 1013})  # refused with 403; the browser tries again
            return
        own = Pace(*(KNOWN if known else PASSING))

        async def paced() -> Message:
            message = await receive()
            if message["type"] == "websocket.receive":
                while not (own.take("") and (known or self._together.take(here))):
                    await asyncio.sleep(WAIT)
            return message

        self._here[here] += not known
        try:
            await self.app(scope, paced, send)
        finally:
            self._here[here] -= not known
            self._here += Counter()  # without those at zero

    async def _upload(self, scope: Scope, receive: Receive, send: Send) -> None:
        connection, got = HTTPConnection(scope), 0
        who = await run_in_threadpool(_maker, connection.cookies)
        if not who or not self._uploads.take(who):
            why, status = (
                (phrase("too many files: wait a moment"), 429) if who else (phrase("log in to send files"), 403)
            )
            await _refused(connection, why, status)(scope, receive, send)
            return

        async def bounded() -> Message:
            nonlocal got
            message = await receive()
            got += len(message.get("body", b""))
            return message if got <= LARGEST_UPLOAD else {"type": "http.disconnect"}

        length = connection.headers.get("content-length", "0")
        if length.isdigit() and int(length) > LARGEST_UPLOAD:
            await _refused(connection, phrase("this file is too large"), 413)(scope, receive, send)
            return
        files = sent()
        if _bytes(files) + LARGEST_UPLOAD > MOST_BYTES:
            why = phrase("this server holds too many files just now: try again in a minute")
            await _refused(connection, why, 503, {"retry-after": "60"})(scope, receive, send)
            return
        await self.app(scope, bounded, send)
        session = scope["path"].removeprefix(UPLOAD).partition("/")[0]
        for file in list(files.file_storage.get(session, ()))[:-MOST_FILES]:
            files.remove_file(session, file)


def _refused(asking: HTTPConnection, why: str, status: int, headers: dict[str, str] | None = None) -> PlainTextResponse:
    with speaking(asked_by(asking)):
        return PlainTextResponse(tr(why), status, headers)


def _bytes(files: Any) -> int:
    """Return how many bytes the pages of this server have sent and still keep."""
    return sum(len(file.data) for page in list(files.file_storage.values()) for file in list(page.values()))


def somebody(cookies: Mapping[str, str]) -> bool:
    """Return whether cookies stand for a valid seat or login; true if the database does not answer."""
    for name, who in ((SEAT, room().seats.identify), (LOGIN, room().accounts.who)):
        if token := cookies.get(name):
            try:
                who(token)
            except Refused:
                continue
            except StoreError:
                return True
            return True
    return False


def _maker(cookies: Mapping[str, str]) -> str:
    """Return the account that may make classes; `here` on one's own machine; empty for all others."""
    if not served():
        return "here"
    try:
        by = room().accounts.who(cookies.get(LOGIN, ""))
    except NegotiationError:
        return ""
    return by.name if by.role in RUNNING else ""
