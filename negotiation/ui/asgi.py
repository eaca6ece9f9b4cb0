"""The ASGI application: Streamlit's pages, our doors and socket, headers, and a garbage collector out of the way."""

from __future__ import annotations

import asyncio
import gc
import logging
import sys
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from pathlib import Path

import streamlit as st
from starlette.concurrency import run_in_threadpool
from starlette.middleware import Middleware
from starlette.requests import Request
from starlette.responses import PlainTextResponse, Response
from starlette.routing import Route, WebSocketRoute
from starlette.types import ASGIApp, Message, Receive, Scope, Send

from negotiation.errors import StoreError
from negotiation.ui.jobs import processes
from negotiation.ui.server import account_page, course_page, front_end_files, server_log
from negotiation.ui.server.closed_pages import Leaving, parking
from negotiation.ui.server.doors import ROUTES
from negotiation.ui.server.gate import Gate
from negotiation.ui.server.healthz import Healthz
from negotiation.ui.server.identity import room, served
from negotiation.ui.server.live import ADDRESS, SCRIPT
from negotiation.ui.server.media import Media
from negotiation.ui.server.origin import Origins
from negotiation.ui.server.sockets import live
from negotiation.ui.server.streamlit_assumptions import COLLECTS, METRICS, without_gone

POLICY = (
    "default-src 'self'; script-src 'self' 'unsafe-inline' 'unsafe-eval' blob:; style-src 'self' 'unsafe-inline'; "
    "img-src 'self' data: blob:; font-src 'self' data:; connect-src 'self' data: blob:; worker-src 'self' blob:; "
    "object-src 'none'; base-uri 'self'; form-action 'self'; frame-ancestors 'self'"
)
"""What Streamlit needs, and nothing from or to anywhere else. Charts are compiled in the browser: hence `eval`."""

HEADERS = [
    (b"x-content-type-options", b"nosniff"),
    (b"referrer-policy", b"same-origin"),  # with no-referrer browsers do not say where our own forms stand
    (b"x-frame-options", b"SAMEORIGIN"),
    (b"cross-origin-opener-policy", b"same-origin"),
    (b"permissions-policy", b"camera=(), microphone=(), geolocation=()"),
]


class Guard:
    """Middleware that adds security headers to every answer and hides the open metrics page."""

    def __init__(self, app: ASGIApp) -> None:
        self.app = app

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Answer, or pass on to Streamlit."""
        if scope["type"] != "http":
            await self.app(scope, receive, send)
            return
        if scope["path"] == METRICS:
            await PlainTextResponse("not found", status_code=404)(scope, receive, send)
            return

        async def tagged(message: Message) -> None:
            if message["type"] == "http.response.start":
                own = any(name == b"content-security-policy" for name, _ in message["headers"])
                policy = [] if own else [(b"content-security-policy", POLICY.encode())]
                message["headers"] = [*message["headers"], *HEADERS, *policy]
            await send(message)

        await self.app(scope, receive, tagged)


async def script(_request: Request) -> Response:
    """Return the script of `live.py`; its address changes with it."""
    return Response(
        SCRIPT, media_type="text/javascript", headers={"cache-control": front_end_files.FOREVER[1].decode()}
    )


@asynccontextmanager
async def lifespan(_app: object) -> AsyncIterator[dict[str, object]]:
    """Load the heavy modules before anybody waits for them, then take them out of every later collection."""
    import negotiation.ui.screens.analyse
    import negotiation.ui.screens.games
    import negotiation.ui.screens.lab
    import negotiation.ui.screens.play
    import negotiation.ui.screens.replay
    import negotiation.ui.screens.seat
    import negotiation.ui.screens.teach
    import negotiation.ui.screens.watch  # noqa: F401  loaded, not used

    if st.get_option(COLLECTS):
        print("negotiation: .streamlit/config.toml was not read: pages will be slow", file=sys.stderr)  # noqa: T201
    logging.getLogger("uvicorn.access").disabled = True  # Streamlit attaches its handler again; addresses name games
    logging.getLogger("uvicorn.error").setLevel(logging.WARNING)  # not a line for every page that opens
    without_gone()
    if served():
        asyncio.get_running_loop().call_later(1, server_log.take_over)
        front_end_files.PACKING.submit(
            front_end_files.fill
        )  # meanwhile pages that were open when the last server died come back
    stop = room().store.listen()
    if served():
        room().wire.keeper.start()
        server_log.LOG.info("started", extra={"with_it": {"database": room().store.place}})
    sys.setswitchinterval(0.001)
    gc.collect()
    gc.freeze()
    with parking():
        yield {}
    processes.end()
    if served():
        await run_in_threadpool(room().wire.keeper.stop)
        server_log.LOG.info("stopped")
    await run_in_threadpool(stop)
    try:
        await run_in_threadpool(room().store.close)
    except StoreError as problem:
        server_log.LOG.warning("stopped: %s", problem)


app = st.App(
    str(Path(__file__).parent / "app.py"),
    lifespan=lifespan,
    middleware=[
        *([Middleware(server_log.Requests)] if served() else []),
        Middleware(Guard),
        Middleware(Origins),
        Middleware(Leaving),
        *([Middleware(Gate)] if served() else []),
        Middleware(Media),
        Middleware(front_end_files.Files),
    ],
    routes=[
        *ROUTES,
        *account_page.ROUTES,
        *course_page.ROUTES,
        Route("/healthz", Healthz(lambda: room().store).answer),
        Route(ADDRESS, script),
        WebSocketRoute("/api/live", live),
    ],
)
