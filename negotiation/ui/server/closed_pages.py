"""Closed pages: for how long they may come back, and what goes with them when they do not.

Streamlit keeps the session of a closed page in case its connection has only broken, and lets go of it when some other
page is closed after its time: with the files that it sent and was offered, and an event loop of three open files that
nothing of ours runs. Here they go when their time is over, and at once when the browser says that the page is left.
"""

from __future__ import annotations

import asyncio
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager

import streamlit as st
from starlette.types import ASGIApp, Message, Receive, Scope, Send

from negotiation.ui.server import streamlit_assumptions as inner
from negotiation.ui.server.streamlit_assumptions import STREAM, SessionInfo, SessionManager, SessionStorage

MOST = 128
"""Closed pages that may come back."""

LEFT = 1001
"""What a browser says when a person closes a page or goes to another: it never comes back to this session."""

EVERY = 1.0
"""Seconds between looks for what is over."""

TWICE = 2
"""Looks after which a file that was offered is gone: Streamlit marks it first, as it may just be fetched."""

MARK = "negotiation.page"

_sessions: list[SessionManager] = []
"""What keeps the sessions of the server that runs; nothing where none does."""


class Parked(SessionStorage):
    """The sessions of closed pages; everything here happens in the server's event loop.

    Parameters
    ----------
    seconds
        How long a page may come back.
    tidy
        Removes files that no page offers any more.
    """

    def __init__(
        self, seconds: float, tidy: Callable[[], object], most: int = MOST, now: Callable[[], float] = time.monotonic
    ) -> None:
        self._seconds, self._tidy, self._most, self._now = seconds, tidy, most, now
        self._known: dict[str, tuple[float, SessionInfo]] = {}
        self._untidy = 0

    def get(self, session_id: str) -> SessionInfo | None:
        """Return a session that may still come back, ready to run scripts again; None if there is none."""
        _, found = self._known.get(session_id, (0.0, None))
        if found is not None:
            inner.wake(found.session)
        return found

    def save(self, session_info: SessionInfo) -> None:
        """Keep a session for a while; those that were closed first make room."""
        self._known[session_info.session.id] = self._now() + self._seconds, session_info
        inner.rest(session_info.session)
        while len(self._known) > self._most:
            self.end(next(iter(self._known)))
        self._untidy = TWICE

    def delete(self, session_id: str) -> None:
        """Forget a session that came back or is over."""
        self._known.pop(session_id, None)

    def list(self) -> list[SessionInfo]:
        """Return all sessions that may come back."""
        return [info for _, info in self._known.values()]

    def end(self, session_id: str) -> None:
        """End a session that does not come back, and drop its files and state; one that has come back is left alone."""
        if session_id in self._known:
            _, info = self._known.pop(session_id)
            info.session.shutdown()
            if not inner.runs(info.session):
                info.session.session_state.clear()
            self._untidy = TWICE

    def sweep(self) -> None:
        """End sessions whose time is over, let the kept ones rest, and remove files that no page offers any more."""
        for session, (until, info) in list(self._known.items()):
            if until <= self._now():
                self.end(session)
            else:
                inner.rest(info.session)
        if self._untidy:
            self._untidy -= 1
            self._tidy()


@contextmanager
def parking() -> Iterator[None]:
    """Keep closed pages in a `Parked` as long as the server runs."""
    parked = Parked(st.get_option("server.disconnectedSessionTTL"), inner.tidy())
    inner.park_in(parked)
    _sessions.append(inner.sessions())
    sweeping = asyncio.create_task(_sweep(parked))
    try:
        yield
    finally:
        sweeping.cancel()
        _sessions.clear()


async def _sweep(parked: Parked) -> None:
    while True:
        await asyncio.sleep(EVERY)
        parked.sweep()


def still() -> Callable[[], bool]:
    """Return a function that says, from any thread, whether the page now running is open or may come back."""
    page = inner.here()

    def there() -> bool:
        return all(any(info.session.id == page for info in server.list_sessions()) for server in _sessions)

    return there


class Leaving:
    """Middleware that ends the session of a page that is left; one whose connection breaks may come back."""

    def __init__(self, app: ASGIApp) -> None:
        self.app = app

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Pass on, and end the session if the page was left."""
        if scope["type"] != "websocket" or scope["path"] != STREAM:
            await self.app(scope, receive, send)
            return
        mark, page, left = object(), "", False

        async def hearing() -> Message:
            nonlocal page, left
            message = await receive()
            page, left = page or _session(mark), message.get("code") == LEFT
            return message

        try:
            await self.app({**scope, MARK: mark}, hearing, send)
        finally:
            if left and page:
                inner.parked_in().end(page)


def _session(mark: object) -> str:
    """Return the session of an open page; empty if there is none."""
    return next(
        (info.session.id for info in inner.sessions().list_active_sessions() if inner.scope(info).get(MARK) is mark), ""
    )
