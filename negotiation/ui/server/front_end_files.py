"""Streamlit's own front end from memory, compressed once, so that a hundred phones opening it at once are cheap."""

from __future__ import annotations

import gzip
import mimetypes
from concurrent.futures import ThreadPoolExecutor
from functools import lru_cache

from starlette.types import ASGIApp, Receive, Scope, Send

from negotiation.ui.server.streamlit_assumptions import FRONT_END, STATIC

PACKED = {".js", ".css", ".svg", ".json", ".map", ".wasm"}
PACKING = ThreadPoolExecutor(1, "packing")

FOREVER = (b"cache-control", b"public, max-age=31536000, immutable")
"""Their names carry a hash of what is in them."""


@lru_cache(maxsize=1024)
def _file(name: str) -> tuple[bytes, bytes | None, bytes] | None:
    """Return a file, its compressed form, and its type; None if there is no such file."""
    path = (FRONT_END / name).resolve()
    if not path.is_relative_to(FRONT_END.resolve()) or not path.is_file():
        return None
    raw = path.read_bytes()
    kind = mimetypes.guess_type(path.name)[0] or "application/octet-stream"
    return raw, gzip.compress(raw, 6) if path.suffix in PACKED else None, kind.encode()


def fill() -> None:
    """Compress all that a first visit needs, before the first one."""
    for path in sorted(FRONT_END.rglob("*")):
        if path.suffix in {".js", ".css"} and path.is_file():
            _file(path.relative_to(FRONT_END).as_posix())


class Files:
    """Middleware that answers for `/static/`; everything else is passed on."""

    def __init__(self, app: ASGIApp) -> None:
        self.app = app

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Answer from memory if there is such a file, else pass on."""
        known = None
        if scope["type"] == "http" and scope["method"] in ("GET", "HEAD") and scope["path"].startswith(STATIC):
            known = _file(scope["path"].removeprefix(STATIC))
        if known is None:
            await self.app(scope, receive, send)
            return
        raw, packed, kind = known
        takes = b"gzip" in dict(scope["headers"]).get(b"accept-encoding", b"")
        body = packed if packed is not None and takes else raw
        headers = [(b"content-type", kind), (b"vary", b"accept-encoding"), FOREVER]
        headers.append((b"content-length", str(len(body)).encode()))
        if body is packed:
            headers.append((b"content-encoding", b"gzip"))
        await send({"type": "http.response.start", "status": 200, "headers": headers})
        await send({"type": "http.response.body", "body": b"" if scope["method"] == "HEAD" else body})
