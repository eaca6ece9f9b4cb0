"""The ASGI application: Streamlit's pages, security headers, and a garbage collector that keeps out of the way."""

from __future__ import annotations

import gc
import logging
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from pathlib import Path
from typing import Any

import streamlit as st
from starlette.middleware import Middleware
from starlette.requests import Request
from starlette.responses import JSONResponse, PlainTextResponse
from starlette.routing import Route
from starlette.types import ASGIApp, Message, Receive, Scope, Send

HEADERS = [
    (b"x-content-type-options", b"nosniff"),
    (b"referrer-policy", b"no-referrer"),
    (b"x-frame-options", b"SAMEORIGIN"),
]


class Guard:
    """Security headers on every answer; the open metrics page is hidden."""

    def __init__(self, app: ASGIApp) -> None:
        self.app = app

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Answer, or pass on to Streamlit."""
        if scope["type"] != "http":
            await self.app(scope, receive, send)
            return
        if scope["path"] == "/_stcore/metrics":
            await PlainTextResponse("not found", status_code=404)(scope, receive, send)
            return

        async def tagged(message: Message) -> None:
            if message["type"] == "http.response.start":
                message["headers"] = [*message["headers"], *HEADERS]
            await send(message)

        await self.app(scope, receive, tagged)


async def healthz(_request: Request) -> JSONResponse:
    """That the server is up."""
    return JSONResponse({"ok": True})


@asynccontextmanager
async def lifespan(_app: Any) -> AsyncIterator[dict[str, Any]]:
    """Load what is heavy before anybody waits for it, then take it out of every later collection."""
    import negotiation.ui.screens.analyse
    import negotiation.ui.screens.lab
    import negotiation.ui.screens.play
    import negotiation.ui.screens.watch  # noqa: F401  loaded, not used

    logging.getLogger("uvicorn.access").disabled = True  # Streamlit attaches its handler again; addresses name games
    logging.getLogger("uvicorn.error").setLevel(logging.WARNING)  # not a line for every page that opens
    gc.collect()
    gc.freeze()
    yield {}


app = st.App(
    str(Path(__file__).parent / "app.py"),
    lifespan=lifespan,
    middleware=[Middleware(Guard)],
    routes=[Route("/healthz", healthz)],
)
