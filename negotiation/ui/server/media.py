"""Files that pages offer for download: only for a browser that looks at such a page now, and cached nowhere.

Streamlit gives them to anyone who knows their address. Here the browser that asks must hold the same seat and the same
login as an open page that offers the file, and that login must still stand.
"""

from __future__ import annotations

from pathlib import PurePosixPath

from starlette.concurrency import run_in_threadpool
from starlette.requests import Request
from starlette.responses import PlainTextResponse
from starlette.types import ASGIApp, Message, Receive, Scope, Send
from streamlit import runtime

from negotiation.errors import NegotiationError
from negotiation.ui.server.identity import LOGIN, SEAT, room, served
from negotiation.ui.server.streamlit_assumptions import MEDIA, offering


class Media:
    """Middleware that answers for `/media/` that a file is not there, unless the browser has a page that offers it."""

    def __init__(self, app: ASGIApp) -> None:
        self.app = app

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Pass on to Streamlit if the asking browser may have the file."""
        if scope["type"] != "http" or not scope["path"].startswith(MEDIA):
            await self.app(scope, receive, send)
            return
        asking = {name: Request(scope).cookies.get(name, "") for name in (SEAT, LOGIN)}
        if not (_offered(scope["path"], asking) and await run_in_threadpool(_stands, asking[LOGIN])):
            refused = PlainTextResponse("not found", 404, {"cache-control": "no-store"})
            await refused(scope, receive, send)
            return

        async def unkept(message: Message) -> None:
            if message["type"] == "http.response.start":
                message["headers"] = [*message["headers"], (b"cache-control", b"no-store")]
            await send(message)

        await self.app(scope, receive, unkept)


def _offered(path: str, asking: dict[str, str]) -> bool:
    """Return whether an open page of the asking browser offers this file."""
    if not runtime.exists():
        return False
    files = runtime.get_instance().media_file_mgr
    for session in offering(files, PurePosixPath(path).stem, path.removeprefix(MEDIA)):
        client = runtime.get_instance().get_client(session)
        if client is not None and client.client_context is not None:
            cookies = client.client_context.cookies
            if all(cookies.get(name, "") == value for name, value in asking.items()):
                return True
    return False


def _stands(login: str) -> bool:
    """Return whether a login, if there is one, is still valid."""
    if not login or not served():
        return True
    try:
        room().accounts.who(login)
    except NegotiationError:
        return False
    return True
