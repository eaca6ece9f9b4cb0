"""The origin of requests: a page of this site or not, and from where; checked before Streamlit, of sockets and changes.

Browsers name the origin of every socket and form. Streamlit, asked by a foreign one, would look up this machine's
address outside and hold up everybody meanwhile; so it never hears of origins.
"""

from __future__ import annotations

import ipaddress
import os
import socket
from html import escape
from urllib.parse import SplitResult, urlsplit

from starlette.requests import HTTPConnection
from starlette.types import ASGIApp, Receive, Scope, Send

from negotiation.language import speaking, tr
from negotiation.ui.server.identity import ALONE, public_url
from negotiation.ui.server.plain_pages import asked_by, document

READING = ("GET", "HEAD", "OPTIONS")
PORTS = {"http": 80, "https": 443}


def ours(connection: HTTPConnection) -> bool:
    """Return whether a page of this site asks, or no browser: same host and port, and https where that is public."""
    asking = connection.headers.getlist("origin")
    if not asking or not asking[0]:
        return connection.headers.get("sec-fetch-site") in (None, "same-origin", "none")
    there, public = _split(asking[0]), _split(public_url())
    if there is None or len(asking) > 1 or there.scheme not in PORTS:
        return False
    if os.environ.get(ALONE) and not _of_this_machine(str(there.hostname)):
        return False  # a page that has had its name lead to this machine
    if public is not None and _place(there) == _place(public):
        return True
    if public is not None and there.hostname == public.hostname and public.scheme == "https":
        return False  # the same name without TLS: anybody on the way may have written that page
    here = _split(f"{there.scheme}://{connection.headers.get('host', '')}")
    return here is not None and _place(here) == _place(there)


def secure(connection: HTTPConnection) -> bool:
    """Return whether browsers reach this server by https only, so that cookies are for https only."""
    return connection.url.scheme in ("https", "wss") or public_url().startswith("https:")


def address(connection: HTTPConnection) -> str:
    """Return the address of a caller, for limits; uvicorn has corrected it behind a proxy on this machine."""
    return connection.client.host if connection.client else ""


class Origins:
    """Middleware that refuses sockets and changes asked for by other sites; Streamlit's socket gets no origin."""

    def __init__(self, app: ASGIApp) -> None:
        self.app = app

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Pass on, or refuse."""
        socket = scope["type"] == "websocket"
        asks = socket or (scope["type"] == "http" and scope["method"] not in READING)
        if asks and not ours(HTTPConnection(scope)):
            if socket:
                await receive()
                await send({"type": "websocket.close", "code": 1008})  # before it is accepted: refused with 403
            else:
                with speaking(asked_by(HTTPConnection(scope))):
                    page = document(tr("Not from here"), _refused(), 403, "/join")
                await page(scope, receive, send)
            return
        if socket:
            scope = {**scope, "headers": [(name, value) for name, value in scope["headers"] if name != b"origin"]}
        await self.app(scope, receive, send)


def _refused() -> str:
    why = escape(tr("this form was not on a page of this site; nothing has been done"))
    ways = f"<a href='/join'>{tr('Join a class')}</a> · <a href='/login'>{tr('Log in')}</a>"
    return f"<p class='problem' role='alert'>{why}</p><p>{ways}</p>"


def _split(url: str) -> SplitResult | None:
    """Return the parts of an address; None if it is invalid."""
    try:
        found = urlsplit(url)
        _ = found.port
    except ValueError:
        return None
    return found if found.hostname else None


def _of_this_machine(host: str) -> bool:
    """Return whether only this machine can have this name: a number, localhost, or the machine's own name."""
    try:
        ipaddress.ip_address(host)
    except ValueError:
        mine = socket.gethostname().lower()
        return host in ("localhost", mine, f"{mine}.local") or host.endswith(".localhost")
    return True


def _place(url: SplitResult) -> tuple[str, str | None, int | None]:
    return url.scheme, url.hostname, url.port or PORTS.get(url.scheme)
